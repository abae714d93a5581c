// Hashes and value noise, without textures.
float hash11(float p) { p = fract(p * .1031); p *= p + 33.33; p *= p + p; return fract(p); }
float hash21(vec2 p) { vec3 q = fract(vec3(p.xyx) * .1031); q += dot(q, q.yzx + 33.33); return fract((q.x + q.y) * q.z); }
float hash31(vec3 p) { p = fract(p * .1031); p += dot(p, p.zyx + 31.32); return fract((p.x + p.y) * p.z); }
vec2 hash22(vec2 p) { vec3 q = fract(vec3(p.xyx) * vec3(.1031, .1030, .0973)); q += dot(q, q.yzx + 33.33); return fract((q.xx + q.yz) * q.zy); }

float noise2(vec2 p) {
    vec2 i = floor(p), f = fract(p);
    f = f * f * f * (f * (f * 6. - 15.) + 10.);
    return mix(mix(hash21(i), hash21(i + vec2(1, 0)), f.x), mix(hash21(i + vec2(0, 1)), hash21(i + vec2(1, 1)), f.x), f.y);
}

float noise3(vec3 p) {
    vec3 i = floor(p), f = fract(p);
    f = f * f * (3. - 2. * f);
    return mix(mix(mix(hash31(i), hash31(i + vec3(1, 0, 0)), f.x), mix(hash31(i + vec3(0, 1, 0)), hash31(i + vec3(1, 1, 0)), f.x), f.y),
               mix(mix(hash31(i + vec3(0, 0, 1)), hash31(i + vec3(1, 0, 1)), f.x), mix(hash31(i + vec3(0, 1, 1)), hash31(i + vec3(1, 1, 1)), f.x), f.y), f.z);
}

const mat2 TURN = mat2(.8, .6, -.6, .8);

float fractal(vec2 p) {
    float a = .5, s = 0.;
    for (int i = 0; i < 6; i++) { s += a * noise2(p); p = TURN * p * 2.03; a *= .5; }
    return s;
}

// Sharp crests: each octave is strongest where the coarser ones are high.
float ridged(vec2 p) {
    float a = .5, s = 0., w = 1.;
    for (int i = 0; i < 7; i++) {
        float n = 1. - abs(2. * noise2(p) - 1.);
        n *= n;
        s += a * n * w;
        w = clamp(n * 1.6, 0., 1.);
        p = TURN * p * 2.07;
        a *= .46;
    }
    return s * 1.07;
}
