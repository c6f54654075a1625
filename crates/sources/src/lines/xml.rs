//! Lines of XML: the text of each element, with the names around it.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Line;
use crate::characters;
use crate::fault::Fault;

/// The most elements within each other.
const DEEPEST: usize = 256;

/// Elements that mark words within a text.
const INLINE: &[&str] = &["a", "b", "eLink", "ELink", "em", "en", "hlt", "i", "mark", "span", "strong"];

/// Returns the lines of an XML file, and the fault at which reading ended.
///
/// The marks of a line are the names of the elements around it, the nearest first. A line without text stands for the start of
/// an element. An attribute called `code` is a line of its own, marked `@code`. Line ends inside a text stay.
pub(crate) fn lines(xml: &str) -> (Vec<Line>, Option<(usize, Fault)>) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().allow_dangling_amp = true;
    let mut state = State {
        xml,
        lines: Vec::new(),
        open: Vec::new(),
        text: String::new(),
        number: 1,
        counted: 0,
        depth: 0,
    };
    let fault = loop {
        let before = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) if INLINE.contains(&tag.local_name().as_ref()) => {}
            Ok(Event::End(tag)) if INLINE.contains(&tag.local_name().as_ref()) => {}
            Ok(Event::Start(tag)) => state.start(&tag, before),
            Ok(Event::Empty(tag)) => {
                state.start(&tag, before);
                state.end(before);
            }
            Ok(Event::End(_)) => state.end(before),
            Ok(Event::Text(text)) => state.text.push_str(&text),
            Ok(Event::CData(text)) => state.text.push_str(&text),
            Ok(Event::GeneralRef(name)) => {
                state.text.push_str(&characters::decode_entities(&format!("&{};", &*name)));
            }
            Ok(Event::Eof) if state.depth == 0 => break None,
            Ok(Event::Eof) => break Some((xml.len(), Fault::damaged("cut off"))),
            Err(error) => break Some((before, Fault::damaged("broken XML").because(error))),
            Ok(_) => {}
        }
    };
    let fault = fault.map(|(at, why)| (state.line_at(at), why));
    (state.lines, fault)
}

struct State<'x> {
    xml: &'x str,
    lines: Vec<Line>,
    open: Vec<String>,
    text: String,
    /// The line at byte `counted`.
    number: usize,
    counted: usize,
    /// The elements that are open, those that are too deep to be kept among them.
    depth: usize,
}

impl State<'_> {
    fn line_at(&mut self, byte: usize) -> usize {
        if let Some(passed) = self.xml.get(self.counted..byte.min(self.xml.len())) {
            self.number += passed.matches('\n').count();
            self.counted = byte;
        }
        self.number
    }

    fn marks(&self) -> String {
        let mut marked = Line::default();
        for name in self.open.iter().rev() {
            marked.mark(name);
        }
        marked.marks
    }

    fn start(&mut self, tag: &BytesStart<'_>, at: usize) {
        self.flush(at);
        self.depth += 1;
        if self.open.len() < DEEPEST {
            self.open.push(tag.local_name().as_ref().to_owned());
        }
        let (number, marks) = (self.line_at(at), self.marks());
        self.lines.push(Line { number, marks: format!("open {marks}"), ..Line::default() });
        let codes = tag.html_attributes().flatten().filter(|attribute| attribute.key.as_ref() == "code");
        for code in codes {
            let text = super::one_line(&code.value);
            if !text.is_empty() {
                self.lines.push(Line { number, marks: format!("@code {marks}"), joined: false, text });
            }
        }
    }

    fn end(&mut self, at: usize) {
        self.flush(at);
        if self.depth <= self.open.len() {
            self.open.pop();
        }
        self.depth = self.depth.saturating_sub(1);
    }

    /// Makes lines of the text up to byte `at`.
    fn flush(&mut self, at: usize) {
        let number = self.number;
        self.line_at(at);
        let text = characters::clean(&std::mem::take(&mut self.text));
        let marks = self.marks();
        let mut joined = false;
        for (at, line) in text.split('\n').enumerate() {
            if line.trim().is_empty() {
                joined = false;
                continue;
            }
            let text = line.trim_end().to_owned();
            self.lines.push(Line { number: number + at, marks: marks.clone(), joined, text });
            joined = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_and_codes_are_lines() {
        let (found, fault) = lines("<r>\n<s code='x1'>One &amp; <b>two</b>\n   three</s><t/></r>");
        let seen: Vec<(&str, bool, &str)> =
            found.iter().map(|line| (line.marks.as_str(), line.joined, line.text.as_str())).collect();
        assert_eq!(fault, None);
        assert_eq!(
            seen,
            [
                ("open r", false, ""),
                ("open s r", false, ""),
                ("@code s r", false, "x1"),
                ("s r", false, "One & two"),
                ("s r", true, "   three"),
                ("open t r", false, ""),
            ]
        );
        assert_eq!(lines("<r>\n<s>").1, Some((2, Fault::damaged("cut off"))));
    }
}
