//! Premises: clauses that another clause depends on, and the words that open them.

use readout_lexicon::{RuleName, rule};
use readout_syntax::{Dep, Tag};

use crate::clause::reading::Reading;

/// The most steps up the tree from `on condition`, `in case` to the verb of the consequence.
const STEPS_TO_VERB: usize = 4;

/// The join of a premise to the predicate above it.
pub(crate) struct Opening {
    /// The rule that found it.
    pub(crate) rule: RuleName,
    /// The first token of the premise, after its conjunction.
    pub(crate) first: u32,
    /// The first token of the conjunction.
    pub(crate) outer: u32,
    /// The predicate that depends on the premise.
    pub(crate) above: u32,
}

/// Whether the clause of the verb `at` is a premise: `if Chad leaves`, `had Chad left`.
pub(crate) fn is_premise(reading: &Reading<'_>, at: u32) -> bool {
    opening(reading, at).is_some()
}

/// Whether the premise `premise` hangs on words that were already spoken, and is a condition of what they say: `threatened sanctions
/// if the tests go on`. What is past does not wait for what is still open.
pub(crate) fn is_of_what_was_said(reading: &Reading<'_>, premise: u32) -> bool {
    let Some(above) = reading.head(premise) else { return false };
    let modal = reading.children_by(above, &[Dep::Aux]).any(|aux| reading.tag(aux) == Tag::Md);
    let told = reading
        .finite_word(above)
        .is_some_and(|word| reading.tag(word) == Tag::Vbd || word != above && reading.is(word, &["have"]));
    let open =
        reading.finite_word(premise).is_some_and(|word| matches!(reading.tag(word), Tag::Vbz | Tag::Vbp));
    told && open && !modal
}

/// Whether `at` stands in a clause that leaves open whether it is so: `asked whether Chad would sign`.
pub(crate) fn is_open(reading: &Reading<'_>, at: u32) -> bool {
    let mut below = at;
    for _ in 0..6 {
        let open = reading
            .children_by(below, &[Dep::Mark])
            .any(|mark| reading.is(mark, &["if", "whether", "unless"]));
        if open || is_premise(reading, below) {
            return true;
        }
        let rises = matches!(
            reading.dep(below),
            Dep::Xcomp
                | Dep::Pcomp
                | Dep::Prep
                | Dep::Conj
                | Dep::Dobj
                | Dep::Pobj
                | Dep::Nsubj
                | Dep::Nsubjpass
                | Dep::Acl
        );
        match reading.head(below) {
            Some(above) if rises => below = above,
            _ => return false,
        }
    }
    false
}

/// Returns how the clause of the verb `at` is opened, if it is a premise: by `if`, `unless`, `provided`, `as long as`,
/// `only when`, `in case`, `on condition that`, `should they leave`.
pub(crate) fn opening(reading: &Reading<'_>, at: u32) -> Option<Opening> {
    let above = reading.syntax.head(at).unwrap_or(at);
    let left = |at: u32| reading.syntax.token(at).left_edge;
    // `on condition that they leave`, hung on the verb by the parser
    if matches!(reading.dep(at), Dep::Ccomp | Dep::Advcl)
        && let Some(that) = reading.children_by(at, &[Dep::Mark]).find(|&mark| reading.is(mark, &["that"]))
        && let Some(noun) = that.checked_sub(1).filter(|&noun| noun > 0 && reading.is(noun, &["condition"]))
        && let Some(prep) = reading.head(noun).filter(|&prep| reading.is(prep, &["on"]))
        && noun > above
    {
        return Some(Opening { rule: rule!("condition.noun"), first: that + 1, outer: prep, above });
    }
    match reading.dep(at) {
        Dep::Acl => {
            // `on condition that`, `in case`, `in the event that`
            let prep = reading.syntax.head(above)?;
            let joins = reading.is(above, &["condition"]) && reading.is(prep, &["on"])
                || reading.is(above, &["case", "event"]) && reading.is(prep, &["in"]);
            if !joins || reading.dep(above) != Dep::Pobj {
                return None;
            }
            let verb = reading.syntax.ancestors(above).take(STEPS_TO_VERB).find(|&up| reading.is_verb(up))?;
            Some(Opening { rule: rule!("condition.noun"), first: above + 1, outer: left(prep), above: verb })
        }
        // `provided that they leave`
        Dep::Ccomp | Dep::Advcl | Dep::Pcomp
            if matches!(reading.syntax.word(above), "provided" | "providing")
                && above < at
                && !reading.children(above).iter().any(|&child| {
                    matches!(reading.dep(child), Dep::Nsubj | Dep::Dobj | Dep::Aux | Dep::Auxpass)
                }) =>
        {
            let first = if reading.is(above + 1, &["that"]) { above + 2 } else { above + 1 };
            let verb = reading.syntax.head(above)?;
            Some(Opening { rule: rule!("condition.provided"), first, outer: above, above: verb })
        }
        Dep::Advcl => adverbial(reading, at, above),
        // `There will be no talks should they leave`: the parser may take the premise for the whole.
        Dep::Root if is_inverted(reading, at) && !reading.is_asked(at) => {
            let main = reading.children_by(at, &[Dep::Ccomp]).find(|&main| main < at)?;
            Some(Opening {
                rule: rule!("condition.inverted"),
                first: inverted_first(reading, at)?,
                outer: inverted_first(reading, at)?,
                above: main,
            })
        }
        // `…, should the deal be signed`: hung elsewhere by the parser.
        Dep::Ccomp | Dep::Conj | Dep::Parataxis | Dep::Dep | Dep::Relcl
            if is_inverted(reading, at) && !reading.is_asked(at) =>
        {
            Some(Opening { rule: rule!("condition.inverted"), first: left(at), outer: left(at), above })
        }
        _ => None,
    }
}

