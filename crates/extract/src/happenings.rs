//! What was done, planned, demanded and agreed: reads events and all that hangs on them out of a document.

use readout_annotate::Annotations;
use readout_record::{Document, DocumentRecords};

use crate::reading::Reading;
use crate::{events, incidents, meetings};

/// Adds to `records`, which have their statements already, what the document tells of acts.
pub(crate) fn read(document: &Document, annotations: &Annotations, records: &mut DocumentRecords) {
    let reading = Reading::new(document, annotations, &records.statements);
    let acts = events::acts(&reading);
    let meetings = meetings::find(&reading, &acts);
    let incidents = incidents::find(&reading, &acts);
    let events = events::find(&reading, &acts);
    (records.meetings, records.incidents, records.events) = (meetings, incidents, events);
}
