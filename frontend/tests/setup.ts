import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

import { startTexts } from "@/texts/i18n";

await startTexts("en");
afterEach(cleanup);
afterEach(() => sessionStorage.clear());
// Pages are loaded when they are gone to, which takes a while on a busy machine.
configure({ asyncUtilTimeout: 5000 });
