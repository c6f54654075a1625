//! Statements: who said, thinks or wants what, to whom, and through whom it reached the report.
//!
//! The attributions of a text say which words are source, cue and content; here the words become actors. A source
//! that is an outlet and has another's words as its content passes them on: it stands in `via`, outermost first.

use std::collections::{BTreeMap, BTreeSet};

use readout_annotate::times::TimeKind;
use readout_annotate::{Annotations, Attribution};
use readout_knowledge::Knowledge;
use readout_lexicon::{WordSet as _, rule};
use readout_record::{ActorId, Document, DocumentRecords, Evidence, Mode, RecordId, Statement, Time};
use readout_syntax::{Dep, Pos, Syntax, Tag};
use readout_text::{ByteSpan, Offsets};

use super::speakers::Speakers;
use crate::once::add_once;
use crate::words::{factuality, speech};

/// The most time expressions of a sentence that are looked at.
const TIMES: usize = 64;
/// The most steps up the tree from a time expression to the cue that it dates.
const STEPS_TO_CUE: usize = 8;
/// The depth of attributions in one another that is followed. No report nests so deep.
const ATTRIBUTIONS_ABOVE: usize = 64;
/// The number of quotations back, or outwards, among which the one around a statement is looked for.
const QUOTATIONS_BACK: usize = 8;

/// The most bytes from the name in a signature to its day: the handle in brackets.
const LONGEST_HANDLE: u32 = 40;

/// The share of a content's words that must stand in quotation marks for it to count as quoted.
const DIRECT_SHARE: f64 = 0.95;
/// The share of an outlet's report that another's words must fill for the outlet to be no more than a messenger.
const PASSED_ON_SHARE: f64 = 0.8;

/// The deepest nesting of statements; deeper ones are left to those around them.
const MAX_DEPTH: usize = 16;

/// Reads the statements of `document` into `records`, in the order of the text.
pub(crate) fn read(
    document: &Document,
    annotations: &Annotations,
    knowledge: &Knowledge,
    records: &mut DocumentRecords,
) {
    let reading = Reading::new(document, annotations, knowledge);
    records.statements = reading.statements();
    records.mentions.extend(reading.speakers.into_mentions());
}

/// A document's attributions with what is known of their sources.
struct Reading<'d> {
    document: &'d Document,
    annotations: &'d Annotations,
    syntax: &'d Syntax,
    offsets: Offsets<'d>,
    /// The sources of the document, resolved.
    speakers: Speakers<'d>,
    /// The attributions directly within each attribution.
    nested: BTreeMap<u32, Vec<u32>>,
}

impl<'d> Reading<'d> {
    fn new(document: &'d Document, annotations: &'d Annotations, knowledge: &'d Knowledge) -> Self {
        let mut nested: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (number, attribution) in annotations.attributions.iter().enumerate() {
            if let Some(parent) = attribution.parent {
                nested.entry(parent).or_default().push(number as u32);
            }
        }
        Self {
            document,
            annotations,
            syntax: &annotations.syntax,
            offsets: Offsets::new(annotations.syntax.text()),
            speakers: Speakers::new(document, annotations, knowledge),
            nested,
        }
    }

    fn statements(&self) -> Vec<Statement> {
        let all = &self.annotations.attributions;
        let kept: Vec<bool> = all.iter().map(|attribution| self.is_statement(attribution)).collect();
        let mut statements: Vec<Statement> = Vec::new();
        let mut ids: BTreeMap<u32, RecordId> = BTreeMap::new();
        let mut seen: BTreeSet<RecordId> = BTreeSet::new();
        // Parents come first in the order of the text or not: ids are made first, then linked.
        let mut made: Vec<(Option<u32>, Statement)> = Vec::new();
        for ((number, attribution), is_kept) in (0..).zip(all).zip(&kept) {
            if !is_kept || self.passes_on(number, attribution, &kept) {
                continue;
            }
            let mut statement = self.statement(attribution, &seen);
            statement.via = self.chain(attribution);
            statement.speaker.retain(|speaker| !statement.via.contains(speaker));
            seen.insert(statement.evidence.id.clone());
            ids.insert(number, statement.evidence.id.clone());
            made.push((attribution.parent, statement));
        }
        for (mut above, mut statement) in made {
            for _ in 0..ATTRIBUTIONS_ABOVE {
                let Some(parent) = above else { break };
                if let Some(id) = ids.get(&parent) {
                    statement.parent = Some(id.clone());
                    break;
                }
                above = all.get(parent as usize).and_then(|attribution| attribution.parent);
            }
            statements.push(statement);
        }
        statements.sort_by(|a, b| {
            a.evidence.spans.cmp(&b.evidence.spans).then_with(|| a.evidence.id.cmp(&b.evidence.id))
        });
        statements
    }

