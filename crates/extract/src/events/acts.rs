//! Acts: what a predicate says is done, by whom, to whom.
//!
//! A verb or noun of the lexicon makes an act. An operator (`agree`, `demand`, `refuse`, `lift`) makes one of the act in
//! its complement: to demand AID is to REQUEST. Acts inside another are not told again.

use std::collections::BTreeSet;

use readout_annotate::{Dep, EntityLabel, MentionForm, Pos, Tag};
use readout_record::{ActorId, ActorKind, Factuality};

use super::lexicon::{Composed, Condition, Lexicon, Place, Rule, Sense};
use crate::factuality;
use crate::reading::{Reading, SPEECH};

/// How deep operators may stand in each other: `refused to agree to stop helping`.
const DEPTH: usize = 5;

/// An act that a predicate names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Act {
    /// The predicate: the verb or noun.
    pub(crate) head: u32,
    /// PLOVER type.
    pub(crate) code: &'static str,
    /// PLOVER mode.
    pub(crate) mode: Option<&'static str>,
    /// PLOVER context from the lexicon.
    pub(crate) context: Option<&'static str>,
    /// CAMEO code.
    pub(crate) cameo: Option<&'static str>,
    /// Head tokens of those who act.
    pub(crate) doers: Vec<u32>,
    /// Those who act where no token of the clause names them: the speaker of `Russia must leave`.
    pub(crate) speakers: Vec<ActorId>,
    /// Head tokens of those to whom it is done.
    pub(crate) recipients: Vec<u32>,
    /// Whether all sides do the same.
    pub(crate) mutual: bool,
    /// How the report puts it.
    pub(crate) factuality: Factuality,
    /// Head tokens of the acts inside it.
    pub(crate) used: Vec<u32>,
    /// The act under an operator: its head and own type.
    pub(crate) content: Option<(u32, &'static str)>,
    /// The operator, as `commit`.
    pub(crate) operator: Option<&'static str>,
    /// The rule that fired.
    pub(crate) rule: String,
    /// How sure the reading is, 0 to 1.
    pub(crate) certainty: f64,
}

impl Act {
    /// The actors who act.
    pub(crate) fn actors(&self, reading: &Reading<'_>) -> Vec<ActorId> {
        let mut found = self.speakers.clone();
        add_all(reading, &self.doers, &mut found);
        found
    }

    /// The actors to whom it is done.
    pub(crate) fn recipient_actors(&self, reading: &Reading<'_>) -> Vec<ActorId> {
        let mut found: Vec<ActorId> = Vec::new();
        for &head in &self.recipients {
            for actor in reading.patients(reading.substance(head)) {
                if !found.contains(&actor) {
                    found.push(actor);
                }
            }
        }
        found
    }
}

fn add_all(reading: &Reading<'_>, heads: &[u32], found: &mut Vec<ActorId>) {
    for &head in heads {
        for actor in reading.actors(reading.substance(head)) {
            if !found.contains(&actor) {
                found.push(actor);
            }
        }
    }
}

/// The acts of the whole document, in the order of their predicates; those inside another are left out.
pub(crate) fn find(reading: &Reading<'_>) -> Vec<Act> {
    let mut found = Vec::new();
    for at in 0..reading.syntax.len() {
        if is_sport(reading, at) {
            continue;
        }
        let act = if reading.is_verb(at) {
            of_verb(reading, at, DEPTH).or_else(|| of_speech(reading, at))
        } else if reading.syntax.token(at).pos == Pos::Noun {
            of_noun(reading, at, None, DEPTH)
                .filter(|(_, alone)| *alone || occurs(reading, at))
                .map(|(act, _)| act)
        } else if reading.syntax.token(at).pos == Pos::Adj {
            of_adjective(reading, at, DEPTH)
        } else {
            None
        };
        if let Some(mut act) = act {
            if act.operator != Some("speech") {
                act.factuality = factuality::of(reading, at);
                put_in_its_time(reading, &mut act);
            }
            if act.recipient_actors(reading).is_empty() {
                look_for_recipient(reading, &mut act);
            }
            unsure(reading, &mut act);
            found.push(act);
        }
    }
    let mut inside = vec![false; reading.syntax.len() as usize];
    for act in &found {
        for &used in &act.used {
            if used != act.head {
                inside[used as usize] = true;
            }
        }
    }
    // What a protest is for is its reason, not a second act: `marched to demand reforms`.
    let protests: BTreeSet<u32> = found
        .iter()
        .filter(|act| act.code == "PROTEST")
        .flat_map(|act| std::iter::once(act.head).chain(act.content.map(|(head, _)| head)))
        .collect();
    for act in found.iter().filter(|act| matches!(act.code, "REQUEST" | "ACCUSE")) {
        let below = reading.syntax.ancestors(act.head).take(4).any(|above| protests.contains(&above));
        if below && !reading.is_finite(act.head) {
            inside[act.head as usize] = true;
        }
    }
    for act in found.iter().filter(|act| act.code == "PROTEST") {
        for clause in reading.children_by(act.head, &[Dep::Advcl, Dep::Xcomp, Dep::Acl, Dep::Conj]) {
            if !reading.is_finite(clause) {
                inside[clause as usize] = true;
            }
        }
    }
    let requests: BTreeSet<u32> =
        found.iter().filter(|act| act.code == "REQUEST").map(|act| act.head).collect();
    found.retain(|act| {
        // `insisted that they must go` is one demand.
        act.operator != Some("speech")
            || !reading.syntax.ancestors(act.head).take(3).any(|above| requests.contains(&above))
    });
    found.retain(|act| {
        !inside[act.head as usize]
            || (act.code == "PROTEST" && !matches!(reading.dep(act.head), Dep::Dobj | Dep::Pobj))
    });
    found
}

