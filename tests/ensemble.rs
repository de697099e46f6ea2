//! How runs end, against what is known of them in closed form.

mod common;

use samscope::calculus::landscape;
use samscope::ensemble::{self, Classes, End, Points, Settings, advance};
use samscope::optimizer::Method;
use samscope::run::{OptimizerSpec, Scenario, StopReason};

use common::{finished, scenario, spec};

/// The ends of the scenario's first method from these starts, each with its class's name.
fn ends(scenario: &Scenario, starts: &[&[f64]]) -> Vec<(String, End)> {
    let (run, dim) = (scenario.run_spec(0), scenario.dim());
    let (loss, classes) = (landscape(&run.loss, dim), Classes::of(&run.loss, dim));
    let mut points = Points::new(dim, starts.len());
    for (k, start) in starts.iter().enumerate() {
        points.put(k, start);
    }
    let finals = advance(&run, &points);
    let settings = vec![Settings::of(&run); starts.len()];
    let ends = ensemble::ends(&run, loss.as_ref(), &classes, &finals, &settings);
    ends.into_iter().map(|end| (classes.names()[end.class as usize].clone(), end)).collect()
}

/// The classes' names alone.
fn classes(loss: &str, method: OptimizerSpec, steps: u64, starts: &[&[f64]]) -> Vec<String> {
    ends(&scenario(loss, &[], starts[0], method, steps), starts).into_iter().map(|(name, _)| name).collect()
}

/// A batch has the bits of single runs, whatever the method and however each ends.
#[test]
fn many_runs_have_the_bits_of_single_ones() {
    let starts: [&[f64]; 4] =
        [&[0.5, 0.5, 0.3, 0.3], &[0.9, -0.2, 1e-3, 0.0], &[3.0, 2.0, 5.0, -4.0], &[1e7, 1.0, 9e7, 1.0]];
    for method in [Method::Sam, Method::OneSam, Method::Gd, Method::Usam] {
        let scenario = scenario("toy4d", &[], starts[0], spec(method, 0.05, 0.1), 1500);
        for (start, (_, end)) in starts.iter().zip(ends(&scenario, &starts)) {
            let racer = finished(&Scenario { init: start.to_vec(), ..scenario.clone() });
            assert_eq!((end.x.as_slice(), end.steps), (racer.x(), racer.step()), "{method:?} from {start:?}");
            let point = racer.measure(racer.step(), racer.x());
            assert_eq!(end.numbers[0].to_bits(), point.loss.to_bits());
            assert_eq!(end.numbers[2].to_bits(), point.eigenvalues[0].to_bits());
        }
    }
    let run = scenario("saddle", &[], &[0.0, 1.0], spec(Method::Gd, 0.1, 0.1), 1000).run_spec(0);
    assert_eq!(advance(&run, &Points::one(&[0.0, 1.0])).stop, [StopReason::Diverged]);
    assert_eq!(advance(&run, &Points::one(&[0.0, 0.0])).stop, [StopReason::Steps]);
}

/// Fact 6: SAM's trap. Its largest |y0| is 0.0324.
#[test]
fn the_saddle_traps_what_starts_beside_its_axis() {
    let sam = spec(Method::Sam, 0.1, 0.1);
    let starts: [&[f64]; 4] = [&[-1.0, -0.01], &[-1.0, 0.0323], &[-1.0, 0.0326], &[-1.0, 0.3]];
    assert_eq!(classes("saddle", sam, 1000, &starts), ["saddle", "saddle", "diverged", "diverged"]);
    // Gradient descent leaves it, sooner or later.
    let gd = spec(Method::Gd, 0.1, 0.0);
    assert_eq!(classes("saddle", gd.clone(), 90, &[&[-1.0, -1e-7], &[-1.0, 0.0]]), ["moving", "saddle"]);
    assert_eq!(classes("saddle", gd, 300, &[&[-1.0, -1e-7]]), ["diverged"]);
}

/// Fact 7: for 1 < ρ < 2 SAM rests at r = ρ − 1, where there is no critical point; for ρ < 1 the centre traps it.
#[test]
fn the_ring_has_a_minimum_that_is_none() {
    let starts: [&[f64]; 3] = [&[0.45, 0.1], &[0.02, 0.0], &[-0.9, 1.2]];
    let sam = |eta, rho| spec(Method::Sam, eta, rho);
    assert_eq!(classes("ring", sam(0.01, 1.5), 2000, &starts), ["hallucinated"; 3]);
    assert_eq!(classes("ring", sam(0.1, 0.5), 1000, &starts), ["maximum", "maximum", "minimum"]);
    assert_eq!(classes("ring", spec(Method::Gd, 0.1, 0.0), 1000, &starts), ["minimum"; 3]);
    // On its way it is neither.
    assert_eq!(classes("ring", sam(0.01, 1.5), 50, &starts[..1]), ["moving"]);
}

/// A run on SAM's 2-cycle, and one that hovers, belong to the minimum that they go around.
#[test]
fn around_a_minimum_is_at_it() {
    let toy: &[f64] = &[0.5, 0.5, 0.3, 0.3];
    let sam = |eta, rho| spec(Method::Sam, eta, rho);
    assert_eq!(classes("toy4d", sam(0.01, 0.1), 1000, &[toy]), ["minimum"]);
    assert_eq!(classes("toy4d", sam(0.01, 0.1), 60_000, &[toy]), ["min λ1"]);
    assert_eq!(classes("toy4d", spec(Method::OneSam, 0.01, 0.1), 3000, &[toy]), ["minimum"]);
    assert_eq!(classes("two-wells", sam(0.01, 0.1), 4000, &[&[-0.4, -0.4]]), ["flat"]);
    assert_eq!(classes("two-wells", spec(Method::Gd, 0.01, 0.0), 8000, &[&[-0.4, -0.4]]), ["sharp"]);
    let flattest = classes("hyperbola", sam(0.1, 0.05), 20_000, &[&[2.0, 0.6], &[-2.0, -0.6]]);
    assert!(flattest[0] != flattest[1] && flattest.iter().all(|name| name.starts_with("flattest ")), "{flattest:?}");
    // Four minima with one label are four classes.
    let wells: [&[f64]; 4] = [&[3.0, 2.0], &[-2.8, 3.1], &[-3.7, -3.2], &[3.5, -1.8]];
    let mut names = classes("himmelblau", spec(Method::Gd, 0.005, 0.0), 2000, &wells);
    names.sort();
    assert_eq!(names, ["minimum 1", "minimum 2", "minimum 3", "minimum 4"]);
    assert_eq!(classes("beale", spec(Method::Gd, 0.01, 0.0), 20_000, &[&[1.2, 0.7]]), ["minimum 1"]);
}
