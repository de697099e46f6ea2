//! Speed of runs that step together, as ratios to a plain loop over sixteen runs in arrays.

use std::collections::BTreeMap;
use std::hint::black_box;

use super::{Points, Settings, advance, one_by_one};
use crate::loss::{LossSpec, Reduction};
use crate::optimizer::Method;
use crate::run::{Figure, OptimizerSpec, RunSpec, Scenario};

const STEPS: u64 = 1000;
const RUNS: usize = 256;
const ROUNDS: usize = 9;
/// Of the plain loop, as many as step together.
const WIDTH: usize = super::WIDTH;
const TYPED: &str = "(x1^2+6*x2^2+8)*x3^2+(4*(1-x1)^2+(1-x2)^2+1)*x4^2";

/// Times a step of one of many runs on `toy4d`: of the catalogue, typed, and by the scalar driver. `clock` gives seconds.
pub fn bench(mut clock: impl FnMut() -> f64) -> Vec<Figure> {
    let own = LossSpec::new("toy4d");
    let typed = LossSpec::typed(vec![TYPED.to_owned()], Reduction::Sum, BTreeMap::new());
    let [own, typed] = [own, typed].map(|loss| run(loss, Method::Sam));
    let starts = starts();
    let settings = vec![Settings::of(&own); RUNS];
    let mut ns = [f64::INFINITY; 4];
    // Alternating rounds, the best of each: all see the same machine.
    for _ in 0..ROUNDS {
        let works: [&mut dyn FnMut(); 4] = [
            &mut || plain_rounds(&starts),
            &mut || drop(black_box(advance(&own, &starts))),
            &mut || drop(black_box(advance(&typed, &starts))),
            &mut || drop(black_box(one_by_one(&own, &starts, &settings))),
        ];
        for (best, work) in ns.iter_mut().zip(works) {
            let begin = clock();
            work();
            *best = best.min((clock() - begin) * 1e9 / (STEPS as f64 * RUNS as f64));
        }
    }
    let [plain, lanes, lanes_typed, alone] = ns;
    let mut figures = vec![
        Figure::new("lanes_sam_step", lanes, "ns", Some(plain)),
        Figure::new("lanes_sam_step_beside_scalar", lanes, "ns", Some(alone)),
        Figure::new("lanes_typed_sam_step_toy4d", lanes_typed, "ns", Some(lanes)),
    ];
    for (id, method) in [
        ("lanes_gd_step", Method::Gd),
        ("lanes_one_sam_step", Method::OneSam),
        ("lanes_usam_step", Method::Usam),
        ("lanes_ngd_step", Method::Ngd),
        ("lanes_asc_descent_step", Method::AscDescent),
    ] {
        let run = run(LossSpec::new("toy4d"), method);
        let begin = clock();
        black_box(advance(&run, &starts));
        figures.push(Figure::new(id, (clock() - begin) * 1e9 / (STEPS as f64 * RUNS as f64), "ns", None));
    }
    figures
}

fn run(loss: LossSpec, method: Method) -> RunSpec {
    let optimizers = vec![OptimizerSpec::new(method)];
    let scenario = Scenario { loss, init: vec![0.5, 0.5, 0.3, 0.3], optimizers, steps: STEPS, ..Scenario::default() };
    match scenario.resolved() {
        Ok(scenario) => scenario.run_spec(0),
        Err(error) => unreachable!("the defaults are valid: {error}"),
    }
}

/// Of the toy's plane.
fn starts() -> Points {
    let mut starts = Points::new(4, RUNS);
    for k in 0..RUNS {
        let share = |k: usize| k as f64 / 16.0;
        starts.put(k, &[share(k % 16), share(k / 16), 0.3, 0.3]);
    }
    starts
}

fn plain_rounds(starts: &Points) {
    for first in (0..RUNS).step_by(WIDTH) {
        let x = std::array::from_fn(|i| std::array::from_fn(|k| starts.coordinate(i)[first + k]));
        let mut x = black_box(x);
        plain(&mut x, black_box(0.01), black_box(0.1));
        black_box(x);
    }
}

/// With the widest registers that lanes use.
fn plain(x: &mut [[f64; WIDTH]; 4], eta: f64, rho: f64) {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        #[target_feature(enable = "avx2")]
        fn wide(x: &mut [[f64; WIDTH]; 4], eta: f64, rho: f64) {
            plain_sam_toy4d(x, eta, rho);
        }
        #[expect(unsafe_code, reason = "the processor has just been asked")]
        // SAFETY: it has AVX2.
        return unsafe { wide(x, eta, rho) };
    }
    plain_sam_toy4d(x, eta, rho);
}

/// The plain loop: full-batch SAM on the toy with its default numbers written in, sixteen runs in arrays.
#[inline(always)]
fn plain_sam_toy4d(x: &mut [[f64; WIDTH]; 4], eta: f64, rho: f64) {
    #[inline(always)]
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
    for _ in 0..STEPS {
        let [a, b, c, d] = &mut *x;
        for k in 0..WIDTH {
            let at = [a[k], b[k], c[k], d[k]];
            let g = gradient(at);
            let scale = rho / (g[0] * g[0] + g[1] * g[1] + g[2] * g[2] + g[3] * g[3]).sqrt();
            let moved = [at[0] + scale * g[0], at[1] + scale * g[1], at[2] + scale * g[2], at[3] + scale * g[3]];
            let u = gradient(moved);
            a[k] -= eta * u[0];
            b[k] -= eta * u[1];
            c[k] -= eta * u[2];
            d[k] -= eta * u[3];
        }
    }
}
