//! Tiles in the page's workers, each of which runs the page's own program again without a window.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use std::sync::Arc;

use js_sys::{Array, Float64Array, Uint32Array};
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent, Worker};
use web_time::{Duration, Instant};

use crate::field::{Backend, Field, Program, Tile, Values};

#[wasm_bindgen]
extern "C" {
    /// `web/background.js`: a new worker, which says `ready` when it can be asked.
    #[wasm_bindgen(catch, js_namespace = samscopeBackground, js_name = worker)]
    fn new_worker() -> Result<Worker, JsValue>;
}

/// The most workers: each has a memory of its own.
const WORKERS_MAX: usize = 8;
/// A worker that is not ready after so long will never be.
const START: Duration = Duration::from_secs(15);
/// So long a tile that nobody wants any more may keep a worker from one that somebody wants.
const VAIN: Duration = Duration::from_millis(250);
/// How long the page itself computes at once, where there are no workers.
const PART: Duration = Duration::from_millis(4);
/// A worker that is silent for so long over a tile is lost: a browser that ends one doesn't always say so. Twice as long for every
/// further try, so that a tile that takes long is done in the end.
const SILENCE: Duration = Duration::from_secs(5);
/// A tile with which so many workers have been lost is left out.
const TRIES: u32 = 4;

thread_local! {
    static POOL: RefCell<Pool> = RefCell::default();
}

/// Where the tiles of one [`Workers`] arrive. What it has cancelled finds none any more.
type Inbox = RefCell<VecDeque<Tile>>;

/// What hears an event of a worker.
type Listener<E> = Closure<dyn FnMut(E)>;

/// The page's workers, shared by all its fields.
#[derive(Default)]
struct Pool {
    /// How many there should be; `None` before the first is needed. One that cannot be loaded is not replaced.
    wanted: Option<usize>,
    hands: Vec<Hand>,
    /// The number of the next worker.
    next: u32,
    waiting: VecDeque<Task>,
    /// The nodes that the page itself computes at once.
    part_nodes: usize,
}

struct Hand {
    number: u32,
    worker: Worker,
    is_ready: bool,
    task: Option<Task>,
    /// When it was started or given its task.
    since: Instant,
    _listeners: (Listener<MessageEvent>, Listener<Event>),
}

struct Task {
    inbox: Weak<Inbox>,
    field: Arc<Field>,
    /// The field as JSON.
    text: JsValue,
    nodes: Vec<usize>,
    /// What a graphics card has made of the nodes, where it has.
    made: Option<Made>,
    tries: u32,
}

/// The words of nodes, by nodes, that only have to be judged.
struct Made {
    program: Arc<Program>,
    words: Vec<u32>,
}

impl Task {
    fn is_wanted(&self) -> bool {
        self.inbox.strong_count() > 0
    }

    /// Computes some of its nodes, about so many, of which it is rid.
    fn part(&mut self, count: usize) -> Tile {
        let all = self.nodes.len();
        let nodes: Vec<usize> = self.nodes.drain(..count.clamp(1, all)).collect();
        let Some(Made { program, words }) = &mut self.made else { return Tile::compute(&self.field, nodes) };
        let own: Vec<u32> = words.drain(..words.len() / all * nodes.len()).collect();
        Tile { values: program.finish(&nodes, &own), nodes }
    }

    fn deliver(self, values: Values) {
        if let Some(inbox) = self.inbox.upgrade() {
            inbox.borrow_mut().push_back(Tile { nodes: self.nodes, values });
        }
    }
}

impl Pool {
    /// One less than the processors, of which the page needs one; at least one.
    fn wanted(&mut self) -> usize {
        *self.wanted.get_or_insert_with(|| {
            let processors = web_sys::window().map_or(1.0, |window| window.navigator().hardware_concurrency());
            (processors as usize).saturating_sub(1).clamp(1, WORKERS_MAX)
        })
    }

    /// Gives those who are free something to do.
    fn dispatch(&mut self) {
        while self.hands.len() < self.wanted() {
            self.hire();
        }
        for hand in self.hands.iter_mut().filter(|hand| hand.is_ready && hand.task.is_none()) {
            let task = std::iter::from_fn(|| self.waiting.pop_front()).find(Task::is_wanted);
            let Some(task) = task else { break };
            let nodes: Vec<u32> = task.nodes.iter().map(|&node| node as u32).collect();
            let words = task.made.as_ref().map_or(&[][..], |made| &made.words);
            let message = Array::of3(&task.text, &Uint32Array::from(&nodes[..]), &Uint32Array::from(words));
            // A worker that cannot be told is silent, too.
            let _ = hand.worker.post_message(&message);
            (hand.task, hand.since) = (Some(task), Instant::now());
        }
    }

