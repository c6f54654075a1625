//! The rules that made a record, with the lines of the lexicons that they read.

use readout_lexicon::{Row, ShippedTable, rule};
use readout_record::{PloverCode, Record};
use serde::Serialize;

use crate::acts::lexicon::{COMPOSE, NOUNS, VERBS};

/// The lexicons of events, by the rule that reads them.
static EVENTS: [(&str, &ShippedTable); 2] = [("verb", &VERBS), ("noun", &NOUNS)];

/// The lexicons of cues: file and content.
const CUES: [(&str, &str); 3] = [
    ("data/attribution/verbs.txt", include_str!("../../../../data/attribution/verbs.txt")),
    ("data/attribution/nouns.txt", include_str!("../../../../data/attribution/nouns.txt")),
    ("data/attribution/adjectives.txt", include_str!("../../../../data/attribution/adjectives.txt")),
];

/// A rule that fired.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Fired {
    /// The step of the rule, as the record names it.
    pub rule: String,
    /// A description of the words that the rule reads.
    pub reads: String,
    /// A sentence of ours that it reads so.
    pub example: String,
    /// The lines of the lexicons that it goes by.
    pub lines: Vec<LexiconLine>,
}

/// A line of a lexicon.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LexiconLine {
    /// Path of the file in the repository.
    pub file: &'static str,
    /// The line, from 1.
    pub line: u32,
    /// The meaning of the line, in words.
    pub says: String,
    /// A sentence that the line is for.
    pub example: String,
    /// A sentence that the line is not for.
    pub counter_example: String,
}

/// Returns the rules that made `record`, outermost first, each with the lines that it goes by.
pub fn fired_rules(record: &Record) -> Vec<Fired> {
    let Some(evidence) = record.evidence() else { return Vec::new() };
    let (code, mode) = match record {
        Record::Event(it) => (it.code, it.mode.as_deref()),
        Record::Meeting(it) => (it.code, None),
        Record::Incident(it) => (it.code, it.mode.as_deref()),
        _ => (None, None),
    };
    let steps = evidence.rule.split('>').filter(|step| !step.is_empty());
    let mut rules: Vec<Fired> = steps.map(|step| fired(step, code, mode)).collect();
    if let Record::Statement(it) = record
        && let (Some(rule), Some(act)) = (rules.first_mut(), it.act.as_deref())
    {
        rule.lines = cue_lines(act);
    }
    rules
}

/// Returns the `step` of a rule, such as `verb:meet` or `request:urge`, with the lexicon lines that it goes by.
fn fired(step: &str, code: Option<PloverCode>, mode: Option<&str>) -> Fired {
    let (name, key) = step.split_once(':').unwrap_or((step, ""));
    let listed = |name: &str| rule::rules().find(|rule| rule.name.as_str() == name);
    let (reads, example) =
        listed(step).or_else(|| listed(name)).map_or(("", ""), |rule| (rule.reads, rule.example));
    let mut lines = Vec::new();
    if !key.is_empty() && name != "speech" {
        lines = event_lines(name, key, code, mode);
    }
    if let Some(code) = code.filter(|_| !matches!(name, "verb" | "noun" | "speech" | "must")) {
        let fits = |row: &Row<'_>| row.get("operator") == name && row.get("type") == code.as_str();
        lines.extend(COMPOSE.rows().filter(fits).map(|row| LexiconLine {
            file: COMPOSE.file(),
            line: row.line(),
            says: format!("{name} of {} is {}", row.get("content"), row.get("type")),
            ..LexiconLine::default()
        }));
    }
    Fired { rule: step.to_owned(), reads: reads.to_owned(), example: example.to_owned(), lines }
}

/// Returns the lines of the event lexicon for the word `key`, as the rule `name` reads it for an act of `code` and `mode`.
fn event_lines(name: &str, key: &str, code: Option<PloverCode>, mode: Option<&str>) -> Vec<LexiconLine> {
    let operator = !matches!(name, "verb" | "noun");
    let fits = |row: &Row<'_>| {
        let sense = row.get("code");
        if operator {
            return sense.strip_prefix('=') == Some(name);
        }
        code.is_some_and(|code| sense == code.as_str()) && mode.is_none_or(|mode| row.get("mode") == mode)
    };
    let mut lines = Vec::new();
    for (part, table) in EVENTS {
        if !operator && part != name {
            continue;
        }
        let of_word = || table.rows().filter(|row| row.words("lemmas").any(|lemma| lemma == key));
        let mut rows: Vec<Row<'_>> = of_word().filter(fits).collect();
        // What an operator made of the act may have another code than its line.
        if rows.is_empty() && !operator {
            rows = of_word().collect();
        }
        lines.extend(rows.iter().map(|row| event_line(table.file(), row)));
    }
    lines
}

fn event_line(file: &'static str, row: &Row<'_>) -> LexiconLine {
    let mut says = format!("{} → {}", row.get("lemmas"), row.get("code"));
    for (column, what) in
        [("mode", "mode"), ("context", "context"), ("cameo", "CAMEO"), ("conditions", "where")]
    {
        if let Some(value) = row.filled(column) {
            says.push_str(&format!(", {what} {value}"));
        }
    }
    let given = |column: &str| row.filled(column).unwrap_or_default().to_owned();
    LexiconLine {
        file,
        line: row.line(),
        says,
        example: given("example"),
        counter_example: given("counter-example"),
    }
}

/// Returns the classes of cues that are the speech act `act`.
fn cue_lines(act: &str) -> Vec<LexiconLine> {
    let mut found: Vec<LexiconLine> = Vec::new();
    for (file, content) in CUES {
        let mut open = false;
        for (line, text) in (1..).zip(content.lines()) {
            let Some((word, rest)) = text.split_once(' ') else { continue };
            match word {
                "class" => {
                    open = rest.split(' ').next() == Some(act);
                    if open {
                        found.push(LexiconLine { file, line, ..LexiconLine::default() });
                    }
                }
                "reason" | "example" | "counter" if open => {
                    if let Some(class) = found.last_mut() {
                        let field = match word {
                            "reason" => &mut class.says,
                            "example" => &mut class.example,
                            _ => &mut class.counter_example,
                        };
                        rest.clone_into(field);
                    }
                }
                _ => {}
            }
        }
    }
    found
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may stop at what it does not expect")]
mod tests {
    use readout_record::{Evidence, Statement};

    use super::*;

    #[test]
    fn a_rule_leads_to_the_lines_of_its_lexicon() {
        let fired = fired("verb:huddle", Some(PloverCode::Consult), None);
        assert!(fired.reads.contains("event lexicon"), "{fired:?}");
        assert_eq!(fired.lines.len(), 1, "{fired:?}");
        assert_eq!(fired.lines[0].file, "data/events/verbs.tsv");
        assert!(fired.lines[0].example.contains("met") && !fired.lines[0].counter_example.is_empty());
    }

    #[test]
    fn every_operator_is_told() {
        for row in COMPOSE.rows() {
            let operator = row.get("operator");
            assert!(!fired(&format!("{operator}:x"), None, None).reads.is_empty(), "{operator}");
        }
    }

    #[test]
    fn a_statement_leads_to_the_class_of_its_cue() {
        let statement = Statement {
            evidence: Evidence { rule: "quote.cue-after".to_owned(), ..Evidence::default() },
            act: Some("deny".to_owned()),
            ..Statement::default()
        };
        let rules = fired_rules(&Record::Statement(statement));
        assert!(rules[0].reads.contains("before its cue"));
        assert!(rules[0].lines.iter().any(|line| line.file == "data/attribution/verbs.txt"));
    }
}
