//! Rounds against servers on this machine.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]
#![allow(clippy::disallowed_methods, reason = "how long a round takes is what is tested")]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use readout_collect::{CollectOptions, Collector, Round};
use readout_sources::{Captured, Options, read};
use tempfile::TempDir;

/// A question to a server: its path and its head in small letters.
type Question = (String, String);
/// A function from a question to the whole answer.
type Answers = dyn Fn(&str, &str) -> Vec<u8> + Send + Sync;

struct Server {
    base: String,
    asked: Arc<Mutex<Vec<Question>>>,
}

impl Server {
    fn start(answers: impl Fn(&str, &str) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (seen, answers): (_, Arc<Answers>) = (Arc::clone(&asked), Arc::new(answers));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (seen, answers) = (Arc::clone(&seen), Arc::clone(&answers));
                thread::spawn(move || serve(&stream, &seen, &*answers));
            }
        });
        Self { base, asked }
    }

    /// Returns the paths that were asked since the last time.
    fn paths(&self) -> Vec<String> {
        self.asked.lock().unwrap().drain(..).map(|(path, _)| path).collect()
    }
}

fn serve(stream: &TcpStream, seen: &Mutex<Vec<Question>>, answers: &Answers) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    let head: Vec<String> = lines.map_while(|line| line.ok().filter(|line| !line.is_empty())).collect();
    let (path, head) = (first.split(' ').nth(1).unwrap().to_owned(), head.join("\n").to_lowercase());
    let answer = answers(&path, &head);
    seen.lock().unwrap().push((path, head));
    let mut stream = stream;
    let _ = stream.write_all(&answer);
}

fn answer(status: &str, head: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut answer =
        format!("HTTP/1.1 {status}\r\nConnection: close\r\n{head}Content-Length: {}\r\n\r\n", body.len())
            .into_bytes();
    answer.extend_from_slice(body);
    answer
}

fn missing() -> Vec<u8> {
    answer("404 Not Found", "", "")
}

const FEED: &str = "Content-Type: application/rss+xml\r\n";
const PAGE: &str = "Content-Type: text/html; charset=utf-8\r\n";

fn page(day: &str, words: &str) -> String {
    format!(
        "<html><head><title>Talks of the islands</title><meta property='article:published_time' content='{day}'></head>\
         <body><article><h1>Talks of the islands</h1><p>{words} The two delegations met for three hours in the old \
         harbour hall.</p><p>“We will sign,” the envoy told reporters after the meeting on Monday.</p></article></body></html>"
    )
}

fn feed(links: &[&str]) -> String {
    let items: String =
        links.iter().map(|link| format!("<item><title>T</title><link>{link}</link></item>")).collect();
    format!("<rss version='2.0'><channel><title>Island Courier</title>{items}</channel></rss>")
}

fn options() -> CollectOptions {
    CollectOptions { pause: Duration::ZERO, private: true, ..CollectOptions::default() }
}

fn round(folder: &TempDir, options: CollectOptions, addresses: &[String]) -> Round {
    Collector::open(folder.path(), options).unwrap().round(addresses, &mut |_| {}).unwrap()
}

/// Returns the addresses and texts of the reports in the captures of a folder.
fn reports(folder: &TempDir) -> Vec<(String, String)> {
    let mut reports: Vec<(String, String)> = read(&[folder.path().to_owned()], &Options::default())
        .filter_map(|captured| match captured {
            Captured::Document(document) => {
                assert!(document.other["capture"]["digest"].as_str().unwrap().starts_with("sha256:"));
                Some((document.url.unwrap_or_default(), document.text))
            }
            Captured::Trouble(trouble) => {
                assert!(trouble.note.message.contains("captures.log") || !trouble.is_unread(), "{trouble:?}");
                None
            }
        })
        .collect();
    reports.sort();
    reports
}

fn path_of(url: &str) -> &str {
    url.splitn(4, '/').nth(3).unwrap_or_default()
}

