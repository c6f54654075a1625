//! Factuality, how a report puts an act to the world: from tense, modals, negation, conditions and the verbs above it.

use readout_record::Factuality;
use readout_syntax::{Dep, Pos, Tag};

use crate::clause::governed::{is_time_of, of_word_above, passes_up};
use crate::clause::governing::is_said_to_exist;
use crate::clause::modal::{self, doubts};
use crate::clause::presupposition::{
    asks_for_detail, is_answered, is_definite, is_of_the_past, is_presupposed, is_spoken_of, occasion_of,
    outlives_denial,
};
use crate::clause::reading::Reading;
use crate::clause::{premises, purpose};
use crate::words::{factuality, speech, violence};

/// The most steps up the tree that change the factuality of a clause. One under more than a dozen others is no clause of
/// a report.
const CLAUSES_ABOVE: usize = 12;

/// Returns the factuality that the report gives to the act of verb or noun `at`.
pub(crate) fn of(reading: &Reading<'_>, at: u32) -> Factuality {
    let mut found = own(reading, at);
    if found == Factuality::Happened && would_have_effects(reading, at) {
        return Factuality::Conditional;
    }
    let of_noun = found;
    if is_of_the_past(reading, at) {
        return found;
    }
    if let Some(told_with) = occasion_of(reading, at) {
        let told = of(reading, told_with);
        if matches!(told, Factuality::Planned | Factuality::Possible | Factuality::Conditional) {
            return told;
        }
    }
    let mut below = at;
    for above in reading.syntax.ancestors(at).take(CLAUSES_ABOVE) {
        if !passes_up(reading, below, above) {
            break;
        }
        // `want to know what they signed`: that they signed is taken for granted, whatever is wanted.
        if reading.is_verb(below) && outlives_denial(reading, below, above)
            || below == at && (is_answered(reading, at, above) || is_spoken_of(reading, at, above))
            || !reading.is(at, &factuality::SCHEDULED) && is_presupposed(reading, below, above)
        {
            break;
        }
        found = under(reading, found, below, above);
        // `denied having said that they signed`: what was said is as it was said.
        if reading.dep(below) == Dep::Ccomp
            && reading.is_finite_clause(below)
            && (reading.is(above, &factuality::REPORTING)
                || reading.is(above, &["suggest", "insist", "warn"]))
        {
            break;
        }
        below = above;
    }
    // `doubts about a planned raid`: it is planned all the same.
    if !reading.is_verb(at)
        && matches!(of_noun, Factuality::Planned | Factuality::Possible)
        && matches!(found, Factuality::Planned | Factuality::Possible)
    {
        found = of_noun;
    }
    // `could it be the gang that killed them?` does not ask whether it did.
    let beside = matches!(reading.dep(below), Dep::Relcl | Dep::Acl | Dep::Advcl)
        && reading.finite_word(below).is_some_and(|word| reading.tag(word) == Tag::Vbd);
    let asked = reading.is_verb(below)
        && !beside
        && is_asked(reading, at)
        && (found == Factuality::Happened || is_turned_round(reading, below));
    // `why did they leave?`: they did.
    let granted = asked
        && found == Factuality::Happened
        && asks_for_detail(reading, below)
        && reading.finite_word(below).is_some_and(|word| reading.tag(word) == Tag::Vbd);
    if asked && !granted && matches!(found, Factuality::Happened | Factuality::Planned | Factuality::Demanded)
    {
        found = Factuality::Possible;
    }
    found
}

/// Whether the sentence of `at` asks. A question that is quoted behind `at` asks nothing of it: `struck him, and he cried,
/// “Why?”`.
fn is_asked(reading: &Reading<'_>, at: u32) -> bool {
    let opens = |word: u32| matches!(reading.syntax.word(word), "“" | "``" | "‘");
    let plain = |word: u32| matches!(reading.syntax.word(word), "\"" | "'");
    let behind = || at + 1..reading.syntax.sentence_of(at).end;
    let quoted = behind().any(opens) || behind().filter(|&word| plain(word)).count() > 1;
    reading.is_asked(at) && !quoted
}

/// Whether an auxiliary of the verb `at` stands before its subject: `will they leave?`
fn is_turned_round(reading: &Reading<'_>, at: u32) -> bool {
    reading
        .children_by(at, &[Dep::Nsubj, Dep::Nsubjpass])
        .next()
        .is_some_and(|subject| reading.children_by(at, &[Dep::Aux, Dep::Auxpass]).any(|aux| aux < subject))
}

