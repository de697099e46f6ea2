//! Runs that step together have the bits of runs that step alone, on all registers that this machine has.

use std::collections::BTreeMap;

use super::*;
use crate::calculus::{Eigen, VecN, landscape};
use crate::ensemble::one_by_one;
use crate::loss::{CATALOGUE, LossSpec, Reduction};
use crate::optimizer::{METHODS, Method};
use crate::run::{OptimizerSpec, Scenario, Switch};

/// Numbers in −1 … 1 from a seed.
fn noise(seed: u64) -> impl FnMut() -> f64 {
    let mut stream = RandomStream::new(seed);
    move || stream.below(1 << 20) as f64 / f64::from(1 << 19) - 1.0
}

fn run(loss: LossSpec, optimizer: OptimizerSpec, steps: u64) -> RunSpec {
    let scenario = Scenario { loss, optimizers: vec![optimizer], steps, seed: 7, ..Scenario::default() };
    scenario.resolved().expect("a scenario").run_spec(0)
}

/// Starts around the loss's own, at a distance of up to `far`.
fn starts(spec: &RunSpec, count: usize, far: f64) -> Points {
    let mut noise = noise(3);
    let mut points = Points::new(spec.init.len(), count);
    for k in 0..count {
        let x: Vec<f64> = spec.init.iter().map(|own| own + far * noise()).collect();
        points.put(k, &x);
    }
    points
}

#[track_caller]
fn assert_same(spec: &RunSpec, starts: &Points, settings: &[Settings]) -> Finals {
    assert!(can_step(spec), "{}", spec.optimizer.id.info().id);
    let alone = one_by_one(spec, starts, settings);
    for registers in Registers::here() {
        let (together, _) = spec.loss.visit(starts.dim(), All { spec, starts, settings, paths: None, registers });
        for k in 0..starts.len() {
            let bits = |finals: &Finals| finals.x.at(k).iter().map(|x| x.to_bits()).collect::<Vec<_>>();
            let what =
                format!("{} on {} from {:?}, {registers:?}", spec.optimizer.id.info().id, spec.loss.id(), starts.at(k));
            let ends = [&together, &alone].map(|finals| (finals.steps[k], finals.stop[k], finals.x.at(k)));
            assert_eq!(ends[0].0, ends[1].0, "{what}: {ends:?}");
            assert_eq!(ends[0].1, ends[1].1, "{what}");
            assert_eq!(bits(&together), bits(&alone), "{what}: {ends:?}");
        }
    }
    alone
}

fn same(spec: &RunSpec, starts: &Points) -> Finals {
    assert_same(spec, starts, &vec![Settings::of(spec); starts.len()])
}

fn steps_together() -> impl Iterator<Item = Method> {
    METHODS.iter().copied().filter(|method| method.visit_update(IsThere).is_some())
}

fn typed(samples: &[&str]) -> LossSpec {
    let samples = samples.iter().map(|&text| text.to_owned()).collect();
    LossSpec::typed(samples, Reduction::Mean, BTreeMap::new()).resolved().expect("a formula")
}

#[test]
fn on_every_loss_by_every_method() {
    let methods: Vec<_> = steps_together().map(|method| method.info().id).collect();
    assert_eq!(methods, ["gd", "sgd", "sam", "one-sam", "m-sam", "asc-descent", "usam", "ngd"]);
    for info in CATALOGUE {
        for &dim in info.dims {
            let loss = LossSpec::new(info.id).in_dim(dim);
            for method in steps_together() {
                let batch = loss.samples().min(2);
                let mut spec = run(loss.clone(), OptimizerSpec { batch, ..OptimizerSpec::new(method) }, 40);
                spec.init.truncate(dim);
                same(&spec, &starts(&spec, 19, 0.3));
            }
        }
    }
}

#[test]
fn on_typed_losses() {
    let losses = [
        typed(&["0.5*(x*y-1)^2 + 0.1*sin(z)^2"]),
        typed(&["exp(-x^2)+log(1+y^2)+tanh(x*y)", "sqrt(1+x^2)+cosh(0.1*y)+abs(x-y)"]),
        typed(&["max(x^2, y^2) + min(x, 0)^2 + tan(0.1*x) + cos(y)"]),
        typed(&["abs(x)^(1+y^2)/(2+cos(x)) + sinh(0.2*y)^2"]),
        typed(&["x1^2+2*x2^2+3*x3^2+4*x4^2+5*x5^2+x1*x5"]),
        typed(&["0.5*(x-1)^2"]),
    ];
    for loss in losses {
        for method in steps_together() {
            let spec = run(loss.clone(), OptimizerSpec::new(method), 60);
            same(&spec, &starts(&spec, 17, 0.7));
        }
    }
}

