//! `cargo xtask screenshots`: what the page looks like on three screens, dark and light: every layout, window and lesson, and many
//! losses; and the native window.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use anyhow::{Context, Result};

use crate::{
    browser::{Browser, Graphics, Key, Page, Screen, Tab, button, radio, text},
    display::{Display, Window},
    page_tests::press,
    process, repo,
    server::Server,
    web,
};

/// Long enough for the three optimizers to part, and for a figure's preview.
const PLAYING_TIME: Duration = Duration::from_secs(4);
/// Long enough for a window to open, and for what it has to be drawn.
const OPENING_TIME: Duration = Duration::from_secs(2);

const SCREENS: [(&str, Screen); 3] = [
    ("desktop", Screen::DESKTOP),
    ("tablet", Screen { width: 1024, height: 768, ..Screen::DESKTOP }),
    ("phone", Screen::PHONE),
];

/// What is looked at by its name in the command palette, and how long it takes to be there.
const WINDOWS: [(&str, &str, Duration); 14] = [
    ("basin", "Basin", PLAYING_TIME),
    ("sweep", "Sweep", PLAYING_TIME),
    ("gap", "Approximation", PLAYING_TIME),
    ("surface", "3-D", PLAYING_TIME),
    ("anatomy", "Anatomy", OPENING_TIME),
    ("map", "One map", OPENING_TIME),
    ("gallery", "Gallery: runs", PLAYING_TIME),
    ("words", "Glossary", OPENING_TIME),
    ("shortcuts", "Show the shortcuts", OPENING_TIME),
    ("data", "The data", OPENING_TIME),
    ("share", "Share", OPENING_TIME),
    ("export", "Export", PLAYING_TIME),
    ("open", "Open", OPENING_TIME),
    ("contents", "Lessons", OPENING_TIME),
];

/// How many lessons there are.
const LESSONS: usize = 12;

/// What else the page is looked at with: a name, and the scenario in JavaScript.
pub const SCENES: [(&str, &str); 13] = [
    ("hyperbola", r#"{loss: {id: "hyperbola"}, optimizers: [{id: "gd"}, {id: "sam", eta: 0.05}, {id: "m-sam"}]}"#),
    ("two-wells", r#"{loss: {id: "two-wells"}, optimizers: [{id: "gd"}, {id: "sam"}], view: {value_scale: "linear"}}"#),
    (
        "cycle",
        r#"{init: [0.5, 0.5, 0.3, 0.3], optimizers: [{id: "gd"}, {id: "sam"}, {id: "one-sam"}],
            view: {axes: [3, 4], through: "head", bounds: [-0.06, 0.06, -0.06, 0.06]}}"#,
    ),
    (
        "quadratic",
        r#"{loss: {id: "quadratic"}, init: [0.8, 0.6], optimizers: [{id: "gd", eta: 0.1}, {id: "sam", eta: 0.1}]}"#,
    ),
    ("ring", r#"{loss: {id: "ring"}, optimizers: [{id: "gd"}, {id: "sam", eta: 0.1, rho: 1.5}]}"#),
    (
        "gap",
        r#"{init: [0.5, 0.5, 0.3, 0.3],
            optimizers: [{id: "max-descent"}, {id: "asc-descent", eta: 0.0001}, {id: "sam"}], steps: 100000,
            view: {layout: "gap", bounds: [-0.25, 1.25, -0.15, 1.15], steps_per_frame: 100,
            step_scale: "log", curves: ["loss", "lambda_1", "r_max", "r_asc", "r_avg", "alignment"]}}"#,
    ),
    (
        "hero",
        r#"{init: [0.5, 0.5, 0.3, 0.3], optimizers: [{id: "gd"}, {id: "sam"}, {id: "one-sam"}], steps: 100000,
            view: {layout: "surface", quantity: "lambda_1", bounds: [-0.25, 1.25, -0.15, 1.15], steps_per_frame: 20}}"#,
    ),
    (
        "anatomy",
        r#"{optimizers: [{id: "sam"}, {id: "asc-descent", eta: 0.0001}], view: {side: "anatomy", quantity: "r_max",
            bounds: [-0.25, 1.25, -0.15, 1.15]}}"#,
    ),
    (
        "seeds",
        r#"{init: [0.5, 0.5, 0.3, 0.3], optimizers: [{id: "sam"}, {id: "one-sam"}], seeds: [0, 31], steps: 100000,
            view: {quantity: "trace", bounds: [-0.25, 1.25, -0.15, 1.15], steps_per_frame: 100, step_scale: "log",
            curves: ["loss", "lambda_1", "trace", "alignment", "flow_distance"]}}"#,
    ),
    (
        "typed",
        r#"{loss: {id: "typed", expressions: ["0.5*(x*y - c)^2", "0.1*(x - y)^2"], params: {c: 1}}, init: [2, 0.6],
            optimizers: [{id: "gd"}, {id: "sam", eta: 0.05}, {id: "one-sam"}],
            view: {quantity: "l_max", curves: ["loss", "r_max", "r_asc", "r_avg", "limits"]}}"#,
    ),
    (
        "flow",
        r#"{loss: {id: "hyperbola"}, init: [2, 0.52], optimizers: [{id: "gd"}, {id: "sam", eta: 0.2, rho: 0.02}],
            steps: 100000, view: {curves: ["lambda_1", "r_max", "limits", "alignment", "flow_distance"],
            steps_per_frame: 30}}"#,
    ),
    (
        "tiny-mlp",
        r#"{loss: {id: "tiny-mlp"}, optimizers: [{id: "gd"}, {id: "sam"}, {id: "one-sam"}],
            view: {steps_per_frame: 100, step_scale: "log"}}"#,
    ),
    (
        "rosenbrock",
        r#"{loss: {id: "rosenbrock"}, init: [-1.2, 1], optimizers: [{id: "gd", eta: 0.001}, {id: "sam", eta: 0.001}]}"#,
    ),
];

