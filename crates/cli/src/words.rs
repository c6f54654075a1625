//! What people read for the values of the record in a terminal; what they read everywhere is in the views.

use readout::record::{ActorKind, Factuality, Tone};

pub(crate) const fn kind(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "person",
        ActorKind::State => "state",
        ActorKind::Organisation => "organisation",
        ActorKind::ArmedGroup => "armed group",
        ActorKind::Outlet => "outlet",
        ActorKind::Office => "office",
        ActorKind::Unnamed => "unnamed",
        ActorKind::Place => "place",
    }
}

/// Empty for what took place.
pub(crate) const fn factuality_name(factuality: Factuality) -> &'static str {
    match factuality {
        Factuality::Happened => "",
        Factuality::Ongoing => "under way",
        Factuality::Planned => "planned",
        Factuality::Possible => "possible",
        Factuality::Conditional => "conditional",
        Factuality::Demanded => "asked for",
        Factuality::Denied => "denied",
    }
}

pub(crate) const fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Promise => "promise",
        Tone::Threat => "threat",
        Tone::Demand => "demand",
        Tone::Dependency => "dependency",
    }
}
