//! Words that the language model reads better in the place of others. At the head of a sentence a capital tells
//! nothing: `Sessions said` reads like a noun in the plural, `Said Lee:` like a person called Said Lee. Where the
//! report itself leaves no doubt, the model reads the paragraph once more, with a plain surname or a plain verb in the
//! place of the word.

use std::collections::{BTreeMap, BTreeSet};

use readout_syntax::{Dep, Entity, EntityLabel, Pos, Syntax, Tag, Worker};

use crate::attribution::lexicon::{Frames, LEXICON, sense};
use crate::mentions::words;

/// The surname in the place of one that is also a word: frequent in the news, and never anything else.
const SURNAME: &str = "Obama";

/// The abbreviation in the place of one that is also a word: `IS`, `WHO`.
const ABBREVIATION: &str = "NATO";

/// The abbreviation in the place of the full stop of one that the tokenizer splits: `Maj.`, `Sgt.`
const RANK: &str = "Gen.";

/// The fewest letters of a surname that is looked for: shorter ones are too often parts of other words.
const SHORTEST: usize = 3;

/// The most words of an abbreviated name.
const LONGEST: u32 = 5;

/// Returns the syntax of `text`. Paragraphs with surnames, abbreviations or verbs of saying that were taken for other
/// words are read once more, with a plain word in the place of each.
pub fn parse(worker: &mut Worker, text: &str) -> Syntax {
    worker.parse_with(text, &find).with_whole_verbs()
}

/// Returns the tokens that were misread, each with the word to read in its place.
fn find(syntax: &Syntax) -> BTreeMap<u32, String> {
    let surnames = Surnames::of(syntax);
    let abbreviations = abbreviations(syntax);
    let mut found = BTreeMap::new();
    for at in 0..syntax.len() {
        if let Some(verb) = inverted_cue(syntax, at) {
            found.insert(at, verb);
        } else if surnames.are_lost_at(syntax, at) {
            found.insert(at, SURNAME.to_owned());
        } else if abbreviations.contains(syntax.word(at)) && is_lost_abbreviation(syntax, at) {
            found.insert(at, ABBREVIATION.to_owned());
        } else if ends_rank(syntax, at) {
            found.insert(at, RANK.to_owned());
        }
    }
    found
}

/// The surnames of persons whom the report names in full, or with a word in capitals before the name: `Jeff Sessions`,
/// `President Trump`.
struct Surnames<'s> {
    all: BTreeSet<&'s str>,
    /// Surnames that the report uses alone, and never as a word in small letters.
    sure: BTreeSet<&'s str>,
}

impl<'s> Surnames<'s> {
    fn of(syntax: &'s Syntax) -> Self {
        let proper =
            |at: u32| syntax.token(at).tag.is_proper() && syntax.word(at).starts_with(char::is_uppercase);
        // `President Trump`, where the recognizer sees a body.
        let titled = |entity: &Entity| {
            entity.end - entity.start == 1
                && entity.start > syntax.sentence_of(entity.start).start
                && words::HONORIFIC.has_as_written(syntax.word(entity.start - 1))
        };
        let all: BTreeSet<&str> = syntax
            .entities()
            .iter()
            .filter(|entity| entity.label == EntityLabel::Person || titled(entity))
            .filter_map(|entity| {
                let last = (entity.start..entity.end).rev().find(|&at| proper(at))?;
                // `Theresa May`, where the month is left out of the name.
                let token = syntax.token(last);
                let joined = token.dep == Dep::Compound && token.head == last + 1 && proper(last + 1);
                let last = if joined { last + 1 } else { last };
                let named = last > syntax.sentence_of(last).start && proper(last - 1);
                (named && inverted_cue(syntax, last - 1).is_none()).then(|| syntax.word(last))
            })
            .filter(|word| word.chars().count() >= SHORTEST && word.chars().all(char::is_alphabetic))
            .collect();
        let words: BTreeSet<&str> = (0..syntax.len()).map(|at| syntax.word(at)).collect();
        let alone: BTreeSet<&str> = (0..syntax.len())
            .filter(|&at| proper(at) && (at == 0 || !proper(at - 1)) && !proper(at + 1))
            .map(|at| syntax.word(at))
            .collect();
        let sure = all
            .iter()
            .copied()
            .filter(|word| alone.contains(word) && !words.contains(word.to_lowercase().as_str()))
            .collect();
        Self { all, sure }
    }

