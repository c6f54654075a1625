//! The attributions found so far, and how one is put together.

use std::collections::BTreeMap;
use std::ops::Range;

use readout_lexicon::RuleName;
use readout_syntax::{Dep, PerToken, Pos, Tag};
use readout_text::ByteSpan;

use super::Attribution;
use super::lexicon::{Frames, Kind, LEXICON, Sense};
use super::reader::{Reader, Subject};
use super::repeats::Repeats;
use super::words;

/// The most steps up the tree from a participle to the verb of speech that it goes with.
const STEPS_TO_SPEECH: usize = 6;
/// The most steps up the tree from a cue in a quotation to a subject outside it. Clauses seldom nest deeper.
const STEPS_TO_SUBJECT: usize = 12;
/// The number of attributions back among which the one before in the sentence is looked for.
const ATTRIBUTIONS_BACK: usize = 8;

/// The attributions found so far.
pub(crate) struct Work<'s> {
    pub(crate) reader: Reader<'s>,
    pub(crate) found: Vec<Attribution>,
    /// For each token whether it is the cue of an attribution.
    pub(crate) is_cue: PerToken<bool>,
    /// For each quotation the attribution that it is content of.
    pub(crate) owner: Vec<Option<u32>>,
    /// The index of quotations that repeat others.
    pub(crate) repeats: Repeats,
    /// Verbs that go on with the report of another cue, and that cue.
    pub(crate) controller: BTreeMap<u32, u32>,
}

/// A cue with its reading.
pub(crate) struct Cue {
    /// The token that carries it.
    pub(crate) head: u32,
    pub(crate) sense: Sense,
    pub(crate) subject: Subject,
    pub(crate) rule: RuleName,
    pub(crate) certainty: f64,
}

/// The plain reading of a cue that the lexicon does not know.
pub(crate) const UNKNOWN: Sense = Sense { act: "say", kind: Kind::Speech, frames: Frames::QUOTE };

impl<'s> Work<'s> {
    pub(crate) fn new(reader: Reader<'s>) -> Self {
        let quotations = reader.quotations.len();
        let repeats = Repeats::new(reader.syntax.text(), reader.quotations);
        Self {
            is_cue: PerToken::new(reader.syntax.len()),
            reader,
            found: Vec::new(),
            owner: vec![None; quotations],
            repeats,
            controller: BTreeMap::new(),
        }
    }

    /// The attribution of the words that quotation `number`, without a cue of its own, only repeats.
    pub(crate) fn repeated(&self, number: u32) -> Option<u32> {
        self.repeats.of(number).find_map(|other| self.owner[other as usize])
    }

    /// Whether quotation `number` repeats one that has more words, or one before it.
    pub(crate) fn is_repeat(&self, number: u32) -> bool {
        self.repeats
            .of(number)
            .any(|other| other < number || self.repeats.len(other) > self.repeats.len(number))
    }

    /// The words for the source of `cue`, and their head.
    fn source(&self, cue: &Cue) -> Option<(ByteSpan, u32)> {
        let Subject::Head(head) = cue.subject else { return None };
        let head = self.sentient(head);
        let mut tokens = self.reader.source_tokens(head, Some(cue.head));
        // A mark that opens more than the source is none of its words.
        while tokens.start < head && self.reader.is_mark(tokens.start) {
            let around = self.reader.quotation_of(tokens.start);
            if around.is_none()
                || around != self.reader.quotation_of(tokens.end.min(self.reader.syntax.len() - 1))
            {
                break;
            }
            tokens.start += 1;
        }
        let span = self.reader.syntax.span(tokens);
        (!span.is_empty()).then_some((span, head))
    }

    /// Returns the maker of the subject `head` if that is a document, else `head`. The maker is the possessor in `the
    /// minister's letter said`, the subject in `the ministry issued a statement saying`.
    fn sentient(&self, head: u32) -> u32 {
        let reader = &self.reader;
        // `a letter that says`: the letter.
        let (pronoun, head) = (head, reader.referent(head));
        if !self.is_document(head) {
            return pronoun;
        }
        if let Some(possessor) = reader.possessor(head) {
            return possessor;
        }
        let verb = reader
            .syntax
            .head(head)
            .filter(|&verb| reader.dep(head) == Dep::Dobj && reader.is_written(verb, &words::MAKER));
        match verb.map(|verb| reader.source_of(verb)) {
            Some(Subject::Head(maker)) => maker,
            _ => pronoun,
        }
    }

