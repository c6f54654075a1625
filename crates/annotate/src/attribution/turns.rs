//! Speakers set off by a colon: turns of a transcript (`WALLACE: …`) and headlines (`Mayor: bridge to close`).

use std::ops::Range;

use readout_knowledge::WordKind;
use readout_lexicon::{WordSet as _, rule};
use readout_syntax::{EntityLabel, Pos, Tag};

use super::lexicon::{Frames, Kind, LEXICON, Sense, sense};
use super::reader::Subject;
use super::words;
use super::work::{Cue, Work};

/// The most words of a speaker's name before a colon.
const MAX_NAME: usize = 6;
/// The most tokens of a headline.
const MAX_LINE: usize = 24;

impl Work<'_> {
    /// Reads speakers set off by a colon at the start of a paragraph.
    pub(crate) fn read_turns(&mut self) {
        let turns: Vec<(usize, u32)> = (0..self.reader.paragraphs.len())
            .filter_map(|number| Some((number, self.colon_of(&self.reader.paragraphs[number])?)))
            .collect();
        // A transcript: names in capitals, or the same kind of turn again and again.
        let transcript = turns.len() >= 3;
        for (number, colon) in turns {
            let tokens = self.reader.paragraphs[number].clone();
            let name = tokens.start..colon;
            let capitals = name.clone().filter(|&token| !self.reader.is_mark(token)).all(|token| {
                let word = self.reader.syntax.word(token);
                word.chars().any(char::is_alphabetic) && !word.chars().any(char::is_lowercase)
            });
            let headline = number == 0 || !transcript && !capitals && self.is_line(&tokens);
            if !(transcript || capitals || headline) {
                continue;
            }
            if self.is_signed(&tokens) {
                continue;
            }
            let Some(head) = self.speaker_in(&name, headline) else { continue };
            // In the body `Syria: …` may be a heading; a person or `officials` speaks.
            let place =
                self.reader.syntax.entity_at(head).is_some_and(|entity| entity.label != EntityLabel::Person);
            if number > 0 && headline && place {
                continue;
            }
            let content = self.parts(colon + 1..tokens.end, &(colon..colon + 1));
            if content.is_empty() || content.iter().all(|part| part.len() < 8) {
                continue;
            }
            let first = self.reader.syntax.tokens_in(content[0]).start;
            let quotation = self.reader.quotation_of(first).map(|quotation| quotation as usize);
            if quotation.is_some_and(|quotation| self.owner[quotation].is_some()) {
                continue;
            }
            let sense = Sense { act: "say", kind: Kind::Speech, frames: Frames::QUOTE };
            let (rule, certainty) =
                if headline { (rule!("turn.headline"), 0.75) } else { (rule!("turn.transcript"), 0.9) };
            let cue = Cue { head: colon, sense, subject: Subject::Head(head), rule, certainty };
            let owner = self.add(&cue, content);
            // `“LEE: We go.`: an outlet puts the transcript itself in marks.
            if let Some(quotation) = quotation {
                self.owner[quotation] = Some(owner);
            }
        }
    }

    /// Reads headlines that end in who says so: `Bridge to close: mayor`, `Bridge Will Close, Mayor Says`.
    pub(crate) fn read_headline_ends(&mut self) {
        for number in 0..self.reader.paragraphs.len() {
            let tokens = self.reader.paragraphs[number].clone();
            if (number == 0 || self.is_line(&tokens))
                && let Some((cue, name, end)) = self.speaker_after(&tokens)
                && !self.is_label(end - 1)
                && let Some(head) = self.speaker_in(&name, true)
            {
                let content = self.parts(tokens.start..end, &(end..tokens.end));
                let words = (tokens.start..end).filter(|&token| !self.reader.is_mark(token)).count();
                if words < 3 || content.is_empty() || (tokens.start..tokens.end).any(|at| self.is_cue[at]) {
                    continue;
                }
                let sense = Sense { act: "say", kind: Kind::Speech, frames: Frames::QUOTE };
                let subject = Subject::Head(head);
                self.add(
                    &Cue { head: cue, sense, subject, rule: rule!("turn.headline"), certainty: 0.75 },
                    content,
                );
            }
        }
    }

    /// Whether the paragraph `tokens` is a line of its own, such as a headline: short, without a full stop.
    fn is_line(&self, tokens: &Range<u32>) -> bool {
        let reader = &self.reader;
        let last = tokens.clone().rev().find(|&token| reader.pos(token) != Pos::Space);
        tokens.len() <= MAX_LINE && last.is_some_and(|last| !reader.is_stop(last) && !reader.is_mark(last))
    }

    /// The cue, the name and the end of what is said, where the paragraph `tokens` ends in `: NAME` or, all in
    /// capitals, in `, NAME Says`.
    fn speaker_after(&self, tokens: &Range<u32>) -> Option<(u32, Range<u32>, u32)> {
        let reader = &self.reader;
        let mut end = tokens.end;
        while end > tokens.start && (reader.pos(end - 1) == Pos::Space || reader.is_stop(end - 1)) {
            end -= 1;
        }
        let last = end.checked_sub(1).filter(|&last| last > tokens.start)?;
        let word = reader.syntax.word(last);
        let says = word.starts_with(char::is_uppercase)
            && word.strip_suffix('s').is_some_and(|stem| {
                sense(&LEXICON.verbs, &stem.to_lowercase(), Frames::QUOTE)
                    .is_some_and(|sense| sense.kind == Kind::Speech)
            });
        let mut near = (tokens.start..last).rev().take(MAX_NAME + 1);
        if says {
            let comma = near.find(|&token| reader.syntax.word(token) == ",")?;
            return Some((last, comma + 1..last, comma));
        }
        let colon = near.find(|&token| reader.syntax.word(token) == ":")?;
        let quoted = (colon..end).any(|token| reader.quotation_of(token).is_some());
        (!quoted && colon > tokens.start).then_some((colon, colon + 1..end, colon))
    }

    /// The colon within the first words of the paragraph `tokens`.
    fn colon_of(&self, tokens: &Range<u32>) -> Option<u32> {
        let colon = tokens.clone().take(MAX_NAME + 2).find(|&token| self.reader.syntax.word(token) == ":")?;
        (colon > tokens.start && colon + 2 < tokens.end).then_some(colon)
    }

    /// Whether the word `at` is a label of a picture or of a notice, which nobody speaks.
    fn is_label(&self, at: u32) -> bool {
        words::LABEL.has(&self.reader.syntax.word(at).to_lowercase())
    }

    /// The head of the name of a speaker that `name` is, if it is one.
    fn speaker_in(&self, name: &Range<u32>, headline: bool) -> Option<u32> {
        let reader = &self.reader;
        let words: Vec<u32> = name.clone().filter(|&token| !reader.is_mark(token)).collect();
        let last = *words.last()?;
        if words.len() > MAX_NAME
            || words.iter().any(|&token| matches!(reader.pos(token), Pos::Verb | Pos::Aux))
        {
            return None;
        }
        // `Photo: Jane Doe/Agency`, `WATCH: …`
        let credit = words.iter().any(|&token| reader.syntax.word(token).contains('/'));
        if credit || self.is_label(last) {
            return None;
        }
        let entity = reader.syntax.entity_at(last);
        let named = entity.is_some_and(|entity| {
            let kinds: &[EntityLabel] = if headline {
                &[EntityLabel::Person, EntityLabel::Gpe, EntityLabel::Norp]
            } else {
                &[EntityLabel::Person, EntityLabel::Org, EntityLabel::Gpe]
            };
            kinds.contains(&entity.label)
        });
        let lemma = reader.syntax.lemma(last).to_lowercase();
        let person = |lemma: &str| {
            reader
                .knowledge
                .person_word(lemma)
                .is_some_and(|word| !matches!(word.kind, WordKind::Place | WordKind::State))
        };
        let role = words::HEADLINE_SOURCE.has(&lemma)
            || person(&lemma)
            || lemma.strip_suffix('s').is_some_and(person);
        let proper = !headline && words.iter().all(|&token| reader.tag(token).is_proper());
        // `Orlo to Lee: …`, `Orlo on ferries: …`: the first name speaks.
        let addressed = words.iter().position(|&token| matches!(reader.syntax.word(token), "to" | "on"));
        match addressed {
            Some(at) if named && at > 0 => Some(words[at - 1]),
            Some(_) => None,
            None => {
                let head = if matches!(reader.tag(last), Tag::Nnp | Tag::Nnps | Tag::Nn | Tag::Nns) {
                    last
                } else {
                    return None;
                };
                (named || role || proper).then_some(head)
            }
        }
    }
}
