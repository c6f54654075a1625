//! Agreements: named and described instruments, what becomes of them, and their terms.

use readout_annotate::{Dep, EntityLabel, Pos, Tag};
use readout_record::{
    ActorId, ActorKind, Agreement, AgreementStatus, Commitment, EvidenceSpan, Factuality, StatusStep, ids,
};
use readout_text::ByteSpan;

use super::commitments::{self, Group, actors, and_joined};
use crate::acts::sides;
use crate::clause::reading::Reading;
use crate::clause::{factuality, premises, setting};

/// The most lines of a list of terms.
const MAX_LIST: usize = 24;
const INSTRUMENTS: &[&str] = &[
    "agreement",
    "accord",
    "deal",
    "treaty",
    "pact",
    "ceasefire",
    "cease-fire",
    "truce",
    "armistice",
    "protocol",
    "convention",
    "memorandum",
    "cessation",
    "roadmap",
    "communique",
    "arrangement",
];
/// Words of one instrument: `the truce` after `a ceasefire`.
const PAUSES: &[&str] = &["ceasefire", "cease-fire", "truce", "armistice", "cessation"];
/// Adjectives of an instrument that is not the one that a report is on.
const EARLIER: &[&str] = &["previous", "earlier", "prior", "former"];
/// Words above an instrument in the tree, by the status that they show.
const STATUS: &[(AgreementStatus, &[&str])] = &[
    (
        AgreementStatus::BrokenDown,
        &["collapse", "breakdown", "unravel", "crumble", "expire", "disintegrate", "break_down"],
    ),
    (AgreementStatus::Violated, &["violate", "breach", "violation", "flout", "infringe"]),
    (
        AgreementStatus::Rejected,
        &["reject", "refuse", "oppose", "abandon", "quit", "leave", "scrap", "repudiate", "exit", "cancel"],
    ),
    (
        AgreementStatus::Agreed,
        &[
            "reach", "sign", "conclude", "strike", "agree", "clinch", "seal", "finalize", "finalise",
            "ratify", "join", "broker", "declare", "announce",
        ],
    ),
    (
        AgreementStatus::UnderNegotiation,
        &[
            "discuss",
            "negotiate",
            "talk",
            "work",
            "draft",
            "seek",
            "pursue",
            "hammer",
            "effort",
            "negotiation",
            "conversation",
            "discussion",
            "institute",
            "set",
            "broker",
            "look",
        ],
    ),
    (
        AgreementStatus::Reaffirmed,
        &[
            "reaffirm", "support", "back", "recommit", "uphold", "endorse", "welcome", "respect", "honour",
            "honor", "defend",
        ],
    ),
    (
        AgreementStatus::Proposed,
        &["propose", "offer", "suggest", "call", "demand", "urge", "want", "proposal", "appeal"],
    ),
];

/// An instrument while the document is read.
struct Instrument {
    key: String,
    agreement: Agreement,
    /// Sentence of its last mention.
    last: u32,
    terms: Vec<Commitment>,
    /// The day it was signed or reached, ISO 8601: its deadlines are counted from there.
    signed: Option<String>,
}

impl Instrument {
    /// Adds the terms that `actions` are, of `debtor`, their deadlines counted from the day of signing.
    fn add_terms(&mut self, reading: &Reading<'_>, actions: &[u32], debtor: &[ActorId], rule: &'static str) {
        let base = self.signed.as_deref();
        self.terms.extend(commitments::build(reading, actions, debtor, &[], base, rule));
    }
}

