//! Posts that a report shows as a block of their own, signed with a name and a handle: `… — Jane Doe (@jdoe) May 3, 2017`.

use std::ops::Range;

use readout_lexicon::rule;
use readout_syntax::Pos;

use super::reader::Subject;
use super::work::{Cue, UNKNOWN, Work};

/// The most tokens of the name in a signature.
const MAX_NAME: usize = 10;
/// The most tokens after the handle: bracket, day and blanks.
const MAX_DATE: usize = 8;
/// The most tokens of links at the end of a post.
const MAX_LINKS: usize = 12;

/// The signature at the end of a paragraph.
struct Signature {
    /// The token of the dash before the name.
    dash: u32,
    name: Range<u32>,
}

impl Work<'_> {
    /// Gives posts to those who signed them: all words of the paragraph before the dash.
    pub(super) fn read_signed(&mut self) {
        for paragraph in 0..self.reader.paragraphs.len() {
            let tokens = self.reader.paragraphs[paragraph].clone();
            let Some(Signature { dash, name }) = self.signature_of(&tokens) else { continue };
            let content = self.parts(tokens.start..self.without_links(tokens.start, dash), &(dash..dash + 1));
            if content.is_empty() {
                continue;
            }
            let inside = |token: u32| self.reader.syntax.head(token).is_some_and(|head| name.contains(&head));
            let head = name.clone().find(|&token| !inside(token)).unwrap_or(name.end - 1);
            let subject = Subject::Head(head);
            let owner = self.add(
                &Cue { head: dash, sense: UNKNOWN, subject, rule: rule!("quote.signed"), certainty: 0.9 },
                content,
            );
            let span = self.reader.syntax.span(name);
            if let Some(attribution) = self.found.get_mut(owner as usize) {
                attribution.source = Some(span);
                attribution.source_head = Some(head);
            }
        }
    }

    /// Whether the paragraph `tokens` ends in a signature with a handle.
    pub(super) fn is_signed(&self, tokens: &Range<u32>) -> bool {
        self.signature_of(tokens).is_some()
    }

    /// Returns the signature in the paragraph `tokens`, if it has one.
    fn signature_of(&self, tokens: &Range<u32>) -> Option<Signature> {
        let reader = &self.reader;
        let is_handle = |at: u32| {
            let word = reader.syntax.word(at);
            let before = at.checked_sub(1).filter(|&before| before >= tokens.start);
            // The tokenizer may leave the bracket at the handle.
            word.starts_with("(@")
                || word.starts_with('@') && before.is_some_and(|before| reader.syntax.word(before) == "(")
        };
        let handle = tokens.clone().rev().find(|&at| is_handle(at))?;
        let end = if reader.syntax.word(handle).starts_with('(') { handle } else { handle - 1 };
        let dash = (tokens.start..end)
            .rev()
            .take(MAX_NAME)
            .find(|&at| matches!(reader.syntax.word(at), "—" | "–" | "―" | "--" | "-"))?;
        let name = reader.trim(dash + 1..end);
        // Nothing but the day follows.
        let rest = handle + 1..tokens.end;
        let ends = rest.len() <= MAX_DATE
            && rest.into_iter().all(|at| !matches!(reader.pos(at), Pos::Verb | Pos::Aux));
        let named = !reader.syntax.word(name.start).starts_with(char::is_lowercase);
        (dash > tokens.start && !name.is_empty() && ends && named).then_some(Signature { dash, name })
    }

    /// Returns the end of the post that starts at token `start` and reaches to token `end`, without links at its end.
    fn without_links(&self, start: u32, end: u32) -> u32 {
        let reader = &self.reader;
        let is_link = |at: u32| {
            let word = reader.syntax.word(at);
            word.contains("://") || word.contains(".com/") || word.contains("t.co/")
        };
        let first = (start..end)
            .rev()
            .take(MAX_LINKS)
            .take_while(|&at| is_link(at) || reader.pos(at) == Pos::Space)
            .filter(|&at| is_link(at))
            .last();
        first.unwrap_or(end)
    }
}
