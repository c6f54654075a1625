//! What makes one who was spoken of the likely meaning of a pronoun, and how much each sign weighs:
//! `data/mentions/salience.tsv`.

use std::sync::LazyLock;

use readout_lexicon::{ShippedTable, shipped_table};

use crate::mentions::nominals::Pronoun;

static TABLE: ShippedTable =
    shipped_table!("data/mentions/salience.tsv", ["sign", "he", "they", "it"], ["why"], ["sign"]);

macro_rules! signs {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)+) => {
        /// A sign that speaks for or against one who may be meant.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(super) enum Sign { $($(#[$doc])* $name,)+ }

        impl Sign {
            const NAMES: &'static [&'static str] = &[$($text,)+];
        }
    };
}

signs! {
    /// Sentences between the last mention and the pronoun, up to four.
    Sentences = "sentences",
    SameSentence = "same-sentence",
    /// Words between, in tens, up to six.
    Words = "words",
    /// Number of other fitting ones spoken of since, up to four.
    Rank = "rank",
    Subject = "subject",
    Object = "object",
    Owner = "owner",
    /// The same part as the pronoun has in its clause.
    Parallel = "parallel",
    /// Subject of a clause above the pronoun's.
    Above = "above",
    /// Subject of the main clause of its sentence.
    Main = "main",
    /// The first of those who fit in its sentence.
    First = "first",
    /// In a list, and not its first member.
    Listed = "listed",
    /// Last spoken of by a pronoun, a name, a description with `a`.
    ByPronoun = "by-pronoun",
    ByName = "by-name",
    ByIndefinite = "by-indefinite",
    /// Spoken of with the same pronoun before.
    Again = "again",
    /// Times spoken of, up to six.
    Count = "count",
    /// Spoken of in the first two sentences.
    Lead = "lead",
    Person = "person",
    Gender = "gender",
    Kin = "kin",
    /// The pronoun is outside of the quotation that names it.
    Quoted = "quoted",
    SameQuotation = "same-quotation",
    /// Source of the words that contain the pronoun.
    Source = "source",
    /// Spoke last, where the pronoun is the source of a statement.
    Speaker = "speaker",
    /// Spoke last, where the pronoun is the source of the whole sentence, and the sentence before is about nobody else.
    SpeaksOn = "speaks-on",
    State = "state",
    Organisation = "organisation",
    Armed = "armed",
    Place = "place",
    Thing = "thing",
    People = "people",
    List = "list",
    /// In brackets.
    Bracketed = "bracketed",
    /// Subject of the main clause of the sentence before, where the pronoun is the subject of its own.
    GoesOn = "goes-on",
    /// Times named in the whole text, up to eight.
    Total = "total",
    /// Named right after the clause or phrase of the pronoun: `In his speech, Lee …`.
    Ahead = "ahead",
    /// Subject of the verb on which the pronoun's own clause hangs: `Lee will lose if he waits`.
    Matrix = "matrix",
    /// A name that is no actor, or a name of an unknown sort.
    UnknownName = "unknown-name",
}

/// The number of signs.
pub(super) const SIGNS: usize = Sign::NAMES.len();

/// The value of each sign.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signs(pub(super) [i32; SIGNS]);

impl Signs {
    pub(super) const NONE: Self = Self([0; SIGNS]);

    pub(super) fn set(&mut self, sign: Sign, value: i32) {
        self.0[sign as usize] = value;
    }

    pub(super) fn set_if(&mut self, sign: Sign, holds: bool) {
        self.set(sign, i32::from(holds));
    }
}

/// The weights of one pronoun's signs.
#[derive(Clone, Debug)]
pub(super) struct Weights {
    signs: [i32; SIGNS],
    /// The least score that is an answer.
    pub(super) least: i32,
    /// By how much the best must lead.
    pub(super) lead: i32,
}

impl Weights {
    pub(super) fn score(&self, signs: &Signs) -> i32 {
        self.signs.iter().zip(&signs.0).map(|(weight, value)| weight * value).sum()
    }
}

static WEIGHTS: LazyLock<[Weights; 3]> = LazyLock::new(|| ["he", "they", "it"].map(read));

/// The weights for `pronoun`.
pub(super) fn weights(pronoun: Pronoun) -> &'static Weights {
    match pronoun {
        Pronoun::They => &WEIGHTS[1],
        Pronoun::It => &WEIGHTS[2],
        _ => &WEIGHTS[0],
    }
}

/// Reads the column `pronoun` of the table; a test sees to it that every cell can be read.
fn read(pronoun: &str) -> Weights {
    let mut weights = Weights { signs: [0; SIGNS], least: 0, lead: 0 };
    for row in TABLE.rows() {
        let Ok(value) = row.get(pronoun).parse::<i32>() else { continue };
        match row.get("sign") {
            "least" => weights.least = value,
            "lead-over-next" => weights.lead = value,
            name => {
                if let Some(at) = Sign::NAMES.iter().position(|known| *known == name) {
                    weights.signs[at] = value;
                }
            }
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use readout_lexicon::Row;

    use super::*;

    #[test]
    fn the_table_has_every_sign_once_and_no_other() {
        assert_eq!(TABLE.check(), Ok(()));
        let is_number = |row: &Row<'_>, column: &str| row.get(column).parse::<i32>().is_ok();
        assert!(TABLE.rows().all(|row| ["he", "they", "it"].iter().all(|column| is_number(&row, column))));
        let mut names: Vec<&str> = TABLE.rows().map(|row| row.get("sign")).collect();
        let mut wanted: Vec<&str> = Sign::NAMES.to_vec();
        wanted.extend(["least", "lead-over-next"]);
        names.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(names, wanted);
    }
}
