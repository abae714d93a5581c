// A screen that stands in a room and shows something live.
#include "frame.glsl"
in vec3 position;
in vec2 along;                  // 0..1 across and up
in vec4 look;                   // what it shows (0..6), seed, width against height, brightness
in vec3 hue;
out vec2 at;
flat out vec4 kind;
flat out vec3 tone;
void main() { at = along; kind = look; tone = hue; gl_Position = project(position); }
