//! What both channels look at: the tree with its children at hand, quotations and paragraphs by token, the group of
//! words around a cue, and who its source is.

use std::ops::{Deref, Range};

use readout_knowledge::Knowledge;
use readout_syntax::{Dep, PerToken, Pos, Shared, Syntax, Tag};
use readout_text::{ByteSpan, paragraphs};

use super::words;
use crate::quotations::Quotation;

/// The most steps up the tree from a token to the branch of an ancestor. No sentence of a report is so deep.
const MAX_DEPTH: usize = 64;

/// The most steps up the tree in the search for a source.
const MAX_CLIMB: usize = 8;

/// The source to which the words of a cue are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// The head token of the phrase.
    Head(u32),
    /// A passive without an agent, an empty `it`: nobody is named.
    Nobody,
    /// The tree does not show the source.
    Unknown,
}

/// A text's annotations, indexed.
pub(crate) struct Reader<'s> {
    pub(crate) syntax: &'s Syntax,
    pub(crate) knowledge: &'s Knowledge,
    pub(crate) quotations: &'s [Quotation],
    /// Paragraphs as ranges of tokens.
    pub(crate) paragraphs: Vec<Range<u32>>,
    paragraph_of: PerToken<u32>,
    /// For each token the number of its outermost quotation plus one.
    quoted_in: PerToken<u32>,
}

/// Questions about words are put to the reader itself: it is the syntax, and what else is known.
impl Deref for Reader<'_> {
    type Target = Syntax;

    fn deref(&self) -> &Syntax {
        self.syntax
    }
}

impl<'s> Reader<'s> {
    pub(crate) fn new(syntax: &'s Syntax, quotations: &'s [Quotation], knowledge: &'s Knowledge) -> Self {
        let mut quoted_in = PerToken::new(syntax.len());
        for (number, quotation) in quotations.iter().enumerate() {
            if quotation.within.is_none() {
                for token in syntax.tokens_in(quotation.span) {
                    quoted_in[token] = number as u32 + 1;
                }
            }
        }
        let mut paragraph_of = PerToken::new(syntax.len());
        let paragraphs: Vec<Range<u32>> =
            paragraphs(syntax.text()).into_iter().map(|span| syntax.tokens_in(span)).collect();
        for (number, tokens) in paragraphs.iter().enumerate() {
            for token in tokens.clone() {
                paragraph_of[token] = number as u32;
            }
        }
        Self { syntax, knowledge, quotations, paragraphs, paragraph_of, quoted_in }
    }

    /// Number of the outermost quotation around token `at`.
    pub(crate) fn quotation_of(&self, at: u32) -> Option<u32> {
        self.quoted_in[at].checked_sub(1)
    }

    /// The paragraph of token `at`, as a range of tokens.
    pub(crate) fn paragraph_of(&self, at: u32) -> Range<u32> {
        self.paragraphs.get(self.paragraph_of[at] as usize).cloned().unwrap_or(0..self.syntax.len())
    }

    /// Whether token `at` is a mark or white space.
    pub(crate) fn is_mark(&self, at: u32) -> bool {
        matches!(self.pos(at), Pos::Punct | Pos::Space)
            || !self.syntax.word(at).chars().any(char::is_alphanumeric)
    }

    /// Whether token `at` ends a sentence.
    pub(crate) fn is_stop(&self, at: u32) -> bool {
        matches!(self.syntax.word(at), "." | "?" | "!" | "…" | "..." | ".." | "?!" | "!!")
    }

    /// Whether `at` is a subject without meaning.
    fn is_empty_subject(&self, at: u32) -> bool {
        self.dep(at) == Dep::Expl
            || self.tag(at) == Tag::Ex
            || matches!(self.dep(at), Dep::Csubj | Dep::Csubjpass)
            || self.syntax.word(at).eq_ignore_ascii_case("there")
    }

    /// The subject of `at`, or of what it shares it with.
    fn surface_subject(&self, at: u32) -> Subject {
        let mut at = at;
        for _ in 0..MAX_CLIMB {
            if let Some(subject) = self.own_subject(at) {
                return if self.is_empty_subject(subject) { Subject::Nobody } else { Subject::Head(subject) };
            }
            if self.child(at, Dep::Expl).is_some() {
                return Subject::Nobody;
            }
            let first = |heads: Vec<u32>| heads.first().copied().map_or(Subject::Unknown, Subject::Head);
            match self.shared_subject(at) {
                Some(Shared::Subject(word)) => at = word,
                // `took heat for saying so`: who takes it says so, not the heat.
                Some(Shared::Objects(objects)) if objects.iter().all(|&object| self.is_thing(object)) => {
                    let Some(verb) = self.verb_above(at) else { return Subject::Unknown };
                    at = verb;
                }
                Some(Shared::Objects(objects)) => return first(objects),
                // `opened the meeting saying that …`: who opened it says so.
                Some(Shared::Noun(noun))
                    if self.tag(at) == Tag::Vbg && self.is_written(noun, &words::OCCASION) =>
                {
                    let Some(verb) = self.verb_above(noun) else { return Subject::Unknown };
                    at = verb;
                }
                Some(Shared::Noun(noun)) => return Subject::Head(noun),
                Some(Shared::Doers(noun)) => return first(self.doers_of_noun(noun)),
                None => return Subject::Unknown,
            }
        }
        Subject::Unknown
    }

