//! The Clarke flow of λ1 where two eigenvalues are tied (fact 12): dX/dτ = −½ times the shortest element of P⊥∂λ1.
//!
//! With tied unit eigenvectors v1, v2 and t_ij = P⊥∇³L[v_i,v_j,·] the subdifferential is {Σ Q_ij t_ij : Q ⪰ 0, tr Q = 1}.
//! Q = ½(I + [[a, b], [b, −a]]) turns that into m + a d + b e over the disk a² + b² ≤ 1 with m = ½(t11 + t22),
//! d = ½(t11 − t22), e = t12: a convex quadratic over a disk. A solution inside keeps λ1 = λ2 (it is
//! orthogonal to the gradients of their difference and of their coupling): the flow slides on the tie. A solution on
//! the rim has Q = qqᵀ: the flow leaves the tie with λ1 on the eigenvector q.

use super::drift::Drift;
use super::gamma::{tangential, to_gamma};
use crate::calculus::{Eigen, Landscape, VecN, third_mixed};

/// The pieces m, d, e of the subdifferential at a tie of the two largest eigenvalues.
pub(super) struct Tie {
    mean: VecN,
    difference: VecN,
    coupling: VecN,
    vectors: [VecN; 2],
}

/// Where the shortest element of the subdifferential lies.
pub(super) enum Shortest {
    /// Inside: the flow slides on the tie.
    Inside,
    /// On the rim: the flow goes on with λ1 on this eigenvector.
    Rim(VecN),
}

impl Tie {
    /// At x with eigenpairs `eigen`, whose first two are (nearly) tied.
    pub(super) fn new(loss: &dyn Landscape, x: &VecN, eigen: &Eigen, rank: usize) -> Self {
        let [v1, v2] = [eigen.vectors()[0], eigen.vectors()[1]];
        let project = |u: VecN| tangential(eigen, rank, &u);
        let (t11, t22) = (project(loss.along(x, &v1).second), project(loss.along(x, &v2).second));
        let coupling = project(third_mixed(loss, x, &v1, &v2));
        Self { mean: (t11 + t22) * 0.5, difference: (t11 - t22) * 0.5, coupling, vectors: [v1, v2] }
    }

    fn at(&self, [a, b]: [f64; 2]) -> VecN {
        self.mean + self.difference * a + self.coupling * b
    }

    /// The principal axes of the quadratic ‖m + a d + b e‖²: per axis its curvature, its slope at the centre, its
    /// direction in (a, b).
    fn axes(&self) -> [(f64, f64, [f64; 2]); 2] {
        let (d, e) = (&self.difference, &self.coupling);
        let (dd, de, ee) = (d.dot(d), d.dot(e), e.dot(e));
        let angle = 0.5 * libm::atan2(2.0 * de, dd - ee);
        let (c, s) = (libm::cos(angle), libm::sin(angle));
        [[c, s], [-s, c]].map(|u| {
            let along = *d * u[0] + *e * u[1];
            (along.dot(&along), along.dot(&self.mean), u)
        })
    }

    /// The minimizer over the whole plane (the shortest one where it is not unique): where it lies in the disk, it is the flow's.
    fn unconstrained(&self) -> [f64; 2] {
        self.minimizer(0.0)
    }

    /// The minimizer of ‖m + a d + b e‖² + μ(a² + b²).
    fn minimizer(&self, mu: f64) -> [f64; 2] {
        let axes = self.axes();
        let negligible = 1e-14 * (axes[0].0 + axes[1].0);
        axes.iter().fold([0.0; 2], |sum, (curvature, slope, u)| {
            let t = if *curvature + mu > negligible { -slope / (curvature + mu) } else { 0.0 };
            [sum[0] + t * u[0], sum[1] + t * u[1]]
        })
    }

    /// 1 minus the distance of the unconstrained minimizer from the centre: negative where the flow leaves the tie.
    pub(super) fn margin(&self) -> f64 {
        let [a, b] = self.unconstrained();
        1.0 - (a * a + b * b).sqrt()
    }

    /// m + a d + b e at the unconstrained minimizer: the shortest element while the flow slides.
    pub(super) fn sliding(&self) -> VecN {
        self.at(self.unconstrained())
    }

