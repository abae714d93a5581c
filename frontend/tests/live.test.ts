import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { listen, type Hearing, type Progress } from "@/client/live";
import { hearNews } from "@/client/news";

/** A server that is spoken to by WebSocket or Server-Sent Events, as the test says. */
class Line {
  static opened: Line[] = [];
  static readonly CLOSED = 2;
  readyState = 0;
  closed = false;
  onopen?: () => void;
  onerror?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: (event: { code: number }) => void;
  readonly heard = new Map<string, (event: { data: string }) => void>();

  constructor(readonly url: string) {
    Line.opened.push(this);
  }
  addEventListener(name: string, hear: (event: { data: string }) => void) {
    this.heard.set(name, hear);
  }
  close() {
    this.closed = true;
  }
  static get last(): Line {
    const line = Line.opened.at(-1);
    if (!line) throw new Error("Expected a line, found none.");
    return line;
  }
}

const progress = (sequence: number): Progress => ({
  id: "3f0c9a51be77", sequence, status: "rendering", revision: 1, title: "Pandas", failure: "", failure_kind: "", failed_in: "", scenes: [], history: [],
});

function hearing() {
  const told: string[] = [];
  const heard: Hearing = {
    progress: ({ sequence }) => told.push(`progress ${sequence}`),
    way: (way) => told.push(way),
    ended: () => told.push("ended"),
    ask: () => told.push("ask"),
  };
  return { told, heard };
}

const say = (line: Line, sequence: number) =>
  line.onmessage?.({ data: JSON.stringify({ type: "progress", sequence, video: progress(sequence) }) });

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Line);
  vi.stubGlobal("EventSource", Line);
  Line.opened = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a film's progress", () => {
  it("comes by a socket, from the last sequence that is known", () => {
    const { told, heard } = hearing();
    listen("3f0c9a51be77", 41, heard);
    expect(Line.last.url).toBe("ws://aiprod.test/ws/videos/3f0c9a51be77?after=41");
    Line.last.onopen?.();
    say(Line.last, 42);
    expect(told).toEqual(["socket", "progress 42"]);
  });

  it("goes on after a broken connection with what is newer than the last news", () => {
    const { told, heard } = hearing();
    listen("3f0c9a51be77", -1, heard);
    Line.last.onopen?.();
    say(Line.last, 7);
    Line.last.onclose?.({ code: 1006 });
    expect(told.at(-1)).toBe("lost");
    vi.advanceTimersByTime(600);
    expect(Line.opened).toHaveLength(2);
    expect(Line.last.url).toMatch(/after=7$/);
  });

  it("takes a silent connection for a broken one", () => {
    const { heard } = hearing();
    listen("3f0c9a51be77", -1, heard);
    Line.last.onopen?.();
    vi.advanceTimersByTime(44_000);
    Line.last.onmessage?.({ data: '{"type": "heartbeat", "at": 1}' });
    vi.advanceTimersByTime(44_000);
    expect(Line.last.closed).toBe(false);
    vi.advanceTimersByTime(2000);
    expect(Line.last.closed).toBe(true);
  });

  it("comes by events where no socket can be opened, and by asking where those cannot either", () => {
    const { told, heard } = hearing();
    listen("3f0c9a51be77", 3, heard);
    Line.last.onclose?.({ code: 1006 });
    vi.advanceTimersByTime(2000);
    Line.last.onclose?.({ code: 1006 });
    vi.advanceTimersByTime(4000);
    expect(Line.last.url).toBe("/api/v1/videos/3f0c9a51be77/events?after=3");
    Line.last.onopen?.();
    Line.last.heard.get("progress")?.({ data: JSON.stringify(progress(4)) });
    expect(told.slice(-2)).toEqual(["events", "progress 4"]);
    Line.last.readyState = Line.CLOSED;
    Line.last.onerror?.();
    expect(told.at(-1)).toBe("asking");
    vi.advanceTimersByTime(6500);
    expect(told.filter((one) => one === "ask")).toHaveLength(2);
  });

  it.each([4401, 4403, 4404])("ends where the service says that there is nothing for us any more (%i)", (code) => {
    const { told, heard } = hearing();
    listen("3f0c9a51be77", -1, heard);
    Line.last.onopen?.();
    Line.last.onclose?.({ code });
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual(["socket", "ended"]);
    expect(Line.opened).toHaveLength(1);
  });

  it("stops when nobody looks any more", () => {
    const { told, heard } = hearing();
    const stop = listen("3f0c9a51be77", -1, heard);
    Line.last.onopen?.();
    stop();
    Line.last.onclose?.({ code: 1005 });
    vi.advanceTimersByTime(60_000);
    expect(Line.last.closed).toBe(true);
    expect(Line.opened).toHaveLength(1);
    expect(told).toEqual(["socket"]);
  });
});

describe("news of all films", () => {
  const film = (sequence: number) => ({ data: JSON.stringify({ type: "news", sequence, video: { id: "3f", sequence } }) });

  function newsroom() {
    const told: string[] = [];
    const stop = hearNews({
      news: ({ id, sequence }) => told.push(`${id} ${sequence}`),
      gone: (id) => told.push(`${id} is gone`),
      ask: () => told.push("ask"),
    });
    return { told, stop };
  }

  it("go on after a broken connection from the newest that came, and what nobody tells of is asked for", () => {
    const { told } = newsroom();
    expect(Line.last.url).toBe("ws://aiprod.test/ws/videos?after=-1");
    Line.last.onopen?.();
    Line.last.onmessage?.(film(40));
    Line.last.onmessage?.({ data: '{"type": "gone", "sequence": 44, "id": "77"}' });
    Line.last.onmessage?.(film(42));
    Line.last.onclose?.({ code: 1006 });
    vi.advanceTimersByTime(600);
    expect(Line.last.url).toMatch(/after=44$/);
    expect(told).toEqual(["3f 40", "77 is gone", "3f 42"]);
    Line.last.onopen?.();
    expect(told.at(-1)).toBe("ask");
  });

  it("are asked for while there is no connection, and tried again more and more rarely", () => {
    const { told } = newsroom();
    for (let failures = 0; failures < 7; failures++) {
      Line.last.onclose?.({ code: 1006 });
      vi.advanceTimersByTime(15_000);
    }
    expect(Line.opened).toHaveLength(8);
    expect(told).toEqual(Array<string>(6).fill("ask"));
    Line.last.onclose?.({ code: 1006 });
    vi.advanceTimersByTime(14_000);
    expect(Line.opened).toHaveLength(8);
  });

  it.each([4429, 4503])("come back, but not at once, where the service has no place for now (%i)", (code) => {
    newsroom();
    Line.last.onopen?.();
    Line.last.onclose?.({ code });
    vi.advanceTimersByTime(900);
    expect(Line.opened).toHaveLength(1);
    vi.advanceTimersByTime(200);
    expect(Line.opened).toHaveLength(2);
  });

  it("end where nobody is signed in any more", () => {
    const { told } = newsroom();
    Line.last.onopen?.();
    Line.last.onclose?.({ code: 4401 });
    vi.advanceTimersByTime(60_000);
    expect(Line.opened).toHaveLength(1);
    expect(told).toEqual(["ask"]);
  });
});
