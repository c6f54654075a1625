//! Places of acts on the map, as far as the gazetteer knows them.

use readout_knowledge::{Entry, Knowledge, Sense};
use readout_record::ActorKind;

/// A place of the gazetteer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site<'k> {
    entry: &'k Entry,
}

/// How exactly a place is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Precision {
    /// A city, with its coordinates.
    City,
    /// A region, sea, site or smaller town, with the coordinates of its middle.
    Place,
    /// A state.
    State,
}

impl Precision {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::Place => "place",
            Self::State => "state",
        }
    }
}

impl<'k> Site<'k> {
    /// Returns the place that reports call `name`; `None` if the gazetteer has none, or several of one size.
    pub(crate) fn find(knowledge: &'k Knowledge, name: &str) -> Option<Self> {
        // `Kabul` in its sense of a government is no place.
        let readings = knowledge.named(name).into_iter().filter(|(_, sense)| *sense == Sense::Itself);
        let readings = readings.map(|(entry, _)| entry);
        let is_place = |it: &&Entry| matches!(it.kind, ActorKind::Place | ActorKind::State);
        let mut places: Vec<&Entry> = readings.filter(is_place).collect();
        places.sort_by_key(|it| (it.kind != ActorKind::State, std::cmp::Reverse(it.population)));
        places.dedup_by(|a, b| a.id == b.id);
        let first = *places.first()?;
        let alike =
            places.get(1).is_some_and(|it| it.kind == first.kind && it.population == first.population);
        (!alike).then_some(Self { entry: first })
    }

    pub(crate) const fn precision(self) -> Precision {
        match (self.entry.kind, self.entry.population) {
            (ActorKind::State, _) => Precision::State,
            (_, 0) => Precision::Place,
            _ => Precision::City,
        }
    }

    pub(crate) fn name(self) -> &'k str {
        &self.entry.name
    }

    /// Returns the state in which the place lies, ISO 3166-1 alpha-3.
    pub(crate) fn state(self) -> Option<&'k str> {
        self.entry.state.as_deref().or_else(|| self.entry.id.state_code())
    }

    /// Returns latitude and longitude in degrees.
    pub(crate) const fn position(self) -> Option<(f32, f32)> {
        self.entry.position
    }
}
