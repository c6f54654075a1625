//! Web pages: what is taken from good ones, and that bad ones cost no more than themselves.

#![allow(clippy::unwrap_used)] // A test that cannot go on says where.

use readout_record::{Document, DropReason, PublishedFrom};
use readout_sources::{Options, Source, Trouble};

fn read(html: impl Into<Vec<u8>>) -> (Option<Document>, Vec<Trouble>) {
    let source = Source::new("page.html", html);
    let mut troubles = Vec::new();
    let document = source.document(&Options::default(), &mut troubles);
    (document, troubles)
}

const STORY: [&str; 4] = [
    "The two leaders met on the island for three hours on Monday, and their officials said that the talks had been frank and useful to both sides.",
    "“We talked about the harbour, the fishing quotas and the prisoners,” one of the officials told reporters after the meeting at the villa.",
    "No agreement was signed, but the two sides said they would meet again in June, when the quotas of this year come to their end.",
    "Fishermen on both shores have waited for two years for a settlement, and many of them have given up their boats since the dispute began.",
];

fn article() -> String {
    STORY.map(|paragraph| format!("<p>{paragraph}</p>")).concat()
}

#[test]
fn body_and_metadata_are_told_from_the_rest() {
    let html = format!(
        r#"<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Leaders meet on island | Example Times</title>
        <meta property="og:site_name" content="Example Times"><meta property="og:title" content="Leaders meet on island">
        <link rel="canonical" href="https://example.test/world/leaders-meet-on-island">
        <script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Leaders meet on island",
          "datePublished": "2016-09-05T14:03:00+01:00", "author": [{{"@type": "Person", "name": "Ann Lee"}}, {{"name": "Bo Ray"}}]}}</script></head>
        <body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Leaders meet on island</h1><p class="byline">By Ann Lee and Bo Ray</p>
        {}<p>Read more: <a href="/x">Ministers fail to agree</a></p></article><footer>© 2016 Example Times</footer></body></html>"#,
        article()
    );
    let (document, troubles) = read(html);
    let document = document.unwrap();
    assert!(troubles.is_empty(), "{troubles:?}");
    assert_eq!(document.text, STORY.join("\n\n"));
    assert_eq!(document.title.as_deref(), Some("Leaders meet on island"));
    assert_eq!(document.authors, ["Ann Lee", "Bo Ray"]);
    assert_eq!(
        (document.published.as_deref(), document.published_from),
        (Some("2016-09-05T14:03:00+01:00"), Some(PublishedFrom::Metadata))
    );
    assert_eq!(
        (document.outlet.as_deref(), document.language.as_deref()),
        (Some("Example Times"), Some("en"))
    );
    assert_eq!(document.url.as_deref(), Some("https://example.test/world/leaders-meet-on-island"));
}

#[test]
fn what_a_page_does_not_say_stays_unknown() {
    let (document, _) = read(format!("<html><body><div>{}</div></body></html>", article()));
    let document = document.unwrap();
    assert_eq!(document.text, STORY.join("\n\n"));
    assert_eq!((document.title, document.published, document.outlet, document.url), (None, None, None, None));
    assert!(document.authors.is_empty());
}

#[test]
fn a_lead_without_a_full_stop_is_put_back() {
    // A later paragraph starts as it does.
    let lead = "Fishermen on both shores have waited for two years for a settlement and hope";
    let (document, _) = read(format!(
        "<html><body><article><h1>Leaders meet on island</h1><p class=article-subtitle>{lead}</p>{}</article></body></html>",
        article()
    ));
    let text = document.unwrap().text;
    assert!(text.starts_with(&format!("{lead}\n\n{}", STORY[0])), "{text}");
}

