// One part of a subject: a textured quad moved by its own affine transform, standing upright in the world.
#include "frame.glsl"
in vec2 corner;                 // 0..1
out vec2 uv;
out vec3 place;
out vec4 air;                   // its colour, and how much of it lies between
uniform vec4 box;               // left, bottom, right, top in the subject's units
uniform vec4 source;            // the same corners in its texture
uniform mat3 transform;
uniform vec3 origin;
uniform vec2 size;
void main() {
    uv = mix(source.xy, source.zw, vec2(corner.x, 1. - corner.y));
    vec2 local = (transform * vec3(mix(box.xy, box.zw, corner), 1.)).xy;
    place = origin + vec3(local * size, 0.);
    air = vec4(air_colour(normalize(place - frame.eye.xyz)), haze(place));
    vec3 shown = place;
#ifdef MIRROR
    shown.y = -shown.y;
#endif
    gl_Position = project(shown);
}
