//! Speed of a step, as ratios to a plain loop that runs on the same machine in the same minute.

use std::hint::black_box;

use serde::Serialize;

use super::{DEFAULT_POINTS, OptimizerSpec, Racer, Recording, Scenario, bench_typed};
use crate::optimizer::Method;

/// One measured figure.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// Its name.
    pub id: &'static str,
    /// The measured value.
    pub value: f64,
    /// Its unit.
    pub unit: &'static str,
    /// What it is compared with, in the same unit, measured in the same run.
    pub baseline: Option<f64>,
    /// value / baseline.
    pub ratio: Option<f64>,
}

impl Figure {
    /// A figure; `baseline` where there is something to compare with.
    #[must_use]
    pub fn new(id: &'static str, value: f64, unit: &'static str, baseline: Option<f64>) -> Self {
        Self { id, value, unit, baseline, ratio: baseline.map(|baseline| value / baseline) }
    }
}

/// Steps of one timed run from the start.
const STEPS_FROM_START: u64 = 2000;
const REPEATS: u64 = 200;
const ROUNDS: usize = 7;
const LONG_RUN: u64 = 10_000_000;

/// Times a SAM step on `toy4d` alone and recorded, a step of the other methods, and one on typed losses. `clock` gives seconds.
pub fn bench(mut clock: impl FnMut() -> f64) -> Vec<Figure> {
    let mut ns_per_step = |mut work: Box<dyn FnMut() -> u64>| {
        let begin = clock();
        let steps = work();
        (clock() - begin) * 1e9 / steps as f64
    };
    let (mut plain, mut sam) = (f64::INFINITY, f64::INFINITY);
    // Alternating rounds, the best of each: both see the same machine.
    for _ in 0..ROUNDS {
        plain = plain.min(ns_per_step(Box::new(plain_repeated)));
        sam = sam.min(ns_per_step(Box::new(|| repeated(Method::Sam))));
    }
    let (mut plain_long, mut recorded) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..2 {
        plain_long = plain_long.min(ns_per_step(Box::new(|| {
            black_box(plain_sam_toy4d(black_box(START), black_box(0.01), black_box(0.1), LONG_RUN));
            LONG_RUN
        })));
        recorded = recorded.min(ns_per_step(Box::new(|| {
            let mut scenario = toy4d(Method::Sam, LONG_RUN);
            scenario.record = Recording::Points(DEFAULT_POINTS);
            black_box(finished(&scenario));
            LONG_RUN
        })));
    }
    let mut figures = vec![
        Figure::new("sam_step", sam, "ns", Some(plain)),
        Figure::new("sam_step_recorded", recorded, "ns", Some(plain_long)),
    ];
    for (id, method) in [
        ("gd_step", Method::Gd),
        ("one_sam_step", Method::OneSam),
        ("m_sam_step", Method::MSam),
        ("asc_descent_step", Method::AscDescent),
    ] {
        figures.push(Figure::new(id, ns_per_step(Box::new(move || repeated(method))), "ns", None));
    }
    for (id, method) in [("max_descent_step", Method::MaxDescent), ("avg_descent_step", Method::AvgDescent)] {
        let work = move || {
            black_box(finished(&toy4d(method, STEPS_FROM_START)));
            STEPS_FROM_START
        };
        figures.push(Figure::new(id, ns_per_step(Box::new(work)), "ns", None));
    }
    figures.extend(bench_typed::figures(&mut clock));
    figures
}

const START: [f64; 4] = [0.5, 0.5, 0.3, 0.3];

fn toy4d(method: Method, steps: u64) -> Scenario {
    let scenario = Scenario { optimizers: vec![OptimizerSpec::new(method)], steps, ..Scenario::default() };
    match scenario.resolved() {
        Ok(scenario) => scenario,
        Err(error) => unreachable!("the defaults are valid: {error}"),
    }
}

pub(super) fn finished(scenario: &Scenario) -> Racer {
    let mut racer = Racer::new(black_box(scenario).run_spec(0));
    racer.advance(scenario.steps);
    racer
}

fn repeated(method: Method) -> u64 {
    let scenario = toy4d(method, STEPS_FROM_START);
    for _ in 0..REPEATS {
        black_box(finished(&scenario));
    }
    STEPS_FROM_START * REPEATS
}

fn plain_repeated() -> u64 {
    for _ in 0..REPEATS {
        black_box(plain_sam_toy4d(black_box(START), black_box(0.01), black_box(0.1), STEPS_FROM_START));
    }
    STEPS_FROM_START * REPEATS
}

/// The plain loop: full-batch SAM on the toy with its default numbers written in, and the underflow
/// hold, without which its bits would differ once x4 has become tiny.
///
/// ```
/// # use samscope::run::plain_sam_toy4d;
/// let x = plain_sam_toy4d([0.5, 0.5, 0.3, 0.3], 0.01, 0.1, 100_000);
/// assert!((x[2].abs() - 0.0086957).abs() < 1e-7);
/// ```
#[must_use]
pub fn plain_sam_toy4d(mut x: [f64; 4], eta: f64, rho: f64, steps: u64) -> [f64; 4] {
    fn gradient([x1, x2, x3, x4]: [f64; 4]) -> [f64; 4] {
        let f1 = x1 * x1 + x2 * x2 * 6.0 + 8.0;
        let f2 = (1.0 - x1) * (1.0 - x1) * 4.0 + (1.0 - x2) * (1.0 - x2) + 1.0;
        [
            (x1 * (x3 * x3) - (1.0 - x1) * 4.0 * (x4 * x4)) * 2.0,
            (x2 * 6.0 * (x3 * x3) - (1.0 - x2) * (x4 * x4)) * 2.0,
            f1 * x3 * 2.0,
            f2 * x4 * 2.0,
        ]
    }
    fn held(next: f64, x: f64) -> f64 {
        let cancelled = next == 0.0 && x.abs() > f64::MIN_POSITIVE;
        if next.abs() < f64::MIN_POSITIVE && x != 0.0 && !cancelled {
            f64::MIN_POSITIVE.copysign(if next == 0.0 { x } else { next })
        } else {
            next
        }
    }
    for _ in 0..steps {
        let g = gradient(x);
        let length = (g[0] * g[0] + g[1] * g[1] + g[2] * g[2] + g[3] * g[3]).sqrt();
        let scale = rho / length;
        let u = gradient([x[0] + scale * g[0], x[1] + scale * g[1], x[2] + scale * g[2], x[3] + scale * g[3]]);
        x = [
            held(x[0] - eta * u[0], x[0]),
            held(x[1] - eta * u[1], x[1]),
            held(x[2] - eta * u[2], x[2]),
            held(x[3] - eta * u[3], x[3]),
        ];
    }
    x
}
