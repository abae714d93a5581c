/** The word that the page's own elements for styles carry: the page's policy takes no others (backend/pages.py). */
export const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";
