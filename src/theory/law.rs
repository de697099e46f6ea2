//! Where the finite-η law (fact 11) holds, in words.

use super::cycle::{locking_estimate, locking_radius};
use super::regime::Condition;
use crate::calculus::{Eigen, Landscape, VecN};
use crate::loss::brief;
use crate::optimizer::{CYCLE_ENDS, Side};

/// How far ρ* is looked for, beside its estimate.
const REACH: f64 = 4.0;
/// Steps of Newton's method for where the higher side changes: the first leaves O(ρ⁴), and each squares that.
const NEWTON_STEPS: usize = 6;

/// The law's conditions that a method on a 2-cycle with `eta` and `rho` > 0 doesn't meet beside the point `x` of Γ; empty where
/// it holds.
///
/// It needs a 2-cycle, ηλ1 < 1.8, that is locked: ρ below ρ*, at which one of its points touches where the perturbation
/// changes sides.
#[must_use]
pub fn law_conditions(loss: &dyn Landscape, x: &[f64], side: Side, eta: f64, rho: f64) -> Vec<Condition> {
    let x = VecN::from_slice(x);
    let mut failing = Vec::new();
    let mut require = |holds: bool, name: &str, value: f64, meaning| {
        if !holds {
            failing.push(Condition { quantity: format!("{name} = {}", brief(value)), meaning });
        }
    };
    let eta_lambda = eta * Eigen::new(&loss.hessian(&x)).values[0];
    let meaning = "too near 2, where the 2-cycle ends and with it the finite-η law";
    require(eta_lambda < CYCLE_ENDS, "ηλ1", eta_lambda, meaning);
    let radius = locking(loss, &x, side, eta);
    let meaning =
        "above 1 the 2-cycle doesn't lock: the iterate changes sides in no fixed order, and the drift is not the law's";
    require(rho < radius, "ρ/ρ*", rho / radius, meaning);
    failing
}

/// ρ* at the point x of Γ (fact 11); infinite where it always locks, as it does without a third derivative along v1, or where
/// there is no 2-cycle.
pub(super) fn locking(loss: &dyn Landscape, x: &VecN, side: Side, eta: f64) -> f64 {
    let eigen = Eigen::new(&loss.hessian(x));
    let (lambda_1, v) = (eigen.values[0], eigen.vectors()[0]);
    let reach = REACH * locking_estimate(eta, lambda_1, v.dot(&loss.along(x, &v).second));
    if !(reach.is_finite() && reach > 0.0) {
        return f64::INFINITY;
    }
    let value = |s: f64| loss.value(&(*x + v * s));
    let pull = |s: f64| v.dot(&loss.gradient(&(*x + v * s)));
    let turn = |rho: f64| match side {
        Side::Uphill => 0.0,
        Side::Higher => {
            (0..NEWTON_STEPS).fold(0.0, |s, _| s - (value(s + rho) - value(s - rho)) / (pull(s + rho) - pull(s - rho)))
        }
    };
    locking_radius(eta, reach, turn, pull)
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
            let failing = law_conditions(hyperbola.as_ref(), &[1.0, 1.0], Side::Uphill, eta, rho);
            failing.into_iter().map(|condition| condition.quantity).collect::<Vec<_>>()
        };
        // It locks below 0.8329η.
        assert!(quantities(0.1, 0.05).is_empty());
        assert_eq!(quantities(0.1, 0.2), ["ρ/ρ* = 2.4"]);
        assert_eq!(quantities(0.95, 0.01), ["ηλ1 = 1.9"]);
        // On toy4d third derivatives along v1 vanish: the hero's ρ/η = 10 is no obstacle.
        let toy = landscape(&LossSpec::new("toy4d"), 4);
        assert!(law_conditions(toy.as_ref(), &[0.5, 0.5, 0.0, 0.0], Side::Uphill, 0.01, 0.1).is_empty());
    }

    /// L^Max's worst side changes beside Γ, so that its cycle locks longer: for small η up to 3/2 of SAM's ρ*.
    #[test]
    fn descent_on_l_max_locks_longer() {
        let (hyperbola, x) = (landscape(&LossSpec::new("hyperbola"), 2), VecN::from_slice(&[1.0, 1.0]));
        let shares = [(0.01, 1.3856), (0.05, 1.2680), (0.1, 1.1247), (0.2, 0.8819), (0.3, 0.7023)];
        for (eta, share) in shares {
            let radius = locking(hyperbola.as_ref(), &x, Side::Higher, eta);
            assert!((radius / eta - share).abs() < 5e-5, "{radius} at {eta}");
        }
        let [higher, uphill] = [Side::Higher, Side::Uphill].map(|side| locking(hyperbola.as_ref(), &x, side, 1e-4));
        assert!((higher / uphill - 1.5).abs() < 1e-3, "{higher} and {uphill}");
    }
}
