//! One page on what a file of reports holds.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::{
    ActorId, ActorKind, AgreementStatus, Document, DocumentId, Evidence, Factuality, MeetingFormat, Mode,
    Part, RecordId, Statement, Time, Tone,
};
use readout_text::{ByteSpan, CharSpan, Offsets, paragraphs};

use crate::{Contents, Names};

/// One page: who, when and where they met, what they said, what hangs on what, what was agreed, what happened, and
/// where reports differ. Every line names the passages behind it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brief {
    /// The reports, numbered from 1 by their place here.
    pub sources: Vec<SourceLine>,
    /// Who is spoken of most, at most as many as asked for.
    pub actors: Vec<ActorLine>,
    /// How many more there are.
    pub more_actors: usize,
    /// Meetings, one line for each happening.
    pub meetings: Vec<MeetingLine>,
    /// Statements in the order of the reports, one line for each utterance.
    pub statements: Vec<StatementLine>,
    /// If this, then that.
    pub conditions: Vec<ConditionLine>,
    /// Instruments with their terms.
    pub agreements: Vec<AgreementLine>,
    /// What is to be done under no agreement that has a name.
    pub commitments: Vec<CommitmentLine>,
    /// Violence and disaster.
    pub incidents: Vec<IncidentLine>,
    /// Where reports of one happening differ.
    pub differences: Vec<DifferenceLine>,
}

/// A report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceLine {
    /// Its id.
    pub id: DocumentId,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Where it is from.
    pub path: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// The reports it copies: their number here, and the share of this report's text, 0 to 1.
    pub copies: Vec<(usize, f64)>,
}

/// A passage behind a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// The report's number, from 1.
    pub source: usize,
    /// The paragraph's number, from 1.
    pub paragraph: usize,
    /// The record.
    pub id: RecordId,
}

/// Somebody who is spoken of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActorLine {
    /// Who.
    pub id: ActorId,
    /// The fullest name.
    pub name: String,
    /// What sort.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-3 of its state.
    pub state: Option<String>,
    /// Offices and titles.
    pub roles: Vec<String>,
    /// How often it is named.
    pub mentions: u32,
    /// In how many reports.
    pub reports: usize,
    /// How many of the statements are its.
    pub statements: usize,
}

/// A meeting.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MeetingLine {
    /// Names of those who met.
    pub participants: Vec<String>,
    /// What sort.
    pub format: Option<MeetingFormat>,
    /// At what larger gathering.
    pub occasion: Option<String>,
    /// Minutes, at least and at most.
    pub minutes: Option<(Option<u32>, Option<u32>)>,
    /// On what.
    pub topics: Vec<String>,
    /// When.
    pub time: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Held, planned …
    pub factuality: Factuality,
    /// The passages.
    pub references: Vec<Reference>,
}

/// A statement, or several wordings of one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatementLine {
    /// Who said it: names, or the report's words for somebody who has none; empty if nobody is given.
    pub speaker: String,
    /// Whether the speaker is known by name; otherwise these are the report's words.
    pub named: bool,
    /// The words of saying.
    pub cue: Option<String>,
    /// To whom.
    pub addressee: String,
    /// Through whom, outermost first.
    pub via: Vec<String>,
    /// Quoted, retold, both.
    pub mode: Mode,
    /// The report says that it was not said.
    pub negated: bool,
    /// Stands inside another statement.
    pub nested: bool,
    /// What was said.
    pub content: String,
    /// The passages; the first is the one whose wording is shown.
    pub references: Vec<Reference>,
}

/// A condition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConditionLine {
    /// Who sets it.
    pub by: String,
    /// Whom it is put to.
    pub to: String,
    /// What has to be.
    pub premise: String,
    /// What follows.
    pub consequence: String,
    /// A promise, a threat …
    pub tone: Tone,
    /// The passages.
    pub references: Vec<Reference>,
}

