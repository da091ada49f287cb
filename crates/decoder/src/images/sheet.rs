//! Contact sheets, as PNG.

use crate::shape::Shape;
use miniz_oxide::deflate::compress_to_vec_zlib;

/// Pixels between pictures.
const GAP: usize = 2;
/// Levels of compression: 1 is the quickest.
const LEVEL: u8 = 4;

/// A PNG of pictures, `columns` in a row: those of `pictures` one after the other, each channel by
/// channel and row by row, from 0 to 1; what is beyond is cut off.
pub fn sheet(shape: &Shape, pictures: &[f32], columns: usize) -> Vec<u8> {
    png(shape, pictures, columns, GAP)
}

/// A PNG of pictures in one row, edge to edge.
pub fn strip(shape: &Shape, pictures: &[f32]) -> Vec<u8> {
    png(shape, pictures, pictures.len() / shape.pixels(), 0)
}

fn png(shape: &Shape, pictures: &[f32], columns: usize, gap: usize) -> Vec<u8> {
    let (side, channels, size) = (shape.side, shape.channels, shape.pixels());
    let columns = columns.max(1);
    let rows = (pictures.len() / size).div_ceil(columns);
    let (width, height) = (columns * (side + gap) + gap, rows * (side + gap) + gap);
    // Each line of a PNG begins with how it was filtered: not at all.
    let stride = 1 + width * channels;
    let mut lines = vec![255; stride * height];
    lines.iter_mut().step_by(stride).for_each(|filter| *filter = 0);
    for (k, picture) in pictures.chunks_exact(size).enumerate() {
        let (x0, y0) = (gap + k % columns * (side + gap), gap + k / columns * (side + gap));
        for (place, value) in picture.iter().enumerate() {
            let (channel, y, x) = (place / (side * side), place / side % side, place % side);
            let byte = (value.clamp(0.0, 1.0) * 255.0).round() as u8;
            lines[(y0 + y) * stride + 1 + (x0 + x) * channels + channel] = byte;
        }
    }
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = [width as u32, height as u32].map(u32::to_be_bytes).concat();
    header.extend([8, if channels == 3 { 2 } else { 0 }, 0, 0, 0]);
    chunk(&mut png, b"IHDR", &header);
    chunk(&mut png, b"IDAT", &compress_to_vec_zlib(&lines, LEVEL));
    chunk(&mut png, b"IEND", &[]);
    png
}

/// Length, name, bytes, and the checksum of the last two.
fn chunk(png: &mut Vec<u8>, name: &[u8; 4], bytes: &[u8]) {
    png.extend((bytes.len() as u32).to_be_bytes());
    png.extend(name);
    png.extend(bytes);
    let sum = crc(name.iter().chain(bytes));
    png.extend(sum.to_be_bytes());
}

/// CRC-32 of ISO 3309, as PNG wants it.
fn crc<'a>(bytes: impl Iterator<Item = &'a u8>) -> u32 {
    !bytes.fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 * (sum & 1)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_a_png_with_the_pictures_side_by_side() {
        assert_eq!(crc(b"123456789".iter()), 0xcbf4_3926);
        let shape = Shape { side: 2, channels: 3, latent: 2, widths: vec![1] };
        let (black, red) = ([0.0; 12], [1.0, 2.0, 1.0, 1.0, -1.0, 0., 0., 0., 0., 0., 0., 0.]);
        let png = sheet(&shape, &[black, red].concat(), 2);
        assert_eq!(&png[12..26], b"IHDR\0\0\0\x0a\0\0\0\x06\x08\x02");
        let start = png.windows(4).position(|w| w == b"IDAT").unwrap() + 4;
        let lines = miniz_oxide::inflate::decompress_to_vec_zlib(&png[start..]).unwrap();
        assert_eq!(lines.len(), 31 * 6);
        let line = &lines[2 * 31..3 * 31];
        assert_eq!(line[..7], [0, 255, 255, 255, 255, 255, 255]);
        assert_eq!(line[7..13], [0; 6]);
        assert_eq!(line[19..25], [255, 0, 0, 255, 0, 0]);
    }
}
