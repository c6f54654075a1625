//! Happenings: one meeting, attack or signing as several reports tell of it.
//!
//! Two records are of one happening if they are of one code, name compatible sides, and agree on what fixes an event in
//! the world: day, place, occasion, numbers. What contradicts (other days, another country, another weekday) keeps
//! them apart, whatever else agrees. Likeness that does not suffice stays a weak link (`possibly`) with its reason.
//!
//! A happening has at least two members, of several reports or of one that comes back to it; what only one record
//! tells of is in that record. Only what took place, goes on, is planned or is denied happens: what is demanded, only
//! possible or conditional is no happening.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use readout_knowledge::Knowledge;
use readout_record::{ActorId, Anchor, DocumentId, Factuality, Happening, RecordId, Time, ids};

use crate::alignment::key;
use crate::blocks::{Component, Kind, Reach, mix};
use crate::clusters::Clusters;
use crate::copies;
use crate::disagreements::{agree, closed, disagreements};
use crate::occurrences::{Occurrence, Range, occurrences, overlap};
use crate::report::Report;

/// Days that a report may come after what it tells of, where only dates of publication are known.
const MAX_DAYS: i32 = 4;
/// Weak links shown with a happening at most.
const MAX_POSSIBLY: usize = 8;
/// Points from which two records are one happening.
const SAME: f64 = 4.0;
/// Points from which two records may be one happening.
const POSSIBLY: f64 = 3.0;
/// Largest number of sides of an event that get block keys.
const MAX_SIDES: usize = 8;

/// Events, meetings and incidents as a kind of records to be linked.
pub(crate) struct Happenings<'k>(pub(crate) &'k Knowledge);

impl Kind for Happenings<'_> {
    const NUMBER: u8 = 2;
    const VOTES: u32 = 1;
    type Record = Occurrence;

    fn records(&self, report: &Rc<Report>, _: &BTreeSet<u64>) -> Vec<Occurrence> {
        occurrences(report, self.0)
    }

    fn keys(&self, it: &Occurrence) -> Vec<(u64, u32)> {
        keys(it).into_iter().map(|key| (key, 1)).collect()
    }

    fn compare(&self, earlier: &Occurrence, later: &Occurrence) -> Option<(f64, String)> {
        let (points, reason) = match compare(earlier, later) {
            Verdict::Same(points) => (points, String::new()),
            Verdict::Possibly(points, reason) => (points, reason),
            Verdict::Different => return None,
        };
        let undated = earlier.days.is_none() || later.days.is_none();
        Some((points, if undated { format!("{UNDATED}{reason}") } else { reason }))
    }
}

/// The first character of an edge's note if one of the two records has no day.
const UNDATED: char = '~';

/// Returns how an edge with `note` binds its two records. `differ` is true if their reports are in different stories.
///
/// A sure edge puts both records into one component; an unsure one only lets one happening name the other record.
/// Between different stories an edge with an undated record does nothing: events of one kind between one pair of sides
/// follow one another for years, and only those that may be one event are decided together.
pub(crate) fn reach(note: &str, differ: bool) -> Reach {
    if differ && note.starts_with(UNDATED) {
        Reach::Nowhere
    } else if reason(note).is_empty() {
        Reach::Together
    } else {
        Reach::Beside
    }
}

/// Returns the reason why an edge with `note` is not sure; empty if the edge is sure.
fn reason(note: &str) -> &str {
    note.trim_start_matches(UNDATED)
}

