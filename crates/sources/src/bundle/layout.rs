//! Layouts: how the articles of one export of a press database are told apart, and where what stands in them.
//!
//! A layout is a table of rules below `data/layouts`; the how-to page *A new layout in ten minutes* says what each rule means.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use readout_lexicon::{Form, Row, ShippedTable, TableFault, shipped_table};
use regex::{Captures, Regex};

use super::carrier::Carrier;
use crate::dates::{Order, Usage};
use crate::lines::Line;

/// Declares tables of layouts, all of one form.
macro_rules! layouts {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, ShippedTable::new(
            concat!("data/layouts/", $name, ".tsv"),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/layouts/", $name, ".tsv")),
            Form { needed: &["rule"], other: &["mark", "form", "field", "where", "example"], key: &[], values: &[] },
        ))),+]
    };
}

/// The layouts; of two that fit a file, the first is taken.
static TABLES: &[(&str, ShippedTable)] = layouts![
    "nexis-2010-text",
    "nexis-2013-html",
    "nexis-uni-2019",
    "factiva-2011-codes",
    "factiva-2012-xml",
    "factiva-2017-html",
    "factiva-2020-word",
    "proquest-2020-html",
    "proquest-2024-text",
    "europresse-2012-html",
    "europresse-2015-html",
];

/// The tables whose rules several layouts have, by the name after `include`.
static SHARED: &[(&str, ShippedTable)] = layouts!["nexis-labels", "nexis-head", "proquest-labels"];

/// Short names of forms that many rules have, as `{date}`.
static FORMS: ShippedTable =
    shipped_table!("data/layouts/forms.tsv", ["name", "form", "example"], [], ["name"]);

/// The layouts, in the order in which they are tried.
pub(super) static LAYOUTS: LazyLock<Vec<Layout>> =
    LazyLock::new(|| TABLES.iter().filter_map(|(name, table)| Layout::read(name, table).ok()).collect());

/// What a line must be for a rule to hold.
#[derive(Default)]
pub(super) struct Test {
    /// The marks that the line must have, or must not have.
    mark: Option<(bool, Regex)>,
    form: Option<Regex>,
}

impl Test {
    /// Whether a line passes.
    pub(super) fn holds(&self, line: &Line) -> bool {
        self.mark.as_ref().is_none_or(|(wanted, mark)| mark.is_match(&line.marks) == *wanted)
            && self.form.as_ref().is_none_or(|form| form.is_match(line.words()))
    }

    /// Returns the names of the parts of the form.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.form.iter().flat_map(Regex::capture_names).flatten()
    }

    /// Returns the parts of a line that the form names.
    pub(super) fn parts<'l>(&self, line: &'l Line) -> Option<Captures<'l>> {
        self.form.as_ref()?.captures(line.words())
    }
}

/// A rule on lines: the test, the field that it fills, and the words of its column `where`.
pub(super) struct Rule {
    pub(super) test: Test,
    pub(super) field: String,
    options: Vec<String>,
}

impl Rule {
    /// Whether the column `where` has a word.
    pub(super) fn is(&self, option: &str) -> bool {
        self.options.iter().any(|known| known == option)
    }

    /// Returns the fields that the words `KEY:FIELD` of the column `where` name.
    pub(super) fn fields(&self, key: &str) -> impl Iterator<Item = &str> {
        self.options.iter().filter_map(move |option| option.strip_prefix(key)?.strip_prefix(':'))
    }
}

/// The layout of an export.
#[derive(Default)]
pub(super) struct Layout {
    pub(super) name: String,
    /// The database, as a person would say it.
    pub(super) vendor: String,
    carriers: Vec<Carrier>,
    signs: Vec<Regex>,
    pub(super) starts: Vec<Rule>,
    pub(super) ends: Vec<Rule>,
    pub(super) skips: Vec<Rule>,
    pub(super) refusals: Vec<Rule>,
    pub(super) slots: Vec<Rule>,
    pub(super) bodies: Vec<Rule>,
    pub(super) tails: Vec<Rule>,
    /// How a line with a label looks: two parts are the label and the value; by a mark, the line is the label.
    label_forms: Vec<Rule>,
    labels: Vec<Rule>,
    /// The number of a label's rule by its words in small letters.
    by_words: BTreeMap<String, usize>,
    /// The order of day and month in dates of numbers alone.
    pub(super) usage: Option<Usage>,
    /// The width at which lines are wrapped, in characters.
    pub(super) width: Option<usize>,
}

/// A label on a line, and what stands behind it.
pub(super) struct Labelled<'l, 'r> {
    pub(super) rule: &'r Rule,
    pub(super) value: &'l str,
    /// True if the label is a line of its own, and its value the lines that follow.
    pub(super) alone: bool,
}

impl Layout {
    fn read(name: &str, table: &ShippedTable) -> Result<Self, TableFault> {
        let mut layout = Self { name: name.to_owned(), ..Self::default() };
        layout.add(table)?;
        Ok(layout)
    }

    fn add(&mut self, table: &ShippedTable) -> Result<(), TableFault> {
        for row in table.rows() {
            self.add_row(&row).map_err(|fault| TableFault {
                line: fault.line.or(Some(row.line())),
                problem: match fault.line {
                    None => format!("{}: {}", table.file(), fault.problem),
                    Some(_) => fault.problem,
                },
                hint: fault.hint,
            })?;
        }
        Ok(())
    }

