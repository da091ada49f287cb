//! Bits, Rice codes, base64url and a check sum: what a link is made of.

/// A writer of bits, the highest of each byte first.
#[derive(Default)]
pub(crate) struct Writer {
    bytes: Vec<u8>,
    free: u32,
}

impl Writer {
    /// The lowest `count` bits of `value`, at most 64.
    pub(crate) fn bits(&mut self, value: u64, count: u32) {
        for k in (0..count).rev() {
            if self.free == 0 {
                self.bytes.push(0);
                self.free = 8;
            }
            self.free -= 1;
            if value >> k & 1 == 1
                && let Some(last) = self.bytes.last_mut()
            {
                *last |= 1 << self.free;
            }
        }
    }

    /// A number of any size in groups of 7 bits.
    pub(crate) fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bits(value & 0x7f | 0x80, 8);
            value >>= 7;
        }
        self.bits(value, 8);
    }

    /// Numbers by a Rice code: quotient by 2ᵏ in unary, remainder in k bits. The k with the
    /// fewest bits stands first. A quotient of [`ESCAPE`] announces 64 plain bits.
    pub(crate) fn rice(&mut self, values: &[u64]) {
        let cost = |k: u32| -> u64 {
            let bits = |v: &u64| match v >> k {
                q if q < ESCAPE => q + 1 + u64::from(k),
                _ => ESCAPE + 64,
            };
            values.iter().map(bits).sum()
        };
        let k = (0..=60).min_by_key(|&k| cost(k)).unwrap_or(0);
        self.bits(u64::from(k), 6);
        for &v in values {
            let q = v >> k;
            for _ in 0..q.min(ESCAPE) {
                self.bits(1, 1);
            }
            if q < ESCAPE {
                self.bits(0, 1);
                self.bits(v, k);
            } else {
                self.bits(v, 64);
            }
        }
    }

    /// The bytes, with two of check sum behind them.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        let [a, b] = checksum(&self.bytes);
        self.bytes.extend([a, b]);
        self.bytes
    }
}

const ESCAPE: u64 = 24;

/// A reader of what [`Writer`] wrote; every read says `None` at the end.
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// A reader of the payload, if its check sum is right.
    pub(crate) fn new(bytes: &'a [u8]) -> Option<Self> {
        let (payload, sum) = bytes.split_at_checked(bytes.len().checked_sub(2)?)?;
        (checksum(payload) == sum).then_some(Reader { bytes: payload, at: 0 })
    }

    pub(crate) fn bits(&mut self, count: u32) -> Option<u64> {
        let mut value = 0;
        for _ in 0..count {
            let byte = *self.bytes.get(self.at / 8)?;
            value = value << 1 | u64::from(byte >> (7 - self.at % 8) & 1);
            self.at += 1;
        }
        Some(value)
    }

    pub(crate) fn varint(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.bits(8)?;
            value |= (byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    pub(crate) fn rice(&mut self, count: usize) -> Option<Vec<u64>> {
        let k = self.bits(6)? as u32;
        // Each number takes a bit at least, so a lying count cannot ask for much memory.
        if count > self.bytes.len() * 8 {
            return None;
        }
        let one = |reader: &mut Self| {
            let mut q = 0;
            while q < ESCAPE && reader.bits(1)? == 1 {
                q += 1;
            }
            if q == ESCAPE { reader.bits(64) } else { Some(q << k | reader.bits(k)?) }
        };
        (0..count).map(|_| one(self)).collect()
    }
}

/// Fletcher's check sum modulo 255.
fn checksum(bytes: &[u8]) -> [u8; 2] {
    let (mut a, mut b) = (1_u32, 0_u32);
    for &byte in bytes {
        a = (a + u32::from(byte)) % 255;
        b = (b + a) % 255;
    }
    [a as u8, b as u8]
}

/// Signed numbers as unsigned ones, small for small.
pub(crate) fn zigzag(v: i64) -> u64 {
    (v << 1 ^ v >> 63) as u64
}

/// The inverse of [`zigzag`].
pub(crate) fn unzigzag(v: u64) -> i64 {
    (v >> 1) as i64 ^ -((v & 1) as i64)
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Base64url without padding (RFC 4648, section 5).
pub(crate) fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 4 / 3 + 3);
    for group in bytes.chunks(3) {
        let value =
            group.iter().enumerate().fold(0_u32, |v, (i, &b)| v | u32::from(b) << (16 - 8 * i));
        for k in 0..=group.len() {
            out.push(char::from(ALPHABET[(value >> (18 - 6 * k) & 63) as usize]));
        }
    }
    out
}

/// The bytes of a base64url text, or nothing if it is not one.
pub(crate) fn unbase64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    for group in text.as_bytes().chunks(4) {
        if group.len() == 1 {
            return None;
        }
        let mut value = 0_u32;
        for (k, c) in group.iter().enumerate() {
            let digit = ALPHABET.iter().position(|a| a == c)? as u32;
            value |= digit << (18 - 6 * k);
        }
        out.extend((0..group.len() - 1).map(|i| (value >> (16 - 8 * i)) as u8));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rice_codes_read_back(values in prop::collection::vec(any::<u64>(), 0..50),
                                small in prop::collection::vec(0_u64..300, 0..200)) {
            let mut w = Writer::default();
            w.varint(values.len() as u64);
            w.rice(&values);
            w.rice(&small);
            let bytes = w.finish();
            let mut r = Reader::new(&bytes).unwrap();
            let n = r.varint().unwrap() as usize;
            prop_assert_eq!(r.rice(n).unwrap(), values);
            prop_assert_eq!(r.rice(small.len()).unwrap(), small);
        }

        #[test]
        fn base64_reads_back(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            prop_assert_eq!(unbase64(&base64(&bytes)), Some(bytes));
        }

        #[test]
        fn zigzag_is_a_bijection(v in any::<i64>()) {
            prop_assert_eq!(unzigzag(zigzag(v)), v);
        }

        #[test]
        fn one_changed_byte_is_noticed(bytes in prop::collection::vec(any::<u8>(), 1..40),
                                       at in any::<prop::sample::Index>(), by in 1_u8..254) {
            let mut w = Writer::default();
            for b in &bytes { w.bits(u64::from(*b), 8); }
            let mut sent = w.finish();
            let k = at.index(bytes.len());
            let changed = ((u32::from(sent[k]) + u32::from(by)) % 255) as u8;
            prop_assume!(changed % 255 != sent[k] % 255);
            sent[k] = changed;
            prop_assert!(Reader::new(&sent).is_none());
        }
    }

    #[test]
    fn known_base64() {
        assert_eq!(base64(b"light work."), "bGlnaHQgd29yay4");
        assert_eq!(unbase64("a"), None);
        assert_eq!(unbase64("ab+/"), None);
    }
}
