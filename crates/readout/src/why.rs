//! Why a record is as it is: the rules that fired, with the lines of the lexicons that they read, and what led each
//! side to its id.

use std::collections::BTreeSet;

use readout_knowledge::{Entry, Knowledge, Sense};
use readout_record::{ActorId, DocumentRecords, Factuality, Mention, Record};
use readout_text::CharSpan;
use serde::Serialize;

const RULES: &str = include_str!("../../../data/rules.tsv");

/// The lexicons of events: file, content, the columns of code, mode and CAMEO.
const EVENTS: [(&str, &str, &str); 2] = [
    ("verb", "data/events/verbs.tsv", include_str!("../../../data/events/verbs.tsv")),
    ("noun", "data/events/nouns.tsv", include_str!("../../../data/events/nouns.tsv")),
];
const COMPOSE: (&str, &str) = ("data/events/compose.tsv", include_str!("../../../data/events/compose.tsv"));

/// The lexicons of cues.
const CUES: [(&str, &str); 3] = [
    ("data/attribution/verbs.txt", include_str!("../../../data/attribution/verbs.txt")),
    ("data/attribution/nouns.txt", include_str!("../../../data/attribution/nouns.txt")),
    ("data/attribution/adjectives.txt", include_str!("../../../data/attribution/adjectives.txt")),
];

/// Most words that are listed for one side.
const WORDS: usize = 4;

/// The reasons why a record is as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Why {
    /// The rules that fired, outermost first.
    pub rules: Vec<Fired>,
    /// The sides of the record, each with what led to its id.
    pub sides: Vec<Side>,
    /// The meaning of an event's factuality.
    pub factuality: Option<&'static str>,
}

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

/// One side of a record, and what led to its id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Side {
    /// The role of the side, as `who`, `to whom`, `speaker`.
    pub role: &'static str,
    /// The id.
    pub actor: ActorId,
    /// Words of the report, each with how they lead to the actor.
    pub words: Vec<(String, String)>,
    /// The row of the knowledge on the actor: file and line.
    pub row: Option<(String, u32)>,
}

pub(crate) fn why(record: &Record, records: &DocumentRecords, knowledge: &Knowledge) -> Why {
    let Some(evidence) = record.evidence() else { return Why::default() };
    let (code, mode, factuality) = match record {
        Record::Event(it) => (it.code.as_str(), it.mode.as_deref(), Some(it.factuality)),
        Record::Meeting(it) => (it.code.as_str(), None, Some(it.factuality)),
        Record::Incident(it) => (it.code.as_str(), it.mode.as_deref(), Some(it.factuality)),
        _ => ("", None, None),
    };
    let mut rules: Vec<Fired> = evidence
        .rule
        .split('>')
        .filter(|step| !step.is_empty())
        .map(|step| fired(step, code, mode))
        .collect();
    if let Record::Statement(it) = record
        && let (Some(rule), Some(act)) = (rules.first_mut(), it.act.as_deref())
    {
        rule.lines = cue_lines(act);
    }
    let mut sides = Vec::new();
    record.as_ref().each_side(&mut |role, actors| {
        let each = actors.iter();
        sides.extend(
            each.map(|actor| side(role.in_words(), actor, &evidence.spans, &records.mentions, knowledge)),
        );
    });
    Why { rules, sides, factuality: factuality.map(means) }
}

