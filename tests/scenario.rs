//! Scenarios: defaults fill in, and every kind of bad input is refused with the field and what is allowed there.

use samscope::loss::{CATALOGUE, LossSpec, Refusal};
use samscope::optimizer::{METHODS, Method};
use samscope::run::{OptimizerSpec, Recording, Scenario, View, limits};

fn error(scenario: &Scenario) -> Refusal {
    scenario.clone().resolved().expect_err("bad input")
}

#[track_caller]
fn assert_refused(error: &Refusal, field: &str, allowed: &str) {
    assert_eq!(error.field.to_string(), field, "{error}");
    assert!(error.allowed.contains(allowed), "`{}` should say `{allowed}`", error.allowed);
    assert!(!error.allowed.contains('\n') && !error.allowed.ends_with('.'), "one sentence: {error}");
    // As it is printed: the field first.
    let prefix = if field.is_empty() { String::new() } else { format!("{field}: ") };
    assert_eq!(error.to_string(), format!("{prefix}{}", error.allowed));
}

/// JSON text, the field at fault, and part of the sentence.
#[test]
fn bad_json_is_refused() {
    let cases = [
        ("", "", "must be a JSON object in braces"),
        ("{\"version\": 1, \"steps\": 5", "", "EOF"),
        ("7", "", "must be a JSON object in braces"),
        ("[1]", "", "must be a JSON object in braces"),
        (r#"{"loss": {"id": "ring"#, "loss.id", "EOF"),
        (r#"{"loss": {"id": "ring""#, "loss", "EOF"),
        (r#"{"steps": 1, "steps": 2}"#, "", "duplicate field `steps`"),
        ("{} {}", "", "trailing"),
        ("null", "", "must be a JSON object in braces"),
        (r#"{"version": 2}"#, "version", "must be 1, but is 2"),
        (r#"{"version": 0}"#, "version", "must be 1, but is 0"),
        (r#"{"version": "1"}"#, "version", "cannot be read"),
        (r#"{"learning_rate": 1}"#, "learning_rate", "unknown field `learning_rate`"),
        (r#"{"loss": {"id": "nope"}}"#, "loss.id", "must be one of toy4d, notions, quadratic,"),
        (r#"{"loss": {"name": "toy4d"}}"#, "loss.name", "unknown field"),
        (r#"{"loss": {"id": "ring", "params": {"c": 1}}}"#, "loss.params.c", "`ring` has no parameters"),
        (
            r#"{"loss": {"id": "hyperbola", "params": {"d": 1}}}"#,
            "loss.params.d",
            "the parameters of `hyperbola` are c",
        ),
        (r#"{"loss": {"id": "hyperbola", "params": {"c": 101}}}"#, "loss.params.c", "from -100 to 100, but is 101"),
        (r#"{"loss": {"id": "hyperbola", "params": {"c": "1"}}}"#, "loss.params.c", "cannot be read"),
        (r#"{"init": [1, 2]}"#, "init", "must have 4 numbers for `toy4d`, but has 2"),
        (r#"{"loss": {"id": "quadratic"}, "init": [1]}"#, "init", "must have 2 or 3 or 4 numbers"),
        (r#"{"init": [0, 0, 2e8, 0]}"#, "init[2]", "within ±1e8, but is 2e8"),
        (r#"{"init": [0, null, 0, 0]}"#, "init[1]", "cannot be read"),
        (r#"{"optimizers": []}"#, "optimizers", "must be 1 to 16 methods"),
        (r#"{"optimizers": [{"id": "adam"}]}"#, "optimizers[0].id", "unknown variant `adam`"),
        (r#"{"optimizers": [{}, {"momentum": 1}]}"#, "optimizers[1].momentum", "unknown field"),
        (r#"{"optimizers": [{"eta": 0}]}"#, "optimizers[0].eta", "above 0 and up to 1000000, but is 0"),
        (r#"{"optimizers": [{}, {"eta": -1}]}"#, "optimizers[1].eta", "above 0"),
        (r#"{"optimizers": [{"eta": 2e6}]}"#, "optimizers[0].eta", "but is 2000000"),
        (r#"{"optimizers": [{"rho": -0.1}]}"#, "optimizers[0].rho", "from 0 to 1000000, but is -0.1"),
        (r#"{"optimizers": [{"rho": 1e7}]}"#, "optimizers[0].rho", "from 0 to 1000000"),
        (r#"{"optimizers": [{"batch": 0}]}"#, "optimizers[0].batch", "from 1 to 2"),
        (
            r#"{"optimizers": [{"id": "m-sam", "batch": 3}]}"#,
            "optimizers[0].batch",
            "from 1 to 2, the samples of `toy4d`, but is 3",
        ),
        (r#"{"seed": 9007199254740992}"#, "seed", "from 0 to 9007199254740991, but is 9007199254740992"),
        (r#"{"seed": -1}"#, "seed", "cannot be read"),
        (r#"{"seed": 1.5}"#, "seed", "cannot be read"),
        (r#"{"steps": 1000000000001}"#, "steps", "from 0 to 1000000000000"),
        (r#"{"steps": -5}"#, "steps", "cannot be read"),
        (r#"{"tol": -1}"#, "tol", "from 0 up, but is -1"),
        (r#"{"record": "some"}"#, "record", "\"none\", \"all\" or a whole number"),
        (r#"{"record": 3}"#, "record", "from 4 to 1000000, but is 3"),
        (r#"{"record": 1000001}"#, "record", "from 4 to 1000000"),
        (r#"{"record": -4}"#, "record", "cannot be read"),
        (r#"{"record": "all", "steps": 1000001}"#, "record", "`all` is allowed up to 1000000 steps"),
        (r#"{"underflow": "flush"}"#, "underflow", "unknown variant `flush`"),
        (r#"{"view": {"axes": [1, 1]}}"#, "view.axes", "two different coordinates from 1 to 4, but is [1, 1]"),
        (r#"{"view": {"axes": [0, 1]}}"#, "view.axes", "from 1 to 4"),
        (r#"{"loss": {"id": "ring"}, "view": {"axes": [1, 3]}}"#, "view.axes", "from 1 to 2, but is [1, 3]"),
        (r#"{"view": {"axes": [1, 2, 3]}}"#, "view.axes", "cannot be read"),
        (r#"{"view": {"bounds": [1, 0, 0, 1]}}"#, "view.bounds", "x min < x max"),
        (r#"{"view": {"bounds": [0, 1, 2, 2]}}"#, "view.bounds", "y min < y max"),
        (r#"{"view": {"bounds": [0, 1e10, 0, 1]}}"#, "view.bounds", "within ±1e9"),
        (r#"{"view": {"surface_axes": [3, 3]}}"#, "view.surface_axes", "from 1 to 4, but is [3, 3]"),
        (r#"{"view": {"surface_axes": [3, 5]}}"#, "view.surface_axes", "null or two different coordinates"),
        (r#"{"view": {"surface_reach": 0}}"#, "view.surface_reach", "null or a number from 1e-6 to 1e6, but is 0"),
        (r#"{"view": {"camera": [200, 30]}}"#, "view.camera", "yaw within ±180"),
        (r#"{"view": {"camera": [0, 90]}}"#, "view.camera", "pitch from 5 to 85, but is [0, 90]"),
        (r#"{"view": {"steps_per_frame": 0}}"#, "view.steps_per_frame", "from 1 to 1000000, but is 0"),
        (r#"{"view": {"steps_per_frame": 1000001}}"#, "view.steps_per_frame", "from 1 to 1000000"),
        (r#"{"view": {"quantity": "hue"}}"#, "view.quantity", "unknown variant `hue`"),
    ];
    for (text, field, allowed) in cases {
        let error = Scenario::from_json(text).expect_err(text);
        assert_refused(&error, field, allowed);
    }
}

/// What JSON cannot express but a caller in Rust can: numbers that are not finite, everywhere a number stands.
#[test]
fn non_finite_numbers_are_refused() {
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let with = |change: &dyn Fn(&mut Scenario)| {
            let mut scenario = Scenario { init: vec![0.5; 4], ..Scenario::default() };
            change(&mut scenario);
            error(&scenario)
        };
        assert_refused(&with(&|s| s.init[3] = bad), "init[3]", "must be a number within");
        assert_refused(&with(&|s| s.optimizers[0].eta = bad), "optimizers[0].eta", "must be a number above 0");
        assert_refused(&with(&|s| s.optimizers[0].rho = bad), "optimizers[0].rho", "must be a number from 0");
        assert_refused(&with(&|s| s.tol = bad), "tol", "must be a number from 0 up");
        let f1 = |s: &mut Scenario| s.loss.params_mut().extend([("f1_0".to_owned(), bad)]);
        assert_refused(&with(&f1), "loss.params.f1_0", "must be a number from 0.01 to 1000");
        for i in 0..4 {
            let bounds = |s: &mut Scenario| {
                let mut bounds = [0.0, 1.0, 0.0, 1.0];
                bounds[i] = bad;
                s.view.bounds = Some(bounds);
            };
            assert_refused(&with(&bounds), "view.bounds", "within ±1e9");
        }
    }
    let many = Scenario { optimizers: vec![OptimizerSpec::default(); 17], ..Scenario::default() };
    assert_refused(&error(&many), "optimizers", "must be 1 to 16 methods");
}

/// A number out of JSON's range is not read as infinity.
#[test]
fn huge_numbers_in_json_are_refused() {
    let error = Scenario::from_json(r#"{"tol": 1e999}"#).expect_err("out of range");
    assert!(error.to_string().contains("out of range"), "{error}");
}

/// `{}` is toy4d from its own start with SAM, and everything is written out.
#[test]
fn defaults_fill_in() {
    let scenario = Scenario::from_json("{}").expect("everything has a default");
    assert_eq!((scenario.version, scenario.loss.id(), scenario.dim()), (1, "toy4d", 4));
    assert_eq!(scenario.init, [0.5, 0.5, 0.3, 0.3]);
    assert_eq!(scenario.loss.params().len(), 6);
    let sam = OptimizerSpec { id: Method::Sam, eta: 0.01, rho: 0.1, batch: 1, beta: 0.0, switch: None, on: true };
    assert_eq!(scenario.optimizers, [sam]);
    assert_eq!((scenario.seed, scenario.steps, scenario.tol, scenario.record), (0, 10_000, 0.0, Recording::None));
    assert_eq!(scenario.view, View::of(&scenario.loss, &scenario.init));
    assert_eq!(scenario.clone().resolved().as_ref(), Ok(&scenario), "resolving twice changes nothing");
    let partial = Scenario::from_json(
        r#"{"loss": {"id": "hyperbola", "params": {"c": 2}}, "record": "all", "optimizers": [{"id": "gd"}]}"#,
    );
    let partial = partial.expect("valid");
    assert_eq!((partial.init.as_slice(), partial.record), (&[2.0, 0.6][..], Recording::All));
    assert_eq!(partial.loss.values(), [2.0]);
}

/// The ends of every range are allowed.
#[test]
fn limits_are_allowed() {
    let edge = Scenario {
        init: vec![limits::INIT_MAX, -limits::INIT_MAX, 0.0, -0.0],
        optimizers: vec![
            OptimizerSpec {
                eta: limits::ETA_MAX,
                rho: limits::RHO_MAX,
                batch: 2,
                ..OptimizerSpec::new(Method::MSam)
            };
            16
        ],
        seed: limits::SEED_MAX,
        steps: limits::STEPS_MAX,
        record: Recording::Points(4),
        view: View {
            axes: [4, 3],
            bounds: Some([-1e9, 1e9, 0.0, 1e-12]),
            steps_per_frame: 1_000_000,
            ..View::default()
        },
        ..Scenario::default()
    };
    assert!(edge.clone().resolved().is_ok(), "{:?}", edge.resolved());
    let all = Scenario { record: Recording::All, steps: limits::RECORD_ALL_MAX, ..Scenario::default() };
    assert!(all.resolved().is_ok());
    let zero = Scenario {
        optimizers: vec![OptimizerSpec { rho: 0.0, eta: f64::MIN_POSITIVE, ..OptimizerSpec::default() }],
        steps: 0,
        ..Scenario::default()
    };
    assert!(zero.resolved().is_ok());
    for info in CATALOGUE {
        for end in [|p: &samscope::loss::Param| p.min, |p: &samscope::loss::Param| p.max] {
            let mut spec = LossSpec::new(info.id);
            *spec.params_mut() = info.params.iter().map(|p| (p.name.to_owned(), end(p))).collect();
            assert!(spec.resolved().is_ok(), "{}", info.id);
        }
    }
}

/// Every id is found, in scenarios too, and a default start exists for every dimension.
#[test]
fn ids_and_starts() {
    for &method in METHODS {
        assert_eq!(Method::find(method.info().id), Some(method));
        assert_eq!(serde_json::to_value(method).expect("JSON"), method.info().id);
        assert_eq!(serde_json::from_value::<Method>(method.info().id.into()).expect("a method"), method);
    }
    assert_eq!(Method::find("Sam"), None);
    for info in CATALOGUE {
        let scenario = Scenario { loss: LossSpec::new(info.id), ..Scenario::default() }.resolved().expect(info.id);
        // A parameter may decide the dimension.
        assert_eq!(scenario.init, info.start[..scenario.loss.dims().last().copied().unwrap_or(0)]);
        for &dim in info.dims {
            let loss = LossSpec::new(info.id).in_dim(dim);
            assert!(loss.dims().contains(&dim), "{} in {dim}", info.id);
            let shorter = Scenario { loss, init: info.start[..dim].to_vec(), ..scenario.clone() };
            assert!(shorter.resolved().is_ok(), "{} in {dim}", info.id);
        }
    }
}
