//! One method on its way through a scenario.

use std::sync::Arc;

use serde::Serialize;

use super::{OptimizerSpec, Recording, RunSpec, Trail, Underflow};
use crate::calculus::{Landscape, Vector, dot, gradient, landscape, norm};
use crate::loss::{Loss, Visitor};
use crate::optimizer::{
    AscDescent, BatchSampler, Events, Gd, MSam, Method, OnLandscape, RandomStream, Rule, Sam, Sgd, Update, avg_descent,
    eigen_sam, max_descent, ngd, usam,
};
use crate::sharpness::Point;

/// Stationarity is looked at after every such number of updates, counted from the start of the run, so
/// that the answer does not depend on how the run is cut into calls.
pub const BLOCK: u64 = 1024;

/// A run whose iterate is longer than this has diverged.
const DIVERGED_NORM: f64 = 1e8;

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StopReason {
    /// All updates are done.
    Steps,
    /// An update left x bit-identical (deterministic methods only).
    Stationary,
    /// ‖g‖ ≤ tol.
    Converged,
    /// x became non-finite or longer than 1e8; the last finite x is kept.
    Diverged,
}

/// A method's state: where it is, where it was one update ago, and what it leaves behind.
#[derive(Clone, Debug)]
pub struct Racer {
    spec: RunSpec,
    landscape: Arc<dyn Landscape>,
    samples: usize,
    stream: RandomStream,
    x: Vec<f64>,
    previous: Option<Vec<f64>>,
    step: u64,
    events: Events,
    stop: Option<StopReason>,
    trail: Option<Trail>,
}

impl Racer {
    /// A run of a resolved scenario, at its start.
    #[must_use]
    pub fn new(spec: RunSpec) -> Self {
        let capacity = match spec.record {
            Recording::None => None,
            // The last pair, which is not on the grid, comes on top.
            Recording::Points(n) => Some(n - 2),
            Recording::All => Some(usize::MAX),
        };
        let mut trail = capacity.map(|capacity| Trail::new(spec.init.len(), capacity));
        if let Some(trail) = &mut trail {
            trail.push(0, &spec.init);
        }
        Self {
            landscape: landscape(&spec.loss, spec.init.len()),
            samples: spec.loss.samples(),
            stream: RandomStream::new(spec.seed),
            x: spec.init.clone(),
            previous: None,
            step: 0,
            events: Events::default(),
            stop: (spec.steps == 0).then_some(StopReason::Steps),
            trail,
            spec,
        }
    }

    /// The run as data.
    #[must_use]
    pub fn spec(&self) -> &RunSpec {
        &self.spec
    }

    /// The method and its settings.
    #[must_use]
    pub fn optimizer(&self) -> &OptimizerSpec {
        &self.spec.optimizer
    }

    /// What it runs on.
    #[must_use]
    pub fn landscape(&self) -> &Arc<dyn Landscape> {
        &self.landscape
    }

    /// The number of updates so far.
    #[must_use]
    pub fn step(&self) -> u64 {
        self.step
    }

    /// The current iterate.
    #[must_use]
    pub fn x(&self) -> &[f64] {
        &self.x
    }

    /// Why it ended, once it has.
    #[must_use]
    pub fn stop_reason(&self) -> Option<StopReason> {
        self.stop
    }

    /// What happened rarely on the way.
    #[must_use]
    pub fn events(&self) -> Events {
        self.events
    }

    /// The kept iterates without the last pair; `None` where nothing is recorded.
    #[must_use]
    pub fn trail(&self) -> Option<&Trail> {
        self.trail.as_ref()
    }

    /// The kept iterates with the last pair, ascending.
    #[must_use]
    pub fn kept(&self) -> Vec<(u64, &[f64])> {
        let mut kept: Vec<_> = self.trail.iter().flat_map(Trail::points).collect();
        let pair = self.previous.iter().map(|x| (self.step - 1, x.as_slice())).chain([(self.step, self.x.as_slice())]);
        // Where the last step lies on the trail's grid, the one before it does not: the whole pair replaces it.
        let first = self.step - u64::from(self.previous.is_some());
        while kept.last().is_some_and(|&(step, _)| step >= first) {
            kept.pop();
        }
        kept.extend(pair);
        kept
    }

