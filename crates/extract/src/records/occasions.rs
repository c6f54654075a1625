//! Occasions of statements: the meeting that words beside the cue name (`told him during their talks`), and the joint news
//! conference or summit that only such words name.

use std::collections::BTreeMap;
use std::ops::Range;

use readout_lexicon::{WordClass, WordSet as _, rule};
use readout_record::{ActorId, Factuality, Meeting, MeetingFormat, PloverCode, RecordId, Statement};
use readout_syntax::{Dep, Pos, Tag};
use readout_text::ByteSpan;

use crate::acts::sides;
use crate::clause::gathering::{act_occasion, gathering_name};
use crate::clause::place::act_place;
use crate::clause::reading::Reading;
use crate::clause::time::act_time;
use crate::once::add_once;
use crate::words::{meetings, speech};

/// The most parts of a statement's content that are looked at.
const PARTS: usize = 32;
/// The most steps up the tree from the words for a scene (`speaking in Rome`) to the cue.
const STEPS_TO_CUE: usize = 3;
/// The most tokens of a cue among which its head is looked for.
const CUE_TOKENS: usize = 16;
/// The most steps up the tree from a word to the occasion that it is a part of.
const STEPS_TO_OCCASION: usize = 4;

/// The most tokens before and after a cue within which its occasion is looked for.
const REACH: u32 = 60;
/// The most steps up the tree from an occasion to its cue.
const CLIMB: usize = 10;
/// The most meetings before, and after, that are looked at.
const BACK: usize = 40;

/// The most earlier statements that are looked at for the occasion of one that goes on with them.
const NEAR: usize = 3;

/// Nouns for meetings of the speaker with those spoken to, and what sort they are.
static MEETINGS: [(&WordClass, Option<MeetingFormat>); 3] = [
    (&meetings::CONVERSATION, None),
    (&meetings::TALKS, Some(MeetingFormat::Talks)),
    (&meetings::CALL, Some(MeetingFormat::Call)),
];
/// Words before `conference` and `briefing` that show that reporters are told something.
const PRESS: &[&str] = &["news", "press"];
/// Prepositions that place what is said at an occasion; `after the meeting` is not at it.
const AT: &[&str] = &["at", "in", "during", "on", "over", "to", "throughout", "amid"];

/// Returns the occasion of each statement. A news conference, named summit or call that only the words beside a cue
/// name is added to `meetings`, which stay in the order of their predicates.
pub(crate) fn find(reading: &Reading<'_>, meetings: &mut Vec<(u32, Meeting)>) -> Vec<Option<RecordId>> {
    let mut finder = Finder {
        reading,
        by_head: meetings.iter().enumerate().map(|(number, (head, _))| (*head, number)).collect(),
        meetings,
    };
    let mut found: Vec<Option<RecordId>> =
        reading.statements.iter().map(|statement| finder.occasion(statement)).collect();
    // `he added`, and a quotation that stands alone: where the words before were said.
    for (at, this) in reading.statements.iter().enumerate().skip(1) {
        let (before, rest) = found.split_at_mut(at);
        let Some(slot) = rest.first_mut() else { break };
        let goes_on =
            this.cue.is_none() || finder.cue(this).is_some_and(|cue| reading.is(cue, &speech::GOING_ON));
        if slot.is_none() && goes_on {
            let mut before = before.iter().zip(reading.statements).rev().take(NEAR);
            let same = before.find(|(_, other)| other.speaker == this.speaker);
            *slot = same.and_then(|(occasion, _)| occasion.clone());
        }
    }
    meetings.sort_by_key(|(head, _)| *head);
    found
}

struct Finder<'r, 'a> {
    reading: &'r Reading<'a>,
    /// The number of the meeting with that predicate.
    by_head: BTreeMap<u32, usize>,
    meetings: &'r mut Vec<(u32, Meeting)>,
}

impl Finder<'_, '_> {
    fn occasion(&mut self, statement: &Statement) -> Option<RecordId> {
        let reading = self.reading;
        let cue = self.cue(statement)?;
        if statement.speaker.is_empty() {
            return None;
        }
        let content: Vec<ByteSpan> =
            statement.content.iter().take(PARTS).filter_map(|part| reading.offsets.to_bytes(*part)).collect();
        let sentence = reading.syntax.sentence_of(cue);
        let near = sentence.start.max(cue.saturating_sub(REACH))..sentence.end.min(cue + REACH);
        let free = |at: u32| {
            let span = reading.syntax.token(at).span;
            !content.iter().any(|part| part.overlaps(span))
        };
        let place = self.place_of_clause(cue);
        let named: Vec<u32> = near
            .clone()
            .filter(|&at| reading.syntax.token(at).pos != Pos::Verb && free(at))
            .filter(|&at| self.is_occasion(at) && (place == Some(at) || self.stands_with(at, cue)))
            .collect();
        let own = named.iter().find_map(|at| self.by_head.get(at)).and_then(|&number| self.id(number));
        own.or_else(|| named.iter().find_map(|&at| self.named(at, statement)))
            .or_else(|| self.companions(&near, cue, statement, &free))
    }

