//! Disasters: explosions, crashes, quakes and the like, which no word of the event lexicon tells.

use std::collections::BTreeSet;

use readout_lexicon::rule;
use readout_record::{Incident, PloverCode};
use readout_syntax::{Dep, Pos};

use super::telling::is_bare;
use crate::clause::place::{act_place, is_place};
use crate::clause::reading::Reading;
use crate::clause::time::act_time;
use crate::clause::tolls::tolls;
use crate::words::violence;

/// The most nouns around the one for a disaster: `a series of waves of blasts`.
const MEASURES: usize = 3;

/// Explosions, crashes, quakes and the like that are the subject of a clause.
pub(super) fn disasters(reading: &Reading<'_>, found: &mut Vec<(u32, Incident)>) {
    let told: BTreeSet<u32> = found.iter().filter(|(_, it)| !is_bare(it)).map(|(head, _)| *head).collect();
    for at in 0..reading.syntax.len() {
        if !reading.is(at, &violence::DISASTER) || reading.syntax.token(at).pos != Pos::Noun {
            continue;
        }
        // `a series of blasts rocked the town`
        let mut subject = at;
        for _ in 0..MEASURES {
            if reading.dep(subject) == Dep::Pobj
                && let Some(prep) = reading.syntax.head(subject)
                && let Some(measure) = reading.syntax.head(prep)
                && reading.substance(measure) == at
            {
                subject = measure;
            }
        }
        let Some(verb) = reading.syntax.head(subject) else { continue };
        // `nine were killed in an earthquake`
        let within = reading.dep(subject) == Dep::Pobj
            && reading.is(verb, &["in"])
            && reading.syntax.head(verb).is_some_and(|above| reading.is(above, &violence::TOLL));
        let verb = if within { reading.syntax.head(verb).unwrap_or(verb) } else { verb };
        let tells = (within || matches!(reading.dep(subject), Dep::Nsubj | Dep::Nsubjpass))
            && reading.is(verb, &violence::STRIKING);
        if !tells || told.contains(&verb) || told.contains(&at) {
            continue;
        }
        let span = reading.clause(verb);
        let (killed, injured) = tolls(reading, verb, span);
        let violent = reading.is(at, &["explosion", "blast"]);
        let place = act_place(reading, verb).or_else(|| {
            reading
                .objects(verb)
                .into_iter()
                .find(|&head| is_place(reading, head))
                .map(|head| reading.syntax.word(head).to_owned())
        });
        found.push((
            verb,
            Incident {
                evidence: reading.evidence(
                    "incident",
                    "",
                    span,
                    rule!("disaster").for_word(reading.lemma(at)),
                    0.7,
                ),
                code: violent.then_some(PloverCode::Assault),
                mode: violent.then(|| "explosives".to_owned()),
                killed,
                injured,
                time: act_time(reading, verb, span),
                place,
                factuality: crate::clause::factuality::of(reading, verb),
                reported_by: reading.reported_by(verb),
                ..Incident::default()
            },
        ));
    }
}
