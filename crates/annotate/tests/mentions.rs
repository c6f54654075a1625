//! Who is who: for each sieve passages with what it joins and what it must keep apart.
//!
//! In a passage `[words]1` marks words of the person or thing number 1: all words of one number are one chain, those of
//! different numbers are different ones. `[words]0` stands for nobody whom another mark names.

use readout_annotate::{Annotations, Mention, annotate, parse};
use readout_knowledge::Knowledge;
use readout_record::Document;
use readout_text::ByteSpan;

/// A passage without its marks, and the marks.
fn read(marked: &str) -> (String, Vec<(ByteSpan, u32)>) {
    let (mut text, mut marks, mut open) = (String::new(), Vec::new(), Vec::new());
    let mut letters = marked.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '[' => open.push(text.len() as u32),
            ']' => {
                let number = letters.next().and_then(|digit| digit.to_digit(10));
                let (Some(number), Some(start)) = (number, open.pop()) else { panic!("marks: {marked}") };
                marks.push((ByteSpan::new(start, text.len() as u32), number));
            }
            _ => text.push(letter),
        }
    }
    assert!(open.is_empty(), "a mark is not closed: {marked}");
    (text, marks)
}

/// The narrowest mention with the words at `span`, or else around its end.
fn mention_at(annotations: &Annotations, span: ByteSpan) -> Option<&Mention> {
    let mentions = &annotations.mentions.mentions;
    let size = |mention: &&Mention| mention.words.end - mention.words.start;
    let exact = mentions.iter().filter(|mention| mention.words == span).min_by_key(size);
    let head = |mention: &&Mention| {
        let head = annotations.syntax.token(mention.head).span;
        span.contains(head)
    };
    exact.or_else(|| mentions.iter().filter(head).max_by_key(|mention| mention.words.end))
}

/// Returns the faults in the chains of a passage.
fn wrong(annotations: &Annotations, marks: &[(ByteSpan, u32)]) -> Vec<String> {
    let text = annotations.syntax.text();
    let chain = |span| mention_at(annotations, span).map(|mention| mention.chain);
    let mut found = Vec::new();
    for (at, &(one, number)) in marks.iter().enumerate() {
        if number > 0 && chain(one).is_none() {
            found.push(format!("{:?} is no mention", one.slice(text)));
        }
        for &(other, other_number) in &marks[at + 1..] {
            let joined = chain(one).is_some() && chain(one) == chain(other);
            let wanted = number == other_number && number > 0;
            if joined != wanted {
                let verb = if joined { "is taken for" } else { "is not" };
                found.push(format!("{:?} {verb} {:?}", one.slice(text), other.slice(text)));
            }
        }
    }
    found
}

