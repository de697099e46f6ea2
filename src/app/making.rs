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
/// So soon after another one a picture is wanted in haste.
const HASTE: Duration = Duration::from_millis(300);

/// The field in the making, and who computes it.
#[derive(Default)]
pub struct Making {
    /// To the bit, and in haste.
    exact: Option<Box<dyn Backend>>,
    hasty: Option<Box<dyn Backend>>,
    current: Option<Current>,
    /// What was made in haste of what is being made to the bit.
    rough: Option<Current>,
    /// The field that is wanted, since when, and whether so soon after another one that it will not be the last.
    wanted: Option<Field>,
    changed: Option<Instant>,
    in_haste: bool,
}

struct Current {
    work: Work,
    is_hasty: bool,
    begun: Instant,
    /// How long it has taken, once it is complete.
    took: Option<Duration>,
    is_wanted: bool,
}

impl Making {
    /// Goes on with the field `wanted`, which can be computed; what is no longer wanted is dropped, unless its first picture is
    /// about to be there and it is akin to what is wanted. True while there is more to do.
    pub fn advance(&mut self, wanted: &Field, is_late: &mut dyn FnMut() -> bool) -> bool {
        if self.wanted.as_ref() != Some(wanted) {
            self.in_haste = Self::is_recent(self.changed);
            self.changed = self.wanted.replace(wanted.clone()).map(|_| Instant::now());
            self.rough = None;
        }
        match &mut self.current {
            Some(current) => {
                current.is_wanted = current.work.field() == wanted;
                if !(current.is_wanted || current.is_young() && wanted.is_akin(current.work.field())) {
                    self.begin(wanted, self.in_haste);
                }
            }
            None => self.begin(wanted, false),
        }
        let Some(current) = &mut self.current else { return true };
        let backend = if current.is_hasty { &mut self.hasty } else { &mut self.exact };
        if let Some(backend) = backend {
            current.work.advance(backend.as_mut(), Duration::ZERO, is_late);
        }
        if current.work.is_complete() && current.took.is_none() {
            current.took = Some(current.begun.elapsed());
        }
        let is_done = current.is_wanted && current.work.is_complete();
        if is_done && current.is_hasty {
            if !Self::is_recent(self.changed) {
                let rough = self.current.take();
                self.begin(wanted, false);
                self.rough = rough;
            }
            return true;
        }
        if is_done {
            self.rough = None;
        }
        !is_done
    }

    fn is_recent(changed: Option<Instant>) -> bool {
        changed.is_some_and(|changed| changed.elapsed() < HASTE)
    }

    /// Drops what is being made, for a field that is wanted.
    fn begin(&mut self, wanted: &Field, in_haste: bool) {
        for backend in [&mut self.exact, &mut self.hasty].into_iter().flatten() {
            backend.cancel();
        }
        if in_haste && self.hasty.is_none() {
            self.hasty = compute::in_haste();
        }
        let is_hasty = in_haste && self.hasty.is_some();
        if !is_hasty {
            self.exact.get_or_insert_with(compute::in_background);
        }
        self.current = Some(Current::new(wanted.clone(), is_hasty));
    }

    /// What there is, where it is fine enough to be shown.
    pub fn picture(&self) -> Option<&Work> {
        let current = self.current.as_ref()?;
        let Current { work, begun, is_wanted, .. } = self.rough.as_ref().unwrap_or(current);
        let is_shown = work.is_complete() || !is_wanted || begun.elapsed() >= COARSE_AFTER;
        Some(work).filter(|work| work.stride().is_some() && is_shown)
    }

    /// Who computes.
    fn who(&self) -> Option<String> {
        let backend = if self.current.as_ref()?.is_hasty { &self.hasty } else { &self.exact };
        backend.as_ref().map(|backend| backend.name())
    }

    /// What there is, as numbers.
    pub fn report(&self) -> Option<Picture> {
        let (work, backend) = (&self.current.as_ref()?.work, self.who()?);
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
        let who = self.who()?;
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
    fn new(field: Field, is_hasty: bool) -> Self {
        Self { work: Work::new(field), is_hasty, begun: Instant::now(), took: None, is_wanted: true }
    }

    /// Whether it is worth its end though it is not wanted any more: nothing is seen of it yet, or it has just begun.
    fn is_young(&self) -> bool {
        !self.work.is_complete() && (self.work.stride().is_none() || self.begun.elapsed() < GRACE)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::field::{Here, Plane, Slice, Tile};
    use crate::loss::LossSpec;
    use crate::sharpness::MapQuantity;

    /// Computes here, under a name of its own.
    struct Named(&'static str, Here);

    impl Backend for Named {
        fn name(&self) -> String {
            self.0.to_owned()
        }

        fn submit(&mut self, field: &Arc<Field>, nodes: Vec<usize>) {
            self.1.submit(field, nodes);
        }

        fn poll(&mut self, patience: Duration) -> Option<Tile> {
            self.1.poll(patience)
        }

        fn cancel(&mut self) {
            self.1.cancel();
        }
    }

    fn field(rho: f64) -> Field {
        let slice = Slice { base: vec![0.0; 2], axes: [0, 1] };
        let plane = Plane { slice, size: [33, 17], bounds: [-1.6, 1.6, -1.6, 1.6] };
        Field::of_quantity(&LossSpec::new("ring"), plane, MapQuantity::RAsc, rho)
    }

    /// What changes again at once is made in haste, and to the bit when it changes no more; there is a picture all the while.
    #[test]
    fn what_changes_fast_is_made_in_haste_and_then_to_the_bit() {
        let named = |name| Some(Box::new(Named(name, Here::default())) as Box<dyn Backend>);
        let mut making = Making { exact: named("exact"), hasty: named("hasty"), ..Making::default() };
        while making.advance(&field(0.1), &mut || false) {}
        assert_eq!(making.who().as_deref(), Some("exact"));
        making.advance(&field(0.2), &mut || false);
        assert_eq!(making.who().as_deref(), Some("exact"), "one change is no haste");
        // However slow the machine is.
        making.changed = Some(Instant::now());
        making.advance(&field(0.3), &mut || false);
        assert_eq!(making.who().as_deref(), Some("hasty"));
        assert!(making.picture().is_some_and(Work::is_complete));
        while making.advance(&field(0.3), &mut || true) {
            assert!(making.picture().is_some_and(Work::is_complete), "the hasty picture stays");
        }
        assert_eq!(making.who().as_deref(), Some("exact"));
        assert!(making.rough.is_none() && making.picture().is_some_and(Work::is_complete));
    }
}
