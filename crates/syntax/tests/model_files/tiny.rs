//! The files of a language model of a few hundred numbers, made up here: of the right form, and of no use.

use std::collections::BTreeMap;

/// A value of a MessagePack file, of the sorts that spaCy writes.
enum Pack {
    Number(u64),
    Text(String),
    Bytes(Vec<u8>),
    List(Vec<Pack>),
    Map(Vec<(Pack, Pack)>),
}

impl Pack {
    fn write(&self, out: &mut Vec<u8>) {
        let head = |out: &mut Vec<u8>, marker: u8, length: usize| {
            out.push(marker);
            out.extend((length as u32).to_be_bytes());
        };
        match self {
            Self::Number(number) => {
                out.push(0xcf);
                out.extend(number.to_be_bytes());
            }
            Self::Text(text) => {
                head(out, 0xdb, text.len());
                out.extend(text.as_bytes());
            }
            Self::Bytes(bytes) => {
                head(out, 0xc6, bytes.len());
                out.extend(bytes);
            }
            Self::List(list) => {
                head(out, 0xdd, list.len());
                list.iter().for_each(|value| value.write(out));
            }
            Self::Map(map) => {
                head(out, 0xdf, map.len());
                for (key, value) in map {
                    key.write(out);
                    value.write(out);
                }
            }
        }
    }

    fn file(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write(&mut out);
        out
    }
}

fn text(text: &str) -> Pack {
    Pack::Text(text.to_owned())
}

fn map(entries: Vec<(&str, Pack)>) -> Pack {
    Pack::Map(entries.into_iter().map(|(key, value)| (text(key), value)).collect())
}

/// An array with numbers between -1 and 1 that look random and are not.
fn array(shape: &[u64]) -> Pack {
    let size: u64 = shape.iter().product();
    let data = (0..size).flat_map(|at| (((at * 7919 + size) % 201) as f32 / 100.0 - 1.0).to_le_bytes());
    map(vec![
        ("type", text("<f4")),
        ("shape", Pack::List(shape.iter().map(|length| Pack::Number(*length)).collect())),
        ("data", Pack::Bytes(data.collect())),
    ])
}

/// A layer: its name, attributes and parameters.
type Layer<'l> = (&'l str, Vec<(&'l str, Pack)>, Vec<(&'l str, Pack)>);

/// A thinc model of `layers`.
fn thinc(layers: Vec<Layer<'_>>) -> Vec<u8> {
    let (mut nodes, mut attributes, mut parameters) = (Vec::new(), Vec::new(), Vec::new());
    for (name, layer_attributes, layer_parameters) in layers {
        nodes.push(map(vec![("name", text(name))]));
        let packed = layer_attributes.into_iter().map(|(name, value)| (name, Pack::Bytes(value.file())));
        attributes.push(map(packed.collect()));
        parameters.push(map(layer_parameters));
    }
    map(vec![
        ("nodes", Pack::List(nodes)),
        ("attrs", Pack::List(attributes)),
        ("params", Pack::List(parameters)),
    ])
    .file()
}

/// Sizes that a model may get wrong.
#[derive(Clone, Copy)]
pub(crate) struct Sizes {
    /// Numbers per token.
    pub width: u64,
    /// Numbers that parser and entity recogniser reduce a token to.
    pub reduced: u64,
    /// Numbers in their hidden layers.
    pub hidden: u64,
    /// Tags.
    pub tags: usize,
}

impl Default for Sizes {
    /// Sizes that fit.
    fn default() -> Self {
        Self { width: 16, reduced: 4, hidden: 16, tags: 2 }
    }
}

fn encoder(sizes: Sizes) -> Vec<Layer<'static>> {
    let Sizes { width, .. } = sizes;
    let normed = |inputs: u64| {
        [
            ("maxout", vec![], vec![("W", array(&[width, 2, inputs])), ("b", array(&[width, 2]))]),
            ("layernorm", vec![], vec![("G", array(&[width])), ("b", array(&[width]))]),
        ]
    };
    let mut layers = vec![
        ("extract_features", vec![("columns", Pack::List(vec![text("NORM"), text("SHAPE")]))], vec![]),
        (
            "hashembed",
            vec![("column", Pack::Number(0)), ("seed", Pack::Number(8))],
            vec![("E", array(&[5, 3]))],
        ),
        (
            "hashembed",
            vec![("column", Pack::Number(1)), ("seed", Pack::Number(9))],
            vec![("E", array(&[4, 2]))],
        ),
    ];
    layers.extend(normed(5));
    layers.extend(normed(3 * width));
    layers.push(("expand_window", vec![("window_size", Pack::Number(1))], vec![]));
    layers
}

