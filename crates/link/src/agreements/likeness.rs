//! The likeness of two instruments that may be one.

use readout_record::AgreementStatus;

use super::instrument::{Form, Instrument};

/// Days between the reports of one instrument that is only described. Two sides make another deal in another season.
pub(super) const NEAR: i32 = 45;
/// Days within which two instruments that only their parties name are one.
const FRAME: i32 = 60;
/// Days between two reports on what two sides made. Set by hand: they make nothing else so soon.
const ONE_MAKING: i32 = 14;
/// Days by which two reports may differ on the day of one signing.
const DAY_SLACK: i32 = 2;

// The points of what two descriptions share. Set by hand: two sides and the matter make a deal one, whatever the affair;
// within one affair it takes two things.

/// Points from which two described instruments are one.
const SAME: f64 = 3.0;
/// Points from which two described instruments of one story are one.
const SAME_IN_STORY: f64 = 2.0;
/// Rarity of the matter from which it does without a side: `nuclear` does, `trade` does not.
const RARE: f64 = 3.0;
/// Two sides in common.
const TWO_SIDES: f64 = 2.0;
/// One side in common, the others unknown to one report.
const ONE_SIDE: f64 = 1.0;
/// All words for the matter in common.
const ALL_MATTER: f64 = 2.0;
/// Words for the matter in common.
const SOME_MATTER: f64 = 1.0;
/// A proper name in common.
const SAME_NAME: f64 = 1.0;
/// The same form, or both for peace.
const SAME_FORM: f64 = 1.0;
/// Made on the same day.
const SAME_DAY: f64 = 1.0;

/// The outcome of a comparison.
pub(super) enum Likeness {
    /// One instrument, with its points.
    Same(f64),
    /// One instrument if the two reports are in one story, with its points.
    InStory(f64),
    /// Two instruments, or not enough to tell.
    None,
}

/// Compares two instruments.
pub(super) fn compare(a: &Instrument, b: &Instrument) -> Likeness {
    if same_name(a, b) {
        let common = a.core.intersection(&b.core).count();
        return Likeness::Same(SAME + common as f64);
    }
    let near = a.report.day.zip(b.report.day).is_some_and(|(a, b)| (a - b).abs() <= NEAR);
    if !near || contradict(a, b) {
        return Likeness::None;
    }
    let sides = a.sides.intersection(&b.sides).count();
    let mut points = match sides {
        0 => 0.0,
        // The other side is several, or nobody by name, in both.
        1 if !(a.several && b.several) => ONE_SIDE,
        _ => TWO_SIDES,
    };
    if !a.matter.is_disjoint(&b.matter) {
        points += if a.matter == b.matter { ALL_MATTER } else { SOME_MATTER };
    }
    if !a.names.is_disjoint(&b.names) {
        points += SAME_NAME;
    }
    if a.peace && b.peace || a.form.is_some() && a.form == b.form {
        points += SAME_FORM;
    }
    if a.made.iter().any(|(_, day)| b.made.iter().any(|(_, other)| day == other)) {
        points += SAME_DAY;
    }
    if points >= SAME && sides > 0 {
        Likeness::Same(points)
    } else if points >= SAME_IN_STORY && (sides > 0 || a.rarity.max(b.rarity) >= RARE) {
        Likeness::InStory(points)
    } else {
        Likeness::None
    }
}

/// Whether something that fixes an instrument differs: form, stage, sides, matter, the day of a step.
pub(super) fn contradict(a: &Instrument, b: &Instrument) -> bool {
    if same_name(a, b) {
        return false;
    }
    let stages = a.is_last.zip(b.is_last).is_none_or(|(one, other)| one == other);
    if !forms_fit(a, b) || !stages || !sides_fit(a, b) || !names_fit(a, b) {
        return true;
    }
    let common = a.matter.intersection(&b.matter).count();
    let shorter = a.matter.len().min(b.matter.len());
    // What the same two made within days is one, whatever each report says that it is on.
    if common * 2 < shorter && !made_at_once(a, b) {
        return true;
    }
    // What one report tells apart is two, unless it says that both are on the same matter.
    if a.report.document.id == b.report.document.id && (common < 2 || common * 3 < shorter * 2) {
        return true;
    }
    if common == 0 && (follows(a, b) || follows(b, a)) {
        return true;
    }
    let (status, days) = (|it: &(AgreementStatus, _)| it.0, |it: &(_, (i32, i32))| it.1);
    a.made.iter().any(|one| {
        b.made.iter().filter(|other| status(other) == status(one)).any(|other| {
            let (left, right) = (days(one), days(other));
            left.0 > right.1 + DAY_SLACK || right.0 > left.1 + DAY_SLACK
        })
    })
}

