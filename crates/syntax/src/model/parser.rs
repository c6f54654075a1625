//! The dependency parser: greedy arc-eager transitions with a move that breaks sentences (Nivre 2003; Honnibal and
//! Johnson 2015), then pseudo-projective arcs are lifted back (Nivre and Nilsson 2005).

use std::collections::VecDeque;
use std::ops::Range;

use readout_nn::InstructionSet;

use super::thinc::Layers;
use super::transition::{Scoring, StateScorer, best, moves};
use crate::labels::Dep;

/// The parser's weights and moves.
#[derive(Debug)]
pub(super) struct Parser {
    scorer: StateScorer,
    labels: Vec<Label>,
    shift: usize,
    reduce: usize,
    left: Range<usize>,
    right: Range<usize>,
    break_sentence: usize,
}

/// An arc's label; `lifted_from` is the label of the arc's true head if it was drawn from a token above it.
#[derive(Clone, Copy, Debug)]
struct Label {
    dep: Dep,
    lifted_from: Option<Dep>,
}

/// A tree as the parser leaves it, one entry per token.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) heads: Vec<u32>,
    pub(super) deps: Vec<Dep>,
    pub(super) sentence_starts: Vec<bool>,
    left_edges: Vec<u32>,
    right_edges: Vec<u32>,
}

impl Parser {
    pub(super) fn read(
        model: &[u8],
        move_file: &[u8],
        instructions: InstructionSet,
        token_width: usize,
    ) -> Result<Self, String> {
        let kinds = moves(move_file).ok_or("parser/moves is not understood")?;
        let mut labels = Vec::new();
        let mut ranges: [Range<usize>; 5] = Default::default();
        for (kind, names) in kinds {
            let start = labels.len();
            for name in &names {
                labels.push(Label::from_name(name).ok_or_else(|| format!("the dependency label {name:?}"))?);
            }
            let range = ranges.get_mut(kind).ok_or("a parser move of an unknown kind")?;
            *range = start..labels.len();
        }
        let [shift, reduce, left, right, break_sentence] = ranges;
        if shift.len() != 1 || reduce.len() != 1 || break_sentence.len() != 1 {
            return Err("parser moves other than spaCy's five kinds".to_owned());
        }
        let layers = Layers::read(model).ok_or("parser/model is not a thinc model")?;
        let scorer = StateScorer::read(&layers, instructions, 8, labels.len(), token_width)
            .map_err(|what| format!("parser/model: {what}"))?;
        Ok(Self {
            scorer,
            labels,
            shift: shift.start,
            reduce: reduce.start,
            left,
            right,
            break_sentence: break_sentence.start,
        })
    }

    /// Parses a document of token rows. `preset` are tokens where sentences start for certain; `is_space` tells
    /// white-space tokens.
    pub(super) fn parse(
        &self,
        rows: &[f32],
        count: usize,
        preset: &[bool],
        is_space: impl Fn(usize) -> bool,
        scoring: &mut Scoring,
    ) -> Tree {
        let mut tree = Tree::default();
        if count == 0 {
            return tree;
        }
        scoring.start(&self.scorer, rows, count);
        let state = self.run(count, preset, scoring);
        tree.heads = state.heads.iter().enumerate().map(|(at, &head)| head.unwrap_or(at as u32)).collect();
        let labels: Vec<Label> = (0..count)
            .map(|at| match state.heads[at] {
                Some(_) => self.labels[state.classes[at]],
                None => Label { dep: Dep::Root, lifted_from: None },
            })
            .collect();
        tree.set_edges();
        tree.deps = labels.iter().map(|label| label.dep).collect();
        if tree.lower(&labels, is_space) {
            tree.set_edges();
        }
        tree.sentence_starts = vec![false; count];
        for at in 0..count {
            if tree.heads[at] as usize == at {
                tree.sentence_starts[tree.left_edges[at] as usize] = true;
            }
        }
        tree
    }

