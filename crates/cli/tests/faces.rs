//! Every list asked for by the command line, by the API page after page, and by an assistant: all tell the same.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::Command;
use std::thread;

use readout::{Corpus, ReadOptions};
use readout_serve::{Options, Server};
use serde_json::{Value, json};

/// A file with the samples; `None` without the language model.
fn samples(folder: &Path) -> Option<std::path::PathBuf> {
    let model = readout::model::open_for_tests()?;
    let file = folder.join("samples.readout");
    let reports =
        fs::canonicalize(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/reports")).unwrap();
    let mut corpus = Corpus::create(&file).unwrap();
    corpus.read(&[reports], &model, &ReadOptions::default(), &mut |_| {}).unwrap();
    corpus.link().unwrap();
    Some(file)
}

fn rows_of_command(file: &Path, list: &str, filter: &[(&str, String)]) -> Vec<Value> {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("readout"));
    command.env_remove("READOUT_FILE").arg(list).arg("--file").arg(file).args(["--format", "jsonl"]);
    if list == "compare" {
        command.arg("--all");
    }
    for (name, value) in filter {
        command.arg(format!("--{name}")).arg(value);
    }
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn get(address: SocketAddr, path: &str) -> Value {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{path}: {body}");
    serde_json::from_str(body).unwrap()
}

fn rows_of_api(address: SocketAddr, list: &str, filter: &[(&str, String)]) -> Vec<Value> {
    let words: String =
        filter.iter().map(|(name, value)| format!("&{name}={}", value.replace(' ', "+"))).collect();
    let mut rows = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = get(address, &format!("/api/v1/{list}?limit=50{words}{cursor}"));
        let found = page["rows"].as_array().unwrap();
        assert!(!found.is_empty() || page["next"].is_null(), "{list} {words}: empty, and more follows");
        rows.extend(found.iter().cloned());
        let Some(next) = page["next"].as_str() else {
            assert_eq!(page["total"], rows.len(), "{list} {words}");
            return rows;
        };
        cursor = format!("&cursor={next}");
    }
}

fn rows_of_assistant(file: &Path, list: &str, filter: &[(&str, String)]) -> Vec<Value> {
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let mut arguments = json!({ "list": list, "limit": 100, "characters": 200_000 });
    for (name, value) in filter {
        arguments[*name] = json!(value);
    }
    let mut rows = Vec::new();
    loop {
        let params = json!({ "name": "list", "arguments": arguments, "_meta": meta });
        let call = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params });
        let mut out = Vec::new();
        readout_serve::mcp::run(file, "", format!("{call}\n").as_bytes(), &mut out).unwrap();
        let answer: Value = serde_json::from_slice(&out).unwrap();
        let data = &answer["result"]["structuredContent"];
        let found = data["rows"].as_array().unwrap_or_else(|| panic!("{list}: {answer}"));
        rows.extend(found.iter().cloned());
        let Some(next) = data.get("next") else {
            assert_eq!(data["total"], rows.len(), "{list}");
            return rows;
        };
        arguments["cursor"] = next.clone();
    }
}

/// A row without addresses, which the API adds.
fn bare(mut value: Value) -> Value {
    fn take(value: &mut Value) {
        match value {
            Value::Array(values) => values.iter_mut().for_each(take),
            Value::Object(fields) => {
                fields.remove("link");
                fields.values_mut().for_each(take);
            }
            _ => {}
        }
    }
    take(&mut value);
    value
}

fn ids(rows: &[Value]) -> Vec<String> {
    rows.iter().map(|it| format!("{} {}", it["id"], it["position"])).collect()
}

#[test]
fn command_line_api_and_assistants_give_the_same_rows() {
    let folder = tempfile::tempdir().unwrap();
    let Some(file) = samples(folder.path()) else { return };
    let server = Server::bind(Options::new(file.clone())).unwrap();
    let address = server.address();
    thread::spawn(move || server.run());
    let actor = get(address, "/api/v1/actors?limit=1")["rows"][0].clone();
    let story = get(address, "/api/v1/stories?limit=1")["rows"][0]["id"].as_str().unwrap().to_owned();
    let outlet = get(address, "/api/v1/sources")["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find_map(|it| it["outlet"].as_str())
        .unwrap()
        .to_owned();
    let name = actor["name"].as_str().unwrap().to_owned();
    let id = actor["id"].as_str().unwrap().to_owned();
    let filters: Vec<Vec<(&str, String)>> = vec![
        vec![],
        vec![("actor", name)],
        vec![("actor", id), ("text", "the".to_owned())],
        vec![("outlet", outlet.to_uppercase())],
        vec![("story", story)],
        vec![("story", "none".to_owned())],
        vec![("since", "2015-06".to_owned()), ("until", "2022".to_owned())],
        vec![("text", "talks".to_owned())],
    ];
    let lists = [
        "timeline",
        "statements",
        "quotes",
        "events",
        "meetings",
        "conditions",
        "positions",
        "compare",
        "actors",
        "stories",
        "sources",
    ];
    let mut compared = 0;
    for list in lists {
        for filter in &filters {
            let told = rows_of_command(&file, list, filter);
            let served: Vec<Value> = rows_of_api(address, list, filter).into_iter().map(bare).collect();
            assert_eq!(told, served, "{list} {filter:?}");
            assert_eq!(ids(&told), ids(&rows_of_assistant(&file, list, filter)), "{list} {filter:?}");
            let mut once = ids(&told);
            once.sort();
            once.dedup();
            if !["timeline", "compare"].contains(&list) {
                assert_eq!(once.len(), told.len(), "{list} {filter:?}: each row once");
            }
            compared += told.len();
        }
    }
    // Agreements and what is to be done are one list on the command line.
    for filter in &filters {
        let told = rows_of_command(&file, "agreements", filter);
        let of =
            |kind: &str| -> Vec<Value> { told.iter().filter(|it| it["kind"] == kind).cloned().collect() };
        let mut commitments = ids(&rows_of_api(address, "commitments", filter));
        assert_eq!(ids(&of("agreement")), ids(&rows_of_api(address, "agreements", filter)), "{filter:?}");
        assert_eq!(
            ids(&rows_of_api(address, "agreements", filter)),
            ids(&rows_of_assistant(&file, "agreements", filter))
        );
        assert_eq!(commitments, ids(&rows_of_assistant(&file, "commitments", filter)));
        let mut told = ids(&of("commitment"));
        told.sort();
        commitments.sort();
        let alone = commitments.iter().filter(|it| !told.contains(it)).count();
        assert_eq!(alone, 0, "{filter:?}");
    }
    assert!(compared > 500, "{compared}");
}