/// An agreement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgreementLine {
    /// What it is called.
    pub name: String,
    /// Who is bound.
    pub parties: String,
    /// What became of it, in order.
    pub status: Vec<(AgreementStatus, Option<String>)>,
    /// Its terms.
    pub terms: Vec<CommitmentLine>,
    /// The passages.
    pub references: Vec<Reference>,
}

/// Something that somebody is to do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CommitmentLine {
    /// Who is to act.
    pub debtor: String,
    /// For whom.
    pub creditor: String,
    /// What.
    pub action: String,
    /// By when: the words, and the last day if it is known.
    pub deadline: Option<(String, Option<String>)>,
    /// The passages.
    pub references: Vec<Reference>,
}

/// Violence or a disaster.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IncidentLine {
    /// The report's words.
    pub text: String,
    /// Dead, at least and at most.
    pub killed: Option<(Option<u32>, Option<u32>)>,
    /// Hurt.
    pub injured: Option<(Option<u32>, Option<u32>)>,
    /// Who claims it.
    pub claimed_by: String,
    /// Who is blamed.
    pub blamed_on: String,
    /// Who denies it.
    pub denied_by: String,
    /// When.
    pub time: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Done, feared …
    pub factuality: Factuality,
    /// The passages.
    pub references: Vec<Reference>,
}

/// A field on which reports differ.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DifferenceLine {
    /// The happening.
    pub happening: String,
    /// What they differ on.
    pub field: String,
    /// Each value with the passages that give it.
    pub values: Vec<(String, Vec<Reference>)>,
}

/// Makes the brief of `contents`, with at most `actors` actors.
pub fn brief(contents: &Contents, actors: usize) -> Brief {
    Maker::new(contents).brief(actors)
}

struct Maker<'c> {
    contents: &'c Contents,
    names: Names,
    /// Numbers of the documents in the order of the brief.
    order: Vec<usize>,
    /// Place in the brief, from 1, by document.
    places: BTreeMap<&'c str, usize>,
    paragraphs: Vec<Paragraphs>,
    offsets: Vec<Offsets<'c>>,
    /// The evidence of every record.
    evidence: BTreeMap<&'c str, &'c Evidence>,
}

/// The ends of a text's paragraphs, in code points.
struct Paragraphs(Vec<u32>);

impl Paragraphs {
    fn of(text: &str, offsets: &Offsets<'_>) -> Self {
        Self(paragraphs(text).into_iter().map(|span: ByteSpan| offsets.to_chars(span).end).collect())
    }

    /// The number, from 1, of the paragraph in which `span` starts.
    fn number(&self, span: CharSpan) -> usize {
        (self.0.partition_point(|&end| end <= span.start) + 1).min(self.0.len().max(1))
    }
}

impl<'c> Maker<'c> {
    fn new(contents: &'c Contents) -> Self {
        let mut order: Vec<usize> = (0..contents.documents.len()).collect();
        // Stories in turn, within a story by date with the undated last, then as the files are called.
        let key = |&at: &usize| {
            let it = &contents.documents[at];
            (it.story.is_none(), &it.story, it.published.is_none(), &it.published, &it.path, &it.id)
        };
        order.sort_by(|a, b| key(a).cmp(&key(b)));
        let places = order
            .iter()
            .enumerate()
            .map(|(place, &at)| (contents.documents[at].id.as_str(), place + 1))
            .collect();
        let mut evidence = BTreeMap::new();
        for at in 0..contents.documents.len() {
            evidence.extend(contents.evidence(at).into_iter().map(|(_, it)| (it.id.as_str(), it)));
        }
        let offsets: Vec<Offsets<'_>> = contents.documents.iter().map(|it| Offsets::new(&it.text)).collect();
        let texts = contents.documents.iter().zip(&offsets);
        Self {
            contents,
            names: contents.names(),
            order,
            places,
            paragraphs: texts.map(|(it, offsets)| Paragraphs::of(&it.text, offsets)).collect(),
            offsets,
            evidence,
        }
    }

