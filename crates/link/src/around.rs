//! The stories and origins of reports, by which the links of other records are decided.

use std::collections::BTreeMap;

use readout_record::{DocumentId, RecordId};

/// The stories and origins of the reports of a component, as other links have them.
#[derive(Default)]
pub(crate) struct Around {
    /// The story of each report; `None` if it is in none.
    pub(crate) stories: BTreeMap<i64, Option<RecordId>>,
    /// For each report, the first report of its group of copies.
    pub(crate) origins: BTreeMap<i64, DocumentId>,
}
