//! One annotated document made ready for reading: the tree, mentions by head token, and the
//! statement that each token stands in. All look-ups are constant or bounded, whatever the text.

use std::collections::BTreeMap;
use std::ops::Deref;

use crate::words::counts;
use readout_annotate::{Annotations, Chain, Mention, MentionForm};
use readout_knowledge::Knowledge;
use readout_lexicon::RulePath;
use readout_record::{ActorId, ActorKind, Document, Evidence, RecordId, Statement};
use readout_syntax::{PerToken, Syntax};
use readout_text::{ByteSpan, Offsets};

/// The most tokens of a cue that lead to its statement.
const CUE_TOKENS: usize = 8;
/// The most passages of one record.
const PASSAGES: usize = 12;
/// The most measures around one noun: `dozens of members of groups of rebels`.
const MEASURES: usize = 4;

/// A document and all that is known of it so far.
pub(crate) struct Reading<'a> {
    /// The document.
    pub(crate) document: &'a Document,
    /// Its tokens and tree.
    pub(crate) syntax: &'a Syntax,
    /// Its annotations.
    pub(crate) annotations: &'a Annotations,
    /// The knowledge of names.
    pub(crate) knowledge: &'a Knowledge,
    /// Its statements.
    pub(crate) statements: &'a [Statement],
    /// From bytes to code points.
    pub(crate) offsets: Offsets<'a>,
    /// Number of the outermost mention with that head, plus one.
    pub(crate) mention_at: PerToken<u32>,
    /// Number of the innermost statement whose content contains the token, plus one.
    statement_at: PerToken<u32>,
    /// Number of the statement by the tokens of its words of saying.
    statement_of_cue: BTreeMap<u32, u32>,
    /// Number of the first chain of each actor alone.
    pub(crate) chain_of: BTreeMap<&'a str, u32>,
    /// People who are told by their descent, by the head of their phrase.
    pub(crate) of_descent: BTreeMap<u32, ActorId>,
}

/// Questions about words are put to the reading itself: it is its syntax, and what else is known.
impl Deref for Reading<'_> {
    type Target = Syntax;

    fn deref(&self) -> &Syntax {
        self.syntax
    }
}

impl<'a> Reading<'a> {
    /// Makes `document` ready for reading.
    pub(crate) fn new(
        document: &'a Document,
        annotations: &'a Annotations,
        knowledge: &'a Knowledge,
        statements: &'a [Statement],
    ) -> Self {
        let syntax = &annotations.syntax;
        let mut mention_at = PerToken::<u32>::new(syntax.len());
        for (number, mention) in annotations.mentions.mentions.iter().enumerate() {
            if mention_at[mention.head] == 0 {
                mention_at[mention.head] = number as u32 + 1;
            }
        }
        let offsets = Offsets::new(syntax.text());
        let statement_at = statements_by_token(syntax, statements, &offsets);
        let mut statement_of_cue = BTreeMap::new();
        for (number, statement) in statements.iter().enumerate() {
            if let Some(cue) = statement.cue.and_then(|cue| offsets.to_bytes(cue)) {
                for token in syntax.tokens_in(cue).take(CUE_TOKENS) {
                    statement_of_cue.entry(token).or_insert(number as u32);
                }
            }
        }
        let mut chain_of = BTreeMap::new();
        for (number, chain) in annotations.mentions.chains.iter().enumerate() {
            if let [actor] = chain.actors.as_slice() {
                chain_of.entry(actor.as_str()).or_insert(number as u32);
            }
        }
        Self {
            document,
            syntax,
            annotations,
            knowledge,
            statements,
            offsets,
            mention_at,
            statement_at,
            statement_of_cue,
            chain_of,
            of_descent: BTreeMap::new(),
        }
    }

