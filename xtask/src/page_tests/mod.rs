//! The built page in a real browser, with real input.

mod input;
mod loading;
mod scenarios;

use std::{path::PathBuf, time::Instant};

use anyhow::{Result, ensure};

use crate::{
    browser::{Browser, Graphics, Page, Screen},
    repo,
    server::Server,
    size,
};

type Test = fn(&mut Lab) -> Result<()>;

const TESTS: &[(&str, Test)] = &[
    ("loads_and_plays", loading::loads_and_plays),
    ("loading_message", loading::loading_message),
    ("no_webgl", loading::no_webgl),
    ("transport", input::transport),
    ("drag_start", input::drag_start),
    ("change_eta", input::change_eta),
    ("type_a_loss", input::type_a_loss),
    ("gap", input::gap),
    ("phone", input::phone),
    ("bad_scenario", scenarios::bad_scenario),
    ("same_bits", scenarios::same_bits),
    ("sharpness", scenarios::sharpness),
    ("run_does_not_freeze", scenarios::run_does_not_freeze),
    ("sizes", |lab| size::check(&lab.dist)),
];

/// What the tests work with: a browser, the served page, and the native binary to compare with.
struct Lab {
    browser: Browser,
    url: String,
    dist: PathBuf,
    samscope: PathBuf,
}

impl Lab {
    /// The page on this screen, loaded and playing.
    fn playing(&mut self, screen: &Screen) -> Result<Page<'_>> {
        let mut page = self.browser.open(screen)?;
        page.navigate(&self.url)?;
        page.wait_for(loading::PLAYS, 30)?;
        Ok(page)
    }
}

/// Runs the tests whose name contains `only`.
pub fn run(only: &str) -> Result<()> {
    let dist = repo::dist_dir();
    let server = Server::start(&dist)?;
    let browser = Browser::launch(Graphics::Software, &Screen::DESKTOP)?;
    let mut lab = Lab { browser, url: server.url(), dist, samscope: repo::samscope_exe()? };
    let chosen: Vec<_> = TESTS.iter().filter(|(name, _)| name.contains(only)).collect();
    ensure!(!chosen.is_empty(), "no page test is called like `{only}`");
    let failed = chosen.iter().filter(|(name, test)| !passes(name, *test, &mut lab)).count();
    println!("{} passed, {failed} failed", chosen.len() - failed);
    ensure!(failed == 0, "{failed} of {} page tests failed", chosen.len());
    Ok(())
}

fn passes(name: &str, test: Test, lab: &mut Lab) -> bool {
    let start = Instant::now();
    let result = test(lab);
    let seconds = start.elapsed().as_secs_f64();
    match &result {
        Ok(()) => println!("test page::{name} ... ok ({seconds:.1} s)"),
        Err(error) => println!("test page::{name} ... FAILED ({seconds:.1} s)\n    {error:#}"),
    }
    result.is_ok()
}
