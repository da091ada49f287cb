//! The files of a tar archive (POSIX.1-1988, ustar): regular files with names of up to 255 bytes.

use crate::error::Error;

/// Bytes of a header, and what everything is padded to.
const BLOCK: usize = 512;

/// The regular files, each with its name.
pub(super) fn files(archive: &[u8]) -> impl Iterator<Item = Result<(String, &[u8]), Error>> {
    let mut rest = archive;
    std::iter::from_fn(move || {
        loop {
            // Two empty blocks end the archive; what ends without them was cut off.
            let Some((header, after)) = rest.split_at_checked(BLOCK) else {
                return if std::mem::take(&mut rest).is_empty() && !archive.is_empty() {
                    None
                } else {
                    Some(Err(damaged("the archive", "it is no tar archive, or was cut off")))
                };
            };
            if header.iter().all(|byte| *byte == 0) {
                rest = &[];
                return None;
            }
            let name = name(header);
            let Some((file, next)) = size(header).and_then(|size| {
                let (file, _) = after.split_at_checked(size)?;
                Some((file, after.get(size.next_multiple_of(BLOCK)..).unwrap_or(&[])))
            }) else {
                rest = &[];
                return Some(Err(damaged(&name, "the archive is damaged here")));
            };
            rest = next;
            if matches!(header[156], 0 | b'0') {
                return Some(Ok((name, file)));
            }
        }
    })
}

/// Prefix and name.
fn name(header: &[u8]) -> String {
    let text = |field: &[u8]| {
        let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
        String::from_utf8_lossy(&field[..end]).into_owned()
    };
    let (prefix, name) = (text(&header[345..500]), text(&header[..100]));
    match (prefix.as_str(), name.as_str()) {
        ("", "") => "a file without a name".to_owned(),
        ("", name) => name.to_owned(),
        (prefix, name) => format!("{prefix}/{name}"),
    }
}

/// Bytes of the file, written in octal.
fn size(header: &[u8]) -> Option<usize> {
    let field = std::str::from_utf8(&header[124..136]).ok()?;
    usize::from_str_radix(field.trim_matches(['\0', ' ']), 8).ok()
}

fn damaged(name: &str, why: &str) -> Error {
    Error::Image { name: name.to_owned(), why: why.to_owned() }
}
