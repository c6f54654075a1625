//! Static word vectors: a table, and which word has which row.

use super::msgpack;
use super::thinc::floats;

/// The vectors of a model; empty in the small one.
#[derive(Debug, Default)]
pub(super) struct Vectors {
    width: usize,
    rows: Vec<f32>,
    /// Words' numbers, ascending, and their rows at the same places.
    keys: Vec<u64>,
    key_rows: Vec<u32>,
}

impl Vectors {
    /// Reads a NumPy table (version 1, little-endian 32-bit, rows first) and the map from words to rows.
    pub(super) fn read(table: &[u8], key_rows: &[u8]) -> Option<Self> {
        let (header, data) = table.strip_prefix(b"\x93NUMPY\x01\x00")?.split_at_checked(2)?;
        let length = usize::from(u16::from_le_bytes([header[0], header[1]]));
        let (header, data) = data.split_at_checked(length)?;
        let header = std::str::from_utf8(header).ok()?;
        if !header.contains("'<f4'") || !header.contains("'fortran_order': False") {
            return None;
        }
        let shape = header.split_once("'shape':")?.1.split_once('(')?.1.split_once(')')?.0;
        let mut shape = shape.split(',').map(|length| length.trim().parse::<usize>().ok());
        let (rows, width) = (shape.next()??, shape.next()??);
        if data.len() != rows.checked_mul(width)?.checked_mul(4)? {
            return None;
        }
        let entries = msgpack::number_map(key_rows)?;
        if entries.iter().any(|&(_, row)| row as usize >= rows) {
            return None;
        }
        let (keys, key_rows) = sorted(entries).into_iter().unzip();
        Some(Self { width, rows: floats(data), keys, key_rows })
    }

    /// Numbers per vector; 0 without a table.
    pub(super) fn width(&self) -> usize {
        if self.rows.is_empty() { 0 } else { self.width }
    }

    /// The vector of the word with spaCy's number `key`.
    pub(super) fn get(&self, key: u64) -> Option<&[f32]> {
        let row = *self.key_rows.get(self.keys.binary_search(&key).ok()?)? as usize;
        self.rows.get(row * self.width..(row + 1) * self.width)
    }
}

/// Sorts words' numbers with their rows.
///
/// The numbers are hashes: parted by their first bits they are nearly in order, and what is then sorted are a few at a time.
fn sorted(entries: Vec<(u64, u32)>) -> Vec<(u64, u32)> {
    /// Bits by which numbers are parted: a model has some hundred thousand words.
    const BITS: u32 = 16;
    if entries.is_sorted() {
        return entries;
    }
    let part = |key: u64| (key >> (u64::BITS - BITS)) as usize;
    // For each part, the place of its first entry; after all are placed, the end of its last.
    let mut places = vec![0usize; (1 << BITS) + 1];
    for &(key, _) in &entries {
        places[part(key) + 1] += 1;
    }
    for part in 1..places.len() {
        places[part] += places[part - 1];
    }
    let mut sorted = vec![(0, 0); entries.len()];
    for &entry in &entries {
        let place = &mut places[part(entry.0)];
        sorted[*place] = entry;
        *place += 1;
    }
    for part in sorted.chunk_by_mut(|&(one, _), &(other, _)| part(one) == part(other)) {
        part.sort_unstable();
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_sorted_however_they_lie() {
        let spread = |n: u64| (n.wrapping_mul(0x9e37_79b9_7f4a_7c15), n as u32 % 7);
        let sets = [
            (0..5_000).map(spread).collect::<Vec<_>>(),
            (0..300).map(|n| (1_000 - n % 50, n as u32)).collect(),
            vec![(u64::MAX, 1), (0, 2), (u64::MAX, 0)],
            Vec::new(),
        ];
        for entries in sets {
            let mut wanted = entries.clone();
            wanted.sort_unstable();
            assert_eq!(sorted(entries), wanted);
        }
    }
}
