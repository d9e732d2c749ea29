use std::{io::Cursor, sync::Arc};

use axum::body::Body;
use devanture_api::{
    review::{OwnReview, ReviewPhoto},
    staff_review::{StaffReview, StaffReviewDetails},
};
use devanture_domain::{review::Action, staff::Role};
use image::{DynamicImage, ImageFormat, RgbImage, RgbaImage};
use object_store::memory::InMemory;
use serde_json::json;

use crate::{
    Config,
    endpoints::reviews::tests::{prepared, published, write},
    testing::{Answer, KEY, LOGIN, PASSWORD, TestApp},
};

async fn app() -> TestApp {
    let config = Config { media: Some(Arc::new(InMemory::new())), ..Config::default() };
    prepared(TestApp::with_config(config).await, true).await
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// Left red, right blue.
fn halves(width: u32, height: u32) -> DynamicImage {
    let colour = |x, _| image::Rgb(if x < width / 2 { [220, 20, 20] } else { [20, 20, 220] });
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, colour))
}

async fn upload(app: &TestApp, bytes: Vec<u8>) -> Answer {
    app.send_body("POST", "/v1/review-photos", &[("devanture-key", KEY)], Body::from(bytes)).await
}

fn review_with(photos: &[&str]) -> serde_json::Value {
    json!({
        "product": "ROBE", "rating": 5, "body": "Avec des photos de près.", "author": "Zoé",
        "experienced_on": "2026-11-03", "locale": "fr", "photos": photos,
    })
}

/// An APP1 segment with an orientation and a place, as phones write it, behind the file's first two bytes.
fn with_exif(jpeg: &[u8]) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.extend_from_slice(b"GPS 47.2131,-1.5606");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}

#[tokio::test]
async fn drawn_anew_turned_and_without_where_it_was_taken() {
    let app = app().await;
    let answer = upload(&app, with_exif(&encoded(&halves(2000, 1000), ImageFormat::Jpeg))).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let photo: ReviewPhoto = answer.json();
    assert_eq!((photo.width, photo.height), (800, 1600), "turned by its orientation and scaled");
    let path = photo.url.strip_prefix(&Config::default().public_url).unwrap().to_owned();
    app.get_plain(&path).await.problem(404, "not_found");
    let own = published(&app, 1, &review_with(&[&photo.id])).await;
    assert_eq!(own.review.photos, std::slice::from_ref(&photo));
    let shown = app.get_plain(&path).await;
    assert_eq!((shown.status, shown.header("content-type").as_str()), (200, "image/jpeg"));
    let text = String::from_utf8_lossy(&shown.body).into_owned();
    assert!(!text.contains("Exif") && !text.contains("GPS"));
    let picture = image::load_from_memory(&shown.body).unwrap().to_rgb8();
    assert_eq!(picture.dimensions(), (800, 1600));
    assert!(
        picture.get_pixel(400, 100)[0] > 150 && picture.get_pixel(400, 1500)[2] > 150,
        "red is above now"
    );
    let small = app.get_plain(&path.replace("large", "small")).await;
    assert_eq!(image::load_from_memory(&small.body).unwrap().to_rgb8().dimensions(), (160, 320));
    app.get_plain(&path.replace("large", "huge")).await.problem(404, "not_found");
    write(&app, 2, &review_with(&[&photo.id])).await.problem(400, "invalid_input");
}

#[tokio::test]
async fn what_is_no_whole_photo_is_refused() {
    let app = app().await;
    let jpeg = encoded(&halves(400, 300), ImageFormat::Jpeg);
    let png = encoded(&halves(400, 300), ImageFormat::Png);
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
    let cases = [
        (jpeg[..jpeg.len() / 2].to_vec(), 422, "photo_unreadable", "send it again"),
        (png[..png.len() / 2].to_vec(), 422, "photo_unreadable", "send it again"),
        (with_exif(&jpeg)[..60].to_vec(), 422, "photo_unreadable", "ends before"),
        ([&png[..40], &[7; 200], &png[40..]].concat(), 422, "photo_unreadable", "damaged"),
        (svg, 415, "unsupported_type", "SVG"),
        (heic, 415, "unsupported_type", "HEIC"),
        (b"PK\x03\x04".to_vec(), 415, "unsupported_type", "archive"),
        (b"GIF89a".to_vec(), 415, "unsupported_type", "JPEG, PNG or WebP"),
        (Vec::new(), 415, "unsupported_type", "JPEG, PNG or WebP"),
        (vec![0xff, 0xd8, 0xff], 422, "photo_unreadable", "ends before"),
        (vec![0; 13 * 1024 * 1024], 413, "photo_too_large", "12 MB"),
    ];
    for (bytes, status, code, says) in cases {
        let first: Vec<u8> = bytes.iter().take(12).copied().collect();
        let problem = upload(&app, bytes).await.problem(status, code);
        assert!(problem.detail.unwrap_or_default().contains(says), "{first:?}");
    }
}

