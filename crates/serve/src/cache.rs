//! Answers that are kept for whoever asks the same next.

use std::collections::{BTreeMap, VecDeque};

use axum::http::StatusCode;

use crate::response::Answer;

/// The most bytes of answers that are kept for later requests.
const CACHE_SIZE: usize = 24 * 1024 * 1024;

/// The largest answer that is kept.
const LARGEST_KEPT: usize = 1024 * 1024;

/// Answers made from the file's present state, the oldest given up first.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    state: String,
    answers: BTreeMap<String, Answer>,
    order: VecDeque<String>,
    size: usize,
}

impl Cache {
    /// Returns the answer to `key` that was made from `state`.
    pub(crate) fn get(&mut self, state: &str, key: &str) -> Option<Answer> {
        if state != self.state {
            *self = Self { state: state.to_owned(), ..Self::default() };
        }
        self.answers.get(key).cloned()
    }

    /// Keeps an answer that was made from `state`.
    pub(crate) fn put(&mut self, state: &str, key: &str, answer: &Answer) {
        let size = answer.body.len() + 2 * key.len();
        if state != self.state || answer.status != StatusCode::OK || size > LARGEST_KEPT {
            return;
        }
        if self.answers.insert(key.to_owned(), answer.clone()).is_some() {
            return;
        }
        self.order.push_back(key.to_owned());
        self.size += size;
        while self.size > CACHE_SIZE {
            let Some(oldest) = self.order.pop_front() else { break };
            if let Some(gone) = self.answers.remove(&oldest) {
                self.size -= gone.body.len() + 2 * oldest.len();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_keeps_to_its_size_and_to_the_file() {
        let mut cache = Cache::default();
        assert!(cache.get("7", "/").is_none());
        for number in 0..40 {
            cache.put("7", &format!("/{number}"), &Answer::html("x".repeat(LARGEST_KEPT - 100)));
        }
        assert!(
            cache.size <= CACHE_SIZE && cache.get("7", "/0").is_none() && cache.get("7", "/39").is_some()
        );
        cache.put("7", "/large", &Answer::html("x".repeat(LARGEST_KEPT + 1)));
        assert!(cache.get("7", "/large").is_none());
        assert!(cache.get("8", "/39").is_none(), "another state of the file");
        cache.put("7", "/late", &Answer::html(String::new()));
        assert!(cache.get("8", "/late").is_none());
    }
}
