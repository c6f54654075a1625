//! Positions: who is for or against what, where a report says so in so many words.
//!
//! `data/positions/stances.tsv` says which words show a stance and where what it is on stands; [`issue`] names that so
//! that opponents speak of one thing.

use readout_record::{ActorId, Mode, Position, RecordId, Stance, Tone, ids};
use readout_syntax::{Dep, Pos, Tag};

mod again;
mod deed;
mod evaluation;
mod held;
mod hindered;
mod holders;
mod issue;
mod lexicon;
mod name;
mod nouns;
mod places;
mod plain;
mod shown;
mod since;
mod told;

use deed::Sides;
use evaluation::{by_effect, by_evaluation, by_right};
use held::{Held, turned};
use holders::{conditional, governed, speakers, state_of, writers};
use lexicon::{Lexicon, Part, StanceRule};
pub(crate) use name::{Instruments, noun_phrase as phrase};
use nouns::{by_adjective, by_noun};
use shown::{complements, shifted, stances};
use since::since;

use super::conditions::{Found, is_party, own_state};
use crate::acts::lexicon::Lexicon as Acts;
use crate::acts::sides;
use crate::clause::premises;
use crate::clause::reading::Reading;
use crate::once::add_once;
use crate::words::{commitments, conditions, speech, stances as asking};

/// Pairs of like stances that are looked through for one that is known already.
const LOOK_BACK: usize = 40;
/// Verbs of a list that are followed at most.
const LIST: usize = 4;

/// The stances of the document, in order. `event_at` gives the event whose predicate is that token, `premise_of` the
/// condition's premise in a statement.
pub(crate) fn find(
    reading: &Reading<'_>,
    event_at: &dyn Fn(u32) -> Option<RecordId>,
    premise_of: &dyn Fn(&str) -> Option<String>,
    instruments: &Instruments,
) -> Vec<Position> {
    let mut found: Vec<Position> = Vec::new();
    for at in 0..reading.syntax.len() {
        let mut all = held(reading, instruments, at);
        all.extend(by_evaluation(reading, instruments, at));
        all.extend(by_effect(reading, instruments, at));
        all.extend(by_right(reading, at));
        for held in all {
            // Without a record that shows it, a stance is no part of the record.
            let shown = reading.statement_of(at).filter(|_| held.by_speaker);
            let shown = shown.map(|statement| statement.evidence.id.clone());
            let Some(evidence) = shown
                .or_else(|| reading.reported_by(at))
                .or_else(|| cue(reading, at))
                .or_else(|| event_at(at))
                .or_else(|| around(reading, at))
            else {
                continue;
            };
            // `that is what we want to see`: the issue is what it hangs on.
            let issue = match held.issue {
                Some(issue) => issue.name,
                None => match premise_of(&evidence) {
                    Some(premise) => premise,
                    None => continue,
                },
            };
            let actors =
                if held.by_speaker { speakers(reading, at) } else { holders(reading, at, &held.holders) };
            if held.stance == Stance::Unclear || name::is_empty(&issue) {
                continue;
            }
            // An outlet tells of stances, and has none.
            for actor in actors.into_iter().filter(|actor| !actor.starts_with("outlet:")) {
                // Nobody has a stance on whether they themselves hold power.
                let own =
                    reading.chain_of(&actor).is_some_and(|chain| issue == format!("{} in power", chain.name));
                if own {
                    continue;
                }
                add(&mut found, position(reading, actor, &issue, held.stance, &evidence, since(reading, at)));
            }
        }
    }
    found
}

/// Adds `position`, or adds its evidence to a position with its id.
fn add(found: &mut Vec<Position>, position: Position) {
    let known = found.iter_mut().rev().take(LOOK_BACK).find(|known| known.id == position.id);
    let Some(known) = known else {
        found.push(position);
        return;
    };
    add_once(&mut known.evidence, position.evidence);
}

