//! The window and the page: state, commands and panels. It draws; the core computes.

mod bench;
mod command;
mod curves;
mod fields;
mod icons;
mod map;
mod perf;
mod session;
mod setup;
mod status;
mod theme;
mod transport;

use std::collections::{BTreeMap, BTreeSet};

use egui::{CentralPanel, Panel, Ui};
use serde::Serialize;
use web_time::{Duration, Instant};

pub use bench::bench_frames;
pub use command::Command;
pub use perf::{Percentiles, PerfReport};
pub use session::{Ghost, Lane, Session};

use crate::optimizer::Method;
use crate::run::{Scenario, ScenarioError};
use crate::sharpness::Point;

/// The most time that stepping takes of a frame.
const STEPPING: Duration = Duration::from_millis(8);
/// The most time that the map's field takes of a frame.
const FIELD: Duration = Duration::from_millis(4);

/// Below this width there are tabs instead of columns.
const WIDE: f32 = 1000.0;
/// Below this width the map is on top and everything else below it.
const NARROW: f32 = 700.0;

/// Where named things were drawn in the last frame, in points: for tests with a real mouse.
#[derive(Debug, Default)]
pub struct Handles(BTreeMap<&'static str, egui::Pos2>);

impl Handles {
    fn insert(&mut self, name: &'static str, place: egui::Pos2) {
        self.0.insert(name, place);
    }
}

/// What is shown beside or below the map where there is no room for everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Tab {
    #[default]
    Curves,
    Setup,
}

/// The program behind the window and the page.
pub struct App {
    session: Session,
    map: map::MapState,
    hidden: BTreeSet<usize>,
    focus: usize,
    tab: Tab,
    notice: Option<String>,
    perf: perf::Perf,
    handles: Handles,
}

/// What the page's JavaScript reads of the present state.
#[derive(Clone, Debug, Serialize)]
pub struct StateReport {
    /// The race's step.
    pub step: u64,
    /// Whether it is playing.
    pub playing: bool,
    /// Every optimizer's current iterate.
    pub points: Vec<LanePoint>,
    /// What is happening, in one sentence.
    pub story: String,
    /// Where named things are on the screen, in CSS pixels.
    pub handles: BTreeMap<&'static str, [f32; 2]>,
}

/// A point and whose it is.
#[derive(Clone, Debug, Serialize)]
pub struct LanePoint {
    /// The method.
    pub optimizer: Method,
    /// Its current iterate.
    #[serde(flatten)]
    pub point: Point,
}

impl App {
    /// The program with a resolved scenario, playing from step 0.
    #[must_use]
    pub fn new(ctx: &egui::Context, scenario: Scenario) -> Self {
        theme::install(ctx);
        let focus = sam_or_first(&scenario);
        Self {
            session: Session::new(scenario),
            map: map::MapState::default(),
            hidden: BTreeSet::new(),
            focus,
            tab: Tab::default(),
            notice: None,
            perf: perf::Perf::default(),
            handles: Handles::default(),
        }
    }

