//! Agreements: named and described instruments, what becomes of them, and their terms.
//!
//! `data/agreements/*.tsv` says which nouns are instruments and which words beside one tell its status. [`mention`] reads
//! a noun phrase, [`instrument`] puts together the mentions of one instrument, [`status`] reads what a sentence says of it.

use std::collections::BTreeMap;

use readout_record::{ActorId, Agreement, Commitment, Factuality};
use readout_syntax::{Dep, Pos, Tag};

use super::commitments::{Group, actors, thing_before};
use super::positions::{Instruments, phrase};
use crate::acts::instruments::is_instrument;
use crate::clause::factuality;
use crate::clause::reading::Reading;
use crate::once::add_once;
use crate::words::agreements;

mod assertion;
mod beside;
mod instrument;
mod known;
mod lexicon;
mod mention;
mod mentioned;
mod named;
mod naming;
mod parties;
mod phrase;
mod resolve;
mod sides;
mod status;
mod terms;

use instrument::Instrument;
use lexicon::{Effect, Sort};
use mentioned::Form;
use terms::{terms, terms_under};

/// The most words of a name that is made of what is agreed.
const LENGTH: usize = 9;
/// The most words of the name of an agreement that is only described.
const NAME_WORDS: usize = 12;

/// Returns the instruments of the document with their terms, and the commitments that belong to none; and the names of
/// the instruments by the head tokens of their mentions.
pub(crate) fn find(
    reading: &Reading<'_>,
    groups: Vec<Group>,
) -> (Vec<Agreement>, Vec<Commitment>, Instruments) {
    let mut found: Vec<Instrument> = Vec::new();
    let mut loose: Vec<(u32, Commitment)> = Vec::new();
    let mut groups = groups.into_iter().peekable();
    // The number of the instrument that each thing's chain speaks of.
    let mut chains: BTreeMap<u32, usize> = BTreeMap::new();
    for at in 0..reading.syntax.len() {
        if let Some(group) = groups.next_if(|group| group.head == at) {
            agreed_to(reading, group, &mut found, &mut loose);
        } else if reading.is(at, &["agree"]) && reading.is_verb(at) {
            agreed_on(reading, at, &mut found);
        }
        if let Some(number) = take(reading, at, &mut found, &chains)
            && let Some(mention) = reading.mention(at)
        {
            chains.insert(mention.chain, number);
        }
        terms(reading, at, &mut found);
        terms_under(reading, at, &mut found);
    }
    let mut records = Vec::new();
    let mut commitments: Vec<Commitment> = loose.into_iter().map(|(_, commitment)| commitment).collect();
    let mut names = Instruments::new();
    for instrument in found {
        let heads = instrument.heads.clone();
        let (agreement, mut terms) = instrument.record(reading);
        commitments.append(&mut terms);
        if let Some(agreement) = agreement {
            names.extend(heads.into_iter().map(|head| (head, agreement.name.clone())));
            records.push(agreement);
        }
    }
    commitments.sort_by(|a, b| {
        a.evidence.spans.cmp(&b.evidence.spans).then_with(|| a.evidence.id.cmp(&b.evidence.id))
    });
    commitments.dedup_by(|a, b| a.evidence.id == b.evidence.id);
    (records, commitments, names)
}

/// Takes in the mention of an instrument at `at`; returns the number of the instrument.
fn take(
    reading: &Reading<'_>,
    at: u32,
    found: &mut Vec<Instrument>,
    chains: &BTreeMap<u32, usize>,
) -> Option<usize> {
    // `Norway rejected it`
    if reading.is(at, &["it", "this", "that", "which"]) && reading.pos(at) == Pos::Pron {
        let number = *chains.get(&reading.mention(at)?.chain)?;
        let known = found.get_mut(number)?;
        if let Some(mention) = known.heads.iter().next_back().and_then(|&head| mention::read(reading, head)) {
            let told = status::of_noun(reading, at, &mention);
            known.hear(reading, at, &told);
            known.last = reading.token(at).sentence;
        }
        return None;
    }
    let mention = match mention::read(reading, at) {
        Some(mention) => mention,
        None => named::bare(reading, at).or_else(|| mention::bare_name(reading, at))?,
    };
    let told = status::of(reading, &mention);
    let tells = told.iter().any(|told| {
        matches!(told.effect, Effect::Status(_)) && !(told.implied && mention.sort == Sort::Plan)
    });
    let said_to_be = resolve::equated(reading, &mention, found);
    let number = match resolve::resolve(reading, &mention, &told, found) {
        Some(number) if said_to_be == Some(number) => number,
        // What is made already is not the one that is spoken of as if it were not.
        Some(number)
            if !(mention.form == Form::Indefinite
                && !tells
                && found.get(number).is_some_and(Instrument::is_made)) =>
        {
            number
        }
        Some(_) => return None,
        None => {
            // `Chad's plan for elections in Mali` is put to somebody; `Chad's plan to stay` is none.
            let owned = mention.sort == Sort::Plan
                && !mention.owners.is_empty()
                && mention.topic.as_ref().is_some_and(|topic| !topic.starts_with("to "));
            let described = mention.is_described() || mention.topic.is_some();
            let opens = match mention.form {
                Form::Definite | Form::Indefinite => {
                    tells || owned || described && mention.sort != Sort::Plan || !mention.names.is_empty()
                }
                Form::Negative => tells,
            };
            if !opens || mention.plural && mention.names.is_empty() {
                return None;
            }
            found.push(Instrument::new(&mention));
            found.len() - 1
        }
    };
    found.get_mut(number)?.take(reading, &mention, &told);
    Some(number)
}