/// The instruments of the document with their terms, and the commitments that belong to none.
pub(crate) fn find(reading: &Reading<'_>, groups: Vec<Group>) -> (Vec<Agreement>, Vec<Commitment>) {
    let mut found: Vec<Instrument> = Vec::new();
    let mut loose: Vec<(u32, Commitment)> = Vec::new();
    let mut groups = groups.into_iter().peekable();
    for at in 0..reading.syntax.len() {
        if let Some(group) = groups.next_if(|group| group.head == at) {
            agreed_to(reading, group, &mut found, &mut loose);
        } else if reading.is(at, &["agree"]) && reading.is_verb(at) {
            agreed_on(reading, at, &mut found);
        }
        instrument(reading, at, &mut found);
        terms(reading, at, &mut found);
        terms_under(reading, at, &mut found);
    }
    let mut agreements = Vec::new();
    let mut commitments: Vec<Commitment> = loose.into_iter().map(|(_, commitment)| commitment).collect();
    for mut instrument in found {
        let named = instrument.agreement.name.chars().any(char::is_uppercase);
        if !named && instrument.agreement.status.is_empty() && instrument.terms.is_empty() {
            continue;
        }
        let Some(first) = instrument.agreement.evidence.first() else { continue };
        let id = ids::record_id(&reading.document.id, "agreement", &instrument.key, &first.spans);
        for commitment in &mut instrument.terms {
            commitment.agreement = Some(id.clone());
            instrument.agreement.terms.push(commitment.evidence.id.clone());
        }
        instrument.agreement.id = id;
        commitments.append(&mut instrument.terms);
        agreements.push(instrument.agreement);
    }
    commitments.sort_by(|a, b| {
        a.evidence.spans.cmp(&b.evidence.spans).then_with(|| a.evidence.id.cmp(&b.evidence.id))
    });
    commitments.dedup_by(|a, b| a.evidence.id == b.evidence.id);
    (agreements, commitments)
}

fn passage(reading: &Reading<'_>, span: ByteSpan) -> EvidenceSpan {
    EvidenceSpan {
        doc: reading.document.id.clone(),
        spans: vec![reading.offsets.to_chars(span)],
        text: span.slice(reading.syntax.text()).to_owned(),
    }
}

/// `the parties agreed to hold elections`: an agreement of those who agreed.
fn agreed_to(
    reading: &Reading<'_>,
    group: Group,
    found: &mut Vec<Instrument>,
    loose: &mut Vec<(u32, Commitment)>,
) {
    let doers = reading.doers(group.head);
    let several = doers.len() > 1
        || doers.iter().any(|&head| {
            matches!(reading.tag(head), Tag::Nns | Tag::Nnps | Tag::Cd) || reading.is(head, &["they"])
        });
    let joins = group.commitments.first().is_some_and(|_| joins_instrument(reading, group.head));
    if !reading.is(group.head, &["agree"]) || !several || joins || is_to_talk(reading, group.head) {
        loose.extend(group.commitments.into_iter().map(|commitment| (group.head, commitment)));
        return;
    }
    let name =
        group.commitments.first().map(|commitment| shortened(&commitment.evidence.text)).unwrap_or_default();
    push_agreed(reading, group.head, name, &doers, group.commitments, found);
}

/// Whether what is agreed at `at` is no more than to talk: a planned meeting, not an instrument.
fn is_to_talk(reading: &Reading<'_>, at: u32) -> bool {
    const TALKS: &[&str] =
        &["talk", "negotiation", "meeting", "discussion", "dialogue", "consultation", "summit"];
    reading.children_by(at, &[Dep::Xcomp]).any(|child| {
        reading.is(child, &["meet", "talk", "negotiate", "speak", "confer"])
            || reading.is(
                child,
                &["hold", "begin", "start", "resume", "open", "continue", "have", "launch", "restart"],
            ) && reading.objects(child).iter().any(|&object| reading.is(object, TALKS))
    })
}

/// Whether what is agreed is to join or sign an instrument: that is its own record.
fn joins_instrument(reading: &Reading<'_>, at: u32) -> bool {
    reading.children_by(at, &[Dep::Xcomp]).any(|child| {
        reading.is(child, &["join", "sign", "ratify", "implement"])
            && reading.objects(child).iter().any(|&head| is_instrument(reading, head))
    })
}

/// `they agreed on a transition`.
fn agreed_on(reading: &Reading<'_>, at: u32, found: &mut Vec<Instrument>) {
    if factuality::of(reading, at) != Factuality::Happened {
        return;
    }
    let doers = reading.doers(at);
    let several = doers.len() > 1 || doers.iter().any(|&head| reading.named(head).len() > 1);
    let objects = reading.after(at, &["on", "upon"]);
    let Some(&object) = objects.first() else { return };
    if !several || is_instrument(reading, object) || matches!(reading.syntax.token(object).pos, Pos::Pron) {
        return;
    }
    let name = shortened(reading.trimmed(reading.syntax.subtree(object)).slice(reading.syntax.text()));
    push_agreed(reading, at, name, &doers, Vec::new(), found);
}

