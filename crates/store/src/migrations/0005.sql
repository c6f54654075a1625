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
