//! The acts that predicates name: verbs, adjectives and nouns (`talks`, `air strike`, `a refusal to leave`), alone or
//! as operators on another act.

use readout_lexicon::{RuleName, rule};
use readout_record::{Factuality, PloverCode};
use readout_syntax::{Dep, Pos, Tag};

use super::act::{Act, is_harm};
use super::frame::{at_place, holds, recipients, rule_of_noun};
use super::instruments::is_instrument;
use super::joined::{joined_names, leader};
use super::judgement::{self, held_responsible};
use super::keys::keys;
use super::lexicon::{Composed, Lexicon, Rule, Sense};
use super::recipients::composed_recipients;
use crate::acts::sides;
use crate::clause::governing::governs;
use crate::clause::reading::Reading;
use crate::words::{counts, speech};

/// The most verbs of a list that are followed.
const JOINED_VERBS: usize = 12;

/// The act that the verb `at` names.
pub(crate) fn of_verb(reading: &Reading<'_>, at: u32, depth: usize) -> Option<Act> {
    if depth == 0 || is_aside(reading, at) || is_part_of_adjective(reading, at) {
        return None;
    }
    for key in keys(reading, at) {
        for rule in Lexicon::shipped().verb(&key) {
            if !rule.conditions.iter().all(|condition| holds(reading, at, condition)) {
                continue;
            }
            // `hold up an end` is not to hold it.
            let light = matches!(rule.sense, Sense::Operator(it) if matches!(it.as_str(), "light" | "start"));
            if light && !key.contains('_') && reading.child(at, Dep::Prt).is_some() {
                continue;
            }
            let act = match rule.sense {
                Sense::Nothing => return None,
                Sense::Act(code) => Some(plain(reading, at, code, rule, &key)),
                Sense::Operator(operator) => composed(reading, at, operator, rule, &key, depth),
            };
            if let Some(mut act) = act {
                act.by_negation = rule.conditions.iter().any(|it| it.place == "neg" && !it.not);
                return Some(act);
            }
        }
    }
    None
}

/// Whether the verb `at` only says whose word it is: `…, as officials have suggested`.
fn is_aside(reading: &Reading<'_>, at: u32) -> bool {
    // `barring a deal with Chad, they will leave`: a preposition.
    if reading.word(at).eq_ignore_ascii_case("barring") && matches!(reading.dep(at), Dep::Advcl | Dep::Prep) {
        return true;
    }
    // `Asked to explain it, she said no`: a question of reporters.
    let interviewed = reading.tag(at) == Tag::Vbn
        && reading.is(at, &speech::QUESTIONED)
        && matches!(reading.dep(at), Dep::Advcl | Dep::Root | Dep::Ccomp)
        && !reading.children(at).iter().any(|&child| {
            reading.dep(child).is_subject()
                || matches!(reading.dep(child), Dep::Aux | Dep::Auxpass | Dep::Agent)
        });
    if interviewed {
        return true;
    }
    reading.dep(at) == Dep::Advcl
        && reading.children_by(at, &[Dep::Mark]).any(|mark| reading.is(mark, &["as"]))
        && reading.is(at, &speech::ASIDE)
        && reading.children_by(at, &[Dep::Dobj, Dep::Ccomp, Dep::Xcomp, Dep::Prep]).next().is_none()
}

/// Whether the participle `at` is the last part of an adjective without a name: `hard-pressed`, `well-armed`.
fn is_part_of_adjective(reading: &Reading<'_>, at: u32) -> bool {
    let joined = at >= 2 && reading.tag(at) == Tag::Vbn && reading.tag(at - 1) == Tag::Hyph;
    joined
        && matches!(reading.tag(at - 2), Tag::Rb | Tag::Jj | Tag::Rp)
        && reading.named(at - 2).is_empty()
        && !reading.is_finite_clause(at)
}

