//! Speakers set off by a colon: turns of a transcript (`WALLACE: …`) and headlines (`Mayor: bridge to close`).

use std::ops::Range;

use super::lexicon::{Frames, Kind, Sense};
use super::reader::Subject;
use super::work::{Cue, Work};
use crate::labels::{EntityLabel, Pos, Tag};

/// How many words a speaker's name before a colon has at most.
const MAX_NAME: usize = 6;

/// Nouns for those whose words a headline gives after a colon.
const HEADLINE_SOURCES: &[&str] = &[
    "official",
    "source",
    "report",
    "poll",
    "survey",
    "police",
    "study",
    "minister",
    "ministry",
    "president",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "envoy",
    "expert",
    "analyst",
    "lawyer",
    "witness",
    "mayor",
    "governor",
    "senator",
    "army",
    "military",
    "government",
    "agency",
    "court",
    "judge",
    "prosecutor",
    "doctor",
    "scientist",
    "researcher",
    "editorial",
    "ambassador",
    "diplomat",
    "general",
    "leader",
    "aide",
    "premier",
    "chancellor",
    "pope",
    "coach",
];

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
            let headline = number == 0;
            if !(transcript || capitals || headline) {
                continue;
            }
            let Some(head) = self.speaker_in(&name, headline) else { continue };
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
            let (rule, certainty) = if headline { ("turn.headline", 0.75) } else { ("turn.transcript", 0.9) };
            let cue = Cue { head: colon, sense, subject: Subject::Head(head), rule, certainty };
            let owner = self.add(&cue, content);
            // `“LEE: We go.`: an outlet puts the transcript itself in marks.
            if let Some(quotation) = quotation {
                self.owner[quotation] = Some(owner);
            }
        }
    }

    /// The colon within the first words of the paragraph `tokens`.
    fn colon_of(&self, tokens: &Range<u32>) -> Option<u32> {
        let colon = tokens.clone().take(MAX_NAME + 2).find(|&token| self.reader.syntax.word(token) == ":")?;
        (colon > tokens.start && colon + 2 < tokens.end).then_some(colon)
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
        let entity = words.iter().rev().find_map(|&token| reader.syntax.entity_at(token));
        let named = entity.is_some_and(|entity| {
            let kinds: &[EntityLabel] = if headline {
                &[EntityLabel::Person, EntityLabel::Gpe, EntityLabel::Norp]
            } else {
                &[EntityLabel::Person, EntityLabel::Org, EntityLabel::Gpe]
            };
            kinds.contains(&entity.label)
        });
        let role = HEADLINE_SOURCES.contains(&reader.syntax.lemma(last).to_lowercase().as_str());
        let proper = !headline && words.iter().all(|&token| reader.tag(token).is_proper());
        // `Obama to Putin: …`: the first name speaks to the second.
        let addressed = words.iter().position(|&token| reader.syntax.word(token) == "to");
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
