//! The views by name: one list for the pages and the API, so that both tell the same.

use readout::views::{self, Contents, Filter};
use serde::Serialize;

macro_rules! rows {
    ($($name:literal, $title:literal, $variant:ident, $row:ident, $make:expr;)*) => {
        /// The lines of one view.
        #[derive(Clone, Debug, Serialize)]
        #[serde(untagged)]
        pub(crate) enum Rows {
            $(#[allow(missing_docs)] $variant(Vec<views::$row>),)*
        }

        impl Rows {
            /// The lines of the view `name` of `contents`; `None` for no view.
            pub(crate) fn of(name: &str, contents: &Contents, filter: &Filter) -> Option<Self> {
                Some(match name {
                    $($name => Self::$variant($make(contents, filter)),)*
                    _ => return None,
                })
            }

            /// How many there are.
            pub(crate) fn len(&self) -> usize {
                match self {
                    $(Self::$variant(rows) => rows.len(),)*
                }
            }

            /// Those from number `from` on, at most `most`.
            pub(crate) fn part(self, from: usize, most: usize) -> Self {
                match self {
                    $(Self::$variant(rows) => Self::$variant(rows.into_iter().skip(from).take(most).collect()),)*
                }
            }
        }

        /// The views, each with what it is called.
        pub(crate) const VIEWS: [(&str, &str); [$($name),*].len()] = [$(($name, $title)),*];
    };
}

rows! {
    "timeline", "What happened", Timeline, TimelineRow, views::timeline;
    "meetings", "Who met", Meetings, MeetingRow, views::meetings;
    "quotes", "What was said", Quotes, QuoteRow, views::quotes;
    "statements", "Statements", Statements, StatementRow, views::statements;
    "agreements", "What was agreed", Agreements, AgreementRow, views::agreements;
    "commitments", "What is to be done", Commitments, CommitmentRow, views::commitments;
    "conditions", "On what condition", Conditions, ConditionRow, views::conditions;
    "issues", "Who stands where", Issues, IssueRow, |contents: &_, filter: &_| views::issues(contents, filter, None);
    "positions", "Positions", Positions, PositionRow, views::positions;
    "events", "Events", Events, EventRow, views::events;
    "differences", "Where reports differ", Differences, DifferenceRow, views::differences;
    "compare", "Outlets compared", Compare, CompareRow, views::compare;
    "actors", "Who is spoken of", Actors, ActorRow, views::actors;
    "sources", "Reports", Sources, SourceRow, views::sources;
}

/// What the view `name` is called.
pub(crate) fn title(name: &str) -> &'static str {
    VIEWS.iter().find(|(it, _)| *it == name).map_or("", |(_, title)| title)
}
