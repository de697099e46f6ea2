//! A quantity over a 2-D slice: its values on a grid, levels, isolines and colours.

mod bounds;
mod colours;
mod geometry;
mod grid;
mod isolines;
mod labels;
mod landmarks;
mod levels;
mod quantity;
mod slice;
mod ticks;

pub use bounds::{fitting_bounds, with_aspect};
pub use colours::{ColourTable, Palette};
pub use geometry::SliceGeometry;
pub use grid::Grid;
pub use isolines::isolines;
pub use labels::{Rectangle, around, label_place, overlap};
pub use landmarks::named_landmarks;
pub use levels::Levels;
pub use quantity::{FieldJob, FieldSpec};
pub use slice::{Slice, base_on_gamma};
pub use ticks::{number, ticks};
