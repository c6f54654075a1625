//! Tolls: the dead and the hurt that a clause counts.

use readout_record::Bounds;
use readout_syntax::{Dep, Pos, Tag};
use readout_text::ByteSpan;

use super::reach::PASSAGE_TOKENS;
use super::reading::Reading;
use crate::words::violence;

/// The most complements of `left` among which the dead are looked for.
const COMPLEMENTS: usize = 4;

/// An interval of people: at least, at most.
pub(crate) type Toll = Option<Bounds>;

/// The dead and the hurt that the clause `span` of `at` names.
pub(crate) fn tolls(reading: &Reading<'_>, at: u32, span: ByteSpan) -> (Toll, Toll) {
    let (mut killed, mut injured) = (None, None);
    let joined = (reading.dep(at) == Dep::Conj).then(|| reading.syntax.head(at)).flatten();
    let joined = joined.filter(|&verb| reading.is(verb, &["die", "perish"]));
    for verb in reading.syntax.tokens_in(span).take(PASSAGE_TOKENS).chain(std::iter::once(at)).chain(joined) {
        if !reading.is_verb(verb) {
            continue;
        }
        let people = |verb| -> Vec<u32> {
            if reading.is(verb, &["die", "perish"]) { reading.subjects(verb) } else { reading.objects(verb) }
        };
        let dead = |verb| {
            reading
                .children_by(verb, &[Dep::Oprd, Dep::Acomp, Dep::Advmod, Dep::Ccomp, Dep::Xcomp])
                .any(|child| reading.is(child, &["dead"]))
                || reading.syntax.word(verb + 1) == "dead"
        };
        let kills = reading.is(verb, &violence::KILLING)
            && (!reading.is(verb, &["claim"]) || claims_lives(reading, verb))
            || reading.is(verb, &["shoot", "leave", "beat"]) && dead(verb);
        if kills {
            killed = killed.or_else(|| people(verb).into_iter().find_map(|head| count(reading, head)));
        } else if reading.is(verb, &violence::INJURING) {
            injured = injured.or_else(|| people(verb).into_iter().find_map(|head| count(reading, head)));
        }
        if reading.is(verb, &["leave"]) {
            // `left nine dead`
            for clause in
                reading.children_by(verb, &[Dep::Ccomp, Dep::Xcomp, Dep::Oprd, Dep::Dobj]).take(COMPLEMENTS)
            {
                let number = || {
                    reading
                        .subjects(clause)
                        .into_iter()
                        .find_map(|head| count(reading, head))
                        .or_else(|| count(reading, clause))
                };
                if reading.is(clause, &["dead"]) {
                    killed = killed.or_else(number);
                } else if reading.is(clause, &violence::INJURING) {
                    injured = injured.or_else(number);
                }
            }
        }
    }
    (killed, injured)
}

fn claims_lives(reading: &Reading<'_>, verb: u32) -> bool {
    reading.objects(verb).iter().any(|&head| reading.is(head, &["life"]))
}

/// Returns the number of people that the phrase of `head` names, as a lower and an upper bound.
fn count(reading: &Reading<'_>, head: u32) -> Toll {
    let number_of = |at: u32| -> Option<u32> {
        let word = reading.syntax.word(at);
        word.replace(',', "").parse().ok().or_else(|| small_number(&word.to_lowercase()))
    };
    if reading.children_by(head, &[Dep::Det]).any(|det| reading.is(det, &["no"])) {
        return Some(Bounds::exactly(0));
    }
    if let Some(number) =
        reading.children_by(head, &[Dep::Nummod]).next().or((reading.tag(head) == Tag::Cd).then_some(head))
    {
        let low = number_of(number)?;
        // `between 10 and 15`, `10 to 15`
        let between = number > 0 && reading.is(number - 1, &["between"]);
        let joined = reading.syntax.word(number + 1).to_lowercase();
        let range = between && joined == "and" || matches!(joined.as_str(), "to" | "-" | "–");
        if range
            && reading.tag(number + 2) == Tag::Cd
            && let Some(high) = number_of(number + 2).filter(|high| *high >= low)
        {
            return Some(Bounds::between(low, high));
        }
        if number > 1
            && range_before(reading, number)
            && let Some(lowest) = number_of(number - 2).filter(|lowest| *lowest <= low)
        {
            return Some(Bounds::between(lowest, low));
        }
        let bound = reading.children(number).iter().chain(reading.children(head)).copied();
        let mut at_least = false;
        let mut at_most = false;
        for child in bound {
            if reading.is(child, &["least"]) || (reading.is(child, &["more", "over"]) && child < number) {
                at_least = true;
            }
            if (reading.is(child, &["most", "few", "less"]) && child < number && !at_least)
                || reading.is(child, &["up"])
            {
                at_most = true;
            }
        }
        return Some(match (at_least, at_most) {
            (true, _) => Bounds::at_least(low),
            (_, true) => Bounds::at_most(low),
            _ => Bounds::exactly(low),
        });
    }
    let singular = matches!(reading.tag(head), Tag::Nn)
        && reading.syntax.token(head).pos == Pos::Noun
        && reading.children_by(head, &[Dep::Det]).any(|det| reading.is(det, &["a", "an", "one", "another"]));
    let many = |low: u32| Some(Bounds::at_least(low));
    match reading.lemma(head) {
        "dozen" => many(24),
        "score" => many(40),
        "hundred" => many(200),
        "thousand" => many(2000),
        _ if singular => Some(Bounds::exactly(1)),
        _ => None,
    }
}

/// Whether a lower number and `to` or `and` are before `number`: `between 10 and 15 people`.
fn range_before(reading: &Reading<'_>, number: u32) -> bool {
    let joined = reading.syntax.word(number - 1).to_lowercase();
    reading.tag(number - 2) == Tag::Cd
        && (matches!(joined.as_str(), "to" | "-" | "–")
            || joined == "and" && number > 2 && reading.is(number - 3, &["between"]))
}

/// The value of a number word up to twenty, and of the round tens.
fn small_number(word: &str) -> Option<u32> {
    const SMALL: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    const TENS: [&str; 7] = ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let small = SMALL.iter().position(|known| *known == word).map(|at| at as u32);
    small.or_else(|| TENS.iter().position(|known| *known == word).map(|at| at as u32 * 10 + 30))
}
