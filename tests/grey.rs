//! Where a map is grey it says in words what is undefined.

#[cfg(all(feature = "gui", not(target_arch = "wasm32")))]
#[path = "common/ui.rs"]
mod common;

use samscope::field::{Grid, grey_note};
use samscope::figure::{Design, Figure, Mark, Paper};
use samscope::run::Scenario;
use samscope::sharpness::MapQuantity;

const NOTE: &str = "is undefined where g = 0, as on Γ";

fn on_gamma(quantity: &str) -> Scenario {
    let text = format!(
        r#"{{"loss": {{"id": "toy4d"}}, "optimizers": [{{"id": "sam"}}], "steps": 20,
            "view": {{"quantity": "{quantity}", "through": "gamma", "axes": [1, 2]}}}}"#
    );
    Scenario::from_json(&text).expect("a scenario of this test")
}

/// All of toy4d's slice over Γ is grey for the ascent direction's two quantities.
#[test]
fn a_figure_says_that_the_ascent_direction_is_undefined_on_gamma() {
    for (quantity, symbol) in [("l_asc", "L^{Asc}"), ("r_asc", "R^{Asc}"), ("lambda_1", "")] {
        let scenario = on_gamma(quantity);
        let sheet = Figure::new(Design::named("landscape").expect("a figure"), &scenario, Paper::default()).sheet;
        let text = |mark: &Mark| if let Mark::Text { text, .. } = mark { Some(text.clone()) } else { None };
        let texts: Vec<String> = sheet.marks.iter().filter_map(text).collect();
        let is_noted = texts.iter().any(|text| text.starts_with("grey:") && text.ends_with(NOTE));
        assert_eq!(is_noted, !symbol.is_empty(), "{texts:?}");
        assert!(symbol.is_empty() || texts.iter().any(|text| *text == format!("grey: {symbol} {NOTE}")), "{texts:?}");
    }
}

#[test]
fn a_map_without_gaps_says_nothing() {
    let full = Grid::filled(4, 4, [0.0, 1.0, 0.0, 1.0], |u, v| u + v);
    assert_eq!(grey_note(MapQuantity::LAsc, &full), None);
    let hole = Grid::filled(4, 4, [0.0, 1.0, 0.0, 1.0], |u, v| if u == 0.0 { f64::NAN } else { v });
    assert_eq!(grey_note(MapQuantity::Trace, &hole).as_deref(), Some("grey: Tr H is undefined"));
}

#[cfg(all(feature = "gui", not(target_arch = "wasm32")))]
#[test]
fn the_window_says_so_too() {
    let mut harness = common::harness(egui::vec2(1280.0, 800.0), on_gamma("l_asc"));
    common::pause(&mut harness);
    // Its symbols are typeset apart from its words.
    let texts: Vec<String> = common::written(&harness).into_iter().map(|(text, _)| text.trim().to_owned()).collect();
    assert!(["grey:", "undefined"].iter().all(|word| texts.iter().any(|text| text == word)), "{texts:?}");
}
