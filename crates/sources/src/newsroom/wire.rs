//! The forms of wires from before XML: IPTC 7901 and ANPA 1312. Control characters mark header, text and end.

use readout_record::{Document, DropReason, PublishedFrom};
use regex::Regex;

use super::nitf::keep;
use crate::block::Block;
use crate::fault::Fault;
use crate::options::Options;
use crate::patterns::patterns;
use crate::source::{Format, Holds, Part, Recognised, Source};
use crate::{article, characters, dates, decode, front, plain};

pub(crate) static FORMAT: Format = Format {
    name: "wire",
    endings: &["iptc", "anpa", "tst"],
    told_by: "the control characters that mark header and text in IPTC 7901 and ANPA 1312",
    reads: "a report for each message, with headline, by-line, agency, and the day and hour of its last line; slug, priority \
            and notes to editors are kept; contacts of the desk are left out",
    recognise,
    holds: Holds::Several(messages),
    read,
};

/// The greatest length of a header, in bytes.
const HEADER_BYTES: usize = 1000;
/// The most lines above the text of IPTC 7901.
const HEAD_LINES: usize = 12;

/// Marks the start of the header.
const HEADER: char = '\u{1}';
/// Marks the start of the text.
const TEXT: char = '\u{2}';
/// Marks the end of the text.
const TEXT_END: char = '\u{3}';
/// Marks the end of the message.
const END: char = '\u{4}';

patterns! {
    /// The header of IPTC 7901. It captures service and number, priority, category, and the agency before its own number.
    static HEADER_7901: Regex = r"^([A-Za-z]{2,4}\d{3,4}) (\d) ([a-z]{1,3}) \d{1,5}\b(?:.*?\b([A-Za-z]{2,10}) \d{2,4}\s*$)?";
    /// The last line of IPTC 7901: day and time in one, zone, month and year.
    static STAMP_7901: Regex = r"\b(\d\d)(\d\d)(\d\d) (GMT|UTC|[A-Z]{3,4}) ([A-Za-z]{3,9}) (\d\d)\b";
    /// The last line of ANPA 1312: agency, month, day, year, time and zone.
    static STAMP_ANPA: Regex = r"\b([A-Z]{2,5})-[A-Z]{2,3}-(\d\d)-(\d\d)-(\d\d) (\d\d)(\d\d)(GMT|UTC|[A-Z]{3})";
    /// A word for the state of a message, above its headline.
    static STATE: Regex = r"^(?:REFILE|CORRECT(?:ION|ED)|UPDATE\w*|URGENT|FLASH|ALERT|ADVISORY|BULLETIN|EMBARGOED|(?:\d+(?:ST|ND|RD|TH)|FIRST|SECOND|THIRD) LEAD|LEAD|\d+(?:ST|ND|RD|TH) [A-Z]+|[A-Z ]{4,20}:?)$";
    /// The start of what is for editors alone.
    static DESK: Regex = r"(?i)^(?:#+ ?(?:\w+ )?(?:notebook|refile)|\* \* \* \*|#+ .{0,30}\b(?:contacts?|notes? to editors)\b.*|the following information is not for publication.*|-? ?(?:reporting|editing) by: .*)$";
}

fn recognise(start: &[u8]) -> Recognised {
    let header = start.iter().position(|byte| *byte == HEADER as u8);
    // ANPA puts characters for synchronising before the header.
    let is_first = header.is_some_and(|at| {
        start
            .get(..at)
            .unwrap_or_default()
            .iter()
            .all(|byte| byte.is_ascii_whitespace() || matches!(byte, 0 | 0x16 | 0x7f))
    });
    let text =
        header.and_then(|at| start.get(at..)?.iter().take(HEADER_BYTES).position(|byte| *byte == TEXT as u8));
    if is_first && text.is_some() { Recognised::Surely } else { Recognised::No }
}

/// Takes a file apart into its messages.
fn messages(bytes: &[u8], _: &Options, mend: &mut dyn FnMut(&str)) -> Vec<Part> {
    let text = match decode::text(bytes, mend) {
        Ok(text) => text,
        Err(why) => return vec![Part::Refused { number: 0, why }],
    };
    let mut parts = Vec::new();
    for message in text.split(END) {
        let Some(start) = message.find(HEADER) else { continue };
        let number = parts.len() + 1;
        let bytes = message.get(start..).unwrap_or_default().as_bytes().to_vec();
        parts.push(Part::Report { number, bytes, known: Box::default() });
    }
    if parts.is_empty() {
        parts.push(Part::Refused { number: 0, why: Fault::empty("no message of a wire in it") });
    }
    parts
}

fn read(source: &Source, options: &Options, mend: &mut dyn FnMut(&str)) -> Result<Document, Fault> {
    let message = decode::text(&source.bytes, mend)?;
    let message = message.trim_start_matches(HEADER).replace("\r\n", "\n");
    let (header, text) = message.split_once(TEXT).ok_or_else(|| Fault::empty("the message has no text"))?;
    let (text, trailer) = text.split_once(TEXT_END).unwrap_or((text, ""));
    article::check_length(text.len(), options)?;
    let mut document = (*source.known).clone();
    let is_anpa = header.contains(['\u{1f}', '\u{11}', '\u{12}', '\u{13}']) || text.starts_with('^');
    let body = if is_anpa {
        anpa_date(trailer, &mut document);
        anpa_head(header, text, &mut document)
    } else {
        iptc_header(header, &mut document);
        iptc_date(trailer, &mut document);
        iptc_head(text, &mut document)
    };
    let mut blocks = plain::blocks(&characters::clean(&body));
    drop_desk(&mut blocks);
    Ok(article::finish(blocks, document, mend))
}

