//! The codes of other event data, from the tables below `data/exchange`.

use readout_lexicon::{Row, ShippedTable, shipped_table};

static CAMEO: ShippedTable =
    shipped_table!("data/exchange/cameo.tsv", ["code"], ["name", "goldstein"], ["code"]);
static TYPES: ShippedTable = shipped_table!(
    "data/exchange/types.tsv",
    ["type", "cameo", "quad"],
    ["mode", "acled", "acled-sub"],
    ["type", "mode"]
);
static SECTORS: ShippedTable =
    shipped_table!("data/exchange/sectors.tsv", ["sector", "cameo", "words"], [], ["sector"]);
static STATES: ShippedTable = shipped_table!("data/exchange/states.tsv", ["iso3"], ["cow", "fips"], ["iso3"]);

/// The tables, read.
#[derive(Debug)]
pub(crate) struct Codes {
    cameo: Vec<Row<'static>>,
    types: Vec<Row<'static>>,
    sectors: Vec<Row<'static>>,
    states: Vec<Row<'static>>,
}

impl Codes {
    pub(crate) fn read() -> Self {
        Self {
            cameo: CAMEO.rows().collect(),
            types: TYPES.rows().collect(),
            sectors: SECTORS.rows().collect(),
            states: STATES.rows().collect(),
        }
    }

    /// Returns a cell of the row for a PLOVER type and mode; of the type's own row for a mode that has none.
    pub(crate) fn of_type(&self, code: &str, mode: Option<&str>, column: &str) -> &'static str {
        let of = |mode: &str| self.types.iter().find(|it| it.get("type") == code && it.get("mode") == mode);
        of(mode.unwrap_or_default()).or_else(|| of("")).map_or("", |it| it.get(column))
    }

    /// Returns the name of a CAMEO code, as its longest beginning has it.
    pub(crate) fn cameo_name(&self, code: &str) -> &'static str {
        self.longest(code, "name")
    }

    /// Returns the Goldstein value of a CAMEO code, -10 to 10, as its longest beginning has it.
    pub(crate) fn goldstein(&self, code: &str) -> &'static str {
        self.longest(code, "goldstein")
    }

    fn longest(&self, code: &str, column: &str) -> &'static str {
        let fits = self.cameo.iter().filter(|it| code.starts_with(it.get("code")));
        let filled = fits.filter(|it| it.filled(column).is_some());
        filled.max_by_key(|it| it.get("code").len()).map_or("", |it| it.get(column))
    }

    /// Returns the CAMEO code of a PLOVER sector.
    pub(crate) fn sector_cameo<'s>(&self, sector: &'s str) -> &'s str {
        self.sector(sector, "cameo")
    }

    /// Returns the words for a PLOVER sector.
    pub(crate) fn sector_words<'s>(&self, sector: &'s str) -> &'s str {
        self.sector(sector, "words")
    }

    fn sector<'s>(&self, sector: &'s str, column: &str) -> &'s str {
        self.sectors.iter().find(|it| it.get("sector") == sector).map_or(sector, |it| it.get(column))
    }

    /// Returns the number of the state with the ISO 3166-1 alpha-3 code `iso3` in the Correlates of War project's list.
    pub(crate) fn cow(&self, iso3: &str) -> &'static str {
        self.state(iso3, "cow")
    }

    /// Returns the FIPS 10-4 code of the state with the ISO 3166-1 alpha-3 code `iso3`.
    pub(crate) fn fips(&self, iso3: &str) -> &'static str {
        self.state(iso3, "fips")
    }

    fn state(&self, iso3: &str, column: &str) -> &'static str {
        self.states.iter().find(|it| it.get("iso3") == iso3).map_or("", |it| it.get(column))
    }
}

/// Returns the quad class of a CAMEO code: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material
/// conflict.
pub(crate) fn quad_class(cameo: &str) -> &'static str {
    match cameo.get(..2).and_then(|root| root.parse::<u8>().ok()) {
        Some(1..=5) => "1",
        Some(6..=8) => "2",
        Some(9..=13) => "3",
        Some(14..=20) => "4",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use readout_record::{PloverCode, Sector};

    use super::*;

    #[test]
    fn tables_are_sound() {
        for table in [&CAMEO, &TYPES, &SECTORS, &STATES] {
            assert_eq!(table.check(), Ok(()), "{}", table.file());
        }
        let codes = Codes::read();
        for row in &codes.types {
            assert_ne!(codes.cameo_name(row.get("cameo")), "", "{row:?}");
            assert_ne!(quad_class(row.get("cameo")), "", "{row:?}");
        }
        for code in PloverCode::ALL {
            assert_ne!(codes.of_type(code.as_str(), None, "quad"), "", "{code:?}");
        }
        for row in codes.types.iter().filter(|it| it.filled("mode").is_some()) {
            let code = PloverCode::from_name(row.get("type")).unwrap();
            assert!(code.modes().contains(&row.get("mode")), "{row:?}");
        }
        for sector in Sector::ALL {
            assert!(codes.sectors.iter().any(|it| it.get("sector") == sector.as_str()), "{sector:?}");
        }
        for row in &codes.cameo {
            assert!(
                codes.goldstein(row.get("code")).parse::<f32>().is_ok_and(|it| it.abs() <= 10.0),
                "{row:?}"
            );
        }
    }

    #[test]
    fn a_code_takes_what_its_longest_beginning_has() {
        let codes = Codes::read();
        assert_eq!((codes.cameo_name("0841"), codes.goldstein("0841")), ("Return or release persons", "7.0"));
        assert_eq!(
            (codes.cameo_name("190"), codes.goldstein("190")),
            ("Use conventional military force", "-10.0")
        );
        assert_eq!(codes.of_type("ASSAULT", Some("aerial"), "cameo"), "195");
        assert_eq!(codes.of_type("ASSAULT", Some("no-such-mode"), "cameo"), "190");
        assert_eq!((codes.cow("RUS"), codes.fips("RUS")), ("365", "RS"));
        assert_eq!((codes.sector_cameo("JRN"), codes.sector_cameo("XYZ")), ("MED", "XYZ"));
    }
}