    fn hire(&mut self) {
        let number = self.next;
        self.next += 1;
        let Ok(worker) = new_worker() else {
            // A sandboxed frame has none.
            self.wanted = Some(0);
            return;
        };
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            POOL.with_borrow_mut(|pool| pool.hear(number, &event.data()));
        });
        let on_error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            // It is told here.
            event.prevent_default();
            POOL.with_borrow_mut(|pool| pool.lose(number));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let (since, listeners) = (Instant::now(), (on_message, on_error));
        self.hands.push(Hand { number, worker, is_ready: false, task: None, since, _listeners: listeners });
    }

    /// What a worker says: that it is ready, a tile's values, or why there are none.
    fn hear(&mut self, number: u32, data: &JsValue) {
        let Some(hand) = self.hands.iter_mut().find(|hand| hand.number == number) else { return };
        if data.as_string().as_deref() == Some("ready") {
            hand.is_ready = true;
        } else {
            let values = data
                .dyn_ref::<Float64Array>()
                .zip(hand.task.as_ref())
                .and_then(|(numbers, task)| Values::from_floats(&task.field, task.nodes.len(), &numbers.to_vec()));
            match (values, hand.task.take()) {
                (Some(values), Some(task)) => task.deliver(values),
                (_, task) => {
                    hand.task = task;
                    return self.lose(number);
                }
            }
        }
        self.dispatch();
    }

    /// Ends a worker; its tile is done again.
    fn lose(&mut self, number: u32) {
        let Some(place) = self.hands.iter().position(|hand| hand.number == number) else { return };
        let Hand { worker, is_ready, task, .. } = self.hands.swap_remove(place);
        worker.set_onmessage(None);
        worker.set_onerror(None);
        worker.terminate();
        if !is_ready {
            // Another could not be loaded either.
            self.wanted = Some(self.wanted().saturating_sub(1));
        }
        if let Some(mut task) = task.filter(Task::is_wanted) {
            task.tries += 1;
            if task.tries < TRIES {
                self.waiting.push_front(task);
            } else {
                log::warn!("a part of the picture cannot be computed: {TRIES} workers were lost over it");
                let values = Values::unknown(&task.field, task.nodes.len());
                task.deliver(values);
            }
        }
        self.dispatch();
    }

    /// Ends those that have been silent for too long, and those whose tile nobody wants while others wait.
    fn tend(&mut self) {
        let others_wait = self.waiting.iter().any(Task::is_wanted);
        let patience = |hand: &Hand| match &hand.task {
            Some(task) if !task.is_wanted() => others_wait.then_some(VAIN),
            Some(task) => Some(SILENCE * (1 << task.tries)),
            None => (!hand.is_ready).then_some(START),
        };
        let is_over = |hand: &&Hand| patience(hand).is_some_and(|patience| hand.since.elapsed() > patience);
        let over: Vec<u32> = self.hands.iter().filter(is_over).map(|hand| hand.number).collect();
        for number in over {
            self.lose(number);
        }
    }

    /// A part of the next tile of this inbox, computed here, where there are no workers and will be none.
    fn part(&mut self, inbox: &Rc<Inbox>) -> Option<Tile> {
        if !self.hands.is_empty() {
            return None;
        }
        let is_its = |task: &Task| std::ptr::eq(task.inbox.as_ptr(), Rc::as_ptr(inbox));
        let task = self.waiting.iter_mut().find(|task| is_its(task))?;
        let begun = Instant::now();
        let tile = task.part(self.part_nodes);
        let count = tile.nodes.len();
        self.waiting.retain(|task| !task.nodes.is_empty());
        // The next node may take a thousand times as long: one at a time where they are slow.
        self.part_nodes = if begun.elapsed() < PART { 2 * count } else { 1 };
        Some(tile)
    }
}

/// One field's way to the page's workers. Where there can be none, it computes here, a few nodes at a time.
#[derive(Default)]
pub struct Workers {
    inbox: Rc<Inbox>,
    /// The last field, as JSON.
    text: Option<(Arc<Field>, JsValue)>,
}

impl Workers {
    fn text_of(&mut self, field: &Arc<Field>) -> JsValue {
        if let Some((_, text)) = self.text.as_ref().filter(|(known, _)| Arc::ptr_eq(known, field)) {
            return text.clone();
        }
        let text = JsValue::from_str(&field.to_json());
        self.text = Some((Arc::clone(field), text.clone()));
        text
    }

    /// Takes nodes whose words a graphics card has made, to be judged.
    pub(super) fn judge(&mut self, program: &Arc<Program>, nodes: Vec<usize>, words: Vec<u32>) {
        self.take(program.field(), nodes, Some(Made { program: Arc::clone(program), words }));
    }

    fn take(&mut self, field: &Arc<Field>, nodes: Vec<usize>, made: Option<Made>) {
        let (text, inbox) = (self.text_of(field), Rc::downgrade(&self.inbox));
        let task = Task { inbox, field: Arc::clone(field), text, nodes, made, tries: 0 };
        POOL.with_borrow_mut(|pool| {
            pool.waiting.push_back(task);
            pool.dispatch();
        });
    }
}

impl Backend for Workers {
    fn name(&self) -> String {
        POOL.with_borrow(|pool| match pool.hands.iter().filter(|hand| hand.is_ready).count() {
            0 if pool.hands.is_empty() => "the page itself".to_owned(),
            0 => "workers that start".to_owned(),
            1 => "1 worker".to_owned(),
            workers => format!("{workers} workers"),
        })
    }

    fn submit(&mut self, field: &Arc<Field>, nodes: Vec<usize>) {
        self.take(field, nodes, None);
    }

    /// Never waits: a worker's answer comes only between two calls of the page's.
    fn poll(&mut self, _patience: Duration) -> Option<Tile> {
        POOL.with_borrow_mut(Pool::tend);
        let done = self.inbox.borrow_mut().pop_front();
        done.or_else(|| POOL.with_borrow_mut(|pool| pool.part(&self.inbox)))
    }

    fn cancel(&mut self) {
        self.inbox = Rc::default();
        POOL.with_borrow_mut(|pool| pool.waiting.retain(Task::is_wanted));
    }
}
