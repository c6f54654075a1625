//! What a stance is on, said so that those for and those against it speak of one thing: who wants sanctions lifted and
//! who wants them kept differ on `lifting sanctions`.

use readout_annotate::MentionForm;
use readout_record::Stance;
use readout_syntax::{Dep, Pos, Tag};

use super::again;
use super::deed::{
    Sides, doers, infinitive, is_own_act, is_political, is_told_in_full, task, tells_of_parties, whose,
};
use super::hindered::{hindered, is_hindered};
use super::lexicon::{Act, IssueRule, Leaning, Lexicon, Needs, Part, StanceRule, What};
use super::name::{Instruments, LENGTH, gerund, noun_phrase, phrase, somebody};
use super::places::{at_place, complement_of, out_of};
use super::told::{has_content, is_on_something, is_person, is_to_be_made, is_told, sides_free, verb_beside};
use crate::acts::lexicon::{Lexicon as Acts, Sense};
use crate::clause::reading::Reading;
use crate::records::conditions::{is_party, is_power};
use crate::words::{conditions, factuality, speech, stances};

/// The most words above the verb of an act that gives an issue.
const DEEPEST: usize = 60;

/// Words that are looked through at most, `calls for an end to …`.
const DEPTH: usize = 4;

/// An issue, and on which side of it the words are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Issue {
    /// `lifting sanctions on Iran`, `Omar Brandt in power`.
    pub(super) name: String,
    /// Whether the words are against it.
    pub(super) against: bool,
    /// Whether a word of the lexicon named it. Otherwise the name is the noun phrase itself.
    pub(super) known: bool,
}

/// Returns the issue that the verb or noun `at` names: what a word of the lexicon makes of it, an instrument, or a noun
/// or verb for what may be proposed.
pub(super) fn of(reading: &Reading<'_>, instruments: &Instruments, at: u32) -> Option<Issue> {
    // `will continue to enforce the sanctions`
    let goes_on = reading.is_verb(at) && reading.is(at, &["continue", "keep", "begin", "start"]);
    if let Some(act) = reading.children_by(at, &[Dep::Xcomp]).next().filter(|_| goes_on) {
        let issue = of(reading, instruments, act)?;
        return Some(Issue { against: issue.against ^ denied(reading, at), ..issue });
    }
    if let Some((act, against)) = hindered(reading, at) {
        let issue = act_of(reading, instruments, act, true, Sides::Taken)?;
        return Some(Issue { against: issue.against ^ against ^ denied(reading, at), known: true, ..issue });
    }
    named(reading, instruments, at, DEPTH).or_else(|| {
        if reading.is_verb(at) {
            return act(reading, instruments, at);
        }
        let name = proposal(reading, instruments, at);
        // `the sanctions` are those told of before.
        let short = name.as_ref().is_none_or(|name| !name.contains(' '))
            || reading.children_by(at, &[Dep::Compound, Dep::Nmod]).next().is_none();
        let told = short.then(|| taken_up(reading, instruments, at)).flatten();
        let issue = told.or_else(|| Some(Issue { name: name?, against: false, known: false }))?;
        Some(Issue { against: issue.against ^ denied(reading, at), ..issue })
    })
}

/// Returns the issue that the definite noun or the pronoun `at` takes up.
fn taken_up(reading: &Reading<'_>, instruments: &Instruments, at: u32) -> Option<Issue> {
    if let Some(object) = again::object_before(reading, at) {
        return of(reading, instruments, object);
    }
    // `strikes on Chad` tells more than `a joint strike`, which may itself take it up. What a report begins with is what it
    // is about, and one name for all who take sides on it.
    let on_what: Vec<u32> =
        again::nouns(reading, at).filter(|&noun| is_on_something(reading, noun)).collect();
    let on_what = on_what.into_iter().rev();
    let brought_in = again::nouns(reading, at).filter(|&noun| !again::is_definite(reading, noun));
    if let Some(name) = on_what.chain(brought_in).find_map(|noun| in_full(reading, noun)) {
        return Some(Issue { name, against: false, known: false });
    }
    let issues = again::deeds(reading, at).filter_map(|verb| named(reading, instruments, verb, DEPTH));
    issues.filter(|issue| issue.name.contains(' ')).take(1).next().or_else(|| harm(reading, instruments, at))
}

