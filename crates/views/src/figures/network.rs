//! The network of actors who talk to each other.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::{ActorId, ActorKind, Factuality, RecordId};
use serde::Serialize;

use super::svg::{Svg, fit, number, width_of};
use crate::{Contents, Names};

/// The most participants of a meeting that are tied to one another. A crowd is no conversation, and pairs grow with its square.
const CROWD: usize = 12;
/// The number of ties that the words for the drawing name. All are in the drawing.
const TOLD: usize = 5;

/// The greatest number of actors in a drawing. The actors with the greatest weight are kept.
const ACTORS: usize = 22;
const WIDTH: f64 = 960.0;
/// The height of a full drawing; one of few actors is lower.
const HEIGHT: f64 = 560.0;
/// Room for names around the drawing.
const MARGIN: f64 = 60.0;
const LETTERS: f64 = 13.0;

/// A network of actors: statements to each other, and meetings.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Network {
    /// The actors, by weight, then id.
    pub actors: Vec<NetworkActor>,
    /// The ties, by weight, then ids.
    pub ties: Vec<Tie>,
    /// The number of actors that were left out because their weight is smaller.
    pub more: usize,
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
}

impl Tie {
    const fn weight(&self) -> u32 {
        self.said + self.answered + self.met
    }
}

/// Finds the network of the actors in `contents`.
pub fn network(contents: &Contents, names: &Names) -> Network {
    // One utterance or meeting counts once, however many report it.
    let mut said: BTreeSet<(&ActorId, &ActorId, &RecordId)> = BTreeSet::new();
    let mut met: BTreeSet<(&ActorId, &ActorId, &RecordId)> = BTreeSet::new();
    for records in &contents.records {
        for it in records.statements.iter().filter(|it| !it.negated) {
            let id = it.quote.as_ref().unwrap_or(&it.evidence.id);
            for from in &it.speaker {
                said.extend(it.addressee.iter().filter(|to| *to != from).map(|to| (from, to, id)));
            }
        }
        for it in &records.meetings {
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
    let mut ties: Vec<Tie> = ties.into_values().collect();
    ties.retain(|it| [&it.a, &it.b].iter().all(|id| !id.is_unnamed()));

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
    actors.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.id.cmp(&b.id)));
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
    Network { actors, ties, more: more + lonely }
}

impl Network {
    /// Returns the network in words, for people who cannot see the drawing.
    pub fn description(&self) -> String {
        let name = |id: &str| self.actors.iter().find(|it| it.id == id).map_or("", |it| it.name.as_str());
        let most = self
            .ties
            .iter()
            .take(TOLD)
            .map(|it| format!("{} and {} ({})", name(&it.a), name(&it.b), it.told()));
        let most: Vec<String> = most.collect();
        format!("{} actors and {} ties. Most: {}.", self.actors.len(), self.ties.len(), most.join("; "))
    }

    /// Returns the drawing; empty without ties. `link` gives the address of an actor.
    pub fn svg(&self, link: &dyn Fn(&str) -> String) -> String {
        if self.ties.is_empty() {
            return String::new();
        }
        let places = self.layout();
        let place: BTreeMap<&str, (f64, f64)> =
            self.actors.iter().map(|it| it.id.as_str()).zip(places.iter().copied()).collect();
        let height = self.height();
        let mut svg = Svg::new("network", WIDTH, height, "Who talks to whom", &self.description());
        for it in &self.ties {
            let (Some(&a), Some(&b)) = (place.get(it.a.as_str()), place.get(it.b.as_str())) else { continue };
            let name = |id: &str| self.actors.iter().find(|it| it.id == id).map_or("", |it| it.name.as_str());
            let class = match (it.met, it.said + it.answered) {
                (0, _) => "tie said",
                (_, 0) => "tie met",
                _ => "tie both",
            };
            svg.open("g", &[("class", &class)]);
            svg.tooltip(&format!("{} and {}: {}", name(&it.a), name(&it.b), it.told()));
            let wide = number(1.0 + f64::from(it.weight().min(16)).sqrt());
            svg.element(
                "line",
                &[
                    ("x1", &number(a.0)),
                    ("y1", &number(a.1)),
                    ("x2", &number(b.0)),
                    ("y2", &number(b.1)),
                    ("stroke", &"currentColor"),
                    ("stroke-width", &wide),
                ],
            );
            svg.close("g");
        }
        for (it, (x, y)) in self.actors.iter().zip(&places) {
            svg.open_link(&link(&it.id), &format!("{}, {} ties counted", it.name, it.weight));
            let class = format!("actor {}", kind_class(it.kind));
            svg.element(
                "circle",
                &[
                    ("cx", &number(*x)),
                    ("cy", &number(*y)),
                    ("r", &number(radius(it.weight))),
                    ("class", &class),
                ],
            );
            svg.close("a");
        }
        // Names last, so that nothing crosses them; each where it covers the least.
        let mut taken: Vec<[f64; 4]> = (self.actors.iter().zip(&places))
            .map(|(it, (x, y))| {
                let r = radius(it.weight);
                [x - r, y - r, x + r, y + r]
            })
            .collect();
        for (it, (x, y)) in self.actors.iter().zip(&places) {
            let name = fit(&it.name, LETTERS, 190.0);
            let (r, wide) = (radius(it.weight) + 4.0, width_of(&name, LETTERS));
            let boxes = [
                [x - wide / 2.0, y + r, x + wide / 2.0, y + r + LETTERS],
                [x - wide / 2.0, y - r - LETTERS, x + wide / 2.0, y - r],
                [x + r, y - LETTERS / 2.0, x + r + wide, y + LETTERS / 2.0],
                [x - r - wide, y - LETTERS / 2.0, x - r, y + LETTERS / 2.0],
            ];
            let cost = |it: &[f64; 4]| -> f64 {
                let outside = (0.0 - it[0]).max(0.0) + (it[2] - WIDTH).max(0.0);
                taken.iter().map(|other| overlap(it, other)).sum::<f64>() + outside * 100.0
            };
            let mut best = 0;
            for at in 1..boxes.len() {
                if cost(&boxes[at]) < cost(&boxes[best]) {
                    best = at;
                }
            }
            let spot = boxes[best];
            taken.push(spot);
            svg.text((spot[0] + spot[2]) / 2.0, spot[3] - 2.0, "name", "middle", &name);
        }
        svg.finish()
    }

