//! The file as a whole, asked from outside: the front page, pages of all reports with their ways out, pictures, reports
//! side by side.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

mod record;

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::thread;

use readout::Corpus;
use readout::views::{CitationStyle, Filter, ListKind};
use readout_serve::{Options, Server};
use serde_json::Value;
use tempfile::TempDir;

use crate::record::{hostile_record, many_reports, two_reports};

fn get(address: SocketAddr, path: &str) -> (u16, Vec<u8>) {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let at = bytes.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
    let status = String::from_utf8_lossy(&bytes[9..12]).parse().unwrap();
    (status, bytes.split_off(at + 4))
}

fn page(address: SocketAddr, path: &str) -> String {
    let (status, body) = get(address, path);
    let body = String::from_utf8(body).unwrap();
    assert_eq!(status, 200, "{path}: {body}");
    body
}

fn json(address: SocketAddr, path: &str) -> Value {
    serde_json::from_str(&page(address, path)).unwrap()
}

fn serve(make: impl Fn(&std::path::Path)) -> (TempDir, SocketAddr) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.readout");
    make(&file);
    let server = Server::bind(Options::new(file)).unwrap();
    let address = server.address();
    thread::spawn(move || server.run());
    (folder, address)
}

#[test]
fn the_front_page_counts_the_file_and_its_months_filter_it() {
    let (folder, address) = serve(|file| many_reports(file, 70));
    let front = page(address, "/");
    assert!(front.contains("<a href=\"/sources\"><b>70</b> reports</a>"), "{front}");
    assert!(
        front.contains("class=\"figure months\"")
            || json(address, "/api/v1/overview")["months"].as_array().unwrap().len() < 2
    );
    let found = json(address, "/api/v1/overview");
    let corpus = Corpus::open(&folder.path().join("t.readout")).unwrap();
    let own = corpus.overview(&Filter::default()).unwrap().unwrap();
    assert_eq!(found["reports"], own.reports);
    assert_eq!(found["months"].as_array().unwrap().len(), own.months.len());
    for it in &own.counts {
        let Some(number) = it.count else { continue };
        let kind = ListKind::named(it.list);
        if number == 0 || kind.is_none() || matches!(it.list, "quotes" | "events" | "meetings" | "positions")
        {
            continue;
        }
        assert_eq!(json(address, &format!("/api/v1/{}?limit=1", it.list))["total"], number, "{}", it.list);
    }
    // The months make up the file, and each shows its own reports.
    let all: usize = own.months.iter().map(|it| it.reports).sum::<usize>() + own.undated;
    assert_eq!(all, own.reports);
    let month = own.months.iter().find(|it| it.reports > 0).unwrap();
    let part = json(address, &format!("/api/v1/overview?since={}&until={}", month.month, month.next));
    assert_eq!(part["reports"], month.reports);
    assert_eq!(get(address, "/?since=soon").0, 400);
    assert_eq!(get(address, "/?actor=Nobody+Known").0, 404);
}

