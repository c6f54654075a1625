//! The lists of block keys, stored so that adding to them stays quick.
//!
//! Keys are hashes, so the lines of one report lie all over the table. In a large file each would change a page of its
//! own. New lines therefore gather in a table that stays in memory, and move to the large one by stretches of
//! neighbouring keys, as many as came: most pages then change for many lines at once (after the two components of
//! O'Neil, Cheng, Gawlick, O'Neil, "The log-structured merge-tree", 1996, §2).

use readout_link::{Entry, Item};
use rusqlite::{Connection, params};

/// Largest number of lines in `link_keys_new`; further ones move to `link_keys`.
const GATHERED: i64 = 600_000;

/// A kind and key before all others, and one after all others.
const START: (i64, i64) = (-1, 0);
const END: (i64, i64) = (i64::MAX, i64::MAX);

/// Returns the entries of a key in their order, at most `limit` of them.
pub(super) fn entries(
    connection: &Connection,
    kind: u8,
    key: u64,
    limit: Option<usize>,
) -> rusqlite::Result<Vec<Entry>> {
    let most = limit.map_or(-1, |limit| limit as i64);
    let read = |table: &str| -> rusqlite::Result<Vec<Entry>> {
        connection
            .prepare_cached(&format!(
                "SELECT day, rank, document, item FROM {table} WHERE kind = ? AND key = ?
                 ORDER BY day, rank, document, item LIMIT ?"
            ))?
            .query_map(params![kind, key as i64, most], |row| {
                let item = Item { document: row.get(2)?, number: row.get(3)? };
                Ok(Entry { day: row.get(0)?, rank: row.get(1)?, item })
            })?
            .collect()
    };
    let (mut entries, new) = (read("link_keys")?, read("link_keys_new")?);
    if !new.is_empty() {
        entries.extend(new);
        entries.sort_unstable();
        entries.truncate(limit.unwrap_or(usize::MAX));
    }
    Ok(entries)
}

/// Adds an entry to the list of a key. Returns the change in the number of lines in `link_keys_new`.
pub(super) fn insert(connection: &Connection, kind: u8, key: u64, entry: Entry) -> rusqlite::Result<i64> {
    let mut query = connection.prepare_cached(
        "INSERT OR IGNORE INTO link_keys_new (kind, key, day, rank, document, item) VALUES (?, ?, ?, ?, ?, ?)",
    )?;
    let Entry { day, rank, item } = entry;
    Ok(query.execute(params![kind, key as i64, day, rank, item.document, item.number])? as i64)
}

/// Removes an entry from the list of a key. Returns the change in the number of lines in `link_keys_new`.
pub(super) fn remove(connection: &Connection, kind: u8, key: u64, entry: Entry) -> rusqlite::Result<i64> {
    let Entry { day, rank, item } = entry;
    let delete = |table: &str| {
        connection
            .prepare_cached(&format!(
                "DELETE FROM {table}
                 WHERE kind = ? AND key = ? AND day = ? AND rank = ? AND document = ? AND item = ?"
            ))?
            .execute(params![kind, key as i64, day, rank, item.document, item.number])
    };
    delete("link_keys")?;
    Ok(-(delete("link_keys_new")? as i64))
}

/// Adds `more` to the number of lines in `link_keys_new`. If they are more than `GATHERED`, moves a stretch of
/// neighbouring keys to `link_keys`, beginning where the last stretch ended.
pub(super) fn settle(connection: &Connection, more: i64) -> rusqlite::Result<()> {
    settle_above(connection, more, GATHERED)
}

fn settle_above(connection: &Connection, more: i64, most: i64) -> rusqlite::Result<()> {
    let (mut gathered, kind, key): (i64, i64, i64) =
        connection.query_row("SELECT gathered, kind, key FROM link_keys_state", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    gathered += more;
    let mut after = (kind, key);
    // Twice at most: to the end of the table, and again from its beginning.
    for _ in 0..2 {
        if gathered <= most {
            break;
        }
        let end = connection
            .prepare_cached(
                "SELECT kind, key FROM link_keys_new WHERE (kind, key) > (?, ?)
                 ORDER BY kind, key LIMIT 1 OFFSET ?",
            )?
            .query_map(params![after.0, after.1, gathered - most - 1], |row| Ok((row.get(0)?, row.get(1)?)))?
            .next()
            .transpose()?
            .unwrap_or(END);
        let stretch = "WHERE (kind, key) > (?, ?) AND (kind, key) <= (?, ?)";
        let stretch_of = params![after.0, after.1, end.0, end.1];
        connection
            .prepare_cached(&format!(
                "INSERT OR IGNORE INTO link_keys (kind, key, day, rank, document, item)
                 SELECT kind, key, day, rank, document, item FROM link_keys_new {stretch} ORDER BY kind, key"
            ))?
            .execute(stretch_of)?;
        let gone = connection
            .prepare_cached(&format!("DELETE FROM link_keys_new {stretch}"))?
            .execute(stretch_of)?;
        gathered -= gone as i64;
        after = if end == END { START } else { end };
    }
    connection
        .prepare_cached("UPDATE link_keys_state SET gathered = ?, kind = ?, key = ?")?
        .execute(params![gathered, after.0, after.1])
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_the_same_wherever_their_lines_lie() -> rusqlite::Result<()> {
        let connection = Connection::open_in_memory()?;
        for table in ["link_keys", "link_keys_new"] {
            connection.execute_batch(&format!(
                "CREATE TABLE {table} (kind INTEGER, key INTEGER, day INTEGER, rank INTEGER, document INTEGER,
                 item INTEGER, PRIMARY KEY (kind, key, day, rank, document, item)) WITHOUT ROWID"
            ))?;
        }
        connection.execute_batch(
            "CREATE TABLE link_keys_state (gathered INTEGER, kind INTEGER, key INTEGER);
             INSERT INTO link_keys_state VALUES (0, -1, 0)",
        )?;
        let count = |table: &str| -> rusqlite::Result<i64> {
            connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))
        };
        let key = |number: i64| ((number * 7919) % 50 - 25) as u64;
        let entry = |number: i64| Entry {
            day: number as i32 % 9,
            rank: -number,
            item: Item { document: number, number: 0 },
        };
        let mut expected: std::collections::BTreeSet<(u8, u64, Entry)> = Default::default();
        for number in 0..400i64 {
            let kind = |number: i64| (number % 3) as u8;
            let mut more = insert(&connection, kind(number), key(number), entry(number))?;
            expected.insert((kind(number), key(number), entry(number)));
            if number % 4 == 3 {
                let old = number / 2;
                more += remove(&connection, kind(old), key(old), entry(old))?;
                expected.remove(&(kind(old), key(old), entry(old)));
            }
            settle_above(&connection, more, 40)?;
            assert!(count("link_keys_new")? <= 40);
        }
        assert!(count("link_keys")? > 100);
        for (kind, key) in expected.iter().map(|(kind, key, _)| (*kind, *key)) {
            let own = expected.iter().filter(|it| (it.0, it.1) == (kind, key));
            let own: Vec<Entry> = own.map(|it| it.2).collect();
            assert_eq!(entries(&connection, kind, key, None)?, own);
            assert_eq!(entries(&connection, kind, key, Some(2))?, own[..own.len().min(2)]);
        }
        assert_eq!(count("link_keys")? + count("link_keys_new")?, expected.len() as i64);
        Ok(())
    }
}
