//! Which part of the loss a surface shows, and its heights.

use crate::calculus::{Landscape, VecN};
use crate::field::{Grid, base_on_gamma};
use crate::run::Scenario;

/// A run that has gone farther than this many times the window is not followed.
const WIDEST: f64 = 64.0;

/// Which part of which plane is shown; the same for all methods and all steps of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SurfaceSpec {
    /// The two coordinates, counted from 0.
    pub axes: [usize; 2],
    /// The window's middle.
    pub center: [f64; 2],
    /// Half the window's width.
    pub reach: f64,
    /// Nodes of the grid along a side.
    pub nodes: usize,
}

impl SurfaceSpec {
    /// The window that a resolved scenario's view asks for: around Γ or the first marked point, as wide as the start
    /// and the ascent step need.
    #[must_use]
    pub fn of(scenario: &Scenario, nodes: usize) -> Self {
        let axes = scenario.view.surface_axes(scenario.dim()).map(|axis| axis - 1);
        let base = base_on_gamma(&scenario.loss, &scenario.init);
        let center = axes.map(|axis| base[axis]);
        let away = axes.map(|axis| (scenario.init[axis] - base[axis]).abs());
        let rho = scenario.optimizers.iter().filter(|spec| spec.on).map(|spec| spec.rho).fold(0.0, f64::max);
        let fitting = 1.3 * away[0].max(away[1]).max(2.0 * rho.min(1e3));
        let reach = scenario.view.surface_reach.unwrap_or(if fitting > 1e-6 { fitting } else { 1.0 });
        Self { axes, center, reach, nodes }
    }

    /// The same window, so wide that it holds these points too, as far as one can still see something in it.
    #[must_use]
    pub fn holding<'a>(mut self, points: impl IntoIterator<Item = &'a [f64]>) -> Self {
        let farthest = WIDEST * self.reach;
        for x in points {
            let away = [0, 1].map(|k| (x[self.axes[k]] - self.center[k]).abs());
            let needed = 1.15 * away[0].max(away[1]);
            if needed <= farthest {
                self.reach = self.reach.max(needed);
            }
        }
        self
    }

    /// u min, u max, v min, v max.
    #[must_use]
    pub fn bounds(&self) -> [f64; 4] {
        let ([u, v], reach) = (self.center, self.reach);
        [u - reach, u + reach, v - reach, v + reach]
    }

    /// The loss over the plane through `x`.
    #[must_use]
    pub fn heights(&self, loss: &dyn Landscape, x: &[f64]) -> Grid {
        let mut point = VecN::from_slice(x);
        let [a, b] = self.axes;
        Grid::filled(self.nodes, self.nodes, self.bounds(), |u, v| {
            point[a] = u;
            point[b] = v;
            loss.value(&point)
        })
    }
}

impl SurfaceSpec {
    /// Where the ascent step x → x + ρĝ ends in the plane, unless that is too near to be seen.
    #[must_use]
    pub fn ascent(&self, loss: &dyn Landscape, rho: f64, x: &[f64]) -> Option<[f64; 2]> {
        let gradient = loss.gradient(&VecN::from_slice(x));
        let norm = gradient.norm();
        let step = self.axes.map(|axis| rho * gradient[axis] / norm);
        let length = libm::hypot(step[0], step[1]);
        (length > 0.03 * self.reach).then(|| [x[self.axes[0]] + step[0], x[self.axes[1]] + step[1]])
    }
}

/// The range that holds all finite heights of some grids.
#[must_use]
pub fn height_range<'a>(grids: impl IntoIterator<Item = &'a Grid>) -> [f64; 2] {
    let finite = grids.into_iter().flat_map(|grid| &grid.values).copied().filter(|value| value.is_finite());
    let [low, high] = finite.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], z| [low.min(z), high.max(z)]);
    match high - low {
        span if span > 1e-12 * high.abs().max(low.abs()) => [low, high],
        // Level, or nothing at all.
        _ if low.is_finite() => [low - 0.5, low + 0.5],
        _ => [0.0, 1.0],
    }
}
