//! Limits of reading, and what the caller tells of reports.

use crate::told::Told;

/// Limits that keep one bad file from costing the batch, with sizes in bytes, and metadata that the caller gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The largest text or HTML file, as it lies on disk and after unpacking.
    pub max_file_bytes: u64,
    /// The largest row of a JSON Lines file; the file itself may be of any size.
    pub max_row_bytes: u64,
    /// The most bytes of blank lines between two rows of a JSON Lines file.
    pub max_blank_bytes: u64,
    /// The most folders within each other that are looked through.
    pub max_folder_depth: usize,
    /// The most files within each other: a page in an archive within a `.zip` is the third.
    pub max_archive_depth: usize,
    /// The most files of one archive.
    pub max_archive_files: usize,
    /// How many times its size a packed file may unpack to, beyond `max_file_bytes`.
    pub max_unpacking: u64,
    /// The most text of one report.
    pub max_text_bytes: usize,
    /// The deepest nesting of elements in a page; a page that goes over this or one of the other limits of pages is read
    /// by its text alone.
    pub max_nesting: usize,
    /// The most elements of a page.
    pub max_elements: usize,
    /// The most attributes of all elements of a page.
    pub max_attributes: usize,
    /// The most attributes of one tag; the others are passed over. Common ones have ten.
    pub max_tag_attributes: usize,
    /// The longest attribute; longer ones are pictures and programs, and are passed over.
    pub max_attribute_bytes: usize,
    /// The longest tag or comment, without what was passed over.
    pub max_tag_bytes: usize,
    /// The most steps that a walk from every byte of a page's text, and 64 times from every element, to the root of
    /// the page may have: looking for the body of a page takes time and memory in proportion.
    pub max_page_steps: u64,
    /// The most pages of a PDF file.
    pub max_pages: usize,
    /// The largest part of a PDF file, unpacked: the content of a page, a font's table of letters.
    pub max_stream_bytes: usize,
    /// Stack of the thread that parses a page or a PDF file.
    pub page_stack_bytes: usize,
    /// Metadata that the caller gives.
    pub told: Told,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_file_bytes: 64 << 20,
            max_row_bytes: 16 << 20,
            max_blank_bytes: 1 << 20,
            max_folder_depth: 64,
            max_archive_depth: 4,
            max_archive_files: 100_000,
            max_unpacking: 256,
            max_text_bytes: 4 << 20,
            max_nesting: 256,
            max_elements: 100_000,
            max_attributes: 200_000,
            max_tag_attributes: 256,
            max_attribute_bytes: 16 << 10,
            max_tag_bytes: 256 << 10,
            max_page_steps: 100_000_000,
            max_pages: 2_000,
            max_stream_bytes: 16 << 20,
            page_stack_bytes: 64 << 20,
            told: Told::default(),
        }
    }
}
