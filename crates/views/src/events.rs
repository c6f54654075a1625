//! Events, incidents and meetings, one row for each happening.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use readout_record::plover::code_or_empty;
use readout_record::{
    ActorId, Bounds, Event, Evidence, Factuality, Incident, Kind, Meeting, MeetingFormat, PloverCode,
    RecordId, Time,
};
use serde::Serialize;

use crate::cite::{ActorName, Citation};
use crate::contents::Contents;
use crate::filter::Filter;
use crate::selection::Selection;
use crate::when::{When, day_of};

/// An event, a meeting or an incident.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct EventRow {
    /// The first passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// `event`, `meeting` or `incident`.
    pub kind: &'static str,
    /// The PLOVER type; `None`, in the API an empty string, for a disaster.
    #[serde(with = "code_or_empty")]
    pub code: Option<PloverCode>,
    /// The PLOVER mode.
    pub mode: Option<String>,
    /// The PLOVER contexts.
    pub context: Vec<String>,
    /// The CAMEO code, where the type maps to one.
    pub cameo: Option<String>,
    /// The actors who did it; for a meeting, the participants.
    pub actor: Vec<ActorName>,
    /// The actors to whom it was done.
    pub recipient: Vec<ActorName>,
    /// The time.
    pub time: Option<Time>,
    /// The day of `time`; `None` if its words name something longer, or nothing that is known.
    pub day: Option<String>,
    /// The place.
    pub place: Option<String>,
    /// The factuality: done, planned …
    pub factuality: Factuality,
    /// The number of dead.
    pub killed: Option<Bounds>,
    /// The number of injured.
    pub injured: Option<Bounds>,
    /// The actors who claim responsibility.
    pub claimed_by: Vec<ActorName>,
    /// The actors who are blamed.
    pub blamed_on: Vec<ActorName>,
    /// The actors who deny it.
    pub denied_by: Vec<ActorName>,
    /// The weapon or means.
    pub means: Option<String>,
    /// The statement that reports it; `None` if the outlet itself does.
    pub reported_by: Option<RecordId>,
    /// The speakers of the reporting statement.
    pub reporter: Vec<ActorName>,
    /// The happening to which the row belongs.
    pub happening: Option<RecordId>,
    /// The number of independent sources; copies count once.
    pub sources: usize,
    /// The other passages.
    pub also: Vec<Citation>,
}

/// A meeting.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct MeetingRow {
    /// The first passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// The actors who met.
    pub participants: Vec<ActorName>,
    /// The host of a visit, or the parties of a mediation.
    pub recipient: Vec<ActorName>,
    /// The sort of meeting.
    pub format: Option<MeetingFormat>,
    /// The larger gathering at which they met.
    pub occasion: Option<String>,
    /// The duration in minutes.
    pub minutes: Option<Bounds>,
    /// The subjects of the meeting.
    pub topics: Vec<String>,
    /// The time.
    pub time: Option<Time>,
    /// The day of `time`; `None` if its words name something longer, or nothing that is known.
    pub day: Option<String>,
    /// The place.
    pub place: Option<String>,
    /// The factuality: held, planned …
    pub factuality: Factuality,
    /// The statement that reports it; `None` if the outlet itself does.
    pub reported_by: Option<RecordId>,
    /// The speakers of the reporting statement.
    pub reporter: Vec<ActorName>,
    /// The happening to which the row belongs.
    pub happening: Option<RecordId>,
    /// The number of independent sources; copies count once.
    pub sources: usize,
    /// The other passages.
    pub also: Vec<Citation>,
}

/// Returns the events, incidents and meetings, one row for each happening.
///
/// Rows are in the order in which the reports first give the happening.
pub fn events(contents: &Contents, filter: &Filter) -> Vec<EventRow> {
    let selection = Selection::new(contents, filter);
    event_groups(&selection)
        .into_iter()
        .filter(|group| group.iter().any(|it| it.shown(&selection)))
        .filter_map(|group| event_row(&selection, &group))
        .collect()
}

/// Returns the meetings, one row for each happening, in the order in which the reports first give it.
pub fn meetings(contents: &Contents, filter: &Filter) -> Vec<MeetingRow> {
    let selection = Selection::new(contents, filter);
    meeting_groups(&selection)
        .into_iter()
        .filter(|group| group.iter().any(|&it| Told::Meeting(it).shown(&selection)))
        .filter_map(|group| meeting_row(&selection, &group))
        .collect()
}

