//! A worker's memory of words and chunks, and the tokenizer's work on a whole text.

use readout_text::ByteSpan;
use rustc_hash::FxHashMap;

use super::embeddings::Word;
use super::lexeme::Features;
use super::parts::Parts;
use super::ruler::PairRoles;
use super::tokenizer::{Piece, for_chunks, joined_mark};

/// A word (or mark, or white space) as the tokenizer made it; one spelling with another norm is another lexeme.
#[derive(Debug)]
pub(super) struct Lexeme {
    pub(super) features: Features,
    pub(super) pairs: PairRoles,
    /// Places of the embeddings that are kept, without and with a blank after the word.
    pub(super) embeddings: [Option<u32>; 2],
    /// Whether a sequence that stands for an exception can begin with it.
    may_be_respelled: bool,
}

/// A token of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct TokenAt {
    pub(super) span: ByteSpan,
    pub(super) lexeme: u32,
    pub(super) blank_after: bool,
}

/// Words and chunks seen so far.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    pub(super) lexemes: Vec<Lexeme>,
    by_text: FxHashMap<Box<str>, u32>,
    by_text_and_norm: FxHashMap<(Box<str>, u64), u32>,
    /// Index of the first piece and number of pieces, by chunk.
    chunks: FxHashMap<Box<str>, (u32, u32)>,
    /// Length in bytes, and lexeme.
    pieces: Vec<(u32, u32)>,
    found: Vec<Piece>,
}

/// Longer chunks are not remembered.
const LONGEST_CHUNK: usize = 64;

impl Lexicon {
    /// Returns the number of remembered lexemes or of remembered chunks, whichever is larger.
    pub(super) fn size(&self) -> usize {
        self.lexemes.len().max(self.chunks.len())
    }

    /// Appends the tokens of `text`; where `cut`, quotation marks that lack their blank are tokens of their own.
    pub(super) fn tokenize(&mut self, parts: &Parts, text: &str, cut: bool, tokens: &mut Vec<TokenAt>) {
        let base = text.as_ptr() as usize;
        for_chunks(text, |chunk, blank| {
            // Chunks are slices of the text.
            let mut start = (chunk.as_ptr() as usize - base) as u32;
            let mut rest = chunk;
            while cut && let Some((part, after)) = joined_mark(rest).and_then(|at| rest.split_at_checked(at))
            {
                start = self.add_pieces(parts, part, start, tokens);
                rest = after;
            }
            self.add_pieces(parts, rest, start, tokens);
            if let Some(last) = tokens.last_mut() {
                last.blank_after = blank;
            }
        });
        self.respell(parts, text, tokens);
    }

    /// Appends the tokens of `chunk`, which begins at byte `start`, and returns the byte at which they end.
    fn add_pieces(&mut self, parts: &Parts, chunk: &str, mut start: u32, tokens: &mut Vec<TokenAt>) -> u32 {
        let (first, count) = match self.chunks.get(chunk) {
            Some(&place) => place,
            None => self.add_chunk(parts, chunk),
        };
        for &(length, lexeme) in &self.pieces[first as usize..(first + count) as usize] {
            tokens.push(TokenAt { span: ByteSpan::new(start, start + length), lexeme, blank_after: false });
            start += length;
        }
        start
    }

    fn add_chunk(&mut self, parts: &Parts, chunk: &str) -> (u32, u32) {
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        parts.tokenizer.chunk(chunk, &mut found);
        let first = self.pieces.len() as u32;
        let mut rest = chunk;
        for piece in &found {
            let Some((word, after)) = rest.split_at_checked(piece.length as usize) else { break };
            let lexeme = self.lexeme(parts, word, piece.norm);
            self.pieces.push((piece.length, lexeme));
            rest = after;
        }
        let place = (first, self.pieces.len() as u32 - first);
        if chunk.len() <= LONGEST_CHUNK {
            self.chunks.insert(chunk.into(), place);
        }
        self.found = found;
        place
    }

    /// Returns the number of the lexeme of `word`; `norm` is what a tokenizer exception says instead of its own norm.
    pub(super) fn lexeme(&mut self, parts: &Parts, word: &str, norm: Option<u64>) -> u32 {
        let known = match norm {
            None => self.by_text.get(word),
            Some(norm) => self.by_text_and_norm.get(&(word.into(), norm)),
        };
        if let Some(&lexeme) = known {
            return lexeme;
        }
        let features = Features::new(word, norm, &parts.norms);
        let number = self.lexemes.len() as u32;
        self.lexemes.push(Lexeme {
            features,
            pairs: parts.ruler.pair_roles(&word.to_lowercase(), features.is_space),
            embeddings: [None; 2],
            may_be_respelled: !parts.tokenizer.respelled(word).is_empty(),
        });
        match norm {
            None => self.by_text.insert(word.into(), number),
            Some(norm) => self.by_text_and_norm.insert((word.into(), norm), number),
        };
        number
    }

    /// Returns the word of a token.
    pub(super) fn word(&self, token: &TokenAt) -> Word<'_> {
        (&self.lexemes[token.lexeme as usize].features, token.blank_after)
    }

    /// Returns the place of a token's embedding, to be read or set.
    pub(super) fn embedding(&mut self, token: &TokenAt) -> &mut Option<u32> {
        &mut self.lexemes[token.lexeme as usize].embeddings[usize::from(token.blank_after)]
    }

    /// Exceptions whose text the rules took apart, found again in the finished tokens.
    fn respell(&mut self, parts: &Parts, text: &str, tokens: &mut Vec<TokenAt>) {
        let word = |token: &TokenAt| token.span.slice(text);
        let mut candidates: Vec<(usize, usize)> = Vec::new();
        for (start, token) in tokens.iter().enumerate() {
            if !self.lexemes[token.lexeme as usize].may_be_respelled {
                continue;
            }
            for sequence in parts.tokenizer.respelled(word(token)) {
                let end = start + sequence.len();
                if let Some(found) = tokens.get(start..end)
                    && found.iter().zip(sequence).all(|(token, known)| word(token) == &**known)
                {
                    candidates.push((start, end));
                }
            }
        }
        if candidates.is_empty() {
            return;
        }
        // The longest first, then the leftmost.
        candidates.sort_unstable_by_key(|&(start, end)| (usize::MAX - (end - start), start));
        candidates.dedup();
        let mut seen = vec![false; tokens.len()];
        let mut kept = Vec::new();
        for (start, end) in candidates {
            let free = !seen[start] && !seen[end - 1];
            seen[start..end].fill(true);
            if !free {
                continue;
            }
            let span = ByteSpan::new(tokens[start].span.start, tokens[end - 1].span.end);
            if let Some(pieces) = parts.tokenizer.exception(span.slice(text)) {
                kept.push((start, end, pieces));
            }
        }
        kept.sort_unstable_by_key(|&(start, ..)| start);
        for (start, end, pieces) in kept.into_iter().rev() {
            let mut at = tokens[start].span.start;
            let blank_after = tokens[end - 1].blank_after;
            let mut replacement: Vec<TokenAt> = Vec::with_capacity(pieces.len());
            for piece in pieces {
                let span = ByteSpan::new(at, at + piece.length);
                let lexeme = self.lexeme(parts, span.slice(text), piece.norm);
                replacement.push(TokenAt { span, lexeme, blank_after: false });
                at += piece.length;
            }
            if let Some(last) = replacement.last_mut() {
                last.blank_after = blank_after;
            }
            tokens.splice(start..end, replacement);
        }
    }
}
