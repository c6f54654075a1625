//! Commitments that one word makes: their acts, debtors and deadlines.

use readout_lexicon::RuleName;
use readout_record::{ActorId, Commitment};
use readout_syntax::{Dep, EntityLabel, Tag};
use readout_text::ByteSpan;

use super::deadlines::deadline;
use crate::acts::sides;
use crate::clause::reading::Reading;
use crate::clause::time::act_time;
use crate::once::add_once;
use crate::words::commitments as words;

/// Auxiliaries of what is to come.
pub(super) const WILL: &[&str] = &["will", "would", "'ll", "’ll", "shall"];

/// The most verbs between an act and the relative clause that it is in.
const STEPS_TO_RELATIVE: usize = 3;

/// Commitments that one verb or list makes.
pub(crate) struct Group {
    /// The verb: `agreed`, `include`.
    pub(crate) head: u32,
    /// The commitments, in order.
    pub(crate) commitments: Vec<Commitment>,
}

/// The commitments of `debtor` to `actions`, if there are both.
pub(super) fn group(
    reading: &Reading<'_>,
    head: u32,
    actions: &[u32],
    debtor: &[ActorId],
    creditor: &[ActorId],
    rule: RuleName,
) -> Option<Group> {
    if debtor.is_empty() {
        return None;
    }
    let base = act_time(reading, head, reading.clause(head)).and_then(|time| time.from);
    let commitments = build(reading, actions, debtor, creditor, base.as_deref(), rule);
    (!commitments.is_empty()).then_some(Group { head, commitments })
}

/// `first` and the verbs joined to it.
pub(crate) fn and_joined(reading: &Reading<'_>, first: u32, found: &mut Vec<u32>) {
    let mut next = Some(first);
    while let Some(at) = next {
        if found.contains(&at) || found.len() >= 24 {
            return;
        }
        found.push(at);
        next = reading.children_by(at, &[Dep::Conj]).next();
    }
}

/// Adds `first` and the verbs joined to it that have its form: `to leave and pay`, not `to leave but stayed`.
pub(super) fn joined_verbs(reading: &Reading<'_>, first: u32, found: &mut Vec<u32>) {
    let from = found.len();
    and_joined(reading, first, found);
    let bare = |at: u32| matches!(reading.tag(at), Tag::Vb | Tag::Vbp);
    let mut at = 0;
    found.retain(|&act| {
        at += 1;
        at <= from
            || reading.is_verb(act) && (reading.tag(act) == reading.tag(first) || bare(act) && bare(first))
    });
}

