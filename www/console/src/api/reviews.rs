//! Reviews, as moderators ask for them.

use devanture_api::{
    person::{PersonErased, ReviewPerson},
    problem::code,
    review::NewPrivateMessage,
    routes::admin,
    staff_review::{
        PhotoRefusal, Phrases, ReviewDecided, ReviewDecisions, ReviewRequestPage, ReviewRequests,
        ReviewRequestsMade, StaffAnswer,
    },
};
use devanture_ui::js::encode;
use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};

use super::{Failure, failure, read, write};
use crate::{
    net::{self, Request},
    reviews::{
        Filter,
        wire::{Details, Figures, Item, List, Person},
    },
};

async fn get<T: DeserializeOwned>(path: String) -> Result<T, Failure> {
    read(&net::send(Request::get(path)).await?)
}

/// `path?a=b&c=d` of what is not empty.
fn with(path: &str, params: &[(&str, &str)]) -> String {
    let mut url = path.to_owned();
    for (name, value) in params.iter().filter(|(_, value)| !value.is_empty()) {
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str(name);
        url.push('=');
        url.push_str(&encode(value));
    }
    url
}

/// The queue.
pub(crate) async fn list(filter: &Filter, cursor: &str) -> Result<List, Failure> {
    let only = |which: &str| if filter.which == which { "true" } else { "" };
    let (reported, unanswered) = (only("reported"), only("unanswered"));
    let is_state = reported.is_empty() && unanswered.is_empty();
    get(with(
        admin::REVIEWS,
        &[
            ("state", if is_state { &filter.which } else { "" }),
            ("reported", reported),
            ("unanswered", unanswered),
            ("stars", &filter.stars),
            ("product", &filter.product),
            ("store", &filter.store),
            ("photos", if filter.photos { "true" } else { "" }),
            ("cursor", cursor),
        ],
    ))
    .await
}

/// One review with what was done with it.
pub(crate) async fn details(id: &str, lang: &str) -> Result<Details, Failure> {
    get(with(&admin::REVIEW.replace("{id}", &encode(id)), &[("lang", lang)])).await
}

/// Decides about some.
pub(crate) async fn decide(decisions: &ReviewDecisions) -> Result<ReviewDecided, Failure> {
    read(&net::send(write("POST", admin::REVIEW_DECISIONS.to_owned(), decisions)).await?)
}

/// Answers in public, or takes the answer away.
pub(crate) async fn answer(id: &str, body: Option<String>) -> Result<Item, Failure> {
    let path = admin::REVIEW_ANSWER.replace("{id}", &encode(id));
    let request = match body {
        Some(body) => write("PUT", path, &StaffAnswer { body }),
        None => Request { method: "DELETE", ..Request::get(path) },
    };
    read(&net::send(request).await?)
}

/// Says something to the author in private, by a key and its words; or has what the author said wait no longer.
pub(crate) async fn talk(id: &str, says: Option<(String, String)>) -> Result<(), Failure> {
    let id = encode(id);
    let request = match says {
        Some((key, body)) => {
            let path = admin::REVIEW_MESSAGES.replace("{id}", &id);
            Request { key: Some(key), ..write("POST", path, &NewPrivateMessage { body }) }
        }
        None => Request { method: "DELETE", ..Request::get(admin::REVIEW_WAITING.replace("{id}", &id)) },
    };
    read::<IgnoredAny>(&net::send(request).await?).map(drop)
}

/// Takes a photo away.
pub(crate) async fn refuse_photo(id: &str, photo: &str, refusal: &PhotoRefusal) -> Result<Item, Failure> {
    let path = admin::REVIEW_PHOTO_REFUSAL.replace("{id}", &encode(id)).replace("{photo}", &encode(photo));
    read(&net::send(write("POST", path, refusal)).await?)
}

/// What all say of a product, or of a store.
pub(crate) async fn figures(product: &str, store: &str, lang: &str) -> Result<Figures, Failure> {
    get(with(admin::REVIEW_FIGURES, &[("product", product), ("store", store), ("lang", lang)])).await
}

/// What is said and the catalogue does not say.
pub(crate) async fn phrases(product: &str, category: &str, language: &str) -> Result<Phrases, Failure> {
    let params = [("product", product), ("category", category), ("language", language)];
    get(with(admin::REVIEW_PHRASES, &params)).await
}

/// Who was asked.
pub(crate) async fn requests(state: &str, cursor: &str) -> Result<ReviewRequestPage, Failure> {
    get(with(admin::REVIEW_REQUESTS, &[("state", state), ("cursor", cursor)])).await
}

/// Why nobody was asked: the field that the server does not take, where it names one.
pub(crate) struct NotAsked {
    pub failure: Failure,
    pub field: Option<String>,
}

/// Asks somebody for reviews.
pub(crate) async fn ask(requests: &ReviewRequests) -> Result<ReviewRequestsMade, NotAsked> {
    #[derive(Deserialize)]
    struct Problem {
        code: String,
        field: Option<String>,
    }
    let request = write("POST", admin::REVIEW_REQUESTS.to_owned(), requests);
    let whole = |failure| NotAsked { failure, field: None };
    let reply = net::send(request).await.map_err(|lost| whole(lost.into()))?;
    match serde_json::from_str::<Problem>(&reply.body) {
        // No time helps where letters are off.
        Ok(problem) if problem.code == code::MAIL_OFF => {
            Err(whole(Failure::Refused { code: problem.code, retry_after: None }))
        }
        Ok(problem) => Err(NotAsked { failure: failure(&reply), field: problem.field }),
        Err(_) => read(&reply).map_err(whole),
    }
}

/// All that is kept of a person.
pub(crate) async fn person(email: &str) -> Result<Person, Failure> {
    let body = ReviewPerson { email: email.to_owned() };
    let reply = net::send(write("POST", admin::REVIEW_PERSON_EXPORT.to_owned(), &body)).await?;
    let known: Person = read(&reply)?;
    Ok(Person { whole: reply.body, ..known })
}

/// Erases it.
pub(crate) async fn erase(email: &str) -> Result<PersonErased, Failure> {
    let body = ReviewPerson { email: email.to_owned() };
    read(&net::send(write("POST", admin::REVIEW_PERSON_ERASE.to_owned(), &body)).await?)
}
