//! Events, meetings and incidents as one: what the layouts of event data have in common.

use readout_record::{
    ActorId, Event, Evidence, Factuality, Incident, Meeting, PloverCode, RecordId, RecordRef, Time,
};
use readout_text::CharSpan;

/// An event, a meeting or an incident.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Act<'c> {
    Event(&'c Event),
    Meeting(&'c Meeting),
    Incident(&'c Incident),
}

/// Returns one field that all three have.
macro_rules! of_all {
    ($act:ident, $it:ident => $value:expr) => {
        match $act {
            Act::Event($it) => $value,
            Act::Meeting($it) => $value,
            Act::Incident($it) => $value,
        }
    };
}

impl<'c> Act<'c> {
    /// Returns `record` as an act; `None` if it is of another kind.
    pub(crate) const fn of(record: RecordRef<'c>) -> Option<Self> {
        match record {
            RecordRef::Event(it) => Some(Self::Event(it)),
            RecordRef::Meeting(it) => Some(Self::Meeting(it)),
            RecordRef::Incident(it) => Some(Self::Incident(it)),
            _ => None,
        }
    }

    pub(crate) const fn evidence(self) -> &'c Evidence {
        of_all!(self, it => &it.evidence)
    }

    /// Returns the PLOVER type; empty for a disaster.
    pub(crate) fn code(self) -> &'c str {
        of_all!(self, it => it.code).map_or("", PloverCode::as_str)
    }

    /// Returns the PLOVER mode.
    pub(crate) fn mode(self) -> Option<&'c str> {
        of_all!(self, it => it.mode.as_deref())
    }

    /// Returns the PLOVER contexts.
    pub(crate) fn contexts(self) -> &'c [String] {
        match self {
            Self::Event(it) => &it.context,
            _ => &[],
        }
    }

    /// Returns the CAMEO code that the lexicon gives.
    pub(crate) fn cameo(self) -> Option<&'c str> {
        match self {
            Self::Event(it) => it.cameo.as_deref(),
            _ => None,
        }
    }

    pub(crate) fn actors(self) -> &'c [ActorId] {
        match self {
            Self::Event(it) => &it.actor,
            Self::Meeting(it) => &it.participants,
            Self::Incident(it) => &it.actor,
        }
    }

    pub(crate) fn recipients(self) -> &'c [ActorId] {
        of_all!(self, it => it.recipient.as_slice())
    }

    /// Returns the spans of the words for the actors and for the recipients, in code points.
    pub(crate) fn side_spans(self) -> (&'c [CharSpan], &'c [CharSpan]) {
        match self {
            Self::Event(it) => (&it.actor_spans, &it.recipient_spans),
            Self::Meeting(it) => (&it.participant_spans, &it.recipient_spans),
            Self::Incident(it) => (&it.actor_spans, &it.recipient_spans),
        }
    }

    pub(crate) fn time(self) -> Option<&'c Time> {
        of_all!(self, it => it.time.as_ref())
    }

    pub(crate) fn place(self) -> Option<&'c str> {
        of_all!(self, it => it.place.as_deref())
    }

    pub(crate) const fn factuality(self) -> Factuality {
        of_all!(self, it => it.factuality)
    }

    pub(crate) fn reported_by(self) -> Option<&'c RecordId> {
        of_all!(self, it => it.reported_by.as_ref())
    }

    pub(crate) fn happening(self) -> Option<&'c RecordId> {
        of_all!(self, it => it.happening.as_ref())
    }
}