fn push_agreed(
    reading: &Reading<'_>,
    at: u32,
    name: String,
    doers: &[u32],
    terms: Vec<Commitment>,
    found: &mut Vec<Instrument>,
) {
    let mut parties = actors(reading, doers);
    for actor in actors(reading, &reading.after(at, &["with"])) {
        if !parties.contains(&actor) {
            parties.push(actor);
        }
    }
    let clause = reading.clause(at);
    let evidence = passage(reading, clause);
    found.push(Instrument {
        key: format!("agreed:{at}"),
        last: reading.syntax.token(at).sentence,
        terms,
        signed: setting::time(reading, at, clause).and_then(|time| time.from),
        agreement: Agreement {
            name,
            parties,
            status: vec![StatusStep {
                status: AgreementStatus::Agreed,
                time: setting::time(reading, at, clause),
                evidence: evidence.clone(),
            }],
            evidence: vec![evidence],
            ..Agreement::default()
        },
    });
}

/// The first dozen words, without a clause that tells more of it.
fn shortened(text: &str) -> String {
    let text = [", which ", ", who ", ", where "]
        .iter()
        .filter_map(|clause| text.split_once(clause).map(|(before, _)| before))
        .min_by_key(|before| before.len())
        .unwrap_or(text);
    let words: Vec<&str> = text.split_whitespace().take(12).collect();
    words.join(" ")
}

pub(crate) fn is_instrument(reading: &Reading<'_>, at: u32) -> bool {
    reading.is(at, INSTRUMENTS)
        || (reading.is(at, &["fire"]) && at >= 2 && reading.is(at - 2, &["cease"]))
        || (reading.tag(at).is_proper()
            && INSTRUMENTS
                .iter()
                .any(|word| reading.syntax.word(at).to_lowercase().trim_end_matches('s') == *word))
}

/// Takes in the instrument that token `at` names.
fn instrument(reading: &Reading<'_>, at: u32, found: &mut Vec<Instrument>) {
    let noun =
        matches!(reading.syntax.token(at).pos, Pos::Noun | Pos::Propn) && reading.dep(at) != Dep::Compound;
    // `a cessation of hostilities agreement` is one instrument.
    let inner = reading.dep(at) == Dep::Pobj
        && reading.syntax.head(at).is_some_and(|prep| {
            reading.is(prep, &["of"])
                && reading.syntax.head(prep).is_some_and(|above| is_instrument(reading, above))
        });
    if !noun || inner {
        return;
    }
    let (key, name, definite) = if is_instrument(reading, at) {
        if reading.is(at, &["deal"])
            && reading.children_by(at, &[Dep::Amod]).any(|c| reading.is(c, &["great", "good"]))
        {
            return;
        }
        describe(reading, at)
    } else if let Some(key) = bare_name(reading, at) {
        (key, reading.syntax.word(at).to_owned(), false)
    } else {
        return;
    };
    // `the accord signed in May` says itself that it was signed.
    let above =
        above(reading, at).or_else(|| signing(reading, at).map(|verb| (verb, AgreementStatus::Agreed)));
    let clause =
        above.map_or_else(|| reading.trimmed(reading.syntax.subtree(at)), |(verb, _)| reading.clause(verb));
    let phrase = reading.trimmed(reading.syntax.subtree(at));
    let span = if clause.contains(phrase) { clause } else { phrase };
    let evidence = passage(reading, span);
    let step = above.map(|(verb, status)| StatusStep {
        status,
        time: setting::time(reading, verb, span),
        evidence: evidence.clone(),
    });
    let own = reading.named(at);
    let mut parties = actors(reading, &reading.after(at, &["between", "among", "with"]));
    if let Some((verb, status)) = above
        && matches!(status, AgreementStatus::Agreed | AgreementStatus::UnderNegotiation)
        && reading.is_verb(verb)
        && parties.len() < 2
    {
        for actor in actors(reading, &reading.doers(verb)) {
            if !parties.contains(&actor) && !own.contains(&actor) && !actor.starts_with("outlet:") {
                parties.push(actor);
            }
        }
    }
    let sentence = reading.syntax.token(at).sentence;
    let known = found.iter_mut().rev().take(12).find(|known| {
        let pointed_at = !known.key.starts_with("agreed:") && !known.key.ends_with(":earlier");
        known.key == key || (definite && known.last + 5 >= sentence && pointed_at)
    });
    if let Some(known) = known {
        known.last = sentence;
        if !known.agreement.evidence.contains(&evidence) {
            known.agreement.evidence.push(evidence);
        }
        if name.len() > known.agreement.name.len() && name.chars().any(char::is_uppercase) {
            let old = std::mem::replace(&mut known.agreement.name, name);
            if !known.agreement.aliases.contains(&old) {
                known.agreement.aliases.push(old);
            }
        }
        for party in parties {
            if !known.agreement.parties.contains(&party) {
                known.agreement.parties.push(party);
            }
        }
        known.agreement.status.extend(step);
        known.signed = known.signed.take().or_else(|| signed(reading, at, above));
        return;
    }
    found.push(Instrument {
        key,
        last: sentence,
        terms: Vec::new(),
        signed: signed(reading, at, above),
        agreement: Agreement {
            name,
            parties,
            status: step.into_iter().collect(),
            evidence: vec![evidence],
            ..Agreement::default()
        },
    });
}

