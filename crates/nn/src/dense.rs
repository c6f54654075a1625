//! Matrix times rows, packed for the processor's vectors.

/// The vector instructions that the kernels use. All give the same results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstructionSet {
    /// Plain Rust; quick only where the target has fused multiply-add by itself.
    Portable,
    /// AVX2 and FMA: eight lanes.
    Avx2,
    /// AVX-512: sixteen lanes.
    Avx512,
}

impl InstructionSet {
    /// The widest that this processor has.
    pub fn detect() -> Self {
        Self::available().last().unwrap_or(Self::Portable)
    }

    /// All that this processor has, narrowest first.
    pub fn available() -> impl Iterator<Item = Self> {
        [Self::Portable, Self::Avx2, Self::Avx512].into_iter().filter(|set| set.is_available())
    }

    /// Whether this processor has it.
    pub fn is_available(self) -> bool {
        match self {
            Self::Portable => true,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma"),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => is_x86_feature_detected!("avx512f") && Self::Avx2.is_available(),
            #[cfg(not(target_arch = "x86_64"))]
            _ => false,
        }
    }

    const fn lanes(self) -> usize {
        match self {
            Self::Portable | Self::Avx2 => 8,
            Self::Avx512 => 16,
        }
    }

    /// Vectors side by side in a group of a linear layer: as many as the registers allow.
    const fn linear_vectors(self) -> usize {
        match self {
            Self::Portable | Self::Avx2 => 2,
            Self::Avx512 => 4,
        }
    }
}

/// The most numbers in an input row. Outputs are filled up to whole groups of vectors, and a row of any length would let a
/// small file ask for sixty times its size.
const MOST_INPUTS: usize = 1 << 16;

/// Sixteen numbers in one cache line.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
struct Line([f32; 16]);

/// A dense layer: `y = W·x + b`, or the maximum over several such pieces.
///
/// Weights lie as `[group][input][vector][lane]`: a kernel walks them once from start to end for a handful of rows and
/// keeps all sums in registers.
#[derive(Clone, Debug)]
pub struct Dense {
    instructions: InstructionSet,
    inputs: usize,
    outputs: usize,
    /// Vectors per group: the pieces of a maxout layer, or neighbouring outputs of a linear one.
    vectors: usize,
    maxout: bool,
    groups: usize,
    weights: Vec<Line>,
    bias: Vec<Line>,
}

impl Dense {
    /// `y[o] = Σ W[o, i]·x[i] + b[o]`; an empty `bias` is zero. `None` if the sizes do not fit together, or a row has more
    /// than 65,536 inputs.
    pub fn linear(
        instructions: InstructionSet,
        weights: &[f32],
        bias: &[f32],
        outputs: usize,
        inputs: usize,
    ) -> Option<Self> {
        let vectors = instructions.linear_vectors();
        let lanes = instructions.lanes();
        let fits = weights.len() == outputs.checked_mul(inputs)?
            && (bias.is_empty() || bias.len() == outputs)
            && inputs <= MOST_INPUTS;
        let groups = outputs.div_ceil(vectors * lanes);
        fits.then(|| {
            Self::pack(instructions, inputs, outputs, vectors, false, groups, |group, vector, lane| {
                let output = (group * vectors + vector) * lanes + lane;
                (output < outputs).then(|| {
                    (
                        &weights[output * inputs..(output + 1) * inputs],
                        bias.get(output).copied().unwrap_or(0.0),
                    )
                })
            })
        })
    }

    /// `y[o] = max over p of (Σ W[o, p, i]·x[i] + b[o, p])`, two to four pieces. `None` if the sizes do not fit.
    pub fn maxout(
        instructions: InstructionSet,
        weights: &[f32],
        bias: &[f32],
        outputs: usize,
        pieces: usize,
        inputs: usize,
    ) -> Option<Self> {
        let lanes = instructions.lanes();
        let fits = weights.len() == outputs.checked_mul(pieces)?.checked_mul(inputs)?
            && bias.len() == outputs * pieces
            && (2..=4).contains(&pieces)
            && inputs <= MOST_INPUTS;
        let groups = outputs.div_ceil(lanes);
        fits.then(|| {
            Self::pack(instructions, inputs, outputs, pieces, true, groups, |group, piece, lane| {
                let output = group * lanes + lane;
                (output < outputs).then(|| {
                    let row = output * pieces + piece;
                    (&weights[row * inputs..(row + 1) * inputs], bias[row])
                })
            })
        })
    }

