//! Runs: the same bits however they are cut, what is kept of them, why they stop, and their way through JSON.

mod common;

use std::fs;

use common::{finished, scenario, spec};
use proptest::prelude::*;
use samscope::loss::CATALOGUE;
use samscope::optimizer::METHODS;
use samscope::optimizer::Method::{self, Gd, OneSam, Sam, Sgd};
use samscope::run::{
    BLOCK, OptimizerSpec, Racer, Recording, Report, Scenario, StopReason, Trail, Underflow, plain_sam_toy4d,
};

fn bits(x: &[f64]) -> Vec<u64> {
    x.iter().map(|c| c.to_bits()).collect()
}

/// All that a racer shows, with coordinates as bits.
fn outcome(racer: &Racer) -> impl PartialEq + std::fmt::Debug + use<> {
    let kept: Vec<_> = racer.kept().into_iter().map(|(step, x)| (step, bits(x))).collect();
    (racer.step(), bits(racer.x()), racer.stop_reason(), racer.events(), kept)
}

fn advanced_in(scenario: &Scenario, cuts: &[u64]) -> Racer {
    let mut racer = Racer::new(scenario.run_spec(0));
    for &cut in cuts {
        racer.advance(cut);
    }
    racer.advance(scenario.steps);
    racer
}

proptest! {
    /// However a run is cut into calls: the same bits, the same kept points, the same counts and stop reason.
    #[test]
    fn cuts_change_nothing(cuts in prop::collection::vec(0..1500_u64, 0..12), record in 4..40_usize, seed in 0..9_u64,
                           steps in 1..6000_u64, tol in prop::sample::select(vec![0.0, 1e-3])) {
        for &method in METHODS {
            let info = method.info();
            for loss in ["toy4d", "quadratic-pair", "saddle", "hyperbola"] {
                // A step of the slow methods costs hundreds of gradients.
                let steps = if info.is_slow { steps % 300 + 1 } else { steps };
                let start = scenario(loss, &[], &[], spec(method, 0.05, 0.1), steps);
                let whole = Scenario { record: Recording::Points(record), seed, tol, ..start };
                prop_assert_eq!(outcome(&advanced_in(&whole, &cuts)), outcome(&finished(&whole)), "{} on {}", info.id, loss);
            }
        }
    }

    /// A record holds at most N points, in pairs of consecutive steps, first and last included, and each iterate is
    /// the run's own: so both phases of SAM's 2-cycle are seen wherever one looks.
    #[test]
    fn thinning_keeps_both_phases(steps in 1..20_000_u64, points in 4..80_usize) {
        let cycle = scenario("quadratic", &[], &[0.1 * 0.1 * 4.0 / 1.6, 0.0], spec(Sam, 0.1, 0.1), steps);
        let racer = finished(&Scenario { record: Recording::Points(points), ..cycle });
        let kept = racer.kept();
        prop_assert!(kept.len() <= points);
        prop_assert_eq!((kept[0].0, kept[kept.len() - 1].0), (0, steps));
        for (i, &(step, x)) in kept.iter().enumerate() {
            let before = i > 0 && kept[i - 1].0 + 1 == step;
            let after = kept.get(i + 1).is_some_and(|next| next.0 == step + 1);
            prop_assert!(before || after, "step {step} stands alone in {:?}", kept.iter().map(|p| p.0).collect::<Vec<_>>());
            prop_assert!(i == 0 || kept[i - 1].0 < step, "ascending");
            prop_assert_eq!(x[0] > 0.0, step % 2 == 0, "the phase of step {}", step);
        }
        // No part of the run is left out: at half the stride the points would not have fitted.
        let stride = kept.windows(2).map(|pair| pair[1].0 - pair[0].0).max().unwrap_or(0) + 1;
        prop_assert!(stride <= 2 || 2 * (2 * steps / stride) + 2 > points as u64 - 2, "stride {stride} in {steps}");
    }

    /// A trail says which step it keeps next, and that is the next one that it keeps.
    #[test]
    fn trails_know_their_next_step(capacity in 2..20_usize, length in 1..5000_u64) {
        let mut trail = Trail::new(1, capacity);
        let mut step = 0;
        while step < length {
            trail.push(step, &[step as f64]);
            let next = trail.next_kept(step);
            prop_assert!(next > step && trail.keeps(next) && (step + 1..next).all(|between| !trail.keeps(between)));
            step = next;
        }
        prop_assert!(trail.steps().len() <= capacity);
        for (i, (step, x)) in trail.points().enumerate() {
            prop_assert_eq!((x, trail.x(i)), (&[step as f64][..], &[step as f64][..]));
        }
    }
}

