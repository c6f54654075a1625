//! Why a verb or noun gave a record, or why it gave none.

use std::collections::BTreeMap;
use std::fmt;

use readout_annotate::Annotations;
use readout_knowledge::Knowledge;
use readout_record::{Document, RecordId, Statement};
use readout_syntax::Pos;
use readout_text::CharSpan;

use crate::acts::Act;
use crate::acts::candidates::{self, DEPTH};
use crate::acts::frame::holds;
use crate::acts::keys::keys;
use crate::acts::lexicon::{Condition, Lexicon, Rule, Sense};
use crate::acts::predicates::{of_noun, of_verb};
use crate::clause::reading::Reading;
use crate::records::{events, incidents, meetings};
use crate::words::speech;

/// The most steps up the tree from a word to the act that it is a part of.
const STEPS_TO_ACT: usize = 4;

/// The outcome of one word that may name an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The word: a verb, or a noun that the lexicon knows.
    pub word: CharSpan,
    /// Its clause.
    pub clause: CharSpan,
    /// The word as dictionaries have it.
    pub lemma: String,
    /// The record, or why there is none.
    pub outcome: Outcome,
}

/// The record that a word gave, or why it gave none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An event, meeting or incident.
    Record {
        /// Its id.
        id: RecordId,
        /// The rule that fired.
        rule: String,
    },
    /// Nothing.
    Nothing(Reason),
}

/// The reason why a word gave no record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The lexicon does not have it.
    UnknownWord,
    /// It only says that somebody says something: a statement, not an event.
    Speech,
    /// The lexicon has it, but no rule fits. The list contains the first unmet condition of each rule.
    Unfit(Vec<String>),
    /// The lexicon says that in this use it is no act.
    NoAct,
    /// It says something of another act (`urge`, `refuse`, `hold`), and its complement names none.
    NothingGoverned,
    /// The noun names an act only below a verb such as `hold`, or as what breaks out or goes on.
    OnlyBelowVerb,
    /// The sentence speaks of sport.
    Sport,
    /// It is told of a novel, a film or the like.
    Fiction,
    /// It is part of the act that another word names.
    PartOf {
        /// That word.
        word: String,
        /// Its record.
        record: Option<RecordId>,
    },
    /// Neither actor nor recipient is known.
    NobodyKnown,
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownWord => formatter.write_str("no rule knows the word"),
            Self::Speech => formatter.write_str("a word of saying: a statement, not an event"),
            Self::Unfit(conditions) => {
                write!(formatter, "no rule fits; wanted: {}", conditions.join("; or "))
            }
            Self::NoAct => formatter.write_str("a rule says that in this use it is no act"),
            Self::NothingGoverned => formatter.write_str("no act is known in what it governs"),
            Self::OnlyBelowVerb => formatter.write_str("the noun alone does not say that it took place"),
            Self::Sport => formatter.write_str("the sentence speaks of sport"),
            Self::Fiction => formatter.write_str("told of a novel, a film or the like"),
            Self::PartOf { word, record: Some(record) } => write!(formatter, "part of “{word}” ({record})"),
            Self::PartOf { word, record: None } => write!(formatter, "part of “{word}”, which gave none"),
            Self::NobodyKnown => formatter.write_str("nobody known acts, and it is done to nobody known"),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match self.place {
            "obj" => "its object",
            "subj" => "who acts",
            "x" => "a clause as complement",
            "mod" => "a word before it",
            "neg" => return write!(formatter, "{} negation", if self.not { "no" } else { "a" }),
            "passive" => return formatter.write_str("the passive voice, or not"),
            "lasting" => return formatter.write_str("a length, a day or an occasion"),
            preposition => return self.after(formatter, &place_name(preposition)),
        };
        self.after(formatter, place)
    }
}

/// A place that is no part of a clause by itself, in words: `what follows “on”`, `a word before its object`.
fn place_name(place: &str) -> String {
    match place.split_once('.') {
        Some((outer, "mod")) => format!("a word before {}", place_name(outer)),
        Some((outer, inner)) => format!("what follows “{inner}” at {}", place_name(outer)),
        None if place == "obj" => "its object".to_owned(),
        None if place == "subj" => "who acts".to_owned(),
        None => format!("what follows “{place}”"),
    }
}

impl Condition {
    fn after(&self, formatter: &mut fmt::Formatter<'_>, place: &str) -> fmt::Result {
        let not = if self.not { "not " } else { "" };
        match self.what {
            "any" => write!(formatter, "{not}{place}"),
            "no" => write!(formatter, "{}{place}", if self.not { "" } else { "no " }),
            "@actor" => write!(formatter, "{place} {not}somebody known"),
            "@person" => write!(formatter, "{place} {not}a person"),
            "@place" => write!(formatter, "{place} {not}a place"),
            class => write!(formatter, "{place} {not}of the class “{class}”"),
        }
    }
}

/// Returns the outcome of every verb, and of every noun that the lexicon knows, in the order of the text.
///
/// `statements` are those of the document, as [`crate::extract`] gives them: what is said, and by whom.
pub fn explain(
    document: &Document,
    annotations: &Annotations,
    knowledge: &Knowledge,
    statements: &[Statement],
) -> Vec<Explanation> {
    let reading = Reading::new(document, annotations, knowledge, statements);
    let told = Told::new(&reading);
    let lexicon = Lexicon::shipped();
    (0..reading.syntax.len())
        .filter(|&at| {
            reading.is_verb(at)
                || reading.syntax.token(at).pos == Pos::Noun
                    && lexicon.names_act(&reading.lemma(at).to_lowercase())
                || told.records.contains_key(&at)
        })
        .map(|at| Explanation {
            word: reading.offsets.to_chars(reading.syntax.token(at).span),
            clause: reading.offsets.to_chars(reading.clause(at)),
            lemma: reading.lemma(at).to_owned(),
            outcome: told.outcome(&reading, at),
        })
        .collect()
}

