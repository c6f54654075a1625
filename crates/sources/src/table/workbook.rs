//! Workbooks of spreadsheets in the XLSX form, of which the first sheet is read.

use std::collections::BTreeMap;
use std::io::Read as _;

use quick_xml::events::{BytesStart, Event};

use super::Rows;
use crate::archive::zipped;
use crate::characters;
use crate::content::Content;
use crate::fault::Fault;
use crate::options::Options;
use crate::source::{Files, Format, Holds, Recognised, holds_files};
use crate::xml;

pub(crate) static FORMAT: Format = Format {
    name: "XLSX workbook",
    endings: &["xlsx"],
    told_by: "its name, or the parts of its ZIP archive",
    reads: "the first sheet, as a CSV table",
    recognise: |start| {
        if zipped::starts_with_file(start, "xl/workbook.xml") { Recognised::Surely } else { Recognised::No }
    },
    holds: Holds::Files(open),
    read: holds_files,
};

/// The most columns of a sheet: those that spreadsheets allow.
const COLUMNS: usize = 16_384;

fn open(path: &str, content: &Content, options: &Options) -> Result<Box<dyn Files>, Fault> {
    let rows = sheet(content, options)?;
    super::open(path, options, &|| {
        let rows: Rows = Box::new(rows.clone().into_iter().map(Ok));
        Ok(rows)
    })
}

/// Returns the rows of the first sheet.
fn sheet(content: &Content, options: &Options) -> Result<Vec<Vec<String>>, Fault> {
    let parts: BTreeMap<String, Content> = zipped::entries(content, options)?
        .into_iter()
        .filter_map(|entry| Some((entry.name, entry.content.ok()?)))
        .collect();
    let part = |name: &str| parts.get(name).map(|content| text(content, options)).transpose();
    let name = first_sheet(
        &part("xl/workbook.xml")?.unwrap_or_default(),
        &part("xl/_rels/workbook.xml.rels")?.unwrap_or_default(),
    );
    let name =
        name.filter(|name| parts.contains_key(name)).unwrap_or_else(|| "xl/worksheets/sheet1.xml".to_owned());
    let sheet = part(&name)?.ok_or_else(|| Fault::empty("no sheet in the workbook"))?;
    let strings = part("xl/sharedStrings.xml")?.map(|strings| shared_strings(&strings)).unwrap_or_default();
    cells(&sheet, &strings, options.max_file_bytes)
}

/// Returns the text of a part of the workbook.
fn text(content: &Content, options: &Options) -> Result<String, Fault> {
    let damaged = |error: std::io::Error| Fault::damaged("damaged or cut off").because(error);
    let limit = options.max_file_bytes;
    let mut bytes = Vec::new();
    content
        .open(options)
        .map_err(damaged)?
        .content()
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(damaged)?;
    if bytes.len() as u64 > limit {
        return Err(Fault::too_large(format!(
            "a part of it is larger than {} MB when unpacked",
            limit >> 20
        )));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Returns the name of the part that is the first sheet.
fn first_sheet(workbook: &str, relations: &str) -> Option<String> {
    let id = xml::first(workbook, "sheet")?.attribute("r:id")?.to_owned();
    let relations = xml::all(relations, "Relationship");
    let target =
        relations.iter().find(|relation| relation.attribute("Id") == Some(&id))?.attribute("Target")?;
    Some(target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned))
}

/// Returns the texts that cells refer to by their number.
fn shared_strings(xml: &str) -> Vec<String> {
    xml::all(xml, "si").iter().map(|item| rich_text(item.inner)).collect()
}

/// Returns the text of an item, whose runs may be in several types; how it is spoken is left out.
fn rich_text(xml: &str) -> String {
    let direct = xml::children(xml);
    let runs = direct.iter().filter(|element| element.name == "r" || element.name == "t");
    runs.flat_map(|element| {
        if element.name == "t" {
            vec![element.content()]
        } else {
            xml::all(element.inner, "t").iter().map(xml::Element::content).collect()
        }
    })
    .collect()
}

/// Returns the cells of a sheet by rows. Texts of `limit` bytes at most, with 16 for each cell: many cells may share a text.
fn cells(xml: &str, strings: &[String], limit: u64) -> Result<Vec<Vec<String>>, Fault> {
    let mut reader = xml::reader(xml);
    let (mut rows, mut row): (Vec<Vec<String>>, Vec<String>) = (Vec::new(), Vec::new());
    // The column and the type of the cell that is open, and where it starts.
    let mut open: Option<(usize, String, usize)> = None;
    let mut left = limit;
    loop {
        let before = xml::position(&reader);
        match reader.read_event() {
            Ok(Event::Start(tag)) if tag.local_name().as_ref() == "c" => {
                let (column, kind) = place(&tag, row.len());
                open = Some((column, kind, xml::position(&reader)));
            }
            Ok(Event::End(tag)) if tag.local_name().as_ref() == "c" => {
                let Some((column, kind, from)) = open.take() else { continue };
                let text = cell_text(xml.get(from..before).unwrap_or_default(), &kind, strings);
                if column < COLUMNS && !text.is_empty() {
                    let size = text.len() + 16 * (column + 1).saturating_sub(row.len());
                    left = left.checked_sub(size as u64).ok_or_else(|| {
                        Fault::too_large(format!("its first sheet holds more than {} MB", limit >> 20))
                    })?;
                    row.resize(row.len().max(column + 1), String::new());
                    if let Some(cell) = row.get_mut(column) {
                        *cell = text;
                    }
                }
            }
            Ok(Event::End(tag)) if tag.local_name().as_ref() == "row" => {
                // Rows above the head may be empty.
                let row = std::mem::take(&mut row);
                if !row.is_empty() {
                    rows.push(row);
                }
            }
            Ok(Event::Eof) | Err(_) => return Ok(rows),
            Ok(_) => {}
        }
    }
}

/// Returns the column of a cell from 0, and its type. A cell that does not tell its column follows the one before.
fn place(tag: &BytesStart<'_>, next: usize) -> (usize, String) {
    let cell = xml::Element::new(tag, "");
    let letters = cell.attribute("r").unwrap_or_default().bytes().take_while(u8::is_ascii_uppercase).take(3);
    let column = letters.fold(0, |column, letter| column * 26 + usize::from(letter - b'A') + 1);
    (column.checked_sub(1).unwrap_or(next), cell.attribute("t").unwrap_or("n").to_owned())
}

fn cell_text(xml: &str, kind: &str, strings: &[String]) -> String {
    let value = || xml::first(xml, "v").map(|value| value.content()).unwrap_or_default();
    let text = match kind {
        "s" => value()
            .trim()
            .parse()
            .ok()
            .and_then(|number: usize| strings.get(number).cloned())
            .unwrap_or_default(),
        "inlineStr" => xml::first(xml, "is").map(|text| rich_text(text.inner)).unwrap_or_default(),
        "e" => String::new(),
        _ => value(),
    };
    // Control characters are written so.
    characters::clean(&text.replace("_x000D_", ""))
}
