//! The tense of the clause around a time expression: whether it looks back or ahead.

use readout_lexicon::{WordSet as _, word_classes};
use readout_syntax::{Dep, Pos, Syntax, Tag};

/// The most steps up the tree from a date to the verbs that may tell its tense.
const STEPS_TO_VERBS: usize = 24;
/// The most steps up the tree from a date to its preposition, itself among them: `until Tuesday`.
const STEPS_TO_PREPOSITION: usize = 4;
/// The most steps up the tree from a date to the head of its phrase, itself among them.
const STEPS_IN_PHRASE: usize = 8;

word_classes! { "data/words/tenses.tsv" =>
    static AHEAD = "ahead";
    static PLANNED = "planned";
    static ASKED = "asked";
    static PUT_OFF = "put-off";
    static CARRIED_OUT = "carried-out";
    static TOLD = "told";
}

/// The direction in time of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    Unknown,
}

/// The tense that governs token `at`: that of the nearest verb above it, with its auxiliaries.
pub(super) fn of(syntax: &Syntax, at: u32) -> Tense {
    if at >= syntax.len() {
        return Tense::Unknown;
    }
    let end = ends(syntax, at);
    // Clauses nest; eight verbs up nothing speaks about this date any more.
    let mut below = at;
    for verb in std::iter::once(at).chain(syntax.ancestors(at)).take(STEPS_TO_VERBS) {
        let token = syntax.token(verb);
        let joins = std::mem::replace(&mut below, verb);
        if !matches!(token.pos, Pos::Verb | Pos::Aux) {
            // A bare adjective or noun may still promise: `due Friday`.
            if matches!(token.pos, Pos::Adj) && syntax.is_written(verb, &AHEAD) {
                return Tense::Future;
            }
            continue;
        }
        let (mut modal, mut had, mut was, mut is, mut to) = (None, false, false, false, false);
        for aux in syntax
            .children(verb)
            .iter()
            .copied()
            .filter(|child| matches!(syntax.token(*child).dep, Dep::Aux | Dep::Auxpass))
        {
            let tag = syntax.token(aux).tag;
            match syntax.lemma(aux) {
                _ if tag == Tag::Md => modal = Some(syntax.word(aux).to_lowercase()),
                _ if tag == Tag::To => to = true,
                "have" => had = true,
                "be" | "do" if tag == Tag::Vbd => was = true,
                "be" if matches!(tag, Tag::Vbz | Tag::Vbp) => is = true,
                _ => {}
            }
        }
        if modal.is_some() {
            return if had { Tense::Past } else { Tense::Future };
        }
        let lemma = syntax.lemma(verb).to_lowercase();
        if end && (PUT_OFF.has(&lemma) || lemma == "have" && !matches!(token.tag, Tag::Vbd)) {
            return Tense::Future;
        }
        if to {
            // `an agreement to meet Friday`, `are to meet Friday`; what hangs on another verb is that verb's business.
            match syntax.head(verb).map(|head| (head, syntax.token(head).pos)) {
                Some((_, Pos::Noun)) if token.dep == Dep::Acl => return Tense::Future,
                Some((head, Pos::Aux)) if syntax.lemma(head) == "be" => return Tense::Future,
                // What had been planned may be over.
                Some((head, _)) if syntax.is(head, &AHEAD) => {
                    return if has_had(syntax, head) { Tense::Unknown } else { Tense::Future };
                }
                Some((head, _)) if syntax.is(head, &ASKED) => {
                    return Tense::Future;
                }
                Some((head, _)) if syntax.is(head, &CARRIED_OUT) => {
                    continue;
                }
                _ => return Tense::Unknown,
            }
        }
        match token.tag {
            Tag::Vbn if is && AHEAD.has(&lemma) => return Tense::Future,
            Tag::Vbn if had || was || is => return Tense::Past,
            Tag::Vbn if AHEAD.has(&lemma) => return Tense::Future,
            Tag::Vbn => return Tense::Past,
            Tag::Vbd if PLANNED.has(&lemma) => return Tense::Future,
            Tag::Vbd if token.head != verb || !had => return Tense::Past,
            Tag::Vbg if is => return Tense::Future,
            Tag::Vbg if was || had => return Tense::Past,
            Tag::Vbz | Tag::Vbp if is_to(syntax, verb) => return Tense::Future,
            // A day with the plain present is in the timetable: `they meet on Friday`, `the deadline is Friday`.
            Tag::Vbz | Tag::Vbp => {
                let ahead = hangs_on(syntax, at, joins) && !TOLD.has(&lemma);
                return if ahead { Tense::Future } else { Tense::Unknown };
            }
            Tag::Vb if was => return Tense::Past,
            // `Norway and Chile sign a treaty on Friday`, taken for the bare form.
            Tag::Vb if matches!(token.dep, Dep::Root | Dep::Advcl) && hangs_on(syntax, at, joins) => {
                return Tense::Future;
            }
            Tag::Vb => return Tense::Unknown,
            _ => {}
        }
    }
    Tense::Unknown
}

/// Whether the date at token `at` ends something: `until Tuesday`, `to Tuesday`.
fn ends(syntax: &Syntax, at: u32) -> bool {
    std::iter::once(at)
        .chain(syntax.ancestors(at))
        .take(STEPS_TO_PREPOSITION)
        .take_while(|above| !matches!(syntax.token(*above).pos, Pos::Verb | Pos::Aux))
        .any(|above| {
            matches!(syntax.token(above).pos, Pos::Adp | Pos::Sconj)
                && matches!(
                    syntax.word(above).to_lowercase().as_str(),
                    "until" | "till" | "to" | "by" | "through"
                )
        })
}

/// Whether the date at token `at` says when something is done, and not which thing: `meet on Friday`, not `Friday's
/// price is`. `joins` is the word by which it hangs on the verb.
fn hangs_on(syntax: &Syntax, at: u32, joins: u32) -> bool {
    let adverbial = |at: u32| matches!(syntax.token(at).dep, Dep::Npadvmod | Dep::Advmod | Dep::Prep);
    adverbial(joins)
        && std::iter::once(at)
            .chain(syntax.ancestors(at))
            .take_while(|&up| up != joins)
            .take(STEPS_IN_PHRASE)
            .all(|up| syntax.token(up).dep != Dep::Poss)
}

/// Whether `verb` is in the past perfect.
fn has_had(syntax: &Syntax, verb: u32) -> bool {
    syntax.children(verb).iter().any(|&aux| {
        matches!(syntax.token(aux).dep, Dep::Aux | Dep::Auxpass)
            && syntax.word(aux).eq_ignore_ascii_case("had")
    })
}

/// `are to travel`: a form of `be` with an infinitive.
fn is_to(syntax: &Syntax, verb: u32) -> bool {
    syntax.lemma(verb) == "be"
        && syntax.children(verb).iter().any(|&child| {
            let token = syntax.token(child);
            token.dep == Dep::Xcomp && token.tag == Tag::Vb && child > verb
        })
}
