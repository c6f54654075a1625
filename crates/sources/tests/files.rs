//! Files and folders, good and bad, as a person would give them.

#![allow(clippy::unwrap_used)] // A test that cannot go on says where.

mod folder;

use std::fs;
use std::path::Path;

use folder::{Folder, STORY, all, name, packed};
use readout_record::PublishedFrom;
use readout_sources::{Options, Trouble};

#[test]
fn a_folder_is_read_in_order_and_bad_files_cost_only_themselves() {
    let folder = Folder::new("order");
    folder.put("b.txt", STORY);
    folder.put("a.md", format!("# {STORY}"));
    folder.put("deep/er/c.txt.gz", packed(STORY.as_bytes()));
    folder.put("binary.txt", (0..=255u8).cycle().take(5000).collect::<Vec<u8>>());
    folder.put("empty.txt", "");
    folder.put("blank.txt", " \n\n\t\n");
    folder.put(".hidden.txt", STORY);
    folder.put("picture.jpg", "no text");
    folder.put("cut.txt.gz", &packed(STORY.as_bytes())[..40]);
    folder.put("old.txt", b"Caf\xe9 owners meet\n\nThe caf\xe9 owners of the two towns met for three hours on Monday, officials said.\n");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&folder.0, folder.0.join("loop")).unwrap();
    let (documents, troubles) = all(&[folder.0.clone(), folder.0.join("missing")], &Options::default());
    let names: Vec<&str> = documents.iter().map(|document| name(document.path.as_deref().unwrap())).collect();
    assert_eq!(names, ["a.md", "b.txt", "c.txt.gz", "old.txt"]);
    for document in &documents[..3] {
        assert_eq!(document.title.as_deref(), Some("Leaders meet on island"));
        assert_eq!(
            document.text,
            "The two leaders met on the island for three hours on Monday, officials said.\n\n“We talked,” one of them said."
        );
    }
    assert!(documents[3].text.starts_with("The café owners"));
    assert_eq!(documents[1].id, documents[2].id);
    let unread: Vec<String> = troubles
        .iter()
        .filter(|trouble| trouble.is_unread())
        .map(|trouble| format!("{}: {}", name(&trouble.note.about), trouble.note.message))
        .collect();
    assert_eq!(unread.len(), 5, "{unread:#?}");
    assert_eq!(unread[0], "binary.txt: not text but binary data");
    assert_eq!(unread[1], "blank.txt: holds no text");
    assert!(unread[2].starts_with("cut.txt.gz: damaged or cut off"), "{}", unread[2]);
    assert_eq!(unread[3], "empty.txt: empty");
    assert_eq!(unread[4], "missing: does not exist");
    let passed: Vec<&Trouble> = troubles.iter().filter(|trouble| !trouble.is_unread()).collect();
    assert_eq!(passed.len(), 1);
    assert_eq!(passed[0].note.message, "passed over in this folder: 1 .jpg, 1 symbolic link");
}

#[test]
fn rows_are_read_one_by_one() {
    let folder = Folder::new("rows");
    let rows = [
        r#"{"id": "n1", "date": "2016-09-05", "title": "Leaders meet", "text": "The two leaders met on Monday.", "url": "https://news.example/1", "outlet": "Example", "authors": ["Ann Lee"], "words": 6}"#,
        "",
        r#"{"event_text": "They met again.\nThey left.", "date": "5 Sept", "title": null}"#,
        r#"{"text": "broken""#,
        r#"{"title": "No text"}"#,
        r#"["text"]"#,
        r#"{"text": "The last one."}"#,
    ];
    let path = folder.put("reports.jsonl", format!("\u{feff}{}", rows.join("\r\n")));
    let (documents, mut troubles) = all(&[path], &Options::default());
    assert_eq!(documents.len(), 3);
    let first = &documents[0];
    assert_eq!(name(first.path.as_deref().unwrap()), "reports.jsonl#1");
    assert_eq!(
        (first.title.as_deref(), first.url.as_deref()),
        (Some("Leaders meet"), Some("https://news.example/1"))
    );
    assert_eq!(
        (first.outlet.as_deref(), first.authors.as_slice()),
        (Some("Example"), &["Ann Lee".to_owned()][..])
    );
    assert_eq!(
        (first.published.as_deref(), first.published_from),
        (Some("2016-09-05"), Some(PublishedFrom::Metadata))
    );
    assert_eq!((&first.other["id"], &first.other["words"]), (&"n1".into(), &6.into()));
    assert_eq!(first.id, readout_record::ids::document_id(rows[0].as_bytes()));
    assert_eq!(documents[1].text, "They met again.\n\nThey left.");
    assert_eq!(documents[1].other["date"], "5 Sept");
    let mut messages: Vec<String> = troubles
        .iter()
        .map(|trouble| format!("{}: {}", name(&trouble.note.about), trouble.note.message))
        .collect();
    assert_eq!(messages.len(), 4);
    assert_eq!(messages[0], "reports.jsonl#3: its date was not read, it has no known form: “5 Sept”");
    assert!(!troubles.remove(0).is_unread());
    messages.remove(0);
    assert!(
        messages[0].starts_with("reports.jsonl#4: broken JSON (EOF while parsing an object, at column"),
        "{}",
        messages[0]
    );
    assert_eq!(
        messages[1],
        "reports.jsonl#5: the row has no text (no key such as `text`, `body` or `content`)"
    );
    assert_eq!(messages[2], "reports.jsonl#6: not a JSON object");
    assert!(troubles.iter().all(|trouble| trouble.is_unread()));
}

