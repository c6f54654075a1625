//! The section on what was said.

use std::collections::BTreeMap;

use readout_record::Mode;

use super::line::names;
use super::{BriefLine, BriefSection, Maker};
use crate::events::known_time;
use crate::statements::{quote_row, shown, utterances};
use crate::when::{day_of, order};
use crate::{Citation, QuoteRow};

impl Maker<'_> {
    /// Returns the section with one line for each utterance. An utterance within another has no line of its own.
    pub(super) fn statements(&self) -> BriefSection {
        let mut rows: Vec<QuoteRow> = Vec::new();
        for group in utterances(&self.selection) {
            let first = group.iter().any(|it| shown(&self.selection, it));
            let alone = group.iter().all(|it| it.parent.is_none());
            if first && alone {
                let time = known_time(group.iter().map(|it| it.time.as_ref()));
                rows.extend(quote_row(&self.selection, &group).map(|mut row| {
                    row.best.day = day_of(time.as_ref());
                    row.best.time = time;
                    row
                }));
            }
        }
        rows.sort_by_cached_key(|it| order(it.best.time.as_ref(), None));
        // Each further line of one speaker or report has less weight: both sides are to be heard.
        let mut best: Vec<usize> = (0..rows.len()).collect();
        best.sort_by_key(|&at| std::cmp::Reverse(weight(&rows[at])));
        let mut heard: BTreeMap<&str, usize> = BTreeMap::new();
        let mut told: BTreeMap<&str, usize> = BTreeMap::new();
        let mut weights = vec![0; rows.len()];
        for at in best {
            let it = &rows[at].best;
            let speaker = it.speaker.first().map_or_else(|| it.source.as_str(), |it| it.id.as_str());
            let (heard, told) =
                (heard.entry(speaker).or_default(), told.entry(it.citation.doc.as_str()).or_default());
            weights[at] = (10 * weight(&rows[at])).saturating_sub(14 * *heard + 6 * *told);
            *heard += 1;
            *told += 1;
        }
        let lines = rows.iter().zip(weights).map(|(it, weight)| (weight, self.statement_line(it))).collect();
        self.section("WHAT WAS SAID", "statements", lines)
    }

    fn statement_line(&self, it: &QuoteRow) -> BriefLine {
        let best = &it.best;
        let mut line = match (best.named, best.source.as_str()) {
            (true, _) => self.line().strong(&names(&best.speaker)),
            (false, "") => self.line().strong("Somebody not named"),
            // The report's own words stand for somebody.
            (false, words) => self.line().plain("“").plain(words).plain("”"),
        };
        if !best.addressee.is_empty() {
            line = line.plain(" to ").plain(&names(&best.addressee));
        }
        line = match (best.negated, best.cue.as_deref().unwrap_or_default()) {
            (true, cue) => line.plain(&format!(" (not: {cue})")),
            (false, "") => line,
            (false, cue) => line.plain(&format!(" ({cue})")),
        };
        if !best.via.is_empty() {
            let via: Vec<&str> = best.via.iter().map(|it| it.name.as_str()).collect();
            line = line.plain(&format!(", by way of {}", via.join(" ← ")));
        }
        line = line.plain(": ");
        let marks = ['“', '"', '‘', '\'', '«', '„'];
        line = match best.mode == Mode::Direct && !best.content.starts_with(marks) {
            true => line.plain("“").passage(&unended(&best.content)).plain("”"),
            false => line.passage(&unended(&best.content)),
        };
        let citations: Vec<&Citation> =
            std::iter::once(&best.citation).chain(it.wordings.iter().map(|it| &it.citation)).collect();
        line.cite(self.references(citations))
    }
}

/// Returns `content` without a final comma before the words of saying.
fn unended(content: &str) -> String {
    let ends = [(",", ""), (",”", "”"), (",\"", "\""), (",’", "’")];
    let end = ends.into_iter().find_map(|(end, kept)| Some(content.strip_suffix(end)?.to_owned() + kept));
    end.unwrap_or_else(|| content.to_owned())
}

/// Returns the weight of a quote: several outlets, the speaker's own words and a named speaker add to it.
fn weight(it: &QuoteRow) -> usize {
    let quoted = match it.best.mode {
        Mode::Direct => 3,
        Mode::Mixed => 2,
        Mode::Indirect => 0,
    };
    // What somebody wants, hopes or thinks is no utterance.
    let thought = ["want", "hope", "think", "believe", "support", "expect"];
    let speaks = it.best.act.as_deref().is_none_or(|act| !thought.contains(&act));
    // An official whom the outlet or another one quotes.
    let known = it.best.named || !it.best.via.is_empty();
    let act = it.best.act.as_deref().unwrap_or_default();
    let weighty =
        matches!(act, "agree" | "deny" | "demand" | "threaten" | "promise" | "accuse" | "reject" | "warn");
    4 * it.outlets.min(5)
        + quoted
        + 2 * usize::from(known)
        + 2 * usize::from(weighty)
        + 3 * usize::from(speaks)
        + usize::from(!it.best.addressee.is_empty())
        + usize::from(!it.best.via.is_empty())
}