    fn run(&self, count: usize, preset: &[bool], scoring: &mut Scoring) -> State {
        let mut state = State::new(count, preset);
        // Every token is shifted or attached once, reduced once, and moved back at most once for each arc it gets.
        for _ in 0..count.saturating_mul(8).saturating_add(8) {
            let (first, second) = (state.buffer(0), state.buffer(1));
            let (top, below) = (state.stack.last().copied(), state.stack.iter().rev().nth(1).copied());
            if first.is_none() && top.is_none() {
                break;
            }
            let child =
                |token: Option<u32>, side: &[Option<u32>]| token.and_then(|token| side[token as usize]);
            let slots = [
                first,
                second,
                top,
                below,
                state.stack.iter().rev().nth(2).copied(),
                child(first, &state.last_left),
                child(top, &state.last_left),
                child(top, &state.last_right),
            ];
            let scores = scoring.scores(&self.scorer, slots);
            let starts = first.is_some_and(|first| state.starts[first as usize]);
            let shift = match (first, top) {
                (None, _) => false,
                (Some(_), None) => true,
                (Some(first), Some(_)) => second.is_some() && !starts && !state.unshiftable[first as usize],
            };
            let arc = first.is_some() && top.is_some() && !starts;
            let break_sentence = first
                .zip(second)
                .is_some_and(|(first, second)| second == first + 1 && !state.starts[second as usize]);
            let allowed = |valid: bool, range: Range<usize>| if valid { range } else { 0..0 };
            let Some(class) = best(
                scores,
                [
                    allowed(shift, self.shift..self.shift + 1),
                    allowed(top.is_some(), self.reduce..self.reduce + 1),
                    allowed(arc, self.left.clone()),
                    allowed(arc, self.right.clone()),
                    allowed(break_sentence, self.break_sentence..self.break_sentence + 1),
                ],
            ) else {
                break;
            };
            match (first, top) {
                _ if class == self.break_sentence => {
                    if let Some(second) = second {
                        state.starts[second as usize] = true;
                    }
                }
                (Some(first), _) if class == self.shift => {
                    state.take();
                    state.stack.push(first);
                }
                (_, Some(top)) if class == self.reduce => {
                    state.stack.pop();
                    if state.heads[top as usize].is_none() && !state.stack.is_empty() {
                        state.unshiftable[top as usize] = true;
                        state.returned.push(top);
                    }
                }
                (Some(first), Some(top)) if self.left.contains(&class) => {
                    state.detach(top);
                    state.attach(top, first, class);
                    state.unshiftable[first as usize] = false;
                    state.stack.pop();
                }
                (Some(first), Some(top)) => {
                    state.attach(first, top, class);
                    state.take();
                    state.stack.push(first);
                }
                _ => break,
            }
        }
        state
    }
}

impl Label {
    fn from_name(name: &str) -> Option<Self> {
        let (dep, lifted_from) = match name.split_once("||") {
            Some((dep, from)) => (dep, Some(Dep::from_name(from)?)),
            None => (name, None),
        };
        Some(Self { dep: Dep::from_name(dep)?, lifted_from })
    }
}

/// A state of the parser.
struct State {
    stack: Vec<u32>,
    /// Tokens that came back from the stack; the last is the first of the buffer.
    returned: Vec<u32>,
    next: u32,
    count: u32,
    heads: Vec<Option<u32>>,
    classes: Vec<usize>,
    /// The child attached last on each side.
    last_left: Vec<Option<u32>>,
    last_right: Vec<Option<u32>>,
    /// The child of the same head on the same side that was attached before this one.
    previous: Vec<Option<u32>>,
    starts: Vec<bool>,
    unshiftable: Vec<bool>,
}

impl State {
    fn new(count: usize, preset: &[bool]) -> Self {
        let mut starts = preset.to_vec();
        starts.resize(count, false);
        if let Some(first) = starts.first_mut() {
            *first = true;
        }
        Self {
            stack: Vec::new(),
            returned: Vec::new(),
            next: 0,
            count: count as u32,
            heads: vec![None; count],
            classes: vec![0; count],
            last_left: vec![None; count],
            last_right: vec![None; count],
            previous: vec![None; count],
            starts,
            unshiftable: vec![false; count],
        }
    }

