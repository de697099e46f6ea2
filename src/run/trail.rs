//! The iterates that a run keeps: a bounded number, thinned as the run grows.

/// How many points a trail keeps by default.
pub const DEFAULT_POINTS: usize = 4096;

/// Kept iterates: the steps k with k mod stride ∈ {0, 1}, where the stride is a power of two that
/// doubles when the trail is full.
///
/// SAM oscillates with period two, so an even stride alone would show one of its two phases only:
/// points are kept in pairs of consecutive steps. Which steps are kept depends on how far the run has
/// come and on nothing else.
#[derive(Clone, Debug)]
pub struct Trail {
    dim: usize,
    capacity: usize,
    stride: u64,
    steps: Vec<u64>,
    /// `dim` numbers per kept step.
    coordinates: Vec<f64>,
}

impl Trail {
    /// An empty trail of points in R^`dim` that never holds more than `capacity` ≥ 2 of them.
    #[must_use]
    pub fn new(dim: usize, capacity: usize) -> Self {
        debug_assert!(capacity >= 2, "a trail holds at least one pair");
        Self { dim, capacity, stride: 2, steps: Vec::new(), coordinates: Vec::new() }
    }

    /// Whether step k belongs to the trail at its present stride.
    #[must_use]
    pub fn keeps(&self, step: u64) -> bool {
        step % self.stride <= 1
    }

    /// The first step after `step` that belongs to the trail.
    #[must_use]
    pub fn next_kept(&self, step: u64) -> u64 {
        let phase = step % self.stride;
        if phase == 0 { step + 1 } else { step - phase + self.stride }
    }

    /// Adds iterate `step`, which is later than all before it and belongs to the trail.
    pub fn push(&mut self, step: u64, x: &[f64]) {
        debug_assert!(self.keeps(step) && self.steps.last().is_none_or(|&last| last < step), "step {step}");
        debug_assert_eq!(x.len(), self.dim, "dimension");
        self.steps.push(step);
        self.coordinates.extend_from_slice(x);
        while self.steps.len() > self.capacity {
            self.thin();
        }
    }

    /// Doubles the stride and drops the points that no longer belong.
    fn thin(&mut self) {
        self.stride *= 2;
        let mut kept = 0;
        for i in 0..self.steps.len() {
            if self.keeps(self.steps[i]) {
                self.steps[kept] = self.steps[i];
                self.coordinates.copy_within(i * self.dim..(i + 1) * self.dim, kept * self.dim);
                kept += 1;
            }
        }
        self.steps.truncate(kept);
        self.coordinates.truncate(kept * self.dim);
    }

    /// The kept steps, ascending.
    #[must_use]
    pub fn steps(&self) -> &[u64] {
        &self.steps
    }

    /// The coordinates of the i-th kept iterate.
    #[must_use]
    pub fn x(&self, i: usize) -> &[f64] {
        &self.coordinates[i * self.dim..(i + 1) * self.dim]
    }

    /// The kept steps with their iterates, ascending.
    #[must_use]
    pub fn points(&self) -> impl DoubleEndedIterator<Item = (u64, &[f64])> + ExactSizeIterator {
        self.steps.iter().copied().zip(self.coordinates.chunks_exact(self.dim))
    }
}
