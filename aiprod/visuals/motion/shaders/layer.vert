// A baked band of the world: one plane that slides by parallax, swaying on its grid, with mist drifting before its foot.
#include "frame.glsl"
in vec2 cell;
out vec2 uv;
out vec3 mist_at;
out vec3 mist_colour;
uniform vec4 extent;            // left, bottom, right, top of the plane in metres
uniform float depth;
uniform vec4 sway;              // amount, height where it starts (0..1), waves, phase
uniform vec4 mist;              // density, speed, seed, height in metres
uniform float mist_scale, ground;
uniform vec2 drift;             // metres that the whole plane moves
void main() {
    vec3 p = vec3(mix(extent.x, extent.z, cell.x) + drift.x, mix(extent.y, extent.w, cell.y) + drift.y, depth);
    gl_Position = project(p);
    vec2 u = cell;
    if (sway.x > 0.) {
        float t = frame.eye.w, h = clamp((cell.y - sway.y) * 1.6, 0., 1.);
        u.x += sway.x * h * h * (sin(t * 1.2 + u.x * sway.z + sway.w) + .5 * sin(t * 2.7 + u.x * sway.z * 2.7 + u.y * 9. + sway.w) + .25 * sin(t * 4.9 + u.x * 40. + u.y * 31.));
        u.y += sway.x * .3 * h * sin(t * 1.9 + u.x * sway.z * 1.7);
    }
    uv = u;
    float v = clamp((p.y - ground) / mist.w, 0., 1.);
    mist_at = vec3(p.xy * mist_scale * vec2(.06, .10) + vec2(frame.eye.w * mist.y + mist.z, mist.z * .7),
                   (1. - v) * (1. - v) * 1.5 * mist.x * smoothstep(-.25, .35, p.y - ground + .25));
    mist_colour = encode(air_colour(normalize(p - frame.eye.xyz)));
}