    fn meeting(&self, number: usize) -> Option<&Meeting> {
        self.meetings.get(number).map(|(_, meeting)| meeting)
    }

    fn id(&self, number: usize) -> Option<RecordId> {
        self.meeting(number).map(|meeting| meeting.evidence.id.clone())
    }

    /// Returns the token that carries the cue of `statement`: the head of the rest of its words.
    fn cue(&self, statement: &Statement) -> Option<u32> {
        let span = self.reading.offsets.to_bytes(statement.cue?)?;
        let tokens = self.reading.syntax.tokens_in(span);
        tokens
            .clone()
            .take(CUE_TOKENS)
            .find(|&at| self.reading.syntax.head(at).is_none_or(|head| !tokens.contains(&head)))
    }

    /// Whether the noun `at` is a meeting of the report, or names an occasion by itself.
    fn is_occasion(&self, at: u32) -> bool {
        self.by_head.contains_key(&at)
            || self.reading.syntax.token(at).pos == Pos::Noun && self.format(at).is_some()
            || self.gathering(at).is_some()
    }

    /// Returns the format of the occasion that the noun `at` names. The outer `None` is for a noun that names no
    /// occasion.
    fn format(&self, at: u32) -> Option<Option<MeetingFormat>> {
        if self.is_press(at) {
            return Some(Some(MeetingFormat::PressConference));
        }
        let reading = self.reading;
        MEETINGS.iter().find(|(nouns, _)| reading.is(at, *nouns)).map(|(_, format)| *format)
    }

    /// Whether `at` heads `news conference`, `press briefing`.
    fn is_press(&self, at: u32) -> bool {
        let reading = self.reading;
        reading.is(at, &["conference", "briefing"])
            && reading
                .children_by(at, &[Dep::Compound, Dep::Amod, Dep::Nmod])
                .any(|child| reading.is(child, PRESS))
    }

    /// The name of the gathering that the noun `at` heads, `G20 summit`.
    fn gathering(&self, at: u32) -> Option<String> {
        let word = self.reading.syntax.word(at).to_lowercase();
        // A body (`the National Assembly`) is nothing to speak at.
        let nobody = self.reading.named(at).is_empty();
        let known = meetings::OCCASION.has(&word) && nobody && !self.is_press(at);
        known.then(|| gathering_name(self.reading, at)).flatten()
    }

    /// Whether the phrase of the noun `at` says where or when the words of `cue` were used.
    fn stands_with(&self, at: u32, cue: u32) -> bool {
        let reading = self.reading;
        let mut below = at;
        for _ in 0..CLIMB {
            let Some(head) = reading.syntax.head(below) else { return false };
            // `told a news conference`
            let told = reading.dep(below) == Dep::Dobj && reading.is(head, &["tell", "address"]);
            if reading.dep(below) == Dep::Pobj && !reading.is(head, AT) && !self.leads_on(head) {
                return false;
            }
            if head == cue {
                return told
                    || !matches!(reading.dep(below), Dep::Dobj | Dep::Nsubj | Dep::Nsubjpass | Dep::Ccomp);
            }
            let passes = match reading.syntax.token(head).pos {
                Pos::Adp | Pos::Sconj | Pos::Adv => true,
                Pos::Verb | Pos::Aux => {
                    let scene = reading.is(head, &speech::SCENE)
                        && matches!(reading.dep(head), Dep::Advcl | Dep::Acl | Dep::Prep);
                    scene && (told || reading.dep(below) != Dep::Dobj)
                }
                _ => {
                    reading.is(head, &meetings::LEADING_TO_OCCASION)
                        || reading.dep(head) == Dep::Nsubj && reading.syntax.head(head) == Some(cue)
                }
            };
            if !passes {
                return false;
            }
            below = head;
        }
        false
    }

    /// Whether `preposition` is the `of` of `on the sidelines of`.
    fn leads_on(&self, preposition: u32) -> bool {
        let reading = self.reading;
        reading.is(preposition, &["of"])
            && reading
                .syntax
                .head(preposition)
                .is_some_and(|noun| reading.is(noun, &meetings::LEADING_TO_OCCASION))
    }

    /// The noun of the occasion that the clause of `cue` describes: `at a meeting in Oslo, where she said`.
    fn place_of_clause(&self, cue: u32) -> Option<u32> {
        let reading = self.reading;
        let mut at = reading.antecedent(cue)?;
        let there = reading.children_by(cue, &[Dep::Advmod]).any(|word| reading.is(word, &["where", "when"]))
            || reading.children_by(cue, &[Dep::Prep]).any(|prep| {
                reading.is(prep, &["at", "in", "during"])
                    && reading.child(prep, Dep::Pobj).is_some_and(|it| reading.tag(it) == Tag::Wdt)
            });
        if !there {
            return None;
        }
        for _ in 0..STEPS_TO_OCCASION {
            if self.is_occasion(at) {
                return Some(at);
            }
            // `a meeting in Oslo, where`: the parser hangs the clause on the nearer noun.
            at = reading.syntax.head(at).filter(|&head| {
                matches!(reading.syntax.token(head).pos, Pos::Adp | Pos::Noun | Pos::Propn)
            })?;
        }
        None
    }

