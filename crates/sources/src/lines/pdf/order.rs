//! Reading order: pieces of text become lines, and lines are put in the order of the columns they stand in.

/// A piece of text and its place, in the units of the page, from the lower left.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) left: f32,
    pub(super) right: f32,
    /// The height of the base line.
    pub(super) base: f32,
    pub(super) size: f32,
    pub(super) text: String,
}

/// A line of a column.
#[derive(Clone, Debug)]
pub(super) struct TextLine {
    pub(super) place: Piece,
    /// The number of the block on the page that the line stands in.
    pub(super) block: usize,
    /// The left and the right edge of the column that the block is part of.
    pub(super) edges: (f32, f32),
}

/// The most cuts of a page within each other.
const DEEPEST: usize = 64;

/// Returns the lines of a page in reading order.
pub(super) fn lines(pieces: Vec<Piece>) -> Vec<TextLine> {
    let fragments = fragments(pieces);
    let mut blocks: Vec<Block> = Vec::new();
    let edges = edges(&fragments);
    cut(fragments, edges, 0, &mut blocks);
    let mut lines = Vec::new();
    for (number, block) in blocks.into_iter().enumerate() {
        for place in one_line_each(block.fragments) {
            lines.push(TextLine { place, block: number, edges: block.edges });
        }
    }
    lines
}

/// What stands together on a page.
struct Block {
    fragments: Vec<Piece>,
    /// The left and the right edge of the column.
    edges: (f32, f32),
}

/// Returns the left and the right edge of all fragments.
fn edges(fragments: &[Piece]) -> (f32, f32) {
    fragments.iter().fold((f32::INFINITY, f32::NEG_INFINITY), |(left, right), it| {
        (left.min(it.left), right.max(it.right))
    })
}

/// Joins pieces that follow each other on a line, with a blank where there is a gap.
fn fragments(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut fragments: Vec<Piece> = Vec::new();
    for piece in pieces {
        if let Some(last) = fragments.last_mut() {
            let gap = piece.left - last.right;
            let level = (piece.base - last.base).abs() < 0.3 * last.size.max(piece.size);
            if level && gap > -0.5 * last.size && gap < 1.2 * last.size {
                append(last, &piece, gap);
                continue;
            }
        }
        if !piece.text.trim().is_empty() {
            fragments.push(piece);
        }
    }
    fragments
}

/// Adds a piece behind another.
fn append(line: &mut Piece, piece: &Piece, gap: f32) {
    let apart = !line.text.ends_with(char::is_whitespace) && !piece.text.starts_with(char::is_whitespace);
    if apart && gap > 0.15 * line.size {
        line.text.push(' ');
    }
    line.text.push_str(&piece.text);
    line.right = line.right.max(piece.right);
    // The size of a line is that of most of it: an initial is larger.
    if piece.text.len() > line.text.len() / 2 {
        line.size = piece.size;
    }
}

/// Cuts a page into blocks, after the XY cut of Nagy and Seth (1984): where a gap runs from top to bottom, the left part
/// comes before the right one; else where the highest gap runs across, the upper part comes first.
fn cut(mut fragments: Vec<Piece>, column: (f32, f32), depth: usize, blocks: &mut Vec<Block>) {
    if fragments.is_empty() {
        return;
    }
    let usual = usual_size(&fragments);
    if depth < DEEPEST && fragments.len() > 1 {
        if let Some(at) = gutter(&mut fragments, usual) {
            let (left, right): (Vec<_>, Vec<_>) = fragments.into_iter().partition(|it| it.left < at);
            for part in [left, right] {
                let column = edges(&part);
                cut(part, column, depth + 1, blocks);
            }
            return;
        }
        if let Some(at) = gap_across(&mut fragments, usual) {
            let (upper, lower): (Vec<_>, Vec<_>) = fragments.into_iter().partition(|it| it.base > at);
            cut(upper, column, depth + 1, blocks);
            cut(lower, column, depth + 1, blocks);
            return;
        }
    }
    blocks.push(Block { fragments, edges: column });
}