    /// The scenario in force.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        self.session.scenario()
    }

    /// The running race.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The message in force, if any.
    #[must_use]
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// Frame times.
    #[must_use]
    pub fn perf(&self) -> PerfReport {
        self.perf.report()
    }

    /// What the page's JavaScript reads.
    #[must_use]
    pub fn state(&self) -> StateReport {
        let lanes = self.session.lanes().iter();
        StateReport {
            step: self.session.step(),
            playing: self.session.playing,
            points: lanes.map(|lane| LanePoint { optimizer: lane.racer.spec().id, point: lane.head.clone() }).collect(),
            story: status::story(&self.session),
            handles: self.handles.0.iter().map(|(&name, place)| (name, [place.x, place.y])).collect(),
        }
    }

    /// Carries out a command; the one place where anything changes.
    pub fn apply(&mut self, command: Command) {
        match command {
            Command::Edit(scenario) => match scenario.resolved() {
                Ok(scenario) => self.edit(scenario),
                Err(error) => self.notice = Some(status::in_words(self.session.scenario(), &error)),
            },
            Command::Play(playing) => self.play(playing),
            Command::Step(steps) => {
                self.session.playing = false;
                self.session.cursor = None;
                self.session.advance(steps, || false);
            }
            Command::Restart => self.session.restart(),
            Command::Scrub(cursor) => {
                self.session.playing = false;
                self.session.cursor = cursor;
            }
            Command::ToggleLane(index) => {
                if !self.hidden.remove(&index) {
                    self.hidden.insert(index);
                }
            }
            Command::Focus(index) => self.focus = index,
            Command::Fit => self.map.fit(&self.session),
            Command::Zoom(factor) => self.map.zoom(factor),
            Command::Refuse(sentence) => self.notice = Some(sentence),
            Command::Dismiss => self.notice = None,
        }
    }

    /// Puts a scenario from outside in place.
    ///
    /// # Errors
    /// The scenario is refused; the present one stays.
    pub fn load(&mut self, scenario: Scenario) -> Result<(), ScenarioError> {
        self.edit(scenario.resolved()?);
        Ok(())
    }

    fn edit(&mut self, scenario: Scenario) {
        self.notice = None;
        if scenario.optimizers.len() != self.session.scenario().optimizers.len() {
            self.hidden.clear();
            self.focus = sam_or_first(&scenario);
        }
        self.session.edit(scenario);
    }

    fn play(&mut self, playing: bool) {
        if playing && self.session.is_over() {
            self.session.restart();
        }
        if playing {
            self.session.cursor = None;
            self.perf.clear();
        }
        self.session.playing = playing;
    }

    /// Computes: steps the race, and a part of the map.
    pub fn frame_logic(&mut self, ctx: &egui::Context) {
        let begin = Instant::now();
        if self.session.playing {
            let steps = self.session.scenario().view.steps_per_frame;
            self.session.advance(steps, || begin.elapsed() > STEPPING);
            ctx.request_repaint();
        }
        let field_begin = Instant::now();
        let is_late = || field_begin.elapsed() > FIELD;
        if self.map.advance(&self.session, ctx.pixels_per_point(), is_late) {
            ctx.request_repaint();
        }
        self.perf.logic_took(begin);
    }

    /// Draws.
    pub fn frame_ui(&mut self, ui: &mut Ui) {
        let begin = Instant::now();
        self.handles.0.clear();
        let width = ui.available_width();
        let mut commands = transport::keys(ui.ctx(), &self.session);
        let top = Panel::top("top").show(ui, |ui| {
            let narrow = width < NARROW;
            status::show(ui, &self.session, self.focus, self.notice.as_deref(), narrow)
        });
        commands.extend(top.inner);
        commands.extend(if width < NARROW { self.narrow(ui) } else { self.wide(ui, width) });
        for command in commands {
            self.apply(command);
            ui.ctx().request_repaint();
        }
        self.perf.ui_took(begin);
    }

    /// Columns: setup, map, curves; where it is tight, setup and curves share one.
    fn wide(&mut self, ui: &mut Ui, width: f32) -> Vec<Command> {
        let mut commands = Vec::new();
        let (session, handles) = (&self.session, &mut self.handles);
        Panel::bottom("transport").show(ui, |ui| {
            ui.add_space(3.0);
            commands.extend(transport::show(ui, session, false, handles));
            ui.add_space(3.0);
        });
        if width >= WIDE {
            Panel::left("setup").default_size(292.0).size_range(240.0..=420.0).show(ui, |ui| {
                commands.extend(setup::show(ui, session.scenario(), handles));
            });
            Panel::right("curves").default_size(width * 0.29).size_range(260.0..=700.0).show(ui, |ui| {
                commands.extend(curves::show(ui, session, &self.hidden, self.focus));
            });
        } else {
            Panel::right("side").default_size(310.0).size_range(240.0..=420.0).show(ui, |ui| {
                commands.extend(tabbed(ui, &mut self.tab, session, &self.hidden, self.focus, handles));
            });
        }
        CentralPanel::default().show(ui, |ui| {
            commands.extend(self.map.show(ui, session, &self.hidden, self.focus, handles));
        });
        commands
    }

    /// A phone: the map on top, the transport under it, tabs below.
    fn narrow(&mut self, ui: &mut Ui) -> Vec<Command> {
        let mut commands = Vec::new();
        let (session, handles) = (&self.session, &mut self.handles);
        let height = ui.available_height();
        Panel::top("map").exact_size(height * 0.47).show(ui, |ui| {
            commands.extend(self.map.show(ui, session, &self.hidden, self.focus, handles));
        });
        Panel::top("transport").show(ui, |ui| {
            commands.extend(transport::show(ui, session, true, handles));
        });
        CentralPanel::default().show(ui, |ui| {
            commands.extend(tabbed(ui, &mut self.tab, session, &self.hidden, self.focus, handles));
        });
        commands
    }
}

/// Curves or setup, under two tabs.
fn tabbed(
    ui: &mut Ui,
    tab: &mut Tab,
    session: &Session,
    hidden: &BTreeSet<usize>,
    focus: usize,
    handles: &mut Handles,
) -> Vec<Command> {
    ui.horizontal(|ui| {
        for (value, name, handle) in [(Tab::Curves, "Curves", "tab_curves"), (Tab::Setup, "Setup", "tab_setup")] {
            let response = ui.selectable_value(tab, value, egui::RichText::new(name).size(15.0));
            handles.insert(handle, response.rect.center());
        }
    });
    match tab {
        Tab::Curves => curves::show(ui, session, hidden, focus),
        Tab::Setup => setup::show(ui, session.scenario(), handles),
    }
}

/// The geometry is drawn at SAM's head, where there is one.
fn sam_or_first(scenario: &Scenario) -> usize {
    scenario.optimizers.iter().position(|optimizer| optimizer.id == Method::Sam).unwrap_or(0)
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.frame_logic(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.frame_ui(ui);
    }

    /// eframe asks for it right after it has tessellated the frame.
    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        self.perf.tessellated();
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    #[cfg(target_arch = "wasm32")]
    fn as_any_mut(&mut self) -> Option<&mut dyn std::any::Any> {
        Some(self)
    }
}
