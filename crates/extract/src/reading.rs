//! One annotated document made ready for reading: the tree, mentions by head token, and the
//! statement that each token stands in. All look-ups are constant or bounded, whatever the text.

use std::collections::BTreeMap;

use readout_annotate::{Annotations, Dep, MentionForm, PerToken, Pos, Syntax, Tag};
use readout_knowledge::Knowledge;
use readout_record::{ActorId, Document, Evidence, Statement};
use readout_text::{ByteSpan, Offsets};

/// Verbs of saying that report and do nothing else.
pub(crate) const SPEECH: &[&str] = &[
    "say",
    "tell",
    "state",
    "declare",
    "announce",
    "add",
    "note",
    "report",
    "stress",
    "insist",
    "conclude",
    "argue",
    "claim",
    "explain",
    "remark",
    "comment",
    "reply",
    "respond",
    "write",
    "warn",
    "emphasise",
    "emphasize",
    "reiterate",
    "repeat",
    "assert",
    "maintain",
    "affirm",
    "predict",
    "quote",
    "confirm",
    "acknowledge",
];

/// Tokens of a clause on either side of its head at most: a sentence without end is not evidence as a whole.
const CLAUSE_REACH: u32 = 150;
/// How far the reading follows arcs; sentences of people are far below it.
const REACH: usize = 24;
/// How many dependents of one word are looked at; no word of a report has as many.
const WIDTH: usize = 200;
/// How many members of a list are read.
const MEMBERS: usize = 48;

/// A document and all that is known of it so far.
pub(crate) struct Reading<'a> {
    /// The document.
    pub(crate) document: &'a Document,
    /// Its tokens and tree.
    pub(crate) syntax: &'a Syntax,
    /// What else was seen in it.
    pub(crate) annotations: &'a Annotations,
    /// What is known of names.
    pub(crate) knowledge: &'a Knowledge,
    /// Who said what in it.
    pub(crate) statements: &'a [Statement],
    /// From bytes to code points.
    pub(crate) offsets: Offsets<'a>,
    /// Number of the outermost mention with that head, plus one.
    pub(crate) mention_at: PerToken<u32>,
    /// Number of the innermost statement in whose content the token stands, plus one.
    statement_at: PerToken<u32>,
    /// Number of the statement by the tokens of its words of saying.
    statement_of_cue: BTreeMap<u32, u32>,
    /// Number of the first chain of each actor alone.
    pub(crate) chain_of: BTreeMap<&'a str, u32>,
    /// People who are told by their descent, by the head of their phrase.
    pub(crate) of_descent: BTreeMap<u32, ActorId>,
}

/// Nouns that only count what their `of` names: `a series of blasts`.
const MEASURES: &[&str] = &[
    "series", "number", "hundred", "thousand", "dozen", "million", "set", "round", "lot", "couple", "part",
    "all", "some", "most", "many", "several", "string", "spate", "handful", "score", "group", "majority",
    "one", "two", "three", "four", "five", "both", "each", "member", "kind", "sort", "type", "piece", "act",
    "state", "ton", "tonne", "worth", "amount",
];

impl<'a> Reading<'a> {
    /// Makes `document` ready for reading.
    pub(crate) fn new(
        document: &'a Document,
        annotations: &'a Annotations,
        knowledge: &'a Knowledge,
        statements: &'a [Statement],
    ) -> Self {
        let syntax = &annotations.syntax;
        let mut mention_at = PerToken::<u32>::new(syntax.len());
        for (number, mention) in annotations.mentions.mentions.iter().enumerate() {
            if mention_at[mention.head] == 0 {
                mention_at[mention.head] = number as u32 + 1;
            }
        }
        let offsets = Offsets::new(syntax.text());
        let statement_at = statements_by_token(syntax, statements, &offsets);
        let mut statement_of_cue = BTreeMap::new();
        for (number, statement) in statements.iter().enumerate() {
            if let Some(cue) = statement.cue.and_then(|cue| offsets.to_bytes(cue)) {
                for token in syntax.tokens_in(cue).take(8) {
                    statement_of_cue.entry(token).or_insert(number as u32);
                }
            }
        }
        let mut chain_of = BTreeMap::new();
        for (number, chain) in annotations.mentions.chains.iter().enumerate() {
            if let [actor] = chain.actors.as_slice() {
                chain_of.entry(actor.as_str()).or_insert(number as u32);
            }
        }
        Self {
            document,
            syntax,
            annotations,
            knowledge,
            statements,
            offsets,
            mention_at,
            statement_at,
            statement_of_cue,
            chain_of,
            of_descent: BTreeMap::new(),
        }
    }

