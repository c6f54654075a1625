//! Why a record is as it is: the rules that fired, and what led each side to its id.

use std::collections::BTreeSet;

use readout_extract::{Fired, fired_rules};
use readout_knowledge::{Entry, Knowledge, Sense};
use readout_record::{ActorId, DocumentRecords, Factuality, Mention, Record};
use readout_text::CharSpan;
use serde::Serialize;

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
    let factuality = match record {
        Record::Event(it) => Some(it.factuality),
        Record::Meeting(it) => Some(it.factuality),
        Record::Incident(it) => Some(it.factuality),
        _ => None,
    };
    let mut sides = Vec::new();
    record.as_ref().each_side(&mut |role, actors| {
        let each = actors.iter();
        sides.extend(
            each.map(|actor| side(role.in_words(), actor, &evidence.spans, &records.mentions, knowledge)),
        );
    });
    Why { rules: fired_rules(record), sides, factuality: factuality.map(means) }
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
    fn a_record_leads_to_its_rules_and_to_the_rows_of_its_sides() {
        let statement = Statement {
            evidence: Evidence { rule: "quote.cue-after".to_owned(), ..Evidence::default() },
            act: Some("deny".to_owned()),
            speaker: vec!["state:RUS".into()],
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
            actor: "state:RUS".into(),
            text: text.to_owned(),
            span: CharSpan::new(start, start + text.len() as u32),
            named: true,
            ..Mention::default()
        };
        let event = Event {
            evidence: Evidence { spans: vec![CharSpan::new(0, 40)], ..Evidence::default() },
            actor: vec!["state:RUS".into()],
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
