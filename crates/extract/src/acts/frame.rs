//! The places of a predicate (object, subject, after a preposition), the tokens that fill them, and the conditions of
//! rules on them.

use readout_annotate::MentionForm;
use readout_record::{ActorKind, Sector};
use readout_syntax::{Dep, EntityLabel, Pos, Tag};

use super::keys::noun_keys;
use super::lexicon::{Condition, Lexicon, Place, Rule};
use crate::acts::sides;
use crate::clause::reading::Reading;
use crate::clause::time::minutes;
use crate::words::{counts, meetings, violence};

/// Returns the head tokens at one of `places` of the predicate `at` or of the verb `verb` above it, and whether that
/// place is mutual. The first place that names somebody counts, or else the first that is filled.
pub(crate) fn recipients(
    reading: &Reading<'_>,
    at: u32,
    verb: u32,
    places: &[Place],
    doers: &[u32],
) -> (Vec<u32>, bool) {
    let mut filled: Option<(Vec<u32>, bool)> = None;
    for place in places {
        let mut heads = at_place(reading, at, place.name);
        if place.name == "x.subj" {
            // `alleged that the villagers were killed by Chad`
            let clause = reading.children_by(at, &[Dep::Ccomp, Dep::Xcomp]).next();
            if let Some(clause) = clause.filter(|&clause| reading.is_passive(clause)) {
                heads = reading.agents(clause);
            }
        }
        if place.name == "obj.by" {
            // Who did what is condemned, not to whom: `condemned the raids by Chad on Sudan`.
            heads =
                reading.objects(at).into_iter().flat_map(|object| doers_of_noun(reading, object)).collect();
        }
        if heads.is_empty() && verb != at {
            heads = at_place(reading, verb, place.name);
        }
        heads.retain(|head| !doers.contains(head));
        if heads.is_empty() {
            continue;
        }
        if heads.iter().any(|&head| !sides::patients(reading, reading.substance(head)).is_empty()) {
            return (heads, place.mutual);
        }
        filled = filled.or(Some((heads, place.mutual)));
    }
    filled.unwrap_or_default()
}

/// Returns the row of the lexicon that fits the noun `at`, with the word by which it stands there.
pub(super) fn rule_of_noun(reading: &Reading<'_>, at: u32) -> Option<(String, &'static Rule)> {
    noun_keys(reading, at).into_iter().find_map(|key| {
        let mut rules = Lexicon::shipped().noun(&key).iter();
        let rule =
            rules.find(|rule| rule.conditions.iter().all(|condition| holds(reading, at, condition)))?;
        Some((key, rule))
    })
}

/// Returns the head tokens of the actors in what the noun `at` names: `by Chad`, `Chad's`, `Chadian`.
pub(super) fn doers_of_noun(reading: &Reading<'_>, at: u32) -> Vec<u32> {
    if !reading.named(at).is_empty() {
        return Vec::new();
    }
    let mut found = at_place(reading, at, "by");
    if found.is_empty() {
        found = at_place(reading, at, "poss");
    }
    found
}