    /// Whether `attribution` is worth a record: words, or a view that the report itself gives to somebody.
    fn is_statement(&self, attribution: &Attribution) -> bool {
        // `discussed the plan`, `spoke about trade`: that there were words, not which.
        let topic_only = attribution.rule.as_str().starts_with("object")
            && matches!(attribution.act, "say" | "answer" | "ask");
        let outsider = attribution.source_head.is_some_and(|head| {
            // `a report that found …` is the report.
            !self.syntax.is_relative(head)
                && matches!(
                    self.syntax.word(head).to_ascii_lowercase().as_str(),
                    "you"
                        | "us"
                        | "me"
                        | "'s"
                        | "’s"
                        | "it"
                        | "that"
                        | "this"
                        | "these"
                        | "those"
                        | "nobody"
                        | "none"
                        | "nothing"
                        | "neither"
                )
        });
        // `No official said so`
        let is_no = |at: u32| self.syntax.word(at).eq_ignore_ascii_case("no");
        let no_one =
            attribution.source_head.is_some_and(|head| self.syntax.children_by(head, &[Dep::Det]).any(is_no));
        // A view inside another's words is theirs to tell: `“I think …,” she said`; not inside an outlet's report.
        let view_in_words =
            !attribution.speech && self.ancestors(attribution).iter().any(|above| !self.is_outlet(above));
        // `reportedly`, `it was said that …`: nobody is named who says so.
        let nobody = attribution.source.is_none();
        let too_deep = self.ancestors(attribution).len() >= MAX_DEPTH;
        !(topic_only
            || outsider
            || no_one
            || view_in_words
            || nobody
            || too_deep
            || self.is_nobodys(attribution)
            || self.is_own_voice(attribution)
            || self.is_bare(attribution)
            || self.is_deed(attribution)
            || self.is_silence(attribution)
            || self.is_unsaid(attribution))
    }

    /// Whether nobody holds the view or says the words: one that is nobody's, a thing that shows or suggests something.
    fn is_nobodys(&self, attribution: &Attribution) -> bool {
        let Some(head) = attribution.source_head else { return false };
        let speakers = self.speakers.of(head);
        let word = self.syntax.word(head).to_ascii_lowercase();
        let named = self.syntax.referent(head);
        let text = self.speakers.is_document(named);
        let object = attribution.rule.as_str().starts_with("object");
        let shows = attribution.act == "show";
        let suggests = matches!(attribution.act, "suggest" | "threaten");
        // `The envoy showed courage`: of the objects that are shown, only texts tell.
        if shows && object && !text {
            return true;
        }
        // `He left, which suggests that …`: nobody is called “which”.
        if word == "which"
            && (shows || suggests)
            && !text
            && speakers.iter().all(|it| it.starts_with("person:"))
        {
            return true;
        }
        let open = named == head && self.syntax.is_relative(head);
        let thing = !text && word != "who" && (open || self.syntax.token(named).pos == Pos::Noun);
        let view = !(attribution.speech || text && shows);
        let thing = thing && (object || suggests || !self.speakers.may_say(named));
        // `a letter laying out the reasons`, `a video that mocked him`
        let describes = |cue: u32| matches!(self.syntax.token(cue).dep, Dep::Acl | Dep::Relcl);
        let described = text && object && attribution.cue_head.is_some_and(describes);
        speakers.is_empty() && (view || thing || described || self.is_unanswered(head, attribution))
    }

    /// Whether the source is a pronoun in another's words that nothing answers: `“They say that I lie,” he said`.
    fn is_unanswered(&self, head: u32, attribution: &Attribution) -> bool {
        let inside = !self.ancestors(attribution).is_empty() || self.is_quoted(self.syntax.token(head).span);
        inside && self.syntax.token(head).pos == Pos::Pron && !self.syntax.is_relative(head)
    }

    /// Whether the source is the `I` or `we` of whoever wrote the report: `As I said before, …`.
    fn is_own_voice(&self, attribution: &Attribution) -> bool {
        attribution.source_head.is_some_and(|head| {
            let word = self.syntax.word(head).to_ascii_lowercase();
            let span = self.syntax.token(head).span;
            matches!(word.as_str(), "i" | "we" | "my" | "our")
                && !self.is_quoted(span)
                && self.speakers.of(head).is_empty()
        })
    }

