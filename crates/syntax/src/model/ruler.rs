//! The attribute ruler: patterns over one or two tokens that set parts of speech, morphology and some lemmas.

use fancy_regex::Regex;

use super::msgpack::{self, Value};
use super::strings::symbol_name;
use crate::labels::{Dep, Pos, Tag};

/// The values that a pattern sets on a token.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Change {
    pub(super) tag: Option<Tag>,
    pub(super) pos: Option<Pos>,
    pub(super) dep: Option<Dep>,
    pub(super) morphology: Option<String>,
    pub(super) lemma: Option<String>,
}

/// A token as patterns see it: its annotation before any pattern was applied.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'t> {
    pub(super) lower: &'t str,
    pub(super) is_space: bool,
    pub(super) tag: Tag,
    pub(super) dep: Dep,
}

#[derive(Debug)]
enum Test {
    /// One bit for each tag that passes, by its number.
    Tag(u64),
    /// One bit for each label that passes, by its number.
    Dep(u64),
    IsSpace(bool),
    Lower(Words),
}

const _: () = assert!(Tag::ALL.len() <= 64 && Dep::ALL.len() <= 64, "labels have one bit each");

#[derive(Debug)]
enum Words {
    In(Vec<String>),
    NotIn(Vec<String>),
    Like(Box<Regex>),
}

/// All tests on one token.
type TokenTest = Vec<Test>;

#[derive(Debug)]
struct Pattern {
    /// Alternatives of one token.
    single: Vec<TokenTest>,
    /// Alternatives of two tokens.
    double: Vec<[TokenTest; 2]>,
    /// Index, within the alternative, of the token that is changed.
    index: usize,
    change: Change,
}

/// The patterns in order; a later one wins.
#[derive(Debug)]
pub(super) struct Ruler {
    patterns: Vec<Pattern>,
}

/// The two-token alternatives that a word can begin and end, judged by its letters: one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct PairRoles {
    pub(super) first: u64,
    pub(super) second: u64,
}

impl Ruler {
    /// Reads spaCy's `patterns`; the error says what is not supported.
    pub(super) fn read(file: &[u8]) -> Result<Self, String> {
        let value = msgpack::read(file).ok_or("not MessagePack")?;
        let patterns = value
            .list()
            .ok_or("not a list")?
            .iter()
            .enumerate()
            .map(|(number, pattern)| {
                Pattern::read(pattern)
                    .ok_or_else(|| format!("pattern number {} is of an unknown kind", number + 1))
            })
            .collect::<Result<Vec<_>, _>>()?;
        if patterns.iter().map(|pattern| pattern.double.len()).sum::<usize>() > 64 {
            return Err("more than 64 patterns over two tokens".to_owned());
        }
        Ok(Self { patterns })
    }

    /// Returns the pairs that a word may be part of, whatever its tag and label.
    pub(super) fn pair_roles(&self, lower: &str, is_space: bool) -> PairRoles {
        let mut roles = PairRoles::default();
        let fits =
            |tests: &TokenTest| tests.iter().all(|test| test.by_letters(lower, is_space).unwrap_or(true));
        for (bit, [first, second]) in self.patterns.iter().flat_map(|pattern| &pattern.double).enumerate() {
            roles.first |= u64::from(fits(first)) << bit;
            roles.second |= u64::from(fits(second)) << bit;
        }
        roles
    }

    /// The changes to a token between its neighbours, in order. Neighbours matter only where
    /// [`PairRoles`] meet.
    pub(super) fn changes<'r>(
        &'r self,
        before: Option<Seen<'r>>,
        token: Seen<'r>,
        after: Option<Seen<'r>>,
    ) -> impl Iterator<Item = &'r Change> {
        self.patterns
            .iter()
            .filter(move |pattern| {
                let pair = if pattern.index == 0 { (Some(token), after) } else { (before, Some(token)) };
                pattern.index == 0 && pattern.single.iter().any(|tests| token.passes(tests))
                    || matches!(pair, (Some(first), Some(second)) if pattern
                        .double
                        .iter()
                        .any(|[a, b]| first.passes(a) && second.passes(b)))
            })
            .map(|pattern| &pattern.change)
    }
}

impl Seen<'_> {
    fn passes(&self, tests: &TokenTest) -> bool {
        tests.iter().all(|test| match test {
            Test::Tag(tags) => tags >> self.tag as u8 & 1 == 1,
            Test::Dep(deps) => deps >> self.dep as u8 & 1 == 1,
            test => test.by_letters(self.lower, self.is_space).unwrap_or(false),
        })
    }
}

impl Test {
    /// The answer if letters alone decide.
    fn by_letters(&self, lower: &str, is_space: bool) -> Option<bool> {
        match self {
            Self::Lower(words) => Some(words.contain(lower)),
            Self::IsSpace(wanted) => Some(*wanted == is_space),
            Self::Tag(_) | Self::Dep(_) => None,
        }
    }
}

