//! Ids that are typed by hand: whole, without their kind, or their first digits.

use crate::{Result, Store};

/// The kinds of ids: the part of an id up to its first colon, colon included.
const ID_KINDS: [&str; 21] = [
    "doc:",
    "statement:",
    "event:",
    "meeting:",
    "incident:",
    "condition:",
    "commitment:",
    "agreement:",
    "position:",
    "quote:",
    "happening:",
    "story:",
    "state:",
    "person:",
    "org:",
    "organisation:",
    "group:",
    "outlet:",
    "office:",
    "place:",
    "mention:",
];

/// The kind of actors without a name.
const UNNAMED: &str = "unnamed:";

impl Store {
    /// Returns the ids (of documents, records and links) that are `id`, have it after their kind, or start with it.
    ///
    /// If one is exact, it is returned alone; else at most `limit` are, sorted. An actor without a name, whose id
    /// contains the report's, is returned only if nothing else is found.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn resolve(&self, id: &str, limit: usize) -> Result<Vec<String>> {
        let found = self.resolve_among(id, &ID_KINDS, limit)?;
        if found.is_empty() { self.resolve_among(id, &[UNNAMED], limit) } else { Ok(found) }
    }

    /// Resolves `id` as [`Store::resolve`] does, among the ids of these `kinds`, each with its colon.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn resolve_among(&self, id: &str, kinds: &[&str], limit: usize) -> Result<Vec<String>> {
        let of_kind = |id: &String| kinds.iter().any(|kind| id.starts_with(kind));
        let query = |condition: &str, values: &[&str]| -> Result<Vec<String>> {
            let tables = ["documents", "records", "links"].map(|table| {
                format!("SELECT * FROM (SELECT id FROM {table} WHERE {condition} LIMIT {limit})")
            });
            let read = || -> rusqlite::Result<Vec<String>> {
                self.connection
                    .prepare_cached(&tables.join(" UNION "))?
                    .query_map(rusqlite::params_from_iter(values), |row| row.get(0))?
                    .collect()
            };
            read().map_err(|error| self.error(&error))
        };
        let mut exact = query("id = ?1", &[id])?;
        exact.retain(of_kind);
        if !exact.is_empty() || id.is_empty() {
            return Ok(exact);
        }
        // Every id starts with a kind: one range of the index for each, and one for an id typed with its kind.
        let mut found: Vec<String> = Vec::new();
        for kind in std::iter::once(&"").chain(kinds) {
            let start = format!("{kind}{id}");
            found.extend(query("id >= ?1 AND id < ?2", &[&start, &format!("{start}\u{10FFFF}")])?);
        }
        found.retain(of_kind);
        if let Some(whole) = found.iter().find(|it| it.split_once(':').is_some_and(|(_, rest)| rest == id)) {
            return Ok(vec![whole.clone()]);
        }
        found.sort();
        found.dedup();
        found.truncate(limit);
        Ok(found)
    }
}
