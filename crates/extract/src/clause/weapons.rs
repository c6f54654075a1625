//! Weapons: the means by which violence was done, as the PLOVER mode of it.

use readout_lexicon::WordClass;
use readout_syntax::{Dep, Tag};

use super::reading::Reading;
use crate::words::violence;

/// The most words before a noun that say what kind of deed or weapon it is: `a nerve agent attack`.
const WORDS_BEFORE: u32 = 4;

/// The means by mode. The first class that has a word of the deed counts.
static MODES: [(&str, &WordClass); 8] = [
    ("suicide-attack", &violence::SUICIDE),
    ("drone", &violence::DRONE),
    ("unconventional", &violence::POISON),
    ("aerial", &violence::AIRCRAFT),
    ("explosives", &violence::EXPLOSIVE),
    ("heavy-weapons", &violence::ARTILLERY),
    ("firearms", &violence::FIREARM),
    ("primitive", &violence::BLADE),
];

/// Returns the PLOVER mode that the words beside the deed `at` show: `a chemical attack`, `killed with a rifle`, `gunmen
/// attacked`, `killed in an air strike`.
pub(crate) fn mode_of_means(reading: &Reading<'_>, at: u32) -> Option<&'static str> {
    let mut words: Vec<u32> = Vec::new();
    if reading.is_verb(at) {
        let mut heads = reading.after(at, &["with", "by", "using"]);
        // `killed in an air strike`; not `in a mine`
        heads.extend(
            reading.after(at, &["in"]).into_iter().filter(|&deed| reading.is(deed, &violence::AGAIN)),
        );
        // `two jets were downed, killing both pilots`: what was struck does not strike.
        let struck = reading.tag(at) == Tag::Vbg
            && reading.own_subject(at).is_none()
            && reading.head(at).is_some_and(|above| reading.is_verb(above) && reading.is_passive(above));
        heads.extend(reading.doers(at).into_iter().filter(|_| !struck));
        for clause in reading.children_by(at, &[Dep::Advcl, Dep::Xcomp]) {
            if reading.is(clause, &["use", "fire", "wield"]) {
                heads.extend(reading.objects(clause));
            }
        }
        for head in heads {
            add_words_before(reading, head, &mut words);
            words.push(head);
        }
    } else {
        add_words_before(reading, at, &mut words);
        for head in reading.after(at, &["with", "by"]) {
            words.push(head);
        }
    }
    // `tear gas` is no poison.
    if words.iter().any(|&word| reading.is(word, &["tear"])) {
        return None;
    }
    MODES.iter().find(|(_, class)| words.iter().any(|&word| reading.is(word, *class))).map(|(mode, _)| *mode)
}

/// Adds the words right before the noun `at` in its own phrase, but for its possessor.
fn add_words_before(reading: &Reading<'_>, at: u32, words: &mut Vec<u32>) {
    let first = reading.token(at).left_edge.max(at.saturating_sub(WORDS_BEFORE));
    words.extend((first..at).filter(|&word| {
        !std::iter::once(word)
            .chain(reading.syntax.ancestors(word).take(WORDS_BEFORE as usize))
            .take_while(|&up| up != at)
            .any(|up| matches!(reading.dep(up), Dep::Poss | Dep::Relcl | Dep::Acl))
    }));
}
