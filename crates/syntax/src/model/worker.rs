//! One thread's work: text in, syntax out.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::embeddings::Embeddings;
use super::lexicon::{Lexicon, TokenAt};
use super::parts::Parts;
use super::ruler::Seen;
use super::tok2vec::{Scratch, Tok2Vec};
use super::transition::Scoring;
use crate::labels::{Dep, EntityLabel, Pos, Tag};
use crate::syntax::{Row, Syntax};

/// Tokens that are annotated in one go. Longer texts (a book of 250 pages) are cut after a line break near the limit.
const LONGEST_PART: usize = 1 << 16;
/// Above so many words, chunks or analyses, the memory is cleared before the next text.
const MOST_WORDS: usize = 1 << 16;
/// Characters that end a line.
const LINE_BREAKS: [char; 4] = ['\n', '\r', '\u{2028}', '\u{2029}'];
/// Embeddings that are computed together.
const BATCH: usize = 64;

/// Turns texts into [`Syntax`]. Has caches of its own and shares one with the model's other workers; they are bounded and never
/// change a result.
#[derive(Debug)]
pub struct Worker {
    parts: Arc<Parts>,
    lexicon: Lexicon,
    embeddings: Arc<Embeddings>,
    analyses: FxHashMap<(u32, Tag, Dep), Analysis>,
    tokens: Vec<TokenAt>,
    scratch: Scratch,
    rows: [Vec<f32>; 2],
    scores: Vec<f32>,
    scoring: Scoring,
}

/// The result of ruler and lemmatizer for one token.
#[derive(Clone, Debug)]
struct Analysis {
    tag: Tag,
    pos: Pos,
    dep: Dep,
    lemma: Box<str>,
}

/// The results of the networks for all tokens of a text.
#[derive(Debug, Default)]
struct Found {
    tags: Vec<Tag>,
    heads: Vec<u32>,
    deps: Vec<Dep>,
    sentence_starts: Vec<bool>,
    entities: Vec<Option<(bool, EntityLabel)>>,
}

impl Worker {
    pub(super) fn new(parts: Arc<Parts>) -> Self {
        Self {
            embeddings: parts.embeddings(),
            parts,
            lexicon: Lexicon::default(),
            analyses: FxHashMap::default(),
            tokens: Vec::new(),
            scratch: Scratch::default(),
            rows: Default::default(),
            scores: Vec::new(),
            scoring: Scoring::default(),
        }
    }

    /// Annotates `text` with what holds of reports: the first word after a line break starts a sentence for certain,
    /// and a quotation mark that lacks its blank (`said,“No`) is a token.
    pub fn parse(&mut self, text: &str) -> Syntax {
        self.annotate(text, true, &|_| BTreeMap::new())
    }

    /// Annotates `text` as [`Self::parse`] does, and then once more the paragraphs of the tokens that `stand_ins` finds
    /// in the result, by their numbers: the model reads each word found in the place of its token.
    ///
    /// The tokens stay as they are, and so do their spans. A number past the last token is passed over.
    pub fn parse_with(&mut self, text: &str, stand_ins: &dyn Fn(&Syntax) -> BTreeMap<u32, String>) -> Syntax {
        self.annotate(text, true, stand_ins)
    }

    /// Annotates `text` as spaCy does by itself.
    pub fn parse_plain(&mut self, text: &str) -> Syntax {
        self.annotate(text, false, &|_| BTreeMap::new())
    }

    fn annotate(
        &mut self,
        text: &str,
        paragraphs: bool,
        stand_ins: &dyn Fn(&Syntax) -> BTreeMap<u32, String>,
    ) -> Syntax {
        // Spans are 32-bit; what lies beyond cannot be said.
        let text = &text[..text.floor_char_boundary(text.len().min(u32::MAX as usize / 2))];
        let full = self.embeddings.kept().is_full();
        if full {
            self.parts.renew_embeddings(&self.embeddings);
        }
        if full || self.lexicon.size() > MOST_WORDS || self.analyses.len() > 2 * MOST_WORDS {
            *self = Self::new(Arc::clone(&self.parts));
        }
        let mut tokens = std::mem::take(&mut self.tokens);
        tokens.clear();
        self.lexicon.tokenize(&self.parts, text, paragraphs, &mut tokens);
        let mut found = Found::default();
        let mut start = 0;
        while start < tokens.len() {
            let end = part_end(text, &tokens, start);
            self.annotate_part(text, &tokens[start..end], paragraphs, &mut found);
            start = end;
        }
        let mut syntax = self.finish(text, &tokens, &found);
        let mut stand_ins = stand_ins(&syntax);
        stand_ins.retain(|&at, _| at < syntax.len());
        if !stand_ins.is_empty() {
            self.read_again(text, &tokens, &stand_ins, &mut found);
            syntax = self.finish(text, &tokens, &found);
        }
        self.tokens = tokens;
        syntax
    }

