//! Instruments: the mentions of one report that speak of one deal, what became of it, and a name that people can read.

use std::collections::BTreeSet;

use readout_record::{ActorId, Agreement, AgreementStatus, Commitment, EvidenceSpan, StatusStep, ids};

use readout_lexicon::RuleName;

use super::known::Known;
use super::lexicon::{Effect, Sort};
use super::mentioned::{Form, Mention, Stage};
use super::phrase::passage;
use super::sides::{self, state_or_self};
use super::status::Told;
use crate::clause::place::act_place;
use crate::clause::premises;
use crate::clause::reading::Reading;
use crate::clause::time::act_time;
use crate::once::add_once;
use crate::records::commitments;

/// A step with the place at which it is told.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) step: StatusStep,
    background: bool,
}

/// An instrument while the document is read.
#[derive(Debug, Default)]
pub(super) struct Instrument {
    /// What its id is made from.
    pub(super) key: String,
    pub(super) sort: Option<Sort>,
    pub(super) nouns: BTreeSet<String>,
    pub(super) names: BTreeSet<String>,
    pub(super) matter: BTreeSet<String>,
    pub(super) years: BTreeSet<String>,
    pub(super) stage: Option<Stage>,
    pub(super) earlier: bool,
    /// The actors whom its mentions name as its parties.
    pub(super) core: Vec<ActorId>,
    pub(super) parties: Vec<ActorId>,
    /// The parties whom the words of its mentions name.
    pub(super) worded: Vec<ActorId>,
    /// The actors who put forward a plan.
    pub(super) owners: Vec<ActorId>,
    pub(super) brokers: Vec<ActorId>,
    pub(super) guarantors: Vec<ActorId>,
    /// The words of its mentions: with how many marks of their own.
    pub(super) words: Vec<(usize, String)>,
    pub(super) topic: Option<String>,
    pub(super) place: Option<String>,
    /// The head tokens of its mentions.
    pub(super) heads: BTreeSet<u32>,
    /// The sentence of its last mention.
    pub(super) last: u32,
    pub(super) steps: Vec<Step>,
    /// The steps that words only imply, for want of one that is told.
    pub(super) implied: Vec<StatusStep>,
    /// Whether a mention points at it as at one that is known.
    pub(super) definite: bool,
    /// The passage that first does so without a premise around it.
    pub(super) pointed_at: Option<EvidenceSpan>,
    /// Whether a mention says that it is not made yet, or in principle only.
    pub(super) unmade: bool,
    /// Words that tell what it is about, and with whom, in lower case.
    pub(super) about: BTreeSet<String>,
    pub(super) evidence: Vec<EvidenceSpan>,
    /// Its terms.
    pub(super) terms: Vec<Commitment>,
    /// The day on which it was signed or reached, ISO 8601: its deadlines are counted from there.
    pub(super) signed: Option<String>,
    /// The name that it is given, where it is what somebody agreed to do.
    pub(super) given: Option<String>,
    /// The public instrument that it is.
    pub(super) known: Option<&'static Known>,
    /// Whether a mention speaks of it as of more than one.
    pub(super) plural: bool,
}

impl Instrument {
    /// Returns an instrument that `mention` brings in.
    pub(super) fn new(mention: &Mention) -> Self {
        Self {
            key: format!("{:?}:{}", mention.sort, ids::slug(&mention.words)),
            sort: Some(mention.sort),
            earlier: mention.earlier,
            ..Self::default()
        }
    }

    /// Returns the instrument that parties make where they agree at `at`.
    pub(super) fn agreed(
        reading: &Reading<'_>,
        at: u32,
        parties: Vec<ActorId>,
        what: &str,
        terms: Vec<Commitment>,
    ) -> Self {
        let clause = reading.clause(at);
        let time = act_time(reading, at, clause);
        let evidence = passage(reading, clause);
        let mut claimed_by = reading.statement_of(at).map(|it| it.speaker.clone()).unwrap_or_default();
        claimed_by.retain(|actor| !actor.starts_with("outlet:"));
        let step = StatusStep {
            status: AgreementStatus::Agreed,
            time: time.clone(),
            evidence: evidence.clone(),
            claimed_by,
            ..StatusStep::default()
        };
        Self {
            key: format!("agreed:{at}"),
            core: parties.clone(),
            parties,
            last: reading.token(at).sentence,
            steps: vec![Step { step, background: false }],
            evidence: vec![evidence],
            terms,
            signed: time.and_then(|time| time.from),
            given: Some(what.to_owned()),
            ..Self::default()
        }
    }

