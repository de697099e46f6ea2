//! The page: starts the program on its canvas and answers `web/page.js`, which makes `window.samscope`
//! of these functions. Objects cross as JSON text.

use std::cell::RefCell;

use eframe::WebRunner;
use wasm_bindgen::prelude::*;

use crate::app::{App, Command, Opening};
use crate::platform::compute::Choice;
use crate::platform::{self, Gesture, Mirror};
use crate::run::Scenario;

thread_local! {
    static RUNNER: RefCell<Option<WebRunner>> = const { RefCell::new(None) };
    static CONTEXT: RefCell<Option<egui::Context>> = const { RefCell::new(None) };
}

/// Starts the program, on the page or in its background worker; what goes wrong is told to the page's script.
pub fn start() {
    if let Ok(scope) = js_sys::global().dyn_into::<web_sys::DedicatedWorkerGlobalScope>() {
        return super::worker::listen(&scope);
    }
    wasm_bindgen_futures::spawn_local(async {
        if let Err(error) = run().await {
            page_failed(&error);
        }
    });
}

#[wasm_bindgen]
extern "C" {
    /// `web/page.js`: shows why the program cannot start.
    #[wasm_bindgen(js_name = samscopeFailed)]
    fn page_failed(error: &JsValue);
    /// `web/page.js`: the first frame is there.
    #[wasm_bindgen(js_name = samscopeReady)]
    fn page_ready();
    /// `web/mirror.js`: what has changed on the screen, as JSON.
    #[wasm_bindgen(js_name = samscopeMirror)]
    fn page_mirror(changes: &str);
}

async fn run() -> Result<(), JsValue> {
    let runner = WebRunner::new();
    // Before it starts: what it says of a panic then is asked for, too.
    RUNNER.set(Some(runner.clone()));
    start_on_canvas(&runner, platform::hash()).await?;
    page_ready();
    Ok(())
}

/// Starts the program with a link's scenario, or the last state where there is no link.
async fn start_on_canvas(runner: &WebRunner, link: String) -> Result<(), JsValue> {
    let canvas = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("canvas"))
        .and_then(|element| element.dyn_into::<web_sys::HtmlCanvasElement>().ok())
        .ok_or("the page has no canvas")?;
    // The keyboard belongs to the program from the start.
    canvas.focus()?;
    let creator: eframe::AppCreator = Box::new(|cc| {
        cc.egui_ctx.add_plugin(Mirror::new(|changes| match json(changes) {
            Ok(changes) => page_mirror(&changes),
            Err(error) => log::warn!("what is on the screen cannot be written as JSON: {error}"),
        }));
        CONTEXT.set(Some(cc.egui_ctx.clone()));
        let [embed, afresh, lecture] =
            ["embed", "afresh", "lecture"].map(|name| platform::query(name).as_deref() == Some("1"));
        let lesson = platform::query("lesson").filter(|_| !embed);
        let opening = Opening { hash: link, embed, afresh, lesson, lecture, ..Opening::default() };
        let mut app = App::open(&cc.egui_ctx, opening);
        if let Some(Err(sentence)) = platform::query("backend").map(|name| Choice::choose(&name)) {
            app.apply(Command::Refuse(sentence));
        }
        platform::watch_hash(app.mailbox());
        Ok(Box::new(app))
    });
    runner.start(canvas, eframe::WebOptions::default(), creator).await
}

fn runner() -> Result<WebRunner, JsError> {
    RUNNER.with_borrow(Clone::clone).ok_or_else(|| JsError::new("samscope is not running yet"))
}

/// Leaves the canvas, whose graphics the browser has taken away.
///
/// # Errors
/// The program is not running.
#[wasm_bindgen]
pub fn stop() -> Result<(), JsError> {
    runner().map(|runner| runner.destroy())
}

/// Starts anew on the canvas, with a link's scenario.
///
/// # Errors
/// The program was never running, or there are no graphics.
#[wasm_bindgen]
pub async fn resume(link: String) -> Result<(), JsValue> {
    start_on_canvas(&runner()?, link).await
}

/// The link's fragment of the scenario in force.
///
/// # Errors
/// The program is not running.
#[wasm_bindgen]
pub fn link() -> Result<String, JsError> {
    with_app(|app| Ok(app.scenario().to_link()))
}

