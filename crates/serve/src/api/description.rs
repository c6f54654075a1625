//! The description of the API, in the form of OpenAPI 3.1. A test holds it against what is really answered.

use readout::VERSION;
use readout::asking;
use readout::views::{CitationStyle, ListKind};
use serde_json::{Map, Value, json};

/// The shapes of answers: a name, what it is, and its fields. A field is `name:type`; a type is a word of JSON Schema
/// or another shape, `[…]` a list of it, a `?` after it says that it may be null.
const SHAPES: [(&str, &str, &str); 37] = [
    (
        "Citation",
        "A passage of one report; spans count Unicode code points of its stored text",
        "id:string doc:string spans:[Span] text:string paragraph:integer outlet:string? published:string? link:string",
    ),
    ("ActorName", "An actor", "id:string name:string"),
    (
        "Time",
        "When: the words, the half-open interval in ISO 8601, how exact they are, what they were counted from",
        "text:string from:string? to:string? grain:string? anchor:string",
    ),
    ("Role", "An office or title", "text:string from:string? to:string? evidence:[EvidenceSpan]"),
    ("EvidenceSpan", "A passage of one report", "doc:string spans:[Span] text:string link:string"),
    (
        "Episode",
        "Part of a story that belongs together in time",
        "title:string documents:[string] from:string? to:string? day:string?",
    ),
    (
        "TimelineRow",
        "What happened; kind is that of its record",
        "+Citation kind:string day:string? time:Time? who:[ActorName] what:string place:string? factuality:string linked:string? sources:integer also:[Citation]",
    ),
    (
        "StatementRow",
        "Who said what to whom, through whom",
        "+Citation speaker:[ActorName] source:string named:boolean cue:string? act:string? addressee:[ActorName] via:[ActorName] mode:string negated:boolean content:string time:Time? day:string? parent:string? quote:string?",
    ),
    (
        "Wording",
        "Another wording of an utterance, and how it differs",
        "+Citation content:string missing:string added:string",
    ),
    (
        "QuoteRow",
        "One utterance with all its wordings, the fullest first",
        "+StatementRow wordings:[Wording] outlets:integer",
    ),
    (
        "EventRow",
        "Who did what to whom, coded by PLOVER",
        "+Citation kind:string code:string mode:string? context:[string] cameo:string? actor:[ActorName] recipient:[ActorName] time:Time? day:string? place:string? factuality:string killed:Range? injured:Range? claimed_by:[ActorName] blamed_on:[ActorName] denied_by:[ActorName] means:string? reported_by:string? reporter:[ActorName] happening:string? sources:integer also:[Citation]",
    ),
    (
        "MeetingRow",
        "Who met",
        "+Citation participants:[ActorName] recipient:[ActorName] format:string? occasion:string? minutes:Range? topics:[string] time:Time? day:string? place:string? factuality:string reported_by:string? reporter:[ActorName] happening:string? sources:integer also:[Citation]",
    ),
    (
        "ConditionRow",
        "If this, then that",
        "+Citation by:[ActorName] to:[ActorName] tone:string if:string then:string statement:string?",
    ),
    (
        "CommitmentRow",
        "What somebody is to do, and whether its day is past",
        "+Citation debtor:[ActorName] creditor:[ActorName] action:string deadline:string? due:string? state:string agreement:string? statement:string?",
    ),
    (
        "StatusRow",
        "A step in the life of an agreement",
        "+Citation status:string by:[ActorName] claimed_by:[ActorName] time:Time? day:string?",
    ),
    (
        "AgreementRow",
        "An instrument with its parties, history and terms",
        "+Citation name:string aliases:[string] parties:[ActorName] brokers:[ActorName] guarantors:[ActorName] history:[StatusRow] status:string? terms:[CommitmentRow] also:[Citation]",
    ),
    (
        "PositionRow",
        "An actor's stance on an issue",
        "+Citation position:string actor:ActorName issue:string stance:string since:string? also:[Citation]",
    ),
    ("IssueCell", "The stances of one actor, the newest last", "actor:ActorName positions:[PositionRow]"),
    ("IssueRow", "Where actors stand on an issue", "issue:string relation:string cells:[IssueCell]"),
    ("DifferenceValue", "One side of a disagreement", "value:string citations:[Citation]"),
    (
        "DifferenceRow",
        "A field on which reports differ",
        "id:string title:string field:string values:[DifferenceValue] link:string",
    ),
    ("OutletCell", "What one outlet has of a line", "outlet:string citations:[Citation]"),
    (
        "CompareRow",
        "What each outlet has",
        "id:string kind:string title:string cells:[OutletCell] lack:[string] lacking:integer differences:[DifferencePart] link:string",
    ),
    (
        "DifferencePart",
        "A field on which reports differ",
        "id:string title:string field:string values:[DifferenceValue]",
    ),
    (
        "ActorRow",
        "Who is spoken of",
        "id:string name:string type:string aliases:[string] state:string? sector:string? roles:[Role] mentions:integer reports:integer statements:integer? first:Citation? link:string",
    ),
    (
        "CopyRow",
        "A report that another copies, and the share of the copying one's text, 0 to 1",
        "doc:string share:number",
    ),
    (
        "SourceRow",
        "A report",
        "id:string outlet:string? title:string? authors:[string] path:string? url:string? published:string? story:string? copies:[CopyRow] origins:[ActorName] records:integer link:string",
    ),
    (
        "StoryRow",
        "What belongs together over reports and time",
        "id:string title:string keywords:[string] from:string? to:string? day:string? documents:[string] outlets:[string] episodes:[Episode] link:string",
    ),
    (
        "NewsRow",
        "What a report brought: a change of something known, or something new",
        "+Citation news:string about:string title:string actor:[ActorName] before:string? after:string? sources:integer",
    ),
    (
        "ClaimRow",
        "A sentence that bears on a claim: supporting, contrary, near",
        "+Citation bearing:string share:number missing:[string] why:string? actor:[ActorName]",
    ),
    (
        "QueueRow",
        "A record that nobody judged yet",
        "+Citation kind:string told:string certainty:number uses:integer",
    ),
    (
        "Score",
        "How often records of a kind were right",
        "kind:string right:integer mended:integer rejected:integer added:integer precision:number? found:number? fields:object",
    ),
    (
        "Agreeing",
        "How far people agree on records of a kind; an empty kind is all kinds",
        "kind:string records:integer alike:integer alpha:number?",
    ),
    (
        "Dispute",
        "A record on which people differ, with what each said",
        "id:string kind:string text:string told:string verdicts:object",
    ),
    (
        "Footnote",
        "A report, or a passage of one, as others cite it",
        "id:string document:string authors:[string] title:string? outlet:string? published:string? url:string? paragraph:integer? passage:string? text_sha256:string link:string",
    ),
    ("Piece", "Words, and whether they were looked for", "text:string found:boolean"),
    (
        "HitRow",
        "A report that has the words",
        "doc:string title:string? outlet:string? published:string? text:string snippet:[Piece] score:number link:string statements:[StatementRow]",
    ),
];