    /// Annotates the paragraphs of the tokens in `stand_ins` anew, with the features of the words that stand in for
    /// them.
    fn read_again(
        &mut self,
        text: &str,
        tokens: &[TokenAt],
        stand_ins: &BTreeMap<u32, String>,
        found: &mut Found,
    ) {
        let parts = Arc::clone(&self.parts);
        let mut replaced = tokens.to_vec();
        for (at, word) in stand_ins {
            replaced[*at as usize].lexeme = self.lexicon.lexeme(&parts, word, None);
        }
        let breaks = |token: &TokenAt| token.span.slice(text).contains(LINE_BREAKS);
        let mut done = 0;
        for &at in stand_ins.keys() {
            let at = at as usize;
            if at < done {
                continue;
            }
            let start = tokens[..at].iter().rposition(breaks).map_or(0, |before| before + 1);
            let end = tokens[at..].iter().position(breaks).map_or(tokens.len(), |after| at + after);
            done = end;
            // A paragraph of such a length is no prose.
            if end - start > LONGEST_PART {
                continue;
            }
            let mut again = Found::default();
            self.annotate_part(text, &replaced[start..end], true, &mut again);
            for (place, at) in (start..end).enumerate() {
                found.tags[at] = again.tags[place];
                found.heads[at] = again.heads[place] + start as u32;
                found.deps[at] = again.deps[place];
                found.entities[at] = again.entities[place];
                // Where the paragraph starts is certain.
                if place > 0 {
                    found.sentence_starts[at] = again.sentence_starts[place];
                }
            }
        }
    }

    fn annotate_part(&mut self, text: &str, tokens: &[TokenAt], paragraphs: bool, found: &mut Found) {
        let parts = Arc::clone(&self.parts);
        let count = tokens.len();
        let base = found.heads.len() as u32;
        self.embed(&parts, tokens);
        let is_space = {
            let lexicon = &self.lexicon;
            move |at: usize| lexicon.lexemes[tokens[at].lexeme as usize].features.is_space
        };
        let [rows, entity_rows] = &mut self.rows;
        let encoders = [(&parts.tok2vec, &mut *rows), (&parts.entity_tok2vec, &mut *entity_rows)];
        for (number, (encoder, rows)) in encoders.into_iter().enumerate() {
            let width = encoder.contribution_width();
            encoder.encode(rows, &mut self.scratch, |at| {
                let token = &tokens[at];
                let places = &self.lexicon.lexemes[token.lexeme as usize].embeddings;
                self.embeddings.contributions(number, places[usize::from(token.blank_after)]?, width)
            });
        }
        let rows = &rows[parts.tok2vec.first_row()..];
        let entity_rows = &entity_rows[parts.entity_tok2vec.first_row()..];

        let width = parts.tagger.width();
        self.scores.resize(BATCH * width, 0.0);
        for first in (0..count).step_by(BATCH) {
            let batch = BATCH.min(count - first);
            let token_width = parts.tok2vec.width();
            parts.tagger.apply(&rows[first * token_width..], token_width, batch, &mut self.scores);
            for scores in self.scores.chunks_exact(width).take(batch) {
                let mut best = 0;
                for (class, score) in scores[..parts.tags.len()].iter().enumerate() {
                    if *score > scores[best] {
                        best = class;
                    }
                }
                found.tags.push(parts.tags.get(best).copied().unwrap_or(Tag::None));
            }
        }

        let preset = if paragraphs { paragraph_starts(text, tokens, &is_space) } else { Vec::new() };
        let tree = parts.parser.parse(rows, count, &preset, is_space, &mut self.scoring);
        let entities =
            parts.entities.find(entity_rows, count, &tree.sentence_starts, is_space, &mut self.scoring);
        found.heads.extend(tree.heads.iter().map(|head| head + base));
        found.deps.extend(tree.deps);
        found.sentence_starts.extend(tree.sentence_starts);
        found.entities.extend(entities);
    }

