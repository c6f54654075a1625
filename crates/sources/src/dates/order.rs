//! The order of day and month in dates of numbers alone, and who uses which.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use readout_lexicon::{ShippedTable, shipped_table};

use crate::outlets;

/// The order of day and month in a date whose numbers could be either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// 5/9/2016 is in September.
    DayFirst,
    /// 5/9/2016 is in May.
    MonthFirst,
}

impl std::fmt::Display for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::DayFirst => "day",
            Self::MonthFirst => "month",
        })
    }
}

/// The order of day and month in dates, and the reason for assuming it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Usage {
    pub(crate) order: Order,
    /// The reason, as part of a sentence: `row 3 has 25/09/2016`.
    pub(crate) why: String,
    /// True if one note on the whole file gives the order, so that its dates need no notes of their own.
    pub(crate) told: bool,
}

impl Usage {
    /// Returns the note on a date that was read in this order.
    pub(super) fn note(&self) -> String {
        format!("its date was read with the {} first, since {}", self.order, self.why)
    }
}

static HABIT_TABLE: ShippedTable =
    shipped_table!("data/sources/day-order.tsv", ["host", "first"], [], ["host"]);

/// The usual order of day and month by the end of an address's host.
static HABITS: LazyLock<BTreeMap<&str, Order>> = LazyLock::new(|| {
    let rows = HABIT_TABLE.rows();
    rows.filter_map(|row| Some((row.get("host"), order_named(row.get("first"))?))).collect()
});

/// Returns the order that a table calls `day` or `month`.
pub(super) fn order_named(name: &str) -> Option<Order> {
    match name {
        "day" => Some(Order::DayFirst),
        "month" => Some(Order::MonthFirst),
        _ => None,
    }
}

/// Returns the order of day and month that an outlet uses, by its address or else by its name.
pub(crate) fn usage_of(url: Option<&str>, outlet: Option<&str>) -> Option<Usage> {
    let habit = |host: &str| {
        let mut end = host;
        loop {
            if let Some(order) = HABITS.get(end) {
                return Some(*order);
            }
            end = end.split_once('.')?.1;
        }
    };
    let host = url.and_then(outlets::host);
    let (order, whose) = match host.as_deref().and_then(|host| Some((habit(host)?, host.to_owned()))) {
        Some(found) => found,
        None => {
            let outlet = outlet?;
            (outlets::hosts(outlet).find_map(habit)?, outlet.to_owned())
        }
    };
    Some(Usage { order, why: format!("that is the usage of {whose}"), told: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_host_of_the_table_has_an_order() {
        assert_eq!(HABIT_TABLE.check(), Ok(()));
        assert!(HABITS.len() > 50 && HABITS.len() == HABIT_TABLE.rows().count());
    }
}
