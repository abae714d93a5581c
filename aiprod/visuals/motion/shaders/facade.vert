// Walls of buildings: quads in the world, measured in metres along the wall.
#include "frame.glsl"
in vec3 position;
in vec2 along;                  // metres across and up the wall
in vec4 look;                   // seed, share of lit windows, style 0..4, how the wall is turned (0 front, 1 left, 2 right)
in vec2 size;                   // the wall's metres
out vec3 place;
out vec2 wall;
flat out vec4 kind;
flat out vec2 whole;
void main() { place = position; wall = along; kind = look; whole = size; gl_Position = project(position); }