    /// Whether `span` is within a quotation.
    fn is_quoted(&self, span: ByteSpan) -> bool {
        let quotations = &self.annotations.quotations;
        let after = quotations.partition_point(|quotation| quotation.span.start <= span.start);
        let before = quotations.get(..after).unwrap_or_default();
        before.iter().rev().take(QUOTATIONS_BACK).any(|quotation| quotation.span.contains(span))
    }

    /// Whether the attribution reports an act, not words: `agreed to hold elections` is an agreement.
    fn is_deed(&self, attribution: &Attribution) -> bool {
        attribution.act == "agree"
            && attribution.parent.is_none()
            && (attribution.rule == rule!("clause.infinitive") || self.is_settled(attribution))
    }

    /// Whether somebody only keeps silent or unnamed: `declined to comment`, `asked not to be named`. `Refused to say
    /// whether …` names what was asked.
    fn is_silence(&self, attribution: &Attribution) -> bool {
        let declines = attribution.act == "decline" && attribution.rule == rule!("clause.infinitive");
        let verb = attribution.cue_head.and_then(|cue| self.syntax.child(cue, Dep::Xcomp));
        // `asked not to be named`, `insisted on being quoted as an official`
        let unnamed = verb.is_some_and(|verb| {
            let named = speech::NAMING.has(self.syntax.lemma(verb)) && self.syntax.is_passive(verb);
            named && self.syntax.child(verb, Dep::Oprd).is_none()
        });
        unnamed
            || declines
                && verb.is_some_and(|verb| {
                    let asked = self.syntax.children_by(verb, &[Dep::Ccomp, Dep::Advcl, Dep::Xcomp]).next();
                    asked.is_none() && speech::UNSPOKEN.has(self.syntax.lemma(verb))
                })
    }

    /// Whether several agree on something with nobody else: `The two sides agreed on a truce`.
    fn is_settled(&self, attribution: &Attribution) -> bool {
        let several = attribution
            .source_head
            .is_some_and(|head| self.speakers.of(head).len() > 1 || self.syntax.token(head).tag == Tag::Nns);
        attribution.rule == rule!("object.prepositional") && several && attribution.addressees.is_empty()
    }

    /// Whether `attribution` is within another and has only a pronoun as its content: `“I reject it,” she said` says no
    /// more than the words around it.
    fn is_bare(&self, attribution: &Attribution) -> bool {
        let mut words = attribution
            .content
            .iter()
            .flat_map(|part| self.syntax.tokens_in(*part))
            .filter(|&token| !matches!(self.syntax.token(token).pos, Pos::Punct | Pos::Space));
        let first = words.next();
        attribution.parent.is_some()
            && words.next().is_none()
            && first.is_some_and(|token| {
                self.syntax.token(token).pos == Pos::Pron || matches!(self.syntax.token(token).tag, Tag::Dt)
            })
    }

    /// Whether the words were not used as far as the report says: `refused to say whether`, `if he says that`, `could
    /// argue that`.
    fn is_unsaid(&self, attribution: &Attribution) -> bool {
        let told = attribution.speech || matches!(attribution.act, "show" | "think");
        let Some(cue) = attribution.cue_head.filter(|_| told && !attribution.negated) else {
            return false;
        };
        let syntax = self.syntax;
        let token = syntax.token(cue);
        if token.pos != Pos::Verb {
            return false;
        }
        let children_of = |verb: u32| {
            // Auxiliaries and marks stand close before their verb.
            let near = syntax.token(verb).left_edge.max(verb.saturating_sub(40))..verb;
            near.filter(move |&child| syntax.token(child).head == verb)
        };
        let children = || children_of(cue);
        let modal_at = |verb: u32| {
            children_of(verb).filter(|&child| syntax.token(child).dep == Dep::Aux).any(|child| {
                match syntax.lemma(child) {
                    "could" | "might" | "may" | "should" | "must" => true,
                    // `as he would later put it`
                    "would" | "'d" | "’d" => !attribution.rule.as_str().starts_with("quote"),
                    _ => false,
                }
            })
        };
        // `might be forced to admit that …`
        let governor = Some(cue).filter(|_| token.dep == Dep::Xcomp).and_then(|cue| syntax.head(cue));
        let modal = modal_at(cue) || governor.is_some_and(modal_at);
        let supposed = token.dep == Dep::Advcl
            && children().any(|child| {
                syntax.token(child).dep == Dep::Mark
                    && matches!(syntax.word(child).to_ascii_lowercase().as_str(), "if" | "unless")
            });
        let infinitive = children().any(|child| syntax.token(child).tag == Tag::To);
        let wanted = infinitive
            && matches!(token.dep, Dep::Xcomp | Dep::Ccomp | Dep::Acl)
            && syntax.head(cue).is_some_and(|head| match syntax.token(head).pos {
                Pos::Noun | Pos::Adj => true,
                _ => factuality::NOT_YET.has(syntax.lemma(head)),
            });
        // `trained to prove that …`: an aim. `called to say that …` was said.
        let aim = infinitive && token.dep == Dep::Advcl && !attribution.speech;
        // `demanded that Norway offer a list`
        modal || supposed || wanted || aim || syntax.is_subjunctive(cue)
    }