#[test]
fn every_list_has_a_page_for_all_reports_and_its_ways_out() {
    let (_folder, address) = serve(two_reports);
    for kind in ListKind::ALL {
        let name = kind.name();
        let shown = page(address, &format!("/{name}"));
        let rows = json(address, &format!("/api/v1/{name}"));
        let total = rows["total"].as_u64().unwrap();
        assert!(shown.contains(&format!("<span class=\"n\">{total}</span></h1>")), "{name}: {shown}");
        assert!(shown.contains(&format!("href=\"/api/v1/{name}\"")), "{name}: {shown}");
        let csv = shown.split("href=\"").find(|it| it.starts_with("/tables/"));
        let csv = page(address, csv.unwrap_or_else(|| panic!("{name}: no CSV")).split('"').next().unwrap());
        assert!(csv.lines().count() > 0 && csv.contains(','), "{name}: {csv}");
        let columns = csv.lines().next().unwrap().split(',').count();
        if matches!(kind, ListKind::Differences | ListKind::Compare) {
            assert!(csv.starts_with("id,") && csv.contains(",outlet,published,"), "{name}: {csv}");
            assert!(columns > 9, "{name}: {csv}");
        }
    }
    let incidents = json(address, "/api/v1/events?kind=incident")["total"].clone();
    assert!(page(address, "/incidents").contains(&format!("<span class=\"n\">{incidents}</span></h1>")));
    assert_eq!(get(address, "/lists/timeline?since=2015").0, 303);
    assert_eq!(get(address, "/nowhere").0, 404);
    assert_eq!(get(address, "/tables/nothing.csv").0, 404);
    let story = json(address, "/api/v1/stories")["rows"][0]["id"].as_str().map(str::to_owned);
    if let Some(story) = story {
        let (status, zip) = get(address, &format!("/bundles/{story}.zip"));
        assert_eq!((status, &zip[..2]), (200, b"PK".as_slice()));
        assert!(page(address, &format!("/cite/{story}")).contains("BibTeX"));
        let brief = page(address, &format!("/stories/{story}/brief"));
        assert!(brief.contains("<h2>Sources</h2>") && brief.contains("class=\"brief\""), "{brief}");
        assert!(page(address, &format!("/stories/{story}")).contains(&format!("/stories/{story}/brief")));
    }
}

#[test]
fn every_page_of_one_thing_leads_to_its_footnotes_which_are_the_same_everywhere() {
    let (folder, address) = serve(two_reports);
    let corpus = Corpus::open(&folder.path().join("t.readout")).unwrap();
    let contents = corpus.contents().unwrap();
    let mut ids: Vec<String> = contents.documents.iter().map(|it| it.id.to_string()).collect();
    for at in 0..contents.documents.len() {
        ids.extend(contents.evidence(at).iter().map(|(_, it)| it.id.to_string()));
    }
    ids.extend(contents.quotes.iter().map(|it| it.id.to_string()));
    ids.extend(contents.happenings.iter().map(|it| it.id.to_string()));
    ids.extend(contents.agreements.iter().map(|it| it.id.to_string()));
    ids.extend(contents.positions.iter().map(|it| it.id.to_string()));
    ids.extend(contents.stories.iter().map(|it| it.id.to_string()));
    assert!(ids.len() > 10, "{ids:?}");
    for id in &ids {
        let folder = match id.split(':').next().unwrap() {
            "doc" => "documents",
            "quote" => "quotes",
            "happening" => "happenings",
            "story" => "stories",
            _ => "records",
        };
        let shown = page(address, &format!("/{folder}/{id}"));
        assert!(shown.contains(&format!("href=\"/cite/{id}\"")), "{id}: {shown}");
        let footnotes = corpus.footnotes(id).unwrap();
        assert_eq!(json(address, &format!("/api/v1/cite/{id}"))["total"], footnotes.len());
        for style in CitationStyle::ALL {
            let told = page(address, &format!("/api/v1/cite/{id}?style={}", style.name()));
            assert_eq!(told, style.write(&footnotes).unwrap(), "{id}");
        }
    }
    assert_eq!(get(address, &format!("/api/v1/cite/{}?style=apa", ids[0])).0, 400);
    assert_eq!(get(address, "/api/v1/cite/statement:000000000000").0, 404);
}

#[test]
fn the_timeline_opens_with_its_reports_and_leads_to_what_was_before() {
    let (folder, address) = serve(|file| many_reports(file, 70));
    let corpus = Corpus::open(&folder.path().join("t.readout")).unwrap();
    let earlier = corpus.opening(&Filter::default()).unwrap();
    let shown = page(address, "/timeline");
    assert_eq!(shown.contains("/timeline?after=0"), earlier > 0, "{earlier}: {shown}");
    let all = page(address, "/timeline?after=0");
    assert!(!all.contains("What these reports tell of the time before"), "{all}");
    let month = page(address, "/timeline?since=2010&until=2030");
    assert!(
        !month.contains("What these reports tell of the time before"),
        "who asks for days gets all of them"
    );
}

