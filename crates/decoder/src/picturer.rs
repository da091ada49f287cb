//! A decoder ready for use.

use crate::decoder::Decoder;
use crate::error::Error;
use crate::file::{self, About};
use crate::labeller::{self, Labeller};
use crate::shape::Shape;
use crate::weights::{numbers, weights, with_weights};
use burn::tensor::{Device, Tensor, TensorData};
#[cfg(feature = "gpu")]
use burn::tensor::{DeviceKind, DeviceType};

/// Pictures decoded at once: many thousands together would fill the memory of a page.
const PART: usize = 32;

/// What computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Backend {
    /// burn-flex.
    #[cfg(feature = "flex")]
    Flex,
    /// burn-ndarray, which its authors deprecate.
    #[cfg(feature = "ndarray")]
    Ndarray,
    /// burn-wgpu on the fastest GPU, for training. Where there is none, its first use panics: see
    /// [`Backend::gpu`].
    #[cfg(feature = "gpu")]
    Gpu,
}

impl Backend {
    /// The first there is.
    #[cfg(feature = "flex")]
    pub const DEFAULT: Self = Self::Flex;
    /// The only one there is.
    #[cfg(all(feature = "ndarray", not(feature = "flex")))]
    pub const DEFAULT: Self = Self::Ndarray;

    /// [`Backend::Gpu`] with the name of the GPU, where there is one that no processor plays.
    #[cfg(feature = "gpu")]
    pub fn gpu() -> Option<(Self, String)> {
        let software = ["llvmpipe", "lavapipe", "swiftshader", "basic render driver", "software"];
        Device::enumerate(DeviceType::Wgpu).into_vec().iter().find_map(|device| {
            let name = device.identity()?.name;
            let low = name.to_lowercase();
            let real = !software.iter().any(|known| low.contains(known));
            real.then_some((Self::Gpu, name))
        })
    }

    /// `flex`, `ndarray` or `gpu`.
    pub fn name(self) -> &'static str {
        match self {
            #[cfg(feature = "flex")]
            Self::Flex => "flex",
            #[cfg(feature = "ndarray")]
            Self::Ndarray => "ndarray",
            #[cfg(feature = "gpu")]
            Self::Gpu => "gpu",
        }
    }

    pub(crate) fn device(self) -> Device {
        match self {
            #[cfg(feature = "flex")]
            Self::Flex => Device::flex(),
            #[cfg(feature = "ndarray")]
            #[allow(deprecated)] // compared with, and offered where asked for
            Self::Ndarray => Device::ndarray(),
            #[cfg(feature = "gpu")]
            Self::Gpu => Device::wgpu(DeviceKind::DefaultDevice),
        }
    }

    /// In how many parts a batch is trained on, of so many where there is a thread for each: a GPU
    /// has one queue, and its kernels want much work at once.
    #[cfg(feature = "training")]
    pub(crate) fn parts(self, threads: usize) -> usize {
        match self {
            #[cfg(feature = "gpu")]
            Self::Gpu => 1,
            _ => threads,
        }
    }
}

/// Pictures from codes.
#[derive(Clone, Debug)]
pub struct Picturer {
    shape: Shape,
    decoder: Decoder,
    device: Device,
}

impl Picturer {
    /// What is in a `.bdec` file, with what that says of itself.
    ///
    /// # Errors
    /// Codes `decoder-foreign`, `decoder-version`, `decoder-damaged`, `decoder-header`,
    /// `decoder-shape`, `decoder-not-finite`.
    pub fn read(bytes: &[u8], backend: Backend) -> Result<(Self, About), Error> {
        let (about, all) = file::read(bytes)?;
        let classes = about.labels.as_ref().map_or(0, |labels| labels.classes.len());
        let behind = if classes > 0 { labeller::weights(&about.shape, classes) } else { 0 };
        let own = all.len().checked_sub(behind).and_then(|own| all.get(..own));
        let picturer = Self::new(&about.shape, own.ok_or(file::misfit())?, backend)?;
        Ok((picturer, about))
    }

    /// Of these weights, in the order of the layers.
    ///
    /// # Errors
    /// Codes `decoder-shape`, `decoder-damaged` where they are too few or too many.
    pub fn new(shape: &Shape, weights: &[f32], backend: Backend) -> Result<Self, Error> {
        shape.check()?;
        // Before anything is made of a shape that would fill the memory.
        if weights.len() != shape.decoder_weights() {
            return Err(file::misfit());
        }
        let device = backend.device();
        let decoder = with_weights(Decoder::new(shape, &device), weights).ok_or(file::misfit())?;
        Ok(Self { shape: shape.clone(), decoder, device })
    }

    /// The `.bdec` file, in half precision.
    ///
    /// # Errors
    /// Code `decoder-not-finite`: a weight is beyond ±65,504.
    pub fn write(&self, about: &About) -> Result<Vec<u8>, Error> {
        let about = About { shape: self.shape.clone(), labels: None, ..about.clone() };
        file::write(&about, &weights(&self.decoder))
    }

    /// The same with a classifier behind it, of the classes that `about` names.
    ///
    /// # Errors
    /// As [`Picturer::write`], and `decoder-damaged` where the classifier has other classes.
    pub fn write_labelled(&self, about: &About, labeller: &Labeller) -> Result<Vec<u8>, Error> {
        let about = About { shape: self.shape.clone(), ..about.clone() };
        let classes = about.labels.as_ref().map_or(0, |labels| labels.classes.len());
        let own = labeller.weights();
        if own.len() != labeller::weights(&about.shape, classes) {
            return Err(file::misfit());
        }
        file::write(&about, &[weights(&self.decoder), own].concat())
    }

    /// The pictures' size, and that of codes.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// The pictures of codes, one after the other; each picture channel by channel, row by row, from
    /// 0 (black) to 1 (white).
    ///
    /// # Errors
    /// Code `decoder-codes`: they are not whole, or not finite.
    pub fn decode(&self, codes: &[f32]) -> Result<Vec<f32>, Error> {
        let latent = self.shape.latent;
        if !codes.len().is_multiple_of(latent) || !codes.iter().all(|x| x.is_finite()) {
            return Err(Error::Codes { latent });
        }
        let mut pictures = Vec::with_capacity(codes.len() / latent * self.shape.pixels());
        for part in codes.chunks(PART * latent) {
            let data = TensorData::new(part.to_vec(), [part.len() / latent, latent]);
            let part = self.decoder.decode(Tensor::from_data(data, &self.device));
            pictures.extend(numbers(part).into_iter().map(|x| x.clamp(0.0, 1.0)));
        }
        Ok(pictures)
    }

    /// The same pictures as a canvas takes them: red, green, blue and opacity of each pixel, row by
    /// row, from 0 to 255.
    ///
    /// # Errors
    /// As for [`Self::decode`].
    pub fn pixels(&self, codes: &[f32]) -> Result<Vec<u8>, Error> {
        let planes = self.decode(codes)?;
        let plane = self.shape.side * self.shape.side;
        let mut pixels = Vec::with_capacity(4 * planes.len() / self.shape.channels);
        for picture in planes.chunks_exact(self.shape.pixels()) {
            for place in 0..plane {
                for channel in 0..3 {
                    // A grey picture has one plane for all three.
                    let value = picture[channel % self.shape.channels * plane + place];
                    pixels.push((255.0 * value).round() as u8);
                }
                pixels.push(u8::MAX);
            }
        }
        Ok(pixels)
    }
}
