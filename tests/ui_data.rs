//! What the pictures say to those who don't see them: what they show now, and their numbers as tables.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

#[path = "common/ui.rs"]
mod common;

use common::{DESKTOP, PHONE, harness, pause, settle};
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use samscope::app::{App, Command};
use samscope::loss::{coordinate, short};
use samscope::race::Run;
use samscope::run::{Layout, Scenario};

/// What a picture whose name has `name` in it says that it shows.
fn said(harness: &Harness<App>, name: &str) -> String {
    let picture = harness.query_all(by().role(Role::Image).label_contains(name)).next_back();
    picture.unwrap_or_else(|| panic!("no picture `{name}`")).accesskit_node().description().expect("a text")
}

#[test]
fn the_map_says_where_everything_is() {
    let mut harness = harness(DESKTOP, Scenario::welcome());
    harness.run_steps(20);
    pause(&mut harness);
    let text = said(&harness, "Map of λ1");
    assert!(text.starts_with("x1 from ") && text.contains("Start at (0.50, 0.50, 0.30, 0.30)"), "{text}");
    for run in harness.state().session().runs() {
        let (point, name) = (run.head(), run.name());
        let x: Vec<_> = point.x.iter().map(|&x| coordinate(x)).collect();
        let place = format!("at ({}), L = {}, λ1 = {}", x.join(", "), short(point.loss), short(point.eigenvalues[0]));
        assert!(text.contains(&format!("{name} after ")) && text.contains(&place), "{name} {place}: {text}");
    }
    harness.state_mut().apply(Command::ToggleMethod(1));
    settle(&mut harness);
    assert!(!said(&harness, "Map of λ1").contains(". SAM after"), "what is hidden is not told");
}

#[test]
fn every_layout_has_a_picture_with_a_text() {
    for (layout, name, words) in [
        (Layout::Basin, "Basin of SAM", "SAM after "),
        (Layout::Sweep, "Sweep of SAM", "λ1 where a run of SAM ends"),
        (Layout::Surface, "Surface of GD", "GD after "),
        // The last of the chain.
        (Layout::Gap, "Map of ", "SAM after "),
    ] {
        let mut scenario = Scenario::welcome();
        scenario.view.layout = layout;
        let mut harness = harness(DESKTOP, scenario);
        harness.run_steps(5);
        pause(&mut harness);
        let text = said(&harness, name);
        assert!(text.contains(words), "{layout:?}: {text}");
    }
}

#[test]
fn curves_say_how_they_begin_and_end() {
    let mut harness = harness(DESKTOP, Scenario::welcome());
    harness.run_steps(20);
    pause(&mut harness);
    let run = harness.state().session().run(1).expect("SAM");
    let (first, last) = (run.points().first().expect("a point"), run.last());
    let words = format!("SAM λ1 from {} to {}", short(first.eigenvalues[0]), short(last.eigenvalues[0]));
    let text = said(&harness, "Curves of Hessian");
    assert!(text.contains(&words), "{words}: {text}");
}

#[test]
fn the_start_tells_its_coordinates() {
    let mut harness = harness(DESKTOP, Scenario::welcome());
    pause(&mut harness);
    let value = |harness: &Harness<App>| harness.get_by_role_and_label(Role::Slider, "Start point").value();
    assert_eq!(value(&harness).as_deref(), Some("x1 = 0.5, x2 = 0.5, x3 = 0.3, x4 = 0.3"));
    harness.state_mut().apply(Command::Start(vec![0.25, 0.5, 0.3, 0.3]));
    settle(&mut harness);
    assert_eq!(value(&harness).as_deref(), Some("x1 = 0.25, x2 = 0.5, x3 = 0.3, x4 = 0.3"));
}

/// The cells of every row of a table.
fn rows(harness: &Harness<App>, title: &str, role: Role) -> Vec<Vec<String>> {
    let table = harness.get_by_role_and_label(Role::Table, title);
    let rows = table.query_all_by_role(Role::Row);
    let cells = rows.map(|row| row.query_all_by_role(role).filter_map(|cell| cell.accesskit_node().label()).collect());
    cells.filter(|cells: &Vec<String>| !cells.is_empty()).collect()
}

#[test]
fn the_numbers_are_there_as_tables() {
    for size in [DESKTOP, PHONE] {
        let mut harness = harness(size, Scenario::welcome());
        harness.run_steps(40);
        pause(&mut harness);
        assert!(harness.query_by_role(Role::Table).is_none());
        harness.get_by_role_and_label(Role::Button, "tables").click();
        settle(&mut harness);
        let session = harness.state().session();
        let names: Vec<_> = session.runs().iter().map(Run::name).collect();
        let heads = rows(&harness, "Where the methods are", Role::Cell);
        assert_eq!(heads.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), names);
        for name in names {
            let columns = rows(&harness, &format!("Curves of {name}"), Role::ColumnHeader).remove(0);
            let cells = rows(&harness, &format!("Curves of {name}"), Role::Cell);
            let column = columns.iter().position(|column| column == "λ1").expect("λ1");
            let run = session.runs().iter().find(|run| run.name() == name).expect("a run");
            assert!((10..=25).contains(&cells.len()), "{} rows", cells.len());
            assert!(cells.iter().all(|row| row.len() == columns.len()));
            assert_eq!(cells[cells.len() - 1][column], short(run.last().eigenvalues[0]));
        }
        harness.key_press(egui::Key::Escape);
        settle(&mut harness);
        assert!(harness.query_by_role(Role::Table).is_none(), "Escape closes it");
    }
}
