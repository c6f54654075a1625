//! The section on where actors disagree.

use readout_record::Stance;

use super::{BriefSection, Maker};
use crate::{Relation, issues};

impl Maker<'_> {
    /// Returns the section on issues with comparable stances: gaps, then conditional stances, then common ground.
    pub(super) fn positions(&self) -> BriefSection {
        let mut lines = Vec::new();
        for issue in issues(self.contents, self.filter, None) {
            let word = match issue.relation {
                Relation::Gap => "gap",
                Relation::Conditional => "conditional",
                Relation::Common => "common ground",
                Relation::Open => continue,
            };
            let mut line = self.line().strong(&issue.issue).plain(&format!(" — {word}: "));
            let mut told = 0;
            let mut citations = Vec::new();
            for cell in &issue.cells {
                let Some(newest) = cell.positions.iter().rfind(|it| it.stance != Stance::Unclear) else {
                    continue;
                };
                let stance = match newest.stance {
                    Stance::For => "for",
                    Stance::Against => "against",
                    Stance::Conditional => "on a condition",
                    Stance::Unclear => continue,
                };
                let comma = if told == 0 { "" } else { "; " };
                line = line.plain(&format!("{comma}{} {stance}", cell.actor.name));
                told += 1;
                citations.push(&newest.citation);
            }
            let weight = match issue.relation {
                Relation::Gap => 3,
                Relation::Conditional => 2,
                Relation::Common | Relation::Open => 1,
            };
            lines.push((weight, line.cite(self.references(citations))));
        }
        self.section("WHERE THEY STAND", "positions", lines)
    }
}