/// Takes all the pictures into `out`.
pub fn take(out: Option<PathBuf>, no_build: bool) -> Result<()> {
    let out = match out {
        // As the user's shell means it; programs started here run in the repository's root.
        Some(out) => std::path::absolute(out)?,
        None => repo::target_dir()?.join("screenshots"),
    };
    fs::create_dir_all(&out).with_context(|| format!("cannot create {}", out.display()))?;
    if !no_build {
        web::build(None)?;
        process::build_samscope()?;
    }
    let server = Server::start(&repo::dist_dir())?;
    for (screen_name, screen) in SCREENS {
        let mut browser = Browser::launch(Graphics::Software, &screen)?;
        for scheme in ["dark", "light"] {
            let mut page = browser.open(&screen)?;
            page.set_color_scheme(scheme)?;
            let mut album = Album { page, url: server.url(), out: &out, prefix: format!("{screen_name}-{scheme}") };
            album.of_windows(&screen)?;
            album.of_lessons()?;
            if screen_name == "desktop" && scheme == "dark" {
                album.of_scenes()?;
            }
        }
    }
    of_window(&out.join("native.png"))
}

/// The pictures of a page on one screen.
struct Album<'a> {
    page: Page<'a>,
    url: String,
    out: &'a Path,
    prefix: String,
}

impl Album<'_> {
    fn begin(&mut self, query: &str) -> Result<()> {
        self.page.navigate(&format!("{}{query}", self.url))?;
        self.page.wait_for("samscope.state().step >= 0")
    }

    fn save(&mut self, name: &str) -> Result<()> {
        let path = self.out.join(format!("{}-{name}.png", self.prefix));
        self.page.save_picture(&path)?;
        println!("{}", path.display());
        Ok(())
    }

    /// The first screen, the palette and what it opens; and what a symbol means, where a pointer rests on it.
    fn of_windows(&mut self, screen: &Screen) -> Result<()> {
        self.begin("")?;
        thread::sleep(PLAYING_TIME);
        self.save("start")?;
        self.page.press_with_ctrl('k', false)?;
        thread::sleep(OPENING_TIME);
        self.save("palette")?;
        self.page.press_with_ctrl('k', false)?;
        for (name, command, time) in WINDOWS {
            self.page.press_with_ctrl('k', false)?;
            self.page.let_draw()?;
            self.page.type_text(command)?;
            self.page.press(Key::Enter)?;
            thread::sleep(time);
            self.save(name)?;
        }
        if screen.phone {
            return Ok(());
        }
        self.page.eval("samscope.setScenario({})")?;
        self.page.rest_on(button("‖g‖"))?;
        thread::sleep(OPENING_TIME);
        self.save("glossary")
    }

    /// Each before and after its run.
    fn of_lessons(&mut self) -> Result<()> {
        for number in 1..=LESSONS {
            self.begin(&format!("?lesson={number}"))?;
            self.page.wait_for(&format!("samscope.state().lesson === {number}"))?;
            thread::sleep(OPENING_TIME);
            self.save(&format!("lesson-{number:02}-before"))?;
            press(&mut self.page, radio(""))?;
            press(&mut self.page, button("Run it"))?;
            press(&mut self.page, button("See the answer"))?;
            self.page.wait_for(&text("theory ").is_there())?;
            thread::sleep(OPENING_TIME);
            self.save(&format!("lesson-{number:02}-after"))?;
        }
        Ok(())
    }

    fn of_scenes(&mut self) -> Result<()> {
        for (name, scenario) in SCENES {
            self.begin("")?;
            self.page.eval(&format!("samscope.setScenario({scenario})"))?;
            thread::sleep(PLAYING_TIME);
            self.save(&format!("scene-{name}"))?;
        }
        Ok(())
    }
}

fn of_window(path: &Path) -> Result<()> {
    let display = Display::start()?;
    let mut window = Window::open(&display, &repo::samscope_exe()?, "samscope")?;
    thread::sleep(PLAYING_TIME);
    display.save_picture(path)?;
    println!("{}", path.display());
    window.ensure_alive()
}