    /// The outermost mention whose head is `head`.
    pub(crate) fn mention(&self, head: u32) -> Option<&'a Mention> {
        let number = self.mention_at[head].checked_sub(1)?;
        self.annotations.mentions.mentions.get(number as usize)
    }

    /// The chain of the mention whose head is `head`.
    pub(crate) fn chain(&self, head: u32) -> Option<&'a Chain> {
        self.annotations.mentions.chains.get(self.mention(head)?.chain as usize)
    }

    /// The actors that the phrase headed by `head` itself names.
    pub(crate) fn named(&self, head: u32) -> &'a [ActorId] {
        self.chain(head).map_or(&[], |chain| &chain.actors)
    }

    /// Whether `head` names people (not a state or body).
    pub(crate) fn is_person(&self, head: u32) -> bool {
        self.chain(head).is_some_and(|chain| {
            matches!(chain.kind, ActorKind::Person | ActorKind::Office)
                || (chain.kind == ActorKind::Unnamed && !chain.actors.is_empty())
        })
    }

    /// The chain of `actor` alone.
    pub(crate) fn chain_of(&self, actor: &str) -> Option<&'a Chain> {
        self.annotations.mentions.chains.get(*self.chain_of.get(actor)? as usize)
    }

    /// Returns the head of what a measure counts: `blasts` for the head of `a series of blasts`. Any other `head` is
    /// returned unchanged.
    pub(crate) fn substance(&self, head: u32) -> u32 {
        let mut at = head;
        for _ in 0..MEASURES {
            if !self.is(at, &counts::MEASURE) || self.mention(at).is_some_and(|m| m.form == MentionForm::Name)
            {
                break;
            }
            match self.after(at, &["of"]).first() {
                Some(&inner) => at = inner,
                None => break,
            }
        }
        at
    }

    /// Returns the innermost statement whose content contains token `at`.
    pub(crate) fn statement_of(&self, at: u32) -> Option<&'a Statement> {
        self.statements.get((self.statement_at[at] as usize).checked_sub(1)?)
    }

    /// Returns the id of the innermost statement whose content contains token `at`.
    pub(crate) fn reported_by(&self, at: u32) -> Option<RecordId> {
        self.statement_of(at).map(|statement| statement.evidence.id.clone())
    }

    /// The statement among whose words of saying token `at` is.
    pub(crate) fn statement_by_cue(&self, at: u32) -> Option<&'a Statement> {
        self.statements.get(*self.statement_of_cue.get(&at)? as usize)
    }

    /// Evidence for a record of `kind` at `span`.
    pub(crate) fn evidence(
        &self,
        kind: &str,
        part: &str,
        span: ByteSpan,
        rule: impl Into<RulePath>,
        certainty: f64,
    ) -> Evidence {
        Evidence::new(&self.document.id, kind, part, self.syntax.text(), &self.offsets, &[span])
            .by_rule(rule.into().as_str(), certainty)
    }

    /// Returns the evidence of a record of `kind` that was found before, for `passages` too, which tell of the same.
    /// Those that overlap are made one.
    pub(crate) fn told_also(&self, kind: &str, passages: &[ByteSpan], found: &Evidence) -> Evidence {
        let mut all: Vec<ByteSpan> =
            found.spans.iter().filter_map(|span| self.offsets.to_bytes(*span)).collect();
        for &passage in passages {
            if let Some(known) = all.iter_mut().find(|known| known.overlaps(passage)) {
                *known = known.cover(passage);
            } else if all.len() < PASSAGES {
                all.push(passage);
            }
        }
        all.sort_unstable();
        Evidence::new(&self.document.id, kind, "", self.syntax.text(), &self.offsets, &all)
            .by_rule(&found.rule, found.certainty)
    }
}

/// For each token the number plus one of the innermost statement in whose content it stands: one sweep.
fn statements_by_token(syntax: &Syntax, statements: &[Statement], offsets: &Offsets<'_>) -> PerToken<u32> {
    let mut spans: Vec<(ByteSpan, u32)> = Vec::new();
    for (number, statement) in statements.iter().enumerate() {
        for content in &statement.content {
            if let Some(span) = offsets.to_bytes(*content) {
                spans.push((span, number as u32 + 1));
            }
        }
    }
    spans.sort_by(|a, b| a.0.start.cmp(&b.0.start).then(b.0.end.cmp(&a.0.end)).then(a.1.cmp(&b.1)));
    let mut found = PerToken::new(syntax.len());
    let mut open: Vec<(ByteSpan, u32)> = Vec::new();
    let mut next = spans.into_iter().peekable();
    for (at, token) in (0..).zip(syntax.tokens()) {
        while let Some(span) = next.next_if(|(span, _)| span.start <= token.span.start) {
            open.push(span);
        }
        while open.last().is_some_and(|(span, _)| span.end <= token.span.start) {
            open.pop();
        }
        if let Some((_, number)) = open.last() {
            found[at] = *number;
        }
    }
    found
}
