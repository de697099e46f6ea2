//! The steps of a run, compiled for its method's rule, and for its loss where that makes them faster.

use super::{OptimizerSpec, RunSpec, StopReason, Trail, Underflow};
use crate::calculus::{Concrete, Gradients, Landscape, PointerVisitor, Vector, dot, norm};
use crate::loss::{Loss, Visitor};
use crate::optimizer::{BatchSampler, Events, Rule, RuleVisitor, Setup};

/// Stationarity is looked at after every such number of updates, counted from the start of the run, so
/// that the answer does not depend on how the run is cut into calls.
pub const BLOCK: u64 = 1024;

/// A run whose iterate is longer than this has diverged.
pub const DIVERGED_NORM: f64 = 1e8;

/// How far a run has come.
#[derive(Clone, Debug)]
pub(super) struct Progress {
    pub x: Vec<f64>,
    pub previous: Option<Vec<f64>>,
    pub step: u64,
    /// v, as long as x; zero without momentum.
    pub velocity: Vec<f64>,
    pub events: Events,
    pub stop: Option<StopReason>,
    pub trail: Option<Trail>,
}

/// Runs up to step `target`.
pub(super) struct Advance<'a> {
    pub spec: &'a RunSpec,
    /// The method in force.
    pub optimizer: &'a OptimizerSpec,
    pub landscape: &'a dyn Landscape,
    pub sampler: &'a mut BatchSampler,
    pub progress: &'a mut Progress,
    /// Whether it may end before its last step: not while another method is to come.
    pub may_rest: bool,
    pub target: u64,
}

impl Visitor for Advance<'_> {
    type Output = ();

    fn visit<L: Loss<D>, const D: usize>(self, loss: &L) {
        let loss = Concrete::<L, D>(loss);
        // On the page, where code has to be loaded, and where a call costs little beside the formula.
        if cfg!(target_arch = "wasm32") || const { D > 4 } {
            loss.behind_pointer(self);
        } else {
            self.drive::<_, D>(&loss);
        }
    }
}

impl PointerVisitor<f64> for Advance<'_> {
    type Output = ();

    fn visit<const D: usize>(self, loss: &dyn Gradients<f64, D>) {
        self.drive::<_, D>(loss);
    }
}

impl Advance<'_> {
    fn drive<G: Gradients<f64, D> + ?Sized, const D: usize>(self, loss: &G) {
        let Self { spec, optimizer, landscape, sampler, progress, may_rest, target } = self;
        // Whether every update is the same function of x.
        let is_deterministic = sampler.is_full();
        let setup = Setup { rho: optimizer.rho, landscape, sampler };
        optimizer.id.visit(setup, Drive { spec, loss, is_deterministic, may_rest, progress, target });
    }
}

struct Drive<'a, G: ?Sized, const D: usize> {
    spec: &'a RunSpec,
    loss: &'a G,
    is_deterministic: bool,
    may_rest: bool,
    progress: &'a mut Progress,
    target: u64,
}

/// Two consecutive iterates, and the momentum where there is one.
struct State<const D: usize> {
    x: Vector<D>,
    previous: Vector<D>,
    momentum: Option<Momentum<D>>,
}

/// Heavy-ball momentum.
struct Momentum<const D: usize> {
    beta: f64,
    v: Vector<D>,
    /// Whether the last update left v bit-identical.
    is_still: bool,
}

impl<const D: usize> Momentum<D> {
    /// v ← βv + u. Never inlined, so that runs without momentum keep their iterate in registers.
    #[cold]
    #[inline(never)]
    fn push(&mut self, u: Vector<D>) -> Vector<D> {
        let v = self.beta * self.v + u;
        self.is_still = same_bits(&v, &self.v);
        self.v = v;
        v
    }
}

impl<const D: usize> State<D> {
    /// Where a run is at.
    fn of(progress: &Progress, beta: f64) -> Self {
        let vector = |numbers: &[f64]| Vector::from_fn(|i, _| numbers.get(i).copied().unwrap_or(0.0));
        let momentum = (beta > 0.0).then(|| Momentum { beta, v: vector(&progress.velocity), is_still: false });
        Self { x: vector(&progress.x), previous: Vector::zeros(), momentum }
    }

