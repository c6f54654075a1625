//! The names of rules, which records give as their reason. They are listed in `data/rules.tsv` with what each reads and an
//! example.

use std::fmt;

use crate::table::ShippedTable;

/// The list of rules.
static RULES: ShippedTable =
    crate::shipped_table!("data/rules.tsv", ["rule", "reads", "example"], [], ["rule"]);

/// The name of a rule of `data/rules.tsv`. No other can be made: [`rule!`](crate::rule!) does not compile with a name that
/// is not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleName(&'static str);

/// A rule as its list describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The name.
    pub name: RuleName,
    /// A description of the words that the rule reads.
    pub reads: &'static str,
    /// A sentence of ours that it reads so.
    pub example: &'static str,
}

impl RuleName {
    /// Returns the rule called `name`, if it is listed.
    pub fn find(name: &str) -> Option<Self> {
        rules().find(|rule| rule.name.0 == name).map(|rule| rule.name)
    }

    /// Makes the name of a listed rule. Only [`rule!`](crate::rule!) calls it, while the program is compiled.
    #[doc(hidden)]
    pub const fn listed(name: &'static str) -> Self {
        assert!(is_listed(name.as_bytes()), "data/rules.tsv lists no rule of this name");
        Self(name)
    }

    /// Returns the name.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Returns the path of this rule alone.
    pub fn alone(self) -> RulePath {
        RulePath(self.0.to_owned())
    }

    /// Returns the path of this rule, which goes by the line of a lexicon for `word`: `verb:meet`.
    pub fn for_word(self, word: &str) -> RulePath {
        RulePath(format!("{}:{word}", self.0))
    }
}

impl PartialEq<RuleName> for String {
    fn eq(&self, name: &RuleName) -> bool {
        self == name.0
    }
}

impl fmt::Display for RuleName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

/// The rules that made a record, outermost first, each with the word that it goes by: `request:urge>verb:free`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RulePath(String);

impl RulePath {
    /// Returns the path with `inner` below it.
    #[must_use]
    pub fn over(mut self, inner: &Self) -> Self {
        self.0.push('>');
        self.0.push_str(&inner.0);
        self
    }

    /// Whether `name` is the outermost rule.
    pub fn begins_with(&self, name: RuleName) -> bool {
        self.0.strip_prefix(name.0).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '>']))
    }

    /// Returns the path as records have it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<RuleName> for RulePath {
    fn from(name: RuleName) -> Self {
        name.alone()
    }
}

impl fmt::Display for RulePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Returns all rules, in the order of their list.
pub fn rules() -> impl Iterator<Item = Rule> {
    RULES.rows().map(|row| Rule {
        name: RuleName(row.get("rule")),
        reads: row.get("reads"),
        example: row.get("example"),
    })
}

/// Whether a line of the list, below the one that names the columns, begins with `name` and a tab.
const fn is_listed(name: &[u8]) -> bool {
    let list = RULES_TEXT.as_bytes();
    let (mut start, mut is_row) = (0, false);
    while start < list.len() {
        let mut at = 0;
        while at < name.len() && start + at < list.len() && list[start + at] == name[at] {
            at += 1;
        }
        if is_row && at == name.len() && start + at < list.len() && list[start + at] == b'\t' {
            return true;
        }
        is_row = is_row || list[start] != b'#';
        while start < list.len() && list[start] != b'\n' {
            start += 1;
        }
        start += 1;
    }
    false
}

/// The list as text: what is asked while the program is compiled cannot look into a static.
const RULES_TEXT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/rules.tsv"));

/// Makes the [`RuleName`] of a rule that `data/rules.tsv` lists. It does not compile with any other name:
///
/// ```
/// assert_eq!(readout_lexicon::rule!("condition.if").as_str(), "condition.if");
/// ```
///
/// ```compile_fail
/// readout_lexicon::rule!("condition.maybe");
/// ```
#[macro_export]
macro_rules! rule {
    ($name:literal) => {
        const { $crate::RuleName::listed($name) }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_rules_is_of_its_form() {
        assert_eq!(RULES.check(), Ok(()));
        assert!(rules().count() > 40);
        assert!(rules().all(|rule| is_listed(rule.name.0.as_bytes())));
    }

    /// The list as a page for people.
    fn page() -> String {
        let mut page = String::from(
            "# Rules\n\n<!-- Written by `READOUT_UPDATE=1 cargo test -p readout-lexicon` from data/rules.tsv. -->\n\n\
             The evidence of each record names the rules that made it, outermost first, each with the word that it goes\n\
             by: `request:urge>verb:free`. `readout show ID --why` prints them with the lines of the lexicons.\n\n\
             | rule | reads | example |\n|---|---|---|\n",
        );
        for rule in rules() {
            page.push_str(&format!("| `{}` | {} | {} |\n", rule.name, rule.reads, rule.example));
        }
        page
    }

    #[test]
    fn the_reference_page_is_fresh() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference/rules.md");
        if std::env::var_os("READOUT_UPDATE").is_some() {
            assert!(std::fs::write(path, page()).is_ok(), "{path} cannot be written");
        }
        let stored = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            stored == page(),
            "docs/reference/rules.md is stale: READOUT_UPDATE=1 cargo test -p readout-lexicon"
        );
    }

    #[test]
    fn only_listed_rules_are_found() {
        assert_eq!(RuleName::find("verb").map(RuleName::as_str), Some("verb"));
        assert_eq!((RuleName::find("ver"), RuleName::find("rule"), RuleName::find("")), (None, None, None));
        assert!(!is_listed(b"ver") && !is_listed(b"rule"));
    }

    #[test]
    fn a_path_names_rules_from_outside_in() {
        let inner = crate::rule!("verb").for_word("free");
        let path = crate::rule!("request").for_word("urge").over(&inner);
        assert_eq!(path.as_str(), "request:urge>verb:free");
        assert!(path.begins_with(crate::rule!("request")) && !path.begins_with(crate::rule!("verb")));
        assert!(
            RulePath("verbose".to_owned()) != inner
                && !RulePath("verbose".to_owned()).begins_with(crate::rule!("verb"))
        );
        assert_eq!(RulePath::from(crate::rule!("object")).to_string(), "object");
    }
}
