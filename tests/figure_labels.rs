//! In no figure does one text lie on another, at any width.

use samscope::figure::{Design, Figure, Line, Mark, Paper};
use samscope::run::Scenario;

/// A text with its rectangle: x min, y min, x max, y max.
fn text(mark: &Mark) -> Option<(&str, [f64; 4])> {
    let Mark::Text { place: [x, y], text, look } = mark else { return None };
    let line = Line::of(text, look.size);
    let [right, down] = line.offset(look.anchor);
    let (top, bottom) = (down - 0.6 * look.size, down + 0.1 * look.size);
    let rectangle = if look.upwards {
        [x + top, y - right - line.width, x + bottom, y - right]
    } else {
        [x + right, y + top, x + right + line.width, y + bottom]
    };
    (!text.is_empty()).then_some((text.as_str(), rectangle))
}

#[test]
fn no_text_lies_on_another() {
    let gap = (Design::named("gap").expect("a figure").scenario)();
    let four = r#"{"loss": {"id": "hyperbola"}, "optimizers": [{"id": "gd"}, {"id": "sam"}, {"id": "m-sam"},
        {"id": "asc-descent"}], "steps": 300}"#;
    let scenarios = [
        Scenario { steps: 2000, ..Scenario::welcome() },
        Scenario { steps: 2000, ..gap },
        Scenario::from_json(four).expect("a scenario"),
    ];
    let mut faults = Vec::new();
    for scenario in &scenarios {
        for &design in Design::ALL {
            let subject = design.subject(scenario);
            for width in [60.0, 84.0, 174.0, 400.0] {
                let figure = Figure::of(design, &subject, Paper { width, ..Paper::default() });
                let texts: Vec<_> = figure.sheet.marks.iter().filter_map(text).collect();
                for (i, (a, p)) in texts.iter().enumerate() {
                    for (b, q) in &texts[..i] {
                        if p[0] < q[2] && q[0] < p[2] && p[1] < q[3] && q[1] < p[3] {
                            faults.push(format!(
                                "{} of {}, {width} mm: `{a}` lies on `{b}`",
                                design.id,
                                scenario.loss.id()
                            ));
                        }
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} pairs:\n{}", faults.len(), faults.join("\n"));
}
