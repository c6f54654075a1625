//! Descriptions and pronouns: whom they stand for. One pass from left to right, with the links of the names at hand.

use readout_knowledge::{Knowledge, WordKind};
use readout_record::{ActorId, ActorKind, Document};

use crate::labels::Dep;
use crate::mentions::MentionForm;
use crate::mentions::candidate::Candidate;
use crate::mentions::chains::Link;
use crate::mentions::context::{Context, Part};
use crate::mentions::nominals::{Article, Description, Pronoun};
use crate::mentions::roles::genders_fit;

/// What a candidate is, besides its words.
#[derive(Clone, Debug)]
pub(super) enum Sort {
    Name,
    Described(Description),
    Pronoun(Pronoun),
}

/// How many mentions back a pronoun may reach.
const REACH: usize = 60;

/// How many sentences back a pronoun may reach.
const SENTENCES: u32 = 8;

/// The offices whose holder is a state's "leader".
const LEADERS: &[&str] = &[
    "president",
    "prime-minister",
    "chancellor",
    "king",
    "queen",
    "emir",
    "sultan",
    "supreme-leader",
    "leader",
];

/// The offices that a person's titles name, but for former ones.
fn offices_of(roles: &[String], knowledge: &Knowledge) -> Vec<String> {
    let mut found = Vec::new();
    for role in roles.iter().take(20) {
        let role = role.to_lowercase();
        if role.contains("former")
            || role.starts_with("ex-")
            || role.contains("vice")
            || role.contains("deputy")
        {
            continue;
        }
        let words: Vec<&str> = role.split_whitespace().take(12).collect();
        for from in 0..words.len() {
            for to in from + 1..=words.len().min(from + 4) {
                if let Some(office) = knowledge.office(&words[from..to].join(" ")) {
                    found.push(office.key.clone());
                }
            }
        }
    }
    found
}

/// Resolves the candidates in turn.
pub(super) struct Resolver<'a, 'k> {
    pub(super) context: &'a Context<'a>,
    pub(super) document: &'a Document,
    pub(super) knowledge: &'k Knowledge,
    pub(super) candidates: &'a [Candidate<'k>],
    pub(super) sorts: &'a [Sort],
    pub(super) links: Vec<Link<'k>>,
    /// For each candidate its link.
    pub(super) link_of: Vec<Option<usize>>,
    /// For each token the candidate that it heads.
    pub(super) headed: Vec<Option<usize>>,
    /// Candidates seen so far that have a link, oldest first.
    seen: Vec<usize>,
    /// For each link how many of its mentions were seen, and the last one.
    counts: Vec<(u32, usize)>,
    /// The link of the last source of an attribution outside of other content.
    speaker: Option<usize>,
}

