use super::svg::{Svg, fit, number, width_of};
use crate::words::count;

const WIDTH: f64 = 960.0;
/// The greatest and the least height of the map.
const TALLEST: f64 = 620.0;
const LOWEST: f64 = 260.0;
const LETTERS: f64 = 13.0;
/// The least part of the world that is shown, in degrees, so that one town is no blank page.
const LEAST: f64 = 6.0;
/// The part of the extent that is shown around the places.
const ROOM: f64 = 0.12;
/// The most places whose names are written; all are drawn and listed.
const NAMED: usize = 40;
/// The width of bold letters in that of plain ones, on the wide side.
const BOLD: f64 = 1.18;
/// The room that a name keeps from the next, in drawing units.
const APART: f64 = 5.0;

/// A place with what is told of it.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct MapPlace {
    /// The gazetteer's name.
    pub name: String,
    /// The state in which it lies, ISO 3166-1 alpha-3.
    pub state: Option<String>,
    /// Degrees north.
    pub north: f64,
    /// Degrees east.
    pub east: f64,
    /// How exactly the place is known: `city` or `place`, the middle of a region.
    pub precision: &'static str,
    /// The name by which most passages call it.
    pub called: String,
    /// The number of events, meetings and incidents there.
    pub records: usize,
    /// The number of those that are incidents.
    pub incidents: usize,
}

