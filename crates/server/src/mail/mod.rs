//! Mail to shoppers, by SMTP or into a folder.

pub(crate) mod alerts;
mod barcode;
pub(crate) mod html;
pub(crate) mod letter;
mod reviews;
#[cfg(test)]
pub(crate) mod tests;
mod text;
pub(crate) mod words;

use std::{fmt, path::PathBuf, time::Duration};

use devanture_domain::reservation::Notice;
use devanture_storage::{Letter as Told, LetterKind, OutboxEvent};
use letter::Letter;
use lettre::{
    Address, AsyncFileTransport, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{
        Attachment, Body, Mailbox, MultiPart, SinglePart,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
};
use maud::Markup;

use crate::{
    App,
    directory::SiteView,
    endpoints::calendar,
    outbox::{Failed, Story},
};

/// Shorter than the outbox waits for an attempt.
const PATIENCE: Duration = Duration::from_secs(30);
/// Under which the picture of the bars stands in the message.
const BARS: &str = "bars@devanture";

/// Why mail cannot be sent as it was told.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// Neither a server nor a folder.
    #[error(
        "mail goes to smtps://user:password@host, smtp://user:password@host:587?tls=required or file:FOLDER"
    )]
    Location,
    /// It would be readable on its way.
    #[error("mail over smtp:// has to be encrypted; add ?tls=required")]
    Plain,
    /// No folder is there.
    #[error("{} is not a folder", .0.display())]
    Folder(PathBuf),
    /// The sender's address.
    #[error("the sender is a mail address, no-reply@shop.example")]
    Sender,
}

/// Sends mail. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    transport: Transport,
    from: Address,
}

#[derive(Clone)]
enum Transport {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(AsyncFileTransport<Tokio1Executor>),
}

/// The address of the mail server holds its password.
impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mailer(..)")
    }
}

impl Mailer {
    /// By `location`, a mail server or a folder that each message becomes a file in, from an address.
    pub fn new(location: &str, from: &str) -> Result<Self, MailError> {
        let from = from.parse().map_err(|_| MailError::Sender)?;
        if let Some(folder) = location.strip_prefix("file:") {
            let folder = PathBuf::from(folder);
            if !folder.is_dir() {
                return Err(MailError::Folder(folder));
            }
            return Ok(Self { transport: Transport::Folder(AsyncFileTransport::new(folder)), from });
        }
        let url: reqwest::Url = location.parse().map_err(|_| MailError::Location)?;
        let is_here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        let is_required = url.query_pairs().any(|(name, value)| name == "tls" && value == "required");
        match url.scheme() {
            "smtp" if !is_required && !is_here => return Err(MailError::Plain),
            "smtp" | "smtps" => {}
            _ => return Err(MailError::Location),
        }
        // An error means that a provider is installed already, which is as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let smtp =
            AsyncSmtpTransport::<Tokio1Executor>::from_url(location).map_err(|_| MailError::Location)?;
        Ok(Self { transport: Transport::Smtp(smtp.timeout(Some(PATIENCE)).build()), from })
    }

    async fn send(&self, message: Message) -> Result<(), Failed> {
        match &self.transport {
            Transport::Smtp(smtp) => smtp.send(message).await.map(drop).map_err(|error| refused(&error)),
            Transport::Folder(folder) => folder
                .send(message)
                .await
                .map(drop)
                .map_err(|_| Failed::new("the message could not be written into the folder")),
        }
    }
}

/// What the server says may repeat the address, so that its number is all that is told.
fn refused(error: &lettre::transport::smtp::Error) -> Failed {
    let Some(code) = error.status() else {
        return Failed::new(if error.is_timeout() {
            "the mail server did not answer in time"
        } else if error.is_tls() {
            "the mail server's encryption is not what was asked for"
        } else {
            "the mail server could not be reached"
        });
    };
    let code: u16 = code.into();
    let reason = format!("the mail server answered {code}");
    // There is no such mailbox, or it takes nothing. Other refusals are of us, and end when the operator sees to them.
    if matches!(code, 550..=553) { Failed::for_good(reason) } else { Failed::new(reason) }
}

/// The pick-up code as a picture, PNG.
pub(crate) fn bars(code: &str) -> Option<Vec<u8>> {
    barcode::png(code)
}

