//! Rows of numbers for tokens: hash embeddings mixed by a maxout layer, then a convolution over neighbours.

use readout_nn::{Dense, HashEmbedding, InstructionSet, Window, layer_norm_add};

use super::lexeme::Features;
use super::thinc::Layers;
use super::vectors::Vectors;

/// A feature that an embedding table is entered with.
#[derive(Clone, Copy, Debug)]
enum Column {
    Orth,
    Lower,
    Norm,
    Prefix,
    Suffix,
    Shape,
    Spacy,
    IsSpace,
}

impl Column {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "ORTH" => Self::Orth,
            "LOWER" => Self::Lower,
            "NORM" => Self::Norm,
            "PREFIX" => Self::Prefix,
            "SUFFIX" => Self::Suffix,
            "SHAPE" => Self::Shape,
            "SPACY" => Self::Spacy,
            "IS_SPACE" => Self::IsSpace,
            _ => return None,
        })
    }

    fn value(self, features: &Features, blank_after: bool) -> u64 {
        match self {
            Self::Orth => features.orth,
            Self::Lower => features.lower,
            Self::Norm => features.norm,
            Self::Prefix => features.prefix,
            Self::Suffix => features.suffix,
            Self::Shape => features.shape,
            Self::Spacy => u64::from(blank_after),
            Self::IsSpace => u64::from(features.is_space),
        }
    }
}

/// A maxout layer with layer norm.
#[derive(Debug)]
struct NormedMaxout {
    dense: Dense,
    scale: Vec<f32>,
    shift: Vec<f32>,
}

/// Embeddings and encoder.
#[derive(Debug)]
pub(super) struct Tok2Vec {
    tables: Vec<(Column, HashEmbedding)>,
    /// From static vectors to as many numbers as a table has.
    projection: Option<Dense>,
    mixer: NormedMaxout,
    /// The first encoder layer, whose input rows are the same for the same words.
    first: Window,
    layers: Vec<NormedMaxout>,
    /// Rows of zeros before and after a document.
    pad: usize,
    width: usize,
}

/// Rows that are worked on together, so that they stay in the nearest cache.
const TILE: usize = 64;