    /// The token at place `at` of the buffer.
    fn buffer(&self, at: usize) -> Option<u32> {
        if let Some(at) = self.returned.len().checked_sub(at + 1) {
            return Some(self.returned[at]);
        }
        let token = self.next + (at - self.returned.len()) as u32;
        (token < self.count).then_some(token)
    }

    /// Takes the first token off the buffer.
    fn take(&mut self) {
        if self.returned.pop().is_none() {
            self.next += 1;
        }
    }

    fn attach(&mut self, child: u32, head: u32, class: usize) {
        let side = if child < head { &mut self.last_left } else { &mut self.last_right };
        let last = &mut side[head as usize];
        self.previous[child as usize] = *last;
        *last = Some(child);
        self.heads[child as usize] = Some(head);
        self.classes[child as usize] = class;
    }

    fn detach(&mut self, child: u32) {
        let Some(head) = self.heads[child as usize].take() else { return };
        let side = if child < head { &mut self.last_left } else { &mut self.last_right };
        // By the order of moves it is the last one; another would be taken out of the chain.
        let before = self.previous[child as usize].take();
        if side[head as usize] == Some(child) {
            side[head as usize] = before;
            return;
        }
        let mut later = side[head as usize];
        while let Some(at) = later {
            let earlier = self.previous[at as usize];
            if earlier == Some(child) {
                self.previous[at as usize] = before;
                return;
            }
            later = earlier;
        }
    }
}

impl Tree {
    /// Sets every token's edges as spaCy does: passes in both directions until all heads lie within their sentences,
    /// twelve at most.
    fn set_edges(&mut self) {
        let count = self.heads.len();
        self.left_edges = (0..count as u32).collect();
        self.right_edges = self.left_edges.clone();
        for _ in 0..12 {
            for at in (0..count).chain((0..count).rev()) {
                let head = self.heads[at] as usize;
                self.left_edges[head] = self.left_edges[head].min(self.left_edges[at]);
                self.right_edges[head] = self.right_edges[head].max(self.right_edges[at]);
            }
            if self.heads_lie_within_sentences() {
                break;
            }
        }
    }

    fn heads_lie_within_sentences(&self) -> bool {
        let count = self.heads.len();
        let mut starts = vec![false; count];
        for (at, &head) in self.heads.iter().enumerate() {
            if head as usize == at {
                starts[self.left_edges[at] as usize] = true;
            }
        }
        let mut start = 0;
        for (end, &starts) in starts.iter().enumerate().skip(1) {
            if starts || end == count - 1 {
                // spaCy's test lets a head be the first token of the next sentence.
                if self.heads[start..end].iter().any(|&head| !(start..=end).contains(&(head as usize))) {
                    return false;
                }
                start = end;
            }
        }
        true
    }

    /// Gives lifted arcs back to their true heads; whether anything changed.
    fn lower(&mut self, labels: &[Label], is_space: impl Fn(usize) -> bool) -> bool {
        let mut changed = false;
        // Enough for any real text; keeps a hostile one from taking quadratic time.
        let mut budget = 1_000_000 + 64 * self.heads.len();
        for (at, label) in labels.iter().enumerate() {
            let Some(wanted) = label.lifted_from else { continue };
            let mut queue = VecDeque::from([self.heads[at]]);
            let mut found = None;
            'search: while let Some(above) = queue.pop_front() {
                let edges = self.left_edges[above as usize]..=self.right_edges[above as usize];
                for child in edges {
                    if budget == 0 {
                        break 'search;
                    }
                    budget -= 1;
                    let number = child as usize;
                    if child == above || self.heads[number] != above || number == at || is_space(number) {
                        continue;
                    }
                    if self.deps[number] == wanted && labels[number].lifted_from.is_none_or(|_| number < at) {
                        found = Some(child);
                        break 'search;
                    }
                    queue.push_back(child);
                }
            }
            if let Some(head) = found {
                self.heads[at] = head;
            }
            changed = true;
        }
        changed
    }
}
