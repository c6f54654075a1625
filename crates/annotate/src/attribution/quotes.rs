//! The first channel: quotations, and the cues that stand before, between and after them.
//!
//! Quotations are units: what the parser makes of the words inside does not matter here. A quotation belongs to the
//! cue right before it, or right after it; one without a cue goes on with the one before it in its paragraph, or with
//! the one that its paragraph's opening mark takes up.

use std::ops::Range;

use readout_syntax::{Dep, Pos};
use readout_text::ByteSpan;

use super::lexicon::Frames;
use super::quoted::{Quoted, quotations_in};
use super::work::{Cue, Work};

/// The most tokens of blanks and line breaks before a quotation.
const BLANKS: usize = 3;
/// The number of quotations back among which the one that a paragraph goes on with is looked for.
const QUOTATIONS_BACK: usize = 8;

/// The most tokens that lead into a quotation.
const MAX_LEAD: usize = 64;

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

    /// Returns the start of the words that lead in to token `start`, if the paragraph before it ends in a colon: `She
    /// went on:` and a block of its own. They start with that paragraph, or after its last quotation.
    fn lead_in(&self, start: u32) -> Option<u32> {
        let last = (0..start).rev().take(BLANKS + 1).find(|&token| self.reader.pos(token) != Pos::Space)?;
        (self.reader.syntax.word(last) == ":").then(|| {
            let before = self.reader.paragraph_of(last);
            let quoted = (before.start..last).rev().find(|&token| self.reader.quotation_of(token).is_some());
            quoted.map_or(before.start, |quoted| quoted + 1)
        })
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

    /// Joins a quotation that takes up the one that the paragraph before left open.
    fn take_up(&mut self, quoted: &[Quoted]) {
        let Some(first) = quoted.first() else { return };
        if !self.reader.quotations[first.number as usize].continues || first.number == 0 {
            return;
        }
        let before = (0..first.number).rev().take(QUOTATIONS_BACK).find(|&number| {
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