    /// Whether attribution `number` is an outlet's that does no more than pass on another's words.
    fn passes_on(&self, number: u32, attribution: &Attribution, kept: &[bool]) -> bool {
        if !self.is_outlet(attribution) {
            return false;
        }
        // A quoted outlet speaks for itself; `“…,” he said, according to the paper` quotes him.
        let quoted = |attribution: &Attribution| attribution.rule.as_str().starts_with("quote");
        let indirect = self.mode(attribution) == Mode::Indirect;
        let length: u32 = attribution.content.iter().map(|part| part.len()).sum();
        self.nested.get(&number).into_iter().flatten().any(|&inner| {
            let inner = inner as usize;
            kept.get(inner) == Some(&true)
                && self.annotations.attributions.get(inner).is_some_and(|inner| {
                    inner.speech
                        && inner.source.is_some()
                        && (indirect || quoted(inner) && !quoted(attribution))
                        && f64::from(passage(inner).len()) >= PASSED_ON_SHARE * f64::from(length)
                })
        })
    }

    /// Whether the source of `attribution` is a newspaper, agency, broadcaster or the like.
    fn is_outlet(&self, attribution: &Attribution) -> bool {
        attribution.source_head.is_some_and(|head| self.speakers.is_outlet(head))
    }

    /// Returns the attributions whose content contains `attribution`, innermost first.
    fn ancestors(&self, attribution: &Attribution) -> Vec<&Attribution> {
        let mut above = Vec::new();
        let mut parent = attribution.parent;
        while let Some(number) = parent.filter(|_| above.len() < MAX_DEPTH) {
            let Some(attribution) = self.annotations.attributions.get(number as usize) else { break };
            above.push(attribution);
            parent = attribution.parent;
        }
        above
    }

    /// The outlets that the words passed through, outermost first.
    fn chain(&self, attribution: &Attribution) -> Vec<ActorId> {
        let mut via: Vec<ActorId> = Vec::new();
        let above = self.ancestors(attribution);
        let heads = above
            .iter()
            .rev()
            .filter(|attribution| self.is_outlet(attribution))
            .flat_map(|attribution| attribution.via.iter().copied().chain(attribution.source_head))
            .chain(attribution.via.iter().copied());
        add_once(&mut via, heads.flat_map(|head| self.speakers.of(head)));
        via
    }

    fn statement(&self, attribution: &Attribution, seen: &BTreeSet<RecordId>) -> Statement {
        let text = self.syntax.text();
        let passage = passage(attribution);
        let evidence = |part: &str| {
            Evidence::new(&self.document.id, "statement", part, text, &self.offsets, &[passage])
                .by_rule(attribution.rule.as_str(), attribution.certainty)
        };
        // Two cues may share source and content: `praised and thanked the crew`.
        let mut this = evidence("");
        let mut part = 2;
        while seen.contains(&this.id) {
            this = evidence(&part.to_string());
            part += 1;
        }
        let chars = |span: ByteSpan| self.offsets.to_chars(span);
        let content: Vec<&str> = attribution.content.iter().map(|part| part.slice(text)).collect();
        let mut addressee: Vec<ActorId> = Vec::new();
        add_once(&mut addressee, attribution.addressees.iter().flat_map(|&head| self.speakers.of(head)));
        Statement {
            evidence: this,
            speaker: attribution.source_head.map(|head| self.speakers.of(head)).unwrap_or_default(),
            source: attribution.source.map(chars),
            cue: attribution.cue.map(chars),
            act: (!attribution.act.is_empty()).then(|| attribution.act.to_owned()),
            content: attribution.content.iter().map(|part| chars(*part)).collect(),
            content_text: content.join(" … "),
            mode: self.mode(attribution),
            addressee,
            time: self.time(attribution),
            negated: attribution.negated,
            ..Statement::default()
        }
    }

