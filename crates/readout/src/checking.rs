//! Claims and words held against the reports, for those who are about to state them.

use std::collections::BTreeSet;
use std::sync::{LazyLock, Mutex, PoisonError};

use readout_record::{ActorId, Document, DocumentId};
use readout_store::{Narrow, Scope};
use readout_syntax::Syntax;
use readout_text::paragraphs;
use readout_views::{
    Bearing, Citation, ClaimRow, Filter, Nearest, Parse, StatementRow, bearing_on, nearest, statements,
    words_of_claim,
};
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::reading::Parser;
use crate::{Corpus, Error, Result, Wanted};

/// Reports in which the words of a claim are looked for, and those of one search.
const REPORTS: usize = 96;
const OF_SEARCH: usize = 24;

/// Words of a claim that are searched in pairs.
const WORDS: usize = 7;

/// The longest claim, in code points.
const LONGEST: usize = 600;

/// Paragraphs that are read at most at once.
const PARAGRAPHS: usize = 40;

/// What reports say of a claim.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Checked {
    /// The sentences, supporting ones first, then contrary ones, then the nearest of the others.
    pub rows: Vec<ClaimRow>,
    /// The number of supporting sentences.
    pub supporting: usize,
    /// The number of contrary sentences.
    pub contrary: usize,
    /// The number of reports that have words of the claim and were looked through.
    pub looked_through: usize,
    /// True if sentences were compared by their trees: who does what to whom. False without the language model, where only
    /// records say who acts.
    pub by_trees: bool,
}

impl Checked {
    /// Returns what the reports say of the claim, in words. The nearest sentences may say it in other words, or say something
    /// else: whoever asks is told to read them.
    pub fn answer(&self) -> &'static str {
        match (self.supporting, self.contrary) {
            (0, 0) if self.rows.is_empty() => "nobody in this file says so",
            (0, 0) => "no sentence says so in these words: read the nearest ones",
            (0, _) => "no report says so, and some say the contrary",
            (_, 0) => "reports say so",
            _ => "reports say so, and others say the contrary",
        }
    }

    /// Returns how the sentences were compared, in words.
    pub const fn compared(&self) -> &'static str {
        match self.by_trees {
            true => "compared by who does what to whom",
            false => {
                "compared by words and records alone: without the language model nobody looks who does what to whom"
            }
        }
    }
}

/// The trees of sentences that claims were held against, which are kept for the next claims: an assistant asks several on one
/// matter. About 10 kB each.
const KEPT: usize = 2000;

static TREES: LazyLock<Mutex<FxHashMap<String, Syntax>>> = LazyLock::new(Mutex::default);

/// Returns the tree of a sentence: the one that is kept, or what `worker` makes of it. All workers are of the one model at
/// hand.
fn kept_tree(sentence: &str, worker: &mut dyn FnMut(&str) -> Syntax) -> Syntax {
    let trees = || TREES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(tree) = trees().get(sentence) {
        return tree.clone();
    }
    let tree = worker(sentence);
    let mut trees = trees();
    if trees.len() >= KEPT {
        trees.clear();
    }
    trees.insert(sentence.to_owned(), tree.clone());
    tree
}

