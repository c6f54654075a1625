//! Conditions: if this, then that; who sets it, to whom, and whether it promises, threatens or demands.

use readout_lexicon::{RuleName, WordSet, rule};
use readout_record::{ActorId, Condition, Event, Factuality, Part, RecordId, Tone};
use readout_syntax::{Dep, Pos, Tag};
use readout_text::ByteSpan;

use crate::acts::sides;
use crate::acts::{Act, Lexicon};
use crate::clause::premises::{Opening, opening};
use crate::clause::reach::{CLAUSE_TOKENS, PASSAGE_TOKENS, STEPS_TO_VERB};
use crate::clause::reading::Reading;
use crate::once::add_once;
use crate::words::{conditions, speech};

/// A condition and the tokens of its two heads.
pub(crate) struct Found {
    /// The record.
    pub(crate) condition: Condition,
    /// The whole passage.
    span: ByteSpan,
    /// The predicate of what follows.
    pub(crate) consequence: u32,
}

/// The conditions of the document, in order.
pub(crate) fn find(
    reading: &Reading<'_>,
    acts: &[Act],
    id_of: &dyn Fn(u32, u32) -> Option<RecordId>,
) -> Vec<Found> {
    let mut found = Vec::new();
    for at in 0..reading.syntax.len() {
        let parts =
            conjunction(reading, at).or_else(|| dependence(reading, at)).or_else(|| exchange(reading, at));
        let Some(parts) = parts else { continue };
        if let Some(condition) = condition(reading, acts, &parts, id_of) {
            found.push(condition);
        }
    }
    found
}

/// The two sides of a condition, by span and head token.
struct Parts {
    premise: ByteSpan,
    premise_head: u32,
    consequence: ByteSpan,
    consequence_head: u32,
    rule: RuleName,
}

/// Returns the premise that the verb `at` heads, with its consequence.
fn conjunction(reading: &Reading<'_>, at: u32) -> Option<Parts> {
    let Opening { rule, first, outer, above: mut head } = opening(reading, at)?;
    // `asked if`, `see if`: a question, not a condition.
    if rule == rule!("condition.if") && reading.is(head, &speech::ASKING) && head < at {
        return None;
    }
    // `“If he comes, we will talk,” she said`, hung on `said`.
    if reading.is(head, &speech::SPEECH)
        && let Some(said) = reading.children_by(head, &[Dep::Ccomp]).next()
        && said != at
    {
        head = said;
    }
    let premise_tokens = first..reading.syntax.token(at).right_edge + 1;
    let premise = reading.trimmed(first..premise_tokens.end);
    let clause = reading.clause(head);
    let tokens = reading.syntax.tokens_in(clause);
    let consequence = if head < at {
        // Trailing `only`, `but`, `as long` belong to the conjunction.
        let mut end = outer.min(tokens.end);
        while end > tokens.start && reading.is(end - 1, &["only", "long", "as", "so", "but", "even"]) {
            end -= 1;
        }
        reading.trimmed(tokens.start..end)
    } else {
        let start = tokens.start.max(premise_tokens.end);
        // From its subject on: what stands between is a `then`, or the premise's loose end.
        let subject = reading
            .children_by(head, &[Dep::Nsubj, Dep::Nsubjpass, Dep::Expl, Dep::Csubj])
            .map(|subject| reading.syntax.token(subject).left_edge)
            .find(|&edge| edge >= start);
        reading.trimmed(subject.unwrap_or(start)..tokens.end)
    };
    (!premise.is_empty() && !consequence.is_empty()).then_some(Parts {
        premise,
        premise_head: at,
        consequence,
        consequence_head: head,
        rule,
    })
}

/// `the deal depends on closer coordination`.
fn dependence(reading: &Reading<'_>, at: u32) -> Option<Parts> {
    let verb = reading.is_verb(at) && reading.is(at, &["depend", "hinge"]);
    let adjective = reading.syntax.token(at).pos == Pos::Adj
        && reading.is(at, &["contingent", "conditional", "dependent"]);
    if !verb && !adjective {
        return None;
    }
    let prep = reading.children_by(at, &[Dep::Prep]).find(|&prep| reading.is(prep, &["on", "upon"]))?;
    let object = reading.children_by(prep, &[Dep::Pobj, Dep::Pcomp]).next()?;
    let subject = if verb { at } else { reading.syntax.head(at)? };
    let subject = reading.children_by(subject, &[Dep::Nsubj]).next()?;
    Some(Parts {
        premise: reading.trimmed(reading.syntax.subtree(object)),
        premise_head: object,
        consequence: reading.trimmed(reading.syntax.subtree(subject)),
        consequence_head: subject,
        rule: rule!("condition.depends-on"),
    })
}

