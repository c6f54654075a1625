//! Clauses: how a report puts what they say to the world, what they depend on, where and when they are set.

pub(crate) mod denial;
pub(crate) mod factuality;
pub(crate) mod gathering;
pub(crate) mod governed;
pub(crate) mod governing;
mod modal;
pub(crate) mod named_deed;
pub(crate) mod place;
pub(crate) mod premises;
pub(crate) mod presupposition;
pub(crate) mod purpose;
pub(crate) mod reach;
pub(crate) mod reading;
pub(crate) mod scene;
pub(crate) mod time;
pub(crate) mod tolls;
pub(crate) mod weapons;
