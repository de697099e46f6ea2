//! The story in one sentence: true at every step of every race.

use samscope::race::{Race, Wanted, story};
use samscope::run::Scenario;
use samscope::theory::{NoEnd, gap_scenario};

/// The story of a race of this scenario at a step.
fn told(json: &str, step: u64) -> String {
    let scenario = Scenario::from_json(json).expect("a scenario");
    let marks = scenario.loss.landmarks(scenario.dim());
    let axes = scenario.view.axes;
    let mut race = Race::finished(scenario, 1, Wanted::default());
    race.show_until(Some(step));
    story(race.runs(), &marks, axes)
}

/// Nothing has run at step 0, wherever the start is: so nothing rests, stays or has been reached.
#[test]
fn at_step_0_methods_start() {
    let race = r#"{"optimizers": [{"id": "gd"}, {"id": "sam"}, {"id": "one-sam"}], "steps": 10}"#;
    assert_eq!(told(race, 0), "GD, SAM and 1-SAM start at (0.50, 0.50).");
    let at_a_minimum = r#"{"loss": {"id": "hyperbola"}, "init": [1, 1], "optimizers": [{"id": "sam"}], "steps": 10}"#;
    assert_eq!(told(at_a_minimum, 0), "SAM starts at (1.00, 1.00).");
}

#[test]
fn where_no_method_takes_part_it_says_what_to_do() {
    let none = r#"{"optimizers": [{"id": "sam", "on": false}]}"#;
    assert_eq!(told(none, 10), "No method takes part: switch one on in the list of methods.");
}

/// A run that creeps does not stay: it has moved as far in the second half of its way as in the first.
#[test]
fn a_slow_method_is_on_its_way() {
    let slow = r#"{"loss": {"id": "hyperbola"}, "optimizers": [{"id": "gd", "eta": 1e-6}], "steps": 1000}"#;
    assert_eq!(told(slow, 1000), "GD is at (2.00, 0.60).");
    let landed = r#"{"loss": {"id": "hyperbola"}, "optimizers": [{"id": "gd"}], "steps": 5000}"#;
    assert!(
        told(landed, 5000).starts_with("GD rests at (1.97, 0.51), as sharp as it landed (λ1 "),
        "{}",
        told(landed, 5000)
    );
}

/// Thm 4.8: SAM does not reach a quadratic's minimum, it circles it at ηρλ1/(2 − ηλ1).
#[test]
fn a_2_cycle_is_called_one() {
    let quadratic = r#"{"loss": {"id": "quadratic"}, "init": [0.8, 0.6], "optimizers":
        [{"id": "sam", "eta": 0.1, "rho": 0.1}, {"id": "gd", "eta": 0.1}], "steps": 2000}"#;
    for step in [1000, 1001, 2000] {
        assert_eq!(
            told(quadratic, step),
            "SAM stays on a 2-cycle around (0.00, 0.00), a minimum, at a distance of 0.025; \
             GD has reached (0.00, 0.00): a minimum."
        );
    }
    assert!(!told(quadratic, 4).contains("2-cycle"), "{}", told(quadratic, 4));
    // While it hops it has not arrived, whether the cycle is steady yet or not.
    for step in (1..1000).step_by(7) {
        let told = told(quadratic, step);
        assert!(!told.contains("SAM has reached"), "step {step}: {told}");
    }
    // Around a saddle too.
    let saddle = r#"{"loss": {"id": "saddle"}, "optimizers": [{"id": "sam", "eta": 0.1}], "steps": 5000}"#;
    assert_eq!(told(saddle, 5000), "SAM stays on a 2-cycle around (0.00, 0.00), at a distance of 0.0111.");
}

/// A method that goes along Γ slides, although it hops from side to side of it.
#[test]
fn a_drift_is_no_2_cycle() {
    let hyperbola =
        r#"{"loss": {"id": "hyperbola"}, "optimizers": [{"id": "sam", "eta": 0.01, "rho": 0.05}], "steps": 20000}"#;
    assert!(told(hyperbola, 20_000).starts_with("SAM slides to the flattest minimum"), "{}", told(hyperbola, 20_000));
}

/// Methods that hide one another are named.
#[test]
fn methods_that_coincide_say_so() {
    let race = r#"{"loss": {"id": "hyperbola"}, "optimizers": [{"id": "gd"}, {"id": "sam", "rho": 0}, {"id": "usam", "rho": 0},
        {"id": "sam"}], "steps": 100}"#;
    let said = "GD, SAM and USAM coincide to the bit so far.";
    assert!(told(race, 50).ends_with(said) && told(race, 100).ends_with(said), "{}", told(race, 100));
    assert!(!told(race, 0).contains("coincide"));
    let apart = r#"{"optimizers": [{"id": "gd"}, {"id": "sam"}], "steps": 100}"#;
    assert!(!told(apart, 100).contains("coincide"), "{}", told(apart, 100));
}

#[test]
fn the_welcome_run_is_told_as_the_paper_has_it() {
    let scenario = Scenario::welcome();
    let marks = scenario.loss.landmarks(scenario.dim());
    let mut race = Race::finished(scenario, 1, Wanted::default());
    let mut tell = |step: u64| {
        race.show_until(Some(step));
        story(race.runs(), &marks, [1, 2])
    };
    let early = tell(1500);
    assert!(early.starts_with("GD rests at (0.54, 0.50), as sharp as it landed"), "{early}");
    assert!(
        early.contains("SAM slides to the smallest λ1 (now λ1 ") && early.contains("1-SAM slides to the smallest Tr"),
        "{early}"
    );
    let late = tell(100_000);
    assert!(
        late.contains("SAM stays on a 2-cycle around (0.00, 0.00), the smallest λ1, at a distance of 0.0087;"),
        "{late}"
    );
    assert!(late.contains("1-SAM has reached (0.7") && late.ends_with("the smallest Tr."), "{late}");
}

/// Where the minimum below the start is isolated, no theorem says where a run ends: SAM leaves two-wells' sharp one.
#[test]
fn no_end_is_predicted_where_there_is_no_way_along_gamma() {
    let wells = Scenario::from_json(r#"{"loss": {"id": "two-wells"}, "steps": 50}"#).expect("a scenario");
    let ends = |scenario: &Scenario| {
        let wanted = Wanted { ends: true, flows: true, ..Wanted::default() };
        let race = Race::finished(gap_scenario(scenario), 1, wanted);
        let end = |run: &samscope::race::Run| {
            let end = run.predicted_end().expect("computed").map(<[f64]>::to_vec);
            (end, run.prediction().is_some())
        };
        race.runs().iter().map(end).collect::<Vec<_>>()
    };
    assert_eq!(ends(&wells), vec![(Err(NoEnd::Isolated), false); 3]);
    let toy = ends(&Scenario { steps: 50, ..Scenario::welcome() });
    assert!(toy.iter().all(|(end, _)| end.is_ok()), "{toy:?}");
    // Descent on L^Asc follows no flow.
    assert_eq!(toy.iter().filter(|(_, has_flows)| *has_flows).count(), 2, "{toy:?}");
}