    fn brief(&self, actors: usize) -> Brief {
        let mut lines = self.actors();
        let more_actors = lines.len().saturating_sub(actors);
        lines.truncate(actors);
        let (agreements, terms) = self.agreements();
        Brief {
            sources: self.order.iter().map(|&at| self.source(&self.contents.documents[at])).collect(),
            actors: lines,
            more_actors,
            meetings: self.meetings(),
            statements: self.statements(),
            conditions: self.conditions(),
            agreements,
            commitments: self.commitments(&terms),
            incidents: self.incidents(),
            differences: self.differences(),
        }
    }

    fn source(&self, document: &Document) -> SourceLine {
        let copies = document.copies_of.iter();
        SourceLine {
            id: document.id.clone(),
            outlet: document.outlet.clone(),
            title: document.title.clone(),
            path: document.path.clone().or_else(|| document.url.clone()),
            published: document.published.clone(),
            copies: copies.filter_map(|it| Some((*self.places.get(it.doc.as_str())?, it.share))).collect(),
        }
    }

    fn reference(&self, evidence: &Evidence) -> Reference {
        let source = self.places.get(evidence.doc.as_str()).copied().unwrap_or(0);
        let at = source.checked_sub(1).and_then(|place| self.order.get(place));
        let span = evidence.spans.first().copied().unwrap_or_default();
        let paragraph = at.and_then(|&at| self.paragraphs.get(at)).map_or(1, |it| it.number(span));
        Reference { source, paragraph, id: evidence.id.clone() }
    }

    /// References to records by id, in the order of the reports.
    fn references(&self, ids: &[RecordId]) -> Vec<Reference> {
        let mut found: Vec<Reference> =
            ids.iter().filter_map(|id| self.evidence.get(id.as_str())).map(|it| self.reference(it)).collect();
        found.sort();
        found
    }

    fn text(&self, doc: &str, span: CharSpan) -> String {
        let Some(&at) = self.places.get(doc).and_then(|place| self.order.get(place - 1)) else {
            return String::new();
        };
        let bytes = self.offsets[at].to_bytes(span).unwrap_or_default();
        bytes.slice(&self.contents.documents[at].text).to_owned()
    }

    /// Names of `ids` in their order, each once.
    fn list(&self, ids: &[ActorId]) -> String {
        self.names.list(&once(ids))
    }

    fn actors(&self) -> Vec<ActorLine> {
        let mut reports: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut statements: BTreeMap<&str, usize> = BTreeMap::new();
        for records in &self.contents.records {
            for mention in &records.mentions {
                reports.entry(&mention.actor).or_default().insert(&mention.doc);
            }
            for speaker in records.statements.iter().flat_map(|it| &it.speaker) {
                *statements.entry(speaker).or_default() += 1;
            }
        }
        let mut lines: Vec<ActorLine> = self
            .contents
            .actors
            .iter()
            .filter(|actor| !matches!(actor.actor_kind, ActorKind::Unnamed | ActorKind::Place))
            .map(|actor| ActorLine {
                id: actor.id.clone(),
                name: actor.name.clone(),
                kind: actor.actor_kind,
                state: actor.state.clone(),
                roles: actor.roles.iter().map(|role| role.text.clone()).collect(),
                mentions: actor.mentions,
                reports: reports.get(actor.id.as_str()).map_or(0, BTreeSet::len),
                statements: statements.get(actor.id.as_str()).copied().unwrap_or(0),
            })
            .collect();
        // Who is in more reports comes first, then who is named or speaks more.
        lines.sort_by(|a, b| {
            let key = |it: &ActorLine| (it.reports, it.mentions as usize + it.statements);
            key(b).cmp(&key(a)).then_with(|| a.id.cmp(&b.id))
        });
        lines
    }

