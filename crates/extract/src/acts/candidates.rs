//! Acts: what a predicate says is done, by whom, to whom.
//!
//! A verb or noun of the lexicon makes an act. An operator (`agree`, `demand`, `refuse`, `lift`) makes one of the act
//! in its complement: to demand AID is to REQUEST. Acts inside another are not told again.

use std::collections::{BTreeMap, BTreeSet};

use readout_lexicon::rule;
use readout_record::{ActorId, Factuality, PloverCode};
use readout_syntax::{Dep, PerToken, Pos, Tag};

use super::act::Act;
use super::frame::at_place;
use super::judgement::{of_anger, of_blame};
use super::keepers::add_keepers;
use super::lexicon::{Lexicon, Rule, Standing};
use super::occurrence::{occurs, source_of};
use super::predicates::{of_adjective, of_noun, of_verb};
use super::recipients::look_for_recipient;
use super::speech::{of_speech, put_in_its_time};
use super::told_before::add_sides;
use super::violence::{complete_violence, put_as_named};
use crate::clause::presupposition::is_definite;
use crate::clause::reach::STEPS_TO_VERB;
use crate::clause::reading::Reading;
use crate::clause::tolls::is_toll;
use crate::clause::{denial, factuality, purpose};
use crate::once::add_once;
use crate::words::{factuality as factuality_words, speech};

/// The most steps up the tree from a demand to the protest that it is the reason of: `marched to demand reforms`.
const STEPS_TO_PROTEST: usize = 4;
/// The most steps up the tree from a demand to the verb that puts it: `insisted that they must go`.
const STEPS_TO_REQUEST: usize = 3;

/// The deepest nesting of operators: `refused to agree to stop helping`.
pub(crate) const DEPTH: usize = 5;

/// The acts of the whole document, in the order of their predicates; those inside another are left out.
pub(crate) fn find(reading: &Reading<'_>) -> Vec<Act> {
    let mut found: Vec<Act> = (0..reading.syntax.len()).filter_map(|at| candidate(reading, at)).collect();
    add_sides(reading, &mut found);
    add_keepers(reading, &mut found);
    let mut inside = PerToken::new(reading.syntax.len());
    for act in &found {
        for &used in &act.used {
            if used != act.head {
                inside[used] = true;
            }
        }
    }
    for noun in fold_in_arguments(reading, &mut found) {
        inside[noun] = true;
    }
    // What a protest is for is its reason, not a second act: `marched to demand reforms`.
    let protests: BTreeSet<u32> = found
        .iter()
        .filter(|act| act.code == PloverCode::Protest)
        .flat_map(|act| std::iter::once(act.head).chain(act.content.map(|(head, _)| head)))
        .collect();
    let mut aimed: Vec<(u32, Vec<u32>)> = Vec::new();
    for act in found
        .iter()
        .filter(|act| matches!(act.code, PloverCode::Request | PloverCode::Accuse | PloverCode::Protest))
    {
        let below =
            reading.syntax.ancestors(act.head).take(STEPS_TO_PROTEST).find(|above| protests.contains(above));
        if let Some(protest) = below
            && !reading.is_finite_clause(act.head)
        {
            inside[act.head] = true;
            aimed.push((protest, act.recipients.clone()));
        }
    }
    // A protest without a recipient is against whomever the demand or accusation inside it is addressed to:
    // `marched to urge the king to resign`.
    for act in found.iter_mut().filter(|act| act.code == PloverCode::Protest) {
        if act.recipient_actors(reading).is_empty()
            && let Some((_, whom)) = aimed.iter().find(|(protest, _)| {
                *protest == act.head || act.content.is_some_and(|(head, _)| head == *protest)
            })
        {
            act.recipients.clone_from(whom);
        }
    }
    // `began a strike to protest against the law` is one protest.
    let mut again: BTreeSet<u32> = BTreeSet::new();
    for act in found.iter().filter(|act| act.code == PloverCode::Protest) {
        let words = std::iter::once(act.head).chain(act.content.map(|(head, _)| head));
        let below = [Dep::Advcl, Dep::Xcomp, Dep::Acl, Dep::Conj];
        for clause in words.flat_map(|word| reading.children_by(word, &below).collect::<Vec<_>>()) {
            if !reading.is_finite_clause(clause) {
                inside[clause] = true;
                if reading.is(clause, &factuality_words::SHOWN) {
                    again.insert(clause);
                }
            }
        }
    }
    found.retain(|act| !again.contains(&act.head));
    let requests: BTreeSet<u32> =
        found.iter().filter(|act| act.code == PloverCode::Request).map(|act| act.head).collect();
    found.retain(|act| {
        // `insisted that they must go` is one demand.
        act.operator != Some("speech")
            || !reading
                .syntax
                .ancestors(act.head)
                .take(STEPS_TO_REQUEST)
                .any(|above| requests.contains(&above))
    });
    // `summoned the envoy to complain about it`: what is done by the deed is no second act of its kind.
    let by_words = [PloverCode::Accuse, PloverCode::Request, PloverCode::Support, PloverCode::Reject];
    let codes: BTreeMap<u32, PloverCode> =
        found.iter().filter(|act| by_words.contains(&act.code)).map(|act| (act.head, act.code)).collect();
    found.retain(|act| {
        let deed = reading.head(act.head).filter(|_| purpose::is_done_by_it(reading, act.head));
        deed.and_then(|deed| codes.get(&deed)) != Some(&act.code)
    });
    found.retain(|act| {
        !inside[act.head]
            || (act.code == PloverCode::Protest && !matches!(reading.dep(act.head), Dep::Dobj | Dep::Pobj))
    });
    found
}

