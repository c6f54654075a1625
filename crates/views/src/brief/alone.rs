//! Words of a report that stand alone: a whole sentence that neither leans on the one before nor points at what was told.

use std::collections::BTreeSet;

use readout_lexicon::{WordSet, is_function_word};
use readout_record::MONTHS;

use crate::affair::{content_words, says};
use crate::judged::{
    ABSTRACTS, AGAIN, LEANING, POINTING, SHOWN, SUBORDINATORS, TELLERS, THINGS, UNIQUE, WEEKDAYS,
};
use crate::sentences::narrates;

/// Returns the stems of the nouns of `told` that stand, with no more than `the`, for a thing that the words `before` have
/// told of: `the letter`, `the proposal`. What all know, as `the president`, is not among them, nor what `told` itself has
/// before.
pub(super) fn open_nouns(told: &str, before: &str) -> BTreeSet<String> {
    /// The bytes before a sentence in which a thing is told of that it takes up.
    const NEAR: usize = 3000;
    let from = (before.len().saturating_sub(NEAR)..).find(|&at| before.is_char_boundary(at)).unwrap_or(0);
    let told_before = content_words(&before[from..]);
    let words: Vec<&str> = told.split_whitespace().collect();
    let mut found = BTreeSet::new();
    let mut met: BTreeSet<String> = BTreeSet::new();
    for (at, word) in words.iter().enumerate() {
        let stems = content_words(word);
        let before = |back: usize| at.checked_sub(back).map_or("", |at| words[at]);
        // “Of that treaty” points back, “said that ships” does not.
        let points = before(1) == "this" || before(1) == "that" && BEFORE_NOUN.contains(&before(2));
        let pointed = ["these", "those", "such"].contains(&before(1));
        let is_bare = at > 0
            && ["the", "The"].contains(&words[at - 1])
            && word.starts_with(char::is_lowercase)
            && !UNIQUE.has(word.trim_end_matches(|it: char| !it.is_alphanumeric()))
            && (word.ends_with([',', '.', ';', ':', '?', '!', '”', '"'])
                || words.get(at + 1).is_none_or(|it| ends_noun(it)));
        // “The comments”: somebody's, whom the line does not name.
        let pointing = ["the", "The"].contains(&before(1))
            && POINTING.has(word.trim_end_matches(|it: char| !it.is_alphanumeric()))
            && words.get(at + 1).is_none_or(|it| !SAY_WHOSE.contains(it));
        // “Rejected that assertion”: a noun for words after “that” points back, whatever is before.
        let asserted =
            before(1) == "that" && POINTING.has(word.trim_end_matches(|it: char| !it.is_alphanumeric()));
        if pointing || points && !is_day(word) || asserted && words.get(at + 1).is_none_or(|it| ends_noun(it))
        {
            found.extend(stems.iter().filter(|it| !met.contains(*it)).cloned());
        }
        // “The piece says no”, “In the piece, Orlo said no”: the sentence begins with a thing of which nobody has told.
        let begins = is_bare && (at == 1 || at == 2 && word.ends_with(',')) && !is_day(word);
        if begins {
            found.extend(stems.iter().filter(|it| !met.contains(*it)).cloned());
        }
        if is_bare || pointed {
            found.extend(stems.iter().filter(|it| told_before.contains(*it) && !met.contains(*it)).cloned());
        }
        met.extend(stems);
    }
    found
}

/// Words after a noun for somebody's words that say whose or which they are.
const SAY_WHOSE: [&str; 9] = ["of", "that", "about", "by", "from", "against", "which", "to", "made"];

/// Words before `that`, after which it points at the noun behind it.
const BEFORE_NOUN: [&str; 8] = ["of", "to", "in", "for", "with", "under", "by", "from"];

