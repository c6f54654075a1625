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

use readout_record::{
    ActorId, Anchor, Disagreement, DisagreementValue, Event, Evidence, Factuality, Happening, Incident,
    Meeting, MeetingFormat, RecordId, Story, Time, ids,
};

use crate::alignment::{Words, key};
use crate::collection::{Clusters, Collection, Postings, Report, days, is_unnamed};
use crate::quotes::stem;

/// Records compared with one at most.
const MAX_CANDIDATES: usize = 48;
/// Days that a report may come after what it tells of, where only dates of publication are known.
const MAX_DAYS: i32 = 4;
/// Weak links shown with a happening at most.
const MAX_POSSIBLY: usize = 8;
/// Points from which two records are one happening.
const SAME: f64 = 4.0;
/// Points from which they may be.
const POSSIBLY: f64 = 3.0;

/// What a number is known to be: at least, at most.
type Range = (Option<u32>, Option<u32>);

/// An event, meeting or incident.
struct Occurrence<'a> {
    evidence: &'a Evidence,
    report: usize,
    /// Number of its report's story.
    story: Option<usize>,
    code: &'a str,
    meeting: bool,
    mode: Option<&'a str>,
    /// Participants of a meeting, or who did it.
    actors: BTreeSet<ActorId>,
    recipients: BTreeSet<ActorId>,
    /// States of both.
    states: BTreeSet<&'a str>,
    time: Option<&'a Time>,
    days: Option<(i32, i32)>,
    weekday: Option<usize>,
    place: Option<&'a str>,
    place_state: Option<&'a str>,
    occasion: Option<BTreeSet<u32>>,
    minutes: Option<Range>,
    killed: Option<Range>,
    injured: Option<Range>,
    claimed_by: BTreeSet<ActorId>,
    blamed_on: BTreeSet<ActorId>,
    factuality: Factuality,
    /// Stems of the content words of its passage.
    words: BTreeSet<u32>,
    /// Plain events of the same passage.
    twins: Vec<&'a RecordId>,
}

/// Finds what more than one record tells of. Reports of different `stories` tell of one happening only on the same day.
pub(crate) fn find(collection: &Collection<'_>, stories: &[Story]) -> Vec<Happening> {
    let story_of: BTreeMap<&str, usize> = stories
        .iter()
        .enumerate()
        .flat_map(|(number, story)| story.documents.iter().map(move |document| (document.as_str(), number)))
        .collect();
    let mut occurrences = occurrences(collection);
    for it in &mut occurrences {
        it.story = story_of.get(it.evidence.doc.as_str()).copied();
    }
    let mut sure: Vec<(f64, usize, usize)> = Vec::new();
    let mut weak: Vec<(f64, usize, usize, String)> = Vec::new();
    for (a, b) in candidates(&occurrences) {
        match compare(collection, &occurrences[a], &occurrences[b]) {
            Verdict::Same(points) => sure.push((points, a, b)),
            Verdict::Possibly(points, reason) => weak.push((points, a, b, reason)),
            Verdict::Different => {}
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
                .find_map(|&y| contradiction(&occurrences[x], &occurrences[y]))
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
    let mut happenings: Vec<Happening> = clusters
        .sets()
        .map(|members| {
            let weak = members.first().and_then(|first| possibly.remove(first)).unwrap_or_default();
            let mut happening = happening(collection, &occurrences, &members);
            happening.possibly = weak.into_iter().map(|(id, reason)| (id.clone(), reason)).collect();
            happening
        })
        .collect();
    happenings.sort_by(|a, b| a.id.cmp(&b.id));
    happenings
}

fn occurrences<'a>(collection: &Collection<'a>) -> Vec<Occurrence<'a>> {
    let mut out = Vec::new();
    for (number, report) in collection.reports.iter().enumerate() {
        let records = report.records;
        let first = out.len();
        out.extend(records.meetings.iter().map(|it| meeting(report, number, it)));
        out.extend(records.incidents.iter().map(|it| incident(report, number, it)));
        // One passage may stand both as a meeting or incident and as a plain event, which then goes with it.
        let last = out.len();
        for it in &records.events {
            let twin = out[first..last].iter_mut().find(|other: &&mut Occurrence<'_>| {
                other.code == it.code && overlap(other.evidence, &it.evidence)
            });
            match twin {
                Some(other) => other.twins.push(&it.evidence.id),
                None => out.push(event(report, number, it)),
            }
        }
        out[first..].sort_by(|a, b| {
            let start = |it: &Occurrence<'_>| it.evidence.spans.first().map_or(0, |span| span.start);
            (start(a), &a.evidence.id).cmp(&(start(b), &b.evidence.id))
        });
    }
    out.retain(|it| {
        !matches!(it.factuality, Factuality::Possible | Factuality::Conditional | Factuality::Demanded)
    });
    out
}

