//! Everything that can be done by a key: one table, from which come the keys themselves, the sheet of shortcuts and the command
//! palette. The palette adds what is chosen from lists.

use egui::{Key, Modifiers};

use super::command::{Command, OutsideCommand, Window};
use super::focus;
use super::lesson::LessonCommand;
use super::session::Session;
use super::transport::{faster, forward, slower};
use crate::figure::plain;
use crate::lesson::{self, GALLERY};
use crate::run::{Layout, Scale, Scenario, Side, View};
use crate::sharpness::{Curve, MapQuantity};

/// Something that can be done.
pub struct Action {
    /// What it does.
    pub name: &'static str,
    /// The keys that do it.
    keys: &'static [(Modifiers, Key)],
    /// What is to be done, now; `None` where there is nothing to do.
    command: fn(&Session) -> Option<Command>,
}

const fn action(
    name: &'static str,
    keys: &'static [(Modifiers, Key)],
    command: fn(&Session) -> Option<Command>,
) -> Action {
    Action { name, keys, command }
}

const PLAIN: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// All of them. A longer shortcut stands before the one that it contains.
const ACTIONS: &[Action] = &[
    action("Play or pause", &[(PLAIN, Key::Space)], |session| Some(Command::Play(!session.playing))),
    action("One step on", &[(PLAIN, Key::ArrowRight)], |session| Some(forward(session))),
    action("One step back through the recorded run", &[(PLAIN, Key::ArrowLeft)], |session| {
        session.kept_before().map(|step| Command::Scrub(Some(step)))
    }),
    action("Restart", &[(PLAIN, Key::Home)], |_| Some(Command::Restart)),
    action("Twice as fast", &[(PLAIN, Key::Plus), (PLAIN, Key::Equals)], |session| Some(faster(session))),
    action("Half as fast", &[(PLAIN, Key::Minus)], |session| Some(slower(session))),
    action("Redo", &[(CTRL_SHIFT, Key::Z), (CTRL, Key::Y)], |_| Some(Command::Redo)),
    action("Undo", &[(CTRL, Key::Z)], |_| Some(Command::Undo)),
    action("Do anything by its name", &[(CTRL, Key::K)], |_| Some(Command::Show(Window::Palette))),
    action("Show the shortcuts", &[(PLAIN, Key::Questionmark)], |_| Some(Command::Show(Window::Shortcuts))),
    action("Close the window that is open", &[(PLAIN, Key::Escape)], |_| Some(OutsideCommand::HideWindows.into())),
    action("Show the whole run on the map", &[], |_| Some(Command::Fit)),
    action("Zoom in", &[], |_| Some(Command::Zoom(0.7))),
    action("Zoom out", &[], |_| Some(Command::Zoom(1.0 / 0.7))),
    action("One map for all", &[], |session| Some(with_layout(session, Layout::Map))),
    action("Basin: where each start ends", &[], |session| Some(with_layout(session, Layout::Basin))),
    action("Sweep: where the run ends with other settings", &[], |session| Some(with_layout(session, Layout::Sweep))),
    action("Approximation gap: the chain side by side", &[], |session| Some(with_layout(session, Layout::Gap))),
    action("3-D: the loss as a surface", &[], |session| Some(with_layout(session, Layout::Surface))),
    action("Curves", &[], |session| Some(with_view(session, |view| view.side = Side::Curves))),
    action("Anatomy of one step", &[], |session| Some(with_view(session, |view| view.side = Side::Anatomy))),
    action("The data as tables", &[], |_| Some(Command::Show(Window::Data))),
    action("Limiting flows on the map, or not", &[], |session| {
        Some(with_view(session, |view| view.flows = !view.flows))
    }),
    action("Logarithmic steps, or not", &[], |session| Some(with_view(session, |view| toggle(&mut view.step_scale)))),
    action("Logarithmic values, or not", &[], |session| Some(with_view(session, |view| toggle(&mut view.value_scale)))),
    action("The next seed", &[], |session| {
        let scenario = session.scenario();
        Some(Command::Edit(Box::new(Scenario { seed: scenario.seed.saturating_add(1), ..scenario.clone() })))
    }),
    action("Gallery: runs worth a look", &[(PLAIN, Key::G)], |_| Some(Command::Show(Window::Gallery))),
    action("Glossary: what each symbol means", &[(PLAIN, Key::W)], |_| Some(Command::Show(Window::Glossary))),
    action("Share", &[], |_| Some(OutsideCommand::ShowShare.into())),
    action("Export", &[], |_| Some(OutsideCommand::ShowExport.into())),
    action("Open", &[], |_| Some(OutsideCommand::ShowOpen.into())),
    action("Lessons", &[], |_| Some(LessonCommand::Contents.into())),
    action("Lecture: page and picture in large type, or not", &[(PLAIN, Key::L)], |_| Some(Command::ToggleLecture)),
    action("To the laboratory", &[], |_| Some(LessonCommand::Leave.into())),
];