    /// Whether the noun `at` names a text that somebody wrote or spoke.
    pub(crate) fn is_document(&self, at: u32) -> bool {
        self.reader.is_written(at, &words::TEXT)
    }

    /// Adds an attribution of `cue` with `content` and gives its number.
    pub(crate) fn add(&mut self, cue: &Cue, content: Vec<ByteSpan>) -> u32 {
        let source = self.source(cue);
        let (addressees, medium) = self.circumstances(cue.head, &content);
        let reader = &self.reader;
        let number = self.found.len() as u32;
        let cue_span = reader.cue_span(cue.head);
        self.found.push(Attribution {
            source: source.map(|(span, _)| span),
            source_head: source.map(|(_, head)| head),
            cue: Some(cue_span),
            cue_head: Some(cue.head),
            content,
            act: cue.sense.act,
            speech: cue.sense.kind == Kind::Speech,
            negated: reader.is_negated(cue.head),
            addressees,
            via: self.reader.quoted_as(cue.head).and_then(|(_, quoting)| quoting).into_iter().collect(),
            medium,
            parent: None,
            certainty: cue.certainty,
            rule: cue.rule,
        });
        self.is_cue[cue.head] = true;
        number
    }

    /// Returns the head tokens of the addressees of the cue `cue`, and the span of the medium, as far as they are
    /// outside of `content`.
    pub(crate) fn circumstances(&self, cue: u32, content: &[ByteSpan]) -> (Vec<u32>, Option<ByteSpan>) {
        let reader = &self.reader;
        let mut addressees = Vec::new();
        let mut medium: Option<ByteSpan> = None;
        let overlaps = |at: u32| {
            let span = reader.syntax.token(at).span;
            content.iter().any(|part| part.overlaps(span))
        };
        if reader.pos(cue) == Pos::Verb {
            let all = LEXICON.verbs.get(reader.syntax.lemma(cue));
            let takes = |frame| all.is_some_and(|senses| senses.iter().any(|sense| sense.frames.has(frame)));
            for &child in reader.children(cue) {
                let to_whom = match reader.dep(child) {
                    Dep::Dative | Dep::Dobj if takes(Frames::TO_OBJECT) => Some(child),
                    Dep::Nsubjpass if takes(Frames::TO_OBJECT) => Some(child),
                    Dep::Prep | Dep::Dative => match reader.syntax.word(child) {
                        "to" if takes(Frames::TO_TO) => reader.child(child, Dep::Pobj),
                        "with" if takes(Frames::TO_WITH) => reader.child(child, Dep::Pobj),
                        "on" if takes(Frames::TO_ON) => reader.child(child, Dep::Pobj),
                        _ => None,
                    },
                    _ => None,
                };
                if let Some(head) = to_whom.filter(|&head| !overlaps(head)) {
                    // A news conference is where it was said, not to whom.
                    if reader.is_written(head, &words::MEDIUM) {
                        medium.get_or_insert(reader.syntax.span(reader.syntax.subtree(head)));
                    } else {
                        addressees.extend(reader.list(head));
                    }
                    continue;
                }
                if reader.dep(child) == Dep::Prep
                    && let Some(object) = reader.child(child, Dep::Pobj)
                    && !overlaps(object)
                    && (reader.is_written(object, &words::MEDIUM)
                        || words::MEDIUM.has_as_written(reader.syntax.word(object)))
                {
                    medium.get_or_insert(reader.syntax.span(reader.trim(reader.syntax.subtree(child))));
                    if addressees.is_empty() {
                        addressees.extend(self.partner(object).filter(|&it| !overlaps(it)));
                    }
                }
            }
        } else if reader.pos(cue) == Pos::Noun {
            // `a warning to Ankara that …`
            addressees.extend(self.object_after(cue, "to").filter(|&it| !overlaps(it)));
        }
        (addressees, medium)
    }

    /// Returns the head token of the partner of somebody who speaks or writes by the medium `at`: `in a letter to
    /// Congress`, `in an interview with Reuters`.
    fn partner(&self, at: u32) -> Option<u32> {
        self.object_after(at, if self.reader.is_written(at, &words::EXCHANGE) { "with" } else { "to" })
    }