    /// Measures an iterate of this run.
    #[must_use]
    pub fn measure(&self, step: u64, x: &[f64]) -> Point {
        Point::measure(self.landscape.as_ref(), step, x, self.optimizer().eta, self.optimizer().effective_rho())
    }

    /// Measures an iterate of this run with the three notions of sharpness at the setting ρ, also where the method
    /// itself doesn't use it.
    #[must_use]
    pub fn measure_fully(&self, step: u64, x: &[f64]) -> Point {
        let mut point = self.measure(step, x);
        point.measure_sharpness(self.landscape.as_ref(), self.optimizer().rho);
        point
    }

    /// Does up to `steps` more updates; the result is the same however they are cut into calls.
    pub fn advance(&mut self, steps: u64) {
        if self.stop.is_none() && steps > 0 {
            let target = self.spec.steps.min(self.step.saturating_add(steps));
            let (loss, dim) = (self.spec.loss.clone(), self.x.len());
            loss.visit(dim, Advance { racer: self, target });
        }
    }

    /// Whether every update is the same function of x.
    fn is_deterministic(&self) -> bool {
        self.optimizer().effective_batch(self.samples) == self.samples
    }
}

/// Runs a racer up to step `target`, monomorphized for its loss.
struct Advance<'a> {
    racer: &'a mut Racer,
    target: u64,
}

impl Visitor for Advance<'_> {
    type Output = ();

    fn visit<L: Loss<D>, const D: usize>(self, loss: &L) {
        let Self { racer, target } = self;
        let sam = Sam { rho: racer.optimizer().rho };
        let batch = racer.optimizer().effective_batch(racer.samples);
        let sampler = |racer: &Racer| BatchSampler::new(racer.samples, batch, racer.stream.clone());
        match racer.optimizer().id {
            Method::Gd => drive(racer, loss, &mut Gd, target),
            Method::Sam => drive(racer, loss, &mut { sam }, target),
            Method::Sgd => {
                let mut rule = Sgd { sampler: sampler(racer) };
                drive(racer, loss, &mut rule, target);
                racer.stream = rule.sampler.into_stream();
            }
            Method::OneSam | Method::MSam => {
                let mut rule = MSam { sam, sampler: sampler(racer) };
                drive(racer, loss, &mut rule, target);
                racer.stream = rule.sampler.into_stream();
            }
            Method::AscDescent => drive(racer, loss, &mut AscDescent { rho: racer.optimizer().rho }, target),
            Method::MaxDescent => on_landscape(racer, loss, max_descent, target),
            Method::AvgDescent => on_landscape(racer, loss, avg_descent, target),
            Method::Usam => on_landscape(racer, loss, usam, target),
            Method::EigenSam => on_landscape(racer, loss, eigen_sam, target),
            Method::Ngd => on_landscape(racer, loss, ngd, target),
        }
    }
}

/// Drives one of the rules that step through a landscape: they share one copy of [`drive`] per loss.
fn on_landscape<L: Loss<D>, const D: usize>(racer: &mut Racer, loss: &L, update: Update, target: u64) {
    let mut rule = OnLandscape { update, landscape: Arc::clone(&racer.landscape), rho: racer.optimizer().rho };
    drive(racer, loss, &mut rule, target);
}

/// Two consecutive iterates.
struct State<const D: usize> {
    x: Vector<D>,
    previous: Vector<D>,
}

