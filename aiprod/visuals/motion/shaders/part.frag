// Takes the scene's light: key from the front, sky from above, a rim from the sun, darker towards the ground.
// What is the same all over a part (its turn, the air before it) comes from outside: here each operation counts.
#include "frame.glsl"
in vec2 uv;
in vec3 place;
in vec4 air;
out vec4 colour;
uniform sampler2D picture, normals;
uniform vec3 multiply, key_dir, sky_light, sun_light;
uniform vec2 sun_side;
uniform mat2 turn;
uniform float ground, own_light, clip, opacity, rim_strength, tall, moonlit;
void main() {
    if (place.y < clip) discard;
    vec4 t = texture(picture, uv);
    if (t.a < .004) discard;
    vec3 albedo = t.rgb / max(t.a, .01);
    albedo *= albedo * (albedo * .305 + .682) + .0125;      // sRGB to linear light
    vec3 n = texture(normals, uv).xyz * 2. - 1.;
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
    c *= .6 + .4 * smoothstep(-.12, .5, (place.y - ground) / tall);
    if (moonlit > 0.) c = mix(c, dot(c, vec3(.3, .6, .1)) * vec3(.72, .88, 1.25), moonlit) * (1. - .35 * moonlit);     // eyes see little colour by night
    c = mix(c, air.rgb, air.a) * multiply;
    colour = vec4(encode(c) * (t.a * opacity), t.a * opacity);
}
