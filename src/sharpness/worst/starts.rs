//! Where to look for maxima over a ball of three and more dimensions.

use super::ball::{Ball, Peak};
use super::directions::{inside, on_sphere};
use super::model::model_maximizers;
use crate::calculus::{Eigen, VecN};

/// Steps before starts are compared: enough to tell which hill each of them is on.
const EXPLORATION: usize = 4;
/// Radii of the shells inside.
const SHELLS: [f64; 2] = [0.35, 0.7];

/// Where to start over the ball, not yet climbed: the quadratic model's maximizers first, ±ĝ, ± every eigenvector of
/// H(x), and the local maxima of grids on the sphere and inside.
pub(super) fn in_ball(ball: &Ball) -> Vec<Peak> {
    let mut starts = from_derivatives(ball);
    let outer = on_sphere(ball.x.len());
    let values = ball.values(&outer.points);
    let local = (0..values.len()).filter(|&i| outer.is_local_maximum(&values, i));
    starts.extend(local.map(|i| Peak { p: outer.points[i], value: values[i] }));
    add_inner(ball, &mut starts);
    starts
}

fn from_derivatives(ball: &Ball) -> Vec<Peak> {
    let mut starts = Vec::with_capacity(32);
    let gradient = ball.loss.gradient(&ball.x);
    let hessian = ball.loss.hessian(&ball.x);
    if gradient.is_finite() && hessian.trace().is_finite() {
        let eigen = Eigen::new(&hessian);
        starts.extend(model_maximizers(&gradient, &eigen, ball.rho).map(|p| ball.peak(p)));
        let own = gradient.unit().into_iter().chain(eigen.vectors().iter().copied());
        starts.extend(own.flat_map(|v| [v, -v]).map(|v| ball.peak(v)));
    }
    starts
}

/// Adds points inside that are as high as their neighbours along their shell and along their ray.
fn add_inner(ball: &Ball, starts: &mut Vec<Peak>) {
    let centre = ball.peak(VecN::zeros(ball.x.len()));
    let grid = inside(ball.x.len());
    let shell = |radius: f64| ball.values(&grid.points.iter().map(|p| *p * radius).collect::<Vec<_>>());
    let shells = SHELLS.map(shell);
    for i in 0..grid.points.len() {
        let [low, high] = [shells[0][i], shells[1][i]];
        let is_peak = |k: usize, value: f64| {
            grid.is_local_maximum(&shells[k], i) && value >= shells[1 - k][i] && (k == 1 || value >= centre.value)
        };
        if is_peak(0, low) {
            starts.push(Peak { p: grid.points[i] * SHELLS[0], value: low });
        }
        if is_peak(1, high) && high >= ball.value(&grid.points[i]) {
            starts.push(Peak { p: grid.points[i] * SHELLS[1], value: high });
        }
    }
    if shells[0].iter().all(|&value| value <= centre.value) {
        starts.push(centre);
    }
}

/// Some steps of p ← the slope's direction: the exact maximizer of the linear model at p. Where one does not climb,
/// half of it does, or the search ends; so it does where `is_known` says that what follows is no news.
pub(super) fn explored(ball: &Ball, start: Peak, is_known: impl Fn(&VecN) -> bool) -> Peak {
    let mut at = start;
    for _ in 0..EXPLORATION {
        if is_known(&at.p) {
            break;
        }
        let Some(direction) = ball.slope(&at.p).unit() else { break };
        let mut next = ball.peak(direction);
        if next.value.total_cmp(&at.value).is_le() {
            let Some(between) = (at.p + direction).unit() else { break };
            next = ball.peak(between);
        }
        if next.value.total_cmp(&at.value).is_le() {
            break;
        }
        at = next;
    }
    at
}
