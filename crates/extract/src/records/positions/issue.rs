//! What a stance is on, said so that those for and those against it speak of one thing: who wants sanctions lifted and
//! who wants them kept differ on `sanctions`.

use readout_annotate::MentionForm;
use readout_record::ActorKind;
use readout_syntax::{Dep, Pos, Tag};

use super::lexicon::{IssueRule, Leaning, Lexicon, What};
use crate::clause::reading::Reading;
use crate::words::conditions;

/// Words that are looked through at most, `calls for an end to …`.
const DEPTH: usize = 4;
/// Tokens of an issue's name at most.
const LENGTH: usize = 14;

/// An issue, and on which side of it the words are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Issue {
    /// `sanctions on Iran`, `Omar Brandt in power`.
    pub(super) name: String,
    /// Whether the words are against it.
    pub(super) against: bool,
    /// Whether a word of the lexicon named it. Otherwise the name is the noun phrase itself.
    pub(super) known: bool,
}

/// The issue that the verb or noun `at` names, with what heads its complement.
pub(super) fn of(reading: &Reading<'_>, at: u32) -> Option<Issue> {
    named(reading, at, DEPTH).or_else(|| {
        let noun = reading.is_noun(at) && reading.syntax.token(at).pos != Pos::Pron;
        let person = is_person(reading, at);
        let name = noun.then(|| if person { somebody(reading, at) } else { phrase(reading, at, None) });
        let name = name.filter(|name| !name.is_empty())?;
        Some(Issue { name, against: denied(reading, at), known: false })
    })
}

/// The issue that the verb `at` names where `object` is what it acts on, whatever the tree says.
pub(super) fn with_object(reading: &Reading<'_>, at: u32, object: u32) -> Option<Issue> {
    let rules = Lexicon::shipped().issues(reading.lemma(at), None).iter();
    let rule = rules.filter(|rule| !rule.noun && rule.places.contains(&"obj")).find(|rule| {
        matches!(rule.leaning, Leaning::For | Leaning::Against) && fits(reading, rule, object)
    })?;
    let against = (rule.leaning == Leaning::Against) ^ denied(reading, at);
    Some(Issue { name: name(reading, rule, object, at), against, known: true })
}

/// The issue, if a word of the lexicon names it.
fn named(reading: &Reading<'_>, at: u32, depth: usize) -> Option<Issue> {
    if depth == 0 {
        return None;
    }
    let denied = denied(reading, at);
    let lemma = reading.lemma(at).to_lowercase();
    let rules = Lexicon::shipped().issues(&lemma, reading.particle(at).as_deref());
    let noun = matches!(reading.syntax.token(at).pos, Pos::Noun | Pos::Propn);
    for rule in rules.iter().filter(|rule| rule.noun == noun) {
        for head in rule.places.iter().flat_map(|place| at_place(reading, at, place)) {
            let (against, inside) = match rule.leaning {
                Leaning::For => (false, false),
                Leaning::Against => (true, false),
                Leaning::Inside => (false, true),
                Leaning::NotInside => (true, true),
            };
            let found = if inside {
                named(reading, head, depth - 1)
            } else {
                fits(reading, rule, head).then(|| Issue {
                    name: name(reading, rule, head, at),
                    against: false,
                    known: true,
                })
            };
            if let Some(issue) = found.filter(|issue| !issue.name.is_empty()) {
                return Some(Issue { against: issue.against ^ against ^ denied, ..issue });
            }
        }
    }
    None
}

/// Whether the word is negated, or follows `no`.
fn denied(reading: &Reading<'_>, at: u32) -> bool {
    reading.child(at, Dep::Neg).is_some()
        || reading.children_by(at, &[Dep::Det]).any(|determiner| reading.is(determiner, &["no"]))
}

/// Returns the head tokens at `place` of the word `at`.
pub(super) fn at_place(reading: &Reading<'_>, at: u32, place: &str) -> Vec<u32> {
    let verbs = |deps: &[Dep], infinitive: bool| -> Vec<u32> {
        let finite =
            |verb: u32| !reading.children_by(verb, &[Dep::Aux]).any(|aux| reading.tag(aux) == Tag::To);
        let mut found = reading.children(at).iter().copied().filter(|&child| {
            deps.contains(&reading.dep(child)) && reading.is_verb(child) && finite(child) != infinitive
        });
        found.find(|&child| child > at).into_iter().collect()
    };
    match place {
        "subj" => reading.subjects(at),
        "obj" => reading.objects(at),
        "thing" => reading.objects(at).into_iter().filter(|&head| reading.named(head).is_empty()).collect(),
        "poss" => reading.children_by(at, &[Dep::Poss]).collect(),
        "inf" => verbs(&[Dep::Xcomp, Dep::Ccomp, Dep::Acl, Dep::Advcl], true),
        "clause" => verbs(&[Dep::Ccomp, Dep::Xcomp], false),
        preposition => {
            let mut found = Vec::new();
            for prep in reading.children_by(at, &[Dep::Prep, Dep::Dative]) {
                if reading.is(prep, &[preposition]) {
                    found.extend(reading.children_by(prep, &[Dep::Pobj, Dep::Pcomp]));
                }
            }
            found
        }
    }
}

