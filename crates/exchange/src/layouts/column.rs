//! A column of a layout.

use super::row::{Fact, Field};

/// A column of a layout.
pub(super) struct LayoutColumn {
    pub(super) name: &'static str,
    pub(super) cell: fn(&Field<'_>, &Fact<'_>) -> String,
}

/// Returns a column of a layout.
pub(super) const fn cell(name: &'static str, cell: fn(&Field<'_>, &Fact<'_>) -> String) -> LayoutColumn {
    LayoutColumn { name, cell }
}

/// Returns a column for which the record has nothing.
pub(super) const fn nothing(name: &'static str) -> LayoutColumn {
    LayoutColumn { name, cell: |_, _| String::new() }
}
