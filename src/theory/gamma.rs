//! Γ, the manifold of minimizers, near one of its points: the way back to it and its tangent space.

use crate::calculus::{Eigen, Landscape, VecN};

/// Newton's method has arrived where its step is this short relative to 1 + ‖x‖.
const ARRIVED: f64 = 1e-12;

/// Newton's step −H⁺g on the `rank` largest eigenvalues, which on Γ are the non-zero ones.
pub(super) fn newton_step(eigen: &Eigen, gradient: &VecN, rank: usize) -> VecN {
    let parts = eigen.vectors().iter().zip(eigen.values.iter()).take(rank);
    parts.fold(VecN::zeros(gradient.len()), |sum, (v, lambda)| sum + *v * (-v.dot(gradient) / lambda))
}

/// The point of Γ beside x, where rank H = `rank`: its distance from Φ(x) is of second order in x's from Γ.
/// `None` where Newton's method doesn't settle.
pub(super) fn to_gamma(loss: &dyn Landscape, x: &VecN, rank: usize) -> Option<VecN> {
    let mut x = *x;
    let mut length = f64::INFINITY;
    for _ in 0..20 {
        let step = newton_step(&Eigen::new(&loss.hessian(&x)), &loss.gradient(&x), rank);
        if !step.is_finite() {
            return None;
        }
        x += step;
        let allowed = ARRIVED * (1.0 + x.norm());
        // Squaring the error until rounding is all that is left of it.
        let (last, now) = (length, step.norm());
        if now == 0.0 || (now <= allowed && now >= 0.5 * last) {
            return Some(x);
        }
        length = now;
    }
    (length <= ARRIVED * (1.0 + x.norm())).then_some(x)
}

/// P⊥u: the projection on the tangent space of Γ, the eigenvectors behind the first `rank`. Counting them, instead
/// of asking which eigenvalues vanish, makes it a smooth function also beside Γ, where an integrator's stages are.
pub(super) fn tangential(eigen: &Eigen, rank: usize, u: &VecN) -> VecN {
    eigen.vectors()[rank..].iter().fold(VecN::zeros(u.len()), |sum, v| sum + *v * v.dot(u))
}
