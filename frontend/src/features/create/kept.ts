/** A draft that outlives its page: a reload, a look at the library, a session that ended while somebody wrote. It lies in this tab
 * of the browser alone, and goes with whoever signs out. */
import { EMPTY, draftOf, type Draft } from "@/features/create/draft";

const KEPT = "aiprod.draft";

interface Kept {
  account: string;
  /** What the page's address asked to begin with. */
  address: string;
  draft: Draft;
}

function kept(): Kept | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? "null") as Kept | null;
  } catch {
    return null;
  }
}

/** What somebody was writing; else what the address asks to begin with. */
export function beginDraft(account: string, search: URLSearchParams): Draft {
  const before = kept();
  const address = search.toString();
  const goesOn = before?.account === account && (address === "" || address === before.address);
  return goesOn ? { ...EMPTY, ...before.draft } : draftOf(search);
}

export function keepDraft(account: string, search: URLSearchParams, draft: Draft): void {
  const before = kept();
  const address = search.toString() || (before?.account === account ? before.address : "");
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ account, address, draft } satisfies Kept));
  } catch {
    // There is no room for it, or none is given: it is only not kept.
  }
}

export function forgetDraft(): void {
  sessionStorage.removeItem(KEPT);
}
