//! Random batches: m distinct samples of n, from a stream that depends on the seed alone.

use rand_core::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::Part;
use crate::calculus::Gradients;

/// The random stream of one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RandomStream(Xoshiro256PlusPlus);

impl RandomStream {
    /// The stream of this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// A uniform index below `n` > 0: the high half of a 64×64-bit product, so that the bits are the
    /// same on every target and in every version of every library.
    #[inline]
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.0.next_u64()) * n as u128) >> 64) as usize
    }
}

/// Draws batches of `size` distinct samples out of `n` by a partial Fisher–Yates shuffle.
#[derive(Clone, Debug)]
pub struct BatchSampler {
    /// A permutation of 0…n−1 whose first `size` entries are the last batch.
    samples: Vec<usize>,
    size: usize,
    stream: RandomStream,
}

impl BatchSampler {
    /// Batches of `size` (1 ≤ size ≤ n) out of `n`.
    #[must_use]
    pub fn new(n: usize, size: usize, stream: RandomStream) -> Self {
        debug_assert!((1..=n).contains(&size), "a batch of {size} out of {n}");
        Self { samples: (0..n).collect(), size, stream }
    }

    /// Goes on with batches of `size`; the stream stays where it is.
    pub fn resize(&mut self, size: usize) {
        debug_assert!((1..=self.samples.len()).contains(&size), "a batch of {size} out of {}", self.samples.len());
        self.size = size;
    }

    /// Where the stream stands.
    #[must_use]
    pub fn stream(&self) -> &RandomStream {
        &self.stream
    }

    /// Whether a batch is the whole loss: then nothing is drawn.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.size == self.samples.len()
    }

    /// The next batch of a loss, or the whole one where nothing is drawn.
    #[inline(always)]
    pub fn part<'a, G: Gradients<f64, D> + ?Sized, const D: usize>(&'a mut self, loss: &'a G) -> Part<'a, G> {
        // A loss without samples has no code for batches.
        let is_whole = loss.samples() == 1 || self.is_full();
        Part { loss, batch: if is_whole { None } else { Some(self.draw()) } }
    }

    /// The next batch. The shuffle starts from the identity each time, so that a run can go on from the
    /// stream's state alone.
    #[inline]
    pub fn draw(&mut self) -> &[usize] {
        let n = self.samples.len();
        if self.size == 1 {
            self.samples[0] = self.stream.below(n);
            return &self.samples[..1];
        }
        for (i, sample) in self.samples.iter_mut().enumerate() {
            *sample = i;
        }
        for i in 0..self.size {
            let j = i + self.stream.below(n - i);
            self.samples.swap(i, j);
        }
        &self.samples[..self.size]
    }
}
