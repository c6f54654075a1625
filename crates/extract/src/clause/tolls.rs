//! Tolls: the dead and the hurt that a clause counts.

use readout_annotate::MentionForm;
use readout_record::{ActorKind, Bounds};
use readout_syntax::{Dep, Pos, Tag};
use readout_text::ByteSpan;

use super::reach::{PASSAGE_TOKENS, STEPS_TO_CLAUSE};
use super::reading::Reading;
use crate::words::{counts, violence};

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
        if reading.syntax.token(verb).pos == Pos::Noun && reading.is(verb, &violence::DEATH) {
            // `the beheading of two journalists`
            let mut people = reading.after(verb, &["of"]);
            people.extend(reading.children_by(verb, &[Dep::Poss]));
            if verb == at {
                killed = killed.or_else(|| sum(reading, &people));
            }
            continue;
        }
        if !reading.is_verb(verb) || is_of_other_deed(reading, at, verb) {
            continue;
        }
        if kills(reading, verb) {
            killed = killed.or_else(|| told_by(reading, verb));
        } else if reading.is(verb, &violence::INJURING) {
            injured = injured.or_else(|| told_by(reading, verb));
        }
        if reading.is(verb, &["leave"]) {
            left(reading, verb, &mut killed, &mut injured);
        }
    }
    (killed, injured)
}

/// Whether the verb `verb` below the deed `at` tells of another one: `wounded dozens before they were shot by police`.
fn is_of_other_deed(reading: &Reading<'_>, at: u32, verb: u32) -> bool {
    let mut below = verb;
    for above in reading.syntax.ancestors(verb).take(STEPS_TO_CLAUSE) {
        if below == at {
            return false;
        }
        let marked = reading
            .children_by(below, &[Dep::Mark, Dep::Advmod, Dep::Prep])
            .chain(std::iter::once(above))
            .any(|mark| reading.is(mark, &["before", "after", "until", "since", "while"]));
        if matches!(reading.dep(below), Dep::Advcl | Dep::Pcomp) && reading.is_verb(below) && marked {
            return true;
        }
        below = above;
    }
    false
}

/// Whether the verb `at` counts the dead or the hurt.
pub(crate) fn is_toll(reading: &Reading<'_>, at: u32) -> bool {
    kills(reading, at) || reading.is(at, &violence::INJURING) || reading.is(at, &["leave"])
}

/// Whether those of whom the verb `at` tells are dead: `killed nine`, `shot two dead`, `claimed nine lives`.
fn kills(reading: &Reading<'_>, at: u32) -> bool {
    let dead = || {
        reading
            .children_by(at, &[Dep::Oprd, Dep::Acomp, Dep::Advmod, Dep::Ccomp, Dep::Xcomp])
            .any(|child| reading.is(child, &["dead"]))
            || reading.syntax.word(at + 1) == "dead"
    };
    reading.is(at, &violence::KILLING) && (!reading.is(at, &["claim", "cost"]) || claims_lives(reading, at))
        || reading.is(at, &["shoot", "leave", "beat"]) && dead()
}

/// Returns the toll of which the verb `at` tells. `Thirty were killed or hurt` says neither how many died nor how many
/// live: it is at most thirty of each.
fn told_by(reading: &Reading<'_>, at: u32) -> Toll {
    let people = fallen(reading, at);
    let toll = sum(reading, &people)?;
    let above = (reading.dep(at) == Dep::Conj).then(|| reading.syntax.head(at)).flatten();
    let together = reading.children_by(at, &[Dep::Conj]).chain(above).any(|other| {
        reading.is_verb(other)
            && is_toll(reading, other)
            && kills(reading, other) != kills(reading, at)
            && fallen(reading, other) == people
    });
    if together { toll.most.map(Bounds::at_most) } else { Some(toll) }
}

/// Returns those who fell by the verb `at`: who died of it, or was hurt.
fn fallen(reading: &Reading<'_>, at: u32) -> Vec<u32> {
    if reading.is(at, &["die", "perish"]) {
        return reading.subjects(at);
    }
    let objects = reading.objects(at);
    // `claimed the lives of nine people`
    let whose = objects.iter().filter(|&&head| reading.is(head, &["life"]));
    let people: Vec<u32> = whose.flat_map(|&life| reading.after(life, &["of"])).collect();
    if people.is_empty() { objects } else { people }
}