fn check(passages: &[&str]) {
    let Some(model) = readout_model::open_for_tests() else { return };
    let (knowledge, mut worker) = (Knowledge::shipped(), model.worker());
    let mut complaints = Vec::new();
    for marked in passages {
        let (text, marks) = read(marked);
        let document = Document { text: text.clone(), ..Document::default() };
        let annotations = annotate(&document, parse(&mut worker, &text), &knowledge);
        for complaint in wrong(&annotations, &marks) {
            complaints.push(format!("{complaint}\n    in: {marked}"));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn short_names_lead_to_full_ones() {
    check(&[
        "Energy Minister [Grace Okafor]1 flew to Oslo. [Okafor]1 met fishermen there.",
        "[Okafor]1 flew to Oslo on Monday. Energy Minister [Grace Okafor]1 met fishermen there.",
        // Two of one surname are two.
        "[Grace Okafor]1 and her brother [Daniel Okafor]2 run the mill. [Daniel]2 keeps the books.",
    ]);
}

#[test]
fn surnames_are_found_under_any_tag() {
    check(&[
        "[Ellen Waters]1, director of the museum, opened the show. In [her]1 speech to guests, [Waters]1 thanked the city.",
        // In a headline every word has a capital, and rivers have none.
        "[Ellen Waters]1 opened the show. The [waters]0 of the river rose.",
    ]);
}

#[test]
fn a_name_beside_a_description_is_the_same_person() {
    check(&[
        "[Mara Tamm]1 came with [her father Juhan Tamm]2. [He]2 is a fisherman.",
        "The court heard [the prosecutor, Oskar Lind,]1 on Friday. [Lind]1 asked for ten years.",
        // The owner is another one, and so is the next in a list.
        "[Juhan Tamm]1 thanked [his]1 wife [Liis]2 and the mayor, [Peeter Saar]3.",
    ]);
}

#[test]
fn what_a_named_person_was_called_leads_back() {
    check(&[
        "The couple buried [their child, Mara]1, on Sunday. [The child]1 was six.",
        // Two were called so.
        "The village buried [their child, Mara]1, and [their child, Liis]2, on Sunday. [The child]0 was six.",
    ]);
}

#[test]
fn families_are_those_of_the_name() {
    check(&[
        "[Juhan Tamm]1 and [his]1 wife [Liis Tamm]2 left the village. [The Tamms]3 sold [their]3 house.",
        // A band is no family.
        "[Juhan Tamm]1 left the village. [The Sparks]2 played on.",
    ]);
}

#[test]
fn genders_are_read_where_there_is_little_doubt() {
    check(&[
        "[Sehr Mirza]1 praised the work that [Daniel Okafor]2 had done for the town. [Mirza]1 said [she]1 would \
         help [him]2.",
        // With another between, it may be either: the report's own word decides later.
        "[Anna Nowak]1 told [Daniel Okafor]2 that [he]2 had won.",
    ]);
}

#[test]
fn nobody_is_their_own_relative() {
    check(&[
        "[Anna Nowak]1 wrote to [Clara Berg]2. [Berg]2, [her]1 deputy, answered at once.",
        "Like [[her]1 sister Clara Nowak]2, [Anna Nowak]1 studied law.",
        "[Paul Meyer]1 spoke first. [Peter Lang]2 is [his]1 brother.",
    ]);
}

#[test]
fn parents_are_not_the_child_nor_any_two() {
    check(&[
        "[Oskar Lind]1 questioned the doctors of [Mara Tamm]2 on Friday. [Both her parents]3 wept.",
        "[Mara Tamm]1 lives with [Juhan and Liis Tamm]0. [Both leaders]0 came.",
    ]);
}

#[test]
fn lists_are_they() {
    check(&[
        "[Norway and Sweden]1 signed the pact on Monday. [They]1 will share a port.",
        "[Thomas Meyer, 42, and his wife Clara, 36]1, were fined on Monday. [They]1 had sold fish.",
    ]);
}

#[test]
fn it_is_left_open_where_it_stands_for_nothing() {
    check(&[
        "[Norway]1 closed the port. [It]0 rained for two days.",
        "[The ministry]1 said that [it]0 was clear that the port would stay closed.",
    ]);
}

#[test]
fn in_quotations_i_is_the_speaker_and_he_is_not() {
    check(&[
        "“[I]1 will not go,” [Anna Nowak]1 said of [her]1 trip. “[Paul Meyer]2 may.”",
        "[Anna Nowak]1 praised [Paul Meyer]2. “[I]2 am glad,” [he]2 said.",
    ]);
}

#[test]
fn offices_lead_to_their_holders() {
    check(&[
        "[French President Luc Moreau]1 met [Spanish President Ines Soler]2. [The French president]1 left early.",
        "[French President Luc Moreau]1 met ministers. [A Spanish minister]2 left early.",
    ]);
}

/// Every line of `data/mentions/parts.tsv` on its own sentences: of some Iranians, and of Iran.
#[test]
fn some_of_a_people_are_not_their_state() {
    let Some(model) = readout_model::open_for_tests() else { return };
    let (knowledge, mut worker) = (Knowledge::shipped(), model.worker());
    let mut speaks_of_iran = |text: &str| {
        let document = Document { text: text.to_owned(), ..Document::default() };
        let annotations = annotate(&document, parse(&mut worker, text), &knowledge);
        annotations.mentions.chains.iter().any(|chain| chain.actors.iter().any(|actor| actor == "state:IRN"))
    };
    let table = include_str!("../../../data/mentions/parts.tsv");
    let mut lines = 0;
    for line in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        assert!(!speaks_of_iran(cells[2]), "some are taken for Iran: {}", cells[2]);
        assert!(speaks_of_iran(cells[3]), "Iran is taken for some: {}", cells[3]);
        lines += 1;
    }
    assert!(lines > 0);
}

/// Every line of `data/mentions/no-actors.tsv` on its own sentences: of a thing, and of somebody who acts.
#[test]
fn nouns_for_bodies_may_name_things() {
    let Some(model) = readout_model::open_for_tests() else { return };
    let (knowledge, mut worker) = (Knowledge::shipped(), model.worker());
    let mut tells_of = |text: &str, nouns: &str| {
        let document = Document { text: text.to_owned(), ..Document::default() };
        let annotations = annotate(&document, parse(&mut worker, text), &knowledge);
        annotations.mentions.mentions.iter().any(|mention| {
            let acts = !annotations.mentions.chains[mention.chain as usize].actors.is_empty();
            let head = annotations.syntax.lemma(mention.head).to_lowercase();
            acts && nouns.split(' ').any(|noun| noun == head)
        })
    };
    let table = include_str!("../../../data/mentions/no-actors.tsv");
    for line in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        assert!(!tells_of(cells[2], cells[0]), "a thing is taken for an actor: {}", cells[2]);
        assert!(tells_of(cells[3], cells[0]), "an actor is taken for a thing: {}", cells[3]);
    }
}

/// Surnames of public people that are also words or given names, with a given name that nobody of them bears.
const WORDS: [&str; 50] = [
    "Trump", "May", "Sessions", "Park", "Case", "Power", "Banks", "Gates", "Price", "Bush", "Rice", "Brown",
    "Straw", "Ban", "Cook", "Field", "Hunt", "Grant", "Cash", "Major", "Wise", "Young", "Long", "Sharp",
    "Swift", "Strong", "Little", "Short", "Fox", "Cotton", "Stone", "Waters", "Hill", "Burns", "King",
    "Bishop", "Baker", "Hope", "Snow", "Frost", "Cruz", "Moon", "Xi", "Kim", "Rush", "Pence", "Carter",
    "Perry", "Graham", "Paul",
];

#[test]
fn surnames_that_are_also_words_are_names() {
    let passages: Vec<String> = WORDS
        .iter()
        .flat_map(|name| {
            [
                format!("Energy Minister [Clara {name}]1 flew to Oslo. [{name}]1 said [she]1 would sign the treaty."),
                format!("Senator [Clara {name}]1 spoke on Monday. The miners asked [{name}]1 for help."),
                format!("Senator [Clara {name}]1 spoke on Monday. [{name}]1’s plan was read to the miners."),
                format!("Energy Minister [Clara {name}]1 flew to Oslo. [{name}]1, who arrived late, met the miners."),
            ]
        })
        .collect();
    let passages: Vec<&str> = passages.iter().map(String::as_str).collect();
    check(&passages);
}

#[test]
fn words_that_are_also_surnames_stay_words() {
    check(&[
        "Senator [Clara Power]1 spoke on Monday. [Power]0 cuts hit the town at night.",
        "Senator [Clara Banks]1 spoke on Monday. [Banks]0 were closed for the holiday.",
        "Senator [Clara Park]1 spoke on Monday. [Park]0 your car by the gate, she told the driver.",
        "Senator [Clara May]1 spoke on Monday. The treaty was signed in [May]0.",
    ]);
}

#[test]
fn his_beside_a_name_is_the_bearer() {
    check(&[
        "[Paul Meyer]1 thanked [Peter Lang]2 and [his]2 deputy.",
        // Not right beside the name it may be either's.
        "[Paul Meyer]1 said that [he]1 met [Peter Lang]2 and, at night, three envoys.",
    ]);
}

#[test]
fn people_without_a_name_are_called_by_whose_they_are() {
    let names = [
        ("A group of young rebels claimed the raid.", "group of young rebels"),
        ("Leaders of the Senate left the hall.", "Leaders of the Senate"),
        ("Officials in Oslo said no.", "Officials in Oslo"),
        ("The ministers of Norway and Sweden met.", "ministers of Norway and Sweden"),
        ("A lawyer for the family said no.", "lawyer for the family"),
        // When somebody did something is no part of a name.
        ("Officials in March said no.", "Officials"),
        ("Two young officials in Oslo said no.", "Two young officials"),
    ];
    let Some(model) = readout_model::open_for_tests() else { return };
    let (knowledge, mut worker) = (Knowledge::shipped(), model.worker());
    for (text, wanted) in names {
        let document = Document { text: text.to_owned(), ..Document::default() };
        let annotations = annotate(&document, parse(&mut worker, text), &knowledge);
        let found: Vec<&str> = annotations.mentions.chains.iter().map(|chain| chain.name.as_str()).collect();
        assert!(found.contains(&wanted), "{text}: {found:?}");
    }
}
