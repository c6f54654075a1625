//! Chains of mentions in, one record a mention out.

use readout_annotate::{Annotations, MentionForm};
use readout_record::{Document, Mention};
use readout_text::Offsets;

/// Every mention of somebody who acts, in the order of the text; one record a mention and actor.
pub(crate) fn read(document: &Document, annotations: &Annotations) -> Vec<Mention> {
    let offsets = Offsets::new(&document.text);
    let mut found = Vec::new();
    for mention in &annotations.mentions.mentions {
        let Some(chain) = annotations.mentions.chains.get(mention.chain as usize) else { continue };
        for actor in &chain.actors {
            // Of a group of known members each keeps its own name, told by its own chain.
            let alone = chain.actors.len() == 1;
            found.push(Mention {
                doc: document.id.clone(),
                span: offsets.to_chars(mention.words),
                text: mention.words.slice(&document.text).to_owned(),
                actor: actor.clone(),
                name: if alone { chain.name.clone() } else { String::new() },
                actor_kind: chain.kind,
                named: alone && mention.form == MentionForm::Name,
                state: chain.state.clone().filter(|_| alone),
                sector: chain.sector.filter(|_| alone),
                role: mention.role.clone().filter(|_| alone),
            });
        }
    }
    found
}
