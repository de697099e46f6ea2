//! Runs that step together, as the scalar driver steps each of them, to the last bit.

use super::number::{Lanes, WIDTH};
use super::pack::Pack;
use super::{CURVATURE, DIMS};
use crate::calculus::Gradients;
use crate::loss::{Scalar, Work, array};
use crate::optimizer::{BatchSampler, Method, Part, RandomStream, Update, UpdateVisitor};
use crate::run::DIVERGED_NORM;

/// As many runs, at one step.
pub(super) struct Herd<P, const D: usize> {
    pub x: [Lanes<P>; D],
    /// One update ago, once there was one.
    pub previous: [Lanes<P>; D],
    pub eta: Lanes<P>,
    pub rho: Lanes<P>,
    pub momentum: Option<Momentum<P, D>>,
    pub step: u64,
    /// Who still steps, as bits; the others' numbers mean nothing.
    pub alive: u32,
    /// Whether what would vanish is held.
    pub holds: bool,
}

/// Where a run is after one update.
pub(super) struct Stepped {
    pub x: Vec<f64>,
    pub velocity: Vec<f64>,
}

/// Makes a stray's update; `None` where it does not come back.
pub(super) type Shepherd<'a> = dyn FnMut(Stray) -> Option<Stepped> + 'a;

/// Heavy-ball momentum.
pub(super) struct Momentum<P, const D: usize> {
    pub beta: Lanes<P>,
    pub v: [Lanes<P>; D],
    /// One update ago, once there was one.
    pub previous: [Lanes<P>; D],
}

/// A run that meets something rare, before the update that it meets it in.
pub(super) struct Stray {
    pub lane: usize,
    pub step: u64,
    pub x: Vec<f64>,
    pub velocity: Vec<f64>,
    pub stream: RandomStream,
}

impl<P: Pack, const D: usize> Herd<P, D> {
    /// Where one of them is.
    pub fn at(&self, lane: usize, dim: usize) -> Vec<f64> {
        self.x[..dim].iter().map(|lanes| lanes.numbers()[lane]).collect()
    }

    /// Run `lane`, where it is; `stream` is as it was before the present update.
    pub fn stray(&self, lane: usize, stream: &RandomStream) -> Stray {
        let (x, velocity) = (self.at(lane, D), self.velocity(lane, D));
        Stray { lane, step: self.step, x, velocity, stream: stream.clone() }
    }

    /// Has the shepherd make the update of those of `rare` that still step, and takes back who comes.
    #[cold]
    #[inline(never)]
    fn tend(
        &mut self,
        rare: u32,
        stream: &RandomStream,
        shepherd: &mut Shepherd,
        next: &mut [Lanes<P>; D],
        u: &mut [Lanes<P>; D],
    ) {
        let met = rare & self.alive;
        for lane in (0..WIDTH).filter(|lane| met & (1 << lane) != 0) {
            let Some(stepped) = shepherd(self.stray(lane, stream)) else {
                self.alive &= !(1 << lane);
                continue;
            };
            for (row, &number) in next.iter_mut().zip(&stepped.x) {
                row.put(lane, number);
            }
            for (row, &number) in u.iter_mut().zip(&stepped.velocity) {
                row.put(lane, number);
            }
        }
    }

    /// Those whose last update changed nothing, as bits.
    pub fn stationary(&self) -> u32 {
        let mut same = same_bits(&self.x, &self.previous);
        if let Some(momentum) = &self.momentum {
            let is_off = Lanes::bits(momentum.beta.equals(Lanes::constant(0.0)));
            same &= same_bits(&momentum.v, &momentum.previous) | is_off;
        }
        same & self.alive
    }

    fn velocity(&self, lane: usize, dim: usize) -> Vec<f64> {
        let component = |i: usize| self.momentum.as_ref().map_or(0.0, |momentum| momentum.v[i].numbers()[lane]);
        (0..dim).map(component).collect()
    }

    /// `count` updates by `method`, which has one for many, or fewer where nobody steps any more.
    pub fn advance(
        &mut self,
        method: Method,
        loss: &dyn Gradients<Lanes<P>, D>,
        sampler: &mut BatchSampler,
        count: u64,
        shepherd: &mut Shepherd<'_>,
    ) {
        let done = method.visit_update(Steps { herd: self, loss, sampler, count, shepherd });
        debug_assert!(done.is_some(), "asked before");
    }
}

/// Updates to be done.
struct Steps<'a, P, const D: usize> {
    herd: &'a mut Herd<P, D>,
    loss: &'a dyn Gradients<Lanes<P>, D>,
    sampler: &'a mut BatchSampler,
    count: u64,
    shepherd: &'a mut Shepherd<'a>,
}

