use std::{io::Cursor, sync::Arc};

use axum::body::Body;
use devanture_api::{review::ReviewPhoto, staff_review::ReviewRequestsMade};
use devanture_domain::{
    review::{About, Checked, Rating},
    staff::KeyScope,
};
use devanture_storage::ImportedReview;
use image::{DynamicImage, ImageFormat};
use object_store::memory::InMemory;
use serde_json::{Value, json};

use super::super::tests::{body, office, requests};
use crate::{
    Config,
    endpoints::reviews::tests::published,
    testing::{KEY, TestApp},
};

fn taken_over(n: u32) -> ImportedReview {
    ImportedReview {
        source_id: n.to_string(),
        about: About::Product,
        subject: "ROBE".to_owned(),
        rating: Rating::ALL[4],
        title: None,
        body: format!("Repris {n}."),
        language: "fr".to_owned(),
        fit: None,
        size: None,
        checked: Checked::Not,
        incentive: None,
        experienced_on: None,
        published_at: 0,
        author: None,
        points: Vec::new(),
        votes: (0, 0),
        answer: None,
    }
}

async fn photo(app: &TestApp) -> ReviewPhoto {
    let mut picture = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(640, 480).write_to(&mut picture, ImageFormat::Png).unwrap();
    let headers = [("devanture-key", KEY)];
    app.send_body("POST", "/v1/review-photos", &headers, Body::from(picture.into_inner())).await.json()
}

/// More than are read at once, of which one is by a link with an incentive, and one has an author's name.
#[tokio::test]
async fn the_feed_is_full_and_marked() {
    let config = Config { media: Some(Arc::new(InMemory::new())), ..Config::default() };
    let (app, cookie) = office(TestApp::with_config(config).await).await;
    let made = app.send_with(&cookie, "POST", "/admin/v1/reviews/requests", &requests(&Value::Null)).await;
    let photo = photo(&app).await;
    let mut by_link = body(1);
    by_link["link"] = json!(made.json::<ReviewRequestsMade>().items[0].link);
    by_link["photos"] = json!([photo.id]);
    let by_link = published(&app, 1, &by_link).await.review.id;
    let open = published(&app, 2, &body(2)).await.review.id;
    let others: Vec<_> = (0..501).map(taken_over).collect();
    let mut repository = app.database().write().await.unwrap();
    repository.import_reviews("maison", "avis", &others, 0).await.unwrap();
    repository.save().await.unwrap();

    let key = app.add_key(&[KeyScope::Feeds]).await;
    let answer = app.get_by_key(&key, "/admin/v1/exports/google-product-reviews").await;
    assert_eq!(
        (answer.status, answer.header("content-type").as_str()),
        (200, "application/xml; charset=utf-8")
    );
    let xml = answer.text();
    assert!(
        xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?><feed ")
            && xml.ends_with("</reviews></feed>"),
        "{xml}"
    );
    assert!(
        xml.contains("<version>2.4</version>") && xml.contains("<publisher><name>Maison</name></publisher>")
    );
    let reviews: Vec<&str> = xml.split("<review><review_id>").skip(1).collect();
    assert_eq!(reviews.len(), 503);
    let of = |id: &str| *reviews.iter().find(|review| review.starts_with(id)).unwrap();
    let verified = "<is_verified_purchase>true</is_verified_purchase>\
                    <is_incentivized_review>true</is_incentivized_review><review_timestamp>";
    assert!(of(&by_link).contains(verified), "{}", of(&by_link));
    let images = format!(
        "<reviewer_images><reviewer_image><url>{}</url></reviewer_image></reviewer_images><ratings>",
        photo.url
    );
    assert!(of(&by_link).contains(&images), "{} in {}", images, of(&by_link));
    for part in [
        "</review_id><reviewer><name>Zoé</name></reviewer><is_verified_purchase>false</is_verified_purchase>\
         <is_incentivized_review>false</is_incentivized_review>\
         <review_timestamp>2026-11-21T10:00:00+00:00</review_timestamp>",
        "avis sur cette robe &amp; sa coupe.</content>",
        "<overall min=\"1\" max=\"5\">3</overall>",
        "<brand>Lin &amp; Co</brand>",
        "<product_url>https://shop.example/ROBE</product_url>",
    ] {
        assert!(of(&open).contains(part), "{part} in {}", of(&open));
    }
    let anonymous = "<reviewer><name is_anonymous=\"true\">Anonymous</name></reviewer>\
                     <is_verified_purchase>false</is_verified_purchase>";
    let unnamed = reviews.iter().filter(|review| review.contains(anonymous)).count();
    assert_eq!((unnamed, xml.matches("<reviewer_images>").count()), (501, 1));
    assert!(!xml.contains("example.com"), "no address");
}
