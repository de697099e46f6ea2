//! Many runs at once: [`WIDTH`](numbers::WIDTH) of them in the numbers of wide registers, each with the bits that it has alone.
//!
//! Where a run meets something rare (a gradient too small to be normalized, divergence), the scalar driver makes its update.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
#[cfg(target_arch = "x86_64")]
mod both;
mod gradients;
mod herd;
mod numbers;
mod pack;
mod portable;
mod source;
mod spectra;

#[cfg(test)]
mod tests;

use std::marker::PhantomData;

use super::Points;
use super::motion::Paths;
use super::step::{Finals, Settings};
#[cfg(target_arch = "x86_64")]
use both::AtOnce;
use herd::{Herd, Momentum, Stepped, Stray, packed};
use numbers::PACKS;
pub(super) use numbers::WIDTH;
use pack::Pack;
use source::{Apart, Source};
pub(super) use spectra::spectra;

use crate::calculus::{Concrete, Gradients, PointerVisitor};
use crate::loss::{DIM_MAX, Loss, Visitor};
use crate::optimizer::{BatchSampler, Method, RandomStream, Update, UpdateVisitor};
use crate::run::{BLOCK, Racer, RunSpec, StopReason, Underflow};

/// A run comes back from so many strange updates; after more of them the scalar driver keeps it.
const TENDED_MAX: u32 = 8;

/// The dimensions of losses whose runs step together, at most, and whether their updates may ask for Hessians. The page, where
/// code has to be loaded, has it for what basins are looked at for.
const DIMS: usize = if cfg!(target_arch = "wasm32") { 4 } else { DIM_MAX };
const CURVATURE: bool = cfg!(not(target_arch = "wasm32"));

/// The dimensions of losses whose gradients are compiled into every method's step, at most.
#[cfg(target_arch = "x86_64")]
const INLINED: usize = 4;

/// Whether runs of `spec` can step together.
pub(super) fn can_step(spec: &RunSpec) -> bool {
    let is_there = |method: Method| method.visit_update(IsThere) == Some(true);
    spec.tol == 0.0 && spec.init.len() <= DIMS && spec.optimizer.methods().all(is_there)
}

struct IsThere;

impl UpdateVisitor for IsThere {
    type Output = bool;
    fn visit<U: Update>(self) -> bool {
        CURVATURE || !U::NEEDS_CURVATURE
    }
}

/// Runs `spec`, which [can](can_step), to its end from each of `starts` with settings of its own.
pub(super) fn advance(spec: &RunSpec, starts: &Points, settings: &[Settings]) -> Finals {
    spec.loss.visit(starts.dim(), All { spec, starts, settings, paths: None, registers: Registers::widest() }).0
}

/// The iterates of at most [`WIDTH`] runs after each update, and which of them have not diverged.
pub(super) fn follow(spec: &RunSpec, starts: &Points, settings: &[Settings]) -> (Paths, Vec<bool>) {
    let paths = Some(Paths::new(starts.dim()));
    let (finals, paths) =
        spec.loss.visit(starts.dim(), All { spec, starts, settings, paths, registers: Registers::widest() });
    let goes_on = finals.stop.iter().map(|&stop| stop != StopReason::Diverged).collect();
    (paths.unwrap_or(Paths::new(starts.dim())), goes_on)
}

/// Runs, and where their iterates go that are wanted.
struct All<'a> {
    spec: &'a RunSpec,
    starts: &'a Points,
    settings: &'a [Settings],
    paths: Option<Paths>,
    registers: Registers,
}

/// What holds the numbers of many runs.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Registers {
    #[cfg(target_arch = "x86_64")]
    Avx512,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    Portable,
}

impl Registers {
    /// Those that this processor has, the widest first.
    fn here() -> impl Iterator<Item = Self> {
        #[cfg(target_arch = "x86_64")]
        let own = [(Self::Avx512, avx512::is_there()), (Self::Avx2, avx2::is_there())];
        #[cfg(not(target_arch = "x86_64"))]
        let own: [(Self, bool); 0] = [];
        let own = own.into_iter().filter(|(_, is_there)| *is_there).map(|(registers, _)| registers);
        own.chain([Self::Portable])
    }

    fn widest() -> Self {
        Self::here().next().unwrap_or(Self::Portable)
    }
}

