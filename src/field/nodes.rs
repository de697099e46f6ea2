//! The nodes along one side of a plane.

use serde::{Deserialize, Serialize};

/// Numbers in equal steps, or in equal ratios, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nodes {
    /// The first.
    pub from: f64,
    /// The last.
    pub to: f64,
    /// How many, at least 2.
    pub count: usize,
    /// Whether the ratios are equal; both ends are above 0 then.
    pub log: bool,
}

impl Nodes {
    /// In equal steps.
    #[must_use]
    pub fn linear(from: f64, to: f64, count: usize) -> Self {
        Self { from, to, count, log: false }
    }

    /// The `k`-th, counted from 0.
    #[must_use]
    pub fn at(&self, k: usize) -> f64 {
        let last = (self.count - 1) as f64;
        if self.log {
            self.from * libm::pow(self.to / self.from, k as f64 / last)
        } else {
            self.from + (self.to - self.from) * k as f64 / last
        }
    }

    /// The number of the one nearest to a value: in ratios where those are equal.
    #[must_use]
    pub fn nearest(&self, value: f64) -> usize {
        let [from, to, value] = [self.from, self.to, value].map(|value| self.along(value));
        let last = (self.count - 1) as f64;
        ((value - from) / (to - from) * last).round().clamp(0.0, last) as usize
    }

    /// A value's place along an axis on which they are equally far apart.
    #[must_use]
    pub fn along(&self, value: f64) -> f64 {
        if self.log { libm::log10(value) } else { value }
    }

    /// The value at a place along such an axis.
    #[must_use]
    pub fn value_at(&self, place: f64) -> f64 {
        if self.log { libm::pow(10.0, place) } else { place }
    }

    /// All of them.
    #[must_use]
    pub fn values(&self) -> Vec<f64> {
        (0..self.count).map(|k| self.at(k)).collect()
    }
}
