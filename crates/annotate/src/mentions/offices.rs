//! Offices that roles name: `Finnish President`, `president of Finland`.

use readout_knowledge::Knowledge;
use readout_record::ActorKind;

/// The most titles of one person that are looked at.
const ROLES: usize = 20;
/// The most words of a title that are looked at. Runs of them grow with the square.
const WORDS: usize = 12;

/// The offices that a person's titles name, but for former ones.
pub(super) fn offices_of(roles: &[String], knowledge: &Knowledge) -> Vec<String> {
    let mut found = Vec::new();
    for role in roles.iter().take(ROLES) {
        let role = role.to_lowercase();
        if role.contains("former")
            || role.starts_with("ex-")
            || role.contains("vice")
            || role.contains("deputy")
        {
            continue;
        }
        for title in role.split([',', ';']).flat_map(|part| part.split(" and ")) {
            let words: Vec<&str> = title.split_whitespace().take(WORDS).collect();
            // "sister of the leader", "the leader’s sister" hold no office themselves.
            let stop = words.iter().position(|word| COMPLEMENT.contains(word)).unwrap_or(words.len());
            let owner =
                words.iter().take(stop).rposition(|word| word.ends_with("'s") || word.ends_with("’s"));
            for from in owner.map_or(0, |owner| owner + 1)..stop {
                for to in from + 1..=words.len().min(from + 4) {
                    if let Some(office) = knowledge.office(&words[from..to].join(" ")) {
                        found.push(office.key.clone());
                    }
                }
            }
        }
    }
    found
}

/// Prepositions after which a title says whose or where the office is, and not what the bearer is.
const COMPLEMENT: &[&str] = &["of", "to", "for", "in", "at", "with", "from", "under", "on"];

/// Words of a role that do not show whose office it is.
const BESIDE_OFFICE: &[&str] =
    &["the", "of", "and", "acting", "interim", "new", "then", "-", "’s", "'s", "current"];

/// Whether a role is an office with the name of a state, or with nothing beside it: `Finnish President`, `president of
/// Finland`, `President`; `president of a Finnish bank` is none.
pub(super) fn is_of_state(role: &str, knowledge: &Knowledge) -> bool {
    let words: Vec<&str> = role.split_whitespace().take(WORDS).collect();
    let mut at = 0;
    let mut office = false;
    while at < words.len() {
        let run = (at + 1..=words.len().min(at + 4)).rev().find_map(|to| {
            let run = words.get(at..to)?.join(" ");
            let run = run.trim_end_matches("’s").trim_end_matches("'s").trim_end_matches(',');
            let is_office = knowledge.office(run).is_some() || knowledge.title(run).is_some();
            let is_state = knowledge.named(run).iter().any(|(entry, _)| entry.kind == ActorKind::State);
            (is_office || is_state).then_some((to, is_office))
        });
        match run {
            Some((to, is_office)) => {
                office |= is_office;
                at = to;
            }
            None if words
                .get(at)
                .is_some_and(|word| BESIDE_OFFICE.contains(&word.to_lowercase().as_str())) =>
            {
                at += 1;
            }
            None => return false,
        }
    }
    office
}
