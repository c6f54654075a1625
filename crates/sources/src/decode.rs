//! Bytes to text: byte order marks, UTF-8, UTF-16, what a page declares, and a guess for the rest.

use crate::fault::Fault;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The bytes at the start of a file in which its encoding is looked for, as HTML has it.
const START: usize = 1024;

/// The bytes of a file that are examined to distinguish text from other data and to guess an encoding.
pub(crate) const SAMPLE: usize = 1 << 16;

/// First bytes of well-known formats that are no text, with their names.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xD0\xCF\x11\xE0", "an old office document"),
    (b"\x89PNG", "an image"),
    (b"\xFF\xD8\xFF", "an image"),
    (b"GIF8", "an image"),
    (b"\x1F\x8B", "a gzip archive (name it .gz)"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7FELF", "a program"),
    (b"{\\rtf", "an RTF document"),
];

/// Returns the text of a plain-text file, or an error if the file is binary.
pub(crate) fn text(bytes: &[u8], mend: &mut dyn FnMut(&str)) -> Result<String, Fault> {
    if let Some(text) = marked(bytes, mend) {
        return Ok(text);
    }
    refuse_binary(bytes)?;
    Ok(guessed(bytes, None, mend))
}

/// Returns the text of a web page. Unlike `text`, believes a declared encoding if the bytes allow it.
pub(crate) fn html(bytes: &[u8], mend: &mut dyn FnMut(&str)) -> Result<String, Fault> {
    if let Some(text) = marked(bytes, mend) {
        return Ok(text);
    }
    refuse_binary(bytes)?;
    Ok(guessed(bytes, declared(bytes), mend))
}

/// Returns the first 1,024 bytes of a file as text in small letters, from the first mark or letter of ASCII on.
pub(crate) fn start(bytes: &[u8]) -> String {
    let start: String =
        bytes.iter().take(START).filter(|b| **b != 0).map(|b| b.to_ascii_lowercase() as char).collect();
    start.trim_start_matches(|c: char| !c.is_ascii() || c.is_whitespace()).to_owned()
}

/// Returns the first bytes of a file as text, whatever they are; bytes that cannot be read become U+FFFD.
pub(crate) fn lossy(start: &[u8]) -> String {
    match utf_16(start) {
        Some(encoding) => encoding.decode_with_bom_removal(start).0.into_owned(),
        None => String::from_utf8_lossy(start).into_owned(),
    }
}

/// Returns the text of bytes that start with a byte order mark.
fn marked(bytes: &[u8], mend: &mut dyn FnMut(&str)) -> Option<String> {
    let (encoding, _) = Encoding::for_bom(bytes)?;
    let (text, broken) = encoding.decode_with_bom_removal(bytes);
    if broken {
        mend(&format!("some bytes are not {}; they were replaced", encoding.name()));
    }
    Some(text.into_owned())
}

/// Returns an error that names the kind of the file if its first bytes are not those of text.
pub(crate) fn refuse_binary(bytes: &[u8]) -> Result<(), Fault> {
    if let Some((_, kind)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Err(Fault::unsupported(format!("not text but {kind}")));
    }
    if utf_16(bytes).is_some() {
        return Ok(());
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    // Escape stays: ISO-2022 text has it.
    let control = |byte: &u8| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127);
    let controls = sample.iter().filter(|byte| control(byte)).count();
    if controls * 10 > sample.len() {
        return Err(Fault::unsupported("not text but binary data"));
    }
    Ok(())
}

