//! Statements that a person coded in another program, held against the stances that were read, and taken in as that
//! person's corrections.

mod matching;
mod stances;

use std::collections::{BTreeMap, BTreeSet};

use readout_exchange::{CodedFile, CodedStatement, Positions, Tally};
use readout_record::{
    Actor, ActorId, ActorKind, Change, Document, Evidence, Mode, Position, Record, RecordId, Stance,
    Statement, Target, ids, issue_key,
};
use readout_store::Scope;
use readout_text::{CharSpan, Offsets};
use readout_views::{Citation, Contents, Names};
use serde::Serialize;
use serde_json::json;

pub(crate) use self::matching::shared;
use self::matching::{find_report, folded, is_named, name, place, stance, theirs};
pub use self::stances::CodedStance;
use crate::coding::PART;
use crate::judging::{Agreeing, alpha};
use crate::{Corpus, Result};

/// The share of the shorter of two passages that both must have to be taken for one passage.
pub(crate) const SAME_PASSAGE: f64 = 0.5;

/// A passage with the stance that a person coded, the stance that was read, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CodedRow {
    /// The passage. Its id is that of the position that was read, or of the report.
    #[serde(flatten)]
    pub citation: Citation,
    /// `alike`, `different`, `untouched` (an export wrote it so, and it still has Readout as its coder: nobody's verdict),
    /// `coder` (the person alone has it) or `machine` (the person does not have it).
    pub outcome: &'static str,
    /// The fields that differ.
    pub differ: Vec<&'static str>,
    /// The stance as the person coded it.
    pub coder: Option<CodedStance>,
    /// The stance as it was read.
    pub machine: Option<CodedStance>,
    /// The reason why the person's stance is not taken in, if it is not.
    pub left_out: Option<String>,
}

/// A coded file held against the record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// Every statement of the person, and every stance of the same reports that the person does not have.
    pub rows: Vec<CodedRow>,
    /// Agreement on actor, issue and stance of the statements that both have; all three together come last, without a
    /// name.
    pub agreeing: Vec<Agreeing>,
    /// Reports of the file that are here.
    pub reports: usize,
    /// The headlines of reports that are not.
    pub missing: Vec<String>,
    /// The person's judgements, to be made with [`Corpus::apply`].
    pub changes: Vec<Change>,
    /// What could not be taken over, counted.
    pub tally: Tally,
}

/// A stance that was read, at one of its passages.
struct Read<'c> {
    position: &'c Position,
    record: &'c Evidence,
}

/// A statement of the person, with its passage in the stored text.
struct Coded<'f> {
    statement: &'f CodedStatement,
    span: CharSpan,
}

impl Corpus {
    /// Holds the statements of `file` against the stances as they were read, without what people said of them since.
    /// Reports are found by their permanent id, text or headline.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn compare_coded(&self, file: &CodedFile) -> Result<Comparison> {
        let contents = self.contents_as_read()?;
        let names = contents.names();
        let mut found = Comparison { tally: file.tally.clone(), ..Comparison::default() };
        let mut units: BTreeMap<&'static str, Vec<Vec<String>>> = BTreeMap::new();
        let mut said = Said::default();
        for (at, report) in file.reports.iter().enumerate() {
            let mine: Vec<&CodedStatement> = file.statements.iter().filter(|it| it.report == at).collect();
            let Some((document, is_same)) = find_report(&contents, report) else {
                found.tally.add("statements left out, since their report is not in this file", mine.len());
                found.missing.push(report.title.clone());
                continue;
            };
            found.reports += 1;
            let mut coded = Vec::new();
            let there = Positions::new(&report.text);
            for statement in mine {
                match place(document, is_same, &there, statement) {
                    Some(span) => coded.push(Coded { statement, span }),
                    None => {
                        found.tally.add("statements left out, since the report does not have their words", 1);
                    }
                }
            }
            let desk = Desk { contents: &contents, names: &names, document };
            desk.compare(&coded, &mut found, &mut units, &mut said);
        }
        found.changes = said.into_changes();
        let row = |kind: &str, units: &[Vec<String>]| Agreeing {
            kind: kind.to_owned(),
            records: units.len(),
            alike: units.iter().filter(|it| it.first() == it.last()).count(),
            alpha: alpha(units),
        };
        found.agreeing = ["actor", "issue", "stance", ""]
            .iter()
            .filter_map(|kind| units.get(kind).map(|units| row(kind, units)))
            .collect();
        Ok(found)
    }

    /// Returns all reports as they were read and linked: with the names, dates and outlets that people set right, but
    /// without what they said of records.
    pub(crate) fn contents_as_read(&self) -> Result<Contents> {
        let mut contents = self.joined(&Scope::All)?;
        let mut corrections = crate::correcting::corrections_in_force(self.store())?;
        corrections.retain(|it| {
            matches!(
                it.change,
                Change::Merge { .. }
                    | Change::Split { .. }
                    | Change::Document { .. }
                    | Change::NameIssue { .. }
            )
        });
        contents.correct(&self.moved(corrections)?);
        Ok(contents)
    }
}

