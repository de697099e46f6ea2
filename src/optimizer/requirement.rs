//! The regime badge's rows: what must hold for theory to say where a method goes.

/// “Small” in “η ln(1/ρ), ρ/η and ηλ1 small” means below this.
pub(super) const SMALL: f64 = 0.2;
/// The finite-η law and the 2-cycle hold for ηλ1 up to about this.
pub const CYCLE_ENDS: f64 = 1.8;

/// A number that has to be within bounds.
#[derive(Clone, Copy, Debug)]
pub struct Requirement {
    /// The number's formula.
    pub name: &'static str,
    /// Its value.
    pub value: fn(&Setting) -> f64,
    /// Whether a value meets the requirement.
    pub holds: fn(f64) -> bool,
    /// What a value that doesn't changes, in one sentence.
    pub meaning: fn(f64) -> &'static str,
}

/// The numbers that requirements and edges are about.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Learning rate η; with momentum η/(1+β).
    pub eta: f64,
    /// Perturbation radius ρ.
    pub rho: f64,
    /// λ1 where the method is.
    pub lambda_1: f64,
    /// λM there, the smallest non-zero eigenvalue.
    pub lambda_m: f64,
    /// 1 − λ2/λ1 there.
    pub eigengap: f64,
}

impl Setting {
    pub(super) fn eta_lambda(&self) -> f64 {
        self.eta * self.lambda_1
    }
}

/// ηλ1 is small, for methods that follow SAM's 2-cycle.
pub(super) const SMALL_STEP: Requirement = Requirement {
    name: "ηλ1",
    value: Setting::eta_lambda,
    holds: |value| value < SMALL,
    meaning: |value| {
        if value > 2.0 {
            "above 2 there is no 2-cycle: the iterate catapults"
        } else if value > CYCLE_ENDS {
            "so near 2 the 2-cycle breaks"
        } else {
            "not small, so the drift is faster than the theorem's flow, by (2/(2−ηλ1))²"
        }
    },
};

/// Gradient descent on the loss is stable.
pub(super) const STABLE: Requirement = Requirement {
    name: "ηλ1",
    value: Setting::eta_lambda,
    holds: |value| value <= 2.0,
    meaning: |_| "above 2 gradient descent cannot rest here",
};
