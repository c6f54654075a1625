//! Sources as actors: the actors that a source names, the makers of a document (`a statement by the ministry`), or
//! people without a name (`the rescuers`, `one of the envoys`, `Russian media`).

use std::collections::BTreeMap;

use readout_annotate::{Annotations, Attribution, Chain};
use readout_knowledge::{Knowledge, WordKind};
use readout_lexicon::{WordSet as _, rule};
use readout_record::{ActorId, ActorKind, Document, Mention, Sector};
use readout_syntax::{Dep, Pos, Syntax, Tag};
use readout_text::Offsets;

use crate::clause::reach::DEPENDENTS;
use crate::once::add_once;
use crate::words::{counts, speakers};

/// The most prepositions at one noun that are looked at.
const PREPOSITIONS: usize = 8;
/// The most dependents of a noun among which the name of its state is looked for.
const OWNERS: usize = 16;

/// The tokens before a sentence within which the document is issued that it takes up.
const NEAR: u32 = 200;
/// The most words of a description that count as somebody's name.
const LONGEST: usize = 12;

/// The sources of a document, resolved.
pub(crate) struct Speakers<'d> {
    document: &'d Document,
    annotations: &'d Annotations,
    syntax: &'d Syntax,
    knowledge: &'d Knowledge,
    /// The number of the outermost mention with a head token.
    mention_of: BTreeMap<u32, u32>,
    /// Numbered ids of sources that are no actors otherwise, by head token.
    unnamed: BTreeMap<u32, ActorId>,
    /// The head of the source of what was said in a document, by the tokens of its phrase: `the bank said in a statement`.
    speaker_in: BTreeMap<u32, u32>,
    /// Mentions of the sources in `unnamed`.
    mentions: Vec<Mention>,
}

impl<'d> Speakers<'d> {
    pub(crate) fn new(
        document: &'d Document,
        annotations: &'d Annotations,
        knowledge: &'d Knowledge,
    ) -> Self {
        let mut mention_of = BTreeMap::new();
        for (number, mention) in annotations.mentions.mentions.iter().enumerate() {
            mention_of.entry(mention.head).or_insert(number as u32);
        }
        let syntax = &annotations.syntax;
        let mut speaker_in = BTreeMap::new();
        for attribution in &annotations.attributions {
            if let (Some(medium), Some(source)) = (attribution.medium, attribution.source_head) {
                let tokens = syntax.tokens_in(medium).take(LONGEST);
                speaker_in.extend(tokens.map(|token| (token, source)));
            }
        }
        let mut speakers = Self {
            document,
            annotations,
            syntax: &annotations.syntax,
            knowledge,
            mention_of,
            unnamed: BTreeMap::new(),
            speaker_in,
            mentions: Vec::new(),
        };
        speakers.add_unnamed();
        speakers
    }

    /// Returns the mentions of the sources that got a numbered id.
    pub(crate) fn into_mentions(self) -> Vec<Mention> {
        self.mentions
    }

    /// The actors behind the phrase headed by `head`, and those conjoined to it.
    pub(crate) fn of(&self, head: u32) -> Vec<ActorId> {
        let mut found: Vec<ActorId> = Vec::new();
        for head in self.before_title(head).into_iter().chain(self.syntax.list(head)) {
            add_once(&mut found, self.one(head));
        }
        found
    }

    /// Returns the person before a conjunction and a title, where the parser makes one name of both: `Ila Orr and Foreign
    /// Minister Sable Dorn said`.
    fn before_title(&self, head: u32) -> Option<u32> {
        let syntax = self.syntax;
        let is_person = |at: u32| matches!(self.named(at), [id] if id.starts_with("person:"));
        let joined = |at: u32| {
            syntax.child(at, Dep::Cc).is_some_and(|and| syntax.word(and) == "and")
                && syntax.child(at, Dep::Conj).is_some()
        };
        syntax
            .children_by(head, &[Dep::Compound])
            .find(|&at| joined(at) && is_person(at) && is_person(head) && self.named(at) != self.named(head))
    }

