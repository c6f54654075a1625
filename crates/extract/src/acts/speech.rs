//! Acts as modals and speech change them: `will withdraw`, `must leave`, `will not talk`.

use readout_lexicon::rule;
use readout_record::{ActorId, ActorKind, Factuality, PloverCode};
use readout_syntax::{Dep, Pos, Tag};

use super::act::{Act, add_all, is_harm};
use super::instruments::is_instrument;
use super::judgement::{self, sayer};
use super::lexicon::{Composed, Lexicon};
use super::menace::of_menace;
use crate::clause::premises;
use crate::clause::reach::STEPS_TO_VERB;
use crate::clause::reading::Reading;
use crate::words::speech;

/// A plain future of a cooperative act is an agreement, of a hostile one a threat; a refused one a rejection; and
/// what others must do is a demand of whoever says so.
pub(crate) fn put_in_its_time(reading: &Reading<'_>, act: &mut Act) {
    let lexicon = Lexicon::shipped();
    // `must be ready to` has its modal at the copula.
    let verb = match reading.syntax.head(act.head) {
        Some(above) if reading.syntax.token(act.head).pos == Pos::Adj => above,
        _ => act.head,
    };
    let modal = reading
        .children_by(verb, &[Dep::Aux])
        .find(|&aux| reading.tag(aux) == Tag::Md)
        .map(|aux| reading.lemma(aux).to_ascii_lowercase());
    let modal = modal.as_deref().unwrap_or_default();
    let negated = reading.child(act.head, Dep::Neg).is_some();
    let will = matches!(modal, "will" | "shall" | "'ll" | "’ll" | "wo" | "would");
    // `will retaliate`: saying so is the threat.
    if act.code == PloverCode::Threaten && act.operator.is_none() && will && !negated {
        if act.factuality == Factuality::Planned && !told_of_somebody(reading, verb) {
            act.factuality = Factuality::Happened;
        }
        return;
    }
    let operator = match act.factuality {
        Factuality::Planned
            if will && !negated && !told_of_somebody(reading, verb) && is_by_somebody(reading, act) =>
        {
            if is_foretold(reading, act) {
                act.factuality = Factuality::Possible;
                return;
            }
            rule!("intend")
        }
        // `will not lift the ban`, `will not begin talks`
        Factuality::Denied
            if will && matches!(act.operator, None | Some("light" | "start" | "ease" | "cease")) =>
        {
            match act.code {
                PloverCode::Aid
                | PloverCode::Cooperate
                | PloverCode::Support
                | PloverCode::Consult
                | PloverCode::Retreat
                | PloverCode::Concede
                | PloverCode::Agree => {
                    rule!("refuse")
                }
                _ => return,
            }
        }
        // `should have left` is no demand.
        Factuality::Demanded if matches!(modal, "must" | "should" | "ought") => {
            demand(reading, act, false);
            return;
        }
        Factuality::Denied if matches!(modal, "must" | "should" | "ought") && negated => {
            demand(reading, act, true);
            return;
        }
        _ => return,
    };
    // A meeting that will be held is kept as a planned meeting.
    if act.code == PloverCode::Consult && operator == rule!("intend")
        || operator != rule!("refuse") && act.operator.is_some_and(|own| !matches!(own, "light" | "keep"))
    {
        return;
    }
    if let Composed::Act { code, mode, cameo } = lexicon.compose(operator.as_str(), Some(act.code)) {
        act.content = Some((act.head, act.code));
        (act.code, act.mode, act.cameo) = (code, mode, cameo);
        act.operator = Some(operator.as_str());
        // Whoever will not talk refuses it alone.
        act.mutual &= operator != rule!("refuse");
        act.rule = operator.alone().over(&act.rule);
        act.factuality = Factuality::Happened;
    }
}

