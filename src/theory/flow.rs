//! The limiting flows on Γ (Thm 4.5, Thm 5.4), the finite-η law (fact 11), the Clarke flow at ties (fact 12), and
//! normalized gradient descent's flow.

use serde::{Deserialize, Serialize};

use super::clarke::{Shortest, Tie, sliding_slope, to_tie};
use super::drift::{Constants, Drift, Functional, Speed, branch};
use super::gamma::to_gamma;
use super::integrator::{Controller, step};
use super::phi::{PhiError, landing};
use crate::calculus::{Eigen, Landscape, TIE, VecN};

/// The allowed error of one step, relative to 1 + ‖x‖.
const TOLERANCE: f64 = 1e-13;
/// The same for a flow that is only looked at.
const SKETCH_TOLERANCE: f64 = 1e-9;
/// A flow slower than this per unit of τ, relative to 1 + ‖x‖, is at rest.
const AT_REST: f64 = 1e-10;
/// A path has at least this many points, so that it can be drawn.
const POINTS_MIN: f64 = 64.0;
/// The most steps.
const STEPS_MAX: u32 = 100_000;
/// A gap λ1 − λ2 this far below 0, relative to max|λ|, is an exchange of the two; above, it is rounding.
const EXCHANGED: f64 = 1e-12;

/// What is asked of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlowRequest {
    /// What the flow makes smaller.
    pub of: Functional,
    /// How far it goes, in τ = ηρ²t.
    pub tau: f64,
    /// With a learning rate: the finite-η law instead of the theorem's limit.
    pub eta: Option<f64>,
    /// Whether it goes on as the Clarke flow where λ1 = λ2, instead of stopping there.
    pub clarke: bool,
}

/// Why a flow ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowStop {
    /// It went as far as it was asked to.
    Tau,
    /// λ1 = λ2 here: the theorem says nothing further.
    EigenvalueCrossing,
    /// The rank of H changes here, or there is no way back to Γ.
    LeftGamma,
    /// It is at rest.
    Rest,
}

/// A path on Γ.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Flow {
    /// Where it starts, Φ(from).
    pub phi: Vec<f64>,
    /// What it makes smaller.
    pub functional: Functional,
    /// The learning rate of the finite-η law; null for the theorem's limit.
    pub eta: Option<f64>,
    /// The times, from 0, ascending.
    pub tau: Vec<f64>,
    /// The points of Γ at these times.
    pub x: Vec<Vec<f64>>,
    /// λ1, or (1/n) Tr Σ∇²L_k, there.
    pub value: Vec<f64>,
    /// Why it ended.
    pub stop_reason: FlowStop,
}

impl Flow {
    /// The last point.
    #[must_use]
    pub fn end(&self) -> &[f64] {
        self.x.last().map_or(&self.phi, Vec::as_slice)
    }
}

/// The limiting flow from Φ(from): dX/dτ = −½ P⊥∇λ1(H(X)) (Thm 4.5) or −½ P⊥∇Tr (Thm 5.4), or with η the
/// finite-η law. `from` has the loss's dimension. Precise to about 1e-10; at least 64 points where it goes all the way.
///
/// # Errors
/// Φ(from) doesn't exist, a number is out of its range, ηλ1 ≥ 2, or the flow is too stiff.
pub fn flow(loss: &dyn Landscape, from: &[f64], request: &FlowRequest) -> Result<Flow, PhiError> {
    flow_through(loss, from, request, &[])
}

/// [`flow`], with points at exactly these times too (ascending; those beyond `request.tau` don't count).
///
/// # Errors
/// As for [`flow`].
pub fn flow_through(
    loss: &dyn Landscape,
    from: &[f64],
    request: &FlowRequest,
    stops: &[f64],
) -> Result<Flow, PhiError> {
    flow_with(loss, from, request, stops, Constants::default())
}

/// [`flow_through`] with other constants than the laws have: what the claims are tested with.
///
/// # Errors
/// As for [`flow`].
pub fn flow_with(
    loss: &dyn Landscape,
    from: &[f64],
    request: &FlowRequest,
    stops: &[f64],
    constants: Constants,
) -> Result<Flow, PhiError> {
    if request.eta.is_some_and(|eta| !(eta > 0.0 && eta.is_finite())) {
        return Err(PhiError::OutOfRange);
    }
    let speed = request.eta.map_or(Speed::Limit, Speed::Finite);
    integrate(loss, from, request, stops, Law { speed, constants, tolerance: TOLERANCE })
}

