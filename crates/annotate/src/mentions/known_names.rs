//! Known names in a text: which reading of a name its sentence allows.

use std::ops::Range;

use readout_knowledge::{Entry, KnownName, Sense};
use readout_record::{ActorId, ActorKind};
use readout_syntax::{Dep, EntityLabel, Pos, Syntax, Tag};

use crate::mentions::MentionForm;
use crate::mentions::candidate::{Candidate, head_of, phrase_of};
use crate::mentions::places::{acts, is_dateline, is_locative, speaks};

/// A known name at `words`, if the sentence allows one of its readings. `is_of_person` says of a token whether it may
/// be somebody's name, `is_borne` whether somebody in the report bears it.
pub(super) fn of_known<'k>(
    syntax: &Syntax,
    words: Range<u32>,
    readings: &[(&'k Entry, Sense)],
    is_of_person: impl Fn(u32) -> bool,
    is_borne: impl Fn(u32) -> bool,
) -> Option<Candidate<'k>> {
    let head = head_of(syntax, words.clone());
    let last = words.end - 1;
    let labels: Vec<_> = words.clone().filter_map(|at| syntax.entity_at(at)).collect();
    let entity = labels.first().copied();
    let wider = entity.filter(|entity| {
        entity.start < words.start && !is_skipped(syntax, entity.start..words.start)
            || entity.end > words.end && !is_skipped(syntax, words.end..entity.end)
    });
    let proper = words.clone().any(|at| syntax.token(at).tag.is_proper());
    let person = entity.is_some_and(|entity| entity.label == EntityLabel::Person);
    let several = words.len() > 1;
    // Brussels is a state's capital; where it speaks, it is the Union that sits there.
    let speaks_for_another = speaks(syntax, head)
        && readings
            .iter()
            .any(|(entry, sense)| *sense == Sense::Seat && entry.kind == ActorKind::Organisation);
    let mut readings = readings.iter().filter(|(_, sense)| *sense != Sense::Short);
    readings.find_map(|&(entry, sense)| {
        if sense == Sense::Seat && entry.kind == ActorKind::State && speaks_for_another {
            return None;
        }
        // A part of a longer name is no name of its own: "Jordan" in "Jordan Spieth", "China" in "Bank of China".
        if let Some(wider) = wider {
            let inner = sense == Sense::Adjective && entry.kind != ActorKind::Organisation
                || entry.kind == ActorKind::State
                    && matches!(wider.label, EntityLabel::Gpe | EntityLabel::Location | EntityLabel::Norp);
            let titled = entry.kind == ActorKind::Person && several;
            let whole = several && entry.kind != ActorKind::State && wider.label != EntityLabel::Person;
            if !(inner && wider.label != EntityLabel::Person || titled || whole) {
                return None;
            }
        }
        let sound = match entry.kind {
            ActorKind::Place => match entity {
                // Many cities bear names that are also people's or plain words.
                Some(entity) => match entity.label {
                    EntityLabel::Gpe | EntityLabel::Location | EntityLabel::Facility => true,
                    EntityLabel::Org => several || entry.population == 0 || entry.population > 300,
                    // "hit the port of Chornomorsk": where nobody bears the name and it does nothing, it is the place.
                    EntityLabel::Person => {
                        !words.clone().any(&is_of_person)
                            && !follows_title(syntax, words.start)
                            && (is_locative(syntax, head)
                                || entry.population == 0 && syntax.token(head).dep != Dep::Nsubj)
                    }
                    _ => false,
                },
                None => proper && entry.population == 0 && (several || is_locative(syntax, head)),
            },
            ActorKind::Person => proper || entity.is_some(),
            _ if person && !several => {
                // "Jordan" and "Chad" are people where the report calls somebody so; "Hamas" and "the Kremlin" are
                // none.
                !matches!(entry.kind, ActorKind::State) || is_locative(syntax, head) || !is_borne(words.start)
            }
            _ => match sense {
                Sense::Adjective => {
                    proper || matches!(syntax.token(last).pos, Pos::Adj | Pos::Propn | Pos::Noun)
                }
                _ => {
                    several
                        || proper
                        || entity.is_some()
                        || matches!(syntax.token(last).pos, Pos::Propn | Pos::Noun)
                }
            },
        };
        if !sound {
            return None;
        }
        Some(of_reading(syntax, words.clone(), head, entry, sense))
    })
}

