//! Terms of agreements: what an instrument obliges whom to do.

use readout_lexicon::rule;
use readout_syntax::{Dep, Pos, Tag};
use readout_text::ByteSpan;

use super::super::commitments::{self, and_joined};
use super::instrument::Instrument;
use crate::acts::instruments::is_instrument;
use crate::acts::sides;
use crate::clause::reading::Reading;
use crate::words::agreements;

/// The number of instruments back among which the one of a sentence before is looked for.
const INSTRUMENTS_BACK: usize = 6;
/// The most instruments before among which the subject's own is looked for.
const OWN_BACK: usize = 64;

/// The most lines of a list of terms.
const MAX_LIST: usize = 24;

/// `These include removing fighters, releasing hostages …` after an instrument: its terms.
pub(super) fn terms(reading: &Reading<'_>, at: u32, found: &mut [Instrument]) {
    if !reading.is_verb(at) || !reading.is(at, &agreements::PROVIDING) {
        return;
    }
    // What is not in it is no term.
    if reading.child(at, Dep::Neg).is_some() {
        return;
    }
    let subjects = reading.subjects(at);
    if commitments::is_thought_of(reading, at, &subjects) {
        return;
    }
    let Some(&subject) = subjects.first() else { return };
    let back = matches!(reading.syntax.token(subject).pos, Pos::Pron | Pos::Det)
        && reading.is(subject, &["this", "that", "these", "those", "they", "it", "which"])
        || reading.is(subject, &agreements::TERM);
    let itself = is_instrument(reading, subject) || found.iter().any(|known| known.heads.contains(&subject));
    if !back && !itself {
        return;
    }
    let sentence = reading.syntax.token(at).sentence;
    // The subject's own instrument, or the one that was spoken of last.
    let spoken_of = |known: &Instrument| known.last + 1 >= sentence && known.last <= sentence;
    let last_of = |most: usize, is: &dyn Fn(&Instrument) -> bool| {
        found.iter().rev().take(most).position(is).map(|back| found.len() - 1 - back)
    };
    let own = last_of(OWN_BACK, &|known| known.heads.contains(&subject) && spoken_of(known));
    let last = last_of(INSTRUMENTS_BACK, &spoken_of);
    let Some(known) = own.or(last).and_then(|number| found.get_mut(number)) else { return };
    let mut items = Vec::new();
    for first in reading.children_by(at, &[Dep::Dobj, Dep::Xcomp, Dep::Ccomp]) {
        and_joined(reading, first, &mut items);
    }
    for prep in reading.children_by(at, &[Dep::Prep]).filter(|&prep| reading.is(prep, &["for"])) {
        for first in reading.children_by(prep, &[Dep::Pobj, Dep::Pcomp]) {
            and_joined(reading, first, &mut items);
        }
    }
    // `calls for a truce, the return of refugees and …`: a list may be taken for an apposition.
    if itself && !items.is_empty() {
        for loose in reading.children_by(subject, &[Dep::Appos]).filter(|&loose| loose > at) {
            and_joined(reading, loose, &mut items);
        }
    }
    if items.is_empty() {
        for act in listed_below(reading, at) {
            // `Iran to halt enrichment`
            let debtor =
                commitments::actors(reading, &reading.children_by(act, &[Dep::Nsubj]).collect::<Vec<_>>());
            known.add_terms(reading, &[act], &debtor, rule!("commitment.terms"));
        }
    }
    // `obliges Iran to ship out its uranium`: its object is who is to act.
    let obliged = reading.objects(at);
    let acts: Vec<u32> = items.iter().copied().filter(|&item| is_to_do(reading, item)).collect();
    if !acts.is_empty() {
        let debtor = commitments::actors(reading, &obliged);
        known.add_terms(reading, &acts, &debtor, rule!("commitment.terms"));
        known.last = sentence;
        return;
    }
    // A list of acts, not of members: `it includes France and Italy`.
    items.retain(|&item| {
        reading.tag(item) == Tag::Vbg
            || is_gerund_object(reading, item)
            || (reading.syntax.token(item).pos == Pos::Noun
                && itself
                && sides::patients(reading, item).is_empty())
            || (reading.syntax.token(item).pos == Pos::Noun
                && itself
                && !reading.after(item, &["of"]).is_empty())
    });
    known.add_terms(reading, &items, &[], rule!("commitment.terms"));
    known.last = sentence;
}

