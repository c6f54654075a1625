//! How often words stand in English texts.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::shipped_table;
use crate::stems::stem;
use crate::table::ShippedTable;

static TABLE: ShippedTable =
    shipped_table!("data/frequency/words.tsv", ["word", "per-million"], [], ["word"]);

/// The number of times that words with a stem stand in a million words.
static RATES: LazyLock<FxHashMap<String, f64>> = LazyLock::new(|| {
    let mut rates: FxHashMap<String, f64> = FxHashMap::default();
    for row in TABLE.rows() {
        *rates.entry(stem(row.get("word")).into_owned()).or_default() +=
            row.get("per-million").parse().unwrap_or(0.0);
    }
    rates
});

/// Returns how often the words with this [`stem`] stand in English texts, in times in a million words. Rare words give 0.
pub fn times_in_a_million(stem: &str) -> f64 {
    RATES.get(stem).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_known_and_names_of_towns_are_not() {
        let rate = |word| times_in_a_million(&stem(word));
        assert!(rate("government") > rate("summit") && rate("summit") > rate("hanoi"));
        assert_eq!(rate("hanoi"), 0.0);
        assert_eq!(rate("signing"), rate("signed"));
        assert_eq!(TABLE.check(), Ok(()));
    }
}
