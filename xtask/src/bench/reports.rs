//! Invented reports with their records: affairs of a few days that several outlets report, some of them by copying,
//! thirty reports a day. The same reports for the same numbers.

use readout_record::ids::{document_id, sha256};
use readout_record::{
    ActorKind, Agreement, AgreementStatus, Document, DocumentRecords, Evidence, EvidenceSpan, Meeting,
    Mention, Mode, Position, Stance, Statement, StatusStep,
};
use readout_text::{ByteSpan, CharSpan, Offsets};

/// Reports of one day.
const A_DAY: u64 = 30;
/// Reports of one affair.
const AFFAIR: u64 = 8;

/// Numbers that look random and are the same every time (SplitMix64, Steele, Lea, Flood 2014).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }
}

const SYLLABLES: [&str; 24] = [
    "bal", "dor", "fen", "gri", "hul", "jas", "kem", "lor", "mav", "nis", "ost", "pel", "qua", "rin", "sab",
    "tor", "ulm", "ver", "wex", "yar", "zin", "cal", "eth", "ild",
];

/// A word of `length` syllables.
fn word(dice: &mut Dice, length: u64) -> String {
    (0..length).map(|_| SYLLABLES[dice.roll(SYLLABLES.len() as u64) as usize]).collect()
}

fn name(dice: &mut Dice, length: u64) -> String {
    let word = word(dice, length);
    word[..1].to_uppercase() + &word[1..]
}

/// A sentence of `words` words: every third of the affair's own, the others of the language, the common ones more often.
fn sentence(dice: &mut Dice, own: &[String], words: u64) -> String {
    let mut out: Vec<String> = Vec::new();
    for at in 0..words {
        if at % 3 == 2 {
            out.push(own[dice.roll(own.len() as u64) as usize].clone());
        } else {
            let rank = dice.roll(3000).min(dice.roll(3000)).min(dice.roll(3000));
            out.push(word(&mut Dice(rank ^ 0x5eed), 2 + rank % 2));
        }
    }
    out.join(" ")
}

/// Report `number`.
pub(super) fn report(number: u64) -> (Document, DocumentRecords) {
    let affair = number / AFFAIR;
    let mut of_affair = Dice(affair.wrapping_mul(7919) + 1);
    let own: Vec<String> = (0..30).map(|_| word(&mut of_affair, 3)).collect();
    let people: Vec<(String, String)> =
        (0..3).map(|_| (name(&mut of_affair, 2), name(&mut of_affair, 4))).collect();
    let place = name(&mut of_affair, 3);
    let said: Vec<String> = (0..3).map(|_| sentence(&mut of_affair, &own, 16)).collect();
    let told: Vec<String> = (0..4).map(|_| sentence(&mut of_affair, &own, 20)).collect();
    let mut dice = Dice(number.wrapping_mul(104_729) + 3);

    let full = |at: usize| format!("{} {}", people[at].0, people[at].1);
    let mut sentences = vec![format!("{} and {} met in {place} over the {place} accord", full(0), full(1))];
    for (at, words) in said.iter().enumerate().take(1 + dice.roll(3) as usize) {
        sentences.push(format!("{} said {words}", full(at)));
    }
    let quoted = sentences.len();
    // Every third sentence has the wording of other reports.
    for words in &told {
        let own_words = sentence(&mut dice, &own, 20);
        sentences.push(if dice.roll(3) == 0 { words.clone() } else { own_words });
    }
    for _ in 0..4 {
        sentences.push(sentence(&mut dice, &own, 18));
    }
    let mut text = String::new();
    let mut spans: Vec<ByteSpan> = Vec::new();
    for sentence in &sentences {
        let start = text.len() as u32;
        text.push_str(sentence);
        spans.push(ByteSpan::new(start, text.len() as u32));
        text.push_str(".\n");
    }

    let day = number / A_DAY;
    let id = document_id(text.as_bytes());
    let offsets = Offsets::new(&text);
    let evidence = |kind: &str, extra: &str, span: ByteSpan| {
        Evidence::new(&id, kind, extra, &text, &offsets, &[span]).by_rule("bench", 0.9)
    };
    let person = |at: usize| format!("person:{}", full(at).to_lowercase().replace(' ', "-"));
    let mut records = DocumentRecords::default();
    for (at, span) in spans.iter().enumerate().take(quoted) {
        for who in 0..3 {
            let Some(found) = span.slice(&text).find(&full(who)) else { continue };
            let start = span.start + found as u32;
            let words = ByteSpan::new(start, start + full(who).len() as u32);
            records.mentions.push(Mention {
                doc: id.clone(),
                span: offsets.to_chars(words),
                text: full(who),
                actor: person(who),
                name: full(who),
                actor_kind: ActorKind::Person,
                named: true,
                ..Mention::default()
            });
        }
        if at > 0 {
            let content = ByteSpan::new(span.start + full(at - 1).len() as u32 + 6, span.end);
            records.statements.push(Statement {
                evidence: evidence("statement", "", *span),
                speaker: vec![person(at - 1)],
                content: vec![offsets.to_chars(content)],
                content_text: content.slice(&text).to_owned(),
                mode: Mode::Indirect,
                ..Statement::default()
            });
        }
    }
    let meeting = spans[0];
    records.meetings.push(Meeting {
        evidence: evidence("meeting", "", meeting),
        participants: vec![person(0), person(1)],
        place: Some(place.clone()),
        ..Meeting::default()
    });
    let passage: CharSpan = offsets.to_chars(meeting);
    let told = EvidenceSpan { doc: id.clone(), spans: vec![passage], text: meeting.slice(&text).to_owned() };
    records.agreements.push(Agreement {
        id: evidence("agreement", "", meeting).id,
        name: format!("the {place} accord"),
        parties: vec![person(0), person(1)],
        status: vec![StatusStep {
            status: AgreementStatus::UnderNegotiation,
            evidence: told.clone(),
            ..StatusStep::default()
        }],
        evidence: vec![told],
        ..Agreement::default()
    });
    let shown: Vec<String> = records.statements.iter().take(1).map(|it| it.evidence.id.clone()).collect();
    if !shown.is_empty() {
        records.positions.push(Position {
            id: evidence("position", "", meeting).id,
            actor: person(0),
            issue: format!("the {place} accord"),
            stance: Stance::For,
            evidence: shown,
            ..Position::default()
        });
    }
    let document = Document {
        path: Some(format!("{number}.txt")),
        title: Some(format!("{} {} {place} {}", people[0].1, own[0], own[1])),
        outlet: Some(format!("Outlet {}", dice.roll(40))),
        published: Some(iso(day)),
        text_sha256: sha256(text.as_bytes()),
        id,
        text,
        ..Document::default()
    };
    (document, records)
}

/// A day counted from 1 January 2001, in years of twelve months of 28 days: the bench needs no real calendar.
fn iso(day: u64) -> String {
    let (year, rest) = (day / 336, day % 336);
    format!("{:04}-{:02}-{:02}", 2001 + year, 1 + rest / 28, 1 + rest % 28)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_are_where_they_are_said_to_be() {
        for number in 0..50 {
            let (document, records) = report(number);
            let offsets = Offsets::new(&document.text);
            let slice = |span: CharSpan| offsets.to_bytes(span).map(|span| span.slice(&document.text));
            for it in &records.mentions {
                assert_eq!(slice(it.span), Some(it.text.as_str()));
            }
            for it in &records.statements {
                assert_eq!(slice(it.content[0]), Some(it.content_text.as_str()));
            }
            assert_eq!(report(number), (document.clone(), records.clone()));
        }
    }
}