    /// The direct dependents of `at`, in the order of the text.
    pub(crate) fn children(&self, at: u32) -> &[u32] {
        let children = self.syntax.children(at);
        children.get(..WIDTH).unwrap_or(children)
    }

    /// The dependents of `at` with one of the labels `deps`.
    pub(crate) fn children_by<'s>(&'s self, at: u32, deps: &'s [Dep]) -> impl Iterator<Item = u32> + 's {
        self.children(at).iter().copied().filter(move |&child| deps.contains(&self.dep(child)))
    }

    /// The first dependent of `at` with the label `dep`.
    pub(crate) fn child(&self, at: u32, dep: Dep) -> Option<u32> {
        self.children(at).iter().copied().find(|&child| self.dep(child) == dep)
    }

    /// The label of the arc to `at`.
    pub(crate) fn dep(&self, at: u32) -> Dep {
        let token = self.syntax.token(at);
        // `Norway's downing of a jet`: the model takes the owner for the subject of a noun that looks like a verb.
        let owner = token.dep == Dep::Nsubj
            && matches!(self.tag(token.head), Tag::Nn | Tag::Nns)
            && self.children(at).iter().any(|&child| self.tag(child) == Tag::PossessiveEnding);
        if owner { Dep::Poss } else { token.dep }
    }

    /// The tag of `at`.
    pub(crate) fn tag(&self, at: u32) -> Tag {
        self.syntax.token(at).tag
    }