/// Finds a recipient that its frame does not name: after a preposition deeper in the clause, or as what marks the
/// object: `rejected an Australian ultimatum`, `cut electricity to Chad`, `strengthened its forces in Lebanon`.
fn look_for_recipient(reading: &Reading<'_>, act: &mut Act) {
    if act.mutual && act.doers.len() > 1 || matches!(act.operator, Some("speech")) {
        return;
    }
    let mut own = Vec::new();
    add_all(reading, &act.doers, &mut own);
    let other = |reading: &Reading<'_>, heads: Vec<u32>| -> Vec<u32> {
        heads
            .into_iter()
            .filter(|head| !act.doers.contains(head))
            .filter(|&head| {
                reading
                    .patients(head)
                    .iter()
                    .any(|actor| !own.contains(actor) && !actor.starts_with("outlet:"))
            })
            .collect()
    };
    let anchors: Vec<u32> = std::iter::once(act.head).chain(act.content.map(|(head, _)| head)).collect();
    let mut found = Vec::new();
    // Where force, relief or retreat takes place is whom it meets.
    let on_the_ground = matches!(
        act.content.map_or(act.code, |(_, code)| code),
        "MOBILIZE" | "COERCE" | "ASSAULT" | "AID" | "RETREAT" | "SANCTION"
    );
    let mut names = vec!["with"];
    if !matches!(act.code, "CONSULT" | "AGREE" | "COOPERATE") {
        names.extend(["against", "to", "toward", "towards", "on", "from"]);
    } else if act.code == "AGREE" {
        names.push("to");
    }
    if on_the_ground {
        names.extend(["at", "into", "in", "of"]);
    }
    for &anchor in &anchors {
        if found.is_empty() {
            found = other(reading, reading.below(anchor, &names, 4));
        }
    }
    if found.is_empty()
        && matches!(act.code, "REJECT" | "REQUEST" | "SANCTION" | "ACCUSE" | "CONCEDE" | "RETREAT")
    {
        for &anchor in &anchors {
            if found.is_empty() {
                found = other(reading, reading.objects(anchor));
            }
        }
    }
    if !found.is_empty() {
        act.recipients = found;
        act.certainty *= 0.95;
    }
}

/// Acts told in passing are less sure: without anybody who acts, in a participle, or by a noun alone.
fn unsure(reading: &Reading<'_>, act: &mut Act) {
    if act.doers.is_empty() && act.speakers.is_empty() {
        act.certainty *= 0.65;
    }
    if matches!(reading.dep(act.head), Dep::Acl | Dep::Relcl | Dep::Advcl | Dep::Pcomp) {
        act.certainty *= 0.85;
        if !matches!(act.factuality, Factuality::Happened | Factuality::Ongoing) {
            act.certainty *= 0.6;
        }
    }
    if act.rule.starts_with("noun:") {
        act.certainty *= 0.8;
    }
}

/// Whether the noun `at` is what takes place: `riots broke out`, `talks continue`.
fn occurs(reading: &Reading<'_>, at: u32) -> bool {
    matches!(reading.dep(at), Dep::Nsubj | Dep::Nsubjpass)
        && reading.syntax.head(at).is_some_and(|verb| {
            reading.is(
                verb,
                &[
                    "erupt",
                    "break",
                    "continue",
                    "begin",
                    "start",
                    "resume",
                    "occur",
                    "happen",
                    "take",
                    "follow",
                    "rage",
                    "intensify",
                    "spread",
                    "hold",
                    "flare",
                ],
            ) && reading.children(at).iter().any(|&child| {
                matches!(reading.dep(child), Dep::Prep | Dep::Poss) || !reading.named(child).is_empty()
            })
        })
}

