//! Embeddings of the words that were met, kept for all threads that parse with a model.

use std::sync::{OnceLock, PoisonError, RwLock, RwLockReadGuard};

use rustc_hash::FxHashMap;

use super::lexeme::Features;
use super::tok2vec::Tok2Vec;

/// Embeddings that are kept: 768 bytes each. With 16,384 parsing 1,000 reports took a tenth longer.
const MOST_EMBEDDINGS: usize = 40_000;
/// Embeddings whose contributions to the encoders' first layer are kept in one block.
const BLOCK: usize = 64;
/// Blocks of contributions that are kept; an embedding has 7 kB of them. Of the words of 150 reports the first 2,048 cover
/// 72 %, four times as many 92 %, at 43 MB more.
const MOST_BLOCKS: usize = 2_048 / BLOCK;

/// A word in its place: what its letters say, and whether a blank follows it.
pub(super) type Word<'l> = (&'l Features, bool);

/// The embeddings of both encoders. They are bounded, never change once they are kept, and never change a result.
#[derive(Debug)]
pub(super) struct Embeddings {
    kept: RwLock<Kept>,
    /// For each encoder, the contributions of each block of embeddings that is complete.
    contributions: [Box<[OnceLock<Vec<f32>>]>; 2],
}

/// The embeddings that are kept.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// The place of each word's embedding. A word is known by the numbers of its letters and its norm, which give all its
    /// features, and by whether a blank follows.
    places: FxHashMap<(u64, u64, bool), u32>,
    /// For each encoder, the embeddings one after the other.
    rows: [Vec<f32>; 2],
}

impl Embeddings {
    pub(super) fn new() -> Self {
        let blocks = || (0..MOST_BLOCKS).map(|_| OnceLock::new()).collect();
        Self { kept: RwLock::default(), contributions: [blocks(), blocks()] }
    }

    /// Returns the embeddings that are kept now. While they are looked at, no other thread can add one.
    pub(super) fn kept(&self) -> RwLockReadGuard<'_, Kept> {
        // What a thread that failed left behind has no place, and is cut off before the next is added.
        self.kept.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the embeddings of `words`, which `rows` has for each encoder one after the other, and returns their places:
    /// `None` for those that there is no room for.
    pub(super) fn keep<'l>(
        &self,
        encoders: [&Tok2Vec; 2],
        words: impl Iterator<Item = Word<'l>>,
        rows: [&[f32]; 2],
    ) -> Vec<Option<u32>> {
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        let before = kept.places.len();
        let places = words.enumerate().map(|(number, word)| kept.add(encoders, word, number, rows)).collect();
        let after = kept.places.len();
        drop(kept);
        for block in before / BLOCK..(after / BLOCK).min(MOST_BLOCKS) {
            self.complete(encoders, block);
        }
        places
    }

    /// Computes the contributions of a block whose embeddings are all kept.
    fn complete(&self, encoders: [&Tok2Vec; 2], block: usize) {
        for (place, encoder) in encoders.into_iter().enumerate() {
            let width = encoder.width();
            let rows = self.kept().rows[place]
                .get(block * BLOCK * width..(block + 1) * BLOCK * width)
                .map(<[f32]>::to_vec);
            if let (Some(rows), Some(contributions)) = (rows, self.contributions[place].get(block)) {
                // Two threads would compute the same.
                contributions.get_or_init(|| encoder.contributions(&rows));
            }
        }
    }

    /// Returns what the embedding at `place` contributes to the first layer of encoder number `encoder`, whose contributions
    /// are `width` numbers each.
    pub(super) fn contributions(&self, encoder: usize, place: u32, width: usize) -> Option<&[f32]> {
        let place = place as usize;
        let block = self.contributions[encoder].get(place / BLOCK)?.get()?;
        let start = place % BLOCK * width;
        block.get(start..start + width)
    }
}

impl Kept {
    /// Whether no more embeddings are kept.
    pub(super) fn is_full(&self) -> bool {
        self.places.len() >= MOST_EMBEDDINGS
    }

    /// Returns the place of a word's embedding.
    pub(super) fn place(&self, (features, blank_after): Word<'_>) -> Option<u32> {
        self.places.get(&(features.orth, features.norm, blank_after)).copied()
    }

    /// Returns the embedding at `place` for encoder number `encoder`, whose embeddings are `width` numbers each.
    pub(super) fn row(&self, encoder: usize, place: u32, width: usize) -> &[f32] {
        let start = place as usize * width;
        &self.rows[encoder][start..start + width]
    }

    /// Adds the embedding that has `number` in `rows`, if the word has none yet and there is room, and returns its place.
    fn add(
        &mut self,
        encoders: [&Tok2Vec; 2],
        word: Word<'_>,
        number: usize,
        rows: [&[f32]; 2],
    ) -> Option<u32> {
        if let Some(place) = self.place(word) {
            return Some(place);
        }
        if self.is_full() {
            return None;
        }
        let place = self.places.len();
        for ((encoder, all), rows) in encoders.into_iter().zip(&mut self.rows).zip(rows) {
            let width = encoder.width();
            if all.capacity() == 0 {
                // All at once: what a list leaves behind each time it grows is room that nothing else fits. Where it cannot be
                // had, the list grows.
                let _ = all.try_reserve_exact(MOST_EMBEDDINGS.saturating_mul(width));
            }
            all.truncate(place * width);
            all.extend_from_slice(&rows[number * width..(number + 1) * width]);
        }
        let (features, blank_after) = word;
        self.places.insert((features.orth, features.norm, blank_after), place as u32);
        Some(place as u32)
    }
}
