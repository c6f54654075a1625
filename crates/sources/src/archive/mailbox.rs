//! Mailboxes in the mbox form: messages one after the other.

use std::io::{BufRead, BufReader, Read as _};

use super::mail;
use crate::content::Content;
use crate::fault::Fault;
use crate::options::Options;
use crate::source::{Files, Format, Holds, Inner, IsRead, Recognised, holds_files};
use crate::trouble::Trouble;

pub(crate) static FORMAT: Format = Format {
    name: "mailbox",
    endings: &["mbox"],
    told_by: "its name, or a first line `From …` before the headers of a message",
    reads: "a report for each message, as those of mail",
    recognise,
    holds: Holds::Files(open),
    read: holds_files,
};

fn recognise(start: &[u8]) -> Recognised {
    let mut lines = start.splitn(2, |byte| *byte == b'\n');
    let is_mailbox = lines.next().is_some_and(starts_message) && lines.next().is_some_and(mail::is_message);
    if is_mailbox { Recognised::Surely } else { Recognised::No }
}

/// Whether a line starts a message: `From `, who sent it, and a time of day with a year.
fn starts_message(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let Ok(rest) = std::str::from_utf8(rest) else { return false };
    let words: Vec<&str> = rest.split_ascii_whitespace().collect();
    let digits = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    words.iter().any(|word| word.len() == 4 && digits(word))
        && words
            .iter()
            .any(|word| word.len() >= 5 && word.split(':').count() >= 2 && word.split(':').all(digits))
}

fn open(path: &str, content: &Content, options: &Options) -> Result<Box<dyn Files>, Fault> {
    let opened = content.open(options)?;
    let mailbox = Mailbox {
        path: path.to_owned(),
        reader: Box::new(BufReader::new(opened.content())),
        number: 0,
        ended: false,
    };
    Ok(Box::new(mailbox))
}

struct Mailbox {
    path: String,
    reader: Box<dyn BufRead + Send>,
    number: usize,
    ended: bool,
}

impl Files for Mailbox {
    fn next_file(&mut self, options: &Options, _: IsRead) -> Option<Result<Inner, Trouble>> {
        let limit = options.max_file_bytes;
        let mut message: Vec<u8> = Vec::new();
        let (mut too_large, mut blank) = (false, true);
        while !self.ended {
            let mut line = Vec::new();
            // Longer lines are taken in pieces.
            match (&mut self.reader).take(1 << 16).read_until(b'\n', &mut line) {
                Ok(0) => self.ended = true,
                Ok(_) if blank && starts_message(&line) => {
                    if message.trim_ascii().is_empty() && !too_large {
                        continue;
                    }
                    break;
                }
                Ok(_) => {
                    blank = line.trim_ascii().is_empty();
                    // A line of the text that starts with the word was marked so.
                    let line =
                        if line.starts_with(b">From ") { line.get(1..).unwrap_or_default() } else { &line };
                    too_large |= (message.len() + line.len()) as u64 > limit;
                    if !too_large {
                        message.extend_from_slice(line);
                    }
                }
                Err(error) => {
                    self.ended = true;
                    return Some(Err(Trouble::unread(format!("{}#{}", self.path, self.number + 1), error)));
                }
            }
        }
        if message.trim_ascii().is_empty() && !too_large {
            return None;
        }
        self.number += 1;
        let path = format!("{}#{}", self.path, self.number);
        if too_large {
            return Some(Err(Trouble::unread(path, mail::too_large(limit))));
        }
        let mut file = Inner::new(path, "message.eml", Content::Memory(message.into()));
        file.format = Some(&mail::FORMAT);
        Some(Ok(file))
    }
}
