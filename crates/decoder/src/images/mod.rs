//! Training data: pictures out of archives, and contact sheets as PNG. Bytes in, bytes out.

mod idx;
mod sheet;
mod tar;

pub use sheet::{sheet, strip};

use crate::error::Error;
use crate::shape::Shape;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions};

/// The labels of an idx file, as MNIST has them, plain or compressed by gzip.
///
/// # Errors
/// Code `decoder-image`: the file is damaged, or holds something else.
pub fn labels(name: &str, bytes: &[u8]) -> Result<Vec<u8>, Error> {
    idx::labels(bytes).map_err(|why| Error::Image { name: name.to_owned(), why: why.to_owned() })
}

/// Pictures of one size, in bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Pictures {
    side: usize,
    channels: usize,
    /// Picture by picture, channel by channel, row by row.
    bytes: Vec<u8>,
    /// Of each picture, from its file's name or its place.
    numbers: Vec<u32>,
}

impl Pictures {
    /// None, of this shape's size.
    pub fn new(shape: &Shape) -> Self {
        let (side, channels) = (shape.side, shape.channels);
        Self { side, channels, bytes: vec![], numbers: vec![] }
    }

    /// Adds the JPEGs of a tar archive, each numbered by the digits of its name: those whose number
    /// is wanted.
    ///
    /// # Errors
    /// Code `decoder-image`: the archive is damaged, or a picture is not such a JPEG.
    pub fn add_tar(
        &mut self,
        archive: &[u8],
        mut wanted: impl FnMut(u32) -> bool,
    ) -> Result<(), Error> {
        for file in tar::files(archive) {
            let (name, jpeg) = file?;
            if !name.ends_with(".jpg") {
                continue;
            }
            let last = name.rsplit('/').next().unwrap_or(&name);
            let digits: String = last.chars().filter(char::is_ascii_digit).collect();
            let number = digits.parse().map_err(|_| Error::Image {
                name: name.clone(),
                why: "its name has no number".into(),
            })?;
            if wanted(number) {
                self.add_jpeg(&name, jpeg)?;
                self.numbers.push(number);
            }
        }
        Ok(())
    }

    /// Adds the pictures of an idx file, as MNIST has them, plain or compressed by gzip; numbered
    /// from 0.
    ///
    /// # Errors
    /// Code `decoder-image`: the file is damaged, or its pictures have another size.
    pub fn add_idx(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let refused = |why: String| Error::Image { name: name.to_owned(), why };
        let (side, pictures) = idx::pictures(bytes).map_err(|why| refused(why.to_owned()))?;
        if (side, 1) != (self.side, self.channels) {
            return Err(refused(format!("its pictures are grey and {side} pixels wide")));
        }
        self.numbers.extend(0..(pictures.len() / (side * side)) as u32);
        self.bytes.extend(pictures);
        Ok(())
    }