    fn add_row(&mut self, row: &Row<'_>) -> Result<(), TableFault> {
        let rules = match row.get("rule") {
            "carrier" => {
                for name in row.words("form") {
                    self.carriers.push(Carrier::named(name).ok_or_else(|| {
                        TableFault::in_cell(
                            format!("no carrier {name:?}"),
                            "one of text, html, xml, word, pdf",
                        )
                    })?);
                }
                return Ok(());
            }
            "vendor" => {
                row.get("form").clone_into(&mut self.vendor);
                return Ok(());
            }
            "include" => {
                let (_, shared) =
                    SHARED.iter().find(|(name, _)| *name == row.get("form")).ok_or_else(|| {
                        TableFault::in_cell(format!("no table {:?}", row.get("form")), "name a shared table")
                    })?;
                return self.add(shared);
            }
            "order" => {
                let order = match row.get("form") {
                    "day" => Order::DayFirst,
                    "month" => Order::MonthFirst,
                    other => {
                        let problem = format!("neither day nor month: {other:?}");
                        return Err(TableFault::in_cell(problem, "write day or month"));
                    }
                };
                let why = format!("that is the usage of the layout {}", self.name);
                self.usage = Some(Usage { order, why, told: true });
                return Ok(());
            }
            "wrap" => {
                self.width = Some(row.get("form").parse().map_err(|_| {
                    TableFault::in_cell("the width is no number", "give the width in characters")
                })?);
                return Ok(());
            }
            "sign" => {
                self.signs.push(regex(row.get("form"))?);
                return Ok(());
            }
            "label" => {
                for words in row.list("form") {
                    self.by_words.insert(words.to_lowercase(), self.labels.len());
                }
                self.labels.push(Rule { test: Test::default(), ..rule(row)? });
                return Ok(());
            }
            "start" => &mut self.starts,
            "end" => &mut self.ends,
            "skip" => &mut self.skips,
            "refuse" => &mut self.refusals,
            "slot" => &mut self.slots,
            "body" => &mut self.bodies,
            "tail" => &mut self.tails,
            "label-form" => &mut self.label_forms,
            other => {
                let problem = format!("no rule is called {other:?}");
                return Err(TableFault::in_cell(problem, "docs/how-to/add-a-layout.md lists the rules"));
            }
        };
        rules.push(rule(row)?);
        Ok(())
    }

    /// Whether a file of `carrier` with the text `text` has all signs of the layout.
    pub(super) fn fits(&self, carrier: Carrier, text: &str) -> bool {
        self.carriers.contains(&carrier) && self.signs.iter().all(|sign| sign.is_match(text))
    }

    /// Returns the label of a line, if the layout knows it.
    pub(super) fn label<'l, 'r>(&'r self, line: &'l Line) -> Option<Labelled<'l, 'r>> {
        for form in self.label_forms.iter().filter(|form| form.test.holds(line)) {
            let parts = form.test.parts(line);
            let part = |number| Some(parts.as_ref()?.get(number)?.as_str());
            let (words, value) = (part(1).unwrap_or(line.words()), part(2).unwrap_or_default());
            if let Some(rule) =
                self.by_words.get(&words.trim().to_lowercase()).and_then(|at| self.labels.get(*at))
            {
                return Some(Labelled { rule, value: value.trim(), alone: form.is("alone") });
            }
        }
        None
    }
}

/// Returns the rule of a row.
fn rule(row: &Row<'_>) -> Result<Rule, TableFault> {
    let mark = row.filled("mark").map(|mark| match mark.strip_prefix('!') {
        Some(mark) => regex(mark).map(|mark| (false, mark)),
        None => regex(mark).map(|mark| (true, mark)),
    });
    let form = row.filled("form").filter(|_| row.get("rule") != "label").map(regex);
    Ok(Rule {
        test: Test { mark: mark.transpose()?, form: form.transpose()? },
        field: row.filled("field").unwrap_or_default().to_owned(),
        options: row.words("where").map(str::to_owned).collect(),
    })
}

/// Compiles a form, with the short names in it spelled out.
pub(super) fn regex(form: &str) -> Result<Regex, TableFault> {
    let mut form = form.to_owned();
    // A form may name those that stand above it.
    for row in FORMS.rows().collect::<Vec<_>>().into_iter().rev() {
        form = form.replace(&format!("{{{}}}", row.get("name")), &format!("(?:{})", row.get("form")));
    }
    Regex::new(&form).map_err(|error| TableFault::in_cell(error.to_string(), "mend the form"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_sound() {
        assert_eq!(FORMS.check(), Ok(()));
        for (name, table) in TABLES.iter().chain(SHARED) {
            assert_eq!(table.check(), Ok(()), "{name}");
            let layout = Layout::read(name, table).unwrap_or_else(|why| panic!("{why}"));
            assert!(
                SHARED.iter().any(|(shared, _)| shared == name)
                    || !layout.carriers.is_empty() && !layout.vendor.is_empty(),
                "{name}"
            );
        }
        assert_eq!(LAYOUTS.len(), TABLES.len());
    }

    #[test]
    fn every_form_matches_its_example() {
        for row in FORMS.rows() {
            for example in row.list("example") {
                let form = regex(&format!("^{{{}}}$", row.get("name"))).unwrap();
                assert!(form.is_match(example), "{}: {example}", row.get("name"));
            }
        }
        for (name, table) in TABLES.iter().chain(SHARED) {
            for row in table.rows().filter(|row| row.filled("example").is_some()) {
                let (form, example) = (regex(row.get("form")).unwrap(), row.get("example"));
                assert!(form.is_match(example), "{name}, line {}: {example}", row.line());
            }
        }
    }
}
