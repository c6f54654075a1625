//! Examples of every command, as its help ends with them.

use clap::{Command, CommandFactory as _};

use crate::arguments::Arguments;

/// The examples: a command, what is typed after it, and what that does. A test holds each against the arguments.
const EXAMPLES: [(&str, &str, &str); 84] = [
    ("read", "reports/ --into talks.readout", "all files below a folder"),
    ("read", "export.docx --outlet Reuters --date 2016-09-05", "an export that tells neither outlet nor day"),
    ("read", "reports/ --dry-run", "what would be read, and as what"),
    ("watch", "https://example.org/world.xml --into talks.readout", "a feed, asked every few minutes"),
    ("watch", "inbox/ --once", "what came to a folder since the last time"),
    ("watch", "inbox/ --then \"python3 notify.py\"", "and what is new given to your program"),
    ("new", "", "what the last reading brought"),
    ("new", "--since 2026-11-23 --kind toll --kind status", "changed tolls and statuses since a day"),
    ("brief", "", "one page on the newest story"),
    ("brief", "3fa9c1 --format md", "a story as Markdown: > story.md"),
    ("brief", "safe zone", "the story with these words in its headline"),
    ("overview", "", "the file as a whole"),
    ("overview", "--since 2013-03 --until 2013-04", "the stories and reports of one month"),
    ("readouts", "3fa9c1 7b2e04", "two reports of one meeting side by side"),
    ("readouts", "happening:3fa9c1d20b7e --format json", "all reports of one meeting, for a program"),
    ("timeline", "--since 2013-09-09 --until 2013-09-16", "one week"),
    ("timeline", "--actor Iran --columns when,what,who --limit 40", "three columns, forty rows"),
    ("statements", "--actor Rouhani --text enrichment", "what one said on a matter"),
    ("statements", "--kind deny --outlet CNN --format csv", "denials in one outlet, for a spreadsheet"),
    ("first", "red line chemical", "who said it first, and in which report"),
    ("quotes", "--text \"red line\"", "utterances with these words, in all wordings"),
    ("events", "--kind SANCTION --to Iran --sort when", "sanctions against somebody, by day"),
    ("events", "--kind incident --sort -when --limit 20", "the newest incidents"),
    ("meetings", "--actor Kerry --to Lavrov", "where two met"),
    ("conditions", "--kind threat", "threats alone"),
    ("agreements", "--overdue --as-of 2015-07-01", "what was overdue on a day"),
    ("agreements", "--kind violated", "agreements that were violated"),
    ("commitments", "--kind overdue --sort due", "what is overdue, the oldest first"),
    ("commitments", "--actor Iran", "what one has to do"),
    ("positions", "--issue \"nuclear deal\" --kind against", "who is against it"),
    ("positions", "--between Obama Netanyahu", "where two stand to each other"),
    ("issues", "--sort -actors --limit 20", "the issues on which most take sides"),
    ("differences", "--story 3fa9c1", "where the reports of one story differ"),
    ("compare", "--story 3fa9c1", "what outlets of one story have, lack, and have differently"),
    ("actors", "--kind person --sort -reports --limit 30", "people in most reports"),
    ("actors", "--text Gaddafi", "all names of somebody"),
    ("stories", "--text ceasefire", "stories with a word"),
    ("sources", "--outlet Reuters --since 2015", "reports of one outlet"),
    ("show", "3fa9c1", "a record in its passage, or a report with its records"),
    ("show", "3fa9c1 --why", "and the rules that made it"),
    ("why-not", "3fa9c1:¶4", "why a paragraph gave these records and no others"),
    ("check", "\"Kerry met Lavrov in Geneva\"", "the sentences that say so, or the nearest"),
    ("find", "'\"safe zone\" sanction*'", "words together, and a word with any ending"),
    ("correct merge", "\"Anna Lee\" person:ann-lee", "two are one"),
    ("correct split", "\"J. Smith\" \"Jane Smith\" --in 3fa9c1", "in one report it is another"),
    ("correct speaker", "3fa9c1 \"Anna Berg\"", "another said it"),
    ("correct set", "3fa9c1 killed 12-14 --by AB --reason \"second paragraph\"", "a toll"),
    ("correct set", "3fa9c1 participants \"Anna Berg; Bo Lund\"", "who met"),
    ("correct confirm", "3fa9c1 --by AB", "it is right"),
    (
        "correct add",
        "position 3fa9c1 \"He will not sign\" actor=\"Anna Berg\" issue=\"the accord\" stance=against",
        "a stance",
    ),
    ("correct add", "incident 3fa9c1 120-180 killed=3 place=Kerem", "an incident at a place in the text"),
    ("correct reject", "3fa9c1 --reason \"a figure of speech\"", "no report says it"),
    ("correct document", "3fa9c1 --date 2016-09-05", "the day of a report"),
    ("correct name-issue", "\"the deal\" \"Iran nuclear deal\"", "one issue"),
    ("correct name-issues", "issues.tsv", "many issues by a table"),
    ("correct undo", "12", "take number 12 back"),
    ("corrections", "", "all that were made"),
    ("corrections export", "", "for another copy of the file: > ours.jsonl"),
    ("corrections apply", "ours.jsonl", "what another coder wrote"),
    ("corrections coders", "", "where two coders differ, and their alpha"),
    ("queue", "--kind position --limit 50", "stances to be looked at first"),
    ("score", "", "how often the machine was right"),
    ("forget", "3fa9c1 --reason \"its outlet took it back\"", "a report with all that rests on it"),
    ("merge", "other.readout --file talks.readout", "the reports of another file"),
    ("merge", "story.zip --file new.readout", "a bundle that somebody handed on"),
    ("log", "--limit 20", "the last steps"),
    ("export", "--format jsonl -o record.jsonl", "the whole record"),
    ("export", "--format conllu --story 3fa9c1 -o story.conllu", "tokens, tags and trees of one story"),
    ("export", "--format reports -o reports.jsonl", "for another file: readout import reports.jsonl"),
    ("import", "reports.jsonl --file talks.readout", "reports with all that was read out of them"),
    ("import", "project.dna --dry-run", "hand-coded statements beside those that were read"),
    ("import", "project.dna --coder AB", "the same, as corrections of a coder"),
    ("import", "brat --coder AB", "spans that a coder marked in brat, of a folder"),
    ("network", "--since 2015 --until 2016", "who stands with whom in a year"),
    ("cite", "3fa9c1", "footnotes"),
    ("codebook", "", "what each column means"),
    ("verify", "--deep", "every passage, and all links anew"),
    ("serve", "--file talks.readout --port 8095", "pages at http://127.0.0.1:8095/"),
    ("mcp", "--file talks.readout", "for an assistant that starts it"),
    ("bundle", "3fa9c1 -o story.zip", "one story to hand on"),
    ("bundle", "3fa9c1 --quotes-only -o story.zip", "without the full texts of its reports"),
    ("model add", "", "fetch the language model"),
    ("model path", "", "where it lies"),
    ("completions", "bash", "for ~/.bashrc: source <(readout completions bash)"),
];

