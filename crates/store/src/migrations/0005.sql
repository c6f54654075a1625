-- What stories compare has another form: all is linked anew.
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

-- What lists ask for: the sort of an actor (`person`), its name's words in lower case, a story's reports by day.
ALTER TABLE links ADD COLUMN sort TEXT NOT NULL DEFAULT '';
CREATE INDEX links_by_sort ON links (kind, sort, size, id);
CREATE INDEX links_listed ON links (size, id) WHERE kind = 'actor' AND sort NOT IN ('unnamed', 'place');
CREATE TABLE name_words (
  word TEXT NOT NULL,
  link INTEGER NOT NULL REFERENCES links (number) ON DELETE CASCADE,
  PRIMARY KEY (word, link)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_words_by_link ON name_words (link);
CREATE INDEX document_facets_by_story ON document_facets (story, day, document) WHERE places > 0;