fn blank<'a>(number: usize, evidence: &'a Evidence, code: &'a str) -> Occurrence<'a> {
    let words = Words::new(&evidence.text);
    let words = words
        .spans
        .iter()
        .zip(&words.content)
        .filter(|(_, content)| **content)
        .take(120)
        .map(|(span, _)| key(stem(&span.slice(&evidence.text).to_lowercase())))
        .collect();
    Occurrence {
        evidence,
        story: None,
        report: number,
        code,
        meeting: false,
        mode: None,
        actors: BTreeSet::new(),
        recipients: BTreeSet::new(),
        states: BTreeSet::new(),
        time: None,
        days: None,
        weekday: None,
        place: None,
        place_state: None,
        occasion: None,
        minutes: None,
        killed: None,
        injured: None,
        claimed_by: BTreeSet::new(),
        blamed_on: BTreeSet::new(),
        factuality: Factuality::Happened,
        words,
        twins: Vec::new(),
    }
}

fn meeting<'a>(report: &Report<'a>, number: usize, it: &'a Meeting) -> Occurrence<'a> {
    let mut out = blank(number, &it.evidence, "CONSULT");
    out.meeting = true;
    out.mode = it.format.map(format_name);
    out.actors = report.actors(&it.participants);
    out.occasion = it.occasion.as_deref().map(occasion).filter(|words| !words.is_empty());
    out.minutes = it.minutes;
    out.factuality = it.factuality;
    fixed(report, &mut out, it.time.as_ref(), it.place.as_deref());
    out
}

fn incident<'a>(report: &Report<'a>, number: usize, it: &'a Incident) -> Occurrence<'a> {
    let mut out = blank(number, &it.evidence, &it.code);
    out.mode = it.mode.as_deref();
    out.actors = report.actors(&it.actor);
    out.recipients = report.actors(&it.recipient);
    out.killed = it.killed;
    out.injured = it.injured;
    out.claimed_by = report.actors(&it.claimed_by);
    out.blamed_on = report.actors(&it.blamed_on);
    out.factuality = it.factuality;
    fixed(report, &mut out, it.time.as_ref(), it.place.as_deref());
    out
}

fn event<'a>(report: &Report<'a>, number: usize, it: &'a Event) -> Occurrence<'a> {
    let mut out = blank(number, &it.evidence, &it.code);
    out.mode = it.mode.as_deref();
    out.actors = report.actors(&it.actor);
    out.recipients = report.actors(&it.recipient);
    if it.code == "CONSULT" {
        out.meeting = true;
        out.actors.append(&mut out.recipients);
    }
    out.factuality = it.factuality;
    fixed(report, &mut out, it.time.as_ref(), it.place.as_deref());
    out
}

/// Fills in what the report tells of time and place, and the states of the sides.
fn fixed<'a>(report: &Report<'a>, out: &mut Occurrence<'a>, time: Option<&'a Time>, place: Option<&'a str>) {
    out.time = time;
    out.days = days(time);
    out.weekday = time.and_then(|time| weekday(&time.text));
    out.place = place;
    out.place_state = place.and_then(|place| report.state_of_place(place));
    out.actors.retain(|actor| !is_unnamed(actor));
    out.recipients.retain(|actor| !is_unnamed(actor));
    out.states = out.actors.iter().chain(&out.recipients).filter_map(|actor| report.state(actor)).collect();
}

