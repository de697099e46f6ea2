//! Where fields are computed, beside the thread that asks for them.

#[cfg(not(target_arch = "wasm32"))]
mod arrivals;
#[cfg(all(feature = "gpu", not(target_arch = "wasm32")))]
mod card;
#[cfg(target_arch = "wasm32")]
mod card_web;
#[cfg(target_arch = "wasm32")]
mod choice;
#[cfg(all(feature = "gpu", not(target_arch = "wasm32")))]
mod gpu;
#[cfg(target_arch = "wasm32")]
mod gpu_web;
#[cfg(any(feature = "gpu", target_arch = "wasm32"))]
mod orders;
#[cfg(not(target_arch = "wasm32"))]
mod threads;
#[cfg(target_arch = "wasm32")]
mod workers;

#[cfg(feature = "gui")]
use crate::field::Backend;
#[cfg(all(feature = "gpu", not(target_arch = "wasm32")))]
pub use card::Card;
#[cfg(target_arch = "wasm32")]
pub use choice::Choice;
#[cfg(all(feature = "gpu", not(target_arch = "wasm32")))]
pub use gpu::Gpu;
#[cfg(not(target_arch = "wasm32"))]
pub use threads::Threads;

/// The window's and the page's way: beside the thread that draws, where the system allows that.
#[cfg(feature = "gui")]
#[must_use]
pub fn in_background() -> Box<dyn Backend> {
    #[cfg(target_arch = "wasm32")]
    return Choice::in_background();
    #[cfg(not(target_arch = "wasm32"))]
    match Threads::shared() {
        Ok(threads) => Box::new(threads),
        Err(_) => Box::new(crate::field::Here::default()),
    }
}

/// The fastest way, with the precision of f32: the graphics card, where there is one and it is ready. For pictures that are soon
/// replaced.
#[cfg(feature = "gui")]
#[must_use]
pub fn in_haste() -> Option<Box<dyn Backend>> {
    #[cfg(all(feature = "gpu", not(target_arch = "wasm32")))]
    {
        let gpu = Gpu::new(std::sync::Arc::clone(DRAWING.get()?), 0).ok()?;
        Some(Box::new(gpu))
    }
    #[cfg(target_arch = "wasm32")]
    return Choice::in_haste();
    #[cfg(not(any(feature = "gpu", target_arch = "wasm32")))]
    None
}

/// The card that draws the window.
#[cfg(all(feature = "gui", feature = "gpu", not(target_arch = "wasm32")))]
static DRAWING: std::sync::OnceLock<std::sync::Arc<Card>> = std::sync::OnceLock::new();

/// Has the card that draws the window compute, too, [where that is asked for](in_haste); not a program in the place of one.
#[cfg(all(feature = "gui", feature = "gpu", not(target_arch = "wasm32")))]
pub fn offer(card: Card) {
    if card.is_real() {
        // One window is opened.
        let _ = DRAWING.set(std::sync::Arc::new(card));
    }
}
