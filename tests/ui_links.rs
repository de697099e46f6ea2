//! Undo, links, files and the embedded view, without a window.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

#[path = "common/ui.rs"]
mod common;

use std::fs;
use std::path::PathBuf;

use common::{DESKTOP, PHONE, map, pause, settle, start};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Pos2, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use samscope::app::{App, Command, Opening, OutsideCommand};
use samscope::figure::{Design, Figure, Paper};
use samscope::platform::{Message, save_file};
use samscope::run::Scenario;

fn harness(size: Vec2, open: impl Fn(&egui::Context) -> App + 'static) -> Harness<'static, App> {
    Harness::builder().with_size(size).with_max_steps(200).build_eframe(move |cc| open(&cc.egui_ctx))
}

/// The welcome scenario, paused; no state is read or kept.
fn paused(size: Vec2) -> Harness<'static, App> {
    let mut harness = harness(size, |ctx| App::new(ctx, Scenario::welcome()));
    pause(&mut harness);
    harness
}

fn opened(size: Vec2, hash: String, embed: bool) -> Harness<'static, App> {
    harness(size, move |ctx| App::open(ctx, Opening { hash: hash.clone(), embed, ..Opening::default() }))
}

fn drag(harness: &mut Harness<App>, from: Pos2, by: Vec2) {
    harness.drag_at(from);
    harness.run_steps(1);
    for i in 1..=6 {
        harness.hover_at(from + by * (i as f32 / 6.0));
        harness.run_steps(1);
    }
    harness.drop_at(from + by);
    settle(harness);
}

fn with_seed(harness: &Harness<App>, seed: u64) -> Command {
    Command::Edit(Box::new(Scenario { seed, ..harness.state().scenario().clone() }))
}

#[test]
fn a_drag_is_one_undo_and_one_redo() {
    let mut harness = paused(DESKTOP);
    let first = harness.state().scenario().clone();
    let from = start(&harness);
    drag(&mut harness, from, Vec2::new(90.0, -60.0));
    let dragged = harness.state().scenario().clone();
    assert_ne!(dragged.init, first.init);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(*harness.state().scenario(), first, "one key takes the whole drag back");
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    settle(&mut harness);
    assert_eq!(*harness.state().scenario(), dragged);
    harness.get_by_role_and_label(Role::Button, "Undo").click();
    settle(&mut harness);
    assert_eq!(*harness.state().scenario(), first);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    settle(&mut harness);
    assert_eq!(*harness.state().scenario(), dragged);
}

#[test]
fn undo_goes_back_at_most_a_hundred_changes_and_leaves_the_map_where_it_is() {
    let mut harness = paused(DESKTOP);
    for seed in 1..=120 {
        let mut scenario = Scenario { seed, ..harness.state().scenario().clone() };
        // Two fields in turn, so that no change is merged with the one before.
        scenario.optimizers[0].batch = 1 + (seed as usize % 2);
        harness.state_mut().apply(Command::Edit(Box::new(scenario.clone())));
        scenario.view.flows = !scenario.view.flows;
        harness.state_mut().apply(Command::Edit(Box::new(scenario)));
    }
    let mut panned = harness.state().scenario().clone();
    panned.view.bounds = Some([0.0, 1.0, 0.0, 1.0]);
    panned.view.camera = [30.0, 40.0];
    harness.state_mut().apply(Command::Edit(Box::new(panned)));
    for _ in 0..150 {
        harness.state_mut().apply(Command::Undo);
    }
    let scenario = harness.state().scenario();
    assert_eq!(scenario.seed, 70);
    assert_eq!((scenario.view.bounds, scenario.view.camera), (Some([0.0, 1.0, 0.0, 1.0]), [30.0, 40.0]));
    let edit = with_seed(&harness, 500);
    harness.state_mut().apply(edit);
    harness.state_mut().apply(Command::Redo);
    assert_eq!(harness.state().scenario().seed, 500, "a change ends what could be made again");
}

#[test]
fn keys_belong_to_the_field_that_is_typed_in() {
    let mut harness = paused(DESKTOP);
    let edit = with_seed(&harness, 5);
    harness.state_mut().apply(edit);
    harness.get_by_role_and_label(Role::SpinButton, "SAM's η").click();
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(2);
    assert_eq!(harness.state().scenario().seed, 5);
}

