//! The rules of `data/times/rules.txt`: read once, matched at every word.

use std::sync::LazyLock;

use super::words::{self, Amount, Class, Hedge, Word};

/// The rules as they ship.
pub(super) const RULES: &str = include_str!("../../../../data/times/rules.txt");

/// One rule.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) name: &'static str,
    /// The name of the meaning of its passages, as `meaning/mod.rs` knows it.
    pub(super) meaning: &'static str,
    patterns: Vec<Vec<Item>>,
}

#[derive(Debug)]
struct Item {
    test: Test,
    optional: bool,
}

#[derive(Debug)]
enum Test {
    Literal(Vec<&'static str>),
    Class(Vec<Class>),
    /// The word before must (or must not) be one of these.
    Before(bool, Vec<&'static str>),
    /// The word after must (or must not) be one of these words or classes.
    After(bool, Vec<&'static str>, Vec<Class>),
}

/// The values that a pattern caught, in the order of the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Caught {
    pub(super) values: Vec<(Class, i32, usize)>,
    pub(super) amount: Option<Amount>,
    pub(super) hedge: Option<Hedge>,
}

impl Caught {
    /// The first value of one of `classes`.
    pub(super) fn first(&self, classes: &[Class]) -> Option<i32> {
        self.values.iter().find(|value| classes.contains(&value.0)).map(|value| value.1)
    }

    /// The last value of one of `classes`, if there are two or more.
    pub(super) fn second(&self, classes: &[Class]) -> Option<i32> {
        self.values.iter().filter(|value| classes.contains(&value.0)).nth(1).map(|value| value.1)
    }
}

/// A rule's match: words `start..end`.
#[derive(Debug)]
pub(super) struct Match {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) rule: &'static Rule,
    pub(super) caught: Caught,
}

static PARSED: LazyLock<Vec<Rule>> = LazyLock::new(|| parse(RULES));

/// Reads rules and skips lines that are none. A test checks the form of the shipped file.
fn parse(text: &'static str) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("rule ") {
            let (name, meaning) = head.split_once('=').unwrap_or((head, ""));
            rules.push(Rule { name: name.trim(), meaning: meaning.trim(), patterns: Vec::new() });
        } else if let (Some(pattern), Some(rule)) = (line.strip_prefix("  "), rules.last_mut()) {
            rule.patterns.push(pattern.split_whitespace().filter_map(item).collect());
        }
    }
    rules
}

fn item(written: &'static str) -> Option<Item> {
    let (body, optional) = match written.strip_suffix('?') {
        Some(body) if !body.is_empty() => (body, true),
        _ => (written, false),
    };
    let classes =
        |inner: &'static str| -> Vec<Class> { inner.split('|').filter_map(Class::from_name).collect() };
    let test = if let Some(inner) = body.strip_prefix('{') {
        Test::Class(classes(inner.strip_suffix('}')?))
    } else if let Some(inner) = body.strip_prefix('<') {
        let (wanted, inner) = inner.strip_prefix('!').map_or((true, inner), |inner| (false, inner));
        Test::Before(wanted, inner.split('|').collect())
    } else if let Some(inner) = body.strip_prefix('>') {
        let (wanted, inner) = inner.strip_prefix('!').map_or((true, inner), |inner| (false, inner));
        let named = |part: &&str| part.starts_with('{');
        Test::After(
            wanted,
            inner.split('|').filter(|part| !named(part)).collect(),
            inner
                .split('|')
                .filter(named)
                .filter_map(|part| Class::from_name(part.trim_matches(['{', '}'])))
                .collect(),
        )
    } else {
        Test::Literal(body.split('|').collect())
    };
    Some(Item { test, optional })
}

