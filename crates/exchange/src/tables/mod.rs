//! The tables: one a kind of record. The columns below are the only place that says what a table has; the codebook, the
//! header rows and the schemas come from them.

mod acts;
mod agreed;
mod common;
mod linked;
mod reports;
mod said;

use crate::Table;

/// Returns all tables in the order of the codebook.
pub fn tables() -> Vec<Table> {
    vec![
        reports::documents(),
        reports::actors(),
        reports::mentions(),
        said::statements(),
        acts::events(),
        acts::meetings(),
        acts::incidents(),
        agreed::conditions(),
        agreed::commitments(),
        agreed::agreements(),
        said::positions(),
        linked::quotes(),
        linked::happenings(),
        linked::stories(),
    ]
}

/// Returns the table called `name`.
pub fn table(name: &str) -> Option<Table> {
    tables().into_iter().find(|it| it.name == name)
}