    /// Where the shortest element lies.
    pub(super) fn shortest(&self) -> Shortest {
        if self.margin() > 0.0 {
            return Shortest::Inside;
        }
        let [a, b] = self.on_rim();
        // Q = qqᵀ with q = (cos θ/2, sin θ/2) for (a, b) = (cos θ, sin θ).
        let half_angle = 0.5 * libm::atan2(b, a);
        let [v1, v2] = self.vectors;
        Shortest::Rim(v1 * libm::cos(half_angle) + v2 * libm::sin(half_angle))
    }

    /// The minimizer over the disk where it is on the rim: the multiplier μ ≥ 0 by bisection of |z(μ)| = 1.
    fn on_rim(&self) -> [f64; 2] {
        let length = |z: [f64; 2]| (z[0] * z[0] + z[1] * z[1]).sqrt();
        let (mut low, mut high) = (0.0, self.axes().iter().map(|axis| axis.1.abs()).sum::<f64>());
        for _ in 0..200 {
            let middle = 0.5 * (low + high);
            if length(self.minimizer(middle)) > 1.0 { low = middle } else { high = middle }
        }
        let z = self.minimizer(high);
        let length = length(z);
        z.map(|c| c / length)
    }
}

/// The slope while the flow slides on λ1 = λ2.
pub(super) fn sliding_slope(drift: &Drift, x: &VecN) -> VecN {
    let eigen = Eigen::new(&drift.loss.hessian(x));
    Tie::new(drift.loss, x, &eigen, drift.rank).sliding() * drift.rate(0.5 * (eigen.values[0] + eigen.values[1]))
}

/// The point of Γ beside x where λ1 = λ2: Newton's method on the gap, each time followed by the way back to Γ.
pub(super) fn to_tie(drift: &Drift, x: &VecN) -> Option<VecN> {
    let mut x = to_gamma(drift.loss, x, drift.rank)?;
    for _ in 0..10 {
        let eigen = Eigen::new(&drift.loss.hessian(&x));
        let gap = eigen.values[0] - eigen.values[1];
        let normal = Tie::new(drift.loss, &x, &eigen, drift.rank).difference * 2.0;
        let squared = normal.dot(&normal);
        // Rounding, or a tie that holds everywhere: nothing to correct.
        if gap <= 4.0 * f64::EPSILON * eigen.scale() || squared <= 1e-20 * eigen.scale() * eigen.scale() {
            break;
        }
        x = to_gamma(drift.loss, &(x + normal * (-gap / squared)), drift.rank)?;
    }
    Some(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tie(mean: [f64; 2], difference: [f64; 2], coupling: [f64; 2]) -> Tie {
        let v = VecN::from_slice;
        Tie {
            mean: v(&mean),
            difference: v(&difference),
            coupling: v(&coupling),
            vectors: [VecN::axis(2, 0), VecN::axis(2, 1)],
        }
    }

    /// The disk's minimizer beats every point of a fine polar grid, inside and on the rim.
    #[test]
    fn the_shortest_element_is_the_shortest() {
        for (m, d, e) in [
            ([0.3, 0.8], [1.0, 0.2], [0.1, 0.0]),
            ([3.0, 0.5], [1.0, 0.2], [0.1, 0.4]),
            ([0.2, 0.1], [1.0, 0.0], [0.0, 0.5]),
            ([2.0, 1.0], [-1.0, 0.0], [0.0, 0.0]),
        ] {
            let tie = tie(m, d, e);
            let found = match tie.shortest() {
                Shortest::Inside => tie.sliding().norm(),
                Shortest::Rim(q) => {
                    let double = 2.0 * libm::atan2(q[1], q[0]);
                    tie.at([libm::cos(double), libm::sin(double)]).norm()
                }
            };
            let grid =
                (0..=100).flat_map(|i| (0..720).map(move |j| (f64::from(i) / 100.0, f64::from(j).to_radians() / 2.0)));
            let least =
                grid.map(|(r, phi)| tie.at([r * phi.cos(), r * phi.sin()]).norm()).fold(f64::INFINITY, f64::min);
            assert!(found <= least + 1e-12 && found > least - 0.01, "{found}, on the grid {least}");
        }
    }
}
