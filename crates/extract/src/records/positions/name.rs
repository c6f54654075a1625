//! Names of issues: noun phrases cut to what they name, and verbs as their acts.

use std::collections::BTreeMap;

use readout_annotate::MentionForm;
use readout_lexicon::WordSet;
use readout_record::ActorKind;
use readout_syntax::{Dep, Pos, Tag};

use super::lexicon::Lexicon;
use crate::clause::reading::Reading;
use crate::words::{conditions, stances};

/// The names of instruments by the head tokens of their mentions.
pub(crate) type Instruments = BTreeMap<u32, String>;

/// Tokens of an issue's name at most.
pub(super) const LENGTH: usize = 16;
/// Phrases within phrases that a name has at most: `end of the siege of the port`.
const NESTED: usize = 4;

/// Phrases within phrases that a participle needs: `companies involved in the arms trade` is none without its last.
const PARTICIPLE: usize = 2;

/// The most steps up the tree from a noun to those who act around it.
const STEPS_TO_DOERS: usize = 5;

/// Tokens of the clause that says which thing is meant, at most.
const RESTRICTION: usize = 11;

/// Returns the `-ing` form of the verb `lemma`.
pub(super) fn gerund(lemma: &str) -> String {
    const DOUBLED: &[&str] = &[
        "permit", "admit", "commit", "submit", "begin", "refer", "prefer", "defer", "deter", "compel",
        "control", "regret", "forget", "undercut", "offset", "reset", "repel", "expel", "propel", "annul",
        "quit", "equip",
    ];
    let letters: Vec<char> = lemma.chars().collect();
    let vowel = |letter: char| "aeiou".contains(letter);
    match letters.as_slice() {
        [.., 'i', 'e'] => format!("{}ying", lemma.trim_end_matches("ie")),
        [.., before, 'e'] if !"eoy".contains(*before) => format!("{}ing", lemma.trim_end_matches('e')),
        [start @ .., middle, last]
            if vowel(*middle)
                && !vowel(*last)
                && !"wxy".contains(*last)
                && (!start.iter().any(|&letter| vowel(letter)) || DOUBLED.contains(&lemma)) =>
        {
            format!("{lemma}{last}ing")
        }
        _ => format!("{lemma}ing"),
    }
}

/// The fullest name of the person at `head`.
pub(super) fn somebody(reading: &Reading<'_>, head: u32) -> String {
    match reading.chain(head) {
        Some(chain) if chain.kind == ActorKind::Person => chain.name.clone(),
        _ => phrase(reading, head, None),
    }
}

/// Returns the noun phrase of `head` without article, relative clause and apposition.
pub(crate) fn noun_phrase(reading: &Reading<'_>, head: u32) -> String {
    phrase(reading, head, None)
}

