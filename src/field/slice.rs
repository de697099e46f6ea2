//! A 2-D plane through R^D that is parallel to two coordinate axes.

use serde::{Deserialize, Serialize};

use crate::loss::{Gamma, LossSpec};
use crate::run::{Scenario, Through};

/// The points that agree with `base` in all coordinates but two.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slice {
    /// A point of the plane.
    pub base: Vec<f64>,
    /// The two free coordinates, counted from 0.
    pub axes: [usize; 2],
}

impl Slice {
    /// The slice that a scenario's view asks for; `head` is the iterate that it may follow.
    #[must_use]
    pub fn of(scenario: &Scenario, head: &[f64]) -> Self {
        let base = match scenario.view.through {
            Through::Head => head.to_vec(),
            Through::Start => scenario.init.clone(),
            Through::Gamma => base_on_gamma(&scenario.loss, &scenario.init),
        };
        Self { base, axes: scenario.view.axes.map(|axis| axis - 1) }
    }

    /// The point (u, v) of the plane.
    #[must_use]
    pub fn point(&self, u: f64, v: f64) -> Vec<f64> {
        let mut x = self.base.clone();
        x[self.axes[0]] = u;
        x[self.axes[1]] = v;
        x
    }

    /// The plane's coordinates of x, projected along the other axes; 0 where x, of a loss of one variable, has none.
    #[must_use]
    pub fn project(&self, x: &[f64]) -> [f64; 2] {
        self.axes.map(|axis| x.get(axis).copied().unwrap_or(0.0))
    }

    /// Whether the plane is parallel to the subspace where these coordinates vanish; beside it one looks at its projection.
    #[must_use]
    pub fn is_along(&self, zeros: &[usize]) -> bool {
        self.axes.iter().all(|axis| !zeros.contains(axis))
    }

    /// The coordinate, counted from 0, in which x lies farthest from the plane; none where there are only two.
    #[must_use]
    pub fn farthest(&self, x: &[f64]) -> Option<usize> {
        let away = |&i: &usize| (x[i] - self.base[i]).abs();
        (0..x.len()).filter(|i| !self.axes.contains(i)).max_by(|i, j| away(i).total_cmp(&away(j)))
    }

    /// Whether x lies in the plane.
    #[must_use]
    pub fn contains(&self, x: &[f64]) -> bool {
        (0..x.len()).all(|i| self.axes.contains(&i) || (x[i] - self.base[i]).abs() <= 1e-6 * (1.0 + x[i].abs()))
    }
}

/// The start moved onto Γ where Γ is a coordinate subspace, else the first landmark, else the start.
#[must_use]
pub fn base_on_gamma(loss: &LossSpec, start: &[f64]) -> Vec<f64> {
    match loss.gamma() {
        Gamma::Subspace(zeros) => {
            let mut base = start.to_vec();
            for &i in zeros {
                base[i] = 0.0;
            }
            base
        }
        _ => loss.landmarks(start.len()).into_iter().next().map_or_else(|| start.to_vec(), |mark| mark.x),
    }
}
