//! The three notions of sharpness: numbers of the paper, gradients against differences, errors against quadratures, and
//! the report.

#[path = "common/random_loss.rs"]
mod random_loss;

use std::sync::Arc;

use random_loss::{RandomLoss, Uniform};
use samscope::calculus::{Landscape, VecN, erase, landscape};
use samscope::loss::{CATALOGUE, LossSpec};
use samscope::optimizer::Method::Gd as GD;
use samscope::run::{OptimizerSpec, Racer, Scenario};
use samscope::sharpness::{
    Anatomy, Point, SharpnessReport, TangentSpace, ascent_direction, ascent_rise, average_gradient, average_rise,
    stochastic_sharpness, worst_direction,
};

#[track_caller]
fn assert_near(value: f64, expected: f64, tolerance: f64) {
    assert!((value - expected).abs() <= tolerance, "{value}, expected {expected} ± {tolerance}");
}

fn of(id: &str, dim: usize) -> Arc<dyn Landscape> {
    landscape(&LossSpec::new(id), dim)
}

fn at(x: &[f64]) -> VecN {
    VecN::from_slice(x)
}

/// Every loss of the catalogue in every dimension.
fn catalogue() -> impl Iterator<Item = (&'static str, Arc<dyn Landscape>)> {
    CATALOGUE.iter().flat_map(|info| info.dims.iter().map(|&dim| (info.id, landscape(&LossSpec::new(info.id), dim))))
}

// ---- The paper's numbers ----

/// diag(4,1), ρ = 0.1. At the minimum R^Max = ρ²λ1/2 = 0.02 and R^Avg = ρ²Tr/4 = 0.0125, while R^Asc has no limit: 0.005
/// along GD's path, 0.02 along SAM's direction, and 0.03 at SAM's own iterate, (ρ/4, 0).
#[test]
fn one_minimum_and_two_ascent_sharpnesses() {
    let loss = of("quadratic", 2);
    let loss = loss.as_ref();
    let worst = worst_direction(loss, &at(&[0.0, 0.0]), 0.1);
    assert_near(worst.r_max, 0.02, 1e-17);
    assert!((worst.at[0] - at(&[0.1, 0.0])).norm() < 1e-15 && (worst.at[1] - at(&[-0.1, 0.0])).norm() < 1e-15);
    assert_eq!(worst.at.len(), 2);
    assert_eq!(worst.certificate.agreed, worst.certificate.starts);
    assert_near(average_rise(loss, &at(&[0.0, 0.0]), 0.1).value, 0.0125, 1e-16);
    assert_eq!(ascent_rise(loss, &at(&[0.0, 0.0]), 0.1), None);
    let gd = Scenario { optimizers: vec![OptimizerSpec { eta: 0.1, ..OptimizerSpec::new(GD) }], ..quadratic() };
    let mut racer = Racer::new(gd.resolved().expect("a valid scenario").run_spec(0));
    racer.advance(200);
    assert_near(ascent_rise(loss, &at(racer.x()), 0.1).expect("a gradient"), 0.005, 1e-9);
    assert_near(ascent_rise(loss, &at(&[1e-9, 0.0]), 0.1).expect("a gradient"), 0.02, 1e-9);
    assert_near(ascent_rise(loss, &at(&[0.025, 0.0]), 0.1).expect("a gradient"), 0.03, 1e-16);
}

fn quadratic() -> Scenario {
    Scenario { loss: LossSpec::new("quadratic"), init: vec![0.8, 0.6], steps: 200, ..Scenario::default() }
}