/// Returns the positions that threats show. Whoever says that sanctions will stay unless something is done is for them.
/// Whoever only threatens with them is for them on a condition.
pub(crate) fn of_threats(
    reading: &Reading<'_>,
    conditions: &[Found],
    instruments: &Instruments,
) -> Vec<Position> {
    let mut found: Vec<Position> = Vec::new();
    for Found { condition, consequence, .. } in
        conditions.iter().filter(|it| it.condition.tone == Tone::Threat)
    {
        let Some(statement) = &condition.statement else { continue };
        // `it would face a harsh response`: what others suffer names no act of theirs who threaten.
        if reading.is(*consequence, &conditions::FACING)
            || reading.is(*consequence, &["receive", "get", "see"])
        {
            continue;
        }
        let stance =
            if reading.is(*consequence, &conditions::LASTING) { Stance::For } else { Stance::Conditional };
        let named = issue::of(reading, instruments, *consequence).filter(|issue| !issue.against);
        let Some(issue) = named.map(|issue| issue.name) else { continue };
        for actor in &condition.by {
            let actor =
                state_of(reading, actor).map_or_else(|| actor.clone(), |state| ActorId::state(&state));
            let since = since(reading, *consequence);
            add(&mut found, position(reading, actor, &issue, stance, statement, since));
        }
    }
    found
}

fn position(
    reading: &Reading<'_>,
    actor: ActorId,
    issue: &str,
    stance: Stance,
    evidence: &RecordId,
    since: Option<String>,
) -> Position {
    let key = format!("{}\n{issue}\n{stance:?}", reading.document.id);
    Position {
        id: ids::linked_id("position", [actor.as_str(), key.as_str()]),
        actor,
        issue: issue.to_owned(),
        stance,
        since,
        evidence: vec![evidence.clone()],
    }
}

/// The statement whose words of saying hold token `at`: `opposes` is itself a cue.
fn cue(reading: &Reading<'_>, at: u32) -> Option<RecordId> {
    reading.statement_by_cue(at).map(|statement| statement.evidence.id.clone())
}

/// The innermost statement whose passage has token `at`, in its own words or the report's.
fn around(reading: &Reading<'_>, at: u32) -> Option<RecordId> {
    let word = reading.offsets.to_chars(reading.token(at).span);
    let near = reading.statements.iter().rev();
    let mut holding = near.filter(|it| it.evidence.spans.iter().any(|span| span.contains(word)));
    holding.next().map(|statement| statement.evidence.id.clone())
}

/// Returns the actors who take the stance: an official's `we` is the state.
fn holders(reading: &Reading<'_>, at: u32, heads: &[u32]) -> Vec<ActorId> {
    let mut found: Vec<ActorId> = Vec::new();
    for &head in heads {
        // `51 percent`, `any politician`, `whose troops`
        let general = reading.children_by(head, &[Dep::Det, Dep::Poss]).any(|word| {
            reading.is(word, &["any", "no", "every", "each"]) || reading.tag(word) == Tag::WpPossessive
        });
        // `Norwegians` are not Norway.
        let people = reading.tag(head) == Tag::Nnps
            && reading.word(head).ends_with("ans")
            && reading.named(head).iter().all(|actor| actor.starts_with("state:"));
        let nobody = reading.pos(head) == Pos::Num || reading.is(head, &speech::NO_HOLDER);
        // `both leaders`, `its allies`: the words for those whom nobody names do not tell who they are.
        let points = |word: u32| {
            reading.pos(word) == Pos::Pron && reading.dep(word) == Dep::Poss
                || reading.dep(word) == Dep::Det && reading.is(word, &["both", "these", "those"])
        };
        let unknown = reading.children_by(head, &[Dep::Det, Dep::Poss]).any(points)
            && !reading.named(head).is_empty()
            && reading.named(head).iter().all(|actor| actor.is_unnamed());
        // `its raids threaten to destroy the truce`: an act wants nothing.
        let deed = reading.is_noun(head)
            && reading.mention(head).is_none()
            && !reading.is(head, &["campaign"])
            && Acts::shipped().names_act(&reading.lemma(head).to_lowercase());
        if let Some(state) = own_state(reading, head) {
            add_once(&mut found, [state]);
            continue;
        }
        if deed || general || people || nobody || unknown {
            continue;
        }
        let we = reading.is(head, &["we", "us"]);
        let mut actors = sides::actors(reading, head);
        if actors.is_empty() && we {
            let statement = reading.statement_of(at);
            actors = statement.map(|statement| statement.speaker.clone()).unwrap_or_default();
        }
        for actor in actors {
            let state = we.then(|| state_of(reading, &actor)).flatten();
            let actor = state.map_or(actor, |state| ActorId::state(&state));
            add_once(&mut found, [actor]);
        }
    }
    found
}

