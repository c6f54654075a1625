//! The whole noun phrase around a head: `the minister's adviser for trade, who resigned`.

use std::ops::Range;

use readout_syntax::{Dep, Pos, Syntax, Tag};

/// The most steps up the tree from a word to the head of its phrase.
const STEPS_IN_PHRASE: usize = 60;

/// The most tokens on either side of the words that count as their phrase.
const LONGEST: u32 = 60;

/// Dependents that end a phrase: other members of its list, clauses that are only beside it.
const BEYOND: &[Dep] = &[
    Dep::Cc,
    Dep::Conj,
    Dep::Preconj,
    Dep::Parataxis,
    Dep::Advcl,
    Dep::Mark,
    Dep::Intj,
    Dep::Dep,
    Dep::Meta,
];

/// Returns the phrase of a person's name. After the name, it contains only phrases with `of` and `from`, and clauses
/// and appositions behind a comma. The parser often attaches the rest of the sentence to a name. `is_other` is true of
/// the words of other people's names, which are no apposition.
pub(super) fn of_person(
    syntax: &Syntax,
    words: Range<u32>,
    head: u32,
    is_other: impl Fn(u32) -> bool,
) -> Range<u32> {
    let whole = whole(syntax, words.clone(), head);
    let last = words.end - 1;
    for at in words.end..whole.end {
        let token = syntax.token(at);
        let comma = syntax.word(at - 1) == "," || syntax.word(token.left_edge.max(words.end) - 1) == ",";
        let hangs = token.head == head || words.contains(&token.head);
        let stops = match token.dep {
            Dep::Prep => !matches!(syntax.word(at), "of" | "from") && !comma,
            Dep::Npadvmod | Dep::Advmod => !comma,
            Dep::Amod => true,
            Dep::Appos => is_other(at),
            _ => false,
        };
        if hangs && stops || token.dep == Dep::Acl && !comma {
            let mut end = token.left_edge.max(words.end).min(at);
            while end > last + 1 && matches!(syntax.token(end - 1).pos, Pos::Punct | Pos::Space) {
                end -= 1;
            }
            return whole.start..end;
        }
    }
    whole
}

/// Returns the noun phrase of `words`, whose head token is `head`, with all its dependents: articles, owners,
/// prepositions, relative clauses, appositions and its own `'s`. Words that modify a later noun (`Paris talks`) are
/// returned alone.
pub(super) fn whole(syntax: &Syntax, words: Range<u32>, head: u32) -> Range<u32> {
    let token = syntax.token(head);
    let modifies =
        matches!(token.dep, Dep::Compound | Dep::Amod | Dep::Nmod | Dep::Det) && token.head >= words.end;
    if modifies {
        return words;
    }
    let start = start(syntax, words.start, head);
    // What owns ends with its `'s`, whatever the parser makes of the words after it.
    if words.end < syntax.len() && syntax.token(words.end).tag == Tag::PossessiveEnding {
        return start..words.end + 1;
    }
    start..end(syntax, words.start, words.end, head)
}

fn start(syntax: &Syntax, words: u32, head: u32) -> u32 {
    let edge = syntax.token(head).left_edge.max(words.saturating_sub(LONGEST));
    let mut start = words;
    for at in (edge..words).rev() {
        let token = syntax.token(at);
        if ends_line(syntax, at) || is_break(syntax, at) {
            break;
        }
        if token.head == head {
            if BEYOND.contains(&token.dep) || matches!(token.dep, Dep::Prep | Dep::Relcl | Dep::Case) {
                break;
            }
            if token.dep == Dep::Advmod && !is_inside(syntax, at) {
                break;
            }
        }
        // What stands before a child's own left edge belongs to the phrase only if that child does.
        let punct = token.pos == Pos::Punct && token.tag != Tag::Hyph || token.pos == Pos::Space;
        if !punct && within(syntax, at, head) {
            start = at;
        }
    }
    while start < words && matches!(syntax.token(start).tag, Tag::In | Tag::To | Tag::Cc) {
        start += 1;
    }
    start
}

/// Adverbs that belong to the phrase: `about 50 people`, `almost all members`.
fn is_inside(syntax: &Syntax, at: u32) -> bool {
    matches!(
        syntax.word(at).to_lowercase().as_str(),
        "about"
            | "almost"
            | "nearly"
            | "around"
            | "approximately"
            | "roughly"
            | "over"
            | "then"
            | "once"
            | "newly"
    )
}

fn end(syntax: &Syntax, from: u32, words: u32, head: u32) -> u32 {
    let edge = syntax.token(head).right_edge.min(words + LONGEST);
    let mut end = words;
    let mut open = 0i32;
    for at in words..=edge {
        let token = syntax.token(at);
        if ends_line(syntax, at) {
            break;
        }
        if token.head == head && BEYOND.contains(&token.dep) || matches!(syntax.word(at), ";" | "—") {
            break;
        }
        match syntax.word(at) {
            "(" | "[" => open += 1,
            ")" | "]" if open > 0 => {
                open -= 1;
                end = at + 1;
            }
            _ => {}
        }
        let punct = token.pos == Pos::Punct && token.tag != Tag::Hyph || token.pos == Pos::Space;
        if !punct && within(syntax, at, head) {
            end = at + 1;
        }
    }
    // "Ann and Lee all": the quantifier belongs to the clause.
    while end > words && matches!(syntax.token(end - 1).tag, Tag::Dt | Tag::In) {
        end -= 1;
    }
    // A bracket that the phrase opens is closed in it.
    let count = |marks: [&str; 2]| (from..end).filter(|&at| marks.contains(&syntax.word(at))).count();
    if end < syntax.len() && matches!(syntax.word(end), ")" | "]") && count(["(", "["]) > count([")", "]"]) {
        end += 1;
    }
    end
}

/// Whether the token contains a line break.
pub(super) fn ends_line(syntax: &Syntax, at: u32) -> bool {
    syntax.token(at).pos == Pos::Space && syntax.word(at).contains('\n')
}

/// Whether a phrase never begins before the token.
fn is_break(syntax: &Syntax, at: u32) -> bool {
    matches!(syntax.word(at), "“" | "\"" | "``" | "(" | ":" | ";" | "—" | "–")
}

/// Whether `at` is below `head` in the tree, as far as phrases go.
fn within(syntax: &Syntax, at: u32, head: u32) -> bool {
    syntax.ancestors(at).take(STEPS_IN_PHRASE).any(|above| above == head)
}
