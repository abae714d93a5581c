/** Pages as the browser shows them, with all that surrounds them, for somebody who is signed in or not. */
import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { vi } from "vitest";

import { routes } from "@/app/router";
import { createQueryClient } from "@/client/queries";
import { ToastRoom } from "@/components/ui/toast";

/** A connection that never opens. */
class Silence {
  static readonly CLOSED = 2;
  readonly readyState = 0;
  addEventListener() {}
  close() {}
}

/** What happy-dom has not, or would do for real. */
export function standIn(): void {
  vi.stubGlobal("IntersectionObserver", class { observe() {} disconnect() {} });
  vi.stubGlobal("scrollTo", () => undefined);
  vi.stubGlobal("WebSocket", Silence);
  vi.stubGlobal("EventSource", Silence);
}

export function signIn(): void {
  standIn();
  document.cookie = "aiprod_csrf=m4rk";
}

export function signOut(): void {
  document.cookie = "aiprod_csrf=; max-age=0";
  vi.unstubAllGlobals();
}

/** A page at an address. */
export function openPage(path: string) {
  const router = createMemoryRouter(routes, { initialEntries: [path] });
  const page = render(
    <QueryClientProvider client={createQueryClient()}>
      <ToastRoom>
        <RouterProvider router={router} />
      </ToastRoom>
    </QueryClientProvider>,
  );
  return { ...page, router };
}
