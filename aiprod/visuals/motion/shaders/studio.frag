// A studio: a soft wall of light, slow bands of colour, a spot behind the subject, drifting discs out of focus.
#include "frame.glsl"
#include "noise.glsl"
in vec2 uv;
out vec4 colour;
uniform sampler2D grain;
uniform vec3 low, high, spot, accent;
uniform float kind, seed;
void main() {
    vec2 ndc = uv * 2. - 1.;
    vec3 ray = view_ray(ndc);
    float t = frame.eye.w, y = clamp(ray.y * .9 + .35, 0., 1.);
    vec3 c = mix(low, high, smoothstep(0., 1., y));
    vec2 q = vec2(ndc.x * frame.lens.w, ndc.y);
    float away = length(q - vec2(0., .12));
    c = c * .55 + spot * exp(-away * away * 3.2) * .26;
    float flow = texture(grain, q * .16 + vec2(t * .006 + seed, seed * .3)).r + .6 * texture(grain, q * .34 - vec2(t * .009, seed)).g;
    if (kind < .5) {
        c *= .82 + .30 * smoothstep(.45, 1.05, flow);
    } else if (kind < 1.5) {
        float ribbon = sin(q.y * 5. + flow * 5. + q.x * 1.6 + t * .25 + seed * 9.);
        c += accent * pow(max(ribbon, 0.), 5.) * .34;
    } else if (kind < 2.5) {
        float turn = atan(q.x, q.y - .12) + t * .03;
        c += accent * pow(.5 + .5 * sin(turn * 14. + flow * 2.), 4.) * exp(-away * 1.1) * .16;
    } else {
        vec2 g = abs(fract(q * 7. + vec2(0., t * .05)) - .5);
        c += accent * smoothstep(.47, .5, max(g.x, g.y)) * exp(-away * 1.2) * .30;
    }
    for (int i = 0; i < 14; i++) {
        float k = float(i), r = .035 + .11 * hash11(k + seed * 7.), drift = fract(hash11(k * 3.1 + seed) + t * (.006 + .012 * hash11(k + 9.)));
        vec2 at = vec2((hash11(k * 5.7 + seed) * 2. - 1.) * frame.lens.w * 1.2 + .05 * sin(t * .3 + k), drift * 2.6 - 1.3);
        float d = length(q - at);
        c += mix(accent, spot, hash11(k + 2.)) * (smoothstep(r, r * .86, d) * .035 + smoothstep(r * .12, 0., abs(d - r * .95)) * .03);
    }
    colour = vec4(encode(c) + (hash21(gl_FragCoord.xy) - .5) / 170., 1.);
}
