// The dark that something leaves on the ground where it stands.
#include "frame.glsl"
in vec2 corner;
out vec2 at;
uniform vec3 place;
uniform vec2 size;
void main() { at = corner; gl_Position = project(place + vec3(corner.x * size.x, 0., corner.y * size.y)); }
