use readout_lexicon::Row;
use readout_record::ids::slug;
use readout_record::{ActorId, ActorKind, Sector};

/// Somebody or something known by a name of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The id under which records speak of it.
    pub id: ActorId,
    /// The name under which records show it.
    pub name: String,
    /// Other names and spellings.
    pub aliases: Vec<String>,
    /// The short name of a person.
    pub short: Option<String>,
    /// The kind of actor.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-3 of the state that it is, belongs to, acts for or lies in.
    pub state: Option<String>,
    /// PLOVER sector.
    pub sector: Option<Sector>,
    /// The gender of a person.
    pub gender: Option<Gender>,
    /// States that are its members, ISO 3166-1 alpha-3.
    pub members: Vec<String>,
    /// ISO 3166-1 alpha-3 of the state with which a group of states deals: its short names count in a report on that state.
    pub about: Option<String>,
    /// Offices of a person, oldest first.
    pub terms: Vec<Term>,
    /// Latitude and longitude in degrees, north and east positive.
    pub position: Option<(f32, f32)>,
    /// True if the name is of a people or faith (`Kurds`), which is nobody in particular.
    pub people: bool,
    /// Internet domain of an outlet.
    pub domain: Option<String>,
    /// The owner of an outlet.
    pub owner: Option<String>,
    /// Inhabitants of a city, in thousands.
    pub population: u32,
    /// The row of a table that gives the entry; see [`crate::Knowledge::origin`].
    pub origin: Origin,
}

/// The row of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Number of the file among those that were read.
    pub(crate) file: u16,
    /// The line, from 1.
    pub(crate) line: u32,
}

/// The gender of the pronouns for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    /// `he`
    Male,
    /// `she`
    Female,
}

/// A person's time in an office.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// Key of the office, as `foreign-minister`.
    pub office: String,
    /// ISO 3166-1 alpha-3 of its state, or the id of its organisation (`org:un`).
    pub of: String,
    /// First day, month or year, ISO 8601.
    pub from: String,
    /// Last day, month or year; empty while it lasts.
    pub to: String,
}

impl Term {
    /// Whether the term covers `date` (ISO 8601), counting its first and last day, month or year.
    pub fn covers(&self, date: &str) -> bool {
        let day = date.get(..10).unwrap_or(date);
        let begun = day >= self.from.as_str();
        let over = !self.to.is_empty() && day > self.to.as_str() && !day.starts_with(&self.to);
        begun && !over
    }
}

impl Entry {
    /// Returns the office that the person held on `date`, its latest one.
    pub fn term_on(&self, date: &str) -> Option<&Term> {
        self.terms.iter().rev().find(|term| term.covers(date))
    }

    /// Whether the person held `office` of `of` at any time.
    pub fn held(&self, office: &str, of: &str) -> bool {
        self.terms.iter().any(|term| term.office == office && term.of == of)
    }
}

/// Returns the PLOVER sector of a row.
pub(crate) fn sector(row: &Row<'_>) -> Option<Sector> {
    Sector::from_name(row.get("sector"))
}

/// Reads `m` or `f`.
pub(crate) fn gender(cell: &str) -> Option<Gender> {
    match cell {
        "m" => Some(Gender::Male),
        "f" => Some(Gender::Female),
        _ => None,
    }
}

/// Returns the entry that a row of the table `table` gives; `None` for tables of words.
pub(crate) fn read(table: &str, row: &Row<'_>) -> Option<Entry> {
    let name = row.get("name").to_owned();
    let optional = |column: &str| Some(row.get(column)).filter(|cell| !cell.is_empty()).map(str::to_owned);
    let names = |column: &str| row.list(column).map(str::to_owned).collect::<Vec<_>>();
    let position = || Some((row.get("latitude").parse().ok()?, row.get("longitude").parse().ok()?));
    let base =
        Entry { name: name.clone(), state: optional("state"), sector: sector(row), ..Entry::default() };
    Some(match table {
        "states.tsv" => Entry {
            id: ActorId::state(row.get("iso3")),
            aliases: names("aliases"),
            kind: ActorKind::State,
            state: optional("iso3"),
            ..base
        },
        "peoples.tsv" => Entry {
            id: format!("people:{}", slug(&name)).into(),
            kind: ActorKind::Unnamed,
            people: true,
            ..base
        },
        "organisations.tsv" => Entry {
            id: format!("org:{}", row.get("id")).into(),
            aliases: names("names"),
            kind: ActorKind::Organisation,
            members: row.get("members").split_whitespace().map(str::to_owned).collect(),
            about: Some(row.get("about").to_owned()).filter(|state| !state.is_empty()),
            ..base
        },
        "groups.tsv" => Entry {
            id: format!("group:{}", row.get("id")).into(),
            aliases: names("names"),
            kind: ActorKind::ArmedGroup,
            ..base
        },
        "outlets.tsv" => Entry {
            id: format!("outlet:{}", row.get("id")).into(),
            aliases: names("names"),
            kind: ActorKind::Outlet,
            sector: Some(Sector::Media),
            domain: optional("domain"),
            owner: optional("owner"),
            ..base
        },
        "regions.tsv" | "cities.tsv" => Entry {
            id: format!(
                "place:{}{}",
                slug(&name),
                optional("state").map(|state| format!("-{}", slug(&state))).unwrap_or_default()
            )
            .into(),
            aliases: names("names"),
            kind: ActorKind::Place,
            position: position(),
            population: row.get("population").parse().unwrap_or(0),
            ..base
        },
        "persons.tsv" => {
            let terms = row.list("offices").map(term).collect::<Vec<_>>();
            Entry {
                id: format!("person:{}", slug(&name)).into(),
                aliases: names("names"),
                short: match row.get("short") {
                    "" => name.split(' ').next_back().map(str::to_owned),
                    "-" => None,
                    short => Some(short.to_owned()),
                },
                kind: ActorKind::Person,
                gender: gender(row.get("gender")),
                sector: Some(sector(row).unwrap_or(Sector::Government)),
                terms,
                ..base
            }
        }
        _ => return None,
    })
}

/// Reads a term of office, such as `president USA 2009-01-20 2017-01-20`.
fn term(cell: &str) -> Term {
    let mut words = cell.split_whitespace().map(str::to_owned);
    let mut next = || words.next().filter(|word| word != "-").unwrap_or_default();
    Term { office: next(), of: next(), from: next(), to: next() }
}