/// The acts that the lines of a list below the paragraph of `at` name, where that ends in a colon: `The terms
/// include:`.
fn listed_below(reading: &Reading<'_>, at: u32) -> Vec<u32> {
    let syntax = reading.syntax;
    let text = syntax.text();
    let start = syntax.token(at).span.start as usize;
    let mut acts = Vec::new();
    let mut lines = text.get(start..).unwrap_or_default().split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if !first.trim_end().ends_with(':') {
        return acts;
    }
    let mut from = start + first.len();
    for line in lines.take(2 * MAX_LIST) {
        let to = from + line.len();
        let inner = line.trim_start();
        let blank = inner.is_empty();
        if !blank && !inner.starts_with(['-', '–', '—', '•', '*', '·', '‣']) {
            break;
        }
        let tokens = syntax.tokens_in(ByteSpan::new((to - inner.len()) as u32, to as u32));
        let mark = |token: u32| {
            matches!(syntax.token(token).pos, Pos::Punct | Pos::Space | Pos::Sym)
                || !syntax.word(token).chars().any(char::is_alphanumeric)
        };
        let outside = |head: u32| !tokens.contains(&head) || mark(head);
        let head = tokens.clone().find(|&token| !mark(token) && syntax.head(token).is_none_or(outside));
        if let Some(head) = head.filter(|_| !blank) {
            and_joined(reading, head, &mut acts);
        }
        from = to;
    }
    acts.truncate(MAX_LIST);
    acts.retain(|&act| reading.is_verb(act) || reading.is_noun(act) && reading.named(act).is_empty());
    acts
}

/// Whether `at` is an infinitive: `to ship out its uranium`.
fn is_to_do(reading: &Reading<'_>, at: u32) -> bool {
    reading.is_verb(at)
        && reading.tag(at) == Tag::Vb
        && reading.children(at).iter().any(|&child| reading.tag(child) == Tag::To)
}

/// `Under the Oslo accord both sides must withdraw`: what they are to do is its term.
pub(super) fn terms_under(reading: &Reading<'_>, at: u32, found: &mut [Instrument]) {
    if !reading.is_verb(at) {
        return;
    }
    let under = reading.after(at, &["under"]).into_iter().find(|&head| is_instrument(reading, head));
    let Some(under) = under else { return };
    let sentence = reading.syntax.token(at).sentence;
    // The instrument may be read only after its clause: `must leave under the accord`.
    let known = found.iter().position(|known| known.heads.contains(&under));
    let known = known.or_else(|| found.iter().rposition(|known| known.last == sentence));
    let Some(known) = known.and_then(|number| found.get_mut(number)) else { return };
    let mut clauses = Vec::new();
    and_joined(reading, at, &mut clauses);
    // The clause after a comma may stand above this one: `both sides must leave, Chad is to pay`.
    if reading.dep(at) == Dep::Ccomp
        && let Some(above) = reading.syntax.head(at).filter(|&above| above > at && reading.is(above, &["be"]))
    {
        and_joined(reading, above, &mut clauses);
    }
    for clause in clauses {
        // `must leave`, `will leave`, `is to leave`
        let modal = reading.children_by(clause, &[Dep::Aux]).any(|aux| reading.tag(aux) == Tag::Md);
        let act = if modal {
            Some(clause)
        } else if reading.is(clause, &["be"]) {
            reading.children_by(clause, &[Dep::Xcomp]).find(|&inner| is_to_do(reading, inner))
        } else {
            None
        };
        let Some(act) = act else { continue };
        let negated = reading.child(act, Dep::Neg).is_some();
        let debtor = commitments::actors(reading, &reading.doers(clause));
        if negated && debtor.is_empty() {
            continue;
        }
        known.add_terms(reading, &[act], &debtor, rule!("commitment.under"));
    }
    known.last = sentence;
}

/// `-ing` words that the tagger takes for nouns or adjectives.
fn is_gerund_object(reading: &Reading<'_>, at: u32) -> bool {
    reading.syntax.word(at).ends_with("ing")
}