    /// Returns the verb in whose clause the token `at` is.
    fn verb_above(&self, at: u32) -> Option<u32> {
        self.syntax.ancestors(at).take(MAX_CLIMB).find(|&above| self.syntax.is_verb(above))
    }

    /// Whether the phrase headed by `at` is a common noun for neither people nor a text.
    fn is_thing(&self, at: u32) -> bool {
        self.pos(at) == Pos::Noun
            && !self.is_people(at)
            && !self.is_written(at, &words::TEXT)
            && self.syntax.entity_at(at).is_none()
    }

    /// Returns the source of the words that the verb `at` reports.
    pub(crate) fn source_of(&self, at: u32) -> Subject {
        if self.is_passive(at) {
            return self.agents(at).first().copied().map_or(Subject::Nobody, Subject::Head);
        }
        if let Some(subject) = self.own_subject(at) {
            if self.is_empty_subject(subject) {
                return Subject::Nobody;
            }
            return Subject::Head(subject);
        }
        if let Some((quoted, _)) = self.quoted_as(at) {
            return Subject::Head(quoted);
        }
        self.surface_subject(at)
    }

    /// Returns the head token of the quoted source and, if known, that of the quoting one, where `at` is the participle
    /// of `quoted an official as saying`.
    pub(crate) fn quoted_as(&self, at: u32) -> Option<(u32, Option<u32>)> {
        // `The network quotes an official, saying …`
        let quotes = |&verb: &u32| matches!(self.syntax.lemma(verb), "quote" | "cite");
        if self.tag(at) == Tag::Vbg
            && matches!(self.dep(at), Dep::Advcl | Dep::Xcomp)
            && let Some(verb) = self.syntax.head(at).filter(quotes).filter(|&verb| !self.is_passive(verb))
            && let Some(quoted) = self.child(verb, Dep::Dobj).filter(|&quoted| self.is_people(quoted))
        {
            return Some((quoted, self.own_subject(verb)));
        }
        let role = self.syntax.head(at).filter(|_| self.dep(at) == Dep::Pcomp)?;
        if !self.syntax.word(role).eq_ignore_ascii_case("as") {
            return None;
        }
        let above = self.syntax.head(role)?;
        let (verb, quoted) = match self.pos(above) {
            Pos::Verb => {
                let passive = self.is_passive(above);
                let wanted = if passive { Dep::Nsubjpass } else { Dep::Dobj };
                (above, self.child(above, wanted)?)
            }
            _ => (self.syntax.head(above)?, above),
        };
        if !matches!(self.syntax.lemma(verb), "quote" | "cite" | "report") {
            return None;
        }
        let quoting =
            if self.is_passive(verb) { self.agents(verb).first().copied() } else { self.own_subject(verb) };
        Some((quoted, quoting.filter(|&quoting| quoting != quoted)))
    }

    /// Returns the dependent of `ancestor` that is `at` or is above it in the tree.
    pub(crate) fn branch(&self, at: u32, ancestor: u32) -> Option<u32> {
        let mut at = at;
        for _ in 0..MAX_DEPTH {
            let head = self.syntax.head(at)?;
            if head == ancestor {
                return Some(at);
            }
            at = head;
        }
        None
    }

    /// The words around the verb `at` that belong to the reporter: subject, auxiliaries, addressee, adjuncts; all of
    /// its dependents but `content`, as far as they adjoin.
    pub(crate) fn group(&self, at: u32, content: &[u32]) -> Range<u32> {
        let bounds = self.syntax.sentence_of(at);
        let belongs = |token: u32| {
            let Some(branch) = self.branch(token, at) else {
                return false;
            };
            let dash = self.is_mark(branch) && matches!(self.syntax.word(branch), ":" | "—" | "–");
            // A clause that hangs on another word than `at` is content too.
            let is_content = |&head: &u32| {
                head == branch
                    || self.syntax.head(head) != Some(at) && self.syntax.subtree(head).contains(&token)
            };
            !dash && !content.iter().any(is_content) && self.quotation_of(token) == self.quotation_of(at)
        };
        let mut start = at;
        while start > bounds.start && belongs(start - 1) {
            start -= 1;
        }
        let mut end = at + 1;
        while end < bounds.end && belongs(end) {
            end += 1;
        }
        start..end
    }

