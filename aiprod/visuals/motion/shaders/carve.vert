// The part of the picture that a carving's box may cover.
#include "frame.glsl"
in vec2 corner;                 // 0..1
out vec2 ndc;
uniform vec4 bounds;            // left, bottom, right, top in the picture (-1..1)
void main() {
    ndc = mix(bounds.xy, bounds.zw, corner);
    gl_Position = vec4(ndc * frame.window.xy + frame.window.zw, 0., 1.);
}