    /// Groups records by their happening or quote; those without stand alone. In the order of the reports.
    fn groups<T>(
        &self,
        all: impl Iterator<Item = T>,
        key: impl Fn(&T) -> (Option<&RecordId>, &Evidence),
    ) -> Vec<Vec<T>> {
        let mut groups: Vec<Vec<T>> = Vec::new();
        let mut by_link: BTreeMap<RecordId, usize> = BTreeMap::new();
        for it in all {
            match key(&it).0.cloned() {
                Some(link) => {
                    let at = *by_link.entry(link).or_insert(groups.len());
                    if at == groups.len() {
                        groups.push(Vec::new());
                    }
                    groups[at].push(it);
                }
                None => groups.push(vec![it]),
            }
        }
        groups
    }

    /// The records of all documents in the order of the brief, each kind in the order of the text.
    fn each<T: 'c>(
        &self,
        of: impl Fn(&'c readout_record::DocumentRecords) -> &'c [T],
    ) -> impl Iterator<Item = &'c T> {
        let contents = self.contents;
        let lists: Vec<&'c [T]> =
            self.order.iter().filter_map(|&at| contents.records.get(at)).map(of).collect();
        lists.into_iter().flatten()
    }

    fn meetings(&self) -> Vec<MeetingLine> {
        let all = self.each(|it| &it.meetings);
        let groups = self.groups(all, |it| (it.happening.as_ref(), &it.evidence));
        groups
            .into_iter()
            .filter_map(|group| {
                let first = *group.first()?;
                let participants: Vec<ActorId> =
                    group.iter().flat_map(|it| it.participants.clone()).collect();
                let topics: BTreeSet<String> = group.iter().flat_map(|it| it.topics.clone()).collect();
                Some(MeetingLine {
                    participants: once(&participants).iter().map(|id| self.names.of(id).to_owned()).collect(),
                    format: group.iter().find_map(|it| it.format),
                    occasion: group.iter().find_map(|it| it.occasion.clone()),
                    minutes: group.iter().find_map(|it| it.minutes),
                    topics: topics.into_iter().collect(),
                    time: group
                        .iter()
                        .filter_map(|it| it.time.as_ref())
                        .max_by_key(|it| it.from.is_some())
                        .map(when),
                    place: group.iter().find_map(|it| it.place.clone()),
                    factuality: first.factuality,
                    references: group.iter().map(|it| self.reference(&it.evidence)).collect(),
                })
            })
            .collect()
    }

    fn statements(&self) -> Vec<StatementLine> {
        let all = self.each(|it| &it.statements);
        let best: BTreeMap<&str, &str> =
            self.contents.quotes.iter().map(|it| (it.id.as_str(), it.best_member.as_str())).collect();
        let mut groups = self.groups(all, |it| (it.quote.as_ref(), &it.evidence));
        for group in &mut groups {
            let fullest = group.first().and_then(|it| it.quote.as_deref()).and_then(|quote| best.get(quote));
            if let Some(at) = group.iter().position(|it| Some(&it.evidence.id.as_str()) == fullest) {
                group[..=at].rotate_right(1);
            }
        }
        let lines: Vec<StatementLine> = groups
            .iter()
            .filter_map(|group| {
                let references = group.iter().map(|it| self.reference(&it.evidence)).collect();
                Some(self.statement(group.first()?, references))
            })
            .collect();
        under_parents(&groups, lines)
    }

    fn statement(&self, it: &Statement, references: Vec<Reference>) -> StatementLine {
        let doc = &it.evidence.doc;
        let words =
            |span: Option<CharSpan>| span.map(|span| self.text(doc, span)).filter(|text| !text.is_empty());
        let unnamed =
            it.speaker.iter().all(|id| self.names.kind(id).is_none_or(|kind| kind == ActorKind::Unnamed));
        let speaker = if unnamed {
            words(it.source).unwrap_or_else(|| self.list(&it.speaker))
        } else {
            self.list(&it.speaker)
        };
        StatementLine {
            speaker,
            named: !unnamed,
            cue: words(it.cue),
            addressee: self.list(&it.addressee),
            via: it.via.iter().map(|id| self.names.of(id).to_owned()).collect(),
            mode: it.mode,
            negated: it.negated,
            nested: it.parent.is_some(),
            content: it.content_text.clone(),
            references,
        }
    }

    fn conditions(&self) -> Vec<ConditionLine> {
        self.each(|it| &it.conditions)
            .map(|it| ConditionLine {
                by: self.list(&it.by),
                to: self.list(&it.to),
                premise: part(&it.premise),
                consequence: part(&it.consequence),
                tone: it.tone,
                references: vec![self.reference(&it.evidence)],
            })
            .collect()
    }

    /// The agreements, and the ids of the commitments that are terms of one.
    fn agreements(&self) -> (Vec<AgreementLine>, BTreeSet<RecordId>) {
        let mut terms = BTreeSet::new();
        let mut commitments = BTreeMap::new();
        for it in self.each(|it| &it.commitments) {
            commitments.insert(it.evidence.id.as_str(), it);
        }
        let mut lines: Vec<AgreementLine> = Vec::new();
        for it in &self.contents.agreements {
            terms.extend(it.terms.iter().cloned());
            let mut references: Vec<Reference> = it
                .evidence
                .iter()
                .filter_map(|passage| {
                    let source = *self.places.get(passage.doc.as_str())?;
                    let at = *self.order.get(source - 1)?;
                    let paragraph = self.paragraphs[at].number(*passage.spans.first()?);
                    Some(Reference { source, paragraph, id: it.id.clone() })
                })
                .collect();
            references.sort();
            references.dedup();
            let kept = it.terms.iter().filter_map(|id| commitments.get(id.as_str()));
            lines.push(AgreementLine {
                name: it.name.clone(),
                parties: self.list(&it.parties),
                status: it.status.iter().map(|step| (step.status, step.time.as_ref().map(when))).collect(),
                terms: kept.map(|it| self.commitment(it)).collect(),
                references,
            });
        }
        lines.sort_by(|a, b| a.references.cmp(&b.references).then_with(|| a.name.cmp(&b.name)));
        (lines, terms)
    }

    fn commitment(&self, it: &readout_record::Commitment) -> CommitmentLine {
        let action = self.text(&it.evidence.doc, it.action);
        CommitmentLine {
            debtor: self.list(&it.debtor),
            creditor: self.list(&it.creditor),
            action: if action.is_empty() { it.evidence.text.clone() } else { action },
            deadline: it.deadline.as_ref().map(|it| (it.text.clone(), it.due.clone())),
            references: vec![self.reference(&it.evidence)],
        }
    }

    fn commitments(&self, terms: &BTreeSet<RecordId>) -> Vec<CommitmentLine> {
        let all = self.each(|it| &it.commitments);
        all.filter(|it| !terms.contains(&it.evidence.id)).map(|it| self.commitment(it)).collect()
    }

    fn incidents(&self) -> Vec<IncidentLine> {
        let all = self.each(|it| &it.incidents);
        let groups = self.groups(all, |it| (it.happening.as_ref(), &it.evidence));
        groups
            .into_iter()
            .filter_map(|group| {
                let first = *group.first()?;
                let actors = |of: fn(&readout_record::Incident) -> &Vec<ActorId>| {
                    let all: Vec<ActorId> = group.iter().flat_map(|&it| of(it).clone()).collect();
                    self.list(&all)
                };
                Some(IncidentLine {
                    text: first.evidence.text.clone(),
                    killed: group.iter().find_map(|it| it.killed),
                    injured: group.iter().find_map(|it| it.injured),
                    claimed_by: actors(|it| &it.claimed_by),
                    blamed_on: actors(|it| &it.blamed_on),
                    denied_by: actors(|it| &it.denied_by),
                    time: group.iter().find_map(|it| it.time.as_ref()).map(when),
                    place: group.iter().find_map(|it| it.place.clone()),
                    factuality: first.factuality,
                    references: group.iter().map(|it| self.reference(&it.evidence)).collect(),
                })
            })
            .collect()
    }

    fn differences(&self) -> Vec<DifferenceLine> {
        let mut lines: Vec<(Vec<Reference>, DifferenceLine)> = Vec::new();
        for happening in &self.contents.happenings {
            for it in &happening.disagreements {
                let values = it
                    .values
                    .iter()
                    .map(|side| (side.value.clone(), self.references(&side.members)))
                    .collect();
                let line =
                    DifferenceLine { happening: happening.title.clone(), field: it.field.clone(), values };
                lines.push((self.references(&happening.members), line));
            }
        }
        lines.sort_by(|a, b| a.0.cmp(&b.0));
        lines.into_iter().map(|(_, line)| line).collect()
    }
}

