/** The only texts of the loader's own: what is said, and the button. All others come with the widget. */
export const messages: Record<string, [string, string]> = {
  en: ["This content could not be loaded.", "Retry"],
  fr: ["Ce contenu n’a pas pu être chargé.", "Réessayer"],
};

export const base = (lang: string): string => lang.slice(0, 2).toLowerCase();

/** The first language asked for that is among `known`: the element's, its surroundings', the browser's. */
export const language = (element: Element, known: readonly string[]): string =>
  [element.closest<HTMLElement>("[lang]")?.lang ?? "", ...navigator.languages].find((lang) =>
    known.includes(base(lang)),
  ) ?? "en";
