//! Events, meetings and incidents of one report, in the form in which they are compared.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::LazyLock;

use readout_knowledge::Knowledge;
use readout_lexicon::{WordClass, WordSet, stem};
use readout_record::{
    ActorId, ActorKind, Bounds, Event, Evidence, Factuality, Incident, Meeting, PloverCode, RecordId, Time,
};
use readout_text::Offsets;

use crate::copies::LEAST_TOLD;
use crate::gatherings::{occasion, ordinal, weekday};
use crate::hash::{run_of_words, word_key};
use crate::judged::{CAMPAIGNS, DEALS, EARLIER, ENCOUNTERS, KILLINGS};
use crate::matter::{Matter, matter, names_of_actors};
use crate::report::{Report, days};
use crate::words::{Words, capped};

/// Largest number of days between an event and a report on it, where only dates of publication are known.
pub(crate) const MAX_DAYS: i32 = 4;
/// The hashed stems of words for what is done to one person once.
static KILLING: LazyLock<BTreeSet<u32>> = LazyLock::new(|| stems(&KILLINGS));
/// The hashed stems of words for an attack that goes on for weeks.
static CAMPAIGN: LazyLock<BTreeSet<u32>> = LazyLock::new(|| stems(&CAMPAIGNS));
/// The hashed stems of words for what two sides make together.
pub(super) static DEAL: LazyLock<BTreeSet<u32>> = LazyLock::new(|| stems(&DEALS));

/// Returns the hashed stems of the words of a class.
fn stems(class: &WordClass) -> BTreeSet<u32> {
    class.words().map(|word| word_key(&stem(word))).collect()
}

/// The PLOVER mode of a journey to somebody.
const VISIT: &str = "visit";
/// The CAMEO code of signing a formal agreement.
const SIGNING: &str = "057";
/// The PLOVER mode of leaving an office.
const RESIGNATION: &str = "resign";
/// The rule that reads a meeting from the name of its occasion.
const OCCASION: &str = "occasion.named";
/// Largest number of content words of a passage that are compared.
const MAX_WORDS: usize = 120;

/// An event, meeting or incident.
pub(crate) struct Occurrence {
    pub(crate) report: Rc<Report>,
    pub(crate) evidence: Evidence,
    pub(crate) code: Option<PloverCode>,
    /// The code under which it is compared: to sign a deal is to make it.
    pub(crate) act: Option<PloverCode>,
    pub(crate) meeting: bool,
    pub(crate) mode: Option<String>,
    /// Whether it is a journey to somebody.
    pub(crate) visit: bool,
    /// Whether it is a meeting that is only named, which says neither that it is planned nor that it took place.
    pub(crate) named: bool,
    /// Whether it is the signing of an instrument.
    pub(crate) signing: bool,
    /// The participants of a meeting, or the actors of an event.
    pub(crate) actors: BTreeSet<ActorId>,
    pub(crate) recipients: BTreeSet<ActorId>,
    /// The states of actors and recipients, of unnamed ones too: `his Norwegian counterpart`.
    pub(crate) states: BTreeSet<String>,
    /// The states of the recipients, of unnamed ones too: `the Norwegians who were hurt`.
    pub(crate) target_states: BTreeSet<String>,
    /// The states that an actor or recipient is, or acts for, by the actor's id.
    pub(crate) state_of: BTreeMap<ActorId, String>,
    /// The number that tells it from others of its sort: 2 of `their second summit`.
    pub(crate) ordinal: Option<usize>,
    pub(crate) time: Option<Time>,
    pub(crate) days: Option<(i32, i32)>,
    pub(crate) weekday: Option<usize>,
    pub(crate) place: Option<String>,
    pub(crate) place_state: Option<String>,
    /// Whether the place is a whole state.
    pub(crate) wide_place: bool,
    pub(crate) occasion: BTreeSet<String>,
    pub(crate) minutes: Option<Bounds>,
    pub(crate) killed: Option<Bounds>,
    pub(crate) injured: Option<Bounds>,
    pub(crate) claimed_by: BTreeSet<ActorId>,
    pub(crate) blamed_on: BTreeSet<ActorId>,
    pub(crate) factuality: Factuality,
    /// Whether somebody denies it.
    pub(crate) disputed: bool,
    /// Hashes of the sentences of its passage, see [`Sentences::of`].
    pub(crate) sentences: BTreeSet<u64>,
    /// Hashes of the words that its passage quotes, see [`Sentences::quoted`].
    pub(crate) quoted: BTreeSet<u64>,
    /// Stems of the content words of its passage.
    pub(crate) words: BTreeSet<u32>,
    /// What its passage is about beside the sides.
    pub(crate) matter: Matter,
    /// The persons who are killed.
    pub(crate) victims: BTreeSet<ActorId>,
    /// The persons who leave their office.
    pub(crate) leavers: BTreeSet<ActorId>,
    /// Whether it is an attack that goes on for weeks.
    pub(crate) campaign: bool,
    /// Plain events of the same passage.
    pub(crate) twins: Vec<RecordId>,
}

