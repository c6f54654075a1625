-- The tables of a file.

-- The application id is the ASCII letters "RDOT": `file` and Readout itself recognise the file by it.
PRAGMA application_id = 0x52444F54;

-- What was done to the file: a row for each run that changed something. `detail` is JSON.
CREATE TABLE operations (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  version TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
-- Corrections are looked up whenever records are given out.
CREATE INDEX operations_on_corrections ON operations (number) WHERE kind IN ('correct', 'undo');
-- The number of changes of the file: answers that were made from it are named by it.
CREATE TABLE commits (number INTEGER NOT NULL) STRICT;
INSERT INTO commits (number) VALUES (0);

-- A stored version of a report; never changed once written. `body` is the document's JSON without its text, `mentions`
-- the JSON list of its mentions of actors, `records_sha256` the hash of what was read out of the report.
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
  operation INTEGER NOT NULL REFERENCES operations (number),
  records_sha256 TEXT
) STRICT;
-- The words of headlines and texts.
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

-- The places of reports. Rows are only ever added, and the last row of a location says which report is there now.
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

-- The columns by which documents are listed and counted, apart from their long texts: the day of publication (empty if
-- unknown), the kinds of their records (a bit for each kind that rests on a passage, the lowest for the first), the
-- number of places at which they are now, their story, and whether they are linked. A document is to be linked if it is
-- somewhere and not linked, or the other way round.
CREATE TABLE document_facets (
  document INTEGER PRIMARY KEY REFERENCES documents (number),
  outlet TEXT,
  day TEXT NOT NULL,
  kinds INTEGER NOT NULL,
  places INTEGER NOT NULL,
  story TEXT,
  linked INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX document_facets_by_day ON document_facets (day, document) WHERE places > 0;
CREATE INDEX document_facets_by_outlet ON document_facets (outlet, day, document) WHERE places > 0;
CREATE INDEX document_facets_by_story ON document_facets (story, day, document) WHERE places > 0;
CREATE INDEX document_facets_to_link ON document_facets (day, document) WHERE (places > 0) <> linked;

-- What documents share. `day` is the last day of what the link is about (ISO 8601, empty if unknown), `size` the number
-- of its documents, `sort` the sort of an actor (`person`).
CREATE TABLE links (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  day TEXT NOT NULL,
  size INTEGER NOT NULL,
  body TEXT NOT NULL,
  sort TEXT NOT NULL DEFAULT '',
  UNIQUE (kind, id)
) STRICT;
CREATE INDEX links_by_id ON links (id);
CREATE INDEX links_by_day ON links (kind, day, id);
CREATE INDEX links_by_size ON links (kind, size, id);
CREATE INDEX links_by_sort ON links (kind, sort, size, id);
CREATE INDEX links_listed ON links (size, id) WHERE kind = 'actor' AND sort NOT IN ('unnamed', 'place');
-- The documents of each link.
CREATE TABLE link_members (
  document INTEGER NOT NULL REFERENCES documents (number),
  link INTEGER NOT NULL REFERENCES links (number) ON DELETE CASCADE,
  PRIMARY KEY (document, link)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_members_by_link ON link_members (link, document);
-- The records of each link (of a story: the documents); of an agreement and a position those of single reports.
CREATE TABLE link_parts (
  member TEXT NOT NULL,
  link INTEGER NOT NULL REFERENCES links (number) ON DELETE CASCADE,
  PRIMARY KEY (member, link)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_parts_by_link ON link_parts (link);
-- The words of an actor's names, in lower case.
CREATE TABLE name_words (
  word TEXT NOT NULL,
  link INTEGER NOT NULL REFERENCES links (number) ON DELETE CASCADE,
  PRIMARY KEY (word, link)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_words_by_link ON name_words (link);
-- Ids that linking changed: in the records of `document` (an id; empty for any), `local` stands for `linked`.
CREATE TABLE renamed (
  document TEXT NOT NULL,
  local TEXT NOT NULL,
  linked TEXT NOT NULL,
  PRIMARY KEY (document, local)
) STRICT;
-- The documents that each document copies; JSON.
CREATE TABLE copies (
  document INTEGER PRIMARY KEY REFERENCES documents (number),
  body TEXT NOT NULL
) STRICT;

-- What linking keeps between two runs, so that a report that comes or goes costs what it touches.
--
-- The lists of records with one key, by kind of link; `item` counts the records of one document and kind.
CREATE TABLE link_keys (
  kind INTEGER NOT NULL,
  key INTEGER NOT NULL,
  day INTEGER NOT NULL,
  rank INTEGER NOT NULL,
  document INTEGER NOT NULL,
  item INTEGER NOT NULL,
  PRIMARY KEY (kind, key, day, rank, document, item)
) STRICT, WITHOUT ROWID;
-- The lines that came last, before they move to link_keys; their number, and the key after which more are moved.
CREATE TABLE link_keys_new (
  kind INTEGER NOT NULL,
  key INTEGER NOT NULL,
  day INTEGER NOT NULL,
  rank INTEGER NOT NULL,
  document INTEGER NOT NULL,
  item INTEGER NOT NULL,
  PRIMARY KEY (kind, key, day, rank, document, item)
) STRICT, WITHOUT ROWID;
CREATE TABLE link_keys_state (
  gathered INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  key INTEGER NOT NULL
) STRICT;
INSERT INTO link_keys_state (gathered, kind, key) VALUES (0, -1, 0);
-- The edges between records that were found alike.
CREATE TABLE link_edges (
  kind INTEGER NOT NULL,
  earlier INTEGER NOT NULL,
  earlier_item INTEGER NOT NULL,
  later INTEGER NOT NULL,
  later_item INTEGER NOT NULL,
  strength REAL NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (kind, earlier, earlier_item, later, later_item)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_edges_by_later ON link_edges (kind, later, later_item);
-- The size of a record, where it decides what the record is compared with.
CREATE TABLE link_sizes (
  kind INTEGER NOT NULL,
  document INTEGER NOT NULL,
  item INTEGER NOT NULL,
  size INTEGER NOT NULL,
  PRIMARY KEY (kind, document, item)
) STRICT, WITHOUT ROWID;
-- The first document of each document's group of copies.
CREATE TABLE link_origins (
  document INTEGER PRIMARY KEY REFERENCES documents (number),
  origin TEXT NOT NULL
) STRICT;
-- What all mentions under one id of single documents say, added up; JSON.
CREATE TABLE actor_totals (
  actor TEXT PRIMARY KEY,
  surname TEXT,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_totals_by_surname ON actor_totals (surname) WHERE surname IS NOT NULL;
-- What stories compare of each document, and its place on the line of time; JSON.
CREATE TABLE story_outlines (
  document INTEGER PRIMARY KEY REFERENCES documents (number),
  place INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX story_outlines_by_place ON story_outlines (place);
