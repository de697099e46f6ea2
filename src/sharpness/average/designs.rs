//! Points and weights on the unit spheres, of growing degree: rule k of a dimension is exact for polynomials up to a
//! degree that grows with k.

use std::sync::LazyLock;

use crate::calculus::VecN;
use crate::loss::DIM_MAX;

/// Points of the sphere with weights that sum to 1.
#[derive(Clone, Debug, Default)]
pub(super) struct Rule {
    pub points: Vec<VecN>,
    pub weights: Vec<f64>,
}

impl Rule {
    fn push(&mut self, point: VecN, weight: f64) {
        self.points.push(point);
        self.weights.push(weight);
    }
}

/// Angles on the circle, nodes in height and so on, by rule: each about as fine in all directions.
const CIRCLE: [usize; 6] = [24, 48, 96, 192, 384, 768];
const SPHERE: [usize; 6] = [4, 6, 9, 14, 20, 30];
const GLOME: [usize; 5] = [4, 6, 8, 12, 18];

/// How many rules the dimension has: they converge up to dimension 4; above it there are as many turned copies of one.
pub(super) fn count(n: usize) -> usize {
    match n {
        1 => 1,
        2 => CIRCLE.len(),
        3 => SPHERE.len(),
        4 => GLOME.len(),
        _ => TURNS,
    }
}

/// Rule `k` of dimension `n`, made when it is first asked for.
pub(super) fn rule(n: usize, k: usize) -> &'static Rule {
    type Row = [LazyLock<Rule, Box<dyn FnOnce() -> Rule + Send>>; TURNS];
    static RULES: LazyLock<[Row; DIM_MAX + 1]> = LazyLock::new(|| {
        std::array::from_fn(|n| {
            std::array::from_fn(|k| LazyLock::new(Box::new(move || make(n, k)) as Box<dyn FnOnce() -> Rule + Send>))
        })
    });
    &RULES[n][k]
}

/// Turned copies of Stroud's rule in dimensions above 4.
pub(super) const TURNS: usize = 6;

/// Points of the unit sphere of R^n with weights that sum to 1: a rule that is fine enough for f32 where the rules converge, and
/// all copies where they don't.
#[must_use]
pub fn sphere_points(n: usize) -> Vec<(VecN, f64)> {
    let rules = match n {
        1 => 0..1,
        // Kinks need the finest.
        2 => CIRCLE.len() - 1..CIRCLE.len(),
        3 | 4 => 1..2,
        _ => 0..TURNS,
    };
    let share = 1.0 / rules.len() as f64;
    let of = |k: usize| {
        rule(n, k).points.iter().zip(&rule(n, k).weights).map(move |(point, weight)| (*point, weight * share))
    };
    rules.flat_map(of).collect()
}

fn make(n: usize, k: usize) -> Rule {
    match n {
        0 | 1 => Rule { points: vec![VecN::from_slice(&[1.0]), VecN::from_slice(&[-1.0])], weights: vec![0.5; 2] },
        2 => circle(CIRCLE[k]),
        3 => sphere(SPHERE[k]),
        4 => glome(GLOME[k.min(GLOME.len() - 1)]),
        _ => stroud(n, k),
    }
}

/// (cos, sin) of m equidistant angles.
fn angles(m: usize) -> impl Iterator<Item = [f64; 2]> + Clone {
    (0..m).map(move |k| {
        let angle = std::f64::consts::TAU * k as f64 / m as f64;
        [libm::cos(angle), libm::sin(angle)]
    })
}

/// The trapezoid rule: exact below degree m.
fn circle(m: usize) -> Rule {
    let mut rule = Rule::default();
    for [cos, sin] in angles(m) {
        rule.push(VecN::from_slice(&[cos, sin]), 1.0 / m as f64);
    }
    rule
}

/// Gauss's m nodes in height times 2m angles: degree 2m − 1. Height is uniform on the sphere in three dimensions.
fn sphere(m: usize) -> Rule {
    let mut rule = Rule::default();
    for (height, weight) in gauss_legendre(m) {
        let radius = (1.0 - height * height).sqrt();
        for [cos, sin] in angles(2 * m) {
            rule.push(VecN::from_slice(&[radius * cos, radius * sin, height]), 0.5 * weight / (2 * m) as f64);
        }
    }
    rule
}

/// Two angles times the share s of the first pair of coordinates in the length, which is uniform on 0 … 1 in four
/// dimensions: (√s e^iα, √(1−s) e^iβ), 2m angles each, Gauss's nodes for s. Degree 2m − 1.
fn glome(m: usize) -> Rule {
    let mut rule = Rule::default();
    let nodes = m.div_ceil(2);
    for (node, weight) in gauss_legendre(nodes) {
        let share = 0.5 * (1.0 + node);
        let (first, second) = (share.sqrt(), (1.0 - share).sqrt());
        let weight = 0.5 * weight / (4 * m * m) as f64;
        for [cos_a, sin_a] in angles(2 * m) {
            for [cos_b, sin_b] in angles(2 * m) {
                let point = [first * cos_a, first * sin_a, second * cos_b, second * sin_b];
                rule.push(VecN::from_slice(&point), weight);
            }
        }
    }
    rule
}

/// Nodes and weights on −1 … 1 by Newton's method for the zeros of the Legendre polynomial P_m.
fn gauss_legendre(m: usize) -> impl Iterator<Item = (f64, f64)> {
    (0..m).map(move |k| {
        let mut x = libm::cos(std::f64::consts::PI * (k as f64 + 0.75) / (m as f64 + 0.5));
        let mut slope = 1.0;
        for _ in 0..8 {
            let (mut before, mut here) = (1.0, x);
            for degree in 2..=m {
                let d = degree as f64;
                (before, here) = (here, ((2.0 * d - 1.0) * x * here - (d - 1.0) * before) / d);
            }
            slope = m as f64 * (x * here - before) / (x * x - 1.0);
            x -= here / slope;
        }
        (x, 2.0 / ((1.0 - x * x) * slope * slope))
    })
}

/// Stroud's rule Uₙ 5-2 of degree 5: the axes and the midpoints of pairs of axes, turned.
fn stroud(n: usize, turn: usize) -> Rule {
    let basis = turned_axes(n, turn);
    let d = n as f64;
    let (on_axes, between) = ((4.0 - d) / (2.0 * d * (d + 2.0)), 1.0 / (d * (d + 2.0)));
    let mut rule = Rule::default();
    for i in 0..n {
        for sign in [1.0, -1.0] {
            rule.push(basis[i] * sign, on_axes);
            for j in 0..i {
                for other in [sign, -sign] {
                    rule.push((basis[i] * sign + basis[j] * other) * std::f64::consts::FRAC_1_SQRT_2, between);
                }
            }
        }
    }
    rule
}

/// An orthonormal basis: the axes themselves, then scattered directions by Gram and Schmidt.
fn turned_axes(n: usize, turn: usize) -> Vec<VecN> {
    if turn == 0 {
        return (0..n).map(|i| VecN::axis(n, i)).collect();
    }
    let mut state = (turn as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut uniform = || {
        // Knuth's linear congruence; its high bits are random enough.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    // Sums of four uniform numbers: nearly normal, so that directions are nearly uniform.
    let mut basis: Vec<VecN> = Vec::with_capacity(n);
    while basis.len() < n {
        let mut v = VecN::from_fn(n, |_| uniform() + uniform() + uniform() + uniform() - 2.0);
        for _ in 0..2 {
            for b in &basis {
                v = v - *b * b.dot(&v);
            }
        }
        if v.norm() > 0.1 {
            basis.extend(v.unit());
        }
    }
    basis
}
