//! The network of actors who talk to each other.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::{ActorId, ActorKind, Factuality, RecordId, Stance, issue_key};
use serde::Serialize;

use crate::{Contents, Names};

/// The most participants of a meeting that are tied to one another. A crowd is no conversation, and pairs grow with its square.
const CROWD: usize = 12;

/// The greatest number of actors in a drawing. The actors with the greatest weight are kept.
const ACTORS: usize = 22;

/// A network of actors: statements to each other, and meetings.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Network {
    /// The actors, by weight, then id.
    pub actors: Vec<NetworkActor>,
    /// The ties, by weight, then ids.
    pub ties: Vec<Tie>,
    /// The number of actors that were left out because their weight is smaller.
    pub more: usize,
    /// The actor in the middle of the drawing; `None` for none.
    pub centre: Option<ActorId>,
}

/// A question for a network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NetworkWanted {
    /// The actor in the middle: only ties to it, and ties among those tied to it, are kept.
    pub centre: Option<ActorId>,
    /// The sorts of tie; empty for all.
    pub ties: Vec<TieKind>,
    /// The least weight of a tie.
    pub least: u32,
}

/// A sort of tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TieKind {
    /// Statements to each other.
    Said,
    /// Meetings and calls.
    Met,
    /// The same stance on an issue.
    Together,
    /// Opposite stances on an issue.
    Apart,
}

impl TieKind {
    /// All sorts, with the names by which they are asked for.
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::Said, "said"), (Self::Met, "met"), (Self::Together, "together"), (Self::Apart, "apart")];

    /// Returns the sort of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, it)| *it == name).map(|(kind, _)| kind)
    }
}

/// An actor of the network.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct NetworkActor {
    /// The actor's id.
    pub id: ActorId,
    /// The name.
    pub name: String,
    /// The sort of actor.
    #[serde(rename = "type")]
    pub kind: ActorKind,
    /// The number of statements to and from the others, and of meetings with them.
    pub weight: u32,
}

/// A tie: the statements and meetings between two actors.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tie {
    /// The actor whose id comes first.
    pub a: ActorId,
    /// The other actor.
    pub b: ActorId,
    /// The number of statements of `a` to `b`; several wordings of one count once.
    pub said: u32,
    /// The number of statements of `b` to `a`, counted in the same way.
    pub answered: u32,
    /// The number of meetings and calls that took place; several reports of one count once.
    pub met: u32,
    /// The number of issues on which both have the same clear stance.
    pub together: u32,
    /// The number of issues on which one is for and the other against.
    pub apart: u32,
}

impl Tie {
    pub(super) const fn weight(&self) -> u32 {
        self.said + self.answered + self.met + self.together + self.apart
    }
}