/// On toy4d's Γ: R/ρ² → S with λ1 = 2F1, λM = 2F2, Tr = 2(F1+F2); the samples have rank one, so that with the mean of
/// the two H is half of L's: S̃^Max = S̃^Asc = Tr/2 = (F1+F2)/2 and S̃^Avg a quarter of that.
#[test]
fn limits_on_gamma() {
    let loss = of("toy4d", 4);
    let x = [0.3, 0.6, 0.0, 0.0];
    let (f1, f2) = (0.09 + 6.0 * 0.36 + 8.0, 4.0 * 0.49 + 0.16 + 1.0);
    let rho = 1e-3;
    let report = SharpnessReport::at(loss.as_ref(), &x, rho);
    assert!(report.on_gamma && report.rank == Some(2) && report.r_asc.is_none());
    assert_near(report.limits.s_max, f1, 1e-14);
    assert_near(report.limits.s_asc, f2, 1e-14);
    assert_near(report.limits.s_avg, (f1 + f2) / 4.0, 1e-14);
    // R = ρ²S + O(ρ³), here + O(ρ⁴).
    assert_near(report.r_max / (rho * rho), f1, 1e-4);
    assert_near(report.r_avg / (rho * rho), (f1 + f2) / 4.0, 1e-5);
    let stochastic = report.stochastic.expect("samples");
    assert_near(stochastic.s_max, 0.5 * (f1 + f2), 1e-14);
    assert_near(stochastic.s_asc, stochastic.s_max, 0.0);
    assert_near(stochastic.s_avg, (f1 + f2) / 8.0, 1e-14);
    assert_near(stochastic.e_r_max / (rho * rho), stochastic.s_max, 1e-4);
    assert_near(stochastic.e_r_avg / (rho * rho), stochastic.s_avg, 1e-5);
    assert_eq!(stochastic.e_r_asc, None);
    // Thm 5.3: the ascent type has the same limit, approached from off Γ.
    let near = stochastic_sharpness(loss.as_ref(), &at(&[0.3, 0.6, 1e-6, 1e-6]), rho).expect("samples");
    assert_near(near.e_r_asc.expect("gradients") / (rho * rho), stochastic.s_asc, 0.05);
}

/// Samples of rank two: the stochastic limits are means of λ1 and of λM, 4 and 1, and not of the trace, 5.
#[test]
fn samples_of_higher_rank_have_no_trace_as_limit() {
    let loss = of("quadratic-pair", 2);
    let twins = stochastic_sharpness(loss.as_ref(), &at(&[0.0, 0.0]), 0.1).expect("samples");
    assert_near(twins.s_max, 2.0, 1e-14);
    assert_near(twins.s_asc, 0.5, 1e-14);
    assert_near(twins.s_avg, 1.25, 1e-14);
    assert_near(twins.e_r_max / 0.01, 2.0, 1e-10);
    assert!(!twins.is_trace(2));
    let toy = stochastic_sharpness(of("toy4d", 4).as_ref(), &at(&[0.3, 0.6, 0.0, 0.0]), 0.1).expect("samples");
    assert!(toy.is_trace(4));
}

/// R^Max ≥ R^Asc and R^Max ≥ R^Avg wherever they are looked at, and R^Max ≥ 0.
#[test]
fn the_worst_direction_is_the_worst() {
    let mut u = Uniform::new(1);
    for (id, loss) in catalogue() {
        for _ in 0..50 {
            let x = VecN::from_fn(loss.dim(), |_| 1.5 * u.signed());
            let rho = u.between(0.0, 1.0);
            let worst = worst_direction(loss.as_ref(), &x, rho);
            let slack = 1e-12 * (1.0 + worst.value.abs());
            assert!(worst.r_max >= 0.0, "{id} at {x:?}, ρ {rho}: {worst:?}");
            assert!(
                worst.r_max >= ascent_rise(loss.as_ref(), &x, rho).unwrap_or(0.0) - slack,
                "{id} at {x:?}, ρ {rho}"
            );
            assert!(worst.r_max >= average_rise(loss.as_ref(), &x, rho).value - slack, "{id} at {x:?}, ρ {rho}");
            assert!(worst.certificate.kkt < 1e-8, "{id} at {x:?}, ρ {rho}: {worst:?}");
            assert!(worst.at.iter().all(|y| (*y - x).norm() <= rho * (1.0 + 1e-9)), "{id}: inside the ball");
        }
    }
}