/// Sport is no conflict: `attacked down the wing`. One sure word of a match in the sentence marks it, or two others.
fn is_sport(reading: &Reading<'_>, at: u32) -> bool {
    let lexicon = Lexicon::shipped();
    let sentence = reading.syntax.sentence_of(at);
    let from = sentence.start.max(at.saturating_sub(40));
    let mut words = 0;
    for token in from..sentence.end.min(at + 40) {
        let lemma = reading.lemma(token);
        if lexicon.is_in("sport_sure", lemma) {
            return true;
        }
        words += usize::from(lexicon.is_in("sport", lemma));
    }
    words >= 2
}

/// A plain future of a cooperative act is an agreement, of a hostile one a threat; a refused one a rejection; and
/// what others must do is a demand of whoever says so.
fn put_in_its_time(reading: &Reading<'_>, act: &mut Act) {
    let lexicon = Lexicon::shipped();
    // `must be ready to` has its modal at the copula.
    let verb = match reading.syntax.head(act.head) {
        Some(above) if reading.syntax.token(act.head).pos == Pos::Adj => above,
        _ => act.head,
    };
    let modal = reading
        .children_by(verb, &[Dep::Aux])
        .find(|&aux| reading.tag(aux) == Tag::Md)
        .map(|aux| reading.lemma(aux).to_ascii_lowercase());
    let modal = modal.as_deref().unwrap_or_default();
    let negated = reading.child(act.head, Dep::Neg).is_some();
    let will = matches!(modal, "will" | "shall" | "'ll" | "’ll" | "wo" | "would");
    let operator = match act.factuality {
        Factuality::Planned if will && !negated => "intend",
        Factuality::Denied if will && act.operator.is_none() => match act.code {
            "AID" | "COOPERATE" | "SUPPORT" | "CONSULT" | "RETREAT" | "CONCEDE" | "AGREE" => "refuse",
            _ => return,
        },
        Factuality::Demanded if matches!(modal, "must" | "should" | "ought") => {
            demand(reading, act);
            return;
        }
        _ => return,
    };
    // A meeting that will be held is kept as a planned meeting.
    if act.code == "CONSULT" && operator == "intend"
        || act.operator.is_some_and(|own| !matches!(own, "light" | "keep"))
    {
        return;
    }
    if let Composed::Act { code, mode, cameo } = lexicon.compose(operator, Some(act.code)) {
        act.content = Some((act.head, act.code));
        (act.code, act.mode, act.cameo) = (code, mode, cameo);
        act.operator = Some(operator);
        act.rule = format!("{operator}>{}", act.rule);
        act.factuality = Factuality::Happened;
    }
}

/// `Russia must leave`, said by somebody else, asks Russia to leave.
fn demand(reading: &Reading<'_>, act: &mut Act) {
    let own: Vec<ActorId> = act.actors(reading);
    let (sayers, speakers) = sayer(reading, act.head);
    if sayers.is_empty() && speakers.is_empty() || speakers.iter().any(|speaker| own.contains(speaker)) {
        return;
    }
    if let Composed::Act { code, mode, cameo } = Lexicon::shipped().compose("request", Some(act.code)) {
        act.content = Some((act.head, act.code));
        (act.code, act.mode, act.cameo) = (code, mode, cameo);
        if !act.doers.is_empty() {
            act.recipients = std::mem::take(&mut act.doers);
        }
        act.doers = sayers;
        act.speakers = speakers;
        act.mutual = false;
        act.rule = format!("must>{}", act.rule);
        act.operator = Some("request");
        act.factuality = Factuality::Happened;
    }
}

/// Who says the clause of `at`: the subject of the verb of saying above it, or else the speaker of its statement.
fn sayer(reading: &Reading<'_>, at: u32) -> (Vec<u32>, Vec<ActorId>) {
    let mut below = at;
    for above in reading.syntax.ancestors(at).take(6) {
        if reading.is(above, SPEECH) && reading.dep(below) == Dep::Ccomp {
            return (reading.subjects(above), Vec::new());
        }
        if !matches!(reading.dep(below), Dep::Ccomp | Dep::Conj | Dep::Acomp | Dep::Xcomp) {
            break;
        }
        below = above;
    }
    let statement = reading.statement_of(at).map(|number| &reading.statements[number]);
    (Vec::new(), statement.map(|statement| statement.speaker.clone()).unwrap_or_default())
}

