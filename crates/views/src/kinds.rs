//! The lists by name: one table for the command line, the pages, the API and assistants, so that all give the same
//! rows.

use serde::Serialize;

use crate::{Contents, Filter};

/// Rows of one kind of list.
pub trait Row: Serialize + Clone {
    /// The kind of list that the rows make.
    const KIND: ListKind;

    /// Returns the list of `contents` under `filter`.
    fn list(contents: &Contents, filter: &Filter) -> Vec<Self>;

    /// Returns the rows if they are of this kind, else an empty list.
    fn of(rows: Rows) -> Vec<Self>;
}

macro_rules! kinds {
    ($($name:literal, $title:literal, $kind:ident, $row:ident, $make:expr;)*) => {
        /// A kind of list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "each is told by its title")]
        pub enum ListKind {
            $($kind,)*
        }

        impl ListKind {
            /// All kinds, in the order in which a page shows them.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$kind),*];

            /// Returns the kind with this name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|it| it.name() == name)
            }

            /// Returns the name in addresses and answers.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)*
                }
            }

            /// Returns the heading that people read.
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$kind => $title,)*
                }
            }
        }

        /// Rows of a list of any kind.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(untagged)]
        #[allow(missing_docs, reason = "each is told by its kind")]
        pub enum Rows {
            $($kind(Vec<crate::$row>),)*
        }

        impl Rows {
            /// Makes the list `kind` of `contents` under `filter`.
            pub fn list(kind: ListKind, contents: &Contents, filter: &Filter) -> Self {
                match kind {
                    $(ListKind::$kind => Self::$kind(<crate::$row as Row>::list(contents, filter)),)*
                }
            }

            /// Returns the kind of list that the rows make.
            pub const fn kind(&self) -> ListKind {
                match self {
                    $(Self::$kind(_) => ListKind::$kind,)*
                }
            }

            /// Returns the number of rows.
            pub fn len(&self) -> usize {
                match self {
                    $(Self::$kind(rows) => rows.len(),)*
                }
            }

            /// Returns at most `most` rows from number `from` on, counted from 0.
            #[must_use]
            pub fn part(&self, from: usize, most: usize) -> Self {
                match self {
                    $(Self::$kind(rows) => Self::$kind(rows.iter().skip(from).take(most).cloned().collect()),)*
                }
            }

            /// Returns the last `most` rows, the last first.
            #[must_use]
            pub fn last(&self, most: usize) -> Self {
                match self {
                    $(Self::$kind(rows) => Self::$kind(rows.iter().rev().take(most).cloned().collect()),)*
                }
            }
        }

        $(impl Row for crate::$row {
            const KIND: ListKind = ListKind::$kind;

            fn list(contents: &Contents, filter: &Filter) -> Vec<Self> {
                $make(contents, filter)
            }

            fn of(rows: Rows) -> Vec<Self> {
                match rows {
                    Rows::$kind(rows) => rows,
                    _ => Vec::new(),
                }
            }
        })*
    };
}

kinds! {
    "timeline", "What happened", Timeline, TimelineRow, crate::timeline;
    "meetings", "Who met", Meetings, MeetingRow, crate::meetings;
    "quotes", "What was said", Quotes, QuoteRow, crate::quotes;
    "statements", "Statements", Statements, StatementRow, crate::statements;
    "agreements", "What was agreed", Agreements, AgreementRow, crate::agreements;
    "commitments", "What is to be done", Commitments, CommitmentRow, crate::commitments;
    "conditions", "On what condition", Conditions, ConditionRow, crate::conditions;
    "issues", "Who stands where", Issues, IssueRow, |contents: &_, filter: &_| crate::issues(contents, filter, None);
    "positions", "Positions", Positions, PositionRow, crate::positions;
    "events", "Events", Events, EventRow, crate::events;
    "differences", "Where reports differ", Differences, DifferenceRow, crate::differences;
    "compare", "Outlets compared", Compare, CompareRow, crate::compare;
    "actors", "Who is spoken of", Actors, ActorRow, crate::actors;
    "stories", "Stories", Stories, StoryRow, crate::stories;
    "sources", "Reports", Sources, SourceRow, crate::sources;
}

impl Rows {
    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
