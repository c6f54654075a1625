//! `readout brief`: the brief as one page for a terminal.

use anstyle::{AnsiColor, Style};
use readout::record::{ActorKind, AgreementStatus, Factuality, MeetingFormat, Mode, Tone};
use readout::views::{Brief, CommitmentLine, Reference, SourceLine, StatementLine};

use crate::page::{BOLD, DIM, PLAIN, Page, colored, shorten};

/// How many lines of one kind a brief shows that is not asked for in full.
const LINES: usize = 100;

const LINK: Style = colored(AnsiColor::Yellow);

/// Writes `brief` on a page of `width` columns; `full` shortens nothing.
pub(crate) fn page(brief: &Brief, width: usize, full: bool) -> String {
    let (most, lines) = if full { (usize::MAX, usize::MAX) } else { (width * 2, LINES) };
    let mut writer = Writer { page: Page::new(width), most, lines };
    writer.head(brief);
    writer.actors(brief);
    writer.meetings(brief);
    writer.statements(brief);
    writer.conditions(brief);
    writer.agreements(brief);
    writer.incidents(brief);
    writer.differences(brief);
    writer.sources(brief);
    writer.page.into_text()
}

struct Writer {
    page: Page,
    /// The most characters of a passage.
    most: usize,
    /// The most lines of one kind.
    lines: usize,
}

impl Writer {
    fn head(&mut self, brief: &Brief) {
        let mut outlets: Vec<&str> = brief.sources.iter().filter_map(|it| it.outlet.as_deref()).collect();
        outlets.sort_unstable();
        outlets.dedup();
        let dates = brief.sources.iter().filter_map(|it| it.published.as_deref()).map(day);
        let (first, last) = (dates.clone().min(), dates.max());
        let mut parts = vec![count(brief.sources.len(), "report")];
        if !outlets.is_empty() {
            parts.push(count(outlets.len(), "outlet"));
        }
        match (first, last) {
            (Some(first), Some(last)) if first == last => parts.push(first.to_owned()),
            (Some(first), Some(last)) => parts.push(format!("{first} to {last}")),
            _ => parts.push("no dates known".to_owned()),
        }
        let undated = brief.sources.iter().filter(|it| it.published.is_none()).count();
        if undated > 0 && first.is_some() {
            parts.push(format!("{undated} undated"));
        }
        self.page.paragraph("", &[(BOLD, &parts.join(" · "))]);
    }

    fn actors(&mut self, brief: &Brief) {
        if brief.actors.is_empty() {
            return;
        }
        self.page.heading("ACTORS");
        for it in &brief.actors {
            let mut about: Vec<String> = Vec::new();
            if it.roles.is_empty() {
                about.push(kind(it.kind).to_owned());
            } else {
                about.extend(it.roles.iter().take(3).cloned());
            }
            about.extend(it.state.clone().filter(|_| it.kind != ActorKind::State));
            let said = match it.statements {
                0 => String::new(),
                number => format!(", {}", count(number, "statement")),
            };
            let counts = format!(" — in {}{said}", count(it.reports, "report"));
            let about = format!("  {}", about.join(", "));
            self.page.paragraph("  ", &[(BOLD, &it.name), (PLAIN, &about), (DIM, &counts)]);
        }
        if brief.more_actors > 0 {
            self.page.paragraph("  ", &[(DIM, &format!("and {} more", brief.more_actors))]);
        }
    }