    fn add_jpeg(&mut self, name: &str, jpeg: &[u8]) -> Result<(), Error> {
        let refused = |why: String| Error::Image { name: name.to_owned(), why };
        let colours = if self.channels == 3 { ColorSpace::RGB } else { ColorSpace::Luma };
        let options = DecoderOptions::default().jpeg_set_out_colorspace(colours);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg), options);
        let pixels = decoder.decode().map_err(|e| refused(e.to_string()))?;
        let size = decoder.dimensions().unwrap_or_default();
        if size != (self.side, self.side) || pixels.len() != self.size() {
            return Err(refused(format!("it is {} by {}, not {} wide", size.0, size.1, self.side)));
        }
        for channel in 0..self.channels {
            self.bytes.extend(pixels.iter().skip(channel).step_by(self.channels));
        }
        Ok(())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// Each picture's number.
    pub fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// The pictures whose number is chosen, and the others.
    #[must_use]
    pub fn split(self, mut chosen: impl FnMut(u32) -> bool) -> (Self, Self) {
        let (side, channels, size) = (self.side, self.channels, self.size());
        let none = || Self { side, channels, bytes: vec![], numbers: vec![] };
        let (mut yes, mut no) = (none(), none());
        for (number, picture) in self.numbers.iter().zip(self.bytes.chunks_exact(size)) {
            let to = if chosen(*number) { &mut yes } else { &mut no };
            to.numbers.push(*number);
            to.bytes.extend(picture);
        }
        (yes, no)
    }

    /// The picture at `index`, from 0 to 1, appended to `to`: channel by channel, row by row, and
    /// mirrored if asked for.
    ///
    /// # Panics
    /// There are no more than [`Pictures::len`].
    pub fn put(&self, index: usize, mirrored: bool, to: &mut Vec<f32>) {
        let size = self.size();
        let scale = |byte: &u8| f32::from(*byte) / 255.0;
        for row in self.bytes[index * size..][..size].chunks_exact(self.side) {
            if mirrored {
                to.extend(row.iter().rev().map(scale));
            } else {
                to.extend(row.iter().map(scale));
            }
        }
    }

    pub(crate) fn size(&self) -> usize {
        self.channels * self.side * self.side
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grey idx file of two pictures, 2 × 2.
    const IDX: [u8; 24] =
        [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 0, 51, 102, 153, 255, 0, 0, 255];

    fn tiny() -> Pictures {
        Pictures::new(&Shape { side: 2, channels: 1, latent: 2, widths: vec![1] })
    }

    #[test]
    fn pictures_of_an_idx_file_are_numbers_from_0_to_1() {
        let mut pictures = tiny();
        pictures.add_idx("digits", &IDX).unwrap();
        let mut numbers = Vec::new();
        pictures.put(0, false, &mut numbers);
        pictures.put(0, true, &mut numbers);
        assert_eq!(numbers, [0.0, 0.2, 0.4, 0.6, 0.2, 0.0, 0.6, 0.4]);
        let (held, rest) = pictures.split(|number| number == 1);
        assert_eq!((held.len(), rest.numbers()), (1, [0].as_slice()));
    }

    #[test]
    fn labels_of_an_idx_file_are_bytes() {
        let file = [0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 2];
        assert_eq!(labels("digits", &file).unwrap(), [7, 0, 2]);
        assert!(labels("digits", &file[..10]).unwrap_err().to_string().contains("short"));
        assert_eq!(labels("digits", &IDX).unwrap_err().code(), "decoder-image");
    }

    #[test]
    fn other_sizes_and_short_files_are_refused() {
        let says = |bytes: &[u8]| tiny().add_idx("digits", bytes).unwrap_err().to_string();
        assert!(says(&IDX[..23]).contains("short"));
        assert!(says(b"\0\0\x08\x01").contains("no idx file"));
        let mut wider = Pictures::new(&Shape::digits(8));
        assert_eq!(wider.add_idx("digits", &IDX).unwrap_err().code(), "decoder-image");
    }

    #[test]
    fn a_compressed_idx_file_is_the_same() {
        let mut gzip = vec![0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3];
        gzip.extend(b"name\0");
        gzip.extend(miniz_oxide::deflate::compress_to_vec(&IDX, 6));
        gzip.extend([0; 8]);
        let (mut plain, mut packed) = (tiny(), tiny());
        plain.add_idx("digits", &IDX).unwrap();
        packed.add_idx("digits", &gzip).unwrap();
        assert_eq!(plain, packed);
        gzip.truncate(20);
        assert!(tiny().add_idx("digits", &gzip).is_err());
    }

    /// A tar archive of files.
    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut to = Vec::new();
        for (name, bytes) in files {
            let mut header = [0; 512];
            header[..name.len()].copy_from_slice(name.as_bytes());
            let size = format!("{:011o}", bytes.len());
            header[124..135].copy_from_slice(size.as_bytes());
            header[156] = b'0';
            to.extend(header);
            to.extend(*bytes);
            to.resize(to.len().next_multiple_of(512), 0);
        }
        to.resize(to.len() + 1024, 0);
        to
    }

    #[test]
    fn what_is_no_picture_in_an_archive_is_named() {
        let mut pictures = Pictures::new(&Shape::faces(8));
        pictures.add_tar(&archive(&[("a/readme.txt", b"x")]), |_| true).unwrap();
        assert!(pictures.is_empty());
        let bad = archive(&[("set64/000007.jpg", b"no picture")]);
        pictures.add_tar(&bad, |number| number != 7).unwrap();
        let error = pictures.add_tar(&bad, |_| true).unwrap_err();
        assert!(error.to_string().starts_with("set64/000007.jpg: "), "{error}");
        let error = pictures.add_tar(&bad[..600], |_| true);
        assert!(error.is_err());
        assert!(pictures.add_tar(b"no archive", |_| true).is_err());
    }
}