/// Returns the noun phrase of `head` without article, relative clause and apposition: `sanctions on Iran`. Where its own
/// prepositions say nothing, those of the word `namer` do: `sanctions will stay on Iran`. What is too long for a name is cut
/// behind its first preposition, or is none.
pub(super) fn phrase(reading: &Reading<'_>, head: u32, namer: Option<u32>) -> String {
    if !reading.word(head).contains(char::is_alphanumeric) {
        return String::new();
    }
    let mut words = vec![head];
    let mut behind: Vec<Vec<u32>> = Vec::new();
    for &child in reading.children(head) {
        let mut part = Vec::new();
        if is_kept(reading, head, child, true) {
            add_words(reading, child, &mut part, NESTED);
        }
        if child < head {
            words.append(&mut part);
        } else if !part.is_empty() {
            behind.push(part);
        }
    }
    if behind.is_empty() {
        // `sanctions imposed on Iran`
        let imposed = reading
            .children_by(head, &[Dep::Acl, Dep::Relcl])
            .filter(|&it| reading.is(it, &["impose", "place"]));
        let namers = namer.into_iter().chain(imposed);
        let places = namers.flat_map(|namer| reading.children_by(namer, &[Dep::Prep]));
        let place = places
            .filter(|&prep| prep > head)
            .find(|&prep| reading.is(prep, &["on", "against", "in", "from"]));
        if let Some(prep) = place {
            let mut part = Vec::new();
            add_words(reading, prep, &mut part, NESTED);
            behind.push(part);
        }
    }
    if behind.is_empty() {
        behind.extend(restriction(reading, head));
    }
    while behind.len() > 1 && words.len() + behind.iter().map(Vec::len).sum::<usize>() > LENGTH {
        behind.pop();
    }
    words.extend(behind.into_iter().flatten());
    // `de-escalation` is one word, whatever hangs on what.
    let glued = |at: u32| reading.token(at.saturating_sub(1)).span.end == reading.token(at).span.start;
    for at in words.clone() {
        if at > 1 && glued(at) && glued(at - 1) && matches!(reading.word(at - 1), "-" | "–") {
            words.extend([at - 2, at - 1]);
        }
    }
    words.sort_unstable();
    words.dedup();
    // `eyes on them`: only the report tells on whom.
    let points = words.iter().any(|&word| {
        reading.pos(word) == Pos::Pron && reading.dep(word) != Dep::Poss && !reading.is_relative(word)
    });
    if words.len() > LENGTH || points {
        return String::new();
    }
    // `relief from sanctions` moves nothing.
    let moved = namer.filter(|_| !reading.is(head, &conditions::AWAY)).map(|_| head);
    let name = spelled(reading, &words, moved);
    match owner(reading, head).filter(|_| words.len() < LENGTH && !name.is_empty()) {
        Some(owner) => format!("{owner} {name}"),
        None => name,
    }
}

/// Whether `name` says of no thing which: `opening up things`, `particular position`.
pub(super) fn is_empty(name: &str) -> bool {
    name.split(' ').any(|word| stances::NO_THING.has(&word.to_lowercase()))
}

/// Returns the name of somebody else than who acts around the noun `head`, if the report tells by a pronoun or a clause that it is theirs:
/// `Chad backs Mali and its raids`, `requests Chad made`.
fn owner(reading: &Reading<'_>, head: u32) -> Option<String> {
    let pronoun = reading.children_by(head, &[Dep::Poss]).find(|&it| reading.pos(it) == Pos::Pron);
    let made = || {
        let bare = |clause: u32| !reading.children(clause).iter().any(|&word| reading.is_relative(word));
        let mut clauses = reading.children_by(head, &[Dep::Relcl]);
        let clause =
            clauses.find(|&clause| clause > head && bare(clause) && reading.is(clause, &stances::MADE))?;
        reading.child(clause, Dep::Nsubj)
    };
    let whose = pronoun.or_else(made)?;
    let chain = reading.chain(whose).filter(|chain| chain.actors.len() == 1 && !chain.name.is_empty())?;
    if chain.kind == ActorKind::Unnamed || chain.kind == ActorKind::Outlet {
        return None;
    }
    let actor = chain.actors.first()?;
    let is_same = |at: u32| {
        reading
            .named(at)
            .iter()
            .any(|it| it == actor || chain.state.as_deref().is_some_and(|code| it.state_code() == Some(code)))
    };
    let verbs = reading.ancestors(head).take(STEPS_TO_DOERS).filter(|&verb| reading.is_verb(verb));
    let mut doers = verbs.flat_map(|verb| reading.subjects(verb));
    let speaks = reading.statement_of(head).is_some_and(|it| it.speaker.contains(actor));
    if speaks || doers.any(is_same) {
        return None;
    }
    let ending = if chain.name.ends_with('s') { "’" } else { "’s" };
    Some(format!("{}{ending}", chain.name))
}

