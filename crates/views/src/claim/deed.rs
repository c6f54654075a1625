//! A deed of a sentence: who does it, to whom, and with what else.

use readout_syntax::{Dep, Pos, Syntax, Tag};

use super::words::{CARRYING_OUT, CAUSING, MUTUAL};
use crate::judged::{LIGHT, SAYING};

/// A deed of a sentence, by its tree. Words are token numbers.
#[derive(Debug, Default)]
pub(super) struct Deed {
    /// The verb that names it, or the noun of a verb that leaves that to it.
    pub(super) at: u32,
    /// The verb that leaves it to its noun.
    pub(super) carrier: Option<u32>,
    pub(super) doers: Vec<u32>,
    /// Those to whom it is done.
    pub(super) objects: Vec<u32>,
    /// What stands behind its prepositions.
    pub(super) others: Vec<u32>,
    /// The verb of what is agreed, asked or refused.
    pub(super) complement: Option<u32>,
}

impl Deed {
    /// Returns the deed that the verb or noun `at` names.
    pub(super) fn of(syntax: &Syntax, at: u32) -> Self {
        if syntax.pos(at) == Pos::Verb || syntax.pos(at) == Pos::Aux {
            Self::of_verb(syntax, at)
        } else {
            Self::of_noun(syntax, at)
        }
    }

    fn of_verb(syntax: &Syntax, at: u32) -> Self {
        let (mut doers, mut objects) = if is_passive(syntax, at) {
            let subjects = syntax.children_by(at, &[Dep::Nsubj]).flat_map(|it| syntax.list(it));
            let subjects: Vec<u32> = subjects.collect();
            (syntax.agents(at), if subjects.is_empty() { syntax.subjects(at) } else { subjects })
        } else {
            (syntax.subjects(at), syntax.objects(at))
        };
        objects.retain(|it| !doers.contains(it));
        // Whoever is put in another's place takes it.
        if syntax.is(at, &["replace", "supplant"]) {
            doers.extend(syntax.after(at, &["with"]));
        }
        let mut others = behind(syntax, at);
        for &it in &objects {
            others.extend(behind(syntax, it));
        }
        for told in syntax.children_by(at, &[Dep::Dative]).filter(|&it| syntax.is_noun(it)) {
            syntax.add_list(told, &mut objects);
        }
        // `called on Dahl to leave` has its clause as an adverb at times.
        let asks = |it: u32| syntax.is_infinitive(it) && syntax.is(at, &["call", "urge", "ask", "appeal"]);
        let clauses = syntax.children_by(at, &[Dep::Xcomp, Dep::Ccomp, Dep::Advcl]);
        let clause =
            clauses.filter(|&it| syntax.is_verb(it)).find(|&it| syntax.dep(it) != Dep::Advcl || asks(it));
        // `ordered Dahl fired`
        if let Some(it) = clause.filter(|&it| is_passive(syntax, it) || syntax.is_infinitive(it)) {
            objects.extend(syntax.children_by(it, &[Dep::Nsubj, Dep::Nsubjpass]));
        }
        Self { at, carrier: None, doers, objects, others, complement: clause }
    }

    fn of_noun(syntax: &Syntax, at: u32) -> Self {
        let carrier = syntax.head(at).filter(|&head| {
            let is_carried = match syntax.dep(at) {
                Dep::Dobj => true,
                Dep::Nsubjpass => is_passive(syntax, head),
                _ => false,
            };
            is_carried && is_light(syntax, head)
        });
        let mut doers = syntax.after(at, &["by"]);
        // `proposals made by Dahl`
        for made in syntax.children_by(at, &[Dep::Acl]).filter(|&it| is_light(syntax, it)) {
            doers.extend(syntax.agents(made));
        }
        let mut objects = syntax.after(at, &["of", "on", "against", "to"]);
        let mut others = behind(syntax, at);
        let of_owner: Vec<u32> =
            syntax.children_by(at, &[Dep::Poss, Dep::Amod, Dep::Compound, Dep::Nmod]).collect();
        if let Some(carrier) = carrier {
            others.extend(behind(syntax, carrier));
            let subjects = syntax.doers(carrier);
            doers.extend(subjects.into_iter().filter(|&it| it != at));
        }
        // `Norway's arrest of Dahl`, but `Dahl's arrest`
        if carrier.is_none() && objects.is_empty() {
            objects = of_owner;
        } else if doers.is_empty() {
            doers = of_owner;
        }
        Self { at, carrier, doers, objects, others, complement: None }
    }

