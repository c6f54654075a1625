//! Layers of a small neural network, and fast kernels with a fixed order of sums.
//!
//! **The same bits everywhere.** Every output of [`Dense`] is one chain of fused multiply-adds over the inputs in their
//! order, started at zero, with the bias added last. Vector instructions only compute several outputs and rows side by
//! side and never split a chain, so AVX-512, AVX2 and the portable path give identical results, on any number of
//! threads. [`layer_norm_add`] sums in sixteen lanes that are folded in a fixed order, without fused operations.

mod dense;
mod embedding;
mod norm;
mod window;

pub use dense::{Dense, InstructionSet};
pub use embedding::HashEmbedding;
pub use norm::layer_norm_add;
pub use window::Window;
