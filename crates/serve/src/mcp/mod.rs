//! The record for assistants: the Model Context Protocol over a pipe, revision 2026-07-28, and the revisions with a
//! handshake before it.
//!
//! One JSON-RPC message a line comes in, one a line goes out. Nothing is kept between requests but whether the client
//! opened with the handshake of an older revision. Every passage of an answer has the document, the span, its text and a
//! link, so that whatever an assistant says of it can be checked; an answer keeps to a number of characters.

mod answer;
mod arguments;
mod catalog;
mod prompts;
mod tools;
mod whole;

use std::collections::BTreeSet;
use std::io::{BufRead, Read as _, Write};
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use readout::knowledge::Knowledge;
use readout::{Corpus, Ending, Page, VERSION};
use serde_json::{Value, json};

use crate::connections::PATIENCE;
use crate::{Result, ServeError};

/// The revision without a handshake that is spoken.
const MODERN: &str = "2026-07-28";

/// The revisions with a handshake that are spoken, the newest first.
const LEGACY: [&str; 4] = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

/// The revision in which several messages may come as one.
const BATCHES: &str = "2025-03-26";

/// The longest message, in bytes.
const LONGEST: u64 = 1024 * 1024;

/// The time for which a client may keep an answer that does not change, in milliseconds.
const KEEP: u64 = 3_600_000;

/// Reports in one list of resources.
const RESOURCES: usize = 100;

/// The start of the address of a report as a resource.
const RESOURCE: &str = "readout:///documents/";

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
code points of its stored text), the text there and a link; cite these. Before you state that something was said or happened, \
call check with the claim, and read the sentences it gives; before you quote, call verify with the words. What no sentence of \
these says, do not state.";

/// The error with which a request is answered.
#[derive(Clone)]
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
/// Messages are answered one after the other, on a thread of their own; meanwhile a ping is answered, and a request
/// that is cancelled stops.
///
/// # Errors
/// When the file cannot be read, or `out` cannot be written.
pub fn run(file: &Path, base: &str, mut input: impl BufRead, out: impl Write + Send) -> Result<()> {
    // No tool asks what was known before any report was read.
    let corpus = Corpus::reader(file, Arc::new(Knowledge::default()))?.keeping(Arc::default());
    let out = Mutex::new(out);
    let calls = Mutex::new(Calls::default());
    let (jobs, queue) = sync_channel::<Job>(QUEUE);
    thread::scope(|scope| {
        let (out, calls) = (&out, &calls);
        let answering = scope.spawn(move || {
            let mut worker = Worker { tools: tools::Tools { corpus, base }, calls, gone: None };
            queue.into_iter().try_for_each(|job| worker.work(&job, out))
        });
        let mut session = Session::default();
        while let Some(message) = read(&mut input)? {
            let spoken = session.spoken;
            match message {
                Ok(message) => match session.at_once(&message, calls) {
                    AtOnce::Nothing => {}
                    AtOnce::Answer(answer) => write(out, &answer)?,
                    AtOnce::Later => {
                        let job = Job { message: Ok(message), spoken: session.spoken };
                        calls.lock().unwrap_or_else(PoisonError::into_inner).wait(&job.message);
                        // It has ended where what it wrote was not taken.
                        if jobs.send(job).is_err() {
                            break;
                        }
                    }
                },
                Err(refusal) => {
                    if jobs.send(Job { message: Err(refusal), spoken }).is_err() {
                        break;
                    }
                }
            }
        }
        drop(jobs);
        answering.join().unwrap_or_else(|_| Err(ServeError::CutShort { what: "an answer" }))
    })
}

/// Messages that wait at most; more are read when there is room.
const QUEUE: usize = 256;

