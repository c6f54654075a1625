-- Which agreement of all reports the agreements of single reports are, link_parts tells.
DELETE FROM renamed WHERE document = '';
