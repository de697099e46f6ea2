//! Tiles on several threads.

use std::io;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Sender;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::arrivals::Arrivals;
use crate::field::{Backend, Field, Tile};

/// Threads that compute tiles.
#[derive(Debug)]
pub struct Threads {
    pool: Arc<ThreadPool>,
    done: Sender<(u64, Tile)>,
    arrivals: Arrivals,
}

impl Threads {
    /// So many of its own; 0 is one for each processor.
    ///
    /// # Errors
    /// The system gives no threads.
    pub fn new(threads: usize) -> io::Result<Self> {
        Ok(Self::on(Arc::new(started(threads)?)))
    }

    /// One for each processor, the same for all who ask.
    ///
    /// # Errors
    /// The system gives no threads.
    pub fn shared() -> io::Result<Self> {
        shared_pool().map(Self::on)
    }

    pub(super) fn on(pool: Arc<ThreadPool>) -> Self {
        let (done, arrivals) = Arrivals::new();
        Self { pool, done, arrivals }
    }
}

/// One thread for each processor, the same for all who ask.
pub(super) fn shared_pool() -> io::Result<Arc<ThreadPool>> {
    static POOL: OnceLock<Arc<ThreadPool>> = OnceLock::new();
    if let Some(pool) = POOL.get() {
        return Ok(Arc::clone(pool));
    }
    let pool = Arc::new(started(0)?);
    Ok(Arc::clone(POOL.get_or_init(|| pool)))
}

pub(super) fn name_of(pool: &ThreadPool) -> String {
    match pool.current_num_threads() {
        1 => "1 thread".to_owned(),
        threads => format!("{threads} threads"),
    }
}

/// So many threads; 0 is one for each processor.
pub(super) fn started(threads: usize) -> io::Result<ThreadPool> {
    ThreadPoolBuilder::new().num_threads(threads).build().map_err(io::Error::other)
}

impl Backend for Threads {
    fn name(&self) -> String {
        name_of(&self.pool)
    }

    fn submit(&mut self, field: &Arc<Field>, nodes: Vec<usize>) {
        let (field, done, clock) = (Arc::clone(field), self.done.clone(), Arc::clone(&self.arrivals.clock));
        let time = self.arrivals.time();
        // In the order in which they are submitted.
        self.pool.spawn_fifo(move || {
            if clock.load(Ordering::SeqCst) == time {
                // Nobody waits for it where the receiver is gone.
                let _ = done.send((time, Tile::compute(&field, nodes)));
            }
        });
    }

    fn poll(&mut self, patience: Duration) -> Option<Tile> {
        self.arrivals.poll(patience)
    }

    fn cancel(&mut self) {
        self.arrivals.drop_all();
    }
}

/// What has been submitted is of no use any more.
impl Drop for Threads {
    fn drop(&mut self) {
        self.cancel();
    }
}
