//! Heavy-ball momentum, and a method that gives way to another.

mod common;
#[path = "common/cli.rs"]
mod program;

use common::{finished, scenario, spec};
use program::samscope;
use samscope::loss::{LossSpec, Reduction};
use samscope::optimizer::{Method, Side};
use samscope::race::{Race, Wanted, story};
use samscope::run::{OptimizerSpec, Racer, Recording, Scenario, StopReason, Switch};
use samscope::theory::{law_conditions, regime};

use Method::{Gd as GD, MSam as M_SAM, OneSam as ONE_SAM, Sam as SAM, Sgd as SGD};

fn heavy(id: Method, eta: f64, rho: f64, beta: f64) -> OptimizerSpec {
    OptimizerSpec { beta, ..spec(id, eta, rho) }
}

fn bits(x: &[f64]) -> Vec<u64> {
    x.iter().map(|component| component.to_bits()).collect()
}

/// diag(4,1), η = 0.1, β = ½ from (1, 1): v is (4, 1), then (4.4, 1.4).
#[test]
fn momentum_step() {
    let at = |steps| finished(&scenario("quadratic", &[], &[1.0, 1.0], heavy(GD, 0.1, 0.0, 0.5), steps)).x().to_vec();
    for (steps, expected) in [(1, [0.6, 0.9]), (2, [0.16, 0.76])] {
        let x = at(steps);
        assert!(x.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-15), "{x:?}");
    }
}

/// Without a perturbation SAM with momentum is gradient descent with momentum.
#[test]
fn without_rho_it_is_the_base_method() {
    for (method, base) in [(SAM, GD), (ONE_SAM, SGD)] {
        let end = |id| finished(&scenario("toy4d", &[], &[], heavy(id, 0.01, 0.0, 0.7), 3000)).x().to_vec();
        assert_eq!(bits(&end(method)), bits(&end(base)));
    }
}

/// However a run is cut into calls.
#[test]
fn the_bits_do_not_depend_on_the_calls() {
    let switch = Some(Switch { id: ONE_SAM, step: 700 });
    let spec = OptimizerSpec { switch, ..heavy(SGD, 0.01, 0.1, 0.6) };
    let scenario = Scenario { record: Recording::Points(64), ..scenario("toy4d", &[], &[], spec, 3000) };
    let at_once = finished(&scenario);
    let mut in_pieces = Racer::new(scenario.run_spec(0));
    for steps in [1, 698, 1, 1, 300, 23, 5000] {
        in_pieces.advance(steps);
    }
    assert_eq!(at_once.kept(), in_pieces.kept());
}

fn typed(formula: &str) -> LossSpec {
    LossSpec::typed(vec![formula.to_owned()], Reduction::Mean, std::collections::BTreeMap::new())
}

/// A slope so small that an update is lost beside x = 1, until v has grown: that is no rest.
#[test]
fn an_update_that_is_lost_while_v_grows_is_no_rest() {
    let optimizers = vec![heavy(GD, 1.0, 0.0, 0.9999)];
    let slow = Scenario { loss: typed("0*y + 3*10^(-20)*x"), init: vec![1.0, 1.0], optimizers, ..Scenario::default() };
    let slow = Scenario { steps: 20_000, ..slow }.resolved().expect("a scenario");
    let after = |steps| finished(&Scenario { steps, ..slow.clone() });
    assert_eq!(after(1024).x(), [1.0, 1.0]);
    let end = after(20_000);
    assert_eq!(end.stop_reason(), Some(StopReason::Steps));
    assert!(end.x()[0] < 1.0);
    // Where v has come to rest too, so has the run: both coordinates are held at the smallest number.
    let down = finished(&scenario("quadratic", &[], &[0.8, 0.6], heavy(GD, 0.1, 0.0, 0.5), 100_000));
    assert_eq!(down.stop_reason(), Some(StopReason::Stationary));
    assert!(
        down.x().iter().all(|x| x.abs() == f64::MIN_POSITIVE) && down.events().underflow_holds > 0,
        "{:?}",
        down.x()
    );
}

/// It swings through the minimum: the gradient is short there, v is not.
#[test]
fn what_swings_through_a_minimum_has_not_converged() {
    let swinging = Scenario { tol: 0.1, ..scenario("quadratic", &[], &[0.8, 0.0], heavy(GD, 0.01, 0.0, 0.9), 5000) };
    let stopped = finished(&swinging);
    assert_eq!(stopped.stop_reason(), Some(StopReason::Converged));
    // Had it gone on, it would have stayed.
    let whole = finished(&Scenario { tol: 0.0, record: Recording::All, ..swinging });
    let later = whole.kept().into_iter().filter(|(step, _)| *step >= stopped.step());
    let farthest = later.map(|(_, x)| 4.0 * x[0].abs()).fold(0.0, f64::max);
    assert!(farthest < 0.3, "{farthest} after step {}", stopped.step());
}

