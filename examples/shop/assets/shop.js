// The shop's own script: swatches, the basket, and a town that was typed on another page.

const BASKET = "lormelle-basket";

/** Lines of `{ slug, name, colour, colourName, size, price, count }`. */
function lines() {
  try {
    const stored = JSON.parse(sessionStorage.getItem(BASKET) ?? "[]");
    return Array.isArray(stored) ? stored : [];
  } catch {
    // Storage is off, or holds something else: an empty basket serves as well.
    return [];
  }
}

function keep(all) {
  try {
    sessionStorage.setItem(BASKET, JSON.stringify(all));
  } catch {
    // The basket then lasts as long as the page.
  }
  count(all);
}

function count(all = lines()) {
  const total = all.reduce((sum, line) => sum + line.count, 0);
  for (const badge of document.querySelectorAll("[data-basket-count]")) badge.textContent = total ? String(total) : "";
}

const euros = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: "EUR" });

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function product(form) {
  const said = form.querySelector("[data-said]");
  form.noValidate = true;
  stock(form);
  form.addEventListener("change", (event) => {
    if (event.target.name !== "colour") return;
    form.querySelector("[data-chosen-colour]").textContent = event.target.dataset.label;
    for (const image of document.querySelectorAll("[data-picture]")) {
      image.src = `/img/${form.dataset.slug}.${event.target.value}${image.dataset.picture}.svg`;
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const size = form.querySelector("[name=size]:checked");
    const colour = form.querySelector("[name=colour]:checked");
    if (!size) {
      said.textContent = form.dataset.choose;
      form.querySelector("[name=size]").focus();
      return;
    }
    const all = lines();
    const { slug, name, price, added } = form.dataset;
    const same = all.find((line) => line.slug === slug && line.size === size.value && line.colour === colour.value);
    if (same) same.count += 1;
    else {
      all.push({ slug, name, colour: colour.value, colourName: colour.dataset.label, size: size.dataset.label, price: Number(price), count: 1 });
    }
    keep(all);
    said.textContent = added;
  });
}

/** Has the stock locator follow the size and the colour that are chosen. */
function stock(form) {
  const locator = document.querySelector("[data-stock]");
  const follow = () => {
    const [colour, size] = ["colour", "size"].map((name) => form.querySelector(`[name=${name}]:checked`)?.value);
    if (size) locator?.setAttribute("sku", [form.dataset.slug, colour, size.replaceAll(" ", "")].join("-").toUpperCase());
  };
  form.addEventListener("change", follow);
  follow();
}

function basket(list) {
  const all = lines();
  const { product: path, remove, size, quantity } = list.dataset;
  document.querySelector("[data-basket-empty]").hidden = all.length > 0;
  document.querySelector("[data-basket-full]").hidden = all.length === 0;
  document.querySelector("[data-basket-total]").textContent = euros.format(
    all.reduce((sum, line) => sum + line.price * line.count, 0) / 100,
  );
  list.replaceChildren(
    ...all.map((line, index) => {
      const button = element("button", { type: "button", textContent: remove, ariaLabel: `${remove} ${line.name}` });
      button.addEventListener("click", () => {
        keep(all.toSpliced(index, 1));
        basket(list);
        (list.querySelector("button") ?? document.querySelector("main")).focus();
      });
      return element(
        "li",
        {},
        element("img", { src: `/img/${line.slug}.${line.colour}.svg`, alt: "", width: 400, height: 500 }),
        element(
          "div",
          {},
          element("a", { href: path + line.slug, textContent: line.name }),
          element("p", { className: "what", textContent: `${line.colourName}, ${size} ${line.size}` }),
          element("p", { className: "what", textContent: `${quantity} ${line.count}` }),
          button,
        ),
        element("p", { className: "price", textContent: euros.format((line.price * line.count) / 100) }),
      );
    }),
  );
}

count();
document.querySelectorAll("[data-buy]").forEach(product);
document.querySelectorAll("[data-basket-lines]").forEach(basket);
addEventListener("pageshow", (event) => event.persisted && count());

// The form of the front page leads here with a town: the locator is asked to search for it, and does
// so as soon as it is there.
const town = new URLSearchParams(location.search).get("q");
if (town && document.querySelector("[data-search-from-address]")) {
  (window.devanture = window.devanture || []).push(["[data-search-from-address]", "search", town]);
}
