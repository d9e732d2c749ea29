//! Reviews: what the decoders by hand read is what serde reads, of answers with every part and with none.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use core::fmt::Debug;

use devanture_api::review::{
    OwnReview, RatingList, Review, ReviewInvitation, ReviewPage, ReviewPhoto, ReviewVotes,
};
use devanture_client::decode::FromJs;
use js_sys::{JSON, Object, Reflect};
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const BARE: &str =
    r#"{"id":"abc","rating":1,"body":"","language":"fr","checked":"not","helpful":0,"unhelpful":0}"#;
const FULL: &str = r#"{"id":"abc","rating":5,"title":"Très « belle »","body":"Une robe.\n\nمرحبا 🧵","language":"fr","fit":"large",
    "usual_size":"40","size":"W32 L34","author":"Zoé","checked":"purchase","incentive":"5 €","experienced_on":"2026-11-03",
    "published_at":1795251600000,"edited_at":1795251600001,"helpful":4294967295,"unhelpful":2,
    "criteria":[{"code":"comfort","points":20}],
    "photos":[{"id":"p","url":"https://a/l","thumbnail_url":"https://a/s","width":1600,"height":900}],
    "answer":{"body":"Merci","answered_at":1795251600002}}"#;

/// Both read the same; and each field that serde needs is needed.
fn agree<T: DeserializeOwned + FromJs + PartialEq + Debug>(text: &str) {
    let value = JSON::parse(text).unwrap();
    let read = serde_wasm_bindgen::from_value::<T>(value.clone()).unwrap();
    assert_eq!(T::from_js(&value), Some(read), "{text}");
    for key in Object::keys(&Object::from(value.clone())).iter() {
        for changed in [None, Some(JsValue::NULL), Some(JsValue::from_str("?"))] {
            let copy = Object::assign(&Object::new(), &Object::from(value.clone()));
            match &changed {
                Some(changed) => Reflect::set(&copy, &key, changed).unwrap(),
                None => Reflect::delete_property(&copy, &key).unwrap(),
            };
            if let Ok(read) = serde_wasm_bindgen::from_value::<T>(copy.clone().into()) {
                assert_eq!(T::from_js(&copy), Some(read), "{key:?} as {changed:?}");
            } else if key != "items" && !["criteria", "open", "may_write"].iter().any(|free| key == *free) {
                // A list that is absent is an empty one, and anything is true or false: it leads nowhere else.
                assert_eq!(T::from_js(&copy), None, "{key:?} as {changed:?}");
            }
        }
    }
}

#[wasm_bindgen_test]
fn reviews() {
    agree::<Review>(BARE);
    agree::<Review>(FULL);
    agree::<ReviewPhoto>(r#"{"id":"p","url":"u","thumbnail_url":"t","width":1,"height":2}"#);
    agree::<ReviewVotes>(r#"{"helpful":3,"unhelpful":0}"#);
    for wrong in ["0", "6", "-1", "\"5\"", "null"] {
        let text = BARE.replace("\"rating\":1", &format!("\"rating\":{wrong}"));
        assert_eq!(Review::from_js(&JSON::parse(&text).unwrap()), None, "{wrong}");
    }
}

#[wasm_bindgen_test]
fn pages() {
    agree::<ReviewPage>(r#"{"sort":"helpful","open":false,"items":[]}"#);
    agree::<ReviewPage>(&format!(
        r#"{{"summary":{{"count":2,"average_hundredths":300,"stars":[1,0,0,0,1],"fit":{{"small":1,"true":2,"large":3}},
        "fit_verdict":"true","criteria":[{{"code":"comfort","name":"Confort","scale":20,"count":1,"average_hundredths":1250}}],
        "sizes":[{{"value":"38/40","count":2}}],"languages":[],"with_photos":1,"verified":1,"incentivised":0}},
        "sort":"newest","open":true,"items":[{BARE},{FULL}],"next":"c"}}"#
    ));
    agree::<RatingList>(r#"{"items":[{"about":"store","id":"1004","count":3,"average_hundredths":437}]}"#);
}

#[wasm_bindgen_test]
fn what_authors_see() {
    agree::<OwnReview>(&format!(
        r#"{{"token":"t","about":"product","subject":"ROBE","state":"refused","reason":"off_topic","note":"Une note.","may_write":true,"review":{FULL},
        "messages":[{{"number":1,"by":"staff","body":"Bonjour","said_at":1795251600003}},{{"number":2,"by":"author","body":"Oui ?","said_at":1795251600004}}]}}"#
    ));
    agree::<OwnReview>(&format!(
        r#"{{"token":"t","about":"store","subject":"1004","state":"submitted","may_write":false,"review":{BARE}}}"#
    ));
    agree::<ReviewInvitation>(
        r#"{"state":"open","about":"product","subject":"ROBE","name":"Robe","image_url":"https://a","size":"38",
        "experienced_on":"2026-11-03","incentive":"5 €","criteria":[{"code":"comfort","name":"Confort","scale":5}],
        "expires_at":1795251600000}"#,
    );
    agree::<ReviewInvitation>(
        r#"{"state":"used","about":"store","subject":"1004","name":"Nantes","criteria":[],"expires_at":1}"#,
    );
}
