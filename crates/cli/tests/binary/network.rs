//! What an operator sets of a network, and what shoppers then see.

use std::path::Path;

use devanture_demo::{MINI_SITE_KEY, SHOP_KEY};
use serde_json::Value;
use tempfile::TempDir;

use super::{Server, run, said};

const TENANT: &str = "lormelle";
const DRESS: &str = "sku;product_id;name;size;price\nTEST-38;test;Robe;38;";

/// A command in words without spaces; what it printed, which has to be well.
fn done(directory: &TempDir, arguments: &str) -> String {
    let output = run(directory.path(), &arguments.split(' ').collect::<Vec<_>>());
    assert!(output.status.success(), "{arguments}: {}", said(&output));
    said(&output)
}

/// What it said when it refused.
fn refused(directory: &TempDir, arguments: &str) -> String {
    let output = run(directory.path(), &arguments.split(' ').collect::<Vec<_>>());
    assert!(!output.status.success(), "{arguments}: {}", said(&output));
    said(&output)
}

fn write(directory: &TempDir, name: &str, text: &str) {
    std::fs::write(directory.path().join(name), text).unwrap();
}

/// The demo's network with a dress of one size; a store that has two of it.
fn shop() -> (TempDir, String) {
    let directory = tempfile::tempdir().unwrap();
    done(&directory, "seed");
    write(&directory, "dress.csv", &format!("{DRESS}89,00 EUR\n"));
    done(&directory, "import products dress.csv --tenant lormelle");
    let stores = Server::start(directory.path()).json("/v1/stores?limit=1");
    let store = stores["items"][0]["code"].as_str().unwrap().to_owned();
    write(&directory, "stock.csv", &format!("sku,store,quantity\nTEST-38,{store},2\n"));
    done(&directory, "import stock stock.csv --tenant lormelle");
    (directory, store)
}

/// Reserves dresses as this person on this site.
fn reserve(server: &Server, site: &str, (store, quantity, person): (&str, u32, &str)) -> (u16, Value) {
    let body = format!(
        r#"{{"store_code":"{store}","items":[{{"sku":"TEST-38","quantity":{quantity}}}],"name":"Zoé","email":"{person}@example.com","locale":"fr"}}"#
    );
    let headers = format!("idempotency-key: of-the-shopper-{person}\r\n");
    server.ask_as(site, "POST /v1/reservations", &headers, &body)
}

#[test]
fn a_site_has_prices_of_its_own() {
    let (directory, store) = shop();
    let set = "site add --tenant lormelle --id guerande --price-list";
    let unknown = refused(&directory, &format!("{set} presqu'ile"));
    assert!(unknown.contains("no product has a price in the list presqu'ile; there is "), "{unknown}");
    assert!(unknown.contains("default") && unknown.contains("import products --price-list"), "{unknown}");
    write(&directory, "dress.csv", &format!("{DRESS}79,50 EUR\n"));
    done(&directory, "import products dress.csv --tenant lormelle --price-list presqu'ile");
    assert_eq!(done(&directory, &format!("{set} presqu'ile")).trim(), MINI_SITE_KEY);
    // What else is changed leaves it.
    done(&directory, "site add --tenant lormelle --id guerande --name Guérande");
    let listed = done(&directory, "site list");
    assert!(listed.contains("prices presqu'ile") && listed.contains("prices default"), "{listed}");

    let server = Server::start(directory.path());
    for (site, person, cents) in [(SHOP_KEY, "ann", 8900), (MINI_SITE_KEY, "ben", 7950)] {
        let (_, product) = server.ask_as(site, "GET /v1/product?sku=TEST-38", "", "");
        assert_eq!(product["variants"][0]["price"]["amount"], cents, "{product}");
        let (status, made) = reserve(&server, site, (&store, 1, person));
        assert_eq!((status, &made["items"][0]["price"]["amount"]), (201, &cents.into()), "{made}");
    }
}