impl Words {
    fn contain(&self, word: &str) -> bool {
        match self {
            Self::In(words) => words.iter().any(|known| known == word),
            Self::NotIn(words) => words.iter().all(|known| known != word),
            Self::Like(expression) => expression.is_match(word).unwrap_or(false),
        }
    }

    /// The labels of `all` that pass, one bit each.
    fn bits<L: Copy>(&self, all: &[L], name: impl Fn(L) -> &'static str) -> u64 {
        all.iter()
            .enumerate()
            .fold(0, |bits, (number, &label)| bits | u64::from(self.contain(name(label))) << number)
    }

    fn read(value: &Value<'_>) -> Option<Self> {
        let list = |value: &Value<'_>| {
            value.list()?.iter().map(|word| Some(word.text()?.to_owned())).collect::<Option<Vec<_>>>()
        };
        if let Some(word) = value.text() {
            return Some(Self::In(vec![word.to_owned()]));
        }
        let [(key, value)] = value.map()? else { return None };
        match key.text()? {
            "IN" => list(value).map(Self::In),
            "NOT_IN" => list(value).map(Self::NotIn),
            "REGEX" => Some(Self::Like(Box::new(Regex::new(value.text()?).ok()?))),
            _ => None,
        }
    }
}

/// An attribute's name, written out or as spaCy's number.
fn attribute<'f>(key: &Value<'f>) -> Option<&'f str> {
    key.text().or_else(|| symbol_name(key.number()?))
}

impl Pattern {
    fn read(value: &Value<'_>) -> Option<Self> {
        let mut pattern = Self {
            single: Vec::new(),
            double: Vec::new(),
            index: usize::try_from(value.get("index")?.number()?).ok()?,
            change: Change::default(),
        };
        for alternative in value.get("patterns")?.list()? {
            let mut tokens =
                alternative.list()?.iter().map(token_test).collect::<Option<Vec<TokenTest>>>()?.into_iter();
            match (tokens.next(), tokens.next(), tokens.next()) {
                (Some(only), None, None) if pattern.index == 0 => pattern.single.push(only),
                (Some(first), Some(second), None) if pattern.index < 2 => {
                    pattern.double.push([first, second]);
                }
                _ => return None,
            }
        }
        for (key, value) in value.get("attrs")?.map()? {
            let value = value.text()?;
            let change = &mut pattern.change;
            match attribute(key)? {
                "TAG" => change.tag = Some(Tag::from_name(value)?),
                "POS" => change.pos = Some(Pos::from_name(value)?),
                "DEP" => change.dep = Some(Dep::from_name(value)?),
                "LEMMA" => change.lemma = Some(value.to_owned()),
                "MORPH" => {
                    change.morphology = Some(if value == "_" { String::new() } else { value.to_owned() });
                }
                _ => return None,
            }
        }
        Some(pattern)
    }
}

/// The tests on one token, those of labels first, since they are the quickest.
fn token_test(token: &Value<'_>) -> Option<TokenTest> {
    let mut tests = token
        .map()?
        .iter()
        .map(|(key, value)| match attribute(key)? {
            "TAG" => Words::read(value).map(|words| Test::Tag(words.bits(Tag::ALL, Tag::as_str))),
            "LOWER" => Words::read(value).map(Test::Lower),
            "DEP" => Words::read(value).map(|words| Test::Dep(words.bits(Dep::ALL, Dep::as_str))),
            "IS_SPACE" => match value {
                Value::Bool(wanted) => Some(Test::IsSpace(*wanted)),
                _ => None,
            },
            _ => None,
        })
        .collect::<Option<TokenTest>>()?;
    tests.sort_by_key(|test| matches!(test, Test::Lower(_)));
    Some(tests)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_pass_by_their_bits() {
        let seen = |tag, dep| Seen { lower: "talks", is_space: false, tag, dep };
        let tags = Words::NotIn(vec!["NNS".to_owned()]).bits(Tag::ALL, Tag::as_str);
        let deps = Words::In(vec!["nsubj".to_owned()]).bits(Dep::ALL, Dep::as_str);
        let tests = vec![Test::Tag(tags), Test::Dep(deps), Test::Lower(Words::In(vec!["talks".to_owned()]))];
        assert!(seen(Tag::Vbz, Dep::Nsubj).passes(&tests));
        assert!(!seen(Tag::Nns, Dep::Nsubj).passes(&tests));
        assert!(!seen(Tag::Vbz, Dep::Dobj).passes(&tests));
        assert!(!Seen { lower: "talk", ..seen(Tag::Vbz, Dep::Nsubj) }.passes(&tests));
    }
}
