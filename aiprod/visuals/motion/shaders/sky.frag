// Sky: a gradient, the sun's glow and disc, high clouds on a plane, the Milky Way. Drawn small and seldom.
#include "frame.glsl"
#include "noise.glsl"
in vec2 uv;
out vec4 colour;
uniform sampler2D grain;        // four channels of tiling noise
uniform vec3 zenith, middle, skyline, cloud_lit, cloud_dark;
uniform float sun_glow, cover, cloud_scale, cloud_speed, softness, starlight, sun_size, overscan, cloud_seed;

float cloud_density(vec2 p) {
    float t = frame.eye.w * cloud_speed;
    vec2 q = p + cloud_seed;
    return texture(grain, q * .11 + vec2(t * .006, 0)).r * .56 + texture(grain, q * .29 + vec2(t * .011, t * .002)).g * .26
         + texture(grain, q * .83 + vec2(t * .018, -t * .003)).b * .12 + texture(grain, q * 2.3 + vec2(t * .02, t * .01)).a * .06;
}

void main() {
    vec3 ray = view_ray((uv * 2. - 1.) * overscan);
    float y = max(ray.y, 0.);
    vec3 c = mix(skyline, middle, smoothstep(0., .24, y));
    c = mix(c, zenith, smoothstep(.12, .78, y));
    float s = max(dot(ray, frame.sun_dir.xyz), 0.);
    c += sun_glow * frame.sun_colour.rgb * (pow(s, 6.) * .03 + pow(s, 18.) * .07 + pow(s, 80.) * .20 + pow(s, 600.) * .5);
    if (starlight > 0.) {
        float along = ray.x * .8 + ray.y * .5 - .28;
        vec2 q = ray.xy / (ray.z + .4);
        float dust = texture(grain, q * .35 + .3).r, fine = texture(grain, q * 1.1 + .7).g;
        float band = exp(-pow(along * 3.0 + (dust - .5) * .9, 2.));
        c += starlight * smoothstep(.05, .5, y) * band * (vec3(.16, .20, .38) * dust * fine * 1.1 + vec3(.20, .13, .17) * pow(fine, 3.) * .7);
    }
    if (sun_size > 0.) {
        float a = acos(clamp(dot(ray, frame.sun_dir.xyz), -1., 1.));
        c = mix(c, frame.sun_colour.rgb * 2.2, smoothstep(sun_size * 1.1, sun_size * .9, a));
    }
    if (cover > 0.) {
        vec2 p = ray.xz / (y + .14) * cloud_scale;
        vec2 towards = normalize(frame.sun_dir.xz - ray.xz + 1e-3) * .20;
        float d0 = cloud_density(p), d1 = cloud_density(p + towards), d2 = cloud_density(p + towards * 2.6);
        float floor_level = 1. - cover * .62;
        float a = smoothstep(floor_level - .08, floor_level + softness, d0);
        float lit = clamp((d0 - d1) * 3.0 + (d0 - d2) * 1.6 + .5, 0., 1.);
        float edge = 1. - smoothstep(floor_level, floor_level + .2, d0);
        vec3 cc = mix(cloud_dark, cloud_lit, clamp(lit * .8 + edge * .25, 0., 1.));
        cc += frame.sun_colour.rgb * (pow(s, 12.) * .8 * edge + pow(s, 4.) * .10);
        c = mix(c, cc, a * smoothstep(0., .18, y) * .95);
    }
    c = mix(c, air_colour(ray), smoothstep(.12, -.03, ray.y));
    colour = vec4(encode(c) + (hash21(gl_FragCoord.xy) - .5) / 180., 1.);
}