/// Whether somebody else says that the harm of `act` will be done, who does not speak for those who do it: a minister of Norway
/// that `rebels will strike again`. He foretells it, and what they intend is not known.
fn is_foretold(reading: &Reading<'_>, act: &Act) -> bool {
    let (sayers, mut by) = sayer(reading, act.head);
    add_all(reading, &sayers, &mut by);
    let state = |actor: &ActorId| {
        let own = actor.state_code().map(str::to_owned);
        own.or_else(|| reading.chain_of(actor).and_then(|chain| chain.state.clone()))
    };
    let armed =
        |actor: &ActorId| reading.chain_of(actor).is_some_and(|chain| chain.kind == ActorKind::ArmedGroup);
    let outlet =
        |speaker: &ActorId| reading.chain_of(speaker).is_some_and(|chain| chain.kind == ActorKind::Outlet);
    let doers = act.actors(reading);
    let others = |actor: &ActorId| {
        by.iter().all(|speaker| match (state(speaker), state(actor)) {
            (Some(own), Some(theirs)) => own != theirs,
            (Some(_), None) => armed(actor),
            _ => false,
        })
    };
    is_harm(act.code)
        && !by.is_empty()
        && !by.iter().any(outlet)
        && !doers.is_empty()
        && doers.iter().all(others)
}

/// Whether somebody may intend the act: an agreement, a law or a plan intends nothing.
fn is_by_somebody(reading: &Reading<'_>, act: &Act) -> bool {
    let lexicon = Lexicon::shipped();
    let is_thing = |&head: &u32| {
        let word = reading.lemma(head).to_lowercase();
        is_instrument(reading, head)
            || reading.named(head).is_empty()
                && (lexicon.names_act(&word)
                    || ["proposal", "ruling_word", "issued_text"]
                        .iter()
                        .any(|class| lexicon.is_in(class, &word)))
    };
    act.doers.is_empty() || !act.doers.iter().all(is_thing)
}

/// Whether the clause of `verb` only says which ones are meant, or what somebody hopes of others: `people who will
/// defend the deal`, `rebels that Norway hopes will fight`.
fn told_of_somebody(reading: &Reading<'_>, verb: u32) -> bool {
    let above = |at: u32| reading.syntax.head(at);
    match reading.dep(verb) {
        Dep::Relcl => true,
        Dep::Ccomp => above(verb).is_some_and(|governor| {
            reading.dep(governor) == Dep::Relcl || reading.is(governor, &speech::HOPING)
        }),
        _ => false,
    }
}

/// `Russia must leave`, said by somebody else, asks Russia to leave. `negated` says that it must not: not to do harm is
/// to give way, and what else somebody should not do is no act that the types know.
fn demand(reading: &Reading<'_>, act: &mut Act, negated: bool) {
    if negated && !is_harm(act.code) {
        return;
    }
    let own: Vec<ActorId> = act.actors(reading);
    let (sayers, speakers) = sayer(reading, act.head);
    if sayers.is_empty() && speakers.is_empty() || speakers.iter().any(|speaker| own.contains(speaker)) {
        return;
    }
    if let Composed::Act { code, mode, cameo } = Lexicon::shipped().compose("request", Some(act.code)) {
        act.content = Some((act.head, act.code));
        (act.code, act.mode, act.cameo) =
            if negated { (PloverCode::Request, Some("yield"), Some("025")) } else { (code, mode, cameo) };
        // `Chad must be punished`: whoever is to do it is asked.
        if !act.doers.is_empty() {
            act.recipients = std::mem::take(&mut act.doers);
        } else if reading.is_passive(act.head) {
            let patients = reading.subjects(act.head);
            act.recipients.retain(|head| !patients.contains(head));
        }
        act.doers = sayers;
        act.speakers = speakers;
        act.mutual = false;
        act.rule = rule!("must").alone().over(&act.rule);
        act.operator = Some("request");
        act.factuality = Factuality::Happened;
    }
}

/// Returns the verb that says what must be done: `leave` in `has to leave` and `must leave`.
fn complement_of_need(reading: &Reading<'_>, at: u32) -> u32 {
    if reading.is(at, &["have", "need"]) { reading.child(at, Dep::Xcomp).unwrap_or(at) } else { at }
}

