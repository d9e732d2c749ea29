//! Which widget belongs to which tag, each behind its own split point.

use devanture_ui::mount::{LoadError, MountContext, Widget};
use wasm_bindgen::JsValue;

/// Loads the widget's module and mounts it.
pub(crate) async fn mount(tag: &str, context: MountContext) -> Result<Box<dyn Widget>, JsValue> {
    let context = context.ready().await?;
    let mounted = match tag {
        "devanture-size-memory" => lazy::size_memory(context).await,
        "devanture-stock-locator" => lazy::stock_locator(context).await,
        "devanture-store-locator" => lazy::store_locator(context).await,
        _ => return Err(js_sys::Error::new("no widget has this tag").into()),
    };
    mounted.map_err(|LoadError| js_sys::Error::new("a part of the widget did not load").into())
}

#[cfg(feature = "split")]
mod lazy {
    use super::{LoadError, MountContext, Widget};
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    #[wasm_split(size_memory, fallible)]
    fn mount_size_memory(context: MountContext) -> Result<Box<dyn Widget>, SplitLoaderError> {
        Ok(devanture_size_memory::mount(context))
    }

    pub(super) async fn size_memory(context: MountContext) -> Result<Box<dyn Widget>, LoadError> {
        mount_size_memory(context).await.map_err(|_| LoadError)
    }

    #[wasm_split(stock_locator, fallible)]
    fn mount_stock_locator(context: MountContext) -> Result<Box<dyn Widget>, SplitLoaderError> {
        Ok(devanture_stock_locator::mount(context))
    }

    pub(super) async fn stock_locator(context: MountContext) -> Result<Box<dyn Widget>, LoadError> {
        mount_stock_locator(context).await.map_err(|_| LoadError)
    }

    #[wasm_split(store_locator, fallible)]
    fn mount_store_locator(context: MountContext) -> Result<Box<dyn Widget>, SplitLoaderError> {
        Ok(devanture_store_locator::mount(context))
    }

    pub(super) async fn store_locator(context: MountContext) -> Result<Box<dyn Widget>, LoadError> {
        mount_store_locator(context).await.map_err(|_| LoadError)
    }
}

#[cfg(not(feature = "split"))]
mod lazy {
    use super::{LoadError, MountContext, Widget};

    #[expect(clippy::unused_async, reason = "same shape as the split build")]
    pub(super) async fn size_memory(context: MountContext) -> Result<Box<dyn Widget>, LoadError> {
        Ok(devanture_size_memory::mount(context))
    }

    #[expect(clippy::unused_async, reason = "same shape as the split build")]
    pub(super) async fn stock_locator(context: MountContext) -> Result<Box<dyn Widget>, LoadError> {
        Ok(devanture_stock_locator::mount(context))
    }

    #[expect(clippy::unused_async, reason = "same shape as the split build")]
    pub(super) async fn store_locator(context: MountContext) -> Result<Box<dyn Widget>, LoadError> {
        Ok(devanture_store_locator::mount(context))
    }
}
