//! Parties of conditions: who puts it, to whom, whose acts its two sides are.

use readout_annotate::Chain;
use readout_lexicon::rule;
use readout_record::{ActorId, RecordId, Sector, Statement, Tone};
use readout_syntax::{Dep, Pos, Tag};
use readout_text::ByteSpan;

use super::extent::{has_modal, is_requisite, outer_verb};
use super::parts::{Bond, Parts};
use super::powers::{is_party, is_power, own_state};
use super::pronouns::{is_speaker, of_victim, takes_up};
use crate::acts::Act;
use crate::acts::instruments::is_instrument;
use crate::acts::sides;
use crate::clause::reading::Reading;
use crate::words::conditions as words;

/// The most steps up the tree from a consequence to the verb that voices it.
const STEPS_TO_VOICE: usize = 6;
/// The most tokens of a side in which a party is looked for.
const SIDE: usize = 80;

/// The actors with a part in a condition.
pub(super) struct Parties {
    /// The actors who put it.
    pub(super) by: Vec<ActorId>,
    /// The actors to whom it is put.
    pub(super) to: Vec<ActorId>,
    /// Those of them to whom it was said.
    pub(super) told: Vec<ActorId>,
    /// Actors of the premise.
    pub(super) premise: Vec<ActorId>,
    /// Actors of the consequence.
    pub(super) consequence: Vec<ActorId>,
    /// The verb or noun through which the consequence is somebody's word: `threatened to leave`.
    pub(super) voice: Option<u32>,
    /// Whether one who puts it is a party, not an outlet or expert.
    pub(super) speaks: bool,
    /// Whether the consequence is an act of those who put it, or their side.
    pub(super) owns_consequence: bool,
    /// Whether the premise is an act of theirs.
    pub(super) owns_premise: bool,
    /// Whether the consequence names anybody.
    pub(super) names_consequence: bool,
}

impl Parties {
    pub(super) fn of(reading: &Reading<'_>, parts: &Parts) -> Self {
        let statement = statement_of(reading, parts);
        let voice = voice(reading, parts.spoken);
        let mut by = statement.map(|it| it.speaker.clone()).unwrap_or_default();
        // Whoever threatens, promises or demands puts it, whoever tells of that.
        if let Some(voice) = voice {
            let theirs = actors(reading, &speakers_of(reading, voice));
            let puts = [&words::THREATENING, &words::PROMISING, &words::DEMANDING, &words::URGING]
                .into_iter()
                .any(|class| reading.is(voice, class));
            if by.is_empty() || puts && is_any_party(reading, &theirs) {
                by = theirs;
            }
        }
        // Who asks or offers, where only the outlet says so.
        if let Bond::Demanded(verb) | Bond::Offered(verb) = parts.bond {
            let doers = reading.doers(verb);
            let of_instrument = doers.iter().any(|&it| is_instrument(reading, reading.referent(it)));
            let theirs = if of_instrument { Vec::new() } else { actors(reading, &doers) };
            if !theirs.is_empty()
                && (by.is_empty() || !is_any_party(reading, &by) || matches!(parts.bond, Bond::Demanded(_)))
            {
                by = theirs;
            }
        }
        let first = first_person(reading, statement);
        let side_of = |head: u32| -> (Vec<ActorId>, bool) {
            let heads = acting(reading, head);
            let own = heads.iter().any(|&it| is_first_person(reading, it));
            let mut found = actors(reading, &heads);
            if found.is_empty() && !reading.is_verb(head) {
                found = actors(reading, &givers(reading, head));
            }
            if own && found.is_empty() {
                found.clone_from(&first);
            }
            // What is done to somebody is not what he does.
            let suffers = reading.is_verb(head) && reading.is_passive(head) && reading.doers(head).is_empty();
            (found, own && !suffers)
        };
        let acts = |head: u32| !reading.is_verb(head) || !reading.is_passive(head);
        let (mut premise, premise_own) = side_of(parts.premise_head);
        let (mut consequence, consequence_own) = side_of(parts.consequence_head);
        // `if Chad leaves, it must`: the pronoun of the one side is the subject of the other.
        if takes_up(reading, parts.premise_head, parts.consequence_head) {
            consequence.clone_from(&premise);
        } else if takes_up(reading, parts.consequence_head, parts.premise_head) {
            premise.clone_from(&consequence);
        }
        // `asked for relief in exchange for closing the plant`: whoever asked will close it.
        if let Bond::Demanded(verb) = parts.bond
            && consequence.is_empty()
            && reading.dep(parts.consequence_head) == Dep::Pcomp
        {
            consequence = actors(reading, &reading.doers(verb));
        }
        let victim = of_victim(reading, parts, voice, &by);
        if !victim.is_empty() {
            premise = victim;
        }
        if consequence.is_empty() && is_speaker(reading, parts.consequence_head, statement) {
            consequence.clone_from(&by);
        }
        let side = own_side(reading, &by);
        let speaks = is_any_party(reading, &by);
        let names_consequence = consequence_own || consequence.iter().any(|it| is_party(reading, it));
        let owns_consequence = consequence_own || acts(parts.consequence_head) && meet(&consequence, &side);
        let owns_premise = premise_own || acts(parts.premise_head) && meet(&premise, &side);
        // An interviewer hears a condition; it is put to who is to act on it.
        let told: Vec<ActorId> = statement
            .map(|it| it.addressee.clone())
            .unwrap_or_default()
            .into_iter()
            .filter(|it| is_party(reading, it) && !by.contains(it))
            .collect();
        // What nobody puts is put to nobody.
        let mut to = told.clone();
        if to.is_empty() && !by.is_empty() {
            let others = if owns_premise { &consequence } else { &premise };
            to = others.iter().filter(|it| is_party(reading, it) && !side.contains(it)).cloned().collect();
        }
        Self {
            by,
            to,
            told,
            premise,
            consequence,
            voice,
            speaks,
            owns_consequence,
            owns_premise,
            names_consequence,
        }
    }

