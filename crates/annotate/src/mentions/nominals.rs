//! Descriptions: `the U.S. president`, `a senior official`, `the two leaders`; and pronouns.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use readout_knowledge::{Gender, Knowledge, PersonWord, WordKind};
use readout_lexicon::WordSet as _;
use readout_record::ActorKind;
use readout_syntax::{Dep, EntityLabel, PerToken, Pos, Syntax, Tag};

use crate::mentions::MentionForm;
use crate::mentions::candidate::Candidate;
use crate::mentions::no_actors;
use crate::mentions::words;

/// The way in which a noun phrase points at what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Article {
    /// `the`, `this`, `that`, `these`, `those`.
    Definite,
    /// `a`, `another`, `some`, `no`.
    Indefinite,
    /// `his`, `Turkey’s`.
    Owned,
    /// `both`, `the two`.
    Pair,
    /// None.
    Bare,
}

/// The parts of a description by which it is resolved.
#[derive(Clone, Debug)]
pub(super) struct Description {
    pub(super) article: Article,
    /// Lemma of the head noun.
    pub(super) lemma: String,
    pub(super) word: WordKind,
    /// Key of the office that it names.
    pub(super) office: Option<String>,
    /// The token that owns it.
    pub(super) owner: Option<u32>,
    /// Lemmas of the words that distinguish it from others of its sort.
    pub(super) modifiers: BTreeSet<String>,
}

impl Description {
    /// Returns how many `the three leaders` are, if the words say so.
    pub(super) fn count(&self) -> Option<usize> {
        ["two", "three", "four", "five", "six"]
            .iter()
            .position(|word| self.modifiers.contains(*word))
            .map(|at| at + 2)
    }
}

/// Finds the descriptions of the text. `in_name` marks the tokens of names and of the words beside them. `parts`
/// contains the names that refer to some of a people, by head token.
pub(super) fn find<'k>(
    syntax: &Syntax,
    knowledge: &'k Knowledge,
    in_name: &PerToken<bool>,
    parts: &BTreeMap<u32, Candidate<'k>>,
) -> Vec<(Candidate<'k>, Description)> {
    let mut found = Vec::new();
    for head in 0..syntax.len() {
        let token = syntax.token(head);
        if in_name[head] || !matches!(token.pos, Pos::Noun | Pos::Propn | Pos::Num | Pos::Det | Pos::Pron) {
            continue;
        }
        if matches!(token.dep, Dep::Compound | Dep::Amod | Dep::Nmod | Dep::Npadvmod | Dep::Nummod | Dep::Det)
        {
            continue;
        }
        let part = parts.get(&head);
        let lemma = match part {
            // The lemmatizer leaves some plurals of names as they are.
            Some(part) => part.text(syntax).trim_end_matches('s').to_lowercase(),
            None => syntax.lemma(head).to_lowercase(),
        };
        let start = start_of(syntax, head);
        let article = match article_of(syntax, start, head) {
            // "a treaty between the countries"
            Article::Definite if is_between(syntax, start, head) => Article::Pair,
            article => article,
        };
        let pair = article == Article::Pair;
        // "Ann Lee, a Republican": who she is, not another.
        if part.is_some() && token.dep == Dep::Appos && in_name[token.head] {
            continue;
        }
        // "the president's son-in-law", "the secretary-general": the whole of it is the noun.
        let joined = joined(syntax, head)
            .filter(|end| knowledge.person_word(&syntax.passage(head..*end).to_lowercase()).is_some());
        let lemma = joined.map_or(lemma, |end| syntax.passage(head..end).to_lowercase());
        let word = match knowledge.person_word(&lemma).or_else(|| hyphened(syntax, knowledge, head)) {
            Some(word) if matches!(token.pos, Pos::Noun | Pos::Propn) => word.clone(),
            _ if part.is_some() => PersonWord::default(),
            _ if pair && matches!(token.pos, Pos::Num | Pos::Det | Pos::Pron | Pos::Noun) => {
                // "the two", "both": people only where something says so; see the resolution.
                if !words::COUNTED.has(&lemma) {
                    continue;
                }
                PersonWord::default()
            }
            // "the American side": those who act for the state. "the sides" are a pair.
            _ if lemma == "side" && article == Article::Definite => {
                let plural = token.tag == Tag::Nns && head == start + 1;
                if !plural && state_beside(syntax, knowledge, start, head).is_none() {
                    continue;
                }
                readout_knowledge::PersonWord { kind: WordKind::Organisation, ..Default::default() }
            }
            _ => continue,
        };
        let modifiers = modifiers_of(syntax, start, head);
        if is_no_mention(syntax, head, &lemma, word.kind, article)
            || no_actors::is_thing(&lemma, &modifiers)
            || no_actors::is_abstract(syntax, knowledge, head, &lemma, article == Article::Bare)
        {
            continue;
        }
        let end = joined.unwrap_or(head + 1);
        let mut candidate = Candidate::new(start..end, head, MentionForm::Nominal, ActorKind::Unnamed);
        candidate.phrase = start..(end_of(syntax, head) + 1).max(end);
        candidate.gender = word.gender;
        candidate.sector = word.sector;
        candidate.plural = matches!(token.tag, Tag::Nns | Tag::Nnps) || pair;
        candidate.kind = match word.kind {
            WordKind::Organisation => ActorKind::Organisation,
            WordKind::Armed => ActorKind::ArmedGroup,
            WordKind::State => ActorKind::State,
            WordKind::Place => ActorKind::Place,
            _ => ActorKind::Unnamed,
        };
        candidate.place = word.kind == WordKind::Place;
        candidate.state = match part {
            Some(part) => part.state.clone(),
            None => state_beside(syntax, knowledge, start, head),
        };
        if let Some(part) = part {
            candidate.sector = part.sector;
        }
        let office = match joined {
            Some(_) => knowledge.office(&lemma).map(|office| office.key.clone()),
            None => office_of(syntax, knowledge, start, head),
        };
        let owner =
            (start..head).find(|&at| syntax.token(at).dep == Dep::Poss && syntax.token(at).head == head);
        found.push((candidate, Description { article, lemma, word: word.kind, office, owner, modifiers }));
    }
    found
}

