//! Photos: each is sent as soon as it is chosen, and can be taken out again.

use devanture_api::review::ReviewPhoto;
use devanture_client::{ClientError, Upload};
use devanture_ui::{
    attrs,
    dom::{El, Element, NO_ATTRS, On, el, join, leaf, listen, none, text},
    icon::{self, icon},
    js::{self, Array, number},
    picture,
};
use wasm_bindgen::{JsCast as _, JsValue};
use yew::{Context, Html, NodeRef};

use super::{Desk, Msg};

const MOST: usize = 6;
/// Of a small picture, twice as many pixels as it is wide.
const SIDE: u32 = 168;
/// What the API takes.
const KINDS: &str = "image/jpeg,image/png,image/webp";

/// A photo of the review that is being written.
pub(super) struct Photo {
    /// Never given twice.
    number: u32,
    /// As the file is called; empty where it was sent before this page.
    name: String,
    /// The file itself, which is the only picture there is until the review is shown.
    file: JsValue,
    canvas: NodeRef,
    state: State,
}

enum State {
    /// On its way, so many hundredths of it.
    Going(u32, #[expect(dead_code, reason = "dropping it calls the request off")] Upload),
    There(ReviewPhoto),
    /// Code of why not.
    Failed(String),
}

impl Photo {
    pub(super) fn there(number: u32, photo: ReviewPhoto) -> Self {
        Self {
            number,
            name: String::new(),
            file: JsValue::UNDEFINED,
            canvas: NodeRef::default(),
            state: State::There(photo),
        }
    }

    pub(super) fn taken(&self) -> Option<&ReviewPhoto> {
        match &self.state {
            State::There(photo) => Some(photo),
            State::Going(..) | State::Failed(_) => None,
        }
    }

    pub(super) fn is_going(&self) -> bool {
        matches!(self.state, State::Going(..))
    }
}

impl Desk {
    pub(super) fn choose(&mut self, ctx: &Context<Self>, files: &Array) {
        // What did not go through makes room for another try.
        self.photos.retain(|photo| !matches!(photo.state, State::Failed(_)));
        for file in files.iter() {
            if self.photos.len() >= MOST {
                self.mark("photos", "invalid.photos_many");
                return;
            }
            self.drawn += 1;
            let (number, link) = (self.drawn, ctx.link().clone());
            let progress = link.clone();
            let upload = ctx.props().api.upload_photo(
                &file,
                Box::new(move |hundredths| progress.send_message(Msg::Progress(number, hundredths))),
                Box::new(move |answer| link.send_message(Msg::Uploaded(number, answer))),
            );
            let name = js::text(&file, "name").unwrap_or_default();
            let state = State::Going(0, upload);
            self.photos.push(Photo { number, name, file, canvas: NodeRef::default(), state });
        }
    }

    fn photo(&mut self, number: u32) -> Option<&mut Photo> {
        self.photos.iter_mut().find(|photo| photo.number == number)
    }

    pub(super) fn progress(&mut self, number: u32, hundredths: u32) {
        if let Some(Photo { state: State::Going(gone, _), .. }) = self.photo(number) {
            *gone = hundredths;
        }
    }

    pub(super) fn uploaded(&mut self, number: u32, answer: Result<ReviewPhoto, ClientError>) {
        if let Some(photo) = self.photo(number) {
            photo.state = match answer {
                Ok(there) => State::There(there),
                Err(error) => State::Failed(error.code().into()),
            };
        }
    }

    /// Draws the pictures that have come to stand on the page.
    pub(super) fn draw(&mut self) {
        for photo in &mut self.photos {
            if let Some(canvas) = photo.canvas.cast::<Element>().filter(|_| photo.file.is_object()) {
                picture::draw(&core::mem::take(&mut photo.file), canvas.into(), SIDE);
            }
        }
    }

