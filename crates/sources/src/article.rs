//! From paragraphs to the body of a document and what was dropped from it.

use readout_record::{Document, DropReason, Dropped};

use crate::{Options, front, junk};

/// A paragraph on its way into the body.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Block {
    /// The text that stays in the body.
    pub(crate) text: String,
    pub(crate) kind: BlockKind,
    /// True if the paragraph is nothing but links.
    pub(crate) linked: bool,
    /// The pieces that were taken from the start of the paragraph, with the reason.
    pub(crate) before: Vec<(String, DropReason)>,
    /// The pieces that were taken from the end of the paragraph, with the reason.
    pub(crate) after: Vec<(String, DropReason)>,
}

/// The kind of a paragraph, as its source marks it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// Running text.
    #[default]
    Paragraph,
    /// A headline or subhead.
    Heading,
    /// An item of a list.
    Item,
    /// The caption of a picture.
    Caption,
}

impl Block {
    pub(crate) fn new(text: impl Into<String>, kind: BlockKind) -> Self {
        Self { text: text.into(), kind, ..Self::default() }
    }

    /// Takes the whole paragraph out of the body.
    pub(crate) fn drop_all(&mut self, reason: DropReason) {
        if !self.text.is_empty() {
            self.before.push((std::mem::take(&mut self.text), reason));
        }
    }

    /// Takes the first `length` bytes out of the body.
    pub(crate) fn drop_start(&mut self, length: usize, reason: DropReason) {
        let taken = self.text[..length].trim().to_owned();
        self.text = self.text[length..].trim_start().to_owned();
        if !taken.is_empty() {
            self.before.push((taken, reason));
        }
    }

    /// Takes what follows byte `from` out of the body.
    pub(crate) fn drop_end(&mut self, from: usize, reason: DropReason) {
        let taken = self.text[from..].trim().to_owned();
        self.text = self.text[..from].trim_end().to_owned();
        if !taken.is_empty() {
            self.after.insert(0, (taken, reason));
        }
    }
}

/// Returns an error if a report of `bytes` bytes is longer than `options` allow.
pub(crate) fn check_length(bytes: usize, options: &Options) -> Result<(), String> {
    if bytes > options.max_text_bytes { Err(too_long(options)) } else { Ok(()) }
}

/// Returns the message that a report is too long, with advice.
pub(crate) fn too_long(options: &Options) -> String {
    let limit = options.max_text_bytes >> 20;
    format!(
        "holds more than {limit} MB of text, the limit for one report (if it holds several, give each a file or a row)"
    )
}

/// Drops what is no part of the story, lifts out headline, by-line and dateline, and joins the rest.
///
/// `document` contains what is already known of the report. Its gaps are filled, and nothing in it is changed.
pub(crate) fn finish(mut blocks: Vec<Block>, mut document: Document, mend: &mut dyn FnMut(&str)) -> Document {
    junk::drop_junk(&mut blocks);
    junk::drop_links(&mut blocks);
    front::lift(&mut blocks, &mut document, mend);
    junk::drop_repeats(&mut blocks);
    junk::drop_loose_end(&mut blocks);
    join(blocks, &mut document);
    if document.language.is_none() {
        document.language = language(&document.text);
    }
    document
}

/// Returns the language of a text as an ISO 639-1 code, or `None` if the language is not certain.
fn language(text: &str) -> Option<String> {
    let start = &text[..text.floor_char_boundary(4000)];
    let found = whatlang::detect(start).filter(whatlang::Info::is_reliable)?;
    let code = found.lang().code();
    ISO_639_1.iter().find(|(three, _)| *three == code).map(|(_, two)| (*two).to_owned())
}

/// ISO 639-3 codes of the languages that can be recognised, and their ISO 639-1 codes.
const ISO_639_1: &[(&str, &str)] = &[
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
];

fn join(blocks: Vec<Block>, document: &mut Document) {
    let mut text = String::new();
    let mut chars = 0;
    let mut dropped = Vec::new();
    for block in blocks {
        let start = if text.is_empty() || block.text.is_empty() { chars } else { chars + 2 };
        dropped.extend(block.before.into_iter().map(|(text, reason)| Dropped { text, reason, at: start }));
        if !block.text.is_empty() {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            chars = start + block.text.chars().count() as u32;
            text.push_str(&block.text);
        }
        dropped.extend(block.after.into_iter().map(|(text, reason)| Dropped { text, reason, at: chars }));
    }
    document.text = text;
    document.dropped = dropped;
}
