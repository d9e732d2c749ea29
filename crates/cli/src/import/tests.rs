use std::{io::Read, path::Path};

use devanture_storage::{Database, Ownership, Store, StoreField, test_support::SqliteFile};
use proptest::prelude::*;

use super::{ImportError, Mapping, Notice, Stores, Summary, Target, import_stores, mapping::Field};

const MAPPING: &str = r#"
[fields]
code = { column = "Code" }
name = { column = "Nom" }
town = { column = "Ville" }
lat = { column = "Lat" }
lng = { column = "Lon" }
country = { value = "FR" }
time_zone = { column = "Fuseau", after = " ", default = "Europe/Paris", map = { "Europe/Nantes" = "Europe/Paris" } }
"#;

const HEADER: &str = "Code,Nom,Ville,Lat,Lon,Fuseau\n";

async fn database() -> SqliteFile {
    let file = SqliteFile::new().await;
    let mut repository = file.database.write().await.unwrap();
    repository.put_tenant("t", "T").await.unwrap();
    repository.save().await.unwrap();
    file
}

async fn run(
    database: &Database,
    file: impl Read,
    mapping: &str,
) -> (Result<Summary, ImportError>, Vec<Notice>) {
    let mapping = Mapping::parse(mapping).unwrap();
    let target = Target { database, tenant: "t", overwrite_local_edits: false };
    let mut notices = Vec::new();
    let done = import_stores(&target, file, &mapping, |notice| notices.push(notice)).await;
    (done, notices)
}

async fn imported(bytes: &[u8], mapping: &str) -> (Summary, Vec<Notice>, Vec<Store>) {
    let file = database().await;
    let (done, notices) = run(&file.database, bytes, mapping).await;
    let mut stores = Vec::new();
    file.database.read().await.unwrap().each_store("t", |store| stores.push(store)).await.unwrap();
    (done.unwrap(), notices, stores)
}

async fn refused(bytes: &[u8], mapping: &str) -> String {
    let file = database().await;
    run(&file.database, bytes, mapping).await.0.unwrap_err().to_string()
}

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/server").join(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn bad(notices: &[Notice]) -> Vec<(u64, &str)> {
    notices
        .iter()
        .filter_map(|notice| match notice {
            Notice::Bad { line, reason } => Some((*line, reason.as_str())),
            Notice::Kept { .. } => None,
        })
        .collect()
}

#[tokio::test]
async fn good_rows_go_in_and_bad_ones_are_told_with_their_line() {
    let (summary, notices, stores) = imported(&fixture("stores-bad-rows.csv"), MAPPING).await;
    let codes: Vec<&str> = stores.iter().map(|s| s.code.as_str()).collect();
    assert_eq!(codes, ["FR-1", "FR-2", "FR-3"]);
    assert_eq!((summary.created, summary.bad), (3, 11));
    let expected = [
        (3, "latitude must be"),
        (4, "swapped"),
        (5, "not a number"),
        (6, "latitude is empty"),
        (7, "latitude must be"),
        (8, "on an earlier line"),
        (11, "the name is empty"),
        (12, "the code is empty"),
        (13, "not an IANA time zone"),
        (14, "has 4 cells, the header has 6"),
        (15, "both 0"),
    ];
    let told = bad(&notices);
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for ((line, part), (told_line, reason)) in expected.iter().zip(told) {
        assert_eq!(*line, told_line, "{reason}");
        assert!(reason.contains(part), "{line}: {reason}");
    }
    // A quoted line break is part of the name, and lines go on being counted right after it.
    assert_eq!(stores[1].name, "Boutique\nde la gare");
    assert_eq!(stores[2].name, "L’\"Atelier\", cour");
}

#[tokio::test]
async fn transforms() {
    let text = format!("{HEADER}A,a,Nantes,\"47,2\",-1.5,GMT+1:00 Europe/Nantes\nB,b,Paris,48.8,2.3,\n");
    let (_, notices, stores) = imported(text.as_bytes(), MAPPING).await;
    assert_eq!(notices, []);
    assert_eq!(
        (stores[0].time_zone.as_str(), stores[1].time_zone.as_str()),
        ("Europe/Paris", "Europe/Paris")
    );
    assert_eq!((stores[0].location.lat(), stores[0].address.country.as_str()), (47.2, "FR"));
}

