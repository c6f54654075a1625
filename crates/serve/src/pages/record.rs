use minijinja::{Value, context};
use readout::record::{Confidence, Record};
use readout::views::when::Spelling;
use readout::views::{self, Contents, Filter, chain, facts, line, marked};
use readout::{Scope, text::CharSpan};

use super::document::{chosen_paragraphs, legend};
use super::exits::Exits;
use super::sections::Section;
use crate::Result;
use crate::address::{address, any, in_report};
use crate::layout::{nothing, page};
use crate::respond::Asked;
use crate::response::Answer;
use crate::templates::value_of;
use crate::view::{View, link_in, record_in};

/// Answers with one record with its passage, its chain and the rule that made it.
pub(crate) fn record(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let Some(stored) = view.corpus.record(&asked.id)? else { return nothing(view, "no such record") };
    if matches!(stored, Record::Agreement(_) | Record::Position(_)) {
        return linked(view, asked, &stored);
    }
    let Some(doc) = stored.evidence().map(|it| it.doc.clone()) else {
        return Ok(Answer::elsewhere(address(stored.id())));
    };
    let contents = view.corpus.slice(&Scope::Documents(vec![doc]))?;
    let names = contents.names();
    let (Some(document), Some(records)) = (contents.documents.first(), contents.records.first()) else {
        return nothing(view, "no such record");
    };
    // What was rejected is shown as it was read.
    let record = record_in(&contents, stored.id()).unwrap_or(stored);
    let mut here = records.clone();
    if here.find(record.id()).is_none() {
        here.push(record.clone());
    }
    let found = marked(document, &here, Some(record.id()), &[]);
    let reasons = view.corpus.why_among(&record, &here);
    let why = record.evidence().map(|it| {
        let spans: Vec<(u32, u32)> = it.spans.iter().map(|span: &CharSpan| (span.start, span.end)).collect();
        context! {
            reasons => value_of(&reasons), rule => it.rule.as_str(), certainty => format!("{:.2}", it.certainty),
            confidence => it.confidence.map(Confidence::in_words), spans
        }
    });
    let heading = line(record.as_ref(), &names, 160);
    let content = context! {
        record => context! { id => record.id(), kind => record.kind().as_str(), line => heading.as_str() },
        document => context! { id => document.id.as_str(), title => document.title.clone(), text_sha256 => document.text_sha256.as_str() },
        chain => value_of(chain(&record, document, &names)),
        paragraphs => value_of(chosen_paragraphs(&found)),
        legend => value_of(legend(&record)),
        passage => in_report(&document.id, record.id()),
        facts => value_of(facts(&record, &names, Spelling::Words)),
        sections => Vec::<Value>::new(),
        why,
        exits => value_of(Exits::of_one(record.id(), "records", any(record.id()))),
        judged => super::corrections::judged(view, record.id(), asked)?,
        done => super::corrections::done(view, asked)?,
        corrections => super::corrections::forms(view, &record, &contents)?,
    };
    let answer = page(view.site, "record.html", &heading, "", content)?;
    Ok(answer.with_forms())
}

/// Answers with an agreement or a position, which are based on records of several reports.
fn linked(view: &View<'_>, asked: &Asked, record: &Record) -> Result<Answer> {
    let contents = view.slice_of_link(record.id())?;
    let record = &link_in(&contents, record.id()).unwrap_or_else(|| record.clone());
    let names = contents.names();
    let heading = line(record.as_ref(), &names, 160);
    let content = context! {
        record => context! { id => record.id(), kind => record.kind().as_str(), line => heading.as_str() },
        document => (),
        chain => (),
        paragraphs => (),
        facts => value_of(facts(record, &names, Spelling::Words)),
        sections => value_of(evidence(record, &contents).into_iter().collect::<Vec<_>>()),
        why => (),
        exits => value_of(Exits::of_one(record.id(), "records", any(record.id()))),
        judged => super::corrections::judged(view, record.id(), asked)?,
        done => super::corrections::done(view, asked)?,
        corrections => super::corrections::forms(view, record, &contents)?,
    };
    let answer = page(view.site, "record.html", &heading, "", content)?;
    Ok(answer.with_forms())
}

/// Returns the section of what reports say of an agreement or a position; `None` for other records.
fn evidence(record: &Record, contents: &Contents) -> Option<Section> {
    let filter = Filter::default();
    let (name, rows) = match record {
        Record::Agreement(it) => {
            let rows =
                views::agreements(contents, &filter).into_iter().filter(|row| row.citation.id == it.id);
            ("agreements", value_of(rows.collect::<Vec<_>>()))
        }
        Record::Position(it) => {
            let rows = views::issues(contents, &filter, None).into_iter().filter(|row| {
                row.cells.iter().any(|cell| cell.positions.iter().any(|position| position.position == it.id))
            });
            ("issues", value_of(rows.collect::<Vec<_>>()))
        }
        _ => return None,
    };
    let title = "What reports say of it".to_owned();
    Some(Section { name: name.to_owned(), title, total: rows.len().unwrap_or(0), rows, ..Section::default() })
}
