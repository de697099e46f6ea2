//! Where the finite-η law (fact 11) holds, in words.

use super::cycle::{locking_estimate, locking_radius};
use super::regime::Condition;
use crate::calculus::{Eigen, Landscape, VecN};
use crate::loss::brief;
use crate::optimizer::CYCLE_ENDS;

/// How far ρ* is looked for, beside its estimate.
const REACH: f64 = 4.0;

/// The law's conditions that SAM with `eta` and `rho` > 0 doesn't meet beside the point `x` of Γ; empty where it holds.
///
/// It needs a 2-cycle, ηλ1 < 1.8, that is locked: ρ below ρ*, at which one of its points touches Γ.
#[must_use]
pub fn law_conditions(loss: &dyn Landscape, x: &[f64], eta: f64, rho: f64) -> Vec<Condition> {
    let x = VecN::from_slice(x);
    let eigen = Eigen::new(&loss.hessian(&x));
    let (lambda_1, v) = (eigen.values[0], eigen.vectors()[0]);
    let mut failing = Vec::new();
    let mut require = |holds: bool, name: &str, value: f64, meaning| {
        if !holds {
            failing.push(Condition { quantity: format!("{name} = {}", brief(value)), meaning });
        }
    };
    let eta_lambda = eta * lambda_1;
    let meaning = "too near 2, where the 2-cycle ends and with it the finite-η law";
    require(eta_lambda < CYCLE_ENDS, "ηλ1", eta_lambda, meaning);
    let third = v.dot(&loss.along(&x, &v).second);
    let reach = REACH * locking_estimate(eta, lambda_1, third);
    let pull = |s: f64| v.dot(&loss.gradient(&(x + v * s)));
    // Without a third derivative along v1 it always locks.
    let radius = if reach.is_finite() { locking_radius(eta, reach, pull) } else { f64::INFINITY };
    let meaning = "above 1 the 2-cycle doesn't lock: the gradient changes sides in no fixed order, and the drift is not the law's";
    require(rho < radius, "ρ/ρ*", rho / radius, meaning);
    failing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calculus::landscape;
    use crate::loss::LossSpec;

    #[test]
    fn the_law_names_what_fails() {
        let hyperbola = landscape(&LossSpec::new("hyperbola"), 2);
        let quantities = |eta: f64, rho: f64| {
            let failing = law_conditions(hyperbola.as_ref(), &[1.0, 1.0], eta, rho);
            failing.into_iter().map(|condition| condition.quantity).collect::<Vec<_>>()
        };
        // It locks below 0.8329η.
        assert!(quantities(0.1, 0.05).is_empty());
        assert_eq!(quantities(0.1, 0.2), ["ρ/ρ* = 2.4"]);
        assert_eq!(quantities(0.95, 0.01), ["ηλ1 = 1.9"]);
        // On toy4d third derivatives along v1 vanish: the hero's ρ/η = 10 is no obstacle.
        let toy = landscape(&LossSpec::new("toy4d"), 4);
        assert!(law_conditions(toy.as_ref(), &[0.5, 0.5, 0.0, 0.0], 0.01, 0.1).is_empty());
    }
}
