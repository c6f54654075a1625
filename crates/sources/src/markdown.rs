//! Markdown, read without its marks.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use readout_record::{Document, DropReason};

use crate::block::{Block, BlockKind};
use crate::fault::Fault;
use crate::junk::ends_as_sentence;
use crate::options::Options;
use crate::source::{Format, Holds, Recognised, Source};
use crate::{article, characters, decode, fields, page, plain};

pub(crate) static FORMAT: Format = Format {
    name: "Markdown",
    endings: &["md", "markdown"],
    told_by: "its name",
    reads: "the text without its marks, and `title`, `date`, `author`, `outlet` and `url` of the front matter; other keys \
            are kept",
    recognise: |_| Recognised::No,
    holds: Holds::One,
    read,
};

fn read(source: &Source, options: &Options, mend: &mut dyn FnMut(&str)) -> Result<Document, Fault> {
    let text = decode::text(&source.bytes, mend)?;
    article::check_length(text.len(), options)?;
    Ok(document(&text, (*source.known).clone(), mend))
}

/// Reads the document of a Markdown text, with its front matter (`title`, `date`, `author`, `outlet`, `url`).
fn document(text: &str, mut document: Document, mend: &mut dyn FnMut(&str)) -> Document {
    let text = text.replace("\r\n", "\n");
    let (matter, text) = front_matter(&text);
    let matter = characters::clean(matter);
    let mut dates = Vec::new();
    for line in matter.lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = characters::squeeze(value.trim().trim_matches(['"', '\'']));
        if value.is_empty() || line.starts_with([' ', '-']) {
            continue;
        }
        match key.trim().to_ascii_lowercase().as_str() {
            "title" => document.title = Some(value),
            "url" | "link" => document.url = Some(value),
            "outlet" | "site" => document.outlet = Some(value),
            "author" | "authors" => {
                let names = value
                    .trim_matches(['[', ']'])
                    .split([',', ';'])
                    .map(|name| name.trim().trim_matches(['"', '\'']).to_owned());
                document.authors = names.filter(|name| !name.is_empty()).collect();
            }
            key => {
                dates.extend(fields::date_key(key).map(|place| (place, key.to_owned(), value.clone())));
                document.other.insert(key.to_owned(), value.into());
            }
        }
    }
    fields::date(dates, None, &mut document, mend);
    article::finish(blocks(text), document, mend)
}

/// Returns the front matter, between two lines of `---` at the very start, and the rest of the text.
fn front_matter(text: &str) -> (&str, &str) {
    let parts = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    match parts {
        // A rule at the start of a text without front matter looks the same but for the keys.
        Some((matter, rest)) if matter.lines().next().is_some_and(|line| line.contains(':')) => {
            (matter, rest)
        }
        _ => ("", text),
    }
}

/// Returns the paragraphs of a text in Markdown.
fn blocks(text: &str) -> Vec<Block> {
    let extensions = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_STRIKETHROUGH;
    let mut writer = Writer::default();
    let mut images = 0_usize;
    for (event, range) in Parser::new_ext(text, extensions).into_offset_iter() {
        let written = &text[range];
        match event {
            Event::Start(Tag::Image { .. }) => {
                if images == 0 {
                    writer.dropped.push((written.to_owned(), DropReason::Markup));
                }
                images += 1;
            }
            Event::End(TagEnd::Image) => images -= 1,
            _ if images > 0 => {}
            Event::Text(words) | Event::Code(words) => writer.open.push_str(&words),
            Event::SoftBreak | Event::End(TagEnd::TableCell) => writer.open.push(' '),
            Event::InlineHtml(tag) => writer.dropped.push((tag.into_string(), DropReason::Markup)),
            Event::Html(line) => writer.html.push_str(&line),
            Event::Start(Tag::Heading { .. }) => {
                writer.close();
                writer.heading = true;
                writer.underlined = !written.starts_with('#');
            }
            Event::Start(Tag::Item) => {
                writer.close();
                writer.items += 1;
                // The number of an item may be a word of the report, as a day of the month is.
                let number = written.trim_start_matches(|c: char| c.is_ascii_digit());
                if number.len() < written.len() && number.starts_with(['.', ')']) {
                    writer.open.push_str(&written[..written.len() - number.len() + 1]);
                    writer.open.push(' ');
                }
            }
            Event::End(end) => writer.end(end),
            Event::Start(tag) if is_block(&tag) => writer.close(),
            Event::HardBreak | Event::Rule => writer.close(),
            _ => {}
        }
    }
    writer.close();
    writer.blocks
}