/// Whether the verb `at` says by `has to` or `needs to` what is to be done: not `has yet to agree`, `had to fight` or `does not
/// have to answer`.
fn is_put_as_need(reading: &Reading<'_>, at: u32) -> bool {
    let infinitive = reading.child(at, Dep::Xcomp).is_some_and(|clause| reading.is_infinitive(clause));
    // `said that Chad had to leave`: `has to` as it is reported.
    let reported = || {
        reading.dep(at) == Dep::Ccomp
            && reading.head(at).is_some_and(|above| {
                reading.is(above, &speech::SPEECH) || reading.is(above, &["rule", "order", "agree"])
            })
            && reading.children_by(at, &[Dep::Advmod]).all(|word| !reading.is(word, &["why", "how"]))
    };
    let told = match reading.tag(at) {
        Tag::Vbz | Tag::Vbp => true,
        Tag::Vbd => reported(),
        _ => false,
    };
    reading.is(at, &["have", "need"])
        && infinitive
        && told
        && reading.child(at, Dep::Dobj).is_none()
        && reading.child(at, Dep::Neg).is_none()
        && !reading.children(at).iter().any(|&child| reading.is(child, &["yet"]))
}

/// Whether the clause of `at` only says which one is meant: `a matter that Congress should decide`, `the loans that Chad
/// needs to survive`.
fn says_which(reading: &Reading<'_>, at: u32) -> bool {
    reading.dep(at) == Dep::Relcl
        && reading.own_subject(at).is_some_and(|subject| !reading.is_relative(subject))
}

/// Whether the modal of `at` stands before its subject: `should Chad keep its word` sets a condition or asks.
fn is_turned_round(reading: &Reading<'_>, at: u32) -> bool {
    let modal = reading.children_by(at, &[Dep::Aux]).find(|&aux| reading.tag(aux) == Tag::Md);
    let subject = reading.own_subject(at);
    modal.zip(subject).is_some_and(|(modal, subject)| modal < subject)
}

/// Whether the negated verb `at` refuses nothing: what one would do if things were otherwise, what one keeps silent
/// about, and harm that one will not do.
fn is_no_refusal(reading: &Reading<'_>, at: u32, would: bool) -> bool {
    let lexicon = Lexicon::shipped();
    // `I would not start it now`; `said that he would not` is a reported `will`.
    let supposed = would
        && (reading.subjects(at).iter().any(|&head| reading.is(head, &["i", "we"]))
            || reading.children_by(at, &[Dep::Advcl]).any(|clause| premises::is_premise(reading, clause)));
    let unsaid = reading.is(at, &speech::UNSPOKEN) || reading.is(at, &speech::KEPT_BACK);
    // `will not use force`, `will not make predictions`
    let harmless = reading.objects(at).iter().any(|&object| {
        let word = reading.lemma(object).to_lowercase();
        ["violence_word", "weapons", "foretelling_word"].iter().any(|class| lexicon.is_in(class, &word))
    });
    supposed || unsaid || harmless
}

/// Whether the phrase of `head` is somebody who can refuse or be asked.
fn is_somebody(reading: &Reading<'_>, head: u32) -> bool {
    let lexicon = Lexicon::shipped();
    let word = reading.lemma(head).to_lowercase();
    !reading.named(head).is_empty()
        || reading.tag(head) == Tag::Prp
        || ["human", "person", "state"].iter().any(|class| lexicon.is_in(class, &word))
}

