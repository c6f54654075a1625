//! Classes of words by which reports are compared.

readout_lexicon::word_classes! { "data/words/links.tsv" =>
    /// Words in the name of any instrument.
    pub(crate) static INSTRUMENTS = "instrument";
    /// Words for what two sides make together.
    pub(crate) static DEALS = "deal";
    /// Words for what is done to one person once.
    pub(crate) static KILLINGS = "killing";
    /// Words for an attack that goes on for weeks.
    pub(crate) static CAMPAIGNS = "campaign";
    /// Words for a truce.
    pub(crate) static TRUCES = "truce";
    /// Words for a plan that is put forward.
    pub(crate) static PLANS = "plan";
    /// Words for a declaration.
    pub(crate) static DECLARATIONS = "declaration";
    /// Words for a resolution.
    pub(crate) static RESOLUTIONS = "resolution";
    /// Words of an instrument that another is to follow.
    pub(crate) static FIRST_STAGE = "first-stage";
    /// Words of an instrument that ends what others began.
    pub(crate) static LAST_STAGE = "last-stage";
    /// Nouns and verbs that name the type of an act and not its object: they tell no two acts apart.
    pub(crate) static ACTS = "act";
    /// Nouns that may be of anybody, as `people` and `officials`: they tell no two acts apart.
    pub(crate) static ANYBODY = "anybody";
    /// Gatherings that stand before their place, `summit in Brenn`.
    pub(crate) static GATHERINGS = "gathering";
    /// Words that are counted as gatherings are.
    pub(crate) static ROUNDS = "round";
    /// Words that name one meeting and not whether it has taken place.
    pub(crate) static ENCOUNTERS = "encounter";
    /// Words that tell a meeting from the one to come.
    pub(crate) static EARLIER = "earlier";
    /// Words in the name of any gathering.
    pub(crate) static GATHERING_WORDS = "gathering-word";
}
