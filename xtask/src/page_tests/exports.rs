//! The Export window: every kind of file as the browser saves it, and an export that is stopped.

use std::{fs, io::Cursor, path::Path};

use anyhow::{Result, bail, ensure};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use super::{Lab, scenarios::native_run};
use crate::{
    browser::{Key, Page, Screen, Tab, button, choice, field, take_download},
    json, process,
};

/// Width and height in pixels.
type Size = (u32, u32);

/// Pixels in a row of a GIF and of a video, as the window offers them.
const VIDEO_WIDTH: u32 = 800;

/// The kinds of file one after the other, each with what can be checked of it.
pub fn files(lab: &mut Lab) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let samscope = lab.samscope.clone();
    let mut page = export_window(lab, folder.path())?;
    svg(&mut page, folder.path(), &samscope)?;
    let size = png(&mut page, folder.path(), &samscope)?;
    let size = gif(&mut page, folder.path(), size)?;
    webm(&mut page, folder.path(), size)?;
    let scenario = data(&mut page, folder.path(), &samscope)?;
    table(&mut page, folder.path(), &samscope, &scenario)?;
    page.ensure_clean()
}

/// The page some steps into its run, with the Export window open, downloading into this folder.
fn export_window<'l>(lab: &'l mut Lab, downloads: &Path) -> Result<Page<'l>> {
    let mut page = lab.playing(&Screen::DESKTOP)?;
    page.download_to(downloads)?;
    page.eval("samscope.step(500)")?;
    page.click_on(button("Export…"))?;
    Ok(page)
}

const GIF: &str = "GIF: the run as an animation";
const CSV: &str = "CSV: the runs' numbers as a table";

fn choose_kind(page: &mut Page, kind: &str) -> Result<()> {
    choose(page, "Kind of file", kind)
}

/// Opens a list and chooses one of its options.
fn choose(page: &mut Page, list: &str, option: &str) -> Result<()> {
    page.click_on(choice(list))?;
    page.click_on(button(option))?;
    page.wait_for(&format!("!{}", button(option).is_there()))
}

fn set_frames(page: &mut Page, frames: u32) -> Result<()> {
    page.click_on(field("Frames"))?;
    // The number becomes a field.
    page.let_draw()?;
    page.select_all()?;
    page.type_text(&frames.to_string())?;
    page.press(Key::Enter)
}

/// Saves what is chosen, and gives the file that the browser has made of it.
fn save(page: &mut Page, downloads: &Path, name: &str) -> Result<Vec<u8>> {
    page.click_on(button("Save"))?;
    let saved = page.wait_for(&format!("samscope.state().outcome === 'Downloaded {name}'"));
    if let Err(error) = saved {
        return Err(error.context(format!("the window says {}", page.eval("samscope.state().outcome")?)));
    }
    take_download(downloads, name)
}

/// The saved figure has in it what it shows: the scenario of the page up to the present step.
fn carries_scenario(page: &mut Page, samscope: &Path, file: &Path) -> Result<()> {
    let mut command = process::command(samscope);
    command.arg("open").arg(file);
    let carried: Value = serde_json::from_slice(&process::capture(command)?)?;
    let shown = page.eval("({ ...samscope.getScenario(), steps: samscope.state().step })")?;
    if let Some(difference) = json::first_difference(&shown, &carried) {
        bail!("{} carries another scenario: {difference}", file.display());
    }
    Ok(())
}

fn svg(page: &mut Page, downloads: &Path, samscope: &Path) -> Result<()> {
    let text = String::from_utf8(save(page, downloads, "samscope-fig1.svg")?)?;
    let file = downloads.join("figure.svg");
    fs::write(&file, &text)?;
    carries_scenario(page, samscope, &file)?;
    ensure!(text.starts_with("<svg") && text.ends_with("</svg>\n"), "no SVG");
    ensure!(text.len() > 20_000, "a figure of {} bytes shows nothing", text.len());
    Ok(())
}

/// A picture as wide as the videos.
fn png(page: &mut Page, downloads: &Path, samscope: &Path) -> Result<Size> {
    choose_kind(page, "PNG: pixels")?;
    choose(page, "Pixels", "800 pixels")?;
    let bytes = save(page, downloads, "samscope-fig1.png")?;
    let file = downloads.join("figure.png");
    fs::write(&file, &bytes)?;
    carries_scenario(page, samscope, &file)?;
    let mut picture = png::Decoder::new(Cursor::new(bytes)).read_info()?;
    let size = picture.info().size();
    picture.finish()?;
    ensure!(size.0 == VIDEO_WIDTH, "a PNG of 800 pixels in a row has {}", size.0);
    Ok(size)
}

