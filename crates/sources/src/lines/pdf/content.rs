//! The text operators of a page, after ISO 32000-1, section 9: strings with the places where they are shown.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::font::Font;
use super::order::Piece;
use crate::fault::Fault;
use crate::options::Options;

/// The most forms within each other, and the most forms of a page that are run.
const DEEPEST_FORM: usize = 8;
const MOST_FORMS: usize = 2_000;

/// The most pieces of text of a page; more is no page that anybody reads.
const MOST_PIECES: usize = 50_000;

/// A matrix of six numbers.
type Matrix = [f32; 6];
const UNIT: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// Returns the pieces of text of a page, in the order of its content.
///
/// # Errors
/// If the page is larger than its limits; with the reason. Damage inside a page costs what stands behind it.
pub(super) fn pieces(document: &Document, page: ObjectId, options: &Options) -> Result<Vec<Piece>, Fault> {
    let too_large =
        || Fault::too_large(format!("has a page of more than {} MB", options.max_stream_bytes >> 20));
    let content =
        document.get_page_content_with_limit(page, options.max_stream_bytes).map_err(|_| too_large())?;
    let fonts = document.get_page_fonts(page).unwrap_or_default();
    let mut forms = BTreeMap::new();
    let (own, inherited) = document.get_page_resources(page).unwrap_or_default();
    let others = inherited.into_iter().filter_map(|id| document.get_dictionary(id).ok());
    for resources in own.into_iter().chain(others) {
        add_forms(resources, document, &mut forms);
    }
    let mut run = Run { document, options, pieces: Vec::new(), forms_run: 0 };
    run.content(&content, &fonts, &forms, UNIT, 0);
    Ok(run.pieces)
}

/// Adds the forms of some resources by their names.
fn add_forms(resources: &Dictionary, document: &Document, forms: &mut BTreeMap<Vec<u8>, ObjectId>) {
    let objects =
        resources.get(b"XObject").ok().and_then(|objects| super::font::dictionary(objects, document));
    for (name, object) in objects.into_iter().flat_map(Dictionary::iter) {
        if let Ok(id) = object.as_reference() {
            forms.entry(name.clone()).or_insert(id);
        }
    }
}

struct Run<'d> {
    document: &'d Document,
    options: &'d Options,
    pieces: Vec<Piece>,
    forms_run: usize,
}

/// The state of text, and of the page around it.
#[derive(Clone, Copy)]
struct State<'f> {
    page: Matrix,
    text: Matrix,
    line: Matrix,
    font: Option<usize>,
    name: &'f [u8],
    size: f32,
    letters: f32,
    words: f32,
    scale: f32,
    leading: f32,
    rise: f32,
    hidden: bool,
}

