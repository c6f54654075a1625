//! Nouns and adjectives with a complement (`her claim that …`, `is confident that …`), `according to` and its kin.

use readout_lexicon::{RuleName, rule};
use readout_syntax::{Dep, Pos};
use readout_text::ByteSpan;

use super::lexicon::{Frames, Kind, LEXICON, Sense, sense};
use super::reader::Subject;
use super::words;
use super::work::{Cue, UNKNOWN, Work};

/// The most steps up the tree from an adjunct (`according to`) to the clause that it is about.
const STEPS_TO_CLAUSE: usize = 16;

impl Work<'_> {
    /// `her claim that …`, `a promise to …`, `expressed hope that …`.
    pub(crate) fn read_noun(&mut self, at: u32) {
        let Some(senses) = LEXICON.nouns.get(self.reader.syntax.lemma(at)) else { return };
        let Some((subject, rule)) = self.noun_source(at) else { return };
        self.read_complement(at, senses, subject, rule);
    }

    /// `is confident that …`, `willing to …`, `critical of …`.
    pub(crate) fn read_adjective(&mut self, at: u32) {
        let reader = &self.reader;
        let Some(senses) = LEXICON.adjectives.get(reader.syntax.lemma(at)) else { return };
        if reader.dep(at) != Dep::Acomp && reader.dep(at) != Dep::Conj {
            return;
        }
        let Some(copula) = reader.syntax.head(at) else { return };
        let subject = reader.source_of(copula);
        if matches!(subject, Subject::Head(head) if self.may_hold(head)) {
            self.read_complement(at, senses, subject, rule!("adjective"));
        }
    }

    /// Adds the first clause, infinitive or phrase after the noun or adjective `at` that one of `senses` takes.
    fn read_complement(&mut self, at: u32, senses: &[Sense], subject: Subject, rule: RuleName) {
        let reader = &self.reader;
        // `a warning to Rome that …`: the parser hangs the clause on whom it is told.
        let told = self.object_after(at, "to").map_or(&[][..], |object| reader.children(object));
        for &child in reader.children(at).iter().chain(told).filter(|&&child| child > at) {
            let Some(frames) = self.complement_frames(at, child) else { continue };
            if frames != Frames::THAT && told.contains(&child) {
                continue;
            }
            let Some(sense) = senses.iter().find(|sense| sense.frames.has(frames)).copied() else { continue };
            let mut tokens = reader.syntax.subtree(child);
            if reader.dep(child) == Dep::Prep {
                tokens.start = tokens.start.max(child + 1);
            }
            let content = self.parts(self.clip(tokens, at), &(at..at + 1));
            if content.is_empty() {
                continue;
            }
            let noun = reader.pos(at) == Pos::Noun;
            let certainty = match frames {
                Frames::THAT if noun => 0.8,
                Frames::TO if noun => 0.7,
                _ => 0.6,
            };
            self.add(&Cue { head: at, sense, subject, rule, certainty }, content);
            return;
        }
    }

    /// Returns the frame of the complement `child` of the noun or adjective `at`, if `child` is one.
    fn complement_frames(&self, at: u32, child: u32) -> Option<Frames> {
        let reader = &self.reader;
        match reader.dep(child) {
            Dep::Ccomp | Dep::Acl | Dep::Relcl
                if reader.is_finite_clause(child) || reader.is_subjunctive(child) =>
            {
                // `the claim he made`: only `that` shows that the clause is what the noun means.
                let that = self.is_led_by_that(child);
                let bare = reader.pos(at) == Pos::Adj && reader.dep(child) == Dep::Ccomp;
                (that || bare).then_some(Frames::THAT)
            }
            Dep::Acl | Dep::Xcomp if reader.is_infinitive(child) => Some(Frames::TO),
            Dep::Prep => Some(Frames::of_preposition(&reader.syntax.word(child).to_ascii_lowercase())),
            _ => None,
        }
    }

    /// Returns the source of the words that the noun `at` refers to, and the rule that found it.
    fn noun_source(&self, at: u32) -> Option<(Subject, RuleName)> {
        let reader = &self.reader;
        if let Some(possessor) = reader.possessor(at) {
            return Some((Subject::Head(possessor), rule!("noun.possessor")));
        }
        for &child in
            reader.children(at).iter().filter(|&&child| child > at && reader.dep(child) == Dep::Prep)
        {
            if matches!(reader.syntax.word(child), "by" | "from" | "among")
                && let Some(object) = reader.child(child, Dep::Pobj)
                && self.may_speak(object)
            {
                return Some((Subject::Head(object), rule!("noun.by")));
            }
        }
        // `made the claim that …`
        let verb = reader.syntax.head(at).filter(|_| reader.dep(at) == Dep::Dobj)?;
        // `The visit raised hopes that …`: not those of who raised them.
        let raised = reader.syntax.lemma(verb) == "raise" && reader.is_written(at, &words::RAISED);
        let voiced = || matches!(reader.own_subject(verb), Some(subject) if reader.is_people(subject));
        if !reader.is_written(verb, &words::LIGHT_VERB)
            || self.is_cue[verb]
            || raised && (matches!(reader.syntax.lemma(at), "hope" | "fear" | "expectation") || !voiced())
        {
            return None;
        }
        match reader.source_of(verb) {
            Subject::Unknown => None,
            subject => Some((subject, rule!("noun.light-verb"))),
        }
    }

    /// `According to the mayor, …`; `…, according to police`.
    pub(crate) fn read_according(&mut self, at: u32) {
        let reader = &self.reader;
        let Some(to) = reader
            .children(at)
            .iter()
            .copied()
            .find(|&child| reader.syntax.word(child).eq_ignore_ascii_case("to"))
        else {
            return;
        };
        let Some(object) = reader.child(to, Dep::Pobj) else { return };
        // `according to plan`
        if !reader.is_written(object, &words::NO_SOURCE) {
            self.add_according(at, object);
        }
    }

    /// `…, per the Post`; not `per day`, `a dollar per head`.
    pub(crate) fn read_per(&mut self, at: u32) {
        let reader = &self.reader;
        let Some(object) = reader.child(at, Dep::Pobj) else { return };
        let sets_off = reader.follows_comma(at) || reader.syntax.sentence_of(at).start == at;
        if sets_off && reader.tag(object).is_proper() {
            self.add_according(at, object);
        }
    }

    /// Adds the clause around the adjunct `at` as words of the phrase headed by `object`.
    fn add_according(&mut self, at: u32, object: u32) {
        let content = self.clause_around(at);
        if content.is_empty() {
            return;
        }
        let cue = Cue {
            head: at,
            sense: Sense { act: "say", ..UNKNOWN },
            subject: Subject::Head(object),
            rule: rule!("according-to"),
            certainty: 0.9,
        };
        self.add(&cue, content);
    }

    /// Returns the clause around the adjunct `at`, without the adjunct.
    fn clause_around(&self, at: u32) -> Vec<ByteSpan> {
        let reader = &self.reader;
        let adjunct = reader.syntax.subtree(at);
        let Some(mut head) = reader.syntax.head(at) else { return Vec::new() };
        let sentence = reader.syntax.sentence_of(at);
        let opens = (sentence.start..adjunct.start).all(|token| reader.is_mark(token));
        let ends = (adjunct.end..sentence.end).all(|token| reader.is_mark(token));
        if opens || reader.follows_comma(adjunct.start) || ends {
            for _ in 0..STEPS_TO_CLAUSE {
                let verbal =
                    matches!(reader.pos(head), Pos::Verb | Pos::Aux) && reader.is_finite_clause(head);
                match reader.syntax.head(head) {
                    Some(above) if !verbal || (opens && above > adjunct.end) => head = above,
                    // `She said it failed, according to Reuters`: all of it, not what she said.
                    Some(above)
                        if ends
                            && reader.dep(head) == Dep::Ccomp
                            && sense(&LEXICON.verbs, reader.syntax.lemma(above), Frames::THAT)
                                .is_some_and(|sense| sense.kind == Kind::Speech) =>
                    {
                        head = above;
                    }
                    _ => break,
                }
            }
        }
        self.parts(self.clip(reader.syntax.subtree(head), at), &adjunct)
    }

    /// `reportedly`, `allegedly`: said by nobody who is named.
    pub(crate) fn read_adverb(&mut self, at: u32) {
        let reader = &self.reader;
        let act = match reader.syntax.word(at).to_ascii_lowercase().as_str() {
            "reportedly" => "say",
            "allegedly" | "purportedly" | "supposedly" => "claim",
            _ => return,
        };
        let Some(head) = reader.syntax.head(at) else { return };
        let content = self.parts(self.clip(reader.syntax.subtree(head), at), &(at..at + 1));
        if content.is_empty() {
            return;
        }
        let sense = Sense { act, kind: Kind::Speech, frames: Frames::THAT };
        let cue = Cue { head: at, sense, subject: Subject::Nobody, rule: rule!("adverb"), certainty: 0.7 };
        self.add(&cue, content);
    }
}
