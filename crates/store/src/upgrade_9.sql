-- From form 8 to form 9. New files get the same tables.

-- Ids of links that were given up, each with the id that took its place.
CREATE TABLE replaced (
  former TEXT PRIMARY KEY,
  id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- Reports that were taken out of the file and are not to be read again, with the operation that took them out.
CREATE TABLE forgotten (
  id TEXT PRIMARY KEY,
  operation INTEGER NOT NULL REFERENCES operations (number)
) STRICT, WITHOUT ROWID;
-- What an operation brought.
CREATE INDEX documents_by_operation ON documents (operation, number);
-- The commitments with a last day.
CREATE INDEX records_by_due ON records (json_extract(body, '$.deadline.due'))
  WHERE kind = 'commitment' AND json_extract(body, '$.deadline.due') IS NOT NULL;