/// Returns the tokens of the clause that says which the noun `head` is, or what it says: `countries that voted against it`, `a
/// commitment that it will not invade`. What is an issue of its own needs none.
fn restriction(reading: &Reading<'_>, head: u32) -> Option<Vec<u32>> {
    if Lexicon::shipped().proposal(&reading.lemma(head).to_lowercase()).is_some() {
        return None;
    }
    let clause = reading.children_by(head, &[Dep::Relcl, Dep::Acl]).find(|&clause| {
        let that = |word: u32| reading.is(word, &["that", "who"]) && word < clause;
        clause > head && reading.children(clause).iter().any(|&word| that(word))
    })?;
    let first = reading.token(clause).left_edge;
    let tokens: Vec<u32> = (first..reading.token(clause).right_edge + 1)
        .take_while(|&token| reading.pos(token) != Pos::Punct || reading.word(token) == "-")
        .collect();
    (first == head + 1 && tokens.contains(&clause) && tokens.len() <= RESTRICTION).then_some(tokens)
}

/// Whether the participle `child` says which the noun `head` is: `the threat posed by the group`. What is an issue of its own
/// needs none.
fn says_which(reading: &Reading<'_>, head: u32, child: u32) -> bool {
    let told = reading.children_by(child, &[Dep::Prep, Dep::Agent]).any(|prep| prep == child + 1);
    reading.tag(child) == Tag::Vbn
        && child == head + 1
        && told
        && Lexicon::shipped().proposal(&reading.lemma(head).to_lowercase()).is_none()
}

/// Whether the phrase below `child` belongs to the name of the noun or verb `head`; `outer` says whether that is the whole
/// name.
fn is_kept(reading: &Reading<'_>, head: u32, child: u32, outer: bool) -> bool {
    let before = child < head;
    match reading.dep(child) {
        Dep::Appos | Dep::Relcl | Dep::Neg | Dep::Parataxis | Dep::Advcl => false,
        Dep::Det | Dep::Cc | Dep::Conj => !outer,
        // `cease-fire`, `anti-missile`
        Dep::Punct => {
            matches!(reading.word(child), "-" | "–" | "/")
                && reading.token(child).span.start == reading.token(child.saturating_sub(1)).span.end
                && reading.token(child).span.end == reading.token(child + 1).span.start
        }
        // `its troops`: whose, only a name says. `an end to the war on his watch` is nothing without it.
        Dep::Poss => !outer || reading.pos(child) != Pos::Pron,
        Dep::Amod => !reading.is(child, &conditions::NO_NAME),
        // `the 15-0 vote`: a count is no part of the name.
        Dep::Nummod if before && matches!(reading.word(child + 1), "-" | "–") => false,
        // `in fact he shifts his focus`: what stands before a clause is no part of it.
        Dep::Prep if before => !reading.is_verb(head),
        _ if before => true,
        // `authorizing strikes as long as`
        Dep::Advmod => !outer && !reading.is_verb(head),
        // `efforts to confront the group`: what they are for.
        // `a resolution authorizing strikes`: what it lays down.
        Dep::Acl => {
            reading.children_by(child, &[Dep::Aux]).any(|aux| reading.tag(aux) == Tag::To)
                || reading.tag(child) == Tag::Vbg && reading.is(head, &conditions::LAID_DOWN)
                || says_which(reading, head, child)
        }
        // `in the strongest terms`, `with the envoy saying`
        Dep::Prep
            if reading.children_by(child, &[Dep::Pobj]).any(|object| {
                reading.is(object, &conditions::NO_COMPLEMENT)
                    // `called for it in his first remarks`
                    || reading.is(child, &["in", "at", "during"]) && reading.is(object, &stances::OCCASION)
                    // `on issues ranging from trade to war`
                    || reading.children_by(object, &[Dep::Acl]).any(|it| {
                        reading.tag(it) == Tag::Vbg
                            && (reading.is(child, &["with"]) || reading.is(it, &["range", "include"]))
                    })
            }) =>
        {
            false
        }
        Dep::Prep => {
            reading.is(child, &["of", "on", "against", "in", "with", "between", "to", "for", "over", "into"])
                || (!outer || reading.is(head, &conditions::AWAY)) && reading.is(child, &["from"])
                || !outer && reading.is(child, &["by", "at"])
        }
        _ => !outer,
    }
}

