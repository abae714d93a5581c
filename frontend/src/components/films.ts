/** The films of the welcome page: made by AIPROD, cut to a few seconds (public/films). */
export interface ShowFilm {
  name: "pandas" | "moon" | "library";
  src: string;
  poster: string;
  /** What somebody wrote for it. */
  from: "line" | "script";
}

const show = (name: ShowFilm["name"], from: ShowFilm["from"]): ShowFilm => ({
  name,
  from,
  src: `/films/${name}.mp4`,
  poster: `/films/${name}.jpg`,
});

export const SHOWN = [show("pandas", "line"), show("moon", "script"), show("library", "line")] as const;
