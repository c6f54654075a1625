//! The event lexicon: `data/events/*.tsv`, read once.
//!
//! A condition is `place:what`, with `!` in front for its opposite. Places: `obj` (what the verb acts on), `subj` (who
//! acts), `x` (a clause as complement), `x.subj` (its subject), `x.verb` (its verb), `oprd` (what the object is
//! called), `mod` (words before a noun), `adj` (names before a noun), a preposition, or one place at another: `obj.mod`
//! (words before the object), `subj.between`. What: `any`, `no`, `@actor` (somebody known), `@person`, `@name` (a
//! person by name), `@state`, `@place`, `@outlet`, `plural`, `human`, or a class of `classes.tsv`. Of a clause: `inf`,
//! `question`, `indicative` (it tells what is), `prediction` (what will be). `lasting`, `neg` and `passive:no` look at
//! the clause. A recipient's place is `obj`, `obj.by` (who does what the object names), `subj`, `dative` or a
//! preposition; `~` marks a partner in a mutual act.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use readout_lexicon::{Row, RuleName, ShippedTable, shipped_table};
use readout_record::Factuality;

/// The verbs: each row is a frame of its lemmas and what it means.
pub(crate) static VERBS: ShippedTable = shipped_table!(
    "data/events/verbs.tsv",
    ["lemmas", "code", "example", "counter-example"],
    ["conditions", "mode", "context", "cameo", "recipient"],
    []
);
/// The nouns that name an act.
pub(crate) static NOUNS: ShippedTable = shipped_table!(
    "data/events/nouns.tsv",
    ["lemmas", "code", "example", "counter-example"],
    ["conditions", "mode", "context", "cameo", "actor", "recipient", "use"],
    []
);
/// The results of operators on acts.
pub(crate) static COMPOSE: ShippedTable = shipped_table!(
    "data/events/compose.tsv",
    ["operator", "content", "type"],
    ["mode", "cameo", "factuality"],
    ["operator", "content"]
);
/// The classes of words that conditions name.
static CLASSES: ShippedTable = shipped_table!("data/events/classes.tsv", ["class", "lemmas"], [], ["class"]);
/// The words that show a PLOVER context.
static CONTEXTS: ShippedTable =
    shipped_table!("data/events/contexts.tsv", ["context", "lemmas"], [], ["context"]);

/// The PLOVER types.
#[cfg(test)]
const CODES: [&str; 16] = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];

/// The modes that PLOVER gives each type.
#[cfg(test)]
const MODES: &[(&str, &str)] = &[
    ("CONSULT", "visit third-party multilateral phone"),
    ("RETREAT", "withdraw release disarm ceasefire access resign"),
    ("REQUEST", "assist change yield meet"),
    ("REJECT", "assist change yield meet"),
    ("ACCUSE", "disapprove investigate allege"),
    ("THREATEN", "restrict arrest relations expel territory violence"),
    ("PROTEST", "demo riot strike hunger boycott obstruct vandalize"),
    ("SANCTION", "convict expel withdraw discontinue"),
    ("MOBILIZE", "troops weapons police militia"),
    ("COERCE", "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber"),
    (
        "ASSAULT",
        "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone \
         heavy-weapons crowd-control unconventional",
    ),
];

/// One test on a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Condition {
    /// Whether the test must fail.
    pub(crate) not: bool,
    /// The place in the clause that is tested.
    pub(crate) place: &'static str,
    /// The property that is required there.
    pub(crate) what: &'static str,
}

/// A verb or noun and what it means.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// Conditions, all of which are required.
    pub(crate) conditions: Vec<Condition>,
    /// Sense of the word under these conditions.
    pub(crate) sense: Sense,
    /// PLOVER mode.
    pub(crate) mode: Option<&'static str>,
    /// PLOVER context.
    pub(crate) context: Option<&'static str>,
    /// CAMEO code.
    pub(crate) cameo: Option<&'static str>,
    /// Places of the actor (nouns only).
    pub(crate) actor: Vec<Place>,
    /// Places of the recipient.
    pub(crate) recipient: Vec<Place>,
    /// Where a noun names an act; a verb does by itself.
    pub(crate) stands: Standing,
}

/// What a noun of an act needs beside it to tell of one that took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing: `an air strike`.
    Alone,
    /// Who acts and upon whom, or a light verb or operator above it: `Iran's release of two tourists`.
    Sided,
    /// A light verb or operator above it: `gave access`.
    Light,
}

