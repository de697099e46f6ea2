//! Where a method rests at a finite learning rate that goes along Γ to where its own edge is least: descent on L^Asc (fact 15).

use super::gamma::{tangential, to_gamma};
use super::integrator::Controller;
use super::phi::landing;
use super::regime::setting;
use crate::calculus::{Eigen, Landscape, VecN};
use crate::run::OptimizerSpec;

/// The flow's allowed error of a step, relative to 1 + ‖x‖: only its end counts.
const TOLERANCE: f64 = 1e-8;
/// It is at rest where it is slower than this relative to 1 + ‖x‖.
const AT_REST: f64 = 1e-7;
/// The most steps.
const STEPS_MAX: u32 = 4000;
/// The relative step of the edge's derivatives by λ1 and λM, which are smooth and cheap.
const STEP: f64 = 1e-5;

/// The point of Γ to which the flow down the edge of `spec`'s method leads from Φ(x). `None` where the method does not go there,
/// there is no Γ below x, or the flow does not come to rest.
#[must_use]
pub fn edge_rest(loss: &dyn Landscape, spec: &OptimizerSpec, x: &[f64]) -> Option<Vec<f64>> {
    let edge = spec.id.info().edge.filter(|edge| edge.is_least_at_rest && spec.effective_rho() > 0.0)?;
    let (mut x, rank) = landing(loss, x).ok().filter(|&(_, rank)| 0 < rank && rank < loss.dim())?;
    let height = |[lambda_1, lambda_m]: [f64; 2]| (edge.value)(&setting(spec, &[lambda_1, lambda_m])).ln();
    let slope = |x: &VecN| downhill(loss, x, rank, &height);
    let mut control = Controller::new(&slope, &x, TOLERANCE);
    for _ in 0..STEPS_MAX {
        if slope(&x).norm() <= AT_REST * (1.0 + x.norm()) {
            return Some(x.to_vec());
        }
        let (_, next) = control.advance(&slope, &x, f64::INFINITY)?;
        x = to_gamma(loss, &next, rank)?;
    }
    None
}

/// −P⊥∇h for h a function of λ1 and λM, by the chain rule.
fn downhill(loss: &dyn Landscape, x: &VecN, rank: usize, height: &dyn Fn([f64; 2]) -> f64) -> VecN {
    let eigen = Eigen::new(&loss.hessian(x));
    let lambdas = [eigen.values[0], eigen.values[rank - 1]];
    let by = |i: usize| {
        let moved = |share: f64| {
            let mut lambdas = lambdas;
            lambdas[i] *= 1.0 + share;
            height(lambdas)
        };
        (moved(STEP) - moved(-STEP)) / (2.0 * STEP * lambdas[i])
    };
    let slope = |k: usize| loss.along(x, &eigen.vectors()[k]).second;
    tangential(&eigen, rank, &(slope(0) * -by(0) - slope(rank - 1) * by(1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calculus::landscape;
    use crate::loss::LossSpec;
    use crate::optimizer::Method;

    /// Fact 15: to leading order 1 − x1 = 2.873√η and 1 − x2 = 68.95√η; runs with ρ = 0.3 end at (0.9874, 0.7493) for η = 2e-5.
    #[test]
    fn toy4d_rests_at_fact_15s_distance() {
        let toy = landscape(&LossSpec::new("toy4d"), 4);
        let rest = |id, eta| {
            let spec = OptimizerSpec { eta, rho: 0.3, ..OptimizerSpec::new(id) };
            edge_rest(toy.as_ref(), &spec, &[0.5, 0.5, 0.3, 0.3])
        };
        let near = rest(Method::AscDescent, 1e-8).expect("it rests");
        for (i, expected) in [2.873, 68.95].into_iter().enumerate() {
            let away = (1.0 - near[i]) / 1e-4;
            assert!((away / expected - 1.0).abs() < 0.01, "{away}, expected {expected}");
        }
        let seen = rest(Method::AscDescent, 2e-5).expect("it rests");
        assert!((seen[0] - 0.9874).abs() < 2e-3 && (seen[1] - 0.7493).abs() < 1e-2, "{seen:?}");
        assert_eq!(rest(Method::Usam, 2e-5), None);
    }
}