/// Whether the noun `at` is an act of a kind, of which the clause says what it would do: `an attack will strengthen them`.
/// `Attacks will continue` says of the act itself that it comes.
fn would_have_effects(reading: &Reading<'_>, at: u32) -> bool {
    reading.dep(at) == Dep::Nsubj
        && !reading.is_verb(at)
        && !is_definite(reading, at)
        && !reading.is(at, &factuality::SCHEDULED)
        && reading.head(at).is_some_and(|verb| {
            reading.is_verb(verb)
                && !reading.is(verb, &["take"])
                && reading.child(verb, Dep::Dobj).is_some()
                && reading
                    .children_by(verb, &[Dep::Aux])
                    .any(|aux| reading.is(aux, &["will", "would", "'ll", "’ll", "could", "can"]))
        })
}

/// Returns the factuality that the act's own words show.
fn own(reading: &Reading<'_>, at: u32) -> Factuality {
    if !reading.is_verb(at) {
        return own_of_noun(reading, at);
    }
    let mut found = Factuality::Happened;
    let mut negated = false;
    let mut be = false;
    let mut modal = None;
    let mut open_clause = None;
    let mut hangs = false;
    for &child in reading.children(at) {
        match reading.dep(child) {
            Dep::Neg => negated = true,
            Dep::Advmod if is_denial(reading, child) => negated = true,
            // `Nor does it make sense to attack`
            Dep::Cc if child < at && reading.is(child, &["nor"]) => negated = true,
            // `It is not like they left`
            Dep::Mark if reading.is(child, &["like", "though"]) && is_likened(reading, at, child) => {
                let none = reading.head(at).is_some_and(|above| reading.child(above, Dep::Neg).is_some());
                open_clause = Some(if none { Factuality::Denied } else { Factuality::Possible });
            }
            Dep::Advmod
                if reading.is(child, &factuality::DOUBTING)
                    && !reading.is(at, &["be"])
                    && !is_of_number(reading, child) =>
            {
                found = Factuality::Possible;
            }
            Dep::Preconj if reading.is(child, &["neither"]) => negated = true,
            // `neither Chad nor Mali attacked`
            Dep::Nsubj | Dep::Nsubjpass
                if reading
                    .children_by(child, &[Dep::Preconj, Dep::Cc, Dep::Det, Dep::Advmod])
                    .any(|word| word < child && reading.is(word, &["neither"])) =>
            {
                negated = true;
            }
            Dep::Aux => {
                if reading.tag(child) == Tag::Md {
                    modal = Some(modal::factuality_of(reading, at, child));
                } else if reading.is(child, &["be"]) {
                    be = true;
                }
            }
            Dep::Mark if reading.is(child, &["if", "unless", "whether"]) => {
                // `do not know if they left`
                let asks = reading.is(child, &["if"])
                    && (matches!(reading.dep(at), Dep::Ccomp | Dep::Pcomp)
                        || reading.head(at).is_some_and(|above| {
                            reading.is(above, &speech::ASKING) && reading.child(above, Dep::Dobj).is_none()
                        }));
                open_clause = Some(if asks || reading.is(child, &["whether"]) {
                    Factuality::Possible
                } else {
                    Factuality::Conditional
                });
            }
            Dep::Advcl | Dep::Prep | Dep::Advmod => hangs |= is_condition_of(reading, child),
            _ => {}
        }
    }
    // What would be done hangs on the premise; what is done because of another `if` does not.
    if hangs {
        modal = Some(Factuality::Conditional);
    }
    if open_clause.is_none() && premises::is_premise(reading, at) {
        open_clause = Some(Factuality::Conditional);
    }
    negated |= is_yet_to_come(reading, at);
    negated |= is_rather_than(reading, at);
    if open_clause.is_none() {
        open_clause = of_clause_in_time(reading, at, modal.is_some());
    }
    // To promise no new taxes is a promise.
    negated |= !reading.is(at, &factuality::PROMISING) && has_no_side(reading, at);
    // `how to end the war` leaves it open.
    let open = reading.children(at).iter().any(|&child| reading.tag(child) == Tag::Wrb)
        && reading.children(at).iter().any(|&child| reading.tag(child) == Tag::To);
    if open {
        found = Factuality::Planned;
    } else if let Some(modal) = open_clause.or(modal) {
        // `will probably leave` is a guess.
        let guessed = found == Factuality::Possible && modal == Factuality::Planned;
        found = if guessed { found } else { modal };
    } else if reading.tag(at) == Tag::Vbg && (be || is_at_war(reading, at)) {
        found = Factuality::Ongoing;
    } else if let Some(told) = purpose::of_form(reading, at) {
        found = told;
    }
    // What a thing is for is not yet done: `a plan for fighting the group`.
    let purpose = reading.dep(at) == Dep::Pcomp
        && reading.syntax.head(at).is_some_and(|prep| {
            reading.is(prep, &["for", "to"])
                && reading.syntax.head(prep).is_some_and(|noun| {
                    reading.is_noun(noun) && !reading.is(noun, &factuality::CALLING_TO_ACCOUNT)
                })
        });
    if purpose && found == Factuality::Happened {
        found = Factuality::Planned;
    }
    match found {
        // `should never have been jailed`: they were.
        Factuality::Denied if negated && modal == Some(Factuality::Denied) => Factuality::Happened,
        // `might not sign` leaves it open.
        Factuality::Possible if negated && doubts(reading, at) => Factuality::Possible,
        _ if negated => Factuality::Denied,
        _ => found,
    }
}

