//! The surface and the run on it, as marks.

use super::camera::View;
use super::{HEIGHT, Surface, SurfaceStyle, cross, unit};
use crate::figure::mark::{Mark, Pen};

/// Cells along the side of a field of the surface's chessboard, which shows its shape.
const FIELD: usize = 4;
/// Steps of the ray that asks whether a point is covered.
const RAY_STEPS: u32 = 40;
/// How much of a line's opacity is left where the surface covers it.
const COVERED: f32 = 0.3;

/// The indices of n cells, the farthest first.
fn back_to_front(n: usize, grows_away: bool) -> impl Iterator<Item = usize> + Clone {
    (0..n).map(move |i| if grows_away { n - 1 - i } else { i })
}

/// What is drawn, from where and how.
pub(super) struct Scene<'a> {
    pub surface: &'a Surface<'a>,
    pub view: View,
    pub style: &'a SurfaceStyle<'a>,
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
    pub(super) fn is_covered(&self, point: [f64; 3]) -> bool {
        let direction = self.view.eye();
        (1..=RAY_STEPS).any(|k| {
            let far = 3.0 * f64::from(k) / f64::from(RAY_STEPS);
            let [a, b, c] = [0, 1, 2].map(|i| point[i] + far * direction[i]);
            self.height([a, b]).is_some_and(|height| height > c + 0.01)
        })
    }

    /// All cells as one mark. For an orthographic view the order of drawing is that of the rows and columns.
    pub(super) fn mesh(&self) -> Mark {
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

    /// The trail, the ascent step, the head and the line down to its place.
    pub(super) fn run(&self, marks: &mut Vec<Mark>) {
        let style = self.style;
        self.on_surface(marks, self.surface.trail, Pen::new(style.halo, 3.0));
        self.on_surface(marks, self.surface.trail, Pen::new(style.head, 1.4));
        let head = self.in_box(self.surface.head);
        if !(head[0].abs() <= 1.0 && head[1].abs() <= 1.0 && self.surface.head[2].is_finite()) {
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
    pub(super) fn lifted(&self, [u, v]: [f64; 2]) -> Option<[f64; 3]> {
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
