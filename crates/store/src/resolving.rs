//! Ids that people type: whole, without the kind, or only the beginning.

use readout_record::{ActorKind, Kind, RecordId};

use crate::rows::read_id;
use crate::{Result, Store};

impl Store {
    /// Returns the ids (of documents, records and links) that are `id`, have it after their kind, or start with it.
    ///
    /// If one is exact, it is returned alone; else at most `limit` are, sorted. An actor without a name, whose id
    /// contains the report's, is returned only if nothing else is found.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn resolve(&self, id: &str, limit: usize) -> Result<Vec<RecordId>> {
        let actors = ActorKind::ALL.into_iter().map(ActorKind::id_prefix);
        let (unnamed, named): (Vec<&str>, Vec<&str>) =
            actors.partition(|prefix| *prefix == ActorKind::Unnamed.id_prefix());
        let prefixes: Vec<&str> = Kind::ALL.into_iter().filter_map(Kind::id_prefix).chain(named).collect();
        let found = self.resolve_among(id, &prefixes, limit)?;
        if found.is_empty() { self.resolve_among(id, &unnamed, limit) } else { Ok(found) }
    }

    /// Resolves `id` as [`Store::resolve`] does, among the ids with these `prefixes` (what stands before the first
    /// colon).
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn resolve_among(&self, id: &str, prefixes: &[&str], limit: usize) -> Result<Vec<RecordId>> {
        let is_among =
            |id: &RecordId| id.split_once(':').is_some_and(|(prefix, _)| prefixes.contains(&prefix));
        let query = |condition: &str, values: &[&str]| -> Result<Vec<RecordId>> {
            let tables = ["documents", "records", "links"].map(|table| {
                format!("SELECT * FROM (SELECT id FROM {table} WHERE {condition} LIMIT {limit})")
            });
            let read = || -> rusqlite::Result<Vec<RecordId>> {
                self.connection
                    .prepare_cached(&tables.join(" UNION "))?
                    .query_map(rusqlite::params_from_iter(values), |row| read_id(row, 0))?
                    .collect()
            };
            read().map_err(|error| self.error(error))
        };
        let mut exact = query("id = ?1", &[id])?;
        exact.retain(is_among);
        if !exact.is_empty() || id.is_empty() {
            return Ok(exact);
        }
        // One range of the index for each prefix, and one for an id that was typed with its prefix.
        let mut found: Vec<RecordId> = Vec::new();
        let starts = prefixes.iter().map(|prefix| format!("{prefix}:{id}"));
        for start in std::iter::once(id.to_owned()).chain(starts) {
            found.extend(query("id >= ?1 AND id < ?2", &[&start, &format!("{start}\u{10FFFF}")])?);
        }
        found.retain(is_among);
        if let Some(whole) = found.iter().find(|it| it.split_once(':').is_some_and(|(_, rest)| rest == id)) {
            return Ok(vec![whole.clone()]);
        }
        found.sort();
        found.dedup();
        found.truncate(limit);
        Ok(found)
    }
}