/// Returns the next message; `None` at the end of the input.
fn read(input: &mut impl BufRead) -> Result<Option<std::result::Result<Value, Refusal>>> {
    loop {
        let mut line = Vec::new();
        if (&mut *input).take(LONGEST).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if line.last() != Some(&b'\n') && line.len() as u64 == LONGEST {
            // The rest of a line that is too long is no message of its own.
            while !matches!(line.last(), Some(b'\n')) {
                line.clear();
                if (&mut *input).take(LONGEST).read_until(b'\n', &mut line)? == 0 {
                    break;
                }
            }
            return Ok(Some(Err(Refusal::new(INVALID_REQUEST, "the message is too long"))));
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let message = serde_json::from_slice(&line);
        return Ok(Some(message.map_err(|_| Refusal::new(PARSE_ERROR, "the message is not JSON"))));
    }
}

fn write(out: &Mutex<impl Write>, answer: &Value) -> Result<()> {
    let mut out = out.lock().unwrap_or_else(PoisonError::into_inner);
    writeln!(out, "{answer}")?;
    Ok(out.flush()?)
}

/// A message that waits for its answer.
struct Job {
    message: std::result::Result<Value, Refusal>,
    /// The revision of the handshake, if there was one.
    spoken: Option<&'static str>,
}

/// Requests that wait or are worked on, and those that were cancelled, by their ids as JSON.
#[derive(Default)]
struct Calls {
    waiting: BTreeSet<String>,
    cancelled: BTreeSet<String>,
    running: Option<(String, Ending)>,
}

impl Calls {
    fn wait(&mut self, message: &std::result::Result<Value, Refusal>) {
        if let Some(id) = message.as_ref().ok().and_then(|it| it.get("id")) {
            self.waiting.insert(id.to_string());
        }
    }

    fn cancel(&mut self, id: &Value) {
        let id = id.to_string();
        match &self.running {
            Some((running, ending)) if *running == id => ending.call_off(),
            _ if self.waiting.contains(&id) => drop(self.cancelled.insert(id)),
            _ => {}
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

/// The state that is kept between messages.
#[derive(Default)]
struct Session {
    /// The revision of the handshake with which the client opened, if it did.
    spoken: Option<&'static str>,
}

/// The treatment of a message before its turn.
enum AtOnce {
    Nothing,
    Answer(Value),
    Later,
}

impl Session {
    /// Handles what cannot wait: a ping, the cancelling of a request, the revision of a handshake.
    fn at_once(&mut self, message: &Value, calls: &Mutex<Calls>) -> AtOnce {
        let params = message.get("params").cloned().unwrap_or_default();
        match message.get("method").and_then(Value::as_str) {
            Some("notifications/cancelled") => {
                let mut calls = calls.lock().unwrap_or_else(PoisonError::into_inner);
                params.get("requestId").into_iter().for_each(|id| calls.cancel(id));
                AtOnce::Nothing
            }
            Some("ping") => answer_to(message, |_, params| {
                checked(params, self.spoken).map(|modern| dressed(json!({}), modern))
            })
            .map_or(AtOnce::Nothing, AtOnce::Answer),
            Some("initialize") => {
                self.spoken = Some(revision(&params));
                AtOnce::Later
            }
            _ => AtOnce::Later,
        }
    }
}

/// Works off the messages.
struct Worker<'w> {
    tools: tools::Tools<'w>,
    calls: &'w Mutex<Calls>,
    /// The reason why the file cannot be read now, if there is one.
    gone: Option<String>,
}

impl Worker<'_> {
    fn work(&mut self, job: &Job, out: &Mutex<impl Write>) -> Result<()> {
        self.gone = self.tools.corpus.renew().err().map(|error| error.to_string());
        let answer = match &job.message {
            Err(refusal) => Some(error(&Value::Null, refusal.clone())),
            // The one revision that has batches.
            Ok(Value::Array(batch)) if job.spoken == Some(BATCHES) && !batch.is_empty() => {
                let answers: Vec<Value> = batch.iter().filter_map(|it| self.answer(it, job.spoken)).collect();
                (!answers.is_empty()).then_some(Value::Array(answers))
            }
            Ok(message) => self.answer(message, job.spoken),
        };
        answer.map_or(Ok(()), |answer| write(out, &answer))
    }

    /// Returns the answer to one message; none to a notification, and to what was cancelled.
    fn answer(&self, message: &Value, spoken: Option<&'static str>) -> Option<Value> {
        let lock = || self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        let ending = Ending::after(PATIENCE);
        if let Some(id) = message.get("id").map(Value::to_string) {
            let mut calls = lock();
            calls.waiting.remove(&id);
            if calls.cancelled.remove(&id) {
                return None;
            }
            calls.running = Some((id, ending.clone()));
        }
        let made = answer_to(message, |method, params| self.result(method, params, spoken, &ending));
        lock().running = None;
        made.filter(|_| !ending.is_called_off())
    }

    fn result(
        &self,
        method: &str,
        params: &Value,
        spoken: Option<&'static str>,
        ending: &Ending,
    ) -> std::result::Result<Value, Refusal> {
        if method == "initialize" {
            return Ok(initialize(params));
        }
        let modern = checked(params, spoken)?;
        let result = match method {
            "server/discover" if modern => json!({
                "supportedVersions": supported(),
                "capabilities": capabilities(),
                "serverInfo": server(),
                "instructions": INSTRUCTIONS,
                "ttlMs": KEEP,
                "cacheScope": "public",
            }),
            "tools/list" => kept(json!({ "tools": catalog::list() }), modern),
            "prompts/list" => kept(json!({ "prompts": prompts::list() }), modern),
            "prompts/get" => {
                let name = params.get("name").and_then(Value::as_str).unwrap_or_default();
                let nothing = json!({});
                prompts::get(name, params.get("arguments").unwrap_or(&nothing))
                    .map_err(|message| Refusal::new(INVALID_PARAMS, message))?
            }
            "resources/list" => {
                let from = params.get("cursor").and_then(Value::as_str).map(str::parse::<u32>);
                let Ok(from) = from.transpose() else {
                    return Err(Refusal::new(
                        INVALID_PARAMS,
                        "cursor is to be nextCursor of an answer before",
                    ));
                };
                let page = Page { after: from.map(|it| it.to_string()), ..Page::first(RESOURCES) };
                let made = self.tools.corpus.until(ending, |_| self.tools.resources(&page));
                let (resources, next) = made.map_err(|message| Refusal::new(INVALID_PARAMS, message))?;
                let mut list = json!({ "resources": resources });
                if let Some(next) = next {
                    list["nextCursor"] = json!(next);
                }
                list
            }
            "resources/templates/list" => kept(
                json!({ "resourceTemplates": [{
                    "uriTemplate": format!("{RESOURCE}{{id}}"), "name": "report", "title": "The text of a report",
                    "mimeType": "text/plain",
                }] }),
                modern,
            ),
            "resources/read" => {
                let uri = params.get("uri").and_then(Value::as_str).unwrap_or_default();
                let id = uri.strip_prefix(RESOURCE).unwrap_or_default();
                let made = self.tools.corpus.until(ending, |_| self.tools.resource(id));
                let text = made.map_err(|message| Refusal::new(INVALID_PARAMS, message))?;
                let Some(text) = text else {
                    return Err(Refusal::new(INVALID_PARAMS, format!("Resource not found: {uri}")));
                };
                json!({ "contents": [{ "uri": uri, "mimeType": "text/plain", "text": text }] })
            }
            "tools/call" => {
                let name = params.get("name").and_then(Value::as_str).unwrap_or_default();
                let nothing = json!({});
                let arguments = params.get("arguments").unwrap_or(&nothing);
                let made = match &self.gone {
                    Some(why) => Some(Err(why.clone())),
                    None => self.tools.corpus.until(ending, |_| self.tools.call(name, arguments)),
                };
                match made {
                    None => return Err(Refusal::new(INVALID_PARAMS, format!("Unknown tool: {name}"))),
                    Some(Ok(answer)) => json!({
                        "content": [{ "type": "text", "text": answer.text }],
                        "structuredContent": answer.data,
                        "isError": false,
                    }),
                    Some(Err(message)) => {
                        json!({ "content": [{ "type": "text", "text": message }], "isError": true })
                    }
                }
            }
            _ => return Err(Refusal::new(METHOD_NOT_FOUND, format!("Unknown method: {method}"))),
        };
        Ok(dressed(result, modern))
    }
}

/// Returns the answer that `make` gives to one message, by its method and parameters; none to a notification.
fn answer_to(
    message: &Value,
    make: impl FnOnce(&str, &Value) -> std::result::Result<Value, Refusal>,
) -> Option<Value> {
    let id = message.get("id").cloned();
    let method = message.get("method").and_then(Value::as_str);
    let (Some(method), "2.0") = (method, message.get("jsonrpc").and_then(Value::as_str).unwrap_or_default())
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
        let refusal = Refusal::new(INVALID_REQUEST, "the id is no string and no integer");
        return Some(error(&Value::Null, refusal));
    }
    let nothing = json!({});
    Some(match make(method, message.get("params").unwrap_or(&nothing)) {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err(refusal) => error(&id, refusal),
    })
}

/// Returns true for a request of the revision without a handshake. One of another is refused unless it was `spoken` of.
fn checked(params: &Value, spoken: Option<&'static str>) -> std::result::Result<bool, Refusal> {
    let meta = params.get("_meta");
    let version = meta.and_then(|it| it.get(VERSION_KEY)).and_then(Value::as_str);
    match version {
        Some(MODERN) if meta.is_some_and(|it| it.get(CAPABILITIES_KEY).is_some_and(Value::is_object)) => {
            Ok(true)
        }
        Some(MODERN) => Err(Refusal::new(INVALID_PARAMS, format!("_meta lacks {CAPABILITIES_KEY}"))),
        Some(other) => {
            let data = json!({ "supported": supported(), "requested": other });
            let refusal = Refusal::new(UNSUPPORTED_VERSION, "Unsupported protocol version");
            Err(Refusal { data: Some(data), ..refusal })
        }
        None if spoken.is_some() => Ok(false),
        None => Err(Refusal::new(INVALID_PARAMS, format!("_meta lacks {VERSION_KEY}"))),
    }
}

/// Returns what the server can do.
fn capabilities() -> Value {
    json!({ "tools": {}, "resources": {}, "prompts": {} })
}

/// Returns an answer that does not change, if `modern` with the time for which it may be kept.
fn kept(mut list: Value, modern: bool) -> Value {
    if modern {
        list["ttlMs"] = json!(KEEP);
        list["cacheScope"] = json!("public");
    }
    list
}

/// Returns `result`, if `modern` with what the revision without a handshake wants beside it.
fn dressed(mut result: Value, modern: bool) -> Value {
    if modern {
        result["resultType"] = json!("complete");
        result["_meta"] = json!({ SERVER_KEY: server() });
    }
    result
}

/// Returns the revision that a handshake ends with: the one asked for if it is spoken, else the newest.
fn revision(params: &Value) -> &'static str {
    let asked = params.get("protocolVersion").and_then(Value::as_str);
    LEGACY.into_iter().find(|it| Some(*it) == asked).unwrap_or(LEGACY[0])
}

/// Returns the answer to the handshake of the revisions before 2026-07-28.
fn initialize(params: &Value) -> Value {
    json!({
        "protocolVersion": revision(params),
        "capabilities": capabilities(),
        "serverInfo": server(),
        "instructions": INSTRUCTIONS,
    })
}

fn supported() -> Vec<&'static str> {
    std::iter::once(MODERN).chain(LEGACY).collect()
}

fn server() -> Value {
    json!({ "name": "readout", "title": "Readout", "version": VERSION })
}