/// 20,000 × 20,000 pixels in some 50 KB: it would be 1.2 GB.
#[tokio::test]
async fn a_bomb_is_not_decoded() {
    let app = app().await;
    let mut bomb = Vec::new();
    let mut encoder = png::Encoder::new(&mut bomb, 20_000, 20_000);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&vec![0; 2_500 * 20_000]).unwrap();
    writer.finish().unwrap();
    assert!(bomb.len() < 200_000, "{}", bomb.len());
    upload(&app, bomb).await.problem(413, "photo_too_large");
    // Within each side, and too many all together.
    let mut wide = Vec::new();
    let mut encoder = png::Encoder::new(&mut wide, 11_000, 4_000);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&vec![0; 1_375 * 4_000]).unwrap();
    writer.finish().unwrap();
    let problem = upload(&app, wide).await.problem(413, "photo_too_large");
    assert!(problem.detail.unwrap().contains("11000 × 4000"));
}

#[tokio::test]
async fn what_shines_through_is_white() {
    let app = app().await;
    let clear = DynamicImage::ImageRgba8(RgbaImage::from_pixel(50, 40, image::Rgba([0, 0, 0, 0])));
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let photo: ReviewPhoto = upload(&app, encoded(&clear, format)).await.json();
        let bytes = app.app().media().unwrap().get(&photo.id, "large").await.unwrap().unwrap();
        let picture = image::load_from_memory(&bytes).unwrap().to_rgb8();
        assert!(picture.get_pixel(20, 20).0.iter().all(|colour| *colour > 250), "{format:?}");
    }
}

#[tokio::test]
async fn head_office_sees_those_that_wait_and_nobody_those_that_are_gone() {
    let app = app().await;
    app.add_staff("maison", LOGIN, Role::HeadOffice, &[]).await;
    let cookie = app.sign_in(LOGIN, PASSWORD).await;
    let photo: ReviewPhoto = upload(&app, encoded(&halves(64, 64), ImageFormat::Jpeg)).await.json();
    let own: OwnReview = write(&app, 1, &review_with(&[&photo.id])).await.json();
    let path = photo.url.strip_prefix(&Config::default().public_url).unwrap().to_owned();
    app.get_plain(&path).await.problem(404, "not_found");
    let seen = app.get_with(&cookie, &path).await;
    assert_eq!((seen.status, seen.header("cache-control").as_str()), (200, "private, no-store"));
    let gone =
        app.send("DELETE", &format!("/v1/reviews/own/{}", own.token), &[("devanture-key", KEY)], "").await;
    assert_eq!(gone.status, 200);
    crate::jobs::forget_photos(app.app()).await.unwrap();
    app.get_with(&cookie, &path).await.problem(404, "not_found");
    assert_eq!(app.app().media().unwrap().get(&photo.id, "large").await.unwrap(), None);
}

#[tokio::test]
async fn one_of_two_is_refused_for_good() {
    let app = app().await;
    app.add_staff("maison", LOGIN, Role::HeadOffice, &[]).await;
    let cookie = app.sign_in(LOGIN, PASSWORD).await;
    let first: ReviewPhoto = upload(&app, encoded(&halves(64, 64), ImageFormat::Jpeg)).await.json();
    let second: ReviewPhoto = upload(&app, encoded(&halves(80, 64), ImageFormat::Jpeg)).await.json();
    let own = published(&app, 1, &review_with(&[&first.id, &second.id])).await;
    let review = format!("/admin/v1/reviews/{}", own.review.id);
    let read: StaffReviewDetails = app.get_with(&cookie, &review).await.json();
    let path = |photo: &str| format!("{review}/photos/{photo}/refusal");
    let refusal = |number: i64| json!({"reason": "personal_data", "number": number}).to_string();
    let number = read.review.number;
    let unread = app.send_with(&cookie, "POST", &path(&first.id), &refusal(number - 1)).await;
    unread.problem(409, "changed_meanwhile");
    app.send_with(&cookie, "POST", &path("none"), &refusal(number)).await.problem(404, "review_not_found");

    let left: StaffReview = app.send_with(&cookie, "POST", &path(&first.id), &refusal(number)).await.json();
    assert_eq!(left.review.photos, std::slice::from_ref(&second));
    assert_eq!(left.state, read.review.state, "the review stands where it stood");
    let shown =
        |photo: &ReviewPhoto| photo.url.strip_prefix(&Config::default().public_url).unwrap().to_owned();
    app.get_plain(&shown(&first)).await.problem(404, "not_found");
    assert_eq!(app.get_plain(&shown(&second)).await.status, 200);
    assert_eq!(app.app().media().unwrap().get(&first.id, "large").await.unwrap(), None);
    let after: StaffReviewDetails = app.get_with(&cookie, &review).await.json();
    assert_eq!(after.trail.last().map(|step| step.action), Some(Action::RemovePhoto));
}

#[tokio::test]
async fn without_a_place_for_them_none_are_taken() {
    let app = prepared(TestApp::new().await, true).await;
    upload(&app, encoded(&halves(64, 64), ImageFormat::Jpeg)).await.problem(503, "unavailable");
}