/// `the parties agreed to hold elections`: an agreement of those who agreed.
fn agreed_to(
    reading: &Reading<'_>,
    group: Group,
    found: &mut Vec<Instrument>,
    loose: &mut Vec<(u32, Commitment)>,
) {
    let doers = reading.doers(group.head);
    let parties = parties_of(reading, group.head, &doers);
    let several = are_sides(reading, &doers, &parties);
    let joins = group.commitments.first().is_some_and(|_| joins_instrument(reading, group.head));
    if !reading.is(group.head, &["agree"]) || !several || joins || is_to_talk(reading, group.head) {
        loose.extend(group.commitments.into_iter().map(|commitment| (group.head, commitment)));
        return;
    }
    let Some(first) = group.commitments.first() else { return };
    let what = shortened(&first.evidence.text);
    // `agreed on lifting`, `agreed to lift`
    let word = if what.split(' ').next().is_some_and(|word| word.ends_with("ing")) { "on" } else { "to" };
    // The act and what it acts on say enough: `to extend the truce`, of `to extend the truce until Friday at noon`.
    let act = reading.children_by(group.head, &[Dep::Xcomp]).next();
    let name = act.and_then(|act| short_act(reading, act)).unwrap_or_else(|| format!("{word} {what}"));
    found.push(Instrument::agreed(reading, group.head, parties, &name, group.commitments));
}

/// Whether those who agree are sides of an agreement: two who are named, or `the sides`, `European leaders`.
fn are_sides(reading: &Reading<'_>, doers: &[u32], parties: &[ActorId]) -> bool {
    let named = sides::diplomatic(reading, parties);
    let plural = |head: u32| {
        matches!(reading.tag(head), Tag::Nns | Tag::Nnps | Tag::Cd) && reading.is(head, &agreements::SIDE)
    };
    named > 1 || doers.iter().any(|&head| plural(head))
}

/// Returns the infinitive `act` with its object alone: `to extend the truce`.
fn short_act(reading: &Reading<'_>, act: u32) -> Option<String> {
    // `the truce, which they agreed to extend`
    let object = reading.children_by(act, &[Dep::Dobj]).find(|&it| !reading.is_relative(it));
    let object = object.or_else(|| thing_before(reading, act))?;
    let phrase = phrase(reading, object);
    let fits = reading.pos(object) != Pos::Pron && !phrase.is_empty() && phrase.split(' ').count() <= LENGTH;
    let particle = reading.particle(act).map(|particle| format!(" {particle}")).unwrap_or_default();
    fits.then(|| format!("to {}{particle} {phrase}", reading.lemma(act)))
}

/// Whether what is agreed at `at` is no more than to talk: a planned meeting, not an instrument.
fn is_to_talk(reading: &Reading<'_>, at: u32) -> bool {
    reading.children_by(at, &[Dep::Xcomp]).any(|child| {
        reading.is(child, &agreements::TO_TALK)
            || reading.is(child, &agreements::TAKING_UP)
                && reading.objects(child).iter().any(|&object| reading.is(object, &agreements::TALKS))
    })
}

/// Whether what is agreed is to join or sign an instrument: that is its own record.
fn joins_instrument(reading: &Reading<'_>, at: u32) -> bool {
    reading.children_by(at, &[Dep::Xcomp]).any(|child| {
        reading.is(child, &agreements::JOINING)
            && reading.objects(child).iter().any(|&head| is_instrument(reading, head))
    })
}

/// `they agreed on a transition`.
fn agreed_on(reading: &Reading<'_>, at: u32, found: &mut Vec<Instrument>) {
    // `agree, on the record, that it was wrong`
    let that = reading.children_by(at, &[Dep::Ccomp]).next().is_some();
    if factuality::of(reading, at) != Factuality::Happened || that {
        return;
    }
    let doers = reading.doers(at);
    let parties = parties_of(reading, at, &doers);
    let several = are_sides(reading, &doers, &parties);
    let objects = reading.after(at, &["on", "upon"]);
    let Some(&object) = objects.first() else { return };
    let idiom = reading.is(object, &agreements::NO_TOPIC) || reading.pos(object) == Pos::Pron;
    if !several || idiom || mention::read(reading, object).is_some() {
        return;
    }
    let name = phrase(reading, object);
    if name.is_empty() || name.split(' ').count() > LENGTH {
        return;
    }
    found.push(Instrument::agreed(reading, at, parties, &format!("on {name}"), Vec::new()));
}

/// Returns those who agree at `at`: `doers`, and those with whom they do.
fn parties_of(reading: &Reading<'_>, at: u32, doers: &[u32]) -> Vec<ActorId> {
    let mut parties = actors(reading, doers);
    add_once(&mut parties, actors(reading, &reading.after(at, &["with"])));
    parties
}

/// The first dozen words, without a clause that tells more of it.
fn shortened(text: &str) -> String {
    let text = [", which ", ", who ", ", where "]
        .iter()
        .filter_map(|clause| text.split_once(clause).map(|(before, _)| before))
        .min_by_key(|before| before.len())
        .unwrap_or(text);
    let words: Vec<&str> = text.split_whitespace().take(NAME_WORDS).collect();
    words.join(" ")
}