impl Visitor for All<'_> {
    type Output = (Finals, Option<Paths>);

    fn visit<L: Loss<D> + Clone + Send + Sync + 'static, const D: usize>(self, loss: &L) -> Self::Output {
        if const { D > DIMS } {
            unreachable!("asked before");
        }
        match self.registers {
            #[cfg(target_arch = "x86_64")]
            Registers::Avx512 => In::<avx512::Avx512>(self, PhantomData).inlined::<L, D>(loss),
            #[cfg(target_arch = "x86_64")]
            Registers::Avx2 => In::<avx2::Avx2>(self, PhantomData).inlined::<L, D>(loss),
            Registers::Portable => Concrete::<L, D>(loss).behind_pointer(In::<portable::Portable>(self, PhantomData)),
        }
    }
}

/// All of them in such registers.
struct In<'a, P>(All<'a>, PhantomData<P>);

impl<P: Pack> PointerVisitor<P> for In<'_, P> {
    type Output = (Finals, Option<Paths>);

    fn visit<const D: usize>(self, loss: &dyn Gradients<P, D>) -> Self::Output {
        self.run(&Apart(loss))
    }
}

impl<P: Pack> In<'_, P> {
    /// With the loss compiled into the step, where it is small.
    #[cfg(target_arch = "x86_64")]
    fn inlined<L: Loss<D>, const D: usize>(self, loss: &L) -> (Finals, Option<Paths>) {
        // Between a pointer's call and the next everything goes through memory (measured: a step takes twice as long).
        if const { D <= INLINED && L::IS_PROGRAM } {
            self.run(&AtOnce(&gradients::Inlined::<L, D>(loss)))
        } else if const { D <= INLINED } {
            self.run(&Apart(&gradients::Inlined::<L, D>(loss)))
        } else {
            Concrete::<L, D>(loss).behind_pointer(self)
        }
    }

    fn run<S: Source<P, D>, const D: usize>(self, source: &S) -> (Finals, Option<Paths>) {
        let mut all = self.0;
        let (mut finals, mut paths) = (Finals::at(all.starts), all.paths.take());
        for first in (0..all.starts.len()).step_by(WIDTH) {
            let own = first..all.starts.len().min(first + WIDTH);
            Together { all: &all, own, source, packs: PhantomData }.run(&mut finals, paths.as_mut());
        }
        (finals, paths)
    }
}

/// The places of these bits.
fn places(bits: u32) -> impl Iterator<Item = usize> {
    (0..WIDTH).filter(move |lane| bits & (1 << lane) != 0)
}

/// Runs that begin together.
struct Together<'a, P, S, const D: usize> {
    all: &'a All<'a>,
    own: std::ops::Range<usize>,
    source: &'a S,
    packs: PhantomData<P>,
}