/// What speech makes of an act that no lexicon knows: others `must`, or oneself `will not`.
fn of_speech(reading: &Reading<'_>, at: u32) -> Option<Act> {
    let modal = reading.children_by(at, &[Dep::Aux]).find(|&aux| reading.tag(aux) == Tag::Md);
    let modal = modal.map(|aux| reading.lemma(aux).to_ascii_lowercase()).unwrap_or_default();
    let negated = reading.child(at, Dep::Neg).is_some();
    let must = matches!(modal.as_str(), "must" | "should" | "ought")
        || (reading.is(at, &["have", "need"]) && reading.child(at, Dep::Xcomp).is_some() && modal.is_empty());
    let will_not = negated && matches!(modal.as_str(), "will" | "wo" | "would" | "shall");
    if !(must || will_not) {
        return None;
    }
    let (sayers, speakers) = sayer(reading, at);
    if sayers.is_empty() && speakers.is_empty() {
        return None;
    }
    let mut said_by = speakers.clone();
    add_all(reading, &sayers, &mut said_by);
    let subjects = reading.subjects(at);
    let mut own = Vec::new();
    add_all(reading, &subjects, &mut own);
    let itself = own.iter().any(|actor| said_by.contains(actor))
        || subjects.iter().any(|&head| reading.is(head, &["it", "he", "she", "they", "we", "i"]));
    let (code, cameo, recipients, rule) = if must && !itself && !own.is_empty() {
        ("REQUEST", "100", subjects, "must")
    } else if will_not && itself && reading.child(at, Dep::Dobj).is_some() {
        ("REJECT", "120", Vec::new(), "will-not")
    } else {
        return None;
    };
    Some(Act {
        head: at,
        code,
        cameo: Some(cameo),
        doers: sayers,
        speakers,
        recipients,
        operator: Some("speech"),
        rule: format!("speech:{rule}"),
        certainty: 0.6,
        ..Act::default()
    })
}

/// The act that the verb `at` names.
pub(crate) fn of_verb(reading: &Reading<'_>, at: u32, depth: usize) -> Option<Act> {
    if depth == 0 {
        return None;
    }
    for key in keys(reading, at) {
        for rule in Lexicon::shipped().verb(&key) {
            if !rule.conditions.iter().all(|condition| holds(reading, at, condition)) {
                continue;
            }
            // `hold up an end` is not to hold it.
            let light = matches!(rule.sense, Sense::Operator("light" | "start"));
            if light && !key.contains('_') && reading.child(at, Dep::Prt).is_some() {
                continue;
            }
            let act = match rule.sense {
                Sense::Nothing => return None,
                Sense::Act(code) => Some(plain(reading, at, code, rule, &key)),
                Sense::Operator(operator) => composed(reading, at, operator, rule, &key, depth),
            };
            if act.is_some() {
                return act;
            }
        }
    }
    None
}

/// `ready to talk`, `willing to withdraw`, `prepared to strike`.
fn of_adjective(reading: &Reading<'_>, at: u32, depth: usize) -> Option<Act> {
    let operator = if reading.is(at, &["ready", "willing", "prepared"]) {
        "intend"
    } else if reading.is(at, &["unwilling", "reluctant"]) {
        "refuse"
    } else {
        return None;
    };
    let inner = reading
        .children_by(at, &[Dep::Xcomp, Dep::Ccomp])
        .filter(|&child| reading.is_verb(child))
        .find_map(|child| of_verb(reading, child, depth - 1))?;
    let Composed::Act { code, mode, cameo } = Lexicon::shipped().compose(operator, Some(inner.code)) else {
        return None;
    };
    let mut used = inner.used;
    used.push(inner.head);
    Some(Act {
        head: at,
        code,
        mode,
        cameo,
        context: inner.context,
        doers: inner.doers,
        recipients: inner.recipients,
        used,
        content: Some((inner.head, inner.code)),
        operator: Some(operator),
        rule: format!("{operator}:{}>{}", reading.lemma(at), inner.rule),
        certainty: 0.6,
        ..Act::default()
    })
}

/// The names under which the lexicon may hold the verb `at`: with its particle or its fixed object first.
fn keys(reading: &Reading<'_>, at: u32) -> Vec<String> {
    let lemma = reading.lemma(at).to_lowercase();
    let mut found = Vec::new();
    for &child in reading.children(at).iter().take(64) {
        let joins = match reading.dep(child) {
            Dep::Prt | Dep::Dobj => true,
            Dep::Advmod | Dep::Prep => {
                reading.is(child, &["out", "back", "up", "down", "off", "over", "in", "away", "aside"])
            }
            _ => false,
        };
        if joins && !(reading.dep(child) == Dep::Prep && reading.child(child, Dep::Pobj).is_some()) {
            found.push(format!("{lemma}_{}", reading.lemma(child).to_lowercase()));
        }
    }
    found.push(lemma);
    found
}

