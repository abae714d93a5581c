// Paints and lights the ground: three earths mixed by noise, shadows of what stands on it, light falling through leaves.
#include "frame.glsl"
in vec3 place;
in vec3 upward;
in vec2 uv;
out vec4 colour;
uniform sampler2D grain;
uniform vec3 low_tone, high_tone, patch_tone;
uniform vec4 shadows[32];       // x, z, radius, darkness
uniform int shadow_count;
uniform float dapple, ripple, sparkle, patchiness;
uniform vec4 trail;             // a path: centre x, half width, waviness, strength
uniform vec3 trail_tone;
uniform float street;           // a paved road this wide on each side of its middle line, pavements beyond; 0: none
uniform vec4 floes;             // ice adrift: metres of a floe, part of open water, metres to which it is closed, height

vec2 scattered(vec2 p) { vec3 q = fract(vec3(p.xyx) * vec3(.1031, .1030, .0973)); q += dot(q, q.yzx + 33.33); return fract((q.xx + q.yz) * q.zy); }

// How far inside a floe a place is, in metres; below 0 it is water.
float inside_floe(vec2 p) {
    vec2 crooked = (texture(grain, p * .045).rg - .5) * floes.x * 1.0 + (texture(grain, p * .13).rg - .5) * floes.x * .35;
    vec2 q = (p + crooked) / floes.x, cell = floor(q);
    float first = 8., second = 8., missing = 0.;
    for (int j = -1; j < 2; j++) for (int i = -1; i < 2; i++) {
        vec2 id = cell + vec2(i, j), h = scattered(id);
        float d = length(id + .15 + .7 * h - q);
        if (d < first) { second = first; first = d; missing = scattered(id + 31.).x; } else second = min(second, d);
    }
    float crack = (second - first) * .5 * floes.x - floes.x * .5 * (.06 + .35 * floes.y * missing);
    if (missing < floes.y * .75) crack = -1.;
    float shelf = floes.z - p.y + (texture(grain, vec2(p.x * .05, .3)).r - .5) * 3. + (texture(grain, p * .09).r - .5) * 2.2;
    return max(crack, shelf);
}

// Asphalt with worn dashes along its middle, a kerb, and pavements of slabs.
vec3 paved(vec3 earth, vec4 wide, vec4 fine) {
    float blur = .02 + .0006 * place.z * place.z / max(frame.eye.y, .5), side = abs(place.x);
    vec3 road = mix(low_tone, high_tone, .25 + .35 * (wide.g - .5));
    float gap = 1. - .35 * smoothstep(.10, .02, abs(fract(place.z / 9. + .3) - .5) * 9.);      // a seam across, now and then
    road *= mix(1., gap, .5);
    float worn = .45 + .45 * smoothstep(.35, .6, fine.r), dash = smoothstep(-blur, blur, .09 - side);
    dash *= smoothstep(-.03 - blur * .2, .03 + blur * .2, .25 - abs(fract(place.z / 6.) - .5));
    road = mix(road, trail_tone, dash * worn);
    vec2 slab = abs(fract(vec2(place.x / 1.4, place.z / 1.4)) - .5) * 1.4;
    float joint = smoothstep(.70 - blur, .68 - blur, max(slab.x, slab.y));
    vec3 walk = mix(high_tone * 1.25, high_tone * 1.55, wide.r * .6 + fine.g * .4) * mix(1., joint, .35 / (1. + .08 * place.z));
    vec3 c = mix(road, walk, smoothstep(-blur, blur, side - street));
    float kerb = smoothstep(.14 + blur, .10, abs(side - street));
    return mix(c, high_tone * 1.9, kerb * .6) * (1. - .45 * smoothstep(.22 + blur, .02, abs(side - street + .16)));
}

void main() {
    vec4 a = texture(grain, place.xz * .045), b = texture(grain, place.xz * vec2(.31, .23)), c4 = texture(grain, place.xz * vec2(1.3, .9));
    float m = a.r * .9 + b.g * .5 - .25;
    vec3 albedo = mix(low_tone, high_tone, smoothstep(.25, .75, m));
    albedo = mix(albedo, patch_tone, smoothstep(.62, .80, b.r * .6 + a.g * .5) * patchiness);
    if (trail.w > 0.) {
        float centre = trail.x + sin(place.z * trail.z) * 1.2 + sin(place.z * trail.z * 2.3 + 1.) * .5;
        float d = abs(place.x - centre) + (b.r - .5) * .5;
        albedo = mix(albedo, trail_tone, trail.w * smoothstep(trail.y * 1.4, trail.y * .5, d));
    }
    float rough = street > 0. ? .12 : 1.;
    if (street > 0.) albedo = paved(albedo, a, c4);
    albedo *= mix(1., .50 + 1.0 * c4.r * (.4 + 1.2 * b.b), .75 * (street > 0. ? .3 : 1.));
    vec3 n = normalize(upward + vec3((b.r - .5) * .45, 0., (b.g - .5) * .45) * rough);
    if (ripple > 0.) {
        float phase = place.x * 3.1 + place.z * 7.0 + a.r * 22. + b.r * 6.;
        n = normalize(n + vec3(cos(phase) * .35, 0., cos(phase) * .8) * ripple / (1. + .02 * place.z));
        albedo *= 1. + .26 * ripple * sin(phase) / (1. + .04 * place.z);
    }
    vec3 sun_side = normalize(vec3(frame.sun_dir.x, max(frame.sun_dir.y, 0.) + .22, frame.sun_dir.z * .75));
    float d = clamp(dot(n, sun_side) * .75 + .25, 0., 1.);
    float shade = 1.;
    for (int i = 0; i < shadow_count; i++) {
        vec2 away = place.xz - shadows[i].xy;
        vec2 slant = normalize(-frame.sun_dir.xz + 1e-4);
        float along = dot(away, slant), across = dot(away, vec2(-slant.y, slant.x));
        float stretch = along > 0. ? 3.2 : .8;
        vec2 q = vec2(along / stretch, across) / shadows[i].z;
        shade *= 1. - shadows[i].w * exp(-dot(q, q));
    }
    float leaves = mix(1., smoothstep(.36, .62, a.b * .55 + b.b * .30 + c4.g * .18), dapple);
    vec3 c = albedo * (frame.ambient.rgb * (.35 + .65 * shade) * (.8 + .2 * n.y) + frame.sun_colour.rgb * d * (.30 + .60 * frame.key_dir.w) * leaves * shade);
    c += frame.sun_colour.rgb * sparkle * step(.965, texture(grain, place.xz * 7.).a) * d * .8;
    float alpha = 1.;
    if (floes.x > 0.) {
        float away = max(place.z, 1.), blur = .0012 * away * away / max(frame.eye.y, .3) + .02;
        float within = inside_floe(place.xz), wall = floes.w * away / max(frame.eye.y - floes.w, .3), behind = inside_floe(place.xz + vec2(0., wall));
        float face = smoothstep(-blur, blur, behind) * (1. - smoothstep(-blur, blur, within));
        c = mix(c, mix(c, frame.ambient.rgb * vec3(.45, .80, .92), .75), (1. - smoothstep(0., .30 + blur, within)) * .45);
        c = mix(c, (frame.ambient.rgb * .85 + frame.sun_colour.rgb * .12) * vec3(.20, .52, .66) * (.6 + .8 * b.r), face);
        alpha = max(smoothstep(-blur, blur, within), face);
    }
    colour = vec4(encode(through_air(c, place)) * alpha, alpha);
}
