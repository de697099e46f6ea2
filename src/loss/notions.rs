//! L = ½ Σ α_i(u)² m_i², i = 1 … M: a sphere of minimizers on which the three notions of sharpness choose three points.
//!
//! Domain R^(2M−1), M = k = 2, 3, laid out as x = (u1, u2, z1) and (u1, u2, z1, u3, z2). Of u ∈ R^M and z ∈ R^(M−1) the
//! normal coordinates are n = (½(|u|²−1), z); m = Pn, with P the reflection across the plane ⟂ (1, 2) or (1, 2, 2); the
//! weights are α_i = a_i + ½c|u − e_i|², with a_i > 0 and c ≥ 0. Samples L_k = ½M(Pp)_k² with p_i = α_i m_i, whose mean
//! is L, P being orthogonal.
//!
//! Γ = {|u| = 1, z = 0} and nothing else: α_i ≥ a_i > 0, so L = 0 makes n = 0. There the gradients of n are
//! orthonormal, (u, 0) and the axes of z, so that H has the eigenvalues α_i² with the eigenvectors Σ_j P_ij ∇n_j, which
//! turn with u and lie along no axis. On Γ α_i = A_i − c u_i, A_i = a_i + c, and therefore
//!
//! - Tr H = |A|² + c² − 2c⟨A, u⟩ is least at A/|A|: at (0.8, 0.6) for M = 2, at (28, 21, 12)/37 for M = 3;
//! - λM is least at e_j of the smallest a_j, with a_j² there;
//! - λ1 is least at e_i of the largest a_i, with a_i², if a_i is no smaller than all other A_j: λ1 ≥ α_i² everywhere;
//! - α_1² and α_2² cross where u1 − u2 = (a1 − a2)/c = 7/5: for M = 2 at (0.8, −0.6) and (0.6, −0.8).
//!
//! Each ∇²L_k has rank one on Γ, where L_k's residual vanishes, and the M gradients, those of Pp, are linearly
//! independent there (Setting 5.1), but not orthogonal where the α_i differ.

use super::{Gamma, Info, Landmark, LandmarkKind, Loss, Param, Scalar, array};

/// The places of u and z among the coordinates.
const U: [usize; 3] = [0, 1, 3];
const Z: [usize; 2] = [2, 4];

pub(super) const INFO: Info = Info {
    id: "notions",
    formula: r"\tfrac12 \sum \alpha_i^2 m_i^2 \quad \alpha_i = a_i + \tfrac12 c |u - e_i|^2 \quad m = P n \quad P \text{ a reflection} \quad n = (\tfrac12 (|u|^2 - 1), z) \quad x = (u_1, u_2, z_1, u_3, z_2)",
    coordinates: &["u1", "u2", "z1", "u3", "z2"],
    about: "A circle of minima (a sphere for k = 3) on which λ1, λM and the trace are least at three different points.",
    dim_of: Some(|params| 2.0 * params[4] - 1.0),
    params: &[
        Param::new("a1", 2.3, 0.1, 100.0),
        Param::new("a2", 1.6, 0.1, 100.0),
        Param::new("a3", 0.7, 0.1, 100.0),
        Param::new("c", 0.5, 0.0, 100.0),
        Param::new("k", 2.0, 2.0, 3.0),
    ],
    start: &[0.7, 1.0, 0.2, 0.5, -0.1],
    samples: |params| params[4] as usize,
    gamma: Gamma::ZeroSet(&Z, |_, x| squared(x) - 1.0),
    gamma_text: "|u| = 1, z = 0, where the non-zero eigenvalues are (a_i + c − c u_i)²",
    view: r#"{"quantity": "lambda_1", "levels": "linear", "bounds": [-1.5, 1.5, -1.3, 1.3]}"#,
    landmarks,
    ..Info::PLAIN
};

/// |u|².
fn squared(x: &[f64]) -> f64 {
    U.iter().filter_map(|&i| x.get(i)).map(|u| u * u).sum()
}

