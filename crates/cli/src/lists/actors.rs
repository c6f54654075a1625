//! `readout actors`.

use readout::views::ActorRow;

use super::{List, list, word};
use crate::outcome::Outcome;
use crate::table::{Column, column};

pub(crate) fn run(arguments: &List) -> anyhow::Result<Outcome> {
    let columns: Vec<Column<ActorRow>> = vec![
        column("who", 30, |it| it.name.clone()),
        column("type", 12, |it| word(it.actor_kind)),
        column("state", 5, |it| it.state.clone().unwrap_or_default()),
        column("roles", 36, |it| it.roles.iter().map(|it| it.text.clone()).collect::<Vec<_>>().join("; ")),
        column("also", 30, |it| it.aliases.join("; ")),
        column("reports", 7, |it| it.reports.to_string()),
        column("mentions", 8, |it| it.mentions.to_string()),
        column("said", 6, |it| it.statements.map(|it| it.to_string()).unwrap_or_default()),
        column("sector", 0, |it| it.sector.map_or_else(String::new, |sector| sector.to_string())),
        column("id", 30, |it| it.id.to_string()),
    ];
    list(arguments, &columns)
}
