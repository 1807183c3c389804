//! Where in a text a name can be: told by pieces of six bytes, of which one in eight is looked at.
//!
//! A name with the NULs around it has thirteen bytes or more, so that wherever it lies, one of these pieces is
//! wholly inside of it. A large program has seven megabytes of names: to look at each of its hundred thousand
//! names takes twice as long as this, and a search for each wanted name ten times.

/// Bytes of a piece.
const PIECE: usize = 6;
/// A piece is the start of a word. A text has to go on for so many bytes behind what is searched.
pub(super) const WORD: usize = 8;
/// Bytes that a name has to have, with its NULs, for one piece in every word to be enough; of shorter ones every
/// piece is looked at.
const LONG: usize = WORD + PIECE - 1;
/// How many numbers a hash can be.
const HASHES: usize = 1 << u16::BITS;
/// So many hashes that follow each other have their places together.
const NEIGHBOURS: usize = 64;
/// Words that are asked at once.
const GROUP: usize = 4;
/// 2^64 divided by the golden ratio (Knuth, The Art of Computer Programming, volume 3, 6.4).
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// The pieces of all names that are looked for.
pub(super) struct Pieces {
    /// The names, each behind a NUL; in front of another where nothing may follow.
    names: Vec<Vec<u8>>,
    /// Each piece by its hash, with the number of the name and where it stands in there; sorted.
    places: Vec<(u16, usize, usize)>,
    /// How many places come before those of the first neighbours, the second, and so on.
    before: Box<[u32; HASHES / NEIGHBOURS + 1]>,
    /// Whether a piece has this hash. In bytes: to ask a bit takes three times the instructions, and 64 KiB stay in
    /// the processor's cache as well.
    known: Box<[bool; HASHES]>,
    /// What a word is multiplied by for the hash of the piece that it starts with.
    factor: u64,
    long: bool,
}

