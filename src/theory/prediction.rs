//! What theory predicts of one run: the limiting flow from where it lands, and the law for its own η.

use super::flow::{Flow, FlowRequest, FlowStop, sketch};
use super::gamma::to_gamma;
use super::gap::{Notion, notion};
use super::phi::landing;
use super::{Condition, Constants, Functional, cycle_amplitude, law_conditions};
use crate::calculus::{Eigen, Landscape, VecN};
use crate::loss::Reduction;
use crate::optimizer::Method;
use crate::run::OptimizerSpec;

/// No flow is followed further than this in τ: it is at rest long before, or going away.
const TAU_MAX: f64 = 50.0;
/// A run has landed when it is not farther from Γ than this many amplitudes of its 2-cycle.
const LANDED: f64 = 1.5;

/// The flows that a run is compared with.
#[derive(Clone, Debug)]
pub struct Prediction {
    /// The step at which they start.
    pub step: u64,
    /// τ per step.
    pub tau_per_step: f64,
    /// The rank of H on Γ.
    rank: usize,
    /// Thm 4.5's or Thm 5.4's flow.
    pub theorem: Flow,
    /// The finite-η law, for SAM and 1-SAM while ηλ1 < 2.
    pub law: Option<Flow>,
    /// The law's own conditions that SAM does not meet where the flows start.
    pub law_fails: Vec<Condition>,
}

/// How far Φ of an iterate is from the flows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distances {
    /// From the theorem's.
    pub theorem: Option<f64>,
    /// From the finite-η law.
    pub law: Option<f64>,
}

impl Prediction {
    /// The flows from Φ(x), where the method of `spec` is at step `step`; `None` where no theorem says where it
    /// drifts, or Φ(x) does not exist.
    #[must_use]
    pub fn new(loss: &dyn Landscape, spec: &OptimizerSpec, step: u64, x: &[f64], steps: u64) -> Option<Self> {
        let of = match notion(spec.id)? {
            Notion::Lambda1 => Functional::Lambda1,
            Notion::Trace => Functional::Trace,
            // Descent on L^Asc is at the edge of its own stability, not on a flow.
            Notion::LambdaM => return None,
        };
        let tau_per_step = tau_per_step(loss, spec);
        if tau_per_step == 0.0 {
            return None;
        }
        let (below, rank) = landing(loss, x).ok()?;
        let tau = (tau_per_step * (steps - step.min(steps)) as f64).min(TAU_MAX);
        let follow = |eta| sketch(loss, &below, &FlowRequest { of, tau, eta, clarke: true }, Constants::default()).ok();
        let has_law = matches!(spec.id, Method::Sam | Method::OneSam);
        let law = has_law.then(|| follow(Some(spec.eta))).flatten();
        let law_fails = match spec.id {
            Method::Sam => law_conditions(loss, &below, spec.eta, spec.rho),
            _ => Vec::new(),
        };
        Some(Self { step, tau_per_step, rank, theorem: follow(None)?, law, law_fails })
    }

    /// How far Φ(x) of iterate `step` is from the flows at its time; `None` before they start, and where there
    /// is no Γ below x. Φ(x) is taken to be the point of Γ across from x, which errs by the square of the distance.
    #[must_use]
    pub fn distances(&self, loss: &dyn Landscape, step: u64, x: &[f64]) -> Option<Distances> {
        let tau = self.tau_per_step * step.checked_sub(self.step)? as f64;
        let below = to_gamma(loss, &VecN::from_slice(x), self.rank)?;
        let distance = |flow: &Flow| Some((below - VecN::from_slice(&at(flow, tau)?)).norm());
        Some(Distances { theorem: distance(&self.theorem), law: self.law.as_ref().and_then(distance) })
    }

    /// Whether an iterate of the method of `spec` has landed: it is as near to Γ as the method's 2-cycle is, so
    /// that the slow drift along Γ has begun.
    #[must_use]
    pub fn has_landed(&self, loss: &dyn Landscape, spec: &OptimizerSpec, x: &[f64]) -> bool {
        let x = VecN::from_slice(x);
        let Some(below) = to_gamma(loss, &x, self.rank) else { return false };
        let lambda_1 = Eigen::new(&loss.hessian(&below)).values[0];
        let amplitude = cycle_amplitude(spec.eta, spec.rho, lambda_1).max(spec.eta * spec.rho * lambda_1);
        (x - below).norm() <= LANDED * amplitude
    }
}

/// τ per step: ηρ² for SAM and 1-SAM (Thm 4.5, 5.4) and for descent on L^Max, whose gradient on Γ is
/// ½ρ²∇λ1; descent on L^Avg has ½ρ²∇Tr H/D.
fn tau_per_step(loss: &dyn Landscape, spec: &OptimizerSpec) -> f64 {
    let tau = spec.eta * spec.rho * spec.rho;
    if spec.id != Method::AvgDescent {
        return tau;
    }
    // The flow's functional is the trace of the samples' mean.
    let samples = if loss.reduction() == Reduction::Sum { loss.samples() } else { 1 };
    tau * samples as f64 / loss.dim() as f64
}

/// X(τ), by the cubic through the four nearest kept points; `None` behind a flow's end, unless it rests there.
#[must_use]
pub fn at(flow: &Flow, tau: f64) -> Option<Vec<f64>> {
    let last = *flow.tau.last()?;
    if tau >= last {
        let ends_there = tau == last || flow.stop_reason == FlowStop::Rest;
        return ends_there.then(|| flow.end().to_vec());
    }
    let after = flow.tau.partition_point(|&kept| kept <= tau);
    let first = after.saturating_sub(2).min(flow.tau.len().saturating_sub(4));
    let nodes = first..(first + 4).min(flow.tau.len());
    let weight = |i: usize| {
        nodes.clone().filter(|&j| j != i).fold(1.0, |w, j| w * (tau - flow.tau[j]) / (flow.tau[i] - flow.tau[j]))
    };
    let terms = nodes.clone().map(|i| VecN::from_slice(&flow.x[i]) * weight(i));
    terms.reduce(|a, b| a + b).map(|x| x.to_vec())
}

/// Where the method of `spec` ends according to its notion: the rest point of that notion's flow from Φ(x) (Table 1);
/// `None` where no theorem says so, or the flow does not come to rest.
#[must_use]
pub fn predicted_end(loss: &dyn Landscape, spec: &OptimizerSpec, x: &[f64]) -> Option<Vec<f64>> {
    let notion = notion(spec.id)?;
    let of = if notion == Notion::Trace { Functional::Trace } else { Functional::Lambda1 };
    let (below, rank) = landing(loss, x).ok()?;
    let eigenvalue = if notion == Notion::LambdaM { rank.checked_sub(1)? } else { 0 };
    let request = FlowRequest { of, tau: TAU_MAX, eta: None, clarke: true };
    let flow = sketch(loss, &below, &request, Constants { eigenvalue, ..Constants::default() }).ok()?;
    matches!(flow.stop_reason, FlowStop::Rest | FlowStop::Tau).then(|| flow.end().to_vec())
}
