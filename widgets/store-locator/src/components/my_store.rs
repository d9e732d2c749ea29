//! The shopper's own store, on top.

use devanture_domain::civil::UtcMs;
use yew::{Context, Html, MouseEvent, html};

use super::{
    icon::{self, icon},
    opening,
};
use crate::{app::App, state::Msg};

pub(crate) fn view(app: &App, ctx: &Context<App>, now: UtcMs) -> Html {
    let Some(store) = app.mine_store.as_ref().filter(|store| app.mine.as_ref() == Some(&store.code)) else {
        return html! {};
    };
    let code = store.code.clone();
    html! {
        <section class="mine" part="my-store" aria-label={app.t.text("my_store")}>
            { icon(icon::HEART) }
            <div class="body">
                <p class="kicker">{ app.t.text("my_store") }</p>
                <button type="button" class="name" onclick={ctx.link().callback(move |_: MouseEvent| Msg::Open(code.clone()))}>
                    { &store.name }
                </button>
                { opening::view(app, store, now) }
            </div>
            <button type="button" class="quiet" onclick={ctx.link().callback(|_: MouseEvent| Msg::SetMine(None))}>
                { app.t.text("forget_store") }
            </button>
        </section>
    }
}

/// The button that chooses a store, or says that it is chosen.
pub(crate) fn choose(app: &App, ctx: &Context<App>, code: &str, name: &str) -> Html {
    let mine = app.mine.as_deref() == Some(code);
    let next = (!mine).then(|| code.to_owned());
    let text = app.t.text(if mine { "is_my_store" } else { "choose_store" });
    html! {
        <button type="button" class={if mine { "action on" } else { "action" }} part="action choose"
            aria-pressed={if mine { "true" } else { "false" }} aria-label={[&text, " · ", name].concat()}
            onclick={ctx.link().callback(move |_: MouseEvent| Msg::SetMine(next.clone()))}>
            { icon(icon::HEART) }
            <span>{ text }</span>
        </button>
    }
}
