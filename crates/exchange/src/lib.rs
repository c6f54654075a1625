//! Records in the forms of other programs.
//!
//! [`Source`] is what is to be written: the contents of a file under a filter. [`tables`](tables()) has one table a kind of
//! record, and [`codebook`] tells every column. [`write_layout`] writes the field's own columns, [`Network`] who stands with
//! whom, [`write_web_annotations`] and its like the records as annotations. `RecordRows` has records as batches of Arrow. No form drops anything silently: what it
//! cannot hold is counted in a [`Tally`].

mod act;
mod annotations;
mod cell;
pub mod codebook;
mod codes;
mod column;
#[cfg(feature = "parquet")]
mod columnar;
mod deadlines;
mod delimited;
mod dna;
mod error;
#[cfg(feature = "parquet")]
mod incoming;
mod layouts;
mod maps;
mod neighbours;
mod network;
#[cfg(feature = "parquet")]
mod rows;
mod site;
mod source;
mod tables;
mod tally;
mod units;
mod workbook;

pub use annotations::{
    MENTION, MarkedFile, MarkedReport, MarkedSpan, NamedFile, read_brat, read_conllu, read_web_annotations,
    write_brat, write_ftm, write_web_annotations, write_webanno,
};
pub use cell::{Cell, CellType};
pub use column::{ColumnInfo, RowSink, Table};
#[cfg(feature = "parquet")]
pub use columnar::{Body, read_bodies, record_batches, write_arrow, write_bodies, write_parquet};
pub use deadlines::write_deadlines;
pub use delimited::Delimited;
pub use dna::{CodedFile, CodedReport, CodedStatement, read_dna, write_dna};
pub use error::{ExchangeError, Result};
#[cfg(feature = "parquet")]
pub use incoming::{json_row, words_at};
pub use layouts::{Layout, write_layout};
pub use maps::{places, towns, write_geojson, write_timelinejs};
pub use network::{Edge, Network, NetworkAsked, Node, Nodes, Normalization, Qualifier};
#[cfg(feature = "parquet")]
pub use rows::{MENTIONS, NOTE, RecordRows, Reports, record_schema};
pub use source::{Place, Source};
pub use tables::{table, tables};
pub use tally::Tally;
pub use units::{Positions, Unit};
pub use workbook::write_workbook;
