//! A number as reports give it: at least so many, at most so many.

use serde::{Deserialize, Serialize};

/// A number between two bounds, either of which may be open. Its JSON is a list of two: `[3, null]` is at least 3.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "(Option<u32>, Option<u32>)", into = "(Option<u32>, Option<u32>)")]
pub struct Bounds {
    /// The least that it can be; `None` if that is open.
    pub least: Option<u32>,
    /// The most that it can be; `None` if that is open.
    pub most: Option<u32>,
}

impl Bounds {
    /// Returns the bounds of a number that is known.
    pub const fn exactly(number: u32) -> Self {
        Self { least: Some(number), most: Some(number) }
    }

    /// Returns the bounds of a number that is at least `number`.
    pub const fn at_least(number: u32) -> Self {
        Self { least: Some(number), most: None }
    }

    /// Returns the bounds of a number that is at most `number`.
    pub const fn at_most(number: u32) -> Self {
        Self { least: None, most: Some(number) }
    }

    /// Returns the bounds of a number from `least` to `most`.
    pub const fn between(least: u32, most: u32) -> Self {
        Self { least: Some(least), most: Some(most) }
    }

    /// Whether both can be of the same number.
    pub fn meets(self, other: Self) -> bool {
        let below = |most: Option<u32>, least: Option<u32>| matches!((most, least), (Some(most), Some(least)) if most < least);
        !below(self.most, other.least) && !below(other.most, self.least)
    }

    /// Returns the bounds of the sum of both numbers.
    pub fn plus(self, other: Self) -> Self {
        let sum = |a: Option<u32>, b: Option<u32>| Some(a?.saturating_add(b?));
        Self { least: sum(self.least, other.least), most: sum(self.most, other.most) }
    }

    /// Returns the number as people write it: `20`, `at least 20`, `at most 20`, `20 to 30`; `None` if both bounds are
    /// open.
    pub fn in_words(self) -> Option<String> {
        Some(match (self.least, self.most) {
            (Some(least), Some(most)) if least == most => least.to_string(),
            (Some(least), Some(most)) => format!("{least} to {most}"),
            (Some(least), None) => format!("at least {least}"),
            (None, Some(most)) => format!("at most {most}"),
            (None, None) => return None,
        })
    }
}

impl From<(Option<u32>, Option<u32>)> for Bounds {
    fn from((least, most): (Option<u32>, Option<u32>)) -> Self {
        Self { least, most }
    }
}

impl From<Bounds> for (Option<u32>, Option<u32>) {
    fn from(bounds: Bounds) -> Self {
        (bounds.least, bounds.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_a_list_of_two_and_words() {
        let cases = [
            (Bounds::exactly(20), "[20,20]", "20"),
            (Bounds::at_least(20), "[20,null]", "at least 20"),
            (Bounds::at_most(20), "[null,20]", "at most 20"),
            (Bounds::between(20, 30), "[20,30]", "20 to 30"),
        ];
        for (bounds, json, words) in cases {
            assert_eq!(serde_json::to_string(&bounds).unwrap(), json);
            assert_eq!(serde_json::from_str::<Bounds>(json).unwrap(), bounds);
            assert_eq!(bounds.in_words().as_deref(), Some(words));
        }
    }
}
