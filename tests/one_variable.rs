//! A loss of one variable in pictures, where it lies in the plane: its sharpness is its own.

use samscope::field::{Field, Plane, Slice, Values};
use samscope::race::{Race, Wanted, story};
use samscope::run::{Racer, Scenario};
use samscope::sharpness::{Curve, MapQuantity};
use samscope::theory::NoEnd;

/// x⁴ − x² has λ1 = 12x² − 2, below 0 between its inflections, and two isolated minima.
fn hill(x: f64) -> Scenario {
    let text = format!(
        r#"{{"loss": {{"id": "typed", "expressions": ["x^4-x^2"]}}, "init": [{x}],
            "optimizers": [{{"id": "sam"}}, {{"id": "gd"}}], "steps": 400}}"#
    );
    Scenario::from_json(&text).expect("a scenario of this test")
}

fn lambda_1(x: f64) -> f64 {
    12.0 * x * x - 2.0
}

#[test]
fn its_eigenvalues_are_its_own_also_below_zero() {
    let given = hill(0.1);
    // Also where a link says that it lies in the plane.
    for scenario in [given.clone(), given.clone().in_plane()] {
        let wanted = Wanted { sharpness: true, flows: true, distances: true, ends: true };
        let race = Race::finished(scenario, 1, wanted);
        for (run, spec) in race.runs().iter().zip(given.run_specs()) {
            assert!(run.points()[0].eigenvalues[0] < -1.8);
            for point in run.points() {
                let [only] = point.eigenvalues[..] else { panic!("{:?}", point.eigenvalues) };
                assert!((only - lambda_1(point.x[0])).abs() < 1e-12, "{only} at {:?}", point.x);
                assert_eq!(point.trace, only);
            }
            // On a line R^Avg looks both ways.
            let (x, rho) = (run.points()[0].x[0], run.optimizer().rho);
            let value = |x: f64| x.powi(4) - x * x;
            let average = 0.5 * (value(x + rho) + value(x - rho)) - value(x);
            assert!((run.points()[0].r_avg.expect("measured") - average).abs() < 1e-12);
            // Where it goes is not changed by the picture.
            let mut racer = Racer::new(spec);
            racer.advance(400);
            assert_eq!(run.last().x, [racer.x()[0], 0.0]);
            assert!(run.lines(Curve::OtherEigenvalues).is_empty());
        }
    }
}

#[test]
fn its_minima_are_isolated() {
    let wanted = Wanted { flows: true, distances: true, ends: true, ..Wanted::default() };
    let race = Race::finished(hill(0.5), 1, wanted);
    let sam = &race.runs()[0];
    assert_eq!(sam.predicted_end(), Some(Err(NoEnd::Isolated)));
    assert!(sam.prediction().is_none());
    let at_rest = story(&race.runs()[1..], &[], [1, 2]);
    assert!(at_rest.contains("GD rests at (0.71, 0.00), as sharp as it landed (λ1 4)"), "{at_rest}");
}

#[test]
fn its_map_is_below_zero_on_the_hill() {
    let scenario = hill(0.1).in_plane();
    let slice = Slice::of(&scenario, &scenario.init);
    let plane = Plane { slice, size: [5, 2], bounds: [-1.0, 1.0, 0.0, 1.0] };
    let field = Field::of_quantity(&scenario.loss, plane, MapQuantity::Lambda1, 0.1);
    let Values::Numbers(values) = field.compute_all() else { panic!("a quantity has numbers") };
    let expected = [-1.0, -0.5, 0.0, 0.5, 1.0].map(lambda_1);
    for (node, value) in values.into_iter().enumerate() {
        assert!((value - expected[node % 5]).abs() < 1e-12, "{value} at node {node}");
    }
}
