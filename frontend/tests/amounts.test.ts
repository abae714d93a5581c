import { afterEach, describe, expect, it, vi } from "vitest";

import { clock, day, hour, moment, money } from "@/components/amounts";
import { axisWidth } from "@/features/dashboard/axis";
import { speak } from "@/texts/i18n";

/** Where somebody lives, as browsers tell it. */
const from = (...languages: string[]) => vi.spyOn(navigator, "languages", "get").mockReturnValue(languages);

afterEach(async () => {
  vi.restoreAllMocks();
  await speak("en");
});

describe("a day and an hour", () => {
  const evening = new Date(new Date().getFullYear(), 10, 22, 19, 45).getTime() / 1000;

  it("are written as in the reader's own country", () => {
    from("en-GB", "en");
    expect([day(evening), hour(evening)]).toEqual(["22 Nov", "19:45"]);
    from("fr-CA", "en-US");
    expect([day(evening), hour(evening).replace(/\s/, " ")]).toEqual(["Nov 22", "7:45 PM"]);
  });

  it("are written in the language of the page, whatever the browser speaks", async () => {
    from("en-GB", "de");
    await speak("fr");
    expect(moment(evening)).toBe("22 nov., 19:45");
  });

  it("tell the year where it is another one", () => {
    from("en-GB");
    expect(moment(new Date(2021, 0, 3, 8, 5).getTime() / 1000)).toBe("3 Jan 2021, 08:05");
    expect(day(new Date(2021, 0, 3).getTime() / 1000)).toBe("3 Jan 2021");
  });
});

describe("a number", () => {
  it("of seconds counts those that have passed, as the player beside it does", () => {
    expect([clock(7.6), clock(59.9), clock(61), clock(3599.9)]).toEqual(["0:07", "0:59", "1:01", "59:59"]);
  });

  it("of dollars is never nothing where something is paid", () => {
    expect([money(0), money(0.004), money(0.04)]).toEqual(["$0.00", "< $0.01", "$0.04"]);
  });

  it("beside a picture is seen whole, however long it is", () => {
    const widthOf = (label: string) => label.length * 7;
    expect(axisWidth(["0", "1 min 15 sec"], widthOf)).toBeGreaterThan(widthOf("1 min 15 sec"));
    expect(axisWidth(["0", "2"], widthOf)).toBe(axisWidth(null, widthOf));
  });
});
