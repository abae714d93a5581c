import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { reasonFor } from "@/components/names";
import { withProgress, type Film } from "@/features/film/queries";
import { speak } from "@/texts/i18n";

import { openPage, signIn, signOut } from "./pages";
import { serve } from "./service";

const ID = "3f0c9a51be77d0c2a1b4";
const JANE = { id: "8d2a", email: "jane@mail.org", admin: false, tier: "free", created_at: 0, quota: { used: 1, limit: 2, at_work: 0 } };
const PROGRESS: NonNullable<Film["progress"]> = {
  id: ID, sequence: 9, status: "completed", revision: 1, title: "Giant pandas", failure: "", failure_kind: "", failed_in: "", scenes: [], history: [],
};
const FILM: Film = {
  id: ID, title: "Giant pandas", status: "completed", language: "en", style: "noir", profile: "social", created_at: 1_760_000_000,
  public: false, mine: true, favourite: false, views: 3, ready: true, seconds: 61, width_px: 1080, height_px: 1920, credits: [], failure: null, failure_kind: null, failed_in: null,
  files: [{ name: "film.mp4", bytes: 18_734_211, url: `/api/v1/videos/${ID}/files/film.mp4` }],
  scenes: [
    { scene: 1, title: "Bamboo", text: "Bamboo is nearly all that a panda eats.", visual: "A panda in misty bamboo" },
    { scene: 2, title: "Cubs", text: "Cubs climb early.", visual: "A cub on a tree" },
  ],
  theme: "Giant pandas", notes: [], cost_usd: 0,
  progress: PROGRESS,
};
const FAILURE =
  'The offline encyclopedia knows too little of "Qwx" for a film: expected facts for at least 4 scenes, found 0; write the script yourself (--script), or set AIPROD_WRITER.';
const failed = (scenes: Film["scenes"]): Film => ({
  ...FILM, status: "failed", ready: false, files: [], scenes, seconds: null,
  progress: { ...PROGRESS, status: "failed", failure: FAILURE, failure_kind: "script-unwritten", failed_in: "scripting" },
});

beforeEach(signIn);
afterEach(signOut);

const at = (path: string) => `/api/v1/videos/${ID}${path}`;

describe("a film that failed", () => {
  it("tells why in words for who asked for it, not for who runs the service", async () => {
    serve({ "GET /api/v1/account": JANE, [`GET ${at("")}`]: failed([]) });
    openPage(`/films/${ID}`);
    expect(await screen.findByRole("heading", { level: 1, name: "This film could not be made" })).toBeTruthy();
    expect(screen.getByText(/knows too little of "Qwx"/).textContent).not.toMatch(/AIPROD_WRITER|--script/);
    expect(screen.getByText(/or in another language, name a subject/)).toBeTruthy();
    expect(screen.getByRole("link", { name: "Change the line" }).getAttribute("href")).toBe("/create?theme=Giant+pandas");
    expect(screen.getByRole("link", { name: "Write the script yourself" })).toBeTruthy();
  });

  it("says in the reader's language where it ended and what to do, and the service's own words below", async () => {
    const film = failed(FILM.scenes);
    const failure = "Expected a picture of scene 2, found none.";
    serve({ "GET /api/v1/account": JANE, [`GET ${at("")}`]: { ...film, progress: { ...PROGRESS, status: "failed", failure, failed_in: "rendering" } } });
    await speak("fr");
    openPage(`/films/${ID}`);
    expect(await screen.findByText("Certaines de ses scènes n’ont pas pu être dessinées.")).toBeTruthy();
    expect(screen.getByText(/modifiez ce qu’elle montre/)).toBeTruthy();
    expect(screen.getByText(failure).getAttribute("lang")).toBe("en");
    await speak("en");
  });

  it("says by the kind of failure why and what to do, and of a scene why it was not drawn", async () => {
    const film = failed(FILM.scenes);
    const told = { failure: "Refused.", failure_kind: "content-refused", failed_in: "rendering" };
    const scene = { ...FILM.scenes[1], scene: 2, title: "", text: "", visual: "", picture: null, status: "failed", frames: 9, frames_done: 0, attempt: 3, renderer: "veo" };
    const scenes = [{ ...scene, failure: "Not this.", failure_kind: "content-refused" }];
    serve({ "GET /api/v1/account": JANE, [`GET ${at("")}`]: { ...film, progress: { ...PROGRESS, ...told, status: "failed", scenes } } });
    openPage(`/films/${ID}`);
    expect(await screen.findByText("Some of its scenes could not be drawn. A service refuses to make this content.")).toBeTruthy();
    expect(screen.getByText(/Trying again without a change will not help/)).toBeTruthy();
    expect(screen.getByText("A service refuses to make this content.").closest("li")?.textContent).toContain("Not this.");
    expect(screen.getByText("Could not be drawn, attempt 3")).toBeTruthy();
    expect(screen.getByText("Not drawn").closest("li")?.textContent).toContain("Scene 1");
    await userEvent.click(screen.getAllByRole("button", { name: "Edit scene 2" })[0] as HTMLElement);
    expect(await screen.findByRole("dialog", { name: "Edit scene 2" })).toBeTruthy();
  });

  it("that nobody wrote a script for is tried again first where that may help, else another line is", async () => {
    const film = failed([]);
    for (const [kind, first] of [["unavailable", "Try again"], ["script-unwritten", "Change the line"]]) {
      const progress = { ...PROGRESS, status: "failed", failed_in: "scripting", failure_kind: kind ?? "" };
      serve({ "GET /api/v1/account": JANE, [`GET ${at("")}`]: { ...film, progress } });
      const { unmount } = openPage(`/films/${ID}`);
      const card = (await screen.findByText("What you can do")).parentElement as HTMLElement;
      expect(card.querySelector("a, button")?.textContent).toBe(first);
      unmount();
    }
  });

  it("is tried again, and then is in the queue", async () => {
    const again: Film = { ...failed(FILM.scenes), status: "queued", progress: { ...PROGRESS, status: "queued", revision: 2 } };
    const asked = serve({ "GET /api/v1/account": JANE, [`GET ${at("")}`]: failed(FILM.scenes), [`POST ${at("/retry")}`]: again });
    openPage(`/films/${ID}`);
    await userEvent.click(await screen.findByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { name: "Your film is in the queue" })).toBeTruthy();
    expect(asked.find(({ method }) => method === "POST")?.mark).toBe("m4rk");
  });

  it("keeps a reason whole that names nothing of the service's", () => {
    expect(reasonFor("The voice is gone; choose another one.")).toBe("The voice is gone; choose another one.");
    expect(reasonFor("No writer; set AIPROD_WRITER.")).toBe("No writer.");
  });
});

