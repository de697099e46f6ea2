//! A loss over a plane as a surface in space, seen from any side: one drawing for the window and for print.

mod camera;
mod frame;
mod scene;
mod spec;

pub use camera::Camera;
pub use spec::{SurfaceSpec, height_range};

use camera::View;
use scene::Scene;

use super::mark::Colour;
use super::sheet::{Area, Drawn, place_of, put};
use crate::field::{ColourTable, Grid};

/// Height of the box for a half-width of 1.
const HEIGHT: f64 = 1.25;

/// What is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Surface<'a> {
    /// The heights.
    pub grid: &'a Grid,
    /// The heights of the box's floor and lid.
    pub range: [f64; 2],
    /// The names of the two coordinates and of the height.
    pub names: [&'a str; 3],
    /// The iterate: its place in the plane and its height.
    pub head: [f64; 3],
    /// The iterates before it, in the plane.
    pub trail: &'a [[f64; 2]],
    /// Where the ascent step ends, in the plane.
    pub ascent: Option<[f64; 2]>,
}

/// With which colours and letters.
#[derive(Clone, Copy, Debug)]
pub struct SurfaceStyle<'a> {
    /// The heights' colours.
    pub table: &'a ColourTable,
    /// Letters and the ascent step.
    pub ink: Colour,
    /// The box's edges.
    pub frame: Colour,
    /// Around the head and the trail.
    pub halo: Colour,
    /// The head and its trail.
    pub head: Colour,
    /// The letters' size in pixels.
    pub letters: f64,
}

/// Draws a surface in its box. Back to front: the box, the surface, then the run, faded where the surface covers it.
///
/// # Errors
/// None: plotters' type of error.
pub fn draw(area: &Area, surface: &Surface, camera: Camera, style: &SurfaceStyle) -> Drawn {
    let view = View::new(place_of(area), camera, style.letters);
    if view.scale <= 0.0 {
        return Ok(());
    }
    let scene = Scene { surface, view, style };
    let mut marks = Vec::new();
    frame::draw(&scene, &mut marks);
    marks.push(scene.mesh());
    scene.run(&mut marks);
    put(area, marks)
}

fn unit(v: [f64; 3]) -> [f64; 3] {
    let norm = v.iter().map(|x| x * x).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
    v.map(|x| x / norm)
}

fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calculus::landscape;
    use crate::field::Palette;
    use crate::figure::{Mark, Sheet};
    use crate::loss::LossSpec;

    const CAMERA: Camera = Camera { yaw: 30.0, pitch: 25.0 };

    fn drawn(grid: &Grid, camera: Camera, size: [f64; 2]) -> Vec<Mark> {
        let table = ColourTable::new(Palette::Light);
        let ink = Colour::rgb(0);
        let style = SurfaceStyle { table: &table, ink, frame: ink, halo: ink, head: ink, letters: 10.0 };
        let surface = Surface {
            grid,
            range: height_range([grid]),
            names: ["x_{3}", "x_{4}", "L"],
            head: [0.1, 0.1, grid.at(3, 3)],
            trail: &[[0.2, 0.2], [-0.1, -0.1], [5.0, 5.0]],
            ascent: Some([0.2, 0.2]),
        };
        Sheet::drawn(size, |area| draw(area, &surface, camera, &style)).marks
    }

    type Quad = ([u32; 4], [u8; 3]);

    fn mesh(marks: &[Mark]) -> (&[[f64; 2]], &[Quad]) {
        let mesh = marks.iter().find_map(|mark| match mark {
            Mark::Mesh { corners, quads } => Some((corners.as_slice(), quads.as_slice())),
            _ => None,
        });
        mesh.expect("a surface")
    }

    #[test]
    fn the_toys_heights_are_f1_x3_squared_plus_f2_x4_squared() {
        let loss = landscape(&LossSpec::new("toy4d").resolved().expect("a loss"), 4);
        let spec = SurfaceSpec { axes: [2, 3], center: [0.0, 0.1], reach: 0.4, nodes: 9 };
        let grid = spec.heights(loss.as_ref(), &[0.5, 0.25, 0.3, 0.3]);
        let (f1, f2) = (0.25 + 6.0 * 0.0625 + 8.0, 4.0 * 0.25 + 0.5625 + 1.0);
        let closed_form = Grid::filled(9, 9, spec.bounds(), |u, v| f1 * u * u + f2 * v * v);
        for (got, want) in grid.values.iter().zip(&closed_form.values) {
            assert!((got - want).abs() < 1e-14, "{got} instead of {want}");
        }
    }

    #[test]
    fn a_camera_keeps_its_limits() {
        assert_eq!(Camera::new(190.0, 100.0), Camera { yaw: -170.0, pitch: 85.0 });
        assert_eq!(CAMERA.turned(-360.0, -90.0), Camera { yaw: 30.0, pitch: 5.0 });
    }

    /// Every cell is farther from the eye than all the cells after it that overlap it: along the view, the middle
    /// of each cell's floor comes no nearer than a cell's width before the next ones.
    #[test]
    fn cells_are_drawn_from_the_back_to_the_front() {
        let grid = Grid::filled(7, 7, [-1.0, 1.0, -1.0, 1.0], |u, v| u * v);
        for yaw in [-170.0, -100.0, -30.0, 20.0, 80.0, 150.0] {
            let marks = drawn(&grid, Camera::new(yaw, 30.0), [300.0, 300.0]);
            let (_, quads) = mesh(&marks);
            assert_eq!(quads.len(), 36);
            let [sin, cos] = [yaw.to_radians().sin(), yaw.to_radians().cos()];
            let cell = |quad: &Quad| [f64::from(quad.0[0] % 7), f64::from(quad.0[0] / 7)];
            for (i, before) in quads.iter().enumerate() {
                for after in &quads[i + 1..] {
                    let [da, db] = [cell(after)[0] - cell(before)[0], cell(after)[1] - cell(before)[1]];
                    // Farther along both axes would be behind what is already there.
                    assert!(!(da * sin >= 0.0 && db * cos >= 0.0), "yaw {yaw}: {before:?} before {after:?}");
                }
            }
        }
    }

    #[test]
    fn a_ridge_covers_what_is_behind_it() {
        let ridge = Grid::filled(41, 41, [-1.0, 1.0, -1.0, 1.0], |_, v| (-40.0 * v * v).exp());
        let table = ColourTable::new(Palette::Dark);
        let ink = Colour::rgb(0);
        let style = SurfaceStyle { table: &table, ink, frame: ink, halo: ink, head: ink, letters: 10.0 };
        let surface =
            Surface { grid: &ridge, range: [0.0, 1.0], names: ["", "", ""], head: [0.0; 3], trail: &[], ascent: None };
        let view = View::new([0.0, 0.0, 300.0, 300.0], Camera::new(0.0, 20.0), 10.0);
        let scene = Scene { surface: &surface, view, style: &style };
        let at = |v: f64| scene.lifted([0.0, v]).expect("inside");
        assert!(scene.is_covered(at(0.6)), "behind the ridge");
        assert!(!scene.is_covered(at(-0.6)) && !scene.is_covered(at(0.0)), "before it and on it");
    }

    #[test]
    fn holes_tiny_sheets_and_level_ground_draw() {
        let holed = Grid::filled(8, 8, [-1.0, 1.0, -1.0, 1.0], |u, _| if u > 0.0 { f64::NAN } else { u });
        assert_eq!(mesh(&drawn(&holed, CAMERA, [200.0, 200.0])).1.len(), 21);
        let level = Grid::filled(8, 8, [-1.0, 1.0, -1.0, 1.0], |_, _| 2.0);
        assert!(mesh(&drawn(&level, CAMERA, [200.0, 200.0])).0.iter().flatten().all(|x| x.is_finite()));
        assert!(drawn(&level, CAMERA, [5.0, 5.0]).is_empty());
    }
}