/// Returns the name of the shape that the rows of a list have.
const fn shape_of(kind: ListKind) -> &'static str {
    match kind {
        ListKind::Timeline => "TimelineRow",
        ListKind::Meetings => "MeetingRow",
        ListKind::Quotes => "QuoteRow",
        ListKind::Statements => "StatementRow",
        ListKind::Agreements => "AgreementRow",
        ListKind::Commitments => "CommitmentRow",
        ListKind::Conditions => "ConditionRow",
        ListKind::Issues => "IssueRow",
        ListKind::Positions => "PositionRow",
        ListKind::Events => "EventRow",
        ListKind::Differences => "DifferenceRow",
        ListKind::Compare => "CompareRow",
        ListKind::Actors => "ActorRow",
        ListKind::Stories => "StoryRow",
        ListKind::Sources => "SourceRow",
    }
}

/// Returns the fields of a shape, those of the shapes it adds to first.
fn fields(shape: &str) -> Vec<(&'static str, &'static str)> {
    let Some((_, _, list)) = SHAPES.iter().find(|(name, _, _)| *name == shape) else { return Vec::new() };
    let mut found = Vec::new();
    for part in list.split(' ') {
        match (part.strip_prefix('+'), part.split_once(':')) {
            (Some(other), _) => found.extend(fields(other)),
            (None, Some(field)) => found.push(field),
            _ => {}
        }
    }
    found
}

