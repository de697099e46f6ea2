//! `cargo xtask …`: the developer's commands, the same on every system.
//!
//! Each command does its own set-up first (see [`setup`]) and says what it installs. Everything that a command
//! starts (servers, browsers, displays) listens on 127.0.0.1 only and is stopped when the command ends.

mod bench;
mod browser;
mod busy;
mod cargo_test;
mod display;
mod firefox;
mod json;
mod native_test;
mod page_tests;
mod pictures;
mod process;
#[cfg(test)]
mod published_files;
mod repo;
mod screenshots;
mod server;
mod setup;
mod size;
mod soak;
mod table;
mod test;
mod web;
mod wire;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Developer commands of samscope")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the page, serve it on 127.0.0.1 and rebuild it on every change
    Serve {
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Build without optimization: quick to build, slow to load and run
        #[arg(long)]
        dev: bool,
    },
    /// Run the checks, all of them by default; one failure does not keep the others from running
    Test {
        parts: Vec<test::Part>,
        /// Of the tests of core, interface and page, run those whose name contains this
        #[arg(long, default_value = "")]
        only: String,
        /// Native window and page: use the binary and the page that are there already
        #[arg(long)]
        no_build: bool,
    },
    /// Build the page into dist/, as it is published
    Build {
        /// Where it will be published, https://…/, for the address of the picture in link previews
        #[arg(long)]
        url: Option<String>,
    },
    /// Make what other programs show of the page: the picture in link previews, icons; into assets/
    Pictures {
        /// Use the page that is there already
        #[arg(long)]
        no_build: bool,
    },
    /// Take pictures of the page (desktop and phone, dark and light) and of the native window
    Screenshots {
        /// Where to put them [default: screenshots/ in the target folder]
        #[arg(long)]
        out: Option<PathBuf>,
        /// Use the binary and the page that are there already
        #[arg(long)]
        no_build: bool,
    },
    /// Use the page and the native window at random and print what they take of memory, minute by minute
    Soak {
        #[arg(long, default_value_t = 30)]
        minutes: u32,
        /// The same seed does the same steps
        #[arg(long, default_value_t = 0)]
        seed: u64,
        /// Use the binary and the page that are there already
        #[arg(long)]
        no_build: bool,
        /// The page only
        #[arg(long)]
        no_native: bool,
        /// The native window only
        #[arg(long, conflicts_with = "no_native")]
        no_page: bool,
    },
    /// Measure the command line and the page; print one table and write bench.json into the target folder
    Bench {
        /// Use the binary and the page that are there already
        #[arg(long)]
        no_build: bool,
    },
}

fn main() -> ExitCode {
    match dispatch(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: Command) -> Result<()> {
    match command {
        Command::Serve { port, dev } => web::serve(port, dev),
        Command::Test { parts, only, no_build } => test::run(&parts, &only, no_build),
        Command::Build { url } => web::build(url.as_deref()),
        Command::Pictures { no_build } => pictures::make(no_build),
        Command::Screenshots { out, no_build } => screenshots::take(out, no_build),
        Command::Soak { minutes, seed, no_build, no_native, no_page } => {
            soak::run(&soak::Soak { minutes, seed, no_build, no_native, no_page })
        }
        Command::Bench { no_build } => bench::run(no_build),
    }
}
