//! How long lists, slices and searches take in a file of many reports:
//! `cargo run --release -p readout --example many_reports -- FILE [REPORTS]` makes FILE, if there is none, with made-up
//! reports (100,000 unless told otherwise), then prints the median and 95th percentile of each query in milliseconds,
//! and the most memory that was held.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "it measures, and prints what it measured"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;
use std::time::Instant;

use readout::record::{
    Actor, ActorId, ActorKind, Document, DocumentId, DocumentRecords, Evidence, Happening, Kind, Mention,
    Mode, Record, RecordId, Statement, Story, ids,
};
use readout::store::{Operation, Origin, Store};
use readout::text::{ByteSpan, CharSpan, Offsets};
use readout::views::{self, ActorRow, Filter, Row, SourceRow, StoryRow};
use readout::{Corpus, Listed, Page, Scope};
use readout_link::Shelf as _;
use serde_json::json;

/// A fixed sequence of numbers (Knuth's MMIX generator): the same file each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound.max(1)
    }

    /// Small numbers far more often than large ones, as names and words are.
    fn skewed(&mut self, bound: usize) -> usize {
        let (a, b) = (self.below(bound) + 1, self.below(bound) + 1);
        (a * b / (bound * 2)).min(bound - 1)
    }
}

const SYLLABLES: [&str; 16] =
    ["ta", "ri", "no", "vel", "mar", "so", "kin", "du", "pel", "ga", "lor", "en", "hi", "bra", "stu", "wo"];

fn word(number: usize) -> String {
    let mut left = number + 16;
    let mut word = String::new();
    while left > 0 {
        word.push_str(SYLLABLES[left % 16]);
        left /= 16;
    }
    word
}

