use std::num::NonZeroU32;

use devanture_api::alert::Alert;
use devanture_domain::{staff::Role, stock::StockSource};
use devanture_storage::{Count, Variant, Warehouse, test_support::PostgresServer};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    Config, LimitConfig, Mailer,
    alerts::tell_waiting,
    mail::tests::Eml,
    outbox::deliver_due,
    testing::{Answer, KEY, LOGIN, MINI_KEY, OTHER_KEY, PASSWORD, TestApp},
};

const UNLIMITED: LimitConfig =
    LimitConfig { reads_per_second: None, writes_per_hour: None, sign_ins_per_hour: None };

/// With the folder that mail goes into.
fn mailing(limits: LimitConfig) -> (Config, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let location = format!("file:{}", folder.path().display());
    let mail = Some(Mailer::new(&location, "no-reply@maison.example").unwrap());
    (Config { limits, mail, ..Config::default() }, folder)
}

struct Shop {
    app: TestApp,
    folder: TempDir,
}

impl Shop {
    async fn new() -> Self {
        Self::with_limits(UNLIMITED).await
    }

    async fn with_limits(limits: LimitConfig) -> Self {
        let (config, folder) = mailing(limits);
        Self::of(TestApp::with_config(config).await, folder).await
    }

    async fn of(app: TestApp, folder: TempDir) -> Self {
        app.sell_dress().await;
        let mut repository = app.database().write().await.unwrap();
        let mut dress = repository.product("maison", "ROBE").await.unwrap().unwrap();
        dress.url = Some("https://shop.example/robe".to_owned());
        repository.put_products("maison", &[dress]).await.unwrap();
        repository.save().await.unwrap();
        Self { app, folder }
    }

    async fn ask_as(&self, key: &str, body: &Value) -> Answer {
        let headers = [("devanture-key", key), ("content-type", "application/json")];
        self.app.send("POST", "/v1/alerts", &headers, &body.to_string()).await
    }

    async fn ask(&self, body: &Value) -> Answer {
        self.ask_as(KEY, body).await
    }

    async fn waits(&self, email: &str) {
        let answer = self.ask(&wish(&json!({"email": email}))).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        self.app.clock.advance_seconds(1);
    }

    /// Looks as the job does, and sends what is to be sent.
    async fn look(&self) -> usize {
        let told = tell_waiting(self.app.app(), &mut None).await.unwrap();
        deliver_due(self.app.app()).await.unwrap();
        told
    }

    /// The letters sent since the last time: to whom, and what they say.
    fn letters(&self) -> Vec<(String, String)> {
        let mut sent = Vec::new();
        for file in std::fs::read_dir(self.folder.path()).unwrap() {
            let path = file.unwrap().path();
            let letter = Eml(std::fs::read_to_string(&path).unwrap());
            std::fs::remove_file(path).unwrap();
            let to = letter.head().lines().find_map(|line| line.strip_prefix("To: ")).unwrap();
            sent.push((to.to_owned(), letter.text()));
        }
        sent.sort();
        sent
    }

    fn whom(&self) -> Vec<String> {
        self.letters().into_iter().map(|(to, _)| to).collect()
    }
}

fn link_in(letter: &str) -> String {
    let begin = letter.find("/alerts/").unwrap();
    letter[begin..].chars().take_while(|c| c.is_ascii_alphanumeric() || "/-_".contains(*c)).collect()
}

/// Zoé waits for a dress anywhere, but for what is said otherwise; `null` takes a field away.
fn wish(but: &Value) -> Value {
    let mut body = json!({"sku": "ROBE-38", "email": "zoe@example.com", "locale": "fr-FR", "consent": true});
    for (key, value) in but.as_object().unwrap() {
        body[key] = value.clone();
    }
    body.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    body
}

#[tokio::test]
async fn asked_twice_it_is_one() {
    let shop = Shop::new().await;
    let first = shop.ask(&wish(&json!({"sku": " robe-38 "}))).await;
    assert_eq!((first.status, &*first.header("cache-control")), (201, "no-store"));
    let waits: Alert = first.json();
    let ninety_days = shop.app.app().now() + 90 * 86_400_000;
    assert_eq!(waits, Alert { sku: "ROBE-38".to_owned(), store_code: None, expires_at: ninety_days });
    assert_eq!(shop.ask(&wish(&json!({"email": " Zoe+x@Example.com "}))).await.json::<Alert>(), waits);
    let at_store: Alert = shop.ask(&wish(&json!({"store_code": "FR-PAR"}))).await.json();
    assert_eq!(at_store.store_code.as_deref(), Some("FR-PAR"));
    let kept =
        shop.app.database().read().await.unwrap().person_alerts("maison", "zoe@example.com").await.unwrap();
    assert_eq!(kept.len(), 2);
    // A mini-site speaks of its own store.
    assert_eq!(shop.ask_as(MINI_KEY, &wish(&json!({"email": "ann@example.com"}))).await.status, 201);
    let kept =
        shop.app.database().read().await.unwrap().person_alerts("maison", "ann@example.com").await.unwrap();
    assert_eq!(kept[0].location_code.as_deref(), Some("FR-NTE"));
}

