//! The strides of a picture's nodes: coarse ones are computed first.

/// The stride of the coarsest picture.
pub(super) const COARSEST: usize = 16;

/// The stride of the coarsest picture that has the node (column, row).
pub(super) fn stride_of([i, j]: [usize; 2]) -> usize {
    1 << (i | j | COARSEST).trailing_zeros()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_belongs_to_the_coarsest_picture_that_has_it() {
        for (node, stride) in [([0, 0], 16), ([32, 16], 16), ([32, 8], 8), ([6, 12], 2), ([6, 13], 1), ([64, 0], 16)] {
            assert_eq!(stride_of(node), stride, "{node:?}");
        }
    }
}
