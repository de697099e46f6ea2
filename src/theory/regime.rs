//! The regime badge: which of a theorem's conditions a run does not meet, in words.

use crate::calculus::{TIE, lambda_m};
use crate::loss::brief;
use crate::optimizer::{Method, Requirement, Setting};
use crate::run::OptimizerSpec;
use crate::sharpness::Point;

/// A condition of Thm 4.5, 4.8 or 5.4 that does not hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The quantity with its value, such as `ρ/η = 10`.
    pub quantity: String,
    /// What that changes, in one sentence.
    pub meaning: &'static str,
}

/// What `spec` requires and does not meet at `head`; empty for methods without a theorem here. Without a perturbation a
/// method is gradient descent; with momentum η/(1+β) stands in η's place.
#[must_use]
pub fn regime(spec: &OptimizerSpec, head: &Point) -> Vec<Condition> {
    let method = if spec.id.info().uses_rho && spec.rho == 0.0 { Method::Gd } else { spec.id };
    let at = setting(spec, &head.eigenvalues);
    let failing = |required: &Requirement| {
        let value = (required.value)(&at);
        let momentum = if spec.beta > 0.0 { " (η/(1+β) for η)" } else { "" };
        let quantity = || format!("{} = {}{momentum}", required.name, brief(value));
        (!(required.holds)(value)).then(|| Condition { quantity: quantity(), meaning: (required.meaning)(value) })
    };
    method.info().requirements.iter().filter_map(failing).collect()
}

/// The numbers of `spec` at a point with these eigenvalues of H, descending.
#[must_use]
pub fn setting(spec: &OptimizerSpec, eigenvalues: &[f64]) -> Setting {
    let (lambda_1, lambda_m) = (eigenvalues[0], lambda_m(eigenvalues));
    Setting { eta: spec.eta_across(), rho: spec.rho, lambda_1, lambda_m, eigengap: eigengap(eigenvalues) }
}

/// 1 − λ2/λ1; 1 where there is no positive λ1 or it is the only eigenvalue.
fn eigengap(eigenvalues: &[f64]) -> f64 {
    match eigenvalues[..] {
        [lambda_1, lambda_2, ..] if lambda_1 > TIE => 1.0 - lambda_2.max(0.0) / lambda_1,
        _ => 1.0,
    }
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
        loss.params_mut().insert("l2".to_owned(), 4.0);
        let head = Point::measure(landscape(&loss, 2).as_ref(), 0, &[0.1, 0.1], spec.eta, spec.rho);
        assert!(regime(&spec, &head).iter().any(|c| c.quantity == "1 − λ2/λ1 = 0"));
    }

    #[test]
    fn without_a_perturbation_every_method_is_gradient_descent() {
        let quadratic = landscape(&LossSpec::new("quadratic"), 2);
        for method in [Method::Sam, Method::OneSam, Method::Usam, Method::AscDescent] {
            let spec = OptimizerSpec { eta: 0.6, rho: 0.0, ..OptimizerSpec::new(method) };
            let head = Point::measure(quadratic.as_ref(), 0, &[0.1, 0.1], spec.eta, spec.rho);
            let [failing] = &regime(&spec, &head)[..] else { panic!("one condition fails") };
            assert_eq!(
                (failing.quantity.as_str(), failing.meaning),
                ("ηλ1 = 2.4", "above 2 gradient descent cannot rest here")
            );
        }
    }
}