#[test]
fn updates_of_a_live_page_have_their_own_times() {
    let times = |head: &str, mark: fn(&str, &str) -> String| {
        let body = mark(&format!("<p>{}</p><p>{}</p>", STORY[0], STORY[1]), "2016-09-06T09:10:00Z")
            + &mark(&format!("<p>{}</p>", STORY[2]), "2016-09-05T22:40:00Z");
        let (document, _) = read(format!(
            "<html><head>{head}</head><body><article><h1>Talks on the island: live</h1><p>{}</p>{body}</article></body></html>",
            STORY[3]
        ));
        let document = document.unwrap();
        let part = |at: u32| document.text.chars().skip(at as usize).take(20).collect::<String>();
        document.passage_times().into_iter().map(|time| (part(time.at), time.time)).collect::<Vec<_>>()
    };
    let expected = [
        (STORY[0][..20].to_owned(), "2016-09-06T09:10:00Z".to_owned()),
        (STORY[2][..20].to_owned(), "2016-09-05T22:40:00Z".to_owned()),
    ];
    let plain = |html: &str, _: &str| html.to_owned();
    let data = format!(
        r#"<script type="application/ld+json">{{"@type": "LiveBlogPosting", "liveBlogUpdate": [
        {{"@type": "BlogPosting", "headline": "They met", "articleBody": "{} {}", "datePublished": "2016-09-06T09:10:00Z"}},
        {{"@type": "BlogPosting", "articleBody": "{}", "datePublished": "2016-09-05T22:40:00Z"}}]}}</script>"#,
        STORY[0], STORY[1], STORY[2]
    );
    assert_eq!(times(&data, plain), expected);
    let marked = |html: &str, time: &str| {
        format!("<div itemprop='liveBlogUpdate' itemscope><time datetime='{time}'>then</time>{html}</div>")
    };
    assert_eq!(times("", marked), expected);
    assert_eq!(times("", plain), []);
}

/// The story must be in the text whatever stands around it.
fn survives(html: impl Into<Vec<u8>>) -> Vec<Trouble> {
    let (document, troubles) = read(html);
    let document = document.unwrap();
    for paragraph in STORY {
        assert!(document.text.contains(paragraph), "lost: {paragraph} in {:.300}", document.text);
    }
    assert!(troubles.iter().all(|trouble| !trouble.is_unread()));
    troubles
}

#[test]
fn unclosed_elements_do_not_overflow_the_stack() {
    let troubles =
        survives(format!("<html><body>{}<article>{}</article>", "<div>".repeat(50_000), article()));
    assert_eq!(troubles.len(), 1);
    survives(format!("<html><body><article>{}</article>{}", article(), "<div>".repeat(50_000)));
    survives(format!(
        "<html><body>{}{}{}</body></html>",
        "<b>".repeat(20_000),
        article(),
        "</b>".repeat(20_000)
    ));
    survives(format!("<html><body>{}{}", "<font color=red><a href=x>".repeat(10_000), article()));
    survives(format!("<html><body>{}{}", "<table><tr><td>".repeat(5_000), article()));
    survives(format!("<html><body>{}{}", "<ul><li>".repeat(20_000), article()));
    survives(format!("<html><body>{}{}", "<svg><g>".repeat(5_000), article()));
    survives(format!("<html><body>{}{}", "<p><b>".repeat(20_000), article()));
}

#[test]
fn zeros_and_cut_off_pages_are_read() {
    survives(format!(
        "<html><body>\0\0<article>{}</article>\0</body></html>",
        article().replace("<p>", "<p>\0")
    ));
    survives(format!("<html><body><article>{}</article><p>Cut <a hre", article()));
    survives(format!("<html><body><article>{}</article><!-- cut", article()));
    survives(format!("<html><body><article>{}</article><script>var x = '", article()));
}

#[test]
fn pages_over_a_limit_are_read_without_layout() {
    let attributes: String = (0..200).map(|number| format!(" a{number}=x")).collect();
    for (hostile, told) in [
        ("<i></i>".repeat(250_000), "more than 100000 elements"),
        (format!("<i{attributes}></i>").repeat(2500), "more than 200000 attributes"),
        ("<div>".repeat(50_000), "elements nested more than 256 deep"),
        ("<div/>".repeat(50_000), "elements nested more than 256 deep"),
        ("<i><div></i>".repeat(50_000), "elements nested more than 256 deep"),
        ("<table><tr><td>".repeat(60_000), "elements nested more than 256 deep"),
        (format!("<svg><style>{}", "<div>".repeat(50_000)), "elements nested more than 256 deep"),
        (format!("<!-->{}", "<div>".repeat(50_000)), "elements nested more than 256 deep"),
        (
            (0..50_000).map(|number| format!("<p><b id={number}>x</p>")).collect(),
            "elements nested more than 256 deep",
        ),
        (
            format!("{}{}", "<div>".repeat(200), "<p>They met. ".repeat(60_000)),
            "too much text in deep nesting",
        ),
    ] {
        let troubles = survives(format!("<html><body><article>{}</article>{hostile}", article()));
        assert!(troubles[0].note.message.contains(told), "{told}: {troubles:?}");
        assert!(troubles[0].note.message.ends_with("; read without its layout"), "{troubles:?}");
    }
    // One tag that is not to be seen as one from outside: a style that is none, in a picture.
    let hidden: String = (0..100_000).map(|number| format!(" a{number}")).collect();
    survives(format!("<html><body><article>{}</article><svg><style><p{hidden}></style>", article()));
}