    /// Takes in a mention of the instrument, and what its sentence tells.
    pub(super) fn take(&mut self, reading: &Reading<'_>, mention: &Mention, told: &[Told]) {
        self.nouns.insert(mention.noun.clone());
        self.names.extend(mention.names.iter().cloned());
        self.matter.extend(mention.matter.iter().cloned());
        self.years.extend(mention.years.iter().cloned());
        self.stage = self.stage.or(mention.stage);
        self.known = self.known.or(mention.known);
        self.plural |= mention.plural;
        for party in &mention.worded {
            add_once(&mut self.worded, [party.clone()]);
        }
        for party in &mention.parties {
            add_once(&mut self.core, [party.clone()]);
            add_once(&mut self.parties, [party.clone()]);
        }
        if mention.sort == Sort::Plan {
            add_once(&mut self.owners, mention.owners.iter().cloned());
            for owner in &mention.owners {
                add_once(&mut self.parties, [owner.clone()]);
            }
        } else {
            // `Iran's deal with France`; of `the government's nuclear deal` nothing tells with whom it is.
            let makers = mention.owners.iter().filter(|owner| sides::is_maker(reading, owner));
            for owner in makers.cloned() {
                add_once(&mut self.parties, [owner]);
            }
        }
        let marks = 4 * mention.names.len().min(2)
            + 2 * mention.matter.len().min(2)
            + mention.parties.len().min(2)
            + usize::from(mention.stage.is_some());
        if !self.words.iter().any(|(_, words)| *words == mention.words) {
            self.words.push((marks, mention.words.clone()));
        }
        if self.topic.is_none() {
            self.topic.clone_from(&mention.topic);
        }
        if self.place.is_none() {
            self.place.clone_from(&mention.place);
        }
        self.definite |= mention.form == Form::Definite;
        // `if the Minsk agreement is kept` does not tell that it holds.
        let asserted = mention.form == Form::Definite && !premises::is_open(reading, mention.at);
        if asserted && !mention.open {
            let phrase = reading.trimmed(reading.subtree(mention.at));
            self.pointed_at.get_or_insert_with(|| passage(reading, phrase));
        }
        self.unmade |= mention.open || mention.principle;
        self.about.extend(mention.about(reading));
        self.heads.insert(mention.at);
        self.last = reading.token(mention.at).sentence;
        self.hear(reading, mention.at, told);
        if told.is_empty() {
            let phrase = reading.trimmed(reading.subtree(mention.at));
            self.add_evidence(passage(reading, phrase));
        }
        // `the 2015 accord` was made in 2015, and so was `a 2015 accord` in a later report.
        let published = reading.document.published.as_deref().and_then(|date| date.get(..4));
        let earlier = published.is_some_and(|now| mention.years.iter().any(|year| year.as_str() < now));
        let made = mention.form == Form::Definite || mention.form == Form::Indefinite && earlier;
        if told.is_empty() && made && !mention.open && mention.sort != Sort::Plan {
            self.made_in(reading, mention);
        }
        // Whose a plan is, has put it forward.
        if mention.sort == Sort::Plan && !mention.owners.is_empty() && self.steps.is_empty() {
            let phrase = reading.trimmed(reading.subtree(mention.at));
            let step = StatusStep {
                status: AgreementStatus::Proposed,
                by: mention.owners.clone(),
                evidence: passage(reading, phrase),
                ..StatusStep::default()
            };
            self.steps.push(Step { step, background: true });
        }
    }

    /// Takes in what a sentence tells of the instrument, whose mention in it is `at`.
    pub(super) fn hear(&mut self, reading: &Reading<'_>, at: u32, told: &[Told]) {
        for told in told {
            let phrase = reading.trimmed(reading.subtree(at));
            let clause = if reading.is_verb(told.word) {
                reading.clause(told.word)
            } else {
                reading.trimmed(reading.subtree(told.word))
            };
            let span = if clause.contains(phrase) { clause } else { clause.cover(phrase) };
            let span = if told.background && !clause.contains(phrase) { phrase } else { span };
            self.add_evidence(passage(reading, span));
            match told.effect {
                Effect::Stands | Effect::Awaited => {}
                Effect::Broker | Effect::Guarantor => {
                    let side = match told.effect {
                        Effect::Broker => &mut self.brokers,
                        _ => &mut self.guarantors,
                    };
                    for actor in &told.by {
                        add_once(side, [actor.clone()]);
                    }
                }
                Effect::Status(status) => {
                    let time = act_time(reading, told.word, span);
                    let made = matches!(
                        status,
                        AgreementStatus::Agreed
                            | AgreementStatus::Signed
                            | AgreementStatus::AgreedInPrinciple
                    );
                    if made && self.signed.is_none() {
                        self.signed = time.as_ref().and_then(|time| time.from.clone());
                    }
                    for party in &told.parties {
                        add_once(&mut self.parties, [party.clone()]);
                    }
                    let step = StatusStep {
                        status,
                        by: told.by.clone(),
                        claimed_by: told.claimed_by.clone(),
                        time,
                        evidence: passage(reading, span),
                    };
                    if told.implied {
                        self.implied.push(StatusStep { time: None, ..step });
                        continue;
                    }
                    if made && self.place.is_none() {
                        self.place = act_place(reading, told.word);
                    }
                    let known = self.steps.iter().any(|it| {
                        it.step.status == step.status
                            && (step.by.is_empty() || step.by == it.step.by)
                            && (step.time.is_none() || step.time == it.step.time)
                            && (it.step.claimed_by.is_empty() || it.step.claimed_by == step.claimed_by)
                    });
                    if !known {
                        self.steps.push(Step { step, background: told.background });
                    }
                }
            }
        }
    }