/// What the person says, so that a position of several passages is judged once.
#[derive(Default)]
struct Said {
    right: BTreeMap<RecordId, Change>,
    wrong: BTreeSet<RecordId>,
    changes: Vec<Change>,
}

impl Said {
    fn into_changes(self) -> Vec<Change> {
        let right = self.right.into_iter().filter(|(id, _)| !self.wrong.contains(id)).map(|(_, it)| it);
        self.changes.into_iter().chain(right).collect()
    }
}

/// One report on which both are compared.
struct Desk<'c> {
    contents: &'c Contents,
    names: &'c Names,
    document: &'c Document,
}

impl<'c> Desk<'c> {
    fn compare(
        &self,
        coded: &[Coded<'_>],
        found: &mut Comparison,
        units: &mut BTreeMap<&'static str, Vec<Vec<String>>>,
        said: &mut Said,
    ) {
        let read = self.read();
        let pairs = self.pairs(coded, &read);
        for (at, coding) in coded.iter().enumerate() {
            let theirs = theirs(coding.statement);
            let mut row = CodedRow {
                citation: self.citation(coding.span),
                outcome: "coder",
                coder: Some(theirs.clone()),
                ..CodedRow::default()
            };
            match pairs.get(&at).and_then(|&other| read.get(other)) {
                Some(read) => {
                    let ours = self.ours(read.position);
                    row.citation.id = read.position.id.clone();
                    row.differ = self.differ(coding.statement, read.position);
                    row.machine = Some(ours);
                    row.outcome = match row.differ.is_empty() {
                        true if coding.statement.is_ours => "untouched",
                        true => "alike",
                        false => "different",
                    };
                    if row.outcome == "untouched" {
                        found.tally.add(
                            "statements left out: Readout wrote them so, and no other coder took them over",
                            1,
                        );
                    } else {
                        self.count(coding.statement, read.position, &row.differ, units);
                        row.left_out = self.judge(coding.statement, read.position, &row.differ, said);
                    }
                }
                None if coding.statement.is_ours => {
                    row.left_out =
                        Some("an export of Readout had it, and no other coder took it over".to_owned());
                }
                None => match self.added(coding) {
                    Some(change) => said.changes.push(change),
                    None => row.left_out = Some("it names nobody".to_owned()),
                },
            }
            if !coding.statement.person.is_empty() && !coding.statement.organization.is_empty() {
                let actor = self.actor(coding.statement).0;
                let state = self.known(&actor).and_then(|it| it.state.as_deref()).map(ActorId::state);
                let is_state = state.is_some_and(|it| {
                    self.known(&it).is_some_and(|it| is_named(it, &coding.statement.organization))
                });
                found.tally.add(
                    "organizations of persons left out: a stance has one actor, and a person's state only follows from the person",
                    usize::from(!is_state),
                );
            }
            found.rows.push(row);
        }
        for (at, read) in read.iter().enumerate() {
            if pairs.values().any(|other| *other == at) {
                continue;
            }
            let mut citation = Citation::of(read.record, self.document);
            citation.id = read.position.id.clone();
            found.rows.push(CodedRow {
                citation,
                outcome: "machine",
                machine: Some(self.ours(read.position)),
                ..CodedRow::default()
            });
        }
    }

    /// Returns the stances that were read in the report, in the order of the text. Those on a condition and unclear ones have
    /// no place in a coded file.
    fn read(&self) -> Vec<Read<'c>> {
        let Ok(at) = self.contents.documents.binary_search_by(|it| it.id.cmp(&self.document.id)) else {
            return Vec::new();
        };
        let here: BTreeMap<&str, &Evidence> =
            self.contents.evidence(at).into_iter().map(|(_, it)| (it.id.as_str(), it)).collect();
        let clear = |it: &&Position| matches!(it.stance, Stance::For | Stance::Against);
        let mut found: Vec<Read<'c>> = Vec::new();
        for position in self.contents.positions.iter().filter(clear) {
            let records = position.evidence.iter().filter_map(|id| here.get(id.as_str()).copied());
            found.extend(records.map(|record| Read { position, record }));
        }
        found.sort_by(|a, b| {
            (&a.record.spans, &a.record.id, &a.position.id).cmp(&(
                &b.record.spans,
                &b.record.id,
                &b.position.id,
            ))
        });
        found
    }

