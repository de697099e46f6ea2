//! A loss over a plane as a surface in space, seen from any side: one drawing for the window and for print.

use super::sheet::{Anchor, Area, Colour, Drawn, Lettering, Mark, Pen, place_of, put};
use crate::calculus::{Landscape, VecN};
use crate::field::{ColourTable, Grid, base_on_gamma};
use crate::run::Scenario;

/// Height of the box for a half-width of 1.
const HEIGHT: f64 = 1.25;
/// Half the diagonal of the box's floor: the box is as large from every side.
const DIAGONAL: f64 = std::f64::consts::SQRT_2;
/// Cells along the side of a field of the surface's chessboard, which shows its shape.
const FIELD: usize = 4;
/// Steps of the ray that asks whether a point is covered.
const RAY_STEPS: u32 = 40;
/// How much of a line's opacity is left where the surface covers it.
const COVERED: f32 = 0.3;

/// From where the box is seen, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// Around the vertical, −180 … 180.
    pub yaw: f64,
    /// Above the horizon.
    pub pitch: f64,
}

impl Camera {
    /// The lowest and the highest pitch: the floor is always seen from above.
    pub const PITCHES: [f64; 2] = [5.0, 85.0];

    /// A camera within the limits.
    #[must_use]
    pub fn new(yaw: f64, pitch: f64) -> Self {
        let [low, high] = Self::PITCHES;
        Self { yaw: (yaw + 180.0).rem_euclid(360.0) - 180.0, pitch: pitch.clamp(low, high) }
    }

    /// The camera after a drag by so many degrees to the right and down.
    #[must_use]
    pub fn turned(self, right: f64, down: f64) -> Self {
        Self::new(self.yaw + right, self.pitch + down)
    }
}

/// Which part of which plane is shown; the same for all methods and all steps of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SurfaceSpec {
    /// The two coordinates, counted from 0.
    pub axes: [usize; 2],
    /// The window's middle.
    pub center: [f64; 2],
    /// Half the window's width.
    pub reach: f64,
    /// Nodes of the grid along a side.
    pub nodes: usize,
}

impl SurfaceSpec {
    /// The window that a resolved scenario's view asks for: around Γ or the first marked point, as wide as the start
    /// and the ascent step need.
    #[must_use]
    pub fn of(scenario: &Scenario, nodes: usize) -> Self {
        let axes = scenario.view.surface_axes(scenario.dim()).map(|axis| axis - 1);
        let base = base_on_gamma(&scenario.loss, &scenario.init);
        let center = axes.map(|axis| base[axis]);
        let away = axes.map(|axis| (scenario.init[axis] - base[axis]).abs());
        let rho = scenario.optimizers.iter().filter(|spec| spec.on).map(|spec| spec.rho).fold(0.0, f64::max);
        let fitting = 1.3 * away[0].max(away[1]).max(2.0 * rho.min(1e3));
        let reach = scenario.view.surface_reach.unwrap_or(if fitting > 1e-6 { fitting } else { 1.0 });
        Self { axes, center, reach, nodes }
    }

    /// u min, u max, v min, v max.
    #[must_use]
    pub fn bounds(&self) -> [f64; 4] {
        let ([u, v], reach) = (self.center, self.reach);
        [u - reach, u + reach, v - reach, v + reach]
    }

    /// The loss over the plane through `x`.
    #[must_use]
    pub fn heights(&self, loss: &dyn Landscape, x: &[f64]) -> Grid {
        let mut point = VecN::from_slice(x);
        let [a, b] = self.axes;
        Grid::filled(self.nodes, self.nodes, self.bounds(), |u, v| {
            point[a] = u;
            point[b] = v;
            loss.value(&point)
        })
    }
}

