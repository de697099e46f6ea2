//! The gallery: what each preset's sentence says is so in its run.

use samscope::lesson::{GALLERY, Lesson, Solution};

/// For each preset what must be so at the end of its run, in the words of the lessons' conditions.
const SO: [(&str, &str); 12] = [
    (
        "welcome",
        "sam.phi.lambda_1 < gd.phi.lambda_1 and sam.phi.lambda_1 < one-sam.phi.lambda_1 and one-sam.mean.trace < gd.trace and one-sam.mean.trace < sam.trace",
    ),
    ("two-wells", "gd.lambda_1 > 100 and sam.lambda_1 < 10 and gd.grad_norm < 0.001"),
    (
        "one-sam-trace",
        "one-sam.mean.x1 ≈ one-sam.predicted.x1 and one-sam.mean.trace < sam.mean.trace and sam.lambda_1 < one-sam.mean.lambda_1",
    ),
    ("late-sam", "gd.phi.lambda_1 ≈ sam.phi.lambda_1 and gd.phi.lambda_1 < gd.start.lambda_1"),
    // 2/η is 20 and 4.
    (
        "gd-edge",
        "2.start.lambda_1 > 4 and 2.lambda_1 < 4 and 2.lambda_1 < 1.lambda_1 and 1.grad_norm < 0.001 and 2.grad_norm < 0.001",
    ),
    ("saddle-trap", "gd.norm > 10 and sam.high.norm < 0.1 and sam.low.x1 < -0.01 and sam.high.x1 > 0.01"),
    ("usam-saddle", "usam.norm > 10 and sam.high.norm < 0.1"),
    ("hallucinated", "sam.norm ≈ 0.5 and sam.low.norm ≈ sam.high.norm and sam.loss > 0.1 and gd.loss < 0.001"),
    (
        "asc-edge",
        "asc-descent.lambda_1 > sam.lambda_1 and asc-descent.lambda_2 < sam.lambda_2 and asc-descent.low.x1 ≈ asc-descent.high.x1 and asc-descent.x1 < 0.95",
    ),
    ("chaos", "1.low.grad_norm > 1 and 2.low.grad_norm > 1 and 1.high.norm < 10 and 2.high.norm < 10"),
    (
        "crossing",
        "sam.low.alignment < 0.1 and sam.high.alignment > 0.9 and sam.lambda_1 < sam.start.lambda_1 and sam.lambda_1 ≈ sam.lambda_2",
    ),
    ("same-model", "gd.loss < 0.001 and sam.phi.loss < 0.001 and gd.lambda_1 > 4 and sam.phi.lambda_1 < 2.1"),
];

/// A lesson of one choice has what is needed to look at a run's end.
fn lesson(title: &str, json: &str, condition: &str) -> &'static Lesson {
    let text = format!(
        "# {title}\n\nIs it so?\n\n## Predict\n\n- Yes: `{condition}`\n\n## Run\n\n```json\n{json}\n```\n\n## Answer\n\nYes.\n\n\
         ## Why\n\nSo.\n\n## Now try\n\n## Sources\n"
    );
    Box::leak(Box::new(Lesson::parse(1, &text).expect("a lesson")))
}

#[test]
fn what_each_sentence_says_is_so() {
    let ids: Vec<_> = GALLERY.iter().map(|preset| preset.id).collect();
    assert_eq!(SO.map(|(id, _)| id).as_slice(), ids);
    for (preset, (_, condition)) in GALLERY.iter().zip(SO) {
        let scenario = serde_json::to_string(&preset.scenario()).expect("JSON");
        for comparison in condition.split(" and ") {
            let solution = Solution::new(lesson(preset.title, &scenario, comparison)).finished();
            let numbers = solution.numbers();
            assert_eq!(solution.right(), Some(0), "{}: `{comparison}` with {numbers:?}", preset.id);
        }
    }
}

#[test]
fn two_runs_of_the_chaos_part() {
    let scenario = GALLERY.iter().find(|preset| preset.id == "chaos").expect("it is there").scenario();
    let ends = [0, 1].map(|i| {
        let mut racer = samscope::run::Racer::new(scenario.run_spec(i));
        racer.advance(scenario.steps);
        racer.x().to_vec()
    });
    let apart: f64 = ends[0].iter().zip(&ends[1]).map(|(a, b)| (a - b).abs()).sum();
    assert!(apart > 0.01, "{ends:?}");
}

/// So that the gallery has something to warn of, and reads in a glance.
#[test]
fn there_are_good_ones_and_bad_ones_in_short_words() {
    for goes_well in [true, false] {
        assert!(GALLERY.iter().filter(|preset| preset.goes_well == goes_well).count() >= 4);
    }
    for preset in &GALLERY {
        assert!(preset.why.len() <= 140 && preset.why.ends_with('.'), "{}", preset.why);
    }
}
