//! What of an affair is best attested: for the head of its page.

use serde::Serialize;

use crate::compare::{DifferenceRow, differences};
use crate::contents::Contents;
use crate::events::{MeetingRow, meetings};
use crate::filter::Filter;
use crate::statements::{QuoteRow, quotes};

/// The best attested lines of some reports. Each is told by two independent sources at least.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Highlights {
    /// The meeting of the most independent sources.
    pub meeting: Option<MeetingRow>,
    /// The utterance that the most outlets have.
    pub quote: Option<QuoteRow>,
    /// The difference on which the most passages rest.
    pub difference: Option<DifferenceRow>,
}

/// Returns the best attested meeting, the most repeated utterance, and the difference with the most passages. Of equals
/// the first is taken.
pub fn highlights(contents: &Contents, filter: &Filter) -> Highlights {
    let passages = |it: &DifferenceRow| it.values.iter().map(|of| of.citations.len()).sum::<usize>();
    Highlights {
        meeting: first_max(meetings(contents, filter), |it| it.sources).filter(|it| it.sources > 1),
        quote: first_max(quotes(contents, filter), |it| it.outlets).filter(|it| it.outlets > 1),
        difference: first_max(differences(contents, filter), passages),
    }
}

fn first_max<T>(rows: Vec<T>, of: impl Fn(&T) -> usize) -> Option<T> {
    // `max_by_key` takes the last of equals.
    rows.into_iter().rev().max_by_key(of)
}
