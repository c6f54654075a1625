//! Praise and blame: who calls an act or instrument a mistake, or says that it would do harm, is against it.

use readout_lexicon::WordClass;
use readout_record::{ActorKind, Factuality, Mode, Stance};
use readout_syntax::{Dep, Pos};

use super::deed::infinitive;
use super::held::{Held, turned};
use super::holders::{conditional, speakers, state_of};
use super::issue::{self, Issue};
use super::lexicon::{Effect, Lexicon};
use super::name::Instruments;
use super::places;
use crate::clause::presupposition::is_definite;
use crate::clause::reading::Reading;
use crate::clause::{factuality, premises};
use crate::words::{conditions, speech};

/// A predicate of praise or blame.
struct Predicate {
    /// The verb that joins both: `called`, `is`.
    verb: u32,
    /// The word for what is praised or blamed.
    subject: u32,
    /// Heads of those who say so, or nothing if the speaker of the words does.
    holders: Option<Vec<u32>>,
}

/// Returns the stance of somebody who praises or blames an act or instrument: `called the deal a mistake`, `“The plan is
/// wrong”`, `the disastrous deal` in the words of a speaker.
pub(super) fn by_evaluation(reading: &Reading<'_>, instruments: &Instruments, at: u32) -> Option<Held> {
    let word = reading.lemma(at).to_lowercase();
    let stance = Lexicon::shipped().evaluation(&word)?;
    if reading.dep(at) == Dep::Amod
        && let Some(noun) = reading.head(at)
        && let Some(issue) = described(reading, instruments, noun)
    {
        return Some(by_speaker(issue, stance));
    }
    // `a bad deal`
    let node = match reading.dep(at) {
        Dep::Amod => reading.head(at).filter(|&noun| reading.is(noun, &conditions::STEP))?,
        // `an act of aggression`
        Dep::Pobj => {
            let act = reading.head(at).filter(|&of| reading.is(of, &["of"])).and_then(|of| reading.head(of));
            act.filter(|&act| reading.is(act, &["act", "form", "kind"])).unwrap_or(at)
        }
        _ => at,
    };
    // `it would not be more successful`
    let compared =
        reading.children_by(node, &[Dep::Advmod]).any(|it| reading.is(it, &["more", "less", "how"]));
    let Predicate { verb, subject, holders } = predicate(reading, node).filter(|_| !compared)?;
    let denied = is_denied(reading, node) || is_denied(reading, verb);
    // Not to be bad is not yet to be good.
    if denied && stance == Stance::Against {
        return None;
    }
    let told = factuality::of(reading, verb);
    let holds = matches!(told, Factuality::Happened | Factuality::Ongoing | Factuality::Planned)
        || denied && told == Factuality::Denied
        || holders.is_none() && is_foreseen(reading, verb);
    if !holds {
        return None;
    }
    // `wants to block the relief that is crucial to the deal`: the outlet may say so.
    let indirect = || reading.statement_of(node).is_none_or(|it| it.mode != Mode::Direct);
    if holders.is_none() && reading.dep(verb) == Dep::Relcl && indirect() {
        return None;
    }
    let issue = issue::of(reading, instruments, subject)?;
    let stance = turned(stance, denied);
    Some(match holders {
        Some(holders) => {
            Held { holders, by_speaker: false, stance: turned(stance, issue.against), issue: Some(issue) }
        }
        None => by_speaker(issue, stance),
    })
}

/// The stance of the speaker of the words.
fn by_speaker(issue: Issue, stance: Stance) -> Held {
    Held { holders: Vec::new(), by_speaker: true, stance: turned(stance, issue.against), issue: Some(issue) }
}

/// Whether the word is negated, or follows `no`.
fn is_denied(reading: &Reading<'_>, at: u32) -> bool {
    reading.child(at, Dep::Neg).is_some()
        || reading.children_by(at, &[Dep::Det]).any(|word| reading.is(word, &["no"]))
}

/// Whether the clause of the verb `at` tells what would be: `lifting the sanctions would be a mistake`.
fn is_foreseen(reading: &Reading<'_>, at: u32) -> bool {
    reading.children_by(at, &[Dep::Aux]).any(|aux| reading.is(aux, &["would", "will", "could", "can"]))
        && !premises::is_open(reading, at)
        && !reading.is_asked(at)
        && !conditional(reading, at)
}

/// Returns the issue of the definite noun that a speaker describes in passing: `this disastrous deal`.
fn described(reading: &Reading<'_>, instruments: &Instruments, noun: u32) -> Option<Issue> {
    reading.statement_of(noun)?;
    let definite = is_definite(reading, noun);
    let open = reading.ancestors(noun).any(|up| reading.is_verb(up) && premises::is_open(reading, up));
    if !definite || open || !instruments.contains_key(&noun) {
        return None;
    }
    issue::of(reading, instruments, noun)
}

