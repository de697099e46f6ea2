//! Isolines by marching squares.

use std::collections::HashMap;

use super::Grid;

/// A crossing of an isoline with a grid edge: the lower-left node of the edge, and whether the edge is
/// vertical.
type Edge = (usize, usize, bool);

/// The polylines on which `grid` takes the value `level`, in (u, v). A closed line ends where it began.
/// Cells with a non-finite corner are left out. In a cell whose corners alternate, the asymptotic decider
/// (the sign at the bilinear saddle) says which corners belong together.
#[must_use]
pub fn isolines(grid: &Grid, level: f64) -> Vec<Vec<[f64; 2]>> {
    let mut links: HashMap<Edge, [Option<Edge>; 2]> = HashMap::new();
    // Chains start in the order in which their edges were met, so that the result is always the same.
    let mut order = Vec::new();
    for row in 0..grid.height - 1 {
        for column in 0..grid.width - 1 {
            for (a, b) in cell_segments(grid, column, row, level).into_iter().flatten() {
                for (from, to) in [(a, b), (b, a)] {
                    let ends = links.entry(from).or_insert_with(|| {
                        order.push(from);
                        [None, None]
                    });
                    if ends[0].is_none() { ends[0] = Some(to) } else { ends[1] = Some(to) }
                }
            }
        }
    }
    chains(&links, &order)
        .into_iter()
        .map(|chain| chain.iter().map(|&edge| crossing(grid, edge, level)).collect())
        .collect()
}

/// The one or two segments of a cell, as pairs of edges.
fn cell_segments(grid: &Grid, column: usize, row: usize, level: f64) -> [Option<(Edge, Edge)>; 2] {
    let corners =
        [grid.at(column, row), grid.at(column + 1, row), grid.at(column + 1, row + 1), grid.at(column, row + 1)];
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

/// Follows the links from open ends first, then around the closed lines.
fn chains(links: &HashMap<Edge, [Option<Edge>; 2]>, order: &[Edge]) -> Vec<Vec<Edge>> {
    let mut visited = std::collections::HashSet::new();
    let mut chains = Vec::new();
    let open = order.iter().filter(|edge| links[*edge][1].is_none());
    for &start in open.chain(order) {
        if !visited.insert(start) {
            continue;
        }
        let mut chain = vec![start];
        let mut current = start;
        while let Some(&next) = links[&current].iter().flatten().find(|next| !visited.contains(*next)) {
            visited.insert(next);
            chain.push(next);
            current = next;
        }
        let closed = chain.len() > 2 && links[&current].contains(&Some(start));
        if closed {
            chain.push(start);
        }
        chains.push(chain);
    }
    chains
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
        let lines = isolines(&grid, 1.0);
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
            let lines = isolines(&grid, level);
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
        assert!(isolines(&grid, 0.1).iter().flatten().all(|p| p[0] <= 0.0));
    }
}
