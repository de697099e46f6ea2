//! The graphics card, which runs kernels.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use crate::field::{Pass, Program, WORKGROUP};

/// A card that is silent for so long is lost: a pass takes some hundredths of a second.
const SILENCE: Duration = Duration::from_secs(30);
/// The most pipelines that are kept: a parameter that is dragged makes one for each of its values.
const PIPELINES: usize = 64;

/// A graphics card.
#[derive(Debug)]
pub struct Card {
    name: String,
    is_real: bool,
    device: wgpu::Device,
    queue: wgpu::Queue,
    layout: wgpu::BindGroupLayout,
    /// By their shaders.
    pipelines: Mutex<HashMap<String, wgpu::ComputePipeline>>,
    /// Why it is lost.
    lost: Arc<OnceLock<String>>,
}

impl Card {
    /// The fastest one that there is, or what the driver has in its place.
    ///
    /// # Errors
    /// There is none that computes.
    pub fn new() -> Result<Self, String> {
        // OpenGL's drivers talk to a display, and say so.
        let instance = wgpu::Instance::new(wgpu::InstanceDescriptor {
            backends: wgpu::Backends::PRIMARY,
            ..wgpu::InstanceDescriptor::new_without_display_handle_from_env()
        });
        let options = wgpu::RequestAdapterOptions {
            power_preference: wgpu::PowerPreference::HighPerformance,
            ..Default::default()
        };
        let adapter = pollster::block_on(instance.request_adapter(&options))
            .map_err(|_| "there is no graphics card with a driver for Vulkan, Metal or Direct3D 12".to_owned())?;
        let info = adapter.get_info();
        let descriptor =
            wgpu::DeviceDescriptor { required_limits: wgpu::Limits::downlevel_defaults(), ..Default::default() };
        let (device, queue) = pollster::block_on(adapter.request_device(&descriptor))
            .map_err(|error| format!("{} cannot be used: {error}", info.name))?;
        let card = Self::on(&info, device, queue);
        let lost = Arc::clone(&card.lost);
        // What is first said of it stays.
        card.device.set_device_lost_callback(move |_, why| drop(lost.set(why)));
        Ok(card)
    }

    /// The one that already draws.
    #[must_use]
    pub fn on(info: &wgpu::AdapterInfo, device: wgpu::Device, queue: wgpu::Queue) -> Self {
        let layout = layout(&device);
        let is_real = info.device_type != wgpu::DeviceType::Cpu;
        let (pipelines, lost) = (Mutex::default(), Arc::default());
        Self { name: info.name.clone(), is_real, device, queue, layout, pipelines, lost }
    }

    /// What its driver calls it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is one, and no program in its place.
    #[must_use]
    pub fn is_real(&self) -> bool {
        self.is_real
    }

    /// Ends its device, as a driver does that begins anew: what is still asked of it fails.
    pub fn end(&self) {
        self.device.destroy();
    }

    /// Makes all passes over the words of so many nodes; `None` where they are not wanted any more.
    ///
    /// # Errors
    /// The card is lost, or its driver refuses.
    pub fn run(
        &self,
        program: &Program,
        words: Vec<u32>,
        count: usize,
        is_wanted: impl Fn() -> bool,
    ) -> Result<Option<Vec<u32>>, String> {
        // Each kind has a scope of its own; an error outside of one would be a panic.
        let kinds = [wgpu::ErrorFilter::Validation, wgpu::ErrorFilter::OutOfMemory, wgpu::ErrorFilter::Internal];
        let scopes = kinds.map(|kind| self.device.push_error_scope(kind));
        let made = self.make(program, words, count, is_wanted);
        let errors: Vec<_> = scopes.into_iter().rev().map(|scope| pollster::block_on(scope.pop())).collect();
        match errors.into_iter().flatten().next() {
            Some(error) => Err(self.lost.get().cloned().unwrap_or_else(|| error.to_string())),
            None => made,
        }
    }

