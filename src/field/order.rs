//! The order in which the nodes of a picture are computed: coarse first.

/// The stride of the coarsest picture.
const COARSEST: usize = 16;

/// Every node (column, row) of a grid once, each with the stride of the picture to which it belongs: every 16th of both first,
/// then those between them.
pub fn coarse_to_fine([width, height]: [usize; 2]) -> impl Iterator<Item = ([usize; 2], usize)> {
    let strides = std::iter::successors(Some(COARSEST), |&stride| (stride > 1).then_some(stride / 2));
    strides.flat_map(move |stride| {
        let is_new = move |[i, j]: &[usize; 2]| {
            stride == COARSEST || !i.is_multiple_of(2 * stride) || !j.is_multiple_of(2 * stride)
        };
        let rows = (0..height).step_by(stride);
        let nodes = rows.flat_map(move |j| (0..width).step_by(stride).map(move |i| [i, j]));
        nodes.filter(is_new).map(move |node| (node, stride))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_node_comes_once_and_every_stride_fills_the_picture() {
        for size in [[37, 18], [2, 2], [64, 33]] {
            let all: Vec<_> = coarse_to_fine(size).collect();
            let mut nodes: Vec<_> = all.iter().map(|(node, _)| *node).collect();
            nodes.sort_unstable();
            nodes.dedup();
            assert_eq!((nodes.len(), all.len()), (size[0] * size[1], size[0] * size[1]));
            assert!(all.is_sorted_by(|a, b| a.1 >= b.1));
            // The corner of each block of a stride is there once the stride is done.
            for stride in [16, 4] {
                let until = all.partition_point(|(_, at)| *at >= stride);
                let there = |node: [usize; 2]| all[..until].iter().any(|(known, _)| *known == node);
                assert!((0..size[0]).step_by(stride).all(|i| (0..size[1]).step_by(stride).all(|j| there([i, j]))));
            }
        }
    }
}
