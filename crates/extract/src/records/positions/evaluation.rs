//! Praise and blame: who calls an act or instrument a mistake is against it.

use readout_record::Factuality;
use readout_syntax::Dep;

use super::held::{Held, turned};
use super::issue;
use super::lexicon::Lexicon;
use super::name::Instruments;
use crate::clause::factuality;
use crate::clause::reading::Reading;
use crate::words::{conditions, speech};

/// Returns the stance of somebody who praises or blames an act or instrument: `called the deal a mistake`, `“The plan is
/// wrong”`.
pub(super) fn by_evaluation(reading: &Reading<'_>, instruments: &Instruments, at: u32) -> Option<Held> {
    let word = reading.lemma(at).to_lowercase();
    let stance = Lexicon::shipped().evaluation(&word)?;
    // `a bad deal`
    let node = match reading.dep(at) {
        Dep::Amod => reading.head(at).filter(|&noun| reading.is(noun, &conditions::STEP))?,
        _ => at,
    };
    let denies = |at: u32| {
        reading.child(at, Dep::Neg).is_some()
            || reading.children_by(at, &[Dep::Det]).any(|word| reading.is(word, &["no"]))
    };
    let above = reading.head(node)?;
    let (verb, object, holders) = match reading.dep(node) {
        Dep::Oprd if reading.is(above, &speech::CALLING) => {
            (above, reading.objects(above).into_iter().find(|&it| it != node)?, Some(reading.doers(above)))
        }
        Dep::Ccomp | Dep::Xcomp if reading.is(above, &speech::CALLING) => {
            (above, reading.own_subject(node)?, Some(reading.doers(above)))
        }
        Dep::Pobj if reading.is(above, &["as"]) => {
            let verb = reading.head(above).filter(|&verb| reading.is(verb, &speech::CALLING))?;
            (verb, reading.objects(verb).first().copied()?, Some(reading.doers(verb)))
        }
        Dep::Attr | Dep::Acomp if reading.is(above, &["be"]) => {
            (above, reading.subjects(above).first().copied()?, None)
        }
        _ => return None,
    };
    if denies(node) || denies(verb) || reading.is_passive(verb) {
        return None;
    }
    if !matches!(
        factuality::of(reading, verb),
        Factuality::Happened | Factuality::Ongoing | Factuality::Planned
    ) {
        return None;
    }
    let issue = issue::of(reading, instruments, object)?;
    let by_speaker = holders.is_none();
    Some(Held {
        holders: holders.unwrap_or_default(),
        by_speaker,
        stance: turned(stance, issue.against),
        issue: Some(issue),
    })
}
