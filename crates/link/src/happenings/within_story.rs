//! The likeness of two records within one story. What two reports on one affair tell of the same sides and the same thing is
//! one act, though neither names its day.

use readout_record::{ActorId, Bounds, Factuality, PloverCode};

use super::disagreements::agree;
use super::frame::{Place, is_long_past, place, plan_came_true, recalls_year};
use super::occurrence::{MAX_DAYS, Occurrence};
use super::sides::{ONE_SIDE, SAME_SIDES, SAME_STATES, sides};
use crate::judged::GATHERINGS;
use crate::matter::shared;

// The summed rarity of what two passages name beside their sides and the kind of act, from which both tell of one act. A
// rare word counts 4.6, `town` 2.3. Set by hand, after reading what they joined in raw reports.

/// Rarity in common if both sides are the same.
const BOTH_SIDES: f64 = 2.2;
/// Rarity in common if one side is the same, the other unknown.
const A_SIDE: f64 = 3.4;
/// Rarity in common of two acts of words, as calls or condemnations, if one side is the same: who speaks, speaks often.
const A_SIDE_IN_WORDS: f64 = 6.0;
/// Rarity in common if no side is known to both.
const NEITHER: f64 = 9.0;
/// What a person, a place or a toll of many in common counts: as much as a rare word.
const FIXED: f64 = 4.5;
/// The factor by which a deed has more than enough in common, so that reports of [`WEEKS`] tell of it.
const MUCH: f64 = 2.0;
/// Days between two reports that still tell of one deed whose day neither names. Set by hand.
pub(super) const WEEKS: i32 = 14;
/// Number of dead from which an attack is known by its toll.
const MANY: u32 = 5;
/// The factor by which more is to be in common within one report, which tells apart what is alike.
const ONE_REPORT: f64 = 1.5;
/// Share of what the shorter passage names that the other names too.
const SHARE: f64 = 0.4;
/// Share by which two tolls may differ and still be of one act.
const TOLLS: f64 = 0.5;
/// Largest toll that every report counts.
const FEW: u32 = 3;

/// Whether two records of one story, whose sides agree for `points` and which nothing keeps apart, are one happening.
pub(super) fn is_one(a: &Occurrence, b: &Occurrence, points: f64) -> bool {
    let denied = |it: &Occurrence| it.factuality == Factuality::Denied;
    if denied(a) != denied(b) || sort_differs(a, b) {
        return false;
    }
    let there = matches!(place(a, b), Place::Same) || !a.occasion.is_disjoint(&b.occasion);
    if a.meeting {
        let gatherings = is_gathering(a) && is_gathering(b);
        // `The summit of Norland and Sudland` in one report, that of their presidents in another.
        let are_states = |it: &Occurrence| it.actors.iter().all(|actor| actor.as_str().starts_with("state:"));
        let leaders = gatherings
            && points >= SAME_STATES
            && (are_states(a) || are_states(b))
            && a.states.len() == 2
            && a.states == b.states;
        return is_of_one_time(a, b, points, false, MAX_DAYS)
            && (there && (points >= SAME_STATES || gatherings) || leaders);
    }
    // The Sudlanders who are killed in one report and the town in Sudland that is shelled in another.
    let victims = a.act == Some(PloverCode::Assault) && !a.target_states.is_disjoint(&b.target_states);
    let points = if victims { points.max(ONE_SIDE) } else { points };
    let fixed = fixed(a, b, points);
    let common = shared(&a.matter, &b.matter) + fixed.points;
    let whole = |it: &Occurrence| it.matter.values().sum::<f64>();
    let enough = if points >= SAME_SIDES {
        BOTH_SIDES
    } else {
        match (points >= ONE_SIDE, is_deed(a) && is_deed(b)) {
            (true, true) => A_SIDE,
            (true, false) => A_SIDE_IN_WORDS,
            (false, true) => NEITHER,
            (false, false) => return false,
        }
    };
    let strict = if a.report.document.id == b.report.document.id { ONE_REPORT } else { 1.0 };
    // What has much in common is told of for weeks.
    let much = common >= MUCH * enough;
    let days = if is_material(a.act) && much { WEEKS } else { MAX_DAYS };
    common >= strict * enough
        && common >= strict * SHARE * whole(a).min(whole(b))
        && is_of_one_time(a, b, points, much && fixed.once, days)
}

/// The worth of what fixes a deed in the world beside its words.
struct Fixed {
    /// Its worth, as so much rarity.
    points: f64,
    /// Whether it is a person or a town, by which a deed is known years later.
    once: bool,
}

