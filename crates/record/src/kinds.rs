//! The kinds of record. [`Kind`], [`Record`], [`RecordRef`] and [`DocumentRecords`] come from one table.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::correction;
use crate::sides::{Side, sides};
use crate::{
    Actor, ActorId, Agreement, Commitment, Condition, Document, Event, Evidence, Happening, Incident,
    Meeting, Mention, Position, Quote, Statement, Story,
};

/// A person's correction of the records, see [`crate::correction::Correction`].
pub type Correction = correction::Correction<Record>;
/// A change that a correction makes, see [`crate::correction::Change`].
pub type Change = correction::Change<Record>;

/// Builds everything that lists the kinds.
///
/// An entry of the table has the kind's type, its name in the export, the place of its id (`passage`: in its evidence,
/// `own`: in itself), the field of [`DocumentRecords`] if one report can have records of the kind, its fields with
/// actors, each with their [`Side`] (`one`: a single actor), and its fields with the ids of other records.
macro_rules! kinds {
    ($(
        #[doc = $doc:literal] $kind:ident $name:literal $shape:ident $([$field:ident])?
        { $($sides:tt)* } names { $($references:tt)* }
    )*) => {
        $(sides! { $kind { $($sides)* } names { $($references)* } })*

        /// A kind of record. The order is that of the export.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $(#[doc = $doc] $kind,)*
        }

        impl Kind {
            /// All kinds in the order of the export.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$kind),*];

            /// Returns the kind's name as the export spells it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)*
                }
            }

            /// Whether records of this kind rest on a passage of one report, their [`Evidence`].
            pub const fn is_passage(self) -> bool {
                match self {
                    $(Self::$kind => kinds!(@is_passage $shape),)*
                }
            }
        }

        /// Any one record.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "kind", rename_all = "kebab-case")]
        pub enum Record {
            $(#[doc = $doc] $kind($kind),)*
        }

        impl Record {
            /// Returns the record's id.
            pub fn id(&self) -> &str {
                self.as_ref().id()
            }

            /// Returns the record's kind.
            pub fn kind(&self) -> Kind {
                self.as_ref().kind()
            }

            /// Returns the passage that supports a record of one report; `None` for documents and for what is linked
            /// across reports.
            pub fn evidence(&self) -> Option<&Evidence> {
                self.as_ref().evidence()
            }

            /// Calls `each` with every list of actors that take part.
            pub fn each_side_mut(&mut self, each: &mut dyn FnMut(Side, &mut Vec<ActorId>)) {
                match self {
                    $(Self::$kind(it) => it.each_side_mut(each),)*
                }
            }

            /// Calls `each` with the id of every other record or document that this one names.
            pub fn each_reference_mut(&mut self, each: &mut dyn FnMut(&mut String)) {
                match self {
                    $(Self::$kind(it) => it.each_reference_mut(each),)*
                }
            }

            /// Returns the record as a reference of its kind.
            pub fn as_ref(&self) -> RecordRef<'_> {
                match self {
                    $(Self::$kind(it) => RecordRef::$kind(it),)*
                }
            }
        }

        /// A reference to any one record. Its JSON is that of [`Record`].
        #[derive(Clone, Copy, Debug, PartialEq, Serialize)]
        #[serde(tag = "kind", rename_all = "kebab-case")]
        pub enum RecordRef<'r> {
            $(#[doc = $doc] $kind(&'r $kind),)*
        }

        impl<'r> RecordRef<'r> {
            /// Returns the record's id.
            pub fn id(self) -> &'r str {
                match self {
                    $(Self::$kind(it) => kinds!(@id $shape it),)*
                }
            }

            /// Returns the record's kind.
            pub fn kind(self) -> Kind {
                match self {
                    $(Self::$kind(_) => Kind::$kind,)*
                }
            }

            /// Returns the passage that supports a record of one report; `None` for documents and for what is linked
            /// across reports.
            pub fn evidence(self) -> Option<&'r Evidence> {
                match self {
                    $(Self::$kind(it) => kinds!(@evidence $shape it),)*
                }
            }

            /// Calls `each` with every list of actors that take part, in the order of the export's fields.
            pub fn each_side(self, each: &mut dyn FnMut(Side, &'r [ActorId])) {
                match self {
                    $(Self::$kind(it) => it.each_side(each),)*
                }
            }

            /// Calls `each` with the id of every other record or document that this one names.
            pub fn each_reference(self, each: &mut dyn FnMut(&'r str)) {
                match self {
                    $(Self::$kind(it) => it.each_reference(each),)*
                }
            }

            /// Returns a record with the contents of this one.
            pub fn to_record(self) -> Record {
                match self {
                    $(Self::$kind(it) => Record::$kind(it.clone()),)*
                }
            }
        }

        $(impl From<$kind> for Record {
            fn from(record: $kind) -> Self {
                Self::$kind(record)
            }
        })*

        /// All that was read out of one report, each kind in the order of the text.
        ///
        /// Its agreements and positions come from this report alone; linking merges those of all reports.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct DocumentRecords {
            /// Every mention of an actor.
            pub mentions: Vec<Mention>,
            $($(#[doc = $doc] pub $field: Vec<$kind>,)?)*
        }

        impl DocumentRecords {
            /// Returns all records, by kind in the order of the export, then in the order of the text.
            pub fn iter(&self) -> impl Iterator<Item = RecordRef<'_>> {
                let records = std::iter::empty();
                $($(let records = records.chain(self.$field.iter().map(RecordRef::$kind));)?)*
                records
            }

            /// Returns all records as their own, in the order of [`DocumentRecords::iter`].
            pub fn into_records(self) -> impl Iterator<Item = Record> {
                let records = std::iter::empty();
                $($(let records = records.chain(self.$field.into_iter().map(Record::$kind));)?)*
                records
            }

            /// Calls `each` with every list of actors that take part in a record.
            pub fn each_side_mut(&mut self, each: &mut dyn FnMut(Side, &mut Vec<ActorId>)) {
                $($(self.$field.iter_mut().for_each(|it| it.each_side_mut(each));)?)*
            }

            /// Calls `each` with the id of every other record that a record names.
            pub fn each_reference_mut(&mut self, each: &mut dyn FnMut(&mut String)) {
                $($(self.$field.iter_mut().for_each(|it| it.each_reference_mut(each));)?)*
            }

            /// Removes the records for which `keep` is false.
            pub fn retain(&mut self, mut keep: impl FnMut(RecordRef<'_>) -> bool) {
                $($(self.$field.retain(|it| keep(RecordRef::$kind(it)));)?)*
            }

            /// Calls `each` with the passage of every record that rests on one, in the order of
            /// [`DocumentRecords::passages`].
            pub fn each_evidence_mut(&mut self, each: &mut dyn FnMut(&mut Evidence)) {
                $($(self.$field.iter_mut().for_each(|it| kinds!(@change_evidence $shape it each));)?)*
            }

            /// Puts `record` in the place of the record with its id. Returns `false` if there is none.
            pub fn replace(&mut self, record: Record) -> bool {
                match record {
                    $($(Record::$kind(it) => {
                        let old = self.$field.iter_mut().find(|old| kinds!(@id $shape old) == kinds!(@id $shape it));
                        old.map(|old| *old = it).is_some()
                    },)?)*
                    _ => false,
                }
            }

            /// Adds a record at the end of its kind. Returns the record if no report can have records of its kind.
            pub fn push(&mut self, record: Record) -> Option<Record> {
                match record {
                    $($(Record::$kind(it) => self.$field.push(it),)?)*
                    other => return Some(other),
                }
                None
            }
        }
    };
    (@is_passage passage) => { true };
    (@is_passage own) => { false };
    (@id passage $it:ident) => { &$it.evidence.id };
    (@id own $it:ident) => { &$it.id };
    (@evidence passage $it:ident) => { Some(&$it.evidence) };
    (@evidence own $it:ident) => {{
        let _ = $it;
        None
    }};
    (@change_evidence passage $it:ident $each:ident) => { $each(&mut $it.evidence) };
    (@change_evidence own $it:ident $each:ident) => {{
        let _ = ($it, &$each);
    }};
}