/// An act that the verb itself names.
fn plain(reading: &Reading<'_>, at: u32, code: &'static str, rule: &Rule, key: &str) -> Act {
    let doers = reading.doers(at);
    let (recipients, mutual) = recipients(reading, at, at, &rule.recipient, &doers);
    // `reached a deal to exchange prisoners`: what was agreed is no second act.
    let used = if code == "AGREE" {
        let objects = reading.objects(at);
        objects
            .iter()
            .flat_map(|&object| reading.children_by(object, &[Dep::Acl]).collect::<Vec<_>>())
            .collect()
    } else {
        Vec::new()
    };
    Act {
        head: at,
        used,
        code,
        mode: rule.mode,
        context: rule.context,
        cameo: rule.cameo,
        mutual: mutual || (code == "CONSULT" && recipients.is_empty()),
        doers,
        recipients,
        rule: format!("verb:{key}"),
        certainty: 0.8,
        ..Act::default()
    }
}

/// Those who stand at one of `places` of the predicate `at` or of the verb `verb` above it: the first place that names
/// somebody, or else the first that is filled.
fn recipients(
    reading: &Reading<'_>,
    at: u32,
    verb: u32,
    places: &[Place],
    doers: &[u32],
) -> (Vec<u32>, bool) {
    let mut filled: Option<(Vec<u32>, bool)> = None;
    for place in places {
        let mut heads = at_place(reading, at, place.name);
        if heads.is_empty() && verb != at {
            heads = at_place(reading, verb, place.name);
        }
        heads.retain(|head| !doers.contains(head));
        if heads.is_empty() {
            continue;
        }
        if heads.iter().any(|&head| !reading.patients(reading.substance(head)).is_empty()) {
            return (heads, place.mutual);
        }
        filled = filled.or(Some((heads, place.mutual)));
    }
    filled.unwrap_or_default()
}

/// The head tokens at the place called `name` of the predicate `at`.
fn at_place(reading: &Reading<'_>, at: u32, name: &str) -> Vec<u32> {
    match name {
        "obj" => reading.objects(at),
        "subj" => reading.subjects(at),
        "x.subj" => reading
            .children_by(at, &[Dep::Ccomp, Dep::Xcomp])
            .next()
            .map(|child| reading.subjects(child))
            .unwrap_or_default(),
        "dative" => {
            let mut found = Vec::new();
            for child in reading.children_by(at, &[Dep::Dative]) {
                if reading.syntax.token(child).pos == Pos::Adp {
                    for object in reading.children_by(child, &[Dep::Pobj]) {
                        reading.spread(object, &mut found);
                    }
                } else {
                    reading.spread(child, &mut found);
                }
            }
            found
        }
        "poss" => {
            let mut found = Vec::new();
            for owner in reading.children_by(at, &[Dep::Poss]) {
                reading.spread(owner, &mut found);
            }
            found
        }
        "adj" => reading
            .children_by(at, &[Dep::Amod, Dep::Compound, Dep::Nmod])
            .filter(|&child| !reading.named(child).is_empty())
            .collect(),
        name => reading.after(at, &[name]),
    }
}

/// Whether `condition` holds of the predicate `at`.
fn holds(reading: &Reading<'_>, at: u32, condition: &Condition) -> bool {
    let found = match (condition.place, condition.what) {
        ("neg", _) => reading.child(at, Dep::Neg).is_some(),
        ("lasting", _) => {
            let span = reading.clause(at);
            crate::meetings::minutes(reading, span).is_some()
                || !reading.after(at, &["on", "at", "during"]).is_empty()
        }
        ("passive", what) => reading.is_passive(at) == (what != "no"),
        ("x", "question") => reading.children_by(at, &[Dep::Ccomp, Dep::Advcl]).any(|child| {
            reading.children_by(child, &[Dep::Mark]).any(|mark| reading.is(mark, &["if", "whether"]))
        }),
        ("x", what) => {
            let clause = reading
                .children_by(at, &[Dep::Xcomp, Dep::Ccomp])
                .any(|child| what != "inf" || reading.dep(child) == Dep::Xcomp || !reading.is_finite(child));
            clause == (what != "no")
        }
        ("oprd", _) => reading.child(at, Dep::Oprd).is_some(),
        ("mod", class) => reading
            .children_by(at, &[Dep::Amod, Dep::Compound, Dep::Nmod, Dep::Nummod])
            .any(|child| Lexicon::shipped().is_in(class, reading.lemma(child))),
        (place, "no") => at_place(reading, at, place).is_empty(),
        (place, what) => {
            let heads = if place == "subj" { reading.doers(at) } else { at_place(reading, at, place) };
            match what {
                "plural" => heads.len() > 1 || heads.iter().any(|&head| is_several(reading, head)),
                "@actor" if place == "subj" => heads.iter().any(|&head| {
                    let lexicon = Lexicon::shipped();
                    is_what(reading, head, what)
                        || reading.tag(head) == Tag::Prp
                        || ["human", "person"].iter().any(|class| lexicon.is_in(class, reading.lemma(head)))
                }),
                _ => heads.iter().any(|&head| is_what(reading, reading.substance(head), what)),
            }
        }
    };
    found != condition.not
}

