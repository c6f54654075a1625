//! Classes of words by which a sentence is judged.

readout_lexicon::word_classes! { "data/words/brief.tsv" =>
    /// Pronouns for persons.
    pub(crate) static PERSONS = "person";
    /// Pronouns for owners.
    pub(crate) static OWNERS = "owner";
    /// Words that, at the head of a sentence, stand for what was said before.
    pub(crate) static THINGS = "thing";
    /// Pronouns of an author who speaks to readers.
    pub(crate) static NARRATORS = "narrator";
    /// Words that tie a sentence to the one before.
    pub(crate) static LEANING = "leaning";
    /// Words after `we` or `our` by which an outlet speaks of itself.
    pub(crate) static HOUSE = "house";
    /// Words at the head of a sentence that only tie it to the one before.
    pub(crate) static CONNECTIVES = "connective";
    /// Words that lead back from now.
    pub(crate) static AGO = "ago";
    /// Units of time longer than the news of an affair.
    pub(crate) static LONG = "long";
    /// Words that lead back before a unit, a season or a month.
    pub(crate) static LAST = "last";
    /// Seasons and months.
    pub(crate) static SEASONS = "season";
    /// Words before a year that is a time.
    pub(crate) static AHEAD_OF_YEAR = "ahead-of-year";
    /// Words that start a clause after a comma.
    pub(crate) static CLAUSE_STARTS = "clause-start";
    /// Auxiliaries of what is not yet done.
    pub(crate) static MODALS = "modal";
    /// Words for what is done always or often.
    pub(crate) static HABITS = "habit";
    /// Adverbs of what is done again and again.
    pub(crate) static AGAIN = "again";
    /// Verbs, in the form of captions, for what people in pictures do.
    pub(crate) static SHOWN = "shown";
    /// Speech acts by which words are used.
    pub(crate) static UTTERANCES = "utterance";
    /// Plain words of saying, each of which may stand for another.
    pub(crate) static SAYING = "saying";
    /// Words of saying that also name its point.
    pub(crate) static URGING = "urging";
    /// Verbs for what was not done.
    pub(crate) static REFUSING = "refusing";
    /// Words for the report itself.
    pub(crate) static PIECES = "piece";
    /// Words of offices and titles before a name.
    pub(crate) static OFFICES = "office";
    /// Verbs that leave what is done to their noun.
    pub(crate) static LIGHT = "light";
    /// Words of a stance.
    pub(crate) static STANDING = "standing";
    /// Words that make the first clause of a sentence say only when or why.
    pub(crate) static SUBORDINATORS = "subordinator";
    /// Words after `came` that only say when.
    pub(crate) static CAME = "came";
    /// Labels of columns.
    pub(crate) static COLUMNS = "column";
    /// Words by which a report says who said what.
    pub(crate) static REPORTING = "reporting";
    /// Words with which an author says what is to be done.
    pub(crate) static ADVISING = "advising";
    /// Words with which an author judges and argues.
    pub(crate) static JUDGING = "judging";
    /// Words for those who write columns.
    pub(crate) static AUTHORS = "author";
    /// Nouns of which an author says what they are.
    pub(crate) static ABSTRACTS = "abstract";
    /// The names of days.
    pub(crate) static WEEKDAYS = "weekday";
    /// Words of courtesy.
    pub(crate) static COURTESIES = "courtesy";
    /// Nouns that with `the` stand for one whom all know.
    pub(crate) static UNIQUE = "unique";
    /// Nouns that with `the` stand for somebody's words, wherever they were told.
    pub(crate) static POINTING = "pointing";
    /// Words of what is not yet agreed.
    pub(crate) static WISHING = "wishing";
    /// Words that deny what is said, and refuse other things.
    pub(crate) static REJECTING = "rejecting";
    /// Words for what is said.
    pub(crate) static CLAIMED = "claimed";
    /// Words of measure and time that a claim may do without.
    pub(crate) static DEGREES = "degree";
    /// Words that make a claim hold for more, or for no others.
    pub(crate) static RESTRICTING = "restricting";
    /// Words of denial.
    pub(crate) static DENYING = "denying";
    /// Words in the name of any agreement.
    pub(crate) static INSTRUMENTS = "instrument";
    /// Nouns that with `the` stand for one who speaks and whom only a sentence before describes.
    pub(crate) static TELLERS = "teller";
    /// Verbs of one who tells another: no meeting.
    pub(crate) static INFORMING = "informing";
}
