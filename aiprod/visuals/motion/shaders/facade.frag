// A wall with windows: glass that mirrors the sky by day, rooms that light up by night, shop fronts at street level.
#include "frame.glsl"
#include "noise.glsl"
in vec3 place;
in vec2 wall;
flat in vec4 kind;
flat in vec2 whole;
out vec4 colour;
uniform vec3 sky_high, sky_low;
uniform float night, street;

void main() {
    float seed = kind.x, style = floor(kind.z + .5);
    vec3 normal = kind.w < .5 ? vec3(0., 0., -1.) : vec3(kind.w < 1.5 ? -1. : 1., 0., 0.);
    vec2 cell = style < .5 ? vec2(1.5, 3.4) : style < 1.5 ? vec2(2.4, 3.2) : style < 2.5 ? vec2(3.2, 3.4) : style < 3.5 ? vec2(1.1, 3.8) : vec2(1.9, 2.9);
    cell.x = whole.x / max(floor(whole.x / cell.x), 1.);
    vec2 q = wall / cell, id = floor(q), f = fract(q);
    float pixel = max(fwidth(q.x), fwidth(q.y)), fine = clamp(1.4 - pixel * 1.6, 0., 1.);
    vec2 inset = style < .5 ? vec2(.06, .10) : style < 1.5 ? vec2(.22, .24) : style < 2.5 ? vec2(.05, .34) : style < 3.5 ? vec2(.14, .05) : vec2(.26, .22);
    float soft = max(pixel, .02);
    float glass = smoothstep(inset.x - soft, inset.x + soft, f.x) * smoothstep(inset.x - soft, inset.x + soft, 1. - f.x)
                * smoothstep(inset.y - soft, inset.y + soft, f.y) * smoothstep(inset.y - soft, inset.y + soft, 1. - f.y);
    float tone = hash11(seed * 7.3), level = hash21(id + seed * 3.1);
    vec3 wall_tone = style < .5 ? vec3(.10, .12, .15) : style < 1.5 ? mix(vec3(.36, .20, .13), vec3(.52, .44, .34), tone)
                   : style < 2.5 ? mix(vec3(.30, .31, .33), vec3(.48, .46, .42), tone) : style < 3.5 ? vec3(.16, .18, .21) : mix(vec3(.58, .50, .38), vec3(.46, .34, .28), tone);
    wall_tone *= .82 + .18 * noise2(wall * vec2(.7, .25) + seed) - .10 * smoothstep(.0, .3, 1. - f.y) * step(style, 2.5);
    float key = clamp(dot(normal, frame.key_dir.xyz), 0., 1.), side = kind.w < .5 ? 0. : clamp(dot(normal, frame.sun_dir.xyz), 0., 1.);
    float foot = smoothstep(0., 9., wall.y);
    vec3 light = frame.ambient.rgb * (.55 + .45 * foot) + frame.sun_colour.rgb * (key * .42 * frame.key_dir.w + side * .75);
    vec3 c = wall_tone * light;
    vec3 ray = reflect(normalize(place - frame.eye.xyz), normal);
    float up = clamp(ray.y * 1.3 + .25 + .10 * (level - .5) + .10 * (noise2(wall * .09 + seed) - .5), 0., 1.);
    vec3 mirrored = mix(sky_low, sky_high, up) * (style < .5 || style > 2.5 && style < 3.5 ? .85 : .45);
    vec3 pane = mirrored * mix(.5, 1., foot) + vec3(.01, .012, .016);
    float rows = hash21(vec2(id.y, seed)), lit = step(1. - kind.y * (.45 + .9 * rows), level) * night;
    float who = hash21(id * 1.7 + seed);
    vec3 room = who < .62 ? vec3(2.1, 1.22, .52) : who < .86 ? vec3(1.7, 1.45, 1.05) : vec3(.75, 1.15, 1.8);
    room *= (.35 + .75 * hash21(id + seed * 1.9)) * (.55 + .45 * smoothstep(0., .8, f.y));
    pane = mix(pane, room, lit);
    c = mix(c, pane, glass * mix(1., .75, 1. - fine));
    float shop = 1. - smoothstep(street * .92, street, wall.y);
    float bay = floor(wall.x / 4.2 + seed), across = abs(fract(wall.x / 4.2 + seed) - .5);
    vec3 sign = .55 + .45 * cos(6.283 * (hash21(vec2(bay, seed)) + vec3(0., .33, .66)));
    vec3 front = mix(vec3(.02), sign * 1.6 + .4, step(across, .42) * step(.9, wall.y) * mix(.12, 1., night) * step(.25, hash21(vec2(bay, seed + 4.))));
    c = mix(c, front * (.4 + .6 * noise2(wall * 3.)), shop * step(.5, street));
    c *= 1. - .35 * smoothstep(.985, 1., wall.y / whole.y);
    colour = vec4(encode(through_air(c, place)), 1.);
}