    /// Whether the token is such a surname that the tagger took for a common word.
    fn are_lost_at(&self, syntax: &Syntax, at: u32) -> bool {
        let token = syntax.token(at);
        let word = syntax.word(at);
        if !self.all.contains(word) || matches!(token.pos, Pos::Num | Pos::Punct) {
            return false;
        }
        if token.tag.is_proper() {
            return is_lost_month(syntax, at);
        }
        let next = at + 1;
        let within = |other: u32| syntax.token(other).sentence == token.sentence;
        // A headline: every word has a capital.
        let capital = syntax.word(next).starts_with(char::is_uppercase);
        if capital && within(next) && syntax.token(next).pos != Pos::Pron {
            return false;
        }
        if !is_first_word(syntax, at) {
            // "World Power", but "Mr. Power": a capitalised word before it makes it a part of another name.
            let before = at - 1;
            let part = syntax.token(before).tag.is_proper()
                && within(before)
                && !syntax.word(before).ends_with('.')
                && syntax.entity_at(at).is_none_or(|entity| entity.label != EntityLabel::Person);
            return !part && syntax.word(next) != "of";
        }
        let owns =
            syntax.token(next).tag == Tag::PossessiveEnding || matches!(syntax.word(next), "’s" | "'s");
        let told = syntax.word(next) == "," && matches!(syntax.word(next + 1), "who" | "whose" | "whom");
        let verb = verb_after(syntax, next);
        let sure = self.sure.contains(word);
        // "Banks were closed": as many as the verb says.
        let plural = token.tag == Tag::Nns
            && verb.is_some_and(|verb| {
                syntax.token(verb).tag == Tag::Vbp
                    || matches!(syntax.word(verb), "are" | "were" | "have" | "do")
            });
        // "Park the car", "May the best team win".
        let order = matches!(syntax.token(next).pos, Pos::Det | Pos::Pron);
        // "Power cuts hit the town".
        let modifies = matches!(token.dep, Dep::Compound | Dep::Amod | Dep::Nmod)
            && token.head == next
            && verb_after(syntax, next + 1).is_some();
        match () {
            () if owns || told => true,
            () if plural || order => false,
            () if modifies => sure,
            () => verb.is_some() || sure && token.tag != Tag::Md,
        }
    }
}

/// Whether the token, which is spelled like a surname of the report, was taken for a month in a place where none can
/// be: `May said`, `On Friday, May said`, `asked May for help`, and not `in May`, `last May`, `May 5`.
fn is_lost_month(syntax: &Syntax, at: u32) -> bool {
    let token = syntax.token(at);
    let behind_day = at > 0 && syntax.word(at - 1) == "," && verb_after(syntax, at + 1).is_some();
    let month = syntax.entity_at(at).is_some_and(|entity| {
        entity.label == EntityLabel::Date && entity.end == at + 1 && (entity.start == at || behind_day)
    });
    let acts = matches!(
        token.dep,
        Dep::Aux | Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Dative | Dep::Poss | Dep::Npadvmod
    );
    let told = at > 0 && matches!(syntax.token(at - 1).tag, Tag::Jj | Tag::Dt | Tag::In | Tag::Cd);
    month && acts && !told && syntax.token(at + 1).pos != Pos::Num
}

/// Returns the first letters of the names of two words and more: `IS` for `Islamic State`.
fn abbreviations(syntax: &Syntax) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let proper =
        |at: u32| syntax.token(at).tag.is_proper() && syntax.word(at).starts_with(char::is_uppercase);
    for start in 0..syntax.len() {
        let mut letters = String::new();
        for at in start..start + LONGEST {
            if !proper(at) || syntax.token(at).sentence != syntax.token(start).sentence {
                break;
            }
            letters.extend(syntax.word(at).chars().next());
            if letters.len() > 1 {
                found.insert(letters.clone());
            }
        }
    }
    found
}

