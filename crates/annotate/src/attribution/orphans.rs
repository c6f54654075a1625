//! What remains: quotations without a cue of their own, contents that run on into quotations, and the tree of
//! attributions that stand in the content of others.

use readout_lexicon::rule;
use readout_syntax::{Dep, Pos};
use readout_text::ByteSpan;

use super::Attribution;
use super::quoted::{Quoted, quotations_in};
use super::work::Work;

/// The most attributions around one another that are looked at; deeper nesting occurs only in hostile text.
const MAX_DEPTH: usize = 64;
/// The most marks between a sentence and the quotation that goes on with it.
const MAX_GAP: usize = 16;

impl Work<'_> {
    /// Gives quotations that no cue claims to the speaker of the sentence or paragraph before.
    pub(crate) fn read_orphans(&mut self) {
        self.complete_quotations();
        self.drop_repeats();
        set_parents(&mut self.found);
        let claimed = self.claimed();
        // The last attribution of a paragraph before byte `start`, by the order of their cues.
        let mut by_cue: Vec<(u32, u32)> = self
            .found
            .iter()
            .enumerate()
            .filter(|(_, attribution)| attribution.source.is_some())
            .filter_map(|(number, attribution)| Some((attribution.cue_head?, number as u32)))
            .collect();
        by_cue.sort_unstable();
        for paragraph in 0..self.reader.paragraphs.len() {
            let tokens = self.reader.paragraphs[paragraph].clone();
            let quoted = quotations_in(&self.reader, &tokens);
            for (at, this) in quoted.iter().enumerate() {
                if self.owner[this.number as usize].is_some()
                    || claimed[this.number as usize]
                    || !self.is_sentence(this)
                {
                    continue;
                }
                // In the same paragraph: the cue of the sentence before.
                let cues = by_cue.partition_point(|(cue, _)| *cue < this.tokens.start);
                let last =
                    cues.checked_sub(1).map(|last| by_cue[last]).filter(|(cue, _)| *cue >= tokens.start);
                if let Some((cue, number)) = last {
                    let sentence = self.reader.syntax.sentence_of(cue);
                    let mut between = sentence.end.min(this.tokens.start)..this.tokens.start;
                    if between.len() > MAX_GAP || between.any(|token| !self.reader.is_mark(token)) {
                        continue;
                    }
                    let first = by_cue
                        .partition_point(|(cue, _)| *cue < sentence.start)
                        .max(cues.saturating_sub(MAX_DEPTH));
                    let number = by_cue[first..cues]
                        .iter()
                        .map(|(_, number)| *number)
                        .find(|&number| self.found[number as usize].rule.as_str().starts_with("quote"))
                        .or_else(|| by_cue[first..cues].first().map(|(_, number)| *number))
                        .unwrap_or(number);
                    let owner = self.outermost(number);
                    // Two people do not speak the same words: no good reason to name both.
                    if !self.found[owner as usize].rule.as_str().starts_with("quote")
                        && self.is_several(owner)
                    {
                        continue;
                    }
                    if self.found[owner as usize].rule.as_str().starts_with("object") {
                        self.add_thread(this, owner, 0.75);
                    } else {
                        self.give(this, owner);
                    }
                    continue;
                }
                if at == 0
                    && this.tokens.start <= tokens.start + 1
                    && paragraph > 0
                    && let Some(number) = self.thread(paragraph, &by_cue)
                {
                    self.add_thread(this, number, 0.6);
                } else if at > 0
                    && let Some(owner) = self.owner[quoted[at - 1].number as usize]
                    && (quoted[at - 1].tokens.end..this.tokens.start).all(|token| self.reader.is_mark(token))
                {
                    self.give(this, owner);
                }
            }
        }
    }

    /// Gives a quotation that only repeats another one to the attribution of that other quotation, unless a cue has it
    /// already: `“We will not bow.” — Jane Doe` beside the report of her speech.
    fn drop_repeats(&mut self) {
        for number in 0..self.owner.len() as u32 {
            let own = self.owner[number as usize];
            let signed = own.is_some_and(|own| self.found[own as usize].rule == rule!("quote.dash"));
            if own.is_some() && !signed {
                continue;
            }
            let Some(other) = self.repeated(number).filter(|&other| own != Some(other)) else { continue };
            if let Some(own) = own {
                self.found[own as usize].content.clear();
            }
            self.owner[number as usize] = Some(other);
        }
    }

    /// Lets contents that reach into a quotation take all of it.
    fn complete_quotations(&mut self) {
        let quotations = self.reader.quotations;
        // The quotation around a byte that stands in no other one.
        let around = |byte: u32| {
            let mut number =
                quotations.partition_point(|quotation| quotation.span.start <= byte).checked_sub(1)?;
            while let Some(outer) = quotations[number].within {
                number = outer as usize;
            }
            Some(&quotations[number])
                .filter(|quotation| quotation.span.start <= byte && byte < quotation.span.end)
        };
        for attribution in &mut self.found {
            let cue = attribution.cue.unwrap_or_default();
            for part in &mut attribution.content {
                for quotation in
                    [around(part.start), around(part.end.saturating_sub(1))].into_iter().flatten()
                {
                    // A part deep inside a quotation is told there, not quoted.
                    let reaches = quotation.span.start + 4 >= part.start;
                    if reaches && !quotation.span.overlaps(cue) && quotation.inner.overlaps(*part) {
                        *part = part.cover(quotation.span);
                    }
                }
            }
        }
    }

    /// For each quotation whether it lies in some content.
    fn claimed(&self) -> Vec<bool> {
        let quotations = self.reader.quotations;
        let mut steps = vec![0i32; quotations.len() + 1];
        for part in self.found.iter().flat_map(|attribution| &attribution.content) {
            let from = quotations.partition_point(|quotation| quotation.span.start < part.start);
            let to = quotations.partition_point(|quotation| quotation.span.start < part.end);
            if from < to {
                steps[from] += 1;
                steps[to] -= 1;
            }
        }
        let mut inside = 0;
        steps
            .iter()
            .take(quotations.len())
            .map(|step| {
                inside += step;
                inside > 0
            })
            .collect()
    }

    /// Whether `this` is a sentence or more, standing by itself.
    fn is_sentence(&self, this: &Quoted) -> bool {
        let reader = &self.reader;
        let quotation = &reader.quotations[this.number as usize];
        let inner = quotation.inner.slice(reader.syntax.text()).trim();
        let words = inner.split_whitespace().count();
        let capital =
            inner.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric());
        let next = this.tokens.end;
        let ends = matches!(this.last, Some('.' | '?' | '!' | '…'))
            || !quotation.closed
            || next >= reader.syntax.len()
            || reader.is_stop(next);
        let starts = this.tokens.start <= reader.paragraph_of(this.tokens.start).start
            || reader.is_stop(this.tokens.start - 1)
            || reader.is_mark(this.tokens.start - 1);
        words >= 3 && capital && ends && starts && !self.is_title(this)
    }

    /// Whether all words of `this` but small ones have capitals: a title or heading, nobody's words.
    pub(crate) fn is_title(&self, this: &Quoted) -> bool {
        let reader = &self.reader;
        let small = |token: u32| {
            matches!(reader.pos(token), Pos::Adp | Pos::Det | Pos::Cconj | Pos::Part) || reader.is_mark(token)
        };
        let capital = |token: u32| !reader.syntax.word(token).starts_with(char::is_lowercase);
        let mut words = this.tokens.clone().filter(|&token| !small(token)).peekable();
        words.peek().is_some() && words.all(capital)
    }

    /// Whether more than one is named as the source of the attribution `number`.
    fn is_several(&self, number: u32) -> bool {
        self.found[number as usize]
            .source_head
            .is_some_and(|head| self.reader.child(head, Dep::Conj).is_some_and(|other| other > head))
    }

    /// Returns the outermost attribution whose content contains the attribution `number`; `number` itself if there is
    /// none.
    fn outermost(&self, number: u32) -> u32 {
        let mut at = number;
        for _ in 0..MAX_DEPTH {
            let Some(parent) = self.found[at as usize].parent else { break };
            at = parent;
        }
        at
    }

    /// The attribution whose speaker the paragraph before number `paragraph` ends with.
    fn thread(&self, paragraph: usize, by_cue: &[(u32, u32)]) -> Option<u32> {
        let before = self.reader.paragraphs.get(paragraph.checked_sub(1)?)?;
        let cues = by_cue.partition_point(|(cue, _)| *cue < before.end);
        let in_paragraph = by_cue[..cues].iter().rev().take_while(|(cue, _)| *cue >= before.start);
        let candidates: Vec<u32> = in_paragraph.map(|(_, number)| *number).collect();
        // Who is quoted there; else who says something there.
        let outermost = |number: &u32| self.outermost(*number);
        let quotes = |number: &u32| {
            let parts = &self.found[*number as usize].content;
            self.reader
                .quotations
                .iter()
                .any(|quotation| parts.iter().any(|part| part.overlaps(quotation.span)))
        };
        let says = |number: &u32| {
            let attribution = &self.found[*number as usize];
            attribution.speech && attribution.rule == rule!("clause.finite")
        };
        candidates
            .iter()
            .copied()
            .find(quotes)
            .or_else(|| candidates.iter().copied().find(says))
            .map(|number| outermost(&number))
            .filter(|&number| {
                let speaker = &self.found[number as usize];
                // `“…” — Jane Doe` ends a quotation; the next one has a name of its own. Two people speak the same
                // words only where they put them on paper: `said in a joint statement`.
                let together = speaker.rule.as_str().starts_with("quote") && speaker.medium.is_some();
                let signed = speaker.rule == rule!("quote.dash") || speaker.rule == rule!("quote.signed");
                !signed && (!self.is_several(number) || together)
            })
    }

    /// Adds an attribution that gives a quotation without a cue to the speaker of attribution `number`.
    fn add_thread(&mut self, this: &Quoted, number: u32, certainty: f64) {
        let speaker = &self.found[number as usize];
        let attribution = Attribution {
            source: speaker.source,
            source_head: speaker.source_head,
            via: speaker.via.clone(),
            content: vec![self.reader.quotations[this.number as usize].span],
            act: "say",
            speech: true,
            certainty,
            rule: rule!("quote.thread"),
            cue: None,
            cue_head: None,
            negated: false,
            addressees: Vec::new(),
            medium: None,
            parent: None,
        };
        self.owner[this.number as usize] = Some(self.found.len() as u32);
        self.found.push(attribution);
    }

    /// Returns the attributions in order, each with the one whose content contains it as its parent.
    pub(crate) fn finish(self) -> Vec<Attribution> {
        let mut found = self.found;
        let text = self.reader.syntax.text();
        for attribution in &mut found {
            attribution.content = merge(std::mem::take(&mut attribution.content), text);
        }
        found.retain(|attribution| !attribution.content.is_empty());
        found.sort_by_key(|attribution| (first(attribution), attribution.content[0].end));
        set_parents(&mut found);
        found
    }
}

