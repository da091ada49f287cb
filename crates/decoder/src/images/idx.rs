//! idx files, as MNIST's authors describe them, of square grey pictures; gzip around them is undone.

use std::borrow::Cow;

/// Largest file once unpacked.
const LARGEST: usize = 1 << 28;

/// The side, and the pictures one after the other.
pub(super) fn pictures(bytes: &[u8]) -> Result<(usize, Vec<u8>), &'static str> {
    let bytes = plain(bytes)?;
    // Unsigned bytes in three dimensions: count, rows, columns.
    let rest = bytes.strip_prefix(&[0, 0, 8, 3]).ok_or("it is no idx file of pictures")?;
    let (sizes, rest) = rest.split_first_chunk::<12>().ok_or("it is too short")?;
    let size = |k: usize| {
        let number = [sizes[k], sizes[k + 1], sizes[k + 2], sizes[k + 3]];
        u32::from_be_bytes(number) as usize
    };
    let (count, rows, columns) = (size(0), size(4), size(8));
    if rows != columns || rows == 0 || rows > 4096 {
        return Err("its pictures are not square");
    }
    match rest.len().checked_div(rows * columns) {
        Some(whole) if whole == count && rest.len() == count * rows * columns => {
            Ok((rows, rest.to_vec()))
        }
        _ => Err("it is too short, or too long"),
    }
}

/// The labels of an idx file.
pub(super) fn labels(bytes: &[u8]) -> Result<Vec<u8>, &'static str> {
    let bytes = plain(bytes)?;
    // Unsigned bytes in one dimension.
    let rest = bytes.strip_prefix(&[0, 0, 8, 1]).ok_or("it is no idx file of labels")?;
    let (count, rest) = rest.split_first_chunk::<4>().ok_or("it is too short")?;
    if u32::from_be_bytes(*count) as usize != rest.len() {
        return Err("it is too short, or too long");
    }
    Ok(rest.to_vec())
}

/// The file itself, where gzip may be around it.
fn plain(bytes: &[u8]) -> Result<Cow<'_, [u8]>, &'static str> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes.into());
    }
    Ok(unpack(bytes).ok_or("its compression is damaged")?.into())
}

/// What gzip packed (RFC 1952), its checksum not looked at.
fn unpack(bytes: &[u8]) -> Option<Vec<u8>> {
    let flags = *bytes.get(3)?;
    let mut rest = bytes.get(10..)?;
    if flags & 4 != 0 {
        let (length, after) = rest.split_first_chunk::<2>()?;
        rest = after.get(usize::from(u16::from_le_bytes(*length))..)?;
    }
    for flag in [8, 16] {
        if flags & flag != 0 {
            let end = rest.iter().position(|byte| *byte == 0)?;
            rest = &rest[end + 1..];
        }
    }
    if flags & 2 != 0 {
        rest = rest.get(2..)?;
    }
    miniz_oxide::inflate::decompress_to_vec_with_limit(rest, LARGEST).ok()
}