#[test]
fn a_link_opens_and_a_bad_one_is_told_over_the_welcome_scenario() {
    let shared = Scenario { seed: 77, ..Scenario::welcome() };
    let mut good = opened(DESKTOP, format!("#{}", shared.to_link()), false);
    good.run_steps(5);
    assert_eq!((good.state().scenario(), good.state().notice()), (&shared, None));
    for (hash, words) in [("#v1.eJy", "damaged"), ("#v2.abc", "newer version"), ("#here", "not a samscope link")] {
        for embed in [false, true] {
            let mut bad = opened(DESKTOP, hash.to_owned(), embed);
            bad.run_steps(5);
            assert_eq!(*bad.state().scenario(), Scenario::welcome());
            assert!(bad.state().notice().is_some_and(|notice| notice.contains(words)), "{:?}", bad.state().notice());
            assert!(bad.query_by_label_contains(words).is_some(), "it is shown");
            assert!(bad.state().session().playing);
        }
    }
}

#[test]
fn the_address_of_an_open_page_can_change() {
    let mut harness = paused(DESKTOP);
    let shared = Scenario { seed: 78, ..Scenario::welcome() };
    harness.state().mailbox().post(Message::Hash(format!("#{}", shared.to_link())));
    harness.run_steps(2);
    assert_eq!(harness.state().scenario(), &shared);
    assert!(harness.state().session().playing);
    harness.state().mailbox().post(Message::Hash("#v1.zzz".to_owned()));
    harness.run_steps(2);
    assert_eq!(harness.state().scenario(), &shared, "a bad one leaves what is there");
    assert!(harness.state().notice().is_some_and(|notice| notice.contains("damaged")));
    harness.state_mut().apply(Command::Undo);
    assert_eq!(harness.state().scenario(), &Scenario::welcome(), "what was there before comes back");
}

#[test]
fn a_file_opens_and_what_is_no_scenario_is_told() {
    let mut harness = paused(DESKTOP);
    let open = |harness: &mut Harness<App>, bytes: &[u8]| {
        harness.state().mailbox().post(Message::Opened { name: "it.json".to_owned(), bytes: bytes.to_vec() });
        harness.run_steps(2);
    };
    open(&mut harness, b"{\"seed\": 9}");
    assert_eq!(harness.state().scenario().seed, 9);
    for (bytes, words) in [
        (&b"\xff\xfe"[..], "it.json holds no scenario: it is neither text nor a figure"),
        (b"hello", "it.json holds no scenario: must be a JSON object"),
        (b"{\"optimizers\": [{\"eta\": -1}]}", "optimizers[0].eta: must be a number above 0"),
    ] {
        open(&mut harness, bytes);
        assert!(
            harness.state().notice().is_some_and(|notice| notice.contains(words)),
            "{:?}",
            harness.state().notice()
        );
        assert_eq!(harness.state().scenario().seed, 9);
    }
    let figure = Figure::new(
        Design::named("anatomy").expect("a figure"),
        &Scenario { seed: 10, ..Scenario::welcome() },
        Paper::default(),
    );
    open(&mut harness, figure.svg().as_bytes());
    assert_eq!(harness.state().scenario().seed, 10, "a figure opens as its scenario");
    assert!(harness.state().notice().is_none(), "{:?}", harness.state().notice());
    let absent = OutsideCommand::Open("/no/such/file.json".to_owned());
    harness.state_mut().apply(absent.into());
    harness.run_steps(2);
    assert!(harness.state().notice().is_some_and(|notice| notice.contains("annot read /no/such/file.json")));
}

/// The steps of a figure's surfaces are typed; what cannot be read is told and stays.
#[test]
fn surfaces_steps_are_typed_into_the_export_window() {
    let mut harness = paused(DESKTOP);
    harness.get_by_role_and_label(Role::Button, "Export…").click();
    harness.run_steps(3);
    let mut type_steps = |text: &str| {
        harness.get_by_role_and_label(Role::TextInput, "Surfaces at steps").click();
        harness.run_steps(2);
        harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        harness.event(Event::Text(text.to_owned()));
        harness.run_steps(2);
        harness.key_press(Key::Enter);
        harness.run_steps(3);
        let value = harness.get_by_role_and_label(Role::TextInput, "Surfaces at steps").value();
        (harness.state().scenario().view.surface_steps.clone(), harness.state().notice().map(str::to_owned), value)
    };
    assert_eq!(type_steps("0, 20 300"), (vec![0, 20, 300], None, Some("0, 20, 300".to_owned())));
    let (steps, notice, value) = type_steps("7, soon");
    assert_eq!((steps, value.as_deref()), (vec![0, 20, 300], Some("7, soon")));
    assert!(notice.is_some_and(|notice| notice.contains("Surfaces at steps: must be whole numbers")));
    let (steps, notice, _) = type_steps("9, 7");
    assert_eq!(steps, [0, 20, 300]);
    assert!(notice.as_ref().is_some_and(|notice| notice.contains("greater than the one before")), "{notice:?}");
    assert_eq!(type_steps(" ").0, [0_u64; 0], "none are the start and the ends");
}