/// Returns the block keys of an event.
///
/// Two sides, two states, a side with a place or its state, a place with a weekday, and a number of dead or of minutes
/// each make a key without the time and keys with it. One side, one place or one state makes keys with a day only,
/// unless no day is known.
fn keys(it: &Occurrence) -> BTreeSet<u64> {
    let hash = |sort: u64, parts: &[&str]| {
        parts
            .iter()
            .fold(mix(sort << 32 ^ u64::from(key(&it.code))), |hash, part| mix(hash ^ u64::from(key(part))))
    };
    let mut lasting: BTreeSet<u64> = BTreeSet::new();
    let mut of_day: BTreeSet<u64> = BTreeSet::new();
    let sides: BTreeSet<&str> =
        it.actors.iter().chain(&it.recipients).map(String::as_str).take(MAX_SIDES).collect();
    let sides: Vec<&str> = sides.into_iter().collect();
    let place = it.place.as_deref().map(str::to_lowercase);
    for (number, side) in sides.iter().enumerate() {
        for other in &sides[number + 1..] {
            lasting.insert(hash(1, &[side, other]));
        }
        if let Some(place) = &place {
            lasting.insert(hash(2, &[side, place]));
        }
        if let Some(state) = &it.place_state {
            lasting.insert(hash(3, &[side, state]));
        }
        of_day.insert(hash(4, &[side]));
    }
    let states: Vec<&str> = it.states.iter().map(String::as_str).take(MAX_SIDES).collect();
    for (number, state) in states.iter().enumerate() {
        for other in &states[number + 1..] {
            lasting.insert(hash(5, &[state, other]));
        }
    }
    if let Some(place) = &place {
        of_day.insert(hash(6, &[place]));
        lasting.extend(it.weekday.map(|day| hash(7, &[place, &day.to_string()])));
    }
    of_day.extend(it.place_state.as_ref().map(|state| hash(8, &[state])));
    for number in [it.killed.and_then(|killed| killed.0), it.minutes.and_then(|minutes| minutes.0)] {
        if let Some(number) = number.filter(|number| *number > 3) {
            lasting.insert(hash(9, &[&number.to_string()]));
        }
    }
    let mut keys = lasting.clone();
    let Some(day) = it.days.map(|days| days.0).or(it.report.day) else {
        keys.extend(of_day);
        return keys;
    };
    // Two windows of time, so that days that lie close share one.
    let window = i64::from(day).div_euclid(i64::from(MAX_DAYS) + 1);
    for window in [window, window + 1] {
        keys.extend(lasting.iter().map(|key| mix(key ^ mix(window as u64))));
    }
    // An event that only its kind and one side mark is looked for on its day; a report tells of it a day later.
    for day in if it.days.is_some() { [day, day + 1] } else { [day, day - 1] } {
        keys.extend(of_day.iter().map(|key| mix(key ^ mix(!(i64::from(day) as u64)))));
    }
    keys
}

/// The stories and origins of the reports of a component, as other links have them.
pub(crate) struct Around<'a> {
    /// The story of each report that is in a story.
    pub(crate) stories: &'a BTreeMap<i64, RecordId>,
    /// For each report, the first report of its group of copies.
    pub(crate) origins: &'a BTreeMap<i64, DocumentId>,
}

/// Returns the happenings of a component. Records of different stories are one happening only if both have a day.
pub(crate) fn decide(component: &Component<Occurrence>, around: &Around<'_>) -> Vec<Happening> {
    let occurrences: Vec<&Occurrence> = component.records.iter().map(|member| &**member).collect();
    let stories: Vec<Option<&RecordId>> =
        component.records.iter().map(|member| around.stories.get(&member.item.document)).collect();
    let origins: Vec<&DocumentId> = component
        .records
        .iter()
        .map(|member| around.origins.get(&member.item.document).unwrap_or(&member.report.document.id))
        .collect();
    let apart = |a: usize, b: usize| other_story(occurrences[a], stories[a], occurrences[b], stories[b]);
    let mut sure: Vec<(f64, usize, usize)> = Vec::new();
    let mut weak: Vec<(f64, usize, usize, String)> = Vec::new();
    for (a, b, points, note) in &component.edges {
        if apart(*a, *b).is_some() {
            continue;
        }
        if reason(note).is_empty() {
            sure.push((*points, *a, *b));
        } else {
            weak.push((*points, *a, *b, reason(note).to_owned()));
        }
    }
    sure.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut clusters = Clusters::new(occurrences.len());
    for (points, a, b) in sure {
        let (left, right) = (clusters.root(a), clusters.root(b));
        if left == right {
            continue;
        }
        let contradiction = clusters.members(left).iter().take(24).find_map(|&x| {
            clusters
                .members(right)
                .iter()
                .take(24)
                .find_map(|&y| contradiction(occurrences[x], occurrences[y]).or_else(|| apart(x, y)))
        });
        match contradiction {
            None => clusters.join(left, right),
            Some(reason) => weak.push((points, a, b, reason.to_owned())),
        }
    }
    weak.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut possibly: BTreeMap<usize, BTreeMap<&RecordId, String>> = BTreeMap::new();
    for (_, a, b, reason) in weak {
        let (left, right) = (clusters.root(a), clusters.root(b));
        if left == right {
            continue;
        }
        for (root, other) in [(left, b), (right, a)] {
            let list = possibly.entry(root).or_default();
            if list.len() < MAX_POSSIBLY {
                list.entry(&occurrences[other].evidence.id).or_insert_with(|| reason.clone());
            }
        }
    }
    clusters
        .sets()
        .map(|members| {
            let weak = members.first().and_then(|first| possibly.remove(first)).unwrap_or_default();
            let mut happening = happening(&occurrences, &origins, &members);
            happening.possibly = weak.into_iter().map(|(id, reason)| (id.clone(), reason)).collect();
            happening
        })
        .collect()
}