/// `Iran would curb its programme in exchange for relief`: one side does the first thing if the other does the second.
fn exchange(reading: &Reading<'_>, at: u32) -> Option<Parts> {
    if !reading.is(at, &["exchange", "return"]) || reading.dep(at) != Dep::Pobj {
        return None;
    }
    let prep = reading.syntax.head(at).filter(|&prep| reading.is(prep, &["in"]) && prep + 1 == at)?;
    let given =
        reading.children_by(at, &[Dep::Prep]).find(|&word| reading.is(word, &["for"])).or_else(|| {
            // The parser may hang `for` beside `in`.
            Some(at + 1).filter(|&next| next < reading.syntax.len() && reading.is(next, &["for"]))
        })?;
    let object = reading.children_by(given, &[Dep::Pobj, Dep::Pcomp]).next()?;
    let verb = reading.syntax.ancestors(prep).take(STEPS_TO_VERB).find(|&up| reading.is_verb(up))?;
    // What was done in exchange was done; what would be is a condition.
    let factuality = crate::clause::factuality::of(reading, verb);
    if matches!(factuality, Factuality::Happened | Factuality::Ongoing | Factuality::Denied) {
        return None;
    }
    let premise = reading.trimmed(reading.syntax.subtree(object));
    let tokens = reading.syntax.tokens_in(reading.clause(verb));
    let adjunct = prep.min(given)..reading.syntax.subtree(object).end;
    let consequence = if prep < verb {
        let start = tokens.start.max(adjunct.end);
        reading.trimmed(start..tokens.end)
    } else {
        reading.trimmed(tokens.start..adjunct.start.min(tokens.end))
    };
    (!premise.is_empty() && !consequence.is_empty()).then_some(Parts {
        premise,
        premise_head: object,
        consequence,
        consequence_head: verb,
        rule: rule!("condition.exchange"),
    })
}

fn condition(
    reading: &Reading<'_>,
    acts: &[Act],
    parts: &Parts,
    id_of: &dyn Fn(u32, u32) -> Option<RecordId>,
) -> Option<Found> {
    let statement = reading.statement_of(parts.premise_head);
    let by = statement.map(|statement| statement.speaker.clone()).unwrap_or_default();
    let to = statement.map(|statement| statement.addressee.clone()).unwrap_or_default();
    let part = |span: ByteSpan, head: u32| -> Part {
        let tokens = reading.syntax.tokens_in(span);
        Part {
            span: reading.offsets.to_chars(span),
            text: span.slice(reading.syntax.text()).to_owned(),
            actor: actors_of(reading, head),
            event: id_of(tokens.start, tokens.end),
        }
    };
    let premise = part(parts.premise, parts.premise_head);
    let consequence = part(parts.consequence, parts.consequence_head);
    // `if it rains, it pours`: nobody who acts, nobody who says so.
    let span = parts.premise.cover(parts.consequence);
    if statement.is_none()
        && premise.actor.is_empty()
        && consequence.actor.is_empty()
        && !names_actor(reading, span)
    {
        return None;
    }
    Some(Found {
        condition: Condition {
            evidence: reading.evidence("condition", "", span, parts.rule, 0.8),
            tone: tone(reading, acts, parts),
            premise,
            consequence,
            by,
            to,
            statement: statement.map(|statement| statement.evidence.id.clone()),
        },
        span,
        consequence: parts.consequence_head,
    })
}

/// Whether somebody known is named in `span`.
fn names_actor(reading: &Reading<'_>, span: ByteSpan) -> bool {
    reading.syntax.tokens_in(span).take(PASSAGE_TOKENS).any(|at| !reading.named(at).is_empty())
}

/// Returns the actors of the clause or phrase of `head`, each once.
fn actors_of(reading: &Reading<'_>, head: u32) -> Vec<ActorId> {
    let heads = if reading.is_verb(head) {
        let doers = reading.doers(head);
        if doers.is_empty() { reading.subjects(head) } else { doers }
    } else {
        vec![head]
    };
    let mut found: Vec<ActorId> = Vec::new();
    add_once(&mut found, heads.into_iter().flat_map(|head| sides::actors(reading, head)));
    found
}

