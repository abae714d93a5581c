// Behind a globe: the dark, stars, and the air that shines about its rim.
in vec2 uv;
out vec4 colour;
uniform vec3 eye, right, up, forward, lens, air, dark, sun;
uniform float stars, seed;
vec3 encode(vec3 c) { return sqrt(clamp(c * .5, 0., 1.)); }
float hash(vec2 p) { p = fract(p * vec2(123.34, 456.21) + seed); p += dot(p, p + 45.32); return fract(p.x * p.y); }
void main() {
    vec2 ndc = uv * 2. - 1.;
    vec3 way = normalize(forward * lens.x + right * (ndc.x * lens.y) + up * (ndc.y - lens.z));
    float middle = -dot(eye, way);
    vec3 nearest = eye + way * max(middle, 0.);
    float away = length(nearest);
    float lit = clamp(dot(nearest / away, sun) * .7 + .55, .05, 1.);
    vec3 c = dark * (.6 + .4 * uv.y);
    vec2 cell = floor(ndc * vec2(lens.y, 1.) * 42.), inside = fract(ndc * vec2(lens.y, 1.) * 42.) - .5;
    float h = hash(cell);
    vec2 off = (vec2(hash(cell + 7.), hash(cell + 13.)) - .5) * .7;
    c += stars * step(.90, h) * smoothstep(.10, 0., length(inside - off)) * (.3 + 1.2 * hash(cell + 3.)) * vec3(.9, .95, 1.1);
    c += air * lit * (exp(-max(away - 1., 0.) * 26.) * .95 + exp(-max(away - 1., 0.) * 6.) * .22);
    colour = vec4(encode(c), 1.);
}