    /// Whether the condition is one of parties: they act in it, and somebody can act on it.
    pub(super) fn bear(&self, reading: &Reading<'_>, acts: &[Act], parts: &Parts, tone: Tone) -> bool {
        let party = |actors: &[ActorId]| actors.iter().any(|it| is_party(reading, it));
        let (theirs, ours) = (party(&self.premise), party(&self.consequence));
        if is_anybody(reading, parts.consequence_head) || reading.is_asked(parts.consequence_head) {
            return false;
        }
        // `if anyone attacks us, we will respond` is put to those who may; other maxims are to nobody.
        if is_anybody(reading, parts.premise_head) {
            let deed = reading.is(parts.consequence_head, &words::HARM)
                || holds_act(acts, reading, parts.consequence);
            // `if you do not leave, there will be war`
            let nobodys = reading.child(parts.consequence_head, Dep::Expl).is_some();
            return self.speaks && (self.owns_consequence || nobodys) && deed;
        }
        let deed = |head: u32, span: ByteSpan| is_deed(reading, head) || holds_act(acts, reading, span);
        let (premise_deed, consequence_deed) =
            (deed(parts.premise_head, parts.premise), deed(parts.consequence_head, parts.consequence));
        if parts.of_instrument {
            return (premise_deed || consequence_deed)
                && names_party(reading, &[parts.premise, parts.consequence]);
        }
        // What one who is not heard does next is no price of what comes first.
        if parts.spoken == parts.premise_head
            && self.speaks
            && self.names_consequence
            && !self.owns_consequence
        {
            return false;
        }
        match parts.bond {
            Bond::Demanded(_) | Bond::Offered(_) => {
                let known =
                    party(&self.by) || ours || names_party(reading, &[parts.premise, parts.consequence]);
                return known && (theirs || premise_deed);
            }
            // `were freed in exchange for five Iranians`: what each side gave is named as theirs.
            Bond::Dependent if parts.rule == rule!("condition.exchange") => {
                let somebody = reading.is_person(parts.premise_head);
                let given = theirs || somebody || names_party(reading, &[parts.premise]);
                return given && (premise_deed || consequence_deed);
            }
            Bond::Dependent => {
                return theirs
                    || ours
                    || party(&self.by)
                    || names_party(reading, &[parts.premise, parts.consequence]);
            }
            Bond::OrElse => return theirs || ours,
            // `any attack will be met with force`
            Bond::Answered => return self.speaks || theirs,
            Bond::Necessary | Bond::Sufficient => {}
        }
        // `if needed` leaves it to who acts.
        if is_reduced(reading, parts.premise_head) {
            return self.speaks && self.owns_consequence;
        }
        let ahead = is_ahead(reading, parts.consequence_head);
        // Whoever threatens, promises or demands sets a condition, whatever the premise is.
        if self.speaks && tone != Tone::Dependency {
            return true;
        }
        let (premise_side, consequence_side) = (theirs || premise_deed, ours || consequence_deed);
        let of_instrument = reading.is_verb(parts.premise_head)
            && reading.subjects(parts.premise_head).iter().any(|&it| is_instrument(reading, it));
        let weighty = of_instrument || self.premise.iter().any(|it| is_power(reading, it));
        // What an outlet foresees counts where one party's act hangs on that of another: what it foresees of one party
        // alone is its opinion.
        if self.by.is_empty() {
            // `he should leave if`: what the outlet would have somebody do. `might leave if`: what it thinks may come.
            let advises = reading
                .children_by(parts.consequence_head, &[Dep::Aux])
                .any(|aux| reading.is(aux, &["should", "may", "might", "could"]));
            let guesses = reading
                .children_by(parts.consequence_head, &[Dep::Advmod, Dep::Acomp])
                .any(|word| reading.is(word, &["likely", "probably", "perhaps", "presumably", "unlikely"]));
            if (advises || guesses) && self.voice.is_none() {
                return false;
            }
            let open =
                reading.is_verb(parts.consequence_head) && !reading.is_finite_clause(parts.consequence_head);
            let others = !meet(&self.premise, &self.consequence);
            return (ahead || open && consequence_deed)
                && (others || premise_deed)
                && (theirs || of_instrument)
                && (premise_side && consequence_side
                    || parts.bond == Bond::Necessary
                    || weighty && premise_deed);
        }
        // What follows from an act of a state or armed group, or from what becomes of an instrument.
        if weighty && ahead && !self.owns_premise {
            return true;
        }
        // What will follow from an act, or be one: a party speaks of either, or parties act on both sides.
        let either = premise_side || consequence_side;
        if ahead && if self.speaks { either } else { premise_side && consequence_side && (theirs || ours) } {
            return true;
        }
        self.bears_by_deeds(parts.bond, [theirs, ours], [premise_deed, consequence_deed], ahead)
    }

