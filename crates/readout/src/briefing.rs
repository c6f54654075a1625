//! The brief of a file, of a story, or of what a filter lets through.

use readout_store::Page;
use readout_views::{Brief, BriefLength, Filter, StoryRow, brief};

use crate::{Corpus, Result, Unknown};

/// A file with more reports is briefed on its newest story alone, if no filter asks for anything.
const MANY: usize = 300;

/// The result of [`Corpus::brief`].
#[derive(Clone, Debug, PartialEq)]
pub struct Briefing {
    /// The brief.
    pub brief: Brief,
    /// True if it is on the newest story alone, since the file has too many reports for one page.
    pub newest_story: bool,
}

impl Corpus {
    /// Returns the brief of the reports that `filter` lets through. If it asks for nothing and the file has more than
    /// 300 reports, the brief is on the newest story.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn brief(
        &self,
        filter: &Filter,
        length: BriefLength,
    ) -> Result<std::result::Result<Briefing, Unknown>> {
        let mut filter = filter.clone();
        let mut newest_story = false;
        if filter == Filter::default() && self.count()? > MANY {
            let newest = self.list_of::<StoryRow>(&filter, &Page::first(1))?.ok();
            filter.story = newest.and_then(|it| it.rows.into_iter().next()).map(|it| it.id.into_string());
            newest_story = filter.story.is_some();
        }
        Ok(self
            .reports(&filter)?
            .map(|(contents, filter)| Briefing { brief: brief(&contents, &filter, length), newest_story }))
    }
}