/// An event of any kind.
#[derive(Clone, Copy)]
pub(crate) enum Told<'c> {
    Event(&'c Event),
    Meeting(&'c Meeting),
    Incident(&'c Incident),
}

impl<'c> Told<'c> {
    pub(crate) fn evidence(self) -> &'c Evidence {
        match self {
            Self::Event(it) => &it.evidence,
            Self::Meeting(it) => &it.evidence,
            Self::Incident(it) => &it.evidence,
        }
    }

    pub(crate) fn happening(self) -> Option<&'c RecordId> {
        match self {
            Self::Event(it) => it.happening.as_ref(),
            Self::Meeting(it) => it.happening.as_ref(),
            Self::Incident(it) => it.happening.as_ref(),
        }
    }

    fn time(self) -> Option<&'c Time> {
        match self {
            Self::Event(it) => it.time.as_ref(),
            Self::Meeting(it) => it.time.as_ref(),
            Self::Incident(it) => it.time.as_ref(),
        }
    }

    fn place(self) -> Option<&'c String> {
        match self {
            Self::Event(it) => it.place.as_ref(),
            Self::Meeting(it) => it.place.as_ref(),
            Self::Incident(it) => it.place.as_ref(),
        }
    }

    fn code(self) -> Option<PloverCode> {
        match self {
            Self::Event(it) => it.code,
            Self::Meeting(it) => it.code,
            Self::Incident(it) => it.code,
        }
    }

    fn mode(self) -> Option<&'c String> {
        match self {
            Self::Event(it) => it.mode.as_ref(),
            Self::Meeting(_) => None,
            Self::Incident(it) => it.mode.as_ref(),
        }
    }

    pub(crate) fn factuality(self) -> Factuality {
        match self {
            Self::Event(it) => it.factuality,
            Self::Meeting(it) => it.factuality,
            Self::Incident(it) => it.factuality,
        }
    }

    fn reported_by(self) -> Option<&'c RecordId> {
        match self {
            Self::Event(it) => it.reported_by.as_ref(),
            Self::Meeting(it) => it.reported_by.as_ref(),
            Self::Incident(it) => it.reported_by.as_ref(),
        }
    }

    fn kind(self) -> Kind {
        match self {
            Self::Event(_) => Kind::Event,
            Self::Meeting(_) => Kind::Meeting,
            Self::Incident(_) => Kind::Incident,
        }
    }

    pub(crate) fn incident(self) -> Option<&'c Incident> {
        match self {
            Self::Incident(it) => Some(it),
            _ => None,
        }
    }

    pub(crate) fn actor(self) -> &'c [ActorId] {
        match self {
            Self::Event(it) => &it.actor,
            Self::Meeting(it) => &it.participants,
            Self::Incident(it) => &it.actor,
        }
    }

    pub(crate) fn recipient(self) -> &'c [ActorId] {
        match self {
            Self::Event(it) => &it.recipient,
            Self::Meeting(_) => &[],
            Self::Incident(it) => &it.recipient,
        }
    }

    pub(crate) fn shown(self, selection: &Selection<'_>) -> bool {
        let evidence = self.evidence();
        let parties = match self {
            Self::Event(it) => selection.parties(&[&it.actor], &[&it.recipient]),
            Self::Meeting(it) => selection.together(&it.participants),
            Self::Incident(it) => {
                selection.parties(&[&it.actor, &it.claimed_by, &it.blamed_on], &[&it.recipient])
            }
        };
        let format = match self {
            Self::Meeting(it) => it.format.map(MeetingFormat::as_str).unwrap_or_default(),
            _ => "",
        };
        let mode = self.mode().map(String::as_str).unwrap_or_default();
        let code = self.code().map_or("", PloverCode::as_str);
        let kinds = [self.kind().as_str(), code, mode, format, self.factuality().as_str()];
        parties
            && selection.kinds(&kinds)
            && selection.times(self.time(), &evidence.doc)
            && selection.words(&[&evidence.id], &[&evidence.text])
    }
}

/// Groups events of all kinds by happening, in the order in which the reports give them.
pub(crate) fn event_groups<'c>(selection: &Selection<'c>) -> Vec<Vec<Told<'c>>> {
    let mut all: Vec<Told<'c>> = Vec::new();
    all.extend(selection.each(|it| &it.events).map(Told::Event));
    all.extend(selection.each(|it| &it.meetings).map(Told::Meeting));
    all.extend(selection.each(|it| &it.incidents).map(Told::Incident));
    let key = |it: &Told<'_>| {
        let evidence = it.evidence();
        (selection.place(&evidence.doc), evidence.spans.first().map_or(0, |span| span.start))
    };
    all.sort_by_key(key);
    by_happening(all, |it| it.happening())
}

pub(crate) fn meeting_groups<'c>(selection: &Selection<'c>) -> Vec<Vec<&'c Meeting>> {
    by_happening(selection.each(|it| &it.meetings).collect(), |it| it.happening.as_ref())
}

/// Groups records by happening, in their order. A record without a happening is a group of its own.
fn by_happening<'c, T: Copy>(all: Vec<T>, happening: impl Fn(T) -> Option<&'c RecordId>) -> Vec<Vec<T>> {
    let mut groups: Vec<Vec<T>> = Vec::new();
    let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
    for it in all {
        let group = happening(it).map(|id| *by_id.entry(id).or_insert(groups.len()));
        match group.and_then(|at| groups.get_mut(at)) {
            Some(group) => group.push(it),
            None => groups.push(vec![it]),
        }
    }
    groups
}