    /// Whether the deeds of a condition, and the parties that act in its premise and its consequence, make it one that counts.
    fn bears_by_deeds(&self, bond: Bond, parties: [bool; 2], deeds: [bool; 2], ahead: bool) -> bool {
        let ([theirs, ours], [premise_deed, consequence_deed]) = (parties, deeds);
        if self.speaks {
            let of_other = theirs && !self.owns_premise;
            return self.owns_consequence
                && !self.owns_premise
                && (of_other || premise_deed || consequence_deed)
                || of_other && (consequence_deed || ours || bond == Bond::Necessary)
                || self.owns_consequence && self.owns_premise && premise_deed && consequence_deed
                || premise_deed && (consequence_deed || ours)
                || bond == Bond::Necessary && theirs && consequence_deed;
        }
        // What experts foresee counts where parties act on both sides.
        theirs && (premise_deed || consequence_deed) && (ours || consequence_deed)
            || ours && premise_deed && (consequence_deed || ahead)
            || bond == Bond::Necessary
                && (theirs || ours)
                && (premise_deed || consequence_deed || theirs && ours)
    }
}

/// The statement that puts the condition: the innermost that holds its consequence, or its premise.
fn statement_of<'a>(reading: &Reading<'a>, parts: &Parts) -> Option<&'a Statement> {
    reading.statement_of(parts.premise_head).or_else(|| reading.statement_of(parts.consequence_head))
}

/// Returns the id of the statement that puts the condition.
pub(super) fn statement_id(reading: &Reading<'_>, parts: &Parts) -> Option<RecordId> {
    statement_of(reading, parts).map(|it| it.evidence.id.clone())
}

/// Whether `actors` and `others` have a member in common.
pub(super) fn meet(actors: &[ActorId], others: &[ActorId]) -> bool {
    actors.iter().any(|actor| others.contains(actor))
}

fn is_any_party(reading: &Reading<'_>, actors: &[ActorId]) -> bool {
    actors.iter().any(|actor| is_party(reading, actor))
}

/// `by` and the states and bodies that they speak for.
fn own_side(reading: &Reading<'_>, by: &[ActorId]) -> Vec<ActorId> {
    let mut side = by.to_vec();
    for actor in by {
        let state = reading.chain_of(actor).and_then(|chain: &Chain| chain.state.as_ref());
        if let Some(state) = state.filter(|_| is_party(reading, actor)) {
            side.push(ActorId::state(state));
        }
        // A state is also the government that acts for it.
        if let Some(state) = actor.strip_prefix("state:") {
            for chain in &reading.annotations.mentions.chains {
                let acts_for = chain.state.as_deref() == Some(state)
                    && chain
                        .sector
                        .is_some_and(|sector| matches!(sector, Sector::Government | Sector::Military));
                if acts_for {
                    side.extend(chain.actors.iter().cloned());
                }
            }
        }
    }
    side
}