impl Corpus {
    /// Returns what reports say of `claim`: what supports it, what is contrary, or, if neither, what is nearest. Passages
    /// are of the stored text, and a text that no longer has its hash is left out.
    ///
    /// # Errors
    /// [`Error::Question`] for a claim without words or one that is too long; or the file cannot be read.
    pub fn check_claim(&self, claim: &str) -> Result<Checked> {
        let words = words_of_claim(claim);
        if words.is_empty() || claim.chars().count() > LONGEST {
            let message = format!(
                "a claim is a sentence with at most {LONGEST} characters, and words that say something"
            );
            return Err(Error::Question { message });
        }
        let mut reports: BTreeSet<DocumentId> = BTreeSet::new();
        let mut search = |query: &str, narrow: &Narrow| -> Result<()> {
            if reports.len() < REPORTS {
                reports.extend(self.store().documents_with(query, narrow, OF_SEARCH)?);
            }
            Ok(())
        };
        let words: Vec<&String> = words.iter().take(WORDS).collect();
        search(&words.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(" "), &Narrow::default())?;
        // Reports of those whom the claim names, with a word of it each: a name may stand otherwise in the report.
        for actors in self.named_in(claim)? {
            let narrow = Narrow { actors, ..Narrow::default() };
            for word in &words {
                search(word, &narrow)?;
            }
        }
        for (at, first) in words.iter().enumerate() {
            for second in words.iter().skip(at + 1) {
                search(&format!("{first} {second}"), &Narrow::default())?;
            }
        }
        let mut sound = Vec::new();
        for id in reports {
            let Some(document) = self.document(&id)? else { continue };
            if readout_record::ids::sha256(document.text.as_bytes()) == document.text_sha256 {
                sound.push(id);
            }
        }
        let looked_through = sound.len();
        let contents = self.slice(&Scope::Documents(sound))?;
        let mut worker = readout_model::at_hand().map(Parser::worker);
        let by_trees = worker.is_some();
        let mut parse = worker.as_mut().map(|worker| |sentence: &str| kept_tree(sentence, worker));
        let rows = bearing_on(claim, &contents, parse.as_mut().map(|it| it as &mut Parse<'_>));
        let count = |bearing: Bearing| rows.iter().filter(|it| it.bearing == bearing).count();
        let (supporting, contrary) = (count(Bearing::Supporting), count(Bearing::Contrary));
        Ok(Checked { rows, supporting, contrary, looked_through, by_trees })
    }

    /// Returns the actors whom the capitalised words of `text` name, one list for each name.
    fn named_in(&self, text: &str) -> Result<Vec<Vec<ActorId>>> {
        let mut found = Vec::new();
        let mut run: Vec<&str> = Vec::new();
        for word in text.split_whitespace().chain(std::iter::once("")) {
            let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
            let bare = bare.strip_suffix("’s").or_else(|| bare.strip_suffix("'s")).unwrap_or(bare);
            if bare.chars().next().is_some_and(char::is_uppercase) {
                run.push(bare);
                continue;
            }
            if !run.is_empty() {
                let actors = self.actors_named(&run.join(" "))?;
                if !actors.is_empty() {
                    found.push(actors.into_iter().map(|it| it.id).collect());
                }
                run.clear();
            }
        }
        Ok(found)
    }

    /// Returns the statements and quotes that have all of `words`, in the order in which their reports were published:
    /// whoever had it first comes first. A report without a day comes last.
    ///
    /// # Errors
    /// When the file cannot be read, and for more words than a search takes.
    pub fn who_said_first(&self, words: &str) -> Result<Vec<StatementRow>> {
        let plain = words.replace(['"', '“', '”', '*'], " ");
        let ids = self.reports_with(words, REPORTS)?;
        let contents = self.slice(&Scope::Documents(ids))?;
        let filter = Filter { text: Some(plain), ..Filter::default() };
        let mut rows = statements(&contents, &filter);
        rows.sort_by(|a, b| {
            let key = |it: &StatementRow| {
                (it.citation.published.is_none(), it.citation.published.clone(), it.citation.clone())
            };
            key(a).cmp(&key(b))
        });
        Ok(rows)
    }

    /// Returns paragraphs of the report `id`, which may be shortened: from number `from` to number `to`, both counted from
    /// 1 and included, at most 40.
    ///
    /// # Errors
    /// As [`Corpus::id`]; [`Error::Question`] when the report has no such paragraph.
    pub fn read_paragraphs(
        &self,
        id: &str,
        from: usize,
        to: usize,
    ) -> Result<(Document, Vec<Citation>, usize)> {
        let id = self.id(id, Wanted::Report)?;
        let Some(document) = self.document(&id)? else {
            return Err(Error::Question { message: format!("no report has the id {id}") });
        };
        let all = paragraphs(&document.text);
        if from == 0 || from > all.len() || to < from {
            let message = format!("{id} has paragraphs 1 to {}, not {from} to {to}", all.len());
            return Err(Error::Question { message });
        }
        let many = (to + 1 - from).min(PARAGRAPHS);
        let shown =
            all.iter().skip(from - 1).take(many).filter(|span| !span.slice(&document.text).trim().is_empty());
        let rows = shown.map(|span| Citation::of_span(&document, *span)).collect();
        let total = all.len();
        Ok((document, rows, total))
    }

    /// Returns the passages that are nearest to `text`, the nearest first, of the report `document` or of those that have
    /// most of its words.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn nearest(&self, text: &str, document: Option<&str>) -> Result<Vec<Nearest>> {
        let mut ids: BTreeSet<DocumentId> = BTreeSet::new();
        match document {
            Some(id) => ids.extend([DocumentId::from(self.id(id, Wanted::Report)?.into_string())]),
            None => {
                let words = words_of_claim(text);
                let words: Vec<&String> = words.iter().take(WORDS).collect();
                for (at, first) in words.iter().enumerate() {
                    for second in words.iter().skip(at + 1) {
                        ids.extend(self.reports_with(&format!("{first} {second}"), OF_SEARCH / 3)?);
                    }
                }
            }
        }
        let mut found = Vec::new();
        for id in ids {
            let Some(document) = self.document(&id)? else { continue };
            found.extend(nearest(&document, text));
        }
        found.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.citation.cmp(&b.citation)));
        found.truncate(3);
        Ok(found)
    }
}
