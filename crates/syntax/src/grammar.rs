//! Questions about words that a tree answers: who acts and on what, in which voice and tense, whose a noun is.
//!
//! The model's labels are read as English here, once for everything that builds on a tree. Words are token numbers. A
//! list stands for its members: `Chad and Mali signed` has two subjects. Every answer takes bounded work on any tree.

use readout_lexicon::{WordClass, WordSet};

use crate::labels::{Dep, EntityLabel, Pos, Tag};
use crate::syntax::Syntax;

/// The most marks at the end of a sentence, in tokens: `?”)`.
const END_MARKS: usize = 3;
/// The most adverbs, and one more word, between a gerund and its owner.
const WORDS_TO_OWNER: u32 = 3;
/// The most verbs of saying between a relative pronoun and its noun: `the envoy who Rome says will resign`.
const VERBS_ABOVE: usize = 4;

/// The most arcs that the search for a subject follows; sentences of people need a few.
const REACH: usize = 24;

/// Verbs with a receiver who then does what their infinitive says: `gave Chad a free hand to strike`.
const GIVING: &[&str] = &["give", "grant", "offer", "allow", "deny"];
/// Nouns whose infinitive is done by others than what is called so: `the decision is a reason to strike`.
const OCCASION: &[&str] = &[
    "reason",
    "excuse",
    "pretext",
    "justification",
    "cause",
    "way",
    "time",
    "opportunity",
    "chance",
    "incentive",
];
/// Nouns whose infinitive says what their owner sets out to do: `Norwegian efforts to free them`.
const UNDERTAKING: &[&str] = &[
    "attempt",
    "bid",
    "call",
    "campaign",
    "decision",
    "demand",
    "drive",
    "effort",
    "intention",
    "mission",
    "move",
    "offer",
    "operation",
    "plan",
    "pledge",
    "promise",
    "proposal",
    "push",
    "refusal",
    "threat",
    "vow",
    "warning",
    "willingness",
];

/// The place from which a word without a subject of its own takes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shared {
    /// The subject of that word: `stay` in `hopes to stay`.
    Subject(u32),
    /// These objects of the verb above: `leave` in `urged Chad to leave`.
    Objects(Vec<u32>),
    /// The noun that the word describes: `downed` in `the jet downed by Norway`.
    Noun(u32),
    /// The actors in what that noun names: `leave` in `its decision to leave`.
    Doers(u32),
}

/// Labels and words.
impl Syntax {
    /// Returns the tag of `at`.
    pub fn tag(&self, at: u32) -> Tag {
        self.token(at).tag
    }

    /// Returns the part of speech of `at`.
    pub fn pos(&self, at: u32) -> Pos {
        self.token(at).pos
    }

    /// Returns the model's label of the arc to `at`, but a possessive before its noun is always its owner: `Norway's downing
    /// of a jet`.
    pub fn dep(&self, at: u32) -> Dep {
        let token = self.token(at);
        let owner = at < token.head
            && token.dep != Dep::Poss
            && matches!(self.pos(token.head), Pos::Noun | Pos::Propn)
            && self.children(at).iter().any(|&mark| self.tag(mark) == Tag::PossessiveEnding);
        if owner { Dep::Poss } else { token.dep }
    }

    /// Returns the dependents of `at` with one of the labels `deps`, in the order of the text.
    pub fn children_by<'s>(&'s self, at: u32, deps: &'s [Dep]) -> impl DoubleEndedIterator<Item = u32> + 's {
        self.children(at).iter().copied().filter(move |&child| deps.contains(&self.dep(child)))
    }

    /// Returns the first dependent of `at` with the label `dep`.
    pub fn child(&self, at: u32, dep: Dep) -> Option<u32> {
        self.children(at).iter().copied().find(|&child| self.dep(child) == dep)
    }

    /// Whether the dictionary form of `at` is one of `lemmas`, in any case.
    pub fn is(&self, at: u32, lemmas: &(impl WordSet + ?Sized)) -> bool {
        lemmas.has(self.lemma(at))
    }

    /// Whether the dictionary form of `at` is one of `words` as they are written there: `Post` may be a name, and is no
    /// `post`.
    pub fn is_written(&self, at: u32, words: &WordClass) -> bool {
        words.has_as_written(self.lemma(at))
    }

