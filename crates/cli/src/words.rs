//! What people read for the values of the record.

use readout::record::{ActorKind, AgreementStatus, Factuality, MeetingFormat, Tone};

pub(crate) fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

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

pub(crate) const fn format_name(format: MeetingFormat) -> &'static str {
    match format {
        MeetingFormat::Bilateral => "bilateral meeting",
        MeetingFormat::PullAside => "pull-aside",
        MeetingFormat::Call => "call",
        MeetingFormat::Summit => "summit",
        MeetingFormat::Talks => "talks",
        MeetingFormat::PressConference => "press conference",
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

pub(crate) const fn status(status: AgreementStatus) -> &'static str {
    match status {
        AgreementStatus::Proposed => "proposed",
        AgreementStatus::UnderNegotiation => "under negotiation",
        AgreementStatus::Agreed => "agreed",
        AgreementStatus::Reaffirmed => "reaffirmed",
        AgreementStatus::PartlyImplemented => "partly implemented",
        AgreementStatus::Violated => "violated",
        AgreementStatus::BrokenDown => "broken down",
        AgreementStatus::Rejected => "rejected",
    }
}
