//! Quotations with what stands around them, and how they are given to attributions.

use std::ops::Range;

use readout_text::ByteSpan;

use super::reader::Reader;
use super::work::Work;

/// A quotation with its surroundings.
#[derive(Clone, Debug)]
pub(crate) struct Quoted {
    /// Its number among the text's quotations.
    pub(crate) number: u32,
    pub(crate) tokens: Range<u32>,
    /// Whether it starts a sentence or follows a mark.
    pub(crate) free: bool,
    /// The last letter inside the marks that is no blank.
    pub(crate) last: Option<char>,
}

/// Returns the quotations of the paragraph `tokens` that are not within another one.
pub(crate) fn quotations_in(reader: &Reader<'_>, tokens: &Range<u32>) -> Vec<Quoted> {
    let syntax = reader.syntax;
    let bytes = syntax.span(tokens.clone());
    let from = reader.quotations.partition_point(|quotation| quotation.span.start < bytes.start);
    reader.quotations[from..]
        .iter()
        .enumerate()
        .take_while(|(_, quotation)| quotation.span.start < bytes.end)
        .filter(|(_, quotation)| quotation.within.is_none())
        .map(|(at, quotation)| {
            let range = syntax.tokens_in(quotation.span);
            let free = range.start <= tokens.start || reader.is_mark(range.start - 1);
            let last = quotation.inner.slice(syntax.text()).trim_end().chars().next_back();
            Quoted { number: (from + at) as u32, tokens: range, free, last }
        })
        .collect()
}

impl Work<'_> {
    /// Makes `quoted` content of the attribution number `owner`.
    pub(crate) fn give(&mut self, quoted: &Quoted, owner: u32) {
        let span = self.span_of(quoted);
        self.owner[quoted.number as usize] = Some(owner);
        if let Some(attribution) = self.found.get_mut(owner as usize) {
            let at = attribution.content.partition_point(|part| part.start < span.start);
            attribution.content.insert(at, span);
        }
    }

    fn span_of(&self, quoted: &Quoted) -> ByteSpan {
        self.reader.quotations[quoted.number as usize].span
    }
}
