//! The examples of the rule file, and sentences of our own with the tense that governs them.

use readout_record::{Bounds, Grain};
use readout_syntax::{Dep, EntityLabel, Pos, Row, Tag};

use super::*;

const PUBLISHED: &str = "2015-11-17";

/// A tree good enough for the rules: every word hangs on the word marked as its verb (`said/VBD`). `word/DATE` and
/// `word/PERSON` mark entities. Gives the text without the marks too.
fn parsed(marked: &str) -> Syntax {
    let mut text = String::new();
    let mut rows: Vec<(ByteSpan, Tag, String, Option<EntityLabel>)> = Vec::new();
    for (number, piece) in marked.split(' ').enumerate() {
        if number > 0 {
            text.push(' ');
        }
        let (word, mark) = match piece.rsplit_once('/') {
            Some((word, mark)) if mark.len() > 1 && mark.bytes().all(|byte| byte.is_ascii_uppercase()) => {
                (word, mark)
            }
            _ => (piece, ""),
        };
        let start = text.len();
        text.push_str(word);
        let stop = word.trim_end_matches(['.', ',']).len();
        let end = if word.len() - stop == 1 && (word.ends_with(',') || word.ends_with('.') && word.len() > 5)
        {
            start + stop
        } else {
            start + word.len()
        };
        let tag = Tag::from_name(mark).unwrap_or(Tag::Nn);
        rows.push((
            ByteSpan::new(start as u32, end as u32),
            tag,
            word.to_lowercase(),
            EntityLabel::from_name(mark),
        ));
        if end < text.len() {
            rows.push((ByteSpan::new(end as u32, text.len() as u32), Tag::Stop, ".".into(), None));
        }
    }
    let verb = rows.iter().position(|row| matches!(row.1, Tag::Vbd | Tag::Vb | Tag::Vbz)).unwrap_or(0) as u32;
    let modal = rows.iter().any(|row| row.1 == Tag::Md);
    let verb =
        if modal { rows.iter().position(|row| row.1 == Tag::Md).map_or(0, |at| at as u32 + 1) } else { verb };
    let last = rows.len() as u32 - 1;
    let verb = verb.min(last);
    Syntax::from_rows(
        &text.clone(),
        rows.iter().enumerate().map(|(number, row)| Row {
            span: row.0,
            tag: row.1,
            pos: if number as u32 == verb && (modal || matches!(row.1, Tag::Vbd | Tag::Vb | Tag::Vbz)) {
                Pos::Verb
            } else {
                Pos::None
            },
            lemma: &row.2,
            head: verb,
            dep: if row.1 == Tag::Md { Dep::Aux } else { Dep::Dep },
            sentence_start: number == 0,
            entity: row.3.map(|label| (true, label)),
        }),
    )
}

fn found(marked: &str) -> Vec<TimeExpression> {
    find(&parsed(marked), Some(PUBLISHED))
}

fn values(marked: &str) -> Vec<(String, String)> {
    found(marked).into_iter().map(|time| (time.time.text, time.value)).collect()
}

fn one(marked: &str) -> TimeExpression {
    let mut all = found(marked);
    assert_eq!(all.len(), 1, "{marked}: {all:?}");
    all.remove(0)
}

