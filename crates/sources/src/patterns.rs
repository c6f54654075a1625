//! Regular expressions that are written in code, each compiled once, when it is first used.

/// Declares regular expressions as statics, with a test that each of them compiles.
///
/// So a slip of the pen fails a test, and cannot switch a rule off.
macro_rules! patterns {
    ($($(#[$attribute:meta])* $visibility:vis static $name:ident: $kind:ty = $pattern:expr;)+) => {
        $(
            $(#[$attribute])*
            $visibility static $name: std::sync::LazyLock<$kind> = std::sync::LazyLock::new(|| {
                // A literal, which the test below compiles.
                <$kind>::new($pattern).expect("the pattern should compile")
            });
        )+

        #[cfg(test)]
        #[test]
        fn every_pattern_compiles() {
            $(std::sync::LazyLock::force(&$name);)+
        }
    };
}

pub(crate) use patterns;
