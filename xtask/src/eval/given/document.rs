//! Documents whose mentions are given.

/// A document whose mentions are given.
#[derive(Clone, Debug, Default)]
pub(crate) struct GivenDocument {
    /// Its sentences, as words and marks.
    pub(crate) sentences: Vec<Vec<String>>,
    /// The mentions that are marked in it.
    pub(crate) mentions: Vec<GivenMention>,
}

/// A mention that is given.
#[derive(Clone, Debug)]
pub(crate) struct GivenMention {
    /// Number of its sentence.
    pub(crate) sentence: usize,
    /// Numbers of its words in the sentence.
    pub(crate) tokens: Vec<usize>,
    /// The kind of thing that it names.
    pub(crate) kind: GivenKind,
}

/// The kind of thing that a given mention names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum GivenKind {
    /// Something that happens.
    Event,
    /// A person.
    Person,
    /// An organisation, a group of people.
    Actor,
    /// A place.
    Place,
    /// A time.
    Time,
    /// A thing.
    Other,
}
