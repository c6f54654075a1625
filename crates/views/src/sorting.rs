//! Lists sorted by one of their columns.

use std::cmp::Ordering;

use readout_record::Time;

use crate::kinds::{ListKind, Rows};
use crate::{
    ActorName, ActorRow, AgreementRow, Citation, CommitmentRow, CompareRow, ConditionRow, DifferenceRow,
    EventRow, IssueRow, MeetingRow, PositionRow, QuoteRow, SourceRow, StatementRow, StoryRow, TimelineRow,
};

macro_rules! columns {
    ($($column:ident, $name:literal, $title:literal;)*) => {
        /// A column by which a list is sorted.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each is told by its title")]
        pub enum SortColumn {
            $($column,)*
        }

        impl SortColumn {
            /// Returns the column with this name.
            pub fn named(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$column),)*
                    _ => None,
                }
            }

            /// Returns the name in addresses.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$column => $name,)*
                }
            }

            /// Returns the heading that people read.
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$column => $title,)*
                }
            }
        }
    };
}

columns! {
    Day, "day", "Day";
    Published, "published", "Published";
    Who, "who", "Who";
    What, "what", "What";
    Outlet, "outlet", "Outlet";
    Sources, "sources", "Sources";
    Killed, "killed", "Killed";
    Name, "name", "Name";
    Kind, "kind", "Kind";
    Status, "status", "Status";
    Due, "due", "Due";
    Issue, "issue", "Issue";
    Agreement, "agreement", "Agreement";
    Parties, "parties", "Parties";
    Stance, "stance", "Stance";
    Title, "title", "Headline";
    Reports, "reports", "Reports";
    Outlets, "outlets", "Outlets";
    Statements, "statements", "Statements";
    Records, "records", "Records";
}

impl SortColumn {
    /// Whether the column counts something.
    pub const fn is_number(self) -> bool {
        matches!(
            self,
            Self::Sources
                | Self::Killed
                | Self::Parties
                | Self::Reports
                | Self::Outlets
                | Self::Statements
                | Self::Records
        )
    }
}

/// An order of a list: the column, and whether the last or largest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sorting {
    /// The column.
    pub column: SortColumn,
    /// True if the last or largest comes first.
    pub falling: bool,
}

impl Sorting {
    /// Reads `day`, or `-day` for the last first; `None` if there is no such column.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, falling) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
        SortColumn::named(name).map(|column| Self { column, falling })
    }
}

impl ListKind {
    /// Returns the columns by which the list can be sorted.
    pub const fn columns(self) -> &'static [SortColumn] {
        use SortColumn::*;
        match self {
            Self::Events => &[Day, Published, Who, Sources, Killed],
            Self::Timeline | Self::Meetings => &[Day, Published, Who, Sources],
            Self::Quotes => &[Published, Who, Outlets],
            Self::Statements => &[Published, Who, Outlet],
            Self::Agreements => &[Name, Status, Published],
            Self::Commitments => &[Due, Who, Published],
            Self::Conditions => &[Published, Who, Kind],
            Self::Issues => &[Agreement, Parties, Issue],
            Self::Positions => &[Issue, Who, Stance, Day],
            Self::Differences | Self::Compare => &[What, Kind],
            Self::Actors => &[Name, Kind, Reports, Statements],
            Self::Stories => &[Day, Title, Reports, Outlets],
            Self::Sources => &[Published, Outlet, Title, Records],
        }
    }
}

/// The value of a row in a column. What is not known comes last in either order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Text(String),
    Number(usize),
    Unknown,
}

impl Key {
    fn of(text: Option<&str>) -> Self {
        match text.map(str::trim) {
            Some(text) if !text.is_empty() => Self::Text(text.to_lowercase()),
            _ => Self::Unknown,
        }
    }

    fn who(actors: &[ActorName]) -> Self {
        Self::of(actors.first().map(|it| it.name.as_str()))
    }

    fn order(&self, other: &Self, falling: bool) -> Ordering {
        let is_unknown = |it: &Self| *it == Self::Unknown;
        let known = is_unknown(self).cmp(&is_unknown(other));
        known.then_with(|| if falling { other.cmp(self) } else { self.cmp(other) })
    }
}

/// Returns the key of a passage in the columns that every passage has.
fn of_passage(citation: &Citation, column: SortColumn) -> Key {
    match column {
        SortColumn::Published => Key::of(citation.published.as_deref()),
        SortColumn::Outlet => Key::of(citation.outlet.as_deref()),
        _ => Key::Unknown,
    }
}

fn day(day: Option<&str>, time: Option<&Time>) -> Key {
    Key::of(day.or_else(|| time.and_then(|it| it.from.as_deref())))
}

/// Returns the least number of dead, or the most where only that is known.
fn killed(it: &EventRow) -> Key {
    let dead = it.killed.and_then(|it| it.least.or(it.most));
    dead.map_or(Key::Unknown, |it| Key::Number(it as usize))
}

/// A row that has keys.
trait Keyed {
    fn key(&self, column: SortColumn) -> Key;
}

macro_rules! keyed {
    ($($row:ident, |$it:ident, $column:ident| { $($pattern:pat => $key:expr,)* } else $otherwise:expr;)*) => {
        $(impl Keyed for $row {
            fn key(&self, $column: SortColumn) -> Key {
                let $it = self;
                match $column {
                    $($pattern => $key,)*
                    _ => $otherwise,
                }
            }
        })*
    };
}

