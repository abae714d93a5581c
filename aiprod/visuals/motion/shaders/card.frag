// Lights a card: its colours from the painter's tone and material, its roundness from its blurred silhouette.
// Picture channels: R tone (how much light the painter saw there), G material (0 first, 1 second), B translucent rim, A coverage.
#include "frame.glsl"
in vec3 uv;
in vec3 place;
flat in vec3 kind;
out vec4 colour;
uniform sampler2DArray pictures;
uniform vec3 first_dark, first_light, second_dark, second_light, alternative;
uniform vec3 glow;              // light of its own, where the rim channel is high
uniform float rim_strength, roundness, contact;

float thickness(vec2 shift, float level) { return textureLod(pictures, uv + vec3(shift, 0.), level).a; }

void main() {
    vec4 t = texture(pictures, uv);
    if (t.a < .004) discard;
    vec3 q = t.rgb / max(t.a, .01);
    float e = .03;
    vec2 g = vec2(thickness(vec2(e, 0), 4.) - thickness(vec2(-e, 0), 4.), thickness(vec2(0, e), 4.) - thickness(vec2(0, -e), 4.))
           + vec2(thickness(vec2(3. * e, 0), 5.) - thickness(vec2(-3. * e, 0), 5.), thickness(vec2(0, 3. * e), 5.) - thickness(vec2(0, -3. * e), 5.)) * .8;
    vec3 n = normalize(vec3(-g.x * kind.y * roundness, g.y * roundness, -.55));
    float thick = thickness(vec2(0), 4.);
    vec3 light_tone = mix(first_light, alternative, kind.z);
    vec3 albedo = mix(mix(first_dark, light_tone, q.r), mix(second_dark, second_light, q.r), q.g) * kind.x;
    vec3 ray = normalize(place - frame.eye.xyz);
    float key = clamp(dot(n, frame.key_dir.xyz) * .62 + .38, 0., 1.);
    float hemisphere = .62 + .38 * n.y;
    float into = max(dot(ray, frame.sun_dir.xyz), 0.);
    into = into * into * into;
    float side = clamp(dot(normalize(n.xy + 1e-4), normalize(frame.sun_dir.xy + 1e-4)) * .7 + .3, 0., 1.);
    float edge = (1. - thick) * (1. - thick);
    vec3 sun = frame.sun_colour.rgb;
    vec3 c = albedo * (frame.ambient.rgb * hemisphere * (.45 + .75 * q.r) + sun * key * frame.key_dir.w * (.14 + .60 * q.r * q.r));
    c += sun * rim_strength * (albedo + .04) * (q.b * q.b * (.10 + .65 * into) + edge * side * (.10 + .55 * into));
    c += sun * mix(light_tone, second_light, q.g) * frame.sun_colour.w * into * q.b * (1. - q.g) * .5;
    c *= mix(1., smoothstep(-.02, .3, 1. - uv.y), contact);
    c += glow * q.b;
    c = through_air(c, place);
    colour = vec4(encode(c) * t.a, t.a);
}