impl Tok2Vec {
    /// Takes the layers from a thinc file; the error says what is not as expected.
    pub(super) fn read(
        layers: &Layers<'_>,
        vectors: &Vectors,
        instructions: InstructionSet,
    ) -> Result<Self, &'static str> {
        let columns = layers.named("extract_features");
        let columns = columns
            .first()
            .and_then(|&node| layers.attribute(node, "columns"))
            .and_then(|columns| columns.list()?.iter().map(|name| Column::from_name(name.text()?)).collect())
            .ok_or("no features, or features of an unknown name")?;
        let columns: Vec<Column> = columns;
        let mut tables = Vec::new();
        for node in layers.named("hashembed") {
            let number =
                |name| layers.attribute(node, name).and_then(|value| usize::try_from(value.number()?).ok());
            let column =
                number("column").and_then(|column| columns.get(column)).ok_or("a table has no column")?;
            let seed =
                number("seed").and_then(|seed| u32::try_from(seed).ok()).ok_or("a table has no seed")?;
            let array = layers.array(node, "E", 2).ok_or("a table has no weights")?;
            let table = HashEmbedding::new(array.data, array.shape[0], array.shape[1], seed)
                .ok_or("a table's size is wrong")?;
            tables.push((*column, table));
        }
        let projection = match layers.named("static_vectors").first() {
            None => None,
            Some(&node) => {
                let array = layers.array(node, "W", 2).ok_or("the vectors' projection is missing")?;
                if array.shape[1] != vectors.width() {
                    return Err("the word vectors are missing or of another width");
                }
                Dense::linear(instructions, &array.data, &[], array.shape[0], array.shape[1])
            }
        };
        let mut normed = Vec::new();
        let mut windows = Vec::new();
        for (maxout, norm) in layers.named("maxout").into_iter().zip(layers.named("layernorm")) {
            let weights = layers.array(maxout, "W", 3).ok_or("a layer has no weights")?;
            let bias = layers.array(maxout, "b", 2).ok_or("a layer has no bias")?;
            let scale = layers.array(norm, "G", 1).ok_or("a layer norm has no scale")?.data;
            let shift = layers.array(norm, "b", 1).ok_or("a layer norm has no shift")?.data;
            let [outputs, pieces, inputs] = weights.shape[..] else { return Err("a layer has no weights") };
            let dense = Dense::maxout(instructions, &weights.data, &bias.data, outputs, pieces, inputs)
                .ok_or("a layer's size is wrong")?;
            if scale.len() != outputs
                || shift.len() != outputs
                || dense.width() != outputs
                || outputs == 0
                || outputs % 16 != 0
            {
                return Err("a layer's width is not a multiple of 16");
            }
            windows.push(Window::new(instructions, &weights.data, &bias.data, outputs, pieces, inputs / 3));
            normed.push(NormedMaxout { dense, scale, shift });
        }
        if normed.is_empty() {
            return Err("no token embeddings of its own");
        }
        let mixer = normed.remove(0);
        let width = mixer.dense.outputs();
        let inputs = tables.iter().map(|(_, table)| table.width()).sum::<usize>()
            + projection.as_ref().map_or(0, Dense::outputs);
        let expansions = layers.named("expand_window");
        let reach = |&node: &usize| layers.attribute(node, "window_size").and_then(|size| size.number());
        if mixer.dense.inputs() != inputs
            || normed.iter().any(|layer| layer.dense.outputs() != width || layer.dense.inputs() != 3 * width)
            || expansions.iter().any(|node| reach(node) != Some(1))
        {
            return Err("layers do not fit together, or look at more than one neighbour");
        }
        // The mixer's place is before it.
        let first = windows.into_iter().nth(1).flatten().ok_or("no encoder layers")?;
        let pad = normed.len();
        Ok(Self { tables, projection, mixer, first, layers: normed, pad, width })
    }

    /// Numbers per token.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Writes the token embeddings of `words` to `out`, one after the other.
    pub(super) fn embed<'w>(
        &self,
        vectors: &Vectors,
        words: impl ExactSizeIterator<Item = (&'w Features, bool)>,
        scratch: &mut Scratch,
        out: &mut [f32],
    ) {
        let inputs = self.mixer.dense.inputs();
        let count = words.len();
        let x = scratch.zeros(count * inputs);
        let mut projected = vec![0.0; self.projection.as_ref().map_or(0, Dense::width)];
        for ((features, blank_after), mut x) in words.zip(x.chunks_exact_mut(inputs)) {
            for (column, table) in &self.tables {
                let (place, rest) = x.split_at_mut(table.width());
                table.write(column.value(features, blank_after), place);
                x = rest;
            }
            if let (Some(projection), Some(vector)) = (&self.projection, vectors.get(features.orth)) {
                projection.apply(vector, vector.len(), 1, &mut projected);
                x.copy_from_slice(&projected[..x.len()]);
            }
        }
        let out = &mut out[..count * self.width];
        self.mixer.dense.apply(x, inputs, count, out);
        layer_norm_add(self.mixer.dense.instructions(), out, &self.mixer.scale, &self.mixer.shift, &[]);
    }

    /// The place of the first token's row in the buffer that [`Self::encode`] works on.
    pub(super) fn first_row(&self) -> usize {
        (self.pad + 1) * self.width
    }

    /// Makes `rows` ready for the embeddings of `count` tokens, which go to [`Self::first_row`] and after.
    pub(super) fn prepare(&self, rows: &mut Vec<f32>, count: usize) {
        rows.clear();
        rows.resize((count + 2 * (self.pad + 1)) * self.width, 0.0);
    }

    /// Numbers in what an embedding contributes to the first layer.
    pub(super) fn contribution_width(&self) -> usize {
        self.first.width()
    }

    /// Appends the contributions to the first layer of the embeddings in `rows`.
    pub(super) fn add_contributions(&self, rows: &[f32], contributions: &mut Vec<f32>) {
        let start = contributions.len();
        let count = rows.len() / self.width;
        contributions.resize(start + count * self.first.width(), 0.0);
        self.first.parts(rows, count, &mut contributions[start..]);
    }

    /// Runs the encoder over a prepared buffer. `spare` is a second buffer. `known` gives the contributions of token
    /// number `n` to the first layer where they are at hand.
    ///
    /// The buffer begins and ends with a row of zeros that stays so; the pad rows within take part, as in spaCy.
    pub(super) fn encode<'c>(
        &self,
        rows: &mut Vec<f32>,
        spare: &mut Vec<f32>,
        known: impl Fn(usize) -> Option<&'c [f32]>,
    ) {
        let width = self.width;
        spare.resize(rows.len(), 0.0);
        let Some(count) = (rows.len() / width).checked_sub(2) else { return };
        spare[..width].fill(0.0);
        spare[(count + 1) * width..].fill(0.0);
        let mut unknown = Vec::new();
        for (number, layer) in self.layers.iter().enumerate() {
            for start in (0..count).step_by(TILE) {
                let tile = TILE.min(count - start);
                let place = (start + 1) * width..(start + 1 + tile) * width;
                let out = &mut spare[place.clone()];
                if number == 0 {
                    self.first_layer(rows, start, &known, &mut unknown, out);
                } else {
                    // The window of a row is the three rows around it, which lie side by side.
                    layer.dense.apply(&rows[start * width..], width, tile, out);
                }
                layer_norm_add(layer.dense.instructions(), out, &layer.scale, &layer.shift, &rows[place]);
            }
            std::mem::swap(rows, spare);
        }
    }

    /// The first layer for the rows after row `start` that `out` has room for. Whether contributions are known or
    /// computed here makes no difference to the result.
    fn first_layer<'c>(
        &self,
        rows: &[f32],
        start: usize,
        known: &impl Fn(usize) -> Option<&'c [f32]>,
        unknown: &mut Vec<f32>,
        out: &mut [f32],
    ) {
        let (width, size) = (self.width, self.first.width());
        let tokens = self.pad + 1..(rows.len() / width).saturating_sub(self.pad + 1);
        unknown.clear();
        let last = start + out.len() / width + 1;
        // For each row: known, or the place among those computed here, or nothing for rows of zeros.
        let mut places: Vec<Result<Option<&[f32]>, usize>> = Vec::with_capacity(last + 1 - start);
        for row in start..=last {
            places.push(match tokens.contains(&row).then(|| known(row - tokens.start)) {
                None => Ok(None),
                Some(Some(parts)) => Ok(Some(parts)),
                Some(None) => {
                    let place = unknown.len();
                    unknown.resize(place + size, 0.0);
                    self.first.parts(&rows[row * width..], 1, &mut unknown[place..]);
                    Err(place)
                }
            });
        }
        let part = |at: usize| places[at].unwrap_or_else(|place| Some(&unknown[place..place + size]));
        for (at, out) in out.chunks_exact_mut(width).enumerate() {
            self.first.combine([part(at), part(at + 1), part(at + 2)], out);
        }
    }
}

/// Memory that is used again and again.
#[derive(Debug, Default)]
pub(super) struct Scratch(Vec<f32>);

impl Scratch {
    fn zeros(&mut self, count: usize) -> &mut [f32] {
        self.0.clear();
        self.0.resize(count, 0.0);
        &mut self.0
    }
}
