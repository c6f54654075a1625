use std::ops::{Index, IndexMut};

/// One value for each token of a text, found by the token's number.
///
/// A number past the last token reads as the default value, and what is written there is forgotten: a look-ahead is
/// plain code, as with [`Syntax::token`](crate::Syntax::token).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PerToken<T> {
    values: Vec<T>,
    /// The answer for numbers past the end.
    padding: T,
    /// The place for what is written past the end.
    scratch: T,
}

impl<T: Clone + Default> PerToken<T> {
    /// Makes a row of `count` default values.
    pub fn new(count: u32) -> Self {
        Self { values: vec![T::default(); count as usize], padding: T::default(), scratch: T::default() }
    }
}

impl<T> Index<u32> for PerToken<T> {
    type Output = T;

    fn index(&self, at: u32) -> &T {
        self.values.get(at as usize).unwrap_or(&self.padding)
    }
}

impl<T: Default> IndexMut<u32> for PerToken<T> {
    fn index_mut(&mut self, at: u32) -> &mut T {
        match self.values.get_mut(at as usize) {
            Some(value) => value,
            None => {
                self.scratch = T::default();
                &mut self.scratch
            }
        }
    }
}

impl<T> Extend<T> for PerToken<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, values: I) {
        self.values.extend(values);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn past_the_end_is_the_default_and_stays_so() {
        let mut marks = PerToken::<Option<u8>>::new(2);
        marks[1] = Some(7);
        marks[2] = Some(8);
        assert_eq!([0, 1, 2, u32::MAX].map(|at| marks[at]), [None, Some(7), None, None]);
    }
}
