//! Base forms of words.

use std::cell::RefCell;
use std::sync::LazyLock;

use readout_lexicon::{ShippedTable, is_function_word, shipped_table, stem};
use rustc_hash::FxHashMap;

static IRREGULAR: ShippedTable = shipped_table!("data/claims/irregular.tsv", ["base", "forms"], [], ["base"]);

/// The base form of each irregular form.
static BASES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut bases = FxHashMap::default();
    for row in IRREGULAR.rows() {
        bases.extend(row.words("forms").map(|form| (form, row.get("base"))));
    }
    bases
});

/// The words whose bases a thread remembers: reports repeat some thousands.
const REMEMBERED: usize = 1 << 15;

thread_local! {
    static KNOWN: RefCell<FxHashMap<String, String>> = RefCell::default();
}

/// Returns the stem of a word's base form: `meet` for `met`.
pub(super) fn base(word: &str) -> String {
    KNOWN.with_borrow_mut(|known| {
        if let Some(base) = known.get(word) {
            return base.clone();
        }
        if known.len() >= REMEMBERED {
            known.clear();
        }
        let base = stem(BASES.get(word).unwrap_or(&word)).into_owned();
        known.insert(word.to_owned(), base.clone());
        base
    })
}

/// Whether a word in lower case is no word of the grammar.
pub(super) fn says_something(word: &str) -> bool {
    word.chars().count() > 1 && !is_function_word(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn irregular_forms_lead_to_their_base() {
        assert_eq!(IRREGULAR.check(), Ok(()));
        assert_eq!(base("met"), base("meetings").trim_end_matches("ing"));
        assert_eq!(base("sought"), "seek");
    }
}