/// Returns the act of violence told shortly before that the definite noun `at` takes up: `Chad shot down a jet … the attack`.
fn harm(reading: &Reading<'_>, instruments: &Instruments, at: u32) -> Option<Issue> {
    let verb = again::harms(reading, at).next()?;
    let issue = act_of(reading, instruments, verb, true, Sides::Taken)?;
    (!issue.against && issue.name.contains(' ')).then_some(issue)
}

/// Returns the words for the noun `at` if they tell in full what may be proposed: `strikes on Syria`.
fn in_full(reading: &Reading<'_>, at: u32) -> Option<String> {
    let beside = verb_beside(reading, at);
    let fits = matches!(reading.pos(at), Pos::Noun | Pos::Propn) && sides_free(reading, at);
    let known = || Lexicon::shipped().proposal(&reading.lemma(at).to_lowercase()).is_some();
    let named = fits && known() && (beside.is_some() || is_told(reading, at));
    let name = named.then(|| phrase(reading, at, beside))?;
    name.contains(' ').then_some(name)
}

/// Returns the words for the noun `at` if it is an instrument, or what may be proposed.
fn proposal(reading: &Reading<'_>, instruments: &Instruments, at: u32) -> Option<String> {
    if let Some(name) = instrument(reading, instruments, at) {
        return Some(name.clone());
    }
    // `military force` is no army.
    let means = reading.is(at, &["force"])
        && reading.tag(at) == Tag::Nn
        && reading.children_by(at, &[Dep::Det, Dep::Poss]).next().is_none();
    if !matches!(reading.pos(at), Pos::Noun | Pos::Propn) || !means && !sides_free(reading, at) {
        return None;
    }
    // `cease-fire` is three tokens.
    let is_pause = reading.is(at, &["fire"]) && at >= 2 && reading.is(at - 2, &["cease"]);
    let lemma = if is_pause { "cease-fire".to_owned() } else { reading.lemma(at).to_lowercase() };
    // An `Act` is a law, `acts` are deeds.
    if lemma == "act" && !reading.tag(at).is_proper() {
        return None;
    }
    let any = reading
        .children_by(at, &[Dep::Det])
        .any(|word| reading.is(word, &["any", "such", "another", "some"]));
    let alone =
        Lexicon::shipped().proposal(&lemma).or_else(|| is_to_be_made(reading, at).then_some(Needs::Telling));
    let named = alone.is_none() && reading.tag(at).is_proper() && reading.word(at) == "Brexit";
    if any || alone.is_none() && !named {
        return None;
    }
    let beside = verb_beside(reading, at).filter(|_| !is_told(reading, at));
    let name = phrase(reading, at, beside);
    let words = name.split_whitespace().count();
    let told = match alone {
        Some(Needs::Nothing) | None => words > 0,
        Some(Needs::Telling) => words > 1 && (beside.is_some() || is_told(reading, at)),
        Some(Needs::Content) => words > 1 && has_content(reading, at),
    };
    told.then_some(name)
}

/// Returns the name of the instrument for which `at`, a noun or a pronoun, stands.
fn instrument<'i>(reading: &Reading<'_>, instruments: &'i Instruments, at: u32) -> Option<&'i String> {
    // `a treaty that would …` is none in particular.
    let would = reading
        .children_by(at, &[Dep::Relcl])
        .any(|clause| reading.children_by(clause, &[Dep::Aux]).any(|aux| reading.tag(aux) == Tag::Md));
    if would && reading.children_by(at, &[Dep::Det]).any(|word| reading.is(word, &["a", "an", "any", "no"])) {
        return None;
    }
    instruments.get(&at).or_else(|| {
        let mention = reading.mention(at).filter(|mention| mention.form == MentionForm::Pronoun)?;
        let mentions = &reading.annotations.mentions;
        let chain = mentions.chains.get(mention.chain as usize)?;
        let heads = chain.mentions.iter().filter_map(|&number| mentions.mentions.get(number as usize));
        heads.filter(|other| other.head < at).filter_map(|other| instruments.get(&other.head)).next_back()
    })
}

/// Returns the act of the verb `at` as an issue: `Iran releasing the sailors`. Only acts of politics are issues.
fn act(reading: &Reading<'_>, instruments: &Instruments, at: u32) -> Option<Issue> {
    act_of(reading, instruments, at, true, Sides::Open)
}

