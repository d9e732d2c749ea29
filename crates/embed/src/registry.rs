//! The mounted widgets, by handle.

use std::cell::RefCell;

use devanture_ui::mount::Widget;

/// Handles only ever grow, so one used after `unmount` finds nothing.
#[derive(Default)]
struct Registry {
    next: u32,
    live: Vec<(u32, Box<dyn Widget>)>,
}

thread_local! {
    static REGISTRY: RefCell<Registry> = RefCell::default();
}

/// Keeps a widget; the handle is never given twice.
pub(crate) fn insert(widget: Box<dyn Widget>) -> u32 {
    REGISTRY.with_borrow_mut(|registry| {
        registry.next += 1;
        let handle = registry.next;
        registry.live.push((handle, widget));
        handle
    })
}

/// Runs `f` on a widget, outside of the registry's borrow: a method may mount or unmount others.
pub(crate) fn with<R>(handle: u32, f: impl FnOnce(&mut dyn Widget) -> R) -> Option<R> {
    let mut widget = remove(handle)?;
    let result = f(widget.as_mut());
    REGISTRY.with_borrow_mut(|registry| registry.live.push((handle, widget)));
    Some(result)
}

/// Takes a widget out; dropping it unmounts it.
pub(crate) fn remove(handle: u32) -> Option<Box<dyn Widget>> {
    REGISTRY.with_borrow_mut(|registry| {
        let at = registry.live.iter().position(|(live, _)| *live == handle)?;
        Some(registry.live.swap_remove(at).1)
    })
}
