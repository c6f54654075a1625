//! Layers of a small neural network, and fast kernels with a fixed order of sums.
//!
//! **The same bits everywhere.** Every product of a matrix and a row, in [`Dense`], [`Window`] and [`PairedWindow`], is one
//! chain of fused multiply-adds over the inputs in their order, started at zero; biases and sums of products come after, in
//! an order that each layer names. Vector instructions only compute several outputs and rows side by side and never
//! split a chain, so AVX-512, AVX2 and the portable path give identical results, on any number of threads.
//! [`layer_norm_add`] sums in sixteen lanes that are folded in a fixed order, without fused operations.

mod dense;
mod embedding;
mod instructions;
mod norm;
mod packed;
mod paired;
mod sums;
mod window;

pub use dense::Dense;
pub use embedding::HashEmbedding;
pub use instructions::InstructionSet;
pub use norm::layer_norm_add;
pub use paired::{PairedScratch, PairedWindow};
pub use sums::max_of_sums;
pub use window::Window;