impl SurfaceSpec {
    /// Where the ascent step x → x + ρĝ ends in the plane, unless that is too near to be seen.
    #[must_use]
    pub fn ascent(&self, loss: &dyn Landscape, rho: f64, x: &[f64]) -> Option<[f64; 2]> {
        let gradient = loss.gradient(&VecN::from_slice(x));
        let norm = gradient.norm();
        let step = self.axes.map(|axis| rho * gradient[axis] / norm);
        let length = libm::hypot(step[0], step[1]);
        (length > 0.03 * self.reach).then(|| [x[self.axes[0]] + step[0], x[self.axes[1]] + step[1]])
    }
}

/// The range that holds all finite heights of some grids.
#[must_use]
pub fn height_range<'a>(grids: impl IntoIterator<Item = &'a Grid>) -> [f64; 2] {
    let finite = grids.into_iter().flat_map(|grid| &grid.values).copied().filter(|value| value.is_finite());
    let [low, high] = finite.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], z| [low.min(z), high.max(z)]);
    match high - low {
        span if span > 1e-12 * high.abs().max(low.abs()) => [low, high],
        // Level, or nothing at all.
        _ if low.is_finite() => [low - 0.5, low + 0.5],
        _ => [0.0, 1.0],
    }
}

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
    scene.frame(&mut marks);
    marks.push(scene.mesh());
    scene.run(&mut marks);
    put(area, marks)
}

/// An orthographic view: from the box to the sheet. The box is [−1, 1]² × [−½, ½] HEIGHT.
#[derive(Clone, Copy, Debug)]
struct View {
    middle: [f64; 2],
    scale: f64,
    yaw: [f64; 2],
    pitch: [f64; 2],
}

impl View {
    fn new([x0, y0, x1, y1]: [f64; 4], camera: Camera, letters: f64) -> Self {
        let sine_cosine = |degrees: f64| [libm::sin(degrees.to_radians()), libm::cos(degrees.to_radians())];
        let (yaw, pitch) = (sine_cosine(camera.yaw), sine_cosine(camera.pitch));
        let half_height = DIAGONAL * pitch[0] + 0.5 * HEIGHT * pitch[1];
        // Room for the axes' names all around.
        let (width, height) = (x1 - x0 - 5.0 * letters, y1 - y0 - 3.6 * letters);
        let scale = (width / (2.0 * DIAGONAL)).min(height / (2.0 * half_height));
        Self { middle: [0.5 * (x0 + x1), 0.5 * (y0 + y1)], scale, yaw, pitch }
    }

    /// Where a point of the box is on the sheet.
    fn place(&self, [a, b, c]: [f64; 3]) -> [f64; 2] {
        let ([sin_yaw, cos_yaw], [sin_pitch, cos_pitch]) = (self.yaw, self.pitch);
        let right = a * cos_yaw - b * sin_yaw;
        let away = a * sin_yaw + b * cos_yaw;
        let up = c * cos_pitch + away * sin_pitch;
        [self.middle[0] + self.scale * right, self.middle[1] - self.scale * up]
    }

    /// The direction to the eye.
    fn eye(&self) -> [f64; 3] {
        [-self.yaw[0] * self.pitch[1], -self.yaw[1] * self.pitch[1], self.pitch[0]]
    }

    /// The direction to the lamp: over the eye's left shoulder, whatever the side.
    fn lamp(&self) -> [f64; 3] {
        let [sin, cos] = self.yaw;
        unit([-0.75 * cos - 0.35 * sin, 0.75 * sin - 0.35 * cos, 1.0])
    }
}

fn unit(v: [f64; 3]) -> [f64; 3] {
    let norm = v.iter().map(|x| x * x).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
    v.map(|x| x / norm)
}

fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

/// The indices of n cells, the farthest first.
fn back_to_front(n: usize, grows_away: bool) -> impl Iterator<Item = usize> + Clone {
    (0..n).map(move |i| if grows_away { n - 1 - i } else { i })
}

struct Scene<'a> {
    surface: &'a Surface<'a>,
    view: View,
    style: &'a SurfaceStyle<'a>,
}

