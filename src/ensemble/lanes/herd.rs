//! Runs that step together, as the scalar driver steps each of them, to the last bit.

use super::numbers::{PACKS, WIDTH};
use super::pack::{PACKED, Pack};
use super::source::Source;
use super::{CURVATURE, DIMS, places};
use crate::ensemble::motion::Paths;
use crate::loss::{Work, array};
use crate::optimizer::{BatchSampler, Method, RandomStream, Update, UpdateVisitor};
use crate::run::DIVERGED_NORM;

/// A vector of each run: those of a pack beside one another, so that a step of these stays in registers.
pub(super) type Vectors<P, const D: usize> = [[P; D]; PACKS];

/// As many runs, at one step.
pub(super) struct Herd<P, const D: usize> {
    pub x: Vectors<P, D>,
    /// One update ago, once there was one.
    pub previous: Vectors<P, D>,
    pub eta: [P; PACKS],
    pub rho: [P; PACKS],
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
    pub beta: [P; PACKS],
    pub v: Vectors<P, D>,
    /// One update ago, once there was one.
    pub previous: Vectors<P, D>,
}

/// A run that meets something rare, before the update that it meets it in.
pub(super) struct Stray {
    pub lane: usize,
    pub step: u64,
    pub x: Vec<f64>,
    pub velocity: Vec<f64>,
    pub stream: RandomStream,
}

/// The numbers of the runs as they are stored.
pub(super) fn packed<P: Pack>(number: impl Fn(usize) -> f64) -> [P; PACKS] {
    std::array::from_fn(|c| P::of(std::array::from_fn(|k| number(PACKED * c + k))))
}

impl<P: Pack, const D: usize> Herd<P, D> {
    /// Where one of them is.
    pub fn at(&self, lane: usize, dim: usize) -> Vec<f64> {
        vector(&self.x[lane / PACKED], lane % PACKED, dim)
    }

    /// Run `lane`, where it is; `stream` is as it was before the present update.
    pub fn stray(&self, lane: usize, stream: &RandomStream) -> Stray {
        let velocity = match &self.momentum {
            Some(momentum) => vector(&momentum.v[lane / PACKED], lane % PACKED, D),
            None => vec![0.0; D],
        };
        Stray { lane, step: self.step, x: self.at(lane, D), velocity, stream: stream.clone() }
    }

    /// Has the shepherd make the update of those of `rare`, of pack `c`, and takes back who comes.
    #[cold]
    #[inline(never)]
    fn tend(
        &mut self,
        (c, rare): (usize, u32),
        stream: &RandomStream,
        shepherd: &mut Shepherd,
        next: &mut [P; D],
        u: &mut [P; D],
    ) {
        for k in places(rare) {
            let lane = PACKED * c + k;
            let Some(stepped) = shepherd(self.stray(lane, stream)) else {
                self.alive &= !(1 << lane);
                continue;
            };
            put(next, k, &stepped.x);
            put(u, k, &stepped.velocity);
        }
    }

    /// Those whose last update changed nothing, as bits.
    pub fn stationary(&self) -> u32 {
        let mut same = same_bits(&self.x, &self.previous);
        if let Some(momentum) = &self.momentum {
            same &= same_bits(&momentum.v, &momentum.previous) | is_zero(&momentum.beta);
        }
        same & self.alive
    }

    /// `count` updates by `method`, which has one for many, or fewer where nobody steps any more; `paths` takes the iterates after
    /// each.
    pub fn advance<S: Source<P, D>>(
        &mut self,
        method: Method,
        source: &S,
        sampler: &mut BatchSampler,
        count: u64,
        shepherd: &mut Shepherd<'_>,
        paths: Option<&mut Paths>,
    ) {
        let done = method.visit_update(Steps { herd: self, source, sampler, count, shepherd, paths });
        debug_assert!(done.is_some(), "asked before");
    }
}

/// Updates to be done.
struct Steps<'a, P, S, const D: usize> {
    herd: &'a mut Herd<P, D>,
    source: &'a S,
    sampler: &'a mut BatchSampler,
    count: u64,
    shepherd: &'a mut Shepherd<'a>,
    paths: Option<&'a mut Paths>,
}

impl<P: Pack, S: Source<P, D>, const D: usize> UpdateVisitor for Steps<'_, P, S, D> {
    type Output = ();

    fn visit<U: Update>(self) {
        if const { U::NEEDS_CURVATURE && !CURVATURE || D > DIMS } {
            unreachable!("asked before");
        }
        P::vectorized(By { steps: self, of: std::marker::PhantomData::<U> });
    }
}

struct By<'a, P, U, S, const D: usize> {
    steps: Steps<'a, P, S, D>,
    of: std::marker::PhantomData<U>,
}

