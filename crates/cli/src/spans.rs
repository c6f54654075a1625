//! `readout show --spans`: what the language core sees in a passage, for people who work on rules.

use anstyle::Style;
use readout::annotate::{Annotations, Mention, MentionForm, Syntax};
use readout::record::Document;
use readout::text::{ByteSpan, paragraphs};
use readout::views::safe::terminal;
use readout::views::words::shorten;
use unicode_width::UnicodeWidthStr as _;

use crate::page::{BOLD, DIM, PLAIN, Page};

/// Columns that the tree's words may take before the tags; deeper branches share the last indent.
const TREE: usize = 34;

/// Returns what `seen` holds for the paragraphs of `document` with the numbers `wanted` (from 1), or for all of them.
pub(crate) fn page(
    document: &Document,
    seen: &Annotations,
    wanted: Option<&[usize]>,
    width: usize,
) -> String {
    let mut writer = Writer { page: Page::new(width), seen };
    writer.page.paragraph("", &[(BOLD, document.title.as_deref().unwrap_or("(no headline)"))]);
    writer.page.paragraph("", &[(DIM, &document.id)]);
    for (number, span) in (1..).zip(paragraphs(&document.text)) {
        if wanted.is_none_or(|wanted| wanted.contains(&number)) {
            writer.paragraph(number, span);
        }
    }
    writer.page.into_text()
}

struct Writer<'a> {
    page: Page,
    seen: &'a Annotations,
}

