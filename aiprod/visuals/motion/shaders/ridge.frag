// Mountains and volcanoes: a height field walked along each ray, lit with soft shadows. Slow, so baked once.
#include "frame.glsl"
#include "noise.glsl"
in vec2 uv;
out vec4 colour;
uniform vec2 range;             // nearest and farthest metre
uniform float height, frequency, base, seed, gap, gap_width, snow_line, strata;
uniform vec3 rock_dark, rock_light, snow_tone, grass_tone;
uniform float grass_line;
#ifdef VOLCANO
uniform vec4 cone;              // summit x, distance z, radius, lava 0..1
#endif

float elevation(vec2 p) {
#ifdef DUNES
    vec2 q = p * frequency + seed;
    vec2 warp = vec2(noise2(q * .7 + 5.), noise2(q * .7 + 11.)) * 1.5;
    float u = q.x * .55 + q.y + warp.x * 1.1, t = fract(u), row = floor(u);
    float crest = t < .70 ? pow(t / .70, 1.5) : 1. - smoothstep(0., 1., (t - .70) / .30);
    float swell = .35 + .65 * noise2(vec2(q.x * .8 - q.y * .3, row * 3.7 + seed)) + .25 * noise2(q * 2.1);
    float lesser = fract(q.x * 1.7 - q.y * 2.6 + warp.y * 2.);
    float small = lesser < .7 ? lesser / .7 : (1. - lesser) / .3;
    return base + height * (crest * swell + .10 * small * noise2(q * 1.3)) * smoothstep(range.x * .8, range.x * 1.5, p.y);
#else
    float r = ridged(p * frequency + seed), h;
#ifdef VOLCANO
    vec2 d = p - cone.xy;
    float away = length(d), turn = atan(d.y, d.x);
    float slope = height * exp(-away / cone.z) * 1.25;
    slope = min(slope, height * .93 - max(0., cone.z * .17 - away) * .9);
    float gully = (ridged(vec2(turn * 2.2, away * .06) + seed) - .5) * height * .10 * smoothstep(.04, .5, away / cone.z) * exp(-away / cone.z * .6);
    h = slope + gully + (r - .4) * height * .11 * smoothstep(.1, .8, away / cone.z);
#else
    float mass = smoothstep(0., 1., fractal(p * frequency * .35 + seed * 1.7) * 1.5 - .2);
    h = height * (r * 1.05 * mass + .25 * mass) - height * .12;
    h *= mix(.2, 1., smoothstep(range.x, range.x * 1.35, p.y)) * mix(1., .25, smoothstep(range.y * .70, range.y * .94, p.y));
    h *= 1. - gap * exp(-p.x * p.x / (gap_width * gap_width));
#endif
    return h + base;
#endif
}

