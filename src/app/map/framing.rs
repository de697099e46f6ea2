//! Which rectangle of the slice the maps show: the view's, else one that is chosen once for each space.

use super::slice;
use crate::app::session::Session;
use crate::field::fitting_bounds;
use crate::race::Run;
use crate::run::Scenario;

/// The rectangle that the maps show.
#[derive(Debug, Default)]
pub struct Framing {
    /// u min, u max, v min, v max.
    pub rectangle: [f64; 4],
    /// The loss, dimension and axes for which it has been chosen; `None` where the view says what to show.
    chosen_for: Option<(&'static str, usize, [usize; 2])>,
}

impl Framing {
    /// Follows the view. Where it does not say, the rectangle stays for as long as the space does: it must not move
    /// under a start that is dragged.
    pub fn follow(&mut self, session: &Session) {
        let Scenario { loss, view, .. } = session.scenario();
        let space = (loss.id(), session.scenario().dim(), view.axes);
        if let Some(bounds) = view.bounds {
            (self.rectangle, self.chosen_for) = (bounds, None);
        } else if self.chosen_for != Some(space) {
            (self.rectangle, self.chosen_for) = (around(session, std::iter::empty()), Some(space));
        }
    }

    /// The rectangle, this many times as wide and high.
    pub fn zoomed(&self, factor: f64) -> [f64; 4] {
        let [u0, u1, v0, v1] = self.rectangle;
        let (u, v) = (0.5 * (u0 + u1), 0.5 * (v0 + v1));
        let (du, dv) = (0.5 * factor * (u1 - u0), 0.5 * factor * (v1 - v0));
        [u - du, u + du, v - dv, v + dv]
    }
}

/// A rectangle that holds the start, the marked points and the whole run.
pub fn fitting(session: &Session) -> [f64; 4] {
    let visited = session.runs().iter().flat_map(Run::points);
    around(session, visited.map(|point| point.x.as_slice()))
}

/// A rectangle that holds the start, the marked points and `points`.
fn around<'a>(session: &Session, points: impl Iterator<Item = &'a [f64]>) -> [f64; 4] {
    fitting_bounds(session.scenario(), &slice(session), points)
}
