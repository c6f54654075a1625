//! The names in brackets that a sentence gets for its pronouns and behind its descriptions of persons.

use std::collections::BTreeSet;

use readout_lexicon::WordSet;
use readout_record::{ActorKind, Mention};
use readout_text::ByteSpan;

use crate::judged::{OWNERS, PERSONS};
use crate::selection::Selection;
use crate::sentences::words_of;

/// The names to put for pronouns and descriptions of a sentence.
#[derive(Default)]
pub(super) struct Bracketed {
    pub(super) names: Vec<(ByteSpan, String)>,
    /// Whether one of them stands for a pronoun.
    pub(super) has_pronoun: bool,
    /// Whether a pronoun is left whose name nobody can tell.
    pub(super) open: bool,
}

/// Finds the names for the pronouns and descriptions of the sentence `whole`, given its neighbourhood `around` with the sentences before.
///
/// A pronoun needs none if somebody of its actor is named before it in the sentence. A name is taken only if the
/// sentences right before have it.
pub(super) fn bracketed(
    selection: &Selection<'_>,
    text: &str,
    whole: ByteSpan,
    around: ByteSpan,
    mentions: &[Mention],
) -> Bracketed {
    let mut found = Bracketed::default();
    // Mentions are in the order of the text: those of the neighbourhood stand together.
    let start_of = |it: &Mention| selection.bytes_at(&it.doc, it.span).map_or(u32::MAX, |span| span.start);
    let near = mentions.get(mentions.partition_point(|it| start_of(it) < around.start)..).unwrap_or_default();
    let placed: Vec<(ByteSpan, &Mention)> = near
        .iter()
        .take_while(|it| start_of(it) < around.end)
        .filter_map(|it| Some((selection.bytes_at(&it.doc, it.span)?, it)))
        .filter(|(span, _)| around.start <= span.start && span.end <= around.end)
        .collect();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let mut somebody = false;
    let words = words_of(text, whole);
    found.names.extend(described(selection, text, whole, &placed));
    let is_quoted = |of: ByteSpan| words.iter().any(|(span, _, quoted)| *quoted && span.start == of.start);
    for &(span, word, quoted) in &words {
        let at = placed.iter().filter(|(of, _)| *of == span);
        let before =
            placed.iter().filter(|(of, it)| of.end <= span.start && of.start >= whole.start && it.named);
        for (_, mention) in before {
            known.insert(&mention.actor);
            somebody |= mention.actor_kind == ActorKind::Person || is_many(word);
        }
        // A person, or for `they` anybody, who is named or described before.
        let somebody = somebody
            || placed.iter().any(|(of, it)| {
                // Whom somebody speaks of in quotation marks is not the one who speaks.
                let heard = quoted || !is_quoted(*of);
                let person = heard
                    && matches!(it.actor_kind, ActorKind::Person | ActorKind::Unnamed | ActorKind::Office);
                of.start >= whole.start
                    && of.end <= span.start
                    && !PERSONS.has(&it.text)
                    && (person || heard && is_many(word))
            });
        let owner = OWNERS.has(word);
        if !PERSONS.has(word) {
            continue;
        }
        let actors: Vec<&Mention> = at.map(|(_, it)| *it).collect();
        if !actors.is_empty() && actors.iter().all(|it| known.contains(it.actor.as_str())) {
            continue;
        }
        // Only where the sentences before name nobody else.
        let named_before = |it: &&Mention| {
            let persons = placed.iter().filter(|(of, other)| {
                other.named && of.end <= span.start && other.actor_kind == ActorKind::Person
            });
            let others: BTreeSet<&str> = persons.map(|(_, other)| other.actor.as_str()).collect();
            it.actor_kind == ActorKind::Person && others.len() == 1 && others.contains(it.actor.as_str())
        };
        // “A day after his talks, Lee said”: the sentence names him yet.
        if !is_many(word) && is_ahead_of_name(text, whole, span, &placed) {
            continue;
        }
        match actors.as_slice() {
            [one] if !quoted && !somebody && named_before(one) => {
                let name = selection.names.of(&one.actor);
                let name = if owner && (word != "her" || followed_by_noun(text, span)) {
                    format!("[{}]", owned(name))
                } else {
                    format!("[{name}]")
                };
                found.names.push((span, name));
                found.has_pronoun = true;
                known.insert(&one.actor);
            }
            // Within a sentence that names or describes somebody before, a reader knows who is meant.
            _ if somebody => {}
            // Quoted words about others are clear to those who hear them.
            _ if quoted => {}
            _ => found.open = true,
        }
    }
    found.names.sort_by_key(|(span, _)| span.start);
    found
}

