//! An act: a predicate with its sides, before it is decided what record it becomes.

use readout_lexicon::RulePath;
use readout_record::{ActorId, Factuality, PloverCode};
use readout_syntax::Dep;
use readout_text::CharSpan;

use crate::acts::sides;
use crate::clause::place::act_place;
use crate::clause::reading::Reading;
use crate::clause::time::act_time;
use crate::once::add_once;
use crate::words::violence;

/// An act that a predicate names.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    /// The predicate: the verb or noun.
    pub(crate) head: u32,
    /// PLOVER type.
    pub(crate) code: PloverCode,
    /// PLOVER mode.
    pub(crate) mode: Option<&'static str>,
    /// PLOVER context from the lexicon.
    pub(crate) context: Option<&'static str>,
    /// CAMEO code.
    pub(crate) cameo: Option<&'static str>,
    /// Head tokens of those who act.
    pub(crate) doers: Vec<u32>,
    /// The actors, where no token of the clause names them: the speaker of `Russia must leave`.
    pub(crate) speakers: Vec<ActorId>,
    /// Head tokens of the recipients.
    pub(crate) recipients: Vec<u32>,
    /// The recipients, where an earlier sentence alone names them: `condemned the strikes`.
    pub(crate) told_recipients: Vec<ActorId>,
    /// Whether all sides do the same.
    pub(crate) mutual: bool,
    /// Factuality of the act.
    pub(crate) factuality: Factuality,
    /// Head tokens of the acts inside it.
    pub(crate) used: Vec<u32>,
    /// The act under an operator: its head and own type.
    pub(crate) content: Option<(u32, PloverCode)>,
    /// The operator, as `commit`.
    pub(crate) operator: Option<&'static str>,
    /// Factuality that the operator gives to the act where it would count as happened: `tried to`, `failed to`.
    pub(crate) put: Option<Factuality>,
    /// Whether the negation of its verb makes the act: `did not comply` is to REJECT.
    pub(crate) by_negation: bool,
    /// The rule that fired.
    pub(crate) rule: RulePath,
    /// Certainty of the reading, 0 to 1.
    pub(crate) certainty: f64,
}

impl Act {
    /// Returns an act of type `code` at the predicate `head`, of which nothing else is known.
    pub(crate) fn new(head: u32, code: PloverCode) -> Self {
        Self {
            head,
            code,
            mode: None,
            context: None,
            cameo: None,
            doers: Vec::new(),
            speakers: Vec::new(),
            recipients: Vec::new(),
            told_recipients: Vec::new(),
            mutual: false,
            factuality: Factuality::Unclear,
            used: Vec::new(),
            content: None,
            operator: None,
            put: None,
            by_negation: false,
            rule: RulePath::default(),
            certainty: 0.0,
        }
    }

    /// The actors who act.
    pub(crate) fn actors(&self, reading: &Reading<'_>) -> Vec<ActorId> {
        let mut found = self.speakers.clone();
        add_all(reading, &self.doers, &mut found);
        found
    }

    /// Returns the recipients.
    pub(crate) fn recipient_actors(&self, reading: &Reading<'_>) -> Vec<ActorId> {
        let mut found: Vec<ActorId> = Vec::new();
        for &head in self.recipients.iter().filter(|&&head| !sides::is_taken_for_speaker(reading, head)) {
            add_once(&mut found, sides::patients(reading, reading.substance(head)));
        }
        add_once(&mut found, self.told_recipients.iter().cloned());
        found
    }

    /// Whether what is done to `actor` is done to people or a place of that state and not to the state that acts:
    /// `Turkish police imposed a curfew in Cizre`.
    pub(crate) fn is_within(&self, reading: &Reading<'_>, actor: &ActorId) -> bool {
        let code = self.content.map_or(self.code, |(_, code)| code);
        let force =
            matches!(code, PloverCode::Assault | PloverCode::Coerce) || self.code == PloverCode::Protest;
        force
            && actor.state_code().is_some()
            && self.recipients.iter().any(|&head| {
                let head = reading.substance(head);
                let owned = reading.child(head, Dep::Poss).is_some();
                !owned && reading.named(head).is_empty() && sides::patients(reading, head).contains(actor)
            })
    }

    /// Whether others than `ended_by` do harm by it: `ended the raids by Chad` is no act of Chad's.
    pub(crate) fn is_harm_by_others(&self, reading: &Reading<'_>, ended_by: &[u32]) -> bool {
        let (own, others) = (all(reading, ended_by), all(reading, &self.doers));
        matches!(self.code, PloverCode::Assault | PloverCode::Coerce | PloverCode::Protest)
            && !own.is_empty()
            && !others.is_empty()
            && !others.iter().any(|actor| own.contains(actor))
    }

    /// Whether one of those that `heads` name does it: `Iran warned that it would quit`.
    pub(crate) fn is_by(&self, reading: &Reading<'_>, heads: &[u32]) -> bool {
        let own = all(reading, heads);
        all(reading, &self.doers).iter().any(|actor| own.contains(actor))
    }

    /// Whether the act is violence that took place, not a threat, demand or plan of it.
    pub(crate) fn is_incident(&self, reading: &Reading<'_>) -> bool {
        self.code == PloverCode::Assault
            && matches!(self.factuality, Factuality::Happened | Factuality::Ongoing)
            && !matches!(self.operator, Some("fail" | "try" | "want" | "consider"))
            && !reading.is(self.head, &["violate", "breach"])
            && !self.is_of_war(reading)
    }

    /// Whether the act is fighting that goes on, of which neither a day nor a place is told: `the Kurds who fought the
    /// militants`. It is no one attack.
    fn is_of_war(&self, reading: &Reading<'_>) -> bool {
        let word = self.content.map_or(self.head, |(head, _)| head);
        reading.is(word, &violence::WAR)
            && act_place(reading, self.head).is_none()
            && act_time(reading, self.head, reading.clause(self.head)).is_none()
    }

    /// The words for those who act, in code points.
    pub(crate) fn actor_spans(&self, reading: &Reading<'_>) -> Vec<CharSpan> {
        spans(reading, &self.doers)
    }

    /// Returns the spans of the words for the recipients, in code points.
    pub(crate) fn recipient_spans(&self, reading: &Reading<'_>) -> Vec<CharSpan> {
        spans(reading, &self.recipients)
    }
}

/// The phrases of `heads`, in the order of the text.
fn spans(reading: &Reading<'_>, heads: &[u32]) -> Vec<CharSpan> {
    let mut found: Vec<CharSpan> = heads
        .iter()
        .map(|&head| reading.offsets.to_chars(sides::phrase(reading, reading.substance(head))))
        .filter(|span| span.start < span.end)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether an act of type `code` does harm to somebody.
pub(crate) fn is_harm(code: PloverCode) -> bool {
    matches!(
        code,
        PloverCode::Assault
            | PloverCode::Coerce
            | PloverCode::Sanction
            | PloverCode::Mobilize
            | PloverCode::Threaten
    )
}

/// Returns the actors behind `heads`, each once.
fn all(reading: &Reading<'_>, heads: &[u32]) -> Vec<ActorId> {
    let mut found = Vec::new();
    add_all(reading, heads, &mut found);
    found
}

/// Adds the actors behind `heads` to `found`, each once.
pub(crate) fn add_all(reading: &Reading<'_>, heads: &[u32], found: &mut Vec<ActorId>) {
    for &head in heads.iter().filter(|&&head| !sides::is_taken_for_speaker(reading, head)) {
        add_once(found, sides::agents(reading, reading.substance(head)));
    }
}
