//! The first channel: quotations, and the cues that stand before, between and after them.
//!
//! Quotations are units: what the parser makes of the words inside does not matter here. A quotation belongs to the
//! cue right before it, or right after it; one without a cue goes on with the one before it in its paragraph, or with
//! the one that its paragraph's opening mark takes up.

use std::ops::Range;

use readout_syntax::{Dep, Pos, Tag};
use readout_text::ByteSpan;

use super::lexicon::{Frames, LEXICON, Sense, sense};
use super::reader::{Reader, Subject};
use super::words;
use super::work::{Cue, UNKNOWN, Work};

/// The most tokens between a quotation and its cue.
const REACH: u32 = 32;
/// The most tokens that lead into a quotation.
const MAX_LEAD: usize = 64;

/// A quotation with its surroundings.
#[derive(Clone, Debug)]
pub(crate) struct Quoted {
    /// Its number among the text's quotations.
    pub(crate) number: u32,
    pub(crate) tokens: Range<u32>,
    /// Whether it starts a sentence or follows a mark.
    pub(crate) free: bool,
    /// The last letter inside the marks that is no blank.
    pub(crate) last: Option<char>,
}

/// Returns the quotations of the paragraph `tokens` that are not within another one.
pub(crate) fn quotations_in(reader: &Reader<'_>, tokens: &Range<u32>) -> Vec<Quoted> {
    let syntax = reader.syntax;
    let bytes = syntax.span(tokens.clone());
    let from = reader.quotations.partition_point(|quotation| quotation.span.start < bytes.start);
    reader.quotations[from..]
        .iter()
        .enumerate()
        .take_while(|(_, quotation)| quotation.span.start < bytes.end)
        .filter(|(_, quotation)| quotation.within.is_none())
        .map(|(at, quotation)| {
            let range = syntax.tokens_in(quotation.span);
            let free = range.start <= tokens.start || reader.is_mark(range.start - 1);
            let last = quotation.inner.slice(syntax.text()).trim_end().chars().next_back();
            Quoted { number: (from + at) as u32, tokens: range, free, last }
        })
        .collect()
}

