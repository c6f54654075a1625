//! Tables of words and rules as text: a strict reader, classes of words, the names of rules.
//!
//! A [`table`] has one row a line, cells parted by tabs, `#` comments, and a first line that names its columns. Code
//! asks for a cell by the name of its column. [`words`] are the classes of words below `data/words`, which code asks
//! whether a lemma belongs to them; [`is_function_word`] knows the words of grammar, [`stem`] cuts a word to its stem, and [`times_in_a_million`] tells how common it is. [`mod@rule`] has the names of the
//! rules that records give as their reason.

mod frequency;
mod function_words;
pub mod rule;
mod stems;
pub mod table;
pub mod words;

pub use frequency::times_in_a_million;
pub use function_words::{FUNCTION_WORDS, is_function_word};
pub use rule::{RuleName, RulePath};
pub use stems::stem;
pub use table::{CheckCell, Form, Row, ShippedTable, TableFault};
pub use words::{WordClass, WordSet};
