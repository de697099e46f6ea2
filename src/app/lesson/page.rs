//! One page of a lesson.

use egui::{RichText, ScrollArea, Ui};

use super::{Beside, LessonCommand, Open, Page, is_shown};
use crate::app::command::Command;
use crate::app::fields::{finger, small_button};
use crate::app::focus::{self, Place};
use crate::app::formula;
use crate::app::session::Session;
use crate::app::theme::Colours;
use crate::lesson::{Paragraph, Prose, number};
use crate::run::Scenario;

/// The size of the text, in points.
const TEXT: f32 = 14.5;
/// The same of a claim.
const CLAIM: f32 = 13.0;

/// Shows the open page.
pub fn show(ui: &mut Ui, open: &Open, session: &Session, beside: &Beside) -> Vec<Command> {
    let is_lecture = beside.is_lecture;
    let mut commands = Vec::new();
    let scenario = session.scenario();
    let may_go_on = is_lecture || open.predicted.is_some();
    let head = |ui: &mut Ui| {
        let wish = if is_lecture { end_of_lecture(ui) } else { ways_out(ui) };
        wish.or(header(ui, open, may_go_on))
    };
    // A phone has no room for what stands still.
    let scrolls = finger(ui) != egui::Vec2::ZERO;
    let mut wish = if scrolls { None } else { head(ui) };
    egui::Panel::bottom("lesson_pages").show_separator_line(true).show(ui, |ui| {
        ui.add_space(3.0);
        wish = wish.take().or(turning(ui, open, may_go_on));
    });
    // Each page begins at its top.
    ScrollArea::vertical().id_salt((open.lesson.number, open.page as usize)).auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 8.0;
        if scrolls {
            wish = wish.take().or(head(ui));
        }
        let asked = match open.page {
            Page::Question => question(ui, open),
            Page::Run => run(ui, open, scenario),
            Page::Answer => answer(ui, open, session),
            Page::Why => text(ui, open, &open.lesson.why),
            Page::Try => tries(ui, open, scenario),
        };
        wish = wish.take().or(asked);
        if let Some(below) = beside.below.filter(|_| open.page == Page::Run) {
            commands.extend(below(ui));
        }
    });
    commands.extend(wish);
    commands
}

/// To the other lessons, to the laboratory, into a lecture.
fn ways_out(ui: &mut Ui) -> Option<Command> {
    let mut wish: Option<Command> = None;
    ui.horizontal_wrapped(|ui| {
        if ui.button("Contents").clicked() {
            wish = Some(LessonCommand::Contents.into());
        }
        if ui
            .button("To the laboratory")
            .on_hover_text("Keeps all settings as they are; Lessons brings you back here")
            .clicked()
        {
            wish = Some(LessonCommand::Leave.into());
        }
        if ui.button("Lecture").on_hover_text("Page and picture in large type, for a class (L)").clicked() {
            wish = Some(Command::ToggleLecture);
        }
    });
    wish
}

/// The way out of a lecture without a keyboard.
fn end_of_lecture(ui: &mut Ui) -> Option<Command> {
    let button = small_button(ui, RichText::new("End the lecture").weak()).on_hover_text("Or press Esc");
    button.clicked().then_some(Command::ToggleLecture)
}

/// The title and the pages.
fn header(ui: &mut Ui, open: &Open, may_go_on: bool) -> Option<Command> {
    let mut wish = None;
    let lesson = open.lesson;
    focus::title(ui, Place::Lessons, RichText::new(format!("{}. {}", lesson.number, lesson.title)).heading());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        for (page, name) in Page::ALL {
            let can = page == Page::Question || may_go_on;
            let tab = egui::Button::selectable(page == open.page, RichText::new(name).size(13.0));
            if ui.add_enabled(can, tab.min_size(finger(ui))).on_disabled_hover_text("Predict first").clicked() {
                wish = Some(LessonCommand::Turn(page));
            }
        }
    });
    ui.separator();
    wish.map(Command::from)
}

/// Back and on.
fn turning(ui: &mut Ui, open: &Open, may_go_on: bool) -> Option<Command> {
    let mut wish = None;
    ui.horizontal(|ui| {
        let before = open.page.before();
        if ui.add_enabled(before.is_some(), egui::Button::new("Back")).clicked() {
            wish = before.map(LessonCommand::Turn);
        }
        let Some(next) = open.page.next() else {
            let number = open.lesson.number + 1;
            if number <= crate::lesson::all().len() && ui.button(format!("Lesson {number}")).clicked() {
                wish = Some(LessonCommand::Open(number));
            }
            return;
        };
        let name = match next {
            Page::Run => "Run it",
            Page::Answer => "See the answer",
            Page::Why => "Why?",
            Page::Question | Page::Try => "Now try",
        };
        let button = egui::Button::new(RichText::new(name).strong());
        let hint = "Choose what you expect first";
        if ui.add_enabled(may_go_on, button).on_disabled_hover_text(hint).clicked() {
            wish = Some(LessonCommand::Turn(next));
        }
    });
    wish.map(Command::from)
}

