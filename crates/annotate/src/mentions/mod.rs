//! Mentions of people, states, organisations, groups and places, and which are the same one.

#![allow(
    clippy::indexing_slicing,
    reason = "numbers of candidates and links are made from the lists that they index, which never shrink"
)]

mod barred;
mod beside;
mod binding;
mod candidate;
mod chains;
mod context;
mod descriptions;
mod empty_it;
mod first_persons;
mod fitting;
mod focus;
mod genders;
mod identified;
mod known_names;
mod link;
mod lists;
mod mention;
mod missed_names;
mod names;
mod no_actors;
mod nominals;
mod offices;
mod pairs;
mod parts;
mod phrases;
mod places;
mod pronouns;
mod resolve;
mod resolver;
mod rivals;
mod roles;
mod salience;
mod short_names;
mod sorts;
mod spoken_of;
mod states;
mod things;
pub(crate) mod words;

use readout_knowledge::Knowledge;
use readout_record::{ActorKind, Document};
use readout_syntax::{PerToken, Syntax};

pub use self::mention::{Chain, Mention, MentionForm, Mentions};
pub use self::words::leads_state;
use crate::attribution::Attribution;
use crate::mentions::context::Context;
use crate::mentions::resolver::Resolver;
use crate::mentions::sorts::Sort;
use crate::quotations::Quotation;

/// The mentions of `document`, with their chains.
pub fn find(
    document: &Document,
    syntax: &Syntax,
    quotations: &[Quotation],
    attributions: &[Attribution],
    knowledge: &Knowledge,
) -> Mentions {
    let mut candidates = names::find(syntax, knowledge);
    let parts = parts::take(syntax, knowledge, &mut candidates);
    roles::attach(syntax, knowledge, &mut candidates);
    let mut in_name = PerToken::new(syntax.len());
    for name in &candidates {
        nominals::mark(&mut in_name, &name.words);
        if name.kind == ActorKind::Person {
            nominals::mark(&mut in_name, &(name.phrase.start..name.words.end));
        }
        roles::mark_appositions(syntax, name, &mut in_name);
    }
    let mut sorts = vec![Sort::Name; candidates.len()];
    for (candidate, description) in nominals::find(syntax, knowledge, &in_name, &parts) {
        candidates.push(candidate);
        sorts.push(Sort::Described(description));
    }
    let mut taken = in_name.clone();
    for candidate in &candidates {
        nominals::mark(&mut taken, &(candidate.head..candidate.head + 1));
    }
    for (candidate, thing) in things::find(syntax, &taken) {
        candidates.push(candidate);
        sorts.push(Sort::Thing(thing));
    }
    for (candidate, members) in lists::find(syntax) {
        candidates.push(candidate);
        sorts.push(Sort::List(members));
    }
    let mut words_of_names = PerToken::new(syntax.len());
    for name in candidates.iter().filter(|candidate| candidate.form == MentionForm::Name) {
        nominals::mark(&mut words_of_names, &name.words);
    }
    for (candidate, pronoun) in nominals::pronouns(syntax, &words_of_names) {
        candidates.push(candidate);
        sorts.push(Sort::Pronoun(pronoun));
    }
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by_key(|&at| (candidates[at].head, candidates[at].words.start));
    let candidates: Vec<_> = order.iter().map(|&at| candidates[at].clone()).collect();
    let sorts: Vec<_> = order.iter().map(|&at| sorts[at].clone()).collect();
    let named: Vec<usize> = (0..candidates.len()).filter(|&at| matches!(sorts[at], Sort::Name)).collect();
    let links = chains::of_names(document, syntax, knowledge, &candidates, &named);
    let context = Context::new(syntax, quotations, attributions);
    let links = Resolver::new(&context, document, knowledge, &candidates, &sorts, links).run();
    chains::finish(document, syntax, &candidates, &links)
}
