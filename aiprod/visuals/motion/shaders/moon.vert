#include "frame.glsl"
in vec2 corner;
out vec2 at;
uniform float radius;
void main() {
    at = corner * 2.6;
    vec2 ndc = frame.sun_dir.xy / max(frame.sun_dir.z, .05) * frame.lens.x / vec2(frame.lens.w, 1.) + frame.lens.yz;
    gl_Position = vec4(ndc + at * radius / vec2(frame.lens.w, 1.), 0., frame.sun_dir.z > .05 ? 1. : -1.);
}
