//! Classes of words by which it is seen who says, thinks or wants what.

use readout_lexicon::word_classes;

word_classes! { "data/words/attributions.tsv" =>
    pub(super) static MEDIUM = "medium";
    pub(super) static TEXT = "text";
    pub(super) static MAKER = "maker";
    pub(super) static EFFECT = "effect";
    pub(super) static STATE = "state";
    pub(super) static HEADLINE_SOURCE = "headline-source";
    pub(super) static LIGHT_VERB = "light-verb";
    pub(super) static RAISED = "raised";
    pub(super) static TITLE_VERB = "title-verb";
    pub(super) static SPOKEN_OBJECT = "spoken-object";
    pub(super) static THAT_ONLY = "that-only";
    pub(super) static NO_REPORT = "no-report";
    pub(super) static QUESTION = "question";
    pub(super) static ANSWER = "answer";
    pub(super) static EXCHANGE = "exchange";
    pub(super) static OCCASION = "occasion";
    pub(super) static LABEL = "label";
    pub(super) static STUDY = "study";
    pub(super) static GRANTING = "granting";
    pub(super) static GRANTED = "granted";
    pub(super) static DISCLOSING = "disclosing";
    pub(super) static DISCLOSED = "disclosed";
    pub(super) static GIVING = "giving";
    pub(super) static GIVEN = "given";
    pub(super) static NO_SOURCE = "no-source";
}
