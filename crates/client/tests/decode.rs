//! The decoders by hand agree with the derived ones, in a browser:
//! `cargo xtask test --only wasm`, or `wasm-pack test --headless --chrome crates/client`.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use core::fmt::Debug;

use devanture_api::{
    appointment::{Appointment, SlotList},
    availability::{AvailabilityPage, ItemAvailability, StoreAvailability},
    product::Money,
    similar::{SimilarPage, SimilarProduct},
    site::{Label, Site, Tiles},
    size::{ProductSizes, SizeChart, SizeRange, SizeRow, SizesPage},
    size_memory::SizeMemory,
    store::{Address, Origin, Ownership, Promotion, Store, StorePage},
    suggest::{PlaceKind, Suggestion, Suggestions},
};
use devanture_client::decode::FromJs;
use devanture_domain::{
    appointment::Slot,
    civil::Date,
    geo::LatLng,
    hours::{Schedule, Span, SpecialDay},
    review::{Fit, FitCounts},
    size::Share,
    stock::{Availability, Confidence, Reason, Trust},
};
use js_sys::{JSON, Object, Reflect};
use serde::{Serialize, de::DeserializeOwned};
use serde_wasm_bindgen::{Serializer, from_value};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// As the API's JSON arrives.
fn wire(sample: &impl Serialize) -> JsValue {
    let value = sample.serialize(&Serializer::json_compatible()).unwrap();
    JSON::parse(&String::from(JSON::stringify(&value).unwrap())).unwrap()
}

/// A copy with one property changed, or without it.
fn with(value: &JsValue, key: &JsValue, changed: Option<JsValue>) -> JsValue {
    let copy = Object::assign(&Object::new(), &Object::from(value.clone()));
    match changed {
        Some(changed) => Reflect::set(&copy, key, &changed).unwrap(),
        None => Reflect::delete_property(&copy, key).unwrap(),
    };
    copy.into()
}

