//! Where fields are computed, beside the thread that asks for them.

#[cfg(not(target_arch = "wasm32"))]
mod threads;

#[cfg(not(target_arch = "wasm32"))]
pub use threads::Threads;

use crate::field::{Backend, Here};

/// The window's and the page's way: beside the thread that draws, where the system allows that.
#[must_use]
pub fn in_background() -> Box<dyn Backend> {
    #[cfg(not(target_arch = "wasm32"))]
    if let Ok(threads) = Threads::shared() {
        return Box::new(threads);
    }
    Box::new(Here::default())
}
