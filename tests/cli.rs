//! The command line as others use it: the real binary, its exit codes, its sentences, its JSON and CSV.
#![cfg(feature = "cli")]

#[path = "common/cli.rs"]
mod program;

use std::fs;
use std::process::Command;

use program::{Folder, json, refusal, samscope, success};
use serde_json::Value;

fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

/// Bad flags, and what the sentence starts with and contains.
#[test]
fn bad_flags_are_refused_in_one_sentence() {
    let cases = [
        ("--loss toy4d --optimizer sam --eta -1", "--eta: ", "above 0 and up to 1000000, but is -1"),
        ("--loss toy4d --optimizer sam --eta 0", "--eta: ", "above 0"),
        ("--loss toy4d --optimizer sam --eta inf", "--eta: ", "above 0"),
        ("--loss toy4d --optimizer sam --eta", "--eta: ", "needs a value"),
        ("--loss toy4d --optimizer sam --eta fast", "--eta: ", "must be a number, but is `fast`"),
        ("--loss toy4d --optimizer sam --rho nan", "--rho: ", "from 0 to 1000000, but is NaN"),
        ("--loss toy4d --optimizer sam --rho -0.1", "--rho: ", "from 0 to 1000000, but is -0.1"),
        ("--loss toy4d --optimizer sam --init 1,2", "--init: ", "must have 4 numbers for `toy4d`, but has 2"),
        ("--loss toy4d --optimizer sam --init 1,2,x,4", "--init: ", "must be numbers, but has `x`"),
        ("--loss toy4d --optimizer sam --init 1,2,,4", "--init: ", "must be numbers"),
        ("--loss toy4d --optimizer sam --init 1,2,nan,4", "--init (coordinate 2", "within ±1e8, but is NaN"),
        ("--loss nope --optimizer sam", "--loss: ", "must be one of toy4d, notions, quadratic,"),
        ("--optimizer sam", "--loss: ", "is missing"),
        ("--loss toy4d", "--optimizer: ", "is missing; it must be one of gd, sgd, sam, one-sam, m-sam, max-descent"),
        ("--loss toy4d --optimizer foo", "--optimizer: ", ", but is `foo`"),
        ("--loss toy4d --optimizer m-sam --batch 3", "--batch: ", "from 1 to 2, the samples of `toy4d`, but is 3"),
        ("--loss toy4d --optimizer m-sam --batch 0", "--batch: ", "from 1 to 2"),
        ("--loss toy4d --optimizer m-sam --batch 1.5", "--batch: ", "whole number"),
        ("--loss toy4d --optimizer sam --steps -5", "--steps: ", "whole number from 0 up, but is `-5`"),
        ("--loss toy4d --optimizer sam --steps 1e-3", "--steps: ", "whole number from 0 up, but is `1e-3`"),
        ("--loss toy4d --optimizer sam --steps 1000000000001", "--steps: ", "from 0 to 1000000000000"),
        ("--loss toy4d --optimizer sam --seed -1", "--seed: ", "whole number"),
        ("--loss toy4d --optimizer sam --seed 9007199254740992", "--seed: ", "from 0 to 9007199254740991"),
        ("--loss toy4d --optimizer sam --tol -1", "--tol: ", "from 0 up"),
        ("--loss toy4d --optimizer sam --param x=1", "--param: ", "`x` is unknown"),
        ("--loss toy4d --optimizer sam --param f1_0=0", "--param: ", "`f1_0` must be a number from 0.01 to 1000"),
        ("--loss toy4d --optimizer sam --param a", "--param: ", "must be NAME=VALUE, but is `a`"),
        ("--loss toy4d --optimizer sam --param a=b", "--param: ", "must be"),
        ("--loss toy4d --optimizer sam --record 2", "--record: ", "from 4 to 1000000, but is 2"),
        ("--loss toy4d --optimizer sam --record some", "--record: ", "must be `none`, `all` or a whole number"),
        (
            "--loss toy4d --optimizer sam --record all --steps 1000001",
            "--record: ",
            "`all` is allowed up to 1000000 steps",
        ),
        ("--loss toy4d --optimizer sam --dim 3", "--dim: ", "must be 4 for `toy4d`, but is 3"),
        ("--loss quadratic --optimizer sam --dim 3 --init 1,2", "--init: ", "must have 3 numbers"),
        ("--loss matrix-factorization --optimizer sam --param k=2.5", "--param: `k` ", "must be a whole number"),
        ("--loss matrix-factorization --optimizer sam --param k=5", "--param: `k` ", "from 2 to 4"),
        ("--loss matrix-factorization --optimizer sam --dim 5", "--dim: ", "must be 4 or 6 or 8"),
        ("--loss matrix-factorization --optimizer sam --dim 4 --param k=3", "--dim: ", "the `k` given"),
        ("--loss toy4d --optimizer sam --format xml", "--format: ", "must be one of json, csv, table, but is `xml`"),
        ("--loss toy4d --optimizer sam --underflow no", "--underflow: ", "must be one of hold, ieee"),
        ("--loss toy4d --optimizer sam --eta 1 --eta 2", "--eta: ", "twice"),
        ("--loss toy4d --optimizer sam --momentum 0.9", "--momentum: ", "not a flag"),
        ("--loss toy4d --optimizer sam stray", "", "stray"),
        ("--loss toy4d --optimizer one-sam --seeds 3", "--seeds: ", "must be A..B with two whole numbers, but is `3`"),
        ("--loss toy4d --optimizer one-sam --seeds 4..3", "--seeds: ", "ascending"),
        ("--loss toy4d --optimizer one-sam --seeds 0..4096", "--seeds: ", "at most 4096 seeds"),
        ("--loss toy4d --optimizer one-sam --seeds 0..3 --seed 1", "--seeds: ", "cannot be given together with --seed"),
        ("--loss toy4d --expr x --optimizer sam", "--loss: ", "cannot be given together with --expr"),
        ("--loss toy4d --reduction sum --optimizer sam", "--reduction: ", "is for the formulas of --sample only"),
        ("--expr log(x-5) --optimizer sam", "--init: ", "a point where the formula has a finite value"),
        ("--expr sqrt(x) --init 0 --optimizer sam", "--init: ", "a point where the formula has a finite gradient"),
        ("--expr x^2 --param b=2 --optimizer sam", "--param: ", "`b` is not a parameter of the expression"),
        ("--expr b*x^2 --param b=1e10 --optimizer sam", "--param: ", "`b` must be a number within ±1e9, but is 1e10"),
        ("--expr x^2 --init 1,2 --optimizer sam", "--init: ", "must have 1 number for `typed`, but has 2"),
    ];
    for (line, start, middle) in cases {
        let sentence = refusal(&[&["run"], &words(line)[..]].concat());
        assert!(sentence.starts_with(start) && sentence.contains(middle), "`{line}` gives `{sentence}`");
    }
}