/// Blocks end at 1024 steps, some runs earlier; ρ, η and β differ, and 0 is among them.
#[test]
fn with_settings_of_their_own() {
    let spec = run(LossSpec::new("toy4d"), OptimizerSpec::new(Method::Sam), 2000);
    let mut noise = noise(11);
    let settings: Vec<_> = (0..40)
        .map(|k| Settings {
            eta: 0.02 + 0.015 * noise(),
            rho: if k % 7 == 0 { 0.0 } else { 0.1 + 0.09 * noise() },
            beta: if k % 3 == 0 { 0.0 } else { 0.4 + 0.3 * noise() },
            steps: [0, 1, 700, 1024, 1500, 2048][k % 6],
        })
        .collect();
    assert_same(&spec, &starts(&spec, 40, 0.2), &settings);
    for rho in [0.0, 0.1] {
        let all = Settings { rho, ..Settings::of(&spec) };
        assert_same(&spec, &starts(&spec, 5, 0.2), &[all; 5]);
    }
}

#[test]
fn with_a_switch_and_momentum() {
    for (from, to) in [(Method::Gd, Method::Sam), (Method::OneSam, Method::Gd), (Method::Ngd, Method::OneSam)] {
        let switch = Some(Switch { id: to, step: 300 });
        let spec = run(
            LossSpec::new("toy4d"),
            OptimizerSpec { switch, beta: 0.5, eta: 0.005, ..OptimizerSpec::new(from) },
            1500,
        );
        same(&spec, &starts(&spec, 18, 0.2));
    }
    let slow = OptimizerSpec { switch: Some(Switch { id: Method::MaxDescent, step: 5 }), ..OptimizerSpec::default() };
    assert!(!can_step(&run(LossSpec::default(), slow, 10)));
}

/// Zero gradients, coordinates at the underflow floor, divergence, rest.
#[test]
fn where_something_rare_happens() {
    let sam = |eta: f64| OptimizerSpec { eta, ..OptimizerSpec::new(Method::Sam) };
    let spec = run(LossSpec::new("toy4d"), sam(0.01), 5000);
    let mut points = starts(&spec, 20, 0.2);
    points.put(3, &[0.4, 0.6, 0.0, 0.0]);
    points.put(4, &[0.4, 0.6, 0.3, 0.0]);
    points.put(5, &[0.4, 0.6, 1e-200, -1e-170]);
    points.put(17, &[0.4, 0.6, -0.0, 3e-308]);
    let held = same(&spec, &points);
    assert!(held.x.at(0)[3].abs() == f64::MIN_POSITIVE && held.x.at(4)[3] == 0.0, "{:?}", held.x.at(0));
    let ieee = RunSpec { underflow: Underflow::Ieee, ..spec.clone() };
    same(&ieee, &points);
    for method in [Method::Gd, Method::Ngd, Method::AscDescent] {
        same(&run(LossSpec::new("toy4d"), OptimizerSpec::new(method), 5000), &points);
    }
    let wild = run(LossSpec::new("hyperbola"), sam(0.3), 3000);
    let ends = same(&wild, &starts(&wild, 64, 6.0));
    let stops = |stop| ends.stop.iter().filter(|&&own| own == stop).count();
    assert!(stops(StopReason::Diverged) > 5 && stops(StopReason::Diverged) < 60, "{:?}", ends.stop);
    let rest = run(LossSpec::new("quadratic"), OptimizerSpec { eta: 0.2, ..OptimizerSpec::new(Method::Gd) }, 30_000);
    let rest = RunSpec { underflow: Underflow::Ieee, ..rest };
    let ends = same(&rest, &starts(&rest, 20, 0.1));
    assert!(ends.stop.iter().all(|&stop| stop == StopReason::Stationary));
}

#[test]
fn eigenvalues_have_the_bits_that_they_have_alone() {
    let mut decomposed = 0;
    for info in CATALOGUE {
        for &dim in info.dims {
            let loss = LossSpec::new(info.id).in_dim(dim).resolved().expect(info.id);
            let mut spec = run(loss.clone(), OptimizerSpec::new(Method::Gd), 1);
            spec.init.truncate(dim);
            let mut points = starts(&spec, 19, 0.8);
            // Where coordinates vanish eigenvalues are zero or tied; the largest overflow.
            points.put(0, &vec![0.0; dim]);
            points.put(1, &vec![1.0; dim]);
            points.put(2, &vec![1e-170; dim]);
            points.put(3, &vec![1e160; dim]);
            let alone = landscape(&loss, dim);
            for registers in Registers::here() {
                let found = loss.visit(dim, spectra::All { points: &points, registers });
                for (k, found) in found.iter().enumerate() {
                    let hessian = alone.hessian(&VecN::from_slice(&points.at(k)));
                    let is_finite = (0..dim).all(|r| hessian.row(r).iter().all(|entry| entry.is_finite()));
                    let bits = |values: &VecN| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
                    let own = is_finite.then(|| bits(&Eigen::values_of(&hessian)));
                    assert_eq!(found.as_ref().map(bits), own, "{} at {:?}, {registers:?}", info.id, points.at(k));
                    decomposed += usize::from(is_finite);
                }
            }
        }
    }
    assert!(decomposed > 500, "{decomposed}");
}
