//! The one place that talks to wgpu: opens a device and executes recordings on it.

use crate::{
    kernels::{Access, Kernel},
    recording::{BufferId, Command, Dispatch, PARAMS, Recording},
    signal::{Slot, Trouble},
};
use std::{sync::Arc, time::Duration};
use transport::monte_carlo::MachineError;

/// Submissions under way at a time: enough that the device never waits for the next one.
const IN_FLIGHT: usize = 4;

/// Bytes from one `Params` to the next, as every device allows.
const PARAMS_STRIDE: usize = 256;

/// A graphics device with its buffers.
#[derive(Debug)]
pub struct Executor {
    device: wgpu::Device,
    queue: wgpu::Queue,
    info: wgpu::AdapterInfo,
    trouble: Trouble,
    pipelines: Vec<(Kernel, wgpu::ComputePipeline)>,
    buffers: Vec<Option<wgpu::Buffer>>,
}

impl Executor {
    /// Opens the fastest device there is; with `real`, none that a processor plays.
    pub async fn open(real: bool) -> Result<Self, MachineError> {
        let mut description = wgpu::InstanceDescriptor::new_without_display_handle();
        description.backends = wgpu::Backends::PRIMARY;
        let options = wgpu::RequestAdapterOptions {
            power_preference: wgpu::PowerPreference::HighPerformance,
            ..wgpu::RequestAdapterOptions::default()
        };
        let instance = wgpu::Instance::new(description);
        let adapter = instance.request_adapter(&options).await.map_err(failed("no GPU"))?;
        let info = adapter.get_info();
        if real && is_software(&info) {
            return Err(MachineError(format!("no GPU but {}, which is software", info.name)));
        }
        let offered = adapter.limits();
        // WebGPU's own limits, which every kernel keeps to, but larger buffers where they are had.
        let limits = wgpu::Limits {
            max_buffer_size: offered.max_buffer_size,
            max_storage_buffer_binding_size: offered.max_storage_buffer_binding_size,
            ..wgpu::Limits::default().or_worse_values_from(&offered)
        };
        let needed = wgpu::Limits::default();
        if limits.max_compute_invocations_per_workgroup
            < needed.max_compute_invocations_per_workgroup
            || limits.max_compute_workgroup_storage_size < needed.max_compute_workgroup_storage_size
            || limits.max_storage_buffers_per_shader_stage
                < needed.max_storage_buffers_per_shader_stage
        {
            return Err(MachineError(format!("{} computes too little for WebGPU", info.name)));
        }
        let description = wgpu::DeviceDescriptor {
            required_limits: limits,
            memory_hints: wgpu::MemoryHints::MemoryUsage,
            ..wgpu::DeviceDescriptor::default()
        };
        let (device, queue) =
            adapter.request_device(&description).await.map_err(failed("GPU refused"))?;
        let trouble = Trouble::default();
        let lost = trouble.clone();
        device.set_device_lost_callback(move |_, why| lost.set(format!("GPU lost: {why}")));
        let error = trouble.clone();
        device.on_uncaptured_error(Arc::new(move |why| error.set(format!("GPU: {why}"))));
        let (pipelines, buffers) = (Vec::new(), Vec::new());
        Ok(Self { device, queue, info, trouble, pipelines, buffers })
    }

    /// The interface and the adapter, in words: `Vulkan: llvmpipe (…)`.
    pub fn name(&self) -> String {
        let interface = match self.info.backend {
            wgpu::Backend::BrowserWebGpu => "WebGPU".to_owned(),
            wgpu::Backend::Vulkan => "Vulkan".to_owned(),
            wgpu::Backend::Metal => "Metal".to_owned(),
            wgpu::Backend::Dx12 => "Direct3D 12".to_owned(),
            other => format!("{other:?}"),
        };
        // Browsers may keep the adapter's name to themselves.
        if self.info.name.is_empty() {
            return interface;
        }
        format!("{interface}: {}", self.info.name)
    }

    /// Whether a processor plays the device.
    pub fn is_software(&self) -> bool {
        is_software(&self.info)
    }

    /// Largest number of words of a buffer that a kernel binds.
    pub fn largest(&self) -> usize {
        let limits = self.device.limits();
        let bytes = limits.max_buffer_size.min(limits.max_storage_buffer_binding_size);
        usize::try_from(bytes / 4).unwrap_or(usize::MAX)
    }

    /// Multiply-adds that a submission may have: a tenth of a second of a slow device of the kind.
    /// Desktops reset a device after two seconds, browsers after some more.
    pub fn work(&self) -> u64 {
        match self.info.device_type {
            _ if self.is_software() => 1 << 30,
            wgpu::DeviceType::DiscreteGpu => 1 << 36,
            _ => 1 << 34,
        }
    }

