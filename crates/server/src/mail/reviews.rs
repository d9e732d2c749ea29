//! Letters about reviews: somebody is asked for one, is told why theirs is not shown, or what the shop says to it.

use std::sync::Arc;

use devanture_domain::review::{About, Actor, Reason, State};
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
    let Some(mut to) = Author::of(app, told).await? else { return Ok(None) };
    // Judged otherwise meanwhile, or written anew: there is nothing to say any more.
    let refused = match to.own.review.state {
        State::Refused => true,
        State::Deleted => false,
        State::Submitted | State::Published => return Ok(None),
    };
    let Some(reason) = to.own.reason else { return Ok(None) };
    if refused {
        to.add_link(app).await?;
    }
    let words = to.words;
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
    let mut paragraphs = vec![what.replace("{name}", &to.name).replace("{reason}", why(words, reason))];
    paragraphs.extend(to.own.note.take());
    if refused {
        let anew = words.say(
            "Vous pouvez le modifier par le lien ci-dessous ; il sera relu. Un avis n’est jamais écarté parce qu’il est défavorable.",
            "You can change it by the link below; it will be read again. No review is left out for being unfavourable.",
        );
        paragraphs.push(anew.to_owned());
    }
    Ok(Some(to.letter(paragraphs, words.say("Modifier mon avis", "Change my review"))))
}

pub(super) async fn answered(app: &App, told: &Told) -> Result<Composed, Failed> {
    let Some(mut to) = Author::of(app, told).await? else { return Ok(None) };
    // Taken away meanwhile.
    let Some(answer) = to.own.review.answer.take().filter(|_| to.own.review.state == State::Published) else {
        return Ok(None);
    };
    to.add_link(app).await?;
    let words = to.words;
    let what = words
        .say(
            "{shop} a répondu à votre avis sur {name}. La réponse est publiée avec lui :",
            "{shop} has answered your review of {name}. The answer is published with it:",
        )
        .replace("{shop}", &to.shop)
        .replace("{name}", &to.name);
    let private = words.say(
        "Vous souhaitez en parler sans être lu de tous ? Écrivez-nous par le lien ci-dessous : ce message-là reste entre nous.",
        "Would you rather talk about it in private? Write to us by the link below: that stays between us.",
    );
    to.quote = Some(answer.body);
    Ok(Some(to.letter(vec![what, private.to_owned()], words.say("Écrire en privé", "Write in private"))))
}

pub(super) async fn messaged(app: &App, told: &Told) -> Result<Composed, Failed> {
    let Some(mut to) = Author::of(app, told).await? else { return Ok(None) };
    // All that came since the author last said something; a letter that comes late does not repeat what they have answered.
    let said = &to.own.messages;
    let from = said.iter().rposition(|one| one.by == Actor::Author).map_or(0, |last| last + 1);
    let new: Vec<&str> = said.iter().skip(from).map(|one| one.body.as_str()).collect();
    let new = new.join("\n\n");
    if new.is_empty() || to.own.review.state == State::Deleted {
        return Ok(None);
    }
    to.add_link(app).await?;
    let words = to.words;
    let what = words
        .say(
            "{shop} vous écrit en privé à propos de votre avis sur {name} :",
            "{shop} writes to you in private about your review of {name}:",
        )
        .replace("{shop}", &to.shop)
        .replace("{name}", &to.name);
    to.quote = Some(new);
    Ok(Some(to.letter(vec![what], words.say("Répondre", "Answer"))))
}

/// Who wrote a review, and what a letter to them needs.
struct Author {
    tenant: String,
    own: OwnReview,
    email: String,
    words: Words,
    site: Arc<SiteView>,
    /// The site that writes.
    shop: String,
    /// What the review is about.
    name: String,
    /// What the shop has said.
    quote: Option<String>,
    link: Option<String>,
}

impl Author {
    /// `None` once they are erased or forgotten, or left no address.
    async fn of(app: &App, told: &Told) -> Result<Option<Self>, Failed> {
        let mut repository = app.database().read().await?;
        let found = repository.review_of_author(&told.tenant, &told.subject).await?;
        let Some((own, email)) = found.and_then(|mut own| own.email.take().map(|email| (own, email))) else {
            return Ok(None);
        };
        let Some(site) = app.directory().load().by_id(&own.review.site_id).cloned() else { return Ok(None) };
        let about = (own.review.about, own.review.subject.as_str());
        let name = named(&mut repository, &site.network, &told.tenant, about).await;
        let (name, _) = name.map_err(|_| Failed::new("what it is about cannot be read"))?;
        let words = Words::of(&own.locale);
        let shop = site.site.name.clone();
        Ok(Some(Self {
            tenant: told.tenant.clone(),
            own,
            email,
            words,
            site,
            shop,
            name,
            quote: None,
            link: None,
        }))
    }

    /// Gives the letter a link of its own to the review.
    async fn add_link(&mut self, app: &App) -> Result<(), Failed> {
        let review = &self.own.review;
        let token = PrivateToken::from_random(app.random()?);
        let mut repository = app.database().write().await?;
        repository.add_own_link(&self.tenant, &review.id, &token).await?;
        let url = subject_page(&mut repository, &self.site, (review.about, &review.subject)).await?;
        repository.save().await?;
        self.link = Some(page(&self.site, url, "devanture-own-review", &token));
        Ok(())
    }

    fn letter(self, paragraphs: Vec<String>, go: &'static str) -> (Letter, Option<String>, String) {
        let words = self.words;
        let author = self.own.review.author.unwrap_or_default();
        let letter = Letter {
            subject: words.say("Votre avis sur {name}", "Your review of {name}").replace("{name}", &self.name),
            greeting: greeting(words, &author),
            paragraphs,
            quote: self.quote,
            link: self.link,
            go,
            why: words
                .say(
                    "Vous recevez ce message parce que vous avez écrit un avis sur {shop}. Le lien est personnel : qui l’a peut modifier et supprimer l’avis.",
                    "You receive this because you wrote a review at {shop}. The link is yours alone: whoever has it can change and delete the review.",
                )
                .replace("{shop}", &self.shop),
            ..Letter::bare(words, self.shop)
        };
        (letter, Some(author).filter(|name| !name.is_empty()), self.email)
    }
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
