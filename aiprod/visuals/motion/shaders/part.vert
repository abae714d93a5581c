// One part of a subject: a textured quad moved by its own affine transform, standing upright in the world.
#include "frame.glsl"
in vec2 corner;                 // 0..1
out vec2 uv;
out float high;
out float above;
out vec4 air;
uniform vec4 box;               // left, bottom, right, top in the subject's units
uniform mat3 transform;
uniform vec3 origin;
uniform vec2 size;
uniform float ground, clip, tall;
void main() {
    uv = corner;
    vec2 local = (transform * vec3(mix(box.xy, box.zw, corner), 1.)).xy;
    vec3 place = origin + vec3(local * size, 0.);
    high = ((place.y - ground) / tall + .12) / .62;
    above = place.y - clip;
    air = vec4(encode(air_colour(normalize(place - frame.eye.xyz))), haze(place));
    vec3 shown = place;
#ifdef MIRROR
    shown.y = -shown.y;
#endif
    gl_Position = project(shown);
}
