//! The deeds of a claim held against those of a sentence: the same deed, of the same doers, to the same ones, told alike.

use readout_record::ActorId;
use readout_syntax::{Dep, Pos, Syntax, Tag};

use super::content::Claim;
use super::deed::{Deed, deeds_of_claim, is_light};
use super::roles::Role;
use super::told::{Told, told};
use super::tree::Tree;
use super::words::{CARRYING_ON, FORCES, GOVERNMENT, QUANTITY};
use crate::judged::SAYING;

/// The most claims within a claim: `agreed to ask them to leave`.
const DEPTH: usize = 3;

/// The most words between a clause and the verb that governs it.
const REACH: usize = 12;

/// The deed of a sentence as compared with that of a claim, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It is the same, told alike.
    Same,
    /// It is the same, and one is told as done, the other as not done.
    Opposite,
    /// It is the same, and one is told as done, the other as what may come.
    Untold,
    /// The one who acts is acted upon.
    Turned,
    /// Others do it, or it is done to others.
    Others,
    /// The sentence does not tell who acts.
    Nobody,
    /// The sentence does not tell it of anybody.
    Missing,
}

impl Fit {
    /// Returns the reason why a sentence is only near, in words.
    pub(super) const fn why(self) -> &'static str {
        match self {
            Self::Same => "says so",
            Self::Opposite => "says the contrary",
            Self::Untold => "tells as what may come, not as done",
            Self::Turned => "the other way round: the one who acts is acted upon",
            Self::Others => "tells it of others",
            Self::Nobody => "does not tell who acts",
            Self::Missing => "does not tell this deed",
        }
    }
}

/// A claim's tree with the words that name its deeds.
pub(super) struct Deeds {
    pub(super) tree: Tree,
    at: Vec<u32>,
}

impl Deeds {
    /// Returns the deeds of the claim with this tree; `None` if it is of none.
    pub(super) fn of(tree: Tree) -> Option<Self> {
        let at = deeds_of_claim(&tree.syntax)?;
        Some(Self { tree, at })
    }

    /// Whether the claim tells in a clause what somebody admits, vows or decides, so that records of speech tell whose it is.
    pub(super) fn is_of_words(&self) -> bool {
        let own = &self.tree.syntax;
        let is_clause = |it: u32| own.is_finite_clause(it) && own.child(it, Dep::Mark).is_some();
        matches!(self.at.as_slice(), [verb] if own.children_by(*verb, &[Dep::Ccomp]).any(is_clause))
    }

    /// Returns how the sentence `here` fits the claim: as ill as the worst of the claim's deeds.
    pub(super) fn fit(&self, claim: &Claim, here: &Tree) -> Fit {
        let comparison = Comparison { claim, own: &self.tree, here };
        self.at.iter().map(|&it| comparison.best(it)).max().unwrap_or(Fit::Missing)
    }
}

/// A claim and a sentence, as trees.
struct Comparison<'a> {
    claim: &'a Claim,
    own: &'a Tree,
    here: &'a Tree,
}

