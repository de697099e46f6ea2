//! Typeset formulas in the window: they stay inside their panels, say the line of Unicode, and are copied as LaTeX.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

use egui::accesskit::Role;
use egui::{OutputCommand, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use samscope::app::{App, Command, LessonCommand, Page};
use samscope::formula::in_unicode;
use samscope::lesson::all;
use samscope::loss::{CATALOGUE, LossSpec};
use samscope::optimizer::METHODS;
use samscope::run::{OptimizerSpec, Scenario, Side};

const DESKTOP: Vec2 = Vec2::new(1440.0, 900.0);
const PHONE: Vec2 = Vec2::new(390.0, 844.0);

fn shown(size: Vec2, scenario: Scenario) -> Harness<'static, App> {
    let mut harness = Harness::builder()
        .with_size(size)
        .with_max_steps(200)
        .build_eframe(move |cc| App::new(&cc.egui_ctx, scenario.clone()));
    harness.state_mut().apply(Command::Play(false));
    harness.run_steps(3);
    harness
}

#[test]
fn the_formulas_of_every_lesson_are_inside_their_panel() {
    for size in [DESKTOP, PHONE] {
        let mut harness = shown(size, Scenario::welcome());
        for lesson in all() {
            harness.state_mut().apply(LessonCommand::Open(lesson.number).into());
            harness.state_mut().apply(LessonCommand::Predict(0).into());
            harness.state_mut().apply(LessonCommand::Turn(Page::Why).into());
            harness.run_steps(3);
            // The panel's width on a desktop; on a phone it is the window.
            let end = if size == PHONE { size.x } else { 376.0 };
            for paragraph in lesson.why.paragraphs(|_| None) {
                let role = if paragraph.formula().is_some() { Role::Button } else { Role::Label };
                let rect = harness.get_by_role_and_label(role, &paragraph.text()).rect();
                assert!(rect.left() >= 0.0 && rect.right() <= end, "{}: {rect:?} {}", lesson.title, paragraph.text());
            }
        }
    }
}

#[test]
fn the_formulas_of_cards_are_inside_their_panel() {
    for info in CATALOGUE {
        let loss = LossSpec::new(info.id);
        let init = loss.start();
        let scenario = Scenario { loss, init, ..Scenario::default() }.resolved().expect(info.id);
        let harness = shown(DESKTOP, scenario);
        let name = in_unicode(&format!("L = {}", info.formula));
        let rect = harness.get_by_role_and_label(Role::Button, &name).rect();
        assert!(rect.right() <= 292.0, "{}: {rect:?}", info.id);
    }
    for &method in METHODS {
        let optimizers = vec![OptimizerSpec::new(method)];
        let harness = shown(DESKTOP, Scenario { optimizers, ..Scenario::welcome() }.resolved().expect("valid"));
        let name = in_unicode(method.info().update);
        let rect = harness.get_by_role_and_label(Role::Button, &name).rect();
        assert!(rect.right() <= 292.0, "{}: {rect:?}", method.info().id);
    }
}

#[test]
fn a_formula_is_copied_as_latex() {
    let scenario = Scenario::welcome();
    let view = samscope::run::View { side: Side::Anatomy, ..scenario.view.clone() };
    let mut harness = shown(DESKTOP, Scenario { view, ..scenario });
    for source in [samscope::sharpness::Anatomy::EXPANSION, METHODS[0].info().update] {
        let mut copied = None;
        harness.get_by_role_and_label(Role::Button, &in_unicode(source)).click();
        harness.run_steps(3);
        harness.get_by_label("Copy as LaTeX").click();
        for _ in 0..4 {
            harness.step();
            for command in &harness.output().platform_output.commands {
                if let OutputCommand::CopyText(text) = command {
                    copied = Some(text.clone());
                }
            }
        }
        assert_eq!(copied.as_deref(), Some(source));
        assert!(harness.query_by_label("Copy as LaTeX").is_none(), "the menu is closed");
    }
}