    /// Fills both encoders' buffers with the embeddings of `tokens`.
    fn embed(&mut self, parts: &Parts, tokens: &[TokenAt]) {
        self.keep_embeddings(parts, tokens);
        let kept = self.embeddings.kept();
        let lexicon = &self.lexicon;
        for (number, encoder) in [&parts.tok2vec, &parts.entity_tok2vec].into_iter().enumerate() {
            let width = encoder.width();
            let rows = &mut self.rows[number];
            encoder.prepare(rows, tokens.len());
            let rows = &mut rows[encoder.first_row()..];
            // Tokens whose embedding is not kept since there was no room.
            let mut unkept: Vec<usize> = Vec::new();
            for ((at, token), row) in tokens.iter().enumerate().zip(rows.chunks_exact_mut(width)) {
                let places = &lexicon.lexemes[token.lexeme as usize].embeddings;
                match places[usize::from(token.blank_after)] {
                    Some(place) => row.copy_from_slice(kept.row(number, place, width)),
                    None => unkept.push(at),
                }
            }
            let mut batch_rows = vec![0.0; if unkept.is_empty() { 0 } else { BATCH * width }];
            for batch in unkept.chunks(BATCH) {
                let words = batch.iter().map(|&at| lexicon.word(&tokens[at]));
                encoder.embed(&parts.vectors, words, &mut self.scratch, &mut batch_rows);
                for (&at, row) in batch.iter().zip(batch_rows.chunks_exact(width)) {
                    rows[at * width..(at + 1) * width].copy_from_slice(row);
                }
            }
        }
    }

    /// Finds the places of the embeddings of `tokens` that this worker has not met, and keeps those that no worker has met.
    fn keep_embeddings(&mut self, parts: &Parts, tokens: &[TokenAt]) {
        let lexicon = &mut self.lexicon;
        let mut new: Vec<TokenAt> =
            tokens.iter().filter(|token| lexicon.embedding(token).is_none()).copied().collect();
        new.sort_unstable_by_key(|token| (token.lexeme, token.blank_after));
        new.dedup_by_key(|token| (token.lexeme, token.blank_after));
        let kept = self.embeddings.kept();
        new.retain(|token| {
            let place = kept.place(lexicon.word(token));
            *lexicon.embedding(token) = place;
            place.is_none()
        });
        let full = kept.is_full();
        drop(kept);
        if full {
            return;
        }
        let encoders: [&Tok2Vec; 2] = [&parts.tok2vec, &parts.entity_tok2vec];
        for batch in new.chunks(BATCH) {
            let rows = encoders.map(|encoder| {
                let mut rows = vec![0.0; batch.len() * encoder.width()];
                let words = batch.iter().map(|token| lexicon.word(token));
                encoder.embed(&parts.vectors, words, &mut self.scratch, &mut rows);
                rows
            });
            let words = batch.iter().map(|token| lexicon.word(token));
            let places = self.embeddings.keep(encoders, words, [&rows[0], &rows[1]]);
            for (token, place) in batch.iter().zip(places) {
                *lexicon.embedding(token) = place;
            }
        }
    }

