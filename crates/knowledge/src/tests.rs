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

/// Reads a folder with the table `name` that contains `content`.
fn own(name: &str, content: impl AsRef<[u8]>) -> Result<Knowledge, KnowledgeError> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), content).unwrap();
    Knowledge::with_folder(folder.path())
}

#[test]
fn a_folder_extends_and_overrides() {
    let table = "# ours\nid\tname\tnames\tstate\tsector\nriver-front\tRiver Front\tRF;IS\tTCD\tREB\n\
                 hamas\tHamas of old\t\tPSE\tREB\n";
    let knowledge = own("groups.tsv", table).unwrap();
    assert_eq!(reading(&knowledge, "River Front"), ["group:river-front Itself"]);
    assert_eq!(reading(&knowledge, "IS"), ["group:river-front Itself", "group:islamic-state Itself"]);
    let hamas = knowledge.entry("group:hamas").unwrap();
    assert_eq!(hamas.name, "Hamas of old");
    assert!(reading(&knowledge, "Islamic Resistance Movement").is_empty(), "the shipped row is gone");
    let (file, line) = knowledge.origin(hamas);
    assert!(file.ends_with("groups.tsv") && !file.starts_with("data") && line == 4, "{file} {line}");
    let shipped = knowledge.entry("state:TCD").unwrap();
    assert_eq!(knowledge.origin(shipped).0, "data/knowledge/states.tsv");
    assert!(Knowledge::shipped().fingerprint().is_none());
    assert_eq!(knowledge.fingerprint(), own("groups.tsv", table).unwrap().fingerprint());
    assert_ne!(knowledge.fingerprint(), own("groups.tsv", table.replace("RF;", "")).unwrap().fingerprint());
}

#[test]
fn a_state_of_ones_own_may_be_spoken_of() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, content: &str| std::fs::write(folder.path().join(name), content).unwrap();
    write("states.tsv", "iso3\tname\tadjectives\tcapital\nXVL\tVelmia\tVelmian\tVelm\n");
    write("persons.tsv", "name\tgender\tstate\toffices\nInes Korda\tf\tXVL\tpresident XVL 2020-01-05\n");
    write("notes.txt", "not a table");
    let knowledge = Knowledge::with_folder(folder.path()).unwrap();
    assert_eq!(reading(&knowledge, "Velmians"), ["state:XVL People"]);
    assert_eq!(reading(&knowledge, "Velm"), ["state:XVL Seat"]);
    let korda = knowledge.entry("person:ines-korda").unwrap();
    assert_eq!(korda.term_on("2021-06-01").map(|term| term.of.as_str()), Some("XVL"));
}