    /// Whether `at` is a verb that carries a clause; auxiliaries as in `was there` count.
    pub fn is_verb(&self, at: u32) -> bool {
        matches!(self.pos(at), Pos::Verb | Pos::Aux)
            && !matches!(self.dep(at), Dep::Aux | Dep::Auxpass | Dep::Compound | Dep::Amod)
    }

    /// Whether `at` is a common or proper noun, a number or a pronoun.
    pub fn is_noun(&self, at: u32) -> bool {
        matches!(self.pos(at), Pos::Noun | Pos::Propn | Pos::Num | Pos::Pron)
    }

    /// Returns the particle of the verb `at` in lower case: `out` of `ruled out`.
    pub fn particle(&self, at: u32) -> Option<String> {
        self.child(at, Dep::Prt).map(|particle| self.word(particle).to_lowercase())
    }
}

/// Voice, tense and mood.
impl Syntax {
    /// Whether the verb `at` is in the passive.
    pub fn is_passive(&self, at: u32) -> bool {
        let has = |deps: &[Dep]| self.children_by(at, deps).next().is_some();
        // `the jet downed by Norway`, `freed on Monday, he …`; `the jet that Norway downed`, taken for a participle,
        // has its relative word.
        let participle = self.tag(at) == Tag::Vbn
            && match self.dep(at) {
                Dep::Acl | Dep::Advcl | Dep::Amod | Dep::Oprd => true,
                // `the town it once held` has its subject
                Dep::Relcl => !self.children(at).iter().any(|&word| {
                    self.is_relative(word) || self.tag(word) == Tag::Wrb || self.dep(word) == Dep::Nsubj
                }),
                _ => false,
            };
        // `was found and killed by soldiers`
        let joined = self.tag(at) == Tag::Vbn
            && self.dep(at) == Dep::Conj
            && !has(&[Dep::Nsubj, Dep::Dobj])
            && self.head(at).is_some_and(|first| self.child(first, Dep::Auxpass).is_some());
        has(&[Dep::Auxpass, Dep::Nsubjpass, Dep::Csubjpass]) || (participle || joined) && !has(&[Dep::Aux])
    }

    /// Returns the word that gives the clause of `at` its tense: a finite auxiliary or modal, or the verb itself.
    pub fn finite_word(&self, at: u32) -> Option<u32> {
        self.children_by(at, &[Dep::Aux, Dep::Auxpass])
            .chain(std::iter::once(at))
            .find(|&word| self.tag(word).is_finite())
    }

    /// Whether the clause of `at` has a tense of its own.
    pub fn is_finite_clause(&self, at: u32) -> bool {
        self.finite_word(at).is_some()
    }

    /// Whether `at` is the verb of a to-infinitive.
    pub fn is_infinitive(&self, at: u32) -> bool {
        self.children(at).iter().any(|&child| child < at && self.tag(child) == Tag::To)
    }

    /// Whether the verb `at` is in the plain form after `that`, of what is wanted: `demanded that Norway offer a list`,
    /// `suggested that the talks be closed`.
    pub fn is_subjunctive(&self, at: u32) -> bool {
        let is_plain = |word: u32| self.tag(word) == Tag::Vb;
        let has_that =
            || self.children_by(at, &[Dep::Mark]).any(|mark| self.word(mark).eq_ignore_ascii_case("that"));
        !self.is_finite_clause(at)
            && !self.is_infinitive(at)
            && (is_plain(at) || self.children_by(at, &[Dep::Aux, Dep::Auxpass]).any(is_plain))
            && has_that()
    }

    /// Whether the sentence of `at` ends in a question mark.
    pub fn is_asked(&self, at: u32) -> bool {
        self.sentence_of(at).rev().take(END_MARKS).any(|token| self.word(token) == "?")
    }
}

/// Who acts, and on what.
impl Syntax {
    /// Returns the subject of the verb `at` in the tree, or its clause.
    pub fn own_subject(&self, at: u32) -> Option<u32> {
        // `• The envoy said so`: the parser takes the bullet for a subject.
        let is_bullet =
            |at: u32| !self.word(at).chars().any(|letter| letter.is_alphanumeric() || letter.is_ascii());
        let subject = self
            .children(at)
            .iter()
            .copied()
            .find(|&child| self.dep(child).is_subject() && !is_bullet(child));
        subject.or_else(|| self.owner_of_gerund(at))
    }