/// Whether a noun phrase ends before `word`: an auxiliary, a conjunction, a word of saying; `of` and `over` go on with it.
fn ends_noun(word: &str) -> bool {
    const ON: [&str; 24] = [
        "of", "to", "for", "that", "between", "with", "from", "against", "which", "who", "in", "on", "over",
        "about", "into", "by", "at", "near", "around", "among", "behind", "toward", "towards", "under",
    ];
    let word = word.trim_end_matches(|it: char| !it.is_alphanumeric());
    // “The ministry also said”.
    let is_adverb = ["also", "later", "earlier", "already", "still"].contains(&word);
    !ON.contains(&word) && (is_function_word(word) || is_adverb || says(word))
}

/// Whether a sentence stands alone: it begins and ends as one, asks nothing, and does not lean on the one before.
pub(super) fn can_stand(sentence: &str) -> bool {
    let inner = sentence.trim_start_matches(['“', '"', '‘', '\'', '(', '[', '«']);
    let opened = inner.starts_with(|it: char| it.is_uppercase() || it.is_numeric());
    let bare = sentence.trim_end_matches(['”', '"', '’', '\'', ')', ']', '»', ' ']);
    let ended = bare.ends_with(['.', '!']) && !bare.ends_with("..")
        || bare.len() < sentence.len() && bare.ends_with(',');
    let mut words = inner.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let shouts = |word: &str| word.len() > 3 && word.chars().all(char::is_uppercase);
    let leans = LEANING.has(first)
        || first == "In" && second == "addition"
        || first == "For" && ["one", "another", "example", "instance"].contains(&second)
        || shouts(first) && shouts(second)
        || ["Other", "Others", "Another"].contains(&first)
        || ["All", "Both", "Neither", "None", "Each", "Some"].contains(&first)
            && (is_function_word(second) && second != "of" || says(second))
        || first == "At" && (["first", "that"].contains(&second) || sentence.starts_with("At the time,"))
        || second == "then"
        || SUBORDINATORS.has(first) && THINGS.has(second)
        || THINGS.has(first) && !is_day(second)
        || ["in", "by", "with", "for", "at", "to", "after", "under"].has(first)
            && THINGS.has(second)
            && !words.next().is_some_and(|it| {
                // “In this town” is here; “to that end” points back.
                let points = ["that", "those", "these"].has(second) && !is_day(it);
                !points && it.chars().all(char::is_lowercase)
            });
    opened
        && ended
        && !leans
        && !is_furniture(sentence)
        && !narrates(sentence)
        && !stands_in(sentence)
        && !weighs(sentence)
        && !is_habit(sentence)
        && !points_at_teller(sentence)
}

/// Whether a passage only asks about a meeting: `why he met Lee`.
pub(super) fn asks_about(passage: &str) -> bool {
    passage.split(' ').next().is_some_and(|first| ["why", "whether", "if", "how"].contains(&first))
}

/// Whether a sentence has a verb that stands for one before: `threatened to do just that`, `he did so`.
fn stands_in(sentence: &str) -> bool {
    let words: Vec<&str> =
        sentence.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    words.windows(2).any(|pair| {
        ["do", "does", "did", "done", "doing"].contains(&pair[0])
            && ["so", "just", "likewise"].contains(&pair[1])
    })
}

/// Whether the author weighs things up: an abstract noun at the head of the sentence is said to be something, as in `The
/// question is …`.
fn weighs(sentence: &str) -> bool {
    /// The words at the head of a sentence among which the noun stands, and those behind it among which the verb does.
    const REACH: usize = 5;
    let quoted = sentence.starts_with(['“', '"', '‘']);
    let words: Vec<&str> =
        sentence.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let noun = words.iter().take(REACH).position(|word| ABSTRACTS.has(word));
    let is_verb = |word: &&str| ["is", "remains"].contains(word);
    !quoted && noun.is_some_and(|at| words.iter().skip(at + 1).take(REACH).any(is_verb))
}