/// `ready to talk`, `willing to withdraw`, `prepared to strike`.
pub(crate) fn of_adjective(reading: &Reading<'_>, at: u32, depth: usize) -> Option<Act> {
    let operator = if reading.is(at, &["ready", "willing", "prepared"]) {
        rule!("intend")
    } else if reading.is(at, &["unwilling", "reluctant"]) {
        rule!("refuse")
    } else {
        return None;
    };
    let inner = reading
        .children_by(at, &[Dep::Xcomp, Dep::Ccomp])
        .filter(|&child| reading.is_verb(child))
        .find_map(|child| of_verb(reading, child, depth - 1))?;
    let Composed::Act { code, mode, cameo } = Lexicon::shipped().compose(operator.as_str(), Some(inner.code))
    else {
        return None;
    };
    let mut used = inner.used;
    used.push(inner.head);
    Some(Act {
        mode,
        cameo,
        context: inner.context,
        doers: inner.doers,
        recipients: inner.recipients,
        used,
        content: Some((inner.head, inner.code)),
        operator: Some(operator.as_str()),
        rule: operator.for_word(reading.lemma(at)).over(&inner.rule),
        certainty: 0.6,
        ..Act::new(at, code)
    })
}

/// An act that the verb itself names.
fn plain(reading: &Reading<'_>, at: u32, code: PloverCode, rule: &Rule, key: &str) -> Act {
    let doers =
        reading.doers(at).into_iter().map(|head| sides::beside_place(reading, at, head)).collect::<Vec<_>>();
    let (mut recipients, mutual) = recipients(reading, at, at, &rule.recipient, &doers);
    let of_deeds = matches!(code, PloverCode::Support | PloverCode::Reject)
        || code == PloverCode::Accuse && rule.mode == Some("disapprove");
    if of_deeds {
        recipients = judgement::who_did(reading, recipients);
    }
    // `reached a deal to exchange prisoners`: what was agreed is no second act.
    let used = if code == PloverCode::Agree {
        let objects = reading.objects(at);
        objects
            .iter()
            .flat_map(|&object| reading.children_by(object, &[Dep::Acl]).collect::<Vec<_>>())
            .collect()
    } else {
        Vec::new()
    };
    Act {
        used,
        mode: rule.mode,
        context: rule.context,
        cameo: rule.cameo,
        mutual: mutual || (code == PloverCode::Consult && recipients.is_empty()),
        doers,
        recipients,
        rule: rule!("verb").for_word(key),
        certainty: 0.8,
        ..Act::new(at, code)
    }
}