/// Returns the `step` of a rule, such as `verb:meet` or `request:urge`, with the lexicon lines that it goes by.
fn fired(step: &str, code: &str, mode: Option<&str>) -> Fired {
    let (name, key) = step.split_once(':').unwrap_or((step, ""));
    let told =
        table(RULES).find(|(_, row)| row[0] == step).or_else(|| table(RULES).find(|(_, row)| row[0] == name));
    let (reads, example) = told.map_or(("", ""), |(_, row)| (row[1], cell(&row, 2)));
    let mut lines = Vec::new();
    if !key.is_empty() && name != "speech" {
        let operator = !matches!(name, "verb" | "noun");
        for (part, file, content) in EVENTS {
            if !operator && part != name {
                continue;
            }
            let rows = table(content).filter(|(_, row)| row[0].split_whitespace().any(|lemma| lemma == key));
            let rows: Vec<_> = rows.collect();
            let fits = |row: &[&str]| {
                let sense = cell(row, 2);
                if operator {
                    return sense.strip_prefix('=') == Some(name);
                }
                sense == code && (mode.is_none() || cell(row, 3) == mode.unwrap_or_default())
            };
            let fitting: Vec<_> = rows.iter().filter(|(_, row)| fits(row)).collect();
            // What an operator made of the act may have another code than its line.
            let rows = if fitting.is_empty() && !operator { rows.iter().collect() } else { fitting };
            lines.extend(rows.into_iter().map(|(line, row)| event_line(file, *line, row)));
        }
    }
    if !matches!(name, "verb" | "noun" | "speech" | "must") && !code.is_empty() {
        let (file, content) = COMPOSE;
        lines.extend(table(content).filter(|(_, row)| row[0] == name && cell(row, 2) == code).map(
            |(line, row)| LexiconLine {
                file,
                line,
                says: format!("{} of {} is {}", row[0], cell(&row, 1), cell(&row, 2)),
                ..LexiconLine::default()
            },
        ));
    }
    Fired { rule: step.to_owned(), reads: reads.to_owned(), example: example.to_owned(), lines }
}

fn event_line(file: &'static str, line: u32, row: &[&str]) -> LexiconLine {
    let given = |cell: &str| if cell == "-" { String::new() } else { cell.to_owned() };
    let mut says = format!("{} → {}", row[0], cell(row, 2));
    for (at, what) in [(3, "mode"), (4, "context"), (5, "CAMEO"), (1, "where")] {
        let value = cell(row, at);
        if !value.is_empty() && value != "-" {
            says.push_str(&format!(", {what} {value}"));
        }
    }
    let last = row.len();
    LexiconLine {
        file,
        line,
        says,
        example: given(cell(row, last.saturating_sub(2))),
        counter_example: given(cell(row, last.saturating_sub(1))),
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

/// Returns the rows of a table with their lines, without comments and the line that names the columns of
/// `data/rules.tsv`.
fn table(content: &'static str) -> impl Iterator<Item = (u32, Vec<&'static str>)> {
    let lines = (1..).zip(content.lines());
    lines
        .filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty())
        .map(|(number, line)| (number, line.split('\t').collect()))
}

fn cell<'r>(row: &[&'r str], at: usize) -> &'r str {
    row.get(at).copied().unwrap_or_default().trim()
}

/// Returns a side with the mentions that led to `actor`: those in the passage, and the first named one of the report if
/// none of them is a name. Without any of these, the first mention of the report is given.
fn side(
    role: &'static str,
    actor: &ActorId,
    spans: &[CharSpan],
    mentions: &[Mention],
    knowledge: &Knowledge,
) -> Side {
    let entry = knowledge.entry(actor);
    let of_actor: Vec<&Mention> = mentions.iter().filter(|mention| mention.actor == *actor).collect();
    let inside = |mention: &Mention| {
        spans.iter().any(|span| span.start <= mention.span.start && mention.span.end <= span.end)
    };
    let mut chosen: Vec<&Mention> = of_actor.iter().copied().filter(|mention| inside(mention)).collect();
    // A pronoun alone tells nothing: the name that it stands for comes with it.
    if !chosen.iter().any(|mention| mention.named) {
        chosen.extend(of_actor.iter().copied().find(|mention| mention.named));
    }
    if chosen.is_empty() {
        chosen.extend(of_actor.first().copied());
    }
    let mut seen = BTreeSet::new();
    let words = chosen
        .into_iter()
        .filter(|mention| seen.insert(mention.text.clone()))
        .take(WORDS)
        .map(|mention| (mention.text.clone(), how(mention, entry, knowledge)))
        .collect();
    let row = entry.map(|entry| {
        let (file, line) = knowledge.origin(entry);
        (file.to_owned(), line)
    });
    Side { role, actor: actor.clone(), words, row }
}

