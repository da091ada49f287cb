//! A zip file whose bytes follow from its contents alone: entries in the order given, no clock.

use crate::shell::Outcome;
use miniz_oxide::deflate::compress_to_vec;

/// 1 January 1980, midnight: the first moment that zip can tell.
const DATE: u16 = (1 << 5) | 1;
/// Files that anyone may read, on Unix.
const READABLE: u32 = 0o100_644 << 16;
const LEVEL: u8 = 9;

/// A zip of the entries, names with `/` between folders. Each is deflated where that is shorter.
pub(crate) fn of(entries: &[(String, &[u8])]) -> Outcome<Vec<u8>> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for (name, bytes) in entries {
        let packed = compress_to_vec(bytes, LEVEL);
        let (method, body) =
            if packed.len() < bytes.len() { (8, &packed[..]) } else { (0, *bytes) };
        let start = narrow(out.len())?;
        let mut fields = Vec::new();
        for word in [20, 0, method, 0, DATE] {
            push16(&mut fields, word);
        }
        for word in [crc32(bytes), narrow(body.len())?, narrow(bytes.len())?] {
            push32(&mut fields, word);
        }
        push16(&mut fields, u16::try_from(name.len()).map_err(|_| format!("{name}: too long"))?);
        push16(&mut fields, 0);
        out.extend(b"PK\x03\x04");
        out.extend(&fields);
        out.extend(name.as_bytes());
        out.extend(body);

        directory.extend(b"PK\x01\x02");
        push16(&mut directory, (3 << 8) | 20); // made on Unix, so that the permissions count
        directory.extend(&fields);
        for word in [0, 0, 0] {
            push16(&mut directory, word);
        }
        for word in [READABLE, start] {
            push32(&mut directory, word);
        }
        directory.extend(name.as_bytes());
    }
    let count = u16::try_from(entries.len()).map_err(|_| "too many files for a zip")?;
    let (start, length) = (narrow(out.len())?, narrow(directory.len())?);
    out.extend(directory);
    out.extend(b"PK\x05\x06");
    for word in [0, 0, count, count] {
        push16(&mut out, word);
    }
    push32(&mut out, length);
    push32(&mut out, start);
    push16(&mut out, 0);
    Ok(out)
}

fn narrow(length: usize) -> Outcome<u32> {
    u32::try_from(length).map_err(|_| "too long for a zip".to_owned())
}

fn push16(out: &mut Vec<u8>, word: u16) {
    out.extend(word.to_le_bytes());
}

fn push32(out: &mut Vec<u8>, word: u32) {
    out.extend(word.to_le_bytes());
}

/// The checksum of zip, PNG and Ethernet.
fn crc32(bytes: &[u8]) -> u32 {
    let mut table = [0u32; 256];
    for (start, entry) in (0u32..).zip(&mut table) {
        *entry =
            (0..8).fold(start, |c, _| if c & 1 == 1 { (c >> 1) ^ 0xEDB8_8320 } else { c >> 1 });
    }
    let step = |crc: u32, byte: &u8| (crc >> 8) ^ table[((crc ^ u32::from(*byte)) & 0xFF) as usize];
    !bytes.iter().fold(!0, step)
}

/// Reads a zip of ours back, by its directory. For tests.
#[cfg(test)]
pub(crate) fn read(zip: &[u8]) -> Vec<(String, Vec<u8>)> {
    let word = |at: usize| usize::from(u16::from_le_bytes(zip[at..at + 2].try_into().unwrap()));
    let long = |at: usize| u32::from_le_bytes(zip[at..at + 4].try_into().unwrap());
    let end = zip.len() - 22;
    assert_eq!(&zip[end..end + 4], b"PK\x05\x06");
    let mut at = long(end + 16) as usize;
    let mut found = Vec::new();
    for _ in 0..word(end + 10) {
        assert_eq!(&zip[at..at + 4], b"PK\x01\x02");
        let (packed, size) = (long(at + 20) as usize, long(at + 24) as usize);
        let name = String::from_utf8(zip[at + 46..at + 46 + word(at + 28)].to_vec()).unwrap();
        let local = long(at + 42) as usize;
        assert_eq!(&zip[local..local + 4], b"PK\x03\x04");
        assert_eq!(zip[local + 4..local + 30], zip[at + 6..at + 32], "{name}: told twice, alike");
        let body = local + 30 + word(local + 26) + word(local + 28);
        let body = &zip[body..body + packed];
        let bytes = match word(at + 10) {
            0 => body.to_vec(),
            8 => miniz_oxide::inflate::decompress_to_vec(body).unwrap(),
            method => panic!("{name}: method {method}"),
        };
        assert_eq!((bytes.len(), crc32(&bytes)), (size, long(at + 16)), "{name}");
        found.push((name, bytes));
        at += 46 + word(at + 28);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_zip_s() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn what_goes_in_comes_out() {
        let noise: Vec<u8> = (0u32..5000).map(|k| (k.wrapping_mul(k) >> 7) as u8).collect();
        let long = b"brenier ".repeat(4000);
        let entries = [
            ("a/empty".to_owned(), &b""[..]),
            ("a/long.txt".to_owned(), &long[..]),
            ("noise.bin".to_owned(), &noise[..]),
        ];
        let zip = of(&entries).unwrap();
        let wanted: Vec<_> = entries.iter().map(|(n, b)| (n.clone(), b.to_vec())).collect();
        assert_eq!(read(&zip), wanted);
        assert!(zip.len() < 6000, "what can be shortened is: {}", zip.len());
        assert_eq!(zip, of(&entries).unwrap());
    }
}