#[test]
fn the_pages_of_a_feed_are_fetched_once_and_kept() {
    let server = Server::start(|path, head| match path {
        "/feed" if head.contains("if-none-match: \"1\"") => answer("304 Not Modified", "ETag: \"1\"\r\n", ""),
        "/feed" => {
            answer("200 OK", &format!("{FEED}ETag: \"1\"\r\n"), feed(&["/a", "/b#top", "/missing", "/film"]))
        }
        "/a" => answer("200 OK", &format!("{PAGE}Set-Cookie: secret=1\r\n"), page("2016-09-05", "First.")),
        "/b" => answer("302 Found", "Location: /b2\r\n", ""),
        "/b2" => answer("200 OK", PAGE, page("2016-09-06", "Second.")),
        "/film" => answer("200 OK", "Content-Type: video/mp4\r\n", "…"),
        _ => missing(),
    });
    let folder = tempfile::tempdir().unwrap();
    let addresses = [format!("{}/feed", server.base)];
    let first = round(&folder, options(), &addresses);
    assert_eq!((first.kept, first.unchanged, first.left, first.failed), (2, 0, 0, 2), "{:?}", first.notes);
    let told: Vec<&str> = first.notes.iter().map(|note| note.message.as_str()).collect();
    assert_eq!(told, ["answered with status 404", "is of the kind \"video/mp4\", which holds no report"]);
    assert_eq!(server.paths(), ["/robots.txt", "/feed", "/a", "/b", "/b2", "/missing", "/film"]);

    let found = reports(&folder);
    let told: Vec<(&str, &str)> =
        found.iter().map(|(url, text)| (path_of(url), text.split(' ').next().unwrap())).collect();
    assert_eq!(told, [("a", "First."), ("b2", "Second.")]);
    let mut bytes = Vec::new();
    let file = fs::read_dir(folder.path())
        .unwrap()
        .flatten()
        .find(|it| it.path().extension().unwrap() == "gz")
        .unwrap();
    let packed = fs::File::open(file.path()).unwrap();
    flate2::read::MultiGzDecoder::new(packed).read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("WARC-Type: metadata") && text.contains("Island Courier"), "the feed is kept too");
    assert!(!text.to_lowercase().contains("cookie"), "nothing of a session is kept");

    // Another run asks for the feed alone, and is told that it has not changed.
    let second = round(&folder, options(), &addresses);
    assert_eq!((second.kept, second.unchanged, second.failed), (0, 1, 0), "{:?}", second.notes);
    assert_eq!(server.paths(), ["/robots.txt", "/feed"]);
    assert_eq!(reports(&folder), found);
}

#[test]
fn robots_and_busy_hosts_are_kept_to() {
    let server = Server::start(|path, _| match path {
        "/robots.txt" => answer("200 OK", "", "User-agent: *\nDisallow: /closed\n"),
        "/feed" => answer("200 OK", FEED, feed(&["/closed/1", "/a", "/busy", "/b"])),
        "/a" | "/b" => answer("200 OK", PAGE, page("2016-09-05", path)),
        "/busy" => answer("429 Too Many Requests", "Retry-After: 60\r\n", ""),
        _ => missing(),
    });
    let folder = tempfile::tempdir().unwrap();
    let found = round(&folder, options(), &[format!("{}/feed", server.base)]);
    assert_eq!(server.paths(), ["/robots.txt", "/feed", "/a", "/busy"]);
    assert_eq!((found.kept, found.left), (1, 3));
    let shut = Server::start(|_, _| answer("500 Internal Server Error", "", ""));
    let found = round(&folder, options(), &[format!("{}/feed", shut.base)]);
    assert_eq!(shut.paths(), ["/robots.txt"]);
    assert_eq!(found.notes[0].message, "the host does not tell its robots.txt");
}

#[test]
fn private_networks_are_asked_only_if_allowed() {
    let server = Server::start(|path, _| match path {
        "/feed" => answer("200 OK", FEED, feed(&[])),
        _ => missing(),
    });
    let folder = tempfile::tempdir().unwrap();
    let public = CollectOptions { private: false, ..options() };
    let by_name = server.base.replace("127.0.0.1", "localhost");
    let found = round(&folder, public, &[format!("{}/feed", server.base), format!("{by_name}/feed")]);
    assert_eq!(server.paths(), [""; 0]);
    assert_eq!(found.failed, 2);
    for note in &found.notes {
        assert!(note.message.contains("leads to this machine or a private network"), "{note:?}");
    }
}

#[test]
fn a_round_has_an_end_in_pages_bytes_and_time() {
    let server = Server::start(|path, _| match path {
        "/feed" => answer("200 OK", FEED, feed(&["/1", "/2", "/3"])),
        "/large" => answer("200 OK", PAGE, vec![b' '; 3000]),
        "/round" => answer("302 Found", "Location: /round\r\n", ""),
        "/slow" => {
            thread::sleep(Duration::from_secs(5));
            missing()
        }
        "/robots.txt" => missing(),
        _ => answer("200 OK", PAGE, page("2016-09-05", path)),
    });
    let folder = tempfile::tempdir().unwrap();
    let small = CollectOptions { max_pages: 2, max_bytes: 2000, ..options() };
    let addresses = [format!("{}/feed", server.base)];
    let first = round(&folder, small.clone(), &addresses);
    assert_eq!((first.kept, first.left), (2, 1));
    let second = round(&folder, small.clone(), &addresses);
    assert_eq!((second.kept, second.left, reports(&folder).len()), (1, 0, 3));

    let found =
        round(&folder, small.clone(), &[format!("{}/large", server.base), format!("{}/round", server.base)]);
    let told: Vec<&str> = found.notes.iter().map(|note| note.message.as_str()).collect();
    assert_eq!(told, ["larger than 0 MB, the limit for one answer", "more than 5 redirects"]);
    let hasty = CollectOptions { timeout: Duration::from_millis(300), ..small };
    let start = Instant::now();
    let found = round(&folder, hasty, &[format!("{}/slow", server.base)]);
    assert!(found.failed == 1 && start.elapsed() < Duration::from_secs(4), "{:?}", found.notes);
}