/// Up to the switch it is the first method to the bit, behind it the second one started there; its draws are those of its seed,
/// whatever came before.
#[test]
fn a_method_gives_way_to_another() {
    let (first, second) = (spec(GD, 0.01, 0.1), spec(ONE_SAM, 0.01, 0.1));
    let both = OptimizerSpec { switch: Some(Switch { id: ONE_SAM, step: 100 }), ..first.clone() };
    let end = |spec: &OptimizerSpec, init: &[f64], steps| {
        finished(&scenario("toy4d", &[], init, spec.clone(), steps)).x().to_vec()
    };
    let half_way = end(&first, &[], 100);
    assert_eq!(bits(&end(&both, &[], 100)), bits(&half_way));
    assert_eq!(bits(&end(&both, &[], 600)), bits(&end(&second, &half_way, 500)));
    // m-SAM's batch of both is full: nothing is drawn.
    let full = OptimizerSpec { batch: 2, switch: both.switch, ..spec(M_SAM, 0.01, 0.1) };
    let half_way = end(&OptimizerSpec { switch: None, ..full.clone() }, &[], 100);
    assert_eq!(bits(&end(&full, &[], 600)), bits(&end(&second, &half_way, 500)));
}

/// Gradient descent rests on Γ from the first step, where SAM goes on.
#[test]
fn no_rest_ends_a_run_before_its_switch() {
    let resting = scenario("hyperbola", &[], &[2.0, 0.5], spec(GD, 0.01, 0.1), 8000);
    assert_eq!(finished(&resting).stop_reason(), Some(StopReason::Stationary));
    let mut late = resting;
    late.optimizers[0].switch = Some(Switch { id: SAM, step: 5000 });
    let end = finished(&late);
    assert_eq!((end.stop_reason(), end.step()), (Some(StopReason::Steps), 8000));
    assert!((end.x()[0] - 2.0).abs() > 0.01, "{:?}", end.x());
    // A tolerance is first asked for at the switch.
    let end = finished(&Scenario { tol: 1e-9, ..late });
    assert_eq!((end.stop_reason(), end.step()), (Some(StopReason::Converged), 5000));
}

