import type { Texts } from "@/texts/en";

import app from "./app.json";
import create from "./create.json";
import film from "./film.json";
import session from "./session.json";
import welcome from "./welcome.json";

export const texts: Texts = { app, create, film, session, welcome };
