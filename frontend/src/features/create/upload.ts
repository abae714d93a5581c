/** Sending a file of one's own, with how far it is, which fetch does not tell. A large one goes in parts, because clouds take
 * no large request: what came before the line broke is not sent again, in the same page or the next. */
import { answered, client, mark } from "@/client/client";
import type { Media } from "@/client/media";
import { Problem, problemOf } from "@/client/problem";

const PART_BYTES = 8 * 2 ** 20;
const PAUSES_MS = [500, 1000, 2000, 4000, 8000, 16_000, 30_000];
/** Faults that may be gone by the next try. */
const PASSING = new Set(["unreachable", "unavailable", "too-many-requests", "not-found"]);

export interface Sending {
  /** How far it is: "sending" as long as bytes go, "waiting" while the line is broken, "checking" when all are there. */
  onProgress: (state: "sending" | "waiting" | "checking", part: number) => void;
  signal: AbortSignal;
}

/** Send a file. Throws: Problem, or the signal's reason where it was stopped. */
export async function upload(file: File, { onProgress, signal }: Sending): Promise<Media> {
  // Browsers give digests to pages by https and of this machine alone; elsewhere no cloud is between that limits a request.
  const whole = file.size <= PART_BYTES || !("subtle" in crypto);
  const on = (bytes: number) => onProgress(bytes < file.size ? "sending" : "checking", file.size ? bytes / file.size : 1);
  if (whole) return await post<Media>("", { name: file.name }, file, on, signal);
  const parts = new Parts(file, on, signal);
  try {
    return await parts.send((part) => onProgress("waiting", part));
  } catch (error) {
    if (signal.aborted) await answered(client.DELETE("/api/v1/media/parts")).catch(() => undefined);
    throw error;
  }
}

class Parts {
  private readonly digests: string[] = [];
  private there = new Map<string, string>();
  private ids: string[] = [];
  private failures = 0;

  constructor(
    private readonly file: File,
    private readonly on: (bytes: number) => void,
    private readonly signal: AbortSignal,
  ) {}

  /** Send what is missing, again and again as long as that may help. */
  async send(onBroken: (part: number) => void): Promise<Media> {
    for (;;) {
      try {
        return await this.sendMissing();
      } catch (error) {
        const passing = error instanceof Problem && PASSING.has(error.kind) && this.failures < PAUSES_MS.length;
        if (!passing || this.signal.aborted) throw error;
        onBroken(this.sentBytes() / this.file.size);
        await pause(PAUSES_MS[this.failures] ?? 0, this.signal);
        this.failures += 1;
      }
    }
  }

  private async sendMissing(): Promise<Media> {
    if (this.ids.length === 0) this.ids = await this.sendParts();
    this.on(this.file.size);
    const body = { name: this.file.name, parts: this.ids, bytes: this.file.size };
    try {
      // Asked for again, where the answer was lost, it is the file that was made of them.
      return await answered(client.POST("/api/v1/media/whole", { body, signal: this.signal }));
    } catch (error) {
      if (error instanceof Problem && error.kind === "not-found") this.ids = [];
      throw error;
    }
  }

  /** The ids of all parts, in their order; those that are not there yet are sent. */
  private async sendParts(): Promise<string[]> {
    const known = await answered(client.GET("/api/v1/media/parts", { signal: this.signal }));
    this.there = new Map(known.map(({ id, sha256 }) => [sha256, id]));
    const ids: string[] = [];
    for (let start = 0; start < this.file.size; start += PART_BYTES) {
      ids.push(await this.part(start));
      this.on(Math.min(start + PART_BYTES, this.file.size));
    }
    return ids;
  }

  /** A part's id, sent first where it is not there yet. */
  private async part(start: number): Promise<string> {
    const content = this.file.slice(start, start + PART_BYTES);
    const digest = (this.digests[start / PART_BYTES] ??= await sha256(content));
    let id = this.there.get(digest);
    if (id === undefined) {
      const on = (bytes: number) => this.on(Math.min(start + bytes, this.file.size - 1));
      ({ id } = await post<{ id: string }>("/parts", { sha256: digest }, content, on, this.signal));
      this.there.set(digest, id);
      this.failures = 0;
    }
    return id;
  }

  private sentBytes(): number {
    return this.digests.filter((digest) => this.there.has(digest)).length * PART_BYTES;
  }
}

async function sha256(content: Blob): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await content.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Wait so long, or until there is a line again where there is none. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => navigator.onLine && done(), milliseconds);
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      signal.removeEventListener("abort", stop);
      resolve();
    };
    const stop = () => {
      done();
      reject(signal.reason as Error);
    };
    window.addEventListener("online", done);
    signal.addEventListener("abort", stop);
  });
}

function post<T>(path: string, query: Record<string, string>, body: Blob, on: (bytes: number) => void, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    signal.addEventListener("abort", stop);
    request.open("POST", `/api/v1/media${path}?${new URLSearchParams(query).toString()}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-CSRF-Token", mark());
    request.upload.onprogress = ({ loaded }) => on(loaded);
    request.onabort = () => reject(signal.reason as Error);
    request.onerror = () => reject(Problem.unreachable());
    request.onloadend = () => signal.removeEventListener("abort", stop);
    request.onload = () => {
      if (request.status === 201) {
        resolve(JSON.parse(request.responseText) as T);
        return;
      }
      const headers = { "content-type": request.getResponseHeader("content-type") ?? "" };
      problemOf(new Response(request.responseText, { status: request.status, headers })).then(reject, reject);
    };
    request.send(body);
  });
}
