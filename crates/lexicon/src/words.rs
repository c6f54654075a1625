//! Classes of words: what code asks a lemma for, as `is it a noun for a text`. They are rows of the tables below
//! `data/words`, each with why it is there, an example and a counter-example.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use crate::table::{ShippedTable, TableFault};

/// A set of words that a lemma may belong to: a class of a table, or a few words in code.
pub trait WordSet {
    /// Whether `word` is one of the set, in any case.
    fn has(&self, word: &str) -> bool;
}

impl WordSet for [&str] {
    fn has(&self, word: &str) -> bool {
        self.iter().any(|known| known.eq_ignore_ascii_case(word))
    }
}

impl<const N: usize> WordSet for [&str; N] {
    fn has(&self, word: &str) -> bool {
        self.as_slice().has(word)
    }
}

/// A class of words of a table of `data/words`. Its words are read once, when it is first asked.
#[derive(Debug)]
pub struct WordClass {
    table: &'static ShippedTable,
    name: &'static str,
    words: OnceLock<FxHashSet<String>>,
    endings: OnceLock<Vec<&'static str>>,
}

impl WordClass {
    /// Makes the class called `name` of `table`. [`word_classes!`](crate::word_classes!) calls it.
    pub const fn new(table: &'static ShippedTable, name: &'static str) -> Self {
        Self { table, name, words: OnceLock::new(), endings: OnceLock::new() }
    }

    /// Returns the name of the class in its table.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the words as the table has them, in its order.
    pub fn words(&self) -> impl Iterator<Item = &'static str> + use<> {
        let name = self.name;
        self.table.rows().filter(move |row| row.get("class") == name).flat_map(|row| row.words("lemmas"))
    }

    /// Whether `word`, in lower case, has one of the endings that the class lists as `-er`.
    pub fn ends(&self, word: &str) -> bool {
        let endings = || self.words().filter_map(|word| word.strip_prefix('-')).collect();
        self.endings.get_or_init(endings).iter().any(|ending| word.ends_with(ending))
    }

    /// Whether `word` is one of the class as the table writes it: a name that a capital tells from it is none.
    pub fn has_as_written(&self, word: &str) -> bool {
        self.has(word) && self.words().any(|known| known == word)
    }

    fn set(&self) -> &FxHashSet<String> {
        self.words.get_or_init(|| self.words().map(|word| word.replace('_', " ").to_lowercase()).collect())
    }
}

impl WordSet for WordClass {
    fn has(&self, word: &str) -> bool {
        let words = self.set();
        words.contains(word)
            || word.bytes().any(|byte| byte.is_ascii_uppercase()) && {
                words.contains(word.to_ascii_lowercase().as_str())
            }
    }
}

/// Checks that `classes` are those of `table`, that the table is of its form, that no class has a word twice, and that
/// each example has a word of its class.
///
/// # Errors
/// At the first fault.
pub fn check(table: &ShippedTable, classes: &[&WordClass]) -> Result<(), TableFault> {
    table.check()?;
    for row in table.rows() {
        let fault = |problem: String, hint: &str| Err(TableFault::in_line(row.line(), problem, hint));
        let name = row.get("class");
        if !classes.iter().any(|class| class.name == name) {
            return fault(format!("no code asks for the class {name:?}"), "delete it, or declare it in code");
        }
        let lemmas: Vec<&str> = row.words("lemmas").collect();
        if let Some(twice) = lemmas.iter().find(|word| lemmas.iter().filter(|it| it == word).count() > 1) {
            return fault(format!("{twice:?} is there twice"), "keep one");
        }
        if !lemmas.iter().any(|lemma| names(row.get("example"), lemma)) {
            return fault("the example has no word of the class".to_owned(), "use one of its lemmas");
        }
    }
    for class in classes {
        if !table.rows().any(|row| row.get("class") == class.name) {
            return Err(TableFault {
                line: None,
                problem: format!("the class {:?} is missing", class.name),
                hint: "add a row for it, or delete it from the code".to_owned(),
            });
        }
    }
    Ok(())
}

