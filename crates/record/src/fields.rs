//! The fields of a record that a person can set, each with the shape of its values.

use serde_json::{Value, json};

use crate::{
    AgreementStatus, Bounds, Factuality, Grain, Kind, MeetingFormat, Mode, PloverCode, Record, Stance, Time,
    Tone, calendar,
};

/// The longest text of a field, in code points.
const LONGEST: usize = 400;

/// The shape of the values of a field.
#[derive(Clone, Copy, Debug)]
pub enum FieldShape {
    /// Any number of actors.
    Actors,
    /// One actor.
    Actor,
    /// A day, month or year, with the words for it left empty.
    Time,
    /// A day.
    Day,
    /// The last day of a deadline.
    Due,
    /// Words.
    Text,
    /// A number with its bounds: `12`, `12-14`, `12+`.
    Number,
    /// Yes or no.
    Flag,
    /// One of some values, by their names in the export.
    OneOf(fn() -> Vec<&'static str>),
    /// The status that an agreement has reached, as its last step.
    Status,
}

/// A field that a person can set.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The field's name in the export.
    pub name: &'static str,
    /// The shape of its values.
    pub shape: FieldShape,
}

const fn field(name: &'static str, shape: FieldShape) -> Field {
    Field { name, shape }
}

const PLACE: Field = field("place", FieldShape::Text);
const TIME: Field = field("time", FieldShape::Time);
const FACTUALITY: Field =
    field("factuality", FieldShape::OneOf(|| Factuality::ALL.map(Factuality::as_str).to_vec()));
const CODE: Field = field("code", FieldShape::OneOf(|| PloverCode::ALL.map(PloverCode::as_str).to_vec()));
const KIND_OF_ACT: Field = field("mode", FieldShape::Text);

const STATEMENT: [Field; 6] = [
    field("speaker", FieldShape::Actors),
    field("addressee", FieldShape::Actors),
    field("via", FieldShape::Actors),
    field("mode", FieldShape::OneOf(|| Mode::ALL.map(Mode::as_str).to_vec())),
    field("negated", FieldShape::Flag),
    TIME,
];
const EVENT: [Field; 7] = [
    field("actor", FieldShape::Actors),
    field("recipient", FieldShape::Actors),
    CODE,
    KIND_OF_ACT,
    FACTUALITY,
    TIME,
    PLACE,
];
const MEETING: [Field; 8] = [
    field("participants", FieldShape::Actors),
    field("recipient", FieldShape::Actors),
    field("format", FieldShape::OneOf(|| MeetingFormat::ALL.map(MeetingFormat::as_str).to_vec())),
    field("occasion", FieldShape::Text),
    field("minutes", FieldShape::Number),
    FACTUALITY,
    TIME,
    PLACE,
];
const INCIDENT: [Field; 13] = [
    field("killed", FieldShape::Number),
    field("injured", FieldShape::Number),
    field("actor", FieldShape::Actors),
    field("recipient", FieldShape::Actors),
    field("claimed_by", FieldShape::Actors),
    field("blamed_on", FieldShape::Actors),
    field("denied_by", FieldShape::Actors),
    field("means", FieldShape::Text),
    CODE,
    KIND_OF_ACT,
    FACTUALITY,
    TIME,
    PLACE,
];
const CONDITION: [Field; 3] = [
    field("by", FieldShape::Actors),
    field("to", FieldShape::Actors),
    field("tone", FieldShape::OneOf(|| Tone::ALL.map(Tone::as_str).to_vec())),
];
const COMMITMENT: [Field; 3] = [
    field("debtor", FieldShape::Actors),
    field("creditor", FieldShape::Actors),
    field("deadline", FieldShape::Due),
];
const AGREEMENT: [Field; 5] = [
    field("name", FieldShape::Text),
    field("status", FieldShape::Status),
    field("parties", FieldShape::Actors),
    field("brokers", FieldShape::Actors),
    field("guarantors", FieldShape::Actors),
];
const POSITION: [Field; 4] = [
    field("stance", FieldShape::OneOf(|| Stance::ALL.map(Stance::as_str).to_vec())),
    field("issue", FieldShape::Text),
    field("actor", FieldShape::Actor),
    field("since", FieldShape::Day),
];

