// The water's surface: all of the picture below its far shore.
in vec2 corner;
out vec2 ndc;
uniform float shore;
void main() { ndc = vec2(corner.x, mix(-1., shore, corner.y * .5 + .5)); gl_Position = vec4(ndc, 0., 1.); }