/// Returns what fixes a deed in the world beside its words: the person to whom it is done, the place, a toll of many, whose
/// people are freed or sent away, who signs an instrument or leaves an office.
fn fixed(a: &Occurrence, b: &Occurrence, sides: f64) -> Fixed {
    // One side signs an instrument once, and one person leaves an office once, while an affair lasts.
    if !is_material(a.act) {
        return Fixed {
            points: if a.signing && b.signing && sides >= ONE_SIDE { FIXED } else { 0.0 },
            once: false,
        };
    }
    let is_person = |it: &&ActorId| it.as_str().starts_with("person:");
    let person = a.recipients.intersection(&b.recipients).any(|it| is_person(&it));
    let person = person || !a.leavers.is_disjoint(&b.leavers);
    let town = !a.wide_place && !b.wide_place && matches!(place(a, b), Place::Same);
    let many = |it: &Occurrence| it.killed.and_then(|killed| killed.least).is_some_and(|least| least >= MANY);
    let points = [person, town, many(a) && many(b), moves_people(a, b)]
        .map(|it| if it { FIXED } else { 0.0 })
        .iter()
        .sum();
    Fixed { points, once: person || town }
}

/// Whether both free people of one state, or send them away: one side does so once while an affair lasts, and reports count
/// and name them otherwise.
fn moves_people(a: &Occurrence, b: &Occurrence) -> bool {
    const MOVES: [&str; 3] = ["release", "expel", "deport"];
    a.mode == b.mode
        && a.mode.as_deref().is_some_and(|mode| MOVES.contains(&mode))
        && !a.target_states.is_disjoint(&b.target_states)
}

/// Whether two records that are to be one within a story are of different sorts or sides, or differ on their tolls.
pub(super) fn sort_differs(a: &Occurrence, b: &Occurrence) -> bool {
    let modes = a.mode.as_deref().zip(b.mode.as_deref()).is_some_and(|(left, right)| left != right);
    let tolls = [(a.killed, b.killed), (a.injured, b.injured)];
    let tolls =
        tolls.into_iter().any(|(left, right)| left.zip(right).is_some_and(|(a, b)| !tolls_agree(a, b)));
    !a.meeting && modes || tolls || sides(a, b).is_none()
}

/// Whether two tolls can be of one act: a few dead are counted, many are estimated.
fn tolls_agree(a: Bounds, b: Bounds) -> bool {
    let few = [a, b].iter().any(|it| it.most.is_some_and(|most| most <= FEW));
    agree(a, b, if few { 0.0 } else { TOLLS })
}

/// Whether the act is a deed, not words. To sign is one.
fn is_deed(it: &Occurrence) -> bool {
    it.signing || is_material(it.act)
}

/// Whether acts of the kind are deeds, not words. A disaster has no kind.
fn is_material(act: Option<PloverCode>) -> bool {
    use PloverCode::{Aid, Assault, Coerce, Mobilize, Protest, Retreat, Sanction};
    act.is_none_or(|act| matches!(act, Aid | Assault | Coerce | Mobilize | Protest | Retreat | Sanction))
}

/// Whether two records can be of one time: of days that meet, of reports that lie at most `most` days apart, or long past
/// for one if the sides are the same or it is done `once`.
fn is_of_one_time(a: &Occurrence, b: &Occurrence, points: f64, once: bool, most: i32) -> bool {
    if let (Some(left), Some(right)) = (a.days, b.days) {
        return left.0 <= right.1 && right.0 <= left.1;
    }
    if plan_came_true(a, b) || plan_came_true(b, a) {
        return true;
    }
    // One report gives the day of what is long past, another knows that it is known.
    if (points >= SAME_SIDES || once) && (is_long_past(a) || is_long_past(b)) {
        return true;
    }
    // Of a year many deeds are told of the same two.
    if once && (recalls_year(a) || recalls_year(b)) {
        return true;
    }
    let days = |it: &Occurrence| it.days.or_else(|| it.report.day.map(|day| (day, day)));
    days(a).zip(days(b)).is_some_and(|(left, right)| left.0 - right.1 <= most && right.0 - left.1 <= most)
}

/// Whether the record names a summit, a conference or the like.
fn is_gathering(it: &Occurrence) -> bool {
    let text = it.evidence.text.to_lowercase();
    GATHERINGS.words().any(|word| text.split(|letter: char| !letter.is_alphanumeric()).any(|of| of == word))
}
