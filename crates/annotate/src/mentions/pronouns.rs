//! Pronouns: whom `he`, `she`, `they`, `it`, `who`, and in quotations `I` and `we`, stand for.
//!
//! Grammar bars some; of those left the signs of [`crate::mentions::salience`] choose, after Lappin and Leass 1994
//! (recency, subject, parallel part), with the votes of attributions and quotations added.

use readout_knowledge::WordKind;
use readout_record::ActorKind;
use readout_syntax::Dep;

use crate::mentions::MentionForm;
use crate::mentions::context::Part;
use crate::mentions::nominals::{Article, Pronoun};
use crate::mentions::resolver::{Resolver, SENTENCES};
use crate::mentions::salience::{Sign, Signs, weights};
use crate::mentions::sorts::Sort;
use crate::mentions::words;

/// The most steps up the tree from a pronoun to a verb of its sentence.
const STEPS_IN_SENTENCE: usize = 30;
/// The most steps up the tree from a pronoun to the clause or phrase that comes before its name.
const STEPS_TO_CLAUSE: usize = 12;
/// The most steps up the tree from a relative pronoun to its clause.
const STEPS_TO_RELATIVE: usize = 6;

/// The most sentences back to which `they` and `it` may refer.
const NEAR: u32 = 3;

/// By how much less a score suffices where nobody else fits `they`: one sentence back, but not two.
const ALONE: i32 = 30;

/// One who may be meant, while mentions are walked from the nearest back.
struct Choice {
    link: usize,
    nearest: usize,
    /// The most prominent part among its mentions in the sentence of the nearest.
    part: Part,
    barred: bool,
    above: bool,
    main: bool,
    /// Whether it is the subject of the verb on which the pronoun's clause hangs.
    matrix: bool,
    again: bool,
    first: usize,
    ahead: bool,
}

impl Resolver<'_, '_> {
    /// Returns the link that a pronoun refers to, if that is sure enough.
    pub(super) fn pronoun(&mut self, number: usize, pronoun: Pronoun) -> Option<usize> {
        match pronoun {
            Pronoun::Who => return self.relative(number),
            // Their speaker may stand behind them: see `first_persons`.
            Pronoun::I | Pronoun::We => return None,
            Pronoun::It if self.says_nothing(number) => return None,
            Pronoun::They if self.is_of_anybody(self.candidates[number].head) => return None,
            _ => {}
        }
        if let Some(bound) = self.bound(number, pronoun) {
            return bound;
        }
        match pronoun {
            Pronoun::They => self
                .choose(number, pronoun, NEAR)
                .or_else(|| self.owner_in_clause(number, pronoun))
                .or_else(|| self.each_other(number))
                .or_else(|| self.state_spoken_of(number))
                .or_else(|| self.only_party(number)),
            Pronoun::It => {
                self.owner_in_clause(number, pronoun).or_else(|| self.choose(number, pronoun, NEAR))
            }
            _ => self.choose(number, pronoun, SENTENCES),
        }
    }

    /// Whether the pronoun at `head` is of anybody: `everybody lost their pass`, `anyone who says that they won`.
    fn is_of_anybody(&self, head: u32) -> bool {
        let syntax = self.context.syntax;
        let owns = syntax.token(head).dep == Dep::Poss;
        let subject_of =
            |verb: u32| syntax.children_by(verb, &[Dep::Nsubj, Dep::Nsubjpass]).find(|&it| it < head);
        // The nearest subject before it: `everyone knows that the rebels lost their base` is of the rebels.
        syntax.ancestors(head).take(STEPS_IN_SENTENCE).find_map(subject_of).is_some_and(|subject| {
            let named = syntax.referent(subject);
            let no_one = syntax.word(named).eq_ignore_ascii_case("one")
                && syntax
                    .children_by(named, &[Dep::Det])
                    .any(|at| syntax.word(at).eq_ignore_ascii_case("no"));
            (owns || named != subject) && (no_one || syntax.is_written(named, &words::ANYBODY))
        })
    }

