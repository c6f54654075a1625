//! Files within files, packed files and lists of reports.

#![allow(clippy::unwrap_used)] // A test that cannot go on says where.

mod folder;

use std::fs;
use std::io::Write as _;
use std::path::Path;

use folder::{Folder, STORY, all, name, packed};
use readout_sources::Options;

/// A ZIP archive of files.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        archive.start_file(*name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn packed_files_are_read_whatever_they_are_called() {
    let folder = Folder::new("packed");
    let zstandard =
        ruzstd::encoding::compress_to_vec(STORY.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
    // Several frames, and one that holds no data.
    let frames = [&zstandard[..], b"\x50\x2A\x4D\x18\x02\0\0\0ab", &zstandard].concat();
    let page = zipped(&[("deep/talks.txt.gz", &packed(STORY.as_bytes()))]);
    let files = [
        folder.put("a.txt.zst", &zstandard),
        folder.put("b.txt", packed(STORY.as_bytes())),
        folder.put("c.zip", zipped(&[("in.zip", &page), ("d.txt.zst", &zstandard)])),
        folder.put("e.txt.zst", frames),
    ];
    let (documents, troubles) = all(&files, &Options::default());
    assert!(troubles.is_empty(), "{troubles:?}");
    let names: Vec<&str> = documents
        .iter()
        .map(|document| {
            document
                .path
                .as_deref()
                .unwrap()
                .rsplit_once("/a.txt")
                .map_or_else(|| document.path.as_deref().unwrap(), |_| "a.txt")
        })
        .collect();
    assert_eq!(names.len(), 5, "{names:?}");
    assert!(
        names[2].ends_with("c.zip/d.txt.zst") && names[3].ends_with("c.zip/in.zip/deep/talks.txt.gz"),
        "{names:?}"
    );
    assert!(
        documents[..4].iter().all(|document| document.title.as_deref() == Some("Leaders meet on island"))
    );
    assert_eq!(documents[4].text.matches("“We talked,”").count(), 2);
}

