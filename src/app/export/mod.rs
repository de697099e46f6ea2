//! The Export window: figures for papers, the runs' numbers, animations.

mod kind;
mod preview;

use egui::{RichText, Ui};

use kind::Kind;
use preview::Preview;

use super::command::{Command, OutsideCommand};
use super::fields::{combo, finger, name};
use super::session::Session;
use super::share::save_row;
use super::transport::grouped;
use super::window;
use crate::figure::{Animation, Caption, Design, FigureRequest, Paper};
use crate::platform::{self, Job, Product};
use crate::run::{Recording, Scenario, View};
use crate::theory::claims;

/// Points that saved data keeps of a run where the scenario does not say.
const DATA_POINTS: usize = 4096;
/// Sizes of a PNG to choose from, in pixels.
const PNG_WIDTHS: [u32; 4] = [800, 1600, 2400, 4000];

/// Shapes of a figure to choose from: width to height.
const SHAPES: [(&str, Option<f64>); 3] =
    [("own shape", None), ("slide 16:9", Some(16.0 / 9.0)), ("slide 4:3", Some(4.0 / 3.0))];

/// What the window remembers.
pub struct ExportWindow {
    /// Whether it is open.
    pub shown: bool,
    /// The race's step up to which its run is exported: a run that goes on would need a new picture in every frame.
    steps: u64,
    figure: &'static Design,
    kind: Kind,
    paper: Paper,
    png_width: u32,
    animation: Animation,
    /// What is being written of the steps with surfaces, and in place of which.
    steps_text: Option<(String, Vec<u64>)>,
    can_encode_video: bool,
    target: Option<(Kind, &'static Design, String)>,
    job: Option<(Job, Kind, String)>,
    preview: Preview,
    /// Whether a citation is on its way to the clipboard.
    copying: bool,
    /// What became of the last export, in one sentence.
    outcome: Option<String>,
}

impl Default for ExportWindow {
    fn default() -> Self {
        Self {
            shown: false,
            steps: 0,
            figure: Design::ALL[0],
            kind: Kind::Svg,
            paper: Paper::default(),
            png_width: 1600,
            animation: Animation { width: 800, frames: 60, fps: 15 },
            steps_text: None,
            can_encode_video: platform::can_encode_video(),
            target: None,
            job: None,
            preview: Preview::default(),
            copying: false,
            outcome: None,
        }
    }
}

impl ExportWindow {
    /// Opens the window for a run up to this step of the race.
    pub fn open(&mut self, steps: u64) {
        (self.shown, self.steps) = (true, steps);
    }

    /// A file has been saved, or why not.
    pub fn saved(&mut self, sentence: String) {
        self.outcome = Some(sentence);
    }

    /// Forgets what became of the last export.
    pub fn forget_outcome(&mut self) {
        self.outcome = None;
    }

    /// What was last copied is in the clipboard, or why not; it may have been another window's.
    pub fn copied(&mut self, sentence: &str) {
        if std::mem::take(&mut self.copying) {
            self.outcome = Some(sentence.to_owned());
        }
    }

    /// What became of the last export, in one sentence.
    pub fn outcome(&self) -> Option<&str> {
        self.outcome.as_deref()
    }

    /// Draws the window where it is open. What is exported is what was seen when it was opened: the run up to that step.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session) -> Vec<Command> {
        let mut commands = Vec::new();
        let mut open = self.shown;
        window::show(ctx, "Export", &mut open, 560.0, |ui| self.contents(ui, session, &mut commands));
        self.shown = open;
        commands
    }

    fn request(&self, scenario: &Scenario) -> FigureRequest {
        let mut scenario = Scenario { steps: self.steps, ..scenario.clone() };
        if !self.kind.is_picture() && scenario.record == Recording::None {
            scenario.record = Recording::Points(DATA_POINTS);
        }
        let Paper { width, caption, ratio } = self.paper;
        FigureRequest { width, caption, ratio, ..FigureRequest::new(self.figure, scenario) }
    }

    /// Hands a finished export over to be saved, also when the window has been closed.
    pub fn finished(&mut self) -> Vec<Command> {
        let Some((job, kind, target)) = &self.job else { return Vec::new() };
        let Some(result) = job.take() else { return Vec::new() };
        let (mime, target) = (kind.mime(), target.clone());
        self.job = None;
        match result {
            Ok(made) => vec![OutsideCommand::Save { target, mime, bytes: made.bytes }.into()],
            Err(reason) => {
                self.outcome = Some(format!("Not saved: {reason}."));
                Vec::new()
            }
        }
    }