/// Whether the token `head` may be the issue of `rule`.
fn fits(reading: &Reading<'_>, rule: &IssueRule, head: u32) -> bool {
    match &rule.what {
        What::Anything => true,
        What::Person => is_person(reading, head),
        What::Thing => {
            reading.named(head).is_empty()
                && matches!(reading.syntax.token(head).pos, Pos::Noun | Pos::Propn | Pos::Verb)
        }
        What::Lemmas(lemmas) => reading.is(head, lemmas.as_slice()),
    }
}

/// Whether `head` is somebody who may hold power: a person with a name, or an office.
fn is_person(reading: &Reading<'_>, head: u32) -> bool {
    let office = || reading.knowledge.office(&reading.lemma(head).to_lowercase()).is_some();
    reading.chain(head).is_some_and(|chain| {
        chain.actors.len() == 1 && (matches!(chain.kind, ActorKind::Person | ActorKind::Office) || office())
    })
}

/// The issue's name: what stands at `head`, and where `at`, the word that names it, says so.
fn name(reading: &Reading<'_>, rule: &IssueRule, head: u32, at: u32) -> String {
    if rule.what == What::Person {
        return format!("{} in power", somebody(reading, head));
    }
    phrase(reading, head, Some(at))
}

/// The fullest name of the person at `head`.
fn somebody(reading: &Reading<'_>, head: u32) -> String {
    match reading.chain(head) {
        Some(chain) if chain.kind == ActorKind::Person => chain.name.clone(),
        _ => phrase(reading, head, None),
    }
}

/// The noun phrase of `head` without article, relative clause and apposition: `sanctions on Iran`. Where its own
/// prepositions say nothing, those of the word `namer` do: `sanctions will stay on Iran`.
fn phrase(reading: &Reading<'_>, head: u32, namer: Option<u32>) -> String {
    let syntax = reading.syntax;
    let mut parts: Vec<(u32, u32)> = vec![(head, head + 1)];
    for &child in reading.children(head) {
        let token = syntax.token(child);
        let before = child < head;
        let kept = match reading.dep(child) {
            Dep::Det | Dep::Appos | Dep::Relcl | Dep::Punct | Dep::Cc | Dep::Conj | Dep::Neg => false,
            // `its troops`: whose, only a name says.
            Dep::Poss => reading.syntax.token(child).pos != Pos::Pron,
            Dep::Amod => !reading.is(child, &conditions::NO_NAME),
            // `in fact he shifts his focus`: what stands before a clause is no part of it.
            Dep::Prep if before => !reading.is_verb(head),
            _ if before => true,
            // `efforts to confront the group`: what they are for.
            Dep::Acl => reading.children_by(child, &[Dep::Aux]).any(|aux| reading.tag(aux) == Tag::To),
            Dep::Prep => {
                reading.is(child, &["of", "on", "against", "in", "with", "between", "to", "for", "over"])
            }
            _ => false,
        };
        if kept {
            parts.push((token.left_edge, token.right_edge + 1));
        }
    }
    let own = parts.iter().any(|part| part.0 > head);
    let places = namer.filter(|_| !own).into_iter();
    for prep in places.flat_map(|namer| reading.children_by(namer, &[Dep::Prep])).filter(|&prep| prep > head)
    {
        if reading.is(prep, &["on", "against", "in", "from"]) {
            parts.push((syntax.token(prep).left_edge, syntax.token(prep).right_edge + 1));
            break;
        }
    }
    parts.sort_unstable();
    let mut words: Vec<u32> = parts.into_iter().flat_map(|(from, to)| from..to).take(LENGTH).collect();
    // What is cut does not end in `, of the`.
    let hangs = |at: u32| {
        matches!(syntax.token(at).pos, Pos::Adp | Pos::Det | Pos::Part | Pos::Cconj | Pos::Punct)
            && !matches!(syntax.word(at), "%" | "”" | "\"" | "’")
    };
    while words.last().is_some_and(|&last| hangs(last)) {
        words.pop();
    }
    let mut name = String::new();
    let mut end = 0;
    for at in words {
        let token = syntax.token(at);
        let bracket = matches!(syntax.word(at), "(" | ")" | "[" | "]");
        if bracket || (matches!(token.pos, Pos::Space | Pos::Punct) && token.span.start != end) {
            continue;
        }
        // `from Moscow's border`: a possessive is glued to its word.
        if !name.is_empty() && (token.span.start != end || name.ends_with(char::is_whitespace)) {
            name.push(' ');
        }
        end = token.span.end;
        // Troops are pulled out `from` where they are `in`.
        let moved = namer.is_some() && at > head && reading.is(at, &["from"]);
        name.push_str(if moved { "in" } else { state(reading, at).unwrap_or(syntax.word(at)) });
    }
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    ["the ", "The ", "a ", "an "]
        .iter()
        .find_map(|article| name.strip_prefix(article))
        .unwrap_or(&name)
        .to_owned()
}

/// The name of the state that the one word `at` stands for, so that `Moscow` and `Russia` name one issue.
fn state<'a>(reading: &Reading<'a>, at: u32) -> Option<&'a str> {
    let mention = reading.mention(at).filter(|it| it.form == MentionForm::Name)?;
    let chain = reading.chain(at).filter(|chain| chain.kind == ActorKind::State)?;
    (mention.words == reading.syntax.token(at).span).then_some(chain.name.as_str())
}