impl Work<'_> {
    /// Gives quotations with a cue to their speakers.
    pub(crate) fn read_quotations(&mut self) {
        for paragraph in 0..self.reader.paragraphs.len() {
            let tokens = self.reader.paragraphs[paragraph].clone();
            let quoted = quotations_in(&self.reader, &tokens);
            for at in 0..quoted.len() {
                self.read_quotation(&quoted, at, &tokens);
            }
            self.take_up(&quoted);
        }
    }

    fn span_of(&self, quoted: &Quoted) -> ByteSpan {
        self.reader.quotations[quoted.number as usize].span
    }

    /// Returns the start of the words that lead in to token `start`, if the paragraph before it ends in a colon: `She
    /// went on:` and a block of its own. They start with that paragraph, or after its last quotation.
    fn lead_in(&self, start: u32) -> Option<u32> {
        let last = (0..start).rev().take(4).find(|&token| self.reader.pos(token) != Pos::Space)?;
        (self.reader.syntax.word(last) == ":").then(|| {
            let before = self.reader.paragraph_of(last);
            let quoted = (before.start..last).rev().find(|&token| self.reader.quotation_of(token).is_some());
            quoted.map_or(before.start, |quoted| quoted + 1)
        })
    }

    /// Makes `quoted` content of the attribution number `owner`.
    pub(crate) fn give(&mut self, quoted: &Quoted, owner: u32) {
        let span = self.span_of(quoted);
        self.owner[quoted.number as usize] = Some(owner);
        if let Some(attribution) = self.found.get_mut(owner as usize) {
            let at = attribution.content.partition_point(|part| part.start < span.start);
            attribution.content.insert(at, span);
        }
    }

    fn read_quotation(&mut self, quoted: &[Quoted], at: usize, paragraph: &Range<u32>) {
        let this = &quoted[at];
        let mut from = at.checked_sub(1).map_or(paragraph.start, |before| quoted[before].tokens.end);
        if at == 0 && this.tokens.start <= paragraph.start {
            from = self.lead_in(paragraph.start).unwrap_or(from);
        }
        let to = quoted.get(at + 1).map_or(paragraph.end, |next| next.tokens.start);
        let (before, strong) = self.cue_before(this, from);
        let tail = self.is_tail(this);
        let after = if this.free || tail { self.cue_after(this, to) } else { None };
        let mut repeated = None;
        let cue = match (before, after) {
            (Some(before), after) if strong => {
                // `Asked about it, she said: “…”, she told the committee.`
                repeated = after.map(|after| after.head);
                Some(before)
            }
            (_, Some(after)) => Some(after),
            (before, None) => before,
        };
        let Some(cue) = cue else {
            if at > 0
                && !self.is_repeat(this.number)
                && let Some(owner) = self.owner[quoted[at - 1].number as usize]
                && self.goes_on(&quoted[at - 1], this, owner)
            {
                self.give(this, owner);
            }
            return;
        };
        let known = self.is_cue[cue.head]
            .then(|| self.found.iter().rposition(|attribution| attribution.cue_head == Some(cue.head)))
            .flatten();
        let owner = match known {
            Some(owner) => owner as u32,
            None => {
                let mut clause = self.before_quotation(&cue, this);
                if clause.is_empty() {
                    clause = self.lead_of(&cue, this, from);
                }
                let owner = self.add(&cue, clause);
                self.quoted_by(cue.head, owner);
                owner
            }
        };
        self.give(this, owner);
        if let Some(repeated) = repeated {
            self.is_cue[repeated] = true;
            let (addressees, medium) = self.circumstances(repeated, &[]);
            if let Some(attribution) = self.found.get_mut(owner as usize) {
                attribution.addressees.extend(addressees);
                attribution.medium = attribution.medium.or(medium);
            }
        }
        // Quotations right before this one that had nobody: `“No.” “Never,” she said.`
        let mut earlier = at;
        while earlier > 0 {
            let previous = &quoted[earlier - 1];
            let gap = previous.tokens.end..quoted[earlier].tokens.start;
            if self.owner[previous.number as usize].is_some()
                || !previous.free
                || gap.clone().any(|token| !self.reader.is_mark(token))
                || !matches!(previous.last, Some('.' | '?' | '!'))
            {
                break;
            }
            self.give(previous, owner);
            earlier -= 1;
        }
    }

    /// `…, Reuters quoted an official as saying`: who is quoted speaks, who quotes passes it on.
    fn quoted_by(&mut self, cue: u32, owner: u32) {
        let reader = &self.reader;
        if !matches!(reader.syntax.lemma(cue), "quote" | "cite") || reader.is_passive(cue) {
            return;
        }
        let Some(speaker) = reader.child(cue, Dep::Dobj).filter(|&object| self.may_speak(object)) else {
            return;
        };
        let span = reader.syntax.span(reader.source_tokens(speaker, Some(cue)));
        if let Some(attribution) = self.found.get_mut(owner as usize) {
            attribution.via.extend(attribution.source_head);
            attribution.source = Some(span);
            attribution.source_head = Some(speaker);
            attribution.act = "say";
        }
    }

    /// Returns the content of the cue `by` between the cue and the quotation `quoted`: the thing that it calls so
    /// (`called the plan “mad”`), or the clause before a colon (`She said he lied: “He knew.”`).
    fn before_quotation(&self, by: &Cue, quoted: &Quoted) -> Vec<ByteSpan> {
        let reader = &self.reader;
        let cue = by.head;
        if cue < quoted.tokens.start
            && by.sense.frames.has(Frames::AS.with(Frames::NP_AS))
            && !self.after_colon(quoted)
        {
            return self.parts(cue + 1..quoted.tokens.start, &(cue..cue + 1));
        }
        if cue >= quoted.tokens.start || !self.after_colon(quoted) {
            return Vec::new();
        }
        let clause = reader.children(cue).iter().copied().find(|&child| {
            reader.dep(child) == Dep::Ccomp
                && child > cue
                && child < quoted.tokens.start
                && reader.is_finite_clause(child)
        });
        let Some(clause) = clause else { return Vec::new() };
        let subtree = reader.syntax.subtree(clause);
        self.parts(subtree.start.max(cue + 1)..subtree.end.min(quoted.tokens.start), &(cue..cue + 1))
    }

    /// Whether the quotation `quoted` ends a sentence that its reporter began: `The truce “cannot hold,” she said.`
    fn is_tail(&self, quoted: &Quoted) -> bool {
        let inner = self.reader.quotations[quoted.number as usize].inner.slice(self.reader.syntax.text());
        let small = inner.trim_start().starts_with(char::is_lowercase);
        small && quoted.last == Some(',')
    }

    /// The words that lead into the quotation `quoted` and are as much its speaker's: `Since May, “there has been
    /// peace,” he said`, `The two, he said, “will talk”`.
    fn lead_of(&self, by: &Cue, quoted: &Quoted, from: u32) -> Vec<ByteSpan> {
        let reader = &self.reader;
        let inner = reader.quotations[quoted.number as usize].inner.slice(reader.syntax.text());
        if !inner.trim_start().starts_with(char::is_lowercase) {
            return Vec::new();
        }
        let start = quoted.tokens.start;
        let first = (from..start).rev().take(MAX_LEAD).take_while(|&token| !reader.is_stop(token)).last();
        let Some(mut first) = first else { return Vec::new() };
        let mut end = start;
        if by.head < start {
            // Split by its cue: only what lacks a verb of its own goes on in the quotation.
            let group = reader.group(by.head, &[]);
            let set_off = group.start > first && reader.syntax.word(group.start - 1) == ",";
            if !set_off || (first..group.start).any(|token| reader.tag(token).is_finite()) {
                return Vec::new();
            }
            end = group.start;
        }
        if let Some(mark) = (first..end)
            .rev()
            .find(|&token| matches!(reader.syntax.word(token), ":" | ";" | "—" | "--" | "–"))
        {
            first = mark + 1;
        }
        if (first..end).any(|token| self.is_cue[token]) {
            return Vec::new();
        }
        self.parts(first..end, &(by.head..by.head + 1))
    }

    fn after_colon(&self, quoted: &Quoted) -> bool {
        (0..quoted.tokens.start)
            .rev()
            .take(4)
            .find(|&token| self.reader.pos(token) != Pos::Space)
            .is_some_and(|token| self.reader.syntax.word(token) == ":")
    }

    /// Whether `this`, which has no cue, goes on with `previous`, which belongs to the attribution `owner`.
    fn goes_on(&self, previous: &Quoted, this: &Quoted, owner: u32) -> bool {
        let reader = &self.reader;
        let gap = previous.tokens.end..this.tokens.start;
        let cue = self.found.get(owner as usize).and_then(|attribution| attribution.cue_head);
        // What stands between besides the cue's own clause.
        let mut start = gap.start;
        if let Some(cue) = cue.filter(|cue| gap.contains(cue)) {
            start = reader.group(cue, &[]).end.max(cue + 1);
            // To the end of the cue's sentence, if that comes before the quotation.
            if let Some(stop) = (start..gap.end).find(|&token| reader.is_stop(token)) {
                let between = (start..stop).filter(|&token| reader.tag(token).is_finite()).count();
                if between > 0 && (start..stop).any(|token| reader.pos(token) == Pos::Cconj) {
                    return false;
                }
                start = stop + 1;
            } else if !this.free {
                return false;
            } else {
                // Split by its cue: `“We,” she said after the vote, “will go.”`
                return (start..gap.end)
                    .all(|token| !reader.tag(token).is_finite() || !self.may_quote(token));
            }
        }
        let rest: Vec<u32> = (start..gap.end.max(start)).filter(|&token| !reader.is_mark(token)).collect();
        rest.len() <= 2
            && rest
                .iter()
                .all(|&token| matches!(reader.pos(token), Pos::Adv | Pos::Cconj | Pos::Sconj | Pos::Intj))
            && (this.free || !rest.is_empty())
    }

    fn may_quote(&self, at: u32) -> bool {
        self.quoting_sense(at).is_some()
    }

    /// The sense in which the verb `at` leads quotations.
    fn quoting_sense(&self, at: u32) -> Option<Sense> {
        sense(&LEXICON.verbs, &self.lemma_with_particle(at), Frames::QUOTE)
            .or_else(|| sense(&LEXICON.verbs, self.reader.syntax.lemma(at), Frames::QUOTE))
    }

    /// The cue before `this`, no earlier than token `from`, and whether nothing but a mark is between.
    fn cue_before(&self, this: &Quoted, from: u32) -> (Option<Cue>, bool) {
        let reader = &self.reader;
        let colon = self.after_colon(this);
        let start = this.tokens.start;
        let mut finite_between = false;
        let mut words = 0u32;
        for at in (from.max(start.saturating_sub(REACH))..start).rev() {
            if reader.is_stop(at) && words > 0 {
                break;
            }
            if reader.is_stop(at) {
                return (None, false);
            }
            if reader.is_mark(at) {
                continue;
            }
            // `suspected “attacks”`: a participle before its noun quotes nobody.
            let verb = reader.pos(at) == Pos::Verb && reader.dep(at) != Dep::Amod;
            if verb || (reader.pos(at) == Pos::Aux && self.may_quote(at)) {
                let known = self.quoting_sense(at);
                let attached = words == 0 || self.belongs_to(at + 1..start, at);
                if let Some(sense) = known
                    && (colon || !finite_between)
                    && !self.is_title_after(this, at, colon)
                    && (sense.frames.has(Frames::THAT) || !self.has_clause_before(at, start))
                    && (this.free || (attached && self.is_whole(this) && self.may_follow(sense, start)))
                    && (colon || attached || words <= 12)
                {
                    let subject = match self.subject_of(at) {
                        Subject::Unknown => self.nearby_subject(at, from),
                        subject => subject,
                    };
                    // `Reported by “Today”`: a participle without a subject quotes nobody.
                    if subject != Subject::Unknown {
                        let certainty = if colon || words == 0 { 0.97 } else { 0.93 };
                        let cue = Cue { head: at, sense, subject, rule: "quote.cue-before", certainty };
                        return (Some(cue), colon || words == 0);
                    }
                }
                if words == 0 && known.is_none() && this.free && colon {
                    break;
                }
                finite_between |= reader.tag(at).is_finite()
                    && !matches!(reader.dep(at), Dep::Relcl | Dep::Acl | Dep::Advcl);
            } else if reader.pos(at) == Pos::Aux {
                finite_between |= reader.tag(at).is_finite();
            }
            words += 1;
        }
        if colon && this.free { (self.colon_cue(this, from), true) } else { (None, false) }
    }

    /// Whether `this`, to which the verb `at` leads, is the title of a work, all of whose words have capitals: `wrote a
    /// novel, “The Long Road”`.
    fn is_title_after(&self, this: &Quoted, at: u32, colon: bool) -> bool {
        let reader = &self.reader;
        let work = reader.is(at, &words::TITLE_VERB)
            || reader.children(at).iter().any(|&child| {
                child > at
                    && child < this.tokens.start
                    && reader.dep(child) == Dep::Dobj
                    && !reader.is(child, &words::SPOKEN_OBJECT)
                    && !reader.is_people(child)
            });
        work && !colon && self.is_title(this)
    }

    /// Whether the verb `at` has a clause of its own before token `to`: `begins to show: “…”`.
    fn has_clause_before(&self, at: u32, to: u32) -> bool {
        let reader = &self.reader;
        reader
            .children(at)
            .iter()
            .any(|&child| child > at && child < to && matches!(reader.dep(child), Dep::Xcomp | Dep::Ccomp))
    }

    /// Whether all words of `tokens` hang on `verb` as something else than its clause.
    fn belongs_to(&self, tokens: Range<u32>, verb: u32) -> bool {
        let reader = &self.reader;
        tokens.into_iter().filter(|&token| !reader.is_mark(token)).all(|token| {
            reader.branch(token, verb).is_some_and(|branch| {
                matches!(
                    reader.dep(branch),
                    Dep::Dobj
                        | Dep::Dative
                        | Dep::Prep
                        | Dep::Npadvmod
                        | Dep::Advmod
                        | Dep::Prt
                        | Dep::Nsubj
                        | Dep::Agent
                )
            })
        })
    }

    /// Whether a quotation at token `start`, inside a sentence, may be what a cue of the sense `sense` leads: not a
    /// part of a phrase (`said the “old” rules`), but for verbs that call somebody something.
    fn may_follow(&self, sense: Sense, start: u32) -> bool {
        let phrase = matches!(
            self.reader.pos(start.saturating_sub(1)),
            Pos::Adp | Pos::Det | Pos::Adj | Pos::Cconj | Pos::Num | Pos::Sconj
        );
        !phrase || sense.frames.has(Frames::AS.with(Frames::NP_AS))
    }

    /// Whether a quotation inside a sentence is all that is said: `She said “we will not go.”`
    fn is_whole(&self, this: &Quoted) -> bool {
        let next = this.tokens.end;
        let ends = next >= self.reader.syntax.len()
            || self.reader.is_stop(next)
            || matches!(self.reader.syntax.word(next), "," | ";" | ")")
            || self.reader.pos(next) == Pos::Space;
        let words = this.tokens.clone().filter(|&token| !self.reader.is_mark(token)).count();
        (ends || matches!(this.last, Some('.' | ',' | '?' | '!'))) && words >= 2
    }

    /// A colon without a verb of speech before it: the subject of its sentence, or the name alone, says it.
    fn colon_cue(&self, this: &Quoted, from: u32) -> Option<Cue> {
        let reader = &self.reader;
        let colon = (from..this.tokens.start).rev().find(|&token| reader.syntax.word(token) == ":")?;
        let sentence = reader.syntax.sentence_of(colon.checked_sub(1)?);
        let verb = (sentence.start.max(from)..colon).find(|&token| {
            matches!(reader.pos(token), Pos::Verb | Pos::Aux)
                && reader.is_finite_clause(token)
                && reader.own_subject(token).is_some_and(|subject| {
                    matches!(reader.dep(subject), Dep::Nsubj)
                        && self.may_speak(subject)
                        && reader.is_people(subject)
                })
        })?;
        let subject = reader.source_of(verb);
        if !matches!(subject, Subject::Head(_)) {
            return None;
        }
        Some(Cue { head: verb, sense: UNKNOWN, subject, rule: "quote.colon", certainty: 0.7 })
    }

    /// Whether the phrase headed by `at` may be somebody who speaks.
    pub(crate) fn may_speak(&self, at: u32) -> bool {
        use readout_syntax::EntityLabel as Label;
        let reader = &self.reader;
        match reader.pos(at) {
            Pos::Propn => true,
            Pos::Pron => {
                matches!(
                    reader.syntax.word(at).to_ascii_lowercase().as_str(),
                    "he" | "she" | "they" | "we" | "i" | "who" | "one" | "others" | "some" | "many"
                )
            }
            Pos::Noun => reader.syntax.entity_at(at).is_none_or(|entity| {
                matches!(entity.label, Label::Person | Label::Org | Label::Gpe | Label::Norp)
            }),
            _ => false,
        }
    }

    /// The cue after `this`, before token `to`.
    fn cue_after(&self, this: &Quoted, to: u32) -> Option<Cue> {
        let reader = &self.reader;
        let syntax = reader.syntax;
        let mut start = this.tokens.end;
        let mut comma = this.last == Some(',');
        while start < to && reader.is_mark(start) {
            if reader.is_stop(start) || syntax.word(start) == ";" {
                return None;
            }
            comma |= syntax.word(start) == ",";
            start += 1;
        }
        if start >= to || matches!(syntax.word(start), "and" | "but" | "while" | "And" | "But" | "or") {
            return None;
        }
        let dash = syntax.word(start - 1).starts_with(['-', '—', '–', '―']) && start > this.tokens.end;
        if dash
            && let Subject::Head(head) = self.phrase_head(start, start, to)
            && reader.pos(head) == Pos::Propn
            && (reader.syntax.subtree(head).end..to).all(|token| reader.is_mark(token))
        {
            // `“…” — Jane Doe`
            let subject = Subject::Head(head);
            return Some(Cue {
                head: start - 1,
                sense: UNKNOWN,
                subject,
                rule: "quote.dash",
                certainty: 0.85,
            });
        }
        let ended = this.last == Some('.') && !comma;
        let limit = to.min(start + REACH);
        if syntax.word(start) == "according"
            && let Some(object) = reader.child(start, Dep::Prep).and_then(|to| reader.child(to, Dep::Pobj))
        {
            return Some(Cue {
                head: start,
                sense: UNKNOWN,
                subject: Subject::Head(object),
                rule: "quote.according",
                certainty: 0.95,
            });
        }
        for at in start..limit {
            if reader.is_stop(at) || reader.quotation_of(at).is_some() {
                break;
            }
            let verbal = reader.pos(at) == Pos::Verb || (reader.pos(at) == Pos::Aux && self.may_quote(at));
            if !verbal {
                // `“…,” he will say`: auxiliaries do not end the search; a plain copula does.
                if reader.pos(at) == Pos::Aux
                    && matches!(reader.dep(at), Dep::Root | Dep::Ccomp | Dep::Parataxis)
                {
                    return None;
                }
                continue;
            }
            let sense = self.quoting_sense(at);
            let finite = reader.is_finite_clause(at) || reader.tag(at) == Tag::Vbn;
            let inside = match reader.dep(at) {
                Dep::Relcl | Dep::Amod | Dep::Compound => true,
                Dep::Acl => reader.tag(at) == Tag::Vbg || sense.is_none(),
                _ => false,
            };
            if inside && at > start {
                // A verb inside the speaker's phrase: `the senator, who runs …, said`.
                continue;
            }
            let own = reader.own_subject(at).filter(|&subject| subject >= start && subject < to);
            // The verb opens the stretch: `said the envoy`; else its subject stands before it.
            let inverted =
                (start..at).all(|token| matches!(reader.pos(token), Pos::Adv | Pos::Aux | Pos::Punct));
            let subject = match own {
                Some(subject) if inverted || subject < at => Subject::Head(subject),
                None if inverted => self.phrase_after(at, to),
                _ => self.nearby_subject(at, start),
            };
            let Subject::Head(head) = subject else {
                if reader.tag(at).is_finite() {
                    return None;
                }
                continue;
            };
            if !finite {
                continue;
            }
            // The subject opens the stretch, but for an adverb or `as`.
            let opens = syntax.token(head).left_edge <= start + 2 || at <= start + 2;
            // `“…,” if they were taxed`: a circumstance, no cue.
            let circumstance = reader.is_passive(at)
                || reader.children(at).iter().any(|&child| {
                    reader.dep(child) == Dep::Mark && !syntax.word(child).eq_ignore_ascii_case("as")
                });
            let unknown_allowed =
                comma && !circumstance && !matches!(syntax.lemma(at), "be" | "have" | "do" | "get");
            let has_clause = reader.children(at).iter().any(|&child| {
                child > at && child < to && matches!(reader.dep(child), Dep::Ccomp | Dep::Dobj | Dep::Xcomp)
            });
            // `“The Long Road.” She sang “Blue Moon.”`: the verb has a quotation of its own.
            let own = ended && to < syntax.len() && reader.quotation_of(to).is_some() && to <= at + 2;
            if !opens
                || own
                || !(sense.is_some() || (unknown_allowed && !has_clause))
                || (ended && (has_clause || sense.is_none() || !self.stops_soon(at)))
            {
                return None;
            }
            let certainty = if sense.is_some() { 0.97 } else { 0.8 };
            return Some(Cue {
                head: at,
                sense: sense.unwrap_or(UNKNOWN),
                subject,
                rule: "quote.cue-after",
                certainty,
            });
        }
        None
    }

    /// Whether the sentence ends within a few words of the verb `at`.
    fn stops_soon(&self, at: u32) -> bool {
        (at + 1..(at + 8).min(self.reader.syntax.len())).any(|token| self.reader.is_stop(token))
    }

    /// The noun phrase right after the verb `at`: `said the old king`.
    fn phrase_after(&self, at: u32, to: u32) -> Subject {
        let reader = &self.reader;
        let Some(first) =
            (at + 1..to.min(at + 4)).find(|&token| !matches!(reader.pos(token), Pos::Adv | Pos::Space))
        else {
            return Subject::Unknown;
        };
        self.phrase_head(first, at + 1, to)
    }

    /// Returns the noun phrase before the verb `at`, for a verb without a subject in the tree.
    fn nearby_subject(&self, at: u32, from: u32) -> Subject {
        let reader = &self.reader;
        let last = (from..at)
            .rev()
            .take(6)
            .find(|&token| !matches!(reader.pos(token), Pos::Adv | Pos::Aux | Pos::Space | Pos::Punct));
        last.map_or(Subject::Unknown, |last| self.phrase_head(last, from, at))
    }

    /// The head of the noun phrase around token `at`, within `from..to`.
    fn phrase_head(&self, at: u32, from: u32, to: u32) -> Subject {
        let reader = &self.reader;
        if !matches!(reader.pos(at), Pos::Noun | Pos::Propn | Pos::Pron | Pos::Det | Pos::Adj | Pos::Num) {
            return Subject::Unknown;
        }
        let mut head = at;
        for _ in 0..8 {
            match reader.syntax.head(head) {
                Some(above)
                    if (from..to).contains(&above)
                        && matches!(reader.pos(above), Pos::Noun | Pos::Propn | Pos::Pron | Pos::Adp) =>
                {
                    head = above;
                }
                _ => break,
            }
        }
        if matches!(reader.dep(head), Dep::Dobj | Dep::Pobj)
            && let Some(clause) =
                reader.syntax.ancestors(head).take(6).find(|&above| reader.dep(above) == Dep::Relcl)
            && let Some(described) =
                reader.syntax.head(clause).filter(|described| (from..to).contains(described))
        {
            // `an official who spoke of the plan said`: the one described, not the plan.
            head = described;
        }
        if matches!(reader.pos(head), Pos::Noun | Pos::Propn | Pos::Pron) && self.may_speak(head) {
            Subject::Head(head)
        } else {
            Subject::Unknown
        }
    }

    /// Joins a quotation that takes up the one that the paragraph before left open.
    fn take_up(&mut self, quoted: &[Quoted]) {
        let Some(first) = quoted.first() else { return };
        if !self.reader.quotations[first.number as usize].continues || first.number == 0 {
            return;
        }
        let before = (0..first.number).rev().take(8).find(|&number| {
            let quotation = &self.reader.quotations[number as usize];
            quotation.within.is_none() && !quotation.closed
        });
        let Some(before) = before else { return };
        match (self.owner[before as usize], self.owner[first.number as usize]) {
            (Some(owner), None) => self.give(first, owner),
            (None, Some(owner)) => {
                let tokens = self.reader.syntax.tokens_in(self.reader.quotations[before as usize].span);
                let earlier = Quoted { number: before, tokens, free: true, last: None };
                self.give(&earlier, owner);
            }
            _ => {}
        }
    }
}