/// Whether the participle `at` says of somebody that he fights: `rebels fighting the junta`.
fn is_at_war(reading: &Reading<'_>, at: u32) -> bool {
    reading.dep(at) == Dep::Acl && reading.is(at, &violence::WAR)
}

/// Whether the adverb `at` bears on the number behind it: `perhaps 40 men`, `maybe as many as 40`.
fn is_of_number(reading: &Reading<'_>, at: u32) -> bool {
    let next = (at + 1..at + 5).find(|&word| {
        reading.tag(word) == Tag::Cd || matches!(reading.pos(word), Pos::Noun | Pos::Verb | Pos::Aux)
    });
    next.is_some_and(|word| {
        reading.tag(word) == Tag::Cd
            || reading.is(word, &["third", "half", "quarter", "dozen", "hundred", "thousand"])
    })
}

/// Returns the factuality that the words beside a noun for an act show.
pub(crate) fn own_of_noun(reading: &Reading<'_>, at: u32) -> Factuality {
    let mut found = Factuality::Happened;
    // `ahead of their meeting`; an attack is known of only afterwards.
    let ahead = reading.dep(at) == Dep::Pobj
        && reading.is(at, &factuality::SCHEDULED)
        && reading
            .syntax
            .head(at)
            .and_then(|of| reading.syntax.head(of))
            .is_some_and(|word| reading.is(word, &["ahead"]));
    if ahead {
        found = Factuality::Planned;
    }
    // `negotiations for the release of the crew`: what a noun is for is still to come, unless it is paid back.
    let aimed_at = reading.dep(at) == Dep::Pobj
        && reading.is(at, &factuality::SCHEDULED)
        && reading
            .head(at)
            .filter(|&prep| reading.is(prep, &["for"]))
            .and_then(|prep| reading.head(prep))
            .is_some_and(|noun| {
                reading.is_noun(noun)
                    && !reading.is(noun, &factuality::CALLING_TO_ACCOUNT)
                    && !reading.is(noun, &factuality::ANSWERING)
            });
    if aimed_at {
        found = Factuality::Planned;
    }
    for &child in reading.children(at) {
        if reading.dep(child) == Dep::Det && is_none(reading, child) {
            return Factuality::Denied;
        }
        // `before any summit`
        if reading.dep(at) == Dep::Pobj && reading.dep(child) == Dep::Det && reading.is(child, &["any"]) {
            found = Factuality::Possible;
        }
        if matches!(reading.dep(child), Dep::Amod | Dep::Compound) {
            if reading.is(child, &factuality::POSSIBLE_NOUN) {
                found = Factuality::Possible;
            }
            if reading.is(child, &factuality::PLANNED_NOUN) {
                found = Factuality::Planned;
            }
            if reading.is(child, &["ongoing", "continuing"]) {
                found = Factuality::Ongoing;
            }
        }
    }
    found
}

/// Whether the act of the verb `at` has not come about so far: `has yet to leave`.
fn is_yet_to_come(reading: &Reading<'_>, at: u32) -> bool {
    reading.is_infinitive(at)
        && reading.dep(at) == Dep::Xcomp
        && reading.syntax.head(at).is_some_and(|above| {
            reading.is(above, &["have", "be"])
                && [above, at].iter().any(|&verb| {
                    reading.children_by(verb, &[Dep::Advmod]).any(|word| reading.is(word, &["yet"]))
                })
        })
}

