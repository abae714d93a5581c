import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { setNonce } from "get-nonce";

import "@/styles.css";
import { App } from "@/app/App";
import { nonce } from "@/components/ui/nonce";
import { startTexts } from "@/texts/i18n";

const root = document.getElementById("root");
if (root === null) throw new Error("Expected an element #root in index.html, found none.");
setNonce(nonce);
await startTexts();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
