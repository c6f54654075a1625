//! A session of an assistant, as it comes over a pipe.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

mod record;

use serde_json::{Value, json};

use crate::record::{HOSTILE, hostile_record, two_reports};

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
        let text: Value = serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
        assert_eq!(text, content);
        for row in content["rows"].as_array().unwrap() {
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
        request(5, "resources/list", meta()),
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
    assert_eq!(answers[1]["result"]["tools"].as_array().unwrap().len(), 8);
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