/// Draws places on a map, `towns` (north, east in degrees) being a faint ground. `link` gives the address of what is told
/// of a place. Returns an empty text without places.
pub fn map_figure(places: &[MapPlace], towns: &[(f64, f64)], link: &dyn Fn(&MapPlace) -> String) -> String {
    if places.is_empty() {
        return String::new();
    }
    let bounds = |of: &dyn Fn(&MapPlace) -> f64| {
        let (low, high) =
            places.iter().map(of).fold((f64::MAX, f64::MIN), |(low, high), it| (low.min(it), high.max(it)));
        let room = ((high - low) * ROOM).max((LEAST - (high - low)) / 2.0).max(1.0);
        (low - room, high + room)
    };
    let ((south, north), (west, east)) = (bounds(&|it| it.north), bounds(&|it| it.east));
    // Degrees east are shorter the farther from the equator: one factor for all of the map, without a cosine, whose last
    // bit is not the same everywhere. Between the equator and 60 degrees this parabola is right to two hundredths.
    let middle = ((south + north) / 2.0).abs().min(75.0) / 90.0;
    let narrow = (1.0 - 1.2 * middle * middle).max(0.2);
    let ratio = (north - south) / ((east - west) * narrow);
    let height = (WIDTH * ratio).clamp(LOWEST, TALLEST);
    let scale = (WIDTH / ((east - west) * narrow)).min(height / (north - south));
    let (left, top) =
        ((WIDTH - (east - west) * narrow * scale) / 2.0, (height - (north - south) * scale) / 2.0);
    let at = |of_north: f64, of_east: f64| {
        (left + (of_east - west) * narrow * scale, top + (north - of_north) * scale)
    };
    let most: Vec<String> = places.iter().take(5).map(|it| format!("{} ({})", it.name, it.records)).collect();
    let description =
        format!("{}. Most: {}. The same is told in the list.", count(places.len(), "place"), most.join(", "));
    let mut svg = Svg::new("map", WIDTH, height, "Where it happened", &description);
    for (of_north, of_east) in towns {
        let (x, y) = at(*of_north, *of_east);
        if (0.0..=WIDTH).contains(&x) && (0.0..=height).contains(&y) {
            svg.element(
                "circle",
                &[("cx", &number(x)), ("cy", &number(y)), ("r", &"1.2"), ("class", &"town")],
            );
        }
    }
    let largest = places.iter().map(|it| it.records).max().unwrap_or(1).max(1) as f64;
    let radius = |it: &MapPlace| 4.0 + 12.0 * (it.records as f64 / largest).sqrt();
    let marks: Vec<[f64; 4]> = places
        .iter()
        .map(|it| {
            let ((x, y), radius) = (at(it.north, it.east), radius(it));
            [x - radius, y - radius, x + radius, y + radius]
        })
        .collect();
    let mut taken: Vec<[f64; 4]> = Vec::new();
    let mut names: Vec<(f64, f64, &'static str, String)> = Vec::new();
    for (rank, it) in places.iter().enumerate() {
        let ((x, y), radius) = (at(it.north, it.east), radius(it));
        svg.open_link(&link(it), &format!("{}: {}", it.name, count(it.records, "record")));
        let class = match it.incidents * 2 > it.records {
            true => "site incident",
            false => "site event",
        };
        svg.element(
            "circle",
            &[("cx", &number(x)), ("cy", &number(y)), ("r", &number(radius)), ("class", &class)],
        );
        svg.close("a");
        if rank < NAMED {
            let name = fit(&it.name, LETTERS, 170.0);
            let wide = width_of(&name, LETTERS) * BOLD + APART;
            let spots = spots(x, y, radius, wide);
            let free = |area: &[f64; 4]| {
                area[0] >= 0.0
                    && area[2] <= WIDTH
                    && area[1] >= 0.0
                    && area[3] <= height
                    && taken.iter().all(|of| is_apart(of, area))
                    && marks.iter().enumerate().all(|(at, of)| at == rank || is_apart(of, area))
            };
            // A name that has no room is left to the list.
            if let Some((x, y, anchor, area)) = spots.into_iter().find(|(.., area)| free(area)) {
                taken.push(area);
                names.push((x, y, anchor, name));
            }
        }
    }
    for (x, y, anchor, name) in names {
        svg.text(x, y, "name", anchor, &name);
    }
    svg.finish()
}

/// Whether two areas (left, top, right, bottom) have no point in common.
fn is_apart(one: &[f64; 4], other: &[f64; 4]) -> bool {
    one[2] <= other[0] || other[2] <= one[0] || one[3] <= other[1] || other[3] <= one[1]
}

/// Returns the places for a name `wide` beside a mark: where it is written, how it is anchored, and the area that it takes
/// (left, top, right, bottom).
fn spots(x: f64, y: f64, radius: f64, wide: f64) -> [(f64, f64, &'static str, [f64; 4]); 4] {
    [
        (x + radius + 3.0, y + 4.0, "start", [x + radius + 3.0, y - 8.0, x + radius + 3.0 + wide, y + 6.0]),
        (x - radius - 3.0, y + 4.0, "end", [x - radius - 3.0 - wide, y - 8.0, x - radius - 3.0, y + 6.0]),
        (x, y + radius + 12.0, "middle", [x - wide / 2.0, y + radius, x + wide / 2.0, y + radius + 14.0]),
        (
            x,
            y - radius - 4.0,
            "middle",
            [x - wide / 2.0, y - radius - 15.0, x + wide / 2.0, y - radius - 1.0],
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_drawn_and_names_do_not_cover_each_other() {
        let place = |name: &str, north: f64, east: f64, records| MapPlace {
            name: name.to_owned(),
            north,
            east,
            records,
            ..MapPlace::default()
        };
        let places = [
            place("<Velm>", 31.0, 30.0, 9),
            place("Arden", 33.5, 36.3, 2),
            place("Arden West", 33.5, 36.3, 1),
            place("Arden East", 33.5, 36.3, 1),
            place("Arden North", 33.5, 36.3, 1),
            place("Arden South", 33.5, 36.3, 1),
        ];
        let drawn =
            map_figure(&places, &[(32.0, 33.0), (60.0, -120.0)], &|it| format!("/timeline?text={}", it.name));
        assert_eq!((drawn.matches("class=\"site").count(), drawn.matches("class=\"town").count()), (6, 1));
        assert!(drawn.contains("&lt;Velm&gt;") && !drawn.contains("<Velm>"), "{drawn}");
        // Names that would lie on each other are left to the list.
        assert!(drawn.matches("class=\"name\"").count() < 6, "{drawn}");
        // A name does not lie on the mark of another place.
        let beside = [place("Velm", 31.0, 30.0, 4), place("Ostra", 31.0, 30.3, 4)];
        let beside = map_figure(&beside, &[], &|_| String::new());
        let anchor = |name: &str| {
            let text = beside.split("<text").find(|it| it.contains(&format!(">{name}<"))).unwrap();
            text.split("text-anchor=\"").nth(1).and_then(|it| it.split('"').next()).unwrap().to_owned()
        };
        assert_eq!((anchor("Velm"), anchor("Ostra")), ("end".to_owned(), "start".to_owned()), "{beside}");
        assert_eq!(map_figure(&[], &[], &|_| String::new()), "");
        assert!(map_figure(&places[..1], &[], &|_| String::new()).contains("1 place"));
    }
}
