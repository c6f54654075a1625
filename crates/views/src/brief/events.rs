//! The candidates for what happened, who met and what is denied, and the section on where reports differ.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use readout_lexicon::{WordClass, WordSet};
use readout_record::{ActorId, Factuality, MeetingFormat, PloverCode};

use super::alone::asks_about;
use super::candidates::{Candidate, PARTY, Shown, Wanted};
use super::event_facts::{event_facts, meeting_facts};
use super::line::names;
use super::maker::Maker;
use super::page::BriefSection;
use crate::affair::{content_words, says};
use crate::judged::{CAME, CLAIMED, DENYING, HABITS, INFORMING, MODALS, REJECTING};
use crate::selection::day;
use crate::when::When;
use crate::{
    ActorName, Citation, EventRow, Filter, MeetingRow, StatementRow, differences, events, meetings,
    statements,
};

impl Maker<'_> {
    /// Returns the candidates for deeds, violence and disasters that took place or are under way, and for meetings and deeds
    /// that were called off.
    ///
    /// On a page a deed has a party of the affair, and the outlet tells it itself, the sentence names who does, or two
    /// origins tell it.
    pub(super) fn events(&self) -> Vec<Candidate> {
        let rows = events(self.contents, self.filter).into_iter();
        let rows = rows.filter(|it| it.kind != "meeting" || it.factuality == Factuality::Cancelled);
        rows.filter_map(|it| {
            let mut candidate = self.event(&it)?;
            let told =
                matches!(it.factuality, Factuality::Happened | Factuality::Ongoing | Factuality::Cancelled);
            let own = it.reported_by.is_none()
                || it.sources > 1
                || names_one(&candidate.telling.text, &it.reporter) && !candidate.is_quoted();
            let party = it.kind == "incident"
                || self.has_party(&it.actor)
                || self.has_party(&it.recipient)
                || self.names_party(&candidate);
            candidate.fit &= told
                && own
                && party
                && !candidate.telling.bracketed
                && !self.affair.is_column(&candidate.citation.doc)
                && is_deed(&it, &candidate.citation.text, &candidate.telling.text);
            candidate.agreed = it.code == Some(PloverCode::Agree) || it.cameo.as_deref() == Some(SIGNING);
            // Who cancels a meeting or asks for one does more than speak.
            candidate.in_words =
                it.code.is_some_and(|code| WORDS.contains(&code)) && it.mode.as_deref() != Some(MEET);
            // What an expert says to a party is no word of the affair.
            candidate.fit &= !candidate.in_words || !self.are_experts(&it.actor);
            // What somebody says was done stands with what was said; a deed in passing is not what its sentence tells.
            let told = candidate.telling.text.find(&it.citation.text).map(|at| &candidate.telling.text[..at]);
            let reported = told.is_some_and(says);
            candidate.in_words |= reported;
            candidate.fit &=
                candidate.main || reported || opens_clause(&candidate.telling.text, &candidate.citation.text);
            candidate.fit &= self.is_news(&it, &candidate);
            Some(candidate)
        })
        .collect()
    }

    /// Whether all of `actors` are persons who are no party of the affair and act for nobody.
    fn are_experts(&self, actors: &[ActorName]) -> bool {
        let is_expert = |it: &ActorName| {
            it.id.as_str().starts_with("person:")
                && self.acts_for(it).is_none()
                && !self.has_party(std::slice::from_ref(it))
        };
        !actors.is_empty() && actors.iter().all(is_expert)
    }

    /// Whether an event is one of the affair's days: it has a day, its report opens with it, several tell it, or it is told
    /// as over. What is told in the present or in the perfect without a day is the ground on which the affair stands.
    fn is_news(&self, it: &EventRow, candidate: &Candidate) -> bool {
        let opens = candidate.telling.sentences.start < OPENING;
        it.time.is_some()
            || opens
            || it.sources > 1
            || it.factuality != Factuality::Ongoing && !self.is_told_as_state(&it.citation)
    }

    /// Whether a passage tells the act of its record as what lasts or is long done.
    fn is_told_as_state(&self, citation: &Citation) -> bool {
        is_told_as_state(self.verb_of(citation), &citation.text)
    }

    /// Whether a passage tells that one informed another, by a verb.
    fn is_informing(&self, citation: &Citation) -> bool {
        self.verb_of(citation).is_some_and(|verb| INFORMING.has(verb))
    }

    /// Whether a passage tells of its record by a noun: `the summit`.
    fn is_by_noun(&self, citation: &Citation) -> bool {
        self.selection
            .evidence(&citation.id)
            .is_some_and(|it| it.rule.starts_with("noun:") || it.rule.starts_with("occasion"))
    }

    /// Whether a sentence that is told names a party of the affair.
    fn names_party(&self, candidate: &Candidate) -> bool {
        let doc = candidate.citation.doc.as_str();
        let named = self.selection.mentions(doc).iter().filter(|it| it.named);
        let mut told = named.filter(|it| {
            let at = self.affair.sentences_of(&self.selection, doc, &[it.span]);
            at.is_some_and(|at| candidate.telling.sentences.contains(&at.start))
        });
        told.any(|it| self.affair.party(std::slice::from_ref(&it.actor)) >= PARTY)
    }

    fn event(&self, it: &EventRow) -> Option<Candidate> {
        let parties: Vec<ActorName> = it.actor.iter().chain(&it.recipient).cloned().collect();
        let candidate = self.candidate(Wanted {
            first: Some(&it.citation),
            others: &it.also,
            actors: &parties,
            factuality: it.factuality,
            time: it.time.as_ref(),
            origins: it.sources,
        })?;
        Some(Candidate {
            head: names(&it.actor),
            facts: event_facts(it, &candidate.telling.text),
            ..candidate
        })
    }

    /// Returns the candidates for meetings: on a page those of two sides, one of them a party of the affair.
    pub(super) fn meetings(&self) -> Vec<Candidate> {
        let rows = meetings(self.contents, self.filter);
        let ids = |it: &MeetingRow| it.participants.iter().map(|it| it.id.clone()).collect::<Vec<ActorId>>();
        // How many origins tell of a meeting of the same two, whether or not it was the same.
        let mut pairs: BTreeMap<(ActorId, ActorId), BTreeSet<String>> = BTreeMap::new();
        for it in &rows {
            for citation in std::iter::once(&it.citation).chain(&it.also) {
                for pair in pairs_of(&ids(it)) {
                    pairs.entry(pair).or_default().insert(self.selection.origin(&citation.doc));
                }
            }
        }
        // Which two have met: what was planned before is old news.
        let met: BTreeSet<(ActorId, ActorId)> = rows
            .iter()
            .filter(|it| matches!(it.factuality, Factuality::Happened | Factuality::Ongoing))
            .flat_map(|it| pairs_of(&ids(it)))
            .collect();
        let last = rows.iter().filter_map(|it| it.citation.published.as_deref().and_then(day)).max();
        let mut found: Vec<(Vec<(ActorId, ActorId)>, Candidate)> = rows
            .iter()
            .filter_map(|it| {
                let ids = ids(it);
                let to_come = it.time.as_ref().and_then(When::of).map(When::begins) > last;
                let over = !matches!(
                    it.factuality,
                    Factuality::Happened | Factuality::Ongoing | Factuality::Cancelled
                ) && !to_come
                    && pairs_of(&ids).iter().any(|pair| met.contains(pair));
                let origins = pairs_of(&ids)
                    .iter()
                    .filter_map(|it| pairs.get(it))
                    .map(BTreeSet::len)
                    .max()
                    .unwrap_or(1);
                let mut candidate = self.candidate(Wanted {
                    first: Some(&it.citation),
                    others: &it.also,
                    actors: &it.participants,
                    factuality: it.factuality,
                    time: it.time.as_ref(),
                    origins,
                })?;
                let second = self.affair.second_party(&ids);
                // Of a summit, or of a body that meets, nobody says who takes part.
                let named = it.format == Some(MeetingFormat::Summit) || it.occasion.is_some();
                let gathered = it.place.is_some() && it.time.is_some()
                    || it.sources >= GATHERED && named && (it.place.is_some() || it.time.is_some());
                candidate.fit &= (self.sides(&it.participants) > 1 && second > SECOND || gathered)
                    && !over
                    && !matches!(it.factuality, Factuality::Denied | Factuality::Cancelled)
                    && it.format != Some(MeetingFormat::PressConference)
                    && !self.is_informing(&it.citation)
                    && !asks_about(&candidate.citation.text)
                    // What many tell in passing is known too.
                    && (candidate.main
                        || it.sources >= MANY
                        || opens_clause(&candidate.telling.text, &it.citation.text))
                    && (it.time.is_some()
                        || it.sources >= MANY
                        || candidate.telling.sentences.start < OPENING
                        || !self.is_told_as_state(&it.citation));
                candidate.weight += (BOTH * second) as usize;
                // A journey is told after those who met.
                candidate.aside = !it.recipient.is_empty() && !self.is_full();
                // Who has arrived has met nobody yet.
                candidate.fit &= it.recipient.is_empty() || it.factuality != Factuality::Happened;
                candidate.head = names(&it.participants);
                candidate.facts = meeting_facts(it, &candidate.telling.text);
                candidate.fit &= !candidate.is_quoted()
                    && (!self.is_by_noun(&candidate.citation)
                        || !is_setting(&candidate.telling.text, &candidate.citation.text));
                Some((pairs_of(&ids), candidate))
            })
            .collect();
        // What the same two did on one day, or on a day that nobody tells, is told once.
        let mut order: Vec<usize> = (0..found.len()).filter(|&at| found[at].1.fit).collect();
        order.sort_by_key(|&at| Reverse((found[at].1.main, found[at].1.weight)));
        let mut told: Vec<usize> = Vec::new();
        for at in order {
            let (pairs, it) = &found[at];
            let same = told.iter().any(|&of| {
                let (others, other) = &found[of];
                let day = it.order.0 == other.order.0 || it.order.0.0 || other.order.0.0;
                day && pairs.iter().any(|pair| others.contains(pair))
            });
            match same && !self.is_full() {
                true => found[at].1.fit = false,
                false => told.push(at),
            }
        }
        found.into_iter().map(|(_, candidate)| candidate).collect()
    }

    /// Returns the number of sides of a meeting: a state and all who act for it are one.
    fn sides(&self, participants: &[ActorName]) -> usize {
        let side = |it: &ActorName| self.state_of(it).unwrap_or_else(|| it.id.clone());
        participants.iter().map(side).collect::<BTreeSet<ActorId>>().len()
    }

    /// Returns the candidates for what somebody denies: on a page in a sentence that has the denier and a word of denying.
    pub(super) fn denials(&self) -> Vec<Candidate> {
        let denies = |it: &&StatementRow| it.act.as_deref() == Some("deny") && !it.negated;
        let said = statements(self.contents, self.filter);
        let mut found: Vec<Candidate> = said
            .iter()
            .filter(denies)
            .filter_map(|it| {
                let mut candidate = self.candidate(Wanted {
                    first: Some(&it.citation),
                    actors: &it.speaker,
                    factuality: Factuality::Denied,
                    ..Wanted::default()
                })?;
                candidate.fit &=
                    it.named && candidate.main && names_one(&candidate.telling.text, &it.speaker);
                candidate.head = names(&it.speaker);
                Some(candidate)
            })
            .collect();
        let denied = Filter { kind: vec!["denied".to_owned()], ..self.filter.clone() };
        for it in events(self.contents, &denied).iter().filter(|it| it.kind != "meeting") {
            let deniers: Vec<ActorName> = it.denied_by.iter().chain(&it.reporter).cloned().collect();
            let Some(mut candidate) = self.event(it) else { continue };
            candidate.fit &= names_one(&candidate.telling.text, &deniers);
            found.push(candidate);
        }
        for it in &mut found {
            it.fit &= denies_in_words(&it.telling.text);
        }
        // Of the same denial, told by several or several times, the weightiest telling.
        let mut order: Vec<usize> = (0..found.len()).filter(|&at| found[at].fit && !self.is_full()).collect();
        order.sort_by_key(|&at| (Reverse(found[at].weight), found[at].order.clone()));
        let mut kept: Vec<usize> = Vec::new();
        for at in order {
            let words = |of: usize| &found[of].telling.words;
            let told = kept.len() >= DENIALS
                || kept.iter().any(|&of| {
                    found[of].head == found[at].head
                        && words(of).intersection(words(at)).count() >= SAME_DENIAL
                });
            match told {
                true => found[at].fit = false,
                false => kept.push(at),
            }
        }
        found
    }

    /// Returns the section on the fields on which reports of one happening differ: each value in its report's words.
    pub(super) fn differences(&self, shown: &Shown) -> BriefSection {
        let rows = differences(self.contents, self.filter);
        let counted = |it: &&crate::DifferenceRow| {
            self.is_full() || ["killed", "injured", "time", "day", "place"].contains(&it.field.as_str())
        };
        let mut lines = Vec::new();
        let mut more = 0;
        let mut told = 0;
        for it in rows.iter().filter(counted) {
            if told == self.length.lines {
                more += 1;
                continue;
            }
            let values: Vec<&str> = it.values.iter().map(|side| side.value.as_str()).collect();
            let cited = it.values.iter().flat_map(|side| &side.citations);
            let line = self.line().strong(&it.field).plain(": ").plain(&values.join(" or "));
            let mut block = vec![line.cite(self.references(cited))];
            let mut sides = 0;
            for side in &it.values {
                let wanted = Wanted { first: side.citations.first(), ..Wanted::default() };
                let Some(it) = self.candidate(wanted).filter(|it| self.is_full() || it.telling.stands) else {
                    continue;
                };
                sides += 1;
                // A sentence that the page has told is cited beside the value.
                if self.is_full() || !shown.has_sentence(&it.citation.doc, &it.telling) {
                    block.push(self.told_line(&it, true));
                }
            }
            // On a page each side is told.
            if !self.is_full() && sides < it.values.len() {
                more += 1;
                continue;
            }
            block.retain(|line| !line.references.is_empty());
            told += usize::from(!block.is_empty());
            lines.extend(block);
        }
        more += rows.len() - rows.iter().filter(counted).count();
        BriefSection {
            heading: "WHERE REPORTS DIFFER",
            lines,
            more,
            view: "differences",
            command: String::new(),
        }
    }
}

