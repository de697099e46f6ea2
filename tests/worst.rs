//! R^Max: the highest point of a ball, against dense grids and searches that share no code with it.

#[path = "common/random_loss.rs"]
mod random_loss;

use random_loss::{RandomLoss, Uniform};
use samscope::calculus::{Landscape, VecN, erase, landscape};
use samscope::loss::{CATALOGUE, LossSpec};
use samscope::sharpness::{Worst, worst_direction};

const TAU: f64 = std::f64::consts::TAU;

/// The highest of 2000 angles × radii, 1 included.
fn grid_maximum(loss: &dyn Landscape, x: &VecN, rho: f64, radii: usize) -> f64 {
    let mut best = loss.value(x);
    for k in 0..2000 {
        let (sin, cos) = (TAU * f64::from(k) / 2000.0).sin_cos();
        for r in 1..=radii {
            let radius = rho * r as f64 / radii as f64;
            best = best.max(loss.value(&(*x + VecN::from_slice(&[cos, sin]) * radius)));
        }
    }
    best
}

/// A direction, uniform on the sphere of up to four dimensions.
fn direction(n: usize, u: &mut Uniform) -> VecN {
    loop {
        let v = VecN::from_fn(n, |_| u.signed());
        if v.norm() > 0.1 && v.norm() < 1.0 {
            return v.unit().expect("not zero");
        }
    }
}

/// The highest end of plain projected gradient ascent from many random points of the ball.
fn search_maximum(loss: &dyn Landscape, x: &VecN, rho: f64, starts: usize, u: &mut Uniform) -> f64 {
    let mut best = f64::NEG_INFINITY;
    for k in 0..starts {
        let direction = direction(x.len(), u);
        let radius = if k % 3 == 0 { u.between(0.0, 1.0) } else { 1.0 };
        let mut p = direction * radius;
        let mut value = loss.value(&(*x + p * rho));
        let mut step = 0.5;
        for _ in 0..300 {
            let Some(up) = loss.gradient(&(*x + p * rho)).unit() else { break };
            let target = p + up * step;
            let length = target.norm();
            let next = if length > 1.0 { target * (1.0 / length) } else { target };
            let higher = loss.value(&(*x + next * rho));
            if higher > value {
                (p, value) = (next, higher);
                step = f64::min(1.6 * step, 4.0);
            } else {
                step *= 0.4;
                if step < 1e-9 {
                    break;
                }
            }
        }
        best = best.max(value);
    }
    best
}

/// How much lower the found maximum is, relative to R^Max.
fn deficit(worst: &Worst, brute: f64) -> f64 {
    (brute - worst.value) / worst.r_max.abs().max(1e-12)
}

#[test]
fn never_below_a_dense_grid_in_the_plane() {
    let mut interior = 0;
    for seed in 0..600 {
        let loss = erase(RandomLoss::<2>::new(seed));
        let mut u = Uniform::new(1000 + seed);
        let x = VecN::from_slice(&u.array::<2>());
        let rho = u.between(0.05, 1.5);
        let worst = worst_direction(loss.as_ref(), &x, rho);
        let below = deficit(&worst, grid_maximum(loss.as_ref(), &x, rho, 40));
        assert!(below <= 1e-9, "seed {seed}, ρ {rho}: {below:e} too low, {worst:?}");
        assert!(worst.certificate.kkt < 1e-9, "seed {seed}: {worst:?}");
        interior += usize::from((worst.at[0] - x).norm() < 0.99 * rho);
    }
    assert!(interior > 20, "{interior} of the maxima lie inside: the test sees both kinds");
}

fn never_below_a_search<const D: usize>(losses: u64, starts: usize) {
    let (mut failures, mut interior) = (Vec::new(), 0);
    for seed in 0..losses {
        let loss = erase(RandomLoss::<D>::new(5000 + seed));
        let mut u = Uniform::new(9000 + seed);
        let x = VecN::from_slice(&u.array::<D>());
        let rho = u.between(0.05, 1.5);
        let worst = worst_direction(loss.as_ref(), &x, rho);
        let below = deficit(&worst, search_maximum(loss.as_ref(), &x, rho, starts, &mut u));
        if below > 1e-9 {
            failures.push((seed, rho, below));
        }
        assert!(worst.certificate.kkt < 1e-8, "seed {seed}: {worst:?}");
        interior += usize::from((worst.at[0] - x).norm() < 0.99 * rho);
    }
    assert!(failures.is_empty(), "{failures:?}");
    assert!(interior > 0);
}

