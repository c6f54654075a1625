//! The likeness of two records that may be of one happening: what contradicts, and what agrees for how many points.

use readout_record::{Factuality, RecordId};

use super::disagreements::agree;
use super::frame::{Place, have_one_number, is_remembered, place, plan_came_true, recalls_month};
use super::occurrence::{MAX_DAYS, Occurrence, overlap};

use super::sides::{NO_SIDE, SAME_SIDES, SAME_STATES, fit, is_mutual, sides};
use super::within_story;

/// Points from which two records are one happening, if two things agree.
const SAME: f64 = 4.0;
/// Points from which two records may be one happening.
const POSSIBLY: f64 = 3.0;

// The points of what agrees or differs. They were set by hand in quarters of a point and not fitted to data. Their
// measure: the same sides and two more things that fix an event in the world make it one; the same sides and one more
// thing leave it possible.

/// Days that overlap, both intervals short.
const SAME_DAYS: f64 = 1.5;
/// Longest interval that is short, in days after its first.
const SHORT_DAYS: i32 = 3;
/// Days that overlap, one interval long.
const LONG_DAYS: f64 = 0.5;
/// Neighbouring days. A meeting loses nothing: its days may be counted in two time zones. Attacks of one kind follow
/// one another from day to day.
const NEXT_DAY: f64 = -1.5;
/// Days of publication that lie close, a day being unknown.
const CLOSE_REPORTS: f64 = 0.5;
/// The same two sides of a meeting or an agreement, reported within days: the report's days stand in for the unknown day.
const SAME_FRAME: f64 = 1.5;
/// A plan, and what took place within 60 days of its report.
const AS_PLANNED: f64 = 1.0;
/// A plan of the same two sides, and what took place.
const SAME_PLAN: f64 = 1.5;
/// The same day or month, long before both reports: of one kind of event one is remembered.
const REMEMBERED_DAY: f64 = 2.0;
/// The same number in a series of gatherings.
const SAME_ORDINAL: f64 = 1.5;
/// Days between the reports of one gathering of a series: a later series counts anew.
const ONE_SERIES: i32 = 180;
/// Days of publication that lie apart, a day being unknown.
const DISTANT_REPORTS: f64 = -2.0;
/// The same day of the week, a day being unknown.
const SAME_WEEKDAY: f64 = 0.5;
/// The same place, or one within the other by name.
const SAME_PLACE: f64 = 1.0;
/// Two places of one state.
const SAME_COUNTRY: f64 = 0.75;
/// Two places of which nobody knows that they are in one state.
const OTHER_PLACE: f64 = -0.5;
/// A meeting of two states in a third: two presidents are seldom together in a country of neither.
const THIRD_COUNTRY: f64 = 0.75;
/// A word of the occasion's name in common.
const SAME_OCCASION: f64 = 1.0;
/// The same number of dead, of injured or of minutes, if it is more than [`SMALL_NUMBER`].
const SAME_NUMBER: f64 = 1.5;
/// Largest number that any two events may have in common.
const SMALL_NUMBER: u32 = 3;
/// Numbers that disagree by more than [`NUMBER_SLACK`].
const OTHER_NUMBER: f64 = -0.5;
/// Share by which two numbers may differ and still agree.
const NUMBER_SLACK: f64 = 0.1;
/// All content words of the shorter passage in the longer.
const SAME_WORDS: f64 = 1.5;
/// Number of common words from which their share counts in full.
const ENOUGH_WORDS: f64 = 4.0;
/// The killing of the same person.
const KILLED_ONCE: f64 = 3.0;
/// A campaign of the same doer, reported within [`CAMPAIGN_DAYS`].
const SAME_CAMPAIGN: f64 = 2.5;
/// Days between two reports of one campaign.
const CAMPAIGN_DAYS: i32 = 30;
/// One says that it was, the other that it was not.
const DENIED: f64 = -1.0;
/// The same sentence, word for word.
const SAME_SENTENCE: f64 = 3.0;
/// The same words in quotation marks, of the same doer.
const SAME_QUOTED: f64 = 2.5;
/// A report that comes back to its meeting does not name the day and place again.
const ONE_REPORT: f64 = 1.5;

