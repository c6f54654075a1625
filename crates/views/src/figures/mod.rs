//! Pictures of the record, drawn as SVG: the same bytes for the same rows on every machine.
//!
//! Each has a title and a description in words. Everything that it shows is also in its rows.

mod network;
mod outlets;
mod positions;
mod svg;
mod timeline;

pub use network::{Network, NetworkActor, Tie, network};
pub use outlets::outlets_figure;
pub use positions::positions_figure;
pub use timeline::timeline_figure;