#[test]
fn many_attributes_of_a_tag_are_passed_over() {
    let many: String = (0..300_000).map(|number| format!(" a{number}=1")).collect();
    let troubles =
        survives(format!("<html><body><p{many}>x</p><article>{}</article></body></html>", article()));
    assert_eq!(troubles[0].note.message, "a tag has more than 256 attributes; the others were passed over");
}

/// Returns the time of publication of a page, the place that gives it, and the notes on it.
fn published(head: &str, body: &str) -> (Option<String>, Option<PublishedFrom>, Vec<String>) {
    let (document, troubles) = read(format!(
        "<html lang=en><head><title>Old treaty, new quarrel</title>{head}</head><body>{body}</body></html>"
    ));
    let document = document.unwrap();
    let notes = troubles.into_iter().map(|trouble| trouble.note.message).collect();
    (document.published, document.published_from, notes)
}

#[test]
fn days_in_running_text_and_footers_date_no_page() {
    let told = "<p>The treaty that the two islands signed on 12 June 1999 is dead, one of the officials said on Tuesday.</p>";
    for around in [
        format!("<article><h1>Old treaty, new quarrel</h1>{told}{}</article>", article()),
        format!(
            "<article><h1>Old treaty, new quarrel</h1><h2>Islands signed it on 12 June 1999</h2>{}</article>",
            article()
        ),
        format!(
            "<article><h1>Old treaty, new quarrel</h1>{}</article><footer>Updated 12 June 1999</footer>",
            article()
        ),
        format!(
            "<article><h1>Old treaty, new quarrel</h1>{}</article><div class=site-footer>12 June 1999</div>",
            article()
        ),
        format!(
            "<article><h1>Old treaty, new quarrel</h1><figure><figcaption>The pier, 12 June 1999</figcaption></figure>{}</article>",
            article()
        ),
        format!(
            "<article><h1>Old treaty, new quarrel</h1><div class=info>{told}</div>{}</article>",
            article()
        ),
        format!(
            "<article><h1>Old treaty, new quarrel</h1>{}<p>12 June 1999 was a Saturday.</p></article>",
            article()
        ),
    ] {
        assert_eq!(published("", &around), (None, None, Vec::new()), "{around}");
    }
}

#[test]
fn a_line_with_a_day_dates_a_page_as_its_text() {
    for by in [
        "12 June 2019",
        "By Ann Lee | June 12, 2019",
        "Published on 12 June 2019 at 14:03",
        "Wednesday, 12 June 2019, 14:03",
    ] {
        let body = format!("<article><h1>Old treaty, new quarrel</h1><p>{by}</p>{}</article>", article());
        assert_eq!(
            published("", &body),
            (Some("2019-06-12".to_owned()), Some(PublishedFrom::Text), Vec::new()),
            "{by}"
        );
    }
}

#[test]
fn metadata_give_days_in_common_forms() {
    let meta = |date: &str| format!("<meta property='article:published_time' content='{date}'>");
    let body = format!("<article><h1>Old treaty, new quarrel</h1>{}</article>", article());
    let known = |date: &str| (Some(date.to_owned()), Some(PublishedFrom::Metadata), Vec::new());
    for (given, date) in [
        ("Wed, 12 Jun 2019 14:03:09 +0200", "2019-06-12T14:03:09+02:00"),
        ("June 12, 2019", "2019-06-12"),
        ("1560348189", "2019-06-12T14:03:09Z"),
        ("25/06/2019", "2019-06-25"),
        ("06/25/2019", "2019-06-25"),
    ] {
        assert_eq!(published(&meta(given), &body), known(date), "{given}");
    }
    let note = |why: &str| (None, None, vec![format!("its date was not read, {why}")]);
    assert_eq!(
        published(&meta("05/06/2019"), &body),
        note("nothing tells whether the day or the month comes first: “05/06/2019”")
    );
    assert_eq!(published(&meta("31 April 2019"), &body), note("there is no such day: “31 April 2019”"));
    let outlet = "<link rel=canonical href='https://www.bbc.co.uk/news/1'>";
    assert_eq!(
        published(&format!("{}{outlet}", meta("05/06/2019")), &body),
        (
            Some("2019-06-05".to_owned()),
            Some(PublishedFrom::Metadata),
            vec!["its date was read with the day first, since that is the usage of www.bbc.co.uk".to_owned()]
        )
    );
}