describe("a finished film", () => {
  it("plays with its subtitles, and is told as seen when it does", async () => {
    const asked = serve({ "GET /api/v1/account": JANE, [`GET ${at("")}`]: FILM, [`POST ${at("/views")}`]: FILM });
    const { container } = openPage(`/films/${ID}`);
    await screen.findByRole("heading", { level: 1, name: "Giant pandas" });
    const video = container.querySelector("video");
    expect(video?.getAttribute("src")).toContain(at("/film"));
    expect(video?.querySelector("track")?.getAttribute("src")).toContain(at("/subtitles/vtt"));
    video?.dispatchEvent(new Event("play"));
    video?.dispatchEvent(new Event("play"));
    await waitFor(() => expect(asked.filter(({ path }) => path === at("/views"))).toHaveLength(1));
  });

  it("sends only what was changed of a scene", async () => {
    const asked = serve({ "GET /api/v1/account": JANE, [`GET ${at("")}`]: FILM, [`PATCH ${at("/scenes/2")}`]: FILM });
    openPage(`/films/${ID}`);
    await userEvent.click(await screen.findByRole("button", { name: "Edit scene 2" }));
    const dialog = within(await screen.findByRole("dialog"));
    const save = dialog.getByRole("button", { name: "Save and remake" });
    expect(save.hasAttribute("disabled")).toBe(true);
    await userEvent.type(dialog.getByLabelText("What is said"), " Very early.");
    await userEvent.click(save);
    await waitFor(() => expect(asked.find(({ method }) => method === "PATCH")?.body).toEqual({ text: "Cubs climb early. Very early.", visual: "" }));
  });

  it("takes a favourite back that could not be kept, and says so", async () => {
    serve({ "GET /api/v1/account": JANE, [`GET ${at("")}`]: FILM });
    openPage(`/films/${ID}`);
    const heart = await screen.findByRole("button", { name: "Add to favourites" });
    await userEvent.click(heart);
    expect(await screen.findByText("It is not there, or it is not yours to see.")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Add to favourites" })).toBeTruthy();
  });

  it("lets others than its owner change nothing", async () => {
    const theirs: Film = { ...FILM, mine: false, public: true, progress: null, theme: null, notes: null, cost_usd: null };
    serve({ "GET /api/v1/account": JANE, [`GET ${at("")}`]: theirs });
    openPage(`/films/${ID}`);
    await screen.findByRole("heading", { level: 1, name: "Giant pandas" });
    expect(screen.queryByRole("button", { name: /Edit scene/ })).toBeNull();
    expect(screen.queryByRole("button", { name: "More" })).toBeNull();
    expect(screen.getByRole("button", { name: "Download" })).toBeTruthy();
  });

  it("that is not there says so, and where else to go", async () => {
    serve({ "GET /api/v1/account": JANE });
    openPage(`/films/${ID}`);
    expect(await screen.findByRole("heading", { name: "This film is not there" })).toBeTruthy();
  });
});

describe("progress", () => {
  it("changes what the page knows, and keeps the title until there is a better one", () => {
    const news = { ...PROGRESS, sequence: 10, status: "rendering", title: "" };
    expect(withProgress(FILM, news)).toMatchObject({ status: "rendering", title: "Giant pandas", progress: { sequence: 10 } });
  });
});

describe("a spent quota", () => {
  it("is told before anybody writes a line, and nothing can be started", async () => {
    vi.stubGlobal("fetch", undefined);
    serve({
      "GET /api/v1/account": { ...JANE, quota: { used: 2, limit: 2, at_work: 0 } },
      "POST /api/v1/videos/estimate": { film_seconds: 48, cost_usd: 0, making_seconds: null, allowed: false, reason: "All used." },
    });
    openPage("/create?theme=Pandas");
    expect(await screen.findByRole("heading", { name: "Your films are all used" })).toBeTruthy();
    for (const button of screen.getAllByRole("button", { name: "Make the film" })) expect(button.hasAttribute("disabled")).toBe(true);
  });
});
