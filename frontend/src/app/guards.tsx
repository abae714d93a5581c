/** Who may see a page. The backend decides again with every request; this only saves people a page of errors. */
import type { ReactNode } from "react";
import { Navigate, useLocation } from "react-router";

import { Lost, Waiting } from "@/app/edges";
import { useSession } from "@/client/session";
import { Fault } from "@/components/states";

interface Guarded {
  children: ReactNode;
}

export function SignedInOnly({ children }: Guarded) {
  const { account, pending, error, again } = useSession();
  const { pathname, search } = useLocation();
  if (pending) return <Waiting />;
  if (error) return <Fault className="py-28" error={error} onRetry={again} />;
  if (account === null) return <Navigate to={`/login?next=${encodeURIComponent(pathname + search)}`} replace />;
  return children;
}

export function AdminsOnly({ children }: Guarded) {
  const { account } = useSession();
  return <SignedInOnly>{account?.admin ? children : <Lost />}</SignedInOnly>;
}
