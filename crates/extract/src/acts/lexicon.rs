//! The event lexicon: `data/events/*.tsv`, read once.
//!
//! A condition is `place:what`, with `!` in front for its opposite. Places: `obj` (what the verb acts on), `subj` (who
//! acts), `x` (a clause as complement), `x.subj` (its subject), `x.verb` (its verb), `oprd` (what the object is
//! called), `attr` (what the subject is said to be), `acl` (the verb that a noun has behind it), `adv` (adverbs), `above` (the verb that it is said beside: `crashed, killing nine`), `mod` (words before a noun), `adj` (names before a noun), a preposition, or one place at another: `obj.mod`
//! (words before the object), `subj.between`. What: `any`, `no`, `@actor` (somebody known), `@person`, `@name` (a
//! person by name), `@body` (an organisation), `@party`, `@state`, `@place`, `@outlet`, `plural`, `human`, `quoted` (in quotation marks), or a class of
//! `classes.tsv`. Of a clause: `inf`, `question`, `indicative` (it tells what is), `prediction` (what will be), `negated`. `lasting`, `neg`, `passive:no` and
//! `will:any` (it is still to come) look at the clause. A recipient's place is `obj`, `obj.by` (who does what the object names), `subj`, `dative` or a
//! preposition; `~` marks a partner in a mutual act.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use readout_lexicon::{Row, RuleName, ShippedTable, TableFault, shipped_table};
use readout_record::{Factuality, PloverCode, UnknownCode};

/// The verbs: each row is a frame of its lemmas and what it means.
pub(crate) static VERBS: ShippedTable = shipped_table!(
    "data/events/verbs.tsv",
    ["lemmas", "code", "example", "counter-example"],
    ["conditions", "mode", "context", "cameo", "recipient"],
    [],
    [("code", check_sense)]
);
/// The nouns that name an act.
pub(crate) static NOUNS: ShippedTable = shipped_table!(
    "data/events/nouns.tsv",
    ["lemmas", "code", "example", "counter-example"],
    ["conditions", "mode", "context", "cameo", "actor", "recipient", "use"],
    [],
    [("code", check_sense)]
);
/// The results of operators on acts.
pub(crate) static COMPOSE: ShippedTable = shipped_table!(
    "data/events/compose.tsv",
    ["operator", "content", "type"],
    ["mode", "cameo", "factuality"],
    ["operator", "content"],
    [("operator", check_operator), ("content", check_contents), ("type", check_outcome)]
);
/// The classes of words that conditions name.
static CLASSES: ShippedTable = shipped_table!("data/events/classes.tsv", ["class", "lemmas"], [], ["class"]);
/// The words that show a PLOVER context.
static CONTEXTS: ShippedTable =
    shipped_table!("data/events/contexts.tsv", ["context", "lemmas"], [], ["context"]);

/// The outcome of an operator that leaves the act as it is, in `compose.tsv`.
const SAME: &str = "same";
/// The outcome of an operator that leaves no act, in `compose.tsv`.
const DROP: &str = "drop";

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
    /// The company in which a noun names an act. A verb names one by itself.
    pub(crate) stands: Standing,
}

/// The words that a noun of an act needs beside it to tell of one that took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing: `an air strike`.
    Alone,
    /// Both sides, or a light verb or operator above it: `Iran's release of two tourists`.
    Sided,
    /// A light verb or operator above it: `gave access`.
    Light,
}

/// The sense of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    /// It is an act of this PLOVER type.
    Act(PloverCode),
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
    Act { code: PloverCode, mode: Option<&'static str>, cameo: Option<&'static str> },
    /// The act itself, put as the operator puts it where it puts it in some way.
    Same(Option<Factuality>),
    /// Nothing.
    Drop,
}

/// The acts under an operator for which a row of `compose.tsv` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    /// An act of this PLOVER type.
    Act(PloverCode),
    /// Any act.
    Any,
    /// No act that is known.
    None,
}