    /// Adds that the instrument was made in the year of the mention.
    fn made_in(&mut self, reading: &Reading<'_>, mention: &Mention) {
        if mention.years.is_empty() || self.steps.iter().any(|it| is_made(it.step.status)) {
            return;
        }
        let phrase = reading.trimmed(reading.subtree(mention.at));
        let step = StatusStep {
            status: AgreementStatus::Agreed,
            time: act_time(reading, mention.at, phrase),
            evidence: passage(reading, phrase),
            ..StatusStep::default()
        };
        self.steps.push(Step { step, background: true });
    }

    fn add_evidence(&mut self, evidence: EvidenceSpan) {
        if !self.evidence.contains(&evidence) {
            self.evidence.push(evidence);
        }
    }

    /// Whether the instrument has been made, as far as the report has told.
    pub(super) fn is_made(&self) -> bool {
        self.steps.iter().any(|it| is_made(it.step.status))
    }

    /// Whether the report tells, or takes it, that the instrument has been made.
    pub(super) fn is_there(&self) -> bool {
        self.is_made() || self.implied.iter().any(|step| step.status == AgreementStatus::Agreed)
    }

    /// Whether it is what somebody agreed to do, and no noun names it.
    pub(super) fn is_act(&self) -> bool {
        self.given.is_some()
    }

    /// Returns the record, `None` if the report tells nothing of the instrument, or gives no name to it; and its terms.
    pub(super) fn record(mut self, reading: &Reading<'_>) -> (Option<Agreement>, Vec<Commitment>) {
        let mut terms = std::mem::take(&mut self.terms);
        let agreement = self.agreement(reading, &terms);
        for term in &mut terms {
            term.agreement = agreement.as_ref().map(|it| it.id.clone());
        }
        (agreement, terms)
    }

    /// Returns the record of the instrument with its terms.
    fn agreement(mut self, reading: &Reading<'_>, terms: &[Commitment]) -> Option<Agreement> {
        let mut status = self.history(reading);
        let told_of = self.definite && !self.names.is_empty();
        let told = self.topic.is_some() || self.place.is_some();
        let described = told || !self.matter.is_empty() || !self.core.is_empty();
        if status.is_empty() && (told_of || described || self.heads.len() > 1) {
            status.extend(self.implied_status(told_of));
        }
        let spoken_of = told_of || self.heads.len() > 1 && described || self.heads.len() > 2;
        let others = !self.brokers.is_empty() || !self.guarantors.is_empty();
        if status.is_empty() && terms.is_empty() && !spoken_of && !others {
            return None;
        }
        // Whoever is bound by it is a party, unless the report says who its parties are.
        if self.given.is_none() && self.core.len() < 2 {
            for debtor in terms.iter().flat_map(|term| &term.debtor) {
                add_once(&mut self.core, [debtor.clone()]);
                add_once(&mut self.parties, [debtor.clone()]);
            }
        }
        let parties = match self.known {
            Some(known) if !known.parties.is_empty() => known.parties.clone(),
            _ => self.parties_told(reading),
        };
        // A deal of persons is none between parties.
        let private = |actor: &ActorId| actor.starts_with("person:");
        if !parties.is_empty() && self.names.is_empty() && parties.iter().all(private) {
            return None;
        }
        let name = self.name(reading, &parties)?;
        let mut aliases: Vec<String> = Vec::new();
        for (_, words) in &self.words {
            let told = words.split(' ').count() > 1 && *words != name && !aliases.contains(words);
            if told {
                aliases.push(words.clone());
            }
        }
        let first = self.evidence.first()?;
        let id = ids::record_id(&reading.document.id, "agreement", &self.key, &first.spans);
        Some(Agreement {
            id,
            name,
            aliases,
            parties,
            brokers: self.brokers,
            guarantors: self.guarantors,
            terms: terms.iter().map(|term| term.evidence.id.clone()).collect(),
            status,
            evidence: self.evidence,
        })
    }

