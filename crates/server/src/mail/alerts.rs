//! The letter to somebody who waited for something: it can be had again.

use devanture_storage::{Alert, Letter as Told, PrivateToken, Repository, StorageError};

use super::{
    Composed, first_page, html,
    letter::{Letter, Place},
    words::Words,
};
use crate::{App, alerts::stores_with, outbox::Failed, reservations::shown_item};

/// Opening hours are told of seven days, today among them.
const LAST_DAY_MS: i64 = 6 * 86_400_000;

pub(super) async fn back(app: &App, told: &Told) -> Result<Composed, Failed> {
    let mut repository = app.database().write().await?;
    let found = repository.alert(&told.tenant, &told.subject).await?;
    let Some(alert) = found.filter(|found| found.told_at == Some(told.at)) else { return Ok(None) };
    let Some(email) = alert.email.clone() else { return Ok(None) };
    let Some(site) = app.directory().load().by_id(&alert.site_id).cloned() else { return Ok(None) };
    let stock = repository.stock_of(&alert.tenant, &alert.sku).await?;
    let there = stores_with(&site.network, &stock).map(|(code, _)| code);
    let stores: Vec<&str> =
        there.filter(|code| alert.location_code.as_ref().is_none_or(|wanted| wanted == code)).collect();
    if stores.is_empty() {
        // Sold since, which takes a mail server that was away, or somebody quick: then there is nothing to tell yet.
        repository.reopen_alert(&alert.tenant, &alert.id, told.at).await?;
        repository.save().await?;
        return Ok(None);
    }
    let token = PrivateToken::from_random(app.random()?);
    repository.add_alert_link(&alert.tenant, &alert.id, &token).await?;
    let words = Words::of(&alert.locale);
    let (name, url) = article(&mut repository, &alert, words).await?;
    repository.save().await?;
    let only = match &stores[..] {
        [code] => site.network.find(code),
        _ => None,
    };
    let store = only.and_then(|index| Some((site.network.store(index)?, site.network.zone(index))));
    let what = match &store {
        Some((store, _)) => words
            .say("{name} est de nouveau disponible chez {store}.", "{name} is available again at {store}.")
            .replace("{store}", &store.name),
        None => words
            .say(
                "{name} est de nouveau disponible dans {count} de nos magasins ; la page de l’article dit lesquels sont près de chez vous.",
                "{name} is available again in {count} of our stores; the product’s page says which are near you.",
            )
            .replace("{count}", &stores.len().to_string()),
    };
    let nothing_kept = words.say(
        "Rien n’est mis de côté pour vous : le plus sûr est de réserver avant de vous déplacer.",
        "Nothing is kept for you: to be sure, reserve before you set out.",
    );
    let letter = Letter {
        subject: words.say("De nouveau disponible : {name}", "Available again: {name}").replace("{name}", &name),
        greeting: words.say("Bonjour,", "Hello,").to_owned(),
        paragraphs: vec![what.replace("{name}", &name), nothing_kept.to_owned()],
        place: store.map(|(store, zone)| Place::of(store, words, zone, Some((app.now(), Some(app.now() + LAST_DAY_MS))))),
        link: Some(url.unwrap_or_else(|| first_page(&site))),
        go: words.say("Voir l’article", "See the product"),
        why: words
            .say(
                "Vous recevez ce message, le seul à ce sujet, parce que vous avez demandé à {shop} de vous prévenir.",
                "You receive this, the only message about it, because you asked {shop} to tell you.",
            )
            .replace("{shop}", &site.site.name),
        stop: Some((words.say("Renoncer à mes alertes", "Give up my alerts"), app.alert_page(&token))),
        ..Letter::bare(words, site.site.name.clone())
    };
    Ok(Some((letter, None, email)))
}

/// What it is called, with its size and colour, and where its page is.
pub(crate) async fn article(
    repository: &mut Repository,
    alert: &Alert,
    words: Words,
) -> Result<(String, Option<String>), StorageError> {
    let mut named = repository.named_variants(&alert.tenant, &[&alert.sku]).await?;
    let named = named.remove(&alert.sku);
    let url = match &named {
        Some(named) => repository.product(&alert.tenant, &named.variant.product_id).await?,
        None => None,
    };
    let item = shown_item(named.as_ref(), alert.sku.clone(), 1, None);
    let detail = html::detail(&item, words);
    let name = item.name.unwrap_or(item.sku);
    let name = if detail.is_empty() { name } else { format!("{name} ({detail})") };
    Ok((name, url.and_then(|product| product.url)))
}