enum Verdict {
    Same(f64),
    Possibly(f64, String),
    Different,
}

/// Returns the contradiction that keeps two records apart, whatever else agrees.
fn contradiction(a: &Occurrence, b: &Occurrence) -> Option<&'static str> {
    if let (Some(left), Some(right)) = (a.days, b.days)
        // A day's slack for places east and west of the date line and for reports after midnight.
        && (left.0 > right.1 + 1 || right.0 > left.1 + 1)
    {
        return Some("the dates differ");
    }
    if let (Some(left), Some(right)) = (a.weekday, b.weekday)
        && left != right
        && (a.days.is_none() || b.days.is_none())
    {
        return Some("the weekdays differ");
    }
    if let (Some(left), Some(right)) = (&a.place_state, &b.place_state)
        && left != right
    {
        return Some("the countries differ");
    }
    if !a.occasion.is_empty() && !b.occasion.is_empty() && a.occasion.is_disjoint(&b.occasion) {
        return Some("the occasions differ");
    }
    if let (Some(left), Some(right)) = (a.killed, b.killed)
        && far_apart(left, right)
    {
        return Some("the numbers of dead are far apart");
    }
    let planned = |it: &Occurrence| it.factuality == Factuality::Planned;
    if planned(a) != planned(b) && (a.days.is_none() || b.days.is_none()) {
        return Some("one is planned, the other has taken place");
    }
    if a.meeting
        && a.mode
            .as_deref()
            .zip(b.mode.as_deref())
            .is_some_and(|(left, right)| left != right && (left == "call" || right == "call"))
    {
        return Some("one is a call, the other a meeting");
    }
    None
}

/// Returns the reason that keeps two records of different stories apart: one of them has no day.
fn other_story(
    a: &Occurrence,
    a_story: Option<&RecordId>,
    b: &Occurrence,
    b_story: Option<&RecordId>,
) -> Option<&'static str> {
    let differ = a_story.zip(b_story).is_some_and(|(left, right)| left != right);
    (differ && (a.days.is_none() || b.days.is_none())).then_some("the stories differ, and a day is missing")
}

/// Whether one number is more than three times the other and they are not small.
fn far_apart(a: Range, b: Range) -> bool {
    let (a, b) = (closed(a), closed(b));
    let (low, high) = if a.0 < b.0 { (a, b) } else { (b, a) };
    high.0 > low.1 * 3.0 && high.0 > 5.0
}

