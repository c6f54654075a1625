//! The codes of PLOVER 2: types of events, and sectors of actors.
//!
//! The codes are facts of the PLOVER manual (<https://osf.io/preprints/socarxiv/rm5dw>); their words are Readout's own.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::values::values;

values! {
    /// The PLOVER type of an event.
    PloverCode:
    /// Somebody blames, criticises, sues or investigates somebody.
    Accuse "ACCUSE" "accuse",
    /// Somebody agrees or promises to do something.
    Agree "AGREE" "agree",
    /// Somebody gives help in goods, money or refuge.
    Aid "AID" "aid",
    /// Somebody uses force.
    Assault "ASSAULT" "assault",
    /// Somebody restrains people or things without killing: arrests, seizures, curfews.
    Coerce "COERCE" "coerce",
    /// Somebody gives way.
    Concede "CONCEDE" "concede",
    /// People meet or speak with each other.
    Consult "CONSULT" "consult",
    /// Two sides work together in deed.
    Cooperate "COOPERATE" "cooperate",
    /// Somebody makes forces ready.
    Mobilize "MOBILIZE" "mobilize",
    /// People protest.
    Protest "PROTEST" "protest",
    /// Somebody refuses.
    Reject "REJECT" "reject",
    /// Somebody asks for something or demands it.
    Request "REQUEST" "request",
    /// Somebody withdraws, releases people or disarms.
    Retreat "RETREAT" "retreat",
    /// Somebody ends relations, help or trade, or punishes otherwise without force.
    Sanction "SANCTION" "sanction",
    /// Somebody supports somebody in words, or improves relations.
    Support "SUPPORT" "support",
    /// Somebody threatens.
    Threaten "THREATEN" "threaten",
}

values! {
    /// The PLOVER sector of an actor.
    Sector:
    /// Farmers and farming.
    Agriculture "AGR" "farming",
    /// Companies, banks, business people.
    Business "BUS" "business",
    /// Police, border guards, prison staff.
    Police "COP" "police",
    /// Organised crime, criminals.
    Crime "CRM" "crime",
    /// Civilians, residents, protesters.
    Civilians "CVL" "civilians",
    /// Schools, universities, students, scholars.
    Education "EDU" "education",
    /// Elites: former officials, celebrities.
    Elite "ELI" "elite",
    /// Government: heads of state, ministries, embassies, civil servants.
    Government "GOV" "government",
    /// A body of states, which stands where a state would.
    BodyOfStates "IGO" "body of states",
    /// Journalists, outlets, agencies.
    Media "JRN" "media",
    /// Courts, judges, prosecutors.
    Judiciary "JUD" "courts",
    /// Workers and unions.
    Labour "LAB" "workers",
    /// Parliaments and their members.
    Legislature "LEG" "parliament",
    /// Doctors, hospitals, health workers.
    Medicine "MED" "medicine",
    /// Armed forces of a state.
    Military "MIL" "armed forces",
    /// A body that is no state's and not of states, which stands where a state would.
    NonGovernmental "NGO" "non-governmental organisation",
    /// Opposition, dissidents, activists.
    Opposition "OPP" "opposition",
    /// Authorities of a breakaway territory.
    Breakaway "PRE" "breakaway authorities",
    /// Militias on a government's side.
    Militia "PRM" "militia",
    /// Political parties.
    Party "PTY" "party",
    /// Armed rebels, insurgents, terrorist groups.
    Rebels "REB" "rebels",
    /// Refugees, displaced people, migrants.
    Refugees "REF" "refugees",
    /// Religious leaders and bodies.
    Religion "REL" "religion",
    /// Society at large: social groups, charities.
    Society "SOC" "society",
    /// Intelligence services.
    Intelligence "SPY" "intelligence",
    /// Armed people on an unknown side.
    UnknownArmed "UAF" "armed people",
    /// Not known.
    Unknown "UNK" "unknown",
}