    /// Returns the pair of `they met`, `their summit`: the two who lead states and of whom the last sentence speaks.
    fn each_other(&mut self, number: usize) -> Option<usize> {
        let syntax = self.context.syntax;
        let token = syntax.token(self.candidates[number].head);
        let together = match token.dep {
            Dep::Poss => syntax.is_written(token.head, &words::JOINT_NOUN),
            // "the talks they started"
            Dep::Nsubj => {
                let above = syntax.token(token.head);
                syntax.is_written(token.head, &words::JOINT_VERB)
                    || above.dep == Dep::Relcl && syntax.is_written(above.head, &words::JOINT_NOUN)
            }
            _ => false,
        };
        if !together || self.context.quotation(self.candidates[number].head).is_some() {
            return None;
        }
        self.pair_of_leaders(number)
    }

    /// The link that the signs choose; `they` and `it` are left open where two are near.
    fn choose(&self, number: usize, pronoun: Pronoun, sentences: u32) -> Option<usize> {
        let weights = weights(pronoun);
        let head = self.candidates[number].head;
        let mut best: Option<(i32, usize)> = None;
        let mut second = i32::MIN;
        for (link, signs) in self.choices(number, pronoun, sentences) {
            let score = weights.score(&signs);
            if best.is_none_or(|(most, _)| score > most) {
                second = best.map_or(i32::MIN, |(most, _)| most);
                best = Some((score, link));
            } else {
                second = second.max(score);
            }
        }
        // "The family wrote a letter. They said …": nobody else can be meant.
        let someone = best.is_some_and(|(_, link)| !self.links[link].thing);
        let alone = pronoun == Pronoun::They && second == i32::MIN && someone;
        let least = weights.least - if alone { ALONE } else { 0 };
        best.filter(|&(score, _)| {
            score >= least && i64::from(score) - i64::from(second) >= i64::from(weights.lead)
        })
        .map(|(_, link)| link)
        .filter(|&link| self.links[link].kind != ActorKind::Outlet || self.speaks_of_outlet(head, link))
    }

    /// Whether the pronoun at `head` may be the outlet `link`. An outlet is in the news as the one that tells them: `it` is
    /// the outlet where it speaks, or where its own clause is about the outlet.
    fn speaks_of_outlet(&self, head: u32, link: usize) -> bool {
        let syntax = self.context.syntax;
        if self.context.is_source(head) && syntax.lemma(head).eq_ignore_ascii_case("it") {
            return true;
        }
        let subject = syntax.ancestors(head).take(STEPS_IN_SENTENCE).find_map(|verb| {
            syntax.children_by(verb, &[Dep::Nsubj]).find(|&subject| !syntax.is_within(head, subject))
        });
        self.link_headed(subject) == Some(link)
    }

    /// Returns the links that the pronoun may refer to, nearest first, with their signs.
    fn choices(&self, number: usize, pronoun: Pronoun, sentences: u32) -> Vec<(usize, Signs)> {
        let syntax = self.context.syntax;
        let head = self.candidates[number].head;
        // Whom a quotation names is not who says it: “We met Mr. Lee,” he said.
        let is_source = self.context.is_source(head);
        let related = self.relative_of(head);
        let mut found: Vec<Choice> = Vec::new();
        let mut slot_of: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
        for (other, link) in self.before(number, sentences) {
            let antecedent = &self.candidates[other];
            if antecedent.form == MentionForm::Adjective {
                continue;
            }
            let barred = related == Some(link)
                || self.is_barred(number, other, link)
                || is_source
                    // `He was late, he said`: he may speak of himself, and so may the last speaker.
                    && (antecedent.form != MentionForm::Pronoun
                            && self.speaker.is_some_and(|speaker| speaker != link)
                        || self.context.quotation(antecedent.head).is_some())
                    && self.context.is_said_by(head, antecedent.head);
            let part = self.context.part(antecedent.head);
            // A list is headed by its `and`, which hangs on the first member.
            let member = match syntax.token(antecedent.head).dep {
                Dep::Cc => syntax.head(antecedent.head),
                _ => Some(antecedent.head),
            };
            let verb = member.and_then(|member| syntax.head(member));
            let here = self.sentence(number) == self.sentence(other);
            let above = here
                && part == Part::Subject
                && verb.is_some_and(|verb| {
                    syntax.ancestors(head).take(STEPS_IN_SENTENCE).any(|above| above == verb)
                });
            let matrix = above && verb == self.matrix(head);
            let main = part == Part::Subject && verb.is_some_and(|verb| syntax.head(verb).is_none());
            let again = matches!(self.sorts[other], Sort::Pronoun(before) if before == pronoun);
            let slot = slot_of.get(&link).copied();
            let Some(slot) = slot else {
                slot_of.insert(link, found.len());
                found.push(Choice {
                    link,
                    nearest: other,
                    part,
                    barred,
                    above,
                    main,
                    matrix,
                    again,
                    first: other,
                    ahead: false,
                });
                continue;
            };
            let choice = &mut found[slot];
            choice.barred |= barred && here;
            choice.again |= again;
            if self.sentence(choice.nearest) == self.sentence(other) {
                choice.part = prominent(choice.part, part);
                choice.above |= above;
                choice.main |= main;
                choice.matrix |= matrix;
                choice.first = other;
            }
        }
        if matches!(pronoun, Pronoun::He | Pronoun::She)
            && let Some((ahead, link)) = self.ahead(head)
            && !self.is_speaker_of(number, link)
        {
            match slot_of.get(&link) {
                Some(&slot) => found[slot].ahead = true,
                None => found.push(Choice {
                    link,
                    nearest: ahead,
                    part: Part::Subject,
                    barred: false,
                    above: false,
                    main: true,
                    matrix: false,
                    again: false,
                    first: ahead,
                    ahead: true,
                }),
            }
        }
        self.fitting(number, pronoun, &found)
    }