/// Returns the act of the verb `at` as an issue, and whose it is if it is another's: not in `we will release the sailors`.
/// Which acts will do, `sides` says.
pub(super) fn act_of(
    reading: &Reading<'_>,
    instruments: &Instruments,
    at: u32,
    is_anothers: bool,
    sides: Sides,
) -> Option<Issue> {
    let is_shown = sides != Sides::Open;
    // Each step goes down the tree: nobody means a clause under dozens of others.
    if reading.syntax.ancestors(at).nth(DEEPEST).is_some() {
        return None;
    }
    let lemma = reading.lemma(at).to_lowercase();
    // `will continue to enforce the sanctions`
    let goes_on = reading.is(at, &["continue", "keep", "begin", "start"]);
    if let Some(act) = reading.children_by(at, &[Dep::Xcomp]).next().filter(|_| goes_on) {
        return act_of(reading, instruments, act, is_anothers, sides);
    }
    // `would like to see Chad lift the sanctions`
    if reading.is(at, &["see", "have"])
        && let Some(act) = reading.children_by(at, &[Dep::Ccomp, Dep::Xcomp]).find(|&act| {
            act > at
                && reading.is_verb(act)
                && !reading.is_finite_clause(act)
                && reading.own_subject(act).is_some()
        })
    {
        return act_of(reading, instruments, act, true, sides);
    }
    let deals = is_shown && (reading.is(at, &conditions::DEALING) || is_hindered(reading, at));
    if reading.particle(at).is_none() && reading.is(at, &conditions::NO_ACT) && !deals {
        return None;
    }
    // `allow Chad`, `stop Chad`: what to do, the tree does not tell.
    if (reading.is(at, &stances::LETTING) || reading.is(at, &factuality::HINDERING))
        && reading
            .objects(at)
            .iter()
            .any(|&it| reading.named(it).iter().any(|actor| is_party(reading, actor)))
    {
        return None;
    }
    // `urged Kenya to oppose the deal`: the deal is the issue.
    let shown = Lexicon::shipped().stances(&lemma, reading.particle(at).as_deref());
    let filled = |rule: &&StanceRule| {
        rule.places.iter().any(|place| at_place(reading, at, place).iter().any(|&object| object != at))
    };
    // `plans to vote against the deal`: of two rules the one that the words fill.
    let verbs = || shown.iter().filter(|rule| rule.part == Part::Verb);
    if let Some(rule) = verbs().find(filled).or_else(|| verbs().next()) {
        let turn = rule.stance == Stance::Against;
        let mut objects = rule.places.iter().flat_map(|place| at_place(reading, at, place));
        let object = objects.find(|&object| object != at);
        let issue = object.and_then(|object| of(reading, instruments, object));
        if let Some(issue) = issue {
            return Some(Issue { against: issue.against ^ turn ^ denied(reading, at), ..issue });
        }
        // To oppose something is no act that anybody shares with those who are for it; to withdraw a bill is one.
        let other_sense = !rule.places.iter().any(|place| matches!(*place, "obj" | "thing"))
            && reading.child(at, Dep::Dobj).is_some()
            && !reading.is(at, &speech::SPEECH);
        if turn && !other_sense {
            return None;
        }
    }
    let particle = reading.particle(at);
    let key = particle.as_ref().map_or_else(|| lemma.clone(), |particle| format!("{lemma}_{particle}"));
    // `wants the rebels driven out`
    let bare = reading.tag(at) == Tag::Vbn
        && reading.dep(at) != Dep::Acl
        && reading.children_by(at, &[Dep::Aux, Dep::Auxpass]).next().is_none()
        && reading.child(at, Dep::Nsubj).is_some();
    let passive = reading.is_passive(at) || bare;
    let subjects = if passive { reading.agents(at) } else { whose(reading, at) };
    // What a party by name is to do is an act of politics, whatever it is.
    let addressed =
        subjects.iter().any(|&subject| reading.named(subject).iter().any(|actor| is_party(reading, actor)));
    let is_act = |key: &str| Acts::shipped().verb(key).iter().any(|rule| matches!(rule.sense, Sense::Act(_)));
    let listed = is_act(&key) || is_act(&lemma);
    let mut words: Vec<String> = vec![gerund(&lemma)];
    words.extend(particle);
    // `glad that the pilots were freed`
    let object = match (bare, passive) {
        (true, _) => Dep::Nsubj,
        (false, true) => Dep::Nsubjpass,
        (false, false) => Dep::Dobj,
    };
    let object = reading.children_by(at, &[object]).next();
    let counts = |at: u32| reading.is(at, &["all", "some", "more", "both"]);
    if object.is_some_and(|object| reading.pos(object) == Pos::Pron && !counts(object))
        || passive && !is_shown
    {
        return None;
    }
    if let Some(object) = object {
        words.push(noun_phrase(reading, object));
    }
    let (prep, complement) = complement_of(reading, at);
    if let Some((prep, object)) = prep.zip(complement) {
        if reading.pos(object) == Pos::Pron {
            return None;
        }
        words.push(reading.word(prep).to_lowercase());
        words.extend(out_of(reading, prep).map(|_| "of".to_owned()));
        words.push(noun_phrase(reading, object));
    }
    if let Some(verb) = task(reading, at, object) {
        words.extend(infinitive(reading, verb)?);
    }
    // What is too long for a name leaves none.
    if words.iter().any(String::is_empty) {
        return None;
    }
    if words.len() < 2 || object.is_none() && prep.is_none() {
        return None;
    }
    // Not any deed is one of politics: somebody who acts, or what is fought for, is named.
    let own: Vec<u32> = object.into_iter().chain(complement).collect();
    let political = is_political(reading, at, &own, listed, is_anothers)
        || is_shown && own.iter().any(|&side| tells_of_parties(reading, side));
    let full = || sides == Sides::OfParties && object.is_some_and(|object| is_told_in_full(reading, object));
    if !political && !addressed && !full() {
        return None;
    }
    if let Some(&subject) = subjects.first().filter(|_| is_anothers) {
        words.insert(0, doers(reading, subject)?);
    }
    let name = words.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = name.contains(' ') && name.split(' ').count() <= LENGTH;
    fits.then(|| Issue { name, against: denied(reading, at), known: false })
}

