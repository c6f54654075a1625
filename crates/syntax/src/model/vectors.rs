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
        let mut entries = msgpack::number_map(key_rows)?;
        if entries.iter().any(|&(_, row)| row as usize >= rows) {
            return None;
        }
        if !entries.is_sorted_by_key(|&(key, _)| key) {
            entries.sort_unstable();
        }
        let (keys, key_rows) = entries.into_iter().unzip();
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
