//! How long the parts of a frame take.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use serde::Serialize;
use web_time::Instant;

/// Frames that percentiles are taken over.
const WINDOW: usize = 600;

/// Times of the last frames, in milliseconds.
#[derive(Debug, Default)]
pub struct Perf {
    logic: f64,
    ui: f64,
    ui_end: Cell<Option<Instant>>,
    frames: RefCell<VecDeque<[f64; 3]>>,
}

/// The median and the 95th percentile of one part, in milliseconds.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Percentiles {
    /// Median.
    pub p50: f64,
    /// 95th percentile.
    pub p95: f64,
}

/// Percentiles over the last frames.
#[derive(Clone, Debug, Serialize)]
pub struct PerfReport {
    /// How many frames they are taken over.
    pub frames: usize,
    /// Stepping and measuring.
    pub logic: Percentiles,
    /// Building the interface.
    pub ui: Percentiles,
    /// From the end of the interface's code to the triangles.
    pub tessellation: Percentiles,
    /// Their sum.
    pub cpu: Percentiles,
}

impl Perf {
    /// Forgets all frames, at the start of a run.
    pub fn clear(&self) {
        self.frames.borrow_mut().clear();
    }

    /// Notes the time that `logic` took.
    pub fn logic_took(&mut self, begin: Instant) {
        self.logic = milliseconds(begin);
    }

    /// Notes the time that `ui` took; tessellation begins now.
    pub fn ui_took(&mut self, begin: Instant) {
        self.ui = milliseconds(begin);
        self.ui_end.set(Some(Instant::now()));
    }

    /// The triangles are there.
    pub fn tessellated(&self) {
        let Some(begin) = self.ui_end.take() else { return };
        let mut frames = self.frames.borrow_mut();
        if frames.len() == WINDOW {
            frames.pop_front();
        }
        frames.push_back([self.logic, self.ui, milliseconds(begin)]);
    }

    /// Percentiles over the last frames.
    pub fn report(&self) -> PerfReport {
        let frames = self.frames.borrow();
        let part = |value: &dyn Fn(&[f64; 3]) -> f64| percentiles(frames.iter().map(value).collect());
        PerfReport {
            frames: frames.len(),
            logic: part(&|frame| frame[0]),
            ui: part(&|frame| frame[1]),
            tessellation: part(&|frame| frame[2]),
            cpu: part(&|frame| frame.iter().sum()),
        }
    }
}

fn milliseconds(begin: Instant) -> f64 {
    begin.elapsed().as_secs_f64() * 1e3
}

fn percentiles(mut values: Vec<f64>) -> Percentiles {
    if values.is_empty() {
        return Percentiles::default();
    }
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
    Percentiles { p50: at(0.5), p95: at(0.95) }
}