/// Returns the particle of the verb `at`, or the adverb that makes one word with it: `bring the troops home`.
fn particle(reading: &Reading<'_>, at: u32) -> Option<String> {
    reading.particle(at).or_else(|| {
        let home = reading
            .children_by(at, &[Dep::Advmod])
            .find(|&it| it > at && reading.is(it, &["home", "back"]))?;
        reading.is_verb(at).then(|| reading.word(home).to_lowercase())
    })
}

/// The issue that the verb `at` names where `object` is what it acts on, whatever the tree says.
pub(super) fn with_object(
    reading: &Reading<'_>,
    instruments: &Instruments,
    at: u32,
    object: u32,
) -> Option<Issue> {
    let rules = Lexicon::shipped().issues(reading.lemma(at), None).iter();
    let rule = rules.filter(|rule| !rule.noun && rule.places.contains(&"obj")).find(|rule| {
        matches!(rule.leaning, Leaning::For | Leaning::Against) && fits(reading, rule, object, at)
    })?;
    let against = (rule.leaning == Leaning::Against) ^ denied(reading, at);
    Some(Issue { name: name(reading, instruments, rule, object, at), against, known: true })
}

/// The issue, if a word of the lexicon names it.
fn named(reading: &Reading<'_>, instruments: &Instruments, at: u32, depth: usize) -> Option<Issue> {
    if depth == 0 {
        return None;
    }
    let denied = denied(reading, at);
    let lemma = reading.lemma(at).to_lowercase();
    let rules = Lexicon::shipped().issues(&lemma, particle(reading, at).as_deref());
    let noun = matches!(reading.syntax.token(at).pos, Pos::Noun | Pos::Propn);
    for rule in rules.iter().filter(|rule| rule.noun == noun) {
        for head in rule.places.iter().flat_map(|place| at_place(reading, at, place)) {
            let (against, inside) = match rule.leaning {
                Leaning::For | Leaning::Ending => (false, false),
                Leaning::Against => (true, false),
                Leaning::Inside => (false, true),
                Leaning::NotInside => (true, true),
                Leaning::Through => (false, false),
                Leaning::NotThrough => (true, false),
            };
            let found = if matches!(rule.leaning, Leaning::Through | Leaning::NotThrough) {
                of(reading, instruments, head)
            } else if inside {
                named(reading, instruments, head, depth - 1)
            } else {
                let issue = |act: Act, against: bool| Issue {
                    name: name(reading, instruments, &IssueRule { act, ..rule.clone() }, head, at),
                    against,
                    known: true,
                };
                // Who wants another to end a thing is against it, if the thing alone names it.
                let others = rule.leaning == Leaning::Ending && !is_own_act(reading, at);
                let thing = others.then(|| issue(Act::Thing, true));
                let thing = thing.filter(|thing| says_enough(reading, rule, thing, head));
                fits(reading, rule, head, at).then(|| thing.unwrap_or_else(|| issue(rule.act, false)))
            };
            if let Some(issue) = found.filter(|issue| says_enough(reading, rule, issue, head)) {
                return Some(Issue { against: issue.against ^ against ^ denied, ..issue });
            }
        }
    }
    None
}