/// The sense of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    /// It is an act of this PLOVER type.
    Act(&'static str),
    /// It says something of the act in its complement.
    Operator(RuleName),
    /// In this use it is no act.
    Nothing,
}

/// The place of a side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// `obj`, `subj`, `poss`, `adj`, or a preposition.
    pub(crate) name: &'static str,
    /// Whether the side at this place does the same as the actor.
    pub(crate) mutual: bool,
}

/// The result of an operator on an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Composed {
    /// An act of another type.
    Act { code: &'static str, mode: Option<&'static str>, cameo: Option<&'static str> },
    /// The act itself, put as the operator puts it where it puts it in some way.
    Same(Option<Factuality>),
    /// Nothing.
    Drop,
}

/// The lexicon.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    verbs: BTreeMap<&'static str, Vec<Rule>>,
    nouns: BTreeMap<&'static str, Vec<Rule>>,
    classes: BTreeMap<&'static str, Vec<&'static str>>,
    compose: Vec<(&'static str, Vec<&'static str>, Composed)>,
    contexts: BTreeMap<&'static str, Vec<&'static str>>,
}

impl Lexicon {
    /// The lexicon that Readout ships.
    pub(crate) fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Lexicon> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let mut lexicon = Self::default();
            lexicon.read_classes();
            lexicon.read_verbs();
            lexicon.read_nouns();
            lexicon.read_compose();
            lexicon.read_contexts();
            lexicon
        })
    }

    /// The rules of a verb, in order.
    pub(crate) fn verb(&self, key: &str) -> &[Rule] {
        self.verbs.get(key).map_or(&[], Vec::as_slice)
    }

    /// The rules of a noun, in order.
    pub(crate) fn noun(&self, key: &str) -> &[Rule] {
        self.nouns.get(key).map_or(&[], Vec::as_slice)
    }

    /// Whether a row gives the noun `key` an act or an operator, not only reasons for none.
    pub(crate) fn names_act(&self, key: &str) -> bool {
        self.noun(key).iter().any(|rule| rule.sense != Sense::Nothing)
    }

    /// The words of the class called `class`.
    pub(crate) fn words(&self, class: &str) -> &[&'static str] {
        self.classes.get(class).map_or(&[], Vec::as_slice)
    }

    /// Whether `lemma` belongs to the class called `class`.
    pub(crate) fn is_in(&self, class: &str, lemma: &str) -> bool {
        self.words(class).iter().any(|word| word.eq_ignore_ascii_case(lemma))
    }

    /// The PLOVER contexts that `lemma` shows.
    pub(crate) fn contexts(&self, lemma: &str) -> &[&'static str] {
        self.contexts.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Returns the result of `operator` on an act of type `code`, or of an unknown type if `None`.
    pub(crate) fn compose(&self, operator: &str, code: Option<&str>) -> Composed {
        let fits = |types: &[&str]| match code {
            Some(code) => types.contains(&code) || types.contains(&"*"),
            None => types.contains(&"-"),
        };
        self.compose
            .iter()
            .find(|(name, types, _)| *name == operator && fits(types))
            .map_or(Composed::Drop, |(_, _, composed)| *composed)
    }

    fn read_classes(&mut self) {
        for row in CLASSES.rows() {
            self.classes.entry(row.get("class")).or_default().extend(row.words("lemmas"));
        }
    }

    fn read_contexts(&mut self) {
        for row in CONTEXTS.rows() {
            for word in row.words("lemmas") {
                self.contexts.entry(word).or_default().push(row.get("context"));
            }
        }
    }

    fn read_verbs(&mut self) {
        for row in VERBS.rows() {
            let rule = Rule { recipient: places(row.get("recipient")), ..meaning(&row) };
            for lemma in row.words("lemmas") {
                self.verbs.entry(lemma).or_default().push(rule.clone());
            }
        }
    }

    fn read_nouns(&mut self) {
        for row in NOUNS.rows() {
            let rule = Rule {
                actor: places(row.get("actor")),
                recipient: places(row.get("recipient")),
                stands: match row.get("use") {
                    "alone" => Standing::Alone,
                    "sided" => Standing::Sided,
                    _ => Standing::Light,
                },
                ..meaning(&row)
            };
            for lemma in row.words("lemmas") {
                self.nouns.entry(lemma).or_default().push(rule.clone());
            }
        }
    }

    fn read_compose(&mut self) {
        for row in COMPOSE.rows() {
            let composed = match row.get("type") {
                "same" => Composed::Same(factuality(row.get("factuality"))),
                "drop" => Composed::Drop,
                code => Composed::Act { code, mode: row.filled("mode"), cameo: row.filled("cameo") },
            };
            self.compose.push((row.get("operator"), row.get("content").split(',').collect(), composed));
        }
    }
}

