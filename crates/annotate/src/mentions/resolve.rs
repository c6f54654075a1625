//! Descriptions and pronouns, and the links that they refer to. One pass goes from left to right, with the links of the
//! names at hand.

use crate::mentions::link::Link;
use crate::mentions::resolver::Resolver;
use crate::mentions::sorts::Sort;

impl<'k> Resolver<'_, 'k> {
    /// Links every candidate that can be linked.
    pub(super) fn run(mut self) -> Vec<Link<'k>> {
        self.read_genders();
        for number in 0..self.candidates.len() {
            let link = match &self.sorts[number] {
                Sort::Name => self.link_of[number],
                Sort::Described(description) => Some(self.described(number, description)),
                Sort::Thing(thing) => Some(self.thing(number, thing)),
                Sort::List(members) => Some(self.list(members)),
                Sort::Pronoun(pronoun) => self.pronoun(number, *pronoun),
            };
            if let Some(link) = link {
                self.see(number, link);
            }
        }
        self.identify();
        self.first_persons();
        self.name_lists();
        for link in &mut self.links {
            link.members.sort_unstable();
            link.members.dedup();
        }
        self.links
    }
}