    fn meetings(&mut self, brief: &Brief) {
        if brief.meetings.is_empty() {
            return;
        }
        self.page.heading("MEETINGS");
        for it in brief.meetings.iter().take(self.lines) {
            let mut facts: Vec<String> = Vec::new();
            facts.extend(it.format.map(|it| format_name(it).to_owned()));
            facts.extend(it.occasion.clone());
            facts.extend(it.place.clone());
            facts.extend(it.time.clone());
            facts.extend(it.minutes.and_then(|it| amount(it, "minute")));
            if !it.topics.is_empty() {
                facts.push(format!("on {}", it.topics.join(", ")));
            }
            let who = match it.participants.as_slice() {
                [] => "Participants not named".to_owned(),
                [one] => format!("{one} and others not named"),
                [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
            };
            let state = factuality_name(it.factuality);
            if !state.is_empty() {
                facts.insert(0, state.to_owned());
            }
            let facts = if facts.is_empty() { String::new() } else { format!(" — {}", facts.join(" · ")) };
            self.line(&it.references, &[(BOLD, &who), (PLAIN, &facts)]);
        }
        self.more(brief.meetings.len());
    }

    fn statements(&mut self, brief: &Brief) {
        if brief.statements.is_empty() {
            return;
        }
        self.page.heading("STATEMENTS");
        let mut source = 0;
        for it in brief.statements.iter().take(self.lines) {
            let first = it.references.iter().map(|it| it.source).min().unwrap_or(0);
            if first != source && !it.nested {
                source = first;
                if let Some(it) = source.checked_sub(1).and_then(|at| brief.sources.get(at)) {
                    self.page.paragraph("  ", &[(DIM, &format!("{source}  {}", name(it)))]);
                }
            }
            self.statement(it);
        }
        self.more(brief.statements.len());
    }

    fn statement(&mut self, it: &StatementLine) {
        let speaker = match (it.speaker.as_str(), it.named) {
            ("", _) => "Somebody not named".to_owned(),
            (speaker, true) => speaker.to_owned(),
            // The report's own words stand for somebody.
            (words, false) => format!("“{}”", shorten(words, 80)),
        };
        let mut said = String::new();
        if !it.addressee.is_empty() {
            said.push_str(&format!(" to {}", it.addressee));
        }
        match (it.negated, it.cue.as_deref().unwrap_or_default()) {
            (true, cue) => said.push_str(&format!(" (not: {cue})")),
            (false, "") => {}
            (false, cue) => said.push_str(&format!(" ({})", shorten(cue, 40))),
        }
        if !it.via.is_empty() {
            said.push_str(&format!(", by way of {}", it.via.join(" ← ")));
        }
        let mut content = shorten(&it.content, self.most);
        if it.mode == Mode::Direct && !it.content.starts_with(['“', '"', '‘', '\'', '«', '„']) {
            content = format!("“{content}”");
        }
        let margin = if it.nested { "    ↳ " } else { "  " };
        let parts = [(BOLD, speaker.as_str()), (PLAIN, &said), (PLAIN, ": "), (PLAIN, &content)];
        self.line_after(margin, &it.references, &parts);
    }

    fn conditions(&mut self, brief: &Brief) {
        if brief.conditions.is_empty() {
            return;
        }
        self.page.heading("CONDITIONS");
        for it in brief.conditions.iter().take(self.lines) {
            let to = if it.to.is_empty() { String::new() } else { format!(" to {}", it.to) };
            let by = match it.by.as_str() {
                "" => String::new(),
                by => format!("{by} — "),
            };
            let tone = format!("{}{to}: ", tone(it.tone));
            let (premise, consequence) =
                (shorten(&it.premise, self.most), shorten(&it.consequence, self.most));
            self.line(
                &it.references,
                &[
                    (BOLD, &by),
                    (PLAIN, &tone),
                    (DIM, "if "),
                    (PLAIN, without(&premise, "if ")),
                    (DIM, " then "),
                    (PLAIN, without(&consequence, "then ")),
                ],
            );
        }
        self.more(brief.conditions.len());
    }

    fn agreements(&mut self, brief: &Brief) {
        if brief.agreements.is_empty() && brief.commitments.is_empty() {
            return;
        }
        self.page.heading("AGREEMENTS AND COMMITMENTS");
        for it in brief.agreements.iter().take(self.lines) {
            let parties = if it.parties.is_empty() { String::new() } else { format!(" — {}", it.parties) };
            let mut steps: Vec<String> = Vec::new();
            for (step, time) in &it.status {
                let time = time.as_ref().map(|time| format!(" {time}")).unwrap_or_default();
                let step = format!("{}{time}", status(*step));
                if steps.last() != Some(&step) {
                    steps.push(step);
                }
            }
            let steps = if steps.is_empty() { String::new() } else { format!(": {}", steps.join(" → ")) };
            let name = shorten(&it.name, self.most);
            self.line(&it.references, &[(BOLD, &name), (PLAIN, &parties), (PLAIN, &steps)]);
            for term in &it.terms {
                self.commitment("    · ", term);
            }
        }
        for it in brief.commitments.iter().take(self.lines) {
            self.commitment("  ", it);
        }
        self.more(brief.agreements.len().max(brief.commitments.len()));
    }

    fn commitment(&mut self, margin: &str, it: &CommitmentLine) {
        let mut who = it.debtor.clone();
        if !it.creditor.is_empty() {
            who.push_str(&format!(" for {}", it.creditor));
        }
        if !who.is_empty() {
            who.push_str(": ");
        }
        let deadline = match &it.deadline {
            Some((text, Some(due))) => format!(" [{text}: due {due}]"),
            Some((text, None)) => format!(" [{text}]"),
            None => String::new(),
        };
        let action = shorten(&it.action, self.most);
        self.line_after(margin, &it.references, &[(BOLD, &who), (PLAIN, &action), (PLAIN, &deadline)]);
    }

    fn incidents(&mut self, brief: &Brief) {
        if brief.incidents.is_empty() {
            return;
        }
        self.page.heading("INCIDENTS");
        for it in brief.incidents.iter().take(self.lines) {
            let mut facts: Vec<String> = Vec::new();
            facts.extend(it.killed.and_then(|it| people(it, "killed")));
            facts.extend(it.injured.and_then(|it| people(it, "hurt")));
            for (word, who) in
                [("claimed by", &it.claimed_by), ("blamed on", &it.blamed_on), ("denied by", &it.denied_by)]
            {
                if !who.is_empty() {
                    facts.push(format!("{word} {who}"));
                }
            }
            facts.extend(it.place.clone());
            facts.extend(it.time.clone());
            let state = factuality_name(it.factuality);
            if !state.is_empty() {
                facts.insert(0, state.to_owned());
            }
            let facts = if facts.is_empty() { String::new() } else { format!(" — {}", facts.join(" · ")) };
            let text = shorten(&it.text, self.most);
            self.line(&it.references, &[(BOLD, &text), (PLAIN, &facts)]);
        }
        self.more(brief.incidents.len());
    }

    fn differences(&mut self, brief: &Brief) {
        if brief.differences.is_empty() {
            return;
        }
        self.page.heading("WHERE REPORTS DIFFER");
        for it in brief.differences.iter().take(self.lines) {
            let happening = shorten(&it.happening, self.most / 2);
            self.page.paragraph("  ", &[(BOLD, &happening), (PLAIN, &format!(" — {}", it.field))]);
            for (value, references) in &it.values {
                self.line_after("    · ", references, &[(PLAIN, value)]);
            }
        }
        self.more(brief.differences.len());
    }

    fn sources(&mut self, brief: &Brief) {
        self.page.heading("SOURCES");
        for (number, it) in brief.sources.iter().enumerate() {
            let date = it.published.as_deref().map_or("undated", day);
            let margin = format!("  {:>2}  ", number + 1);
            let copies: Vec<String> = it
                .copies
                .iter()
                .map(|(of, share)| format!("; {:.0} % of it stands in {of} too", share * 100.0))
                .collect();
            let path = it.path.as_deref().unwrap_or_default();
            self.page.paragraph(
                &margin,
                &[
                    (PLAIN, &name(it)),
                    (PLAIN, &copies.concat()),
                    (DIM, &format!(" · {date} · {path} · {}", short(&it.id))),
                ],
            );
        }
        self.page.blank();
        self.page.paragraph(
            "",
            &[(DIM, "[3 ¶2 1a2b3c] is report 3, paragraph 2; see the passage with: readout show 1a2b3c")],
        );
    }

    /// Says that there were more than are shown, if there were.
    fn more(&mut self, count: usize) {
        if count > self.lines {
            let more = format!("and {} more: readout brief --full", count - self.lines);
            self.page.paragraph("  ", &[(DIM, &more)]);
        }
    }

    /// A line with its passages at the end.
    fn line(&mut self, references: &[Reference], parts: &[(Style, &str)]) {
        self.line_after("  ", references, parts);
    }

    /// The same after `margin`.
    fn line_after(&mut self, margin: &str, references: &[Reference], parts: &[(Style, &str)]) {
        let cited: Vec<String> = references
            .iter()
            .map(|it| format!("[{} ¶{} {}]", it.source, it.paragraph, short(&it.id)))
            .collect();
        let more = cited.len().saturating_sub(4);
        let mut cited =
            format!("  {}", cited.iter().take(4).map(|it| unbroken(it)).collect::<Vec<_>>().join(" "));
        if more > 0 {
            cited.push_str(&format!(" and {more} more"));
        }
        let mut all = parts.to_vec();
        all.push((LINK, &cited));
        self.page.paragraph(margin, &all);
    }
}

/// Keeps the words of `text` on one line.
fn unbroken(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

/// The first digits of an id: enough for `show`.
fn short(id: &str) -> String {
    let Some((kind, rest)) = id.split_once(':') else { return id.to_owned() };
    match rest.len() == 12 || kind == "doc" {
        true => rest.chars().take(6).collect(),
        false => id.to_owned(),
    }
}

fn name(it: &SourceLine) -> String {
    let title = it.title.as_deref().map(|title| shorten(title, 90));
    match (&it.outlet, title) {
        (Some(outlet), Some(title)) => format!("{outlet}: {title}"),
        (Some(outlet), None) => outlet.clone(),
        (None, Some(title)) => title,
        (None, None) => it.path.clone().unwrap_or_else(|| it.id.clone()),
    }
}

fn day(date: &str) -> &str {
    date.get(..10).unwrap_or(date)
}

fn without<'t>(text: &'t str, start: &str) -> &'t str {
    match text.get(..start.len()) {
        Some(head) if head.eq_ignore_ascii_case(start) => &text[start.len()..],
        _ => text,
    }
}

