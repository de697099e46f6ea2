//! The regime badge: which of a theorem's conditions a run does not meet, in words.

use crate::calculus::TIE;
use crate::optimizer::Method;
use crate::run::OptimizerSpec;
use crate::sharpness::Point;

/// “Small” in “η ln(1/ρ), ρ/η and ηλ1 small” means below this.
const SMALL: f64 = 0.2;
/// “√η small” for descent on L^Asc: on toy4d it stays 2.9√η and 69√η away from where it goes.
const ASCENT_SMALL: f64 = 1e-3;
/// The finite-η law and the 2-cycle hold for ηλ1 up to about this.
pub(super) const CYCLE_ENDS: f64 = 1.8;
/// λ1 is well separated from λ2 where 1 − λ2/λ1 is above this.
const GAP: f64 = 0.1;

/// A condition of Thm 4.5, 4.8 or 5.4 that does not hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The quantity with its value, such as `ρ/η = 10`.
    pub quantity: String,
    /// What that changes, in one sentence.
    pub meaning: &'static str,
}

/// The conditions that `spec` does not meet at `head`; empty for methods without a theorem here.
#[must_use]
pub fn regime(spec: &OptimizerSpec, head: &Point) -> Vec<Condition> {
    let lambda_1 = head.eigenvalues[0];
    let mut failing = Vec::new();
    let mut require = |holds: bool, name: &str, value: f64, meaning| {
        if !holds {
            failing.push(Condition { quantity: format!("{name} = {}", short(value)), meaning });
        }
    };
    match spec.id {
        Method::Gd | Method::Sgd | Method::MaxDescent | Method::AvgDescent => {
            require(
                spec.eta * lambda_1 <= 2.0,
                "ηλ1",
                spec.eta * lambda_1,
                "above 2 gradient descent cannot rest here",
            );
        }
        Method::Usam => {
            let stability = spec.eta * lambda_1 * (1.0 + spec.rho * lambda_1);
            require(stability < 2.0, "ηλ1(1+ρλ1)", stability, "from 2 on USAM cannot rest here");
        }
        Method::AscDescent if spec.rho > 0.0 => {
            let root = spec.eta.sqrt();
            require(
                root < ASCENT_SMALL,
                "√η",
                root,
                "min λM is reached only as √η → 0: before, L^Asc's own edge of stability holds it",
            );
        }
        Method::Sam if spec.rho > 0.0 => {
            let log_term = spec.eta * (1.0 / spec.rho).ln();
            require(log_term < SMALL, "η ln(1/ρ)", log_term, "too large for Thm 4.5's error bound to say much");
            require(
                spec.rho / spec.eta < SMALL,
                "ρ/η",
                spec.rho / spec.eta,
                "Thm 4.5 wants it small; where third derivatives along v1 vanish, as on toy4d, its picture still holds",
            );
            require_step_size(&mut require, spec.eta * lambda_1);
            let gap = eigengap(head);
            require(
                gap > GAP,
                "1 − λ2/λ1",
                gap,
                "λ1 is not well separated, so that the gradient has no single direction to align with",
            );
        }
        Method::OneSam | Method::MSam if spec.rho > 0.0 => {
            let sum = (spec.eta + spec.rho) * (1.0 / (spec.eta * spec.rho)).ln();
            require(
                sum < SMALL,
                "(η+ρ) ln(1/(ηρ))",
                sum,
                "too large for Thm 5.4's error bound; it hovers visibly around the flow",
            );
            require_step_size(&mut require, spec.eta * lambda_1);
        }
        Method::Sam | Method::OneSam | Method::MSam | Method::AscDescent | Method::EigenSam | Method::Ngd => {}
    }
    failing
}

/// ηλ1 in its three ranges.
fn require_step_size(require: &mut impl FnMut(bool, &str, f64, &'static str), eta_lambda: f64) {
    let meaning = if eta_lambda > 2.0 {
        "above 2 there is no 2-cycle: SAM catapults"
    } else if eta_lambda > CYCLE_ENDS {
        "so near 2 the 2-cycle breaks"
    } else {
        "not small, so that the drift is faster than the theorem's flow, by (2/(2−ηλ1))²"
    };
    require(eta_lambda < SMALL, "ηλ1", eta_lambda, meaning);
}

/// 1 − λ2/λ1; 1 where there is no positive λ1 or it is the only eigenvalue.
fn eigengap(head: &Point) -> f64 {
    match head.eigenvalues[..] {
        [lambda_1, lambda_2, ..] if lambda_1 > TIE => 1.0 - lambda_2.max(0.0) / lambda_1,
        _ => 1.0,
    }
}

/// Three significant digits.
pub(super) fn short(value: f64) -> String {
    let digits = (2.0 - value.abs().max(1e-9).log10().floor()).clamp(0.0, 8.0);
    let text = format!("{value:.*}", digits as usize);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calculus::landscape;
    use crate::loss::LossSpec;

    #[test]
    fn the_welcome_run_fails_only_rho_over_eta_at_its_end() {
        let spec = OptimizerSpec::new(Method::Sam);
        let head = Point::measure(
            landscape(&LossSpec::new("toy4d"), 4).as_ref(),
            0,
            &[0.0, 0.0, 0.0087, 0.0],
            spec.eta,
            spec.rho,
        );
        let failing = regime(&spec, &head);
        assert_eq!(failing.iter().map(|c| c.quantity.as_str()).collect::<Vec<_>>(), ["ρ/η = 10"]);
    }

    #[test]
    fn a_tied_top_eigenvalue_is_named() {
        let spec = OptimizerSpec { rho: 0.001, ..OptimizerSpec::new(Method::Sam) };
        let mut loss = LossSpec::new("quadratic");
        loss.params.insert("l2".to_owned(), 4.0);
        let head = Point::measure(landscape(&loss, 2).as_ref(), 0, &[0.1, 0.1], spec.eta, spec.rho);
        assert!(regime(&spec, &head).iter().any(|c| c.quantity == "1 − λ2/λ1 = 0"));
    }
}
