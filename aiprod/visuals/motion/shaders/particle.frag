#include "frame.glsl"
in vec2 at;
in vec4 own;
out vec4 colour;
uniform sampler2D grain;
uniform vec3 tone, other_tone;
uniform float strength, solid;  // solid: 0 adds light, 1 covers what is behind
void main() {
    float r2 = dot(at, at);
#if defined(SMOKE)
    if (r2 > 1.) discard;
    float n = texture(grain, at * .16 + own.yz * 7.).r * .65 + texture(grain, at * .42 + own.zy * 5.).g * .45;
    float a = smoothstep(1., .1, r2) * smoothstep(.28, .75, n + (1. - r2) * .25) * own.x * strength;
    float lit = clamp(.5 + .5 * dot(at, normalize(frame.sun_dir.xy + 1e-3)), 0., 1.);
    vec3 c = mix(frame.ambient.rgb * .35, frame.ambient.rgb * 1.1 + frame.sun_colour.rgb * .25, lit * n);
    c += tone * exp(-own.w * 5.5) * (1.25 - .7 * at.y) * n * 1.6 + other_tone * n;
    colour = vec4(encode(c) * a, a);
#elif defined(BIRDS)
    float x = abs(at.x), wing = own.w * .55 * pow(x, 1.3) + .16 * sin(x * 3.1) - .05;
    float thick = .085 * (1. - x) + .02;
    float a = smoothstep(thick + .03, thick, abs(at.y - wing)) * smoothstep(1., .9, x) * strength;
    a = max(a, smoothstep(.12, .07, length(at * vec2(.75, 1.6) - vec2(.02, .0))) * strength);
    colour = vec4(encode(tone) * a, a);
#elif defined(LEAVES)
    float edge = abs(at.y) - .62 * (1. - at.x * at.x);
    float a = smoothstep(.06, -.06, edge) * own.x * strength;
    vec3 c = mix(tone, other_tone, own.z) * (.75 + .5 * step(0., at.y));
    c *= frame.ambient.rgb * 1.3 + frame.sun_colour.rgb * .55;
    colour = vec4(encode(c) * a, a);
#elif defined(BUBBLES)
    float r = sqrt(r2), rim = smoothstep(1., .88, r) * smoothstep(.55, .95, r);
    float spark = exp(-dot(at - vec2(-.35, .4), at - vec2(-.35, .4)) * 22.);
    float a = (rim * .7 + spark + .06 * step(r, .95)) * own.x * strength;
    colour = vec4(encode(tone) * min(a, 1.), min(a, 1.) * solid);
#else
#if defined(RAIN) || defined(STREAKS)
    vec2 q = abs(at);
#if defined(RAIN)
    float a = (1. - q.x) * smoothstep(1., .2, q.y);
#else
    float a = (1. - q.y) * smoothstep(1., .2, q.x);
#endif
#else
    float a = max(exp(-r2 * 3.5) - .03, 0.);
#endif
    a = min(a * own.x * strength, 1.);
    colour = vec4(encode(mix(tone, other_tone, own.z)) * a, a * mix(.2, 1., solid));
#endif
}
