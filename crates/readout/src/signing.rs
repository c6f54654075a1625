//! The signature of an entry in the log: who made it, when, and why.

use std::time::SystemTime;

use readout_record::calendar;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Seconds of a day.
const DAY: u64 = 86_400;

/// The longest name or reason that is kept, in code points.
const LONGEST: usize = 400;

/// Who made an entry in the log, when and why. What is not known is left out.
///
/// Nothing that is read out of reports depends on it: the program that makes the entry says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Signature {
    /// The name or sign of the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The time, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The reason, in the person's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Signature {
    /// Returns a signature of the moment `time`, without a name and a reason.
    pub fn at(time: SystemTime) -> Self {
        let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        let (day, second) = (calendar::iso_day((since / DAY).cast_signed()), since % DAY);
        let at = format!("{day}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60);
        Self { at: Some(at), ..Self::default() }
    }

    /// Returns the signature with the name and the reason, cut to what is kept; blank ones are left out.
    #[must_use]
    pub fn by(self, name: Option<&str>, reason: Option<&str>) -> Self {
        let kept = |text: Option<&str>| {
            let text: String = text?.trim().chars().filter(|it| !it.is_control()).take(LONGEST).collect();
            (!text.is_empty()).then_some(text)
        };
        Self { by: kept(name), reason: kept(reason), ..self }
    }

    /// Puts the signature into the detail of an operation.
    pub(crate) fn onto(&self, mut detail: Value) -> Value {
        if let (Some(fields), Ok(Value::Object(own))) = (detail.as_object_mut(), serde_json::to_value(self)) {
            fields.extend(own);
        }
        detail
    }

    /// Reads the signature from the detail of an operation.
    pub(crate) fn of(detail: &Value) -> Self {
        let text = |name: &str| detail[name].as_str().map(str::to_owned);
        Self { by: text("by"), at: text("at"), reason: text("reason") }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_signature_is_cut_to_what_is_kept() {
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(86_400 + 3_723);
        let signed = Signature::at(at).by(Some(" Ann\u{7}\n "), Some("  "));
        assert_eq!(signed.at.as_deref(), Some("1970-01-02T01:02:03Z"));
        assert_eq!((signed.by.as_deref(), signed.reason), (Some("Ann"), None));
        let long = Signature::default().by(Some(&"x".repeat(1000)), None);
        assert_eq!(long.by.map(|it| it.len()), Some(LONGEST));
    }
}
