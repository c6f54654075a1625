//! Mentions of instruments: what one noun phrase says of the deal, truce or plan that it names.

use std::collections::BTreeSet;

use readout_annotate::MentionForm;
use readout_record::{ActorId, ActorKind, ids};
use readout_syntax::{Dep, EntityLabel, Pos, Tag};

use super::known::Known;
use super::lexicon::{InstrumentRule, Lexicon, Modifier, Sort};
use super::mentioned::{Form, Mention, Stage};
use super::named;
use super::phrase::{
    is_diplomatic, is_headline, is_person, is_written_as_name, joined, noun, parties_in, topic, wants_of,
};
use crate::clause::place::act_place;
use crate::clause::reading::Reading;
use crate::once::add_once;
use crate::records::commitments::actors;
use crate::words::agreements;

/// Tokens of a name at most.
const LENGTH: usize = 14;

/// Reads the mention whose head is `at`.
pub(super) fn read(reading: &Reading<'_>, at: u32) -> Option<Mention> {
    read_with(reading, at, called)
}

/// Reads the instrument at `at` as [`read`] does, without the names beside it.
fn read_alone(reading: &Reading<'_>, at: u32) -> Option<Mention> {
    read_with(reading, at, |_, _| None)
}

/// Reads the instrument at `at`; `beside_it` finds the public one whose name stands beside it.
fn read_with(
    reading: &Reading<'_>,
    at: u32,
    beside_it: fn(&Reading<'_>, u32) -> Option<&'static Known>,
) -> Option<Mention> {
    let (lemma, first) = noun(reading, at)?;
    let lexicon = Lexicon::shipped();
    let rule = lexicon.instrument(&lemma)?;
    if is_part_of_another(reading, at, &lemma) || is_policy(reading, at, &lemma) {
        return None;
    }
    let mut found = Mention { noun: lemma, ..Mention::of(at, rule.sort) };
    let mut kept: Vec<u32> = (first..at + 1).collect();
    let mut beside: BTreeSet<String> = BTreeSet::new();
    let mut before = Before { beside: &mut beside, kept: &mut kept, other: false };
    let mut article = Article::default();
    read_before(reading, first, &mut found, &mut before, &mut article)?;
    let other = before.other;
    kept.sort_unstable();
    kept.dedup();
    let written = is_written_as_name(reading, at, first, &kept);
    read_name_behind(reading, rule, written, &mut found, &mut kept, &mut beside);
    found.worded.clone_from(&found.parties);
    let after = reading.after(at, &["between", "among", "with"]);
    add_once(&mut found.parties, super::sides::of_heads(reading, &after));
    add_once(&mut found.parties, super::sides::involved(reading, at));
    found.topic = topic(reading, at);
    if found.sort == Sort::Plan {
        found.owners = owners_of_plan(reading, at, std::mem::take(&mut found.owners));
        if !found.owners.is_empty() && found.topic.is_some() {
            beside.insert("owner".to_owned());
        }
    }
    found.parties.retain(|actor| !actor.starts_with("outlet:"));
    let own_name = !found.names.is_empty();
    found.plural = matches!(reading.tag(at), Tag::Nns | Tag::Nnps);
    found.form = if article.negative {
        Form::Negative
    } else if article.definite || own_name && !article.determined {
        Form::Definite
    } else {
        Form::Indefinite
    };
    found.known = named::named(reading, &found).filter(|_| !other).or_else(|| beside_it(reading, at));
    let fits = |want: &&str| {
        beside.contains(*want)
            || want.strip_prefix('-').is_some_and(|end| beside.iter().any(|word| word.ends_with(end)))
    };
    if let Some(known) = found.known {
        found.names.insert(known.name.to_lowercase());
        found.unmake_unless(known.is_made(reading));
    } else if !rule.wants.is_empty() && !rule.wants.iter().any(fits) {
        return None;
    }
    found.place = (found.sort == Sort::Pause).then(|| act_place(reading, at)).flatten();
    // `U.N. resolutions` are none in particular.
    let none = found.plural && found.sort == Sort::Paper
        || other && !own_name
        || found.plural && !own_name && !article.definite;
    if none && found.known.is_none() {
        return None;
    }
    // `in agreement`, `of its own accord`
    if !article.determined && found.noun == "accord" && reading.is(at - at.min(1), &["own"]) {
        return None;
    }
    kept.truncate(LENGTH);
    found.words = joined(reading, &kept);
    Some(found)
}

/// Returns the public instrument whose name stands beside the noun `at`: `a deal called the Agreed Framework`, `the treaty, the NPT`.
fn called(reading: &Reading<'_>, at: u32) -> Option<&'static Known> {
    let names = |word: u32| reading.is(word, &["call", "know", "dub", "name", "nickname", "term", "title"]);
    let mut heads: Vec<u32> = reading.children_by(at, &[Dep::Appos]).collect();
    for verb in reading.children_by(at, &[Dep::Acl]).filter(|&verb| names(verb)) {
        heads.extend(reading.children_by(verb, &[Dep::Oprd, Dep::Dobj, Dep::Attr]));
        heads.extend(reading.after(verb, &["as"]));
    }
    heads.into_iter().filter(|&head| head > at).find_map(|head| {
        // What stands beside the name in turn is not looked at: names within names have no end.
        let mention = named::bare(reading, head).or_else(|| read_alone(reading, head));
        mention.and_then(|mention| mention.known)
    })
}

/// Whether the noun `at`, `lemma`, is what one side means to do: `his plan to stay`, `a Green New Deal`.
fn is_policy(reading: &Reading<'_>, at: u32, lemma: &str) -> bool {
    match lemma {
        "deal" => {
            reading.word(at).starts_with(char::is_uppercase)
                && reading
                    .children_by(at, &[Dep::Amod, Dep::Compound])
                    .any(|word| reading.word(word) == "New")
        }
        // `the party’s national convention`, `a framework of the institute of standards`
        "convention" | "framework" => reading
            .children_by(at, &[Dep::Amod, Dep::Compound, Dep::Nmod, Dep::Poss])
            .any(|word| reading.is(word, &agreements::OF_MEMBERS)),
        "plan" => {
            reading.child(at, Dep::Poss).is_some()
                && reading.children_by(at, &[Dep::Acl]).any(|act| reading.is_infinitive(act))
        }
        _ => false,
    }
}

/// Whether the noun `at`, `lemma`, is only a part of another phrase: `this kind of deal`, `a cessation of hostilities
/// agreement`.
fn is_part_of_another(reading: &Reading<'_>, at: u32, lemma: &str) -> bool {
    let above = reading.head(at);
    match reading.dep(at) {
        // `truce talks` names a truce, `truce deal` one deal.
        Dep::Compound => !above.is_some_and(|above| reading.is(above, &["talk", "negotiation"])),
        Dep::Pobj => {
            let of = above.filter(|&prep| reading.is(prep, &["of"]));
            of.and_then(|prep| reading.head(prep)).is_some_and(|noun_above| {
                reading.is(noun_above, &["kind", "sort", "type", "form", "lot", "art"])
                    || lemma == "cessation" && noun(reading, noun_above).is_some()
            })
        }
        _ => false,
    }
}

/// The articles and possessives before an instrument, by what they say of it.
#[derive(Default)]
struct Article {
    determined: bool,
    definite: bool,
    negative: bool,
}

/// Reads the words before the instrument, whose noun begins at token `first`; `None` if they make the phrase speak of
/// something else.
fn read_before(
    reading: &Reading<'_>,
    first: u32,
    found: &mut Mention,
    before: &mut Before<'_>,
    article: &mut Article,
) -> Option<()> {
    let at = found.at;
    for child in reading.children(at).iter().copied().filter(|&child| child < first) {
        match reading.dep(child) {
            Dep::Det | Dep::Predet => {
                article.determined = true;
                article.definite |= reading.is(child, &["the", "this", "that", "these", "those"]);
                article.negative |= reading.is(child, &["no"]) && reading.dep(at) != Dep::Conj;
                before.other |= reading.is(child, &agreements::ANY);
            }
            // `an armistice, not a treaty`
            Dep::Neg => return None,
            Dep::Poss => {
                (article.determined, article.definite) = (true, true);
                found.owners = actors(reading, &reading.list(child));
            }
            Dep::Amod | Dep::Compound | Dep::Nmod | Dep::Nummod | Dep::Npadvmod | Dep::Advmod => {
                for token in reading.token(child).left_edge..child + 1 {
                    word_before(reading, token, found, before)?;
                }
            }
            _ => {}
        }
    }
    // `a better truce deal`: the parser may hang a word on the first noun.
    let start = reading.children(at).iter().map(|&child| reading.token(child).left_edge).min().unwrap_or(at);
    let start = start.min(first).max(at.saturating_sub(LENGTH as u32));
    for token in start..first {
        let word = reading.word(token).to_lowercase();
        before.other |= Lexicon::shipped().is(&word, Modifier::Other) && reading.is_within(token, at);
    }
    Some(())
}

/// Reads the part of the name that stands behind the noun: `of understanding`, `on Cluster Munitions`, `2231`. `written` says whether
/// the noun is written as a name.
fn read_name_behind(
    reading: &Reading<'_>,
    rule: &InstrumentRule,
    written: bool,
    found: &mut Mention,
    kept: &mut Vec<u32>,
    beside: &mut BTreeSet<String>,
) {
    let at = found.at;
    let mut end = at;
    for prep in reading.children_by(at, &[Dep::Prep]).filter(|&prep| prep == at + 1) {
        let Some(object) = reading.child(prep, Dep::Pobj) else { continue };
        let named = written && reading.tag(object).is_proper() && reading.is(prep, &["of", "on"]);
        if named || reading.is(prep, &["of"]) && rule.wants.iter().any(|want| wants_of(reading, want, object))
        {
            end = object;
            kept.extend(at + 1..object + 1);
            if named {
                found.names.insert(ids::slug(reading.word(object)));
            }
            beside.insert(format!("of:{}", reading.lemma(object).to_lowercase()));
        }
    }
    // `Resolution 2231`
    let number = at + 1;
    if end == at
        && reading.pos(number) == Pos::Num
        && reading.head(number) == Some(at)
        && reading.tag(at).is_proper()
    {
        kept.push(number);
        found.names.insert(reading.word(number).to_owned());
        beside.insert("name".to_owned());
    }
    if written {
        beside.insert("name".to_owned());
    }
}

/// Returns the diplomatic actors who have put forward the plan `at`, among them `owners`: `the Russian plan` is Russia's, `the
/// Syria plan` is on Syria.
fn owners_of_plan(reading: &Reading<'_>, at: u32, mut owners: Vec<ActorId>) -> Vec<ActorId> {
    owners.extend(actors(reading, &reading.after(at, &["from", "by"])));
    for adjective in reading.children_by(at, &[Dep::Amod]).filter(|&child| child < at) {
        let people = reading.mention(adjective).is_some_and(|mention| mention.form == MentionForm::Adjective);
        owners.extend(parties_in(reading, adjective).into_iter().filter(|_| people));
    }
    owners.retain(|actor| is_diplomatic(reading, actor) && reading.tag(at) != Tag::Nns);
    owners
}

/// Reads a place whose name alone stands for what was agreed there: `if Minsk is not implemented`.
pub(super) fn bare_name(reading: &Reading<'_>, at: u32) -> Option<Mention> {
    let person = reading.chain(at).is_some_and(|chain| chain.kind == ActorKind::Person)
        || reading.entity_at(at).is_some_and(|entity| entity.label == EntityLabel::Person);
    let place = reading.entity_at(at).is_some_and(|entity| entity.label == EntityLabel::Gpe)
        || reading.chain(at).is_some_and(|chain| chain.place);
    if !reading.tag(at).is_proper() || person || !place {
        return None;
    }
    let above = reading.head(at)?;
    let implemented = match reading.dep(at) {
        Dep::Dobj | Dep::Nsubjpass => reading.is(above, &["implement"]),
        Dep::Pobj => {
            reading.is(above, &["of"])
                && reading.head(above).is_some_and(|noun| reading.is(noun, &["implementation"]))
        }
        Dep::Poss => reading.is(above, &["implementation"]),
        _ => false,
    };
    let word = reading.word(at);
    implemented.then(|| Mention {
        names: BTreeSet::from([ids::slug(word)]),
        words: word.to_owned(),
        noun: String::new(),
        form: Form::Definite,
        ..Mention::of(at, Sort::Pact)
    })
}

/// What is gathered of the words before an instrument.
struct Before<'b> {
    /// The words, in lower case, that an instrument may want beside it.
    beside: &'b mut BTreeSet<String>,
    /// The tokens of the name.
    kept: &'b mut Vec<u32>,
    /// Whether the phrase speaks of another instrument, or of none in particular.
    other: bool,
}

/// Reads the word `at` before the instrument; `None` if it makes the phrase speak of something else.
fn word_before(reading: &Reading<'_>, at: u32, found: &mut Mention, before: &mut Before<'_>) -> Option<()> {
    let lexicon = Lexicon::shipped();
    let word = reading.word(at).to_lowercase();
    let lemma = reading.lemma(at).to_lowercase();
    let is = |modifier: Modifier| lexicon.is(&word, modifier) || lexicon.is(&lemma, modifier);
    // `a no-deal`, `a Norway-style deal`
    if is(Modifier::NoInstrument) || matches!(word.as_str(), "no" | "style" | "type" | "like") {
        return None;
    }
    if matches!(reading.pos(at), Pos::Punct | Pos::Space | Pos::Part | Pos::Det) && word != "-" {
        return Some(());
    }
    before.beside.insert(word.clone());
    before.beside.insert(lemma.clone());
    if is(Modifier::Other) {
        before.other = true;
        return Some(());
    }
    found.earlier |= is(Modifier::Earlier);
    found.open |= is(Modifier::Open);
    found.principle |= is(Modifier::Principle);
    if is(Modifier::Interim) || is(Modifier::Final) {
        found.stage = Some(if is(Modifier::Interim) { Stage::Interim } else { Stage::Final });
        before.kept.push(at);
        return Some(());
    }
    let year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    if year {
        found.years.insert(word);
        return Some(());
    }
    // `April 27, 2018`: when it was made is no part of its name.
    let is_date = reading.entity_at(at).is_some_and(|entity| {
        use EntityLabel::{Cardinal, Date, Ordinal, Time};
        matches!(entity.label, Date | Time | Ordinal | Cardinal)
    });
    let counted = found.sort == Sort::Plan && reading.word(at + 1) == "-";
    if is_date && !counted {
        return Some(());
    }
    if let Some(rule) = lexicon.instrument(&lemma) {
        // `a truce deal` is a truce.
        if rule.sort == Sort::Pause || rule.sort == Sort::Treaty {
            found.sort = rule.sort;
            before.kept.push(at);
        }
        return Some(());
    }
    if lemma == "fire" && at >= 2 && reading.is(at - 2, &["cease"]) {
        found.sort = Sort::Pause;
        before.kept.extend([at - 2, at - 1, at]);
        return Some(());
    }
    let parties = parties_in(reading, at);
    if !parties.is_empty() {
        add_once(&mut found.parties, parties);
        before.kept.push(at);
        return Some(());
    }
    if word == "-" || word == "–" {
        // `U.S.-Taliban`, `four-part`
        if at > 0 && before.kept.contains(&(at - 1)) {
            before.kept.push(at);
        }
        return Some(());
    }
    if is(Modifier::Soft) {
        before.kept.push(at);
        return Some(());
    }
    if is(Modifier::Praise) {
        return Some(());
    }
    if at >= 2 && reading.word(at - 1) == "-" {
        hyphened(reading, at, found.sort, before);
        return Some(());
    }
    if reading.tag(at).is_proper() {
        if !is_person(reading, at) {
            // In a headline every word has a capital.
            let words = if is_headline(reading, at) { &mut found.matter } else { &mut found.names };
            words.insert(ids::slug(&word));
            before.kept.push(at);
        }
        return Some(());
    }
    let counted = found.sort == Sort::Plan && (counted || reading.word(at - at.min(1)) == "-");
    describe(reading, at, counted, found, before);
    Some(())
}

/// Takes in the second part of a compound: `power-sharing`, `anti-missile`, but not `12-nation`, `so-called`.
fn hyphened(reading: &Reading<'_>, at: u32, sort: Sort, before: &mut Before<'_>) {
    let prefix = ["anti", "non", "counter"].contains(&reading.word(at - 2).to_lowercase().as_str());
    if prefix {
        before.kept.extend([at - 2, at - 1]);
    }
    let known = before.kept.contains(&(at - 1));
    if prefix || known && (sort == Sort::Plan || reading.pos(at - 2) != Pos::Num) {
        before.kept.push(at);
    } else {
        before.kept.retain(|&token| token != at - 1);
    }
}

/// Takes in the noun or adjective `at` that tells what the instrument is about; `counted` if it counts the points of a plan.
fn describe(reading: &Reading<'_>, at: u32, counted: bool, found: &mut Mention, before: &mut Before<'_>) {
    let word = reading.word(at).to_lowercase();
    let lemma = reading.lemma(at).to_lowercase();
    let listed = |word: &str| Lexicon::shipped().is(word, Modifier::Matter);
    let matter = listed(&word)
        || listed(&lemma)
        || matches!(reading.tag(at), Tag::Nn | Tag::Nns)
            && !matches!(word.as_str(), "kind" | "sort" | "type");
    if matter || counted {
        if matter && !counted {
            found.matter.insert(lemma);
        }
        before.kept.push(at);
    } else if word.contains('-') && matches!(found.sort, Sort::Plan) {
        before.kept.push(at);
    } else if reading.word(at).starts_with(char::is_uppercase) && at != reading.sentence_of(at).start {
        // `the Korean armistice`
        found.matter.insert(word);
        before.kept.push(at);
    }
}
