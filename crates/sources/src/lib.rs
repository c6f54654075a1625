//! Files and folders in, documents out: encodings, HTML, JSON Lines, metadata, junk.
