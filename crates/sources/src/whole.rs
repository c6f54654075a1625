//! Patterns that are compiled as far as they are needed: what a text fits as a whole, and what is searched for in it.
//!
//! A regular expression of the crate `regex` can also tell where a match starts. For that it has a second automaton,
//! which runs backwards and is twice as large as the first, and caches for both in every thread. Whether a whole text
//! fits, the first automaton alone says.

use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::OnceLock;

use regex::{Captures, Match, Regex, RegexBuilder};
use regex_automata::hybrid::dfa;
use regex_automata::nfa::thompson::pikevm::{self, PikeVM};
use regex_automata::nfa::thompson::{Config, NFA, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};
use regex_syntax::hir::{Class, Dot, Hir, HirKind, Look, Repetition};

/// The largest automaton of a pattern, in bytes.
const LARGEST: usize = 1 << 24;

/// Repetitions that are counted up to more than this are first tried without a count.
const COUNTED: u32 = 3;

/// A class of characters with more ranges than this is first tried as any character. Blanks are ten ranges, digits of all
/// scripts seventy, letters some hundreds.
const RANGES: usize = 12;

/// A pattern that a text fits as a whole, compiled as far as it is needed.
///
/// `.{0,300}` is three hundred automata for any one character, `\w` one for each script, and most texts already fail at the
/// words around them. The quick automaton gives up at the border of a word in a text that is not ASCII, as most are that have
/// quotation marks. So a text is first held against the pattern without its counts, large classes and borders of words, which
/// is small and fits more. The pattern itself is compiled when a text fits that.
pub(crate) struct WholePattern {
    loose: Machine,
    strict: OnceLock<Option<Machine>>,
    pattern: Hir,
    /// True if the pattern has nothing that is left out of `loose`, so that both are one.
    is_loose: bool,
}

impl WholePattern {
    /// Compiles `pattern`; `None` if it is none, or too large.
    pub(crate) fn new(pattern: &str, case_insensitive: bool) -> Option<Self> {
        let config = syntax::Config::new().case_insensitive(case_insensitive);
        let pattern = syntax::parse_with(&format!("^(?:{pattern})$"), &config).ok()?;
        let loose = loosened(&pattern);
        let is_loose = loose == pattern;
        Some(Self { loose: Machine::new(&loose, Anchored::Yes)?, strict: OnceLock::new(), pattern, is_loose })
    }

    /// Whether the whole of `text` fits.
    pub(crate) fn fits(&self, text: &str) -> bool {
        let strict = || self.strict.get_or_init(|| Machine::new(&self.pattern, Anchored::Yes)).as_ref();
        self.loose.fits(text) && (self.is_loose || strict().is_some_and(|it| it.fits(text)))
    }
}

/// A pattern that is searched for in a text, compiled when a text may have it: see [`WholePattern`].
pub(crate) struct SearchPattern {
    loose: Machine,
    strict: OnceLock<Option<Regex>>,
    pattern: String,
    case_insensitive: bool,
}

impl SearchPattern {
    /// Returns the pattern; `None` if it is none, or too large.
    pub(crate) fn new(pattern: &str) -> Option<Self> {
        Self::with_case(pattern, false)
    }

    /// Returns the pattern, with capitals and small letters the same if `case_insensitive`; `None` if it is none, or too large.
    pub(crate) fn with_case(pattern: &str, case_insensitive: bool) -> Option<Self> {
        let config = syntax::Config::new().case_insensitive(case_insensitive);
        let loose = loosened(&syntax::parse_with(pattern, &config).ok()?);
        let loose = Machine::new(&loose, Anchored::No)?;
        Some(Self { loose, strict: OnceLock::new(), pattern: pattern.to_owned(), case_insensitive })
    }

    /// Returns the compiled pattern if `text` may have it.
    fn strict(&self, text: &str) -> Option<&Regex> {
        let compile = || {
            let mut builder = RegexBuilder::new(&self.pattern);
            builder.case_insensitive(self.case_insensitive).size_limit(LARGEST).build().ok()
        };
        self.loose.fits(text).then(|| self.strict.get_or_init(compile).as_ref())?
    }

    /// Returns the first match in `text`.
    pub(crate) fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.strict(text)?.find(text)
    }

    /// Returns the groups of the first match in `text`.
    pub(crate) fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.strict(text)?.captures(text)
    }

    /// Returns the groups of all matches in `text`.
    pub(crate) fn captures_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Captures<'t>> {
        self.strict(text).into_iter().flat_map(|strict| strict.captures_iter(text))
    }
}

