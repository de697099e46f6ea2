//! The gallery: every preset as a small live map with a sentence that says why it is worth a look.

use std::collections::BTreeSet;

use egui::{Color32, Response, Sense, Ui, Vec2, vec2};

use super::command::Command;
use super::map::{Look, MapState, fitting};
use super::session::Session;
use super::theme::Colours;
use super::window;
use crate::lesson::{GALLERY, Preset};

/// A card is at least this wide.
const CARD: f32 = 210.0;
/// More of them beside each other are too small.
const COLUMNS: usize = 4;
/// The height of a card's picture, as a share of its width.
const PICTURE: f32 = 0.56;
/// Around what is on a card.
const MARGIN: f32 = 8.0;

/// The pictures, once the gallery has been open.
#[derive(Default)]
pub struct Gallery {
    pictures: Vec<Picture>,
}

/// A preset's run and its map.
struct Picture {
    session: Session,
    map: MapState,
}

impl Picture {
    fn new(preset: &Preset) -> Self {
        let mut session = Session::new(preset.scenario());
        session.ask(session.scenario().steps);
        Self { session, map: MapState::default() }
    }

    /// The whole of the run, and no head's geometry.
    fn look<'a>(&self, hidden: &'a BTreeSet<usize>) -> Look<'a> {
        let rectangle = self.session.scenario().view.bounds.unwrap_or_else(|| fitting(&self.session));
        Look::at_all(&self.session, hidden, usize::MAX, rectangle)
    }
}

impl Gallery {
    /// Goes on with the runs and the maps; true while there is more to do.
    pub fn advance(&mut self, pixels_per_point: f32, is_late: &mut dyn FnMut() -> bool) -> bool {
        if self.pictures.is_empty() {
            self.pictures = GALLERY.iter().map(Picture::new).collect();
        }
        let hidden = BTreeSet::new();
        let mut more = false;
        for picture in &mut self.pictures {
            picture.session.advance(is_late);
            let look = picture.look(&hidden);
            more |= picture.map.advance(&picture.session, &look, pixels_per_point, is_late);
            more |= picture.session.is_going();
        }
        more
    }

    /// The window, where `shown` says that it is open.
    pub fn show(&mut self, ctx: &egui::Context, shown: &mut bool) -> Option<Command> {
        let mut chosen = None;
        window::show(ctx, "Gallery", shown, 920.0, |ui| chosen = self.cards(ui));
        chosen.map(Command::Choose)
    }

    fn cards(&mut self, ui: &mut Ui) -> Option<&'static Preset> {
        let mut chosen = None;
        let mut pictures = self.pictures.iter_mut();
        let columns = ((ui.available_width() / CARD) as usize).clamp(1, COLUMNS);
        for row in GALLERY.chunks(columns) {
            ui.columns(columns, |uis| {
                for (ui, preset) in uis.iter_mut().zip(row) {
                    if card(ui, preset, pictures.next()).clicked() {
                        chosen = Some(preset);
                    }
                }
            });
        }
        chosen
    }
}

/// A preset: its picture, and below it what it shows and why.
fn card(ui: &mut Ui, preset: &Preset, picture: Option<&mut Picture>) -> Response {
    // 1. Size and place.
    let width = ui.available_width();
    let inner = width - 2.0 * MARGIN;
    let text = |ui: &Ui, text: &str, size: f32, colour: Color32| {
        ui.painter().layout(text.to_owned(), egui::FontId::proportional(size), colour, inner)
    };
    let title = text(ui, preset.title, 14.5, ui.visuals().strong_text_color());
    let why = text(ui, preset.why, 12.5, ui.visuals().text_color());
    let map = vec2(inner, PICTURE * inner);
    // Room for four lines, so that the cards of a row are alike.
    let words = title.size().y + 4.0 + (4.0 * 16.0_f32).max(why.size().y);
    let (rect, response) = ui.allocate_exact_size(vec2(width, map.y + words + 3.0 * MARGIN), Sense::click());
    // 2. What it is.
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{}: {}", preset.title, preset.why))
    });
    // 3. Paint.
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let visuals = *ui.style().interact(&response);
    let line = if response.hovered() || response.has_focus() { visuals.bg_stroke } else { egui::Stroke::NONE };
    ui.painter().rect(rect, 5.0, ui.visuals().faint_bg_color, line, egui::StrokeKind::Inside);
    let at = rect.min + Vec2::splat(MARGIN);
    let place = egui::Rect::from_min_size(at, map);
    ui.painter().rect_filled(place, 3.0, Colours::of(ui).plate());
    if let Some(picture) = picture {
        let hidden = BTreeSet::new();
        let look = picture.look(&hidden);
        let goes = if preset.goes_well { "as hoped" } else { "not as hoped" };
        picture.map.paint(ui, place, &picture.session, &look, goes);
    }
    let below = place.left_bottom() + vec2(0.0, MARGIN);
    let height = title.size().y;
    ui.painter().galley(below, title, Color32::PLACEHOLDER);
    ui.painter().galley(below + vec2(0.0, height + 4.0), why, Color32::PLACEHOLDER);
    response
}