void main() {
    vec2 ndc = ((uv * 2. - 1.) - frame.window.zw) / frame.window.xy;
    vec3 ray = view_ray(ndc), from = frame.eye.xyz;
    float t = range.x, last = t;
    bool hit = false;
    for (int i = 0; i < 420; i++) {
        vec3 p = from + ray * t;
        float e = p.y - elevation(p.xz);
        if (e < .0012 * t) { hit = true; break; }
        if (t > range.y || p.y > height * 1.6 + base) break;
        last = t;
        t += max(e * .30, .0018 * t);
    }
    if (!hit) { colour = vec4(0.); return; }
    for (int i = 0; i < 6; i++) {
        float m = .5 * (last + t);
        vec3 p = from + ray * m;
        if (p.y < elevation(p.xz)) t = m; else last = m;
    }
    vec3 p = from + ray * t;
    float e = .0030 * t;
    vec3 n = normalize(vec3(elevation(p.xz - vec2(e, 0)) - elevation(p.xz + vec2(e, 0)), 2. * e, elevation(p.xz - vec2(0, e)) - elevation(p.xz + vec2(0, e))));
    vec3 behind = vec3(frame.sun_dir.x * 1.6, max(frame.sun_dir.y, .14), frame.sun_dir.z * .5);
    vec3 beside = vec3((frame.sun_dir.x < 0. ? -1. : 1.) * .85, .55, -.38);
    vec3 to_light = normalize(mix(behind, beside, smoothstep(.45, 1., frame.key_dir.w)));
#ifdef DUNES
    to_light = normalize(vec3((frame.sun_dir.x < 0. ? -1. : 1.) * .80, .16 + .55 * max(frame.sun_dir.y, 0.), .42));
#endif
    float d = clamp(dot(n, to_light), 0., 1.), shade = 1., step_length = height * .01;
    for (int i = 0; i < 20; i++) {
        vec3 q = p + to_light * step_length;
        shade = min(shade, clamp((q.y - elevation(q.xz)) * 10. / step_length + .3, 0., 1.));
        step_length *= 1.34;
    }
    float up = (p.y - base) / height, rough = fractal(p.xz * frequency * 6.);
    float bands = .5 + .5 * sin(p.y / height * 46. + fractal(p.xz * frequency * 2.) * 6.);
    vec3 albedo = mix(rock_dark, rock_light, clamp(rough * .9 + (bands - .5) * strata, 0., 1.));
    albedo = mix(albedo, grass_tone, smoothstep(grass_line + .12, grass_line - .12, up + .25 * (rough - .5)) * smoothstep(.35, .65, n.y));
    albedo = mix(albedo, snow_tone, smoothstep(snow_line, snow_line + .14, up + .22 * (fractal(p.xz * frequency * 5.) - .5)) * smoothstep(.20, .44, n.y + .25 * (rough - .5)));
#ifdef DUNES
    albedo = mix(rock_light, rock_dark, .35 * fractal(p.xz * frequency * 3.)) * (1. + .10 * sin((p.x * .7 + p.z) * 2.2 + 6. * noise2(p.xz * .4)) * smoothstep(160., 20., t));
#endif
    float key = clamp(dot(n, frame.key_dir.xyz), 0., 1.);
    float bounce = clamp(dot(n, normalize(vec3(-to_light.x, .2, -to_light.z))), 0., 1.);
    vec3 c = albedo * (frame.ambient.rgb * (.5 + .55 * n.y) + frame.sun_colour.rgb * (d * shade * 1.1 + key * .22 + bounce * .10));
#ifdef DUNES
    c = albedo * (frame.ambient.rgb * (.50 + .48 * n.y) + frame.sun_colour.rgb * (d * shade * 1.25 + bounce * .06));
#endif
#ifdef VOLCANO
    vec2 dd = p.xz - cone.xy;
    float away = length(dd) / cone.z, turn = atan(dd.x, -dd.y);
    float wander = fractal(vec2(turn * 1.5, away * 2.5) + seed) * 1.1, flow = 0.;
    for (int i = 0; i < 4; i++) {
        float k = float(i), course = (k - 1.4) * .55 + .35 * sin(k * 7.3 + seed), width = .055 + .09 * away;
        float x = (turn - course - (wander - .5) * .7 - .22 * sin(away * 7. + k * 2.)) * (.35 + away), reach = .9 + .8 * hash11(k + seed);
        flow += exp(-x * x / (width * width * .10)) * smoothstep(reach, reach * .35, away);
    }
    float crack = pow(1. - abs(2. * noise2(p.xz * 15. / cone.z) - 1.), 3.), crater = exp(-away * away * 34.);
    c += cone.w * (vec3(2.6, .62, .10) * flow * (.45 + .9 * crack) + vec3(1.9, .42, .07) * crater * .7);
    vec3 lamp = vec3(cone.x, height * 1.15, cone.y) - p;
    float fall = 1. / (1. + dot(lamp, lamp) / (height * height * .18));
    c += albedo * cone.w * vec3(2.4, .75, .22) * fall * (.35 + .65 * clamp(dot(n, normalize(lamp)), 0., 1.)) * 2.2;
    c += albedo * flow * vec3(1., .25, .05) * .5 * cone.w;
#endif
    colour = vec4(encode(through_air(c, p)), 1.);
}
