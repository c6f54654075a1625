//! The fields of a record with the labels that people read: one account of each kind, for the command line, the pages
//! and whatever else lists what a record has.

use readout_record::{
    Actor, ActorId, Agreement, Bounds, Change, Commitment, Condition, Document, Event, Factuality, Happening,
    Incident, Meeting, MeetingFormat, PloverCode, Position, Quote, Record, RecordId, RecordRef, Sector, Side,
    Statement, Story, Time,
};
use serde::Serialize;

use crate::changes::{ChangeNames, actors_of_change, change_in_words};
use crate::cite::ActorName;
use crate::contents::Names;
use crate::when::{Spelling, When, date};
use crate::words::{count, plainly, shorten};

/// A field of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The label, in lower case.
    pub label: &'static str,
    /// The actors whom the field names.
    pub actors: Vec<ActorName>,
    /// The value as people read it; empty where the field names actors.
    pub text: String,
    /// The id of the record or report that the field names; its text is the same id or words on it.
    pub link: Option<RecordId>,
}

/// A step on the way of a statement from the outlet to the speaker.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ChainStep {
    /// The name.
    pub name: String,
    /// The part that the step has in handing the words on.
    pub role: &'static str,
    /// The actor, report or statement; `None` for somebody who is not named.
    pub id: Option<RecordId>,
}

/// Returns all that `record` says, but for its passage and the rule that found it.
pub fn facts(record: &Record, names: &Names, spelling: Spelling) -> Vec<Fact> {
    let mut found = Facts { names, spelling, found: Vec::new() };
    found.record(record.as_ref());
    found.found
}

/// Returns `record` in one line of at most about `most` code points.
pub fn line(record: RecordRef<'_>, names: &Names, most: usize) -> String {
    let evidence = record.evidence().map(|it| it.text.as_str()).unwrap_or_default();
    let text = match record {
        RecordRef::Statement(it) => {
            let speaker = if it.speaker.is_empty() { "Somebody".to_owned() } else { names.list(&it.speaker) };
            let to = match it.addressee.is_empty() {
                true => String::new(),
                false => format!(" to {}", names.list(&it.addressee)),
            };
            format!("{speaker}{to}: {}", it.content_text)
        }
        RecordRef::Event(it) => {
            let sides = [names.list(&it.actor), names.list(&it.recipient)];
            let sides: Vec<&str> = sides.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
            match sides.is_empty() {
                true => evidence.to_owned(),
                false => format!("{}: {evidence}", sides.join(" → ")),
            }
        }
        RecordRef::Meeting(it) if !it.participants.is_empty() => {
            format!("{}: {evidence}", names.list(&it.participants))
        }
        RecordRef::Commitment(it) if !it.debtor.is_empty() => {
            format!("{}: {evidence}", names.list(&it.debtor))
        }
        RecordRef::Meeting(_)
        | RecordRef::Incident(_)
        | RecordRef::Condition(_)
        | RecordRef::Commitment(_) => evidence.to_owned(),
        RecordRef::Agreement(it) => it.name.clone(),
        RecordRef::Position(it) => {
            format!("{} {} {}", names.of(&it.actor), it.stance.in_words(), it.issue)
        }
        RecordRef::Quote(it) => it.best.clone(),
        RecordRef::Happening(it) => it.title.clone(),
        RecordRef::Story(it) => it.title.clone(),
        RecordRef::Actor(it) => it.name.clone(),
        RecordRef::Document(it) => it.title.clone().unwrap_or_else(|| it.id.to_string()),
        RecordRef::Correction(it) => change_in_words(&it.change, &named(&it.change, names)),
    };
    shorten(&text, most)
}

/// Returns the names of those actors of a correction that have one.
fn named(change: &Change, names: &Names) -> ChangeNames {
    let known = actors_of_change(change).into_iter().filter(|id| names.kind(id).is_some());
    let actors = known.map(|id| (id.clone(), names.of(&id).to_owned())).collect();
    ChangeNames { actors, ..ChangeNames::default() }
}

/// Returns the way by which a statement of `document` came, the outlet first; empty for other records.
pub fn chain(record: &Record, document: &Document, names: &Names) -> Vec<ChainStep> {
    let Record::Statement(it) = record else { return Vec::new() };
    let step =
        |name: &str, role: &'static str, id: Option<RecordId>| ChainStep { name: name.to_owned(), role, id };
    let outlet = document.outlet.as_deref().unwrap_or("this report");
    let mut chain = vec![step(outlet, "reports", Some(RecordId::from(&document.id)))];
    chain.extend(it.via.iter().map(|id| step(names.of(id), "passes on", Some(RecordId::from(id)))));
    chain.extend(
        it.parent.iter().map(|id| step("another statement", "within which it stands", Some(id.clone()))),
    );
    match it.speaker.as_slice() {
        [] => chain.push(step("somebody not named", "says it", None)),
        speakers => {
            chain.extend(speakers.iter().map(|id| step(names.of(id), "says it", Some(RecordId::from(id)))));
        }
    }
    chain
}

