//! The file as a whole, read from its indexes: what it costs grows with what is shown, not with the file.

use readout_record::{ActorId, DocumentId, Kind, Record, Stance};
use readout_store::{LastRead, Listed, Page, Scope};
use readout_views::{
    ActorName, CommitmentRow, Contents, DifferingLine, DueState, Filter, LastReading, LedStory, ListCount,
    MonthCount, OddsLine, Overview, QuotedLine, SourceRow, StoryRow, at_odds, commitments, lead, sources,
    statements, story_row, whole_months,
};

use crate::listing::NO_STORY;
use crate::{Corpus, Result, Unknown};

/// The stories of each of the two orders that an overview names.
const STORIES: usize = 8;
/// The reports in no story, and those of the last reading, that an overview names.
const REPORTS: usize = 12;
/// The lines of each of the other parts.
const LINES: usize = 6;
/// The happenings and positions, those in the most reports first, among which the lines are looked for.
const LOOKED_AT: usize = 400;
/// The newest reports with commitments that are looked through for days that are due.
const DUE_REPORTS: usize = 400;
/// The number up to which the reports of the last reading are counted.
const COUNTED: usize = 1_000;
/// The reports of a story whose headlines are looked at for that of the story.
const HEADLINES: usize = 40;

impl Corpus {
    /// Returns the file as a whole; of the reports that `filter` lets through alone, if it asks for dates, outlets or
    /// actors.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn overview(&self, filter: &Filter) -> Result<std::result::Result<Overview, Unknown>> {
        let _still = self.store().snapshot()?;
        let resolved = match self.resolve(filter)? {
            Ok(resolved) => resolved,
            Err(unknown) => return Ok(Err(unknown)),
        };
        let whole = *filter == Filter::default();
        let narrow = resolved.dated();
        let counted = self.store().count_months(&narrow)?;
        let undated = counted.iter().find(|(month, _)| month.is_empty()).map_or(0, |(_, count)| *count);
        let reports = counted.iter().map(|(_, count)| count).sum();
        // The bar keeps all months of the outlets and actors, so that another can be chosen.
        let months = match self.months(filter)? {
            Ok(months) => months,
            Err(unknown) => return Ok(Err(unknown)),
        };
        let newest = self.stories_of(&resolved, &Page::first(STORIES))?;
        let stories = newest.total;
        let newest = self.led(newest.rows)?;
        let alone = Filter { story: Some(NO_STORY.to_owned()), ..filter.clone() };
        let Listed { rows: alone, total: alone_total, .. } =
            match self.list_of::<SourceRow>(&alone, &Page::first(REPORTS))? {
                Ok(found) => found,
                Err(unknown) => return Ok(Err(unknown)),
            };
        let mut found = Overview {
            reports,
            outlets: self.store().outlets()?.len(),
            days: self.days()?,
            counts: self.counts(reports)?,
            months,
            undated,
            stories,
            alone,
            alone_total,
            ..Overview::default()
        };
        if !whole {
            found.largest = newest;
            return Ok(Ok(found));
        }
        found.newest = newest;
        found.largest = self.largest_stories()?;
        found.last_read = self.last_reading()?;
        found.due = self.due_soon(found.days.as_ref().map(|(_, last)| last.clone()))?;
        found.differ = self.differing()?;
        found.quoted = self.most_quoted()?;
        found.at_odds = self.most_at_odds()?;
        Ok(Ok(found))
    }

    /// Returns the months of the reports that `filter` lets through, whatever its own days are.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn months(&self, filter: &Filter) -> Result<std::result::Result<Vec<MonthCount>, Unknown>> {
        let filter = Filter { since: None, until: None, ..filter.clone() };
        Ok(match self.resolve(&filter)? {
            Ok(all) => Ok(whole_months(&self.store().count_months(&all.dated())?)),
            Err(unknown) => Err(unknown),
        })
    }

    /// Returns the lists with their sizes.
    fn counts(&self, reports: usize) -> Result<Vec<ListCount>> {
        let links = self.store().count_links()?;
        let records = self.store().count_records_by_kind()?;
        let linked = |kind: Kind| Some(links.get(&kind).copied().unwrap_or(0));
        let of = |kind: Kind| records.as_ref().map(|it| it.get(&kind).copied().unwrap_or(0));
        let counts = [
            ("sources", "report", Some(reports)),
            ("stories", "story", linked(Kind::Story)),
            ("actors", "actor", linked(Kind::Actor)),
            ("statements", "statement", of(Kind::Statement)),
            ("quotes", "shared quote", linked(Kind::Quote)),
            ("events", "event", of(Kind::Event)),
            ("meetings", "meeting", of(Kind::Meeting)),
            ("incidents", "incident", of(Kind::Incident)),
            ("agreements", "agreement", linked(Kind::Agreement)),
            ("commitments", "commitment", of(Kind::Commitment)),
            ("conditions", "condition", of(Kind::Condition)),
            ("positions", "position", linked(Kind::Position)),
        ];
        Ok(counts.map(|(list, one, count)| ListCount { list, one, count }).to_vec())
    }

    fn largest_stories(&self) -> Result<Vec<LedStory>> {
        let mut rows: Vec<StoryRow> = Vec::new();
        for (record, _) in self.store().largest_links(Kind::Story, STORIES)? {
            if let Record::Story(story) = record {
                let outlets = self.store().outlets_of(&story.id)?;
                rows.push(story_row(&story, outlets.iter().map(String::as_str)));
            }
        }
        self.led(rows)
    }

    /// Returns stories, each with the leading sentence of the report that gives it its headline, else of its last one.
    fn led(&self, rows: Vec<StoryRow>) -> Result<Vec<LedStory>> {
        let mut found = Vec::with_capacity(rows.len());
        for story in rows {
            let mut of = story.documents.last();
            for id in story.documents.iter().take(HEADLINES) {
                if self.store().title(id)?.is_some_and(|it| it == story.title) {
                    of = Some(id);
                    break;
                }
            }
            let document = match of {
                Some(id) => self.store().document(id)?,
                None => None,
            };
            found.push(LedStory { lead: document.as_ref().and_then(lead), story });
        }
        Ok(found)
    }

    fn last_reading(&self) -> Result<Option<LastReading>> {
        let found = self.store().last_read(REPORTS, COUNTED)?;
        let Some(LastRead { operation, reports, count, .. }) = found.filter(|it| it.later) else {
            return Ok(None);
        };
        let reports = self.rows_of_reports(&reports)?;
        Ok(Some(LastReading { operation, reports, count }))
    }

    /// Returns the rows of the reports `ids`, in their order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn rows_of_reports(&self, ids: &[DocumentId]) -> Result<Vec<SourceRow>> {
        let contents = self.slice(&Scope::Documents(ids.to_vec()))?;
        let mut rows = sources(&contents, &Filter::default());
        rows.sort_by_key(|it| ids.iter().position(|id| *id == it.id));
        Ok(rows)
    }

    /// Returns commitments with a day, of the newest reports that have any: those to come, then those past.
    fn due_soon(&self, as_of: Option<String>) -> Result<Vec<CommitmentRow>> {
        let mut dated: Vec<(String, DocumentId)> = Vec::new();
        for (doc, record) in self.store().newest_records(Kind::Commitment, DUE_REPORTS)? {
            let Record::Commitment(it) = record else { continue };
            dated.extend(it.deadline.and_then(|it| it.due).map(|due| (due, doc)));
        }
        let day = as_of.clone().unwrap_or_default();
        // Those to come from the next on, then those past from the last back.
        dated.sort();
        let (past, mut chosen): (Vec<_>, Vec<_>) = dated.into_iter().partition(|(due, _)| *due < day);
        chosen.extend(past.into_iter().rev());
        chosen.truncate(LINES * 2);
        let mut documents: Vec<DocumentId> = chosen.into_iter().map(|(_, doc)| doc).collect();
        documents.sort();
        documents.dedup();
        let contents = self.slice(&Scope::Documents(documents))?;
        let filter = Filter { as_of, ..Filter::default() };
        let (mut due, mut overdue): (Vec<_>, Vec<_>) = commitments(&contents, &filter)
            .into_iter()
            .filter(|it| it.due.is_some())
            .partition(|it| it.state == DueState::Due);
        due.sort_by(|a, b| (&a.due, &a.citation.id).cmp(&(&b.due, &b.citation.id)));
        overdue.sort_by(|a, b| (&b.due, &a.citation.id).cmp(&(&a.due, &b.citation.id)));
        due.extend(overdue);
        due.truncate(LINES);
        Ok(due)
    }

    fn differing(&self) -> Result<Vec<DifferingLine>> {
        let mut found = Vec::new();
        for (record, reports) in self.store().largest_links(Kind::Happening, LOOKED_AT)? {
            let Record::Happening(it) = record else { continue };
            // One report that tells a thing twice does not differ from another.
            for of in it.disagreements.into_iter().filter(|_| reports > 1) {
                found.push(DifferingLine {
                    id: it.id.clone(),
                    title: it.title.clone(),
                    field: of.field,
                    values: of.values.into_iter().map(|it| it.value).collect(),
                    reports,
                });
            }
            if found.len() >= LINES {
                break;
            }
        }
        found.truncate(LINES);
        Ok(found)
    }

    fn most_quoted(&self) -> Result<Vec<QuotedLine>> {
        let mut found = Vec::new();
        // What a correction takes away leaves room for another.
        for (record, reports) in self.store().largest_links(Kind::Quote, LINES * 2)? {
            let Record::Quote(quote) = record else { continue };
            let Some(Record::Statement(best)) = self.record(&quote.best_member)? else { continue };
            let contents = self.slice(&Scope::Documents(vec![best.evidence.doc.clone()]))?;
            let rows = statements(&contents, &Filter::default());
            let Some(best) = rows.into_iter().find(|it| it.citation.id == quote.best_member) else {
                continue;
            };
            found.push(QuotedLine {
                id: quote.id,
                speaker: best.speaker,
                source: best.source,
                content: quote.best,
                reports,
            });
            if found.len() == LINES {
                break;
            }
        }
        Ok(found)
    }

    fn most_at_odds(&self) -> Result<Vec<OddsLine>> {
        let mut contents = Contents::default();
        for (record, _) in self.store().largest_links(Kind::Position, LOOKED_AT)? {
            contents.push_link(record);
        }
        self.lay_over(&mut contents)?;
        let actors: Vec<ActorId> = contents.positions.iter().map(|it| it.actor.clone()).collect();
        let names = self.names_of(&actors)?;
        let stances: Vec<(ActorName, String, Stance)> = (contents.positions.iter())
            .filter(|it| !it.actor.is_unnamed())
            .map(|it| {
                let name = names.of(&it.actor).to_owned();
                (ActorName { id: it.actor.clone(), name }, it.issue.clone(), it.stance)
            })
            .collect();
        Ok(at_odds(&stances, LINES))
    }
}