    /// Returns those of `found` that fit the pronoun `number`, with the signs for each, in their order.
    fn fitting(&self, number: usize, pronoun: Pronoun, found: &[Choice]) -> Vec<(usize, Signs)> {
        let head = self.candidates[number].head;
        let mut fitting: Vec<(usize, Signs)> = Vec::new();
        let mut firsts: std::collections::BTreeMap<u32, usize> = std::collections::BTreeMap::new();
        for choice in found {
            if choice.barred || !self.fits(number, pronoun, choice.link, choice.nearest) {
                continue;
            }
            let sentence = self.sentence(choice.nearest);
            let first = firsts.entry(sentence).or_insert(choice.first);
            *first = (*first).min(choice.first);
        }
        let last = self.last_speaker(pronoun);
        let speaks_on = self.is_source_of_sentence(head)
            && !found.iter().any(|choice| {
                self.brings_in(choice, last) && self.fits(number, pronoun, choice.link, choice.nearest)
            });
        for choice in found {
            if choice.barred || !self.fits(number, pronoun, choice.link, choice.nearest) {
                continue;
            }
            let first = firsts.get(&self.sentence(choice.nearest)) == Some(&choice.first);
            let mut signs = self.signs(number, choice, fitting.len(), first);
            signs.set_if(Sign::Speaker, self.context.is_source(head) && last == Some(choice.link));
            signs.set_if(Sign::SpeaksOn, speaks_on && last == Some(choice.link));
            fitting.push((choice.link, signs));
        }
        fitting
    }

    /// Whether the pronoun tells who says the whole sentence: `“… ,” he said`, `He added that …`.
    fn is_source_of_sentence(&self, head: u32) -> bool {
        let syntax = self.context.syntax;
        let verb = syntax.token(head).head;
        let main = matches!(syntax.token(verb).dep, Dep::Root | Dep::Parataxis);
        main && self.context.is_source(head) && self.context.attribution(head).is_none()
    }

    /// Returns the link of whoever spoke last, as far as `pronoun` may mean that one: several who spoke together are `they`.
    fn last_speaker(&self, pronoun: Pronoun) -> Option<usize> {
        self.speakers.filter(|_| pronoun == Pronoun::They).or(self.speaker)
    }

    /// Whether the choice was brought in after `speaker`, the one who spoke last: as a subject by name, or for the first time.
    fn brings_in(&self, choice: &Choice, speaker: Option<usize>) -> bool {
        let named = self.candidates[choice.nearest].form == MentionForm::Name;
        let new = self.links[choice.link].members.first() == Some(&choice.nearest);
        let subject = choice.part == Part::Subject || choice.main;
        let Some(speaker) = speaker.filter(|&speaker| speaker != choice.link) else { return false };
        // Whom the speaker's own words name does not take over.
        let head = self.candidates[choice.nearest].head;
        let told = self.context.attribution(head).is_some_and(|attribution| {
            attribution.speech && self.link_headed(attribution.source_head) == Some(speaker)
        });
        if told {
            return false;
        }
        named && (subject || new) && self.sentence(choice.nearest) > self.sentence(self.counts[speaker].1)
    }

