//! What the rows of all layouts are made of: acts that took place, their sides, days and places.

use std::collections::BTreeMap;

use readout_knowledge::Knowledge;
use readout_record::calendar::{date_of, day_number};
use readout_record::{Actor, ActorId, Document, Factuality, Happening, RecordId, Sector, ids};
use readout_text::Offsets;
use readout_views::sentence_ends;
use readout_views::when::day_of;

use crate::Tally;
use crate::act::Act;
use crate::codes::Codes;
use crate::site::Site;
use crate::source::{Place, Source};

/// What a layout has one row for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grain {
    /// A record of one report.
    Record,
    /// A pair of an actor and a recipient in a record of one report, both named.
    Pair,
    /// A pair in a happening, however many reports tell it; a side may be open.
    HappeningPair,
    /// A pair in a happening, as one report tells it.
    Mention,
    /// An incident, however many reports tell it.
    Incident,
}

/// One row before it is cells.
pub(super) struct Fact<'c> {
    /// The record that is told, the first that tells the happening.
    pub(super) act: Act<'c>,
    pub(super) place: Place<'c>,
    /// The actor of a pair; `None` where the row is of no pair, or the side is open.
    pub(super) actor: Option<&'c ActorId>,
    pub(super) recipient: Option<&'c ActorId>,
    pub(super) happening: Option<&'c Happening>,
    /// All records of the happening that are written.
    pub(super) members: Vec<Act<'c>>,
    /// The permanent id of the row.
    pub(super) id: RecordId,
}

/// What the day of a row is the day of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dated {
    /// The event.
    Day,
    /// The beginning of a time longer than a day.
    FirstDay,
    /// The report's publication.
    Publication,
}

/// The records with what layouts ask of them.
pub(super) struct Field<'c> {
    pub(super) source: &'c Source<'c>,
    pub(super) knowledge: &'c Knowledge,
    pub(super) codes: Codes,
    actors: BTreeMap<&'c str, &'c Actor>,
    happenings: BTreeMap<&'c str, &'c Happening>,
}

const NOT_DONE: &str = "events, meetings and incidents left out, since they did not take place: planned, possible, conditional, \
                        demanded, denied, cancelled or unclear";
const NO_SIDES: &str = "records left out, since nobody is named on one side";
const NO_DAY: &str = "rows without a day: neither the event nor its report tells one";
const OF_REPORT: &str = "rows with the day of publication, since the event's own time is not told";
const FIRST_DAY: &str = "rows with the first day of a longer time, since the event's own day is not told";
const NO_REPORT: &str = "records left out, since their report is not in the file";
const NO_INCIDENT: &str = "events and meetings left out: the layout is of incidents";

impl<'c> Field<'c> {
    pub(super) fn new(source: &'c Source<'c>, knowledge: &'c Knowledge) -> Self {
        let actors = source.contents.actors.iter().map(|it| (it.id.as_str(), it)).collect();
        let happenings = source.contents.happenings.iter().map(|it| (it.id.as_str(), it)).collect();
        Self { source, knowledge, codes: Codes::read(), actors, happenings }
    }

    /// Returns the rows, by day of publication, then in the order of the text, and what is left out.
    pub(super) fn facts(&self, grain: Grain) -> (Vec<Fact<'c>>, Tally) {
        let mut tally = Tally::default();
        let mut acts: Vec<Act<'c>> = Vec::new();
        for document in self.source.documents_with_records() {
            let mut of_report: Vec<Act<'c>> = self.source.records_of(document).filter_map(Act::of).collect();
            of_report.sort_by_key(|it| it.evidence().spans.first().map_or(0, |span| span.start));
            acts.extend(of_report);
        }
        if grain == Grain::Incident {
            let all = acts.len();
            acts.retain(|it| matches!(it, Act::Incident(_)));
            tally.add(NO_INCIDENT, all - acts.len());
        }
        let all = acts.len();
        acts.retain(|it| matches!(it.factuality(), Factuality::Happened | Factuality::Ongoing));
        tally.add(NOT_DONE, all - acts.len());
        let groups = match grain {
            Grain::Record | Grain::Pair => acts.into_iter().map(|it| vec![it]).collect(),
            Grain::HappeningPair | Grain::Mention | Grain::Incident => grouped(acts),
        };
        let mut facts = Vec::new();
        for group in groups {
            self.rows(grain, &group, &mut facts, &mut tally);
        }
        for fact in &facts {
            match self.dated(fact) {
                (None, _) => tally.add(NO_DAY, 1),
                (_, Dated::FirstDay) => tally.add(FIRST_DAY, 1),
                (_, Dated::Publication) => tally.add(OF_REPORT, 1),
                (_, Dated::Day) => {}
            }
        }
        (facts, tally)
    }

