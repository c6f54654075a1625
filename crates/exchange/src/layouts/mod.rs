//! The layouts of the field's event data: our records in exactly the columns of others, in their order.
//!
//! A layout has one row for each of what its data sets count: a record, a pair of actors, a happening, a mention. What
//! a layout has no column for is counted: events that did not take place, times that are no day, missing sides.

mod column;
mod gdelt;
mod icews;
mod incidents;
mod polecat;
mod row;

use std::collections::BTreeSet;
use std::io::Write;

use readout_knowledge::Knowledge;
use readout_views::csv;

use crate::source::Source;
use crate::{Result, Tally};
use column::LayoutColumn;
use row::{Field, Grain};

/// A layout of event data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// POLECAT: 40 columns, tabs, with a header.
    Polecat,
    /// ICEWS: 20 columns, tabs, with a header.
    Icews,
    /// GDELT 2 events: 61 columns, tabs, without a header.
    GdeltEvents,
    /// GDELT 2 mentions: 16 columns, tabs, without a header.
    GdeltMentions,
    /// ACLED: 31 columns, commas, with a header; incidents alone.
    Acled,
    /// UCDP GED: 49 columns, commas, with a header; incidents alone.
    Ucdp,
}

/// The form of a layout.
struct Form {
    columns: &'static [LayoutColumn],
    grain: Grain,
    delimiter: char,
    header: bool,
}

impl Layout {
    const fn form(self) -> Form {
        match self {
            Self::Polecat => {
                Form { columns: polecat::COLUMNS, grain: Grain::Record, delimiter: '\t', header: true }
            }
            Self::Icews => {
                Form { columns: icews::COLUMNS, grain: Grain::Pair, delimiter: '\t', header: true }
            }
            Self::GdeltEvents => {
                Form { columns: gdelt::EVENTS, grain: Grain::HappeningPair, delimiter: '\t', header: false }
            }
            Self::GdeltMentions => {
                Form { columns: gdelt::MENTIONS, grain: Grain::Mention, delimiter: '\t', header: false }
            }
            Self::Acled => {
                Form { columns: incidents::ACLED, grain: Grain::Incident, delimiter: ',', header: true }
            }
            Self::Ucdp => {
                Form { columns: incidents::UCDP, grain: Grain::Incident, delimiter: ',', header: true }
            }
        }
    }

    /// Returns the names of the columns in their order.
    pub fn columns(self) -> impl Iterator<Item = &'static str> {
        self.form().columns.iter().map(|it| it.name)
    }
}

/// Writes the acts of `source` in `layout`. Returns what did not fit.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_layout(
    layout: Layout,
    source: &Source<'_>,
    knowledge: &Knowledge,
    out: &mut dyn Write,
) -> Result<Tally> {
    let form = layout.form();
    let field = Field::new(source, knowledge);
    let (facts, mut tally) = field.facts(form.grain);
    if form.header {
        let names: Vec<&str> = layout.columns().collect();
        line(out, &names, form.delimiter)?;
    }
    let mut empty: BTreeSet<&'static str> = layout.columns().collect();
    for fact in &facts {
        let cells: Vec<String> = form.columns.iter().map(|it| (it.cell)(&field, fact)).collect();
        for (column, cell) in form.columns.iter().zip(&cells) {
            if !cell.is_empty() {
                empty.remove(column.name);
            }
        }
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        line(out, &cells, form.delimiter)?;
    }
    if !facts.is_empty() {
        tally.leave_empty(layout.columns().filter(|it| empty.contains(it)));
    }
    Ok(tally)
}

/// Writes one line. Fields between tabs have no marks around them, so tabs and line breaks within become blanks.
fn line(out: &mut dyn Write, cells: &[&str], delimiter: char) -> Result<()> {
    for (number, cell) in cells.iter().enumerate() {
        if number > 0 {
            write!(out, "{delimiter}")?;
        }
        if delimiter == '\t' {
            out.write_all(cell.replace(['\t', '\n', '\r'], " ").as_bytes())?;
        } else if cell.parse::<f64>().is_ok() {
            out.write_all(cell.as_bytes())?;
        } else {
            csv::field(out, cell, delimiter)?;
        }
    }
    Ok(out.write_all(b"\n")?)
}