impl Comparison<'_> {
    /// Returns the best fit of any deed of the sentence for the claim's deed `at`.
    fn best(&self, at: u32) -> Fit {
        let deed = Deed::of(&self.own.syntax, at);
        let is_told = told(&self.own.syntax, at);
        let words = 0..self.here.syntax.len();
        let fits = words.filter(|&word| self.names(at, word)).map(|word| {
            let fit = self.fit(&deed, &Deed::of(&self.here.syntax, word), DEPTH);
            match (fit, is_told, told(&self.here.syntax, word)) {
                (Fit::Same, one, other) if one == other => Fit::Same,
                (Fit::Same, Told::Done, Told::Denied) | (Fit::Same, Told::Denied, Told::Done) => {
                    Fit::Opposite
                }
                (Fit::Same, ..) => Fit::Untold,
                _ => fit,
            }
        });
        fits.min().unwrap_or(Fit::Missing)
    }

    /// Whether the word `word` of the sentence names what `at` of the claim names.
    fn names(&self, at: u32, word: u32) -> bool {
        let (own, here) = (&self.own.syntax, &self.here.syntax);
        let is_content = here.is_verb(word) || here.is_noun(word) && here.tag(word) != Tag::Prp;
        is_content && self.claim.means(own.word(at), here.word(word), &behind(here, word))
    }

    /// Returns how a deed of the sentence fits one of the claim, apart from how they are told.
    fn fit(&self, deed: &Deed, other: &Deed, depth: usize) -> Fit {
        let has = |these: &[u32], it: u32, acts: bool| these.iter().any(|&that| self.is_same(it, that, acts));
        if deed.is_mutual(&self.own.syntax) && other.is_mutual(&self.here.syntax) {
            let sides = [&other.doers[..], &other.objects, &other.others].concat();
            let syntax = &self.own.syntax;
            let with = [Some(deed.at), deed.carrier].into_iter().flatten();
            let with: Vec<u32> =
                with.flat_map(|it| syntax.after(it, &["with", "between", "and", "to"])).collect();
            let named = |it: &&u32| !self.own.who(**it).is_empty() || syntax.tag(**it).is_proper();
            let own = deed.doers.iter().chain(deed.objects.iter().chain(&with).filter(named));
            return if own.into_iter().all(|&it| has(&sides, it, true)) {
                self.rest(deed, other, depth)
            } else {
                Fit::Others
            };
        }
        let acted_upon = [&other.objects[..], &other.others].concat();
        if !deed.doers.iter().all(|&it| has(&other.doers, it, true)) {
            let is_turned = deed.doers.iter().any(|&it| has(&other.objects, it, false));
            return match (is_turned, other.doers.is_empty()) {
                (true, _) => Fit::Turned,
                (_, true) => Fit::Nobody,
                _ => Fit::Others,
            };
        }
        let is_word = |it: &&u32| self.own.syntax.tag(**it) != Tag::Prp || !self.own.who(**it).is_empty();
        if !deed.objects.iter().filter(is_word).all(|&it| has(&acted_upon, it, false)) {
            return Fit::Others;
        }
        self.rest(deed, other, depth)
    }

    /// Returns the fit of what stands beside the doers and objects of a deed.
    fn rest(&self, deed: &Deed, other: &Deed, depth: usize) -> Fit {
        if !deed.others.iter().all(|&it| self.is_beside(it, other)) {
            return Fit::Others;
        }
        let Some(clause) = deed.complement else { return Fit::Same };
        if depth == 0 {
            return Fit::Others;
        }
        let (own, here) = (&self.own.syntax, &self.here.syntax);
        let mut inner = Deed::of(own, clause);
        // `called on Dahl to leave`, where the clause is taken for one of purpose
        if own.dep(clause) == Dep::Advcl {
            inner.doers = own.after(deed.at, &["on", "upon", "to"]);
        }
        let is_below = |word: u32| self.is_clause_of(word, other.at);
        let is_denied = |syntax: &Syntax, it: u32| syntax.child(it, Dep::Neg).is_some();
        let words = (0..here.len()).filter(|&word| is_below(word) && self.names(clause, word));
        let fits = words
            .filter(|&word| is_denied(here, word) == is_denied(&self.own.syntax, clause))
            .map(|word| self.fit(&inner, &Deed::of(here, word), depth - 1));
        fits.min().unwrap_or(Fit::Missing)
    }

    /// Whether what stands behind a preposition of the claim's deed stands beside that of the sentence.
    fn is_beside(&self, it: u32, other: &Deed) -> bool {
        let (own, here) = (&self.own.syntax, &self.here.syntax);
        let is_time = self.claim.role_of(own.word(it)) == Role::Time;
        if self.own.who(it).is_empty() && !own.tag(it).is_proper() && !is_time {
            return true;
        }
        let governs = |verb: u32| {
            verb == other.at || other.carrier == Some(verb) || here.ancestors(other.at).any(|it| it == verb)
        };
        let of_doers = |word: u32| {
            let is_doer = |it: u32| !here.is_within(other.at, it) && here.is_within(word, it);
            !other.others.contains(&word) && other.doers.iter().any(|&it| is_doer(it))
        };
        (0..here.len()).filter(|&word| self.is_same(it, word, false) && !of_doers(word)).any(|word| {
            let verb = here.ancestors(word).find(|&it| it == other.at || here.is_verb(it));
            other.objects.contains(&word)
                || other.others.contains(&word)
                || verb.is_some_and(|verb| governs(verb) || self.is_clause_of(verb, other.at))
        })
    }

    /// Whether the word `word` of the sentence is told as what the verb `at` governs: no other deed stands between.
    fn is_clause_of(&self, word: u32, at: u32) -> bool {
        let here = &self.here.syntax;
        let mut word = word;
        let mut is_joined = true;
        for _ in 0..REACH {
            if word == at {
                return true;
            }
            let is_plain = is_light(here, word) || here.is(word, &CARRYING_ON) || !here.is_verb(word);
            if !is_joined && !is_plain {
                return false;
            }
            is_joined = here.dep(word) == Dep::Conj;
            let Some(head) = here.head(word) else { return false };
            word = head;
        }
        false
    }

    /// Whether the noun `it` of the claim and `that` of the sentence mean the same; if it acts, also who acts for whom.
    fn is_same(&self, it: u32, that: u32, acts: bool) -> bool {
        let (own, here) = (&self.own.syntax, &self.here.syntax);
        let meets = |one: &[&ActorId], two: &[&ActorId]| one.iter().any(|it| two.contains(it));
        if acts && meets(&self.own.acts_for(it), &self.here.acts_for(that)) {
            return true;
        }
        let (one, two) = (self.own.who(it), self.here.who(that));
        let is_of_person = |ids: &[ActorId]| ids.iter().any(|it| it.starts_with("person:"));
        // `Norway's air force`, where nobody is known as Norway
        let is_arm = here.is(that, &GOVERNMENT) || here.is(that, &FORCES) && !is_of_person(one);
        if acts
            && is_arm
            && own.tag(it).is_proper()
            && self.here.owners(that).any(|of| own.word(it) == here.word(of))
        {
            return true;
        }
        if one.iter().any(|it| two.contains(it)) {
            return true;
        }
        // `dozens of guards`
        if here.is(that, &QUANTITY)
            && here.after(that, &["of"]).into_iter().any(|of| self.is_same(it, of, acts))
        {
            return true;
        }
        if own.pos(it) == Pos::Num {
            let counts = |word: u32| own.word(it).eq_ignore_ascii_case(here.word(word));
            return counts(that) || here.children_by(that, &[Dep::Nummod]).any(counts);
        }
        // `it` of `Norway said it left` is Norway; `the envoy`, in `Orlo, the envoy who left`, is Orlo.
        let is_bare = here.tag(that) == Tag::Prp && two.is_empty();
        if is_bare && here.head(that).is_some_and(|verb| self.is_speaker(it, verb, acts)) {
            return true;
        }
        if here.dep(that) == Dep::Appos
            && here.head(that).is_some_and(|named| self.here.who(named).iter().any(|it| one.contains(it)))
        {
            return true;
        }
        if !one.is_empty() && !two.is_empty() {
            // A town by whose name a state goes too.
            let is_one = own.word(it) == here.word(that) && !is_of_person(one) && !is_of_person(two);
            return is_one && self.has_all_owners(it, that);
        }
        let means = |word: &str, behind: &str| self.claim.means(own.word(it), word, behind);
        let is_called = self.here.called(that).is_some_and(|word| means(word, ""));
        let is_plain = one.is_empty() && !own.tag(it).is_proper();
        let is_part = is_plain
            && !acts
            && here.children_by(that, &[Dep::Compound, Dep::Amod]).any(|it| means(here.word(it), ""));
        is_called
            || (is_part || means(here.word(that), &behind(here, that))) && self.has_owners(it, that, acts)
    }

    /// Whether the verb `verb` is told as the words of one who is the same as the noun `it` of the claim.
    fn is_speaker(&self, it: u32, verb: u32, acts: bool) -> bool {
        let here = &self.here.syntax;
        let says = here.head(verb).filter(|&says| here.dep(verb) == Dep::Ccomp && here.is(says, &SAYING));
        let speakers = says.map(|says| here.subjects(says)).unwrap_or_default();
        speakers.into_iter().any(|speaker| here.tag(speaker) != Tag::Prp && self.is_same(it, speaker, acts))
    }

    /// Whether the sentence's noun has the names that say whose the claim's noun is; if it acts, also if it has none.
    fn has_owners(&self, it: u32, that: u32, acts: bool) -> bool {
        let here = &self.here.syntax;
        let is_named = |owner: u32| !self.here.who(owner).is_empty() || here.tag(owner).is_proper();
        self.has_all_owners(it, that)
            || acts && !self.here.owners(that).chain(here.after(that, &["in", "at"])).any(is_named)
    }

    /// Whether the sentence's noun has all the names that say whose the claim's noun is.
    fn has_all_owners(&self, it: u32, that: u32) -> bool {
        let (own, here) = (&self.own.syntax, &self.here.syntax);
        let named = |&owner: &u32| !self.own.who(owner).is_empty() || own.tag(owner).is_proper();
        self.own.owners(it).filter(named).all(|owner| {
            here.subtree(that).any(|word| {
                let same = self.own.who(owner).iter().any(|it| self.here.who(word).contains(it));
                same || own.word(owner).eq_ignore_ascii_case(here.word(word))
            })
        })
    }
}

/// Returns the particle of a word, or the word behind it: `on` of `call on`.
fn behind(syntax: &Syntax, at: u32) -> String {
    syntax.particle(at).unwrap_or_else(|| syntax.word(at + 1).to_lowercase())
}
