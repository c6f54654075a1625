//! Whether a pipeline is of the kind that is understood, by its `config.cfg`.

use std::collections::BTreeMap;

/// Settings that must have one of these values if they are there.
const WANTED: [(&str, &str, &[&str]); 22] = [
    ("nlp", "lang", &["en"]),
    ("components.tok2vec", "factory", &["tok2vec"]),
    ("components.tagger", "factory", &["tagger"]),
    ("components.parser", "factory", &["parser"]),
    ("components.ner", "factory", &["ner"]),
    ("components.lemmatizer", "factory", &["lemmatizer"]),
    ("components.lemmatizer", "mode", &["rule"]),
    ("components.attribute_ruler", "factory", &["attribute_ruler"]),
    ("components.parser", "beam_width", &["1"]),
    ("components.ner", "beam_width", &["1"]),
    ("components.parser", "learn_tokens", &["false"]),
    ("components.tok2vec.model", "@architectures", &["spacy.Tok2Vec.v1", "spacy.Tok2Vec.v2"]),
    (
        "components.tok2vec.model.embed",
        "@architectures",
        &["spacy.MultiHashEmbed.v1", "spacy.MultiHashEmbed.v2"],
    ),
    (
        "components.tok2vec.model.encode",
        "@architectures",
        &["spacy.MaxoutWindowEncoder.v1", "spacy.MaxoutWindowEncoder.v2"],
    ),
    ("components.ner.model.tok2vec", "@architectures", &["spacy.Tok2Vec.v1", "spacy.Tok2Vec.v2"]),
    (
        "components.ner.model.tok2vec.embed",
        "@architectures",
        &["spacy.MultiHashEmbed.v1", "spacy.MultiHashEmbed.v2"],
    ),
    ("components.tagger.model", "@architectures", &["spacy.Tagger.v1", "spacy.Tagger.v2"]),
    ("components.parser.model", "@architectures", &["spacy.TransitionBasedParser.v2"]),
    ("components.ner.model", "@architectures", &["spacy.TransitionBasedParser.v2"]),
    ("components.parser.model", "extra_state_tokens", &["false"]),
    ("components.parser.model", "use_upper", &["true"]),
    ("components.ner.model", "use_upper", &["true"]),
];

/// Components that must run, in any order.
const NEEDED: [&str; 6] = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"];

/// Checks a configuration; the error names what is not supported.
pub(super) fn check(file: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(file).map_err(|_| "its config.cfg is not text")?;
    let mut settings: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    let mut section = "";
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name.trim();
        } else if let Some((key, value)) = line.split_once('=') {
            settings.insert((section, key.trim()), value.trim());
        }
    }
    let list = |key| -> Vec<String> {
        settings.get(&("nlp", key)).and_then(|list| serde_json::from_str(list).ok()).unwrap_or_default()
    };
    let disabled = list("disabled");
    let running: Vec<String> = list("pipeline").into_iter().filter(|name| !disabled.contains(name)).collect();
    if let Some(missing) = NEEDED.iter().find(|&&name| !running.iter().any(|runs| runs == name)) {
        return Err(format!("its pipeline has no {missing} (it runs {})", running.join(", ")));
    }
    if let Some(other) = running.iter().find(|name| !NEEDED.contains(&name.as_str())) {
        return Err(format!("its pipeline runs {other}"));
    }
    for (section, key, wanted) in WANTED {
        if let Some(value) = settings.get(&(section, key)) {
            let value = value.trim_matches('"');
            if !wanted.contains(&value) {
                return Err(format!(
                    "its config.cfg says {key} = {value} in [{section}]; {} is understood",
                    wanted.join(" or ")
                ));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIPELINE: &str = "[nlp]\r\nlang = \"en\"\r\npipeline = [\"tok2vec\",\"tagger\",\"parser\",\"senter\",\"attribute_ruler\",\"lemmatizer\",\"ner\"]\r\n";

    #[test]
    fn other_pipelines_are_refused_by_name() {
        let with = |more: &str| check(format!("{PIPELINE}{more}").as_bytes());
        assert_eq!(with("disabled = [\"senter\"]\n[components.parser]\nfactory = \"parser\"\n"), Ok(()));
        assert!(with("").unwrap_err().contains("senter"));
        let transformer = with("disabled = [\"senter\"]\n[components.tok2vec]\nfactory = \"transformer\"\n");
        assert!(transformer.unwrap_err().contains("factory = transformer"));
        assert!(check(b"[nlp]\npipeline = [\"tagger\"]\n").unwrap_err().contains("tok2vec"));
        assert!(check(b"\xff").is_err());
    }
}
