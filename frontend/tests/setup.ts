import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

import { startTexts } from "@/texts/i18n";

await startTexts("en");
afterEach(cleanup);
