//! The second channel: clauses, infinitives and objects that a verb gives to somebody.

use std::ops::Range;

use super::lexicon::{Frames, Kind, LEXICON, Sense, sense};
use super::reader::Subject;
use super::work::{Cue, Work};
use crate::labels::{Dep, Pos, Tag};

/// A verb that the lexicon does not know, before a clause with `that`.
const UNKNOWN_THAT: Sense = Sense { act: "think", kind: Kind::Belief, frames: Frames::THAT };

/// How many tokens of a clause are searched for its end.
const MAX_CLAUSE: usize = 256;

impl Work<'_> {
    /// Finds what quotations and their cues have left.
    pub(crate) fn read_clauses(&mut self) {
        for at in 0..self.reader.syntax.len() {
            if self.is_cue[at as usize] {
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
        let holder = [at, done].into_iter().flat_map(|verb| reader.children(verb)).copied().find(|&child| {
            child < at && reader.dep(child) == Dep::Nsubj && !matches!(reader.tag(child), Tag::Wp | Tag::Wdt)
        });
        let (Some(holder), Some(sense)) = (holder, sense(&LEXICON.verbs, "want", Frames::OBJ_TO)) else {
            return false;
        };
        let described = reader.syntax.token(noun).left_edge..noun + 1;
        let mut content = self.parts(self.clip(described, at), &(at..at + 1));
        content
            .extend(self.parts(self.clip(done..reader.syntax.token(done).right_edge + 1, at), &(at..at + 1)));
        let subject = Subject::Head(holder);
        self.add(&Cue { head: at, sense, subject, rule: "clause.wanted", certainty: 0.7 }, content);
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
        self.add(&Cue { head: at, sense, subject, rule: "clause.appeal", certainty: 0.85 }, content);
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
        let addressees = addressee.map(|addressee| reader.with_conjuncts(addressee)).unwrap_or_default();
        let sense = Sense { act: "emphasise", kind: Kind::Speech, frames: Frames::THAT };
        let number =
            self.add(&Cue { head: at, sense, subject, rule: "clause.make-clear", certainty: 0.88 }, content);
        if let Some(attribution) = self.found.get_mut(number as usize) {
            attribution.addressees.extend(addressees);
        }
        true
    }

    /// The dictionary form of the verb `at` with its particle, as the lexicon spells it.
    pub(crate) fn lemma_with_particle(&self, at: u32) -> String {
        let lemma = self.reader.syntax.lemma(at);
        match self.reader.child(at, Dep::Prt) {
            Some(particle) => format!("{lemma}_{}", self.reader.syntax.word(particle).to_ascii_lowercase()),
            None => lemma.to_owned(),
        }
    }

    /// A clause or infinitive under the verb `at`.
    fn read_clause(&mut self, at: u32, senses: &[Sense]) -> bool {
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
            .or_else(|| clauses.first().copied());
        let Some(clause) = clause else { return false };
        let object = reader.children(at).iter().copied().find(|&child| {
            matches!(reader.dep(child), Dep::Dobj | Dep::Dative) && child > at && child < clause
        });
        let finite = reader.is_finite_clause(clause);
        let infinitive = !finite && reader.is_infinitive(clause);
        let has_subject = reader.own_subject(clause).is_some();
        let (frames, include_object, rule) = if finite {
            (Frames::THAT, false, "clause.finite")
        } else if infinitive && (has_subject || object.is_some()) {
            (Frames::OBJ_TO.with(Frames::ASK_TO), true, "clause.object-infinitive")
        } else if infinitive {
            (Frames::TO, false, "clause.infinitive")
        } else if reader.tag(clause) == Tag::Vbg {
            (Frames::ING, false, "clause.gerund")
        } else {
            (Frames::AS.with(Frames::NP_AS), true, "clause.small")
        };
        // Verbs that only lead quotations (`continue`, `laugh`) report a clause only where it is quoted.
        let quoted = self.touches_quotation(clause);
        let known = senses
            .iter()
            .find(|sense| sense.frames.has(frames))
            .or_else(|| senses.iter().find(|sense| quoted && clause > at && sense.frames.has(Frames::QUOTE)))
            .copied();
        if clause < at && !self.is_set_off(at, clause, senses) {
            return false;
        }
        let subject = self.subject_of(at);
        let sense = match known {
            Some(sense) => sense,
            // Any verb with a person as subject and a clause with `that`: `joked`, `bet`, `marvelled`.
            None if finite
                && clause > at
                && senses.is_empty()
                && object.is_none()
                && reader.children(clause).iter().any(|&child| {
                    reader.dep(child) == Dep::Mark && reader.syntax.word(child).eq_ignore_ascii_case("that")
                })
                && !NEVER.contains(&reader.syntax.lemma(at))
                && matches!(subject, Subject::Head(head) if self.may_speak(head)) =>
            {
                UNKNOWN_THAT
            }
            None => return false,
        };
        if subject == Subject::Unknown || (sense.kind != Kind::Speech && self.is_own_voice(subject)) {
            return false;
        }
        // `asked him to go`: he is spoken to; `urged them to go`: they belong to what is urged.
        let asked = include_object && sense.frames.has(Frames::ASK_TO) && !sense.frames.has(Frames::OBJ_TO);
        let mut content_heads = vec![clause];
        let mut tokens = reader.syntax.subtree(clause);
        if include_object
            && !asked
            && let Some(object) = object
        {
            content_heads.push(object);
            tokens.start = tokens.start.min(reader.syntax.token(object).left_edge);
        }
        // `the town that rebels want freed`: what the clause lacks is what it describes.
        let lacking = reader
            .syntax
            .head(at)
            .filter(|&noun| {
                !finite && clause > at && reader.dep(at) == Dep::Relcl && object.is_none() && noun < at
            })
            .filter(|&noun| subject != Subject::Head(noun) && !has_subject)
            // `a duel in which firms seek to save money`: the clause lacks nothing.
            .filter(|_| reader.child(clause, Dep::Dobj).is_none())
            .filter(|_| !reader.children(at).iter().any(|&word| matches!(reader.tag(word), Tag::Wrb)))
            .filter(|_| {
                // `who wants to go`: the pronoun is who wants.
                !matches!(subject, Subject::Head(head) if matches!(reader.tag(head), Tag::Wp | Tag::Wdt))
            });
        if asked
            && has_subject
            && let Some(own) = reader.own_subject(clause)
        {
            tokens.start = tokens.start.max(reader.syntax.token(own).right_edge + 1);
        }
        let group = reader.group(at, &content_heads);
        let mut tokens = self.clip(tokens, at);
        if clause < at && sense.frames.has(Frames::THAT) && self.ends_sentence(&group, at) {
            // `…, but the price is high, she said.`: all of the sentence before the cue.
            tokens = reader.syntax.sentence_of(at).start.min(tokens.start)..group.start;
        }
        if finite && clause > at {
            tokens.end = self.with_adjuncts(at, clause, tokens.end);
        }
        if finite && clause > at && sense.kind == Kind::Speech {
            tokens.end = self.end_of_report(at, &tokens);
        }
        let mut content = self.parts(tokens, &group);
        if content.is_empty() {
            return false;
        }
        if let Some(noun) = lacking {
            let reader = &self.reader;
            let first = reader.syntax.token(noun).left_edge;
            let described =
                first..reader.syntax.token(at).left_edge.max(noun + 1).min(group.start.max(noun + 1));
            content.splice(0..0, self.parts(self.clip(described, at), &group));
        }
        let certainty = match (sense.kind, rule) {
            (Kind::Speech, "clause.finite") => 0.93,
            (Kind::Speech, _) => 0.85,
            _ => 0.75,
        };
        self.add(&Cue { head: at, sense, subject, rule, certainty }, content);
        true
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

    /// Whether the subject is the report's own `I`, `we` or its reader's `you`: their views are nobody's whom it reports on.
    fn is_own_voice(&self, subject: Subject) -> bool {
        let Subject::Head(head) = subject else { return false };
        self.reader.quotation_of(head).is_none()
            && matches!(
                self.reader.syntax.word(head).to_ascii_lowercase().as_str(),
                "i" | "we" | "you" | "us" | "me"
            )
    }

    /// Whether the subtree of `at` starts in a quotation, or is one.
    fn touches_quotation(&self, at: u32) -> bool {
        let tokens = self.reader.syntax.subtree(at);
        self.reader.quotation_of(at).is_some() || self.reader.quotation_of(tokens.start).is_some()
    }

    /// Whether nothing but marks follows `group` in the sentence of `at`.
    fn ends_sentence(&self, group: &Range<u32>, at: u32) -> bool {
        let sentence = self.reader.syntax.sentence_of(at);
        (group.end..sentence.end).all(|token| self.reader.is_mark(token))
    }

    /// Where the report of the cue `at` ends if it reaches to token `end` and adjuncts follow without a comma: after its
    /// clause they belong to the clause, whatever the parser hangs them on (`said he left because …`).
    fn with_adjuncts(&self, at: u32, clause: u32, end: u32) -> u32 {
        let reader = &self.reader;
        let mut end = end;
        for &child in reader.children(at).iter().filter(|&&child| child > clause) {
            let adjunct = matches!(
                reader.dep(child),
                Dep::Prep | Dep::Advcl | Dep::Npadvmod | Dep::Advmod | Dep::Acomp | Dep::Xcomp
            );
            if adjunct
                && reader.syntax.token(child).left_edge == end
                && reader.quotation_of(child) == reader.quotation_of(at)
            {
                end = reader.syntax.token(child).right_edge + 1;
            }
        }
        end
    }

    /// Where the clause `tokens` that the cue `at` reports ends: before a participle of speech that goes on with the
    /// cue's own subject (`said it would fall, adding that …`); and beyond a coordinated clause whose tense shows that
    /// it is reported too (`said he had asked one, and the other had agreed`).
    fn end_of_report(&mut self, at: u32, tokens: &Range<u32>) -> u32 {
        let reader = &self.reader;
        let participle = (tokens.start + 1..tokens.end).take(MAX_CLAUSE).find(|&token| {
            reader.tag(token) == Tag::Vbg
                && reader.dep(token) == Dep::Advcl
                && reader.own_subject(token).is_none()
                && reader.quotation_of(token) == reader.quotation_of(at)
                && reader.follows_comma(reader.syntax.token(token).left_edge)
                && LEXICON.verbs.get(reader.syntax.lemma(token)).is_some_and(|senses| {
                    senses.iter().any(|sense| {
                        sense.kind == Kind::Speech && sense.frames.has(Frames::THAT.with(Frames::NP))
                    })
                })
        });
        if let Some(participle) = participle {
            let cut = reader.syntax.token(participle).left_edge;
            self.controller.insert(participle, at);
            return cut;
        }
        let sentence = reader.syntax.sentence_of(at);
        // `said it failed, according to Reuters`: whom the report itself has it from.
        let according = (tokens.start + 1..tokens.end).take(MAX_CLAUSE).find(|&token| {
            reader.syntax.word(token) == "according"
                && reader.follows_comma(token)
                && reader.quotation_of(token) == reader.quotation_of(at)
                && (reader.syntax.subtree(token).end..sentence.end).all(|after| reader.is_mark(after))
        });
        if let Some(according) = according {
            return according;
        }
        let next = (tokens.end..sentence.end).find(|&token| reader.pos(token) != Pos::Space);
        if let Some(next) = next
            && reader.quotation_of(at) == reader.quotation_of(next)
        {
            // A clause does not end in `and`; after a colon it goes on.
            let broken = tokens.end > tokens.start
                && reader.pos(tokens.end - 1) == Pos::Cconj
                && matches!(
                    reader.pos(next),
                    Pos::Det | Pos::Pron | Pos::Noun | Pos::Propn | Pos::Num | Pos::Adj
                );
            let colon = reader.syntax.word(next) == ":"
                && (sentence.end - next) as usize <= MAX_CLAUSE
                && (next + 1..sentence.end).all(|token| reader.quotation_of(token).is_none());
            if broken || colon {
                return sentence.end;
            }
        }
        if reader.tag(at) == Tag::Vbd
            && let Some(next) = reader.child(at, Dep::Conj).filter(|&next| next >= tokens.end)
            && reader
                .own_subject(next)
                .is_some_and(|subject| reader.syntax.token(subject).left_edge >= tokens.end)
            && reader.children(next).iter().any(|&aux| {
                reader.dep(aux) == Dep::Aux
                    && matches!(reader.syntax.word(aux), "had" | "would" | "’d" | "'d")
            })
        {
            return reader.syntax.subtree(next).end.max(tokens.end);
        }
        tokens.end
    }

    /// Whose words the verb `at` reports; a participle cut off from a report goes on with its subject.
    pub(crate) fn subject_of(&self, at: u32) -> Subject {
        let reader = &self.reader;
        let mut at = self.controller.get(&at).copied().unwrap_or(at);
        let participle = reader.tag(at) == Tag::Vbg
            && reader.dep(at) == Dep::Advcl
            && reader.own_subject(at).is_none()
            && reader.follows_comma(reader.syntax.token(at).left_edge);
        if participle {
            // The parser hangs it into the report: `The envoy said they will go, adding …`.
            let outer = reader.syntax.ancestors(at).take(6).filter(|&above| {
                LEXICON.verbs.get(reader.syntax.lemma(above)).is_some_and(|senses| {
                    senses.iter().any(|sense| sense.kind == Kind::Speech && sense.frames.has(Frames::THAT))
                }) && reader.own_subject(above).is_some()
                    && reader.quotation_of(above) == reader.quotation_of(at)
            });
            at = outer.last().unwrap_or(at);
        }
        reader.source_of(at)
    }

    /// Whether `at` is a clause with `if`, `whether` or a question word.
    fn is_indirect_question(&self, at: u32) -> bool {
        let reader = &self.reader;
        let head = reader.syntax.head(at).map(|head| reader.syntax.lemma(head));
        matches!(head, Some("ask" | "wonder" | "inquire" | "question" | "tell" | "say" | "explain" | "know"))
            && reader.syntax.token(at).left_edge < at
            && matches!(
                reader.syntax.word(reader.syntax.token(at).left_edge).to_ascii_lowercase().as_str(),
                "if" | "whether" | "why" | "how" | "what" | "who" | "where" | "when"
            )
            && head.is_some_and(|_| at > reader.syntax.token(at).head)
    }

    /// `tokens` as far as they stay in the sentence and paragraph of `at`.
    pub(crate) fn clip(&self, tokens: Range<u32>, at: u32) -> Range<u32> {
        let mut bounds = self.reader.paragraph_of(at);
        // What somebody says in a quotation stands in it.
        if let Some(quotation) = self.reader.quotation_of(at) {
            let inside = self.reader.syntax.tokens_in(self.reader.quotations[quotation as usize].span);
            bounds = inside.start.max(bounds.start)..inside.end.min(bounds.end);
        }
        let start = tokens.start.max(bounds.start);
        start..tokens.end.min(bounds.end).max(start)
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
        let rule = if as_clause { "clause.as" } else { "clause.parenthesis" };
        self.add(&Cue { head: at, sense, subject, rule, certainty: 0.85 }, content);
        true
    }

    /// Objects and prepositional objects of the verb `at`.
    fn read_object(&mut self, at: u32, senses: &[Sense]) {
        if senses.is_empty() {
            return;
        }
        let reader = &self.reader;
        let subject = self.subject_of(at);
        let Subject::Head(source) = subject else { return };
        // `met to discuss the plan`: an aim, not an act.
        let aim = reader.is_infinitive(at) && matches!(reader.dep(at), Dep::Advcl | Dep::Acl | Dep::Relcl);
        if aim || !self.may_hold(source) || self.is_own_voice(subject) {
            return;
        }
        let object = reader.child(at, Dep::Dobj).filter(|&object| object > at);
        let predicative = reader
            .children(at)
            .iter()
            .copied()
            .find(|&child| matches!(reader.dep(child), Dep::Oprd) && child > at);
        let prepositions: Vec<(u32, u32, String)> = reader
            .children(at)
            .iter()
            .filter(|&&child| child > at && matches!(reader.dep(child), Dep::Prep | Dep::Dative | Dep::Agent))
            .filter_map(|&child| {
                let object = reader.child(child, Dep::Pobj).or_else(|| reader.child(child, Dep::Pcomp))?;
                Some((child, object, reader.syntax.word(child).to_ascii_lowercase()))
            })
            .collect();
        let find = |frames: Frames| senses.iter().find(|sense| sense.frames.has(frames)).copied();
        // `some note that`, `ordered the guards`: no content, or those spoken to.
        let empty = object.is_some_and(|object| {
            matches!(reader.syntax.word(object), "that" | "so" | "which") && reader.tag(object) != Tag::Dt
                || reader.is_people(object) && find(Frames::ASK_TO).is_some() && prepositions.is_empty()
                || self.is_document(object) && self.says(object)
        });
        if empty {
            return;
        }
        if let Some(object) = object {
            let with = prepositions
                .iter()
                .find(|(_, _, word)| find(Frames::of_object_and(word)).is_some())
                .map(|(preposition, _, word)| (*preposition, Frames::of_object_and(word)));
            let mut heads = vec![object];
            let mut tokens = reader.syntax.subtree(object);
            let sense = if let Some((preposition, frames)) = with {
                heads.push(preposition);
                tokens.end = tokens.end.max(reader.syntax.subtree(preposition).end);
                find(frames)
            } else if let Some(predicative) = predicative {
                heads.push(predicative);
                tokens.end = tokens.end.max(reader.syntax.subtree(predicative).end);
                find(Frames::AS.with(Frames::NP_AS))
            } else {
                find(Frames::NP)
            };
            if sense.is_some_and(|sense| sense.act == "show") {
                // `shows him with his hands up`: all that follows is seen.
                tokens.end = self.with_adjuncts(at, object, tokens.end);
            }
            if let Some(sense) = sense {
                let content = self.parts(self.clip(tokens, at), &reader.group(at, &heads));
                if content.is_empty() {
                    return;
                }
                let certainty = if sense.kind == Kind::Speech { 0.75 } else { 0.6 };
                self.add(&Cue { head: at, sense, subject, rule: "object", certainty }, content);
                return;
            }
            // `warned Rome against a raid`: the object is spoken to.
            if find(Frames::TO_OBJECT).is_none() {
                return;
            }
        }
        if let Some(predicative) = predicative
            && let Some(sense) = find(Frames::AS)
        {
            let content = self.parts(self.clip(reader.syntax.subtree(predicative), at), &(at..at + 1));
            if !content.is_empty() {
                self.add(
                    &Cue { head: at, sense, subject, rule: "object.predicative", certainty: 0.6 },
                    content,
                );
            }
            return;
        }
        for (preposition, object, word) in prepositions {
            let Some(sense) = find(Frames::of_preposition(&word)) else { continue };
            let mut tokens = reader.syntax.subtree(object);
            tokens.start = tokens.start.max(preposition + 1);
            if let Some(&role) = reader.children(at).iter().find(|&&child| {
                child > object
                    && reader.syntax.word(child) == "as"
                    && reader.syntax.token(child).left_edge == tokens.end
            }) {
                // `referred to the strike as a mistake`
                tokens.end = reader.syntax.token(role).right_edge + 1;
            }
            let content = self.parts(self.clip(tokens, at), &(at..preposition + 1));
            if content.is_empty() {
                continue;
            }
            let certainty = if sense.kind == Kind::Speech { 0.75 } else { 0.6 };
            self.add(&Cue { head: at, sense, subject, rule: "object.prepositional", certainty }, content);
            return;
        }
    }

    /// Whether the noun `at` has words of its own: `a statement saying that …`.
    fn says(&self, at: u32) -> bool {
        let reader = &self.reader;
        reader.children(at).iter().any(|&child| {
            reader.dep(child) == Dep::Acl
                && reader.tag(child) == Tag::Vbg
                && LEXICON.verbs.get(reader.syntax.lemma(child)).is_some_and(|senses| {
                    senses.iter().any(|sense| sense.kind == Kind::Speech && sense.frames.has(Frames::THAT))
                })
        })
    }

    /// Whether the phrase headed by `at` may hold a stance: not a number, a time or a thing without will.
    pub(crate) fn may_hold(&self, at: u32) -> bool {
        use crate::labels::EntityLabel as Label;
        !self.reader.syntax.entity_at(at).is_some_and(|entity| {
            matches!(
                entity.label,
                Label::Date | Label::Time | Label::Money | Label::Percent | Label::Quantity | Label::Event
            )
        })
    }

    /// `is expected to`, `was said by`, `was told that`, `was described as`.
    fn read_passive(&mut self, at: u32, senses: &[Sense]) {
        if senses.is_empty() {
            return;
        }
        let reader = &self.reader;
        let passive_subject = reader
            .children(at)
            .iter()
            .copied()
            .find(|&child| matches!(reader.dep(child), Dep::Nsubjpass | Dep::Csubjpass));
        let subject = reader.source_of(at);
        let clause = reader
            .children(at)
            .iter()
            .copied()
            .find(|&child| matches!(reader.dep(child), Dep::Ccomp | Dep::Xcomp) && child > at);
        let find = |frames: Frames| senses.iter().find(|sense| sense.frames.has(frames)).copied();
        let empty =
            passive_subject.is_some_and(|subject| reader.syntax.word(subject).eq_ignore_ascii_case("it"));
        if let Some(clause) = clause {
            let finite = reader.is_finite_clause(clause);
            let infinitive = reader.is_infinitive(clause);
            let frames = if finite {
                Frames::THAT.with(Frames::QUOTE)
            } else if infinitive {
                Frames::TO.with(Frames::OBJ_TO).with(Frames::ASK_TO).with(Frames::THAT)
            } else {
                Frames::AS.with(Frames::NP_AS)
            };
            let Some(sense) = find(frames) else { return };
            let told = find(Frames::TO_OBJECT).is_some()
                || (infinitive && sense.frames.has(Frames::ASK_TO) && !sense.frames.has(Frames::OBJ_TO));
            let mut content = Vec::new();
            if !told
                && !empty
                && let Some(passive_subject) = passive_subject
            {
                content.extend(self.parts(reader.syntax.subtree(passive_subject), &(at..at + 1)));
            }
            content.extend(
                self.parts(self.clip(reader.syntax.subtree(clause), at), &reader.group(at, &[clause])),
            );
            if content.is_empty() {
                return;
            }
            let certainty = if sense.kind == Kind::Speech { 0.8 } else { 0.65 };
            self.add(&Cue { head: at, sense, subject, rule: "passive.clause", certainty }, content);
            return;
        }
        let Some(passive_subject) = passive_subject.filter(|_| !empty) else { return };
        let mut heads = Vec::new();
        let mut content = self.parts(reader.syntax.subtree(passive_subject), &(at..at + 1));
        let mut sense = None;
        for &child in reader.children(at).iter().filter(|&&child| child > at) {
            let frames = match reader.dep(child) {
                Dep::Prep => Frames::of_object_and(&reader.syntax.word(child).to_ascii_lowercase()),
                Dep::Oprd => Frames::AS,
                _ => continue,
            };
            if let Some(found) = find(frames) {
                heads.push(child);
                sense = Some(found);
                content.extend(self.parts(self.clip(reader.syntax.subtree(child), at), &(at..at + 1)));
                break;
            }
        }
        let named = matches!(subject, Subject::Head(_));
        let Some(sense) = sense.or_else(|| find(Frames::NP.with(Frames::AS)).filter(|_| named)) else {
            return;
        };
        if content.is_empty() {
            return;
        }
        self.add(&Cue { head: at, sense, subject, rule: "passive.object", certainty: 0.6 }, content);
    }
}

/// Verbs whose clause with `that` is nobody's words or thought.
const NEVER: &[&str] = &[
    "ensure", "mean", "make", "happen", "let", "help", "require", "cause", "be", "have", "do", "get", "see",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::lexicon::sense;

    #[test]
    fn verbs_of_making_are_no_cues() {
        assert!(NEVER.iter().all(|lemma| sense(&LEXICON.verbs, lemma, Frames::THAT).is_none()));
    }
}