    fn height(&self) -> f64 {
        (100.0 + self.actors.len() as f64 * 46.0).min(HEIGHT)
    }

    /// Places for the actors: ties pull, all push each other off (Fruchterman and Reingold 1991), from fixed places,
    /// in a fixed order, with sums and roots alone, so that it comes out the same everywhere.
    fn layout(&self) -> Vec<(f64, f64)> {
        let count = self.actors.len();
        let index: BTreeMap<&str, usize> =
            self.actors.iter().enumerate().map(|(at, it)| (it.id.as_str(), at)).collect();
        let ties: Vec<(usize, usize, f64)> = self
            .ties
            .iter()
            .filter_map(|it| {
                let pull = 1.0 + f64::from(it.weight().min(9)).sqrt() / 3.0;
                Some((*index.get(it.a.as_str())?, *index.get(it.b.as_str())?, pull))
            })
            .collect();
        let mut places: Vec<(f64, f64)> = (0..count).map(|at| start(at, count)).collect();
        let space = 1.4 / (count.max(2) as f64).sqrt();
        const ROUNDS: usize = 300;
        for round in 0..ROUNDS {
            let mut moves = vec![(0.0, 0.0); count];
            for a in 0..count {
                for b in 0..a {
                    let (dx, dy) = (places[a].0 - places[b].0, places[a].1 - places[b].1);
                    let square = (dx * dx + dy * dy).max(1e-6);
                    let push = space * space / square;
                    moves[a] = (moves[a].0 + dx * push, moves[a].1 + dy * push);
                    moves[b] = (moves[b].0 - dx * push, moves[b].1 - dy * push);
                }
            }
            for &(a, b, weight) in &ties {
                let (dx, dy) = (places[a].0 - places[b].0, places[a].1 - places[b].1);
                let pull = (dx * dx + dy * dy).sqrt() / space * weight;
                moves[a] = (moves[a].0 - dx * pull, moves[a].1 - dy * pull);
                moves[b] = (moves[b].0 + dx * pull, moves[b].1 + dy * pull);
            }
            let heat = 0.12 * (1.0 - round as f64 / ROUNDS as f64);
            for (place, (dx, dy)) in places.iter_mut().zip(moves) {
                // Parts without a tie must not drift away.
                let (dx, dy) = (dx - place.0 * 0.35, dy - place.1 * 0.35);
                let far = (dx * dx + dy * dy).sqrt().max(1e-9);
                let step = far.min(heat) / far;
                *place = (place.0 + dx * step, place.1 + dy * step);
            }
        }
        // Fill the drawing.
        let bounds = places.iter().fold((f64::MAX, f64::MIN, f64::MAX, f64::MIN), |it, (x, y)| {
            (it.0.min(*x), it.1.max(*x), it.2.min(*y), it.3.max(*y))
        });
        let scale = |value: f64, low: f64, high: f64, size: f64| {
            let part = if high - low > 1e-9 { (value - low) / (high - low) } else { 0.5 };
            MARGIN + part * (size - 2.0 * MARGIN)
        };
        places
            .iter()
            .map(|(x, y)| {
                (scale(*x, bounds.0, bounds.1, WIDTH), scale(*y, bounds.2, bounds.3, self.height()))
            })
            .collect()
    }
}

/// Returns the starting place of number `at` of `count`: a point on a circle with rational coordinates.
fn start(at: usize, count: usize) -> (f64, f64) {
    let half = count.div_ceil(2).max(1);
    let part = ((at / 2) as f64 + 0.5) / half as f64 * 2.0 - 1.0;
    let (x, y) = ((1.0 - part * part) / (1.0 + part * part), 2.0 * part / (1.0 + part * part));
    if at.is_multiple_of(2) { (x, y) } else { (-x, -y) }
}

fn overlap(a: &[f64; 4], b: &[f64; 4]) -> f64 {
    (a[2].min(b[2]) - a[0].max(b[0])).max(0.0) * (a[3].min(b[3]) - a[1].max(b[1])).max(0.0)
}

fn radius(weight: u32) -> f64 {
    6.0 + f64::from(weight.min(80)).sqrt() * 1.6
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
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

const fn kind_class(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "person",
        ActorKind::State => "state",
        ActorKind::Outlet => "outlet",
        _ => "group",
    }
}

#[cfg(test)]
mod tests {
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
        let found = network(&contents, &contents.names());
        let tie = Tie { a: a.into(), b: b.into(), said: 1, answered: 1, met: 1 };
        assert_eq!(found.ties, [tie]);
        assert_eq!(found.actors.len(), 2);
        let drawn = found.svg(&|id| format!("/actors/{id}"));
        assert_eq!(drawn, network(&contents, &contents.names()).svg(&|id| format!("/actors/{id}")));
        assert!(drawn.contains("href=\"/actors/person:ann-lee\""), "{drawn}");
        assert!(drawn.contains("1 meeting or call, 2 statements"), "{drawn}");
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
        let found = network(&contents, &contents.names());
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
