//! The way from the window to the verified claims: the Export window's kind of file.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

use std::time::{Duration, Instant};

use egui::Vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use samscope::app::{App, Command};
use samscope::figure::{Design, FigureRequest};
use samscope::platform::{Job, Product};
use samscope::run::Scenario;

#[test]
fn the_export_window_offers_the_claims() {
    for size in [Vec2::new(1440.0, 900.0), Vec2::new(390.0, 844.0)] {
        let mut harness: Harness<App> =
            Harness::builder().with_size(size).build_eframe(|cc| App::new(&cc.egui_ctx, Scenario::welcome()));
        harness.state_mut().apply(Command::Play(false));
        harness.run_steps(3);
        if size.x < 500.0 {
            harness.get_by_label("Menu").click();
            harness.run_steps(3);
        }
        harness.get_by_label("Export…").click();
        harness.run_steps(3);
        harness.get_by_label("Kind of file").click();
        harness.run_steps(3);
        harness.get_by_label("HTML: every claim, verified now").click();
        harness.run_steps(3);
        assert!(harness.query_by_label_contains("claims anew").is_some(), "{size}: it says what it does");
        assert!(harness.query_by_label_contains("The run up to step").is_none(), "{size}: it is of no run");
        assert!(harness.get_by_label("Path").value().is_some_and(|path| path.ends_with("samscope-claims.html")));
    }
}

/// The claims run beside the window, which learns how far they have come and can stop them.
#[test]
fn the_claims_run_beside_the_window() {
    let ctx = egui::Context::default();
    let start = || Job::start(Product::Claims, FigureRequest::new(Design::ALL[0], Scenario::welcome()), &ctx);
    let stopped = start();
    stopped.cancel();
    assert_eq!(stopped.take(), Some(Err("it was cancelled".to_owned())));
    let job = start();
    let (mut begin, mut seen) = (Instant::now(), 0.0);
    let made = loop {
        let progress = job.progress();
        if progress > seen {
            begin = Instant::now();
        }
        assert!(progress >= seen && begin.elapsed() < Duration::from_mins(4), "progress {progress} after {seen}");
        seen = progress;
        if let Some(made) = job.take() {
            break made.expect("a page");
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    assert!(seen > 0.5, "the progress was seen: {seen}");
    let page = String::from_utf8(made.bytes).expect("UTF-8");
    let count = samscope::theory::claims::all().count();
    assert!(page.contains(&format!("{count} of {count} claims hold")), "all hold");
}