#[tokio::test]
async fn refused_with_what_to_do() {
    let shop = Shop::new().await;
    let long = "x".repeat(10_000);
    for (field, value) in [
        ("email", json!("zoe")),
        ("email", json!("a@b.fr\r\nBcc: x@y.z")),
        ("email", json!("zoe@yopmail.com")),
        ("email", json!(format!("{long}@example.com"))),
        ("email", Value::Null),
        ("sku", json!(long)),
        ("sku", json!("")),
        ("sku", json!("a\u{0}b")),
        ("locale", json!(long)),
        ("locale", json!("fr FR")),
        ("consent", json!(false)),
        ("consent", Value::Null),
        ("consent", json!("yes")),
    ] {
        let answer = shop.ask(&wish(&json!({ (field): value }))).await;
        assert_eq!(answer.problem(400, "invalid_input").field.as_deref(), Some(field), "{value}");
    }
    let foreign = [json!(long), json!("fr-nte"), json!("US-NYC"), json!(""), json!("' OR 1=1 --")];
    for store in foreign {
        shop.ask(&wish(&json!({ "store_code": store }))).await.problem(404, "store_not_found");
    }
    let mini = wish(&json!({"store_code": "FR-PAR"}));
    shop.ask_as(MINI_KEY, &mini).await.problem(404, "store_not_found");
    shop.ask(&wish(&json!({"sku": "NOTHING"}))).await.problem(404, "product_not_found");
    shop.ask_as(OTHER_KEY, &wish(&json!({}))).await.problem(404, "product_not_found");
    shop.ask(&wish(&json!({"locale": "x".repeat(70_000)}))).await.problem(413, "too_large");
    let elsewhere =
        [("devanture-key", KEY), ("content-type", "application/json"), ("origin", "https://evil.example")];
    let answer = shop.app.send("POST", "/v1/alerts", &elsewhere, &wish(&json!({})).to_string()).await;
    answer.problem(403, "origin_not_allowed");
    shop.app.count(&[("ROBE-38", "FR-PAR", 1)]).await;
    shop.ask(&wish(&json!({}))).await.problem(409, "available_now");
    assert_eq!(shop.ask(&wish(&json!({"store_code": "FR-NTE"}))).await.status, 201, "not there");
    assert_eq!(shop.ask_as(MINI_KEY, &wish(&json!({}))).await.status, 201);
    let silent = TestApp::new().await;
    silent.sell_dress().await;
    let headers = [("devanture-key", KEY), ("content-type", "application/json")];
    silent.send("POST", "/v1/alerts", &headers, &wish(&json!({})).to_string()).await.problem(503, "mail_off");
    let alerts = async |app: &TestApp| app.get("/v1/site").await.json::<devanture_api::site::Site>().alerts;
    assert!(!alerts(&silent).await && alerts(&shop.app).await, "it is offered where it works");
}

#[tokio::test]
async fn a_person_waits_for_ten_things_at_most() {
    let shop = Shop::new().await;
    let variant =
        |number| Variant { sku: format!("V-{number}"), product_id: "ROBE".to_owned(), ..Variant::default() };
    let mut repository = shop.app.database().write().await.unwrap();
    repository.put_variants("maison", &(0..11).map(variant).collect::<Vec<_>>()).await.unwrap();
    repository.save().await.unwrap();
    for number in 0..10 {
        assert_eq!(shop.ask(&wish(&json!({"sku": format!("V-{number}")}))).await.status, 201);
    }
    shop.ask(&wish(&json!({"sku": "V-10"}))).await.problem(403, "too_many_alerts");
    shop.ask(&wish(&json!({"sku": "V-10", "email": "zoe+more@example.com"})))
        .await
        .problem(403, "too_many_alerts");
    assert_eq!(shop.ask(&wish(&json!({"sku": "V-10", "email": "ann@example.com"}))).await.status, 201);
    // What is told counts for a day: coming and going stock fills nobody's mailbox.
    shop.app.count(&[("V-0", "FR-PAR", 1)]).await;
    assert_eq!(shop.look().await, 1);
    shop.ask(&wish(&json!({"sku": "V-10"}))).await.problem(403, "too_many_alerts");
    shop.app.clock.advance_hours(25);
    assert_eq!(shop.ask(&wish(&json!({"sku": "V-10"}))).await.status, 201);
}

