//! Weights packed for the processor's vectors, and the kernels that walk them.

use crate::InstructionSet;

/// The most numbers in an input row. Outputs are filled up to whole groups of vectors, and a row of any length would
/// let a small file ask for sixty times its size.
const MOST_INPUTS: usize = 1 << 16;

/// Sixteen numbers in one cache line.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(crate) struct Line([f32; 16]);

/// The most rows that a kernel takes at once.
const MOST_ROWS: usize = 8;

/// The ends of a kernel: the uses that it makes of its sums. They are constants, since kernels are compiled for each.
pub(crate) mod end {
    /// Adds the bias and writes every vector.
    pub(crate) const LINEAR: u8 = 0;
    /// Adds the bias and writes the maximum of the vectors.
    pub(crate) const MAXOUT: u8 = 1;
    /// Keeps the sums as `a`.
    pub(crate) const KEEP: u8 = 2;
    /// Keeps `a + sums` as `a` and `a - sums` as `b`.
    pub(crate) const SPLIT: u8 = 3;
    /// As `MAXOUT`, of `a + sums`.
    pub(crate) const PLUS: u8 = 4;
    /// As `MAXOUT`, of `b - sums`.
    pub(crate) const MINUS: u8 = 5;
}

/// Rows of numbers that lie `stride` apart and may overlap.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'x> {
    pub(crate) numbers: &'x [f32],
    pub(crate) stride: usize,
    pub(crate) count: usize,
}

impl<'x> Rows<'x> {
    /// Returns the rows from `row` on.
    pub(crate) fn from(self, row: usize) -> Self {
        Self {
            numbers: self.numbers.get(row * self.stride..).unwrap_or_default(),
            count: self.count.saturating_sub(row),
            ..self
        }
    }
}

/// A matrix as `[group][input][vector][lane]`, and a bias as `[group][vector][lane]`: a kernel walks a group once from
/// start to end for a handful of rows and keeps all sums in registers.
#[derive(Clone, Debug)]
pub(crate) struct Packed {
    pub(crate) instructions: InstructionSet,
    pub(crate) inputs: usize,
    /// Vectors per group.
    pub(crate) vectors: usize,
    pub(crate) groups: usize,
    weights: Vec<Line>,
    bias: Vec<Line>,
}

impl Packed {
    /// Packs the rows that `row` gives by group, vector and lane, with their bias. `None` if rows are too long, or of
    /// another length than `inputs`.
    pub(crate) fn new<'w>(
        instructions: InstructionSet,
        inputs: usize,
        vectors: usize,
        groups: usize,
        row: impl Fn(usize, usize, usize) -> Option<(&'w [f32], f32)>,
    ) -> Option<Self> {
        if inputs > MOST_INPUTS {
            return None;
        }
        let instructions = instructions.or_portable();
        let lanes = instructions.lanes();
        let mut weights = vec![Line([0.0; 16]); (groups * inputs * vectors * lanes).div_ceil(16)];
        let mut biases = vec![Line([0.0; 16]); (groups * vectors * lanes).div_ceil(16)];
        let set = |lines: &mut Vec<Line>, at: usize, x: f32| lines[at / 16].0[at % 16] = x;
        for group in 0..groups {
            for vector in 0..vectors {
                for lane in 0..lanes {
                    let Some((numbers, bias)) = row(group, vector, lane) else { continue };
                    if numbers.len() != inputs {
                        return None;
                    }
                    set(&mut biases, (group * vectors + vector) * lanes + lane, bias);
                    for (input, x) in numbers.iter().enumerate() {
                        set(&mut weights, ((group * inputs + input) * vectors + vector) * lanes + lane, *x);
                    }
                }
            }
        }
        Some(Self { instructions, inputs, vectors, groups, weights, bias: biases })
    }

    /// Returns the number of values that are kept between kernels for each row of a block: `a` of all rows and then
    /// `b`.
    pub(crate) fn kept_per_row(&self) -> usize {
        2 * self.vectors * self.instructions.lanes()
    }

