//! Characters: line ends, blanks, invisible characters, and text that was encoded twice.

use encoding_rs::WINDOWS_1252;
use html5ever::data::NAMED_ENTITIES;

/// Cleans a text: decodes entities, mends double encoding, makes blanks plain and removes invisible characters.
///
/// Line feeds end lines, form feeds part paragraphs; every other blank is a space, and spaces do not double.
pub(crate) fn clean(text: &str) -> String {
    if text.bytes().all(is_clean) {
        return text.to_owned();
    }
    let text = decode_entities(text);
    let text = undo_double_encoding(&text);
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut before = '\n';
    while let Some(letter) = letters.next() {
        let letter = match letter {
            '\r' => {
                letters.next_if_eq(&'\n');
                '\n'
            }
            '\u{85}' | '\u{2028}' | '\u{0b}' => '\n',
            '\u{0c}' | '\u{2029}' => {
                out.push('\n');
                '\n'
            }
            // Indentation may part paragraphs: `plain` reads it before it goes.
            '\n' | '\t' => letter,
            '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
            '\u{ad}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fffc}'
            | '\u{fffe}'
            | '\u{ffff}'
            | '\u{7f}' => continue,
            // Joiners shape Persian and Indic words and emoji; between Latin letters they are rubbish.
            '\u{200c}' | '\u{200d}' => {
                let latin = |c: char| c < '\u{250}';
                if latin(before) || letters.peek().is_none_or(|next| latin(*next)) {
                    continue;
                }
                letter
            }
            // What remains of Windows-1252 read as Latin-1.
            '\u{80}'..='\u{9f}' => {
                match WINDOWS_1252.decode_without_bom_handling(&[letter as u8]).0.chars().next() {
                    Some(meant) if !meant.is_control() => meant,
                    _ => continue,
                }
            }
            letter if letter.is_control() => continue,
            letter => letter,
        };
        out.push(letter);
        before = letter;
    }
    out
}

/// Whether a byte is a plain letter of ASCII, which no step of cleaning looks at.
fn is_clean(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\t' | b' '..=b'~') && byte != b'&'
}

/// Returns the text as one line, with single spaces for blanks of every kind and none at the ends.
pub(crate) fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The most bytes between `&` and `;` of an entity that is decoded.
const LONGEST_ENTITY: usize = 32;

/// Decodes the HTML entities of a text once, if they are certain: a known name or a number, and the semicolon.
pub(crate) fn decode_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match rest[1..]
            .bytes()
            .take(LONGEST_ENTITY)
            .position(|byte| byte == b';')
            .and_then(|end| entity(&rest[1..=end]).map(|c| (c, end + 2)))
        {
            Some((letter, length)) => {
                out.push(letter);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Returns the character that an entity's name or number means.
fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|letter| *letter != '\0');
    }
    let (first, second) = NAMED_ENTITIES.get(format!("{name};").as_str())?;
    char::from_u32(*first).filter(|letter| *second == 0 && *letter != '\0')
}

/// Mends text whose UTF-8 bytes were once read as Windows-1252 (`â€™` for `’`), where that is certain.
///
/// Certain are the three-byte runs, which no language has (`â€™`, `â€œ`), and the two-byte ones (`Ã©`) where every
/// such letter of the text is the first of such a pair: a text in Portuguese has `Ã` before other letters too.
fn undo_double_encoding(text: &str) -> String {
    if !text.contains(['â', 'Ã', 'Â']) {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    let pair = |at: usize| decoded(letters.get(at..at + 2)?, 2);
    let firsts = (0..letters.len()).filter(|&at| matches!(letters[at], 'Ã' | 'Â'));
    let pairs_too = firsts.clone().count() > 0 && firsts.clone().all(|at| pair(at).is_some());
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        let (meant, length) = match letters[at] {
            'â' => (letters.get(at..at + 3).and_then(|run| decoded(run, 3)), 3),
            'Ã' | 'Â' if pairs_too => (pair(at), 2),
            _ => (None, 1),
        };
        match meant {
            Some(meant) => {
                out.push(meant);
                at += length;
            }
            None => {
                out.push(letters[at]);
                at += 1;
            }
        }
    }
    out
}

/// Returns the character whose `length` UTF-8 bytes, read as Windows-1252, are `run`.
fn decoded(run: &[char], length: usize) -> Option<char> {
    let mut bytes = Vec::with_capacity(length);
    for letter in run {
        match u32::from(*letter) {
            // The five bytes that Windows-1252 leaves open are often passed through.
            code @ (0x80..=0xff) => bytes.push(code as u8),
            _ => {
                let mut buffer = [0; 4];
                let (encoded, _, broken) = WINDOWS_1252.encode(letter.encode_utf8(&mut buffer));
                if broken || encoded.len() != 1 || encoded[0] < 0x80 {
                    return None;
                }
                bytes.push(encoded[0]);
            }
        }
    }
    let mut meant = std::str::from_utf8(&bytes).ok()?.chars();
    let first = meant.next().filter(|letter| !letter.is_control() || *letter == '\u{a0}')?;
    meant.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_sees_what_goes() {
        assert_eq!(
            clean("co\u{ad}operation\u{a0}talks\u{200b}\r\nnext\rline\u{feff}"),
            "cooperation talks\nnext\nline"
        );
        assert_eq!(clean("\u{202a}left\u{202c} \u{2066}x\u{2069} na\u{200d}me"), "left x name");
        // A Persian word keeps its joiner.
        assert_eq!(clean("می\u{200c}خواهم"), "می\u{200c}خواهم");
        assert_eq!(clean("a \u{93}quote\u{94} \0end"), "a “quote” end");
    }

    #[test]
    fn entities_are_decoded_where_they_are_certain() {
        assert_eq!(clean("AT&amp;T &#8220;won&rsquo;t&#x201D; say"), "AT&T “won’t” say");
        assert_eq!(clean("R&D; Q&A &unknown; &#; &; & so on"), "R&D; Q&A &unknown; &#; &; & so on");
        assert_eq!(clean("&amp;lt;"), "&lt;");
        assert_eq!(clean("&Lstrok;&oacute;d&zacute; &rarr; &CounterClockwiseContourIntegral;"), "Łódź → ∳");
    }

    #[test]
    fn double_encoding_is_undone_where_it_is_certain() {
        assert_eq!(clean("â€œWe canâ€™t,â€\u{9d} he said â€“ twice"), "“We can’t,” he said – twice");
        assert_eq!(clean("FranÃ§ois in a cafÃ©"), "François in a café");
        // Portuguese and French capitals are what they are.
        assert_eq!(clean("NÃO À GUERRA, São Paulo, pâté"), "NÃO À GUERRA, São Paulo, pâté");
    }
}