/// `all` keeps every iterate, `none` the last pair, and nothing changes the run.
#[test]
fn recording_does_not_change_the_run() {
    let of = |record| finished(&Scenario { record, ..scenario("hyperbola", &[], &[], spec(Sam, 0.1, 0.1), 5000) });
    let (none, some, all) = (of(Recording::None), of(Recording::Points(7)), of(Recording::All));
    assert!(bits(none.x()) == bits(all.x()) && bits(some.x()) == bits(all.x()));
    assert_eq!(all.kept().iter().map(|(step, _)| *step).collect::<Vec<_>>(), (0..=5000).collect::<Vec<_>>());
    for (step, x) in some.kept() {
        assert_eq!((step, x), all.kept()[step as usize]);
    }
    assert_eq!(none.kept().iter().map(|(step, _)| *step).collect::<Vec<_>>(), [4999, 5000]);
}

/// Each stop reason, and where it is noticed.
#[test]
fn stop_reasons() {
    let of = |loss, method, eta, steps, tol| {
        let racer = finished(&Scenario { tol, ..scenario(loss, &[], &[], spec(method, eta, 0.1), steps) });
        (racer.stop_reason().expect("it has ended"), racer)
    };
    let (reason, racer) = of("toy4d", Gd, 0.01, 1_000_000, 0.0);
    assert_eq!(reason, StopReason::Stationary);
    assert!(racer.step() % BLOCK == 0 && racer.step() < 100_000, "{}", racer.step());
    let mut again = racer.clone();
    again.advance(1000);
    assert_eq!(outcome(&again), outcome(&racer), "a run that has ended stays as it is");
    // The same rest is no reason for a method that draws.
    assert_eq!(of("toy4d", Sgd, 0.01, 100_000, 0.0).0, StopReason::Steps);
    // A 2-cycle is not a rest.
    for loss in ["quadratic", "toy4d", "hyperbola", "product3"] {
        assert_eq!(of(loss, Sam, 0.01, 200_000, 0.0).0, StopReason::Steps, "{loss}");
    }
    // One sample: 1-SAM is deterministic, and still cycles.
    assert_eq!(of("quadratic", OneSam, 0.1, 10_000, 0.0).0, StopReason::Steps);

    let (reason, racer) = of("toy4d", Gd, 0.01, 1_000_000, 1e-3);
    assert_eq!(reason, StopReason::Converged);
    let norm_at = |racer: &Racer| racer.measure(0, racer.x()).grad_norm;
    assert!(norm_at(&racer) <= 1e-3);
    let before = of("toy4d", Gd, 0.01, racer.step() - 1, 1e-3);
    assert_eq!(before.0, StopReason::Steps);
    assert!(norm_at(&before.1) > 1e-3, "the first step at which ‖g‖ ≤ tol");

    assert_eq!(of("toy4d", Sam, 0.01, 0, 0.0).0, StopReason::Steps);
    assert_eq!(of("toy4d", Sam, 0.01, 0, 0.0).1.kept(), [(0, &[0.5, 0.5, 0.3, 0.3][..])]);
}

/// x multiplies by 1 − 0.1·100 = −9 per step, so 0.8·9^k exceeds 1e8 at k = 9. It is finite, and it is kept; so is one
/// that lands far beyond, where the loss overflows.
#[test]
fn divergence_keeps_the_last_finite_iterate() {
    let linear = scenario("quadratic", &[("l1", 100.0)], &[0.8, 0.0], spec(Gd, 0.1, 0.0), 1000);
    let racer = finished(&Scenario { record: Recording::Points(4), ..linear });
    assert_eq!((racer.stop_reason(), racer.step()), (Some(StopReason::Diverged), 9));
    assert!((racer.x()[0] / (0.8 * (-9.0_f64).powi(9)) - 1.0).abs() < 1e-13, "{:?}", racer.x());
    assert_eq!(racer.kept().iter().map(|(step, _)| *step).collect::<Vec<_>>()[..2], [0, 1]);
    assert_eq!(racer.kept().last().map(|(step, _)| *step), Some(9));
    let wild = scenario("beale", &[], &[9e7, 9e7], spec(Gd, 1e6, 0.0), 1000);
    let racer = finished(&wild);
    assert_eq!((racer.stop_reason(), racer.step()), (Some(StopReason::Diverged), 1));
    assert!(racer.x().iter().all(|c| c.is_finite()) && racer.x()[0].abs() > 1e8, "{:?}", racer.x());
    assert!(!racer.measure(1, racer.x()).loss.is_finite());
}

