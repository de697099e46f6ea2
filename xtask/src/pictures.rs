//! `cargo xtask pictures`: what other programs show of the page, made from the page and its icon, into assets/.

use std::{fs, path::Path, thread, time::Duration};

use anyhow::{Result, ensure};
use serde_json::json;

use crate::{
    browser::{Browser, Graphics, Screen, Tab},
    process, repo,
    server::Server,
    setup, web,
};

/// What link previews show: 1200 × 630 pixels, as the sites that show them ask for.
pub const SOCIAL: &str = "social.png";
/// What a phone shows on its home screen: the sizes that iOS and Android ask for.
const ICONS: [u32; 2] = [180, 512];

/// Long enough for the three methods to part and to turn along the valley.
const PLAYING_TIME: Duration = Duration::from_secs(8);
/// The most bytes of the social picture: some sites show none that is larger.
const SOCIAL_BUDGET: u64 = 200_000;

/// Makes all of them.
pub fn make(no_build: bool) -> Result<()> {
    if !no_build {
        web::build(None)?;
    }
    // ImageMagick comes with it.
    setup::virtual_display()?;
    let assets = repo::root().join("assets");
    social(&assets.join(SOCIAL))?;
    for size in ICONS {
        icon(&assets, size)?;
    }
    Ok(())
}

fn social(path: &Path) -> Result<()> {
    let screen = Screen { width: 1200, height: 630, scale: 1, phone: false };
    let server = Server::start(&repo::dist_dir())?;
    let mut browser = Browser::launch(Graphics::Software, &screen)?;
    let mut page = browser.open(&screen)?;
    page.set_color_scheme("dark")?;
    page.navigate(&server.url())?;
    page.wait_for("samscope.state().playing")?;
    thread::sleep(PLAYING_TIME);
    let picture = page.picture()?;
    save_small(&picture, path, 256)?;
    let size = fs::metadata(path)?.len();
    ensure!(size < SOCIAL_BUDGET, "{} takes {size} bytes; at most {SOCIAL_BUDGET} are allowed", path.display());
    Ok(())
}

/// The icon on its own colour to the edges, with the margin that a mask may cut away.
fn icon(assets: &Path, size: u32) -> Result<()> {
    let screen = Screen { width: size, height: size, scale: 1, phone: false };
    let svg = fs::read_to_string(assets.join("icon.svg"))?;
    let mut browser = Browser::launch(Graphics::Software, &screen)?;
    let mut page = browser.open(&screen)?;
    page.eval(&format!("document.body.innerHTML = {}", json!(svg)))?;
    page.eval("document.body.style = 'margin: 0; background: #14171d'")?;
    page.eval("document.querySelector('svg').style = 'position: absolute; inset: 10%; width: 80%'")?;
    let picture = page.picture()?;
    save_small(&picture, &assets.join(format!("icon-{size}.png")), 64)
}

/// Writes a PNG with a palette, which takes a third of the bytes.
fn save_small(picture: &[u8], path: &Path, colors: u32) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("full.png");
    fs::write(&file, picture)?;
    let mut convert = process::command("convert");
    convert.arg(&file).args(["+dither", "-strip", "-colors", &colors.to_string()]);
    convert.args(["-define", "png:compression-level=9"]).arg(format!("PNG8:{}", path.display()));
    process::capture(convert)?;
    println!("{}: {} bytes", path.display(), fs::metadata(path)?.len());
    Ok(())
}