    /// Quoted, retold or both, by the share of words in quotation marks.
    fn mode(&self, attribution: &Attribution) -> Mode {
        if attribution.rule == rule!("quote.signed") {
            return Mode::Direct;
        }
        let quotations = &self.annotations.quotations;
        let inside = |span: ByteSpan| {
            let after = quotations.partition_point(|quotation| quotation.span.start <= span.start);
            let mut at = after.checked_sub(1).map(|at| at as u32);
            // Outwards from the last quotation that starts before, then to earlier ones of its paragraph.
            for _ in 0..QUOTATIONS_BACK {
                let Some(number) = at else { return false };
                let Some(quotation) = quotations.get(number as usize) else { return false };
                if quotation.span.contains(span) {
                    // The speaker's own report inside a quotation is not quoted from them.
                    return attribution.cue.is_none_or(|cue| !quotation.span.contains(cue));
                }
                at = quotation.within.or_else(|| number.checked_sub(1));
            }
            false
        };
        let (mut words, mut quoted) = (0u32, 0u32);
        for part in &attribution.content {
            for token in self.syntax.tokens_in(*part) {
                let word = self.syntax.word(token);
                if !word.chars().any(char::is_alphanumeric)
                    || (words == 0 && word.eq_ignore_ascii_case("that"))
                {
                    continue;
                }
                words += 1;
                quoted += u32::from(inside(self.syntax.token(token).span));
            }
        }
        match quoted {
            0 => Mode::Indirect,
            _ if f64::from(quoted) >= DIRECT_SHARE * f64::from(words) => Mode::Direct,
            _ => Mode::Mixed,
        }
    }

    /// Returns the time at which it was said: a time expression beside the cue, not in the content.
    fn time(&self, attribution: &Attribution) -> Option<Time> {
        let cue = attribution.cue_head?;
        let sentence = self.syntax.span(self.syntax.sentence_of(cue));
        let times = &self.annotations.times;
        if attribution.rule == rule!("quote.signed") {
            // `… — Jane Doe (@jdoe) May 3, 2017`: the day comes next.
            let end = attribution.source?.end;
            let next = times.get(times.partition_point(|time| time.span.start < end))?;
            let is_near = next.span.start - end <= LONGEST_HANDLE;
            return is_near.then(|| next.time.clone());
        }
        let from = times.partition_point(|time| time.span.start < sentence.start);
        let time = times
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|time| time.span.start < sentence.end)
            .take(TIMES)
            .find(|time| {
                // `said for two hours`, `said in the past`: no point in time.
                let free = matches!(time.kind, TimeKind::Date | TimeKind::Time)
                    && !time.value.ends_with("_REF")
                    && !attribution.content.iter().any(|part| part.overlaps(time.span))
                    && attribution.source.is_none_or(|source| !source.overlaps(time.span));
                free && self.syntax.tokens_in(time.span).any(|token| self.stands_with(token, cue))
            })?;
        Some(time.time.clone())
    }

    /// Whether token `at` hangs on the verb `cue` without another verb between, but for one that sets the scene.
    fn stands_with(&self, at: u32, cue: u32) -> bool {
        let passes = |above: u32| {
            let token = self.syntax.token(above);
            let scene = speech::SCENE_OF_TIME.has(self.syntax.lemma(above))
                && matches!(token.dep, Dep::Advcl | Dep::Acl);
            scene || !matches!(token.pos, Pos::Verb | Pos::Aux)
        };
        self.syntax
            .ancestors(at)
            .take(STEPS_TO_CUE)
            .take_while(|&above| above == cue || passes(above))
            .any(|above| above == cue)
    }
}

/// From the source to the content.
fn passage(attribution: &Attribution) -> ByteSpan {
    let content = attribution.content.iter().copied().reduce(ByteSpan::cover).unwrap_or_default();
    // The source of a quotation that stands alone is elsewhere.
    let Some(cue) = attribution.cue else { return content };
    let said = content.cover(cue);
    attribution.source.map_or(said, |source| said.cover(source))
}
