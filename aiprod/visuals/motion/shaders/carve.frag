// A carving: a solid given by its distance function, walked along each ray within its box, lit with its own shadow. Baked.
#include "frame.glsl"
#include "noise.glsl"
in vec2 ndc;
out vec4 colour;
uniform vec3 foot;              // where the middle of its foot stands
uniform vec3 bulk;              // half width, height, half depth of its box
uniform vec2 facing;            // cosine and sine of its turn about the upright
uniform vec4 make, more;        // measures of its kind
uniform vec3 courses;           // height and length of its blocks, and whether they run around it
uniform float seed, green, leafy, pixel;
uniform vec3 dark, light, moss, leaf_dark, leaf_light, glow;
#include "carve_shapes.glsl"

vec3 turned(vec3 v) { return vec3(v.x * facing.x + v.z * facing.y, v.y, v.z * facing.x - v.x * facing.y); }

vec3 slope(vec3 p, float e) {
    vec2 k = vec2(1, -1);
    return normalize(k.xyy * shape(p + k.xyy * e) + k.yyx * shape(p + k.yyx * e) + k.yxy * shape(p + k.yxy * e) + k.xxx * shape(p + k.xxx * e));
}

// Joints between blocks: x is 1 on the face of a stone and 0 in its joint, y a number of its own.
vec2 joints(vec2 at, float blur) {
    float row = floor(at.y / courses.x);
    vec2 q = vec2(at.x / courses.y + .5 * mod(row, 2.) + .35 * hash11(row + seed), at.y / courses.x);
    vec2 f = abs(fract(q) - .5) * courses.yx, edge = courses.yx * .5 - f;
    float gap = min(edge.x, edge.y) + .010 * noise2(at * 7.);
    return vec2(smoothstep(.012 - blur, .034 + blur, gap), hash21(floor(q) + seed));
}