impl<P: Pack, S: Source<P, D>, const D: usize> Together<'_, P, S, D> {
    fn run(&self, finals: &mut Finals, mut paths: Option<&mut Paths>) {
        let spec = self.all.spec;
        let samples = spec.loss.samples();
        let mut sampler = BatchSampler::new(samples, samples, RandomStream::new(spec.seed));
        let mut herd = self.herd();
        let mut lost = self.part_with_unperturbed(&mut herd, &sampler);
        let mut tended = [0; WIDTH];
        while herd.alive != 0 {
            let optimizer = spec.optimizer.in_force(herd.step);
            sampler.resize(optimizer.effective_batch(samples));
            let switch = spec.optimizer.switch.map(|switch| switch.step).filter(|&step| herd.step < step);
            let block = herd.step - herd.step % BLOCK + BLOCK;
            let ends = places(herd.alive).map(|lane| self.settings(lane).steps);
            let until = ends.chain(switch).fold(block, u64::min);
            let mut shepherd = |stray: Stray| {
                tended[stray.lane] += 1;
                if tended[stray.lane] <= TENDED_MAX
                    && let Some(stepped) = self.one_update(&stray)
                {
                    return Some(stepped);
                }
                lost.push(stray);
                None
            };
            let count = until - herd.step;
            herd.advance(optimizer.id, self.source, &mut sampler, count, &mut shepherd, paths.as_deref_mut());
            if switch.is_none() && sampler.is_full() && herd.step == block {
                let stationary = herd.stationary();
                self.end(&mut herd, stationary, StopReason::Stationary, finals);
            }
            let ended = places(herd.alive).filter(|&lane| self.settings(lane).steps == herd.step);
            let ended = ended.fold(0, |bits, lane| bits | 1 << lane);
            self.end(&mut herd, ended, StopReason::Steps, finals);
        }
        for stray in lost {
            self.finish(&stray, finals, paths.as_deref_mut());
        }
    }

    /// They at their starts. Places that are left over have the first one's numbers.
    fn herd(&self) -> Herd<P, D> {
        let starts = self.all.starts;
        let of = |number: &dyn Fn(usize) -> f64| -> [P; PACKS] {
            packed(|lane| number(if lane < self.own.len() { lane } else { 0 }))
        };
        let zeros = [[P::constant(0.0); D]; PACKS];
        let mut x = zeros;
        for i in 0..starts.dim() {
            let coordinate = of(&|lane| starts.coordinate(i)[self.own.start + lane]);
            for (x, coordinate) in x.iter_mut().zip(coordinate) {
                x[i] = coordinate;
            }
        }
        let has_momentum = (0..self.own.len()).any(|lane| self.settings(lane).beta > 0.0);
        let beta = of(&|lane| self.settings(lane).beta);
        let runs = (0..self.own.len()).filter(|&lane| self.settings(lane).steps > 0);
        Herd {
            x,
            previous: x,
            eta: of(&|lane| self.settings(lane).eta),
            rho: of(&|lane| self.settings(lane).rho),
            momentum: has_momentum.then_some(Momentum { beta, v: zeros, previous: zeros }),
            step: 0,
            alive: runs.fold(0, |bits, lane| bits | 1 << lane),
            holds: self.all.spec.underflow == Underflow::Hold,
        }
    }

    fn settings(&self, lane: usize) -> &Settings {
        &self.all.settings[self.own.start + lane]
    }

    /// ρ = 0 is another algorithm, which steps beside others alone.
    fn part_with_unperturbed(&self, herd: &mut Herd<P, D>, sampler: &BatchSampler) -> Vec<Stray> {
        let is_unperturbed = |lane: &usize| self.settings(*lane).rho == 0.0;
        if (0..self.own.len()).all(|lane| is_unperturbed(&lane)) {
            return Vec::new();
        }
        let unperturbed: Vec<usize> = places(herd.alive).filter(is_unperturbed).collect();
        herd.alive = unperturbed.iter().fold(herd.alive, |alive, lane| alive & !(1 << lane));
        unperturbed.into_iter().map(|lane| herd.stray(lane, sampler.stream())).collect()
    }

    /// The scalar driver's update; `None` where the run diverges in it.
    fn one_update(&self, stray: &Stray) -> Option<Stepped> {
        let mut racer = self.racer(stray, stray.step + 1);
        racer.advance(1);
        let stepped = || Stepped { x: racer.x().to_vec(), velocity: racer.velocity().to_vec() };
        (racer.stop_reason() != Some(StopReason::Diverged)).then(stepped)
    }

    fn racer(&self, stray: &Stray, steps: u64) -> Racer {
        let dim = self.all.starts.dim();
        let settings = Settings { steps, ..*self.settings(stray.lane) };
        let run = settings.run(self.all.spec, stray.x[..dim].to_vec());
        Racer::resumed(run, stray.step, stray.velocity[..dim].to_vec(), stray.stream.clone())
    }

    /// Takes those of these bits out.
    fn end(&self, herd: &mut Herd<P, D>, bits: u32, stop: StopReason, finals: &mut Finals) {
        for lane in places(bits & herd.alive) {
            finals.put(self.own.start + lane, &herd.at(lane, self.all.starts.dim()), herd.step, stop);
        }
        herd.alive &= !bits;
    }

    /// The scalar driver's way to the end.
    fn finish(&self, stray: &Stray, finals: &mut Finals, paths: Option<&mut Paths>) {
        let mut racer = self.racer(stray, self.settings(stray.lane).steps);
        if let Some(paths) = paths {
            while racer.stop_reason().is_none() {
                racer.advance(1);
                paths.put(stray.lane, racer.step().saturating_sub(1) as usize, racer.x());
            }
        }
        racer.advance(u64::MAX);
        finals.take(self.own.start + stray.lane, &racer);
    }
}
