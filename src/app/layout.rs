//! Where the panels are: columns on a wide window, tabs on a narrower one, one below the other on a phone.

use egui::{CentralPanel, Panel, RichText, Ui};

use super::command::{Command, Window};
use super::fields::chip;
use super::lesson::{Beside, Part};
use super::map::{Look, toolbar};
use super::regions::{self, Region};
use super::{App, actions, anatomy, curves, data, hints, lecture, palette, setup, status, theme, topbar, transport};
use crate::run::{Layout, Side, View};

/// Below this width there are tabs instead of columns.
const WIDE: f32 = 1000.0;
/// Below this width the map is on top and everything else below it.
const NARROW: f32 = 700.0;
/// The share of the height that the map has there.
const MAP: f32 = 0.41;
/// The height of each plot there while a lesson says what to watch, in points.
const PLOT: f32 = 120.0;

impl App {
    /// All panels for a window of this width.
    pub(super) fn panels(&mut self, ui: &mut Ui, width: f32) -> Vec<Command> {
        let narrow = width < NARROW;
        theme::fit(ui.ctx(), narrow);
        let mut commands = Vec::new();
        if self.lecture.is_on() {
            // Before the keys of the laboratory, which are the same.
            commands.extend(lecture::by_keys(ui.ctx(), &self.lessons));
        }
        commands.extend(actions::by_keys(ui.ctx(), &self.session));
        if self.embed {
            commands.extend(self.embedded(ui, narrow));
            return commands;
        }
        commands.extend(if self.lecture.is_on() { self.lecture(ui, narrow) } else { self.laboratory(ui, width) });
        commands.extend(self.windows(ui.ctx()));
        commands
    }

    /// Everything but the windows.
    fn laboratory(&mut self, ui: &mut Ui, width: f32) -> Vec<Command> {
        let mut commands = Vec::new();
        regions::links(ui, self.lessons.are_shown());
        regions::by_keys(ui.ctx());
        let narrow = width < NARROW;
        let focus = self.focus();
        let can = self.history.can();
        // On a phone a lesson tells what happens, and chooses what is shown.
        let in_lesson = narrow && self.lessons.are_shown();
        let top = Panel::top("top").show(ui, |ui| {
            let mut commands = status::title(ui, narrow, |ui| topbar::show(ui, narrow, can));
            if !in_lesson || self.notice.is_some() {
                let told = self.notice().map_or_else(|| Ok(status::story(&self.session, self.names_ends())), Err);
                commands.extend(status::show(ui, &self.session, focus, told, narrow));
            }
            commands
        });
        commands.extend(top.inner);
        if !(self.progress.tried.is_over() || self.lessons.are_shown()) {
            let line = Panel::top("hints").show(ui, |ui| hints::show(ui, &self.progress.tried, narrow));
            commands.extend(line.inner);
        }
        commands.extend(if narrow { self.narrow(ui) } else { self.wide(ui, width) });
        commands
    }

    /// The windows that are open.
    fn windows(&mut self, ctx: &egui::Context) -> Vec<Command> {
        let mut commands = self.share.show(ctx, self.session.scenario());
        commands.extend(self.export.finished());
        if self.export.shown {
            commands.extend(self.export.show(ctx, &self.session));
        }
        commands.extend(self.open_file.show(ctx));
        commands.extend(self.palette.show(ctx, &self.session));
        commands.extend(self.sheets(ctx));
        commands
    }

    /// The sheet that is open, until its cross closes it.
    fn sheets(&mut self, ctx: &egui::Context) -> Option<Command> {
        let sheets = [Window::Shortcuts, Window::Data, Window::Gallery, Window::Glossary];
        let mut shown = sheets.map(|sheet| self.sheet == Some(sheet));
        palette::shortcuts(ctx, &mut shown[0]);
        data::show(ctx, &mut shown[1], &self.session, &self.hidden);
        let chosen = self.gallery.show(ctx, &mut shown[2]);
        self.words.show(ctx, &mut shown[3]);
        self.sheet = self.sheet.filter(|_| shown.contains(&true));
        chosen
    }

    /// In another page: the picture and the transport, and what is wrong with the link.
    fn embedded(&mut self, ui: &mut Ui, narrow: bool) -> Vec<Command> {
        let mut commands = Vec::new();
        if let Some(notice) = &self.notice {
            let line = Panel::top("notice").show(ui, |ui| status::notice_line(ui, notice));
            commands.extend(line.inner);
        }
        Panel::bottom("transport").show(ui, |ui| {
            ui.add_space(3.0);
            commands.extend(transport::show(ui, &self.session, narrow));
            ui.add_space(3.0);
        });
        CentralPanel::default().show(ui, |ui| commands.extend(self.in_layout(ui)));
        commands
    }

