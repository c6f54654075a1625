//! One page on a story: the news, what happened, who met, what was agreed, demanded and said, where they stand, what is
//! denied and where reports differ. Every line is the words of a report and cites the passages behind it.

mod agreements;
mod alone;
mod brackets;
mod candidates;
mod event_facts;
mod events;
mod forms;
mod line;
mod maker;
mod named;
mod opening;
mod page;
mod positions;
mod statements;
mod telling;

use std::collections::BTreeMap;

use readout_record::DocumentId;

use crate::actors::actors;
use crate::affair::{Affair, asks};
use crate::contents::Contents;
use crate::filter::Filter;
use crate::selection::{COPY, Selection, day};
use crate::sources::{SourceRow, sources};
use crate::words::count;

use candidates::{Candidate, HAPPENED, SAID, Shown};
use maker::Maker;
pub use page::{Brief, BriefLength, BriefLine, BriefPart, BriefSection, Emphasis, Reference};

/// Returns the brief of the reports that `filter` lets through.
///
/// A line is the sentence of a report that carries a record. A page leaves out what cannot stand alone, what is not sure,
/// what lies before the affair, what has little weight, and what another line tells already; [`BriefLength::FULL`] leaves
/// out nothing. Lines are in the order of time as far as it is known, then of the reports. If the filter asks for actors
/// and for others to whom something is done, the brief is on both: on what tells of one of each, whoever acts.
pub fn brief(contents: &Contents, filter: &Filter, length: BriefLength) -> Brief {
    let actor = filter.actor.iter().chain(&filter.to).cloned().collect();
    let of_both = Filter { actor, to: Vec::new(), ..filter.clone() };
    let is_on_two = !filter.actor.is_empty() && !filter.to.is_empty();
    let pair = is_on_two.then(|| Selection::new(contents, filter).sides()).flatten();
    let mut selection = Selection::new(contents, &of_both);
    let mut sources = sources(contents, &Filter { actor: Vec::new(), kind: Vec::new(), ..of_both.clone() });
    sources.retain(|it| pair.as_ref().is_none_or(|pair| pair.are_in(&selection, &it.id, |_| true)));
    let places: BTreeMap<DocumentId, usize> =
        sources.iter().enumerate().map(|(place, it)| (it.id.clone(), place + 1)).collect();
    selection.keep(|id| places.contains_key(id));
    let affair = Affair::new(&selection);
    let maker = Maker { contents, filter: &of_both, selection, affair, places, length, pair };
    let (mut happened, agreed) = (maker.events(), maker.agreements());
    maker.leave_agreed(&mut happened, &agreed);
    // A condemnation or a call is what somebody said: it stands beside quotes, not beside deeds.
    let apart = |it: &Candidate| it.in_words && !maker.is_full();
    let (in_words, happened): (Vec<_>, Vec<_>) = happened.into_iter().partition(apart);
    let said = maker.statements().into_iter().chain(in_words).collect();
    let mut wanted = [
        (HAPPENED, "timeline", happened),
        ("WHO MET", "meetings", maker.meetings()),
        ("WHAT WAS AGREED", "agreements", agreed),
        ("DEMANDS, OFFERS AND CONDITIONS", "conditions", maker.conditions()),
        ("WHERE THEY STAND", "positions", maker.positions()),
        (SAID, "quotes", said),
        ("WHAT IS TO BE DONE", "commitments", maker.commitments()),
        (DENIED, "events", maker.denials()),
    ];
    for (_, _, of) in &mut wanted {
        of.retain(|it| maker.is_of_pair(it));
    }
    let mut shown = Shown::default();
    let mut sections = vec![maker.opening(wanted.iter().flat_map(|(_, _, of)| of), &mut shown)];
    sections
        .extend(wanted.into_iter().map(|(heading, view, of)| maker.section(heading, view, of, &mut shown)));
    sections.push(maker.differences(&shown));
    if !maker.is_full() {
        maker.name_in_full(&mut sections);
    }
    sections.push(maker.actors());
    for it in &mut sections {
        it.command = command(it, filter);
    }
    Brief {
        title: maker.title(),
        summary: summary(&sources),
        sections: sections.into_iter().filter(|it| !it.lines.is_empty()).collect(),
        source_lines: sources.iter().map(|it| maker.source_line(it)).collect(),
        sources,
    }
}

/// The heading of the section on what is denied.
const DENIED: &str = "WHAT IS DENIED";