/// Returns the head tokens at the place called `name` of the predicate `at`. `subj.between` is the place `between` of
/// its subject.
pub(crate) fn at_place(reading: &Reading<'_>, at: u32, name: &str) -> Vec<u32> {
    match name {
        "obj" => reading.objects(at),
        "subj" => reading.subjects(at),
        "x.subj" => reading
            .children_by(at, &[Dep::Ccomp, Dep::Xcomp])
            .next()
            .map(|child| reading.subjects(child))
            .unwrap_or_default(),
        // `wants Chad to leave`, not `wants to leave`
        "x.own" => {
            let mut found = Vec::new();
            for child in reading.children_by(at, &[Dep::Ccomp, Dep::Xcomp]) {
                for subject in reading.children_by(child, &[Dep::Nsubj, Dep::Nsubjpass]) {
                    reading.add_list(subject, &mut found);
                }
            }
            found
        }
        // `called him to discuss it`: the parser takes it for a purpose at times.
        "x.verb" => reading
            .children_by(at, &[Dep::Ccomp, Dep::Xcomp, Dep::Advcl])
            .filter(|&child| reading.dep(child) != Dep::Advcl || reading.is_infinitive(child))
            .collect(),
        "oprd" => {
            let mut found: Vec<u32> = reading.children_by(at, &[Dep::Oprd]).collect();
            // `called the claim false`: hung on the noun by the parser.
            for object in reading.children_by(at, &[Dep::Dobj]) {
                found.extend(reading.children_by(object, &[Dep::Amod]).filter(|&word| word > object));
            }
            found
        }
        // `responded forcefully`
        "adv" => reading.children_by(at, &[Dep::Advmod]).collect(),
        // `crashed, killing nine`: the verb of whose clause it is a part
        "above" => reading
            .head(at)
            .filter(|&verb| {
                matches!(reading.dep(at), Dep::Advcl | Dep::Xcomp | Dep::Conj) && reading.is_verb(verb)
            })
            .into_iter()
            .collect(),
        // `the right to respond`
        "acl" => reading.children_by(at, &[Dep::Acl]).collect(),
        // `is an opponent of the plan`
        "attr" => reading.children_by(at, &[Dep::Attr]).collect(),
        // `is critical of the plan`
        "acomp" => reading.children_by(at, &[Dep::Acomp]).collect(),
        "dative" => {
            let mut found = Vec::new();
            for child in reading.children_by(at, &[Dep::Dative]) {
                if reading.syntax.token(child).pos == Pos::Adp {
                    for object in reading.children_by(child, &[Dep::Pobj]) {
                        reading.add_list(object, &mut found);
                    }
                } else {
                    reading.add_list(child, &mut found);
                }
            }
            found
        }
        "poss" => owners(reading, at),
        "adj" => {
            let mut found = Vec::new();
            let named = |child: &u32| !reading.named(*child).is_empty();
            for child in reading.children_by(at, &[Dep::Amod, Dep::Compound, Dep::Nmod]).filter(named) {
                reading.add_list(child, &mut found);
            }
            if found.is_empty() {
                // `the Norwegian missile strike`, `a Norwegian army offensive`: hung on the means or force by the parser.
                let lexicon = Lexicon::shipped();
                for means in reading.children_by(at, &[Dep::Compound]).filter(|&child| {
                    ["weapon_mod", "military_word", "state", "charging_word"]
                        .iter()
                        .any(|class| lexicon.is_in(class, reading.lemma(child)))
                }) {
                    found.extend(
                        reading.children_by(means, &[Dep::Amod, Dep::Compound, Dep::Nmod]).filter(named),
                    );
                }
            }
            found
        }
        // `with the help of Chad` names no opponent.
        "with" => {
            let mut found = reading.after(at, &["with"]);
            found.retain(|&head| !reading.is(head, &violence::NO_OPPONENT));
            found.into_iter().map(|head| antecedent_behind(reading, head)).collect()
        }
        "mod" => reading.children_by(at, &[Dep::Amod, Dep::Compound, Dep::Nmod, Dep::Nummod]).collect(),
        name => match name.rsplit_once('.') {
            Some((outer, inner)) => at_place(reading, at, outer)
                .into_iter()
                .flat_map(|head| at_place(reading, reading.substance(head), inner))
                .collect(),
            None => {
                let mut found = reading.after(at, &[name]);
                // `called for Chad to leave`
                if name == "for" && found.is_empty() {
                    found = subjects_of_for_clause(reading, at);
                }
                if found.is_empty() && !reading.is_verb(at) {
                    found = beside_other_side(reading, at, name);
                }
                found
            }
        },
    }
}

