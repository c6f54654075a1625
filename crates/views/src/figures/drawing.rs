//! The drawing of a network.

use std::collections::BTreeMap;

use readout_record::ActorKind;

use super::network::Network;
use super::svg::{Svg, fit, number, width_of};

/// The width and the height of a full drawing; one of few actors is smaller.
pub(super) const WIDTH: f64 = 960.0;
pub(super) const HEIGHT: f64 = 560.0;
/// Room for names around the drawing.
const MARGIN: f64 = 60.0;
const LETTERS: f64 = 13.0;
/// The part of a name's box, in units of height, that may lie over something else.
const COVERED: f64 = 1.5;
/// The number of ties that the words for the drawing name. All are in the drawing.
const TOLD: usize = 5;

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
        let wide = self.width();
        let mut svg = Svg::new("network", wide, height, "Who talks to whom", &self.description());
        for it in &self.ties {
            let (Some(&a), Some(&b)) = (place.get(it.a.as_str()), place.get(it.b.as_str())) else { continue };
            let name = |id: &str| self.actors.iter().find(|it| it.id == id).map_or("", |it| it.name.as_str());
            let class = match (it.met, it.said + it.answered, it.together, it.apart) {
                (0, 0, together, apart) if apart > together => "tie apart",
                (0, 0, ..) => "tie together",
                (0, ..) => "tie said",
                (_, 0, ..) => "tie met",
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
                let outside = (0.0 - it[0]).max(0.0) + (it[2] - self.width()).max(0.0);
                taken.iter().map(|other| overlap(it, other)).sum::<f64>() + outside * 100.0
            };
            let mut best = 0;
            for at in 1..boxes.len() {
                if cost(&boxes[at]) < cost(&boxes[best]) {
                    best = at;
                }
            }
            let spot = boxes[best];
            // A name that would cover another one or a mark is left to the tooltip and the list.
            let own =
                [x - radius(it.weight), y - radius(it.weight), x + radius(it.weight), y + radius(it.weight)];
            let covers = taken.iter().filter(|of| **of != own).map(|of| overlap(&spot, of)).sum::<f64>();
            if covers > COVERED * (spot[2] - spot[0]) {
                continue;
            }
            taken.push(spot);
            svg.text((spot[0] + spot[2]) / 2.0, spot[3] - 2.0, "name", "middle", &name);
        }
        svg.finish()
    }

    pub(super) fn width(&self) -> f64 {
        (260.0 + self.actors.len() as f64 * 60.0).min(WIDTH)
    }

    pub(super) fn height(&self) -> f64 {
        (100.0 + self.actors.len() as f64 * 46.0).min(HEIGHT)
    }

    /// Places for the actors: ties pull, all push each other off (Fruchterman and Reingold 1991), from fixed places,
    /// in a fixed order, with sums and roots alone, so that it comes out the same everywhere.
    pub(super) fn layout(&self) -> Vec<(f64, f64)> {
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
        // With somebody in the middle the drawing reaches as far to both sides.
        let middle = self.centre.as_ref().and_then(|id| places.get(*index.get(id.as_str())?).copied());
        let bounds = match middle {
            Some((x, y)) => {
                let wide = (bounds.1 - x).max(x - bounds.0);
                let tall = (bounds.3 - y).max(y - bounds.2);
                (x - wide, x + wide, y - tall, y + tall)
            }
            None => bounds,
        };
        let scale = |value: f64, low: f64, high: f64, size: f64| {
            let part = if high - low > 1e-9 { (value - low) / (high - low) } else { 0.5 };
            MARGIN + part * (size - 2.0 * MARGIN)
        };
        places
            .iter()
            .map(|(x, y)| {
                (scale(*x, bounds.0, bounds.1, self.width()), scale(*y, bounds.2, bounds.3, self.height()))
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

const fn kind_class(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "person",
        ActorKind::State => "state",
        ActorKind::Outlet => "outlet",
        _ => "group",
    }
}
