import app from "./app.json";
import create from "./create.json";
import film from "./film.json";
import session from "./session.json";
import welcome from "./welcome.json";

export const texts = { app, create, film, session, welcome };
export type Texts = typeof texts;