    /// The button goes with the photo, so the focus goes to where another is chosen.
    pub(super) fn remove(&mut self, number: u32) {
        self.photos.retain(|photo| photo.number != number);
        super::draft::focus(&self.form, "photos");
    }
}

pub(super) fn view(desk: &Desk, ctx: &Context<Desk>) -> Html {
    let t = &ctx.props().strings;
    let link = ctx.link().clone();
    let chosen = listen(On::Change, move |event| {
        let Some(field) = event.target() else { return };
        let files =
            js::call(&js::get(&js::global(), "Array"), "from", &Array::of1(&js::get(&field, "files")));
        if let Some(files) = files.ok().and_then(|files| files.dyn_into::<Array>().ok()) {
            link.send_message(Msg::Chosen(files));
        }
        // The same file may be chosen again.
        js::set(&field, "value", &"".into());
    });
    let wrong = desk.invalid.filter(|(field, _)| *field == "photos");
    let described = if wrong.is_some() { "photos-error" } else { "photos-hint" };
    let field = attrs![
        "type": "file", "id": "photos", "class": "hidden", "accept": KINDS, "multiple": "", "aria-describedby": described,
    ];
    let field = El::new("input", field).on(chosen).children(vec![]);
    let label = vec![icon(icon::PHOTO), text(&t.text("photos_add")), field];
    let said = |key: &str| {
        leaf("span", attrs!["class": "invalid", "id": "photos-error", "role": "alert"], &t.text(key))
    };
    let lines = desk.photos.iter().enumerate().map(|(at, photo)| line(ctx, at, photo)).collect();
    el(
        "div",
        attrs!["class": "row"],
        vec![
            leaf("span", NO_ATTRS, &t.text("photos")),
            el("ul", attrs!["class": "taken", "aria-label": &t.text("photos")], lines),
            el("label", attrs!["class": "button pick", "part": "button"], label),
            leaf("span", attrs!["class": "small", "id": "photos-hint"], &t.text("photos_hint")),
            wrong.map_or_else(none, |(_, key)| said(key)),
        ],
    )
}

fn line(ctx: &Context<Desk>, at: usize, photo: &Photo) -> Html {
    let t = &ctx.props().strings;
    let place = ctx.props().formats.integer(u32::try_from(at + 1).unwrap_or(0));
    let called = t.fill("photo_number", &[("number", &place)]);
    let body = match &photo.state {
        State::Going(gone, _) => {
            let value = number((*gone).into());
            let label = join(&[&called, " ", &photo.name]);
            let bar = attrs!["max": "100", "value": &value, "aria-label": &label];
            el(
                "div",
                attrs!["class": "going"],
                vec![leaf("span", attrs!["class": "small"], &photo.name), el("progress", bar, vec![])],
            )
        }
        // The API shows it to nobody before somebody has looked at it.
        State::There(_) if photo.name.is_empty() => {
            el("div", attrs!["class": "going"], vec![icon(icon::PHOTO), text(&called)])
        }
        State::There(_) => {
            let side = number(SIDE.into());
            let attrs = attrs!["role": "img", "aria-label": &called, "width": &side, "height": &side];
            El::new("canvas", attrs).node(&photo.canvas).children(vec![])
        }
        State::Failed(code) => {
            let why = t.find(&join(&["error.", code])).unwrap_or_else(|| t.text("error"));
            let name = leaf("span", attrs!["class": "small"], &photo.name);
            el(
                "div",
                attrs!["class": "going", "role": "alert"],
                vec![name, leaf("span", attrs!["class": "invalid"], &why)],
            )
        }
    };
    let (link, number) = (ctx.link().clone(), photo.number);
    let run = listen(On::Click, move |_| link.send_message(Msg::Remove(number)));
    let label = join(&[&t.text("photo_remove"), " ", &place]);
    let attrs = attrs!["type": "button", "class": "clear", "aria-label": &label];
    let remove = El::new("button", attrs).on(run).children(vec![icon(icon::CLOSE)]);
    El::new("li", NO_ATTRS).key(&devanture_ui::js::number(photo.number.into())).children(vec![body, remove])
}
