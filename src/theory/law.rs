//! Where the finite-η law (fact 11) holds, in words.

use super::cycle::locking_radius;
use super::regime::{Condition, short};
use crate::calculus::{Eigen, Landscape, VecN};
use crate::optimizer::CYCLE_ENDS;

/// The law's conditions that SAM with `eta` and `rho` > 0 doesn't meet beside the point `x` of Γ; empty where it holds.
///
/// It needs a 2-cycle, ηλ1 < 1.8, that is locked: ρ below ηλ1²/|c| with `c = ∂³L[v1,v1,v1]`.
#[must_use]
pub fn law_conditions(loss: &dyn Landscape, x: &[f64], eta: f64, rho: f64) -> Vec<Condition> {
    let x = VecN::from_slice(x);
    let eigen = Eigen::new(&loss.hessian(&x));
    let (lambda_1, v) = (eigen.values[0], eigen.vectors()[0]);
    let mut failing = Vec::new();
    let mut require = |holds: bool, name: &str, value: f64, meaning| {
        if !holds {
            failing.push(Condition { quantity: format!("{name} = {}", short(value)), meaning });
        }
    };
    let eta_lambda = eta * lambda_1;
    let meaning = "too near 2, where the 2-cycle ends and with it the finite-η law";
    require(eta_lambda < CYCLE_ENDS, "ηλ1", eta_lambda, meaning);
    let third = v.dot(&loss.along(&x, &v).second);
    let share = rho / locking_radius(eta, lambda_1, third);
    let meaning = "above 1 the 2-cycle doesn't lock: the gradient changes sides in no fixed order, and the drift is not the law's";
    // No third derivative along v1: it always locks.
    require(third == 0.0 || share < 1.0, "ρ|c|/(ηλ1²)", share, meaning);
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
        // λ1 = 2 and c = 3√2: it locks below 0.943η.
        assert!(quantities(0.1, 0.05).is_empty());
        assert_eq!(quantities(0.1, 0.2), ["ρ|c|/(ηλ1²) = 2.12"]);
        assert_eq!(quantities(0.95, 0.01), ["ηλ1 = 1.9"]);
        // On toy4d third derivatives along v1 vanish: the hero's ρ/η = 10 is no obstacle.
        let toy = landscape(&LossSpec::new("toy4d"), 4);
        assert!(law_conditions(toy.as_ref(), &[0.5, 0.5, 0.0, 0.0], 0.01, 0.1).is_empty());
    }
}
