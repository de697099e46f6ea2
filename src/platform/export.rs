//! What is exported: made in the background, with its progress, and stopped when nobody wants it any more.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::figure::claims::{Found, html};
use crate::figure::{Animation, FigureRequest};
use crate::theory::claims::{self, Compared};

/// What is made of a figure or of a scenario's runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Product {
    /// The figure, as vectors.
    Svg,
    /// The figure, this many pixels wide.
    Png(u32),
    /// The runs' records and measurements as JSON.
    Json,
    /// The same as a table.
    Csv,
    /// The claims, verified, as a page; it is of no scenario.
    Claims,
    /// The figure while the runs go on: a GIF.
    Gif(Animation),
    /// The same as a video, where the browser can.
    Webm(Animation),
    /// The figure's pixels to be shown, this many in a row.
    Preview(u32),
}

impl Product {
    /// Its pixels in a row, where it has some.
    fn pixels(self) -> Option<u32> {
        match self {
            Self::Png(width) | Self::Preview(width) => Some(width),
            Self::Gif(animation) | Self::Webm(animation) => Some(animation.width),
            Self::Svg | Self::Json | Self::Csv | Self::Claims => None,
        }
    }
}

/// Finished bytes; of a preview also its pixels in a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// A file, or a preview's pixels: red, green, blue, opacity.
    pub bytes: Vec<u8>,
    /// A preview's pixels in a row; 0 for a file.
    pub width: u32,
}

/// How many exports have begun.
static JOBS: AtomicU32 = AtomicU32::new(0);

/// A running export.
#[derive(Clone, Debug)]
pub struct Job {
    state: Arc<State>,
}

#[derive(Debug, Default)]
struct State {
    number: u32,
    thousandths: AtomicU32,
    cancelled: AtomicBool,
    result: Mutex<Option<Result<Made, String>>>,
}

impl Job {
    /// Begins; `ctx` is repainted as it goes on.
    #[must_use]
    pub fn start(product: Product, request: FigureRequest, ctx: &egui::Context) -> Self {
        let number = JOBS.fetch_add(1, Ordering::Relaxed);
        let job = Self { state: Arc::new(State { number, ..State::default() }) };
        match product.pixels().map_or(Ok(()), |width| request.check_pixels(width)) {
            Ok(()) => super::make(product, request, &job, ctx),
            Err(reason) => job.finish(Err(format!("the figure {reason}"))),
        }
        job
    }

    /// How far it has come, 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f32 {
        self.state.thousandths.load(Ordering::Relaxed) as f32 / 1000.0
    }

    /// Tells it from the others.
    pub(super) fn number(&self) -> u32 {
        self.state.number
    }

    /// Stops it, as seen from here at once: what is still made of it in the background is thrown away.
    pub fn cancel(&self) {
        let mut result = self.result();
        self.state.cancelled.store(true, Ordering::Relaxed);
        *result = Some(Err(CANCELLED.to_owned()));
        super::stop(self);
    }

    /// What has been made, once.
    #[must_use]
    pub fn take(&self) -> Option<Result<Made, String>> {
        self.result().take()
    }

    /// Notes the progress; true where it has been cancelled.
    pub(super) fn is_stopped_at(&self, share: f64) -> bool {
        self.state.thousandths.store((1000.0 * share) as u32, Ordering::Relaxed);
        self.state.cancelled.load(Ordering::Relaxed)
    }

    /// Hands the result over, where it has not been cancelled.
    pub(super) fn finish(&self, made: Result<Made, String>) {
        let mut result = self.result();
        if !self.state.cancelled.load(Ordering::Relaxed) {
            *result = Some(made);
        }
    }

    fn result(&self) -> MutexGuard<'_, Option<Result<Made, String>>> {
        self.state.result.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a cancelled export has no result.
pub(super) const CANCELLED: &str = "it was cancelled";

/// The page of all claims with what was found, in their order.
pub(super) fn claims_page(found: &[Compared]) -> String {
    let claims: Vec<_> = claims::all().zip(found.iter().copied()).collect();
    html(Found { claims: &claims, page: super::page_address().as_deref() })
}