/// The best match at word `at`, from longest to shortest, each rule's own longest.
pub(super) fn matches_at(words: &[Word<'_>], at: usize) -> Vec<Match> {
    let mut found: Vec<Match> = Vec::new();
    for rule in PARSED.iter() {
        let mut best: Option<(usize, Caught)> = None;
        for pattern in &rule.patterns {
            let mut caught = Caught::default();
            if let Some(end) = run(pattern, words, at, at, &mut caught)
                && end > at
                && best.as_ref().is_none_or(|best| end > best.0)
            {
                best = Some((end, caught));
            }
        }
        if let Some((end, caught)) = best {
            found.push(Match { start: at, end, rule, caught });
        }
    }
    found.sort_by_key(|found| std::cmp::Reverse(found.end));
    found
}

fn lower<'w>(words: &'w [Word<'_>], at: usize) -> Option<&'w str> {
    words.get(at).map(|word| match word.lower.as_str() {
        "–" | "‑" | "‐" => "-",
        "’s" => "'s",
        lower => lower,
    })
}

/// Matches the rest of a pattern at word `at`; the end of the match.
fn run(items: &[Item], words: &[Word<'_>], start: usize, at: usize, caught: &mut Caught) -> Option<usize> {
    let Some((item, rest)) = items.split_first() else { return Some(at) };
    let kept = (caught.values.len(), caught.amount.is_some(), caught.hedge.is_some());
    let undo = |caught: &mut Caught| {
        caught.values.truncate(kept.0);
        if !kept.1 {
            caught.amount = None;
        }
        if !kept.2 {
            caught.hedge = None;
        }
    };
    if let Some(length) = accept(&item.test, words, start, at, caught) {
        if let Some(end) = run(rest, words, start, at + length, caught) {
            return Some(end);
        }
        undo(caught);
    }
    if item.optional { run(rest, words, start, at, caught) } else { None }
}

/// Returns the number of words that `test` takes at word `at`, or nothing if it fails.
fn accept(test: &Test, words: &[Word<'_>], start: usize, at: usize, caught: &mut Caught) -> Option<usize> {
    match test {
        Test::Before(wanted, literals) => {
            let broken = words.get(at).is_some_and(|word| word.breaks);
            let before = at.checked_sub(1).filter(|_| !broken).and_then(|before| lower(words, before));
            (before.is_some_and(|before| literals.contains(&before)) == *wanted).then_some(0)
        }
        Test::After(wanted, literals, classes) => {
            let after = words.get(at).filter(|word| !word.breaks);
            let is = after.is_some_and(|word| {
                literals.contains(&lower(words, at).unwrap_or_default())
                    || classes.iter().any(|class| match class {
                        Class::Number => words::amount(words, at).is_some(),
                        class => words::value(word, *class).is_some(),
                    })
            });
            // The end of the text or paragraph counts as a full stop.
            let is = is || (after.is_none() && literals.contains(&"."));
            (is == *wanted).then_some(0)
        }
        Test::Literal(_) | Test::Class(_) if at > start && words.get(at)?.breaks => None,
        Test::Literal(literals) => {
            let here = lower(words, at)?;
            literals.iter().any(|literal| *literal == here || (*literal == "’s" && here == "'s")).then_some(1)
        }
        Test::Class(classes) => classes.iter().find_map(|class| match class {
            Class::Number => {
                let (amount, length) = words::amount(words, at)?;
                caught.amount = Some(amount);
                Some(length)
            }
            Class::Quantity => {
                let (hedge, length) = words::quantity(words, at)?;
                caught.hedge = Some(hedge);
                Some(length)
            }
            Class::Holiday => {
                let (number, length) = words::holiday(words, at)?;
                caught.values.push((*class, number, at));
                Some(length)
            }
            class => {
                let value = words::value(words.get(at)?, *class)?;
                caught.values.push((*class, value, at));
                Some(1)
            }
        }),
    }
}

/// Returns the rules of the rule file, for tests.
#[cfg(test)]
pub(super) fn all() -> &'static [Rule] {
    &PARSED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_rule_file_is_read() {
        for line in RULES.lines().filter_map(|line| line.strip_prefix("  ")) {
            for written in line.split_whitespace() {
                let item = item(written).unwrap();
                if let Test::Class(classes) = &item.test {
                    let inner = written.trim_matches(['{', '}', '?']);
                    assert_eq!(classes.len(), inner.split('|').count(), "unknown class in {written}");
                }
            }
        }
        for rule in all() {
            assert!(!rule.patterns.is_empty(), "{} has no pattern", rule.name);
        }
    }
}
