//! The entity recogniser: one of begin, in, last, unit, out for each token, greedily.

use std::ops::Range;

use readout_nn::InstructionSet;

use super::thinc::Layers;
use super::transition::{Scoring, StateScorer, best, moves};
use crate::labels::EntityLabel;

/// The recogniser's weights and moves.
#[derive(Debug)]
pub(super) struct Recogniser {
    scorer: StateScorer,
    begin: Range<usize>,
    inside: Range<usize>,
    last: Range<usize>,
    unit: Range<usize>,
    /// Parts of `unit` that have a label.
    labelled_units: Vec<Range<usize>>,
    out: usize,
    /// By class: the label of a move, `None` for those without.
    labels: Vec<Option<EntityLabel>>,
}

impl Recogniser {
    pub(super) fn read(
        layers: &Layers<'_>,
        move_file: &[u8],
        instructions: InstructionSet,
        token_width: usize,
    ) -> Result<Self, String> {
        let mut labels = Vec::new();
        let mut ranges: [Range<usize>; 6] = Default::default();
        for (kind, names) in moves(move_file).ok_or("ner/moves is not understood")? {
            let start = labels.len();
            for name in &names {
                labels.push(match name.as_str() {
                    "" => None,
                    name => Some(
                        EntityLabel::from_name(name).ok_or_else(|| format!("the entity label {name:?}"))?,
                    ),
                });
            }
            let range = ranges.get_mut(kind).ok_or("an entity move of an unknown kind")?;
            *range = start..labels.len();
        }
        let [missing, begin, inside, last, unit, out] = ranges;
        if !missing.is_empty() || out.len() != 1 {
            return Err("entity moves other than spaCy's five kinds".to_owned());
        }
        let scorer = StateScorer::read(layers, instructions, 3, labels.len(), token_width)
            .map_err(|what| format!("ner/model: {what}"))?;
        let labelled = |class: &usize| labels[*class].is_some();
        let labelled_units = unit.clone().filter(labelled).fold(Vec::new(), |mut ranges, class| {
            match ranges.last_mut() {
                Some(Range { end, .. }) if *end == class => *end += 1,
                _ => ranges.push(class..class + 1),
            }
            ranges
        });
        Ok(Self { scorer, begin, inside, last, unit, labelled_units, out: out.start, labels })
    }

    /// For each token the entity that it starts (`true`) or goes on with.
    pub(super) fn find(
        &self,
        rows: &[f32],
        count: usize,
        sentence_starts: &[bool],
        is_space: impl Fn(usize) -> bool,
        scoring: &mut Scoring,
    ) -> Vec<Option<(bool, EntityLabel)>> {
        let mut found = vec![None; count];
        if count == 0 {
            return found;
        }
        scoring.start(&self.scorer, rows, count);
        // The open entity's first token and label.
        let mut open: Option<(usize, EntityLabel)> = None;
        for (at, entity) in found.iter_mut().enumerate() {
            let token = |at: usize| Some(at as u32);
            let slots = [
                token(at),
                open.and_then(|(start, _)| token(start)),
                open.and_then(|_| token(at.checked_sub(1)?)),
            ];
            let scores = scoring.scores(&self.scorer, slots);
            let goes_on = at + 1 < count && !sentence_starts.get(at + 1).copied().unwrap_or(false);
            let class = match open {
                Some((_, label)) => {
                    let of = |range: &Range<usize>| {
                        range
                            .clone()
                            .find(|&class| self.labels[class] == Some(label))
                            .map(|class| class..class + 1)
                    };
                    let inside = if goes_on { of(&self.inside) } else { None };
                    best(scores, [inside, of(&self.last)].into_iter().flatten())
                }
                None => {
                    let space = is_space(at);
                    let begin = if goes_on && !space { self.begin.clone() } else { 0..0 };
                    let units = if space { &[] } else { self.labelled_units.as_slice() };
                    let out = self.out..self.out + 1;
                    best(scores, std::iter::once(begin).chain(units.iter().cloned()).chain([out]))
                }
            };
            let Some(class) = class else { continue };
            let label = self.labels[class];
            if let (true, Some(label)) = (self.begin.contains(&class), label) {
                open = Some((at, label));
                *entity = Some((true, label));
            } else if let (true, Some(label)) = (self.unit.contains(&class), label) {
                *entity = Some((true, label));
            } else if let Some((_, label)) = open {
                *entity = Some((false, label));
                if self.last.contains(&class) {
                    open = None;
                }
            }
        }
        found
    }
}
