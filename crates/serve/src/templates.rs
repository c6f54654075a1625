//! The templates of the pages, with their filters. One formatter escapes every value of every template.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Output, UndefinedBehavior};
use readout::views::when::{Spelling, date};
use readout::views::words::{count, grouped, plainly, shorten};
use readout::views::{Citation, safe};
use serde::Serialize;

use crate::address::{Addresses, record_address};
use crate::query::path_part;
use crate::{Result, words};

const TEMPLATES: &[(&str, &str)] = &[
    ("front.html", include_str!("templates/front.html")),
    ("layout.html", include_str!("templates/layout.html")),
    ("message.html", include_str!("templates/message.html")),
    ("parts.html", include_str!("templates/parts.html")),
    ("list.html", include_str!("templates/list.html")),
    ("story.html", include_str!("templates/story.html")),
    ("actor.html", include_str!("templates/actor.html")),
    ("quote.html", include_str!("templates/quote.html")),
    ("happening.html", include_str!("templates/happening.html")),
    ("document.html", include_str!("templates/document.html")),
    ("record.html", include_str!("templates/record.html")),
    ("search.html", include_str!("templates/search.html")),
    ("network.html", include_str!("templates/network.html")),
    ("map.html", include_str!("templates/map.html")),
    ("beside.html", include_str!("templates/beside.html")),
    ("brief.html", include_str!("templates/brief.html")),
    ("marks.html", include_str!("templates/marks.html")),
    ("cite.html", include_str!("templates/cite.html")),
    ("log.html", include_str!("templates/log.html")),
    ("new.html", include_str!("templates/new.html")),
    ("queue.html", include_str!("templates/queue.html")),
    ("coders.html", include_str!("templates/coders.html")),
    ("adding.html", include_str!("templates/adding.html")),
    ("bundle.html", include_str!("templates/bundle.html")),
    ("corrections.html", include_str!("templates/corrections.html")),
];

/// Returns all templates, with their filters. Every value is escaped unless it was made by this program as markup.
pub(crate) fn templates(
    links: impl Addresses + Clone + Send + Sync + 'static,
) -> Result<Environment<'static>> {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    templates.set_auto_escape_callback(|_| AutoEscape::Html);
    templates.set_formatter(format);
    templates.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    templates.add_filter("part", |it: &str| path_part(it));
    templates.add_filter("day", |it: &str| date(it, Spelling::Words));
    templates.add_filter("when", |time: &Value| words::when(time));
    templates.add_filter("amount", |bounds: &Value| words::amount(bounds));
    templates.add_filter("sentence", words::sentence);
    templates.add_filter("count", count);
    templates.add_filter("number", grouped);
    templates.add_filter("many", |one: &str| count(2, one).trim_start_matches("2 ").to_owned());
    let addresses = links.clone();
    templates.add_filter("address", move |id: &str| addresses.of(id));
    templates.add_filter("record", |id: &str| record_address(id));
    templates.add_filter("passage", move |it: &Value| citation(it).map(|it| links.passage(&it)));
    templates.add_filter("clean", |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" "));
    templates.add_filter("short", |text: &str| shorten(text, 180));
    templates.add_filter("plainly", plainly);
    for &(name, source) in TEMPLATES {
        #[cfg(feature = "reload")]
        let source: &'static str =
            std::fs::read_to_string(format!("{}/src/templates/{name}", env!("CARGO_MANIFEST_DIR")))?.leak();
        templates.add_template(name, source)?;
    }
    Ok(templates)
}

/// Writes a value into a page.
fn format(
    out: &mut Output<'_>,
    _: &mut minijinja::State<'_, '_>,
    value: &Value,
) -> std::result::Result<(), minijinja::Error> {
    let wrote = match value.kind() {
        ValueKind::Undefined => return Err(minijinja::ErrorKind::UndefinedError.into()),
        ValueKind::None => Ok(()),
        _ if value.is_safe() => out.write_str(value.as_str().unwrap_or_default()),
        _ => match value.as_str() {
            Some(text) => out.write_str(&safe::html(text)),
            None => out.write_str(&safe::html(&value.to_string())),
        },
    };
    wrote.map_err(minijinja::Error::from)
}

/// Returns a value of the record as templates have it.
pub(crate) fn value_of(value: impl Serialize) -> Value {
    Value::from(Serde(value))
}

/// Returns the passage of a line that a template has.
fn citation(it: &Value) -> std::result::Result<Citation, minijinja::Error> {
    let text = |name: &str| it.get_attr(name).map(|it| it.as_str().unwrap_or_default().to_owned());
    let mut spans = Vec::new();
    for span in it.get_attr("spans")?.try_iter()? {
        let at = |at: usize| -> std::result::Result<u32, minijinja::Error> {
            Ok(span.get_item_by_index(at)?.as_usize().unwrap_or(0) as u32)
        };
        spans.push(readout::text::CharSpan::new(at(0)?, at(1)?));
    }
    Ok(Citation { id: text("id")?.into(), doc: text("doc")?.into(), spans, ..Citation::default() })
}

#[cfg(test)]
mod tests {
    use minijinja::context;

    use super::*;
    use crate::address::OwnPages;

    #[test]
    fn words_of_a_report_are_words() {
        let hostile = "<script>alert(1)</script> \" onload='x' \u{202e}txt\u{2066}\u{0}";
        let safe = safe::html(hostile);
        assert!(!safe.contains(['<', '>', '"', '\'', '\u{202e}', '\u{2066}', '\u{0}']), "{safe}");
        let templates = templates(OwnPages).unwrap();
        let made =
            templates.render_str("<p title=\"{{ it }}\">{{ it }}</p>", context! { it => hostile }).unwrap();
        assert_eq!(made, format!("<p title=\"{safe}\">{safe}</p>"));
    }
}