/// Whether the noun speaks of nobody here: what somebody is called (`was a partner`, `as president`), a set phrase
/// (`in power`, `on board`), `both` beside the names it counts.
fn is_no_mention(syntax: &Syntax, head: u32, lemma: &str, kind: WordKind, article: Article) -> bool {
    let token = syntax.token(head);
    // "was a clerk or a teacher": both are what somebody was.
    let mut first = head;
    while syntax.token(first).dep == Dep::Conj && syntax.token(first).head < first {
        first = syntax.token(first).head;
    }
    let called = matches!(syntax.token(first).dep, Dep::Attr | Dep::Oprd)
        || token.dep == Dep::Pobj && syntax.word(token.head).eq_ignore_ascii_case("as");
    let set_phrase = article == Article::Bare
        && token.tag == Tag::Nn
        && !matches!(kind, WordKind::Armed | WordKind::Kin)
        && !words::NO_ARTICLE.has(lemma)
        && start_of(syntax, head) == head
        && !matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass);
    let counts = matches!(lemma, "both" | "two")
        && !matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Pobj | Dep::Dative);
    called || set_phrase || counts
}

/// `vice-president`, `co-chair`: three tokens, one noun.
fn hyphened<'k>(
    syntax: &Syntax,
    knowledge: &'k Knowledge,
    head: u32,
) -> Option<&'k readout_knowledge::PersonWord> {
    if head < 2 || syntax.word(head - 1) != "-" {
        return None;
    }
    knowledge.person_word(&syntax.passage(head - 2..head + 1).to_lowercase())
}

/// Returns the end of the words that hyphens join to the noun `head`: `son-in-law`.
fn joined(syntax: &Syntax, head: u32) -> Option<u32> {
    let ends = |at: u32| syntax.token(at).span.end;
    let hyphen = |at: u32| syntax.word(at) == "-" && syntax.token(at).span.start == ends(at - 1);
    let mut end = head + 1;
    while end + 1 < syntax.len() && hyphen(end) && syntax.token(end + 1).span.start == ends(end) {
        end += 2;
    }
    (end > head + 1).then_some(end)
}

/// The first token of the noun phrase of `head`.
pub(super) fn start_of(syntax: &Syntax, head: u32) -> u32 {
    let edge = syntax.token(head).left_edge.max(head.saturating_sub(20));
    let mut start = head;
    for at in (edge..head).rev() {
        let token = syntax.token(at);
        let outside = token.pos == Pos::Space && syntax.word(at).contains('\n')
            || matches!(token.dep, Dep::Preconj | Dep::Cc | Dep::Relcl | Dep::Mark | Dep::Advcl | Dep::Prep)
                && token.head == head
            || matches!(syntax.word(at), "“" | "\"" | "(" | ":" | ";" | "—" | "–");
        if outside {
            break;
        }
        start = at;
    }
    start
}