/// Does what was done with an element of the mirror; `gesture` is JSON.
///
/// # Errors
/// There is no such gesture, or the program is not running.
#[wasm_bindgen]
pub fn act(id: &str, gesture: &str) -> Result<(), JsError> {
    let gesture: Gesture = serde_json::from_str(gesture).map_err(|error| JsError::new(&error.to_string()))?;
    let ctx = CONTEXT.with_borrow(Clone::clone).ok_or_else(|| JsError::new("samscope is not running yet"))?;
    ctx.plugin::<Mirror>().lock().act(&ctx, id, &gesture);
    Ok(())
}

fn with_app<T>(f: impl FnOnce(&mut App) -> Result<T, String>) -> Result<T, JsError> {
    let runner = runner()?;
    let mut app = runner.app_mut::<App>().ok_or_else(|| JsError::new("samscope is busy or has crashed"))?;
    f(&mut app).map_err(|message| JsError::new(&message))
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, String> {
    serde_json::to_string(value).map_err(|error| error.to_string())
}

/// The program's version.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Why the program has crashed; undefined while it has not.
#[wasm_bindgen]
#[must_use]
pub fn panicked() -> Option<String> {
    let runner = RUNNER.with_borrow(Clone::clone)?;
    runner.panic_summary().map(|summary| summary.message())
}

/// Keeps the last state: the page is about to go.
///
/// # Errors
/// The program is not running.
#[wasm_bindgen]
pub fn close() -> Result<(), JsError> {
    with_app(|app| {
        app.close();
        Ok(())
    })
}

/// The scenario in force.
///
/// # Errors
/// The program is not running.
#[wasm_bindgen(js_name = getScenario)]
pub fn get_scenario() -> Result<String, JsError> {
    with_app(|app| json(app.scenario()))
}

/// Puts a scenario in place.
///
/// # Errors
/// The scenario is refused, in one sentence that names the field; the present one stays.
#[wasm_bindgen(js_name = setScenario)]
pub fn set_scenario(text: &str) -> Result<(), JsError> {
    with_app(|app| {
        let scenario = Scenario::from_json(text).map_err(|error| error.to_string())?;
        app.load(scenario).map_err(|error| error.to_string())
    })
}

/// Plays (true) or pauses.
///
/// # Errors
/// The program is not running.
#[wasm_bindgen]
pub fn play(playing: bool) -> Result<(), JsError> {
    with_app(|app| {
        app.apply(Command::Play(playing));
        Ok(())
    })
}

/// Pauses and does `n` updates.
///
/// # Errors
/// `n` is not a whole number from 0 to 10^9, or the program is not running.
#[wasm_bindgen]
pub fn step(n: f64) -> Result<(), JsError> {
    if !(n.fract() == 0.0 && (0.0..=1e9).contains(&n)) {
        return Err(JsError::new(&format!("n: must be a whole number from 0 to 1e9, but is {n}")));
    }
    with_app(|app| {
        app.apply(Command::Step(n as u64));
        Ok(())
    })
}

/// Step, POINT of each optimizer, playing.
///
/// # Errors
/// The program is not running.
#[wasm_bindgen]
pub fn state() -> Result<String, JsError> {
    with_app(|app| json(&app.state()))
}

/// What a screen reader is told by itself: the same text until there is news.
///
/// # Errors
/// The program is not running.
#[wasm_bindgen]
pub fn tell() -> Result<String, JsError> {
    with_app(|app| Ok(app.tell().to_owned()))
}

/// What the map, the basin or the sweep shows, as numbers; null where several maps are shown.
///
/// # Errors
/// The program is not running.
#[wasm_bindgen]
pub fn picture() -> Result<String, JsError> {
    with_app(|app| json(&app.picture().map(|picture| picture.to_json())))
}

/// Frame times without painting, as `samscope bench` measures them natively: a list of figures.
///
/// # Errors
/// The figures cannot be written as JSON.
#[wasm_bindgen(js_name = benchFrames)]
pub fn bench_frames() -> Result<String, JsError> {
    json(&crate::app::bench_frames()).map_err(|message| JsError::new(&message))
}

/// Percentiles of the frame times.
///
/// # Errors
/// The program is not running.
#[wasm_bindgen]
pub fn perf() -> Result<String, JsError> {
    with_app(|app| json(&app.perf()))
}
