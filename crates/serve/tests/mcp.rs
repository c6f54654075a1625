//! A session of an assistant, as it comes over a pipe.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

mod record;

use serde_json::{Value, json};

use crate::record::{HOSTILE, hostile_record, many_reports, two_reports};

fn meta() -> Value {
    json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
        "io.modelcontextprotocol/clientInfo": { "name": "test", "version": "1" }
    })
}

/// The answers to these lines.
fn session(file: &std::path::Path, lines: &[String]) -> Vec<Value> {
    let mut out = Vec::new();
    let input = lines.join("\n") + "\n";
    readout_serve::mcp::run(file, "http://127.0.0.1:8095", input.as_bytes(), &mut out).unwrap();
    String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn call(id: u32, name: &str, arguments: &Value) -> String {
    let params = json!({ "name": name, "arguments": arguments, "_meta": meta() });
    json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params }).to_string()
}

#[test]
fn every_tool_answers_with_passages() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.readout");
    two_reports(&file);
    let ask = |name: &str, arguments: Value| {
        let answer = session(&file, &[call(1, name, &arguments)]).remove(0);
        let result = answer["result"].clone();
        assert_eq!(result["resultType"], "complete", "{answer}");
        assert_eq!(result["isError"], false, "{answer}");
        let content = result["structuredContent"].clone();
        let text = result["content"][0]["text"].as_str().unwrap();
        // The answer of verify comes first; further passages of a row are set in.
        let lines: Vec<&str> =
            text.lines().skip(usize::from(name == "verify")).filter(|it| !it.starts_with("  ")).collect();
        assert_eq!(lines.len(), content["rows"].as_array().unwrap().len() + 1, "{text}");
        assert!(content["total"].is_u64() && !content.to_string().contains(":null"), "{name}: {content}");
        for (row, line) in content["rows"].as_array().unwrap().iter().zip(lines) {
            assert!(line.contains('“') && line.ends_with(']'), "{name}: {line}");
            assert!(row["document"].as_str().unwrap().starts_with("doc:"), "{name}: {row}");
            assert!(row["span"][0][1].as_u64().unwrap() > 0, "{name}: {row}");
            assert!(!row["text"].as_str().unwrap().is_empty(), "{name}: {row}");
            assert!(row["link"].as_str().unwrap().starts_with("http://127.0.0.1:8095/"), "{name}: {row}");
        }
        assert!(!content["rows"].as_array().unwrap().is_empty(), "{name}: {content}");
        content
    };
    let found = ask("search", json!({ "words": "harbour winter", "limit": 5 }));
    assert!(
        found["rows"][0]["text"].as_str().unwrap().contains("before the winter"),
        "the paragraph that has both: {found}"
    );
    let story = ask("brief", json!({}))["rows"][0]["story"].as_str().unwrap().to_owned();
    let brief = ask("brief", json!({ "story": story }));
    assert!(brief["totals"]["quotes"].as_u64().unwrap() > 0, "{brief}");
    let statements = ask("statements", json!({ "story": story, "speaker": "Ann Lee" }));
    assert_eq!(statements["rows"][0]["speaker"][0]["id"], "person:ann-lee");
    ask("quote", json!({ "id": statements["rows"][0]["id"] }));
    ask("quote", json!({ "words": "harbour ships winter" }));
    let happening = ask("happening", json!({ "words": "shell killed" }));
    assert!(happening["rows"][0]["killed"].is_array(), "{happening}");
    ask("positions", json!({ "story": story, "issue": "harbour" }));
    let due = ask("commitments", json!({ "as_of": "2020-04-01" }));
    assert_eq!(due["rows"][0]["state"], "overdue");
    let said = "We will open the harbour to all ships";
    let checked = ask("verify", json!({ "text": said }));
    assert_eq!(
        (checked["verified"].as_bool(), checked["rows"][0]["text"].as_str()),
        (Some(true), Some(said))
    );
    let checked = ask("verify", json!({ "id": statements["rows"][0]["id"] }));
    assert_eq!(checked["verified"], true);
    let refused =
        session(&file, &[call(1, "verify", &json!({ "text": "We shall never open it" }))]).remove(0);
    assert_eq!(refused["result"]["structuredContent"]["verified"], false);
    let near =
        ask("verify", json!({ "text": "We will close the harbour to all ships before the winter comes" }));
    assert_eq!(
        (near["verified"].as_bool(), near["rows"][0]["missing"].as_str(), near["rows"][0]["added"].as_str()),
        (Some(false), Some("close"), Some("open")),
        "{near}"
    );
    let document = near["rows"][0]["document"].as_str().unwrap();
    let read = ask("read", json!({ "document": document, "from": 2, "to": 2 }));
    assert!(read["rows"][0]["text"].as_str().unwrap().starts_with("Ann Lee met"), "{read}");
    let first = ask("who_said_first", json!({ "words": "harbour winter" }));
    assert_eq!(first["rows"][0]["speaker"][0]["id"], "person:ann-lee");
    let actors = session(&file, &[call(1, "actors", &json!({ "name": "Berg" }))]).remove(0);
    assert_eq!(actors["result"]["structuredContent"]["rows"][0]["id"], "person:bo-berg", "{actors}");
    let nobody =
        session(&file, &[call(1, "actors", &json!({ "name": "Bergh" }))]).remove(0)["result"].clone();
    let near = nobody["content"][0]["text"].as_str().unwrap_or_default();
    assert!(near.starts_with("nobody is called Bergh; near: Bo Berg"), "{nobody}");
    let differences = session(&file, &[call(1, "differences", &json!({}))]).remove(0);
    assert_eq!(differences["result"]["isError"], false, "{differences}");
    let text =
        |answer: &Value| answer["result"]["content"][0]["text"].as_str().unwrap_or_default().to_owned();
    let told =
        text(&session(&file, &[call(1, "quote", &json!({ "words": "before the winter comes" }))]).remove(0));
    assert!(told.contains("\n  also: “") && told.contains("The Harbour Post"), "{told}");
    let told = text(&session(&file, &[call(1, "list", &json!({ "list": "agreements" }))]).remove(0));
    assert!(
        told.contains("harbour pact") && told.contains(", agreed,") && told.contains("Bo Berg"),
        "{told}"
    );
    let told =
        text(&session(&file, &[call(1, "verify", &json!({ "text": "We shall never open it" }))]).remove(0));
    assert!(told.starts_with("NOT verified"), "{told}");
    let told = session(&file, &[call(1, "list", &json!({ "list": "events", "kind": "deny" }))]).remove(0);
    assert!(told["result"]["isError"] == true && text(&told).contains("denied"), "{told}");
    let told = session(&file, &[call(1, "overview", &json!({}))]).remove(0)["result"].clone();
    let overview = &told["structuredContent"];
    let parts: Vec<&str> =
        overview["rows"].as_array().unwrap().iter().filter_map(|it| it["part"].as_str()).collect();
    assert!(overview["reports"] == 2 && parts.contains(&"largest stories"), "{overview}");
    assert!(told["content"][0]["text"].as_str().unwrap().starts_with("2 reports of 2 outlets"), "{told}");
    assert!(
        overview["rows"][0]["link"].as_str().unwrap().starts_with("http://127.0.0.1:8095/"),
        "{overview}"
    );
    let reports: Vec<String> = (session(&file, &[call(1, "list", &json!({ "list": "sources" }))]).remove(0)
        ["result"]["structuredContent"]["rows"]
        .as_array()
        .unwrap()
        .iter())
    .map(|it| it["id"].as_str().unwrap().to_owned())
    .collect();
    let beside = session(&file, &[call(1, "readouts", &json!({ "reports": reports.join(",") }))]).remove(0);
    let beside = &beside["result"]["structuredContent"];
    let several = beside["rows"].as_array().unwrap().iter().find(|it| it["agreement"] != "one-only").unwrap();
    assert!(several["others"][0]["document"] != several["document"], "{several}");
    let alone = session(&file, &[call(1, "readouts", &json!({ "reports": reports[0] }))]).remove(0);
    assert_eq!(alone["result"]["isError"], true, "{alone}");
    let new = session(&file, &[call(1, "new", &json!({ "since": "0" }))]).remove(0);
    assert!(new["result"]["structuredContent"]["total"].as_u64().unwrap() > 0, "{new}");
}

