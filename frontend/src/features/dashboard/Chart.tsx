import "uplot/dist/uPlot.min.css";

import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type UPlot from "uplot";

import { hour } from "@/components/amounts";
import { Table, Cell, Column } from "@/components/ui/table";
import { axisWidth } from "@/features/dashboard/axis";

const HEIGHT_PX = 200;
const HALF_AN_HOUR = 1800;

export interface Series {
  label: string;
  /** A colour by its role. */
  role: "accent" | "danger" | "muted" | "good";
  values: readonly number[];
  /** How high it is drawn, where that is not the value: a bar that stands on another one. */
  heights?: readonly number[];
  shape: "bars" | "area" | "line";
}

interface ChartProps {
  title: string;
  /** What the picture shows, in a sentence. */
  summary: string;
  times: readonly number[];
  /** Those that are drawn first lie below. */
  series: readonly Series[];
  say: (value: number) => string;
  /** What the picture is high at least, so that little does not look like much. */
  least: number;
}

function color(role: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${role}`).trim();
}

/** The day as a picture, with what lies under the pointer told above it, and the same numbers as a table. */
export function Chart({ title, summary, times, series, say, least }: ChartProps) {
  const { t } = useTranslation("dashboard");
  const id = useId();
  const room = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const data = useRef<UPlot.AlignedData>([[]]);
  const [at, setAt] = useState<number | null>(null);
  const [unseen, setUnseen] = useState(false);
  const shapes = series.map(({ role, shape }) => `${role}:${shape}`).join(" ");
  const speak = useRef(say);

  useEffect(() => {
    speak.current = say;
    data.current = [[...times], ...series.map(({ values, heights }) => [...(heights ?? values)])];
    plot.current?.setData(data.current);
  }, [times, series, say]);

  useEffect(() => {
    const element = room.current;
    if (element === null) return undefined;
    let gone = false;
    const resized = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height: HEIGHT_PX }));
    const worn = new MutationObserver(() => plot.current?.redraw(false));
    import("uplot").then(
      ({ default: Plot }) => {
        if (gone) return;
        const wanted = { width: element.clientWidth, shapes, least, onCursor: setAt, say: (value: number) => speak.current(value) };
        plot.current = new Plot(options(Plot, wanted), data.current, element);
        resized.observe(element);
        worn.observe(document.documentElement, { attributeFilter: ["data-theme"] });
      },
      () => setUnseen(true),
    );
    return () => {
      gone = true;
      resized.disconnect();
      worn.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [shapes, least]);

  const shown = at ?? times.length - 1;
  return (
    <figure aria-labelledby={id} className="grid min-w-0 gap-4">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id={id} className="title-section">
          {title}
        </h2>
        <p aria-hidden className="figures flex min-h-6 flex-wrap gap-x-4 text-sm text-muted">
          <span>{hour(times[shown] ?? 0)}</span>
          {series.map(({ label, role, values }) => (
            <span key={label} className="flex items-center gap-1.5">
              <span className="size-2 rounded-full" style={{ background: `var(--${role})` }} />
              {label} <span className="font-semibold text-ink">{say(values[shown] ?? 0)}</span>
            </span>
          ))}
        </p>
      </figcaption>
      <div ref={room} role="img" aria-label={summary} style={{ height: unseen ? "auto" : HEIGHT_PX }} className="min-w-0" />
      <details open={unseen} className="text-sm">
        <summary className="w-fit cursor-pointer text-muted hover:text-ink">{t("table")}</summary>
        <div className="max-h-80 overflow-y-auto pt-3">
          <Table caption={title} className="figures">
            <thead>
              <tr>
                <Column>{t("time")}</Column>
                {series.map(({ label }) => (
                  <Column key={label} className="text-right">
                    {label}
                  </Column>
                ))}
              </tr>
            </thead>
            <tbody>
              {times
                .map((time, index) => ({ time, index }))
                .reverse()
                .map(({ time, index }) => (
                  <tr key={time}>
                    <Cell className="py-2">{hour(time)}</Cell>
                    {series.map(({ label, values }) => (
                      <Cell key={label} className="py-2 text-right">
                        {say(values[index] ?? 0)}
                      </Cell>
                    ))}
                  </tr>
                ))}
            </tbody>
          </Table>
        </div>
      </details>
    </figure>
  );
}

interface Drawn {
  width: number;
  shapes: string;
  least: number;
  onCursor: (index: number | null) => void;
  say: (value: number) => string;
}

function options(Plot: typeof UPlot, { width, shapes, least, onCursor, say }: Drawn): UPlot.Options {
  const axis = { stroke: () => color("muted"), font: "12px Archivo Variable, sans-serif", ticks: { show: false } };
  // Bars first, so that a lower one lies over a higher one.
  const bars = Plot.paths.bars?.({ size: [0.62, 28], radius: 0.25 });
  return {
    width,
    height: HEIGHT_PX,
    padding: [8, 24, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { setScale: false } },
    scales: {
      x: { range: (_plot, first, last) => [first - HALF_AN_HOUR, last + HALF_AN_HOUR] },
      y: { range: (_plot, _low, most) => [0, Math.max(least, most * 1.12)] },
    },
    axes: [
      { ...axis, grid: { show: false }, space: 64, values: (_plot, ticks) => ticks.map(hour) },
      {
        ...axis,
        size: (plot, labels) => {
          plot.ctx.font = axis.font;
          return axisWidth(labels, (label) => plot.ctx.measureText(label).width);
        },
        space: 44,
        grid: { stroke: () => color("line"), width: 1 },
        values: (_plot, ticks) => ticks.map((tick) => say(tick)),
      },
    ],
    series: [
      {},
      ...shapes.split(" ").map((one): UPlot.Series => {
        const [role = "accent", shape] = one.split(":");
        return {
          stroke: () => color(role),
          width: shape === "bars" ? 0 : 2,
          points: { show: false },
          ...(shape === "bars" && { fill: () => color(role), ...(bars && { paths: bars }) }),
          ...(shape === "area" && { fill: () => `color-mix(in srgb, ${color(role)} 18%, transparent)` }),
        };
      }),
    ],
    hooks: { setCursor: [({ cursor }) => onCursor(cursor.idx ?? null)] },
  };
}
