import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { reasonFor } from "@/components/names";
import { endOf } from "@/features/film/Failure";
import { withProgress, type Film } from "@/features/film/queries";
import { speak } from "@/texts/i18n";

import { openPage, signIn, signOut } from "./pages";
import { serve } from "./service";

const ID = "3f0c9a51be77d0c2a1b4";
const JANE = { id: "8d2a", email: "jane@mail.org", admin: false, tier: "free", created_at: 0, quota: { used: 1, limit: 2, at_work: 0 } };
const PROGRESS: NonNullable<Film["progress"]> = {
  id: ID, sequence: 9, status: "completed", revision: 1, title: "Giant pandas", failure: "", scenes: [], history: [],
};
const FILM: Film = {
  id: ID, title: "Giant pandas", status: "completed", language: "en", style: "noir", profile: "social", created_at: 1_760_000_000,
  public: false, mine: true, favourite: false, views: 3, ready: true, seconds: 61, width_px: 1080, height_px: 1920, credits: [], failure: null,
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
  progress: { ...PROGRESS, status: "failed", failure: FAILURE },
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
    expect(screen.getByRole("link", { name: "Change the line" }).getAttribute("href")).toBe("/create?theme=Giant+pandas");
    expect(screen.getByRole("link", { name: "Write the script yourself" })).toBeTruthy();
  });

  it("says in the reader's language where it ended and what to do, and the service's own words below", async () => {
    const history = ["queued", "scripting", "narrating", "rendering", "failed"].map((status, at) => ({ revision: 1, status, at }));
    const film = failed(FILM.scenes);
    const failure = "Expected a picture of scene 2, found none.";
    serve({ "GET /api/v1/account": JANE, [`GET ${at("")}`]: { ...film, progress: { ...PROGRESS, status: "failed", history, failure } } });
    await speak("fr");
    openPage(`/films/${ID}`);
    expect(await screen.findByText("Certaines de ses scènes n’ont pas pu être dessinées.")).toBeTruthy();
    expect(screen.getByText(/modifiez ce qu’elle montre/)).toBeTruthy();
    expect(screen.getByText(failure).getAttribute("lang")).toBe("en");
    await speak("en");
  });

  it("ended where its newest version did, not the one before", () => {
    const history = [...["queued", "scripting", "narrating", "rendering", "completed"].map((status) => ({ revision: 1, status, at: 0 })), { revision: 2, status: "narrating", at: 1 }];
    expect(endOf({ ...FILM, progress: { ...PROGRESS, revision: 2, history } })).toBe("narrating");
    expect(endOf({ ...FILM, progress: { ...PROGRESS, history: [] } })).toBe("scripting");
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
