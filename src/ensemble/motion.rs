//! How runs go on after their ends: at rest, on a cycle, in a band, or away.

use super::critical::Critical;
use super::step::follow;
use super::{Points, Settings, WIDTH};
use crate::calculus::{PRECISE_SQUARES, VecN};
use crate::run::RunSpec;

/// Updates that a run is watched for; both halves are even, so that a 2-cycle has the same mean in each.
const WATCHED: u64 = 128;
/// A cycle or a band hardly moves as a whole from one half to the other, beside its radius.
const STEADY: f64 = 0.25;
/// What moves this little relative to 1 + ‖x‖ is at rest.
const AT_REST: f64 = 1e-6;
/// Chaos in a band reaches about as far in both halves; what escapes reaches farther.
const ESCAPE: f64 = 1.5;

/// A number of each run.
pub(super) type Row = [f64; WIDTH];

/// The iterates of at most [`WIDTH`] runs, one after each update.
#[derive(Clone, Debug)]
pub(super) struct Paths {
    dim: usize,
    /// For each update D rows.
    rows: Vec<Row>,
}

impl Paths {
    pub fn new(dim: usize) -> Self {
        Self { dim, rows: Vec::new() }
    }

    /// D.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// The next coordinate of the iterates after one more update; runs beyond those that there are have any numbers.
    #[inline]
    pub fn push(&mut self, coordinate: Row) {
        self.rows.push(coordinate);
    }

    /// The iterates of run `k` from one update on; of those that come later nothing is known yet.
    pub fn put(&mut self, k: usize, update: usize, x: &[f64]) {
        let end = (update + 1) * self.dim;
        if self.rows.len() < end {
            self.rows.resize(end, [0.0; WIDTH]);
        }
        for (row, &component) in self.rows[update * self.dim..end].iter_mut().zip(x) {
            row[k] = component;
        }
    }

    fn updates(&self) -> impl Iterator<Item = &[Row]> {
        self.rows.chunks_exact(self.dim)
    }

    /// Both halves of the time.
    fn halves(&self) -> [Self; 2] {
        let (first, second) = self.rows.split_at(self.rows.len() / 2 / self.dim * self.dim);
        [first, second].map(|rows| Self { dim: self.dim, rows: rows.to_vec() })
    }

    /// The mean iterates.
    fn mean(&self) -> Vec<Row> {
        let mut sum = vec![[0.0; WIDTH]; self.dim];
        for x in self.updates() {
            for (sum, x) in sum.iter_mut().zip(x) {
                *sum = with(sum, x, |sum, x| sum + x);
            }
        }
        let share = 1.0 / (self.rows.len() / self.dim) as f64;
        sum.iter().map(|sum| sum.map(|sum| sum * share)).collect()
    }

    /// How far each goes from a place of its own.
    fn farthest(&self, from: &[Row]) -> Row {
        let mut largest = [0.0_f64; WIDTH];
        for x in self.updates() {
            let mut squared = [0.0; WIDTH];
            for (x, from) in x.iter().zip(from) {
                let off = with(x, from, |x, from| x - from);
                squared = with(&squared, &off, |squared, off| squared + off * off);
            }
            largest = with(&largest, &squared, |largest, squared| if squared > largest { squared } else { largest });
        }
        let [least, most] = PRECISE_SQUARES;
        std::array::from_fn(|k| {
            let is_precise = largest[k] > least && largest[k] < most;
            if is_precise { largest[k].sqrt() } else { self.farthest_precisely(k, &point(from, k)) }
        })
    }

    fn farthest_precisely(&self, k: usize, from: &VecN) -> f64 {
        self.updates().map(|x| (point(x, k) - *from).norm()).fold(0.0, f64::max)
    }
}

#[inline]
fn with(a: &Row, b: &Row, f: impl Fn(f64, f64) -> f64) -> Row {
    std::array::from_fn(|k| f(a[k], b[k]))
}

fn point(rows: &[Row], k: usize) -> VecN {
    VecN::from_fn(rows.len(), |i| rows[i][k])
}

/// The iterates of at most [`WIDTH`] runs after their ends, in two halves.
pub(super) struct Motion {
    halves: [Paths; 2],
    goes_on: Vec<bool>,
    centre: Vec<Row>,
    /// The mean of the second half minus that of the first.
    drift: Vec<Row>,
    /// How far each goes from its centre, in both halves.
    around: [Row; 2],
}

impl Motion {
    /// From `ends` on, with the method of `spec` and settings of their own.
    pub fn after(spec: &RunSpec, ends: &Points, settings: &[Settings]) -> Self {
        let (paths, goes_on) = follow(spec, ends, settings, WATCHED);
        let halves = paths.halves();
        let [first, second] = [halves[0].mean(), halves[1].mean()];
        let pairs = || first.iter().zip(&second);
        let centre: Vec<Row> = pairs().map(|(a, b)| with(a, b, |a, b| (a + b) * 0.5)).collect();
        let drift = pairs().map(|(a, b)| with(a, b, |a, b| b - a)).collect();
        let around = [halves[0].farthest(&centre), halves[1].farthest(&centre)];
        Self { halves, goes_on, centre, drift, around }
    }

    /// Whether run `k` has not diverged since.
    pub fn goes_on(&self, k: usize) -> bool {
        self.goes_on[k]
    }

    /// The mean of the iterates of run `k`.
    pub fn centre(&self, k: usize) -> VecN {
        point(&self.centre, k)
    }

    /// How far run `k` goes from it.
    pub fn radius(&self, k: usize) -> f64 {
        self.around[0][k].max(self.around[1][k])
    }

    /// Which runs leave the critical points that belong to them: those that reach much farther in the second half, or a
    /// little, having moved as a whole and not along Γ.
    pub fn leaves(&self, criticals: &[Option<Critical>]) -> Vec<bool> {
        let place =
            |i: usize, k: usize| criticals.get(k).and_then(Option::as_ref).map_or(0.0, |critical| critical.x[i]);
        let from: Vec<Row> = (0..self.centre.len()).map(|i| std::array::from_fn(|k| place(i, k))).collect();
        let [first, second] = [self.halves[0].farthest(&from), self.halves[1].farthest(&from)];
        let leaves = |(k, critical): (usize, &Option<Critical>)| {
            let Some(critical) = critical else { return false };
            let rounding = 1e-9 * (1.0 + critical.x.norm());
            let drift = point(&self.drift, k);
            let drift = drift - critical.eigen.project_on_null(&drift);
            second[k] > ESCAPE * first[k] + rounding
                || (second[k] > first[k] + rounding && drift.norm() > 2.0 * STEADY * self.radius(k))
        };
        criticals.iter().enumerate().map(leaves).collect()
    }

    /// Whether run `k` is at rest on average, where it is.
    pub fn is_steady(&self, k: usize) -> bool {
        let rest = AT_REST * (1.0 + self.centre(k).norm());
        let drift = point(&self.drift, k).norm();
        drift <= rest.max(STEADY * self.radius(k)) && self.around[1][k] <= ESCAPE * self.around[0][k] + rest
    }
}