/// Puts each line after that of the statement in which it stands. `groups` holds the statements of each line.
fn under_parents(groups: &[Vec<&Statement>], lines: Vec<StatementLine>) -> Vec<StatementLine> {
    let mut group_of: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, group) in groups.iter().enumerate() {
        group_of.extend(group.iter().map(|it| (it.evidence.id.as_str(), number)));
    }
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); groups.len()];
    let mut waiting: Vec<usize> = Vec::new();
    for (number, group) in groups.iter().enumerate() {
        let parent = group.first().and_then(|it| it.parent.as_deref()).and_then(|id| group_of.get(id));
        match parent {
            Some(&parent) if parent != number => children[parent].push(number),
            _ => waiting.push(number),
        }
    }
    waiting.reverse();
    let mut lines: Vec<Option<StatementLine>> = lines.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(lines.len());
    while let Some(number) = waiting.pop() {
        ordered.extend(lines.get_mut(number).and_then(Option::take));
        waiting.extend(children[number].drain(..).rev());
    }
    // What is left stands in itself by way of others: shown all the same.
    ordered.extend(lines.into_iter().flatten());
    ordered
}

/// The day or interval if it is known, else the report's words.
pub(crate) fn when(time: &Time) -> String {
    match (&time.from, &time.to) {
        (Some(from), _) => match time.text.is_empty() {
            true => from.clone(),
            false => format!("{} ({from})", time.text),
        },
        _ => time.text.clone(),
    }
}