/// Whether the phrase of `head` names more than one.
fn is_several(reading: &Reading<'_>, head: u32) -> bool {
    matches!(reading.tag(head), Tag::Nns | Tag::Nnps | Tag::Cd)
        || reading.named(head).len() > 1
        || ["they", "both", "we", "two", "pair", "who"]
            .iter()
            .any(|word| word.eq_ignore_ascii_case(reading.syntax.word(head)))
}

/// Whether the phrase of `head` is of the sort `what`.
fn is_what(reading: &Reading<'_>, head: u32, what: &str) -> bool {
    match what {
        "any" => true,
        "@actor" => {
            !reading.named(head).is_empty()
                || matches!(
                    reading.syntax.entity_at(head).map(|entity| entity.label),
                    Some(EntityLabel::Gpe | EntityLabel::Person | EntityLabel::Org | EntityLabel::Norp)
                )
        }
        "@person" => {
            reading.is_person(head)
                || reading.syntax.entity_at(head).is_some_and(|entity| entity.label == EntityLabel::Person)
        }
        "@place" => {
            reading.chain(head).is_some_and(|chain| chain.place || chain.kind == ActorKind::State)
                || matches!(
                    reading.syntax.entity_at(head).map(|entity| entity.label),
                    Some(EntityLabel::Gpe | EntityLabel::Location | EntityLabel::Facility)
                )
        }
        class => {
            let lexicon = Lexicon::shipped();
            lexicon.is_in(class, reading.lemma(head))
                || (class == "person" && (reading.is_person(head) || is_crowd(reading, head)))
                || (class == "human"
                    && (!reading.actors(head).is_empty() || lexicon.is_in("person", reading.lemma(head))))
        }
    }
}

/// A number of people: `killing 224`, `dozens`.
fn is_crowd(reading: &Reading<'_>, head: u32) -> bool {
    reading.tag(head) == Tag::Cd
        || reading.is(head, &["dozen", "hundred", "thousand", "other"])
        || reading.mention(head).is_some_and(|mention| {
            matches!(mention.form, MentionForm::Pronoun) && !reading.named(head).is_empty()
        })
}

