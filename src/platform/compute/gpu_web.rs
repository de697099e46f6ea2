//! Tiles on the page's graphics card. What it does not offer, and what is left where it is lost, workers compute; they judge what the
//! card has made, too.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use std::sync::Arc;

use wasm_bindgen_futures::spawn_local;
use web_time::Duration;

use super::card_web;
use super::orders::{Offers, Order, lost, not_offered, parts};
use super::workers::Workers;
use crate::field::{Backend, Field, Program, Tile};

/// The nodes that the card computes at once: the page writes their words between two frames.
const NODES: usize = 1 << 14;

/// A graphics card that computes tiles.
#[derive(Default)]
pub(super) struct Gpu(Rc<RefCell<Desk>>);

/// Where tiles are taken in.
#[derive(Default)]
struct Desk {
    workers: Workers,
    waiting: VecDeque<Order>,
    offers: Offers,
    /// How often all tiles have been dropped.
    time: u64,
    /// Whether someone carries orders out.
    is_served: bool,
    /// The card, or why others compute; nothing before the first order.
    who: Option<Result<String, String>>,
}

impl Backend for Gpu {
    fn name(&self) -> String {
        let Desk { workers, who, .. } = &*self.0.borrow();
        match who {
            None => "a graphics card that is asked for".to_owned(),
            Some(Ok(card)) => card.clone(),
            Some(Err(why)) => format!("{}: {why}", workers.name()),
        }
    }

    fn submit(&mut self, field: &Arc<Field>, nodes: Vec<usize>) {
        let mut desk = self.0.borrow_mut();
        let time = desk.time;
        desk.waiting.push_back(Order { time, field: Arc::clone(field), tiles: vec![nodes] });
        if !std::mem::replace(&mut desk.is_served, true) {
            // It begins when the page has submitted all.
            spawn_local(serve(Rc::downgrade(&self.0)));
        }
    }

    fn poll(&mut self, patience: Duration) -> Option<Tile> {
        self.0.borrow_mut().workers.poll(patience)
    }

    fn cancel(&mut self) {
        let mut desk = self.0.borrow_mut();
        desk.time += 1;
        desk.waiting.clear();
        desk.workers.cancel();
    }
}

/// Carries out what is ordered, until nothing is or the desk is gone.
async fn serve(desk: Weak<RefCell<Desk>>) {
    while let Some(order) = desk.upgrade().and_then(|desk| desk.borrow_mut().next()) {
        carry_out(&desk, order).await;
    }
}

async fn carry_out(desk: &Weak<RefCell<Desk>>, order: Order) {
    let at = |time: u64| desk.upgrade().filter(|desk| desk.borrow().time == time);
    let Order { time, field, tiles } = order;
    let card = card_web::open().await;
    let Some(own) = at(time) else { return };
    let offer = card.and_then(|card| own.borrow_mut().accept(card.name, &field));
    let (card, program) = match offer {
        Ok(accepted) => accepted,
        Err(why) => return own.borrow_mut().by_workers(&field, tiles, why),
    };
    // While the card computes, the desk may go.
    drop(own);
    let nodes = tiles.concat();
    let made = card_web::run(&program, &program.words(&nodes), nodes.len(), || at(time).is_some()).await;
    if let Err(why) = &made {
        card_web::lose(&lost(&card, why));
    }
    let Some(own) = at(time) else { return };
    match made {
        Ok(Some(words)) => {
            for (nodes, words) in parts(&nodes, &words) {
                own.borrow_mut().workers.judge(&program, nodes, words);
            }
        }
        Ok(None) => {}
        Err(why) => own.borrow_mut().by_workers(&field, tiles, lost(&card, &why)),
    }
}

impl Desk {
    fn next(&mut self) -> Option<Order> {
        let mut order = self.waiting.pop_front();
        self.is_served = order.is_some();
        if let Some(other) = order.as_mut().and_then(|order| order.join(NODES, || self.waiting.pop_front())) {
            self.waiting.push_front(other);
        }
        order
    }

    /// A card's name with the program of a field.
    fn accept(&mut self, card: String, field: &Arc<Field>) -> Result<(String, Arc<Program>), String> {
        let program = self.offers.of(field).map_err(|why| not_offered(&card, &why))?;
        self.who = Some(Ok(card.clone()));
        Ok((card, program))
    }

    fn by_workers(&mut self, field: &Arc<Field>, tiles: Vec<Vec<usize>>, why: String) {
        self.who = Some(Err(why));
        for nodes in tiles {
            self.workers.submit(field, nodes);
        }
    }
}
