-- The application id is the ASCII letters "RDOT": `file` and Readout itself tell by it what the file is.
PRAGMA application_id = 0x52444F54;

-- What was done to the file: one row a run that changed something. `detail` is JSON.
CREATE TABLE operations (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  version TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;

-- A stored version of a report; never changed once written. `body` is the document's JSON without its text,
-- `mentions` the JSON list of its mentions of actors.
CREATE TABLE documents (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT,
  outlet TEXT,
  published TEXT,
  text TEXT NOT NULL,
  text_sha256 TEXT NOT NULL,
  body TEXT NOT NULL,
  mentions TEXT NOT NULL,
  operation INTEGER NOT NULL REFERENCES operations (number)
) STRICT;

-- What stood where: rows are only ever added, and the last row of a location is what stands there now.
-- `location` is where the report was found on this machine, `path` how the record names it.
CREATE TABLE places (
  number INTEGER PRIMARY KEY,
  location TEXT NOT NULL,
  path TEXT,
  document INTEGER NOT NULL REFERENCES documents (number),
  operation INTEGER NOT NULL REFERENCES operations (number)
) STRICT;
CREATE INDEX places_by_location ON places (location, number);
CREATE INDEX places_by_document ON places (document);
CREATE VIEW current_places AS
  SELECT * FROM places AS place
  WHERE NOT EXISTS (SELECT 1 FROM places AS later WHERE later.location = place.location AND later.number > place.number);

-- The records of one document, in the order of the text within each kind. `body` is the wire form.
CREATE TABLE records (
  number INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents (number),
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX records_by_document ON records (document, kind, number);
CREATE INDEX records_by_id ON records (id);

-- What documents share, replaced as a whole by each run of linking.
CREATE TABLE links (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT;
CREATE INDEX links_by_id ON links (id);
-- Ids that linking changed: in the records of `document` (an id; empty for any), `local` stands for `linked`.
CREATE TABLE renamed (
  document TEXT NOT NULL,
  local TEXT NOT NULL,
  linked TEXT NOT NULL,
  PRIMARY KEY (document, local)
) STRICT;
CREATE TABLE copies (
  document INTEGER PRIMARY KEY REFERENCES documents (number),
  body TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE documents_words USING fts5 (
  title, text, content = 'documents', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER documents_inserted AFTER INSERT ON documents BEGIN
  INSERT INTO documents_words (rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE TRIGGER documents_deleted AFTER DELETE ON documents BEGIN
  INSERT INTO documents_words (documents_words, rowid, title, text)
  VALUES ('delete', old.number, old.title, old.text);
END;