#[tokio::test]
async fn limited_as_all_that_writes() {
    let limits =
        LimitConfig { writes_per_hour: NonZeroU32::new(8), reads_per_second: None, sign_ins_per_hour: None };
    let shop = Shop::with_limits(limits).await;
    for _ in 0..2 {
        assert_eq!(shop.ask(&wish(&json!({}))).await.status, 201);
    }
    shop.ask(&wish(&json!({}))).await.problem(429, "rate_limited");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_once_by_two_instances() {
    told_once(Shop::new().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_once_by_two_instances_on_postgres() {
    let server = PostgresServer::start();
    let (config, folder) = mailing(UNLIMITED);
    told_once(Shop::of(TestApp::on_postgres(&server, config).await, folder).await).await;
}

async fn told_once(shop: Shop) {
    for number in 0..6 {
        shop.waits(&format!("{number}@example.com")).await;
    }
    assert_eq!(shop.look().await, 0, "there is none");
    shop.app.count(&[("ROBE-38", "FR-PAR", 3), ("ROBE-38", "FR-NTE", 1)]).await;
    let other = shop.app.another().await;
    let both = [shop.app.app().clone(), other.clone()].map(|app| {
        tokio::spawn(async move {
            let told = tell_waiting(&app, &mut None).await.unwrap();
            deliver_due(&app).await.unwrap();
            told
        })
    });
    let mut told = 0;
    for one in both {
        told += one.await.unwrap();
    }
    assert_eq!((told, shop.look().await), (4, 0));
    let letters = shop.letters();
    assert_eq!(
        letters.iter().map(|(to, _)| &**to).collect::<Vec<_>>(),
        ["0@example.com", "1@example.com", "2@example.com", "3@example.com"]
    );
    let letter = &letters[0].1;
    assert!(letter.contains("Robe (Taille 38) est de nouveau disponible dans 2 de nos magasins"), "{letter}");
    assert!(
        letter.contains("https://shop.example/robe") && letter.contains("Renoncer à mes alertes"),
        "{letter}"
    );
    // Nothing that leads to them is left, also after the process has been killed before the letter: see the storage's own tests.
    let kept =
        shop.app.database().read().await.unwrap().person_alerts("maison", "0@example.com").await.unwrap();
    assert_eq!((kept.len(), kept[0].email.as_deref()), (1, None));
    other.database().close().await;
    shop.app.database().close().await;
}

#[tokio::test]
async fn the_oldest_first_and_no_more_than_there_are_pieces() {
    let shop = Shop::new().await;
    for email in ["1@b.fr", "2@b.fr", "3@b.fr"] {
        shop.waits(email).await;
    }
    let english = wish(&json!({"email": "4@b.fr", "store_code": "FR-NTE", "locale": "en-GB"}));
    assert_eq!(shop.ask(&english).await.status, 201);
    // On its way, kept back or in a warehouse is not there.
    let mut repository = shop.app.database().write().await.unwrap();
    let warehouse = Warehouse { code: "DEPOT".to_owned(), name: "Dépôt".to_owned() };
    repository.put_warehouse("maison", &warehouse).await.unwrap();
    let mut ordered = count(&shop, "FR-PAR", 0);
    ordered.on_order = 5;
    let mut kept_back = count(&shop, "FR-NTE", 1);
    kept_back.safety = Some(1);
    repository.put_counts("maison", &[ordered, kept_back, count(&shop, "DEPOT", 9)]).await.unwrap();
    repository.save().await.unwrap();
    shop.app.refresh().await;
    assert_eq!(shop.look().await, 0);
    shop.app.clock.advance_seconds(60);
    shop.app.count(&[("ROBE-38", "FR-PAR", 1)]).await;
    assert_eq!((shop.look().await, shop.look().await), (1, 0), "the others after a pause");
    let letters = shop.letters();
    assert_eq!(letters[0].0, "1@b.fr");
    assert!(letters[0].1.contains("est de nouveau disponible chez Maison \"Rivoli\"."), "{}", letters[0].1);
    shop.app.clock.advance_seconds(3599);
    assert_eq!(shop.look().await, 0);
    shop.app.clock.advance_seconds(1);
    assert_eq!((shop.look().await, shop.whom()), (1, vec!["2@b.fr".to_owned()]));
    // More pieces come: as many more are told at once, of whom one waits for that store alone.
    let mut repository = shop.app.database().write().await.unwrap();
    let mut free = count(&shop, "FR-NTE", 2);
    free.safety = Some(0);
    repository.put_counts("maison", &[free]).await.unwrap();
    repository.save().await.unwrap();
    assert_eq!(shop.look().await, 2);
    let letters = shop.letters();
    assert_eq!((&*letters[0].0, &*letters[1].0), ("3@b.fr", "4@b.fr"));
    assert!(letters[1].1.contains("Robe (Size 38) is available again at Maison Nantes."), "{}", letters[1].1);
    assert_eq!(letters[1].1.matches("day ").count(), 7, "the hours of a week: {}", letters[1].1);
}

fn count(shop: &Shop, store: &str, on_hand: u32) -> Count {
    Count {
        sku: "ROBE-38".to_owned(),
        location_code: store.to_owned(),
        on_hand,
        safety: None,
        on_order: 0,
        expected_on: None,
        source: StockSource::Feed,
        counted_at: shop.app.app().now(),
    }
}

#[tokio::test]
async fn sold_before_the_letter_went() {
    let shop = Shop::new().await;
    shop.waits("zoe@example.com").await;
    shop.app.count(&[("ROBE-38", "FR-PAR", 1)]).await;
    assert_eq!(tell_waiting(shop.app.app(), &mut None).await.unwrap(), 1);
    shop.app.clock.advance_seconds(1);
    shop.app.count(&[("ROBE-38", "FR-PAR", 0)]).await;
    assert_eq!(shop.look().await, 0);
    assert!(shop.whom().is_empty(), "there is nothing to tell");
    shop.app.clock.advance_seconds(1);
    shop.app.count(&[("ROBE-38", "FR-PAR", 1)]).await;
    assert_eq!((shop.look().await, shop.whom().len()), (1, 1), "told when there is");
}

#[tokio::test]
async fn given_up_by_a_click_on_the_page_behind_the_link() {
    let shop = Shop::new().await;
    shop.waits("zoe@example.com").await;
    shop.ask(&wish(&json!({"sku": "ROBE-40"}))).await;
    shop.app.count(&[("ROBE-38", "FR-PAR", 1)]).await;
    assert_eq!(shop.look().await, 1);
    let link = link_in(&shop.letters()[0].1);
    for _ in 0..2 {
        let page = shop.app.get_plain(&link).await;
        assert_eq!((page.status, &*page.header("referrer-policy")), (200, "no-referrer"));
        assert!(
            page.text().contains("Renoncer à toutes mes alertes"),
            "opening it gives nothing up: {}",
            page.text()
        );
    }
    let click = async || shop.app.send("POST", &format!("{link}/give-up"), &[], "").await;
    for _ in 0..2 {
        let answer = click().await;
        assert_eq!((answer.status, answer.header("location")), (303, link.clone()));
    }
    let page = shop.app.get_plain(&link).await.text();
    assert!(page.contains("Vous n’attendez plus rien") && !page.contains("<form"), "{page}");
    shop.app.count(&[("ROBE-40", "FR-PAR", 1)]).await;
    assert_eq!((shop.look().await, shop.whom().len()), (0, 0));
    for token in ["AAAAAAAAAAAAAAAAAAAAAAAA", "short", "%00"] {
        shop.app.get_plain(&format!("/alerts/{token}")).await.problem(404, "not_found");
        shop.app.send("POST", &format!("/alerts/{token}/give-up"), &[], "").await.problem(404, "not_found");
    }
}

#[tokio::test]
async fn a_person_has_and_erases_what_is_kept() {
    let shop = Shop::new().await;
    shop.app.add_staff("maison", LOGIN, Role::HeadOffice, &[]).await;
    let cookie = shop.app.sign_in(LOGIN, PASSWORD).await;
    shop.waits("zoe@example.com").await;
    let person = r#"{"email":"Zoe@example.com"}"#;
    let known = async || {
        let path = "/admin/v1/reviews/people/export";
        shop.app.send_with(&cookie, "POST", path, person).await.json::<Value>()["alerts"].clone()
    };
    let alerts = known().await;
    assert_eq!((&alerts[0]["sku"], &alerts[0]["email"]), (&json!("ROBE-38"), &json!("zoe@example.com")));
    shop.app.count(&[("ROBE-38", "FR-PAR", 1)]).await;
    assert_eq!(tell_waiting(shop.app.app(), &mut None).await.unwrap(), 1);
    let erased = shop.app.send_with(&cookie, "POST", "/admin/v1/reviews/people/erase", person).await;
    assert_eq!(erased.json::<Value>(), json!({"reviews": 0, "alerts": 1}));
    assert_eq!(known().await, json!([]));
    assert_eq!((shop.look().await, shop.whom().len()), (0, 0), "erased before the letter went");
}