    /// The occasion that the noun `at` names and that has no record of its own: an earlier one, or a new one.
    fn named(&mut self, at: u32, statement: &Statement) -> Option<RecordId> {
        let reading = self.reading;
        let gathering = self.gathering(at);
        let press = self.is_press(at);
        let mut people = statement.speaker.clone();
        let companions = reading.after(at, &["with", "alongside"]);
        for actor in companions.iter().flat_map(|&head| sides::actors(reading, head)) {
            add_once(&mut people, [actor]);
        }
        if !press && gathering.is_none() {
            for actor in &statement.addressee {
                add_once(&mut people, [actor.clone()]);
            }
        }
        let definite = reading.children_by(at, &[Dep::Det, Dep::Poss]).any(|word| {
            reading.is(word, &["the", "that", "those", "this", "their", "his", "her", "its", "our", "my"])
        });
        let format = match gathering {
            Some(_) => (!reading.is(at, &["meeting", "session"])).then_some(MeetingFormat::Summit),
            None => self.format(at)?,
        };
        let same = |meeting: &Meeting| match (&gathering, press) {
            (Some(name), _) => {
                meeting.evidence.rule == rule!("occasion.named") && meeting.occasion.as_ref() == Some(name)
            }
            (None, true) => meeting.format == format && holds(&meeting.participants, &people),
            (None, false) => {
                definite
                    && meeting.format != Some(MeetingFormat::PressConference)
                    && holds(&meeting.participants, &people)
                    && meeting.participants.len() > 1
                    && matches!(meeting.factuality, Factuality::Happened | Factuality::Ongoing)
            }
        };
        let mut before = self.by_head.range(..at).rev().take(BACK).map(|(_, &number)| number);
        if let Some(number) = before.find(|&number| self.meeting(number).is_some_and(&same)) {
            if let Some((_, meeting)) = self.meetings.get_mut(number).filter(|_| gathering.is_some()) {
                add_once(&mut meeting.participants, people);
            }
            return self.id(number);
        }
        // Words before an audience are no meeting: it takes two, or a gathering.
        let known = people.iter().filter(|actor| !actor.is_unnamed()).count();
        let met = gathering.is_some() && !people.is_empty() || known > 1;
        if statement.negated || !met {
            return None;
        }
        let span = reading.trimmed(reading.syntax.subtree(at));
        let rule = if press { rule!("occasion.press") } else { rule!("occasion.named") };
        let place = act_place(reading, at).or_else(|| {
            reading
                .syntax
                .head(at)
                .filter(|_| reading.dep(at) == Dep::Dobj)
                .and_then(|verb| act_place(reading, verb))
        });
        let meeting = Meeting {
            evidence: reading.evidence("meeting", "", span, rule, 0.7),
            code: Some(PloverCode::Consult),
            format: format.or((gathering.is_none() && people.len() == 2).then_some(MeetingFormat::Bilateral)),
            occasion: gathering.or_else(|| act_occasion(reading, at)),
            time: act_time(reading, at, span).or_else(|| statement.time.clone()),
            place,
            factuality: Factuality::Happened,
            reported_by: reading.reported_by(at),
            participants: people,
            ..Meeting::default()
        };
        let id = meeting.evidence.id.clone();
        self.by_head.insert(at, self.meetings.len());
        self.meetings.push((at, meeting));
        Some(id)
    }

    /// The meeting of the speaker with those that he appears beside: `said while appearing with the premier`.
    fn companions(
        &self,
        near: &Range<u32>,
        cue: u32,
        statement: &Statement,
        free: &dyn Fn(u32) -> bool,
    ) -> Option<RecordId> {
        let reading = self.reading;
        let scene = near.clone().find(|&at| {
            reading.syntax.token(at).pos == Pos::Verb
                && reading.is(at, &["appear", "speak", "stand", "sit"])
                && matches!(reading.tag(at), Tag::Vbg | Tag::Vbn)
                && free(at)
                && reading.syntax.ancestors(at).take(STEPS_TO_CUE).any(|above| above == cue)
        })?;
        let mut people = statement.speaker.clone();
        let own = people.len();
        for actor in reading
            .after(scene, &["with", "alongside", "beside"])
            .iter()
            .flat_map(|&head| sides::actors(reading, head))
        {
            add_once(&mut people, [actor]);
        }
        if people.len() == own {
            return None;
        }
        let near = self.by_head.range(..scene).rev().take(BACK).chain(self.by_head.range(scene..).take(BACK));
        near.filter(|&(_, &number)| {
            self.meeting(number).is_some_and(|meeting| {
                holds(&meeting.participants, &people)
                    && matches!(meeting.factuality, Factuality::Happened | Factuality::Ongoing)
            })
        })
        .min_by_key(|&(&head, _)| head.abs_diff(scene))
        .and_then(|(_, &number)| self.id(number))
    }
}

/// Whether all of `some` are among `all`.
fn holds(all: &[ActorId], some: &[ActorId]) -> bool {
    some.iter().all(|actor| all.contains(actor))
}
