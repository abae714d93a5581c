// Under water: light from above that fades with depth, shafts that wander, a far blue that swallows everything.
#include "frame.glsl"
#include "noise.glsl"
in vec2 uv;
out vec4 colour;
uniform sampler2D grain;
uniform vec3 surface, body, depths;
uniform float shafts, seed;
void main() {
    vec2 ndc = uv * 2. - 1.;
    vec3 ray = view_ray(ndc);
    float t = frame.eye.w, y = ray.y;
    vec3 c = mix(body, surface, smoothstep(-.05, .55, y));
    c = mix(c, depths, smoothstep(.12, -.42, y));
    vec2 top = vec2(ray.x * .9 + frame.sun_dir.x * .4, 1.) ;
    float wave = texture(grain, ray.xz / max(y + .08, .05) * .10 + vec2(t * .012, t * .02) + seed).r;
    c += surface * smoothstep(.34, .62, y) * smoothstep(.48, .72, wave) * .55;
    float slant = ndc.x * frame.lens.w + (1. - ndc.y) * (.18 + frame.sun_dir.x * .25) + frame.eye.x * .06;
    float beams = texture(grain, vec2(slant * .52 + t * .008, t * .012 + seed)).g * .6 + texture(grain, vec2(slant * 1.35 - t * .014, seed + t * .01)).b * .4;
    c += surface * pow(smoothstep(.46, .86, beams), 1.5) * smoothstep(-.75, .85, ndc.y) * shafts;
    colour = vec4(encode(c) + (hash21(gl_FragCoord.xy) - .5) / 160., 1.);
}