/// The content words of an occasion's name, without `summit` and the like.
fn occasion(name: &str) -> BTreeSet<u32> {
    let name = name.to_lowercase().replace("group of 20", "g20").replace("g-", "g");
    let words = Words::new(&name);
    words
        .spans
        .iter()
        .zip(&words.content)
        .map(|(span, content)| (span.slice(&name), content))
        .filter(|(word, content)| {
            **content
                && !matches!(
                    *word,
                    "summit" | "meeting" | "conference" | "talks" | "sidelines" | "session" | "annual"
                )
        })
        .map(|(word, _)| key(word))
        .collect()
}

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

fn weekday(text: &str) -> Option<usize> {
    let text = text.to_lowercase();
    let mut found = (0..7).filter(|&day| text.contains(WEEKDAYS[day]));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Pairs worth comparing, through what they have in common.
fn candidates(occurrences: &[Occurrence<'_>]) -> Vec<(usize, usize)> {
    let mut postings = Postings::default();
    let mut out = Vec::new();
    let mut votes: BTreeMap<usize, u32> = BTreeMap::new();
    for (at, it) in occurrences.iter().enumerate() {
        votes.clear();
        let code = u64::from(key(it.code));
        let hash = |kind: u64, text: &str| {
            (code << 32 | u64::from(key(text))).wrapping_mul(2 * kind + 1).rotate_left(kind as u32)
        };
        let mut keys = BTreeSet::new();
        let sides: Vec<&ActorId> = it.actors.iter().chain(&it.recipients).take(12).collect();
        for (number, side) in sides.iter().enumerate() {
            keys.insert(hash(1, side));
            for other in &sides[number + 1..] {
                let (a, b) = if side < other { (side, other) } else { (other, side) };
                keys.insert(hash(2, a) ^ hash(3, b));
            }
        }
        if let Some(place) = it.place {
            keys.insert(hash(4, &place.to_lowercase()));
            for side in &sides {
                keys.insert(hash(5, &place.to_lowercase()) ^ hash(6, side));
            }
        }
        if let Some(state) = it.place_state {
            keys.insert(hash(7, state));
        }
        if let Some((from, _)) = it.days {
            for side in &sides {
                keys.insert(hash(8, side) ^ from as u64);
            }
        }
        let states: Vec<&str> = it.states.iter().copied().collect();
        for (number, state) in states.iter().enumerate() {
            for other in &states[number + 1..] {
                keys.insert(hash(9, state) ^ hash(10, other));
            }
        }
        for number in [it.killed.and_then(|killed| killed.0), it.minutes.and_then(|minutes| minutes.0)] {
            if let Some(number) = number.filter(|number| *number > 3) {
                keys.insert(hash(11, &number.to_string()));
            }
        }
        for key in keys {
            postings.visit(key, at, |other| *votes.entry(other).or_default() += 1);
        }
        let mut found: Vec<(u32, usize)> = votes.iter().map(|(&other, &votes)| (votes, other)).collect();
        found.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(b.1.cmp(&a.1)));
        found.truncate(MAX_CANDIDATES);
        out.extend(found.into_iter().map(|(_, other)| (other, at)));
    }
    out
}

enum Verdict {
    Same(f64),
    Possibly(f64, String),
    Different,
}

/// What keeps two records apart, whatever else agrees.
fn contradiction(a: &Occurrence<'_>, b: &Occurrence<'_>) -> Option<&'static str> {
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
    if let (Some(left), Some(right)) = (a.place_state, b.place_state)
        && left != right
    {
        return Some("the countries differ");
    }
    if let (Some(left), Some(right)) = (&a.occasion, &b.occasion)
        && left.is_disjoint(right)
    {
        return Some("the occasions differ");
    }
    if let (Some(left), Some(right)) = (a.killed, b.killed)
        && far_apart(left, right)
    {
        return Some("the numbers of dead are far apart");
    }
    if let (Some(left), Some(right)) = (a.story, b.story)
        && left != right
        && (a.days.is_none() || b.days.is_none())
    {
        return Some("the stories differ, and a day is missing");
    }
    let planned = |it: &Occurrence<'_>| it.factuality == Factuality::Planned;
    if planned(a) != planned(b) && (a.days.is_none() || b.days.is_none()) {
        return Some("one is planned, the other has taken place");
    }
    if a.meeting
        && a.mode
            .zip(b.mode)
            .is_some_and(|(left, right)| left != right && (left == "call" || right == "call"))
    {
        return Some("one is a call, the other a meeting");
    }
    None
}

