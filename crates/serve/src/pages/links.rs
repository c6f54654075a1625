//! Pages of what several reports share: a quote, a happening.

use minijinja::{Value, context};
use readout::record::Record;
use readout::views::words::shorten;
use readout::views::{self, Citation, Contents, Filter};
use serde::Serialize;

use super::around::Around;
use super::exits::Exits;
use crate::Result;
use crate::address::address;
use crate::layout::{nothing, page};
use crate::respond::Asked;
use crate::response::Answer;
use crate::templates::value_of;
use crate::view::View;

/// Words of one wording, which another wording has too or has not.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Run {
    text: String,
    /// True if the other wording lacks them.
    odd: bool,
}

/// Answers with one utterance in all its wordings.
pub(crate) fn quote(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let Some(Record::Quote(quote)) = view.corpus.record(&asked.id)? else {
        return nothing(view, "no such quote");
    };
    let contents = view.slice_of_link(&quote.id)?;
    let rows = views::quotes(&contents, &Filter::default());
    let Some(row) = rows.into_iter().find(|it| it.best.quote.as_ref() == Some(&quote.id)) else {
        return nothing(view, "no wording of that quote");
    };
    let missing: Vec<&str> = row.wordings.iter().map(|it| it.missing.as_str()).collect();
    let start = &asked.asking.page;
    let wordings: Vec<Value> = (row.wordings.iter().skip(start.from()).take(start.limit))
        .map(|it| {
            let runs = value_of(runs(&it.content, &[&it.added]));
            context! { runs, wording => value_of(it) }
        })
        .collect();
    let content = context! {
        judged => super::corrections::judged(view, &quote.id, asked)?,
        quote => value_of(&row),
        best => value_of(runs(&row.best.content, &missing)),
        wordings,
        around => value_of(Around::of(asked, start.from(), start.limit, row.wordings.len())),
        story => story_of(&contents),
        exits => value_of(Exits::of_one(&quote.id, "records", address(&quote.id))),
    };
    let title = shorten(&row.best.content, 60);
    Ok(page(view.site, "quote.html", &format!("“{title}”"), "stories", content)?.with_forms())
}

/// Answers with one event as each report gives it, and with the differences between reports.
pub(crate) fn happening(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let Some(Record::Happening(happening)) = view.corpus.record(&asked.id)? else {
        return nothing(view, "no such happening");
    };
    let contents = view.slice_of_link(&happening.id)?;
    let names = contents.names();
    let filter = Filter::default();
    let row =
        views::events(&contents, &filter).into_iter().find(|it| it.happening.as_ref() == Some(&happening.id));
    let members: Vec<&Citation> =
        row.iter().flat_map(|it| std::iter::once(&it.citation).chain(&it.also)).collect();
    let start = &asked.asking.page;
    let differences = views::differences(&contents, &filter).into_iter().filter(|it| it.id == happening.id);
    let participants: Vec<views::ActorName> = (happening.participants.iter())
        .map(|id| views::ActorName { id: id.clone(), name: names.of(id).to_owned() })
        .collect();
    let content = context! {
        judged => super::corrections::judged(view, &happening.id, asked)?,
        happening => value_of(&happening),
        row => value_of(&row),
        members => value_of(members.iter().skip(start.from()).take(start.limit).collect::<Vec<_>>()),
        total => members.len(),
        around => value_of(Around::of(asked, start.from(), start.limit, members.len())),
        differences => value_of(differences.collect::<Vec<_>>()),
        participants => value_of(participants),
        possibly => value_of(&happening.possibly),
        story => story_of(&contents),
        exits => value_of(Exits::of_one(&happening.id, "records", address(&happening.id))),
    };
    Ok(page(view.site, "happening.html", &shorten(&happening.title, 80), "stories", content)?.with_forms())
}

fn story_of(contents: &Contents) -> Value {
    contents
        .stories
        .first()
        .map_or_else(|| Value::from(()), |it| context! { id => it.id.as_str(), title => it.title.as_str() })
}

/// Cuts `text` at the runs of `odd` (each a list of runs parted by ` … `). Runs that are not found as they are stay
/// unmarked.
fn runs(text: &str, odd: &[&str]) -> Vec<Run> {
    let mut marks: Vec<(usize, usize)> = Vec::new();
    for list in odd {
        let mut from = 0;
        for run in list.split(" … ").map(str::trim).filter(|it| !it.is_empty()) {
            let Some(at) = text[from..].find(run) else { continue };
            marks.push((from + at, from + at + run.len()));
            from += at + run.len();
        }
    }
    marks.sort_unstable();
    let mut found = Vec::new();
    let mut from = 0;
    let mut push = |text: &str, odd: bool| {
        if !text.is_empty() {
            found.push(Run { text: text.to_owned(), odd });
        }
    };
    for (start, end) in marks {
        let start = start.max(from);
        if start >= end {
            continue;
        }
        push(&text[from..start], false);
        push(&text[start..end], true);
        from = end;
    }
    push(&text[from..], false);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_words_are_marked_where_they_stand() {
        let found =
            runs("a beacon of hope, a beacon of relief", &["hope … of relief", "beacon of hope", "nowhere"]);
        let found: Vec<(&str, bool)> = found.iter().map(|it| (it.text.as_str(), it.odd)).collect();
        let expected = [("a ", false), ("beacon of hope", true), (", a beacon ", false), ("of relief", true)];
        assert_eq!(found, expected);
        assert_eq!(runs("plain", &[""]).len(), 1);
    }
}
