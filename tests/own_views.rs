//! A loss brings the view that shows its own story, wherever none is asked for; the pace is the scenario's.

use samscope::loss::{CATALOGUE, LossSpec, Reduction};
use samscope::run::{Pace, Scale, Scenario, View};
use samscope::sharpness::MapQuantity;

fn of(id: &str) -> Scenario {
    Scenario::from_json(&format!(r#"{{"loss": {{"id": "{id}"}}}}"#)).expect("valid")
}

#[test]
fn every_loss_has_a_valid_view_that_holds_its_start_and_landmarks() {
    for info in CATALOGUE {
        for &dim in info.dims {
            let loss = LossSpec::new(info.id).in_dim(dim);
            let init = loss.start()[..dim].to_vec();
            let view = View::of(&loss, &init);
            let marks = loss.landmarks(dim);
            if let Some([x0, x1, y0, y1]) = view.bounds {
                for point in marks.iter().map(|mark| &mark.x).chain([&init]) {
                    let [x, y] = view.axes.map(|axis| point[axis - 1]);
                    assert!((x0..=x1).contains(&x) && (y0..=y1).contains(&y), "{} in {dim}: {point:?}", info.id);
                }
            }
            let scenario = Scenario { loss, init, view: view.clone(), ..Scenario::default() };
            assert_eq!(scenario.resolved().map(|scenario| scenario.view), Ok(view), "{} in {dim}", info.id);
        }
    }
}

/// On Γ the toy's loss is 0 everywhere; what tells its minimizers apart is λ1.
#[test]
fn a_file_without_a_view_shows_what_the_loss_is_for() {
    assert_eq!(of("toy4d").view.quantity, MapQuantity::Lambda1);
    assert_eq!((of("saddle").view.levels, of("two-wells").view.value_scale), (Scale::Linear, Scale::Linear));
    let asked = Scenario::from_json(r#"{"view": {}}"#).expect("valid");
    assert_eq!(asked.view, View::default(), "a view that is given is kept");
    // A frame that does not hold the start gives way to one that is fitted.
    let far = Scenario::from_json(r#"{"loss": {"id": "ring"}, "init": [5, 0]}"#).expect("valid");
    assert_eq!((of("ring").view.bounds, far.view.bounds), (Some([-1.6, 1.6, -1.6, 1.6]), None));
    let negative = LossSpec::typed(vec!["-x^2 - y^2".to_owned()], Reduction::Mean, [].into());
    assert_eq!(View::of(&negative, &[1.0, 1.0]).levels, Scale::Linear);
}

/// What a link leaves out keeps its meaning, whatever the loss's own view has become.
#[test]
fn links_keep_the_view_that_they_were_made_with() {
    for scenario in [of("toy4d"), of("ring"), Scenario { view: View::default(), ..of("toy4d") }] {
        assert_eq!(Scenario::from_link(&scenario.to_link()).as_ref(), Ok(&scenario));
    }
}

#[test]
fn the_pace_of_old_links_and_files_is_the_scenarios() {
    let old = Scenario::from_link(include_str!("links/v1.txt")).expect("a link");
    assert_eq!(old.pace, Pace::Time);
    let with = |pace: &str| {
        let methods = r#""optimizers": [{"id": "gd", "eta": 0.1}, {"id": "sam", "eta": 0.01}]"#;
        Scenario::from_json(&format!(r#"{{{methods}, "steps": 30, {pace}}}"#)).expect("valid")
    };
    let (old, new) = (with(r#""view": {"pace": "time"}"#), with(r#""pace": "time""#));
    assert_eq!((old.pace, new.pace), (Pace::Time, Pace::Time));
    for scenario in [old, new] {
        assert_eq!(scenario.run_specs().iter().map(|run| run.steps).collect::<Vec<_>>(), [30, 300]);
        let json = serde_json::to_value(&scenario).expect("JSON");
        assert_eq!((json["pace"].as_str(), json["view"].get("pace")), (Some("time"), None), "written in one place");
    }
}

/// With the ring's own ρ SAM settles at r = ρ − 1, where no minimum is, and it and gradient descent end in the frame.
#[test]
fn the_rings_frame_holds_its_story() {
    let info = samscope::loss::find("ring").expect("a row");
    let text = format!(
        r#"{{"loss": {{"id": "ring"}}, "optimizers": [{{"id": "gd"}}, {{"id": "sam", "rho": {}}}], "steps": 20000}}"#,
        info.rho
    );
    let scenario = Scenario::from_json(&text).expect("valid");
    let report = samscope::run::Report::run(&scenario, || 0.0).expect("it runs");
    let ends: Vec<_> = report.runs.iter().map(|run| run.last.x.clone()).collect();
    let radius = |x: &[f64]| x[0].hypot(x[1]);
    assert!((radius(&ends[0]) - 1.0).abs() < 1e-6, "{ends:?}");
    assert!((radius(&ends[1]) - (info.rho - 1.0)).abs() < 0.05, "{ends:?}");
    let [x0, x1, y0, y1] = scenario.view.bounds.expect("its own");
    assert!(ends.iter().all(|x| (x0..=x1).contains(&x[0]) && (y0..=y1).contains(&x[1])), "{ends:?}");
}