/// Finds the network of the actors in `contents`.
pub fn network(contents: &Contents, names: &Names, wanted: &NetworkWanted) -> Network {
    let wants = |kind: TieKind| wanted.ties.is_empty() || wanted.ties.contains(&kind);
    // One utterance or meeting counts once, however many report it.
    let mut said: BTreeSet<(&ActorId, &ActorId, &RecordId)> = BTreeSet::new();
    let mut met: BTreeSet<(&ActorId, &ActorId, &RecordId)> = BTreeSet::new();
    for records in &contents.records {
        for it in records.statements.iter().filter(|it| !it.negated && wants(TieKind::Said)) {
            let id = it.quote.as_ref().unwrap_or(&it.evidence.id);
            for from in &it.speaker {
                said.extend(it.addressee.iter().filter(|to| *to != from).map(|to| (from, to, id)));
            }
        }
        for it in records.meetings.iter().filter(|_| wants(TieKind::Met)) {
            if !matches!(it.factuality, Factuality::Happened | Factuality::Ongoing) {
                continue;
            }
            let id = it.happening.as_ref().unwrap_or(&it.evidence.id);
            // A crowd is no conversation, and pairs grow with its square.
            for (at, a) in it.participants.iter().take(CROWD).enumerate() {
                for b in it.participants.iter().take(CROWD).skip(at + 1).filter(|b| *b != a) {
                    let (a, b) = if a < b { (a, b) } else { (b, a) };
                    met.insert((a, b, id));
                }
            }
        }
    }
    let mut ties: BTreeMap<(&ActorId, &ActorId), Tie> = BTreeMap::new();
    let tie = |a: &ActorId, b: &ActorId| Tie { a: a.clone(), b: b.clone(), ..Tie::default() };
    for (from, to, _) in said {
        if from < to {
            ties.entry((from, to)).or_insert_with(|| tie(from, to)).said += 1;
        } else {
            ties.entry((to, from)).or_insert_with(|| tie(to, from)).answered += 1;
        }
    }
    for (a, b, _) in met {
        ties.entry((a, b)).or_insert_with(|| tie(a, b)).met += 1;
    }
    for (a, b, same) in stances(contents) {
        if wants(if same { TieKind::Together } else { TieKind::Apart }) {
            let tie = ties.entry((a, b)).or_insert_with(|| tie(a, b));
            *(if same { &mut tie.together } else { &mut tie.apart }) += 1;
        }
    }
    let mut ties: Vec<Tie> = ties.into_values().collect();
    ties.retain(|it| it.weight() >= wanted.least && [&it.a, &it.b].iter().all(|id| !id.is_unnamed()));
    if let Some(centre) = &wanted.centre {
        let near: BTreeSet<ActorId> = (ties.iter())
            .filter(|it| it.a == *centre || it.b == *centre)
            .flat_map(|it| [it.a.clone(), it.b.clone()])
            .collect();
        ties.retain(|it| near.contains(&it.a) && near.contains(&it.b));
    }

    let mut weights: BTreeMap<&ActorId, u32> = BTreeMap::new();
    for it in &ties {
        *weights.entry(&it.a).or_default() += it.weight();
        *weights.entry(&it.b).or_default() += it.weight();
    }
    let mut actors: Vec<NetworkActor> = weights
        .iter()
        .map(|(id, weight)| NetworkActor {
            id: (*id).clone(),
            name: names.of(id).to_owned(),
            kind: names.kind(id).unwrap_or_default(),
            weight: *weight,
        })
        .collect();
    // The actor in the middle is never left out.
    let aside = |it: &NetworkActor| wanted.centre.as_ref() != Some(&it.id);
    actors.sort_by(|a, b| (aside(a), b.weight).cmp(&(aside(b), a.weight)).then_with(|| a.id.cmp(&b.id)));
    let more = actors.len().saturating_sub(ACTORS);
    actors.truncate(ACTORS);
    let kept: BTreeSet<&ActorId> = actors.iter().map(|it| &it.id).collect();
    ties.retain(|it| kept.contains(&it.a) && kept.contains(&it.b));
    ties.sort_by(|a, b| b.weight().cmp(&a.weight()).then_with(|| (&a.a, &a.b).cmp(&(&b.a, &b.b))));
    // Who is left without anybody says nothing here.
    let tied: BTreeSet<&ActorId> = ties.iter().flat_map(|it| [&it.a, &it.b]).collect();
    let drawn = actors.len();
    actors.retain(|it| tied.contains(&it.id));
    let lonely = drawn - actors.len();
    let centre = wanted.centre.clone().filter(|id| actors.iter().any(|it| it.id == *id));
    Network { actors, ties, more: more + lonely, centre }
}

/// Returns the pairs of actors with a clear stance on one issue, and whether it is the same; the actor whose id comes first
/// is first. Of several stances the newest counts.
fn stances(contents: &Contents) -> Vec<(&ActorId, &ActorId, bool)> {
    let mut by_issue: BTreeMap<String, BTreeMap<&ActorId, (Option<&str>, Stance)>> = BTreeMap::new();
    for it in contents.positions.iter().filter(|it| matches!(it.stance, Stance::For | Stance::Against)) {
        let actors = by_issue.entry(issue_key(&it.issue)).or_default();
        let entry = actors.entry(&it.actor).or_insert((it.since.as_deref(), it.stance));
        if it.since.as_deref() > entry.0 {
            *entry = (it.since.as_deref(), it.stance);
        }
    }
    let mut found = Vec::new();
    for actors in by_issue.into_values() {
        let actors: Vec<(&ActorId, Stance)> =
            actors.into_iter().take(CROWD).map(|(id, (_, stance))| (id, stance)).collect();
        for (at, (a, one)) in actors.iter().enumerate() {
            found.extend(actors[at + 1..].iter().map(|(b, other)| (*a, *b, one == other)));
        }
    }
    found
}

