//! Binding: pronouns that the grammar of their own clause gives to somebody, without a choice among those spoken of.

use readout_knowledge::WordKind;
use readout_record::ActorKind;
use readout_syntax::{Dep, Pos};

use crate::mentions::nominals::{Article, Pronoun};
use crate::mentions::resolver::Resolver;
use crate::mentions::sorts::Sort;
use crate::mentions::words;

/// The most steps up the tree from a name to the noun whose owner comes before it: `Trump's warmth toward Putin`.
const STEPS_TO_OWNED: usize = 3;
/// The most steps up the tree from a pronoun to the verb whose subject it may stand for.
const STEPS_TO_SUBJECT: usize = 10;
/// The most steps up the tree from a pronoun to the verb that says how its object is judged: `thanked Lee for his help`.
const STEPS_TO_JUDGED: usize = 6;

impl Resolver<'_, '_> {
    /// Returns the link to which grammar binds the pronoun, `Some(None)` if that is somebody without a link, or `None`
    /// if grammar leaves it open.
    pub(super) fn bound(&self, number: usize, pronoun: Pronoun) -> Option<Option<usize>> {
        let word = self.context.syntax.word(self.candidates[number].head).to_lowercase();
        if word.ends_with("self") || word.ends_with("selves") {
            return self.reflexive(number, pronoun);
        }
        self.owner_beside(number, pronoun)
            .or_else(|| self.judged(number, pronoun))
            .or_else(|| self.namer(number, pronoun))
            .map(Some)
    }

    /// Returns the link of the subject above `what he called a lie`: who rejects something names it so.
    fn namer(&self, number: usize, pronoun: Pronoun) -> Option<usize> {
        let syntax = self.context.syntax;
        let head = self.candidates[number].head;
        let verb = syntax.token(head).head;
        let what = syntax
            .children_by(verb, &[Dep::Dobj, Dep::Oprd, Dep::Attr, Dep::Nsubj, Dep::Mark])
            .any(|at| at + 1 == head && syntax.lemma(at).eq_ignore_ascii_case("what"));
        if syntax.token(head).dep != Dep::Nsubj || !what || !syntax.is_written(verb, &words::NAMING) {
            return None;
        }
        let subject = syntax.ancestors(verb).take(STEPS_TO_SUBJECT).find_map(|above| {
            syntax.children_by(above, &[Dep::Nsubj]).find(|&subject| subject < head && above < verb)
        })?;
        let other = self.headed[subject]?;
        let link = self.link_of[other]?;
        self.fits(number, pronoun, link, other).then_some(link)
    }

    /// Returns the bearer of `himself`: the subject of its clause, or the object that is told to do something. A subject
    /// that cannot be meant is nobody.
    fn reflexive(&self, number: usize, pronoun: Pronoun) -> Option<Option<usize>> {
        let syntax = self.context.syntax;
        let head = self.candidates[number].head;
        if !matches!(syntax.token(head).dep, Dep::Dobj | Dep::Dative | Dep::Pobj) {
            return None;
        }
        let mut below = head;
        for above in syntax.ancestors(head).take(STEPS_TO_SUBJECT) {
            if matches!(syntax.token(above).pos, Pos::Verb | Pos::Aux) {
                let doer = self.object_told(above, below, head).or_else(|| {
                    syntax.children_by(above, &[Dep::Nsubj, Dep::Nsubjpass]).find(|&subject| subject < head)
                });
                if let Some(doer) = doer {
                    let who = syntax.lemma(doer).to_lowercase();
                    let relative = syntax.token(above).dep == Dep::Relcl
                        && matches!(who.as_str(), "who" | "which" | "that");
                    let doer = if relative { syntax.head(above)? } else { doer };
                    let Some(other) = self.headed[doer] else { return Some(None) };
                    let link = self.link_of[other];
                    return Some(link.filter(|&link| self.fits(number, pronoun, link, other)));
                }
                if !self.goes_on(above) {
                    return None;
                }
            }
            below = above;
        }
        None
    }