/// Returns whose the noun `at` is. Days own nothing: `Thursday's talks`.
fn owners(reading: &Reading<'_>, at: u32) -> Vec<u32> {
    let is_day = |owner: u32| {
        let label = reading.syntax.entity_at(owner).map(|entity| entity.label);
        matches!(label, Some(EntityLabel::Date | EntityLabel::Time))
    };
    let mut found = Vec::new();
    for owner in reading.children_by(at, &[Dep::Poss]).filter(|&owner| !is_day(owner)) {
        reading.add_list(owner, &mut found);
    }
    found
}

/// Returns the noun for which the relative pronoun `head` behind a preposition stands: `the leaders with whom he met`. Any other
/// `head` is returned unchanged.
fn antecedent_behind(reading: &Reading<'_>, head: u32) -> u32 {
    let prep = reading.head(head).filter(|_| reading.is_relative(head) && reading.dep(head) == Dep::Pobj);
    prep.and_then(|prep| reading.antecedent(reading.head(prep)?)).unwrap_or(head)
}

/// Returns what stands behind `name` where the parser hangs it on the other side of the noun `at`: `the detention by Chad
/// of ten sailors`, `the arrest of a banker by police`.
fn beside_other_side(reading: &Reading<'_>, at: u32, name: &str) -> Vec<u32> {
    match name {
        "of" => {
            let mut doers = reading.after(at, &["by"]);
            doers.retain(|&head| reading.tag(head) == Tag::Nnp);
            doers.into_iter().flat_map(|head| reading.after(head, &["of"])).collect()
        }
        "by" => reading
            .after(at, &["of", "on", "against", "from", "in", "to"])
            .into_iter()
            .flat_map(|head| reading.after(head, &["by"]))
            .collect(),
        _ => Vec::new(),
    }
}

/// Returns the subjects of the infinitive that `for` joins to the verb `at`: `called for Chad to leave`.
fn subjects_of_for_clause(reading: &Reading<'_>, at: u32) -> Vec<u32> {
    let mut found = Vec::new();
    for clause in reading.children_by(at, &[Dep::Ccomp, Dep::Xcomp, Dep::Advcl]) {
        let led = reading.children_by(clause, &[Dep::Mark]).any(|mark| reading.is(mark, &["for"]));
        if led && reading.is_infinitive(clause) {
            for subject in reading.children_by(clause, &[Dep::Nsubj, Dep::Nsubjpass]) {
                reading.add_list(subject, &mut found);
            }
        }
    }
    found
}

/// Whether `condition` holds of the predicate `at`.
pub(crate) fn holds(reading: &Reading<'_>, at: u32, condition: &Condition) -> bool {
    let found = match (condition.place, condition.what) {
        ("neg", _) => reading.child(at, Dep::Neg).is_some(),
        // `will retaliate`, of what is still to come
        ("will", _) => reading
            .children_by(at, &[Dep::Aux])
            .any(|aux| reading.is(aux, &["will", "would", "shall", "'ll", "’ll", "'d", "’d"])),
        ("lasting", _) => {
            let span = reading.clause(at);
            let beside = |head: &u32| reading.is(*head, &meetings::LASTING);
            minutes(reading, span).is_some()
                || reading.after(at, &["on", "by", "over", "at"]).iter().any(beside)
        }
        ("passive", what) => reading.is_passive(at) == (what != "no"),
        ("x", "question") => reading.children_by(at, &[Dep::Ccomp, Dep::Advcl]).any(|child| {
            reading.children_by(child, &[Dep::Mark]).any(|mark| reading.is(mark, &["if", "whether"]))
        }),
        // `vowed not to attack`
        ("x", "negated") => reading
            .children_by(at, &[Dep::Ccomp, Dep::Xcomp])
            .any(|clause| reading.child(clause, Dep::Neg).is_some()),
        // A finite clause in the indicative says how things are: `suggested that they were late`.
        ("x", "indicative") => {
            reading.children_by(at, &[Dep::Ccomp]).any(|clause| is_indicative(reading, clause))
        }
        // `insisted that talks would go on`
        ("x", "prediction") => reading.children_by(at, &[Dep::Ccomp]).any(|clause| {
            reading.children_by(clause, &[Dep::Aux]).any(|aux| reading.is(aux, &["will", "would"]))
        }),
        ("x", what) => {
            let clause = reading.children_by(at, &[Dep::Xcomp, Dep::Ccomp]).any(|child| {
                what != "inf" || reading.dep(child) == Dep::Xcomp || !reading.is_finite_clause(child)
            });
            clause == (what != "no")
        }
        (place, "no") => at_place(reading, at, place).is_empty(),
        (place, "@abroad") => {
            // Of those whose home is not known no place is abroad.
            let own = home_states(reading, at);
            !own.is_empty()
                && at_place(reading, at, place)
                    .into_iter()
                    .filter_map(|head| state_at(reading, head))
                    .any(|state| !own.contains(&state))
        }
        (place, what) => {
            let heads = if place == "subj" { reading.doers(at) } else { at_place(reading, at, place) };
            match what {
                "plural" => heads.len() > 1 || heads.iter().any(|&head| is_several(reading, head)),
                "@actor" if place == "subj" => heads.iter().any(|&head| {
                    let lexicon = Lexicon::shipped();
                    is_what(reading, head, what)
                        // Of whom `it` is said must be known.
                        || reading.tag(head) == Tag::Prp && !reading.is(head, &["it"])
                        || ["human", "person"].iter().any(|class| lexicon.is_in(class, reading.lemma(head)))
                }),
                _ => heads.iter().any(|&head| is_what(reading, reading.substance(head), what)),
            }
        }
    };
    found != condition.not
}