fn usual_size(fragments: &[Piece]) -> f32 {
    let mut sizes: Vec<f32> = fragments.iter().map(|it| it.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(10.0)
}

/// Returns the left edge of what is right of the widest gap between two columns, if there is such a gap.
fn gutter(fragments: &mut [Piece], usual: f32) -> Option<f32> {
    /// Lines that each of two columns has at the least: fewer are a head or a table.
    const LINES: usize = 3;
    fragments.sort_by(|a, b| a.left.total_cmp(&b.left).then(b.base.total_cmp(&a.base)));
    let mut right = f32::NEG_INFINITY;
    let mut best: Option<(f32, f32)> = None;
    for (at, piece) in fragments.iter().enumerate() {
        let gap = piece.left - right;
        if gap >= 0.8 * usual
            && at >= LINES
            && fragments.len() - at >= LINES
            && best.is_none_or(|(widest, _)| gap > widest)
        {
            best = Some((gap, piece.left));
        }
        right = right.max(piece.right);
    }
    best.map(|(_, left)| left)
}

/// Returns the height of the highest gap that runs across, if it is higher than a blank line.
fn gap_across(fragments: &mut [Piece], usual: f32) -> Option<f32> {
    fragments.sort_by(|a, b| b.base.total_cmp(&a.base).then(a.left.total_cmp(&b.left)));
    let gaps = fragments.windows(2).filter_map(|pair| {
        let [upper, lower] = pair else { return None };
        let gap = upper.base - lower.base - lower.size;
        (gap > 0.8 * usual).then_some((gap, f32::midpoint(upper.base, lower.base + lower.size)))
    });
    let highest = gaps.fold(
        None,
        |best: Option<(f32, f32)>, it| if best.is_none_or(|best| it.0 > best.0) { Some(it) } else { best },
    );
    highest.map(|(_, at)| at)
}

/// Returns the lines of a block from top to bottom, each as one piece.
fn one_line_each(mut fragments: Vec<Piece>) -> Vec<Piece> {
    fragments.sort_by(|a, b| b.base.total_cmp(&a.base).then(a.left.total_cmp(&b.left)));
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    for piece in fragments {
        match lines.last_mut() {
            Some(line)
                if line
                    .first()
                    .is_some_and(|first| first.base - piece.base < 0.4 * first.size.min(piece.size)) =>
            {
                line.push(piece);
            }
            _ => lines.push(vec![piece]),
        }
    }
    let joined = lines.into_iter().filter_map(|mut line| {
        line.sort_by(|a, b| a.left.total_cmp(&b.left));
        line.into_iter().reduce(|mut line, piece| {
            let gap = piece.left - line.right;
            append(&mut line, &piece, gap);
            line
        })
    });
    joined.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(left: f32, base: f32, text: &str) -> Piece {
        Piece { left, right: left + text.len() as f32 * 5.0, base, size: 10.0, text: text.to_owned() }
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let mut pieces = vec![piece(50.0, 700.0, "A head that runs across both of the columns")];
        for line in 0..4 {
            let base = 660.0 - 12.0 * line as f32;
            pieces.push(piece(50.0, base, &format!("left {line} of it")));
            pieces.push(piece(200.0, base, &format!("right {line} of it")));
        }
        let read: Vec<String> = lines(pieces).into_iter().map(|line| line.place.text).collect();
        assert!(
            read[0].starts_with("A head") && read[4] == "left 3 of it" && read[5] == "right 0 of it",
            "{read:?}"
        );
    }

    #[test]
    fn letters_that_stand_apart_are_words() {
        let read = lines(vec![piece(0.0, 10.0, "They"), piece(20.5, 10.0, "'ve"), piece(38.0, 10.2, "met")]);
        assert_eq!(read[0].place.text, "They've met");
    }
}