    /// Returns the step that the words around the instrument imply: that it is made, if something presupposes it, or else
    /// that it is worked on. What has a name of its own and is pointed at has been made, if nothing speaks against it.
    fn implied_status(&self, told_of: bool) -> Option<StatusStep> {
        let with = |status: AgreementStatus| self.implied.iter().find(|step| step.status == status);
        let made = with(AgreementStatus::Agreed).filter(|_| !self.unmade);
        let worked_on = with(AgreementStatus::UnderNegotiation);
        // Who is still to ratify it does not unmake it.
        if let Some(step) = worked_on.filter(|_| self.known.is_some() && !self.unmade) {
            return Some(StatusStep { status: AgreementStatus::Signed, ..step.clone() });
        }
        let first = made.or(worked_on.filter(|_| !told_of)).or_else(|| with(AgreementStatus::Proposed));
        // Who is still to join a treaty with a name does not tell how it stands.
        let named = told_of && worked_on.is_none() && !self.unmade && self.sort != Some(Sort::Plan);
        first.cloned().or_else(|| {
            let evidence = self.pointed_at.clone().filter(|_| named)?;
            Some(StatusStep { status: AgreementStatus::Agreed, evidence, ..StatusStep::default() })
        })
    }

    /// Returns the steps in order: what is told in passing before the news, and of each the dated by their day.
    fn history(&self, reading: &Reading<'_>) -> Vec<StatusStep> {
        let mut steps: Vec<&Step> = self.steps.iter().collect();
        let day = |it: &Step| it.step.time.as_ref().and_then(|time| time.from.clone());
        // A later day is later, whatever stands first; the undated stay where they are told.
        steps.sort_by_key(|step| !step.background && !is_charge(reading, &step.step));
        for at in 1..steps.len() {
            let mut here = at;
            while here > 0 {
                let (Some(before), Some(step)) = (steps.get(here - 1), steps.get(here)) else { break };
                match (day(before), day(step)) {
                    (Some(earlier), Some(later)) if later < earlier => steps.swap(here - 1, here),
                    _ => break,
                }
                here -= 1;
            }
        }
        let mut found: Vec<StatusStep> = Vec::new();
        for step in steps {
            let status = step.step.status;
            let before = matches!(status, AgreementStatus::Proposed | AgreementStatus::UnderNegotiation);
            // What is worked on is past having been put forward.
            let worked_on = self.steps.iter().any(|it| it.step.status == AgreementStatus::UnderNegotiation);
            if status == AgreementStatus::Proposed && worked_on {
                continue;
            }
            // What is made is not put forward again.
            if before
                && found.iter().any(|it| {
                    !matches!(it.status, AgreementStatus::Proposed | AgreementStatus::UnderNegotiation)
                })
            {
                continue;
            }
            // That it is agreed says no more where it is signed.
            let again = found.last().is_some_and(|last| {
                last.status == status && step.step.by == last.by && step.step.claimed_by == last.claimed_by
            });
            let made = is_made(status) && found.iter().any(|it| it.status >= status && is_made(it.status));
            if again || made && step.step.time.is_none() {
                continue;
            }
            found.push(step.step.clone());
        }
        found
    }

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

/// Whether the step is one that its claimant says another took: that is no news of the report's own.
fn is_charge(reading: &Reading<'_>, step: &StatusStep) -> bool {
    let own = |claimant: &ActorId| {
        let claimant = state_or_self(reading, claimant);
        step.by.iter().any(|actor| state_or_self(reading, actor) == claimant)
    };
    !step.claimed_by.is_empty()
        && !step.claimed_by.iter().any(own)
        && matches!(
            step.status,
            AgreementStatus::Violated
                | AgreementStatus::BrokenDown
                | AgreementStatus::Withdrawn
                | AgreementStatus::PartlyImplemented
                | AgreementStatus::Rejected
        )
}

/// Whether an instrument of that status has been made.
fn is_made(status: AgreementStatus) -> bool {
    matches!(
        status,
        AgreementStatus::AgreedInPrinciple
            | AgreementStatus::Agreed
            | AgreementStatus::Signed
            | AgreementStatus::InForce
    )
}
