//! A field's values depend on its nodes alone: on no tile, and on none of those who compute them.

mod common;

use std::sync::Arc;
use std::time::Duration;

use samscope::field::{Backend, Field, Here, Kind, Nodes, Over, Plane, Slice, Values};
use samscope::optimizer::Method;
use samscope::run::{Scenario, Setting, limits};
use samscope::sharpness::MapQuantity;

use common::{finished, scenario, spec};

fn sam(loss: &str, init: &[f64], eta: f64, rho: f64, steps: u64) -> Scenario {
    scenario(loss, &[], init, spec(Method::Sam, eta, rho), steps)
}

fn plane(scenario: &Scenario, size: [usize; 2], bounds: [f64; 4]) -> Plane {
    Plane { slice: Slice { base: scenario.init.clone(), axes: [0, 1] }, size, bounds }
}

fn over(setting: Setting, from: f64, to: f64, count: usize) -> Over {
    Over { setting, nodes: Nodes::linear(from, to, count) }
}

/// A small field of each kind.
fn fields() -> [Field; 3] {
    let toy = sam("toy4d", &[0.5, 0.5, 0.3, 0.3], 0.01, 0.1, 200);
    let ring = sam("ring", &[0.45, 0.1], 0.05, 1.2, 300);
    let hyperbola = sam("hyperbola", &[2.0, 0.6], 0.05, 0.1, 300);
    let quantity = Kind::Quantity { quantity: MapQuantity::RMax, plane: plane(&toy, [9, 7], [0.0, 1.0, -1.0, 1.0]) };
    let basin = Kind::Basin { plane: plane(&ring, [9, 7], [-1.6, 1.6, -1.6, 1.6]) };
    let sweep = Kind::Sweep { over: [over(Setting::Eta, 0.02, 0.6, 9), over(Setting::Rho, 0.0, 0.3, 7)], tau: None };
    [(toy, quantity), (ring, basin), (hyperbola, sweep)].map(|(scenario, kind)| Field { scenario, kind })
}

/// Computed by a backend in tiles of so many nodes, submitted in an order of its own.
fn computed(field: &Field, backend: &mut dyn Backend, tile: usize) -> Values {
    let (field, mut values) = (Arc::new(field.clone()), Values::none(field));
    let mut tiles: Vec<Vec<usize>> =
        (0..field.count()).step_by(tile).map(|first| (first..(first + tile).min(field.count())).collect()).collect();
    tiles.reverse();
    let mut open = tiles.len();
    for nodes in tiles {
        backend.submit(&field, nodes);
    }
    while open > 0 {
        if let Some(tile) = backend.poll(Duration::from_millis(50)) {
            values.put(&tile.nodes, &tile.values);
            open -= 1;
        }
    }
    values
}

fn bits(values: &Values) -> Vec<u64> {
    ["value", "class", "steps", "loss", "lambda_1", "lambda_m", "trace", "alignment", "grad_norm"]
        .iter()
        .filter_map(|name| values.named(name))
        .flatten()
        .map(f64::to_bits)
        .collect()
}

#[test]
fn tiles_change_no_bit() {
    for field in fields() {
        field.validate().expect("a field that can be computed");
        let whole = field.compute_all();
        for tile in [1, 5, 9, 1000] {
            let values = computed(&field, &mut Here::default(), tile);
            assert_eq!(bits(&values), bits(&whole), "tiles of {tile}: {:?}", field.kind);
        }
        assert!((0..field.count()).all(|node| whole.has(node)));
    }
}

#[cfg(all(any(feature = "gui", feature = "cli"), not(target_arch = "wasm32")))]
#[test]
fn threads_change_no_bit_and_stop_when_they_are_told() {
    use samscope::platform::compute::Threads;
    for field in fields() {
        let whole = field.compute_all();
        for threads in [1, 2, 3] {
            let mut backend = Threads::new(threads).expect("threads");
            assert_eq!(bits(&computed(&field, &mut backend, 4)), bits(&whole), "{threads} threads");
        }
    }
    // What was cancelled is never heard of again, and what comes after is computed.
    let [quantity, basin, _] = fields();
    // On its 2-cycle SAM never stops.
    let mut endless = Field { kind: basin.kind.clone(), ..quantity };
    endless.scenario.steps = 3_000_000;
    if let Kind::Basin { plane } = &mut endless.kind {
        plane.slice.base.clone_from(&endless.scenario.init);
    }
    let mut backend = Threads::new(1).expect("threads");
    let endless = Arc::new(endless);
    for node in 0..2000 {
        backend.submit(&endless, vec![node % 63]);
    }
    backend.cancel();
    let begin = std::time::Instant::now();
    assert_eq!(bits(&computed(&basin, &mut backend, 63)), bits(&basin.compute_all()));
    assert!(begin.elapsed() < Duration::from_mins(2), "the tiles that were dropped have been computed");
}