fn question(ui: &mut Ui, open: &Open) -> Option<Command> {
    let mut wish = text(ui, open, &open.lesson.question);
    ui.strong("Your prediction");
    wish = wish.or(text(ui, open, &open.lesson.predict));
    for (i, choice) in open.lesson.choices.iter().enumerate() {
        let choice = RichText::new(&choice.text).size(TEXT);
        if ui.radio(open.predicted == Some(i), choice).clicked() {
            wish = Some(LessonCommand::Predict(i).into());
        }
    }
    if open.mark.is_some() {
        ui.label(
            RichText::new("You can also drag the cross on the map to where you think the run will end.").size(TEXT),
        );
    }
    wish
}

fn run(ui: &mut Ui, open: &Open, scenario: &Scenario) -> Option<Command> {
    if let Some(choice) = open.predicted.and_then(|i| open.lesson.choices.get(i)) {
        ui.label(RichText::new(format!("You predict: {}.", choice.text)).weak());
    }
    text(ui, open, &open.lesson.watch).or(put_back(ui, open, scenario))
}

/// What came of the run, once that has ended for everybody to see.
fn answer(ui: &mut Ui, open: &Open, session: &Session) -> Option<Command> {
    let Some([verdict, right, miss]) = open.outcome(session) else {
        ui.horizontal(|ui| {
            ui.spinner();
            let goes_on = open.goes_on(session);
            ui.label(if goes_on { "The run goes to its end …" } else { "The run is being measured …" });
        });
        return None;
    };
    if let Some(verdict) = verdict {
        ui.strong(verdict);
    }
    if let Some(right) = right {
        ui.label(RichText::new(right).size(TEXT).strong());
    }
    if let Some(miss) = miss {
        ui.label(miss);
    }
    let wish = text(ui, open, &open.lesson.answer);
    claims(ui, open);
    wish
}

/// Above what an answer rests on.
const RESTS_ON: &str =
    "What the answer rests on, each checked now by a computation of its own, with settings of its own:";

/// What theory says, and what was measured.
fn claims(ui: &mut Ui, open: &Open) {
    let colours = Colours::of(ui);
    let verdicts = open.solution.verdicts();
    if !open.lesson.claims.is_empty() {
        ui.label(RichText::new(RESTS_ON).weak());
    }
    for (i, claim) in open.lesson.claims.iter().enumerate() {
        egui::Frame::new().fill(ui.visuals().faint_bg_color).corner_radius(5).inner_margin(6).show(ui, |ui| {
            ui.set_width(ui.available_width());
            formula::paragraph(ui, &Paragraph::of_text(claim.statement), CLAIM, ui.visuals().text_color());
            let Some(verdict) = verdicts.get(i) else {
                ui.label(RichText::new("being checked …").weak());
                return;
            };
            let told = |value: Option<f64>| value.map_or_else(|| "no number".to_owned(), number);
            let (predicted, measured) = (told(verdict.predicted), told(verdict.measured));
            let line = format!("theory {}{predicted}, measured {measured}", claim.bound.sign());
            ui.label(RichText::new(line).monospace().size(12.5));
            let (word, colour) =
                if verdict.holds { ("holds", ui.visuals().strong_text_color()) } else { ("fails", colours.error()) };
            let outcome = format!("The {} {word}. {}", claim.kind.name(), claim.source);
            ui.label(RichText::new(outcome).color(colour).size(12.5));
        });
    }
}

fn tries(ui: &mut Ui, open: &Open, scenario: &Scenario) -> Option<Command> {
    let mut wish = None;
    ui.strong("Now try");
    for (i, other) in open.lesson.tries.iter().enumerate() {
        let is_on = is_shown(scenario, &other.scenario);
        let button = egui::Button::selectable(is_on, RichText::new(&other.text).size(TEXT)).wrap();
        let button =
            button.frame_when_inactive(true).min_size(egui::vec2(ui.available_width(), finger(ui).y.max(30.0)));
        if ui.add(button).clicked() {
            wish = Some(LessonCommand::Try(i).into());
        }
    }
    wish = wish.or(put_back(ui, open, scenario));
    ui.strong("Sources");
    for source in &open.lesson.sources {
        ui.label(source);
    }
    wish
}

/// A way back where something else runs than the lesson's own scenario.
fn put_back(ui: &mut Ui, open: &Open, scenario: &Scenario) -> Option<Command> {
    let changed = !is_shown(scenario, &open.lesson.scenario);
    (changed && ui.button("Put the lesson's run back").clicked()).then(|| LessonCommand::PutBack.into())
}

/// Paragraphs; a formula stands apart.
fn text(ui: &mut Ui, open: &Open, prose: &Prose) -> Option<Command> {
    let mut wish = None;
    for paragraph in prose.paragraphs(|name| open.solution.measured(name)) {
        let Some(source) = paragraph.formula() else {
            formula::paragraph(ui, &paragraph, TEXT, ui.visuals().text_color());
            continue;
        };
        ui.horizontal(|ui| {
            ui.add_space(12.0);
            wish = wish.take().or(formula::show_to_copy(ui, source, TEXT, ui.visuals().strong_text_color()));
        });
    }
    wish
}