/// The actors for whom `we` stands in `statement`: an official's state, else the speaker.
fn first_person(reading: &Reading<'_>, statement: Option<&Statement>) -> Vec<ActorId> {
    let Some(statement) = statement else { return Vec::new() };
    statement
        .speaker
        .iter()
        .map(|actor| {
            let chain = reading.chain_of(actor);
            let state = chain.filter(|_| is_party(reading, actor)).and_then(|chain| chain.state.as_ref());
            state.map_or_else(|| actor.clone(), |state| ActorId::state(state))
        })
        .collect()
}

/// Heads of those who are to give what the noun `head` names: `a commitment that Chad will stay`, `approval by the parliament`.
fn givers(reading: &Reading<'_>, head: u32) -> Vec<u32> {
    let mut clauses = reading.children_by(head, &[Dep::Acl, Dep::Ccomp, Dep::Relcl]);
    let that =
        |clause: u32| reading.children_by(clause, &[Dep::Mark]).any(|mark| reading.is(mark, &["that"]));
    match clauses.find(|&clause| clause > head && that(clause)) {
        Some(clause) => reading.doers(clause),
        None => reading.after(head, &["by", "from"]),
    }
}

/// Heads of those who act in the clause or phrase of `head`.
fn acting(reading: &Reading<'_>, head: u32) -> Vec<u32> {
    if !reading.is_verb(head) {
        return vec![head];
    }
    // `if needed`, `if attacked`: nobody is named who would do it. `if they occur`: events do.
    if is_reduced(reading, head) || reading.is(head, &["occur", "happen"]) {
        return Vec::new();
    }
    // `if there is cooperation from Chad`: only who stands behind acts.
    if reading.child(head, Dep::Expl).is_some() {
        let what: Vec<u32> = reading.children_by(head, &[Dep::Attr, Dep::Dobj, Dep::Nsubj]).collect();
        // `there is no guarantee that Chad and Mali would stay`
        let told = what.iter().flat_map(|&it| reading.children_by(it, &[Dep::Acl, Dep::Ccomp]));
        if let Some(told) = told.into_iter().find(|&told| reading.is_finite_clause(told)) {
            return reading.doers(told);
        }
        return what.iter().flat_map(|&it| reading.after(it, &["from", "by", "between", "among"])).collect();
    }
    // `if we hear that they leave`: their act.
    let heard = reading.children_by(head, &[Dep::Ccomp]).next();
    if let Some(heard) = heard.filter(|_| reading.is(head, &words::PERCEIVING)) {
        return reading.subjects(heard);
    }
    // `would stay out if Mali attacked but would defend it if …`: the later verb belongs to who would stay out.
    let head = outer_verb(reading, head).unwrap_or(head);
    let doers = reading.doers(head);
    if doers.is_empty() && reading.is_passive(head) { reading.subjects(head) } else { doers }
}

fn actors(reading: &Reading<'_>, heads: &[u32]) -> Vec<ActorId> {
    let mut found: Vec<ActorId> = Vec::new();
    let of = |head: u32| match own_state(reading, head) {
        Some(state) => vec![state],
        None => sides::agents(reading, reading.substance(head)),
    };
    for actor in heads.iter().flat_map(|&head| of(head)) {
        if !found.contains(&actor) {
            found.push(actor);
        }
    }
    found
}

/// Returns the word of saying, wanting or threatening under which the clause of `head` stands.
fn voice(reading: &Reading<'_>, head: u32) -> Option<u32> {
    // `has ruled out talks unless`
    let rules_out = reading.is(head, &["rule"]) && reading.particle(head).as_deref() == Some("out");
    let voices = reading.is(head, &words::VOICING) || rules_out;
    if reading.is_verb(head) && voices && reading.statement_of(head).is_none() {
        return Some(head);
    }
    let mut below = head;
    for above in reading.syntax.ancestors(head).take(STEPS_TO_VOICE) {
        match reading.dep(below) {
            Dep::Xcomp | Dep::Ccomp | Dep::Acl | Dep::Dobj | Dep::Conj | Dep::Acomp | Dep::Pcomp => {}
            Dep::Prep if reading.is(below, &["of", "to"]) => {}
            _ => return None,
        }
        if reading.dep(below) != Dep::Conj && reading.is(above, &words::VOICING) {
            return Some(above);
        }
        below = above;
    }
    None
}

