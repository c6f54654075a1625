//! The rows of a list with the greatest weight.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use readout_record::{ActorId, AgreementStatus, Factuality, Time};

use crate::affair::{Affair, Told};
use crate::cite::{ActorName, Citation};
use crate::contents::Contents;
use crate::filter::Filter;
use crate::kinds::Rows;
use crate::selection::Selection;

impl Rows {
    /// Returns the `most` rows with the greatest weight, in the order of the list: those that a page on these `contents`
    /// shows. Lists that are sorted by what matters, as the actors, give their first rows.
    #[must_use]
    pub fn weightiest(&self, contents: &Contents, filter: &Filter, most: usize) -> Self {
        if self.len() <= most {
            return self.clone();
        }
        let selection = Selection::new(contents, filter);
        let scale = Scale { affair: Affair::new(&selection), selection };
        match self {
            Self::Timeline(rows) => Self::Timeline(best(rows, most, |it| {
                scale.weigh(&it.citation, &it.also, &it.who, it.factuality, it.time.as_ref())
            })),
            Self::Events(rows) => Self::Events(best(rows, most, |it| {
                scale.weigh(&it.citation, &it.also, &it.actor, it.factuality, it.time.as_ref())
            })),
            Self::Meetings(rows) => Self::Meetings(best(rows, most, |it| {
                scale.weigh(&it.citation, &it.also, &it.participants, it.factuality, it.time.as_ref())
            })),
            Self::Quotes(rows) => Self::Quotes(best(rows, most, |it| {
                let wordings: Vec<Citation> = it.wordings.iter().map(|it| it.citation.clone()).collect();
                let time = it.best.time.as_ref();
                scale.weigh(&it.best.citation, &wordings, &it.best.speaker, Factuality::Happened, time)
            })),
            Self::Statements(rows) => Self::Statements(best(rows, most, |it| {
                scale.weigh(&it.citation, &[], &it.speaker, Factuality::Happened, it.time.as_ref())
            })),
            Self::Agreements(rows) => Self::Agreements(best(rows, most, |it| {
                let open = it.status.is_none_or(|status| status <= AgreementStatus::UnderNegotiation);
                let done = if open { Factuality::Planned } else { Factuality::Happened };
                let time = it.history.last().and_then(|step| step.time.as_ref());
                scale.weigh(&it.citation, &it.also, &it.parties, done, time)
            })),
            Self::Commitments(rows) => Self::Commitments(best(rows, most, |it| {
                scale.weigh(&it.citation, &[], &it.debtor, Factuality::Planned, None)
            })),
            Self::Conditions(rows) => Self::Conditions(best(rows, most, |it| {
                scale.weigh(&it.citation, &[], &it.by, Factuality::Conditional, None)
            })),
            Self::Positions(rows) => Self::Positions(best(rows, most, |it| {
                let actor = std::slice::from_ref(&it.actor);
                scale.weigh(&it.citation, &it.also, actor, Factuality::Planned, None)
            })),
            Self::Issues(_)
            | Self::Differences(_)
            | Self::Compare(_)
            | Self::Actors(_)
            | Self::Stories(_)
            | Self::Sources(_) => self.part(0, most),
        }
    }
}

struct Scale<'c> {
    selection: Selection<'c>,
    affair: Affair,
}

impl Scale<'_> {
    /// Returns the weight of the weightiest passage of a row. What lies before the affair weighs half.
    fn weigh(
        &self,
        first: &Citation,
        others: &[Citation],
        actors: &[ActorName],
        factuality: Factuality,
        time: Option<&Time>,
    ) -> usize {
        let actors: Vec<ActorId> = actors.iter().map(|it| it.id.clone()).collect();
        let all = || std::iter::once(first).chain(others);
        let origins: BTreeSet<String> = all().map(|it| self.selection.origin(&it.doc)).collect();
        let weight = all()
            .map(|it| {
                let told = Told {
                    doc: &it.doc,
                    spans: &it.spans,
                    actors: &actors,
                    origins: origins.len(),
                    factuality,
                    time,
                };
                self.affair.weight(&self.selection, told)
            })
            .max();
        let stale = self.affair.is_stale(time, &first.text, factuality == Factuality::Happened);
        weight.unwrap_or(0) / if stale { 2 } else { 1 }
    }
}

/// Returns the `most` rows with the greatest weight, the first of equals, in their order.
fn best<T: Clone>(rows: &[T], most: usize, weight: impl Fn(&T) -> usize) -> Vec<T> {
    let mut order: Vec<(Reverse<usize>, usize)> =
        rows.iter().enumerate().map(|(at, it)| (Reverse(weight(it)), at)).collect();
    order.sort_unstable();
    let mut kept: Vec<usize> = order.into_iter().take(most).map(|(_, at)| at).collect();
    kept.sort_unstable();
    kept.into_iter().filter_map(|at| rows.get(at).cloned()).collect()
}
