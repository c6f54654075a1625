//! Exports of press databases: many articles in a file, each with its own head and codes.
//!
//! [`lines`](crate::lines) makes lines with marks of a file, [`split`] takes them apart into articles, and [`article`] reads one of them.
//! What is where is told by a [`layout`]; `vendors.tsv` tells whether a file is an export at all. An export whose layout
//! is not known is refused, since the days and speakers of many articles would become those of one.

mod article;
mod carrier;
mod languages;
mod layout;
mod names;
mod split;

use std::sync::LazyLock;

use readout_lexicon::{ShippedTable, shipped_table};
use readout_record::Document;
use regex::{Regex, RegexSet};

use article::{LAYOUT, LINE};
pub(crate) use article::{is_article, read};
pub(crate) use carrier::Carrier;

use crate::decode;
use crate::fault::Fault;
use crate::lines::{self, Line};
use crate::options::Options;
use crate::source::{Format, Holds, Part, Recognised};
use layout::LAYOUTS;

pub(crate) static FORMAT: Format = Format {
    name: "press database",
    endings: &[],
    told_by: "lines that only such an export has, in text, HTML or XML",
    reads: "an export of Nexis, Nexis Uni, Factiva, ProQuest or Europresse: a report for each article, with title, outlet, day, hour, authors, section, page, length, language and codes; \
            cover pages and notices of rights are left out; an export in a layout that is not known is refused",
    recognise,
    holds: Holds::Several(parts),
    read,
};

static VENDOR_TABLE: ShippedTable =
    shipped_table!("data/layouts/vendors.tsv", ["vendor", "form", "least", "example"], [], []);

/// A line that only exports of one database have.
struct Vendor {
    name: &'static str,
    form: Regex,
    /// The number of such lines from which on a file is an export.
    least: usize,
}

static VENDORS: LazyLock<Vec<Vendor>> = LazyLock::new(|| {
    let vendor = |row: readout_lexicon::Row<'static>| {
        let least = row.get("least").parse().ok()?;
        Some(Vendor { name: row.get("vendor"), form: layout::regex(row.get("form")).ok()?, least })
    };
    VENDOR_TABLE.rows().filter_map(vendor).collect()
});

/// The forms of all vendors: which of them a text has is seen in one walk through it. `None` if they are too many for that.
static FORMS: LazyLock<Option<RegexSet>> =
    LazyLock::new(|| RegexSet::new(VENDORS.iter().map(|vendor| vendor.form.as_str())).ok());

/// Returns the database that a text is an export of, and the byte at which that shows.
fn vendor(text: &str) -> Option<(&'static str, usize)> {
    let found = FORMS.as_ref().map(|forms| forms.matches(text));
    let has = |at: usize| found.as_ref().is_none_or(|found| found.matched(at));
    VENDORS.iter().enumerate().filter(|(at, _)| has(*at)).find_map(|(_, vendor)| {
        let place = vendor.form.find_iter(text).nth(vendor.least.checked_sub(1)?)?;
        Some((vendor.name, place.start()))
    })
}

fn recognise(start: &[u8]) -> Recognised {
    let start = decode::lossy(start);
    if vendor(&start).is_some() { Recognised::Surely } else { Recognised::No }
}

fn parts(bytes: &[u8], _options: &Options, mend: &mut dyn FnMut(&str)) -> Vec<Part> {
    match decode::html(bytes, mend) {
        Err(why) => vec![Part::Refused { number: 0, why }],
        Ok(text) => {
            let carrier = Carrier::of_text(&text);
            let (lines, fault) = carrier.lines(&text);
            let mut parts = articles(carrier, &text, lines, mend);
            if let Some((line, what)) = fault {
                let why = what.at(format!("at line {line}")).with_hint("what may follow was not read");
                parts.push(Part::Refused { number: parts.len() + 1, why });
            }
            parts
        }
    }
}

/// Returns the database that an article comes from, if `known` tells its layout.
pub(crate) fn database(known: &Document) -> Option<&'static str> {
    let name = known.other.get(LAYOUT)?.as_str()?;
    LAYOUTS.iter().find(|layout| layout.name == name).map(|layout| layout.vendor.as_str())
}

/// Whether a text is an export of a press database.
pub(crate) fn is_export(text: &str) -> bool {
    vendor(text).is_some()
}

/// Takes an export apart into articles. `text` is what shows the layout, and `lines` are the lines of it.
pub(crate) fn articles(
    carrier: Carrier,
    text: &str,
    lines: Vec<Line>,
    mend: &mut dyn FnMut(&str),
) -> Vec<Part> {
    let Some(layout) = LAYOUTS.iter().find(|layout| layout.fits(carrier, text)) else {
        return vec![unknown(text)];
    };
    let split = split::split(lines, layout);
    if split.articles.is_empty() {
        return vec![unknown(text)];
    }
    match split.left_out.as_slice() {
        [] => {}
        [(line, last)] if line == last => {
            mend(&format!("line {line} belongs to no article and was left out"));
        }
        [(first, last)] => mend(&format!("lines {first} to {last} belong to no article and were left out")),
        [(first, last), .., (from, to)] => mend(&format!(
            "{} passages (lines {first} to {last} the first, {from} to {to} the last) belong to no article and were left out",
            split.left_out.len()
        )),
    }
    let part = |(number, article): (usize, split::Lines)| {
        let refused = |line: &Line| layout.refusals.iter().any(|rule| rule.test.holds(line));
        if article.lines.iter().any(refused) {
            let line = article.first;
            let why = Fault::empty("the database did not give this document out")
                .at(format!("(line {line})"))
                .with_hint("export it anew");
            return Part::Refused { number, why };
        }
        let mut known = Box::<Document>::default();
        known.other.insert(LAYOUT.to_owned(), layout.name.as_str().into());
        known.other.insert(LINE.to_owned(), article.first.into());
        Part::Report { number, bytes: lines::pack(&article.lines), known }
    };
    (1..).zip(split.articles).map(part).collect()
}

/// Returns the refusal of an export in a layout that is not known.
fn unknown(text: &str) -> Part {
    let (name, at) = vendor(text).unwrap_or(("a press database", 0));
    let line = text.get(..at).unwrap_or_default().matches('\n').count() + 1;
    let why = Fault::unsupported(format!("an export of {name} in a layout that is not known"))
        .at(format!("(line {line})"))
        .with_hint("export it anew as text or Word file with all fields, or add its layout");
    Part::Refused { number: 0, why }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_of_a_vendor_is_sound() {
        assert_eq!(VENDOR_TABLE.check(), Ok(()));
        assert_eq!(VENDORS.len(), VENDOR_TABLE.rows().count());
        for (vendor, row) in VENDORS.iter().zip(VENDOR_TABLE.rows()) {
            assert!(vendor.form.is_match(&row.get("example").replace("\\n", "\n")), "line {}", row.line());
        }
    }

    #[test]
    fn prose_is_no_export() {
        for text in [
            "1 of 3 documents was signed on Friday.",
            "The paper, found in Factiva, was the third.",
            "They read 12 of 40 DOCUMENTS on Friday and left.",
            "<html><title>Factiva and its rivals</title>",
            "They signed it.\n\nEnd of Document\n",
            "<a href='https://www.europresse.com/a'>x</a> <a href='https://www.europresse.com/news/20160905/UK/b'>y</a>",
        ] {
            assert!(!is_export(text), "{text}");
        }
    }
}
