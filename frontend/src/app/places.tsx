/** Where one goes from the bars. */
import { Clapperboard, Film, Gauge, ShieldCheck, UserRound } from "lucide-react";
import type { ReactNode } from "react";

import type { Account } from "@/client/session";

export interface Place {
  to: string;
  name: "create" | "library" | "dashboard" | "admin" | "account";
  icon: ReactNode;
}

export const PLACES: readonly Place[] = [
  { to: "/create", name: "create", icon: <Clapperboard aria-hidden /> },
  { to: "/library", name: "library", icon: <Film aria-hidden /> },
];
export const ADMIN_PLACES: readonly Place[] = [
  { to: "/dashboard", name: "dashboard", icon: <Gauge aria-hidden /> },
  { to: "/admin", name: "admin", icon: <ShieldCheck aria-hidden /> },
];
export const ACCOUNT: Place = { to: "/account", name: "account", icon: <UserRound aria-hidden /> };

export function placesOf(account: Account | null): readonly Place[] {
  return account?.admin ? [...PLACES, ...ADMIN_PLACES] : PLACES;
}
