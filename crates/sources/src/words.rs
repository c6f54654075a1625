//! Classes of words by which by-lines, names, datelines and headlines are told from story.

use readout_lexicon::{WordClass, word_classes};

word_classes! { "data/words/sources.tsv" =>
    /// Words before the names of a by-line, longer ones first.
    pub(crate) static BY_LINE_OPENINGS = "by-line-opening";
    /// Words with which a by-line starts.
    pub(crate) static BY_LINE_STARTS = "by-line-start";
    /// Labels of a card whose value is the author.
    pub(crate) static AUTHOR_LABELS = "author-label";
    /// Names that stand where an author should, and are nobody's.
    pub(crate) static NO_AUTHORS = "no-author";
    /// Words of roles, firms and notes, which no person's name has.
    pub(crate) static PRESS_ROLES = "press-role";
    /// Words in small letters that belong to a name.
    pub(crate) static NAME_PARTICLES = "name-particle";
    /// Words with capitals that no name has.
    pub(crate) static NO_NAMES = "no-name";
    /// Words in capitals before a dash that are not places.
    pub(crate) static NO_PLACES = "no-place";
    /// Words that a sentence has sooner or later and a headline leaves out.
    pub(crate) static SENTENCE_WORDS = "sentence-word";
    /// Abbreviations whose full stop may end a headline.
    pub(crate) static HEADLINE_ENDS = "headline-end";
}

/// Returns the words of a class in the order of its table, with blanks where the table has `_`.
pub(crate) fn spaced(class: &WordClass) -> Vec<String> {
    class.words().map(|word| word.replace('_', " ")).collect()
}
