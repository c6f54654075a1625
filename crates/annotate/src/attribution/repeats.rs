//! Quotations that repeat another one of the text: pull-quotes, set large beside the words that they are taken from.

use std::collections::BTreeMap;

use crate::quotations::Quotation;

/// The fewest words of a quotation whose repetition is no accident.
const MIN_WORDS: usize = 3;
/// The most places that are kept for one run of three words.
const MAX_PLACES: usize = 16;

/// The words of a text's quotations, by their runs of three.
pub(crate) struct Repeats {
    words: Vec<Vec<String>>,
    /// The quotation and its word where a run of three words starts.
    places: BTreeMap<[String; MIN_WORDS], Vec<(u32, u32)>>,
}

impl Repeats {
    /// Indexes the `quotations` of `text` that are not within another one.
    pub(crate) fn new(text: &str, quotations: &[Quotation]) -> Self {
        let outer = |quotation: &Quotation| quotation.within.is_none();
        if quotations.iter().filter(|quotation| outer(quotation)).count() < 2 {
            return Self { words: Vec::new(), places: BTreeMap::new() };
        }
        let words: Vec<Vec<String>> = quotations
            .iter()
            .map(
                |quotation| if outer(quotation) { words_of(quotation.inner.slice(text)) } else { Vec::new() },
            )
            .collect();
        let mut places: BTreeMap<[String; MIN_WORDS], Vec<(u32, u32)>> = BTreeMap::new();
        for (number, words) in words.iter().enumerate() {
            for (at, run) in words.windows(MIN_WORDS).enumerate() {
                let Ok(run) = <[String; MIN_WORDS]>::try_from(run.to_vec()) else { continue };
                let places = places.entry(run).or_default();
                if places.len() < MAX_PLACES {
                    places.push((number as u32, at as u32));
                }
            }
        }
        Self { words, places }
    }

    /// Returns the quotations that contain all words of quotation `number`, in their order.
    pub(crate) fn of(&self, number: u32) -> impl Iterator<Item = u32> + '_ {
        let words = self.words.get(number as usize).map_or(&[][..], Vec::as_slice);
        let first = words.get(..MIN_WORDS).and_then(|run| <[String; MIN_WORDS]>::try_from(run.to_vec()).ok());
        let places = first.and_then(|run| self.places.get(&run)).map_or(&[][..], Vec::as_slice);
        places
            .iter()
            .filter(move |&&(other, at)| {
                other != number && self.words[other as usize][at as usize..].starts_with(words)
            })
            .map(|&(other, _)| other)
    }

    /// Returns the number of words of quotation `number`.
    pub(crate) fn len(&self, number: u32) -> usize {
        self.words.get(number as usize).map_or(0, Vec::len)
    }
}

/// The words of `text` in small letters.
fn words_of(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '\'' | '’'))
        .filter(|word| !word.is_empty())
        .map(|word| word.to_lowercase().replace('’', "'"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quotations;

    #[test]
    fn a_part_of_a_quotation_repeats_it_and_not_the_other_way() {
        let text =
            "“We will not bow, and we will not pay,” she said.\n\n“We will not bow.”\n\n“We will see.”";
        let repeats = Repeats::new(text, &quotations::find(text));
        assert_eq!(repeats.of(1).collect::<Vec<_>>(), [0]);
        assert_eq!(repeats.of(0).count() + repeats.of(2).count(), 0);
        assert!(repeats.len(0) > repeats.len(1));
    }
}