impl Writer<'_> {
    fn paragraph(&mut self, number: usize, span: ByteSpan) {
        let syntax = &self.seen.syntax;
        self.page.blank();
        self.page.paragraph(&format!("¶{number}  "), &[(PLAIN, span.slice(syntax.text()))]);
        self.tree(span);
        self.page.blank();
        self.names(span);
        self.chains(span);
        self.times(span);
        self.quotations(span);
        self.attributions(span);
    }

    /// The tokens with the tree: each word as far to the right as it is deep, then tags and head.
    fn tree(&mut self, span: ByteSpan) {
        let syntax = &self.seen.syntax;
        let tokens = syntax.tokens_in(span);
        let mut sentence = None;
        for at in tokens {
            let token = syntax.token(at);
            let word = terminal(syntax.word(at)).replace('\n', " ");
            if word.trim().is_empty() {
                continue;
            }
            if sentence != Some(token.sentence) {
                sentence = Some(token.sentence);
                self.page.blank();
            }
            let depth = syntax.ancestors(at).take(TREE).count();
            let mut tree = format!("{}{}", "· ".repeat(depth.min(TREE / 4)), shorten(&word, TREE / 2));
            tree.extend(std::iter::repeat_n(' ', TREE.saturating_sub(tree.width())));
            let lemma = match syntax.lemma(at) {
                lemma if lemma == word => String::new(),
                lemma => shorten(&terminal(lemma), 14),
            };
            let head = match syntax.head(at) {
                Some(head) => format!("{head} {}", shorten(&terminal(syntax.word(head)), 12)),
                None => String::new(),
            };
            let tags = format!(
                "{:<5} {:<5} {lemma:<14} {:<9} {head}",
                token.tag.as_str(),
                token.pos.as_str(),
                token.dep.as_str()
            );
            let line = format!("{DIM}{at:>5}{DIM:#} {tree} {DIM}{}{DIM:#}", tags.trim_end());
            self.page.raw(&line);
        }
    }

    /// One line below the tree: what it is, and the words.
    fn line(&mut self, name: &str, parts: &[(Style, &str)]) {
        self.page.paragraph(&format!("  {name:<12}"), parts);
    }

    fn names(&mut self, span: ByteSpan) {
        let syntax = &self.seen.syntax;
        let named: Vec<String> = syntax
            .entities()
            .iter()
            .filter(|entity| syntax.span(entity.start..entity.end).overlaps(span))
            .map(|entity| {
                format!("{}\u{a0}{}", entity.label, words(syntax, syntax.span(entity.start..entity.end)))
            })
            .collect();
        if !named.is_empty() {
            self.line("names", &[(PLAIN, &named.join(", "))]);
        }
    }

    fn chains(&mut self, span: ByteSpan) {
        let mentions = &self.seen.mentions;
        for (number, chain) in mentions.chains.iter().enumerate() {
            let all = chain.mentions.iter().filter_map(|at| mentions.mentions.get(*at as usize));
            let here: Vec<&Mention> = all.filter(|mention| mention.span.overlaps(span)).collect();
            if here.is_empty() {
                continue;
            }
            let form = |mention: &Mention| match mention.form {
                MentionForm::Name => "name",
                MentionForm::Adjective => "adjective",
                MentionForm::Nominal => "description",
                MentionForm::Pronoun => "pronoun",
            };
            let listed: Vec<String> = here
                .iter()
                .map(|mention| format!("{} {}", words(&self.seen.syntax, mention.words), form(mention)))
                .collect();
            let who = match chain.actors.as_slice() {
                [] => format!("nobody ({})", shorten(&chain.name, 30)),
                ids => ids.join(", "),
            };
            self.line(
                &format!("chain {number}"),
                &[(BOLD, &who), (PLAIN, ": "), (PLAIN, &listed.join(", "))],
            );
        }
    }

    fn times(&mut self, span: ByteSpan) {
        for time in self.seen.times.iter().filter(|time| time.span.overlaps(span)) {
            let bound = |bound: &Option<String>| bound.clone().unwrap_or_else(|| "unknown".to_owned());
            let told = format!(
                " {} {} = {} to before {}",
                time.kind.as_str(),
                time.value,
                bound(&time.time.from),
                bound(&time.time.to)
            );
            let rule = format!("  rule {}", time.rule);
            let words = words(&self.seen.syntax, time.span);
            self.line("time", &[(BOLD, &words), (PLAIN, &told), (DIM, &rule)]);
        }
    }

    fn quotations(&mut self, span: ByteSpan) {
        for (number, quotation) in self.seen.quotations.iter().enumerate() {
            if !quotation.span.overlaps(span) {
                continue;
            }
            let mut marks = Vec::new();
            if quotation.single {
                marks.push("single".to_owned());
            }
            if !quotation.closed {
                marks.push("not closed".to_owned());
            }
            if quotation.continues {
                marks.push("goes on".to_owned());
            }
            marks.extend(quotation.within.map(|outer| format!("within {outer}")));
            let marks = if marks.is_empty() { String::new() } else { format!("  {}", marks.join(", ")) };
            let words = terminal(quotation.span.slice(self.seen.syntax.text()));
            self.line(&format!("quotation {number}"), &[(PLAIN, &shorten(&words, 120)), (DIM, &marks)]);
        }
    }

    fn attributions(&mut self, span: ByteSpan) {
        let syntax = &self.seen.syntax;
        for (number, it) in self.seen.attributions.iter().enumerate() {
            let spans = it.content.iter().chain(&it.source).chain(&it.cue);
            if !spans.into_iter().any(|part| part.overlaps(span)) {
                continue;
            }
            let part =
                |part: Option<ByteSpan>| part.map_or_else(|| "nobody".to_owned(), |part| words(syntax, part));
            let content: Vec<String> = it.content.iter().map(|part| words(syntax, *part)).collect();
            let content = shorten(&content.join(" … "), 120);
            let cue = it.cue.map_or_else(|| "no cue".to_owned(), |cue| words(syntax, cue));
            let mut about = vec![format!("act {}", if it.act.is_empty() { "unknown" } else { it.act })];
            if it.negated {
                about.push("negated".to_owned());
            }
            about.extend(it.parent.map(|parent| format!("within {parent}")));
            about.push(format!("rule {}", it.rule));
            self.line(
                &format!("said {number}"),
                &[
                    (BOLD, &part(it.source)),
                    (PLAIN, " "),
                    (PLAIN, &cue),
                    (PLAIN, ": "),
                    (PLAIN, &content),
                    (DIM, &format!("  {}", about.join(", "))),
                ],
            );
        }
    }
}

/// The words of `span`, in marks that reports do not use.
fn words(syntax: &Syntax, span: ByteSpan) -> String {
    format!("[{}]", shorten(&terminal(span.slice(syntax.text())), 120))
}
