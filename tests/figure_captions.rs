//! Captions: drawn or not, always in the file, and never longer than a reader wants them.

use samscope::figure::{Caption, Design, Draughtsman, Figure, FigureRequest, Mark, Paper};
use samscope::run::Scenario;

fn texts(figure: &Figure) -> String {
    let text = |mark: &Mark| if let Mark::Text { text, .. } = mark { Some(text.clone()) } else { None };
    figure.sheet.marks.iter().filter_map(text).collect::<Vec<_>>().join(" ")
}

/// 64 samples of nearly 10 000 letters, whose digits no packing makes much shorter.
fn largest() -> Scenario {
    let mut state = 1_u64;
    let mut digit = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'0' + (state >> 33) as u8 % 10)
    };
    let mut sample = || format!("x^2*1.{}", (0..9_990).map(|_| digit()).collect::<String>());
    let expressions: Vec<String> = (0..64).map(|_| sample()).collect();
    let json = serde_json::json!({
        "loss": {"id": "typed", "expressions": expressions}, "init": [0.5], "optimizers": [{"id": "gd"}], "steps": 20
    });
    Scenario::from_json(&json.to_string()).expect("a scenario of this test")
}

#[test]
fn a_caption_is_drawn_or_not_and_always_in_the_file() {
    let scenario = Scenario { steps: 300, ..Scenario::welcome() };
    for &design in Design::ALL {
        let subject = design.subject(&scenario);
        let [with, without] = [Caption::Full, Caption::None]
            .map(|caption| Figure::of(design, &subject, Paper { caption, ..Paper::default() }));
        assert!(texts(&with).contains("start (0.5") && !texts(&without).contains("start (0.5"), "{}", design.id);
        assert!(without.sheet.size[1] < with.sheet.size[1], "{}: its room is left out too", design.id);
        for svg in [with.svg(), without.svg()] {
            assert!(svg.contains(&format!("<desc>{}</desc>", design.caption(&scenario))), "{}", design.id);
        }
    }
}

#[test]
fn a_request_says_whether_the_caption_is_drawn() {
    let scenario = Scenario { steps: 30, ..Scenario::welcome() };
    let plain = FigureRequest::new(Design::ALL[2], scenario);
    let bare = FigureRequest { caption: Caption::None, ..plain.clone() };
    let mut json = serde_json::to_value(&bare).expect("JSON");
    assert_eq!(json["caption"], "none");
    let svg = |request: &FigureRequest| Draughtsman::default().svg(request).expect("a figure");
    assert!(svg(&bare).len() < svg(&plain).len());
    // What was asked for before there was a choice has it.
    json.as_object_mut().expect("an object").remove("caption");
    assert_eq!(serde_json::from_value::<FigureRequest>(json).expect("a request"), plain);
}

#[test]
fn a_long_formula_is_quoted_in_part_and_its_figure_and_link_open() {
    let scenario = largest();
    let figure = Figure::new(Design::named("curves").expect("a figure"), &scenario, Paper::default());
    assert!(texts(&figure).contains("…; start (0.5)"), "{}", texts(&figure));
    assert!(
        figure.caption.contains(&scenario.loss.as_typed().expect("typed").expressions()[63]),
        "the whole is in the description"
    );
    let svg = figure.svg();
    assert!(svg.len() < 4_000_000, "{} bytes", svg.len());
    assert_eq!(samscope::figure::read_scenario(svg.as_bytes()).as_ref(), Ok(&scenario));
    assert_eq!(Scenario::from_link(&scenario.to_link()).as_ref(), Ok(&scenario));
}

/// Before anything is run: these steps would take hours.
#[test]
fn a_picture_of_too_many_pixels_is_refused_before_the_work() {
    let scenario = Scenario { steps: 1_000_000_000_000, ..Scenario::welcome() };
    let request = FigureRequest::new(Design::ALL[0], scenario);
    let sentence = request.check_pixels(18_898).expect_err("400 mm at 1200 dpi");
    assert!(sentence.contains("at most 67 million pixels") && sentence.contains("18898 × "), "{sentence}");
    let most: u32 =
        sentence.split("a width of ").nth(1).and_then(|rest| rest.split(',').next()?.parse().ok()).expect("a width");
    assert_eq!(request.check_pixels(most), Ok(()));
    assert!(request.check_pixels(most + 10).is_err());
}
