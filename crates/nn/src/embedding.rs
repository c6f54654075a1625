/// A table of vectors that is entered by hash: each value has the sum of four rows ("Bloom embeddings", Serrà and
/// Karatzoglou 2017; thinc's `HashEmbed`).
#[derive(Clone, Debug)]
pub struct HashEmbedding {
    table: Vec<f32>,
    rows: u32,
    width: usize,
    seed: u32,
}

impl HashEmbedding {
    /// Makes a table of `rows` vectors of `width` numbers; `None` if `table` has another size or no rows.
    pub fn new(table: Vec<f32>, rows: usize, width: usize, seed: u32) -> Option<Self> {
        let rows = u32::try_from(rows).ok()?;
        (rows > 0 && width > 0 && table.len() == rows as usize * width).then_some(Self {
            table,
            rows,
            width,
            seed,
        })
    }

    /// Returns the count of numbers per vector.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Writes the vector of `value` to `out`, which is [`Self::width`] long.
    pub fn write(&self, value: u64, out: &mut [f32]) {
        out.fill(0.0);
        for hash in hash(value, self.seed) {
            let row = (hash % self.rows) as usize * self.width;
            for (sum, number) in out.iter_mut().zip(&self.table[row..row + self.width]) {
                *sum += number;
            }
        }
    }
}

/// Returns the MurmurHash3 x64 128 of the eight bytes of `value`, as four numbers.
fn hash(value: u64, seed: u32) -> [u32; 4] {
    let start = u64::from(seed) ^ 8;
    let mut first =
        value.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    first ^= start;
    let mut second = start;
    first = first.wrapping_add(second);
    second = second.wrapping_add(first);
    first = mix(first);
    second = mix(second);
    first = first.wrapping_add(second);
    second = second.wrapping_add(first);
    [first as u32, (first >> 32) as u32, second as u32, (second >> 32) as u32]
}

fn mix(mut bits: u64) -> u64 {
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xff51_afd7_ed55_8ccd);
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    bits ^ (bits >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_murmur() {
        assert_eq!(
            hash(8_566_208_034_543_834_098, 8),
            [2_653_853_934, 3_922_826_080, 3_980_780_901, 3_736_755_472]
        );
        assert_eq!(hash(0, 8), [0; 4]);
        assert_eq!(hash(1, 8), [1_161_550_108, 2_247_783_286, 1_742_325_162, 1_224_191_281]);
    }

    #[test]
    fn a_vector_is_the_sum_of_four_rows() {
        let table = HashEmbedding::new((0..20).map(|n| n as f32).collect(), 10, 2, 8).unwrap();
        let mut out = [9.0; 2];
        table.write(0, &mut out);
        assert_eq!(out, [0.0, 4.0]);
        assert!(HashEmbedding::new(vec![0.0; 5], 2, 2, 0).is_none());
        assert!(HashEmbedding::new(Vec::new(), 0, 2, 0).is_none());
    }
}
