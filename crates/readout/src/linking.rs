//! Linking on the file: what came or went since the last time is linked, the rest stays.

use std::thread;
use std::time::Duration;

use readout_knowledge::Knowledge;
use readout_store::{LoggedOperation, Operation, Store};
use serde_json::json;

use crate::{Result, VERSION, reading};

/// Documents that are linked in one step; a step that was done stays done when the program is killed.
const STEP: usize = 500;
/// The pause between two steps in which others may write, in milliseconds: twice as long as they sleep while they wait.
const PAUSE: u64 = 20;

pub(crate) fn link(store: &mut Store, knowledge: &Knowledge) -> Result<()> {
    if !needs_link(store, knowledge.fingerprint())? {
        return Ok(());
    }
    let mut operation = Operation::new("link", VERSION, reading::detail(json!({}), knowledge));
    loop {
        // What is to link is asked where nobody else can link it.
        let mut linking = store.linking()?;
        let last = linking.store().last_link()?;
        let afresh = last
            .is_none_or(|last| last.version != VERSION || knows_otherwise(&last, knowledge.fingerprint()));
        if afresh {
            if operation.changed() {
                // Another version or other knowledge was at work since the last step: two that take turns never end.
                return Ok(());
            }
            linking.forget()?;
        }
        let (removed, added) = linking.to_link(STEP)?;
        if removed.is_empty() && added.is_empty() {
            if afresh {
                linking.finish(&mut operation, &[], &[])?;
            }
            return Ok(());
        }
        readout_link::update(&mut linking, knowledge, &removed, &added)?;
        linking.finish(&mut operation, &removed, &added)?;
        thread::sleep(Duration::from_millis(PAUSE));
    }
}

/// Whether reports came or went since the file was linked, or it was linked by another version or with other knowledge.
/// `own` is the hash of the user's own knowledge.
pub(crate) fn needs_link(store: &Store, own: Option<&str>) -> Result<bool> {
    Ok(store.links_are_stale(VERSION)? || store.last_link()?.is_some_and(|last| knows_otherwise(&last, own)))
}

fn knows_otherwise(link: &LoggedOperation, own: Option<&str>) -> bool {
    own.is_some_and(|own| link.detail["knowledge"] != own)
}
