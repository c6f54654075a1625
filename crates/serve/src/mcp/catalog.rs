//! The tools as a client lists them: what each is for, and its arguments.

use serde_json::{Map, Value, json};

/// A tool: its name, title, what it is for, and its arguments: name, whether it is a number, what it is.
pub(super) type Tool =
    (&'static str, &'static str, &'static str, &'static [(&'static str, bool, &'static str)]);

const STORY: (&str, bool, &str) = (
    "story",
    false,
    "Only reports of the story with this id, as search and brief give it; none for those of no story",
);
const SINCE: (&str, bool, &str) = ("since", false, "Not before this day, as 2015-09-28");
const UNTIL: (&str, bool, &str) = ("until", false, "Before this day");
const OUTLET: (&str, bool, &str) = ("outlet", false, "Only reports of this outlet");
const SORT: (&str, bool, &str) =
    ("sort", false, "A column of the list, as day or published; -day for the last or largest first");
const LIMIT: (&str, bool, &str) = ("limit", true, "At most so many rows, 1 to 100");
const CURSOR: (&str, bool, &str) = ("cursor", false, "`next` of the answer before, for the rows after it");
const CHARACTERS_OF: (&str, bool, &str) =
    ("characters", true, "At most so many characters, 2000 to 200000; 25000 if nothing is said");

/// All tools.
pub(super) const TOOLS: [Tool; 17] = [
    (
        "overview",
        "The file as a whole",
        "How many reports, of which outlets and months, and where to look first: the largest and the newest stories, what is due, \
         where reports differ, what is quoted most, who stands against whom. Begin here.",
        &[SINCE, UNTIL, OUTLET, CHARACTERS_OF],
    ),
    (
        "readouts",
        "Reports of one meeting side by side",
        "Every sentence of two to six reports, say both sides' communiqués: said by several, in other words, or by one only.",
        &[
            (
                "reports",
                false,
                "Ids of reports with commas between, or of a quote or happening for all of its reports",
            ),
            CHARACTERS_OF,
        ],
    ),
    (
        "check",
        "Check a claim against the reports",
        "What reports say of a claim: sentences that have all of it, sentences that are contrary, and the nearest of the others, each \
         with the words it does not have. A nearest sentence may say the claim in other words, or something else: read it. No \
         verdict. Use it before you state that something was said or happened.",
        &[
            (
                "claim",
                false,
                "One sentence, as you would state it: who did or said what, with names and numbers",
            ),
            CHARACTERS_OF,
        ],
    ),
    (
        "read",
        "Read paragraphs of a report",
        "The stored text of a report, paragraph by paragraph, to see what is around a passage.",
        &[
            ("document", false, "The report's id"),
            ("from", true, "The first paragraph, from 1; 1 if nothing is said"),
            (
                "to",
                true,
                "The last paragraph; nine more than the first if nothing is said, at most 40 in all",
            ),
            CHARACTERS_OF,
        ],
    ),
    (
        "who_said_first",
        "Who had it first",
        "Statements with all these words in the order in which their reports were published, the first first.",
        &[("words", false, "Words of the statement; \"…\" holds words together"), LIMIT, CHARACTERS_OF],
    ),
    (
        "differences",
        "Where reports differ",
        "Fields of one event on which reports differ: toll, day, place, who did it, whether it happened.",
        &[
            ("text", false, "Only of events with all these words"),
            STORY,
            SINCE,
            UNTIL,
            LIMIT,
            CURSOR,
            CHARACTERS_OF,
        ],
    ),
    (
        "actors",
        "Who is spoken of",
        "People, states, organisations and groups with their ids and other names, those in most reports first.",
        &[
            ("name", false, "Words of a name"),
            ("kind", false, "person, state, organisation, armed-group, outlet or office"),
            STORY,
            SINCE,
            UNTIL,
            LIMIT,
            CURSOR,
            CHARACTERS_OF,
        ],
    ),
    (
        "new",
        "What is new",
        "What the last reading of reports brought: changed tolls, statuses and stances first, then what happened.",
        &[
            (
                "since",
                false,
                "A day of reading, or the number of an entry of the log; the last reading if nothing is said",
            ),
            CHARACTERS_OF,
        ],
    ),
    (
        "search",
        "Search the reports",
        "Reports that have all the words, best first, each with the paragraph that has most of them, and the stories they belong to.",
        &[
            ("words", false, "Words; \"…\" holds words together, * stands for any ending"),
            STORY,
            OUTLET,
            SINCE,
            UNTIL,
            LIMIT,
            CURSOR,
            CHARACTERS_OF,
        ],
    ),
    (
        "statements",
        "Who said what",
        "Statements with speaker, addressee, the chain through which they were reported, and the words.",
        &[
            ("speaker", false, "Who said it: an actor's id, a name, or words of a name"),
            ("to", false, "To whom"),
            ("text", false, "Only with all these words"),
            STORY,
            OUTLET,
            SINCE,
            UNTIL,
            LIMIT,
            CURSOR,
            CHARACTERS_OF,
        ],
    ),
    (
        "quote",
        "All wordings of a quote",
        "One utterance as each outlet gives it, with the words by which the wordings differ.",
        &[
            ("id", false, "The quote's or a statement's id"),
            ("words", false, "Words of it, if the id is not known"),
            CHARACTERS_OF,
        ],
    ),
    (
        "happening",
        "One event in all reports",
        "An event, meeting or incident as each report tells it, and the fields on which reports differ.",
        &[
            ("id", false, "The happening's or an event's id"),
            ("words", false, "Words of it, if the id is not known"),
            CHARACTERS_OF,
        ],
    ),
    (
        "positions",
        "Who is for what",
        "Stances of actors on issues, each with the passages that show it.",
        &[
            ("actor", false, "Whose: an actor's id, a name, or words of a name"),
            ("issue", false, "On what: words"),
            STORY,
            SINCE,
            UNTIL,
            LIMIT,
            CURSOR,
            CHARACTERS_OF,
        ],
    ),
    (
        "commitments",
        "Who is to do what by when",
        "What actors are to do, under which agreement, by which day, and whether that day is past.",
        &[
            ("actor", false, "Who is to act: an actor's id, a name, or words of a name"),
            ("as_of", false, "The day against which deadlines are overdue"),
            STORY,
            SINCE,
            UNTIL,
            LIMIT,
            CURSOR,
            CHARACTERS_OF,
        ],
    ),
    (
        "list",
        "Any list of the record",
        "The rows of one list, with how many there are: timeline, meetings, quotes, statements, agreements, commitments, conditions, issues, positions, events, differences, compare, actors, stories, sources.",
        &[
            ("list", false, "Which list"),
            ("actor", false, "Who acts or speaks: an actor's id, a name, or words of a name"),
            ("to", false, "To whom, or with whom"),
            (
                "kind",
                false,
                "Only rows of a kind, as the list has it: of statements deny or call, of events denied or ASSAULT, of conditions threat, of positions against, of actors person",
            ),
            ("issue", false, "Only what bears on this issue: words"),
            ("text", false, "Only with all these words"),
            ("as_of", false, "The day against which deadlines are overdue"),
            STORY,
            OUTLET,
            SINCE,
            UNTIL,
            SORT,
            LIMIT,
            CURSOR,
            CHARACTERS_OF,
        ],
    ),
    (
        "brief",
        "A story in brief",
        "What happened, who met, what was said, agreed and left open in one story, and where its reports differ. Without a story: the stories there are.",
        &[STORY, CHARACTERS_OF],
    ),
    (
        "verify",
        "Check words against the stored text",
        "Whether a report has these very words, and where; or whether the passage of a record still is what the record says.",
        &[
            ("text", false, "The words as they should stand in the report"),
            ("document", false, "The report's id; without it all reports are looked through"),
            ("id", false, "A record's id, to check its passage"),
            CHARACTERS_OF,
        ],
    ),
];

