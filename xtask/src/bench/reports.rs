//! Invented reports with their records, as a desk's archive has them: thirty a day on affairs that run for some days,
//! a few of them in most of the day's reports and many in one or two; some reports are copies of others. The affairs'
//! people are their own; states, statesmen, treaties and issues come again over the years. The same reports for the
//! same numbers.

use readout_record::ids::{document_id, sha256};
use readout_record::{
    ActorKind, Agreement, AgreementStatus, Document, DocumentRecords, Event, Evidence, EvidenceSpan, Meeting,
    Mention, Mode, PloverCode, Position, RecordId, Stance, Statement, StatusStep,
};
use readout_text::{ByteSpan, CharSpan, Offsets};

/// The number of reports of one day.
const A_DAY: u64 = 30;
/// Affairs that begin on one day.
const AFFAIRS: u64 = 6;
/// Days that an affair runs for, at most.
const RUN: u64 = 6;
/// Treaties that are spoken of over all years, and the days for which most talk is of the same one.
const TREATIES: u64 = 60;
const SEASON: u64 = 90;
/// The number of sentences in a report.
const SENTENCES: usize = 24;

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

    /// Returns a number below two to the power of `powers`, small ones more often (Zipf's law, by powers of two).
    fn rank(&mut self, powers: u64) -> u64 {
        let least = 1 << self.roll(powers);
        least - 1 + self.roll(least)
    }
}

const SYLLABLES: [&str; 24] = [
    "bal", "dor", "fen", "gri", "hul", "jas", "kem", "lor", "mav", "nis", "ost", "pel", "qua", "rin", "sab",
    "tor", "ulm", "ver", "wex", "yar", "zin", "cal", "eth", "ild",
];

const STATES: [(&str, &str); 16] = [
    ("USA", "America"),
    ("RUS", "Russia"),
    ("CHN", "China"),
    ("GBR", "Britain"),
    ("FRA", "France"),
    ("DEU", "Germany"),
    ("TUR", "Turkey"),
    ("IRN", "Iran"),
    ("ISR", "Israel"),
    ("UKR", "Ukraine"),
    ("IND", "India"),
    ("JPN", "Japan"),
    ("EGY", "Egypt"),
    ("BRA", "Brazil"),
    ("NOR", "Norway"),
    ("CHL", "Chile"),
];

/// Returns a word of `length` syllables.
fn word(dice: &mut Dice, length: u64) -> String {
    (0..length).map(|_| SYLLABLES[dice.roll(SYLLABLES.len() as u64) as usize]).collect()
}

fn name(dice: &mut Dice, length: u64) -> String {
    let word = word(dice, length);
    word[..1].to_uppercase() + &word[1..]
}

/// Returns a sentence of `words` words: one in six from the affair's own, the others from the language.
fn sentence(dice: &mut Dice, own: &[String], words: u64) -> String {
    let mut out: Vec<String> = Vec::new();
    for _ in 0..words {
        if dice.roll(6) == 0 {
            out.push(own[dice.roll(own.len() as u64) as usize].clone());
        } else {
            let rank = dice.rank(14);
            out.push(word(&mut Dice(rank ^ 0x5eed), 1 + (rank + 1).ilog2().min(15) as u64 / 4));
        }
    }
    out.join(" ")
}

fn person(dice: &mut Dice) -> (String, String) {
    let full = format!("{} {}", name(dice, 2), name(dice, 3));
    (format!("person:{}", full.to_lowercase().replace(' ', "-")), full)
}

fn state(dice: &mut Dice) -> (String, String) {
    let (code, name) = STATES[dice.rank(4) as usize];
    (format!("state:{code}"), name.to_owned())
}

/// The words, people, places and sentences that the reports on one affair share.
struct Affair {
    words: Vec<String>,
    /// Three people of this affair alone, and one statesman who is in many affairs.
    people: Vec<(String, String)>,
    states: [(String, String); 2],
    place: String,
    treaty: String,
    said: Vec<String>,
    told: Vec<String>,
}

impl Affair {
    /// Returns affair number `slot` of the affairs that begin on `day`.
    fn of(day: u64, slot: u64) -> Self {
        let mut dice = Dice((day * AFFAIRS + slot).wrapping_mul(7919) + 1);
        let words: Vec<String> = (0..30).map(|_| word(&mut dice, 3)).collect();
        let mut people: Vec<(String, String)> = (0..3).map(|_| person(&mut dice)).collect();
        let statesman = dice.rank(7);
        people.push(person(&mut Dice(statesman ^ 0x5_7a7e)));
        // One affair in three is about the treaty of the season; the others have their own or an older one.
        let treaty = match dice.roll(3) {
            0 => name(&mut Dice((day / SEASON % TREATIES) ^ 0x7ea7), 3),
            1 => name(&mut Dice(dice.roll(TREATIES) ^ 0x7ea7), 3),
            _ => name(&mut dice, 4),
        };
        Self {
            said: (0..5).map(|_| sentence(&mut dice, &words, 16)).collect(),
            told: (0..SENTENCES).map(|_| sentence(&mut dice, &words, 20)).collect(),
            states: [state(&mut dice), state(&mut dice)],
            place: name(&mut dice, 3),
            words,
            people,
            treaty,
        }
    }
}