impl Kind {
    /// Returns the fields of records of this kind that a person can set.
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Statement => &STATEMENT,
            Self::Event => &EVENT,
            Self::Meeting => &MEETING,
            Self::Incident => &INCIDENT,
            Self::Condition => &CONDITION,
            Self::Commitment => &COMMITMENT,
            Self::Agreement => &AGREEMENT,
            Self::Position => &POSITION,
            _ => &[],
        }
    }

    /// Returns the field called `name` that a person can set.
    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().iter().find(|it| it.name == name)
    }
}

impl Field {
    /// Whether the field's values are actors.
    pub const fn is_of_actors(&self) -> bool {
        matches!(self.shape, FieldShape::Actors | FieldShape::Actor)
    }

    /// Reads a value from the words that a person wrote. Empty words empty the field. Of a field of actors, `actors` are
    /// the ids.
    ///
    /// # Errors
    /// Says what is allowed.
    pub fn read(&self, words: &str, actors: &[crate::ActorId]) -> Result<Value, String> {
        let words = words.trim();
        let wrong = |allowed: &str| Err(format!("{} is to be {allowed}, not {words}", self.name));
        match self.shape {
            FieldShape::Actors => Ok(json!(actors)),
            FieldShape::Actor => match actors {
                [one] => Ok(json!(one)),
                _ => wrong("one actor"),
            },
            FieldShape::OneOf(values) => {
                let values = values();
                match values.iter().find(|it| it.eq_ignore_ascii_case(words)) {
                    Some(value) => Ok(json!(value)),
                    None => wrong(&format!("one of {}", values.join(", "))),
                }
            }
            FieldShape::Status => match AgreementStatus::from_name(&words.replace(' ', "-")) {
                Some(status) => Ok(json!(status)),
                None => {
                    wrong(&format!("one of {}", AgreementStatus::ALL.map(AgreementStatus::as_str).join(", ")))
                }
            },
            FieldShape::Flag => match words {
                "yes" | "true" => Ok(json!(true)),
                "no" | "false" | "" => Ok(json!(false)),
                _ => wrong("yes or no"),
            },
            _ if words.is_empty() => Ok(Value::Null),
            FieldShape::Text if words.chars().count() > LONGEST => {
                wrong(&format!("at most {LONGEST} characters long"))
            }
            FieldShape::Text => Ok(json!(words)),
            FieldShape::Number => match bounds(words) {
                Some(bounds) => Ok(json!(bounds)),
                None => wrong("a number like 12, 12-14 or 12+"),
            },
            FieldShape::Day => match time(words) {
                Some(time) if words.len() == "2015-11-16".len() => Ok(json!(time.from)),
                _ => wrong("a day like 2015-11-16"),
            },
            FieldShape::Due => match time(words) {
                Some(time) if words.len() == "2015-11-16".len() => {
                    Ok(json!({ "text": words, "due": time.from, "from": null }))
                }
                _ => wrong("a day like 2015-11-16"),
            },
            FieldShape::Time => match time(words) {
                Some(time) => Ok(json!(time)),
                None => wrong("a day, month or year like 2015-11-16"),
            },
        }
    }
}

impl Record {
    /// Returns the record with its field `name` set to `value`; `None` if its kind has no such field, or no such value.
    ///
    /// The passage then rests on the person: its certainty is 1, its rule `correction`.
    #[must_use]
    pub fn with_field(&self, name: &str, value: &Value) -> Option<Self> {
        let field = self.kind().field(name)?;
        let mut body = serde_json::to_value(self).ok()?;
        let fields = body.as_object_mut()?;
        if matches!(field.shape, FieldShape::Status) {
            let evidence = fields.get("evidence")?.as_array()?.last()?.clone();
            let step = json!({ "status": value, "evidence": evidence });
            fields.get_mut("status")?.as_array_mut()?.push(step);
        } else {
            fields.insert(name.to_owned(), value.clone());
        }
        if fields.contains_key("certainty") {
            fields.insert("certainty".to_owned(), json!(1.0));
            fields.insert("rule".to_owned(), json!("correction"));
            fields.remove("confidence");
        }
        // The words of an actor are no longer those of the actor that a person set.
        let words = format!("{}_spans", name.trim_end_matches('s'));
        if fields.contains_key(&words) {
            fields.insert(words, json!([]));
        }
        serde_json::from_value(body).ok()
    }
}

