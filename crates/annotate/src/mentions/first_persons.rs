//! `I` and `we` in quotations: their speaker, and the side of the speaker.

use readout_syntax::Dep;

use crate::mentions::link::Link;
use crate::mentions::nominals::Pronoun;
use crate::mentions::resolver::Resolver;
use crate::mentions::sorts::Sort;

impl Resolver<'_, '_> {
    /// `I` and `we` inside a quotation or a signed post are its speaker; elsewhere they stay unknown.
    pub(super) fn first_persons(&mut self) {
        for number in 0..self.candidates.len() {
            let Sort::Pronoun(pronoun @ (Pronoun::I | Pronoun::We)) = self.sorts[number] else { continue };
            let head = self.candidates[number].head;
            // What a speaker quotes in turn is another's "I" and "we".
            if self.context.is_quoted_within(head) {
                continue;
            }
            // "They may say no, or we go on," Lee said: they say nothing here.
            let attribution = match self.context.quotation(head) {
                Some(_) => self.context.quoted_by(head),
                None => self.context.signed_by(head),
            };
            let Some(attribution) = attribution else { continue };
            let Some(source) = attribution.source_head else { continue };
            let maker = self.maker_of(source).filter(|_| pronoun == Pronoun::We);
            let Some(speaker) = maker.or_else(|| self.link_headed(Some(source))) else { continue };
            let link = if pronoun == Pronoun::I { speaker } else { self.we_of(speaker) };
            self.links[link].members.push(number);
        }
    }

    /// Returns the link of the body that made the text headed by `source`: `a statement from the ministry`, `the ministry's
    /// statement`.
    fn maker_of(&self, source: u32) -> Option<usize> {
        let syntax = self.context.syntax;
        let text = self.headed[source].is_none_or(|number| matches!(self.sorts[number], Sort::Thing(_)));
        let owner = syntax.child(source, Dep::Poss);
        let by = || {
            syntax
                .children_by(source, &[Dep::Prep, Dep::Agent])
                .filter(|&at| matches!(syntax.word(at), "from" | "by"))
                .find_map(|at| syntax.child(at, Dep::Pobj))
        };
        self.link_headed(owner.or_else(by).filter(|_| text))
    }

    /// Returns the link of `we` in what `speaker` says: a chain of its own, which stands for the side of the speaker
    /// where that is sure, and else for nobody.
    fn we_of(&mut self, speaker: usize) -> usize {
        if let Some(link) = self.links[speaker].we {
            return link;
        }
        let of = &self.links[speaker];
        let mut slot = Link {
            name: of.name.clone(),
            kind: of.kind,
            state: of.state.clone(),
            sector: of.sector,
            nobody: true,
            ..Link::default()
        };
        if let Some((id, kind)) = self.side_of(speaker) {
            let name = self.knowledge.entry(&id).map(|entry| entry.name.clone());
            slot.name = name.unwrap_or(slot.name);
            slot.kind = kind;
            slot.stands_for = vec![id];
            slot.nobody = false;
        }
        self.links.push(slot);
        let new = self.links.len() - 1;
        self.links[speaker].we = Some(new);
        new
    }
}