// ---- Gradients ----

/// ∇L^Max, ∇L^Asc and ∇L^Avg against central differences of the three losses.
#[test]
fn gradients_of_the_perturbed_losses() {
    for (id, loss) in catalogue() {
        // Each loss has points of its own: another one in the catalogue does not move them.
        let mut u = Uniform::new(2);
        let loss = loss.as_ref();
        let (mut compared, mut steep) = (0, 0);
        for _ in 0..20 {
            let x = VecN::from_fn(loss.dim(), |_| 1.2 * u.signed());
            let rho = u.between(0.05, 0.5);
            let worst = worst_direction(loss, &x, rho);
            let ascent = ascent_direction(loss, &x);
            let asc = ascent.sam_gradient(loss, &x, rho) + ascent.dropped_term(loss, &x, rho).expect("a gradient");
            let l_asc = |y: &VecN| loss.value(y) + ascent_rise(loss, y, rho).expect("a gradient");
            let l_avg = |y: &VecN| loss.value(y) + average_rise(loss, y, rho).value;
            let trace = loss.hessian(&x).trace().abs();
            let scale = 1.0 + loss.value(&x).abs() + trace;
            // Where the gradient is small beside the curvature L^Asc bends sharply, and where two maximizers nearly tie L^Max has
            // a kink.
            if ascent.gradient.norm() > 0.3_f64.max(0.01 * trace) {
                steep += 1;
                check(&format!("{id}, L^Asc"), &asc, &x, scale, l_asc);
            }
            check(&format!("{id}, L^Avg"), &average_gradient(loss, &x, rho).value, &x, scale, l_avg);
            let wide = worst_direction(loss, &(x + ascent.direction * 1e-3), rho);
            if (*wide.chosen() - *worst.chosen()).norm() < 0.02 {
                compared += 1;
                let l_max = |y: &VecN| worst_direction(loss, y, rho).value;
                check(&format!("{id}, L^Max"), &loss.gradient(worst.chosen()), &x, scale, l_max);
            }
        }
        assert!(compared >= 10, "{id}: {compared} of 20 away from kinks");
        assert!(steep >= 5, "{id}: {steep} of 20 on a slope");
    }
}

fn check(what: &str, gradient: &VecN, x: &VecN, scale: f64, f: impl Fn(&VecN) -> f64) {
    let h = 1e-4;
    let difference = VecN::from_fn(x.len(), |i| {
        let e = VecN::axis(x.len(), i);
        let slope = |k: f64| (f(&(*x + e * (k * h))) - f(&(*x - e * (k * h)))) / (2.0 * k * h);
        (4.0 * slope(1.0) - slope(2.0)) / 3.0
    });
    let error = (*gradient - difference).norm();
    assert!(error <= 1e-6 * (scale + gradient.norm()), "{what} at {x:?}: {gradient:?} and {difference:?}");
}

// ---- R^Avg and its error ----

/// The mean over the circle by 4000 angles, over spheres by a fine midpoint rule.
fn fine_mean(loss: &dyn Landscape, x: &VecN, rho: f64) -> f64 {
    let tau = std::f64::consts::TAU;
    let value = |u: &[f64]| loss.value(&(*x + at(u) * rho));
    match x.len() {
        2 => {
            (0..4000).map(|k| (tau * f64::from(k) / 4000.0).sin_cos()).map(|(s, c)| value(&[c, s])).sum::<f64>()
                / 4000.0
        }
        3 => {
            // Simpson's rule in height, which is uniform on the sphere.
            let (nodes, angles) = (6000, 48);
            let ring = |height: f64| {
                let radius = (1.0 - height * height).max(0.0).sqrt();
                let at_angle = |k: i32| {
                    let (sin, cos) = (tau * f64::from(k) / f64::from(angles)).sin_cos();
                    value(&[radius * cos, radius * sin, height])
                };
                (0..angles).map(at_angle).sum::<f64>() / f64::from(angles)
            };
            let weight = |i: i32| {
                if i == 0 || i == nodes {
                    1.0
                } else if i % 2 == 0 {
                    2.0
                } else {
                    4.0
                }
            };
            (0..=nodes).map(|i| weight(i) * ring(2.0 * f64::from(i) / f64::from(nodes) - 1.0)).sum::<f64>()
                / (3.0 * f64::from(nodes))
        }
        _ => unreachable!("two or three dimensions"),
    }
}

