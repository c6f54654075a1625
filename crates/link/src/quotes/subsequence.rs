//! Longest common subsequences of words.

/// Returns the longest common subsequence of `a` and `b`, as pairs of places.
pub(super) fn common_in_order(a: &[u32], b: &[u32]) -> Vec<(usize, usize)> {
    let table = common_after(a, b);
    let width = b.len() + 1;
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::new();
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            out.push((i, j));
            i += 1;
            j += 1;
        } else if table[(i + 1) * width + j] >= table[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

/// Returns, for each pair of places, the length of the longest common subsequence of the rest of `a` and the rest of
/// `b`; row by row of `a`.
pub(super) fn common_after(a: &[u32], b: &[u32]) -> Vec<u16> {
    let width = b.len() + 1;
    let mut table = vec![0u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            table[i * width + j] = if a[i] == b[j] {
                table[(i + 1) * width + j + 1] + 1
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    table
}
