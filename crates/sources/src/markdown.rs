//! Markdown, read without its marks.

use std::sync::LazyLock;

use readout_record::{Document, DropReason};
use regex::Regex;

use crate::block::{Block, BlockKind};
use crate::options::Options;
use crate::source::{Format, Holds, Recognised, Source};
use crate::{article, characters, decode, fields};

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

fn read(source: &Source, options: &Options, mend: &mut dyn FnMut(&str)) -> Result<Document, String> {
    let text = decode::text(&source.bytes, mend)?;
    article::check_length(text.len(), options)?;
    Ok(document(&text, (*source.known).clone(), mend))
}

/// Reads the document of a Markdown text, with its front matter (`title`, `date`, `author`, `outlet`, `url`).
fn document(text: &str, mut document: Document, mend: &mut dyn FnMut(&str)) -> Document {
    let text = characters::clean(text);
    let (matter, text) = front_matter(&text);
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

static HEADING: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^#{1,6}\s+(.*?)\s*#*$").ok());
static MARKS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    [
        // A link is its words.
        (r"\[([^\[\]]*)\]\([^()\s]*(?:\s+[^()]*)?\)", "$1"),
        (r"\*\*([^*]+)\*\*", "$1"),
        (r"\*([^*\s][^*]*)\*", "$1"),
        (r"\b__([^_]+)__\b", "$1"),
        (r"\b_([^_\s][^_]*)_\b", "$1"),
        (r"`([^`]+)`", "$1"),
        (r"\\([\\`*_{}\[\]()#+.!>-])", "$1"),
    ]
    .into_iter()
    .filter_map(|(pattern, words)| Some((Regex::new(pattern).ok()?, words)))
    .collect()
});
static IMAGE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"!\[[^\[\]]*\]\([^()]*\)").ok());

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    // Lines that Markdown wraps are one paragraph; headings, items and rules end one.
    let mut open = String::new();
    let mut kind = BlockKind::Paragraph;
    let mut close = |open: &mut String, kind: &mut BlockKind| {
        let mut words = std::mem::take(open);
        let kind = std::mem::take(kind);
        let mut dropped = Vec::new();
        if let Some(image) = &*IMAGE {
            dropped = image
                .find_iter(&words)
                .map(|found| (found.as_str().to_owned(), DropReason::Markup))
                .collect();
            words = image.replace_all(&words, "").into_owned();
        }
        for (mark, plain) in &*MARKS {
            words = mark.replace_all(&words, *plain).into_owned();
        }
        let words = characters::squeeze(&words);
        if !words.is_empty() || !dropped.is_empty() {
            blocks.push(Block { text: words, kind, before: dropped, ..Block::default() });
        }
    };
    for line in text.lines() {
        let bare = line.trim().trim_start_matches('>').trim_start();
        let rule = bare.len() > 2 && bare.chars().all(|c| matches!(c, '-' | '*' | '_' | '=' | ' '));
        if bare.is_empty() || rule {
            close(&mut open, &mut kind);
        } else if let Some(words) = HEADING.as_ref().and_then(|heading| heading.captures(bare)?.get(1)) {
            close(&mut open, &mut kind);
            open.push_str(words.as_str());
            kind = BlockKind::Heading;
            close(&mut open, &mut kind);
        } else if let Some(item) = ["- ", "* ", "+ "].iter().find_map(|mark| bare.strip_prefix(mark)) {
            close(&mut open, &mut kind);
            open.push_str(item);
            kind = BlockKind::Item;
        } else {
            if !open.is_empty() {
                open.push('\n');
            }
            open.push_str(line.trim_start_matches(['>', ' ']));
            if line.ends_with("  ") {
                close(&mut open, &mut kind);
            }
        }
    }
    close(&mut open, &mut kind);
    blocks
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
}
