// A flat picture that stands in the world and faces us.
#include "frame.glsl"
in vec3 position;
in vec2 texcoord;
in vec4 extra;                  // picture's number, brightness, +1 or -1 (mirrored), hue shift
out vec3 uv;
out vec3 place;
flat out vec3 kind;
void main() { uv = vec3(texcoord, extra.x); place = position; kind = extra.yzw; gl_Position = project(position); }