/// The act that an operator makes of what it governs.
fn composed(
    reading: &Reading<'_>,
    at: u32,
    named: RuleName,
    rule: &Rule,
    key: &str,
    depth: usize,
) -> Option<Act> {
    let lexicon = Lexicon::shipped();
    let operator = named.as_str();
    let mut doers = reading.doers(at);
    if doers.is_empty() && reading.is(at, &["engage", "involve"]) {
        // `were engaged in fighting` is no passive.
        doers = reading.subjects(at);
    }
    // A treaty that calls for a truce asks nobody for it now.
    if !doers.is_empty() && doers.iter().all(|&head| is_instrument(reading, head)) {
        return None;
    }
    let inner = content(reading, at, operator, depth)
        .filter(|inner| operator != "cease" || !inner.is_harm_by_others(reading, &doers))
        .filter(|inner| {
            // `warned that Chad had left`: what is so is no threat, nor is what others may do.
            operator != "warn"
                // `warned that the ban should stay`: what ought to be is advice.
                || reading.finite_word(inner.head).is_none_or(|word| {
                    reading.tag(word) == Tag::Md && !reading.is(word, &["should", "must", "ought"])
                })
                    && (inner.doers.is_empty() || inner.is_by(reading, &doers))
        });
    // `vowed that they would be made to pay`: what no rule knows may well be revenge, and is no agreement.
    if inner.is_none() && reading.is(at, &["vow", "swear"]) && rule.cameo == Some("030") {
        return None;
    }
    let negated = inner.as_ref().is_some_and(|inner| reading.child(inner.head, Dep::Neg).is_some());
    // What is agreed or announced to be kept up is what it was.
    let kept = inner.as_ref().is_some_and(|inner| inner.operator == Some("keep"))
        && matches!(operator, "commit" | "intend" | "announce");
    let outcome = lexicon.compose(operator, inner.as_ref().map(|inner| inner.code));
    let mut made = match if kept { Composed::Same(None) } else { outcome } {
        Composed::Drop => return None,
        Composed::Same(put) => {
            let mut act = inner?;
            // `is expected to meet her` is a plan; who wants or hopes to may never do so, nor do others what is expected of them.
            let own = reading.children_by(at, &[Dep::Xcomp, Dep::Ccomp]).all(|clause| {
                reading.own_subject(clause).is_none() && reading.child(at, Dep::Dobj).is_none()
            });
            let expected = put.filter(|_| own && reading.is(at, &["expect"])).map(|_| Factuality::Planned);
            act.put = expected.or(put).or(act.put);
            act.used.push(act.head);
            act.content = act.content.or(Some((act.head, act.code)));
            if matches!(operator, "suffer" | "receive") {
                act.recipients = doers;
                // `received aid from Norway`: whose it is stands at the verb.
                if act.doers.is_empty() {
                    act.doers = reading.after(at, &["from", "by"]);
                }
            } else if matches!(operator, "want" | "consider") && !act.doers.is_empty() {
                // `expects Norway to send aid`: whoever is to do it does it.
                let doers = &act.doers;
                act.recipients.retain(|head| !doers.contains(head));
            } else if !doers.is_empty() {
                // Who hosts talks is at them with those who talk.
                let others = std::mem::replace(&mut act.doers, doers);
                if act.code == PloverCode::Consult {
                    act.recipients.extend(others);
                }
                let doers = &act.doers;
                act.recipients.retain(|head| !doers.contains(head));
            }
            act.rule = named.for_word(key).over(&act.rule);
            act.certainty *= 0.95;
            act.head = at;
            act.operator = if kept { Some("keep") } else { act.operator.or(Some(operator)) };
            if operator == "keep" {
                act.operator = Some("keep");
            }
            return Some(act);
        }
        Composed::Act { code, mode, cameo } => Act { mode, cameo, ..Act::new(at, code) },
    };
    if let Some(inner) = inner.as_ref().filter(|_| negated) {
        put_in_the_negative(&mut made, operator, inner.code);
    }
    if operator == "request" && made.cameo.is_some() && rule.cameo == Some("100") {
        made.cameo = demanded(made.cameo);
    }
    if inner.is_none() {
        made.cameo = rule.cameo;
    }
    let (to, mutual) = composed_recipients(reading, at, operator, rule, inner.as_ref(), &doers);
    made.mutual = mutual || (operator == "commit" && doers.len() > 1 && to.is_empty());
    made.doers = doers;
    made.recipients = to;
    made.operator = Some(operator);
    made.certainty = if inner.is_some() { 0.75 } else { 0.65 };
    made.rule = match &inner {
        Some(inner) => named.for_word(key).over(&inner.rule),
        None => named.for_word(key),
    };
    if let Some(inner) = inner {
        made.context = inner.context;
        made.content = Some((inner.head, inner.code));
        made.used = inner.used;
        made.used.push(inner.head);
        // `agreed to release them and reopen the border` is one agreement.
        made.used.extend(joined_verbs(reading, inner.head));
    }
    Some(made)
}

/// Changes what `operator` made of an act of type `content` for what is not to be done: not to do harm is to give way, not
/// to do good is to refuse.
fn put_in_the_negative(made: &mut Act, operator: &str, content: PloverCode) {
    (made.code, made.mode, made.cameo) = match (operator, is_harm(content)) {
        ("commit" | "offer" | "intend", true) => (PloverCode::Agree, None, None),
        ("commit" | "intend", false) => (PloverCode::Reject, None, Some("120")),
        ("request", true) => (PloverCode::Request, Some("yield"), Some("025")),
        _ => (made.code, made.mode, made.cameo),
    };
}