#[test]
fn rules_of_reservations() {
    let (directory, store) = shop();
    let rules = "reservations rules --tenant";
    let usual = done(&directory, &format!("{rules} {TENANT}"));
    assert!(usual.contains("answer_minutes = 120\n") && usual.contains("max_units = 3\n"), "{usual}");
    for (text, why) in [
        ("max_unit = 2", "\"max_unit\" is unknown; known are answer_minutes, "),
        ("max_units = 0", "max_units is 1 to 1000, not 0"),
        ("max_units = -1", "invalid value"),
        ("max_units = ", "TOML parse error"),
    ] {
        write(&directory, "bad.toml", text);
        let said = refused(&directory, &format!("{rules} {TENANT} --set bad.toml"));
        assert!(said.contains(&format!("bad.toml: {why}")) || said.contains(why), "{text}: {said}");
    }
    assert!(refused(&directory, &format!("{rules} {TENANT} --set none.toml")).contains("none.toml: No such"));
    assert!(refused(&directory, &format!("{rules} nobody")).contains("no network nobody"));
    assert_eq!(done(&directory, &format!("{rules} {TENANT}")), usual, "nothing was set");

    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/import/reservations-rules.toml");
    let set = done(&directory, &format!("{rules} {TENANT} --set {}", example.display()));
    assert!(set.contains("answer_minutes = 30\n") && set.contains("max_lines = 12\n"), "{set}");
    write(&directory, "printed.toml", &set);
    assert_eq!(done(&directory, &format!("{rules} {TENANT} --set printed.toml")), set, "its own form");
    let server = Server::start(directory.path());
    // As another number than three shows, the rules are those of the file.
    let (status, problem) = reserve(&server, SHOP_KEY, (&store, 3, "ann"));
    assert_eq!((status, &problem["detail"]), (400, &"1 to 2 pieces of TEST-38".into()), "{problem}");
}

#[test]
fn a_warehouse_is_asked_after_the_stores() {
    let (directory, store) = shop();
    let add = "warehouse add --tenant lormelle --name Dépôt --code";
    assert!(refused(&directory, &format!("{add} {store}")).contains("a store has the code"));
    assert!(
        refused(&directory, "warehouse add --tenant nobody --code D --name D").contains("no network nobody")
    );
    assert_eq!(done(&directory, &format!("{add} depot-2")), "DEPOT-2\tDépôt\n");
    assert!(done(&directory, "warehouse list --tenant lormelle").contains("DEPOT-2\tDépôt\n"));
    write(&directory, "stock.csv", "sku,store,quantity\nTEST-38,Depot-2,1\n");
    done(&directory, "import stock stock.csv --tenant lormelle");
    let secret = done(&directory, "key add --tenant lormelle --name Caisse --scope admin");
    let secret = secret.lines().find(|line| line.starts_with("sk_")).unwrap().to_owned();

    let server = Server::start(directory.path());
    let (_, made) = reserve(&server, SHOP_KEY, (&store, 1, "ann"));
    let act = |body: &str| {
        let path = format!("POST /admin/v1/reservations/{}/actions", made["id"].as_str().unwrap());
        server.ask_as(SHOP_KEY, &path, &format!("authorization: Bearer {secret}\r\n"), body)
    };
    let (status, told) = act(r#"{"action":"refuse","refusal":"no_time"}"#);
    assert_eq!(status, 200, "{told}");
    let now = server.json(&format!("/v1/reservations/{}", made["token"].as_str().unwrap()));
    assert_eq!((&now["state"], &now["sent_from"]), (&"requested".into(), &"DEPOT-2".into()), "{now}");
    assert_eq!(now["store_code"], *store);

    let remove = "warehouse remove --tenant lormelle --code";
    assert!(refused(&directory, &format!("{remove} nowhere")).contains("no warehouse NOWHERE"));
    assert!(refused(&directory, &format!("{remove} depot-2")).contains("reservations wait for pieces"));
    assert_eq!(act(r#"{"action":"cancel"}"#).0, 200);
    done(&directory, &format!("{remove} depot-2"));
    assert!(!done(&directory, "warehouse list --tenant lormelle").contains("DEPOT-2"));
    let gone =
        run(directory.path(), &"import stock stock.csv --tenant lormelle".split(' ').collect::<Vec<_>>());
    assert!(said(&gone).contains("there is no store or warehouse"), "{}", said(&gone));
}