/// Whether a word of `sentence` begins as `lemma` does, but for an ending of up to two letters: `denied` for `deny`. An
/// ending of a class, as `-er`, is looked for at the ends of words.
fn names(sentence: &str, lemma: &str) -> bool {
    let (sentence, lemma) = (sentence.to_lowercase(), lemma.replace('_', " ").to_lowercase());
    if let Some(ending) = lemma.strip_prefix('-') {
        return sentence.split(|it: char| !it.is_alphanumeric()).any(|word| word.ends_with(ending));
    }
    let stem: String = lemma.chars().take(lemma.chars().count().saturating_sub(2).max(2)).collect();
    sentence
        .match_indices(&stem)
        .any(|(at, _)| sentence.get(..at).is_some_and(|before| !before.ends_with(char::is_alphanumeric)))
}

/// Declares the classes of a table below `data/words`, each as a static [`WordClass`], with a test that the table has these
/// classes and no other, each with why it is there, an example and a counter-example.
///
/// ```
/// readout_lexicon::word_classes! { "data/words/speakers.tsv" =>
///     /// Nouns for texts and recordings, which say what their makers say.
///     pub static TEXTS = "text";
/// }
/// assert!(readout_lexicon::WordSet::has(&TEXTS, "Letter"));
/// ```
#[macro_export]
macro_rules! word_classes {
    ($file:literal => $($(#[$attribute:meta])* $visibility:vis static $name:ident = $class:literal;)+) => {
        static TABLE: $crate::ShippedTable = $crate::shipped_table!(
            $file,
            ["class", "lemmas", "why", "example", "counter"],
            [],
            ["class"]
        );

        $($(#[$attribute])* $visibility static $name: $crate::WordClass = $crate::WordClass::new(&TABLE, $class);)+

        #[cfg(test)]
        #[test]
        fn every_class_is_declared_and_explained() {
            assert_eq!($crate::words::check(&TABLE, &[$(&$name),+]), Ok(()));
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Form;

    const FORM: Form = Form {
        needed: &["class", "lemmas", "why", "example", "counter"],
        other: &[],
        key: &["class"],
        values: &[],
    };
    const CONTENT: &str = "class\tlemmas\twhy\texample\tcounter\n\
        deny\tdeny reject_outright\tit was not so\tNorway denied the raid.\tNorway led the raid.\n\
        doer\t-er\tan ending\tThe teacher spoke.\tThe letter came.\n";
    static TABLE: ShippedTable = ShippedTable::new("data/words/own.tsv", CONTENT, FORM);
    static DENY: WordClass = WordClass::new(&TABLE, "deny");
    static DOER: WordClass = WordClass::new(&TABLE, "doer");
    static NONE: WordClass = WordClass::new(&TABLE, "none");

    #[test]
    fn a_class_has_its_words_in_any_case() {
        assert!(DOER.ends("teacher") && !DOER.ends("letters") && !DENY.ends("deny"));
        assert!(DENY.has("deny") && DENY.has("Deny") && DENY.has("reject outright"));
        assert!(DENY.has_as_written("deny") && !DENY.has_as_written("Deny"));
        assert!(!DENY.has("den") && !NONE.has("deny"));
        assert!(["deny"].has("DENY") && !["deny"][..].has("doer"));
        assert_eq!(DENY.words().collect::<Vec<_>>(), ["deny", "reject_outright"]);
    }

    #[test]
    fn classes_of_code_and_table_must_agree() {
        let problem = |classes: &[&WordClass]| check(&TABLE, classes).err().map(|fault| fault.problem);
        assert_eq!(problem(&[&DENY, &DOER]), None);
        assert_eq!(problem(&[&DENY]).as_deref(), Some("no code asks for the class \"doer\""));
        assert_eq!(problem(&[&DENY, &DOER, &NONE]).as_deref(), Some("the class \"none\" is missing"));
    }

    #[test]
    fn an_example_without_a_word_of_its_class_is_a_fault() {
        static OTHER: ShippedTable = ShippedTable::new(
            "data/words/own.tsv",
            "class\tlemmas\twhy\texample\tcounter\ndeny\tdeny\tnot so\tNorway led the raid.\tno\n",
            FORM,
        );
        let fault = check(&OTHER, &[&DENY]).err();
        assert_eq!(fault.map(|fault| fault.line), Some(Some(2)));
    }
}