    fn signs(&self, number: usize, choice: &Choice, rank: usize, first: bool) -> Signs {
        let syntax = self.context.syntax;
        let (pronoun, nearest) = (&self.candidates[number], &self.candidates[choice.nearest]);
        let link = &self.links[choice.link];
        let sentences = self.sentence(number).saturating_sub(self.sentence(choice.nearest)) as i32;
        let mut signs = Signs::NONE;
        signs.set(Sign::Sentences, sentences.min(4));
        signs.set_if(Sign::SameSentence, sentences == 0);
        signs.set(Sign::Words, (pronoun.head.abs_diff(nearest.head) / 10).min(6) as i32);
        signs.set(Sign::Rank, rank.min(4) as i32);
        signs.set_if(Sign::Subject, choice.part == Part::Subject);
        signs.set_if(Sign::Object, choice.part == Part::Object);
        signs.set_if(Sign::Owner, choice.part == Part::Owner);
        signs.set_if(
            Sign::Parallel,
            choice.part == self.context.part(pronoun.head) && choice.part != Part::Other,
        );
        signs.set_if(Sign::Above, choice.above);
        signs.set_if(Sign::Main, choice.main);
        signs.set_if(Sign::Matrix, choice.matrix);
        signs.set_if(Sign::First, first);
        let token = syntax.token(nearest.head);
        signs.set_if(Sign::Listed, token.dep == Dep::Conj && token.head < nearest.head);
        signs.set_if(Sign::ByPronoun, nearest.form == MentionForm::Pronoun);
        signs.set_if(Sign::ByName, nearest.form == MentionForm::Name);
        let article = match &self.sorts[choice.nearest] {
            Sort::Described(description) => Some(description.article),
            Sort::Thing(thing) => Some(thing.article),
            _ => None,
        };
        signs.set_if(Sign::ByIndefinite, matches!(article, Some(Article::Indefinite | Article::Bare)));
        signs.set_if(Sign::Again, choice.again);
        signs.set(Sign::Count, self.counts[choice.link].0.min(6) as i32);
        let lead = link.members.iter().min().is_some_and(|&first| self.sentence(first) < 2);
        signs.set_if(Sign::Lead, lead);
        signs.set_if(Sign::Person, link.kind == ActorKind::Person && link.described.is_none());
        signs.set_if(Sign::Gender, link.gender.is_some());
        signs.set_if(Sign::Kin, link.described.as_ref().is_some_and(|it| it.word == WordKind::Kin));
        let quoted = self.context.quotation(pronoun.head);
        let other = self.context.quotation(nearest.head);
        signs.set_if(Sign::Quoted, quoted.is_none() && other.is_some());
        signs.set_if(Sign::SameQuotation, quoted.is_some() && quoted == other);
        let source = quoted
            .is_none()
            .then(|| self.context.attribution(pronoun.head))
            .flatten()
            .filter(|it| it.source_head.is_none_or(|at| syntax.child(at, Dep::Conj).is_none()))
            .and_then(|attribution| self.link_headed(attribution.source_head));
        signs.set_if(Sign::Source, source == Some(choice.link));
        let one = link.list.is_empty() && link.stands_for.len() < 2;
        // "The Norwegian authorities said they …": many act for the state.
        let many = pronoun.plural && nearest.plural && nearest.form == MentionForm::Nominal;
        let state = link.kind == ActorKind::State && !link.place && !link.people && one && !many;
        signs.set_if(Sign::State, state);
        let body = matches!(link.kind, ActorKind::Organisation | ActorKind::Outlet);
        let described = link
            .described
            .as_ref()
            .is_some_and(|it| matches!(it.word, WordKind::Organisation | WordKind::Group));
        signs.set_if(Sign::Organisation, body || described);
        signs.set_if(Sign::Armed, link.kind == ActorKind::ArmedGroup);
        signs.set_if(Sign::Place, link.place || link.kind == ActorKind::Place);
        signs.set_if(Sign::Thing, link.thing);
        let people = link.people
            || nearest.plural
                && link
                    .described
                    .as_ref()
                    .is_some_and(|it| matches!(it.word, WordKind::Person | WordKind::Kin));
        signs.set_if(Sign::People, people);
        signs.set_if(Sign::List, !link.list.is_empty() || link.stands_for.len() > 1);
        let unknown = link.kind != ActorKind::Person && self.is_unknown_name(link);
        signs.set_if(Sign::UnknownName, unknown);
        let before = nearest.phrase.start.checked_sub(1);
        signs.set_if(Sign::Bracketed, before.is_some_and(|before| syntax.word(before) == "("));
        let subject = self.context.part(pronoun.head) == Part::Subject;
        signs.set_if(Sign::GoesOn, sentences == 1 && choice.main && subject);
        signs.set(Sign::Total, link.members.len().min(8) as i32);
        signs.set_if(Sign::Ahead, choice.ahead);
        signs
    }