fn compare(a: &Occurrence, b: &Occurrence) -> Verdict {
    if a.code != b.code || a.meeting != b.meeting || a.evidence.id == b.evidence.id {
        return Verdict::Different;
    }
    let within = a.report.document.id == b.report.document.id;
    if within && overlap(&a.evidence, &b.evidence) && (!a.meeting || a.actors.is_disjoint(&b.actors)) {
        // Two events of one clause are two.
        return Verdict::Different;
    }
    let Some((sides, what)) = sides(a, b) else { return Verdict::Different };
    if contradiction(a, b).is_some() {
        return Verdict::Different;
    }
    let mut points = sides;
    let mut agreed = vec![what];
    if let (Some(left), Some(right)) = (a.days, b.days) {
        let length = |days: (i32, i32)| days.1 - days.0;
        if left.0 > right.1 || right.0 > left.1 {
            // Neighbouring days: one meeting over two time zones, but one of many attacks.
            points -= if a.meeting { 0.0 } else { 1.5 };
        } else if length(left).max(length(right)) <= 3 {
            points += 1.5;
            agreed.push("the same days");
        } else {
            points += 0.5;
        }
    } else if let (Some(left), Some(right)) = (a.report.day, b.report.day) {
        // The day of publication stands in for a day that is not told.
        let (left, right) = (a.days.map_or(left, |days| days.0), b.days.map_or(right, |days| days.0));
        if (left - right).abs() > MAX_DAYS {
            points -= 2.0;
        } else if !within {
            points += 0.5;
        }
    }
    if a.weekday.is_some() && a.weekday == b.weekday && (a.days.is_none() || b.days.is_none()) {
        points += 0.5;
        agreed.push("the same weekday");
    }
    match place(a, b) {
        Place::Same => {
            points += 1.0;
            agreed.push("the same place");
        }
        Place::SameCountry => {
            points += 0.75;
            agreed.push("the same country");
        }
        Place::Other => points -= 0.5,
        Place::Unknown => {}
    }
    if let Some(state) = a.place_state.as_ref().filter(|state| Some(*state) == b.place_state.as_ref())
        && a.meeting
        && a.states.len().max(b.states.len()) >= 2
        && !a.states.contains(state)
        && !b.states.contains(state)
    {
        // Two presidents are seldom together in a country of neither.
        points += 0.75;
        agreed.push("a country of neither side");
    }
    if !a.occasion.is_disjoint(&b.occasion) {
        points += 1.0;
        agreed.push("the same occasion");
    }
    for (left, right, what) in [
        (a.killed, b.killed, "the same number of dead"),
        (a.injured, b.injured, "the same number of injured"),
        (a.minutes, b.minutes, "the same length"),
    ] {
        let (Some(left), Some(right)) = (left, right) else { continue };
        if left == right && left.0.is_some_and(|number| number > 3) {
            points += 1.5;
            agreed.push(what);
        } else if !agree(left, right, 0.1) {
            points -= 0.5;
        }
    }
    let common = a.words.intersection(&b.words).count();
    let short = a.words.len().min(b.words.len());
    if short > 0 {
        points += 1.5 * (common as f64 / short as f64).min(1.0) * (common as f64 / 4.0).min(1.0);
    }
    if within && a.meeting && a.actors == b.actors && (is_bare(a) || is_bare(b)) {
        // A report that comes back to its meeting does not name the day and place again.
        points += 1.5;
        agreed.push("one report");
    }
    if points >= SAME && agreed.len() >= 2 {
        Verdict::Same(points)
    } else if points >= POSSIBLY {
        Verdict::Possibly(
            points,
            format!("{}, but no more to tell whether it is the same", agreed.join(", ")),
        )
    } else {
        Verdict::Different
    }
}

fn is_bare(it: &Occurrence) -> bool {
    it.days.is_none() && it.weekday.is_none() && it.place.is_none() && it.occasion.is_empty()
}

/// Returns the points for the sides of two records and the words for what agrees; `None` if the sides do not fit.
fn sides(a: &Occurrence, b: &Occurrence) -> Option<(f64, &'static str)> {
    if a.meeting {
        let common = a.actors.intersection(&b.actors).count();
        if common >= 2 {
            return Some((2.5, "the same participants"));
        }
        // `The two presidents met` in one report, `the US and Russia held talks` in another.
        let states = a.states.intersection(&b.states).count();
        if states >= 2 && (common == 1 || a.actors.len().min(b.actors.len()) <= 2) {
            return Some((1.75, "participants of the same states"));
        }
        return None;
    }
    let doer = fit(&a.actors, &b.actors)?;
    let target = fit(&a.recipients, &b.recipients)?;
    match (doer, target) {
        (true, true) => Some((2.5, "the same sides")),
        (true, false) | (false, true) => Some((1.5, "one side in common")),
        (false, false) => Some((0.5, "the same kind of event")),
    }
}

/// Whether the two sets share a member; `None` if both are known and share none.
fn fit(a: &BTreeSet<ActorId>, b: &BTreeSet<ActorId>) -> Option<bool> {
    if a.is_empty() || b.is_empty() { Some(false) } else { (!a.is_disjoint(b)).then_some(true) }
}

enum Place {
    Same,
    SameCountry,
    Other,
    Unknown,
}

