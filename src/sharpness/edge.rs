//! SAM's edge of stability (Long and Bartlett, arXiv 2309.12488).

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
