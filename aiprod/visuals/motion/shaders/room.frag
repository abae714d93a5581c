// What a room's panels are made of, under the light that was gathered; each kind of surface is a program of its own.
#include "frame.glsl"
#include "noise.glsl"
#include "room.glsl"
in vec3 place;
in vec2 metres;
in vec2 lightmap;
flat in vec3 facing, first, second;
flat in vec2 whole;
flat in vec4 extra;
out vec4 colour;
uniform sampler2D grain, gathered;
uniform sampler2DArray pictures;
uniform vec3 sky_high, sky_low, land;
uniform float night, open_air;

struct Stuff { vec3 albedo; vec3 glow; float gloss; float cover; };
#include "surfaces.glsl"

// The sun on this place: through a window's panes, past what stands in its way.
float sunlit(vec3 p) {
    float most = 0.;
    for (int i = 0; i < window_count; i++) {
        vec3 at = on_glass(i, p, sun_way);
        if (abs(at.x) > 1. || abs(at.y) > 1.) continue;
        float soft = .012 * at.z, wide = length(window_across[i]), high = length(window_up[i]);
        vec2 inside = vec2(wide, high) * (1. - abs(at.xy));
        float bars = smoothstep(.02, .02 + soft, abs(fract(at.x * .5 * max(1., floor(wide * 4.)) + .5) - .5) * wide / max(1., floor(wide * 4.)) * 2.)
                   * smoothstep(.02, .02 + soft, abs(fract(at.y * .5 * max(1., floor(high * 3.)) + .5) - .5) * high / max(1., floor(high * 3.)) * 2.);
        most = max(most, smoothstep(0., .03 + soft, inside.x) * smoothstep(0., .03 + soft, inside.y) * mix(.35, 1., bars));
    }
    return most > 0. && blocked(p, sun_way, 30.) ? 0. : most;
}

// What a smooth surface mirrors: windows and lamps, blurred by its roughness.
vec3 mirrored(vec3 p, vec3 n, float gloss) {
    vec3 way = reflect(normalize(p - frame.eye.xyz), n), c = vec3(0.);
    float blur = .10 + .5 * (1. - gloss);
    for (int i = 0; i < window_count; i++) {
        vec3 at = on_glass(i, p, way);
        vec2 edge = smoothstep(1. + blur, 1. - blur, abs(at.xy));
        c += window_light * .30 * edge.x * edge.y;
    }
    for (int i = 0; i < lamp_count; i++) {
        vec3 d = lamp_at[i].xyz - p;
        float off = length(cross(way, normalize(d)));
        c += lamp_light[i] * .16 * exp(-off * off / (blur * blur * .12)) * step(0., dot(way, d));
    }
    float fresnel = .05 + .95 * pow(1. - clamp(dot(n, normalize(frame.eye.xyz - p)), 0., 1.), 4.);
    return c * fresnel * gloss;
}

void main() {
    Stuff s = Stuff(vec3(0.), vec3(0.), 0., 0.);
    vec2 dx = dFdx(metres) * .25, dy = dFdy(metres) * .25;
    for (int i = 0; i < 4; i++) {
        Stuff one = stuff_at(metres + dx * (i < 2 ? -1. : 1.) + dy * (i % 2 == 0 ? -1. : 1.));
        s.albedo += one.albedo * one.cover * .25; s.glow += one.glow * one.cover * .25; s.gloss += one.gloss * .25; s.cover += one.cover * .25;
    }
    if (s.cover < .004) { colour = vec4(0.); return; }
    s.albedo /= s.cover; s.glow /= s.cover;
    vec3 n = facing, light = texture(gathered, lightmap).rgb;
    float sun = max(dot(n, sun_way), 0.);
    if (open_air > .5) {
        float turned = clamp(dot(n, frame.key_dir.xyz) * .8 + .2, 0., 1.);
        light += frame.sun_colour.rgb * turned * .50 * frame.key_dir.w;
        if (sun > 0.) light += frame.sun_colour.rgb * sun * .8 * (blocked(place + n * .02, sun_way, 90.) ? 0. : 1.);
    } else if (sun > 0. && dot(sun_light, vec3(1.)) > .01) light += sun_light * sun * sunlit(place + n * .015);
    vec3 c = s.albedo * light + s.glow;
    if (open_air > .5 && s.gloss > .01) {
        vec3 way = reflect(normalize(place - frame.eye.xyz), n);
        c += mix(sky_low, sky_high, clamp(way.y * 2., 0., 1.)) * s.gloss * .5 * pow(1. - clamp(way.y, 0., 1.), 3.) * (1. - .6 * night);
    }
    if (s.gloss > .01) c += mirrored(place, n, s.gloss);
    if (extra.w > .5) {
        vec2 texel = fwidth(metres), inside = min(metres, whole - metres) / max(texel, 1e-5);
        s.cover *= clamp(min(inside.x, inside.y) + .5, 0., 1.);
    }
    colour = vec4(encode(through_air(c, place)) * s.cover, s.cover);
}