/// Returns the sentences of a report on `affair` of day number `day`, and how many of them at the head tell what was done
/// and said.
fn sentences(dice: &mut Dice, affair: &Affair, day: u64, version: u64) -> (Vec<String>, usize) {
    let Affair { words: own, people, states, place, treaty, said, told } = affair;
    let full = |at: usize| people[at].1.as_str();
    let met = format!("{} and {} met in {place} over the {treaty} accord", full(0), full(3));
    let accused = format!("{} accused {} on day {day}", states[0].1, states[1].1);
    let mut sentences = vec![met, accused];
    for (at, words) in said.iter().enumerate().take(2 + dice.roll(4) as usize) {
        sentences.push(format!("{} said {words}", full(at % people.len())));
    }
    let quoted = sentences.len();
    // One report in five is mostly of other reports' words, the others for one sentence in eight.
    let copied = if dice.roll(5) == 0 { 7 } else { 1 };
    for words in &told[..SENTENCES - quoted] {
        let own_words = sentence(dice, own, 20);
        sentences.push(if dice.roll(8) < copied { words.clone() } else { own_words });
    }
    if version > 0 {
        sentences.push(format!("This was put right {version} times"));
    }
    (sentences, quoted)
}

/// Returns report number `number` in the version `version`.
pub(super) fn report(number: u64, version: u64) -> (Document, DocumentRecords) {
    let day = number / A_DAY;
    let mut dice = Dice(number.wrapping_mul(104_729) + 3);
    let age = dice.roll(RUN).min(dice.roll(RUN));
    let affair = Affair::of(day.saturating_sub(age), dice.roll(AFFAIRS).min(dice.roll(AFFAIRS)));
    let Affair { words: own, people, states, place, treaty, .. } = &affair;

    let full = |at: usize| people[at].1.as_str();
    let (sentences, quoted) = sentences(&mut dice, &affair, day, version);
    let mut text = String::new();
    let mut spans: Vec<ByteSpan> = Vec::new();
    for sentence in &sentences {
        let start = text.len() as u32;
        text.push_str(sentence);
        spans.push(ByteSpan::new(start, text.len() as u32));
        text.push_str(".\n");
    }

    let id = document_id(text.as_bytes());
    let offsets = Offsets::new(&text);
    let evidence = |kind: &str, extra: &str, span: ByteSpan| {
        Evidence::new(&id, kind, extra, &text, &offsets, &[span]).by_rule("bench", 0.9)
    };
    let id_of = |at: usize| people[at].0.clone();
    let mut records = DocumentRecords::default();
    let named = people.iter().map(|it| (it, ActorKind::Person));
    let named: Vec<_> = named.chain(states.iter().map(|it| (it, ActorKind::State))).collect();
    for span in &spans[..quoted] {
        for ((actor, name), kind) in &named {
            let Some(found) = span.slice(&text).find(name.as_str()) else { continue };
            let start = span.start + found as u32;
            let words = ByteSpan::new(start, start + name.len() as u32);
            records.mentions.push(Mention {
                doc: id.clone(),
                span: offsets.to_chars(words),
                text: name.clone(),
                actor: actor.clone().into(),
                name: name.clone(),
                actor_kind: *kind,
                named: true,
                ..Mention::default()
            });
        }
    }
    for (at, span) in spans[2..quoted].iter().enumerate() {
        let speaker = at % people.len();
        let content = ByteSpan::new(span.start + full(speaker).len() as u32 + 6, span.end);
        records.statements.push(Statement {
            evidence: evidence("statement", "", *span),
            speaker: vec![id_of(speaker).into()],
            content: vec![offsets.to_chars(content)],
            content_text: content.slice(&text).to_owned(),
            mode: Mode::Indirect,
            ..Statement::default()
        });
    }
    let meeting = spans[0];
    records.meetings.push(Meeting {
        evidence: evidence("meeting", "", meeting),
        participants: vec![id_of(0).into(), id_of(3).into()],
        place: Some(place.clone()),
        ..Meeting::default()
    });
    records.events.push(Event {
        evidence: evidence("event", "", spans[1]),
        code: Some(PloverCode::Accuse),
        actor: vec![states[0].0.clone().into()],
        recipient: vec![states[1].0.clone().into()],
        ..Event::default()
    });
    let passage: CharSpan = offsets.to_chars(meeting);
    let told = EvidenceSpan { doc: id.clone(), spans: vec![passage], text: meeting.slice(&text).to_owned() };
    records.agreements.push(Agreement {
        id: evidence("agreement", "", meeting).id,
        name: format!("the {treaty} accord"),
        parties: states.iter().map(|(id, _)| id.clone().into()).collect(),
        status: vec![StatusStep {
            status: AgreementStatus::UnderNegotiation,
            evidence: told.clone(),
            ..StatusStep::default()
        }],
        evidence: vec![told],
        ..Agreement::default()
    });
    let shown: Vec<RecordId> = records.statements.iter().take(1).map(|it| it.evidence.id.clone()).collect();
    if !shown.is_empty() {
        records.positions.push(Position {
            id: evidence("position", "", meeting).id,
            actor: states[0].0.clone().into(),
            issue: format!("the {treaty} accord"),
            stance: Stance::For,
            evidence: shown,
            ..Position::default()
        });
    }
    let document = Document {
        path: Some(format!("{number}.txt")),
        title: Some(format!("{} {} {place} {}", full(0), own[0], own[1])),
        outlet: Some(format!("Outlet {}", dice.rank(6))),
        published: Some(iso(day)),
        text_sha256: sha256(text.as_bytes()),
        id,
        text,
        ..Document::default()
    };
    (document, records)
}

/// Returns a date for day number `day` from 1 January 2001. Months have 28 days: the bench needs no real calendar.
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
            let (document, records) = report(number, 0);
            let offsets = Offsets::new(&document.text);
            let slice = |span: CharSpan| offsets.to_bytes(span).map(|span| span.slice(&document.text));
            for it in &records.mentions {
                assert_eq!(slice(it.span), Some(it.text.as_str()));
            }
            for it in &records.statements {
                assert_eq!(slice(it.content[0]), Some(it.content_text.as_str()));
            }
            assert_eq!(report(number, 0), (document.clone(), records.clone()));
        }
    }
}
