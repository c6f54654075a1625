//! Threats that speech makes without a verb of threatening: `there will be a price to pay`, `all options are on the table`.

use readout_lexicon::rule;
use readout_record::{Factuality, PloverCode};
use readout_syntax::{Dep, Tag};

use super::act::{Act, add_all};
use super::frame::doers_of_noun;
use super::judgement::sayer;
use super::lexicon::Lexicon;
use crate::clause::premises;
use crate::clause::reading::Reading;

/// Returns the threat that speech makes by what is to befall others: `will face consequences`, `will pay a heavy price`,
/// `will not go unanswered`, said by somebody else.
///
/// Whoever foretells a harm that lies in his own hands threatens: Searle, *Speech Acts* (1969), chapter 3.
pub(super) fn of_menace(reading: &Reading<'_>, at: u32) -> Option<Act> {
    let threatened = threatened(reading, at)?;
    let open = reading.is_asked(at)
        || premises::is_open(reading, at)
        || reading.children_by(at, &[Dep::Advcl]).any(|clause| premises::is_premise(reading, clause));
    let (doers, speakers) = if open { return None } else { sayer(reading, at) };
    let (mut own, mut others) = (speakers.clone(), Vec::new());
    add_all(reading, &doers, &mut own);
    add_all(reading, &threatened, &mut others);
    if own.is_empty() || others.iter().any(|actor| own.contains(actor)) {
        return None;
    }
    Some(Act {
        cameo: Some("130"),
        doers,
        speakers,
        recipients: threatened,
        operator: Some("speech"),
        factuality: Factuality::Happened,
        rule: rule!("speech").for_word("menace"),
        certainty: 0.6,
        ..Act::new(at, PloverCode::Threaten)
    })
}

/// Returns the heads of those who are threatened by the clause of the verb `at`, which may be none; nothing if it threatens
/// nobody.
fn threatened(reading: &Reading<'_>, at: u32) -> Option<Vec<u32>> {
    let lexicon = Lexicon::shipped();
    let evil = |&word: &u32| {
        let lemma = reading.lemma(word).to_lowercase();
        // `drivers will face higher prices` threatens nobody.
        let is_price = lemma == "price";
        let is_toll = reading.is(at, &["pay"]) && reading.tag(word) == Tag::Nn;
        (lexicon.is_in("menace_word", &lemma) || lexicon.is_in("reckoning_word", &lemma))
            && (!is_price || is_toll || reading.is(at, &["have"]) && reading.tag(word) == Tag::Nn)
            && !reading.children_by(word, &[Dep::Det]).any(|det| reading.is(det, &["no", "any"]))
    };
    let will = reading
        .children_by(at, &[Dep::Aux])
        .any(|aux| reading.tag(aux) == Tag::Md && reading.is(aux, &["will", "would", "shall", "'ll", "’ll"]));
    let negated = reading.child(at, Dep::Neg).is_some();
    let own =
        |deed: u32| if reading.named(deed).is_empty() { doers_of_noun(reading, deed) } else { vec![deed] };
    // `any attack will be met with force`
    if reading.is(at, &["meet"]) && reading.is_passive(at) {
        let by_force = reading.after(at, &["with", "by"]).into_iter().any(|means| {
            let lemma = reading.lemma(means).to_lowercase();
            // `an armed response`, not `a swift response`
            let armed = || {
                reading
                    .children_by(means, &[Dep::Amod, Dep::Compound])
                    .any(|word| lexicon.is_in("armed_mod", reading.lemma(word)))
            };
            evil(&means)
                || lexicon.is_in("violence_word", &lemma)
                || lexicon.is_in("response_noun", &lemma) && armed()
        });
        let deeds = || reading.objects(at).into_iter().flat_map(own).collect();
        return (will && !negated && by_force).then(deeds);
    }
    let complement = [Dep::Dobj, Dep::Attr, Dep::Acomp, Dep::Oprd];
    match reading.children_by(at, &complement).find(evil) {
        // `there will be consequences for Chad`
        Some(what)
            if will && !negated && reading.is(at, &["be"]) && reading.child(at, Dep::Expl).is_some() =>
        {
            let mut found = reading.after(what, &["for"]);
            for clause in reading.children_by(what, &[Dep::Acl, Dep::Relcl]) {
                found.extend(reading.after(clause, &["for"]));
            }
            found.extend(reading.after(at, &["for"]));
            Some(found)
        }
        Some(_) if will && !negated && reading.is(at, &["face", "suffer", "pay", "bear"]) => {
            Some(reading.subjects(at))
        }
        // `the raid will have consequences`
        Some(_) if will && !negated && reading.is(at, &["have", "carry", "bring"]) => {
            // `Chad will have a price to pay`
            Some(reading.subjects(at).into_iter().flat_map(own).collect())
        }
        Some(_) => None,
        None => {
            let unanswered =
                will && negated && reading.is(at, &["go", "leave", "remain", "pass", "stay"]) && {
                    let left = |&word: &u32| reading.is(word, &["unanswered", "unpunished"]);
                    reading
                        .children_by(at, &[Dep::Acomp, Dep::Oprd, Dep::Advmod, Dep::Attr])
                        .any(|it| left(&it))
                        || reading.after(at, &["without"]).iter().any(|word| {
                            evil(word) || reading.is(*word, &["response", "answer", "reply", "reaction"])
                        })
                };
            if unanswered {
                let deeds = reading.objects(at).into_iter().chain(reading.subjects(at));
                return Some(deeds.flat_map(|deed| doers_of_noun(reading, deed)).collect());
            }
            // `all options are on the table`
            let options = !negated
                && reading.is(at, &["be", "remain"])
                && reading
                    .after(at, &["on"])
                    .iter()
                    .any(|&place| lexicon.is_in("table_word", reading.lemma(place)))
                && reading.subjects(at).iter().any(|&subject| {
                    lexicon.is_in("option_word", reading.lemma(subject))
                        && reading
                            .children_by(subject, &[Dep::Det])
                            .any(|det| reading.is(det, &["all", "every"]))
                });
            options.then(|| reading.after(at, &["against", "for"]))
        }
    }
}
