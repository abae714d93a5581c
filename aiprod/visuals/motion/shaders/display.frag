// What live screens show: waves, bars, a map of stars, running text, a double helix, a sweep, a globe.
#include "frame.glsl"
#include "noise.glsl"
in vec2 at;
flat in vec4 kind;
flat in vec3 tone;
out vec4 colour;
float line(float d, float wide) { return smoothstep(wide, wide * .3, abs(d)); }
void main() {
    float t = frame.eye.w, seed = kind.y, show = floor(kind.x + .5);
    vec2 p = (at - .5) * vec2(kind.z, 1.);
    vec3 other = mix(tone.brg, vec3(1.), .25), c = tone * .035;
    vec2 g = abs(fract(p * 8.) - .5);
    c += tone * .05 * smoothstep(.46, .5, max(g.x, g.y));
    if (show < .5) {
        for (int i = 0; i < 3; i++) {
            float k = float(i), x = p.x * (3. + k) + t * (.5 + .3 * k) + seed, y = .28 - .28 * k + .10 * sin(x * 2.1) * sin(x * .7 + k) + .05 * (noise2(vec2(x * 5., seed + k)) - .5);
            float d = p.y - y;
            c += mix(tone, other, k * .45) * (line(d, .016) + .12 * exp(-abs(d) * 22.));
        }
    } else if (show < 1.5) {
        float n = floor(kind.z * 9.), x = at.x * n, id = floor(x), h = .18 + .7 * noise2(vec2(id * 1.7 + seed, t * .35 + id));
        float bar = step(abs(fract(x) - .5), .34) * step(at.y, h) * step(.08, at.y);
        c += mix(tone, other, h) * bar * (.45 + .7 * at.y) + tone * line(at.y - .08, .01);
    } else if (show < 2.5) {
        vec2 q = mat2(cos(t * .03), -sin(t * .03), sin(t * .03), cos(t * .03)) * p;
        float r = length(q), arm = .5 + .5 * sin(atan(q.y, q.x) * 2. + log(r + .02) * 5. + seed);
        c += (mix(tone, other, arm) * exp(-r * 4.5) * (.4 + 1.3 * arm) + vec3(1.2) * exp(-r * 26.));
        c += vec3(.9, .95, 1.1) * step(.985, hash21(floor((q + 2.) * 46.) + seed)) * .8;
    } else if (show < 3.5) {
        float rows = 15., y = at.y * rows - floor(t * 2.2 + seed), row = floor(y), x = at.x * kind.z * 26.;
        float depth = floor(hash11(row + seed) * 3.), word = step(depth * 2. + 1., x) * step(x, depth * 2. + 4. + 16. * kind.z * hash11(row * 1.3 + seed));
        float ink = step(.3, hash21(vec2(floor(x * 1.6), row))) * step(.25, fract(y)) * step(fract(y), .72) * word;
        c += mix(tone, other, step(.7, hash21(vec2(floor(x * .25), row + seed)))) * ink * .8;
    } else if (show < 4.5) {
        float turn = p.y * 9. + t * .9 + seed, a = .24 * sin(turn), b = -a;
        float rung = line(fract(p.y * 9.) - .5, .10) * step(abs(p.x), abs(a));
        c += mix(tone, other, step(0., p.x)) * rung * .35;
        c += tone * smoothstep(.040, .025, abs(p.x - a)) * (.75 + .35 * cos(turn)) + other * smoothstep(.040, .025, abs(p.x - b)) * (.75 - .35 * cos(turn));
    } else if (show < 5.5) {
        float r = length(p), turn = fract((atan(p.y, p.x) - t * 1.1) / 6.283);
        c += tone * (line(fract(r * 5.) - .5, .05) * .35 + pow(turn, 7.) * .7) * step(r, .45) + tone * line(r - .45, .012);
        vec2 cell = floor(p * 13.), spot = (cell + .3 + .4 * hash22(cell + seed)) / 13.;
        c += other * step(.87, hash21(cell + seed * 3.)) * smoothstep(.02, .008, length(p - spot)) * step(length(spot), .43) * 1.6;
    } else {
        float r = length(p) / .40;
        if (r < 1.) {
            vec3 n = vec3(p / .40, sqrt(1. - r * r));
            vec2 q = vec2(atan(n.x, n.z) + t * .25 + seed, n.y * 1.6);
            float landmass = smoothstep(.52, .56, noise2(q * 2.1 + seed) * .65 + noise2(q * 5.3) * .35), net = max(line(fract(q.x * 1.91) - .5, .03), line(fract(q.y * 2.5) - .5, .035));
            c += tone * (.16 + .6 * landmass * (.4 + .6 * n.z) + net * .3);
        }
        c += other * line(length(p * vec2(1., 2.6)) - .46, .012) * .6 + tone * exp(-abs(r - 1.) * 14.) * .5;
    }
    c *= (.88 + .12 * sin(at.y * 420.)) * (.95 + .05 * sin(t * 9. + seed * 7.));
    vec2 edge = smoothstep(0., .012, min(at, 1. - at) * vec2(kind.z, 1.));
    c = c * kind.w * edge.x * edge.y + vec3(.006) + vec3(.012) * smoothstep(.5, 0., abs(at.x + at.y - 1.2));
    colour = vec4(encode(c), 1.);
}
