//! `samscope bench`: speed of a step and of a frame, memory of a long run.

use std::time::Instant;

use serde_json::json;

use super::args::JsonArgs;
use super::errors::CliError;
use super::files::show;
use super::lists::table;
use crate::field::Backend;
use crate::loss::short;
use crate::optimizer::Method;
use crate::platform::compute::Threads;
use crate::run::{DEFAULT_POINTS, Figure, OptimizerSpec, Racer, Recording, Scenario, bench as bench_steps};

pub(super) fn bench(args: JsonArgs) -> Result<(), CliError> {
    let begin = Instant::now();
    let clock = || begin.elapsed().as_secs_f64();
    let mut figures = bench_steps(clock);
    figures.extend(crate::ensemble::bench(clock));
    let mut threads = Threads::shared().map_err(|error| CliError::Input(format!("no threads: {error}")))?;
    figures.extend(crate::field::bench(clock, &mut threads));
    let mut gpu = gpu();
    if let Some(gpu) = &mut gpu {
        figures.extend(crate::field::bench_gpu(clock, gpu.as_mut(), &mut threads));
    }
    figures.extend(peak_memory()?);
    #[cfg(feature = "gui")]
    figures.extend(crate::app::bench_frames());
    let machine = match gpu {
        Some(gpu) => format!("{}, {}", machine(), gpu.name()),
        None => machine(),
    };
    show(args, &json!({ "machine": machine, "figures": figures }), || in_rows(&machine, &figures))
}

/// The graphics card, where there is one that computes.
fn gpu() -> Option<Box<dyn Backend>> {
    #[cfg(feature = "gpu")]
    {
        use crate::platform::compute::{Card, Gpu};
        let gpu = Gpu::new(std::sync::Arc::new(Card::new().ok()?), 0).ok()?;
        Some(Box::new(gpu))
    }
    #[cfg(not(feature = "gpu"))]
    None
}

fn in_rows(machine: &str, figures: &[Figure]) -> String {
    let optional = |value: Option<f64>| value.map_or("–".to_owned(), short);
    let rows = figures.iter().map(|figure| {
        [
            figure.id.to_owned(),
            short(figure.value),
            figure.unit.to_owned(),
            optional(figure.baseline),
            optional(figure.ratio),
        ]
    });
    format!("{machine}\n{}", table(["figure", "value", "unit", "baseline", "ratio"], rows))
}

fn machine() -> String {
    let model = std::fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("model name"))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    });
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
    format!("{}, {cores} cores, {os} {arch}", model.as_deref().unwrap_or("unknown processor"))
}

/// The peak memory of this process after a recorded run of 10^8 steps; only where the system tells it.
fn peak_memory() -> Result<Option<Figure>, CliError> {
    let scenario = Scenario {
        optimizers: vec![OptimizerSpec::new(Method::Sam)],
        steps: 100_000_000,
        record: Recording::Points(DEFAULT_POINTS),
        ..Scenario::default()
    };
    let scenario = scenario.resolved().map_err(|error| CliError::Input(error.to_string()))?;
    let mut racer = Racer::new(scenario.run_spec(0));
    racer.advance(scenario.steps);
    std::hint::black_box(&racer);
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = peak.and_then(|text| text.trim().trim_end_matches("kB").trim().parse::<f64>().ok());
    Ok(kilobytes.map(|kilobytes| Figure::new("peak_memory_1e8_steps", kilobytes / 1024.0, "MiB", None)))
}