impl<P: Pack, const D: usize> UpdateVisitor for Steps<'_, P, D> {
    type Output = ();

    fn visit<U: Update>(self) {
        if const { U::NEEDS_CURVATURE && !CURVATURE || D > DIMS } {
            unreachable!("asked before");
        }
        P::vectorized(By { steps: self, of: std::marker::PhantomData::<U> });
    }
}

struct By<'a, P, U, const D: usize> {
    steps: Steps<'a, P, D>,
    of: std::marker::PhantomData<U>,
}

impl<P: Pack, U: Update, const D: usize> Work for By<'_, P, U, D> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Steps { herd, loss, sampler, count, shepherd } = self.steps;
        let draws = !sampler.is_full();
        let most = Lanes::constant(DIVERGED_NORM * DIVERGED_NORM);
        for left in (0..count).rev() {
            let before = draws.then(|| sampler.stream().clone());
            let batch = if draws { Some(sampler.draw()) } else { None };
            let mut rare = 0;
            let Some(mut u) = U::u(&Part { loss, batch }, &herd.x, herd.rho, &mut rare) else {
                unreachable!("many numbers mark what is rare");
            };
            if let Some(momentum) = &herd.momentum {
                u = momentum.pushed(&u);
            }
            let mut next: [Lanes<P>; D] = array(|i| herd.x[i] - u[i] * herd.eta);
            if herd.holds {
                hold(&mut next, &herd.x);
            }
            let squared = dot(&next, &next);
            // Not at most: NaN too.
            rare |= !(Lanes::bits(squared.is_below(most)) | Lanes::bits(squared.equals(most)));
            if rare & herd.alive != 0 {
                let stream = before.as_ref().unwrap_or(sampler.stream());
                herd.tend(rare, stream, shepherd, &mut next, &mut u);
                if herd.alive == 0 {
                    return;
                }
            }
            if left == 0 {
                herd.previous = herd.x;
            }
            if let Some(momentum) = &mut herd.momentum {
                if left == 0 {
                    momentum.previous = momentum.v;
                }
                momentum.v = u;
            }
            herd.x = next;
            herd.step += 1;
        }
    }
}

fn same_bits<P: Pack, const D: usize>(a: &[Lanes<P>; D], b: &[Lanes<P>; D]) -> u32 {
    let mut same = u32::MAX;
    for (a, b) in a.iter().zip(b) {
        let pairs = a.numbers().into_iter().zip(b.numbers());
        let differing = pairs.enumerate().filter(|(_, (a, b))| a.to_bits() != b.to_bits());
        same = differing.fold(same, |same, (lane, _)| same & !(1 << lane));
    }
    same
}

impl<P: Pack, const D: usize> Momentum<P, D> {
    /// βv + u, and u itself where β is 0.
    #[inline(always)]
    fn pushed(&self, u: &[Lanes<P>; D]) -> [Lanes<P>; D] {
        let is_off = self.beta.equals(Lanes::constant(0.0));
        array(|i| Lanes::choose(is_off, u[i], self.v[i] * self.beta + u[i]))
    }
}

/// The underflow hold, as the scalar driver has it.
#[inline(always)]
fn hold<P: Pack, const D: usize>(next: &mut [Lanes<P>; D], x: &[Lanes<P>; D]) {
    // Below this its square tells nothing.
    const SMALL: f64 = 1e-290;
    let mut least = next[0] * next[0];
    for component in &next[1..] {
        let squared = *component * *component;
        least = Lanes::choose(squared.is_below(least), squared, least);
    }
    if Lanes::is_any(least.is_below(Lanes::constant(SMALL))) {
        // Into others' places: written over themselves they would be masked stores, for which the next load has to wait.
        let mut all = *next;
        for ((all, next), x) in all.iter_mut().zip(&*next).zip(x) {
            *all = held(*next, *x);
        }
        *next = all;
    }
}

#[inline(always)]
fn held<P: Pack>(next: Lanes<P>, x: Lanes<P>) -> Lanes<P> {
    let (zero, least) = (Lanes::constant(0.0), Lanes::constant(f64::MIN_POSITIVE));
    let is_small = next.abs().is_below(least);
    if !Lanes::is_any(is_small) {
        return next;
    }
    let is_gone = next.equals(zero);
    let kept = Lanes::choose(is_gone, x, next).sign() * least;
    // An exact cancellation of larger numbers, and zeros from the start on.
    let cancelled = Lanes::choose(least.is_below(x.abs()), next, kept);
    let small = Lanes::choose(x.equals(zero), next, Lanes::choose(is_gone, cancelled, kept));
    Lanes::choose(is_small, small, next)
}

#[inline(always)]
fn dot<P: Pack, const D: usize>(a: &[Lanes<P>; D], b: &[Lanes<P>; D]) -> Lanes<P> {
    let mut sum = a[0] * b[0];
    for i in 1..D {
        sum = sum + a[i] * b[i];
    }
    sum
}