    /// Runs one group on some of the rows and returns on how many, which depends on the number of rows alone. What it
    /// writes for row `r` begins at `out[r * stride]`.
    ///
    /// # Panics
    /// If `x`, `out` or `kept` are too short: sizes are the caller's own, not those of a text.
    #[inline]
    pub(crate) fn run<const END: u8>(
        &self,
        group: usize,
        x: Rows<'_>,
        out: &mut [f32],
        stride: usize,
        kept: &mut [f32],
    ) -> usize {
        if x.count == 0 {
            return 0;
        }
        let lanes = self.instructions.lanes();
        let writes = match END {
            end::LINEAR => self.vectors * lanes,
            end::MAXOUT | end::PLUS | end::MINUS => lanes,
            _ => 0,
        };
        assert!(group < self.groups, "a group that is not there");
        assert!(x.numbers.len() >= (x.count - 1) * x.stride + self.inputs, "input rows are missing");
        assert!(writes == 0 || out.len() >= (x.count - 1) * stride + writes, "output rows are missing");
        if !matches!(END, end::LINEAR | end::MAXOUT) {
            assert!(kept.len() >= x.count.min(MOST_ROWS) * self.kept_per_row(), "no room for sums");
        }
        #[cfg(target_arch = "x86_64")]
        match self.instructions {
            // SAFETY: `new` checked that the processor has the instructions and sized `weights` and `bias` for `groups`
            // groups of `vectors` vectors; the lengths of the rest were asserted just above for all rows.
            InstructionSet::Avx512 => {
                #[expect(unsafe_code, reason = "vector kernels work on pointers")]
                return unsafe { x86::avx512::<END>(self, group, x, out, stride, kept) };
            }
            InstructionSet::Avx2 => {
                #[expect(unsafe_code, reason = "vector kernels work on pointers")]
                return unsafe { x86::avx2::<END>(self, group, x, out, stride, kept) };
            }
            InstructionSet::Portable => {}
        }
        self.portable::<END>(group, x.numbers, out, kept);
        1
    }

    /// Computes one row of one group, with a single rounding for each multiplication and addition as in the vector
    /// kernels.
    fn portable<const END: u8>(&self, group: usize, x: &[f32], out: &mut [f32], kept: &mut [f32]) {
        const LANES: usize = 8;
        let half = |lines: &[Line], vector: usize| -> [f32; LANES] {
            let line = &lines[vector / 2].0;
            std::array::from_fn(|lane| line[(vector % 2) * LANES + lane])
        };
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
                let a = vector * LANES + lane;
                let b = a + self.vectors * LANES;
                let sum = match END {
                    end::KEEP => {
                        kept[a] = sum;
                        continue;
                    }
                    end::SPLIT => {
                        (kept[a], kept[b]) = (kept[a] + sum, kept[a] - sum);
                        continue;
                    }
                    end::PLUS => kept[a] + sum + bias,
                    end::MINUS => kept[b] - sum + bias,
                    _ => sum + bias,
                };
                let place = &mut out[if END == end::LINEAR { a } else { lane }];
                if END == end::LINEAR || vector == 0 || sum > *place {
                    *place = sum;
                }
            }
        }
    }
}