    /// The dictionary form of `at`.
    pub(crate) fn lemma(&self, at: u32) -> &'a str {
        self.syntax.lemma(at)
    }

    /// Whether the lower-case dictionary form of `at` is one of `lemmas`.
    pub(crate) fn is(&self, at: u32, lemmas: &[&str]) -> bool {
        lemmas.iter().any(|lemma| lemma.eq_ignore_ascii_case(self.lemma(at)))
    }

    /// The particle of the verb `at` in lower case: `out` of `ruled out`.
    pub(crate) fn particle(&self, at: u32) -> Option<String> {
        self.child(at, Dep::Prt).map(|it| self.lemma(it).to_lowercase())
    }

    /// Whether `at` is a verb (auxiliaries that carry a clause count).
    pub(crate) fn is_verb(&self, at: u32) -> bool {
        matches!(self.syntax.token(at).pos, Pos::Verb | Pos::Aux)
            && !matches!(self.dep(at), Dep::Aux | Dep::Auxpass | Dep::Compound | Dep::Amod)
    }

    /// Whether `at` is a common or proper noun or a number or pronoun that heads a phrase.
    pub(crate) fn is_noun(&self, at: u32) -> bool {
        matches!(self.syntax.token(at).pos, Pos::Noun | Pos::Propn | Pos::Num | Pos::Pron)
    }

    /// The objects of `at`'s prepositions called one of `names`, lists spread out.
    pub(crate) fn after(&self, at: u32, names: &[&str]) -> Vec<u32> {
        // `agree upon` is `agree on`.
        let names: &[&str] = if names == ["on"] { &["on", "upon"] } else { names };
        let mut found = Vec::new();
        for prep in self.children_by(at, &[Dep::Prep, Dep::Agent, Dep::Dative]) {
            if self.is(prep, names) {
                for object in self.children_by(prep, &[Dep::Pobj, Dep::Pcomp]) {
                    self.spread(object, &mut found);
                }
            } else if names.contains(&"between") || names.contains(&"among") {
                continue;
            } else if self.is(prep, &["along", "out", "together", "up", "away", "back", "off", "forth"]) {
                // `along with`, `out of`, `because of`: the second preposition counts.
                for inner in self.children_by(prep, &[Dep::Prep]) {
                    if self.is(inner, names) {
                        for object in self.children_by(inner, &[Dep::Pobj]) {
                            self.spread(object, &mut found);
                        }
                    }
                }
            }
        }
        found
    }

    /// Adds `head` and the members of its list to `found`.
    pub(crate) fn spread(&self, head: u32, found: &mut Vec<u32>) {
        let mut next = Some(head);
        while let Some(at) = next {
            if found.contains(&at) || found.len() >= MEMBERS {
                return;
            }
            found.push(at);
            next = None;
            for child in self.children_by(at, &[Dep::Conj]) {
                if self.is_noun(child) || self.syntax.token(child).pos == Pos::Adj {
                    if next.is_none() {
                        next = Some(child);
                    } else if !found.contains(&child) && found.len() < MEMBERS {
                        found.push(child);
                    }
                }
            }
        }
    }

    /// What a measure counts: `blasts` for the head of `a series of blasts`.
    pub(crate) fn substance(&self, head: u32) -> u32 {
        let mut at = head;
        for _ in 0..4 {
            if !self.is(at, MEASURES) || self.mention(at).is_some_and(|m| m.form == MentionForm::Name) {
                break;
            }
            match self.after(at, &["of"]).first() {
                Some(&inner) => at = inner,
                None => break,
            }
        }
        at
    }

    /// Whether the verb `at` is in the passive.
    pub(crate) fn is_passive(&self, at: u32) -> bool {
        if self.children(at).iter().any(|&c| matches!(self.dep(c), Dep::Auxpass | Dep::Nsubjpass)) {
            return true;
        }
        // `the jet downed by Turkey`, `freed on Monday, he …`
        self.tag(at) == Tag::Vbn
            && matches!(self.dep(at), Dep::Acl | Dep::Advcl | Dep::Relcl | Dep::Amod | Dep::Oprd)
            && !self.children(at).iter().any(|&c| self.dep(c) == Dep::Aux)
    }

    /// The words that stand as the grammatical subject of the verb `at`, lists spread out.
    pub(crate) fn subjects(&self, at: u32) -> Vec<u32> {
        let mut found = Vec::new();
        self.add_subjects(at, &mut found, REACH);
        found
    }

    fn add_subjects(&self, at: u32, found: &mut Vec<u32>, reach: usize) {
        if reach == 0 {
            return;
        }
        for subject in self.children_by(at, &[Dep::Nsubj, Dep::Nsubjpass]) {
            if matches!(self.tag(subject), Tag::Wdt | Tag::Wp)
                && let Some(noun) = self.antecedent(at)
            {
                self.spread(noun, found);
            } else {
                self.spread(subject, found);
            }
        }
        if !found.is_empty() {
            return;
        }
        let Some(head) = self.syntax.head(at) else { return };
        match self.dep(at) {
            Dep::Conj if self.is_verb(head) => self.add_subjects(head, found, reach - 1),
            Dep::Conj => {}
            Dep::Xcomp | Dep::Ccomp | Dep::Advcl | Dep::Oprd | Dep::Dep | Dep::Acomp => {
                if self.is_verb(head) {
                    let controlled = matches!(self.dep(at), Dep::Xcomp | Dep::Ccomp)
                        && !self.is_finite(at)
                        && self.has_object_control(head);
                    if controlled {
                        found.extend(self.objects(head));
                    } else {
                        self.add_subjects(head, found, reach - 1);
                    }
                } else if self.syntax.token(head).pos == Pos::Adj {
                    self.add_subjects(head, found, reach - 1);
                } else if self.is_noun(head) {
                    self.noun_agents(head, found, reach - 1);
                }
            }
            Dep::Attr | Dep::Pobj => self.add_subjects(head, found, reach - 1),
            Dep::Pcomp => {
                let Some(above) = self.syntax.head(head) else { return };
                if self.is_verb(above) {
                    let objects = self.objects(above);
                    if self.is(head, &["of", "for", "from"]) && !objects.is_empty() {
                        found.extend(objects);
                    } else {
                        self.add_subjects(above, found, reach - 1);
                    }
                } else if self.is_noun(above) {
                    self.noun_agents(above, found, reach - 1);
                } else {
                    self.add_subjects(above, found, reach - 1);
                }
            }
            Dep::Acl => {
                let infinitive = self.children(at).iter().any(|&c| self.tag(c) == Tag::To);
                if infinitive {
                    self.noun_agents(head, found, reach - 1);
                } else {
                    self.spread(head, found);
                }
            }
            Dep::Relcl => {
                if self.tag(at) == Tag::Vb {
                    self.noun_agents(head, found, reach - 1);
                } else {
                    self.spread(head, found);
                }
            }
            _ => {}
        }
    }

    /// Who acts in what a noun names: `its` in `its decision to leave`, the subject in `made a decision to leave`.
    fn noun_agents(&self, noun: u32, found: &mut Vec<u32>, reach: usize) {
        for owner in self.children_by(noun, &[Dep::Poss]) {
            self.spread(owner, found);
        }
        if found.is_empty() {
            found.extend(self.after(noun, &["by"]));
        }
        if found.is_empty()
            && let Some(head) = self.syntax.head(noun)
            && self.is_verb(head)
            && matches!(self.dep(noun), Dep::Dobj | Dep::Attr)
        {
            self.add_subjects(head, found, reach);
        }
    }

    /// Whether the verb `at` has a tense of its own.
    pub(crate) fn is_finite(&self, at: u32) -> bool {
        self.tag(at).is_finite()
            || self.children_by(at, &[Dep::Aux, Dep::Auxpass]).any(|aux| self.tag(aux).is_finite())
    }

    /// Whether the object of `at` is who does what its complement says: `urged Iran to stop`.
    fn has_object_control(&self, at: u32) -> bool {
        self.child(at, Dep::Dobj).is_some() && !self.is(at, &["promise", "threaten", "vow", "pledge"])
    }

    /// The noun that the relative clause of the verb `at` belongs to.
    pub(crate) fn antecedent(&self, at: u32) -> Option<u32> {
        let mut verb = at;
        for _ in 0..4 {
            match self.dep(verb) {
                Dep::Relcl => return self.syntax.head(verb),
                Dep::Conj | Dep::Ccomp | Dep::Xcomp => verb = self.syntax.head(verb)?,
                _ => return None,
            }
        }
        None
    }

    /// The words that stand as what the verb `at` acts on: its object, or its subject in the passive.
    pub(crate) fn objects(&self, at: u32) -> Vec<u32> {
        let mut found = Vec::new();
        if self.is_passive(at) {
            return self.subjects(at);
        }
        for object in self.children_by(at, &[Dep::Dobj]) {
            if matches!(self.tag(object), Tag::Wdt | Tag::Wp)
                && let Some(noun) = self.antecedent(at)
            {
                self.spread(noun, &mut found);
            } else {
                self.spread(object, &mut found);
            }
        }
        // `the jet that Turkey downed`, `the jet Turkey downed`
        if found.is_empty()
            && self.dep(at) == Dep::Relcl
            && let Some(noun) = self.syntax.head(at)
            && self
                .children_by(at, &[Dep::Nsubj])
                .any(|subject| !matches!(self.tag(subject), Tag::Wdt | Tag::Wp))
        {
            self.spread(noun, &mut found);
        }
        found
    }

    /// Who does what the verb `at` says: its subject, or the `by` phrase of a passive.
    pub(crate) fn doers(&self, at: u32) -> Vec<u32> {
        if !self.is_passive(at) {
            return self.subjects(at);
        }
        let mut found = Vec::new();
        for agent in self.children(at).iter().copied() {
            let by =
                self.dep(agent) == Dep::Agent || (self.dep(agent) == Dep::Prep && self.is(agent, &["by"]));
            if by {
                for object in self.children_by(agent, &[Dep::Pobj]) {
                    self.spread(object, &mut found);
                }
            }
        }
        found
    }

    /// The innermost statement in whose content token `at` stands.
    pub(crate) fn statement_of(&self, at: u32) -> Option<&'a Statement> {
        self.statements.get((self.statement_at[at] as usize).checked_sub(1)?)
    }

    /// The statement among whose words of saying token `at` is.
    pub(crate) fn statement_by_cue(&self, at: u32) -> Option<&'a Statement> {
        self.statements.get(*self.statement_of_cue.get(&at)? as usize)
    }

    /// The tokens of the clause of `at`: its own words and those of its phrases, not of clauses joined to it.
    pub(crate) fn clause(&self, at: u32) -> ByteSpan {
        let joined = |child: u32| match self.dep(child) {
            Dep::Conj | Dep::Parataxis | Dep::Cc => true,
            Dep::Ccomp | Dep::Advcl => child < at,
            _ => false,
        };
        let sentence = self.syntax.sentence_of(at);
        let (mut first, mut last) = (at, at);
        for &child in self.children(at).iter().rev().filter(|&&child| child < at) {
            if joined(child) {
                break;
            }
            if !matches!(self.dep(child), Dep::Punct | Dep::Mark) {
                first = first.min(self.syntax.token(child).left_edge);
            }
        }
        for &child in self.children(at).iter().filter(|&&child| child > at) {
            if joined(child) {
                break;
            }
            if self.dep(child) != Dep::Punct {
                last = last.max(self.syntax.token(child).right_edge);
            }
        }
        let (first, last) = (first.max(sentence.start), last.min(sentence.end.saturating_sub(1)));
        let first = first.max(at.saturating_sub(CLAUSE_REACH));
        self.trimmed(first..last.min(at.saturating_add(CLAUSE_REACH)) + 1)
    }

    /// The bytes of `tokens` without white space, stops and loose quotation marks at the ends.
    pub(crate) fn trimmed(&self, tokens: std::ops::Range<u32>) -> ByteSpan {
        let (mut start, mut end) = (tokens.start, tokens.end.min(self.syntax.len()));
        let loose = |at: u32| {
            matches!(self.syntax.token(at).pos, Pos::Space | Pos::Punct)
                && !matches!(self.tag(at), Tag::LeftBracket | Tag::RightBracket)
        };
        while start < end && loose(start) {
            start += 1;
        }
        while end > start && loose(end - 1) {
            end -= 1;
        }
        self.syntax.span(start..end)
    }

    /// Evidence for a record of `kind` at `span`.
    pub(crate) fn evidence(
        &self,
        kind: &str,
        part: &str,
        span: ByteSpan,
        rule: &str,
        certainty: f64,
    ) -> Evidence {
        Evidence::new(&self.document.id, kind, part, self.syntax.text(), &self.offsets, &[span])
            .by_rule(rule, certainty)
    }
}

/// For each token the number plus one of the innermost statement in whose content it stands: one sweep.
fn statements_by_token(syntax: &Syntax, statements: &[Statement], offsets: &Offsets<'_>) -> PerToken<u32> {
    let mut spans: Vec<(ByteSpan, u32)> = Vec::new();
    for (number, statement) in statements.iter().enumerate() {
        for content in &statement.content {
            if let Some(span) = offsets.to_bytes(*content) {
                spans.push((span, number as u32 + 1));
            }
        }
    }
    spans.sort_by(|a, b| a.0.start.cmp(&b.0.start).then(b.0.end.cmp(&a.0.end)).then(a.1.cmp(&b.1)));
    let mut found = PerToken::new(syntax.len());
    let mut open: Vec<(ByteSpan, u32)> = Vec::new();
    let mut next = spans.into_iter().peekable();
    for (at, token) in (0..).zip(syntax.tokens()) {
        while let Some(span) = next.next_if(|(span, _)| span.start <= token.span.start) {
            open.push(span);
        }
        while open.last().is_some_and(|(span, _)| span.end <= token.span.start) {
            open.pop();
        }
        if let Some((_, number)) = open.last() {
            found[at] = *number;
        }
    }
    found
}
