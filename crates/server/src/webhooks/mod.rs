//! Events to the shop's programs, signed.

pub(crate) mod address;
mod payload;
pub(crate) mod signature;
#[cfg(test)]
mod tests;

use std::time::Duration;

use devanture_api::event::{ID_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER};
use devanture_domain::civil::UtcMs;
use devanture_storage::{Happened, Webhook};
use reqwest::{Client, header, redirect::Policy};

use crate::{
    App,
    outbox::{Failed, Story},
};

/// A program that takes longer than this to say that it has heard is asked again later.
const PATIENCE: Duration = Duration::from_secs(10);

/// Sends webhooks.
#[derive(Debug)]
pub(crate) struct Sender {
    client: Client,
    private_too: bool,
}

impl Sender {
    /// One that also sends into private networks, and by plain http, if told so.
    pub(crate) fn new(private_too: bool) -> Result<Self, reqwest::Error> {
        Self::with_patience(private_too, PATIENCE)
    }

    fn with_patience(private_too: bool, patience: Duration) -> Result<Self, reqwest::Error> {
        // An error means that a provider is installed already, which is as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .user_agent(concat!("Devanture/", env!("CARGO_PKG_VERSION")))
            .timeout(patience)
            // Whoever is redirected to was not looked at.
            .redirect(Policy::none())
            // A proxy would look names up by itself.
            .no_proxy();
        let client = if private_too { client } else { client.dns_resolver(address::PublicOnly) };
        Ok(Self { client: client.build()?, private_too })
    }

    /// Sends a body and returns when the program has it.
    async fn post(&self, webhook: &Webhook, id: &str, body: Vec<u8>, now: UtcMs) -> Result<(), Failed> {
        let url = webhook.url().ok_or_else(|| Failed::for_good("hears no events"))?;
        let url = address::checked(url, self.private_too).map_err(Failed::new)?;
        let seconds = now.div_euclid(1000);
        let sent = self
            .client
            .post(url)
            .header(header::CONTENT_TYPE, "application/json")
            .header(ID_HEADER, id)
            .header(TIMESTAMP_HEADER, seconds)
            .header(SIGNATURE_HEADER, signature::sign(webhook.secret.key(), id, seconds, &body))
            .body(body)
            .send()
            .await;
        match sent {
            Ok(answer) if answer.status().is_success() => Ok(()),
            // By the standard it wants to hear no more of this.
            Ok(answer) if answer.status() == reqwest::StatusCode::GONE => {
                Err(Failed::for_good("answered 410"))
            }
            Ok(answer) if answer.status().is_redirection() => Err(Failed::new(format!(
                "answered {}; give the address it leads to",
                answer.status().as_u16()
            ))),
            Ok(answer) => Err(Failed::new(format!("answered {}", answer.status().as_u16()))),
            Err(error) if error.is_timeout() => Err(Failed::new("did not answer in time")),
            Err(error) if error.is_connect() => Err(Failed::new("could not be reached")),
            Err(error) => Err(Failed::new(error.without_url().to_string())),
        }
    }
}

/// Whether webhooks can be sent to an address, as far as that shows without looking a name up; otherwise why not.
pub fn check_webhook_url(url: &str, private_too: bool) -> Result<(), &'static str> {
    address::checked(url, private_too).map(drop)
}

/// Tells one program of an event.
pub(crate) async fn tell(app: &App, webhook: &Webhook, event: &Happened) -> Result<(), Failed> {
    let body = match event {
        Happened::Reservation(event) => match Story::of(app, event).await? {
            Some(story) => serde_json::to_vec(&payload::event(story)),
            None => return Ok(()),
        },
        Happened::Source(event) => serde_json::to_vec(&payload::source_event(event)),
    };
    let body = body.map_err(|error| Failed::for_good(error.to_string()))?;
    let sender = app.webhooks().map_err(Failed::new)?;
    sender.post(webhook, event.id(), body, app.now()).await
}
