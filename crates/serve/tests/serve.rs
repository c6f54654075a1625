//! The server from its outside: who is answered, what a hostile report can do (nothing), and that pages, API and bundle
//! tell what is in the file.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

mod record;

use std::io::{Cursor, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use readout::Corpus;
use readout::record::Change;
use readout::views::ListKind;
use readout_serve::{Options, ServeError, Server};
use serde_json::Value;
use tempfile::TempDir;

use crate::record::{HOSTILE, hostile_record, many_reports, one_report, two_reports};

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(':'));
        lines.find(|(it, _)| it.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

/// Sends one request as it is.
fn send(address: SocketAddr, request: &str) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

fn get_with(address: SocketAddr, path: &str, headers: &str) -> Answer {
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}\r\n");
    send(address, &request)
}

fn get(address: SocketAddr, path: &str) -> Answer {
    get_with(address, path, "")
}

fn post(address: SocketAddr, headers: &str, form: &str) -> Answer {
    let length = form.len();
    let request = format!(
        "POST /corrections HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n{headers}\r\n{form}"
    );
    send(address, &request)
}

fn serve(options: Options) -> SocketAddr {
    let server = Server::bind(options).unwrap();
    let address = server.address();
    thread::spawn(move || server.run());
    address
}

fn hostile() -> (TempDir, SocketAddr) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hostile.readout");
    hostile_record(&file);
    let address = serve(Options::new(file));
    (folder, address)
}

