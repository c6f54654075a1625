//! Instruments of a document: how each is named, and what is gathered of it while the document is read.

use readout_lexicon::RuleName;
use readout_record::{ActorId, ActorKind, Agreement, Commitment, ids};
use readout_syntax::{Dep, EntityLabel};

use super::super::commitments;
use crate::clause::reading::Reading;
use crate::words::agreements;

/// An instrument while the document is read.
pub(super) struct Instrument {
    pub(super) key: String,
    pub(super) agreement: Agreement,
    /// Sentence of its last mention.
    pub(super) last: u32,
    pub(super) terms: Vec<Commitment>,
    /// The day it was signed or reached, ISO 8601: its deadlines are counted from there.
    pub(super) signed: Option<String>,
}

impl Instrument {
    /// Adds the terms that `actions` are, of `debtor`, their deadlines counted from the day of signing.
    pub(super) fn add_terms(
        &mut self,
        reading: &Reading<'_>,
        actions: &[u32],
        debtor: &[ActorId],
        rule: RuleName,
    ) {
        let base = self.signed.as_deref();
        self.terms.extend(commitments::build(reading, actions, debtor, &[], base, rule));
    }
}

/// The key and name of the instrument at `at`, and whether it points back (`the deal`).
pub(super) fn describe(reading: &Reading<'_>, at: u32) -> (String, String, bool) {
    let mut from = at;
    let mut proper = String::new();
    for child in reading.children_by(at, &[Dep::Compound, Dep::Amod, Dep::Nmod]) {
        if child < at && reading.tag(child).is_proper() && !reading.is_person(child) {
            from = from.min(reading.syntax.token(child).left_edge);
            proper.push_str(&ids::slug(reading.syntax.word(child)));
            proper.push(' ');
        }
    }
    let of = reading.after(at, &["of"]);
    let end = if reading.is(at, &["cessation"]) { of.first().map_or(at, |&head| head.max(at)) } else { at };
    if !proper.is_empty() {
        return (proper.trim().to_owned(), reading.syntax.passage(from..end + 1).to_owned(), false);
    }
    let kind =
        if reading.is(at, &agreements::PAUSE) || reading.is(at, &["fire"]) { "pause" } else { "agreement" };
    // `a previous truce` is another than the one that is spoken of.
    if let Some(earlier) = reading
        .children_by(at, &[Dep::Amod])
        .find(|&child| child < at && reading.is(child, &agreements::EARLIER))
    {
        let name = reading.syntax.passage(earlier..end + 1).to_owned();
        return (format!("{kind}:earlier"), name, false);
    }
    let definite = reading
        .children_by(at, &[Dep::Det, Dep::Poss])
        .any(|det| reading.is(det, &["the", "this", "that", "its", "it"]));
    let modified = reading.children_by(at, &[Dep::Amod, Dep::Compound, Dep::Prep]).next().is_some();
    // Of described ones, all pauses of fire in one report are one; other agreements only if they point back.
    let topic = reading
        .after(at, &["on", "about", "over", "for"])
        .first()
        .map(|&head| reading.lemma(head).to_lowercase());
    let key = match topic {
        Some(topic) if kind != "pause" => format!("{kind}:{topic}"),
        _ => kind.to_owned(),
    };
    let adjectives = reading
        .children_by(at, &[Dep::Amod, Dep::Compound])
        .filter(|&child| child < at && (kind != "pause" || !reading.named(child).is_empty()))
        .min()
        .unwrap_or(at);
    // `cease-fire` is three tokens.
    let adjectives =
        if reading.is(at, &["fire"]) { adjectives.min(at.saturating_sub(2)) } else { adjectives };
    let name = reading.syntax.passage(adjectives..end + 1).replace(['“', '”', '"'], "");
    (key, name, !modified && (definite || kind == "agreement"))
}

/// A place whose name alone stands for what was agreed there: `if Minsk is not implemented`.
pub(super) fn bare_name(reading: &Reading<'_>, at: u32) -> Option<String> {
    if !reading.tag(at).is_proper()
        || reading.syntax.entity_at(at).is_some_and(|e| e.label == EntityLabel::Person)
    {
        return None;
    }
    let above = reading.syntax.head(at)?;
    let implemented = match reading.dep(at) {
        Dep::Dobj | Dep::Nsubjpass => reading.is(above, &["implement"]),
        Dep::Pobj => {
            reading.is(above, &["of"])
                && reading.syntax.head(above).is_some_and(|noun| reading.is(noun, &["implementation"]))
        }
        Dep::Poss => reading.is(above, &["implementation"]),
        _ => false,
    };
    let person = reading.chain(at).is_some_and(|chain| chain.kind == ActorKind::Person);
    (implemented && !person).then(|| ids::slug(reading.syntax.word(at)))
}
