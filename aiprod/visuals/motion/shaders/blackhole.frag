// Where light comes from round a black hole, read from walked paths. SKY: the bent stars behind it. FIRST, SECOND: where
// each pixel's path crosses the disc (radius, angle, shift of its light), nearest crossings first. Baked.
#include "noise.glsl"
in vec2 uv;
out vec4 colour;
uniform sampler2D paths, grain;
uniform vec2 at, extent;        // the hole's middle, and the picture's half size, as slopes
uniform float distance, tilt, roll, outer, seed, edge, pixel;  // edge: the shadow's angle
uniform vec3 deep;
const float PI = 3.14159265, WIDEST = 1.5, LAST = 3.2 * PI, INNER = 2.55;

vec3 encode(vec3 c) { return sqrt(clamp(c * .5, 0., 1.)); }
float row(float view) {
    const float HALF = .5 / 1024., INSIDE = .375;
    if (view < edge) return clamp(INSIDE * (1. - pow(1. - view / edge, 1. / 3.)), HALF, INSIDE - HALF);
    return clamp(INSIDE + (1. - INSIDE) * pow((view - edge) / (WIDEST - edge), 1. / 3.), INSIDE + HALF, 1. - HALF);
}

float clouds(vec3 p) { float a = .5, s = 0.; for (int i = 0; i < 5; i++) { s += a * noise3(p); p = p.yzx * 2.07 + 1.7; a *= .52; } return s; }

vec3 heaven(vec3 d) {
    float band = dot(d, normalize(vec3(.35, .85, -.2))), dust = clouds(d * 3.1 + seed), veil = clouds(d * 7.3 + seed + 4.);
    float milky = exp(-pow(band * 2.6 + (dust - .5) * 1.1, 2.));
    vec3 c = vec3(.003, .004, .009) + milky * (mix(vec3(.06, .07, .16), deep * .20 + vec3(.03), smoothstep(.35, .75, dust)) * pow(veil, 1.6) * 1.9);
    c *= 1. - .6 * smoothstep(.48, .70, clouds(d * 4.7 + 9.)) * milky;
    for (int i = 0; i < 4; i++) {
        float f = 17. + float(i) * 15.;
        vec3 p = d * f, cell = floor(p);
        float h = hash31(cell + seed + float(i) * 7.1);
        if (h < .20) {
            vec3 star = normalize(cell + .5 + (vec3(hash31(cell + 3.), hash31(cell + 5.), hash31(cell + 11.)) - .5) * .5);
            float m = pow(hash31(cell + 17.), 9.), size = .0011 + .0017 * m, off = length(d - star);
            vec3 tint = mix(vec3(1.2, .86, .62), vec3(.70, .86, 1.3), hash31(cell + 23.));
            c += tint * (exp(-off * off / (size * size)) * (.16 + 1.8 * m) + m * .14 * exp(-off / (size * 1.5)));
        }
    }
    return c;
}

void main() {
    vec2 q = (uv * 2. - 1.) * extent - at;
    q = mat2(cos(roll), sin(roll), -sin(roll), cos(roll)) * q;
    vec3 towards = vec3(0., -sin(tilt), cos(tilt)), upward = vec3(0., cos(tilt), sin(tilt));
    vec3 ray = normalize(vec3(q.x, 0., 0.) + upward * q.y + towards), e = -towards;
    float view = acos(clamp(dot(ray, towards), -1., 1.)), line = row(view);
    vec3 across = normalize(ray - towards * dot(ray, towards) + vec3(1e-6, 0., 0.));
#ifdef SKY
    float gone = texture(paths, vec2(.5, line)).g;
    vec3 c = vec3(0.);
    if (gone > .1) c = heaven(cos(gone) * e + sin(gone) * across) * smoothstep(0., 14. * pixel, view - edge);
    colour = vec4(encode(c) + (hash21(gl_FragCoord.xy) - .5) / 200., 1.);
#else
    float angle = atan(-e.y, across.y);
    if (angle < 0.) angle += PI;
    vec3 normal = cross(e, across);
    float impact = distance * sin(view) / sqrt(1. - 1. / distance);
    vec3 hits[3];
    for (int k = 0; k < 3; k++) {
        float turn = angle + float(k) * PI;
        float u = texture(paths, vec2((turn / LAST * 512. + .5) / 512., line)).r, r = 1. / max(u, 1e-4);
        vec3 spot = cos(turn) * e + sin(turn) * across;
        float shift = sqrt(1. - 1.5 / max(r, 1.6)) / (1. + sqrt(.5 / (r * r * r)) * impact * normal.y);
        hits[k] = r > INNER * .9 && r < outer * 1.25 ? vec3(r, atan(spot.z, spot.x), shift) : vec3(0.);
    }
#ifdef FIRST
    colour = vec4(hits[0], hits[1].x);
#else
    colour = vec4(hits[1].yz, clamp((view - edge) / (edge * .012), -60., 60.), hits[2].z > 0. ? hits[2].z : 1.);
#endif
#endif
}
