//! Reviews in the shop's own HTML, as `examples/server-rendering` does it for others: asked of the API when a page is drawn, kept for a moment,
//! and left out where the API does not answer at once, since the widget asks by itself then.

use std::{
    collections::HashMap,
    sync::{Mutex, OnceLock, PoisonError},
    time::{Duration, Instant},
};

use maud::{Markup, PreEscaped, html};

use crate::{app::Shop, lang::Lang};

const PATIENCE: Duration = Duration::from_secs(1);
/// A review that was just published is to be seen in the demo.
const FRESH: Duration = Duration::from_secs(2);
const MOST: usize = 500;

/// What was fetched last.
#[derive(Default)]
pub(crate) struct Fragments {
    /// Not there in tests, which have no API.
    client: OnceLock<reqwest::Client>,
    kept: Mutex<HashMap<String, (Instant, String)>>,
}

impl Fragments {
    /// From now on there is an API to ask.
    pub(crate) fn begin(&self) {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let _ = self.client.set(reqwest::Client::new());
    }

    async fn get(&self, url: String, query: &[(&str, &str)]) -> String {
        let Some(client) = self.client.get() else { return String::new() };
        let Ok(request) = client.get(url).query(query).timeout(PATIENCE).build() else {
            return String::new();
        };
        let (key, now) = (request.url().to_string(), Instant::now());
        let known = self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some((at, text)) = &known
            && now.duration_since(*at) < FRESH
        {
            return text.clone();
        }
        let answer = client.execute(request).await.and_then(reqwest::Response::error_for_status);
        let text = match answer {
            Ok(answer) => answer.text().await.ok(),
            Err(_) => None,
        };
        let Some(text) = text else { return known.map(|(_, text)| text).unwrap_or_default() };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(key, (now, text.clone()));
        text
    }
}

/// What a page shows reviews of.
#[derive(Clone, Copy)]
pub(crate) enum About<'a> {
    /// A product by its id, and the `@id` of the page's own linked data.
    Product(&'a str, &'a str),
    /// A store by its code.
    Store(&'a str),
}

/// The element with the first page in it.
pub(crate) async fn element(shop: &Shop, key: &str, lang: Lang, about: About<'_>) -> Markup {
    let mut query = vec![("key", key), ("lang", lang.tag())];
    let (product, store) = match about {
        About::Product(id, item) => {
            query.extend([("product", id), ("item_id", item)]);
            (Some(id), None)
        }
        About::Store(code) => {
            query.push(("store", code));
            (None, Some(code))
        }
    };
    let fragment = shop.fragments.get(format!("{}/v1/ssr/reviews", shop.api), &query).await;
    html! { devanture-reviews product=[product] store=[store] { (PreEscaped(fragment)) } }
}

/// The stars of a product, on one line.
pub(crate) fn rating(product: &str, href: Option<&str>) -> Markup {
    html! { devanture-rating product=(product) href=[href] height="24" {} }
}