fn json(address: SocketAddr, path: &str) -> Value {
    let answer = get(address, path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

/// All pages that the API and the pages themselves lead to, at most `most`.
fn crawl(address: SocketAddr, most: usize) -> Vec<(String, Answer)> {
    let mut paths: Vec<String> = [
        "/",
        "/actors",
        "/sources",
        "/log",
        "/search?q=script",
        "/search?q=%22%3B+DROP+TABLE+documents%3B--%22",
    ]
    .map(str::to_owned)
    .to_vec();
    let mut found = Vec::new();
    let mut next = 0;
    while next < paths.len() && found.len() < most {
        let path = paths[next].clone();
        next += 1;
        let answer = get(address, &path);
        for part in answer.body.split("href=\"").skip(1) {
            let link = part.split('"').next().unwrap().split('#').next().unwrap().replace("&amp;", "&");
            let read =
                link.starts_with('/') && !["/assets", "/bundles"].iter().any(|it| link.starts_with(it));
            if read && !paths.contains(&link) {
                paths.push(link);
            }
        }
        found.push((path, answer));
    }
    found
}

#[test]
fn a_hostile_report_does_nothing() {
    let (_folder, address) = hostile();
    let pages = crawl(address, 400);
    assert!(pages.len() > 15, "{}", pages.len());
    let mut told = 0;
    for (path, answer) in &pages {
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        let csp = answer.header("content-security-policy").unwrap();
        assert!(csp.starts_with("default-src 'none'") && !csp.contains("unsafe"), "{csp}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert!(answer.header("access-control-allow-origin").is_none());
        if path.starts_with("/api") {
            assert_eq!(answer.header("content-type"), Some("application/json"));
            continue;
        }
        if path.starts_with("/tables") {
            let table = path.split('?').next().unwrap_or_default();
            let form = match table.rsplit('.').next() {
                Some("geojson") => "application/geo+json",
                Some("graphml") => "application/xml",
                _ => "text/csv; charset=utf-8",
            };
            assert_eq!(answer.header("content-type"), Some(form), "{path}");
            continue;
        }
        let page = &answer.body;
        let feed = path == "/feed.atom";
        told += page.matches("&lt;script&gt;").count();
        assert!(!page.contains("<script>") && !page.contains("<img") && !page.contains(" style="), "{path}");
        assert_eq!(page.matches("<script").count(), usize::from(!feed), "{path}: our own alone");
        for tag in page.split('<').filter_map(|part| part.split('>').next()) {
            // What stands between quotation marks is a value, and none of ours leads to a script.
            let names: String = tag.split('"').step_by(2).collect();
            assert!(!names.to_lowercase().contains(" on"), "{path}: an event handler in <{tag}>");
            assert!(!tag.contains("=\"javascript:"), "{path}: <{tag}>");
        }
        assert!(!page.contains(['\u{202e}', '\u{2066}', '\u{0}']), "{path}: marks that turn the writing");
    }
    assert!(told > 20, "the words are shown as words");
    let rows = json(address, "/api/v1/documents");
    assert_eq!(rows["rows"].as_array().unwrap().len(), 3, "the file is whole");
    assert_eq!(rows["rows"].to_string().matches(HOSTILE).count(), 0, "JSON escapes quotation marks");
}

#[test]
fn only_whom_it_may_concern_is_answered() {
    let (folder, address) = hostile();
    let asked =
        |host: &str| send(address, &format!("GET / HTTP/1.1\r\n{host}Connection: close\r\n\r\n")).status;
    assert_eq!(asked("Host: localhost:1\r\n"), 200);
    assert_eq!(asked("Host: evil.example\r\n"), 421);
    assert_eq!(asked("Host: 127.0.0.1.evil.example\r\n"), 421);
    assert_eq!(asked("Host: localhost\r\nHost: evil.example\r\n"), 421);
    assert_eq!(get(address, &format!("/{}", "x".repeat(5000))).status, 414);
    assert_eq!(
        send(address, &format!("PUT / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")).status,
        405
    );
    assert_eq!(get(address, "/stories/story:none").status, 404);
    assert_eq!(get(address, "/assets/../Cargo.toml").status, 404);

    let file = folder.path().join("hostile.readout");
    let open = Options { address: "0.0.0.0:0".parse().unwrap(), ..Options::new(file.clone()) };
    assert!(matches!(Server::bind(open).err(), Some(ServeError::Open { .. })));
    let token = |token: &str| Options {
        token: Some(token.to_owned()),
        hosts: vec!["desk.example".to_owned()],
        ..Options::new(file.clone())
    };
    let blanks = " ".repeat(24);
    for weak in [
        "short",
        "nineteen-characters",
        &"a".repeat(24),
        &blanks,
        "a long token with blanks",
        "abcabcabcabcabcabcabcabc",
    ] {
        assert!(matches!(Server::bind(token(weak)).err(), Some(ServeError::WeakToken { .. })), "{weak}");
    }
    let address = serve(token("a-really-long-enough-token"));
    let refused = get(address, "/");
    assert_eq!((refused.status, refused.header("www-authenticate").is_some()), (401, true));
    assert_eq!(
        get_with(address, "/api/v1/stories", "Authorization: Bearer a-really-long-enough-tokem\r\n").status,
        401
    );
    assert_eq!(
        get_with(address, "/api/v1/stories", "Authorization: Bearer a-really-long-enough-token\r\n").status,
        200
    );
    // desk:a-really-long-enough-token
    assert_eq!(
        get_with(address, "/", "Authorization: Basic ZGVzazphLXJlYWxseS1sb25nLWVub3VnaC10b2tlbg==\r\n")
            .status,
        200
    );
    let named = "GET /assets/style.css HTTP/1.1\r\nHost: desk.example\r\nConnection: close\r\n\r\n";
    assert_eq!(send(address, named).status, 401, "the name is known, the token is still asked for");
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.readout");
    two_reports(&file);
    let address = serve(Options::new(file.clone()));
    for path in ["/", "/api/v1/statements"] {
        let first = get(address, path);
        let tag = first.header("etag").unwrap().to_owned();
        let again = get_with(address, path, &format!("If-None-Match: {tag}\r\n"));
        assert_eq!((again.status, again.body.as_str(), again.header("etag")), (304, "", Some(tag.as_str())));
        let named = Change::NameIssue { issue: format!("issue of {path}"), name: "the harbour".to_owned() };
        Corpus::open(&file).unwrap().correct(&named).unwrap();
        assert_eq!(get_with(address, path, &format!("If-None-Match: {tag}\r\n")).status, 200, "{path}");
    }
    // The same path on a page and in the API are two things.
    assert!(get(address, "/actors").body.starts_with("<!DOCTYPE html>"));
    assert!(get(address, "/api/v1/actors").body.starts_with('{'));
}

#[test]
fn a_speaker_is_corrected_from_the_page_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.readout");
    two_reports(&file);
    let address = serve(Options::new(file));
    let statement = json(address, "/api/v1/statements")["rows"][0].clone();
    let id = statement["id"].as_str().unwrap().to_owned();
    assert_eq!(statement["speaker"][0]["name"], "Ann Lee");
    let page = get(address, &format!("/records/{id}"));
    let seal =
        page.body.split("name=\"seal\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let cookie = page.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let form = format!("seal={seal}&change=speaker&id={id}&speaker=Bo+Berg");
    let good = format!("Cookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\nOrigin: http://{address}\r\n");

    assert_eq!(post(address, "", &form).status, 403, "no cookie");
    assert_eq!(post(address, &good, &form.replace(&seal, &"0".repeat(64))).status, 403, "no seal");
    assert_eq!(post(address, &good.replace("same-origin", "cross-site"), &form).status, 403);
    assert_eq!(post(address, &good.replace("http://", "http://evil.example/"), &form).status, 403);
    assert_eq!(post(address, &good.replace("http://", "ftp://"), &form).status, 403, "another scheme");
    assert_eq!(post(address, &good, &format!("{form}&x={}", "x".repeat(70_000))).status, 413);
    let unknown = post(address, &good, &form.replace("Bo+Berg", "Nobody+Known"));
    assert_eq!(unknown.status, 422, "{}", unknown.body);
    assert_eq!(
        json(address, "/api/v1/statements")["rows"][0]["speaker"][0]["name"],
        "Ann Lee",
        "nothing changed"
    );

    let done = post(address, &good, &form);
    assert_eq!(done.status, 303, "{}", done.body);
    let shown = get(address, done.header("location").unwrap());
    assert!(shown.body.contains("Corrected:") && shown.body.contains("Bo Berg"), "{}", shown.body);
    assert_eq!(json(address, "/api/v1/statements")["rows"][0]["speaker"][0]["name"], "Bo Berg");
    let operation =
        shown.body.split("name=\"operation\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let undo = format!("seal={seal}&change=undo&operation={operation}&back=%2F%2Fevil.example");
    let undone = post(address, &good, &undo);
    assert_eq!((undone.status, undone.header("location")), (303, Some("/log")), "never to another site");
    let redo = post(address, &good, &form);
    let operation = redo.header("location").unwrap().rsplit('=').next().unwrap();
    let undo = format!("seal={seal}&change=undo&operation={operation}&back=%2F%09%2Fevil.example");
    let undone = post(address, &good, &undo);
    assert_eq!((undone.status, undone.header("location")), (303, Some("/log")), "a tab is no way round that");
    assert_eq!(json(address, "/api/v1/statements")["rows"][0]["speaker"][0]["name"], "Ann Lee");
}

#[allow(clippy::disallowed_methods, reason = "how long an answer takes is what is tested")]
fn now() -> Instant {
    Instant::now()
}

#[test]
fn a_wrong_token_is_waited_for_after_five() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.readout");
    two_reports(&file);
    let token = "a-really-long-enough-token".to_owned();
    let address = serve(Options { token: Some(token.clone()), ..Options::new(file) });
    let timed = |shown: &str| {
        let start = now();
        let answer = get_with(address, "/", &format!("Authorization: Bearer {shown}\r\n"));
        (answer.status, start.elapsed() >= Duration::from_millis(950))
    };
    for _ in 0..5 {
        assert_eq!(timed("a-guess"), (401, false));
    }
    assert_eq!(timed("a-guess"), (401, true));
    assert_eq!(timed(&token), (200, false), "whoever has it does not wait");
    assert_eq!(timed("a-guess"), (401, false), "and the count starts anew");
}

#[test]
fn a_page_elsewhere_may_lead_here_and_no_more() {
    let (_folder, address) = hostile();
    let asked = |path: &str, site: &str, mode: &str, dest: &str| {
        let headers =
            format!("Sec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}\r\nSec-Fetch-Dest: {dest}\r\n");
        get_with(address, path, &headers).status
    };
    // An image, a script, a frame, a fetch; from another site, and from another port of this machine.
    for site in ["cross-site", "same-site"] {
        assert_eq!(asked("/search?q=harbour", site, "no-cors", "image"), 403);
        assert_eq!(asked("/search?q=harbour", site, "navigate", "iframe"), 403);
        assert_eq!(asked("/api/v1/statements", site, "cors", "empty"), 403);
        assert_eq!(asked("/api/v1/statements", site, "navigate", "document"), 403);
        assert_eq!(
            asked("/search?q=harbour", site, "navigate", "document"),
            200,
            "a link that a person follows"
        );
    }
    assert_eq!(asked("/api/v1/statements", "same-origin", "cors", "empty"), 200);
    assert_eq!(asked("/", "none", "navigate", "document"), 200);
}

#[test]
fn a_form_that_does_not_come_is_not_waited_for() {
    let (_folder, address) = hostile();
    let start = now();
    let answer = send(
        address,
        &format!("POST /corrections HTTP/1.1\r\nHost: {address}\r\nContent-Length: 100\r\n\r\nseal=1"),
    );
    let took = start.elapsed();
    assert_eq!(answer.status, 408);
    assert!(took >= Duration::from_secs(14) && took < Duration::from_secs(25), "{took:?}");
}

#[test]
fn nonsense_is_refused_with_what_is_allowed() {
    let (_folder, address) = hostile();
    for query in [
        "limit=abc",
        "limit=0",
        "limit=-1",
        "limit=9999",
        "since=yesterday",
        "until=9999-99-99",
        "cursor=%27",
        "x=1",
        "speaker=Ann",
        "kind=CONSLUT",
        "as_of=2020-01-01",
    ] {
        let answer = get(address, &format!("/api/v1/statements?{query}"));
        let told: Value = serde_json::from_str(&answer.body).unwrap();
        let name = query.split('=').next().unwrap();
        assert_eq!((answer.status, &told["error"]["status"]), (400, &Value::from(400)), "{query}: {told}");
        let message = told["error"]["message"].as_str().unwrap();
        assert!(
            message.starts_with(name) && (message.contains("is to be") || message.contains("takes actor")),
            "{message}"
        );
    }
    for path in [
        "/actors?since=yesterday",
        "/?x=1",
        "/search?q=harbour&limit=3",
        "/statements?after=x",
        "/log?after=-1",
        "/stories/story:1?from=2",
    ] {
        let answer = get(address, path);
        assert_eq!(answer.status, 400, "{path}");
        assert!(
            answer.body.starts_with("<!DOCTYPE html>") && answer.body.contains("Not understood"),
            "{path}"
        );
    }
    let words: Vec<String> = (0..17).map(|it| format!("word{it}")).collect();
    for path in ["/search", "/api/v1/search"] {
        let answer = get(address, &format!("{path}?q={}", words.join("+")));
        assert!(
            answer.status == 400 && answer.body.contains("at most 16 different words"),
            "{}",
            answer.body
        );
        // One word that is said often is one.
        assert_eq!(get(address, &format!("{path}?q={}", vec!["harbour"; 300].join("+"))).status, 200);
    }
}

#[test]
fn a_name_that_is_unknown_is_told_with_those_near_it() {
    let (_folder, address) = hostile();
    let told = |path: &str| -> Value {
        let answer = get(address, path);
        assert_eq!(answer.status, 404, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    };
    let actor = told("/api/v1/statements?actor=Anne+Lee");
    assert!(
        actor["error"]["message"].as_str().unwrap().starts_with("nobody is called Anne Lee; near: Ann Lee"),
        "{actor}"
    );
    assert_eq!(actor["error"]["near"][0]["id"], "person:ann-lee");
    assert_eq!(told("/api/v1/statements?to=Bob+Burg")["error"]["near"][0]["id"], "person:bo-berg");
    assert_eq!(told("/api/v1/events?outlet=Coast+New")["error"]["near"].as_array().unwrap().len(), 0);
    assert_eq!(told("/api/v1/events?outlet=Harbour+Post")["error"]["near"][0]["id"], "The Harbour Post");
    let story = told("/api/v1/search?q=harbour&story=story:none");
    assert!(story["error"]["near"][0]["id"].as_str().unwrap().starts_with("story:"), "{story}");
    let page = get(address, "/statements?actor=Anne+Lee");
    assert_eq!(page.status, 404);
    assert!(page.body.contains("<a href=\"/actors/person:ann-lee\">Ann Lee</a>"), "{}", page.body);
}

#[test]
fn the_front_page_has_all_reports() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("one.readout");
    one_report(&file);
    let address = serve(Options::new(file));
    let page = get(address, "/").body;
    assert!(page.contains("No two of the reports tell of the same story."), "{page}");
    assert!(!page.contains("Nothing yet") && page.contains("Harbour to open"), "{page}");
    assert!(page.contains("href=\"/sources?story=none\">1 report in no story"), "{page}");
    assert_eq!(get(address, "/sources?story=none").body.matches("<th scope=\"row\">").count(), 1);

    let empty = folder.path().join("empty.readout");
    drop(Corpus::create(&empty).unwrap());
    assert!(get(serve(Options::new(empty)), "/").body.contains("Nothing yet. Read reports with"));
}

#[test]
fn a_page_of_an_actor_counts_all_and_leads_to_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("many.readout");
    many_reports(&file, 70);
    let address = serve(Options::new(file));
    let page = get(address, "/actors/person:ann-lee").body;
    assert!(page.contains("in 70 reports"), "{page}");
    let all = json(address, "/api/v1/quotes?actor=person:ann-lee&limit=1");
    assert_eq!(all["total"], 70);
    assert!(
        page.contains("<h2 id=\"quotes-heading\">What was said <span class=\"n\">70</span></h2>"),
        "{page}"
    );
    let link = "/quotes?actor=person:ann-lee";
    assert!(page.contains(&format!("<a href=\"{link}\">All 70: what was said</a>")), "{page}");
    let first = get(address, link);
    assert_eq!((first.status, first.body.matches("<li class=\"row\">").count()), (200, 30));
    assert!(first.body.contains(&format!("{link}&amp;after=30")), "{}", first.body);
    let second = get(address, &format!("{link}&after=30")).body;
    assert_eq!(second.matches("<li class=\"row\">").count(), 30);
    // The newest come first on the page.
    let quotes = page.split("id=\"quotes\"").nth(1).unwrap();
    assert!(quotes.find("Coast News 69") < quotes.find("Coast News 60"), "{quotes}");
    assert_eq!(get(address, "/actors/person:ann-lee/network").status, 200);
}

#[test]
fn every_list_of_the_api_tells_its_total_and_has_each_row_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("many.readout");
    many_reports(&file, 30);
    let address = serve(Options::new(file));
    for kind in ListKind::ALL {
        let path = format!("/api/v1/{}", kind.name());
        let whole = json(address, &format!("{path}?limit=200"));
        let all = whole["rows"].as_array().unwrap();
        assert_eq!((&whole["total"], &whole["next"]), (&Value::from(all.len()), &Value::Null), "{path}");
        let mut paged = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = json(address, &format!("{path}?limit=7{cursor}"));
            let rows = page["rows"].as_array().unwrap();
            assert_eq!(page["total"], whole["total"], "{path}");
            assert!(rows.len() == 7 || page["next"].is_null(), "{path}: a page is full while more follow");
            paged.extend(rows.iter().cloned());
            let Some(next) = page["next"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(&paged, all, "{path}");
    }
}

/// Holds `value` against a schema of the description.
fn fits(value: &Value, schema: &Value, all: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        return fits(value, &all[name], all, &format!("{at} {name}"));
    }
    if let Some(any) = schema["anyOf"].as_array() {
        if !value.is_null() {
            fits(value, &any[0], all, at);
        }
        return;
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        kind => kind.as_str().into_iter().collect(),
    };
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
        Value::Number(it) if it.is_u64() && !kinds.contains(&"number") => "integer",
        Value::Number(_) => "number",
    };
    assert!(kinds.contains(&kind), "{at}: {value} is no {kinds:?}");
    for (at_item, item) in value.as_array().into_iter().flatten().enumerate() {
        if schema.get("items").is_some() {
            fits(item, &schema["items"], all, &format!("{at}[{at_item}]"));
        }
    }
    if let (Some(fields), Some(properties)) = (value.as_object(), schema["properties"].as_object()) {
        for (name, field) in fields {
            // Records are in the form of the export, which the design of the record describes.
            let Some(schema) = properties.get(name) else {
                assert!(at.ends_with("Found.record"), "{at}: {name} is not described");
                continue;
            };
            fits(field, schema, all, &format!("{at}.{name}"));
        }
        for name in schema["required"].as_array().into_iter().flatten() {
            assert!(fields.contains_key(name.as_str().unwrap()), "{at}: {name} is missing");
        }
    }
}

