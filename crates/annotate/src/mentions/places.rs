//! Names of places, where they are a spot on the map and where they act and speak for a government.

use std::ops::Range;

use readout_syntax::{Dep, Pos, Syntax};

use crate::mentions::words;

/// Prepositions after which a name is a spot on the map.
const LOCATIVE: &[&str] = &[
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "around",
    "across",
    "throughout",
    "through",
    "within",
    "from",
    "into",
    "off",
    "over",
    "above",
    "via",
    "along",
    "beyond",
    "onto",
    "upon",
    "on",
];

/// Whether the name at `head` follows a preposition of place.
pub(super) fn is_locative(syntax: &Syntax, head: u32) -> bool {
    let token = syntax.token(head);
    token.dep == Dep::Pobj && LOCATIVE.contains(&syntax.word(token.head).to_lowercase().as_str())
}

/// Whether a capital acts here, so that it stands for its government: `Moscow warned …`, `talks with Moscow`, and not
/// `in Moscow`, `Moscow airport`.
pub(super) fn acts(syntax: &Syntax, mut head: u32) -> bool {
    // A member of a list acts as its first one does.
    while syntax.token(head).dep == Dep::Conj && syntax.token(head).head < head {
        head = syntax.token(head).head;
    }
    let token = syntax.token(head);
    match token.dep {
        Dep::Nsubj => !syntax.is_written(token.head, &words::OF_FALLEN),
        Dep::Nsubjpass | Dep::Agent | Dep::Dative => true,
        Dep::Poss => {
            // "Moscow's streets" is the city, "Moscow's offer" the state.
            !syntax.is_written(token.head, &words::OF_CITY)
        }
        Dep::Dobj => !syntax.is_written(token.head, &words::GOING),
        Dep::Pobj => {
            let preposition = syntax.word(token.head).to_lowercase();
            match preposition.as_str() {
                "to" => {
                    let above = syntax.token(token.head).head;
                    !syntax.is_written(above, &words::MOTION)
                }
                "of" => {
                    let above = syntax.token(syntax.token(token.head).head).pos;
                    above == Pos::Verb
                }
                "toward" | "towards" | "on" => {
                    let above = syntax.token(token.head).head;
                    !syntax.is_written(above, &words::MOTION)
                }
                "with" | "against" | "by" | "between" | "for" | "like" | "unlike" | "than" | "behind" => true,
                _ => false,
            }
        }
        Dep::Compound | Dep::Nmod => {
            // "Moscow-backed rebels", "a Moscow ally".
            syntax.text().get(token.span.end as usize..).is_some_and(|rest| rest.starts_with('-'))
        }
        _ => false,
    }
}

/// Whether the name at `head` speaks or is spoken to.
pub(super) fn speaks(syntax: &Syntax, head: u32) -> bool {
    let token = syntax.token(head);
    matches!(token.dep, Dep::Nsubj | Dep::Dobj | Dep::Dative)
        && syntax.is_written(token.head, &words::SPEAKING)
}

/// Whether the name is the place of a dateline: `KABUL (Reuters) -`, `Geneva —` at the head of a paragraph.
pub(super) fn is_dateline(syntax: &Syntax, words: &Range<u32>) -> bool {
    let starts = words.start == 0 || crate::mentions::phrases::ends_line(syntax, words.start - 1);
    let next = syntax.word(words.end);
    starts && (matches!(next, "-" | "–" | "—" | "--") || next == "(" && syntax.word(words.end + 2) == ")")
}
