//! `GET /v1/reviews`

mod check;
mod cursor;
pub(crate) mod invitation;
pub(crate) mod own;
pub(crate) mod photo;
pub(crate) mod ratings;
pub(crate) mod report;
pub(crate) mod shown;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod vote;
pub(crate) mod write;

use axum::{extract::State, http::HeaderMap, response::Response};
use devanture_api::{
    problem::Problem,
    review::{ReviewPage, ReviewParams},
};
use devanture_domain::review::{About, Rating};
use devanture_storage::{ReviewCursor, ReviewFilter};

use super::{BRIEFLY, JSON, code};
use crate::{
    App,
    cache::Tagged,
    directory::SiteView,
    extract::{Query, Storefront, short_name},
    index::language,
    problem::ApiError,
    reviews::Key,
};

const LIMIT: u16 = 10;
const MAX_LIMIT: u16 = 50;

/// What shoppers say of a product or of a store: all of it together, and page by page.
#[utoipa::path(get, path = "/v1/reviews", tag = "reviews", security(("key" = []), ("key_param" = [])),
    params(ReviewParams), responses(
    (status = 200, description = "The reviews; none where there are none", body = ReviewPage),
    (status = 304, description = "Unchanged"),
    (status = 404, description = "The site shows no such store", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn reviews(
    State(app): State<App>,
    Storefront(site): Storefront,
    Query(params): Query<ReviewParams>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    Ok(list(&app, &site, &params).await?.respond(&headers, JSON, BRIEFLY))
}

/// A page as JSON. The first pages, narrowed down or not, are kept; later pages are read anew.
pub(crate) async fn list(app: &App, site: &SiteView, params: &ReviewParams) -> Result<Tagged, ApiError> {
    let asked = Asked::of(site, params)?;
    if asked.cursor.is_some() {
        return asked.read(app, site).await;
    }
    let key = Key {
        tenant: site.site.tenant.clone(),
        about: asked.about,
        subject: asked.subject.clone(),
        rest: asked.key(site),
    };
    app.gallery().get(key, async || asked.read(app, site).await).await
}

/// What a request is about: a product, or a store that the site shows.
pub(crate) fn subject(
    site: &SiteView,
    product: Option<&str>,
    store: Option<&str>,
) -> Result<(About, String), ApiError> {
    let (about, subject) = one_subject(product, store)?;
    if about == About::Store {
        site.find(&subject).ok_or_else(ApiError::store_not_found)?;
    }
    Ok((about, subject))
}

/// The product or the store that is named, wherever it is.
pub(crate) fn one_subject(product: Option<&str>, store: Option<&str>) -> Result<(About, String), ApiError> {
    match (short_name("product", product)?, short_name("store", store)?) {
        (Some(product), None) => Ok((About::Product, code("product", product)?)),
        (None, Some(store)) => Ok((About::Store, store.to_owned())),
        _ => Err(ApiError::invalid("product", "one of product and store is needed")),
    }
}

/// A request in one form.
pub(crate) struct Asked {
    pub(crate) about: About,
    pub(crate) subject: String,
    filter: ReviewFilter,
    params: ReviewParams,
    cursor: Option<ReviewCursor>,
    limit: u16,
    lang: String,
}

impl Asked {
    pub(crate) fn of(site: &SiteView, params: &ReviewParams) -> Result<Self, ApiError> {
        let (about, subject) = subject(site, params.product.as_deref(), params.store.as_deref())?;
        let limit = match params.limit {
            None => LIMIT,
            Some(limit @ 1..=MAX_LIMIT) => limit,
            Some(_) => return Err(ApiError::invalid("limit", format!("is 1 to {MAX_LIMIT}"))),
        };
        let cursor = params.cursor.as_deref().map(|text| cursor::read(text, params.sort)).transpose()?;
        let filter = ReviewFilter {
            stars: stars(params.stars.as_deref())?,
            size: short_name("size", params.size.as_deref())?.map(str::to_owned),
            photos: params.photos,
            language: short_name("language", params.language.as_deref())?.map(language),
            words: short_name("q", params.q.as_deref())?.map(str::to_owned),
        };
        let lang = short_name("lang", params.lang.as_deref())?.unwrap_or(&site.site.locale).to_owned();
        Ok(Self { about, subject, filter, params: params.clone(), cursor, limit, lang })
    }

    /// BCP 47 language that is asked for, or the site's.
    pub(crate) fn lang(&self) -> &str {
        &self.lang
    }

    /// All that an answer depends on beside its subject.
    pub(crate) fn key(&self, site: &SiteView) -> String {
        let Self { filter, limit, lang, params, .. } = self;
        let ReviewFilter { stars, size, photos, language, .. } = filter;
        let (revision, words) = (site.network.revision, filter.looked_for());
        format!(
            "{revision} {limit} {photos} {:?} {stars:?} {size:?} {language:?} {lang:?} {words:?}",
            params.sort
        )
    }

    pub(crate) async fn page(&self, app: &App, site: &SiteView) -> Result<ReviewPage, ApiError> {
        let tenant = &site.site.tenant;
        let sort = self.params.sort;
        let mut repository = app.database().read().await?;
        let mut summary = None;
        if self.cursor.is_none() {
            let counted = repository.review_summary(tenant, self.about, &self.subject).await?;
            summary = Some(shown::summary(counted, &site.network.criteria(self.about, &self.lang)));
        }
        let about = (self.about, self.subject.as_str());
        // One more, to know whether there is a next page.
        let mut found = repository
            .published_reviews(tenant, about, &self.filter, (sort, self.cursor.as_ref()), self.limit + 1)
            .await?;
        let more = found.len() > usize::from(self.limit);
        found.truncate(self.limit.into());
        let next =
            found.last().filter(|_| more).map(|last| cursor::write(&ReviewCursor::after(last, sort), sort));
        let items = found.into_iter().map(|review| shown::review(app, review)).collect();
        Ok(ReviewPage { summary, sort, open: site.network.review_rules().open, items, next })
    }

    async fn read(&self, app: &App, site: &SiteView) -> Result<Tagged, ApiError> {
        let page = self.page(app, site).await?;
        Ok(Tagged::new(serde_json::to_vec(&page).map_err(|_| ApiError::internal())?))
    }
}

/// Numbers of stars, set apart by commas.
pub(crate) fn stars(text: Option<&str>) -> Result<Vec<Rating>, ApiError> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(Vec::new()) };
    let mut stars = Vec::new();
    for one in text.split(',') {
        let rating = one.trim().parse().ok().and_then(Rating::new);
        stars.push(
            rating
                .ok_or_else(|| ApiError::invalid("stars", "is numbers from 1 to 5, set apart by commas"))?,
        );
    }
    stars.sort_unstable();
    stars.dedup();
    Ok(stars)
}