    fn pack<'w>(
        instructions: InstructionSet,
        inputs: usize,
        outputs: usize,
        vectors: usize,
        maxout: bool,
        groups: usize,
        row: impl Fn(usize, usize, usize) -> Option<(&'w [f32], f32)>,
    ) -> Self {
        let instructions = if instructions.is_available() { instructions } else { InstructionSet::Portable };
        let lanes = instructions.lanes();
        let mut weights = vec![Line([0.0; 16]); (groups * inputs * vectors * lanes).div_ceil(16)];
        let mut biases = vec![Line([0.0; 16]); (groups * vectors * lanes).div_ceil(16)];
        let set = |lines: &mut Vec<Line>, at: usize, x: f32| lines[at / 16].0[at % 16] = x;
        for group in 0..groups {
            for vector in 0..vectors {
                for lane in 0..lanes {
                    let Some((numbers, bias)) = row(group, vector, lane) else { continue };
                    set(&mut biases, (group * vectors + vector) * lanes + lane, bias);
                    for (input, x) in numbers.iter().enumerate() {
                        set(&mut weights, ((group * inputs + input) * vectors + vector) * lanes + lane, *x);
                    }
                }
            }
        }
        Self { instructions, inputs, outputs, vectors, maxout, groups, weights, bias: biases }
    }

    /// The instructions that the layer runs on.
    pub fn instructions(&self) -> InstructionSet {
        self.instructions
    }

    /// Numbers in an input row.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Numbers in an output row that mean something.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Numbers that are written for each row: the outputs, filled up to whole vectors.
    pub fn width(&self) -> usize {
        self.groups * self.group_width()
    }

    fn group_width(&self) -> usize {
        self.instructions.lanes() * if self.maxout { 1 } else { self.vectors }
    }

    /// Runs the layer on `rows` rows: row `r` reads `x[r * stride..][..inputs]` and writes `out[r * width..][..width]`.
    ///
    /// A stride below the number of inputs makes rows overlap, which is how a window over neighbouring rows is read
    /// without copying.
    ///
    /// # Panics
    /// If `x` or `out` are too short: sizes are the caller's own, not those of a text.
    pub fn apply(&self, x: &[f32], stride: usize, rows: usize, out: &mut [f32]) {
        if rows == 0 {
            return;
        }
        let width = self.width();
        assert!(x.len() >= (rows - 1) * stride + self.inputs, "input rows are missing");
        assert!(out.len() >= rows * width, "output rows are missing");
        for group in 0..self.groups {
            let mut row = 0;
            while row < rows {
                row += self.block(group, &x[row * stride..], stride, rows - row, &mut out[row * width..]);
            }
        }
    }

    /// Runs one group on up to `rows` rows and returns on how many. `x` and `out` hold at least `rows` rows.
    fn block(&self, group: usize, x: &[f32], stride: usize, rows: usize, out: &mut [f32]) -> usize {
        #[cfg(target_arch = "x86_64")]
        match self.instructions {
            // SAFETY: `pack` checked that the processor has the instructions; `weights` and `bias` were sized by
            // `pack` for `groups` groups of `vectors` vectors, and `apply` asserted the lengths of `x` and `out` for
            // all rows from this one on.
            InstructionSet::Avx512 => {
                #[expect(unsafe_code, reason = "vector kernels work on pointers")]
                return unsafe { x86::avx512(self, group, x, stride, rows, out) };
            }
            InstructionSet::Avx2 => {
                #[expect(unsafe_code, reason = "vector kernels work on pointers")]
                return unsafe { x86::avx2(self, group, x, stride, rows, out) };
            }
            InstructionSet::Portable => {}
        }
        let _ = rows;
        self.portable(group, x, out);
        1
    }

    /// One row of one group, with a single rounding for each multiplication and addition as in the vector kernels.
    fn portable(&self, group: usize, x: &[f32], out: &mut [f32]) {
        const LANES: usize = 8;
        let half = |lines: &[Line], vector: usize| -> [f32; LANES] {
            let line = &lines[vector / 2].0;
            std::array::from_fn(|lane| line[(vector % 2) * LANES + lane])
        };
        let start = group * self.group_width();
        for vector in 0..self.vectors {
            let mut sums = [0.0f32; LANES];
            for (input, x) in x[..self.inputs].iter().enumerate() {
                let weights = half(&self.weights, (group * self.inputs + input) * self.vectors + vector);
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum = fused(weight, *x, *sum);
                }
            }
            let bias = half(&self.bias, group * self.vectors + vector);
            for (lane, (sum, bias)) in sums.into_iter().zip(bias).enumerate() {
                let sum = sum + bias;
                if self.maxout {
                    let place = &mut out[start + lane];
                    *place = if vector == 0 || sum > *place { sum } else { *place };
                } else {
                    out[start + vector * LANES + lane] = sum;
                }
            }
        }
    }
}