/// Whether a sentence tells, outside quotation marks, what is done again and again: `Norland routinely calls it so`.
fn is_habit(sentence: &str) -> bool {
    let told = sentence.split(['“', '"', '‘']).next().unwrap_or_default();
    told.split(' ').any(|word| AGAIN.has(word))
}

/// Whether a sentence is said by one whom only a sentence before describes: `the official said`.
fn points_at_teller(sentence: &str) -> bool {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|it: char| !it.is_alphanumeric()).to_owned();
    let is_told = |at: usize| words[..at].iter().any(|word| TELLERS.has(&bare(word)));
    // “The official”, “the senior official”.
    (0..words.len()).filter(|&at| ["the", "The"].contains(&words[at])).any(|the| {
        // “The Transport Ministry” is a name.
        let is_teller = |word: &str| TELLERS.has_as_written(&bare(word));
        let at = if words.get(the + 1).is_some_and(|it| is_teller(it)) { the + 1 } else { the + 2 };
        words.get(at).is_some_and(|teller| {
            let closed = teller.ends_with([',', '.', ';', '”', '"']);
            // “The ministry also said”.
            let at = if words.get(at + 1).is_some_and(|it| *it == "also") { at + 1 } else { at };
            is_teller(teller)
                && (closed || words.get(at + 1).is_none_or(|next| says(next) || next.ends_with("ed")))
                && !is_told(the)
        })
    })
}

/// Whether `word` after `this` or `that` makes it a day, so that nothing is left open.
fn is_day(word: &str) -> bool {
    let word = word.trim_end_matches(|it: char| !it.is_alphanumeric());
    ["week", "month", "year", "time", "day", "morning", "evening", "summer", "fall", "winter", "spring"]
        .contains(&word)
        || word.ends_with("day")
}

/// Whether a sentence is no report but what stands around one: a link, a caption, a credit.
fn is_furniture(sentence: &str) -> bool {
    let marks = [
        "MORE (",
        "READ MORE",
        "Read more",
        "Photo:",
        "PHOTO",
        "VIDEO",
        "Getty",
        "Hide Caption",
        "Photos:",
        "AP Photo",
        ", right,",
        ", left,",
        ", center,",
        ", centre,",
        ", right meets",
        "(left)",
        "(right)",
        "(L)",
        "(R)",
        "(C)",
        "http",
        "Click",
        "@",
    ];
    sentence.contains('?') && !sentence.contains(['“', '"'])
        || sentence.trim_end_matches(['”', '"', '’', ' ']).ends_with('?')
        || marks.iter().any(|mark| sentence.contains(mark))
        || shows(sentence)
}

/// Whether a sentence says what a picture of a named day shows: `President Orr speaks to reporters in Torvik on Monday.`
fn shows(sentence: &str) -> bool {
    let told = sentence.split(['“', '"']).next().unwrap_or_default();
    let words = || told.split(|it: char| !it.is_alphanumeric());
    let is_date =
        |word: &str| word.starts_with(char::is_uppercase) && (WEEKDAYS.has(word) || MONTHS.contains(&word));
    words().any(|word| SHOWN.has_as_written(word)) && words().any(is_date)
}

