/** Every page by its address, one line each. A page is loaded when it is gone to. */
import type { ComponentType } from "react";
import { createBrowserRouter, type RouteObject } from "react-router";

import { Broken, Lost, Waiting } from "@/app/edges";
import { Frame } from "@/app/Frame";
import { AdminsOnly, SignedInOnly } from "@/app/guards";

type Guard = ComponentType<{ children: React.ReactNode }>;
type Page = () => Promise<{ default: ComponentType }>;

/** A page at an address, for everybody or for those whom the guard lets in. */
function page(path: string, load: Page, Guard?: Guard): RouteObject {
  return {
    path,
    HydrateFallback: Waiting,
    lazy: async () => {
      const { default: Inside } = await load();
      return {
        Component: Guard
          ? () => (
              <Guard>
                <Inside />
              </Guard>
            )
          : Inside,
      };
    },
  };
}

export const routes: RouteObject[] = [
  {
    element: <Frame />,
    errorElement: <Broken />,
    children: [
      {
        errorElement: <Broken />,
        children: [
          page("/", () => import("@/features/welcome/WelcomePage")),
          page("/login", () => import("@/features/session/SignInPage")),
          page("/register", () => import("@/features/session/RegisterPage")),
          page("/create", () => import("@/features/create/CreatePage"), SignedInOnly),
          page("/films/:id", () => import("@/features/film/FilmPage")),
          page("/library", () => import("@/features/library/LibraryPage")),
          page("/account", () => import("@/features/account/AccountPage"), SignedInOnly),
          page("/admin", () => import("@/features/admin/AdminPage"), AdminsOnly),
          page("/dashboard", () => import("@/features/dashboard/DashboardPage"), AdminsOnly),
          { path: "*", element: <Lost /> },
        ],
      },
    ],
  },
];

export const router = createBrowserRouter(routes);
