//! Isolines by marching squares.

use super::Grid;

/// A crossing of an isoline with a grid edge: the lower-left node of the edge, and whether the edge is
/// vertical.
type Edge = (usize, usize, bool);

/// A polyline in (u, v).
pub type Polyline = Vec<[f64; 2]>;

/// For each of `levels`, in ascending order, the polylines on which `grid` takes it. A closed line ends where it began.
/// Cells with a non-finite corner are left out. In a cell whose corners alternate, the asymptotic decider
/// (the sign at the bilinear saddle) says which corners belong together.
#[must_use]
pub fn isolines(grid: &Grid, levels: &[f64]) -> Vec<Vec<Polyline>> {
    debug_assert!(levels.is_sorted(), "levels ascend");
    let mut all: Vec<Links> = levels.iter().map(|_| Links::new(grid.width)).collect();
    for row in 0..grid.height - 1 {
        for column in 0..grid.width - 1 {
            let corners = [
                grid.at(column, row),
                grid.at(column + 1, row),
                grid.at(column + 1, row + 1),
                grid.at(column, row + 1),
            ];
            let least = corners.into_iter().fold(f64::INFINITY, f64::min);
            let most = corners.into_iter().fold(f64::NEG_INFINITY, f64::max);
            let first = levels.partition_point(|&level| level <= least);
            for (&level, links) in
                levels[first..].iter().zip(&mut all[first..]).take_while(|(level, _)| **level <= most)
            {
                for (a, b) in cell_segments(corners, column, row, level).into_iter().flatten() {
                    links.connect(a, b);
                }
            }
        }
    }
    let lines = |(links, &level): (&Links, &f64)| {
        let line = |chain: Vec<u32>| chain.iter().map(|&i| crossing(grid, links.edges[i as usize], level)).collect();
        links.chains().into_iter().map(line).collect()
    };
    all.iter().zip(levels).map(lines).collect()
}

/// No crossing.
const NONE: u32 = u32::MAX;

/// The crossings of one level, each with its neighbours on the line: at most two.
struct Links {
    /// In the order in which they were met: chains start in it, so that the result is always the same.
    edges: Vec<Edge>,
    neighbours: Vec<[u32; 2]>,
    /// For horizontal and for vertical edges, in each column, the last crossings that were met in an even and in an odd row: row
    /// by row, cells share no others.
    last: [Vec<[u32; 2]>; 2],
}

impl Links {
    fn new(width: usize) -> Self {
        Self { edges: Vec::new(), neighbours: Vec::new(), last: [vec![[NONE; 2]; width], vec![[NONE; 2]; width]] }
    }

    fn place(&mut self, edge: Edge) -> u32 {
        let (column, row, is_vertical) = edge;
        let last = &mut self.last[usize::from(is_vertical)][column][row % 2];
        if *last == NONE || self.edges[*last as usize] != edge {
            *last = self.edges.len() as u32;
            self.edges.push(edge);
            self.neighbours.push([NONE; 2]);
        }
        *last
    }

    fn connect(&mut self, a: Edge, b: Edge) {
        let [a, b] = [self.place(a), self.place(b)];
        for (from, to) in [(a, b), (b, a)] {
            let ends = &mut self.neighbours[from as usize];
            ends[usize::from(ends[0] != NONE)] = to;
        }
    }

    /// Follows the links from open ends first, then around the closed lines.
    fn chains(&self) -> Vec<Vec<u32>> {
        let all = || 0..self.edges.len() as u32;
        let mut visited = vec![false; self.edges.len()];
        let mut chains = Vec::new();
        let open = all().filter(|&i| self.neighbours[i as usize][1] == NONE);
        for start in open.chain(all()) {
            if std::mem::replace(&mut visited[start as usize], true) {
                continue;
            }
            let mut chain = vec![start];
            let mut current = start;
            let next = |current: u32, visited: &[bool]| {
                self.neighbours[current as usize].into_iter().find(|&next| next != NONE && !visited[next as usize])
            };
            while let Some(next) = next(current, &visited) {
                visited[next as usize] = true;
                chain.push(next);
                current = next;
            }
            if chain.len() > 2 && self.neighbours[current as usize].contains(&start) {
                chain.push(start);
            }
            chains.push(chain);
        }
        chains
    }
}