/// What serde writes is read as it was; and what serde still reads with a property less, or null, or
/// one that is new, is read the same.
fn agree<T: Serialize + DeserializeOwned + FromJs + PartialEq + Debug>(sample: &T) {
    let value = wire(sample);
    assert_eq!(T::from_js(&value).as_ref(), Some(sample));
    assert_eq!(&from_value::<T>(value.clone()).unwrap(), sample);
    assert_eq!(
        T::from_js(&with(&value, &"from_a_later_version".into(), Some(1.into()))).as_ref(),
        Some(sample)
    );
    for key in Object::keys(&Object::from(value.clone())).iter() {
        for changed in [None, Some(JsValue::NULL)] {
            let changed = with(&value, &key, changed);
            if let Ok(read) = from_value::<T>(changed.clone()) {
                assert_eq!(T::from_js(&changed), Some(read), "changed {key:?}");
            }
        }
    }
    for nonsense in [JsValue::NULL, JsValue::UNDEFINED, 7.into(), "text".into(), Object::new().into()] {
        if from_value::<T>(nonsense.clone()).is_err() {
            // An empty list may be left out; nothing else may.
            let read = T::from_js(&nonsense);
            let text = read.as_ref().map(|read| String::from(JSON::stringify(&wire(read)).unwrap()));
            let is_empty = |text| matches!(text, r#"{"items":[]}"# | r#"{"rows":[]}"#);
            assert!(text.as_deref().is_none_or(is_empty), "{nonsense:?} is {text:?}");
        }
    }
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn label(code: &str) -> Label {
    Label { code: code.into(), name: format!("« {code} » é 漢 🧵") }
}

/// With every optional part.
fn full_store() -> Store {
    let mut hours = Schedule::default();
    hours.weekly[0] = vec![Span::parse("09:30", "12:30").unwrap(), Span::parse("14:00", "19:00").unwrap()];
    hours.weekly[5] = vec![Span::parse("18:00", "02:00").unwrap()];
    hours.weekly[6] = vec![Span::parse("00:00", "24:00").unwrap()];
    hours.special = vec![
        SpecialDay { date: date("2026-12-24"), spans: hours.weekly[0].clone(), note: Some("Veille".into()) },
        SpecialDay { date: date("2028-02-29"), spans: vec![], note: None },
    ];
    Store {
        code: "FR-1".into(),
        name: "Maison Nantes".into(),
        ownership: Ownership::Franchise,
        address: Address {
            street: "12, rue Crébillon".into(),
            postcode: "44000".into(),
            town: "Nantes".into(),
            region: Some("44".into()),
            country: "FR".into(),
        },
        location: LatLng::new(-90.0, 180.0).unwrap(),
        distance_m: Some(0.25),
        phone: Some("+33 2 40 12 34 56".into()),
        email: Some("nantes@example.com".into()),
        url: Some("https://example.com/".into()),
        time_zone: "Europe/Paris".into(),
        hours,
        services: vec!["pickup".into(), "tailor".into()],
        brands: vec!["maison".into()],
        promotions: vec![
            Promotion {
                id: "p".into(),
                title: "−20 %".into(),
                text: String::new(),
                starts_on: date("2026-11-20"),
                ends_on: date("2026-11-30"),
                event: false,
            },
            Promotion {
                id: "e".into(),
                title: "Atelier".into(),
                text: "Broderie".into(),
                starts_on: date("2026-12-01"),
                ends_on: date("2026-12-01"),
                event: true,
            },
        ],
        appointments: true,
    }
}

/// With none.
fn bare_store() -> Store {
    let full = full_store();
    Store {
        ownership: Ownership::Own,
        address: Address { region: None, ..full.address },
        distance_m: None,
        phone: None,
        email: None,
        url: None,
        hours: Schedule::default(),
        services: vec![],
        brands: vec![],
        promotions: vec![],
        appointments: false,
        ..full
    }
}

fn full_page() -> StorePage {
    StorePage {
        items: vec![full_store(), bare_store()],
        next: Some("cursor".into()),
        total: 25_600,
        origin: Some(Origin {
            location: LatLng::new(47.2, -1.55).unwrap(),
            label: Some("Nantes (44)".into()),
            is_default: true,
        }),
        services: vec![label("pickup"), label("tailor")],
        brands: vec![label("maison")],
    }
}

#[wasm_bindgen_test]
fn positions_and_labels() {
    for (lat, lng) in [(0.0, 0.0), (-0.0, -180.0), (90.0, 179.999_999_9), (47.218_371, -1.553_621)] {
        agree(&LatLng::new(lat, lng).unwrap());
    }
    agree(&label("a"));
    agree(&Label { code: String::new(), name: String::new() });
}

#[wasm_bindgen_test]
fn positions_that_are_none() {
    for (lat, lng) in [(91.0, 0.0), (f64::NAN, 0.0), (0.0, f64::INFINITY), (0.0, 180.1)] {
        let value: JsValue = Object::new().into();
        Reflect::set(&value, &"lat".into(), &lat.into()).unwrap();
        Reflect::set(&value, &"lng".into(), &lng.into()).unwrap();
        assert_eq!(LatLng::from_js(&value), None, "{lat} {lng}");
        assert!(from_value::<LatLng>(value).is_err(), "{lat} {lng}");
    }
}

#[wasm_bindgen_test]
fn hours() {
    agree(&Schedule::default());
    agree(&full_store().hours);
    let value = wire(&full_store().hours);
    // Six days are no week.
    let week = js_sys::Array::from(&Reflect::get(&value, &"weekly".into()).unwrap()).slice(0, 6);
    assert_eq!(Schedule::from_js(&with(&value, &"weekly".into(), Some(week.into()))), None);
}

#[wasm_bindgen_test]
fn stores() {
    agree(&full_store());
    agree(&bare_store());
    agree(&Store { ownership: Ownership::Licensed, ..bare_store() });
}

#[wasm_bindgen_test]
fn one_bad_store_spoils_the_page_rather_than_be_made_up() {
    let value = wire(&full_page());
    let items = js_sys::Array::from(&Reflect::get(&value, &"items".into()).unwrap());
    items.set(1, with(&items.get(1), &"name".into(), None));
    assert_eq!(StorePage::from_js(&with(&value, &"items".into(), Some(items.into()))), None);
}

#[wasm_bindgen_test]
fn pages() {
    agree(&full_page());
    let bare =
        StorePage { items: vec![], next: None, total: 0, origin: None, services: vec![], brands: vec![] };
    agree(&bare);
    agree(&StorePage { total: u32::MAX, ..bare });
    for is_default in [true, false] {
        agree(&Origin { location: LatLng::new(1.0, 2.0).unwrap(), label: None, is_default });
    }
}

#[wasm_bindgen_test]
fn what_is_similar() {
    let bare = SimilarProduct {
        product_id: "ROBE".into(),
        name: "Robe".into(),
        sku: "ROBE-38".into(),
        size: None,
        colour: None,
        url: None,
        image_url: None,
        price: None,
        store: bare_store(),
    };
    let full = SimilarProduct {
        size: Some("38".into()),
        colour: Some("Bleu".into()),
        url: Some("https://example.com/robe".into()),
        image_url: Some("https://example.com/robe.webp".into()),
        price: Some(Money { amount: 8_900, currency: "EUR".into() }),
        store: full_store(),
        ..bare.clone()
    };
    let origin = Origin { location: LatLng::new(1.0, 2.0).unwrap(), label: None, is_default: false };
    agree(&SimilarPage { items: vec![], origin: None });
    agree(&SimilarPage { items: vec![bare, full], origin: Some(origin) });
}

#[wasm_bindgen_test]
fn availability() {
    let item = ItemAvailability {
        sku: "ROBE-38".into(),
        availability: Availability::Low,
        left: Some(2),
        expected_on: Some(date("2026-12-24")),
        counted_at: Some(1_795_000_000_000),
        confidence: Some(Confidence { trust: Trust::High, reason: Reason::Counted }),
    };
    let store = StoreAvailability {
        items: vec![item],
        has_all: true,
        ready_at: Some(1_795_000_000_000),
        store: full_store(),
    };
    let bare = AvailabilityPage {
        items: vec![],
        total: 0,
        shippable: vec![false],
        ships_from: vec![],
        origin: None,
    };
    agree(&AvailabilityPage {
        items: vec![store],
        total: 1,
        shippable: vec![true, true],
        ships_from: vec![None, Some("Maison \"Rivoli\"".into())],
        ..bare.clone()
    });
    agree(&bare);
}

#[wasm_bindgen_test]
fn suggestions() {
    let item = |kind, store_code: Option<&str>| Suggestion {
        kind,
        label: "Saint-Denis".into(),
        detail: String::new(),
        location: LatLng::new(-20.88, 55.45).unwrap(),
        store_code: store_code.map(Into::into),
    };
    agree(&Suggestions { items: vec![] });
    agree(&Suggestions {
        items: vec![
            item(PlaceKind::Town, None),
            item(PlaceKind::Postcode, None),
            item(PlaceKind::Address, None),
            item(PlaceKind::Store, Some("RE-1")),
        ],
    });
}

#[wasm_bindgen_test]
fn sites() {
    let bare = Site {
        name: "Maison".into(),
        locale: "fr".into(),
        center: LatLng::new(46.6, 2.4).unwrap(),
        store_code: None,
        tiles: None,
        privacy_url: None,
        appointment_subjects: vec![],
        alerts: false,
    };
    agree(&bare);
    agree(&Site {
        store_code: Some("FR-1".into()),
        tiles: Some(Tiles {
            url: "https://tiles.example/{z}/{x}/{y}.png".into(),
            attribution: "© us".into(),
        }),
        privacy_url: Some("https://example.com/privacy".into()),
        appointment_subjects: vec![label("size")],
        alerts: true,
        ..bare
    });
}

#[wasm_bindgen_test]
fn slots() {
    agree(&SlotList { items: vec![], time_zone: "Indian/Reunion".into(), next_free_at: None });
    agree(&SlotList {
        items: vec![Slot { starts_at: 1_795_251_600_000, ends_at: 1_795_253_400_000, free: 3 }],
        time_zone: "Europe/Paris".into(),
        next_free_at: Some(4_102_444_800_000),
    });
}

#[wasm_bindgen_test]
fn appointments() {
    let bare = Appointment {
        token: "AAAAAAAAAAAAAAAAAAAAAAAA".into(),
        store_code: "FR-1".into(),
        store_name: "Maison Nantes".into(),
        starts_at: 1_795_251_600_000,
        ends_at: 1_795_253_400_000,
        time_zone: "Europe/Paris".into(),
        subject: None,
        cancelled: false,
        calendar_url: "https://api.example.com/v1/appointments/A/calendar.ics".into(),
    };
    agree(&bare);
    agree(&Appointment { subject: Some("size".into()), cancelled: true, ..bare });
}

#[wasm_bindgen_test]
fn sizes() {
    let bare = ProductSizes {
        key: "ROBE".into(),
        brand: None,
        category: None,
        sizes: vec![],
        gone: vec![],
        fit: None,
        kept: vec![],
        returned: None,
    };
    let full = ProductSizes {
        key: "ROBE-38".into(),
        brand: Some("Lormelle".into()),
        category: Some("women > dress".into()),
        sizes: vec!["38".into(), "40".into()],
        gone: vec!["40".into()],
        fit: Some(FitCounts { small: 6, true_to_size: 2, large: 1 }),
        kept: vec![Share::parse("85/100"), None],
        returned: Some(Fit::Small),
    };
    let first_unknown = ProductSizes { kept: vec![None, Share::parse("0/20")], ..full.clone() };
    agree(&SizesPage { items: vec![bare, full, first_unknown], locale: "fr".into() });
    let range = SizeRange { dimension: "chest".into(), from_mm: 840, to_mm: 880 };
    let rows = vec![SizeRow { size: "38".into(), body: vec![range] }];
    let kept = SizeMemory { household: "1\nP\t".into(), version: 7, token: None };
    agree(&SizeMemory { token: Some("AAAA".into()), ..kept.clone() });
    agree(&kept);
    agree(&SizeChart { brand: None, category: None, rows: vec![] });
    agree(&SizeChart { brand: Some("Lormelle".into()), category: Some("women".into()), rows });
}
