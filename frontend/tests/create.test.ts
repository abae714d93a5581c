import { describe, expect, it } from "vitest";

import type { Media } from "@/client/media";
import { draftOf, EMPTY, OWN, requestOf } from "@/features/create/draft";
import { sceneFor } from "@/features/create/scenes";
import { voiceName, voiceTraits } from "@/features/create/voices";

const media = (id: string, name: string, kind: Media["kind"] = "picture"): Media => ({
  id, name, kind, media_type: "image/jpeg", bytes: 1, created_at: 0, width_px: 1, height_px: 1, seconds: null, url: `/api/v1/media/${id}/content`,
});

describe("a draft", () => {
  it("is no request before it says what the film is made from", () => {
    expect(requestOf(EMPTY)).toBeNull();
    expect(requestOf({ ...EMPTY, theme: "   " })).toBeNull();
    expect(requestOf({ ...EMPTY, source: "script" })).toBeNull();
    expect(requestOf({ ...EMPTY, source: "recording" })).toBeNull();
  });

  it("asks for a theme alone, however much else was written before", () => {
    const request = requestOf({ ...EMPTY, theme: " Pandas ", script: "# Old", scenes: 4 });
    expect(request).toMatchObject({ theme: "Pandas", scenes: 4, style: "cinematic" });
    expect(request).not.toHaveProperty("script");
    expect(request).not.toHaveProperty("source");
  });

  it("asks for a script with its own pictures by scene, and never for a number of scenes", () => {
    const pictures = [{ scene: 3, media: media("aa", "03.jpg") }];
    expect(requestOf({ ...EMPTY, source: "script", script: "# Mine", pictures, scenes: 9 })).toMatchObject({
      script: "# Mine", media: { "3": "aa" }, scenes: 0,
    });
  });

  it("asks for a recording without a voice, for it is spoken already", () => {
    const recording = media("bb", "me.mp3", "sound");
    const request = requestOf({ ...EMPTY, source: "recording", recording, voice: "kokoro:af_heart", seconds: 30 });
    expect(request).toMatchObject({ recording: "bb", voice: "", seconds: 0 });
    expect(request).not.toHaveProperty("theme");
  });

  it("asks for music of one's own by its id, and for none of it before it is there", () => {
    const draft = { ...EMPTY, theme: "Pandas", music: OWN };
    expect(requestOf(draft)).toMatchObject({ music: "" });
    expect(requestOf({ ...draft, ownMusic: media("cc", "song.mp3", "sound") })).toMatchObject({ music: "cc" });
    expect(requestOf({ ...draft, music: "calm", ownMusic: media("cc", "song.mp3", "sound") })).toMatchObject({ music: "calm" });
  });

  it("begins as its address says", () => {
    expect(draftOf(new URLSearchParams("theme=Pandas"))).toMatchObject({ source: "theme", theme: "Pandas" });
    expect(draftOf(new URLSearchParams("source=script")).source).toBe("script");
    expect(draftOf(new URLSearchParams("source=nonsense")).source).toBe("theme");
  });
});

describe("a file of one's own", () => {
  it("goes to the scene that its name tells", () => {
    expect(sceneFor("03-panda.jpg", [])).toBe(3);
    expect(sceneFor("scene 12.mp4", [])).toBe(12);
  });

  it("goes to the first free scene where the name tells none, or one that is taken", () => {
    const taken = [{ scene: 1, media: media("aa", "a.jpg") }];
    expect(sceneFor("panda.jpg", taken)).toBe(2);
    expect(sceneFor("1.jpg", taken)).toBe(2);
    expect(sceneFor("IMG_20260101.jpg", taken)).toBe(2);
  });
});

describe("a voice", () => {
  it.each([
    ["kokoro:af_heart", "Heart"],
    ["piper:en_US-joe-medium", "Joe medium"],
    ["espeak:fr-fr", "eSpeak"],
  ])("%s is called %s", (id, name) => {
    expect(voiceName(id)).toBe(name);
  });

  it.each([
    ["kokoro:bm_george", { who: "man", place: "british" }],
    ["kokoro:ff_siwis", { who: "woman", place: undefined }],
    ["espeak:en-us", { place: "american" }],
    ["espeak:en-gb", { place: "british" }],
    ["espeak:pt-br", { place: "brazilian" }],
    ["espeak:pt", { place: "european" }],
    ["piper:joe", {}],
  ])("%s is told from others of its name by who speaks and where from", (id, traits) => {
    expect(voiceTraits(id)).toEqual(traits);
  });
});