/// What the keys that have been pressed ask for, unless a field is being typed in. What has the focus has single keys of its
/// own.
pub fn by_keys(ctx: &egui::Context, session: &Session) -> Vec<Command> {
    if ctx.text_edit_focused() {
        return Vec::new();
    }
    let has_focus = focus::has_keys(ctx);
    let is_pressed = |&(modifiers, key): &(Modifiers, Key)| {
        ctx.input_mut(|input| match modifiers {
            // `+` and `?` are typed with other modifiers on other keyboards.
            PLAIN => !has_focus && !input.modifiers.command && input.key_pressed(key),
            _ => input.consume_key(modifiers, key),
        })
    };
    let asked = ACTIONS.iter().filter(|action| action.keys.iter().any(is_pressed));
    asked.filter_map(|action| (action.command)(session)).collect()
}

/// Each action that has keys, with them in words.
pub fn shortcuts() -> impl Iterator<Item = (&'static str, String)> {
    ACTIONS.iter().filter(|action| !action.keys.is_empty()).map(|action| (action.name, in_words(action.keys)))
}

/// Everything that can be done now, by name, with its keys.
pub fn everything(session: &Session) -> Vec<(String, String, Command)> {
    let actions = ACTIONS
        .iter()
        .filter_map(|action| Some((action.name.to_owned(), in_words(action.keys), (action.command)(session)?)));
    let lessons = lesson::all().iter().map(|lesson| {
        let name = format!("Lesson {}: {}", lesson.number, lesson.title);
        (name, String::new(), LessonCommand::Open(lesson.number).into())
    });
    let presets =
        GALLERY.iter().map(|preset| (format!("Gallery: {}", preset.title), String::new(), Command::Choose(preset)));
    let quantities = MapQuantity::ALL.iter().map(|&quantity| {
        let name = format!("Map shows {}", plain(quantity.info().entry.symbol));
        (name, String::new(), with_view(session, |view| view.quantity = quantity))
    });
    let shown = &session.scenario().view.curves;
    let curves = Curve::ALL.iter().map(|&curve| {
        let verb = if shown.contains(&curve) { "Hide" } else { "Show" };
        let name = format!("{verb} the curve {}", plain(curve.info().entry.symbol));
        let command = with_view(session, |view| match view.curves.iter().position(|&other| other == curve) {
            Some(i) => drop(view.curves.remove(i)),
            None => view.curves.push(curve),
        });
        (name, String::new(), command)
    });
    actions.chain(lessons).chain(presets).chain(quantities).chain(curves).collect()
}

fn in_words(keys: &[(Modifiers, Key)]) -> String {
    let names = keys.iter().map(|(modifiers, key)| {
        let before = [(modifiers.command, "Ctrl+"), (modifiers.shift, "Shift+")];
        let before: String = before.into_iter().filter(|(is_held, _)| *is_held).map(|(_, name)| name).collect();
        before
            + match key {
                Key::ArrowRight => "→",
                Key::ArrowLeft => "←",
                Key::Plus => "+",
                Key::Minus => "−",
                Key::Equals => "=",
                Key::Questionmark => "?",
                key => key.name(),
            }
    });
    names.collect::<Vec<_>>().join(" or ")
}

fn with_view(session: &Session, change: impl FnOnce(&mut View)) -> Command {
    let mut view = session.scenario().view.clone();
    change(&mut view);
    Command::View(Box::new(view))
}

fn with_layout(session: &Session, layout: Layout) -> Command {
    with_view(session, |view| view.layout = layout)
}

fn toggle(scale: &mut Scale) {
    *scale = if *scale == Scale::Log { Scale::Linear } else { Scale::Log };
}