/// Returns the last token of the noun phrase of `head`, with dependent phrases and clauses, without lists and
/// appositions.
fn end_of(syntax: &Syntax, head: u32) -> u32 {
    let edge = syntax.token(head).right_edge.min(head + 60);
    let mut end = edge;
    for at in head + 1..=edge {
        let token = syntax.token(at);
        if token.head == head
            && matches!(
                token.dep,
                Dep::Cc | Dep::Conj | Dep::Appos | Dep::Parataxis | Dep::Punct | Dep::Relcl
            )
        {
            // A relative clause without a comma belongs to the phrase.
            if token.dep == Dep::Relcl {
                continue;
            }
            end = at - 1;
            break;
        }
    }
    while end > head && matches!(syntax.token(end).pos, Pos::Punct | Pos::Space | Pos::Cconj) {
        end -= 1;
    }
    end.max(head)
}

/// The most tokens from a noun to the noun that completes it.
const LONGEST_COMPLEMENT: u32 = 8;

/// Returns `words`, a phrase that ends with the noun `head`, with the phrase that says of whom it speaks: `a group of
/// young rebels`, `leaders of the House`, `officials in Kabul`. Other words than `of` complete a bare noun, and but for `for`
/// only by a name.
pub(super) fn with_complement(syntax: &Syntax, words: Range<u32>, head: u32) -> Range<u32> {
    let after = words.end;
    let completes = |prep: u32| {
        let token = syntax.token(prep);
        token.head == head && matches!(syntax.word(prep), "of" | "in" | "from" | "at" | "for" | "to")
    };
    if after != head + 1 || after >= syntax.len() || !completes(after) {
        return words;
    }
    let bare = (words.start..head).all(|at| syntax.token(at).dep == Dep::Det);
    let object = syntax.child(after, Dep::Pobj).filter(|&object| {
        let is_time = syntax.entity_at(object).is_some_and(|entity| entity.label == EntityLabel::Date);
        let (prep, pos) = (syntax.word(after), syntax.token(object).pos);
        let of = prep == "of";
        object > head
            && object - head <= LONGEST_COMPLEMENT
            && !is_time
            && (pos == Pos::Propn && (of || bare) || pos == Pos::Noun && (of || bare && prep == "for"))
    });
    let Some(object) = object else { return words };
    // `ministers of Norway and Sweden`: all that are named, if they stand together.
    let last = syntax
        .list(object)
        .into_iter()
        .max()
        .filter(|&last| last >= object && last - head <= LONGEST_COMPLEMENT);
    let end = last.unwrap_or(object) + 1;
    let owns = end < syntax.len() && syntax.token(end).tag == Tag::PossessiveEnding;
    if owns { words } else { words.start..end }
}

pub(super) fn article_of(syntax: &Syntax, start: u32, head: u32) -> Article {
    let mut article = Article::Bare;
    for at in start..=head {
        let token = syntax.token(at);
        if at < head && token.head != head && token.dep != Dep::Poss {
            continue;
        }
        match syntax.word(at).to_lowercase().as_str() {
            "both" => return Article::Pair,
            "their" if syntax.word(at + 1) == "two" => return Article::Pair,
            "two" | "pair" if article == Article::Definite => return Article::Pair,
            "the" | "this" | "that" | "these" | "those" if article == Article::Bare => {
                article = Article::Definite;
            }
            "a" | "an" | "another" | "some" | "no" | "any" | "every" | "each" | "several" | "many"
            | "few" | "other"
                if article == Article::Bare =>
            {
                article = Article::Indefinite;
            }
            _ if token.dep == Dep::Poss && token.head == head => return Article::Owned,
            _ => {}
        }
    }
    article
}

/// Whether the phrase is a bare plural after `between`: `between the countries` are two.
fn is_between(syntax: &Syntax, start: u32, head: u32) -> bool {
    let token = syntax.token(head);
    token.tag == Tag::Nns
        && head == start + 1
        && token.dep == Dep::Pobj
        && syntax.word(token.head).eq_ignore_ascii_case("between")
        && syntax.children_by(head, &[Dep::Conj]).next().is_none()
}

/// Returns the lemmas that distinguish the thing or person headed by `head` from others of its sort: adjectives, nouns
/// and numbers before the noun, the nouns of a phrase with `of`.
pub(super) fn modifiers_of(syntax: &Syntax, start: u32, head: u32) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let tells = |at: u32| {
        let token = syntax.token(at);
        matches!(token.pos, Pos::Adj | Pos::Noun | Pos::Propn | Pos::Num)
            || token.pos == Pos::Verb && token.dep == Dep::Amod
    };
    let before =
        (start..head).filter(|&at| syntax.token(at).head == head || syntax.token(at).dep == Dep::Compound);
    let of = head + 1;
    let after = (of < syntax.len() && syntax.word(of) == "of" && syntax.token(of).head == head)
        .then(|| of + 1..=syntax.token(of).right_edge.min(of + 8))
        .into_iter()
        .flatten();
    for at in before.chain(after) {
        if tells(at) && syntax.token(at).dep != Dep::Poss {
            let lemma = syntax.lemma(at).to_lowercase();
            if !words::TELLS_NOTHING.has(&lemma) {
                found.insert(lemma);
            }
        }
    }
    found
}

