//! Figures for papers, lectures and messages: drawn once on a sheet by plotters, written as SVG or shown in the window.

mod axis;
mod caption;
mod chart;
pub mod claims;
mod compose;
mod computed;
mod curves;
mod designs;
mod element;
mod font;
mod gif;
mod heatmap;
mod legend;
mod map;
mod mark;
mod origin;
mod picture;
mod plot;
#[cfg(all(not(target_arch = "wasm32"), any(feature = "gui", feature = "cli")))]
pub mod raster;
mod request;
mod sheet;
pub mod style;
mod subject;
pub mod surface;
mod svg;

pub use caption::Caption;
pub use compose::{Figure, Paper};
pub use computed::Computed;
pub use designs::Design;
pub use font::{Letter, Line, has as has_letter};
pub use gif::{Animation, GifWriter};
pub use mark::{Anchor, Colour, Lettering, Mark, Pen};
pub use origin::{read_scenario, signed};
pub use picture::Picture;
pub use request::{Draughtsman, FigureRequest};
pub use sheet::{Area, Drawn, FINENESS, Pencil, Sheet, Undrawn, fine, place_of, put};
pub use subject::Subject;
pub use svg::{plain, svg};