/// The lexicon.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    verbs: BTreeMap<&'static str, Vec<Rule>>,
    nouns: BTreeMap<&'static str, Vec<Rule>>,
    classes: BTreeMap<&'static str, Vec<&'static str>>,
    compose: Vec<(&'static str, Vec<Content>, Composed)>,
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
    pub(crate) fn compose(&self, operator: &str, code: Option<PloverCode>) -> Composed {
        let fits = |contents: &[Content]| match code {
            Some(code) => contents.contains(&Content::Act(code)) || contents.contains(&Content::Any),
            None => contents.contains(&Content::None),
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
            let composed = match PloverCode::from_name(row.get("type")) {
                Some(code) => Composed::Act { code, mode: row.filled("mode"), cameo: row.filled("cameo") },
                None if row.get("type") == SAME => Composed::Same(factuality(row.get("factuality"))),
                None => Composed::Drop,
            };
            let contents = row.get("content").split(',').filter_map(content).collect();
            self.compose.push((row.get("operator"), contents, composed));
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

/// Returns the sense that a cell of the column `code` names. [`check_sense`] is the check of such cells.
fn sense(cell: &str) -> Sense {
    match cell.strip_prefix('=') {
        Some(operator) => RuleName::find(operator).map_or(Sense::Nothing, Sense::Operator),
        None => PloverCode::from_name(cell).map_or(Sense::Nothing, Sense::Act),
    }
}

/// Checks that a cell is `-`, a PLOVER type, or `=` and an operator.
fn check_sense(cell: &str) -> Result<(), TableFault> {
    match cell.strip_prefix('=') {
        Some(operator) => check_operator(operator),
        None if cell == "-" => Ok(()),
        None => check_code(cell),
    }
}

/// Checks that a cell is a rule of `data/rules.tsv`.
fn check_operator(cell: &str) -> Result<(), TableFault> {
    let fault = || TableFault::in_cell(format!("{cell:?} is no rule"), "add it to data/rules.tsv");
    RuleName::find(cell).map(drop).ok_or_else(fault)
}

/// Checks that a cell is a PLOVER type.
fn check_code(cell: &str) -> Result<(), TableFault> {
    let code: Result<PloverCode, UnknownCode> = cell.parse();
    code.map(drop).map_err(|unknown| TableFault::in_cell(unknown.to_string(), unknown.hint()))
}

/// Returns the acts under an operator that one word of the column `content` names.
fn content(word: &str) -> Option<Content> {
    match word {
        "*" => Some(Content::Any),
        "-" => Some(Content::None),
        code => PloverCode::from_name(code).map(Content::Act),
    }
}

/// Checks that the words of a cell, parted by commas, are `*`, `-` or PLOVER types.
fn check_contents(cell: &str) -> Result<(), TableFault> {
    cell.split(',').filter(|word| content(word).is_none()).try_for_each(check_code)
}

/// Checks that a cell is `same`, `drop` or a PLOVER type.
fn check_outcome(cell: &str) -> Result<(), TableFault> {
    if matches!(cell, SAME | DROP) { Ok(()) } else { check_code(cell) }
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
    use readout_lexicon::table;

    use super::*;

    #[test]
    fn tables_are_of_their_form() {
        for table in [&VERBS, &NOUNS, &COMPOSE, &CLASSES, &CONTEXTS] {
            assert_eq!(table.check(), Ok(()), "{}", table.file());
        }
    }

    #[test]
    fn a_code_that_no_list_has_is_told_with_its_line() {
        let told = |table: &ShippedTable, row: &str| {
            let head: Vec<&str> = table.form().columns().collect();
            let fault = table::check(&format!("{}\n{row}\n", head.join("\t")), table.form()).unwrap_err();
            format!("{fault}: {}", fault.hint)
        };
        let verb = told(&VERBS, "help\tHELP\tNorway helped Chad.\t-");
        assert!(verb.starts_with("line 2: \"HELP\" is no PLOVER type: use one of ACCUSE, "), "{verb}");
        let operator = told(&NOUNS, "hope\t=hope\tthe hope for aid\t-");
        assert_eq!(operator, "line 2: \"hope\" is no rule: add it to data/rules.tsv");
        assert!(told(&COMPOSE, "commit\tAID,HELP\tAGREE").contains("\"HELP\" is no PLOVER type"));
        assert!(told(&COMPOSE, "commit\tAID\tkeep").contains("\"keep\" is no PLOVER type"));
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
    fn every_mode_is_one_of_its_type() {
        let known =
            |code: PloverCode, mode: Option<&str>| mode.is_none_or(|mode| code.modes().contains(&mode));
        for (lemma, rule) in rules() {
            if let Sense::Act(code) = rule.sense {
                assert!(known(code, rule.mode), "{lemma}: {code} {:?}", rule.mode);
            }
        }
        for (operator, _, composed) in &Lexicon::shipped().compose {
            if let Composed::Act { code, mode, .. } = composed {
                assert!(known(*code, *mode), "{operator}: {code} {mode:?}");
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
                    "" | "any"
                        | "no"
                        | "plural"
                        | "quoted"
                        | "question"
                        | "inf"
                        | "indicative"
                        | "prediction"
                        | "negated"
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
