// Northern lights: curtains that hang along a winding line, brightest at their foot, folded along x and rayed upwards.
#include "frame.glsl"
in vec2 uv;
out vec4 colour;
uniform sampler2D grain;
uniform vec3 low_tone, high_tone;
uniform float strength, seed;
void main() {
    vec3 ray = view_ray(uv * 2. - 1.);
    float t = frame.eye.w, x = ray.x / ray.z, y = ray.y / ray.z;
    vec3 sum = vec3(0.);
    for (int i = 0; i < 4; i++) {
        float k = float(i), far = 1. - k * .16;
        float wave = texture(grain, vec2(x * .16 * far + seed + k * .37 + t * .0022, k * .21 + seed)).r * 1.25
                   + texture(grain, vec2(x * .55 * far - t * .004 + k, seed + k * .3)).g * .28;
        float foot = .02 + wave * .55 + k * .06;
        float above = y - foot;
        float folds = .25 + 1.15 * texture(grain, vec2(x * .85 + wave * .9 + k * .4, t * .010 + k * .13)).b;
        float rays = .55 + .75 * texture(grain, vec2(x * 3.1 + wave * 2.2, t * .016 + k * .4)).a;
        float band = smoothstep(-.035, .02, above) * exp(-max(above, 0.) * (3.4 - k * .35));
        sum += mix(low_tone, high_tone, clamp(above * 2.0, 0., 1.)) * band * folds * folds * rays * (1. - k * .17);
    }
    sum *= strength * .115 * smoothstep(.0, .10, y);
    colour = vec4(encode(sum), 0.);
}
