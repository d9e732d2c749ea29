//! Letters about reviews: somebody is asked for one, or is told why theirs is not shown.

use devanture_domain::review::{About, Reason, State};
use devanture_storage::{Invitation, Letter as Told, OwnReview, PrivateToken, Repository};

use super::{Composed, first_page, letter::Letter, words::Words};
use crate::{App, directory::SiteView, endpoints::reviews::invitation::named, outbox::Failed};

pub(super) async fn asked(app: &App, told: &Told) -> Result<Composed, Failed> {
    let mut repository = app.database().write().await?;
    let found = repository.invitation(&told.tenant, &told.subject).await?;
    let found = found.filter(|found| found.used_at.is_none() && app.now() < found.expires_at);
    let Some(Invitation { about, subject, invited, site_id, locale, invitee: Some(invitee), .. }) = found
    else {
        return Ok(None);
    };
    let Some(site) = app.directory().load().by_id(&site_id).cloned() else { return Ok(None) };
    let token = PrivateToken::from_random(app.random()?);
    repository.add_invitation_link(&told.tenant, &told.subject, &token).await?;
    let name = named(&mut repository, &site.network, &told.tenant, (about, &subject)).await;
    let (name, _) = name.map_err(|_| Failed::new("what it is about cannot be read"))?;
    let url = subject_page(&mut repository, &site, (about, &subject)).await?;
    repository.save().await?;
    let words = Words::of(&locale);
    let mut paragraphs = vec![
        match about {
            About::Product => words.say(
                "Vous l’avez depuis quelques jours : qu’en pensez-vous ? Coupe, taille, matière : votre avis aide les autres à choisir.",
                "You have had it for some days: what do you think of it? Cut, size, cloth: your review helps others to choose.",
            ),
            About::Store => words.say(
                "Vous êtes passé nous voir il y a peu : comment avez-vous été reçu ?",
                "You came to see us not long ago: how were you received?",
            ),
        }
        .to_owned(),
        words
            .say(
                "Tous les avis sont lus avant d’être publiés, et les avis défavorables le sont aussi.",
                "All reviews are read before they are published, and unfavourable ones are published too.",
            )
            .to_owned(),
    ];
    if let Some(incentive) = invited.incentive {
        let says = words.say(
            "Contrepartie : {incentive}. Elle sera indiquée avec votre avis, quel qu’il soit.",
            "In return: {incentive}. This is shown with your review, whatever it says.",
        );
        paragraphs.push(says.replace("{incentive}", &incentive));
    }
    let letter = Letter {
        subject: words.say("Votre avis sur {name}", "Your review of {name}").replace("{name}", &name),
        greeting: greeting(words, &invitee.name),
        paragraphs,
        link: Some(page(&site, url, "devanture-review", &token)),
        go: words.say("Donner mon avis", "Write my review"),
        why: words
            .say(
                "Vous recevez ce message parce que vous êtes client de {shop}. Le lien est personnel et sert une fois. Si vous ne souhaitez pas donner d’avis, il n’y a rien à faire.",
                "You receive this as a customer of {shop}. The link is yours alone and works once. If you do not want to write a review, there is nothing to do.",
            )
            .replace("{shop}", &site.site.name),
        ..Letter::bare(words, site.site.name.clone())
    };
    Ok(Some((letter, Some(invitee.name), invitee.email)))
}

