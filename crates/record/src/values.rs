//! The values that a field may have, told once: their names in the export, and the words that people read.

use serde::{Deserialize, Serialize};

/// Builds an enum of values. A line has the value, its name in the export, and its words; `or` names the value of a field that is
/// not there.
macro_rules! values {
    ($(#[doc = $doc:literal])* $values:ident $(or $default:ident)?: $($(#[doc = $what:literal])* $value:ident $name:literal $words:literal,)*) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $values {
            $(
                $(#[doc = $what])*
                #[serde(rename = $name)]
                $value,
            )*
        }

        $(impl Default for $values {
            fn default() -> Self {
                Self::$default
            }
        })?

        impl $values {
            /// All values in the order of their definition.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$value),*];

            /// Returns the value's name as the export spells it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $name,)*
                }
            }

            /// Returns the value as people read it.
            pub const fn in_words(self) -> &'static str {
                match self {
                    $(Self::$value => $words,)*
                }
            }

            /// Returns the value whose name in the export is `name`.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|value| value.as_str() == name)
            }
        }
    };
}

values! {
    /// How the report puts an event to the world.
    ///
    /// The order is that in which one of several reports is picked to speak for all: what is told as done comes before what
    /// is announced or denied.
    Factuality or Unclear:
    /// It took place.
    Happened "happened" "happened",
    /// It is under way.
    Ongoing "ongoing" "under way",
    /// Somebody means to do it.
    Planned "planned" "planned",
    /// It may be.
    Possible "possible" "possible",
    /// It hangs on something else.
    Conditional "conditional" "on a condition",
    /// Somebody wants it done.
    Demanded "demanded" "asked for",
    /// It did not take place, or somebody says so.
    Denied "denied" "denied",
    /// It was planned, and will not take place.
    Cancelled "cancelled" "cancelled",
    /// The report does not tell.
    Unclear "unclear" "unclear",
}

values! {
    /// How the report gives what was said.
    Mode or Indirect:
    /// All of it in quotation marks.
    Direct "direct" "direct",
    /// None of it.
    Indirect "indirect" "indirect",
    /// Some of it.
    Mixed "mixed" "partly direct",
}

values! {
    /// A sort of meeting.
    MeetingFormat:
    /// Two sides at one table.
    Bilateral "bilateral" "bilateral meeting",
    /// A short talk at the edge of another gathering.
    PullAside "pull-aside" "pull-aside",
    /// By telephone or video.
    Call "call" "call",
    /// Of heads of state or government.
    Summit "summit" "summit",
    /// Of negotiators.
    Talks "talks" "talks",
    /// Before the press.
    PressConference "press-conference" "press conference",
}

values! {
    /// What a condition does.
    Tone or Dependency:
    /// Something good follows.
    Promise "promise" "promise",
    /// Something bad follows.
    Threat "threat" "threat",
    /// Somebody asks for the premise.
    Demand "demand" "demand",
    /// One hangs on the other, no more.
    Dependency "dependency" "condition",
}

values! {
    /// A sort of actor.
    ActorKind or Unnamed:
    /// One human being.
    Person "person" "person",
    /// A state, its government and its people as a whole.
    State "state" "state",
    /// A body with members: an international organisation, a ministry, a party, a company.
    Organisation "organisation" "organisation",
    /// A group that fights and is no state's army.
    ArmedGroup "armed-group" "armed group",
    /// A publisher of reports.
    Outlet "outlet" "outlet",
    /// Whoever has an office, where nobody is named.
    Office "office" "office",
    /// Somebody without a name.
    Unnamed "unnamed" "unnamed",
    /// A city, region or sea: no actor of its own, kept for places.
    Place "place" "place",
}

values! {
    /// Where an agreement stands.
    AgreementStatus or Proposed:
    /// Put to a party.
    Proposed "proposed" "proposed",
    /// Talked about.
    UnderNegotiation "under-negotiation" "under negotiation",
    /// Made.
    Agreed "agreed" "agreed",
    /// Said again to hold.
    Reaffirmed "reaffirmed" "reaffirmed",
    /// Carried out in part.
    PartlyImplemented "partly-implemented" "partly implemented",
    /// Not kept.
    Violated "violated" "violated",
    /// Talks or the agreement itself came to an end.
    BrokenDown "broken-down" "broken down",
    /// Refused.
    Rejected "rejected" "rejected",
}

values! {
    /// For or against.
    Stance or Unclear:
    /// Wants it.
    For "for" "for",
    /// Does not want it.
    Against "against" "against",
    /// Wants it on a condition.
    Conditional "conditional" "on a condition",
    /// Speaks of it without a clear sign.
    Unclear "unclear" "unclear",
}

values! {
    /// Why a passage is no part of the story.
    DropReason:
    /// A link to another story.
    RelatedLink "related-link" "related link",
    /// An advertisement.
    Advertisement "advertisement" "advertisement",
    /// A bar of buttons to share the story.
    Sharing "sharing" "sharing",
    /// How to reach the author or the outlet.
    Contact "contact" "contact",
    /// An offer to subscribe.
    Subscription "subscription" "subscription",
    /// A notice of rights.
    Copyright "copyright" "copyright",
    /// Words about the author.
    AuthorBox "author-box" "author box",
    /// Words of the outlet about itself.
    HouseNotice "house-notice" "house notice",
    /// Who made a picture.
    Credit "credit" "credit",
    /// The words below a picture.
    Caption "caption" "caption",
    /// The controls of a player.
    Player "player" "player",
    /// A label of a section or a series.
    Label "label" "label",
    /// Rests of the markup.
    Markup "markup" "markup",
    /// Words that the text has before.
    Repeat "repeat" "repeat",
    /// The headline, once more.
    Title "title" "title",
    /// Who wrote the report.
    Byline "byline" "byline",
    /// Where and when it was written.
    Dateline "dateline" "dateline",
    /// Who helped to write it.
    Contributors "contributors" "contributors",
    /// When it was changed.
    Updated "updated" "updated",
    /// Words of readers.
    Comments "comments" "comments",
    /// Links of the site.
    Navigation "navigation" "navigation",
}

impl Factuality {
    /// Returns the words beside an event that did not simply take place; empty for one that did.
    pub const fn unless_happened(self) -> &'static str {
        match self {
            Self::Happened => "",
            other => other.in_words(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_export() {
        for value in Factuality::ALL {
            assert_eq!(serde_json::to_value(value).unwrap(), value.as_str());
            assert_eq!(Factuality::from_name(value.as_str()), Some(value));
        }
        for value in MeetingFormat::ALL {
            assert_eq!(serde_json::to_value(value).unwrap(), value.as_str());
        }
        assert_eq!(Factuality::default(), Factuality::Unclear);
    }
}
