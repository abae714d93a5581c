// Water mirrors the picture above its shore, broken by waves; rain drops rings on it.
#include "frame.glsl"
#include "noise.glsl"
in vec2 ndc;
out vec4 colour;
uniform sampler2D mirror, grain;
uniform float shore, waves, rain, smear, reflectance;
uniform vec3 deep;
void main() {
    float below = max(frame.lens.z - ndc.y, .004), z = frame.eye.y * frame.lens.x / below;
    vec2 w = vec2((ndc.x - frame.lens.y) * frame.lens.w * z / frame.lens.x + frame.eye.x, z + frame.eye.z);
    float t = frame.eye.w, fall = 1. / (1. + z * .012);
    vec2 n = texture(grain, w * vec2(.055, .13) + vec2(t * .012, t * .03)).rg + texture(grain, w * vec2(.21, .41) + vec2(-t * .03, t * .06)).gb * .6 - .8;
    if (rain > 0.) {
        vec2 q = w * 1.35;
        for (int i = 0; i < 2; i++) {
            vec2 id = floor(q), c = fract(q) - .5;
            float h = hash21(id + float(i) * 31.), age = fract(t * 1.3 + h * 9.), turn = floor(t * 1.3 + h * 9.);
            vec2 at = (vec2(hash21(id + 3. + turn), hash21(id + 8. + turn)) - .5) * .5;
            float r = length(c - at), ring = sin((r - age * .42) * 60.) * exp(-abs(r - age * .42) * 26.) * (1. - age);
            n += rain * ring * (c - at) / max(r, .02) * .55 / (1. + z * .05);
            q = q * 1.7 + 11.3;
        }
    }
    vec2 off = vec2(n.x * .05, abs(n.y) * .16 + n.y * .05) * waves * (.35 + fall);
    vec2 u = vec2(ndc.x, 2. * shore - ndc.y) * .5 + .5 + off;
    vec3 c = vec3(0.);
    for (int i = 0; i < 4; i++) c += decode(texture(mirror, clamp(u + vec2(0., (float(i) - 1.) * smear * (.3 + fall)), vec2(.002), vec2(.998))).rgb) * .25;
    float grazing = mix(.32, .95, pow(clamp(1. - below * 1.15, 0., 1.), 2.2));
    c = c * grazing * reflectance + deep * (1. - grazing * .6);
    c += smoothstep(.35, .6, n.y) * .06 * fall * frame.fog_sun.rgb;
    c = mix(c, frame.fog_colour.rgb, clamp(1. - exp(-z * frame.fog_colour.w * .8), 0., .92) * .8);
    colour = vec4(encode(c), 1.);
}
