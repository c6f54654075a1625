//! The record for assistants: the Model Context Protocol over a pipe, revision 2026-07-28, and the revisions with a
//! handshake before it.
//!
//! One JSON-RPC message a line comes in, one a line goes out. Nothing is kept between requests but whether the client
//! opened with the handshake of an older revision. Every row of an answer has the document, the span, its text and a
//! link, so that whatever an assistant says of it can be checked.

mod tools;

use std::io::{BufRead, Read as _, Write};
use std::path::Path;
use std::sync::Arc;

use readout::knowledge::Knowledge;
use readout::{Corpus, VERSION};
use serde_json::{Value, json};

use crate::Result;

/// The revision without a handshake that is spoken.
const MODERN: &str = "2026-07-28";

/// The revisions with a handshake that are spoken, the newest first.
const LEGACY: [&str; 4] = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

/// The longest message, in bytes.
const LONGEST: u64 = 1024 * 1024;

/// How long a client may keep what does not change, in milliseconds.
const KEEP: u64 = 3_600_000;

const VERSION_KEY: &str = "io.modelcontextprotocol/protocolVersion";
const CAPABILITIES_KEY: &str = "io.modelcontextprotocol/clientCapabilities";
const SERVER_KEY: &str = "io.modelcontextprotocol/serverInfo";

const PARSE_ERROR: i64 = -32700;
const INVALID_REQUEST: i64 = -32600;
const METHOD_NOT_FOUND: i64 = -32601;
const INVALID_PARAMS: i64 = -32602;
const UNSUPPORTED_VERSION: i64 = -32022;

const INSTRUCTIONS: &str = "A record of press reports: who said what to whom through whom, who met, what was agreed by \
when, and where outlets differ. Reports are not facts: say who reports a thing. Each row has the document, the span (Unicode \
code points of its stored text), the text there and a link; cite these. Before you state that a report says something, call \
verify with the words.";

/// What a request is answered with, if not with a result.
struct Refusal {
    code: i64,
    message: String,
    data: Option<Value>,
}

impl Refusal {
    fn new(code: i64, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), data: None }
    }
}

/// Answers the messages of `input` on `out` from the record in `file`, until `input` ends. Links in answers start with
/// `base`, the address at which `readout serve` shows the same file.
///
/// # Errors
/// When the file cannot be read, or `out` cannot be written.
pub fn run(file: &Path, base: &str, mut input: impl BufRead, mut out: impl Write) -> Result<()> {
    // No tool asks what was known before any report was read.
    let corpus = Corpus::reader(file, Arc::new(Knowledge::default()))?;
    let mut session = Session { tools: tools::Tools { corpus: &corpus, base }, handshake: false };
    loop {
        let mut line = Vec::new();
        if (&mut input).take(LONGEST).read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let answer = if line.last() != Some(&b'\n') && line.len() as u64 == LONGEST {
            // The rest of a line that is too long is no message of its own.
            while !matches!(line.last(), Some(b'\n')) {
                line.clear();
                if (&mut input).take(LONGEST).read_until(b'\n', &mut line)? == 0 {
                    break;
                }
            }
            Some(error(&Value::Null, Refusal::new(INVALID_REQUEST, "the message is too long")))
        } else {
            session.answer(&line)
        };
        if let Some(answer) = answer {
            writeln!(out, "{answer}")?;
            out.flush()?;
        }
    }
}

fn error(id: &Value, refusal: Refusal) -> Value {
    let mut error = json!({ "code": refusal.code, "message": refusal.message });
    if let Some(data) = refusal.data {
        error["data"] = data;
    }
    json!({ "jsonrpc": "2.0", "id": id, "error": error })
}

struct Session<'s> {
    tools: tools::Tools<'s>,
    /// Whether the client opened with the handshake of an older revision.
    handshake: bool,
}

