//! The share of reports on other affairs that have a word, known before any report is read.
//!
//! What all reports of a hand-picked folder share is what they are about, but within that folder it is no rarer than
//! `said`. So each pool is weighed as if it stood among [`OTHERS`] reports on other affairs. In a large pool they hardly
//! count.

use std::sync::LazyLock;

use readout_lexicon::{ShippedTable, shipped_table};
use rustc_hash::FxHashMap;

use crate::stems::light_stem;

/// Number of reports on other affairs among which a pool is weighed. Set by hand.
pub(super) const OTHERS: f64 = 20.0;
/// Words of an ordinary text in which a word is looked for. Three times the words of an outline: in the news, words of
/// politics stand that much more often than in texts of all sorts. Set by hand.
const LENGTH: f64 = 600.0;

static TABLE: ShippedTable =
    shipped_table!("data/stories/background.tsv", ["word", "per-million"], [], ["word"]);

/// The number of times that words with a stem stand in a million words.
static RATES: LazyLock<FxHashMap<String, f64>> = LazyLock::new(|| {
    let mut rates: FxHashMap<String, f64> = FxHashMap::default();
    for row in TABLE.rows() {
        *rates.entry(light_stem(row.get("word"))).or_default() +=
            row.get("per-million").parse().unwrap_or(0.0);
    }
    rates
});

/// Returns the share of reports on other affairs, 0 to 1, that have a word with this stem.
pub(super) fn share(stem: &str) -> f64 {
    RATES.get(stem).map_or(0.0, |rate| 1.0 - libm::exp(-rate / 1e6 * LENGTH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_known_and_names_of_towns_are_not() {
        assert!(share("government") > share("summit") && share("summit") > share("hanoi"));
        assert_eq!(share("hanoi"), 0.0);
        assert_eq!(TABLE.check(), Ok(()));
    }
}