    /// A buffer of `words` words, at least 1, all zero.
    pub fn create(&mut self, words: usize) -> BufferId {
        let buffer = self.device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            // Kernels may see it as an array of quadruples.
            size: 4 * words.next_multiple_of(4) as u64,
            usage: wgpu::BufferUsages::STORAGE
                | wgpu::BufferUsages::COPY_DST
                | wgpu::BufferUsages::COPY_SRC,
            mapped_at_creation: false,
        });
        self.buffers.push(Some(buffer));
        BufferId(self.buffers.len() - 1)
    }

    /// Gives a buffer's memory back. Commands must not name it any more.
    pub fn release(&mut self, buffer: BufferId) {
        self.buffers[buffer.0] = None;
    }

    /// Gives the device back: whatever is asked of it from now on is an error.
    pub fn destroy(&self) {
        self.trouble.set("GPU lost: given back".to_owned());
        self.device.destroy();
    }

    /// Executes a recording; returns what its read-backs brought, in order. Natively it blocks the
    /// thread while the device works.
    ///
    /// # Errors
    /// Where the device was lost, or said that something is wrong.
    pub async fn execute(&mut self, recording: &Recording) -> Result<Vec<Vec<u32>>, MachineError> {
        self.trouble.check()?;
        let params = self.params(recording);
        let mut encoder = Encoder::new(&self.device);
        let (mut dispatched, mut submitted) = (0, 0);
        let mut staged = Vec::new();
        let mut bound: Vec<(&Dispatch, wgpu::ComputePipeline, wgpu::BindGroup)> = Vec::new();
        for command in &recording.commands {
            match command {
                Command::Upload(to, words) => {
                    // Writes go before all of the next submission.
                    self.queue.submit([encoder.finish(&self.device)]);
                    self.queue.write_buffer(self.buffer(*to)?, 0, &bytes(words));
                }
                Command::Clear(buffer) => {
                    encoder.copy().clear_buffer(self.buffer(*buffer)?, 0, None)
                }
                Command::Dispatch(dispatch) => {
                    // Many dispatches are the same but for their params.
                    let same = |(with, ..): &&(&Dispatch, _, _)| {
                        with.kernel == dispatch.kernel && with.buffers == dispatch.buffers
                    };
                    let (pipeline, group) = match bound.iter().find(same) {
                        Some((_, pipeline, group)) => (pipeline.clone(), group.clone()),
                        None => {
                            let pipeline = self.pipeline(dispatch.kernel);
                            let group = self.group(dispatch, &pipeline, &params)?;
                            bound.push((dispatch, pipeline.clone(), group.clone()));
                            (pipeline, group)
                        }
                    };
                    let pass = encoder.pass();
                    pass.set_pipeline(&pipeline);
                    pass.set_bind_group(0, &group, &[(dispatched * PARAMS_STRIDE) as u32]);
                    pass.dispatch_workgroups(dispatch.workgroups[0], dispatch.workgroups[1], 1);
                    dispatched += 1;
                }
                Command::Submit => {
                    self.queue.submit([encoder.finish(&self.device)]);
                    submitted += 1;
                    if submitted % IN_FLIGHT == 0 {
                        self.idle().await?;
                    }
                }
                Command::Read(from, words) => {
                    let size = 4 * *words as u64;
                    let to = self.device.create_buffer(&wgpu::BufferDescriptor {
                        label: None,
                        size,
                        usage: wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST,
                        mapped_at_creation: false,
                    });
                    encoder.copy().copy_buffer_to_buffer(self.buffer(*from)?, 0, &to, 0, size);
                    staged.push(to);
                }
            }
        }
        self.queue.submit([encoder.finish(&self.device)]);
        let mut read = Vec::new();
        for buffer in &staged {
            let slot = Slot::default();
            let filled = slot.clone();
            buffer.map_async(wgpu::MapMode::Read, .., move |result| filled.set(result));
            let mapped = self.answer(slot).await?;
            self.trouble.check()?;
            mapped.map_err(failed("GPU gave nothing back"))?;
            let view = buffer.get_mapped_range(..).map_err(failed("GPU gave nothing back"))?;
            read.push(words(&view));
        }
        if staged.is_empty() {
            self.idle().await?;
        }
        self.trouble.check()?;
        Ok(read)
    }

    /// Waits until all that was submitted is done.
    async fn idle(&self) -> Result<(), MachineError> {
        let slot = Slot::default();
        let filled = slot.clone();
        self.queue.on_submitted_work_done(move || filled.set(()));
        self.answer(slot).await
    }

    /// Waits for a callback. A browser calls it by itself; elsewhere a submission does, be it empty.
    /// (So does polling the device, but there wgpu panics when the device is lost.)
    async fn answer<T>(&self, slot: Slot<T>) -> Result<T, MachineError> {
        if cfg!(target_arch = "wasm32") {
            return Ok(slot.wait().await);
        }
        let mut pause = Duration::from_micros(10);
        loop {
            self.trouble.check()?;
            self.queue.submit([]);
            if let Some(answer) = slot.take() {
                return Ok(answer);
            }
            std::thread::sleep(pause);
            pause = (2 * pause).min(Duration::from_millis(1));
        }
    }

    fn buffer(&self, id: BufferId) -> Result<&wgpu::Buffer, MachineError> {
        let buffer = self.buffers.get(id.0).and_then(Option::as_ref);
        buffer.ok_or_else(|| MachineError(format!("buffer {} was given back", id.0)))
    }

    /// The params of all dispatches in one buffer.
    fn params(&self, recording: &Recording) -> wgpu::Buffer {
        let mut all = Vec::new();
        for command in &recording.commands {
            if let Command::Dispatch(dispatch) = command {
                let end = all.len() + PARAMS_STRIDE / 4;
                all.extend(&dispatch.params);
                all.resize(end, 0);
            }
        }
        let buffer = self.device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size: (4 * all.len()).max(PARAMS_STRIDE) as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        self.queue.write_buffer(&buffer, 0, &bytes(&all));
        buffer
    }

    fn pipeline(&mut self, kernel: Kernel) -> wgpu::ComputePipeline {
        if let Some((_, pipeline)) = self.pipelines.iter().find(|(of, _)| *of == kernel) {
            return pipeline.clone();
        }
        let entry = |binding, ty, has_dynamic_offset| wgpu::BindGroupLayoutEntry {
            binding,
            visibility: wgpu::ShaderStages::COMPUTE,
            ty: wgpu::BindingType::Buffer { ty, has_dynamic_offset, min_binding_size: None },
            count: None,
        };
        let mut entries = vec![entry(0, wgpu::BufferBindingType::Uniform, true)];
        entries.extend(kernel.bindings().iter().map(|(binding, access)| {
            let read_only = *access == Access::Read;
            entry(*binding, wgpu::BufferBindingType::Storage { read_only }, false)
        }));
        let group = self.device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: None,
            entries: &entries,
        });
        let layout = self.device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: None,
            bind_group_layouts: &[Some(&group)],
            immediate_size: 0,
        });
        let module = self.device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some(kernel.entry()),
            source: wgpu::ShaderSource::Wgsl(kernel.source().into()),
        });
        let pipeline = self.device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: Some(kernel.entry()),
            layout: Some(&layout),
            module: &module,
            entry_point: Some(kernel.entry()),
            compilation_options: wgpu::PipelineCompilationOptions {
                constants: &kernel.constants(),
                zero_initialize_workgroup_memory: false, // every kernel writes before it reads
            },
            cache: None,
        });
        self.pipelines.push((kernel, pipeline.clone()));
        pipeline
    }

    fn group(
        &self,
        dispatch: &Dispatch,
        pipeline: &wgpu::ComputePipeline,
        params: &wgpu::Buffer,
    ) -> Result<wgpu::BindGroup, MachineError> {
        let mut entries = vec![wgpu::BindGroupEntry {
            binding: 0,
            resource: wgpu::BindingResource::Buffer(wgpu::BufferBinding {
                buffer: params,
                offset: 0,
                size: wgpu::BufferSize::new(4 * PARAMS as u64),
            }),
        }];
        for ((binding, _), buffer) in dispatch.kernel.bindings().iter().zip(&dispatch.buffers) {
            let resource = self.buffer(*buffer)?.as_entire_binding();
            entries.push(wgpu::BindGroupEntry { binding: *binding, resource });
        }
        Ok(self.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: None,
            layout: &pipeline.get_bind_group_layout(0),
            entries: &entries,
        }))
    }
}