/// Returns the verbs joined to `first` that share its tense.
fn joined_verbs(reading: &Reading<'_>, first: u32) -> Vec<u32> {
    let mut found = Vec::new();
    let mut last = first;
    for _ in 0..JOINED_VERBS {
        let next = reading.children_by(last, &[Dep::Conj]).find(|&child| reading.is_verb(child));
        let Some(next) = next.filter(|&next| !reading.is_finite_clause(next)) else { break };
        found.push(next);
        last = next;
    }
    found
}

/// The CAMEO code of a demand for that of an appeal: 023 to 103.
fn demanded(cameo: Option<&'static str>) -> Option<&'static str> {
    Some(match cameo? {
        "020" => "100",
        "021" => "101",
        "022" => "102",
        "023" => "103",
        "024" => "104",
        "025" => "105",
        "026" => "106",
        other => other,
    })
}

/// The act that the operator `at` governs: in its clause, its object, or after its preposition.
fn content(reading: &Reading<'_>, at: u32, operator: &str, depth: usize) -> Option<Act> {
    let mut clauses: Vec<u32> = reading.children_by(at, &[Dep::Xcomp, Dep::Ccomp]).collect();
    if clauses.is_empty()
        && (matches!(operator, "request" | "warn" | "threaten") || reading.is(at, &["vote"]))
    {
        // `ordered to leave`, `asked … to leave` and `voted 10-7 to leave` are at times hung on as purposes.
        clauses.extend(
            reading
                .children_by(at, &[Dep::Advcl])
                .filter(|&child| reading.children(child).iter().any(|&c| reading.tag(c) == Tag::To)),
        );
    }
    // `entered the country to be deported` enters no deportation.
    if operator == "light" && !reading.objects(at).is_empty() {
        clauses.clear();
    }
    // `made clear that it had attacked`: who makes it clear does not do it.
    if operator == "light" {
        clauses.retain(|&clause| reading.own_subject(clause).is_none() || !reading.is_finite_clause(clause));
    }
    // `considers the town occupied`: that is what it is called.
    if operator == "consider" {
        clauses.retain(|&clause| reading.tag(clause) != Tag::Vbn);
    }
    for clause in clauses.iter().copied() {
        let act = if reading.is_verb(clause) {
            of_verb(reading, clause, depth - 1)
        } else if reading.syntax.token(clause).pos == Pos::Adj {
            of_adjective(reading, clause, depth - 1)
        } else {
            of_noun(reading, clause, None, depth - 1).map(|(act, _)| act)
        };
        if act.is_some() {
            return act;
        }
    }
    if !clauses.is_empty() {
        return None;
    }
    for object in reading.objects(at) {
        let object = reading.substance(object);
        if let Some((act, _)) = of_noun(reading, object, Some(at), depth - 1) {
            return Some(act);
        }
        // `made an effort to retake the town` has not retaken it, `gave them the right to retake it` neither.
        if reading.is(object, &counts::UNFINISHED)
            || operator == "light" && governs(reading, object)
            // `gave Chad a free hand to strike`: who gets it strikes.
            || operator == "light" && reading.is(at, &["give", "grant", "offer"])
            // `faced a deadline to impose sanctions` suffers none.
            || matches!(operator, "suffer" | "receive")
        {
            continue;
        }
        // `a system opposed by Chad` is not given up to be opposed.
        for clause in reading.children_by(object, &[Dep::Acl]).filter(|&clause| !reading.is_passive(clause)) {
            if let Some(act) = of_verb(reading, clause, depth - 1) {
                return Some(act);
            }
        }
    }
    // `faced resistance to a strike` suffered no strike.
    if matches!(operator, "suffer" | "receive") && !reading.objects(at).is_empty() {
        return None;
    }
    // `imposed after clashes` imposes no clash.
    const GOVERNED: &[&str] =
        &["for", "to", "on", "upon", "of", "in", "into", "from", "with", "against", "about", "under"];
    // `the march ended with riots`: these have not ended.
    let governed: &[&str] = if operator == "cease" { &["to", "of", "from", "on"] } else { GOVERNED };
    for prep in reading.children_by(at, &[Dep::Prep]).filter(|&prep| reading.is(prep, governed)) {
        for object in reading.children_by(prep, &[Dep::Pobj, Dep::Pcomp]) {
            let act = if reading.is_verb(object) {
                of_verb(reading, object, depth - 1)
            } else {
                of_noun(reading, reading.substance(object), Some(at), depth - 1).map(|(act, _)| act)
            };
            if act.is_some() {
                return act;
            }
        }
    }
    None
}

/// Returns the act that the noun `at` names, and the row of the lexicon that says so. `verb` is the light verb or
/// operator above it.
pub(crate) fn of_noun(
    reading: &Reading<'_>,
    at: u32,
    verb: Option<u32>,
    depth: usize,
) -> Option<(Act, &'static Rule)> {
    if depth == 0
        || !matches!(reading.syntax.token(at).pos, Pos::Noun | Pos::Propn)
        || reading.dep(at) == Dep::Compound
    {
        return None;
    }
    let lexicon = Lexicon::shipped();
    let (key, rule) = rule_of_noun(reading, at)?;
    let mut doers = Vec::new();
    for place in &rule.actor {
        doers = at_place(reading, at, place.name);
        if !doers.is_empty() {
            break;
        }
    }
    if doers.is_empty() {
        doers = held_responsible(reading, at);
    }
    let (mut recipients, mutual) = recipients(reading, at, verb.unwrap_or(at), &rule.recipient, &doers);
    let known = |head: &u32| !sides::patients(reading, reading.substance(*head)).is_empty();
    if doers.is_empty() && (matches!(rule.sense, Sense::Operator(_)) || recipients.iter().any(known)) {
        doers = people_before(reading, at, rule);
    }
    if rule.sense == Sense::Act(PloverCode::Assault) && recipients.is_empty() {
        // `the Libya attack` was in Libya.
        recipients = doers.extract_if(.., |head| sides::is_place_before(reading, *head)).collect();
    }
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
            let composed = lexicon.compose(operator.as_str(), inner.as_ref().map(|inner| inner.code));
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
                mode,
                cameo,
                doers,
                recipients,
                used,
                content: inner.map(|inner| (inner.head, inner.code)),
                operator: Some(operator.as_str()),
                rule: rule!("noun").for_word(&key),
                certainty: 0.6,
                ..Act::new(at, code)
            };
            return Some((act, rule));
        }
        Sense::Nothing => return None,
    };
    // `the Trump-Kim summit`: the two of the name are at it, or it is of them.
    let mut speakers = joined_names(reading, at);
    if speakers.is_empty() && doers.iter().all(|&head| sides::actors(reading, head).is_empty()) {
        speakers.extend(leader(reading, at));
    }
    if !speakers.is_empty() {
        doers.clear();
    }
    let act = Act {
        speakers,
        mode: rule.mode,
        context: rule.context,
        cameo: rule.cameo,
        mutual: mutual || (code == PloverCode::Consult && recipients.is_empty()),
        doers,
        recipients,
        operator,
        rule: rule!("noun").for_word(&key),
        certainty: 0.7,
        ..Act::new(at, code)
    };
    Some((act, rule))
}

/// Returns the people whose adjective stands before the deed `at`, named by the row `rule`: `a Chinese ban on coal from Chad`. Such
/// an adjective says who does it, where the noun says besides upon whom: Levi, *The Syntax and Semantics of Complex Nominals*
/// (1978).
fn people_before(reading: &Reading<'_>, at: u32, rule: &Rule) -> Vec<u32> {
    if rule.recipient.iter().any(|place| place.name == "adj") {
        return Vec::new();
    }
    let mut found = at_place(reading, at, "adj");
    found.retain(|&head| {
        reading.tag(head) == Tag::Jj && reading.syntax.word(head).starts_with(char::is_uppercase)
    });
    found
}

/// The act of a noun that is no operator itself.
fn of_noun_only(reading: &Reading<'_>, at: u32, depth: usize) -> Option<Act> {
    let lemma = reading.lemma(at).to_lowercase();
    let operator =
        Lexicon::shipped().noun(&lemma).iter().any(|rule| matches!(rule.sense, Sense::Operator(_)));
    if operator { None } else { of_noun(reading, at, None, depth).map(|(act, _)| act) }
}