/// Returns what the noun or adjective `node` is said of, and by whom.
fn predicate(reading: &Reading<'_>, node: u32) -> Option<Predicate> {
    let above = reading.head(node)?;
    let calls = |verb: u32| reading.is(verb, &speech::CALLING);
    // `was called a mistake` by nobody in particular
    let by_doers = |verb: u32, subject: u32| {
        let holders = reading.doers(verb);
        let holders = Some(holders).filter(|heads| !heads.is_empty() || !reading.is_passive(verb));
        holders.map(|holders| Predicate { verb, subject, holders: Some(holders) })
    };
    let object = |verb: u32| reading.objects(verb).into_iter().find(|&it| it != node);
    match reading.dep(node) {
        Dep::Oprd if calls(above) => by_doers(above, object(above)?),
        Dep::Ccomp | Dep::Xcomp if calls(above) => by_doers(above, reading.own_subject(node)?),
        Dep::Pobj if reading.is(above, &["as"]) => {
            // `described the deal as a mistake`: the phrase may hang on the deal.
            let near = reading.head(above)?;
            let verb = [Some(near), reading.head(near)].into_iter().flatten().find(|&verb| calls(verb))?;
            by_doers(verb, object(verb)?)
        }
        Dep::Attr | Dep::Acomp if reading.is(above, &["be"]) => {
            // `considers the plan to be a mistake`
            if let Some(verb) = reading.head(above).filter(|&verb| calls(verb))
                && reading.is_infinitive(above)
            {
                let subject = reading.own_subject(above).or_else(|| object(verb))?;
                return by_doers(verb, subject);
            }
            let subject = subject_of(reading, above)?;
            Some(Predicate { verb: above, subject, holders: None })
        }
        _ => None,
    }
}

/// Returns the subject of the verb `at`, be it an act: `lifting them would be`, `it would be wrong to lift them`.
fn subject_of(reading: &Reading<'_>, at: u32) -> Option<u32> {
    let subject =
        reading.children_by(at, &[Dep::Csubj]).next().or_else(|| reading.subjects(at).first().copied())?;
    if !reading.is(subject, &["it"]) || reading.dep(subject) == Dep::Csubj {
        return Some(subject);
    }
    let deps = [Dep::Xcomp, Dep::Ccomp, Dep::Advcl, Dep::Relcl, Dep::Acl];
    let below = reading.children_by(at, &[Dep::Acomp, Dep::Attr]).chain(std::iter::once(at));
    let act = below
        .flat_map(|word| reading.children(word).iter().copied())
        .find(|&verb| deps.contains(&reading.dep(verb)) && reading.is_infinitive(verb));
    Some(act.unwrap_or(subject))
}

/// Returns the stance of the speaker who says that somebody has the right to do something, or has none.
pub(super) fn by_right(reading: &Reading<'_>, at: u32) -> Option<Held> {
    let verb =
        reading.head(at).filter(|&verb| reading.dep(at) == Dep::Dobj && reading.is(verb, &["have"]))?;
    let right = reading.is(at, &["right"]) && reading.is_noun(at) && reading.statement_of(at).is_some();
    let act = reading.children_by(at, &[Dep::Acl]).find(|&act| right && reading.is_infinitive(act))?;
    let [owner] = reading.subjects(verb)[..] else { return None };
    let chain =
        reading.chain(owner).filter(|chain| chain.actors.len() == 1 && chain.kind != ActorKind::Unnamed)?;
    if premises::is_open(reading, verb) || reading.is_asked(verb) || conditional(reading, verb) {
        return None;
    }
    let what = infinitive(reading, act)?.join(" ");
    let ending = if chain.name.ends_with('s') { "’" } else { "’s" };
    let name = format!("{}{ending} right {what}", chain.name);
    let stance = turned(Stance::For, is_denied(reading, at) || is_denied(reading, verb));
    Some(by_speaker(Issue { name, against: false, known: true }, stance))
}

/// Returns the stance of the speaker who says that an act or instrument would do harm or good: `the deal would undermine
/// the peace`.
pub(super) fn by_effect(reading: &Reading<'_>, instruments: &Instruments, at: u32) -> Option<Held> {
    if !reading.is_verb(at) || reading.is_passive(at) || is_denied(reading, at) {
        return None;
    }
    let statement = reading.statement_of(at)?;
    let effects = Lexicon::shipped().effects(&reading.lemma(at).to_lowercase());
    let (effect, object) = effects.iter().find_map(|effect| {
        let class: &WordClass = if effect.on_good { &conditions::AT_STAKE } else { &conditions::ILL };
        let mut objects = effect.places.iter().flat_map(|place| places::at_place(reading, at, place));
        Some((effect, objects.find(|&object| reading.is_noun(object) && reading.is(object, class))?))
    })?;
    let told = factuality::of(reading, at);
    let holds = matches!(told, Factuality::Happened | Factuality::Ongoing | Factuality::Planned)
        || is_foreseen(reading, at)
        || reading.children_by(at, &[Dep::Aux]).any(|aux| reading.is(aux, &["may", "might"]));
    if !holds || statement.negated || premises::is_open(reading, at) || is_of_others(reading, at, object) {
        return None;
    }
    let subject = subject_of(reading, at)?;
    let is_act = reading.is_verb(subject) || reading.is_noun(subject) || reading.pos(subject) == Pos::Pron;
    let issue = issue::of(reading, instruments, subject).filter(|_| is_act)?;
    let Effect { stance, .. } = *effect;
    Some(by_speaker(issue, stance))
}

/// Whether what `object` names is that of states who do not speak: `would hurt the economy of Chad`.
fn is_of_others(reading: &Reading<'_>, at: u32, object: u32) -> bool {
    let mut own = speakers(reading, at);
    let states: Vec<String> = own.iter().filter_map(|actor| state_of(reading, actor)).collect();
    own.extend(states.iter().map(|state| readout_record::ActorId::state(state)));
    let named: Vec<_> = reading
        .syntax
        .subtree(object)
        .filter(|&token| token != object)
        .flat_map(|token| reading.named(token))
        .filter(|actor| actor.starts_with("state:") || actor.starts_with("group:"))
        .collect();
    !named.is_empty() && !named.iter().any(|actor| own.contains(actor))
}
