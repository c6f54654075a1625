//! Conditions that are none: what is not so is only thought of, and who may promise something has promised nothing.

use readout_record::Mode;
use readout_syntax::{Dep, Tag};

use super::extent::is_negated;
use super::parts::{Bond, Parts};
use crate::clause::reading::Reading;
use crate::words::conditions as words;

/// The most steps up the tree from a consequence to the verb that promises or threatens it.
const STEPS: usize = 3;

/// Whether nobody sets the condition, since its premise is known not to be so, or its consequence might only be promised.
pub(super) fn is_unreal(reading: &Reading<'_>, parts: &Parts) -> bool {
    is_against_facts(reading, parts)
        || is_at_most_promised(reading, parts)
        || is_ability(reading, parts)
        || is_inference(reading, parts.consequence_head)
        || is_rhetorical(reading, parts)
}

/// Whether the consequence asks something of nobody: `if it cannot defend itself, can others protect it?`.
fn is_rhetorical(reading: &Reading<'_>, parts: &Parts) -> bool {
    let head = parts.consequence_head;
    reading.is_verb(head)
        && reading.is_asked(head)
        && reading
            .children_by(head, &[Dep::Nsubj])
            .any(|subject| reading.children_by(head, &[Dep::Aux]).any(|aux| aux < subject))
}

/// Whether the consequence of the verb `head` is what somebody concludes, and nothing that is done: `there would be no reason to hide it`,
/// `that would only be true`.
fn is_inference(reading: &Reading<'_>, head: u32) -> bool {
    let no_reason = reading.child(head, Dep::Expl).is_some()
        && reading.children_by(head, &[Dep::Attr, Dep::Dobj]).any(|it| {
            reading.is(it, &["reason", "doubt", "question", "need"])
                && reading.children_by(it, &[Dep::Det]).any(|det| reading.is(det, &["no"]))
        });
    let is_true = reading.is(head, &["be"])
        && reading
            .children_by(head, &[Dep::Acomp])
            .any(|it| reading.is(it, &["true", "false", "right", "wrong"]));
    no_reason || is_true
}

/// Whether the premise supposes the contrary of what is: `if my son were a soldier, I would`, `would leave if she could`, `if he
/// did not fear it, he would leave`. What somebody is said to have said stands in the past anyhow.
fn is_against_facts(reading: &Reading<'_>, parts: &Parts) -> bool {
    let (premise, consequence) = (parts.premise_head, parts.consequence_head);
    // `would sign only if she were free`
    if !reading.is_verb(premise) || !reading.is_verb(consequence) || parts.bond == Bond::Necessary {
        return false;
    }
    let would = reading.children_by(consequence, &[Dep::Aux]).any(|aux| reading.is(aux, &["would"]));
    if !would {
        // `did not tell of the consequences if they were to leave`: what was does not follow from what may be.
        let were_to = reading.is(premise, &["be"])
            && reading.word(premise) == "were"
            && reading.child(premise, Dep::Xcomp).is_some();
        let was = reading.finite_word(consequence).is_some_and(|word| reading.tag(word) == Tag::Vbd);
        return were_to && was;
    }
    // `if she could`
    let could = reading.is(premise, &["can", "could"]) && reading.tag(premise) == Tag::Md;
    let indirect = reading.statement_of(premise).is_some_and(|it| it.mode == Mode::Indirect);
    let subjects = reading.subjects(premise);
    let one = subjects.iter().all(|&it| {
        reading.is(it, &["i", "he", "she", "it"]) || matches!(reading.tag(it), Tag::Nn | Tag::Nnp)
    });
    // `if war were to come` is of what may be.
    let were = reading.is(premise, &["be"])
        && (reading.word(premise).eq_ignore_ascii_case("were")
            // `if I was not serious, I would not be here`
            || reading.word(premise).eq_ignore_ascii_case("was") && !indirect)
        && reading.child(premise, Dep::Xcomp).is_none();
    let being = were && (one && !subjects.is_empty() || !indirect);
    let did =
        reading.children_by(premise, &[Dep::Aux]).any(|aux| reading.word(aux).eq_ignore_ascii_case("did"));
    let whose = |verb: u32| -> Vec<_> {
        reading.subjects(verb).into_iter().flat_map(|it| reading.named(it).to_vec()).collect()
    };
    let same = did
        && !indirect
        && reading.child(premise, Dep::Neg).is_some()
        && !whose(premise).is_empty()
        && whose(premise) == whose(consequence);
    // `if they were doing their work, we would not need it`
    let doing = reading.tag(premise) == Tag::Vbg
        && !indirect
        && is_negated(reading, consequence)
        && reading.children_by(premise, &[Dep::Aux]).any(|aux| matches!(reading.word(aux), "was" | "were"));
    could || being || same || doing
}

/// Whether the verb that promises or threatens the consequence only might: `could promise that`.
fn is_at_most_promised(reading: &Reading<'_>, parts: &Parts) -> bool {
    let above = reading.ancestors(parts.consequence_head).take(STEPS);
    above
        .filter(|&up| reading.is(up, &words::PROMISING) || reading.is(up, &words::THREATENING))
        .any(|up| reading.children_by(up, &[Dep::Aux]).any(|aux| reading.is(aux, &["could", "might", "may"])))
}

/// Whether the consequence is what somebody is able to do at need: `has the ability to respond, if needed`.
fn is_ability(reading: &Reading<'_>, parts: &Parts) -> bool {
    let needed = reading.is(parts.premise_head, &["need", "necessary", "require"])
        && reading.own_subject(parts.premise_head).is_none();
    let has = reading.is(parts.consequence_head, &["have"])
        && reading
            .objects(parts.consequence_head)
            .iter()
            .any(|&it| reading.is(it, &["ability", "capability", "capacity"]));
    let able = reading.is(parts.consequence_head, &["be"])
        && reading
            .children_by(parts.consequence_head, &[Dep::Acomp])
            .any(|it| reading.is(it, &["able", "capable"]));
    needed && (has || able)
}