/// The one or two segments of a cell, as pairs of edges.
fn cell_segments(corners: [f64; 4], column: usize, row: usize, level: f64) -> [Option<(Edge, Edge)>; 2] {
    if corners.iter().any(|corner| !corner.is_finite()) {
        return [None, None];
    }
    let above = corners.map(|corner| corner >= level);
    let (bottom, right) = ((column, row, false), (column + 1, row, true));
    let (top, left) = ((column, row + 1, false), (column, row, true));
    let case = above.iter().enumerate().fold(0, |case, (i, &is)| case | usize::from(is) << i);
    match case {
        0 | 15 => [None, None],
        1 | 14 => [Some((left, bottom)), None],
        2 | 13 => [Some((bottom, right)), None],
        4 | 11 => [Some((right, top)), None],
        8 | 7 => [Some((top, left)), None],
        3 | 12 => [Some((left, right)), None],
        6 | 9 => [Some((bottom, top)), None],
        _ => {
            let [a, b, c, d] = corners;
            let saddle = (a * c - b * d) / (a + c - b - d);
            // Case 5: corners 0 and 2 are above; case 10: corners 1 and 3 are.
            if (saddle >= level) == (case == 5) {
                [Some((left, top)), Some((bottom, right))]
            } else {
                [Some((left, bottom)), Some((right, top))]
            }
        }
    }
}

/// Where the level lies on an edge, by linear interpolation.
fn crossing(grid: &Grid, (column, row, vertical): Edge, level: f64) -> [f64; 2] {
    let a = grid.at(column, row);
    let b = if vertical { grid.at(column, row + 1) } else { grid.at(column + 1, row) };
    let t = if b == a { 0.5 } else { (level - a) / (b - a) };
    if vertical {
        [grid.u(column as f64), grid.v(row as f64 + t)]
    } else {
        [grid.u(column as f64 + t), grid.v(row as f64)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: [f64; 4] = [-2.0, 2.0, -2.0, 2.0];

    #[test]
    fn a_circle_is_one_closed_line_of_the_right_length() {
        let grid = Grid::filled(201, 201, BOUNDS, |u, v| u * u + v * v);
        let lines = isolines(&grid, &[1.0]).remove(0);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].first(), lines[0].last());
        let length: f64 = lines[0].windows(2).map(|p| (p[0][0] - p[1][0]).hypot(p[0][1] - p[1][1])).sum();
        assert!((length - std::f64::consts::TAU).abs() < 1e-3, "length {length}");
        assert!(lines[0].iter().all(|p| (p[0].hypot(p[1]) - 1.0).abs() < 1e-3));
    }

    #[test]
    fn a_hyperbola_is_two_open_branches_on_the_right_sides_of_its_saddle() {
        let grid = Grid::filled(100, 100, BOUNDS, |u, v| u * v);
        for level in [0.3, -0.3] {
            let lines = isolines(&grid, &[level]).remove(0);
            assert_eq!(lines.len(), 2);
            for line in &lines {
                assert!(line.first() != line.last());
                assert!(line.iter().all(|p| (p[0] * p[1]).signum() == level.signum()));
            }
        }
    }

    #[test]
    fn non_finite_corners_are_left_out() {
        let grid = Grid::filled(20, 20, BOUNDS, |u, v| if u > 0.0 { f64::NAN } else { v });
        assert!(isolines(&grid, &[0.1]).iter().flatten().flatten().all(|p| p[0] <= 0.0));
    }

    /// Every crossing of the level with an edge of the grid is a point of one line, and of no other.
    #[test]
    fn several_levels_share_no_crossings_and_miss_none() {
        let grid = Grid::filled(61, 47, BOUNDS, |u, v| (3.0 * u).sin() * (2.0 * v).cos() + 0.1 * u);
        let levels = [-0.7, -0.2, 0.0, 0.2, 0.7];
        for (lines, level) in isolines(&grid, &levels).into_iter().zip(levels) {
            assert_eq!(lines, isolines(&grid, &[level]).concat());
            let mut points: Vec<_> = lines
                .iter()
                .flat_map(|line| if line.first() == line.last() { &line[1..] } else { line })
                .map(|point| point.map(f64::to_bits))
                .collect();
            let count = points.len();
            points.sort_unstable();
            points.dedup();
            assert_eq!(points.len(), count, "a point twice");
            let is_crossed = |a: f64, b: f64| usize::from((a >= level) != (b >= level));
            let along =
                |c: usize, r: usize| usize::from(c < 60) * is_crossed(grid.at(c, r), grid.at((c + 1).min(60), r));
            let up = |c: usize, r: usize| usize::from(r < 46) * is_crossed(grid.at(c, r), grid.at(c, (r + 1).min(46)));
            let crossings: usize =
                (0..47).flat_map(|r| (0..61).map(move |c| (c, r))).map(|(c, r)| along(c, r) + up(c, r)).sum();
            assert_eq!(count, crossings);
        }
    }
}