/// Returns the factuality that the conjunction of a clause of time shows, if the act of its verb `at` is to come.
/// `has_modal` says whether the verb has a modal.
fn of_clause_in_time(reading: &Reading<'_>, at: u32, has_modal: bool) -> Option<Factuality> {
    let opened_by = |words: &[&str]| {
        reading.children_by(at, &[Dep::Mark, Dep::Advmod]).any(|word| reading.is(word, words))
    };
    let in_present =
        || reading.finite_word(at).is_some_and(|word| matches!(reading.tag(word), Tag::Vbz | Tag::Vbp));
    // `will leave after they lift the blockade`: that is to come as well.
    // `when it comes to the raid` tells of no time.
    let of_topic = || reading.is(at, &["come"]) && !reading.after(at, &["to"]).is_empty();
    let to_come = opened_by(&["after", "once", "when"])
        && !of_topic()
        && reading.dep(at) == Dep::Advcl
        && in_present()
        && reading.syntax.head(at).is_some_and(|above| {
            // `is expected to talk when they meet`
            reading.is_infinitive(above)
                || reading.children_by(above, &[Dep::Aux]).any(|aux| reading.tag(aux) == Tag::Md)
        });
    // `before they leave`: it has not come to that.
    let not_yet = opened_by(&["before", "until", "till"]) && !has_modal && in_present();
    if not_yet {
        Some(Factuality::Possible)
    } else if to_come {
        Some(Factuality::Planned)
    } else {
        None
    }
}

/// Whether a side of the verb `at` says that there is none: `sent no troops`, `no troops were sent`, `nobody was sent`.
fn has_no_side(reading: &Reading<'_>, at: u32) -> bool {
    // `wounding nine people, none of them badly`: some were.
    let second = |side: u32| {
        reading.dep(side) == Dep::Dobj && reading.child(at, Dep::Dobj).is_some_and(|first| first < side)
    };
    reading.children_by(at, &[Dep::Dobj, Dep::Nsubj, Dep::Nsubjpass]).any(|side| {
        reading.is(side, &["nobody", "none", "nothing"]) && !second(side)
            || reading.children_by(side, &[Dep::Det]).any(|det| is_none(reading, det))
    })
}

/// Whether the noun `at` says that there is none of it: `no plans`.
fn lacks_all(reading: &Reading<'_>, at: u32) -> bool {
    reading.is_noun(at) && reading.children_by(at, &[Dep::Det]).any(|det| reading.is(det, &["no"]))
}

/// Whether the determiner `at` leaves nothing of its noun: `no`, `hardly any`.
fn is_none(reading: &Reading<'_>, at: u32) -> bool {
    reading.is(at, &["no"])
        || at > 0 && reading.is(at, &["any"]) && reading.is(at - 1, &["hardly", "scarcely", "barely"])
}

/// Whether `child` is, or contains, the condition of the verb above it: `if …`, `as long as …`, `provided that …`.
fn is_condition_of(reading: &Reading<'_>, child: u32) -> bool {
    premises::is_premise(reading, child) && !premises::is_of_what_was_said(reading, child)
        || reading.is(child, &["long", "provide"])
            && reading
                .children_by(child, &[Dep::Advcl, Dep::Ccomp, Dep::Pcomp])
                .any(|clause| premises::is_premise(reading, clause))
}

/// `never`, `no longer`, `neither`, `almost`.
fn is_denial(reading: &Reading<'_>, at: u32) -> bool {
    // `almost signed`; not `almost certainly signed`
    let almost = reading.is(at, &["almost", "nearly"]) && reading.syntax.token(at + 1).pos != Pos::Adv;
    almost
        || reading.is(at, &["never", "neither", "nor", "hardly"])
        || (reading.is(at, &["long", "longer"]) && at > 0 && reading.is(at - 1, &["no"]))
}

/// Whether the clause of the verb `at` is not what was chosen: `rather than attack, they sent envoys`.
fn is_rather_than(reading: &Reading<'_>, at: u32) -> bool {
    let first = reading.syntax.token(at).left_edge;
    // `instead of attacking`, where the tree hangs `instead` elsewhere.
    let instead = reading.dep(at) == Dep::Pcomp
        && reading
            .syntax
            .head(at)
            .is_some_and(|of| of > 0 && reading.is(of, &["of"]) && reading.is(of - 1, &["instead"]));
    // `rather than attack, they sent` did send: the words belong to the first verb after them.
    let pair = |rather: u32| {
        reading.is(rather, &["rather"])
            && reading.is(rather + 1, &["than"])
            && rather + 1 < at
            && !(rather + 2..at).any(|between| reading.is_verb(between))
    };
    instead || pair(first) || first >= 2 && pair(first - 2)
}

