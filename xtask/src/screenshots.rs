//! `cargo xtask screenshots`: what the page and the window look like after some seconds of playing.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use anyhow::{Context, Result};

use crate::{
    browser::{Browser, Graphics, Screen, Tab, button},
    display::{Display, Window},
    process, repo,
    server::Server,
    web,
};

/// Long enough for the three optimizers to part.
const PLAYING_TIME: Duration = Duration::from_secs(6);
/// Long enough for a menu to open.
const OPENING_TIME: Duration = Duration::from_secs(1);

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
    of_page(&out)?;
    of_window(&out.join("native.png"))
}

fn of_page(out: &Path) -> Result<()> {
    let server = Server::start(&repo::dist_dir())?;
    for (name, screen) in [("desktop", Screen::DESKTOP), ("phone", Screen::PHONE)] {
        let mut browser = Browser::launch(Graphics::Software, &screen)?;
        for scheme in ["dark", "light"] {
            let mut page = browser.open(&screen)?;
            page.set_color_scheme(scheme)?;
            page.navigate(&server.url())?;
            page.wait_for("samscope.state().playing")?;
            thread::sleep(PLAYING_TIME);
            let path = out.join(format!("{name}-{scheme}.png"));
            page.save_picture(&path)?;
            println!("{}", path.display());
        }
    }
    of_windows(out, &server)?;
    of_scenes(out, &server)
}

/// The windows over the page; a phone has their buttons in a menu.
fn of_windows(out: &Path, server: &Server) -> Result<()> {
    for (prefix, screen, scheme) in [
        ("window", Screen::DESKTOP, "light"),
        ("window-dark", Screen::DESKTOP, "dark"),
        ("phone", Screen::PHONE, "dark"),
    ] {
        let mut browser = Browser::launch(Graphics::Software, &screen)?;
        for (name, opener) in [("export", "Export…"), ("share", "Share…")] {
            let mut page = browser.open(&screen)?;
            page.set_color_scheme(scheme)?;
            page.navigate(&server.url())?;
            page.wait_for("samscope.state().step > 500")?;
            let way = if screen.phone { &["Menu", opener][..] } else { &[opener] };
            for &name in way {
                page.click_on(button(name))?;
                thread::sleep(OPENING_TIME);
            }
            // The preview is drawn in the background.
            thread::sleep(PLAYING_TIME);
            let path = out.join(format!("{prefix}-{name}.png"));
            page.save_picture(&path)?;
            println!("{}", path.display());
        }
    }
    Ok(())
}

/// The scenes that are looked at on a phone too.
const ON_PHONE: [&str; 4] = ["gap", "hero", "anatomy", "typed"];

fn of_scenes(out: &Path, server: &Server) -> Result<()> {
    let on_phone = SCENES.into_iter().filter(|(name, _)| ON_PHONE.contains(name));
    let on_phone: Vec<_> = on_phone.collect();
    for (prefix, screen, scheme, scenes) in
        [("scene", Screen::DESKTOP, "dark", &SCENES[..]), ("phone", Screen::PHONE, "light", &on_phone)]
    {
        let mut browser = Browser::launch(Graphics::Software, &screen)?;
        for (name, scenario) in scenes {
            let mut page = browser.open(&screen)?;
            page.set_color_scheme(scheme)?;
            page.navigate(&server.url())?;
            page.wait_for("samscope.state().playing")?;
            page.eval(&format!("samscope.setScenario({scenario})"))?;
            thread::sleep(PLAYING_TIME);
            let path = out.join(format!("{prefix}-{name}.png"));
            page.save_picture(&path)?;
            println!("{}", path.display());
        }
    }
    Ok(())
}

fn of_window(path: &Path) -> Result<()> {
    let display = Display::start()?;
    let mut window = Window::open(&display, &repo::samscope_exe()?, "samscope")?;
    thread::sleep(PLAYING_TIME);
    display.save_picture(path)?;
    println!("{}", path.display());
    window.ensure_alive()
}
