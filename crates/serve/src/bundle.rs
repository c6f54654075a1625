//! One story to hand on: a zip file with its part of the record, the passages, hashes, and a page that needs no server.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Read as _, Seek, Write};
use std::path::Path;
use std::sync::Arc;

use minijinja::context;
use readout::record::{Record, RecordId, ids, wire};
use readout::text::CharSpan;
use readout::views::figures::NetworkWanted;
use readout::views::{self, Citation, Contents, Filter, ListKind, marked};
use readout::{Corpus, VERSION};
use serde_json::json;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::address::Addresses;
use crate::pages::sections::STORY;
use crate::pages::sections::{Section, TIES, network, section};
use crate::templates::{templates, value_of};
use crate::{Result, assets};

/// The name of the file in a bundle that another Readout opens.
const RECORD: &str = "record.readout";

/// The largest such file that is taken out of a bundle, in bytes.
const LARGEST: u64 = 4 << 30;

/// The text of a bundle's `README.txt`, which says how to check and open the bundle.
const README: &str = "\
This is one story of a record of press reports, made by Readout.

index.html      a page to read; it needs no network
record.readout  the same for Readout: readout merge THIS.zip --file my.readout
record.jsonl    the record: one JSON object a line, sorted by kind and id; the documents have their texts
passages.jsonl  every passage that index.html cites: document, spans (start and end in Unicode code points of the
                document's text), the text there, and the SHA-256 of the document's text
SHA256SUMS      hashes of these files; check them with: sha256sum -c SHA256SUMS

Readout keeps who reports what, and where they differ. It does not say what is true.
";

/// The end of `README.txt` in a bundle without full texts.
const QUOTES_ONLY: &str = "
Of the reports there are only the passages that the record cites. What lies between them is blank: an ellipsis, then
spaces, so that spans still fit. full_text_sha256 of each document is the hash of its full text.
";

/// Writes the story with the id `id`, or the first digits of one, to `out` as a zip file, and returns the story's id.
/// With `quotes_only`, the reports have only the passages that the record cites. The same record gives the same bytes.
///
/// # Errors
/// When there is no such story or several, the file cannot be read, or `out` cannot be written.
pub fn bundle(corpus: &Corpus, id: &str, quotes_only: bool, out: impl Write + Seek) -> Result<RecordId> {
    let id = corpus.id(id, readout::Wanted::Story)?;
    let mut contents = corpus.slice(&readout::Scope::Story(id.clone()))?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join(RECORD);
    let mut own = Corpus::create(&file)?.with_knowledge(corpus.knowledge().clone());
    own.take_story(corpus, &id, quotes_only)?;
    if quotes_only {
        for document in &mut contents.documents {
            if let Some(cut) = own.document(&document.id)? {
                document.text = cut.text;
                document.text_sha256 = cut.text_sha256;
                document.dropped = cut.dropped;
                document.other = cut.other;
            }
        }
    }
    drop(own);
    let own = std::fs::read(&file)?;
    let readme = if quotes_only { format!("{README}{QUOTES_ONLY}") } else { README.to_owned() };
    let actors = views::actors(&contents, &Filter::default());
    let page = page(&id, &contents, &actors)?;
    let mut record = Vec::new();
    let mut records = contents.clone().into_records();
    // Of stories only this one; what others tell of its reports is not asked for.
    records.retain(|it| !matches!(it, Record::Story(other) if other.id != id));
    wire::write(&mut records, &mut record)?;
    let passages = passages(&contents, &actors);

    let mut sums = String::new();
    let mut zip = ZipWriter::new(out);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let files: [(&str, &[u8]); 5] = [
        ("README.txt", readme.as_bytes()),
        ("index.html", page.as_bytes()),
        ("passages.jsonl", passages.as_bytes()),
        ("record.jsonl", &record),
        (RECORD, &own),
    ];
    for (name, bytes) in files {
        sums.push_str(&format!("{}  {name}\n", ids::sha256(bytes)));
        zip.start_file(name, options)?;
        zip.write_all(bytes)?;
    }
    zip.start_file("SHA256SUMS", options)?;
    zip.write_all(sums.as_bytes())?;
    zip.finish()?;
    Ok(id)
}

/// Returns the record in the bundle at `path`, as a file of Readout; `None` if the file is no bundle.
///
/// # Errors
/// When the file cannot be read.
pub fn record_of_bundle(path: &Path) -> Result<Option<Vec<u8>>> {
    let Ok(mut zip) = ZipArchive::new(File::open(path)?) else { return Ok(None) };
    let Ok(record) = zip.by_name(RECORD) else { return Ok(None) };
    let mut bytes = Vec::new();
    record.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Returns every passage that the page can cite, each once, in the order of documents and spans: the passages of all
/// records, of the story's agreements, and where each actor is named first.
fn passages(contents: &Contents, actors: &[views::ActorRow]) -> String {
    let hashes: BTreeMap<&str, &str> =
        contents.documents.iter().map(|it| (it.id.as_str(), it.text_sha256.as_str())).collect();
    let mut found: BTreeSet<(&str, &[CharSpan], &str)> = BTreeSet::new();
    for at in 0..contents.documents.len() {
        let evidence = contents.evidence(at).into_iter();
        found.extend(evidence.map(|(_, it)| (it.doc.as_str(), it.spans.as_slice(), it.text.as_str())));
    }
    for it in &contents.agreements {
        let passages = it.evidence.iter().chain(it.status.iter().map(|step| &step.evidence));
        found.extend(passages.map(|it| (it.doc.as_str(), it.spans.as_slice(), it.text.as_str())));
    }
    let first = actors.iter().filter_map(|it| it.first.as_ref());
    found.extend(first.map(|it| (it.doc.as_str(), it.spans.as_slice(), it.text.as_str())));
    let mut lines = String::new();
    for (doc, spans, text) in found {
        // An agreement keeps what it says of reports that are not of this story.
        let Some(hash) = hashes.get(doc) else { continue };
        if spans.is_empty() {
            continue;
        }
        lines.push_str(&json!({ "doc": doc, "spans": spans, "text": text, "text_sha256": hash }).to_string());
        lines.push('\n');
    }
    lines
}

/// Anchors on the page itself: each id, with the id of the element that shows it.
#[derive(Clone, Debug)]
struct Anchors(Arc<BTreeMap<String, String>>);

impl Anchors {
    fn of(contents: &Contents, actors: &[views::ActorRow]) -> Self {
        let mut places: BTreeMap<String, String> = BTreeMap::new();
        let mut stands = |id: &str| {
            places.insert(id.to_owned(), id.to_owned());
        };
        for (at, document) in contents.documents.iter().enumerate() {
            stands(&document.id);
            contents.evidence(at).iter().for_each(|(_, evidence)| stands(&evidence.id));
        }
        actors.iter().for_each(|it| stands(&it.id));
        // What reports share is where one of them tells of it.
        for it in &contents.quotes {
            let members = std::iter::once(&it.best_member).chain(&it.members);
            at_one_of(&mut places, &it.id, members.map(RecordId::as_str));
        }
        for it in &contents.happenings {
            at_one_of(&mut places, &it.id, it.members.iter().map(RecordId::as_str));
        }
        for it in &contents.positions {
            at_one_of(&mut places, &it.id, it.evidence.iter().map(RecordId::as_str));
        }
        for it in &contents.agreements {
            let terms = it.terms.iter().map(RecordId::as_str);
            let passages = it.evidence.iter().map(|passage| passage.doc.as_str());
            at_one_of(&mut places, &it.id, terms.chain(passages));
        }
        Self(Arc::new(places))
    }
}

/// Puts `id` where the first of the `members` that has a place stands.
fn at_one_of<'m>(
    places: &mut BTreeMap<String, String>,
    id: &str,
    mut members: impl Iterator<Item = &'m str>,
) {
    let member = members.find(|it| places.contains_key(*it));
    places.extend(member.map(|member| (id.to_owned(), member.to_owned())));
}

impl Addresses for Anchors {
    fn of(&self, id: &str) -> String {
        format!("#{}", self.0.get(id).map_or("content", String::as_str))
    }

    fn passage(&self, it: &Citation) -> String {
        let id = if self.0.contains_key(it.id.as_str()) { it.id.as_str() } else { it.doc.as_str() };
        Addresses::of(self, id)
    }
}

/// Returns the page, with the style sheet in it and all reports below the story.
fn page(id: &str, contents: &Contents, actors: &[views::ActorRow]) -> Result<String> {
    let filter = Filter::default();
    let anchors = Anchors::of(contents, actors);
    let mut sections: Vec<Section> = Vec::new();
    for (kind, _) in STORY {
        sections.extend(section(kind, contents, &filter, usize::MAX, &anchors));
        if kind == ListKind::Issues {
            sections.extend(network(contents, &NetworkWanted::default(), TIES, &anchors));
        }
    }
    let story = contents.stories.iter().find(|it| it.id == id);
    let outlets = contents.documents.iter().filter_map(|it| it.outlet.as_deref());
    let reports: Vec<minijinja::Value> = contents
        .documents
        .iter()
        .zip(&contents.records)
        .map(|(document, records)| {
            let found = marked(document, records, None, &[]);
            let paragraphs: Vec<minijinja::Value> = found
                .paragraphs
                .iter()
                .map(|it| {
                    let begins =
                        it.begins.iter().filter_map(|at| found.records.get(*at)).map(|it| it.id.to_string());
                    let text: String = it.pieces.iter().map(|piece| piece.text.as_str()).collect();
                    context! { number => it.number, text, begins => begins.collect::<Vec<_>>() }
                })
                .collect();
            context! {
                id => document.id.as_str(),
                title => document.title.clone(),
                outlet => document.outlet.clone(),
                published => document.published.clone(),
                url => document.url.clone(),
                sha256 => document.text_sha256.as_str(),
                paragraphs,
            }
        })
        .collect();
    let content = context! {
        style => minijinja::Value::from_safe_string(assets::STYLE.to_owned()),
        version => VERSION,
        story => value_of(story.map(|it| views::story_row(it, outlets))),
        actors => value_of(actors),
        sections => value_of(&sections),
        reports,
    };
    Ok(templates(anchors)?.get_template("bundle.html")?.render(content)?)
}
