//! The share of reports on other affairs that have a word, known before any report is read.
//!
//! What all reports of a hand-picked folder share is what they are about, but within that folder it is no rarer than
//! `said`. So each pool is weighed as if it stood among [`OTHERS`] reports on other affairs. In a large pool they hardly
//! count.

use readout_lexicon::times_in_a_million;

/// Number of reports on other affairs among which a pool is weighed. Set by hand.
pub(crate) const OTHERS: f64 = 20.0;
/// Words of an ordinary text in which a word is looked for. Three times the words of an outline: in the news, words of
/// politics stand that much more often than in texts of all sorts. Set by hand.
const LENGTH: f64 = 600.0;

/// Returns the share of reports on other affairs, 0 to 1, that have a word with this stem.
pub(crate) fn share(stem: &str) -> f64 {
    1.0 - libm::exp(-times_in_a_million(stem) / 1e6 * LENGTH)
}

/// Smallest share of reports with a word from which a word that is rarer still tells no more.
const RAREST: f64 = 0.01;

/// Returns the rarity of the words with a stem: the negative logarithm of the share of reports on other affairs that have
/// one, 0 to 4.6.
pub(crate) fn rarity(stem: &str) -> f64 {
    -libm::log(share(stem).max(RAREST))
}