/// [`flow_with`] to about seven digits, in a sixth of the time: for pictures.
///
/// # Errors
/// As for [`flow`].
pub(super) fn sketch(
    loss: &dyn Landscape,
    from: &[f64],
    request: &FlowRequest,
    constants: Constants,
) -> Result<Flow, PhiError> {
    let speed = request.eta.map_or(Speed::Limit, Speed::Finite);
    integrate(loss, from, request, &[], Law { speed, constants, tolerance: SKETCH_TOLERANCE })
}

/// What is integrated, and how precisely.
#[derive(Clone, Copy)]
struct Law {
    speed: Speed,
    constants: Constants,
    tolerance: f64,
}

/// Normalized gradient descent's flow −¼ P⊥∇ln λ1 from Φ(from), up to `tau` = η²t (fact 14).
///
/// # Errors
/// As for [`flow`].
pub fn ngd_flow(loss: &dyn Landscape, from: &[f64], tau: f64, constants: Constants) -> Result<Flow, PhiError> {
    let request = FlowRequest { of: Functional::Lambda1, tau, eta: None, clarke: false };
    integrate(loss, from, &request, &[], Law { speed: Speed::Normalized, constants, tolerance: TOLERANCE })
}

fn integrate(
    loss: &dyn Landscape,
    from: &[f64],
    request: &FlowRequest,
    stops: &[f64],
    law: Law,
) -> Result<Flow, PhiError> {
    if !(request.tau >= 0.0 && request.tau.is_finite()) {
        return Err(PhiError::OutOfRange);
    }
    let (start, rank) = landing(loss, from)?;
    let drift = Drift::new(loss, request.of, law.speed, rank, law.constants);
    let mut path = Path::new(&drift, start, request, law.tolerance);
    let mut ends: Vec<f64> = stops.iter().copied().filter(|&stop| stop > 0.0 && stop < request.tau).collect();
    ends.push(request.tau);
    for end in ends {
        path.advance_to(end)?;
    }
    Ok(path.flow)
}

/// How the flow goes on from where it is.
#[derive(Clone, Copy, Debug)]
enum Mode {
    /// Along the eigenvalue whose vector continues this one.
    Branch(VecN),
    /// On the tie λ1 = λ2.
    Sliding,
}

/// A flow in the making.
struct Path<'a> {
    drift: &'a Drift<'a>,
    x: VecN,
    tau: f64,
    longest: f64,
    clarke: bool,
    mode: Mode,
    control: Controller,
    steps: u32,
    stopped: bool,
    flow: Flow,
}

impl<'a> Path<'a> {
    fn new(drift: &'a Drift<'a>, x: VecN, request: &FlowRequest, tolerance: f64) -> Self {
        let eigen = Eigen::new(&drift.loss.hessian(&x));
        let first = drift.constants.eigenvalue.min(x.len() - 1);
        let mode = Mode::Branch(eigen.vectors()[first]);
        let flow = Flow {
            phi: x.to_vec(),
            functional: request.of,
            eta: request.eta,
            tau: Vec::new(),
            x: Vec::new(),
            value: Vec::new(),
            stop_reason: FlowStop::Tau,
        };
        let control = Controller::new(&|x: &VecN| drift.along_branch(x, &eigen.vectors()[first]), &x, tolerance);
        let longest = request.tau / POINTS_MIN;
        let clarke = request.clarke;
        let mut path = Self { drift, x, tau: 0.0, longest, clarke, mode, control, steps: 0, stopped: false, flow };
        path.keep();
        // A start on a tie is a tie that has been reached.
        if path.watches_ties() && eigen.top_multiplicity() > 1 {
            path.resolve_tie();
        }
        path
    }

    fn keep(&mut self) {
        self.flow.tau.push(self.tau);
        self.flow.x.push(self.x.to_vec());
        self.flow.value.push(self.drift.value(&self.x));
    }

    fn stop(&mut self, reason: FlowStop) {
        self.stopped = true;
        self.flow.stop_reason = reason;
    }

    /// Ties matter to λ1's flow, as long as it is λ1 that is followed.
    fn watches_ties(&self) -> bool {
        self.drift.of == Functional::Lambda1 && self.drift.constants.eigenvalue == 0 && self.drift.rank > 1
    }