pub(crate) fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

fn amount(range: (Option<u32>, Option<u32>), unit: &str) -> Option<String> {
    Some(match range {
        (Some(low), Some(high)) if low == high => count(low as usize, unit),
        (Some(low), Some(high)) => format!("{low} to {high} {unit}s"),
        (Some(low), None) => format!("at least {}", count(low as usize, unit)),
        (None, Some(high)) => format!("at most {}", count(high as usize, unit)),
        (None, None) => return None,
    })
}

fn people(range: (Option<u32>, Option<u32>), what: &str) -> Option<String> {
    Some(match range {
        (Some(low), Some(high)) if low == high => format!("{low} {what}"),
        (Some(low), Some(high)) => format!("{low} to {high} {what}"),
        (Some(low), None) => format!("at least {low} {what}"),
        (None, Some(high)) => format!("at most {high} {what}"),
        (None, None) => return None,
    })
}

pub(crate) const fn kind(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "person",
        ActorKind::State => "state",
        ActorKind::Organisation => "organisation",
        ActorKind::ArmedGroup => "armed group",
        ActorKind::Outlet => "outlet",
        ActorKind::Office => "office",
        ActorKind::Unnamed => "unnamed",
        ActorKind::Place => "place",
    }
}

pub(crate) const fn format_name(format: MeetingFormat) -> &'static str {
    match format {
        MeetingFormat::Bilateral => "bilateral meeting",
        MeetingFormat::PullAside => "pull-aside",
        MeetingFormat::Call => "call",
        MeetingFormat::Summit => "summit",
        MeetingFormat::Talks => "talks",
        MeetingFormat::PressConference => "press conference",
    }
}

/// Empty for what took place.
pub(crate) const fn factuality_name(factuality: Factuality) -> &'static str {
    match factuality {
        Factuality::Happened => "",
        Factuality::Ongoing => "under way",
        Factuality::Planned => "planned",
        Factuality::Possible => "possible",
        Factuality::Conditional => "conditional",
        Factuality::Demanded => "asked for",
        Factuality::Denied => "denied",
    }
}

pub(crate) const fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Promise => "promise",
        Tone::Threat => "threat",
        Tone::Demand => "demand",
        Tone::Dependency => "dependency",
    }
}

pub(crate) const fn status(status: AgreementStatus) -> &'static str {
    match status {
        AgreementStatus::Proposed => "proposed",
        AgreementStatus::UnderNegotiation => "under negotiation",
        AgreementStatus::Agreed => "agreed",
        AgreementStatus::Reaffirmed => "reaffirmed",
        AgreementStatus::PartlyImplemented => "partly implemented",
        AgreementStatus::Violated => "violated",
        AgreementStatus::BrokenDown => "broken down",
        AgreementStatus::Rejected => "rejected",
    }
}
