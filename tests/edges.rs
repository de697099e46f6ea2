//! The methods' own edges (facts 15 and 16) and 1-SAM's cloud (fact 20), as runs have them for the window and figures.

use samscope::race::{Race, Run, Wanted};
use samscope::run::Scenario;
use samscope::sharpness::Curve;

fn finished(json: &str) -> Race {
    let wanted = Wanted { flows: true, ..Wanted::default() };
    Race::finished(Scenario::from_json(json).expect("a scenario"), 1, wanted)
}

/// The own edge's label and its value at the last point.
fn edge(run: &Run) -> Option<(String, f64)> {
    let lines = run.lines(Curve::OwnEdge);
    let line = lines.first()?;
    assert_eq!((lines.len(), line.values.len()), (1, run.points().len()));
    Some((line.label.clone(), *line.values.last()?))
}

/// Fact 16: λ* is 3.6603 for η = 0.4, ρ = 0.1. SAM has λ_edge instead.
#[test]
fn usam_has_an_edge_of_its_own() {
    let race = finished(
        r#"{"loss": {"id": "hyperbola"}, "optimizers": [{"id": "usam", "eta": 0.4}, {"id": "sam", "eta": 0.4}], "steps": 50}"#,
    );
    let (label, value) = edge(&race.runs()[0]).expect("an edge");
    assert!(label == "λ^{*}" && (value - 3.6603).abs() < 5e-5, "{label} = {value}");
    assert_eq!(edge(&race.runs()[1]), None);
    assert_eq!(race.runs()[0].edge_rest(), None);
}

/// Fact 15: (1 + s/ρ)²λM on toy4d's Γ at (1, 1), λ1 = 30 and λM = 2: s/ρ = √(14η)·15. The run's rest is known before it has gone there.
#[test]
fn descent_on_l_asc_rests_at_an_edge_of_its_own() {
    let race = finished(
        r#"{"init": [1, 1, 1e-9, 1e-9], "optimizers": [{"id": "asc-descent", "eta": 2e-5, "rho": 0.3}], "steps": 0}"#,
    );
    let (_, value) = edge(&race.runs()[0]).expect("an edge");
    let factor = 1.0 + (14.0 * 2e-5_f64).sqrt() * 15.0;
    assert!((value - 2.0 * factor * factor).abs() < 1e-6, "{value}");
    let rest = race.runs()[0].edge_rest().expect("computed, and there");
    assert!((rest[0] - 0.9874).abs() < 2e-3 && (rest[1] - 0.7493).abs() < 1e-2 && rest[2] == 0.0, "{rest:?}");
}

/// Fact 20's numbers at η = 0.0025, around the rest point of the law; 1-SAM with momentum and SAM have none.
#[test]
fn one_sam_has_a_cloud() {
    let race = finished(
        r#"{"optimizers": [{"id": "one-sam", "eta": 0.0025, "rho": 0.1}, {"id": "one-sam", "beta": 0.5}, {"id": "sam"}],
            "steps": 2000}"#,
    );
    let hover = |i: usize| race.runs()[i].prediction().expect("a flow").hover.clone();
    let cloud = hover(0).expect("a cloud");
    for (i, expected) in [0.519, 0.455].into_iter().enumerate() {
        let deviation = cloud.deviation(i) / (0.1 * 0.0025_f64.sqrt());
        assert!((deviation - expected).abs() < 6e-4, "{deviation}");
    }
    assert!((cloud.centre[0] - 0.794).abs() < 0.01 && (cloud.centre[1] - 0.139).abs() < 0.01, "{:?}", cloud.centre);
    assert!(hover(1).is_none() && hover(2).is_none());
}
