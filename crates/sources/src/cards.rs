//! Cards of people within sentences: after a name the full name once more, headlines about its bearer, and `MORE`, as in
//! `Sen. Lee Ann Mary LeePort to be shut Lee: no comment MORE (R-Utah) said`.

use std::ops::Range;

use readout_record::DropReason;

use crate::block::Block;

/// The word with which a card ends.
const END: &str = "MORE";

/// The longest card, in bytes.
const LONGEST: usize = 600;

/// The most words of the full name that opens a card.
const NAME_WORDS: usize = 6;

/// The shortest surname that is looked for, in bytes.
const SHORTEST: usize = 3;

/// Takes the cards out of the paragraphs. Done together with what else is taken out of sentences, since the places are those
/// in the paragraphs as they stay.
pub(crate) fn drop_cards(blocks: &mut [Block]) {
    for block in blocks.iter_mut().filter(|block| block.text.contains(END)) {
        let cards = cards(&block.text);
        block.drop_within(&cards, DropReason::RelatedLink);
    }
}

/// Returns the cards of a paragraph, in bytes, in order: each with the blank before it.
fn cards(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, word) in text.match_indices(END) {
        let end = at + word.len();
        let alone = text[..at].ends_with(' ') && !text[end..].starts_with(char::is_alphanumeric);
        let least = found.last().map_or(0, |card| card.end).max(end.saturating_sub(LONGEST));
        let from = text.floor_char_boundary(least);
        if let Some(start) = alone.then(|| start_of_card(&text[from..at])).flatten() {
            found.push(from + start..end);
        }
    }
    found
}

/// Returns the place of the blank before the first card of the text, in bytes: behind a surname with which the next words
/// end once more, as in `Lee Ann Mary LeePort`.
fn start_of_card(text: &str) -> Option<usize> {
    let words: Vec<(usize, &str)> = text
        .split(' ')
        .scan(0, |place, word| {
            let start = *place;
            *place += word.len() + 1;
            Some((start, word))
        })
        .collect();
    let opens = |number: usize| opens_card(&words, number);
    let first = (0..words.len()).find(|&number| opens(number))?;
    // "Ann Lee Ann Mary LeePort": the given name is said twice too, and the surname is behind it.
    let last = (first..words.len()).take_while(|&number| opens(number)).last()?;
    words.get(last).map(|(start, surname)| start + surname.len())
}

/// Whether the word `number` is a surname with which the next words, a full name, end once more.
fn opens_card(words: &[(usize, &str)], number: usize) -> bool {
    let Some((&(_, surname), name)) = words.get(number..).and_then(<[_]>::split_first) else { return false };
    let named = surname.len() >= SHORTEST
        && surname.starts_with(char::is_uppercase)
        && surname.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '\'' | '’' | '-'));
    let capital = |word: &str| word.trim_start_matches('(').starts_with(char::is_uppercase);
    let last = name.iter().take(NAME_WORDS).position(|(_, word)| ends_name(word, surname));
    let full = last
        .and_then(|last| name.get(..last))
        .is_some_and(|given| !given.is_empty() && given.iter().all(|(_, word)| capital(word)));
    named && full
}

/// Whether a word is the surname, or the surname with a headline run into it: `LeePort`.
fn ends_name(word: &str, surname: &str) -> bool {
    word.strip_prefix(surname).is_some_and(|rest| {
        let headline = rest.trim_start_matches(['\'', '‘', '"', '“']);
        rest.is_empty() || headline.starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::BlockKind;

    fn after(text: &str) -> Block {
        let mut blocks = vec![Block::new(text, BlockKind::Paragraph)];
        drop_cards(&mut blocks);
        blocks.swap_remove(0)
    }

    #[test]
    fn a_card_goes_and_the_sentence_stays() {
        let text = "Sen. Ann Lee Ann Mary LeePort to be shut for good: report Lee: 'No comment' Harbour No. 2 \
                    sold MORE (R-Utah) told Park Paul (Pete) Park Miners ask Lee for help MORE's aide, and left.";
        let block = after(text);
        assert_eq!(block.text, "Sen. Ann Lee (R-Utah) told Park's aide, and left.");
        assert_eq!(block.within.len(), 2);
        assert!(block.within[0].1.starts_with("Ann Mary LeePort") && block.within[0].1.ends_with("MORE"));
    }

    #[test]
    fn other_words_stay() {
        for text in [
            "Ann Lee told Mary Lee that she wanted MORE from him.",
            "Lee said: I WANT MORE and left.",
            "Kim met Kim Ha-na, and they asked for MORE.",
            "Lee Ann Mary LeePort to be shut MOREOVER.",
        ] {
            assert_eq!(after(text).text, text);
        }
    }
}