    /// Whether the verb has the subject of what stands above it: `Lee left the room after talking`.
    fn goes_on(&self, verb: u32) -> bool {
        matches!(self.context.syntax.token(verb).dep, Dep::Xcomp | Dep::Conj | Dep::Advcl | Dep::Pcomp)
    }

    /// Returns the object of `verb` that does what the clause `below` says: `Oslo told the miners to close the pit`.
    fn object_told(&self, verb: u32, below: u32, pronoun: u32) -> Option<u32> {
        let syntax = self.context.syntax;
        let told = syntax.token(below).dep == Dep::Xcomp && !syntax.is_written(verb, &words::PROMISING);
        let object = told.then(|| {
            syntax
                .children_by(verb, &[Dep::Dobj, Dep::Dative])
                .find(|&object| object < pronoun && object < below)
        });
        // "raised the pressure on Chad to close its border"
        let pressed = || {
            let last = syntax.token(below).left_edge.checked_sub(1)?;
            let preposition = syntax.token(last).head;
            let on = syntax.token(last).dep == Dep::Pobj
                && matches!(syntax.word(preposition), "on" | "upon" | "for" | "to" | "by");
            let infinitive = syntax.word(last + 1) == "to" && syntax.token(last + 1).dep == Dep::Aux;
            let noun = syntax.token(preposition).head;
            let pressure = syntax.token(noun).head == verb && syntax.token(noun).dep == Dep::Dobj;
            // "called on Chad to close its border", "appealed to Chad to close its border"
            let called = noun == verb && syntax.is_written(verb, &words::CALLING_ON);
            (on && infinitive && (pressure || called)).then_some(last)
        };
        pressed().or(object.flatten())
    }

    /// Returns the link that `his` in `Lee and his plan`, `its` in `Norway and its allies` refers to: the phrase that the
    /// owned noun is joined to.
    fn owner_beside(&self, number: usize, pronoun: Pronoun) -> Option<usize> {
        let syntax = self.context.syntax;
        let head = self.candidates[number].head;
        let token = syntax.token(head);
        let owned = (token.dep == Dep::Poss).then(|| syntax.token(token.head))?;
        let before = head.checked_sub(2)?;
        // Only right after the name: "Lee met Park and, at night, his wife" may be either's.
        let joined = owned.dep == Dep::Conj && syntax.token(before + 1).dep == Dep::Cc;
        let person = matches!(pronoun, Pronoun::He | Pronoun::She);
        // "the president and his team" are as sure as "Lee and his team".
        let named = |name: &usize| {
            !person
                || matches!(&self.sorts[*name], Sort::Name)
                || matches!(&self.sorts[*name], Sort::Described(it) if it.article == Article::Definite)
        };
        let name = self.headed[before].filter(|name| joined && named(name))?;
        let at = &self.candidates[name];
        let link = self.link_of[name]?;
        // "Trump's warmth toward Putin and his refusal": the owner of what stands above comes first.
        let owned_above = syntax.ancestors(at.head).take(STEPS_TO_OWNED).any(|above| {
            let of = |owner: u32| self.headed[owner].and_then(|owner| self.link_of[owner]);
            syntax
                .children_by(above, &[Dep::Poss])
                .any(|owner| of(owner).is_some_and(|owner| owner != link && self.may_be_human(owner)))
        });
        let fits = self.fits(number, pronoun, link, name) && (!person || self.is_human(link));
        let joined_to = at.words.contains(&owned.head) && at.words.end == before + 1;
        (fits && joined_to && !owned_above).then_some(link)
    }