/// The verb beside the instrument `at` that says that it was signed or reached: `the accord signed on 12 May`.
fn signing(reading: &Reading<'_>, at: u32) -> Option<u32> {
    reading.children_by(at, &[Dep::Acl, Dep::Relcl]).find(|&verb| {
        reading.is(verb, &["sign", "reach", "conclude", "agree", "strike", "seal", "adopt", "initial"])
            && !matches!(reading.tag(verb), Tag::Vb | Tag::Vbg)
            && !reading
                .children(verb)
                .iter()
                .any(|&child| reading.dep(child) == Dep::Neg || reading.tag(child) == Tag::Md)
    })
}

/// The day on which the instrument at `at` was signed or reached, if its clause says so: `the accord signed on 12 May`.
fn signed(reading: &Reading<'_>, at: u32, above: Option<(u32, AgreementStatus)>) -> Option<String> {
    let agreed = above.filter(|(_, status)| *status == AgreementStatus::Agreed).map(|(verb, _)| verb);
    signing(reading, at)
        .or(agreed)
        .and_then(|verb| setting::time(reading, verb, reading.clause(verb)))
        .and_then(|time| time.from)
}

/// The key and name of the instrument at `at`, and whether it points back (`the deal`).
fn describe(reading: &Reading<'_>, at: u32) -> (String, String, bool) {
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
    let kind = if reading.is(at, PAUSES) || reading.is(at, &["fire"]) { "pause" } else { "agreement" };
    // `a previous truce` is another than the one that is spoken of.
    if let Some(earlier) =
        reading.children_by(at, &[Dep::Amod]).find(|&child| child < at && reading.is(child, EARLIER))
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
fn bare_name(reading: &Reading<'_>, at: u32) -> Option<String> {
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

/// Returns the word above the instrument `at` that shows its status, and the status.
fn above(reading: &Reading<'_>, at: u32) -> Option<(u32, AgreementStatus)> {
    let mut below = at;
    // Who does not join an instrument, or not yet, tells nothing of it, unless he refuses.
    let mut joining = false;
    for up in reading.syntax.ancestors(at).take(6) {
        if matches!(reading.dep(below), Dep::Relcl | Dep::Advcl) && below != at {
            return None;
        }
        if reading.is(up, &["implement", "implementation", "fulfil", "fulfill", "comply"]) {
            // `if the pact is not implemented` tells neither that it was nor that it was not.
            if premises::is_premise(reading, up) {
                return None;
            }
            let negated = reading.child(up, Dep::Neg).is_some()
                || reading
                    .children_by(up, &[Dep::Advmod])
                    .any(|adv| reading.is(adv, &["partly", "partially"]));
            let wanted = reading
                .syntax
                .ancestors(up)
                .take(3)
                .any(|above| reading.is(above, &["support", "urge", "demand", "call"]));
            let status = if negated {
                AgreementStatus::PartlyImplemented
            } else if wanted {
                AgreementStatus::Reaffirmed
            } else {
                AgreementStatus::Agreed
            };
            return Some((up, status));
        }
        let prt = reading.child(up, Dep::Prt).is_some_and(|prt| reading.is(prt, &["down", "apart"]));
        if reading.is_verb(up) && prt && reading.is(up, &["break", "fall", "come"]) {
            return Some((up, AgreementStatus::BrokenDown));
        }
        if let Some((status, _)) = STATUS.iter().find(|(_, words)| reading.is(up, *words)) {
            // `called the accord a mistake` calls for nothing.
            let named = reading.is_verb(up) && reading.is(up, &["call"]) && !reading.is(below, &["for"]);
            if named || is_topic(reading, at, up) {
                return None;
            }
            let told = reading.is_verb(up).then(|| factuality::of(reading, up));
            let undone = told.is_some_and(|it| !matches!(it, Factuality::Happened | Factuality::Ongoing));
            if joining && *status != AgreementStatus::Rejected {
                return None;
            }
            if reading.is(up, &["join", "ratify"]) && undone {
                joining = true;
                below = up;
                continue;
            }
            // A reached agreement is one only if it was reached.
            let status = match (*status, told) {
                (AgreementStatus::Agreed, _) if undone => AgreementStatus::UnderNegotiation,
                (
                    AgreementStatus::Reaffirmed | AgreementStatus::Violated | AgreementStatus::Rejected,
                    Some(Factuality::Denied),
                ) => {
                    return None;
                }
                (status, _) => status,
            };
            return Some((up, status));
        }
        below = up;
    }
    None
}

/// Whether the instrument `at` is one of the things that `up` says were talked about, or has a name: it is not
/// negotiated.
fn is_topic(reading: &Reading<'_>, at: u32, up: u32) -> bool {
    let listed = reading.dep(at) == Dep::Conj || reading.children_by(at, &[Dep::Conj]).next().is_some();
    let named = reading
        .children_by(at, &[Dep::Compound, Dep::Amod])
        .any(|child| child < at && reading.tag(child).is_proper() && reading.tag(at).is_proper());
    reading.is(up, &["discuss", "talk", "conversation", "discussion"]) && (listed || named)
}

/// `These include removing fighters, releasing hostages …` after an instrument: its terms.
fn terms(reading: &Reading<'_>, at: u32, found: &mut [Instrument]) {
    if !reading.is_verb(at)
        || !reading
            .is(at, &["include", "require", "call", "oblige", "provide", "stipulate", "envisage", "foresee"])
    {
        return;
    }
    let subjects = reading.subjects(at);
    let Some(&subject) = subjects.first() else { return };
    let back = matches!(reading.syntax.token(subject).pos, Pos::Pron | Pos::Det)
        && reading.is(subject, &["this", "that", "these", "those", "they", "it", "which"])
        || reading.is(subject, &["term", "condition", "provision", "point", "measure"]);
    let itself = is_instrument(reading, subject);
    if !back && !itself {
        return;
    }
    let sentence = reading.syntax.token(at).sentence;
    let Some(known) =
        found.iter_mut().rev().take(6).find(|known| known.last + 1 >= sentence && known.last <= sentence)
    else {
        return;
    };
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
            known.add_terms(reading, &[act], &debtor, "commitment.terms");
        }
    }
    // `obliges Iran to ship out its uranium`: its object is who is to act.
    let obliged = reading.objects(at);
    let acts: Vec<u32> = items.iter().copied().filter(|&item| is_to_do(reading, item)).collect();
    if !acts.is_empty() {
        let debtor = commitments::actors(reading, &obliged);
        known.add_terms(reading, &acts, &debtor, "commitment.terms");
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
    known.add_terms(reading, &items, &[], "commitment.terms");
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
fn terms_under(reading: &Reading<'_>, at: u32, found: &mut [Instrument]) {
    if !reading.is_verb(at) {
        return;
    }
    let under = reading.after(at, &["under"]).into_iter().find(|&head| is_instrument(reading, head));
    let Some(under) = under else { return };
    let (key, _, _) = describe(reading, under);
    let sentence = reading.syntax.token(at).sentence;
    let Some(known) =
        found.iter_mut().rev().take(12).find(|known| known.key == key || known.last == sentence)
    else {
        return;
    };
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
        known.add_terms(reading, &[act], &debtor, "commitment.under");
    }
    known.last = sentence;
}

/// `-ing` words that the tagger takes for nouns or adjectives.
fn is_gerund_object(reading: &Reading<'_>, at: u32) -> bool {
    reading.syntax.word(at).ends_with("ing")
}
