//! The second channel: clauses, infinitives and objects that a verb gives to somebody.

use std::ops::Range;

use readout_lexicon::{RuleName, rule};
use readout_syntax::{Dep, Pos, Tag};

use super::lexicon::{Frames, Kind, LEXICON, Sense, sense};
use super::reader::Subject;
use super::words;
use super::work::{Cue, Work};

/// A verb that the lexicon does not know, before a clause with `that`.
const UNKNOWN_THAT: Sense = Sense { act: "think", kind: Kind::Belief, frames: Frames::THAT };

/// A clause or infinitive under a verb.
struct Complement {
    clause: u32,
    /// The subject of the clause in the tree.
    own_subject: Option<u32>,
    /// The object of the verb before the clause.
    object: Option<u32>,
    finite: bool,
    /// The frames of such a clause.
    frames: Frames,
    /// Whether the object may belong to what is reported.
    takes_object: bool,
    rule: RuleName,
}

impl Work<'_> {
    /// Finds what quotations and their cues have left.
    pub(crate) fn read_clauses(&mut self) {
        for at in 0..self.reader.syntax.len() {
            if self.is_cue[at] {
                continue;
            }
            match self.reader.pos(at) {
                Pos::Verb | Pos::Aux => {
                    if self.reader.syntax.word(at).eq_ignore_ascii_case("according") {
                        self.read_according(at);
                    } else {
                        self.read_verb(at);
                    }
                }
                Pos::Adp if self.reader.syntax.word(at) == "per" => self.read_per(at),
                Pos::Noun => self.read_noun(at),
                Pos::Adj => self.read_adjective(at),
                Pos::Adv => self.read_adverb(at),
                _ => {}
            }
        }
    }

    fn read_verb(&mut self, at: u32) {
        if self.read_want_done(at) {
            return;
        }
        let senses = LEXICON.verbs.get(self.lemma_with_particle(at).as_str()).or_else(|| {
            // `turned down the plan`: with a particle it is another verb.
            self.reader
                .child(at, Dep::Prt)
                .is_none()
                .then(|| LEXICON.verbs.get(self.reader.syntax.lemma(at)))
                .flatten()
        });
        let senses: &[Sense] = senses.map_or(&[], Vec::as_slice);
        if self.reader.is_passive(at) {
            self.read_passive(at, senses);
            return;
        }
        if self.read_appeal(at, senses)
            || self.read_make_clear(at)
            || self.read_clause(at, senses)
            || self.read_around(at, senses)
        {
            return;
        }
        self.read_object(at, senses);
    }

    /// `who rebels want removed`, where the parser takes `want` for an auxiliary of `removed`.
    fn read_want_done(&mut self, at: u32) -> bool {
        let reader = &self.reader;
        if reader.dep(at) != Dep::Aux || reader.syntax.lemma(at) != "want" {
            return false;
        }
        let Some(done) = reader.syntax.head(at).filter(|&done| reader.dep(done) == Dep::Relcl && done > at)
        else {
            return false;
        };
        let Some(noun) = reader.syntax.head(done).filter(|&noun| noun < at) else { return false };
        let holder = [at, done]
            .into_iter()
            .flat_map(|verb| reader.children(verb))
            .copied()
            .find(|&child| child < at && reader.dep(child) == Dep::Nsubj && !reader.is_relative(child));
        let (Some(holder), Some(sense)) = (holder, sense(&LEXICON.verbs, "want", Frames::OBJ_TO)) else {
            return false;
        };
        let described = reader.syntax.token(noun).left_edge..noun + 1;
        let mut content = self.parts(self.clip(described, at), &(at..at + 1));
        content
            .extend(self.parts(self.clip(done..reader.syntax.token(done).right_edge + 1, at), &(at..at + 1)));
        let subject = Subject::Head(holder);
        self.add(&Cue { head: at, sense, subject, rule: rule!("clause.wanted"), certainty: 0.7 }, content);
        true
    }

    /// `called on the council to act`.
    fn read_appeal(&mut self, at: u32, senses: &[Sense]) -> bool {
        let Some(sense) = senses.iter().find(|sense| sense.frames.has(Frames::ON_TO)).copied() else {
            return false;
        };
        let reader = &self.reader;
        let Some((on, object)) = reader.children(at).iter().find_map(|&child| {
            let on = child > at && matches!(reader.syntax.word(child), "on" | "upon");
            on.then(|| Some((child, reader.child(child, Dep::Pobj)?))).flatten()
        }) else {
            return false;
        };
        let action = reader
            .children(at)
            .iter()
            .chain(reader.children(object))
            .chain(reader.children(on))
            .copied()
            .find(|&child| child > object && reader.is_infinitive(child));
        let Some(action) = action else { return false };
        let subject = self.subject_of(at);
        if subject == Subject::Unknown {
            return false;
        }
        let start = reader.syntax.token(object).left_edge.max(on + 1);
        let end = reader.syntax.subtree(action).end.max(reader.syntax.subtree(object).end);
        let content = self.parts(self.clip(start..end, at), &(at..on + 1));
        if content.is_empty() {
            return false;
        }
        self.add(&Cue { head: at, sense, subject, rule: rule!("clause.appeal"), certainty: 0.85 }, content);
        true
    }

    /// `made clear (to him) that …`, `made it clear that …`.
    fn read_make_clear(&mut self, at: u32) -> bool {
        let reader = &self.reader;
        if reader.syntax.lemma(at) != "make" {
            return false;
        }
        let near = (at + 1..(at + 6).min(reader.syntax.len()))
            .find(|&token| reader.syntax.word(token) == "clear")
            .filter(|&token| reader.branch(token, at).is_some());
        let Some(clear) = near else { return false };
        let clause = reader.children(at).iter().chain(reader.children(clear)).copied().find(|&child| {
            child > clear
                && matches!(reader.dep(child), Dep::Ccomp | Dep::Advcl)
                && reader.is_finite_clause(child)
        });
        let Some(clause) = clause else { return false };
        let subject = self.subject_of(at);
        if subject == Subject::Unknown {
            return false;
        }
        let tokens = reader.syntax.subtree(clause);
        let content = self.parts(self.clip(tokens.start.max(clear + 1)..tokens.end, at), &(at..clear + 1));
        if content.is_empty() {
            return false;
        }
        let addressee = reader.children(at).iter().chain(reader.children(clear)).copied().find_map(|child| {
            (reader.syntax.word(child) == "to").then(|| reader.child(child, Dep::Pobj)).flatten()
        });
        let addressees = addressee.map(|addressee| reader.list(addressee)).unwrap_or_default();
        let sense = Sense { act: "emphasise", kind: Kind::Speech, frames: Frames::THAT };
        let number = self.add(
            &Cue { head: at, sense, subject, rule: rule!("clause.make-clear"), certainty: 0.88 },
            content,
        );
        if let Some(attribution) = self.found.get_mut(number as usize) {
            attribution.addressees.extend(addressees);
        }
        true
    }

    /// The dictionary form of the verb `at` with its particle, as the lexicon spells it.
    pub(crate) fn lemma_with_particle(&self, at: u32) -> String {
        let lemma = self.reader.syntax.lemma(at);
        match self.reader.particle(at) {
            Some(particle) => format!("{lemma}_{particle}"),
            None => lemma.to_owned(),
        }
    }

    /// A clause or infinitive under the verb `at`.
    fn read_clause(&mut self, at: u32, senses: &[Sense]) -> bool {
        let Some(complement) = self.complement(at, senses) else { return false };
        let Complement { clause, finite, rule, .. } = complement;
        if clause < at && !self.is_set_off(at, clause, senses) {
            return false;
        }
        let subject = self.subject_of(at);
        let Some(sense) = self.sense_of_clause(at, &complement, senses, subject) else { return false };
        if subject == Subject::Unknown || (sense.kind != Kind::Speech && self.is_own_voice(subject)) {
            return false;
        }
        let lacking = self.lacking(at, &complement, subject);
        let (tokens, group) = self.tokens_of_clause(at, &complement, sense);
        let tokens = self.reach_of_clause(at, &complement, sense, tokens);
        let goes_on = (finite && clause < at && sense.frames.has(Frames::THAT))
            .then(|| self.goes_on_after(&group, at))
            .flatten();
        let mut content = self.parts(tokens, &group);
        if content.is_empty() {
            return false;
        }
        content.extend(goes_on.into_iter().flat_map(|rest| self.parts(rest, &group)));
        if let Some(noun) = lacking {
            let syntax = self.reader.syntax;
            let first = syntax.token(noun).left_edge;
            let described = first..syntax.token(at).left_edge.max(noun + 1).min(group.start.max(noun + 1));
            content.splice(0..0, self.parts(self.clip(described, at), &group));
        }
        let certainty = match (sense.kind, rule.as_str()) {
            (Kind::Speech, "clause.finite") => 0.93,
            (Kind::Speech, _) => 0.85,
            _ => 0.75,
        };
        self.add(&Cue { head: at, sense, subject, rule, certainty }, content);
        true
    }

    /// Returns the clause or infinitive under the verb `at`; one after it goes before one that is before it.
    fn complement(&self, at: u32, senses: &[Sense]) -> Option<Complement> {
        let reader = &self.reader;
        let clauses: Vec<u32> = reader
            .children(at)
            .iter()
            .copied()
            .filter(|&child| {
                matches!(reader.dep(child), Dep::Ccomp | Dep::Xcomp)
                    || (reader.dep(child) == Dep::Advcl && self.is_indirect_question(child))
            })
            .collect();
        let clause = clauses
            .iter()
            .copied()
            .find(|&clause| clause > at && reader.dep(clause) == Dep::Ccomp)
            .or_else(|| clauses.iter().copied().find(|&clause| clause > at))
            .or_else(|| clauses.first().copied())
            .or_else(|| self.stray_clause(at, senses))?;
        let object = reader.children(at).iter().copied().find(|&child| {
            matches!(reader.dep(child), Dep::Dobj | Dep::Dative) && child > at && child < clause
        });
        let finite = reader.is_finite_clause(clause);
        let infinitive = !finite && reader.is_infinitive(clause);
        let own_subject = reader.own_subject(clause);
        let (frames, takes_object, rule) = if finite {
            (Frames::THAT, false, rule!("clause.finite"))
        } else if infinitive && (own_subject.is_some() || object.is_some()) {
            (Frames::OBJ_TO.with(Frames::ASK_TO), true, rule!("clause.object-infinitive"))
        } else if infinitive {
            (Frames::TO, false, rule!("clause.infinitive"))
        } else if reader.tag(clause) == Tag::Vbg {
            (Frames::ING, false, rule!("clause.gerund"))
        } else if reader.tag(clause) == Tag::Vb || reader.is_subjunctive(clause) {
            // `urged the bank lend`, `demanded it lend`; `saw the crowd leave` tells what was done.
            (Frames::OBJ_TO.with(Frames::THAT), true, rule!("clause.object-infinitive"))
        } else {
            (Frames::AS.with(Frames::NP_AS), true, rule!("clause.small"))
        };
        Some(Complement { clause, own_subject, object, finite, frames, takes_object, rule })
    }

    /// Returns the clause with `that` which the tree hangs on a verb below `at` that reports none, where `at` says
    /// things: `said in an interview that aired on Sunday that …`, `wrote in a letter sent to both that …`.
    fn stray_clause(&self, at: u32, senses: &[Sense]) -> Option<u32> {
        let reader = &self.reader;
        senses.iter().find(|sense| sense.kind == Kind::Speech && sense.frames.has(Frames::THAT))?;
        let below = reader.syntax.subtree(at);
        (at + 1..below.end).find(|&clause| {
            let Some(verb) = reader.syntax.head(clause).filter(|&verb| verb > at) else { return false };
            reader.dep(clause) == Dep::Ccomp
                && self.is_led_by_that(clause)
                && matches!(reader.dep(verb), Dep::Relcl | Dep::Acl)
                && sense(&LEXICON.verbs, reader.syntax.lemma(verb), Frames::THAT).is_none()
                && reader.branch(verb, at).is_some_and(|branch| reader.dep(branch) == Dep::Prep)
        })
    }

    /// Whether the word `that` opens the clause headed by `clause`.
    pub(super) fn is_led_by_that(&self, clause: u32) -> bool {
        let reader = &self.reader;
        reader.children(clause).iter().any(|&child| {
            reader.dep(child) == Dep::Mark && reader.syntax.word(child).eq_ignore_ascii_case("that")
        })
    }

    /// Returns the sense in which the verb `at` reports the clause `complement` of `subject`.
    fn sense_of_clause(
        &self,
        at: u32,
        complement: &Complement,
        senses: &[Sense],
        subject: Subject,
    ) -> Option<Sense> {
        let reader = &self.reader;
        let &Complement { clause, finite, frames, object, .. } = complement;
        // Verbs that only lead quotations (`continue`, `laugh`) report a clause only where it is quoted.
        let quoted = self.opens_quotation_below(at, clause);
        let led_by_that = self.is_led_by_that(clause);
        if finite && !led_by_that && reader.is_written(at, &words::THAT_ONLY) {
            return None;
        }
        // A verb without tense and without `to` is what one says is to be done, and no view.
        let bare = !finite
            && (reader.tag(clause) == Tag::Vb && !reader.is_infinitive(clause)
                || reader.is_subjunctive(clause));
        let fits_bare =
            |sense: &&Sense| !bare || sense.kind == Kind::Speech || sense.frames.has(Frames::OBJ_TO);
        // `the survey found that …`, `the inquiry concluded that …`: what is found there is told there.
        let told = matches!(subject, Subject::Head(head)
            if reader.is_written(reader.referent(head), &words::STUDY));
        let known = senses
            .iter()
            .find(|sense| told && sense.kind == Kind::Evidence && sense.frames.has(frames))
            .or_else(|| senses.iter().find(|sense| sense.frames.has(frames) && fits_bare(sense)))
            .or_else(|| senses.iter().find(|sense| quoted && clause > at && sense.frames.has(Frames::QUOTE)));
        // Any verb with a person as subject and a clause with `that`: `joked`, `bet`, `marvelled`.
        let unknown = || {
            finite
                && clause > at
                && senses.is_empty()
                && object.is_none()
                && led_by_that
                && !reader.is_written(at, &words::NO_REPORT)
                && matches!(subject, Subject::Head(head) if self.may_speak(head))
        };
        known.copied().or_else(|| unknown().then_some(UNKNOWN_THAT))
    }

    /// Returns the noun that the clause lacks and that it describes: `the town that rebels want freed`.
    fn lacking(&self, at: u32, complement: &Complement, subject: Subject) -> Option<u32> {
        let reader = &self.reader;
        let &Complement { clause, own_subject, object, finite, .. } = complement;
        let noun = reader.syntax.head(at).filter(|&noun| noun < at && reader.dep(at) == Dep::Relcl)?;
        let open = !finite && clause > at && object.is_none() && own_subject.is_none();
        // `a duel in which firms seek to save money`: the clause lacks nothing.
        let full = reader.child(clause, Dep::Dobj).is_some()
            || reader.children(at).iter().any(|&word| reader.tag(word) == Tag::Wrb);
        // `who wants to go`: the pronoun is who wants.
        let pronoun = matches!(subject, Subject::Head(head) if reader.is_relative(head));
        (open && subject != Subject::Head(noun) && !full && !pronoun).then_some(noun)
    }

    /// Returns the tokens of the clause `complement` of the verb `at` in the sense `sense`, with the object if that
    /// belongs to what is reported, and the words around the verb that are the reporter's.
    fn tokens_of_clause(&self, at: u32, complement: &Complement, sense: Sense) -> (Range<u32>, Range<u32>) {
        let reader = &self.reader;
        let &Complement { clause, own_subject, object, takes_object, .. } = complement;
        // `asked him to go`: he is spoken to; `urged them to go`: they belong to what is urged.
        let asked = takes_object && sense.frames.has(Frames::ASK_TO) && !sense.frames.has(Frames::OBJ_TO);
        let mut heads = vec![clause];
        let mut tokens = reader.syntax.subtree(clause);
        if let Some(object) = object.filter(|_| takes_object && !asked) {
            heads.push(object);
            tokens.start = tokens.start.min(reader.syntax.token(object).left_edge);
        }
        if let Some(own) = own_subject.filter(|_| asked) {
            tokens.start = tokens.start.max(reader.syntax.token(own).right_edge + 1);
        }
        let group = reader.group(at, &heads);
        let tokens = self.clip(tokens, at);
        if clause < at && sense.frames.has(Frames::THAT) && self.ends_sentence(&group, at) {
            // `…, but the price is high, she said.`: all of the sentence before the cue.
            let all = reader.syntax.sentence_of(at).start.min(tokens.start)..group.start;
            return (self.clip(all, at), group);
        }
        (tokens, group)
    }

    /// Returns `tokens`, those of the clause after the verb `at`, as far as the report reaches.
    fn reach_of_clause(
        &mut self,
        at: u32,
        complement: &Complement,
        sense: Sense,
        mut tokens: Range<u32>,
    ) -> Range<u32> {
        let &Complement { clause, finite, .. } = complement;
        if clause < at {
            return tokens;
        }
        tokens.end = if finite {
            self.with_adjuncts(at, clause, tokens.end)
        } else {
            self.with_infinitives(at, clause, tokens.end)
        };
        if finite && matches!(sense.kind, Kind::Speech | Kind::Evidence) {
            tokens.end = self.end_of_report(at, clause, &tokens);
        } else if sense.kind == Kind::Speech
            && let Some((cut, verb)) = self.reporters_participle(at, &tokens)
        {
            if let Some(verb) = verb {
                self.controller.insert(verb, at);
            }
            tokens.end = cut;
        }
        tokens.end = self.without_aside(at, &tokens);
        tokens
    }

    /// Whether a clause before the verb `at` is what it reports: nothing but commas between them, and no other content
    /// after it (`Ministers learned that Bonn will insist on it`).
    fn is_set_off(&self, at: u32, clause: u32, senses: &[Sense]) -> bool {
        let reader = &self.reader;
        let end = reader.syntax.subtree(clause).end.min(at);
        let closed = (end..at).any(|token| reader.syntax.word(token) == ";");
        let other = reader.children(at).iter().any(|&child| {
            child > at
                && match reader.dep(child) {
                    Dep::Prep => {
                        let frames = Frames::of_preposition(&reader.syntax.word(child).to_ascii_lowercase());
                        senses.iter().any(|sense| sense.frames.has(frames))
                    }
                    Dep::Xcomp => true,
                    _ => false,
                }
        });
        !closed && !other
    }

    /// Whether the subject is the report's own `I`, `we` or its reader's `you`, whose views are not reported.
    pub(crate) fn is_own_voice(&self, subject: Subject) -> bool {
        let Subject::Head(head) = subject else { return false };
        self.reader.quotation_of(head).is_none()
            && matches!(
                self.reader.syntax.word(head).to_ascii_lowercase().as_str(),
                "i" | "we" | "you" | "us" | "me"
            )
    }

    /// Whether `at` is a clause with `if`, `whether` or a question word.
    fn is_indirect_question(&self, at: u32) -> bool {
        let reader = &self.reader;
        let head = reader.syntax.head(at).filter(|&head| reader.is_written(head, &words::QUESTION));
        head.is_some_and(|head| at > head)
            && reader.syntax.token(at).left_edge < at
            && matches!(
                reader.syntax.word(reader.syntax.token(at).left_edge).to_ascii_lowercase().as_str(),
                "if" | "whether" | "why" | "how" | "what" | "who" | "where" | "when"
            )
    }

    /// A cue inside or after what it reports: `The tax, he argued, must rise`.
    fn read_around(&mut self, at: u32, senses: &[Sense]) -> bool {
        let reader = &self.reader;
        let Some(sense) = senses.iter().find(|sense| sense.frames.has(Frames::THAT)).copied() else {
            return false;
        };
        let Some(head) = reader.syntax.head(at) else { return false };
        let first = reader.syntax.token(at).left_edge;
        let as_clause = reader.dep(at) == Dep::Advcl
            && reader.children(at).iter().any(|&child| {
                reader.dep(child) == Dep::Mark
                    && reader.syntax.word(child).eq_ignore_ascii_case("as")
                    && child <= first + 1
            });
        if !(reader.dep(at) == Dep::Parataxis || as_clause) || !reader.is_finite_clause(at) {
            return false;
        }
        if reader.children(at).iter().any(|&child| matches!(reader.dep(child), Dep::Dobj | Dep::Xcomp)) {
            return false;
        }
        let subject = reader.source_of(at);
        if !matches!(subject, Subject::Head(_)) {
            return false;
        }
        let group = reader.syntax.subtree(at);
        let mut tokens = self.clip(reader.syntax.subtree(head), at);
        if !as_clause && head < at && self.ends_sentence(&group, at) {
            tokens.start = tokens.start.min(reader.syntax.sentence_of(at).start);
        }
        let content = self.parts(tokens, &group);
        if content.is_empty() {
            return false;
        }
        let rule = if as_clause { rule!("clause.as") } else { rule!("clause.parenthesis") };
        self.add(&Cue { head: at, sense, subject, rule, certainty: 0.85 }, content);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::lexicon::sense;

    #[test]
    fn verbs_of_making_are_no_cues() {
        assert!(words::NO_REPORT.words().all(|lemma| sense(&LEXICON.verbs, lemma, Frames::THAT).is_none()));
    }
}
