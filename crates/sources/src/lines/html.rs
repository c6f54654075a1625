//! Lines of HTML: paragraphs and the parts of them up to a break, with the classes around them.

use std::cell::RefCell;
use std::collections::BTreeSet;

use html5ever::Attribute;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::{Line, one_line};

/// The most elements within each other; deeper ones are read as part of those around them.
const DEEPEST: usize = 256;

/// Elements that are paragraphs of their own, or hold such.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
];

/// Elements without content.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "wbr"];

/// Returns the lines of a page or of a part of one.
///
/// The marks of a line are the names and classes (`.class`) of the elements around it, their ids (`#id`), and `bold` and
/// `centre` where the style says so. A line without text stands for the start of an
/// article, or of an element with a class, an id or a name.
pub(crate) fn lines(html: &str) -> Vec<Line> {
    let sink = Sink { state: RefCell::new(State { number: 1, ..State::default() }) };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut state = tokenizer.sink.state.into_inner();
    state.end_line(false);
    state.lines
}

struct Sink {
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    lines: Vec<Line>,
    /// The elements that are open, each with its marks.
    open: Vec<(String, String)>,
    /// The text of the line so far, its marks and its number.
    text: String,
    marks: String,
    number: usize,
    /// True if a break, and nothing else, stands before the line.
    joined: bool,
    /// True inside `style`; false inside other elements without text.
    style: bool,
    hidden: bool,
    /// Classes whose style is in the middle, and bold.
    centred: BTreeSet<String>,
    bold: BTreeSet<String>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::CharacterTokens(text) => {
                state.take_text(&text, usize::try_from(line).unwrap_or(usize::MAX));
            }
            Token::TagToken(tag) => return state.take_tag(&tag, usize::try_from(line).unwrap_or(usize::MAX)),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn take_text(&mut self, text: &str, line: usize) {
        if self.style {
            return self.read_style(text);
        }
        if self.hidden {
            return;
        }
        if self.text.trim().is_empty() && !text.trim().is_empty() {
            let mut marked = Line::default();
            for mark in self.open.iter().rev().flat_map(|(_, marks)| marks.split(' ')) {
                marked.mark(mark);
            }
            (self.marks, self.number) = (marked.marks, line);
        }
        self.text.push_str(text);
    }

    fn take_tag(&mut self, tag: &Tag, line: usize) -> TokenSinkResult<()> {
        let name = &*tag.name;
        let starts = tag.kind == TagKind::StartTag;
        match name {
            "style" | "script" | "title" | "noscript" | "template" | "textarea" => {
                self.style = starts && name == "style";
                self.hidden = starts;
                return match name {
                    _ if !starts => TokenSinkResult::Continue,
                    "script" => TokenSinkResult::RawData(RawKind::ScriptData),
                    "style" => TokenSinkResult::RawData(RawKind::Rawtext),
                    "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
                    _ => TokenSinkResult::Continue,
                };
            }
            "br" => {
                // A second break ends the paragraph.
                let filled = !self.text.trim().is_empty();
                self.end_line(filled);
            }
            _ if BLOCKS.contains(&name) => self.end_line(false),
            _ => {}
        }
        if !starts {
            if let Some(at) = self.open.iter().rposition(|(open, _)| open == name) {
                self.open.truncate(at);
            }
            return TokenSinkResult::Continue;
        }
        // A paragraph ends where another block starts.
        if BLOCKS.contains(&name) && self.open.last().is_some_and(|(open, _)| open == "p") {
            self.open.pop();
        }
        let (marks, named) = self.marks_of(name, &tag.attrs);
        if named || name == "article" {
            self.lines.push(Line { number: line, marks: format!("open {marks}"), ..Line::default() });
        }
        if !VOID.contains(&name) && !tag.self_closing && self.open.len() < DEEPEST {
            self.open.push((name.to_owned(), marks));
        }
        TokenSinkResult::Continue
    }

