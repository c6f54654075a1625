//! Pools: stretches of the line of time, each with so few reports that all of them can be compared.

use std::ops::Range;

use crate::hash::id_hash;
use crate::shelf::Shelf;

/// Largest number of reports of a pool.
const MAX_POOL: u64 = 2500;
/// The places on the line of time of all reports.
const LINE: Range<i64> = 0..1 << 55;

/// Returns the place of a report on the line of time: by its day, and within the day by its id. Undated reports are in
/// the second half.
pub(super) fn place(day: Option<i32>, id: &str) -> i64 {
    let within = id_hash(id) >> 32;
    match day {
        Some(day) => ((i64::from(day).clamp(-(1 << 20), (1 << 20) - 1) + (1 << 20)) << 32) + within as i64,
        None => (1 << 54) + ((within as i64) << 22),
    }
}

/// Returns the pool around the place `at`: the line of time, halved until it has at most [`MAX_POOL`] reports.
pub(super) fn pool<S: Shelf>(shelf: &mut S, at: i64) -> Result<Range<i64>, S::Error> {
    let mut range = LINE;
    while range.end - range.start > 1 && shelf.outline_count(range.clone(), MAX_POOL + 1)? > MAX_POOL {
        let middle = range.start + (range.end - range.start) / 2;
        range = if at < middle { range.start..middle } else { middle..range.end };
    }
    Ok(range)
}

/// Returns the pools within `range`.
pub(super) fn pools<S: Shelf>(shelf: &mut S, range: Range<i64>) -> Result<Vec<Range<i64>>, S::Error> {
    let mut todo = vec![range];
    let mut found = Vec::new();
    while let Some(range) = todo.pop() {
        if range.end - range.start > 1 && shelf.outline_count(range.clone(), MAX_POOL + 1)? > MAX_POOL {
            let middle = range.start + (range.end - range.start) / 2;
            todo.extend([middle..range.end, range.start..middle]);
        } else {
            found.push(range);
        }
    }
    Ok(found)
}
