import { locales } from "./generated/definitions.js";

/** The only texts of the loader's own: what is said, and the button. All others come with the widget. */
export const messages: Record<string, [string, string]> & { en: [string, string] } = {
  en: ["This content could not be loaded.", "Retry"],
  fr: ["Ce contenu est indisponible.", "Réessayer"],
};

export const base = (lang: string): string => lang.slice(0, 2).toLowerCase();

/** The first language that widgets speak: of the element, its surroundings, the browser. */
export const language = (element: Element): string =>
  [element.closest<HTMLElement>("[lang]")?.lang, ...navigator.languages].find(
    (lang) => lang && locales.includes(base(lang)),
  ) ?? "en";
