//! Languages by their names, as the interfaces of databases write them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use readout_lexicon::{ShippedTable, shipped_table};

static TABLE: ShippedTable = shipped_table!("data/layouts/languages.tsv", ["code", "names"], [], ["code"]);

/// ISO 639-1 codes by names in small letters.
static CODES: LazyLock<BTreeMap<String, &str>> = LazyLock::new(|| {
    let named = |row: readout_lexicon::Row<'static>| {
        let code = row.get("code");
        row.list("names").chain([code]).map(move |name| (name.to_lowercase(), code)).collect::<Vec<_>>()
    };
    TABLE.rows().flat_map(named).collect()
});

/// Returns the ISO 639-1 code of the first language that `words` names: `GERMAN; DEUTSCH`, `Dutch / Nederlands`.
pub(super) fn code(words: &str) -> Option<String> {
    let names = words.split(|c: char| !c.is_alphabetic());
    names.filter_map(|name| CODES.get(&name.to_lowercase())).next().map(|code| (*code).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_names_in_many_languages() {
        assert_eq!(TABLE.check(), Ok(()));
        for (words, wanted) in [
            ("GERMAN; DEUTSCH", "de"),
            ("Dutch / Nederlands", "nl"),
            ("Englisch", "en"),
            ("Français", "fr"),
            ("EN", "en"),
        ] {
            assert_eq!(code(words).as_deref(), Some(wanted), "{words}");
        }
        assert_eq!(code("12 pages"), None);
    }
}
