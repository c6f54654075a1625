//! Word, RTF and PDF files: one article, or an export of a press database.

use readout_record::{Document, DropReason};

use crate::block::{Block, BlockKind};
use crate::bundle::{self, Carrier};
use crate::fault::Fault;
use crate::lines::{self, Line};
use crate::options::Options;
use crate::source::{Format, Holds, Part, Recognised, Source};
use crate::{article, characters};

pub(crate) static WORD: Format = Format {
    name: "Word document",
    endings: &["docx"],
    told_by: "its name, or the files inside",
    reads: "paragraphs and headings of the text, without headers and footers; headline, by-line, day and dateline are looked \
            for in the first paragraphs; an export of a press database gives a report for each article",
    recognise: |start| if is_word(start) { Recognised::Surely } else { Recognised::No },
    holds: Holds::Several(|bytes, options, mend| {
        take_apart(lines::word::lines(bytes, options), Carrier::Word, mend)
    }),
    read,
};

pub(crate) static RTF: Format = Format {
    name: "RTF document",
    endings: &["rtf"],
    told_by: "its first bytes, `{\\rtf`",
    reads: "as a Word document",
    recognise: |start| if start.starts_with(b"{\\rtf") { Recognised::Surely } else { Recognised::No },
    holds: Holds::Several(|bytes, _, mend| take_apart(lines::rtf::lines(bytes), Carrier::Word, mend)),
    read,
};

pub(crate) static PDF: Format = Format {
    name: "PDF file",
    endings: &["pdf"],
    told_by: "its first bytes, `%PDF`",
    reads: "the text layer in the order of its columns, with words parted at line ends joined, without heads and feet that \
            many pages have; as a Word document otherwise; a file without a text layer is refused",
    recognise: |start| if start.starts_with(b"%PDF-") { Recognised::Surely } else { Recognised::No },
    holds: Holds::Several(|bytes, options, mend| {
        take_apart(lines::pdf::lines(bytes, options), Carrier::Pdf, mend)
    }),
    read,
};

/// Whether a file is a ZIP archive of which one of the first files is a part of a Word document.
fn is_word(start: &[u8]) -> bool {
    start.starts_with(b"PK\x03\x04") && memchr::memmem::find(start, b"word/").is_some()
}

/// Takes a file apart whose lines were read: an export into articles, any other into one report.
fn take_apart(lines: Result<Vec<Line>, Fault>, carrier: Carrier, mend: &mut dyn FnMut(&str)) -> Vec<Part> {
    match lines {
        Err(why) => vec![Part::Refused { number: 0, why }],
        Ok(lines) if lines.is_empty() => {
            vec![Part::Refused { number: 0, why: Fault::empty("holds no text") }]
        }
        Ok(lines) => {
            let text = lines::joined(&lines);
            if bundle::is_export(&text) {
                return bundle::articles(carrier, &text, lines, mend);
            }
            vec![Part::Report { number: 0, bytes: lines::pack(&lines), known: Box::default() }]
        }
    }
}

/// Reads an article of an export, or the file as one article.
fn read(source: &Source, options: &Options, mend: &mut dyn FnMut(&str)) -> Result<Document, Fault> {
    if bundle::is_article(&source.known) {
        return bundle::read(source, options, mend);
    }
    let lines = lines::unpack(&source.bytes, 1);
    article::check_length(source.bytes.len(), options)?;
    let blocks = lines.iter().map(|line| {
        let kind = if line.has("heading") { BlockKind::Heading } else { BlockKind::Paragraph };
        let mut block = Block::new(characters::squeeze(&line.text), kind);
        if line.has("running") {
            block.drop_all(DropReason::Navigation);
        }
        block
    });
    Ok(article::finish(blocks.collect(), (*source.known).clone(), mend))
}