/// The other methods of a race, and a method's place in it, change no bit of a racer.
#[test]
fn racers_do_not_disturb_each_other() {
    let alone = |method| scenario("toy4d", &[], &[], spec(method, 0.01, 0.1), 3000);
    let optimizers: Vec<_> = METHODS.iter().rev().map(|&method| spec(method, 0.01, 0.1)).collect();
    let race = Scenario { optimizers, ..alone(Gd) };
    // In turns, as the window runs them.
    let mut racers: Vec<_> = (0..METHODS.len()).map(|i| Racer::new(race.run_spec(i))).collect();
    for _ in 0..30 {
        for racer in &mut racers {
            racer.advance(100);
        }
    }
    for racer in &racers {
        assert_eq!(
            outcome(racer),
            outcome(&finished(&alone(racer.optimizer().id))),
            "{}",
            racer.optimizer().id.info().id
        );
    }
    let switched_off = Scenario {
        optimizers: race.optimizers.iter().map(|o| OptimizerSpec { on: o.id == Sam, ..o.clone() }).collect(),
        ..race.clone()
    };
    let report = Report::run(&switched_off, || 0.0).expect("it runs");
    assert_eq!(report.runs.iter().map(|run| run.optimizer).collect::<Vec<_>>(), [Sam]);
}

fn report_json(scenario: &Scenario) -> serde_json::Value {
    serde_json::to_value(Report::run(scenario, || 0.0).expect("it runs")).expect("a report is JSON")
}

proptest! {
    /// Scenario → JSON → scenario, and the report's scenario fed back: the same scenario and the same report, for
    /// random numbers with all their digits.
    #[test]
    fn scenarios_survive_json(pick in 0..CATALOGUE.len(), init in prop::array::uniform16(-1.0..1.0), seed in 0..(1_u64 << 53),
                              eta in 1e-4..0.02, rho in 0.0..0.5, tiny in -300.0..0.0) {
        let info = CATALOGUE[pick];
        let optimizers = METHODS.iter().map(|&method| spec(method, eta, rho)).collect();
        let mut init = init[..info.dims[0]].to_vec();
        init[0] *= 10f64.powf(tiny);
        let seed = seed.min((1 << 53) - 1);
        let start = scenario(info.id, &[], &init, spec(Gd, eta, rho), 60);
        let start = Scenario { optimizers, seed, record: Recording::Points(6), underflow: Underflow::Ieee, ..start };
        let text = serde_json::to_string(&start).expect("a scenario is JSON");
        let read = Scenario::from_json(&text).expect("what it wrote, it reads");
        prop_assert_eq!(&read, &start);
        let report = report_json(&start);
        let again = Scenario::from_json(&report["scenario"].to_string()).expect("the report's scenario is complete");
        prop_assert_eq!(report_json(&again), report);
    }

    /// The plain loop of the benchmark and of the documentation is the product's SAM, from any start.
    #[test]
    fn plain_loop_has_the_same_bits(x in prop::array::uniform4(-1.5..1.5), eta in 1e-3..0.03, rho in 1e-3..0.5) {
        for steps in [1, 2, 500] {
            let racer = finished(&scenario("toy4d", &[], &x, spec(Sam, eta, rho), steps));
            prop_assert_eq!(bits(&plain_sam_toy4d(x, eta, rho, steps)), bits(racer.x()));
        }
    }
}

#[test]
fn plain_loop_has_the_same_bits_from_the_default_start() {
    for steps in [1, 1000, 200_000] {
        let racer = finished(&scenario("toy4d", &[], &[], spec(Sam, 0.01, 0.1), steps));
        assert_eq!(bits(&plain_sam_toy4d([0.5, 0.5, 0.3, 0.3], 0.01, 0.1, steps)), bits(racer.x()), "{steps} steps");
    }
}

/// Every scenario that is shipped is valid, survives JSON and runs to its end without diverging.
#[test]
fn shipped_scenarios_run() {
    let files: Vec<_> = fs::read_dir("assets/scenarios")
        .expect("the folder is there")
        .map(|entry| entry.expect("a file").path())
        .collect();
    assert!(!files.is_empty());
    for path in files {
        let text = fs::read_to_string(&path).expect("a text file");
        let scenario = Scenario::from_json(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let report = Report::run(&scenario, || 0.0).expect("it runs");
        for run in &report.runs {
            assert_ne!(run.stop_reason, StopReason::Diverged, "{}: {:?}", path.display(), run.optimizer);
        }
        let name = path.file_stem().and_then(|name| name.to_str());
        if name == Some("welcome") {
            assert_eq!(scenario, Scenario::welcome());
        }
    }
}

/// The newcomer's scenario shows three methods at three minima.
#[test]
fn welcome_shows_three_end_points() {
    let report = Report::run(&Scenario::welcome(), || 0.0).expect("it runs");
    let ends: Vec<_> = report.runs.iter().map(|run| (run.optimizer, run.last.x[0], run.last.x[1])).collect();
    let near = |(method, x1, x2): (Method, f64, f64), expected, y1: f64, y2: f64, distance| {
        assert!(method == expected && (x1 - y1).hypot(x2 - y2) < distance, "{method:?} at ({x1}, {x2})");
    };
    assert_eq!(ends.len(), 3);
    near(ends[0], Gd, 0.538, 0.495, 1e-3);
    near(ends[1], Sam, 0.0, 0.0, 1e-3);
    near(ends[2], OneSam, 0.776, 0.126, 0.04);
}
