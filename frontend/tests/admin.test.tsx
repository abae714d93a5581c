import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { follow, withState, type Day, type Point, type State } from "@/features/dashboard/feed";
import { hours, medians, total } from "@/features/dashboard/sums";

import { openPage, signIn, signOut } from "./pages";
import { serve } from "./service";

const JANE = { id: "8d2a", email: "jane@mail.org", admin: false, tier: "free", created_at: 0, quota: { used: 1, limit: 2, at_work: 0 } };
const ROOT = { ...JANE, id: "0001", email: "root@mail.org", admin: true, quota: { used: 0, limit: null, at_work: 0 } };
const LISTED = { ...JANE, signed_in_at: null, disabled: false };
const ANSWERS = {
  "GET /api/v1/account": ROOT,
  "GET /api/v1/admin/access-code": { code: "K7QH2XWP", until: Date.now() / 1000 + 90, before: "", before_until: 0 },
  "GET /api/v1/admin/users": { items: [LISTED, { ...LISTED, ...ROOT, signed_in_at: 1 }], next: null, tiers: ["free", "gold"] },
  "GET /api/v1/admin/dead-letters": [],
};

beforeEach(signIn);
afterEach(signOut);

describe("the administration", () => {
  it("is not there for who is no admin", async () => {
    const asked = serve({ ...ANSWERS, "GET /api/v1/account": JANE });
    openPage("/admin");
    expect(await screen.findByText("This page does not exist")).toBeTruthy();
    expect(asked.filter(({ path }) => path.startsWith("/api/v1/admin"))).toEqual([]);
  });

  it("shows the code of the hour and how long it counts, and turns it when that is confirmed", async () => {
    const asked = serve({
      ...ANSWERS,
      "POST /api/v1/admin/access-code": { code: "AAAA2222", until: Date.now() / 1000 + 3600, before: "K7QH2XWP", before_until: Date.now() / 1000 + 600 },
    });
    openPage("/admin");
    expect(await screen.findByText("K7QH2XWP")).toBeTruthy();
    expect(screen.getByText(/^Valid for 1:\d\d more/)).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Turn now" }));
    expect(asked.some(({ method }) => method === "POST")).toBe(false);
    await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Turn now" }));
    expect(await screen.findByText("AAAA2222")).toBeTruthy();
    expect(screen.getByText(/The one before, K7QH2XWP/)).toBeTruthy();
  });

  it("finds people by their address, and locks them out when that is confirmed", async () => {
    const asked = serve({ ...ANSWERS, "PUT /api/v1/admin/users/8d2a/disabled": { ...LISTED, disabled: true } });
    const answering = fetch;
    const sought: string[] = [];
    vi.stubGlobal("fetch", (request: Request) => {
      const { pathname, searchParams } = new URL(request.url);
      const search = searchParams.get("search") ?? "";
      if (!pathname.endsWith("/admin/users") || !search) return answering(request);
      sought.push(search);
      return Promise.resolve(Response.json({ items: search === "jane" ? [LISTED] : [], next: null, tiers: ["free"] }));
    });
    openPage("/admin");
    const box = await screen.findByRole("searchbox");
    await userEvent.type(box, "nobody");
    expect(await screen.findByText("Nobody’s address begins with “nobody”.")).toBeTruthy();
    await userEvent.clear(box);
    await userEvent.type(box, "jane");
    expect(await screen.findByText("1 account")).toBeTruthy();
    expect(sought).toEqual(["nobody", "jane"]);
    expect(screen.queryByText("You")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Lock: jane@mail.org" }));
    await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Lock" }));
    expect(await screen.findByRole("button", { name: "Unlock: jane@mail.org" })).toBeTruthy();
    expect(asked.find(({ method }) => method === "PUT")?.body).toEqual({ disabled: true });
  });

  it("shows a dead letter with its reason, and sends it again", async () => {
    const letters = [{ id: "7", subscription: "script", event: "VideoRequested", video: "3f0c", attempts: 5, reason: "The pencil broke.", at: 1 }];
    serve({ ...ANSWERS, "GET /api/v1/admin/dead-letters": letters, "POST /api/v1/admin/dead-letters/7/replay": {} });
    openPage("/admin?part=letters");
    expect(await screen.findByText("The pencil broke.")).toBeTruthy();
    letters.pop();
    await userEvent.click(screen.getByRole("button", { name: "Replay: VideoRequested" }));
    expect(await screen.findByText("No dead letters")).toBeTruthy();
  });

  it("keeps the open part's tab in sight when a number makes the tabs before it wider", async () => {
    const rows: (() => void)[] = [];
    vi.stubGlobal("ResizeObserver", class { constructor(call: () => void) { rows.push(call); } observe() {} disconnect() {} });
    serve({ ...ANSWERS, "GET /api/v1/admin/audit": { items: [], next: null } });
    openPage("/admin?part=audit");
    const tab = await screen.findByRole("tab", { name: "Audit" });
    const row = tab.parentElement as HTMLElement;
    Object.defineProperty(row, "clientWidth", { value: 300 });
    for (const [left, seen] of [[280, 160], [320, 200]]) {
      Object.defineProperties(tab, { offsetLeft: { value: left, configurable: true }, offsetWidth: { value: 60, configurable: true } });
      rows.forEach((call) => call());
      expect(row.scrollLeft).toBe(seen);
    }
  });

  it("says who did what by their address, and asks for one person's acts alone", async () => {
    const entry = { id: "1-a", at: 0, user: JANE.id, act: "delete_video", on: "3f0c", detail: "", address: "", key: "", refused: false };
    serve({ ...ANSWERS, "GET /api/v1/admin/audit": { items: [entry], next: null } });
    openPage("/admin?part=audit");
    const act = (await screen.findByText("Film deleted")).closest("li");
    await waitFor(() => expect(act?.textContent).toContain("jane@mail.org · on 3f0c"));
    expect(screen.queryByLabelText("Search: how the e-mail begins")).toBeNull();
  });

  it("has accounts sought by their addresses where there are more than are offered at once", async () => {
    const ZOE = { ...JANE, id: "20e", email: "zoe@mail.org" };
    const entry = { id: "1-a", at: 0, user: ZOE.id, act: "delete_video", on: "3f0c", detail: "", address: "", key: "", refused: false };
    const answers: Record<string, unknown> = {
      ...ANSWERS, "GET /api/v1/admin/users": { items: [JANE], next: "8d2a", tiers: ["free"] }, "GET /api/v1/admin/audit": { items: [entry], next: null },
    };
    serve(answers);
    openPage("/admin?part=audit");
    const act = (await screen.findByText("Film deleted")).closest("li");
    expect(act?.textContent).toContain("20e");
    const search = await screen.findByLabelText("Search: how the e-mail begins");
    answers["GET /api/v1/admin/users"] = { items: [ZOE], next: null, tiers: ["free"] };
    await userEvent.type(search, "zo");
    await waitFor(() => expect(act?.textContent).toContain("zoe@mail.org"));
  });
});

const HOUR = 3600;
const NOW = 1_800_000 * HOUR + 600;
const point = (at: number, part: Partial<Point> = {}): Point => ({
  at, seconds: 300, asked: 0, completed: 0, failed: 0, cancelled: 0, success_rate: null, cost_usd: 0, gpu_seconds: 0, median_seconds: {},
  at_work: 0, queue_events: 0, queue_oldest_seconds: 0, clips_waiting: 0, renderers: {}, ...part,
});

describe("the dashboard's sums", () => {
  it("put each point into the hour that it tells of", () => {
    const onTheHour = NOW - 600;
    const day = hours([point(onTheHour, { completed: 2 }), point(NOW, { failed: 1, clips_waiting: 3 }), point(NOW - 25 * HOUR, { completed: 9 })], NOW);
    expect(day).toHaveLength(24);
    expect(day.at(-1)).toMatchObject({ at: onTheHour, completed: 0, failed: 1, waiting: 3 });
    expect(day.at(-2)).toMatchObject({ at: onTheHour - HOUR, completed: 2 });
    expect(day.reduce((sum, hour) => sum + hour.completed, 0)).toBe(2);
  });

  it("know no success where nothing ended", () => {
    expect(total([point(NOW)]).success).toBeNull();
    expect(total([point(NOW, { completed: 3, failed: 1, cost_usd: 0.5 })])).toMatchObject({ success: 0.75, cost: 0.5 });
  });

  it("take the middle of what a stage took", () => {
    const points = [1, 9, 2].map((script) => point(NOW, { median_seconds: { script } }));
    expect(medians(points).get("script")).toBe(2);
  });
});

describe("the live feed", () => {
  const state = (now: Point): State => ({ point: now, videos: {}, oldest_seconds: 0, clips: {}, queues: [], dead_letters: 0 });
  const day: Day = { points: [point(NOW - 300), point(NOW, { seconds: 200 })], now: state(point(NOW)) };

  it("changes the point that is not over, and asks for the day again when a new one has begun", () => {
    const after = withState(day, state(point(NOW + 2, { seconds: 202, completed: 1 })));
    expect(after?.points.map(({ completed }) => completed)).toEqual([0, 1]);
    expect(withState(day, state(point(NOW + 102, { seconds: 2 })))).toBeNull();
  });

  it("says when it is lost, connects again, and stops for good where it is refused", () => {
    vi.useFakeTimers();
    const sockets: { onmessage: (message: { data: string }) => void; onclose: (event: { code: number }) => void }[] = [];
    vi.stubGlobal("WebSocket", class { constructor() { sockets.push(this as never); } close() {} });
    const heard: State[] = [];
    const alive: boolean[] = [];
    const end = follow((one) => heard.push(one), (live) => alive.push(live));
    sockets[0]?.onmessage({ data: JSON.stringify({ type: "state", state: state(point(NOW)) }) });
    expect([heard.length, alive.at(-1)]).toEqual([1, true]);
    sockets[0]?.onclose({ code: 1006 });
    expect(alive.at(-1)).toBe(false);
    vi.advanceTimersByTime(1500);
    expect(sockets).toHaveLength(2);
    sockets[1]?.onclose({ code: 4403 });
    vi.advanceTimersByTime(120_000);
    expect(sockets).toHaveLength(2);
    end();
    vi.useRealTimers();
  });

  it("comes back after a fault of the service, which may be over soon", () => {
    vi.useFakeTimers();
    const sockets: { onclose: (event: { code: number }) => void }[] = [];
    vi.stubGlobal("WebSocket", class { constructor() { sockets.push(this as never); } close() {} });
    const end = follow(() => undefined, () => undefined);
    sockets[0]?.onclose({ code: 4503 });
    vi.advanceTimersByTime(20_000);
    expect(sockets).toHaveLength(2);
    end();
    vi.useRealTimers();
  });

  it("gives up a connection on which nothing is said any more", () => {
    vi.useFakeTimers();
    const closed: number[] = [];
    const opened: { onopen: () => void }[] = [];
    vi.stubGlobal("WebSocket", class { constructor() { opened.push(this as never); } close() { closed.push(Date.now()); } });
    const end = follow(() => undefined, () => undefined);
    opened[0]?.onopen();
    vi.advanceTimersByTime(30_000);
    expect(closed).toHaveLength(0);
    vi.advanceTimersByTime(30_000);
    expect(closed).toHaveLength(1);
    end();
    vi.useRealTimers();
  });
});
