//! Whether a deed is told as done, by its tree.

use readout_syntax::{Dep, Pos, Syntax, Tag};

use super::deed::{is_bare, is_light};
use super::words::{AWAITING, CARRYING_ON, COMING, PAST_BEHIND, SUPPOSING, UNDONE, UNLESS_SO};

/// The most words between a deed and the root by which it is told.
const REACH: usize = 12;

/// The way in which a deed is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// As done, or under way.
    Done,
    /// As planned, possible, wanted or asked about.
    Open,
    /// As not done.
    Denied,
}

/// Returns how the deed of the word `at` is told. A report that says that others say it is done tells it as done.
pub(super) fn told(syntax: &Syntax, at: u32) -> Told {
    if syntax.is_asked(at) {
        return Told::Open;
    }
    let mut at = at;
    for _ in 0..REACH {
        let step = if syntax.is_verb(at) || syntax.pos(at) == Pos::Verb {
            of_verb(syntax, at)
        } else {
            of_noun(syntax, at)
        };
        match step {
            Step::Is(told) => return told,
            Step::As(next) => at = next,
        }
    }
    Told::Open
}

/// What one word says: how the deed is told, or which word above it tells.
enum Step {
    Is(Told),
    As(u32),
}

/// What the verb `at` and its governor say.
fn of_verb(syntax: &Syntax, at: u32) -> Step {
    let open = Step::Is(Told::Open);
    let is_denied = syntax.children_by(at, &[Dep::Neg]).next().is_some_and(|it| !is_or_not(syntax, it));
    let of_nobody = |it: u32| syntax.children_by(it, &[Dep::Det]).any(|it| syntax.is(it, &["no", "neither"]));
    let nouns = syntax.children_by(at, &[Dep::Nsubj, Dep::Nsubjpass, Dep::Dobj]);
    if is_denied || nouns.into_iter().any(of_nobody) {
        return Step::Is(Told::Denied);
    }
    let has = |deps: &[Dep], words: &dyn Fn(u32) -> bool| syntax.children_by(at, deps).any(words);
    if has(&[Dep::Aux], &|it| syntax.tag(it) == Tag::Md)
        || has(&[Dep::Mark], &|it| syntax.is(it, &UNLESS_SO))
        || has(&[Dep::Advmod], &|it| syntax.is(it, &["almost", "nearly"]))
    {
        return open;
    }
    // `said they consulted`, with a verb that is taken for a participle; `considered — he leaving early — …`
    let is_own = matches!(syntax.tag(at), Tag::Vbn | Tag::Vbg) && has(&[Dep::Nsubj], &|_| true);
    let is_finite = (syntax.is_finite_clause(at) || is_own) && !is_bare(syntax, at);
    let Some(head) = syntax.head(at) else {
        // `Please leave`
        return Step::Is(if syntax.tag(at) == Tag::Vb { Told::Open } else { Told::Done });
    };
    let by_head = |done: bool| match done {
        true => Step::As(head),
        false if syntax.is(head, &UNDONE) => Step::Is(Told::Denied),
        false => Step::Is(Told::Open),
    };
    // `leaders, with whom he met`
    let is_relative = syntax
        .children_by(at, &[Dep::Prep])
        .any(|prep| syntax.children_by(prep, &[Dep::Pobj]).any(|it| it < at && syntax.is_relative(it)));
    match syntax.dep(at) {
        _ if is_relative && is_finite => Step::Is(Told::Done),
        Dep::Ccomp | Dep::Xcomp if is_finite => {
            let supposes = syntax.is(head, &SUPPOSING);
            let denies = syntax.is(head, &UNDONE);
            Step::Is(if supposes {
                Told::Open
            } else if denies {
                Told::Denied
            } else {
                Told::Done
            })
        }
        // `is believed to have left`
        Dep::Xcomp | Dep::Ccomp if has(&[Dep::Aux], &|it| syntax.is(it, &["have"])) => Step::Is(Told::Done),
        Dep::Xcomp | Dep::Ccomp | Dep::Oprd => by_head(syntax.is(head, &CARRYING_ON)),
        Dep::Pcomp if syntax.is(head, &["without", "instead"]) => Step::Is(Told::Denied),
        // `condemned for killing him`, not `an interest in killing him`
        Dep::Pcomp
            if syntax.is(head, &PAST_BEHIND)
                && (syntax.is(head, &["include", "including"])
                    || syntax.head(head).is_some_and(|it| syntax.is_verb(it))) =>
        {
            Step::Is(Told::Done)
        }
        Dep::Pcomp => open,
        Dep::Conj if !is_finite => Step::As(head),
        _ if syntax.is_infinitive(at) => {
            let made = syntax.is_verb(head) && syntax.is(head, &CARRYING_ON);
            by_head(made)
        }
        Dep::Advcl if !is_finite => Step::As(head),
        _ => Step::Is(Told::Done),
    }
}

/// What the noun `at` and its governor say.
fn of_noun(syntax: &Syntax, at: u32) -> Step {
    let has = |deps: &[Dep], words: &dyn Fn(u32) -> bool| syntax.children_by(at, deps).any(words);
    if has(&[Dep::Det], &|it| syntax.is(it, &["no", "any", "neither"])) {
        return Step::Is(Told::Denied);
    }
    if has(&[Dep::Amod, Dep::Compound], &|it| syntax.is(it, &COMING)) {
        return Step::Is(Told::Open);
    }
    let definite = has(&[Dep::Poss], &|_| true)
        || has(&[Dep::Det], &|it| syntax.is(it, &["the", "this", "that", "these", "those"]));
    let Some(head) = syntax.head(at) else { return Step::Is(Told::Done) };
    match syntax.dep(at) {
        Dep::Dobj | Dep::Nsubjpass if is_light(syntax, head) => Step::As(head),
        Dep::Nsubj | Dep::Nsubjpass | Dep::Conj => Step::As(head),
        Dep::Pobj if syntax.is(head, &AWAITING) => Step::Is(Told::Open),
        Dep::Pobj if syntax.head(head).is_some_and(|it| syntax.is(it, &AWAITING)) => Step::Is(Told::Open),
        Dep::Dobj if syntax.is(head, &UNDONE) => Step::Is(Told::Denied),
        Dep::Dobj if syntax.is(head, &SUPPOSING) => Step::Is(Told::Open),
        _ => Step::Is(if definite { Told::Done } else { Told::Open }),
    }
}

/// Whether the `not` at `at` is that of `or not`, which denies nothing.
fn is_or_not(syntax: &Syntax, at: u32) -> bool {
    at > 0 && syntax.is(at - 1, &["or"])
}
