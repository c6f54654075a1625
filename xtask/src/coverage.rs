//! Coverage of the event lexicon: counts the words with a political actor as a side that a row of the lexicon decides.
//!
//! The words are verbs, particle verbs, light verbs with their noun, and nouns for acts. A row decides for an act, an
//! operator, or a reasoned none.
//!
//! `IN` is JSON Lines with `text` (and `id`, `date`). `OUT` is a table of what is undecided, the most frequent first: sort,
//! word, how often undecided, how often in all, whether the word or only this use is unknown, or a row says that it is `none`
//! although two political actors stand beside it, and some clauses with it.

use std::collections::BTreeMap;
use std::io::Write as _;

use readout_annotate::annotate;
use readout_extract::{Decision, PredicateKind, coverage, extract};
use readout_knowledge::Knowledge;
use readout_record::Document;
use readout_text::Offsets;
use serde::Deserialize;

use crate::trees::Trees;
use crate::{Arguments, lines};

#[derive(Deserialize)]
struct Report {
    #[serde(default)]
    id: String,
    date: Option<String>,
    text: String,
}

/// The number of example clauses that are written for each undecided word.
const CLAUSES: usize = 6;

/// The counts of one word: all its uses, and the uses that no row of the lexicon decided.
#[derive(Default)]
struct Count {
    all: u32,
    undecided: u32,
    set_aside: u32,
    use_only: bool,
    clauses: Vec<String>,
}

/// Counts the reports of `arguments.input` and writes what the lexicon leaves undecided.
///
/// # Errors
/// When the reports or the language model cannot be read, or the table cannot be written.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut trees = Trees::open(arguments)?;
    let knowledge = Knowledge::shipped();
    let mut counts: BTreeMap<(PredicateKind, String), Count> = BTreeMap::new();
    for report in lines::read::<Report>(&arguments.input)? {
        let syntax = trees.of(&report.id, &report.text)?;
        let document = Document {
            id: format!("doc:{}", report.id).into(),
            text: report.text,
            published: report.date,
            ..Document::default()
        };
        let annotations = annotate(&document, syntax, &knowledge);
        let records = extract(&document, &annotations, &knowledge);
        let offsets = Offsets::new(&document.text);
        for found in coverage(&document, &annotations, &knowledge, &records.statements) {
            let count = counts.entry((found.kind, found.key)).or_default();
            count.all += 1;
            if found.decision != Decision::Decided {
                match found.decision {
                    Decision::SetAside => count.set_aside += 1,
                    _ => count.undecided += 1,
                }
                count.use_only |= found.decision == Decision::UnknownUse;
                if count.clauses.len() < CLAUSES {
                    let clause = offsets.to_bytes(found.clause).map_or("", |span| span.slice(&document.text));
                    let words: Vec<&str> = clause.split_whitespace().take(25).collect();
                    count.clauses.push(words.join(" "));
                }
            }
        }
    }
    let mut output = lines::create(&arguments.output)?;
    let mut rows: Vec<(&(PredicateKind, String), &Count)> =
        counts.iter().filter(|(_, count)| count.undecided + count.set_aside > 0).collect();
    let open = |count: &Count| count.undecided + count.set_aside;
    rows.sort_by(|a, b| open(b.1).cmp(&open(a.1)).then(a.0.cmp(b.0)));
    for ((kind, key), count) in rows {
        let unknown = match (count.undecided, count.use_only) {
            (0, _) => "none",
            (_, true) => "use",
            _ => "word",
        };
        writeln!(
            output,
            "{kind:?}\t{key}\t{}\t{}\t{unknown}\t{}",
            open(count),
            count.all,
            count.clauses.join(" | ")
        )?;
    }
    output.flush()?;
    let sum = |wanted: Option<PredicateKind>| {
        let of = || counts.iter().filter(|((kind, _), _)| wanted.is_none_or(|wanted| *kind == wanted));
        let (all, undecided): (u32, u32) =
            of().fold((0, 0), |sum, (_, count)| (sum.0 + count.all, sum.1 + count.undecided));
        (all, undecided, of().count())
    };
    let kinds = [
        ("verbs", Some(PredicateKind::Verb)),
        ("particle verbs", Some(PredicateKind::ParticleVerb)),
        ("light verbs", Some(PredicateKind::LightVerb)),
        ("nouns", Some(PredicateKind::Noun)),
        ("all", None),
    ];
    for (name, kind) in kinds {
        let (all, undecided, words) = sum(kind);
        let share = 100.0 * f64::from(all - undecided) / f64::from(all.max(1));
        #[expect(clippy::print_stdout, reason = "the chore's answer")]
        {
            println!("{name}: {words} words, {all} times, decided {share:.1} %");
        }
    }
    Ok(())
}
