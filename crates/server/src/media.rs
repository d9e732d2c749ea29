//! Photos: looked at before they are decoded, decoded and written anew, so that nothing of the file but its picture is kept.

use std::{io::Cursor, sync::Arc};

use bytes::Bytes;
use image::{
    DynamicImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits, RgbImage,
    codecs::jpeg::JpegEncoder, imageops::FilterType, metadata::Orientation,
};
use object_store::{ObjectStore, ObjectStoreExt as _, path::Path};
use tokio::sync::Semaphore;

use crate::problem::ApiError;

/// The longest file: three times what phones make.
pub(crate) const MAX_BYTES: usize = 12 * 1024 * 1024;
/// The most pixels, wide by high: a decoded picture has three bytes for each.
const MAX_PIXELS: u64 = 40_000_000;
const MAX_SIDE: u32 = 12_000;
/// What a decoder may ask for beside.
const MAX_ALLOC: u64 = 256 * 1024 * 1024;
/// The longer side of what is kept.
const LARGE: u32 = 1600;
const SMALL: u32 = 320;
const QUALITY: u8 = 82;
/// Decoding takes up to a quarter of a gigabyte each.
const AT_ONCE: usize = 2;

/// Where photos are kept.
pub(crate) struct Media {
    store: Arc<dyn ObjectStore>,
    decoding: Arc<Semaphore>,
}

/// A photo that was decoded and written anew.
pub(crate) struct Taken {
    pub(crate) large: Vec<u8>,
    pub(crate) small: Vec<u8>,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

impl Media {
    pub(crate) fn new(store: Arc<dyn ObjectStore>) -> Self {
        Self { store, decoding: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Decodes a picture and writes it anew.
    pub(crate) async fn take(&self, bytes: Bytes) -> Result<Taken, ApiError> {
        let format = format(&bytes)?;
        let permit = Arc::clone(&self.decoding).acquire_owned().await.map_err(|_| ApiError::unavailable())?;
        let taken = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            decode(&bytes, format).and_then(|picture| redraw(&picture))
        });
        taken.await.map_err(|error| {
            tracing::error!(%error, "a photo was not decoded");
            ApiError::internal()
        })?
    }

    /// Keeps both sizes.
    pub(crate) async fn put(&self, id: &str, taken: Taken) -> Result<(), ApiError> {
        for (size, bytes) in [("large", taken.large), ("small", taken.small)] {
            self.store.put(&path(id, size), bytes.into()).await.map_err(failed)?;
        }
        Ok(())
    }

    /// One size; `None` where it is not there.
    pub(crate) async fn get(&self, id: &str, size: &str) -> Result<Option<Bytes>, ApiError> {
        let found = match self.store.get(&path(id, size)).await {
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            found => found.map_err(failed)?,
        };
        found.bytes().await.map(Some).map_err(failed)
    }

    /// Deletes both sizes; what is not there any more is as well.
    pub(crate) async fn delete(&self, id: &str) -> Result<(), ApiError> {
        for size in ["large", "small"] {
            match self.store.delete(&path(id, size)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(failed(error)),
            }
        }
        Ok(())
    }
}

/// Ids are letters and digits, drawn here.
fn path(id: &str, size: &str) -> Path {
    Path::from(format!("reviews/{id}/{size}.jpg"))
}

#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` gives")]
fn failed(error: object_store::Error) -> ApiError {
    tracing::error!(%error, "photos cannot be kept or read");
    ApiError::unavailable()
}

/// What it is by its first bytes, whatever it is called.
fn format(bytes: &[u8]) -> Result<ImageFormat, ApiError> {
    let refused = |detail: &'static str| Err(ApiError::unsupported_type("body", detail));
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Ok(ImageFormat::Jpeg),
        [0x89, b'P', b'N', b'G', ..] => Ok(ImageFormat::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(ImageFormat::WebP),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => {
            refused("HEIC and AVIF are not read; send JPEG, which phones call the most compatible format")
        }
        [b'P', b'K', ..] | [0x1f, 0x8b, ..] => refused("an archive is no picture; send JPEG, PNG or WebP"),
        _ if bytes.trim_ascii_start().starts_with(b"<") || bytes.starts_with(b"\xef\xbb\xbf<") => {
            refused("SVG and other documents are not read; send JPEG, PNG or WebP")
        }
        _ => refused("send JPEG, PNG or WebP"),
    }
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, ApiError> {
    if format == ImageFormat::Jpeg && !is_whole_jpeg(bytes) {
        return Err(ApiError::photo_unreadable("The file ends before the picture does; send it again."));
    }
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOC);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| unreadable(&error))?;
    // The header says this; nothing is decoded yet.
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(too_many(width, height));
    }
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| unreadable(&error))?;
    picture.apply_orientation(turned);
    Ok(picture)
}

fn unreadable(error: &ImageError) -> ApiError {
    match error {
        ImageError::Limits(_) => {
            ApiError::photo_too_large("It has too many pixels; send at most 40 million.")
        }
        _ => ApiError::photo_unreadable("It is damaged or cut off; send it again, or save it anew as JPEG."),
    }
}

fn too_many(width: u32, height: u32) -> ApiError {
    ApiError::photo_too_large(format!("It is {width} × {height} pixels; send at most 40 million."))
}

/// Whether the picture's end is there: decoders fill what is missing with grey.
fn is_whole_jpeg(bytes: &[u8]) -> bool {
    let mut rest = &bytes[2..];
    // Up to where the picture begins, each segment says how long it is; a thumbnail within has an end of its own.
    loop {
        match rest {
            [0xff, 0xda, scan @ ..] => return scan.windows(2).any(|pair| pair == [0xff, 0xd9]),
            [0xff, 0xff, ..] => rest = &rest[1..],
            [0xff, _, high, low, ..] => {
                let length = 2 + usize::from(u16::from_be_bytes([*high, *low]));
                match rest.get(length..) {
                    Some(after) => rest = after,
                    None => return false,
                }
            }
            _ => return false,
        }
    }
}

fn redraw(picture: &DynamicImage) -> Result<Taken, ApiError> {
    let large = within(picture, LARGE);
    let small = within(&DynamicImage::ImageRgb8(large.clone()), SMALL);
    Ok(Taken { width: large.width(), height: large.height(), large: jpeg(&large)?, small: jpeg(&small)? })
}

/// At most so long on its longer side, on white where it is not opaque.
fn within(picture: &DynamicImage, side: u32) -> RgbImage {
    let scaled;
    let picture = if picture.width().max(picture.height()) > side {
        scaled = picture.resize(side, side, FilterType::Triangle);
        &scaled
    } else {
        picture
    };
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let mut out = RgbImage::new(picture.width(), picture.height());
    for (to, from) in out.pixels_mut().zip(picture.to_rgba8().pixels()) {
        let [red, green, blue, alpha] = from.0.map(u16::from);
        let on_white =
            |colour: u16| u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX);
        to.0 = [on_white(red), on_white(green), on_white(blue)];
    }
    out
}

fn jpeg(picture: &RgbImage) -> Result<Vec<u8>, ApiError> {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, QUALITY).encode_image(picture).map_err(|error| {
        tracing::error!(%error, "a photo cannot be written");
        ApiError::internal()
    })?;
    Ok(out)
}
