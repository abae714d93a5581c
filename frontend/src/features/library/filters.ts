/** What somebody wants to see, as it stands in the page's address: it can be kept, shared and gone back to. */
import type { Schemas } from "@/client/client";
import type { operations } from "@/client/schema";

export const SHELVES = ["mine", "public", "favourites"] as const;
export type Shelf = (typeof SHELVES)[number];

export const SORTS = ["newest", "oldest", "watched"] as const;
export type Sort = (typeof SORTS)[number];

export interface Wanted {
  shelf: Shelf;
  sort: Sort;
  search: string;
  status: string;
  language: string;
  style: string;
}

function among<T extends string>(known: readonly T[], value: string | null, otherwise: T): T {
  return known.find((one) => one === value) ?? otherwise;
}

/** Strangers see what is public; everybody else begins with their own. */
export function wantedOf(search: URLSearchParams, stranger: boolean): Wanted {
  return {
    shelf: stranger ? "public" : among(SHELVES, search.get("shelf"), "mine"),
    sort: among(SORTS, search.get("sort"), "newest"),
    search: search.get("search") ?? "",
    status: search.get("status") ?? "",
    language: search.get("language") ?? "",
    style: search.get("style") ?? "",
  };
}

/** The address of other wishes; what is usual is left out of it. */
export function withWish(search: URLSearchParams, wish: Partial<Wanted>): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(wish)) {
    if (value === "" || value === "newest" || value === "mine") next.delete(name);
    else next.set(name, value);
  }
  return next;
}

/** How many filters narrow the list. */
export function narrowed({ status, language, style }: Wanted): number {
  return [status, language, style].filter(Boolean).length;
}

type Query = NonNullable<operations["list_videos"]["parameters"]["query"]>;

/** The wishes as the backend is asked. */
export function asked(wanted: Wanted): Query {
  const { shelf, sort, search, status, language, style } = wanted;
  return {
    shelf,
    sort: sort === "watched" ? "views" : "date",
    order: sort === "oldest" ? "ascending" : "descending",
    ...(search && { search }),
    ...(status && { status: status as Schemas["Status"] }),
    ...(language && { language }),
    ...(style && { style }),
  };
}