impl Run<'_> {
    fn content(
        &mut self,
        content: &[u8],
        fonts: &BTreeMap<Vec<u8>, &Dictionary>,
        forms: &BTreeMap<Vec<u8>, ObjectId>,
        page: Matrix,
        depth: usize,
    ) {
        let Ok(content) = Content::decode(content) else { return };
        // Without its encoding, a font is read by its table of Unicode.
        let bare: Vec<Dictionary> = fonts.values().map(|font| without_encoding(font)).collect();
        let read: Vec<Font<'_>> = fonts
            .values()
            .zip(&bare)
            .map(|(font, bare)| Font::read(font, bare, self.document, self.options.max_stream_bytes))
            .collect();
        let places: BTreeMap<&[u8], usize> = fonts.keys().map(Vec::as_slice).zip(0..).collect();
        let mut state = State {
            page,
            text: UNIT,
            line: UNIT,
            font: None,
            name: b"",
            size: 1.0,
            letters: 0.0,
            words: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            hidden: false,
        };
        let mut saved: Vec<State<'_>> = Vec::new();
        for operation in &content.operations {
            if self.pieces.len() > MOST_PIECES {
                return;
            }
            let number = |at: usize| {
                operation
                    .operands
                    .get(at)
                    .and_then(|it| it.as_float().ok())
                    .filter(|it| it.is_finite())
                    .unwrap_or(0.0)
            };
            let matrix = || [number(0), number(1), number(2), number(3), number(4), number(5)];
            match operation.operator.as_str() {
                "q" if saved.len() < 256 => saved.push(state),
                "Q" => state = saved.pop().unwrap_or(state),
                "cm" => state.page = times(matrix(), state.page),
                "BT" => (state.text, state.line) = (UNIT, UNIT),
                "Tf" => {
                    state.name =
                        operation.operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default();
                    state.font = places.get(state.name).copied();
                    state.size = number(1);
                }
                "Tc" => state.letters = number(0),
                "Tw" => state.words = number(0),
                "Tz" => state.scale = number(0) / 100.0,
                "TL" => state.leading = number(0),
                "Ts" => state.rise = number(0),
                // Invisible text lies over the picture of a page that was recognised: it is the text layer. Clipping is none.
                "Tr" => state.hidden = number(0) > 6.5,
                "Td" => state.move_line(number(0), number(1)),
                "TD" => {
                    state.leading = -number(1);
                    state.move_line(number(0), number(1));
                }
                "Tm" => (state.text, state.line) = (matrix(), matrix()),
                "T*" => state.move_line(0.0, -state.leading),
                "Tj" | "'" | "\"" => {
                    if operation.operator == "\"" {
                        (state.words, state.letters) = (number(0), number(1));
                    }
                    if operation.operator != "Tj" {
                        state.move_line(0.0, -state.leading);
                    }
                    if let Some(text) = operation.operands.last().and_then(|text| text.as_str().ok()) {
                        self.show(&mut state, &read, text);
                    }
                }
                "TJ" => self.show_all(&mut state, &read, operation),
                "Do" if depth < DEEPEST_FORM && self.forms_run < MOST_FORMS => {
                    let name =
                        operation.operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default();
                    if let Some(id) = forms.get(name) {
                        self.forms_run += 1;
                        self.form(*id, fonts, state.page, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }

    /// Runs a form with its own fonts and forms.
    fn form(&mut self, id: ObjectId, around: &BTreeMap<Vec<u8>, &Dictionary>, page: Matrix, depth: usize) {
        let document = self.document;
        let Ok(form) = document.get_object(id).and_then(Object::as_stream) else { return };
        if form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name != b"Form") {
            return;
        }
        let Ok(content) = form.get_plain_content_with_limit(self.options.max_stream_bytes) else { return };
        let mut fonts = around.clone();
        let mut forms = BTreeMap::new();
        let resources = form.dict.get(b"Resources").ok().and_then(|it| super::font::dictionary(it, document));
        if let Some(resources) = resources {
            let own = resources.get(b"Font").ok().and_then(|it| super::font::dictionary(it, document));
            for (name, font) in own.into_iter().flat_map(Dictionary::iter) {
                if let Some(font) = super::font::dictionary(font, document) {
                    fonts.insert(name.clone(), font);
                }
            }
            add_forms(resources, document, &mut forms);
        }
        let matrix = form.dict.get(b"Matrix").and_then(Object::as_array).ok().and_then(|numbers| {
            let numbers: Vec<f32> = numbers.iter().filter_map(|number| number.as_float().ok()).collect();
            Matrix::try_from(numbers).ok()
        });
        self.content(&content, &fonts, &forms, times(matrix.unwrap_or(UNIT), page), depth);
    }

    fn show_all(&mut self, state: &mut State<'_>, fonts: &[Font<'_>], operation: &Operation) {
        let parts = operation.operands.first().and_then(|parts| parts.as_array().ok());
        for part in parts.into_iter().flatten() {
            if let Ok(text) = part.as_str() {
                self.show(state, fonts, text);
            } else if let Ok(back) = part.as_float() {
                state.advance(-back / 1000.0 * state.size * state.scale);
            }
        }
    }

    /// Shows a string and moves on behind it.
    fn show(&mut self, state: &mut State<'_>, fonts: &[Font<'_>], bytes: &[u8]) {
        let Some(font) = state.font.and_then(|font| fonts.get(font)) else { return };
        let (width, letters, blanks) = font.width(bytes);
        let width =
            width / 1000.0 * state.size + state.letters * letters as f32 + state.words * blanks as f32;
        let place = times([state.size, 0.0, 0.0, state.size, 0.0, state.rise], times(state.text, state.page));
        state.advance(width * state.scale);
        let end = times(state.text, state.page);
        let text = font.text(bytes);
        // Text that stands upright or on its head is no part of a story.
        let level = place[1].abs() <= place[0].abs() * 0.2;
        let size = place[2].hypot(place[3]);
        if !state.hidden && level && size.is_finite() && (0.5..500.0).contains(&size) && !text.is_empty() {
            self.pieces.push(Piece {
                left: place[4],
                right: end[4].max(place[4]),
                base: place[5],
                size,
                text,
            });
        }
    }
}

impl State<'_> {
    fn move_line(&mut self, x: f32, y: f32) {
        self.line = times([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn advance(&mut self, x: f32) {
        self.text = times([1.0, 0.0, 0.0, 1.0, x, 0.0], self.text);
    }
}

fn times(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

fn without_encoding(font: &Dictionary) -> Dictionary {
    let mut bare = font.clone();
    bare.remove(b"Encoding");
    bare
}
