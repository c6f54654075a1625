//! Attributions: spans of the source, the cue and the content of words that somebody says, thinks, wants or denies.

#![allow(
    clippy::indexing_slicing,
    reason = "numbers of quotations, paragraphs and attributions are made from the lists that they index"
)]

mod clausal;
mod entry;
mod extent;
pub(crate) mod lexicon;
mod objects;
mod orphans;
mod phrases;
mod quote_cues;
mod quoted;
mod quotes;
mod reader;
mod repeats;
mod signed;
mod turns;
mod words;
mod work;

use readout_knowledge::Knowledge;
use readout_syntax::Syntax;

pub use self::entry::Attribution;
pub use self::lexicon::acts;
use self::reader::Reader;
use self::work::Work;
use crate::quotations::Quotation;

/// The attributions of a text, in order of their first span.
pub fn find(syntax: &Syntax, quotations: &[Quotation], knowledge: &Knowledge) -> Vec<Attribution> {
    let mut work = Work::new(Reader::new(syntax, quotations, knowledge));
    work.read_signed();
    work.read_quotations();
    work.read_turns();
    work.read_headline_ends();
    work.read_clauses();
    work.read_orphans();
    work.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quotations;
    use readout_syntax::{Dep, Pos, Row, Tag};
    use readout_text::ByteSpan;

    /// `he said he said he said …`, each in the one before, and a quotation after each if `quoted`.
    fn chain(count: u32, quoted: bool) -> Syntax {
        let words: &[(&str, &str, Tag, Pos)] = if quoted {
            &[
                ("he", "he", Tag::Prp, Pos::Pron),
                ("said", "say", Tag::Vbd, Pos::Verb),
                ("\"No.\"", "no", Tag::Nn, Pos::Noun),
            ]
        } else {
            &[("he", "he", Tag::Prp, Pos::Pron), ("said", "say", Tag::Vbd, Pos::Verb)]
        };
        let width = words.len() as u32;
        let (mut text, mut rows) = (String::new(), Vec::new());
        for number in 0..count {
            for (at, (word, lemma, tag, pos)) in words.iter().enumerate() {
                let start = text.len() as u32;
                text.push_str(word);
                let verb = number * width + 1;
                let (head, dep) = match at {
                    0 => (verb, Dep::Nsubj),
                    1 if number == 0 => (verb, Dep::Root),
                    1 => (verb - width, Dep::Ccomp),
                    _ => (verb, Dep::Dobj),
                };
                rows.push(Row {
                    span: ByteSpan::new(start, text.len() as u32),
                    tag: *tag,
                    pos: *pos,
                    lemma,
                    head,
                    dep,
                    sentence_start: false,
                    entity: None,
                });
                text.push(' ');
            }
        }
        Syntax::from_rows(&text, rows)
    }

    #[test]
    fn a_report_of_a_report_knows_its_parent() {
        let syntax = chain(3, false);
        let found = find(&syntax, &[], &Knowledge::shipped());
        let contents: Vec<&str> = found.iter().map(|it| it.content[0].slice(syntax.text())).collect();
        assert_eq!(contents, ["he said he said", "he said"]);
        assert_eq!(found.iter().map(|it| it.parent).collect::<Vec<_>>(), [None, Some(0)]);
        assert!(found.iter().all(|it| it.act == "say" && it.speech && it.source_head.is_some()));
    }

    #[test]
    fn deep_chains_are_read_to_their_end() {
        for quoted in [false, true] {
            let syntax = chain(50_000, quoted);
            let quotations = quotations::find(syntax.text());
            assert!(!find(&syntax, &quotations, &Knowledge::shipped()).is_empty());
        }
    }
}
