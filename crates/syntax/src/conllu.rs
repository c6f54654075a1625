//! Trees as CoNLL-U, the form of treebanks and of other parsers.
//!
//! Tags and labels are the model's: universal parts of speech, Penn Treebank tags, ClearNLP labels. The last column has
//! the span in code points of the text, the named entity, and the white space behind a word, so that the text can be
//! made again.

use std::fmt::Write as _;
use std::ops::Range;

use readout_text::{Offsets, paragraphs};

use crate::labels::{Dep, Pos};
use crate::syntax::Syntax;

/// Returns the sentences of `syntax`, which is that of the document `id`. Runs of white space are no words of theirs; a
/// sentence without any word is left out.
pub fn conllu(id: &str, syntax: &Syntax) -> String {
    let mut page = String::new();
    let offsets = Offsets::new(syntax.text());
    let mut starts = paragraphs(syntax.text()).into_iter().map(|it| it.start).peekable();
    let mut number = 0;
    for sentence in syntax.sentences() {
        let words = words_of(syntax, sentence.clone());
        let Some(&first) = words.first() else { continue };
        number += 1;
        if number == 1 {
            let _ = writeln!(page, "# newdoc id = {id}");
        }
        let mut in_new_paragraph = false;
        while starts.next_if(|start| *start <= syntax.token(first).span.start).is_some() {
            in_new_paragraph = true;
        }
        if in_new_paragraph {
            page.push_str("# newpar\n");
        }
        let _ = writeln!(page, "# sent_id = {id}-{number}");
        let _ = writeln!(page, "# text = {}", text_of(syntax, &words));
        let heads = heads_of(syntax, &words);
        for (at, &token) in words.iter().enumerate() {
            let (head, label) = heads.get(at).copied().unwrap_or((0, "root"));
            row(&mut page, syntax, &offsets, (at + 1, token), (head, label));
        }
        page.push('\n');
    }
    page
}

/// Returns the tokens of a sentence that are no white space.
fn words_of(syntax: &Syntax, sentence: Range<u32>) -> Vec<u32> {
    sentence.filter(|&at| !syntax.word(at).trim().is_empty()).collect()
}

/// Returns the words of a sentence with one space between those that white space parts.
fn text_of(syntax: &Syntax, words: &[u32]) -> String {
    let mut text = String::new();
    for (at, &token) in words.iter().enumerate() {
        text.push_str(&form(syntax.word(token)));
        if at + 1 < words.len() && !space_after(syntax, token).is_empty() {
            text.push(' ');
        }
    }
    text
}

/// Returns the head of each word, counted from 1 within the sentence, with its label; the root has 0. A tree of the form
/// has one root: a second one hangs on the first.
fn heads_of(syntax: &Syntax, words: &[u32]) -> Vec<(usize, &'static str)> {
    let place = |token: u32| words.binary_search(&token).ok().map(|at| at + 1);
    // A word may hang on white space, which has no row.
    let head = |token: u32| syntax.ancestors(token).find_map(place);
    let root = words.iter().position(|&token| head(token).is_none()).map_or(0, |at| at + 1);
    let one = |(at, &token): (usize, &u32)| match (head(token), syntax.token(token).dep) {
        (None, _) if at + 1 == root => (0, "root"),
        (None, _) | (Some(_), Dep::Root | Dep::None) => (head(token).unwrap_or(root), Dep::Dep.as_str()),
        (Some(head), label) => (head, label.as_str()),
    };
    words.iter().enumerate().map(one).collect()
}