    /// Returns the link of the object that a verb judges for what it did: `thanked Lee for his help`, `accused Norway of
    /// breaking its word`.
    fn judged(&self, number: usize, pronoun: Pronoun) -> Option<usize> {
        let syntax = self.context.syntax;
        let head = self.candidates[number].head;
        let mut below = head;
        for above in syntax.ancestors(head).take(STEPS_TO_JUDGED) {
            if syntax.token(above).pos == Pos::Verb && below < head {
                let reason = syntax.token(below).dep == Dep::Prep
                    && matches!(syntax.word(below), "for" | "of" | "over")
                    && syntax.is_written(above, &words::JUDGING_PERSON);
                let object = syntax.children_by(above, &[Dep::Dobj]).find(|&object| object < below)?;
                let other = self.headed[object].filter(|_| reason)?;
                let link = self.link_of[other]?;
                return self.fits(number, pronoun, link, other).then_some(link);
            }
            // "accused Norway of breaking its word"
            if syntax.token(above).pos == Pos::Verb
                && !matches!(syntax.token(above).dep, Dep::Pcomp | Dep::Conj)
            {
                return None;
            }
            below = above;
        }
        None
    }

    /// Returns the state, body or group that does what the clause says in which `its`, `their` owns something: `Norway
    /// wanted Chad to close its border`, `Norway ordered Chad to close its border`.
    pub(super) fn owner_in_clause(&self, number: usize, pronoun: Pronoun) -> Option<usize> {
        let syntax = self.context.syntax;
        let head = self.candidates[number].head;
        if syntax.token(head).dep != Dep::Poss {
            return None;
        }
        let mut below = head;
        for above in syntax.ancestors(head).take(STEPS_TO_SUBJECT) {
            if matches!(syntax.token(above).pos, Pos::Verb | Pos::Aux) {
                if let Some(object) = self.object_told(above, below, head) {
                    return self.acting(number, pronoun, object);
                }
                let subject = syntax
                    .children_by(above, &[Dep::Nsubj, Dep::Nsubjpass])
                    .find(|&subject| subject < above && subject != below);
                match subject {
                    Some(subject) => return self.acting(number, pronoun, subject),
                    None if self.goes_on(above) => {}
                    None => return self.acting(number, pronoun, self.doer_of_noun(above, head)?),
                }
            }
            below = above;
        }
        None
    }

    /// Returns who does what `verb` after a noun says: `pressure on Chad to close its border`, `Chad's wish to close its
    /// border`.
    fn doer_of_noun(&self, verb: u32, before: u32) -> Option<u32> {
        let syntax = self.context.syntax;
        let noun = syntax.head(verb).filter(|_| syntax.token(verb).dep == Dep::Acl)?;
        let infinitive = syntax.children_by(verb, &[Dep::Aux]).any(|to| syntax.lemma(to) == "to");
        let told = syntax
            .children_by(noun, &[Dep::Prep])
            .filter(|&prep| prep < verb && matches!(syntax.word(prep), "on" | "for" | "to" | "by"))
            .find_map(|prep| syntax.child(prep, Dep::Pobj));
        let doer = told.or_else(|| syntax.child(noun, Dep::Poss)).filter(|_| infinitive)?;
        (doer < before && syntax.token(doer).pos != Pos::Pron).then_some(doer)
    }

    /// Returns the link of the phrase headed by `at`, where it is a state, a body or a group that the pronoun fits.
    fn acting(&self, number: usize, pronoun: Pronoun, at: u32) -> Option<usize> {
        let other = self.headed[at]?;
        let link = self.link_of[other]?;
        let slot = &self.links[link];
        // "The Navy and the Army" are two, and "the country" may be any.
        if slot.nobody || self.context.syntax.children_by(at, &[Dep::Conj]).next().is_some() {
            return None;
        }
        let acts = matches!(slot.kind, ActorKind::State | ActorKind::Organisation | ActorKind::ArmedGroup)
            || slot.described.as_ref().is_some_and(|it| {
                matches!(it.word, WordKind::Organisation | WordKind::Armed | WordKind::Group)
            })
            || pronoun == Pronoun::They && (slot.stands_for.len() > 1 || self.candidates[other].plural);
        let fits = !slot.thing && !slot.place && acts && self.fits(number, pronoun, link, other);
        (fits && !self.is_barred(number, other, link)).then_some(link)
    }
}