    /// Returns the owner right before the gerund `at`: `despite her saying so`, `Norway’s openly saying so`.
    fn owner_of_gerund(&self, at: u32) -> Option<u32> {
        if self.tag(at) != Tag::Vbg || self.pos(at) != Pos::Verb {
            return None;
        }
        let before = (at.saturating_sub(WORDS_TO_OWNER)..at).rev().find(|&it| self.pos(it) != Pos::Adv)?;
        let owner = self.child(at, Dep::Poss).filter(|&owner| owner < at);
        owner.or_else(|| self.head(before).filter(|_| self.tag(before) == Tag::PossessiveEnding))
    }

    /// Returns the subjects of the verb `at`: its own, those that it shares with another, or the noun that it describes.
    pub fn subjects(&self, at: u32) -> Vec<u32> {
        let mut found = Vec::new();
        self.add_subjects(at, &mut found, REACH);
        found
    }

    fn add_subjects(&self, at: u32, found: &mut Vec<u32>, reach: usize) {
        if reach == 0 {
            return;
        }
        for subject in self.children_by(at, &[Dep::Nsubj, Dep::Nsubjpass]) {
            self.add_list(self.referent(subject), found);
        }
        // `Norway and its allies have in recent years imposed sanctions`, hung on the auxiliary by the parser
        if found.is_empty() {
            for aux in self.children_by(at, &[Dep::Aux]) {
                for subject in self.children_by(aux, &[Dep::Nsubj, Dep::Nsubjpass]) {
                    self.add_list(self.referent(subject), found);
                }
            }
        }
        // `Russia’s granting asylum to him`
        if found.is_empty() && self.tag(at) == Tag::Vbg {
            for owner in self.children_by(at, &[Dep::Poss]) {
                self.add_list(owner, found);
            }
        }
        if let Some(subject) = self.subject_of_gerund(at).filter(|_| found.is_empty()) {
            self.add_list(subject, found);
        }
        if !found.is_empty() {
            return;
        }
        match self.shared_subject(at) {
            Some(Shared::Subject(word)) => self.add_subjects(word, found, reach - 1),
            Some(Shared::Objects(objects)) => found.extend(objects),
            Some(Shared::Doers(noun)) => self.add_doers_of_noun(noun, found, reach - 1),
            Some(Shared::Noun(noun)) => self.add_list(noun, found),
            None => {}
        }
    }

    /// Returns the noun before a participle taken for the subject of `at`: `Graham, appearing in Oslo, urged them`.
    fn subject_of_gerund(&self, at: u32) -> Option<u32> {
        let clause = self.child(at, Dep::Csubj).filter(|&clause| self.tag(clause) == Tag::Vbg)?;
        self.children_by(clause, &[Dep::Nsubj]).find(|&subject| self.tag(subject).is_proper())
    }