#[test]
fn never_below_a_many_start_search_in_three_dimensions() {
    never_below_a_search::<3>(1000, 300);
}

#[test]
fn never_below_a_many_start_search_in_four_dimensions() {
    never_below_a_search::<4>(1000, 300);
}

/// The catalogue's losses with their narrow valleys and wells, ρ up to 1.
#[test]
fn never_below_a_search_on_the_catalogue() {
    let mut u = Uniform::new(77);
    for info in CATALOGUE {
        for &dim in info.dims {
            let loss = landscape(&LossSpec::new(info.id), dim);
            for _ in 0..60 {
                let x = VecN::from_fn(dim, |_| 1.5 * u.signed());
                let rho = u.between(0.01, 1.0);
                let worst = worst_direction(loss.as_ref(), &x, rho);
                let brute = match dim {
                    2 => grid_maximum(loss.as_ref(), &x, rho, 20),
                    _ => search_maximum(loss.as_ref(), &x, rho, 200, &mut u),
                };
                let below = deficit(&worst, brute);
                assert!(below <= 1e-9, "{} at {x:?}, ρ {rho}: {below:e} too low, {worst:?}", info.id);
            }
        }
    }
}

/// Points on a line, and more dimensions than the search has special directions for.
#[test]
fn other_dimensions() {
    for seed in 0..100 {
        let mut u = Uniform::new(seed);
        let (line, six) = (erase(RandomLoss::<1>::new(seed)), erase(RandomLoss::<6>::new(seed)));
        let (x, rho) = (u.signed(), u.between(0.05, 1.5));
        let worst = worst_direction(line.as_ref(), &VecN::from_slice(&[x]), rho);
        let value = |k: i32| line.value(&VecN::from_slice(&[x + rho * f64::from(k) / 5000.0]));
        let brute = (-5000..=5000).map(value).fold(f64::NEG_INFINITY, f64::max);
        assert!(deficit(&worst, brute) <= 1e-9, "seed {seed}: {worst:?}, {brute}");
        let x = VecN::from_fn(6, |_| u.signed());
        let worst = worst_direction(six.as_ref(), &x, rho);
        let below = deficit(&worst, search_maximum(six.as_ref(), &x, rho, 60, &mut u));
        assert!(below <= 1e-9, "seed {seed}, six dimensions: {below:e} too low, {worst:?}");
    }
}

/// Where a continuum is maximal some of it is listed, and the list doesn't grow beyond 2D.
#[test]
fn ties() {
    let mut spec = LossSpec::new("quadratic");
    for name in ["l1", "l2", "l3"] {
        spec.params_mut().insert(name.to_owned(), 4.0);
    }
    for dim in [2, 3] {
        let worst = worst_direction(landscape(&spec, dim).as_ref(), &VecN::zeros(dim), 0.1);
        assert!((worst.r_max - 0.02).abs() < 1e-16 && (2..=2 * dim).contains(&worst.at.len()), "{worst:?}");
        assert!(worst.at.iter().all(|x| (x.norm() - 0.1).abs() < 1e-15));
    }
    // Mirror images, −xy as large as it gets: the one with the larger first coordinate comes first.
    let hyperbola = worst_direction(landscape(&LossSpec::new("hyperbola"), 2).as_ref(), &VecN::zeros(2), 0.2);
    let corner = VecN::from_slice(&[0.02_f64.sqrt(), -0.02_f64.sqrt()]);
    assert!(hyperbola.at.len() == 2 && (hyperbola.at[0] - corner).norm() < 1e-9, "{hyperbola:?}");
    assert!((*hyperbola.chosen() + hyperbola.at[1]).norm() < 1e-9, "{hyperbola:?}");
    // A maximum inside.
    let ring = worst_direction(landscape(&LossSpec::new("ring"), 2).as_ref(), &VecN::zeros(2), 0.5);
    assert!(ring.r_max == 0.0 && ring.at.len() == 1, "the centre of the ring is its own maximum: {ring:?}");
}