fn place(a: &Occurrence, b: &Occurrence) -> Place {
    let (Some(left), Some(right)) = (&a.place, &b.place) else { return Place::Unknown };
    let (left, right) = (left.to_lowercase(), right.to_lowercase());
    if left == right || left.contains(&right) || right.contains(&left) {
        Place::Same
    } else if a.place_state.is_some() && a.place_state == b.place_state {
        Place::SameCountry
    } else if a.place_state.is_some() && b.place_state.is_some() {
        Place::Other
    } else {
        Place::Unknown
    }
}

fn happening(occurrences: &[&Occurrence], origins: &[&DocumentId], members: &[usize]) -> Happening {
    let group: Vec<&Occurrence> = members.iter().map(|&at| occurrences[at]).collect();
    let ids: Vec<RecordId> =
        group.iter().flat_map(|it| std::iter::once(&it.evidence.id).chain(&it.twins)).cloned().collect();
    let best = group
        .iter()
        .max_by_key(|it| {
            let known = usize::from(it.days.is_some())
                + usize::from(it.place.is_some())
                + usize::from(!it.occasion.is_empty())
                + usize::from(it.minutes.is_some() || it.killed.is_some())
                + (it.actors.len() + it.recipients.len()).min(3);
            (known, std::cmp::Reverse(it.evidence.text.chars().count()), std::cmp::Reverse(&it.evidence.id))
        })
        .copied();
    let origins: Vec<&DocumentId> = members.iter().map(|&at| origins[at]).collect();
    Happening {
        id: ids::linked_id("happening", ids.iter().map(String::as_str)),
        code: group.first().map(|it| it.code.clone()).unwrap_or_default(),
        title: best.map(|it| title(&it.evidence.text)).unwrap_or_default(),
        participants: participants(&group),
        time: time(&group),
        place: agreed_place(&group),
        disagreements: disagreements(&group),
        sources: sources(&group, &origins),
        possibly: Vec::new(),
        members: ids,
    }
}

/// Returns the number of independent sources of a happening. `origins` has, for each member, the first report of its
/// group of copies.
///
/// Copies of one report are one source. So are all reports of one outlet, and reports that tell of the happening in the
/// same sentence, as of an agency or under a picture.
fn sources(group: &[&Occurrence], origins: &[&DocumentId]) -> u32 {
    /// A feature that makes all members with it one source.
    #[derive(PartialEq, Eq, PartialOrd, Ord)]
    enum Of<'o> {
        Copy(&'o DocumentId),
        Outlet(String),
        Sentence(u64),
    }
    let mut clusters = Clusters::new(group.len());
    let mut first: BTreeMap<Of<'_>, usize> = BTreeMap::new();
    for (at, (it, origin)) in group.iter().zip(origins).enumerate() {
        let outlet = copies::outlet(&it.report.document).map(Of::Outlet);
        let sentences = it.sentences.iter().map(|hash| Of::Sentence(*hash));
        for of in std::iter::once(Of::Copy(origin)).chain(outlet).chain(sentences) {
            let other = *first.entry(of).or_insert(at);
            let (left, right) = (clusters.root(at), clusters.root(other));
            clusters.join(left, right);
        }
    }
    let roots: BTreeSet<usize> = (0..group.len()).map(|at| clusters.root(at)).collect();
    roots.len() as u32
}

/// Returns the first twenty words of `text`.
fn title(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut title = words.iter().take(20).copied().collect::<Vec<_>>().join(" ");
    if words.len() > 20 {
        title.push_str(" …");
    }
    title
}

/// Returns the participants that every member with participants names.
fn participants(group: &[&Occurrence]) -> Vec<ActorId> {
    let mut sets = group
        .iter()
        .map(|it| it.actors.union(&it.recipients).cloned().collect::<BTreeSet<ActorId>>())
        .filter(|set| !set.is_empty());
    let Some(first) = sets.next() else { return Vec::new() };
    sets.fold(first, |common, set| common.intersection(&set).cloned().collect()).into_iter().collect()
}

