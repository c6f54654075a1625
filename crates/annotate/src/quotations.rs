//! Passages in quotation marks.
//!
//! One pass over each paragraph. Marks are read by their form *and* by what stands around them, since reports hold
//! straight marks, doubled single ones (`''`), and curly ones that lean the wrong way. A double mark that is not
//! closed runs to the end of its paragraph, and the mark that opens the next paragraph goes on with it, or, where that
//! paragraph opens none, the mark that closes it; a single mark that is not closed was an apostrophe.

#![allow(
    clippy::indexing_slicing,
    reason = "numbers of marks and quotations are made from the lists that they index"
)]

use readout_text::{ByteSpan, paragraphs};

/// A passage in quotation marks, within one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub span: ByteSpan,
    /// Without them.
    pub inner: ByteSpan,
    /// Whether the marks are single ones.
    pub single: bool,
    /// Whether it has a closing mark; an open one runs to the end of its paragraph.
    pub closed: bool,
    /// Whether it goes on with the quotation before it, which its paragraph left open.
    pub continues: bool,
    /// Number of the quotation that contains it.
    pub within: Option<u32>,
}

/// The deepest nesting of quotations; deeper ones are left to the quotation around them.
const MAX_DEPTH: usize = 4;

/// The form of a mark, which shows what the mark may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `"` or `''`: opens or closes.
    Straight,
    /// `“` and `”`: opens or closes by its neighbours where these are clear.
    Curly { opening: bool },
    /// `„`, closed by `“` or `”`.
    Low,
    /// ` `` ` and `‘‘`: opens only.
    DoubledOpening,
    /// `’’`: closes only.
    DoubledClosing,
    /// `«` or `»`, which some languages turn round.
    Guillemet { left: bool },
    /// `'`, `‘`, `’`, `‚`, `‹`, `›`.
    Single(char),
}

/// A mark in its paragraph.
#[derive(Clone, Copy, Debug)]
struct Mark {
    start: u32,
    end: u32,
    form: Form,
    before: Option<char>,
    after: Option<char>,
}

/// Whether nothing is joined to the mark's left side.
fn free_before(letter: Option<char>) -> bool {
    letter.is_none_or(|c| c.is_whitespace() || "([{—–-/:;,“‘\"'«…".contains(c))
}

/// Whether nothing is joined to the mark's right side.
fn free_after(letter: Option<char>) -> bool {
    letter.is_none_or(|c| c.is_whitespace() || ",.;:)]}—–-?!/…”’\"'»".contains(c))
}

/// Whether a quotation's last words, or those before one, may end so.
fn ends_speech(letter: char) -> bool {
    ",.;:!?…".contains(letter)
}

impl Mark {
    /// Whether the neighbours say that the mark opens (`Some(true)`), closes (`Some(false)`), or nothing clear.
    fn leaning(&self) -> Option<bool> {
        let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        if blank(self.before) != blank(self.after) {
            return Some(blank(self.before));
        }
        if self.is_joined() {
            return None;
        }
        match (free_before(self.before), free_after(self.after)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }

    /// Whether the blank beside it is missing: `she said,“No`, `“No,”she said`. Then only its form and the open marks
    /// show what it is.
    fn is_joined(&self) -> bool {
        self.before.is_some_and(ends_speech) && self.after.is_some_and(char::is_alphanumeric)
    }

    fn is_single(&self) -> bool {
        matches!(self.form, Form::Single(_))
    }
}

/// The marks of one paragraph in order.
fn marks(text: &str, paragraph: ByteSpan) -> Vec<Mark> {
    let mut found = Vec::new();
    let body = paragraph.slice(text);
    let mut before = None;
    let mut letters = body.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, c)| *c);
        let doubled = match (letter, next) {
            ('\'', Some('\'')) => Some(Form::Straight),
            ('`', Some('`')) | ('‘', Some('‘')) => Some(Form::DoubledOpening),
            ('’', Some('’')) => Some(Form::DoubledClosing),
            _ => None,
        };
        let form = doubled.or(match letter {
            '"' | '＂' | '″' => Some(Form::Straight),
            '“' | '‟' => Some(Form::Curly { opening: true }),
            '”' => Some(Form::Curly { opening: false }),
            '„' => Some(Form::Low),
            '«' => Some(Form::Guillemet { left: true }),
            '»' => Some(Form::Guillemet { left: false }),
            '\'' | '‘' | '’' | '‚' | '‛' | '‹' | '›' => Some(Form::Single(letter)),
            _ => None,
        });
        let mut last = (at, letter);
        if doubled.is_some() {
            last = letters.next().unwrap_or(last);
        }
        let after = letters.peek().map(|(_, c)| *c);
        // A single mark inside a word is an apostrophe.
        let inside_word = matches!(form, Some(Form::Single(_)))
            && before.is_some_and(char::is_alphanumeric)
            && after.is_some_and(char::is_alphanumeric);
        if let Some(form) = form
            && !inside_word
        {
            found.push(Mark {
                start: paragraph.start + at as u32,
                end: paragraph.start + (last.0 + last.1.len_utf8()) as u32,
                form,
                before,
                after,
            });
        }
        before = Some(last.1);
    }
    found
}

