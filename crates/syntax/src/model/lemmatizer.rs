//! spaCy's rule lemmatizer for English: exceptions, then suffix rules checked against an index of known lemmas
//! (WordNet's "morphy").

use rustc_hash::{FxHashMap, FxHashSet};

use super::lexeme::is_letter;
use super::msgpack::{self, Value};
use super::strings::string_id;
use crate::labels::Pos;

/// The tables by part of speech.
#[derive(Debug)]
pub(super) struct Lemmatizer {
    tables: FxHashMap<Pos, Table>,
}

#[derive(Debug, Default)]
struct Table {
    rules: Vec<(String, String)>,
    exceptions: FxHashMap<Box<str>, Vec<Box<str>>>,
    index: FxHashSet<Box<str>>,
}

impl Lemmatizer {
    pub(super) fn read(file: &[u8]) -> Option<Self> {
        let value = msgpack::read(file)?;
        let mut tables = FxHashMap::default();
        for &pos in Pos::ALL {
            let key = string_id(&pos.as_str().to_lowercase());
            let find = |name: &str| {
                value.get(name)?.map()?.iter().find(|(k, _)| k.number() == Some(key)).map(|(_, table)| table)
            };
            let mut table = Table::default();
            for rule in find("lemma_rules").and_then(Value::list).unwrap_or_default() {
                let [old, new] = rule.list()? else { return None };
                table.rules.push((old.text()?.to_owned(), new.text()?.to_owned()));
            }
            for (word, forms) in find("lemma_exc").and_then(Value::map).unwrap_or_default() {
                let forms =
                    forms.list()?.iter().map(|form| Some(form.text()?.into())).collect::<Option<_>>()?;
                table.exceptions.insert(word.text()?.into(), forms);
            }
            for word in find("lemma_index").and_then(Value::list).unwrap_or_default() {
                table.index.insert(word.text()?.into());
            }
            if !(table.rules.is_empty() && table.exceptions.is_empty() && table.index.is_empty()) {
                tables.insert(pos, table);
            }
        }
        (!tables.is_empty()).then_some(Self { tables })
    }

    /// The lemma of `text`; `lower` is its lower-cased form, `morphology` like `Number=Sing|Person=3`.
    pub(super) fn lemma(&self, text: &str, lower: &str, pos: Pos, morphology: &str) -> String {
        if matches!(pos, Pos::None | Pos::Space) || is_base_form(pos, morphology) {
            return lower.to_owned();
        }
        let Some(table) = self.tables.get(&pos) else {
            return if pos == Pos::Propn { text } else { lower }.to_owned();
        };
        let mut forms: Vec<String> = Vec::new();
        let mut unknown = None;
        for (old, new) in &table.rules {
            let Some(stem) = lower.strip_suffix(old.as_str()) else { continue };
            let form = format!("{stem}{new}");
            if form.is_empty() {
                continue;
            }
            if table.index.contains(form.as_str()) {
                forms.insert(0, form);
            } else if !form.chars().all(is_letter) {
                forms.push(form);
            } else if unknown.is_none() {
                unknown = Some(form);
            }
        }
        // Each exception form goes to the front unless it is there already; the last one that does is the lemma.
        let mut first = forms.first().map(String::as_str);
        let mut seen: Vec<&str> = forms.iter().map(String::as_str).collect();
        for form in table.exceptions.get(lower).into_iter().flatten() {
            if !seen.contains(&&**form) {
                seen.push(form);
                first = Some(form);
            }
        }
        first.or(unknown.as_deref()).unwrap_or(text).to_owned()
    }
}

/// Whether the word is its own lemma by its morphology.
fn is_base_form(pos: Pos, morphology: &str) -> bool {
    let value =
        |name: &str| morphology.split('|').find_map(|feature| feature.strip_prefix(name)?.strip_prefix('='));
    let verb_form = value("VerbForm");
    match pos {
        Pos::Noun if value("Number") == Some("Sing") => true,
        Pos::Verb
            if verb_form == Some("Fin") && value("Tense") == Some("Pres") && value("Number").is_none() =>
        {
            true
        }
        _ => verb_form == Some("Inf") || value("Degree") == Some("Pos"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemmatizer() -> Lemmatizer {
        let table = Table {
            rules: vec![("s".to_owned(), String::new()), ("ies".to_owned(), "y".to_owned())],
            exceptions: FxHashMap::from_iter([("mice".into(), vec!["mouse".into()])]),
            index: FxHashSet::from_iter(["treaty".into(), "talk".into()]),
        };
        Lemmatizer { tables: FxHashMap::from_iter([(Pos::Noun, table)]) }
    }

    #[test]
    fn rules_index_and_exceptions() {
        let lemma =
            |text: &str, pos, morphology| lemmatizer().lemma(text, &text.to_lowercase(), pos, morphology);
        assert_eq!(lemma("Treaties", Pos::Noun, "Number=Plur"), "treaty");
        assert_eq!(lemma("Mice", Pos::Noun, "Number=Plur"), "mouse");
        assert_eq!(lemma("blogs", Pos::Noun, ""), "blog", "unknown words follow the first rule");
        assert_eq!(lemma("Gas", Pos::Noun, "Number=Sing"), "gas", "a singular is its own lemma");
        assert_eq!(lemma("Athens", Pos::Propn, ""), "Athens");
        assert_eq!(lemma("THE", Pos::Det, ""), "the");
    }
}