#[test]
fn slips_are_told_with_their_line_and_what_would_be_right() {
    let group = |row: &str| format!("id\tname\tnames\tstate\tsector\n{row}\n");
    let person = |offices: &str| format!("name\toffices\nInes Korda\t{offices}\n");
    let cases: Vec<(&str, Vec<u8>, &str, &str)> = vec![
        ("group.tsv", b"id\tname\n".to_vec(), "no knowledge table is called so", "groups.tsv"),
        ("groups.tsv", b"id\tname\tcolour\n".to_vec(), "line 1: no column of this table is called", "sector"),
        ("groups.tsv", b"# c\n\nname\tstate\n".to_vec(), "line 3: the column id is missing", "id, name"),
        ("groups.tsv", b"id\tname\tname\n".to_vec(), "line 1: the column name is there twice", "one"),
        ("groups.tsv", group("a\tRiver\t\t\t\tREB").into(), "line 2: the row has 6 cells", "one tab"),
        ("groups.tsv", group("a\t\t\t\t").into(), "line 2: the cell name is empty", "fill"),
        ("groups.tsv", group("River Front\tRiver Front\t\t\t").into(), "is not plain", "river-front"),
        ("groups.tsv", group("a\tRiver\t!;?\t\t").into(), "line 2: \"!\" is no name", "two letters"),
        ("groups.tsv", group("a\tRiver\t\tTchad\t").into(), "no state has the code \"Tchad\"", "alpha-3"),
        ("groups.tsv", group("a\tRiver\t\tTCD\tARMY").into(), "is no PLOVER sector", "MIL"),
        (
            "groups.tsv",
            group("a\tRiver\t\t\t\nb\tHill\na\tSea").into(),
            "line 4: \"a\" stands in line 2",
            "one row",
        ),
        (
            "groups.tsv",
            b"id\tname\n\na\tRiver\x07\n".to_vec(),
            "line 3: the cell name is no plain text",
            "letters",
        ),
        ("groups.tsv", b"id\tname\na\tR\xff\n".to_vec(), "line 2: this is not UTF-8 text", "UTF-8"),
        ("states.tsv", b"iso3\tname\nvelm\tVelmia\n".to_vec(), "line 2: \"velm\" is no code", "TCD"),
        ("cities.tsv", b"name\tlatitude\nVelm\t95\n".to_vec(), "line 2: \"95\" is no latitude", "12.34"),
        ("cities.tsv", b"name\tpopulation\nVelm\tmany\n".to_vec(), "is no number of inhabitants", "140"),
        ("persons.tsv", b"name\tgender\nInes Korda\tw\n".to_vec(), "line 2: \"w\" is no gender", "m, f"),
        (
            "persons.tsv",
            person("president").into(),
            "line 2: \"president\" is no term of office",
            "president TCD",
        ),
        ("persons.tsv", person("duke TCD 2020").into(), "no office is called \"duke\"", "offices.tsv"),
        (
            "persons.tsv",
            person("president Chad 2020").into(),
            "neither a state nor an organisation",
            "org:un",
        ),
        ("persons.tsv", person("president TCD 5.1.2020").into(), "is no date", "2021-04"),
        ("persons.tsv", person("president TCD 2020 2019-05").into(), "ends before it begins", "first"),
    ];
    for (name, content, problem, hint) in cases {
        let error = own(name, &content).unwrap_err();
        let told = error.to_string();
        assert!(told.contains(name) && told.contains(problem), "{told}");
        assert!(error.hint().contains(hint), "{told}: {}", error.hint());
    }
    let folder = tempfile::tempdir().unwrap();
    let error = Knowledge::with_folder(folder.path()).unwrap_err();
    assert!(error.to_string().contains("no knowledge table lies in this folder"));
    let error = Knowledge::with_folder(&folder.path().join("nowhere")).unwrap_err();
    assert!(error.to_string().contains("nowhere"), "{error}");
}

#[test]
fn hostile_tables_end_in_an_error_or_are_read() {
    let long = format!("id\tname\na\t{}\n", "River ".repeat(100_000));
    assert!(own("groups.tsv", long).is_err());
    let many: String = (0..50_000).map(|number| format!("g{number}\tRiver {number}\n")).collect();
    let knowledge = own("groups.tsv", format!("id\tname\n{many}")).unwrap();
    assert_eq!(reading(&knowledge, "River 49999"), ["group:g49999 Itself"]);
    for content in ["", "\n\n", "# only a comment\n", "\u{feff}id\tname\r\na\tRiver Front\r\n"] {
        own("groups.tsv", content).unwrap();
    }
    assert!(own("groups.tsv", [0u8; 64]).is_err());
}

#[test]
fn only_regular_files_are_tables() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("groups.tsv");
    std::fs::create_dir(&path).unwrap();
    let told = || Knowledge::with_folder(folder.path()).unwrap_err().to_string();
    assert!(told().contains("groups.tsv: this is no regular file"), "{}", told());
    #[cfg(unix)]
    {
        std::fs::remove_dir(&path).unwrap();
        // Has no end.
        std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
        assert!(told().contains("groups.tsv: this is no regular file"), "{}", told());
    }
}

#[test]
fn the_page_of_limits_is_true() {
    let page = include_str!("../../../docs/reference/limits.md");
    let size =
        format!("| a table (`--knowledge`), which must be a regular file | {} MB |", own::MAX_FILE >> 20);
    assert!(page.contains(&size), "{size}");
    let cell = format!("| a cell | {},{:03} bytes |", table::MAX_CELL / 1000, table::MAX_CELL % 1000);
    assert!(page.contains(&cell), "{cell}");
}

#[test]
fn a_short_form_is_no_name_by_itself() {
    let knowledge = Knowledge::shipped();
    assert!(reading(&knowledge, "the North").is_empty());
    let shortened: Vec<&str> =
        knowledge.shortened("the North").iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(shortened, ["state:PRK"]);
    assert!(knowledge.shortened("north").is_empty());
}
