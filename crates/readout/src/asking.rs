//! What a client asks a list for, checked: one function for the API, for assistants and for the query of a page.

use std::collections::BTreeSet;

use readout_annotate::attribution::acts;
use readout_record::{
    ActorKind, AgreementStatus, Factuality, Kind, MeetingFormat, Mode, PloverCode, Stance, Tone,
};
use readout_store::Page;
use readout_views::{DueState, Filter, ListKind, NEGATED, Sorting, check_date};

use crate::{Error, Result};

/// The names of the parameters that ask for a page of a list.
pub const PAGING: [&str; 2] = ["limit", "cursor"];

/// The name of the parameter that sorts a list by a column.
pub const SORT: &str = "sort";

/// The names that the filter of a search may have.
pub const SEARCH: [&str; 6] = ["actor", "since", "until", "story", "outlet", "kind"];

/// The names that the filter of the file as a whole may have.
pub const OVERVIEW: [&str; 4] = ["actor", "since", "until", "outlet"];

/// Returns the names that the filter of the list `kind` may have. A field that the list ignores is not among them.
pub const fn takes(kind: ListKind) -> &'static [&'static str] {
    match kind {
        ListKind::Actors => &["actor", "since", "until", "story", "outlet", "kind", "text"],
        ListKind::Stories => &["actor", "since", "until", "story", "outlet", "issue", "text"],
        ListKind::Sources => &["actor", "since", "until", "story", "outlet", "kind", "issue", "text"],
        ListKind::Positions | ListKind::Issues => {
            &["actor", "since", "until", "story", "outlet", "kind", "issue", "text"]
        }
        ListKind::Agreements | ListKind::Commitments => {
            &["actor", "to", "since", "until", "story", "outlet", "kind", "issue", "text", "as_of"]
        }
        _ => &["actor", "to", "since", "until", "story", "outlet", "kind", "issue", "text"],
    }
}

/// Returns the values that `kind` may have in a filter: kinds of record, and the values by which a list parts its rows.
pub fn kinds() -> BTreeSet<&'static str> {
    let codes =
        PloverCode::ALL.iter().flat_map(|it| std::iter::once(it.as_str()).chain(it.modes().iter().copied()));
    Kind::ALL
        .iter()
        .map(|it| it.as_str())
        .chain(codes)
        .chain(MeetingFormat::ALL.iter().map(|it| it.as_str()))
        .chain(Factuality::ALL.iter().map(|it| it.as_str()))
        .chain(Mode::ALL.iter().map(|it| it.as_str()))
        .chain(Tone::ALL.iter().map(|it| it.as_str()))
        .chain(Stance::ALL.iter().map(|it| it.as_str()))
        .chain(AgreementStatus::ALL.iter().map(|it| it.as_str()))
        .chain(ActorKind::ALL.iter().map(|it| it.as_str()))
        .chain(DueState::ALL.iter().map(|it| it.as_str()))
        .chain(acts())
        .chain([NEGATED])
        .collect()
}

/// Returns the values that `kind` may have in the filter of a list. They are sorted.
pub fn kinds_of(list: ListKind) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let events = || {
        let codes = PloverCode::ALL
            .iter()
            .flat_map(|it| std::iter::once(it.as_str()).chain(it.modes().iter().copied()));
        let states = Factuality::ALL.iter().map(|it| it.as_str());
        codes.chain(states).chain(["event", "meeting", "incident"])
    };
    let formats = || MeetingFormat::ALL.iter().map(|it| it.as_str()).chain(["meeting"]);
    let manners = || Mode::ALL.iter().map(|it| it.as_str()).chain(acts()).chain(["statement", NEGATED]);
    let statuses = || AgreementStatus::ALL.iter().map(|it| it.as_str()).chain(["agreement"]);
    let dues = || DueState::ALL.iter().map(|it| it.as_str()).chain(["commitment"]);
    match list {
        ListKind::Statements | ListKind::Quotes => found.extend(manners()),
        ListKind::Events => found.extend(events().chain(formats())),
        ListKind::Meetings => {
            found.extend(formats().chain(Factuality::ALL.iter().map(|it| it.as_str())).chain(["CONSULT"]));
        }
        ListKind::Timeline => {
            found.extend(events().chain(formats()).chain(manners()).chain(["agreement", "commitment"]));
        }
        ListKind::Agreements => found.extend(statuses()),
        ListKind::Commitments => found.extend(dues()),
        ListKind::Conditions => found.extend(Tone::ALL.iter().map(|it| it.as_str()).chain(["condition"])),
        ListKind::Positions | ListKind::Issues => {
            found.extend(Stance::ALL.iter().map(|it| it.as_str()).chain(["position"]));
        }
        ListKind::Actors => found.extend(ActorKind::ALL.iter().map(|it| it.as_str()).chain(["actor"])),
        ListKind::Sources => found.extend(Kind::passages().map(Kind::as_str).chain(["document"])),
        ListKind::Differences | ListKind::Compare => {
            found.extend(events().chain(formats()).chain(manners()).chain(statuses()));
        }
        ListKind::Stories => {}
    }
    found
}

