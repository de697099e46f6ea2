//! How long fields take on one thread, and basins with a backend's.

use std::hint::black_box;
use std::time::Duration;

use super::{Backend, Field, Grid, Here, Kind, Levels, Plane, Slice, Values, Work, isolines};
use crate::loss::LossSpec;
use crate::run::{Figure, Scale, Scenario};
use crate::sharpness::MapQuantity;

const SIDE: usize = 512;
const ISOLINES: usize = 20;
/// Who looks for tiles all the time takes a processor from those who compute them.
const PATIENCE: Duration = Duration::from_millis(50);

/// Times fields and basins of 512 × 512 nodes; basins of `toy4d` by 1000 steps of SAM also on `backend`. `clock` gives seconds.
pub fn bench(mut clock: impl FnMut() -> f64, backend: &mut dyn Backend) -> Vec<Figure> {
    let mut ms = |work: &mut dyn FnMut()| {
        let begin = clock();
        work();
        (clock() - begin) * 1e3
    };
    let mut figures = Vec::new();
    for (id, loss, quantity) in [
        ("field_lambda_1_toy4d_512", "toy4d", MapQuantity::Lambda1),
        ("field_r_max_hyperbola_512", "hyperbola", MapQuantity::RMax),
    ] {
        let field = quantity_of(loss, quantity);
        figures.push(Figure::new(id, ms(&mut || completed(&field, backend)), "ms", None));
    }
    let lines = ms(&mut || {
        let Values::Numbers(values) = quantity_of("himmelblau", MapQuantity::Loss).compute_all() else { return };
        let grid = Grid { width: SIDE, height: SIDE, bounds: [-4.0, 4.0, -4.0, 4.0], values };
        let mut levels = Levels::of(&grid, Scale::Log);
        levels.values.truncate(ISOLINES);
        black_box(isolines(&grid, &levels.values));
    });
    figures.push(Figure::new("field_loss_512_with_isolines", lines, "ms", None));
    let basin = basin();
    let alone = ms(&mut || completed(&basin, &mut Here::default()));
    let shared = ms(&mut || completed(&basin, backend));
    figures.push(Figure::new("basin_toy4d_512_one_thread", alone, "ms", None));
    figures.push(Figure::new("basin_toy4d_512", shared, "ms", Some(alone)));
    let coarse = ms(&mut || {
        let mut work = Work::new(basin.clone());
        while work.stride().is_none() {
            work.advance(backend, PATIENCE, || true);
        }
        backend.cancel();
    });
    figures.push(Figure::new("basin_toy4d_512_coarse", coarse, "ms", None));
    figures
}

/// Times a field and a basin of 512 × 512 nodes on the graphics card, beside the same on threads.
pub fn bench_gpu(mut clock: impl FnMut() -> f64, gpu: &mut dyn Backend, threads: &mut dyn Backend) -> Vec<Figure> {
    let mut ms = |field: &Field, backend: &mut dyn Backend| {
        let begin = clock();
        completed(field, backend);
        (clock() - begin) * 1e3
    };
    let scenario = Scenario { loss: LossSpec::new("himmelblau"), steps: 1000, ..Scenario::default() };
    let basin = basin_of(scenario, [-4.0, 4.0, -4.0, 4.0]);
    let fields =
        [("field_trace_toy4d_512_gpu", quantity_of("toy4d", MapQuantity::Trace)), ("basin_himmelblau_512_gpu", basin)];
    let figures = fields.into_iter().map(|(id, field)| {
        // Its program is made once.
        ms(&field, gpu);
        let baseline = ms(&field, threads);
        Figure::new(id, ms(&field, gpu), "ms", Some(baseline))
    });
    figures.collect()
}

fn plane(loss: &LossSpec, bounds: [f64; 4]) -> Plane {
    Plane { slice: Slice { base: loss.start(), axes: [0, 1] }, size: [SIDE; 2], bounds }
}

fn quantity_of(loss: &str, quantity: MapQuantity) -> Field {
    let loss = LossSpec::new(loss);
    let plane = plane(&loss, [-4.0, 4.0, -4.0, 4.0]);
    Field::of_quantity(&loss, plane, quantity, 0.1)
}

fn basin() -> Field {
    basin_of(Scenario { steps: 1000, ..Scenario::default() }, [-0.25, 1.25, -0.15, 1.15])
}

fn basin_of(scenario: Scenario, bounds: [f64; 4]) -> Field {
    let scenario = match scenario.resolved() {
        Ok(scenario) => scenario,
        Err(error) => unreachable!("the defaults are valid: {error}"),
    };
    let plane = plane(&scenario.loss, bounds);
    Field { scenario, kind: Kind::Basin { plane } }
}

fn completed(field: &Field, backend: &mut dyn Backend) {
    let mut work = Work::new(field.clone());
    while !work.is_complete() {
        work.advance(backend, PATIENCE, || false);
    }
    black_box(work.values());
}
