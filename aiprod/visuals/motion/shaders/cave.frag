// A cave between two distances: walls and vault as a hollow with stones hanging and standing in it, lit by what glows. Baked.
#include "frame.glsl"
#include "noise.glsl"
in vec2 uv;
out vec4 colour;
uniform vec2 range;             // nearest and farthest metre of this part
uniform vec4 hall;              // half width, height, how it narrows with distance, how it bends
uniform vec4 opening;           // middle x, y, distance and radius of a way out; radius 0: none
uniform float seed, pixel, teeth, wet;
uniform vec3 rock_dark, rock_light, floor_tone;
uniform vec4 lamps[6];          // x, y, z, reach
uniform vec3 lamp_colours[6];
uniform int lamp_count;
uniform vec3 daylight;          // what falls in through the opening

float rough(vec3 p) { return noise3(p * .23 + seed) * 2.6 + noise3(p * .61 + seed * 1.7) * 1.25 + noise3(p * vec3(1.7, 1.2, 1.7) + seed) * .45; }

// Stones that hang (way 1) or stand (-1), one a cell of the vault's plan.
float spikes(vec3 p, float roof, float way) {
    vec2 q = p.xz * (way > 0. ? .52 : .34) + seed * way, cell = floor(q);
    float best = 1e2;
    for (int i = 0; i < 4; i++) {
        vec2 id = cell + vec2(i & 1, i >> 1) + floor(fract(q) - .5), h = hash22(id + 7.1 * way);
        if (h.x > teeth) continue;
        vec2 spot = id + .25 + .5 * hash22(id + 3.3), off = (q - spot) / (way > 0. ? .52 : .34);
        if (way < 0. && abs((spot.x - seed * way) / .34) < 2.4) continue;
        float long_ = (way > 0. ? 1.0 + 3.6 * h.y * h.y : .5 + 1.5 * h.y * h.y), down = way * (roof - p.y) + .5, u = clamp(down / long_, 0., 1.);
        float thick = (.06 + .16 * long_) * (1. - u) * (.8 + .5 * (1. - u)) + .03 * sin(down * 9. + h.x * 30.) * (1. - u);
        best = min(best, max(length(off) - thick, down - long_));
    }
    return best * .6;
}

float hollow(vec3 p) {
    float bend = hall.w * sin(p.z * .11 + seed), narrow = 1. / (1. + hall.z * max(p.z - 4., 0.));
    vec2 q = vec2((p.x - bend) / (hall.x * narrow), p.y / (hall.y * (.45 + .55 * narrow)));
    float r = length(vec2(q.x, max(q.y, 0.))), scale = min(hall.x, hall.y) * narrow;
    float d = (1. - r) * scale - rough(p) + 1.9;
    if (opening.w > 0.) {
        vec2 o = p.xy - opening.xy;
        float ragged = opening.w * (1. + .30 * (noise2(normalize(o + 1e-3) * 1.9 + seed) - .5)) - length(o * vec2(1., .82)) - .30 * (rough(p) - 2.);
        d = p.z > opening.z ? ragged : min(d, max(opening.z - p.z, ragged));
    }
    if (opening.w <= 0.) d = min(d, 38. - p.z - .6 * rough(p));
    return d * .55;
}

float shape(vec3 p) {
    float d = hollow(p);
    if (teeth > 0.) {
        float narrow = 1. / (1. + hall.z * max(p.z - 4., 0.)), bend = hall.w * sin(p.z * .11 + seed), x = (p.x - bend) / (hall.x * narrow);
        float roof = hall.y * (.45 + .55 * narrow) * sqrt(max(1. - x * x * .8, 0.)) - rough(vec3(p.x, hall.y, p.z)) * .5 + 1.2;
        if (roof - p.y < 5.5) d = min(d, spikes(p, roof, 1.)); else d = min(d, roof - p.y - 4.6);
        if (p.y < 2.6) d = min(d, spikes(p, -.2, -1.)); else d = min(d, p.y - 2.);
    }
    return d;
}

