//! Classes of words by which it is seen who is spoken of, and who is who.

use readout_lexicon::{WordSet as _, word_classes};

word_classes! { "data/words/mentions.tsv" =>
    pub(super) static LOOSE = "loose";
    pub(super) static PARTY = "party";
    pub(super) static SIDE = "side";
    pub(super) static COUNTED = "counted";
    pub(super) static PAIR = "pair";
    pub(super) static LEADING_PAIR = "leading-pair";
    pub(super) static BARE_PAIR = "bare-pair";
    pub(super) static NO_ARTICLE = "no-article";
    pub(super) static TELLS_NOTHING = "tells-nothing";
    pub(super) static JOINT_NOUN = "joint-noun";
    pub(super) static JOINT_VERB = "joint-verb";
    pub(super) static GOVERNMENT = "government";
    pub(super) static COUNTRY = "country";
    pub(super) static OWN_GOVERNMENT = "own-government";
    pub(super) static OTHER_STATE = "other-state";
    pub(super) static ADDRESSING = "addressing";
    pub(super) static SPEAKS_FOR_STATE = "speaks-for-state";
    pub(super) static SERVING = "serving";
    pub(super) static NO_SIDE = "no-side";
    pub(super) static HEADS_BODY = "heads-body";
    pub(super) static LEADS_STATE = "leads-state";
    pub(super) static LEADER_OF_TWO = "leader-of-two";
    pub(super) static SPEAKING = "speaking";
    pub(super) static ANYBODY = "anybody";
    /// Abbreviated ranks and titles that the tokenizer parts from their full stop.
    pub(crate) static RANK = "rank";
    /// Words right before a name that show it to be a person's.
    pub(crate) static HONORIFIC = "honorific";
    pub(super) static GOING = "going";
    pub(super) static MOTION = "motion";
    pub(super) static OF_CITY = "of-city";
    pub(super) static STATE_BODY = "state-body";
    pub(super) static ARMED = "armed";
    pub(super) static GROUP = "group";
    pub(super) static ARMED_GROUP = "armed-group";
    pub(super) static OUTLET = "outlet";
    pub(super) static BLOC = "bloc";
    pub(super) static COMPANY = "company";
    pub(super) static COURT = "court";
    pub(super) static SCHOOL = "school";
    pub(super) static NAMED_BY_NOUN = "named-by-noun";
    pub(super) static SEEMING = "seeming";
    pub(super) static WEATHER = "weather";
    pub(super) static LASTING = "lasting";
    pub(super) static JUDGING = "judging";
    pub(super) static TIME = "time";
    pub(super) static DISPOSED = "disposed";
    pub(super) static MINDED = "minded";
    pub(super) static PROMISING = "promising";
    pub(super) static OF_OUTLET = "of-outlet";
    pub(super) static SINCE = "since";
    pub(super) static NETWORK = "network";
    pub(super) static LAWMAKER = "lawmaker";
    pub(super) static OF_OTHERS = "of-others";
    pub(super) static ASKING = "asking";
    pub(super) static NO_REGIME = "no-regime";
    pub(super) static JUDGING_PERSON = "judging-person";
    pub(super) static DEPUTY_LEADER = "deputy-leader";
    pub(super) static NO_ALLIANCE = "no-alliance";
    pub(super) static OF_FALLEN = "of-fallen";
    pub(super) static IDENTIFYING = "identifying";
    pub(super) static WRONGLY = "wrongly";
    pub(super) static NAMING = "naming";
    pub(super) static CALLING_ON = "calling-on";
    pub(super) static RIVALS = "rivals";
    pub(super) static RIVAL = "rival";
    pub(super) static OF_STATE = "of-state";
    pub(super) static SHUNNED = "shunned";
    pub(super) static KINGDOM = "kingdom";
    pub(super) static OF_GROUP = "of-group";
    pub(super) static WORDING = "wording";
    pub(super) static PUT_WHERE = "put-where";
    pub(super) static NOUN_OF_STATE = "noun-of-state";
    pub(super) static NO_BODY = "no-body";
    pub(super) static COUNTING = "counting";
    pub(super) static BARE_BODY = "bare-body";
    pub(super) static SURNAME_FIRST = "surname-first";
}

/// Whether the holder of the office with this key, as `president`, leads a state.
pub fn leads_state(office: &str) -> bool {
    LEADS_STATE.has(office)
}
