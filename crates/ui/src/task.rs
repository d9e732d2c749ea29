//! Work that goes on beside the page.

use std::pin::Pin;

/// Runs a future to its end. Boxed, as the executor's code would be compiled anew for each type.
pub fn spawn(future: Pin<Box<dyn Future<Output = ()>>>) {
    wasm_bindgen_futures::spawn_local(future);
}
