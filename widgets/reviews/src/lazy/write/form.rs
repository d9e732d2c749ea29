//! The form. Fields keep what they hold by themselves; it is read when it is sent.

use devanture_api::review::{CriterionName, ReviewInvitation};
use devanture_domain::civil::Date;
use devanture_domain::review::Fit;
use devanture_ui::{
    attrs, clock,
    contact::privacy,
    dom::{El, NO_ATTRS, OFF, On, el, join, leaf, listen, none, on_if, text},
    format::Show,
    js::{self, number},
};
use yew::{Context, Html};

use super::{Desk, Msg, button, fact, photos, request};

/// One star, within 24 × 24.
const STAR: &str = "M12 2l3 7 7 .6-5.3 4.7 1.6 7.2-6.3-3.9-6.3 3.9 1.6-7.2L2 9.6 9 9z";

pub(super) fn view(desk: &Desk, ctx: &Context<Desk>) -> Html {
    let t = &ctx.props().strings;
    let link = ctx.link().clone();
    let submit = listen(On::Submit, move |event| {
        event.prevent_default();
        link.send_message(Msg::Send);
    });
    let link = ctx.link().clone();
    let typed = listen(On::Input, move |event| {
        let name = event.target().and_then(|field| js::text(&field, "name"));
        link.send_message(Msg::Typed(name.unwrap_or_default()));
    });
    let product = ctx.props().options.store.is_none();
    let openly = desk.own.is_none() && ctx.props().link.is_none();
    let send = attrs!["type": "submit", "class": "button primary", "part": "button", "disabled": on_if(desk.sending)];
    let mut fields = vec![
        desk.invitation.as_ref().map_or_else(none, |invitation| about(ctx, invitation)),
        stars(desk, ctx),
    ];
    for one in request::criteria(desk, ctx) {
        fields.push(criterion(ctx, one));
    }
    // Its place is kept, so that the fields before it stay what they are when it comes and goes.
    fields.push(wrong(desk, ctx, "criteria").unwrap_or_else(none));
    if product {
        fields.push(fit(ctx));
        let sizes = [
            Field { label: "size_bought", ..field("size", "text", "20") },
            field("usual_size", "text", "20"),
        ];
        fields.push(el(
            "div",
            attrs!["class": "pair"],
            sizes.iter().map(|one| row(desk, ctx, one)).collect(),
        ));
    }
    fields.push(row(desk, ctx, &Field { label: "headline", ..field("title", "text", "120") }));
    fields.push(body(desk, ctx));
    fields.push(photos::view(desk, ctx));
    if openly {
        let label = if product { "experienced_on" } else { "visited_on" };
        let latest = day(clock::now()).to_text();
        fields.push(row(
            desk,
            ctx,
            &Field { label, latest, required: true, ..field("experienced_on", "date", OFF) },
        ));
    }
    fields.push(row(
        desk,
        ctx,
        &Field { complete: "given-name", required: true, ..field("author", "text", "60") },
    ));
    if openly {
        fields.push(row(desk, ctx, &Field { complete: "email", ..field("email", "email", "254") }));
    }
    fields.push(privacy(t, "consent", desk.privacy.as_ref()));
    fields.push(desk.error_line(ctx));
    fields.push(leaf("button", send, &t.text(if desk.sending { "sending" } else { "send" })));
    El::new("form", attrs!["class": "booking", "part": "form", "novalidate": ""])
        .node(&desk.form)
        .on(submit)
        .on(typed)
        .children(fields)
}

/// The day in Greenwich.
fn day(now: i64) -> Date {
    Date(i32::try_from(now.div_euclid(86_400_000)).unwrap_or(0))
}

/// What a link is for, and what is given for it.
fn about(ctx: &Context<Desk>, invitation: &ReviewInvitation) -> Html {
    let t = &ctx.props().strings;
    let picture =
        |url: &String| el("img", attrs!["src": url, "alt": "", "width": "64", "height": "80"], vec![]);
    let day = invitation.experienced_on.map_or_else(none, |day| {
        let day = ctx.props().formats.date(day, Show::FullDate);
        leaf("span", attrs!["class": "small"], &t.fill("experienced", &[("date", &day)]))
    });
    let incentive = invitation.incentive.as_ref().map_or_else(none, |what| fact(&t.text("in_return"), what));
    el(
        "div",
        attrs!["class": "chosen about"],
        vec![
            invitation.image_url.as_ref().map_or_else(none, picture),
            el("div", NO_ATTRS, vec![leaf("strong", NO_ATTRS, &invitation.name), day, incentive]),
        ],
    )
}

