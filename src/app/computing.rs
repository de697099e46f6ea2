//! What is computed in a frame before it is drawn, each in its share of the frame's time.

use web_time::{Duration, Instant};

use super::App;
use super::command::Window;
use super::map::Look;
use crate::race::Wanted;
use crate::run::Layout;

/// The least and the most that stepping may take of a frame, which is half of what frames take: where pictures are slow to draw,
/// a run is not.
const STEPPING: [Duration; 2] = [Duration::from_millis(8), Duration::from_millis(48)];
/// The most time that measuring sharpness and distances takes of a frame, but for the heads: while playing, and
/// while nothing else is computed.
const MEASURING: [Duration; 2] = [Duration::from_micros(800), Duration::from_millis(8)];
/// The most time that the map's field takes of a frame: while playing, and while nothing else is computed.
const FIELD: [Duration; 2] = [Duration::from_millis(4), Duration::from_millis(12)];
/// The most time that the gallery's pictures take of a frame.
const GALLERY: Duration = Duration::from_millis(4);

impl App {
    /// Takes in what has come from outside, then computes: steps the race, and a part of the map. So nothing puts another
    /// scenario in place between computing and drawing, and what is drawn has been computed for the scenario in force.
    pub fn frame_logic(&mut self, ctx: &egui::Context) {
        let begin = Instant::now();
        self.now = ctx.input(|input| input.time);
        self.receive(ctx);
        if self.session.is_going() {
            let half = Duration::try_from_secs_f32(0.5 * ctx.input(|input| input.stable_dt)).unwrap_or_default();
            let allowed = half.clamp(STEPPING[0], STEPPING[1]);
            self.session.advance(&mut || begin.elapsed() > allowed);
            ctx.request_repaint();
        }
        let more = self.lessons.advance()
            | self.measure()
            | self.advance_maps(ctx.pixels_per_point())
            | self.advance_gallery(ctx.pixels_per_point());
        if more {
            ctx.request_repaint();
        }
        self.perf.logic_took(begin);
    }

    /// A frame's share of what is costly to measure and is shown; true while there is more to do.
    fn measure(&mut self) -> bool {
        let begin = Instant::now();
        let allowed = MEASURING[usize::from(!self.session.playing)];
        let is_late = |share: f64| begin.elapsed() > allowed.mul_f64(share);
        let view = &self.session.scenario().view;
        let (flows, ends) = (view.flows, view.layout == Layout::Gap);
        let wanted = Wanted { flows, ends, ..Wanted::of_curves(&view.curves) };
        self.session.measure(wanted, is_late)
    }

    /// A frame's share of the maps' fields; true while there is more to do.
    fn advance_maps(&mut self, pixels_per_point: f32) -> bool {
        let begin = Instant::now();
        let allowed = FIELD[usize::from(!self.session.playing)];
        let is_late = &mut || begin.elapsed() > allowed;
        let layout = self.session.scenario().view.layout;
        // The rest is the map's, which would else stand still beside costly surfaces.
        let is_half_over = &mut || begin.elapsed() > allowed / 2;
        let surfaces = layout == Layout::Surface && self.surface.advance(&self.session, &self.hidden, is_half_over);
        match layout {
            Layout::Map | Layout::Basin | Layout::Surface => {
                let look = Look::at_all(&self.session, &self.hidden, self.focus(), self.framing.rectangle);
                self.map.advance(&self.session, &look, pixels_per_point, is_late) | surfaces
            }
            Layout::Sweep => self.sweep.advance(&self.session, self.focus(), is_late),
            Layout::Gap => self.gap.advance(&self.session, self.framing.rectangle, pixels_per_point, is_late),
        }
    }

    /// A frame's share of the gallery's pictures, while that is open; true while there is more to do.
    fn advance_gallery(&mut self, pixels_per_point: f32) -> bool {
        let begin = Instant::now();
        self.sheet == Some(Window::Gallery) && self.gallery.advance(pixels_per_point, &mut || begin.elapsed() > GALLERY)
    }
}
