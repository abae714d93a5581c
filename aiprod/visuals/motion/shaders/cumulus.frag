// Heaped clouds: a volume walked along each ray, lit by the sun through its own depth. Slow, so baked once.
#include "frame.glsl"
#include "noise.glsl"
in vec2 uv;
out vec4 colour;
uniform vec4 slab;              // nearest and farthest metre, bottom, top
uniform vec3 lit, dark;
uniform float cover, scale, seed, density;

// Domes over a map of where clouds are, with lumps that fold inwards where they meet.
float volume(vec3 p, int octaves) {
    float h = (p.y - slab.z) / (slab.w - slab.z);
    if (h < 0. || h > 1.) return 0.;
    vec2 g = p.xz * scale * .42 + seed;
    float mass = (noise2(g) * .62 + noise2(g * 2.2 + 7.) * .38 - 1. + cover) * 2.6;
    float dome = mass - h * h * 1.1;
    if (dome < -.55) return 0.;
    float lumps = 0., a = .55;
    vec3 q = p * scale * 1.5 + seed;
    for (int i = 0; i < octaves; i++) { lumps += a * abs(2. * noise3(q) - 1.); q = q * 2.17 + vec3(1.7, 9.2, 3.1); a *= .5; }
    return clamp((dome + (lumps - .34) * 1.25) * 3.4, 0., 1.) * smoothstep(0., .07, h);
}

void main() {
    vec2 ndc = ((uv * 2. - 1.) - frame.window.zw) / frame.window.xy;
    vec3 ray = view_ray(ndc), from = frame.eye.xyz;
    float steps = 56., stride = (slab.y - slab.x) / steps, t = slab.x + stride * hash21(gl_FragCoord.xy), clear = 1., first = slab.y;
    vec3 sum = vec3(0.);
    float s = max(dot(ray, frame.sun_dir.xyz), 0.);
    vec3 to_light = normalize(vec3(frame.sun_dir.x, frame.sun_dir.y + .25, frame.sun_dir.z * .6 - .2));
    for (int i = 0; i < 56; i++) {
        vec3 p = from + ray * t;
        float d = volume(p, 5);
        if (d > .01) {
            float depth = 0., reach = (slab.w - slab.z) * .06;
            for (int j = 0; j < 4; j++) { depth += volume(p + to_light * reach, 3) * reach; reach *= 1.9; }
            float through = exp(-depth * density * .85), powder = 1. - exp(-d * 5.);
            float up = clamp((p.y - slab.z) / (slab.w - slab.z), 0., 1.);
            vec3 c = mix(dark, lit, clamp(through * (.30 + .75 * powder) + .12 * up - .06, 0., 1.));
            c += frame.sun_colour.rgb * pow(s, 8.) * (1. - d) * .5 * through;
            float a = 1. - exp(-d * density * stride);
            sum += c * a * clear;
            clear *= 1. - a;
            first = min(first, t);
            if (clear < .02) break;
        }
        t += stride;
    }
    float a = 1. - clear;
    if (a < .004) { colour = vec4(0.); return; }
    vec3 c = mix(sum / a, air_colour(ray), clamp(haze(from + ray * first) * .8, 0., 1.));
    colour = vec4(encode(c) * a, a);
}