    /// Adds the rows of the records `group` of one happening.
    fn rows(&self, grain: Grain, group: &[Act<'c>], facts: &mut Vec<Fact<'c>>, tally: &mut Tally) {
        let Some(&first) = group.first() else { return };
        let happening = first.happening().and_then(|id| self.happenings.get(id.as_str()).copied());
        let base = match happening.filter(|_| !matches!(grain, Grain::Record | Grain::Pair)) {
            Some(it) => &it.id,
            None => &first.evidence().id,
        };
        let pairs = match grain {
            Grain::Record | Grain::Incident => vec![(None, None)],
            _ => pairs(first, grain == Grain::Pair),
        };
        tally.add(NO_SIDES, usize::from(pairs.is_empty()));
        let told: &[Act<'c>] = if grain == Grain::Mention { group } else { &group[..1] };
        for (actor, recipient) in pairs {
            let id = match (actor, recipient) {
                (None, None) => base.clone(),
                _ => {
                    let parts = [
                        base.as_str(),
                        "from",
                        actor.map_or("", ActorId::as_str),
                        "to",
                        recipient.map_or("", ActorId::as_str),
                    ];
                    ids::record_id(&parts.join(" "), "row", "", &[])
                }
            };
            for &act in told {
                let Some(place) = self.source.place(act.evidence()) else {
                    tally.add(NO_REPORT, 1);
                    continue;
                };
                facts.push(Fact {
                    act,
                    place,
                    actor,
                    recipient,
                    happening,
                    members: group.to_vec(),
                    id: id.clone(),
                });
            }
        }
    }

    /// Returns the day of a row, ISO 8601.
    pub(super) fn day(&self, fact: &Fact<'_>) -> Option<String> {
        self.dated(fact).0
    }

    /// Returns the day of a row, ISO 8601, and what it is the day of: the event's own, the first of a longer time, or that
    /// of publication where nothing is told.
    fn dated(&self, fact: &Fact<'_>) -> (Option<String>, Dated) {
        let day = |written: &str| day_number(written).and_then(|_| date_of(written)).map(str::to_owned);
        let told = || fact.members.iter().filter_map(|it| it.time());
        if let Some(own) = told().find_map(|it| day_of(Some(it))) {
            return (Some(own), Dated::Day);
        }
        if let Some(first) = told().find_map(|it| day(it.from.as_deref()?)) {
            return (Some(first), Dated::FirstDay);
        }
        (fact.place.document.published.as_deref().and_then(day), Dated::Publication)
    }

    /// Returns the day as it is written without marks, `20130320`, or its first letters.
    pub(super) fn digits(&self, fact: &Fact<'_>, letters: usize) -> String {
        let day = self.day(fact).unwrap_or_default().replace('-', "");
        day.get(..letters).unwrap_or_default().to_owned()
    }

    /// Returns the CAMEO code of an act: the lexicon's, or that of its type and mode.
    pub(super) fn cameo(&self, act: Act<'c>) -> &'c str {
        act.cameo().unwrap_or_else(|| self.codes.of_type(act.code(), act.mode(), "cameo"))
    }

    /// Returns the place on the map.
    pub(super) fn site(&self, fact: &Fact<'_>) -> Option<Site<'c>> {
        let name = fact.members.iter().find_map(|it| it.place())?;
        Site::find(self.knowledge, name)
    }

    /// Returns the state of an actor, ISO 3166-1 alpha-3.
    pub(super) fn state(&self, id: &'c ActorId) -> Option<&'c str> {
        id.state_code().or_else(|| self.actors.get(id.as_str()).and_then(|it| it.state.as_deref()))
    }

    /// Returns the PLOVER sector of an actor; a state acts by its government.
    pub(super) fn sector(&self, id: &'c ActorId) -> Option<&'c str> {
        let known = self.actors.get(id.as_str()).and_then(|it| it.sector).map(Sector::as_str);
        known.or_else(|| id.state_code().map(|_| "GOV"))
    }

    /// Returns the first office or title of an actor.
    pub(super) fn title(&self, id: &ActorId) -> Option<&'c str> {
        self.actors.get(id.as_str()).and_then(|it| it.roles.first()).map(|it| it.text.as_str())
    }

    pub(super) fn name(&self, id: &ActorId) -> String {
        self.source.names.of(id).to_owned()
    }

    /// Returns the name of the state with the ISO 3166-1 alpha-3 code `iso3`.
    pub(super) fn state_name(&self, iso3: &str) -> String {
        self.knowledge.state_name(iso3).unwrap_or(iso3).to_owned()
    }

    /// Returns a value for each of `ids`, joined by `;`.
    pub(super) fn each(&self, ids: &'c [ActorId], of: impl Fn(&'c ActorId) -> String) -> String {
        let mut values: Vec<String> = ids.iter().map(of).filter(|it| !it.is_empty()).collect();
        values.dedup();
        values.join(";")
    }
}

/// Groups acts by happening, in their order.
fn grouped(acts: Vec<Act<'_>>) -> Vec<Vec<Act<'_>>> {
    let mut groups: Vec<Vec<Act<'_>>> = Vec::new();
    let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
    for act in acts {
        let group = act.happening().map(|id| *by_id.entry(id.as_str()).or_insert(groups.len()));
        match group.and_then(|at| groups.get_mut(at)) {
            Some(group) => group.push(act),
            None => groups.push(vec![act]),
        }
    }
    groups
}

/// Returns the pairs of sides. Who meets, meets one another, both ways. Where not `both` must be named, a side may be open.
fn pairs<'c>(act: Act<'c>, both: bool) -> Vec<(Option<&'c ActorId>, Option<&'c ActorId>)> {
    let (actors, mut recipients) = (act.actors(), act.recipients());
    if matches!(act, Act::Meeting(_)) && recipients.is_empty() {
        recipients = actors;
    }
    let mut found = Vec::new();
    for actor in actors {
        found.extend(recipients.iter().filter(|it| *it != actor).map(|it| (Some(actor), Some(it))));
    }
    if found.is_empty() && !both {
        found.extend(actors.iter().map(|it| (Some(it), None)));
        found.extend(recipients.iter().filter(|it| !actors.contains(it)).map(|it| (None, Some(it))));
    }
    found
}

/// Returns the number that stands for an id of twelve hexadecimal digits where a layout wants a number.
pub(super) fn number(id: &str) -> String {
    let digits = id.rsplit(':').next().unwrap_or(id);
    u64::from_str_radix(digits.get(..12).unwrap_or(digits), 16)
        .map_or_else(|_| String::new(), |it| it.to_string())
}

/// Returns the number of the sentence in which a passage starts, from 1.
pub(super) fn sentence(place: &Place<'_>) -> String {
    let text = &place.document.text;
    let start =
        place.spans.first().and_then(|span| Offsets::new(text).byte_at(span.start)).unwrap_or(0) as usize;
    (sentence_ends(text).take_while(|end| *end <= start).count() + 1).to_string()
}

/// Returns the day and time of publication as `20130320143000`; midnight where no time is known, empty where no day is.
pub(super) fn stamp(document: &Document) -> String {
    let published = document.published.as_deref().unwrap_or_default();
    let digits = |part: Option<&str>, length: usize| -> String {
        let digits: String = part.unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
        if digits.len() == length { digits } else { "0".repeat(length) }
    };
    if day_number(published).is_none() {
        return String::new();
    }
    format!("{}{}00", digits(published.get(..10), 8), digits(published.get(11..16), 4))
}

/// Returns the report's address, or its file where it has none.
pub(super) fn address(document: &Document) -> String {
    document.url.as_ref().or(document.path.as_ref()).cloned().unwrap_or_default()
}