/// Returns the demand or refusal that speech makes of an act that no lexicon knows: others `must`, or oneself `will
/// not`.
pub(crate) fn of_speech(reading: &Reading<'_>, at: u32) -> Option<Act> {
    if let Some(act) = judgement::of_blame(reading, at)
        .or_else(|| judgement::of_deed(reading, at))
        .or_else(|| judgement::of_right(reading, at))
        .or_else(|| of_menace(reading, at))
    {
        return Some(act);
    }
    let modal = reading.children_by(at, &[Dep::Aux]).find(|&aux| reading.tag(aux) == Tag::Md);
    let modal = modal.map(|aux| reading.lemma(aux).to_ascii_lowercase()).unwrap_or_default();
    let negated = reading.child(at, Dep::Neg).is_some();
    // `should Iran leave` is a condition, no demand; `should have left` comes too late for one.
    let perfect = || reading.children_by(at, &[Dep::Aux]).any(|aux| reading.is(aux, &["have"]));
    if premises::is_premise(reading, at) || perfect() {
        return None;
    }
    let must = (matches!(modal.as_str(), "must" | "should" | "ought") || is_put_as_need(reading, at))
        && !says_which(reading, at)
        && !is_turned_round(reading, at);
    let will_not = negated
        && matches!(modal.as_str(), "will" | "wo" | "would" | "shall")
        && !is_no_refusal(reading, at, modal == "would");
    if !(must || will_not) {
        return None;
    }
    let (sayers, speakers) = sayer(reading, at);
    if sayers.is_empty() && speakers.is_empty() {
        return None;
    }
    let mut said_by = speakers.clone();
    add_all(reading, &sayers, &mut said_by);
    // `is not convinced that Norway should leave`: that it should is not what is said.
    let denied_above = reading.syntax.ancestors(at).take(STEPS_TO_VERB).any(|above| {
        reading.is_verb(above)
            && !reading.is(above, &speech::SPEECH)
            && reading.child(above, Dep::Neg).is_some()
    });
    if must && denied_above {
        return None;
    }
    // `the report should be published`: whoever is to publish it is asked, if anybody is named.
    let done = complement_of_need(reading, at);
    let subjects = if must && reading.is_passive(done) { reading.agents(done) } else { reading.subjects(at) };
    // `Norway's efforts will not help`, `the inquiry should have no effect`: things neither refuse nor are asked.
    if !subjects.iter().any(|&head| is_somebody(reading, head)) {
        return None;
    }
    let mut own = Vec::new();
    add_all(reading, &subjects, &mut own);
    // `our generation must act` is no demand of others; nor are `is going to need to`, `will not have`.
    let shared = subjects.iter().any(|&head| {
        reading.children_by(head, &[Dep::Poss]).any(|owner| reading.is(owner, &["our", "my", "we", "i"]))
    });
    // `must know`, `should be ashamed`: how somebody should be is nothing that he is asked to do.
    let does = if must { complement_of_need(reading, at) } else { at };
    let state_of_things = reading.is(does, &speech::STATE_OF_THINGS)
        && (will_not || reading.is(does, &["have"]) || reading.child(does, Dep::Dobj).is_none())
        || must && matches!(reading.dep(at), Dep::Xcomp);
    if shared || state_of_things {
        return None;
    }
    // Whoever speaks for a state does not ask it.
    let states = |actors: &[ActorId]| -> Vec<String> {
        let state = |actor: &ActorId| {
            let own = actor.state_code().map(str::to_owned);
            own.or_else(|| reading.chain_of(actor).and_then(|chain| chain.state.clone()))
        };
        actors.iter().filter_map(state).collect()
    };
    let of_speaker = states(&said_by);
    let itself = own.iter().any(|actor| said_by.contains(actor))
        || own
            .iter()
            .any(|actor| actor.state_code().is_some_and(|own| of_speaker.iter().any(|it| it == own)))
        || subjects.iter().any(|&head| {
            // `it will not involve troops` is not said of oneself.
            reading.is(head, &["we", "i"]) || must && reading.is(head, &["it", "he", "she", "they"])
        });
    let (code, cameo, recipients, rule) = if must && !itself && !own.is_empty() {
        (PloverCode::Request, "100", subjects, "must")
    } else if will_not && itself && reading.child(at, Dep::Dobj).is_some() {
        (PloverCode::Reject, "120", Vec::new(), "will-not")
    } else {
        return None;
    };
    Some(Act {
        cameo: Some(cameo),
        doers: sayers,
        speakers,
        recipients,
        operator: Some("speech"),
        // What is asked for or refused has not happened; the asking and the refusing have.
        factuality: Factuality::Happened,
        rule: rule!("speech").for_word(rule),
        certainty: 0.6,
        ..Act::new(at, code)
    })
}
