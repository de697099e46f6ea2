//! The page's platform: downloads, the browser's clipboard, its local storage, its address.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlAnchorElement, HtmlElement, HtmlInputElement, Location, Storage, Window};

use super::{Kept, Mailbox, Message, OPEN_MAX, too_large};

/// What a file is named by: the name of a download.
pub const TARGET: &str = "File name";

/// Whether the platform has a dialog of its own to choose a file.
pub const PICKS_FILES: bool = true;
/// Whether the function keys are the program's: a browser has them for itself.
pub const HAS_FUNCTION_KEYS: bool = false;

/// The name to offer for a file of this name: the browser knows where downloads go.
#[must_use]
pub fn suggested_target(name: &str) -> String {
    name.to_owned()
}

/// Downloads a file under the name `target`. Says so.
///
/// # Errors
/// Why the browser does not take it, as a sentence.
pub fn save_file(target: &str, mime: &str, bytes: &[u8]) -> Result<String, String> {
    download(target.trim(), mime, bytes)
        .map_err(|error| format!("{} cannot be downloaded: {}", target.trim(), words(&error)))?;
    Ok(format!("Downloaded {}", target.trim()))
}

fn download(name: &str, mime: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(mime);
    let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = element("a")?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The click has started the download, which holds the data from now on.
    web_sys::Url::revoke_object_url(&address)
}

/// Lets the person choose a file and posts it. `target` is not needed.
pub fn open_file(_target: &str, mailbox: &Mailbox) {
    if let Err(error) = pick(mailbox.clone()) {
        mailbox.post(Message::NotOpened(format!("no file can be chosen: {}", words(&error))));
    }
}

fn pick(mailbox: Mailbox) -> Result<(), JsValue> {
    let input: HtmlInputElement = element("input")?;
    input.set_type("file");
    input.set_accept(".json,.svg,.png,application/json");
    let chosen = input.clone();
    let on_change = Closure::once_into_js(move || {
        if let Some(file) = chosen.files().and_then(|files| files.get(0)) {
            read(file, mailbox);
        }
    });
    input.set_onchange(Some(on_change.unchecked_ref()));
    input.click();
    Ok(())
}

/// Reads a dropped file and posts it.
pub fn read_dropped(file: &egui::DroppedFileHandle, mailbox: &Mailbox) {
    if let Some(file) = file.web_file() {
        read(file.clone(), mailbox.clone());
    }
}

fn read(file: web_sys::File, mailbox: Mailbox) {
    let name = file.name();
    if file.size() > OPEN_MAX as f64 {
        return mailbox.post(too_large(&name));
    }
    spawn_local(async move {
        mailbox.post(match JsFuture::from(file.array_buffer()).await {
            Ok(buffer) => Message::Opened { name, bytes: js_sys::Uint8Array::new(&buffer).to_vec() },
            Err(error) => Message::NotOpened(format!("cannot read {name}: {}", words(&error))),
        });
    });
}

/// Copies a text and posts whether that worked: a browser may refuse.
pub fn copy_text(_ctx: &egui::Context, text: String, mailbox: &Mailbox) {
    let mailbox = mailbox.clone();
    // Asked for here and now, while the browser still knows of the click.
    let Some(promise) = clipboard().map(|clipboard| clipboard.write_text(&text)) else {
        let reason = "this browser lets only pages from https:// or localhost copy: select the text and copy it";
        return mailbox.post(Message::NotCopied { reason: reason.to_owned(), text });
    };
    spawn_local(async move {
        mailbox.post(match JsFuture::from(promise).await {
            Ok(_) => Message::Copied,
            Err(error) => {
                let reason = format!("the browser refused to copy ({}): select the text and copy it", words(&error));
                Message::NotCopied { reason, text }
            }
        });
    });
}

/// Absent where the page is not from a secure origin.
fn clipboard() -> Option<web_sys::Clipboard> {
    let navigator = window()?.navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).ok()?;
    (!clipboard.is_undefined() && !clipboard.is_null()).then(|| clipboard.unchecked_into())
}

/// Gives what a person copies by keys to the browser's event for that, which runs this very frame and needs no permission.
/// egui would ask the clipboard itself, which may refuse keys as it refuses buttons.
pub fn copy_by_keys(ctx: &egui::Context) {
    let Some(data) = copy_event().and_then(|event| event.clipboard_data()) else { return };
    let is_left = |command: &egui::OutputCommand| match command {
        egui::OutputCommand::CopyText(text) => data.set_data("text/plain", text).is_err(),
        _ => true,
    };
    ctx.output_mut(|output| output.commands.retain(is_left));
}

/// The browser's event, where a person has just copied or cut by keys.
fn copy_event() -> Option<web_sys::ClipboardEvent> {
    window()?.event().dyn_into().ok()
}

/// The page's address without query and fragment.
#[must_use]
pub fn page_address() -> Option<String> {
    let location = location()?;
    Some(location.origin().ok()? + &location.pathname().ok()?)
}

/// The address's fragment, with `#`; empty where there is none.
#[must_use]
pub fn hash() -> String {
    location().and_then(|location| location.hash().ok()).unwrap_or_default()
}

/// The value of this name in the address's query.
#[must_use]
pub fn query(name: &str) -> Option<String> {
    let query = location().and_then(|location| location.search().ok()).unwrap_or_default();
    let mut pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(given, _)| *given == name).map(|(_, value)| value.to_owned())
}

/// Writes the address's fragment, without a new entry in the browser's history.
pub fn set_hash(fragment: &str) {
    let Some(history) = window().and_then(|window| window.history().ok()) else { return };
    if let Err(error) = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("#{fragment}"))) {
        log::warn!("the address cannot be written: {}", words(&error));
    }
}

/// Posts every later change of the fragment by hand or by a link.
pub fn watch_hash(mailbox: Mailbox) {
    let on_change = Closure::<dyn FnMut()>::new(move || mailbox.post(Message::Hash(hash())));
    if let Some(window) = window() {
        window.set_onhashchange(Some(on_change.as_ref().unchecked_ref()));
    }
    on_change.forget();
}

/// What [`store`] kept.
#[must_use]
pub fn stored(what: Kept) -> Option<String> {
    storage()?.get_item(&key_of(what)).ok().flatten()
}

/// The last state.
///
/// # Errors
/// None here: a page that has crashed offers to start afresh.
pub fn take_state() -> Result<Option<String>, String> {
    Ok(stored(Kept::State))
}

/// On the page a state is never on trial.
pub fn pass_state() {}

/// Keeps a text until the next start. Where that fails, it is logged.
pub fn store(what: Kept, text: &str) {
    if let Some(Err(error)) = storage().map(|storage| storage.set_item(&key_of(what), text)) {
        log::warn!("the {} cannot be kept: {}", what.name(), words(&error));
    }
}

fn key_of(what: Kept) -> String {
    format!("samscope.{}", what.name())
}

/// Absent where the browser forbids it.
fn storage() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
}

fn window() -> Option<Window> {
    web_sys::window()
}

fn location() -> Option<Location> {
    window().map(|window| window.location())
}

fn element<T: JsCast + AsRef<HtmlElement>>(tag: &str) -> Result<T, JsValue> {
    let document = window().and_then(|window| window.document()).ok_or("the page has no document")?;
    document.create_element(tag)?.dyn_into().map_err(JsValue::from)
}

/// What a browser says is wrong.
pub(super) fn words(error: &JsValue) -> String {
    let text = || error.as_string().unwrap_or_else(|| format!("{error:?}"));
    error.dyn_ref::<js_sys::Error>().map_or_else(text, |error| String::from(error.message()))
}
