-- What linking keeps has another form: all is linked anew.
DELETE FROM link_parts;
DELETE FROM link_members;
DELETE FROM links;
DELETE FROM copies;
DELETE FROM renamed;
DELETE FROM link_keys;
DELETE FROM link_edges;
DELETE FROM link_origins;
DELETE FROM actor_totals;
DELETE FROM story_outlines;
UPDATE document_facets SET story = NULL, linked = 0;

-- How large a record is, where that decides what it is compared with.
CREATE TABLE link_sizes (
  kind INTEGER NOT NULL,
  document INTEGER NOT NULL,
  item INTEGER NOT NULL,
  size INTEGER NOT NULL,
  PRIMARY KEY (kind, document, item)
) STRICT, WITHOUT ROWID;

-- Lines of keys that came last, before they go over to link_keys; how many they are, and after which key more go over.
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