void main() {
    vec2 ndc = ((uv * 2. - 1.) - frame.window.zw) / frame.window.xy;
    vec3 ray = view_ray(ndc), from = frame.eye.xyz;
    float t = range.x / max(ray.z, .05), end = range.y / max(ray.z, .05);
    bool hit = false;
    if (shape(from + ray * t) < 0.) hit = true;
    for (int i = 0; i < 150 && !hit; i++) {
        float d = shape(from + ray * t);
        if (d < pixel * t * .6) { hit = true; break; }
        t += max(d * .8, pixel * t);
        if (t > end) break;
    }
    vec3 p = from + ray * t;
    if (!hit || p.y < -.6) { colour = vec4(0.); return; }
    float e = max(.02, pixel * t);
    vec2 k = vec2(1, -1);
    vec3 n = normalize(k.xyy * shape(p + k.xyy * e) + k.yyx * shape(p + k.yyx * e) + k.yxy * shape(p + k.yxy * e) + k.xxx * shape(p + k.xxx * e));
    float coarse = noise3(p * .8 + seed), fine = noise3(p * 4.3 + seed), grit = noise3(p * 13.);
    float layer = .5 + .5 * sin(p.y * 3.2 + coarse * 6. + fine * 1.5), crack = smoothstep(.10, .0, abs(noise3(p * 1.1 + seed + 5.) - .5));
    n = normalize(n + (vec3(noise3(p * 6. + 3.), noise3(p * 6. + 9.), noise3(p * 6. + 17.)) - .5) * .42);
    vec3 albedo = mix(rock_dark, rock_light, clamp(.12 + .42 * coarse + .28 * (fine - .3) + .25 * (grit - .5) + .20 * layer - .22 * crack, 0., 1.));
    albedo = mix(albedo, floor_tone, smoothstep(.5, .9, n.y) * .6);
    float open = 1.;
    for (int i = 1; i < 5; i++) { float h = .16 * float(i * i); open -= max(h - shape(p + n * h), 0.) * .34 / h; }
    open = clamp(open, .06, 1.);
    vec3 c = albedo * frame.ambient.rgb * open * (.6 + .4 * n.y);
    if (opening.w > 0.) {
        vec3 to = opening.xyz - p;
        float away = length(to), fall = opening.w * opening.w * 3.2 / (away * away + opening.w * opening.w * 1.2);
        float face = clamp(dot(n, to / away) * .72 + .28, 0., 1.), shade = 1., reach = .2;
        for (int i = 0; i < 12; i++) { shade = min(shade, clamp(shape(p + n * .08 + to / away * reach) * 6. / reach + .25, 0., 1.)); reach *= 1.38; if (reach > away) break; }
        c += albedo * daylight * fall * face * shade * (.4 + .6 * open);
        c += daylight * wet * fall * shade * .10 * pow(max(dot(reflect(ray, n), to / away), 0.), 10.);
    }
    for (int i = 0; i < lamp_count; i++) {
        vec3 to = lamps[i].xyz - p;
        float away = length(to), fall = 1. / (1. + away * away / (lamps[i].w * lamps[i].w)), shade = 1., reach = .15;
        for (int j = 0; j < 8; j++) { shade = min(shade, clamp(hollow(p + n * .08 + to / away * reach) * 5. / reach + .3, 0., 1.)); reach *= 1.55; if (reach > away) break; }
        c += albedo * lamp_colours[i] * fall * (.20 + .80 * clamp(dot(n, to / away), 0., 1.)) * shade * (.35 + .65 * open);
        c += lamp_colours[i] * wet * fall * shade * .25 * pow(max(dot(reflect(ray, n), to / away), 0.), 18.);
    }
    c = through_air(c, p);
    colour = vec4(encode(c), 1.);
}
