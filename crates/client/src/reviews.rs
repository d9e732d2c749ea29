//! Reviews and ratings.

use devanture_api::{
    review::{
        OwnReview, RatingList, RatingParams, ReviewInvitation, ReviewPage, ReviewParams, ReviewPhoto,
        ReviewReport, ReviewRequest, ReviewVote, ReviewVotes,
    },
    routes,
};
use devanture_domain::review::Sort;
use js_sys::{Array, JsString};
use wasm_bindgen::JsValue;

use crate::{Answer, Api, ClientError, Upload, query::encode, stock::object, transport};

/// All that the form needs of a site: the rest is for pages about stores.
pub struct Privacy {
    /// The page.
    pub url: Option<String>,
}

impl Api {
    /// Reviews of a product or of a store.
    pub fn reviews(&self, params: &ReviewParams) -> Answer<ReviewPage> {
        let mut query = self.query(routes::REVIEWS);
        query.add("product", params.product.as_deref());
        query.add("store", params.store.as_deref());
        query.add("sort", (params.sort != Sort::Newest).then(|| params.sort.as_str()));
        query.add("stars", params.stars.as_deref());
        query.add("size", params.size.as_deref());
        query.add("photos", params.photos.then_some("true"));
        query.add("language", params.language.as_deref());
        query.add("q", params.q.as_deref());
        query.add("cursor", params.cursor.as_deref());
        query.add("limit", params.limit.map(digits).as_deref());
        query.add("lang", params.lang.as_deref());
        transport::get(&query)
    }

    /// Stars of many at once.
    pub fn ratings(&self, params: &RatingParams) -> Answer<RatingList> {
        let mut query = self.query(routes::RATINGS);
        query.add("products", params.products.as_deref());
        query.add("stores", params.stores.as_deref());
        transport::get(&query)
    }

    /// Where the shop says what it does with personal data.
    pub fn privacy(&self) -> Answer<Privacy> {
        transport::get(&self.query(routes::SITE))
    }

    /// What a link that was sent is for.
    pub fn review_invitation(&self, token: &str) -> Answer<ReviewInvitation> {
        transport::get(&self.query(&path(routes::REVIEW_INVITATION, "{token}", token)))
    }

    /// Writes a review. Sent again with the same `idempotency_key` it is still one.
    pub fn write_review(&self, idempotency_key: &str, request: &ReviewRequest) -> Answer<OwnReview> {
        self.post(routes::REVIEWS, idempotency_key, &body(request))
    }

    /// A review as its author sees it.
    pub fn own_review(&self, token: &str) -> Answer<OwnReview> {
        transport::get(&self.query(&path(routes::OWN_REVIEW, "{token}", token)))
    }

    /// Writes a review anew.
    pub fn edit_review(&self, token: &str, request: &ReviewRequest) -> Answer<OwnReview> {
        self.send("PUT", &path(routes::OWN_REVIEW, "{token}", token), &body(request))
    }

    /// Says something to the shop in private. Sent again with the same `idempotency_key` it is still one message.
    pub fn message_shop(&self, token: &str, idempotency_key: &str, words: &str) -> Answer<OwnReview> {
        let body = object(&[("body", words.into())]);
        self.post(&path(routes::OWN_REVIEW_MESSAGES, "{token}", token), idempotency_key, &body)
    }

    /// Takes a review away for good, at its author's wish.
    pub fn withdraw_review(&self, token: &str) -> Answer<OwnReview> {
        self.delete(&path(routes::OWN_REVIEW, "{token}", token))
    }

    /// Says whether a review helped.
    pub fn vote_review(&self, id: &str, vote: &ReviewVote) -> Answer<ReviewVotes> {
        let body = object(&[("helpful", vote.helpful.into()), ("voter", vote.voter.as_str().into())]);
        self.send("POST", &path(routes::REVIEW_VOTES, "{id}", id), &body)
    }

    /// Tells head office that something is wrong with a review.
    pub fn report_review(&self, id: &str, report: &ReviewReport) -> Answer<()> {
        let body = object(&[("reason", report.reason.as_str().into()), ("note", text(report.note.as_ref()))]);
        self.tell(&path(routes::REVIEW_REPORTS, "{id}", id), &body)
    }

    /// Sends a picture: `progress` is told how much of it has gone, in hundredths, `done` what came of it.
    pub fn upload_photo(
        &self,
        file: &JsValue,
        progress: Box<dyn Fn(u32)>,
        done: Box<dyn FnOnce(Result<ReviewPhoto, ClientError>)>,
    ) -> Upload {
        Upload::begin(self.address(routes::REVIEW_PHOTOS), file, progress, done)
    }
}

/// A route with its placeholder filled, by the browser: ours is in what widgets about stores share.
fn path(route: &str, name: &str, value: &str) -> String {
    String::from(JsString::from(route).replace(name, &encode(value)))
}

/// A small number in digits, which costs a page with reviews alone less than what prints any number.
fn digits(mut number: u16) -> String {
    let mut out = String::new();
    loop {
        out.insert(0, char::from(b'0' + (number % 10) as u8));
        number /= 10;
        if number == 0 {
            return out;
        }
    }
}

fn text(text: Option<&String>) -> JsValue {
    text.map_or(JsValue::UNDEFINED, |text| JsValue::from_str(text))
}

/// By hand, as a serializer would be several times the size of all this. What is undefined is left out of the JSON.
fn body(request: &ReviewRequest) -> JsValue {
    let criteria = Array::new();
    for given in &request.criteria {
        criteria.push(&object(&[("code", given.code.as_str().into()), ("points", given.points.into())]));
    }
    let photos = Array::new();
    for id in &request.photos {
        photos.push(&id.as_str().into());
    }
    let day = request.experienced_on.map_or(JsValue::UNDEFINED, |day| day.to_text().into());
    object(&[
        ("product", text(request.product.as_ref())),
        ("store", text(request.store.as_ref())),
        ("link", text(request.link.as_ref())),
        ("rating", request.rating.stars().into()),
        ("title", text(request.title.as_ref())),
        ("body", request.body.as_str().into()),
        ("fit", request.fit.map_or(JsValue::UNDEFINED, |fit| fit.as_str().into())),
        ("usual_size", text(request.usual_size.as_ref())),
        ("size", text(request.size.as_ref())),
        ("criteria", criteria.into()),
        ("photos", photos.into()),
        ("author", request.author.as_str().into()),
        ("email", text(request.email.as_ref())),
        ("experienced_on", day),
        ("locale", request.locale.as_str().into()),
    ])
}
