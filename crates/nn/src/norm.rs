use crate::InstructionSet;
use crate::instructions::on_vectors;

/// Lanes of the partial sums.
const LANES: usize = 16;

on_vectors! {
    /// Writes the layer norm of each row of `rows` to `out`, scaled by `scale` and shifted by `shift`, plus the row of
    /// `residual` at the same place (`residual` and `out` are as long as `rows`; `residual` may be empty for none).
    ///
    /// Rows are `scale.len()` numbers, a multiple of 16. The variance is the population's, plus 1e-8.
    pub fn layer_norm_add(
        rows: &[f32],
        scale: &[f32],
        shift: &[f32],
        residual: &[f32],
        out: &mut [f32],
    ) = norm_rows
}

#[inline(always)]
fn norm_rows(rows: &[f32], scale: &[f32], shift: &[f32], residual: &[f32], out: &mut [f32]) {
    let width = scale.len();
    if width == 0 || !width.is_multiple_of(LANES) || shift.len() != width {
        return;
    }
    let rows = rows.chunks_exact(width).zip(out.chunks_exact_mut(width));
    for (number, (row, out)) in rows.enumerate() {
        let mean = fold(row.chunks_exact(LANES), |x| x) / width as f32;
        let variance = fold(row.chunks_exact(LANES), |x| (x - mean) * (x - mean)) / width as f32;
        let factor = 1.0 / (variance + 1e-8).sqrt();
        let normed = row.iter().zip(scale).zip(shift);
        let normed = normed.map(|((x, scale), shift)| (x - mean) * factor * scale + shift);
        match residual.get(number * width..(number + 1) * width) {
            None => out.iter_mut().zip(normed).for_each(|(out, x)| *out = x),
            Some(residual) => {
                out.iter_mut().zip(normed).zip(residual).for_each(|((out, x), before)| *out = x + before);
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
        let start: Vec<f32> = (0..32).map(|n| n as f32).collect();
        let (residual, mut row) = (vec![100.0; 32], vec![0.0; 32]);
        layer_norm_add(InstructionSet::Portable, &start, &[2.0; 32], &[1.0; 32], &residual, &mut row);
        let mean = row.iter().sum::<f32>() / 32.0;
        assert!((mean - 101.0).abs() < 1e-4);
        assert!((row[31] - (101.0 + 2.0 * 15.5 / 85.25f32.sqrt())).abs() < 1e-4);
    }

    #[test]
    fn all_paths_give_the_same_bits() {
        let start: Vec<f32> = (0..960).map(|n| ((n * 7919) % 1013) as f32 * 0.37 - 150.0).collect();
        let (scale, shift) = (vec![0.7; 96], vec![-0.2; 96]);
        let mut expected = vec![0.0; 960];
        layer_norm_add(InstructionSet::Portable, &start, &scale, &shift, &start, &mut expected);
        for instructions in InstructionSet::available() {
            let mut rows = vec![f32::NAN; 960];
            layer_norm_add(instructions, &start, &scale, &shift, &start, &mut rows);
            assert_eq!(rows, expected, "{instructions:?}");
        }
    }
}
