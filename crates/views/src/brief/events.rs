//! The sections on what happened and who met.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use readout_record::{Bounds, Factuality, PloverCode};
use readout_text::CharSpan;

use super::line::{names, when};
use super::{BriefLine, BriefSection, Maker};
use crate::when::{When, order};
use crate::words::amount_of;
use crate::{ActorName, Citation, EventRow, Filter, MeetingRow, agreements, differences, events, meetings};

/// PLOVER's material types: deeds, not words.
const DEEDS: [PloverCode; 9] = [
    PloverCode::Cooperate,
    PloverCode::Aid,
    PloverCode::Retreat,
    PloverCode::Protest,
    PloverCode::Sanction,
    PloverCode::Mobilize,
    PloverCode::Coerce,
    PloverCode::Assault,
    PloverCode::Concede,
];

impl Maker<'_> {
    /// Returns the section on violence, disasters and other deeds that took place or are under way.
    ///
    /// Other deeds need an actor, the outlet's own word, and two sources or a known time. Meetings and words have
    /// sections of their own.
    pub(super) fn events(&self) -> BriefSection {
        // What was agreed is told as such.
        let agreed = agreements(self.contents, self.filter);
        let mut of_report: BTreeMap<&str, Vec<CharSpan>> = BTreeMap::new();
        for it in agreed.iter().flat_map(|it| std::iter::once(&it.citation).chain(&it.also)) {
            of_report.entry(&it.doc).or_default().extend(&it.spans);
        }
        let overlaps = |it: &Citation| {
            let agreed = of_report.get(it.doc.as_str()).map(Vec::as_slice).unwrap_or_default();
            agreed.iter().any(|a| it.spans.iter().any(|b| a.start < b.end && b.start < a.end))
        };
        let mut rows: Vec<EventRow> = events(self.contents, self.filter)
            .into_iter()
            .filter(|it| it.kind == "incident" || !overlaps(&it.citation))
            .filter(|it| {
                let deed = it.kind == "incident"
                    || it.kind == "event" && it.code.is_some_and(|code| DEEDS.contains(&code));
                let sure = it.kind == "incident"
                    || !it.actor.is_empty()
                        && it.reported_by.is_none()
                        && (it.sources > 1 || it.time.as_ref().and_then(When::of).is_some());
                let told = matches!(it.factuality, Factuality::Happened | Factuality::Ongoing);
                deed && sure && told
            })
            .collect();
        rows.sort_by_cached_key(|it| order(it.time.as_ref(), None));
        let rows = without_doubles(rows);
        let lines = rows
            .iter()
            .map(|it| {
                let told_fully = it.killed.is_some() || it.injured.is_some() || it.time.is_some();
                let weight = 4 * it.sources
                    + 3 * usize::from(it.kind == "incident")
                    + 2 * usize::from(told_fully)
                    + usize::from(!it.actor.is_empty());
                (weight, self.event_line(it))
            })
            .collect();
        self.section("WHAT HAPPENED", "timeline", lines)
    }

    fn event_line(&self, it: &EventRow) -> BriefLine {
        let mut facts: Vec<String> = Vec::new();
        let state = it.factuality.unless_happened();
        // A section of its own says of what is denied that it is.
        if !state.is_empty() && it.factuality != Factuality::Denied {
            facts.push(state.to_owned());
        }
        let text = self.telling(&it.citation);
        let text = text.trim_end_matches(['.', '-', '–', '—', ' ']);
        let untold = |range: &Bounds| match (range.least, range.most) {
            (Some(low), Some(high)) if low == high => !text.contains(&low.to_string()),
            _ => true,
        };
        facts.extend(it.killed.filter(untold).and_then(|it| amount_of(it, "killed", "killed")));
        facts.extend(it.injured.filter(untold).and_then(|it| amount_of(it, "hurt", "hurt")));
        for (word, who) in
            [("claimed by", &it.claimed_by), ("blamed on", &it.blamed_on), ("denied by", &it.denied_by)]
        {
            if !who.is_empty() {
                facts.push(format!("{word} {}", names(who)));
            }
        }
        facts.extend(it.place.clone().filter(|place| !text.contains(place.as_str())));
        facts.extend(it.time.as_ref().filter(|time| !text.contains(&time.text)).map(when));
        let reporter = names(&it.reporter);
        if !reporter.is_empty() && it.reporter != it.actor && !text.contains(&reporter) {
            facts.push(format!("according to {reporter}"));
        }
        let mut line = self.line();
        let told = |it: &ActorName| it.name.split(' ').next_back().is_some_and(|name| text.contains(name));
        if !it.actor.is_empty() && !it.actor.iter().all(told) {
            line = line.strong(&names(&it.actor)).plain(": ");
        }
        line.passage(text).facts(&facts).cite(self.references(std::iter::once(&it.citation).chain(&it.also)))
    }

    /// Returns the passage; if it begins with a pronoun, the sentence around it.
    fn telling(&self, citation: &Citation) -> String {
        const PRONOUNS: [&str; 12] =
            ["it", "its", "they", "their", "he", "his", "she", "her", "them", "we", "our", "this"];
        let first = citation.text.split_whitespace().next().unwrap_or_default().to_lowercase();
        match PRONOUNS.contains(&first.as_str()) {
            true => self.selection.sentence(citation),
            false => citation.text.clone(),
        }
    }

    /// Returns the section on meetings: those that were held, then those that are planned, asked for or denied.
    pub(super) fn meetings(&self) -> BriefSection {
        let mut rows = meetings(self.contents, self.filter);
        // A news conference at which somebody speaks is where that was said, and no meeting of its own.
        let statements = self.selection.each(|it| &it.statements);
        let occasions: BTreeSet<&str> = statements.filter_map(|it| it.occasion.as_deref()).collect();
        rows.retain(|it| it.participants.len() > 1 || !occasions.contains(it.citation.id.as_str()));
        let held = |it: &MeetingRow| matches!(it.factuality, Factuality::Happened | Factuality::Ongoing);
        rows.sort_by_cached_key(|it| (!held(it), order(it.time.as_ref(), None)));
        let lines = rows
            .iter()
            .map(|it| {
                let weight = 4 * it.sources
                    + 2 * it.participants.len().min(3)
                    + usize::from(held(it))
                    + usize::from(it.place.is_some() || it.occasion.is_some());
                (weight, self.meeting_line(it))
            })
            .collect();
        self.section("WHO MET", "meetings", lines)
    }

    fn meeting_line(&self, it: &MeetingRow) -> BriefLine {
        let mut facts: Vec<String> = Vec::new();
        let state = it.factuality.unless_happened();
        if !state.is_empty() {
            facts.push(state.to_owned());
        }
        // Where the report's own words stand for those who met, they say the rest too.
        let words =
            if it.participants.len() < 2 { self.selection.sentence(&it.citation) } else { String::new() };
        let untold = |fact: &String| !words.contains(fact.as_str());
        facts.extend(it.format.map(|it| it.in_words().to_owned()).filter(untold));
        facts.extend(it.occasion.clone().filter(untold));
        facts.extend(it.place.clone().filter(untold));
        facts.extend(it.time.as_ref().filter(|time| untold(&time.text)).map(when));
        facts.extend(it.minutes.and_then(|it| amount_of(it, "minute", "minutes")));
        if !it.topics.is_empty() {
            facts.push(format!("on {}", it.topics.join("; ")));
        }
        let reporter = names(&it.reporter);
        if !reporter.is_empty() && !words.contains(&reporter) {
            facts.push(format!("according to {reporter}"));
        }
        let line = match it.participants.as_slice() {
            [] | [_] => self.line().passage(&words),
            several => self.line().strong(&names(several)),
        };
        line.facts(&facts).cite(self.references(std::iter::once(&it.citation).chain(&it.also)))
    }

    /// Returns the section on the fields on which reports of one happening differ.
    pub(super) fn differences(&self) -> BriefSection {
        let mut lines = Vec::new();
        for it in differences(self.contents, self.filter) {
            let mut line = self.line().strong(&it.field).plain(" of ").passage(&it.title).plain(": ");
            for (at, side) in it.values.iter().enumerate() {
                let mut sources: Vec<usize> =
                    side.citations.iter().filter_map(|it| self.places.get(&it.doc).copied()).collect();
                sources.sort_unstable();
                sources.dedup();
                let sources: Vec<String> = sources.iter().map(usize::to_string).collect();
                let comma = if at == 0 { "" } else { "; " };
                line = line.plain(comma).passage(&side.value).faint(&format!(" (in {})", sources.join(", ")));
            }
            let cited = it.values.iter().flat_map(|side| &side.citations);
            lines.push((1, line.cite(self.references(cited))));
        }
        // What one side tells and another denies.
        let denied = Filter { kind: vec!["denied".to_owned()], ..self.filter.clone() };
        for it in events(self.contents, &denied).iter().filter(|it| it.kind != "meeting") {
            lines.push((0, self.event_line(&EventRow { factuality: Factuality::Denied, ..it.clone() })));
        }
        self.section("WHERE REPORTS DIFFER, AND WHAT IS DENIED", "compare", lines)
    }
}

/// Returns the rows without those whose passage lies within a longer one of the same report.
fn without_doubles(rows: Vec<EventRow>) -> Vec<EventRow> {
    let span = |it: &EventRow| match it.citation.spans.as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    // Of one report by their beginnings, the longest first: what ends no later than one before it stands within that.
    let mut order: Vec<(&str, u32, Reverse<u32>, usize)> = rows
        .iter()
        .enumerate()
        .filter_map(|(at, it)| {
            span(it).map(|span| (it.citation.doc.as_str(), span.start, Reverse(span.end), at))
        })
        .collect();
    order.sort_unstable();
    let mut inside: BTreeSet<usize> = BTreeSet::new();
    let mut outer: Option<(&str, u32, u32)> = None;
    for (doc, start, Reverse(end), at) in order {
        match outer {
            Some((of, first, last)) if of == doc && end <= last => {
                if (first, last) != (start, end) {
                    inside.insert(at);
                }
            }
            _ => outer = Some((doc, start, end)),
        }
    }
    rows.into_iter().enumerate().filter(|(at, _)| !inside.contains(at)).map(|(_, row)| row).collect()
}