/// Whether the name of `issue`, which stands at `head`, tells what it is on: not `production` alone, unless `rule` lists it.
fn says_enough(reading: &Reading<'_>, rule: &IssueRule, issue: &Issue, head: u32) -> bool {
    let alone = (rule.what == What::Thing || again::is_thin(reading, head))
        && !issue.name.contains(' ')
        && reading.is_noun(head)
        && !reading.tag(head).is_proper();
    let lemma = reading.lemma(head).to_lowercase();
    let glued = issue.name.contains(['-', '–']);
    let known = || matches!(Lexicon::shipped().proposal(&lemma), Some(Needs::Nothing));
    !issue.name.is_empty() && (!alone || glued || known())
}

/// Whether the word is negated, or follows `no`.
fn denied(reading: &Reading<'_>, at: u32) -> bool {
    reading.child(at, Dep::Neg).is_some()
        || reading.children_by(at, &[Dep::Det]).any(|determiner| reading.is(determiner, &["no"]))
}

/// Whether the token `head` may be the issue of `rule`.
fn fits(reading: &Reading<'_>, rule: &IssueRule, head: u32, at: u32) -> bool {
    match &rule.what {
        What::Anything => true,
        What::Person => is_person(reading, head) && is_whole(reading, at),
        What::State => reading.named(head).iter().any(|actor| actor.state_code().is_some()),
        What::Power => reading.named(head).iter().any(|actor| is_power(reading, actor)),
        What::Thing => {
            reading.named(head).is_empty()
                && matches!(reading.syntax.token(head).pos, Pos::Noun | Pos::Propn | Pos::Verb)
        }
        What::Lemmas(lemmas) => reading.is(head, lemmas.as_slice()),
    }
}

/// Whether the verb `at` says no more than that somebody goes or stays: not `stay uninvolved`, `remain on the table`.
fn is_whole(reading: &Reading<'_>, at: u32) -> bool {
    !reading.is_verb(at)
        || !reading.children(at).iter().any(|&child| match reading.dep(child) {
            Dep::Acomp | Dep::Attr | Dep::Oprd | Dep::Xcomp => true,
            Dep::Prep => {
                child > at
                    && !reading
                        .child(child, Dep::Pobj)
                        .is_some_and(|object| reading.is(object, &conditions::IN_OFFICE))
                    && reading.is(child, &["in", "on", "to", "over", "of", "with", "into", "for"])
            }
            Dep::Advmod => reading.is(child, &["in", "ahead", "on", "back", "there"]),
            _ => false,
        })
}

/// The issue's name: what stands at `head`, and where `at`, the word that names it, says so.
fn name(reading: &Reading<'_>, instruments: &Instruments, rule: &IssueRule, head: u32, at: u32) -> String {
    if rule.what == What::Person {
        return format!("{} in power", somebody(reading, head));
    }
    // `get out of the country`: which, its name tells.
    let power = matches!(rule.what, What::State | What::Power);
    if let (true, Act::Called(act), Some(chain)) = (power, rule.act, reading.chain(head)) {
        return format!("{act} {}", chain.name);
    }
    let thing = instrument(reading, instruments, head).cloned().unwrap_or_else(|| {
        let thing = phrase(reading, head, Some(at));
        let told = (!thing.contains(' ')).then(|| taken_up(reading, instruments, head)).flatten();
        told.filter(|issue| !issue.against).map_or(thing, |issue| issue.name)
    });
    match rule.act {
        // What has no name of its own gives none to an act.
        _ if thing.is_empty() => thing,
        Act::Thing => thing,
        Act::Called(act) => format!("{act} {thing}"),
        Act::Own if rule.noun => format!("{} of {thing}", reading.lemma(at).to_lowercase()),
        Act::Own => format!("{} {thing}", gerund(&reading.lemma(at).to_lowercase())),
    }
}
