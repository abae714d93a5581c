import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { speak } from "@/texts/i18n";

import { openPage, signIn, signOut } from "./pages";
import { serve, Told } from "./service";

const JANE = { id: "8d2a", email: "jane@mail.org", admin: false, tier: "free", created_at: 0, quota: { used: 0, limit: 2, at_work: 0 } };
const file = (id: string, name: string, kind: string, seconds: number | null) => ({
  id, name, kind, media_type: "", bytes: 250_000, created_at: 0, width_px: null, height_px: null, seconds, url: `/api/v1/media/${id}/content`,
});
const SONG = file("50", "song.mp3", "sound", 95);
const VOICE = file("70", "voice.webm", "sound", 12.4);
const PANDA = file("9a", "02 panda.jpg", "picture", null);
const ESTIMATE = { film_seconds: 12, cost_usd: 0, making_seconds: 30, allowed: true, reason: "" };

function service(items: unknown[], estimate: unknown = ESTIMATE) {
  return serve({
    "GET /api/v1/account": JANE,
    "GET /api/v1/media": { items, used_bytes: 1, limit_bytes: null },
    "GET /api/v1/styles": [{ id: "noir" }], "GET /api/v1/languages": [{ id: "en" }], "GET /api/v1/voices": [], "GET /api/v1/moods": [], "GET /api/v1/profiles": [],
    "POST /api/v1/videos/estimate": estimate,
    "DELETE /api/v1/media/50": {},
  });
}

beforeEach(signIn);
afterEach(signOut);

describe("a quota that is spent", () => {
  it("is not told as films that are made while they are being made", async () => {
    const answers = { "GET /api/v1/account": { ...JANE, quota: { used: 2, limit: 2, at_work: 2 } } };
    serve({ ...answers, "GET /api/v1/styles": [], "GET /api/v1/languages": [], "GET /api/v1/voices": [], "GET /api/v1/moods": [], "GET /api/v1/profiles": [] });
    openPage("/create");
    expect(await screen.findByText(/The 2 films of your account are made or being made\./)).toBeTruthy();
  });
});

describe("files that were brought before", () => {
  it("are offered where they fit, with their length, and are what the film is asked for with", async () => {
    const asked = service([VOICE, SONG, PANDA]);
    openPage("/create?source=recording");
    await userEvent.click(await screen.findByRole("button", { name: "Choose among 2 earlier files" }));
    const dialog = await screen.findByRole("dialog", { name: "Your narration" });
    expect(within(dialog).getByText(/^Sound · 0:12 · /)).toBeTruthy();
    expect(within(dialog).queryByText("02 panda.jpg")).toBeNull();
    await userEvent.click(within(dialog).getByRole("button", { name: "Choose voice.webm" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await userEvent.click(screen.getByRole("button", { name: "Choose your earlier file" }));
    await userEvent.click(await screen.findByRole("button", { name: "Choose 02 panda.jpg" }));
    expect(await screen.findByLabelText("Scene")).toHaveProperty("value", "2");
    expect(screen.queryByRole("button", { name: /earlier/ })).toBeNull();
    await waitFor(() => expect(asked.findLast(({ path }) => path.endsWith("/estimate"))?.body).toMatchObject({ recording: "70", media: { "2": "9a" } }));
  });

  it("are deleted when that is confirmed, and not offered any more", async () => {
    const items = [VOICE, SONG];
    const asked = service(items);
    openPage("/create?source=recording");
    await userEvent.click(await screen.findByRole("button", { name: "Choose among 2 earlier files" }));
    await userEvent.click(await screen.findByRole("button", { name: "Delete song.mp3" }));
    const confirm = await screen.findByRole("dialog", { name: "Delete “song.mp3”?" });
    expect(asked.some(({ method }) => method === "DELETE")).toBe(false);
    items.pop();
    await userEvent.click(within(confirm).getByRole("button", { name: "Delete" }));
    await waitFor(() => expect(screen.queryByText("song.mp3")).toBeNull());
    expect(screen.getByRole("button", { name: "Choose voice.webm" })).toBeTruthy();
  });

  it("are not spoken of where there are none", async () => {
    service([]);
    openPage("/create?source=recording");
    expect(await screen.findByLabelText("Your narration")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /earlier/ })).toBeNull();
  });
});

describe("what is wrong with a request", () => {
  it("is told in the reader's language with its place, the service's own words behind it", async () => {
    const faults = ["script, line 7: expected **VOICE OVER:**, found a second **VISUAL:**", "Something else.", ...["8", "9"].map((line) => `script, line ${line}: expected words, found none`)];
    service([], new Told(422, "invalid-input", faults.join(" "), faults));
    await speak("fr");
    openPage("/create?theme=Pandas");
    const [alert] = await screen.findAllByRole("alert");
    expect(alert?.textContent).toContain("Une de vos saisies ne peut pas être utilisée. Corrigez-la");
    expect(within(alert as HTMLElement).getByText("Le script, ligne 7")).toBeTruthy();
    expect(within(alert as HTMLElement).getByText(/^expected \*\*VOICE OVER/).getAttribute("lang")).toBe("en");
    expect(within(alert as HTMLElement).getByText("Something else.").getAttribute("lang")).toBe("en");
    expect(alert?.textContent).toMatch(/ligne 8.*Et 1 autre\.$/);
    await speak("en");
  });
});
