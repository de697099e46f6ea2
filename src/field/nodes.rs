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

    /// All of them.
    #[must_use]
    pub fn values(&self) -> Vec<f64> {
        (0..self.count).map(|k| self.at(k)).collect()
    }
}
