//! Cues without a clause: objects and prepositional objects that a verb gives to somebody, and passives.

use std::ops::Range;

use readout_lexicon::rule;
use readout_syntax::{Dep, Pos, Tag};

use super::lexicon::{Frames, Kind, LEXICON, Sense};
use super::reader::Subject;
use super::words;
use super::work::{Cue, Work};

/// The phrases after a verb that may be its content.
struct Phrases {
    object: Option<u32>,
    /// The predicate of the object: `fair` in `called the deal fair`.
    predicative: Option<u32>,
    /// Prepositions with their objects and their words in lower case.
    prepositions: Vec<(u32, u32, String)>,
}

impl Work<'_> {
    /// Objects and prepositional objects of the verb `at`.
    pub(crate) fn read_object(&mut self, at: u32, senses: &[Sense]) {
        if senses.is_empty() || self.read_yes(at, senses) {
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
        let phrases = self.object_phrases(at);
        let find = |frames: Frames| senses.iter().find(|sense| sense.frames.has(frames)).copied();
        // `some note that`, `ordered the guards`: no content, or those spoken to.
        let empty = phrases.object.is_some_and(|object| {
            matches!(reader.syntax.word(object), "that" | "so" | "which") && reader.tag(object) != Tag::Dt
                || self.is_document(object) && self.says(object)
                || self.is_handed_over(at, object)
        });
        if empty {
            return;
        }
        // `urged the crew`, `asked Rome for help`: they are spoken to.
        let is_told = phrases.object.is_some_and(|object| {
            let speech = senses.iter().any(|sense| {
                sense.kind == Kind::Speech
                    && sense.frames.has(Frames::ASK_TO.with(Frames::OBJ_TO).with(Frames::TO_OBJECT))
            });
            speech && reader.is_people(object)
        });
        if let Some(object) = phrases.object.filter(|_| !is_told) {
            if let Some((sense, tokens, heads)) = self.direct_object(at, object, &phrases, senses) {
                let content = self.parts(self.clip(tokens, at), &reader.group(at, &heads));
                if !content.is_empty() {
                    let certainty = if sense.kind == Kind::Speech { 0.75 } else { 0.6 };
                    self.add(&Cue { head: at, sense, subject, rule: rule!("object"), certainty }, content);
                }
                return;
            }
            // `warned Rome against a raid`: the object is spoken to.
            if find(Frames::TO_OBJECT).is_none() {
                return;
            }
        }
        if let Some(predicative) = phrases.predicative
            && let Some(sense) = find(Frames::AS)
        {
            let mut tokens = reader.syntax.subtree(predicative);
            tokens.end = self.with_name_called(at, tokens.end);
            let content = self.parts(self.clip(tokens, at), &(at..at + 1));
            if !content.is_empty() {
                self.add(
                    &Cue { head: at, sense, subject, rule: rule!("object.predicative"), certainty: 0.6 },
                    content,
                );
            }
            return;
        }
        self.read_prepositional(at, phrases.prepositions, senses, subject);
    }

    /// Returns the phrases after the verb `at` that may be its content.
    fn object_phrases(&self, at: u32) -> Phrases {
        let reader = &self.reader;
        let mut prepositions: Vec<(u32, u32, String)> = reader
            .children(at)
            .iter()
            .filter(|&&child| child > at && matches!(reader.dep(child), Dep::Prep | Dep::Dative | Dep::Agent))
            .filter_map(|&child| {
                // `painted the threat as small`
                let object = reader.children_by(child, &[Dep::Pobj, Dep::Pcomp, Dep::Amod]).next()?;
                Some((child, object, reader.syntax.word(child).to_ascii_lowercase()))
            })
            .collect();
        // `agreed with Rome on the truce`: with whom comes after what.
        prepositions.sort_by_key(|(_, _, word)| word == "with");
        Phrases {
            object: reader.child(at, Dep::Dobj).filter(|&object| object > at),
            predicative: reader.children_by(at, &[Dep::Oprd]).find(|&child| child > at),
            prepositions,
        }
    }

    /// Returns the sense in which the verb `at` takes `object` as content, with the tokens of the content and the heads
    /// of its phrases; `None` if none of `senses` does.
    fn direct_object(
        &self,
        at: u32,
        object: u32,
        phrases: &Phrases,
        senses: &[Sense],
    ) -> Option<(Sense, Range<u32>, Vec<u32>)> {
        let reader = &self.reader;
        let find = |frames: Frames| senses.iter().find(|sense| sense.frames.has(frames)).copied();
        let with = phrases
            .prepositions
            .iter()
            .find(|(_, _, word)| find(Frames::of_object_and(word)).is_some())
            .map(|(preposition, _, word)| (*preposition, Frames::of_object_and(word)));
        let (second, frames) = match (with, phrases.predicative) {
            (Some((preposition, frames)), _) => (Some(preposition), frames),
            (None, Some(predicative)) => (Some(predicative), Frames::AS.with(Frames::NP_AS)),
            // `accused the envoy of lying`, where the parser makes `of lying` a part of the object
            (None, None) if find(Frames::NP).is_none() => (None, self.frames_within(object)),
            (None, None) => (None, Frames::NP),
        };
        let sense = find(frames)?;
        let mut heads = vec![object];
        let mut tokens = reader.syntax.subtree(object);
        if let Some(second) = second {
            heads.push(second);
            tokens.end = tokens.end.max(reader.syntax.subtree(second).end);
        }
        if sense.act == "show" {
            // `shows him with his hands up`: all that follows is seen.
            tokens.end = self.with_adjuncts(at, object, tokens.end);
        } else if with.is_none() {
            tokens.end = self.with_phrases(at, object, tokens.end);
        }
        if frames.has(Frames::AS.with(Frames::NP_AS)) {
            tokens.end = self.with_name_called(at, tokens.end);
        }
        tokens.end = self.without_aside(at, &tokens);
        Some((sense, tokens, heads))
    }

    /// Returns the end of what the verb `at` calls somebody, which reaches to token `end`, with a quotation that follows,
    /// alone or after a conjunction: `called the pact “void”`, `called it an “insult” and “a lie.”`
    fn with_name_called(&self, at: u32, end: u32) -> u32 {
        let reader = &self.reader;
        let sentence = reader.syntax.sentence_of(at).end;
        let mut next = (end..sentence).filter(|&token| !reader.is_mark(token));
        let Some(mut first) = next.next() else { return end };
        let both = matches!(reader.syntax.word(first), "and" | "or");
        if both && end > 0 && reader.quotation_of(end - 1).is_some() {
            let Some(second) = next.next() else { return end };
            first = second;
        }
        let near = first - end <= 3;
        let free = |number: u32| self.owner.get(number as usize).copied().flatten().is_none();
        let quotation = reader.quotation_of(first).filter(|&number| near && free(number));
        let inside = quotation.map(|number| reader.syntax.tokens_in(reader.quotations[number as usize].span));
        inside
            .filter(|inside| inside.start >= end && inside.start + 1 >= first)
            .map_or(end, |inside| inside.end)
    }

    /// Returns the frames of an object with a preposition that the prepositions below `object` make.
    fn frames_within(&self, object: u32) -> Frames {
        let reader = &self.reader;
        let prepositions = reader.children_by(object, &[Dep::Prep]).filter(|&at| at > object);
        let frames =
            prepositions.map(|at| Frames::of_object_and(&reader.syntax.word(at).to_ascii_lowercase()));
        frames.fold(Frames::default(), Frames::with)
    }

    /// Reads the first of the `prepositions` of the verb `at` whose object one of `senses` takes as content:
    /// `called for a truce`.
    fn read_prepositional(
        &mut self,
        at: u32,
        prepositions: Vec<(u32, u32, String)>,
        senses: &[Sense],
        subject: Subject,
    ) {
        for (preposition, object, word) in prepositions {
            let reader = &self.reader;
            let frames = Frames::of_preposition(&word);
            let Some(mut sense) = senses.iter().find(|sense| sense.frames.has(frames)).copied() else {
                continue;
            };
            let mut tokens = reader.syntax.subtree(object);
            tokens.start = tokens.start.max(preposition + 1);
            if let Some(&role) = reader.children(at).iter().find(|&&child| {
                child > object
                    && reader.syntax.word(child) == "as"
                    && reader.syntax.token(child).left_edge == tokens.end
            }) {
                // `referred to the strike as a mistake`
                sense.act = "describe";
                tokens.end = reader.syntax.token(role).right_edge + 1;
            }
            let content = self.parts(self.clip(tokens, at), &(at..preposition + 1));
            if content.is_empty() {
                continue;
            }
            let certainty = if sense.kind == Kind::Speech { 0.75 } else { 0.6 };
            self.add(
                &Cue { head: at, sense, subject, rule: rule!("object.prepositional"), certainty },
                content,
            );
            return;
        }
    }

    /// Whether `object` is something that the verb `at` grants, refuses, hands out or gives, and no words: `denied
    /// inspectors access`, `disclosed the report`, `offered few details`.
    fn is_handed_over(&self, at: u32, object: u32) -> bool {
        let is = |verbs, things| self.reader.is_written(at, verbs) && self.reader.is_written(object, things);
        is(&words::GRANTING, &words::GRANTED)
            || is(&words::DISCLOSING, &words::DISCLOSED)
            || is(&words::GIVING, &words::GIVEN)
    }

    /// `said no`, `says so`: an answer in a word.
    fn read_yes(&mut self, at: u32, senses: &[Sense]) -> bool {
        let reader = &self.reader;
        if !reader.is_written(at, &words::ANSWER) {
            return false;
        }
        let after = |token: u32| {
            token >= reader.syntax.len()
                || reader.is_mark(token)
                || matches!(reader.pos(token), Pos::Cconj | Pos::Sconj | Pos::Adp)
        };
        let answer = Some(at + 1).filter(|&token| {
            token < reader.syntax.len()
                && matches!(reader.syntax.word(token), "yes" | "no")
                && after(token + 1)
        });
        let subject = self.subject_of(at);
        let (Some(answer), Subject::Head(_), Some(sense)) = (answer, subject, senses.first().copied()) else {
            return false;
        };
        if self.is_own_voice(subject) {
            return false;
        }
        let content = self.parts(answer..answer + 1, &(at..at + 1));
        self.add(&Cue { head: at, sense, subject, rule: rule!("answer.word"), certainty: 0.8 }, content);
        true
    }

    /// Returns the end of the object of the verb `at`, which reaches to token `end`, with the phrases that the parser
    /// attaches to the verb although they describe the object: `proposed works like a dam`, `described threats by
    /// rebels`.
    fn with_phrases(&self, at: u32, object: u32, end: u32) -> u32 {
        let reader = &self.reader;
        let mut end = end;
        for &child in reader.children(at).iter().filter(|&&child| child > object) {
            let more = reader.dep(child) == Dep::Prep
                && matches!(
                    reader.syntax.word(child),
                    "of" | "by" | "from" | "like" | "behind" | "between" | "for" | "against" | "about"
                );
            if more
                && reader.syntax.token(child).left_edge == end
                && reader.quotation_of(child) == reader.quotation_of(at)
            {
                end = reader.syntax.token(child).right_edge + 1;
            }
        }
        end
    }

    /// Whether the noun `at` has words of its own: `a statement saying that …`.
    pub(crate) fn says(&self, at: u32) -> bool {
        let reader = &self.reader;
        reader.children(at).iter().any(|&child| {
            reader.dep(child) == Dep::Acl
                && reader.tag(child) == Tag::Vbg
                && LEXICON.verbs.get(reader.syntax.lemma(child)).is_some_and(|senses| {
                    senses.iter().any(|sense| sense.kind == Kind::Speech && sense.frames.has(Frames::THAT))
                })
        })
    }

    /// Whether the phrase headed by `at` may have a stance: not a number, a time or a thing without will.
    pub(crate) fn may_hold(&self, at: u32) -> bool {
        use readout_syntax::EntityLabel as Label;
        !self.reader.syntax.entity_at(at).is_some_and(|entity| {
            matches!(
                entity.label,
                Label::Date | Label::Time | Label::Money | Label::Percent | Label::Quantity | Label::Event
            )
        })
    }

    /// `is expected to`, `was said by`, `was told that`, `was described as`.
    pub(crate) fn read_passive(&mut self, at: u32, senses: &[Sense]) {
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
            self.add(&Cue { head: at, sense, subject, rule: rule!("passive.clause"), certainty }, content);
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
        // `a week highlighted by clashes`: a thing stresses nothing in words.
        let by_thing =
            !matches!(subject, Subject::Head(head) if reader.is_people(head) || self.is_document(head));
        let holds = |sense: &Sense| named && !(by_thing && sense.act == "emphasise");
        let Some(sense) = sense.or_else(|| find(Frames::NP.with(Frames::AS)).filter(holds)) else {
            return;
        };
        if content.is_empty() {
            return;
        }
        self.add(&Cue { head: at, sense, subject, rule: rule!("passive.object"), certainty: 0.6 }, content);
    }
}
