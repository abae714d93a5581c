import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { StyleFrame } from "@/components/StyleFrame";

type Seen = (entries: { isIntersecting: boolean }[]) => void;

/** Whoever may be looked at; `see` brings one onto the screen. */
let watched: Map<Element, Seen>;
class Watcher {
  constructor(readonly told: Seen) {}
  observe(element: Element) {
    watched.set(element, this.told);
  }
  disconnect() {}
}

beforeEach(() => {
  vi.useFakeTimers();
  watched = new Map();
  vi.stubGlobal("IntersectionObserver", Watcher);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const see = (elements: Iterable<Element> = watched.keys()) => act(() => {
  for (const element of [...elements]) watched.get(element)?.([{ isIntersecting: true }]);
});
const asked = () => screen.queryAllByRole("img").map((picture) => picture.getAttribute("src"));
const picture = (name: string) => screen.getByRole("img", { name });
let round = 0;
/** Names that no test before had. */
const names = (...stems: string[]) => stems.map((stem) => `${stem}${round}`);
beforeEach(() => void (round += 1));

describe("pictures of styles", () => {
  it("are asked for when they are seen, two at a time, the one that was chosen before the others", () => {
    const [one = "", two = "", three = "", chosen = "", below = ""] = names("one", "two", "three", "chosen", "below");
    const page = render([one, two, three, chosen, below].map((name) => <StyleFrame key={name} style={name} alt={name} first={name === chosen} />));
    expect(asked()).toEqual([]);
    see([...watched.keys()].slice(0, 4));
    expect(asked()).toEqual([one, two].map((name) => `/api/v1/styles/${name}/frame`));
    fireEvent.load(picture(one));
    expect(screen.queryByRole("img", { name: chosen })).toBeTruthy();
    expect(screen.queryByRole("img", { name: three })).toBeNull();
    fireEvent.load(picture(chosen));
    expect(screen.queryByRole("img", { name: three })).toBeTruthy();
    expect(screen.queryByRole("img", { name: below })).toBeNull();
    page.unmount();
  });

  it("are one for the usual shape, however it is asked for, and there at once the second time", () => {
    const [style = ""] = names("kept");
    const page = render(<StyleFrame style={style} alt="first" />);
    see();
    fireEvent.load(picture("first"));
    page.unmount();
    render(<StyleFrame style={style} aspect="9:16" alt="again" />);
    expect(picture("again").getAttribute("src")).toBe(`/api/v1/styles/${style}/frame`);
    expect(picture("again").className).toContain("opacity-100");
  });

  it("that cannot be had show the small one that came with the page, let the next one go, and are tried again later", () => {
    const [one = "", two = "", three = ""] = names("one", "two", "three");
    const page = render([one, two, three].map((name) => <StyleFrame key={name} style={name} alt={name} />));
    see();
    const small = page.container.querySelector(`img[src="/styles/${one}.jpg"]`);
    expect(small?.className).toContain("opacity-0");
    fireEvent.load(small as Element);
    fireEvent.error(picture(one));
    expect(small?.className).toContain("opacity-100");
    expect(screen.queryByRole("img", { name: one })).toBeNull();
    expect(screen.queryByRole("img", { name: three })).toBeTruthy();
    fireEvent.load(picture(two));
    act(() => void vi.advanceTimersByTime(1600));
    expect(screen.queryByRole("img", { name: one })).toBeTruthy();
    page.unmount();
  });

  it("that nobody waits for any more leave their place", () => {
    const [one = "", two = "", three = ""] = names("one", "two", "three");
    const left = render([one, two].map((name) => <StyleFrame key={name} style={name} alt={name} />));
    see();
    left.unmount();
    render(<StyleFrame style={three} alt={three} />);
    see();
    expect(picture(three)).toBeTruthy();
  });
});
