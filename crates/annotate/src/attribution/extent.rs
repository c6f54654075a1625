//! The extent of what a cue reports: what the parser hangs outside but belongs to it, and what it hangs inside but is
//! the reporter's.

use std::ops::Range;

use readout_syntax::{Dep, Pos, Tag};

use super::lexicon::{Frames, Kind, LEXICON};
use super::words;
use super::work::Work;

/// The most marks between two clauses, in tokens: `,”`.
const MARKS: usize = 2;
/// The most marks at the end of a content, in tokens: `….”)`.
const MARKS_AT_END: usize = 8;
/// The most steps up the tree from the last word of a content to the clause that adds an aside.
const STEPS_IN_CONTENT: usize = 24;
/// The most clauses of a list that are followed.
const JOINED_CLAUSES: usize = 8;

/// The most tokens of a clause that one search reads.
const MAX_CLAUSE: usize = 256;

impl Work<'_> {
    /// Whether the clause `clause` starts in a quotation, or is one, while the verb `at` above it is outside of that
    /// quotation.
    pub(crate) fn opens_quotation_below(&self, at: u32, clause: u32) -> bool {
        let first = self.reader.syntax.subtree(clause).start;
        [clause, first].into_iter().any(|token| {
            let quotation = self.reader.quotation_of(token);
            quotation.is_some() && quotation != self.reader.quotation_of(at)
        })
    }

    /// Whether nothing but marks follows `group` in the sentence of `at`.
    pub(crate) fn ends_sentence(&self, group: &Range<u32>, at: u32) -> bool {
        let sentence = self.reader.syntax.sentence_of(at);
        (group.end..sentence.end).all(|token| self.reader.is_mark(token))
    }

    /// Returns the end of the report of the cue `at`, which reaches to token `end`, with the adjuncts that follow
    /// without a comma. After its clause they belong to the clause, even where the parser attaches them to the cue
    /// (`said he left because …`).
    pub(crate) fn with_adjuncts(&self, at: u32, clause: u32, end: u32) -> u32 {
        let reader = &self.reader;
        let mut end = end;
        for &child in reader.children(at).iter().filter(|&&child| child > clause) {
            let adjunct = matches!(
                reader.dep(child),
                Dep::Prep | Dep::Advcl | Dep::Npadvmod | Dep::Advmod | Dep::Acomp | Dep::Xcomp
            );
            if adjunct
                && reader.syntax.token(child).left_edge == end
                && reader.quotation_of(child) == reader.quotation_of(at)
            {
                end = reader.syntax.token(child).right_edge + 1;
            }
        }
        end
    }

    /// Returns the end of the clause `tokens`, headed by `clause`, that the cue `at` reports. The report ends before
    /// the words with which the reporter goes on. It includes a clause that the parser cut off but whose form shows
    /// that it is reported too.
    pub(crate) fn end_of_report(&mut self, at: u32, clause: u32, tokens: &Range<u32>) -> u32 {
        if let Some((cut, verb)) = self.reporters_verb(at, clause, tokens) {
            if let Some(verb) = verb {
                self.controller.insert(verb, at);
            }
            return cut;
        }
        let reader = &self.reader;
        let sentence = reader.syntax.sentence_of(at);
        // `said it failed, according to Reuters`: whom the report itself has it from.
        let according = (tokens.start + 1..tokens.end).take(MAX_CLAUSE).find(|&token| {
            reader.syntax.word(token) == "according"
                && reader.follows_comma(token)
                && reader.quotation_of(token) == reader.quotation_of(at)
                && (reader.syntax.subtree(token).end..sentence.end).all(|after| reader.is_mark(after))
        });
        if let Some(according) = according {
            return according;
        }
        let next = (tokens.end..sentence.end).find(|&token| reader.pos(token) != Pos::Space);
        if let Some(next) = next
            && reader.quotation_of(at) == reader.quotation_of(next)
        {
            // A clause does not end in `and`; after a colon it goes on.
            let broken = tokens.end > tokens.start
                && reader.pos(tokens.end - 1) == Pos::Cconj
                && matches!(
                    reader.pos(next),
                    Pos::Det | Pos::Pron | Pos::Noun | Pos::Propn | Pos::Num | Pos::Adj
                );
            let colon = reader.syntax.word(next) == ":"
                && (sentence.end - next) as usize <= MAX_CLAUSE
                && (next + 1..sentence.end).all(|token| reader.quotation_of(token).is_none());
            if broken || colon {
                return sentence.end;
            }
            if let Some(end) = self.end_behind_verb(at, tokens, next) {
                return end;
            }
        }
        if reader.tag(at) == Tag::Vbd
            && let Some(next) = reader.child(at, Dep::Conj).filter(|&next| next >= tokens.end)
            && reader
                .own_subject(next)
                .is_some_and(|subject| reader.syntax.token(subject).left_edge >= tokens.end)
            && self.is_backshifted(next)
        {
            return reader.syntax.subtree(next).end.max(tokens.end);
        }
        self.with_quoted_clause(at, tokens.end).unwrap_or(tokens.end)
    }

    /// Returns the end of the clause whose verb is or leads token `next`, right behind the report `tokens` of the cue
    /// `at`, where its subject stands in the report: the parser took `the crews are ready and more help has come` apart.
    fn end_behind_verb(&self, at: u32, tokens: &Range<u32>, next: u32) -> Option<u32> {
        let reader = &self.reader;
        if next != tokens.end || !reader.tag(next).is_finite() {
            return None;
        }
        let is_aux = matches!(reader.dep(next), Dep::Aux | Dep::Auxpass);
        let verb = if is_aux { reader.syntax.head(next)? } else { next };
        let above = reader.syntax.ancestors(at).any(|above| above == verb);
        let nominal = matches!(reader.pos(tokens.end - 1), Pos::Noun | Pos::Propn | Pos::Num | Pos::Pron);
        // `said there were guards and the envoy said so too`
        let reports = self.may_report(verb, Frames::THAT);
        (!above && nominal && !reports).then(|| reader.syntax.subtree(verb).end.max(next + 1))
    }

    /// Returns the end of the infinitive `clause` under the cue `at`, which reaches to token `end`, with the later
    /// infinitives that the parser attaches to the cue: `wants to double the fleet, close the port and leave`.
    pub(crate) fn with_infinitives(&self, at: u32, clause: u32, end: u32) -> u32 {
        let reader = &self.reader;
        let mut end = end;
        for &next in reader.children(at).iter().filter(|&&next| next > clause) {
            let bare = reader.tag(next) == Tag::Vb
                && matches!(reader.dep(next), Dep::Conj | Dep::Dep | Dep::Xcomp | Dep::Ccomp)
                && reader.own_subject(next).is_none()
                && reader.tag(at) != Tag::Vb;
            let near = reader.syntax.token(next).left_edge <= end + 3;
            if bare && near && reader.quotation_of(next) == reader.quotation_of(at) {
                end = reader.syntax.token(next).right_edge + 1;
            }
        }
        end
    }

    /// Whether the clause of `at` is in the tense of reported speech: `had asked`, `would go`.
    fn is_backshifted(&self, at: u32) -> bool {
        self.reader.children(at).iter().any(|&aux| {
            self.reader.dep(aux) == Dep::Aux
                && matches!(self.reader.syntax.word(aux), "had" | "would" | "could" | "might" | "’d" | "'d")
        })
    }

    /// `said he had offers, but “they were low.”`: the end of a quotation that goes on with the report at token `end`.
    fn with_quoted_clause(&self, at: u32, end: u32) -> Option<u32> {
        let reader = &self.reader;
        let mut next =
            (end..reader.syntax.sentence_of(at).end).take(MARKS + 2).filter(|&token| !reader.is_mark(token));
        let conjunction = next.next().filter(|&token| reader.pos(token) == Pos::Cconj)?;
        let number = reader.quotation_of(conjunction + 1)?;
        let quotation = &reader.quotations[number as usize];
        let inside = reader.syntax.tokens_in(quotation.span);
        let own = self.owner.get(number as usize).copied().flatten().is_some();
        (!own && inside.start == conjunction + 1 && reader.quotation_of(at).is_none()).then_some(inside.end)
    }

    /// Returns the token at which the reporter goes on within the clause `tokens`, headed by `clause`, and the verb
    /// that goes on with the subject of the cue `at`, if there is one: `said it would fall, adding that …`; `said it
    /// was over and urged Rome to act`; `said he would stay, and other envoys said …`; `said it failed, prompting calls
    /// for …`.
    fn reporters_verb(&self, at: u32, clause: u32, tokens: &Range<u32>) -> Option<(u32, Option<u32>)> {
        let reader = &self.reader;
        let participle = self.reporters_participle(at, tokens);
        let conjunct = self.reporters_conjunct(at, clause, tokens);
        let like = (tokens.start + 1..tokens.end).take(MAX_CLAUSE).find(|&token| {
            // `said they will not go, as has the mayor`
            reader.syntax.word(token) == "as"
                && reader.follows_comma(token)
                && reader.quotation_of(token) == reader.quotation_of(at)
                && token + 1 < tokens.end
                && matches!(reader.syntax.lemma(token + 1), "have" | "do" | "be")
                && reader.tag(token + 1).is_finite()
        });
        let with = self.others_participle(at, tokens);
        [participle, conjunct, like.or(with).map(|cut| (cut, None))].into_iter().flatten().min()
    }

    /// Returns the token at which the reporter tells within `tokens` what another says: `said it would fall, with the mayor
    /// saying …`.
    fn others_participle(&self, at: u32, tokens: &Range<u32>) -> Option<u32> {
        let reader = &self.reader;
        (tokens.start + 1..tokens.end).take(MAX_CLAUSE).find(|&with| {
            reader.syntax.word(with) == "with"
                && reader.follows_comma(with)
                && reader.quotation_of(with) == reader.quotation_of(at)
                && reader.child(with, Dep::Pcomp).is_some_and(|verb| {
                    reader.tag(verb) == Tag::Vbg
                        && reader.own_subject(verb).is_some()
                        && self.may_report(verb, Frames::THAT.with(Frames::QUOTE))
                })
        })
    }

    /// The participle of the reporter within `tokens`, and where it starts.
    pub(crate) fn reporters_participle(&self, at: u32, tokens: &Range<u32>) -> Option<(u32, Option<u32>)> {
        let reader = &self.reader;
        (tokens.start + 1..tokens.end).take(MAX_CLAUSE).find_map(|token| {
            let adjunct = reader.tag(token) == Tag::Vbg
                && reader.dep(token) == Dep::Advcl
                && reader.own_subject(token).is_none()
                && reader.quotation_of(token) == reader.quotation_of(at)
                && reader.follows_comma(reader.syntax.token(token).left_edge);
            let cut = reader.syntax.token(token).left_edge;
            if adjunct && self.may_report(token, Frames::THAT.with(Frames::NP)) {
                return Some((cut, Some(token)));
            }
            // `said the port would close, accusing Rome of …`: nobody accuses at a time to come.
            let judges = Frames::NP_FOR.with(Frames::NP_OF).with(Frames::NP_AS).with(Frames::OBJ_TO);
            if adjunct && self.may_report(token, judges) && self.is_to_come(token) {
                return Some((cut, Some(token)));
            }
            (adjunct && reader.is_written(token, &words::EFFECT)).then_some((cut, None))
        })
    }

    /// Whether the verb above the participle `at` is one of what is to come: `would close, accusing …`.
    fn is_to_come(&self, at: u32) -> bool {
        let reader = &self.reader;
        reader.syntax.head(at).is_some_and(|verb| {
            reader.children(verb).iter().any(|&aux| {
                reader.dep(aux) == Dep::Aux
                    && matches!(reader.syntax.word(aux), "would" | "will" | "’ll" | "'ll")
            })
        })
    }

    /// Returns the tokens after the cue `at` and its `group` if they continue the report before the cue: `It rose, she
    /// said in May, and rents fell.`
    pub(crate) fn goes_on_after(&self, group: &Range<u32>, at: u32) -> Option<Range<u32>> {
        let reader = &self.reader;
        let end = self.clip(at..reader.syntax.sentence_of(at).end, at).end;
        let comma = group.end < end && reader.syntax.word(group.end) == ",";
        let next = group.end + 1;
        let joins =
            next < end && matches!(reader.syntax.word(next), "and" | "but" | "while" | "until" | "because");
        let rest = next..end;
        let free = rest.clone().take(MAX_CLAUSE).all(|token| {
            reader.quotation_of(token) == reader.quotation_of(at)
                && !(matches!(reader.pos(token), Pos::Verb) && self.may_report(token, Frames::THAT))
        });
        let clause = rest.clone().take(MAX_CLAUSE).any(|token| reader.own_subject(token).is_some());
        (comma && joins && free && clause && rest.len() <= MAX_CLAUSE).then_some(rest)
    }

    /// Whether the verb `at` is one of speech that takes one of `frames`.
    fn may_report(&self, at: u32, frames: Frames) -> bool {
        LEXICON.verbs.get(self.reader.syntax.lemma(at)).is_some_and(|senses| {
            senses.iter().any(|sense| sense.kind == Kind::Speech && sense.frames.has(frames))
        })
    }

    /// The verb that the parser joins to the head of a reported clause, but that goes on with the report: one of speech
    /// after a clause about a thing or in another tense, or one whose tense shows that it is not reported.
    fn reporters_conjunct(&self, at: u32, clause: u32, tokens: &Range<u32>) -> Option<(u32, Option<u32>)> {
        let reader = &self.reader;
        let past = reader.tag(at) == Tag::Vbd;
        let finite = reader.finite_word(clause)?;
        let modal = reader.tag(finite) == Tag::Md;
        let about_people = reader.own_subject(clause).is_some_and(|subject| reader.is_people(subject));
        let states = reader.is_written(clause, &words::STATE) || reader.pos(clause) == Pos::Aux;
        let mut last = clause;
        for _ in 0..JOINED_CLAUSES {
            let next = reader.child(last, Dep::Conj).filter(|&next| next > last && next < tokens.end)?;
            let edge = reader.syntax.token(next).left_edge;
            let conjunction = (last + 1..edge.max(last + 1).max(next))
                .rev()
                .take(MAX_CLAUSE)
                .find(|&token| reader.pos(token) == Pos::Cconj && reader.syntax.head(token) == Some(last))
                // Who goes on with another report does not leave open which of the two it was.
                .filter(|&token| reader.syntax.word(token) != "or");
            let same = reader.quotation_of(next) == reader.quotation_of(at);
            if let (Some(cut), true, Some(own)) = (conjunction, same, reader.finite_word(next)) {
                let alike = reader.tag(own) == reader.tag(at) && own == next;
                let other = reader.tag(finite) != reader.tag(own);
                let speech = self.may_report(
                    next,
                    Frames::THAT.with(Frames::OBJ_TO).with(Frames::ON_TO).with(Frames::NP).with(Frames::TO),
                );
                let comma = reader.follows_comma(cut);
                match reader.own_subject(next) {
                    // `said the deal was dead and urged Rome to act`
                    None if speech && alike && (other || modal || !about_people || states) => {
                        return Some((cut, Some(next)));
                    }
                    // `said she would come, and to date has only sent a note`
                    None if comma && past && modal && matches!(reader.tag(own), Tag::Vbz | Tag::Vbp) => {
                        return Some((cut, None));
                    }
                    // `said he runs, and other envoys said he fails`
                    Some(subject)
                        if comma
                            && alike
                            && self.may_report(next, Frames::THAT)
                            && reader.pos(subject) != Pos::Pron
                            && reader
                                .children(next)
                                .iter()
                                .any(|&child| child > next && reader.dep(child) == Dep::Ccomp) =>
                    {
                        return Some((cut, None));
                    }
                    _ => {}
                }
            }
            last = next;
        }
        None
    }

    /// Returns the end of `tokens`, reported by the cue `at`, without a last clause with `who` or `which` that only
    /// adds what the reporter knows: `said he would meet the envoy, who arrived on Monday`.
    pub(crate) fn without_aside(&self, at: u32, tokens: &Range<u32>) -> u32 {
        let reader = &self.reader;
        let last = (tokens.start..tokens.end).rev().take(MARKS_AT_END).find(|&token| !reader.is_mark(token));
        let Some(last) = last.filter(|&last| reader.quotation_of(last) == reader.quotation_of(at)) else {
            return tokens.end;
        };
        let inside = |token: u32| token > tokens.start && token < tokens.end && token != at;
        let aside = std::iter::once(last)
            .chain(reader.syntax.ancestors(last))
            .take(STEPS_IN_CONTENT)
            .take_while(|&token| inside(token))
            .filter(|&token| {
                let edge = reader.syntax.token(token).left_edge;
                reader.dep(token) == Dep::Relcl
                    && reader.syntax.token(token).right_edge >= last
                    && edge > tokens.start + 1
                    && reader.follows_comma(edge)
                    && matches!(reader.syntax.word(edge), "who" | "which" | "whose")
                    && !self.is_backshifted(token)
                    && (edge..=last).all(|within| reader.quotation_of(within) == reader.quotation_of(at))
            })
            .last();
        aside.map_or(tokens.end, |aside| reader.syntax.token(aside).left_edge)
    }

    /// `tokens` as far as they stay in the sentence and paragraph of `at`.
    pub(crate) fn clip(&self, tokens: Range<u32>, at: u32) -> Range<u32> {
        let mut bounds = self.reader.paragraph_of(at);
        // What somebody says in a quotation stands in it.
        if let Some(quotation) = self.reader.quotation_of(at) {
            let inside = self.reader.syntax.tokens_in(self.reader.quotations[quotation as usize].span);
            bounds = inside.start.max(bounds.start)..inside.end.min(bounds.end);
        }
        let start = tokens.start.max(bounds.start);
        start..tokens.end.min(bounds.end).max(start)
    }
}