/// Returns the shortest interval that a member gives. Its anchor is *linked* if another member has no date.
fn time(group: &[&Occurrence]) -> Option<Time> {
    let best = group
        .iter()
        .filter_map(|it| Some((it.days?, it.time.as_ref()?)))
        .min_by_key(|((from, to), time)| (to - from, *from, time.text.len(), time.text.clone()));
    let Some((_, time)) = best else {
        // No date is known: the words, if all that say anything say the same weekday.
        let mut told = group.iter().filter_map(|it| Some((it.weekday?, it.time.as_ref()?)));
        let (day, time) = told.next()?;
        return told.all(|(other, _)| other == day).then(|| time.clone());
    };
    let mut time = time.clone();
    if group.iter().any(|it| it.days.is_none()) {
        time.anchor = Anchor::Linked;
    }
    Some(time)
}

/// Returns the place that most members name, unless the members name several countries.
fn agreed_place(group: &[&Occurrence]) -> Option<String> {
    let states: BTreeSet<&str> = group.iter().filter_map(|it| it.place_state.as_deref()).collect();
    if states.len() > 1 {
        return None;
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for place in group.iter().filter_map(|it| it.place.as_deref()) {
        *counts.entry(place).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(place, count)| (*count, std::cmp::Reverse(*place)))
        .map(|(place, _)| place.to_owned())
}

#[cfg(test)]
mod tests {
    use readout_record::{ActorKind, Document, DocumentRecords, Evidence, Incident, Meeting, Mention};
    use readout_text::CharSpan;

    use super::*;

    fn mention(actor: &str, text: &str, kind: ActorKind, state: &str) -> Mention {
        Mention {
            actor: actor.to_owned(),
            text: text.to_owned(),
            name: text.to_owned(),
            actor_kind: kind,
            named: true,
            state: Some(state.to_owned()),
            ..Mention::default()
        }
    }

    fn evidence(id: &str, text: &str) -> Evidence {
        let at = id.bytes().map(u32::from).sum::<u32>() * 100;
        Evidence {
            id: id.to_owned(),
            text: text.to_owned(),
            spans: vec![CharSpan::new(at, at + 90)],
            ..Evidence::default()
        }
    }

    fn time(text: &str, from: &str, to: &str) -> Option<Time> {
        let some = |day: &str| (!day.is_empty()).then(|| day.to_owned());
        Some(Time { text: text.to_owned(), from: some(from), to: some(to), ..Time::default() })
    }

    fn talks(id: &str, text: &str, place: &str, occasion: &str, minutes: Option<Range>) -> Meeting {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Meeting {
            evidence: evidence(id, text),
            participants: vec!["person:ines-korda".to_owned(), "person:marek-tosch".to_owned()],
            place: some(place),
            occasion: some(occasion),
            minutes,
            ..Meeting::default()
        }
    }

    fn report(id: &str, meetings: Vec<Meeting>, incidents: Vec<Incident>) -> (Document, DocumentRecords) {
        let mentions = vec![
            mention("place:brenn", "Brenn", ActorKind::Place, "NOR"),
            mention("state:NOR", "Norway", ActorKind::State, "NOR"),
            mention("state:SWE", "Sweden", ActorKind::State, "SWE"),
        ];
        (
            Document { id: id.to_owned(), ..Document::default() },
            DocumentRecords { meetings, incidents, mentions, ..DocumentRecords::default() },
        )
    }

    fn found(reports: &[(Document, DocumentRecords)]) -> Vec<Happening> {
        let refs: Vec<(&Document, &DocumentRecords)> = reports.iter().map(|(a, b)| (a, b)).collect();
        crate::link(&refs, &Knowledge::default()).happenings
    }

    #[test]
    fn two_reports_of_one_meeting_are_one_happening_and_agree_on_half_an_hour() {
        let happenings = found(&[
            report(
                "a",
                vec![talks(
                    "meeting:a",
                    "talked for more than 30 minutes in Brenn",
                    "Brenn",
                    "river summit",
                    Some((Some(30), None)),
                )],
                vec![],
            ),
            report(
                "b",
                vec![talks(
                    "meeting:b",
                    "a chat of about half an hour in Norway",
                    "Norway",
                    "river summit",
                    Some((Some(25), Some(35))),
                )],
                vec![],
            ),
        ]);
        assert_eq!(happenings.len(), 1);
        assert_eq!(happenings[0].members, ["meeting:a", "meeting:b"]);
        assert_eq!(happenings[0].sources, 2);
        assert_eq!(happenings[0].participants, ["person:ines-korda", "person:marek-tosch"]);
        assert!(happenings[0].disagreements.is_empty(), "{:?}", happenings[0].disagreements);
    }

    #[test]
    fn ninety_minutes_and_thirty_disagree() {
        let happenings = found(&[
            report(
                "a",
                vec![talks(
                    "meeting:a",
                    "talked for 90 minutes",
                    "Norway",
                    "river summit",
                    Some((Some(90), Some(90))),
                )],
                vec![],
            ),
            report(
                "b",
                vec![talks(
                    "meeting:b",
                    "talked for 30 minutes",
                    "Norway",
                    "river summit",
                    Some((Some(30), Some(30))),
                )],
                vec![],
            ),
        ]);
        let disagreement = &happenings[0].disagreements[0];
        assert_eq!(disagreement.field, "minutes");
        let values: Vec<(&str, &[String])> =
            disagreement.values.iter().map(|it| (it.value.as_str(), it.members.as_slice())).collect();
        assert_eq!(values, [("90", &["meeting:a".to_owned()][..]), ("30", &["meeting:b".to_owned()][..])]);
    }

    #[test]
    fn the_same_people_at_the_same_summit_in_another_country_met_twice() {
        let happenings = found(&[
            report(
                "a",
                vec![talks("meeting:a", "met at the summit", "Norway", "river summit", None)],
                vec![],
            ),
            report(
                "b",
                vec![talks("meeting:b", "met at the summit", "Sweden", "river summit", None)],
                vec![],
            ),
        ]);
        assert!(happenings.is_empty());
    }

    #[test]
    fn two_sides_in_a_country_of_neither_met_once() {
        let abroad = |id: &str, place: &str| {
            let mut meeting = talks(id, "the two spoke", place, "", None);
            meeting.participants = vec!["state:SWE".to_owned(), "state:FIN".to_owned()];
            meeting
        };
        let reports = |a: &str, b: &str| {
            let mut reports = [
                report("a", vec![abroad("meeting:a", a)], vec![]),
                report("b", vec![abroad("meeting:b", b)], vec![]),
            ];
            for (_, records) in &mut reports {
                records.mentions.push(mention("state:FIN", "Finland", ActorKind::State, "FIN"));
            }
            found(&reports)
        };
        assert_eq!(reports("Norway", "Brenn").len(), 1);
    }

    #[test]
    fn an_undated_report_gets_the_day_of_another() {
        let mut dated = talks("meeting:a", "met at the summit", "Norway", "river summit", None);
        dated.time = time("Monday", "2020-05-04", "2020-05-05");
        let mut undated = talks("meeting:b", "met at the summit", "Norway", "river summit", None);
        undated.time = time("Monday", "", "");
        let happenings = found(&[report("a", vec![dated], vec![]), report("b", vec![undated], vec![])]);
        let when = happenings[0].time.as_ref().unwrap();
        assert_eq!((when.from.as_deref(), when.anchor), (Some("2020-05-04"), Anchor::Linked));
    }

    #[test]
    fn a_month_that_differs_from_a_day_is_told_as_a_month() {
        let mut month = talks("meeting:a", "met at the summit", "Norway", "river summit", None);
        month.time = time("in April", "2020-04-01", "2020-05-01")
            .map(|time| Time { grain: Some(readout_record::Grain::Month), ..time });
        let mut day = talks("meeting:b", "met at the summit", "Norway", "river summit", None);
        day.time = time("on Friday", "2020-05-01", "2020-05-02");
        let happenings = found(&[report("a", vec![month], vec![]), report("b", vec![day], vec![])]);
        let differ = happenings[0].disagreements.iter().find(|it| it.field == "time").unwrap();
        let values: Vec<&str> = differ.values.iter().map(|it| it.value.as_str()).collect();
        assert_eq!(values, ["in April", "2020-05-01"]);
    }

    #[test]
    fn copies_are_one_source_and_other_days_are_another_event() {
        let attack = |id: &str, from: &str, to: &str| Incident {
            evidence: evidence(id, "a bomb killed 40 people at the market"),
            code: "ASSAULT".to_owned(),
            place: Some("Brenn".to_owned()),
            killed: Some((Some(40), Some(40))),
            time: time("Monday", from, to),
            ..Incident::default()
        };
        let reports = [
            report("a", vec![], vec![attack("incident:a", "2020-05-04", "2020-05-05")]),
            report("b", vec![], vec![attack("incident:b", "2020-05-04", "2020-05-05")]),
            report("c", vec![], vec![attack("incident:c", "2020-05-11", "2020-05-12")]),
        ];
        let mut reports = reports;
        let text =
            "A bomb went off between the stalls of the fish market at noon, and the mayor asked for blood.";
        reports[0].0.text = text.to_owned();
        reports[1].0.text = text.to_owned();
        let happenings = found(&reports);
        assert_eq!(happenings.len(), 1);
        assert_eq!(happenings[0].members, ["incident:a", "incident:b"]);
        assert_eq!(happenings[0].sources, 1);
    }

    #[test]
    fn one_outlet_or_one_sentence_is_one_source() {
        let caption =
            "Rescuers carry a man out of the fish market in Brenn, where a bomb killed 40 people on Monday.";
        let told = |id: &str, outlet: &str, text: &str| {
            let start = text.find("a bomb killed").unwrap() as u32;
            let incident = Incident {
                evidence: Evidence {
                    spans: vec![CharSpan::new(start, start + 13)],
                    ..evidence(&format!("incident:{id}"), "a bomb killed")
                },
                code: "ASSAULT".to_owned(),
                place: Some("Brenn".to_owned()),
                killed: Some((Some(40), Some(40))),
                time: time("Monday", "2020-05-04", "2020-05-05"),
                ..Incident::default()
            };
            let mut made = report(id, vec![], vec![incident]);
            made.0.text = text.to_owned();
            made.0.outlet = Some(outlet.to_owned());
            made
        };
        let page = |number: usize, sentence: &str| {
            let other =
                ["The river rose again", "Voters in Velm chose a mayor", "A choir sang for the harbour"];
            format!("{} and nobody minded {number}.\n\n{sentence}", other[number % 3])
        };
        let own = |number: usize| {
            let told = [
                "At dawn a bomb killed forty among the stalls, and nobody has owned to it.",
                "Doctors counted their dead all night after a bomb killed so many shoppers near the quay.",
                "It was noon, a fishwife recalls, when a bomb killed her neighbours and the roofs came down.",
            ];
            told[number].to_owned()
        };
        let sources = |pages: &[(&str, String)]| {
            let pages = pages.iter().enumerate();
            let reports: Vec<_> =
                pages.map(|(at, (outlet, text))| told(&format!("{at}"), outlet, &page(at, text))).collect();
            let happenings = found(&reports);
            assert_eq!(happenings.len(), 1);
            (happenings[0].members.len(), happenings[0].sources)
        };
        // An outlet that shows one picture in three galleries, and three outlets that have it of one agency.
        assert_eq!(sources(&[("A", own(0)), ("a ", own(1)), ("A", own(2))]), (3, 1));
        assert_eq!(sources(&[("A", caption.into()), ("B", caption.into()), ("C", caption.into())]), (3, 1));
        assert_eq!(sources(&[("A", own(0)), ("B", own(1)), ("C", own(2))]), (3, 3));
        // Joined by the one with the second, and by the other with the third.
        assert_eq!(sources(&[("A", own(0)), ("A", caption.into()), ("B", caption.into())]), (3, 1));
        // Few words, or words of somebody else, are written down alike by those who were there.
        let quoted =
            "“Listen to me, all of you at home: a bomb killed forty of our people this morning,” she said.";
        assert_eq!(sources(&[("A", quoted.into()), ("B", quoted.into())]), (2, 2));
    }

    #[test]
    fn likeness_alone_is_possibly() {
        let happenings = found(&[
            report(
                "a",
                vec![
                    talks("meeting:a", "met at the summit in Brenn", "Brenn", "river summit", None),
                    talks("meeting:b", "the meeting", "", "", None),
                ],
                vec![],
            ),
            report(
                "b",
                vec![talks("meeting:c", "met for dinner in the capital of Norway", "Norway", "", None)],
                vec![],
            ),
        ]);
        assert_eq!(happenings.len(), 1);
        assert_eq!(happenings[0].members, ["meeting:a", "meeting:b"]);
        assert_eq!(happenings[0].possibly.len(), 1);
        assert_eq!(happenings[0].possibly[0].0, "meeting:c");
    }
}
