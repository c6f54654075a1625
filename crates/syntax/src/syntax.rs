use std::ops::Range;

use readout_text::ByteSpan;

use crate::labels::{Dep, EntityLabel, Pos, Tag};
use crate::per_token::PerToken;

/// The most rounds in which the edges of subtrees are settled. A sentence of a report is less deep.
const ROUNDS: usize = 64;

/// The most dependents of one word that are looked at. No word of a report has as many, and what a text without
/// sentences costs grows with their square.
const MAX_DEPENDENTS: u32 = 200;

/// One token: a word, a mark, or a run of white space beyond the single blanks between words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Span in bytes of the text.
    pub span: ByteSpan,
    /// Penn Treebank tag.
    pub tag: Tag,
    /// Universal part of speech.
    pub pos: Pos,
    /// The label of the arc from the head.
    pub dep: Dep,
    /// Number of the head token; a root is its own head.
    pub head: u32,
    /// First token of the subtree.
    pub left_edge: u32,
    /// Last token of the subtree.
    pub right_edge: u32,
    /// Number of the sentence.
    pub sentence: u32,
    lemma: (u32, u32),
}

impl Token {
    /// Makes the token past the last of `count` tokens and `sentences` sentences, in a text of `end` bytes.
    const fn padding(end: u32, count: u32, sentences: u32) -> Self {
        Self {
            span: ByteSpan::new(end, end),
            tag: Tag::None,
            pos: Pos::None,
            dep: Dep::None,
            head: count,
            left_edge: count,
            right_edge: count,
            sentence: sentences,
            lemma: (0, 0),
        }
    }
}

/// A named entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Entity {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// Sort of entity.
    pub label: EntityLabel,
}

/// Tokens, tags, lemmas, tree, sentences and entities of one text.
///
/// A look-ahead may go past the last token. There stands padding: an empty word at the end of the text, without tag,
/// label, dependents or sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Syntax {
    text: String,
    tokens: Vec<Token>,
    padding: Token,
    lemmas: String,
    sentences: Vec<Range<u32>>,
    entities: Vec<Entity>,
    /// For each token the number of its entity plus one; 0 outside entities.
    entity_of: PerToken<u32>,
    /// For each token the place of its dependents in `dependents`.
    dependents_of: PerToken<(u32, u32)>,
    /// The dependents of the first token, of the second, and so on, each in the order of the text.
    dependents: Vec<u32>,
}

/// One token as a model or a stored sample gives it; what [`Syntax::from_rows`] is made of.
#[derive(Clone, Debug)]
pub struct Row<'r> {
    /// Span in bytes of the text.
    pub span: ByteSpan,
    /// Penn Treebank tag.
    pub tag: Tag,
    /// Universal part of speech.
    pub pos: Pos,
    /// The dictionary form.
    pub lemma: &'r str,
    /// Number of the head token.
    pub head: u32,
    /// The label of the arc from the head.
    pub dep: Dep,
    /// Whether a sentence starts here.
    pub sentence_start: bool,
    /// The entity that the token starts (`true`) or goes on with (`false`).
    pub entity: Option<(bool, EntityLabel)>,
}

impl Default for Syntax {
    /// The syntax of an empty text.
    fn default() -> Self {
        Self::from_rows("", [])
    }
}