#[test]
fn the_api_answers_as_it_is_described() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.readout");
    two_reports(&file);
    let address = serve(Options::new(file));
    let description = json(address, "/api/v1/openapi.json");
    assert_eq!(description["openapi"], "3.1.0");
    let schemas = &description["components"]["schemas"];
    let (mut paths, mut rows) = (0, 0);
    for (path, operations) in description["paths"].as_object().unwrap() {
        let answer = &operations["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        let ids = match path.rsplit('/').nth(1).unwrap_or_default() {
            "stories" | "actors" | "documents" => {
                json(address, path.trim_end_matches("/{id}"))["rows"].clone()
            }
            "records" | "cite" => json(address, "/api/v1/events")["rows"].clone(),
            _ => Value::Null,
        };
        let path = match ids[0]["id"].as_str() {
            Some(id) => path.replace("{id}", id),
            None => path
                .replace("/search", "/search?q=harbour")
                .replace("/check", "/check?claim=Ann+Lee+met+Bo+Berg+in+Oslo"),
        };
        let found = json(address, &path);
        fits(&found, answer, schemas, &path);
        rows += found["rows"].as_array().map_or(0, Vec::len);
        paths += 1;
    }
    assert!(paths > 20 && rows > 20, "{paths} {rows}");
    assert_eq!(get(address, "/api/v1/nowhere").status, 404);
    let one = json(address, "/api/v1/documents?limit=1");
    let cursor = one["next"].as_str().unwrap();
    let other = json(address, &format!("/api/v1/documents?limit=1&cursor={cursor}"));
    assert_ne!(one["rows"][0]["id"], other["rows"][0]["id"]);
    assert_eq!(other["next"], Value::Null);
}

