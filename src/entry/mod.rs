//! What differs between the window and the page: how the program starts and who talks to it.

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(target_arch = "wasm32")]
mod web;
#[cfg(target_arch = "wasm32")]
mod worker;

#[cfg(not(target_arch = "wasm32"))]
pub use native::open_window;
#[cfg(target_arch = "wasm32")]
pub use web::start;