/// The PLOVER mode of an act about a meeting.
const MEET: &str = "meet";
/// The sentences that open a report.
const OPENING: usize = 5;
/// The independent sources from which a gathering is told though nobody says who took part.
const GATHERED: usize = 2;
/// The CAMEO code of signing a formal agreement.
const SIGNING: &str = "057";
/// The acts that are words of one about another.
const WORDS: [PloverCode; 5] =
    [PloverCode::Accuse, PloverCode::Reject, PloverCode::Request, PloverCode::Support, PloverCode::Threaten];
/// The most denials that a page chooses from. Set by hand: several times what it shows.
const DENIALS: usize = 40;
/// The words in common from which two denials of one are the same. Set by hand: a word of denying and two for the charge.
const SAME_DENIAL: usize = 3;
/// The weight that a meeting of two parties of the affair gains, if all reports name both. Set by hand.
const BOTH: f64 = 20.0;
/// The origins from which a meeting of two parties is told, wherever in their sentences. Set by hand.
const MANY: usize = 2;
/// The share of origins that the second participant of a meeting on a page exceeds. Set by hand.
const SECOND: f64 = 0.1;

/// Whether `passage` opens a clause beside the first one of `sentence`: `Orlo waited, and Lee called Tosch.`
fn opens_clause(sentence: &str, passage: &str) -> bool {
    let before = sentence.find(passage).map(|at| sentence[..at].trim_end());
    before.is_some_and(|it| it.ends_with(", and") || it.ends_with(';'))
}