fn schema(kind: &str) -> Value {
    if let Some(kind) = kind.strip_suffix('?') {
        let schema = schema(kind);
        return match schema.get("type").and_then(Value::as_str) {
            Some(name) if schema.as_object().is_some_and(|it| it.len() == 1) => {
                json!({ "type": [name, "null"] })
            }
            _ => json!({ "anyOf": [schema, { "type": "null" }] }),
        };
    }
    if let Some(kind) = kind.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
        return json!({ "type": "array", "items": schema(kind) });
    }
    match kind {
        "string" | "integer" | "number" | "boolean" | "object" => json!({ "type": kind }),
        _ => json!({ "$ref": format!("#/components/schemas/{kind}") }),
    }
}

fn shapes() -> Map<String, Value> {
    let mut schemas = Map::new();
    for (name, description, _) in SHAPES {
        let fields = fields(name);
        let properties: Map<String, Value> =
            fields.iter().map(|(name, kind)| ((*name).to_owned(), schema(kind))).collect();
        let required: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
        let shape = json!({ "type": "object", "description": description, "properties": properties, "required": required });
        schemas.insert(name.to_owned(), shape);
    }
    let pair = |items: Value| json!({ "type": "array", "items": items, "minItems": 2, "maxItems": 2 });
    let mut span = pair(json!({ "type": "integer", "minimum": 0 }));
    span["description"] = json!("Start and end, half open, in Unicode code points");
    schemas.insert("Span".to_owned(), span);
    let mut range = pair(json!({ "type": ["integer", "null"] }));
    range["description"] = json!("At least and at most; null is open");
    schemas.insert("Range".to_owned(), range);
    let error = json!({ "type": "object", "required": ["error"], "properties": { "error": {
        "type": "object", "required": ["status", "message"],
        "properties": { "status": { "type": "integer" }, "message": { "type": "string" },
            "near": { "type": "array", "description": "Names like an unknown one", "items": { "type": "object",
                "properties": { "id": { "type": "string" }, "name": { "type": "string" } } } } } } } });
    schemas.insert("Error".to_owned(), error);
    let found = json!({ "type": "object", "required": ["record", "page"], "properties": {
        "record": { "type": "object", "description": "In the form of readout export", "required": ["kind"],
            "properties": { "kind": { "type": "string" } } },
        "page": { "type": "string" },
        "passages": { "type": "array", "description": "At most 60", "items": schema("Citation") },
        "passages_total": { "type": "integer", "description": "How many there are" },
        "rejected": { "type": "boolean", "description": "True if a person rejected it: it is left out wherever it stands" },
        "corrections": { "type": "array", "items": { "type": "object" }, "description": "What people said of it, as far as it is in force" } } });
    schemas.insert("Found".to_owned(), found);
    schemas
}

/// Returns a parameter of an address.
fn parameter(name: &str, kind: &str, description: &str) -> Value {
    let schema = match kind {
        "path" => {
            return json!({ "name": name, "in": "path", "required": true, "description": description, "schema": { "type": "string" } });
        }
        "list" => json!({ "type": "array", "items": { "type": "string" } }),
        "limit" => json!({ "type": "integer", "minimum": 1, "maximum": 200, "default": 50 }),
        _ => json!({ "type": "string" }),
    };
    json!({ "name": name, "in": "query", "description": description, "schema": schema })
}