    fn make(
        &self,
        program: &Program,
        mut words: Vec<u32>,
        count: usize,
        is_wanted: impl Fn() -> bool,
    ) -> Result<Option<Vec<u32>>, String> {
        let pipelines: Vec<_> = program.kernels().iter().map(|kernel| self.pipeline(kernel.wgsl())).collect();
        let table = self.buffer(&words, wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_SRC);
        let mut before = None;
        for pass in program.passes(count) {
            if !is_wanted() {
                return Ok(None);
            }
            let submitted = self.submit(&table, &pass, &pipelines[pass.kernel], count);
            // One ahead, so that it always has something to do.
            if let Some(before) = before.replace(submitted) {
                self.wait(before)?;
            }
        }
        self.read(&table, &mut words)?;
        Ok(Some(words))
    }

    fn submit(
        &self,
        table: &wgpu::Buffer,
        pass: &Pass,
        pipeline: &wgpu::ComputePipeline,
        count: usize,
    ) -> wgpu::SubmissionIndex {
        let given = self.buffer(&pass.words, wgpu::BufferUsages::STORAGE);
        let bind_group = self.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: None,
            layout: &self.layout,
            entries: &[
                wgpu::BindGroupEntry { binding: 0, resource: table.as_entire_binding() },
                wgpu::BindGroupEntry { binding: 1, resource: given.as_entire_binding() },
            ],
        });
        let mut encoder = self.device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        let mut compute = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor::default());
        compute.set_pipeline(pipeline);
        compute.set_bind_group(0, &bind_group, &[]);
        compute.dispatch_workgroups(count.div_ceil(WORKGROUP) as u32, 1, 1);
        drop(compute);
        self.queue.submit([encoder.finish()])
    }

    fn read(&self, table: &wgpu::Buffer, words: &mut [u32]) -> Result<(), String> {
        let copy = self.device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size: table.size(),
            usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
            mapped_at_creation: false,
        });
        let mut encoder = self.device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        encoder.copy_buffer_to_buffer(table, 0, &copy, 0, table.size());
        let submitted = self.queue.submit([encoder.finish()]);
        // Whether it can be read is seen when it is.
        copy.map_async(wgpu::MapMode::Read, .., |_| ());
        self.wait(submitted)?;
        let bytes = copy.get_mapped_range(..).map_err(|error| error.to_string())?;
        for (word, bytes) in words.iter_mut().zip(bytes.as_chunks::<4>().0) {
            *word = u32::from_le_bytes(*bytes);
        }
        Ok(())
    }

    fn wait(&self, submitted: wgpu::SubmissionIndex) -> Result<(), String> {
        let until = wgpu::PollType::Wait { submission_index: Some(submitted), timeout: Some(SILENCE) };
        let waited = self.device.poll(until);
        match self.lost.get() {
            Some(why) => Err(why.clone()),
            None => waited.map(|_| ()).map_err(|error| error.to_string()),
        }
    }

    fn buffer(&self, words: &[u32], usage: wgpu::BufferUsages) -> wgpu::Buffer {
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        let buffer = self.device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size: bytes.len() as u64,
            usage: usage | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        self.queue.write_buffer(&buffer, 0, &bytes);
        buffer
    }

    fn pipeline(&self, wgsl: &str) -> wgpu::ComputePipeline {
        let mut known = unpoisoned(&self.pipelines);
        if let Some(pipeline) = known.get(wgsl) {
            return pipeline.clone();
        }
        if known.len() >= PIPELINES {
            known.clear();
        }
        let module = self.device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: None,
            source: wgpu::ShaderSource::Wgsl(wgsl.into()),
        });
        let layout = self.device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            bind_group_layouts: &[Some(&self.layout)],
            ..Default::default()
        });
        let pipeline = self.device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: None,
            layout: Some(&layout),
            module: &module,
            entry_point: Some("main"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            cache: None,
        });
        known.insert(wgsl.to_owned(), pipeline.clone());
        pipeline
    }
}

/// Who had it before has left it whole.
fn unpoisoned<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The words of the nodes, and those of a pass.
fn layout(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    let entry = |binding, read_only| wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::COMPUTE,
        ty: wgpu::BindingType::Buffer {
            ty: wgpu::BufferBindingType::Storage { read_only },
            has_dynamic_offset: false,
            min_binding_size: None,
        },
        count: None,
    };
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: None,
        entries: &[entry(0, false), entry(1, true)],
    })
}
