//! Patterns that a text fits as a whole, or not.
//!
//! A regular expression of the crate `regex` can also tell where a match starts. For that it has a second automaton,
//! which runs backwards and is twice as large as the first, and caches for both in every thread. Whether a whole text
//! fits, the first automaton alone says.

use std::panic::{RefUnwindSafe, UnwindSafe};

use regex_automata::hybrid::dfa;
use regex_automata::nfa::thompson::pikevm::{self, PikeVM};
use regex_automata::nfa::thompson::{Config, NFA, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};

/// The largest automaton of a pattern, in bytes.
const LARGEST: usize = 1 << 24;

/// The states of both machines that one thread has come by.
struct Caches {
    quick: dfa::Cache,
    slow: Option<pikevm::Cache>,
}

type MakeCaches = Box<dyn Fn() -> Caches + Send + Sync + UnwindSafe + RefUnwindSafe>;

/// A pattern, compiled.
pub(crate) struct WholePattern {
    quick: dfa::DFA,
    /// Takes over where the quick one gives up: at a border of a word beside a letter that is not ASCII.
    slow: PikeVM,
    caches: Pool<Caches, MakeCaches>,
}

impl WholePattern {
    /// Compiles `pattern`; `None` if it is none, or too large.
    pub(crate) fn new(pattern: &str, case_insensitive: bool) -> Option<Self> {
        let automaton = NFA::compiler()
            .syntax(syntax::Config::new().case_insensitive(case_insensitive))
            .configure(Config::new().which_captures(WhichCaptures::None).nfa_size_limit(Some(LARGEST)))
            .build(&format!("^(?:{pattern})$"))
            .ok()?;
        let settings = dfa::DFA::config().unicode_word_boundary(true).skip_cache_capacity_check(true);
        let quick = dfa::DFA::builder().configure(settings).build_from_nfa(automaton.clone()).ok()?;
        let slow = PikeVM::new_from_nfa(automaton).ok()?;
        let of = quick.clone();
        let make: MakeCaches = Box::new(move || Caches { quick: of.create_cache(), slow: None });
        Some(Self { quick, slow, caches: Pool::new(make) })
    }

    /// Whether the whole of `text` fits.
    pub(crate) fn fits(&self, text: &str) -> bool {
        let mut caches = self.caches.get();
        let input = Input::new(text).anchored(Anchored::Yes).earliest(true);
        match self.quick.try_search_fwd(&mut caches.quick, &input) {
            Ok(found) => found.is_some(),
            Err(_) => {
                let cache = caches.slow.get_or_insert_with(|| self.slow.create_cache());
                self.slow.is_match(cache, input)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_fits_as_a_whole_or_not() {
        let pattern = WholePattern::new(r"(?:read|see) more\b.{0,20}|© .{2,40}", true).unwrap();
        // Both machines: a letter that is not ASCII stops the quick one.
        for fits in ["Read more", "SEE MORE: the harbour", "see more: 港 and pier", "© Coast News"] {
            assert!(pattern.fits(fits), "{fits}");
        }
        for other in [
            "",
            "Read moreover",
            "Read more\nthan that",
            "He read more",
            "see more é: over and over again and on",
        ] {
            assert!(!pattern.fits(other), "{other}");
        }
        assert!(!WholePattern::new("read more", false).unwrap().fits("Read more"));
        assert!(WholePattern::new("(", true).is_none());
    }
}
