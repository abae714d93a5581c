// A planet: a lit sphere with land, sea and clouds, or bands of gas, or craters; its air glows at the edge; rings.
#include "frame.glsl"
#include "noise.glsl"
in vec2 uv;
out vec4 colour;
uniform vec3 centre;            // metres
uniform float radius, kind, seed, ring, turn, city_lights, lying;
uniform vec3 light_dir, land, land_high, sea, air;
float fbm(vec3 p) { float a = .5, s = 0.; for (int i = 0; i < 6; i++) { s += a * noise3(p); p = p * 2.03 + 3.1; a *= .5; } return s; }
vec3 spin(vec3 n) { float c = cos(turn), s = sin(turn); return vec3(n.x * c + n.z * s, n.y, n.z * c - n.x * s); }
void main() {
    vec2 ndc = uv * 2. - 1.;
    vec3 ray = view_ray(ndc), to = centre - frame.eye.xyz;
    float along = dot(to, ray), near2 = dot(to, to) - along * along, edge = sqrt(max(near2, 0.)) / radius;
    vec4 outcome = vec4(0.);
    float hit = along - sqrt(max(radius * radius - near2, 0.));
    if (edge < 1. && along > 0.) {
        vec3 n = normalize(frame.eye.xyz + ray * hit - centre), s = spin(lying > .5 ? n.yzx : n);
        float day = dot(n, light_dir), lit = smoothstep(-.08, .30, day);
        vec3 albedo;
        float gloss = 0., lamps = 0.;
        if (kind < .5) {
            float h = fbm(s * 1.9 + seed) + .35 * (fbm(s * 6. + seed) - .5), ice = smoothstep(.74, .88, abs(s.y) + .12 * (fbm(s * 5.) - .5));
            float shore = smoothstep(.500, .512, h), dry = smoothstep(.44, .62, fbm(s * 3.1 + 9.));
            albedo = mix(sea * (.75 + .5 * smoothstep(.40, .51, h)), mix(land, land_high, dry * smoothstep(.5, .66, h + .1 * dry)), shore);
            albedo = mix(albedo, vec3(.86, .90, .95), ice);
            gloss = (1. - shore) * (1. - ice);
            lamps = shore * (1. - ice) * smoothstep(.62, .80, noise3(s * 34.)) * smoothstep(.50, .62, noise3(s * 7. + 4.));
            float cover = smoothstep(.50, .72, fbm(s * vec3(2.6, 4.4, 2.6) + vec3(seed + frame.eye.w * .004, 0., 0.) + .8 * (fbm(s * 2. + 5.) - .5)));
            albedo = mix(albedo, vec3(.93, .95, .98), cover * .92);
            gloss *= 1. - cover;
            lamps *= 1. - cover;
        } else if (kind < 1.5) {
            float wave = fbm(vec3(s.x * 2., s.y * 5., s.z * 2.) + seed), y = s.y * 8.5 + (wave - .5) * 1.9;
            float bands = .5 + .5 * sin(y * 2.2 + sin(y * .9) * 1.7 + seed);
            albedo = mix(land, land_high, bands) * (.82 + .32 * fbm(vec3(s.x * 6., s.y * 22., s.z * 6.)));
            vec2 storm = vec2(atan(s.x, s.z) - .4, s.y + .28) * vec2(1., 2.2);
            albedo = mix(albedo, sea, exp(-dot(storm, storm) * 46.) * .8);
        } else {
            float h = fbm(s * 3.2 + seed), pits = 0.;
            for (int i = 0; i < 3; i++) { vec3 q = s * (5. + 6. * float(i)) + seed; vec3 f = fract(q) - .5; float r = length(f + .22 * (vec3(hash31(floor(q)), hash31(floor(q) + 2.), hash31(floor(q) + 5.)) - .5)); pits += (smoothstep(.30, .36, r) - smoothstep(.36, .46, r)) * .5 - (1. - smoothstep(.18, .33, r)) * .35; }
            albedo = mix(land, land_high, h) * (1. + .35 * pits) * (.75 + .5 * smoothstep(.38, .62, fbm(s * 1.4 + seed + 7.)));
        }
        vec3 c = albedo * (lit * .78 * vec3(1.06, 1., .93) + .008);
        c += gloss * pow(max(dot(reflect(ray, n), light_dir), 0.), 40.) * vec3(1.2, 1.1, .9) * .8;
        c += lamps * city_lights * (1. - smoothstep(-.12, .06, day)) * vec3(1.5, .95, .40) * .8;
        float rim = pow(1. - max(dot(n, -ray), 0.), 3.2);
        c += air * rim * (lit * .9 + .03);
        c = mix(c, vec3(1.2, .5, .2) * air, .35 * exp(-pow(day * 8., 2.)) * min(length(air) * 2., 1.));
        float soft = fwidth(edge);
        outcome = vec4(c, 1.) * smoothstep(1., 1. - soft * .5, edge);
    }
    if (edge >= 1. && along > 0.) {
        vec3 side = normalize(frame.eye.xyz + ray * along - centre);
        float halo = exp(-(edge - 1.) * 26.) * smoothstep(-.35, .55, dot(side, light_dir));
        outcome.rgb += air * halo * .8 * (1. - outcome.a);
    }
    if (ring > 0.) {
        vec3 pole = normalize(vec3(.22, 1., -.34));
        float d = dot(centre - frame.eye.xyz, pole) / dot(ray, pole), r = length(frame.eye.xyz + ray * d - centre) / radius;
        bool before = d > 0. && (edge > 1. || d < hit);
        if (before && r > 1.25 && r < 2.25) {
            float grooves = noise2(vec2(r * 46. + seed, 1.)) * .6 + noise2(vec2(r * 130., 4.)) * .4;
            float a = ring * smoothstep(1.25, 1.32, r) * smoothstep(2.25, 2.15, r) * (.25 + .85 * grooves) * (1. - .8 * smoothstep(.02, .0, abs(r - 1.93) - .02));
            vec3 at = frame.eye.xyz + ray * d - centre;
            float behind = dot(at, light_dir) < 0. && length(cross(at, light_dir)) < radius ? .12 : 1.;
            vec3 tone = mix(land_high, vec3(.9, .84, .74), .5) * (1.1 * behind);
            outcome = vec4(tone * a, a) + outcome * (1. - a);
        }
    }
    float a = clamp(outcome.a, 0., 1.);
    colour = vec4(encode(outcome.rgb), a);
}
