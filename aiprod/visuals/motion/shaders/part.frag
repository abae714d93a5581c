// Takes the scene's light: key from the front, sky from above, a rim from the sun, darker towards the ground.
#include "frame.glsl"
in vec2 uv;
in vec3 place;
out vec4 colour;
uniform sampler2D picture, normals;
uniform vec3 multiply;
uniform mat3 transform;
uniform float ground, own_light, clip, opacity, rim_strength, tall, moonlit;
void main() {
    if (place.y < clip) discard;
    vec4 t = texture(picture, uv);
    if (t.a < .004) discard;
    vec3 albedo = t.rgb / max(t.a, .01);
    albedo *= albedo * (albedo * .305 + .682) + .0125;      // sRGB to linear light
    vec3 n = texture(normals, uv).xyz * 2. - 1.;
    n.xy = mat2(normalize(transform[0].xy), normalize(transform[1].xy)) * n.xy;
    n = normalize(n + vec3(0., 0., 1e-3));
    vec3 key_dir = vec3(frame.key_dir.xy, -frame.key_dir.z);
    float key = clamp(dot(n, key_dir) * .6 + .4, 0., 1.), sky = .5 + .5 * n.y;
    vec3 ambient = mix(frame.ambient.rgb, vec3(dot(frame.ambient.rgb, vec3(.333))), .45);
    vec3 c = albedo * (ambient * (.36 + .98 * sky) + frame.sun_colour.rgb * key * key * (.12 + .46 * frame.key_dir.w));
    float rim = pow(1. - clamp(n.z, 0., 1.), 2.2);
    float towards = clamp(dot(normalize(n.xy + 1e-4), normalize(frame.sun_dir.xy + 1e-4)) * .75 + .35, 0., 1.);
    c += frame.sun_colour.rgb * rim * (.16 + towards) * rim_strength * (1.35 - .35 * frame.key_dir.w) * (albedo * .6 + .32);
    c = mix(c, albedo, own_light);
    c *= mix(1., smoothstep(-.12, .5, (place.y - ground) / tall), .40);
    c = mix(c, dot(c, vec3(.3, .6, .1)) * vec3(.72, .88, 1.25), moonlit) * (1. - .35 * moonlit);     // eyes see little colour by night
    c = through_air(c, place) * multiply;
    colour = vec4(encode(c) * (t.a * opacity), t.a * opacity);
}