#[test]
fn a_claim_is_supported_contrary_or_said_by_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.readout");
    two_reports(&file);
    let ask = |claim: &str| {
        let answer = session(&file, &[call(1, "check", &json!({ "claim": claim }))]).remove(0);
        let content = answer["result"]["structuredContent"].clone();
        let text = answer["result"]["content"][0]["text"].as_str().unwrap().to_owned();
        (content["supporting"].as_u64().unwrap(), content["contrary"].as_u64().unwrap(), text)
    };
    let (supporting, contrary, text) = ask("Ann Lee met Bo Berg in Oslo on Monday.");
    assert!(supporting == 2 && contrary == 0 && text.starts_with("reports say so"), "{text}");
    let (supporting, _, text) = ask("Ann Lee had a meeting with Bo Berg in Oslo.");
    assert!(supporting == 2, "another word for it, by whoever is known: {text}");
    let (supporting, contrary, text) = ask("Ann Lee never met Bo Berg in Oslo.");
    assert!(supporting == 0 && contrary == 3, "the headline too: {text}");
    let (supporting, contrary, text) = ask("A shell killed 3 people in the harbour.");
    assert!(supporting == 1 && contrary == 1 && text.contains("another number"), "{text}");
    for premise in [
        "Ann Lee met Bo Berg in Vienna.",
        "Ann Lee resigned in Oslo on Monday.",
        "Carl Dahl met Bo Berg in Oslo.",
        "Bo Berg will open the harbour to all ships before the winter.",
        "The harbour pact was torn up by both.",
    ] {
        let (supporting, _, text) = ask(premise);
        assert!(supporting == 0 && !text.starts_with("reports say so"), "{premise}: {text}");
    }
    let text = ask("Ann Lee saw Bo Berg in the port of Oslo.").2;
    assert!(text.starts_with("no sentence says so in these words") && text.contains("met Bo Berg"), "{text}");
    assert!(ask("Zebras fly over quiet mountains.").2.starts_with("nobody in this file says so"));
    let empty = session(&file, &[call(1, "check", &json!({ "claim": " of the " }))]).remove(0);
    assert_eq!(empty["result"]["isError"], true);
}