#[test]
fn pictures_take_filters_and_refuse_nonsense() {
    let (_folder, address) = serve(|file| many_reports(file, 30));
    for path in [
        "/network",
        "/network?tie=said&least=2",
        "/map",
        "/map?since=2012",
        "/marks",
        "/side-by-side?of=story:none",
    ] {
        let (status, _) = get(address, path);
        assert_eq!(status, if path.contains("none") { 404 } else { 200 }, "{path}");
    }
    for path in
        ["/network?tie=loved", "/network?least=0", "/network?least=x", "/map?tie=met", "/side-by-side?x=1"]
    {
        assert_eq!(get(address, path).0, 400, "{path}");
    }
    let found = json(address, "/api/v1/network");
    assert_eq!(found["total"], 30);
}

#[test]
fn reports_are_laid_side_by_side() {
    let (_folder, address) = serve(hostile_record);
    let rows = json(address, "/api/v1/documents");
    let ids: Vec<&str> =
        rows["rows"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
    let path = format!("/side-by-side?report={}&report={}", ids[0], ids[1]);
    let shown = page(address, &path);
    assert!(shown.contains("<table class=\"beside\">") && !shown.contains("<script>"), "{shown}");
    let found = json(address, &format!("/api/v1/readouts?report={}&report={}", ids[0], ids[1]));
    assert_eq!(found["reports"].as_array().unwrap().len(), 2);
    let cells = found["rows"].as_array().unwrap().iter().flat_map(|it| it["cells"].as_array().unwrap());
    let cells: Vec<&Value> = cells.filter(|it| !it.is_null()).collect();
    assert!(cells.iter().all(|it| it["link"].as_str().unwrap().starts_with("/documents/")), "{found}");
    let story = json(address, "/api/v1/stories")["rows"][0]["id"].as_str().unwrap().to_owned();
    assert!(page(address, &format!("/side-by-side?of={story}")).contains("type=\"checkbox\""));
    assert_eq!(get(address, "/side-by-side?report=doc:none").0, 404);
    assert_eq!(get(address, "/side-by-side").0, 404);
}

#[test]
fn one_box_finds_people_beside_reports() {
    let (_folder, address) = serve(two_reports);
    let found = page(address, "/search?q=Lee");
    assert!(found.contains("href=\"/actors/person:ann-lee\""), "{found}");
    let near = page(address, "/search?q=Lea+Nowhere");
    assert!(near.contains("No report has all of these words."), "{near}");
}

#[test]
fn lists_are_sorted_by_their_columns() {
    let (_folder, address) = serve(|file| many_reports(file, 70));
    let titles = |by: &str| -> Vec<String> {
        let found = json(address, &format!("/api/v1/documents?sort={by}&limit=200"));
        let rows = found["rows"].as_array().unwrap();
        rows.iter().map(|it| it["title"].as_str().unwrap().to_lowercase()).collect()
    };
    let rising = titles("title");
    assert!(rising.len() == 70 && rising.is_sorted(), "{rising:?}");
    let falling = titles("-title");
    assert!(falling.iter().rev().is_sorted(), "{falling:?}");
    let sorted = page(address, "/sources?sort=title");
    assert!(
        sorted.contains("aria-sort=\"ascending\"") && sorted.contains("/sources?sort=-title"),
        "{sorted}"
    );
    let second = page(address, "/sources?sort=title&after=30");
    assert!(second.to_lowercase().contains(&rising[30]), "the next page goes on in the order");
    assert!(page(address, "/statements").contains("aria-label=\"Sorted by\""));
    for wrong in ["/sources?sort=colour", "/statements?sort=due", "/api/v1/documents?sort=due"] {
        assert_eq!(get(address, wrong).0, 400, "{wrong}");
    }
}