/// Returns the events, meetings and incidents of `report` that took place, go on, are planned or are denied.
pub(crate) fn occurrences(report: &Rc<Report>, knowledge: &Knowledge) -> Vec<Occurrence> {
    let records = &report.records;
    let mut out: Vec<Occurrence> = Vec::new();
    out.extend(records.meetings.iter().map(|it| meeting(report, knowledge, it)));
    out.extend(records.incidents.iter().map(|it| incident(report, knowledge, it)));
    // One passage may stand both as a meeting or incident and as a plain event, which then goes with it.
    let last = out.len();
    for it in &records.events {
        let twin = out[..last]
            .iter_mut()
            .find(|other: &&mut Occurrence| other.code == it.code && overlap(&other.evidence, &it.evidence));
        match twin {
            Some(other) => other.twins.push(it.evidence.id.clone()),
            None => out.push(event(report, knowledge, it)),
        }
    }
    out.sort_by(|a, b| {
        let start = |it: &Occurrence| it.evidence.spans.first().map_or(0, |span| span.start);
        (start(a), &a.evidence.id).cmp(&(start(b), &b.evidence.id))
    });
    out.retain(|it| {
        !matches!(it.factuality, Factuality::Possible | Factuality::Conditional | Factuality::Demanded)
    });
    let sentences = Sentences::new(report);
    let names = names_of_actors(report);
    for it in &mut out {
        it.sentences = sentences.of(&it.evidence);
        it.quoted = sentences.quoted(&it.evidence);
        let text = capped(&it.evidence.text);
        it.matter = matter(text, &Words::new(text), &names);
    }
    out
}

/// What stands between the passages in the text of a record.
const PASSAGES: &str = " … ";

/// The sentences of a report. Their hashes show which ones another report has word for word.
struct Sentences<'r> {
    words: &'r Words,
    offsets: Offsets<'r>,
}

impl<'r> Sentences<'r> {
    fn new(report: &'r Report) -> Self {
        Self { words: report.words(), offsets: Offsets::new(&report.document.text) }
    }

    /// Returns the hashes of the sentences with a passage of `evidence`, if they have [`LEAST_TOLD`] words outside
    /// quotation marks: two reporters at one place write the same few words, and quote the same many.
    fn of(&self, evidence: &Evidence) -> BTreeSet<u64> {
        let mut found = BTreeSet::new();
        for span in evidence.spans.iter().filter_map(|span| self.offsets.to_bytes(*span)) {
            let from = self.words.units.partition_point(|unit| unit.span.end <= span.start);
            for unit in self.words.units[from..].iter().take_while(|unit| unit.span.start < span.end) {
                let range = unit.start as usize..unit.end as usize;
                let told = self.words.quoted[range.clone()].iter().filter(|quoted| !**quoted).count();
                if told >= LEAST_TOLD as usize {
                    found.insert(run_of_words(&self.words.keys[range]));
                }
            }
        }
        found
    }

