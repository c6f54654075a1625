//! Mentions, and the chains that they make.

use readout_record::{ActorId, ActorKind, Sector};
use readout_text::ByteSpan;

/// One place where somebody is spoken of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Span of the whole noun phrase, in bytes.
    pub span: ByteSpan,
    /// The words that name or describe, in bytes: without titles before a name.
    pub words: ByteSpan,
    /// The head token.
    pub head: u32,
    /// A name, a description or a pronoun.
    pub form: MentionForm,
    /// Number of its chain.
    pub chain: u32,
    /// The office or title beside it, `Russian President`.
    pub role: Option<String>,
}

/// The form of a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MentionForm {
    /// `Barack Obama`, `Moscow`, `the Islamic State`.
    Name,
    /// `Russian`, `French`: an adjective or possessive that stands for a state or people.
    Adjective,
    /// `the U.S. president`, `two officials`, `the ship`.
    Nominal,
    /// `he`, `who`, `their`.
    Pronoun,
}

/// The mentions of one actor, or of one group of actors, in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    /// Numbers of its mentions, in order.
    pub mentions: Vec<u32>,
    /// Ids of the actors: one; more for a group of known members (`the two leaders`); none if it is nobody who acts.
    pub actors: Vec<ActorId>,
    /// The fullest name, or the words that describe an unnamed one.
    pub name: String,
    /// Kind of actor.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-3 of its state.
    pub state: Option<String>,
    /// PLOVER sector.
    pub sector: Option<Sector>,
    /// Offices and titles beside it, `Russian President`.
    pub roles: Vec<String>,
    /// Whether it is a city, region or sea, which acts only as a metonym.
    pub place: bool,
}

/// All mentions and chains of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// In order of their start, outer before inner.
    pub mentions: Vec<Mention>,
    /// In order of their first mention.
    pub chains: Vec<Chain>,
}

impl Mentions {
    /// The outermost mention whose head is token `head`.
    pub fn with_head(&self, head: u32) -> Option<&Mention> {
        self.mentions.iter().find(|mention| mention.head == head)
    }

    /// Returns the spans of the names of people, in bytes, in order.
    pub fn names_of_people(&self) -> Vec<ByteSpan> {
        let is_person = |mention: &&Mention| {
            let chain = self.chains.get(mention.chain as usize);
            mention.form == MentionForm::Name && chain.is_some_and(|it| it.kind == ActorKind::Person)
        };
        let mut found: Vec<ByteSpan> = self.mentions.iter().filter(is_person).map(|it| it.words).collect();
        found.sort_by_key(|span| (span.start, span.end));
        found
    }

    /// Returns the actors that the phrase headed by token `head` refers to; empty if unknown.
    pub fn actors_of(&self, head: u32) -> &[ActorId] {
        self.with_head(head).map_or(&[], |mention| &self.chains[mention.chain as usize].actors)
    }
}
