//! The cues of quotations: the verb, the name or the colon before or after one that says who speaks.

use std::ops::Range;

use readout_lexicon::rule;
use readout_syntax::{Dep, Pos, Tag};

use super::lexicon::{Frames, LEXICON, Sense, sense};
use super::quoted::Quoted;
use super::reader::Subject;
use super::words;
use super::work::{Cue, UNKNOWN, Work};

/// The number of words before a cue among which the subject's last one is looked for. Adverbs may stand between.
const WORDS_BACK: usize = 6;
/// The most steps up the tree from a name to the relative clause that contains it.
const STEPS_TO_RELATIVE: usize = 6;
/// The most steps up the tree from the last word of a phrase to its head.
const STEPS_IN_PHRASE: usize = 8;
/// The most tokens of blanks and line breaks before a quotation.
const BLANKS: usize = 3;

/// The most tokens between a quotation and its cue.
const REACH: u32 = 32;

/// The words after a quotation that may say who speaks.
struct After {
    /// The first token that is no mark.
    start: u32,
    /// One past the last token.
    to: u32,
    /// Whether a comma is between.
    comma: bool,
    /// Whether the quotation ends its sentence.
    ended: bool,
}

impl Work<'_> {
    /// The cue before `this`, no earlier than token `from`, and whether nothing but a mark is between.
    pub(super) fn cue_before(&self, this: &Quoted, from: u32) -> (Option<Cue>, bool) {
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
                        Subject::Unknown if colon && self.opens_sentence(at) => self.phrase_after(at, start),
                        Subject::Unknown => self.nearby_subject(at, from),
                        subject => subject,
                    };
                    // `Reported by “Today”`: a participle without a subject quotes nobody.
                    if subject != Subject::Unknown {
                        let certainty = if colon || words == 0 { 0.97 } else { 0.93 };
                        let cue =
                            Cue { head: at, sense, subject, rule: rule!("quote.cue-before"), certainty };
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

    /// Whether the verb `at` is the first word of its sentence or line: `Wrote the envoy: “…”`.
    fn opens_sentence(&self, at: u32) -> bool {
        let reader = &self.reader;
        let before = (0..at).rev().find(|&token| {
            reader.pos(token) != Pos::Space && !matches!(reader.syntax.word(token), "\"" | "”" | "’")
        });
        before.is_none_or(|before| before < reader.syntax.sentence_of(at).start || reader.is_stop(before))
    }

    /// Whether `this`, to which the verb `at` leads, is the title of a work, all of whose words have capitals: `wrote a
    /// novel, “The Long Road”`.
    fn is_title_after(&self, this: &Quoted, at: u32, colon: bool) -> bool {
        let reader = &self.reader;
        let work = reader.is_written(at, &words::TITLE_VERB)
            || reader.children(at).iter().any(|&child| {
                child > at
                    && child < this.tokens.start
                    && reader.dep(child) == Dep::Dobj
                    && !reader.is_written(child, &words::SPOKEN_OBJECT)
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
        Some(Cue { head: verb, sense: UNKNOWN, subject, rule: rule!("quote.colon"), certainty: 0.7 })
    }

    /// Returns the cue after `this`, before token `to`.
    pub(super) fn cue_after(&self, this: &Quoted, to: u32) -> Option<Cue> {
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
        if let Some(cue) = self.signature(this, start, to).or_else(|| self.according_at(start)) {
            return Some(cue);
        }
        let after = After { start, to, comma, ended: this.last == Some('.') && !comma };
        for at in start..to.min(start + REACH) {
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
            let inside = match reader.dep(at) {
                Dep::Relcl | Dep::Amod | Dep::Compound => true,
                Dep::Acl => reader.tag(at) == Tag::Vbg || sense.is_none(),
                _ => false,
            };
            if inside && at > start {
                // A verb inside the speaker's phrase: `the senator, who runs …, said`.
                continue;
            }
            let Subject::Head(head) = self.subject_after(at, &after) else {
                if reader.tag(at).is_finite() {
                    return None;
                }
                continue;
            };
            if reader.is_finite_clause(at) || reader.tag(at) == Tag::Vbn {
                return self.verb_after(at, head, sense, &after);
            }
        }
        None
    }

    /// Returns the cue of a name alone after a dash: `“…” — Jane Doe`.
    fn signature(&self, this: &Quoted, start: u32, to: u32) -> Option<Cue> {
        let reader = &self.reader;
        let dash = start > this.tokens.end && reader.syntax.word(start - 1).starts_with(['-', '—', '–', '―']);
        let subject = if dash { self.phrase_head(start, start, to) } else { Subject::Unknown };
        let Subject::Head(head) = subject else { return None };
        let alone = reader.pos(head) == Pos::Propn
            && (reader.syntax.subtree(head).end..to).all(|token| reader.is_mark(token));
        alone.then_some(Cue {
            head: start - 1,
            sense: UNKNOWN,
            subject,
            rule: rule!("quote.dash"),
            certainty: 0.85,
        })
    }

    /// Returns the cue of `according to police` at token `at`.
    fn according_at(&self, at: u32) -> Option<Cue> {
        let reader = &self.reader;
        let to = reader.child(at, Dep::Prep).filter(|_| reader.syntax.word(at) == "according")?;
        let subject = Subject::Head(reader.child(to, Dep::Pobj)?);
        Some(Cue { head: at, sense: UNKNOWN, subject, rule: rule!("quote.according"), certainty: 0.95 })
    }

    /// Returns the subject of the verb `at` within the words `after` a quotation.
    fn subject_after(&self, at: u32, after: &After) -> Subject {
        let reader = &self.reader;
        let own = reader.own_subject(at).filter(|&subject| subject >= after.start && subject < after.to);
        // The verb opens the stretch: `said the envoy`; else its subject stands before it.
        let inverted =
            (after.start..at).all(|token| matches!(reader.pos(token), Pos::Adv | Pos::Aux | Pos::Punct));
        match own {
            Some(subject) if inverted || subject < at => Subject::Head(subject),
            None if inverted => self.phrase_after(at, after.to),
            _ => self.nearby_subject(at, after.start),
        }
    }

    /// Returns the cue of the verb `at` with the subject `head`, if that is what the words `after` a quotation say.
    fn verb_after(&self, at: u32, head: u32, sense: Option<Sense>, after: &After) -> Option<Cue> {
        let reader = &self.reader;
        let syntax = reader.syntax;
        // The subject opens the stretch, but for an adverb or `as`.
        let opens = syntax.token(head).left_edge <= after.start + 2 || at <= after.start + 2;
        // `“…,” if they were taxed`: a circumstance, no cue.
        let circumstance = reader.is_passive(at)
            || reader.children(at).iter().any(|&child| {
                reader.dep(child) == Dep::Mark && !syntax.word(child).eq_ignore_ascii_case("as")
            });
        let unknown_allowed =
            after.comma && !circumstance && !matches!(syntax.lemma(at), "be" | "have" | "do" | "get");
        let has_clause = reader.children(at).iter().any(|&child| {
            child > at && child < after.to && matches!(reader.dep(child), Dep::Ccomp | Dep::Dobj | Dep::Xcomp)
        });
        // `“The Long Road.” She sang “Blue Moon.”`: the verb has a quotation of its own.
        let own = after.ended
            && after.to < syntax.len()
            && reader.quotation_of(after.to).is_some()
            && after.to <= at + 2;
        if !opens
            || own
            || !(sense.is_some() || (unknown_allowed && !has_clause))
            || (after.ended && (has_clause || sense.is_none() || !self.stops_soon(at)))
        {
            return None;
        }
        Some(Cue {
            head: at,
            sense: sense.unwrap_or(UNKNOWN),
            subject: Subject::Head(head),
            rule: rule!("quote.cue-after"),
            certainty: if sense.is_some() { 0.97 } else { 0.8 },
        })
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
            .take(WORDS_BACK)
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
        for _ in 0..STEPS_IN_PHRASE {
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
            && let Some(clause) = reader
                .syntax
                .ancestors(head)
                .take(STEPS_TO_RELATIVE)
                .find(|&above| reader.dep(above) == Dep::Relcl)
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

    pub(super) fn may_quote(&self, at: u32) -> bool {
        self.quoting_sense(at).is_some()
    }

    /// The sense in which the verb `at` leads quotations.
    fn quoting_sense(&self, at: u32) -> Option<Sense> {
        sense(&LEXICON.verbs, &self.lemma_with_particle(at), Frames::QUOTE)
            .or_else(|| sense(&LEXICON.verbs, self.reader.syntax.lemma(at), Frames::QUOTE))
    }

    /// Whether a colon is right before the quotation.
    pub(super) fn after_colon(&self, quoted: &Quoted) -> bool {
        (0..quoted.tokens.start)
            .rev()
            .take(BLANKS + 1)
            .find(|&token| self.reader.pos(token) != Pos::Space)
            .is_some_and(|token| self.reader.syntax.word(token) == ":")
    }
}
