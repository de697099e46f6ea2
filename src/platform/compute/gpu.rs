//! Tiles on the graphics card. What it does not offer, and what is left where it is lost, threads compute.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rayon::ThreadPool;

use super::arrivals::Arrivals;
use super::card::Card;
use super::orders::{Offers, Order, lost, not_offered, parts};
use super::threads;
use crate::field::{Backend, Field, Program, Tile};

/// The nodes that the card computes at once: those of all tiles that wait.
const NODES: usize = 1 << 16;

/// A graphics card that computes tiles.
#[derive(Debug)]
pub struct Gpu {
    /// The thread that talks to the card, which ends when there are no more orders.
    hand: Option<(Sender<Order>, JoinHandle<()>)>,
    arrivals: Arrivals,
    /// Who computes.
    name: Arc<Mutex<String>>,
}

impl Gpu {
    /// A card, with so many threads beside it; 0 is one for each processor.
    ///
    /// # Errors
    /// The system gives no threads.
    pub fn new(card: Arc<Card>, threads: usize) -> std::io::Result<Self> {
        let pool = if threads == 0 { threads::shared_pool()? } else { Arc::new(threads::started(threads)?) };
        let (orders, taken) = channel();
        let (done, arrivals) = Arrivals::new();
        let (time, name) = (Arc::clone(&arrivals.clock), Arc::new(Mutex::new(card.name().to_owned())));
        let hand = Hand { card, pool, time, name: Arc::clone(&name), done, offers: Offers::default(), is_lost: false };
        let hand = thread::Builder::new().name("gpu".to_owned()).spawn(move || hand.serve(&taken))?;
        Ok(Self { hand: Some((orders, hand)), arrivals, name })
    }
}

impl Backend for Gpu {
    fn name(&self) -> String {
        self.name.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn submit(&mut self, field: &Arc<Field>, nodes: Vec<usize>) {
        let time = self.arrivals.time();
        if let Some((orders, _)) = &self.hand {
            // The thread ends when this does.
            let _ = orders.send(Order { time, field: Arc::clone(field), tiles: vec![nodes] });
        }
    }

    fn poll(&mut self, patience: Duration) -> Option<Tile> {
        self.arrivals.poll(patience)
    }

    fn cancel(&mut self) {
        self.arrivals.drop_all();
    }
}

/// Waits for the pass that is being made: a driver that computes while the process ends may crash.
impl Drop for Gpu {
    fn drop(&mut self) {
        self.cancel();
        if let Some((orders, hand)) = self.hand.take() {
            drop(orders);
            // It has said why, where it has panicked.
            let _ = hand.join();
        }
    }
}

/// The thread that talks to the card.
struct Hand {
    card: Arc<Card>,
    pool: Arc<ThreadPool>,
    time: Arc<AtomicU64>,
    name: Arc<Mutex<String>>,
    done: Sender<(u64, Tile)>,
    offers: Offers,
    is_lost: bool,
}

impl Hand {
    fn serve(mut self, orders: &Receiver<Order>) {
        let mut next = orders.recv().ok();
        while let Some(mut order) = next.take() {
            next = order.join(NODES, || orders.try_recv().ok());
            if self.is_wanted(order.time) {
                self.carry_out(order);
            }
            next = next.or_else(|| orders.recv().ok());
        }
    }

    fn is_wanted(&self, time: u64) -> bool {
        self.time.load(Ordering::SeqCst) == time
    }

    fn carry_out(&mut self, order: Order) {
        let Order { time, field, tiles } = order;
        if self.is_lost {
            return self.by_threads(time, &field, tiles);
        }
        let program = match self.offers.of(&field) {
            Ok(program) => program,
            Err(why) => {
                self.call(&format!("{}: {}", self.threads(), not_offered(self.card.name(), &why)));
                return self.by_threads(time, &field, tiles);
            }
        };
        self.call(self.card.name());
        let nodes = tiles.concat();
        match self.card.run(&program, program.words(&nodes), nodes.len(), || self.is_wanted(time)) {
            Ok(Some(words)) => self.judge(time, &program, &nodes, &words),
            Ok(None) => {}
            Err(why) => {
                self.is_lost = true;
                self.call(&format!("{}: {}", self.threads(), lost(self.card.name(), &why)));
                self.by_threads(time, &field, tiles);
            }
        }
    }

    /// What comes of the words, judged by all threads.
    fn judge(&self, time: u64, program: &Arc<Program>, nodes: &[usize], words: &[u32]) {
        for (nodes, words) in parts(nodes, words) {
            let program = Arc::clone(program);
            self.spawn(time, move || {
                let values = program.finish(&nodes, &words);
                Tile { nodes, values }
            });
        }
    }

    fn by_threads(&self, time: u64, field: &Arc<Field>, tiles: Vec<Vec<usize>>) {
        for nodes in tiles {
            let field = Arc::clone(field);
            self.spawn(time, move || Tile::compute(&field, nodes));
        }
    }

    fn spawn(&self, time: u64, tile: impl FnOnce() -> Tile + Send + 'static) {
        let (done, clock) = (self.done.clone(), Arc::clone(&self.time));
        self.pool.spawn_fifo(move || {
            if clock.load(Ordering::SeqCst) == time {
                // Nobody waits for it where the receiver is gone.
                let _ = done.send((time, tile()));
            }
        });
    }

    fn threads(&self) -> String {
        threads::name_of(&self.pool)
    }

    fn call(&self, name: &str) {
        name.clone_into(&mut self.name.lock().unwrap_or_else(PoisonError::into_inner));
    }
}