/// Returns the names to put behind descriptions of a person whom the sentence `whole` does not name and the sentences right
/// before do: `the president` becomes `the president [Ila Orr]`. Each is put once, and none within quotation marks.
fn described(
    selection: &Selection<'_>,
    text: &str,
    whole: ByteSpan,
    placed: &[(ByteSpan, &Mention)],
) -> Vec<(ByteSpan, String)> {
    let within: Vec<&(ByteSpan, &Mention)> =
        placed.iter().filter(|(of, _)| whole.start <= of.start && of.end <= whole.end).collect();
    let mut known: BTreeSet<&str> =
        within.iter().filter(|(_, it)| it.named).map(|(_, it)| it.actor.as_str()).collect();
    let mut found = Vec::new();
    for (of, it) in within {
        let is_description =
            !it.named && it.actor_kind == ActorKind::Person && THE.iter().any(|the| it.text.starts_with(the));
        let before = &text[whole.start as usize..of.start as usize];
        // “The head of the guards” says who is meant; “the leaders” are more than one. No name stands before an “’s”.
        let after = &text[of.end as usize..whole.end as usize];
        let has_more = [" of ", "’s", "'s"].iter().any(|it| after.starts_with(it));
        let named_before =
            placed.iter().any(|(at, other)| other.named && at.end <= whole.start && other.actor == it.actor);
        let one = named_before && !has_more && !is_plural(&it.text) && !is_of_others(*of, it, placed);
        if is_description && one && is_closed(before) && known.insert(&it.actor) {
            found.push((*of, format!("{} [{}]", of.slice(text), selection.names.of(&it.actor))));
        }
    }
    found
}

/// Whether a description is of several: `the envoys`, `the two men`.
fn is_plural(description: &str) -> bool {
    const COUNTS: [&str; 6] = ["two", "three", "four", "five", "both", "other"];
    const PLURALS: [&str; 4] = ["men", "women", "children", "people"];
    description.ends_with('s')
        || description.split(' ').any(|word| COUNTS.contains(&word) || PLURALS.contains(&word))
}

/// Whether the description at `of` says that somebody is of an organisation, or of a state that is not his: `the U.N.
/// leader`. Its words say who is meant, and the name that coreference has for them is doubtful.
fn is_of_others(of: ByteSpan, it: &Mention, placed: &[(ByteSpan, &Mention)]) -> bool {
    let short = |word: &str| {
        let letters = || word.chars().filter(|letter| letter.is_alphabetic());
        letters().count() > 1 && letters().all(char::is_uppercase)
    };
    // “The US president” has the name of a state.
    let short =
        it.text.split([' ', '-']).any(|word| short(word) && !["US", "U.S.", "UK", "U.K."].contains(&word));
    let within = |at: ByteSpan, other: &Mention| {
        of.start <= at.start && at.end <= of.end && other.named && other.actor != it.actor
    };
    short
        || placed.iter().filter(|(at, other)| within(*at, other)).any(|(_, other)| {
            other.actor_kind == ActorKind::Organisation
                || other.state.is_some() && it.state.is_some() && other.state != it.state
        })
}

/// The words with which a description begins that stands for somebody told of before.
const THE: [&str; 2] = ["the ", "The "];

