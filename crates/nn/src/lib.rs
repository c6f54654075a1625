//! Layers of a small neural network, and fast kernels with a fixed order of sums.