/// Computes `a·b + c`, rounded once.
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

    use super::{Packed, Rows, end};

    /// Makes the kernel of one instruction set, and its choice by number of vectors and of rows at hand.
    macro_rules! kernel {
        ($name:ident, $kernel:ident, $features:literal, $lanes:literal, $zero:ident, $load:ident, $loadu:ident,
         $set:ident, $fma:ident, $add:ident, $sub:ident, $max:ident, $store:ident,
         { $($vectors:literal: [$($rows:literal),+]),+ }) => {
            /// Runs `group` on some of the rows and returns on how many.
            ///
            /// # Safety
            /// The processor has the instructions; `x`, `out` and `kept` are long enough.
            pub(super) unsafe fn $name<const END: u8>(
                layer: &Packed, group: usize, x: Rows<'_>, out: &mut [f32], stride: usize, kept: &mut [f32],
            ) -> usize {
                let (vectors, inputs) = (layer.vectors, layer.inputs);
                let weights = layer.weights.as_ptr().cast::<f32>();
                let bias = layer.bias.as_ptr().cast::<f32>();
                // SAFETY: both tables hold all groups.
                let (weights, bias) = unsafe {
                    (weights.add(group * inputs * vectors * $lanes), bias.add(group * vectors * $lanes))
                };
                let (out, kept) = (out.as_mut_ptr(), kept.as_mut_ptr());
                match vectors {
                    $(
                        $vectors => {
                            let numbers = x.numbers.as_ptr();
                            $(if x.count >= $rows {
                                // SAFETY: as promised by the caller for all rows.
                                unsafe {
                                    $kernel::<$vectors, $rows, END>(
                                        weights, bias, inputs, numbers, x.stride, out, stride, kept,
                                    );
                                }
                                return $rows;
                            })+
                        }
                    )+
                    _ => {}
                }
                x.count
            }

            /// # Safety
            /// The processor has the instructions, and all pointers are good for the sizes named.
            #[target_feature(enable = $features)]
            #[expect(clippy::too_many_arguments, reason = "the registers of a kernel")]
            unsafe fn $kernel<const VECTORS: usize, const ROWS: usize, const END: u8>(
                weights: *const f32,
                bias: *const f32,
                inputs: usize,
                x: *const f32,
                x_stride: usize,
                out: *mut f32,
                stride: usize,
                kept: *mut f32,
            ) {
                // SAFETY: reads `inputs` vectors of weights and `ROWS` rows of `x`, writes `ROWS` rows of `out` or twice
                // `ROWS` × `VECTORS` vectors of `kept`.
                unsafe {
                    let mut sums = [[$zero(); VECTORS]; ROWS];
                    for input in 0..inputs {
                        let mut line = [$zero(); VECTORS];
                        for vector in 0..VECTORS {
                            line[vector] = $load(weights.add((input * VECTORS + vector) * $lanes));
                        }
                        for row in 0..ROWS {
                            let number = $set(*x.add(row * x_stride + input));
                            for vector in 0..VECTORS {
                                sums[row][vector] = $fma(line[vector], number, sums[row][vector]);
                            }
                        }
                    }
                    for row in 0..ROWS {
                        let mut best = $zero();
                        for vector in 0..VECTORS {
                            let sum = sums[row][vector];
                            let a = kept.add((row * VECTORS + vector) * $lanes);
                            let b = a.add(ROWS * VECTORS * $lanes);
                            let sum = match END {
                                end::KEEP => {
                                    $store(a, sum);
                                    continue;
                                }
                                end::SPLIT => {
                                    let before = $loadu(a);
                                    $store(a, $add(before, sum));
                                    $store(b, $sub(before, sum));
                                    continue;
                                }
                                end::PLUS => $add($loadu(a), sum),
                                end::MINUS => $sub($loadu(b), sum),
                                _ => sum,
                            };
                            let sum = $add(sum, $load(bias.add(vector * $lanes)));
                            if END == end::LINEAR {
                                $store(out.add(row * stride + vector * $lanes), sum);
                            } else {
                                best = if vector == 0 { sum } else { $max(sum, best) };
                            }
                        }
                        if !matches!(END, end::LINEAR | end::KEEP | end::SPLIT) {
                            $store(out.add(row * stride), best);
                        }
                    }
                }
            }
        };
    }

    kernel!(avx512, kernel_avx512, "avx512f", 16, _mm512_setzero_ps, _mm512_load_ps, _mm512_loadu_ps, _mm512_set1_ps,
        _mm512_fmadd_ps, _mm512_add_ps, _mm512_sub_ps, _mm512_max_ps, _mm512_storeu_ps,
        { 2: [8, 4, 2, 1], 3: [8, 4, 2, 1], 4: [6, 3, 2, 1], 8: [1] });
    kernel!(avx2, kernel_avx2, "avx2,fma", 8, _mm256_setzero_ps, _mm256_load_ps, _mm256_loadu_ps, _mm256_set1_ps,
        _mm256_fmadd_ps, _mm256_add_ps, _mm256_sub_ps, _mm256_max_ps, _mm256_storeu_ps,
        { 2: [6, 4, 2, 1], 3: [4, 2, 1], 4: [3, 2, 1], 8: [1] });
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
