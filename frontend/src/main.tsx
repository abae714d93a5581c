import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import "@/styles.css";
import { App } from "@/app/App";
import { startTexts } from "@/texts/i18n";

const root = document.getElementById("root");
if (root === null) throw new Error("Expected an element #root in index.html, found none.");
await startTexts();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
