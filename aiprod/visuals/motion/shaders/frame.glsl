// What every program knows of the moment: the lens, the light and the air. Filled once a frame by gpu.py.
// Colours are linear light; 1 is a white wall in daylight. Targets hold sqrt(colour / 2) in 8 bits, alpha premultiplied.
layout(std140) uniform Frame {
    vec4 eye;         // position in metres; w: seconds
    vec4 lens;        // focal length (1 = half the frame's height), shift x, shift y, aspect
    vec4 window;      // scale xy and offset xy of clip space: the part of the picture that a bake covers
    vec4 sun_dir;     // towards the sun or moon (z > 0: we look into it)
    vec4 key_dir;     // towards the key light that models faces turned to us; w: its strength
    vec4 sun_colour;  // w: how strongly light comes through leaves
    vec4 ambient;
    vec4 fog_colour;  // w: density a metre
    vec4 fog_sun;     // w: fall-off a metre of height
} frame;

vec3 encode(vec3 colour) { return sqrt(clamp(colour * .5, 0., 1.)); }
vec3 decode(vec3 colour) { return colour * colour * 2.; }

vec4 project(vec3 place) {
    vec3 d = place - frame.eye.xyz;
    float z = max(d.z, .01);
    vec2 c = vec2(frame.lens.x * d.x / frame.lens.w, frame.lens.x * d.y) + frame.lens.yz * z;
    return vec4(c * frame.window.xy + frame.window.zw * z, 0., z);
}

// The direction seen at a point of the picture (-1..1 both ways).
vec3 view_ray(vec2 ndc) {
    return normalize(vec3((ndc.x - frame.lens.y) * frame.lens.w, ndc.y - frame.lens.z, frame.lens.x));
}

vec3 air_colour(vec3 ray) {
    float glow = max(dot(ray, frame.sun_dir.xyz), 0.);
    return mix(frame.fog_colour.rgb, frame.fog_sun.rgb, .34 * pow(glow, 6.) + .56 * pow(glow, 34.));
}

float haze(vec3 place) {
    vec3 d = place - frame.eye.xyz;
    float low = exp(-max(place.y, 0.) * frame.fog_sun.w);
    return clamp(1. - exp(-length(d) * frame.fog_colour.w * (.35 + .65 * low)), 0., 1.);
}

vec3 through_air(vec3 colour, vec3 place) {
    return mix(colour, air_colour(normalize(place - frame.eye.xyz)), haze(place));
}
