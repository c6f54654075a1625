//! The block keys by which records of one happening find one another.

use std::collections::BTreeSet;

use readout_record::{ActorId, PloverCode};

use super::frame::{is_long_past, is_remembered};
use super::occurrence::{MAX_DAYS, Occurrence};
use super::within_story::WEEKS;
use crate::hash::{mix, word_key};

/// Largest number of sides of an event that get block keys.
const MAX_SIDES: usize = 8;
/// Largest number of dead or of minutes that is too common to find an event by.
const COMMON_NUMBER: u32 = 3;

/// Rarity from which what a passage names is a key.
const RARE: f64 = 3.0;
/// Largest number of things that get block keys.
const MAX_THINGS: usize = 3;
/// Largest number of things of which each two get one.
const MAX_PAIRED: usize = 5;

/// Returns the block keys of an event.
///
/// Two sides, two states, a side with a place or its state, a place with a weekday, and a number of dead or of minutes
/// each make a key without the time and keys with it. One side, one place or one state makes keys with a day only,
/// unless no day is known; so does a day long before the report.
pub(super) fn keys(it: &Occurrence) -> BTreeSet<u64> {
    let hash = |sort: u64, parts: &[&str]| {
        parts.iter().fold(
            mix(sort << 32 ^ u64::from(word_key(it.act.map_or("", PloverCode::as_str)))),
            |hash, part| mix(hash ^ u64::from(word_key(part))),
        )
    };
    let mut lasting: BTreeSet<u64> = BTreeSet::new();
    let mut of_day: BTreeSet<u64> = BTreeSet::new();
    let sides: BTreeSet<&str> =
        it.actors.iter().chain(&it.recipients).map(ActorId::as_str).take(MAX_SIDES).collect();
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
    // One kind of event of one day is remembered long after it.
    if is_remembered(it) {
        of_day.insert(hash(10, &[]));
    }
    of_day.extend(it.place_state.as_ref().map(|state| hash(8, &[state])));
    for number in [it.killed.and_then(|killed| killed.least), it.minutes.and_then(|minutes| minutes.least)] {
        if let Some(number) = number.filter(|number| *number > COMMON_NUMBER) {
            lasting.insert(hash(9, &[&number.to_string()]));
        }
    }
    // What reports of one act name in other words, see `within_story`.
    let mut things: Vec<(f64, u32)> = it
        .matter
        .iter()
        .filter(|(_, rarity)| **rarity >= RARE)
        .map(|(thing, rarity)| (*rarity, *thing))
        .collect();
    things.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    // Two of them are told of for weeks.
    let mut paired: BTreeSet<u64> = BTreeSet::new();
    let most = &things[..things.len().min(MAX_PAIRED)];
    for (number, (_, one)) in most.iter().enumerate() {
        for (_, other) in &most[number + 1..] {
            let (least, greatest) = (*one.min(other), *one.max(other));
            paired.insert(mix(hash(15, &[]) ^ u64::from(least) << 32 ^ u64::from(greatest)));
        }
    }
    let things: BTreeSet<u64> =
        things.iter().take(MAX_THINGS).map(|(_, thing)| mix(hash(14, &[]) ^ u64::from(*thing))).collect();
    // A campaign is one by whom it is led; a person is killed once.
    if it.campaign {
        lasting.extend(it.actors.iter().map(|side| hash(12, &[side.as_str()])));
    }
    lasting.extend(it.leavers.iter().map(|leaver| hash(16, &[leaver.as_str()])));
    lasting.extend(it.quoted.iter().map(|quoted| mix(hash(17, &[]) ^ quoted)));
    lasting.extend(it.victims.iter().map(|victim| hash(13, &[victim.as_str()])));
    // The same sentence in two reports, as of an agency.
    lasting.extend(it.sentences.iter().map(|sentence| mix(hash(11, &[]) ^ sentence)));
    let mut keys = lasting.clone();
    let Some(day) = it.days.map(|days| days.0).or(it.report.day) else {
        keys.extend(of_day);
        return keys;
    };
    // What is long past is told without its day by others.
    let told = it.report.day.filter(|_| is_long_past(it));
    // Two windows of time, so that days that lie close share one.
    let days = [Some(day), it.days.map(|days| days.1), told];
    let windows = |length: i32| -> BTreeSet<i64> {
        let window = |day: i32| i64::from(day).div_euclid(i64::from(length) + 1);
        days.into_iter().flatten().flat_map(|day| [window(day), window(day) + 1]).collect()
    };
    for window in windows(MAX_DAYS) {
        keys.extend(lasting.iter().chain(&things).map(|key| mix(key ^ mix(window as u64))));
    }
    for window in windows(WEEKS) {
        keys.extend(paired.iter().map(|key| mix(key ^ mix(window as u64))));
    }
    // An event that only its kind and one side mark is looked for on its day; a report tells of it a day later.
    for day in if it.days.is_some() { [day, day + 1] } else { [day, day - 1] } {
        keys.extend(of_day.iter().map(|key| mix(key ^ mix(!(i64::from(day) as u64)))));
    }
    keys
}
