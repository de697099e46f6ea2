//! A field that is computed in the background, while it is shown.

use web_time::{Duration, Instant};

use super::picture::Picture;
use crate::field::{Backend, Field, Values, Work};
use crate::loss::short;
use crate::platform::compute;

/// How long a picture may become finer after another one is wanted. What changes in every frame, as while a setting is dragged,
/// is seen to change then, and no picture has to be coarser than it must.
const GRACE: Duration = Duration::from_millis(100);
/// A picture that is this old is shown though it is not complete.
const COARSE_AFTER: Duration = Duration::from_millis(60);

/// The field in the making, and who computes it.
#[derive(Default)]
pub struct Making {
    backend: Option<Box<dyn Backend>>,
    current: Option<Current>,
}

struct Current {
    work: Work,
    begun: Instant,
    /// How long it has taken, once it is complete.
    took: Option<Duration>,
    is_wanted: bool,
}

impl Making {
    /// Goes on with the field `wanted`, which can be computed; what is no longer wanted is dropped, unless its first picture is
    /// about to be there and it is akin to what is wanted. True while there is more to do.
    pub fn advance(&mut self, wanted: &Field, is_late: &mut dyn FnMut() -> bool) -> bool {
        let backend = self.backend.get_or_insert_with(compute::in_background);
        if let Some(current) = &mut self.current {
            current.is_wanted = current.work.field() == wanted;
            if !(current.is_wanted || current.is_young() && wanted.is_akin(current.work.field())) {
                backend.cancel();
                self.current = None;
            }
        }
        let current = self.current.get_or_insert_with(|| Current::new(wanted.clone()));
        current.work.advance(backend.as_mut(), is_late);
        if current.work.is_complete() && current.took.is_none() {
            current.took = Some(current.begun.elapsed());
        }
        !(current.is_wanted && current.work.is_complete())
    }

    /// What there is, where it is fine enough to be shown.
    pub fn picture(&self) -> Option<&Work> {
        let Current { work, begun, is_wanted, .. } = self.current.as_ref()?;
        let is_shown = work.is_complete() || !is_wanted || begun.elapsed() >= COARSE_AFTER;
        Some(work).filter(|work| work.stride().is_some() && is_shown)
    }

    /// What there is, as numbers.
    pub fn report(&self) -> Option<Picture> {
        let (work, backend) = (&self.current.as_ref()?.work, self.backend.as_ref()?.name());
        Some(Picture { field: work.field().clone(), values: work.values().clone(), share: work.share(), backend })
    }

    /// The node nearest to a place in a plot, and in words how its run ended, where that is known.
    pub fn end_at(&self, place: [f64; 2]) -> Option<(usize, String)> {
        let work = self.picture()?;
        let (Values::Ends(ends), Some(classes)) = (work.values(), work.field().classes()) else { return None };
        let [u, v] = work.field().nodes();
        let node = v.nearest(v.value_at(place[1])) * u.count + u.nearest(u.value_at(place[0]));
        let name = classes.names().get(usize::from(ends.class[node]))?.clone();
        let x = ends.x[node * ends.dim..(node + 1) * ends.dim].iter().map(|&x| short(x)).collect::<Vec<_>>().join(", ");
        let [loss, _, lambda_1, _, trace, _] = ends.numbers.each_ref().map(|numbers| short(numbers[node]));
        let steps = ends.steps[node];
        Some((node, format!("{name}: ({x}) after {steps} steps\nL = {loss}, λ1 = {lambda_1}, Tr H = {trace}")))
    }

    /// How far it is, how fast, and who computes; nothing where there are no runs.
    pub fn said(&self) -> Option<String> {
        let Current { work, begun, took, .. } = self.current.as_ref()?;
        let who = self.backend.as_ref()?.name();
        let secs = took.unwrap_or_else(|| begun.elapsed()).as_secs_f64();
        if work.updates() == 0 || secs == 0.0 {
            return None;
        }
        let rate = (work.updates() as f64 / secs).log10();
        // Two digits: the rest is noise.
        let tidy = 10f64.powf(rate - rate.floor() + 1.0).round() * 10f64.powf(rate.floor() - 1.0);
        let share = if took.is_some() { String::new() } else { format!("{:.0} %, ", 100.0 * work.share()) };
        Some(format!("{share}{} steps/s on {who}", short(tidy)))
    }
}

/// The places of the first and last nodes along both axes of a plot: logarithms where the axis is logarithmic.
pub fn spans(field: &Field) -> [[f64; 2]; 2] {
    field.nodes().map(|nodes| [nodes.along(nodes.from), nodes.along(nodes.to)])
}

impl Current {
    fn new(field: Field) -> Self {
        Self { work: Work::new(field), begun: Instant::now(), took: None, is_wanted: true }
    }

    /// Whether it is worth its end though it is not wanted any more: nothing is seen of it yet, or it has just begun.
    fn is_young(&self) -> bool {
        !self.work.is_complete() && (self.work.stride().is_none() || self.begun.elapsed() < GRACE)
    }
}