/// The spans in order, joined where they overlap or nothing but blanks lies between.
fn merge(mut spans: Vec<ByteSpan>, text: &str) -> Vec<ByteSpan> {
    spans.sort_unstable();
    let mut merged: Vec<ByteSpan> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last)
                if last.end >= span.start
                    || ByteSpan::new(last.end, span.start)
                        .slice(text)
                        .chars()
                        .all(|c| c == ' ' || c == '\u{a0}') =>
            {
                *last = last.cover(span);
            }
            _ => merged.push(span),
        }
    }
    merged
}

/// Returns the byte at which an attribution starts.
fn first(attribution: &Attribution) -> u32 {
    let content = attribution.content.first().map_or(u32::MAX, |part| part.start);
    let source = attribution.source.map_or(u32::MAX, |span| span.start);
    let cue = attribution.cue.map_or(u32::MAX, |span| span.start);
    // The source of a quotation that stands alone is elsewhere.
    if attribution.cue.is_none() { content } else { content.min(source).min(cue) }
}

/// Sets for each attribution the one with the smallest content around its cue.
fn set_parents(found: &mut [Attribution]) {
    // Content parts by start; those that may hold a place are found by walking back from it. Parts nest or follow
    // each other, so a stack of the open ones is enough.
    let mut parts: Vec<(ByteSpan, u32)> = found
        .iter()
        .enumerate()
        .flat_map(|(number, attribution)| attribution.content.iter().map(move |part| (*part, number as u32)))
        .collect();
    parts.sort_by_key(|(part, number)| (part.start, std::cmp::Reverse(part.end), *number));
    let mut places: Vec<(ByteSpan, u32)> = found
        .iter()
        .enumerate()
        .map(|(number, attribution)| {
            (attribution.cue.or(attribution.content.first().copied()).unwrap_or_default(), number as u32)
        })
        .collect();
    places.sort_unstable();
    let mut open: Vec<(ByteSpan, u32)> = Vec::new();
    let mut next = 0;
    for (place, number) in places {
        while let Some(part) = parts.get(next).filter(|(part, _)| part.start <= place.start) {
            open.retain(|(around, _)| around.end > part.0.start);
            if open.len() >= MAX_DEPTH {
                open.remove(0);
            }
            open.push(*part);
            next += 1;
        }
        open.retain(|(around, _)| around.end > place.start);
        let parent = open
            .iter()
            .filter(|(around, other)| *other != number && around.contains(place) && *around != place)
            .min_by_key(|(around, other)| (around.len(), *other))
            .map(|(_, other)| *other);
        found[number as usize].parent = parent;
    }
    // Two that hold each other's cue: neither is in the other.
    for number in 0..found.len() {
        let mut at = found[number].parent;
        for _ in 0..found.len().min(MAX_DEPTH) {
            let Some(above) = at else { break };
            if above as usize == number {
                found[number].parent = None;
                break;
            }
            at = found[above as usize].parent;
        }
    }
}