/// Returns the tone of a condition: a promise or a threat, by whether the consequence is good or bad for the addressee,
/// else a demand or a mere dependency.
fn tone(reading: &Reading<'_>, acts: &[Act], parts: &Parts) -> Tone {
    if parts.rule == rule!("condition.depends-on") {
        return Tone::Dependency;
    }
    let tokens = reading.syntax.tokens_in(parts.consequence);
    let word =
        |words: &dyn WordSet| tokens.clone().take(CLAUSE_TOKENS).any(|at| words.has(reading.lemma(at)));
    if word(&["must", "should"]) && reading.statement_of(parts.premise_head).is_some() {
        return Tone::Demand;
    }
    let from = acts.partition_point(|act| act.head < tokens.start);
    let code =
        acts.get(from..).unwrap_or_default().iter().take_while(|act| act.head < tokens.end).find_map(|act| {
            let denied = act.factuality == Factuality::Denied
                || reading.children_by(act.head, &[Dep::Det]).any(|det| reading.is(det, &["no"]));
            match act.code {
                "SANCTION" | "ASSAULT" | "COERCE" | "MOBILIZE" | "THREATEN" => Some(denied),
                "AID" | "COOPERATE" | "SUPPORT" | "AGREE" | "CONSULT" | "CONCEDE" | "RETREAT" => {
                    Some(!denied)
                }
                _ => None,
            }
        });
    // `will not talk`, `there will be no talks`
    let negated = reading.child(parts.consequence_head, Dep::Neg).is_some()
        || tokens
            .clone()
            .take(CLAUSE_TOKENS)
            .any(|at| reading.dep(at) == Dep::Det && reading.is(at, &["no"]));
    let good = code.or_else(|| {
        if word(&conditions::HARM) {
            Some(negated)
        } else if word(&conditions::GOOD) {
            Some(!negated)
        } else {
            None
        }
    });
    // A promise or threat is of what will or can be; what is so already only depends.
    let ahead = tokens
        .clone()
        .take(CLAUSE_TOKENS)
        .any(|at| reading.tag(at) == Tag::Md || reading.is(at, &conditions::AHEAD));
    match good {
        Some(true) if ahead => Tone::Promise,
        Some(false) if ahead => Tone::Threat,
        _ => Tone::Dependency,
    }
}

/// Whether the speaker or his state is to act in the consequence, or it is an act without a named actor. An act of
/// others is a warning, not a threat.
fn is_own_deed(reading: &Reading<'_>, condition: &Condition, consequence: u32) -> bool {
    // `declined to say how he would respond`
    if reading.children(consequence).iter().any(|&child| reading.tag(child) == Tag::Wrb) {
        return false;
    }
    let state = |actor: &ActorId| reading.chain_of(actor).and_then(|chain| chain.state.as_deref());
    let mut actors = condition.consequence.actor.iter().peekable();
    if actors.peek().is_some() {
        return actors.any(|actor| {
            condition.by.contains(actor)
                || condition
                    .by
                    .iter()
                    .any(|by| state(by).is_some_and(|state| actor.state_code() == Some(state)))
        });
    }
    // `sanctions will follow`, but not `the result could be a war`.
    let heads = if reading.is_verb(consequence) { reading.subjects(consequence) } else { vec![consequence] };
    heads.iter().any(|&head| {
        reading.is(head, &["we", "i"]) || Lexicon::shipped().names_act(&reading.lemma(head).to_lowercase())
    })
}

/// Returns the threats that conditions make without a verb of threatening: `if you do, sanctions will follow`.
pub(crate) fn threats(reading: &Reading<'_>, found: &[Found], acts: &[Act]) -> Vec<Event> {
    let mut events = Vec::new();
    for Found { condition, span, consequence } in found {
        if condition.tone != Tone::Threat
            || condition.by.is_empty()
            || !is_own_deed(reading, condition, *consequence)
        {
            continue;
        }
        let tokens = reading.syntax.tokens_in(*span);
        let from = acts.partition_point(|act| act.head < tokens.start);
        if acts
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|act| act.head < tokens.end)
            .any(|act| act.code == "THREATEN")
        {
            continue;
        }
        let mut recipient = condition.to.clone();
        if recipient.is_empty() {
            for place in ["on", "against", "to"] {
                recipient.extend(
                    reading
                        .after(*consequence, &[place])
                        .iter()
                        .flat_map(|&head| sides::actors(reading, head)),
                );
            }
        }
        if recipient.is_empty() {
            recipient.clone_from(&condition.premise.actor);
        }
        recipient.retain(|actor| !condition.by.contains(actor));
        recipient.dedup();
        events.push(Event {
            evidence: reading.evidence("event", "THREATEN", *span, rule!("condition.threat"), 0.7),
            code: "THREATEN".to_owned(),
            cameo: Some("130".to_owned()),
            actor: condition.by.clone(),
            recipient,
            // The threat was made, whatever becomes of what it threatens with.
            factuality: Factuality::Happened,
            reported_by: condition.statement.clone(),
            ..Event::default()
        });
    }
    events
}