impl Syntax {
    /// Builds the tree from `rows`. A head beyond the text counts as its last token; where arcs go in a circle, one
    /// token of it is a root.
    pub fn from_rows<'r>(text: &str, rows: impl IntoIterator<Item = Row<'r>>) -> Self {
        let mut syntax = Self {
            text: text.to_owned(),
            tokens: Vec::new(),
            padding: Token::padding(text.len() as u32, 0, 0),
            lemmas: String::new(),
            sentences: Vec::new(),
            entities: Vec::new(),
            entity_of: PerToken::default(),
            dependents_of: PerToken::default(),
            dependents: Vec::new(),
        };
        for (number, row) in rows.into_iter().enumerate() {
            let number = number as u32;
            if row.sentence_start || number == 0 {
                syntax.sentences.push(number..number);
            }
            let lemma = syntax.lemmas.len() as u32;
            syntax.lemmas.push_str(row.lemma);
            syntax.tokens.push(Token {
                span: row.span,
                tag: row.tag,
                pos: row.pos,
                dep: row.dep,
                head: row.head,
                left_edge: number,
                right_edge: number,
                sentence: syntax.sentences.len() as u32 - 1,
                lemma: (lemma, syntax.lemmas.len() as u32),
            });
            if let Some(sentence) = syntax.sentences.last_mut() {
                sentence.end = number + 1;
            }
            match row.entity {
                Some((false, label))
                    if syntax.entities.last().is_some_and(|e| e.end == number && e.label == label) =>
                {
                    if let Some(entity) = syntax.entities.last_mut() {
                        entity.end = number + 1;
                    }
                }
                Some((_, label)) => syntax.entities.push(Entity { start: number, end: number + 1, label }),
                None => {}
            }
            syntax.entity_of.extend([row.entity.map_or(0, |_| syntax.entities.len() as u32)]);
        }
        let count = syntax.len();
        syntax.padding = Token::padding(text.len() as u32, count, syntax.sentences.len() as u32);
        for token in &mut syntax.tokens {
            token.head = token.head.min(count - 1);
        }
        syntax.join_negations();
        syntax.break_circles();
        syntax.set_dependents();
        syntax.set_edges();
        syntax
    }

    /// Makes each contracted `not` a negation of its verb. The model knows it with the straight apostrophe; with the curly one it
    /// takes it for an adverb, a subject or anything else.
    fn join_negations(&mut self) {
        for not in 1..self.len() {
            if !self.word(not).eq_ignore_ascii_case("n’t") {
                continue;
            }
            // `won’t go`: the verb above the auxiliary; `isn’t`: the copula itself.
            let verb = *self.token(not - 1);
            let helps = matches!(verb.dep, Dep::Aux | Dep::Auxpass);
            if let Some(token) = self.tokens.get_mut(not as usize) {
                token.dep = Dep::Neg;
                token.head = if helps { verb.head } else { not - 1 };
            }
        }
    }

    /// Makes one token of each circle of arcs a root.
    fn break_circles(&mut self) {
        // For each token the walk that first came by; a walk that meets itself has closed a circle.
        let mut walks = PerToken::<u32>::new(self.len());
        for start in 0..self.len() {
            let mut at = start;
            while walks[at] == 0 {
                walks[at] = start + 1;
                match self.head(at) {
                    Some(head) if walks[head] == start + 1 => {
                        if let Some(token) = self.tokens.get_mut(at as usize) {
                            token.head = at;
                        }
                        break;
                    }
                    Some(head) => at = head,
                    None => break,
                }
            }
        }
    }

    /// Lists every token's dependents.
    fn set_dependents(&mut self) {
        let mut arcs: Vec<(u32, u32)> =
            (0..self.len()).filter_map(|at| self.head(at).map(|head| (head, at))).collect();
        arcs.sort_unstable();
        self.dependents_of = PerToken::new(self.len());
        for (place, (head, _)) in (0..).zip(&arcs) {
            let (start, end) = self.dependents_of[*head];
            self.dependents_of[*head] = (if end == 0 { place } else { start }, place + 1);
        }
        self.dependents = arcs.into_iter().map(|(_, at)| at).collect();
    }

    /// Widens every token's edges to those of its subtree.
    fn set_edges(&mut self) {
        let count = self.tokens.len();
        // A tree of depth d is settled after d rounds; crossing arcs need no more. The bound is for trees that are
        // deeper.
        for _ in 0..ROUNDS {
            let mut changed = false;
            for at in (0..count).chain((0..count).rev()) {
                let Some(&Token { head, left_edge, right_edge, .. }) = self.tokens.get(at) else { continue };
                let Some(head) = self.tokens.get_mut(head as usize) else { continue };
                if left_edge < head.left_edge {
                    head.left_edge = left_edge;
                    changed = true;
                }
                if right_edge > head.right_edge {
                    head.right_edge = right_edge;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
    }

    /// The text that was annotated.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All tokens in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Number of tokens.
    pub fn len(&self) -> u32 {
        self.tokens.len() as u32
    }

    /// Whether the text has no token.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Token number `at`; padding past the end.
    pub fn token(&self, at: u32) -> &Token {
        self.tokens.get(at as usize).unwrap_or(&self.padding)
    }

    /// The words of token `at`.
    pub fn word(&self, at: u32) -> &str {
        self.token(at).span.slice(&self.text)
    }

    /// The dictionary form of token `at`.
    pub fn lemma(&self, at: u32) -> &str {
        let (start, end) = self.token(at).lemma;
        self.lemmas.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Gives token `at` another dictionary form. Past the last token nothing changes.
    pub(crate) fn set_lemma(&mut self, at: u32, lemma: &str) {
        let start = self.lemmas.len() as u32;
        if let Some(token) = self.tokens.get_mut(at as usize) {
            self.lemmas.push_str(lemma);
            token.lemma = (start, self.lemmas.len() as u32);
        }
    }

    /// The sentences as ranges of token numbers, in order.
    pub fn sentences(&self) -> &[Range<u32>] {
        &self.sentences
    }

    /// The sentence of token `at`; an empty range at the end of the text for padding.
    pub fn sentence_of(&self, at: u32) -> Range<u32> {
        self.sentences.get(self.token(at).sentence as usize).cloned().unwrap_or(self.len()..self.len())
    }

    /// The root of the sentence number `sentence`: its first token that is its own head.
    pub fn root(&self, sentence: u32) -> Option<u32> {
        self.sentences.get(sentence as usize)?.clone().find(|&at| self.token(at).head == at)
    }

    /// The named entities in order.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The entity that token `at` belongs to.
    pub fn entity_at(&self, at: u32) -> Option<&Entity> {
        self.entities.get((self.entity_of[at] as usize).checked_sub(1)?)
    }

    /// The head of token `at`; `None` for a root.
    pub fn head(&self, at: u32) -> Option<u32> {
        let head = self.token(at).head;
        (head != at && at < self.len()).then_some(head)
    }

    /// The heads of `at`, nearest first, up to the root.
    pub fn ancestors(&self, at: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(self.head(at), |&next| self.head(next))
    }

    /// The direct dependents of `at`, in the order of the text: the first 200 at most.
    pub fn children(&self, at: u32) -> &[u32] {
        let (start, end) = self.dependents_of[at];
        self.dependents.get(start as usize..end.min(start + MAX_DEPENDENTS) as usize).unwrap_or_default()
    }

    /// The tokens from the left to the right edge of the subtree of `at`.
    pub fn subtree(&self, at: u32) -> Range<u32> {
        let token = self.token(at);
        token.left_edge..(token.right_edge + 1).min(self.len())
    }

    /// Whether `at` is `ancestor` or below it.
    pub fn is_within(&self, at: u32, ancestor: u32) -> bool {
        at == ancestor || self.ancestors(at).any(|above| above == ancestor)
    }

    /// The bytes from the first to the last token of `tokens`, without white space at the ends.
    pub fn span(&self, tokens: Range<u32>) -> ByteSpan {
        if tokens.is_empty() {
            return ByteSpan::default();
        }
        ByteSpan::new(self.token(tokens.start).span.start, self.token(tokens.end - 1).span.end)
            .trim(&self.text)
    }

    /// The words from the first to the last token of `tokens`.
    pub fn passage(&self, tokens: Range<u32>) -> &str {
        self.span(tokens).slice(&self.text)
    }

    /// The first token that ends after byte `byte`; the number of tokens if there is none.
    pub fn token_at(&self, byte: u32) -> u32 {
        self.tokens.partition_point(|token| token.span.end <= byte) as u32
    }

    /// The tokens that overlap `span`.
    pub fn tokens_in(&self, span: ByteSpan) -> Range<u32> {
        let start = self.token_at(span.start);
        let end = self.tokens.partition_point(|token| token.span.start < span.end) as u32;
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `He said she left. Rome agreed.`
    fn sample() -> Syntax {
        let row = |start, end, tag, pos, lemma, head, dep, sentence_start, entity| Row {
            span: ByteSpan::new(start, end),
            tag,
            pos,
            lemma,
            head,
            dep,
            sentence_start,
            entity,
        };
        Syntax::from_rows(
            "He said she left. Rome agreed.",
            [
                row(0, 2, Tag::Prp, Pos::Pron, "he", 1, Dep::Nsubj, true, None),
                row(3, 7, Tag::Vbd, Pos::Verb, "say", 1, Dep::Root, false, None),
                row(8, 11, Tag::Prp, Pos::Pron, "she", 3, Dep::Nsubj, false, None),
                row(12, 16, Tag::Vbd, Pos::Verb, "leave", 1, Dep::Ccomp, false, None),
                row(16, 17, Tag::Stop, Pos::Punct, ".", 1, Dep::Punct, false, None),
                row(
                    18,
                    22,
                    Tag::Nnp,
                    Pos::Propn,
                    "Rome",
                    6,
                    Dep::Nsubj,
                    true,
                    Some((true, EntityLabel::Gpe)),
                ),
                row(23, 29, Tag::Vbd, Pos::Verb, "agree", 6, Dep::Root, false, None),
                row(29, 30, Tag::Stop, Pos::Punct, ".", 6, Dep::Punct, false, None),
            ],
        )
    }

    #[test]
    fn the_tree_can_be_walked() {
        let syntax = sample();
        assert_eq!(syntax.sentences(), [0..5, 5..8]);
        assert_eq!(syntax.root(1), Some(6));
        assert_eq!(syntax.subtree(3), 2..4);
        assert_eq!(syntax.children(1), [0, 3, 4]);
        assert_eq!(syntax.child(1, Dep::Ccomp), Some(3));
        assert_eq!(syntax.ancestors(2).collect::<Vec<_>>(), [3, 1]);
        assert!(syntax.is_within(2, 1) && !syntax.is_within(5, 1));
        assert_eq!(syntax.passage(syntax.subtree(3)), "she left");
        assert_eq!(syntax.lemma(3), "leave");
        assert_eq!(syntax.entity_at(5).map(|entity| entity.label), Some(EntityLabel::Gpe));
        assert_eq!(syntax.entity_at(6), None);
        assert_eq!(syntax.tokens_in(ByteSpan::new(9, 17)), 2..5);
    }

    #[test]
    fn an_empty_text_has_no_tokens() {
        let syntax = Syntax::from_rows("", []);
        assert!(syntax.is_empty() && syntax.sentences().is_empty());
        assert_eq!(syntax.root(0), None);
        assert_eq!(syntax.word(0), "");
    }

    #[test]
    fn a_circle_of_arcs_is_broken() {
        let row = |number: u32, head| Row {
            span: ByteSpan::new(number, number + 1),
            tag: Tag::Nn,
            pos: Pos::Noun,
            lemma: "",
            head,
            dep: Dep::Nmod,
            sentence_start: number == 0,
            entity: None,
        };
        // 0 → 1 → 2 → 0, and 3 hangs on it.
        let syntax = Syntax::from_rows("abcd", [row(0, 1), row(1, 2), row(2, 0), row(3, 2)]);
        assert_eq!(syntax.ancestors(3).collect::<Vec<_>>(), [2]);
        assert_eq!(syntax.ancestors(0).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(syntax.children(2), [1, 3]);
    }

    #[test]
    fn a_look_ahead_past_the_end_finds_padding() {
        let syntax = sample();
        for at in [8, 9, u32::MAX] {
            assert_eq!((syntax.word(at), syntax.lemma(at)), ("", ""));
            assert_eq!((syntax.token(at).tag, syntax.token(at).pos), (Tag::None, Pos::None));
            assert_eq!((syntax.token(at).dep, syntax.head(at)), (Dep::None, None));
            assert!(syntax.children(at).is_empty() && syntax.subtree(at).is_empty());
            assert!(syntax.sentence_of(at).is_empty() && syntax.entity_at(at).is_none());
            assert!(!syntax.is_within(at, 6) && syntax.passage(7..at).len() <= 1);
        }
    }
}
