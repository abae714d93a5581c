// Deep space: gas in two colours, dust lanes before it, a galaxy's disc where asked for.
#include "frame.glsl"
#include "noise.glsl"
in vec2 uv;
out vec4 colour;
uniform sampler2D grain;
uniform vec3 gas, other_gas, core;
uniform float kind, seed;
float cloud(vec2 p) {
    float s = 0., a = .55;
    for (int i = 0; i < 5; i++) { s += a * texture(grain, p).r; p = TURN * p * 2.1 + .37; a *= .5; }
    return s;
}
void main() {
    vec2 ndc = uv * 2. - 1.;
    float t = frame.eye.w;
    vec2 q = vec2(ndc.x * frame.lens.w, ndc.y) / frame.lens.x * 2.1 + frame.eye.xy * .012;
    vec2 p = q * .21 + vec2(seed, seed * .37) + vec2(t * .0012, 0.);
    vec2 warp = vec2(cloud(p * .8 + .3), cloud(p * .8 + .7)) - .5;
    float n = cloud(p + warp * .42), m = cloud(p * 1.7 - warp * .5 + .21);
    float band = exp(-pow(dot(q, normalize(vec2(.55, 1.))) * 1.25 + (n - .5) * 1.6, 2.));
    vec3 c = vec3(.0035, .005, .013);
    c += gas * pow(smoothstep(.42, .92, n), 1.6) * band * .95;
    c += other_gas * pow(smoothstep(.46, .95, m), 1.8) * (.25 + band) * .75;
    c += core * pow(smoothstep(.62, 1.02, n * .6 + m * .5), 3.) * 1.1;
    c *= 1. - .72 * smoothstep(.50, .74, cloud(p * 2.3 + warp + 1.9)) * band;
    if (kind > .5) {
        vec2 g = q - vec2(.02, .18);
        float tilt = .42;
        vec2 d = vec2(g.x * .86 + g.y * .5, (g.y * .86 - g.x * .5) / tilt);
        float r = length(d), a = atan(d.y, d.x) + t * .012;
        float arm = .5 + .5 * cos(2. * (a + log(r + .04) * 3.1) + (cloud(d * .5 + seed) - .5) * 3.5);
        float disc = exp(-r * 2.6) * (.25 + .95 * pow(arm, 2.2)) * (.55 + .7 * cloud(d * 1.3 + 2.));
        c = c * .5 + mix(vec3(.55, .68, 1.25), vec3(1.3, .92, .62), exp(-r * 5.)) * disc * 1.05 + vec3(1.6, 1.25, .85) * exp(-r * r * 46.) * 1.1;
    }
    colour = vec4(encode(c) + (hash21(gl_FragCoord.xy) - .5) / 150., 1.);
}