    /// Whether the gradient, and the momentum, are no longer than `tol`.
    fn has_converged<G: Gradients<f64, D> + ?Sized>(&self, loss: &G, tol: f64) -> bool {
        let g = Vector::from(loss.gradient(None, &self.x.into()));
        norm(&g) <= tol && self.momentum.as_ref().is_none_or(|momentum| norm(&momentum.v) <= tol)
    }

    /// Whether the last update changed nothing.
    fn is_stationary(&self) -> bool {
        same_bits(&self.x, &self.previous) && self.momentum.as_ref().is_none_or(|momentum| momentum.is_still)
    }
}

impl<G: Gradients<f64, D> + ?Sized, const D: usize> RuleVisitor for Drive<'_, G, D> {
    /// Blocks of updates between the steps at which something has to be looked at: a kept step, a multiple
    /// of [`BLOCK`], every step where convergence is tested, the target.
    fn visit<R: Rule>(self, mut rule: R) {
        let Self { spec, loss, is_deterministic, may_rest, progress, target } = self;
        let n = progress.x.len();
        let mut state = State::of(progress, spec.optimizer.beta);
        let tests_convergence = may_rest && spec.tol > 0.0;
        let begin = progress.step;
        while progress.step < target && progress.stop.is_none() {
            if tests_convergence && state.has_converged(loss, spec.tol) {
                progress.stop = Some(StopReason::Converged);
                break;
            }
            let next_block = progress.step - progress.step % BLOCK + BLOCK;
            let next_kept = progress.trail.as_ref().map_or(u64::MAX, |trail| trail.next_kept(progress.step));
            let next_test = if tests_convergence { progress.step + 1 } else { u64::MAX };
            let count = target.min(next_block).min(next_kept).min(next_test) - progress.step;
            let (done, stop) = block(spec, loss, &mut rule, &mut state, &mut progress.events, count);
            progress.step += done;
            progress.stop = stop;
            if let Some(trail) = &mut progress.trail
                && done == count
                && trail.keeps(progress.step)
            {
                trail.push(progress.step, &state.x.as_slice()[..n]);
            }
            let is_looked_at = may_rest && is_deterministic && progress.step == next_block && stop.is_none();
            if is_looked_at && state.is_stationary() {
                progress.stop = Some(StopReason::Stationary);
            }
        }
        if progress.stop.is_none() && progress.step == spec.steps {
            progress.stop = Some(StopReason::Steps);
        }
        progress.x = state.x.as_slice()[..n].to_vec();
        if let Some(momentum) = &state.momentum {
            progress.velocity = momentum.v.as_slice()[..n].to_vec();
        }
        if progress.step > begin {
            progress.previous = Some(state.previous.as_slice()[..n].to_vec());
        }
    }
}

fn same_bits<const D: usize>(a: &Vector<D>, b: &Vector<D>) -> bool {
    a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits())
}

/// Up to `count` updates; gives the number done and why it stopped early.
fn block<G: Gradients<f64, D> + ?Sized, R: Rule, const D: usize>(
    spec: &RunSpec,
    loss: &G,
    rule: &mut R,
    state: &mut State<D>,
    counted: &mut Events,
    count: u64,
) -> (u64, Option<StopReason>) {
    let (eta, hold) = (spec.optimizer.eta, spec.underflow == Underflow::Hold);
    let (mut x, mut previous) = (state.x, state.previous);
    let mut events = *counted;
    let mut stop = None;
    let mut done = 0;
    while done < count {
        let mut u = rule.update(loss, &x, &mut events);
        if let Some(momentum) = &mut state.momentum {
            u = momentum.push(u);
        }
        let mut next = x - eta * u;
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
    (state.x, state.previous) = (x, previous);
    *counted = events;
    (done, stop)
}

/// The underflow hold: a non-zero coordinate that would become smaller than the smallest normal
/// number stays at that size with its sign. Exact cancellations from larger numbers stay zero.
#[inline(always)]
fn hold_underflow<const D: usize>(next: Vector<D>, x: &Vector<D>, events: &mut Events) -> Vector<D> {
    // What is 0 stays so: padding, too.
    let is_small = |i: usize| next[i].abs() < f64::MIN_POSITIVE && x[i] != 0.0;
    if !(0..D).fold(false, |any, i| any | is_small(i)) {
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