/// The bytes after the first comma within which a sentence names whom a pronoun before it stands for.
const NAMED_WITHIN: u32 = 60;

/// Whether the pronoun at `span` stands in the opening of its sentence and the sentence names a person right after it, who
/// is meant: in such openings a pronoun may stand before its name.
fn is_ahead_of_name(text: &str, whole: ByteSpan, span: ByteSpan, placed: &[(ByteSpan, &Mention)]) -> bool {
    let rest = text.get(span.end as usize..whole.end as usize).unwrap_or_default();
    let opening = text.get(whole.start as usize..span.start as usize).unwrap_or_default();
    let Some(comma) = rest.find(',').filter(|_| !opening.contains(',')) else { return false };
    let comma = span.end + comma as u32;
    placed.iter().any(|(of, it)| {
        it.named
            && it.actor_kind == ActorKind::Person
            && of.start > comma
            && of.start <= (comma + NAMED_WITHIN).min(whole.end)
    })
}

/// Whether a pronoun stands for many.
fn is_many(word: &str) -> bool {
    word.to_lowercase().starts_with("the")
}

/// Returns the form of a name before what its bearer has.
fn owned(name: &str) -> String {
    if name.ends_with('s') { format!("{name}’") } else { format!("{name}’s") }
}

/// Whether `her` at `span` is followed by a word, so that it may say whose that is.
fn followed_by_noun(text: &str, span: ByteSpan) -> bool {
    let rest = text.get(span.end as usize..).unwrap_or_default().trim_start_matches(' ');
    rest.starts_with(char::is_alphabetic)
        && !["to", "for", "with", "and", "that", "in", "on", "at", "as"]
            .contains(&rest.split(' ').next().unwrap_or_default())
}

/// Whether every quotation and bracket of `text` is closed.
pub(super) fn is_closed(text: &str) -> bool {
    let count = |mark: char| text.matches(mark).count();
    count('“') == count('”') && count('"') % 2 == 0 && count('(') == count(')')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_have_no_name() {
        assert!(is_plural("the envoys") && is_plural("the two men"));
        assert!(!is_plural("the envoy"));
    }

    #[test]
    fn who_is_of_an_organisation_gets_no_doubtful_name() {
        let mention = |text: &str, kind, state: Option<&str>, named| Mention {
            text: text.to_owned(),
            actor: text.into(),
            actor_kind: kind,
            state: state.map(str::to_owned),
            named,
            ..Mention::default()
        };
        let person = |text: &str| mention(text, ActorKind::Person, Some("NLD"), false);
        let of = ByteSpan::new(0, 20);
        assert!(is_of_others(of, &person("the H.L. leader"), &[]), "the short name of a league");
        assert!(!is_of_others(of, &person("the envoy"), &[]));
        let within = ByteSpan::new(4, 12);
        let league = mention("Harbour League", ActorKind::Organisation, None, true);
        assert!(is_of_others(of, &person("the Harbour League leader"), &[(within, &league)]));
        let state = |code| mention("Norland", ActorKind::State, Some(code), true);
        assert!(!is_of_others(of, &person("the Norland leader"), &[(within, &state("NLD"))]));
        assert!(is_of_others(of, &person("the Norland leader"), &[(within, &state("SDL"))]));
    }

    #[test]
    fn a_pronoun_may_stand_before_its_name() {
        let text = "The day after his talks, President Ila Orr said no.";
        let whole = ByteSpan::new(0, text.len() as u32);
        let orr = Mention { named: true, actor_kind: ActorKind::Person, ..Mention::default() };
        let placed = [(ByteSpan::new(35, 42), &orr)];
        assert!(is_ahead_of_name(text, whole, ByteSpan::new(14, 17), &placed));
        // Without a person behind the comma nobody is meant yet.
        assert!(!is_ahead_of_name(text, whole, ByteSpan::new(14, 17), &[]));
    }
}
