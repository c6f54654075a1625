//! Ids: stable, and readable where they can be.
//!
//! A document's id is a hash of its source; a record's id is a hash of its document, kind and spans; an actor's id
//! says who it is (`state:RUS`, `person:barack-obama`, `unnamed:<doc>:<n>`).

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;

use readout_text::CharSpan;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Builds the types of ids. Each is a string of its own type, so that one sort of id cannot be taken for another.
macro_rules! id_type {
    ($(#[doc = $doc:literal])* $name:ident) => {
        $(#[doc = $doc])*
        #[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Returns an empty id, which belongs to nothing.
            pub const fn new() -> Self {
                Self(String::new())
            }

            /// Returns the id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Returns the text of the id.
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl AsMut<String> for $name {
            fn as_mut(&mut self) -> &mut String {
                &mut self.0
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, formatter)
            }
        }
    };
}

id_type! {
    /// The id of a document: `doc:` and 16 hexadecimal digits.
    DocumentId
}
id_type! {
    /// The id of a record: a kind, a colon and 12 hexadecimal digits.
    RecordId
}
id_type! {
    /// The id of an actor: a type, a colon and a readable name, such as `person:barack-obama`.
    ActorId
}

/// Documents and actors are records too.
macro_rules! is_record {
    ($($name:ident)*) => {
        $(impl From<$name> for RecordId {
            fn from(id: $name) -> Self {
                Self(id.0)
            }
        }

        impl From<&$name> for RecordId {
            fn from(id: &$name) -> Self {
                Self(id.0.clone())
            }
        })*
    };
}

is_record!(DocumentId ActorId);

impl ActorId {
    /// Returns the id of the state with the ISO 3166-1 alpha-3 code `code`.
    pub fn state(code: &str) -> Self {
        Self(format!("state:{code}"))
    }

    /// Returns the ISO 3166-1 alpha-3 code of a state; `None` for any other actor.
    pub fn state_code(&self) -> Option<&str> {
        self.0.strip_prefix("state:")
    }

    /// Whether the actor has no name of its own: `unnamed:<doc>:<n>`.
    pub fn is_unnamed(&self) -> bool {
        self.0.starts_with("unnamed:")
    }

    /// Whether the actor is a person with a name.
    pub fn is_person(&self) -> bool {
        self.0.starts_with("person:")
    }
}

/// Returns the SHA-256 of `bytes` in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns the id of the document whose source is `bytes` (the file, or its row of a file of many documents).
pub fn document_id(bytes: &[u8]) -> DocumentId {
    DocumentId(format!("doc:{}", &sha256(bytes)[..16]))
}

/// Returns the id of the record of `kind` at `spans` of `doc`. `part` distinguishes records that share all three.
pub fn record_id(doc: &str, kind: &str, part: &str, spans: &[CharSpan]) -> RecordId {
    let spans: Vec<String> = spans.iter().map(|span| format!("{}-{}", span.start, span.end)).collect();
    let digest = sha256(format!("{doc}\n{kind}\n{part}\n{}", spans.join(",")).as_bytes());
    RecordId(format!("{kind}:{}", &digest[..12]))
}

/// Returns the id of a record made of other records. It depends on the kind and the members, not on their order.
pub fn linked_id<'m>(kind: &str, members: impl IntoIterator<Item = &'m str>) -> RecordId {
    let mut members: Vec<&str> = members.into_iter().collect();
    members.sort_unstable();
    members.dedup();
    RecordId(format!("{kind}:{}", &sha256(members.join("\n").as_bytes())[..12]))
}

/// Returns `name` as part of an id: lower-case ASCII letters and digits, words joined by `-`, accents dropped.
///
/// ```
/// assert_eq!(readout_record::ids::slug("François Hollande"), "francois-hollande");
/// assert_eq!(readout_record::ids::slug("al-Qaeda’s  Nusra Front"), "al-qaedas-nusra-front");
/// ```
pub fn slug(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => out.push(letter),
            '\'' | '’' | '‘' | '.' => {}
            _ => match plain(letter) {
                "" => {
                    if !out.ends_with('-') && !out.is_empty() {
                        out.push('-');
                    }
                }
                letters => out.push_str(letters),
            },
        }
    }
    let kept = out.trim_end_matches('-').len();
    out.truncate(kept);
    if out.is_empty() && !name.trim().is_empty() {
        // A name in another script has no ASCII letters: its hash is still stable.
        return format!("x{}", &sha256(name.trim().as_bytes())[..12]);
    }
    out
}

/// The ASCII letters for a lower-case Latin letter with a mark; empty for anything else.
fn plain(letter: char) -> &'static str {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'č' | 'ċ' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ə' => "e",
        'ğ' | 'ģ' | 'ġ' => "g",
        'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ķ' => "k",
        'ł' | 'ļ' | 'ľ' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
        'ŕ' | 'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("Recep Tayyip Erdoğan"), "recep-tayyip-erdogan");
        assert_eq!(slug("U.S."), "us");
        assert_eq!(slug("Владимир"), slug("Владимир"));
        assert!(slug("Владимир").starts_with('x'));
        assert_eq!(slug(""), "");
    }

    #[test]
    fn the_order_of_members_does_not_matter() {
        assert_eq!(linked_id("quote", ["b", "a", "b"]), linked_id("quote", ["a", "b"]));
    }
}