/// Reads the columns that verbs and nouns share.
fn meaning(row: &Row<'static>) -> Rule {
    Rule {
        conditions: conditions(row.get("conditions")),
        sense: sense(row.get("code")),
        mode: row.filled("mode"),
        context: row.filled("context"),
        cameo: row.filled("cameo"),
        actor: Vec::new(),
        recipient: Vec::new(),
        stands: Standing::Alone,
    }
}

/// The factuality that a cell names; none if it is empty.
fn factuality(cell: &str) -> Option<Factuality> {
    match cell {
        "possible" => Some(Factuality::Possible),
        "denied" => Some(Factuality::Denied),
        _ => None,
    }
}

/// Returns the sense that a cell of the column `code` names; a test says that every operator is a listed rule.
fn sense(cell: &'static str) -> Sense {
    match cell.strip_prefix('=') {
        Some(operator) => RuleName::find(operator).map_or(Sense::Nothing, Sense::Operator),
        None if cell == "-" => Sense::Nothing,
        None => Sense::Act(cell),
    }
}

fn conditions(cell: &'static str) -> Vec<Condition> {
    cell.split_whitespace()
        .map(|word| {
            let (not, word) = word.strip_prefix('!').map_or((false, word), |rest| (true, rest));
            let (place, what) = word.split_once(':').unwrap_or((word, ""));
            Condition { not, place, what }
        })
        .collect()
}

fn places(cell: &'static str) -> Vec<Place> {
    cell.split_whitespace()
        .filter(|word| *word != "-")
        .map(|word| {
            let name = word.trim_end_matches('~');
            Place { name, mutual: name.len() < word.len() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_of_their_form() {
        for table in [&VERBS, &NOUNS, &COMPOSE, &CLASSES, &CONTEXTS] {
            assert_eq!(table.check(), Ok(()), "{}", table.file());
        }
    }

    #[test]
    fn every_operator_is_a_listed_rule() {
        let senses = VERBS.rows().chain(NOUNS.rows()).filter_map(|row| row.get("code").strip_prefix('='));
        for operator in senses.chain(COMPOSE.rows().map(|row| row.get("operator"))) {
            assert!(RuleName::find(operator).is_some(), "data/rules.tsv lacks {operator}");
        }
    }

    fn rules() -> impl Iterator<Item = (&'static str, &'static Rule)> {
        let lexicon = Lexicon::shipped();
        lexicon
            .verbs
            .iter()
            .chain(&lexicon.nouns)
            .flat_map(|(lemma, rules)| rules.iter().map(move |rule| (*lemma, rule)))
    }

    #[test]
    fn every_type_and_mode_is_plovers() {
        let known = |code: &str, mode: Option<&str>| {
            CODES.contains(&code)
                && mode.is_none_or(|mode| {
                    MODES
                        .iter()
                        .any(|(owner, modes)| *owner == code && modes.split_whitespace().any(|m| m == mode))
                })
        };
        for (lemma, rule) in rules() {
            if let Sense::Act(code) = rule.sense {
                assert!(known(code, rule.mode), "{lemma}: {code} {:?}", rule.mode);
            }
        }
        for (operator, _, composed) in &Lexicon::shipped().compose {
            if let Composed::Act { code, mode, .. } = composed {
                assert!(known(code, *mode), "{operator}: {code} {mode:?}");
            }
        }
    }

    #[test]
    fn every_operator_and_class_is_defined() {
        let lexicon = Lexicon::shipped();
        for (lemma, rule) in rules() {
            if let Sense::Operator(name) = rule.sense {
                assert!(lexicon.compose.iter().any(|it| it.0 == name.as_str()), "{lemma}: {name}");
            }
            for condition in &rule.conditions {
                let what = condition.what;
                let built_in = matches!(
                    what,
                    "" | "any" | "no" | "plural" | "question" | "inf" | "indicative" | "prediction"
                ) || what.starts_with('@');
                assert!(built_in || lexicon.classes.contains_key(what), "{lemma}: {what}");
            }
        }
    }

    #[test]
    fn cameo_codes_are_digits() {
        for (lemma, rule) in rules() {
            let digits =
                |code: &str| (2..=4).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
            assert!(rule.cameo.is_none_or(digits), "{lemma}: {:?}", rule.cameo);
        }
    }
}
