//! What the console asks of the server, and how its answers are told apart.

pub(crate) mod charts;
pub(crate) mod reviews;

use devanture_api::{
    admin::{StaffAction, StaffReservation, StaffReservations, StaffStores},
    problem::code,
    routes::admin,
    staff::{Session, SignIn},
    staff_order::{StaffOrder, StaffOrderRequest},
    staff_stock::{CountedStock, StaffStock, StaffVariant, StockCount},
    staff_store::{OwnField, StaffStoreDetails, StaffStoreEdit},
};
use devanture_ui::js::encode;
use serde::{Deserialize, de::DeserializeOwned};

use crate::net::{self, Reply, Request, Unreachable};

/// Why there is no answer to go by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No connection, or no answer in time: worth trying again.
    Unreachable,
    /// The server is not able to answer now, or wants to be asked later: worth trying again.
    Busy,
    /// The session has ended.
    SignedOut,
    /// The server said no, by this code of [`code`], and after so many seconds perhaps not any more.
    Refused { code: String, retry_after: Option<u32> },
}

impl From<Unreachable> for Failure {
    fn from(_: Unreachable) -> Self {
        Self::Unreachable
    }
}

/// A list, or that it is as it was.
pub(crate) enum Listed {
    New { list: StaffReservations, etag: Option<String> },
    Same,
}

/// Who is signed in.
pub(crate) async fn session() -> Result<Session, Failure> {
    read(&net::send(Request::get(admin::SESSION.to_owned())).await?)
}

/// Signs in.
pub(crate) async fn sign_in(body: &SignIn) -> Result<Session, Failure> {
    read(&net::send(write("POST", admin::SESSION.to_owned(), body)).await?)
}

/// Signs out.
pub(crate) async fn sign_out() -> Result<(), Failure> {
    let mut request = Request::get(admin::SESSION.to_owned());
    request.method = "DELETE";
    let reply = net::send(request).await?;
    if reply.status < 300 { Ok(()) } else { Err(failure(&reply)) }
}

/// The stores of whoever is signed in.
pub(crate) async fn stores() -> Result<StaffStores, Failure> {
    read(&net::send(Request::get(admin::STORES.to_owned())).await?)
}

/// Reservations of a store.
pub(crate) async fn reservations(store: &str, ended: bool, etag: Option<String>) -> Result<Listed, Failure> {
    let ended = if ended { "&ended=true" } else { "" };
    let mut request = Request::get(format!("{}?store={}{ended}", admin::RESERVATIONS, encode(store)));
    request.etag = etag;
    let reply = net::send(request).await?;
    if reply.status == 304 {
        return Ok(Listed::Same);
    }
    let etag = reply.etag.clone();
    Ok(Listed::New { list: read(&reply)?, etag })
}

/// Does something with a reservation.
pub(crate) async fn act(id: &str, action: &StaffAction) -> Result<StaffReservation, Failure> {
    let path = admin::RESERVATION_ACTIONS.replace("{id}", &encode(id));
    read(&net::send(write("POST", path, action)).await?)
}

/// What the store holds of what is searched for.
pub(crate) async fn stock(store: &str, typed: &str) -> Result<StaffStock, Failure> {
    let path = format!("{}?store={}&q={}", admin::STOCK, encode(store), encode(typed));
    read(&net::send(Request::get(path)).await?)
}

/// One variant, here and elsewhere.
pub(crate) async fn variant(store: &str, sku: &str) -> Result<StaffVariant, Failure> {
    let path = format!("{}?store={}&sku={}", admin::STOCK_VARIANT, encode(store), encode(sku));
    read(&net::send(Request::get(path)).await?)
}

/// Corrects a figure.
pub(crate) async fn count(count: &StockCount) -> Result<CountedStock, Failure> {
    read(&net::send(write("POST", admin::STOCK_COUNTS.to_owned(), count)).await?)
}

/// Orders something for a shopper.
pub(crate) async fn order(key: &str, order: &StaffOrderRequest) -> Result<StaffOrder, Failure> {
    let mut request = write("POST", admin::ORDERS.to_owned(), order);
    request.key = Some(key.to_owned());
    read(&net::send(request).await?)
}

/// A store's own hours and promotions.
pub(crate) async fn store(code: &str) -> Result<StaffStoreDetails, Failure> {
    read(&net::send(Request::get(of_store(admin::STORE, code))).await?)
}

/// Changes them.
pub(crate) async fn edit_store(code: &str, edit: &StaffStoreEdit) -> Result<StaffStoreDetails, Failure> {
    read(&net::send(write("PUT", of_store(admin::STORE, code), edit)).await?)
}

/// Gives a field back to head office.
pub(crate) async fn give_back(code: &str, own: OwnField) -> Result<StaffStoreDetails, Failure> {
    let path = of_store(admin::STORE_OWN, code).replace("{field}", own.as_str());
    let mut request = Request::get(path);
    request.method = "DELETE";
    read(&net::send(request).await?)
}

fn of_store(path: &str, code: &str) -> String {
    path.replace("{code}", &encode(code))
}

fn write(method: &'static str, path: String, body: &impl serde::Serialize) -> Request {
    Request { method, path, body: serde_json::to_string(body).ok(), key: None, etag: None }
}

fn read<T: DeserializeOwned>(reply: &Reply) -> Result<T, Failure> {
    if (200..300).contains(&reply.status) {
        // Something between us and the server has answered, such as the login page of a guest network.
        serde_json::from_str(&reply.body).map_err(|_| Failure::Busy)
    } else {
        Err(failure(reply))
    }
}

fn failure(reply: &Reply) -> Failure {
    #[derive(Deserialize)]
    struct Coded {
        code: String,
    }
    let coded = serde_json::from_str::<Coded>(&reply.body).map(|coded| coded.code);
    match (reply.status, coded) {
        (_, Ok(code)) if code == code::NOT_SIGNED_IN => Failure::SignedOut,
        (_, Ok(code)) if code == code::LOCKED_OUT || code == code::RATE_LIMITED => {
            Failure::Refused { code, retry_after: Some(reply.retry_after.unwrap_or(60)) }
        }
        (400..500, Ok(code)) => Failure::Refused { code, retry_after: None },
        _ => Failure::Busy,
    }
}