/// Whether shoppers are written to about it.
pub(crate) fn is_mailed(notice: Notice) -> bool {
    match notice {
        Notice::Requested
        | Notice::Accepted
        | Notice::Refused
        | Notice::PassedOn
        | Notice::Proposed
        | Notice::Ready
        | Notice::Expired
        | Notice::Cancelled => true,
        Notice::Collected | Notice::NoShow | Notice::RefundDue => false,
    }
}

/// Writes to the shopper of an event, if they gave an address that was not erased.
pub(crate) async fn tell(app: &App, event: &OutboxEvent) -> Result<(), Failed> {
    let Some(mailer) = &app.config().mail else {
        return Err(Failed::new("mail is off"));
    };
    let Some(story) = Story::of(app, event).await? else { return Ok(()) };
    let Some(email) = story.person.as_ref().and_then(|person| person.email.as_deref()) else {
        return Ok(());
    };
    let to = email.parse().map_err(|_| Failed::for_good("the address cannot be written to"))?;
    mailer.send(message(&story, &mailer.from, to, app.now())?).await
}

/// A letter, whom it is for where they have said their name, and their address; `None` where there is nothing to say any more.
type Composed = Option<(Letter, Option<String>, String)>;

/// Writes to whom a letter is for, if they are not erased and it still holds.
pub(crate) async fn write(app: &App, told: &Told) -> Result<(), Failed> {
    let Some(mailer) = &app.config().mail else { return Err(Failed::new("mail is off")) };
    let composed = match told.kind {
        LetterKind::Asked => reviews::asked(app, told).await?,
        LetterKind::Judged => reviews::judged(app, told).await?,
        LetterKind::Answered => reviews::answered(app, told).await?,
        LetterKind::Messaged => reviews::messaged(app, told).await?,
        LetterKind::Back => alerts::back(app, told).await?,
    };
    let Some((letter, name, email)) = composed else { return Ok(()) };
    let to = email.parse().map_err(|_| Failed::for_good("the address cannot be written to"))?;
    let drawn = html::document(&letter, None, &Markup::default()).into_string();
    let said = MultiPart::alternative()
        .singlepart(SinglePart::plain(text::text(&letter)))
        .singlepart(SinglePart::html(drawn));
    mailer.send(addressed(letter, &mailer.from, Mailbox::new(name, to), &told.id, said)?).await
}

fn message(story: &Story, from: &Address, to: Address, now: i64) -> Result<Message, Failed> {
    let letter = Letter::of(story, now);
    let picture = letter.code.as_deref().and_then(bars);
    let source = picture.as_ref().map(|_| format!("cid:{BARS}"));
    let html = html::document(&letter, source.as_deref(), &Markup::default()).into_string();
    let mut drawn = MultiPart::related().singlepart(SinglePart::html(html));
    if let Some(picture) = picture {
        let inline = Attachment::new_inline(BARS.to_owned());
        drawn = drawn.singlepart(inline.body(Body::new(picture), kind("image/png")?));
    }
    let said = MultiPart::alternative().singlepart(SinglePart::plain(text::text(&letter))).multipart(drawn);
    let mut whole = MultiPart::mixed().multipart(said);
    let dates = calendar::reservation::file(&story.network, &story.reservation, now);
    if let Some(dates) = dates.filter(|_| letter.code.is_some()) {
        let file = Attachment::new("reservation.ics".to_owned());
        whole = whole.singlepart(file.body(dates, kind("text/calendar; charset=utf-8")?));
    }
    let name = story.person.as_ref().map(|person| person.name.clone());
    addressed(letter, from, Mailbox::new(name, to), &story.event.id, whole)
}

/// Where a link leads that has no page of its own.
fn first_page(site: &SiteView) -> String {
    format!("{}/", site.site.origins.first().map_or("", String::as_str))
}

/// The envelope. One that comes twice with the same `id` is one to the programs that look.
fn addressed(
    letter: Letter,
    from: &Address,
    to: Mailbox,
    id: &str,
    said: MultiPart,
) -> Result<Message, Failed> {
    Message::builder()
        .from(Mailbox::new(Some(letter.shop), from.clone()))
        .to(to)
        .subject(letter.subject)
        .message_id(Some(format!("<{id}@{}>", from.domain())))
        .header(AutoSubmitted)
        .multipart(said)
        .map_err(|error| Failed::for_good(error.to_string()))
}

fn kind(text: &str) -> Result<ContentType, Failed> {
    ContentType::parse(text).map_err(|error| Failed::for_good(error.to_string()))
}

/// Has absence notes not answer (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
