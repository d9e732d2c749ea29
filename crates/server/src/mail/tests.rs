use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use devanture_api::{admin::StaffReservations, reservation::Reservation};
use devanture_domain::staff::Role;
use devanture_storage::{Price, Product, Variant, Warehouse};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpListener,
};

use super::Mailer;
use crate::{
    Config,
    outbox::deliver_due,
    testing::{KEY, LOGIN, PASSWORD, TestApp},
};

fn robe(name: &str, locale: &str) -> String {
    format!(
        r#"{{"store_code":"FR-NTE","items":[{{"sku":"ROBE-38"}}],"name":"{name}","email":"zoe@example.com","locale":"{locale}"}}"#
    )
}

struct Shop {
    app: TestApp,
    folder: TempDir,
}

impl Shop {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let location = format!("file:{}", folder.path().display());
        Self::with_mail_to(&location, folder).await
    }

    async fn with_mail_to(location: &str, folder: TempDir) -> Self {
        let mail = Some(Mailer::new(location, "no-reply@maison.example").unwrap());
        let app = TestApp::with_config(Config { mail, ..Config::default() }).await;
        app.add_staff("maison", LOGIN, Role::HeadOffice, &[]).await;
        app.count(&[("ROBE-38", "FR-NTE", 5), ("ROBE-38", "FR-PAR", 5)]).await;
        let product =
            Product { id: "robe".to_owned(), name: "Robe <i>Augustine".to_owned(), ..Product::default() };
        let variant = Variant {
            sku: "ROBE-38".to_owned(),
            product_id: "robe".to_owned(),
            size: Some("38".to_owned()),
            colour: Some("Écru".to_owned()),
            ..Variant::default()
        };
        let price = Price { sku: "ROBE-38".to_owned(), amount: 12_900, currency: "EUR".to_owned() };
        let mut repository = app.database().write().await.unwrap();
        repository.put_products("maison", &[product]).await.unwrap();
        repository.put_variants("maison", &[variant]).await.unwrap();
        repository.put_prices("maison", "default", &[price]).await.unwrap();
        repository.save().await.unwrap();
        Self { app, folder }
    }

    async fn reserve(&self, key: &str, name: &str, locale: &str) -> Reservation {
        self.app.reserve(key, &robe(name, locale)).await.json()
    }

    /// What staff do with every reservation that holds pieces.
    async fn act(&self, action: &str) {
        let cookie = self.app.sign_in(LOGIN, PASSWORD).await;
        for store in ["FR-NTE", "FR-PAR"] {
            let path = format!("/admin/v1/reservations?store={store}");
            for one in self.app.get_with(&cookie, &path).await.json::<StaffReservations>().items {
                let path = format!("/admin/v1/reservations/{}/actions", one.id);
                let done = self.app.send_with(&cookie, "POST", &path, action).await;
                assert_eq!(done.status, 200, "{}", done.text());
            }
        }
    }

    /// The messages that are sent now.
    async fn sent(&self) -> Vec<Eml> {
        deliver_due(self.app.app()).await.unwrap();
        let mut sent = Vec::new();
        for file in std::fs::read_dir(self.folder.path()).unwrap() {
            let path = file.unwrap().path();
            sent.push(Eml(std::fs::read_to_string(&path).unwrap()));
            std::fs::remove_file(path).unwrap();
        }
        sent
    }

    async fn one(&self) -> Eml {
        let mut sent = self.sent().await;
        assert_eq!(sent.len(), 1);
        sent.remove(0)
    }
}

/// A message as it goes over the wire.
#[derive(Debug)]
pub(crate) struct Eml(pub(crate) String);

impl Eml {
    pub(crate) fn head(&self) -> &str {
        self.0.split_once("\r\n\r\n").unwrap().0
    }

    /// What is behind the first `Content-Type` of this kind, undone from how it is written for the wire.
    fn part(&self, kind: &str) -> Vec<u8> {
        use base64::Engine as _;
        let (_, rest) =
            self.0.split_once(&format!("Content-Type: {kind}")).unwrap_or_else(|| panic!("no {kind}"));
        let (head, rest) = rest.split_once("\r\n\r\n").unwrap();
        let body = rest.split_once("\r\n--").unwrap().0;
        if head.contains("base64") {
            let text: String = body.split_whitespace().collect();
            return base64::prelude::BASE64_STANDARD.decode(text).unwrap();
        }
        let joined = body.replace("=\r\n", "");
        let mut out = Vec::new();
        let mut bytes = joined.bytes();
        while let Some(byte) = bytes.next() {
            if byte == b'=' && head.contains("quoted-printable") {
                let hex = [bytes.next().unwrap(), bytes.next().unwrap()];
                out.push(u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap());
            } else {
                out.push(byte);
            }
        }
        out
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.part("text/plain")).unwrap().replace("\r\n", "\n")
    }

    fn html(&self) -> String {
        String::from_utf8(self.part("text/html")).unwrap()
    }
}

