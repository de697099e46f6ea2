//! What theory predicts of one run: the limiting flow from where it lands, and the law for its own η.

use super::flow::{Flow, FlowRequest, FlowStop, sketch};
use super::gamma::to_gamma;
use super::phi::{PhiError, landing};
use super::{Condition, Constants, Functional, Hover, cycle_amplitude, law_conditions};
use crate::calculus::{Eigen, Landscape, VecN};
use crate::optimizer::{Law, Notion};
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
    /// The finite-η law, for methods with a 2-cycle while ηλ1 < 2.
    pub law: Option<Flow>,
    /// The cloud around the law's rest point, for 1-SAM where the law comes to rest.
    pub hover: Option<Hover>,
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
    /// The flows from Φ(x), where the method of `spec` is at step `step` of `steps`; `None` where no theorem says where it
    /// drifts, Φ(x) does not exist or is an isolated minimum.
    #[must_use]
    pub fn new(loss: &dyn Landscape, spec: &OptimizerSpec, step: u64, x: &[f64], steps: u64) -> Option<Self> {
        let drift = spec.id.info().drift?;
        let of = functional(spec.id.info().notion()?);
        let tau_per_step = spec.eta_along() * spec.rho * spec.rho * (drift.rate)(loss);
        if tau_per_step == 0.0 {
            return None;
        }
        // An isolated minimum has no Γ to move along.
        let (below, rank) = landing(loss, x).ok().filter(|&(_, rank)| rank < loss.dim())?;
        let tau = (tau_per_step * (steps - step.min(steps)) as f64).min(TAU_MAX);
        let follow = |eta| sketch(loss, &below, &FlowRequest { of, tau, eta, clarke: true }, Constants::default()).ok();
        // With momentum a random order of the samples makes no cycle that is known.
        let of_law = drift.law.filter(|&law| spec.beta == 0.0 || law != Law::CycleOfEachSample);
        let law = of_law.and_then(|_| follow(Some(spec.eta_across())));
        let hover = of_law.filter(|&law| law == Law::CycleOfEachSample).and_then(|_| {
            let request = FlowRequest { of, tau: TAU_MAX, eta: Some(spec.eta), clarke: true };
            let rest = sketch(loss, &below, &request, Constants::default()).ok()?;
            let rest = Some(rest).filter(|rest| matches!(rest.stop_reason, FlowStop::Rest | FlowStop::Tau))?;
            Hover::around(loss, rest.end(), rank, spec.eta, spec.rho)
        });
        let law_fails = match of_law {
            Some(Law::Cycle(side)) => law_conditions(loss, &below, side, spec.eta_across(), spec.rho),
            Some(Law::CycleOfEachSample) | None => Vec::new(),
        };
        Some(Self { step, tau_per_step, rank, theorem: follow(None)?, law, hover, law_fails })
    }

    /// How far Φ(x) of iterate `step` is from the flows at its time; `None` before they start, and where there
    /// is no Γ below x. Φ(x) is taken to be the point of Γ across from x, which errs by the square of the distance.
    #[must_use]
    pub fn distances(&self, loss: &dyn Landscape, step: u64, x: &[f64]) -> Option<Distances> {
        let tau = self.tau(step)?;
        let below = to_gamma(loss, &VecN::from_slice(x), self.rank)?;
        let distance = |flow: &Flow| Some((below - VecN::from_slice(&at(flow, tau)?)).norm());
        Some(Distances { theorem: distance(&self.theorem), law: self.law.as_ref().and_then(distance) })
    }

    /// Where the theorem's flow is at the time of iterate `step`; `None` before it starts, and behind its end.
    #[must_use]
    pub fn theorem_at(&self, step: u64) -> Option<Vec<f64>> {
        at(&self.theorem, self.tau(step)?)
    }

    /// Where the finite-η law is then; `None` also where the method has none.
    #[must_use]
    pub fn law_at(&self, step: u64) -> Option<Vec<f64>> {
        at(self.law.as_ref()?, self.tau(step)?)
    }

    /// The flows' time τ of iterate `step`; `None` before they start.
    fn tau(&self, step: u64) -> Option<f64> {
        Some(self.tau_per_step * step.checked_sub(self.step)? as f64)
    }

    /// How much of its opacity the law has where it is drawn: less where its conditions do not hold.
    #[must_use]
    pub fn law_opacity(&self) -> f32 {
        if self.law_fails.is_empty() { 1.0 } else { 0.4 }
    }

    /// Whether an iterate of the method of `spec` has landed: it is as near to Γ as the method's 2-cycle is, so
    /// that the slow drift along Γ has begun.
    #[must_use]
    pub fn has_landed(&self, loss: &dyn Landscape, spec: &OptimizerSpec, x: &[f64]) -> bool {
        let x = VecN::from_slice(x);
        let Some(below) = to_gamma(loss, &x, self.rank) else { return false };
        let lambda_1 = Eigen::new(&loss.hessian(&below)).values[0];
        let eta = spec.eta_across();
        let amplitude = cycle_amplitude(eta, spec.rho, lambda_1).max(eta * spec.rho * lambda_1);
        (x - below).norm() <= LANDED * amplitude
    }
}

/// What a flow makes smaller, whose notion is this; λM is another eigenvalue in λ1's place.
fn functional(notion: Notion) -> Functional {
    match notion {
        Notion::Lambda1 | Notion::LambdaM => Functional::Lambda1,
        Notion::Trace => Functional::Trace,
    }
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

/// Why theory does not say where a run ends.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum NoEnd {
    /// The method has no theorem about its end.
    #[error("no theorem says where")]
    NoTheorem,
    /// Gradient flow from the start reaches no minimum.
    #[error("{0}")]
    NoLanding(#[from] PhiError),
    /// Γ is a point.
    #[error("nothing: the minimum below the start is isolated, there is no Γ to move along")]
    Isolated,
    /// The limiting flow goes on, or leaves Γ.
    #[error("the limiting flow does not come to rest")]
    NoRest,
}

/// Where the method of `spec` ends according to its notion: the rest point of that notion's flow from Φ(x) (Table 1).
///
/// # Errors
/// No theorem says so: there is none for the method or no Γ below x, or the flow does not come to rest.
pub fn predicted_end(loss: &dyn Landscape, spec: &OptimizerSpec, x: &[f64]) -> Result<Vec<f64>, NoEnd> {
    let notion = spec.id.info().notion().ok_or(NoEnd::NoTheorem)?;
    let (below, rank) = landing(loss, x)?;
    if rank == loss.dim() {
        return Err(NoEnd::Isolated);
    }
    let eigenvalue = if notion == Notion::LambdaM { rank.checked_sub(1).ok_or(NoEnd::NoRest)? } else { 0 };
    let request = FlowRequest { of: functional(notion), tau: TAU_MAX, eta: None, clarke: true };
    let flow = sketch(loss, &below, &request, Constants { eigenvalue, ..Constants::default() })?;
    let is_its_end = matches!(flow.stop_reason, FlowStop::Rest | FlowStop::Tau);
    is_its_end.then(|| flow.end().to_vec()).ok_or(NoEnd::NoRest)
}