/// Whether two reports of [`ONE_MAKING`] days say of the same two sides that they have made something.
fn made_at_once(a: &Instrument, b: &Instrument) -> bool {
    let near = a.report.day.zip(b.report.day).is_some_and(|(a, b)| (a - b).abs() <= ONE_MAKING);
    let apart = a.report.document.id != b.report.document.id;
    apart && near && a.sides.len() >= 2 && a.sides == b.sides && is_made(a) && is_made(b)
}

/// Whether a report says of an instrument that it is made.
fn is_made(it: &Instrument) -> bool {
    use AgreementStatus::{Agreed, InForce, Signed};
    it.agreement.status.iter().any(|step| matches!(step.status, Agreed | Signed | InForce))
}

/// Whether the forms can be those of one instrument.
fn forms_fit(a: &Instrument, b: &Instrument) -> bool {
    match (a.form, b.form) {
        (Some(one), Some(other)) => one == other,
        (Some(form), None) | (None, Some(form)) => form.is_deal(),
        (None, None) => true,
    }
}

/// Whether the sides can be those of one instrument: one report names fewer, or one side as several.
fn sides_fit(a: &Instrument, b: &Instrument) -> bool {
    let common = a.sides.intersection(&b.sides).count();
    let few = a.sides.len().min(b.sides.len()) <= 1;
    if few {
        // A deal has two sides, of which each report may name another.
        return common > 0
            || a.sides.is_empty()
            || b.sides.is_empty()
            || a.sides.len() == 1 && b.sides.len() == 1 && !a.matter.is_disjoint(&b.matter);
    }
    // Of a truce one report names who fights, the other who signed.
    let truce = a.form == Some(Form::Truce) && b.form == a.form;
    common >= 2 || common == 1 && (a.several || b.several || truce)
}

/// Whether the proper names of both can be of one instrument.
fn names_fit(a: &Instrument, b: &Instrument) -> bool {
    let (left, right) = (&a.names, &b.names);
    left.is_empty() || right.is_empty() || left.is_subset(right) || right.is_subset(left)
}

/// Whether `later` is not made yet in a report that comes after one in which `earlier` is made.
fn follows(earlier: &Instrument, later: &Instrument) -> bool {
    let open = |it: &Instrument| {
        !it.agreement.status.is_empty()
            && it.agreement.status.iter().all(|step| {
                matches!(
                    step.status,
                    AgreementStatus::Proposed
                        | AgreementStatus::UnderNegotiation
                        | AgreementStatus::AgreedInPrinciple
                )
            })
    };
    let days = earlier.report.day.zip(later.report.day);
    days.is_some_and(|(earlier, later)| earlier < later) && is_made(earlier) && open(later)
}

/// Whether the two have one name, in one of its forms.
fn same_name(a: &Instrument, b: &Instrument) -> bool {
    if a.by_parties && b.by_parties && a.core.is_empty() && b.core.is_empty() {
        let near = a.report.day.zip(b.report.day).is_none_or(|(a, b)| (a - b).abs() <= FRAME);
        return near && a.parties == b.parties;
    }
    if a.core.is_empty() || b.core.is_empty() {
        return false;
    }
    let near = a.report.day.zip(b.report.day).is_none_or(|(a, b)| (a - b).abs() <= NEAR);
    // One's plan for a thing and the deal on it are two.
    if !forms_fit(a, b) && a.report.document.id != b.report.document.id {
        return false;
    }
    let named = !a.proper.is_empty() && !b.proper.is_empty();
    // A treaty of defence with one is not that with another: what has no proper name has the sides that both name.
    let (few, many) =
        if a.sides.len() <= b.sides.len() { (&a.sides, &b.sides) } else { (&b.sides, &a.sides) };
    let sides_fit = named || few.len() < 2 || few.is_subset(many);
    let parties_fit = a.parties.is_empty() || b.parties.is_empty() || !a.parties.is_disjoint(&b.parties);
    let parties_fit = parties_fit && sides_fit;
    if a.core == b.core {
        return parties_fit
            && (!a.proper.is_empty()
                || a.core.len() >= 2 && (near || !a.parties.is_empty() && a.parties == b.parties)
                || a.report.document.id == b.report.document.id
                // `nuclear deal with Iran`, `nuclear deal between Iran and France`
                || a.by_parties
                    && b.by_parties
                    && (a.parties.is_subset(&b.parties) || b.parties.is_subset(&a.parties)));
    }
    // `Minsk` and `the 2015 Minsk peace deal`: the names of the one are all in the other.
    if !a.proper.is_empty() && !b.proper.is_empty() {
        let (short, long) = if a.core.len() <= b.core.len() { (a, b) } else { (b, a) };
        return parties_fit && short.proper.is_subset(&long.proper) && short.core.is_subset(&long.core);
    }
    // Descriptions: most words in common, and the same parties.
    let common = a.core.intersection(&b.core).count();
    let parties = a.parties.intersection(&b.parties).count();
    common >= 2 && common * 3 >= a.core.len().max(b.core.len()) * 2 && parties >= 2
}