/// Returns the command with examples at the end of each command's help.
pub(crate) fn command() -> Command {
    let mut command = Arguments::command();
    let mut names: Vec<&str> = EXAMPLES.iter().map(|(name, ..)| *name).collect();
    names.dedup();
    for name in names {
        let of = EXAMPLES.iter().filter(|(other, ..)| *other == name);
        let lines: Vec<String> = of
            .map(|(_, typed, told)| format!("  {:<56} {told}", format!("readout {name} {typed}").trim_end()))
            .collect();
        let help = format!("Examples:\n{}", lines.join("\n"));
        command = with_help(command, &name.split(' ').collect::<Vec<_>>(), &help);
    }
    command
}

fn with_help(command: Command, path: &[&str], help: &str) -> Command {
    match path {
        [] => command.after_help(help.to_owned()),
        [name, rest @ ..] => {
            // A command that a feature leaves out.
            if command.find_subcommand(name).is_none() {
                return command;
            }
            let (name, rest) = ((*name).to_owned(), rest.to_vec());
            let help = help.to_owned();
            command.mut_subcommand(name, move |it| with_help(it, &rest, &help))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a line as a shell parts them, for the plain quotes of the examples.
    fn words(line: &str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let (mut word, mut open, mut quote) = (String::new(), false, None);
        for letter in line.chars() {
            match (quote, letter) {
                (None, '\'' | '"') => (quote, open) = (Some(letter), true),
                (Some(of), _) if of == letter => quote = None,
                (None, ' ') => {
                    if open || !word.is_empty() {
                        found.push(std::mem::take(&mut word));
                    }
                    open = false;
                }
                _ => word.push(letter),
            }
        }
        if open || !word.is_empty() {
            found.push(word);
        }
        found
    }

    #[test]
    fn every_example_is_one_that_the_program_takes() {
        for (name, typed, _) in EXAMPLES {
            if cfg!(not(feature = "watch")) && name == "watch" {
                continue;
            }
            let line = words(&format!("readout {name} {typed}"));
            let taken = command().try_get_matches_from(&line);
            assert!(taken.is_ok(), "{line:?}: {}", taken.unwrap_err());
        }
    }

    #[test]
    fn every_command_has_an_example() {
        fn check(command: &Command, path: &str) {
            for sub in command.get_subcommands() {
                let name = format!("{path} {}", sub.get_name()).trim().to_owned();
                if sub.has_subcommands() && name != "corrections" {
                    check(sub, &name);
                } else if name != "man" {
                    assert!(sub.get_after_help().is_some(), "{name} has no example");
                }
            }
        }
        check(&command(), "");
    }
}
