//! Classes of words by which reports are compared.

readout_lexicon::word_classes! { "data/words/links.tsv" =>
    /// Words in the name of any instrument.
    pub(crate) static INSTRUMENTS = "instrument";
    /// Gatherings that stand before their place, `summit in Brenn`.
    pub(crate) static GATHERINGS = "gathering";
    /// Words that are counted as gatherings are.
    pub(crate) static ROUNDS = "round";
    /// Words in the name of any gathering.
    pub(crate) static GATHERING_WORDS = "gathering-word";
}