impl Scene<'_> {
    /// A height in the box, 0 on the floor and 1 on the lid; outside it is cut off.
    fn share(&self, z: f64) -> f64 {
        let [low, high] = self.surface.range;
        ((z - low) / (high - low)).clamp(0.0, 1.0)
    }

    fn in_box(&self, [u, v, z]: [f64; 3]) -> [f64; 3] {
        let [u0, u1, v0, v1] = self.surface.grid.bounds;
        let along = |x: f64, low: f64, high: f64| 2.0 * (x - low) / (high - low) - 1.0;
        [along(u, u0, u1), along(v, v0, v1), HEIGHT * (self.share(z) - 0.5)]
    }

    /// The surface at a place of the box's floor, by bilinear interpolation; `None` outside.
    fn height(&self, [a, b]: [f64; 2]) -> Option<f64> {
        let grid = self.surface.grid;
        let along = |x: f64, nodes: usize| 0.5 * (x + 1.0) * (nodes - 1) as f64;
        let (column, row) = (along(a, grid.width), along(b, grid.height));
        if !(column >= 0.0 && row >= 0.0 && column <= (grid.width - 1) as f64 && row <= (grid.height - 1) as f64) {
            return None;
        }
        let (i, j) = ((column as usize).min(grid.width - 2), (row as usize).min(grid.height - 2));
        let (s, t) = (column - i as f64, row - j as f64);
        let low = grid.at(i, j) * (1.0 - s) + grid.at(i + 1, j) * s;
        let high = grid.at(i, j + 1) * (1.0 - s) + grid.at(i + 1, j + 1) * s;
        let z = low * (1.0 - t) + high * t;
        z.is_finite().then(|| HEIGHT * (self.share(z) - 0.5))
    }

    /// Whether the surface lies between a point of the box and the eye.
    fn is_covered(&self, point: [f64; 3]) -> bool {
        let direction = self.view.eye();
        (1..=RAY_STEPS).any(|k| {
            let far = 3.0 * f64::from(k) / f64::from(RAY_STEPS);
            let [a, b, c] = [0, 1, 2].map(|i| point[i] + far * direction[i]);
            self.height([a, b]).is_some_and(|height| height > c + 0.01)
        })
    }

    /// All cells as one mark. For an orthographic view the order of drawing is that of the rows and columns.
    fn mesh(&self) -> Mark {
        let grid = self.surface.grid;
        let node = |i: usize, j: usize| self.in_box([grid.u(i as f64), grid.v(j as f64), grid.at(i, j)]);
        let nodes: Vec<[f64; 3]> =
            (0..grid.height).flat_map(|j| (0..grid.width).map(move |i| (i, j))).map(|(i, j)| node(i, j)).collect();
        let corners = nodes.iter().map(|&point| self.view.place(point)).collect();
        let lamp = self.view.lamp();
        let columns = back_to_front(grid.width - 1, self.view.yaw[0] > 0.0);
        let rows = back_to_front(grid.height - 1, self.view.yaw[1] > 0.0);
        let mut quads = Vec::with_capacity((grid.width - 1) * (grid.height - 1));
        for j in rows {
            for i in columns.clone() {
                let k = j * grid.width + i;
                let ring = [k, k + 1, k + 1 + grid.width, k + grid.width];
                let heights = ring.map(|k| grid.values[k]);
                // Cut off above the lid; a place without a value is a hole.
                let over = heights.iter().all(|&z| z > self.surface.range[1]);
                if over || heights.iter().any(|z| z.is_nan()) {
                    continue;
                }
                let share = heights.iter().map(|&z| self.share(z)).sum::<f64>() / 4.0;
                let is_light = (i / FIELD + j / FIELD).is_multiple_of(2);
                let light = light(ring.map(|k| nodes[k]), lamp) * if is_light { 1.0 } else { 0.9 };
                let colour = self.style.table.at(share).map(|c| (f64::from(c) * light).min(255.0) as u8);
                quads.push((ring.map(|k| k as u32), colour));
            }
        }
        Mark::Mesh { corners, quads }
    }

    /// The box behind the surface and the axes with their names.
    fn frame(&self, marks: &mut Vec<Mark>) {
        let [sin, cos] = self.view.yaw;
        // The nearest corner of the floor.
        let (near_a, near_b) = (-sin.signum(), -cos.signum());
        let (floor, lid) = (-0.5 * HEIGHT, 0.5 * HEIGHT);
        let pen = Pen::new(self.style.frame, 1.0);
        let mut line = |points: &[[f64; 3]]| {
            marks.push(Mark::Line { points: points.iter().map(|&point| self.view.place(point)).collect(), pen });
        };
        line(&[[-1.0, -1.0, floor], [1.0, -1.0, floor], [1.0, 1.0, floor], [-1.0, 1.0, floor], [-1.0, -1.0, floor]]);
        line(&[[near_a, -near_b, lid], [-near_a, -near_b, lid], [-near_a, near_b, lid]]);
        let back = [[near_a, -near_b], [-near_a, -near_b], [-near_a, near_b]];
        for [a, b] in back {
            line(&[[a, b, floor], [a, b, lid]]);
        }
        let [u0, u1, v0, v1] = self.surface.grid.bounds;
        let [name_a, name_b, name_c] = self.surface.names;
        self.edge(marks, [[-1.0, near_b, floor], [1.0, near_b, floor]], [&short(u0), name_a, &short(u1)]);
        self.edge(marks, [[near_a, -1.0, floor], [near_a, 1.0, floor]], [&short(v0), name_b, &short(v1)]);
        // The upright at the left.
        let left = back.into_iter().min_by(|p, q| {
            let right = |[a, b]: &[f64; 2]| a * cos - b * sin;
            right(p).total_cmp(&right(q))
        });
        let [a, b] = left.unwrap_or([-1.0, -1.0]);
        let [z0, z1] = self.surface.range.map(short);
        let look = Lettering::new(self.style.letters, self.style.ink).at(Anchor::End, Anchor::Middle);
        for (c, text) in [(floor + 0.12, z0.as_str()), (0.0, name_c), (lid, z1.as_str())] {
            let [x, y] = self.view.place([a, b, c]);
            marks.push(Mark::Text { place: [x - 0.45 * look.size, y], text: text.to_owned(), look });
        }
    }

    /// Three texts along an edge of the floor, outside of it.
    fn edge(&self, marks: &mut Vec<Mark>, [from, to]: [[f64; 3]; 2], texts: [&str; 3]) {
        let size = self.style.letters;
        let look = Lettering::new(size, self.style.ink).at(Anchor::Middle, Anchor::Middle);
        let at = |share: f64| self.view.place([0, 1, 2].map(|i| from[i] + share * (to[i] - from[i])));
        let (middle, floor) = (at(0.5), self.view.place([0.0, 0.0, from[2]]));
        let outward = unit([middle[0] - floor[0], middle[1] - floor[1], 0.0]);
        for (share, text) in [0.1, 0.5, 0.9].into_iter().zip(texts) {
            let [x, y] = at(share);
            let place = [x + 1.5 * size * outward[0], y + 1.05 * size * outward[1]];
            marks.push(Mark::Text { place, text: text.to_owned(), look });
        }
    }

    /// The trail, the ascent step, the head and the line down to its place.
    fn run(&self, marks: &mut Vec<Mark>) {
        let style = self.style;
        self.on_surface(marks, self.surface.trail, Pen::new(style.halo, 3.0));
        self.on_surface(marks, self.surface.trail, Pen::new(style.head, 1.4));
        let head = self.in_box(self.surface.head);
        if head[0].abs() > 1.0 || head[1].abs() > 1.0 {
            return;
        }
        let center = self.view.place(head);
        let foot = self.view.place([head[0], head[1], -0.5 * HEIGHT]);
        marks
            .push(Mark::Line { points: vec![center, foot], pen: Pen::new(style.ink.faded(0.6), 1.0).dashed(3.0, 3.0) });
        if let Some(end) = self.surface.ascent {
            self.ascent(marks, end);
        }
        let opacity = if self.is_covered(head) { 0.6 } else { 1.0 };
        marks.push(Mark::Disc { center, radius: 5.5, fill: style.halo.faded(opacity) });
        marks.push(Mark::Disc { center, radius: 4.0, fill: style.head.faded(opacity) });
    }

    /// The arrow x → x + ρĝ along the surface.
    fn ascent(&self, marks: &mut Vec<Mark>, end: [f64; 2]) {
        let [u, v, _] = self.surface.head;
        let step = |k: u32| {
            let share = f64::from(k) / 12.0;
            [u + share * (end[0] - u), v + share * (end[1] - v)]
        };
        let points: Vec<[f64; 2]> = (0..=12).map(step).collect();
        self.on_surface(marks, &points, Pen::new(self.style.halo, 3.0));
        self.on_surface(marks, &points, Pen::new(self.style.ink, 1.4));
        let Some(tip) = self.lifted(end) else { return };
        let [x, y] = self.view.place(tip);
        let Some(before) = self.lifted(points[10]) else { return };
        let [dx, dy, _] = {
            let [px, py] = self.view.place(before);
            unit([x - px, y - py, 0.0])
        };
        let barb = |side: f64| [x - 6.0 * dx - side * dy, y - 6.0 * dy + side * dx];
        marks.push(Mark::Area { points: vec![[x, y], barb(3.0), barb(-3.0)], fill: self.style.ink });
    }

    /// The point of the surface over a place of the plane.
    fn lifted(&self, [u, v]: [f64; 2]) -> Option<[f64; 3]> {
        let [a, b, _] = self.in_box([u, v, self.surface.range[0]]);
        self.height([a, b]).map(|c| [a, b, c])
    }

    /// A line along the surface: cut where it leaves the window, faded where it is covered.
    fn on_surface(&self, marks: &mut Vec<Mark>, points: &[[f64; 2]], pen: Pen) {
        let mut piece: Vec<[f64; 2]> = Vec::new();
        let mut covered = false;
        let mut finish = |piece: &mut Vec<[f64; 2]>, covered: bool| {
            let points = std::mem::take(piece);
            if points.len() > 1 {
                let colour = if covered { pen.colour.faded(COVERED) } else { pen.colour };
                marks.push(Mark::Line { points, pen: Pen { colour, ..pen } });
            }
        };
        for &point in points {
            let Some(lifted) = self.lifted(point) else {
                finish(&mut piece, covered);
                continue;
            };
            let (place, now) = (self.view.place(lifted), self.is_covered(lifted));
            if now != covered && !piece.is_empty() {
                piece.push(place);
                finish(&mut piece, covered);
            }
            covered = now;
            piece.push(place);
        }
        finish(&mut piece, covered);
    }
}

/// How bright a cell is: Lambert's law, and some light from everywhere.
fn light([p, q, r, s]: [[f64; 3]; 4], lamp: [f64; 3]) -> f64 {
    let between = |from: [f64; 3], to: [f64; 3]| [0, 1, 2].map(|i| to[i] - from[i]);
    let normal = unit(cross(between(p, r), between(q, s)));
    let cosine: f64 = normal.iter().zip(lamp).map(|(n, l)| n * l).sum();
    0.62 + 0.5 * cosine.max(0.0)
}

/// A number at an axis.
fn short(value: f64) -> String {
    let size = value.abs();
    if size < 1e-12 {
        "0".to_owned()
    } else if (0.01..1e4).contains(&size) {
        let decimals = if size >= 100.0 {
            0
        } else if size >= 10.0 {
            1
        } else {
            2
        };
        let text = format!("{value:.decimals$}");
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').replace('-', "−") } else { text }
    } else {
        format!("{value:.1e}").replace('-', "−")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calculus::landscape;
    use crate::field::Palette;
    use crate::figure::Sheet;
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