struct Facts<'n> {
    names: &'n Names,
    spelling: Spelling,
    found: Vec<Fact>,
}

impl Facts<'_> {
    fn record(&mut self, record: RecordRef<'_>) {
        match record {
            RecordRef::Statement(it) => self.statement(it),
            RecordRef::Event(it) => self.event(it),
            RecordRef::Meeting(it) => self.meeting(it),
            RecordRef::Incident(it) => self.incident(it),
            RecordRef::Condition(it) => self.condition(it),
            RecordRef::Commitment(it) => self.commitment(it),
            RecordRef::Agreement(it) => self.agreement(it),
            RecordRef::Position(it) => self.position(it),
            RecordRef::Quote(it) => self.quote(it),
            RecordRef::Happening(it) => self.happening(it),
            RecordRef::Story(it) => self.story(it),
            RecordRef::Actor(it) => self.actor(it),
            RecordRef::Document(it) => self.document(it),
            RecordRef::Correction(it) => {
                self.text("change", change_in_words(&it.change, &named(&it.change, self.names)));
            }
        }
    }

    fn statement(&mut self, it: &Statement) {
        self.sides(RecordRef::Statement(it));
        self.text("act", it.act.as_deref().map(plainly).unwrap_or_default());
        self.text("form", it.mode.in_words());
        self.text("negated", if it.negated { "the report says that this was not said" } else { "" });
        self.time(it.time.as_ref());
        self.link("said at", it.occasion.as_ref());
        self.link("inside", it.parent.as_ref());
        self.link("all wordings", it.quote.as_ref());
    }

    fn event(&mut self, it: &Event) {
        self.text("type", it.code.map_or("", PloverCode::in_words));
        self.text("mode", it.mode.as_deref().map(plainly).unwrap_or_default());
        self.text("context", it.context.join(", "));
        self.text("CAMEO", it.cameo.clone().unwrap_or_default());
        self.sides(RecordRef::Event(it));
        self.time(it.time.as_ref());
        self.text("where", it.place.clone().unwrap_or_default());
        self.reported(it.factuality, it.reported_by.as_ref(), it.happening.as_ref());
    }

    fn meeting(&mut self, it: &Meeting) {
        self.sides(RecordRef::Meeting(it));
        self.text("mode", it.mode.as_deref().map(plainly).unwrap_or_default());
        self.text("form", it.format.map(MeetingFormat::in_words).unwrap_or_default());
        self.text("occasion", it.occasion.clone().unwrap_or_default());
        self.text("minutes", it.minutes.and_then(Bounds::in_words).unwrap_or_default());
        self.text("on", it.topics.join(", "));
        self.time(it.time.as_ref());
        self.text("where", it.place.clone().unwrap_or_default());
        self.reported(it.factuality, it.reported_by.as_ref(), it.happening.as_ref());
    }

    fn incident(&mut self, it: &Incident) {
        self.text("type", it.code.map_or("", PloverCode::in_words));
        self.text("mode", it.mode.as_deref().map(plainly).unwrap_or_default());
        self.text("killed", it.killed.and_then(Bounds::in_words).unwrap_or_default());
        self.text("hurt", it.injured.and_then(Bounds::in_words).unwrap_or_default());
        self.sides(RecordRef::Incident(it));
        it.claimed_in.iter().for_each(|id| self.link("claimed in", Some(id)));
        it.blamed_in.iter().for_each(|id| self.link("blamed in", Some(id)));
        self.text("means", it.means.clone().unwrap_or_default());
        self.time(it.time.as_ref());
        self.text("where", it.place.clone().unwrap_or_default());
        self.reported(it.factuality, it.reported_by.as_ref(), it.happening.as_ref());
    }

    fn condition(&mut self, it: &Condition) {
        self.text("if", it.premise.text.clone());
        self.link("if this act", it.premise.event.as_ref());
        self.text("then", it.consequence.text.clone());
        self.link("then this act", it.consequence.event.as_ref());
        self.sides(RecordRef::Condition(it));
        self.text("tone", it.tone.in_words());
        self.link("said in", it.statement.as_ref());
    }

    fn commitment(&mut self, it: &Commitment) {
        self.sides(RecordRef::Commitment(it));
        if let Some(deadline) = &it.deadline {
            let due = deadline.due.as_deref().map(|due| format!(", by {}", date(due, self.spelling)));
            self.text("deadline", format!("“{}”{}", deadline.text, due.unwrap_or_default()));
            self.date("counted from", deadline.from.as_deref());
        }
        self.link("term of", it.agreement.as_ref());
        self.link("said in", it.statement.as_ref());
    }

    fn agreement(&mut self, it: &Agreement) {
        self.text("name", it.name.clone());
        self.text("also", it.aliases.join("; "));
        let sides =
            [(Side::Party, &it.parties), (Side::Broker, &it.brokers), (Side::Guarantor, &it.guarantors)];
        for (side, actors) in sides {
            self.actors(side.in_words(), actors);
        }
        for step in &it.status {
            let mut status = step.status.in_words().to_owned();
            if !step.by.is_empty() {
                status.push_str(&format!(" by {}", self.names.list(&step.by)));
            }
            if let Some(time) = &step.time {
                status.push_str(&format!(" ({})", self.when(time)));
            }
            if !step.claimed_by.is_empty() {
                status.push_str(&format!(", says {}", self.names.list(&step.claimed_by)));
            }
            self.text("status", format!("{status}: {}", step.evidence.text));
        }
    }

    fn position(&mut self, it: &Position) {
        self.sides(RecordRef::Position(it));
        self.text("issue", it.issue.clone());
        self.text("stance", it.stance.in_words());
        self.date("since", it.since.as_deref());
    }

    fn quote(&mut self, it: &Quote) {
        self.text("wording", it.best.clone());
        for difference in &it.differences {
            let words = [("lacks", &difference.missing), ("has", &difference.added)];
            let words = words.iter().filter(|(_, words)| !words.is_empty());
            let words: Vec<String> = words.map(|(verb, words)| format!("{verb} “{words}”")).collect();
            self.linked("differs", &difference.member, &words.join("; "));
        }
    }

    fn happening(&mut self, it: &Happening) {
        self.text("what", it.title.clone());
        self.text("type", it.code.map_or("", PloverCode::in_words));
        self.actors("who", &it.participants);
        self.time(it.time.as_ref());
        self.text("where", it.place.clone().unwrap_or_default());
        self.text("sources", count(it.sources as usize, "independent source"));
        for disagreement in &it.disagreements {
            for side in &disagreement.values {
                let members = side.members.join(", ");
                self.text("differs", format!("{}: {} ({members})", disagreement.field, side.value));
            }
        }
        for (other, reason) in &it.possibly {
            self.linked("may be", other, reason);
        }
    }

    fn story(&mut self, it: &Story) {
        self.text("title", it.title.clone());
        self.text("keywords", it.keywords.join(", "));
        self.date("from", it.from.as_deref());
        self.date("to", it.to.as_deref());
        self.date("about", it.day.as_deref());
        self.text("reports", it.documents.join(", "));
        for episode in &it.episodes {
            self.text("episode", format!("{} ({})", episode.title, episode.documents.join(", ")));
        }
    }

    fn actor(&mut self, it: &Actor) {
        self.text("name", it.name.clone());
        self.text("type", it.actor_kind.in_words());
        self.text("also", it.aliases.join(", "));
        self.text("state", it.state.clone().unwrap_or_default());
        self.text("sector", it.sector.map_or("", Sector::as_str));
        it.roles.iter().for_each(|role| self.text("role", role.text.clone()));
        self.text("mentions", it.mentions.to_string());
    }

    fn document(&mut self, it: &Document) {
        self.text("url", it.url.clone().unwrap_or_default());
        self.text("authors", it.authors.join(", "));
        self.link("replaces", it.replaces.as_ref().map(RecordId::from).as_ref());
        for copy in &it.copies_of {
            let share = format!("{:.0} % of it stands there too", copy.share * 100.0);
            self.linked("copies", &RecordId::from(&copy.doc), &share);
        }
    }

    /// Adds a field for each side of the record that has actors.
    fn sides(&mut self, record: RecordRef<'_>) {
        record.each_side(&mut |side: Side, actors| self.actors(side.in_words(), actors));
    }

    fn actors(&mut self, label: &'static str, ids: &[ActorId]) {
        if !ids.is_empty() {
            let name = |id: &ActorId| ActorName { id: id.clone(), name: self.names.of(id).to_owned() };
            let actors = ids.iter().map(name).collect();
            self.found.push(Fact { label, actors, ..Fact::default() });
        }
    }

    fn text(&mut self, label: &'static str, text: impl Into<String>) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.found.push(Fact { label, text, ..Fact::default() });
        }
    }

    fn link(&mut self, label: &'static str, id: Option<&RecordId>) {
        if let Some(id) = id {
            self.found.push(Fact { label, text: id.to_string(), link: Some(id.clone()), ..Fact::default() });
        }
    }

    /// Adds a field that names the record `id` and says `words` of it.
    fn linked(&mut self, label: &'static str, id: &RecordId, words: &str) {
        let text = if words.is_empty() { id.to_string() } else { format!("{id}: {words}") };
        self.found.push(Fact { label, text, link: Some(id.clone()), ..Fact::default() });
    }

    fn date(&mut self, label: &'static str, day: Option<&str>) {
        self.text(label, day.map(|day| date(day, self.spelling)).unwrap_or_default());
    }

    fn time(&mut self, time: Option<&Time>) {
        self.text("when", time.map(|time| self.when(time)).unwrap_or_default());
    }

    /// Returns the words of `time`, and the days that they mean.
    fn when(&self, time: &Time) -> String {
        let days = When::of(time).map_or_else(|| "not known when".to_owned(), |it| it.told(self.spelling));
        format!("“{}”: {days}", time.text)
    }

    fn reported(&mut self, factuality: Factuality, by: Option<&RecordId>, happening: Option<&RecordId>) {
        self.text("told as", factuality.in_words());
        match by {
            Some(_) => self.link("according to", by),
            None => self.text("according to", "the report itself"),
        }
        self.link("happening", happening);
    }
}

