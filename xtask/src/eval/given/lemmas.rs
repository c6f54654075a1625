//! Base forms of words that come without tags.

use rustc_hash::FxHashMap;

/// Base forms of words: a table of irregular ones, and endings.
pub(super) struct Lemmas {
    irregular: FxHashMap<&'static str, &'static str>,
}

impl Lemmas {
    pub(super) fn new() -> Self {
        let table = include_str!("../../../../data/claims/irregular.tsv");
        let mut irregular = FxHashMap::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            if let Some((base, forms)) = line.split_once('\t') {
                irregular.insert(base, base);
                irregular.extend(forms.split_whitespace().map(|form| (form, base)));
            }
        }
        Self { irregular }
    }

    pub(super) fn of(&self, word: &str) -> String {
        let word = word.to_lowercase();
        if let Some(base) = self.irregular.get(word.as_str()) {
            return (*base).to_owned();
        }
        for (ending, instead) in [
            ("ies", "y"),
            ("sses", "ss"),
            ("ings", ""),
            ("ing", ""),
            ("ied", "y"),
            ("ed", ""),
            ("es", ""),
            ("s", ""),
        ] {
            let Some(root) = word.strip_suffix(ending) else { continue };
            let kept = ending == "s" && (root.ends_with(['s', 'u', 'i']));
            if root.chars().count() < 3 || kept {
                continue;
            }
            let mut root = format!("{root}{instead}");
            if matches!(ending, "ing" | "ed" | "ings") {
                let mut last = root.chars().rev();
                // `stopped` → `stop`, but `killed` → `kill`.
                if let (Some(a), Some(b)) = (last.next(), last.next())
                    && a == b
                    && !matches!(a, 'l' | 's' | 'e')
                    && root.len() >= 4
                {
                    root.pop();
                }
            }
            return root.trim_end_matches('e').to_owned();
        }
        if word.chars().count() > 4 { word.trim_end_matches('e').to_owned() } else { word }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_lemma() {
        let lemmas = Lemmas::new();
        for (form, lemma) in [
            ("shot", "shoot"),
            ("shooting", "shoot"),
            ("stopped", "stop"),
            ("killed", "kill"),
            ("cities", "city"),
        ] {
            assert_eq!(lemmas.of(form), lemma);
        }
    }
}