    /// The person whom `her aunt Mary Paine`, `her deputy, Ann Lee` names, where `at` is the `her`: she is not her own
    /// aunt, whatever was said of her before.
    fn relative_of(&self, at: u32) -> Option<usize> {
        let token = self.context.syntax.token(at);
        let noun = (token.dep == Dep::Poss).then(|| self.headed[token.head])??;
        match &self.sorts[noun] {
            Sort::Name => self.link_of[noun],
            Sort::Described(description) => self.named_beside(noun, description),
            _ => None,
        }
    }

    /// Whether the phrase headed by `at` is one of somebody who acts, and not of a thing.
    fn is_acting(&self, at: u32) -> bool {
        self.headed[at].is_some_and(|number| !matches!(self.sorts[number], Sort::Thing(_)))
    }

    /// Returns the verb on which the clause of the pronoun hangs: `lose` in `Park would lose if he waits`.
    fn matrix(&self, head: u32) -> Option<u32> {
        let clause = self.context.clause(head)?;
        let hangs = self.context.syntax.token(clause).dep == Dep::Advcl;
        hangs.then(|| self.context.syntax.head(clause)).flatten()
    }

    /// `When he arrived, Obama …`: the name that is the subject of a verb below which, and before that name, the
    /// pronoun stands in a clause or phrase.
    fn ahead(&self, head: u32) -> Option<(usize, usize)> {
        let syntax = self.context.syntax;
        let mut below = head;
        for above in syntax.ancestors(head).take(STEPS_TO_CLAUSE) {
            let branch = syntax.token(below).dep;
            let aside = matches!(
                branch,
                Dep::Advcl | Dep::Prep | Dep::Advmod | Dep::Npadvmod | Dep::Dep | Dep::Acl | Dep::Ccomp
            );
            if below < above && aside {
                let subject = (head + 1..above.min(head + 80)).find(|&at| {
                    syntax.token(at).head == above
                        && matches!(syntax.token(at).dep, Dep::Nsubj | Dep::Nsubjpass)
                });
                // "the prime minister, Ann Lee, said": the name beside the description is the one that is known.
                // "Despite her defeat, Ann Lee's rule goes on": the subject is no person, and its owner is.
                let named = subject.and_then(|subject| {
                    let beside = (subject + 1..above.min(subject + 20))
                        .filter(|&at| syntax.token(at).head == subject && syntax.token(at).dep == Dep::Appos);
                    let owner = syntax
                        .children_by(subject, &[Dep::Poss])
                        .filter(|&owner| owner > head && !self.is_acting(subject));
                    std::iter::once(subject)
                        .chain(beside)
                        .chain(owner)
                        .filter_map(|at| self.headed[at])
                        .find(|&number| matches!(self.sorts[number], Sort::Name))
                });
                if let Some(number) = named {
                    return self.link_of[number].map(|link| (number, link));
                }
            }
            below = above;
        }
        None
    }

    /// Returns the link of `who`: the phrase that its clause describes.
    fn relative(&self, number: usize) -> Option<usize> {
        let syntax = self.context.syntax;
        let at = self.candidates[number].head;
        let clause = std::iter::once(at)
            .chain(syntax.ancestors(at).take(STEPS_TO_RELATIVE))
            .find(|&above| syntax.token(above).dep == Dep::Relcl)?;
        self.link_headed(syntax.head(clause))
    }
}

/// The more prominent of two parts.
fn prominent(one: Part, other: Part) -> Part {
    let weight = |part: Part| match part {
        Part::Subject => 3,
        Part::Object => 2,
        Part::Owner => 1,
        Part::Other => 0,
    };
    if weight(one) >= weight(other) { one } else { other }
}
