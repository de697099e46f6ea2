//! Tiles on several threads.

use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::field::{Backend, Field, Tile};

/// Threads that compute tiles.
#[derive(Debug)]
pub struct Threads {
    pool: ThreadPool,
    /// How often all tiles have been dropped: those of an earlier time are not begun.
    time: Arc<AtomicU64>,
    done: Sender<(u64, Tile)>,
    tiles: Receiver<(u64, Tile)>,
}

impl Threads {
    /// So many; 0 is one for each processor.
    ///
    /// # Errors
    /// The system gives no threads.
    pub fn new(threads: usize) -> io::Result<Self> {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().map_err(io::Error::other)?;
        let (done, tiles) = channel();
        Ok(Self { pool, time: Arc::default(), done, tiles })
    }
}

impl Backend for Threads {
    fn submit(&mut self, field: &Arc<Field>, nodes: Range<usize>) {
        let (field, done, clock) = (Arc::clone(field), self.done.clone(), Arc::clone(&self.time));
        let time = clock.load(Ordering::SeqCst);
        self.pool.spawn(move || {
            if clock.load(Ordering::SeqCst) == time {
                // Nobody waits for it where the receiver is gone.
                let _ = done.send((time, Tile::compute(&field, nodes)));
            }
        });
    }

    fn poll(&mut self, patience: Duration) -> Option<Tile> {
        let (time, tile) = self.tiles.recv_timeout(patience).ok()?;
        (time == self.time.load(Ordering::SeqCst)).then_some(tile)
    }

    fn cancel(&mut self) {
        self.time.fetch_add(1, Ordering::SeqCst);
    }
}
