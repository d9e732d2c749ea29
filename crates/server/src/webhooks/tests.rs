use std::time::Duration;

use devanture_storage::{Webhook, WebhookSecret, WebhookUse};
use tokio::net::TcpListener;

use super::Sender;

#[tokio::test]
async fn a_program_that_never_answers_is_left() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let webhook = Webhook {
        tenant: "maison".to_owned(),
        id: "wh_1".to_owned(),
        does: WebhookUse::Events(format!("http://{}/", listener.local_addr().unwrap())),
        secret: WebhookSecret::from_random([1; 32]),
        created_at: 0,
    };
    let sender = Sender::with_patience(true, Duration::from_millis(50)).unwrap();
    // Taken by the machine, read by nobody.
    let failed = sender.post(&webhook, "evt_1", b"{}".to_vec(), 0).await.unwrap_err();
    assert!(format!("{failed:?}").contains("in time"), "{failed:?}");
    drop(listener);
    let failed = sender.post(&webhook, "evt_1", b"{}".to_vec(), 0).await.unwrap_err();
    assert!(format!("{failed:?}").contains("could not be reached"), "{failed:?}");
}