/// A faulty formula: one sentence, the formula, a caret under the fault.
#[test]
fn bad_formulas_are_refused_with_a_caret() {
    let deep = format!("{}x{}", "(".repeat(3000), ")".repeat(3000));
    let cases = [
        (vec!["--expr", "x1 + "], "--expr: the formula ends where an operand should follow", "x1 + \n     ^"),
        (vec!["--expr", "foo(x)"], "--expr: foo is not a function; the functions are sqrt, exp", "foo(x)\n^^^"),
        (vec!["--expr", "1/0*x"], "--expr: `1/0` divides by 0", "1/0*x\n^^^"),
        (vec!["--expr", "a*x"], "--expr: the parameter `a` has no value", "a*x\n^"),
        (vec!["--expr", "x17"], "--expr: x17 is not a variable", "x17\n^^^"),
        (vec!["--expr", &deep], "--expr: ", "…\n"),
        (vec!["--sample", "x^2", "--sample", "y^"], "--sample: the formula ends", "y^\n  ^"),
    ];
    for (flags, start, picture) in cases {
        let output = samscope(&[&["run", "--optimizer", "sam"], &flags[..]].concat());
        let text = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(output.stdout.is_empty());
        assert!(text.starts_with(&format!("samscope: {start}")), "`{text}` should begin with `{start}`");
        assert!(text.contains(picture) && text.lines().count() == 3, "{text}");
    }
}

