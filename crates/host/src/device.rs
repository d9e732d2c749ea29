//! What the shopper holds.

use devanture_domain::geo::LatLng;

/// A link to the way to a place: in the device's own maps where it has a scheme for them, else in OpenStreetMap's route planner.
pub fn directions(to: LatLng) -> String {
    let mut url = String::from(maps());
    url.push_str(&number(to.lat()));
    url.push(',');
    url.push_str(&number(to.lng()));
    url
}

/// As JavaScript prints it: Rust's own float formatting would cost the download 10 KB.
fn number(value: f64) -> String {
    js_sys::Number::from(value).to_string_with_radix(10).map(String::from).unwrap_or_default()
}

/// By the user agent: there is no other sign before a click.
fn maps() -> &'static str {
    let agent = web_sys::window().and_then(|window| window.navigator().user_agent().ok()).unwrap_or_default();
    let is = |device| js_sys::JsString::from(agent.as_str()).includes(device, 0);
    if is("Android") {
        // The app of the shopper's choice.
        "geo:0,0?q="
    } else if is("iPhone") || is("iPad") {
        "https://maps.apple.com/?daddr="
    } else {
        "https://www.openstreetmap.org/directions?to="
    }
}