/// Takes out what a message tells editors below the report.
fn drop_desk(blocks: &mut [Block]) {
    let from = blocks.iter().position(|block| DESK.is_match(&block.text)).unwrap_or(blocks.len());
    for block in blocks.iter_mut().skip(from) {
        block.drop_all(DropReason::HouseNotice);
    }
}

fn iptc_header(header: &str, document: &mut Document) {
    let mut lines = header.lines().map(str::trim).filter(|line| !line.is_empty());
    if let Some(found) = lines.next().and_then(|line| HEADER_7901.captures(line)) {
        let part = |at| found.get(at).map(|part| part.as_str().to_owned());
        keep(document, "id", part(1));
        keep(document, "urgency", part(2));
        keep(document, "category", part(3));
        document.outlet = part(4).or(document.outlet.take());
    }
    keep(document, "slug", lines.next().map(|slug| slug.trim_end_matches('/').to_owned()));
}

fn iptc_date(trailer: &str, document: &mut Document) {
    let Some(stamp) = STAMP_7901.captures(trailer) else { return };
    let part = |at| stamp.get(at).map(|part| part.as_str()).unwrap_or_default();
    let words = format!("{} {} 20{} {}:{} {}", part(1), part(5), part(6), part(2), part(3), part(4));
    publish(dates::given(&words, None).ok().map(|given| given.date), document);
}

fn anpa_date(trailer: &str, document: &mut Document) {
    let Some(stamp) = STAMP_ANPA.captures(trailer) else { return };
    let part = |at| stamp.get(at).map(|part| part.as_str()).unwrap_or_default();
    // Two digits of a year: ANPA 1312 is of 1979, and was in use until long after 2000.
    let century = if part(4) >= "79" { "19" } else { "20" };
    let zone = if matches!(part(7), "GMT" | "UTC") { "Z" } else { "" };
    let words = format!("{century}{}-{}-{}T{}:{}{zone}", part(4), part(2), part(3), part(5), part(6));
    publish(dates::iso(&words), document);
    document.outlet = Some(part(1).to_owned());
}

fn publish(date: Option<String>, document: &mut Document) {
    if date.is_some() {
        document.published = date;
        document.published_from = Some(PublishedFrom::Metadata);
    }
}

/// Reads the lines above the text of IPTC 7901, which end with `=`. Returns the text.
fn iptc_head(text: &str, document: &mut Document) -> String {
    let ends = |line: &str| line.trim_end().ends_with('=');
    let mut lines = text.lines();
    let head: Vec<&str> = match text.lines().take(HEAD_LINES).position(ends) {
        Some(last) => lines.by_ref().take(last + 1).collect(),
        None => Vec::new(),
    };
    let (mut title, mut states) = (Vec::new(), Vec::new());
    for line in head {
        let line = line.trim().trim_end_matches('=').trim();
        if line.is_empty() {
            continue;
        }
        if STATE.is_match(line) {
            states.push(line);
        } else if line.starts_with("By ") {
            super::nitf::authors(line, document);
        } else {
            title.push(line);
        }
    }
    if !title.is_empty() {
        document.title = Some(characters::squeeze(&characters::clean(&title.join(" "))));
    }
    super::nitf::keep_list(document, "state", states.into_iter());
    lines.collect::<Vec<_>>().join("\n")
}

/// Reads the lines above the text of ANPA 1312, which start with `^` and end with `<` or `=`. Returns the text.
fn anpa_head(header: &str, text: &str, document: &mut Document) -> String {
    let keyword = header.lines().last().and_then(|line| {
        line.split(|c: char| c.is_control())
            .find(|part| part.contains("BC-") || part.contains("AM-") || part.contains("PM-"))
    });
    keep(
        document,
        "keyword",
        keyword.map(|keyword| characters::squeeze(keyword).split("  ").next().unwrap_or_default().to_owned()),
    );
    let (mut notes, mut body): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    let mut heads = Vec::new();
    for line in text.lines() {
        match line.strip_prefix('^') {
            Some(head) if body.is_empty() => {
                let head = head.trim().trim_end_matches(['<', '=']).trim();
                if !head.is_empty() {
                    heads.push(head);
                }
            }
            _ if line.trim().is_empty() && body.is_empty() => {}
            _ => body.push(line),
        }
    }
    for (at, head) in heads.iter().enumerate() {
        if at == 0 {
            keep(document, "slug", Some((*head).to_owned()));
        } else if let Some(names) = front::byline(head) {
            document.authors = names.iter().map(|name| in_capitals(name)).collect();
        } else if head.starts_with("Eds:") || head.starts_with("AP Photo") || head.contains("Press") {
            notes.push(head);
        } else if document.title.is_none() {
            document.title = Some(characters::clean(head));
        } else {
            notes.push(head);
        }
    }
    super::nitf::keep_list(document, "editors", notes.into_iter());
    // Seven bits have no dash and no quotation marks.
    body.join("\n").replace("``", "“").replace("''", "”").replace(" _ ", " – ")
}

/// Returns a name in capitals with small letters behind the first of each word.
fn in_capitals(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let mut out = String::new();
    let mut is_first = true;
    for c in name.chars() {
        if is_first {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        is_first = !c.is_alphabetic();
    }
    out
}
