import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { asTold, outdated } from "@/features/library/queries";
import { wantedOf, withWish } from "@/features/library/filters";
import { speak } from "@/texts/i18n";

import { openPage, signIn, signOut } from "./pages";
import { serve, Told } from "./service";

const JANE = { id: "8d2a", email: "jane@mail.org", admin: false, tier: "free", created_at: 0, quota: { used: 1, limit: 2, at_work: 0 } };
const FILM = {
  id: "3f0c9a51be77", title: "Giant pandas", status: "completed", language: "en", style: "noir", profile: "social", created_at: 0,
  public: false, mine: true, favourite: false, views: 3, ready: true, seconds: 61.4, failure: "", failure_kind: "", failed_in: "",
};
const FAILED = { ...FILM, id: "77", title: "The tide", status: "failed", ready: false, seconds: null, views: 0, failure: "The sea was out.", failure_kind: "content-refused", failed_in: "rendering" };
const LISTS = { "GET /api/v1/account": JANE, "GET /api/v1/styles": [{ id: "noir" }], "GET /api/v1/languages": [{ id: "en" }] };

beforeEach(signIn);
afterEach(signOut);

describe("the library", () => {
  it("shows one's films with their length, and leads to each", async () => {
    serve({ ...LISTS, "GET /api/v1/videos": { items: [FILM], next: null } });
    openPage("/library");
    const link = await screen.findByRole("link", { name: "Giant pandas" });
    expect(link.getAttribute("href")).toBe("/films/3f0c9a51be77");
    expect(within(screen.getByRole("article")).getByText("1:01")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
  });

  it("says what failed of a film and what to do, by the kind of failure, and tries it again", async () => {
    const asked = serve({
      ...LISTS,
      "GET /api/v1/videos": { items: [FAILED], next: null },
      "POST /api/v1/videos/77/retry": { ...FAILED, status: "scripting", failure: "", failure_kind: "", failed_in: "" },
    });
    openPage("/library");
    const card = await screen.findByRole("article");
    expect(card.textContent).toMatch(/Some of its scenes could not be drawn.*refuses to make this content.*in another way/s);
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(screen.queryByText("Some of its scenes could not be drawn.")).toBeNull());
    expect(asked.find(({ method }) => method === "POST")?.mark).toBe("m4rk");
  });

  it("says of a film that failed before kinds were told where it ended, in the reader's language", async () => {
    serve({ ...LISTS, "GET /api/v1/videos": { items: [{ ...FAILED, failure_kind: "", failed_in: "narrating" }], next: null } });
    await speak("fr");
    openPage("/library");
    expect((await screen.findByRole("article")).textContent).toMatch(/Sa narration n’a pas pu être dite\..*avec une autre voix/s);
    await speak("en");
  });

  it("asks before it deletes, and then the film is gone from the list", async () => {
    const films = { items: [FILM], next: null };
    const asked = serve({ ...LISTS, "GET /api/v1/videos": films, "DELETE /api/v1/videos/3f0c9a51be77": {} });
    openPage("/library");
    await userEvent.click(await screen.findByRole("button", { name: "More for “Giant pandas”" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Delete" }));
    const dialog = await screen.findByRole("dialog", { name: "Delete “Giant pandas”?" });
    expect(within(dialog).getByText(/cannot be undone/)).toBeTruthy();
    expect(asked.some(({ method }) => method === "DELETE")).toBe(false);
    films.items = [];
    await userEvent.click(within(dialog).getByRole("button", { name: "Delete" }));
    expect(await screen.findByText("Your films will be here")).toBeTruthy();
  });

  it("takes back a favourite that the service refuses", async () => {
    serve({ ...LISTS, "GET /api/v1/videos": { items: [FILM], next: null }, "PUT /api/v1/videos/3f0c9a51be77/favourite": new Told(503, "unavailable") });
    openPage("/library");
    await userEvent.click(await screen.findByRole("button", { name: "Add “Giant pandas” to favourites" }));
    expect(await screen.findByText(/cannot answer right now/)).toBeTruthy();
    expect(screen.getByRole("button", { name: "Add “Giant pandas” to favourites" }).getAttribute("aria-pressed")).toBe("false");
  });

  it("brings the next page when it is asked for", async () => {
    const queries: string[] = [];
    serve({ ...LISTS, "GET /api/v1/videos": { items: [FILM], next: FILM.id } });
    const answering = fetch;
    vi.stubGlobal("fetch", (request: Request) => {
      queries.push(new URL(request.url).search);
      if (new URL(request.url).searchParams.get("cursor")) return Promise.resolve(Response.json({ items: [{ ...FILM, id: "second", title: "Bees" }], next: null }));
      return answering(request);
    });
    openPage("/library");
    await userEvent.click(await screen.findByRole("button", { name: "Show more" }));
    expect(await screen.findByRole("link", { name: "Bees" })).toBeTruthy();
    expect(screen.getByRole("link", { name: "Giant pandas" })).toBeTruthy();
    expect(queries.filter((query) => query.includes(`cursor=${FILM.id}`))).toHaveLength(1);
  });

  it("searches, says that nothing fits, and goes back to everything", async () => {
    serve({ ...LISTS, "GET /api/v1/videos": { items: [], next: null } });
    const { router } = openPage("/library?search=owls&style=noir");
    expect(await screen.findByText("Nothing fits")).toBeTruthy();
    const box = screen.getByRole("searchbox", { name: "Search titles" });
    expect(box).toHaveProperty("value", "owls");
    await userEvent.click(screen.getAllByRole("button", { name: "Clear filters" }).at(-1) as HTMLElement);
    expect(await screen.findByText("Your films will be here")).toBeTruthy();
    expect(router.state.location.search).toBe("");
  });

  it("says that it cannot be had, with a way to try again", async () => {
    serve({ ...LISTS, "GET /api/v1/videos": new Told(403, "not-allowed") });
    openPage("/library");
    expect((await screen.findByRole("alert")).textContent).toContain("You are not allowed to do that.");
    expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
  });

  it("tells that the quota is spent", async () => {
    serve({ ...LISTS, "GET /api/v1/account": { ...JANE, quota: { used: 2, limit: 2, at_work: 1 } }, "GET /api/v1/videos": { items: [], next: null } });
    openPage("/library");
    expect(await screen.findByText(/All 2 films are used.*1 is being made\./)).toBeTruthy();
  });
});

describe("the library's address", () => {
  it("keeps what is wished, and leaves out what is usual", () => {
    const search = withWish(new URLSearchParams("shelf=public&sort=oldest"), { style: "noir", sort: "newest" });
    expect(search.toString()).toBe("shelf=public&style=noir");
    expect(wantedOf(search, false)).toMatchObject({ shelf: "public", sort: "newest", style: "noir" });
  });

  it("shows strangers what is public, whatever it says", () => {
    expect(wantedOf(new URLSearchParams("shelf=mine&sort=nonsense"), true)).toMatchObject({ shelf: "public", sort: "newest" });
  });
});

describe("news of films", () => {
  const WORKING = { ...FILM, id: "3f", title: "", status: "rendering", ready: false, seconds: null };
  const NEWS = { id: "3f", sequence: 9, owner: JANE.id, status: "rendering", revision: 1, title: "Bees", failure: "", failure_kind: "", created_at: 0, scenes: 6, scenes_ready: 2 };
  const news = (part: Partial<typeof NEWS> = {}) => new Map([[NEWS.id, { ...NEWS, ...part }]]);

  it("come over one socket for however many films are at work, and are shown on each", async () => {
    const lines: { url: string; onopen?: () => void; onmessage?: (event: { data: string }) => void }[] = [];
    vi.stubGlobal("WebSocket", class { constructor(readonly url: string) { lines.push(this); } close() {} });
    const films = Array.from({ length: 9 }, (_, index) => ({ ...WORKING, id: `3${index}` }));
    const asked = serve({ ...LISTS, "GET /api/v1/videos": { items: films, next: null } });
    openPage("/library");
    expect(await screen.findAllByRole("article")).toHaveLength(9);
    expect(lines.map(({ url }) => url)).toEqual(["ws://aiprod.test/ws/videos?after=-1"]);
    const say = (id: string) => lines[0]?.onmessage?.({ data: JSON.stringify({ type: "news", sequence: 9, video: { ...NEWS, id } }) });
    act(() => {
      say("32");
      say("38");
    });
    expect(screen.getAllByText("2 of 6 scenes")).toHaveLength(2);
    expect(screen.getAllByRole("link", { name: "Bees" })).toHaveLength(2);
    expect(asked.filter(({ path }) => path === "/api/v1/videos")).toHaveLength(1);
  });

  it("show a film none of whose scenes is drawn as not begun, and count one scene rightly in French", async () => {
    let hear: ((event: { data: string }) => void) | undefined;
    vi.stubGlobal("WebSocket", class { set onmessage(heard: typeof hear) { hear = heard; } close() {} });
    serve({ ...LISTS, "GET /api/v1/videos": { items: [WORKING], next: null } });
    const say = (scenes_ready: number) => act(() => hear?.({ data: JSON.stringify({ type: "news", sequence: 9 + scenes_ready, video: { ...NEWS, scenes_ready } }) }));
    await speak("fr");
    openPage("/library");
    const bar = await screen.findByRole("progressbar");
    say(0);
    expect(bar.getAttribute("aria-valuenow")).toBe("0");
    say(1);
    expect(screen.getByText("Scènes : 1 sur 6")).toBeTruthy();
    await speak("en");
  });

  it("take a film that was deleted elsewhere out of the list", async () => {
    let hear: ((event: { data: string }) => void) | undefined;
    vi.stubGlobal("WebSocket", class { set onmessage(heard: typeof hear) { hear = heard; } close() {} });
    serve({ ...LISTS, "GET /api/v1/videos": { items: [WORKING, FILM], next: null } });
    openPage("/library");
    expect(await screen.findAllByRole("article")).toHaveLength(2);
    act(() => hear?.({ data: JSON.stringify({ type: "gone", sequence: 10, id: "3f" }) }));
    expect(screen.getAllByRole("article")).toHaveLength(1);
  });

  it("ask for the list again when a film began or ended, each time anew", () => {
    expect(outdated([WORKING], news())).toBe("");
    expect(outdated([WORKING], news({ status: "completed" }))).toBe("3f 9");
    expect(outdated([WORKING], news({ status: "failed", sequence: 12 }))).toBe("3f 12");
    expect(outdated([FILM], news())).toBe("3f");
    expect(outdated([FILM], news({ status: "completed" }))).toBe("");
  });

  it("tell how far a film is, but not how it ended: that the list knows whole", () => {
    expect(asTold(WORKING, NEWS)).toMatchObject({ title: "Bees", status: "rendering" });
    expect(asTold({ ...WORKING, title: "Bees" }, { ...NEWS, title: "", status: "reviewing" })).toMatchObject({ title: "Bees", status: "reviewing" });
    expect(asTold(WORKING, { ...NEWS, status: "completed" })).toBe(WORKING);
    expect(asTold(FILM, NEWS)).toBe(FILM);
  });
});
