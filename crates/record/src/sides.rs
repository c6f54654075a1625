//! The parts that actors take in a record, and the walks over the actors and the other records that a record names.

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
    Broker,
    Guarantor,
    StepActor,
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
            Self::Setter | Self::StepActor => "by",
            Self::PremiseActor => "who must act",
            Self::ConsequenceActor => "who responds",
            Self::Creditor => "for whom",
            Self::Party => "parties",
            Self::Broker => "brokered by",
            Self::Guarantor => "guaranteed by",
            Self::Holder => "whose",
        }
    }
}

/// Builds the walks over the sides and references of a kind, from its fields with actors and their [`Side`]s, and its
/// fields with the ids of other records. `one` marks a field with a single actor, `each` a list of parts that have
/// actors of their own.
macro_rules! sides {
    ($kind:ident {
        $($($field:ident).+ $(: $one:ident)? => $side:ident),* $(,)?
        $(; each $part:ident { $($inner:ident => $inner_side:ident),* })?
    } names { $($($reference:ident).+),* }) => {
        impl $kind {
            pub(crate) fn each_side<'r>(&'r self, each: &mut dyn FnMut(crate::Side, &'r [crate::ActorId])) {
                let _ = &each;
                $(each(crate::Side::$side, sides!(@list self.$($field).+ $(, $one)?));)*
                $(for part in &self.$part {
                    $(each(crate::Side::$inner_side, &part.$inner);)*
                })?
            }

            pub(crate) fn each_side_mut(&mut self, each: &mut dyn FnMut(crate::Side, &mut Vec<crate::ActorId>)) {
                let _ = &each;
                $(sides!(@change self.$($field).+, crate::Side::$side, each $(, $one)?);)*
                $(for part in &mut self.$part {
                    $(each(crate::Side::$inner_side, &mut part.$inner);)*
                })?
            }

            pub(crate) fn each_reference<'r>(&'r self, each: &mut dyn FnMut(&'r str)) {
                let _ = &each;
                $(self.$($reference).+.iter().for_each(|id| each(id));)*
            }

            pub(crate) fn each_reference_mut(&mut self, each: &mut dyn FnMut(&mut String)) {
                let _ = &each;
                $(self.$($reference).+.iter_mut().for_each(|id| each(id.as_mut()));)*
            }
        }
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

pub(crate) use sides;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Meeting, Position, Record};

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