/// Recognises UTF-16, by its byte order mark, or by the zero that Latin text has in every second byte.
pub(crate) fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((marked, _)) = Encoding::for_bom(bytes) {
        return (marked != UTF_8).then_some(marked);
    }
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    if !sample.contains(&0) {
        return None;
    }
    let pairs = sample.len() / 2;
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if pairs < 2 {
        None
    } else if odd * 10 > pairs * 7 && even * 50 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 7 && odd * 50 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn guessed(bytes: &[u8], declared: Option<&'static Encoding>, mend: &mut dyn FnMut(&str)) -> String {
    if let Some(encoding) = utf_16(bytes) {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    let broken_at = match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\x1b') => return text.to_owned(),
        Ok(_) => 0,
        Err(error) => error.valid_up_to(),
    };
    // A file cut in the middle of a character is UTF-8 still.
    let cut = broken_at + 3 >= bytes.len() && !bytes[..broken_at].is_ascii();
    if cut || mostly_utf_8(bytes) {
        mend("some bytes are not UTF-8; they were replaced");
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let encoding = declared.filter(|encoding| *encoding != UTF_8).unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
        // The first byte that is not ASCII may lie far down.
        let start =
            bytes.iter().position(|byte| !byte.is_ascii() || *byte == 0x1b).unwrap_or(0).saturating_sub(256);
        detector.feed(&bytes[start..bytes.len().min(start + SAMPLE)], true);
        detector.guess(None, Utf8Detection::Deny)
    });
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if broken {
        // Every byte means something in Windows-1252: nothing is lost, if some letters are wrong.
        mend(&format!(
            "some bytes are not {}, which the rest seems to be; they were replaced",
            encoding.name()
        ));
        if declared.is_some() && text.contains('\u{fffd}') {
            return WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned();
        }
    }
    text.into_owned()
}

/// Whether there are many more whole UTF-8 characters than broken ones.
fn mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > 4 * broken
}

/// Finds the encoding that a page declares in its first bytes (`<meta charset>`, `http-equiv`, XML declaration).
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(8192)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    for sign in ["charset=", "encoding="] {
        for (at, _) in head.match_indices(sign) {
            let label = head[at + sign.len()..].trim_start_matches(['"', '\'', ' ']);
            let end = label
                .find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c))
                .unwrap_or(label.len());
            if let Some(encoding) = Encoding::for_label(&label.as_bytes()[..end]) {
                // A page that can be searched for this in ASCII is not UTF-16, whatever it says.
                return (encoding != UTF_16LE && encoding != UTF_16BE).then_some(encoding);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Vec<String>) {
        let mut notes = Vec::new();
        let text = text(bytes, &mut |note| notes.push(note.to_owned())).unwrap();
        (text, notes)
    }

    #[test]
    fn marks_utf_8_utf_16_and_old_encodings_are_read() {
        let said = "“Wir müssen reden”, sagte der Präsident – in Kürze.";
        assert_eq!(read(said.as_bytes()).0, said);
        assert_eq!(read(&[b"\xEF\xBB\xBF", said.as_bytes()].concat()).0, said);
        let wide: Vec<u8> = said.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&wide).0, said);
        assert_eq!(read(&[b"\xFF\xFE", &wide[..]].concat()).0, said);
        let wide: Vec<u8> = said.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&wide).0, said);
        assert_eq!(
            read(b"\x93We must talk,\x94 the caf\xe9 owner said \x96 twice.").0,
            "“We must talk,” the café owner said – twice."
        );
    }

    #[test]
    fn broken_utf_8_is_mended_with_a_note() {
        let (text, notes) = read(
            "Müller said “yes” to Çelik\u{2019}s plan "
                .as_bytes()
                .iter()
                .copied()
                .chain(*b"\xff and left")
                .collect::<Vec<u8>>()
                .as_slice(),
        );
        assert_eq!(text, "Müller said “yes” to Çelik’s plan \u{fffd} and left");
        assert_eq!(notes.len(), 1);
        let (text, notes) = read(&"He said “yes”".as_bytes()[..15]);
        assert_eq!((text.as_str(), notes.len()), ("He said “yes\u{fffd}", 1));
    }

    #[test]
    fn binary_data_is_refused() {
        let refused = |bytes: &[u8]| text(bytes, &mut |_| {}).unwrap_err();
        assert_eq!(refused(b"%PDF-1.4 ...").message(), "not text but a PDF file");
        assert_eq!(
            refused(&(0..=255).cycle().take(4096).collect::<Vec<u8>>()).message(),
            "not text but binary data"
        );
    }

    #[test]
    fn a_page_is_believed_about_its_encoding() {
        let page = b"<html><head><meta charset='windows-1251'></head><p>\xcf\xf3\xf2\xe8\xed</p>";
        assert!(html(page, &mut |_| {}).unwrap().contains("Путин"));
    }
}