#[test]
fn a_host_is_asked_after_a_pause() {
    let server = Server::start(|path, _| match path {
        "/robots.txt" => answer("200 OK", "", "User-agent: *\nCrawl-delay: 0.3\n"),
        _ => answer("200 OK", PAGE, page("2016-09-05", path)),
    });
    let folder = tempfile::tempdir().unwrap();
    let start = Instant::now();
    round(&folder, options(), &[format!("{}/a", server.base), format!("{}/b", server.base)]);
    assert!(start.elapsed() >= Duration::from_millis(600), "{:?}", start.elapsed());
}

#[test]
fn sitemaps_name_sitemaps_and_pages() {
    let server = Server::start(|path, head| match path {
        "/index.xml" => answer(
            "200 OK",
            "Content-Type: text/xml\r\n",
            "<sitemapindex><sitemap><loc>/news.xml</loc></sitemap></sitemapindex>",
        ),
        "/news.xml" => answer(
            "200 OK",
            "Content-Type: application/xml\r\n",
            "<urlset xmlns:n='n'><url><loc>/old</loc><lastmod>2016-08-01</lastmod></url><url><loc>/new</loc><n:news>\
             <n:publication_date>2016-09-05T10:00:00+02:00</n:publication_date></n:news></url></urlset>",
        ),
        "/new" | "/old" if !head.contains("if-modified-since") => answer(
            "200 OK",
            &format!("{PAGE}Last-Modified: Mon, 05 Sep 2016 08:00:00 GMT\r\n"),
            page("2016-09-05", path),
        ),
        _ => missing(),
    });
    let folder = tempfile::tempdir().unwrap();
    let late = CollectOptions { since: Some("2016-09-01".to_owned()), ..options() };
    let found = round(&folder, late.clone(), &[format!("{}/index.xml", server.base)]);
    assert_eq!((found.kept, found.failed), (1, 0), "{:?}", found.notes);
    assert_eq!(server.paths(), ["/robots.txt", "/index.xml", "/news.xml", "/new"]);
    round(&folder, late, &[format!("{}/index.xml", server.base)]);
    assert_eq!(server.paths(), ["/robots.txt", "/index.xml", "/news.xml"]);
}

#[test]
fn items_of_a_feed_may_be_the_reports() {
    let server = Server::start(|path, _| match path {
        "/feed" => answer(
            "200 OK",
            "Content-Type: text/xml\r\n",
            "<rss><channel><title>Courier</title><item><title>Talks</title><link>https://courier.example/1</link>\
             <description>The delegations met in the harbour hall.</description></item></channel></rss>",
        ),
        _ => missing(),
    });
    let folder = tempfile::tempdir().unwrap();
    let items = CollectOptions { items: true, ..options() };
    let addresses = [format!("{}/feed", server.base)];
    assert_eq!(round(&folder, items.clone(), &addresses).kept, 1);
    let again = round(&folder, items, &addresses);
    assert_eq!((again.kept, again.unchanged), (0, 1));
    let text = "The delegations met in the harbour hall.";
    assert_eq!(reports(&folder), [("https://courier.example/1".to_owned(), text.to_owned())]);
}

#[test]
fn a_run_that_is_cut_short_loses_nothing() {
    let server = Server::start(|path, _| match path {
        "/feed" => answer("200 OK", FEED, feed(&["/1", "/2"])),
        "/robots.txt" => missing(),
        _ => answer("200 OK", PAGE, page("2016-09-05", path)),
    });
    let folder = tempfile::tempdir().unwrap();
    let addresses = [format!("{}/feed", server.base)];
    let one = CollectOptions { max_pages: 1, ..options() };
    round(&folder, one, &addresses);
    // As a kill leaves it: a record that is cut off, and a line that is.
    let file = fs::read_dir(folder.path())
        .unwrap()
        .flatten()
        .find(|it| it.path().extension().unwrap() == "gz")
        .unwrap();
    let whole = fs::read(file.path()).unwrap();
    let torn = [whole.as_slice(), &whole[..40]].concat();
    fs::write(file.path(), torn).unwrap();
    let log = folder.path().join("captures.log");
    fs::write(&log, [fs::read(&log).unwrap().as_slice(), b"{\"url\":\"http"].concat()).unwrap();

    let mut collector = Collector::open(folder.path(), options()).unwrap();
    let record = folder.path().join("talks.readout");
    assert_eq!(collector.unread(&record).unwrap(), [file.path()]);
    assert_eq!(collector.round(&addresses, &mut |_| {}).unwrap().kept, 1);
    let unread = collector.unread(&record).unwrap();
    assert_eq!(unread.len(), 2);
    for file in &unread {
        collector.note_read(file, &record).unwrap();
    }
    drop(collector);
    let collector = Collector::open(folder.path(), options()).unwrap();
    assert!(collector.unread(&record).unwrap().is_empty());
    let texts = read(&unread, &Options::default()).filter(|it| matches!(it, Captured::Document(_))).count();
    assert_eq!(texts, 2);
}