/// Whether a sentence begins with the credit of a picture, so that the one before it is a caption: `(Photo: Ann Bell)`,
/// `Ann Bell/Harbour Wire`.
pub(super) fn is_credit(sentence: &str) -> bool {
    /// The most code points of a photographer with an agency.
    const SHORT: usize = 50;
    const CREDITS: [&str; 6] = ["Photo", "PHOTO", "AP Photo", "Getty", "REUTERS/", "AFP"];
    let bare = sentence.trim_start_matches(|it: char| !it.is_alphanumeric());
    let by_agency = bare.split_once('/').is_some_and(|(who, agency)| {
        agency.starts_with(char::is_uppercase)
            && who.split_whitespace().all(|it| it.starts_with(char::is_uppercase))
    });
    if by_agency && sentence.chars().count() <= SHORT {
        return true;
    }
    CREDITS.iter().any(|it| bare.strip_prefix(it).is_some_and(|rest| !rest.starts_with(char::is_lowercase)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leans_on_other_sentences_does_not_stand_alone() {
        for text in [
            "But the envoy stayed in the town.",
            "That would be a grave mistake.",
            "Will the envoy stay?",
            "which limits the work",
            "We must never pay them.",
            "The envoy said",
            "Orlo threatened to do just that.",
            "Envoys then left the town.",
            "To that end, Orlo sent ships.",
            "When it was shut in May, Orlo denied that the road was unsafe.",
            "The official insisted that the road was safe.",
            "Orlo stayed until May, the officials said.",
            "The ministry also said that the road was shut.",
            "Orlo stayed until May, the senior official said.",
            "The harbour question is one of principle.",
            "One thing that has changed is the toll on ships.",
            "All were told to leave the harbour.",
            "Other ships waited in the strait.",
            "At first, Orlo said no.",
            "At the time, Orlo said no.",
            "For example, Orlo met Lee.",
            "Norland routinely calls the strait its own.",
            "President Orr speaks to reporters in the harbour of Torvik on Monday.",
        ] {
            assert!(!can_stand(text), "{text}");
        }
        for text in [
            "The envoy stayed.",
            "“We will pay,” Orlo said.",
            "This week the US envoy stayed.",
            "“The road is shut.”",
            "When the road was shut, Orlo left.",
            "An official of the harbour left, and the official said so.",
            "Orlo stayed, the official in charge of the road said.",
            "The Transport Ministry also said that the road was shut.",
            "“The question is who pays,” Orlo said.",
            "At the time of the raid, Orlo slept.",
            "“They routinely lie,” Orlo said.",
            "Orr spoke to reporters in the harbour of Torvik on Monday.",
            "Orr said on Monday: “Lee speaks for nobody.”",
            "All ships were told to leave the harbour.",
            "All of the ships waited in the strait.",
            "Orlo left the question of the toll to the envoys.",
        ] {
            assert!(can_stand(text), "{text}");
        }
    }

    #[test]
    fn a_credit_follows_a_caption() {
        assert!(is_credit("(Photo: Ann Bell, Harbour Wire)"));
        assert!(is_credit("(Ann Bell/Harbour Wire)"));
        assert!(is_credit("Pool/Harbour Wire"));
        assert!(!is_credit("Orlo left for the Torvik/Velm border."));
        assert!(!is_credit("Photographs show the harbour."));
        assert!(!is_credit("Orlo left."));
    }

    #[test]
    fn a_noun_is_open_if_the_report_told_of_its_thing_before() {
        let before = "Orlo wrote a letter on the toll.";
        let open = |told: &str| open_nouns(told, before).into_iter().collect::<Vec<_>>();
        assert_eq!(open("Lee read the letter and left."), ["letter"]);
        assert!(open("Lee read the letter of Orlo.").is_empty(), "it says which");
        assert!(open("Lee read the map and left.").is_empty(), "nobody told of one");
        assert!(open("A letter came, and Lee read the letter.").is_empty(), "the line tells of it");
        assert_eq!(open("In the piece, Lee said no."), ["piec"], "whatever it is");
        assert_eq!(open("The piece was long."), ["piec"]);
        assert!(open("The piece of a fool was long.").is_empty());
        assert!(open("In the evening, Lee said no.").is_empty());
        assert_eq!(open("Lee read such letters."), ["letter"]);
        assert_eq!(open("Lee's loss of that letter hurt him."), ["letter"]);
        assert!(open("Lee said that letter writers left.").is_empty(), "a clause begins");
        assert_eq!(open("Lee made the remarks on Monday."), ["remark"]);
        assert!(open("Lee made the remarks of a fool.").is_empty());
        assert!(open_nouns("The president said no.", "Orlo is president.").is_empty(), "all know him");
    }
}