/// The contradiction of two places.
pub(super) const COUNTRIES: &str = "the countries differ";

/// The outcome of a comparison: points and, where they do not suffice, the reason.
pub(super) enum Verdict {
    Same(f64),
    /// One happening if the two reports are in one story.
    InStory(f64),
    Possibly(f64, String),
    Different,
}

/// Points with the words for what agrees.
#[derive(Default)]
struct Tally {
    points: f64,
    agreed: Vec<&'static str>,
}

impl Tally {
    fn agrees(&mut self, points: f64, what: &'static str) {
        self.points += points;
        self.agreed.push(what);
    }
}

/// Compares two records.
pub(super) fn compare(a: &Occurrence, b: &Occurrence) -> Verdict {
    if a.act != b.act || a.meeting != b.meeting || a.evidence.id == b.evidence.id {
        return Verdict::Different;
    }
    let within = a.report.document.id == b.report.document.id;
    if within && overlap(&a.evidence, &b.evidence) && (!a.meeting || a.actors.is_disjoint(&b.actors)) {
        // Two events of one clause are two.
        return Verdict::Different;
    }
    let Some((points, what)) = sides(a, b) else { return Verdict::Different };
    if contradiction(a, b).is_some() {
        return Verdict::Different;
    }
    // Of a meeting without a side in common the day says nothing: many meet on one day.
    let fixed = matches!(place(a, b), Place::Same)
        || !a.occasion.is_disjoint(&b.occasion)
        || !a.sentences.is_disjoint(&b.sentences);
    if a.meeting && points <= NO_SIDE && !fixed {
        return Verdict::Different;
    }
    let mut tally = Tally::default();
    tally.agrees(points, what);
    let sided = points;
    if (a.factuality == Factuality::Denied) != (b.factuality == Factuality::Denied) {
        tally.points += DENIED;
    }
    let both = points >= SAME_STATES && (a.meeting || is_mutual(a));
    weigh_days(a, b, within, both.then_some(sided), &mut tally);
    weigh_places(a, b, &mut tally);
    if !a.occasion.is_disjoint(&b.occasion) {
        tally.agrees(SAME_OCCASION, "the same occasion");
    }
    if a.ordinal.is_some() && a.ordinal == b.ordinal {
        tally.agrees(SAME_ORDINAL, "the same number in a series");
    }
    weigh_numbers(a, b, &mut tally);
    let common = a.words.intersection(&b.words).count();
    let short = a.words.len().min(b.words.len());
    if short > 0 {
        let share = (common as f64 / short as f64).min(1.0);
        tally.points += SAME_WORDS * share * (common as f64 / ENOUGH_WORDS).min(1.0);
    }
    if !within && !a.sentences.is_disjoint(&b.sentences) {
        tally.agrees(SAME_SENTENCE, "the same sentence");
    }
    if !within && !a.quoted.is_disjoint(&b.quoted) && fit(a, &a.actors, b, &b.actors) == Some(true) {
        tally.agrees(SAME_QUOTED, "the same quoted words");
    }
    if !a.victims.is_disjoint(&b.victims) {
        tally.agrees(KILLED_ONCE, "the killing of one person");
    } else if in_one_campaign(a, b) {
        tally.agrees(SAME_CAMPAIGN, "a campaign of the same weeks");
    }
    if within && a.meeting && a.actors == b.actors && (is_bare(a) || is_bare(b)) {
        tally.agrees(ONE_REPORT, "one report");
    }
    let Tally { points, agreed } = tally;
    if points >= SAME && agreed.len() >= 2 {
        Verdict::Same(points)
    } else if within_story::is_one(a, b, sided) {
        Verdict::InStory(points)
    } else if points >= POSSIBLY {
        let reason = format!("{}, but no more to tell whether it is the same", agreed.join(", "));
        Verdict::Possibly(points, reason)
    } else {
        Verdict::Different
    }
}

