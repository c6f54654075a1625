/// The vector instructions that the kernels use. All give the same results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstructionSet {
    /// Plain Rust; quick only where the target has fused multiply-add by itself.
    Portable,
    /// AVX2 and FMA: eight lanes.
    Avx2,
    /// AVX-512: sixteen lanes.
    Avx512,
}

impl InstructionSet {
    /// Returns the widest instructions that this processor has.
    pub fn detect() -> Self {
        Self::available().last().unwrap_or(Self::Portable)
    }

    /// Returns all instructions that this processor has, narrowest first.
    pub fn available() -> impl Iterator<Item = Self> {
        [Self::Portable, Self::Avx2, Self::Avx512].into_iter().filter(|set| set.is_available())
    }

    /// Whether this processor has the instructions.
    pub fn is_available(self) -> bool {
        match self {
            Self::Portable => true,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma"),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => is_x86_feature_detected!("avx512f") && Self::Avx2.is_available(),
            #[cfg(not(target_arch = "x86_64"))]
            _ => false,
        }
    }

    /// Returns the instruction set itself, or the portable path if the processor lacks it.
    pub(crate) fn or_portable(self) -> Self {
        if self.is_available() { self } else { Self::Portable }
    }

    /// Returns the count of numbers in a vector.
    pub(crate) const fn lanes(self) -> usize {
        match self {
            Self::Portable | Self::Avx2 => 8,
            Self::Avx512 => 16,
        }
    }

    /// Returns the count of vectors side by side in a group of a linear layer: as many as the registers allow for
    /// several rows at once.
    pub(crate) const fn linear_vectors(self) -> usize {
        match self {
            Self::Portable | Self::Avx2 => 2,
            Self::Avx512 => 4,
        }
    }
}

/// Defines a function that runs `$body`, a generic function over numbers without fused operations, compiled for the
/// widest of the vector instructions; the results are the same, since lanes never meet.
macro_rules! on_vectors {
    ($(#[$note:meta])* $visibility:vis fn $name:ident $(<$(const $size:ident: usize),+>)?
     ($($argument:ident: $type:ty),* $(,)?) = $body:ident) => {
        $(#[$note])*
        $visibility fn $name $(<$(const $size: usize),+>)? (instructions: InstructionSet, $($argument: $type),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                fn avx2 $(<$(const $size: usize),+>)? ($($argument: $type),*) {
                    $body $(::<$($size),+>)? ($($argument),*);
                }
                #[target_feature(enable = "avx512f")]
                fn avx512 $(<$(const $size: usize),+>)? ($($argument: $type),*) {
                    $body $(::<$($size),+>)? ($($argument),*);
                }
                match instructions.or_portable() {
                    InstructionSet::Avx512 => {
                        // SAFETY: the processor has AVX-512, as was asked just above.
                        #[expect(unsafe_code, reason = "calls a function compiled for AVX-512 after checking for it")]
                        return unsafe { avx512 $(::<$($size),+>)? ($($argument),*) };
                    }
                    InstructionSet::Avx2 => {
                        // SAFETY: the processor has AVX2, as was asked just above.
                        #[expect(unsafe_code, reason = "calls a function compiled for AVX2 after checking for it")]
                        return unsafe { avx2 $(::<$($size),+>)? ($($argument),*) };
                    }
                    InstructionSet::Portable => {}
                }
            }
            $body $(::<$($size),+>)? ($($argument),*);
        }
    };
}
pub(crate) use on_vectors;
