//! Who computes the page's fields, as its address may ask.

use std::cell::Cell;

use super::card_web;
use super::gpu_web::Gpu;
use super::workers::Workers;
use crate::field::Backend;
use crate::loss::quoted;

/// The way that the page's address asks for: `?backend=gpu`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Workers, and in haste the graphics card.
    #[default]
    Auto,
    /// Workers alone.
    Workers,
    /// The graphics card, or what the browser has in its place.
    Gpu,
}

thread_local! {
    static CHOSEN: Cell<Choice> = const { Cell::new(Choice::Auto) };
}

impl Choice {
    /// Has fields computed in the way of this name from now on.
    ///
    /// # Errors
    /// There is no such way, as a sentence.
    pub fn choose(name: &str) -> Result<(), String> {
        CHOSEN.set(match name {
            "auto" => Self::Auto,
            "workers" => Self::Workers,
            "gpu" => Self::Gpu,
            _ => return Err(format!("The backend must be auto, workers or gpu, but is “{}”.", quoted(name))),
        });
        Ok(())
    }

    pub(super) fn in_background() -> Box<dyn Backend> {
        match CHOSEN.get() {
            Self::Auto | Self::Workers => Box::new(Workers::default()),
            Self::Gpu => Box::new(Gpu::default()),
        }
    }

    /// A program in the place of a card is no faster than workers.
    pub(super) fn in_haste() -> Option<Box<dyn Backend>> {
        let is_real = CHOSEN.get() == Self::Auto && card_web::known()?.is_ok_and(|card| card.is_real);
        if is_real { Some(Box::new(Gpu::default())) } else { None }
    }
}
