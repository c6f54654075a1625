//! Keys by which rows of JSON and columns of tables name the fields of a report.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use readout_lexicon::{ShippedTable, shipped_table};

static TABLE: ShippedTable = shipped_table!("data/sources/keys.tsv", ["field", "keys"], [], ["field"]);

/// The field and the rank of each key; the surest key of a field has rank 0.
static KEYS: LazyLock<BTreeMap<&str, (Field, usize)>> = LazyLock::new(|| {
    let fields = TABLE.rows().filter_map(|row| Some((Field::named(row.get("field"))?, row.get("keys"))));
    fields
        .flat_map(|(field, keys)| keys.split(' ').enumerate().map(move |(rank, key)| (key, (field, rank))))
        .collect()
});

/// A field of a report, apart from its day, whose keys stand in `fields`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Text,
    /// The text of a report that has no other.
    Summary,
    Title,
    Outlet,
    /// The outlet, by its host.
    Host,
    Url,
    Authors,
    Language,
}

impl Field {
    /// Returns the field that the table calls `name`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "text" => Self::Text,
            "summary" => Self::Summary,
            "title" => Self::Title,
            "outlet" => Self::Outlet,
            "host" => Self::Host,
            "url" => Self::Url,
            "authors" => Self::Authors,
            "language" => Self::Language,
            _ => return None,
        })
    }
}

/// Returns a key in small letters, without what is neither a letter nor a digit.
pub(crate) fn plain_key(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns the field that a key gives, and the rank of the key among those of the field.
pub(crate) fn field(key: &str) -> Option<(Field, usize)> {
    KEYS.get(plain_key(key).as_str()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert_eq!(TABLE.check(), Ok(()));
        let fields: Vec<&str> = TABLE.rows().map(|row| row.get("field")).collect();
        assert!(fields.iter().all(|field| Field::named(field).is_some()), "{fields:?}");
        let keys: usize = TABLE.rows().map(|row| row.get("keys").split(' ').count()).sum();
        assert_eq!(keys, KEYS.len(), "a key stands twice");
    }

    #[test]
    fn keys_of_other_spellings_are_known() {
        assert_eq!(field("Body_Text").map(|(field, _)| field), Some(Field::Text));
        assert_eq!(field("content:encoded").map(|(field, _)| field), Some(Field::Text));
        assert_eq!(field("Source Name").map(|(field, _)| field), Some(Field::Outlet));
        assert_eq!(field("words"), None);
    }
}