#[test]
fn every_rule_finds_its_examples_and_not_its_counter_examples() {
    let mut rule = "";
    let (mut examples, mut counters) = (0, 0);
    let mut wrong = Vec::new();
    for line in rules::RULES.lines() {
        if let Some(head) = line.strip_prefix("rule ") {
            assert!(
                rule.is_empty() || examples > 0 && counters > 0,
                "{rule} needs an example and a counter-example"
            );
            (rule, examples, counters) = (head.split(" = ").next().unwrap(), 0, 0);
        } else if let Some(example) = line.strip_prefix("+ ") {
            examples += 1;
            let (sentence, value) = example.rsplit_once(" = ").unwrap();
            let (passage, _) = sentence.split_once('[').unwrap().1.split_once(']').unwrap();
            let all = found(&sentence.replace(['[', ']'], ""));
            if !all.iter().any(|time| time.time.text == passage && time.value == value && time.rule == rule) {
                wrong.push(format!(
                    "{rule}: {example}: {:?}",
                    all.iter().map(|t| (&t.time.text, &t.value, t.rule)).collect::<Vec<_>>()
                ));
            }
        } else if let Some(sentence) = line.strip_prefix("- ") {
            counters += 1;
            let all = found(sentence);
            if all.iter().any(|time| time.rule == rule) {
                wrong.push(format!("{rule} fires in {sentence}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn tense_chooses_the_week() {
    assert_eq!(one("They met/VBD Thursday in Rome.").value, "2015-11-12");
    assert_eq!(one("They will/MD meet Thursday in Rome.").value, "2015-11-19");
    assert_eq!(one("They met/VBD in January there.").value, "2015-01");
    assert_eq!(one("They will/MD meet in January there.").value, "2016-01");
}

#[test]
fn an_unknown_date_of_publication_leaves_relative_words_open() {
    for sentence in [
        "He spoke/VBD on Tuesday there.",
        "He spoke yesterday there.",
        "He spoke on Oct. 31 there.",
        "He spoke last week there.",
    ] {
        let all = find(&parsed(sentence), None);
        assert_eq!(all.len(), 1, "{sentence}");
        assert_eq!((all[0].time.from.as_deref(), all[0].time.anchor), (None, Anchor::None), "{sentence}");
    }
    let full = find(&parsed("He spoke on September 11, 2001, there."), None);
    assert_eq!(full[0].time.from.as_deref(), Some("2001-09-11"));
    assert_eq!(full[0].time.to.as_deref(), Some("2001-09-12"));
}

#[test]
fn lengths_have_bounds_in_minutes() {
    assert_eq!(one("They talked for more than 30 minutes there.").minutes, Some(Bounds::at_least(30)));
    assert_eq!(one("They talked for about 90 minutes there.").minutes, Some(Bounds::exactly(90)));
    assert_eq!(one("They talked for half an hour there.").minutes, Some(Bounds::exactly(30)));
    assert_eq!(one("They talked for nearly two hours there.").minutes, Some(Bounds::at_most(120)));
    assert_eq!(one("They talked for two and a half hours there.").minutes, Some(Bounds::exactly(150)));
    assert_eq!(one("They talked for 30 to 40 minutes there.").minutes, Some(Bounds::between(30, 40)));
    assert_eq!(one("They waited for six months there.").minutes, None);
}

#[test]
fn a_bare_number_takes_the_unit_of_the_length_before() {
    let all = values("They agreed/VBD to form a cabinet within six months and hold a vote within 18.");
    assert_eq!(all, [("six months".into(), "P6M".into()), ("18".into(), "P18M".into())]);
}

#[test]
fn a_time_and_its_day_are_one() {
    let call = one("The call came/VBD at 9:05 p.m. on Sunday there.");
    assert_eq!((call.value.as_str(), call.time.text.as_str()), ("2015-11-15T21:05", "9:05 p.m. on Sunday"));
    assert_eq!(call.time.grain, Some(Grain::Minute));
    let call = one("The call came/VBD Sunday at 9 a.m. there.");
    assert_eq!(call.value, "2015-11-15T09:00");
}

#[test]
fn words_that_look_like_times_are_left_alone() {
    for sentence in [
        "Call 911 now/NN.",
        "Protesters may/MD march on.",
        "Theresa May/PERSON spoke there.",
        "The crowd of 1,200 left.",
        "March on, they cried.",
        "He came second in the race.",
        "The Sun said so.",
        "About 2000 troops left.",
        "The score was 3:1 there.",
        "The Sunday Times said so.",
        "He took the second half off.",
    ] {
        let all: Vec<_> = values(sentence).into_iter().filter(|time| time.1 != "PRESENT_REF").collect();
        assert!(all.is_empty(), "{sentence}: {all:?}");
    }
}

#[test]
fn hostile_text_is_read_in_time_and_without_panic() {
    let text =
        "99999999999999999999 years ago 31/31/9999 the 99th century 9999 12:99 é’s Feb. 30 ".repeat(50);
    let rows = std::iter::once(Row {
        span: ByteSpan::new(0, text.len() as u32),
        tag: Tag::None,
        pos: Pos::None,
        lemma: "",
        head: 0,
        dep: Dep::None,
        sentence_start: true,
        entity: None,
    });
    find(&Syntax::from_rows(&text, rows), Some("9999-12-31"));
    find(&Syntax::from_rows("", []), None);
    find(&Syntax::from_rows("next week", []), Some("2015-11-17"));
}

#[test]
fn today_in_a_part_is_the_day_of_the_part() {
    let syntax = parsed("They met/VBD today. Ministers left/VBD today. Others left/VBD yesterday.");
    let part = |words: &str, time: &str| PassageTime {
        at: syntax.text().find(words).map_or(0, |at| at as u32),
        time: time.to_owned(),
    };
    let parts = [part("Ministers", "2015-11-16T23:10:00Z"), part("Others", "2015-11-15T08:00:00Z")];
    let values = |found: Vec<TimeExpression>| found.into_iter().map(|time| time.value).collect::<Vec<_>>();
    assert_eq!(
        values(find_by_parts(&syntax, Some(PUBLISHED), &parts)),
        ["2015-11-17", "2015-11-16", "2015-11-14"]
    );
    assert_eq!(values(find(&syntax, Some(PUBLISHED))), ["2015-11-17", "2015-11-17", "2015-11-16"]);
}
