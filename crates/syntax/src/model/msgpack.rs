//! Reading MessagePack: just what spaCy's files use. Hostile input gives `None`, never a panic or a huge allocation.

/// A value; strings and bytes borrow from the file.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'f> {
    Nil,
    Bool(bool),
    Integer(i64),
    /// A number above `i64::MAX`, such as a string's hash.
    Unsigned(u64),
    Float(f64),
    /// A string or bytes: spaCy's files use both for the same things.
    Bytes(&'f [u8]),
    List(Vec<Value<'f>>),
    Map(Vec<(Value<'f>, Value<'f>)>),
}

impl<'f> Value<'f> {
    pub(super) fn text(&self) -> Option<&'f str> {
        match self {
            Value::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    pub(super) fn bytes(&self) -> Option<&'f [u8]> {
        match self {
            Value::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    pub(super) fn number(&self) -> Option<u64> {
        match self {
            Value::Integer(number) => u64::try_from(*number).ok(),
            Value::Unsigned(number) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn list(&self) -> Option<&[Value<'f>]> {
        match self {
            Value::List(list) => Some(list),
            _ => None,
        }
    }

    pub(super) fn map(&self) -> Option<&[(Value<'f>, Value<'f>)]> {
        match self {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The entry of a map under the text `key`.
    pub(super) fn get(&self, key: &str) -> Option<&Value<'f>> {
        self.map()?.iter().find(|(name, _)| name.bytes() == Some(key.as_bytes())).map(|(_, value)| value)
    }
}

/// Returns the value that `file` contains.
pub(super) fn read(file: &[u8]) -> Option<Value<'_>> {
    Reader { rest: file }.value(0)
}

/// The entries of a map from numbers to numbers, without building a tree; negative values are left out.
pub(super) fn number_map(file: &[u8]) -> Option<Vec<(u64, u32)>> {
    let mut reader = Reader { rest: file };
    let count = match reader.byte()? {
        marker @ 0x80..=0x8f => usize::from(marker & 0x0f),
        0xde => reader.length(2)?,
        0xdf => reader.length(4)?,
        _ => return None,
    };
    let mut entries = Vec::with_capacity(count.min(reader.rest.len() / 2));
    for _ in 0..count {
        let key = reader.value(0)?.number()?;
        match reader.value(0)? {
            Value::Integer(row) if row < 0 => {}
            row => entries.push((key, u32::try_from(row.number()?).ok()?)),
        }
    }
    Some(entries)
}

struct Reader<'f> {
    rest: &'f [u8],
}

/// Deeper nesting than any of spaCy's files.
const DEPTH: usize = 32;

impl<'f> Reader<'f> {
    fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }

    fn take(&mut self, count: usize) -> Option<&'f [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    /// A big-endian number of `bytes` bytes.
    fn unsigned(&mut self, bytes: usize) -> Option<u64> {
        Some(self.take(bytes)?.iter().fold(0, |number, &byte| number << 8 | u64::from(byte)))
    }

    fn signed(&mut self, bytes: usize) -> Option<i64> {
        let shift = 64 - 8 * bytes as u32;
        Some(((self.unsigned(bytes)? << shift) as i64) >> shift)
    }

    fn length(&mut self, bytes: usize) -> Option<usize> {
        usize::try_from(self.unsigned(bytes)?).ok()
    }

    fn value(&mut self, depth: usize) -> Option<Value<'f>> {
        if depth > DEPTH {
            return None;
        }
        let marker = self.byte()?;
        Some(match marker {
            0x00..=0x7f => Value::Integer(i64::from(marker)),
            0x80..=0x8f => self.map(usize::from(marker & 0x0f), depth)?,
            0x90..=0x9f => self.list(usize::from(marker & 0x0f), depth)?,
            0xa0..=0xbf => Value::Bytes(self.take(usize::from(marker & 0x1f))?),
            0xc0 => Value::Nil,
            0xc2 => Value::Bool(false),
            0xc3 => Value::Bool(true),
            0xc4 | 0xd9 => self.bytes(1)?,
            0xc5 | 0xda => self.bytes(2)?,
            0xc6 | 0xdb => self.bytes(4)?,
            0xca => Value::Float(f64::from(f32::from_bits(self.unsigned(4)? as u32))),
            0xcb => Value::Float(f64::from_bits(self.unsigned(8)?)),
            0xcc => Value::Integer(self.unsigned(1)? as i64),
            0xcd => Value::Integer(self.unsigned(2)? as i64),
            0xce => Value::Integer(self.unsigned(4)? as i64),
            0xcf => {
                let number = self.unsigned(8)?;
                i64::try_from(number).map_or(Value::Unsigned(number), Value::Integer)
            }
            0xd0 => Value::Integer(self.signed(1)?),
            0xd1 => Value::Integer(self.signed(2)?),
            0xd2 => Value::Integer(self.signed(4)?),
            0xd3 => Value::Integer(self.signed(8)?),
            0xdc => {
                let count = self.length(2)?;
                self.list(count, depth)?
            }
            0xdd => {
                let count = self.length(4)?;
                self.list(count, depth)?
            }
            0xde => {
                let count = self.length(2)?;
                self.map(count, depth)?
            }
            0xdf => {
                let count = self.length(4)?;
                self.map(count, depth)?
            }
            0xe0..=0xff => Value::Integer(i64::from(marker as i8)),
            _ => return None,
        })
    }

    fn bytes(&mut self, size: usize) -> Option<Value<'f>> {
        let count = self.length(size)?;
        Some(Value::Bytes(self.take(count)?))
    }

    fn list(&mut self, count: usize, depth: usize) -> Option<Value<'f>> {
        let mut list = Vec::with_capacity(count.min(self.rest.len()).min(1 << 16));
        for _ in 0..count {
            list.push(self.value(depth + 1)?);
        }
        Some(Value::List(list))
    }

    fn map(&mut self, count: usize, depth: usize) -> Option<Value<'f>> {
        let mut map = Vec::with_capacity(count.min(self.rest.len()).min(1 << 16));
        for _ in 0..count {
            map.push((self.value(depth + 1)?, self.value(depth + 1)?));
        }
        Some(Value::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read() {
        let value = read(b"\x82\xa1a\x93\x01\xff\xcf\xff\xff\xff\xff\xff\xff\xff\xff\xc4\x01b\xc0").unwrap();
        let list = value.get("a").unwrap().list().unwrap();
        assert_eq!(list, [Value::Integer(1), Value::Integer(-1), Value::Unsigned(u64::MAX)]);
        assert_eq!(value.get("b"), Some(&Value::Nil));
        assert_eq!(number_map(b"\x82\x05\x07\x06\xff"), Some(vec![(5, 7)]));
    }

    #[test]
    fn broken_files_are_refused() {
        assert_eq!(read(b""), None);
        assert_eq!(read(b"\xdd\xff\xff\xff\xff\x01"), None);
        assert_eq!(read(b"\xdb\xff\xff\xff\xffa"), None);
        assert_eq!(read(&[0x91; 100_000]), None);
        assert_eq!(number_map(b"\xdf\xff\xff\xff\xff\x01\x02"), None);
    }
}
