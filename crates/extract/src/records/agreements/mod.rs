//! Agreements: named and described instruments, what becomes of them, and their terms.

mod instrument;
mod status;
mod terms;

use instrument::{Instrument, bare_name, describe};
use readout_record::{Agreement, AgreementStatus, Commitment, EvidenceSpan, Factuality, StatusStep, ids};
use readout_syntax::{Dep, Pos, Tag};
use readout_text::ByteSpan;
use status::{above, signed, signing};
use terms::{terms, terms_under};

use super::commitments::{Group, actors};
use crate::acts::instruments::is_instrument;
use crate::clause::factuality;
use crate::clause::reach::RECORDS_BACK;
use crate::clause::reading::Reading;
use crate::clause::time::act_time;
use crate::once::add_once;
use crate::words::agreements;

/// The most words of the name of an agreement that is only described.
const NAME_WORDS: usize = 12;

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
    add_once(&mut parties, actors(reading, &reading.after(at, &["with"])));
    let clause = reading.clause(at);
    let evidence = passage(reading, clause);
    found.push(Instrument {
        key: format!("agreed:{at}"),
        last: reading.syntax.token(at).sentence,
        terms,
        signed: act_time(reading, at, clause).and_then(|time| time.from),
        agreement: Agreement {
            name,
            parties,
            status: vec![StatusStep {
                status: AgreementStatus::Agreed,
                time: act_time(reading, at, clause),
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
    let words: Vec<&str> = text.split_whitespace().take(NAME_WORDS).collect();
    words.join(" ")
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
        time: act_time(reading, verb, span),
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
    let known = found.iter_mut().rev().take(RECORDS_BACK).find(|known| {
        let pointed_at = !known.key.starts_with("agreed:") && !known.key.ends_with(":earlier");
        known.key == key || (definite && known.last + 5 >= sentence && pointed_at)
    });
    if let Some(known) = known {
        known.last = sentence;
        add_once(&mut known.agreement.evidence, [evidence]);
        if name.len() > known.agreement.name.len() && name.chars().any(char::is_uppercase) {
            let old = std::mem::replace(&mut known.agreement.name, name);
            add_once(&mut known.agreement.aliases, [old]);
        }
        add_once(&mut known.agreement.parties, parties);
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
