//! Rows of numbers for tokens: hash embeddings mixed by a maxout layer, then a convolution over neighbours.

use readout_nn::{Dense, HashEmbedding, InstructionSet, PairedScratch, PairedWindow, Window, layer_norm_add};

use super::embeddings::Word;
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

/// Layer norm after a layer.
#[derive(Debug)]
struct Norm {
    scale: Vec<f32>,
    shift: Vec<f32>,
}

/// Embeddings and encoder.
#[derive(Debug)]
pub(super) struct Tok2Vec {
    tables: Vec<(Column, HashEmbedding)>,
    /// From static vectors to as many numbers as a table has.
    projection: Option<Dense>,
    mixer: (Dense, Norm),
    /// The first encoder layer, whose input rows are the same for the same words.
    first: (Window, Norm),
    /// The others.
    layers: Vec<(PairedWindow, Norm)>,
    instructions: InstructionSet,
    /// Rows of zeros before and after a document.
    pad: usize,
    width: usize,
}

/// Rows that are worked on together, so that they stay in the nearest cache; an even number.
const TILE: usize = 64;

/// Rows of zeros after the last row that is looked at, for layers that work on pairs of rows.
const SPARE_ROWS: usize = 1;

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
        let mut maxouts = Vec::new();
        for (maxout, norm) in layers.named("maxout").into_iter().zip(layers.named("layernorm")) {
            let weights = layers.array(maxout, "W", 3).ok_or("a layer has no weights")?;
            let bias = layers.array(maxout, "b", 2).ok_or("a layer has no bias")?;
            let scale = layers.array(norm, "G", 1).ok_or("a layer norm has no scale")?.data;
            let shift = layers.array(norm, "b", 1).ok_or("a layer norm has no shift")?.data;
            let [outputs, pieces, inputs] = weights.shape[..] else { return Err("a layer has no weights") };
            if scale.len() != outputs || shift.len() != outputs || outputs == 0 || outputs % 16 != 0 {
                return Err("a layer's width is not a multiple of 16");
            }
            maxouts.push((weights.data, bias.data, [outputs, pieces, inputs], Norm { scale, shift }));
        }
        let mut maxouts = maxouts.into_iter();
        let (weights, bias, [width, pieces, inputs], norm) =
            maxouts.next().ok_or("no token embeddings of its own")?;
        let mixer = Dense::maxout(instructions, &weights, &bias, width, pieces, inputs)
            .ok_or("the mixing layer's size is wrong")?;
        let expected = tables.iter().map(|(_, table)| table.width()).sum::<usize>()
            + projection.as_ref().map_or(0, Dense::outputs);
        let expansions = layers.named("expand_window");
        let reach = |&node: &usize| layers.attribute(node, "window_size").and_then(|size| size.number());
        if inputs != expected
            || maxouts
                .as_slice()
                .iter()
                .any(|(_, _, [outputs, _, inputs], _)| *outputs != width || *inputs != 3 * width)
            || expansions.iter().any(|node| reach(node) != Some(1))
        {
            return Err("layers do not fit together, or look at more than one neighbour");
        }
        let pad = maxouts.len();
        let wrong = "a layer's size is wrong";
        let (weights, bias, [.., pieces, _], first_norm) = maxouts.next().ok_or("no encoder layers")?;
        let first = Window::new(instructions, &weights, &bias, width, pieces, width).ok_or(wrong)?;
        let mut others = Vec::new();
        for (weights, bias, [_, pieces, _], norm) in maxouts {
            let window = PairedWindow::new(instructions, &weights, &bias, width, pieces, width);
            others.push((window.ok_or(wrong)?, norm));
        }
        Ok(Self {
            tables,
            projection,
            mixer: (mixer, norm),
            first: (first, first_norm),
            layers: others,
            instructions,
            pad,
            width,
        })
    }

    /// Numbers per token.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Writes the token embeddings of `words` to `out`, one after the other.
    pub(super) fn embed<'w>(
        &self,
        vectors: &Vectors,
        words: impl ExactSizeIterator<Item = Word<'w>>,
        scratch: &mut Scratch,
        out: &mut [f32],
    ) {
        let (mixer, norm) = &self.mixer;
        let (inputs, count) = (mixer.inputs(), words.len());
        let projected_width = self.projection.as_ref().map_or(0, Dense::outputs);
        let x = zeros(&mut scratch.inputs, count * inputs);
        scratch.vectors.clear();
        scratch.with_vector.clear();
        for (number, ((features, blank_after), mut x)) in words.zip(x.chunks_exact_mut(inputs)).enumerate() {
            for (column, table) in &self.tables {
                let (place, rest) = x.split_at_mut(table.width());
                table.write(column.value(features, blank_after), place);
                x = rest;
            }
            if let (Some(_), Some(vector)) = (&self.projection, vectors.get(features.orth)) {
                scratch.vectors.extend_from_slice(vector);
                scratch.with_vector.push(number);
            }
        }
        if let Some(projection) = &self.projection {
            let known = scratch.with_vector.len();
            let projected = zeros(&mut scratch.outputs, known * projection.width());
            projection.apply(&scratch.vectors, projection.inputs(), known, projected);
            for (&number, projected) in
                scratch.with_vector.iter().zip(projected.chunks_exact(projection.width()))
            {
                x[(number + 1) * inputs - projected_width..(number + 1) * inputs]
                    .copy_from_slice(&projected[..projected_width]);
            }
        }
        let mixed = zeros(&mut scratch.outputs, count * mixer.width());
        mixer.apply(x, inputs, count, mixed);
        layer_norm_add(
            self.instructions,
            mixed,
            &norm.scale,
            &norm.shift,
            &[],
            &mut out[..count * self.width],
        );
    }

    /// The place of the first token's row in the buffer that [`Self::encode`] works on.
    pub(super) fn first_row(&self) -> usize {
        (self.pad + 1) * self.width
    }

    /// Makes `rows` ready for the embeddings of `count` tokens, which go to [`Self::first_row`] and after.
    pub(super) fn prepare(&self, rows: &mut Vec<f32>, count: usize) {
        rows.clear();
        rows.resize((count + 2 * (self.pad + 1) + SPARE_ROWS) * self.width, 0.0);
    }

    /// Numbers in what an embedding contributes to the first layer.
    pub(super) fn contribution_width(&self) -> usize {
        self.first.0.width()
    }

    /// Returns the contributions to the first layer of the embeddings in `rows`.
    pub(super) fn contributions(&self, rows: &[f32]) -> Vec<f32> {
        let count = rows.len() / self.width;
        let mut contributions = vec![0.0; count * self.first.0.width()];
        self.first.0.parts(rows, count, &mut contributions);
        contributions
    }

    /// Runs the encoder over a prepared buffer. `known` gives the contributions of token number `n` to the first layer
    /// where they are at hand.
    ///
    /// The buffer begins and ends with rows of zeros that stay so; the pad rows within take part, as in spaCy.
    pub(super) fn encode<'c>(
        &self,
        rows: &mut Vec<f32>,
        scratch: &mut Scratch,
        known: impl Fn(usize) -> Option<&'c [f32]>,
    ) {
        let width = self.width;
        let Some(count) = (rows.len() / width).checked_sub(2 + SPARE_ROWS) else { return };
        let Scratch { spare, outputs, unknown, paired, .. } = scratch;
        spare.resize(rows.len(), 0.0);
        spare[..width].fill(0.0);
        spare[(count + 1) * width..].fill(0.0);
        let tile_rows = zeros(outputs, TILE * width);
        for number in 0..=self.layers.len() {
            for start in (0..count).step_by(TILE) {
                let tile = TILE.min(count - start);
                let place = (start + 1) * width..(start + 1 + tile) * width;
                let norm = match number.checked_sub(1).and_then(|number| self.layers.get(number)) {
                    None => {
                        self.first_layer(rows, start, &known, unknown, &mut tile_rows[..tile * width]);
                        &self.first.1
                    }
                    Some((layer, norm)) => {
                        layer.apply(&rows[start * width..], tile.div_ceil(2), paired, tile_rows);
                        norm
                    }
                };
                layer_norm_add(
                    self.instructions,
                    &tile_rows[..tile * width],
                    &norm.scale,
                    &norm.shift,
                    &rows[place.clone()],
                    &mut spare[place],
                );
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
        let (width, size) = (self.width, self.first.0.width());
        let tokens = self.pad + 1..(rows.len() / width).saturating_sub(self.pad + 1 + SPARE_ROWS);
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
                    self.first.0.parts(&rows[row * width..], 1, &mut unknown[place..]);
                    Err(place)
                }
            });
        }
        let part = |at: usize| places[at].unwrap_or_else(|place| Some(&unknown[place..place + size]));
        for (at, out) in out.chunks_exact_mut(width).enumerate() {
            self.first.0.combine([part(at), part(at + 1), part(at + 2)], out);
        }
    }
}

/// Memory that is used again and again.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    inputs: Vec<f32>,
    outputs: Vec<f32>,
    vectors: Vec<f32>,
    with_vector: Vec<usize>,
    unknown: Vec<f32>,
    spare: Vec<f32>,
    paired: PairedScratch,
}

/// The first `count` numbers of `memory`, all zero.
fn zeros(memory: &mut Vec<f32>, count: usize) -> &mut [f32] {
    memory.clear();
    memory.resize(count, 0.0);
    memory
}