/// Whether the token, which is spelled like an abbreviation of a name of the report, was taken for a common word
/// although it is among words in small letters.
fn is_lost_abbreviation(syntax: &Syntax, at: u32) -> bool {
    let small = |at: u32| syntax.word(at).chars().any(char::is_lowercase);
    let mark = |at: u32| !syntax.word(at).chars().any(char::is_alphabetic);
    !syntax.token(at).tag.is_proper()
        && at > 0
        && small(at - 1)
        && (small(at + 1) || mark(at + 1))
        && !matches!(syntax.token(at).pos, Pos::Num | Pos::Punct)
}

/// Whether the token is the full stop of an abbreviated rank before a name, at which the parser ended the sentence: `said
/// Maj. Ann Lee`.
fn ends_rank(syntax: &Syntax, at: u32) -> bool {
    at > 0
        && syntax.word(at) == "."
        && words::RANK.has_as_written(syntax.word(at - 1))
        && syntax.token(at - 1).span.end == syntax.token(at).span.start
        && syntax.token(at + 1).sentence != syntax.token(at).sentence
        && syntax.token(at + 1).tag.is_proper()
        && syntax.word(at + 1).starts_with(char::is_uppercase)
}

/// Returns the finite verb at `at`, or after one adverb there.
fn verb_after(syntax: &Syntax, at: u32) -> Option<u32> {
    let verb = if syntax.token(at).pos == Pos::Adv { at + 1 } else { at };
    matches!(syntax.token(verb).tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md | Tag::Vbn).then_some(verb)
}

/// Whether the token is the first word of its sentence or of a quotation.
fn is_first_word(syntax: &Syntax, at: u32) -> bool {
    let start = syntax.sentence_of(at).start;
    (start..at).rev().find(|&before| syntax.token(before).pos != Pos::Space).is_none_or(|before| {
        matches!(syntax.word(before), "“" | "\"" | "``" | "‘" | "'" | ":" | "•" | "-" | "–" | "—")
    })
}

/// Returns the verb in small letters, where the token is a verb of saying before its subject that was taken for a part
/// of the name: `Said Lee: “…”`, `Added Lee, …`.
fn inverted_cue(syntax: &Syntax, at: u32) -> Option<String> {
    let next = at + 1;
    let joined = syntax.entity_at(at).is_some_and(|entity| entity.start == at && entity.end > next);
    let name = (syntax.token(at).tag.is_proper() || joined)
        && is_first_word(syntax, at)
        && syntax.token(next).tag.is_proper()
        && syntax.word(next).starts_with(char::is_uppercase);
    if !name {
        return None;
    }
    let word = syntax.word(at).to_lowercase();
    let says = past_forms(&word).iter().any(|lemma| sense(&LEXICON.verbs, lemma, Frames::QUOTE).is_some());
    let end = (next..next + 4).find(|&at| !syntax.token(at).tag.is_proper())?;
    // What is said follows, or stands before: a name alone is followed by its verb.
    (says && matches!(syntax.word(end), ":" | "," | "." | "of")).then_some(word)
}

/// Returns the dictionary forms that may have `word` as their past.
fn past_forms(word: &str) -> Vec<String> {
    match word {
        "said" => return vec!["say".to_owned()],
        "wrote" => return vec!["write".to_owned()],
        "told" => return vec!["tell".to_owned()],
        _ => {}
    }
    let mut forms = Vec::new();
    if let Some(stem) = word.strip_suffix("ied") {
        forms.push(format!("{stem}y"));
    }
    if let Some(stem) = word.strip_suffix('d').filter(|stem| stem.ends_with('e')) {
        forms.push(stem.to_owned());
        forms.extend(stem.strip_suffix('e').map(str::to_owned));
    }
    forms
}
