//! Lines of Word documents (DOCX): paragraphs and the parts of them up to a break.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::{Line, one_line};
use crate::fault::Fault;
use crate::options::Options;

/// The file of the archive that holds the text, as nearly all programs name it.
const TEXT: &str = "word/document.xml";

/// Returns the lines of a document.
///
/// The marks of a line are `bold`, `heading` and `page` (the first of a page or section), and `link` for the words of a link.
///
/// # Errors
/// If the archive or its text cannot be read, or the text is larger than a file may be; with the reason.
pub(crate) fn lines(bytes: &[u8], options: &Options) -> Result<Vec<Line>, Fault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let name = text_file(&archive)
        .ok_or_else(|| Fault::unsupported("no Word document: the archive has no word/document.xml"))?;
    let file = archive.by_name(&name).map_err(damaged)?;
    let mut xml = Vec::new();
    let limit = options.max_file_bytes;
    file.take(limit + 1).read_to_end(&mut xml).map_err(damaged)?;
    if xml.len() as u64 > limit {
        return Err(Fault::too_large(format!(
            "larger than {} MB when unpacked, the limit for one file",
            limit >> 20
        )));
    }
    let xml = String::from_utf8_lossy(&xml);
    let mut state = State { limit: options.max_text_bytes.saturating_mul(16), ..State::default() };
    read(&xml, &mut state)?;
    Ok(state.lines)
}

/// Returns the fault of an archive that cannot be unpacked.
fn damaged(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Fault {
    Fault::damaged("a damaged office document").because(error)
}

/// Returns the name of the file with the text.
fn text_file(archive: &ZipArchive<Cursor<&[u8]>>) -> Option<String> {
    let mut named: Vec<String> = archive
        .file_names()
        .flatten()
        .filter(|name| name.starts_with("word/document") && name.ends_with(".xml"))
        .map(|name| name.into_owned())
        .collect();
    named.sort_unstable();
    let usual = named.iter().position(|name| name == TEXT).unwrap_or(0);
    named.into_iter().nth(usual)
}

#[derive(Default)]
struct State {
    lines: Vec<Line>,
    line: Line,
    /// The number of the paragraph, from 1.
    paragraph: usize,
    /// True where the next line starts a page.
    page: bool,
    heading: bool,
    /// True inside a run that is bold, and inside the text of a run.
    bold: bool,
    text: bool,
    /// The deleted text, text boxes and fields' codes that are open.
    hidden: usize,
    limit: usize,
    bytes: usize,
}

/// Elements whose text is not seen, or is there twice.
const HIDDEN: &[&str] = &["w:del", "w:instrText", "mc:Fallback", "w:moveFrom"];

fn read(xml: &str, state: &mut State) -> Result<(), Fault> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().allow_dangling_amp = true;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => state.start(&tag, false),
            Ok(Event::Empty(tag)) => state.start(&tag, true),
            Ok(Event::End(tag)) => state.end(tag.name().as_ref()),
            Ok(Event::Text(text)) => state.add(&text),
            Ok(Event::CData(text)) => state.add(&text),
            Ok(Event::GeneralRef(name)) => {
                state.add(&crate::characters::decode_entities(&format!("&{};", &*name)));
            }
            Ok(Event::Eof) => break,
            Err(error) => {
                let place = format!("in paragraph {}", state.paragraph);
                return Err(Fault::damaged("a damaged Word document").because(error).at(place));
            }
            Ok(_) => {}
        }
        if state.bytes > state.limit {
            return Err(Fault::too_large(format!("holds more than {} MB of text", state.limit >> 20)));
        }
    }
    state.end_line(false);
    Ok(())
}

