//! Datelines: place, agency and day at the start of a story, and lines that are a date.

use readout_lexicon::WordSet as _;
use readout_record::{Document, DropReason, PublishedFrom};
use regex::Regex;
use serde_json::{Value, json};

use crate::block::Block;
use crate::dates::{self, Unread};
use crate::patterns::patterns;
use crate::whole::SearchPattern;
use crate::words::NO_PLACES;

const AGENCY: &str = r"(?:AP|Reuters|REUTERS|AFP|UPI|CNN|Xinhua|TASS|Tass|Itar-Tass|ITAR-TASS|Interfax|RIA Novosti|RIA|Sputnik|dpa|DPA|ANSA|EFE|Kyodo|Yonhap|IANS|PTI|ANI|Bloomberg|NYT|AA|Anadolu|MNA|IRNA|FNA|SANA|UN News|JTA|RFE/RL|VOA|BBC|PA|AAP|CP|The Canadian Press|CBS News|NBC News|ABC News|Fox News|USA TODAY|Politico|Tribune News Service|Legal Newsline|KNX|Christian Science Monitor|Thomson Reuters Foundation|Reuters Life!|Agence France-Presse|Associated Press|The Associated Press|[A-Z][A-Z0-9./&]{1,14}(?: [A-Z][A-Za-z.]{1,14}){0,2})";
const CAPITALS: &str = r"(?:[A-Z][A-Z.’'-]*[A-Z](?:[ -](?:[A-Z][A-Z.’'-]*[A-Z]|DE|LA|AL)){0,4}|[A-Z]{3,})";
const PLACE: &str = r"(?:\p{Lu}[\p{L}.’'-]+(?:[ -](?:\p{Lu}[\p{L}.’'-]+|de|la|al)){0,3})";
const REGION: &str = r"(?:[,/] ?(?:\p{Lu}[\p{L}.]+\.?)(?: \p{Lu}[\p{L}.]+){0,2})";
const DAY: &str = r"(?:,? (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.? \d{1,2}|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?)(?:,? \d{4})?\.?)";
const DASH: &str = r"(?: ?(?:—|–|--|―)+ ?| - | ?\u{2014} ?|-{2} ?)";

patterns! {
    /// A line that is a date and nothing else.
    static DATE_LINE: Regex = r"(?i)^(?:(?:published|posted|first published|publication date|date|created|issued)\s*(?:at|on|:|,|-)?\s*)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]*\s+)?(?:\d{4}[-/.]\d\d?[-/.]\d\d?(?:T\S{4,})?|\d{8}|\d\d?[-/.]\d\d?[-/.]\d{4}|\d\d?(?:st|nd|rd|th)?[ -](?:of )?[a-z]{3,9}\.?,?[ -]\d{4}|[a-z]{3,9}\.?[ -]\d\d?(?:st|nd|rd|th)?(?:,|,?[ -])\d{4})(?:[,|@ –-]+(?:at\s+)?\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?(?:\s*\(?(?:[A-Z]{2,5}|[+-]\d\d:?\d\d)\)?)?)?\.?$";
    /// Datelines such as `WASHINGTON (AP) —`.
    static WITH_AGENCY: SearchPattern = &format!(r"^(?P<place>{PLACE}{REGION}?(?:/{PLACE}{REGION}?)?)?(?P<day>{DAY})?,? ?[(\[](?P<agency>{AGENCY})[)\]](?:{DASH}|: | ?(?P<lead>\p{{Lu}}|[“‘\x22]))");
    /// Datelines such as `MOSCOW, September 5. /TASS/.`.
    static WITH_SLASHES: SearchPattern = &format!(r"^(?P<place>{PLACE}{REGION}?)(?P<day>{DAY})?[.,]? /(?P<agency>{AGENCY})/[.,]?{DASH}? ?(?P<lead>\S)");
    /// Datelines such as `SEOUL -`.
    static IN_CAPITALS: SearchPattern = &format!(r"^(?P<place>{CAPITALS}{REGION}?(?:/{CAPITALS}{REGION}?)?)(?P<day>{DAY})?{DASH}");
    /// Datelines such as `Geneva, Sept. 5 —`.
    static WITH_DAY: SearchPattern = &format!(r"^(?P<place>{PLACE}{REGION}?)(?P<day>{DAY}){DASH}");
}

/// Whether a line is a date and nothing else: `September 5, 2016`, `Published: 5 Sept 2016, 14:03 GMT`, `05/09/2016`.
pub(super) fn date_line(text: &str) -> bool {
    text.len() <= 90 && DATE_LINE.is_match(text) && !matches!(dates::given(text, None), Err(Unread::Form))
}

/// Takes the day from a line that is a date, or notes why the date cannot be read.
pub(super) fn date(line: &str, document: &mut Document, mend: &mut dyn FnMut(&str)) {
    let usage = dates::usage_of(document.url.as_deref(), document.outlet.as_deref());
    match dates::given(line, usage.as_ref()) {
        Ok(given) => {
            // The line stands in the report: its hour is that of the report's place, which is not known.
            document.published = Some(given.date.chars().take("2016-09-05".len()).collect());
            document.published_from = Some(PublishedFrom::Text);
            if let Some(why) = given.why {
                mend(&why);
            }
        }
        Err(unread) => mend(&unread.note(line)),
    }
}

/// Takes the dateline from the start of the story: place, agency and day go to `other`.
///
/// A day with a year is the day of the report. A day without one is kept as it is written.
pub(super) fn lift_dateline(block: &mut Block, document: &mut Document) {
    let start = &block.text[..block.text.floor_char_boundary(160)];
    let forms = [&WITH_AGENCY, &WITH_SLASHES, &IN_CAPITALS, &WITH_DAY];
    let Some(found) = forms.iter().find_map(|form| form.captures(start)) else { return };
    let part = |name: &str| {
        found
            .name(name)
            .map(|part| part.as_str().trim_matches([' ', ',', '.']).to_owned())
            .filter(|part| !part.is_empty())
    };
    let (place, agency, day) = (part("place"), part("agency"), part("day"));
    if place.as_deref().is_some_and(|place| NO_PLACES.has(&place.to_lowercase()))
        || place.is_none() && agency.is_none()
    {
        return;
    }
    let end = found.name("lead").map_or_else(|| found.get(0).map_or(0, |all| all.end()), |lead| lead.start());
    if block.text[end..].trim().is_empty() {
        return;
    }
    if let Some(date) = day.as_deref().and_then(dates::written)
        && document.published.is_none()
    {
        document.published = Some(date.to_string());
        document.published_from = Some(PublishedFrom::Text);
    }
    let mut dateline = json!({});
    for (key, value) in [("place", place), ("agency", agency), ("day", day)] {
        if let Some(value) = value {
            dateline[key] = Value::from(value);
        }
    }
    document.other.entry("dateline".to_owned()).or_insert(dateline);
    block.drop_start(end, DropReason::Dateline);
}
