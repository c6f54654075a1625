//! Ordinary things: ships, plans, attacks, and names of what is no actor (`the Nobel Prize`). They are nobody who acts,
//! but a report speaks of them again, and a pronoun may stand for them rather than for somebody.

use readout_lexicon::WordSet as _;
use readout_record::ActorKind;
use readout_record::ids::slug;
use readout_syntax::{Dep, EntityLabel, PerToken, Pos, Syntax, Tag};

use crate::mentions::MentionForm;
use crate::mentions::candidate::{Candidate, head_of};
use crate::mentions::link::Link;
use crate::mentions::nominals::{Article, article_of, modifiers_of, start_of};
use crate::mentions::resolver::Resolver;
use crate::mentions::sorts::{Sort, Thing};
use crate::mentions::words;

/// The most words before a noun that a thing keeps of one mention.
const MODIFIERS: usize = 12;

/// The things of the text; `taken` marks the tokens of names and heads of descriptions.
pub(super) fn find<'k>(syntax: &Syntax, taken: &PerToken<bool>) -> Vec<(Candidate<'k>, Thing)> {
    let mut found = Vec::new();
    let mut in_name = taken.clone();
    for entity in syntax.entities() {
        let named = matches!(
            entity.label,
            EntityLabel::Product
                | EntityLabel::Event
                | EntityLabel::WorkOfArt
                | EntityLabel::Law
                | EntityLabel::Language
                | EntityLabel::Facility
        );
        if !named || (entity.start..entity.end).any(|at| taken[at]) {
            continue;
        }
        let mut words = entity.start..entity.end;
        while words.len() > 1 && matches!(syntax.token(words.start).pos, Pos::Det | Pos::Punct | Pos::Space) {
            words.start += 1;
        }
        if !syntax.word(words.start).starts_with(|first: char| first.is_uppercase() || first.is_numeric()) {
            continue;
        }
        for at in words.clone() {
            in_name[at] = true;
        }
        found.push(named_thing(syntax, words));
    }
    for head in 0..syntax.len() {
        let token = syntax.token(head);
        let noun = matches!(token.tag, Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Nnps)
            && matches!(token.pos, Pos::Noun | Pos::Propn);
        if in_name[head]
            || !noun
            || matches!(
                token.dep,
                Dep::Compound | Dep::Amod | Dep::Nmod | Dep::Nummod | Dep::Det | Dep::Appos
            )
            || !syntax.word(head).chars().any(char::is_alphabetic)
        {
            continue;
        }
        let start = start_of(syntax, head);
        if token.tag.is_proper() {
            let mut first = head;
            while first > start && !in_name[first - 1] && is_name_part(syntax, first - 1, head) {
                first -= 1;
            }
            let mut end = head + 1;
            while end < syntax.len()
                && syntax.token(end).tag == Tag::Cd
                && syntax.token(end).head == head
                && !in_name[end]
            {
                end += 1;
            }
            found.push(named_thing(syntax, first..end));
            continue;
        }
        let article = article_of(syntax, start, head);
        let lemma = syntax.lemma(head).to_lowercase();
        let called = matches!(token.dep, Dep::Attr | Dep::Oprd) && article != Article::Definite;
        if called || words::LOOSE.has(&lemma) {
            continue;
        }
        let owner =
            (start..head).find(|&at| syntax.token(at).dep == Dep::Poss && syntax.token(at).head == head);
        let mut candidate = Candidate::new(start..head + 1, head, MentionForm::Nominal, ActorKind::Unnamed);
        candidate.plural = token.tag == Tag::Nns || article == Article::Pair;
        let modifiers = modifiers_of(syntax, start, head);
        found.push((candidate, Thing { article, lemma, modifiers, owner, name: None }));
    }
    found
}

/// Whether the token is in the name that ends with `head`.
fn is_name_part(syntax: &Syntax, at: u32, head: u32) -> bool {
    let token = syntax.token(at);
    (token.tag.is_proper() || token.tag == Tag::Hyph)
        && token.sentence == syntax.token(head).sentence
        && (token.head >= at && token.head <= head)
}

fn named_thing<'k>(syntax: &Syntax, words: std::ops::Range<u32>) -> (Candidate<'k>, Thing) {
    let head = head_of(syntax, words.clone());
    let mut candidate = Candidate::new(words.clone(), head, MentionForm::Name, ActorKind::Unnamed);
    if words.start > 0 && syntax.token(words.start - 1).pos == Pos::Det {
        candidate.phrase.start -= 1;
    }
    candidate.plural = syntax.token(head).tag == Tag::Nnps;
    let thing = Thing {
        article: Article::Definite,
        lemma: syntax.lemma(head).to_lowercase(),
        modifiers: words.clone().filter(|&at| at != head).map(|at| slug(syntax.word(at))).collect(),
        owner: None,
        name: Some(slug(syntax.passage(words))),
    };
    (candidate, thing)
}

/// The most earlier things with the same noun that are looked at.
const EARLIER: usize = 8;

impl Resolver<'_, '_> {
    /// The link of a thing: an earlier one by the same noun or name, or its own.
    pub(super) fn thing(&mut self, number: usize, thing: &Thing) -> usize {
        let by_name = thing.name.as_ref().and_then(|name| self.thing_by_name.get(name).copied());
        let link = by_name.or_else(|| self.same_thing(number, thing)).unwrap_or_else(|| {
            let words = self.candidates[number].text(self.context.syntax);
            self.links.push(Link {
                name: words.split_whitespace().collect::<Vec<_>>().join(" "),
                kind: ActorKind::Unnamed,
                nobody: true,
                thing: true,
                ..Link::default()
            });
            self.links.len() - 1
        });
        if let Some(name) = &thing.name {
            self.thing_by_name.entry(name.clone()).or_insert(link);
        }
        self.links[link].modifiers.extend(thing.modifiers.iter().take(MODIFIERS).cloned());
        self.things_by_noun.entry(thing.lemma.clone()).or_default().push(number);
        link
    }

    /// `the ship` after `a Greek ship`.
    fn same_thing(&self, number: usize, thing: &Thing) -> Option<usize> {
        // `ozone` here and `ozone` there is the matter in general, nothing that the report comes back to.
        if matches!(thing.article, Article::Indefinite | Article::Bare) {
            return None;
        }
        let candidate = &self.candidates[number];
        let earlier = self.things_by_noun.get(&thing.lemma)?;
        earlier.iter().rev().take(EARLIER).find_map(|&other| {
            let link = self.link_of[other]?;
            let (slot, before) = (&self.links[link], &self.candidates[other]);
            let Sort::Thing(told) = &self.sorts[other] else { return None };
            if before.plural != candidate.plural || before.phrase.contains(&candidate.head) {
                return None;
            }
            let fits = match thing.article {
                Article::Definite | Article::Pair => {
                    thing.modifiers.is_subset(&slot.modifiers)
                        && told.owner.is_none_or(|_| thing.owner.is_none())
                }
                Article::Owned => {
                    let owner =
                        |at: Option<u32>| at.and_then(|at| self.headed[at]).and_then(|at| self.link_of[at]);
                    owner(thing.owner).is_some()
                        && owner(thing.owner) == owner(told.owner)
                        && thing.modifiers.is_subset(&slot.modifiers)
                }
                _ => false,
            };
            fits.then_some(link)
        })
    }
}