/// Whether an element stands on lines of its own.
fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::List(_)
            | Tag::Table(_)
    )
}

#[derive(Default)]
struct Writer {
    blocks: Vec<Block>,
    /// The paragraph being written.
    open: String,
    /// The block of HTML being written.
    html: String,
    dropped: Vec<(String, DropReason)>,
    heading: bool,
    /// True if the heading is told by the line below it.
    underlined: bool,
    /// The number of lists that this is an item of.
    items: usize,
}

impl Writer {
    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Heading(_) => {
                // A paragraph may stand right above a rule.
                self.heading = !(self.underlined && ends_as_sentence(&self.open));
                self.close();
                self.heading = false;
            }
            TagEnd::Item => {
                self.close();
                self.items = self.items.saturating_sub(1);
            }
            TagEnd::HtmlBlock => {
                let words = page::words(&std::mem::take(&mut self.html));
                self.lines(&words);
            }
            TagEnd::CodeBlock => {
                // Indentation makes code of what is a paragraph in other texts.
                let lines = std::mem::take(&mut self.open);
                self.lines(&lines);
            }
            TagEnd::Paragraph | TagEnd::TableHead | TagEnd::TableRow => self.close(),
            _ => {}
        }
    }

    fn lines(&mut self, text: &str) {
        self.close();
        self.blocks.extend(plain::blocks(&characters::clean(text)));
    }

    fn close(&mut self) {
        let words = characters::squeeze(&characters::clean(&std::mem::take(&mut self.open)));
        let before = std::mem::take(&mut self.dropped);
        if !words.is_empty() || !before.is_empty() {
            let kind = match () {
                () if self.heading => BlockKind::Heading,
                () if self.items > 0 => BlockKind::Item,
                () => BlockKind::Paragraph,
            };
            self.blocks.push(Block { text: words, kind, before, ..Block::default() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_words_stay() {
        let document = document(
            "---\ntitle: Talks end\ndate: 5 Sept 2016\nauthor: Ann Lee, Bo Ray\n---\n# Talks end\n\nThe **two** leaders [met](http://a.example/b) in *Geneva* on\nMonday and left_early_again.\n\n> “We tried,” one said.\n\n- first point\n- second point\n\n![a picture](x.png)\n",
            Document::default(),
            &mut |note| panic!("{note}"),
        );
        assert_eq!(document.title.as_deref(), Some("Talks end"));
        assert_eq!(document.published.as_deref(), Some("2016-09-05"));
        assert_eq!(document.authors, ["Ann Lee", "Bo Ray"]);
        assert_eq!(
            document.text,
            "The two leaders met in Geneva on Monday and left_early_again.\n\n“We tried,” one said.\n\nfirst point\n\nsecond point"
        );
    }

    #[test]
    fn wrapped_words_are_not_kept_apart() {
        assert_eq!(blocks("one\ntwo *three\nfour* five")[0].text, "one two three four five");
    }

    #[test]
    fn marks_of_all_kinds_go() {
        let text = "Ministers agree\n===\n\nThey met [again][1] at <https://a.example/b>, *after **a\nweek***.\n\n[1]: http://a.example/c\n\n\
            5. September was named as \\*the\\* day.\n\nNo date was set.\n---\n\n| North | 12 |\n|---|---|\n| South | 7 |\n\n\
            <div>The quotas<br>end in June.</div>\n\n    Four ministers left early.\n\nAn ![icon](i.png) AT&amp;T <b>office</b>.\n";
        let found: Vec<(String, BlockKind)> =
            blocks(text).into_iter().map(|block| (block.text, block.kind)).collect();
        let found: Vec<(&str, BlockKind)> = found.iter().map(|(text, kind)| (text.as_str(), *kind)).collect();
        use BlockKind::{Heading, Item, Paragraph};
        assert_eq!(
            found,
            [
                ("Ministers agree", Heading),
                ("They met again at https://a.example/b, after a week.", Paragraph),
                ("5. September was named as *the* day.", Item),
                ("No date was set.", Paragraph),
                ("North 12", Paragraph),
                ("South 7", Paragraph),
                ("The quotas", Paragraph),
                ("end in June.", Paragraph),
                ("Four ministers left early.", Paragraph),
                ("An AT&T office.", Paragraph),
            ]
        );
        assert_eq!(blocks(text)[9].before.len(), 3);
    }
}
