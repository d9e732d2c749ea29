//! The program as an operator runs it.

#![expect(clippy::unwrap_used, reason = "a test's failure is a panic")]

mod network;

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use devanture_storage::test_support::tamper;

const KEY: &str = devanture_demo::SHOP_KEY;
/// Where the demo's shop and mini-site are, unless `seed` is told otherwise.
const ORIGIN: &str = "http://127.0.0.1:4801";
const MINI_SITE_ORIGIN: &str = "http://127.0.0.1:4802";

fn devanture(directory: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_devanture"));
    command.current_dir(directory).args(["--database", "test.db"]).args(arguments);
    command.env("RUST_LOG", "info").stdin(Stdio::null());
    command
}

fn run(directory: &Path, arguments: &[&str]) -> Output {
    devanture(directory, arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A running server; killed if the test ends before it is stopped.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(directory: &Path) -> Self {
        let mut command = devanture(directory, &["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("ready http://").and_then(|l| l.strip_suffix('/'));
        Self { address: address.unwrap_or_else(|| panic!("{line:?}")).to_owned(), child }
    }

    fn ask(&self, request: &str, headers: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        write!(stream, "{request} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n{body}")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// The JSON that a site is answered, with its status.
    fn ask_as(&self, key: &str, request: &str, headers: &str, body: &str) -> (u16, serde_json::Value) {
        let origin = if key == KEY { ORIGIN } else { MINI_SITE_ORIGIN };
        let headers = format!(
            "devanture-key: {key}\r\norigin: {origin}\r\ncontent-type: application/json\r\n{headers}"
        );
        let answer = self.ask(request, &headers, body);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), serde_json::from_str(body).unwrap())
    }

    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path}"), &format!("devanture-key: {KEY}\r\n"), "")
    }

    fn json(&self, path: &str) -> serde_json::Value {
        let answer = self.get(path);
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
    }

    fn signal(&mut self, name: &str) {
        let sent = Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Fails when it has ended already, which is what most tests want.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn seeded_served_and_stopped() {
    let directory = tempfile::tempdir().unwrap();
    let seeded = run(directory.path(), &["seed"]);
    assert!(seeded.status.success() && said(&seeded).contains("190 stores"), "{}", said(&seeded));
    let mut server = Server::start(directory.path());
    let page = server.json("/v1/stores?q=Nantes&limit=3");
    assert_eq!((page["total"].as_u64(), page["items"].as_array().map(Vec::len)), (Some(190), Some(3)));
    assert_eq!(page["items"][0]["address"]["town"], "Nantes");
    assert!(server.get("/readyz").starts_with("HTTP/1.1 200"));
    assert!(server.get("/pages/shop").contains("Lormelle"));
    server.signal("-TERM");
    let mut log = String::new();
    server.child.stderr.as_mut().unwrap().read_to_string(&mut log).unwrap();
    assert!(server.child.wait().unwrap().success(), "{log}");
    assert!(log.contains("/v1/stores") && log.contains("status=200"), "one line per request: {log}");
    assert!(
        !log.contains("Nantes") && !log.contains(KEY) && !log.contains("127.0.0.1"),
        "no personal data: {log}"
    );
}

#[test]
fn a_booking_survives_kill_9() {
    let directory = tempfile::tempdir().unwrap();
    run(directory.path(), &["seed"]);
    let mut server = Server::start(directory.path());
    let code = server.json("/v1/stores?limit=100")["items"]
        .as_array()
        .and_then(|stores| stores.iter().find(|store| store["appointments"] == true))
        .and_then(|store| store["code"].as_str().map(str::to_owned))
        .unwrap();
    let slots = server.json(&format!("/v1/stores/{code}/slots?days=31"));
    let starts_at = slots["items"][0]["starts_at"].as_i64().unwrap();
    let headers = format!(
        "devanture-key: {KEY}\r\norigin: {ORIGIN}\r\nidempotency-key: 7f3a2c7e-0000-4000-8000-000000000001\r\ncontent-type: application/json\r\n"
    );
    let body = format!(r#"{{"starts_at":{starts_at},"name":"Zoé","email":"zoe@example.com","locale":"fr"}}"#);
    let booked = server.ask(&format!("POST /v1/stores/{code}/appointments"), &headers, &body);
    assert!(booked.starts_with("HTTP/1.1 201"), "{booked}");
    server.signal("-KILL");
    server.child.wait().unwrap();
    let booked: serde_json::Value = serde_json::from_str(booked.split_once("\r\n\r\n").unwrap().1).unwrap();

    let server = Server::start(directory.path());
    let found = server.json(&format!("/v1/appointments/{}", booked["token"].as_str().unwrap()));
    assert_eq!(found["starts_at"], starts_at);
}

#[test]
fn sites_and_their_keys() {
    let directory = tempfile::tempdir().unwrap();
    let add = ["site", "add", "--tenant", "t", "--id", "shop", "--origin", "https://Shop.example/"];
    let added = run(directory.path(), &add);
    let key = said(&added).trim().to_owned();
    assert!(added.status.success() && devanture_storage::is_publishable_key(&key), "{key}");
    assert_eq!(said(&run(directory.path(), &add)).trim(), key, "changing a site keeps its key");
    let listed = said(&run(directory.path(), &["site", "list"]));
    assert!(listed.contains(&key) && listed.contains("https://shop.example"), "{listed}");
    let taken = run(directory.path(), &["site", "add", "--tenant", "other", "--id", "shop"]);
    assert!(!taken.status.success() && said(&taken).contains("another tenant"));
}

/// Runs with a line on standard input.
fn run_with(directory: &Path, arguments: &[&str], line: &str) -> Output {
    let mut command = devanture(directory, arguments);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // It may have refused and ended before it reads.
    let _ = child.stdin.take().unwrap().write_all(line.as_bytes());
    child.wait_with_output().unwrap()
}

impl Server {
    fn sign_in(&self, login: &str, password: &str) -> String {
        let body = serde_json::json!({ "login": login, "password": password }).to_string();
        let headers = format!("origin: http://{}\r\ncontent-type: application/json\r\n", self.address);
        self.ask("POST /admin/v1/session", &headers, &body)
    }
}

#[test]
fn staff_sign_in_until_they_are_disabled() {
    let directory = tempfile::tempdir().unwrap();
    let seeded = said(&run(directory.path(), &["seed"]));
    let accounts: Vec<Vec<&str>> = seeded
        .lines()
        .filter_map(|line| line.strip_prefix("staff\t"))
        .map(|line| line.split('\t').collect())
        .collect();
    assert_eq!(accounts.len(), 3, "{seeded}");
    assert!(!said(&run(directory.path(), &["seed"])).contains("staff\t"), "made once");
    let server = Server::start(directory.path());
    for account in &accounts {
        let answer = server.sign_in(account[1], account[2]);
        assert!(answer.starts_with("HTTP/1.1 200") && answer.contains(account[0]), "{answer}");
    }
    let store = server.json("/v1/stores?limit=1")["items"][0]["code"].as_str().unwrap().to_owned();
    let (tenant, login, password) = ("lormelle", "zoe@lormelle.example", "correct horse battery");
    let who = ["--tenant", tenant, "--login", login];
    let add = |extra: &[&str], password: &str| {
        let fixed = ["staff", "add", "--name", "Zoé", "--password-stdin"];
        run_with(directory.path(), &[&fixed[..], &who[..], extra].concat(), password)
    };
    for (extra, password, why) in [
        (&["--role", "boss"][..], password, "store_manager"),
        (&["--role", "seller"], password, "--store"),
        (&["--role", "seller", "--store", "nowhere"], password, "no store nowhere"),
        (&["--role", "head_office", "--store", store.as_str()], password, "all stores"),
        (&["--role", "seller", "--store", store.as_str()], "short", "12 characters"),
        (&["--role", "seller", "--store", store.as_str()], "", "12 characters"),
    ] {
        let refused = add(extra, password);
        assert!(!refused.status.success() && said(&refused).contains(why), "{extra:?}: {}", said(&refused));
    }
    let added = add(&["--role", "seller", "--store", &store], &format!("{password}\r\nmore"));
    assert!(added.status.success(), "{}", said(&added));
    assert!(said(&add(&["--role", "head_office"], password)).contains("already"));
    let listed = said(&run(directory.path(), &["staff", "list", "--tenant", tenant]));
    assert!(listed.contains(&format!("{login}\tseller\tZoé\t{store}")), "{listed}");
    assert!(server.sign_in(&login.to_uppercase(), password).starts_with("HTTP/1.1 200"));

    let reset = [&["staff", "reset-password", "--password-stdin"][..], &who].concat();
    let reset = run_with(directory.path(), &reset, "battery staple correct\n");
    assert!(reset.status.success(), "{}", said(&reset));
    assert!(server.sign_in(login, password).starts_with("HTTP/1.1 401"));
    assert!(server.sign_in(login, "battery staple correct").starts_with("HTTP/1.1 200"));
    let other_store = server.json("/v1/stores?limit=2")["items"][1]["code"].as_str().unwrap().to_owned();
    let set = [&["staff", "set-stores", "--store", &other_store][..], &who].concat();
    assert!(run(directory.path(), &set).status.success());
    assert!(server.sign_in(login, "battery staple correct").contains(&other_store));
    assert!(run(directory.path(), &[&["staff", "disable"][..], &who].concat()).status.success());
    assert!(server.sign_in(login, "battery staple correct").starts_with("HTTP/1.1 401"));
    let listed = said(&run(directory.path(), &["staff", "list", "--tenant", tenant]));
    assert!(listed.contains("\tdisabled"), "{listed}");
    let nobody = ["staff", "disable", "--tenant", tenant, "--login", "nobody@lormelle.example"];
    assert!(said(&run(directory.path(), &nobody)).contains("no account"));
}

#[test]
fn secret_keys_are_shown_once_and_taken_back() {
    let directory = tempfile::tempdir().unwrap();
    let add = ["key", "add", "--tenant", "t", "--name", "Caisse", "--scope", "feeds"];
    assert!(said(&run(directory.path(), &add)).contains("no network t"));
    run(directory.path(), &["site", "add", "--tenant", "t", "--id", "shop"]);
    let added = run(directory.path(), &add);
    let secret = String::from_utf8(added.stdout).unwrap().trim().to_owned();
    assert!(devanture_storage::SecretKey::parse(&secret).is_some(), "{secret}");
    let listed = said(&run(directory.path(), &["key", "list", "--tenant", "t"]));
    assert!(
        listed.contains("\tfeeds\t") && listed.contains("Caisse") && !listed.contains(&secret),
        "{listed}"
    );
    let server = Server::start(directory.path());
    let ask = || server.ask("GET /admin/v1/key", &format!("authorization: Bearer {secret}\r\n"), "");
    assert!(ask().starts_with("HTTP/1.1 200"));
    let id = listed.split('\t').next().unwrap();
    let revoke = |id| run(directory.path(), &["key", "revoke", "--tenant", "t", "--id", id]);
    assert!(said(&revoke("key_none")).contains("no key key_none"));
    assert!(revoke(id).status.success());
    assert!(ask().starts_with("HTTP/1.1 401"));
    assert!(said(&run(directory.path(), &["key", "list", "--tenant", "t"])).contains("\trevoked"));
    let nameless = ["key", "add", "--tenant", "t", "--name", "a\tb", "--scope", "feeds"];
    assert!(said(&run(directory.path(), &nameless)).contains("on one line"));
    let bad = ["key", "add", "--tenant", "t", "--name", "x", "--scope", "all"];
    assert!(said(&run(directory.path(), &bad)).contains("feeds, admin"));
}

#[test]
fn the_doctor_says_what_to_do() {
    let directory = tempfile::tempdir().unwrap();
    let ill = run(directory.path(), &["doctor"]);
    assert!(!ill.status.success() && said(&ill).contains("devanture migrate"), "{}", said(&ill));
    run(directory.path(), &["migrate"]);
    let empty = run(directory.path(), &["doctor"]);
    assert!(!empty.status.success() && said(&empty).contains("devanture site add"), "{}", said(&empty));
    run(directory.path(), &["seed"]);
    let well = run(directory.path(), &["doctor"]);
    assert!(well.status.success() && said(&well).contains("2 with 190 stores"), "{}", said(&well));
    let no_files = run(directory.path(), &["doctor", "--assets", "."]);
    assert!(!no_files.status.success() && said(&no_files).contains("cargo xtask wasm"));
}

/// A review that was taken out of the lists behind the program's back.
#[tokio::test]
async fn the_doctor_sees_what_was_tampered_with() {
    let directory = tempfile::tempdir().unwrap();
    run(directory.path(), &["seed"]);
    let well = run(directory.path(), &["doctor"]);
    assert!(well.status.success() && said(&well).contains("the trail is whole"), "{}", said(&well));
    let database = directory.path().join("test.db");
    let hidden = "UPDATE reviews SET state = 'deleted' WHERE review_id = \
                  (SELECT MIN(review_id) FROM reviews WHERE state = 'published')";
    assert_eq!(tamper(database.to_str().unwrap(), hidden).await, 1);
    let ill = run(directory.path(), &["doctor"]);
    assert!(!ill.status.success() && said(&ill).contains("was tampered with: entry "), "{}", said(&ill));
}

#[test]
fn an_import_that_refuses_some_rows_ends_with_2() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let directory = tempfile::tempdir().unwrap();
    let mapping = directory.path().join("mapping.toml");
    let fields = "[fields]\ncode = { column = \"Code\" }\nname = { column = \"Nom\" }\nlat = { column = \"Lat\" }\n\
                  lng = { column = \"Lon\" }\ntime_zone = { column = \"Fuseau\" }\n";
    std::fs::write(&mapping, fields).unwrap();
    let csv = root.join("tests/fixtures/server/stores-bad-rows.csv");
    let (csv, mapping) = (csv.to_str().unwrap(), mapping.to_str().unwrap());
    let done = run(directory.path(), &["import", "stores", csv, "--mapping", mapping, "--tenant", "t"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(
        said(&done).contains("3 created") && said(&done).contains("stores-bad-rows.csv:4: "),
        "{}",
        said(&done)
    );
    let unknown = run(directory.path(), &["import", "stores", csv, "--mapping", mapping, "--site", "none"]);
    assert!(said(&unknown).contains("no site none"));
}
