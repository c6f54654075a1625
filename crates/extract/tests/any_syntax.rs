//! Syntax that no language model would give: words of the lexicons and of reports in any order, with any tags, labels, arcs and
//! entities. Annotations and records are made of it, every span slices, every rule is listed, and every verb can be explained.

#![allow(clippy::unwrap_used, clippy::string_slice, reason = "a test may stop at what it does not expect")]

use readout_annotate::annotate;
use readout_extract::{explain, extract};
use readout_knowledge::Knowledge;
use readout_lexicon::RuleName;
use readout_lexicon::table::rows;
use readout_record::{Document, DocumentRecords, Evidence};
use readout_syntax::{Dep, EntityLabel, Pos, Row, Syntax, Tag};
use readout_text::{ByteSpan, CharSpan, Offsets};

/// The number of texts that are made.
const TEXTS: u64 = 20_000;

/// Reports whose words the texts are made of.
const SENTENCES: &str = include_str!("../../../tests/whole_way/sentences.txt");

/// Lexicons whose lemmas they are made of, those of verbs and those of nouns.
const VERBS: &str = include_str!("../../../data/events/verbs.tsv");
const CUES: &str = include_str!("../../../data/attribution/verbs.txt");
const NOUNS: &str = include_str!("../../../data/events/nouns.tsv");

/// Words and marks that rules look for beside a token.
const SMALL: &[&str] = &[
    "the",
    "a",
    "his",
    "who",
    "that",
    "which",
    "of",
    "and",
    "or",
    "but",
    "not",
    "no",
    "to",
    "between",
    "at",
    "least",
    "more",
    "than",
    "by",
    "with",
    "in",
    "on",
    "for",
    "from",
    "as",
    "if",
    "unless",
    "when",
    "until",
    "both",
    "two",
    "he",
    "she",
    "they",
    "it",
    "we",
    "I",
    "said",
    "told",
    "killed",
    "dead",
    "was",
    "will",
    "would",
    "20",
    "1,000",
    "percent",
    "%",
    ",",
    ".",
    ";",
    ":",
    "-",
    "–",
    "—",
    "“",
    "”",
    "\"",
    "'",
    "’s",
    "(",
    ")",
    "\n",
    "\n\n",
    "•",
    "?",
    "U.S.",
    "Russia",
    "Moscow",
    "Obama",
    "Putin",
    "Iranians",
    "Republicans",
    "president",
    "minister",
    "talks",
    "deal",
    "treaty",
    "meeting",
    "Monday",
    "May",
    "2014",
    "hours",
];

/// Numbers in a fixed order (splitmix64, Steele et al. 2014).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % most as u64) as usize
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// The words that texts are made of, with what they are likely to be.
fn vocabulary() -> Vec<(&'static str, Pos)> {
    // Rows that say that a word is no act give no records to look at.
    let column =
        |table: &'static str| rows(table).filter(|row| row.get("code") != "-").map(|row| row.get("lemmas"));
    let cues = CUES
        .lines()
        .filter_map(|line| line.strip_prefix("verbs ")?.split_once(": "))
        .map(|(_, lemmas)| lemmas);
    let verbs = column(VERBS).chain(cues).flat_map(|lemmas| lemmas.split([' ', '_']));
    let nouns = column(NOUNS).flat_map(|lemmas| lemmas.split([' ', '_']));
    let others = SENTENCES.split_whitespace().map(|word| (word, Pos::X));
    let all = verbs.map(|word| (word, Pos::Verb)).chain(nouns.map(|word| (word, Pos::Noun))).chain(others);
    all.filter(|(word, _)| !word.is_empty()).collect()
}

/// Returns a tag, a part of speech and a dependency that `word` may have, whatever its neighbours are.
fn labels(word: &str, likely: Pos, dice: &mut Dice) -> (Tag, Pos, Dep) {
    use {Dep as D, Pos as P, Tag as T};
    let capital = word.starts_with(char::is_uppercase);
    let noun = [D::Nsubj, D::Dobj, D::Pobj, D::Nsubjpass, D::Conj, D::Appos, D::Attr, D::Compound, D::Poss];
    let verb = [D::Root, D::Ccomp, D::Xcomp, D::Advcl, D::Relcl, D::Acl, D::Conj, D::Pcomp, D::Parataxis];
    match word {
        "the" | "a" | "no" | "both" => (T::Dt, P::Det, dice.one_of(&[D::Det, D::Preconj, D::Predet])),
        "of" | "to" | "by" | "with" | "in" | "on" | "for" | "from" | "between" | "at" | "than" => {
            (dice.one_of(&[T::In, T::To]), P::Adp, dice.one_of(&[D::Prep, D::Agent, D::Dative, D::Aux]))
        }
        "and" | "or" | "but" => (T::Cc, P::Cconj, D::Cc),
        "as" | "if" | "unless" | "when" | "until" | "that" => {
            (T::In, P::Sconj, dice.one_of(&[D::Mark, D::Advmod]))
        }
        "he" | "she" | "they" | "it" | "we" | "I" | "his" | "who" | "which" => {
            (dice.one_of(&[T::Prp, T::PrpPossessive, T::Wp]), P::Pron, dice.one_of(&noun))
        }
        "will" | "would" | "was" => {
            (dice.one_of(&[T::Md, T::Vbd]), P::Aux, dice.one_of(&[D::Aux, D::Auxpass, D::Root]))
        }
        "not" => (T::Rb, P::Part, D::Neg),
        _ if word.chars().all(|letter| !letter.is_alphanumeric()) => {
            (dice.one_of(&[T::Comma, T::Stop, T::OpenQuote, T::CloseQuote, T::Space]), P::Punct, D::Punct)
        }
        _ if word.starts_with(|letter: char| letter.is_ascii_digit()) => {
            (T::Cd, P::Num, dice.one_of(&[D::Nummod, D::Pobj]))
        }
        _ if capital => (dice.one_of(&[T::Nnp, T::Nnps]), P::Propn, dice.one_of(&noun)),
        _ if likely != P::Verb => (dice.one_of(&[T::Nn, T::Nns]), P::Noun, dice.one_of(&noun)),
        _ => (dice.one_of(&[T::Vbd, T::Vb, T::Vbg, T::Vbn, T::Vbz]), P::Verb, dice.one_of(&verb)),
    }
}