fn spaced(made: &Reservation) -> String {
    format!("{} {}", &made.pickup_code[..4], &made.pickup_code[4..])
}

#[tokio::test]
async fn a_reservation_in_french() {
    let shop = Shop::new().await;
    let made = shop.reserve("idempotency-0001", "Zoé", "fr-FR").await;
    let asked = shop.one().await;
    let text = asked.text();
    assert!(text.starts_with("Votre demande est chez Maison Nantes\n\nBonjour Zoé,\n"), "{text}");
    assert!(text.contains("Réponse au plus tard : aujourd’hui, samedi 21 novembre 2026, 14:30."), "{text}");
    assert!(text.contains("- Robe <i>Augustine · Taille 38 · Écru · 129,00\u{a0}€"), "{text}");
    assert!(!text.contains(&spaced(&made)), "nothing to fetch yet");
    let head = asked.head();
    assert!(head.contains("From: Maison <no-reply@maison.example>"), "{head}");
    assert!(head.contains("<zoe@example.com>") && head.contains("Auto-Submitted: auto-generated"), "{head}");
    // Too late for today: the store is closed on Sunday.
    shop.app.clock.advance_hours(3);
    shop.act(r#"{"action":"accept"}"#).await;
    let accepted = shop.one().await;
    let text = accepted.text();
    assert!(
        text.contains("À retirer\u{a0}: aujourd’hui, samedi 21 novembre 2026, à partir de 12:00"),
        "{text}"
    );
    assert!(text.contains("Jusqu’au\u{a0}: mardi 24 novembre 2026, 19:00"), "{text}");
    assert!(text.contains("dimanche 22 novembre 2026\u{a0}: Fermé"), "{text}");
    assert!(text.contains("12, rue Crébillon, 44000 Nantes"), "{text}");
    assert_eq!(&accepted.part("image/png")[1..4], b"PNG");
    assert!(accepted.html().contains("src=\"cid:bars@devanture\""));
    assert!(String::from_utf8(accepted.part("text/calendar")).unwrap().contains("BEGIN:VEVENT"));
    shop.app.clock.advance_hours(24);
    shop.act(r#"{"action":"mark_ready"}"#).await;
    let ready = shop.one().await;
    let text = ready.text();
    assert!(text.contains(&format!("Votre code de retrait : {}", spaced(&made))), "{text}");
    assert!(text.contains("En magasin"), "{text}");
    let (_, link) = text.split_once("http://localhost:4870").unwrap();
    let token = link.lines().next().unwrap().rsplit_once('/').unwrap().1;
    let path = format!("/v1/reservations/{token}");
    assert_eq!(shop.app.get(&path).await.json::<Reservation>().pickup_code, made.pickup_code);
    shop.act(r#"{"action":"cancel"}"#).await;
    let text = shop.one().await.text();
    assert!(text.starts_with("Votre réservation est annulée\n") && !text.contains(&spaced(&made)), "{text}");
}

#[tokio::test]
async fn tomorrow_from_ten_in_english() {
    let shop = Shop::new().await;
    // 20:00 on Monday.
    shop.app.clock.advance_hours(2 * 24 + 9);
    shop.reserve("idempotency-0001", "Ann", "en-GB").await;
    let text = shop.one().await.text();
    assert!(text.starts_with("Your request is with Maison Nantes\n\nHello Ann,\n"), "{text}");
    assert!(text.contains("by tomorrow, Tuesday 24 November 2026, 12:00."), "{text}");
    shop.act(r#"{"action":"accept"}"#).await;
    let text = shop.one().await.text();
    assert!(text.contains("Pick it up: tomorrow, Tuesday 24 November 2026, from 11:00"), "{text}");
    assert!(text.contains("· Size 38 · Écru · €129.00"), "{text}");
}

#[tokio::test]
async fn passed_on_then_refused_then_expired() {
    let shop = Shop::new().await;
    shop.reserve("idempotency-0001", "Zoé", "fr").await;
    shop.sent().await;
    // Nantes refuses, then Paris in the same round.
    shop.act(r#"{"action":"refuse","refusal":"sold"}"#).await;
    let sent = shop.sent().await;
    let mut subjects: Vec<_> =
        sent.iter().map(|mail| mail.text().lines().next().unwrap().to_owned()).collect();
    subjects.sort();
    assert_eq!(subjects, ["Maison \"Rivoli\" n’a pas l’article", "Nous avons demandé à Maison \"Rivoli\""]);
    shop.app.clock.advance_seconds(60);
    shop.app.count(&[("ROBE-38", "FR-NTE", 5)]).await;
    shop.reserve("idempotency-0002", "Zoé", "fr").await;
    shop.sent().await;
    shop.app.clock.advance_hours(200);
    shop.app.settle().await;
    let text = shop.one().await.text();
    assert!(text.starts_with("Votre réservation est terminée\n"), "{text}");
}

#[tokio::test]
async fn sent_by_the_warehouse_to_the_store_that_was_chosen() {
    let shop = Shop::new().await;
    let mut repository = shop.app.database().write().await.unwrap();
    let warehouse = Warehouse { code: "WEB".to_owned(), name: "Entrepôt".to_owned() };
    repository.put_warehouse("maison", &warehouse).await.unwrap();
    repository.save().await.unwrap();
    shop.app.refresh().await;
    shop.app.count(&[("ROBE-38", "FR-PAR", 0), ("ROBE-38", "WEB", 1)]).await;
    shop.reserve("idempotency-0001", "Zoé", "en").await;
    shop.sent().await;
    shop.act(r#"{"action":"refuse","refusal":"sold"}"#).await;
    let text = shop.one().await.text();
    assert!(text.starts_with("We have asked our warehouse\n"), "{text}");
    assert!(
        text.contains("Our warehouse has them, keeps them for you and will send them to Maison Nantes."),
        "{text}"
    );
    let cookie = shop.app.sign_in(LOGIN, PASSWORD).await;
    let list = shop.app.get_with(&cookie, "/admin/v1/reservations?store=WEB").await;
    let path = format!("/admin/v1/reservations/{}/actions", list.json::<StaffReservations>().items[0].id);
    let sent = shop.app.send_with(&cookie, "POST", &path, r#"{"action":"accept"}"#).await;
    assert_eq!(sent.status, 200);
    let mail = shop.one().await;
    let text = mail.text();
    assert!(text.starts_with("Your items are on their way to Maison Nantes\n"), "{text}");
    assert!(
        !text.contains("Until") && !mail.html().contains("data:image/png"),
        "nothing to fetch yet: {text}"
    );
    shop.app.send_with(&cookie, "POST", &path, r#"{"action":"mark_ready"}"#).await;
    let text = shop.one().await.text();
    assert!(text.starts_with("Ready for you at Maison Nantes\n") && text.contains("Until"), "{text}");
}

#[tokio::test]
async fn names_are_text_and_no_markup() {
    let shop = Shop::new().await;
    shop.reserve("idempotency-0001", "Zoé <script>alert(1)</script> \\\"x\\\"", "en").await;
    let mail = shop.one().await;
    let html = mail.html();
    assert!(!html.contains("<script") && html.contains("Zoé &lt;script&gt;alert(1)"), "{html}");
    assert!(!html.contains("<i>") && html.contains("Robe &lt;i&gt;Augustine"), "{html}");
    // One header, whatever the name.
    assert_eq!(mail.head().matches("\r\nTo: ").count(), 1);
}

#[tokio::test]
async fn who_is_erased_or_gave_no_address_is_not_written_to() {
    let shop = Shop::new().await;
    let phone_only = robe("Paul", "fr").replace(r#""email":"zoe@example.com""#, r#""phone":"0612345678""#);
    shop.app.reserve("idempotency-0001", &phone_only).await;
    let made = shop.reserve("idempotency-0002", "Zoé", "fr").await;
    let path = format!("/v1/reservations/{}", made.token);
    shop.app.send("DELETE", &path, &[("devanture-key", KEY)], "").await;
    let mut repository = shop.app.database().write().await.unwrap();
    assert_eq!(repository.erase_reservers(i64::MAX, i64::MIN).await.unwrap(), 1);
    repository.save().await.unwrap();
    assert_eq!(shop.sent().await.len(), 0);
    let mut repository = shop.app.database().read().await.unwrap();
    assert_eq!(repository.outbox("maison", 9).await.unwrap(), [], "done with");
}

#[tokio::test]
async fn settings_that_cannot_be() {
    let refused = |location: &str, from: &str| Mailer::new(location, from).unwrap_err().to_string();
    let from = "no-reply@maison.example";
    assert!(refused("smtp://mail.example:587", from).contains("?tls=required"));
    assert!(refused("smtp://mail.example:587?tls=opportunistic", from).contains("?tls=required"));
    assert!(refused("imap://mail.example", from).contains("smtps://"));
    assert!(refused("file:/nowhere/at/all", from).contains("/nowhere/at/all"));
    assert!(refused("smtps://mail.example", "nobody").contains("sender"));
    let mailer = Mailer::new("smtps://me:secret@mail.example", from).unwrap();
    assert!(!format!("{mailer:?}").contains("secret"));
    assert!(Mailer::new("smtp://127.0.0.1:2525", from).is_ok());
}

/// What a mail server was given: who writes to whom, and the message.
#[derive(Debug, Default)]
struct Given {
    from: String,
    to: Vec<String>,
    message: String,
}

/// A mail server. Of those who are written to, the next is answered by the first of `answers`, and later ones are fine.
async fn mail_server(answers: &[&'static str]) -> (String, Arc<Mutex<Vec<Given>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let location = format!("smtp://{}", listener.local_addr().unwrap());
    let taken = Arc::<Mutex<Vec<Given>>>::default();
    let (seen, mut answers) = (Arc::clone(&taken), VecDeque::from(answers.to_vec()));
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let mut stream = BufReader::new(stream);
            stream.write_all(b"220 mail.example\r\n").await.unwrap();
            let (mut line, mut given) = (String::new(), Given::default());
            while stream.read_line(&mut line).await.is_ok_and(|read| read > 0) {
                let said = std::mem::take(&mut line);
                let mut answer = "250 fine";
                if let Some(from) = said.strip_prefix("MAIL FROM:") {
                    given = Given { from: from.trim().to_owned(), ..Given::default() };
                } else if let Some(to) = said.strip_prefix("RCPT TO:") {
                    answer = answers.pop_front().unwrap_or(answer);
                    given.to.push(to.trim().to_owned());
                } else if said.starts_with("DATA") {
                    stream.write_all(b"354 go on\r\n").await.unwrap();
                    while stream.read_line(&mut line).await.unwrap() > 0 && line != ".\r\n" {
                        // A point at the beginning of a line is sent twice.
                        given.message.push_str(line.strip_prefix('.').unwrap_or(&line));
                        line.clear();
                    }
                    line.clear();
                    seen.lock().unwrap().push(std::mem::take(&mut given));
                } else if said.starts_with("QUIT") {
                    answer = "221 bye";
                }
                stream.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
            }
        }
    });
    (location, taken)
}

#[tokio::test]
async fn a_mail_server_is_given_it_once_and_again_when_it_was_busy() {
    let (location, taken) = mail_server(&["451 4.3.0 try again"]).await;
    let shop = Shop::with_mail_to(&location, tempfile::tempdir().unwrap()).await;
    shop.reserve("idempotency-0001", "Zoé", "en").await;
    assert_eq!(deliver_due(shop.app.app()).await.unwrap(), 1);
    assert!(taken.lock().unwrap().is_empty(), "it was busy");
    shop.app.clock.advance_seconds(60);
    for attempts in [1, 0] {
        assert_eq!(deliver_due(shop.app.app()).await.unwrap(), attempts);
        shop.app.clock.advance_seconds(3600);
    }
    let given = std::mem::take(&mut *taken.lock().unwrap());
    let [given] = &given[..] else { panic!("{given:?}") };
    assert_eq!(
        (&*given.from, &given.to[..]),
        ("<no-reply@maison.example>", &["<zoe@example.com>".to_owned()][..])
    );
    let mail = Eml(given.message.clone());
    assert!(mail.head().contains("\r\nSubject: "), "{}", mail.head());
    let text = mail.text();
    assert!(text.starts_with("Your request is with Maison Nantes\n\nHello Zoé,\n"), "{text}");
}

/// One that takes nothing for this person, and says their address in its answer.
#[tokio::test]
async fn what_a_mail_server_refuses_is_told_without_the_address() {
    let (location, _) = mail_server(&["550 5.1.1 <zoe@example.com> is unknown here"]).await;
    let mailer = Mailer::new(&location, "no-reply@maison.example").unwrap();
    let message = lettre::Message::builder()
        .from("no-reply@maison.example".parse().unwrap())
        .to("zoe@example.com".parse().unwrap())
        .body(String::new())
        .unwrap();
    let refused = mailer.send(message).await.unwrap_err();
    assert_eq!(refused, crate::outbox::Failed::for_good("the mail server answered 550"));
}