/// Adds to each verb of a deed the sides that its subject or object, a noun of the deed itself, has: `Peru carried out the
/// strikes on the port`, `the strikes by Peru hit the port`. Returns these nouns, which tell of no second act.
fn fold_in_arguments(reading: &Reading<'_>, acts: &mut [Act]) -> Vec<u32> {
    let mut folded = Vec::new();
    for number in 0..acts.len() {
        // `the blast that killed nine` counts the dead of the blast; an incident has both passages.
        let does = |act: &&Act| reading.is_verb(act.head) && !is_toll(reading, act.head);
        let Some(verb) = acts.get(number).filter(does) else { continue };
        let (own, code) = (verb.actors(reading), verb.code);
        let arguments = [reading.objects(verb.head), verb.doers.clone()].concat();
        let is_named = |noun: &&Act| {
            noun.code == code
                && !reading.is_verb(noun.head)
                && reading.dep(noun.head) != Dep::Conj
                && noun.actors(reading).iter().all(|doer| own.contains(doer))
        };
        let nouns: Vec<(u32, Vec<ActorId>)> = arguments
            .iter()
            .filter_map(|word| acts.get(acts.binary_search_by_key(word, |act| act.head).ok()?))
            .filter(is_named)
            .map(|noun| (noun.head, noun.recipient_actors(reading)))
            .collect();
        let Some(verb) = acts.get_mut(number) else { continue };
        for (noun, upon) in nouns {
            if verb.recipient_actors(reading).is_empty() {
                add_once(&mut verb.told_recipients, upon.into_iter().filter(|actor| !own.contains(actor)));
            }
            folded.push(noun);
        }
    }
    folded
}