/// Whether one number is more than three times the other and they are not small.
fn far_apart(a: Range, b: Range) -> bool {
    let (a, b) = (closed(a), closed(b));
    let (low, high) = if a.0 < b.0 { (a, b) } else { (b, a) };
    high.0 > low.1 * 3.0 && high.0 > 5.0
}

fn compare(collection: &Collection<'_>, a: &Occurrence<'_>, b: &Occurrence<'_>) -> Verdict {
    if a.code != b.code || a.meeting != b.meeting || a.evidence.id == b.evidence.id {
        return Verdict::Different;
    }
    let within = a.report == b.report;
    if within && overlap(a.evidence, b.evidence) && (!a.meeting || a.actors.is_disjoint(&b.actors)) {
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
    } else if let (Some(left), Some(right)) =
        (collection.reports[a.report].day, collection.reports[b.report].day)
    {
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
    if let Some(state) = a.place_state.filter(|state| Some(*state) == b.place_state)
        && a.meeting
        && a.states.len().max(b.states.len()) >= 2
        && !a.states.contains(state)
        && !b.states.contains(state)
    {
        // Two presidents are seldom together in a country of neither.
        points += 0.75;
        agreed.push("a country of neither side");
    }
    if let (Some(left), Some(right)) = (&a.occasion, &b.occasion)
        && !left.is_disjoint(right)
    {
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

fn is_bare(it: &Occurrence<'_>) -> bool {
    it.days.is_none() && it.weekday.is_none() && it.place.is_none() && it.occasion.is_none()
}

fn overlap(a: &Evidence, b: &Evidence) -> bool {
    a.spans.iter().any(|left| b.spans.iter().any(|right| left.overlaps(*right)))
}

/// How well the sides fit, in points; `None` if they do not.
fn sides(a: &Occurrence<'_>, b: &Occurrence<'_>) -> Option<(f64, &'static str)> {
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

fn place(a: &Occurrence<'_>, b: &Occurrence<'_>) -> Place {
    let (Some(left), Some(right)) = (a.place, b.place) else { return Place::Unknown };
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

/// The range with open ends closed: `more than 30` is up to half as much again.
fn closed(range: Range) -> (f64, f64) {
    match (range.0.map(f64::from), range.1.map(f64::from)) {
        (Some(low), Some(high)) => (low, high),
        (Some(low), None) => (low, low * 1.5),
        (None, Some(high)) => (high * 0.5, high),
        (None, None) => (0.0, f64::MAX),
    }
}

/// Whether both can be true, give or take a share `slack`.
fn agree(a: Range, b: Range, slack: f64) -> bool {
    let (a, b) = (closed(a), closed(b));
    a.0 * (1.0 - slack) <= b.1 * (1.0 + slack) && b.0 * (1.0 - slack) <= a.1 * (1.0 + slack)
}

fn happening(collection: &Collection<'_>, occurrences: &[Occurrence<'_>], members: &[usize]) -> Happening {
    let group: Vec<&Occurrence<'_>> = members.iter().map(|&at| &occurrences[at]).collect();
    let ids: Vec<RecordId> = group
        .iter()
        .flat_map(|it| std::iter::once(&it.evidence.id).chain(it.twins.iter().copied()))
        .cloned()
        .collect();
    let best = group
        .iter()
        .max_by_key(|it| {
            let known = usize::from(it.days.is_some())
                + usize::from(it.place.is_some())
                + usize::from(it.occasion.is_some())
                + usize::from(it.minutes.is_some() || it.killed.is_some())
                + (it.actors.len() + it.recipients.len()).min(3);
            (known, std::cmp::Reverse(it.evidence.text.chars().count()), std::cmp::Reverse(&it.evidence.id))
        })
        .copied();
    let origins: BTreeSet<&str> = group.iter().map(|it| collection.reports[it.report].origin).collect();
    Happening {
        id: ids::linked_id("happening", ids.iter().map(String::as_str)),
        code: group.first().map(|it| it.code.to_owned()).unwrap_or_default(),
        title: best.map(|it| title(&it.evidence.text)).unwrap_or_default(),
        participants: participants(&group),
        time: time(&group),
        place: agreed_place(&group),
        disagreements: disagreements(&group),
        sources: origins.len() as u32,
        possibly: Vec::new(),
        members: ids,
    }
}

/// The first twenty words.
fn title(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut title = words.iter().take(20).copied().collect::<Vec<_>>().join(" ");
    if words.len() > 20 {
        title.push_str(" …");
    }
    title
}

/// Whom all members name who name anybody.
fn participants(group: &[&Occurrence<'_>]) -> Vec<ActorId> {
    let mut sets = group
        .iter()
        .map(|it| it.actors.union(&it.recipients).cloned().collect::<BTreeSet<ActorId>>())
        .filter(|set| !set.is_empty());
    let Some(first) = sets.next() else { return Vec::new() };
    sets.fold(first, |common, set| common.intersection(&set).cloned().collect()).into_iter().collect()
}

/// The shortest interval that a member gives; linked if others know no date.
fn time(group: &[&Occurrence<'_>]) -> Option<Time> {
    let best = group
        .iter()
        .filter_map(|it| Some((it.days?, it.time?)))
        .min_by_key(|((from, to), time)| (to - from, *from, time.text.len(), time.text.clone()));
    let Some((_, time)) = best else {
        // No date is known: the words, if all that say anything say the same weekday.
        let mut told = group.iter().filter_map(|it| Some((it.weekday?, it.time?)));
        let (day, time) = told.next()?;
        return told.all(|(other, _)| other == day).then(|| time.clone());
    };
    let mut time = time.clone();
    if group.iter().any(|it| it.days.is_none()) {
        time.anchor = Anchor::Linked;
    }
    Some(time)
}

/// The place that is named most exactly, if all agree.
fn agreed_place(group: &[&Occurrence<'_>]) -> Option<String> {
    let states: BTreeSet<&str> = group.iter().filter_map(|it| it.place_state).collect();
    if states.len() > 1 {
        return None;
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for place in group.iter().filter_map(|it| it.place) {
        *counts.entry(place).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(place, count)| (*count, std::cmp::Reverse(*place)))
        .map(|(place, _)| place.to_owned())
}

fn disagreements(group: &[&Occurrence<'_>]) -> Vec<Disagreement> {
    let ranges = |field: &str, slack: f64, of: fn(&Occurrence<'_>) -> Option<Range>| {
        let told: Vec<(String, &RecordId, Range)> = group
            .iter()
            .filter_map(|it| {
                let range = of(it).filter(|range| *range != (None, None))?;
                Some((range_text(range), &it.evidence.id, range))
            })
            .collect();
        values(field, &told, |a, b| agree(*a, *b, slack))
    };
    let mut out = Vec::new();
    out.extend(ranges("minutes", 0.1, |it| it.minutes));
    out.extend(ranges("killed", 0.0, |it| it.killed));
    out.extend(ranges("injured", 0.0, |it| it.injured));
    let told: Vec<(String, &RecordId, (i32, i32))> = group
        .iter()
        .filter_map(|it| {
            let time = it.time?;
            let from = time.from.clone().unwrap_or_else(|| time.text.clone());
            Some((from, &it.evidence.id, it.days?))
        })
        .collect();
    out.extend(values("time", &told, |a, b| a.0 <= b.1 && b.0 <= a.1));
    let told: Vec<(String, &RecordId, Option<&str>)> = group
        .iter()
        .filter(|it| it.place_state.is_some())
        .filter_map(|it| Some((it.place?.to_owned(), &it.evidence.id, it.place_state)))
        .collect();
    out.extend(values("place", &told, |a, b| a == b));
    let told: Vec<(String, &RecordId, bool)> = group
        .iter()
        .map(|it| {
            let denied = it.factuality == Factuality::Denied;
            (if denied { "denied" } else { "happened" }.to_owned(), &it.evidence.id, denied)
        })
        .collect();
    out.extend(values("factuality", &told, |a, b| a == b));
    let actors = |field: &str, of: fn(&Occurrence<'_>) -> BTreeSet<ActorId>| {
        let told: Vec<(String, &RecordId, BTreeSet<ActorId>)> = group
            .iter()
            .map(|it| (of(it), &it.evidence.id))
            .filter(|(set, _)| !set.is_empty())
            .map(|(set, id)| (set.iter().cloned().collect::<Vec<_>>().join(", "), id, set))
            .collect();
        values(field, &told, |a, b| !a.is_disjoint(b))
    };
    out.extend(actors("claimed_by", |it| it.claimed_by.clone()));
    out.extend(actors("blamed_on", |it| it.blamed_on.clone()));
    out
}

/// Who says what of `field`, if not all agree. Each value stands with those who give it or one that agrees with it.
fn values<V>(
    field: &str,
    told: &[(String, &RecordId, V)],
    agree: impl Fn(&V, &V) -> bool,
) -> Option<Disagreement> {
    // The first of each camp speaks for it; told in the order of the reports.
    let mut camps: Vec<Vec<usize>> = Vec::new();
    for (number, (_, _, value)) in told.iter().enumerate() {
        match camps.iter_mut().find(|camp| camp.iter().all(|&other| agree(&told[other].2, value))) {
            Some(camp) => camp.push(number),
            None => camps.push(vec![number]),
        }
    }
    if camps.len() < 2 {
        return None;
    }
    let values = camps
        .into_iter()
        .map(|camp| {
            let mut words: Vec<&str> = camp.iter().map(|&at| told[at].0.as_str()).collect();
            words.sort_unstable();
            words.dedup();
            DisagreementValue {
                value: words.join(" / "),
                members: camp.iter().map(|&at| told[at].1.clone()).collect(),
            }
        })
        .collect();
    Some(Disagreement { field: field.to_owned(), values })
}

fn range_text(range: Range) -> String {
    match range {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low}–{high}"),
        (Some(low), None) => format!("at least {low}"),
        (None, Some(high)) => format!("at most {high}"),
        (None, None) => "unknown".to_owned(),
    }
}

fn format_name(format: MeetingFormat) -> &'static str {
    match format {
        MeetingFormat::Bilateral => "bilateral",
        MeetingFormat::PullAside => "pull-aside",
        MeetingFormat::Call => "call",
        MeetingFormat::Summit => "summit",
        MeetingFormat::Talks => "talks",
        MeetingFormat::PressConference => "press-conference",
    }
}

#[cfg(test)]
mod tests {
    use readout_knowledge::Knowledge;
    use readout_record::{ActorKind, Document, DocumentRecords, Mention};
    use readout_text::CharSpan;

    use super::*;
    use crate::collection::ActorIds;

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
        let origins: Vec<String> = refs.iter().map(|(document, _)| document.id.clone()).collect();
        let ids = ActorIds::new();
        find(&Collection::new(&refs, &origins, &ids, &Knowledge::default()), &[])
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
        let refs: Vec<(&Document, &DocumentRecords)> = reports.iter().map(|(a, b)| (a, b)).collect();
        let origins = ["a".to_owned(), "a".to_owned(), "c".to_owned()];
        let ids = ActorIds::new();
        let happenings = find(&Collection::new(&refs, &origins, &ids, &Knowledge::default()), &[]);
        assert_eq!(happenings.len(), 1);
        assert_eq!(happenings[0].members, ["incident:a", "incident:b"]);
        assert_eq!(happenings[0].sources, 1);
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