/// Returns the actors of all lists one after the other, each actor once. Only the first list that has any gives unnamed
/// ones: `ten envoys` of one report and `the envoys` of another are not twenty.
fn union<'i>(selection: &Selection<'_>, lists: impl Iterator<Item = &'i [ActorId]>) -> Vec<ActorName> {
    let mut ids: Vec<ActorId> = Vec::new();
    for list in lists {
        let first = ids.is_empty();
        ids.extend(list.iter().filter(|it| first || !it.is_unnamed()).cloned());
    }
    selection.actors(&ids)
}

/// Returns the shortest time whose days are known, the first of equals. If the days of none are known, the first time.
pub(crate) fn known_time<'t>(times: impl Iterator<Item = Option<&'t Time>>) -> Option<Time> {
    let length = |it: &&Time| When::of(it).map_or(i64::MAX, When::length);
    times.flatten().min_by_key(length).cloned()
}

fn sources(selection: &Selection<'_>, id: Option<&RecordId>) -> usize {
    id.and_then(|id| selection.happening(id)).map_or(1, |it| it.sources as usize)
}

fn reporter(selection: &Selection<'_>, id: Option<&RecordId>) -> Vec<ActorName> {
    id.and_then(|id| selection.statement(id)).map(|it| selection.actors(&it.speaker)).unwrap_or_default()
}

/// Returns the row for the events of one happening.
pub(crate) fn event_row(selection: &Selection<'_>, group: &[Told<'_>]) -> Option<EventRow> {
    // What some report tells as done comes before what others announce or deny.
    // Of those the one that says the most.
    let said = |it: &Told<'_>| {
        usize::from(it.time().is_some())
            + usize::from(!it.actor().is_empty())
            + usize::from(!it.recipient().is_empty())
    };
    let first = *group.iter().min_by_key(|it| (it.factuality(), Reverse(said(it))))?;
    let incidents = || group.iter().filter_map(|it| it.incident());
    let also: Vec<RecordId> =
        group.iter().map(|it| it.evidence().id.clone()).filter(|id| *id != first.evidence().id).collect();
    let time = known_time(group.iter().map(|it| it.time()));
    Some(EventRow {
        citation: selection.citation(first.evidence()),
        kind: first.kind().as_str(),
        code: first.code(),
        mode: first.mode().cloned(),
        context: match first {
            Told::Event(it) => it.context.clone(),
            _ => Vec::new(),
        },
        cameo: match first {
            Told::Event(it) => it.cameo.clone(),
            _ => None,
        },
        actor: union(selection, group.iter().map(|it| it.actor())),
        recipient: union(selection, group.iter().map(|it| it.recipient())),
        day: day_of(time.as_ref()),
        time,
        place: group.iter().find_map(|it| it.place().cloned()),
        factuality: first.factuality(),
        killed: incidents().find_map(|it| it.killed),
        injured: incidents().find_map(|it| it.injured),
        claimed_by: union(selection, incidents().map(|it| it.claimed_by.as_slice())),
        blamed_on: union(selection, incidents().map(|it| it.blamed_on.as_slice())),
        denied_by: union(selection, incidents().map(|it| it.denied_by.as_slice())),
        means: incidents().find_map(|it| it.means.clone()),
        reported_by: first.reported_by().cloned(),
        reporter: reporter(selection, first.reported_by()),
        happening: first.happening().cloned(),
        sources: sources(selection, first.happening()),
        also: selection.citations(&also),
    })
}

/// Returns the row for the meetings of one happening.
pub(crate) fn meeting_row(selection: &Selection<'_>, group: &[&Meeting]) -> Option<MeetingRow> {
    let first = *group.iter().min_by_key(|it| it.factuality)?;
    let time = known_time(group.iter().map(|it| it.time.as_ref()));
    let mut topics: Vec<String> = group.iter().flat_map(|it| it.topics.iter().cloned()).collect();
    topics.sort();
    topics.dedup();
    let also: Vec<RecordId> =
        group.iter().map(|it| it.evidence.id.clone()).filter(|id| *id != first.evidence.id).collect();
    let also: Vec<Citation> = selection.citations(&also);
    Some(MeetingRow {
        citation: selection.citation(&first.evidence),
        participants: union(selection, group.iter().map(|it| it.participants.as_slice())),
        recipient: union(selection, group.iter().map(|it| it.recipient.as_slice())),
        format: group.iter().find_map(|it| it.format),
        occasion: group.iter().find_map(|it| it.occasion.clone()),
        minutes: group.iter().find_map(|it| it.minutes),
        topics,
        day: day_of(time.as_ref()),
        time,
        place: group.iter().find_map(|it| it.place.clone()),
        factuality: first.factuality,
        reported_by: first.reported_by.clone(),
        reporter: reporter(selection, first.reported_by.as_ref()),
        happening: first.happening.clone(),
        sources: sources(selection, first.happening.as_ref()),
        also,
    })
}