/// The act that the word `at` names by itself, before those inside others are left out.
pub(crate) fn candidate(reading: &Reading<'_>, at: u32) -> Option<Act> {
    if is_sport(reading, at) || is_fiction(reading, at) || is_of_any_time(reading, at) {
        return None;
    }
    let mut act = if reading.is_verb(at) {
        // `Norway said that Chad meddled in the vote`: whoever says so accuses Chad.
        let accuses = reading.is(at, &["interfere", "meddle"]).then(|| of_blame(reading, at)).flatten();
        accuses
            .or_else(|| of_verb(reading, at, DEPTH))
            .or_else(|| of_speech(reading, at))
            .or_else(|| of_anger(reading, at))?
    } else if reading.syntax.token(at).pos == Pos::Noun {
        let (mut act, rule) = of_noun(reading, at, None, DEPTH)?;
        // `praise for the deal came from Chad`
        let source = source_of(reading, at);
        if act.doers.is_empty() && act.speakers.is_empty() {
            act.doers.clone_from(&source);
        }
        let takes_place = occurs(reading, at) || !source.is_empty();
        // `clashes broke out between rebels and the army`
        if let Some(verb) = reading.syntax.head(at).filter(|_| takes_place && act.doers.is_empty()) {
            act.doers = reading.after(verb, &["between", "among"]);
        }
        if act.doers.is_empty() && act.speakers.is_empty() {
            act.doers = called_to_account(reading, at);
        }
        if act.doers.is_empty() && act.speakers.is_empty() {
            act.doers = planners(reading, at);
        }
        let stands = match rule.stands {
            Standing::Alone => true,
            Standing::Sided => has_both_sides(reading, &act, rule) || is_known_act(reading, &act),
            Standing::Light => false,
        };
        if !stands && !takes_place {
            return None;
        }
        act
    } else if reading.syntax.token(at).pos == Pos::Adj {
        of_adjective(reading, at, DEPTH)?
    } else {
        return None;
    };
    // `when you pull troops out`, `if you agree to our terms`: anybody.
    if act.doers.iter().any(|&head| reading.is(head, &["you", "one", "anyone", "everyone", "somebody"]))
        && act.actors(reading).is_empty()
    {
        return None;
    }
    if act.operator != Some("speech") {
        act.factuality = factuality::of(reading, at);
        put_as_named(reading, &mut act);
        if act.by_negation && act.factuality == Factuality::Denied {
            let of_a_plan = reading.dep(at) == Dep::Relcl
                && reading.finite_word(at).is_some_and(|word| reading.tag(word) == Tag::Md);
            act.factuality = if of_a_plan { Factuality::Planned } else { Factuality::Happened };
        }
        // `signed an order lifting the ban`: what the order does, whoever issued it did.
        if let Some(verb) = issued_by(reading, at) {
            act.doers = reading.doers(verb);
            act.factuality = factuality::of(reading, verb);
        }
        // `failed to rescue them` did not rescue them; `tried to kill them` may have.
        if let Some(put) =
            act.put.filter(|_| matches!(act.factuality, Factuality::Happened | Factuality::Ongoing))
        {
            act.factuality = put;
        }
        put_in_its_time(reading, &mut act);
        if act.factuality == Factuality::Denied && !denial::is_told(reading, at) {
            return None;
        }
    }
    if act.actors(reading).is_empty() {
        act.doers = issuers(reading, act.doers);
    }
    // `was hit with Norwegian sanctions`
    if act.actors(reading).is_empty() && act.code == PloverCode::Sanction && reading.is_passive(at) {
        act.doers = owners_of_means(reading, at);
    }
    if act.actors(reading).is_empty() {
        let owners = owners_of_forces(reading, &act);
        act.doers = if owners.is_empty() { act.doers } else { owners };
    }
    if is_idea_of_others(reading, at) {
        act.doers.clear();
    }
    // `Thank you to Norway`: whoever says so does it.
    if act.doers.is_empty()
        && act.speakers.is_empty()
        && act.code == PloverCode::Support
        && reading.is(at, &["thank", "congratulate", "welcome", "salute", "applaud"])
        && matches!(reading.tag(at), Tag::Vb | Tag::Vbp)
        && reading.dep(at) == Dep::Root
        && let Some(statement) = reading.statement_of(at)
    {
        act.speakers.clone_from(&statement.speaker);
    }
    // Nobody but those who act themselves: `reneged on his promise to the union`.
    let own = act.actors(reading);
    if act.recipient_actors(reading).iter().all(|other| own.contains(other)) {
        look_for_recipient(reading, &mut act);
    }
    if !complete_violence(reading, &mut act) {
        return None;
    }
    // Words have somebody who says them: `supporting a king is a duty` tells of nobody's support.
    let by_words = matches!(act.code, PloverCode::Support | PloverCode::Accuse | PloverCode::Reject);
    if by_words
        && act.actors(reading).is_empty()
        && reading.is_verb(at)
        && !reading.is_passive(at)
        && !reading.is_finite_clause(at)
    {
        return None;
    }
    unsure(reading, &mut act);
    Some(act)
}