/// Returns the tools as a client lists them.
pub(super) fn list() -> Vec<Value> {
    let tools = TOOLS.iter().map(|(name, title, description, arguments)| {
        let properties: Map<String, Value> = arguments
            .iter()
            .map(|(name, number, description)| {
                let kind = if *number { "integer" } else { "string" };
                ((*name).to_owned(), json!({ "type": kind, "description": description }))
            })
            .collect();
        json!({
            "name": name,
            "title": title,
            "description": description,
            "inputSchema": { "type": "object", "properties": properties, "additionalProperties": false },
            "outputSchema": output(),
            "annotations": { "readOnlyHint": true, "openWorldHint": false },
        })
    });
    tools.collect()
}

/// Returns the schema of every answer.
fn output() -> Value {
    let row = json!({
        "type": "object",
        "description": "What is empty is left out; of a long list the first are given, and NAME_more tells how many more there are",
        "required": ["link"],
        "properties": {
            "document": { "type": "string" },
            "span": { "type": "array", "items": { "type": "array", "items": { "type": "integer" } } },
            "text": { "type": "string" },
            "link": { "type": "string" }
        }
    });
    json!({ "type": "object", "required": ["rows", "total"], "properties": {
        "rows": { "type": "array", "items": row },
        "total": { "type": "integer", "description": "Rows of the whole list" },
        "next": { "type": "string", "description": "The cursor of the rows after these" },
        "left_out": { "type": "integer", "description": "Rows for which there was no room" } } })
}
