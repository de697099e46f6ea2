//! `samscope figure` and `animate` as others use them: every flag of a run, files that carry their scenario, refusals.
#![cfg(feature = "cli")]

#[path = "common/cli.rs"]
mod program;

use std::fs;

use program::{Folder, json, refusal, success};
use samscope::figure::read_scenario;

/// The flags of a run, of every kind.
const FLAGS: [&str; 18] = [
    "--loss",
    "quadratic-pair",
    "--param",
    "l1=3",
    "--optimizer",
    "one-sam",
    "--optimizer",
    "sam",
    "--eta",
    "0.05",
    "--rho",
    "0.2",
    "--init",
    "-1,0.5",
    "--seeds",
    "3..5",
    "--steps",
    "40",
];

fn with<'a>(first: &[&'a str], rest: &[&'a str]) -> Vec<&'a str> {
    [first, rest].concat()
}

#[test]
fn a_figure_takes_every_flag_of_a_run_and_carries_its_scenario() {
    let folder = Folder::new("figure-flags");
    let run = json(&with(&["run"], &FLAGS));
    for kind in ["svg", "png"] {
        let file = folder.file(&format!("figure.{kind}"));
        success(&with(&["figure", "landscape", "--dpi", "40", "--out", &file], &FLAGS));
        let read = read_scenario(&fs::read(&file).expect("the figure")).expect("its scenario");
        // The figure's view is the welcome scenario's; what is run is what the flags say.
        let mut read = serde_json::to_value(&read).expect("JSON");
        read["view"] = run["scenario"]["view"].clone();
        assert_eq!(read, run["scenario"], "{kind}");
        // Wherever a scenario file is taken, the figure is.
        let link = success(&["link", &file]);
        assert!(link.starts_with("#v1."));
        assert_eq!(success(&["open", &file]), success(&["open", link.trim()]));
        let again = folder.file(&format!("again.{kind}"));
        success(&["figure", "landscape", "--dpi", "40", "--scenario", &file, "--out", &again]);
        assert_eq!(fs::read(&again).expect("a figure"), fs::read(&file).expect("a figure"), "{kind}: not made again");
    }
    let video = folder.file("video.gif");
    success(&with(&["animate", "curves", "--frames", "3", "--width", "120", "--out", &video], &FLAGS));
    assert!(fs::read(&video).expect("the animation").starts_with(b"GIF89a"));
}

#[test]
fn surfaces_are_at_the_chosen_steps() {
    let folder = Folder::new("surface-steps");
    let file = folder.file("fig1.svg");
    success(&["figure", "fig1", "--steps", "400", "--surface-steps", "7,90,400", "--out", &file]);
    let svg = fs::read_to_string(&file).expect("the figure");
    for step in [7, 90, 400] {
        // GD, SAM and 1-SAM.
        assert_eq!(svg.matches(&format!("aria-label=\"step {step}, λ1 = ")).count(), 3, "step {step}");
    }
    assert!(svg.contains("the loss across the minimizers at steps 7, 90, 400."), "the caption says where");
    let default = folder.file("default.svg");
    success(&["figure", "fig1", "--steps", "400", "--out", &default]);
    let svg = fs::read_to_string(&default).expect("the figure");
    assert!(svg.contains("aria-label=\"start\"") && !svg.contains("step 90,"), "the start and the ends");
}

#[test]
fn bad_figures_are_refused_in_one_sentence() {
    let folder = Folder::new("bad-figures");
    let out = folder.file("figure.svg");
    let foreign = folder.file("foreign.svg");
    fs::write(&foreign, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").expect("a file");
    let png = folder.file("figure.png");
    let cases: [(&[&str], &str, &str); 11] = [
        (
            &["figure", "fig1", "--width", "400", "--dpi", "1200", "--steps", "1000000000000", "--out", &png],
            "--width and --dpi: ",
            "at most 67 million pixels",
        ),
        (&["figure", "fig1", "--caption", "short", "--out", &out], "--caption: ", "must be one of full, none"),
        (&["figure", "fig2", "--out", &out], "ID: ", "must be one of fig1, landscape"),
        (&["figure", "fig1"], "--out: ", "missing"),
        (&["figure", "fig1", "--out", "figure.jpg"], "--out: ", ".svg or .png"),
        (&["figure", "fig1", "--width", "10", "--out", &out], "--width: ", "from 60 to 400"),
        (
            &["figure", "fig1", "--surface-steps", "9,9", "--out", &out],
            "--surface-steps: ",
            "greater than the one before",
        ),
        (&["figure", "fig1", "--surface-steps", "1.5", "--out", &out], "--surface-steps: ", "a whole number"),
        (&["figure", "fig1", "--loss", "cubic", "--out", &out], "--loss: ", "must be one of"),
        (&["figure", "fig1", "--scenario", &foreign, "--out", &out], "--scenario ", "that samscope saves"),
        (&["animate", "--frames", "1", "--out", "video.gif"], "--frames: ", "from 2 to 1000"),
    ];
    for (arguments, start, part) in cases {
        let sentence = refusal(arguments);
        assert!(sentence.starts_with(start) && sentence.contains(part), "{arguments:?}: {sentence}");
    }
    assert!(fs::metadata(&out).is_err(), "nothing was written");
}

#[test]
fn a_caption_can_be_left_out() {
    let folder = Folder::new("captions");
    let [full, none] = ["full", "none"].map(|caption| {
        let file = folder.file(&format!("{caption}.svg"));
        success(&["figure", "curves", "--steps", "50", "--caption", caption, "--out", &file]);
        fs::read_to_string(&file).expect("the figure")
    });
    let drawn = |svg: &str| svg.matches("aria-label=").count();
    assert!(drawn(&none) < drawn(&full));
    for svg in [full, none] {
        assert!(svg.contains("<desc>What is measured along the runs."));
    }
}

#[test]
fn a_slide_has_its_shape() {
    let folder = Folder::new("figure-ratio");
    let file = folder.file("slide.png");
    let small = ["--steps", "40", "--dpi", "50", "--out", &file];
    success(&with(&["figure", "landscape", "--ratio", "16:9", "--caption", "none"], &small));
    let bytes = fs::read(&file).expect("the figure");
    let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
    let [width, height] = [side(16), side(20)];
    assert!((f64::from(width) / f64::from(height) - 16.0 / 9.0).abs() < 0.02, "{width} × {height}");
    let sentence = refusal(&with(&["figure", "landscape", "--ratio", "16/9"], &small));
    assert!(sentence.contains("--ratio") && sentence.contains("such as 16:9, but is `16/9`"), "{sentence}");
}