kinds! {
    /// A report as it was read.
    Document "document" own {} names {}

    /// A person, state, organisation or other actor.
    Actor "actor" own {} names {}

    /// A statement: words that somebody said.
    Statement "statement" passage [statements] {
        speaker => Speaker, addressee => Addressee, via => Via
    } names { parent, occasion }

    /// An event: an act of a PLOVER type between actors.
    Event "event" passage [events] { actor => Actor, recipient => Recipient } names { reported_by }

    /// A meeting of two or more actors.
    Meeting "meeting" passage [meetings] { participants => Participant, recipient => Host } names { reported_by }

    /// An event of violence or disaster.
    Incident "incident" passage [incidents] {
        actor => Actor, recipient => Recipient, claimed_by => Claimant, blamed_on => Blamed, denied_by => Denier
    } names { reported_by, claimed_in, blamed_in }

    /// A condition: a consequence that depends on a premise.
    Condition "condition" passage [conditions] {
        by => Setter, to => Target, premise.actor => PremiseActor, consequence.actor => ConsequenceActor
    } names { statement, premise.event, consequence.event }

    /// A commitment: somebody is to do something.
    Commitment "commitment" passage [commitments] {
        debtor => Debtor, creditor => Creditor
    } names { statement, agreement }

    /// A named or described instrument, such as a treaty.
    Agreement "agreement" own [agreements] { parties => Party, brokers => Broker, guarantors => Guarantor; each status { by => StepActor, claimed_by => Claimant } } names { terms }

    /// An actor's stance on an issue.
    Position "position" own [positions] { actor: one => Holder } names { evidence }

    /// One utterance in all its wordings.
    Quote "quote" own {} names { members }

    /// One event as several outlets report it.
    Happening "happening" own { participants => Participant } names { members }

    /// A group of reports on one running affair.
    Story "story" own {} names { documents }

    /// A person's correction of the records.
    Correction "correction" own {} names {}
}