/// Describes how the words of `mention` lead to `entry`.
fn how(mention: &Mention, entry: Option<&Entry>, knowledge: &Knowledge) -> String {
    let Some(entry) = entry else {
        return match mention.named {
            true => "a name that no row of the knowledge tells of".to_owned(),
            false => "a description, or a word that stands for it".to_owned(),
        };
    };
    let readings = knowledge.named(&mention.text);
    let sense = readings.iter().find(|(it, _)| it.id == entry.id).map(|(_, sense)| *sense);
    let told = match sense {
        Some(Sense::Itself) => "a name of it",
        Some(Sense::Adjective) => "its adjective, or a citizen",
        Some(Sense::People) => "its people",
        Some(Sense::Seat) => "its capital or seat, which acts here",
        Some(Sense::Short) | None => {
            if knowledge.shortened(&mention.text).iter().any(|it| it.id == entry.id) {
                "stands for it beside its full name"
            } else if knowledge.persons_called(&mention.text).any(|it| it.id == entry.id) {
                "what reports call this person"
            } else if mention.named {
                "a form of its name"
            } else {
                "stands for it in this report"
            }
        }
    };
    let others: Vec<&str> =
        readings.iter().filter(|(it, _)| it.id != entry.id).map(|(it, _)| it.id.as_str()).collect();
    if others.is_empty() { told.to_owned() } else { format!("{told}; elsewhere {}", others.join(", ")) }
}

/// Describes the words that give an act this factuality.
const fn means(factuality: Factuality) -> &'static str {
    match factuality {
        Factuality::Happened => {
            "told as done: no negation, modal, plan or condition stands at it or above it"
        }
        Factuality::Ongoing => "told as going on: a progressive, “ongoing” or “continue”",
        Factuality::Planned => {
            "meant or to come: “will”, a plan, promise or agreement above it, or a purpose"
        }
        Factuality::Possible => "left open: “may”, “could”, “alleged”, a question",
        Factuality::Conditional => "hangs on something: an “if” or “unless” at it",
        Factuality::Demanded => {
            "wanted by somebody: “must”, or a verb such as “urge”, “demand”, “want” above it"
        }
        Factuality::Denied => "told as not done: a negation, or a verb such as “deny”, “refuse” above it",
        Factuality::Cancelled => "planned before, and told as called off",
        Factuality::Unclear => "the report does not tell",
    }
}

#[cfg(test)]
mod tests {
    use readout_record::{Event, Evidence, Statement};

    use super::*;

    #[test]
    fn a_rule_leads_to_the_lines_of_its_lexicon() {
        let fired = fired("verb:meet", "CONSULT", None);
        assert!(fired.reads.contains("event lexicon"), "{fired:?}");
        assert_eq!(fired.lines.len(), 1, "{fired:?}");
        assert_eq!(fired.lines[0].file, "data/events/verbs.tsv");
        assert!(fired.lines[0].example.contains("met") && !fired.lines[0].counter_example.is_empty());
    }

    #[test]
    fn every_operator_is_told() {
        for (_, row) in table(COMPOSE.1) {
            assert!(!fired(&format!("{}:x", row[0]), "", None).reads.is_empty(), "{}", row[0]);
        }
    }

    #[test]
    fn a_statement_leads_to_the_class_of_its_cue() {
        let statement = Statement {
            evidence: Evidence { rule: "quote.cue-after".to_owned(), ..Evidence::default() },
            act: Some("deny".to_owned()),
            speaker: vec!["state:RUS".to_owned()],
            ..Statement::default()
        };
        let why = why(&Record::Statement(statement), &DocumentRecords::default(), &Knowledge::shipped());
        assert!(why.rules[0].reads.contains("before its cue"));
        assert!(why.rules[0].lines.iter().any(|line| line.file == "data/attribution/verbs.txt"));
        let (file, line) = why.sides[0].row.clone().unwrap();
        assert!(file == "data/knowledge/states.tsv" && line > 1);
    }

    #[test]
    fn a_seat_is_told_from_a_name() {
        let mention = |text: &str, start: u32| Mention {
            actor: "state:RUS".to_owned(),
            text: text.to_owned(),
            span: CharSpan::new(start, start + text.len() as u32),
            named: true,
            ..Mention::default()
        };
        let event = Event {
            evidence: Evidence { spans: vec![CharSpan::new(0, 40)], ..Evidence::default() },
            actor: vec!["state:RUS".to_owned()],
            ..Event::default()
        };
        let records = DocumentRecords {
            mentions: vec![mention("Moscow", 0), mention("Russians", 20)],
            ..DocumentRecords::default()
        };
        let why = why(&Record::Event(event), &records, &Knowledge::shipped());
        let told: Vec<_> = why.sides[0].words.iter().map(|(_, how)| how.as_str()).collect();
        assert!(told[0].starts_with("its capital or seat") && told[1] == "its people", "{told:?}");
    }
}