#[test]
fn the_protocol_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.readout");
    hostile_record(&file);
    let request = |id: u32, method: &str, meta: Value| {
        json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": { "_meta": meta } }).to_string()
    };
    let mut old = meta();
    old["io.modelcontextprotocol/protocolVersion"] = json!("1900-01-01");
    let lines = [
        request(1, "server/discover", meta()),
        request(2, "tools/list", meta()),
        request(3, "tools/list", old),
        request(4, "tools/list", json!({})),
        request(5, "sampling/createMessage", meta()),
        json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }).to_string(),
        "{".to_owned(),
        "[]".to_owned(),
        call(6, "nothing", &json!({})),
        call(7, "search", &json!({ "words": 3 })),
        String::new(),
        "x".repeat(1024 * 1024 + 7),
        call(8, "search", &json!({ "words": HOSTILE })),
        json!({ "jsonrpc": "2.0", "id": 9, "method": "initialize", "params": { "protocolVersion": "2025-06-18" } }).to_string(),
        json!({ "jsonrpc": "2.0", "id": "ten", "method": "tools/list" }).to_string(),
    ];
    let answers = session(&file, &lines);
    let code = |at: usize| answers[at]["error"]["code"].as_i64();
    assert_eq!(answers[0]["result"]["supportedVersions"][0], "2026-07-28");
    assert_eq!(answers[0]["result"]["capabilities"]["tools"], json!({}));
    assert_eq!(answers[1]["result"]["tools"].as_array().unwrap().len(), 17);
    assert_eq!(answers[1]["result"]["tools"][0]["inputSchema"]["type"], "object");
    assert_eq!((code(2), &answers[2]["error"]["data"]["requested"]), (Some(-32022), &json!("1900-01-01")));
    assert_eq!(
        [code(3), code(4), code(5), code(6), code(7)],
        [Some(-32602), Some(-32601), Some(-32700), Some(-32600), Some(-32602)]
    );
    assert_eq!(answers[8]["result"]["isError"], true);
    assert_eq!(code(9), Some(-32600), "too long");
    assert_eq!(answers[10]["id"], 8);
    assert!(answers[10]["result"]["structuredContent"]["rows"].is_array());
    assert_eq!(answers[11]["result"]["protocolVersion"], "2025-06-18");
    assert_eq!((answers[12]["id"].as_str(), answers[12]["result"]["tools"].is_array()), (Some("ten"), true));
    assert_eq!(answers.len(), 13);
}

