//! The tables that make up the knowledge, with their columns: those that Readout ships, and the form of one's own.

use readout_lexicon::{ShippedTable, TableFault, shipped_table};
use readout_record::Sector;

/// The tables in the order in which they are read, by the names of their files.
pub(crate) static TABLES: [(&str, ShippedTable); 12] = [
    (
        "states.tsv",
        shipped_table!(
            "data/knowledge/states.tsv",
            ["iso3", "name"],
            ["aliases", "adjectives", "people", "capital", "region", "short"],
            ["iso3"]
        ),
    ),
    (
        "peoples.tsv",
        shipped_table!(
            "data/knowledge/peoples.tsv",
            ["name"],
            ["adjectives", "people", "state"],
            ["name", "state"]
        ),
    ),
    (
        "organisations.tsv",
        shipped_table!(
            "data/knowledge/organisations.tsv",
            ["id", "name"],
            ["names", "state", "sector", "seats", "members", "short", "adjectives", "people", "about"],
            ["id"],
            [("sector", sector)]
        ),
    ),
    (
        "groups.tsv",
        shipped_table!(
            "data/knowledge/groups.tsv",
            ["id", "name"],
            ["names", "state", "sector", "short"],
            ["id"],
            [("sector", sector)]
        ),
    ),
    (
        "outlets.tsv",
        shipped_table!(
            "data/knowledge/outlets.tsv",
            ["id", "name"],
            ["names", "state", "domain", "owner", "short"],
            ["id"]
        ),
    ),
    (
        "regions.tsv",
        shipped_table!(
            "data/knowledge/regions.tsv",
            ["name"],
            ["names", "state", "latitude", "longitude"],
            ["name", "state"]
        ),
    ),
    (
        "cities.tsv",
        shipped_table!(
            "data/knowledge/cities.tsv",
            ["name"],
            ["names", "state", "latitude", "longitude", "population"],
            // Two cities of one name are two if they lie in two states.
            ["name", "state"]
        ),
    ),
    (
        "offices.tsv",
        shipped_table!(
            "data/knowledge/offices.tsv",
            ["office", "names"],
            ["sector"],
            [],
            [("sector", sector)]
        ),
    ),
    (
        "persons.tsv",
        shipped_table!(
            "data/knowledge/persons.tsv",
            ["name"],
            ["short", "names", "gender", "state", "sector", "offices"],
            ["name", "state"],
            [("sector", sector)]
        ),
    ),
    ("given-names.tsv", shipped_table!("data/knowledge/given-names.tsv", ["gender", "names"], [], [])),
    (
        "titles.tsv",
        shipped_table!(
            "data/knowledge/titles.tsv",
            ["words"],
            ["gender", "sector", "office", "plain"],
            [],
            [("sector", sector)]
        ),
    ),
    (
        "person-words.tsv",
        shipped_table!(
            "data/knowledge/person-words.tsv",
            ["kind", "words"],
            ["gender", "sector"],
            [],
            [("sector", sector)]
        ),
    ),
];

/// Checks a cell with a PLOVER sector.
fn sector(cell: &str) -> Result<(), TableFault> {
    cell.parse::<Sector>()
        .map(drop)
        .map_err(|unknown| TableFault::in_cell(unknown.to_string(), unknown.hint()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_tables_are_of_their_form() {
        for (name, table) in &TABLES {
            assert_eq!(table.check(), Ok(()), "{name}");
        }
    }
}
