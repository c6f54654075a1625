//! The acts that nouns name: `talks`, `air strike`, `a refusal to leave`.

use readout_annotate::{Dep, Pos};

use super::act::Act;
use super::frame::{at_place, holds, recipients};
use super::lexicon::{Composed, Lexicon, Sense};
use super::verbs::of_verb;
use crate::reading::Reading;

/// The act that the noun `at` names, and whether it stands for itself; `verb` is the light verb or operator above it.
pub(crate) fn of_noun(
    reading: &Reading<'_>,
    at: u32,
    verb: Option<u32>,
    depth: usize,
) -> Option<(Act, bool)> {
    if depth == 0
        || !matches!(reading.syntax.token(at).pos, Pos::Noun | Pos::Propn)
        || reading.dep(at) == Dep::Compound
    {
        return None;
    }
    let lemma = reading.lemma(at).to_lowercase();
    let mut keys: Vec<String> = reading
        .children_by(at, &[Dep::Compound, Dep::Amod])
        .take(8)
        .map(|child| format!("{}_{lemma}", reading.lemma(child).to_lowercase()))
        .collect();
    // `pull-aside`, `cease-fire` are three tokens.
    let mut parts = reading.children_by(at, &[Dep::Compound, Dep::Amod, Dep::Prep, Dep::Punct, Dep::Advmod]);
    if at >= 2 && parts.any(|child| child + 1 == at) && reading.syntax.word(at - 1) == "-" {
        keys.push(format!("{}-{lemma}", reading.lemma(at - 2).to_lowercase()));
    }
    keys.push(lemma);
    let lexicon = Lexicon::shipped();
    let (key, rule) = keys.iter().find_map(|key| {
        let rule = lexicon
            .noun(key)
            .iter()
            .find(|rule| rule.conditions.iter().all(|condition| holds(reading, at, condition)))?;
        Some((key, rule))
    })?;
    let mut doers = Vec::new();
    for place in &rule.actor {
        doers = at_place(reading, at, place.name);
        if !doers.is_empty() {
            break;
        }
    }
    let (mut recipients, mutual) = recipients(reading, at, verb.unwrap_or(at), &rule.recipient, &doers);
    let (code, operator) = match rule.sense {
        Sense::Act(code) => (code, None),
        Sense::Operator(operator) => {
            let clause = reading
                .children_by(at, &[Dep::Acl, Dep::Relcl])
                .filter(|&child| reading.is_verb(child) && Some(child) != verb)
                .find_map(|child| of_verb(reading, child, depth - 1));
            let inner = clause.or_else(|| {
                reading
                    .after(at, &["for", "of", "to", "on"])
                    .into_iter()
                    .find_map(|object| of_noun_only(reading, reading.substance(object), depth - 1))
            });
            let composed = lexicon.compose(operator, inner.as_ref().map(|inner| inner.code));
            let (code, mode, cameo) = match (composed, &inner) {
                (Composed::Act { code, mode, cameo }, _) => (code, mode, cameo),
                // `the resumption of aid to Chad` is that aid.
                (Composed::Same(_), Some(inner)) => {
                    if doers.is_empty() {
                        doers.clone_from(&inner.doers);
                    }
                    if recipients.is_empty() {
                        recipients.clone_from(&inner.recipients);
                    }
                    (inner.code, inner.mode, inner.cameo)
                }
                (Composed::Same(_), None) | (Composed::Drop, _) => return None,
            };
            let mut used: Vec<u32> = inner.as_ref().map(|inner| inner.used.clone()).unwrap_or_default();
            used.extend(inner.as_ref().map(|inner| inner.head));
            let act = Act {
                head: at,
                code,
                mode,
                cameo,
                doers,
                recipients,
                used,
                content: inner.map(|inner| (inner.head, inner.code)),
                operator: Some(operator),
                rule: format!("noun:{key}"),
                certainty: 0.6,
                ..Act::default()
            };
            return Some((act, rule.alone));
        }
        Sense::Nothing => return None,
    };
    let act = Act {
        head: at,
        code,
        mode: rule.mode,
        context: rule.context,
        cameo: rule.cameo,
        mutual: mutual || (code == "CONSULT" && recipients.is_empty()),
        doers,
        recipients,
        operator,
        rule: format!("noun:{key}"),
        certainty: 0.7,
        ..Act::default()
    };
    Some((act, rule.alone))
}

/// The act of a noun that is no operator itself.
fn of_noun_only(reading: &Reading<'_>, at: u32, depth: usize) -> Option<Act> {
    let lemma = reading.lemma(at).to_lowercase();
    let operator =
        Lexicon::shipped().noun(&lemma).iter().any(|rule| matches!(rule.sense, Sense::Operator(_)));
    if operator { None } else { of_noun(reading, at, None, depth).map(|(act, _)| act) }
}