#[tokio::test]
async fn a_byte_order_mark_and_quoted_header() {
    for header in ["\u{feff}Code,Nom,Ville,Lat,Lon,Fuseau", "\u{feff}\"Code\",\"Nom\",Ville,Lat,Lon,Fuseau"] {
        let (summary, notices, _) = imported(format!("{header}\r\nA,a,b,1,2,\r\n").as_bytes(), MAPPING).await;
        assert_eq!((summary.created, notices), (1, vec![]));
    }
}

#[tokio::test]
async fn files_that_cannot_be_read_say_what_to_do() {
    let message = refused(b"Code;Nom;Ville;Lat;Lon;Fuseau\nA;a;b;1;2;\n", MAPPING).await;
    assert!(message.contains("seems to use \";\"") && message.contains("set delimiter = \";\""), "{message}");
    let message = refused(b"Code\tNom\tVille\nA\ta\tb\n", MAPPING).await;
    assert!(message.contains(r#"delimiter = "\t""#), "{message}");
    let message = refused(b"Code,Name,Ville,Lat,Lon,Fuseau\n", MAPPING).await;
    assert!(message.contains("no column \"Nom\"") && message.contains("\"Name\""), "{message}");
    assert!(refused(b"", MAPPING).await.contains("empty"));
    assert!(refused(HEADER.as_bytes(), MAPPING).await.contains("no rows"));
    assert!(refused(b"\xff\xfeC\0o\0d\0e\0", MAPPING).await.contains("UTF-16"));
}

#[tokio::test]
async fn the_delimiter_that_was_advised_works() {
    let mapping = format!("delimiter = \";\"\n{MAPPING}");
    let (summary, ..) = imported(b"Code;Nom;Ville;Lat;Lon;Fuseau\nA;a;b;47,2;-1,5;\n", &mapping).await;
    assert_eq!(summary.created, 1);
}

#[tokio::test]
async fn latin1() {
    let bytes = fixture("stores-latin1.csv");
    let (summary, notices, stores) = imported(&bytes, MAPPING).await;
    assert_eq!((summary.created, summary.bad), (1, 1), "the row without accents goes in");
    let told = bad(&notices);
    assert_eq!(told[0].0, 2);
    assert!(told[0].1.contains("encoding = \"latin1\""), "{told:?}");
    assert_eq!(stores[0].name, "Paris");
    let (summary, _, stores) = imported(&bytes, &format!("encoding = \"latin1\"\n{MAPPING}")).await;
    assert_eq!((summary.created, stores[0].name.as_str()), (2, "Saint-Étienne Châteaucreux"));
}

#[tokio::test]
async fn hours_services_and_ownership() {
    let mapping = format!(
        "{MAPPING}services = {{ column = \"Services\" }}\nmonday = {{ column = \"Lundi\" }}\ntuesday = {{ column = \"Mardi\" }}\n\
         ownership = {{ column = \"Type\", map = {{ \"Succursale\" = \"own\", \"Affilié\" = \"franchise\" }} }}\n"
    );
    let text = "Code,Nom,Ville,Lat,Lon,Fuseau,Services,Lundi,Mardi,Type\n\
        A,a,b,1,2,,tailor | click,9h30-12h30 14h-19h,fermé,Affilié\n\
        B,b,b,1,2,,,19:00-09:00,,Succursale\n\
        C,c,b,1,2,,,10:00-13:00 12:00-18:00,,Succursale\n\
        D,d,b,1,2,,,,,Inconnu\n";
    let (summary, notices, stores) = imported(text.as_bytes(), &mapping).await;
    assert_eq!((summary.created, summary.bad), (1, 3));
    let reasons = bad(&notices);
    assert!(reasons[0].1.contains("end before they start"), "{reasons:?}");
    assert!(reasons[1].1.contains("overlap"), "{reasons:?}");
    assert!(reasons[2].1.contains("Inconnu"), "{reasons:?}");
    assert_eq!(stores[0].services, ["tailor", "click"]);
    assert_eq!(stores[0].ownership, Ownership::Franchise);
    assert_eq!(stores[0].hours.weekly[0].len(), 2);
}

#[tokio::test]
async fn which_stores_ship() {
    let mapping = format!("{MAPPING}ships = {{ column = \"Expédie\", map = {{ \"Oui\" = \"yes\" }} }}\n");
    let text = "Code,Nom,Ville,Lat,Lon,Fuseau,Expédie\nA,a,b,1,2,,Oui\nB,b,b,1,2,,\nC,c,b,1,2,,TRUE\nD,d,b,1,2,,non\n";
    let file = database().await;
    let (done, notices) = run(&file.database, text.as_bytes(), &mapping).await;
    assert_eq!((done.unwrap().created, bad(&notices)[0].0), (3, 5));
    assert!(bad(&notices)[0].1.contains("\"non\" does not say"), "{notices:?}");
    let ships = async || {
        let mut ships = Vec::new();
        let mut repository = file.database.read().await.unwrap();
        repository.each_store("t", |store| ships.push(store.ships)).await.unwrap();
        ships
    };
    assert_eq!(ships().await, [true, false, true]);
    // A file without the column leaves it as it is.
    let text = format!("{HEADER}A,Autre,b,1,2,\n");
    run(&file.database, text.as_bytes(), MAPPING).await.0.unwrap();
    assert_eq!(ships().await, [true, false, true]);
    // What a store has made its own stays.
    let mut repository = file.database.write().await.unwrap();
    let own = Store { ships: false, ..repository.store("t", "A").await.unwrap().unwrap() };
    repository.edit_store("t", &own, &[StoreField::Ships].into()).await.unwrap();
    repository.save().await.unwrap();
    let text = "Code,Nom,Ville,Lat,Lon,Fuseau,Expédie\nA,a,b,1,2,,Oui\n";
    let (_, notices) = run(&file.database, text.as_bytes(), &mapping).await;
    assert_eq!(notices, [Notice::Kept { line: 2, code: "A".to_owned(), fields: vec![StoreField::Ships] }]);
    assert_eq!(ships().await, [false, false, true]);
}

#[tokio::test]
async fn again_changes_nothing_and_local_edits_stay() {
    let file = database().await;
    let text = format!("{HEADER}A,Old,Nantes,47.2,-1.5,\nB,b,Paris,48.8,2.3,\n");
    run(&file.database, text.as_bytes(), MAPPING).await.0.unwrap();
    let (again, _) = run(&file.database, text.as_bytes(), MAPPING).await;
    assert_eq!(again.unwrap(), Summary { unchanged: 2, ..Summary::default() });

    let mut repository = file.database.write().await.unwrap();
    let mut own = repository.store("t", "A").await.unwrap().unwrap();
    "Chez nous".clone_into(&mut own.name);
    repository.edit_store("t", &own, &[StoreField::Name].into()).await.unwrap();
    repository.save().await.unwrap();

    let (third, notices) = run(&file.database, text.as_bytes(), MAPPING).await;
    assert_eq!(third.unwrap(), Summary { unchanged: 2, kept: 1, ..Summary::default() });
    assert_eq!(notices, [Notice::Kept { line: 2, code: "A".to_owned(), fields: vec![StoreField::Name] }]);

    let mapping = Mapping::parse(MAPPING).unwrap();
    let target = Target { database: &file.database, tenant: "t", overwrite_local_edits: true };
    let told = import_stores(&target, text.as_bytes(), &mapping, |_| {}).await.unwrap();
    assert_eq!((told.updated, told.kept), (1, 0));
    let store = file.database.read().await.unwrap().store("t", "A").await.unwrap().unwrap();
    assert_eq!(store.name, "Old");
}

#[test]
fn mappings_that_are_not_right() {
    for (text, part) in [
        ("", "missing field `fields`"),
        ("[fields]\ncode = { column = \"a\" }", "name"),
        ("[fields]\nkode = { column = \"a\" }", "unknown variant `kode`"),
        ("[fields]\ncode = { colum = \"a\" }", "unknown field `colum`"),
        (&MAPPING.replace("{ column = \"Code\" }", "{}"), "neither a column nor a value"),
        (&format!("encoding = \"utf-16\"\n{MAPPING}"), "no encoding"),
        (&format!("delimiter = \"é\"\n{MAPPING}"), "one ASCII sign"),
    ] {
        let message = Mapping::<Field>::parse(text).unwrap_err().to_string();
        assert!(message.contains(part), "{part}: {message}");
    }
}

/// Endless rows of a file that does not exist, as many bytes as asked for.
struct Endless {
    row: Vec<u8>,
    at: usize,
    left: u64,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = (self.row.len() - self.at)
            .min(buffer.len())
            .min(usize::try_from(self.left).unwrap_or(usize::MAX));
        buffer[..count].copy_from_slice(&self.row[self.at..self.at + count]);
        self.at = (self.at + count) % self.row.len();
        self.left -= count as u64;
        Ok(count)
    }
}

/// Resident memory of this process, in bytes.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}

#[tokio::test]
async fn a_gigabyte_in_flat_memory() {
    let file = database().await;
    let row = format!("A,{},Nantes,47.2,-1.5,\n", "n".repeat(4000)).into_bytes();
    let endless = Endless { row, at: 0, left: 1024 * 1024 * 1024 };
    let before = resident();
    let mapping = Mapping::parse(MAPPING).unwrap();
    let target = Target { database: &file.database, tenant: "t", overwrite_local_edits: false };
    let mut told = 0u64;
    let done =
        import_stores(&target, HEADER.as_bytes().chain(endless), &mapping, |_| told += 1).await.unwrap();
    assert!(done.bad > 250_000 && done.bad == told, "{done:?}");
    let grown = resident().saturating_sub(before);
    assert!(grown < 32 * 1024 * 1024, "grew by {} MB", grown / 1024 / 1024);
}

#[tokio::test]
async fn a_quote_never_closed_does_not_take_in_the_file() {
    let file = database().await;
    let text = format!("{HEADER}A,\"open,");
    let rest = Endless { row: b"Nantes,47.2,-1.5,\n".to_vec(), at: 0, left: 1 << 30 };
    let (done, _) = run(&file.database, text.as_bytes().chain(rest), MAPPING).await;
    let message = done.unwrap_err().to_string();
    assert!(message.contains("is a quote not closed?"), "{message}");
}

#[tokio::test]
async fn the_real_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let path = root.join("../shared/data/stores-worldwide.csv");
    if !path.exists() {
        println!("skipped: ../shared/data/stores-worldwide.csv is not there");
        return;
    }
    let mapping = std::fs::read_to_string(root.join("examples/import/stores-worldwide.toml")).unwrap();
    let file = database().await;
    let (first, notices) = run(&file.database, std::fs::File::open(&path).unwrap(), &mapping).await;
    let first = first.unwrap();
    assert!(first.created > 25_000 && first.bad < 20, "{first:?} {notices:?}");
    assert_eq!(notices.len() as u64, first.bad);
    let (again, _) = run(&file.database, std::fs::File::open(&path).unwrap(), &mapping).await;
    assert_eq!(again.unwrap(), Summary { unchanged: first.created, bad: first.bad, ..Summary::default() });
}

