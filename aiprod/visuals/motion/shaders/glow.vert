// A light that is seen: a soft disc, added to the picture.
#include "frame.glsl"
in vec2 corner;
in vec3 place;
in vec2 size;
in vec3 light;
out vec2 at;
out vec3 shine;
void main() { at = corner; shine = light; gl_Position = project(place + vec3(corner * size, 0.)); }