/// The act that an operator makes of what it governs.
fn composed(
    reading: &Reading<'_>,
    at: u32,
    operator: &'static str,
    rule: &Rule,
    key: &str,
    depth: usize,
) -> Option<Act> {
    let lexicon = Lexicon::shipped();
    let mut doers = reading.doers(at);
    if doers.is_empty() && reading.is(at, &["engage", "involve"]) {
        // `were engaged in fighting` is no passive.
        doers = reading.subjects(at);
    }
    let inner = content(reading, at, operator, depth);
    let negated = inner.as_ref().is_some_and(|inner| reading.child(inner.head, Dep::Neg).is_some());
    // What is agreed or announced to be kept up is what it was.
    let kept = inner.as_ref().is_some_and(|inner| inner.operator == Some("keep"))
        && matches!(operator, "commit" | "intend" | "announce");
    let outcome = lexicon.compose(operator, inner.as_ref().map(|inner| inner.code));
    let mut made = match if kept { Composed::Same } else { outcome } {
        Composed::Drop => return None,
        Composed::Same => {
            let mut act = inner?;
            act.used.push(act.head);
            act.content = act.content.or(Some((act.head, act.code)));
            if operator == "suffer" {
                act.recipients = doers;
            } else if !doers.is_empty() {
                // Who hosts talks is at them with those who talk.
                let others = std::mem::replace(&mut act.doers, doers);
                if act.code == "CONSULT" {
                    act.recipients.extend(others);
                }
                let doers = &act.doers;
                act.recipients.retain(|head| !doers.contains(head));
            }
            act.rule = format!("{operator}:{key}>{}", act.rule);
            act.certainty *= 0.95;
            act.head = at;
            act.operator = if kept { Some("keep") } else { act.operator.or(Some(operator)) };
            if operator == "keep" {
                act.operator = Some("keep");
            }
            return Some(act);
        }
        Composed::Act { code, mode, cameo } => Act { code, mode, cameo, ..Act::default() },
    };
    // Not to do harm is to give way; not to do good is to refuse.
    if let Some(inner) = inner.as_ref().filter(|_| negated) {
        let harm = matches!(inner.code, "ASSAULT" | "COERCE" | "SANCTION" | "MOBILIZE" | "THREATEN");
        (made.code, made.mode, made.cameo) = match (operator, harm) {
            ("commit" | "offer" | "intend", true) => ("AGREE", None, None),
            ("commit" | "intend", false) => ("REJECT", None, Some("120")),
            ("request", true) => ("REQUEST", Some("yield"), Some("025")),
            _ => (made.code, made.mode, made.cameo),
        };
    }
    if operator == "request" && made.cameo.is_some() && rule.cameo == Some("100") {
        made.cameo = demanded(made.cameo);
    }
    if inner.is_none() {
        made.cameo = rule.cameo;
    }
    let places: Vec<Place> = rule.recipient.clone();
    let (mut to, mutual) = recipients(reading, at, at, &places, &doers);
    to.retain(|&head| !reading.patients(reading.substance(head)).is_empty());
    if let Some(inner) = &inner {
        to.retain(|&head| head != inner.head);
        if to.is_empty() {
            let others: Vec<u32> = inner.doers.iter().copied().filter(|head| !doers.contains(head)).collect();
            let other_acts = !others.is_empty()
                && others.iter().any(|&head| {
                    let own: Vec<ActorId> = doers.iter().flat_map(|&doer| reading.actors(doer)).collect();
                    reading.actors(reading.substance(head)).iter().any(|actor| !own.contains(actor))
                });
            to = if matches!(operator, "request" | "refuse") && other_acts {
                others
            } else {
                inner.recipients.iter().copied().filter(|head| !doers.contains(head)).collect()
            };
        }
    } else if to.is_empty() && operator == "refuse" {
        for object in reading.objects(at) {
            for place in ["poss", "by", "from", "adj", "of"] {
                if to.is_empty() {
                    to = at_place(reading, object, place);
                    to.retain(|head| !doers.contains(head));
                }
            }
        }
    }
    made.mutual = mutual || (operator == "commit" && doers.len() > 1 && to.is_empty());
    made.head = at;
    made.doers = doers;
    made.recipients = to;
    made.operator = Some(operator);
    made.certainty = if inner.is_some() { 0.75 } else { 0.65 };
    made.rule = match &inner {
        Some(inner) => format!("{operator}:{key}>{}", inner.rule),
        None => format!("{operator}:{key}"),
    };
    if let Some(inner) = inner {
        made.context = inner.context;
        made.content = Some((inner.head, inner.code));
        made.used = inner.used;
        made.used.push(inner.head);
        // `agreed to release them and reopen the border` is one agreement.
        let mut joined = inner.head;
        for _ in 0..12 {
            let next = reading.children_by(joined, &[Dep::Conj]).find(|&child| reading.is_verb(child));
            let Some(next) = next.filter(|&next| !reading.is_finite(next)) else { break };
            made.used.push(next);
            joined = next;
        }
    }
    Some(made)
}

