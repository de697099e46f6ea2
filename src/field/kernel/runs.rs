//! Runs in f32, whose ends are called what they are in f64.

use super::Kernel;
use super::frame::{AT_REST, DONE, EVENT, FAR, WANTED};
use super::program::{Begun, Data, Ended};
use crate::ensemble::{End, Finals, Points, RecordedUpdate, Settings, recorded_update};
use crate::field::{Ends, Field, Kind, Values};
use crate::loss::RecordedLoss;
use crate::optimizer::{BatchSampler, RandomStream};
use crate::run::{BLOCK, OptimizerSpec, RunSpec, StopReason};

/// What is computed of runs.
#[derive(Debug)]
pub(super) struct Runs {
    run: RunSpec,
    has_momentum: bool,
    is_unperturbed: bool,
    /// The most updates of a run.
    updates: u64,
}

impl Runs {
    pub fn of(field: &Field) -> Result<(Self, Vec<Kernel>), String> {
        let run = field.run();
        if run.tol > 0.0 {
            return Err("its runs end where they have converged".to_owned());
        }
        let over = if let Kind::Sweep { over, .. } = &field.kind { &over[..] } else { &[] };
        if let Some(over) = over.iter().find(|over| !over.setting.is_of_each_run()) {
            return Err(format!("each {} has a program of its own", over.setting.name()));
        }
        let updates = field.steps();
        if updates > u64::from(u32::MAX) {
            return Err(format!("its runs have more than {} steps", u32::MAX));
        }
        let most = |of: &dyn Fn(&Settings) -> f64| field.corners().iter().map(of).fold(0.0, f64::max);
        let has_momentum = most(&|settings| settings.beta) > 0.0;
        let is_unperturbed = most(&|settings| settings.rho) == 0.0;
        let own = Self { run, has_momentum, is_unperturbed, updates };
        let kernels = own.run.optimizer.phases().map(|optimizer| own.kernel(&optimizer)).collect::<Result<_, _>>()?;
        Ok((own, kernels))
    }

    fn kernel(&self, optimizer: &OptimizerSpec) -> Result<Kernel, String> {
        let (dim, samples) = (self.run.init.len(), self.run.loss.samples());
        let is_full = optimizer.effective_batch(samples) == samples;
        let weights = if is_full { 0 } else { samples };
        let loss = RecordedLoss::of(&self.run.loss, dim, !is_full);
        let Self { has_momentum, is_unperturbed, .. } = *self;
        let of = RecordedUpdate { dim, weights, has_momentum, is_unperturbed };
        let update = recorded_update(optimizer.id, &loss, of)
            .ok_or_else(|| format!("{} has no update in f32", optimizer.id.info().name))?;
        let kept = if has_momentum { 2 * dim } else { dim };
        Kernel::new(update, [kept, 3, weights], is_full && self.run.optimizer.switch.is_none())
    }

    pub fn updates(&self) -> u64 {
        self.updates
    }

    /// The kernel of an update, and the update until which it is.
    pub fn in_force(&self, update: u64) -> (usize, u64) {
        match self.run.optimizer.switch {
            Some(switch) if update < switch.step => (0, switch.step.min(self.updates)),
            Some(_) => (1, self.updates),
            None => (0, self.updates),
        }
    }

    /// The weights of the samples in the batch of each update: the same batches as in f64.
    pub fn data(&self, _field: &Field) -> Data<'_> {
        let samples = self.run.loss.samples();
        let mut sampler = BatchSampler::new(samples, samples, RandomStream::new(self.run.seed));
        Box::new(move |update, data, put| {
            if data == 0 {
                return;
            }
            sampler.resize(self.run.optimizer.in_force(update).effective_batch(samples));
            let batch = sampler.draw();
            let weight = RecordedLoss::weight(&self.run.loss, batch.len());
            let mut weights = vec![0.0; samples];
            for &k in batch {
                weights[k] = weight;
            }
            weights.into_iter().for_each(put);
        })
    }

    pub fn begun(&self, field: &Field, nodes: &[usize]) -> Vec<Begun> {
        let mut run = self.run.clone();
        let of = |&node: &usize| {
            let (x, settings) = field.run_at(&mut run, node);
            let velocity = vec![0.0; if self.has_momentum { x.len() } else { 0 }];
            let numbers = [&x[..], &velocity, &[settings.eta, settings.rho, settings.beta]].concat();
            // ρ = 0 is another algorithm.
            let is_rare = settings.rho == 0.0 && !self.is_unperturbed;
            Begun { updates: settings.steps as u32, numbers, is_rare }
        };
        nodes.iter().map(of).collect()
    }

    pub fn finish(&self, field: &Field, nodes: &[usize], ended: &[Ended]) -> Ends {
        let (anew, made): (Vec<usize>, Vec<usize>) = (0..nodes.len()).partition(|&k| ended[k].is_rare());
        let dim = self.run.init.len();
        let mut finals = Finals::at(&Points::new(dim, made.len()));
        for (place, &k) in made.iter().enumerate() {
            let x: Vec<f64> = (0..dim).map(|i| ended[k].number(i)).collect();
            let (done, wanted) = (u64::from(ended[k].word(DONE)), u64::from(ended[k].word(WANTED)));
            let (steps, stop) = match ended[k].word(EVENT) {
                FAR => (done, StopReason::Diverged),
                AT_REST => (done.next_multiple_of(BLOCK).min(wanted), StopReason::Stationary),
                _ => (done, StopReason::Steps),
            };
            finals.put(place, &x, steps, stop);
        }
        let mut run = self.run.clone();
        let settings: Vec<Settings> = made.iter().map(|&k| field.run_at(&mut run, nodes[k]).1).collect();
        let mut ends: Vec<Option<End>> = vec![None; nodes.len()];
        for (k, end) in made.into_iter().zip(field.ends_at(&self.run, &finals, &settings)) {
            ends[k] = Some(end);
        }
        let exact = field.compute(&anew.iter().map(|&k| nodes[k]).collect::<Vec<_>>());
        if let Values::Ends(exact) = exact {
            for (place, k) in anew.into_iter().enumerate() {
                ends[k] = Some(exact.end(place));
            }
        }
        Ends::of(dim, ends.into_iter().flatten())
    }
}