    /// The actors behind the phrase headed by `head` alone.
    fn one(&self, head: u32) -> Vec<ActorId> {
        let mut named = self.named(head);
        if named.is_empty() {
            // `who`: the phrase that it stands for.
            named = self.named(self.syntax.referent(head));
        }
        // `the city’s mayor, Ila Orr`: the name is who that is.
        if named.iter().all(|it| it.is_unnamed()) {
            // `said witness Ila Orr`, where the tagger sees a verb
            let verb = self.syntax.token(head).pos == Pos::Verb;
            let beside = if verb { Dep::Dobj } else { Dep::Appos };
            let name = self.syntax.child(head, beside).map_or(&[][..], |name| self.named(name));
            if name.iter().any(|it| it.starts_with("person:")) {
                return name.to_vec();
            }
        }
        if !named.is_empty() {
            return named.to_vec();
        }
        if let Some(actor) = self.unnamed.get(&self.syntax.referent(head)) {
            return vec![actor.clone()];
        }
        // "we have said": one of them is who says so.
        if matches!(self.syntax.word(head).to_ascii_lowercase().as_str(), "we" | "us" | "our") {
            return self.speaker_around(head).map(|source| self.named(source).to_vec()).unwrap_or_default();
        }
        self.makers(self.syntax.referent(head))
    }

    /// Returns the head of the source of the innermost attribution whose content contains the token `at`.
    fn speaker_around(&self, at: u32) -> Option<u32> {
        let place = self.syntax.token(at).span;
        let holds = |attribution: &&Attribution| {
            attribution.source_head.is_some_and(|source| source != at)
                && attribution.content.iter().any(|span| span.contains(place))
        };
        let size = |attribution: &&Attribution| -> u32 {
            attribution.content.iter().map(|span| span.end - span.start).sum()
        };
        self.annotations.attributions.iter().filter(holds).min_by_key(size)?.source_head
    }

