//! `readout watch`, against a server on this machine.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::thread;

mod program;

use program::{run, stderr, stdout};

const FEED: &str = "<rss version='2.0'><channel><title>Island Courier</title><item><title>Talks</title>\
    <link>https://courier.example/1</link><pubDate>Mon, 05 Sep 2016 10:00:00 GMT</pubDate><description>Foreign Minister \
    Wang Yi met his Norwegian counterpart Boerge Brende in Oslo on Monday.</description></item></channel></rss>";

const PAGE: &str = "<html><head><title>Talks in Oslo</title><meta property='article:published_time' \
    content='2016-09-05T10:00:00Z'></head><body><article><h1>Talks in Oslo</h1><p>Foreign Minister Wang Yi met his \
    Norwegian counterpart Boerge Brende in Oslo on Monday to discuss trade between the two countries.</p><p>“We will sign \
    the agreement,” Brende told reporters after the talks in the capital.</p></article></body></html>";

/// Starts a server with a feed and a page, and returns its address.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let feed = FEED.replace("https://courier.example", &base);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
            let first = lines.next().unwrap_or_default();
            lines.take_while(|line| !line.is_empty()).for_each(drop);
            let (status, kind, body) = match first.split(' ').nth(1) {
                Some("/feed") => ("200 OK", "application/rss+xml", feed.as_str()),
                Some("/1") => ("200 OK", "text/html", PAGE),
                _ => ("404 Not Found", "text/plain", ""),
            };
            let length = body.len();
            let _ = write!(
                &stream,
                "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
            );
        }
    });
    base
}

#[test]
fn what_is_new_in_feeds_and_folders_is_read_and_told() {
    if readout::model::open_for_tests().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    let feed = format!("{}/feed", server());
    let watch = ["watch", &feed, "in", "--once", "--private", "--pause", "0", "--into", "a.readout"];
    let first = run(&folder, &watch);
    assert_eq!(first.status.code(), Some(0), "{}", stderr(&first));
    assert!(stderr(&first).contains("1 new report"), "{}", stderr(&first));
    let told = stdout(&first);
    assert!(told.contains("Talks in Oslo") && told.contains("2016-09-05"), "{told}");

    let again = run(&folder, &watch);
    assert_eq!((again.status.code(), stdout(&again).as_str()), (Some(0), ""));
    assert!(
        stderr(&again).contains("no new report") || stderr(&again).contains("0 new reports"),
        "{}",
        stderr(&again)
    );

    fs::write(folder.path().join("in/later.txt"), "Later talks\n\nThe ministers met again in Oslo.\n")
        .unwrap();
    let third = run(&folder, &watch);
    assert!(stdout(&third).contains("later.txt"), "{}", stdout(&third));
    assert!(!stdout(&third).contains("Talks in Oslo"), "{}", stdout(&third));

    #[cfg(unix)]
    {
        let text = "Talks end\n\nForeign Minister Wang Yi met Boerge Brende in Oslo on 6 September 2016.\n";
        fs::write(folder.path().join("in/end.txt"), text).unwrap();
        let fourth = run(&folder, &[watch.as_slice(), &["--then", "tee news.jsonl"]].concat());
        assert_eq!(fourth.status.code(), Some(0), "{}", stderr(&fourth));
        let news = fs::read_to_string(folder.path().join("news.jsonl")).unwrap();
        let rows: Vec<serde_json::Value> =
            news.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(!rows.is_empty() && rows.iter().all(|it| it["doc"].is_string()), "{news}");
        let none = run(&folder, &[watch.as_slice(), &["--then", "tee other.jsonl"]].concat());
        assert!(none.status.success() && !folder.path().join("other.jsonl").exists(), "nothing new, no call");
    }

    // The captures give the same records.
    let read = run(&folder, &["read", "a.captures", "in", "--into", "b.readout"]);
    assert_eq!(read.status.code(), Some(0), "{}", stderr(&read));
    let export = |file: &str| stdout(&run(&folder, &["export", "--from", file]));
    assert_eq!(export("b.readout"), export("a.readout"));
}

#[test]
fn private_addresses_and_missing_folders_are_refused() {
    if readout::model::open_for_tests().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let refused = run(&folder, &["watch", &server(), "--once"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("leads to this machine or a private network"), "{}", stderr(&refused));
    let refused = run(&folder, &["watch", "nowhere", "--once"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("nowhere: no such folder"), "{}", stderr(&refused));
}