/// A quotation that has been opened.
#[derive(Clone, Copy, Debug)]
struct Open {
    /// Its place in the list of quotations.
    number: usize,
    form: Form,
}

/// The quotations of `text`, in order of their start.
pub fn find(text: &str) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut left_open = false;
    for paragraph in paragraphs(text) {
        let first = found.len();
        let marks = marks(text, paragraph);
        if marks.is_empty() {
            left_open = false;
            continue;
        }
        let taken_up = if left_open { taken_up(&marks) } else { None };
        if let Some(mark) = taken_up {
            found.push(Quotation {
                span: ByteSpan::new(paragraph.start, mark.end),
                inner: ByteSpan::new(paragraph.start, mark.start),
                single: false,
                closed: true,
                continues: true,
                within: None,
            });
        }
        let rest = &marks[usize::from(taken_up.is_some())..];
        let kept = in_paragraph(rest, paragraph, found.len() as u32, text);
        found.extend(kept);
        if let Some(quotation) = found.get_mut(first)
            && left_open
            && quotation.span.start == paragraph.start
            && !quotation.single
        {
            quotation.continues = true;
        }
        left_open = found[first..].iter().any(|quotation| !quotation.closed);
    }
    found
}

/// The mark that closes, as the first of its paragraph, what the paragraph before left open.
fn taken_up(marks: &[Mark]) -> Option<Mark> {
    let first = *marks.first()?;
    let closes = match first.form {
        Form::Curly { opening } => !opening && first.leaning() != Some(true),
        Form::DoubledClosing => true,
        // A straight one must look like closing, and leave the others in pairs.
        Form::Straight => {
            let others = marks.iter().skip(1).filter(|mark| mark.form == Form::Straight).count();
            first.leaning() == Some(false) && others % 2 == 0
        }
        _ => false,
    };
    closes.then_some(first)
}

/// The quotations of one paragraph; `base` is the number of the first.
fn in_paragraph(marks: &[Mark], paragraph: ByteSpan, base: u32, text: &str) -> Vec<Quotation> {
    // How many straight marks from here on look like closing ones, less those that look like opening ones.
    let mut surplus = vec![0i32; marks.len() + 1];
    for (at, mark) in marks.iter().enumerate().rev() {
        let step = match (mark.form, mark.leaning()) {
            (Form::Straight, Some(false)) => 1,
            (Form::Straight, Some(true)) => -1,
            _ => 0,
        };
        surplus[at] = surplus[at + 1] + step;
    }
    let mut all: Vec<(Quotation, bool)> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for (at, mark) in marks.iter().enumerate() {
        let closes = open.iter().rposition(|open| closes(open.form, mark, marks.get(at + 1)));
        let opens = opens(mark);
        let top = open.last();
        let action = match (closes, opens) {
            (Some(_), true) if mark.form == Form::Straight => {
                // Inside straight marks, one that looks like opening is a nested one if both get closed later;
                // otherwise it is one too many.
                match mark.leaning() {
                    Some(true) if surplus[at + 1] >= 2 && open.len() < MAX_DEPTH => Action::Open,
                    Some(true) => Action::Ignore,
                    _ => Action::Close,
                }
            }
            (Some(_), _) => Action::Close,
            (None, true) => Action::Open,
            (None, false) => Action::Ignore,
        };
        match action {
            Action::Ignore => {}
            Action::Close => {
                if let Some(place) = closes {
                    // What was opened inside and not closed: apostrophes, or marks too many.
                    for inner in open.drain(place + 1..) {
                        let (quotation, keep) = &mut all[inner.number];
                        *keep = false;
                        quotation.closed = false;
                    }
                    if let Some(closed) = open.pop() {
                        let (quotation, _) = &mut all[closed.number];
                        quotation.span.end = mark.end;
                        quotation.inner.end = mark.start;
                        quotation.closed = true;
                    }
                }
            }
            Action::Open => {
                let nested_alike = top.is_some_and(|top| {
                    matches!(top.form, Form::Single(_)) == mark.is_single() && mark.form != Form::Straight
                });
                if open.len() >= MAX_DEPTH || nested_alike {
                    continue;
                }
                let quotation = Quotation {
                    span: ByteSpan::new(mark.start, paragraph.end),
                    inner: ByteSpan::new(mark.end, paragraph.end),
                    single: mark.is_single(),
                    closed: false,
                    continues: false,
                    within: top.map(|top| top.number as u32),
                };
                open.push(Open { number: all.len(), form: mark.form });
                all.push((quotation, true));
            }
        }
    }
    for left in open {
        let (quotation, keep) = &mut all[left.number];
        // Single marks that are never closed are apostrophes.
        *keep = !quotation.single;
    }
    // Leave out what was no quotation, and count anew.
    let mut numbers: Vec<Option<u32>> = Vec::with_capacity(all.len());
    let mut kept: Vec<Quotation> = Vec::new();
    for (quotation, keep) in &all {
        let outer = quotation.within.and_then(|outer| numbers.get(outer as usize).copied().flatten());
        let empty = quotation.inner.is_empty() || quotation.inner.slice(text).trim().is_empty();
        if *keep && !empty {
            numbers.push(Some(base + kept.len() as u32));
            kept.push(Quotation { within: outer, ..*quotation });
        } else {
            // What stands in something left out stands in what is around that.
            numbers.push(outer);
        }
    }
    kept
}

