//! Copies among reports.

use readout_link::Copies;
use readout_record::{Document, DocumentId};
use readout_text::CharSpan;

const FLOOD: &str = "The river Tamsel rose four metres in one night and flooded the lower town. \
    Rescue teams brought three hundred people to a school on the hill. \
    The mayor, Ines Korda, asked the army for boats and drinking water. \
    Two bridges were closed to traffic on Friday morning. \
    Meteorologists expect the rain to end on Sunday.";
const STRIKE: &str = "Dockers at the port of Velm walked out on Monday over a new shift plan. \
    The port authority called the strike unlawful and went to court. \
    Forty ships waited in the roads outside the harbour. \
    Union leader Marek Tosch promised to talk as soon as the plan was withdrawn. \
    Shipping firms put their losses at two million a day.";

fn document(id: &str, day: &str, outlet: &str, text: &str) -> Document {
    Document {
        id: id.into(),
        published: (!day.is_empty()).then(|| day.to_owned()),
        outlet: (!outlet.is_empty()).then(|| outlet.to_owned()),
        text: text.to_owned(),
        ..Document::default()
    }
}

/// Returns the documents that each document copies, and its origin.
fn find(documents: &[&Document]) -> Copies {
    readout_link::copies(documents)
}

fn sources(documents: &[Document]) -> Vec<Vec<DocumentId>> {
    let refs: Vec<&Document> = documents.iter().collect();
    find(&refs).of.iter().map(|of| of.iter().map(|copy| copy.doc.clone()).collect()).collect()
}

#[test]
fn the_later_report_is_the_copy() {
    let documents = [document("a", "2020-05-02", "", FLOOD), document("b", "2020-05-01", "", FLOOD)];
    let copies = find(&[&documents[0], &documents[1]]);
    assert_eq!(copies.of[0].len(), 1);
    assert_eq!((copies.of[0][0].doc.as_str(), copies.of[0][0].share), ("b", 1.0));
    let whole = CharSpan::new(0, FLOOD.chars().count() as u32);
    assert_eq!(copies.of[0][0].spans, [(whole, whole)], "{:?}", copies.of);
    assert_eq!(copies.origin, ["b", "b"]);
}

#[test]
fn of_undated_reports_the_excerpt_is_the_copy() {
    let excerpt: String = FLOOD.split_inclusive(". ").take(2).collect();
    let documents = [document("a", "", "", &excerpt), document("b", "", "", FLOOD)];
    assert_eq!(sources(&documents), [vec![DocumentId::from("b")], vec![]]);
}

#[test]
fn a_stitched_report_has_its_share_of_each_origin_and_a_group_of_its_own() {
    let half = |text: &str| text.split_inclusive(". ").take(3).collect::<String>();
    let stitched = format!("{}\n\n{}", half(FLOOD), half(STRIKE));
    let documents = [
        document("a", "2020-05-01", "", FLOOD),
        document("b", "2020-05-01", "", STRIKE),
        document("c", "2020-05-03", "", &stitched),
    ];
    let refs: Vec<&Document> = documents.iter().collect();
    let copies = find(&refs);
    assert_eq!(copies.of[2].len(), 2);
    assert!(copies.of[2].iter().all(|copy| (0.4..0.6).contains(&copy.share)), "{:?}", copies.of[2]);
    assert_eq!(copies.origin, ["a", "b", "c"]);
    for copy in &copies.of[2] {
        let origin = if copy.doc == "a" { FLOOD } else { STRIKE };
        for (here, there) in &copy.spans {
            assert_eq!(
                stitched.get(here.start as usize..here.end as usize),
                origin.get(there.start as usize..there.end as usize)
            );
        }
    }
}

#[test]
fn what_an_outlet_prints_under_every_report_is_no_copy() {
    let notice = "The Velm Courier reserves all rights in its texts and pictures.";
    let bodies = [
        FLOOD,
        STRIKE,
        "A new comet can be seen with the naked eye this week. Astronomers at Brenn named it after a cat.
         Its tail will be brightest on Thursday.",
        "The city orchestra opened its season with a forgotten opera. Critics praised the young conductor.
         All four evenings are sold out.",
    ];
    let documents: Vec<Document> = bodies
        .iter()
        .enumerate()
        .map(|(n, body)| {
            document(&n.to_string(), "2020-05-01", "Velm Courier", &format!("{body}\n\n{notice}"))
        })
        .collect();
    assert!(sources(&documents).iter().all(Vec::is_empty));
    // The same outlet's versions of one report stay copies.
    let documents: Vec<Document> =
        (0..4).map(|n| document(&n.to_string(), "2020-05-01", "Velm Courier", FLOOD)).collect();
    assert_eq!(sources(&documents).iter().filter(|of| !of.is_empty()).count(), 3);
}

#[test]
fn a_quotation_in_common_is_no_copy() {
    let quote = "“We have waited for eleven years, and this valley will not wait a single winter more for its \
        doctors, its road and its school,”";
    let documents = [
        document(
            "a",
            "",
            "",
            &format!("{quote} Korda told a crowd of farmers. Snow fell all day on the square."),
        ),
        document("b", "", "", &format!("The governor was late. {quote} the mayor shouted from a balcony.")),
    ];
    assert!(sources(&documents).iter().all(Vec::is_empty));
}

#[test]
fn the_order_of_the_documents_does_not_matter() {
    let mut documents = vec![
        document("a", "2020-05-01", "", FLOOD),
        document("b", "", "", &FLOOD.replace("rose", "climbed")),
        document("c", "2020-05-01", "", STRIKE),
        document("d", "", "", &format!("{STRIKE} {FLOOD}")),
    ];
    let by_id = |documents: &[Document]| {
        let refs: Vec<&Document> = documents.iter().collect();
        let copies = find(&refs);
        let mut rows: Vec<_> = documents
            .iter()
            .map(|document| document.id.clone())
            .zip(copies.of.into_iter().zip(copies.origin))
            .collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        rows
    };
    let first = by_id(&documents);
    for turn in 0..documents.len() {
        documents.rotate_left(1);
        documents.swap(0, turn % 2 + 1);
        assert_eq!(by_id(&documents), first);
    }
}

#[test]
fn empty_and_tiny_texts_are_fine() {
    let documents =
        [document("a", "", "", ""), document("b", "20", "", "One."), document("c", "", "", "\n\n“")];
    assert!(sources(&documents).iter().all(Vec::is_empty));
}