/// In two and three dimensions the true error is within the estimate, up to the reference's own rounding.
#[test]
fn the_error_of_the_average_is_honest() {
    for seed in 0..60 {
        let mut u = Uniform::new(400 + seed);
        let (plane, space) = (erase(RandomLoss::<2>::new(seed)), erase(RandomLoss::<3>::new(seed)));
        for loss in [plane.as_ref(), space.as_ref()] {
            let x = VecN::from_fn(loss.dim(), |_| u.signed());
            let rho = u.between(0.05, 1.5);
            let mean = average_rise(loss, &x, rho);
            let reference = fine_mean(loss, &x, rho) - loss.value(&x);
            let error = (mean.value - reference).abs();
            let rounding = 1e-13 * (1.0 + reference.abs() + loss.value(&x).abs());
            assert!(error <= 2.0 * mean.error + rounding, "seed {seed}: error {error:e}, {mean:?}");
            assert!(mean.error < 1e-10 * (1.0 + mean.value.abs()), "seed {seed}: {mean:?}");
        }
    }
}

/// In four and more dimensions against 10^6 random directions, in antipodal pairs: within their three standard errors
/// and the estimate.
fn against_random_directions<const D: usize>(seed: u64, rho: f64) {
    let loss = erase(RandomLoss::<D>::new(seed));
    let mut u = Uniform::new(700 + seed);
    let x = VecN::from_fn(D, |_| 0.5 * u.signed());
    let mean = average_rise(loss.as_ref(), &x, rho);
    let here = loss.value(&x);
    let (mut sum, mut squares) = (0.0, 0.0);
    let pairs = 500_000;
    for _ in 0..pairs {
        // Twelve uniform numbers are nearly normal.
        let v = VecN::from_fn(D, |_| (0..12).map(|_| u.signed()).sum::<f64>()).unit().expect("a direction");
        let rise = 0.5 * (loss.value(&(x + v * rho)) + loss.value(&(x - v * rho))) - here;
        sum += rise;
        squares += rise * rise;
    }
    let n = f64::from(pairs);
    let (random, spread) = (sum / n, ((squares / n - (sum / n).powi(2)) / n).sqrt());
    let error = (mean.value - random).abs();
    assert!(error <= 2.0 * mean.error + 4.0 * spread, "seed {seed}: error {error:e} ± {spread:e}, {mean:?}");
}

#[test]
fn the_average_agrees_with_random_directions() {
    for seed in 0..4 {
        against_random_directions::<4>(seed, 0.7);
        against_random_directions::<6>(seed, 0.7);
        against_random_directions::<10>(seed, 0.5);
    }
}

// ---- The step taken apart ----

