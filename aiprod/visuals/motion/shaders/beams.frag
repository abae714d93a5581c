// Sunlight hanging in the dust of a room: each ray of sight asks at several depths whether the sun comes through a window.
#include "frame.glsl"
#include "noise.glsl"
#include "room.glsl"
in vec2 uv;
out vec4 colour;
uniform sampler2D grain;
uniform float strength;
void main() {
    vec3 ray = view_ray(uv * 2. - 1.);
    vec3 far = mix((room_low - frame.eye.xyz) / ray, (room_high - frame.eye.xyz) / ray, step(0., ray));
    float end = min(min(far.x, far.y), far.z), lit = 0., t0 = hash21(gl_FragCoord.xy);
    for (int k = 0; k < 14; k++) {
        vec3 p = frame.eye.xyz + ray * end * (float(k) + t0) / 14.;
        float here = 0.;
        for (int i = 0; i < window_count; i++) {
            vec3 at = on_glass(i, p, sun_way);
            float soft = .04 + .02 * at.z;
            vec2 edge = smoothstep(1. + soft, 1. - soft, abs(at.xy));
            here = max(here, edge.x * edge.y * exp(-at.z * .13));
        }
        vec3 q = p * .22 + vec3(frame.eye.w * .012, -frame.eye.w * .008, 0.);
        if (here > .01) here *= .55 + .9 * texture(grain, q.xy + q.z * .7).r;
        lit += here;
    }
    float glow = pow(max(dot(ray, sun_way), 0.), 3.);
    vec3 c = sun_light * (lit * end / 14. * strength * (.55 + .9 * glow));
    colour = vec4(sqrt(max(c, 0.) * .5), clamp(lit * end * strength * .10, 0., .3));
}