    /// Returns the hashes of what `evidence` quotes: of each run of [`QUOTED`] words in quotation marks, or of a shorter
    /// quotation as a whole, if it has [`QUOTED_CONTENT`] content words.
    fn quoted(&self, evidence: &Evidence) -> BTreeSet<u64> {
        let words = self.words;
        let mut found = BTreeSet::new();
        for span in evidence.spans.iter().filter_map(|span| self.offsets.to_bytes(*span)) {
            let from = words.spans.partition_point(|word| word.start < span.start);
            let to = words.spans.partition_point(|word| word.start < span.end);
            let runs = (from..to).collect::<Vec<usize>>();
            for run in runs.chunk_by(|one, next| words.quoted[*one] && words.quoted[*next]) {
                let quoted = run.first().is_some_and(|first| words.quoted[*first]);
                for part in run.windows(QUOTED.min(run.len())).filter(|_| quoted) {
                    if part.iter().filter(|word| words.content[**word]).count() >= QUOTED_CONTENT {
                        let keys: Vec<u32> = part.iter().map(|word| words.keys[*word]).collect();
                        found.insert(run_of_words(&keys));
                    }
                }
            }
        }
        found.into_iter().take(MAX_QUOTED).collect()
    }
}

/// Number of words in quotation marks by which an utterance is known: `a bridge made of paper`. Set by hand.
const QUOTED: usize = 4;
/// Number of content words among them.
const QUOTED_CONTENT: usize = 2;
/// Largest number of runs of quoted words that are kept of one record.
const MAX_QUOTED: usize = 24;

fn blank(report: &Rc<Report>, evidence: &Evidence, code: Option<PloverCode>) -> Occurrence {
    // Later passages of one record speak of it in a word or two: `the attack`.
    let fullest = evidence.text.split(PASSAGES).max_by_key(|passage| passage.len()).unwrap_or_default();
    let text = capped(fullest);
    let words = Words::new(text);
    let words = words
        .spans
        .iter()
        .zip(&words.content)
        .filter(|(_, content)| **content)
        .take(MAX_WORDS)
        .map(|(span, _)| word_key(&stem(&span.slice(text).to_lowercase())))
        .collect();
    Occurrence {
        report: Rc::clone(report),
        evidence: evidence.clone(),
        code,
        act: code,
        meeting: false,
        mode: None,
        visit: false,
        named: false,
        signing: false,
        actors: BTreeSet::new(),
        recipients: BTreeSet::new(),
        states: BTreeSet::new(),
        target_states: BTreeSet::new(),
        state_of: BTreeMap::new(),
        ordinal: None,
        time: None,
        days: None,
        weekday: None,
        place: None,
        place_state: None,
        wide_place: false,
        occasion: BTreeSet::new(),
        minutes: None,
        killed: None,
        injured: None,
        claimed_by: BTreeSet::new(),
        blamed_on: BTreeSet::new(),
        factuality: Factuality::Happened,
        disputed: false,
        sentences: BTreeSet::new(),
        quoted: BTreeSet::new(),
        words,
        matter: Matter::new(),
        victims: BTreeSet::new(),
        leavers: BTreeSet::new(),
        campaign: false,
        twins: Vec::new(),
    }
}

fn meeting(report: &Rc<Report>, knowledge: &Knowledge, it: &Meeting) -> Occurrence {
    let mut out = blank(report, &it.evidence, Some(PloverCode::Consult));
    out.meeting = true;
    let noun = it.evidence.rule.strip_prefix("noun:");
    out.named = (noun.is_some_and(|noun| ENCOUNTERS.has(noun)) || it.evidence.rule == OCCASION)
        && !it.evidence.text.split(|letter: char| !letter.is_alphabetic()).any(|word| EARLIER.has(word));
    out.visit = it.mode.as_deref() == Some(VISIT);
    out.mode = it.format.map(|format| format.as_str().to_owned());
    out.actors = report.actors(&it.participants);
    out.occasion = it.occasion.as_deref().map(occasion).unwrap_or_default();
    out.minutes = it.minutes;
    out.ordinal = ordinal(&it.evidence.text);
    out.factuality = it.factuality;
    fixed(&mut out, knowledge, it.time.as_ref(), it.place.as_deref());
    out
}

