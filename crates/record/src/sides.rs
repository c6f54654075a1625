//! The actors that take part in a record, and the other records that it names, for every kind.

use crate::{
    Actor, ActorId, Agreement, Commitment, Condition, Correction, Document, Event, Happening, Incident,
    Meeting, Position, Quote, Statement, Story,
};

/// An actor's part in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Side {
    Speaker,
    Addressee,
    Via,
    Actor,
    Recipient,
    Participant,
    Host,
    Claimant,
    Blamed,
    Denier,
    Setter,
    Target,
    PremiseActor,
    ConsequenceActor,
    Debtor,
    Creditor,
    Party,
    Holder,
}

impl Side {
    /// Returns the part as people read it, as a label before names.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Addressee | Self::Target => "to",
            Self::Via => "by way of",
            Self::Actor | Self::Debtor => "who",
            Self::Recipient => "to whom",
            Self::Participant => "who met",
            Self::Host => "host",
            Self::Claimant => "claimed by",
            Self::Blamed => "blamed on",
            Self::Denier => "denied by",
            Self::Setter => "by",
            Self::PremiseActor => "who must act",
            Self::ConsequenceActor => "who responds",
            Self::Creditor => "for whom",
            Self::Party => "parties",
            Self::Holder => "whose",
        }
    }
}

/// Builds the walks over sides and references. A line has a kind, its fields with actors and what these are, and its
/// fields with the ids of other records. `one` marks a field with a single actor.
macro_rules! sides {
    ($($kind:ident { $($($field:ident).+ $(: $one:ident)? => $side:ident),* } names { $($($reference:ident).+),* })*) => {
        $(impl $kind {
            pub(crate) fn each_side<'r>(&'r self, each: &mut dyn FnMut(Side, &'r [ActorId])) {
                let _ = &each;
                $(each(Side::$side, sides!(@list self.$($field).+ $(, $one)?));)*
            }

            pub(crate) fn each_side_mut(&mut self, each: &mut dyn FnMut(Side, &mut Vec<ActorId>)) {
                let _ = &each;
                $(sides!(@change self.$($field).+, Side::$side, each $(, $one)?);)*
            }

            pub(crate) fn each_reference<'r>(&'r self, each: &mut dyn FnMut(&'r str)) {
                let _ = &each;
                $(self.$($reference).+.iter().for_each(|id| each(id));)*
            }

            pub(crate) fn each_reference_mut(&mut self, each: &mut dyn FnMut(&mut String)) {
                let _ = &each;
                $(self.$($reference).+.iter_mut().for_each(|id| each(id.as_mut()));)*
            }
        })*
    };
    (@list $list:expr) => { &$list };
    (@list $list:expr, one) => { std::slice::from_ref(&$list) };
    (@change $list:expr, $side:expr, $each:ident) => { $each($side, &mut $list) };
    (@change $list:expr, $side:expr, $each:ident, one) => {
        let mut list = vec![std::mem::take(&mut $list)];
        $each($side, &mut list);
        $list = list.into_iter().next().unwrap_or_default();
    };
}

sides! {
    Document {} names {}
    Actor {} names {}
    Statement { speaker => Speaker, addressee => Addressee, via => Via } names { parent, occasion }
    Event { actor => Actor, recipient => Recipient } names { reported_by }
    Meeting { participants => Participant, recipient => Host } names { reported_by }
    Incident {
        actor => Actor, recipient => Recipient, claimed_by => Claimant, blamed_on => Blamed, denied_by => Denier
    } names { reported_by, claimed_in, blamed_in }
    Condition {
        by => Setter, to => Target, premise.actor => PremiseActor, consequence.actor => ConsequenceActor
    } names { statement, premise.event, consequence.event }
    Commitment { debtor => Debtor, creditor => Creditor } names { statement, agreement }
    Agreement { parties => Party } names { terms }
    Position { actor: one => Holder } names { evidence }
    Quote {} names { members }
    Happening { participants => Participant } names { members }
    Story {} names { documents }
    Correction {} names {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Record;

    #[test]
    fn sides_and_references_are_seen_and_changed() {
        let mut meeting = Record::from(Meeting {
            participants: vec!["state:NOR".into()],
            recipient: vec!["person:a".into()],
            reported_by: Some("statement:1".into()),
            ..Meeting::default()
        });
        meeting.each_side_mut(&mut |side, ids| {
            if side == Side::Host {
                ids.iter_mut().for_each(|id| *id = id.replace('a', "b").into());
            }
        });
        let mut seen = Vec::new();
        meeting.as_ref().each_side(&mut |side, ids| seen.push((side, ids.concat())));
        assert_eq!(seen, [(Side::Participant, "state:NOR".to_owned()), (Side::Host, "person:b".to_owned())]);
        let mut names = Vec::new();
        meeting.as_ref().each_reference(&mut |id| names.push(id));
        assert_eq!(names, ["statement:1"]);

        let mut position = Record::from(Position { actor: "person:a".into(), ..Position::default() });
        position.each_side_mut(&mut |_, ids| *ids = vec!["person:c".into()]);
        assert!(matches!(&position, Record::Position(it) if it.actor == "person:c"));
    }
}
