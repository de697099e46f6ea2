//! A value at each node of a plane, a quantity or a run's end; its levels, isolines and colours.

mod backend;
mod bounds;
mod colours;
mod geometry;
mod grid;
mod isolines;
mod labels;
mod landmarks;
mod levels;
mod nodes;
mod of_run;
mod order;
mod quantity;
mod slice;
mod sweep;
mod ticks;
mod values;
mod what;
mod work;

pub use backend::{Backend, Here, Tile};
pub use bounds::{fitting_bounds, with_aspect};
pub use colours::{ColourTable, Palette, class_colour};
pub use geometry::SliceGeometry;
pub use grid::Grid;
pub use isolines::isolines;
pub use labels::{Rectangle, around, label_place, overlap};
pub use landmarks::named_landmarks;
pub use levels::Levels;
pub use nodes::Nodes;
pub use quantity::grey_note;
pub use slice::{Slice, base_on_gamma};
pub use sweep::Over;
pub use ticks::{number, ticks};
pub use values::{Ends, NO_CLASS, Values};
pub use what::{Field, Kind, NODES_MAX, Plane};
pub use work::Work;