#[cfg(test)]
mod tests {
    use readout_record::{Kind, wire};
    use serde_json::{Value, json};

    use super::*;

    /// A record of each kind with every field filled in.
    fn full() -> Vec<Value> {
        let time = json!({ "text": "on Monday", "from": "2020-03-02", "to": "2020-03-03", "grain": "day" });
        let passage = json!({ "id": "x:1", "doc": "doc:1", "spans": [[0, 4]], "text": "They", "certainty": 0.5, "rule": "r" });
        let reported = json!({ "time": time, "place": "Oslo", "factuality": "planned", "reported_by": "statement:9",
            "happening": "happening:9" });
        let with = |parts: &[&Value]| {
            let mut all = json!({});
            for part in parts {
                for (name, value) in part.as_object().unwrap() {
                    all[name] = value.clone();
                }
            }
            all
        };
        let cited = json!({ "doc": "doc:1", "spans": [[0, 4]], "text": "They" });
        vec![
            with(&[
                &passage,
                &json!({ "kind": "statement", "speaker": ["person:a"], "act": "deny", "mode": "direct",
                "addressee": ["person:b"], "via": ["person:c"], "parent": "statement:2", "occasion": "meeting:2",
                "time": time, "negated": true, "quote": "quote:1" }),
            ]),
            with(&[
                &passage,
                &reported,
                &json!({ "kind": "event", "code": "CONSULT", "mode": "visit", "context": ["military"],
                "cameo": "040", "actor": ["person:a"], "recipient": ["person:b"] }),
            ]),
            with(&[
                &passage,
                &reported,
                &json!({ "kind": "meeting", "mode": "visit", "participants": ["person:a"],
                "recipient": ["person:b"], "format": "summit", "occasion": "G7", "minutes": [30, null], "topics": ["fish"] }),
            ]),
            with(&[
                &passage,
                &reported,
                &json!({ "kind": "incident", "code": "ASSAULT", "mode": "beat", "actor": ["person:a"],
                "recipient": ["person:b"], "killed": [1, 2], "injured": [null, 9], "claimed_by": ["person:c"],
                "claimed_in": ["statement:3"], "blamed_on": ["person:d"], "blamed_in": ["statement:4"],
                "denied_by": ["person:e"], "means": "drone" }),
            ]),
            with(&[
                &passage,
                &json!({ "kind": "condition",
                "if": { "span": [0, 1], "text": "it rains", "actor": ["person:a"], "event": "event:1" },
                "then": { "span": [1, 2], "text": "we stay", "actor": ["person:b"], "event": "event:2" },
                "by": ["person:c"], "to": ["person:d"], "tone": "threat", "statement": "statement:5" }),
            ]),
            with(&[
                &passage,
                &json!({ "kind": "commitment", "debtor": ["person:a"], "creditor": ["person:b"],
                "deadline": { "text": "in May", "due": "2020-05-31", "from": "2020-03-02" },
                "agreement": "agreement:1", "statement": "statement:6" }),
            ]),
            json!({ "kind": "agreement", "name": "Pact", "aliases": ["Deal"], "parties": ["person:a"],
                "brokers": ["person:b"], "guarantors": ["person:c"],
                "status": [{ "status": "agreed", "by": ["person:a"], "claimed_by": ["person:b"], "time": time, "evidence": cited }] }),
            json!({ "kind": "position", "actor": "person:a", "issue": "fish", "stance": "against", "since": "2020-03-02" }),
            json!({ "kind": "quote", "best": "We stay", "differences": [{ "member": "statement:7", "missing": "now", "added": "then" }] }),
            json!({ "kind": "happening", "code": "CONSULT", "title": "Talks", "participants": ["person:a"], "time": time,
                "place": "Oslo", "disagreements": [{ "field": "place", "values": [{ "value": "Oslo", "members": ["event:3"] }] }],
                "sources": 3, "possibly": [["event:4", "another day"]] }),
            json!({ "kind": "story", "title": "Fish", "keywords": ["cod"], "documents": ["doc:2"], "from": "2020-03-02",
                "to": "2020-03-04", "day": "2020-03-03", "episodes": [{ "title": "First", "documents": ["doc:3"] }] }),
            json!({ "kind": "actor", "name": "Ann", "type": "person", "aliases": ["Annie"], "state": "NOR", "sector": "GOV",
                "roles": [{ "text": "envoy" }], "mentions": 4 }),
            json!({ "kind": "document", "url": "https://a.example", "authors": ["Ann"], "replaces": "doc:4",
                "copies_of": [{ "doc": "doc:5", "share": 0.5 }] }),
        ]
    }

