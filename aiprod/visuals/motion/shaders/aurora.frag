// Northern lights: curtains that hang along a winding line, brightest at their foot.
#include "frame.glsl"
in vec2 uv;
out vec4 colour;
uniform sampler2D grain;
uniform vec3 low_tone, high_tone;
uniform float strength, seed;
void main() {
    vec3 ray = view_ray(uv * 2. - 1.);
    if (ray.y < .02) { colour = vec4(0.); return; }
    float t = frame.eye.w;
    vec3 sum = vec3(0.);
    for (int i = 0; i < 9; i++) {
        float h = .9 + float(i) * .16;
        vec2 p = ray.xz / ray.y * h;
        vec2 q = p * .045 + vec2(seed, t * .004);
        float bend = texture(grain, q).r + texture(grain, q * 2.3 + vec2(t * .006, 0.)).g * .4;
        float curtain = exp(-pow((fract(bend * 2.6 + p.x * .03) - .5) * 5.2, 2.));
        float folds = .35 + .9 * texture(grain, vec2(p.x * .20 + bend, t * .012)).b;
        float up = float(i) / 9.;
        sum += mix(low_tone, high_tone, up) * curtain * folds * exp(-up * 2.1);
    }
    sum *= strength * smoothstep(.05, .28, ray.y) * smoothstep(1.0, .5, ray.y) * .075;
    colour = vec4(encode(sum * sum * 6. + sum * .35), 0.);
}
