// The glowing disc as it turns: each pixel knows where its light crosses it; jets where asked for.
#include "frame.glsl"
in vec2 uv;
out vec4 colour;
uniform sampler2D first, second, grain;
uniform vec3 deep, bright;
uniform vec2 axis, at, extent;
uniform float outer, jets, seed, distance, core;  // core: the bright ring's width, against 0.012 of its radius
const float INNER = 2.75;

// Gas in rings that shear as they turn: two patterns, each wound up for a while, take turns.
float gas(float r, float turn) {
    float pace = .46 * pow(3. / r, 1.5), sum = 0.;
    for (int k = 0; k < 2; k++) {
        float phase = fract(frame.eye.w / 14. + float(k) * .5), age = (phase - .5) * 14.;
        float a = (turn - pace * age - .10 * frame.eye.w) / 6.2831853 + float(k) * .37;
        float n = texture(grain, vec2(r * .37 + seed, a)).b * .62 + texture(grain, vec2(r * .11 + seed, a * 2.)).r * .55 + texture(grain, vec2(r * 1.1, a * 3.)).a * .28;
        sum += n * (1. - abs(phase * 2. - 1.));
    }
    return sum;
}

vec4 glow(float r, float turn, float shift) {
    float g = mix(1., shift, .55), n = gas(r, turn), inside = smoothstep(INNER - .2, INNER + .3, r), rim = smoothstep(outer * 1.2, outer * .40, r);
    float dense = inside * rim * smoothstep(.42, .95, n + .30 * rim * pow(INNER / r, .5));
    float heat = pow(INNER / r, 1.05) * g;
    vec3 c = mix(deep * deep, mix(deep, bright, smoothstep(.45, 1.05, heat)), smoothstep(.10, .55, heat));
    float power = 1.75 * pow(heat, 1.25) * g * (.12 + 1.05 * n * n);
    return vec4(c * power * dense, smoothstep(0., .5, dense));
}

void main() {
    vec4 a = texelFetch(first, ivec2(gl_FragCoord.xy), 0), b = texelFetch(second, ivec2(gl_FragCoord.xy), 0);
    float g = mix(1., b.w, .5), ring = exp(-b.z * b.z / (core * core)) + .20 * exp(-abs(b.z) * .22);
    vec3 sum = bright * ring * g * g * 1.1 * step(abs(b.z), 40.);
    float cover = 0.;
    if (a.w > 0.) { vec4 far = glow(a.w, b.x, b.y); sum = sum * (1. - .7 * far.a) + far.rgb; cover = far.a; }
    if (a.x > 0.) { vec4 near = glow(a.x, a.y, a.z); sum = sum * (1. - .9 * near.a) + near.rgb; cover = cover + (1. - cover) * near.a; }
    if (jets > 0.) {
        vec2 q = ((uv * 2. - 1.) * extent - at) * distance, w = vec2(dot(q, vec2(axis.y, -axis.x)), dot(q, axis));
        float along = abs(w.y), wide = .10 + .030 * along;
        float beam = exp(-w.x * w.x / (wide * wide)) + .22 * exp(-w.x * w.x / (wide * wide * 7.));
        float knots = .55 + .75 * texture(grain, vec2(w.x * .05 / wide, along * .055 - frame.eye.w * .05 + seed)).r;
        float behind = w.y < 0. ? 1. - cover : 1.;
        sum += jets * vec3(.36, .55, 1.25) * beam * knots * smoothstep(1.9, 3.4, along) * exp(-along * .13) * behind * (w.y < 0. ? .55 : 1.);
    }
    float alpha = clamp(cover, 0., 1.);
    colour = vec4(encode(sum), alpha * .96);
}
