//! The window and the page: state, commands and panels. It draws; the core computes.

mod actions;
mod anatomy;
mod axis_labels;
mod bench;
mod command;
mod computing;
mod curves;
mod data;
mod described;
mod export;
mod fields;
mod focus;
mod formula;
mod gallery;
mod gap;
mod glossary;
mod hints;
mod history;
mod icons;
mod keeper;
mod layout;
mod lecture;
mod lesson;
mod making;
mod map;
mod open_window;
mod opening;
mod outside;
mod painting;
mod palette;
mod perf;
mod picture;
mod regions;
mod session;
mod setup;
mod share;
mod status;
mod surface;
mod sweep;
mod teller;
mod theme;
mod topbar;
mod track;
mod transport;
mod typed;
mod window;
mod words;

use std::collections::BTreeSet;

use egui::Ui;
use serde::Serialize;
use web_time::{Duration, Instant};

pub use bench::bench_frames;
pub use command::{Command, OutsideCommand, Window};
pub use lesson::{LessonCommand, Page};
pub use opening::Opening;
pub use perf::{Percentiles, PerfReport};
pub use picture::Picture;
pub use session::Session;
pub use track::Ghost;

use lesson::Progress;

use crate::loss::Refusal;
use crate::optimizer::Method;
use crate::platform::{self, Mailbox};
use crate::race::Run;
use crate::run::{Layout, RunSpec, Scenario, SweepAxis, View};
use crate::sharpness::Point;

/// The most time that steps take which are asked for by number; what is left of them is done in the next frames.
const AT_ONCE: Duration = Duration::from_millis(100);

/// The program behind the window and the page.
pub struct App {
    session: Session,
    map: map::MapState,
    framing: map::Framing,
    gap: gap::GapState,
    surface: surface::SurfaceState,
    sweep: sweep::SweepState,
    typed: typed::TypedDraft,
    hidden: BTreeSet<usize>,
    /// The optimizer at whose head the geometry is to be drawn, where one has been chosen.
    chosen: Option<usize>,
    /// Where there is no room for both: whether the setup is shown instead of the curves.
    setup_shown: bool,
    notice: Option<String>,
    lessons: lesson::Lessons,
    lecture: lecture::Lecture,
    progress: Progress,
    /// Whether what is shown was asked for, by a link or a file, and is not the first picture that everybody sees.
    knows_ends: bool,
    palette: palette::Palette,
    gallery: gallery::Gallery,
    words: words::Words,
    /// The sheet that is open: of shortcuts, of data, the gallery or the glossary.
    sheet: Option<Window>,
    /// What a screen reader has been told.
    teller: teller::Teller,
    /// The keyboard's focus in windows, and in the lessons' panel.
    focuses: [focus::Focus; 2],
    history: history::History,
    keeper: keeper::Keeper,
    mailbox: Mailbox,
    share: share::ShareWindow,
    export: export::ExportWindow,
    open_file: open_window::OpenWindow,
    /// Whether only picture and transport are shown.
    embed: bool,
    /// The frame's time, in seconds.
    now: f64,
    perf: perf::Perf,
}

/// What the page's JavaScript reads of the present state.
#[derive(Clone, Debug, Serialize)]
pub struct StateReport {
    /// The race's step.
    pub step: u64,
    /// Whether it is playing.
    pub playing: bool,
    /// Every optimizer's current iterate.
    pub points: Vec<RunPoint>,
    /// What is happening, in one sentence.
    pub story: String,
    /// What has been refused, in one sentence.
    pub notice: Option<String>,
    /// The number of the lesson that is shown.
    pub lesson: Option<usize>,
    /// What became of the last export, in one sentence.
    pub outcome: Option<String>,
}