impl<P: Pack, U: Update, S: Source<P, D>, const D: usize> Work for By<'_, P, U, S, D> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Steps { herd, source, sampler, count, shepherd, mut paths } = self.steps;
        let draws = !sampler.is_full();
        let beyond = P::constant((DIVERGED_NORM * DIVERGED_NORM).next_up());
        // As values of its own: what is asked of them is asked once.
        let (eta, rho) = (herd.eta, herd.rho);
        let mut before = sampler.stream().clone();
        for left in (0..count).rev() {
            if draws {
                before = sampler.stream().clone();
            }
            let batch = if draws { Some(sampler.draw()) } else { None };
            let mut ahead = None;
            #[expect(clippy::needless_range_loop, reason = "an iterator over packs is not inlined always")]
            for c in 0..PACKS {
                let alive = herd.alive >> (PACKED * c) & ((1 << PACKED) - 1);
                if alive == 0 {
                    continue;
                }
                let x = herd.x[c];
                let (mut u, rare) = source.u::<U>(batch, &herd.x, &rho, c, &mut ahead);
                if let Some(momentum) = &herd.momentum {
                    u = momentum.pushed(c, &u);
                }
                let mut next: [P; D] = array(|i| x[i] - u[i] * eta[c]);
                if herd.holds {
                    hold(&mut next, &x);
                }
                let rare = P::bits(P::or(rare, dot(&next, &next).is_not_below(beyond))) & alive;
                if rare != 0 {
                    herd.tend((c, rare), &before, shepherd, &mut next, &mut u);
                }
                if left == 0 {
                    herd.previous[c] = x;
                }
                if let Some(momentum) = &mut herd.momentum {
                    if left == 0 {
                        momentum.previous[c] = momentum.v[c];
                    }
                    momentum.v[c] = u;
                }
                herd.x[c] = next;
            }
            if herd.alive == 0 {
                return;
            }
            herd.step += 1;
            if let Some(paths) = &mut paths {
                record(paths, &herd.x);
            }
        }
    }
}

#[inline(always)]
fn record<P: Pack, const D: usize>(paths: &mut Paths, x: &Vectors<P, D>) {
    for i in 0..paths.dim() {
        let mut row = [0.0; WIDTH];
        for (own, x) in row.chunks_exact_mut(PACKED).zip(x) {
            own.copy_from_slice(&x[i].numbers());
        }
        paths.push(row);
    }
}

/// The first coordinates of run k of a pack.
fn vector<P: Pack, const D: usize>(packs: &[P; D], k: usize, dim: usize) -> Vec<f64> {
    packs[..dim].iter().map(|pack| pack.numbers()[k]).collect()
}

/// Puts the coordinates of run k of a pack in place.
fn put<P: Pack, const D: usize>(packs: &mut [P; D], k: usize, x: &[f64]) {
    for (pack, &number) in packs.iter_mut().zip(x) {
        let mut numbers = pack.numbers();
        numbers[k] = number;
        *pack = P::of(numbers);
    }
}

fn same_bits<P: Pack, const D: usize>(a: &Vectors<P, D>, b: &Vectors<P, D>) -> u32 {
    let same = |lane: &usize| {
        let numbers = |packs: &Vectors<P, D>| packs[lane / PACKED].map(|pack| pack.numbers()[lane % PACKED].to_bits());
        numbers(a) == numbers(b)
    };
    (0..WIDTH).filter(same).fold(0, |bits, lane| bits | 1 << lane)
}

/// Whose number is 0, as bits.
fn is_zero<P: Pack>(packs: &[P; PACKS]) -> u32 {
    let zeros = |pack: &P| P::bits(pack.equals(P::constant(0.0)));
    packs.iter().rev().fold(0, |bits, pack| bits << PACKED | zeros(pack))
}

impl<P: Pack, const D: usize> Momentum<P, D> {
    /// βv + u of pack `c`, and u itself where β is 0.
    #[inline(always)]
    fn pushed(&self, c: usize, u: &[P; D]) -> [P; D] {
        let is_off = self.beta[c].equals(P::constant(0.0));
        array(|i| P::choose(is_off, u[i], self.v[c][i] * self.beta[c] + u[i]))
    }
}

/// The underflow hold, as the scalar driver has it.
#[inline(always)]
fn hold<P: Pack, const D: usize>(next: &mut [P; D], x: &[P; D]) {
    let least = P::constant(f64::MIN_POSITIVE);
    let mut lowest = next[0].abs();
    for component in &next[1..] {
        lowest = component.abs().lower(lowest);
    }
    if P::bits(lowest.is_below(least)) != 0 {
        for (next, x) in next.iter_mut().zip(x) {
            *next = held(*next, *x);
        }
    }
}

/// What becomes of a coordinate, some of which are small. Zeros from the start on stay.
#[inline(always)]
fn held<P: Pack>(next: P, x: P) -> P {
    let (zero, least) = (P::constant(0.0), P::constant(f64::MIN_POSITIVE));
    let (is_small, was_zero) = (next.abs().is_below(least), x.equals(zero));
    if P::bits(is_small) & !P::bits(was_zero) == 0 {
        return next;
    }
    let is_gone = next.equals(zero);
    let kept = least.signed_as(P::choose(is_gone, x, next));
    // An exact cancellation of larger numbers leaves zero.
    let gone = P::choose(least.is_below(x.abs()), next, kept);
    let small = P::choose(was_zero, next, P::choose(is_gone, gone, kept));
    P::choose(is_small, small, next)
}

#[inline(always)]
fn dot<P: Pack, const D: usize>(a: &[P; D], b: &[P; D]) -> P {
    let mut sum = a[0] * b[0];
    for i in 1..D {
        sum = sum + a[i] * b[i];
    }
    sum
}
