//! Tiles on the graphics card. What it does not offer, and what is left where it is lost, threads compute.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rayon::ThreadPool;

use super::arrivals::Arrivals;
use super::card::Card;
use super::threads;
use crate::field::{Backend, Field, Program, Tile};

/// The nodes that the card computes at once: those of all tiles that wait.
const NODES: usize = 1 << 16;
/// The nodes whose ends are judged together.
const FINISHED: usize = 1 << 9;

/// A graphics card that computes tiles.
#[derive(Debug)]
pub struct Gpu {
    /// The thread that talks to the card, which ends when there are no more orders.
    hand: Option<(Sender<Order>, JoinHandle<()>)>,
    arrivals: Arrivals,
    /// Who computes.
    name: Arc<Mutex<String>>,
}

struct Order {
    time: u64,
    field: Arc<Field>,
    nodes: Vec<usize>,
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
        let hand = Hand { card, pool, time, name: Arc::clone(&name), done, program: None, is_lost: false };
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
            let _ = orders.send(Order { time, field: Arc::clone(field), nodes });
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

/// A field's program, or why it has none.
type Offer = Result<Arc<Program>, String>;

/// The thread that talks to the card.
struct Hand {
    card: Arc<Card>,
    pool: Arc<ThreadPool>,
    time: Arc<AtomicU64>,
    name: Arc<Mutex<String>>,
    done: Sender<(u64, Tile)>,
    /// That of the last field.
    program: Option<(Arc<Field>, Offer)>,
    is_lost: bool,
}

impl Hand {
    fn serve(mut self, orders: &Receiver<Order>) {
        let mut next = orders.recv().ok();
        while let Some(mut order) = next.take() {
            while order.nodes.len() < NODES {
                let Ok(other) = orders.try_recv() else { break };
                if other.time == order.time && Arc::ptr_eq(&other.field, &order.field) {
                    order.nodes.extend(other.nodes);
                } else {
                    next = Some(other);
                    break;
                }
            }
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
        let Order { time, field, nodes } = order;
        if self.is_lost {
            return self.by_threads(time, &field, &nodes);
        }
        let program = match self.program_of(&field) {
            Ok(program) => program,
            Err(why) => {
                self.call(&format!("{}: not by {}, since {why}", self.threads(), self.card.name()));
                return self.by_threads(time, &field, &nodes);
            }
        };
        self.call(self.card.name());
        match self.card.run(&program, program.words(&nodes), nodes.len(), || self.is_wanted(time)) {
            Ok(Some(words)) => self.finish(time, &program, nodes, words),
            Ok(None) => {}
            Err(why) => {
                self.is_lost = true;
                self.call(&format!("{}: {} was lost: {}", self.threads(), self.card.name(), why.trim_end_matches('.')));
                self.by_threads(time, &field, &nodes);
            }
        }
    }

    fn program_of(&mut self, field: &Arc<Field>) -> Offer {
        if let Some((_, program)) = self.program.as_ref().filter(|(known, _)| Arc::ptr_eq(known, field)) {
            return program.clone();
        }
        let program = Program::of(field).map(Arc::new);
        self.program = Some((Arc::clone(field), program.clone()));
        program
    }

    /// What comes of the words, judged by all threads.
    fn finish(&self, time: u64, program: &Arc<Program>, nodes: Vec<usize>, words: Vec<u32>) {
        let both = Arc::new((nodes, words));
        for first in (0..both.0.len()).step_by(FINISHED) {
            let (program, both) = (Arc::clone(program), Arc::clone(&both));
            self.spawn(time, move || {
                let (nodes, words) = &*both;
                let some = first..nodes.len().min(first + FINISHED);
                Tile { nodes: nodes[some.clone()].to_vec(), values: program.finish(nodes, words, some) }
            });
        }
    }

    fn by_threads(&self, time: u64, field: &Arc<Field>, nodes: &[usize]) {
        for some in nodes.chunks(FINISHED) {
            let (field, some) = (Arc::clone(field), some.to_vec());
            self.spawn(time, move || Tile::compute(&field, some));
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