#[test]
fn large_files_and_rows_are_refused_and_the_rest_is_read() {
    let folder = Folder::new("large");
    let options = Options { max_file_bytes: 1 << 20, max_row_bytes: 1 << 20, ..Options::default() };
    folder.put("a.txt", "word ".repeat(300_000));
    folder.put("b.txt.gz", packed(&vec![b'a'; 200 << 20]));
    folder.put(
        "c.jsonl",
        format!("{{\"text\": \"{}\"}}\n{{\"text\": \"It ended.\"}}\n", "long ".repeat(300_000)),
    );
    folder.put("d.txt", STORY);
    let (documents, troubles) = all(std::slice::from_ref(&folder.0), &options);
    assert_eq!(documents.len(), 2);
    let messages: Vec<&str> = troubles.iter().map(|trouble| trouble.note.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "larger than 1 MB, the limit for one report",
            "larger than 1 MB when unpacked, the limit for one report",
            "row larger than 1 MB"
        ]
    );
}

#[test]
fn names_without_an_extension_are_told_by_their_bytes() {
    let folder = Folder::new("unknown");
    let path = folder.put("report", STORY);
    assert_eq!(all(&[path], &Options::default()).0.len(), 1);
    let path = folder.put("archive.zip", b"PK\x03\x04rest");
    let (_, troubles) = all(&[path], &Options::default());
    assert!(troubles[0].note.message.starts_with("damaged or cut off"), "{troubles:?}");
    let path = folder.put("errors.log", STORY);
    let (documents, troubles) = all(&[path], &Options::default());
    assert!(documents.is_empty());
    assert_eq!(
        troubles[0].note.message,
        "of no format that is read, by its ending (.log) and its content; call it .txt if it is the text of a report"
    );
    let path = folder.put("Talks of 5.9", STORY);
    assert_eq!(all(&[path], &Options::default()).0.len(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf_8_are_kept_apart() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = Folder::new("names");
    for (name, bytes) in [(b"talks\xfe.txt", STORY), (b"talks\xff.txt", &STORY[1..])] {
        fs::write(folder.0.join(std::ffi::OsStr::from_bytes(name)), bytes).unwrap();
    }
    let (documents, _) = all(std::slice::from_ref(&folder.0), &Options::default());
    let names: Vec<&str> = documents.iter().map(|document| name(document.path.as_deref().unwrap())).collect();
    assert_eq!(names, ["talks%FE.txt", "talks%FF.txt"]);
    assert_eq!(readout_sources::path_name(Path::new("Gespräche 100%.txt")), "Gespräche 100%.txt");
}

#[test]
fn blank_lines_without_end_are_given_up() {
    let folder = Folder::new("blank");
    let row = r#"{"text": "They met."}"#;
    let blank = "\n".repeat(1000);
    let few = format!("{row}\n{}{row}\n", blank.repeat(1000));
    let many = format!("{row}\n{}{row}\n", blank.repeat(2000));
    let few = folder.put("few.jsonl.gz", packed(few.as_bytes()));
    let many = folder.put("many.jsonl.gz", packed(many.as_bytes()));
    let (documents, troubles) = all(&[few, many], &Options::default());
    assert_eq!(documents.len(), 3);
    assert_eq!(troubles.len(), 1, "{troubles:?}");
    assert!(troubles[0].is_unread());
    assert_eq!(troubles[0].note.message, "more than 1 MB of blank lines; what may follow them was not read");
}

#[test]
fn rows_of_utf_16_are_read() {
    let folder = Folder::new("wide");
    let rows: String = (0..3000)
        .map(|number| {
            format!("{{\"id\": {number}, \"text\": \"The envoys met Müller for the {number}th time.\"}}\r\n")
        })
        .collect();
    let wide =
        |text: &str, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let marked = format!("\u{feff}{rows}");
    for (name, bytes) in [
        ("a.jsonl", wide(&rows, u16::to_le_bytes)),
        ("b.jsonl", wide(&rows, u16::to_be_bytes)),
        ("c.jsonl", wide(&marked, u16::to_le_bytes)),
        ("d.jsonl", wide(&marked, u16::to_be_bytes)),
    ] {
        let path = folder.put(name, bytes);
        let (documents, troubles) = all(&[path], &Options::default());
        assert_eq!((documents.len(), troubles.len()), (3000, 0), "{name}: {:?}", troubles.first());
        assert_eq!(documents[2999].text, "The envoys met Müller for the 2999th time.", "{name}");
        assert_eq!(documents[2999].other["id"], 2999, "{name}");
    }
}

/// The days of the rows of a file, and what was told.
fn days_of_rows(folder: &Folder, name: &str, rows: &[&str]) -> (Vec<Option<String>>, Vec<String>) {
    let path = folder.put(name, rows.join("\n"));
    let (documents, troubles) = all(&[path], &Options::default());
    assert!(troubles.iter().all(|trouble| !trouble.is_unread()), "{troubles:?}");
    let days = documents.into_iter().map(|document| document.published).collect();
    (days, troubles.into_iter().map(|trouble| trouble.note.message).collect())
}

#[test]
fn dates_of_rows_are_read_under_common_keys() {
    let folder = Folder::new("keys");
    for (row, day) in [
        (r#""publish_date": "May 12, 2024""#, "2024-05-12"),
        (r#""pubDate": "Sun, 12 May 2024 14:03:09 GMT""#, "2024-05-12T14:03:09Z"),
        (r#""published_at": 1715522589"#, "2024-05-12T14:03:09Z"),
        (r#""datePublished": 1715522589123"#, "2024-05-12T14:03:09Z"),
        (r#""date_published": "2024-05-12""#, "2024-05-12"),
        (r#""date_publish": "2024-05-12 14:03:09""#, "2024-05-12T14:03:09"),
        (r#""publication-date": "12 May 2024""#, "2024-05-12"),
        (r#""date": 20240512"#, "2024-05-12"),
        (r#""date": "soon", "published_at": "2024-05-12""#, "2024-05-12"),
        (r#""date": null, "published": "2024-05-12""#, "2024-05-12"),
        (r#""date_download": "2025-01-01", "date": "2024-05-12""#, "2024-05-12"),
    ] {
        let (days, notes) =
            days_of_rows(&folder, "a.jsonl", &[&format!(r#"{{{row}, "text": "They met."}}"#)]);
        assert_eq!((days, notes), (vec![Some(day.to_owned())], Vec::new()), "{row}");
    }
    let (days, notes) = days_of_rows(
        &folder,
        "b.jsonl",
        &[
            r#"{"publish_date": "31 April 2018", "text": "They met."}"#,
            r#"{"date_modify": "2025-01-01", "text": "They left."}"#,
        ],
    );
    assert_eq!(days, [None, None]);
    assert_eq!(notes, ["its date was not read, there is no such day: “31 April 2018”"]);
}

#[test]
fn the_order_of_day_and_month_is_taken_from_the_file_then_from_the_outlet() {
    let folder = Folder::new("order");
    let row = |date: &str, outlet: &str| {
        format!(r#"{{"date": "{date}", "outlet": "{outlet}", "text": "They met."}}"#)
    };
    let day = |day: &str| Some(day.to_owned());
    let rows = [row("05/09/2016", "CNN"), row("25/09/2016", "CNN"), row("2016-09-01", "CNN")];
    let (days, notes) = days_of_rows(&folder, "day.jsonl", &rows.each_ref().map(String::as_str));
    assert_eq!(days, [day("2016-09-05"), day("2016-09-25"), day("2016-09-01")]);
    assert_eq!(notes, ["dates such as 05/09/2016 were read with the day first, since row 2 has 25/09/2016"]);
    let rows = [row("05/09/2016", ""), row("09/25/2016", "")];
    let (days, notes) = days_of_rows(&folder, "month.jsonl", &rows.each_ref().map(String::as_str));
    assert_eq!(days, [day("2016-05-09"), day("2016-09-25")]);
    assert_eq!(
        notes,
        ["dates such as 05/09/2016 were read with the month first, since row 2 has 09/25/2016"]
    );
    let rows = [row("05/09/2016", "CNN"), row("05/09/2016", "BBC"), row("05/09/2016", "The Example")];
    let (days, notes) = days_of_rows(&folder, "outlet.jsonl", &rows.each_ref().map(String::as_str));
    assert_eq!(days, [day("2016-05-09"), day("2016-09-05"), None]);
    assert_eq!(
        notes,
        [
            "its date was read with the month first, since that is the usage of CNN",
            "its date was read with the day first, since that is the usage of BBC",
            "its date was not read, nothing tells whether the day or the month comes first: “05/09/2016”",
        ]
    );
    let rows = [row("05/09/2016", ""), row("09/25/2016", ""), row("25/09/2016", "")];
    let (days, notes) = days_of_rows(&folder, "both.jsonl", &rows.each_ref().map(String::as_str));
    assert_eq!(days, [None, day("2016-09-25"), day("2016-09-25")]);
    assert_eq!(
        notes[0],
        "the file does not tell how to read dates such as 05/09/2016: row 3 has 25/09/2016, row 2 09/25/2016"
    );
}

#[test]
fn a_post_is_read_whatever_its_title() {
    let folder = Folder::new("post");
    let cut = "The harbour minister says that the new quay wil…";
    let post = "The harbour minister says that the new quay will be opened in June and that boats may land there again";
    for end in [" #harbour", " https://example.test/x", " (Example News)", ""] {
        for title in [cut, post] {
            let row = format!(r#"{{"title": "{title}", "text": "{post}{end}"}}"#);
            let (documents, troubles) = all(&[folder.put("a.jsonl", row)], &Options::default());
            assert!(troubles.is_empty(), "{troubles:?}");
            assert_eq!(documents[0].text, format!("{post}{end}"));
        }
    }
}

#[test]
fn the_text_of_a_row_stands_under_the_surest_key_that_has_a_story() {
    let folder = Folder::new("keys");
    let told = "The two envoys met at the harbour office on Monday.";
    let rows = [
        format!(r#"{{"headline": "Envoys meet", "body_html": "<p>{told}</p>", "body_text": "Read more"}}"#),
        format!(r#"{{"headline": "Envoys meet", "body_text": "", "body_html": "<p>{told}</p>"}}"#),
        format!(r#"{{"headline": "Envoys meet", "body_text": "Read more", "description_text": "{told}"}}"#),
        r#"{"headline": "Envoys meet", "body_html": "<p>Read more</p>", "body_text": "Read more"}"#
            .to_owned(),
        r#"{"headline": "Advisory", "body_html": "<p><b>Body</b></p>"}"#.to_owned(),
    ];
    let (documents, troubles) = all(&[folder.put("a.jsonl", rows.join("\n"))], &Options::default());
    let texts: Vec<&str> = documents.iter().map(|document| document.text.as_str()).collect();
    assert_eq!(texts, [told, told, told, "Body"]);
    assert_eq!(documents[0].other["body_text"], "Read more");
    assert!(!documents[0].other.contains_key("body_html"));
    let notes: Vec<&str> = troubles.iter().map(|trouble| trouble.note.message.as_str()).collect();
    let only = "the row's text has no story in it, only “Read more”";
    assert_eq!(notes, ["it has no text but that of `description_text`", only]);
}

#[test]
fn a_report_has_an_end() {
    let folder = Folder::new("long");
    let text = "The two leaders met on the island for three hours on Monday. ".repeat(20_000);
    let options = Options { max_text_bytes: 1 << 20, ..Options::default() };
    let files = [
        folder.put("a.txt", &text),
        folder.put("b.md", &text),
        folder.put("c.html", format!("<html><body><p>{text}</p></body></html>")),
        folder.put("d.jsonl", format!("{{\"text\": \"{text}\"}}")),
    ];
    for file in files {
        let (documents, troubles) = all(&[file], &options);
        assert!(documents.is_empty() && troubles.len() == 1 && troubles[0].is_unread(), "{troubles:?}");
        assert_eq!(
            troubles[0].note.message,
            "holds more than 1 MB of text, the limit for one report (if it holds several, give each a file or a row)"
        );
    }
}