#[test]
fn a_link_is_typed_into_the_open_window() {
    let mut harness = paused(DESKTOP);
    harness.get_by_role_and_label(Role::Button, "Open…").click();
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::TextInput, "Link or path").click();
    harness.run_steps(2);
    let shared = Scenario { seed: 79, ..Scenario::welcome() };
    harness.event(Event::Text(format!("https://example.org/#{}", shared.to_link())));
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    assert_eq!(harness.state().scenario(), &shared);
    assert!(harness.query_by_label("Link or path").is_none(), "the window has closed");
}

#[test]
fn the_share_window_fits_copies_and_loses_nothing() {
    for size in [DESKTOP, PHONE] {
        let mut harness = paused(size);
        if size == PHONE {
            harness.get_by_role_and_label(Role::Button, "Menu").click();
            harness.run_steps(3);
        }
        harness.get_by_role_and_label(Role::Button, "Share…").click();
        settle(&mut harness);
        for label in ["Copy link", "Save scenario"] {
            let rect = harness.get_by_role_and_label(Role::Button, label).rect();
            assert!(rect.left() >= 0.0 && rect.right() <= size.x && rect.bottom() <= size.y, "{label}: {rect:?}");
        }
        harness.get_by_role_and_label(Role::Button, "Copy link").click();
        harness.run_steps(3);
        assert!(harness.query_by_label("Link is copied.").is_some());
        let message = Message::NotCopied { reason: "the browser refused".to_owned(), text: "#v1.kept".to_owned() };
        harness.state().mailbox().post(message);
        harness.run_steps(3);
        assert_eq!(harness.state().notice(), Some("Not copied: the browser refused."));
        assert!(
            harness.query_by_role_and_label(Role::MultilineTextInput, "Text to copy").is_some()
                || harness.query_by_label("Text to copy").is_some()
        );
        settle(&mut harness);
    }
}

#[test]
fn embedded_there_are_picture_and_transport_only() {
    for size in [Vec2::new(480.0, 360.0), Vec2::new(720.0, 480.0), DESKTOP] {
        for layout in ["map", "gap"] {
            let mut shared = Scenario::welcome();
            shared.view = serde_json::from_value(serde_json::json!({ "layout": layout })).expect("a view");
            let mut harness = opened(size, shared.to_link(), true);
            harness.run_steps(20);
            harness.get_by_role_and_label(Role::Button, "Pause");
            for absent in ["SAM's η", "Share…", "Undo", "Gap", "Curves"] {
                assert!(harness.query_by_label(absent).is_none(), "`{absent}` is shown");
            }
            let map = map(&harness);
            assert!(map.y > 0.25 * size.y && map.y < 0.6 * size.y, "the picture fills it: {map:?}");
            harness.state_mut().apply(Command::Play(false));
            settle(&mut harness);
        }
    }
}

#[test]
fn a_saved_file_never_replaces_another() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("save-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let target = folder.join("picture.svg");
    for (number, name) in ["picture.svg", "picture-2.svg", "picture-3.svg"].iter().enumerate() {
        let sentence = save_file(target.to_str().expect("UTF-8"), "image/svg+xml", &[number as u8]);
        assert_eq!(sentence, Ok(format!("Saved as {}", folder.join(name).display())));
        assert_eq!(fs::read(folder.join(name)).expect("there"), [number as u8]);
    }
    let nowhere = save_file("/no/such/folder/a.svg", "image/svg+xml", b"x").expect_err("no folder");
    assert!(nowhere.starts_with("cannot write /no/such/folder/a.svg: "), "{nowhere}");
    assert_eq!(fs::read_dir(&folder).expect("there").count(), 3, "nothing else is left behind");
    fs::remove_dir_all(folder).expect("there");
}