/// Checks that the kinds of a filter are some that the list has. Upper and lower case are the same.
///
/// # Errors
/// [`Error::Question`] at the first that is none: says what is allowed.
pub fn check_kinds_of(list: ListKind, asked: &[String]) -> Result<()> {
    check_among(&kinds_of(list), asked)
}

/// Checks that the kinds of a filter are some that there are. Upper and lower case are the same.
///
/// # Errors
/// As [`check_kinds_of`].
pub(crate) fn check_kinds(asked: &[String]) -> Result<()> {
    check_among(&kinds(), asked)
}

fn check_among(known: &BTreeSet<&'static str>, asked: &[String]) -> Result<()> {
    let is_known = |asked: &str| known.iter().any(|kind| kind.eq_ignore_ascii_case(asked));
    let Some(wrong) = asked.iter().find(|it| !is_known(it)) else { return Ok(()) };
    let known = known.iter().copied().collect::<Vec<_>>().join(", ");
    Err(Error::Question { message: format!("kind is to be one of {known}, not {wrong}") })
}

/// The rows of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rowing {
    /// The number of rows if the client gives no `limit`.
    pub usual: usize,
    /// The most rows that a client may ask for.
    pub most: usize,
}

/// A client's request, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// The filter for the rows.
    pub filter: Filter,
    /// The words of a search, `q`; empty for none.
    pub words: String,
    /// The page of the rows.
    pub page: Page,
    /// The order of the rows; `None` for that of the list.
    pub sort: Option<Sorting>,
}