/// Adds the tokens of the phrase of `at` that belong to a name.
fn add_words(reading: &Reading<'_>, at: u32, words: &mut Vec<u32>, depth: usize) {
    words.push(at);
    if words.len() > 2 * LENGTH {
        return;
    }
    for &child in reading.children(at) {
        // What stands before a noun is one with it, however deep that is: `the Islamic State group`.
        let within = depth > if reading.dep(child) == Dep::Acl { PARTICIPLE } else { 0 }
            || child < at && reading.is_noun(at) && reading.children(child).len() < 3;
        if within && is_kept(reading, at, child, false) {
            add_words(reading, child, words, depth.saturating_sub(1));
        }
    }
}

/// Returns the text of the tokens `words`, set apart as in the report; troops are pulled out `from` where they are `in`,
/// behind the token `moved`.
fn spelled(reading: &Reading<'_>, words: &[u32], moved: Option<u32>) -> String {
    // What is cut does not end in `, of the`.
    let hangs = |at: u32| {
        matches!(reading.pos(at), Pos::Adp | Pos::Det | Pos::Part | Pos::Cconj | Pos::Punct)
            && !matches!(reading.word(at), "%" | "’")
    };
    let end = words.iter().rposition(|&word| !hangs(word)).map_or(0, |last| last + 1);
    let mut name = String::new();
    let mut end_of_last = 0;
    for &at in words.iter().take(end) {
        let token = reading.token(at);
        let word = reading.word(at);
        let glue = matches!(word, "-" | "–" | "/" | "%" | "’" | "$" | "&") || word.starts_with('\'');
        if !glue && !word.contains(char::is_alphanumeric) {
            continue;
        }
        // `from Moscow's border`: a possessive is glued to its word.
        if !name.is_empty() && (token.span.start != end_of_last || name.ends_with(char::is_whitespace)) {
            name.push(' ');
        }
        end_of_last = token.span.end;
        let is_moved = moved.is_some_and(|head| at > head) && reading.is(at, &["from"]);
        match possessor(reading, at) {
            Some(owner) => name.push_str(&owner),
            None => name.push_str(if is_moved { "in" } else { state(reading, at).unwrap_or(word) }),
        }
    }
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    ["the ", "The ", "a ", "an "]
        .iter()
        .find_map(|article| name.strip_prefix(article))
        .unwrap_or(&name)
        .to_owned()
}

/// Returns the name of whom the possessive pronoun `at` means, with its ending, if somebody else than who acts around it.
fn possessor(reading: &Reading<'_>, at: u32) -> Option<String> {
    let noun = reading.head(at).filter(|_| reading.dep(at) == Dep::Poss && reading.pos(at) == Pos::Pron)?;
    owner(reading, noun)
}

/// The name of the state that the one word `at` stands for, so that `Moscow` and `Russia` name one issue.
fn state<'a>(reading: &Reading<'a>, at: u32) -> Option<&'a str> {
    let mention = reading.mention(at).filter(|it| it.form == MentionForm::Name)?;
    let chain = reading.chain(at).filter(|chain| chain.kind == ActorKind::State)?;
    (mention.words == reading.syntax.token(at).span).then_some(chain.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gerunds_are_spelled() {
        let spelled =
            ["lift", "stop", "die", "free", "withdraw", "release", "veto", "visit", "cut", "permit"]
                .map(gerund);
        let wanted = [
            "lifting",
            "stopping",
            "dying",
            "freeing",
            "withdrawing",
            "releasing",
            "vetoing",
            "visiting",
            "cutting",
            "permitting",
        ];
        assert_eq!(spelled, wanted);
    }
}
