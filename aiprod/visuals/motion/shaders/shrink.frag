// Halves of halves: four taps of a picture, and on the first step only what is brighter than a threshold.
in vec2 uv;
out vec4 colour;
uniform sampler2D picture;
uniform vec2 texel;
uniform float threshold;
void main() {
    vec3 c = vec3(0.);
    for (int i = 0; i < 4; i++) {
        vec3 s = texture(picture, uv + (vec2(float(i & 1), float(i >> 1)) - .5) * 2. * texel).rgb;
#ifdef BRIGHT
        s *= s * 2.;
        float l = max(s.r, max(s.g, s.b));
        s *= clamp((l - threshold) / max(l, 1e-3), 0., 1.);
#endif
        c += s;
    }
    colour = vec4(c * .25, 1.);
}
