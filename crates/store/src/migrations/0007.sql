-- What linking keeps has another form: all is linked anew. Which agreement of all reports the agreements of single reports
-- are, link_parts tells; renamed no longer has them.
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
