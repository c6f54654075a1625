//! Classes of words that a claim is held against, by their base forms.

use std::sync::OnceLock;

use readout_lexicon::WordClass;
use rustc_hash::FxHashSet;

use super::bases::base;
use crate::judged;

pub(super) static DEGREES: BaseForms = BaseForms::of(&judged::DEGREES);
pub(super) static DENYING: BaseForms = BaseForms::of(&judged::DENYING);
pub(super) static LIGHT: BaseForms = BaseForms::of(&judged::LIGHT);
pub(super) static PIECES: BaseForms = BaseForms::of(&judged::PIECES);
pub(super) static REFUSING: BaseForms = BaseForms::of(&judged::REFUSING);
pub(super) static REJECTING: BaseForms = BaseForms::of(&judged::REJECTING);
pub(super) static SAYING: BaseForms = BaseForms::of(&judged::SAYING);
pub(super) static URGING: BaseForms = BaseForms::of(&judged::URGING);

/// The base forms of the words of a class. They are made once, when the class is first asked.
pub(super) struct BaseForms {
    class: &'static WordClass,
    forms: OnceLock<FxHashSet<String>>,
}

impl BaseForms {
    const fn of(class: &'static WordClass) -> Self {
        Self { class, forms: OnceLock::new() }
    }

    /// Whether a word of the class has this base form.
    pub(super) fn has(&self, form: &str) -> bool {
        self.forms.get_or_init(|| self.class.words().map(base).collect()).contains(form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_asked_by_base_forms() {
        assert!(REFUSING.has(&base("refused")) && REFUSING.has(&base("refuses")));
        assert!(!REFUSING.has(&base("accepted")));
    }
}
