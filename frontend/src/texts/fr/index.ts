import type { Texts } from "@/texts/en";

import account from "./account.json";
import admin from "./admin.json";
import app from "./app.json";
import create from "./create.json";
import dashboard from "./dashboard.json";
import failure from "./failure.json";
import film from "./film.json";
import library from "./library.json";
import session from "./session.json";
import welcome from "./welcome.json";

export const texts: Texts = { account, admin, app, create, dashboard, failure, film, library, session, welcome };
