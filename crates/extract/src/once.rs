//! Lists in which each thing is there once.

/// Adds to `list` those of `more` that it does not have yet, in their order.
pub(crate) fn add_once<T: PartialEq>(list: &mut Vec<T>, more: impl IntoIterator<Item = T>) {
    for item in more {
        if !list.contains(&item) {
            list.push(item);
        }
    }
}
