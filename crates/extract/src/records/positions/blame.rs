//! Stances on whose deed something was: `“Chad is behind the attack”`.

use readout_record::Stance;
use readout_syntax::{Dep, Pos};

use super::held::{Held, turned};
use super::holders::{conditional, speakers};
use super::issue::Issue;
use super::name::noun_phrase;
use crate::clause::premises;
use crate::clause::reading::Reading;
use crate::words::speech;

/// Returns the stance of the speaker who says that a party did something, or did not: `Chad is responsible for the attack`.
pub(super) fn of(reading: &Reading<'_>, at: u32) -> Option<Held> {
    let behind = reading.dep(at) == Dep::Prep && reading.is(at, &["behind"]);
    let guilty = matches!(reading.dep(at), Dep::Acomp | Dep::Attr) && reading.is(at, &speech::GUILTY);
    if !behind && !guilty {
        return None;
    }
    let verb = reading.head(at).filter(|&verb| reading.is(verb, &["be"]))?;
    let statement = reading.statement_of(verb)?;
    let deed = if behind { reading.child(at, Dep::Pobj)? } else { *reading.after(at, &["for"]).first()? };
    let subject = *reading.subjects(verb).first()?;
    let chain = reading.chain(subject)?;
    let own = chain.actors.iter().any(|actor| speakers(reading, at).contains(actor));
    let named = chain.actors.iter().any(|actor| !actor.is_unnamed());
    let open = premises::is_open(reading, verb) || reading.is_asked(verb) || conditional(reading, verb);
    if own || !named || open || statement.negated || reading.pos(deed) == Pos::Pron {
        return None;
    }
    let deed = noun_phrase(reading, deed);
    let how = if behind { "behind" } else { "responsible for" };
    let name = format!("{} being {how} {deed}", chain.name);
    // `denied that Chad was behind it`
    let cue = reading.head(verb).filter(|_| reading.dep(verb) == Dep::Ccomp);
    let denies = cue.is_some_and(|cue| reading.is(cue, &speech::DENYING));
    let denied = reading.child(verb, Dep::Neg).is_some() ^ denies;
    (!deed.is_empty()).then(|| Held {
        holders: Vec::new(),
        by_speaker: true,
        issue: Some(Issue { name, against: false, known: false }),
        stance: turned(Stance::For, denied),
    })
}