/// Every end of a basin and of a sweep is that of a run of its own.
#[test]
fn an_end_is_that_of_its_run() {
    let [_, basin, sweep] = fields();
    let (Values::Ends(of_basin), Values::Ends(of_sweep)) = (basin.compute_all(), sweep.compute_all()) else {
        panic!("ends");
    };
    for node in (0..63).step_by(5) {
        let [u, v] = basin.nodes();
        let init = vec![u.at(node % 9), v.at(node / 9)];
        let racer = finished(&Scenario { init, ..basin.scenario.clone() });
        assert_eq!((&of_basin.x[2 * node..2 * node + 2], of_basin.steps[node]), (racer.x(), racer.step()));
        let [eta, rho] = sweep.nodes();
        let mut scenario = sweep.scenario.clone();
        scenario.optimizers[0].eta = eta.at(node % 9);
        scenario.optimizers[0].rho = rho.at(node / 9);
        let racer = finished(&scenario);
        assert_eq!((&of_sweep.x[2 * node..2 * node + 2], of_sweep.steps[node]), (racer.x(), racer.step()));
        let loss = racer.measure(0, racer.x()).loss;
        assert_eq!(of_sweep.numbers[0][node].to_bits(), loss.to_bits());
    }
}

/// A parameter of the loss is a setting too, and τ gives each run its own number of steps.
#[test]
fn sweeps_go_over_parameters_and_to_a_time() {
    let base = sam("hyperbola", &[2.0, 0.6], 0.1, 0.05, 10);
    let over_c = [over(Setting::Param("c".to_owned()), 0.5, 2.0, 4), over(Setting::Eta, 0.05, 0.1, 2)];
    let field = Field { scenario: base.clone(), kind: Kind::Sweep { over: over_c, tau: Some(0.01) } };
    field.validate().expect("valid");
    let Values::Ends(ends) = field.compute_all() else { panic!("ends") };
    // 0.01/(0.05 · 0.05²) = 80 and half of it.
    assert_eq!(ends.steps, [80, 80, 80, 80, 40, 40, 40, 40]);
    let mut alone = base.clone();
    alone.loss.params_mut().insert("c".to_owned(), 2.0);
    let racer = finished(&Scenario { steps: 40, ..alone });
    assert_eq!(ends.x[14..], *racer.x());
    // Equal ratios, the ends included.
    let log = Nodes { log: true, ..Nodes::linear(0.01, 1.0, 3) };
    assert_eq!((log.at(0), (log.at(1) - 0.1).abs() < 1e-15, log.at(2)), (0.01, true, 1.0));
}

#[test]
fn what_cannot_be_computed_is_refused() {
    let ring = sam("ring", &[0.45, 0.1], 0.05, 1.2, 300);
    let refusal = |kind| {
        let field = Field { scenario: ring.clone(), kind };
        field.validate().expect_err("refused").to_string()
    };
    let sweep = |first, second, tau| Kind::Sweep { over: [first, second], tau };
    let (eta, rho) = (over(Setting::Eta, 0.1, 0.2, 2), over(Setting::Rho, 0.0, 1.0, 2));
    let cases = [
        (sweep(eta.clone(), eta.clone(), None), "over: must be two different settings"),
        (sweep(over(Setting::Eta, 0.0, 0.2, 2), rho.clone(), None), "over.eta: must be a number above 0"),
        (sweep(over(Setting::Eta, 0.2, 0.1, 2), rho.clone(), None), "over.eta: must go from a number to a greater one"),
        (sweep(eta.clone(), over(Setting::Param("q".to_owned()), 0.0, 1.0, 2), None), "over.q: is unknown"),
        (sweep(eta.clone(), over(Setting::Batch, 1.0, 2.0, 3), None), "over.batch: must take whole values"),
        (sweep(eta.clone(), rho.clone(), Some(1.0)), "tau: needs ρ above 0 everywhere"),
        (sweep(over(Setting::Eta, 1e-9, 0.1, 2), over(Setting::Rho, 1e-5, 1.0, 2), Some(1.0)), "tau: needs more than"),
        (
            Kind::Basin { plane: plane(&ring, [2, 2], [0.0, 2.0 * limits::INIT_MAX, 0.0, 1.0]) },
            "bounds: must lie within",
        ),
        (Kind::Basin { plane: plane(&ring, [1, 9], [0.0, 1.0, 0.0, 1.0]) }, "size: must be at least 2 nodes"),
    ];
    for (kind, sentence) in cases {
        let refused = refusal(kind);
        assert!(refused.starts_with(sentence), "{refused}");
    }
}