/// Blocks of updates between the steps at which something has to be looked at: a kept step, a multiple
/// of [`BLOCK`], every step where convergence is tested, the target.
fn drive<L: Loss<D>, R: Rule, const D: usize>(racer: &mut Racer, loss: &L, rule: &mut R, target: u64) {
    let n = racer.x.len();
    let mut state = State::<D> { x: Vector::zeros(), previous: Vector::zeros() };
    state.x.as_mut_slice()[..n].copy_from_slice(&racer.x);
    let begin = racer.step;
    while racer.step < target && racer.stop.is_none() {
        if racer.spec.tol > 0.0 && norm(&gradient(loss, &state.x)) <= racer.spec.tol {
            racer.stop = Some(StopReason::Converged);
            break;
        }
        let next_block = racer.step - racer.step % BLOCK + BLOCK;
        let next_kept = racer.trail.as_ref().map_or(u64::MAX, |trail| trail.next_kept(racer.step));
        let next_test = if racer.spec.tol > 0.0 { racer.step + 1 } else { u64::MAX };
        let count = target.min(next_block).min(next_kept).min(next_test) - racer.step;
        let (done, stop) = block(racer, loss, rule, &mut state, count);
        racer.step += done;
        racer.stop = stop;
        if let Some(trail) = &mut racer.trail
            && done == count
            && trail.keeps(racer.step)
        {
            trail.push(racer.step, &state.x.as_slice()[..n]);
        }
        if racer.step == next_block && stop.is_none() && racer.is_deterministic() && same_bits(&state) {
            racer.stop = Some(StopReason::Stationary);
        }
    }
    if racer.stop.is_none() && racer.step == racer.spec.steps {
        racer.stop = Some(StopReason::Steps);
    }
    racer.x = state.x.as_slice()[..n].to_vec();
    if racer.step > begin {
        racer.previous = Some(state.previous.as_slice()[..n].to_vec());
    }
}

fn same_bits<const D: usize>(state: &State<D>) -> bool {
    state.x.iter().zip(&state.previous).all(|(a, b)| a.to_bits() == b.to_bits())
}

/// Up to `count` updates; gives the number done and why it stopped early.
fn block<L: Loss<D>, R: Rule, const D: usize>(
    racer: &mut Racer,
    loss: &L,
    rule: &mut R,
    state: &mut State<D>,
    count: u64,
) -> (u64, Option<StopReason>) {
    let (eta, hold) = (racer.optimizer().eta, racer.spec.underflow == Underflow::Hold);
    let (mut x, mut previous) = (state.x, state.previous);
    let mut events = racer.events;
    let mut stop = None;
    let mut done = 0;
    while done < count {
        let mut next = x - eta * rule.update(loss, &x, &mut events);
        if hold {
            next = hold_underflow(next, &x, &mut events);
        }
        let squared = dot(&next, &next);
        #[expect(clippy::neg_cmp_op_on_partial_ord, reason = "NaN must land in the branch too")]
        if !(squared <= DIVERGED_NORM * DIVERGED_NORM) {
            stop = Some(StopReason::Diverged);
            if next.iter().any(|component| !component.is_finite()) {
                break;
            }
        }
        previous = x;
        x = next;
        done += 1;
        if stop.is_some() {
            break;
        }
    }
    *state = State { x, previous };
    racer.events = events;
    (done, stop)
}

/// The underflow hold: a non-zero coordinate that would become smaller than the smallest normal
/// number stays at that size with its sign. Exact cancellations from larger numbers stay zero.
#[inline(always)]
fn hold_underflow<const D: usize>(next: Vector<D>, x: &Vector<D>, events: &mut Events) -> Vector<D> {
    if !next.iter().fold(false, |any, component| any | (component.abs() < f64::MIN_POSITIVE)) {
        return next;
    }
    let mut held = false;
    let next = Vector::from_fn(|i, _| hold_coordinate(next[i], x[i], &mut held));
    events.underflow_holds += u64::from(held);
    next
}

#[inline(always)]
fn hold_coordinate(next: f64, x: f64, held: &mut bool) -> f64 {
    let cancelled = next == 0.0 && x.abs() > f64::MIN_POSITIVE;
    if next.abs() < f64::MIN_POSITIVE && x != 0.0 && !cancelled {
        *held = true;
        f64::MIN_POSITIVE.copysign(if next == 0.0 { x } else { next })
    } else {
        next
    }
}