#[test]
fn arguments_that_are_none_are_refused_with_what_is_allowed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.readout");
    two_reports(&file);
    let told = |name: &str, arguments: Value| {
        let result = session(&file, &[call(1, name, &arguments)]).remove(0)["result"].clone();
        assert_eq!(result["isError"], true, "{arguments}: {result}");
        result["content"][0]["text"].as_str().unwrap().to_owned()
    };
    for (arguments, allowed) in [
        (json!({ "since": "yesterday" }), "like 2015-11-16"),
        (json!({ "limit": 1000 }), "from 1 to 100"),
        (json!({ "limit": 0 }), "from 1 to 100"),
        (json!({ "limit": -1 }), "from 1 to 100"),
        (json!({ "limit": "3" }), "a whole number"),
        (json!({ "cursor": "x" }), "next of an answer before"),
        (json!({ "characters": 5 }), "from 2000 to 200000"),
        (json!({ "speakr": "Ann Lee" }), "it takes speaker"),
    ] {
        let text = told("statements", arguments);
        assert!(text.starts_with("invalid params: ") && text.contains(allowed), "{text}");
    }
    assert!(told("commitments", json!({ "as_of": "notadate" })).contains("like 2015-11-16"));
    assert!(told("list", json!({ "list": "stories", "to": "Ann Lee" })).contains("to is no parameter here"));
    assert!(told("list", json!({ "list": "rumours" })).contains("timeline, meetings"));
    let words: Vec<String> = (0..17).map(|it| format!("word{it}")).collect();
    assert!(told("search", json!({ "words": words.join(" ") })).contains("at most 16 different words"));
    let near = told("statements", json!({ "speaker": "Anne Lee" }));
    assert_eq!(near, "nobody is called Anne Lee; near: Ann Lee (person:ann-lee)");
}

#[test]
fn an_answer_keeps_to_its_characters_and_goes_on_where_it_ended() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.readout");
    many_reports(&file, 60);
    let ask = |arguments: Value| {
        let result = session(&file, &[call(1, "list", &arguments)]).remove(0)["result"].clone();
        let text = result["content"][0]["text"].as_str().unwrap();
        let data = result["structuredContent"].clone();
        (text.chars().count() + data.to_string().chars().count(), data)
    };
    let mut ids = Vec::new();
    let mut arguments = json!({ "list": "statements", "limit": 100, "characters": 9000 });
    loop {
        let (characters, data) = ask(arguments.clone());
        assert!(characters <= 9000, "{characters}");
        assert_eq!(data["total"], 60);
        ids.extend(data["rows"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()));
        let Some(next) = data.get("next") else { break };
        arguments["cursor"] = next.clone();
    }
    assert_eq!(ids.len(), 60);
    let (characters, data) = ask(json!({ "list": "statements", "limit": 100 }));
    assert!(characters <= 25_000 && characters > 10_000 && data.get("next").is_some(), "{characters}");
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 60, "each once");
}

#[test]
fn batches_are_taken_in_the_revision_that_has_them() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.readout");
    two_reports(&file);
    let hello = |version: &str| {
        let params = json!({ "protocolVersion": version });
        json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params }).to_string()
    };
    let list = |id: u32| json!({ "jsonrpc": "2.0", "id": id, "method": "tools/list" });
    let batch =
        json!([list(2), { "jsonrpc": "2.0", "method": "notifications/initialized" }, list(3)]).to_string();
    let answers = session(&file, &[hello("2025-03-26"), batch.clone(), "[]".to_owned()]);
    assert_eq!(answers[0]["result"]["protocolVersion"], "2025-03-26");
    let told = answers[1].as_array().unwrap();
    assert_eq!((told.len(), &told[0]["id"], &told[1]["id"]), (2, &json!(2), &json!(3)));
    assert_eq!(answers[2]["error"]["code"], -32600, "an empty batch is none");
    let answers = session(&file, &[hello("2025-06-18"), batch]);
    assert_eq!(answers[1]["error"]["code"], -32600, "{answers:?}");
}

