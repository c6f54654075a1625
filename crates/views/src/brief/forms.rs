//! A brief as Markdown and as HTML. Nothing in a report's words is markup.

use std::fmt::Write as _;

use super::page::{Brief, BriefLine, Emphasis, Reference};
use crate::safe;

/// The most passages that are cited with one line. The number of further ones is given.
const CITED: usize = 6;

impl Brief {
    /// Returns the brief as Markdown.
    pub fn to_markdown(&self) -> String {
        markdown(self)
    }

    /// Returns the sentences that tell the news.
    pub fn news(&self) -> &[BriefLine] {
        self.sections.first().filter(|it| it.heading == super::opening::HEADING).map_or(&[], |it| &it.lines)
    }

    /// Returns the brief as one HTML page: no script, no address but its own anchors.
    pub fn to_html(&self) -> String {
        html(self)
    }
}

/// Returns the brief as Markdown.
fn markdown(brief: &Brief) -> String {
    let mut page = String::new();
    let _ = writeln!(page, "# {}\n\n{}", safe::markdown(title(brief)), safe::markdown(&brief.summary));
    for section in &brief.sections {
        let _ = writeln!(page, "\n## {}\n", sentence(section.heading));
        for line in &section.lines {
            let margin = if line.nested { "  - " } else { "- " };
            let _ =
                writeln!(page, "{margin}{}{}", markdown_line(line), markdown_references(&line.references));
        }
        if section.more > 0 {
            let _ = writeln!(page, "- *and {} more: `{}`*", section.more, section.command);
        }
    }
    let _ = writeln!(page, "\n## Sources\n");
    for (number, (line, source)) in brief.source_lines.iter().zip(&brief.sources).enumerate() {
        let _ = writeln!(page, "{}. {} · `{}`", number + 1, markdown_line(line), source.id);
    }
    page
}

fn markdown_line(line: &BriefLine) -> String {
    let mut text = String::new();
    for part in &line.parts {
        let words = safe::markdown(&part.text);
        match part.emphasis {
            Emphasis::Strong if !words.trim().is_empty() => {
                let _ = write!(text, "**{}**", words.trim());
            }
            _ => text.push_str(&words),
        }
    }
    text
}

fn markdown_references(references: &[Reference]) -> String {
    let cited: Vec<String> = references
        .iter()
        .take(CITED)
        .map(|it| format!("[{} ¶{} `{}`]", it.source, it.paragraph, it.id))
        .collect();
    match cited.is_empty() {
        true => String::new(),
        false => format!(" {}{}", cited.join(" "), more(references)),
    }
}

fn more(references: &[Reference]) -> String {
    match references.len().saturating_sub(CITED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    }
}

/// Returns the brief as one HTML page: no script, no address but its own anchors.
fn html(brief: &Brief) -> String {
    let mut page = String::new();
    let heading = words(title(brief));
    let _ = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{heading}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>{heading}</h1>\n<p>{}</p>\n",
        words(&brief.summary)
    );
    for section in &brief.sections {
        let _ = write!(page, "<section>\n<h2>{}</h2>\n<ul>\n", words(&sentence(section.heading)));
        for line in &section.lines {
            let class = if line.nested { " class=\"nested\"" } else { "" };
            let _ =
                writeln!(page, "<li{class}>{}{}</li>", html_line(line), html_references(&line.references));
        }
        page.push_str("</ul>\n");
        if section.more > 0 {
            let _ = writeln!(page, "<p class=\"faint\">and {} more</p>", section.more);
        }
        page.push_str("</section>\n");
    }
    page.push_str("<section>\n<h2>Sources</h2>\n<ol>\n");
    for (number, (line, source)) in brief.source_lines.iter().zip(&brief.sources).enumerate() {
        let _ = writeln!(
            page,
            "<li id=\"source-{}\">{} <code>{}</code></li>",
            number + 1,
            html_line(line),
            words(&source.id)
        );
    }
    page.push_str("</ol>\n</section>\n</main>\n</body>\n</html>\n");
    page
}

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;margin:2rem 1rem}\
main{max-width:46rem;margin:auto}h1{font-size:1.5rem}h2{font-size:1.05rem;margin:1.5rem 0 .5rem}\
ul,ol{padding-left:1.2rem}li{margin:.3rem 0}.nested{margin-left:1.5rem}.faint,cite{color:#595959;font-style:normal}\
cite{font-size:.85em;white-space:nowrap}a{color:inherit}\
@media (prefers-color-scheme:dark){body{color:#e8e8e8;background:#161616}.faint,cite{color:#a8a8a8}}";

fn html_line(line: &BriefLine) -> String {
    let mut text = String::new();
    for part in &line.parts {
        let words = words(&part.text);
        let _ = match part.emphasis {
            Emphasis::Plain => write!(text, "{words}"),
            Emphasis::Strong => write!(text, "<strong>{words}</strong>"),
            Emphasis::Faint => write!(text, "<span class=\"faint\">{words}</span>"),
        };
    }
    text
}

fn html_references(references: &[Reference]) -> String {
    let mut text = String::new();
    for it in references.iter().take(CITED) {
        let _ = write!(
            text,
            " <cite><a href=\"#source-{}\" title=\"{}\">[{} ¶{}]</a></cite>",
            it.source,
            words(&it.id),
            it.source,
            it.paragraph
        );
    }
    text + &more(references)
}

/// Returns report text on one line of HTML.
fn words(text: &str) -> String {
    safe::html(&safe::one_line(text))
}

fn title(brief: &Brief) -> &str {
    if brief.title.is_empty() { "Brief" } else { &brief.title }
}

/// Returns a heading in capitals as a sentence.
fn sentence(heading: &str) -> String {
    let mut letters = heading.chars();
    letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::{BriefPart, BriefSection};
    use crate::sources::SourceRow;

    fn page() -> Brief {
        let part = |text: &str, emphasis| BriefPart { text: text.to_owned(), emphasis };
        let line = BriefLine {
            parts: vec![
                part("Ann <script>", Emphasis::Strong),
                part(": “*No*\u{202e}”\nshe", Emphasis::Plain),
            ],
            references: vec![Reference {
                source: 1,
                paragraph: 2,
                id: "statement:1".into(),
                doc: "doc:1".into(),
            }],
            nested: false,
            told: None,
        };
        Brief {
            title: "A & B".to_owned(),
            sections: vec![BriefSection {
                heading: "WHAT WAS SAID",
                lines: vec![line],
                more: 3,
                view: "statements",
                command: "readout statements".to_owned(),
            }],
            sources: vec![SourceRow { id: "doc:1".into(), ..SourceRow::default() }],
            source_lines: vec![BriefLine::default()],
            ..Brief::default()
        }
    }

    #[test]
    fn nothing_in_a_report_is_markup() {
        let text = markdown(&page());
        assert!(
            text.contains("## What was said\n\n- **Ann &lt;script>**: “\\*No\\*” she [1 ¶2 `statement:1`]"),
            "{text}"
        );
        assert!(text.contains("and 3 more: `readout statements`"), "{text}");
        let text = html(&page());
        assert!(!text.contains("<script") && !text.contains('\u{202e}'), "{text}");
        assert!(
            text.contains("<strong>Ann &lt;script&gt;</strong>: “*No*” she <cite><a href=\"#source-1\""),
            "{text}"
        );
        assert!(text.contains("<h1>A &amp; B</h1>") && text.contains("id=\"source-1\""), "{text}");
    }
}
