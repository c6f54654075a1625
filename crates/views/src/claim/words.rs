//! Classes of words by which the deeds of a claim and a sentence are compared.

readout_lexicon::word_classes! { "data/words/claims.tsv" =>
    /// Acts that whoever does them does with another.
    pub(super) static MUTUAL = "mutual";
    /// Verbs whose infinitive or gerund is done.
    pub(super) static CARRYING_ON = "carrying-on";
    /// Verbs that with a noun of action do no more than do it.
    pub(super) static CARRYING_OUT = "carrying-out";
    /// Verbs for what was not done.
    pub(super) static UNDONE = "undone";
    /// Verbs whose clause is not said to be so.
    pub(super) static SUPPOSING = "supposing";
    /// Adjectives of what is to come.
    pub(super) static COMING = "coming";
    /// Prepositions before a deed that may not have come.
    pub(super) static AWAITING = "awaiting";
    /// Prepositions before a gerund of what was done.
    pub(super) static PAST_BEHIND = "past-behind";
    /// Conjunctions of a clause that may be.
    pub(super) static UNLESS_SO = "unless-so";
    /// Nouns that act for a state.
    pub(super) static FORCES = "forces";
    /// Nouns that act for a state or its head.
    pub(super) static GOVERNMENT = "government";
    /// Verbs behind which a bare participle is passive.
    pub(super) static CAUSING = "causing";
    /// Nouns that only count what stands behind their `of`.
    pub(super) static QUANTITY = "quantity";
    /// Nouns behind the name of the one that they are.
    pub(super) static SORT = "sort";
}
