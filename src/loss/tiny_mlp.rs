//! A network with one hidden layer of three tanh units, f(t) = Σ v_j tanh(w_j t + b_j) + c, fitted to five
//! points: L_k = ½ (f(t_k) − y_k)², L their mean.
//!
//! Domain R¹⁰, x = (w1, b1, v1, w2, b2, v2, w3, b3, v3, c). The points are t = −1, −½, 0, ½, 1 with
//! y = −½, ½, 0, −½, ½. Γ is where f interpolates all five: codimension M = 5, dimension 5. There
//! H = (1/5) Σ ∇f_k ∇f_kᵀ, so its non-zero eigenvalues are those of the 5×5 Gram matrix of the ∇f_k, divided by 5.
//! No minimizer is known in closed form.
//!
//! Measured from the default start (η = 0.01, ρ = 0.1, 10⁵ steps): GD stops at λ1 = 4.7, Tr = 8.3; SAM
//! reaches λ1 = 2.0, Tr = 4.3, 1-SAM λ1 = 2.0, Tr = 3.8, and for both f has become odd, as the points
//! are: units 1 and 3 are mirror images (w1 = w3, b1 = −b3, v1 = v3), b2 and c are 0.

use super::{Info, Loss, Scalar, array};

const UNITS: usize = 3;
const DIM: usize = 3 * UNITS + 1;
/// (t_k, y_k).
const POINTS: [(f64, f64); 5] = [(-1.0, -0.5), (-0.5, 0.5), (0.0, 0.0), (0.5, -0.5), (1.0, 0.5)];

pub(super) const INFO: Info = Info {
    id: "tiny-mlp",
    formula: r"\text{mean of } \tfrac12 (f(t_k) - y_k)^2 \quad f(t) = \sum v_j \tanh(w_j t + b_j) + c \quad x = (w_1, b_1, v_1, \ldots, w_3, b_3, v_3, c)",
    about: "A small tanh network that interpolates five points: SAM and 1-SAM flatten it until it is odd like them.",
    start: &[1.0, 0.5, 1.0, 1.0, -0.5, -1.0, 0.5, 0.0, 0.5, 0.0],
    samples: |_| POINTS.len(),
    gamma_text: "f(t_k) = y_k at all five points t = −1, −½, 0, ½, 1 with y = −½, ½, 0, −½, ½: five equations for ten \
                 numbers",
    ..Info::PLAIN
};

#[derive(Clone, Copy, Debug)]
pub(super) struct TinyMlp;

impl TinyMlp {
    pub(super) fn new(_params: &[f64]) -> Self {
        Self
    }
}

/// f(t_k) − y_k, and what the hidden units give there.
#[inline(always)]
fn residual<T: Scalar>(k: usize, x: &[T; DIM]) -> (T, [T; UNITS]) {
    let (t, y) = POINTS[k];
    let units: [T; UNITS] = array(|j| (x[3 * j] * t + x[3 * j + 1]).tanh());
    let mut f = x[DIM - 1];
    for (j, &unit) in units.iter().enumerate() {
        f = f + x[3 * j + 2] * unit;
    }
    (f - y, units)
}

impl Loss<DIM> for TinyMlp {
    fn value<T: Scalar>(&self, x: &[T; DIM]) -> T {
        let mut sum = self.sample_value(0, x);
        for k in 1..POINTS.len() {
            sum = sum + self.sample_value(k, x);
        }
        sum * (1.0 / POINTS.len() as f64)
    }

    fn gradient<T: Scalar>(&self, x: &[T; DIM]) -> [T; DIM] {
        let mut sum = self.sample_gradient(0, x);
        for k in 1..POINTS.len() {
            for (total, part) in sum.iter_mut().zip(self.sample_gradient(k, x)) {
                *total = *total + part;
            }
        }
        array(|i| sum[i] * (1.0 / POINTS.len() as f64))
    }

    fn samples(&self) -> usize {
        POINTS.len()
    }

    fn sample_value<T: Scalar>(&self, k: usize, x: &[T; DIM]) -> T {
        residual(k, x).0.square() * 0.5
    }

    fn sample_gradient<T: Scalar>(&self, k: usize, x: &[T; DIM]) -> [T; DIM] {
        let (r, units) = residual(k, x);
        // The output bias has derivative 1.
        let mut gradient = [r; DIM];
        for (j, &unit) in units.iter().enumerate() {
            let before = r * x[3 * j + 2] * (-unit.square() + 1.0);
            gradient[3 * j] = before * POINTS[k].0;
            gradient[3 * j + 1] = before;
            gradient[3 * j + 2] = r * unit;
        }
        gradient
    }
}