impl Kind {
    /// Returns the kind whose name in the export is `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Returns the part before the colon of the ids of this kind; `None` for actors, see [`ActorKind::id_prefix`].
    ///
    /// [`ActorKind::id_prefix`]: crate::ActorKind::id_prefix
    pub const fn id_prefix(self) -> Option<&'static str> {
        match self {
            Self::Document => Some("doc"),
            Self::Actor => None,
            kind => Some(kind.as_str()),
        }
    }

    /// Returns the kinds whose records rest on a passage of one report, in the order of the export.
    pub fn passages() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|kind| kind.is_passage())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl Serialize for Kind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl DocumentRecords {
    /// Returns the records that rest on a passage, in the order of [`DocumentRecords::iter`].
    ///
    /// Agreements and positions are not among them.
    pub fn passages(&self) -> impl Iterator<Item = RecordRef<'_>> {
        self.iter().filter(|record| record.kind().is_passage())
    }

    /// Returns the record with the id `id`.
    pub fn find(&self, id: &str) -> Option<RecordRef<'_>> {
        self.iter().find(|record| record.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire;

    #[test]
    fn names_are_those_of_the_export() {
        let mut records = DocumentRecords::default();
        for record in [Record::from(Statement::default()), Record::from(Position::default())] {
            assert_eq!(records.push(record), None);
        }
        assert!(records.push(Record::from(Story::default())).is_some());
        let names: Vec<Kind> = records.iter().map(RecordRef::kind).collect();
        assert_eq!(names, [Kind::Statement, Kind::Position]);
        for record in records.iter() {
            let line = serde_json::to_string(&record).unwrap();
            assert!(line.starts_with(&format!(r#"{{"kind":"{}""#, record.kind())), "{line}");
            assert_eq!(wire::from_line(&line).unwrap(), record.to_record());
            assert_eq!(wire::to_line(&record.to_record()).unwrap(), line);
        }
        assert!(Kind::ALL.iter().all(|kind| Kind::from_name(kind.as_str()) == Some(*kind)));
        assert!(Kind::ALL.is_sorted());
        assert_eq!(Kind::passages().count(), 6);
    }
}