/// Returns the parameters of these names, described for OpenAPI.
fn parameters(names: impl IntoIterator<Item = &'static str>) -> Vec<Value> {
    let one = |name: &'static str| match name {
        "actor" => {
            parameter(name, "list", "Who acts or speaks: an id, a name, or words of a name; any of several")
        }
        "to" => parameter(name, "list", "To whom, or with whom"),
        "since" => parameter(name, "", "Not before this day, month or year, as 2015-11-16"),
        "until" => parameter(name, "", "Before this day"),
        "story" => parameter(name, "", "Only reports of this story, by its id; none for reports of no story"),
        "outlet" => parameter(name, "list", "Only reports of these outlets"),
        "kind" => {
            parameter(name, "list", "Of a kind, as the list has it; reports with records of all these kinds")
        }
        "issue" => parameter(name, "", "Only what bears on this issue"),
        "text" => parameter(name, "", "Only lines with all these words"),
        "as_of" => parameter(name, "", "The day against which deadlines are overdue"),
        "q" => parameter(
            name,
            "",
            "At most 16 different words that must all occur; \"…\" holds words together, * stands for any ending",
        ),
        "tie" => parameter(name, "list", "Only ties of these sorts: said, met, together, apart"),
        "least" => parameter(name, "", "Only ties of this weight or more"),
        "report" => {
            parameter(name, "list", "The id of a report; of a happening or quote for all its reports")
        }
        "sort" => parameter(name, "", "A column of the list, as day; -day for the last or largest first"),
        "limit" => parameter(name, "limit", "At most so many rows"),
        _ => parameter(name, "", "`next` of the answer before"),
    };
    names.into_iter().map(one).collect()
}

fn operation(id: &str, summary: &str, parameters: &[Value], answer: &Value) -> Value {
    let json_of = |schema: &Value| json!({ "application/json": { "schema": schema } });
    json!({ "get": {
        "operationId": id,
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": { "description": "Found", "content": json_of(answer),
                "headers": { "ETag": { "schema": { "type": "string" }, "description": "Changes with the file" } } },
            "304": { "description": "As the client has it" },
            "400": { "description": "A parameter that is not taken, or a value that is none: says what is allowed", "content": json_of(&schema("Error")) },
            "404": { "description": "Nothing of that name; says which are like it", "content": json_of(&schema("Error")) },
            "503": { "description": "Stopped after 5 seconds", "content": json_of(&schema("Error")) }
        }
    } })
}

/// Returns the schema of a page of rows of a shape.
fn page_of(shape: &str) -> Value {
    json!({ "type": "object", "required": ["rows", "total", "next"], "properties": {
        "rows": { "type": "array", "items": schema(shape) },
        "total": { "type": "integer", "description": "Rows of the whole list" }, "next": { "type": ["string", "null"] } } })
}

/// Returns the description of the API, as `/api/v1/openapi.json` gives it.
pub fn description() -> Value {
    let mut paths = Map::new();
    let mut add = |path: &str, operation: Value| {
        paths.insert(format!("/api/v1/{path}").trim_end_matches('/').to_owned(), operation);
    };
    add("", operation("index", "What is served", &[], &json!({ "type": "object" })));
    let of_file = parameters(asking::OVERVIEW);
    add(
        "overview",
        operation(
            "overview",
            "The file as a whole: how much, by month, and where to look first",
            &of_file,
            &json!({ "type": "object" }),
        ),
    );
    let drawn = |found: &str| {
        json!({ "type": "object", "required": ["found", "reports", "total"], "properties": {
            "found": { "type": found },
            "reports": { "type": "integer", "description": "The newest reports that it is made of" },
            "total": { "type": "integer", "description": "The reports that the filter lets through" } } })
    };
    let of_network = parameters(asking::OVERVIEW.into_iter().chain(["story", "tie", "least"]));
    add(
        "network",
        operation(
            "network",
            "Who talks to whom, and who stands with or against whom",
            &of_network,
            &drawn("object"),
        ),
    );
    let of_map = parameters(asking::takes(ListKind::Events).iter().copied());
    add("places", operation("places", "Where it happened, on the map", &of_map, &drawn("array")));
    add(
        "readouts",
        operation(
            "readouts",
            "Reports of one meeting side by side: said by several, in other words, by one only",
            &parameters(["report"]),
            &json!({ "type": "object" }),
        ),
    );
    let words = parameters(["q"].into_iter().chain(asking::SEARCH).chain(asking::PAGING));
    let mut answer = page_of("HitRow");
    answer["properties"]["facets"] = json!({ "type": "object" });
    add("search", operation("search", "Reports by their words, best first, with facets", &words, &answer));
    let takes =
        |kind| parameters(asking::takes(kind).iter().copied().chain([asking::SORT]).chain(asking::PAGING));
    let of_reports = page_of(shape_of(ListKind::Sources));
    add(
        "documents",
        operation("documents", "Reports, the newest first", &takes(ListKind::Sources), &of_reports),
    );
    for (kind, what) in [
        ("stories", "story"),
        ("actors", "actor"),
        ("documents", "report with its text"),
        ("records", "record, or whatever has the id"),
    ] {
        let id = vec![parameter("id", "path", "Its id, or the first six digits or more of it")];
        add(
            &format!("{kind}/{{id}}"),
            operation(&format!("{kind}-id"), &format!("One {what}"), &id, &schema("Found")),
        );
    }
    add("cite/{id}", of_citing());
    for (path, operation) in of_coding() {
        add(path, operation);
    }
    for kind in ListKind::ALL {
        let answer = page_of(shape_of(kind));
        add(kind.name(), operation(kind.name(), kind.title(), &takes(kind), &answer));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Readout",
            "version": VERSION,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
            "description": "A checkable record of press reports. Every line has the passage that supports it, and a link to it."
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": { "schemas": shapes(), "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } } }
    })
}

