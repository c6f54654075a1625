//! One record in one line, and its fields one by one.

use readout::record::{Document, Record, Time};
use readout::views::when::{Spelling, When};
use readout::views::words::shorten;
use readout::views::{ActorName, Names};
use serde::Serialize;

use super::words::{day, plainly};
use super::{address, record_address};

/// A field of a record.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Fact {
    label: &'static str,
    people: Vec<ActorName>,
    text: String,
    href: Option<String>,
}

/// Returns the words of a value that the record's form names in one word.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => plainly(&word),
        _ => String::new(),
    }
}

fn between(range: Option<(Option<u32>, Option<u32>)>) -> String {
    match range {
        Some((Some(low), Some(high))) if low == high => low.to_string(),
        Some((Some(low), Some(high))) => format!("{low} to {high}"),
        Some((Some(low), None)) => format!("at least {low}"),
        Some((None, Some(high))) => format!("at most {high}"),
        _ => String::new(),
    }
}

fn time(time: Option<&Time>) -> String {
    let Some(time) = time else { return String::new() };
    let told = When::of(time).map_or_else(|| "not known when".to_owned(), |it| it.told(Spelling::Words));
    format!("“{}”: {told}", time.text)
}

/// Returns the record in one line of at most about `most` letters.
pub(crate) fn line(record: &Record, names: &Names, most: usize) -> String {
    let evidence = record.evidence().map(|it| it.text.as_str()).unwrap_or_default();
    let text = match record {
        Record::Statement(it) => {
            let speaker = if it.speaker.is_empty() { "Somebody".to_owned() } else { names.list(&it.speaker) };
            let to = if it.addressee.is_empty() {
                String::new()
            } else {
                format!(" to {}", names.list(&it.addressee))
            };
            format!("{speaker}{to}: {}", it.content_text)
        }
        Record::Event(it) => {
            let who = [names.list(&it.actor), names.list(&it.recipient)];
            let who: Vec<&str> = who.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
            if who.is_empty() { evidence.to_owned() } else { format!("{}: {evidence}", who.join(" → ")) }
        }
        Record::Meeting(it) if !it.participants.is_empty() => {
            format!("{}: {evidence}", names.list(&it.participants))
        }
        Record::Commitment(it) if !it.debtor.is_empty() => format!("{}: {evidence}", names.list(&it.debtor)),
        Record::Agreement(it) => it.name.clone(),
        Record::Position(it) => format!("{} {} {}", names.of(&it.actor), word(&it.stance), it.issue),
        Record::Quote(it) => it.best.clone(),
        Record::Happening(it) => it.title.clone(),
        Record::Story(it) => it.title.clone(),
        Record::Actor(it) => it.name.clone(),
        Record::Document(it) => it.title.clone().unwrap_or_else(|| it.id.clone()),
        _ => evidence.to_owned(),
    };
    shorten(&text, most)
}

