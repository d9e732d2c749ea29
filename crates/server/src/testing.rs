//! A small network and a server over it, for tests: its time is Saturday 21 November 2026, 11:00 in Paris.

mod staff;

use std::{
    num::NonZeroU32,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request},
};
use devanture_api::{appointment::SlotList, problem::Problem};
use devanture_domain::{
    appointment::AppointmentRules,
    civil::{Date, UtcMs},
    geo::LatLng,
    hours::{Schedule, Span, SpecialDay},
    stock::StockSource,
};
use devanture_storage::{
    Address, Count, Database, Label, LabelKind, Ownership, Product, Promotion, Site, Store, Variant,
    test_support::{PostgresServer, SqliteFile},
};
use serde::de::DeserializeOwned;
use tower::ServiceExt as _;

use crate::{App, Clock, Config, Entropy, EntropyError, LimitConfig, geocode::Geocoder, router};

pub(crate) use staff::{LOGIN, PASSWORD};

pub(crate) const KEY: &str = "pk_000000000000000000000000shop";
pub(crate) const MINI_KEY: &str = "pk_000000000000000000000000mini";
pub(crate) const OTHER_KEY: &str = "pk_00000000000000000000000other";
pub(crate) const ORIGIN: &str = "https://shop.example";

/// 2026-11-21T10:00:00Z
const START: UtcMs = 1_795_255_200_000;

#[derive(Clone)]
pub(crate) struct ManualClock(Arc<AtomicI64>);

impl Clock for ManualClock {
    fn now(&self) -> UtcMs {
        self.0.load(Ordering::Relaxed)
    }
}

impl ManualClock {
    pub(crate) fn advance_hours(&self, hours: i64) {
        self.advance_seconds(hours * 3600);
    }

    pub(crate) fn advance_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::Relaxed);
    }

    /// The instant at which the first day began in Paris.
    #[expect(clippy::unused_self, reason = "it is this clock's day")]
    pub(crate) fn midnight(&self) -> UtcMs {
        START - 11 * 3_600_000
    }
}

/// Bytes that differ each time, but for draws that a test has fixed.
#[derive(Clone, Default)]
struct Counting(Arc<AtomicU64>, Arc<Mutex<Vec<Vec<u8>>>>);

impl Entropy for Counting {
    fn fill(&self, out: &mut [u8]) -> Result<(), EntropyError> {
        let mut fixed = self.1.lock().unwrap();
        if let Some(at) = fixed.iter().position(|bytes| bytes.len() == out.len()) {
            out.copy_from_slice(&fixed.remove(at));
            return Ok(());
        }
        let n = (self.0.fetch_add(1, Ordering::Relaxed) + 1).to_le_bytes();
        for (byte, from) in out.iter_mut().zip(n.iter().cycle()) {
            *byte = *from;
        }
        Ok(())
    }
}

pub(crate) struct TestApp {
    app: App,
    router: Router,
    pub(crate) clock: ManualClock,
    entropy: Counting,
    /// Where the database is, for another instance.
    location: String,
    /// Held, since the database goes with it.
    file: Option<SqliteFile>,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{} {e}: {}", self.status, self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The header's values, empty if absent.
    pub(crate) fn header(&self, name: &str) -> String {
        let values: Vec<&str> = self.headers.get_all(name).iter().map(|v| v.to_str().unwrap()).collect();
        values.join(", ")
    }

    /// Asserts that this is the problem of this status and code.
    pub(crate) fn problem(&self, status: u16, code: &str) -> Problem {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem: Problem = self.json();
        assert_eq!((problem.status, problem.code.as_str()), (status, code), "{problem:?}");
        assert_eq!(problem.kind, format!("https://devanture.dev/problems/{code}"));
        problem
    }
}

impl TestApp {
    pub(crate) async fn new() -> Self {
        Self::built(Config::default(), Vec::new()).await
    }