/// Returns the states of those who act in the verb or noun `at`, as ISO 3166-1 alpha-3.
fn home_states(reading: &Reading<'_>, at: u32) -> Vec<String> {
    let doers = if reading.is_verb(at) {
        reading.doers(at)
    } else {
        ["poss", "of"].into_iter().flat_map(|place| at_place(reading, at, place)).collect()
    };
    doers.into_iter().filter_map(|head| reading.chain(head)?.state.clone()).collect()
}

/// Returns the state that `head` names or in which the place that it names lies, as ISO 3166-1 alpha-3.
fn state_at(reading: &Reading<'_>, head: u32) -> Option<String> {
    let chain = reading.chain(head).filter(|chain| chain.place || chain.kind == ActorKind::State)?;
    chain.state.clone()
}

/// Whether `head` is a person who holds an office of a state or of a body of states.
fn is_official(reading: &Reading<'_>, head: u32) -> bool {
    reading.chain(head).is_some_and(|chain| {
        chain.kind == ActorKind::Person
            && matches!(chain.sector, Some(Sector::Government | Sector::BodyOfStates))
            && (chain.state.is_some() || chain.sector == Some(Sector::BodyOfStates))
    })
}

/// Whether the clause of `at` has a tense and no `should` or `will`: it tells what is, not what to do.
fn is_indicative(reading: &Reading<'_>, at: u32) -> bool {
    let finite = |tag: Tag| matches!(tag, Tag::Vbd | Tag::Vbz | Tag::Vbp);
    let aux = |at: u32| reading.children_by(at, &[Dep::Aux, Dep::Auxpass]);
    let modal =
        aux(at).any(|aux| reading.tag(aux) == Tag::Md && !reading.is(aux, &["may", "might", "could", "can"]));
    let tense = finite(reading.tag(at))
        || aux(at).any(|aux| finite(reading.tag(aux)) || reading.is(aux, &["may", "might", "could", "can"]));
    // The bare subjunctive looks like a present: `that they leave`.
    let third = reading.children_by(at, &[Dep::Nsubj, Dep::Nsubjpass]).any(|subject| {
        matches!(reading.tag(subject), Tag::Nns | Tag::Nnps)
            || reading.is(subject, &["they", "we", "you", "i"])
    });
    let bare =
        reading.tag(at) == Tag::Vbp && third && aux(at).next().is_none() && !reading.is(at, &["be", "have"]);
    tense && !modal && !bare
}

