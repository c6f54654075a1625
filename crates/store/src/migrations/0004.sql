-- What linking keeps between two runs, so that a report that comes or goes costs what it touches.
--
-- Which records (of a story: documents) belong to which link; of an agreement and a position those of single reports.
CREATE TABLE link_parts (
  member TEXT NOT NULL,
  link INTEGER NOT NULL REFERENCES links (number) ON DELETE CASCADE,
  PRIMARY KEY (member, link)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_parts_by_link ON link_parts (link);

-- The lists of records with one key, by kind of link, and the edges between records; `item` counts the records of one
-- document and kind.
CREATE TABLE link_keys (
  kind INTEGER NOT NULL,
  key INTEGER NOT NULL,
  day INTEGER NOT NULL,
  rank INTEGER NOT NULL,
  document INTEGER NOT NULL,
  item INTEGER NOT NULL,
  PRIMARY KEY (kind, key, day, rank, document, item)
) STRICT, WITHOUT ROWID;
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

-- Whether a document is linked; what differs from whether it stands somewhere is to be linked.
ALTER TABLE document_facets ADD COLUMN linked INTEGER NOT NULL DEFAULT 0;
CREATE INDEX document_facets_to_link ON document_facets (day, document) WHERE (places > 0) <> linked;
DELETE FROM link_members;
DELETE FROM links;
DELETE FROM copies;
DELETE FROM renamed;
UPDATE document_facets SET story = NULL WHERE story IS NOT NULL;
