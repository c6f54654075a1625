//! Claims of deeds held against made-up reports that the language model reads: who does it, to whom, and whether it is done.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::fs;

use readout::{Corpus, ReadOptions};

/// Sentences of reports, each with claims that they support and claims that they do not.
const SENTENCES: [(&str, &[&str], &[&str]); 11] = [
    (
        "Defence Minister Ann Lee was dismissed on Monday by Prime Minister Bo Berg.",
        &["Bo Berg dismissed Ann Lee.", "Ann Lee was dismissed by Bo Berg.", "Berg fired Lee."],
        &["Ann Lee dismissed Bo Berg.", "Bo Berg was dismissed by Ann Lee."],
    ),
    (
        "Prime Minister Bo Berg is replacing Ann Lee with Carl Dahl, he said on Monday.",
        &["Bo Berg replaced Ann Lee with Carl Dahl.", "Carl Dahl replaced Ann Lee."],
        &["Ann Lee replaced Carl Dahl.", "Bo Berg replaced Carl Dahl with Ann Lee."],
    ),
    ("Four of Ann Lee's cabinet ministers resigned on Monday.", &[], &["Ann Lee resigned."]),
    (
        "Norway's air force struck a Russian camp near Oslo on Monday.",
        &["Norway struck a Russian camp."],
        &["Russia struck Norway.", "Russia struck a camp near Oslo."],
    ),
    (
        "The pact requires Iran to halt the enrichment of uranium at 20 percent, Norway said.",
        &[],
        &["Iran agreed to enrich uranium to 20 percent.", "Iran halted the enrichment of uranium."],
    ),
    (
        "Peru agreed to remove its troops from Chile on Monday.",
        &["Peru agreed to remove its troops from Chile."],
        &["Peru removed its troops from Chile.", "Chile agreed to remove its troops from Peru."],
    ),
    (
        "Bo Berg asked President Carl Dahl to investigate Ann Lee.",
        &["Bo Berg asked Carl Dahl to investigate Ann Lee."],
        &["Carl Dahl asked Bo Berg to investigate Ann Lee.", "Carl Dahl investigated Ann Lee."],
    ),
    (
        "Ministers debate whether to launch a strike on Chile.",
        &[],
        &["The ministers launched a strike on Chile.", "Chile launched a strike."],
    ),
    (
        "The Berg administration's reaction to the death of Ann Lee was late.",
        &[],
        &["Bo Berg killed Ann Lee."],
    ),
    (
        "A gunman shot down two helicopters in Brenn, and dozens of guards fled the town.",
        &["A gunman downed two helicopters.", "The guards fled the town."],
        &["The guards shot down two helicopters."],
    ),
    (
        "Bo Berg met with Carl Dahl in Oslo on Monday ahead of his meeting with Ann Lee.",
        &["Bo Berg met Carl Dahl.", "Carl Dahl met Bo Berg."],
        &["Bo Berg met Ann Lee.", "Carl Dahl met Ann Lee."],
    ),
];

#[test]
fn a_claim_is_supported_where_the_same_ones_do_the_same() {
    let Some(model) = readout::model::open_for_tests() else { return };
    let mut wrong = Vec::new();
    for (sentence, said, not_said) in SENTENCES {
        let folder = tempfile::tempdir().unwrap();
        let report = folder.path().join("a.txt");
        fs::write(&report, format!("News\n\n{sentence}\n")).unwrap();
        let mut corpus = Corpus::create(&folder.path().join("t.readout")).unwrap();
        corpus.read(&[report], &model, &ReadOptions::default(), &mut |_| {}).unwrap();
        for (claims, expected) in [(said, true), (not_said, false)] {
            for claim in claims {
                let found = corpus.check_claim(claim).unwrap();
                if (found.supporting > 0) != expected {
                    let why: Vec<_> =
                        found.rows.iter().map(|it| (it.bearing, &it.why, &it.missing)).collect();
                    wrong.push(format!("{sentence} | {claim}: {why:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn whether_or_not_denies_nothing() {
    let Some(model) = readout::model::open_for_tests() else { return };
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("a.txt");
    let text = "News\n\nIt is unclear whether or not Norway signed the pact with Peru.\n\nAt least 20 people were killed in Brenn.\n";
    fs::write(&report, text).unwrap();
    let mut corpus = Corpus::create(&folder.path().join("t.readout")).unwrap();
    corpus.read(&[report], &model, &ReadOptions::default(), &mut |_| {}).unwrap();
    for claim in ["Norway signed the pact with Peru.", "23 people were killed in Brenn."] {
        let found = corpus.check_claim(claim).unwrap();
        assert_eq!((found.supporting, found.contrary), (0, 0), "{claim}: {:?}", found.rows);
    }
}
