//! A file as a whole: what it has, how much of it, and where to look first.

use std::collections::BTreeMap;

use readout_record::{Document, RecordId, Stance, issue_key};
use readout_text::ByteSpan;
use serde::Serialize;

use crate::agreements::CommitmentRow;
use crate::cite::{ActorName, Citation};
use crate::sentences::{narrates, sentences};
use crate::sources::SourceRow;
use crate::stories::StoryRow;

/// The least and the greatest length of a leading sentence, in code points. A shorter one is a byline or a heading.
const LEAD: std::ops::RangeInclusive<usize> = 40..=420;
/// The first sentences of a report among which its leading sentence is looked for.
const TRIED: usize = 6;

/// A file as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Overview {
    /// The number of reports that the filter lets through.
    pub reports: usize,
    /// The number of outlets of the file.
    pub outlets: usize,
    /// The first and the last day of publication, ISO 8601; `None` if no report is dated.
    pub days: Option<(String, String)>,
    /// The lists of the file, each with the number of what it lists.
    pub counts: Vec<ListCount>,
    /// The months of publication with their reports, in order of time, without gaps.
    pub months: Vec<MonthCount>,
    /// The number of reports that are not dated.
    pub undated: usize,
    /// The stories with the most reports; under a filter, those that have one of its reports, the newest first.
    pub largest: Vec<LedStory>,
    /// The stories with the newest last day; none under a filter.
    pub newest: Vec<LedStory>,
    /// The number of stories that the filter lets through.
    pub stories: usize,
    /// The reports that the last of several readings brought; `None` if there was one reading.
    pub last_read: Option<LastReading>,
    /// Commitments of the newest reports that have a day: those to come, then those past, each the nearest first.
    pub due: Vec<CommitmentRow>,
    /// Events that many reports tell, and tell differently.
    pub differ: Vec<DifferingLine>,
    /// Utterances that the most reports have.
    pub quoted: Vec<QuotedLine>,
    /// Issues on which actors stand against each other, the most actors first.
    pub at_odds: Vec<OddsLine>,
    /// Reports that are in no story, the newest first.
    pub alone: Vec<SourceRow>,
    /// The number of reports that are in no story.
    pub alone_total: usize,
}

/// A list of the file and its size.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListCount {
    /// The list's name: `timeline`.
    pub list: &'static str,
    /// The one thing that is counted: `meeting`.
    pub one: &'static str,
    /// The number; `None` where it was not counted, in files with a great many records.
    pub count: Option<usize>,
}

/// A month with its reports.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MonthCount {
    /// The month: `2013-03`.
    pub month: String,
    /// The first month after it.
    pub next: String,
    /// The number of reports that were published in it.
    pub reports: usize,
}

/// A story with a leading sentence.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LedStory {
    /// The story.
    pub story: StoryRow,
    /// The first sentence of the report that gives the story its headline; `None` if it has none that stands alone.
    pub lead: Option<Citation>,
}

/// The reports that one reading brought.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LastReading {
    /// The number of the operation in the log.
    pub operation: u64,
    /// The newest of the reports.
    pub reports: Vec<SourceRow>,
    /// The number of reports, or the number up to which they were counted.
    pub count: usize,
}

/// An event on which reports differ.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DifferingLine {
    /// The happening.
    pub id: RecordId,
    /// One line of text on it.
    pub title: String,
    /// The field on which reports differ.
    pub field: String,
    /// The values as reports have them.
    pub values: Vec<String>,
    /// The number of reports that tell of the event.
    pub reports: usize,
}

/// An utterance that several reports have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct QuotedLine {
    /// The quote.
    pub id: RecordId,
    /// The speakers.
    pub speaker: Vec<ActorName>,
    /// The words for the speaker, where none is named.
    pub source: String,
    /// The fullest wording.
    pub content: String,
    /// The number of reports that have it.
    pub reports: usize,
}

/// An issue with those who are for it and those who are against it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OddsLine {
    /// The issue.
    pub issue: String,
    /// The actors who are for it.
    #[serde(rename = "for")]
    pub favour: Vec<ActorName>,
    /// The actors who are against it.
    pub against: Vec<ActorName>,
}

/// Returns the leading sentence of a report: the first one of its head that is neither a byline nor a heading, and in which
/// nobody speaks to the reader.
pub fn lead(document: &Document) -> Option<Citation> {
    let fits = |span: ByteSpan| {
        let words = span.slice(&document.text);
        LEAD.contains(&words.chars().count())
            && words.ends_with(['.', '!', '?', '”', '"'])
            && !narrates(words)
    };
    let found = sentences(&document.text).into_iter().take(TRIED).find(|it| fits(it.span))?;
    Some(Citation::of_span(document, found.span))
}

