//! The links of a page to those beside it.

use serde::Serialize;

use crate::respond::Asked;

/// The link by which a page leads back.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Back {
    pub(crate) href: String,
    pub(crate) title: String,
}

/// The pages before and after one.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Around {
    before: Option<String>,
    after: Option<String>,
}

impl Around {
    /// Returns the neighbours of a page that starts at number `from`, for `lines` lines a page of `total`.
    pub(crate) fn of(asked: &Asked, from: usize, lines: usize, total: usize) -> Self {
        let at = |from: usize| {
            let after = (from > 0).then(|| from.to_string());
            format!("{}{}", asked.path, asked.query.with("after", after.as_deref()))
        };
        Self::between(from, lines, total, &at)
    }

    /// As [`Around::of`], for a list that does not open with its first line: its number is written too.
    pub(crate) fn of_opened(asked: &Asked, from: usize, lines: usize, total: usize) -> Self {
        Self::between(from, lines, total, &|from| numbered(asked, from))
    }

    fn between(from: usize, lines: usize, total: usize, at: &dyn Fn(usize) -> String) -> Self {
        Self {
            before: (from > 0).then(|| at(from.saturating_sub(lines))),
            after: (from.saturating_add(lines) < total).then(|| at(from + lines)),
        }
    }
}

/// Returns the address of the page of a list that starts at number `from`, the first one too.
pub(crate) fn numbered(asked: &Asked, from: usize) -> String {
    format!("{}{}", asked.path, asked.query.with("after", Some(&from.to_string())))
}