fn report(number: usize, stories: usize, numbers: &mut Numbers) -> (Document, DocumentRecords) {
    let story = number % stories;
    let mut text = String::new();
    let mut spans = Vec::new();
    for paragraph in 0..8 {
        if paragraph > 0 {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str("“We will");
        for at in 0..40 {
            let number = if at < 4 { 4_000 + story * 4 + at } else { numbers.skewed(4_000) };
            text.push(' ');
            text.push_str(&word(number));
        }
        spans.push(ByteSpan::new(start as u32, text.len() as u32));
        text.push_str(",” said the minister.");
    }
    let id = ids::document_id(text.as_bytes());
    let offsets = Offsets::new(&text);
    let mut records = DocumentRecords::default();
    for span in spans {
        let actor = format!("person:{}", word(numbers.skewed(20_000)));
        records.mentions.push(Mention {
            doc: id.clone(),
            span: CharSpan::new(0, 5),
            name: actor.clone(),
            actor: actor.clone().into(),
            actor_kind: ActorKind::Person,
            named: true,
            ..Mention::default()
        });
        records.statements.push(Statement {
            evidence: Evidence::new(&id, "statement", "", &text, &offsets, &[span]),
            speaker: vec![actor.into()],
            content: vec![offsets.to_chars(span)],
            content_text: span.slice(&text).to_owned(),
            mode: Mode::Direct,
            ..Statement::default()
        });
    }
    let document = Document {
        id,
        title: Some(format!("Report {} on {}", number, word(4_000 + story * 4))),
        outlet: Some(format!("Outlet {}", word(numbers.skewed(60)))),
        published: Some(format!(
            "20{:02}-{:02}-{:02}",
            10 + story % 12,
            1 + story / 12 % 12,
            1 + number % 28
        )),
        text_sha256: ids::sha256(text.as_bytes()),
        text,
        ..Document::default()
    };
    (document, records)
}

fn make(path: &Path, reports: usize) -> Result<(), Box<dyn Error>> {
    let stories = (reports / 12).max(1);
    let mut numbers = Numbers(7);
    let mut store = Store::create(path)?;
    let mut reading = Operation::new("read", readout::VERSION, json!({}));
    let (mut told, mut happenings, mut named) = (Vec::new(), Vec::new(), Vec::new());
    let mut of_story: BTreeMap<usize, Vec<(DocumentId, Option<String>, RecordId)>> = BTreeMap::new();
    let mut mentions: BTreeMap<ActorId, u32> = BTreeMap::new();
    for number in 0..reports {
        let (document, records) = report(number, stories, &mut numbers);
        let first = records.statements.first().map(|it| it.evidence.id.clone()).unwrap_or_default();
        let of = of_story.entry(number % stories).or_default();
        of.push((document.id.clone(), document.published.clone(), first));
        for it in &records.mentions {
            *mentions.entry(it.actor.clone()).or_default() += 1;
        }
        let place = format!("{number}.txt");
        store.add(
            &mut reading,
            &Origin { location: place.clone(), path: Some(place) },
            &document,
            &records,
        )?;
    }
    for (story, members) in of_story {
        let days = || members.iter().filter_map(|(_, day, _)| day.clone());
        let documents: Vec<DocumentId> = members.iter().map(|it| it.0.clone()).collect();
        let parts: Vec<RecordId> = documents.iter().map(RecordId::from).collect();
        let story = Record::Story(Story {
            id: ids::linked_id("story", members.iter().map(|it| it.0.as_str())),
            title: format!("Story {}", word(4_000 + story * 4)),
            documents,
            from: days().min(),
            to: days().max(),
            ..Story::default()
        });
        told.push((story, parts));
        let members: Vec<RecordId> = members.into_iter().map(|it| it.2).collect();
        let happening = Record::Happening(Happening {
            id: ids::linked_id("happening", members.iter().map(RecordId::as_str)),
            members: members.clone(),
            ..Happening::default()
        });
        happenings.push((happening, members));
    }
    for (id, mentions) in mentions {
        let name = id.split_once(':').map_or(id.as_str(), |(_, name)| name).to_owned();
        let actor =
            Record::Actor(Actor { id, name, actor_kind: ActorKind::Person, mentions, ..Actor::default() });
        named.push((actor, Vec::new()));
    }
    let mut operation = Operation::new("link", readout::VERSION, json!({}));
    let mut linking = store.linking()?;
    let (_, came) = linking.to_link(i64::MAX as usize)?;
    for &number in &came {
        let report = linking.report(number)?;
        let actors: BTreeSet<ActorId> = report.records().mentions.iter().map(|it| it.actor.clone()).collect();
        linking.set_actors(number, &actors, &BTreeMap::new())?;
    }
    for (kind, records) in [(Kind::Actor, named), (Kind::Story, told), (Kind::Happening, happenings)] {
        linking.replace_links(kind, &BTreeSet::new(), records)?;
    }
    linking.finish(&mut operation, &[], &came)?;
    Ok(())
}

/// The most memory that was held, in megabytes; 0 where the system does not say.
fn most_memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<usize>().ok());
    kilobytes.unwrap_or(0) / 1024
}