    fn named(&self, head: u32) -> &'d [ActorId] {
        self.chain_of(head).map_or(&[], |chain| &chain.actors)
    }

    fn chain_of(&self, head: u32) -> Option<&'d Chain> {
        let mention = self.annotations.mentions.mentions.get(*self.mention_of.get(&head)? as usize)?;
        self.annotations.mentions.chains.get(mention.chain as usize)
    }

    /// Whether the phrase headed by `head` names a newspaper, agency, broadcaster or the like.
    pub(crate) fn is_outlet(&self, head: u32) -> bool {
        self.chain_of(head).is_some_and(|chain| chain.kind == ActorKind::Outlet)
            || self.syntax.token(head).pos == Pos::Noun && speakers::MEDIA.has(self.syntax.lemma(head))
    }

    /// Whether the phrase headed by `head` names a text or recording that says what its makers say.
    pub(crate) fn is_document(&self, head: u32) -> bool {
        self.syntax.token(head).pos == Pos::Noun
            && speakers::TEXT.has(&self.syntax.lemma(head).to_lowercase())
    }

    /// Whether the phrase headed by `head` is of what may say something: people, a count of them, a body, a text, a name
    /// in capitals.
    pub(crate) fn may_say(&self, head: u32) -> bool {
        let lemma = self.syntax.lemma(head).to_lowercase();
        let word = self.syntax.word(head);
        let abbreviation = word.len() > 1 && word.chars().all(char::is_uppercase);
        abbreviation
            || self.is_outlet(head)
            || self.is_document(head)
            || speakers::VOICE.has(&lemma)
            || counts::PART.has(&lemma)
            || self.knowledge.person_word(&lemma).is_some()
    }

    /// Returns the makers of the document that `head` names, as far as its phrase or an earlier one says so.
    fn makers(&self, head: u32) -> Vec<ActorId> {
        if !self.is_document(head) {
            return Vec::new();
        }
        let heads = self.maker(head).map(|maker| self.syntax.list(maker)).unwrap_or_default();
        let makers: Vec<ActorId> = heads.into_iter().flat_map(|head| self.named(head)).cloned().collect();
        if makers.is_empty() { self.makers_before(head) } else { makers }
    }

    /// Returns the head of the first maker of the document that `head` names, as far as its phrase says so.
    fn maker(&self, head: u32) -> Option<u32> {
        let syntax = self.syntax;
        let children = || syntax.children(head).iter().copied().take(DEPENDENTS);
        let by = |at: u32| {
            syntax
                .children_by(at, &[Dep::Prep, Dep::Agent])
                .take(PREPOSITIONS)
                .filter(|&prep| matches!(syntax.word(prep), "by" | "from"))
                .find_map(|prep| syntax.child(prep, Dep::Pobj))
        };
        let owner = syntax.possessor(head);
        let made = || {
            children()
                .filter(|&child| {
                    syntax.token(child).dep == Dep::Acl && speakers::MADE.has(syntax.lemma(child))
                })
                .find_map(by)
        };
        // `a Pentagon report`; `an Iran report` is about Iran.
        let body = || {
            children().filter(|&child| child < head && syntax.token(child).dep == Dep::Compound).find(
                |&child| {
                    self.chain_of(child).is_some_and(|chain| {
                        matches!(chain.kind, ActorKind::Organisation | ActorKind::Outlet) && !chain.place
                    })
                },
            )
        };
        // `Norlandian accounts`; `a Norlandian study` is one made there.
        let state = || {
            let official = speakers::OFFICIAL_TEXT.has(syntax.lemma(head));
            let of_state =
                |&child: &u32| self.chain_of(child).is_some_and(|chain| chain.kind == ActorKind::State);
            children().filter(|_| official).filter(|&child| child < head).find(of_state)
        };
        owner.or_else(|| by(head)).or_else(made).or_else(|| self.issuer(head)).or_else(body).or_else(state)
    }

    /// Returns the head of the subject of a verb by which the document `at` is made: `The bank issued a report`.
    fn issuer(&self, at: u32) -> Option<u32> {
        let verb = self.syntax.token(at).head;
        let is_object = self.syntax.token(at).dep == Dep::Dobj && speakers::MADE.has(self.syntax.lemma(verb));
        is_object.then(|| self.syntax.subjects(verb).first().copied()).flatten()
    }

    /// Returns the makers of the document that `the statement` takes up: whoever a little before issued a statement.
    fn makers_before(&self, head: u32) -> Vec<ActorId> {
        let syntax = self.syntax;
        let is_definite = syntax
            .children_by(head, &[Dep::Det])
            .any(|at| ["the", "this"].contains(&syntax.word(at).to_lowercase().as_str()));
        if !is_definite {
            return Vec::new();
        }
        let lemma = syntax.lemma(head);
        let first = syntax.sentence_of(head).start;
        let before = (first.saturating_sub(NEAR)..first).rev().filter(|&at| syntax.lemma(at) == lemma);
        let makers = before
            .filter_map(|at| self.maker(at).or_else(|| self.speaker_in.get(&at).copied()))
            .map(|maker| syntax.list(maker));
        let named =
            makers.map(|heads| heads.into_iter().flat_map(|head| self.named(head)).cloned().collect());
        named.into_iter().find(|it: &Vec<ActorId>| !it.is_empty()).unwrap_or_default()
    }

    /// Gives an id to everybody who says something and is nobody yet.
    fn add_unnamed(&mut self) {
        let prefix = format!("unnamed:{}:", self.document.id.trim_start_matches("doc:"));
        let numbers = self.annotations.mentions.chains.iter().flat_map(|chain| &chain.actors);
        let mut last: u32 =
            numbers.filter_map(|actor| actor.strip_prefix(&prefix)?.parse().ok()).max().unwrap_or(0);
        let offsets = Offsets::new(self.syntax.text());
        // `the rescuers` twice are the same ones.
        let mut known: BTreeMap<String, ActorId> = BTreeMap::new();
        for attribution in &self.annotations.attributions {
            let mut heads = attribution.via.clone();
            heads.extend(attribution.source_head.into_iter().flat_map(|head| self.syntax.list(head)));
            for head in heads {
                // `critics who say so`: the critics.
                let head = self.syntax.referent(head);
                if !self.one(head).is_empty() || !self.may_be_somebody(head, attribution) {
                    continue;
                }
                let tokens = self.phrase(head);
                let span = self.syntax.span(tokens);
                let words = span.slice(self.syntax.text());
                let name = words.split_whitespace().collect::<Vec<_>>().join(" ");
                let key = name.to_lowercase();
                let actor = match known.get(&key).filter(|_| key.starts_with("the ")) {
                    Some(actor) => actor.clone(),
                    None => {
                        last += 1;
                        let actor = ActorId::from(format!("{prefix}{last}"));
                        known.insert(key, actor.clone());
                        actor
                    }
                };
                let articles = ["the ", "The ", "a ", "A ", "an ", "An "];
                let bare = articles.iter().find_map(|article| name.strip_prefix(article)).unwrap_or(&name);
                let state = self
                    .syntax
                    .children(head)
                    .iter()
                    .take(OWNERS)
                    .find_map(|&child| self.chain_of(child)?.state.clone());
                let media = self.is_outlet(head);
                let word = self.knowledge.person_word(&self.syntax.lemma(head).to_lowercase());
                self.mentions.push(Mention {
                    doc: self.document.id.clone(),
                    span: offsets.to_chars(span),
                    text: words.to_owned(),
                    actor: actor.clone(),
                    name: bare.to_owned(),
                    actor_kind: ActorKind::Unnamed,
                    named: false,
                    state,
                    sector: if media { Some(Sector::Media) } else { word.and_then(|word| word.sector) },
                    role: None,
                });
                self.unnamed.insert(head, actor);
            }
        }
    }

    /// The words of the phrase headed by `head`: up to its noun, and what `of` adds.
    fn phrase(&self, head: u32) -> std::ops::Range<u32> {
        let syntax = self.syntax;
        let sentence = syntax.sentence_of(head);
        let first = syntax.token(head).left_edge.max(sentence.start).max(head.saturating_sub(LONGEST as u32));
        let first =
            (first..=head).find(|&at| !matches!(syntax.token(at).pos, Pos::Punct | Pos::Space | Pos::Cconj));
        let of = syntax
            .children_by(head, &[Dep::Prep])
            .find(|&prep| prep == head + 1 && syntax.word(prep) == "of");
        let end =
            of.and_then(|of| syntax.child(of, Dep::Pobj)).filter(|object| object - head < LONGEST as u32);
        first.unwrap_or(head)..end.unwrap_or(head) + 1
    }

    /// Whether the phrase headed by `head`, source of `attribution`, is of people or media that nothing names.
    fn may_be_somebody(&self, head: u32, attribution: &Attribution) -> bool {
        let syntax = self.syntax;
        let token = syntax.token(head);
        let lemma = syntax.lemma(head).to_lowercase();
        let is_people = |lemma: &str| {
            self.knowledge
                .person_word(lemma)
                .is_some_and(|word| !matches!(word.kind, WordKind::Place | WordKind::State))
        };
        if self.chain_of(head).is_some_and(|chain| chain.place || chain.kind == ActorKind::Place) {
            return false;
        }
        if counts::PART.has(lemma.as_str()) {
            let mut counted = syntax
                .children_by(head, &[Dep::Prep])
                .filter(|&of| syntax.word(of) == "of")
                .filter_map(|of| syntax.child(of, Dep::Pobj))
                .peekable();
            // `Nineteen percent say so`: a share of those who were asked.
            let share = matches!(lemma.as_str(), "percent" | "%") && attribution.speech;
            return share && counted.peek().is_none()
                || counted.any(|object| {
                    is_people(&syntax.lemma(object).to_lowercase())
                        || self.chain_of(object).is_some_and(|chain| !chain.place)
                });
        }
        // A name that nobody knows: `Sable Dorn, who oversaw the count, said`.
        let is_name = |at: u32| syntax.token(at).pos == Pos::Propn && syntax.token(at).dep == Dep::Compound;
        if token.pos == Pos::Propn && attribution.speech && head > 0 && is_name(head - 1) {
            return true;
        }
        if token.pos != Pos::Noun || self.is_document(head) {
            return false;
        }
        let is_body = lemma == "service"
            && syntax.children(head).iter().any(|&at| speakers::SERVICE_KIND.has(syntax.lemma(at)));
        // `several nations said`; one nation has a name.
        let states = token.tag == Tag::Nns
            && self.knowledge.person_word(&lemma).is_some_and(|word| matches!(word.kind, WordKind::State));
        // `the Romney camp said`
        let is_camp = speakers::CAMP.has(lemma.as_str())
            && attribution.speech
            && syntax
                .children_by(head, &[Dep::Poss, Dep::Compound, Dep::Nmod])
                .any(|of| self.chain_of(of).is_some_and(|chain| !chain.place));
        if self.is_outlet(head) || is_people(&lemma) || is_body || states || is_camp {
            return true;
        }
        // A noun that the record does not know: by its ending, if it says something in so many words.
        let says = attribution.speech
            && (attribution.rule.as_str().starts_with("quote") || attribution.rule == rule!("clause.finite"));
        says && lemma.len() > 4
            && speakers::DOER_ENDING.ends(&lemma)
            && !speakers::NO_DOER.has(lemma.as_str())
    }
}