    /// Returns where `at`, which has no subject of its own, has one from: one step up the tree.
    pub fn shared_subject(&self, at: u32) -> Option<Shared> {
        let head = self.head(at)?;
        let of_word = |word: u32| {
            if self.is_verb(word) || self.pos(word) == Pos::Adj {
                Some(Shared::Subject(word))
            } else {
                self.is_noun(word).then_some(Shared::Doers(word))
            }
        };
        let of_objects = |objects: Vec<u32>| (!objects.is_empty()).then_some(Shared::Objects(objects));
        match self.dep(at) {
            // `ordered them to leave and expelled the envoy`: a verb with a tense goes on from one with a tense.
            Dep::Conj if self.is_infinitive(head) && self.is_finite_clause(at) => {
                let before = self.ancestors(head).take(VERBS_ABOVE).find(|&verb| self.is_finite_clause(verb));
                Some(Shared::Subject(before.unwrap_or(head)))
            }
            Dep::Conj => self.is_verb(head).then_some(Shared::Subject(head)),
            // `a jet that Norway says strayed`, `the men police believe shot him`: what is described strays.
            Dep::Ccomp
                if self.dep(head) == Dep::Relcl
                    && self.is_finite_clause(at)
                    && head < at
                    && self.child(head, Dep::Dobj).is_none()
                    && self.own_subject(head).is_some_and(|teller| !self.is_relative(teller)) =>
            {
                self.head(head).map(Shared::Noun)
            }
            // `told Rome to go`; not `told Rome they go`, `told Rome, saying …`, `spent months pushing …`
            Dep::Xcomp | Dep::Ccomp
                if self.is_verb(head) && self.tag(at) != Tag::Vbg && !self.is_finite_clause(at) =>
            {
                of_objects(self.controllers(head)).or_else(|| of_word(head))
            }
            // `armed the rebels to fight the junta`
            Dep::Advcl
                if self.is_infinitive(at)
                    && self.is(head, &["arm", "train", "equip", "rebuild", "recruit"]) =>
            {
                // `to arm and train rebels to fight`
                let last = self.children_by(head, &[Dep::Conj]).find(|&verb| self.is_verb(verb));
                let own = self.objects(head);
                let shared = last.filter(|_| own.is_empty()).map(|verb| self.objects(verb));
                of_objects(shared.unwrap_or(own)).or_else(|| of_word(head))
            }
            // `gave a free hand to Chad to strike`
            Dep::Advcl if self.is_infinitive(at) && self.is(head, GIVING) => {
                of_objects(self.receivers(head)).or_else(|| of_word(head))
            }
            Dep::Xcomp | Dep::Ccomp | Dep::Advcl | Dep::Oprd | Dep::Dep | Dep::Acomp => of_word(head),
            Dep::Attr | Dep::Pobj | Dep::Prep => Some(Shared::Subject(head)),
            Dep::Pcomp => {
                let above = self.head(head)?;
                // `accused Norway of hiding the gas`, `talked Norway into leaving`, `advised Norway on fighting them`, `charged
                // them with hacking`
                let taught = || {
                    self.is(above, &["advise", "help", "assist", "train", "coach", "instruct"])
                        && self.is(head, &["on", "in"])
                        || self.is(above, &["charge"]) && self.is(head, &["with"])
                };
                let controls = self.is_verb(above)
                    && !self.is_passive(above)
                    && (self.is(head, &["of", "for", "from", "into"]) || taught());
                let mut objects = if controls { self.own_objects(above) } else { Vec::new() };
                // `lashed out at Norway for hiding the gas`
                if objects.is_empty() && controls && self.is(head, &["for"]) {
                    objects = self.after(above, &["at", "against"]);
                }
                let noun = self.is_noun(above);
                of_objects(objects).or(Some(if noun { Shared::Doers(above) } else { Shared::Subject(above) }))
            }
            Dep::Acl if self.is_infinitive(at) => Some(Shared::Doers(head)),
            Dep::Relcl if self.tag(at) == Tag::Vb => Some(Shared::Doers(head)),
            Dep::Acl | Dep::Relcl => Some(Shared::Noun(head)),
            _ => None,
        }
    }

    /// Returns those who act in what the noun `at` names: `its` in `its decision to leave`.
    pub fn doers_of_noun(&self, at: u32) -> Vec<u32> {
        let mut found = Vec::new();
        self.add_doers_of_noun(at, &mut found, REACH);
        found
    }

    /// Adds those who act in what a noun names: `its` in `its decision`, the subject in `made a decision to leave`.
    fn add_doers_of_noun(&self, noun: u32, found: &mut Vec<u32>, reach: usize) {
        for owner in self.children_by(noun, &[Dep::Poss]) {
            self.add_list(owner, found);
        }
        if found.is_empty() {
            found.extend(self.after(noun, &["by"]));
        }
        // `Norwegian efforts to free them`, `U.S. plans to strike`
        if found.is_empty() && self.is(noun, UNDERTAKING) {
            let people = |&owner: &u32| match self.entity_at(owner).map(|entity| entity.label) {
                Some(EntityLabel::Norp) => true,
                Some(EntityLabel::Gpe) => self.word(owner).contains('.'),
                _ => false,
            };
            found.extend(self.children_by(noun, &[Dep::Amod, Dep::Compound, Dep::Nmod]).filter(people));
        }
        if found.is_empty() {
            // `a commitment from Chad to leave`, `the obligation of Chad to leave`
            let named = |&whose: &u32| self.tag(whose).is_proper() && whose > noun;
            found.extend(self.after(noun, &["from", "of"]).into_iter().filter(named));
        }
        if found.is_empty()
            && let Some(head) = self.head(noun)
            && self.is_verb(head)
            && (self.dep(noun) == Dep::Dobj || self.dep(noun) == Dep::Attr && !self.is(noun, OCCASION))
        {
            // `gave Chad the right to leave`
            let receivers = if self.is(head, GIVING) { self.receivers(head) } else { Vec::new() };
            if receivers.is_empty() {
                self.add_subjects(head, found, reach);
            } else {
                found.extend(receivers);
            }
        }
    }