/// Returns those who are called to account for the deed of the noun `at`, and so are held to have done it: `blamed Israel
/// for the raid`.
fn called_to_account(reading: &Reading<'_>, at: u32) -> Vec<u32> {
    let above = |at: u32| reading.syntax.head(at);
    let Some(prep) = above(at).filter(|&prep| reading.dep(at) == Dep::Pobj && reading.is(prep, &["for"]))
    else {
        return Vec::new();
    };
    match above(prep) {
        Some(word) if !reading.is(word, &factuality_words::CALLING_TO_ACCOUNT) => Vec::new(),
        Some(verb) if reading.is_verb(verb) => reading.objects(verb),
        // `is responsible for the raid`
        Some(word) if reading.is(word, &["responsible", "accountable", "guilty"]) => {
            above(word).map(|verb| reading.subjects(verb)).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// Returns those whose the sanctions are that somebody is hit with: `was hit with Norwegian sanctions`.
fn owners_of_means(reading: &Reading<'_>, at: u32) -> Vec<u32> {
    let acts = |&noun: &u32| Lexicon::shipped().names_act(&reading.lemma(noun).to_lowercase());
    let means = reading.after(at, &["with", "under"]).into_iter().find(acts);
    means
        .map(|noun| {
            ["poss", "adj", "by"].into_iter().flat_map(|place| at_place(reading, noun, place)).collect()
        })
        .unwrap_or_default()
}

/// Returns those whose the troops or arms are that `act` moves, where its clause does not say who moves them: `U.S. troops are
/// stationed in Chad`, `Norway has 40 troops stationed in Chad`.
fn owners_of_forces(reading: &Reading<'_>, act: &Act) -> Vec<u32> {
    let moves = match act.code {
        PloverCode::Mobilize => act.operator.is_none(),
        PloverCode::Retreat => act.mode == Some("withdraw") && act.operator.is_none(),
        _ => false,
    };
    if !moves || !reading.is_verb(act.head) {
        return Vec::new();
    }
    let lexicon = Lexicon::shipped();
    let forces =
        |&head: &u32| ["troops", "weapons"].iter().any(|class| lexicon.is_in(class, reading.lemma(head)));
    let mut found = Vec::new();
    for head in reading.objects(act.head).into_iter().filter(forces) {
        let owners = ["poss", "adj"].into_iter().flat_map(|place| at_place(reading, head, place));
        found.extend(owners.filter(|&owner| !reading.named(owner).is_empty()));
        if found.is_empty()
            && reading.dep(act.head) == Dep::Acl
            && let Some(verb) = reading.head(head).filter(|&verb| reading.is(verb, &["have", "keep"]))
        {
            found = reading.subjects(verb);
        }
    }
    found
}

/// Whether the gerund `at` names an act that the subject of the verb above likes or not, and does not do: `advocated bombing
/// the town`, `argued for bombing the town`.
fn is_idea_of_others(reading: &Reading<'_>, at: u32) -> bool {
    let own =
        reading.tag(at) == Tag::Vbg && reading.children_by(at, &[Dep::Nsubj, Dep::Poss]).next().is_none();
    let Some(above) = reading.head(at).filter(|_| own) else { return false };
    match reading.dep(at) {
        Dep::Xcomp | Dep::Ccomp => {
            reading.is(above, &factuality_words::ATTITUDE)
                && !reading.is(above, &["reconsider", "envisage", "envision", "imagine"])
        }
        Dep::Pcomp => {
            reading.is(above, &["for", "against"])
                && reading
                    .head(above)
                    .is_some_and(|verb| reading.is_verb(verb) && reading.is(verb, &factuality_words::SEEKING))
        }
        _ => false,
    }
}

/// Returns those who plan the deed of the noun `at`, and so are to do it: `Norway is preparing for air strikes`.
fn planners(reading: &Reading<'_>, at: u32) -> Vec<u32> {
    let above = match (reading.dep(at), reading.head(at)) {
        (Dep::Dobj, Some(verb)) => Some(verb),
        (Dep::Pobj, Some(prep)) if reading.is(prep, &["for", "on", "with"]) => reading.head(prep),
        _ => None,
    };
    let plans = |verb: &u32| reading.is_verb(*verb) && reading.is(*verb, &factuality_words::PLANNING);
    above.filter(plans).map(|verb| reading.doers(verb)).unwrap_or_default()
}

/// Returns the verb that puts the order in force of which the participle `at` says what it does: `signed an order lifting the
/// ban`.
fn issued_by(reading: &Reading<'_>, at: u32) -> Option<u32> {
    let lexicon = Lexicon::shipped();
    let order = reading.syntax.head(at).filter(|&order| {
        reading.dep(at) == Dep::Acl
            && reading.tag(at) == Tag::Vbg
            && lexicon.is_in("ruling_word", reading.lemma(order))
    })?;
    let verb = reading.syntax.head(order)?;
    (reading.is_verb(verb)
        && lexicon.is_in("issuing_word", reading.lemma(verb))
        && reading.objects(verb).contains(&order))
    .then_some(verb)
}

/// Returns those who issued the texts that `doers` are: `released a statement condemning the raid`. Where `doers` are
/// no texts, or nobody is known to have issued them, they are returned unchanged.
fn issuers(reading: &Reading<'_>, doers: Vec<u32>) -> Vec<u32> {
    let lexicon = Lexicon::shipped();
    let texts =
        !doers.is_empty() && doers.iter().all(|&head| lexicon.is_in("issued_text", reading.lemma(head)));
    let found: Vec<u32> =
        if texts { doers.iter().flat_map(|&head| reading.doers_of_noun(head)).collect() } else { Vec::new() };
    if found.is_empty() { doers } else { found }
}

/// Acts told in passing are less sure: without anybody who acts, in a participle, or by a noun alone.
fn unsure(reading: &Reading<'_>, act: &mut Act) {
    let in_passing = matches!(reading.dep(act.head), Dep::Acl | Dep::Relcl | Dep::Advcl | Dep::Pcomp);
    // A passive clause leaves out on purpose who did it; of a noun or participle the doer may have been missed.
    if act.doers.is_empty() && act.speakers.is_empty() {
        // `came under fire` leaves it out like a passive.
        let voice = reading.is_passive(act.head) || act.operator == Some("suffer");
        act.certainty *= if voice && !in_passing { 0.9 } else { 0.65 };
    }
    if in_passing {
        act.certainty *= 0.75;
        if !matches!(act.factuality, Factuality::Happened | Factuality::Ongoing) {
            act.certainty *= 0.6;
        }
    }
    if act.rule.begins_with(rule!("noun")) {
        act.certainty *= 0.8;
    }
}

/// Whether the noun of `act` itself says who did it, and to whom or what: `Iran's release of two tourists`, `criticism of
/// Israel by France`, `the deal between Chad and Mali`, `Kim's promise to disarm`. Such a noun tells of one act, not of
/// acts of its kind. `rule` is its row of the lexicon.
///
/// Nouns of events take the arguments of their verbs: Grimshaw, *Argument Structure* (1990).
fn has_both_sides(reading: &Reading<'_>, act: &Act, rule: &Rule) -> bool {
    let doers = act.actors(reading);
    if doers.is_empty() {
        // `a prisoner swap with Chad`
        return act.mode == Some("release")
            && reading.after(act.head, &["with"]).iter().any(|&head| !reading.named(head).is_empty());
    }
    // A pledge is told by what is pledged, a refusal by what is refused.
    if act.operator.is_some() {
        let refused = || {
            !reading.after(act.head, &["of"]).is_empty()
                || reading.children_by(act.head, &[Dep::Acl]).any(|clause| reading.is_infinitive(clause))
        };
        return act.content.is_some() || act.code == PloverCode::Reject && refused();
    }
    // `a prisoner swap between Chad and Mali`
    let swapped = act.mode == Some("release") && !reading.after(act.head, &["between"]).is_empty();
    let between = (act.mutual || swapped) && doers.len() > 1;
    let apart = act.recipient_actors(reading).iter().any(|other| !doers.contains(other));
    // A missile test is on nobody; whose troops withdraw says enough.
    let on_nobody = rule.recipient.is_empty() || act.mode == Some("withdraw");
    // `the threat to close the strait`
    let threatened = act.code == PloverCode::Threaten
        && reading.children_by(act.head, &[Dep::Acl]).any(|clause| reading.is_infinitive(clause));
    between || apart || on_nobody || threatened
}

/// Whether the noun of `act` names an act that readers are taken to know, with one of its sides: `the expulsion of four
/// envoys`, `Chad's crackdown`. Such nouns are definite: Hawkins, *Definiteness and Indefiniteness* (1978).
fn is_known_act(reading: &Reading<'_>, act: &Act) -> bool {
    let deed = matches!(
        (act.code, act.mode),
        (PloverCode::Coerce | PloverCode::Mobilize, Some(_))
            | (PloverCode::Sanction, Some("expel" | "convict"))
            | (PloverCode::Retreat, Some("release" | "withdraw"))
    ) || act.code == PloverCode::Protest && !reading.after(act.head, &["against"]).is_empty();
    deed && act.operator.is_none()
        && is_definite(reading, act.head)
        && (!act.actors(reading).is_empty()
            || act.recipients.iter().any(|&head| !reading.named(reading.substance(head)).is_empty()))
}

/// Whether the act of `at` is told by a novel or film, so that it did not happen: `in the novel, the king murders his
/// brother`.
pub(crate) fn is_fiction(reading: &Reading<'_>, at: u32) -> bool {
    let lexicon = Lexicon::shipped();
    let fiction = |head: u32| lexicon.is_in("fiction", reading.lemma(head));
    std::iter::once(at).chain(reading.syntax.ancestors(at).take(STEPS_TO_VERB)).any(|verb| {
        reading.is_verb(verb)
            && (reading.after(verb, &["in"]).into_iter().any(fiction)
                || reading.is(verb, &speech::TELLING_A_STORY)
                    && reading.subjects(verb).into_iter().any(fiction))
    })
}

/// Whether the act of `at` is told of whatever time, and so of none: `whenever they meet`, `every time they attack`.
fn is_of_any_time(reading: &Reading<'_>, at: u32) -> bool {
    let first = reading.syntax.token(at).left_edge;
    reading
        .children_by(at, &[Dep::Advmod, Dep::Mark])
        .any(|word| reading.is(word, &["whenever", "wherever", "anytime"]))
        || reading.is_finite_clause(at)
            && first > 1
            && reading.is(first - 1, &["time"])
            && reading.is(first - 2, &["every", "each", "any"])
}

/// Sport is no conflict: `attacked down the wing`. One sure word of a match in the sentence marks it, or two others.
pub(crate) fn is_sport(reading: &Reading<'_>, at: u32) -> bool {
    let lexicon = Lexicon::shipped();
    let sentence = reading.syntax.sentence_of(at);
    let from = sentence.start.max(at.saturating_sub(40));
    let mut words = 0;
    for token in from..sentence.end.min(at + 40) {
        let lemma = reading.lemma(token);
        if lexicon.is_in("sport_sure", lemma) {
            return true;
        }
        words += usize::from(lexicon.is_in("sport", lemma));
    }
    words >= 2
}