impl<'a, 'k> Resolver<'a, 'k> {
    pub(super) fn new(
        context: &'a Context<'a>,
        document: &'a Document,
        knowledge: &'k Knowledge,
        candidates: &'a [Candidate<'k>],
        sorts: &'a [Sort],
        links: Vec<Link<'k>>,
    ) -> Self {
        let mut link_of = vec![None; candidates.len()];
        for (number, link) in links.iter().enumerate() {
            for &member in &link.members {
                link_of[member] = Some(number);
            }
        }
        let mut headed = vec![None; context.syntax.len() as usize];
        for (number, candidate) in candidates.iter().enumerate() {
            // Every token of a name leads to it; of other phrases the head alone.
            let words = match sorts[number] {
                Sort::Name => candidate.words.clone(),
                _ => candidate.head..candidate.head + 1,
            };
            for at in words {
                headed[at as usize] = Some(number);
            }
        }
        let counts = vec![(0, 0); links.len()];
        let mut links = links;
        for link in &mut links {
            link.offices = offices_of(&link.roles, knowledge);
        }
        Self {
            context,
            document,
            knowledge,
            candidates,
            sorts,
            links,
            link_of,
            headed,
            seen: Vec::new(),
            counts,
            speaker: None,
        }
    }

    /// Links every candidate that can be linked.
    pub(super) fn run(mut self) -> Vec<Link<'k>> {
        for number in 0..self.candidates.len() {
            let link = match &self.sorts[number] {
                Sort::Name => self.link_of[number],
                Sort::Described(description) => Some(self.described(number, description)),
                Sort::Pronoun(pronoun) => self.pronoun(number, *pronoun),
            };
            if let Some(link) = link {
                self.see(number, link);
            }
        }
        self.first_persons();
        for link in &mut self.links {
            link.members.sort_unstable();
            link.members.dedup();
        }
        self.links
    }

    fn see(&mut self, number: usize, link: usize) {
        if self.link_of[number] != Some(link) {
            self.link_of[number] = Some(link);
            let candidate = &self.candidates[number];
            self.links[link].members.push(number);
            if candidate.form == MentionForm::Pronoun {
                self.links[link].gender = self.links[link].gender.or(candidate.gender);
            }
        }
        self.counts.resize(self.links.len(), (0, 0));
        self.counts[link].0 += 1;
        self.counts[link].1 = number;
        self.seen.push(number);
        let head = self.candidates[number].head;
        if self.context.is_source(head) && self.context.attribution(head).is_none() {
            self.speaker = Some(link);
        }
    }

    fn sentence(&self, number: usize) -> u32 {
        self.context.syntax.token(self.candidates[number].head).sentence
    }

    /// The mentions before `number`, nearest first, as far as pronouns reach.
    fn before(&self, number: usize, sentences: u32) -> impl Iterator<Item = (usize, usize)> + '_ {
        let here = self.sentence(number);
        self.seen
            .iter()
            .rev()
            .take(REACH)
            .copied()
            .take_while(move |&other| here.saturating_sub(self.sentence(other)) <= sentences)
            .filter_map(|other| Some((other, self.link_of[other]?)))
    }

    // Descriptions.

    fn described(&mut self, number: usize, description: &Description) -> usize {
        let leaders = description.article == Article::Definite
            && self.candidates[number].plural
            && self.candidates[number].state.is_none()
            && matches!(description.lemma.as_str(), "leader" | "president")
            && self.candidates[number].words.len() == 2
            && self.candidates[number].phrase.end == self.candidates[number].words.end;
        let found = match description.article {
            _ if leaders => return self.pair(number, description),
            Article::Pair => return self.pair(number, description),
            Article::Definite if self.bracketed(number).is_some() => self.bracketed(number),
            Article::Indefinite => None,
            Article::Bare if self.candidates[number].plural => None,
            _ => self
                .office_holder(number, description)
                .or_else(|| self.role_bearer(number, description))
                .or_else(|| self.same_noun(number, description))
                .or_else(|| self.body(number, description)),
        };
        found.unwrap_or_else(|| self.new_link(number, description))
    }

    fn new_link(&mut self, number: usize, description: &Description) -> usize {
        let candidate = &self.candidates[number];
        let words = candidate.text(self.context.syntax);
        let mut name = words.split_whitespace().collect::<Vec<_>>().join(" ");
        for article in ["the ", "The ", "a ", "A ", "an ", "An "] {
            if let Some(rest) = name.strip_prefix(article) {
                name = rest.to_owned();
                break;
            }
        }
        let mut link = Link {
            name,
            kind: candidate.kind,
            gender: candidate.gender,
            state: candidate.state.clone(),
            sector: candidate.sector.clone(),
            place: candidate.place,
            described: Some(description.clone()),
            ..Link::default()
        };
        // A state's government acts for it.
        let governs = matches!(
            description.lemma.as_str(),
            "government" | "administration" | "regime" | "authority" | "authorities"
        );
        if let Some(state) =
            link.state.clone().filter(|_| governs && description.word == WordKind::Organisation)
        {
            if let Some(name) = self.knowledge.state_name(&state) {
                link.name = name.to_owned();
                link.kind = ActorKind::State;
                link.stands_for = vec![format!("state:{state}")];
            }
        } else if matches!(description.word, WordKind::State | WordKind::Place) {
            link.nobody = true;
        } else {
            link.kind = ActorKind::Unnamed;
        }
        self.links.push(link);
        self.links.len() - 1
    }

    /// `the U.S. president`, `the Turkish leader`, `the president`: the holder whom the report names.
    fn office_holder(&self, number: usize, description: &Description) -> Option<usize> {
        let office = description.office.as_deref()?;
        let candidate = &self.candidates[number];
        if candidate.plural {
            return None;
        }
        let offices: &[&str] = if office == "leader" { LEADERS } else { &[office] };
        let holds = |link: &Link<'k>| {
            if link.kind != ActorKind::Person || !genders_fit(link.gender, candidate.gender) {
                return false;
            }
            if let Some(state) = &candidate.state
                && link.state.as_ref() != Some(state)
            {
                return false;
            }
            let told = link.offices.iter().any(|office| offices.contains(&office.as_str()));
            told || link.entry.is_some_and(|entry| match self.document.published.as_deref() {
                Some(date) => entry
                    .terms
                    .iter()
                    .any(|term| term.covers(date) && offices.contains(&term.office.as_str())),
                None => entry.terms.last().is_some_and(|term| offices.contains(&term.office.as_str())),
            })
        };
        let near = self.before(number, 30).find(|&(_, link)| holds(&self.links[link])).map(|(_, link)| link);
        near.or_else(|| {
            // A headline or lead may describe first and name later: only with the state is it sure.
            candidate.state.as_ref()?;
            let mut holders = (0..self.links.len()).filter(|&link| holds(&self.links[link]));
            let first = holders.next()?;
            holders.next().is_none().then_some(first)
        })
    }

    /// `the spokesman`, `the senator`: the person beside whose name the word stood.
    fn role_bearer(&self, number: usize, description: &Description) -> Option<usize> {
        let candidate = &self.candidates[number];
        if candidate.plural || description.article == Article::Owned || description.word != WordKind::Person {
            return None;
        }
        self.before(number, 30)
            .find(|&(_, link)| {
                let link = &self.links[link];
                link.kind == ActorKind::Person
                    && genders_fit(link.gender, candidate.gender)
                    && (candidate.state.is_none() || link.state.is_none() || candidate.state == link.state)
                    && link.roles.iter().any(|role| {
                        role.to_lowercase().split([' ', '-', ',']).any(|word| word == description.lemma)
                    })
            })
            .map(|(_, link)| link)
    }

    /// `the official` after `a senior U.S. official`.
    fn same_noun(&self, number: usize, description: &Description) -> Option<usize> {
        let candidate = &self.candidates[number];
        self.before(number, 12)
            .find(|&(other, link)| {
                let (link, other) = (&self.links[link], &self.candidates[other]);
                let Some(earlier) = &link.described else { return false };
                let states = candidate.state.is_none() || candidate.state == link.state;
                let owners = match (description.owner, earlier.owner) {
                    (Some(one), Some(two)) => {
                        let same = |at: u32| self.headed[at as usize].and_then(|owner| self.link_of[owner]);
                        same(one).is_some() && same(one) == same(two)
                    }
                    (None, _) => true,
                    _ => false,
                };
                earlier.lemma == description.lemma
                    && other.plural == candidate.plural
                    && states
                    && owners
                    && genders_fit(link.gender, candidate.gender)
            })
            .map(|(_, link)| link)
    }

    /// `the group`, `the agency`, `the bloc`: the last body of that sort.
    fn body(&self, number: usize, description: &Description) -> Option<usize> {
        let candidate = &self.candidates[number];
        if candidate.plural || description.article != Article::Definite || candidate.state.is_some() {
            return None;
        }
        // "the terrorist group" is one in arms.
        let armed = self.candidates[number].words.clone().any(|at| {
            matches!(
                self.context.syntax.lemma(at),
                "terrorist"
                    | "terror"
                    | "militant"
                    | "rebel"
                    | "extremist"
                    | "armed"
                    | "jihadist"
                    | "insurgent"
            )
        });
        let fits = |link: &Link<'k>| -> bool {
            let sector = link.sector.as_deref().unwrap_or_default();
            match description.lemma.as_str() {
                "group" | "organization" | "organisation" => {
                    link.kind == ActorKind::ArmedGroup
                        || link.kind == ActorKind::Organisation
                            && !armed
                            && matches!(sector, "" | "NGO" | "SOC" | "OPP" | "BUS" | "PTY")
                }
                "militia" | "faction" => link.kind == ActorKind::ArmedGroup,
                "agency" | "network" | "broadcaster" | "newspaper" | "channel" | "magazine" | "outlet"
                | "station" => link.kind == ActorKind::Outlet,
                "bloc" | "alliance" | "coalition" => sector == "IGO",
                "company" | "firm" | "airline" | "bank" | "manufacturer" | "carrier" => {
                    link.kind == ActorKind::Organisation && (sector == "BUS" || sector.is_empty())
                }
                "party" => sector == "PTY",
                "ministry" => link.name.to_lowercase().contains("ministry"),
                "court" | "tribunal" => sector == "JUD" || link.name.contains("Court"),
                "university" | "college" => sector == "EDU" || link.name.contains("University"),
                "union" | "association" | "commission" | "committee" | "council" | "department"
                | "federation" => link.name.to_lowercase().split(' ').any(|word| word == description.lemma),
                _ => false,
            }
        };
        self.before(number, 3)
            .find(|&(_, link)| self.links[link].described.is_none() && fits(&self.links[link]))
            .map(|(_, link)| link)
    }

    /// `the terrorist group (ISIS)`: the name in brackets after the description.
    fn bracketed(&self, number: usize) -> Option<usize> {
        let syntax = self.context.syntax;
        let end = self.candidates[number].words.end;
        let bracket = end + 1 < syntax.len() && syntax.word(end) == "(";
        let name = bracket.then(|| self.headed[end as usize + 1]).flatten()?;
        let closed = syntax
            .tokens()
            .get(self.candidates[name].words.end as usize)
            .map(|token| token.span.slice(syntax.text()));
        self.link_of[name].filter(|_| closed == Some(")"))
    }

    /// `the two leaders`, `both presidents`, `the two`: those last spoken of as a pair.
    fn pair(&mut self, number: usize, description: &Description) -> usize {
        let states =
            description.word == WordKind::State || matches!(description.lemma.as_str(), "side" | "power");
        let (sentence, quoted) =
            (self.sentence(number), self.context.quotation(self.candidates[number].head));
        // For each who may be meant the best of its mentions near by: subjects before others, names much spoken of
        // before those named in passing.
        let mut scores: Vec<(i32, usize, usize)> = Vec::new();
        for (other, link) in self.before(number, 3) {
            let (slot, candidate) = (&self.links[link], &self.candidates[other]);
            let fits = if states {
                slot.kind == ActorKind::State && !slot.place && candidate.form != MentionForm::Adjective
            } else {
                slot.kind == ActorKind::Person && slot.stands_for.is_empty() && slot.described.is_none()
            };
            // Whom only a quotation names is no party to what is told outside of it.
            if !fits || quoted.is_none() && self.context.quotation(candidate.head).is_some() {
                continue;
            }
            let listed = self.is_listed(candidate.head);
            // Many states are named beside those that act; only those that act or are paired count.
            if states && !listed && self.context.part(candidate.head) != Part::Subject {
                continue;
            }
            let mut score = if listed { 25 } else { 0 };
            score += -30 * (sentence - self.sentence(other)) as i32 + 3 * self.counts[link].0.min(6) as i32;
            score += match self.context.part(candidate.head) {
                Part::Subject => 20,
                Part::Owner => -5,
                _ => 8,
            };
            match scores.iter_mut().find(|slot| slot.1 == link) {
                Some(slot) => slot.0 = slot.0.max(score),
                None => scores.push((score, link, other)),
            }
        }
        scores.sort_by_key(|&(score, _, other)| (std::cmp::Reverse(score), std::cmp::Reverse(other)));
        scores.truncate(2);
        scores.sort_by_key(|&(_, _, other)| std::cmp::Reverse(other));
        let two: Vec<usize> = scores.iter().map(|&(_, link, _)| link).collect();
        let known: Vec<ActorId> = if two.len() == 2 {
            two.iter().flat_map(|&link| self.links[link].actors()).collect()
        } else {
            Vec::new()
        };
        let link = self.new_link(number, description);
        let name = two.iter().map(|&link| self.links[link].name.as_str()).collect::<Vec<_>>();
        if known.len() == 2 {
            let name = format!("{} and {}", name[1], name[0]);
            let kind = self.links[two[0]].kind;
            let slot = &mut self.links[link];
            slot.stands_for = known;
            slot.stands_for.reverse();
            slot.name = name;
            slot.kind = kind;
            slot.nobody = false;
        } else if matches!(description.lemma.as_str(), "two" | "both" | "side" | "pair") {
            self.links[link].nobody = true;
        }
        link
    }

    /// Whether the phrase headed by `head` is one of a list, `Lee and Park`.
    fn is_listed(&self, head: u32) -> bool {
        let syntax = self.context.syntax;
        let is_name =
            |at: u32| self.headed[at as usize].is_some_and(|number| matches!(self.sorts[number], Sort::Name));
        let token = syntax.token(head);
        token.dep == Dep::Conj && is_name(token.head)
            || (head + 1..=token.right_edge.min(head + 12))
                .any(|at| syntax.token(at).dep == Dep::Conj && syntax.token(at).head == head && is_name(at))
    }

    // Pronouns.

    fn pronoun(&mut self, number: usize, pronoun: Pronoun) -> Option<usize> {
        match pronoun {
            Pronoun::He | Pronoun::She => self.he_or_she(number),
            Pronoun::Who => self.relative(number),
            Pronoun::They => self.they(number),
            Pronoun::It => self.it(number),
            // Their speaker may stand behind them: see `first_persons`.
            Pronoun::I | Pronoun::We => None,
        }
    }

    /// Whether a link may be `he` or `she`.
    fn is_human(&self, link: usize) -> bool {
        let link = &self.links[link];
        match &link.described {
            _ if link.kind == ActorKind::Person => true,
            Some(description) => {
                matches!(description.word, WordKind::Person | WordKind::Kin)
                    && link.kind == ActorKind::Unnamed
            }
            None => false,
        }
    }

    fn he_or_she(&self, number: usize) -> Option<usize> {
        let candidate = &self.candidates[number];
        let mut best: Option<(i32, usize)> = None;
        // Whom a quotation names is not who says it: “We met Mr. Lee,” he said.
        let said = |other: usize| self.context.is_said_by(candidate.head, self.candidates[other].head);
        let named: Vec<usize> =
            self.before(number, SENTENCES).filter(|&(other, _)| said(other)).map(|(_, link)| link).collect();
        for (other, link) in self.before(number, SENTENCES) {
            let antecedent = &self.candidates[other];
            if named.contains(&link)
                || !self.is_human(link)
                || antecedent.plural
                || !genders_fit(self.links[link].gender, candidate.gender)
                || self.is_barred(number, other, link)
            {
                continue;
            }
            let score = self.score(number, other, link);
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, link));
            }
        }
        best.map(|(_, link)| link).or_else(|| self.cataphor(number))
    }

    /// Whether grammar forbids that the pronoun stands for the mention `other`.
    fn is_barred(&self, number: usize, other: usize, link: usize) -> bool {
        let syntax = self.context.syntax;
        let (pronoun, antecedent) = (&self.candidates[number], &self.candidates[other]);
        // Nobody is inside of himself: "his wife" is not he.
        if antecedent.phrase.contains(&pronoun.head) {
            return true;
        }
        let word = syntax.word(pronoun.head).to_lowercase();
        let reflexive = word.ends_with("self");
        let owner = syntax.token(pronoun.head).dep == Dep::Poss;
        if !reflexive && !owner {
            let clause = self.context.clause(pronoun.head);
            let direct = matches!(self.context.part(antecedent.head), Part::Subject | Part::Object);
            if clause.is_some() && clause == self.context.clause(antecedent.head) && direct {
                return true;
            }
        }
        // Inside a quotation its speaker says "I".
        if self.context.quotation(pronoun.head).is_some()
            && let Some(attribution) = self.context.attribution(pronoun.head)
        {
            let speaker =
                attribution.source_head.and_then(|head| self.headed.get(head as usize).copied().flatten());
            if speaker.and_then(|speaker| self.link_of[speaker]) == Some(link) {
                return true;
            }
        }
        false
    }

    /// How well the mention `other` of `link` fits as what the pronoun stands for. The weights follow the usual
    /// salience factors (Lappin and Leass 1994: recency, subject, parallel part), with the attribution's vote added.
    fn score(&self, number: usize, other: usize, link: usize) -> i32 {
        let syntax = self.context.syntax;
        let (pronoun, antecedent) = (&self.candidates[number], &self.candidates[other]);
        let sentences = self.sentence(number).saturating_sub(self.sentence(other)) as i32;
        let mut score = -35 * sentences;
        let (part, role) = (self.context.part(antecedent.head), self.context.part(pronoun.head));
        score += match part {
            Part::Subject => 30,
            Part::Object => 12,
            Part::Owner => 8,
            Part::Other => 0,
        };
        if part == role && part != Part::Other {
            score += 12;
        }
        if self.links[link].gender.is_some() {
            score += 18;
        }
        if self.links[link].kind == ActorKind::Person {
            score += 14;
        }
        if antecedent.form == MentionForm::Pronoun {
            score += 10;
        }
        score += 4 * self.counts[link].0.min(5) as i32;
        // "Obama said he …": the subject of a clause above.
        if sentences == 0
            && part == Part::Subject
            && let Some(verb) = syntax.head(antecedent.head)
            && syntax.ancestors(pronoun.head).take(30).any(|above| above == verb)
        {
            score += 15;
        }
        let source_of = |head: Option<u32>| {
            let number = head.and_then(|head| self.headed.get(head as usize).copied().flatten())?;
            self.link_of[number]
        };
        let quoted = self.context.quotation(pronoun.head);
        if quoted.is_none()
            && let Some(attribution) = self.context.attribution(pronoun.head)
            && source_of(attribution.source_head) == Some(link)
        {
            score += 20;
        }
        if self.context.is_source(pronoun.head) && self.speaker == Some(link) {
            score += 28;
        }
        match (quoted, self.context.quotation(antecedent.head)) {
            (None, Some(_)) => score -= 30,
            (Some(one), Some(two)) if one == two => score += 10,
            _ => {}
        }
        score - (pronoun.head.saturating_sub(antecedent.head) / 12) as i32
    }

    /// `When he arrived, Obama …`: the subject of the main clause, if nobody fits before.
    fn cataphor(&self, number: usize) -> Option<usize> {
        let sentence = self.sentence(number);
        (number + 1..self.candidates.len().min(number + 20))
            .take_while(|&other| self.sentence(other) == sentence)
            .find(|&other| {
                let Some(link) = self.link_of[other] else { return false };
                matches!(self.sorts[other], Sort::Name)
                    && self.links[link].kind == ActorKind::Person
                    && genders_fit(self.links[link].gender, self.candidates[number].gender)
                    && self.context.part(self.candidates[other].head) == Part::Subject
            })
            .and_then(|other| self.link_of[other])
    }

    /// `who`: the phrase that its clause hangs on.
    fn relative(&self, number: usize) -> Option<usize> {
        let syntax = self.context.syntax;
        let at = self.candidates[number].head;
        let clause = std::iter::once(at)
            .chain(syntax.ancestors(at).take(6))
            .find(|&above| syntax.token(above).dep == Dep::Relcl)?;
        let head = syntax.head(clause)?;
        self.headed.get(head as usize).copied().flatten().and_then(|other| self.link_of[other])
    }

    /// `they`: the one plural phrase, pair or people near by; nobody where two may be meant.
    fn they(&self, number: usize) -> Option<usize> {
        let mut found: Option<(i32, usize)> = None;
        let mut second = i32::MIN;
        for (other, link) in self.before(number, 2) {
            let antecedent = &self.candidates[other];
            let slot = &self.links[link];
            let plural = antecedent.plural
                || slot.stands_for.len() > 1
                || slot.people
                || matches!(slot.kind, ActorKind::ArmedGroup)
                || slot.described.as_ref().is_some_and(|it| {
                    matches!(it.word, WordKind::Group | WordKind::Armed) || it.lemma == "police"
                });
            if !plural
                || antecedent.form == MentionForm::Adjective
                || slot.place
                || self.is_barred(number, other, link)
            {
                continue;
            }
            let score = self.score(number, other, link);
            match found {
                Some((_, best)) if best == link => {}
                Some((most, _)) if score <= most => second = second.max(score),
                _ => {
                    if let Some((most, _)) = found {
                        second = second.max(most);
                    }
                    found = Some((score, link));
                }
            }
        }
        found
            .filter(|&(score, _)| score >= 15 && score.saturating_sub(second.max(-1000)) >= 12)
            .map(|(_, link)| link)
    }

    /// `it`: only the body or state that is the subject of the same sentence.
    fn it(&self, number: usize) -> Option<usize> {
        let syntax = self.context.syntax;
        let pronoun = &self.candidates[number];
        if syntax.token(pronoun.head).dep == Dep::Expl {
            return None;
        }
        let owner = syntax.token(pronoun.head).dep == Dep::Poss;
        let mut subject = None;
        for (other, link) in self.before(number, 0) {
            let antecedent = &self.candidates[other];
            let slot = &self.links[link];
            let body = matches!(
                slot.kind,
                ActorKind::State | ActorKind::Organisation | ActorKind::ArmedGroup | ActorKind::Outlet
            ) && !slot.people
                || slot
                    .described
                    .as_ref()
                    .is_some_and(|it| it.word == WordKind::Organisation && !antecedent.plural);
            if !body
                || antecedent.form == MentionForm::Adjective
                || self.context.part(antecedent.head) != Part::Subject
                || self.is_barred(number, other, link)
            {
                continue;
            }
            if subject.is_some_and(|known| known != link) {
                return None;
            }
            subject = Some(link);
        }
        let link = subject?;
        // "its" of the subject's own clause, or "it" below the subject's verb.
        let last = self.counts[link].1;
        let verb = syntax.head(self.candidates[last].head)?;
        let below = syntax.ancestors(pronoun.head).take(30).any(|above| above == verb);
        (below && (owner || self.context.part(pronoun.head) == Part::Subject)).then_some(link)
    }

    /// `I` and `we` inside a quotation are its speaker; what stands in no quotation stays unknown.
    fn first_persons(&mut self) {
        for number in 0..self.candidates.len() {
            let Sort::Pronoun(pronoun @ (Pronoun::I | Pronoun::We)) = self.sorts[number] else { continue };
            let head = self.candidates[number].head;
            if self.context.quotation(head).is_none() {
                continue;
            }
            let Some(attribution) = self.context.attribution(head) else { continue };
            let source =
                attribution.source_head.and_then(|head| self.headed.get(head as usize).copied().flatten());
            let Some(speaker) = source.and_then(|source| self.link_of[source]) else { continue };
            let link = if pronoun == Pronoun::I {
                speaker
            } else {
                // "we" is the speaker and others: its own chain, with the speaker as the one who is known.
                *self.links[speaker].we.get_or_insert(usize::MAX)
            };
            if link == usize::MAX {
                let actors = self.links[speaker].actors();
                let slot = Link {
                    name: self.links[speaker].name.clone(),
                    kind: self.links[speaker].kind,
                    state: self.links[speaker].state.clone(),
                    sector: self.links[speaker].sector.clone(),
                    stands_for: actors,
                    same_as: Some(speaker),
                    ..Link::default()
                };
                self.links.push(slot);
                let new = self.links.len() - 1;
                self.links[speaker].we = Some(new);
                self.links[new].members.push(number);
            } else {
                self.links[link].members.push(number);
            }
        }
    }
}