    /// Returns the objects of the verb `at` if they do what its complement says: `urged Chad to stop`.
    fn controllers(&self, at: u32) -> Vec<u32> {
        if self.is_passive(at) || self.is(at, &["promise", "threaten", "vow", "pledge", "use"]) {
            return Vec::new();
        }
        if self.child(at, Dep::Dobj).is_some() {
            return self.own_objects(at);
        }
        // `called on Chad to go`
        if self.is(at, &["call", "appeal", "prevail", "rely", "count", "depend"]) {
            let asked = self.after(at, &["on", "upon", "to"]);
            if !asked.is_empty() {
                return asked;
            }
        }
        let told = self.child(at, Dep::Dative).filter(|&told| self.is_noun(told));
        told.map_or_else(Vec::new, |told| self.list(told))
    }

    /// Returns those to whom the verb `at` gives something: `gave Chad a free hand`, `gave a free hand to Chad`.
    fn receivers(&self, at: u32) -> Vec<u32> {
        let given = self.child(at, Dep::Dative);
        let named = given.filter(|&given| self.is_noun(given));
        let behind = || given.and_then(|prep| self.child(prep, Dep::Pobj));
        named.or_else(behind).map_or_else(Vec::new, |given| self.list(given))
    }

    /// Returns what the verb `at` acts on: objects, or subjects in the passive.
    pub fn objects(&self, at: u32) -> Vec<u32> {
        if self.is_passive(at) { self.subjects(at) } else { self.own_objects(at) }
    }

    /// Returns the objects of the verb `at` in the tree, or the noun that its relative clause describes.
    fn own_objects(&self, at: u32) -> Vec<u32> {
        let mut found = Vec::new();
        for object in self.children_by(at, &[Dep::Dobj]) {
            self.add_list(self.referent(object), &mut found);
        }
        // `the jet that Norway downed`, `the jet Norway downed`; not `the town where Norway won`
        if found.is_empty()
            && self.dep(at) == Dep::Relcl
            && let Some(noun) = self.head(at)
            && self.children_by(at, &[Dep::Nsubj]).any(|subject| !self.is_relative(subject))
            && !self.children(at).iter().any(|&word| self.tag(word) == Tag::Wrb)
        {
            self.add_list(noun, &mut found);
        }
        found
    }

    /// Returns who does what the verb `at` says: its subjects, or those after `by` in the passive.
    pub fn doers(&self, at: u32) -> Vec<u32> {
        if self.is_passive(at) { self.agents(at) } else { self.subjects(at) }
    }

    /// Returns who acts in the passive `at`: those after `by`, but for times and measures (`agreed by Friday`).
    pub fn agents(&self, at: u32) -> Vec<u32> {
        let is_measure = |word: u32| {
            use EntityLabel::{Date, Money, Percent, Quantity, Time};
            self.entity_at(word)
                .is_some_and(|entity| matches!(entity.label, Date | Time | Percent | Money | Quantity))
        };
        let mut found = Vec::new();
        let mut add = |word: u32| {
            for by in self.children_by(word, &[Dep::Agent, Dep::Prep]) {
                if self.dep(by) == Dep::Agent || self.is(by, &["by"]) {
                    for object in self.children_by(by, &[Dep::Pobj]).filter(|&object| !is_measure(object)) {
                        self.add_list(object, &mut found);
                    }
                }
            }
            !found.is_empty()
        };
        if add(at) {
            return found;
        }
        // `was branded a terrorist by Norway`, `was listed as a terrorist by Norway`: hung on the noun between.
        const BETWEEN: &[&str] = &["as", "in", "at", "on", "from", "to", "into", "with"];
        let behind = self
            .children_by(at, &[Dep::Prep])
            .filter(|&prep| self.is(prep, BETWEEN))
            .flat_map(|prep| self.children_by(prep, &[Dep::Pobj]));
        for noun in self.children_by(at, &[Dep::Oprd, Dep::Dobj]).chain(behind) {
            if noun > at && add(noun) {
                break;
            }
        }
        found
    }
}