#[test]
fn the_description_of_the_api_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/openapi.json");
    let text = format!("{:#}\n", readout_serve::api::description());
    if env::var_os("READOUT_UPDATE").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let stored = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stored == text,
        "docs/reference/openapi.json is stale: READOUT_UPDATE=1 cargo test -p readout-serve"
    );
}

#[test]
fn a_bundle_is_the_same_each_time_and_its_hashes_hold() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.readout");
    hostile_record(&file);
    let corpus = Corpus::open(&file).unwrap();
    let story = corpus.contents().unwrap().stories[0].id.clone();
    let bundled = || {
        let mut out = Cursor::new(Vec::new());
        readout_serve::bundle(&corpus, &story, false, &mut out).unwrap();
        out.into_inner()
    };
    let bytes = bundled();
    assert_eq!(bytes, bundled());
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut bytes_of = |name: &str| {
        let mut bytes = Vec::new();
        zip.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    for line in String::from_utf8(bytes_of("SHA256SUMS")).unwrap().lines() {
        let (sum, name) = line.split_once("  ").unwrap();
        assert_eq!(sum, readout::record::ids::sha256(&bytes_of(name)), "{name}");
    }
    let mut file = |name: &str| String::from_utf8(bytes_of(name)).unwrap();
    let documents: Vec<Value> =
        file("record.jsonl").lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    let text_of =
        |doc: &str| documents.iter().find(|it| it["id"] == doc).unwrap()["text"].as_str().unwrap().to_owned();
    let passages = file("passages.jsonl");
    assert!(passages.lines().count() > 2);
    for line in passages.lines() {
        let it: Value = serde_json::from_str(line).unwrap();
        let text: Vec<char> = text_of(it["doc"].as_str().unwrap()).chars().collect();
        let slices: Vec<String> = (it["spans"].as_array().unwrap().iter())
            .map(|span| {
                text[span[0].as_u64().unwrap() as usize..span[1].as_u64().unwrap() as usize].iter().collect()
            })
            .collect();
        assert_eq!(slices.join(" … "), it["text"].as_str().unwrap());
    }
    let page = file("index.html");
    assert!(!page.contains("<script") && !page.contains("<img") && page.contains("&lt;script&gt;"), "{page}");
    for link in page.split("href=\"").skip(1).map(|it| it.split('"').next().unwrap()) {
        let place = link.strip_prefix('#').unwrap_or_else(|| panic!("{link} leads off the page"));
        assert!(page.contains(&format!("id=\"{place}\"")), "{link} leads nowhere");
    }
    assert!(matches!(
        readout_serve::bundle(&corpus, "story:none", false, Cursor::new(Vec::new())),
        Err(ServeError::Corpus(readout::Error::Id(_)))
    ));
}