/// Returns the state that is named in the phrase before its head (`U.S.`, `Turkish`, `Iran’s`), or after `of`.
fn state_beside(syntax: &Syntax, knowledge: &Knowledge, start: u32, head: u32) -> Option<String> {
    let before = (start..head).find_map(|at| super::roles::state_at(syntax, knowledge, at));
    before.or_else(|| {
        let of = head + 1;
        (of + 1 < syntax.len() && syntax.word(of) == "of" && syntax.token(of).head == head)
            .then(|| {
                (of + 1..(of + 4).min(syntax.len()))
                    .find_map(|at| super::roles::state_at(syntax, knowledge, at))
            })
            .flatten()
    })
}

/// The office that the phrase names: its head noun with up to two words before it.
fn office_of(syntax: &Syntax, knowledge: &Knowledge, start: u32, head: u32) -> Option<String> {
    (start.max(head.saturating_sub(3))..=head)
        .find_map(|from| knowledge.office(&singular(syntax, from, head)))
        .or_else(|| {
            // `the top U.S. diplomat`: the office without the state.
            let words = (start.max(head.saturating_sub(5))..head)
                .filter(|&at| super::roles::state_at(syntax, knowledge, at).is_none());
            let words: Vec<&str> = words.map(|at| syntax.word(at)).chain([syntax.lemma(head)]).collect();
            (0..words.len()).find_map(|from| knowledge.office(&words.get(from..)?.join(" ")))
        })
        .or_else(|| {
            let end = (head + 3).min(syntax.len());
            (syntax.len() > head + 2 && syntax.word(head + 1) == "of")
                .then(|| knowledge.office(syntax.passage(head..end)))
                .flatten()
        })
        .map(|office| office.key.clone())
}

/// The words from `from` to `head`, the head as dictionaries have it.
fn singular(syntax: &Syntax, from: u32, head: u32) -> String {
    let before = if from < head { format!("{} ", syntax.passage(from..head)) } else { String::new() };
    before + syntax.lemma(head)
}

/// A pronoun of the third person, or one of the first, which a quotation may contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pronoun {
    He,
    She,
    They,
    It,
    /// `I`, `my`.
    I,
    /// `we`, `our`.
    We,
    /// `who`, `whose`, `whom` of a relative clause.
    Who,
}

/// The pronouns of the text.
pub(super) fn pronouns<'k>(syntax: &Syntax, in_name: &PerToken<bool>) -> Vec<(Candidate<'k>, Pronoun)> {
    let mut found = Vec::new();
    for at in 0..syntax.len() {
        let token = syntax.token(at);
        if in_name[at] || !matches!(token.pos, Pos::Pron | Pos::Det | Pos::Propn | Pos::X | Pos::Adj) {
            continue;
        }
        let pronoun = match syntax.word(at).to_lowercase().as_str() {
            "he" | "him" | "his" | "himself" => Pronoun::He,
            "she" | "her" | "hers" | "herself" => Pronoun::She,
            "they" | "them" | "their" | "theirs" | "themselves" => Pronoun::They,
            "it" | "its" | "itself" => Pronoun::It,
            "i" | "me" | "my" | "mine" | "myself" if token.pos == Pos::Pron => Pronoun::I,
            "we" | "us" | "our" | "ours" | "ourselves" if token.pos == Pos::Pron => Pronoun::We,
            "who" | "whom" | "whose" if matches!(token.tag, Tag::Wp | Tag::WpPossessive) => Pronoun::Who,
            _ => continue,
        };
        let mut candidate = Candidate::new(at..at + 1, at, MentionForm::Pronoun, ActorKind::Unnamed);
        candidate.gender = match pronoun {
            Pronoun::He => Some(Gender::Male),
            Pronoun::She => Some(Gender::Female),
            _ => None,
        };
        candidate.plural = matches!(pronoun, Pronoun::They | Pronoun::We);
        found.push((candidate, pronoun));
    }
    found
}

/// Marks the tokens of `phrase`.
pub(super) fn mark(marks: &mut PerToken<bool>, phrase: &Range<u32>) {
    for at in phrase.clone() {
        marks[at] = true;
    }
}
