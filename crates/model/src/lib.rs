//! The language model's files: fetched once, checked by hash, converted, cached.
