//! The graphics card of the page, which runs kernels by WebGPU: `web/gpu.js`.

use std::cell::RefCell;

use js_sys::{Array, Promise, Uint32Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::field::{Program, WORKGROUP};
use crate::platform::words;

#[wasm_bindgen]
extern "C" {
    /// The words of nodes, on the card.
    type Table;

    #[wasm_bindgen(method)]
    fn destroy(this: &Table);

    #[wasm_bindgen(catch, js_namespace = samscopeGpu, js_name = open)]
    async fn open_card() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = samscopeGpu)]
    async fn pipeline(wgsl: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = samscopeGpu)]
    fn table(words: &[u32]) -> Result<Table, JsValue>;

    #[wasm_bindgen(catch, js_namespace = samscopeGpu)]
    fn pass(pipeline: &JsValue, table: &Table, words: &[u32], groups: u32) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = samscopeGpu)]
    async fn read(table: &Table) -> Result<JsValue, JsValue>;
}

/// A graphics card.
#[derive(Clone)]
pub(super) struct Card {
    /// What the browser calls it.
    pub name: String,
    /// Whether it is one, and no program in its place.
    pub is_real: bool,
}

/// The page's card, or why it has none.
type Known = Result<Card, String>;

thread_local! {
    static KNOWN: RefCell<Option<Known>> = const { RefCell::new(None) };
}

/// What is known of the page's card by now; asks for it where nothing is.
pub(super) fn known() -> Option<Known> {
    let known = KNOWN.with_borrow(Clone::clone);
    if known.is_none() {
        spawn_local(async { drop(open().await) });
    }
    known
}

/// The page's card, or why there is none.
pub(super) async fn open() -> Known {
    if let Some(known) = KNOWN.with_borrow(Clone::clone) {
        return known;
    }
    let opened = open_card().await.map_err(|error| words(&error)).map(|card| {
        let card: Array = card.unchecked_into();
        Card { name: card.get(0).as_string().unwrap_or_default(), is_real: card.get(1).is_truthy() }
    });
    KNOWN.with_borrow_mut(|known| known.get_or_insert(opened).clone())
}

/// The card is lost: nothing asks for it again.
pub(super) fn lose(why: &str) {
    KNOWN.set(Some(Err(why.to_owned())));
}

/// Makes all passes over the words of so many nodes; `None` where they are not wanted any more.
///
/// # Errors
/// The card is lost, or the browser refuses.
pub(super) async fn run(
    program: &Program,
    words: &[u32],
    count: usize,
    is_wanted: impl Fn() -> bool,
) -> Result<Option<Vec<u32>>, String> {
    let table = table(words).map_err(|error| self::words(&error))?;
    let made = make(program, &table, count, is_wanted).await;
    // At once: the browser does not know what it holds.
    table.destroy();
    made.map_err(|error| self::words(&error))
}

async fn make(
    program: &Program,
    table: &Table,
    count: usize,
    is_wanted: impl Fn() -> bool,
) -> Result<Option<Vec<u32>>, JsValue> {
    let mut pipelines = Vec::new();
    for kernel in program.kernels() {
        pipelines.push(pipeline(kernel.wgsl()).await?);
    }
    let mut before = None;
    for given in program.passes(count) {
        if !is_wanted() {
            return Ok(None);
        }
        let submitted = pass(&pipelines[given.kernel], table, &given.words, count.div_ceil(WORKGROUP) as u32)?;
        // One ahead, so that it always has something to do.
        if let Some(before) = before.replace(submitted) {
            JsFuture::from(before).await?;
        }
    }
    let read: Uint32Array = read(table).await?.unchecked_into();
    Ok(Some(read.to_vec()))
}