    /// Whether whoever does it with another does what the other does.
    pub(super) fn is_mutual(&self, syntax: &Syntax) -> bool {
        syntax.is(self.at, &MUTUAL)
    }
}

/// Returns the words that name the deeds of a claim; `None` if it tells what somebody says, no deed, or more than one
/// sentence has.
pub(super) fn deeds_of_claim(syntax: &Syntax) -> Option<Vec<u32>> {
    if syntax.sentences().len() > 1 {
        return None;
    }
    let root = syntax.root(0)?;
    let has = |deps: &[Dep]| syntax.children_by(root, deps).next().is_some();
    let is_of_saying = syntax.is(root, &SAYING) && has(&[Dep::Ccomp]);
    if !syntax.is_verb(root) || syntax.lemma(root) == "be" || is_of_saying {
        return None;
    }
    let mut found = Vec::new();
    let mut next = Some(root);
    while let Some(verb) = next {
        // `launched a raid` names the deed by its noun.
        let noun = syntax.objects(verb).into_iter().find(|&it| syntax.pos(it) == Pos::Noun);
        found.push(noun.filter(|_| is_light(syntax, verb)).unwrap_or(verb));
        next = syntax.children_by(verb, &[Dep::Conj]).find(|&it| syntax.is_verb(it) && !found.contains(&it));
    }
    Some(found)
}

/// Whether the verb `at` leaves what is done to its noun.
pub(super) fn is_light(syntax: &Syntax, at: u32) -> bool {
    syntax.is(at, &LIGHT) || syntax.is(at, &CARRYING_OUT)
}

/// Whether the verb `at` says what is done to its subject: also `ordered him fired`, `he was hit and others wounded`.
pub(super) fn is_passive(syntax: &Syntax, at: u32) -> bool {
    syntax.is_passive(at) || is_bare(syntax, at)
}

/// Whether the verb `at` is a participle without an auxiliary that says what is done to its subject: `ordered him fired`.
pub(super) fn is_bare(syntax: &Syntax, at: u32) -> bool {
    let has = |deps: &[Dep]| syntax.children_by(at, deps).next().is_some();
    let governs = |test: &dyn Fn(u32) -> bool| syntax.head(at).is_some_and(test);
    matches!(syntax.tag(at), Tag::Vbn | Tag::Vbd)
        && !has(&[Dep::Aux, Dep::Auxpass, Dep::Dobj, Dep::Mark])
        && match syntax.dep(at) {
            Dep::Ccomp | Dep::Xcomp => governs(&|head| syntax.is(head, &CAUSING)),
            Dep::Conj => {
                syntax.tag(at) == Tag::Vbn && governs(&|head| syntax.child(head, Dep::Auxpass).is_some())
            }
            _ => false,
        }
}

/// Returns what stands behind the prepositions of `at` but `by`.
fn behind(syntax: &Syntax, at: u32) -> Vec<u32> {
    let mut found = Vec::new();
    for prep in syntax.children_by(at, &[Dep::Prep, Dep::Dative]).filter(|&it| !syntax.is(it, &["by"])) {
        let inner = syntax.children_by(prep, &[Dep::Prep]);
        for prep in std::iter::once(prep).chain(inner) {
            for object in syntax.children_by(prep, &[Dep::Pobj]) {
                syntax.add_list(object, &mut found);
            }
        }
    }
    found
}
