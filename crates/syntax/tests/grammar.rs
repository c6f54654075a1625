//! What the grammar says of words, on trees that the language model gave for sentences of our own.
//!
//! A line of `data/grammar.jsonl` is a sentence with its tokens, in the form of [`StoredTree`].

#![expect(clippy::unwrap_used, reason = "a broken sample fails the test")]

use readout_syntax::{Dep, Pos, Row, StoredTree, Syntax, Tag};
use readout_text::ByteSpan;

/// Returns the stored tree of the sentence `text`.
fn tree(text: &str) -> Syntax {
    include_str!("data/grammar.jsonl")
        .lines()
        .map(|line| StoredTree::read(line).unwrap().syntax)
        .find(|syntax| syntax.text() == text)
        .unwrap_or_else(|| panic!("no tree for {text:?}"))
}

/// Returns the number of the first token `word`.
fn at(syntax: &Syntax, word: &str) -> u32 {
    (0..syntax.len()).find(|&at| syntax.word(at) == word).unwrap()
}

/// Returns the words of `tokens`, joined by blanks.
fn words(syntax: &Syntax, tokens: impl IntoIterator<Item = u32>) -> String {
    tokens.into_iter().map(|at| syntax.word(at)).collect::<Vec<_>>().join(" ")
}

/// Says who does what `verb` says in `text`, and to whom: `Bonn > Rome`.
fn doers_and_objects(text: &str, verb: &str) -> String {
    let syntax = tree(text);
    let verb = at(&syntax, verb);
    format!("{} > {}", words(&syntax, syntax.doers(verb)), words(&syntax, syntax.objects(verb)))
}

#[test]
fn who_acts_and_on_what_is_found_in_either_voice() {
    let cases = [
        ("Rome was urged by Bonn and Oslo to act.", "urged", "Bonn Oslo > Rome"),
        ("The truce was agreed by Friday.", "agreed", " > truce"),
        ("The jet downed by Norway burned for hours.", "downed", "Norway > jet"),
        ("Freed on Monday, the pilots went home.", "Freed", " > pilots"),
        ("The jet that Norway downed belonged to Chad.", "downed", "Norway > jet"),
        // The model takes `reached` for a participle.
        ("Chad left the deal that Mali and six powers reached in Oslo.", "reached", "Mali powers > deal"),
        ("Oslo, where Norway won, is far.", "won", "Norway > "),
        ("Rome, which had signed the pact, left it.", "signed", "Rome > pact"),
    ];
    for (text, verb, expected) in cases {
        assert_eq!(doers_and_objects(text, verb), expected, "in {text:?}");
    }
}

#[test]
fn a_verb_without_a_subject_shares_one() {
    let cases = [
        ("Norway urged Chad to leave the valley.", "leave", "Chad"),
        ("Norway promised Chad to leave the valley.", "leave", "Norway"),
        ("The mayor will use the vote to press for a truce.", "press", "mayor"),
        ("Rome told Lund that it agreed, saying it would sign.", "saying", "Rome"),
        ("Chad spent months pushing for a truce.", "pushing", "Chad"),
        ("Chad accused Norway of hiding the gas.", "hiding", "Norway"),
        ("Its decision to leave surprised Rome.", "leave", "Its"),
        ("They made a decision to close the port.", "close", "They"),
        ("Chad freed the pilots and went home, officials said.", "went", "Chad"),
        ("The envoy who Rome says will resign left Oslo.", "resign", "envoy"),
    ];
    for (text, verb, expected) in cases {
        let syntax = tree(text);
        assert_eq!(words(&syntax, syntax.subjects(at(&syntax, verb))), expected, "in {text:?}");
    }
}

#[test]
fn an_owner_is_no_subject() {
    // The model takes `Norway` for the subject of `downing`.
    let syntax = tree("The talks came after Norway’s downing of a Swedish jet.");
    let (owner, noun) = (at(&syntax, "Norway"), at(&syntax, "downing"));
    assert_eq!((syntax.token(owner).dep, syntax.dep(owner)), (Dep::Nsubj, Dep::Poss));
    assert_eq!(syntax.possessor(noun), Some(owner));
    assert_eq!(syntax.own_subject(noun), None);
    assert_eq!(words(&syntax, syntax.after(noun, &["of"])), "jet");
    assert_eq!(syntax.possessor(at(&syntax, "talks")), None);
}