impl Session<'_> {
    /// The answer to one line; none to a notification or an empty line.
    fn answer(&mut self, line: &[u8]) -> Option<Value> {
        if line.iter().all(u8::is_ascii_whitespace) {
            return None;
        }
        let Ok(message) = serde_json::from_slice::<Value>(line) else {
            return Some(error(&Value::Null, Refusal::new(PARSE_ERROR, "the message is not JSON")));
        };
        let id = message.get("id").cloned();
        let method = message.get("method").and_then(Value::as_str);
        let (Some(method), "2.0") =
            (method, message.get("jsonrpc").and_then(Value::as_str).unwrap_or_default())
        else {
            // What answers a question is an answer to one that we did not ask.
            let is_answer = message.get("result").is_some() || message.get("error").is_some();
            return (!is_answer).then(|| {
                let id = id.filter(|it| it.is_string() || it.is_i64()).unwrap_or_default();
                error(&id, Refusal::new(INVALID_REQUEST, "the message is no JSON-RPC 2.0 request"))
            });
        };
        let id = id?;
        if !id.is_string() && !id.is_i64() && !id.is_u64() {
            return Some(error(
                &Value::Null,
                Refusal::new(INVALID_REQUEST, "the id is no string and no integer"),
            ));
        }
        let nothing = json!({});
        let params = message.get("params").unwrap_or(&nothing);
        Some(match self.result(method, params) {
            Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
            Err(refusal) => error(&id, refusal),
        })
    }

    fn result(&mut self, method: &str, params: &Value) -> std::result::Result<Value, Refusal> {
        if method == "initialize" {
            return Ok(self.initialize(params));
        }
        let meta = params.get("_meta");
        let version = meta.and_then(|it| it.get(VERSION_KEY)).and_then(Value::as_str);
        let modern = version.is_some();
        match version {
            Some(MODERN) if meta.is_some_and(|it| it.get(CAPABILITIES_KEY).is_some_and(Value::is_object)) => {
            }
            Some(MODERN) => {
                return Err(Refusal::new(INVALID_PARAMS, format!("_meta lacks {CAPABILITIES_KEY}")));
            }
            Some(other) => {
                let data = json!({ "supported": supported(), "requested": other });
                let refusal = Refusal::new(UNSUPPORTED_VERSION, "Unsupported protocol version");
                return Err(Refusal { data: Some(data), ..refusal });
            }
            None if self.handshake => {}
            None => return Err(Refusal::new(INVALID_PARAMS, format!("_meta lacks {VERSION_KEY}"))),
        }
        let mut result = match method {
            "server/discover" if modern => json!({
                "supportedVersions": supported(),
                "capabilities": { "tools": {} },
                "serverInfo": server(),
                "instructions": INSTRUCTIONS,
                "ttlMs": KEEP,
                "cacheScope": "public",
            }),
            "ping" => json!({}),
            "tools/list" => {
                let mut list = json!({ "tools": tools::list() });
                if modern {
                    list["ttlMs"] = json!(KEEP);
                    list["cacheScope"] = json!("public");
                }
                list
            }
            "tools/call" => {
                let name = params.get("name").and_then(Value::as_str).unwrap_or_default();
                let nothing = json!({});
                let arguments = params.get("arguments").unwrap_or(&nothing);
                let Some(made) = self.tools.call(name, arguments) else {
                    return Err(Refusal::new(INVALID_PARAMS, format!("Unknown tool: {name}")));
                };
                match made {
                    Ok(answer) => json!({
                        "content": [{ "type": "text", "text": answer.to_string() }],
                        "structuredContent": answer,
                        "isError": false,
                    }),
                    Err(message) => {
                        json!({ "content": [{ "type": "text", "text": message }], "isError": true })
                    }
                }
            }
            _ => return Err(Refusal::new(METHOD_NOT_FOUND, format!("Unknown method: {method}"))),
        };
        if modern {
            result["resultType"] = json!("complete");
            result["_meta"] = json!({ SERVER_KEY: server() });
        }
        Ok(result)
    }

    /// The handshake of the revisions before 2026-07-28.
    fn initialize(&mut self, params: &Value) -> Value {
        self.handshake = true;
        let asked = params.get("protocolVersion").and_then(Value::as_str);
        let version = asked.filter(|it| LEGACY.contains(it)).unwrap_or(LEGACY[0]);
        json!({
            "protocolVersion": version,
            "capabilities": { "tools": {} },
            "serverInfo": server(),
            "instructions": INSTRUCTIONS,
        })
    }
}

fn supported() -> Vec<&'static str> {
    std::iter::once(MODERN).chain(LEGACY).collect()
}

fn server() -> Value {
    json!({ "name": "readout", "title": "Readout", "version": VERSION })
}