/// The CAMEO code of a demand for that of an appeal: 023 to 103.
fn demanded(cameo: Option<&'static str>) -> Option<&'static str> {
    Some(match cameo? {
        "020" => "100",
        "021" => "101",
        "022" => "102",
        "023" => "103",
        "024" => "104",
        "025" => "105",
        "026" => "106",
        other => other,
    })
}

/// The act that the operator `at` governs: in its clause, its object, or after its preposition.
fn content(reading: &Reading<'_>, at: u32, operator: &str, depth: usize) -> Option<Act> {
    let mut clauses: Vec<u32> = reading.children_by(at, &[Dep::Xcomp, Dep::Ccomp]).collect();
    if clauses.is_empty() && matches!(operator, "request" | "warn" | "threaten") {
        // `ordered to leave` and `asked … to leave` are at times hung on as purposes.
        clauses.extend(
            reading
                .children_by(at, &[Dep::Advcl])
                .filter(|&child| reading.children(child).iter().any(|&c| reading.tag(c) == Tag::To)),
        );
    }
    for clause in clauses.iter().copied() {
        let act = if reading.is_verb(clause) {
            of_verb(reading, clause, depth - 1)
        } else if reading.syntax.token(clause).pos == Pos::Adj {
            of_adjective(reading, clause, depth - 1)
        } else {
            of_noun(reading, clause, None, depth - 1).map(|(act, _)| act)
        };
        if act.is_some() {
            return act;
        }
    }
    if !clauses.is_empty() {
        return None;
    }
    for object in reading.objects(at) {
        let object = reading.substance(object);
        if let Some((act, _)) = of_noun(reading, object, Some(at), depth - 1) {
            return Some(act);
        }
        for clause in reading.children_by(object, &[Dep::Acl]) {
            if let Some(act) = of_verb(reading, clause, depth - 1) {
                return Some(act);
            }
        }
    }
    // `imposed after clashes` imposes no clash.
    const GOVERNED: &[&str] =
        &["for", "to", "on", "upon", "of", "in", "into", "from", "with", "against", "about"];
    for prep in reading.children_by(at, &[Dep::Prep]).filter(|&prep| reading.is(prep, GOVERNED)) {
        for object in reading.children_by(prep, &[Dep::Pobj, Dep::Pcomp]) {
            let act = if reading.is_verb(object) {
                of_verb(reading, object, depth - 1)
            } else {
                of_noun(reading, reading.substance(object), Some(at), depth - 1).map(|(act, _)| act)
            };
            if act.is_some() {
                return act;
            }
        }
    }
    None
}

/// The act that the noun `at` names, and whether it stands for itself; `verb` is the light verb or operator above it.
pub(crate) fn of_noun(
    reading: &Reading<'_>,
    at: u32,
    verb: Option<u32>,
    depth: usize,
) -> Option<(Act, bool)> {
    if depth == 0
        || !matches!(reading.syntax.token(at).pos, Pos::Noun | Pos::Propn)
        || reading.dep(at) == Dep::Compound
    {
        return None;
    }
    let lemma = reading.lemma(at).to_lowercase();
    let mut keys: Vec<String> = reading
        .children_by(at, &[Dep::Compound, Dep::Amod])
        .take(8)
        .map(|child| format!("{}_{lemma}", reading.lemma(child).to_lowercase()))
        .collect();
    // `pull-aside`, `cease-fire` are three tokens.
    let mut parts = reading.children_by(at, &[Dep::Compound, Dep::Amod, Dep::Prep, Dep::Punct, Dep::Advmod]);
    if at >= 2 && parts.any(|child| child + 1 == at) && reading.syntax.word(at - 1) == "-" {
        keys.push(format!("{}-{lemma}", reading.lemma(at - 2).to_lowercase()));
    }
    keys.push(lemma);
    let lexicon = Lexicon::shipped();
    let (key, rule) = keys.iter().find_map(|key| {
        let rule = lexicon
            .noun(key)
            .iter()
            .find(|rule| rule.conditions.iter().all(|condition| holds(reading, at, condition)))?;
        Some((key, rule))
    })?;
    let mut doers = Vec::new();
    for place in &rule.actor {
        doers = at_place(reading, at, place.name);
        if !doers.is_empty() {
            break;
        }
    }
    let (recipients, mutual) = recipients(reading, at, verb.unwrap_or(at), &rule.recipient, &doers);
    let (code, operator) = match rule.sense {
        Sense::Act(code) => (code, None),
        Sense::Operator(operator) => {
            let clause = reading
                .children_by(at, &[Dep::Acl, Dep::Relcl])
                .filter(|&child| reading.is_verb(child))
                .find_map(|child| of_verb(reading, child, depth - 1));
            let inner = clause.or_else(|| {
                reading
                    .after(at, &["for", "of", "to", "on"])
                    .into_iter()
                    .find_map(|object| of_noun_only(reading, reading.substance(object), depth - 1))
            });
            let Composed::Act { code, mode, cameo } =
                lexicon.compose(operator, inner.as_ref().map(|inner| inner.code))
            else {
                return None;
            };
            let mut used: Vec<u32> = inner.as_ref().map(|inner| inner.used.clone()).unwrap_or_default();
            used.extend(inner.as_ref().map(|inner| inner.head));
            let act = Act {
                head: at,
                code,
                mode,
                cameo,
                doers,
                recipients,
                used,
                content: inner.map(|inner| (inner.head, inner.code)),
                operator: Some(operator),
                rule: format!("noun:{key}"),
                certainty: 0.6,
                ..Act::default()
            };
            return Some((act, rule.alone));
        }
        Sense::Nothing => return None,
    };
    let act = Act {
        head: at,
        code,
        mode: rule.mode,
        context: rule.context,
        cameo: rule.cameo,
        mutual: mutual || (code == "CONSULT" && recipients.is_empty()),
        doers,
        recipients,
        operator,
        rule: format!("noun:{key}"),
        certainty: 0.7,
        ..Act::default()
    };
    Some((act, rule.alone))
}

/// The act of a noun that is no operator itself.
fn of_noun_only(reading: &Reading<'_>, at: u32, depth: usize) -> Option<Act> {
    let lemma = reading.lemma(at).to_lowercase();
    let operator =
        Lexicon::shipped().noun(&lemma).iter().any(|rule| matches!(rule.sense, Sense::Operator(_)));
    if operator { None } else { of_noun(reading, at, None, depth).map(|(act, _)| act) }
}