/// The action that is taken at a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Action {
    Open,
    Close,
    Ignore,
}

/// Whether `mark` may open a quotation.
fn opens(mark: &Mark) -> bool {
    match mark.form {
        // Behind a digit it stands for inches or seconds.
        Form::Straight => {
            mark.leaning() != Some(false) && !mark.before.is_some_and(|letter| letter.is_ascii_digit())
        }
        Form::Curly { opening } => mark.leaning().unwrap_or(opening),
        Form::Low | Form::DoubledOpening => true,
        Form::DoubledClosing => false,
        Form::Guillemet { left } => mark.leaning().unwrap_or(left),
        Form::Single('‹') => true,
        Form::Single('›' | '’') => false,
        // `'90s`, `’em`: an apostrophe stands before a digit, and never after a letter.
        Form::Single(_) => {
            free_before(mark.before)
                && mark
                    .after
                    .is_some_and(|c| !c.is_whitespace() && !c.is_ascii_digit() && !",.;:)?!".contains(c))
        }
    }
}

/// Whether `mark` closes what a mark of the form `open` has opened; `next` is the mark after it.
fn closes(open: Form, mark: &Mark, next: Option<&Mark>) -> bool {
    let right = |mark: &Mark, by_form: bool| !mark.leaning().unwrap_or(!by_form);
    match (open, mark.form) {
        (Form::Straight, Form::Straight) => true,
        (Form::Straight, Form::Curly { opening }) => right(mark, !opening),
        (Form::Curly { .. }, Form::Curly { opening }) => right(mark, !opening),
        (Form::Curly { .. }, Form::Straight) => mark.leaning() != Some(true),
        (Form::Low, Form::Curly { .. }) => mark.leaning() != Some(true),
        (Form::DoubledOpening, Form::DoubledClosing | Form::Straight) => true,
        (Form::Straight | Form::Curly { .. }, Form::DoubledClosing) => true,
        (Form::Guillemet { .. }, Form::Guillemet { left }) => right(mark, !left),
        (Form::Single(opening), Form::Single(closing)) => {
            let pair = match opening {
                '‘' | '‛' | '’' => closing == '’' || closing == '\'',
                '‚' => closing == '‘' || closing == '’',
                '‹' => closing == '›',
                _ => closing == '\'' || closing == '’',
            };
            let joined = mark.after.is_some_and(char::is_alphanumeric) && !mark.is_joined();
            if !pair || joined || mark.before.is_none_or(char::is_whitespace) {
                return false;
            }
            // `'The ministers' claim is wrong,' he said`: a plural's apostrophe, if a clear closing mark follows.
            let plural = matches!(mark.before, Some('s' | 'S')) && mark.after == Some(' ');
            let clear = next.is_some_and(|next| {
                matches!(next.form, Form::Single(c) if c == closing)
                    && next.before.is_some_and(|c| ",.?!".contains(c))
                    && !next.after.is_some_and(char::is_alphanumeric)
            });
            !(plural && clear)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The quotations with their marks.
    fn quoted(text: &str) -> Vec<&str> {
        find(text).iter().map(|quotation| quotation.span.slice(text)).collect()
    }

    #[test]
    fn all_kinds_of_marks_are_read() {
        assert_eq!(quoted("“We go,” she said. “Now.”"), ["“We go,”", "“Now.”"]);
        assert_eq!(quoted("\"We go,\" she said. \"Now.\""), ["\"We go,\"", "\"Now.\""]);
        assert_eq!(quoted("''We go,'' she said. ''Now.''"), ["''We go,''", "''Now.''"]);
        assert_eq!(quoted("``We go,'' she said."), ["``We go,''"]);
        assert_eq!(quoted("‘‘We go,’’ she said."), ["‘‘We go,’’"]);
        assert_eq!(quoted("„Wir gehen“, sagte sie."), ["„Wir gehen“"]);
        assert_eq!(quoted("«On y va», dit-elle."), ["«On y va»"]);
        assert_eq!(quoted("He spoke of ‘tough talks’ in Oslo."), ["‘tough talks’"]);
        assert_eq!(quoted("He spoke of 'tough talks' in Oslo."), ["'tough talks'"]);
    }

    #[test]
    fn curly_marks_that_lean_the_wrong_way_are_read_by_their_neighbours() {
        assert_eq!(quoted("”We go,” she said. ”Now.“ He left."), ["”We go,”", "”Now.“"]);
        assert_eq!(quoted("“We go,“ she said."), ["“We go,“"]);
    }

    #[test]
    fn apostrophes_are_not_marks() {
        assert!(quoted("The ministers' plan won't work, and it's the '90s again.").is_empty());
        assert!(quoted("Rock ’n’ roll isn’t dead; give ’em time.").is_empty());
        assert_eq!(
            quoted("'The ministers' claim isn't right,' he said."),
            ["'The ministers' claim isn't right,'"]
        );
        assert!(quoted("The wall is 6'2\" high.").is_empty());
    }

    #[test]
    fn a_quotation_in_a_quotation_knows_where_it_stands() {
        let text = "“He told me ‘never again’ and left,” she said.";
        let found = find(text);
        assert_eq!(quoted(text), ["“He told me ‘never again’ and left,”", "‘never again’"]);
        assert_eq!(found[1].within, Some(0));
        let straight = "\"He said \"no\" to me,\" she said.";
        assert_eq!(quoted(straight), ["\"He said \"no\" to me,\"", "\"no\""]);
        let british = "'He said \"no\" to me,' she said.";
        assert_eq!(quoted(british), ["'He said \"no\" to me,'", "\"no\""]);
        assert_eq!(find(british)[1].within, Some(0));
    }

    #[test]
    fn an_open_mark_runs_to_the_end_and_is_taken_up_again() {
        let text = "“We go.\n\n“We go now,” she said.\n\n“Others stay.”";
        let found = find(text);
        assert_eq!(quoted(text), ["“We go.", "“We go now,”", "“Others stay.”"]);
        assert_eq!(
            found.iter().map(|q| (q.closed, q.continues)).collect::<Vec<_>>(),
            [(false, false), (true, true), (true, false)]
        );
    }

    #[test]
    fn a_missing_blank_beside_a_mark_does_no_harm() {
        assert_eq!(quoted("She said,“No, never,” and left."), ["“No, never,”"]);
        assert_eq!(quoted("“No, never,”she said.“We go.”"), ["“No, never,”", "“We go.”"]);
        assert_eq!(quoted("She said,\"No, never,\" and left."), ["\"No, never,\""]);
        assert_eq!(quoted("\"No, never,\"she said.\"We go.\""), ["\"No, never,\"", "\"We go.\""]);
        assert_eq!(quoted("'No, never,'she said."), ["'No, never,'"]);
        // An apostrophe inside a word stays one, and a digit before a mark may be a length.
        assert!(quoted("The mast was 6'2\"long, rock'n'roll played.").is_empty());
    }

    #[test]
    fn the_next_paragraph_may_close_what_was_left_open() {
        let text = "“We go.\n\nWe go now,” she said. “Others stay.”";
        let found = find(text);
        assert_eq!(quoted(text), ["“We go.", "We go now,”", "“Others stay.”"]);
        assert_eq!(
            found.iter().map(|q| (q.closed, q.continues)).collect::<Vec<_>>(),
            [(false, false), (true, true), (true, false)]
        );
        assert_eq!(quoted("\"We go.\n\nWe go now,\" she said."), ["\"We go.", "We go now,\""]);
        // Nothing was left open: the mark is one too many.
        assert!(quoted("We stay.\n\nWe go now,” she said.").is_empty());
        // A paragraph with quotations of its own goes on with none.
        assert_eq!(quoted("“We go.\n\nHe said “now” twice."), ["“We go.", "“now”"]);
    }

    #[test]
    fn a_mark_too_many_does_not_turn_the_rest_round() {
        assert_eq!(quoted("\"We go. \"We go now,\" she said."), ["\"We go. \"We go now,\""]);
        assert_eq!(quoted("We go,\" she said. \"We go now.\""), ["\"We go now.\""]);
    }

    #[test]
    fn hostile_text_takes_linear_time() {
        let many = "\"".repeat(100_000);
        find(&many);
        let nested = "“‘".repeat(50_000);
        find(&nested);
        let open = "“a\n".repeat(50_000);
        assert_eq!(find(&open).len(), 50_000);
    }
}