fn stars(desk: &Desk, ctx: &Context<Desk>) -> Html {
    let t = &ctx.props().strings;
    let wrong = wrong(desk, ctx, "rating");
    let mut labels = Vec::with_capacity(5);
    for stars in 1..=5u32 {
        let value = number(stars.into());
        let described = if wrong.is_some() { "rating-error" } else { OFF };
        let radio = attrs![
            "type": "radio", "name": "rating", "value": &value, "class": "hidden", "required": "", "aria-describedby": described,
        ];
        let star = el("path", attrs!["d": STAR], vec![]);
        let words = join(&[
            &t.plural("stars", stars, &ctx.props().formats, &[]),
            ", ",
            &t.text(&join(&["rated.", &value])),
        ]);
        labels.push(el(
            "label",
            NO_ATTRS,
            vec![
                el("input", radio, vec![]),
                el("svg", attrs!["viewBox": "0 0 24 24", "aria-hidden": "true"], vec![star]),
                leaf("span", attrs!["class": "word"], &words),
            ],
        ));
    }
    el(
        "fieldset",
        attrs!["class": "row rate", "part": "rate"],
        vec![
            leaf("legend", NO_ATTRS, &t.text("rating")),
            el("div", attrs!["class": "row5"], labels),
            wrong.unwrap_or_default(),
        ],
    )
}

fn criterion(ctx: &Context<Desk>, one: &CriterionName) -> Html {
    let name = join(&["criterion-", &one.code]);
    let mut options =
        vec![leaf("option", attrs!["value": "", "selected": ""], &ctx.props().strings.text("not_scored"))];
    let most = ctx.props().formats.integer(one.scale.most().into());
    for points in (1..=one.scale.most()).rev() {
        let value = number(points.into());
        options.push(leaf("option", attrs!["value": &value], &join(&[&value, "/", &most])));
    }
    el(
        "label",
        attrs!["class": "criterion"],
        vec![leaf("span", NO_ATTRS, &one.name), el("select", attrs!["name": &name], options)],
    )
}

fn fit(ctx: &Context<Desk>) -> Html {
    let t = &ctx.props().strings;
    let mut chips = Vec::with_capacity(3);
    for fit in Fit::ALL {
        let radio = attrs!["type": "radio", "name": "fit", "value": fit.as_str(), "class": "hidden"];
        let name = t.text(&join(&["fit.", fit.as_str()]));
        chips.push(el(
            "label",
            attrs!["class": "chip", "part": "chip"],
            vec![el("input", radio, vec![]), text(&name)],
        ));
    }
    el(
        "fieldset",
        attrs!["class": "row"],
        vec![leaf("legend", NO_ATTRS, &t.text("fit")), el("div", attrs!["class": "chips"], chips)],
    )
}

fn body(desk: &Desk, ctx: &Context<Desk>) -> Html {
    let t = &ctx.props().strings;
    let wrong = wrong(desk, ctx, "body");
    let field = attrs![
        "name": "body", "rows": "6", "required": "", "dir": "auto",
        "aria-invalid": if wrong.is_some() { "true" } else { OFF },
        "aria-describedby": if wrong.is_some() { "body-error" } else { "body-hint" },
    ];
    let label = vec![leaf("span", NO_ATTRS, &t.text("body")), el("textarea", field, vec![])];
    el(
        "div",
        attrs!["class": "row"],
        vec![
            el("label", NO_ATTRS, label),
            leaf("span", attrs!["class": "small", "id": "body-hint"], &t.text("body_hint")),
            wrong.unwrap_or_default(),
        ],
    )
}

/// A field of one line. What is [`OFF`] is left out.
struct Field {
    name: &'static str,
    label: &'static str,
    kind: &'static str,
    length: &'static str,
    latest: String,
    complete: &'static str,
    required: bool,
}

/// One that may be left empty.
const fn field(name: &'static str, kind: &'static str, length: &'static str) -> Field {
    Field { name, label: name, kind, length, latest: String::new(), complete: OFF, required: false }
}

/// A field with its label and what is wrong with it.
fn row(desk: &Desk, ctx: &Context<Desk>, field: &Field) -> Html {
    let wrong = wrong(desk, ctx, field.name);
    let error = join(&[field.name, "-error"]);
    let attrs = attrs![
        "type": field.kind, "name": field.name, "maxlength": field.length, "autocomplete": field.complete,
        "max": if field.latest.is_empty() { OFF } else { &field.latest }, "required": on_if(field.required),
        "aria-invalid": if wrong.is_some() { "true" } else { OFF },
        "aria-describedby": if wrong.is_some() { &error } else { OFF },
    ];
    let said = leaf("span", NO_ATTRS, &ctx.props().strings.text(field.label));
    let label = el("label", NO_ATTRS, vec![said, el("input", attrs, vec![])]);
    el("div", attrs!["class": "row"], vec![label, wrong.unwrap_or_default()])
}

/// What is wrong with a field, outside of its label, where it would be part of its name.
pub(super) fn wrong(desk: &Desk, ctx: &Context<Desk>, name: &'static str) -> Option<Html> {
    let (_, key) = desk.invalid.filter(|(field, _)| *field == name)?;
    let error = join(&[name, "-error"]);
    Some(leaf("span", attrs!["class": "invalid", "id": &error], &ctx.props().strings.text(key)))
}

/// A way to go on without sending.
pub(super) fn cancel(ctx: &Context<Desk>) -> Html {
    button(ctx, "quiet", || Msg::Sure(false), "cancel")
}
