//! What an animation's frames differ in: each is the figure at a share of the way, 0 to 1.

use crate::figure::FigureRequest;
use crate::loss::rounded;
use crate::run::{Scale, Scenario};

/// The runs up to a step: evenly on the view's step axis.
pub(super) fn up_to_a_step(request: &FigureRequest, share: f64) -> FigureRequest {
    FigureRequest { step: Some(step(&request.scenario, share)), ..request.clone() }
}

/// Runs of fewer steps, so many as the runs of other figures have come to.
pub(super) fn with_fewer_steps(request: &FigureRequest, share: f64) -> FigureRequest {
    let mut frame = request.clone();
    frame.scenario.steps = step(&request.scenario, share);
    frame
}

/// The first method with a smaller ρ, of so many digits as are told; one that has none with fewer steps.
pub(super) fn with_smaller_rho(request: &FigureRequest, share: f64) -> FigureRequest {
    let mut frame = request.clone();
    let Some(first) = frame.scenario.optimizers.iter_mut().find(|spec| spec.on) else { return frame };
    if first.id.info().uses_rho {
        first.rho = if share < 1.0 { rounded(share * first.rho, 3) } else { first.rho };
        frame
    } else {
        with_fewer_steps(request, share)
    }
}

fn step(scenario: &Scenario, share: f64) -> u64 {
    let steps = scenario.steps as f64;
    let step = match scenario.view.step_scale {
        Scale::Linear => steps * share,
        Scale::Log if share == 0.0 => 0.0,
        Scale::Log => libm::pow(steps.max(1.0), share),
    };
    step.round() as u64
}