/// Weighs the days, or the days of publication where a day is unknown. `within` is true for one report, `both` has the points
/// for the sides if two of a meeting or an agreement are the same.
fn weigh_days(a: &Occurrence, b: &Occurrence, within: bool, both: Option<f64>, tally: &mut Tally) {
    if let (Some(left), Some(right)) = (a.days, b.days) {
        let length = |days: (i32, i32)| days.1 - days.0;
        if left.0 > right.1 || right.0 > left.1 {
            tally.points += if a.meeting { 0.0 } else { NEXT_DAY };
        } else if length(left).max(length(right)) <= SHORT_DAYS {
            tally.agrees(SAME_DAYS, "the same days");
            if is_remembered(a) && is_remembered(b) {
                tally.agrees(REMEMBERED_DAY, "a day long before the reports");
            }
        } else if left == right && recalls_month(a) && recalls_month(b) {
            tally.agrees(REMEMBERED_DAY, "a month long before the reports");
        } else {
            tally.points += LONG_DAYS;
        }
    } else if let (Some(left), Some(right)) = (a.report.day, b.report.day) {
        // The day of publication stands in for a day that is not told. Of a plan it is that of both: it is the same plan,
        // though only one report says for when.
        let planned = |it: &Occurrence| it.meeting && it.factuality == Factuality::Planned;
        let own = |it: &Occurrence, told: i32| it.days.map_or(told, |days| days.0);
        let (left, right) =
            if planned(a) && planned(b) { (left, right) } else { (own(a, left), own(b, right)) };
        if plan_came_true(a, b) || plan_came_true(b, a) {
            if !within && both.is_some_and(|sides| sides >= SAME_SIDES) {
                tally.agrees(SAME_PLAN, "held as planned");
            } else {
                tally.points += AS_PLANNED;
            }
        } else if !a.victims.is_disjoint(&b.victims)
            || in_one_campaign(a, b)
            || have_one_number(a, b) && (left - right).abs() <= ONE_SERIES
        {
            // What there is but once needs no days of reports.
        } else if (left - right).abs() > MAX_DAYS {
            tally.points += DISTANT_REPORTS;
        } else if !within && both.is_some() {
            tally.agrees(SAME_FRAME, "reported within days");
        } else if !within {
            tally.points += CLOSE_REPORTS;
        }
    }
    if a.weekday.is_some() && a.weekday == b.weekday && (a.days.is_none() || b.days.is_none()) {
        tally.agrees(SAME_WEEKDAY, "the same weekday");
    }
}

/// Weighs the places and the countries.
fn weigh_places(a: &Occurrence, b: &Occurrence, tally: &mut Tally) {
    match place(a, b) {
        Place::Same => tally.agrees(SAME_PLACE, "the same place"),
        Place::SameCountry => tally.agrees(SAME_COUNTRY, "the same country"),
        Place::Other => tally.points += OTHER_PLACE,
        Place::Unknown => {}
    }
    if let Some(state) = a.place_state.as_ref().filter(|state| Some(*state) == b.place_state.as_ref())
        && a.meeting
        && a.states.len().max(b.states.len()) >= 2
        && !a.states.contains(state)
        && !b.states.contains(state)
    {
        tally.agrees(THIRD_COUNTRY, "a country of neither side");
    }
}

/// Weighs the numbers of dead, of injured and of minutes.
fn weigh_numbers(a: &Occurrence, b: &Occurrence, tally: &mut Tally) {
    for (left, right, what) in [
        (a.killed, b.killed, "the same number of dead"),
        (a.injured, b.injured, "the same number of injured"),
        (a.minutes, b.minutes, "the same length"),
    ] {
        let (Some(left), Some(right)) = (left, right) else { continue };
        if left == right && left.least.is_some_and(|number| number > SMALL_NUMBER) {
            tally.agrees(SAME_NUMBER, what);
        } else if !agree(left, right, NUMBER_SLACK) {
            tally.points += OTHER_NUMBER;
        }
    }
}

