// Shafts of light: bright places smeared away from the sun.
#include "noise.glsl"
in vec2 uv;
out vec4 colour;
uniform sampler2D picture;
uniform vec2 source;
uniform float reach;
void main() {
    vec2 d = (source - uv) * reach / 18., p = uv + d * hash21(gl_FragCoord.xy);
    vec3 c = vec3(0.);
    float w = 1.;
    for (int i = 0; i < 18; i++) { c += texture(picture, p).rgb * w; w *= .93; p += d; }
    vec2 away = (uv - source) * vec2(.8, .6);
    colour = vec4(c / 9. * exp(-dot(away, away) * 1.6), 1.);
}