/// The terms sum to SAM's gradient, the remainder is of third order, and at SAM's 2-cycle on toy4d's Γ the third term's
/// part along Γ is (ρ²/2)∇λ1.
#[test]
fn taylor_terms() {
    let loss = of("toy4d", 4);
    let loss = loss.as_ref();
    let x = at(&[0.5, 0.4, 0.009, 1e-12]);
    let remainder = |rho: f64| {
        let anatomy = Anatomy::at(loss, &x, rho);
        let sum = anatomy.gradient.vector + anatomy.second.vector + anatomy.third.vector + anatomy.remainder.vector;
        assert!((sum - anatomy.sam.vector).norm() < 1e-15);
        anatomy.remainder.vector.norm()
    };
    let (coarse, fine) = (remainder(0.1), remainder(0.05));
    assert!(coarse / fine > 7.9, "{coarse:e} and {fine:e}");
    let anatomy = Anatomy::at(loss, &x, 0.1);
    let tangent = TangentSpace::near(loss, &x).expect("Γ is near");
    let drift = tangent.project(&anatomy.third.vector);
    // λ1 = 2F1 = 2(x1² + 6x2² + 8).
    let slope = at(&[4.0 * 0.5, 24.0 * 0.4, 0.0, 0.0]);
    assert!((drift - slope * 0.005).norm() < 1e-5, "{drift:?}");
    // At distance a from Γ the other terms have the parts (a²/2)∇λ1 and aρ∇λ1 along it.
    let a = 0.009;
    assert!((tangent.project(&anatomy.gradient.vector) - slope * (0.5 * a * a)).norm() < 1e-9);
    assert!((tangent.project(&anatomy.second.vector) - slope * (a * 0.1)).norm() < 1e-4);
    let split = anatomy.third.split.expect("Γ is near");
    assert_near(split.tangential, drift.norm(), 1e-15);
    assert_near(split.tangential.hypot(split.normal), anatomy.third.vector.norm(), 1e-15);
    // Along v1 there is only what oscillates: λ1(x3 + ρ).
    assert_near(anatomy.sam.frame[0].abs(), 2.0 * (0.25 + 0.96 + 8.0) * 0.109, 0.05);
}

/// On Γ itself, near it, and where there is none.
#[test]
fn tangent_spaces() {
    let along = |id: &str, x: &[f64], u: &[f64]| {
        TangentSpace::near(of(id, x.len()).as_ref(), &at(x)).map(|space| space.project(&at(u)).to_vec())
    };
    let tangential = along("toy4d", &[0.2, 0.7, 0.05, -0.1], &[0.3, 0.4, 5.0, 6.0]).expect("Γ is near");
    assert!((at(&tangential) - at(&[0.3, 0.4, 0.0, 0.0])).norm() < 1e-7, "{tangential:?}");
    let on = along("hyperbola", &[2.0, 0.5], &[1.0, 1.0]).expect("on Γ");
    // The tangent is (−x, y)/‖·‖ = (−4, 1)/√17.
    assert_near(on[0], 12.0 / 17.0, 1e-12);
    assert_near(on[1], -3.0 / 17.0, 1e-12);
    assert!(along("hyperbola", &[2.0, 0.55], &[1.0, 1.0]).is_some());
    assert_eq!(along("quadratic", &[0.3, 0.2], &[1.0, 1.0]), None);
    assert_eq!(along("saddle", &[0.3, 0.2], &[1.0, 1.0]), None);
    assert_eq!(along("himmelblau", &[3.0, 2.0], &[1.0, 1.0]), None);
}

// ---- The report ----