/// Reads names and values as they stand in an address or in an assistant's arguments. `takes` are the names that may be
/// given; what is empty counts as not given.
///
/// # Errors
/// [`Error::Question`] for a name that is not taken, one that is given twice, or a value that is none of its kind: says
/// what is allowed.
pub fn asking<'p>(
    pairs: impl IntoIterator<Item = (&'p str, &'p str)>,
    takes: &[&str],
    rowing: Rowing,
) -> Result<Asking> {
    let page = Page::first(rowing.usual);
    let mut asking = Asking { filter: Filter::default(), words: String::new(), page, sort: None };
    let Asking { filter, words, page, sort } = &mut asking;
    let mut given: Vec<&str> = Vec::new();
    for (name, value) in pairs {
        if !takes.contains(&name) {
            let message = match takes {
                [] => format!("{name} is no parameter here: this takes none"),
                _ => format!("{name} is no parameter here; this takes {}", takes.join(", ")),
            };
            return Err(Error::Question { message });
        }
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        let wrong = |allowed: &str| {
            let message = format!("{name} is to be {allowed}, not {value}");
            Err(Error::Question { message })
        };
        match name {
            "actor" => filter.actor.push(value.to_owned()),
            "to" => filter.to.push(value.to_owned()),
            "outlet" => filter.outlet.push(value.to_owned()),
            "kind" => filter.kind.push(value.to_owned()),
            // Of a network and of reports side by side, and known there.
            "tie" | "report" => {}
            // Of what is new, where it may be the number of an operation, and known there: a filter has its end too.
            "since" if !takes.contains(&"until") => {}
            _ if given.contains(&name) => {
                let message = format!("{name} is given twice; it takes one value");
                return Err(Error::Question { message });
            }
            "since" | "until" | "as_of" if check_date(value).is_err() => {
                return wrong("a day, month or year like 2015-11-16");
            }
            "since" => filter.since = Some(value.to_owned()),
            "until" => filter.until = Some(value.to_owned()),
            "as_of" => filter.as_of = Some(value.to_owned()),
            "story" => filter.story = Some(value.to_owned()),
            "issue" => filter.issue = Some(value.to_owned()),
            "text" => filter.text = Some(value.to_owned()),
            "q" => value.clone_into(words),
            "sort" => match Sorting::parse(value) {
                Some(order) => *sort = Some(order),
                None => return wrong("a column of the list, as day, or -day for the last first"),
            },
            "limit" => match value.parse::<usize>() {
                Ok(limit) if (1..=rowing.most).contains(&limit) => page.limit = limit,
                _ => return wrong(&format!("a whole number from 1 to {}", rowing.most)),
            },
            "cursor" | "after" => match value.parse::<u32>() {
                Ok(from) if value.bytes().all(|it| it.is_ascii_digit()) => {
                    page.after = Some(from.to_string());
                }
                _ => return wrong("next of an answer before"),
            },
            // What a page alone knows what to do with.
            _ => {}
        }
        given.push(name);
    }
    Ok(asking)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWING: Rowing = Rowing { usual: 50, most: 200 };

    fn told(pairs: &[(&str, &str)]) -> String {
        let takes: Vec<&str> = takes(ListKind::Commitments).iter().copied().chain(PAGING).collect();
        match asking(pairs.iter().copied(), &takes, ROWING) {
            Ok(_) => String::new(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn what_is_asked_for_is_read() {
        let takes = ["actor", "since", "until", "q", "limit", "cursor"];
        let pairs = [
            ("actor", "Ann Lee"),
            ("actor", "Bo Berg"),
            ("since", " 2015-11 "),
            ("q", "\"safe zone\""),
            ("limit", "7"),
            ("cursor", "14"),
        ];
        let asked = asking(pairs, &takes, ROWING).unwrap();
        assert_eq!(asked.filter.actor, ["Ann Lee", "Bo Berg"]);
        assert_eq!(asked.filter.since.as_deref(), Some("2015-11"));
        assert_eq!((asked.words.as_str(), asked.page.limit, asked.page.from()), ("\"safe zone\"", 7, 14));
        let nothing = asking([("since", ""), ("limit", " ")], &takes, ROWING).unwrap();
        assert_eq!((nothing.filter, nothing.page), (Filter::default(), Page::first(50)));
        let moment = asking([("since", "#12")], &["since"], ROWING).unwrap();
        assert_eq!(moment.filter, Filter::default(), "what is new reads its moment itself");
    }

    #[test]
    fn nonsense_is_an_error_that_says_what_is_allowed() {
        for limit in ["abc", "0", "-1", "9999", "1.5", "+3x", "0x10"] {
            assert_eq!(
                told(&[("limit", limit)]),
                format!("limit is to be a whole number from 1 to 200, not {limit}")
            );
        }
        for day in ["yesterday", "9999-99-99", "2015-02-30", "16.11.2015"] {
            for name in ["since", "until", "as_of"] {
                let said = told(&[(name, day)]);
                assert!(said.contains("like 2015-11-16") && said.contains(day), "{said}");
            }
        }
        for cursor in ["'", "x", "-1", "1~2", "99999999999999999999"] {
            assert!(told(&[("cursor", cursor)]).contains("next of an answer before"), "{cursor}");
        }
        let said = told(&[("speakr", "Ann Lee")]);
        assert!(said.starts_with("speakr is no parameter here; this takes actor, to,"), "{said}");
        assert!(told(&[("story", "a"), ("story", "b")]).contains("twice"));
        let sorted =
            |by: &str| asking([("sort", by)], &[SORT], ROWING).map(|it| it.sort.map(|it| it.falling));
        assert_eq!((sorted("day").unwrap(), sorted("-day").unwrap()), (Some(false), Some(true)));
        assert!(sorted("colour").is_err());
        assert_eq!(told(&[("text", "a"), ("limit", "200"), ("cursor", "0")]), "");
    }

    #[test]
    fn a_kind_is_one_that_there_is() {
        let check = |kind: &str| check_kinds(&[kind.to_owned()]).map_err(|error| error.to_string());
        for kind in ["meeting", "CONSULT", "consult", "visit", "deny", "negated", "overdue", "person", "call"]
        {
            assert_eq!(check(kind), Ok(()), "{kind}");
        }
        let told = check("CONSLUT").unwrap_err();
        assert!(told.starts_with("kind is to be one of ACCUSE, AGREE, "), "{told}");
        assert!(told.contains(" deny,") && told.ends_with(", not CONSLUT"), "{told}");
    }
}