/// Returns the operation of footnotes.
fn of_citing() -> Value {
    let styles = CitationStyle::ALL.map(CitationStyle::name);
    let parameters = [
        parameter(
            "id",
            "path",
            "The id of a record, report, quote, story …, or the first six digits or more of it",
        ),
        parameter("style", "", &format!("The form: {}; rows if it is not given", styles.join(", "))),
    ];
    let mut rows = page_of("Footnote");
    rows["required"] = json!(["rows", "total"]);
    operation("cite-id", "Footnotes: one for each passage, in the order of publication", &parameters, &rows)
}

/// Returns the operations of what is new, of claims, and of people's judgements, each with its path.
fn of_coding() -> Vec<(&'static str, Value)> {
    let mut found = Vec::new();
    let mut add = |path, operation| found.push((path, operation));
    let object = json!({ "type": "object" });
    let since = [parameter(
        "since",
        "",
        "A day of reading, or the number of an entry of the log, as #12; the last reading if it is not given",
    )];
    let mut news = page_of("NewsRow");
    news["required"] = json!(["rows", "total", "reports"]);
    news["properties"]["reports"] = json!({ "type": "integer", "description": "Reports that came" });
    news["properties"]["first"] = json!({ "type": "boolean", "description": "Whether no report was there before, so that the rows are the weightiest alone" });
    news["properties"]["after"] =
        json!({ "type": "integer", "description": "The entry of the log after which something is new" });
    news["properties"]["until"] =
        json!({ "type": "integer", "description": "The last entry of the log that brought reports" });
    news["properties"]["at"] = json!({ "type": ["string", "null"], "description": "The time of that entry" });
    add("new", operation("new", "What is new: changed tolls, statuses and stances first", &since, &news));
    let claimed = json!({ "type": "object", "required": ["rows", "supporting", "contrary", "looked_through", "by_trees"], "properties": {
        "rows": { "type": "array", "items": schema("ClaimRow") }, "supporting": { "type": "integer" },
        "contrary": { "type": "integer" }, "looked_through": { "type": "integer", "description": "Reports that have words of it" },
        "by_trees": { "type": "boolean", "description": "Whether sentences were compared by who does what to whom; false without the language model" } } });
    let claim = [parameter("claim", "", "One sentence: who did or said what")];
    add(
        "check",
        operation("check", "What reports say of a claim: supporting, contrary, nearest", &claim, &claimed),
    );
    let queue =
        parameters(["actor", "since", "until", "story", "outlet", "kind"].into_iter().chain(asking::PAGING));
    add(
        "queue",
        operation(
            "queue",
            "Records that nobody judged, the least certain and most used first",
            &queue,
            &page_of("QueueRow"),
        ),
    );
    let list = json!({ "type": "array", "items": { "type": "object" } });
    let scores = json!({ "type": "array", "items": schema("Score") });
    add("score", operation("score", "How often the machine was right, by kind of record", &[], &scores));
    let coders = json!({ "type": "object", "properties": {
        "coders": { "type": "array", "items": { "type": "string" } },
        "values": { "type": "array", "items": schema("Agreeing") },
        "agreeing": { "type": "array", "items": schema("Agreeing") },
        "disputes": { "type": "array", "items": schema("Dispute") } } });
    add("coders", operation("coders", "How far people agree, and where they differ", &[], &coders));
    add(
        "log",
        operation("log", "What was done to the file, the newest first", &parameters(asking::PAGING), &object),
    );
    let mut corrections = operation("corrections", "The corrections that were made", &[], &list);
    corrections["post"] = json!({
        "operationId": "correct",
        "summary": "Make a correction, or take one back",
        "requestBody": { "required": true, "content": { "application/json": { "schema": { "type": "object",
            "required": ["change"], "properties": {
                "change": { "enum": ["set", "confirm", "reject", "add", "speaker", "merge", "split", "issue", "undo"] },
                "id": { "type": "string", "description": "The record; to add one, the report" },
                "field": { "type": "string" }, "value": { "type": "string" },
                "kind": { "type": "string" }, "passage": { "type": "string", "description": "Words of the report, or their place as 120-180" },
                "fields": { "type": "object", "additionalProperties": { "type": "string" } },
                "by": { "type": "string" }, "reason": { "type": "string" }, "operation": { "type": "integer" } } } } } },
        "responses": {
            "200": { "description": "Made", "content": { "application/json": { "schema": object } } },
            "422": { "description": "It fits nothing: says why", "content": { "application/json": { "schema": schema("Error") } } }
        }
    });
    add("corrections", corrections);
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use readout::record::{Episode, EvidenceSpan, Role, Time};
    use readout::views::{
        ActorName, Citation, CopyRow, DifferenceValue, IssueCell, OutletCell, Row, StatusRow, Wording,
    };
    use readout::{store::Piece, views};

    use super::*;

    /// Fails if `value` has a field that its shape lacks, or the shape one that it lacks but for the address, which the
    /// answer adds.
    fn has_shape(shape: &str, value: &impl serde::Serialize) {
        let Value::Object(value) = json!(value) else { panic!("{shape} is no object") };
        let own: BTreeSet<&str> = value.keys().map(String::as_str).filter(|name| *name != "link").collect();
        let described: BTreeSet<&str> =
            fields(shape).into_iter().map(|(name, _)| name).filter(|name| *name != "link").collect();
        assert_eq!(own, described, "{shape}");
    }

    fn has_shape_of_list<R: Row + Default>() {
        has_shape(shape_of(R::KIND), &R::default());
    }

    #[test]
    fn every_field_of_a_row_is_described() {
        has_shape("NewsRow", &views::NewsRow::default());
        has_shape("ClaimRow", &views::ClaimRow::default());
        has_shape("QueueRow", &readout::QueueRow::default());
        has_shape("Score", &readout::Score::default());
        has_shape("Agreeing", &readout::Agreeing::default());
        has_shape("Dispute", &readout::Dispute::default());
        has_shape_of_list::<views::TimelineRow>();
        has_shape_of_list::<views::MeetingRow>();
        has_shape_of_list::<views::QuoteRow>();
        has_shape_of_list::<views::StatementRow>();
        has_shape_of_list::<views::AgreementRow>();
        has_shape_of_list::<views::CommitmentRow>();
        has_shape_of_list::<views::ConditionRow>();
        has_shape_of_list::<views::IssueRow>();
        has_shape_of_list::<views::PositionRow>();
        has_shape_of_list::<views::EventRow>();
        has_shape_of_list::<views::DifferenceRow>();
        has_shape_of_list::<views::CompareRow>();
        has_shape_of_list::<views::ActorRow>();
        has_shape_of_list::<views::StoryRow>();
        has_shape_of_list::<views::SourceRow>();
        has_shape("Citation", &Citation::default());
        has_shape("ActorName", &ActorName::default());
        has_shape("Time", &Time::default());
        has_shape("Role", &Role::default());
        has_shape("EvidenceSpan", &EvidenceSpan::default());
        has_shape("Episode", &Episode::default());
        has_shape("Wording", &Wording::default());
        has_shape("StatusRow", &StatusRow::default());
        has_shape("IssueCell", &IssueCell::default());
        has_shape("DifferenceValue", &DifferenceValue::default());
        has_shape("DifferencePart", &views::DifferenceRow::default());
        has_shape("OutletCell", &OutletCell::default());
        has_shape("CopyRow", &CopyRow::default());
        has_shape("Footnote", &views::Footnote::default());
        has_shape("Piece", &Piece { text: String::new(), found: false });
    }
}