/// Whether `passage`, a noun for a meeting, only says when or where its sentence takes place: `At last week's summit, Orlo
/// warned Lee.`
fn is_setting(sentence: &str, passage: &str) -> bool {
    const SETTING: [&str; 9] =
        ["at", "during", "after", "before", "from", "since", "following", "ahead", "eve"];
    let before = sentence.find(passage).map_or("", |at| &sentence[..at]);
    let words = |text: &str| -> Vec<String> {
        text.split(|it: char| !it.is_alphanumeric() && it != '’' && it != '\'')
            .filter(|it| !it.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (before, passage) = (words(before), words(passage));
    let is_setting = |word: &String| SETTING.contains(&word.as_str());
    // Articles and days may stand between: “at the”, “after last week's”.
    before.iter().rev().take(4).any(is_setting) || passage.first().is_some_and(is_setting)
}

/// Returns each two of `actors`, each pair in one order.
fn pairs_of(actors: &[ActorId]) -> Vec<(ActorId, ActorId)> {
    const MOST: usize = 6;
    let sorted: BTreeSet<&ActorId> = actors.iter().take(MOST).collect();
    let sorted: Vec<&ActorId> = sorted.into_iter().collect();
    let pairs = sorted
        .iter()
        .enumerate()
        .flat_map(|(at, one)| sorted.iter().skip(at + 1).map(|other| ((*one).clone(), (*other).clone())));
    pairs.collect()
}

/// Whether the passage tells of one deed that is done: nothing that would be done, that was done before, or that is done
/// often.
fn is_deed(it: &EventRow, passage: &str, sentence: &str) -> bool {
    let has = |text: &str, words: &dyn WordSet| {
        text.split(|it: char| !it.is_alphanumeric()).any(|word| words.has(word))
    };
    let before = it.time.is_none() && has(passage, &["had"]);
    // “The call came hours after …” only dates an act that has a line of its own.
    let words: Vec<&str> = sentence.split(' ').collect();
    let dates =
        words.windows(2).any(|pair| ["came", "comes", "come"].contains(&pair[0]) && CAME.has(pair[1]));
    // `May` with a capital is a month or a name.
    let modal = passage.split(|it: char| !it.is_alphanumeric()).any(|word| MODALS.has_as_written(word));
    // What is done in somebody's quoted words is what somebody says of it.
    let quoted = sentence.find(passage).is_some_and(|at| {
        let count = |mark: char| sentence[..at].matches(mark).count();
        count('“') > count('”') || count('"') % 2 == 1
    });
    !before && !dates && !quoted && !modal && !has(sentence, &HABITS)
}

/// Whether `text` has the last word of the name of one of `actors`, in whatever letters: `Bell`, `officials`.
pub(super) fn names_one(text: &str, actors: &[ActorName]) -> bool {
    let text = text.to_lowercase();
    actors
        .iter()
        .any(|it| it.name.split(' ').next_back().is_some_and(|name| text.contains(&name.to_lowercase())))
}

/// Whether `passage` has the simple present of `verb`, or a perfect: `rules the port`, `has held it`.
fn is_told_as_state(verb: Option<&str>, passage: &str) -> bool {
    let words: Vec<&str> = passage.split(|it: char| !it.is_alphanumeric()).collect();
    if words.iter().any(|word| ["has", "have"].contains(word)) {
        return true;
    }
    let Some(verb) = verb else { return false };
    let stem = verb.strip_suffix('y').unwrap_or(verb);
    let present = |word: &&str| {
        word.strip_prefix(verb).is_some_and(|ending| ["s", "es"].contains(&ending))
            || word.strip_prefix(stem).is_some_and(|ending| ending == "ies")
    };
    words.iter().any(present)
}

/// Whether a sentence says that something is denied: with a word of denying, or as a claim that is rejected.
fn denies_in_words(text: &str) -> bool {
    let stems = content_words(text);
    let has = |class: &WordClass| {
        class.words().any(|word| content_words(word).iter().any(|it| stems.contains(it)))
            || text
                .split_whitespace()
                .any(|word| class.has(word.trim_matches(|it: char| !it.is_alphabetic())))
    };
    has(&DENYING) || has(&REJECTING) && has(&CLAIMED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meeting_in_which_something_else_takes_place_is_a_setting() {
        for (sentence, passage) in [
            ("Orlo said at a news conference with Lee that the port was shut.", "news conference with Lee"),
            ("During last week’s summit in Torvik, Orlo warned Lee.", "summit in Torvik"),
            ("Orlo spoke after talks with Lee.", "after talks with Lee"),
        ] {
            assert!(is_setting(sentence, passage), "{sentence}");
        }
        assert!(!is_setting("A summit of both towns opened in Torvik.", "A summit of both towns"));
        assert!(!is_setting("Orlo left Torvik for talks with Lee.", "talks with Lee"));
    }
}
