-- Where two programs linked at once, the same reports were counted twice: all is linked anew.
DELETE FROM link_parts;
DELETE FROM link_members;
DELETE FROM links;
DELETE FROM copies;
DELETE FROM renamed;
DELETE FROM link_keys;
DELETE FROM link_keys_new;
UPDATE link_keys_state SET gathered = 0, kind = -1, key = 0;
DELETE FROM link_edges;
DELETE FROM link_sizes;
DELETE FROM link_origins;
DELETE FROM actor_totals;
DELETE FROM story_outlines;
UPDATE document_facets SET story = NULL, linked = 0;

-- How often the file was changed: answers that were made from it are named by it.
CREATE TABLE commits (number INTEGER NOT NULL) STRICT;
INSERT INTO commits (number) VALUES (0);

-- The hash of what was read out of a report; none where an older version read it.
ALTER TABLE documents ADD COLUMN records_sha256 TEXT;