/// Returns all that the record says, but for its passage.
pub(crate) fn facts(record: &Record, names: &Names) -> Vec<Fact> {
    let mut found = Facts { names, found: Vec::new() };
    match record {
        Record::Statement(it) => {
            found.people("Speaker", &it.speaker);
            found.people("To", &it.addressee);
            found.people("By way of", &it.via);
            found.text("Act", it.act.as_deref().map(plainly).unwrap_or_default());
            found.text("Form", word(&it.mode));
            found.text("Negated", if it.negated { "the report says that this was not said" } else { "" });
            found.text("When", time(it.time.as_ref()));
            found.link("Said at", it.occasion.as_deref());
            found.link("Inside", it.parent.as_deref());
            found.link("All wordings", it.quote.as_deref());
        }
        Record::Event(it) => {
            found.text("Type", plainly(&it.code));
            found.text("Mode", it.mode.as_deref().map(plainly).unwrap_or_default());
            found.text("Context", it.context.join(", "));
            found.text("CAMEO", it.cameo.clone().unwrap_or_default());
            found.people("Who", &it.actor);
            found.people("To whom", &it.recipient);
            found.happened(
                it.time.as_ref(),
                it.place.as_deref(),
                word(&it.factuality),
                it.reported_by.as_deref(),
                it.happening.as_deref(),
            );
        }
        Record::Meeting(it) => {
            found.people("Who met", &it.participants);
            found.text("Form", it.format.map(|it| word(&it)).unwrap_or_default());
            found.text("Occasion", it.occasion.clone().unwrap_or_default());
            found.text("Minutes", between(it.minutes));
            found.text("On", it.topics.join(", "));
            found.happened(
                it.time.as_ref(),
                it.place.as_deref(),
                word(&it.factuality),
                it.reported_by.as_deref(),
                it.happening.as_deref(),
            );
        }
        Record::Incident(it) => {
            found.text("Type", plainly(&it.code));
            found.text("Killed", between(it.killed));
            found.text("Hurt", between(it.injured));
            found.people("Who", &it.actor);
            found.people("To whom", &it.recipient);
            found.people("Claimed by", &it.claimed_by);
            found.people("Blamed on", &it.blamed_on);
            found.people("Denied by", &it.denied_by);
            found.text("Means", it.means.clone().unwrap_or_default());
            found.happened(
                it.time.as_ref(),
                it.place.as_deref(),
                word(&it.factuality),
                it.reported_by.as_deref(),
                it.happening.as_deref(),
            );
        }
        Record::Condition(it) => {
            found.people("By", &it.by);
            found.people("To", &it.to);
            found.text("If", it.premise.text.clone());
            found.people("Who is to act", &it.premise.actor);
            found.text("Then", it.consequence.text.clone());
            found.people("Who acts then", &it.consequence.actor);
            found.text("Tone", word(&it.tone));
            found.link("Said in", it.statement.as_deref());
        }
        Record::Commitment(it) => {
            found.people("Who", &it.debtor);
            found.people("For whom", &it.creditor);
            if let Some(deadline) = &it.deadline {
                let due = deadline.due.as_deref().map(|due| format!(", by {}", day(due))).unwrap_or_default();
                found.text("Deadline", format!("“{}”{due}", deadline.text));
                found.text("Counted from", deadline.from.as_deref().map(day).unwrap_or_default());
            }
            found.link("Term of", it.agreement.as_deref());
            found.link("Said in", it.statement.as_deref());
        }
        Record::Agreement(it) => {
            found.text("Name", it.name.clone());
            found.text("Also", it.aliases.join("; "));
            found.people("Parties", &it.parties);
        }
        Record::Position(it) => {
            found.people("Who", std::slice::from_ref(&it.actor));
            found.text("Issue", it.issue.clone());
            found.text("Stance", word(&it.stance));
            found.text("Since", it.since.as_deref().map(day).unwrap_or_default());
        }
        _ => {}
    }
    found.found
}

/// Returns the way by which a record came, the outlet first: names, what each is, and where it has a page.
pub(crate) fn chain(record: &Record, document: &Document, names: &Names) -> Vec<Step> {
    let step =
        |name: &str, role: &'static str, href: Option<String>| Step { name: name.to_owned(), role, href };
    let outlet = document.outlet.as_deref().unwrap_or("this report");
    let mut chain = vec![step(outlet, "reports", Some(address(&document.id)))];
    let Record::Statement(it) = record else { return Vec::new() };
    chain.extend(it.via.iter().map(|id| step(names.of(id), "passes on", Some(address(id)))));
    if let Some(parent) = &it.parent {
        chain.push(step("another statement", "within which it stands", Some(record_address(parent))));
    }
    match it.speaker.as_slice() {
        [] => chain.push(step("somebody not named", "says it", None)),
        speakers => chain.extend(speakers.iter().map(|id| step(names.of(id), "says it", Some(address(id))))),
    }
    chain
}

/// A step on the way of a record, from the outlet to the speaker.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Step {
    name: String,
    role: &'static str,
    href: Option<String>,
}

struct Facts<'n> {
    names: &'n Names,
    found: Vec<Fact>,
}

impl Facts<'_> {
    fn people(&mut self, label: &'static str, ids: &[String]) {
        if !ids.is_empty() {
            let people = ids
                .iter()
                .map(|id| ActorName { id: id.clone(), name: self.names.of(id).to_owned() })
                .collect();
            self.found.push(Fact { label, people, ..Fact::default() });
        }
    }

    fn text(&mut self, label: &'static str, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.found.push(Fact { label, text, ..Fact::default() });
        }
    }

    fn link(&mut self, label: &'static str, id: Option<&str>) {
        if let Some(id) = id {
            self.found.push(Fact { label, text: id.to_owned(), href: Some(address(id)), ..Fact::default() });
        }
    }

    fn happened(
        &mut self,
        at: Option<&Time>,
        place: Option<&str>,
        factuality: String,
        by: Option<&str>,
        happening: Option<&str>,
    ) {
        self.text("When", time(at));
        self.text("Where", place.unwrap_or_default());
        self.text("Told as", factuality);
        self.link("According to", by);
        self.link("Happening", happening);
    }
}
