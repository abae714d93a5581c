// Lights one part of a subject as it is turned now: key from the front, sky from above, a rim from the sun.
// Slow, and therefore drawn once for each turn into a picture of its own; part.frag shows that picture.
#include "frame.glsl"
in vec2 uv;
out vec4 colour;
uniform sampler2D picture, normals;
uniform vec4 source;            // left, top, right, bottom of the part in its textures
uniform vec3 key_dir, sky_light, sun_light;
uniform vec2 sun_side;
uniform mat2 turn;
uniform float own_light, rim_strength, moonlit;
void main() {
    vec2 at = mix(source.xy, source.zw, vec2(uv.x, 1. - uv.y));
    vec4 t = texture(picture, at);
    if (t.a < .004) { colour = vec4(0.); return; }
    vec3 albedo = t.rgb / max(t.a, .01);
    albedo *= albedo * (albedo * .305 + .682) + .0125;      // sRGB to linear light
    vec3 n = texture(normals, at).xyz * 2. - 1.;
    n.xy = turn * n.xy;
    n *= inversesqrt(dot(n, n) + 1e-5);
    float key = clamp(dot(n, key_dir) * .6 + .4, 0., 1.);
    vec3 c = albedo * (sky_light * (.85 + .49 * n.y) + sun_light * (key * key * (.12 + .46 * frame.key_dir.w)));
    float side = 1. - clamp(n.z, 0., 1.);
    if (side > .02) {
        float towards = clamp(dot(n.xy, sun_side) * inversesqrt(dot(n.xy, n.xy) + 1e-5) * .75 + .35, 0., 1.);
        c += sun_light * (side * side * (.16 + towards) * rim_strength * (1.35 - .35 * frame.key_dir.w)) * (albedo * .6 + .32);
    }
    if (own_light > 0.) c = mix(c, albedo, own_light);
    if (moonlit > 0.) c = mix(c, dot(c, vec3(.3, .6, .1)) * vec3(.72, .88, 1.25), moonlit) * (1. - .35 * moonlit);     // eyes see little colour by night
    colour = vec4(encode(c) * t.a, t.a);
}
