//! Web pages.

use readout_record::Document;

use crate::article::{self, Block, BlockKind};
use crate::{Options, characters};

pub(crate) fn document(html: &str, options: &Options, mend: &mut dyn FnMut(&str)) -> Document {
    complete(html, Document::default(), options, mend)
}

pub(crate) fn complete(
    html: &str,
    document: Document,
    _options: &Options,
    _mend: &mut dyn FnMut(&str),
) -> Document {
    let options = trafilatura::Options::default()
        .with_focus(trafilatura::ExtractionFocus::FavorPrecision)
        .with_fallback(true)
        .with_html_date_mode(trafilatura::HtmlDateMode::Disabled)
        .with_exclude_comments(true);
    let text = match trafilatura::extract(html, &options) {
        Ok(found) => found.content_text,
        Err(_) => String::new(),
    };
    let blocks = text
        .lines()
        .map(|line| Block::new(characters::squeeze(&characters::clean(line)), BlockKind::Paragraph));
    article::finish(blocks.collect(), document)
}
