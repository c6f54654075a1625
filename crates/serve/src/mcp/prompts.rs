//! Prompts that a client may offer to people.

use serde_json::{Value, json};

/// The longest argument, in code points.
const LONGEST: usize = 400;

/// A prompt: its name, title, what it is for, its argument with what that is, and its text, in which `{}` stands for the
/// argument.
type Prompt = (&'static str, &'static str, &'static str, (&'static str, &'static str), &'static str);

const PROMPTS: [Prompt; 2] = [
    (
        "brief",
        "Brief me on an affair",
        "A page on what reports say of an affair, every line with its passage",
        ("affair", "The affair: words of it, or the id of a story"),
        "Brief me on this affair from the reports in this file: {}. Find its story with search, then call brief for it. Write at \
         most a page: what happened, who met, what was said and agreed, where reports differ, what is due. Say of each line who \
         reports it, and cite outlet, day and paragraph with the link. Call check for every sentence of your own before you write \
         it; leave out what nobody says. Say what the file does not tell.",
    ),
    (
        "who-said-first",
        "Who said it first",
        "The first report of some words, how others gave them, and who denied them",
        ("words", "The words, or what was said"),
        "Find out from the reports in this file who first reported this, and when: {}. Call who_said_first with its words, then \
         quote for all its wordings, and check for who says the contrary. Give the reports in the order of their publication, with \
         the words by which they differ and through whom each has it. Verify every quotation with verify before you give it.",
    ),
];

/// Returns the prompts as a client lists them.
pub(super) fn list() -> Vec<Value> {
    let prompt = |(name, title, description, (argument, what), _): &Prompt| {
        json!({
            "name": name, "title": title, "description": description,
            "arguments": [{ "name": argument, "description": what, "required": true }],
        })
    };
    PROMPTS.iter().map(prompt).collect()
}

/// Returns a prompt with its argument filled in.
pub(super) fn get(name: &str, arguments: &Value) -> Result<Value, String> {
    let found = PROMPTS.iter().find(|(own, ..)| *own == name);
    let Some((_, _, description, (argument, _), text)) = found else {
        return Err(format!("Unknown prompt: {name}"));
    };
    let given = arguments.get(argument).and_then(Value::as_str).map(str::trim).unwrap_or_default();
    if given.is_empty() || given.chars().count() > LONGEST {
        return Err(format!("{argument} is to be a text of 1 to {LONGEST} characters"));
    }
    let text = text.replacen("{}", given, 1);
    Ok(json!({
        "description": description,
        "messages": [{ "role": "user", "content": { "type": "text", "text": text } }],
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_prompt_takes_its_argument() {
        assert_eq!(list().len(), 2);
        for prompt in list() {
            let name = prompt["name"].as_str().unwrap();
            let argument = prompt["arguments"][0]["name"].as_str().unwrap();
            let made = get(name, &json!({ argument: "the {} ferry" })).unwrap();
            assert!(
                made["messages"][0]["content"]["text"].as_str().unwrap().contains("the {} ferry"),
                "{made}"
            );
            assert!(
                get(name, &json!({})).is_err() && get(name, &json!({ argument: "x".repeat(500) })).is_err()
            );
        }
        assert!(get("other", &json!({})).is_err());
    }
}
