export interface BarRow {
  label: string;
  value: number;
  /** The value as it is read; itself where left out. */
  text?: string;
}

/** Amounts beside each other, each with its name and a bar. */
export function Bars({ rows, most }: { rows: readonly BarRow[]; most?: number }) {
  const whole = most ?? Math.max(0, ...rows.map(({ value }) => value));
  return (
    <dl className="grid gap-3.5">
      {rows.map(({ label, value, text }) => (
        <div key={label} className="grid grid-cols-[7rem_1fr_4rem] items-center gap-3 sm:grid-cols-[9rem_1fr_5rem] sm:gap-4">
          <dt className={value ? "truncate font-semibold" : "truncate text-muted"}>{label}</dt>
          <dd className="figures order-last text-right font-semibold">{text ?? value}</dd>
          <div aria-hidden className="h-2 overflow-hidden rounded-full bg-sunken dark:bg-line">
            <div
              className="h-full rounded-full bg-accent transition-[width] duration-500"
              style={{ width: `${whole ? Math.min(100, (100 * value) / whole) : 0}%` }}
            />
          </div>
        </div>
      ))}
    </dl>
  );
}
