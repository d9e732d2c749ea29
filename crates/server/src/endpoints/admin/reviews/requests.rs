//! `POST /admin/v1/reviews/requests`

use axum::{Json as JsonBody, extract::State};
use devanture_api::{
    problem::Problem,
    staff_review::{ReviewRequestMade, ReviewRequested, ReviewRequests, ReviewRequestsMade},
};
use devanture_domain::{
    civil::Zone as _,
    review::{About, Checked, Limits, checked_line},
    staff::Permission,
};
use devanture_storage::{Invitee, LetterKind, NewInvitation, PrivateToken};

use crate::{
    App, NamedZone, contact,
    endpoints::reviews::subject,
    extract::{LongJson, Staff},
    problem::ApiError,
};

const MOST: usize = 200;
const DAY_MS: i64 = 86_400_000;
const ORIGIN: Limits = Limits { least: 1, most: 100 };
const SHORT: Limits = Limits { least: 1, most: 100 };

/// Asks those who have bought something, or were in a store, for a review: by mail, or by a link that the shop sends itself. After the same origin
/// nobody is asked twice. All of it is done, or nothing.
#[utoipa::path(post, path = "/admin/v1/reviews/requests", tag = "admin", security(("session" = []), ("secret_key" = [])),
    request_body = ReviewRequests, responses(
    (status = 200, description = "What came of each", body = ReviewRequestsMade),
    (status = 403, description = "The role does not include it", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "Somebody is to be written to, and mail is off", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn request(
    State(app): State<App>,
    staff: Staff,
    LongJson(wanted): LongJson<ReviewRequests>,
) -> Result<JsonBody<ReviewRequestsMade>, ApiError> {
    staff.require(Permission::Moderate)?;
    if !(1..=MOST).contains(&wanted.items.len()) {
        return Err(ApiError::invalid("items", format!("are 1 to {MOST}")));
    }
    let site = app.directory().load().by_id(&wanted.site).cloned();
    let site = site.filter(|site| site.site.tenant == staff.tenant);
    let site = site.ok_or_else(|| ApiError::invalid("site", "is the id of one of the network's sites"))?;
    let now = app.now();
    let lasts = i64::from(site.network.review_rules().link_days) * DAY_MS;
    let mut repository = app.database().write().await?;
    let mut items = Vec::with_capacity(wanted.items.len());
    for (at, item) in wanted.items.into_iter().enumerate() {
        let (about, subject) = subject(&site, item.product.as_deref(), item.store.as_deref())?;
        let asked = checked(&app, at, item)?;
        let id = app.legible::<16>()?;
        let origin = format!("program:{}", asked.item.origin);
        let new = NewInvitation {
            tenant: &staff.tenant,
            id: &id,
            origin: &origin,
            about,
            subject: &subject,
            size: asked.item.size.as_deref(),
            checked: if about == About::Store { Checked::Visit } else { Checked::Purchase },
            incentive: asked.item.incentive.as_deref(),
            experienced_on: Some(asked.item.experienced_on),
            site_id: &site.site.id,
            locale: &asked.item.locale,
            at: now,
            expires_at: now + lasts,
            invitee: asked.invitee.as_ref(),
        };
        let is_new = repository.add_invitation(&new).await?;
        let mut link = None;
        if is_new && asked.invitee.is_some() {
            repository.put_letter(&staff.tenant, LetterKind::Asked, (&id, 0), now).await?;
        } else if is_new {
            let token = PrivateToken::from_random(app.random()?);
            repository.add_invitation_link(&staff.tenant, &id, &token).await?;
            link = Some(token.to_text());
        }
        items.push(ReviewRequestMade { origin: asked.item.origin, new: is_new, link });
    }
    repository.save().await?;
    Ok(JsonBody(ReviewRequestsMade { items }))
}

struct Asked {
    item: ReviewRequested,
    invitee: Option<Invitee>,
}

/// In the one form of everything, or which item is at fault and why.
fn checked(app: &App, at: usize, mut item: ReviewRequested) -> Result<Asked, ApiError> {
    let field = |name: &str| format!("items[{at}].{name}");
    let line = |name: &str, text: &str, limits| {
        checked_line(text, limits).map_err(|error| ApiError::invalid(field(name), error.to_string()))
    };
    item.origin = line("origin", &item.origin, ORIGIN)?;
    for (name, text) in [("size", &mut item.size), ("incentive", &mut item.incentive)] {
        *text = match text.as_deref().filter(|text| !text.trim().is_empty()) {
            Some(given) => Some(line(name, given, SHORT)?),
            None => None,
        };
    }
    if !contact::is_language(&item.locale) {
        return Err(ApiError::invalid(field("locale"), "is a BCP 47 language, such as fr-FR"));
    }
    if item.experienced_on > NamedZone::utc().to_local(app.now()).date.plus(1) {
        return Err(ApiError::invalid(field("experienced_on"), "lies in the future"));
    }
    let invitee = match item.person.take() {
        None => None,
        Some(_) if app.config().mail.is_none() => return Err(ApiError::mail_off()),
        Some(person) => {
            let email = person.email.trim().to_owned();
            if !contact::is_email(&email) {
                return Err(ApiError::invalid(field("person.email"), "is not a mail address"));
            }
            let name = line("person.name", &person.name, SHORT)?;
            Some(Invitee { name, email_key: contact::email_key(&email), email })
        }
    };
    Ok(Asked { item, invitee })
}
