//! Where fields are computed, beside the thread that asks for them.

#[cfg(all(feature = "gpu", not(target_arch = "wasm32")))]
mod card;
#[cfg(all(feature = "gpu", not(target_arch = "wasm32")))]
mod gpu;
#[cfg(not(target_arch = "wasm32"))]
mod threads;
#[cfg(target_arch = "wasm32")]
mod workers;

#[cfg(all(feature = "gpu", not(target_arch = "wasm32")))]
pub use card::Card;
#[cfg(all(feature = "gpu", not(target_arch = "wasm32")))]
pub use gpu::Gpu;
#[cfg(not(target_arch = "wasm32"))]
pub use threads::Threads;

/// The window's and the page's way: beside the thread that draws, where the system allows that.
#[cfg(feature = "gui")]
#[must_use]
pub fn in_background() -> Box<dyn crate::field::Backend> {
    #[cfg(target_arch = "wasm32")]
    return Box::new(workers::Workers::default());
    #[cfg(not(target_arch = "wasm32"))]
    match Threads::shared() {
        Ok(threads) => Box::new(threads),
        Err(_) => Box::new(crate::field::Here::default()),
    }
}