/// Returns `pattern` with every counted repetition as one without an end, large classes as any character, and without borders
/// of words: it fits whatever `pattern` fits, and more.
fn loosened(pattern: &Hir) -> Hir {
    match pattern.kind() {
        HirKind::Repetition(it) => {
            let sub = Box::new(loosened(&it.sub));
            let is_counted = it.min > COUNTED || it.max.is_some_and(|max| max > COUNTED);
            let (min, max) = if is_counted { (it.min.min(1), None) } else { (it.min, it.max) };
            Hir::repetition(Repetition { min, max, greedy: it.greedy, sub })
        }
        HirKind::Capture(it) => loosened(&it.sub),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(loosened).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(loosened).collect()),
        HirKind::Look(Look::Start | Look::End) => pattern.clone(),
        HirKind::Look(_) => Hir::empty(),
        HirKind::Class(Class::Unicode(class)) if class.ranges().len() > RANGES => Hir::dot(Dot::AnyChar),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) => pattern.clone(),
    }
}

/// The states of both automata that one thread has come by.
struct Caches {
    quick: dfa::Cache,
    slow: Option<pikevm::Cache>,
}

type MakeCaches = Box<dyn Fn() -> Caches + Send + Sync + UnwindSafe + RefUnwindSafe>;

/// An automaton that says whether a text fits.
struct Machine {
    quick: dfa::DFA,
    /// Takes over where the quick one gives up: at a border of a word beside a letter that is not ASCII.
    slow: PikeVM,
    caches: Pool<Caches, MakeCaches>,
    anchored: Anchored,
}

impl Machine {
    /// Compiles `pattern`, to be found at the start of a text or anywhere in it; `None` if it is too large.
    fn new(pattern: &Hir, anchored: Anchored) -> Option<Self> {
        let automaton = NFA::compiler()
            .configure(Config::new().which_captures(WhichCaptures::None).nfa_size_limit(Some(LARGEST)))
            .build_from_hir(pattern)
            .ok()?;
        let settings = dfa::DFA::config().unicode_word_boundary(true).skip_cache_capacity_check(true);
        let quick = dfa::DFA::builder().configure(settings).build_from_nfa(automaton.clone()).ok()?;
        let slow = PikeVM::new_from_nfa(automaton).ok()?;
        let of = quick.clone();
        let make: MakeCaches = Box::new(move || Caches { quick: of.create_cache(), slow: None });
        Some(Self { quick, slow, caches: Pool::new(make), anchored })
    }

    /// Whether the pattern is found in `text`.
    fn fits(&self, text: &str) -> bool {
        let mut caches = self.caches.get();
        let input = Input::new(text).anchored(self.anchored).earliest(true);
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

    #[test]
    fn what_is_searched_for_is_compiled_when_a_text_may_have_it() {
        let pattern = SearchPattern::with_case(r"(?P<junk>see [\w ]{3,9})\)$", true).unwrap();
        for other in ["Over and over again", "see the pier", "(see )"] {
            assert!(pattern.find(other).is_none(), "{other}");
        }
        assert!(pattern.strict.get().is_none(), "no text may have had it");
        assert!(pattern.find("(see the pier and all of the harbour)").is_none());
        assert!(pattern.strict.get().is_some());
        let found = pattern.captures("“Port” (See the pier)").unwrap();
        assert_eq!((&found["junk"], found.get(0).unwrap().as_str()), ("See the pier", "See the pier)"));
        assert_eq!(pattern.captures_iter("(see the quai)").count(), 1);
        assert!(SearchPattern::new("(").is_none());
    }

    #[test]
    fn counts_hold_though_a_text_is_first_tried_without_them() {
        let pattern = WholePattern::new(r"page [0-9]{1,4}(?: of .{2,5}){2}", false).unwrap();
        assert!(!pattern.loose.fits("sheet 1 of two of ten"));
        assert!(pattern.strict.get().is_none(), "nothing wants the counts yet");
        assert!(pattern.fits("page 12 of two of ten"));
        for other in ["page 12345 of two of ten", "page 1 of two of eleven", "page 1 of two"] {
            assert!(!pattern.fits(other), "{other}");
        }
        assert!(WholePattern::new("(?:read|see) more", true).unwrap().is_loose);
        let border = WholePattern::new(r"see\b.*", false).unwrap();
        assert!(border.fits("see “the pier”") && border.loose.fits("seen") && !border.fits("seen"));
    }
}
