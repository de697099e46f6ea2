//! Edges of stability: SAM's (Long and Bartlett, arXiv 2309.12488), USAM's (fact 16), that of descent on L^Asc (fact 15).

/// λ_edge = (‖g‖/2ρ)(√(1 + 8ρ/(η‖g‖)) − 1), below 2/η; 2/η itself for ρ = 0 and 0 where the gradient is 0.
///
/// Written as (4/η)/(√(1 + 8ρ/(η‖g‖)) + 1), which has no cancellation.
#[must_use]
pub fn lambda_edge(grad_norm: f64, eta: f64, rho: f64) -> f64 {
    if rho == 0.0 {
        return 2.0 / eta;
    }
    4.0 / eta / ((1.0 + 8.0 * rho / (eta * grad_norm)).sqrt() + 1.0)
}

/// λ* = (√(1 + 8ρ/η) − 1)/(2ρ): USAM converges to no sharper minimizer, since there ηλ(1 + ρλ) = 2. 2/η for ρ = 0.
///
/// Written without cancellation, as [`lambda_edge`].
#[must_use]
pub fn usam_edge(eta: f64, rho: f64) -> f64 {
    4.0 / eta / ((1.0 + 8.0 * rho / eta).sqrt() + 1.0)
}

/// λM(1 + s/ρ)², s/ρ = √(η(λ1 − λM)/2)·λ1/λM: descent on L^Asc stays at the distance s from Γ, and rests where this is least.
/// For 0 < λM ≤ λ1; not a number elsewhere.
#[must_use]
pub fn ascent_edge(eta: f64, lambda_1: f64, lambda_m: f64) -> f64 {
    let factor = 1.0 + (0.5 * eta * (lambda_1 - lambda_m)).sqrt() * lambda_1 / lambda_m;
    if lambda_m > 0.0 { lambda_m * factor * factor } else { f64::NAN }
}