/// Input that waits for a word of the test before it goes on.
struct Slowly(std::sync::mpsc::Receiver<String>, Vec<u8>);

impl std::io::Read for Slowly {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.1.is_empty() {
            let Ok(line) = self.0.recv() else { return Ok(0) };
            self.1 = (line + "\n").into_bytes();
        }
        let many = self.1.len().min(into.len());
        into[..many].copy_from_slice(&self.1[..many]);
        self.1.drain(..many);
        Ok(many)
    }
}

/// Output that tells the test of each line.
struct Told(std::sync::mpsc::Sender<Value>, Vec<u8>);

impl std::io::Write for Told {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.1.extend_from_slice(bytes);
        while let Some(end) = self.1.iter().position(|it| *it == b'\n') {
            let line: Vec<u8> = self.1.drain(..=end).collect();
            let _ = self.0.send(serde_json::from_slice(&line).unwrap());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_ping_is_answered_and_a_request_cancelled_while_others_wait() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.readout");
    many_reports(&file, 200);
    let (send, lines) = std::sync::mpsc::channel();
    let (told, answers) = std::sync::mpsc::channel();
    let running = std::thread::spawn(move || {
        let input = std::io::BufReader::new(Slowly(lines, Vec::new()));
        readout_serve::mcp::run(&file, "", input, Told(told, Vec::new())).unwrap();
    });
    // Work for a while: every one of these is a list of all reports.
    for id in 1..=40 {
        let text = format!("pier {id}");
        send.send(call(id, "list", &json!({ "list": "compare", "text": text }))).unwrap();
    }
    let note = |id: u32| json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": { "requestId": id } });
    send.send(note(40).to_string()).unwrap();
    let ping = json!({ "jsonrpc": "2.0", "id": "ping", "method": "ping", "params": { "_meta": meta() } });
    send.send(ping.to_string()).unwrap();
    drop(send);
    running.join().unwrap();
    let ids: Vec<Value> = answers.into_iter().map(|it| it["id"].clone()).collect();
    let at = |id: Value| ids.iter().position(|it| *it == id);
    assert!(at(json!("ping")).unwrap() < 39, "before all work was done: {ids:?}");
    assert_eq!(at(json!(40)), None, "what was cancelled is not answered");
    assert_eq!(ids.len(), 40, "39 lists and the ping");
}

#[test]
fn reports_are_resources_and_two_prompts_are_offered() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.readout");
    two_reports(&file);
    let ask = |method: &str, mut params: Value| {
        params["_meta"] = meta();
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        session(&file, &[request.to_string()]).remove(0)
    };
    let list = ask("resources/list", json!({}));
    let resources = list["result"]["resources"].as_array().unwrap();
    assert_eq!(resources.len(), 2, "{list}");
    let read = ask("resources/read", json!({ "uri": resources[0]["uri"] }));
    let text = read["result"]["contents"][0]["text"].as_str().unwrap();
    assert!(text.contains("Ann Lee met Bo Berg in Oslo"), "{read}");
    for uri in ["readout:///documents/doc:0", "file:///etc/passwd", "readout:///documents/../x", ""] {
        assert_eq!(ask("resources/read", json!({ "uri": uri }))["error"]["code"], -32602, "{uri}");
    }
    assert_eq!(ask("resources/list", json!({ "cursor": "x" }))["error"]["code"], -32602);
    let prompts = ask("prompts/list", json!({}));
    assert_eq!(prompts["result"]["prompts"].as_array().unwrap().len(), 2);
    let prompt = ask("prompts/get", json!({ "name": "brief", "arguments": { "affair": "the harbour" } }));
    assert!(prompt["result"]["messages"][0]["content"]["text"].as_str().unwrap().contains("the harbour"));
    assert_eq!(ask("prompts/get", json!({ "name": "brief" }))["error"]["code"], -32602);
}