/// The stances that the word `at` shows.
fn held(reading: &Reading<'_>, instruments: &Instruments, at: u32) -> Vec<Held> {
    let lemma = reading.lemma(at).to_lowercase();
    let lexicon = Lexicon::shipped();
    let rules = lexicon.stances(&lemma, particle(reading, at).as_deref());
    // `opposed` is listed as it is written, whatever its lemma.
    let word = reading.syntax.word(at).to_lowercase();
    let adjectives = if word == lemma { &[] } else { lexicon.stances(&word, None) };
    if let Some(held) = by_command(reading, instruments, at) {
        return vec![held];
    }
    for rule in rules.iter().chain(adjectives) {
        let found = match rule.part {
            Part::Wish if !has_would(reading, at) => Vec::new(),
            Part::Verb | Part::Wish => by_verb(reading, instruments, at, rule),
            Part::Noun => by_noun(reading, instruments, at, rule),
            Part::Adjective => by_adjective(reading, instruments, at, rule),
            // `Chad cannot be allowed to close the port`
            Part::Modal if reading.is(at, &["can"]) && !bars(reading, reading.head(at)) => Vec::new(),
            Part::Modal => by_duty(reading, instruments, reading.syntax.head(at), at, rule.stance),
            Part::Pledge => by_pledge(reading, instruments, at, rule.stance),
            Part::Duty => {
                let verb = rule.places.iter().flat_map(|place| places::at_place(reading, at, place)).next();
                // `there is no need to keep the sanctions`
                let idle = reading.children_by(at, &[Dep::Det]).any(|word| reading.is(word, &["no"]));
                // `dismissed the need to keep them`: the word above takes the side.
                if !reading.is_verb(at) && !reading.head(at).is_some_and(|above| reading.is(above, &["be"])) {
                    continue;
                }
                by_duty(reading, instruments, verb, at, turned(rule.stance, idle))
            }
        };
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Whether the `verb` says with its `cannot` what somebody will not bear: `cannot be allowed to`.
fn bars(reading: &Reading<'_>, verb: Option<u32>) -> bool {
    verb.is_some_and(|verb| {
        reading.is(verb, &asking::BARRING)
            && reading.is_passive(verb)
            && reading.child(verb, Dep::Neg).is_some()
    })
}

/// Whether the verb `at` has `would`: `would like to launch talks`.
fn has_would(reading: &Reading<'_>, at: u32) -> bool {
    reading.children_by(at, &[Dep::Aux]).any(|aux| reading.is(aux, &["would"]) || reading.word(aux) == "'d")
}

/// Returns the particle of the verb `at`, be it taken for an adverb: `pushed back on the plan`.
fn particle(reading: &Reading<'_>, at: u32) -> Option<String> {
    reading.particle(at).or_else(|| {
        let behind =
            reading.is_verb(at) && reading.dep(at + 1) == Dep::Advmod && reading.head(at + 1) == Some(at);
        let known = reading.is(at + 1, &["back", "out", "away", "down", "up"]);
        (behind && known).then(|| reading.word(at + 1).to_lowercase())
    })
}

/// `Russia opposes sanctions`.
fn by_verb(reading: &Reading<'_>, instruments: &Instruments, at: u32, rule: &StanceRule) -> Vec<Held> {
    // `who Syrian groups want removed`: the parser may take `want` for an auxiliary.
    if reading.dep(at) == Dep::Aux && reading.is(at, &["want"]) {
        let Some(verb) = reading.syntax.head(at) else { return Vec::new() };
        let mut holders: Vec<u32> = reading.children_by(at, &[Dep::Nsubj]).collect();
        holders.extend(reading.children_by(verb, &[Dep::Nsubj]).filter(|&child| child < at));
        holders.retain(|&head| !reading.is_relative(head));
        let whom = reading.antecedent(verb).filter(|_| !holders.is_empty());
        let issue = whom.and_then(|whom| issue::with_object(reading, instruments, verb, whom));
        let held = issue.map(|issue| Held {
            holders,
            by_speaker: false,
            stance: turned(shifted(reading, at, rule.stance), issue.against),
            issue: Some(issue),
        });
        return held.into_iter().collect();
    }
    let token = reading.syntax.token(at);
    // `is against sanctions`: no other word of being shows a stance.
    let verb = token.pos == Pos::Verb || token.pos == Pos::Aux && reading.is(at, &["be"]);
    if !verb || !reading.is_verb(at) {
        return Vec::new();
    }
    // `the plan is backed by Chad`, `a plan backed by Chad`
    if reading.is_passive(at) {
        let thing = rule.places.iter().any(|place| matches!(*place, "obj" | "thing"));
        let holders = if thing { reading.agents(at) } else { Vec::new() };
        let found = stances(reading, instruments, at, &holders, &reading.objects(at), rule.stance);
        // `was criticized by Chad for closing the port`
        let behind = complements(reading, at, &["for"]);
        let blamed = found.is_empty() && rule.places.contains(&"for") && !behind.is_empty();
        return if blamed {
            stances(reading, instruments, at, &holders, &behind, rule.stance)
        } else {
            found
        };
    }
    // `called for world powers to settle the conflict`: where the first place names no issue, the next may.
    let mut subjects = reading.subjects(at);
    if subjects.is_empty() {
        subjects = writers(reading, at);
    }
    let places = rule.places.iter().map(|place| complements(reading, at, &[place]));
    let mut found = places.map(|heads| stances(reading, instruments, at, &subjects, &heads, rule.stance));
    let mut found = found.find(|found| !found.is_empty()).unwrap_or_default();
    if is_joint(reading, at, &subjects) {
        found.retain(|held| {
            !held.issue.as_ref().is_some_and(|issue| instruments.values().any(|it| *it == issue.name))
        });
    }
    found
}

/// Whether several make something together by the verb `at`, as the record of it tells: `Chad and Mali signed the accord`.
fn is_joint(reading: &Reading<'_>, at: u32, subjects: &[u32]) -> bool {
    let actors = || subjects.iter().flat_map(|&it| sides::actors(reading, it)).count();
    let many = |it: &u32| matches!(reading.tag(*it), Tag::Nns | Tag::Nnps | Tag::Cd);
    reading.is(at, &["sign", "agree"]) && (subjects.iter().any(many) || actors() > 1)
}

/// `The sanctions must be lifted`: who says so is for it. Only where the words name an issue: much must be that
/// nobody wants.
fn by_duty(
    reading: &Reading<'_>,
    instruments: &Instruments,
    verb: Option<u32>,
    at: u32,
    stance: Stance,
) -> Vec<Held> {
    let open = verb.is_none_or(|verb| premises::is_open(reading, verb) || reading.is_asked(verb));
    // `they would have needed to divert funds`: what was not done need not be done now.
    let unreal = |verb: u32| {
        reading.children_by(verb, &[Dep::Aux]).any(|aux| reading.is(aux, &["have"]))
            && reading.children_by(verb, &[Dep::Aux]).any(|aux| reading.is(aux, &["would", "could", "might"]))
    };
    if unreal(at) || verb.is_some_and(unreal) {
        return Vec::new();
    }
    // `if Chad thinks that Mali should leave`: that is what Chad thinks. `how Mali should act`: a question.
    let asks = |verb: u32| {
        let wh = |word: u32| matches!(reading.tag(word), Tag::Wrb | Tag::Wp) && word < verb;
        reading.dep(verb) != Dep::Relcl && reading.children(verb).iter().any(|&word| wh(word))
    };
    if verb.is_some_and(|verb| is_another_mind(reading, verb) || asks(verb)) {
        return Vec::new();
    }
    let verb = verb.filter(|_| !open);
    let Some(verb) = verb else { return Vec::new() };
    // What must be done that no row names is an issue where somebody with a name is to do it.
    let subject = reading.own_subject(verb).or_else(|| reading.own_subject(at));
    let others = subject.filter(|_| reading.dep(verb) != Dep::Relcl).is_some_and(|subject| {
        // What speakers are to do themselves, `he` says, needs no name of theirs.
        let mut own = speakers(reading, at);
        // Nor does the state of who governs it, where he says what it will do; what it should do is an issue.
        let states = own.iter().filter(|_| verb == at).filter_map(|speaker| governed(reading, speaker));
        own.extend(states.collect::<Vec<_>>());
        !reading.is(subject, &["i", "we", "you"])
            && reading.named(subject).iter().any(|actor| !actor.is_unnamed() && !own.contains(actor))
    });
    // What negates the verb has turned the issue round already.
    let hangs = conditional(reading, at) || conditional(reading, verb);
    // `must meet and demand access`
    let joined = reading.children_by(verb, &[Dep::Conj]);
    let joined = joined.filter(|&next| reading.is_verb(next) && reading.own_subject(next).is_none());
    let mut found = Vec::new();
    for verb in std::iter::once(verb).chain(joined) {
        let issue = issue::of(reading, instruments, verb).filter(|issue| issue.known || others);
        // `he must be arrested`: the act, whoever is to do it.
        let suffered = || {
            let act = issue::act_of(reading, instruments, verb, true, Sides::Taken);
            act.filter(|_| others && reading.child(verb, Dep::Nsubjpass).is_some())
        };
        let Some(issue) = issue.or_else(suffered) else { continue };
        let stance = if hangs { Stance::Conditional } else { turned(stance, issue.against) };
        found.push(Held { holders: Vec::new(), by_speaker: true, issue: Some(issue), stance });
    }
    found
}

/// `“Lift the sanctions,” she said`: who commands something is for it.
fn by_command(reading: &Reading<'_>, instruments: &Instruments, at: u32) -> Option<Held> {
    let bare = reading.is_verb(at)
        && reading.tag(at) == Tag::Vb
        && matches!(reading.dep(at), Dep::Root | Dep::Ccomp)
        && reading.children_by(at, &[Dep::Aux, Dep::Nsubj, Dep::Nsubjpass]).all(|it| reading.is(it, &["do"]));
    if !bare || reading.is_asked(at) {
        return None;
    }
    let statement = reading.statement_of(at).filter(|statement| statement.mode == Mode::Direct)?;
    // It opens what is said.
    let span = statement.content.first().and_then(|span| reading.offsets.to_bytes(*span));
    let opens = span.is_some_and(|span| {
        let first = reading.syntax.tokens_in(span).find(|&token| reading.pos(token) != Pos::Punct);
        first.is_some_and(|first| first >= reading.syntax.token(at).left_edge && first <= at)
    });
    let issue = issue::of(reading, instruments, at).filter(|issue| issue.known && opens)?;
    let stance = turned(Stance::For, issue.against);
    Some(Held { holders: Vec::new(), by_speaker: true, stance, issue: Some(issue) })
}

/// Whether the clause of `at`, within what somebody says, is what another thinks or says.
fn is_another_mind(reading: &Reading<'_>, at: u32) -> bool {
    let first = |verb: &u32| {
        let joined =
            reading.dep(*verb) == Dep::Conj && reading.head(*verb).is_some_and(|it| reading.is_verb(it));
        if joined { reading.head(*verb) } else { None }
    };
    let at = std::iter::successors(Some(at), first).take(LIST).last().unwrap_or(at);
    let Some(above) = reading.head(at).filter(|_| reading.dep(at) == Dep::Ccomp) else { return false };
    let within = reading.statement_of(at).zip(reading.statement_of(above));
    within.is_some_and(|(inner, outer)| inner.evidence.id == outer.evidence.id)
        && reading.subjects(above).iter().any(|&subject| !reading.is(subject, &["i", "we", "it"]))
}

/// `The minister said Norway will lift the sanctions`: who says what they themselves will do is for it.
fn by_pledge(reading: &Reading<'_>, instruments: &Instruments, at: u32, stance: Stance) -> Vec<Held> {
    let Some(verb) = reading.syntax.head(at).filter(|&verb| reading.dep(verb) != Dep::Advcl) else {
        return Vec::new();
    };
    // `does not, and never will, accept it`: what the parser makes of that is not sure.
    let never = at.checked_sub(1).filter(|&word| reading.is(word, &["never", "not"]));
    if never.is_some_and(|word| reading.head(word) != Some(verb)) {
        return Vec::new();
    }
    // `has not said that it will leave`
    if reading.statement_of(at).is_some_and(|statement| statement.negated) {
        return Vec::new();
    }
    let speakers = speakers(reading, at);
    // Who governs a state says for it what it will do.
    let states: Vec<ActorId> = speakers.iter().filter_map(|speaker| governed(reading, speaker)).collect();
    let own = reading.subjects(verb).into_iter().any(|subject| {
        let actors = sides::actors(reading, subject);
        reading.is(subject, &["we", "i"])
            || (!actors.is_empty() && actors.iter().all(|it| speakers.contains(it) || states.contains(it)))
    });
    if !own {
        return Vec::new();
    }
    // `will face a crisis`: that is no act of theirs.
    if reading.is(verb, &commitments::SUFFERING) || reading.is(verb, &conditions::FACING) {
        return Vec::new();
    }
    let found = by_duty(reading, instruments, Some(verb), verb, stance);
    if !found.is_empty() || premises::is_open(reading, verb) || reading.is_asked(verb) {
        return found;
    }
    // `I would create safe zones in Mali`: an act of their own needs no name of theirs.
    let told = !matches!(reading.dep(verb), Dep::Relcl | Dep::Pcomp)
        && !reading.children(verb).iter().any(|&it| matches!(reading.tag(it), Tag::Wrb | Tag::Wp | Tag::Wdt));
    // `will be forced to leave`
    if reading.is_passive(verb) {
        return found;
    }
    // `cutting the aid would undermine the peace`: an act does that, not who speaks.
    // A party speaks for itself: `the council said it will not attend the talks`.
    let governs = !states.is_empty() || speakers.iter().any(|actor| is_party(reading, actor));
    let sides = match governs && reading.child(verb, Dep::Csubj).is_none() {
        true => Sides::Taken,
        false => Sides::Open,
    };
    let issue = issue::act_of(reading, instruments, verb, false, sides).filter(|_| told);
    let held = issue.map(|issue| {
        let hangs = conditional(reading, verb);
        let stance = if hangs { Stance::Conditional } else { turned(stance, issue.against) };
        Held { holders: Vec::new(), by_speaker: true, stance, issue: Some(issue) }
    });
    held.into_iter().collect()
}