    /// Runs ruler and lemmatizer, and puts everything together.
    fn finish(&mut self, text: &str, tokens: &[TokenAt], found: &Found) -> Syntax {
        let parts = Arc::clone(&self.parts);
        // Tokens that are part of a pair a pattern may be about; rare, so not cached.
        let mut special: FxHashMap<usize, Analysis> = FxHashMap::default();
        for at in 1..tokens.len() {
            let roles = |at: usize| self.lexicon.lexemes[tokens[at].lexeme as usize].pairs;
            if roles(at - 1).first & roles(at).second == 0 {
                continue;
            }
            for at in [at - 1, at] {
                special.entry(at).or_insert_with(|| self.analyse_pair(&parts, text, tokens, found, at));
            }
        }
        for (at, token) in tokens.iter().enumerate() {
            let key = (token.lexeme, found.tags[at], found.deps[at]);
            if !special.contains_key(&at) && !self.analyses.contains_key(&key) {
                let word = token.span.slice(text);
                let lower = word.to_lowercase();
                let seen = self.seen(token, &lower, found, at);
                let analysis = analyse(&parts, word, None, seen, None);
                self.analyses.insert(key, analysis);
            }
        }
        Syntax::from_rows(
            text,
            tokens.iter().enumerate().map(|(at, token)| {
                let key = (token.lexeme, found.tags[at], found.deps[at]);
                let analysis = special.get(&at).or_else(|| self.analyses.get(&key));
                Row {
                    span: token.span,
                    tag: analysis.map_or(Tag::None, |analysis| analysis.tag),
                    pos: analysis.map_or(Pos::None, |analysis| analysis.pos),
                    lemma: analysis.map_or("", |analysis| &analysis.lemma),
                    head: found.heads[at],
                    dep: analysis.map_or(Dep::None, |analysis| analysis.dep),
                    sentence_start: found.sentence_starts[at],
                    entity: found.entities[at],
                }
            }),
        )
    }

    fn seen<'l>(&self, token: &TokenAt, lower: &'l str, found: &Found, at: usize) -> Seen<'l> {
        Seen {
            lower,
            is_space: self.lexicon.lexemes[token.lexeme as usize].features.is_space,
            tag: found.tags[at],
            dep: found.deps[at],
        }
    }

    /// The analysis of token `at` in sight of its neighbours.
    fn analyse_pair(
        &self,
        parts: &Parts,
        text: &str,
        tokens: &[TokenAt],
        found: &Found,
        at: usize,
    ) -> Analysis {
        let lower = |at: Option<usize>| {
            at.and_then(|at| tokens.get(at))
                .map_or_else(String::new, |token| token.span.slice(text).to_lowercase())
        };
        let places = [at.checked_sub(1), Some(at), Some(at + 1).filter(|&next| next < tokens.len())];
        let lowers = places.map(lower);
        let seen = |number: usize| {
            let place = places[number]?;
            Some(self.seen(&tokens[place], &lowers[number], found, place))
        };
        let word = tokens[at].span.slice(text);
        let token = self.seen(&tokens[at], &lowers[1], found, at);
        analyse(parts, word, seen(0), token, seen(2))
    }
}

fn analyse(
    parts: &Parts,
    word: &str,
    before: Option<Seen<'_>>,
    token: Seen<'_>,
    after: Option<Seen<'_>>,
) -> Analysis {
    let mut analysis = Analysis { tag: token.tag, pos: Pos::None, dep: token.dep, lemma: Box::default() };
    let (mut morphology, mut lemma) = ("", None);
    for change in parts.ruler.changes(before, token, after) {
        analysis.tag = change.tag.unwrap_or(analysis.tag);
        analysis.pos = change.pos.unwrap_or(analysis.pos);
        analysis.dep = change.dep.unwrap_or(analysis.dep);
        morphology = change.morphology.as_deref().unwrap_or(morphology);
        lemma = change.lemma.as_deref().or(lemma);
    }
    analysis.lemma = match lemma {
        Some(lemma) => lemma.into(),
        None => parts.lemmatizer.lemma(word, token.lower, analysis.pos, morphology).into(),
    };
    analysis
}

/// Returns the end of the part that begins at token `start`: the limit, or the end of a line in the last quarter before
/// it.
fn part_end(text: &str, tokens: &[TokenAt], start: usize) -> usize {
    if tokens.len() - start <= LONGEST_PART {
        return tokens.len();
    }
    let limit = start + LONGEST_PART;
    let breaks = |token: &TokenAt| token.span.slice(text).contains(LINE_BREAKS);
    (limit - LONGEST_PART / 4..limit).rev().find(|&at| breaks(&tokens[at])).map_or(limit, |at| at + 1)
}

/// The first word after each white-space token with a line break.
fn paragraph_starts(text: &str, tokens: &[TokenAt], is_space: &impl Fn(usize) -> bool) -> Vec<bool> {
    let mut after_break = false;
    tokens
        .iter()
        .enumerate()
        .map(|(at, token)| {
            if is_space(at) {
                after_break |= token.span.slice(text).contains(LINE_BREAKS);
                return false;
            }
            std::mem::take(&mut after_break)
        })
        .collect()
}