/// A text of random `words` with random syntax: some have any labels and arcs, some likely labels and arcs to near words.
fn make(words: &[(&'static str, Pos)], dice: &mut Dice) -> Syntax {
    let (count, wild) = (dice.below(40), dice.below(5));
    let (mut text, mut parts) = (String::new(), Vec::new());
    for _ in 0..count {
        let (word, likely) =
            if dice.below(5) < 3 { (dice.one_of(SMALL), Pos::X) } else { dice.one_of(words) };
        if dice.below(9) != 0 && !text.is_empty() {
            text.push(' ');
        }
        let start = text.len() as u32;
        text.push_str(word);
        parts.push((ByteSpan::new(start, text.len() as u32), word, likely));
    }
    let lemmas: Vec<String> = parts.iter().map(|(_, word, _)| word.trim().to_lowercase()).collect();
    let mut rows = Vec::new();
    for ((number, (span, word, likely)), lemma) in (0..).zip(&parts).zip(&lemmas) {
        let within = |at: u32| at.abs_diff(number) <= 6 && at != number;
        let verb = (0..).zip(&parts).find(|(at, (_, _, likely))| within(*at) && *likely == Pos::Verb);
        let near = match verb.filter(|_| dice.below(3) != 0) {
            Some((verb, _)) => verb,
            None => (number + dice.below(5) as u32).saturating_sub(2),
        };
        let (mut tag, mut pos, mut dep) = labels(word, *likely, dice);
        let mut head = if dep == Dep::Root { number } else { near };
        if dice.below(8) < wild {
            (tag, pos, dep) = (dice.one_of(Tag::ALL), dice.one_of(Pos::ALL), dice.one_of(Dep::ALL));
        }
        if dice.below(8) < wild {
            head = dice.below(count + 1) as u32;
        }
        let entity = match pos {
            Pos::Propn => dice.below(3) != 0,
            _ => dice.below(12) == 0,
        };
        rows.push(Row {
            span: *span,
            tag,
            pos,
            lemma,
            head,
            dep,
            sentence_start: dice.below(15) == 0,
            entity: entity.then(|| (dice.below(2) == 0, dice.one_of(EntityLabel::ALL))),
        });
    }
    Syntax::from_rows(&text, rows)
}

fn evidence(records: &DocumentRecords) -> impl Iterator<Item = &Evidence> {
    (records.statements.iter().map(|it| &it.evidence))
        .chain(records.events.iter().map(|it| &it.evidence))
        .chain(records.meetings.iter().map(|it| &it.evidence))
        .chain(records.incidents.iter().map(|it| &it.evidence))
        .chain(records.conditions.iter().map(|it| &it.evidence))
        .chain(records.commitments.iter().map(|it| &it.evidence))
}

#[test]
fn any_syntax_gives_records_whose_spans_slice() {
    let words = vocabulary();
    let knowledge = Knowledge::shipped();
    let mut found = 0;
    for seed in 0..TEXTS {
        let syntax = make(&words, &mut Dice(seed));
        let text = syntax.text().to_owned();
        let published = (seed % 2 == 0).then(|| "2014-05-12".to_owned());
        let document = Document { id: "doc:0".into(), text, published, ..Document::default() };
        let annotations = annotate(&document, syntax, &knowledge);
        let records = extract(&document, &annotations, &knowledge);
        let offsets = Offsets::new(&document.text);
        let slice = |span: CharSpan| offsets.to_bytes(span).unwrap().slice(&document.text);
        for mention in &records.mentions {
            assert_eq!(slice(mention.span), mention.text, "seed {seed}");
        }
        for it in evidence(&records) {
            let parts: Vec<&str> = it.spans.iter().map(|span| slice(*span)).collect();
            assert_eq!(parts.join(" … "), it.text, "seed {seed}");
            let mut rules =
                it.rule.split('>').map(|step| step.split_once(':').map_or(step, |(rule, _)| rule));
            assert!(rules.all(|rule| RuleName::find(rule).is_some()), "data/rules.tsv lacks {}", it.rule);
            found += 1;
        }
        for it in explain(&document, &annotations, &knowledge, &records.statements) {
            slice(it.word);
            slice(it.clause);
        }
    }
    assert!(found > TEXTS / 40, "{found} records");
}