#[test]
fn a_coder_judges_sets_and_adds_from_the_pages_and_by_a_program() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.readout");
    two_reports(&file);
    let address = serve(Options::new(file));
    let queue = json(address, "/api/v1/queue?kind=incident");
    let (id, doc) = (queue["rows"][0]["id"].as_str().unwrap(), queue["rows"][0]["doc"].as_str().unwrap());
    assert_eq!(queue["total"], 2);
    let page = get(address, "/queue?kind=incident");
    assert!(page.body.contains("It is right") && page.body.contains(id), "{}", page.body);
    let to_api = |body: &Value| {
        let body = body.to_string();
        send(
            address,
            &format!(
                "POST /api/v1/corrections HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
                 Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            ),
        )
    };
    let set = serde_json::json!({ "change": "set", "id": id, "field": "killed", "value": "4-6", "by": "Ann", "reason": "the text" });
    let answer = to_api(&set);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let number = serde_json::from_str::<Value>(&answer.body).unwrap()["operation"].as_u64().unwrap();
    assert_eq!(
        json(address, &format!("/api/v1/records/{id}"))["record"]["killed"],
        serde_json::json!([4, 6])
    );
    assert_eq!(json(address, "/api/v1/queue?kind=incident")["total"], 1, "it was looked at");
    let wrong = to_api(&serde_json::json!({ "change": "set", "id": id, "field": "killed", "value": "many" }));
    assert!(wrong.status == 422 && wrong.body.contains("12-14"), "{}", wrong.body);
    for (body, status) in [
        (serde_json::json!([]), 400),
        (serde_json::json!({ "change": "nothing" }), 422),
        (serde_json::json!({ "change": "confirm", "id": "x" }), 422),
    ] {
        assert_eq!(to_api(&body).status, status, "{body}");
    }
    // A form of a page elsewhere cannot send this.
    let plain = send(
        address,
        &format!(
            "POST /api/v1/corrections HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
             Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{{}}"
        ),
    );
    assert_eq!(plain.status, 415);
    let other = to_api(&serde_json::json!({ "change": "reject", "id": id, "by": "Bo" }));
    assert_eq!(other.status, 200, "{}", other.body);
    let coders = json(address, "/api/v1/coders");
    assert_eq!(coders["disputes"][0]["verdicts"]["Bo"], "rejected", "{coders}");
    let page = get(address, "/coders");
    assert!(page.body.contains("Krippendorff") && page.body.contains("rejected"), "{}", page.body);
    let undone = to_api(&serde_json::json!({ "change": "undo", "operation": number }));
    assert_eq!(undone.status, 200, "{}", undone.body);
    // Words that are marked in a report become a record.
    let add = serde_json::json!({
        "change": "add", "id": doc, "kind": "position", "passage": "the ships will sail", "by": HOSTILE,
        "fields": { "actor": "Bo Berg", "issue": HOSTILE, "stance": "against" },
    });
    let added = to_api(&add);
    assert_eq!(added.status, 200, "{}", added.body);
    let page = serde_json::from_str::<Value>(&added.body).unwrap()["page"].as_str().unwrap().to_owned();
    let shown = get(address, &page);
    assert!(shown.status == 200 && shown.body.contains("the ships will sail"), "{}", shown.body);
    let positions = json(address, "/api/v1/positions?actor=Bo+Berg");
    assert_eq!(positions["rows"][0]["text"], "the ships will sail", "{positions}");
    for path in ["/log", "/coders", "/new", "/feed.atom", &page, "/positions", &format!("/documents/{doc}")] {
        let answer = get(address, path);
        assert!(answer.status == 200 && !answer.body.contains("<img src=x"), "{path}: {}", answer.body);
    }
    let feed = get(address, "/feed.atom").body;
    assert!(feed.starts_with("<?xml") && feed.contains("http://www.w3.org/2005/Atom"), "{feed}");
}