fn part(part: &Part) -> String {
    part.text.clone()
}

fn once(ids: &[ActorId]) -> Vec<ActorId> {
    let mut seen = BTreeSet::new();
    ids.iter().filter(|id| seen.insert(*id)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use readout_record::DocumentRecords;

    fn statement(id: &str, start: u32, parent: Option<&str>, quote: Option<&str>) -> Statement {
        Statement {
            evidence: Evidence {
                id: id.to_owned(),
                doc: "doc:1".to_owned(),
                spans: vec![CharSpan::new(start, start + 4)],
                ..Evidence::default()
            },
            content_text: id.to_owned(),
            parent: parent.map(str::to_owned),
            quote: quote.map(str::to_owned),
            ..Statement::default()
        }
    }

    #[test]
    fn a_statement_within_another_follows_it_and_wordings_share_a_line() {
        let statements = vec![
            statement("inner", 0, Some("outer"), None),
            statement("outer", 0, None, None),
            statement("short", 12, None, Some("quote:1")),
            statement("full", 20, None, Some("quote:1")),
            statement("circle", 24, Some("circle"), None),
        ];
        let contents = Contents {
            documents: vec![Document {
                id: "doc:1".to_owned(),
                text: "Headline.\n\nA passage that goes on.".to_owned(),
                ..Document::default()
            }],
            records: vec![DocumentRecords { statements, ..DocumentRecords::default() }],
            quotes: vec![readout_record::Quote {
                id: "quote:1".to_owned(),
                best_member: "full".to_owned(),
                ..readout_record::Quote::default()
            }],
            ..Contents::default()
        };
        let brief = brief(&contents, 10);
        let lines: Vec<&str> = brief.statements.iter().map(|it| it.content.as_str()).collect();
        assert_eq!(lines, ["outer", "inner", "full", "circle"]);
        let cited: Vec<(usize, usize)> =
            brief.statements[2].references.iter().map(|it| (it.source, it.paragraph)).collect();
        assert_eq!(cited, [(1, 2), (1, 2)]);
    }
}
