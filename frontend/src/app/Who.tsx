import type { Account } from "@/client/session";
import { classes } from "@/components/ui/classes";

/** `jane@mail.org (1/2)`: where there is little room the address is cut, never how many films are used. */
export function Who({ account, className }: { account: Account; className?: string }) {
  const { used, limit } = account.quota;
  return (
    <span className={classes("figures flex min-w-0 gap-1", className)}>
      <span className="truncate">{account.email}</span>
      <span className="shrink-0">
        ({used}/{limit ?? "∞"})
      </span>
    </span>
  );
}