/// A formula is run like the catalogue's loss, and the report's scenario gives the same bits again.
#[test]
fn formulas_run() {
    let end = |report: &Value| report["runs"][0]["final"]["x"].clone();
    let typed = json(&["run", "--expr", "0.5*(x*y-c)^2", "--param", "c=1", "--init", "2,0.6", "--optimizer", "sam"]);
    let own = json(&words("run --loss hyperbola --optimizer sam"));
    assert_eq!(end(&typed), end(&own));
    let folder = Folder::new("typed");
    let file = folder.write("typed.json", &typed["scenario"].to_string());
    assert_eq!(end(&json(&["run", "--scenario", &file])), end(&typed));
    let sum = json(&words("run --sample x^2 --sample y^2 --reduction sum --optimizer one-sam --steps 10 --dim 3"));
    assert_eq!((&sum["runs"][0]["dim"], &sum["scenario"]["loss"]["reduction"]), (&3.into(), &"sum".into()));
    let line = json(&words("run --expr x^2 --optimizer gd --steps 1 --init 1"));
    assert_eq!(line["runs"][0]["final"]["x"], serde_json::json!([0.98]));
}

/// One run for each seed, both ends included; each is the run that its seed has alone.
#[test]
fn seeds_give_a_run_each() {
    let many = json(&words("run --loss toy4d --optimizer one-sam --steps 50 --seeds 3..5"));
    let runs = many["runs"].as_array().expect("runs");
    assert_eq!(runs.iter().map(|run| run["seed"].as_u64()).collect::<Vec<_>>(), [Some(3), Some(4), Some(5)]);
    let alone = json(&words("run --loss toy4d --optimizer one-sam --steps 50 --seed 4"));
    assert_eq!(runs[1]["final"], alone["runs"][0]["final"]);
    assert_ne!(runs[0]["final"], runs[1]["final"]);
}

/// `sharpness` prints the library's report (whose keys tests/sharpness.rs holds), with fact 2's numbers at the
/// quadratic's minimum.
#[test]
fn sharpness_of_a_point() {
    use samscope::{calculus::landscape, loss::LossSpec, sharpness::SharpnessReport};
    let text = success(&words("sharpness --loss quadratic --at 0,0 --rho 0.1 --json"));
    let own = SharpnessReport::at(landscape(&LossSpec::new("quadratic"), 2).as_ref(), &[0.0, 0.0], 0.1);
    assert_eq!(text.trim_end(), serde_json::to_string(&own).expect("JSON"));
    let report: Value = serde_json::from_str(&text).expect("JSON");
    let near = |key: &str, expected: f64| {
        let value = report[key].as_f64().expect(key);
        assert!((value - expected).abs() < 1e-15, "{key}: {value}");
    };
    near("r_max", 0.02);
    near("r_avg", 0.0125);
    assert!(report["r_asc"].is_null() && report["r_max_at"].as_array().is_some_and(|at| at.len() == 2));
    assert!(success(&words("sharpness --loss toy4d")).contains("R^Max"));
    assert!(refusal(&words("sharpness --loss toy4d --at 1,2")).starts_with("--at: must have 4 numbers"));
    assert!(refusal(&words("sharpness --loss toy4d --rho -1")).starts_with("--rho: must be a number from 0"));
    assert!(refusal(&words("sharpness --expr log(x) --at -1")).starts_with("--at: must be a point where"));
}

#[test]
fn bad_commands_are_refused_in_one_sentence() {
    assert!(refusal(&["fly"]).contains("`fly` is not a command"));
    assert!(refusal(&["losses", "--yaml"]).starts_with("--yaml: "));
    assert!(refusal(&["--eta", "1"]).starts_with("--eta: "));
}

/// Help and version are no errors.
#[test]
fn help_and_version() {
    assert!(success(&["--help"]).contains("run"));
    assert!(success(&["run", "--help"]).contains("--eta"));
    assert_eq!(success(&["--version"]).trim(), concat!("samscope ", env!("CARGO_PKG_VERSION")));
}