/// Returns the candidate for a short name of an entry that the report also names in another way. The entry named
/// nearest before the short name counts, or else the only such entry that the report names. A group of states counts, too,
/// where the report names the state with which it deals: `Iran and world powers`.
pub(super) fn of_shortened<'k>(
    syntax: &Syntax,
    known: &KnownName<'k>,
    found: &[Candidate<'k>],
) -> Option<Candidate<'k>> {
    let words = known.start..known.end;
    let head = head_of(syntax, words.clone());
    // "world powers" is written small and is no entity; "the North" must be one.
    let opens = syntax.sentence_of(words.start).start == words.start && words.len() > 1;
    let small = opens || syntax.word(words.start).starts_with(char::is_lowercase);
    let named = small
        || syntax.entity_at(words.start).is_some_and(|entity| {
            let label = matches!(
                entity.label,
                EntityLabel::Org | EntityLabel::Gpe | EntityLabel::Location | EntityLabel::Norp
            );
            label && entity.end == words.end && is_skipped(syntax, entity.start..words.start)
        });
    // "State TV", "the North Pole": a part of another name.
    let part = matches!(syntax.token(head).dep, Dep::Compound | Dep::Amod | Dep::Nmod);
    if !named || part {
        return None;
    }
    let short: Vec<&'k Entry> =
        known.readings.iter().filter(|(_, sense)| *sense == Sense::Short).map(|(entry, _)| *entry).collect();
    let named = |candidate: &&Candidate<'k>| {
        candidate.entry.is_some_and(|entry| short.iter().any(|it| it.id == entry.id))
    };
    let dealt_with = |about: &str| {
        let is = |candidate: &Candidate<'_>| candidate.entry.is_some_and(|it| it.id == ActorId::state(about));
        found.iter().any(is)
    };
    let about = short.iter().find(|entry| entry.about.as_deref().is_some_and(dealt_with));
    if let Some(entry) = about {
        return Some(of_reading(syntax, words, head, entry, Sense::Short));
    }
    let before = found.iter().filter(named).filter(|it| it.words.start < words.start);
    let nearest = before.max_by_key(|it| it.words.start).or_else(|| {
        let mut all = found.iter().filter(named);
        let first = all.next()?;
        all.all(|it| it.entry.map(|entry| &entry.id) == first.entry.map(|entry| &entry.id)).then_some(first)
    })?;
    Some(of_reading(syntax, words, head, nearest.entry?, Sense::Short))
}

pub(super) fn of_reading<'k>(
    syntax: &Syntax,
    words: Range<u32>,
    head: u32,
    entry: &'k Entry,
    sense: Sense,
) -> Candidate<'k> {
    let mut form = MentionForm::Name;
    let mut people = entry.people;
    let mut plural = false;
    let mut place = false;
    match sense {
        Sense::Itself | Sense::Short => place = entry.kind == ActorKind::State && is_dateline(syntax, &words),
        Sense::Seat => place = !acts(syntax, head) || is_dateline(syntax, &words),
        Sense::People => (people, plural) = (true, true),
        Sense::Adjective => {
            let before_noun = syntax.tokens().get(words.end as usize).is_some_and(|next| {
                matches!(next.pos, Pos::Noun | Pos::Propn | Pos::Adj) || next.tag == Tag::Hyph
            });
            let noun = matches!(syntax.token(head).pos, Pos::Noun | Pos::Propn)
                && !matches!(syntax.token(head).dep, Dep::Amod | Dep::Compound | Dep::Nmod)
                && (syntax.token(head).tag == Tag::Nnps || !before_noun);
            if noun {
                people = true;
                plural = matches!(syntax.token(head).tag, Tag::Nns | Tag::Nnps);
            } else {
                form = MentionForm::Adjective;
            }
        }
    }
    let mut candidate = Candidate::new(words.clone(), head, form, entry.kind).with_entry(entry);
    if place {
        candidate.kind = ActorKind::Place;
        candidate.place = true;
    }
    candidate.seat = sense == Sense::Seat;
    candidate.people = people;
    candidate.plural = plural;
    candidate.phrase = phrase_of(syntax, words, head);
    candidate
}

/// Whether a title or an office in capitals is before the token `at`, as before a person's name.
pub(super) fn follows_title(syntax: &Syntax, at: u32) -> bool {
    at > syntax.sentence_of(at).start
        && (syntax.token(at - 1).pos == Pos::Propn || syntax.word(at - 1).ends_with('.'))
        && syntax.word(at - 1).starts_with(char::is_uppercase)
}

/// Whether `tokens` say nothing about the name beside them.
pub(super) fn is_skipped(syntax: &Syntax, mut tokens: Range<u32>) -> bool {
    tokens.all(|at| {
        matches!(syntax.token(at).pos, Pos::Det | Pos::Punct | Pos::Part | Pos::Space | Pos::Adj | Pos::Adv)
            || matches!(syntax.token(at).tag, Tag::Jj | Tag::PossessiveEnding)
            || syntax.word(at).chars().next().is_some_and(char::is_lowercase)
    })
}