    /// Returns for each statement of the person the stance at the same passage, each stance at most once: first those with
    /// most fields alike.
    fn pairs(&self, coded: &[Coded<'_>], read: &[Read<'_>]) -> BTreeMap<usize, usize> {
        let mut candidates = Vec::new();
        for (at, coding) in coded.iter().enumerate() {
            for (other, stance) in read.iter().enumerate() {
                let own = coding.statement.record == format!("{} {}", stance.position.id, stance.record.id);
                let share = shared(coding.span, &stance.record.spans);
                if own || share >= SAME_PASSAGE {
                    let differ = self.differ(coding.statement, stance.position).len();
                    candidates.push((!own, differ, (share * -1000.0) as i64, at, other));
                }
            }
        }
        candidates.sort_unstable();
        let mut pairs = BTreeMap::new();
        let mut taken = BTreeSet::new();
        for (.., at, other) in candidates {
            if !pairs.contains_key(&at) && taken.insert(other) {
                pairs.insert(at, other);
            }
        }
        pairs
    }

    /// Returns the fields of a position on which the person's statement differs from it.
    fn differ(&self, statement: &CodedStatement, position: &Position) -> Vec<&'static str> {
        let mut fields = Vec::new();
        if !self.is_same_actor(statement, &position.actor) {
            fields.push("actor");
        }
        if issue_key(&statement.concept) != issue_key(&position.issue) {
            fields.push("issue");
        }
        if stance(statement) != position.stance {
            fields.push("stance");
        }
        fields
    }

    fn is_same_actor(&self, statement: &CodedStatement, actor: &ActorId) -> bool {
        let name = name(statement);
        match self.known(actor) {
            Some(it) => is_named(it, name),
            None => folded(self.names.of(actor)) == folded(name),
        }
    }

    fn known(&self, id: &ActorId) -> Option<&'c Actor> {
        self.contents.actors.iter().find(|it| it.id == *id)
    }

    /// Counts one statement that both have.
    fn count(
        &self,
        statement: &CodedStatement,
        position: &Position,
        differ: &[&'static str],
        units: &mut BTreeMap<&'static str, Vec<Vec<String>>>,
    ) {
        let actor = |same: bool| {
            let own = position.actor.to_string();
            let other = if same { own.clone() } else { folded(name(statement)) };
            vec![other, own]
        };
        let issues = vec![issue_key(&statement.concept), issue_key(&position.issue)];
        let stances = vec![stance(statement).as_str().to_owned(), position.stance.as_str().to_owned()];
        let actors = actor(!differ.contains(&"actor"));
        let all = |at: usize| {
            [&actors, &issues, &stances].map(|it| it.get(at).cloned().unwrap_or_default()).join("\n")
        };
        units.entry("").or_default().push(vec![all(0), all(1)]);
        for (kind, values) in [("actor", actors), ("issue", issues), ("stance", stances)] {
            units.entry(kind).or_default().push(values);
        }
    }

    /// Notes what the person says of a position. Returns why it cannot be said, if so.
    fn judge(
        &self,
        statement: &CodedStatement,
        position: &Position,
        differ: &[&'static str],
        said: &mut Said,
    ) -> Option<String> {
        let target = || Target::of(&Record::Position(position.clone()));
        if differ.is_empty() {
            said.right.insert(position.id.clone(), Change::Confirm { target: target() });
            return None;
        }
        said.wrong.insert(position.id.clone());
        if position.evidence.len() > 1 {
            let many = position.evidence.len();
            return Some(format!("the stance that was read rests on {many} passages: set it by hand"));
        }
        let actor = self.actor(statement);
        if differ.contains(&"actor") && self.known(&actor.0).is_none() {
            return Some(format!("no actor of this file is called {}", name(statement)));
        }
        for &field in differ {
            let value = match field {
                "actor" => json!(actor.0),
                "issue" => json!(statement.concept),
                _ => json!(stance(statement)),
            };
            said.changes.push(Change::Set { target: target(), field: field.to_owned(), value });
        }
        None
    }

    /// Returns the actor whom the person means: one of this file, else a new one with its sort.
    fn actor(&self, statement: &CodedStatement) -> (ActorId, ActorKind) {
        let name = name(statement);
        let mut found: Vec<&Actor> = self.contents.actors.iter().filter(|it| is_named(it, name)).collect();
        if found.len() > 1 {
            // Of several, the one that the report speaks of most.
            let at = self.contents.documents.binary_search_by(|it| it.id.cmp(&self.document.id));
            let mentions = at.ok().and_then(|at| self.contents.records.get(at)).map(|it| &it.mentions);
            let spoken =
                |id: &ActorId| mentions.map_or(0, |all| all.iter().filter(|it| it.actor == *id).count());
            found.sort_by_key(|it| std::cmp::Reverse((spoken(&it.id), it.mentions)));
        }
        if let Some(it) = found.first() {
            return (it.id.clone(), it.actor_kind);
        }
        let kind = if statement.person.is_empty() { ActorKind::Organisation } else { ActorKind::Person };
        (format!("{}:{}", kind.as_str(), ids::slug(name)).into(), kind)
    }

    /// Returns the change that adds the person's stance at its passage.
    fn added(&self, coding: &Coded<'_>) -> Option<Change> {
        let statement = coding.statement;
        if name(statement).is_empty() {
            return None;
        }
        let (actor, kind) = self.actor(statement);
        let offsets = Offsets::new(&self.document.text);
        let bytes = offsets.to_bytes(coding.span)?;
        // One passage may have several stances.
        let part = format!("{PART} {actor} {}", issue_key(&statement.concept));
        let evidence =
            Evidence::new(&self.document.id, "statement", &part, &self.document.text, &offsets, &[bytes])
                .by_rule(PART, 1.0);
        let words = bytes.slice(&self.document.text);
        let quoted = words.starts_with(['“', '"']) && words.ends_with(['”', '"']);
        let id = ids::linked_id("position", [part.as_str(), evidence.id.as_str()]);
        let position = Position {
            id,
            actor: actor.clone(),
            issue: statement.concept.clone(),
            stance: stance(statement),
            since: self.document.published.as_deref().and_then(|it| it.get(..10)).map(str::to_owned),
            evidence: vec![evidence.id.clone()],
        };
        let made = Statement {
            evidence,
            speaker: vec![actor.clone()],
            content: vec![coding.span],
            content_text: words.to_owned(),
            mode: if quoted { Mode::Direct } else { Mode::Indirect },
            ..Statement::default()
        };
        let mut records: Vec<Record> = vec![made.into(), position.into()];
        if self.known(&actor).is_none() {
            let name = name(statement).to_owned();
            records.push(Actor { id: actor, name, actor_kind: kind, ..Actor::default() }.into());
        }
        Some(Change::Add { records })
    }

    fn ours(&self, position: &Position) -> CodedStance {
        let actor = self.names.of(&position.actor).to_owned();
        CodedStance { actor, issue: position.issue.clone(), stance: position.stance.as_str().to_owned() }
    }

    fn citation(&self, span: CharSpan) -> Citation {
        let bytes = Offsets::new(&self.document.text).to_bytes(span).unwrap_or_default();
        Citation::of_span(self.document, bytes)
    }
}
