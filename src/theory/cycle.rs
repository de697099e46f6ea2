//! SAM's 2-cycle on a quadratic (Thm 4.8) and what follows from it: lengths, multipliers, thresholds.
//!
//! With heavy-ball momentum β the cycle is that of η/(1+β), since v alternates and v = (u/(1+β)) on it; the drift along Γ, which
//! adds up, is faster by 1/(1−β) (fact 23).

/// ‖x‖ → ηρλ/(2 − ηλ): the distance of the 2-cycle along an eigenvector with eigenvalue λ from the minimum
/// (Thm 4.8; there λ = λ1). For 0 < ηλ < 2.
#[must_use]
pub fn cycle_amplitude(eta: f64, rho: f64, lambda: f64) -> f64 {
    eta * rho * lambda / (2.0 - eta * lambda)
}

/// 1 − ηλj − (λj/λk)²(2 − ηλk): what one step on the cycle along eigenvector k multiplies a small deviation along
/// eigenvector j by (fact 1). The cycle attracts iff its absolute value is below 1 for all j ≠ k.
#[must_use]
pub fn cycle_multiplier(eta: f64, lambda_k: f64, lambda_j: f64) -> f64 {
    let ratio = lambda_j / lambda_k;
    1.0 - eta * lambda_j - ratio * ratio * (2.0 - eta * lambda_k)
}

/// (2/(2 − ηλ1))²: how much faster than Thm 4.5's flow SAM drifts at a finite learning rate (fact 11). For ηλ1 < 2.
#[must_use]
pub fn finite_eta_factor(eta: f64, lambda: f64) -> f64 {
    let ratio = 2.0 / (2.0 - eta * lambda);
    ratio * ratio
}

/// (ηλ1²/|c|)(1 − ηλ1/2), `c = ∂³L[v1,v1,v1]`: about the ρ* of [`locking_radius`], for small η (fact 11). Infinite where
/// c = 0.
#[must_use]
pub fn locking_estimate(eta: f64, lambda_1: f64, third: f64) -> f64 {
    eta * lambda_1 * lambda_1 / third.abs() * (1.0 - 0.5 * eta * lambda_1)
}

/// ρ*: the 2-cycle locks, and the finite-η law holds, for ρ below it (fact 11). `pull` is the derivative f of L along v1
/// at a signed distance from Γ; `turn` says for a ρ where the perturbation changes sides: on Γ, at 0, for SAM.
///
/// There one of the cycle's points touches the turn t: the two steps from it are −ηf(t + ρ) to some s and back,
/// f(t + ρ) + f(s − ρ) = 0, or the same on the other side. The least such ρ up to `reach`; infinite where there is none.
pub fn locking_radius(eta: f64, reach: f64, turn: impl Fn(f64) -> f64, pull: impl Fn(f64) -> f64) -> f64 {
    const CELLS: u32 = 256;
    let other_side = |s: f64| -pull(-s);
    let sum = |f: &dyn Fn(f64) -> f64, t: f64, rho: f64| {
        let first = f(t + rho);
        first + f(t - eta * first - rho)
    };
    let touches = |rho: f64| {
        let t = turn(rho);
        sum(&pull, t, rho) >= 0.0 || sum(&other_side, -t, rho) >= 0.0
    };
    let node = |k: u32| reach * f64::from(k) / f64::from(CELLS);
    let Some(k) = (1..=CELLS).find(|&k| touches(node(k))) else { return f64::INFINITY };
    let (mut low, mut high) = (node(k - 1), node(k));
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if touches(middle) { high = middle } else { low = middle }
    }
    high
}

/// 1 − ηλ(1 + ρλ): USAM's multiplier along an eigenvector of a quadratic (fact 5). Stable iff its absolute value is below 1.
#[must_use]
pub fn usam_multiplier(eta: f64, rho: f64, lambda: f64) -> f64 {
    1.0 - eta * lambda * (1.0 + rho * lambda)
}

/// The learning rates with which normalized SAM's 2-cycle along the rising direction of the saddle ½λx² − ½μy² attracts:
/// those between 2(μ − λ)/(λμ), or 0 where that is negative, and 2μ/(λ(λ + μ)) (fact 6). Below the first, which needs
/// μ > λ, the cycle repels, but SAM stays in the chaotic band |y| ≤ ημρ of fact 13; above the second it escapes.
#[must_use]
pub fn saddle_trap(lambda: f64, mu: f64) -> (f64, f64) {
    ((2.0 * (mu - lambda) / (lambda * mu)).max(0.0), 2.0 * mu / (lambda * (lambda + mu)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_near(value: f64, expected: f64) {
        assert!((value - expected).abs() < 1e-14, "{value}, expected {expected}");
    }

    /// The hyperbola at (1, 1), seen from either side.
    #[test]
    fn a_locked_cycle_ends_where_it_touches_gamma() {
        for (eta, share) in [(0.01, 0.9332), (0.05, 0.8912), (0.1, 0.8329), (0.2, 0.7106), (0.3, 0.5973)] {
            for side in [1.0, -1.0] {
                let pull = |s: f64| 2.0 * s + side * 3.0 / 2.0_f64.sqrt() * s * s + 0.5 * s * s * s;
                let radius = locking_radius(eta, 4.0 * locking_estimate(eta, 2.0, 18.0_f64.sqrt()), |_| 0.0, pull);
                assert!((radius / eta - share).abs() < 5e-5, "{radius} at {eta}");
            }
        }
    }

    #[test]
    fn numbers_of_the_exact_facts() {
        assert_near(cycle_amplitude(0.1, 0.1, 4.0), 0.025);
        assert_near(cycle_amplitude(0.01, 0.1, 16.0), 0.016 / 1.84);
        assert_near(cycle_multiplier(0.1, 4.0, 2.0), 0.4);
        assert_near(cycle_multiplier(0.1, 4.0, 1.0), 0.8);
        assert_near(cycle_multiplier(0.1, 2.0, 4.0), -6.6);
        assert_near(cycle_multiplier(0.1, 2.0, -2.0), -0.6);
        assert_near(finite_eta_factor(0.5, 2.0), 4.0);
        assert_near(usam_multiplier(0.1, 1.0, 4.0), -1.0);
        assert_eq!(saddle_trap(2.0, 2.0), (0.0, 0.5));
        assert!(locking_estimate(0.1, 2.0, 0.0).is_infinite());
        assert!(locking_radius(0.1, 1.0, |_| 0.0, |s| 2.0 * s).is_infinite());
        // At the ends of the trap's range the multiplier is −1 and 1.
        assert_near(cycle_multiplier(saddle_trap(4.0, 2.0).1, 4.0, -2.0), 1.0);
        assert_near(cycle_multiplier(saddle_trap(2.0, 3.0).0, 2.0, -3.0), -1.0);
    }
}