#[test]
fn archives_have_an_end() {
    let folder = Folder::new("bombs");
    let options =
        Options { max_file_bytes: 1 << 20, max_archive_files: 20, max_unpacking: 4, ..Options::default() };
    let rows = format!("{{\"title\": \"{}\"}}\n", "They met. ".repeat(10_000)).repeat(40);
    let mut nested = zipped(&[("a.txt", STORY.as_bytes())]);
    for _ in 0..6 {
        nested = zipped(&[("a.zip", &nested)]);
    }
    let many: Vec<(String, &[u8])> =
        (0..30).map(|number| (format!("{number}.txt"), STORY.as_bytes())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    for (name, bytes, why) in [
        ("rows.jsonl.gz", packed(rows.as_bytes()), "it unpacks to far more than any report is packed to"),
        (
            "rows.zip",
            zipped(&[("a.jsonl", rows.as_bytes())]),
            "it unpacks to far more than any report is packed to",
        ),
        ("nested.zip", nested, "more than 4 files within each other"),
        ("many.zip", zipped(&many), "more than 20 files in one archive"),
        ("out.zip", zipped(&[("../../a.txt", STORY.as_bytes())]), "its name leads out of the archive"),
    ] {
        let (_, troubles) = all(&[folder.put(name, bytes)], &options);
        let last = troubles.last().unwrap();
        assert!(last.is_unread() && last.note.message.contains(why), "{name}: {last:?}");
    }
    // What an archive says of a file is held against it.
    let mut changed = zipped(&[("a.txt", STORY.as_bytes())]);
    let sum = changed.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap() + 16;
    changed[sum] ^= 1;
    let (documents, troubles) = all(&[folder.put("sum.zip", changed)], &options);
    assert!(
        documents.is_empty() && troubles[0].note.message.contains("it is not what its archive says"),
        "{troubles:?}"
    );
}

#[test]
fn a_page_that_a_browser_saved_is_read_without_what_lies_beside_it() {
    let folder = Folder::new("saved");
    let page = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/report.html")).unwrap();
    folder.put("Talks.html", &page);
    folder.put(
        "Talks_files/frame.html",
        "<html><body><p>Buy a boat today, and pay when it sails.</p></body></html>",
    );
    folder.put("Other_files/report.html", &page);
    let (documents, troubles) = all(std::slice::from_ref(&folder.0), &Options::default());
    let names: Vec<&str> = documents.iter().map(|document| name(document.path.as_deref().unwrap())).collect();
    assert_eq!(names, ["report.html", "Talks.html"], "{troubles:?}");
}

#[test]
fn lists_of_all_makers_are_read() {
    let folder = Folder::new("lists");
    let text = "The two envoys met at the harbour office for three hours on Monday.";
    for (name, list) in [
        (
            "news-please",
            format!(
                r#"{{"maintext": "{text}", "title": "Envoys meet", "date_publish": "2016-09-05 14:03:00", "source_domain": "www.bbc.co.uk", "url": "https://www.bbc.co.uk/1", "authors": ["Ann Lee"], "language": "en", "description": "Short."}}"#
            ),
        ),
        (
            "fundus",
            format!(
                r#"[{{"title": "Envoys meet", "body": {{"summary": ["{text}"], "sections": [{{"headline": [], "paragraphs": []}}]}}, "authors": ["Ann Lee"], "publishing_date": "2016-09-05T14:03:00", "publisher": "BBC"}}]"#
            ),
        ),
        (
            "newspaper4k",
            format!(
                r#"[{{"text": "{text}", "title": "Envoys meet", "authors": ["Ann Lee"], "publish_date": "2016-09-05T14:03:00", "url": "https://www.bbc.co.uk/1", "source_url": "https://www.bbc.co.uk"}}]"#
            ),
        ),
        (
            "mediacloud",
            format!(
                r#"{{"stories": [{{"story_text": "{text}", "title": "Envoys meet", "author": "By Ann Lee", "publish_date": "2016-09-05T14:03:00", "media_name": "BBC", "media_url": "bbc.co.uk"}}]}}"#
            ),
        ),
        (
            "guardian",
            format!(
                r#"{{"response": {{"status": "ok", "results": [{{"webTitle": "Envoys meet", "webUrl": "https://www.bbc.co.uk/1", "webPublicationDate": "2016-09-05T14:03:00", "fields": {{"bodyText": "{text}", "byline": "Ann Lee"}}}}]}}}}"#
            ),
        ),
        (
            "feed",
            format!(
                r#"{{"version": "https://jsonfeed.org/version/1.1", "title": "BBC", "items": [{{"id": "1", "title": "Envoys meet", "content_html": "<p>{text}</p>", "date_published": "2016-09-05T14:03:00", "authors": [{{"name": "Ann Lee"}}]}}]}}"#
            ),
        ),
        (
            "ninjs",
            format!(
                r#"{{"uri": "urn:1", "provider": "BBC", "bylines": [{{"byline": "Ann Lee"}}], "firstcreated": "2016-09-05T14:03:00", "headlines": [{{"role": "main", "value": "Envoys meet"}}], "bodies": [{{"role": "summary", "value": "Short."}}, {{"role": "main", "contenttype": "text/html", "value": "<p>{text}</p>"}}]}}"#
            ),
        ),
        (
            "wordpress",
            format!(
                r#"[{{"id": 1, "date": "2016-09-05T14:03:00", "link": "https://www.bbc.co.uk/1", "title": {{"rendered": "Envoys meet"}}, "content": {{"rendered": "<p>{text}</p>"}}, "author": "Ann Lee"}}]"#
            ),
        ),
    ] {
        let (documents, troubles) = all(&[folder.put(&format!("{name}.json"), list)], &Options::default());
        assert!(troubles.is_empty() && documents.len() == 1, "{name}: {troubles:?}");
        let document = &documents[0];
        assert_eq!(document.text, text, "{name}");
        assert_eq!(document.title.as_deref(), Some("Envoys meet"), "{name}");
        assert_eq!(document.published.as_deref(), Some("2016-09-05T14:03:00"), "{name}");
        assert_eq!(document.outlet.as_deref(), Some("BBC"), "{name}");
        assert_eq!(document.authors, ["Ann Lee"], "{name}");
    }
}

#[test]
fn no_file_is_passed_over_in_silence() {
    let folder = Folder::new("silent");
    let request = "GET / HTTP/1.1\r\nHost: bay.example\r\n\r\n";
    let record = format!(
        "WARC/1.0\r\nWARC-Type: request\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{request}\r\n\r\n",
        request.len()
    );
    for (name, bytes, why) in [
        ("requests.warc", record.into_bytes(), "holds no report"),
        ("hidden.zip", zipped(&[(".talks.txt", STORY.as_bytes())]), "holds no report"),
        ("blank.jsonl", b"\n\n".to_vec(), "empty"),
    ] {
        let (documents, troubles) = all(&[folder.put(name, bytes)], &Options::default());
        assert!(documents.is_empty() && troubles.len() == 1, "{name}: {troubles:?}");
        assert!(troubles[0].is_unread() && troubles[0].note.message == why, "{name}: {troubles:?}");
    }
}

#[test]
fn a_bundle_of_readout_is_no_archive_of_reports() {
    let folder = Folder::new("bundle");
    let passage = r#"{"doc":"doc:0a1b","spans":[[0,9]],"text":"They met.","text_sha256":"00"}"#;
    let files: [(&str, &[u8]); 3] = [
        ("README.txt", STORY.as_bytes()),
        ("passages.jsonl", passage.as_bytes()),
        ("record.readout", b"SQLite format 3"),
    ];
    let path = folder.put("story.zip", zipped(&files));
    let (documents, troubles) = all(&[path], &Options::default());
    assert!(documents.is_empty(), "{documents:?}");
    let [trouble] = troubles.as_slice() else { panic!("{troubles:?}") };
    let message = &trouble.note.message;
    assert!(message.contains("a bundle of Readout") && message.contains("readout merge"), "{message}");
    let (documents, troubles) = all(&[folder.put("passages.jsonl", passage)], &Options::default());
    assert!(documents.is_empty() && troubles[0].note.message.contains("not a report"), "{troubles:?}");
}