    pub(crate) async fn limited() -> Self {
        let limits = LimitConfig {
            reads_per_second: None,
            writes_per_hour: NonZeroU32::new(8),
            sign_ins_per_hour: NonZeroU32::new(8),
        };
        Self::built(Config { limits, ..Config::default() }, Vec::new()).await
    }

    pub(crate) async fn with_geocoder(geocoder: impl Geocoder + 'static) -> Self {
        Self::built(Config::default(), vec![Box::new(geocoder)]).await
    }

    pub(crate) async fn with_config(config: Config) -> Self {
        Self::built(config, Vec::new()).await
    }

    async fn built(config: Config, geocoders: Vec<Box<dyn Geocoder>>) -> Self {
        let file = SqliteFile::new().await;
        let mut app = Self::over(file.database.clone(), config, geocoders).await;
        app.location = file.path();
        app.file = Some(file);
        app
    }

    pub(crate) async fn with_database(database: Database) -> Self {
        Self::over(database, Config::default(), Vec::new()).await
    }

    /// On a database of its own of this server.
    pub(crate) async fn on_postgres(server: &PostgresServer, config: Config) -> Self {
        let (location, database) = server.located().await;
        Self { location, ..Self::over(database, config, Vec::new()).await }
    }

    async fn over(database: Database, config: Config, geocoders: Vec<Box<dyn Geocoder>>) -> Self {
        fill(&database).await;
        let clock = ManualClock(Arc::new(AtomicI64::new(START)));
        // Sign-ins are not what most tests are to spend their time on.
        let config = Config { password_cost: staff::COST, ..config };
        let entropy = Counting::default();
        let app = App::new(database, clock.clone(), entropy.clone(), config, geocoders);
        app.refresh().await.unwrap();
        Self { router: router(app.clone()), app, clock, entropy, location: String::new(), file: None }
    }

    /// Has a coming draw of so many random bytes give these.
    pub(crate) fn fix_draw(&self, bytes: &[u8]) {
        self.entropy.1.lock().unwrap().push(bytes.to_vec());
    }

    pub(crate) fn database(&self) -> &Database {
        self.app.database()
    }

    /// Where the database is, for another instance.
    pub(crate) fn location(&self) -> String {
        self.location.clone()
    }

    /// Another instance, by connections of its own.
    pub(crate) async fn another(&self) -> App {
        let database = Database::open(&self.location()).await.unwrap();
        let config = self.app.config().clone();
        let app = App::new(database, self.clock.clone(), self.entropy.clone(), config, Vec::new());
        app.refresh().await.unwrap();
        app
    }

    pub(crate) fn app(&self) -> &App {
        &self.app
    }

    pub(crate) async fn refresh(&self) -> bool {
        self.app.refresh().await.unwrap()
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        self.send_body(method, path, headers, Body::from(body.to_owned())).await
    }

