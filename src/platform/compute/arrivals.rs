//! Tiles that other threads compute, as they arrive.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use crate::field::Tile;

/// The receiving end.
#[derive(Debug)]
pub(super) struct Arrivals {
    tiles: Receiver<(u64, Tile)>,
    /// How often all tiles have been dropped: those of an earlier time need not be begun.
    pub clock: Arc<AtomicU64>,
}

impl Arrivals {
    /// With the end that takes a tile and its time.
    pub fn new() -> (Sender<(u64, Tile)>, Self) {
        let (done, tiles) = channel();
        (done, Self { tiles, clock: Arc::default() })
    }

    /// The time of what is submitted now.
    pub fn time(&self) -> u64 {
        self.clock.load(Ordering::SeqCst)
    }

    /// As [`Backend::poll`](crate::field::Backend::poll).
    pub fn poll(&self, patience: Duration) -> Option<Tile> {
        let begin = Instant::now();
        loop {
            let (time, tile) = self.tiles.recv_timeout(patience.saturating_sub(begin.elapsed())).ok()?;
            // Others were begun before they were dropped.
            if time == self.time() {
                return Some(tile);
            }
        }
    }

    /// None of the tiles submitted so far comes any more.
    pub fn drop_all(&self) {
        self.clock.fetch_add(1, Ordering::SeqCst);
    }
}