void main() {
    vec3 ray = view_ray(ndc), from = turned(frame.eye.xyz - foot), way = turned(ray);
    vec3 inverse = 1. / (way + vec3(1e-5)), low = (vec3(-bulk.x, -.2, -bulk.z) - from) * inverse, high = (vec3(bulk.x, bulk.y, bulk.z) - from) * inverse;
    vec3 enter = min(low, high), leave = max(low, high);
    float t = max(max(enter.x, max(enter.y, enter.z)), .05), end = min(leave.x, min(leave.y, leave.z));
    if (t > end) discard;
    float nearest = 1e3, at = t, clear = 1.;
    for (int i = 0; i < 110; i++) {
        float d = shape(from + way * t), share = d / (pixel * t);
        if (share < nearest) { nearest = share; at = t; }
        if (share < .35) break;
        t += max(d * .8, pixel * t * .35);
        if (t > end) break;
    }
    float alpha = 1. - smoothstep(.35, 1.1, nearest);
    if (alpha < .01) discard;
    vec3 p = from + way * at;
    float blur = pixel * at, e = max(.012, blur * .8);
    vec3 n = slope(p, e);
    vec2 wrapped = courses.z > .5 ? vec2(atan(p.z, p.x) * courses.z, p.y) : vec2(abs(n.x) > abs(n.z) ? p.z : p.x, abs(n.y) > .75 ? p.z * .7 : p.y);
#ifdef ICE
    float scale = .9 / make.w;
#else
    float scale = 1.;
#endif
    float coarse = noise3(p * .55 * scale + seed), middle = noise3(p * 2.3 * scale + seed), fine = noise3(p * 9. + seed), grit = noise3(p * 27.);
    vec2 stone = courses.x > 0. ? joints(wrapped + .02 * (middle - .5), blur) : vec2(1., .5);
    float tone = .30 + .34 * coarse + .22 * (middle - .3) + .22 * (fine - .5) + .12 * (grit - .5) + .26 * (stone.y - .5) * step(.001, courses.x);
    tone -= .22 * smoothstep(.5, .8, noise2(vec2(wrapped.x * 2.2, wrapped.y * .22) + seed)) * (1. - abs(n.y));   // streaks that rain left
    tone *= mix(.34, 1., stone.x) * (.72 + .28 * smoothstep(0., 1.4, p.y));
    vec3 bump = vec3(noise3(p * 11. + 3.), noise3(p * 11. + 9.), noise3(p * 11. + 17.)) - .5;
    n = normalize(n + bump * .38 * smoothstep(.06, .008, blur));
    vec3 albedo = mix(dark, light, clamp(tone, 0., 1.));
#ifdef ICE
    float depth = clamp(shape(p - n * .9 * make.w) / (-.9 * make.w), 0., 1.), cleft = smoothstep(.62, .25, noise3(p * vec3(.8, .35, .8) * scale + seed) + .25 * (middle - .5));
    albedo = mix(light, dark, clamp(.75 * cleft * (1. - max(n.y, 0.)) + .35 * smoothstep(1.2, 0., p.y / make.w), 0., 1.)) * (.88 + .12 * fine + .06 * sin(p.y * 5. * scale + coarse * 5.));
    albedo = mix(albedo, light, smoothstep(.35, .7, n.y + .2 * (middle - .5)));
#else
    albedo = mix(albedo, moss, clamp(green, 0., 1.) * smoothstep(.42, .72, .55 * coarse + .4 * middle + .35 * n.y + .12 * (1. - stone.x)) * .6);
    float spread = fractal(p.xy * .42 + p.zz * .3 + seed * 3.) + .16 * smoothstep(2.2, 0., p.y) + .10 * n.y, ivy = 0.;
    vec2 cell = TURN * vec2(wrapped.x, p.y) * 8.5 + 5. * vec2(noise3(p * 1.3), noise3(p * 1.3 + 7.)) + 1.6 * vec2(fine, noise3(p * 5. + 3.));
    float leaf = 1. - length(fract(cell) - .5 - .5 * (hash22(floor(cell)) - .5)) * (1.25 + .8 * hash21(floor(cell) + 9.));
    ivy = smoothstep(.92 - .55 * green, 1.0 - .55 * green, spread + .16 * leaf + .05 * fine) * step(.01, green) * leafy;
    vec3 foliage = mix(leaf_dark, leaf_light, clamp(.15 + leaf * .75 * (.5 + hash21(floor(cell) + 3.)) + .3 * n.y, 0., 1.));
    albedo = mix(albedo, foliage, ivy);
    n = normalize(n + ivy * vec3(hash22(floor(cell)) - .5, -.2).xzy * vec3(1.1, -1., 1.1));
#endif
    vec3 behind = vec3(frame.sun_dir.x * 1.6, max(frame.sun_dir.y, .16), frame.sun_dir.z * .55);
    vec3 beside = vec3((frame.sun_dir.x < 0. ? -1. : 1.) * .80, .58, -.50);
    vec3 to_light = turned(normalize(mix(behind, beside, smoothstep(.35, 1., frame.key_dir.w)))), key_dir = turned(frame.key_dir.xyz);
    float lit = clamp(dot(n, to_light), 0., 1.), shade = 1., reach = .06;
    for (int i = 0; i < 18; i++) {
        shade = min(shade, clamp(shape(p + n * .03 + to_light * reach) * 9. / reach + .1, 0., 1.));
        reach *= 1.32;
    }
    float open = 1.;
    for (int i = 1; i < 5; i++) { float h = .11 * float(i * i); open -= max(h - shape(p + n * h), 0.) * .42 / h; }
    open = clamp(open, .12, 1.);
    float key = clamp(dot(n, key_dir) * .8 + .2, 0., 1.), bounce = clamp(.5 - .5 * n.y, 0., 1.) * smoothstep(5., 0., p.y);
    vec3 sun = frame.sun_colour.rgb;
#ifdef ICE
    sun = mix(sun, vec3(dot(sun, vec3(.4, .4, .2))) * vec3(1.04, .98, 1.), .45);    // ice scatters what falls into it
#endif
    vec3 c = albedo * (frame.ambient.rgb * (.42 + .62 * (.5 + .5 * n.y)) * open
                       + sun * (lit * shade * 1.05 + key * .26 * frame.key_dir.w * open + bounce * .16 * open));
    float edge = pow(1. - abs(dot(n, way)), 3.), into = pow(max(dot(ray, frame.sun_dir.xyz), 0.), 4.);
    c += sun * edge * shade * (.03 + .30 * into) * (albedo + .08) * clamp(dot(n, to_light) + .4, 0., 1.);
#ifdef ICE
    c += sun * mix(dark, light, .45) * (1. - depth) * (.18 + .5 * into) + frame.ambient.rgb * dark * .25 * cleft;
    c += glow * (.06 + .94 * pow(abs(dot(n, way)), 3.)) * (.35 + 1.1 * coarse) * (.35 + .65 * smoothstep(0., 1., p.y / make.x));
#else
    c += sun * leaf_light * ivy * into * .5 * shade;
#endif
    c = through_air(c, frame.eye.xyz + ray * at);
    colour = vec4(encode(c) * alpha, alpha);
}