/// Whether the conjunction `mark` opens the clause of the verb `at` as a comparison with what is not so: `like they left`, `as
/// though they left`.
fn is_likened(reading: &Reading<'_>, at: u32, mark: u32) -> bool {
    let unreal = |above: u32| {
        reading.is(above, &["be", "seem", "look", "feel", "sound", "act", "behave", "talk", "speak"])
    };
    reading.is_finite_clause(at)
        && reading.head(at).is_some_and(unreal)
        && (reading.is(mark, &["like"]) || mark > 0 && reading.is(mark - 1, &["as"]))
}

/// Returns `inner` as the word `above` puts it.
fn under(reading: &Reading<'_>, inner: Factuality, below: u32, above: u32) -> Factuality {
    let of_above = of_word_above(reading, below, above);
    // `no evidence that they left`, `no plans for talks`; not `no comment on the attack`.
    let none = reading.is_noun(above)
        && (of_above != Factuality::Happened
            || reading.is(above, &factuality::SIGN)
            || reading.is_verb(below) && is_said_to_exist(reading, above))
        && lacks_all(reading, above);
    let own = if reading.is_verb(above) {
        match own(reading, above) {
            Factuality::Denied if outlives_denial(reading, below, above) => Factuality::Happened,
            Factuality::Denied | Factuality::Ongoing if is_time_of(reading, below) => Factuality::Happened,
            // `was not limited to bombing the port`
            Factuality::Denied if reading.is(above, &["limit", "confine"]) && reading.is(below, &["to"]) => {
                Factuality::Happened
            }
            // `sent no troops to help them`: what they were to do is left open.
            Factuality::Denied if purpose::is_purpose(reading, below) => Factuality::Possible,
            // `has no plans to leave` is denied once, at the noun.
            Factuality::Denied if reading.child(above, Dep::Neg).is_none() && lacks_all(reading, below) => {
                Factuality::Happened
            }
            own => own,
        }
    } else if none {
        Factuality::Denied
    } else {
        Factuality::Happened
    };
    // Speech does not change what it reports, but `did not withdraw` denies, `will begin to withdraw` plans.
    let is_speech = reading.is(above, &factuality::REPORTING);
    let open = matches!(
        own,
        Factuality::Planned | Factuality::Possible | Factuality::Demanded | Factuality::Conditional
    );
    let outer = if own == Factuality::Conditional {
        // `if it were to leave`
        own
    } else if own == Factuality::Possible && matches!(of_above, Factuality::Demanded | Factuality::Planned) {
        // `could order a raid`
        own
    } else if open && of_above == Factuality::Denied {
        // `moved ships to prevent an attack`: whether it would have come about is open.
        Factuality::Possible
    } else if of_above != Factuality::Happened {
        if own == Factuality::Denied && matches!(of_above, Factuality::Planned | Factuality::Demanded) {
            Factuality::Denied
        } else if own == Factuality::Denied && of_above == Factuality::Cancelled {
            Factuality::Planned
        } else if own == Factuality::Denied && reading.is(above, &["doubt", "question"]) {
            // `nobody doubts that they left`
            Factuality::Happened
        } else if own == Factuality::Denied && of_above == Factuality::Denied {
            // `nothing prevents them from leaving`
            Factuality::Possible
        } else {
            of_above
        }
    } else if is_speech {
        Factuality::Happened
    } else {
        own
    };
    match (outer, inner) {
        (Factuality::Happened, inner) => inner,
        (Factuality::Ongoing, Factuality::Happened) => Factuality::Ongoing,
        (Factuality::Ongoing, inner) => inner,
        (Factuality::Denied, Factuality::Denied) => Factuality::Happened,
        // `it is not clear whether they left`; not `avoided the prospect that they leave`
        (Factuality::Denied, Factuality::Possible) if of_above != Factuality::Denied => Factuality::Possible,
        // `promised not to attack`, `there will be no talks`
        (Factuality::Planned, Factuality::Denied) => Factuality::Denied,
        // `plans to carry out its threat to attack`: it is no more planned than what it rests on.
        (Factuality::Planned, Factuality::Possible) => Factuality::Possible,
        // `urged them not to attack`: the contrary is wanted.
        (Factuality::Demanded, Factuality::Denied) => Factuality::Denied,
        (outer, _) => outer,
    }
}
