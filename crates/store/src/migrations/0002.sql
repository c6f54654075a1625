-- What documents share, now with what each link touches and what lists sort by, so that one story or actor can be read
-- without all others. The links of an older file are found anew: the entry in the log makes them stale.
INSERT INTO operations (kind, version, detail)
  SELECT 'migrate', '', '{"form":2}' WHERE EXISTS (SELECT 1 FROM documents);

DROP TABLE links;
-- `day` is the last day of what the link tells of (ISO 8601, empty if unknown), `size` in how many documents it stands.
CREATE TABLE links (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  day TEXT NOT NULL,
  size INTEGER NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (kind, id)
) STRICT;
CREATE INDEX links_by_id ON links (id);
CREATE INDEX links_by_day ON links (kind, day, id);
CREATE INDEX links_by_size ON links (kind, size, id);
-- The documents in which each link stands.
CREATE TABLE link_members (
  document INTEGER NOT NULL REFERENCES documents (number),
  link INTEGER NOT NULL REFERENCES links (number) ON DELETE CASCADE,
  PRIMARY KEY (document, link)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_members_by_link ON link_members (link, document);

-- What documents are listed and counted by, apart from their long texts: the day of publication (empty if unknown), the
-- kinds of their records (a bit for each, the lowest for the first kind of `readout_store::FACET_KINDS`), at how many
-- places they stand now, their story.
CREATE TABLE document_facets (
  document INTEGER PRIMARY KEY REFERENCES documents (number),
  outlet TEXT,
  day TEXT NOT NULL,
  kinds INTEGER NOT NULL,
  places INTEGER NOT NULL,
  story TEXT
) STRICT;
CREATE INDEX document_facets_by_day ON document_facets (day, document) WHERE places > 0;
CREATE INDEX document_facets_by_outlet ON document_facets (outlet, day, document) WHERE places > 0;
INSERT INTO document_facets (document, outlet, day, kinds, places)
  SELECT number, outlet, coalesce(substr(published, 1, 10), ''),
    (SELECT coalesce(sum(DISTINCT CASE kind
       WHEN 'statement' THEN 1 WHEN 'event' THEN 2 WHEN 'meeting' THEN 4 WHEN 'incident' THEN 8
       WHEN 'condition' THEN 16 WHEN 'commitment' THEN 32 ELSE 0 END), 0)
     FROM records WHERE records.document = documents.number),
    (SELECT count(*) FROM current_places WHERE current_places.document = documents.number)
  FROM documents;