#[test]
fn broken_json_ld_costs_nothing() {
    for json in [
        "{\"@type\": \"NewsArticle\", \"headline\": ",
        "[[[[[[",
        "{\"@type\": 7, \"author\": {\"name\": [{}]}}",
        "not json",
        "null",
    ] {
        survives(format!(
            "<html><head><script type='application/ld+json'>{json}</script></head><body><article>{}</article></body></html>",
            article()
        ));
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    survives(format!(
        "<html><head><script type='application/ld+json'>{deep}</script></head><body><article>{}</article></body></html>",
        article()
    ));
}

#[test]
fn long_words_and_attributes_are_read() {
    survives(format!(
        "<html><body class='{}'><article>{}</article><p>{}</p></body></html>",
        "x ".repeat(500_000),
        article(),
        "word".repeat(500_000)
    ));
    survives(format!(
        "<html><body><article>{}</article>{}</body></html>",
        article(),
        "<p title=\"".repeat(10_000)
    ));
}

#[test]
fn what_a_page_hides_is_left_out_and_kept_as_dropped() {
    let hidden = [
        r#"<div style="display:none">The minister of fish will answer every letter of our readers.</div>"#,
        r#"<section hidden>The minister of boats will answer every letter of our readers.</section>"#,
        r#"<div aria-hidden="true">The minister of nets will answer every letter of our readers.</div>"#,
        r#"<p class="visually-hidden">The minister of ropes will answer every letter of our readers.</p>"#,
    ];
    let (document, _) =
        read(format!("<html><body><article>{}{}</article></body></html>", hidden.concat(), article()));
    let document = document.unwrap();
    assert_eq!(document.text, STORY.join("\n\n"));
    let dropped: Vec<_> =
        document.dropped.iter().filter(|passage| passage.reason == DropReason::Hidden).collect();
    assert_eq!(dropped.len(), hidden.len(), "{dropped:?}");
    // A page that shows its story by a script has it hidden before.
    let (document, _) =
        read(format!(r#"<html><body><div hidden>{}</div><p>Loading.</p></body></html>"#, article()));
    assert!(document.unwrap().text.contains(STORY[2]));
}

#[test]
fn articles_below_the_head_of_a_list_are_other_stories() {
    let other =
        "The minister of fish opened a bridge on Friday, and the mayors of both towns came to see it.";
    let page = |heading: &str| {
        let (document, _) = read(format!(
            "<html><body><article><h1>Leaders meet on island</h1>{}<article><h3>{heading}</h3>\
             <article><p>{other}</p></article><article><p>{other} Then it rained.</p></article></article></article></body></html>",
            article()
        ));
        document.unwrap()
    };
    let document = page("You may also be interested in…");
    assert_eq!(document.text, STORY.join("\n\n"));
    let told = |reason| document.dropped.iter().filter(|passage| passage.reason == reason).count();
    assert!(told(DropReason::RelatedLink) >= 2, "{:?}", document.dropped);
    assert!(page("The second day").text.contains(other));
}

#[test]
fn a_lead_below_the_headline_needs_no_full_stop() {
    let lead = "Second round of talks on quotas is set for June after three hours at the villa";
    let page = |between: &str, class: &str| {
        let (document, _) = read(format!(
            r#"<html><body><h1>Leaders meet on island</h1>{between}<p class="{class}">{lead}</p><article>{}</article></body></html>"#,
            article()
        ));
        document.unwrap().text
    };
    for class in ["article-subtitle", "post__excerpt", "c-deck", "standfirst"] {
        assert!(page("", class).starts_with(lead), "{class}");
    }
    assert!(!page("<h3>Other news</h3>", "post__excerpt").contains(lead));
}

#[test]
fn what_is_left_out_of_a_page_is_kept_as_dropped() {
    let aside = "The harbour office of the island has opened its doors to visitors on every day of the week.";
    let rights =
        "Copyright 2016 The Island Courier. All rights reserved. Nothing may be copied without permission.";
    let (document, _) = read(format!(
        r#"<html><body><article><h1>Leaders meet on island</h1>{}</article><aside class="related"><p>{aside}</p></aside><footer><p>{rights}</p><p>© 2016 Island Courier</p></footer></body></html>"#,
        article()
    ));
    let document = document.unwrap();
    assert_eq!(document.text, STORY.join("\n\n"));
    let reasons = |text: &str| -> Vec<_> {
        document.dropped.iter().filter(|passage| passage.text == text).map(|passage| passage.reason).collect()
    };
    assert_eq!(reasons(aside), [DropReason::Aside]);
    assert_eq!(reasons(rights), [DropReason::Copyright]);
    assert_eq!(reasons("© 2016 Island Courier"), [DropReason::Copyright]);
}