impl PloverCode {
    /// Returns the modes that PLOVER gives the type.
    pub const fn modes(self) -> &'static [&'static str] {
        match self {
            Self::Accuse => &["disapprove", "investigate", "allege"],
            Self::Assault => &[
                "abduct",
                "beat",
                "torture",
                "sexual",
                "targeted",
                "destroy",
                "primitive",
                "firearms",
                "explosives",
                "suicide-attack",
                "aerial",
                "drone",
                "heavy-weapons",
                "crowd-control",
                "unconventional",
            ],
            Self::Coerce => &[
                "seize",
                "restrict",
                "censor",
                "curfew",
                "martial-law",
                "arrest",
                "deport",
                "withhold",
                "misinformation",
                "cyber",
            ],
            Self::Consult => &["visit", "third-party", "multilateral", "phone"],
            Self::Mobilize => &["troops", "weapons", "police", "militia"],
            Self::Protest => &["demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"],
            Self::Reject | Self::Request => &["assist", "change", "yield", "meet"],
            Self::Retreat => &["withdraw", "release", "disarm", "ceasefire", "access", "resign"],
            Self::Sanction => &["convict", "expel", "withdraw", "discontinue"],
            Self::Threaten => &["restrict", "arrest", "relations", "expel", "territory", "violence"],
            Self::Agree | Self::Aid | Self::Concede | Self::Cooperate | Self::Support => &[],
        }
    }
}

/// A code that is not in its list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code:?} is no {list}")]
pub struct UnknownCode {
    /// The code.
    pub code: String,
    /// The name of the list.
    pub list: &'static str,
    /// The codes of the list.
    pub known: Vec<&'static str>,
}

impl UnknownCode {
    /// Returns a hint that names all codes of the list.
    pub fn hint(&self) -> String {
        format!("use one of {}", self.known.join(", "))
    }
}

/// Lets the types of codes be written as text and read from it.
macro_rules! as_text {
    ($($codes:ident $list:literal)*) => {
        $(impl fmt::Display for $codes {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl FromStr for $codes {
            type Err = UnknownCode;

            fn from_str(code: &str) -> Result<Self, UnknownCode> {
                Self::from_name(code).ok_or_else(|| UnknownCode {
                    code: code.to_owned(),
                    list: $list,
                    known: Self::ALL.iter().map(|it| it.as_str()).collect(),
                })
            }
        })*
    };
}

as_text!(PloverCode "PLOVER type" Sector "PLOVER sector");

/// The form of an optional code in the export: the code, or an empty string for none.
pub mod code_or_empty {
    use serde::{Deserialize as _, Deserializer, Serializer, de};

    use super::PloverCode;

    /// Writes `code`.
    ///
    /// # Errors
    /// If the serializer fails.
    pub fn serialize<S: Serializer>(code: &Option<PloverCode>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(code.map_or("", PloverCode::as_str))
    }

    /// Reads a code.
    ///
    /// # Errors
    /// If it is neither empty nor one of PLOVER's.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PloverCode>, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "" => Ok(None),
            code => code.parse().map(Some).map_err(de::Error::custom),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Event, Incident};

    #[test]
    fn codes_keep_their_text() {
        for code in PloverCode::ALL {
            assert_eq!(code.to_string().parse(), Ok(code));
        }
        assert_eq!("GOV".parse(), Ok(Sector::Government));
        let unknown = "ARMY".parse::<Sector>().unwrap_err();
        assert_eq!(unknown.to_string(), "\"ARMY\" is no PLOVER sector");
        assert!(unknown.hint().contains("MIL"), "{}", unknown.hint());
    }

    #[test]
    fn a_disaster_has_an_empty_code_in_the_export() {
        assert_eq!(serde_json::to_value(Incident::default()).unwrap()["code"], "");
        let event: Event = serde_json::from_str(r#"{ "code": "AID" }"#).unwrap();
        assert_eq!(event.code, Some(PloverCode::Aid));
        assert!(serde_json::from_str::<Event>(r#"{ "code": "HELP" }"#).is_err());
    }
}