/// The keys of INTERFACE in their order, and nulls where the gradient vanishes.
#[test]
fn the_report_has_the_promised_keys() {
    let text =
        serde_json::to_string(&SharpnessReport::at(of("toy4d", 4).as_ref(), &[0.3, 0.6, 0.0, 0.0], 0.1)).expect("JSON");
    let keys = [
        "x",
        "rho",
        "value",
        "gradient",
        "hessian",
        "eigenvalues",
        "eigenvectors",
        "rank",
        "on_gamma",
        "alignment",
        "r_max",
        "r_max_at",
        "certificate",
        "r_asc",
        "r_avg",
        "r_avg_error",
        "s_max",
        "s_asc",
        "s_avg",
        "grad_l_max",
        "grad_l_asc",
        "grad_l_avg",
        "sam_gradient",
        "dropped_term",
        "taylor",
        "angles",
        "stochastic",
    ];
    let mut place = 0;
    for key in keys {
        let found = text[place..].find(&format!("\"{key}\":"));
        place += found.unwrap_or_else(|| panic!("{key} comes next in {}", &text[place..]));
    }
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(value.as_object().expect("an object").len(), keys.len());
    for key in ["alignment", "r_asc", "grad_l_asc", "dropped_term"] {
        assert!(value[key].is_null(), "{key}");
    }
    assert!(value["angles"]["sam_asc"].is_null() && value["angles"]["sam_max"].is_number());
    assert!(value["stochastic"]["e_r_asc"].is_null() && value["stochastic"]["e_r_max"].is_number());
    let regular = SharpnessReport::at(of("hyperbola", 2).as_ref(), &[2.0, 0.6], 0.1);
    assert!(regular.stochastic.is_none() && regular.grad_l_asc.is_some() && regular.alignment.is_some());
    // ρ = 0: no sharpness, and every gradient is the gradient.
    let flat = SharpnessReport::at(of("toy4d", 4).as_ref(), &[0.3, 0.6, 0.1, 0.2], 0.0);
    assert_eq!((flat.r_max, flat.r_asc, flat.r_avg, flat.r_avg_error), (0.0, Some(0.0), 0.0, 0.0));
    assert!([&flat.grad_l_max, &flat.grad_l_avg, &flat.sam_gradient].into_iter().all(|g| *g == flat.gradient));
    assert_eq!(flat.grad_l_asc.as_ref(), Some(&flat.gradient));
}

/// Numbers that are not finite are null.
#[test]
fn overflow_is_null() {
    let report = SharpnessReport::at(of("rosenbrock", 2).as_ref(), &[1e100, -1e100], 0.1);
    let value = serde_json::to_value(report).expect("JSON");
    assert!(value["value"].is_null() && value["r_max"].is_null(), "{value}");
}

/// A point is measured cheaply first, and fully when asked.
#[test]
fn points_are_measured_in_two_stages() {
    let loss = of("toy4d", 4);
    let mut point = Point::measure(loss.as_ref(), 3, &[0.3, 0.6, 0.1, 0.2], 0.01, 0.1);
    assert_eq!((point.r_max, point.r_asc, point.r_avg), (None, None, None));
    point.measure_sharpness(loss.as_ref(), 0.1);
    let report = SharpnessReport::at(loss.as_ref(), &[0.3, 0.6, 0.1, 0.2], 0.1);
    assert_eq!((point.r_max, point.r_asc, point.r_avg), (Some(report.r_max), report.r_asc, Some(report.r_avg)));
}

/// Where the underflow hold has brought every normal coordinate to the smallest number, the gradient points nowhere: GD's
/// alignment on toy4d goes out instead of jumping from 0 to 1.
#[test]
fn a_gradient_at_the_underflow_floor_has_no_direction() {
    let scenario = Scenario::from_json(r#"{"loss": {"id": "toy4d"}, "optimizers": [{"id": "gd"}], "steps": 40000}"#);
    let mut racer = Racer::new(scenario.expect("a scenario").run_spec(0));
    let mut last = 0.0;
    while racer.stop_reason().is_none() {
        racer.advance(500);
        let point = racer.measure_fully(racer.step(), racer.x());
        assert_eq!(point.alignment.is_some(), point.rayleigh.is_some());
        assert_eq!(point.alignment.is_some(), point.r_asc.is_some());
        let Some(alignment) = point.alignment else {
            assert!(racer.x()[3].abs() < 1e-300, "at step {}", racer.step());
            continue;
        };
        assert!(racer.step() < 17_000 && (alignment - last).abs() < 0.5 || racer.step() == 500);
        last = alignment;
    }
    assert_eq!(racer.measure(racer.step(), racer.x()).alignment, None);
}
