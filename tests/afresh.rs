//! A last state with which the window crashes at once is not opened again; without a window.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

#[path = "common/cli.rs"]
mod program;

use std::fs;
use std::process::Command;

use egui_kittest::Harness;
use program::Folder;
use samscope::app::{App, Opening};
use samscope::run::Scenario;

/// One session, in a process of its own: some frames, then a crash or an orderly end. Prints the seed and the notice.
#[test]
#[ignore = "a part of the other test"]
#[expect(clippy::print_stdout, reason = "the other test reads it")]
fn session() {
    let mut harness = Harness::builder().build_eframe(|cc| App::open(&cc.egui_ctx, Opening::default()));
    harness.run_steps(2);
    if std::env::var_os("CRASH").is_some() {
        std::process::abort();
    }
    harness.state_mut().close();
    let app = harness.state();
    println!("seed {}, {}", app.scenario().seed, app.notice().unwrap_or("no notice"));
}

#[test]
fn a_state_that_crashes_the_window_is_opened_once() {
    let folder = Folder::new("afresh");
    let session = |crash: &str| {
        let mut command = Command::new(std::env::current_exe().expect("this test"));
        command.args(["--exact", "session", "--ignored", "--nocapture"]);
        command.env("SAMSCOPE_STATE", &folder.0).env_remove("CRASH").envs((!crash.is_empty()).then_some((crash, "1")));
        let output = command.output().expect("it starts");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let odd = Scenario { seed: 77, ..Scenario::welcome() };
    folder.write("state.json", &serde_json::to_string(&odd).expect("JSON"));
    for _ in 0..2 {
        assert!(session("").contains("seed 77, no notice"));
    }
    session("CRASH");
    let said = session("");
    let tried = folder.file("tried.json");
    assert!(!said.contains("seed 77") && said.contains("starts afresh") && said.contains(&tried), "{said}");
    let kept = fs::read_to_string(tried).expect("kept");
    assert_eq!(Scenario::from_json(&kept).expect("a scenario").seed, 77);
    let said = session("");
    assert!(!said.contains("seed 77") && said.contains("no notice"), "{said}");
}