    fn advance_to(&mut self, end: f64) -> Result<(), PhiError> {
        while self.tau < end && !self.stopped {
            let (drift, mode) = (self.drift, self.mode);
            let slope = move |x: &VecN| slope(drift, &mode, x);
            let speed = slope(&self.x).norm();
            if speed.is_nan() {
                return Err(if matches!(drift.speed, Speed::Finite(_)) {
                    PhiError::NoCycle
                } else {
                    PhiError::NotFinite
                });
            }
            if speed <= AT_REST * (1.0 + self.x.norm()) {
                self.stop(FlowStop::Rest);
                break;
            }
            self.steps += 1;
            let left = end - self.tau;
            let next = self.control.advance(&slope, &self.x, left.min(self.longest));
            let (h, trial) = next.filter(|_| self.steps < STEPS_MAX).ok_or(PhiError::TooStiff)?;
            self.arrive(h, left, &trial, &slope);
        }
        Ok(())
    }

    /// Takes an accepted step of length `h`, or the part of it up to an event.
    fn arrive(&mut self, h: f64, left: f64, trial: &VecN, slope: &dyn Fn(&VecN) -> VecN) {
        let Some(x) = self.projected(trial).filter(|x| self.has_rank(x)) else {
            self.stop(FlowStop::LeftGamma);
            return;
        };
        if !self.watches_ties() || self.margin(&x) >= -EXCHANGED {
            // Exactly the end, not the sum of the steps.
            self.tau = if h == left { self.tau + left } else { self.tau + h };
            self.x = x;
            if let Mode::Branch(reference) = &mut self.mode {
                *reference = branch(&Eigen::new(&self.drift.loss.hessian(&x)), self.drift.candidates(), reference).1;
            }
            self.keep();
            return;
        }
        // The last time at which nothing has happened yet, by bisection of the step's length.
        let (mut low, mut high) = (0.0, h);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            match self.projected(&step(slope, &self.x, middle).0) {
                Some(x) if self.margin(&x) >= 0.0 => low = middle,
                _ => high = middle,
            }
        }
        if let Some(x) = self.projected(&step(slope, &self.x, low).0) {
            self.x = x;
            self.tau += low;
            if low > 0.0 {
                self.keep();
            }
        }
        self.resolve_tie();
    }

    /// Back on Γ, and on the tie while it slides there.
    fn projected(&self, x: &VecN) -> Option<VecN> {
        match self.mode {
            Mode::Branch(_) => to_gamma(self.drift.loss, x, self.drift.rank),
            Mode::Sliding => to_tie(self.drift, x),
        }
    }

    fn has_rank(&self, x: &VecN) -> bool {
        let eigen = Eigen::new(&self.drift.loss.hessian(x));
        eigen.rank() == self.drift.rank && eigen.values[self.drift.rank.max(1) - 1] >= 0.0
    }

    /// Negative behind an event: how far the branch is above the others (relative to max|λ|), or how far the Clarke flow is
    /// from leaving the tie.
    fn margin(&self, x: &VecN) -> f64 {
        let eigen = Eigen::new(&self.drift.loss.hessian(x));
        match &self.mode {
            Mode::Branch(reference) => {
                let (k, _) = branch(&eigen, self.drift.candidates(), reference);
                let other = if k == 0 { eigen.values[1] } else { eigen.values[0] };
                (eigen.values[k] - other) / eigen.scale()
            }
            Mode::Sliding => Tie::new(self.drift.loss, x, &eigen, self.drift.rank).margin(),
        }
    }

    /// What happens where λ1 = λ2: the end, or the Clarke flow's next mode.
    fn resolve_tie(&mut self) {
        let eigen = Eigen::new(&self.drift.loss.hessian(&self.x));
        let third_is_tied = self.x.len() > 2 && eigen.values[1] - eigen.values[2] <= TIE * eigen.scale();
        if !self.clarke || third_is_tied {
            self.stop(FlowStop::EigenvalueCrossing);
            return;
        }
        self.mode = match Tie::new(self.drift.loss, &self.x, &eigen, self.drift.rank).shortest() {
            Shortest::Inside => Mode::Sliding,
            Shortest::Rim(v) => Mode::Branch(v),
        };
    }
}

fn slope(drift: &Drift, mode: &Mode, x: &VecN) -> VecN {
    match mode {
        Mode::Branch(reference) => drift.along_branch(x, reference),
        Mode::Sliding => sliding_slope(drift, x),
    }
}
