import type { ComponentProps } from "react";

import { classes } from "@/components/ui/classes";

interface TableProps extends ComponentProps<"table"> {
  /** What the table tells, for who cannot see what stands above it. */
  caption: string;
}

/** Rows and columns; wider than the screen, it scrolls within itself, by keyboard too. */
export function Table({ caption, className, children, ...rest }: TableProps) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
    <div role="region" aria-label={caption} tabIndex={0} className="-mx-1 overflow-x-auto px-1">
      <table className={classes("w-full border-collapse text-left", className)} {...rest}>
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  );
}

export function Column({ className, ...rest }: ComponentProps<"th">) {
  return <th scope="col" className={classes("label-small border-b border-line px-3 py-2.5 whitespace-nowrap first:pl-0 last:pr-0", className)} {...rest} />;
}

export function Cell({ className, ...rest }: ComponentProps<"td">) {
  return <td className={classes("border-b border-line px-3 py-3.5 align-middle first:pl-0 last:pr-0", className)} {...rest} />;
}