fn time(
    name: &str,
    runs: usize,
    mut query: impl FnMut(usize) -> Result<usize, Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let mut times = Vec::with_capacity(runs);
    let mut rows = 0;
    for run in 0..runs {
        let start = Instant::now();
        rows += query(run)?;
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    let (median, p95) = (times[runs / 2], times[(runs * 95 / 100).min(runs - 1)]);
    println!("{name:<34} median {median:8.2} ms   p95 {p95:8.2} ms   {:6} rows", rows / runs);
    Ok(())
}

/// A page of a list.
fn listed<R: Row>(corpus: &Corpus, filter: &Filter, page: &Page) -> Result<Listed<R>, Box<dyn Error>> {
    Ok(corpus.list_of(filter, page)?.map_err(|unknown| unknown.to_string())?)
}

/// Returns the number of reports that have the words.
fn found(corpus: &Corpus, words: &str, filter: &Filter) -> Result<usize, Box<dyn Error>> {
    let search = corpus.search(words, filter, &Page::first(20))?;
    Ok(search.map_err(|unknown| unknown.to_string())?.facets.documents)
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let path = words.next().ok_or("usage: many_reports FILE [REPORTS]")?;
    let path = Path::new(&path);
    if !path.exists() {
        let reports = words.next().map_or(Ok(100_000), |it| it.parse())?;
        let start = Instant::now();
        make(path, reports)?;
        println!(
            "made {reports} reports in {:.0} s, {} MB held",
            start.elapsed().as_secs_f64(),
            most_memory()
        );
        return Ok(());
    }
    let corpus = Corpus::open(path)?;
    let all = Filter::default();
    let stories: Vec<StoryRow> = listed(&corpus, &all, &Page::first(2_000))?.rows;
    let actors: Vec<ActorRow> = listed(&corpus, &all, &Page::first(2_000))?.rows;
    let documents: Vec<SourceRow> = listed(&corpus, &all, &Page::first(2_000))?.rows;
    println!("{} reports, {} MB held", corpus.store().count()?, most_memory());
    let pick = |run: usize, len: usize| run * 7 % len.max(1);

    let mut page = Page::first(50);
    time("stories, page after page", 100, |_| {
        let listed = listed::<StoryRow>(&corpus, &all, &page)?;
        page.after = listed.next;
        Ok(listed.rows.len())
    })?;
    let mut page = Page::first(50);
    time("actors, page after page", 100, |_| {
        let listed = listed::<ActorRow>(&corpus, &all, &page)?;
        page.after = listed.next;
        Ok(listed.rows.len())
    })?;
    let mut page = Page::first(50);
    time("sources, page after page", 100, |_| {
        let listed = listed::<SourceRow>(&corpus, &all, &page)?;
        page.after = listed.next;
        Ok(listed.rows.len())
    })?;
    time("sources of an outlet in a year", 100, |run| {
        let outlet = documents[pick(run, documents.len())].outlet.clone().into_iter().collect();
        let filter =
            Filter { outlet, since: Some("2015".to_owned()), until: Some("2016".to_owned()), ..all.clone() };
        Ok(listed::<SourceRow>(&corpus, &filter, &Page::first(50))?.rows.len())
    })?;
    time("sources that speak of an actor", 100, |run| {
        let filter = Filter { actor: vec![actors[pick(run, actors.len())].id.to_string()], ..all.clone() };
        Ok(listed::<SourceRow>(&corpus, &filter, &Page::first(50))?.rows.len())
    })?;
    time("a story with all its rows", 100, |run| {
        let contents = corpus.slice(&Scope::Story(stories[pick(run, stories.len())].id.clone()))?;
        Ok(views::timeline(&contents, &all).len()
            + views::quotes(&contents, &all).len()
            + views::compare(&contents, &all).len())
    })?;
    time("a document with its records", 100, |run| {
        let id = documents[pick(run, documents.len())].id.clone();
        Ok(views::statements(&corpus.slice(&Scope::Documents(vec![id]))?, &all).len())
    })?;
    time("search, a common word", 100, |run| found(&corpus, &word(run % 40), &all))?;
    time("search, two words", 100, |run| {
        found(&corpus, &format!("{} {}", word(run), word(run + 900)), &all)
    })?;
    time("search, a rare word", 100, |run| found(&corpus, &word(4_000 + run * 4), &all))?;
    time("search in a month of an outlet", 100, |run| {
        let outlet = documents[pick(run, documents.len())].outlet.clone().into_iter().collect();
        let filter = Filter {
            outlet,
            since: Some("2015-03".to_owned()),
            until: Some("2015-04".to_owned()),
            ..all.clone()
        };
        found(&corpus, &word(run % 40), &filter)
    })?;
    println!("{} MB held at most", most_memory());
    Ok(())
}
