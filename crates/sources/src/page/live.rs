//! Live pages: their passages were written at different times, and each counts from its own.
//!
//! A live page tells the time of each of its updates in JSON-LD (`liveBlogUpdate` of schema.org) or in its markup. A
//! passage of the body that has the words of an update has the time of that update.

use serde_json::Value;

use super::signs::{Signs, line};
use crate::block::Block;
use crate::dates;
use crate::junk::plain_letters;

/// The fewest updates of a live page.
const FEWEST: usize = 2;
/// The most updates of a page that are read.
const MOST: usize = 1000;
/// Shorter passages are in no update for certain, in letters.
const SHORTEST: usize = 30;

/// The updates of a live page.
#[derive(Clone, Debug, Default)]
pub(super) struct Updates {
    /// The letters of all updates, one after the other.
    letters: String,
    /// Where in `letters` each update ends, in bytes, and its time.
    times: Vec<(usize, String)>,
}

impl Updates {
    /// Finds the updates of a page; there are none if it is no live page.
    pub(super) fn find(signs: &Signs<'_>) -> Self {
        let mut updates = Self::default();
        let listed = signs.linked.iter().filter_map(|report| report.get("liveBlogUpdate")?.as_array());
        for update in listed.flatten() {
            let field = |key: &str| update.get(key).and_then(Value::as_str).unwrap_or_default();
            updates.add(&format!("{} {}", field("headline"), field("articleBody")), field("datePublished"));
        }
        if updates.times.is_empty() {
            updates.read_markup(signs);
        }
        if updates.times.len() < FEWEST { Self::default() } else { updates }
    }

    /// Reads the updates that a page marks in its body.
    fn read_markup(&mut self, signs: &Signs<'_>) {
        let page = signs.page;
        for node in
            page.query_selector_all(page.root(), "[itemprop~='liveBlogUpdate']").into_iter().take(MOST)
        {
            let marked = [("[itemprop='datePublished'][content]", "content"), ("time[datetime]", "datetime")];
            let time = marked.iter().find_map(|(selector, attribute)| {
                page.get_attribute(page.query_selector(node, selector)?, attribute)
            });
            self.add(&signs.text(node), &time.unwrap_or_default());
        }
    }

    /// Adds an update, if its time can be read.
    fn add(&mut self, text: &str, time: &str) {
        let Ok(given) = dates::given(time, None) else { return };
        let letters = plain_letters(&line(text));
        if self.times.len() < MOST && !letters.is_empty() {
            self.letters.push_str(&letters);
            // No passage goes over the end of an update.
            self.letters.push(' ');
            self.times.push((self.letters.len(), given.date));
        }
    }

    /// Gives the passages of a body the times of their updates.
    pub(super) fn mark(&self, body: &mut [Block]) {
        if self.times.is_empty() {
            return;
        }
        for block in body {
            let letters = plain_letters(&block.text);
            if letters.len() < SHORTEST {
                continue;
            }
            let Some(place) = self.letters.find(&letters) else { continue };
            let update = self.times.partition_point(|(end, _)| *end <= place);
            block.time = self.times.get(update).map(|(_, time)| time.clone());
        }
    }
}