fn incident(report: &Rc<Report>, knowledge: &Knowledge, it: &Incident) -> Occurrence {
    let mut out = blank(report, &it.evidence, it.code);
    out.mode.clone_from(&it.mode);
    out.actors = report.actors(&it.actor);
    out.recipients = report.actors(&it.recipient);
    out.killed = it.killed;
    out.injured = it.injured;
    out.claimed_by = report.actors(&it.claimed_by);
    out.blamed_on = report.actors(&it.blamed_on);
    out.factuality = it.factuality;
    out.disputed = !it.denied_by.is_empty();
    fixed(&mut out, knowledge, it.time.as_ref(), it.place.as_deref());
    out
}

fn event(report: &Rc<Report>, knowledge: &Knowledge, it: &Event) -> Occurrence {
    let mut out = blank(report, &it.evidence, it.code);
    out.mode.clone_from(&it.mode);
    if it.cameo.as_deref() == Some(SIGNING) {
        out.act = Some(PloverCode::Agree);
        out.signing = true;
    }
    out.actors = report.actors(&it.actor);
    out.recipients = report.actors(&it.recipient);
    if it.code == Some(PloverCode::Consult) {
        out.visit = it.mode.as_deref() == Some(VISIT);
        out.meeting = true;
        out.actors.append(&mut out.recipients);
        out.ordinal = ordinal(&it.evidence.text);
    }
    out.factuality = it.factuality;
    fixed(&mut out, knowledge, it.time.as_ref(), it.place.as_deref());
    out
}

/// Fills in the time, the place and the states of the sides.
fn fixed(out: &mut Occurrence, knowledge: &Knowledge, time: Option<&Time>, place: Option<&str>) {
    let report = Rc::clone(&out.report);
    out.time = time.cloned();
    out.days = days(time);
    out.weekday = time.and_then(|time| weekday(&time.text));
    out.place = place.map(str::to_owned);
    let states = |place: &str| knowledge.named(place).iter().any(|(entry, _)| entry.kind == ActorKind::State);
    out.wide_place = place.is_some_and(states);
    out.place_state = place.and_then(|place| report.state_of_place(place, knowledge)).map(str::to_owned);
    let with_state = |actor: &ActorId| Some((actor.clone(), report.state(actor, knowledge)?.to_owned()));
    out.state_of = out.actors.iter().chain(&out.recipients).filter_map(with_state).collect();
    out.states = out.state_of.values().cloned().collect();
    out.target_states = out.recipients.iter().filter_map(|actor| out.state_of.get(actor)).cloned().collect();
    out.state_of.extend(out.claimed_by.iter().chain(&out.blamed_on).filter_map(with_state));
    if out.act == Some(PloverCode::Assault) {
        out.campaign = !out.words.is_disjoint(&CAMPAIGN);
        if !out.words.is_disjoint(&KILLING) {
            let person = |it: &&ActorId| it.as_str().starts_with("person:");
            out.victims = out.recipients.iter().filter(person).cloned().collect();
        }
    }
    if out.mode.as_deref() == Some(RESIGNATION) {
        let person = |it: &&ActorId| it.as_str().starts_with("person:");
        out.leavers = out.actors.iter().filter(person).cloned().collect();
    }
    out.actors.retain(|actor| !actor.is_unnamed());
    out.recipients.retain(|actor| !actor.is_unnamed());
    out.state_of.retain(|actor, _| !actor.is_unnamed());
}

/// Whether a passage of the one overlaps a passage of the other.
pub(crate) fn overlap(a: &Evidence, b: &Evidence) -> bool {
    a.spans.iter().any(|left| b.spans.iter().any(|right| left.overlaps(*right)))
}
