import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { openPage, signIn, signOut } from "./pages";
import { serve, Told } from "./service";

const JANE = { id: "8d2a", email: "jane@mail.org", admin: false, tier: "free", created_at: 0, quota: { used: 1, limit: 2, at_work: 0 } };
const SHELF = { items: [], used_bytes: 250_000_000, limit_bytes: 500_000_000 };
const ANSWERS = { "GET /api/v1/account": JANE, "GET /api/v1/media": SHELF };

beforeEach(signIn);
afterEach(signOut);

describe("the account", () => {
  it("tells what is used of films and room", async () => {
    serve(ANSWERS);
    openPage("/account");
    const room = await screen.findByRole("progressbar", { name: "Storage" });
    expect(room.getAttribute("aria-valuenow")).toBe("50");
    expect(screen.getByRole("progressbar", { name: "Films" }).getAttribute("aria-valuenow")).toBe("50");
    expect(screen.getByText("Free")).toBeTruthy();
  });

  it("sends no new password that is too short, and says which one is wrong", async () => {
    const asked = serve({ ...ANSWERS, "PUT /api/v1/account/password": new Told(403, "not-allowed") });
    openPage("/account?part=security");
    await userEvent.type(await screen.findByLabelText("Password now"), "not this one");
    await userEvent.type(screen.getByLabelText("New password"), "short");
    await userEvent.click(screen.getByRole("button", { name: "Change password" }));
    expect(screen.getByText("At least 10 characters, please.")).toBeTruthy();
    expect(asked.some(({ method }) => method === "PUT")).toBe(false);
    await userEvent.type(screen.getByLabelText("New password"), " no longer");
    await userEvent.click(screen.getByRole("button", { name: "Change password" }));
    expect((await screen.findByRole("alert")).textContent).toContain("This is not the account’s password.");
  });

  it("is deleted only when its address and password are given", async () => {
    const asked = serve({ ...ANSWERS, "POST /api/v1/account/delete": {} });
    const { router } = openPage("/account?part=security");
    await userEvent.click(await screen.findByRole("button", { name: "Delete account" }));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByText(/All your films go too/)).toBeTruthy();
    const send = within(dialog).getByRole("button", { name: "Delete account" });
    await userEvent.type(within(dialog).getByLabelText("Your password"), "correct horse battery");
    expect(send).toHaveProperty("disabled", true);
    await userEvent.type(within(dialog).getByLabelText("Type jane@mail.org to confirm"), "Jane@mail.org");
    await userEvent.click(send);
    expect(await screen.findByText("Get started")).toBeTruthy();
    expect(router.state.location.pathname).toBe("/");
    expect(asked.find(({ method }) => method === "POST")?.body).toEqual({ password: "correct horse battery" });
  });

  it("tells a new key once", async () => {
    const key = { id: "k1", name: "my blog", scopes: ["videos:read"], created_at: 0 };
    const keys: unknown[] = [];
    serve({ ...ANSWERS, "GET /api/v1/account/keys": keys, "POST /api/v1/account/keys": { ...key, key: "aip_5ecret" } });
    openPage("/account?part=keys");
    expect(await screen.findByText("No keys")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "New key" }));
    await userEvent.type(await screen.findByLabelText("Name"), "my blog");
    keys.push(key);
    await userEvent.click(screen.getByRole("button", { name: "Make the key" }));
    expect(await screen.findByText("aip_5ecret")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "I have kept it" }));
    expect(await screen.findByRole("button", { name: "Revoke my blog" })).toBeTruthy();
    expect(screen.queryByText("aip_5ecret")).toBeNull();
  });

  it("shows what a webhook was told, and why that failed", async () => {
    const webhook = { id: "5d1e", url: "https://mail.org/hook", events: ["completed"], created_at: 0, paused_at: null };
    const delivery = {
      id: "98209999999999-3f0c9a51be7702d4c6aa", event: "completed", video: "3f0c", state: "failed", created_at: 0, body: "{\"a\":1}", next_at: null,
      tries: [{ at: 0, status: null, answer: "Nobody listens there.", seconds: 1 }],
    };
    const asked = serve({
      ...ANSWERS,
      "GET /api/v1/account/webhooks": [webhook],
      "GET /api/v1/account/webhooks/5d1e/deliveries": { items: [delivery], next: null },
      [`POST /api/v1/account/webhooks/5d1e/deliveries/${delivery.id}/replay`]: delivery,
    });
    openPage("/account?part=webhooks");
    await userEvent.click(await screen.findByRole("button", { name: "Deliveries" }));
    expect((await screen.findAllByText("Nobody listens there.")).length).toBeGreaterThan(0);
    await userEvent.click(screen.getByRole("button", { name: "Send again" }));
    expect(asked.filter(({ path }) => path.endsWith("/replay"))).toHaveLength(1);
  });

  it("says that a webhook is paused, and what ends that", async () => {
    const webhook = { id: "5d1e", url: "https://mail.org/hook", events: ["completed"], created_at: 0, paused_at: 86_400 };
    const open = { ...webhook, id: "77aa", url: "https://mail.org/other", paused_at: null };
    serve({ ...ANSWERS, "GET /api/v1/account/webhooks": [webhook, open] });
    openPage("/account?part=webhooks");
    const [paused, other] = (await screen.findAllByRole("listitem")).filter((item) => item.textContent.includes("https://"));
    expect(paused?.textContent).toMatch(/Paused.*Send a test: when it arrives, the pause ends/s);
    expect(other?.textContent).not.toContain("Paused");
  });

  it("saves a paused webhook with another address, which ends the pause", async () => {
    const webhook = { id: "5d1e", url: "https://mail.org/hook", events: ["completed", "failed"], created_at: 0, paused_at: 86_400 as number | null };
    const webhooks = [webhook];
    const asked = serve({ ...ANSWERS, "GET /api/v1/account/webhooks": webhooks, "PUT /api/v1/account/webhooks/5d1e": webhook });
    openPage("/account?part=webhooks");
    await userEvent.click(await screen.findByRole("button", { name: "Edit the webhook https://mail.org/hook" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Edit this webhook" }));
    expect(dialog.getByText(/it is called again/)).toBeTruthy();
    await userEvent.clear(dialog.getByLabelText("Address"));
    await userEvent.type(dialog.getByLabelText("Address"), "https://mail.org/new");
    await userEvent.click(dialog.getByRole("checkbox", { name: "Failed" }));
    webhooks[0] = { ...webhook, url: "https://mail.org/new", events: ["completed"], paused_at: null };
    await userEvent.click(dialog.getByRole("button", { name: "Save and resume" }));
    expect(await screen.findByText("https://mail.org/new")).toBeTruthy();
    expect(asked.find(({ method }) => method === "PUT")?.body).toEqual({ url: "https://mail.org/new", events: ["completed"] });
    expect(screen.queryByText("Paused")).toBeNull();
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("keeps what was written where saving a webhook is refused", async () => {
    const webhook = { id: "5d1e", url: "https://mail.org/hook", events: ["completed"], created_at: 0, paused_at: null };
    const fault = "url: expected a public address, found a private one";
    serve({ ...ANSWERS, "GET /api/v1/account/webhooks": [webhook], "PUT /api/v1/account/webhooks/5d1e": new Told(422, "invalid-input", fault, [fault]) });
    openPage("/account?part=webhooks");
    await userEvent.click(await screen.findByRole("button", { name: "Edit the webhook https://mail.org/hook" }));
    const dialog = within(await screen.findByRole("dialog"));
    await userEvent.type(dialog.getByLabelText("Address"), "2");
    await userEvent.click(dialog.getByRole("button", { name: "Save" }));
    expect((await dialog.findByRole("alert")).textContent).toContain("found a private one");
    expect(dialog.getByLabelText("Address")).toHaveProperty("value", "https://mail.org/hook2");
  });

  it("says what was done with it, and what was refused", async () => {
    const entry = { id: "1-a", at: 0, user: JANE.id, act: "sign_in", on: "", detail: "", address: "192.0.2.7", key: "", refused: true };
    serve({ ...ANSWERS, "GET /api/v1/account/audit": { items: [entry, { ...entry, id: "1-b", act: "levitate", refused: false }], next: null } });
    openPage("/account?part=activity");
    const refused = (await screen.findByText("Logged in")).closest("li");
    expect(refused?.textContent).toContain("Refused");
    expect(screen.getByText("levitate")).toBeTruthy();
  });
});