/// Heads of those whose word the verb or noun `voice` is.
fn speakers_of(reading: &Reading<'_>, voice: u32) -> Vec<u32> {
    if reading.is_verb(voice) { reading.doers(voice) } else { reading.doers_of_noun(voice) }
}

pub(crate) fn is_first_person(reading: &Reading<'_>, head: u32) -> bool {
    // `US` is no pronoun.
    let own = |at: u32| reading.pos(at) == Pos::Pron && reading.is(at, &["we", "i", "us", "our", "my"]);
    own(head) || reading.children_by(head, &[Dep::Poss]).any(own)
}

/// Whether the subject of the clause of `head` is anybody at all.
fn is_anybody(reading: &Reading<'_>, head: u32) -> bool {
    reading.is_verb(head)
        && reading.subjects(head).iter().any(|&subject| {
            reading.is(subject, &words::ANYBODY) && reading.named(subject).is_empty()
                || reading.pos(subject) == Pos::Pron && reading.is(subject, &["what", "who"])
        })
}

/// Whether the premise of the verb `head` leaves out who acts: `if needed`, `if attacked`.
fn is_reduced(reading: &Reading<'_>, head: u32) -> bool {
    reading.own_subject(head).is_none()
        && reading.dep(head) == Dep::Advcl
        && (reading.tag(head) == Tag::Vbn || reading.pos(head) == Pos::Adj)
}

/// Whether the clause of `head` tells of what is to come: `will sign`, `are ready to sign`, `are going to sign`.
fn is_ahead(reading: &Reading<'_>, head: u32) -> bool {
    has_modal(reading, head)
        || reading.children_by(head, &[Dep::Acomp]).any(|it| reading.is(it, &words::AHEAD))
        || reading.is(head, &["go", "risk"])
        // `has ruled out talks unless`, `refuses to talk unless`
        || reading.is(head, &["rule"]) && reading.particle(head).as_deref() == Some("out")
        || reading.is(head, &["refuse", "reject", "decline", "threaten", "vow", "pledge", "promise"])
        // `have the right to return sanctions`
        || reading.is(head, &["have"])
            && reading.objects(head).iter().any(|&it| {
                reading.children_by(it, &[Dep::Acl]).any(|verb| reading.is_infinitive(verb))
            })
}

/// Whether the words of `head` name a deed, or what can be asked for.
fn is_deed(reading: &Reading<'_>, head: u32) -> bool {
    if !reading.is_verb(head) {
        return is_requisite(reading, head);
    }
    // `for closing the plant`, `if attacked`
    if reading.dep(head) == Dep::Pcomp {
        return true;
    }
    // `if there is testing`
    if reading.child(head, Dep::Expl).is_some() {
        let what = reading.children_by(head, &[Dep::Attr, Dep::Dobj, Dep::Nsubj]).next();
        return what.is_some_and(|it| reading.pos(it) == Pos::Noun && !reading.is(it, &words::IDLE));
    }
    // `if they manage to pass the deal`
    if reading.is(head, &words::LIGHT)
        && let Some(act) = reading.children_by(head, &[Dep::Xcomp]).find(|&act| reading.is_infinitive(act))
        && reading.children_by(act, &[Dep::Dobj]).any(|it| is_requisite(reading, it))
    {
        return true;
    }
    if reading.after(head, &["for"]).iter().any(|&it| is_requisite(reading, it)) {
        return true;
    }
    reading
        .children_by(head, &[Dep::Dobj, Dep::Attr, Dep::Nsubjpass])
        .chain(reading.children_by(head, &[Dep::Nsubj]).filter(|_| !reading.is_passive(head)))
        .any(|it| is_requisite(reading, it))
}

/// Whether an act stands in `span`.
fn holds_act(acts: &[Act], reading: &Reading<'_>, span: ByteSpan) -> bool {
    let tokens = reading.syntax.tokens_in(span);
    let from = acts.partition_point(|act| act.head < tokens.start);
    acts.get(from).is_some_and(|act| act.head < tokens.end)
}

/// Whether a party is named in the words of `spans`.
fn names_party(reading: &Reading<'_>, spans: &[ByteSpan]) -> bool {
    spans.iter().any(|&span| {
        let mut tokens = reading.syntax.tokens_in(span).take(SIDE);
        tokens.any(|at| reading.named(at).iter().any(|actor| is_party(reading, actor)))
    })
}