    fn contents(&mut self, ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
        // What is seen is exported: the gap view may have a race of its own.
        let scenario = session.shown_scenario();
        ui.horizontal_wrapped(|ui| {
            combo(ui, "Kind of file", self.kind.text(), 250.0, |ui| {
                for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Webm || self.can_encode_video) {
                    ui.selectable_value(&mut self.kind, kind, kind.text());
                }
            });
            if self.kind.is_picture() {
                combo(ui, "Figure", self.figure.id, 90.0, |ui| {
                    for &figure in Design::ALL {
                        ui.selectable_value(&mut self.figure, figure, figure.id).on_hover_text(figure.title);
                    }
                });
            }
        });
        ui.horizontal_wrapped(|ui| self.numbers(ui));
        if self.kind != Kind::Claims {
            self.length(ui, session.shown_step());
        }
        if self.kind.is_picture() && self.figure.has_surfaces {
            commands.extend(self.surface_steps(ui, session.scenario()));
        }
        let request = self.request(scenario);
        if self.kind.is_picture() {
            self.preview.show(ui, &request);
        } else {
            ui.label(RichText::new(self.what_is_in_it()).weak());
        }
        self.save(ui, &request);
        if self.kind.is_picture() {
            let citation = citation(self.figure, &request.scenario);
            let response =
                ui.button("Copy citation").on_hover_text("The figure's caption, its link, this program and the paper");
            if response.clicked() {
                self.copying = true;
                self.outcome = None;
                commands.push(OutsideCommand::Copy(citation).into());
            }
        }
        if let Some(outcome) = &self.outcome {
            ui.label(RichText::new(outcome).strong());
        }
    }

    /// What the file has in it.
    fn what_is_in_it(&self) -> String {
        match self.kind {
            Kind::Claims => format!(
                "Runs all {} claims anew, which takes some seconds, and makes a page to hand on: what each says, its \
                 source, prediction, measurement and tolerance, whether it holds, and how to open its run.",
                claims::all().count()
            ),
            _ => format!(
                "At most {DATA_POINTS} points of each run, in pairs of consecutive steps, with everything that is measured there."
            ),
        }
    }

    /// How much of the run is exported; where it has gone on, a button takes what is there now.
    fn length(&mut self, ui: &mut Ui, now: u64) {
        ui.horizontal(|ui| {
            ui.label(format!("The run up to step {}", grouped(self.steps)));
            let up_to_now = egui::Button::new("Up to now").small().min_size(finger(ui));
            if ui.add_enabled(now != self.steps, up_to_now).on_hover_text("Take the run as it is now").clicked() {
                self.steps = now;
            }
        });
    }

    /// The numbers that the kind of file has.
    fn numbers(&mut self, ui: &mut Ui) {
        if !self.kind.is_picture() {
            return;
        }
        ui.label("Width");
        let width = egui::DragValue::new(&mut self.paper.width).range(Paper::WIDTHS).max_decimals(0).suffix(" mm");
        name(&ui.add(width), egui::Role::SpinButton, "Width in millimetres");
        self.shape(ui);
        let mut has_caption = self.paper.caption == Caption::Full;
        let response = ui.checkbox(&mut has_caption, "Caption");
        response.on_hover_text("Draw the caption below the figure; it is always in the file's description");
        self.paper.caption = if has_caption { Caption::Full } else { Caption::None };
        match self.kind {
            Kind::Png => {
                combo(ui, "Pixels", format!("{} pixels", self.png_width), 100.0, |ui| {
                    for width in PNG_WIDTHS {
                        ui.selectable_value(&mut self.png_width, width, format!("{width} pixels"));
                    }
                });
            }
            Kind::Gif | Kind::Webm => {
                let frames = egui::DragValue::new(&mut self.animation.frames).range(2..=600).suffix(" frames");
                name(&ui.add(frames), egui::Role::SpinButton, "Frames");
                let fps = egui::DragValue::new(&mut self.animation.fps).range(1..=50).suffix(" per second");
                name(&ui.add(fps), egui::Role::SpinButton, "Frames per second");
            }
            _ => {}
        }
    }

    /// The figure's shape. A slide has no room for the caption, unless that is wanted.
    fn shape(&mut self, ui: &mut Ui) {
        let before = self.paper.ratio;
        let chosen = SHAPES.iter().find(|(_, ratio)| *ratio == before).map_or("", |(name, _)| name);
        combo(ui, "Shape", chosen, 90.0, |ui| {
            for (name, ratio) in SHAPES {
                ui.selectable_value(&mut self.paper.ratio, ratio, name);
            }
        });
        if self.paper.ratio != before && self.paper.ratio.is_some() {
            self.paper.caption = Caption::None;
        }
    }

    /// Where the first figure has its surfaces. They are part of the view, so that a link has them too.
    fn surface_steps(&mut self, ui: &mut Ui, scenario: &Scenario) -> Option<Command> {
        let chosen = || steps_text(&scenario.view.surface_steps);
        let written = self.steps_text.take().filter(|(_, steps)| *steps == scenario.view.surface_steps);
        let mut text = written.map_or_else(chosen, |(text, _)| text);
        let keep = |text: String| Some((text, scenario.view.surface_steps.clone()));
        let response = ui
            .horizontal(|ui| {
                ui.label("Surfaces at steps");
                let field = egui::TextEdit::singleline(&mut text)
                    .min_size(finger(ui))
                    .align(egui::Align2::LEFT_CENTER)
                    .hint_text("the start and the ends");
                ui.add(field.desired_width(ui.available_width().min(220.0)))
            })
            .inner;
        name(&response, egui::Role::TextInput, "Surfaces at steps");
        if !response.lost_focus() {
            // Kept while it is being written, and as it was while it cannot be read.
            self.steps_text = if text == chosen() { None } else { keep(text) };
            return None;
        }
        let chosen_now = read_steps(&text).and_then(|surface_steps| {
            let view = View { surface_steps, ..scenario.view.clone() };
            let changed = Scenario { view, ..scenario.clone() };
            changed.resolved().map_err(|error| format!("Surfaces at steps: {}", error.allowed))
        });
        match chosen_now {
            Ok(changed) => (changed != *scenario).then(|| Command::View(Box::new(changed.view))),
            Err(sentence) => {
                self.steps_text = keep(text);
                Some(Command::Refuse(sentence))
            }
        }
    }

    /// The place to save to and its button, or the running export's progress.
    fn save(&mut self, ui: &mut Ui, request: &FigureRequest) {
        if let Some((job, _, _)) = &self.job {
            ui.horizontal(|ui| {
                ui.add(egui::ProgressBar::new(job.progress()).desired_width(ui.available_width() - 90.0).animate(true));
                if ui.button("Cancel").clicked() {
                    job.cancel();
                }
            });
            return;
        }
        let key = (self.kind, self.figure);
        if self.target.as_ref().is_none_or(|(kind, figure, _)| (*kind, *figure) != key) {
            let what = match self.kind {
                Kind::Claims => "claims",
                kind if kind.is_picture() => self.figure.id,
                _ => "runs",
            };
            let target = platform::suggested_target(&format!("samscope-{what}.{}", self.kind.extension()));
            self.target = Some((key.0, key.1, target));
            self.outcome = None;
        }
        let Some((_, _, target)) = &mut self.target else { return };
        if let Some(target) = save_row(ui, target, "Save") {
            self.outcome = None;
            let product = match self.kind {
                Kind::Svg => Product::Svg,
                Kind::Png => Product::Png(self.png_width),
                Kind::Gif => Product::Gif(self.animation),
                Kind::Webm => Product::Webm(self.animation),
                Kind::Csv => Product::Csv,
                Kind::Json => Product::Json,
                Kind::Claims => Product::Claims,
            };
            self.job = Some((Job::start(product, request.clone(), ui.ctx()), self.kind, target));
        }
    }
}

fn steps_text(steps: &[u64]) -> String {
    steps.iter().map(u64::to_string).collect::<Vec<_>>().join(", ")
}

/// Steps with commas between them.
fn read_steps(text: &str) -> Result<Vec<u64>, String> {
    let step = |part: &str| part.parse().map_err(|_| part.to_owned());
    let parts = text.split([',', ' ']).filter(|part| !part.is_empty());
    parts
        .map(step)
        .collect::<Result<_, _>>()
        .map_err(|part| format!("Surfaces at steps: must be whole numbers separated by commas, but has `{part}`"))
}

/// How a figure is cited, with all that makes it again.
fn citation(figure: &Design, scenario: &Scenario) -> String {
    let page = platform::page_address().unwrap_or_default();
    format!(
        "{}\nMade with samscope {} ({page}#{}) after K. Wen, T. Ma, Z. Li, How Does Sharpness-Aware Minimization Minimize \
         Sharpness?, ICLR 2023, arXiv:2211.05729.",
        figure.caption(scenario),
        env!("CARGO_PKG_VERSION"),
        scenario.to_link(),
    )
}