    /// As a browser would: what is written by a site's key comes from that site, unless another origin, or an empty one for none, is
    /// among the headers.
    pub(crate) async fn send_body(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        let given = |wanted: &str| headers.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value);
        if let (None, Some(key), true) = (given("origin"), given("devanture-key"), method != "GET")
            && let Some(site) = self.app.directory().load().by_key(key)
        {
            request = request.header("origin", &site.site.origins[0]);
        }
        for (name, value) in headers.iter().filter(|header| **header != ("origin", "")) {
            request = request.header(*name, *value);
        }
        let request = request.body(body).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    pub(crate) async fn get_plain(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "").await
    }

    pub(crate) async fn get_as(&self, key: &str, path: &str) -> Answer {
        self.send("GET", path, &[("devanture-key", key)], "").await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.get_as(KEY, path).await
    }

    /// Takes over counts, of now, of a feed: SKU, store, pieces.
    pub(crate) async fn count(&self, counts: &[(&str, &str, u32)]) {
        let counts: Vec<Count> = counts
            .iter()
            .map(|(sku, location, on_hand)| Count {
                sku: (*sku).to_owned(),
                location_code: (*location).to_owned(),
                on_hand: *on_hand,
                safety: None,
                on_order: 0,
                expected_on: None,
                source: StockSource::Feed,
                counted_at: self.clock.now(),
            })
            .collect();
        let mut repository = self.database().write().await.unwrap();
        repository.put_counts("maison", &counts).await.unwrap();
        repository.save().await.unwrap();
    }

    /// A dress of two sizes, `ROBE-38` and `ROBE-40`.
    pub(crate) async fn sell_dress(&self) {
        let product = Product { id: "ROBE".to_owned(), name: "Robe".to_owned(), ..Product::default() };
        let variant = |size: &str, position| Variant {
            sku: format!("ROBE-{size}"),
            product_id: "ROBE".to_owned(),
            size: Some(size.to_owned()),
            position,
            ..Variant::default()
        };
        let mut repository = self.database().write().await.unwrap();
        repository.put_products("maison", &[product]).await.unwrap();
        repository.put_variants("maison", &[variant("38", 0), variant("40", 1)]).await.unwrap();
        repository.save().await.unwrap();
    }

    /// Reserves as Zoé.
    pub(crate) async fn reserve(&self, idempotency_key: &str, body: &str) -> Answer {
        let headers = [
            ("devanture-key", KEY),
            ("idempotency-key", idempotency_key),
            ("content-type", "application/json"),
        ];
        self.send("POST", "/v1/reservations", &headers, body).await
    }

    /// Deals with reservations whose time is up, as the job does.
    pub(crate) async fn settle(&self) -> usize {
        crate::reservations::settle_due(&self.app).await.unwrap()
    }

    pub(crate) async fn refresh_answers(&self) {
        self.app.refresh_answers().await.unwrap();
    }

    pub(crate) async fn book(&self, store: &str, idempotency_key: &str, starts_at: UtcMs) -> Answer {
        let headers = [
            ("devanture-key", KEY),
            ("idempotency-key", idempotency_key),
            ("content-type", "application/json"),
        ];
        self.send("POST", &format!("/v1/stores/{store}/appointments"), &headers, &booking(starts_at)).await
    }

    /// The first time free in Nantes.
    pub(crate) async fn first_slot(&self) -> UtcMs {
        self.get("/v1/stores/FR-NTE/slots").await.json::<SlotList>().items[0].starts_at
    }
}

pub(crate) fn booking(starts_at: UtcMs) -> String {
    format!(
        r#"{{"starts_at":{starts_at},"subject":"style","name":"Zoé","email":"zoe@example.com","locale":"fr-FR"}}"#
    )
}

/// Nantes, Paris, Saint-Denis (Réunion) and a night shop in Suva, beyond ±180°; another tenant with one.
async fn fill(database: &Database) {
    let mut repository = database.write().await.unwrap();
    for tenant in ["maison", "other"] {
        repository.put_tenant(tenant, tenant).await.unwrap();
    }
    for store in stores() {
        repository.put_store("maison", &store).await.unwrap();
    }
    let other = Store::new("FR-NTE", "Other", LatLng::new(47.0, -1.5).unwrap(), "Europe/Paris");
    repository.put_store("other", &other).await.unwrap();
    let label = |kind, code: &str, locale: &str, name: &str| Label {
        kind,
        code: code.to_owned(),
        locale: locale.to_owned(),
        name: name.to_owned(),
    };
    let labels = [
        label(LabelKind::Service, "tailor", "fr", "Retouches"),
        label(LabelKind::Service, "tailor", "en", "Alterations"),
        label(LabelKind::Service, "unused", "fr", "Inutile"),
        label(LabelKind::Brand, "lin", "fr", "Lin & Co"),
        label(LabelKind::Subject, "style", "fr", "Conseil en style"),
        label(LabelKind::Subject, "style", "en", "Styling advice"),
    ];
    repository.put_labels("maison", &labels).await.unwrap();
    repository.put_site(&site("maison", "shop", KEY, "fr", None)).await.unwrap();
    repository.put_site(&site("maison", "mini", MINI_KEY, "en", Some("FR-NTE"))).await.unwrap();
    repository.put_site(&site("other", "other", OTHER_KEY, "fr", None)).await.unwrap();
    repository.save().await.unwrap();
}