/// Writes the row of the word `number` of a sentence, which is the token `at`, with its head.
fn row(
    page: &mut String,
    syntax: &Syntax,
    offsets: &Offsets<'_>,
    (number, at): (usize, u32),
    (head, label): (usize, &str),
) {
    let token = syntax.token(at);
    let span = offsets.to_chars(token.span);
    let lemma = form(syntax.lemma(at));
    // The set of universal parts of speech has no part for all conjunctions alike.
    let pos = if token.pos == Pos::Conj { Pos::Cconj } else { token.pos };
    let named = |words: &str| if words.is_empty() { "_".to_owned() } else { words.to_owned() };
    let mut more = format!("start_char={}|end_char={}", span.start, span.end);
    if let Some(entity) = syntax.entity_at(at) {
        let place = if entity.start == at { 'B' } else { 'I' };
        let _ = write!(more, "|ner={place}-{}", entity.label);
    }
    match space_after(syntax, at) {
        "" => more.push_str("|SpaceAfter=No"),
        " " => {}
        other => {
            let _ = write!(more, "|SpacesAfter={}", escaped(other));
        }
    }
    let _ = writeln!(
        page,
        "{number}\t{}\t{}\t{}\t{}\t_\t{head}\t{label}\t_\t{more}",
        form(syntax.word(at)),
        named(&lemma),
        named(pos.as_str()),
        named(token.tag.as_str()),
    );
}

/// Returns the white space between the token `at` and the next word.
fn space_after(syntax: &Syntax, at: u32) -> &str {
    let from = syntax.token(at).span.end as usize;
    let rest = syntax.text().get(from..).unwrap_or_default();
    rest.get(..rest.len() - rest.trim_start().len()).unwrap_or_default()
}

/// Returns words as they may stand in a column: white space within them is one space.
fn form(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns white space as UDPipe writes it.
fn escaped(space: &str) -> String {
    let mut escaped = String::new();
    for letter in space.chars() {
        match letter {
            ' ' => escaped.push_str("\\s"),
            '\t' => escaped.push_str("\\t"),
            '\r' => escaped.push_str("\\r"),
            '\n' => escaped.push_str("\\n"),
            it => escaped.push(it),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use readout_text::ByteSpan;

    use super::*;
    use crate::labels::{EntityLabel, Tag};
    use crate::syntax::Row;

    #[test]
    fn sentences_have_rows_with_spans_and_one_root() {
        let text = "É fell.\n\nRome  a\u{a0}b";
        let row = |start, end, tag, pos, head, dep, sentence_start| Row {
            span: ByteSpan::new(start, end),
            tag,
            pos,
            lemma: "",
            head,
            dep,
            sentence_start,
            entity: None,
        };
        let rows = [
            Row { lemma: "é", ..row(0, 2, Tag::Nn, Pos::Noun, 1, Dep::Nsubj, true) },
            Row { lemma: "fall", ..row(3, 7, Tag::Vbd, Pos::Verb, 1, Dep::Root, false) },
            row(7, 8, Tag::Stop, Pos::Punct, 1, Dep::Punct, false),
            // White space that a word hangs on, and that is a root.
            row(8, 10, Tag::Space, Pos::Space, 3, Dep::Root, true),
            Row {
                entity: Some((true, EntityLabel::Gpe)),
                ..row(10, 14, Tag::Nnp, Pos::Propn, 3, Dep::Nsubj, false)
            },
            row(16, 20, Tag::Nn, Pos::Noun, 3, Dep::Dobj, false),
        ];
        let syntax = Syntax::from_rows(text, rows);
        assert_eq!(
            conllu("doc:1", &syntax),
            "# newdoc id = doc:1\n# newpar\n# sent_id = doc:1-1\n# text = É fell.\n\
             1\tÉ\té\tNOUN\tNN\t_\t2\tnsubj\t_\tstart_char=0|end_char=1\n\
             2\tfell\tfall\tVERB\tVBD\t_\t0\troot\t_\tstart_char=2|end_char=6|SpaceAfter=No\n\
             3\t.\t_\tPUNCT\t.\t_\t2\tpunct\t_\tstart_char=6|end_char=7|SpacesAfter=\\n\\n\n\n\
             # newpar\n# sent_id = doc:1-2\n# text = Rome a b\n\
             1\tRome\t_\tPROPN\tNNP\t_\t0\troot\t_\tstart_char=9|end_char=13|ner=B-GPE|SpacesAfter=\\s\\s\n\
             2\ta b\t_\tNOUN\tNN\t_\t1\tdep\t_\tstart_char=15|end_char=18|SpaceAfter=No\n\n"
        );
        assert_eq!(conllu("doc:1", &Syntax::default()), "");
    }
}
