// A star: a point at infinity that keeps its place in the sky.
#include "frame.glsl"
in vec2 corner;
in vec4 star;                   // direction x and y, magnitude, phase
out vec2 at;
out vec3 shine;
uniform float brightness, pixel;
void main() {
    float twinkle = .78 + .22 * sin(frame.eye.w * (2. + 3. * star.z) + star.w);
    float m = star.z * star.z * star.z;
    vec2 ndc = star.xy * frame.lens.x / vec2(frame.lens.w, 1.) + frame.lens.yz;
    float size = pixel * (1.1 + 1.6 * m);
    at = corner;
    shine = (.16 + 1.0 * m * star.z) * twinkle * brightness * smoothstep(.02, .35, star.y) * mix(vec3(1.1, .95, .8), vec3(.8, .92, 1.25), fract(star.w * 3.7));
    gl_Position = vec4(ndc + corner * size / vec2(frame.lens.w, 1.), 0., 1.);
}
