//! A drawing as text. No fonts are at hand, so widths of words are estimates, and long ones are cut.

use std::fmt::{Display, Write as _};

use crate::safe::html;

/// The width of a letter at a size of 1, on average over sans-serif faces; kept on the wide side.
const LETTER: f64 = 0.56;

/// A drawing that grows.
pub(crate) struct Svg {
    body: String,
    width: f64,
    height: f64,
    name: String,
    title: String,
    description: String,
}

impl Svg {
    /// Returns an empty drawing of `width` by `height` units.
    ///
    /// `name` begins the ids in it, so that one page may have several drawings. `title` names it, and `description`
    /// says in words what it shows.
    pub(crate) fn new(name: &str, width: f64, height: f64, title: &str, description: &str) -> Self {
        Self {
            body: String::new(),
            width,
            height,
            name: name.to_owned(),
            title: title.to_owned(),
            description: description.to_owned(),
        }
    }

    /// Writes an element with attributes and nothing inside.
    pub(crate) fn element(&mut self, name: &str, attributes: &[(&str, &dyn Display)]) {
        self.open(name, attributes);
        let _ = write!(self.body, "</{name}>");
    }

    /// Writes the start of an element.
    pub(crate) fn open(&mut self, name: &str, attributes: &[(&str, &dyn Display)]) {
        let _ = write!(self.body, "<{name}");
        for (key, value) in attributes {
            let _ = write!(self.body, " {key}=\"{}\"", html(&value.to_string()));
        }
        self.body.push('>');
    }

    /// Writes the end of an element.
    pub(crate) fn close(&mut self, name: &str) {
        let _ = write!(self.body, "</{name}>");
    }

    /// Writes `text` into the open element.
    pub(crate) fn words(&mut self, text: &str) {
        self.body.push_str(&html(text));
    }

    /// Writes words at a place.
    pub(crate) fn text(&mut self, x: f64, y: f64, class: &str, anchor: &str, text: &str) {
        self.open(
            "text",
            &[("x", &number(x)), ("y", &number(y)), ("class", &class), ("text-anchor", &anchor)],
        );
        self.words(text);
        self.close("text");
    }

    /// Writes a line.
    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64), class: &str) {
        self.element(
            "line",
            &[
                ("x1", &number(from.0)),
                ("y1", &number(from.1)),
                ("x2", &number(to.0)),
                ("y2", &number(to.1)),
                ("class", &class),
            ],
        );
    }

    /// Writes the start of a link to `to` with the label `label`, which is also its tooltip.
    pub(crate) fn open_link(&mut self, to: &str, label: &str) {
        self.open("a", &[("href", &to), ("aria-label", &label)]);
        self.tooltip(label);
    }

    /// Writes the tooltip of the open element.
    pub(crate) fn tooltip(&mut self, label: &str) {
        self.open("title", &[]);
        self.words(label);
        self.close("title");
    }

    /// Returns the drawing. Colours are classes, for the page's style sheet; without one it is drawn in black.
    pub(crate) fn finish(self) -> String {
        let Self { body, width, height, name, title, description } = self;
        let (title, description) = (html(&title), html(&description));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"figure {name}\" viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\" \
             role=\"group\" aria-labelledby=\"{name}-title {name}-description\">\
             <title id=\"{name}-title\">{title}</title><desc id=\"{name}-description\">{description}</desc>{body}</svg>",
            number(width),
            number(height),
            number(width),
            number(height),
        )
    }
}

/// Returns `value` with at most one decimal: enough for the eye, and the same on every machine.
pub(crate) fn number(value: f64) -> String {
    let tenths = (value * 10.0).round();
    // No number is minus nothing.
    let text = format!("{:.1}", if tenths == 0.0 { 0.0 } else { tenths / 10.0 });
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// Returns the estimated width of `text` at a letter size of `size`, in drawing units.
pub(crate) fn width_of(text: &str, size: f64) -> f64 {
    text.chars().count() as f64 * LETTER * size
}

/// Returns `text` cut to a width of about `room` drawing units at most, at a letter size of `size`.
pub(crate) fn fit(text: &str, size: f64, room: f64) -> String {
    let most = (room / (LETTER * size)) as usize;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!([1.0, 0.25, -0.01, 12.34].map(number), ["1", "0.3", "0", "12.3"]);
    }

    #[test]
    fn nothing_in_a_name_is_markup() {
        let mut svg = Svg::new("network", 10.0, 10.0, "<b>", "\u{202e}\"x\"");
        svg.text(0.0, 0.0, "label", "start", "</text><script>alert(1)</script>");
        let drawn = svg.finish();
        assert!(
            !drawn.contains("<script") && !drawn.contains("<b>") && !drawn.contains('\u{202e}'),
            "{drawn}"
        );
    }

    #[test]
    fn long_words_are_cut() {
        assert_eq!(fit("short", 10.0, 100.0), "short");
        assert_eq!(fit("a rather long headline", 10.0, 56.0), "a rather…");
    }
}
