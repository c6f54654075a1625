//! Calendar days, and the many ways of writing one.
//!
//! [`iso`] reads the forms of machines, [`text`] finds days in words and numbers, [`order`] tells whether the day or the
//! month comes first, and [`given`] reads a date that a field or a line consists of.

mod given;
mod iso;
mod order;
mod text;

pub(crate) use given::{Unread, given};
pub(crate) use iso::{day, days_apart, iso};
pub(crate) use order::{Order, Usage, usage_of};
pub(crate) use text::{in_text, order_shown, stands_alone, wants_order, written};
