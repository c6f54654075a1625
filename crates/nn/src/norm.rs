use crate::InstructionSet;

/// Lanes of the partial sums.
const LANES: usize = 16;

/// Replaces each row of `rows` by its layer norm, scaled by `scale` and shifted by `shift`, plus the row of `residual`
/// at the same place (`residual` is as long as `rows`, or empty for none).
///
/// Rows are `scale.len()` numbers, a multiple of 16. The variance is the population's, plus 1e-8.
pub fn layer_norm_add(
    instructions: InstructionSet,
    rows: &mut [f32],
    scale: &[f32],
    shift: &[f32],
    residual: &[f32],
) {
    match instructions {
        #[cfg(target_arch = "x86_64")]
        InstructionSet::Avx512 | InstructionSet::Avx2 if instructions.is_available() => {
            // SAFETY: the processor has AVX2 (checked just above; AVX-512 implies it).
            #[expect(unsafe_code, reason = "calls a function compiled for AVX2 after checking for it")]
            unsafe {
                avx2(rows, scale, shift, residual);
            }
        }
        _ => portable(rows, scale, shift, residual),
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn avx2(rows: &mut [f32], scale: &[f32], shift: &[f32], residual: &[f32]) {
    portable(rows, scale, shift, residual);
}

#[inline(always)]
fn portable(rows: &mut [f32], scale: &[f32], shift: &[f32], residual: &[f32]) {
    let width = scale.len();
    if width == 0 || !width.is_multiple_of(LANES) || shift.len() != width {
        return;
    }
    for (number, row) in rows.chunks_exact_mut(width).enumerate() {
        let mean = fold(row.chunks_exact(LANES), |x| x) / width as f32;
        let variance = fold(row.chunks_exact(LANES), |x| (x - mean) * (x - mean)) / width as f32;
        let factor = 1.0 / (variance + 1e-8).sqrt();
        for ((x, scale), shift) in row.iter_mut().zip(scale).zip(shift) {
            *x = (*x - mean) * factor * scale + shift;
        }
        if let Some(residual) = residual.get(number * width..(number + 1) * width) {
            for (x, residual) in row.iter_mut().zip(residual) {
                *x += residual;
            }
        }
    }
}

#[inline(always)]
fn fold<'x>(chunks: impl Iterator<Item = &'x [f32]>, term: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0f32; LANES];
    for chunk in chunks {
        for (sum, x) in sums.iter_mut().zip(chunk) {
            *sum += term(*x);
        }
    }
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            sums[lane] += sums[lane + half];
        }
        half /= 2;
    }
    sums[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_centred_and_scaled() {
        let mut row: Vec<f32> = (0..32).map(|n| n as f32).collect();
        let residual = vec![100.0; 32];
        layer_norm_add(InstructionSet::Portable, &mut row, &[2.0; 32], &[1.0; 32], &residual);
        let mean = row.iter().sum::<f32>() / 32.0;
        assert!((mean - 101.0).abs() < 1e-4);
        assert!((row[31] - (101.0 + 2.0 * 15.5 / 85.25f32.sqrt())).abs() < 1e-4);
    }

    #[test]
    fn all_paths_give_the_same_bits() {
        let start: Vec<f32> = (0..960).map(|n| ((n * 7919) % 1013) as f32 * 0.37 - 150.0).collect();
        let (scale, shift) = (vec![0.7; 96], vec![-0.2; 96]);
        let mut expected = start.clone();
        layer_norm_add(InstructionSet::Portable, &mut expected, &scale, &shift, &start);
        for instructions in InstructionSet::available() {
            let mut rows = start.clone();
            layer_norm_add(instructions, &mut rows, &scale, &shift, &start);
            assert_eq!(rows, expected, "{instructions:?}");
        }
    }
}