/// What `tests/fuzz` looks for as well, for longer.
fn every_store(bytes: &[u8], mapping: &Mapping) -> Vec<Store> {
    let mut found = Vec::new();
    let Ok(mut stores) = Stores::open(bytes, mapping) else { return found };
    while let Ok(Some((_, store))) = stores.next() {
        found.extend(store);
    }
    found
}

fn quoted(cells: &[&str]) -> String {
    cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect::<Vec<_>>().join(",") + "\n"
}

proptest! {
    #[test]
    fn cells_come_through_quotes_commas_and_line_ends(
        rows in proptest::collection::btree_map("[A-Z0-9]{1,8}", "\\PC{0,8}[,\"\r\n;é ]{0,3}x", 1..30),
    ) {
        let mapping = Mapping::parse(MAPPING).unwrap();
        let lines = rows.iter().map(|(code, name)| quoted(&[code, name, "Nantes", "47,2", "-1.5", ""]));
        let file = HEADER.to_owned() + &lines.collect::<String>();
        let read = every_store(file.as_bytes(), &mapping);
        let read: Vec<(&str, &str)> = read.iter().map(|s| (s.code.as_str(), s.name.as_str())).collect();
        let written: Vec<(&str, &str)> = rows.iter().map(|(code, name)| (code.as_str(), name.trim())).collect();
        prop_assert_eq!(read, written);
    }

    #[test]
    fn damaged_files_and_mappings_are_safe(
        flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let rows = "FR-1,\"Le \"\"Grand\"\"\",Nantes,47.2,-1.5,x Europe/Paris\r\nFR-2,Été,Rennes,48.1,-1.7,\n".repeat(3);
        let mut file = (HEADER.to_owned() + &rows).into_bytes();
        let mut mapping = MAPPING.as_bytes().to_vec();
        for (at, byte) in flips {
            let place = at.index(file.len() + mapping.len());
            let length = file.len();
            if place < length { file[place] = byte } else { mapping[place - length] = byte }
        }
        let Ok(mapping) = Mapping::parse(&String::from_utf8_lossy(&mapping)) else { return Ok(()) };
        let stores = every_store(&file, &mapping);
        let mut codes: Vec<&str> = stores.iter().map(|store| store.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        prop_assert_eq!(codes.len(), stores.len(), "a code twice");
        for store in stores {
            prop_assert!(!store.code.is_empty() && !store.name.is_empty());
            prop_assert!(devanture_server::NamedZone::get(&store.time_zone).is_some(), "{}", store.time_zone);
        }
    }
}
