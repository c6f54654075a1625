//! The values that a field may have, with their names in the export and the words that people read.

use serde::{Deserialize, Serialize};

/// Builds an enum of values.
///
/// A line has the value, its name in the export, and its words. `or` names the value of a field that is not there.
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

pub(crate) use values;

values! {
    /// The factuality of an event, as the report gives it.
    ///
    /// The first value in this order decides which of several reports represents all: a report that gives an event as
    /// done comes before one that announces or denies it.
    Factuality or Unclear:
    /// The event took place.
    Happened "happened" "happened",
    /// The event is under way.
    Ongoing "ongoing" "under way",
    /// Somebody means to do it.
    Planned "planned" "planned",
    /// The event may take place.
    Possible "possible" "possible",
    /// The event depends on something else.
    Conditional "conditional" "on a condition",
    /// Somebody wants it done.
    Demanded "demanded" "asked for",
    /// The event did not take place, or somebody says so.
    Denied "denied" "denied",
    /// The event was planned and will not take place.
    Cancelled "cancelled" "cancelled",
    /// The report does not say.
    Unclear "unclear" "unclear",
}

values! {
    /// The agreement of two readers on a record.
    Confidence:
    /// Both readers found the record.
    Agreed "agreed" "found by both readers",
    /// One reader found the record, and the other did not.
    Single "single" "found by one reader of two",
}

values! {
    /// The form in which the report gives the words of a statement.
    Mode or Indirect:
    /// All of the words in quotation marks.
    Direct "direct" "direct",
    /// None of the words in quotation marks.
    Indirect "indirect" "indirect",
    /// Some of the words in quotation marks.
    Mixed "mixed" "partly direct",
}

values! {
    /// A sort of meeting.
    MeetingFormat:
    /// Two sides at one table.
    Bilateral "bilateral" "bilateral meeting",
    /// A short talk at the edge of another gathering.
    PullAside "pull-aside" "pull-aside",
    /// A meeting by telephone or video.
    Call "call" "call",
    /// A meeting of heads of state or government.
    Summit "summit" "summit",
    /// A meeting of negotiators.
    Talks "talks" "talks",
    /// A meeting with the press.
    PressConference "press-conference" "press conference",
}

values! {
    /// The unit that a time expression names, from the shortest.
    Grain:
    /// A minute.
    Minute "minute" "minute",
    /// An hour.
    Hour "hour" "hour",
    /// A part of day.
    PartOfDay "part-of-day" "part of day",
    /// A day.
    Day "day" "day",
    /// A weekend.
    Weekend "weekend" "weekend",
    /// A week.
    Week "week" "week",
    /// A month.
    Month "month" "month",
    /// A season.
    Season "season" "season",
    /// A quarter.
    Quarter "quarter" "quarter",
    /// A half year.
    HalfYear "half-year" "half year",
    /// A year.
    Year "year" "year",
    /// A decade.
    Decade "decade" "decade",
    /// A century.
    Century "century" "century",
}

values! {
    /// The tone of a condition.
    Tone or Dependency:
    /// Something good follows.
    Promise "promise" "promise",
    /// Something bad follows.
    Threat "threat" "threat",
    /// Somebody asks for the premise.
    Demand "demand" "demand",
    /// A dependence without a promise, threat or demand.
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

impl ActorKind {
    /// Returns the part before the first colon of the ids of actors of this kind.
    pub const fn id_prefix(self) -> &'static str {
        match self {
            Self::Organisation => "org",
            Self::ArmedGroup => "group",
            kind => kind.as_str(),
        }
    }
}

values! {
    /// The status of an agreement.
    AgreementStatus or Proposed:
    /// The agreement is put to a party.
    Proposed "proposed" "proposed",
    /// The agreement is being negotiated.
    UnderNegotiation "under-negotiation" "under negotiation",
    /// The agreement is made but for its details.
    AgreedInPrinciple "agreed-in-principle" "agreed in principle",
    /// The agreement is made.
    Agreed "agreed" "agreed",
    /// The agreement is signed.
    Signed "signed" "signed",
    /// The agreement is in force.
    InForce "in-force" "in force",
    /// The parties confirm that the agreement is still in force.
    Reaffirmed "reaffirmed" "reaffirmed",
    /// The agreement is to last longer.
    Extended "extended" "extended",
    /// The agreement is out of force for a while.
    Suspended "suspended" "suspended",
    /// The agreement is carried out in part.
    PartlyImplemented "partly-implemented" "partly implemented",
    /// The agreement is not kept.
    Violated "violated" "violated",
    /// A party left the agreement.
    Withdrawn "withdrawn" "withdrawn from",
    /// The talks ended without the agreement.
    Failed "failed" "not reached",
    /// The agreement came to an end.
    BrokenDown "broken-down" "broken down",
    /// The agreement is refused.
    Rejected "rejected" "rejected",
}

values! {
    /// A stance on an issue.
    Stance or Unclear:
    /// The actor wants it.
    For "for" "for",
    /// The actor does not want it.
    Against "against" "against",
    /// The actor wants it on a condition.
    Conditional "conditional" "on a condition",
    /// The actor speaks of it without a clear sign.
    Unclear "unclear" "unclear",
}

values! {
    /// The reason for taking a passage out of the body.
    DropReason:
    /// A link to another story.
    RelatedLink "related-link" "related link",
    /// An advertisement.
    Advertisement "advertisement" "advertisement",
    /// A bar of buttons to share the story.
    Sharing "sharing" "sharing",
    /// Contact details of the author or the outlet.
    Contact "contact" "contact",
    /// An offer to subscribe.
    Subscription "subscription" "subscription",
    /// A notice of rights.
    Copyright "copyright" "copyright",
    /// Words about the author.
    AuthorBox "author-box" "author box",
    /// Words of the outlet about itself.
    HouseNotice "house-notice" "house notice",
    /// The maker of a picture.
    Credit "credit" "credit",
    /// The words below a picture.
    Caption "caption" "caption",
    /// The controls of a player.
    Player "player" "player",
    /// A label of a section or a series.
    Label "label" "label",
    /// Remains of the markup.
    Markup "markup" "markup",
    /// Words that occur earlier in the text.
    Repeat "repeat" "repeat",
    /// The headline, once more.
    Title "title" "title",
    /// The authors of the report.
    Byline "byline" "byline",
    /// The place and time of writing.
    Dateline "dateline" "dateline",
    /// The people who helped to write the report.
    Contributors "contributors" "contributors",
    /// The time of the last change.
    Updated "updated" "updated",
    /// Comments of readers.
    Comments "comments" "comments",
    /// Links of the site.
    Navigation "navigation" "navigation",
    /// Words that a page hides from its readers.
    Hidden "hidden" "hidden",
    /// A passage of a page that stands beside the story.
    Aside "aside" "beside the story",
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