impl State {
    fn start(&mut self, tag: &BytesStart<'_>, empty: bool) {
        let name = tag.name();
        let value = || {
            let wanted = tag
                .html_attributes()
                .flatten()
                .find(|attribute| matches!(attribute.key.as_ref(), "w:val" | "w:type"));
            wanted.map(|attribute| attribute.value.into_owned()).unwrap_or_default()
        };
        match name.as_ref() {
            hidden if HIDDEN.contains(&hidden) && !empty => self.hidden += 1,
            "w:p" => {
                self.end_line(false);
                self.paragraph += 1;
                self.heading = false;
            }
            "w:pStyle" => {
                let style = value().to_ascii_lowercase();
                self.heading =
                    style.starts_with("heading") || style.starts_with("berschrift") || style == "title";
            }
            "w:r" => self.bold = false,
            "w:b" => self.bold = !matches!(value().as_str(), "0" | "false" | "off"),
            "w:t" => self.text = !empty,
            "w:tab" => self.add_always(" "),
            "w:noBreakHyphen" => self.add_always("-"),
            "w:br" | "w:cr" => {
                let page = value() == "page";
                let filled = !self.line.text.trim().is_empty();
                self.end_line(filled && !page);
                self.page |= page;
            }
            "w:sectPr" | "w:lastRenderedPageBreak" | "w:pageBreakBefore"
                if name.as_ref() != "w:lastRenderedPageBreak" =>
            {
                self.page = true;
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            hidden if HIDDEN.contains(&hidden) => self.hidden = self.hidden.saturating_sub(1),
            "w:p" => self.end_line(false),
            "w:t" => self.text = false,
            _ => {}
        }
    }

    fn add(&mut self, text: &str) {
        if self.text {
            self.add_always(text);
        }
    }

    fn add_always(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        self.bytes += text.len();
        if self.line.text.trim().is_empty() && !text.trim().is_empty() {
            self.line.number = self.paragraph;
            if self.bold {
                self.line.mark("bold");
            }
        }
        self.line.text.push_str(text);
    }

    /// Ends the line. `joined` tells of the one that comes.
    fn end_line(&mut self, joined: bool) {
        let mut line = std::mem::replace(&mut self.line, Line { joined, ..Line::default() });
        line.text = one_line(&line.text);
        if line.text.is_empty() {
            return;
        }
        if self.heading {
            line.mark("heading");
        }
        if std::mem::take(&mut self.page) {
            line.mark("page");
        }
        self.lines.push(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(body: &str) -> Vec<(String, bool, String)> {
        let mut state = State { limit: 1 << 20, ..State::default() };
        read(&format!("<w:document><w:body>{body}</w:body></w:document>"), &mut state).unwrap();
        state.lines.into_iter().map(|line| (line.marks, line.joined, line.text)).collect()
    }

    #[test]
    fn runs_make_lines_with_marks() {
        let found = seen(
            "<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>They met</w:t></w:r></w:p>\
             <w:p><w:r><w:rPr><w:b/></w:rPr><w:t>By:</w:t></w:r><w:r><w:t xml:space='preserve'> Ann &amp; Bo</w:t></w:r></w:p>\
             <w:p><w:r><w:br/><w:t>one</w:t><w:br/><w:t>two</w:t></w:r><w:del><w:r><w:t>gone</w:t></w:r></w:del></w:p>\
             <w:p><w:pPr><w:sectPr/></w:pPr></w:p><w:p><w:r><w:t>next</w:t></w:r></w:p>",
        );
        let found: Vec<(&str, bool, &str)> =
            found.iter().map(|(marks, joined, text)| (marks.as_str(), *joined, text.as_str())).collect();
        assert_eq!(
            found,
            [
                ("heading", false, "They met"),
                ("bold", false, "By: Ann & Bo"),
                ("", false, "one"),
                ("", true, "two"),
                ("page", false, "next"),
            ]
        );
    }

    #[test]
    fn what_is_no_document_is_refused() {
        for bytes in [&b"PK\x03\x04rest"[..], b"", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"] {
            assert!(lines(bytes, &Options::default()).is_err());
        }
    }
}