#[test]
fn voice_and_tense_are_those_of_the_clause() {
    let syntax = tree("Rome wants to leave and Bonn hopes to stay.");
    let (wants, leave) = (at(&syntax, "wants"), at(&syntax, "leave"));
    assert!(syntax.is_finite_clause(wants) && !syntax.is_infinitive(wants));
    assert!(!syntax.is_finite_clause(leave) && syntax.is_infinitive(leave));
    let syntax = tree("Rome has not spoken.");
    let spoken = at(&syntax, "spoken");
    assert_eq!(syntax.finite_word(spoken), Some(at(&syntax, "has")));
    assert!(!syntax.is_passive(spoken));
    let syntax = tree("Rome was urged by Bonn and Oslo to act.");
    assert!(syntax.is_passive(at(&syntax, "urged")) && !syntax.is_passive(at(&syntax, "act")));
    let syntax = tree("The captured pilots fled to Oslo.");
    let captured = at(&syntax, "captured");
    assert!(syntax.is_passive(captured) && !syntax.is_verb(captured));
}

#[test]
fn a_list_has_all_its_members() {
    let syntax = tree("Ministers from Chad, Mali and Niger met in Oslo.");
    assert_eq!(words(&syntax, syntax.list(at(&syntax, "Chad"))), "Chad Mali Niger");
    assert_eq!(words(&syntax, syntax.list(at(&syntax, "Mali"))), "Mali Niger");
    assert_eq!(words(&syntax, syntax.after(at(&syntax, "Ministers"), &["from"])), "Chad Mali Niger");
    // A verb is no member of a list of nouns.
    let syntax = tree("Chad freed the pilots and went home, officials said.");
    assert_eq!(words(&syntax, syntax.list(at(&syntax, "pilots"))), "pilots");
}

#[test]
fn two_prepositions_may_make_one() {
    let syntax = tree("Rome pulled its troops out of Chad.");
    let pulled = at(&syntax, "pulled");
    assert_eq!(words(&syntax, syntax.after(pulled, &["of"])), "Chad");
    assert_eq!(words(&syntax, syntax.after(pulled, &["between"])), "");
}

#[test]
fn a_relative_pronoun_stands_for_its_noun() {
    let syntax = tree("Rome, which had signed the pact, left it.");
    assert_eq!(syntax.referent(at(&syntax, "which")), at(&syntax, "Rome"));
    assert_eq!(syntax.referent(at(&syntax, "pact")), at(&syntax, "pact"));
    assert_eq!(syntax.antecedent(at(&syntax, "left")), None);
    let syntax = tree("The envoy who Rome says will resign left Oslo.");
    assert_eq!(syntax.antecedent(at(&syntax, "resign")), Some(at(&syntax, "envoy")));
}

#[test]
fn a_clause_ends_where_another_is_joined() {
    let syntax = tree("Chad freed the pilots and went home, officials said.");
    let clause = |verb: &str| syntax.clause(at(&syntax, verb)).slice(syntax.text());
    assert_eq!(clause("freed"), "Chad freed the pilots");
    assert_eq!(clause("went"), "went home");
    assert_eq!(clause("said"), "officials said");
}

#[test]
fn particles_and_questions_are_seen() {
    let syntax = tree("She ruled out talks with the rebels.");
    assert_eq!(syntax.particle(at(&syntax, "ruled")).as_deref(), Some("out"));
    assert_eq!(syntax.particle(at(&syntax, "talks")), None);
    assert!(!syntax.is_asked(at(&syntax, "ruled")));
    let syntax = tree("Will Rome agree to the plan?");
    assert!(syntax.is_asked(at(&syntax, "agree")));
}

#[test]
fn runaway_lists_cost_little() {
    let count = 20_000;
    let text = "a ".repeat(count as usize);
    let syntax = Syntax::from_rows(
        &text,
        (0..count).map(|number| Row {
            span: ByteSpan::new(2 * number, 2 * number + 1),
            tag: Tag::Nn,
            pos: Pos::Noun,
            lemma: "a",
            head: 0,
            dep: if number == 0 { Dep::Root } else { Dep::Conj },
            sentence_start: number == 0,
            entity: None,
        }),
    );
    assert_eq!(syntax.children(0).len(), 200);
    assert!(syntax.list(0).len() < 200);
}
