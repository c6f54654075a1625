//! Positions in text.
//!
//! Inside the program a place in a text is a [`ByteSpan`]: a range of UTF-8 bytes, which slices a `&str` in constant
//! time. What leaves the program is a [`CharSpan`]: a range of Unicode code points, which means the same in every
//! language. [`Offsets`] turns one into the other; the two types keep them from being mixed up.
//!
//! ```
//! use readout_text::{ByteSpan, CharSpan, Offsets};
//! let text = "“Let’s talk,” he said.";
//! let offsets = Offsets::new(text);
//! let span = ByteSpan::new(3, 16);
//! assert_eq!(span.slice(text), "Let’s talk,");
//! assert_eq!(offsets.to_chars(span), CharSpan::new(1, 12));
//! assert_eq!(offsets.to_bytes(CharSpan::new(1, 12)), Some(span));
//! ```

mod offsets;
mod paragraphs;
mod span;

pub use offsets::Offsets;
pub use paragraphs::paragraphs;
pub use span::{ByteSpan, CharSpan};