/// What is absent is 0 and null, and is not written: files and links of before stay what they are.
#[test]
fn defaults_are_not_written() {
    let text = serde_json::to_string(&OptimizerSpec::new(SAM)).expect("JSON");
    assert_eq!(text, r#"{"id":"sam","eta":0.01,"rho":0.1,"batch":1,"on":true}"#);
    let given = r#"{"id":"gd","eta":0.01,"rho":0.1,"batch":1,"beta":0.5,"switch":{"id":"sam","step":7},"on":true}"#;
    let read: OptimizerSpec = serde_json::from_str(given).expect("an optimizer");
    assert_eq!((read.beta, read.switch), (0.5, Some(Switch { id: SAM, step: 7 })));
    assert_eq!(serde_json::to_string(&read).expect("JSON"), given);
    let null: OptimizerSpec = serde_json::from_str(r#"{"switch": null, "beta": 0}"#).expect("an optimizer");
    assert_eq!(null, OptimizerSpec::default());
}

/// One sentence that names the flag or the field and what is allowed.
#[test]
fn bad_input_is_told_in_a_sentence() {
    for (arguments, sentence) in [
        (["--beta", "1"], "--beta: must be a number from 0 to below 1, but is 1"),
        (["--beta", "-0.1"], "--beta: must be a number from 0 to below 1, but is -0.1"),
        (["--switch", "sam@0"], "--switch: must be a whole number from 1 to 1000000000000, but is 0"),
        (["--switch", "sam"], "--switch: must be an optimizer and a step, such as sam@10000, with one of gd, "),
        (["--switch", "adam@3"], "--switch: must be an optimizer and a step, such as sam@10000, with one of gd, "),
    ] {
        let output = samscope(&[&["run", "--loss", "toy4d", "--optimizer", "gd"][..], &arguments].concat());
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && told.contains(sentence), "{arguments:?}: {told}");
    }
    let refused = |json: &str| Scenario::from_json(json).expect_err("bad input").to_string();
    let message = refused(r#"{"optimizers": [{"switch": {"id": "sgd"}}]}"#);
    assert!(message.contains("optimizers[0].switch") && message.contains("step"), "{message}");
    let message = refused(
        r#"{"loss": {"id": "hyperbola"}, "optimizers": [{"id": "gd", "switch": {"id": "m-sam", "step": 3}, "batch": 2}]}"#,
    );
    assert!(message.contains("optimizers[0].batch"), "{message}");
}

/// The report says both, and its scenario gives the same bits.
#[test]
fn a_report_has_them() {
    let arguments =
        ["run", "--loss", "hyperbola", "--optimizer", "gd", "--beta", "0.5", "--switch", "sam@50", "--steps", "90"];
    let run =
        |arguments: &[&str]| serde_json::from_slice::<serde_json::Value>(&samscope(arguments).stdout).expect("JSON");
    let report = run(&arguments);
    assert_eq!(report["runs"][0]["beta"], 0.5);
    assert_eq!(report["runs"][0]["switch"]["id"], "sam");
    let again = Scenario::from_report(&report.to_string()).expect("a report").expect("a scenario");
    let x: Vec<f64> = serde_json::from_value(report["runs"][0]["final"]["x"].clone()).expect("x");
    assert_eq!(bits(finished(&again).x()), bits(&x));
}

/// Fact 18's run, shorter: what is said and predicted is of the method in force at the step that is shown.
#[test]
fn story_and_prediction_follow_the_method_in_force() {
    let late = r#"{"loss": {"id": "hyperbola"}, "init": [2, 0.6], "steps": 200000, "optimizers":
        [{"id": "gd", "rho": 0.02, "switch": {"id": "sam", "step": 10000}}, {"id": "gd"}]}"#;
    let scenario = Scenario::from_json(late).expect("a scenario");
    let wanted = Wanted { flows: true, ends: true, ..Wanted::default() };
    let mut race = Race::finished(scenario.clone(), 1, wanted);
    let run = &race.runs()[0];
    let legs: Vec<_> = run.shown_legs().collect();
    let [(before, first), (after, second)] = legs[..] else { panic!("two legs") };
    assert_eq!((first[0].step, first[first.len() - 1].step, second[0].step), (0, 10_000, 10_000));
    assert!(before == run.index() && after != before && race.runs()[1].colour() != after);
    // From Γ SAM takes some dozens of steps to its 2-cycle.
    let prediction = run.prediction().expect("a flow");
    assert!((10_001..11_000).contains(&prediction.step), "{}", prediction.step);
    assert!(prediction.law.is_some());
    assert!(run.predicted_end().expect("computed").is_ok());
    let marks = scenario.loss.landmarks(2);
    let told = |race: &Race| story(race.runs(), &marks, [1, 2]);
    assert!(told(&race).starts_with("SAM "), "{}", told(&race));
    race.show_until(Some(9_999));
    assert!(told(&race).starts_with("GD rests"), "{}", told(&race));
    assert!(race.runs()[0].prediction().is_none() && race.runs()[0].shown_legs().count() == 1);
}

/// With momentum the badge and the law judge η/(1+β): ηλ1 = 1.9 is past the cycle's end at 1.8, 1.9/1.5 is not.
#[test]
fn the_regime_is_that_of_eta_over_one_plus_beta() {
    let quadratic = scenario("quadratic", &[], &[0.8, 0.6], heavy(SAM, 0.475, 0.1, 0.5), 10);
    let racer = Racer::new(quadratic.run_spec(0));
    let point = racer.measure(0, racer.x());
    let told = |spec: &OptimizerSpec| regime(spec, &point).into_iter().map(|it| it.quantity).collect::<Vec<_>>();
    assert!(
        told(racer.optimizer()).contains(&"ηλ1 = 1.27 (η/(1+β) for η)".to_owned()),
        "{:?}",
        told(racer.optimizer())
    );
    assert!(told(&spec(SAM, 0.475, 0.1)).contains(&"ηλ1 = 1.9".to_owned()));
    let fails = |spec: &OptimizerSpec| {
        law_conditions(racer.landscape().as_ref(), &[0.0, 0.0], Side::Uphill, spec.eta_across(), 0.1).len()
    };
    assert_eq!((fails(racer.optimizer()), fails(&spec(SAM, 0.475, 0.1))), (0, 1));
}

/// λ_edge is λ1 on the 2-cycle with momentum too, at 2(1+β)/η in the limit.
#[test]
fn the_edge_meets_lambda_1_on_the_cycle() {
    let racer = finished(&scenario("quadratic", &[], &[0.8, 0.6], heavy(SAM, 0.1, 0.1, 0.2), 2000));
    let point = racer.measure(racer.step(), racer.x());
    assert!((point.lambda_edge - 4.0).abs() < 1e-9, "{}", point.lambda_edge);
}