/// As wide as the picture, and higher by the line that tells the step. Gives its size.
fn gif(page: &mut Page, downloads: &Path, picture: Size) -> Result<Size> {
    choose_kind(page, GIF)?;
    set_frames(page, 3)?;
    let mut video = gif::Decoder::new(Cursor::new(save(page, downloads, "samscope-fig1.gif")?))?;
    let size = (video.width().into(), video.height().into());
    let mut frames = 0;
    while video.read_next_frame()?.is_some() {
        frames += 1;
    }
    ensure!(frames == 3, "a GIF of 3 frames has {frames}");
    let fits = size.0 == picture.0 && (picture.1 + 1..picture.1 + 40).contains(&size.1);
    ensure!(fits, "a GIF of {picture:?} has become {size:?}");
    Ok(size)
}

/// Shows a video to its end: its size in pixels, its length in seconds, and how many frames were decoded.
const SHOW: &str = "(async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const video = document.createElement('video');
    video.muted = true;
    const event = (name) => new Promise((done, failed) => {
        video.addEventListener(name, done, { once: true });
        video.addEventListener('error', () => failed(new Error(video.error.message)), { once: true });
    });
    const ended = event('ended');
    video.src = URL.createObjectURL(new Blob([bytes], { type: 'video/webm' }));
    await video.play();
    await ended;
    const { videoWidth: width, videoHeight: height, duration: seconds } = video;
    return { width, height, seconds, frames: video.getVideoPlaybackQuality().totalVideoFrames };
})";

/// A video has every frame, and the chosen speed however slowly the machine draws.
fn webm(page: &mut Page, downloads: &Path, size: Size) -> Result<()> {
    choose_kind(page, "WebM: the run as a video")?;
    set_frames(page, 12)?;
    let file = save(page, downloads, "samscope-fig1.webm")?;
    ensure!(is_webm(&file), "no WebM");
    let shown = page.eval(&format!("{SHOW}('{}')", BASE64_STANDARD.encode(&file)))?;
    let is_right = shown == json!({ "width": size.0, "height": size.1, "seconds": 0.8, "frames": 12 });
    ensure!(is_right, "12 frames of {size:?}, 15 a second, have become {shown}");
    Ok(())
}

/// Whether the file begins with an EBML header that names the type `webm`.
fn is_webm(file: &[u8]) -> bool {
    file.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]) && file.windows(4).take(64).any(|word| word == b"webm")
}

/// The runs' numbers are those of the page, and the command line's to the last bit. Gives their scenario.
fn data(page: &mut Page, downloads: &Path, samscope: &Path) -> Result<Value> {
    choose_kind(page, "JSON: the runs' numbers with their scenario")?;
    let mut report: Value = serde_json::from_slice(&save(page, downloads, "samscope-runs.json")?)?;
    json::drop_field(&mut report, "elapsed_s");
    let steps = page.eval("samscope.state().step")?;
    ensure!(report["runs"][0]["steps"] == steps, "the page is at step {steps}, the file is not");
    let scenario = report["scenario"].clone();
    if let Some(difference) = json::first_difference(&native_run(samscope, &scenario)?, &report) {
        bail!("the file and the command line differ at {difference}");
    }
    Ok(scenario)
}

/// The same as a table.
fn table(page: &mut Page, downloads: &Path, samscope: &Path, scenario: &Value) -> Result<()> {
    choose_kind(page, CSV)?;
    let saved = String::from_utf8(save(page, downloads, "samscope-runs.csv")?)?;
    let file = downloads.join("scenario.json");
    fs::write(&file, scenario.to_string())?;
    let mut command = process::command(samscope);
    command.args(["run", "--format", "csv", "--scenario"]).arg(&file);
    ensure!(saved == process::capture_text(command)?, "the table is not the command line's");
    Ok(())
}

/// A scenario whose numbers take seconds.
const SLOW: &str = "{loss: {id: 'tiny-mlp'}, optimizers: Array(16).fill({id: 'sam'})}";

/// An export that is stopped leaves a sentence and no file, and the next one is made.
pub fn cancelled(lab: &mut Lab) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut page = export_window(lab, folder.path())?;
    choose_kind(&mut page, GIF)?;
    // More than any machine makes before it is stopped.
    set_frames(&mut page, 600)?;
    cancel(&mut page)?;
    // Numbers are made in one go, and of a loss that takes long to measure: what comes of it later is thrown away.
    choose_kind(&mut page, CSV)?;
    page.eval(&format!("samscope.setScenario({SLOW}), samscope.step(4000)"))?;
    cancel(&mut page)?;
    page.eval("samscope.setScenario({optimizers: [{id: 'sam'}]}), samscope.step(100)")?;
    choose_kind(&mut page, "SVG: vectors, for print")?;
    save(&mut page, folder.path(), "samscope-fig1.svg")?;
    let left = fs::read_dir(folder.path())?.next();
    ensure!(left.is_none(), "of what was cancelled there is {left:?}");
    page.ensure_clean()
}

/// Starts what is chosen and stops it.
fn cancel(page: &mut Page) -> Result<()> {
    page.click_on(button("Save"))?;
    page.click_on(button("Cancel"))?;
    page.wait_for("samscope.state().outcome === 'Not saved: it was cancelled.'")
}
