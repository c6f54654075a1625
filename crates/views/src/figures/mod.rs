//! Pictures of the record, drawn as SVG: the same bytes for the same rows on every machine.
//!
//! Each has a title and a description in words. Everything that it shows is also in its rows.

mod drawing;
mod map;
mod months;
mod network;
mod outlets;
mod svg;
mod timeline;

pub use map::{MapPlace, map_figure};
pub use months::months_figure;
pub use network::{Network, NetworkActor, NetworkWanted, Tie, TieKind, network};
pub use outlets::outlets_figure;
pub use timeline::timeline_figure;
