//! The server is down while a reservation's time runs out: once it is back, it deals with it by itself.

use std::{thread, time::Duration};

use devanture_domain::reservation::{Action, Actor};
use devanture_storage::Act;

use crate::support::{Instance, Shop, TENANT, ask, reserve};

/// Only a failure takes so long.
const PATIENCE: u32 = 200;

#[tokio::test]
async fn what_ran_out_meanwhile_ends() {
    let directory = tempfile::tempdir().unwrap();
    let shop = Shop::open(&directory.path().join("test.db").display().to_string(), 10).await;
    let server = shop.serve();
    let made: Vec<_> = (0..3).map(|n| reserve(&server.address, &shop.store, n).unwrap().body).collect();
    let text = |n: usize, field: &str| made[n][field].as_str().unwrap().to_owned();
    drop(server);
    // Two were accepted, of which one could be fetched until long ago; the third has not been answered yet.
    for (n, due_at) in [(0, 1), (1, i64::MAX)] {
        let mut repository = shop.database.write().await.unwrap();
        let at = made[n]["created_at"].as_i64().unwrap();
        let (action, by) = (Action::Accept, Actor::Staff);
        let act = Act { leg: None, action, by, staff_id: None, refusal: None, due_at: Some(due_at), at };
        repository.act(TENANT, &text(n, "id"), &act).await.unwrap().unwrap();
        repository.save().await.unwrap();
    }
    let states = |server: &Instance| {
        [0, 1, 2].map(|n| {
            let path = format!("GET /v1/reservations/{}", text(n, "token"));
            let told = ask(&server.address, &path, "", "").unwrap();
            told.body["state"].as_str().unwrap().to_owned()
        })
    };
    let server = shop.serve();
    let mut waited = 0;
    while states(&server)[0] == "accepted" && waited < PATIENCE {
        thread::sleep(Duration::from_millis(50));
        waited += 1;
    }
    assert_eq!(states(&server), ["no_show", "accepted", "requested"]);
    assert_eq!(shop.level().await, (10, 2), "its piece is free again");
}
