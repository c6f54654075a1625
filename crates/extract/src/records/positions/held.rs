//! A stance as a word shows it, before it is a position.

use readout_record::Stance;

use super::issue::Issue;

/// A stance that a word shows.
pub(super) struct Held {
    /// Head tokens of the actors who have the stance.
    pub(super) holders: Vec<u32>,
    /// Whether the speaker of the statement has the stance, whoever the sentence is about: `X must go`.
    pub(super) by_speaker: bool,
    /// `None`: the words say nothing alone (`that is what we want to see`).
    pub(super) issue: Option<Issue>,
    pub(super) stance: Stance,
}

/// The stance on what is the opposite.
pub(super) fn turned(stance: Stance, turn: bool) -> Stance {
    match stance {
        Stance::For if turn => Stance::Against,
        Stance::Against if turn => Stance::For,
        stance => stance,
    }
}
