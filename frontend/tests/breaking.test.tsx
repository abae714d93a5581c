/** What pages do when the line breaks, a session ends or a film goes while somebody is at work: nothing is lost, nothing stays wrong. */
import { onlineManager, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, renderHook, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { accountQuery, createQueryClient } from "@/client/queries";
import { useSignIn } from "@/client/session";
import { sceneFault } from "@/features/create/scenes";
import { requestOf, EMPTY } from "@/features/create/draft";

import { openPage, signIn, signOut } from "./pages";
import { serve, Told } from "./service";

const ID = "3f0c9a51be77d0c2a1b4";
const JANE = { id: "8d2a", email: "jane@mail.org", admin: false, tier: "free", created_at: 0, quota: { used: 1, limit: 2, at_work: 0 } };
const JOHN = { ...JANE, id: "77ab", email: "john@mail.org" };
const PROGRESS = { id: ID, sequence: 9, status: "completed", revision: 1, title: "Pandas", failure: "", failure_kind: "", failed_in: "", scenes: [], history: [] };
const FILM = {
  id: ID, title: "Pandas", status: "completed", language: "en", style: "noir", profile: "social", created_at: 0, public: false, mine: true, favourite: false,
  views: 0, ready: true, seconds: 61, width_px: 1080, height_px: 1920, credits: [], failure: null, failure_kind: null, failed_in: null,
  files: [{ name: "film.mp4", bytes: 18, url: "" }], scenes: [{ scene: 1, title: "Bamboo", text: "Pandas eat.", visual: "A panda" }],
  theme: "Pandas", notes: [], cost_usd: 0, progress: PROGRESS,
};
const CHOICES = {
  "GET /api/v1/styles": [{ id: "noir" }], "GET /api/v1/languages": [{ id: "en" }], "GET /api/v1/voices": [], "GET /api/v1/moods": [],
  "GET /api/v1/profiles": [], "GET /api/v1/media": { items: [], used_bytes: 0, limit_bytes: null },
};
const ESTIMATE = { film_seconds: 12, cost_usd: 0, making_seconds: 30, allowed: true, reason: "" };
const SESSION = { token: "t", csrf_token: "m", expires_at: 0, account: JOHN };
const film = `GET /api/v1/videos/${ID}`;

beforeEach(signIn);
afterEach(() => {
  onlineManager.setOnline(true);
  signOut();
});

function lineIsBack() {
  onlineManager.setOnline(false);
  onlineManager.setOnline(true);
}

describe("a broken line", () => {
  it("is no reason to be sent to the log-in: what cannot be known is told, and asked for again", async () => {
    const answers: Record<string, unknown> = { "GET /api/v1/account": new Told(429, "too-many-requests"), ...CHOICES, "POST /api/v1/videos/estimate": ESTIMATE };
    serve(answers);
    const { router } = openPage("/create");
    expect(await screen.findByText(/Too many tries/, {}, { timeout: 15_000 })).toBeTruthy();
    expect(router.state.location.pathname).toBe("/create");
    answers["GET /api/v1/account"] = JANE;
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { name: "New film" })).toBeTruthy();
  }, 30_000);

  it("has what was missed asked for when it is back", async () => {
    const answers: Record<string, unknown> = { "GET /api/v1/account": JANE, [film]: new Told(429, "too-many-requests") };
    serve(answers);
    openPage(`/films/${ID}`);
    await screen.findByText(/Too many tries/);
    answers[film] = FILM;
    lineIsBack();
    expect(await screen.findByRole("heading", { level: 1, name: "Pandas" })).toBeTruthy();
  });

  it("lets a film be played on from where it broke off", async () => {
    serve({ "GET /api/v1/account": JANE, [film]: FILM });
    const { container } = openPage(`/films/${ID}`);
    await screen.findByRole("heading", { level: 1, name: "Pandas" });
    const video = container.querySelector("video") as HTMLVideoElement;
    Object.defineProperty(video, "error", { value: { code: 2 } });
    const load = vi.fn();
    video.load = load;
    video.play = vi.fn().mockResolvedValue(undefined);
    video.currentTime = 12;
    fireEvent.error(video);
    expect((await screen.findByRole("alert")).textContent).toContain("The connection broke");
    await userEvent.click(screen.getByRole("button", { name: "Go on playing" }));
    expect(load).toHaveBeenCalled();
    expect(video.currentTime).toBe(12);
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

describe("a film that is deleted while somebody looks at it", () => {
  it("is not shown as if it were there", async () => {
    const answers: Record<string, unknown> = { "GET /api/v1/account": JANE, [film]: FILM };
    serve(answers);
    vi.stubGlobal("WebSocket", class { onclose?: (event: { code: number }) => void; constructor() { setTimeout(() => this.onclose?.({ code: 4404 }), 300); } close() {} });
    openPage(`/films/${ID}`);
    await screen.findByRole("heading", { level: 1, name: "Pandas" });
    answers[film] = new Told(404, "not-found");
    expect(await screen.findByText("This film is not there")).toBeTruthy();
  });
});

describe("what somebody wrote", () => {
  it("of a scene is still there when its window was closed by a touch beside it", async () => {
    serve({ "GET /api/v1/account": JANE, [film]: FILM });
    openPage(`/films/${ID}`);
    await userEvent.click(await screen.findByRole("button", { name: "Edit scene 1" }));
    await userEvent.type(within(await screen.findByRole("dialog")).getByLabelText("What is said"), " A lot.");
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await userEvent.click(screen.getByRole("button", { name: "Edit scene 1" }));
    expect(await screen.findByLabelText("What is said")).toHaveProperty("value", "Pandas eat. A lot.");
  });

  it("of a film outlives the page, for them alone, until it is asked for", async () => {
    const answers: Record<string, unknown> = { "GET /api/v1/account": JANE, ...CHOICES, "POST /api/v1/videos/estimate": ESTIMATE, "POST /api/v1/videos": FILM, [film]: FILM };
    serve(answers);
    const first = openPage("/create?theme=Pandas");
    const field = await screen.findByLabelText("What is it about?");
    await userEvent.type(field, " at night");
    first.unmount();
    const second = openPage("/create");
    expect(await screen.findByLabelText("What is it about?")).toHaveProperty("value", "Pandas at night");
    second.unmount();
    answers["GET /api/v1/account"] = JOHN;
    const third = openPage("/create");
    expect(await screen.findByLabelText("What is it about?")).toHaveProperty("value", "");
    third.unmount();
  });

  it("is asked for, and then the page begins anew", async () => {
    serve({ "GET /api/v1/account": JANE, ...CHOICES, "POST /api/v1/videos/estimate": ESTIMATE, "POST /api/v1/videos": FILM, [film]: FILM });
    const { unmount } = openPage("/create?theme=Pandas");
    await screen.findByLabelText("What is it about?");
    await userEvent.click(screen.getAllByRole("button", { name: "Make the film" })[0] as HTMLElement);
    await screen.findByRole("heading", { level: 1, name: "Pandas" });
    unmount();
    openPage("/create");
    expect(await screen.findByLabelText("What is it about?")).toHaveProperty("value", "");
  });
});

describe("making a film", () => {
  it("tells on phones too why it cannot begin, and can as soon as there is room", async () => {
    const answers: Record<string, unknown> = { "GET /api/v1/account": JANE, ...CHOICES, "POST /api/v1/videos/estimate": { ...ESTIMATE, allowed: false } };
    serve(answers);
    openPage("/create?theme=Pandas");
    expect(await screen.findAllByText(/As many films as your account may make at once/)).toHaveLength(2);
    answers["POST /api/v1/videos/estimate"] = ESTIMATE;
    await waitFor(() => expect(screen.queryByText(/As many films as your account/)).toBeNull(), { timeout: 9000 });
    expect(screen.getAllByRole("button", { name: "Make the film" })[0]).toHaveProperty("disabled", false);
  }, 15_000);

  it("shows no reason of what was refused before and is written anew by now", async () => {
    serve({ "GET /api/v1/account": JANE, ...CHOICES, "POST /api/v1/videos/estimate": ESTIMATE, "POST /api/v1/videos": new Told(422, "invalid-input", "No.") });
    openPage("/create?theme=Pandas");
    const field = await screen.findByLabelText("What is it about?");
    await userEvent.click(screen.getAllByRole("button", { name: "Make the film" })[0] as HTMLElement);
    await screen.findAllByRole("alert");
    await userEvent.type(field, " at night");
    await waitFor(() => expect(screen.queryAllByRole("alert")).toEqual([]));
  });

  it("is not asked for while two files are for one scene, of which only one would be shown", () => {
    const media = (id: string) => ({ id, kind: "picture", name: id, media_type: "", bytes: 1, created_at: 0, width_px: 1, height_px: 1, seconds: null, url: "" }) as const;
    const pictures = [{ scene: 1, media: media("aa") }, { scene: 1, media: media("bb") }];
    expect(sceneFault(pictures)).toEqual({ fault: "twice", scene: 1 });
    expect(sceneFault([{ scene: 0, media: media("aa") }])).toEqual({ fault: "none", scene: 0 });
    const draft = { ...EMPTY, source: "script", script: "# Mine", pictures } as const;
    expect(requestOf(draft)).toBeNull();
    expect(requestOf({ ...draft, pictures: pictures.slice(1) })).toMatchObject({ media: { "1": "bb" } });
  });
});

describe("an account", () => {
  it("sees nothing of the one before, whose session ended in the same page", async () => {
    serve({ "POST /api/v1/session": SESSION });
    const queries = createQueryClient();
    queries.setQueryData(["account", "keys"], [{ id: "1", name: "Jane's blog" }]);
    queries.setQueryData(accountQuery.queryKey, null);
    const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
    const { result } = renderHook(() => useSignIn(), { wrapper });
    await result.current.mutateAsync({ email: "john@mail.org", password: "correct horse battery" });
    expect(queries.getQueryData(["account", "keys"])).toBeUndefined();
    expect(queries.getQueryData(accountQuery.queryKey)).toMatchObject({ email: "john@mail.org" });
  });

  it("is made with a code that was pasted with a blank before it", async () => {
    const asked = serve({ "POST /api/v1/accounts": new Told(403, "not-allowed") });
    openPage("/register");
    const code = await screen.findByLabelText("Access code");
    await userEvent.click(code);
    await userEvent.paste(" k7qh-2xwp ");
    await userEvent.type(screen.getByLabelText("Email"), "jane@mail.org");
    await userEvent.type(screen.getByLabelText("Password"), "correct horse battery");
    await userEvent.click(screen.getByRole("button", { name: "Make my account" }));
    await waitFor(() => expect(asked.find(({ method }) => method === "POST")?.body).toMatchObject({ code: "K7QH2XWP" }));
  });
});

describe("the button that copies", () => {
  it("does so too where the page came without https, and a browser gives no clipboard", async () => {
    serve({ "GET /api/v1/account": JANE, [film]: FILM });
    vi.stubGlobal("isSecureContext", false);
    const put: Record<string, string> = {};
    const copies = () => {
      const event = Object.assign(new Event("copy"), { clipboardData: { setData: (kind: string, text: string) => (put[kind] = text) } });
      document.dispatchEvent(event);
      return true;
    };
    Object.assign(document, { execCommand: copies });
    openPage(`/films/${ID}`);
    await userEvent.click(await screen.findByRole("button", { name: "Share" }));
    await userEvent.click(await screen.findByRole("button", { name: /Copy/ }));
    expect(await screen.findByText("Copied")).toBeTruthy();
    expect(put["text/plain"]).toContain(`/films/${ID}`);
  });
});
