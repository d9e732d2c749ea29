//! What all pages share: head, breadcrumb, style.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;

use super::strings::Strings;

/// No script, no font and no picture from anywhere; readable on a phone, in the dark and on paper.
const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1d1b1a;--soft:#6b6560;--line:#e4dfd9;--paper:#fff;--wash:#f7f4f0;--accent:#8a3b2a}\
@media(prefers-color-scheme:dark){:root{--ink:#f2eeea;--soft:#a9a29b;--line:#3a3633;--paper:#171514;--wash:#211e1c;--accent:#f0a48f}}\
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,sans-serif}\
header,main,footer{max-width:60rem;margin:0 auto;padding:1rem 1.25rem}header{border-bottom:1px solid var(--line)}\
header>a{font-weight:600;color:inherit;text-decoration:none;letter-spacing:.02em}\
nav ol{list-style:none;display:flex;flex-wrap:wrap;gap:.4rem;padding:0;margin:.5rem 0 0;font-size:.875rem;color:var(--soft)}\
nav li+li::before{content:'›';margin-right:.4rem}a{color:var(--accent)}a:focus-visible{outline:2px solid;outline-offset:2px}\
h1{font-size:clamp(1.6rem,5vw,2.4rem);line-height:1.15;margin:1.25rem 0 .25rem;text-wrap:balance}\
h2{font-size:1.15rem;margin:2rem 0 .6rem}h3{font-size:1rem;margin:1.5rem 0 .4rem}.lead{color:var(--soft);margin:0 0 1rem}\
.cols{display:grid;gap:0 3rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,19rem),1fr))}\
address{font-style:normal}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem 0;border-bottom:1px solid var(--line);font-weight:400;vertical-align:top}\
td{text-align:right;font-variant-numeric:tabular-nums}thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}\
.actions{display:flex;flex-wrap:wrap;gap:.6rem;padding:0;margin:1rem 0;list-style:none}.actions a{display:inline-block;min-height:2.75rem;padding:.6rem 1.1rem;border:1px solid currentColor;border-radius:2rem;text-decoration:none}\
.tags{display:flex;flex-wrap:wrap;gap:.4rem;padding:0;list-style:none}.tags li{background:var(--wash);border-radius:1rem;padding:.2rem .8rem;font-size:.9rem}\
.offer{background:var(--wash);border-left:3px solid var(--accent);padding:.75rem 1rem;margin:.75rem 0}.offer h3{margin:0;font-size:1rem}.offer p{margin:.25rem 0 0}\
.list{list-style:none;padding:0;display:grid;gap:.75rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr))}\
.list li{border:1px solid var(--line);border-radius:.6rem;padding:.8rem 1rem}.list span{display:block;color:var(--soft);font-size:.9rem}\
.towns{columns:14rem;padding:0;list-style:none}.towns li{break-inside:avoid;padding:.15rem 0}";

/// What is particular to a page.
pub(super) struct Page<'a> {
    pub(super) strings: &'a Strings,
    /// The site's language, as it is configured.
    pub(super) lang: &'a str,
    pub(super) site_name: &'a str,
    pub(super) home: &'a str,
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    pub(super) canonical: &'a str,
    /// Between the directory and this page: names and addresses.
    pub(super) above: &'a [(String, String)],
    /// Linked data about what the page shows.
    pub(super) data: Option<Value>,
    pub(super) body: Markup,
}

impl Page<'_> {
    pub(super) fn render(&self) -> Markup {
        html! {
            (DOCTYPE)
            html lang=(self.html_lang()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.title) }
                    meta name="description" content=(self.description);
                    link rel="canonical" href=(self.canonical);
                    meta property="og:title" content=(self.title);
                    meta property="og:description" content=(self.description);
                    meta property="og:url" content=(self.canonical);
                    meta property="og:type" content="website";
                    style { (PreEscaped(STYLE)) }
                    @if let Some(data) = &self.data {
                        script type="application/ld+json" { (PreEscaped(script_safe(data))) }
                    }
                }
                body {
                    header {
                        a href=(self.home) { (self.site_name) }
                        nav aria-label=(self.strings.breadcrumb) {
                            ol {
                                li { a href=(self.home) { (self.strings.all_stores) } }
                                @for (name, link) in self.above { li { a href=(link) { (name) } } }
                            }
                        }
                    }
                    main { (self.body) }
                }
            }
        }
    }

    /// What the words are written in, which is not the site's language when there are none in it.
    fn html_lang(&self) -> &str {
        if self.lang.starts_with(self.strings.lang) { self.lang } else { self.strings.lang }
    }
}

/// JSON that cannot end the script element it stands in.
pub(crate) fn script_safe(data: &Value) -> String {
    data.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}
