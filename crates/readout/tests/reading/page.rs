//! The form of a page.

/// One passage, or several reports, and what must be read out of them.
#[derive(Debug, Default)]
pub(crate) struct Case {
    /// The heading above it.
    pub(crate) heading: String,
    /// The line of the first passage's fence.
    pub(crate) line: usize,
    /// The passages.
    pub(crate) reports: Vec<Report>,
    /// The records that must be found, and those that must not.
    pub(crate) expected: Vec<Expected>,
}

/// One passage.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// The report's name on the page, where there are several reports.
    pub(crate) name: Option<String>,
    pub(crate) passage: String,
    /// The metadata of the report, such as `published`.
    pub(crate) metadata: Vec<(String, Value)>,
}

/// One line of a `records` block.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    /// The line as written.
    pub(crate) written: String,
    /// Its number on the page, from 1.
    pub(crate) line: usize,
    /// `none`, `only`, or a plain expectation.
    pub(crate) demand: Demand,
    /// `statement`, `mention`, …
    pub(crate) kind: String,
    /// The name that later lines use for the record.
    pub(crate) label: Option<String>,
    /// Fields and their values.
    pub(crate) fields: Vec<(String, Value)>,
}

/// The demand that a line makes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) enum Demand {
    #[default]
    Found,
    None,
    Only,
}

/// A value as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// In quotation marks.
    Words(String),
    /// Anything else.
    Plain(String),
}

impl Value {
    /// The characters of the value.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Words(text) | Self::Plain(text) => text,
        }
    }
}

/// Reads the cases of a page.
pub(crate) fn cases(page: &str) -> Result<Vec<Case>, String> {
    let (mut cases, mut heading) = (Vec::<Case>::new(), String::new());
    let mut lines = page.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if let Some(text) = line.strip_prefix('#') {
            heading = text.trim_start_matches('#').trim().to_owned();
            continue;
        }
        let Some(info) = line.strip_prefix("```") else { continue };
        let body: Vec<&str> =
            lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        let first = number + 2;
        let at = |error| format!("line {}: {error}", number + 1);
        if let Some(metadata) = info.strip_prefix("text") {
            let (first, rest) = metadata.trim().split_once(' ').unwrap_or((metadata.trim(), ""));
            let named = !first.is_empty() && !first.contains('=');
            let report = Report {
                name: named.then(|| first.to_owned()),
                passage: body.join("\n"),
                metadata: fields(if named { rest } else { metadata }).map_err(at)?,
            };
            match cases.last_mut().filter(|case| case.expected.is_empty()) {
                Some(case) => case.reports.push(report),
                None => cases.push(Case {
                    heading: heading.clone(),
                    line: number + 1,
                    reports: vec![report],
                    expected: Vec::new(),
                }),
            }
        } else if info == "records" {
            let case = cases.last_mut().ok_or_else(|| at("records without a passage".to_owned()))?;
            for (line, number) in body.into_iter().zip(first..).filter(|(line, _)| !line.trim().is_empty()) {
                case.expected.push(Expected { line: number, ..expected(line).map_err(at)? });
            }
        }
    }
    for case in &cases {
        if case.expected.is_empty() {
            return Err(format!("line {}: a passage without records", case.line));
        }
        if case.reports.len() > 1 && case.reports.iter().any(|report| report.name.is_none()) {
            return Err(format!("line {}: of several reports each needs a name", case.line));
        }
    }
    Ok(cases)
}

/// Returns the page with each of `changes`, a line's number from 1 and its new words, in its place.
pub(crate) fn with_lines(page: &str, changes: &[(usize, String)]) -> String {
    let mut lines: Vec<&str> = page.lines().collect();
    for (number, line) in changes {
        if let Some(old) = number.checked_sub(1).and_then(|at| lines.get_mut(at)) {
            *old = line;
        }
    }
    lines.join("\n") + "\n"
}

fn expected(line: &str) -> Result<Expected, String> {
    let mut rest = line.trim();
    let next = |rest: &mut &str| {
        let (word, after) = rest.split_once(char::is_whitespace).unwrap_or((*rest, ""));
        *rest = after.trim_start();
        word.to_owned()
    };
    let mut found =
        Expected { written: line.trim().to_owned(), kind: next(&mut rest), ..Expected::default() };
    if let Some(demand) = match found.kind.as_str() {
        "none" => Some(Demand::None),
        "only" => Some(Demand::Only),
        _ => None,
    } {
        found.demand = demand;
        found.kind = next(&mut rest);
    }
    let first = rest.split_whitespace().next().unwrap_or_default();
    if !first.is_empty() && !first.contains('=') {
        found.label = Some(next(&mut rest));
    }
    found.fields = fields(rest)?;
    Ok(found)
}

/// Reads `name=value name="two words"`.
fn fields(text: &str) -> Result<Vec<(String, Value)>, String> {
    let (mut found, mut rest) = (Vec::new(), text.trim());
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=').ok_or_else(|| format!("`{rest}` is no field"))?;
        let (value, after) = match after.strip_prefix('"') {
            Some(words) => {
                let end = words.find("\" ").or_else(|| words.ends_with('"').then(|| words.len() - 1));
                let end = end.ok_or_else(|| format!("`{name}` has no closing mark"))?;
                (Value::Words(words[..end].to_owned()), &words[end + 1..])
            }
            None => {
                let (value, after) = after.split_once(char::is_whitespace).unwrap_or((after, ""));
                (Value::Plain(value.to_owned()), after)
            }
        };
        found.push((name.to_owned(), value));
        rest = after.trim_start();
    }
    Ok(found)
}
