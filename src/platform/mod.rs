//! What the window and the page do outside themselves: files, clipboard, last state, addresses. The same functions for
//! both, in `native.rs` and `web.rs`; everything that a person has to be told is one sentence.

#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub mod arrays;
#[cfg(any(feature = "gui", all(feature = "cli", not(target_arch = "wasm32"))))]
pub mod compute;
#[cfg(feature = "gui")]
mod export;
#[cfg(all(any(feature = "gui", feature = "cli"), not(target_arch = "wasm32")))]
pub mod files;
#[cfg(feature = "gui")]
mod mailbox;
#[cfg(all(feature = "gui", not(target_arch = "wasm32")))]
mod make_native;
#[cfg(all(feature = "gui", target_arch = "wasm32"))]
mod make_web;
#[cfg(all(any(feature = "gui", feature = "cli"), not(target_arch = "wasm32")))]
mod measure;
#[cfg(feature = "gui")]
mod mirror;
#[cfg(all(feature = "gui", not(target_arch = "wasm32")))]
mod native;
#[cfg(all(feature = "gui", target_arch = "wasm32"))]
mod web;
#[cfg(all(feature = "gui", any(target_arch = "wasm32", test)))]
mod webm;

#[cfg(feature = "gui")]
pub use export::{Job, Made, Product};
#[cfg(feature = "gui")]
pub use mailbox::{Mailbox, Message};
#[cfg(all(feature = "gui", not(target_arch = "wasm32")))]
pub use make_native::can_encode_video;
#[cfg(all(feature = "gui", target_arch = "wasm32"))]
pub use make_web::can_encode_video;
#[cfg(all(any(feature = "gui", feature = "cli"), not(target_arch = "wasm32")))]
pub use measure::measure;
#[cfg(feature = "gui")]
pub use mirror::{Changes, Element, Gesture, Kind, Mirror, Range};
#[cfg(all(feature = "gui", not(target_arch = "wasm32")))]
pub use native::*;
#[cfg(all(feature = "gui", target_arch = "wasm32"))]
pub use web::*;

/// The largest file that is opened, in bytes: a scenario has a few hundred, a figure with one some millions.
pub const OPEN_MAX: usize = 1 << 24;

/// What is kept until the next start.
#[cfg(feature = "gui")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// The scenario in force.
    State,
    /// What has been done of the lessons.
    Progress,
}

#[cfg(feature = "gui")]
impl Kept {
    fn name(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Progress => "progress",
        }
    }
}

#[cfg(feature = "gui")]
fn too_large(name: &str) -> Message {
    Message::NotOpened(format!("{name} is larger than {} MB: such files are not read", OPEN_MAX >> 20))
}

#[cfg(all(feature = "gui", not(target_arch = "wasm32")))]
use make_native::{make, stop};
#[cfg(all(feature = "gui", target_arch = "wasm32"))]
use make_web::{make, stop};
#[cfg(all(feature = "gui", target_arch = "wasm32"))]
use web::words;