/// The acts of a document and the records they became.
pub(super) struct Told {
    acts: Vec<Act>,
    records: BTreeMap<u32, (RecordId, String)>,
}

impl Told {
    /// Reads the acts of the document and what becomes of them.
    pub(super) fn new(reading: &Reading<'_>) -> Self {
        let acts = candidates::find(reading);
        let mut records: BTreeMap<u32, (RecordId, String)> = BTreeMap::new();
        let mut add = |at: u32, evidence: &readout_record::Evidence| {
            records.insert(at, (evidence.id.clone(), evidence.rule.clone()));
        };
        meetings::find(reading, &acts).iter().for_each(|(at, it)| add(*at, &it.evidence));
        for it in incidents::find(reading, &acts) {
            it.heads.iter().for_each(|at| add(*at, &it.incident.evidence));
        }
        events::find(reading, &acts).iter().for_each(|(at, it)| add(*at, &it.evidence));
        Self { acts, records }
    }

    /// The record that the word `at` gave, or why it gave none.
    pub(super) fn outcome(&self, reading: &Reading<'_>, at: u32) -> Outcome {
        match self.records.get(&at) {
            Some((id, rule)) => Outcome::Record { id: id.clone(), rule: rule.clone() },
            None => Outcome::Nothing(reason(reading, at, &self.acts, &self.records)),
        }
    }
}

/// Returns the reason why the word `at` gave no record.
fn reason(
    reading: &Reading<'_>,
    at: u32,
    acts: &[Act],
    records: &BTreeMap<u32, (RecordId, String)>,
) -> Reason {
    let part_of = |head: u32| Reason::PartOf {
        word: reading.syntax.word(head).to_owned(),
        record: records.get(&head).map(|(id, _)| id.clone()),
    };
    if candidates::is_sport(reading, at) {
        return Reason::Sport;
    }
    if candidates::is_fiction(reading, at) {
        return Reason::Fiction;
    }
    if let Some(act) = acts.iter().find(|act| act.head != at && act.used.contains(&at)) {
        return part_of(act.head);
    }
    // Acts that are told with another: `killing nine` with the attack, `they also discussed trade` with the meeting.
    let above = || {
        reading
            .syntax
            .ancestors(at)
            .take(STEPS_TO_ACT)
            .find(|above| records.contains_key(above) || acts.iter().any(|act| act.head == *above))
    };
    if acts.iter().any(|act| act.head == at) {
        return above().map_or(Reason::NobodyKnown, part_of);
    }
    if candidates::candidate(reading, at).is_some() {
        return above().map_or(Reason::NobodyKnown, part_of);
    }
    if reading.is_verb(at) { of_rules_of_verb(reading, at) } else { of_rules_of_noun(reading, at) }
}

fn of_rules_of_verb(reading: &Reading<'_>, at: u32) -> Reason {
    let lexicon = Lexicon::shipped();
    let rules: Vec<&Rule> = keys(reading, at).iter().flat_map(|key| lexicon.verb(key)).collect();
    if rules.is_empty() {
        return if reading.is(at, &speech::SPEECH) { Reason::Speech } else { Reason::UnknownWord };
    }
    // An act of anybody: `by signing up you agree to this`.
    if of_verb(reading, at, DEPTH).is_some() {
        return Reason::NobodyKnown;
    }
    if let Some(rule) = rules.iter().find(|rule| fits(reading, at, rule)) {
        return match rule.sense {
            Sense::Nothing if reading.is(at, &speech::SPEECH) => Reason::Speech,
            Sense::Nothing => Reason::NoAct,
            _ => Reason::NothingGoverned,
        };
    }
    Reason::Unfit(unmet(reading, at, &rules))
}

fn of_rules_of_noun(reading: &Reading<'_>, at: u32) -> Reason {
    let rules: Vec<&Rule> = Lexicon::shipped().noun(&reading.lemma(at).to_lowercase()).iter().collect();
    if rules.is_empty() {
        return Reason::UnknownWord;
    }
    if of_noun(reading, at, None, DEPTH).is_some() {
        return Reason::OnlyBelowVerb;
    }
    match rules.iter().find(|rule| fits(reading, at, rule)) {
        Some(rule) if rule.sense == Sense::Nothing => Reason::NoAct,
        Some(_) => Reason::NothingGoverned,
        None => Reason::Unfit(unmet(reading, at, &rules)),
    }
}

fn fits(reading: &Reading<'_>, at: u32, rule: &Rule) -> bool {
    rule.conditions.iter().all(|condition| holds(reading, at, condition))
}

/// Returns the first unmet condition of each rule.
fn unmet(reading: &Reading<'_>, at: u32, rules: &[&Rule]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for rule in rules {
        let failed = rule.conditions.iter().find(|condition| !holds(reading, at, condition));
        if let Some(wanted) = failed.map(ToString::to_string)
            && !found.contains(&wanted)
        {
            found.push(wanted);
        }
    }
    found
}