/// Where the three notions are least over Γ; nothing for c = 0, where they are constant.
fn landmarks(params: &[f64], dim: usize) -> Vec<Landmark> {
    let (a, c) = (&params[..dim.div_ceil(2)], params[3]);
    if c == 0.0 {
        return Vec::new();
    }
    let mark = |u: &dyn Fn(usize) -> f64, kind| {
        let mut x = vec![0.0; dim];
        (0..a.len()).for_each(|i| x[U[i]] = u(i));
        Landmark::new(x, kind)
    };
    let axis = |place: usize| move |i: usize| f64::from(u8::from(i == place));
    let place = |value: f64| a.iter().position(|&other| other == value).unwrap_or(0);
    let (largest, smallest) = (a.iter().copied().fold(0.0, f64::max), a.iter().copied().fold(f64::INFINITY, f64::min));
    let sharpest = place(largest);
    let length = a.iter().map(|a| (a + c) * (a + c)).sum::<f64>().sqrt();
    let mut marks = vec![
        mark(&axis(place(smallest)), LandmarkKind::LeastLambdaM),
        mark(&|i| (a[i] + c) / length, LandmarkKind::LeastTrace),
    ];
    if (0..a.len()).all(|i| i == sharpest || a[i] + c <= largest) {
        marks.insert(0, mark(&axis(sharpest), LandmarkKind::LeastLambda1));
    }
    marks
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Notions {
    a: [f64; 3],
    c: f64,
}

/// What the loss is made of, M numbers each.
struct Parts<T> {
    u: [T; 3],
    alpha: [T; 3],
    m: [T; 3],
}

/// P: the reflection across the plane ⟂ (1, 2) or (1, 2, 2), of the first `m` numbers; the others are 0.
#[inline(always)]
fn reflected<T: Scalar>(m: usize, v: &[T; 3]) -> [T; 3] {
    const NORMAL: [f64; 3] = [1.0, 2.0, 2.0];
    let mut along = v[0];
    for i in 1..m {
        along = along + v[i] * NORMAL[i];
    }
    let twice = along * if m == 2 { 2.0 / 5.0 } else { 2.0 / 9.0 };
    array(|i| if i < m { v[i] - twice * NORMAL[i] } else { v[i] })
}

impl Notions {
    pub(super) fn new(params: &[f64]) -> Self {
        Self { a: [params[0], params[1], params[2]], c: params[3] }
    }

    #[inline(always)]
    fn parts<T: Scalar, const D: usize>(&self, x: &[T; D]) -> Parts<T> {
        let m = D.div_ceil(2);
        let zero = T::constant(0.0);
        let u: [T; 3] = array(|i| if i < m { x[U[i]] } else { zero });
        let mut half = u[0].square();
        for u in &u[1..m] {
            half = half + u.square();
        }
        let half = half * 0.5;
        let n = array(|i| match i {
            0 => half - 0.5,
            i if i < m => x[Z[i - 1]],
            _ => zero,
        });
        let alpha = array(|i| if i < m { (half + 0.5 - u[i]) * self.c + self.a[i] } else { zero });
        Parts { u, alpha, m: reflected(m, &n) }
    }

    /// The gradient of a function of p, from its derivatives by p.
    #[inline(always)]
    fn pulled_back<T: Scalar, const D: usize>(&self, parts: &Parts<T>, by_p: &[T; 3]) -> [T; D] {
        let m = D.div_ceil(2);
        let by_n = reflected(m, &array(|i| by_p[i] * parts.alpha[i]));
        let by_alpha: [T; 3] = array(|i| by_p[i] * parts.m[i]);
        let mut total = by_alpha[0];
        for &part in &by_alpha[1..m] {
            total = total + part;
        }
        let mut gradient = [T::constant(0.0); D];
        for i in 0..m {
            gradient[U[i]] = (by_n[0] + total * self.c) * parts.u[i] - by_alpha[i] * self.c;
        }
        for i in 1..m {
            gradient[Z[i - 1]] = by_n[i];
        }
        gradient
    }
}

impl<T: Scalar> Parts<T> {
    #[inline(always)]
    fn p(&self) -> [T; 3] {
        array(|i| self.alpha[i] * self.m[i])
    }
}

impl<const D: usize> Loss<D> for Notions {
    #[inline(always)]
    fn value<T: Scalar>(&self, x: &[T; D]) -> T {
        let p = self.parts(x).p();
        p[1..D.div_ceil(2)].iter().fold(p[0].square(), |sum, p| sum + p.square()) * 0.5
    }

    #[inline(always)]
    fn gradient<T: Scalar>(&self, x: &[T; D]) -> [T; D] {
        let parts = self.parts(x);
        self.pulled_back(&parts, &parts.p())
    }

    fn samples(&self) -> usize {
        D.div_ceil(2)
    }

    fn sample_value<T: Scalar>(&self, k: usize, x: &[T; D]) -> T {
        let m = D.div_ceil(2);
        reflected(m, &self.parts(x).p())[k].square() * (0.5 * m as f64)
    }

    #[inline(always)]
    fn sample_gradient<T: Scalar>(&self, k: usize, x: &[T; D]) -> [T; D] {
        let (m, parts) = (D.div_ceil(2), self.parts(x));
        let residual = reflected(m, &parts.p())[k] * m as f64;
        let row = reflected(m, &array(|i| f64::from(u8::from(i == k))));
        self.pulled_back(&parts, &array(|i| residual * row[i]))
    }
}