    /// Returns the object of the preposition `word` after the noun `at`, if it is somebody.
    pub(crate) fn object_after(&self, at: u32, word: &str) -> Option<u32> {
        let reader = &self.reader;
        let preposition = reader.children(at).iter().copied().find(|&child| {
            child > at
                && matches!(reader.dep(child), Dep::Prep | Dep::Dative)
                && reader.syntax.word(child).eq_ignore_ascii_case(word)
        })?;
        reader.child(preposition, Dep::Pobj).filter(|&object| self.may_speak(object))
    }

    /// Whether the phrase headed by `at` may be somebody who speaks.
    pub(crate) fn may_speak(&self, at: u32) -> bool {
        use readout_syntax::EntityLabel as Label;
        let reader = &self.reader;
        match reader.pos(at) {
            Pos::Propn => true,
            Pos::Pron => {
                matches!(
                    reader.syntax.word(at).to_ascii_lowercase().as_str(),
                    "he" | "she" | "they" | "we" | "i" | "who" | "one" | "others" | "some" | "many"
                )
            }
            Pos::Noun => reader.syntax.entity_at(at).is_none_or(|entity| {
                matches!(entity.label, Label::Person | Label::Org | Label::Gpe | Label::Norp)
            }),
            _ => false,
        }
    }

    /// Returns the source of the words that the verb `at` reports. A verb cut off from a report goes on with its
    /// subject. A token in a quotation is no subject of a verb outside of it.
    pub(crate) fn subject_of(&self, at: u32) -> Subject {
        let reader = &self.reader;
        let mut at = self.controller.get(&at).copied().unwrap_or(at);
        let participle = reader.tag(at) == Tag::Vbg
            && reader.dep(at) == Dep::Advcl
            && reader.own_subject(at).is_none()
            && reader.follows_comma(reader.syntax.token(at).left_edge);
        if participle {
            // The parser hangs it into the report: `The envoy said they will go, adding …`.
            let outer = reader.syntax.ancestors(at).take(STEPS_TO_SPEECH).filter(|&above| {
                LEXICON.verbs.get(reader.syntax.lemma(above)).is_some_and(|senses| {
                    senses.iter().any(|sense| sense.kind == Kind::Speech && sense.frames.has(Frames::THAT))
                }) && reader.own_subject(above).is_some()
                    && reader.quotation_of(above) == reader.quotation_of(at)
            });
            at = outer.last().unwrap_or(at);
        }
        let outside =
            |head: u32| reader.quotation_of(head).is_none_or(|it| reader.quotation_of(at) == Some(it));
        match reader.source_of(at) {
            Subject::Head(head) if !outside(head) => {
                let above = reader.syntax.ancestors(at).take(STEPS_TO_SUBJECT).find_map(|above| {
                    reader.own_subject(above).filter(|&subject| outside(above) && outside(subject))
                });
                let sentence = reader.syntax.sentence_of(at);
                let before = || {
                    self.found.iter().rev().take(ATTRIBUTIONS_BACK).find_map(|attribution| {
                        attribution.cue_head.filter(|&cue| cue >= sentence.start && cue < at)?;
                        attribution.source_head
                    })
                };
                above.or_else(before).map_or(Subject::Unknown, Subject::Head)
            }
            subject => subject,
        }
    }

    /// The bytes of `tokens` without what `without` covers: one part, or one on either side.
    pub(crate) fn parts(&self, tokens: Range<u32>, without: &Range<u32>) -> Vec<ByteSpan> {
        let mut ranges = Vec::new();
        if without.start >= tokens.end || without.end <= tokens.start {
            ranges.push(tokens);
        } else {
            if tokens.start < without.start {
                ranges.push(tokens.start..without.start);
            }
            if without.end < tokens.end {
                ranges.push(without.end..tokens.end);
            }
        }
        ranges
            .into_iter()
            .map(|range| self.reader.trim(range))
            .filter(|range| !range.is_empty())
            .map(|range| self.reader.syntax.span(range))
            .filter(|span| span.slice(self.reader.syntax.text()).chars().any(char::is_alphanumeric))
            .collect()
    }
}