keyed! {
    TimelineRow, |it, column| {
        SortColumn::Day => day(it.day.as_deref(), it.time.as_ref()),
        SortColumn::Who => Key::who(&it.who),
        SortColumn::Sources => Key::Number(it.sources),
    } else of_passage(&it.citation, column);
    EventRow, |it, column| {
        SortColumn::Day => day(it.day.as_deref(), it.time.as_ref()),
        SortColumn::Who => Key::who(&it.actor),
        SortColumn::Sources => Key::Number(it.sources),
        SortColumn::Killed => killed(it),
    } else of_passage(&it.citation, column);
    MeetingRow, |it, column| {
        SortColumn::Day => day(it.day.as_deref(), it.time.as_ref()),
        SortColumn::Who => Key::who(&it.participants),
        SortColumn::Sources => Key::Number(it.sources),
    } else of_passage(&it.citation, column);
    StatementRow, |it, column| {
        SortColumn::Who => Key::who(&it.speaker),
    } else of_passage(&it.citation, column);
    QuoteRow, |it, column| {
        SortColumn::Outlets => Key::Number(it.outlets),
    } else it.best.key(column);
    AgreementRow, |it, column| {
        SortColumn::Name => Key::of(Some(&it.name)),
        SortColumn::Status => Key::of(it.status.map(|it| it.as_str())),
    } else of_passage(&it.citation, column);
    CommitmentRow, |it, column| {
        SortColumn::Due => Key::of(it.due.as_deref()),
        SortColumn::Who => Key::who(&it.debtor),
    } else of_passage(&it.citation, column);
    ConditionRow, |it, column| {
        SortColumn::Who => Key::who(&it.by),
        SortColumn::Kind => Key::of(Some(it.tone.as_str())),
    } else of_passage(&it.citation, column);
    IssueRow, |it, column| {
        SortColumn::Issue => Key::of(Some(&it.issue)),
        // From those on which actors stand apart to those on which they agree.
        SortColumn::Agreement => Key::Number(it.relation as usize),
        SortColumn::Parties => Key::Number(it.cells.len()),
    } else Key::Unknown;
    PositionRow, |it, column| {
        SortColumn::Issue => Key::of(Some(&it.issue)),
        SortColumn::Who => Key::of(Some(&it.actor.name)),
        SortColumn::Stance => Key::of(Some(it.stance.as_str())),
        SortColumn::Day => Key::of(it.since.as_deref()),
    } else of_passage(&it.citation, column);
    DifferenceRow, |it, column| {
        SortColumn::What => Key::of(Some(&it.title)),
        SortColumn::Kind => Key::of(Some(&it.field)),
    } else Key::Unknown;
    CompareRow, |it, column| {
        SortColumn::What => Key::of(Some(&it.title)),
        SortColumn::Kind => Key::of(Some(it.kind)),
    } else Key::Unknown;
    ActorRow, |it, column| {
        SortColumn::Name => Key::of(Some(&it.name)),
        SortColumn::Kind => Key::of(Some(it.actor_kind.as_str())),
        SortColumn::Reports => Key::Number(it.reports),
        SortColumn::Statements => it.statements.map_or(Key::Unknown, Key::Number),
    } else Key::Unknown;
    StoryRow, |it, column| {
        SortColumn::Day => Key::of(it.from.as_deref()),
        SortColumn::Title => Key::of(Some(&it.title)),
        SortColumn::Reports => Key::Number(it.documents.len()),
        SortColumn::Outlets => Key::Number(it.outlets.len()),
    } else Key::Unknown;
    SourceRow, |it, column| {
        SortColumn::Published => Key::of(it.published.as_deref()),
        SortColumn::Outlet => Key::of(it.outlet.as_deref()),
        SortColumn::Title => Key::of(it.title.as_deref()),
        SortColumn::Records => Key::Number(it.records),
    } else Key::Unknown;
}

/// Returns at most `most` rows from number `from` on of the sorted rows. Equal rows keep their order.
fn part<R: Keyed + Clone>(rows: &[R], by: Sorting, from: usize, most: usize) -> Vec<R> {
    let mut keyed: Vec<(Key, &R)> = rows.iter().map(|it| (it.key(by.column), it)).collect();
    keyed.sort_by(|(a, _), (b, _)| a.order(b, by.falling));
    keyed.into_iter().skip(from).take(most).map(|(_, it)| it.clone()).collect()
}

impl Rows {
    /// Returns at most `most` rows from number `from` on, counted from 0, of the rows sorted by a column.
    #[must_use]
    pub fn sorted_part(&self, by: Sorting, from: usize, most: usize) -> Self {
        macro_rules! each {
            ($($kind:ident)*) => {
                match self {
                    $(Self::$kind(rows) => Self::$kind(part(rows, by, from, most)),)*
                }
            };
        }
        each!(Timeline Meetings Quotes Statements Agreements Commitments Conditions Issues Positions Events Differences Compare Actors Stories Sources)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_by_a_column_and_the_unknown_comes_last() {
        let source = |outlet: Option<&str>, records: usize| SourceRow {
            outlet: outlet.map(str::to_owned),
            records,
            ..SourceRow::default()
        };
        let rows = Rows::Sources(vec![source(Some("b"), 2), source(None, 10), source(Some("A"), 9)]);
        let sorted = |by: &str| match rows.sorted_part(Sorting::parse(by).unwrap(), 0, 9) {
            Rows::Sources(rows) => rows.into_iter().map(|it| it.records).collect::<Vec<_>>(),
            _ => Vec::new(),
        };
        assert_eq!(sorted("outlet"), [9, 2, 10]);
        assert_eq!(sorted("-outlet"), [2, 9, 10]);
        assert_eq!(sorted("-records"), [10, 9, 2]);
        assert!(Sorting::parse("colour").is_none());
        for kind in ListKind::ALL {
            assert!(kind.columns().iter().all(|it| SortColumn::named(it.name()) == Some(*it)));
        }
    }
}
