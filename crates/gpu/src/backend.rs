//! The machine that a solve runs on, chosen by a person or by what there is.

use crate::{
    cpu::{Cpu, samples},
    gpu::Gpu,
};
use transport::monte_carlo::{
    Adam, AdamSteps, CellMass, Draw, Estimate, MachineError, Machines, Planes, Want,
};

/// What to run on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Device {
    /// The GPU where there is a real one and the sites are many enough to be worth it: what plays
    /// one in software is slower than [`Cpu`].
    #[default]
    Auto,
    /// The processor.
    Cpu,
    /// A GPU, be it software.
    Gpu,
}

/// Coordinates of all sites below which a processor is done before a GPU is open.
const WORTH: usize = 512;

/// A machine on the GPU that goes on as one on the processor when the GPU fails.
pub struct Backend {
    gpu: Option<Gpu>,
    /// Ready from the start: it works with nothing but memory.
    cpu: Cpu,
    /// Why there is no GPU, or no more.
    trouble: Option<MachineError>,
    /// There was one, and it failed.
    failed: bool,
}

impl Backend {
    /// Opens a machine; `threads` for the one on the processor. Requires planes as [`Planes`] says.
    ///
    /// # Errors
    /// Where a GPU is asked for and there is none.
    pub async fn open(
        planes: Planes,
        device: Device,
        threads: usize,
    ) -> Result<Self, MachineError> {
        let opened = match device {
            Device::Cpu => None,
            Device::Auto if planes.len() * planes.dimension < WORTH => None,
            _ => Some(Gpu::open(planes.clone(), device == Device::Auto).await),
        };
        let (gpu, trouble) = match opened {
            None => (None, None),
            Some(Ok(gpu)) => (Some(gpu), None),
            Some(Err(trouble)) if device == Device::Gpu => return Err(trouble),
            Some(Err(trouble)) => (None, Some(trouble)),
        };
        Ok(Self { gpu, cpu: Cpu::new(planes, threads), trouble, failed: false })
    }

    /// The GPU, while it does the work.
    pub fn gpu(&self) -> Option<&Gpu> {
        self.gpu.as_ref()
    }

    /// Why the processor does the work though a GPU was wanted, or would have been taken: what it
    /// said when it was opened, or when it failed.
    pub fn trouble(&self) -> Option<&MachineError> {
        self.trouble.as_ref()
    }

    fn fail(&mut self, trouble: MachineError) {
        self.gpu = None;
        self.failed = true;
        self.trouble = Some(trouble);
    }
}

impl CellMass for Backend {
    fn planes(&self) -> &Planes {
        self.cpu.planes()
    }

    fn name(&self) -> String {
        match &self.gpu {
            Some(gpu) => gpu.name(),
            // Whoever watches or reads the report is told.
            None if self.failed => format!("{}, since the GPU failed", self.cpu.name()),
            None => self.cpu.name(),
        }
    }

    async fn estimate(
        &mut self,
        heights: &[f64],
        draw: Draw,
        want: Want,
    ) -> Result<Estimate, MachineError> {
        if let Some(gpu) = &mut self.gpu {
            match gpu.estimate(heights, draw, want).await {
                Ok(estimate) => return Ok(estimate),
                Err(trouble) => self.fail(trouble),
            }
        }
        self.cpu.estimate(heights, draw, want).await
    }

    async fn descend(
        &mut self,
        adam: &mut Adam,
        steps: &AdamSteps,
    ) -> Result<Estimate, MachineError> {
        if let Some(gpu) = &mut self.gpu {
            match gpu.descend(adam, steps).await {
                Ok(estimate) => return Ok(estimate),
                Err(trouble) => self.fail(trouble),
            }
        }
        self.cpu.descend(adam, steps).await
    }
}

/// Opens machines on a device.
#[derive(Clone, Copy, Debug)]
pub struct Devices {
    /// What to run on.
    pub device: Device,
    /// Threads of a machine on the processor, at least 1.
    pub threads: usize,
}

impl Machines for Devices {
    type Machine = Backend;
    type OfSamples = Cpu;

    async fn open(&self, planes: Planes) -> Result<Backend, MachineError> {
        Backend::open(planes, self.device, self.threads).await
    }

    fn of_samples(&self, planes: Planes, samples: Vec<f32>) -> Cpu {
        Cpu::of_samples(planes, self.threads, samples)
    }

    fn samples(&self, planes: &Planes, draw: Draw) -> Vec<f32> {
        samples(planes, draw)
    }
}
