//! From the lines of an export to those of its articles.

use super::layout::{Layout, Rule};
use crate::lines::Line;

/// The lines of an article.
pub(super) struct Lines {
    /// The line of the file at which the article starts, from 1.
    pub(super) first: usize,
    pub(super) lines: Vec<Line>,
}

/// An export, taken apart.
#[derive(Default)]
pub(super) struct Split {
    pub(super) articles: Vec<Lines>,
    /// The first and the last line of each stretch that belongs to no article.
    pub(super) left_out: Vec<(usize, usize)>,
}

impl Split {
    fn leave(&mut self, lines: &[Line]) {
        let mut filled = lines.iter().filter(|line| !line.words().is_empty());
        if let Some(first) = filled.next() {
            let last = filled.next_back().unwrap_or(first);
            self.left_out.push((first.number, last.number));
        }
    }

    fn close(&mut self, open: &mut Option<Lines>) {
        if let Some(article) =
            open.take().filter(|open| open.lines.iter().any(|line| !line.words().is_empty()))
        {
            self.articles.push(article);
        }
    }
}

/// Takes the lines of a file apart, as `layout` says.
pub(super) fn split(lines: Vec<Line>, layout: &Layout) -> Split {
    let mut split = Split::default();
    let mut open: Option<Lines> = None;
    // Lines after the last article, which may be the head of the next.
    let mut waiting: Vec<Line> = Vec::new();
    let holds = |rules: &[Rule], line: &Line| rules.iter().any(|rule| rule.test.holds(line));
    for line in lines {
        let plain = line.squeezed();
        if let Some(start) = layout.starts.iter().find(|rule| rule.test.holds(&plain)) {
            if start.is("above") {
                if open.is_none() {
                    let lines = std::mem::take(&mut waiting);
                    open = Some(Lines { first: lines.first().unwrap_or(&line).number, lines });
                }
            } else {
                split.close(&mut open);
                split.leave(&std::mem::take(&mut waiting));
                open = Some(Lines { first: line.number, lines: Vec::new() });
                if !start.is("keep") {
                    continue;
                }
            }
        } else if holds(&layout.ends, &plain) {
            split.close(&mut open);
            split.leave(&std::mem::take(&mut waiting));
            continue;
        }
        match &mut open {
            Some(article) => article.lines.push(line),
            None => {
                if line.has("page") {
                    split.leave(&std::mem::take(&mut waiting));
                }
                waiting.push(line);
            }
        }
    }
    split.close(&mut open);
    split.leave(&waiting);
    split
}
