//! What tells a seller of new requests: a sound, and the browser's own notifications.

use devanture_ui::js;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AudioContext, Notification, NotificationOptions, NotificationPermission, OscillatorType};

use crate::storage;

/// Pitch in hertz and beginning in seconds of each note.
const NOTES: [(f32, f64); 3] = [(784.0, 0.0), (1046.5, 0.16), (784.0, 0.32)];
const NOTE_SECONDS: f64 = 0.5;
const LOUDNESS: f32 = 0.35;

/// The sound. Browsers allow none before the page was touched, so there is no context until then.
pub(crate) struct Sound {
    pub wanted: bool,
    context: Option<AudioContext>,
}

impl Sound {
    /// As it was left on this device; on where it was never touched.
    pub(crate) fn as_left() -> Self {
        Self { wanted: storage::remembered(storage::SOUND).is_none_or(|kept| kept != "off"), context: None }
    }

    /// Whether it can be heard.
    pub(crate) fn is_allowed(&self) -> bool {
        self.context.is_some()
    }

    /// To be called when the page is touched.
    pub(crate) fn allow(&mut self) {
        if self.context.is_none() {
            self.context = AudioContext::new().ok();
        }
        if let Some(context) = &self.context {
            // Phones suspend it with the screen.
            let _ = context.resume();
        }
    }

    /// Turns it on, with a sample, or off.
    pub(crate) fn toggle(&mut self) {
        self.wanted = !self.wanted;
        storage::remember(storage::SOUND, if self.wanted { "on" } else { "off" });
        self.ring();
    }

    /// Rings, if it is wanted and allowed.
    pub(crate) fn ring(&self) {
        if let Some(context) = self.context.as_ref().filter(|_| self.wanted) {
            // A device without loudspeakers rings for nobody.
            let _ = chime(context);
        }
    }
}

fn chime(context: &AudioContext) -> Result<(), JsValue> {
    let now = context.current_time();
    for (pitch, after) in NOTES {
        let (note, gain) = (context.create_oscillator()?, context.create_gain()?);
        let begin = now + after;
        note.set_type(OscillatorType::Triangle);
        note.frequency().set_value(pitch);
        gain.gain().set_value_at_time(0.0001, begin)?;
        gain.gain().exponential_ramp_to_value_at_time(LOUDNESS, begin + 0.02)?;
        gain.gain().exponential_ramp_to_value_at_time(0.0001, begin + NOTE_SECONDS)?;
        note.connect_with_audio_node(&gain)?.connect_with_audio_node(&context.destination())?;
        note.start_with_when(begin)?;
        note.stop_with_when(begin + NOTE_SECONDS)?;
    }
    Ok(())
}

/// Whether asking the seller to allow notifications makes sense.
pub(crate) fn may_ask_to_notify() -> bool {
    has_notifications() && Notification::permission() == NotificationPermission::Default
}

/// Asks; only where the seller has tapped for it.
pub(crate) async fn ask_to_notify() -> bool {
    let Ok(asked) = Notification::request_permission() else { return false };
    JsFuture::from(asked).await.is_ok_and(|answer| answer.as_string().as_deref() == Some("granted"))
}

/// Shows a notification where they are allowed. `false` when the browser shows none from a page, as on Android.
pub(crate) fn notify(title: &str, body: &str) -> bool {
    if !has_notifications() || Notification::permission() != NotificationPermission::Granted {
        return false;
    }
    let options = NotificationOptions::new();
    options.set_body(body);
    // One at a time: the next takes the place of the last.
    options.set_tag("devanture-requests");
    Notification::new_with_options(title, &options).is_ok()
}

fn has_notifications() -> bool {
    !js::get(&js_sys::global(), "Notification").is_undefined()
}