/// Whether the phrase of `head` names more than one.
fn is_several(reading: &Reading<'_>, head: u32) -> bool {
    matches!(reading.tag(head), Tag::Nns | Tag::Nnps | Tag::Cd)
        || reading.named(head).len() > 1
        || ["they", "both", "we", "two", "pair", "who"]
            .iter()
            .any(|word| word.eq_ignore_ascii_case(reading.syntax.word(head)))
}

/// Whether the phrase of `head` is of the sort `what`.
fn is_what(reading: &Reading<'_>, head: u32, what: &str) -> bool {
    match what {
        "any" => true,
        // `called him “a disgrace”`
        "quoted" => {
            let first = reading.syntax.token(head).left_edge;
            let is_mark = |at: u32| matches!(reading.syntax.word(at), "“" | "\"" | "‘" | "``" | "'");
            is_mark(first) || first > 0 && is_mark(first - 1)
        }
        "@actor" => {
            !reading.named(head).is_empty()
                || matches!(
                    reading.syntax.entity_at(head).map(|entity| entity.label),
                    Some(EntityLabel::Gpe | EntityLabel::Person | EntityLabel::Org | EntityLabel::Norp)
                )
        }
        "@name" => reading.chain(head).is_some_and(|chain| chain.kind == ActorKind::Person),
        "@state" => reading.chain(head).is_some_and(|chain| chain.kind == ActorKind::State && !chain.place),
        "@official" => is_official(reading, head),
        "@militia" => reading.chain(head).is_some_and(|chain| chain.kind == ActorKind::ArmedGroup),
        "@body" => reading.chain(head).is_some_and(|chain| {
            chain.kind == ActorKind::Organisation && chain.sector != Some(Sector::Military)
        }),
        "@party" => reading.chain(head).is_some_and(|chain| {
            chain.kind == ActorKind::Organisation && chain.sector == Some(Sector::Party)
        }),
        "@outlet" => reading.chain(head).is_some_and(|chain| chain.kind == ActorKind::Outlet),
        "@person" => {
            reading.is_person(head)
                || reading.is(head, &["he", "him", "his", "she", "her"])
                || reading.syntax.entity_at(head).is_some_and(|entity| entity.label == EntityLabel::Person)
        }
        "@place" => {
            reading.chain(head).is_some_and(|chain| chain.place || chain.kind == ActorKind::State)
                || matches!(
                    reading.syntax.entity_at(head).map(|entity| entity.label),
                    Some(EntityLabel::Gpe | EntityLabel::Location | EntityLabel::Facility)
                )
        }
        class => {
            let lexicon = Lexicon::shipped();
            lexicon.is_in(class, reading.lemma(head))
                || hyphened(reading, head).is_some_and(|word| lexicon.is_in(class, &word))
                || (class == "person" && (reading.is_person(head) || is_crowd(reading, head)))
                || (class == "human"
                    && (!reading.named(head).is_empty()
                        || lexicon.is_in("person", reading.lemma(head))
                        || lexicon.is_in("troops", reading.lemma(head))
                        || reading.tag(head) == Tag::Nnps))
        }
    }
}

/// Returns the word whose last part behind a hyphen is `head`, in one: `ceasefire` for `cease-fire`.
fn hyphened(reading: &Reading<'_>, head: u32) -> Option<String> {
    (head >= 2 && reading.tag(head - 1) == Tag::Hyph)
        .then(|| format!("{}{}", reading.lemma(head - 2), reading.lemma(head)).to_lowercase())
}

/// A number of people: `killing 224`, `dozens`.
fn is_crowd(reading: &Reading<'_>, head: u32) -> bool {
    reading.tag(head) == Tag::Cd
        || reading.is(head, &counts::CROWD)
        || reading.mention(head).is_some_and(|mention| {
            matches!(mention.form, MentionForm::Pronoun)
                && !reading.named(head).is_empty()
                && !reading.is(head, &["it", "its"])
        })
}
