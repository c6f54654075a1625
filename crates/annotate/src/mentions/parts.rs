//! Some of a people: `many Iranians`, `51 percent of Americans`, `an Israeli` are people of a state, not the state;
//! `many Republicans` are not their party.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use readout_knowledge::{Knowledge, Sense};
use readout_lexicon::{ShippedTable, shipped_table};
use readout_syntax::{Dep, Pos, Syntax, Tag};

use crate::mentions::MentionForm;
use crate::mentions::candidate::Candidate;

static TABLE: ShippedTable =
    shipped_table!("data/mentions/parts.tsv", ["where", "words", "example", "counter-example"], [], []);

/// The words that make a name one of some: before it, and above its `of`.
static WORDS: LazyLock<[BTreeSet<&str>; 2]> = LazyLock::new(|| ["before", "of"].map(words));

fn words(place: &str) -> BTreeSet<&'static str> {
    TABLE.rows().filter(|row| row.get("where") == place).flat_map(|row| row.words("words")).collect()
}

/// The most sentences after a mention of some of a people in which `the Iranians` refers to them again.
const SENTENCES: u32 = 2;

/// Removes from `names` those that refer to some of a people, and returns them by their head tokens.
pub(super) fn take<'k>(
    syntax: &Syntax,
    knowledge: &Knowledge,
    names: &mut Vec<Candidate<'k>>,
) -> BTreeMap<u32, Candidate<'k>> {
    let mut parts: BTreeMap<u32, Candidate<'k>> = BTreeMap::new();
    let mut told: BTreeMap<&str, u32> = BTreeMap::new();
    names.retain(|name| {
        let Some(entry) = name.entry.filter(|_| name.people && name.form == MentionForm::Name) else {
            return true;
        };
        let sentence = syntax.token(name.head).sentence;
        let again = told.get(entry.id.as_str()).is_some_and(|before| sentence - before <= SENTENCES)
            && has_before(syntax, name.head, |at| syntax.lemma(at) == "the");
        // "Bosnian Serbs" are people of a state, and no state.
        let of_state = entry.people && entry.state.is_some();
        let is_part = of_state || again || is_some(syntax, name) || is_one(syntax, knowledge, name);
        if is_part {
            told.insert(&entry.id, sentence);
            parts.insert(name.head, name.clone());
        }
        !is_part
    });
    parts
}

/// Whether the noun phrase of `head` has a word before it that `fits`.
fn has_before(syntax: &Syntax, head: u32, fits: impl Fn(u32) -> bool) -> bool {
    syntax.children(head).iter().take_while(|&&child| child < head).any(|&child| fits(child))
}

/// Whether words around the name tell some from all: a number, an adjective, `many`, `half of`, `who oppose it`.
fn is_some(syntax: &Syntax, name: &Candidate<'_>) -> bool {
    let [before, above_of] = &*WORDS;
    let head = name.head;
    let tells = |at: u32| {
        let token = syntax.token(at);
        let small = !syntax.word(at).starts_with(char::is_uppercase) || at == syntax.sentence_of(at).start;
        before.contains(syntax.lemma(at).to_lowercase().as_str())
            || token.dep == Dep::Nummod
            || token.dep == Dep::Amod && small && syntax.lemma(at) != "ethnic" && !name.words.contains(&at)
    };
    if has_before(syntax, head, tells) {
        return true;
    }
    let token = syntax.token(head);
    let of = token.head;
    if token.dep == Dep::Pobj && syntax.lemma(of).eq_ignore_ascii_case("of") {
        let above = syntax.token(of).head;
        let counted = syntax.token(above).tag == Tag::Cd || syntax.token(above).pos == Pos::Num;
        if counted || above_of.contains(syntax.lemma(above).to_lowercase().as_str()) {
            return true;
        }
    }
    // A clause after a comma tells more of all of them.
    syntax.children(head).iter().any(|&child| {
        let clause = syntax.token(child);
        let first = clause.left_edge.max(head + 1);
        matches!(clause.dep, Dep::Relcl | Dep::Acl) && child > head && syntax.word(first - 1) != ","
    })
}

/// Whether the name is of one of a people: `the New Hampshire Republican`, `an Iranian`, and not `the French`.
fn is_one(syntax: &Syntax, knowledge: &Knowledge, name: &Candidate<'_>) -> bool {
    if !matches!(syntax.token(name.head).tag, Tag::Nn | Tag::Nnp) {
        return false;
    }
    let entry = name.entry.map(|entry| &entry.id);
    let plural = knowledge.named(&format!("{}s", name.text(syntax)));
    plural.iter().any(|(known, sense)| *sense == Sense::People && Some(&known.id) == entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_its_place_words_and_examples() {
        assert_eq!(TABLE.check(), Ok(()));
        assert!(TABLE.rows().all(|row| matches!(row.get("where"), "before" | "of")));
        assert!(WORDS.iter().all(|words| words.len() > 10));
    }
}