    /// Returns the marks of an element, and whether it has a class, an id or a name.
    fn marks_of(&self, name: &str, attributes: &[Attribute]) -> (String, bool) {
        let mut marked = Line { marks: name.to_owned(), ..Line::default() };
        let mut named = false;
        if matches!(name, "b" | "strong") {
            marked.mark("bold");
        }
        if name == "center" {
            marked.mark("centre");
        }
        for attribute in attributes {
            let value = attribute.value.trim();
            match &*attribute.name.local {
                "class" => {
                    for class in value.split_whitespace() {
                        marked.mark(&format!(".{class}"));
                        named = true;
                        for (classes, mark) in [(&self.centred, "centre"), (&self.bold, "bold")] {
                            if classes.contains(class) {
                                marked.mark(mark);
                            }
                        }
                    }
                }
                "id" | "name" if !value.is_empty() && !value.contains(char::is_whitespace) => {
                    marked.mark(&format!("#{value}"));
                    named = true;
                }
                "style" => {
                    let (centred, bold) = styled(value);
                    for (_, mark) in [(centred, "centre"), (bold, "bold")].iter().filter(|(has, _)| *has) {
                        marked.mark(mark);
                    }
                }
                _ => {}
            }
        }
        (marked.marks, named)
    }

    /// Ends the line. `joined` tells of the one that comes.
    fn end_line(&mut self, joined: bool) {
        let text = one_line(&std::mem::take(&mut self.text));
        let before = std::mem::replace(&mut self.joined, joined);
        if text.is_empty() {
            return;
        }
        let marks = std::mem::take(&mut self.marks);
        self.lines.push(Line { number: self.number, marks, joined: before, text });
    }

    /// Notes the classes that a style sheet puts in the middle or makes bold.
    fn read_style(&mut self, sheet: &str) {
        for rule in sheet.split('}') {
            let Some((selector, style)) = rule.split_once('{') else { continue };
            let Some(class) = selector.trim().rsplit('.').next().filter(|_| selector.contains('.')) else {
                continue;
            };
            let (centred, bold) = styled(style);
            if centred {
                self.centred.insert(class.trim().to_owned());
            }
            if bold {
                self.bold.insert(class.trim().to_owned());
            }
        }
    }
}

/// Whether a style puts text in the middle, and whether it makes it bold.
fn styled(style: &str) -> (bool, bool) {
    let plain: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    (plain.contains("text-align:center"), plain.contains("font-weight:bold"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(html: &str) -> Vec<(String, bool, String)> {
        let lines = lines(html).into_iter().filter(|line| !line.text.is_empty());
        lines.map(|line| (line.marks, line.joined, line.text)).collect()
    }

    #[test]
    fn breaks_join_and_paragraphs_part() {
        let owned = |marks: &str, joined, text: &str| (marks.to_owned(), joined, text.to_owned());
        assert_eq!(
            seen(
                "<style>.c1 {text-align: center}</style><div class=c1><p>They <b>met</b>.<br>They left.<br><br>Again&amp;</div>Then"
            ),
            [
                owned("p div .c1 centre", false, "They met."),
                owned("p div .c1 centre", true, "They left."),
                owned("p div .c1 centre", false, "Again&"),
                owned("", false, "Then"),
            ]
        );
        assert_eq!(seen("<script>x<p></script><title>y</title><!-- z --><td>a</td><td>b</td>").len(), 2);
    }

    #[test]
    fn elements_with_names_leave_a_line() {
        let marks: Vec<String> = lines("\n<a name='DOC_1'></a><div class='article enArticle'><p>Text")
            .into_iter()
            .map(|line| line.marks)
            .collect();
        assert_eq!(marks, ["open a #DOC_1", "open div .article .enArticle", "p div .article .enArticle"]);
        assert_eq!(lines("<p>a</p>\n\n<p>b").iter().map(|line| line.number).collect::<Vec<_>>(), [1, 3]);
    }

    #[test]
    fn hostile_pages_are_quick() {
        let _ = lines(&"<div class=a>".repeat(100_000));
        let _ = lines(&"</p>".repeat(300_000));
        let _ = lines(&format!("<div class='{}'>", "x ".repeat(100_000)).repeat(5));
    }
}