fn states(sizes: Sizes, slots: u64, classes: u64) -> Vec<Layer<'static>> {
    let Sizes { width, reduced, hidden, .. } = sizes;
    let linear = |outputs: u64, inputs: u64| -> Layer<'static> {
        ("linear", vec![], vec![("W", array(&[outputs, inputs])), ("b", array(&[outputs]))])
    };
    vec![
        linear(reduced, width),
        (
            "precomputable_affine",
            vec![],
            vec![
                ("W", array(&[slots, hidden, 2, reduced])),
                ("b", array(&[hidden, 2])),
                ("pad", array(&[1, slots, hidden, 2])),
            ],
        ),
        linear(classes, hidden),
    ]
}

/// The files of a tiny model, by name.
pub(crate) fn files(sizes: Sizes) -> BTreeMap<&'static str, Vec<u8>> {
    let moves = |moves: &str| map(vec![("moves", text(moves))]).file();
    let tags: Vec<&str> = ["NN", "VBD"].into_iter().take(sizes.tags).collect();
    // Keys are spaCy's numbers of the attributes: ORTH is 65.
    let piece = |word: &str| Pack::Map(vec![(Pack::Number(65), text(word))]);
    let exception = Pack::List(vec![piece("U."), piece("S.")]);
    let noun = map(vec![("TAG", text("NN"))]);
    let mut entities = encoder(sizes);
    entities.extend(states(sizes, 3, 5));
    BTreeMap::from([
        (
            "config.cfg",
            b"[nlp]\nlang = \"en\"\npipeline = [\"tok2vec\",\"tagger\",\"parser\",\"attribute_ruler\",\"lemmatizer\",\"ner\"]\n"
                .to_vec(),
        ),
        (
            "tokenizer",
            map(vec![
                ("prefix_search", text("^[“\"(]")),
                ("suffix_search", text("[”\"),.]$")),
                ("infix_finditer", text("[-/]")),
                ("exceptions", Pack::Map(vec![(text("U.S."), exception)])),
            ])
            .file(),
        ),
        ("tok2vec/model", thinc(encoder(sizes))),
        (
            "tagger/model",
            thinc(vec![(
                "softmax",
                vec![],
                vec![("W", array(&[sizes.tags as u64, sizes.width])), ("b", array(&[sizes.tags as u64]))],
            )]),
        ),
        ("tagger/cfg", format!("{{\"labels\":{tags:?}}}").into_bytes()),
        ("parser/model", thinc(states(sizes, 8, 5))),
        (
            "parser/moves",
            moves("{\"0\":{\"\":1},\"1\":{\"\":1},\"2\":{\"nsubj\":1},\"3\":{\"dobj\":1},\"4\":{\"ROOT\":1}}"),
        ),
        ("ner/model", thinc(entities)),
        (
            "ner/moves",
            moves("{\"0\":{},\"1\":{\"GPE\":1},\"2\":{\"GPE\":1},\"3\":{\"GPE\":1},\"4\":{\"GPE\":1},\"5\":{\"\":1}}"),
        ),
        (
            "attribute_ruler/patterns",
            Pack::List(vec![map(vec![
                ("patterns", Pack::List(vec![Pack::List(vec![noun])])),
                ("attrs", map(vec![("POS", text("NOUN"))])),
                ("index", Pack::Number(0)),
            ])])
            .file(),
        ),
        (
            "lemmatizer/lookups/lookups.bin",
            map(vec![(
                "lemma_rules",
                // spaCy's number of the string `noun`.
                Pack::Map(vec![(Pack::Number(0xe99d_2f8b_fbfe_8fb9), Pack::List(vec![Pack::List(vec![text("s"), text("")])]))]),
            )])
            .file(),
        ),
        ("vocab/lookups.bin", map(vec![]).file()),
        (
            "vocab/vectors",
            b"\x93NUMPY\x01\x00\x46\x00{'descr': '<f4', 'fortran_order': False, 'shape': (0, 0), }          \n".to_vec(),
        ),
        ("vocab/key2row", vec![0x80]),
    ])
}