/// One commitment for each of `actions`.
pub(crate) fn build(
    reading: &Reading<'_>,
    actions: &[u32],
    debtor: &[ActorId],
    creditor: &[ActorId],
    base: Option<&str>,
    rule: RuleName,
) -> Vec<Commitment> {
    let mut unit: Option<String> = None;
    let mut found = Vec::new();
    for (number, &action) in actions.iter().enumerate() {
        let mut span = reading.clause(action);
        // From the act itself: `to` and the subject are no part of it.
        if reading.is_verb(action) {
            let start = reading
                .children(action)
                .iter()
                .copied()
                .filter(|&child| child < action && matches!(reading.dep(child), Dep::Neg | Dep::Advmod))
                // `Still, he said, they will stay`
                .filter(|&child| reading.own_subject(action).is_none_or(|subject| subject < child))
                .min()
                .unwrap_or(action);
            let start = whole_word(reading, start);
            let end = comment(reading, action, span).unwrap_or(span.end);
            span = ByteSpan::new(reading.syntax.token(start).span.start, end);
            // `the vote, which they pledged to derail`: what is derailed stands before.
            if let Some(thing) = thing_before(reading, action) {
                let phrase = reading.token(thing).left_edge..thing + 1;
                span = reading.trimmed(phrase).cover(span);
            }
        } else {
            // A noun phrase of a list ends before the next item.
            let phrase = reading.syntax.subtree(action);
            let end =
                actions.get(number + 1).map_or(phrase.end, |&next| reading.syntax.token(next).left_edge);
            let mut end = end.clamp(action + 1, phrase.end.max(action + 1));
            while end > action + 1 && matches!(reading.dep(end - 1), Dep::Cc | Dep::Punct) {
                end -= 1;
            }
            span = reading.trimmed(phrase.start..end);
        }
        if span.is_empty() {
            continue;
        }
        // `the withdrawal of its troops`: a noun may say whose act it is.
        let own = if debtor.is_empty() && !reading.is_verb(action) {
            doers_of_term(reading, action)
        } else {
            debtor.to_vec()
        };
        let (deadline, words) = deadline(reading, action, base, &mut unit).unzip();
        // `hold elections within 18 months`: to hold elections is the act.
        let act = words.filter(|words| words.end >= span.end && words.start > span.start).map(|words| {
            let act = ByteSpan::new(span.start, words.start);
            let text = act.slice(reading.syntax.text());
            let kept = text.trim_end_matches(|mark: char| mark.is_whitespace() || mark == ',').len();
            ByteSpan::new(span.start, span.start + kept as u32)
        });
        found.push(Commitment {
            evidence: reading.evidence("commitment", "", span, rule, certainty(rule)),
            debtor: own,
            creditor: creditor.to_vec(),
            action: reading.offsets.to_chars(act.unwrap_or(span)),
            deadline,
            agreement: None,
            statement: reading.reported_by(action),
        });
    }
    found
}

/// Returns where a comment on the act of the verb `action` begins in `span`, in bytes: `, an unusual move`, `, yielding to a
/// demand`, `, who is expected too`, ` — at least in name`.
fn comment(reading: &Reading<'_>, action: u32, span: ByteSpan) -> Option<u32> {
    let tokens = reading.syntax.tokens_in(span);
    let last = tokens.end;
    let mut marks = tokens.filter(|&token| token > action && !reading.is_noun(token));
    let mark = marks.find(|&mark| match reading.word(mark) {
        "," => is_comment(reading, action, mark + 1, last),
        "—" | "--" => true,
        "–" => reading.token(mark - 1).span.end < reading.token(mark).span.start,
        _ => false,
    })?;
    Some(reading.token(mark - 1).span.end)
}

/// Whether the words from `next` on, behind a comma, say something of the act of the verb `action`, whose words end before `last`.
fn is_comment(reading: &Reading<'_>, action: u32, next: u32, last: u32) -> bool {
    // `cutting the stock, removing the rest`: a list of acts goes on.
    let participle = reading.tag(next) == Tag::Vbg
        && reading.tag(action) != Tag::Vbg
        && reading.dep(next) == Dep::Advcl
        && !reading.is(next, &words::GOING_ON);
    let noun = reading.head(next).filter(|_| reading.is(next, &["a", "an"]) && reading.dep(next) == Dep::Det);
    // `to hear the envoy, who is expected too`: to the end, no item of a list stands behind it.
    let more = reading.is_relative(next)
        && reading.head(next).is_some_and(|verb| {
            reading.dep(verb) == Dep::Relcl && reading.token(verb).right_edge + 1 >= last
        });
    participle || more || noun.is_some_and(|noun| reading.is(noun, &words::COMMENT))
}