/// Bad scenario files: the file, the field, what is allowed.
#[test]
fn bad_scenario_files_are_refused_in_one_sentence() {
    let folder = Folder::new("bad");
    let cases = [
        ("version.json", r#"{"version": 2}"#, "version: must be 1, but is 2"),
        ("truncated.json", "{\"version\": 1, \"optimizers\": [\n{\"id\": \"sam\"", "cannot be read: EOF"),
        ("unknown.json", r#"{"speed": 1}"#, "speed: cannot be read: unknown field"),
        ("eta.json", r#"{"optimizers": [{"eta": -1}]}"#, "optimizers[0].eta: must be a number above 0"),
        ("empty.json", "", "must be a JSON object in braces"),
        ("binary.json", "\u{0}\u{1}", "must be a JSON object in braces"),
    ];
    for (name, text, middle) in cases {
        let path = folder.write(name, text);
        let sentence = refusal(&["run", "--scenario", &path]);
        assert!(sentence.starts_with("--scenario") && sentence.contains(name), "{sentence}");
        assert!(sentence.contains(middle), "`{sentence}` should say `{middle}`");
    }
    assert!(refusal(&["run", "--scenario", &folder.file("absent.json")]).contains("cannot read"));
    // The file is valid, the flag on top of it is not: the flag is named.
    let good = folder.write("good.json", r#"{"optimizers": [{"id": "gd"}]}"#);
    assert!(refusal(&["run", "--scenario", &good, "--eta", "-1"]).starts_with("--eta: "));
}

/// A scenario file is run as it is; flags override it; another loss brings its own start.
#[test]
fn flags_override_the_scenario_file() {
    let folder = Folder::new("good");
    let file = folder.write(
        "ring.json",
        r#"{"loss": {"id": "hyperbola", "params": {"c": 2}}, "init": [1, 1], "optimizers": [{"id": "gd", "eta": 0.5}, {"id": "sam"}], "steps": 7}"#,
    );
    let of = |flags: &str| json(&[&["run", "--scenario", &file], &words(flags)[..]].concat())["scenario"].clone();
    let plain = of("");
    assert_eq!((&plain["steps"], &plain["optimizers"][0]["eta"]), (&7.into(), &0.5.into()));
    assert_eq!((&plain["init"], &plain["loss"]["params"]["c"]), (&serde_json::json!([1.0, 1.0]), &2.0.into()));
    let flags = of("--steps 9 --eta 0.25 --seed 4 --param c=3 --init -1,2");
    assert_eq!((&flags["steps"], &flags["seed"], &flags["loss"]["params"]["c"]), (&9.into(), &4.into(), &3.0.into()));
    assert_eq!((&flags["optimizers"][0]["eta"], &flags["optimizers"][1]["eta"]), (&0.25.into(), &0.25.into()));
    assert_eq!(flags["init"], serde_json::json!([-1.0, 2.0]));
    let other = of("--loss ring --optimizer gd");
    assert_eq!((&other["init"], &other["optimizers"][0]["id"]), (&serde_json::json!([0.45, 0.1]), &"gd".into()));
    // The same loss named again keeps the file's parameters.
    assert_eq!(of("--loss hyperbola")["loss"]["params"]["c"], 2.0);
}

/// Negative coordinates need no equals sign, for each of the spellings.
#[test]
fn negative_numbers_are_accepted() {
    for flags in ["--init -1,2", "--init=-1,2", "--init -1e0,+2.0"] {
        let report =
            json(&[&["run", "--loss", "hyperbola", "--optimizer", "gd", "--steps", "0"], &words(flags)[..]].concat());
        assert_eq!(report["runs"][0]["final"]["x"], serde_json::json!([-1.0, 2.0]), "{flags}");
    }
    let negative = json(&words("run --loss hyperbola --param c=-2 --optimizer gd --steps 0"));
    assert_eq!(negative["scenario"]["loss"]["params"]["c"], -2.0);
}

/// `--out` writes exactly what standard output would have had, and a failure leaves no file behind.
#[test]
fn out_writes_a_whole_file_or_none() {
    let folder = Folder::new("out");
    let (run, path) =
        (words("run --loss ring --optimizer sam --steps 5 --record all --format csv"), folder.file("ring.csv"));
    let printed = success(&run);
    fs::write(&path, "an older file, longer than nothing").expect("a file to replace");
    assert_eq!(success(&[&run[..], &["--out", &path]].concat()), "");
    assert_eq!(fs::read_to_string(&path).expect("written"), printed);
    fs::remove_file(&path).expect("there");
    let nowhere = folder.file("absent/ring.csv");
    assert!(refusal(&[&run[..], &["--out", &nowhere]].concat()).starts_with("--out: cannot write"));
    fs::create_dir(folder.file("folder")).expect("a folder");
    assert!(refusal(&[&run[..], &["--out", &folder.file("folder")]].concat()).starts_with("--out: cannot write"));
    // Bad input is noticed before anything is written.
    refusal(&[&run[..], &["--eta", "-1", "--out", &path]].concat());
    let left: Vec<_> = fs::read_dir(&folder.0).expect("there").map(|e| e.expect("an entry").file_name()).collect();
    assert_eq!(left, ["folder"]);
    assert_eq!(fs::read_dir(folder.file("folder")).expect("there").count(), 0);
}

/// What is no regular file is written to as it is, and a full one is told; a link's file is replaced, not the link.
#[cfg(target_os = "linux")]
#[test]
fn out_may_be_a_device_or_a_link() {
    let run = words("run --loss ring --optimizer sam --steps 5");
    assert!(refusal(&[&run[..], &["--out", "/dev/full"]].concat()).starts_with("--out: cannot write /dev/full: "));
    assert!(fs::metadata("/dev/full").is_ok_and(|full| !full.is_file()), "the device is still there");
    assert!(!success(&[&run[..], &["--out", "/dev/stdout"]].concat()).is_empty());
    let folder = Folder::new("device");
    let real = folder.write("real.json", "old");
    std::os::unix::fs::symlink(&real, folder.file("link.json")).expect("a link");
    success(&[&run[..], &["--out", &folder.file("link.json")]].concat());
    assert!(fs::read_to_string(&real).is_ok_and(|text| text.starts_with("{\"version\"")));
    assert!(fs::symlink_metadata(folder.file("link.json")).is_ok_and(|link| link.is_symlink()));
}

/// A scenario file becomes a link and comes back as it was.
#[test]
fn links_and_files() {
    let folder = Folder::new("links");
    let file = folder.write("it.json", r#"{"loss": {"id": "ring"}, "init": [-0.0, 0.3], "seed": 7}"#);
    let link = success(&["link", &file]);
    assert!(link.starts_with("#v1.") && link.lines().count() == 1, "{link}");
    let page = success(&["link", &file, "--page", "https://example.org/lab/"]);
    assert_eq!(page, format!("https://example.org/lab/{link}"));
    let scenario = success(&["open", link.trim()]);
    assert_eq!(success(&["open", page.trim()]), scenario);
    assert!(scenario.contains("-0.0") && scenario.contains("\"seed\": 7,\n"), "{scenario}");
    assert_eq!(success(&["open", link.trim(), "--out", &folder.file("back.json")]), "");
    assert_eq!(fs::read_to_string(folder.file("back.json")).expect("written"), scenario);
    assert_eq!(success(&["link", &folder.file("back.json")]), link, "the same scenario has the same link");
    let end = |file: &str| json(&["run", "--scenario", file])["runs"][0]["final"].clone();
    assert_eq!(end(&file), end(&folder.file("back.json")));
}

/// `-` is standard input.
#[test]
fn a_link_of_standard_input() {
    use std::io::Write;
    use std::process::Stdio;
    let mut command = Command::new(env!("CARGO_BIN_EXE_samscope"));
    let mut child =
        command.args(["link", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the binary starts");
    child.stdin.take().expect("piped").write_all(b"{\"view\": {}}").expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(
        success(&["open", String::from_utf8_lossy(&output.stdout).trim()]),
        success(&["open", "v1.eJyrrgUAAXUA-Q"])
    );
}

#[test]
fn bad_links_and_files_are_refused_in_one_sentence() {
    let folder = Folder::new("bad-links");
    let bad = folder.write("bad.json", r#"{"optimizers": [{"eta": -1}]}"#);
    let absent = folder.file("absent/it.json");
    let cases: [(&[&str], &str); 11] = [
        (&["open", "hello"], "URL: this is not a samscope link"),
        (&["open", "https://example.org/#v2.abc"], "URL: this link was made by a newer version of samscope"),
        (&["open", "v1.eJyrrgUAAXUA"], "URL: this link is damaged"),
        (&["open", "v1.eJyrrgUAAXUA", "--window"], "URL: this link is damaged"),
        (&["open"], "URL: is missing"),
        (&["open", "v1.eJyrrgUAAXUA-Q", "--out", &absent], "--out: cannot write"),
        (&["open", "v1.eJyrrgUAAXUA-Q", "--out", &absent, "--window"], "--out: cannot be given together with --window"),
        (&["link"], "FILE: is missing"),
        (&["link", &absent], "FILE: cannot read"),
        (&["link", &bad], "FILE "),
        (&["link", &bad, "--page", "https://example.org/"], "FILE "),
    ];
    for (arguments, start) in cases {
        let sentence = refusal(arguments);
        assert!(sentence.starts_with(start), "{arguments:?}: `{sentence}` should begin with `{start}`");
    }
    assert!(refusal(&["link", &bad]).contains("optimizers[0].eta: must be a number above 0"));
    let good = folder.write("good.json", "{}");
    assert!(refusal(&["link", &good, "--page", "https://example.org/#x"]).starts_with("--page: must be an address"));
}

/// CSV: INTERFACE's columns, one row per kept point (or the last one), empty cells for null, the JSON's numbers.
#[test]
fn csv_is_the_json_flattened() {
    let race = "run --loss ring --optimizer gd --optimizer sam --steps 20 --record 8 --seed 3";
    let csv = success(&[&words(race)[..], &["--format", "csv"]].concat());
    let report = json(&words(race));
    let mut lines = csv.lines();
    let header = "run,optimizer,seed,step,x1,x2,loss,grad_norm,lambda1,lambda2,trace,alignment,rayleigh,lambda_edge,r_max,r_asc,r_avg";
    assert_eq!(lines.next(), Some(header));
    let mut rows = lines.map(|line| line.split(',').collect::<Vec<_>>());
    for (i, run) in report["runs"].as_array().expect("runs").iter().enumerate() {
        let record = &run["record"];
        for (k, step) in record["step"].as_array().expect("steps").iter().enumerate() {
            let row = rows.next().expect("a row per kept point");
            assert_eq!(row.len(), 17);
            assert_eq!(
                (row[0], row[1], row[2]),
                (i.to_string().as_str(), run["optimizer"].as_str().expect("an id"), "3")
            );
            assert_eq!(row[3], step.to_string());
            let columns = [
                &record["x"][k][0],
                &record["x"][k][1],
                &record["loss"][k],
                &record["grad_norm"][k],
                &record["eigenvalues"][k][0],
                &record["eigenvalues"][k][1],
                &record["trace"][k],
                &record["alignment"][k],
                &record["rayleigh"][k],
                &record["lambda_edge"][k],
                &record["r_max"][k],
                &record["r_asc"][k],
                &record["r_avg"][k],
            ];
            for (cell, value) in row[4..].iter().zip(columns) {
                assert_eq!(cell.parse::<f64>().ok(), value.as_f64(), "`{cell}` and {value}");
            }
        }
    }
    assert_eq!(rows.next(), None);
    let last = success(&words("run --loss ring --optimizer gd --optimizer sam --steps 20 --format csv"));
    assert_eq!(
        last.lines().map(|line| line.split(',').nth(3).unwrap_or_default()).collect::<Vec<_>>(),
        ["step", "20", "20"]
    );
}

/// Numbers read back to the same f64: the printed start and end are the library's own.
#[test]
fn numbers_read_back_to_the_same_bits() {
    use samscope::run::{Racer, Scenario};
    let report = json(&words(
        "run --loss beale --optimizer sam --eta 0.000123456789012345678 --init 0.1,-0.30000000000000004 --steps 1000",
    ));
    let scenario = Scenario::from_json(&report["scenario"].to_string()).expect("a scenario");
    assert_eq!(scenario.optimizers[0].eta, 0.000_123_456_789_012_345_68);
    assert_eq!(scenario.init, [0.1, -0.300_000_000_000_000_04]);
    let mut racer = Racer::new(scenario.run_spec(0));
    racer.advance(1000);
    let printed: Vec<_> = report["runs"][0]["final"]["x"]
        .as_array()
        .expect("a point")
        .iter()
        .map(|x| x.as_f64().expect("a number").to_bits())
        .collect();
    assert_eq!(printed, racer.x().iter().map(|x| x.to_bits()).collect::<Vec<_>>());
}

/// Numbers that do not exist are null: a loss that overflowed (the last x is finite), the direction of no gradient.
#[test]
fn non_finite_numbers_are_null() {
    let report = json(&words("run --loss beale --optimizer gd --init 9e7,9e7 --eta 1e6 --steps 10"));
    let run = &report["runs"][0];
    assert_eq!(run["stop_reason"], "diverged");
    assert!(run["final"]["x"].as_array().expect("a point").iter().all(Value::is_f64), "{run}");
    assert_eq!(run["final"]["loss"], Value::Null, "{run}");
    let at_rest = json(&words("run --loss quadratic --optimizer gd --init 0,0 --steps 0"));
    let point = &at_rest["runs"][0]["final"];
    assert_eq!((&point["alignment"], &point["rayleigh"], &point["r_asc"]), (&Value::Null, &Value::Null, &Value::Null));
}

/// What the stage promises, by the very command line.
#[test]
fn promised_command() {
    let report = json(&words(
        "run --loss toy4d --optimizer sam --eta 0.01 --rho 0.1 --init 0.5,0.5,0.3,0.3 --steps 100000 --format json",
    ));
    let end = &report["runs"][0]["final"];
    let x: Vec<f64> = end["x"].as_array().expect("a point").iter().map(|x| x.as_f64().expect("a number")).collect();
    assert!(x[0].abs() < 1e-3 && x[1].abs() < 1e-3 && (x[2].abs() - 0.008_695_7).abs() < 5e-8, "{x:?}");
    assert!(end["alignment"].as_f64() > Some(0.999), "{end}");
}

/// A parameter that decides the dimension may be given as such or as the dimension.
#[test]
fn dimension_by_parameter_and_by_flag() {
    let scenario = |flags: &str| {
        let line = format!("run --loss matrix-factorization --optimizer sam --steps 10 {flags}");
        json(&words(&line))["scenario"].clone()
    };
    for (flag, k, dim) in [("", 2, 4), ("--dim 4", 2, 4), ("--param k=3", 3, 6), ("--dim 8", 4, 8)] {
        let scenario = scenario(flag);
        assert_eq!(scenario["loss"]["params"]["k"].as_f64(), Some(f64::from(k)), "{flag}");
        assert_eq!(scenario["init"].as_array().map(Vec::len), Some(dim), "{flag}");
    }
    assert_eq!(scenario("--dim 6"), scenario("--param k=3"));
    assert_eq!(scenario("--dim 6"), scenario("--dim 6 --param k=3"));
}

/// The tables name every id.
#[test]
fn lists_are_readable() {
    for (list, key) in [("losses", "id"), ("optimizers", "id")] {
        let table = success(&[list]);
        for row in json(&[list, "--json"]).as_array().expect("a list") {
            let id = row[key].as_str().expect("an id");
            assert!(table.contains(id), "`samscope {list}` shows {id}");
        }
        assert!(table.lines().all(|line| line.chars().count() <= 100), "{table}");
    }
}

/// The golden JSON of a command; the time that it took is set to 0.
fn golden(name: &str, line: &str) {
    let mut value = json(&words(line));
    if let Some(runs) = value.get_mut("runs").and_then(Value::as_array_mut) {
        for run in runs {
            assert!(run["elapsed_s"].as_f64() >= Some(0.0));
            run["elapsed_s"] = 0.into();
        }
    }
    insta::assert_json_snapshot!(name, value);
}

/// INTERFACE's JSON, kept word for word: a change of a name or a number is a change of the contract.
#[test]
fn golden_json() {
    golden("losses", "losses --json");
    golden("optimizers", "optimizers --json");
    golden(
        "run_race",
        "run --loss toy4d --optimizer gd --optimizer sam --optimizer one-sam --steps 100 --seed 1 --record 8",
    );
    golden(
        "run_2d",
        "run --loss hyperbola --optimizer sam --eta 0.1 --rho 0.02 --init 2,-0.52 --param c=-1 --steps 50",
    );
}