/// Returns the contradiction that keeps two records apart, whatever else agrees.
pub(super) fn contradiction(a: &Occurrence, b: &Occurrence) -> Option<&'static str> {
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
    if !a.occasion.is_empty() && !b.occasion.is_empty() && a.occasion.is_disjoint(&b.occasion) {
        return Some("the occasions differ");
    }
    if let (Some(left), Some(right)) = (a.ordinal, b.ordinal)
        && left != right
    {
        return Some("one is the first, the other the second");
    }
    let planned = |it: &Occurrence| it.factuality == Factuality::Planned;
    if planned(a) != planned(b)
        && !have_one_number(a, b)
        && (a.days.is_none() || b.days.is_none())
        && !plan_came_true(a, b)
        && !plan_came_true(b, a)
    {
        return Some("one is planned, the other has taken place");
    }
    // What one report itself says was not, and something alike that it says was, are two.
    let denied = |it: &Occurrence| it.factuality == Factuality::Denied;
    if a.report.document.id == b.report.document.id && denied(a) != denied(b) && !a.disputed && !b.disputed {
        return Some("one took place, the other did not");
    }
    // Who travels somewhere meets several there.
    if a.meeting && a.visit != b.visit {
        return Some("one is a visit, the other a meeting");
    }
    if a.meeting && a.actors.len() >= 2 && b.actors.len() >= 2 && sides(a, b).is_none() {
        return Some("the participants differ");
    }
    if a.meeting
        && a.mode
            .as_deref()
            .zip(b.mode.as_deref())
            .is_some_and(|(left, right)| left != right && (left == "call" || right == "call"))
    {
        return Some("one is a call, the other a meeting");
    }
    // Last, so that whoever lets other places pass has seen all else.
    if let (Some(left), Some(right)) = (&a.place_state, &b.place_state)
        && left != right
        && !meet_on_one_day(a, b)
    {
        return Some(COUNTRIES);
    }
    None
}

/// Whether the same two meet, in both records on one day or by the same number of a series: one of the places is taken
/// wrongly, or only passed through.
pub(super) fn meet_on_one_day(a: &Occurrence, b: &Occurrence) -> bool {
    let one_day = a.days.zip(b.days).is_some_and(|(a, b)| a == b && a.1 - a.0 <= 1);
    a.meeting && (one_day || have_one_number(a, b)) && a.actors.intersection(&b.actors).count() >= 2
}

/// Returns the reason that keeps two records of different stories apart: one of them has no day.
pub(super) fn other_story(
    a: &Occurrence,
    a_story: Option<&RecordId>,
    b: &Occurrence,
    b_story: Option<&RecordId>,
) -> Option<&'static str> {
    let differ = a_story.zip(b_story).is_some_and(|(left, right)| left != right);
    (differ && is_loose(a, b)).then_some("the stories differ, and a day is missing")
}

/// Whether nothing but the frame of their reports says when the two were.
pub(super) fn is_loose(a: &Occurrence, b: &Occurrence) -> bool {
    (a.days.is_none() || b.days.is_none()) && !have_one_number(a, b) && a.victims.is_disjoint(&b.victims)
}

/// Whether both are a campaign of one doer, of the same weeks: a report calls it an invasion, another an offensive.
fn in_one_campaign(a: &Occurrence, b: &Occurrence) -> bool {
    let day = |it: &Occurrence| it.days.map(|days| days.0).or(it.report.day);
    a.campaign
        && b.campaign
        && fit(a, &a.actors, b, &b.actors) == Some(true)
        && day(a).zip(day(b)).is_some_and(|(a, b)| (a - b).abs() <= CAMPAIGN_DAYS)
}

/// Whether the record says neither when nor where nor on what occasion.
fn is_bare(it: &Occurrence) -> bool {
    it.days.is_none() && it.weekday.is_none() && it.place.is_none() && it.occasion.is_empty()
}
