//! Packages of Debian and its derivatives, by `apt-get` where that needs no password.

use std::path::Path;

use anyhow::{Result, bail};

use crate::process;

/// A package, and what shows that the machine has it already.
#[derive(Clone, Copy)]
pub struct Need {
    package: &'static str,
    sign: Sign,
}

#[derive(Clone, Copy)]
enum Sign {
    Program(&'static str),
    Library(&'static str),
}

const fn program(package: &'static str, program: &'static str) -> Need {
    Need { package, sign: Sign::Program(program) }
}

const fn library(package: &'static str, library: &'static str) -> Need {
    Need { package, sign: Sign::Library(library) }
}

pub const CHROMIUM: Need = program("chromium", "chromium");
pub const FIREFOX: Need = program("firefox-esr", "firefox-esr");
pub const NPM: Need = program("npm", "npm");

pub const PYTHON: &[Need] = &[program("python3", "python3"), program("python3-pip", "pip3")];

/// OpenGL on the CPU, for Firefox; Chromium brings its own.
pub const WEBGL: &[Need] = &[library("libegl1", "libEGL.so.1"), library("libgl1-mesa-dri", "dri/swrast_dri.so")];

/// The libraries are those that the native window loads while it starts.
pub const VIRTUAL_DISPLAY: &[Need] = &[
    program("xvfb", "Xvfb"),
    program("xdotool", "xdotool"),
    program("imagemagick", "import"),
    library("mesa-vulkan-drivers", "libvulkan_lvp.so"),
    library("libvulkan1", "libvulkan.so.1"),
    library("libx11-xcb1", "libX11-xcb.so.1"),
    library("libxcursor1", "libXcursor.so.1"),
    library("libxi6", "libXi.so.6"),
    library("libxrandr2", "libXrandr.so.2"),
    library("libxkbcommon-x11-0", "libxkbcommon-x11.so.0"),
];

/// Installs what is missing, or fails with the one sentence that says what to install.
pub fn ensure(needs: &[Need]) -> Result<()> {
    let missing: Vec<&str> = needs.iter().filter(|need| !is_here(need.sign)).map(|need| need.package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages = missing.join(" ");
    let Some(prefix) = apt_prefix() else {
        bail!("install these packages, here named as Debian does: apt-get install {packages}");
    };
    println!("installing with apt-get: {packages}");
    apt(prefix, &["update"])?;
    apt(prefix, &[&["install", "-y", "--no-install-recommends"], missing.as_slice()].concat())
}

fn is_here(sign: Sign) -> bool {
    const FOLDERS: [&str; 4] = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"];
    match sign {
        Sign::Program(name) => process::find(name).is_some(),
        Sign::Library(name) => FOLDERS.iter().any(|folder| Path::new(folder).join(name).exists()),
    }
}

/// What goes before `apt-get`: nothing for root, `sudo -n` where it asks for no password, else it can't be used.
fn apt_prefix() -> Option<&'static [&'static str]> {
    process::find("apt-get")?;
    let mut id = process::command("id");
    id.arg("-u");
    if process::capture_text(id).is_ok_and(|id| id.trim() == "0") {
        return Some(&["env"]);
    }
    let mut sudo = process::command("sudo");
    sudo.args(["-n", "true"]);
    process::capture(sudo).is_ok().then_some(&["sudo", "-n", "env"])
}

fn apt(prefix: &[&str], arguments: &[&str]) -> Result<()> {
    let mut apt = process::command(prefix[0]);
    apt.args(&prefix[1..]).args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]).args(arguments);
    process::run(apt)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_here_is_not_missing() {
        assert!(ensure(&[program("cargo", "cargo")]).is_ok());
        assert!(!is_here(Sign::Program("no-such-program")) && !is_here(Sign::Library("libno-such.so")));
    }
}