/// Commands of one submission: passes of kernels, copies between them.
struct Encoder {
    pass: Option<wgpu::ComputePass<'static>>,
    encoder: wgpu::CommandEncoder,
}

impl Encoder {
    fn new(device: &wgpu::Device) -> Self {
        Self { pass: None, encoder: device.create_command_encoder(&Default::default()) }
    }

    fn pass(&mut self) -> &mut wgpu::ComputePass<'static> {
        self.pass.get_or_insert_with(|| {
            self.encoder.begin_compute_pass(&Default::default()).forget_lifetime()
        })
    }

    fn copy(&mut self) -> &mut wgpu::CommandEncoder {
        self.pass = None;
        &mut self.encoder
    }

    /// The submission; a fresh one takes its place.
    fn finish(&mut self, device: &wgpu::Device) -> wgpu::CommandBuffer {
        let done = std::mem::replace(self, Self::new(device));
        drop(done.pass);
        done.encoder.finish()
    }
}

fn failed<E: std::fmt::Display>(what: &'static str) -> impl Fn(E) -> MachineError {
    move |why| MachineError(format!("{what}: {why}"))
}

/// By what it says of itself, or by the names of the renderers in use that say nothing.
fn is_software(info: &wgpu::AdapterInfo) -> bool {
    let name = info.name.to_lowercase();
    let known = ["llvmpipe", "lavapipe", "swiftshader", "basic render driver", "software"];
    info.device_type == wgpu::DeviceType::Cpu || known.iter().any(|known| name.contains(known))
}

fn bytes(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
}