/// Fills in the dead and the hurt that `leave` leaves: `left nine dead and dozens wounded`.
fn left(reading: &Reading<'_>, verb: u32, killed: &mut Toll, injured: &mut Toll) {
    for clause in reading.children_by(verb, &[Dep::Ccomp, Dep::Xcomp, Dep::Oprd, Dep::Dobj]).take(COMPLEMENTS)
    {
        for clause in std::iter::once(clause).chain(reading.children_by(clause, &[Dep::Conj])) {
            // `left 29 people dead`, with the people as what it left
            if !reading.is_verb(clause) && !reading.is(clause, &["dead"]) {
                let dead =
                    reading.children(clause).iter().any(|&word| word > clause && reading.is(word, &["dead"]));
                if dead {
                    *killed = killed.or_else(|| count(reading, clause));
                    continue;
                }
            }
            let toll = if reading.is(clause, &["dead"]) {
                &mut *killed
            } else if reading.is(clause, &violence::INJURING) {
                &mut *injured
            } else {
                continue;
            };
            // The subject of its own stands with it; the one that it would share with the verb is what left them.
            // `several dead and hundreds wounded`: each number counts those right before the word.
            let states = |at: u32| reading.is(at, &["dead"]) || reading.is(at, &violence::INJURING);
            let own: Vec<u32> = reading
                .children_by(clause, &[Dep::Nsubj, Dep::Nsubjpass])
                .filter(|&people| people < clause && !(people + 1..clause).any(states))
                .collect();
            *toll = toll.or_else(|| sum(reading, &own)).or_else(|| count(reading, clause));
        }
    }
}

/// Returns the number of all the people that the list `heads` names: 5 for `two medics and three soldiers`, 4 for `a
/// mother and her three children`. Of some in it who are not counted, there is at least none.
fn sum(reading: &Reading<'_>, heads: &[u32]) -> Toll {
    let counted: Vec<Bounds> = heads.iter().filter_map(|&head| count(reading, head)).collect();
    let whole = counted.iter().copied().reduce(Bounds::plus)?;
    if counted.len() == heads.len() { Some(whole) } else { whole.least.map(Bounds::at_least) }
}

fn claims_lives(reading: &Reading<'_>, verb: u32) -> bool {
    reading.objects(verb).iter().any(|&head| reading.is(head, &["life"]))
}

/// Returns the number of people that the phrase of `head` names, as a lower and an upper bound.
fn count(reading: &Reading<'_>, head: u32) -> Toll {
    let number_of = |at: u32| number(reading, at);
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
    let noun = matches!(reading.tag(head), Tag::Nn) && reading.syntax.token(head).pos == Pos::Noun;
    let one =
        reading.children_by(head, &[Dep::Det]).any(|det| reading.is(det, &["a", "an", "one", "another"]));
    // `killed its leader`, `killed James Foley`
    let person = reading.chain(head).is_some_and(|chain| chain.kind == ActorKind::Person)
        && reading.mention(head).is_some_and(|mention| mention.form != MentionForm::Pronoun)
        && !matches!(reading.tag(head), Tag::Nns | Tag::Nnps);
    // `a large number of guards` is not one.
    let singular = noun && one && !reading.is(head, &counts::MEASURE) || person;
    let many = |low: u32| Some(Bounds::at_least(low));
    match reading.lemma(head) {
        "dozen" => many(24),
        "score" => many(40),
        "hundred" => many(200),
        // `tens of thousands`
        "thousand" => {
            many(match head.checked_sub(2).map(|at| reading.syntax.word(at).to_lowercase()).as_deref() {
                Some("tens") => 20_000,
                Some("hundreds") => 200_000,
                _ => 2_000,
            })
        }
        _ if singular => Some(Bounds::exactly(1)),
        _ => None,
    }
}

/// Returns the number that the token `at` writes, in figures or letters; `4 million` stands in two.
fn number(reading: &Reading<'_>, at: u32) -> Option<u32> {
    let word = reading.syntax.word(at).to_lowercase();
    let plain = |word: &str| word.replace(',', "").parse::<u32>().ok().or_else(|| small_number(word));
    let times = match word.as_str() {
        "hundred" => 100,
        "thousand" => 1_000,
        "million" => 1_000_000,
        _ => return plain(&word),
    };
    let before = at.checked_sub(1).map(|at| reading.syntax.word(at).to_lowercase()).unwrap_or_default();
    let before = if matches!(before.as_str(), "a" | "an") {
        1.0
    } else {
        before.parse::<f64>().ok().or_else(|| plain(&before).map(f64::from))?
    };
    let whole = before * f64::from(times);
    (whole.is_finite() && whole <= f64::from(u32::MAX)).then_some(whole as u32)
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