    /// The fields of a passage, which is shown apart.
    const PASSAGE: [&str; 7] = ["kind", "id", "doc", "spans", "text", "certainty", "rule"];

    /// Other fields that are no facts: spans of words, members with passages of their own, the head of a report. A
    /// meeting is always of one code.
    const OTHERWISE: [&str; 23] = [
        "source",
        "cue",
        "content",
        "content_text",
        "actor_spans",
        "recipient_spans",
        "participant_spans",
        "action",
        "terms",
        "evidence",
        "members",
        "best_member",
        "code",
        "path",
        "title",
        "outlet",
        "published",
        "published_from",
        "language",
        "text_sha256",
        "dropped",
        "story",
        "other",
    ];

    /// Without any field of the export that is a fact, something else is said.
    #[test]
    fn no_field_is_lost() {
        let record = |value: &Value| wire::from_line(&value.to_string()).unwrap();
        for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Correction) {
            assert!(
                full().iter().any(|it| it["kind"] == kind.as_str()),
                "{kind}: the test has no such record"
            );
        }
        let told = |value: &Value| facts(&record(value), &Names::default(), Spelling::Words);
        for value in full() {
            let all = told(&value);
            let kind = value["kind"].as_str().unwrap();
            let line: Value = serde_json::from_str(&wire::to_line(&record(&value)).unwrap()).unwrap();
            for name in line.as_object().unwrap().keys().map(String::as_str) {
                if PASSAGE.contains(&name) {
                    continue;
                }
                let mut without = value.clone();
                if without.as_object_mut().unwrap().remove(name).is_none() {
                    assert!(OTHERWISE.contains(&name), "{kind}: the test does not know {name}");
                    continue;
                }
                assert_ne!(told(&without), all, "{kind}: {name} is not told");
            }
        }
    }

    #[test]
    fn a_record_is_told_in_words() {
        let names = Names::default();
        let told: Vec<String> = full()
            .iter()
            .flat_map(|it| facts(&wire::from_line(&it.to_string()).unwrap(), &names, Spelling::Digits))
            .map(|it| {
                let actors: Vec<&str> = it.actors.iter().map(|it| it.id.as_str()).collect();
                format!("{}={}{}", it.label, actors.join(","), it.text)
            })
            .collect();
        for fact in [
            "host=person:b",
            "claimed by=person:c",
            "minutes=at least 30",
            "killed=1 to 2",
            "hurt=at most 9",
            "if=it rains",
            "when=“on Monday”: 2020-03-02",
            "deadline=“in May”, by 2020-05-31",
            "differs=statement:7: lacks “now”; has “then”",
        ] {
            assert!(told.iter().any(|it| it == fact), "{fact}: {told:#?}");
        }
    }
}