/// Returns the noun before a relative clause that is what the verb `action` acts on: `the vote, which they pledged to derail`.
pub(crate) fn thing_before(reading: &Reading<'_>, action: u32) -> Option<u32> {
    if reading.children_by(action, &[Dep::Ccomp, Dep::Xcomp, Dep::Attr]).next().is_some()
        || reading.is_passive(action)
    {
        return None;
    }
    let mut verb = action;
    for _ in 0..STEPS_TO_RELATIVE {
        if reading.dep(verb) == Dep::Relcl {
            break;
        }
        verb = reading.head(verb).filter(|_| matches!(reading.dep(verb), Dep::Xcomp | Dep::Ccomp))?;
    }
    let thing = reading.head(verb).filter(|_| reading.dep(verb) == Dep::Relcl && verb != action)?;
    let whole = |at: u32| {
        reading
            .children_by(at, &[Dep::Dobj])
            .chain(reading.after(at, &["of", "to", "from", "with"]))
            .find(|&it| reading.is_relative(it))
    };
    let object = whole(action).or_else(|| whole(verb))?;
    // `the vote on Sunday, which`
    let day =
        reading.entity_at(thing).is_some_and(|it| matches!(it.label, EntityLabel::Date | EntityLabel::Time));
    let above = || {
        let prep = reading.head(thing)?;
        let noun = reading.head(prep).filter(|&noun| reading.is_noun(noun));
        noun.or_else(|| prep.checked_sub(1).filter(|&noun| reading.is_noun(noun)))
    };
    let thing = if day { above()? } else { thing };
    (reading.is(object, &["which", "that", "whom"]) && thing < action).then_some(thing)
}

/// The first token of the word that token `at` ends: `won’t` of `n’t`, `re-start` of `start`.
fn whole_word(reading: &Reading<'_>, at: u32) -> u32 {
    let glued = |at: u32| at > 0 && reading.token(at - 1).span.end == reading.token(at).span.start;
    let mut first = at;
    if reading.dep(at) == Dep::Neg && glued(at) && reading.word(at).chars().count() <= 3 {
        first -= 1;
    }
    while first > 1 && reading.word(first - 1) == "-" && glued(first) && glued(first - 1) {
        first -= 2;
    }
    first
}

/// Returns the certainty of a commitment that `rule` found: the share that was right in 100 read by hand, half right for a half.
fn certainty(rule: RuleName) -> f64 {
    match rule.as_str() {
        "commitment.noun" | "commitment.outline" => 0.7,
        "commitment.own" | "commitment.duty" | "commitment.verb" | "commitment.terms" => 0.6,
        _ => 0.5,
    }
}

/// The actors of the act that the noun `at` of a list of terms names.
fn doers_of_term(reading: &Reading<'_>, at: u32) -> Vec<ActorId> {
    let mut heads = reading.after(at, &["by"]);
    if heads.is_empty() && reading.is(at, &words::OWN_MOVE) {
        heads = reading.after(at, &["of"]);
    }
    if heads.is_empty() {
        heads.extend(reading.children_by(at, &[Dep::Poss]));
    }
    actors(reading, &heads)
}

/// The actors behind `heads`.
pub(crate) fn actors(reading: &Reading<'_>, heads: &[u32]) -> Vec<ActorId> {
    let mut found: Vec<ActorId> = Vec::new();
    add_once(&mut found, heads.iter().flat_map(|&head| sides::actors(reading, reading.substance(head))));
    found
}

/// Whether nothing that can be checked is said by the verb `at`: `do it`, `do so`; `it would be the last time`.
pub(super) fn is_empty_act(reading: &Reading<'_>, at: u32) -> bool {
    let of_it = reading.children_by(at, &[Dep::Nsubj]).any(|subject| reading.is(subject, &["it"]));
    if reading.is(at, &["be"]) && of_it || reading.is(at, &["disagree", "differ"]) {
        return true;
    }
    // `will work together`: on what, nobody says.
    let together = reading.is(at, &["work"])
        && reading.children(at).iter().all(|&child| {
            child < at
                || reading.dep(child) == Dep::Punct
                || reading.is(child, &["together", "closely", "hard"])
        });
    if together {
        return true;
    }
    // `we will be waiting`: that is to do nothing.
    if reading.is(at, &["wait", "watch"]) && reading.tag(at) == Tag::Vbg {
        return true;
    }
    reading.is(at, &["do"])
        && reading.children(at).iter().all(|&child| {
            child < at
                || matches!(reading.dep(child), Dep::Punct | Dep::Advmod | Dep::Cc | Dep::Conj)
                || reading.is(child, &["it", "so", "this", "that"])
        })
}