/// A point and whose it is.
#[derive(Clone, Debug, Serialize)]
pub struct RunPoint {
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
        // A press is one however long it lasts: some people's are slow, and so are some machines' frames.
        ctx.options_mut(|options| options.input_options.max_click_duration = f64::INFINITY);
        Self {
            session: Session::new(scenario),
            map: map::MapState::default(),
            framing: map::Framing::default(),
            gap: gap::GapState::default(),
            surface: surface::SurfaceState::default(),
            sweep: sweep::SweepState::default(),
            typed: typed::TypedDraft::default(),
            hidden: BTreeSet::new(),
            chosen: None,
            setup_shown: false,
            notice: None,
            lessons: lesson::Lessons::default(),
            lecture: lecture::Lecture::default(),
            progress: Progress::of_an_expert(),
            knows_ends: false,
            palette: palette::Palette::default(),
            gallery: gallery::Gallery::default(),
            words: words::Words::default(),
            sheet: None,
            teller: teller::Teller::default(),
            focuses: [focus::Place::Window, focus::Place::Lessons].map(focus::Focus::new),
            history: history::History::default(),
            keeper: keeper::Keeper::default(),
            mailbox: Mailbox::new(ctx),
            share: share::ShareWindow::default(),
            export: export::ExportWindow::default(),
            open_file: open_window::OpenWindow::default(),
            embed: false,
            now: 0.0,
            perf: perf::Perf::default(),
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

    /// What the map, the basin or the sweep shows, as numbers; `None` before it is begun, and where several maps are shown.
    #[must_use]
    pub fn picture(&self) -> Option<Picture> {
        match self.session.scenario().view.layout {
            Layout::Map | Layout::Surface => self.map.numbers().report(),
            Layout::Basin => self.map.ends().report(),
            Layout::Sweep => self.sweep.making().report(),
            Layout::Gap => None,
        }
    }

    /// What the page's JavaScript reads.
    #[must_use]
    pub fn state(&self) -> StateReport {
        let runs = self.session.runs().iter();
        StateReport {
            step: self.session.step(),
            playing: self.session.playing,
            points: runs.map(|run| RunPoint { optimizer: run.optimizer().id, point: run.last().clone() }).collect(),
            story: status::story(&self.session, self.names_ends()),
            notice: self.notice.clone(),
            lesson: self.lessons.number(),
            outcome: self.export.outcome().map(str::to_owned),
        }
    }

    /// At whose head the geometry is drawn: the chosen one's where it takes part, else SAM's, else the first's.
    fn focus(&self) -> usize {
        let runs = self.session.runs();
        let chosen = runs.iter().find(|run| Some(run.index()) == self.chosen);
        let sam = || runs.iter().find(|run| run.optimizer().id == Method::Sam);
        chosen.or_else(sam).or(runs.first()).map_or(0, Run::index)
    }

    /// Carries out a command; the one place where anything changes.
    pub fn apply(&mut self, command: Command) {
        self.mailbox.ask_for_frame();
        self.progress.tried.note(&command, self.session.scenario());
        match command {
            Command::Edit(scenario) => self.change(*scenario),
            Command::View(view) => self.change(Scenario { view: *view, ..self.session.scenario().clone() }),
            Command::Start(init) => self.change(Scenario { init, ..self.session.scenario().clone() }),
            Command::Play(playing) => self.play(playing),
            Command::Step(steps) => {
                let begin = Instant::now();
                self.session.ask(steps);
                self.session.scrub(None);
                self.session.advance(&mut || begin.elapsed() > AT_ONCE);
            }
            Command::Restart => self.session.restart(),
            Command::Scrub(cursor) => {
                self.session.ask(0);
                self.session.scrub(cursor);
            }
            Command::ToggleMethod(index) => {
                if !self.hidden.remove(&index) {
                    self.hidden.insert(index);
                }
            }
            Command::Focus(index) => self.chosen = Some(index),
            Command::Fit => self.fit(),
            Command::Zoom(factor) => self.zoom(factor),
            Command::Refuse(sentence) => self.notice = Some(sentence),
            Command::Dismiss => self.notice = None,
            Command::Undo => {
                let before = self.history.undo(self.session.scenario());
                if let Some(scenario) = before {
                    self.install(scenario);
                }
            }
            Command::Redo => {
                let after = self.history.redo(self.session.scenario());
                if let Some(scenario) = after {
                    self.install(scenario);
                }
            }
            Command::Choose(preset) => {
                self.hide_windows();
                self.put(preset.scenario());
            }
            Command::Show(Window::Palette) => {
                self.hide_windows();
                self.palette = self.palette.toggled();
            }
            Command::Show(sheet) => {
                let is_new = self.sheet != Some(sheet);
                self.hide_windows();
                self.sheet = is_new.then_some(sheet);
            }
            Command::DismissHints => self.progress.tried = hints::Tried::all(),
            Command::Lesson(command) => self.apply_lesson(command),
            Command::ToggleLecture => self.toggle_lecture(),
            Command::Outside(command) => self.apply_outside(command),
        }
    }

    /// Makes a change by hand, or says why it cannot be made. Another loss begins to play.
    fn change(&mut self, scenario: Scenario) {
        match scenario.resolved() {
            Ok(scenario) => {
                let is_new = scenario.loss.id() != self.session.scenario().loss.id();
                self.edit(scenario);
                self.session.playing |= is_new;
            }
            Err(error) => self.notice = Some(status::in_words(self.session.scenario(), &error)),
        }
    }

    /// Shows the whole run, or the settings around its own.
    fn fit(&mut self) {
        if self.session.scenario().view.layout == Layout::Sweep {
            self.sweep_over(|axis, run| SweepAxis::around(axis.setting.clone(), run));
        } else {
            self.frame(map::fitting(&self.session));
        }
    }

    fn zoom(&mut self, factor: f64) {
        if self.session.scenario().view.layout == Layout::Sweep {
            self.sweep_over(|axis, _| axis.zoomed(factor));
        } else {
            self.frame(self.framing.zoomed(factor));
        }
    }

    /// Gives the sweep's axes other ranges.
    fn sweep_over(&mut self, other: impl Fn(&SweepAxis, &RunSpec) -> SweepAxis) {
        let Some(run) = self.session.run(self.focus()) else { return };
        let spec = run.racer().spec();
        if let Some(view) = sweep::over(&self.session.scenario().view, spec, |axis| other(axis, spec)) {
            self.apply(Command::View(Box::new(view)));
        }
    }

    /// Shows this rectangle, which becomes part of the view, so that a link shows the same.
    fn frame(&mut self, bounds: [f64; 4]) {
        let view = View { bounds: Some(bounds), ..self.session.scenario().view.clone() };
        self.apply(Command::View(Box::new(view)));
    }

    /// Puts a scenario from outside in place.
    ///
    /// # Errors
    /// The scenario is refused; the present one stays.
    pub fn load(&mut self, scenario: Scenario) -> Result<(), Refusal> {
        let scenario = scenario.resolved()?;
        self.mailbox.ask_for_frame();
        self.knows_ends = true;
        self.history.part();
        self.edit(scenario);
        Ok(())
    }

    /// Puts a resolved scenario from outside in place and plays it.
    fn put(&mut self, scenario: Scenario) {
        self.history.part();
        self.edit(scenario);
        self.play(true);
    }

    /// Puts a resolved scenario in place, to be undone.
    fn edit(&mut self, scenario: Scenario) {
        let scenario = scenario.in_plane();
        self.history.note(self.session.scenario(), &scenario, self.now, self.typed.visit());
        self.install(scenario);
    }

    fn install(&mut self, scenario: Scenario) {
        self.notice = None;
        if scenario.optimizers.len() != self.session.scenario().optimizers.len() {
            self.hidden.clear();
            self.chosen = None;
        }
        self.session.edit(scenario);
    }

    fn play(&mut self, playing: bool) {
        if playing && self.session.is_over() {
            self.session.restart();
        }
        if playing {
            self.session.scrub(None);
            self.perf.clear();
        }
        if !playing {
            self.session.ask(0);
        }
        self.session.playing = playing;
    }

    /// Draws.
    pub fn frame_ui(&mut self, ui: &mut Ui) {
        let begin = Instant::now();
        self.framing.follow(&self.session);
        self.lecture.follow(ui.ctx());
        let width = ui.available_width();
        let commands = self.panels(ui, width);
        if !commands.is_empty() {
            // What they change is drawn in the next frame, also where nothing moves.
            ui.ctx().request_repaint();
        }
        for command in commands {
            self.apply(command);
        }
        let open = [self.open_window(), self.lessons.shown_page()];
        for (focus, open) in self.focuses.iter_mut().zip(open) {
            focus.follow(ui.ctx(), open, self.lecture.is_on());
        }
        platform::copy_by_keys(ui.ctx());
        self.keeper.note(self.session.scenario(), ui.ctx());
        self.keeper.note_progress(&self.progress);
        self.perf.ui_took(begin);
    }

    /// Keeps the last state; nothing may come after it.
    pub fn close(&mut self) {
        self.keeper.close();
    }
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

    #[cfg(not(target_arch = "wasm32"))]
    fn on_exit(&mut self) {
        self.close();
    }

    #[cfg(target_arch = "wasm32")]
    fn as_any_mut(&mut self) -> Option<&mut dyn std::any::Any> {
        Some(self)
    }
}
