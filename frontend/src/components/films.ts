/** The films of the welcome page: made by AIPROD, cut to a few seconds (public/films). */
export interface ShowFilm {
  name: "pandas" | "moon" | "library";
  src: string;
  poster: string;
}

const show = (name: ShowFilm["name"]): ShowFilm => ({ name, src: `/films/${name}.mp4`, poster: `/films/${name}.jpg` });

export const SHOWN = [show("pandas"), show("moon"), show("library")] as const;