fn site(tenant: &str, id: &str, key: &str, locale: &str, store_code: Option<&str>) -> Site {
    Site {
        tenant: tenant.to_owned(),
        id: id.to_owned(),
        publishable_key: key.to_owned(),
        name: "Maison".to_owned(),
        origins: vec![format!("https://{id}.example")],
        locale: locale.to_owned(),
        center: LatLng::new(46.6, 2.4).unwrap(),
        store_code: store_code.map(str::to_owned),
        tiles: None,
        privacy_url: None,
        page_base_url: None,
        price_list: None,
    }
}

fn stores() -> [Store; 4] {
    let day = vec![Span::parse("10:00", "12:30").unwrap(), Span::parse("14:00", "19:00").unwrap()];
    let mut hours = Schedule { weekly: std::array::from_fn(|_| day.clone()), special: vec![] };
    hours.weekly[6].clear();
    hours.special = ["2026-11-18", "2026-11-20", "2026-12-25", "2027-05-01"]
        .map(|date| SpecialDay {
            date: Date::parse(date).unwrap(),
            spans: vec![],
            note: Some("Fermé".to_owned()),
        })
        .to_vec();
    let promotion = |id: &str, from: &str, to: &str| Promotion {
        id: id.to_owned(),
        title: format!("Offre <{id}>"),
        text: "−20 % & plus".to_owned(),
        starts_on: Date::parse(from).unwrap(),
        ends_on: Date::parse(to).unwrap(),
        event: false,
    };
    let address = |street: &str, postcode: &str, town: &str, country: &str| Address {
        street: street.to_owned(),
        postcode: postcode.to_owned(),
        town: town.to_owned(),
        region: None,
        country: country.to_owned(),
    };
    let at = |lat, lng| LatLng::new(lat, lng).unwrap();
    let nantes = Store {
        ownership: Ownership::Franchise,
        address: address("12, rue Crébillon", "44000", "Nantes", "FR"),
        phone: Some("+33 2 40 00 00 00".to_owned()),
        hours,
        services: vec!["tailor".to_owned()],
        brands: vec!["lin".to_owned(), "unnamed".to_owned()],
        promotions: vec![
            promotion("past", "2026-11-01", "2026-11-20"),
            promotion("now", "2026-11-01", "2026-11-21"),
            promotion("later", "2026-12-01", "2026-12-24"),
        ],
        appointments: Some(AppointmentRules {
            slot_minutes: 30,
            capacity: 2,
            lead_minutes: 60,
            horizon_days: 30,
        }),
        ..Store::new("FR-NTE", "Maison Nantes", at(47.213_1, -1.560_6), "Europe/Paris")
    };
    let paris = Store {
        address: address("1, rue de Rivoli", "75001", "Paris", "FR"),
        hours: Schedule { weekly: std::array::from_fn(|_| day.clone()), special: vec![] },
        services: vec!["tailor".to_owned()],
        ..Store::new("FR-PAR", "Maison \"Rivoli\"", at(48.859_6, 2.342_1), "Europe/Paris")
    };
    let reunion = Store {
        address: address("5, rue du Maréchal", "97400", "Saint-Denis", "RE"),
        hours: Schedule { weekly: std::array::from_fn(|_| day.clone()), special: vec![] },
        brands: vec!["lin".to_owned()],
        ..Store::new("RE-STD", "Maison Saint-Denis", at(-20.879_4, 55.448), "Indian/Reunion")
    };
    let night = vec![Span::parse("20:00", "04:00").unwrap()];
    let fiji = Store {
        address: address("Cumming Street", "", "Suva", "FJ"),
        hours: Schedule { weekly: std::array::from_fn(|_| night.clone()), special: vec![] },
        ..Store::new("FJ-SUV", "Maison Suva", at(-18.14, 178.44), "Pacific/Fiji")
    };
    [nantes, paris, reunion, fiji]
}