/// Returns the command that lists all lines of a section of the brief that `filter` asked for.
fn command(section: &BriefSection, filter: &Filter) -> String {
    let mut words = vec!["readout".to_owned(), section.view.to_owned()];
    if section.heading == DENIED {
        words.extend(["--kind".to_owned(), "denied".to_owned()]);
    }
    let quoted = |value: &str| match value.chars().all(|it| it.is_alphanumeric() || "-:.".contains(it)) {
        true => value.to_owned(),
        false => format!("'{}'", value.replace('\'', "'\\''")),
    };
    let one = |of: &Option<String>| of.iter().cloned().collect::<Vec<String>>();
    let asked = [
        ("--story", one(&filter.story)),
        ("--since", one(&filter.since)),
        ("--until", one(&filter.until)),
        ("--outlet", filter.outlet.clone()),
        ("--actor", filter.actor.clone()),
        ("--issue", one(&filter.issue)),
        ("--text", one(&filter.text)),
    ];
    for (option, values) in asked {
        words.extend(values.iter().flat_map(|value| [option.to_owned(), quoted(value)]));
    }
    words.join(" ")
}

impl Maker<'_> {
    /// Returns the title of the story that all reports belong to, else the headline that tells most of their news.
    fn title(&self) -> String {
        let shown: Vec<_> = (self.contents.stories.iter())
            .filter(|story| story.documents.iter().any(|doc| self.selection.has(doc)))
            .collect();
        match shown.as_slice() {
            [story]
                if self.selection.order.iter().all(|&at| {
                    let id = &self.contents.documents[at].id;
                    story.documents.contains(id)
                }) =>
            {
                // The headline of an explainer tells no news.
                let headline = self.affair.headline(&self.selection).filter(|_| asks(&story.title));
                headline.map_or_else(|| story.title.clone(), str::to_owned)
            }
            _ => self.affair.headline(&self.selection).unwrap_or_default().to_owned(),
        }
    }

    fn actors(&self) -> BriefSection {
        let rows = actors(self.contents, self.filter);
        let total = rows.len();
        let lines: Vec<BriefLine> = rows
            .into_iter()
            .take(self.length.lines)
            .map(|it| {
                let mut line = self.line().strong(&it.name);
                if let Some(role) = it.roles.first() {
                    line = line.plain(", ").plain(&role.text);
                }
                let mut counts = vec![format!("in {}", count(it.reports, "report"))];
                counts.extend(it.statements.filter(|said| *said > 0).map(|said| count(said, "statement")));
                let line = line.faint(&format!(" — {}", counts.join(", ")));
                line.cite(self.references(&it.first))
            })
            .filter(|line| !line.references.is_empty())
            .collect();
        BriefSection {
            heading: "WHO",
            more: total.saturating_sub(lines.len()),
            lines,
            view: "actors",
            command: String::new(),
        }
    }

    fn source_line(&self, it: &SourceRow) -> BriefLine {
        let mut line = self.line();
        match (&it.outlet, &it.title) {
            (Some(outlet), Some(title)) => line = line.strong(outlet).plain(": ").plain(title),
            (Some(outlet), None) => line = line.strong(outlet),
            (None, Some(title)) => line = line.plain(title),
            (None, None) => line = line.plain(it.path.as_deref().unwrap_or(&it.id)),
        }
        let published = it.published.as_deref().and_then(day);
        line = line.faint(&format!(" · {}", published.as_deref().unwrap_or("undated")));
        for copy in &it.copies {
            let other = match self.places.get(&copy.doc) {
                Some(place) => format!("report {place}"),
                None => copy.doc.to_string(),
            };
            line = line.plain(&format!(" · {:.0} % of it stands in {other}", copy.share * 100.0));
        }
        if !it.origins.is_empty() {
            let names: Vec<&str> = it.origins.iter().map(|it| it.name.as_str()).collect();
            line = line.plain(&format!(" · by way of {}", names.join(", ")));
        }
        line.cite(Vec::new())
    }
}

fn summary(sources: &[SourceRow]) -> String {
    let mut outlets: Vec<&str> = sources.iter().filter_map(|it| it.outlet.as_deref()).collect();
    outlets.sort_unstable();
    outlets.dedup();
    let mut parts = vec![count(sources.len(), "report")];
    if !outlets.is_empty() {
        parts.push(count(outlets.len(), "outlet"));
    }
    let copies = sources.iter().filter(|it| it.copies.iter().any(|copy| copy.share >= COPY)).count();
    if copies > 0 {
        parts.push(format!("{copies} mostly copied"));
    }
    let dates = || sources.iter().filter_map(|it| it.published.as_deref()).filter_map(day);
    match (dates().min(), dates().max()) {
        (Some(first), Some(last)) if first == last => parts.push(first),
        (Some(first), Some(last)) => parts.push(format!("{first} to {last}")),
        _ => parts.push("no dates known".to_owned()),
    }
    let undated = sources.iter().filter(|it| it.published.is_none()).count();
    if undated > 0 && undated < sources.len() {
        parts.push(format!("{undated} undated"));
    }
    parts.join(" · ")
}