pub(super) async fn judged(app: &App, told: &Told) -> Result<Composed, Failed> {
    let mut repository = app.database().write().await?;
    let found = repository.review_of_author(&told.tenant, &told.subject).await?;
    // Judged otherwise meanwhile, or written anew: there is nothing to say any more.
    let found = found.filter(|found| matches!(found.review.state, State::Refused | State::Deleted));
    let Some(OwnReview { review, reason: Some(reason), note, email: Some(email), locale }) = found else {
        return Ok(None);
    };
    let Some(site) = app.directory().load().by_id(&review.site_id).cloned() else { return Ok(None) };
    let name = named(&mut repository, &site.network, &told.tenant, (review.about, &review.subject)).await;
    let (name, _) = name.map_err(|_| Failed::new("what it is about cannot be read"))?;
    let refused = review.state == State::Refused;
    let mut link = None;
    if refused {
        let token = PrivateToken::from_random(app.random()?);
        repository.replace_own_link(&told.tenant, &review.id, &token).await?;
        let url = subject_page(&mut repository, &site, (review.about, &review.subject)).await?;
        link = Some(page(&site, url, "devanture-own-review", &token));
        repository.save().await?;
    }
    let words = Words::of(&locale);
    let what = if refused {
        words.say(
            "Votre avis sur {name} n’a pas été publié. Motif : {reason}.",
            "Your review of {name} was not published. Reason: {reason}.",
        )
    } else {
        words.say(
            "Votre avis sur {name} a été retiré. Motif : {reason}.",
            "Your review of {name} was taken down. Reason: {reason}.",
        )
    };
    let mut paragraphs = vec![what.replace("{name}", &name).replace("{reason}", why(words, reason))];
    paragraphs.extend(note);
    if refused {
        let anew = words.say(
            "Vous pouvez le modifier par le lien ci-dessous ; il sera relu. Un avis n’est jamais écarté parce qu’il est défavorable.",
            "You can change it by the link below; it will be read again. No review is left out for being unfavourable.",
        );
        paragraphs.push(anew.to_owned());
    }
    let author = review.author.unwrap_or_default();
    let letter = Letter {
        subject: words.say("Votre avis sur {name}", "Your review of {name}").replace("{name}", &name),
        greeting: greeting(words, &author),
        paragraphs,
        link,
        go: words.say("Modifier mon avis", "Change my review"),
        why: words
            .say(
                "Vous recevez ce message parce que vous avez écrit un avis sur {shop}. Le lien est personnel : qui l’a peut modifier et supprimer l’avis.",
                "You receive this because you wrote a review at {shop}. The link is yours alone: whoever has it can change and delete the review.",
            )
            .replace("{shop}", &site.site.name),
        ..Letter::bare(words, site.site.name.clone())
    };
    Ok(Some((letter, Some(author).filter(|name| !name.is_empty()), email)))
}

/// Where a product or a store has its page, which shows its reviews.
async fn subject_page(
    repository: &mut Repository,
    site: &SiteView,
    (about, subject): (About, &str),
) -> Result<Option<String>, Failed> {
    Ok(match about {
        About::Product => {
            repository.product(&site.site.tenant, subject).await?.and_then(|product| product.url)
        }
        About::Store => site.network.find(subject).and_then(|index| site.network.store(index)?.url),
    })
}

/// The page, or the site's first. The token stands behind the sign `#`, so that no server and no log sees it; `<devanture-reviews>` of that page opens the
/// form by it (`widgets/reviews/src/app/writing.rs`).
fn page(site: &SiteView, url: Option<String>, name: &str, token: &PrivateToken) -> String {
    let url = url.unwrap_or_else(|| first_page(site));
    let url = url.split('#').next().unwrap_or_default();
    format!("{url}#{name}={}", token.to_text())
}

fn greeting(words: Words, name: &str) -> String {
    let hello = words.say("Bonjour", "Hello");
    if name.is_empty() { format!("{hello},") } else { format!("{hello} {name},") }
}

fn why(words: Words, reason: Reason) -> &'static str {
    match reason {
        Reason::Offensive => {
            words.say("propos injurieux, haineux ou obscènes", "insulting, hateful or obscene words")
        }
        Reason::PersonalData => words
            .say("données personnelles, les vôtres ou celles d’autrui", "personal data, yours or another’s"),
        Reason::OffTopic => {
            words.say("hors sujet : l’avis porte sur autre chose", "off topic: it is about something else")
        }
        Reason::Advertising => words.say("publicité", "advertising"),
        Reason::NotGenuine => {
            words.say("doute sur la réalité de l’expérience", "doubt that the experience was had")
        }
        Reason::Unlawful => words.say("contenu contraire à la loi", "against the law"),
        Reason::Unreadable => words.say("texte incompréhensible", "nobody can make sense of it"),
        Reason::Photo => words.say("photo qui ne peut pas être publiée", "a photo that cannot be published"),
        Reason::Duplicate => words.say("avis déjà donné", "written before"),
        Reason::AuthorAsked => words.say("à votre demande", "at your request"),
    }
}