    /// The tokens of the phrase headed by `head`, for a source whose cue is `cue`.
    pub(crate) fn source_tokens(&self, head: u32, cue: Option<u32>) -> Range<u32> {
        let mut range = self.syntax.subtree(head);
        let sentence = self.syntax.sentence_of(head);
        range.start = range.start.max(sentence.start);
        range.end = range.end.min(sentence.end);
        if let Some(cue) = cue {
            if head < cue {
                range.end = range.end.min(cue);
            } else {
                range.start = range.start.max(cue + 1);
            }
        }
        for &child in self.children(head) {
            let edge = self.syntax.token(child).left_edge;
            // `said the envoy, adding …`, `said the envoy when …`: an adjunct of the reporter.
            let adjunct = child > head
                && match self.dep(child) {
                    Dep::Acl => self.tag(child) == Tag::Vbg && self.follows_comma(edge),
                    Dep::Advcl | Dep::Parataxis | Dep::Ccomp | Dep::Dep => true,
                    Dep::Npadvmod => true,
                    Dep::Prep => cue.is_some_and(|cue| cue < head) && self.follows_comma(edge),
                    Dep::Conj => matches!(self.pos(child), Pos::Verb | Pos::Aux),
                    _ => false,
                };
            if adjunct && edge > head {
                range.end = range.end.min(edge);
            }
        }
        // `ROME - Ministers said`: the place of the report is not its source.
        if let Some(dash) =
            (range.start..head).rev().find(|&at| matches!(self.syntax.word(at), "-" | "--" | "–" | "—"))
            && !self.syntax.word(range.start).chars().any(char::is_lowercase)
            && self.syntax.token(range.start).span.start == self.syntax.span(self.paragraph_of(head)).start
        {
            range.start = dash + 1;
        }
        // A phrase does not run into or out of a quotation.
        let inside = self.quotation_of(head);
        if let Some(at) = (head..range.end).find(|&at| self.quotation_of(at) != inside)
            && inside.is_some()
        {
            range.end = at;
        }
        self.trim(range)
    }

    /// Whether the word before token `at` is a comma or dash.
    pub(crate) fn follows_comma(&self, at: u32) -> bool {
        at > 0 && matches!(self.syntax.word(at - 1), "," | "—" | "–" | "―" | "-" | "--")
    }

    /// Whether the phrase headed by `at` names people or what acts as they do.
    pub(crate) fn is_people(&self, at: u32) -> bool {
        use readout_knowledge::WordKind as Kind;
        match self.pos(at) {
            Pos::Propn => true,
            Pos::Pron => !matches!(
                self.syntax.word(at).to_ascii_lowercase().as_str(),
                "it" | "this" | "that" | "these" | "those" | "which" | "what" | "itself"
            ),
            Pos::Noun => self
                .knowledge
                .person_word(&self.syntax.lemma(at).to_lowercase())
                .is_some_and(|word| !matches!(word.kind, Kind::Place)),
            _ => false,
        }
    }

    /// `range` without marks and white space at its ends, and without a conjunction that leads it.
    pub(crate) fn trim(&self, mut range: Range<u32>) -> Range<u32> {
        while range.start < range.end && (self.is_mark(range.start) && !self.opens_quotation(range.start)) {
            range.start += 1;
        }
        while range.start < range.end
            && self.is_mark(range.end - 1)
            && !self.closes_quotation(range.end - 1)
            && !self.syntax.word(range.end - 1).starts_with(['%', ')', '$'])
        {
            range.end -= 1;
        }
        range
    }

    fn opens_quotation(&self, at: u32) -> bool {
        self.quotation_of(at).is_some_and(|number| {
            self.quotations[number as usize].span.start == self.syntax.token(at).span.start
        })
    }

    fn closes_quotation(&self, at: u32) -> bool {
        self.quotation_of(at).is_some_and(|number| {
            let quotation = &self.quotations[number as usize];
            quotation.closed && quotation.span.end == self.syntax.token(at).span.end
        })
    }

    /// The words of the cue `at`: its auxiliaries, negation and adverbs that adjoin, its particle, the `to` of
    /// `according to`.
    pub(crate) fn cue_span(&self, at: u32) -> ByteSpan {
        let according = self.syntax.word(at).eq_ignore_ascii_case("according");
        let part = |token: u32| {
            self.syntax.head(token) == Some(at)
                && matches!(self.dep(token), Dep::Aux | Dep::Auxpass | Dep::Neg | Dep::Advmod)
                && self.syntax.subtree(token).len() == 1
        };
        let mut start = at;
        while start > 0 && part(start - 1) {
            start -= 1;
        }
        let mut end = at + 1;
        while end < self.syntax.len()
            && self.syntax.head(end) == Some(at)
            && (matches!(self.dep(end), Dep::Prt | Dep::Neg) || according && self.dep(end) == Dep::Prep)
        {
            end += 1;
        }
        self.syntax.span(start..end)
    }

    /// Whether the report says that the cue `at` did not happen.
    pub(crate) fn is_negated(&self, at: u32) -> bool {
        self.children(at).iter().any(|&child| {
            child < at
                && at - child <= 4
                && self.quotation_of(child) == self.quotation_of(at)
                && (self.dep(child) == Dep::Neg
                    // `made no promise to leave`
                    || self.dep(child) == Dep::Det && self.syntax.word(child).eq_ignore_ascii_case("no")
                    || (self.dep(child) == Dep::Advmod
                        && matches!(self.syntax.lemma(child), "never" | "hardly")))
        })
    }
}