/// Returns how an adverbial clause below `above` is opened, if it is a premise: `if they leave`, `as long as they stay`.
fn adverbial(reading: &Reading<'_>, at: u32, above: u32) -> Option<Opening> {
    let left = |at: u32| reading.syntax.token(at).left_edge;
    // `as long as they stay`, hung on `long`
    if reading.is(above, &["long"]) && above > 0 && reading.is(above - 1, &["as", "so"]) && above < at {
        let mark = reading.children_by(at, &[Dep::Mark]).find(|&mark| reading.is(mark, &["as"]))?;
        let verb = reading.syntax.head(above)?;
        return Some(Opening {
            rule: rule!("condition.as-long-as"),
            first: mark + 1,
            outer: above - 1,
            above: verb,
        });
    }
    let words = ["if", "unless", "provided", "providing", "provide", "when", "as", "once", "until"];
    let mark = reading.children(at).iter().copied().find(|&child| {
        matches!(reading.dep(child), Dep::Mark | Dep::Advmod | Dep::Prep)
            && reading.is(child, &words)
            && child < at
    });
    let Some(mark) = mark else {
        return is_inverted(reading, at).then(|| Opening {
            rule: rule!("condition.inverted"),
            first: left(at),
            outer: left(at),
            above,
        });
    };
    let before = |back: u32| {
        mark.checked_sub(back).map(|at| reading.syntax.word(at).to_lowercase()).unwrap_or_default()
    };
    // `will only talk once they leave`
    let only = before(1) == "only"
        || reading.children_by(above, &[Dep::Advmod]).any(|it| it < mark && reading.is(it, &["only"]))
            && reading.children_by(above, &[Dep::Aux]).any(|aux| reading.tag(aux) == Tag::Md);
    let rule = match reading.syntax.word(mark).to_lowercase().as_str() {
        "if" if before(1) == "as" || before(1) == "even" => return None,
        "if" => rule!("condition.if"),
        "unless" => rule!("condition.unless"),
        "provided" | "providing" => rule!("condition.provided"),
        "as" if before(1) == "long" => rule!("condition.as-long-as"),
        "as" if before(1) == "soon" && reading.tag(at) != Tag::Vbd => rule!("condition.as-soon-as"),
        "when" if before(1) == "only" => rule!("condition.only-when"),
        "once" if only => rule!("condition.only-when"),
        // `Once they confirm it, the sanctions will be lifted`
        "once" if is_present(reading, at) && is_ahead(reading, above) => rule!("condition.as-soon-as"),
        _ => return None,
    };
    Some(Opening { rule, first: mark + 1, outer: left(at).min(mark), above })
}

/// Whether the clause of the verb `at` stands in the present, be it of what is then done: `once they have left`.
fn is_present(reading: &Reading<'_>, at: u32) -> bool {
    reading.finite_word(at).is_some_and(|word| matches!(reading.tag(word), Tag::Vbz | Tag::Vbp))
}

/// Whether the clause of the verb `at` tells of what is to come, or is a duty: `will lift`, `are obliged to lift`.
fn is_ahead(reading: &Reading<'_>, at: u32) -> bool {
    let will = reading.children_by(at, &[Dep::Aux]).any(|aux| reading.is(aux, &["will", "would", "shall"]));
    will || reading.is_passive(at)
        && is_present(reading, at)
        && reading.children_by(at, &[Dep::Xcomp]).any(|act| reading.is_infinitive(act))
}

/// `should Iran leave`, `had Iran left`, `were Iran to leave`: the auxiliary before the subject makes a condition.
fn is_inverted(reading: &Reading<'_>, at: u32) -> bool {
    let first = inverted_first(reading, at);
    let whole = reading.dep(at) == Dep::Root;
    first.is_some_and(|first| whole && first > 0 || first == reading.syntax.token(at).left_edge)
}

/// The auxiliary right before the subject of the verb `at`.
fn inverted_first(reading: &Reading<'_>, at: u32) -> Option<u32> {
    let subject = reading.children_by(at, &[Dep::Nsubj, Dep::Nsubjpass]).next()?;
    let subject = reading.syntax.token(subject).left_edge;
    reading.children_by(at, &[Dep::Aux, Dep::Auxpass]).find(|&aux| {
        aux + 1 == subject
            && ["should", "had", "were"]
                .iter()
                .any(|word| word.eq_ignore_ascii_case(reading.syntax.word(aux)))
    })
}