impl Tie {
    /// Returns the tie in words, as `2 meetings and calls, 1 statement`.
    pub fn told(&self) -> String {
        let count = |number: u32, one: &str, many: &str| match number {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{number} {many}")),
        };
        let parts = [
            count(self.met, "meeting or call", "meetings and calls"),
            count(self.said + self.answered, "statement", "statements"),
            count(self.together, "issue on which they stand together", "issues on which they stand together"),
            count(self.apart, "issue on which they stand apart", "issues on which they stand apart"),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::super::drawing::{HEIGHT, WIDTH};
    use super::*;
    use readout_record::{DocumentRecords, Evidence, Meeting, Statement};

    fn statement(id: &str, from: &str, to: &str) -> Statement {
        Statement {
            evidence: Evidence { id: id.into(), ..Evidence::default() },
            speaker: vec![from.into()],
            addressee: vec![to.into()],
            ..Statement::default()
        }
    }

    #[test]
    fn reports_of_one_utterance_count_once_and_planned_meetings_not_at_all() {
        let (a, b) = ("person:ann-lee", "state:FRA");
        let mut twice = statement("statement:2", a, b);
        twice.quote = Some("quote:1".into());
        let mut again = statement("statement:3", a, b);
        again.quote = Some("quote:1".into());
        let met = |id: &str, factuality| Meeting {
            evidence: Evidence { id: id.into(), ..Evidence::default() },
            participants: vec![b.into(), a.into(), "unnamed:1:2".into()],
            factuality,
            ..Meeting::default()
        };
        let records = DocumentRecords {
            statements: vec![twice, again, statement("statement:4", b, a)],
            meetings: vec![met("meeting:1", Factuality::Happened), met("meeting:2", Factuality::Planned)],
            ..DocumentRecords::default()
        };
        let contents = Contents { records: vec![records], ..Contents::default() };
        let found = network(&contents, &contents.names(), &NetworkWanted::default());
        let tie = Tie { a: a.into(), b: b.into(), said: 1, answered: 1, met: 1, ..Tie::default() };
        assert_eq!(found.ties, [tie]);
        assert_eq!(found.actors.len(), 2);
        let drawn = found.svg(&|id| format!("/actors/{id}"));
        assert_eq!(
            drawn,
            network(&contents, &contents.names(), &NetworkWanted::default())
                .svg(&|id| format!("/actors/{id}"))
        );
        assert!(drawn.contains("href=\"/actors/person:ann-lee\""), "{drawn}");
        assert!(drawn.contains("1 meeting or call, 2 statements"), "{drawn}");
    }

    #[test]
    fn stances_tie_and_one_actor_can_be_the_middle() {
        let position = |actor: &str, issue: &str, stance| readout_record::Position {
            actor: actor.into(),
            issue: issue.to_owned(),
            stance,
            ..readout_record::Position::default()
        };
        let (a, b, c) = ("person:ann-lee", "person:bo-berg", "person:cy-dahl");
        let contents = Contents {
            positions: vec![
                position(a, "the toll", Stance::For),
                position(b, "the toll", Stance::Against),
                position(c, "the toll", Stance::Unclear),
                position(a, "the ferry", Stance::For),
                position(c, "the ferry", Stance::For),
            ],
            ..Contents::default()
        };
        let names = contents.names();
        let of = |wanted: &NetworkWanted| -> Vec<(String, u32, u32)> {
            let found = network(&contents, &names, wanted).ties;
            found.iter().map(|it| (format!("{} {}", it.a, it.b), it.together, it.apart)).collect()
        };
        let all = of(&NetworkWanted::default());
        assert_eq!(all, [(format!("{a} {b}"), 0, 1), (format!("{a} {c}"), 1, 0)]);
        assert_eq!(of(&NetworkWanted { ties: vec![TieKind::Apart], ..NetworkWanted::default() }), all[..1]);
        assert_eq!(of(&NetworkWanted { centre: Some(c.into()), ..NetworkWanted::default() }), all[1..]);
        assert_eq!(of(&NetworkWanted { least: 2, ..NetworkWanted::default() }), []);
        let around =
            network(&contents, &names, &NetworkWanted { centre: Some(b.into()), ..NetworkWanted::default() });
        let (x, y) = around.layout()[0];
        assert_eq!(around.actors[0].id.as_str(), b);
        assert!((x - around.width() / 2.0).abs() < 1.0 && (y - around.height() / 2.0).abs() < 1.0, "{x} {y}");
    }

    #[test]
    fn nobody_is_drawn_on_top_of_another() {
        let records = DocumentRecords {
            statements: (0..60)
                .map(|at| {
                    let who = |at: usize| format!("person:p{:02}", at % 25);
                    statement(&format!("statement:{at}"), &who(at), &who(at * 7 + 3))
                })
                .collect(),
            ..DocumentRecords::default()
        };
        let contents = Contents { records: vec![records], ..Contents::default() };
        let found = network(&contents, &contents.names(), &NetworkWanted::default());
        assert!(found.actors.len() <= ACTORS && found.more > 0);
        let places = found.layout();
        for (at, a) in places.iter().enumerate() {
            assert!(a.0.is_finite() && (0.0..=WIDTH).contains(&a.0) && (0.0..=HEIGHT).contains(&a.1));
            for b in &places[..at] {
                assert!((a.0 - b.0).abs() + (a.1 - b.1).abs() > 8.0, "{a:?} {b:?}");
            }
        }
    }
}
