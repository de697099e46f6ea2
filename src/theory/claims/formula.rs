//! The constants that the claims' predictions are made of. Each can be spoilt, and each use is noted: a test shows
//! that every claim fails when any constant that it uses is wrong.

use std::cell::Cell;

use crate::calculus::Landscape;
use crate::theory::{Constants, Flow, FlowRequest, Functional, flow_with, ngd_flow};

/// A part of a formula that can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knob {
    /// A factor ½, spoilt to 1.
    Half,
    /// A 2, spoilt to 1.
    Two,
    /// The largest eigenvalue, spoilt to the second.
    Top,
    /// The smallest non-zero eigenvalue, spoilt to the largest.
    Bottom,
    /// A square, spoilt to the first power.
    Square,
    /// A sign, spoilt to the other.
    Sign,
    /// The trace, spoilt to λ1.
    Trace,
    /// An order of convergence or a rank, spoilt to the next.
    Order,
    /// That something stays where it is, spoilt to a flow.
    Rest,
    /// A number that is known from experiment, spoilt by a tenth.
    Number,
}

impl Knob {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Half,
        Self::Two,
        Self::Top,
        Self::Bottom,
        Self::Square,
        Self::Sign,
        Self::Trace,
        Self::Order,
        Self::Rest,
        Self::Number,
    ];
}

/// Gives a formula's constants, right or with one of them spoilt.
#[derive(Debug)]
pub struct Formula {
    spoilt: Option<Knob>,
    used: Cell<u32>,
}

impl Formula {
    /// Every constant right.
    #[must_use]
    pub fn right() -> Self {
        Self { spoilt: None, used: Cell::new(0) }
    }

    /// One of them wrong.
    #[must_use]
    pub fn spoilt(knob: Knob) -> Self {
        Self { spoilt: Some(knob), used: Cell::new(0) }
    }

    /// Which have been asked for.
    #[must_use]
    pub fn used(&self) -> Vec<Knob> {
        Knob::ALL.into_iter().filter(|&knob| self.used.get() & (1 << knob as u32) != 0).collect()
    }

    fn is_spoilt(&self, knob: Knob) -> bool {
        self.used.set(self.used.get() | (1 << knob as u32));
        self.spoilt == Some(knob)
    }

    /// ½.
    pub(super) fn half(&self) -> f64 {
        if self.is_spoilt(Knob::Half) { 1.0 } else { 0.5 }
    }

    /// 2.
    pub(super) fn two(&self) -> f64 {
        if self.is_spoilt(Knob::Two) { 1.0 } else { 2.0 }
    }

    /// λ1 of descending eigenvalues.
    pub(super) fn top(&self, eigenvalues: &[f64]) -> f64 {
        eigenvalues[usize::from(self.is_spoilt(Knob::Top))]
    }

    /// λM of descending non-zero eigenvalues.
    pub(super) fn bottom(&self, eigenvalues: &[f64]) -> f64 {
        if self.is_spoilt(Knob::Bottom) { eigenvalues[0] } else { eigenvalues[eigenvalues.len() - 1] }
    }

    /// The sum of the eigenvalues; spoilt: λ1.
    pub(super) fn trace(&self, eigenvalues: &[f64]) -> f64 {
        if self.is_spoilt(Knob::Trace) { eigenvalues[0] } else { eigenvalues.iter().sum() }
    }

    /// x².
    pub(super) fn square(&self, x: f64) -> f64 {
        if self.is_spoilt(Knob::Square) { x } else { x * x }
    }

    /// +x.
    pub(super) fn plus(&self, x: f64) -> f64 {
        if self.is_spoilt(Knob::Sign) { -x } else { x }
    }

    /// An order of convergence, or a rank.
    pub(super) fn order(&self, order: f64) -> f64 {
        if self.is_spoilt(Knob::Order) { order + 1.0 } else { order }
    }

    /// What stays as it is; spoilt: what a flow makes of it.
    pub(super) fn rests(&self, still: f64, flowed: f64) -> f64 {
        if self.is_spoilt(Knob::Rest) { flowed } else { still }
    }

    /// A number from experiment.
    pub(super) fn known(&self, number: f64) -> f64 {
        if self.is_spoilt(Knob::Number) { 1.1 * number } else { number }
    }

    /// ηρλ/(2 − ηλ), the 2-cycle's amplitude (Thm 4.8).
    pub(super) fn amplitude(&self, eta: f64, rho: f64, lambda: f64) -> f64 {
        eta * rho * lambda / (self.two() - eta * lambda)
    }

    /// 1 − ηλj − (λj/λk)²(2 − ηλk), the multiplier of mode j on the cycle of mode k (fact 1).
    pub(super) fn multiplier(&self, eta: f64, lambda_k: f64, lambda_j: f64) -> f64 {
        1.0 - eta * lambda_j - self.square(lambda_j / lambda_k) * (self.two() - eta * lambda_k)
    }

    /// The theorem's flow (Thm 4.5, Thm 5.4) from Φ(from); `None` where there is none.
    pub(super) fn flowed(&self, loss: &dyn Landscape, from: &[f64], of: Functional, tau: f64) -> Option<Flow> {
        let constants = Constants { half: self.half(), ..Constants::default() };
        self.follow(loss, from, FlowRequest { of, tau, eta: None, clarke: true }, constants)
    }

    /// The finite-η law's flow of λ1 (fact 11) from Φ(from), across ties as the Clarke flow (fact 12).
    pub(super) fn lawful(&self, loss: &dyn Landscape, from: &[f64], tau: f64, eta: f64) -> Option<Flow> {
        let power = self.square(2.0) / 2.0;
        let constants = Constants { half: self.half(), two: self.two(), power, ..Constants::default() };
        let request = FlowRequest { of: Functional::Lambda1, tau, eta: Some(eta), clarke: true };
        self.follow(loss, from, request, constants)
    }

    /// Where the flow, or with η the law's, comes to rest, which its speed doesn't matter for.
    pub(super) fn rest(&self, loss: &dyn Landscape, from: &[f64], of: Functional, eta: Option<f64>) -> Option<Flow> {
        let constants = match eta {
            Some(_) => Constants { two: self.two(), power: self.square(2.0) / 2.0, ..Constants::default() },
            None => Constants::default(),
        };
        self.follow(loss, from, FlowRequest { of, tau: 100.0, eta, clarke: true }, constants)
    }

    fn follow(&self, loss: &dyn Landscape, from: &[f64], request: FlowRequest, constants: Constants) -> Option<Flow> {
        let (of, eigenvalue) = match request.of {
            Functional::Lambda1 => (Functional::Lambda1, usize::from(self.is_spoilt(Knob::Top))),
            Functional::Trace if self.is_spoilt(Knob::Trace) => (Functional::Lambda1, 0),
            Functional::Trace => (Functional::Trace, 0),
        };
        flow_with(loss, from, &FlowRequest { of, ..request }, &[], Constants { eigenvalue, ..constants }).ok()
    }

    /// The end of normalized gradient descent's flow (fact 14).
    pub(super) fn ngd(&self, loss: &dyn Landscape, from: &[f64], tau: f64) -> Option<Flow> {
        let half = self.half();
        let eigenvalue = usize::from(self.is_spoilt(Knob::Top));
        ngd_flow(loss, from, tau, Constants { quarter: half * half, eigenvalue, ..Constants::default() }).ok()
    }
}