/// Returns `months` in order of time, with the months between them that have no report.
pub fn whole_months(counted: &[(String, usize)]) -> Vec<MonthCount> {
    let number = |month: &str| -> Option<i64> {
        let (year, of_year) = month.split_once('-')?;
        Some(year.parse::<i64>().ok()? * 12 + of_year.parse::<i64>().ok()? - 1)
    };
    let name = |number: i64| format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1);
    let known: BTreeMap<i64, usize> =
        counted.iter().filter_map(|(month, reports)| Some((number(month)?, *reports))).collect();
    let (Some(first), Some(last)) = (known.keys().next(), known.keys().last()) else { return Vec::new() };
    // A day far off, of a report misdated, does not make a bar of ten thousand months.
    let between = if last - first > MONTHS {
        known.keys().copied().collect()
    } else {
        (*first..=*last).collect::<Vec<_>>()
    };
    between
        .into_iter()
        .map(|it| MonthCount {
            month: name(it),
            next: name(it + 1),
            reports: known.get(&it).copied().unwrap_or(0),
        })
        .collect()
}

/// The most months that are told without gaps: forty years.
const MONTHS: i64 = 480;

/// Returns the issues on which some are for and others against, the most actors first; at most `most`.
///
/// `stances` are the actor, the issue and the stance of each position.
pub fn at_odds(stances: &[(ActorName, String, Stance)], most: usize) -> Vec<OddsLine> {
    let mut by_issue: BTreeMap<String, OddsLine> = BTreeMap::new();
    for (actor, issue, stance) in stances {
        let line = by_issue
            .entry(issue_key(issue))
            .or_insert_with(|| OddsLine { issue: issue.clone(), ..OddsLine::default() });
        let side = match stance {
            Stance::For => &mut line.favour,
            Stance::Against => &mut line.against,
            Stance::Conditional | Stance::Unclear => continue,
        };
        if !side.contains(actor) {
            side.push(actor.clone());
        }
    }
    let mut found: Vec<OddsLine> = by_issue.into_values().collect();
    for it in &mut found {
        // Who is on both sides is at odds with nobody.
        let both: Vec<ActorName> = it.favour.iter().filter(|one| it.against.contains(one)).cloned().collect();
        it.favour.retain(|one| !both.contains(one));
        it.against.retain(|one| !both.contains(one));
        it.favour.sort_by(|a, b| a.name.cmp(&b.name));
        it.against.sort_by(|a, b| a.name.cmp(&b.name));
    }
    found.retain(|it| !it.favour.is_empty() && !it.against.is_empty());
    found.sort_by(|a, b| {
        let many = |it: &OddsLine| it.favour.len() + it.against.len();
        many(b).cmp(&many(a)).then_with(|| a.issue.cmp(&b.issue))
    });
    found.truncate(most);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_is_a_sentence() {
        let document = Document {
            text: "By Ann Lee\n\nHARBOUR TALKS\n\nThe envoys of both towns met in the old customs house on Monday. It rained."
                .to_owned(),
            ..Document::default()
        };
        let found = lead(&document).unwrap();
        assert_eq!(found.text, "The envoys of both towns met in the old customs house on Monday.");
        assert_eq!(found.paragraph, 3);
        assert_eq!(lead(&Document { text: "Short. No end to this".to_owned(), ..Document::default() }), None);
    }

    #[test]
    fn months_have_no_gaps() {
        let counted = [(String::new(), 4), ("2012-11".to_owned(), 2), ("2013-02".to_owned(), 1)];
        let found: Vec<(String, usize)> =
            whole_months(&counted).into_iter().map(|it| (it.month, it.reports)).collect();
        let expected = [("2012-11", 2), ("2012-12", 0), ("2013-01", 0), ("2013-02", 1)];
        assert_eq!(found, expected.map(|(month, reports)| (month.to_owned(), reports)));
        assert_eq!(whole_months(&[("0001-01".to_owned(), 1), ("2013-02".to_owned(), 1)]).len(), 2);
        assert_eq!(whole_months(&[]), []);
    }

    #[test]
    fn whoever_is_on_both_sides_is_at_odds_with_nobody() {
        let actor = |name: &str| ActorName { id: name.into(), name: name.to_owned() };
        let stance = |name: &str, stance| (actor(name), "the toll road".to_owned(), stance);
        let two = [stance("Ann", Stance::For), stance("Bo", Stance::Against), stance("Cy", Stance::Unclear)];
        let found = at_odds(&two, 5);
        assert_eq!((found[0].favour.len(), found[0].against.len()), (1, 1));
        let both =
            [stance("Ann", Stance::For), stance("Ann", Stance::Against), stance("Bo", Stance::Against)];
        assert_eq!(at_odds(&both, 5), []);
    }
}
