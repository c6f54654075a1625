//! Records as annotations of the stored texts, in the forms of annotation tools, and the way back.

mod brat;
mod ftm;
mod marked;
mod web;
mod webanno;

pub use brat::write_brat;
pub use ftm::write_ftm;
pub use marked::{
    MENTION, MarkedFile, MarkedReport, MarkedSpan, read_brat, read_conllu, read_web_annotations,
};
pub use web::write_web_annotations;
pub use webanno::write_webanno;

/// A file of a form that has several files for one export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedFile {
    /// The name, without a folder.
    pub name: String,
    /// The content.
    pub content: String,
}

/// Returns a document's id as the name of a file.
fn file_name(id: &str, ending: &str) -> String {
    format!("{}.{ending}", id.replace(':', "-"))
}
