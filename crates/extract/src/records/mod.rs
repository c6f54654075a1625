//! Records: one file a kind, and what a kind needs of its own.

pub(crate) mod agreements;
pub(crate) mod commitments;
pub(crate) mod conditions;
pub(crate) mod events;
pub(crate) mod incidents;
pub(crate) mod matters;
pub(crate) mod meetings;
pub(crate) mod mention_states;
pub(crate) mod mentions;
pub(crate) mod occasions;
pub(crate) mod positions;
mod speakers;
pub(crate) mod statements;
pub(crate) mod unmentioned;
