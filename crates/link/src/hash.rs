//! Hashes of words, ids and runs of words. They are kept in files and decide orders, so their values never change.

/// Returns the 32-bit FNV-1a hash (Fowler, Noll, Vo) of a word in lower case, curly apostrophes made straight.
pub(crate) fn word_key(word: &str) -> u32 {
    const PRIME: u32 = 0x0100_0193;
    let mut hash = 0x811c_9dc5u32;
    if word.is_ascii() {
        for byte in word.bytes() {
            hash = (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(PRIME);
        }
        return hash;
    }
    for letter in word.chars().flat_map(char::to_lowercase) {
        let letter = if letter == '’' { '\'' } else { letter };
        for byte in u32::from(letter).to_le_bytes() {
            if byte != 0 {
                hash = (hash ^ u32::from(byte)).wrapping_mul(PRIME);
            }
        }
    }
    hash
}

/// Returns the 64-bit FNV-1a hash of an id, byte by byte.
pub(crate) fn id_hash(id: &str) -> u64 {
    id.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Spreads the bits of a hash (the finalizer of MurmurHash3, Appleby).
pub(crate) fn mix(mut hash: u64) -> u64 {
    hash = hash.wrapping_add(0x9e37_79b9_7f4a_7c15);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

/// Returns a hash of a few words in their order, well spread: a block key.
pub(crate) fn mixed_words(words: &[u32]) -> u64 {
    words.iter().fold(0, |hash, &word| mix(hash ^ u64::from(word)))
}

/// Returns a hash of a run of words in their order (the step of FxHash, as rustc has it), quicker than [`mixed_words`].
pub(crate) fn run_of_words(words: &[u32]) -> u64 {
    words.iter().fold(0, |hash: u64, &word| {
        (hash.rotate_left(5) ^ u64::from(word)).wrapping_mul(0x517c_c1b7_2722_0a95)
    })
}
