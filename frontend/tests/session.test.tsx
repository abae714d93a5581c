import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { nextPlace } from "@/features/session/after";
import { speak } from "@/texts/i18n";

import { openPage, signIn, signOut, standIn } from "./pages";
import { serve, Told } from "./service";

const JANE = { id: "8d2a", email: "jane@mail.org", admin: false, tier: "free", created_at: 0, quota: { used: 1, limit: 2, at_work: 0 } };
const SESSION = { token: "t", csrf_token: "m", expires_at: 0, account: JANE };

beforeEach(standIn);
afterEach(signOut);

describe("the bar", () => {
  it("shows who is signed in, and how many films they have had", async () => {
    signIn();
    serve({ "GET /api/v1/account": JANE });
    openPage("/nowhere");
    expect((await screen.findByRole("button", { name: /^Menu of/ })).textContent).toContain("(1/2)");
  });

  it("shows how many films they have had however long their address is: that alone is cut", async () => {
    signIn();
    const email = `${"jane.".repeat(20)}@mail.org`;
    serve({ "GET /api/v1/account": { ...JANE, email } });
    openPage("/nowhere");
    expect((await screen.findByText("(1/2)")).closest(".truncate")).toBeNull();
    expect(screen.getByText(email).closest(".truncate")).toBeTruthy();
  });

  it("counts the films of who may make any number", async () => {
    signIn();
    const admin = (used: number) => ({ ...JANE, admin: true, quota: { used, limit: null, at_work: 0 } });
    for (const [used, told] of [[1, "1 film made"], [2, "2 films made"]] as const) {
      serve({ "GET /api/v1/account": admin(used) });
      const { unmount } = openPage("/nowhere");
      expect((await screen.findByRole("button", { name: /^Menu of/ })).title).toBe(`${told}, any number allowed`);
      unmount();
    }
  });

  it("shows the way in to who is not signed in, without asking the service who they are", async () => {
    const asked = serve({});
    openPage("/nowhere");
    expect(await screen.findByText("Get started")).toBeTruthy();
    expect(asked.filter(({ path }) => path === "/api/v1/account")).toEqual([]);
  });

  it("lets who is not an admin see no page of admins", async () => {
    signIn();
    serve({ "GET /api/v1/account": JANE });
    openPage("/nowhere");
    await screen.findByText("(1/2)");
    expect(screen.queryByText("Admin")).toBeNull();
    expect(screen.getByText("This page does not exist")).toBeTruthy();
  });
});

describe("logging in", () => {
  it("is asked of who wants to make a film, and leads back there", async () => {
    serve({ "POST /api/v1/session": SESSION });
    const { router } = openPage("/create?theme=Pandas");
    await userEvent.type(await screen.findByLabelText("Email"), "jane@mail.org");
    await userEvent.type(screen.getByLabelText("Password"), "correct horse battery");
    await userEvent.click(screen.getByRole("button", { name: "Log in" }));
    await screen.findByText("New film");
    expect(router.state.location.pathname + router.state.location.search).toBe("/create?theme=Pandas");
  });

  it("says that address and password do not belong together", async () => {
    serve({ "POST /api/v1/session": new Told(401, "not-signed-in") });
    openPage("/login");
    await userEvent.type(await screen.findByLabelText("Email"), "jane@mail.org");
    await userEvent.type(screen.getByLabelText("Password"), "wrong");
    await userEvent.click(screen.getByRole("button", { name: "Log in" }));
    expect((await screen.findByRole("alert")).textContent).toContain("do not belong together");
  });

  it("sends nothing while the form is not filled in, and says what is missing", async () => {
    const asked = serve({});
    openPage("/login");
    await userEvent.click(await screen.findByRole("button", { name: "Log in" }));
    expect(screen.getAllByRole("alert")).toHaveLength(2);
    expect(asked).toEqual([]);
  });

  it.each([
    ["//evil.example", "/create"],
    ["https://evil.example", "/create"],
    ["/\\evil.example", "/create"],
    ["/films/3f0c", "/films/3f0c"],
  ])("leads to pages of ours alone: %s", (next, place) => {
    expect(nextPlace(new URLSearchParams({ next }))).toBe(place);
  });
});

describe("registering", () => {
  it("sends the code in capitals with the session's mark, and tells a code that does not count", async () => {
    signIn();
    const asked = serve({ "POST /api/v1/accounts": new Told(403, "not-allowed") });
    openPage("/register");
    await userEvent.type(await screen.findByLabelText("Access code"), "k7qh-2xwp");
    await userEvent.type(screen.getByLabelText("Email"), "jane@mail.org");
    await userEvent.type(screen.getByLabelText("Password"), "correct horse battery");
    await userEvent.click(screen.getByRole("button", { name: "Make my account" }));
    expect((await screen.findByText(/This code does not count/)).getAttribute("role")).toBe("alert");
    const sent = asked.find(({ method }) => method === "POST");
    expect(sent).toMatchObject({ mark: "m4rk", body: { code: "K7QH2XWP", email: "jane@mail.org" } });
  });
});

describe("the language", () => {
  it("is changed everywhere at once", async () => {
    serve({});
    openPage("/login");
    await screen.findByRole("heading", { name: "Log in" });
    await speak("fr");
    expect(await screen.findByRole("heading", { name: "Se connecter" })).toBeTruthy();
    expect(document.documentElement.lang).toBe("fr");
    await speak("en");
  });
});