    /// Columns: setup, map, curves; where it is tight, setup and curves share one.
    fn wide(&mut self, ui: &mut Ui, width: f32) -> Vec<Command> {
        let mut commands = Vec::new();
        Panel::bottom("transport").show(ui, |ui| {
            ui.add_space(3.0);
            commands.extend(transport::show(ui, &self.session, false));
            ui.add_space(3.0);
        });
        if width >= WIDE && self.lessons.are_shown() {
            Panel::left("lesson")
                .default_size(360.0)
                .size_range(280.0..=520.0)
                .show(ui, |ui| commands.extend(self.lesson(ui)));
        } else if width >= WIDE {
            Panel::left("setup").default_size(292.0).size_range(240.0..=420.0).show(ui, |ui| {
                commands.extend(setup::show(ui, self.session.scenario(), &mut self.typed));
            });
        }
        if width >= WIDE {
            Panel::right("curves")
                .default_size(width * 0.29)
                .size_range(260.0..=700.0)
                .show(ui, |ui| commands.extend(self.side(ui, false)));
        } else {
            Panel::right("side")
                .default_size(310.0)
                .size_range(240.0..=420.0)
                .show(ui, |ui| commands.extend(self.side(ui, true)));
        }
        CentralPanel::default().show(ui, |ui| commands.extend(self.middle(ui, false)));
        commands
    }

    /// A phone: the map on top, the transport under it, tabs below.
    fn narrow(&mut self, ui: &mut Ui) -> Vec<Command> {
        let mut commands = Vec::new();
        // Of the window, whatever is told above it, and below the toolbar's line.
        let height = MAP * ui.ctx().content_rect().height();
        let in_lesson = self.lessons.are_shown();
        let toolbar = if in_lesson { 0.0 } else { theme::FINGER + 2.0 * ui.spacing().item_spacing.y };
        Panel::top("map").exact_size(height + toolbar).show(ui, |ui| {
            commands.extend(if in_lesson { self.in_layout(ui) } else { self.middle(ui, true) });
        });
        Panel::top("transport").show(ui, |ui| {
            commands.extend(transport::show(ui, &self.session, true));
        });
        CentralPanel::default().show(ui, |ui| commands.extend(self.side(ui, true)));
        commands
    }

    pub(super) fn lesson(&self, ui: &mut Ui) -> Vec<Command> {
        let is_lecture = self.lecture.is_on();
        // A phone has no room for them beside the map.
        let below = |ui: &mut Ui| {
            // One more for the methods' names.
            let height = (curves::shown_groups(&self.session).count() + 1) as f32 * PLOT;
            let size = egui::vec2(ui.available_width(), height);
            ui.allocate_ui(size, |ui| self.lecture_side(ui, None)).inner
        };
        let has_room = is_lecture || ui.ctx().content_rect().width() >= NARROW;
        let below: Option<&Part> = if has_room { None } else { Some(&below) };
        self.lessons.show(ui, &self.session, &self.progress, &Beside { is_lecture, below })
    }

    /// The map, or the maps of the approximation gap, with their toolbar.
    fn middle(&mut self, ui: &mut Ui, narrow: bool) -> Vec<Command> {
        let scenario = self.session.scenario();
        let run = self.session.run(self.focus()).map(|run| run.racer().spec());
        let names: Vec<_> = (0..scenario.dim()).map(|axis| scenario.loss.coordinate(axis)).collect();
        let mut commands = toolbar::show(ui, &scenario.view, &names, run, narrow);
        commands.extend(self.in_layout(ui));
        commands
    }

    pub(super) fn in_layout(&mut self, ui: &mut Ui) -> Vec<Command> {
        let rectangle = self.framing.rectangle;
        let look = Look {
            marker: self.lessons.marker(self.session.scenario()),
            names_ends: self.names_ends(),
            ..Look::at_all(&self.session, &self.hidden, self.focus(), rectangle)
        };
        let (map, session) = (&mut self.map, &self.session);
        match session.scenario().view.layout {
            Layout::Map | Layout::Basin => map.show(ui, session, &look),
            Layout::Surface => self.surface.show(ui, session, &self.hidden, |ui| map.show(ui, session, &look)),
            Layout::Sweep => {
                let focus = self.focus();
                self.sweep.show(ui, &self.session, focus)
            }
            Layout::Gap => self.gap.show(ui, session, rectangle),
        }
    }

    /// Curves or anatomy, and the setup where it has no column of its own, under tabs; a lesson in place of them where it has
    /// none.
    fn side(&mut self, ui: &mut Ui, with_setup: bool) -> Vec<Command> {
        if with_setup && self.lessons.are_shown() {
            return self.lesson(ui);
        }
        let mut commands = Vec::new();
        let scenario = self.session.scenario();
        let setup_shown = with_setup && self.setup_shown;
        ui.horizontal(|ui| {
            for (side, name) in [(Side::Curves, "Curves"), (Side::Anatomy, "Anatomy")] {
                let selected = !setup_shown && scenario.view.side == side;
                let tab = chip(ui, selected, RichText::new(name).size(15.0));
                if side == Side::Curves {
                    regions::mark(ui.ctx(), Region::Side, tab.id);
                }
                if tab.clicked() {
                    self.setup_shown = false;
                    commands.push(Command::View(Box::new(View { side, ..scenario.view.clone() })));
                }
            }
            if with_setup {
                self.setup_shown |= chip(ui, setup_shown, RichText::new("Setup").size(15.0)).clicked();
            }
        });
        commands.extend(match (setup_shown, scenario.view.side) {
            (true, _) => setup::show(ui, scenario, &mut self.typed),
            (false, Side::Curves) => curves::show(ui, &self.session, &self.hidden, self.focus()),
            (false, Side::Anatomy) => anatomy::show(ui, &self.session, &self.hidden, self.focus()),
        });
        commands
    }
}