/// Reads `12`, `12-14`, `12 to 14` or `12+`.
fn bounds(words: &str) -> Option<Bounds> {
    let number = |text: &str| text.trim().replace(',', "").parse::<u32>().ok();
    if let Some(least) = words.strip_suffix('+') {
        return number(least).map(Bounds::at_least);
    }
    let parts = words.split_once(['-', '–']).or_else(|| words.split_once(" to "));
    match parts {
        None => number(words).map(Bounds::exactly),
        Some((least, most)) => {
            let (least, most) = (number(least)?, number(most)?);
            (least <= most).then_some(Bounds { least: Some(least), most: Some(most) })
        }
    }
}

/// Returns the days of a day, month or year of the calendar.
fn time(words: &str) -> Option<Time> {
    let parts: Vec<i64> = words.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let (from, to, grain) = match *parts.as_slice() {
        [year] => (calendar::day_of(year, 1, 1)?, calendar::day_of(year + 1, 1, 1)?, Grain::Year),
        [year, month] => {
            let first = calendar::day_of(year, month, 1)?;
            let next = calendar::add_months(&calendar::iso_day(first), 1)?;
            (first, calendar::day_number(&next)?, Grain::Month)
        }
        [year, month, day] => {
            let first = calendar::day_of(year, month, day)?;
            (first, first + 1, Grain::Day)
        }
        _ => return None,
    };
    Some(Time {
        from: Some(calendar::iso_day(from)),
        to: Some(calendar::iso_day(to)),
        grain: Some(grain),
        ..Time::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire;

    fn record(kind: Kind) -> Record {
        let more = match kind {
            Kind::Agreement => r#","evidence":[{"doc":"doc:1","spans":[[0,4]],"text":"pact"}]"#,
            _ => "",
        };
        wire::from_line(&format!(r#"{{"kind":"{kind}"{more}}}"#)).unwrap()
    }

    #[test]
    fn every_field_is_one_of_its_kind_and_can_be_set() {
        let mut many = 0;
        for kind in Kind::ALL {
            for field in kind.fields() {
                let words = match field.shape {
                    FieldShape::OneOf(values) => values()[0].to_owned(),
                    FieldShape::Status => "signed".to_owned(),
                    FieldShape::Number => "12-14".to_owned(),
                    FieldShape::Flag => "yes".to_owned(),
                    _ => "2015-11-16".to_owned(),
                };
                let value = field.read(&words, &["person:ann-lee".into()]).unwrap();
                let before = record(kind);
                let after = before.with_field(field.name, &value).unwrap();
                let body = |it: &Record| serde_json::to_value(it).unwrap();
                assert_ne!(body(&after)[field.name], body(&before)[field.name], "{kind} {}", field.name);
                assert!(body(&before).get(field.name).is_some(), "{kind} has no field {}", field.name);
                many += 1;
            }
        }
        assert_eq!(many, 49);
        assert_eq!(record(Kind::Event).with_field("killed", &json!([1, 1])), None);
    }

    #[test]
    fn values_are_checked() {
        let read = |kind: Kind, name: &str, words: &str| kind.field(name).unwrap().read(words, &[]);
        assert_eq!(read(Kind::Incident, "killed", "12 to 14").unwrap(), json!([12, 14]));
        assert_eq!(read(Kind::Incident, "killed", "1,200+").unwrap(), json!([1200, null]));
        assert_eq!(read(Kind::Incident, "killed", "").unwrap(), Value::Null);
        assert_eq!(read(Kind::Event, "time", "2016-02").unwrap()["to"], "2016-03-01");
        for (kind, name, words) in [
            (Kind::Incident, "killed", "many"),
            (Kind::Incident, "killed", "14-12"),
            (Kind::Event, "time", "2015-02-30"),
            (Kind::Event, "factuality", "done"),
            (Kind::Position, "stance", ""),
            (Kind::Position, "since", "2015"),
            (Kind::Position, "actor", "x"),
            (Kind::Agreement, "status", "kept"),
        ] {
            let told = read(kind, name, words).unwrap_err();
            assert!(told.starts_with(&format!("{name} is to be ")), "{told}");
        }
    }
}