/// `a·b + c`, rounded once.
///
/// Where the target has no such instruction, the library's function is slow (and would be called for every term); here
/// the exact product is added in 64 bits, rounded to odd, and then to 32 bits, which is the same (Boldo and Melquiond
/// 2008).
#[inline(always)]
fn fused(a: f32, b: f32, c: f32) -> f32 {
    if cfg!(any(target_feature = "fma", target_arch = "aarch64")) {
        return a.mul_add(b, c);
    }
    let (product, c) = (f64::from(a) * f64::from(b), f64::from(c));
    let sum = product + c;
    let of_c = sum - product;
    let error = (product - (sum - of_c)) + (c - of_c);
    // Without branches, so that it runs in vectors: an inexact sum with an even last digit moves by one towards the
    // exact one, away from zero or back.
    let (bits, error_bits) = (sum.to_bits(), error.to_bits());
    let magnitude = error_bits << 1;
    let moves = (magnitude | magnitude.wrapping_neg()) >> 63 & !bits & 1;
    let back = moves & (bits ^ error_bits) >> 63;
    f64::from_bits(bits.wrapping_add(moves).wrapping_sub(back << 1)) as f32
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    #![expect(unsafe_code, reason = "vector kernels work on pointers")]

    use std::arch::x86_64::*;

    use super::Dense;

    /// Makes the kernel of one instruction set, and its choice by number of vectors and of rows at hand.
    macro_rules! kernel {
        ($name:ident, $kernel:ident, $features:literal, $lanes:literal, $zero:ident, $load:ident, $set:ident, $fma:ident,
         $add:ident, $max:ident, $store:ident, { $($vectors:literal: [$($rows:literal),+]),+ }) => {
            /// Runs `group` on some of the `rows` rows and returns on how many.
            ///
            /// # Safety
            /// The processor has the instructions; `x` and `out` are long enough for `rows` rows.
            pub(super) unsafe fn $name(
                layer: &Dense, group: usize, x: &[f32], stride: usize, rows: usize, out: &mut [f32],
            ) -> usize {
                let vectors = layer.vectors;
                let weights = layer.weights.as_ptr().cast::<f32>();
                let bias = layer.bias.as_ptr().cast::<f32>();
                // SAFETY: both tables hold all groups.
                let (weights, bias) = unsafe {
                    (weights.add(group * layer.inputs * vectors * $lanes), bias.add(group * vectors * $lanes))
                };
                let place = group * layer.group_width();
                let (x, width, inputs) = (x.as_ptr(), layer.width(), layer.inputs);
                // SAFETY: `place` lies in the first row of `out`.
                let out = unsafe { out.as_mut_ptr().add(place) };
                match (vectors, layer.maxout) {
                    $(
                        ($vectors, true) => {
                            $(if rows >= $rows {
                                // SAFETY: as promised by the caller for `rows` rows.
                                unsafe { $kernel::<$vectors, $rows, true>(weights, bias, inputs, x, stride, out, width) };
                                return $rows;
                            })+
                        }
                        ($vectors, false) => {
                            $(if rows >= $rows {
                                // SAFETY: as promised by the caller for `rows` rows.
                                unsafe { $kernel::<$vectors, $rows, false>(weights, bias, inputs, x, stride, out, width) };
                                return $rows;
                            })+
                        }
                    )+
                    _ => {}
                }
                rows
            }

            /// # Safety
            /// The processor has the instructions, and all pointers are good for the sizes named.
            #[target_feature(enable = $features)]
            unsafe fn $kernel<const VECTORS: usize, const ROWS: usize, const MAXOUT: bool>(
                weights: *const f32,
                bias: *const f32,
                inputs: usize,
                x: *const f32,
                stride: usize,
                out: *mut f32,
                width: usize,
            ) {
                // SAFETY: reads `inputs` vectors of weights and `ROWS` rows of `x`, writes `ROWS` rows of `out`.
                unsafe {
                    let mut sums = [[$zero(); VECTORS]; ROWS];
                    for input in 0..inputs {
                        let mut line = [$zero(); VECTORS];
                        for vector in 0..VECTORS {
                            line[vector] = $load(weights.add((input * VECTORS + vector) * $lanes));
                        }
                        for row in 0..ROWS {
                            let number = $set(*x.add(row * stride + input));
                            for vector in 0..VECTORS {
                                sums[row][vector] = $fma(line[vector], number, sums[row][vector]);
                            }
                        }
                    }
                    for row in 0..ROWS {
                        let mut best = $add(sums[row][0], $load(bias));
                        if !MAXOUT {
                            $store(out.add(row * width), best);
                        }
                        for vector in 1..VECTORS {
                            let sum = $add(sums[row][vector], $load(bias.add(vector * $lanes)));
                            if MAXOUT {
                                best = $max(sum, best);
                            } else {
                                $store(out.add(row * width + vector * $lanes), sum);
                            }
                        }
                        if MAXOUT {
                            $store(out.add(row * width), best);
                        }
                    }
                }
            }
        };
    }

    kernel!(avx512, kernel_avx512, "avx512f", 16, _mm512_setzero_ps, _mm512_load_ps, _mm512_set1_ps, _mm512_fmadd_ps,
        _mm512_add_ps, _mm512_max_ps, _mm512_storeu_ps, { 2: [8, 4, 2, 1], 3: [8, 4, 2, 1], 4: [6, 3, 2, 1] });
    kernel!(avx2, kernel_avx2, "avx2,fma", 8, _mm256_setzero_ps, _mm256_load_ps, _mm256_set1_ps, _mm256_fmadd_ps,
        _mm256_add_ps, _mm256_max_ps, _mm256_storeu_ps, { 2: [6, 4, 2, 1], 3: [4, 2, 1], 4: [3, 2, 1] });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: usize, seed: usize) -> Vec<f32> {
        (0..count).map(|n| ((n * 7919 + seed * 104_729) % 2003) as f32 / 1001.5 - 1.0).collect()
    }

    /// Chains of fused multiply-adds, written down plainly.
    fn expected(
        w: &[f32],
        b: &[f32],
        x: &[f32],
        (outputs, pieces, inputs): (usize, usize, usize),
    ) -> Vec<f32> {
        (0..outputs)
            .map(|o| {
                (0..pieces)
                    .map(|p| {
                        let row = &w[(o * pieces + p) * inputs..][..inputs];
                        row.iter().zip(x).fold(0.0f32, |sum, (w, x)| w.mul_add(*x, sum)) + b[o * pieces + p]
                    })
                    .fold(f32::NEG_INFINITY, f32::max)
            })
            .collect()
    }

    #[test]
    fn all_paths_give_the_same_bits() {
        for (outputs, pieces, inputs) in [(96, 3, 288), (50, 1, 96), (64, 2, 33), (16, 4, 80), (106, 1, 64)] {
            let w = numbers(outputs * pieces * inputs, 1);
            let b = numbers(outputs * pieces, 2);
            for rows in [1, 2, 3, 7, 8, 29] {
                let stride = inputs / 3;
                let x = numbers((rows - 1) * stride + inputs, 3);
                for set in InstructionSet::available() {
                    let layer = match pieces {
                        1 => Dense::linear(set, &w, &b, outputs, inputs),
                        _ => Dense::maxout(set, &w, &b, outputs, pieces, inputs),
                    }
                    .unwrap();
                    let mut out = vec![f32::NAN; rows * layer.width()];
                    layer.apply(&x, stride, rows, &mut out);
                    for row in 0..rows {
                        let want = expected(&w, &b, &x[row * stride..], (outputs, pieces, inputs));
                        assert_eq!(out[row * layer.width()..][..outputs], want, "{set:?}, row {row}");
                    }
                }
            }
        }
    }

    #[test]
    fn fused_is_rounded_once() {
        let mut state = 1u64;
        let mut number = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // Exponents close together, so that sums cancel and halves occur.
            let bits = (state >> 33) as u32;
            f32::from_bits((bits & 0x807f_ffff) | (120 + (bits >> 28 & 7) + (bits >> 24 & 7)) << 23)
        };
        for _ in 0..200_000 {
            let (a, b, c) = (number(), number(), number());
            assert_eq!(fused(a, b, c).to_bits(), a.mul_add(b, c).to_bits(), "{a} {b} {c}");
        }
        assert_eq!(
            fused(1.0 + f32::EPSILON, 1.0 + f32::EPSILON, -1.0),
            2.0 * f32::EPSILON + f32::EPSILON.powi(2)
        );
    }

    #[test]
    fn sizes_that_do_not_fit_are_refused() {
        let set = InstructionSet::Portable;
        assert!(Dense::linear(set, &[0.0; 5], &[], 2, 3).is_none());
        assert!(Dense::maxout(set, &[0.0; 6], &[0.0; 2], 2, 1, 3).is_none());
        assert!(Dense::maxout(set, &[0.0; 12], &[0.0; 3], 2, 2, 3).is_none());
    }
}
