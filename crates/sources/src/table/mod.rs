//! Tables with a report in each row.

mod columns;
pub(crate) mod csv;
pub(crate) mod parquet;
pub(crate) mod workbook;

use serde_json::{Map, Value};

use crate::content::Content;
use crate::dates::Usage;
use crate::fault::Fault;
use crate::options::Options;
use crate::source::{Files, Format, Holds, Inner, IsRead, Recognised};
use crate::trouble::Trouble;
use crate::{lists, rows};
use columns::Columns;

/// A row of a table: an object whose keys are the heads of the columns.
static ROW: Format = Format {
    name: "row",
    endings: &[],
    told_by: "",
    reads: "",
    recognise: |_| Recognised::No,
    holds: Holds::One,
    read: lists::read,
};

/// The rows of a table behind its head: the cells, or the reason why a row cannot be read.
type Rows = Box<dyn Iterator<Item = Result<Vec<String>, Fault>> + Send>;

/// A table whose rows are given as reports.
struct Table {
    path: String,
    columns: Columns,
    rows: Rows,
    number: usize,
    /// What is to be told of the table as a whole.
    notes: Vec<String>,
    usage: Option<Usage>,
}

/// The number of rows by which the column of the text is told where no head tells it.
const SAMPLE: usize = 50;

/// Opens a table. `rows` reads it from its head on, and is called for each time that it is looked through.
fn open(
    path: &str,
    options: &Options,
    rows: &dyn Fn() -> Result<Rows, Fault>,
) -> Result<Box<dyn Files>, Fault> {
    let head = |rows: &mut Rows| rows.next().unwrap_or_else(|| Err(Fault::empty("empty")));
    let mut first = rows()?;
    let heads = head(&mut first)?;
    let sample: Vec<Vec<String>> = first.take(SAMPLE).filter_map(Result::ok).collect();
    let columns = Columns::read(&heads, &sample, &options.told)?;
    let mut shown = rows::DatesShown::default();
    let mut looked_through = rows()?;
    head(&mut looked_through)?;
    let mut bytes = 0_u64;
    for (number, row) in (1..).zip(looked_through) {
        let Ok(row) = row else { continue };
        bytes += row.iter().map(|cell| cell.len() as u64).sum::<u64>();
        if bytes > options.max_file_bytes {
            break;
        }
        columns.dates(&row).for_each(|date| shown.see(number, date));
    }
    let (usage, note) = shown.usage();
    let notes = std::iter::once(columns.note()).chain(note).collect();
    let mut rows = rows()?;
    head(&mut rows)?;
    Ok(Box::new(Table { path: path.to_owned(), columns, rows, number: 0, notes, usage }))
}

impl Files for Table {
    fn next_file(&mut self, _: &Options, _: IsRead) -> Option<Result<Inner, Trouble>> {
        if !self.notes.is_empty() {
            return Some(Err(Trouble::mended(&self.path, self.notes.remove(0))));
        }
        loop {
            let row = self.rows.next()?;
            self.number += 1;
            let path = format!("{}#{}", self.path, self.number);
            let object = match row.and_then(|row| self.columns.object(row)) {
                Ok(object) if object.is_empty() => continue,
                Ok(object) => object,
                Err(why) => return Some(Err(Trouble::unread(path, why))),
            };
            return Some(bytes(&object).map_err(|why| Trouble::unread(path.clone(), why)).map(|bytes| {
                Inner {
                    format: Some(&ROW),
                    usage: self.usage.clone(),
                    ..Inner::new(path, "row", Content::Memory(bytes.into()))
                }
            }));
        }
    }
}

fn bytes(object: &Map<String, Value>) -> Result<Vec<u8>, Fault> {
    serde_json::to_vec(object).map_err(|error| Fault::damaged("the row cannot be kept").because(error))
}
