use super::*;

fn reading(knowledge: &Knowledge, name: &str) -> Vec<String> {
    knowledge.named(name).into_iter().map(|(entry, sense)| format!("{} {sense:?}", entry.id)).collect()
}

#[test]
fn states_are_known_by_all_their_names() {
    let knowledge = Knowledge::shipped();
    for name in ["U.S.", "US", "USA", "America", "the United States"] {
        assert_eq!(reading(&knowledge, name), ["state:USA Itself"], "{name}");
    }
    assert_eq!(reading(&knowledge, "Russian Federation"), ["state:RUS Itself"]);
    assert_eq!(reading(&knowledge, "Russians"), ["state:RUS People"]);
    assert_eq!(reading(&knowledge, "Moscow")[0], "state:RUS Seat");
    assert!(reading(&knowledge, "us").is_empty());
    assert!(reading(&knowledge, "turkey").is_empty());
}

#[test]
fn groups_and_persons_are_known_by_all_their_names() {
    let knowledge = Knowledge::shipped();
    for name in ["ISIS", "ISIL", "IS", "Daesh", "Islamic State of Iraq and Syria"] {
        assert_eq!(reading(&knowledge, name), ["group:islamic-state Itself"], "{name}");
    }
    assert!(reading(&knowledge, "is").is_empty());
    let called: Vec<_> = knowledge.persons_called("Erdogan").map(|entry| entry.id.as_str()).collect();
    assert_eq!(called, ["person:recep-tayyip-erdogan"]);
}

#[test]
fn terms_cover_their_days() {
    let knowledge = Knowledge::shipped();
    let term = knowledge.entry("person:barack-obama").and_then(|entry| entry.term_on("2015-11-17"));
    assert_eq!(term.map(|term| term.office.as_str()), Some("president"));
    let term = Term { office: String::new(), of: String::new(), from: "2003".into(), to: "2005-06".into() };
    assert!(term.covers("2003-01-01") && term.covers("2005-06-30T10:00:00Z"));
    assert!(!term.covers("2002-12-31") && !term.covers("2005-07-01"));
}

#[test]
fn every_row_is_sound() {
    let knowledge = Knowledge::shipped();
    for (_, table) in TABLES {
        let columns =
            table.lines().find(|line| !line.starts_with('#')).map_or(0, |line| line.split('\t').count());
        for line in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            assert!(line.split('\t').count() <= columns, "{line}");
        }
    }
    for entry in knowledge.entries() {
        assert!(!entry.name.is_empty() && !entry.id.ends_with(':'), "{entry:?}");
        for code in entry.members.iter().chain(&entry.state) {
            assert!(knowledge.state_name(code).is_some(), "{}: {code}", entry.id);
        }
        for term in &entry.terms {
            let known = knowledge.state_name(&term.of).is_some() || knowledge.entry(&term.of).is_some();
            assert!(known && term.from.len() >= 4, "{}: {term:?}", entry.id);
            assert!(term.to.is_empty() || term.from <= term.to, "{}: {term:?}", entry.id);
        }
    }
}

#[test]
fn a_folder_extends_and_overrides() {
    let folder = std::env::temp_dir().join(format!("readout-knowledge-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(
        folder.join("groups.tsv"),
        "id\tname\tnames\tstate\tsector\nriver-front\tRiver Front\tRF\tTCD\tREB\n",
    )
    .unwrap();
    let knowledge = Knowledge::shipped().with_folder(&folder).unwrap();
    assert_eq!(reading(&knowledge, "River Front"), ["group:river-front Itself"]);
    std::fs::remove_dir_all(&folder).unwrap();
    let error = Knowledge::shipped().with_folder(&folder).unwrap_err();
    assert!(error.to_string().contains("readout-knowledge"));
}