impl Pieces {
    #[expect(
        clippy::large_stack_arrays,
        reason = "a release asks for zeroed memory, and 64 KiB do no harm to a test"
    )]
    pub(super) fn new(names: &[&[u8]]) -> Self {
        let names: Vec<_> = names
            .iter()
            .map(|name| {
                let package = name.ends_with(b".");
                [&b"\0"[..], name, if package { b"" } else { b"\0" }].concat()
            })
            .collect();
        let shortest = names.iter().map(Vec::len).min().unwrap_or(LONG);
        let length = shortest.min(PIECE);
        let mut pieces = Self {
            names: Vec::new(),
            places: Vec::new(),
            before: Box::new([0; HASHES / NEIGHBOURS + 1]),
            known: Box::new([false; HASHES]),
            factor: FACTOR << (8 * (WORD - length)),
            long: shortest >= LONG,
        };
        for (number, name) in names.iter().enumerate() {
            // Of a path the end tells most.
            let first = if pieces.long { name.len() - LONG } else { 0 };
            for (at, bytes) in name.windows(length).enumerate().skip(first) {
                let mut word = [0; WORD];
                word[..length].copy_from_slice(bytes);
                let hash = pieces.hash(word);
                pieces.known[usize::from(hash)] = true;
                pieces.before[usize::from(hash) / NEIGHBOURS + 1] += 1;
                pieces.places.push((hash, number, at));
            }
        }
        pieces.places.sort_unstable();
        for index in 1..pieces.before.len() {
            pieces.before[index] += pieces.before[index - 1];
        }
        Self { names, ..pieces }
    }

    /// Shows the place of each name behind its first NUL: every one that lies in `text`, whose last [`WORD`]
    /// bytes are not part of it but there so that words can be read.
    pub(super) fn search(&self, text: &[u8], mut found: impl FnMut(usize)) {
        if self.long {
            let (groups, rest) = text.as_chunks::<WORD>().0.as_chunks::<GROUP>();
            for (count, group) in groups.iter().enumerate() {
                // Hardly any is a name's: one branch for all of them.
                let [one, two, three, four] = *group;
                if self.knows(one) | self.knows(two) | self.knows(three) | self.knows(four) {
                    for (number, word) in group.iter().enumerate().filter(|(_, word)| self.knows(**word)) {
                        self.compare(text, *word, (count * GROUP + number) * WORD, &mut found);
                    }
                }
            }
            for (number, word) in rest.iter().enumerate() {
                self.compare(text, *word, (groups.len() * GROUP + number) * WORD, &mut found);
            }
        } else {
            for (at, word) in text.windows(WORD).enumerate() {
                if let Some(word) = word.first_chunk() {
                    self.compare(text, *word, at, &mut found);
                }
            }
        }
    }

    /// Fibonacci hashing of a word's piece: the upper bits of a product depend on all of what is multiplied, and the
    /// factor is such that nothing else of the word comes into it.
    #[inline]
    fn hash(&self, word: [u8; WORD]) -> u16 {
        (u64::from_le_bytes(word).wrapping_mul(self.factor) >> (u64::BITS - u16::BITS)) as u16
    }

    /// Whether a word can start with one of the names' pieces.
    #[inline]
    fn knows(&self, word: [u8; WORD]) -> bool {
        self.known[usize::from(self.hash(word))]
    }

    /// Compares the names that have a word's piece with the text around that word. Not where the others are looked
    /// at: this is rare, and that is to stay short.
    #[inline(never)]
    fn compare(&self, text: &[u8], word: [u8; WORD], at: usize, found: &mut impl FnMut(usize)) {
        let hash = self.hash(word);
        let index = usize::from(hash) / NEIGHBOURS;
        let text = &text[..text.len().saturating_sub(WORD)];
        let places = &self.places[self.before[index] as usize..self.before[index + 1] as usize];
        for (_, number, into) in places.iter().filter(|place| place.0 == hash) {
            let Some(start) = at.checked_sub(*into) else { continue };
            if text.get(start..).is_some_and(|text| text.starts_with(&self.names[*number])) {
                found(start + 1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Where the names begin.
    fn places(names: &[&str], text: &[u8]) -> BTreeSet<usize> {
        let mut seen = BTreeSet::new();
        let padded = [text, &[0; WORD]].concat();
        let names: Vec<_> = names.iter().map(|name| name.as_bytes()).collect();
        Pieces::new(&names).search(&padded, |at| {
            seen.insert(at);
        });
        seen
    }

    #[test]
    fn a_long_name_is_found_at_every_place() {
        let names = ["plugin.Open", "time.LoadLocation", "github.com/mattn/go-sqlite3."];
        for name in names {
            for front in 0..40 {
                let mut text = vec![b'x'; front];
                text.push(0);
                text.extend(name.as_bytes());
                text.push(0);
                assert_eq!(places(&names, &text), [front + 1].into(), "{name} behind {front}");
                text[front] = b'x';
                assert_eq!(places(&names, &text), [].into(), "{name} inside of another");
            }
        }
    }

    proptest! {
        #[test]
        fn no_name_is_lost(
            short in prop::collection::vec("[a-c.]{0,12}", 0..4),
            long in prop::collection::vec("[a-c/]{11,30}", 1..9),
            others in prop::collection::vec("[a-c./]{0,20}", 0..9),
        ) {
            let wanted: Vec<&str> = short.iter().chain(&long).map(String::as_str).collect();
            let text: Vec<&str> = others.iter().chain(&long).chain(&short).map(String::as_str).collect();
            for wanted in [&wanted[..], &wanted[short.len()..]] {
                let joined = format!("\0{}\0", text.join("\0"));
                let seen = places(wanted, joined.as_bytes());
                let mut at = 1;
                for name in &text {
                    let looked_for = |wanted: &&str| {
                        *wanted == *name || wanted.ends_with('.') && name.starts_with(*wanted)
                    };
                    prop_assert_eq!(seen.contains(&at), wanted.iter().any(looked_for), "{} at {}", name, at);
                    at += name.len() + 1;
                }
            }
        }
    }
}
