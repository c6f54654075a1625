//! Nouns for bodies and people that name no actor where other words stand beside them: `a polling station`, `the power
//! network`, `two stealth bombers`, `the authority to sign`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use readout_knowledge::Knowledge;
use readout_lexicon::{ShippedTable, WordSet as _, shipped_table};
use readout_syntax::{Dep, Pos, Syntax, Tag};

use crate::mentions::words;

static TABLE: ShippedTable =
    shipped_table!("data/mentions/no-actors.tsv", ["nouns", "beside", "example", "counter-example"], [], []);

/// For each row the nouns, and the words beside them that make them things.
static THINGS: LazyLock<Vec<(BTreeSet<&str>, BTreeSet<&str>)>> = LazyLock::new(|| {
    TABLE.rows().map(|row| (row.words("nouns").collect(), row.words("beside").collect())).collect()
});

/// Whether the noun with these words before it names a thing.
pub(super) fn is_thing(lemma: &str, modifiers: &BTreeSet<String>) -> bool {
    THINGS.iter().any(|(nouns, beside)| {
        nouns.contains(lemma) && modifiers.iter().any(|word| beside.contains(word.as_str()))
    })
}

/// Whether the noun `head` names what somebody has or does, rather than somebody: `the authority to sign`, `opposition to
/// the plan`, `military force`, `a couple of months`. `bare` says that no article stands before it.
pub(super) fn is_abstract(
    syntax: &Syntax,
    knowledge: &Knowledge,
    head: u32,
    lemma: &str,
    bare: bool,
) -> bool {
    let singular = syntax.token(head).tag == Tag::Nn;
    let to_do = || {
        syntax.children_by(head, &[Dep::Acl, Dep::Relcl]).any(|clause| {
            syntax.children_by(clause, &[Dep::Aux]).any(|to| syntax.lemma(to).eq_ignore_ascii_case("to"))
        })
    };
    let complement = |words: &[&str]| {
        syntax
            .children_by(head, &[Dep::Prep])
            .find(|&at| words.contains(&syntax.word(at).to_lowercase().as_str()))
            .and_then(|prep| syntax.child(prep, Dep::Pobj))
    };
    match lemma {
        "authority" => singular && to_do(),
        "opposition" => complement(&["to", "against"]).is_some(),
        "force" => singular && bare,
        _ if words::COUNTING.has(lemma) => complement(&["of"]).is_some_and(|of| {
            let counted = syntax.lemma(of).to_lowercase();
            syntax.token(of).pos != Pos::Propn && knowledge.person_word(&counted).is_none()
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_its_nouns_words_and_examples() {
        assert_eq!(TABLE.check(), Ok(()));
        assert!(THINGS.iter().all(|(nouns, beside)| !nouns.is_empty() && beside.len() > 2));
    }
}
