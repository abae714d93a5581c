// A beam of light with dust in it, falling from a hole above; added to the picture.
#include "frame.glsl"
in vec2 uv;
out vec4 colour;
uniform sampler2D grain;
uniform vec2 top, foot;         // metres across and up
uniform float depth;
uniform vec3 tone;
void main() {
    vec2 ndc = uv * 2. - 1., p = frame.eye.xy + (ndc - frame.lens.yz) * vec2(frame.lens.w, 1.) * (depth - frame.eye.z) / frame.lens.x;
    float u = (p.y - foot.y) / (top.y - foot.y);
    if (u < -.12) discard;
    float off = p.x - mix(foot.x, top.x, u), wide = mix(2.1, .75, clamp(u, 0., 1.3));
    float t = frame.eye.w, strand = texture(grain, vec2(off / wide * .16 + t * .004, u * .03 + t * .006)).r * .7 + texture(grain, p * .11 + vec2(t * .012, -t * .008)).g * .6;
    float a = exp(-pow(abs(off) / wide, 2.) * 2.2) * smoothstep(.30, .95, strand) * smoothstep(-.12, .05, u) * (.55 + .6 * clamp(u, 0., 1.));
    vec2 pool = (p - foot) / vec2(2.4, .42);
    colour = vec4(sqrt(tone * (a + .9 * exp(-dot(pool, pool) * 1.6)) * .5), 0.);
}
